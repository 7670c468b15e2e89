/* tests/t_import_rows.c - one matter at a time: offers, choices, twins, mappings, CPR numbers, rows that don't fit
 * their headings, sheets in other shapes, and damaged ones. */
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "export/papers.h"
#include "tests/importtest.h"

static struct test_clock clock_of_test = {1764576000};

static const char world[] = "Fornavn;Efternavn;Telefon;Opgaver;Via\nKirsten;Holm;20838797;Guide;Røde Kors\n"
	"Kirsten;Bak;21222324;Guide;\nAnna;Kjær;22334455;Guide;\nBo;Lund;23456789;;\n";

/* A store with one unit, one role, one organisation and four people. */
static struct store *small_world(const char *name)
{
	struct store *s = test_store(name, &clock_of_test);
	take_text(s, "enheder.csv", "Navn;Art\nForhal, Viborg;sted\nHal 2;sted\n");
	take_text(s, "organisationer.csv", "Navn;Type\nDansk Røde Kors, Viborg;A\n");
	take_text(s, "opgaver.csv", "Opgave;Sted;Mindstealder\nGuide;Forhal, Viborg;18\n");
	take_text(s, "frivillige.csv", world);
	return s;
}

static civil_min at(int month, int day, int hour)
{
	return cmin_at(civil_from_ymd(month == 12 ? 2025 : 2026, month, day), hour * 60);
}

static void is_people(struct store *s, const char *unit, civil_min start, const char *want, const char *name)
{
	struct peek l = look_begin(s);
	is_str(people_on(&l, unit, start), want, "%s", name);
	look_end(&l);
}

/* ---- names ------------------------------------------------------------------------------------------ */

static void test_choosing(void)
{
	struct store *s = small_world("choosing");
	struct plan *p = plan_text(s, "vagter.csv",
		"Dato;Tid;Sted;Opgave;Hvem\n3/12 2025;8-11;Forhal, Viborg;Guide;Kirsten, Anna\n4/12 "
		"2025;8-11;Forhal, Viborg;Guide;Kirsten\n");
	struct plan_row *row = row_at(p, "vagter.csv", 2);
	struct doubt *d = doubt_about(row, "Kirsten");
	is_int(row->fate, ROW_DOUBT, "a name that two people fit is a doubt");
	ok(d && d->likely == -1 && d->nchoices == 3, "with both, and leaving the place empty, to choose from");
	import_accept(p);
	replan(s, p);
	row = row_at(p, "vagter.csv", 2);
	is_int(row->fate, ROW_DOUBT, "accepting what is near certain leaves it open");
	is_int(row_at(p, "vagter.csv", 3)->fate, ROW_DOUBT, "in each row");
	ok(choose(row, "Kirsten", "Kirsten Bak"), "choose one");
	replan(s, p);
	is_int(row_at(p, "vagter.csv", 2)->fate, ROW_MAKE, "a choice is kept when the plan is made again");
	apply(s, p);
	import_free(p);
	is_people(s, "Forhal, Viborg", at(12, 3, 8), "Anna Kjær, Kirsten Bak", "the chosen one is on the shift");
	is_people(s, "Forhal, Viborg", at(12, 4, 8), "", "an open doubt leaves the place empty, and the shift is made");
	p = plan_text(s, "vagter.csv", "Dato;Tid;Sted;Opgave;Hvem\n5/12 2025;8-11;Forhal, Viborg;Guide;Kirsten\n");
	d = doubt_about(row_at(p, "vagter.csv", 2), "Kirsten");
	ok(d && d->likely == 0 && !strcmp(d->choices[0].label, "Kirsten Bak"),
		"who otherwise stands on the unit's shifts is likely");
	ok(d && strstr(d->why, "otherwise"), "and the reason is said");
	import_free(p);
	store_close(s);
}

