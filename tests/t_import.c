/* tests/t_import.c - a coordinator's own six files, all at once and in any order: what becomes of every row, the week
 * of the grid cell by cell, twice changes nothing, and one undo takes all of it back. */
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "tests/importtest.h"

/* Not the order in which they depend on each other. */
static const char *const names[] = {
	"vagtplan_uge49.csv", "vagter.csv", "opgaver.csv", "frivillige.csv", "organisationer.csv", "enheder.csv",
};
enum { FILES = sizeof names / sizeof *names };

static const char *const *viborg(struct arena *a)
{
	const char *src = getenv("srcdir"), **paths = arena_alloc(a, FILES * sizeof *paths);
	for (int i = 0; i < FILES; i++)
		paths[i] = arena_printf(a, "%s/tests/data/viborg/%s", src ? src : ".", names[i]);
	return paths;
}

static void is_counts(struct plan *p, const char *name, enum import_kind kind, size_t make, size_t same, size_t doubt,
		      const char *when)
{
	const struct plan_file *f = file_named(p, name);
	is_int(f->map.kind, kind, "%s %s: its kind", name, when);
	is_int((intmax_t)f->count[ROW_MAKE], (intmax_t)make, "%s %s: to make", name, when);
	is_int((intmax_t)f->count[ROW_CHANGE], 0, "%s %s: to change", name, when);
	is_int((intmax_t)f->count[ROW_SAME], (intmax_t)same, "%s %s: as they stand", name, when);
	is_int((intmax_t)f->count[ROW_DOUBT], (intmax_t)doubt, "%s %s: doubtful", name, when);
	is_int((intmax_t)f->count[ROW_REFUSE], 0, "%s %s: refused", name, when);
}

static void test_preview(struct plan *p)
{
	is_counts(p, "enheder.csv", IMPORT_UNITS, 13, 0, 0, "before");
	is_counts(p, "organisationer.csv", IMPORT_ORGANISATIONS, 9, 0, 0, "before");
	is_counts(p, "opgaver.csv", IMPORT_ROLES, 7, 0, 0, "before");
	is_counts(p, "frivillige.csv", IMPORT_VOLUNTEERS, 176, 0, 5, "before");
	is_str(file_named(p, "enheder.csv")->table.encoding, "windows-1252", "an encoding is told");
	struct doubt *twin = doubt_about(row_at(p, "frivillige.csv", 179), "Frank Bertelsen");
	ok(twin && twin->chosen < 0 && twin->likely == 0 && twin->nchoices == 3, "a twin is offered, never silent");
	is_str(twin ? twin->question : "", "Is \"Frank Bertelsen\" the same person as line 162 of frivillige.csv?",
	       "and says whose");
	is_str(twin ? twin->why : "", "same name and phone or e-mail", "and why");
	struct doubt *short_name = doubt_about(row_at(p, "vagter.csv", 2), "Frederik B.");
	ok(short_name && short_name->chosen < 0 && short_name->likely == 0,
	   "a short name is doubtful until it is accepted");
	is_str(short_name ? short_name->choices[0].label : "", "Frederik Brandt", "with whom it fits");
	ok(has_remark(p, "vagter.csv", 194, "Uge", "week 1"), "a week that isn't the date's is remarked on");
}

static void test_accepted(struct plan *p)
{
	is_counts(p, "enheder.csv", IMPORT_UNITS, 13, 0, 0, "taken");
	is_counts(p, "organisationer.csv", IMPORT_ORGANISATIONS, 9, 0, 0, "taken");
	is_counts(p, "opgaver.csv", IMPORT_ROLES, 7, 0, 0, "taken");
	is_counts(p, "frivillige.csv", IMPORT_VOLUNTEERS, 176, 5, 0, "taken");
	is_counts(p, "vagter.csv", IMPORT_SHIFTS, 382, 0, 2, "taken");
	is_counts(p, "vagtplan_uge49.csv", IMPORT_GRID, 0, 11, 0, "taken");
}

