/* tests/t_screen_roles.c - a role as the coordinator sees it: what opens it and which key fills what is missing, which
 * kind of effort it is, what it asks for; and pauses of a role, a place and everybody, with whom to ring. */
#include "tests/screentest.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "roster/agreements.h"
#include "roster/gates.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static struct id course(const char *name)
{
	struct change *c;
	struct change_result r;
	must(change_begin(h.store, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, TYPE_QUALIFICATION_KIND);
	const struct field_value fields[] = {
		{F_QUALIFICATION_KIND_NAME, value_text(name)}, {F_QUALIFICATION_KIND_SORT, value_int(QUALIFICATION_COURSE)}};
	must(change_set_all(c, TYPE_QUALIFICATION_KIND, id, fields, 2, &e), &e, "set");
	must(change_commit(c, &r, &e), &e, "commit");
	return id;
}

static void open_role(const char *name)
{
	house_open(&h, name, 24, 80);
	tui_keys(t, "4");
	tui_go(t, "Hospitalsguide");
	tui_keys(t, "Enter");
	is_str(top(), "role", "Enter on a role opens its card");
}

/* ---- what opens it ---------------------------------------------------------------------------------------------- */

/* Each gate's row leads to the field that fills it. */
static void test_each_gate(void)
{
	size_t n;
	const struct role_gate *all = gates_table(&n);
	open_role("gates");
	tui_goldens(t, "role");
	for (size_t i = 0; i < n; i++) {
		tui_keys(t, "Home");
		for (size_t k = 0; k < i; k++)
			tui_keys(t, "Down");
		tui_keys(t, "i");
		char start[40];
		snprintf(start, sizeof start, "%.38s", _(all[i].question));
		ok(tui_shows(t, start), "i explains the gate %s", all[i].id);
		tui_keys(t, "Esc Enter");
		if (all[i].field) {
			is_str(top(), "form", "Enter goes to the form");
			is_int(form_focus(app_top(t->app)->form), all[i].field, "and stands in the field of %s", all[i].id);
			tui_keys(t, "Esc");
		} else {
			is_str(top(), "act-form", "Enter begins an agreement");
			ok(tui_shows(t, "Hospitalsguide"), "with the role chosen");
			tui_golden(t, "role-agreement", false);
			tui_keys(t, "Esc");
		}
		is_str(top(), "role", "and back");
	}
	house_close(&h);
}

static void test_filling(void)
{
	open_role("filling");
	ok(tui_shows(t, "from before · "), "without an agreement it is a role from before");
	tui_go(t, "Contact person");
	tui_keys(t, "Enter 'Kirsten, forhallen' Ctrl-S");
	is_str(top(), "role", "saving leads back");
	ok(strstr(tui_row(t, t->cv->cursor_row), "✓") && strstr(tui_row(t, t->cv->cursor_row), "Kirsten"), "it is filled");
	tui_go(t, "Discussed with TR");
	tui_keys(t, "Enter '8/12 2025' Ctrl-S");
	ok(strstr(tui_row(t, t->cv->cursor_row), "Is to be held on"), "a dialogue that lies ahead doesn't count yet");
	tui_keys(t, "u");
	ok(strstr(tui_row(t, t->cv->cursor_row), "No day is written."), "u takes it back");
	tui_go(t, "Agreement");
	tui_keys(t, "Enter 'røde' Ctrl-S");
	is_str(top(), "agreement", "the agreement is made");
	tui_keys(t, "Esc");
	ok(tui_shows(t, "closed · "), "now it has begun to open");
	tui_go(t, "Agreement");
	tui_keys(t, "Enter");
	is_str(top(), "agreement", "Enter opens the one that there is");
	tui_keys(t, "Esc r");
	is_str(top(), "form", "r edits the whole role");
	house_close(&h);
}

/* ---- which kind of effort ---------------------------------------------------------------------------- */

static enum effort effort_now(int64_t *day)
{
	struct peek l = look_begin(h.store);
	struct effort_reason *why;
	struct rec *r;
	size_t n;
	must(view_get(l.v, l.a, TYPE_ROLE, h.guide, &r, &e), &e, "get");
	enum effort x = effort_of(r, l.a, &why, &n);
	*day = rec_int_or(r, F_ROLE_JUDGED, 0);
	look_end(&l);
	return x;
}

static void test_effort(void)
{
	int64_t day;
	open_role("effort");
	ok(tui_shows(t, "nobody has answered yet"), "nothing is known of an effort that nobody has judged");
	tui_keys(t, "e");
	tui_golden(t, "role-question", false);
	tui_keys(t, "1 1 1 1");
	is_int(effort_now(&day), EFFORT_UNCLEAR, "four answers aren't written by themselves");
	tui_keys(t, "2");
	is_int(effort_now(&day), EFFORT_WORK, "five keys are five answers");
	is_int(day, test_day("2025-12-01"), "of today");
	tui_golden(t, "role-effort", false);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "answered 1/12 2025"), "and the card says when");
	tui_keys(t, "e Enter Enter Enter Enter Enter");
	is_int(effort_now(&day), EFFORT_WORK, "Enter leaves the answers as they stand");
	tui_keys(t, "Enter");
	tui_go(t, "answered 1/12 2025");
	tui_keys(t, "i Enter e Enter Enter Enter Enter Enter");
	is_int(effort_now(&day), EFFORT_WORK, "also when they were only looked at before");
	tui_keys(t, "Enter u");
	is_int(effort_now(&day), EFFORT_UNCLEAR, "one u takes all five back");
	tui_keys(t, "e 2 2 Esc");
	is_int(effort_now(&day), EFFORT_UNCLEAR, "who leaves in the middle has answered nothing");
	house_close(&h);
}