/* What one may stands beside what one may not, and neither is taken for the other. */
static void test_may(void)
{
	struct store *s = test_store("may", &clock_of_test);
	take_text(s, "enheder.csv", "Navn;Art\nForhal, Viborg;sted\n");
	take_text(s, "opgaver.csv", "Opgave;Sted;Må ikke løfte mv.;Må\nGuide;Forhal, Viborg;Må ikke køre bil;Må vise vej\n");
	struct peek l = look_begin(s);
	struct rec **all;
	size_t n;
	struct err e;
	must(view_all(l.v, l.a, TYPE_ROLE, &all, &n, &e), &e, "roles");
	is_str(n == 1 ? rec_text(all[0], F_ROLE_MAY) : "", "Må vise vej", "a column says what one may");
	ok(n == 1 && !strstr(rec_text(all[0], F_ROLE_MAY), "bil"), "and not what one may not");
	look_end(&l);
	store_close(s);
}

static void test_strangers(void)
{
	static const char sheet[] = "Dato;Tid;Sted;Opgave;Hvem\n3/12 2025;8-11;Forhal, Viborg;Guide;Inger "
				    "Mortensen\n4/12 2025;8-11;Forhal, Viborg;Guide;Inger Mortensen og Bo Lund\n";
	struct store *s = small_world("strangers");
	struct plan *p = plan_text(s, "v.csv", sheet);
	import_accept(p);
	replan(s, p);
	is_int(row_at(p, "v.csv", 2)->fate, ROW_DOUBT, "nobody is made of a name alone");
	ok(has_remark(p, "v.csv", 3, "Hvem", "line 2"), "a later row points to where it is asked");
	ok(choose(row_at(p, "v.csv", 2), "Inger", "Make"), "make her");
	apply(s, p);
	import_free(p);
	is_people(s, "Forhal, Viborg", at(12, 4, 8), "Bo Lund, Inger Mortensen", "she is made once, and on both shifts");
	is_int((intmax_t)take_text(s, "v.csv", sheet).writes, 0, "and is known the next time");
	store_close(s);
}

static void test_names_in_cells(void)
{
	static const struct {
		const char *cell, *want;
	} row[] = {
		{"Bo Lund, Anna K.", "Anna Kjær, Bo Lund"},
		{"Bo Lund / Kjær, Anna", "Anna Kjær, Bo Lund"},
		{"Kjær, Anna", "Anna Kjær"},
		{"Bo Lund & Anna Kjær", "Anna Kjær, Bo Lund"},
		{"BO LUND (1 open)", ""},
		{"(1 open) / Bo Lund", "Bo Lund"},
		{"2 fra Røde Kors, Bo Lund", "2 × Dansk Røde Kors, Viborg, Bo Lund"},
		{"3 fra Dansk Røde Kors, Viborg", "3 × Dansk Røde Kors, Viborg"},
		{"bo lund, Bo Lund", "Bo Lund"},
		{"", ""},
	};
	struct store *s = small_world("cells");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct arena *a = arena_new();
		int day = (int)i + 1;
		take_text(s, "v.csv",
			arena_printf(a, "Dato;Tid;Sted;Opgave;Hvem;Note\n%d/12 2025;8-11;Forhal, Viborg;Guide;%s;x\n",
				day, row[i].cell));
		is_people(s, "Forhal, Viborg", at(12, day, 8), row[i].want, row[i].cell);
		arena_free(a);
	}
	store_close(s);
}

/* ---- people ------------------------------------------------------------------------------------------- */

static size_t people(struct store *s)
{
	struct peek l = look_begin(s);
	size_t n = l.b->npeople;
	look_end(&l);
	return n;
}

static void test_twins(void)
{
	static const char sheet[] =
		"Fornavn;Efternavn;Telefon;Bemærkning\nMona;Haugaard;2040-6694;\nMONA;Haugaard;+45 20 40 66 94;ny\n";
	static const struct {
		const char *choice;
		size_t want;
	} row[] = {{"The same", 1}, {"Another", 2}, {"Leave", 1}};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct store *s = test_store(row[i].choice, &clock_of_test);
		struct plan *p = plan_text(s, "f.csv", sheet);
		ok(choose(row_at(p, "f.csv", 3), "same person", row[i].choice), "choose: %s", row[i].choice);
		apply(s, p);
		import_free(p);
		is_int((intmax_t)people(s), (intmax_t)row[i].want, "%s: people", row[i].choice);
		if (i < 2)
			is_int((intmax_t)take_text(s, "f.csv", sheet).writes, 0, "%s: again changes nothing",
				row[i].choice);
		store_close(s);
	}
}

