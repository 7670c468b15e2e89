/* tests/t_prints.c - the table of papers: each makes a sheet of an invented hospital, holds only what its purpose
 * needs, names nobody in its title, and says why it was made and when it is shredded. */
#include "export/prints.h"

#include <string.h>

#include "base/text.h"
#include "cli/demo.h"
#include "tests/rostertest.h"

static struct test_clock clk = {1764576000};        /* 2025-12-01 08:00 UTC */
static struct err e;
static struct store *store;

/* ---- what a paper is asked for ---------------------------------------------------------------------------------- */

/* One of the kind that it is about: of shifts the first with an open place, else the first that there is. */
static struct id one_of(struct peek *l, int type)
{
	struct rec **all;
	struct roster r;
	size_t n = 0;
	civil_date today = store_today(store);
	if (type == TYPE_SHIFT) {
		must(roster_load(l->v, l->b, l->a, NULL, today + 1, today + 28, &r, &e), &e, "roster");
		for (size_t i = 0; i < r.n; i++)
			if (r.shifts[i].open > 0)
				return r.shifts[i].row.shift;
	}
	if (type == TYPE_VOLUNTEER)
		return l->b->people[0].id;
	must(view_all(l->v, l->a, type, &all, &n, &e), &e, "all");
	return n ? all[0]->id : ID_NONE;
}

static bool needs_one(const struct print_kind *k)
{
	static const char *const ids[] = {"round", "vigil", "chain", "hours", "frames", "confirmation"};
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		if (strcmp(k->id, ids[i]) == 0)
			return true;
	return false;
}

static struct sheet *made(struct peek *l, const struct print_kind *k)
{
	struct sheet *s = NULL;
	struct id *about = arena_alloc(l->a, sizeof *about);
	struct print_order how = {.kind = k, .from = DATE_NONE, .to = DATE_NONE, .about = about, .nabout = needs_one(k)};
	*about = needs_one(k) ? one_of(l, k->about) : ID_NONE;
	int rc = print_make(l->v, l->b, l->a, &how, &s, &e);
	ok(rc == OK && s, "%s: makes a sheet%s%s", k->id, rc ? ": " : "", rc ? e.text : "");
	return s;
}

/* ---- all that can be read on it ---------------------------------------------------------------------------------- */

static void add_line(struct buf *b, const char *text)
{
	buf_adds(b, text ? text : "");
	buf_addc(b, '\n');
}

/* Not who it is signed by, which is the coordinator. */
static const char *words_of(struct arena *a, const struct sheet *s)
{
	struct buf b = {0};
	for (size_t i = 0; i < s->nrows; i++)
		for (size_t j = 0; j < s->ncolumns; j++)
			if (s->columns[j].part != PART_SIGN && strcmp(s->columns[j].id, "by") != 0 && s->columns[j].part != PART_CODE)
				add_line(&b, s->rows[i].cells[j].text);
	for (size_t i = 0; i < s->nnotes; i++)
		add_line(&b, s->notes[i]);
	add_line(&b, s->title);
	add_line(&b, s->period);
	const char *out = arena_strdup(a, b.p);
	buf_free(&b);
	return out;
}

enum secret { SECRET_PHONE = 1, SECRET_ADDRESS = 2, SECRET_BORN = 4, SECRET_EMAIL = 8 };

static bool has_day(const char *words, civil_date d)
{
	static const enum civil_style styles[] = {CIVIL_ISO, CIVIL_SHORT, CIVIL_LONG, CIVIL_DAY_YEAR};
	char day[64];
	for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
		if (strstr(words, civil_format_date(day, sizeof day, d, styles[i])))
			return true;
	return false;
}

static bool has_phone(struct arena *a, const char *words, const char *phone)
{
	const struct field *f = schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_PHONE);
	return *phone && (strstr(words, phone) || strstr(words, kind_format(a, f, value_text(phone), KIND_HUMAN)));
}

/* Which of all that is known of anybody stands on it. */
static unsigned secrets_on(struct peek *l, const char *words)
{
	struct rec **all;
	size_t n;
	unsigned found = 0;
	must(view_all(l->v, l->a, TYPE_VOLUNTEER, &all, &n, &e), &e, "volunteers");
	for (size_t i = 0; i < n; i++) {
		const char *address = rec_text(all[i], F_VOLUNTEER_ADDRESS), *email = rec_text(all[i], F_VOLUNTEER_EMAIL);
		civil_date born = rec_date(all[i], F_VOLUNTEER_BORN);
		found |= has_phone(l->a, words, rec_text(all[i], F_VOLUNTEER_PHONE)) ? SECRET_PHONE : 0;
		found |= *address && strstr(words, address) ? SECRET_ADDRESS : 0;
		found |= *email && strstr(words, email) ? SECRET_EMAIL : 0;
		found |= born != DATE_NONE && has_day(words, born) ? SECRET_BORN : 0;
	}
	return found;
}

