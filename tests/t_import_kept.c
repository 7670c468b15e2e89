/* tests/t_import_kept.c - nothing that a sheet says is lost in silence: where two rows don't agree, where somebody
 * stands in brackets, and where a name holds what mostly divides names. */
#include <string.h>

#include "base/text.h"
#include "tests/importtest.h"

static struct test_clock clock_of_test = {1764576000};

static struct store *small_world(const char *name)
{
	struct store *s = test_store(name, &clock_of_test);
	take_text(s, "enheder.csv", "Navn;Art\nForhal;sted\n");
	take_text(s, "organisationer.csv", "Navn;Type\nHjem og Skole;A\n");
	take_text(s, "opgaver.csv", "Opgave;Sted\nGuide;Forhal\n");
	take_text(s, "frivillige.csv", "Fornavn;Efternavn;Telefon;Opgaver\nAnna;Kjær;22334455;Guide\nBo;Lund;23456789;Guide\n");
	return s;
}

static const char *field_text(struct store *s, int type, const char *title, int field, struct arena *a)
{
	struct peek l = look_begin(s);
	struct rec **all;
	const char *text = "?";
	struct err e;
	size_t n;
	must(view_all(l.v, l.a, type, &all, &n, &e), &e, "all");
	for (size_t i = 0; i < n; i++)
		if (strstr(view_title(l.v, l.a, all[i]->id), title))
			text = view_field_text(l.v, a, schema_field(type, field), rec_get(all[i], field));
	text = arena_strdup(a, text);
	look_end(&l);
	return text;
}

/* Two places of one name aren't made one without a word. */
static void test_units(void)
{
	static const char sheet[] = "Navn;Art;Hører under\nViborg;hospital;\nSkive;hospital;\nAmbulatoriet;afsnit;Viborg\n"
				    "Ambulatoriet;afdeling;Skive\nViborg;hospital;\n";
	struct store *s = test_store("units", &clock_of_test);
	struct arena *a = arena_new();
	struct plan *p = plan_text(s, "enheder.csv", sheet);
	is_int(row_at(p, "enheder.csv", 5)->fate, ROW_DOUBT, "a second row of the name says something else");
	ok(has_remark(p, "enheder.csv", 5, "Art", "ward was kept"), "what was kept instead is said: the kind");
	ok(has_remark(p, "enheder.csv", 5, "Hører under", "Viborg was kept"), "and where it belongs");
	is_int(row_at(p, "enheder.csv", 6)->fate, ROW_SAME, "one that says the same is no doubt");
	apply(s, p);
	import_free(p);
	is_str(field_text(s, TYPE_UNIT, "Ambulatoriet", F_UNIT_PARENT, a), "Viborg", "the first row stands");
	is_int((intmax_t)take_text(s, "enheder.csv", sheet).writes, 0, "and stands the next time too");
	arena_free(a);
	store_close(s);
}

static void test_twins(void)
{
	static const char sheet[] = "Fornavn;Efternavn;Telefon;E-mail;By\nMona;Haug;20406694;mona@example.dk;\n"
				    "Mona;Haug;21212121;mona@example.dk;Skive\n";
	struct store *s = test_store("twins", &clock_of_test);
	struct arena *a = arena_new();
	struct plan *p = plan_text(s, "f.csv", sheet);
	import_accept(p);
	replan(s, p);
	ok(has_remark(p, "f.csv", 3, "Telefon", "20 40 66 94 was kept, 21 21 21 21 wasn't taken"), "of two phones one is kept");
	apply(s, p);
	import_free(p);
	is_str(field_text(s, TYPE_VOLUNTEER, "Mona", F_VOLUNTEER_PHONE, a), "20 40 66 94", "that of the first row");
	is_str(field_text(s, TYPE_VOLUNTEER, "Mona", F_VOLUNTEER_CITY, a), "Skive", "what was missing is filled in");
	arena_free(a);
	store_close(s);
}

