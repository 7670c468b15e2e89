/* tests/t_claims.c - disagreements in words and how they are decided: who wrote what, equal values, deleted against
 * changed, what a newer version wrote. */
#include "sync/sync.h"

#include <string.h>

#include "tests/carry.h"

static struct test_clock clock_a, clock_b, clock_c;
static struct store *a, *b, *c;
static struct arena *arena;

static void open_all(const char *name)
{
	clock_a.t = clock_b.t = clock_c.t = 1764576000;
	arena = arena_new();
	a = carry_store(arena_printf(arena, "%s-a", name), &clock_a, "Viborg", "Anna");
	b = carry_store(arena_printf(arena, "%s-b", name), &clock_b, "Silkeborg", "Bo");
	c = carry_store(arena_printf(arena, "%s-c", name), &clock_c, "Skive", "Carl");
}

static void close_all(void)
{
	store_close(a);
	store_close(b);
	store_close(c);
	arena_free(arena);
}

/* Everybody has everything. */
static void meet_all(void)
{
	carry_both(a, b);
	carry_both(b, c);
	carry_both(a, b);
}

static struct disagreement *all_of(struct store *s, size_t *n)
{
	struct err e = {0};
	struct view *v;
	struct disagreement *d;
	must(view_begin(s, &v, &e), &e, "view");
	must(sync_disagreements(v, arena, &d, n, &e), &e, "disagreements");
	view_end(v);
	return d;
}

static const struct disagreement *only(struct store *s)
{
	size_t n;
	struct disagreement *d = all_of(s, &n);
	is_int((intmax_t)n, 1, "there is one disagreement");
	return n ? d : NULL;
}

static struct rec *record(struct store *s, int type, struct id id)
{
	struct err e = {0};
	struct view *v;
	struct rec *r;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_get(v, arena, type, id, &r, &e), &e, "record");
	view_end(v);
	return r;
}

static void phone(struct store *s, struct id who, const char *digits)
{
	test_set(s, TYPE_VOLUNTEER, who, F_VOLUNTEER_PHONE, value_text(digits));
}

/* ---- two values ------------------------------------------------------------------------------------------ */

static void test_two(void)
{
	open_all("two");
	struct id liv = test_volunteer(a, "Liv", "Poulsen");
	carry_both(a, b);
	phone(a, liv, "20838797");
	clock_b.t += 60;
	phone(b, liv, "20518011");
	carry_both(a, b);
	const struct disagreement *here = only(a), *there = only(b);
	is_str(here->title, "Liv Poulsen", "it says of whom");
	is_str(here->label, "Phone", "and which field");
	is_int((intmax_t)here->nclaims, 2, "two values stand there");
	is_str(here->claim[0].text, "20 51 80 11", "the later one is shown first");
	ok(here->claim[0].shown && !here->claim[1].shown, "and it alone is shown");
	is_str(here->claim[0].site, "Silkeborg", "the site of a value is told");
	is_str(here->claim[0].person, "Bo", "and the person");
	is_int((intmax_t)here->claim[0].clock, (intmax_t)clock_b.t, "and when");
	ok(here->claim[1].mine && !here->claim[0].mine, "one of them is from here");
	ok(there->claim[0].mine && !there->claim[1].mine, "which is the other one there");
	is_str(there->claim[0].text, "20 51 80 11", "both show the same");
	struct id ib = test_volunteer(a, "Ib", "Aagaard"), ane = test_volunteer(a, "Ane", "Holm");
	carry_both(a, b);
	phone(a, ib, "20838791");
	phone(a, ane, "20838792");
	phone(b, ib, "20838793");
	phone(b, ane, "20838794");
	carry_both(a, b);
	size_t n;
	struct disagreement *all = all_of(a, &n);
	ok(n == 3 && id_equal(all[0].id, ane) && id_equal(all[1].id, liv) && id_equal(all[2].id, ib),
		"several stand as in a list of people: Holm, Poulsen, Aagaard");
	close_all();
}

static void test_other_fields(void)
{
	size_t n;
	open_all("fields");
	struct id liv = test_volunteer(a, "Liv", "Poulsen");
	carry_both(a, b);
	phone(a, liv, "20838797");
	test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_CITY, value_text("Skive"));
	carry_both(a, b);
	all_of(a, &n);
	is_int((intmax_t)n, 0, "two fields of one record are none");
	is_str(rec_text(record(a, TYPE_VOLUNTEER, liv), F_VOLUNTEER_CITY), "Skive", "both edits stand");
	phone(a, liv, "20838798");
	phone(b, liv, "20838798");
	carry_both(a, b);
	all_of(a, &n);
	is_int((intmax_t)n, 0, "the same value written twice is none");
	close_all();
}