/* What a paper may hold because it is for that. All others nothing of it. */
static unsigned may_hold(const struct print_kind *k)
{
	static const struct { const char *id; unsigned what; } rows[] = {
		{"office", SECRET_PHONE}, {"phones", SECRET_PHONE}, {"chain", SECRET_PHONE}, {"talks", SECRET_PHONE}, {"told", SECRET_PHONE}, {"expiry", SECRET_PHONE},
		{"round", SECRET_PHONE | SECRET_EMAIL}, {"labels", SECRET_ADDRESS}, {"thanks", SECRET_ADDRESS}, {"checks", SECRET_BORN},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].id, k->id) == 0)
			return rows[i].what;
	return 0;
}

static const char *somebody_on(const struct book *b, const char *words)
{
	for (size_t i = 0; i < b->npeople; i++)
		if (*b->people[i].family && strstr(words, b->people[i].name))
			return b->people[i].name;
	return NULL;
}

static void test_paper(struct peek *l, const struct print_kind *k)
{
	struct sheet *s = made(l, k);
	if (!s)
		return;
	const char *words = words_of(l->a, s);
	unsigned found = secrets_on(l, words);
	is_int((intmax_t)(found & ~may_hold(k)), 0, "%s: no phone, address, e-mail or birthday that it isn't for", k->id);
	ok(!may_hold(k) || found, "%s: and what it is for is there", k->id);
	ok(!somebody_on(l->b, s->title), "%s: its title names nobody", k->id);
	bool people = somebody_on(l->b, words) != NULL;
	ok(!people || (s->shred != DATE_NONE && *s->purpose), "%s: people on it are said why, and shredded", k->id);
	ok(!s->given || s->face != FACE_TABLE, "%s: only what is handed over doesn't say when it is shredded", k->id);
	ok(s->shred == DATE_NONE || s->shred > store_today(store), "%s: not before it is of use", k->id);
	ok(*s->purpose == 0 || s->shred != DATE_NONE, "%s: nobody on it, nothing to shred", k->id);
	ok((s->made && *s->made) || s->given, "%s: says when and where it was made", k->id);
}

/* ---- the table --------------------------------------------------------------------------------------- */

static void test_table(void)
{
	size_t n;
	const struct print_kind *all = print_kinds(&n);
	for (size_t i = 0; i < n; i++) {
		bool unique = true;
		for (size_t j = 0; j < i; j++)
			unique = unique && strcmp(all[i].id, all[j].id) != 0 && strcmp(all[i].label, all[j].label) != 0;
		ok(unique && *all[i].label && *all[i].help, "%s: has a name of its own and a help", all[i].id);
		ok((all[i].asks & PRINT_PERIOD) == 0 || all[i].usual != USUAL_NONE, "%s: what asks for a period has a usual one", all[i].id);
		ok(print_kind_named(all[i].id) == &all[i], "%s: is found", all[i].id);
		ok(print_kind_named(all[i].label) == &all[i], "%s: also by its label", all[i].id);
	}
	ok(print_kind_named("EVACUATION") == print_kind_named("evacuation"), "part of a label does, in any case");
	ok(!print_kind_named("hours by") && !print_kind_named("") && !print_kind_named("nothing"), "but not one of several, nor none");
}

static void test_periods(void)
{
	const civil_date day = 20423;        /* Monday 2025-12-01 */
	static const struct { enum print_usual usual; civil_date from, to; } rows[] = {
		{USUAL_NONE, DATE_NONE, DATE_NONE}, {USUAL_TODAY, 20423, 20424}, {USUAL_WEEK, 20423, 20430}, {USUAL_MONTH, 20423, 20454},
		{USUAL_LAST_MONTH, 20393, 20423}, {USUAL_YEAR, 20089, 20454}, {USUAL_AHEAD, 20423, 20451},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		civil_date from, to;
		print_usual_period(&(struct print_kind){.usual = rows[i].usual}, day, &from, &to);
		ok(from == rows[i].from && to == rows[i].to, "usual period %d", (int)rows[i].usual);
	}
}