static void test_row_a_person(void)
{
	static const char sheet[] = "Dato;Tid;Sted;Opgave;Hvem;Note\n3/12 2025;8-11;Forhal;Guide;Bo Lund;har vest 14\n"
				    "3/12 2025;8-11;Forhal;Guide;Anna Kjær;kommer kl. 9\n";
	struct store *s = small_world("notes");
	struct arena *a = arena_new();
	struct plan *p = plan_text(s, "v.csv", sheet);
	ok(has_remark(p, "v.csv", 3, "Note", "har vest 14 was kept, kommer kl. 9 wasn't taken"), "of two notes one is kept");
	apply(s, p);
	import_free(p);
	is_str(field_text(s, TYPE_SHIFT, "Guide", F_SHIFT_NOTE, a), "har vest 14", "that of the first row");
	is_str(field_text(s, TYPE_SHIFT, "Guide", F_SHIFT_NEED, a), "2", "and both have a place");
	is_int((intmax_t)take_text(s, "v.csv", sheet).writes, 0, "a second time nothing changes");
	p = plan_text(s, "v.csv", "Dato;Tid;Sted;Opgave;Note\n3/12 2025;8-11;Forhal;Guide;aflyst\n3/12 2025;8-11;Forhal;Guide;\n");
	apply(s, p);
	import_free(p);
	is_str(field_text(s, TYPE_SHIFT, "Guide", F_SHIFT_STATE, a), "cancelled", "any row may call the shift off");
	arena_free(a);
	store_close(s);
}

/* A number that stands in the first row only is the number, however many rows there are. */
static void test_need_said_once(void)
{
	static const char sheet[] = "Dato;Tid;Sted;Opgave;Behov;Hvem\n3/12 2025;8-11;Forhal;Guide;4;Bo Lund\n"
				    "3/12 2025;8-11;Forhal;Guide;;Anna Kjær\n4/12 2025;8-11;Forhal;Guide;;Bo Lund\n"
				    "4/12 2025;8-11;Forhal;Guide;3;Anna Kjær\n4/12 2025;8-11;Forhal;Guide;2;\n";
	struct store *s = small_world("need");
	struct arena *a = arena_new();
	struct plan *p = plan_text(s, "v.csv", sheet);
	ok(has_remark(p, "v.csv", 6, "Behov", "3 was kept, 2 wasn't taken"), "of two numbers one is kept");
	apply(s, p);
	import_free(p);
	is_str(field_text(s, TYPE_SHIFT, "3/12", F_SHIFT_NEED, a), "4", "people in later rows don't add to it");
	is_str(field_text(s, TYPE_SHIFT, "4/12", F_SHIFT_NEED, a), "3", "said later it is said all the same");
	is_int((intmax_t)take_text(s, "v.csv", sheet).writes, 0, "a second time nothing changes");
	arena_free(a);
	store_close(s);
}

static void test_brackets(void)
{
	static const struct {
		const char *cell;
		bool said;
	} row[] = {
		{"Bo Lund, (Anna Kjær)", true}, {"(Inger)", true},       {"(2 open)", false},
		{"(1 ledig)", false},           {"(called off)", false}, {"(Anna Kjær: offered)", false},
	};
	struct store *s = small_world("brackets");
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct plan *p = plan_text(s, "v.csv",
			arena_printf(a, "Dato;Tid;Sted;Opgave;Hvem\n%zu/12 2025;8-11;Forhal;Guide;%s\n", i + 1, row[i].cell));
		is_int(has_remark(p, "v.csv", 2, "Hvem", "in brackets"), row[i].said, "%s", row[i].cell);
		import_free(p);
	}
	arena_free(a);
	store_close(s);
}

/* A short name that fits only somebody without the role is a doubt, so --yes doesn't settle it. */
static void test_no_role(void)
{
	struct store *s = small_world("norole");
	take_text(s, "f.csv", "Fornavn;Efternavn\nEva;Munk\n");
	struct plan *p = plan_text(s, "v.csv", "Dato;Tid;Sted;Opgave;Hvem\n3/12 2025;8-11;Forhal;Guide;Eva M., Anna K.\n");
	import_accept(p);
	replan(s, p);
	is_int(row_at(p, "v.csv", 2)->fate, ROW_DOUBT, "it waits");
	struct doubt *d = doubt_about(row_at(p, "v.csv", 2), "Eva M.");
	ok(d && d->chosen == -1 && strstr(d->why, "without the role"), "with the reason");
	apply(s, p);
	import_free(p);
	struct peek l = look_begin(s);
	is_str(people_on(&l, "Forhal", test_at("2025-12-03", 8, 0)), "Anna Kjær", "whoever has it is taken");
	look_end(&l);
	store_close(s);
}