/* The name alone is never enough, and never refused either. */
static void test_namesakes(void)
{
	struct store *s = test_store("namesakes", &clock_of_test);
	struct plan *p = plan_text(s, "f.csv",
		"Fornavn;Efternavn;Telefon;E-mail;Født\nAnders;Nielsen;20000001;a@x.dk;1/1 "
		"1950\nAnders;Nielsen;20000002;b@x.dk;2/2 1960\n"
		"Anders;Nielsen;;;1/1 1950\nAnders;Nielsen;20000003;;\n");
	import_accept(p);
	replan(s, p);
	is_int(row_at(p, "f.csv", 3)->fate, ROW_MAKE, "phone, e-mail and birth all differ: two people");
	is_int(row_at(p, "f.csv", 4)->fate, ROW_DOUBT, "only the birth agrees: a doubt that isn't settled for you");
	is_int(row_at(p, "f.csv", 5)->fate, ROW_DOUBT, "nothing tells: a doubt");
	import_free(p);
	store_close(s);
}

static void test_changes(void)
{
	struct store *s = small_world("changes");
	struct plan *p = plan_text(s, "f.csv", "Fornavn;Efternavn;Telefon;E-mail;By\nAnna;Kjær;22334455;anna@example.dk;Viborg\n");
	import_accept(p);
	replan(s, p);
	is_int(row_at(p, "f.csv", 2)->fate, ROW_CHANGE, "more is known of somebody");
	apply(s, p);
	import_free(p);
	p = plan_text(s, "f.csv", "Fornavn;Efternavn;Telefon;E-mail;By\nAnna;Kjær;99887766;anna@example.dk;\n");
	is_int(row_at(p, "f.csv", 2)->fate, ROW_CHANGE, "another phone, the same e-mail");
	ok(has_remark(p, "f.csv", 2, "Telefon", "22 33 44 55 → 99 88 77 66"), "from what to what");
	apply(s, p);
	import_free(p);
	struct peek l = look_begin(s);
	size_t n;
	const struct person **found = book_search(l.b, l.a, "Anna Kjær", 0, &n);
	ok(n == 1 && !strcmp(found[0]->phone, "99887766") && !strcmp(found[0]->city, "Viborg"),
		"an empty cell takes nothing away");
	look_end(&l);
	store_close(s);
}

static void test_cpr(void)
{
	struct store *s = test_store("cpr", &clock_of_test);
	struct arena *a = arena_new();
	struct plan *p = plan_text(s, "f.csv",
		"Fornavn;Efternavn;CPR;Født;Bemærkning\nAnna;Holm;010203-1234;010203-1234;ringes "
		"op\nBo;Lund;;2/3 1950;cpr 020350-4321 oplyst\n");
	is_int(row_at(p, "f.csv", 2)->fate, ROW_MAKE, "a row with a CPR number is taken");
	ok(has_remark(p, "f.csv", 2, "Født", "CPR"), "without the cell, and it is said which");
	ok(has_remark(p, "f.csv", 3, "Bemærkning", "CPR"), "in a note too");
	apply(s, p);
	const char *dump = dump_store(s, a);
	ok(strstr(dump, "Anna") && !strstr(dump, "1234") && !strstr(dump, "4321"), "no such number is kept");
	ok(strstr(dump, "ringes op") != NULL, "the rest of the row is");
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < file_named(p, "f.csv")->rows[i].nremarks; k++)
			ok(!text_find_cpr(file_named(p, "f.csv")->rows[i].remarks[k].text),
				"nor repeated in a sentence");
	import_free(p);
	arena_free(a);
	store_close(s);
}