static void test_three(void)
{
	open_all("three");
	struct id liv = test_volunteer(a, "Liv", "Poulsen");
	meet_all();
	phone(a, liv, "20111111");
	clock_b.t += 60;
	phone(b, liv, "20222222");
	clock_c.t += 120;
	phone(c, liv, "20111111");
	meet_all();
	const struct disagreement *d = only(a);
	is_int((intmax_t)d->nclaims, 2, "equal values of two sites are one");
	is_str(d->claim[0].text, "20 11 11 11", "the latest is shown");
	is_str(d->claim[0].site, "Skive", "with who wrote it last");
	ok(d->claim[0].mine, "and it is also ours, who wrote the same");
	ok(!d->claim[1].mine, "unlike the other");
	close_all();
}

/* ---- deciding -------------------------------------------------------------------------------------------- */

static struct change_result choose(struct store *s, const struct disagreement *d, size_t i, const struct value *typed)
{
	struct err e = {0};
	struct change_result r = {0};
	must(sync_choose(s, d, i, typed, &r, &e), &e, "choose");
	return r;
}

static void test_choosing(void)
{
	size_t n;
	open_all("choosing");
	struct id liv = test_volunteer(a, "Liv", "Poulsen");
	struct value typed = value_text("20333333");
	carry_both(a, b);
	phone(a, liv, "20111111");
	clock_b.t += 60;
	phone(b, liv, "20222222");
	carry_both(a, b);
	struct change_result r = choose(a, only(a), 1, NULL);
	ok(r.dot.no > 0, "choosing is a change");
	is_str(rec_text(record(a, TYPE_VOLUNTEER, liv), F_VOLUNTEER_PHONE), "20111111", "the chosen value stands");
	carry_both(a, b);
	all_of(b, &n);
	is_int((intmax_t)n, 0, "and there is nothing to decide at the other site any more");
	is_str(rec_text(record(b, TYPE_VOLUNTEER, liv), F_VOLUNTEER_PHONE), "20111111", "which shows it too");
	phone(a, liv, "20444444");
	clock_b.t += 60;
	phone(b, liv, "20555555");
	carry_both(a, b);
	r = choose(b, only(b), 0, NULL);
	ok(r.dot.no > 0, "that the shown value is right is a change too");
	carry_both(a, b);
	all_of(a, &n);
	is_int((intmax_t)n, 0, "and decides it everywhere");
	phone(a, liv, "20666666");
	phone(b, liv, "20777777");
	carry_both(a, b);
	choose(a, only(a), 0, &typed);
	is_str(rec_text(record(a, TYPE_VOLUNTEER, liv), F_VOLUNTEER_PHONE), "20333333", "another value can be written");
	close_all();
}

static void test_bad_choice(void)
{
	struct err e = {0};
	struct change_result r;
	struct value cpr = value_text("0101801234");
	open_all("bad");
	struct id liv = test_volunteer(a, "Liv", "Poulsen");
	carry_both(a, b);
	test_set(a, TYPE_VOLUNTEER, liv, F_VOLUNTEER_WISHES, value_text("mornings"));
	test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_WISHES, value_text("evenings"));
	carry_both(a, b);
	is_int(sync_choose(a, only(a), 0, &cpr, &r, &e), ERR_DATA, "what a field can't hold isn't taken");
	is_int((intmax_t)only(a)->nclaims, 2, "and nothing is decided by it");
	close_all();
}

/* ---- deleted here, changed there ------------------------------------------------------------------------- */