/* ---- what it asks for -------------------------------------------------------------------------------- */

static size_t asked(void)
{
	struct peek l = look_begin(h.store);
	size_t n;
	frames_demands(&l.b->frames, h.guide, &n);
	look_end(&l);
	return n;
}

static void test_print(void)
{
	struct buf file = {0};
	open_role("print");
	tui_keys(t, "l");
	ok(tui_shows(t, "To which file?"), "printing asks where to");
	tui_keys(t, "Ctrl-U 'role.html' Enter");
	ok(tui_shows(t, "Write the whole path"), "a file is given by its whole path");
	tui_keys(t, "Ctrl-U");
	const char *path = os_path_join(t->arena, test_dir(), "role.html");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(os_read_file(path, 1 << 20, &file, NULL) == OK && file.n && strstr(file.p, "frames and insurance"), "and writes the paper there");
	buf_free(&file);
	house_close(&h);
}

static void test_courses(void)
{
	open_role("courses");
	tui_keys(t, "k");
	ok(tui_shows(t, "There are no kinds of courses yet."), "without kinds there is nothing to choose");
	struct id hygiene = course("Hygiejnekursus");
	course("Introkursus");
	test_set(h.store, TYPE_QUALIFICATION_KIND, hygiene, F_QUALIFICATION_KIND_MONTHS, value_int(24));
	tui_keys(t, "k Enter Down Enter Esc");
	is_int((intmax_t)asked(), 2, "two are asked for");
	ok(tui_shows(t, "holds for 24 months"), "and the card says how long one holds");
	tui_keys(t, "k Enter Esc");
	is_int((intmax_t)asked(), 1, "as easily not");
	tui_keys(t, "u");
	is_int((intmax_t)asked(), 2, "u takes that back");
	house_close(&h);
}

/* ---- pauses ------------------------------------------------------------------------------------------ */

static int64_t state_of(struct id shift)
{
	struct peek l = look_begin(h.store);
	struct rec *r;
	must(view_get(l.v, l.a, TYPE_SHIFT, shift, &r, &e), &e, "shift");
	int64_t state = rec_int(r, F_SHIFT_STATE);
	look_end(&l);
	return state;
}

static void test_pause_of_role(void)
{
	open_role("pause-role");
	tui_keys(t, "p");
	is_str(top(), "pause-form", "p asks why and until when");
	ok(tui_shows(t, "Pause of Hospitalsguide: 4 published shifts are called off"), "and says what it calls off");
	tui_keys(t, "'Gulvet lægges om' Tab Tab '3/12 2025'");
	ok(tui_shows(t, "2 published shifts are called off"), "while one types the days");
	tui_golden(t, "pause-form", true);
	tui_keys(t, "Ctrl-S");
	is_str(top(), "calls", "then whom to ring is shown");
	tui_goldens(t, "calls");
	is_int(state_of(h.tue_am), SHIFT_CANCELLED, "its shifts are called off");
	is_int(state_of(h.thu_am), SHIFT_PUBLISHED, "those after it aren't");
	tui_keys(t, "Esc");
	ok(tui_shows(t, "in force, begins again Wed 3/12"), "the role's card says that it stands still");
	tui_keys(t, "u");
	is_int(state_of(h.tue_am), SHIFT_PUBLISHED, "one u takes all of it back");
	ok(!tui_shows(t, "in force"), "the pause too");
	house_close(&h);
}