/* ---- what isn't defined ----------------------------------------------------------------------------------- */

static void test_offers(void)
{
	static const char sheet[] = "Dato;Fra;Til;Sted;Opgave;Behov;Hvem\n3/12 2025;8;11;Skadestuen, Skive;Tolk;2;Bo "
				    "Lund\n4/12 2025;8;11;Skadestuen, Skive;Tolk;2;\n"
				    "5/12 2025;8;11;Forhall, Viborg;Guide;1;\n";
	struct store *s = small_world("offers");
	struct plan *p = plan_text(s, "v.csv", sheet);
	struct doubt *d = doubt_about(row_at(p, "v.csv", 2), "Skadestuen");
	ok(d && d->likely == 0 && strstr(d->choices[0].label, "Make the unit"),
		"an unknown unit is offered to be made");
	ok(doubt_about(row_at(p, "v.csv", 2), "Tolk") != NULL, "so is a role");
	ok(has_remark(p, "v.csv", 3, "Sted", "line 2"), "once; later rows point there");
	struct plan *part = plan_text(s, "del.csv", "Dato;Tid;Sted;Opgave;Hvem\n6/12 2025;8-11;Forhal;Guide;\n");
	ok(has_remark(part, "del.csv", 2, "Sted", "Forhal, Viborg"), "a part of a name that one unit has is said");
	import_free(part);
	d = doubt_about(row_at(p, "v.csv", 4), "Forhall");
	ok(d && d->likely == -1 && !strcmp(d->choices[0].label, "Forhal, Viborg"),
		"a name like a known one isn't near certain");
	import_accept(p);
	replan(s, p);
	is_int(row_at(p, "v.csv", 3)->fate, ROW_MAKE, "what is accepted is made");
	is_int(row_at(p, "v.csv", 4)->fate, ROW_DOUBT, "what isn't waits");
	apply(s, p);
	is_people(s, "Skadestuen, Skive", at(12, 3, 8), "Bo Lund", "the shift is at the new unit");
	is_people(s, "Forhal, Viborg", at(12, 5, 8), "?", "nothing that waits is written");
	ok(choose(row_at(p, "v.csv", 4), "Forhall", "Forhal, Viborg"), "it is the known one");
	apply(s, p);
	is_people(s, "Forhal, Viborg", at(12, 5, 8), "", "then it is written");
	import_free(p);
	is_int((intmax_t)take_text(s, "v.csv", sheet).writes, 0, "and a second time nothing new is made of it");
	store_close(s);
}

static void test_refusals(void)
{
	static const struct {
		const char *text, *column, *part;
	} row[] = {
		{"32/12 2025;8;11;Forhal, Viborg;Guide;1;", "Dato", "No day"},
		{"3/12 2025;kl;11;Forhal, Viborg;Guide;1;", "Fra", "No time from"},
		{"3/12 2025;8;;Forhal, Viborg;Guide;1;", "Fra", "No time"},
		{"3/12 2025;8;11;;Guide;1;", "Sted", ""},
		{"3/12 2025;8;11;Forhal, Viborg;;1;", "Opgave", "No role"},
		{";8;11;Forhal, Viborg;Guide;1;", "Dato", "empty"},
	};
	struct store *s = small_world("refusals");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct arena *a = arena_new();
		struct plan *p = plan_text(s, "v.csv",
			arena_printf(a, "Dato;Fra;Til;Sted;Opgave;Behov;Hvem\n%s\n4/12 2025;8;11;Hal 2;Guide;x;\n",
				row[i].text));
		if (*row[i].part) {
			is_int(row_at(p, "v.csv", 2)->fate, ROW_REFUSE, "refused: %s", row[i].text);
			ok(has_remark(p, "v.csv", 2, row[i].column, row[i].part), "with column and reason");
		} else {
			is_int(row_at(p, "v.csv", 2)->fate, ROW_MAKE, "a role with one place says the place");
		}
		ok(has_remark(p, "v.csv", 3, "Behov", "whole number"), "a bad number is remarked on");
		is_int(row_at(p, "v.csv", 3)->fate, ROW_MAKE, "and the row is taken");
		import_free(p);
		arena_free(a);
	}
	store_close(s);
}