/* ---- columns ----------------------------------------------------------------------------------------- */

static void test_columns(struct peek *l)
{
	struct sheet *s;
	const char *wanted[] = {"role", "time"}, *wrong[] = {"phone"};
	struct print_order how = {.kind = print_kind_named("ward"), .from = DATE_NONE, .to = DATE_NONE, .columns = wanted, .ncolumns = 2};
	must(print_make(l->v, l->b, l->a, &how, &s, &e), &e, "ward");
	ok(s->ncolumns == 2 && strcmp(s->columns[0].id, "role") == 0, "columns can be kept, in another order");
	ok(!somebody_on(l->b, words_of(l->a, s)), "and then nobody is named");
	how.columns = wrong;
	how.ncolumns = 1;
	is_int(print_make(l->v, l->b, l->a, &how, &s, &e), ERR_USAGE, "a ward's sheet has no phones to keep");
}

/* ---- one thing --------------------------------------------------------------------------------------- */

static void test_about(struct peek *l)
{
	struct sheet *s;
	const struct id two[] = {l->b->people[0].id, l->b->people[1].id}, nobody = l->b->places[0].id;
	struct print_order how = {.kind = print_kind_named("hours"), .from = DATE_NONE, .to = DATE_NONE};
	is_int(print_make(l->v, l->b, l->a, &how, &s, &e), ERR_USAGE, "whose hours must be said");
	how.about = two;
	how.nabout = 2;
	is_int(print_make(l->v, l->b, l->a, &how, &s, &e), ERR_USAGE, "of one person at a time");
	how.kind = print_kind_named("thanks");
	must(print_make(l->v, l->b, l->a, &how, &s, &e), &e, "thanks");
	ok(s->face == FACE_LETTERS && s->nrows == 2 && id_is_none(s->volunteer), "two are thanked, a letter each");
	how.nabout = 1;
	must(print_make(l->v, l->b, l->a, &how, &s, &e), &e, "thanks");
	ok(id_equal(s->volunteer, two[0]), "one alone is noted as whose it is");
	how.about = &nobody;
	is_int(print_make(l->v, l->b, l->a, &how, &s, &e), ERR_NOTFOUND, "nobody isn't thanked");
}

/* ---- the wall ---------------------------------------------------------------------------------------- */

static void test_wall(struct peek *l)
{
	struct sheet *s;
	struct print_order how = {.kind = print_kind_named("wall"), .from = 20425, .to = 20440};       /* Wed 3/12 to Wed 17/12 */
	must(print_make(l->v, l->b, l->a, &how, &s, &e), &e, "wall");
	ok(s->from == 20423 && s->to == 20443, "a calendar on the wall has whole weeks");
	how.to = 20426;
	must(print_make(l->v, l->b, l->a, &how, &s, &e), &e, "wall");
	ok(s->from == 20425 && s->to == 20425, "a day is a list");
	for (size_t i = 0; i < s->ncolumns; i++)
		ok(strcmp(s->columns[i].id, "note") != 0, "without notes (%s)", s->columns[i].id);
}

static size_t rows_of(struct peek *l, const char *id, civil_date day)
{
	struct sheet *s;
	struct print_order how = {.kind = print_kind_named(id), .from = day, .to = day + 1};
	must(print_make(l->v, l->b, l->a, &how, &s, &e), &e, id);
	return s->nrows;
}

/* What is a draft, offered or called off, where others read it. */
static void test_unsettled(struct store *s)
{
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide"), who = test_volunteer(s, "Ane", "Holm");
	struct id shift = test_shift(s, hall, guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 1);
	civil_date day = test_day("2025-12-03");
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_DRAFT));
	test_assign(s, shift, who, ASSIGNMENT_OFFERED);
	struct peek l = look_begin(s);
	ok(!rows_of(&l, "ward", day) && !rows_of(&l, "wall", day) && !rows_of(&l, "poster", day), "a draft hangs nowhere");
	look_end(&l);
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	l = look_begin(s);
	struct sheet *sheet;
	struct print_order how = {.kind = print_kind_named("wall"), .from = day, .to = day + 1};
	must(print_make(l.v, l.b, l.a, &how, &sheet, &e), &e, "wall");
	ok(!somebody_on(l.b, words_of(l.a, sheet)), "nor does whoever hasn't answered");
	ok(strstr(words_of(l.a, sheet), "1 open") != NULL, "whose place is open");
	ok(rows_of(&l, "poster", day) == 1, "also on the poster");
	look_end(&l);
}