static void test_pause_of_place(void)
{
	house_open(&h, "pause-place", 24, 80);
	tui_keys(t, "5");
	tui_go(t, "Forhal");
	tui_keys(t, "p 'Roskildesyge' Tab '30/11 2025' Ctrl-S");
	ok(tui_shows(t, "What has been can't be called off"), "it can't begin before today");
	tui_keys(t, "Ctrl-U '2/12 2025' Tab '2/12 2025' Ctrl-S");
	ok(tui_shows(t, "on a later day than it begins"), "nor end when it begins");
	tui_keys(t, "Ctrl-U Ctrl-S");
	is_int(state_of(h.thu_am), SHIFT_CANCELLED, "without an end it is until somebody ends it");
	tui_keys(t, "Enter");
	is_str(top(), "volunteer", "Enter shows who it is");
	tui_keys(t, "Esc Esc Esc : 'who is sent home' Enter");
	is_str(top(), "pauses", "the palette has the list of pauses");
	tui_goldens(t, "pauses");
	tui_keys(t, "a Ctrl-U '4/12 2025' Enter");
	is_int(state_of(h.thu_am), SHIFT_PUBLISHED, "ended on a day, what comes from then on is on again");
	is_int(state_of(h.tue_am), SHIFT_CANCELLED, "what was before isn't");
	tui_keys(t, "Enter");
	is_str(top(), "calls", "Enter shows whom it was about");
	house_close(&h);
}

static void test_everybody(void)
{
	house_open(&h, "everybody", 24, 80);
	tui_keys(t, "p Ctrl-S");
	tui_golden(t, "pause-everybody", false);
	tui_keys(t, "Enter");
	is_int(state_of(h.mon_noon), SHIFT_PUBLISHED, "Enter by a slip sends nobody home");
	tui_keys(t, "Ctrl-S 2");
	is_int(state_of(h.mon_noon), SHIFT_CANCELLED, "one key, and yes");
	is_int(state_of(h.mon_am), SHIFT_PUBLISHED, "who is here already stays for that shift");
	is_str(top(), "calls", "and everybody is to be rung");
	tui_keys(t, "e");
	const char *path = os_path_join(t->arena, test_dir(), "calls.csv");
	tui_keys(t, "Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	struct buf out = {0};
	must(os_read_file(path, 100000, &out, &e), &e, "read");
	buf_add(&out, "", 1);
	ok(strstr(out.p, "Susanne Bak"), "the list is written to a file");
	buf_free(&out);
	tui_keys(t, "e Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "There is a file of that name already"), "no file is written over");
	tui_keys(t, "Ctrl-U");
	path = os_path_join(t->arena, test_dir(), "calls.txt");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	must(os_read_file(path, 100000, &out, &e), &e, "read");
	buf_add(&out, "", 1);
	ok(strstr(out.p, "Not to be passed on.") && strstr(out.p, "To be shredded by 8/12 2025"),
		"with its purpose and the day to shred it");
	buf_free(&out);
	tui_keys(t, "u");
	is_int(state_of(h.mon_noon), SHIFT_PUBLISHED, "u has everybody come");
	ok(tui_shows(t, "The pause has been taken back"), "and the list says so");
	house_close(&h);
}

/* ---- in Danish, and at random ------------------------------------------------------------------------ */

static void test_danish(void)
{
	lang_set("da");
	open_role("danish");
	tui_golden(t, "role-da", false);
	tui_keys(t, "p 'Gulvet lægges om' Ctrl-S");
	tui_golden(t, "calls-da", false);
	tui_keys(t, "Esc 1 : 'hvem der er sendt' Enter");
	tui_golden(t, "pauses-da", false);
	house_close(&h);
	lang_set("en");
}

static void test_walk(void)
{
	struct prng r = {20251201};
	open_role("walk");
	tui_walk(t, &r, 300, "program.quit calls.write agreement.export agreement.print agreements.print role.print", "300 random keys on a role");
	house_close(&h);
	house_open(&h, "walk-pauses", 24, 80);
	tui_keys(t, "p Ctrl-S 2");
	tui_walk(t, &r, 300, "program.quit calls.write agreement.export agreement.print agreements.print role.print", "300 random keys on who is to be rung");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_each_gate();
	test_filling();
	test_effort();
	test_print();
	test_courses();
	test_pause_of_role();
	test_pause_of_place();
	test_everybody();
	test_danish();
	test_walk();
	return done_testing();
}