/* ---- rows and sheets in other shapes ------------------------------------------------------------------------ */

static void test_cell_too_many(void)
{
	struct store *s = small_world("toomany");
	struct plan *p = plan_text(s, "v.csv",
		"Dato,Fra,Til,Sted,Opgave,Behov,Hvem,Note\n3/12 2025,8,11,Forhal, Viborg,Guide,1,Bo Lund,\n4/12 "
		"2025,8,11,Hal 2,Guide,1,Bo Lund,kom før, ring\n5/12 2025,8,11,Hal 2,Guide,1,Bo Lund,\n");
	is_int(file_named(p, "v.csv")->table.separator, ',', "commas");
	ok(has_remark(p, "v.csv", 2, "Sted", "Forhal, Viborg"), "a separator inside a place is seen");
	ok(has_remark(p, "v.csv", 3, "Note", "kom før, ring"), "or inside a note");
	apply(s, p);
	import_free(p);
	is_people(s, "Forhal, Viborg", at(12, 3, 8), "Bo Lund", "and the row is taken whole");
	store_close(s);
}

static void test_row_a_person(void)
{
	struct store *s = small_world("rowaperson");
	take_text(s, "v.csv",
		"Date;Time;Place;Task;Who\n3/12 2025;20-02;Forhal, Viborg;Guide;Bo Lund\n3/12 2025;20-02;Forhal, "
		"Viborg;Guide;Anna Kjær\n");
	is_people(s, "Forhal, Viborg", at(12, 3, 20), "Anna Kjær, Bo Lund",
		"one row a person makes one shift, over midnight");
	struct peek l = look_begin(s);
	struct roster r;
	struct err e;
	must(roster_load(l.v, l.b, l.a, NULL, civil_from_ymd(2025, 12, 3), civil_from_ymd(2025, 12, 4), &r, &e), &e,
		"roster");
	is_int(r.n ? r.shifts[0].row.need : 0, 2, "that needs as many as there are rows");
	is_int(r.n ? (intmax_t)(r.shifts[0].row.end - r.shifts[0].row.start) : 0, 360, "and ends the next day");
	look_end(&l);
	store_close(s);
}