static void test_organisations(void)
{
	static const struct {
		const char *cell, *question;
	} row[] = {
		{"2 x Ukendt Forening", "Which organisation is \"Ukendt Forening\"?"},
		{"2 from Somebody Else", "Which organisation is \"Somebody Else\"?"},
		{"2 fra Ukendt Forening", "Which organisation is \"Ukendt Forening\"?"},
		{"3 stk. Ukendt Forening", "Which organisation is \"Ukendt Forening\"?"},
	};
	struct store *s = small_world("orgs");
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct plan *p = plan_text(s, "v.csv",
			arena_printf(a, "Dato;Tid;Sted;Opgave;Hvem\n1/12 2025;8-11;Forhal;Guide;%s\n", row[i].cell));
		struct doubt *d = doubt_about(row_at(p, "v.csv", 2), "Which organisation");
		is_str(d ? d->question : "none", row[i].question, "%s", row[i].cell);
		import_free(p);
	}
	struct plan *p =
		plan_text(s, "v.csv", "Dato;Tid;Sted;Opgave;Hvem\n3/12 2025;8-11;Forhal;Guide;2 fra Hjem og Skole og Bo Lund\n");
	ok(!doubt_about(row_at(p, "v.csv", 2), "Skole"), "the name is whole");
	apply(s, p);
	import_free(p);
	struct peek l = look_begin(s);
	is_str(people_on(&l, "Forhal", test_at("2025-12-03", 8, 0)), "2 × Hjem og Skole, Bo Lund",
	       "an \"and\" of the name's own divides nothing");
	look_end(&l);
	arena_free(a);
	store_close(s);
}

/* The cell that a row has too many may be the one that mustn't be repeated. */
static void test_cpr_in_joined_cells(void)
{
	struct store *s = small_world("cpr");
	struct plan *p = plan_text(s, "f.csv",
		"Fornavn,Efternavn,By,Bemærkning\nEva,Holm,Viborg,se 010203-1234, ring\nIda,Holm,Skive,kom før, ring\n");
	struct plan_row *r = row_at(p, "f.csv", 2);
	ok(has_remark(p, "f.csv", 2, "Bemærkning", "CPR"), "it is told");
	for (size_t i = 0; i < r->nremarks; i++)
		ok(!text_find_cpr(r->remarks[i].text), "and not repeated");
	ok(has_remark(p, "f.csv", 3, "Bemærkning", "kom før, ring"), "others are");
	import_free(p);
	store_close(s);
}

static void test_unread_letters(void)
{
	struct store *s = small_world("letters");
	struct plan *p = plan_text(s, "f.csv", "Fornavn;Efternavn;By\nÅse;Ødegård;H\xF8jslev\n");
	ok(has_remark(p, "f.csv", 2, "By", "couldn't be read"), "a letter in another encoding is told");
	ok(!has_remark(p, "f.csv", 2, "Efternavn", "couldn't be read"), "the others are read");
	import_free(p);
	store_close(s);
}

/* Who stands in a sheet comes at the time that stands there: when the shift is moved elsewhere, they must be asked. */
static void test_yes_to_a_time(void)
{
	struct store *s = small_world("yes");
	struct err e;
	take_text(s, "v.csv", "Dato;Tid;Sted;Opgave;Hvem\n3/12 2025;8-11;Forhal;Guide;Bo Lund\n");
	struct peek l = look_begin(s);
	struct rec **all;
	size_t n;
	must(view_all(l.v, l.a, TYPE_ASSIGNMENT, &all, &n, &e), &e, "places");
	ok(n == 1 && assignment_says_yes(all[0], test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0)),
		"a place of a sheet knows the time that it is for");
	struct id shift = rec_id(all[0], F_ASSIGNMENT_SHIFT);
	look_end(&l);
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_END, value_int(test_at("2025-12-03", 12, 0)));
	l = look_begin(s);
	struct shift now;
	must(roster_shift(l.v, l.b, l.a, shift, &now, &e), &e, "shift");
	is_int(now.row.filled, 0, "for a longer one it isn't, whoever makes it longer");
	look_end(&l);
	store_close(s);
}

int main(void)
{
	test_yes_to_a_time();
	test_units();
	test_twins();
	test_row_a_person();
	test_need_said_once();
	test_brackets();
	test_no_role();
	test_organisations();
	test_cpr_in_joined_cells();
	test_unread_letters();
	return done_testing();
}