/* What isn't taken is listed: two names that several people fit alike, and nothing else. */
static void test_open_doubts(struct plan *p)
{
	static const struct {
		size_t line;
		const char *who, *first, *second;
	} open[] = {
		{165, "\"Niels\"", "Niels Larsen", "Niels Petersen"},
		{383, "\"Bente\"", "Bente Marcussen", "Bente Sørensen"},
	};
	size_t n, found = 0;
	struct plan_file *files = import_files(p, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i].nrows; k++)
			for (size_t d = 0; d < files[i].rows[k].ndoubts; d++)
				found += files[i].rows[k].doubts[d].chosen < 0;
	is_int((intmax_t)found, 2, "two doubts are left open");
	for (size_t i = 0; i < 2; i++) {
		struct doubt *d = doubt_about(row_at(p, "vagter.csv", open[i].line), open[i].who);
		if (!ok(d && d->chosen < 0 && d->nchoices > 2, "%s is one of them", open[i].who))
			continue;
		is_str(d->choices[0].label, open[i].first, "who it could be");
		is_str(d->choices[1].label, open[i].second, "and who else");
		is_str(file_named(p, "vagter.csv")->table.head[d->column], "Frivillige", "in which column");
	}
}

static void test_remarks(struct plan *p)
{
	ok(has_remark(p, "frivillige.csv", 3, "Startet", "age of 5"), "a child who began is remarked on");
	ok(has_remark(p, "vagter.csv", 5, "Frivillige", "Mille Munch: Is 17 years old on Mon 1/12"), "under age is remarked on, and taken");
	ok(has_remark(p, "vagter.csv", 3, "Frivillige", "confidentiality declaration isn't signed"),
	   "so is a missing declaration");
	ok(has_remark(p, "vagter.csv", 74, "Frivillige", "stands there twice"),
	   "somebody twice on a shift is taken once");
	ok(has_remark(p, "vagter.csv", 215, "Note", "cancellation"), "an afbud in a note is remarked on");
}

/* ---- the week ------------------------------------------------------------------------------------ */