static void test_grids(void)
{
	static const struct {
		const char *name, *text;
		int month, day;
		const char *want;
	} row[] = {
		{"weekdays and a week",
			"Uge 2 i 2026;mandag;tirsdag;onsdag\nForhal, Viborg kl. 8-11;Bo Lund;;Anna Kjær\n", 1, 5,
			"Bo Lund"},
		{"place and time in their own columns",
			"Sted;Tid;man 8/12;tir 9/12;ons 10/12\nForhal, Viborg;8-11;Anna K.;;\n", 12, 8, "Anna Kjær"},
		{"time first", "Vagt;15/12;16/12;17/12\n8-11 Forhal, Viborg;Bo Lund;;\n", 12, 15, "Bo Lund"},
		{"a role for a row", "Vagt;man 22/12;tir 23/12;ons 24/12\nGuide 8-11;AFLYST;;Bo Lund\n", 12, 24,
			"Bo Lund"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct store *s = small_world(row[i].name);
		take_text(s, "g.csv", row[i].text);
		is_people(s, "Forhal, Viborg", at(row[i].month, row[i].day, 8), row[i].want, row[i].name);
		is_int((intmax_t)take_text(s, "g.csv", row[i].text).writes, 0, "%s: twice changes nothing",
			row[i].name);
		store_close(s);
	}
}

static void test_headless(void)
{
	struct store *s = test_store("headless", &clock_of_test);
	take_text(s, "f.csv",
		"Anna;Holm;20838797;anna@example.dk;21/6 1943\nBo;Lund;21222324;bo@example.dk;1/2 "
		"1950\nEva;Berg;21222325;eva@example.dk;1/2 1951\n");
	struct peek l = look_begin(s);
	size_t n;
	const struct person **found = book_search(l.b, l.a, "Anna Holm", 0, &n);
	is_int((intmax_t)l.b->npeople, 3, "a list without headings is known by its cells");
	ok(n == 1 && !strcmp(found[0]->phone, "20838797") && !strcmp(found[0]->email, "anna@example.dk") &&
			found[0]->born == civil_from_ymd(1943, 6, 21), "each in its place");
	look_end(&l);
	store_close(s);
}

/* ---- mappings ------------------------------------------------------------------------------------------------ */

/* An import that is left and taken up is as it was. */
static void test_kept(void)
{
	static const char sheet[] = "Fornavn;Efternavn;Telefon;Bemærkning\nMona;Haugaard;2040-6694;\n"
				    "MONA;Haugaard;+45 20 40 66 94;ny\nLiv;Holm;20406695;x\n";
	struct store *s = test_store("kept", &clock_of_test);
	const char *path = test_path("k.csv");
	struct plan *p = plan_text(s, "k.csv", sheet);
	struct buf kept = {0}, again = {0};
	import_keep(p, &kept);
	is_int((intmax_t)kept.n, 0, "of a fresh plan there is nothing to keep");
	ok(choose(row_at(p, "k.csv", 3), "same person", "Another"), "answer");
	file_named(p, "k.csv")->map.column[3] = 0;
	replan(s, p);
	import_keep(p, &kept);
	import_free(p);
	p = plan_paths(s, &path, 1, IMPORT_UNKNOWN, NULL);
	import_take_up(p, kept.p);
	replan(s, p);
	import_keep(p, &again);
	is_str(again.p ? again.p : "", kept.p, "what was kept is taken up");
	ok(row_at(p, "k.csv", 3)->doubts[0].chosen == 1, "the answer");
	is_int(file_named(p, "k.csv")->map.column[3], 0, "and the corrected column");
	import_free(p);
	p = plan_paths(s, &path, 1, IMPORT_UNKNOWN, NULL);
	import_take_up(p, "accept\nanswer\ncolumns\t0\t4\t1 2\ncolumns\t7\t4\t1 2 3 0 \nanswer\t0\t3\tWho?\tMe\n\t\t\n");
	replan(s, p);
	ok(row_at(p, "k.csv", 3)->doubts[0].chosen == 0, "what doesn't fit the files any more is left out");
	import_free(p);
	buf_free(&kept);
	buf_free(&again);
	store_close(s);
}

static void test_mapping(void)
{
	static const char sheet[] = "Alfa;Beta;Gamma;Gamma\nAnna;Holm;x;y\n";
	struct store *s = test_store("mapping", &clock_of_test);
	struct arena *a = arena_new();
	struct err e = {0};
	const char *path = test_path("m.csv");
	struct plan *p = plan_text(s, "m.csv", sheet);
	struct plan_file *f = file_named(p, "m.csv");
	is_int(f->map.kind, IMPORT_UNKNOWN, "columns that say nothing");
	ok(f->nrows == 1 && f->rows[0].fate == ROW_REFUSE && f->rows[0].nremarks == 1, "are refused with a reason");
	import_free(p);
	p = plan_paths(s, &path, 1, IMPORT_UNKNOWN,
		"# mine\nAlfa = volunteer.given\nbeta=volunteer.family\ncolumn 4 = volunteer.note\n");
	f = file_named(p, "m.csv");
	is_int(f->map.kind, IMPORT_VOLUNTEERS, "a mapping says what they are");
	const char *text = import_mapping_write(a, &f->table, &f->map);
	is_str(text,
		"[m.csv]\nAlfa = volunteer.given\nBeta = volunteer.family\ncolumn 3 = ignore\ncolumn 4 = "
		"volunteer.note\n",
		"and is written as text");
	struct mapping again;
	import_guess(a, &f->table, IMPORT_UNKNOWN, &again);
	is_int(import_mapping_read(a, text, &f->table, &again, &e), OK, "which is read");
	ok(again.kind == f->map.kind && !memcmp(again.column, f->map.column, f->map.ncols * sizeof *again.column),
		"to the same mapping");
	f->map.column[3] = 0;
	replan(s, p);
	apply(s, p);
	ok(strstr(dump_store(s, a), "given=Anna family=Holm") && !strstr(dump_store(s, a), "note=y"),
		"a corrected mapping counts");
	import_free(p);
	struct peek l = look_begin(s);
	is_int(import_plan(l.v, l.b, &path, 1, IMPORT_UNKNOWN, "Alfa = volunteer.nothing\n", &p, &e), ERR_DATA,
		"an unknown target is refused");
	ok(strstr(e.text, "Line 1") && !p, "with its line: %s", e.text);
	is_int(import_plan(l.v, l.b, &path, 1, IMPORT_UNKNOWN, "[m.csv]\nDelta = volunteer.given\n", &p, &e), ERR_DATA,
		"so is a heading that the file doesn't have");
	look_end(&l);
	path = test_path("u.csv");
	import_free(plan_text(s, "u.csv", "Telefon;Navn\n20838797;Forhal\n"));
	p = plan_paths(s, &path, 1, IMPORT_UNKNOWN, "[u.csv]\nTelefon = ignore\nNavn = organisation.name\n");
	f = file_named(p, "u.csv");
	ok(f->map.kind == IMPORT_ORGANISATIONS && f->map.column[0] == 0 && f->map.column[1] > 0,
		"what is said before the line that tells the kind counts too");
	import_free(p);
	arena_free(a);
	store_close(s);
}

/* ---- what stands wins ------------------------------------------------------------------------------------------ */

static void test_withdrawn_stays(void)
{
	static const char sheet[] = "Dato;Tid;Sted;Opgave;Behov;Hvem\n3/12 2025;8-11;Forhal, Viborg;Guide;1;Bo Lund\n";
	struct store *s = small_world("withdrawn");
	struct change_result r;
	struct err e;
	take_text(s, "v.csv", sheet);
	struct peek l = look_begin(s);
	struct roster roster;
	must(roster_load(l.v, l.b, l.a, NULL, civil_from_ymd(2025, 12, 3), civil_from_ymd(2025, 12, 4), &roster, &e),
		&e, "roster");
	struct id shift = roster.shifts[0].row.shift, who = roster.shifts[0].seats[0].volunteer;
	look_end(&l);
	must(act_withdraw(s, shift, who, NULL, &r, &e), &e, "withdraw");
	is_int((intmax_t)take_text(s, "v.csv", sheet).writes, 0, "an old sheet doesn't undo somebody's afbud");
	must(act_cancel_shift(s, shift, true, NULL, &r, &e), &e, "cancel");
	is_int((intmax_t)take_text(s, "v.csv", sheet).writes, 0, "nor a shift that was called off");
	store_close(s);
}

static char *own_csv(struct store *s, struct arena *a, enum roster_layout layout, const struct sheet_style *style)
{
	struct peek l = look_begin(s);
	struct roster_paper how = {
		.from = civil_from_ymd(2025, 12, 1), .to = civil_from_ymd(2025, 12, 8), .layout = layout};
	struct sheet *paper;
	struct buf b = {0};
	struct err e;
	must(paper_roster(l.v, l.b, l.a, &how, &paper, &e), &e, "paper");
	sheet_write(paper, SHEET_CSV, style, &b);
	look_end(&l);
	char *text = arena_strdup(a, b.p);
	buf_free(&b);
	return text;
}

/* What we print is read again: nothing new in it; and read elsewhere, it gives the same paper. A grid for programs has
 * weekdays without dates, so that one can't be. */
static void test_own_papers(void)
{
	static const struct {
		const char *name;
		enum roster_layout layout;
		struct sheet_style style;
	} row[] = {
		{"a list for Excel", ROSTER_LIST, {.danish_excel = true}},
		{"a list for programs", ROSTER_LIST, {0}},
		{"a grid", ROSTER_GRID, {.danish_excel = true}},
	};
	struct store *s = small_world("papers");
	struct arena *a = arena_new();
	take_text(s, "v.csv",
		"Dato;Tid;Sted;Opgave;Behov;Hvem;Note\n"
		"1/12 2025;8-11;Forhal, Viborg;Guide;3;Bo Lund, 2 fra Røde Kors;medbring vest\n"
		"2/12 2025;8-11;Forhal, Viborg;Guide;1;Anna Kjær;AFLYST\n3/12 2025;20-24;Hal 2;Guide;2;;\n");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char *csv = own_csv(s, a, row[i].layout, &row[i].style);
		is_int((intmax_t)take_text(s, "own.csv", csv).writes, 0, "%s reads back with nothing new", row[i].name);
		struct store *other = small_world(row[i].name);
		take_text(other, "own.csv", csv);
		is_people(other, "Forhal, Viborg", at(12, 1, 8), "2 × Dansk Røde Kors, Viborg, Bo Lund", row[i].name);
		if (row[i].layout == ROSTER_LIST)
			is_str(own_csv(other, a, row[i].layout, &row[i].style), csv, "%s: the same paper", row[i].name);
		store_close(other);
	}
	arena_free(a);
	store_close(s);
}