static void test_deleted(void)
{
	size_t n;
	open_all("deleted");
	struct id hall = test_unit(a, "Forhal");
	carry_both(a, b);
	clock_a.t += 60;
	test_delete(a, TYPE_UNIT, hall);
	clock_b.t += 120;
	test_set(b, TYPE_UNIT, hall, F_UNIT_PHONE, value_text("78440000"));
	carry_both(a, b);
	const struct disagreement *d = only(a);
	is_int(d->field, FIELD_ALIVE, "it is about the record as a whole");
	is_str(d->label, "The record", "and says so");
	is_int((intmax_t)d->nclaims, 2, "there are two sides");
	is_str(d->claim[0].text, "changed at the same time: Phone", "one changed a field");
	is_str(d->claim[0].site, "Silkeborg", "at the other site");
	ok(d->claim[0].shown && !d->claim[0].mine, "which is what is shown");
	is_str(d->claim[1].text, "deleted", "one deleted it");
	ok(d->claim[1].deletes && d->claim[1].mine && strcmp(d->claim[1].person, "Anna") == 0, "here");
	ok(record(a, TYPE_UNIT, hall)->alive, "until it is decided it lives");
	choose(a, d, 0, NULL);
	carry_both(a, b);
	all_of(b, &n);
	ok(n == 0 && record(b, TYPE_UNIT, hall)->alive, "kept: it lives, and nothing is to be decided");
	is_str(rec_text(record(a, TYPE_UNIT, hall), F_UNIT_PHONE), "78440000", "with what was changed");
	test_delete(a, TYPE_UNIT, hall);
	test_set(b, TYPE_UNIT, hall, F_UNIT_PHONE, value_text("78440001"));
	carry_both(a, b);
	choose(b, only(b), 1, NULL);
	carry_both(a, b);
	all_of(a, &n);
	ok(n == 0 && !record(a, TYPE_UNIT, hall)->alive, "deleted: it is gone everywhere");
	close_all();
}

/* A shift takes its people along; a unit that a shift names stays. */
static void test_named(void)
{
	struct err e = {0};
	struct change_result r;
	open_all("named");
	struct id hall = test_unit(a, "Forhal"), guide = test_role(a, "Guide"), liv = test_volunteer(a, "Liv", "Poulsen");
	struct id shift = test_shift(a, hall, guide, 29400000, 29400180, 2);
	carry_both(a, b);
	test_delete(a, TYPE_SHIFT, shift);
	test_set(b, TYPE_SHIFT, shift, F_SHIFT_NEED, value_int(3));
	struct id place = test_assign(b, shift, liv, ASSIGNMENT_ACCEPTED);
	carry_both(a, b);
	choose(a, only(a), 1, NULL);
	ok(!record(a, TYPE_SHIFT, shift)->alive && !record(a, TYPE_ASSIGNMENT, place)->alive,
		"a shift that is deleted after all takes its people along");
	carry_both(a, b);
	struct id other = test_unit(a, "Sengeafsnit");
	carry_both(a, b);
	test_delete(a, TYPE_UNIT, other);
	test_set(b, TYPE_UNIT, other, F_UNIT_PHONE, value_text("78440000"));
	test_shift(b, other, guide, 29400000, 29400180, 2);
	carry_both(a, b);
	is_int(sync_choose(a, only(a), 1, NULL, &r, &e), ERR_REFUSED, "what a shift names can't be deleted");
	ok(strstr(e.text, "Sengeafsnit") && strstr(e.text, "Shifts"), "and the sentence says why");
	close_all();
}

/* ---- from a newer version --------------------------------------------------------------------------------- */

enum { NEW_FIELD = 200 };

/* A change of a program that knows one field more. */
static void newer_change(struct store *to, uint64_t inc, struct id id, const char *text)
{
	struct err e = {0};
	struct take *t;
	struct taken taken;
	struct write w = {.type = TYPE_UNIT, .field = NEW_FIELD, .id = id, .v = value_text(text)};
	struct group g = {.dot = {inc, 1}, .clock = 1764576000, .person = "Dorthe", .act = ACT_EDIT, .writes = &w,
		.nwrites = 1};
	must(take_begin(to, "newer", &t, &e), &e, "take");
	must(take_group(t, &g, NULL, &e), &e, "group");
	must(take_end(t, &taken, &e), &e, "end");
}

static void test_newer(void)
{
	struct err e = {0};
	struct change_result r;
	open_all("newer");
	struct id hall = test_unit(a, "Forhal");
	newer_change(a, 41, hall, "one");
	newer_change(a, 42, hall, "two");
	const struct disagreement *d = only(a);
	is_str(d->label, "Field 200 of a newer version", "a field that isn't known is shown by its number");
	is_int((intmax_t)d->nclaims, 2, "with its values");
	ok(strcmp(d->claim[0].text, "two") == 0 && strcmp(d->claim[1].text, "one") == 0, "as they stand");
	is_str(d->claim[0].site, "?", "whose site nobody knows");
	is_str(d->claim[0].person, "Dorthe", "though the person is");
	is_int(sync_choose(a, d, 0, NULL, &r, &e), ERR_UNSUPPORTED, "but this version can't decide it");
	close_all();
}

int main(void)
{
	test_two();
	test_other_fields();
	test_three();
	test_choosing();
	test_bad_choice();
	test_deleted();
	test_named();
	test_newer();
	return done_testing();
}
