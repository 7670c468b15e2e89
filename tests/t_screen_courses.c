/* tests/t_screen_courses.c - courses and checks as the coordinator sees them: what runs out and is missing, who has one
 * kind, giving one to many, the child-protection check from order to judgement, and the introduction. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "roster/qualifications.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;
static struct id talk, follow, course, hygiene, aid, bodil;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* ---- what the house has of courses ------------------------------------------------------------------------------ */
static struct id make_kind(const char *name, const char *confirms, int months, int step)
{
	struct change *c;
	must(change_begin(h.store, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, TYPE_QUALIFICATION_KIND);
	const struct field_value fields[] = {
		{F_QUALIFICATION_KIND_NAME, value_text(name)},
		{F_QUALIFICATION_KIND_SORT, value_int(QUALIFICATION_COURSE)},
		{F_QUALIFICATION_KIND_CONFIRMS, value_text_or_none(confirms)},
		{F_QUALIFICATION_KIND_MONTHS, months ? value_int(months) : value_none()},
		{F_QUALIFICATION_KIND_STEP, step ? value_int(step) : value_none()},
	};
	must(change_set_all(c, TYPE_QUALIFICATION_KIND, id, fields, sizeof fields / sizeof *fields, &e), &e, "fields");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

static void give(struct id kind, struct id who, const char *got)
{
	struct change_result r;
	struct peek l = look_begin(h.store);
	view_end(l.v);
	l.v = NULL;
	const struct qualification_given how = {.kind = kind, .volunteer = &who, .n = 1,
		.got = *got ? test_day(got) : DATE_NONE, .confirmed_by = "Bo"};
	must(qualification_give(h.store, l.b, &how, &r, &e), &e, "give");
	look_end(&l);
}

static void set_check(struct id who, int state, const char *consent, const char *assessed, const char *renew)
{
	test_set(h.store, TYPE_VOLUNTEER, who, F_VOLUNTEER_CHILD_CHECK, value_int(state));
	if (*consent)
		test_set(h.store, TYPE_VOLUNTEER, who, F_VOLUNTEER_CHECK_CONSENT, value_int(test_day(consent)));
	if (*assessed)
		test_set(h.store, TYPE_VOLUNTEER, who, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(test_day(assessed)));
	if (*renew)
		test_set(h.store, TYPE_VOLUNTEER, who, F_VOLUNTEER_CHECK_RENEW, value_int(test_day(renew)));
}

static struct id player(const char *given, const char *family)
{
	return test_person(h.store, &(struct test_person){.given = given, .family = family, .phone = "20112250",
		.born = test_day("1980-02-03"), .started = test_day("2020-01-01"), .confidentiality = test_day("2020-01-01"),
		.roles = {h.play}});
}

static void fill(void)
{
	struct change_result r;
	talk = make_kind("Samtale", "koordinatoren", 0, 1);
	follow = make_kind("Følgevagt", NULL, 0, 2);
	course = make_kind("Introkursus", NULL, 0, 3);
	hygiene = make_kind("Hygiejnekursus", NULL, 24, 0);
	aid = make_kind("Førstehjælp", NULL, 24, 0);
	must(qualification_ask(h.store, h.guide, &hygiene, 1, &r, &e), &e, "ask");
	give(hygiene, h.merete, "2023-11-01");
	give(hygiene, h.frederik, "2023-12-20");
	give(hygiene, h.hakim, "2025-01-10");
	give(hygiene, h.susanne, "");
	give(aid, h.leif, "2025-05-01");
	test_set(h.store, TYPE_ROLE, h.play, F_ROLE_CHILD_CHECK, value_int(1));
	player("Dorte", "Dahl");
	set_check(player("Elin", "Eg"), CHILD_ORDERED, "2025-11-24", "", "");
	set_check(player("Frode", "Friis"), CHILD_ORDERED, "2025-12-09", "", "");
	set_check(player("Gerda", "Gram"), CHILD_CONSENT_MISSING, "", "", "");
	set_check(player("Hans", "Holm"), CHILD_ASSESSED, "", "2022-12-20", "2025-12-20");
	set_check(player("Ida", "Iversen"), CHILD_ASSESSED, "", "2025-06-01", "2028-06-01");
	bodil = test_person(h.store, &(struct test_person){.given = "Bodil", .family = "Bruun", .phone = "20112260",
		.born = test_day("1990-01-01"), .started = test_day("2025-11-15"), .confidentiality = test_day("2025-11-16"),
		.roles = {h.vigil}});
	give(talk, bodil, "2025-11-16");
}

static void open_courses(const char *name)
{
	house_open(&h, name, 24, 80);
	fill();
	tui_keys(t, "Ctrl-K");
}

static int64_t field_of(int type, struct id id, int field)
{
	struct peek l = look_begin(h.store);
	struct rec *r;
	must(view_get(l.v, l.a, type, id, &r, &e), &e, "record");
	int64_t v = r && r->alive ? rec_int_or(r, field, DATE_NONE) : -1;
	look_end(&l);
	return v;
}

static int64_t got(struct id kind, struct id who)
{
	return field_of(TYPE_QUALIFICATION, id_qualification(kind, who), F_QUALIFICATION_GOT);
}

static struct id find(const char *given)
{
	struct peek l = look_begin(h.store);
	struct id id = ID_NONE;
	for (size_t i = 0; i < l.b->npeople; i++)
		if (strcmp(l.b->people[i].given, given) == 0)
			id = l.b->people[i].id;
	look_end(&l);
	return id;
}

static int64_t check_of(const char *given)
{
	return field_of(TYPE_VOLUNTEER, find(given), F_VOLUNTEER_CHILD_CHECK);
}

/* ---- the lists --------------------------------------------------------------------------------------- */
static void test_lists(void)
{
	open_courses("lists");
	is_str(top(), "courses", "Ctrl-K shows them");
	tui_go(t, "Merete");
	tui_goldens(t, "courses");
	ok(tui_shows(t, "30 days over") && tui_shows(t, "19 days left"), "what has run out, and what soon will");
	tui_keys(t, "m");
	ok(tui_shows(t, "[Missing 5]") && tui_shows(t, "signed up") && !tui_shows(t, "Hakim"), "m: what roles ask for and people lack");
	tui_go(t, "Susanne");
	tui_golden(t, "courses-missing", false);
	tui_keys(t, "s");
	tui_go(t, "Hygiejne");
	tui_golden(t, "courses-kinds", false);
	ok(tui_shows(t, "Asked for by    Hospitalsguide"), "s: the kinds, and which role asks for each");
	tui_keys(t, "d");
	ok(tui_shows(t, "[To order 2]"), "d: whose check is to be ordered");
	tui_golden(t, "courses-order", false);
	tui_keys(t, "a");
	tui_go(t, "Elin");
	tui_goldens(t, "courses-checks");
	ok(tui_shows(t, "The time to consent is over"), "a: whose time to consent is over stands first");
	tui_keys(t, "y");
	tui_go(t, "Bodil");
	tui_golden(t, "courses-new", true);
	ok(tui_shows(t, "1 of 3") && tui_shows(t, "Samtale 16/11 2025"), "y: who is new, with the steps done");
	tui_keys(t, "Enter");
	is_str(top(), "volunteer", "Enter opens the card");
	house_close(&h);
	house_open(&h, "none", 24, 80);
	tui_keys(t, "Ctrl-K s");
	tui_golden(t, "courses-none", false);
	tui_keys(t, "c");
	ok(tui_shows(t, "Stand on a volunteer first."), "where nobody is, nothing is done");
	house_close(&h);
}

static void test_why(void)
{
	open_courses("why");
	tui_go(t, "Merete");
	tui_keys(t, "i");
	ok(tui_shows(t, "stop: Hygiejnekursus: ran out on 1/11 2025"), "i explains what warns");
	ok(tui_shows(t, "Does the person have the courses") && tui_shows(t, "Source: "), "with the rule's question and source");
	tui_keys(t, "Esc a");
	tui_go(t, "Elin");
	tui_keys(t, "i");
	ok(tui_shows(t, "stop: Child check: ordered · the time to consent ran out"), "also about a check");
	tui_keys(t, "Esc");
	tui_go(t, "Ida");
	tui_keys(t, "i");
	ok(tui_shows(t, "Nothing warns about Ida Iversen"), "or says that nothing does");
	house_close(&h);
}

/* ---- courses ----------------------------------------------------------------------------------------- */
static void test_give(void)
{
	open_courses("give");
	tui_keys(t, "m");
	tui_go(t, "Liv");
	tui_keys(t, "Space");
	tui_go(t, "Søren");
	tui_keys(t, "Space k");
	is_str(top(), "act-form", "k gives what is missing to the marked");
	ok(tui_shows(t, "Hygiejnekursus") && tui_shows(t, "Liv Poulsen, Søren Ærø"), "who and what stand there");
	tui_golden(t, "course-give", true);
	tui_keys(t, "Ctrl-U '28/11 2025' Tab 'Hygiejneenheden' Ctrl-S");
	ok(tui_shows(t, "2 volunteers: Hygiejnekursus is written down"), "it is said");
	is_int(got(hygiene, h.liv), test_day("2025-11-28"), "one has it since then");
	is_int(got(hygiene, h.soren), test_day("2025-11-28"), "so has the other");
	ok(tui_shows(t, "[Missing 3]"), "and they lack nothing any more");
	tui_keys(t, "u");
	ok(got(hygiene, h.liv) == -1 && got(hygiene, h.soren) == -1, "u takes both back");
	tui_keys(t, "x");
	tui_go(t, "Merete");
	tui_keys(t, "k Ctrl-U '2/12 2025' Ctrl-S");
	ok(tui_shows(t, "lies ahead") && strcmp(top(), "act-form") == 0, "a day that lies ahead isn't taken, and what is typed stays");
	house_close(&h);
}

static void test_kinds(void)
{
	open_courses("kinds");
	tui_keys(t, "s o 'Tegnsprog' Tab 'c' Tab Tab Tab 'hyg' Ctrl-S");
	ok(tui_shows(t, "Tegnsprog is saved"), "o makes a kind");
	ok(strstr(tui_row(t, t->cv->cursor_row), "Tegnsprog"), "and the cursor is on it");
	ok(tui_shows(t, "Only after      Hygiejnekursus"), "another kind is found by its name");
	tui_keys(t, "r");
	ok(tui_shows(t, "Hygiejnekursus") && !tui_shows(t, "> Only after     ?"), "and is called by it in the form");
	tui_keys(t, "Esc");
	tui_go(t, "Hygiejne");
	tui_keys(t, "Enter");
	is_str(top(), "course", "Enter shows who has it");
	tui_goldens(t, "course");
	ok(tui_shows(t, "Has run out") && tui_shows(t, "Missing: a role asks for it") && tui_shows(t, "Have it"), "by how they stand");
	tui_go(t, "Dorte");
	tui_keys(t, "k Ctrl-U Ctrl-S");
	ok(tui_shows(t, "signed up for Hygiejnekursus"), "without a day they are signed up");
	is_int(got(hygiene, find("Dorte")), DATE_NONE, "and don't have it yet");
	tui_go(t, "Leif");
	tui_keys(t, "t");
	ok(tui_shows(t, "Stand on a course that somebody has first."), "who doesn't have it can't lose it");
	tui_go(t, "Hakim");
	tui_keys(t, "t");
	ok(tui_shows(t, "1 course is taken away") && got(hygiene, h.hakim) == -1, "t takes one away");
	tui_keys(t, "u");
	ok(got(hygiene, h.hakim) == test_day("2025-01-10"), "u gives it back");
	tui_keys(t, "Esc 3");
	tui_go(t, "Hakim");
	tui_keys(t, "Space Down Space k");
	ok(tui_shows(t, "2 volunteers"), "the list of volunteers gives one to the marked, too");
	tui_keys(t, "'først' Tab Tab 'Falck' Ctrl-S");
	ok(tui_shows(t, "Førstehjælp is written down") && got(aid, h.hakim) == test_day("2025-12-01"), "by a part of its name");
	house_close(&h);
}

/* ---- checks ------------------------------------------------------------------------------------------ */
static void test_order(void)
{
	open_courses("order");
	tui_keys(t, "b");
	ok(tui_shows(t, "d shows the list"), "the list is looked at first");
	const char *path = os_path_join(t->arena, test_dir(), "order.txt");
	tui_keys(t, "d e Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	struct buf out = {0};
	must(os_read_file(path, 100000, &out, &e), &e, "read");
	buf_addc(&out, 0);
	const char *text = (const char *)out.p;
	ok(strstr(text, "Dorte Dahl") && strstr(text, "3/2 1980") && strstr(text, "Hans Holm"), "e writes names and dates of birth");
	ok(!strstr(text, "20112250") && !strstr(text, "20 11 22 50") && !strstr(text, "Legeven"), "and nothing else");
	buf_free(&out);
	is_int((intmax_t)house_count(&h, TYPE_PRINTED_LIST), 1, "and it is put down that a list left the program");
	tui_keys(t, "e Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(!tui_shows(t, "names are written"), "no file is written over");
	tui_keys(t, "Esc b");
	ok(tui_shows(t, "2 checks are ordered"), "b: all of them are ordered");
	is_int(check_of("Dorte"), CHILD_ORDERED, "one");
	is_int(check_of("Hans"), CHILD_ORDERED, "and the other");
	is_int(field_of(TYPE_VOLUNTEER, find("Hans"), F_VOLUNTEER_CHECK_CONSENT), test_day("2025-12-15"), "the 14 days begin");
	ok(tui_shows(t, "[To order 0]"), "nobody is left");
	tui_keys(t, "u");
	ok(check_of("Dorte") == DATE_NONE && check_of("Hans") == CHILD_ASSESSED, "one u takes all of it back");
	tui_go(t, "Hans");
	tui_keys(t, "Space b");
	ok(check_of("Dorte") == DATE_NONE && check_of("Hans") == CHILD_ORDERED, "or only the marked ones");
	house_close(&h);
}

static void test_check(void)
{
	open_courses("check");
	tui_keys(t, "a");
	tui_go(t, "Elin");
	tui_keys(t, "c");
	tui_golden(t, "check-move", false);
	tui_keys(t, "3");
	is_int(check_of("Elin"), CHILD_CONSENT_MISSING, "c moves it on");
	tui_keys(t, "u");
	is_int(check_of("Elin"), CHILD_ORDERED, "u takes it back");
	tui_go(t, "Frode");
	tui_keys(t, "c Enter");
	is_str(top(), "act-form", "a judgement asks for more");
	tui_golden(t, "check-assess", true);
	tui_keys(t, "Ctrl-S");
	ok(tui_shows(t, "second person, must be written"), "it isn't one person's");
	tui_keys(t, "'Anna Holm' Tab 'Set sammen.' Ctrl-S");
	is_int(check_of("Frode"), CHILD_ASSESSED, "by two it is");
	is_int(field_of(TYPE_VOLUNTEER, find("Frode"), F_VOLUNTEER_CHECK_RENEW), test_day("2028-12-01"), "and is renewed in three years");
	house_close(&h);
}

/* ---- the introduction, and the card ------------------------------------------------------------------ */
static void test_introduction(void)
{
	open_courses("introduction");
	tui_keys(t, "y");
	tui_go(t, "Bodil");
	tui_keys(t, "n");
	ok(tui_shows(t, "Bodil Bruun: Følgevagt is done"), "n: the next step is done");
	is_int(got(follow, bodil), test_day("2025-12-01"), "today");
	ok(tui_shows(t, "2 of 3"), "two of three");
	tui_keys(t, "u");
	ok(tui_shows(t, "1 of 3"), "u takes it back");
	tui_keys(t, "n n");
	ok(got(course, bodil) == test_day("2025-12-01") && tui_shows(t, "Nobody is new just now."), "after the last, nobody is new");
	tui_keys(t, "x");
	tui_go(t, "Merete");
	tui_keys(t, "n");
	ok(tui_shows(t, "No step of an introduction is waited for."), "who came before has no introduction");
	struct id ole = test_person(h.store, &(struct test_person){.given = "Ole", .family = "Ny", .status = VOLUNTEER_APPLICANT});
	tui_keys(t, "3 / 'ole' Enter n");
	ok(tui_shows(t, "who says that it is done? (koordinatoren)"), "what somebody must confirm asks who did");
	tui_keys(t, "Enter");
	is_int(got(talk, ole), test_day("2025-12-01"), "an applicant begins with the talk");
	house_close(&h);
}

static void test_card(void)
{
	open_courses("card");
	tui_keys(t, "3 / 'bodil'");
	ok(tui_shows(t, "  new  "), "the list of volunteers marks who is new");
	tui_keys(t, "Enter");
	tui_golden(t, "volunteer-courses", false);
	ok(tui_shows(t, "active · new") && tui_shows(t, "1 of 3 · next: Følgevagt"), "the card says who is new, and what is next");
	ok(tui_shows(t, "16/11 2025–"), "and the courses with their days");
	tui_keys(t, "n k 'hyg' Ctrl-S c Enter");
	ok(got(follow, bodil) == test_day("2025-12-01") && got(hygiene, bodil) == test_day("2025-12-01"), "a step and a course from it");
	is_int(check_of("Bodil"), CHILD_ORDERED, "and the check");
	for (int i = 0; i < 20 && !strstr(tui_row(t, t->cv->cursor_row), "Hygiejnekursus"); i++)
		tui_keys(t, "Down");
	tui_keys(t, "Enter");
	is_str(top(), "course", "Enter on a course shows who has it");
	house_close(&h);
}

static void test_danish(void)
{
	lang_set("da");
	open_courses("danish");
	tui_goldens(t, "courses-da");
	tui_keys(t, "a");
	tui_golden(t, "courses-checks-da", false);
	tui_keys(t, "c");
	tui_golden(t, "check-move-da", false);
	tui_keys(t, "Esc s");
	tui_golden(t, "courses-kinds-da", false);
	house_close(&h);
	lang_set("en");
}

static void test_walk(void)
{
	struct prng r = {20251204};
	open_courses("walk");
	tui_walk(t, &r, 300, "program.quit course.write", "300 random keys");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_lists();
	test_why();
	test_give();
	test_kinds();
	test_order();
	test_check();
	test_introduction();
	test_card();
	test_danish();
	test_walk();
	return done_testing();
}