/* ---- damaged sheets ---------------------------------------------------------------------------------------------- */

static void test_mutations(void)
{
	static const char *const seeds[] = {
		world,
		"Dato;Fra;Til;Sted;Opgave;Behov;Hvem;Note\n3/12 2025;8;11;Forhal, Viborg;Guide;2;Bo Lund, Anna K., 2 "
		"fra Røde Kors;AFLYST\n4/12;20.00;24.00;Hal 2;Guide;1;Kirsten;\n",
		"Uge 49;man 1/12;tir 2/12;ons 3/12\nForhal, Viborg 8-11;Bo Lund / Anna K.;2 fra Røde Kors;Kirsten\n",
		"Opgave,Hvad,Sted,Mindstealder\nGuide,\"Vise, vej\",\"Forhal, Viborg\",18\n",
	};
	static const char spices[] = ";,\"\n/.-0129 \tæøKx=\r";
	struct store *s = small_world("mutations");
	struct arena *a = arena_new();
	struct prng r = {49};
	char *before = dump_store(s, a);
	int planned = 0;
	for (int round = 0; round < 400; round++) {
		const char *path = test_path("mutated.csv");
		char *text = arena_strdup(a, seeds[prng_below(&r, sizeof seeds / sizeof *seeds)]);
		size_t n = strlen(text);
		struct err e = {0};
		struct change_result result;
		struct plan *p;
		for (uint64_t k = 1 + prng_below(&r, 12); k > 0; k--)
			text[prng_below(&r, n)] = spices[prng_below(&r, sizeof spices - 1)];
		must(os_write_file(path, text, n, &e), &e, "file");
		struct peek l = look_begin(s);
		int code = import_plan(l.v, l.b, &path, 1, IMPORT_UNKNOWN, NULL, &p, &e);
		look_end(&l);
		if (code)
			continue;
		planned++;
		import_accept(p);
		code = import_apply(p, s, true, &result, &e);
		if (code)
			diag("round %d: %s", round, e.text);
		planned += code ? -1000 : 0;
		import_free(p);
	}
	ok(planned > 350, "400 damaged sheets are planned or refused with a sentence (%d planned)", planned);
	is_str(dump_store(s, a), before, "and a dry run writes nothing");
	arena_free(a);
	store_close(s);
}

int main(void)
{
	test_choosing();
	test_may();
	test_strangers();
	test_names_in_cells();
	test_twins();
	test_namesakes();
	test_changes();
	test_cpr();
	test_offers();
	test_refusals();
	test_cell_too_many();
	test_row_a_person();
	test_grids();
	test_headless();
	test_kept();
	test_mapping();
	test_withdrawn_stays();
	test_own_papers();
	test_mutations();
	return done_testing();
}