/* That somebody is dying at a ward isn't for everybody who passes a poster. */
static void test_vigil(struct store *s)
{
	struct id ward = test_unit(s, "Medicinsk 3"), sits = test_role(s, "Vågevagt"), made;
	const struct vigil_new how = {.unit = ward, .role = sits, .start = test_at("2025-12-05", 20, 0), .hours = 24, .watch = 240};
	struct change_result r;
	must(vigil_begin(s, &how, &made, &r, &e), &e, "vigil");
	struct peek l = look_begin(s);
	struct sheet *sheet;
	struct print_order poster = {.kind = print_kind_named("poster"), .from = test_day("2025-12-05"), .to = test_day("2025-12-08")};
	must(print_make(l.v, l.b, l.a, &poster, &sheet, &e), &e, "poster");
	ok(sheet->nrows == 0 && sheet->nnotes == 1, "a vigil's watches aren't on the poster, nor counted there");
	ok(rows_of(&l, "gaps", test_day("2025-12-06")) > 0, "but whoever plans sees that they are open");
	look_end(&l);
}

/* Monday at nine: who is there by the roster, and isn't known to be elsewhere. */
static void test_evacuation(struct store *s)
{
	struct id hall = test_unit(s, "Kapellet"), guide = test_role(s, "Vært");
	struct id here = test_shift(s, hall, guide, test_at("2025-12-01", 8, 0), test_at("2025-12-01", 11, 0), 3);
	struct id later = test_shift(s, hall, guide, test_at("2025-12-01", 11, 0), test_at("2025-12-01", 14, 0), 1);
	const struct id bo = test_volunteer(s, "Bo", "Lund"), ida = test_volunteer(s, "Ida", "Lund"), kim = test_volunteer(s, "Kim", "Lund");
	test_set(s, TYPE_SHIFT, here, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	test_set(s, TYPE_SHIFT, later, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	test_assign(s, here, bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, here, ida, ASSIGNMENT_ACCEPTED);
	test_assign(s, later, kim, ASSIGNMENT_ACCEPTED);
	test_set(s, TYPE_ASSIGNMENT, id_assignment(here, ida), F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_EXCUSED));
	struct peek l = look_begin(s);
	struct sheet *sheet;
	struct print_order how = {.kind = print_kind_named("evacuation"), .from = DATE_NONE, .to = DATE_NONE, .unit = hall};
	must(print_make(l.v, l.b, l.a, &how, &sheet, &e), &e, "evacuation");
	const char *words = words_of(l.a, sheet);
	ok(strstr(words, "Bo Lund") != NULL, "whoever is on a shift now is in the house");
	ok(!strstr(words, "Ida Lund") && !strstr(words, "Kim Lund"), "neither whoever cancelled nor whoever comes later");
	ok(sheet->ncolumns == 2, "a box and a name, nothing else");
	look_end(&l);
	test_assign(s, here, bo, ASSIGNMENT_RECONFIRM);
	test_set(s, TYPE_ASSIGNMENT, id_assignment(here, ida), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_OFFERED));
	test_set(s, TYPE_ASSIGNMENT, id_assignment(here, ida), F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_PRESENT));
	test_set(s, TYPE_SHIFT, here, F_SHIFT_STATE, value_int(SHIFT_DRAFT));
	l = look_begin(s);
	must(print_make(l.v, l.b, l.a, &how, &sheet, &e), &e, "evacuation");
	words = words_of(l.a, sheet);
	ok(strstr(words, "Bo Lund") != NULL, "nor is anybody left out whose shift was moved, or is a draft");
	ok(strstr(words, "Ida Lund") != NULL, "nor whoever came without having said yes");
	look_end(&l);
}

int main(void)
{
	size_t n;
	const struct print_kind *all = print_kinds(&n);
	test_table();
	test_periods();
	store = test_store("prints", &clk);
	must(demo_build(store, DEMO_HOSPITAL, 1, NULL, NULL, &e), &e, "demo");
	struct peek l = look_begin(store);
	for (size_t i = 0; i < n; i++)
		test_paper(&l, &all[i]);
	test_columns(&l);
	test_about(&l);
	test_wall(&l);
	look_end(&l);
	store_close(store);
	store = test_store("unsettled", &clk);
	test_unsettled(store);
	test_vigil(store);
	test_evacuation(store);
	store_close(store);
	return done_testing();
}