/* The short names of the grid, as a person who knows everybody reads them. */
static const char *whole_name(const char *name)
{
	static const char *const known[][2] = {
		{"Frederik B.", "Frederik Brandt"},
		{"Ali F.", "Ali Fischer"},
		{"Cecilie H.", "Cecilie Haugaard"},
		{"Alexandrea K.", "Alexandrea Khan"},
		{"Hanne J.", "Hanne Johannessen"},
		{"Tine P.", "Tine Petersen"},
		{"Ellen-Margrethe", "Ellen-Margrethe Hedegaard"},
		{"Lisbeth J.", "Lisbeth Jespersen"},
		{"Ida H.", "Ida Hedegaard-Lorentzen"},
		{"Mille H.", "Mille Hansen"},
		{"Ingrid", "Ingrid Villadsen"},
		{"2 fra Røde Kors", "2 × Dansk Røde Kors, Viborg"},
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(name, known[i][0]))
			return known[i][1];
	return name;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static const char *expected_people(struct arena *a, const char *cell)
{
	const char *found[10], *text = "";
	size_t n = 0;
	while (*cell && n < 10) {
		const char *slash = strstr(cell, " / ");
		size_t len = slash ? (size_t)(slash - cell) : strlen(cell);
		found[n++] = whole_name(arena_strndup(a, cell, len));
		cell += len + (slash ? 3 : 0);
	}
	qsort(found, n, sizeof *found, by_name);
	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", found[i]);
	return text;
}

/* Every cell of the grid, empty ones too: nobody is missing and nobody is too many. */
static void test_week(struct store *s)
{
	struct peek l = look_begin(s);
	struct table t;
	struct err e = {0};
	civil_date monday = civil_from_ymd(2025, 12, 1);
	int cells = 0, people = 0;
	must(import_read(l.a, viborg(l.a)[0], &t, &e), &e, "grid");
	for (size_t i = 0; i < t.nrows; i++) {
		const char *head = t.rows[i].cells[0], *blank = strrchr(head, ' ');
		const char *unit = arena_strndup(l.a, head, (size_t)(blank - head));
		int from, to;
		must(when_parse_span(blank + 1, &from, &to, &e), &e, "span");
		for (size_t c = 1; c < t.rows[i].n; c++) {
			const char *want = expected_people(l.a, t.rows[i].cells[c]);
			const char *got = people_on(&l, unit, cmin_at(monday + (civil_date)c - 1, from));
			cells += *want != '\0';
			for (const char *at = want; *at; at++)
				people += *at == ',' && at[1] == ' ';
			people += *want != '\0';
			if (*want || strcmp(got, "?"))
				is_str(got, want, "row %zu, day %zu", i + 1, c);
		}
	}
	is_int(cells, 42, "cells with people");
	ok(people > 60, "people in them (%d)", people);
	look_end(&l);
}

/* ---- what stands in the records -------------------------------------------------------------------- */

static struct rec *volunteer(struct peek *l, const char *given, const char *family)
{
	struct rec *r = NULL;
	struct err e = {0};
	for (size_t i = 0; i < l->b->npeople; i++)
		if (!strcmp(l->b->people[i].given, given) && !strcmp(l->b->people[i].family, family))
			must(view_get(l->v, l->a, TYPE_VOLUNTEER, l->b->people[i].id, &r, &e), &e, "record");
	if (!r) {
		diag("no %s", given);
		exit(1);
	}
	return r;
}

static void test_volunteers(struct store *s)
{
	struct peek l = look_begin(s);
	struct rec *r = volunteer(&l, "Sandra", "Hjorth");
	is_str(rec_text(r, F_VOLUNTEER_PHONE), "20838797", "a phone with a hyphen");
	is_int(rec_int(r, F_VOLUNTEER_BORN), civil_from_ymd(1943, 6, 21), "born before 1970");
	is_int(rec_int(r, F_VOLUNTEER_FREQUENCY), FREQUENCY_FORTNIGHTLY, "every second week");
	is_int(rec_int(r, F_VOLUNTEER_MAX_PER_MONTH), 0, "which is no number");
	is_str(rec_text(r, F_VOLUNTEER_WISHES), "ikke aften", "what she doesn't want");
	ok(rec_get(r, F_VOLUNTEER_CONFIDENTIALITY).tag == V_NONE, "\"mangler\" is no declaration");
	is_str(book_name(l.b, rec_id(r, F_VOLUNTEER_ORGANISATION)), "Hjerteforeningen Midtjylland", "via whom");
	r = volunteer(&l, "Frank", "Bertelsen");
	is_int(rec_int(r, F_VOLUNTEER_CHILD_CHECK), CHILD_ASSESSED, "\"ok 12.8.18\" is assessed");
	is_int(rec_int(r, F_VOLUNTEER_CHILD_CHECK_DATE), civil_from_ymd(2018, 8, 12), "and when");
	is_int((intmax_t)test_find(&l, r->id)->nroles, 2, "two roles in a cell are two roles");
	r = volunteer(&l, "Hilda", "Nygaard");
	is_int(rec_int(r, F_VOLUNTEER_CHILD_CHECK), CHILD_ORDERED, "\"anmodet\"");
	is_int(rec_int(r, F_VOLUNTEER_MAX_PER_MONTH), 2, "a number a month");
	is_int(rec_int(volunteer(&l, "Nanna", "Sørensen"), F_VOLUNTEER_CHILD_CHECK), CHILD_TO_ORDER,
	       "\"skal indhentes\"");
	is_str(rec_text(volunteer(&l, "Bente", "Gregersen"), F_VOLUNTEER_NOTE), "Ring efter kl. 16;ikke før",
	       "a separator in quotes");
	is_str(rec_text(volunteer(&l, "Liv", "Winther"), F_VOLUNTEER_NOTE), "Født som \"Maren\"", "doubled quotes");
	is_str(rec_text(volunteer(&l, "Hans", "Sørensen"), F_VOLUNTEER_EMAIL), "hans.sørensen@example.dk",
	       "an address with ø");
	is_int(rec_int(volunteer(&l, "Mona", "Haugaard"), F_VOLUNTEER_STATUS), VOLUNTEER_ENDED, "stoppet");
	is_int(rec_int(volunteer(&l, "Stine", "Johannsen"), F_VOLUNTEER_STATUS), VOLUNTEER_APPLICANT, "Ansøger");
	is_int((intmax_t)l.b->npeople, 176, "nobody twice");
	look_end(&l);
}

static void test_things(struct store *s)
{
	static const struct {
		const char *name;
		int kind;
	} orgs[] = {
		{"Dansk Røde Kors, Viborg", 1}, {"Frivilligcenter Silkeborg", 7},
		{"Social Sundhed", 5},          {"Glad Fonden", 3},
		{"Vågegruppen Skive", 6},       {"Eget frivilligkorps", ORGANISATION_OWN_CORPS},
	};
	struct peek l = look_begin(s);
	bool several;
	for (size_t i = 0; i < sizeof orgs / sizeof *orgs; i++) {
		const struct org *o = book_find_org(l.b, orgs[i].name, &several);
		is_int(o ? o->kind : 0, orgs[i].kind, "%s is of its kind", orgs[i].name);
	}
	struct id ward;
	book_find(l.b, TYPE_UNIT, "Børneafdelingen, Viborg", &ward, &several);
	const struct place *p = book_place(l.b, ward);
	is_str(p ? book_name(l.b, p->parent) : "", "Regionshospitalet Viborg", "a unit stands under another");
	is_int(p ? p->kind : 0, 4, "and has its kind");
	const struct task *t = book_find_task(l.b, "Legeven", &several);
	is_int(t ? t->min_age : 0, 18, "a role's age");
	ok(t && t->child_check && t->tr_date == civil_from_ymd(2025, 5, 6), "its check and dialogue");
	is_str(t ? book_name(l.b, t->unit) : "", "Børneafdelingen, Viborg", "and its place");
	look_end(&l);
}

static void test_cancelled_and_notes(struct store *s)
{
	struct peek l = look_begin(s);
	struct roster r;
	struct err e = {0};
	size_t cancelled = 0, noted = 0, people = 0;
	must(roster_load(l.v, l.b, l.a, NULL, civil_from_ymd(2025, 12, 1), civil_from_ymd(2026, 2, 1), &r, &e), &e,
	     "roster");
	is_int((intmax_t)r.n, 384, "all shifts of two months");
	for (size_t i = 0; i < r.n; i++) {
		noted += *r.shifts[i].note != '\0';
		if (r.shifts[i].row.state != SHIFT_CANCELLED)
			continue;
		cancelled++;
		people += r.shifts[i].nseats;
	}
	is_int((intmax_t)cancelled, 4, "AFLYST is called off");
	is_int((intmax_t)people, 9, "and keeps its people");
	is_int((intmax_t)noted, 7, "other notes are notes");
	look_end(&l);
}

int main(void)
{
	struct test_clock clock = {1764576000};
	struct store *s = test_store("viborg", &clock);
	struct arena *a = arena_new();
	struct err e = {0};
	struct change_result r;
	char *empty = dump_store(s, a);
	struct plan *p = plan_paths(s, viborg(a), FILES, IMPORT_UNKNOWN, NULL);

	test_preview(p);
	is_str(dump_store(s, a), empty, "a preview writes nothing");
	import_accept(p);
	must(import_apply(p, s, true, &r, &e), &e, "dry run");
	ok(r.writes > 5000 && r.dot.no == 0, "a dry run counts");
	is_str(dump_store(s, a), empty, "and writes nothing");
	struct change_result taken = apply(s, p);
	is_int((intmax_t)taken.writes, (intmax_t)r.writes, "the same is then written");
	test_accepted(p);
	test_open_doubts(p);
	test_remarks(p);
	import_free(p);

	test_week(s);
	test_volunteers(s);
	test_things(s);
	test_cancelled_and_notes(s);

	char *full = dump_store(s, a);
	p = plan_paths(s, viborg(a), FILES, IMPORT_UNKNOWN, NULL);
	import_accept(p);
	r = apply(s, p);
	is_int((intmax_t)r.writes, 0, "importing again writes nothing");
	is_int((intmax_t)r.dot.no, 0, "not even a group");
	is_counts(p, "frivillige.csv", IMPORT_VOLUNTEERS, 0, 181, 0, "again");
	is_counts(p, "vagter.csv", IMPORT_SHIFTS, 0, 382, 2, "again");
	is_counts(p, "vagtplan_uge49.csv", IMPORT_GRID, 0, 11, 0, "again");
	is_counts(p, "enheder.csv", IMPORT_UNITS, 0, 13, 0, "again");
	import_free(p);

	must(change_undo(s, taken.dot, &r, &e), &e, "undo");
	is_str(dump_store(s, a), empty, "one undo takes all of it back");
	must(change_undo(s, r.dot, &r, &e), &e, "redo");
	is_str(dump_store(s, a), full, "and a redo brings all of it again");
	store_close(s);
	arena_free(a);
	return done_testing();
}
