/* tests/t_digest.c - what a merge brought: one row a thing, what needs me first, and nothing told twice. */
#include "sync/sync.h"

#include <string.h>

#include "roster/act.h"
#include "tests/carry.h"

static struct test_clock clock_a, clock_b;
static struct store *a, *b;
static struct arena *arena;
static struct id hall, guide, liv, bent;

#define DAY INT64_C(86400)

/* It is Monday 1 December 2025, 09:00; both sites know the same. */
static void open_both(const char *name)
{
	clock_a.t = clock_b.t = 1764576000;
	arena = arena_new();
	a = carry_store(arena_printf(arena, "%s-a", name), &clock_a, "Viborg", "Anna");
	b = carry_store(arena_printf(arena, "%s-b", name), &clock_b, "Silkeborg", "Bo");
	hall = test_unit(a, "Forhal");
	guide = test_role(a, "Hospitalsguide");
	liv = test_volunteer(a, "Liv", "Poulsen");
	bent = test_volunteer(a, "Bent", "Aagaard");
	carry_both(a, b);
}

static void close_both(void)
{
	store_close(a);
	store_close(b);
	arena_free(arena);
}

static struct digest_row *digest(struct store *s, int64_t since, size_t *n)
{
	struct err e = {0};
	struct view *v;
	struct digest_row *rows;
	must(view_begin(s, &v, &e), &e, "view");
	must(sync_digest(v, arena, since, &rows, n, &e), &e, "digest");
	view_end(v);
	return rows;
}

static civil_min at(int day, int hour)
{
	return cmin_at(civil_from_ymd(2025, 12, day), hour * 60);
}

static struct id shift_on(struct store *s, int day)
{
	return test_shift(s, hall, guide, at(day, 8), at(day, 11), 2);
}

static const struct digest_row *row_of(const struct digest_row *rows, size_t n, struct id id)
{
	static const struct digest_row none = {.title = "", .what = "", .text = "", .site = "", .person = ""};
	for (size_t i = 0; i < n; i++)
		if (id_equal(rows[i].record, id))
			return &rows[i];
	return &none;
}

static struct digest_row *strays(struct store *s, int64_t since, size_t *n)
{
	struct err e = {0};
	struct view *v;
	struct digest_row *rows;
	must(view_begin(s, &v, &e), &e, "view");
	must(sync_strays(v, arena, since, &rows, n, &e), &e, "strays");
	view_end(v);
	return rows;
}

static struct digest_about about(struct store *s, int64_t since, uint64_t merge)
{
	struct digest_about x;
	struct err e = {0};
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	must(sync_digest_about(v, since, merge, &x, &e), &e, "about");
	view_end(v);
	return x;
}

/* ---- people and other records ----------------------------------------------------------------------------- */

static void test_people(void)
{
	size_t n;
	open_both("people");
	for (int i = 0; i < 5; i++)
		test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_MAX_PER_MONTH, value_int(i + 1));
	test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_PHONE, value_text("20838797"));
	clock_b.t += 60;
	test_set(b, TYPE_VOLUNTEER, bent, F_VOLUNTEER_CITY, value_text("Skive"));
	struct id new = test_volunteer(b, "Anna", "Holm");
	test_set(b, TYPE_UNIT, hall, F_UNIT_PHONE, value_text("78440000"));
	carry(b, a, "STIK");
	struct digest_row *rows = digest(a, 0, &n);
	is_int((intmax_t)n, 4, "one row a record, however often it was written");
	ok(id_equal(rows[0].record, new) && id_equal(rows[1].record, liv) && id_equal(rows[2].record, bent),
		"people in the order of their last names: Aagaard is among the Å");
	is_str(rows[0].what, "new", "somebody new is new");
	is_str(row_of(rows, n, liv)->what, "Phone: 20 83 87 97 · At most per month: 5",
		"else what was changed, as it is now");
	is_str(rows[1].text, "Liv Poulsen: Phone: 20 83 87 97 · At most per month: 5", "all in one line");
	ok(strcmp(rows[2].site, "Silkeborg") == 0 && strcmp(rows[2].person, "Bo") == 0, "where and by whom");
	is_int((intmax_t)rows[2].clock, (intmax_t)clock_b.t, "and when");
	ok(rows[3].kind == DIGEST_OTHER && id_equal(rows[3].record, hall), "what is no person and no shift comes last");
	is_str(rows[3].title, "Unit · Forhal", "and says what it is");
	digest(b, 0, &n);
	is_int((intmax_t)n, 5, "the other site got what was made here");
	close_both();
}

static void test_disagreement(void)
{
	size_t n;
	open_both("disagreement");
	test_set(a, TYPE_VOLUNTEER, liv, F_VOLUNTEER_PHONE, value_text("20111111"));
	test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_PHONE, value_text("20222222"));
	test_set(b, TYPE_VOLUNTEER, bent, F_VOLUNTEER_CITY, value_text("Skive"));
	carry(b, a, "STIK");
	struct digest_row *rows = digest(a, 0, &n);
	ok(n == 2 && id_equal(rows[0].record, liv), "what is to be decided stands first");
	ok(rows[0].kind == DIGEST_NEEDS_ME && rows[0].need == NEED_DECISION && rows[0].open,
		"and says that it needs me");
	is_str(rows[0].what, "several values of Phone", "and where");
	is_int(rows[1].kind, DIGEST_PERSON, "the rest is only told");
	close_both();
}

/* ---- shifts ------------------------------------------------------------------------------------------------- */

static void test_shifts(void)
{
	size_t n;
	open_both("shifts");
	struct id soon = shift_on(a, 3), off = shift_on(a, 5), late = shift_on(a, 30), mine = shift_on(a, 4);
	struct id place = test_assign(a, soon, liv, ASSIGNMENT_ACCEPTED);
	struct id far = test_assign(a, late, liv, ASSIGNMENT_ACCEPTED);
	test_assign(a, off, bent, ASSIGNMENT_ACCEPTED);
	carry_both(a, b);
	test_set(b, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_WITHDRAWN));
	test_set(b, TYPE_ASSIGNMENT, far, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_WITHDRAWN));
	test_set(b, TYPE_SHIFT, off, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	test_assign(b, mine, bent, ASSIGNMENT_ACCEPTED);
	test_assign(b, soon, bent, ASSIGNMENT_ACCEPTED);
	struct id made = shift_on(b, 6);
	test_assign(b, made, liv, ASSIGNMENT_ACCEPTED);
	carry(b, a, "STIK");
	struct digest_row *rows = digest(a, 0, &n);
	is_int((intmax_t)n, 5, "one row a shift, with its places");
	ok(rows[0].need == NEED_PLACE && id_equal(rows[0].record, soon),
		"a place given up on a shift that comes soon first");
	is_str(rows[0].what, "on it: Bent Aagaard · gave up the place: Liv Poulsen",
		"with all that happened to its places");
	is_str(rows[0].title, "Wed 3/12 08:00–11:00 · Forhal · Hospitalsguide", "and which shift it is");
	ok(rows[0].day == civil_from_ymd(2025, 12, 3) && rows[0].start == at(3, 8), "and when");
	ok(rows[1].need == NEED_CALLED_OFF && id_equal(rows[1].record, off), "then one that was called off");
	is_str(rows[1].what, "called off · to be told: Bent Aagaard", "and who must hear of it");
	ok(rows[2].need == NEED_NEW_PEOPLE && id_equal(rows[2].record, mine), "then new people on a shift made here");
	is_str(rows[2].what, "on it: Bent Aagaard · the shift was made here", "which is why they need me");
	ok(rows[3].kind == DIGEST_SHIFT && id_equal(rows[3].record, made), "a shift made there doesn't need me");
	is_str(rows[3].what, "new shift · on it: Liv Poulsen", "but is told");
	ok(rows[4].kind == DIGEST_SHIFT && id_equal(rows[4].record, late), "nor does one that is weeks away");
	close_both();
}

/* Whoever was never on the shift gives no place up by saying no; whoever had to say yes again does. */
static void test_no(void)
{
	size_t n;
	struct change_result r;
	open_both("no");
	struct id asked = shift_on(a, 3), again = shift_on(a, 4), wished = shift_on(a, 5), off = shift_on(a, 6);
	struct id held = test_assign(a, again, liv, ASSIGNMENT_RECONFIRM);
	struct id wish = test_assign(a, wished, bent, ASSIGNMENT_WISHED);
	test_set(a, TYPE_SHIFT, off, F_SHIFT_NOTE, value_text("Vest"));
	carry_both(a, b);
	test_assign(b, asked, liv, ASSIGNMENT_DECLINED);
	test_set(b, TYPE_ASSIGNMENT, held, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_DECLINED));
	test_set(b, TYPE_ASSIGNMENT, held, F_ASSIGNMENT_WHY, value_text("er bortrejst"));
	test_set(b, TYPE_ASSIGNMENT, wish, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_DECLINED));
	must(act_cancel_shift(b, off, true, "afsnittet er lukket", &r, NULL), NULL, "call off");
	carry(b, a, "STIK");
	const struct digest_row *rows = digest(a, 0, &n), *x = row_of(rows, n, asked);
	ok(x->kind == DIGEST_SHIFT && x->need == 0, "a no to a question needs nobody");
	is_str(x->what, "said no to it: Liv Poulsen", "and is told as a no");
	is_str(row_of(rows, n, wished)->what, "said no to it: Bent Aagaard", "also of one who had wished it");
	x = row_of(rows, n, again);
	is_int(x->need, NEED_PLACE, "the no of one who was on it leaves a place");
	is_str(x->what, "gave up the place: Liv Poulsen (er bortrejst)", "with the reason");
	is_str(row_of(rows, n, off)->what, "called off: Vest · afsnittet er lukket", "why a shift was called off stands in its note");
	close_both();
}

static void test_stray(void)
{
	size_t n;
	open_both("stray");
	struct id shift = shift_on(a, 3);
	carry_both(a, b);
	test_delete(b, TYPE_SHIFT, shift);
	test_assign(a, shift, liv, ASSIGNMENT_ACCEPTED);
	carry(b, a, "STIK");
	struct digest_row *rows = digest(a, 0, &n);
	ok(n == 1 && rows[0].need == NEED_STRAY && id_equal(rows[0].record, shift),
		"a deleted shift with people needs me");
	is_str(rows[0].what, "the shift is deleted, but on it: Liv Poulsen", "and they are named");
	struct view *v;
	struct err e;
	struct stray_row *stray;
	must(view_begin(a, &v, &e), &e, "view");
	must(view_strays(v, arena, 0, &stray, &n, &e), &e, "strays");
	ok(n == 1 && id_equal(stray[0].volunteer, liv) && id_equal(stray[0].duty.shift, shift), "whatever brought it about");
	must(view_strays(v, arena, stray[0].duty.start + 1, &stray, &n, &e), &e, "strays");
	is_int((intmax_t)n, 0, "from a time on");
	view_end(v);
	carry_both(a, b);
	for (int i = 0; i < 2; i++) {
		rows = strays(i ? b : a, clock_a.t, &n);
		ok(n == 1 && id_equal(rows[0].record, shift) && rows[0].need == NEED_STRAY,
			i ? "where it was deleted, too" : "it is found without its merge");
	}
	is_str(rows[0].what, "the shift is deleted, but on it: Liv Poulsen", "with the same words");
	strays(a, clock_a.t + DAY, &n);
	is_int((intmax_t)n, 0, "not if it was deleted before that");
	test_delete(a, TYPE_ASSIGNMENT, id_assignment(shift, liv));
	strays(a, clock_a.t, &n);
	is_int((intmax_t)n, 0, "nor when they are off it");
	close_both();
}

static struct id connect(struct store *s, int kind, struct id from, struct id to)
{
	struct err e = {0};
	struct change *c;
	struct id link = id_link(kind, from, to);
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	change_make(c, TYPE_LINK, link);
	must(change_set(c, TYPE_LINK, link, F_LINK_KIND, value_int(kind), &e), &e, "kind");
	must(change_set(c, TYPE_LINK, link, F_LINK_FROM, value_id(from), &e), &e, "from");
	must(change_set(c, TYPE_LINK, link, F_LINK_TO, value_id(to), &e), &e, "to");
	must(change_commit(c, NULL, &e), &e, "commit");
	return link;
}

static void test_roles(void)
{
	size_t n;
	open_both("roles");
	connect(b, LINK_VOLUNTEER_ROLE, liv, guide);
	carry(b, a, "STIK");
	struct digest_row *rows = digest(a, 0, &n);
	ok(n == 1 && id_equal(rows[0].record, liv), "a role belongs to who has it");
	is_str(rows[0].what, "role given: Hospitalsguide", "and is told as such");
	struct id link = connect(b, LINK_VOLUNTEER_UNIT, liv, hall);
	carry(b, a, "STIK");
	is_str(digest(a, 0, &n)[0].what, "comes at: Forhal", "a unit is none");
	test_delete(b, TYPE_LINK, link);
	carry(b, a, "STIK");
	is_str(digest(a, 0, &n)[0].what, "comes no longer at: Forhal", "nor when it is left");
	close_both();
}

/* ---- which merges ------------------------------------------------------------------------------------------- */

static void test_since(void)
{
	size_t n;
	struct err e = {0};
	struct view *v;
	struct digest_row *rows;
	open_both("since");
	clock_a.t += DAY;
	test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_CITY, value_text("Skive"));
	uint64_t first = carry(b, a, "STIK");
	clock_a.t += DAY;
	test_set(b, TYPE_VOLUNTEER, bent, F_VOLUNTEER_CITY, value_text("Hammel"));
	carry(b, a, "STIK");
	rows = digest(a, 0, &n);
	ok(n == 1 && id_equal(rows[0].record, bent), "the last merge, unless another time is asked for");
	digest(a, clock_a.t - DAY, &n);
	is_int((intmax_t)n, 2, "since then: both");
	digest(a, clock_a.t + 1, &n);
	is_int((intmax_t)n, 0, "and none that hasn't been");
	must(view_begin(a, &v, &e), &e, "view");
	must(sync_digest_of(v, arena, first, &rows, &n, &e), &e, "digest of one");
	ok(n == 1 && id_equal(rows[0].record, liv), "one merge alone");
	is_int(sync_digest_of(v, arena, 99, &rows, &n, &e), ERR_NOTFOUND, "unless there is none");
	view_end(v);
	close_both();
}

/* What was taken back is no news any more; brought back, it is again. */
static void test_undone(void)
{
	struct change_result r;
	size_t n;
	open_both("undone");
	test_set(b, TYPE_VOLUNTEER, liv, F_VOLUNTEER_PHONE, value_text("20838797"));
	clock_a.t += 60;
	uint64_t first = carry(b, a, "STIK");
	int64_t since = clock_a.t;
	test_set(b, TYPE_VOLUNTEER, bent, F_VOLUNTEER_CITY, value_text("Skive"));
	clock_a.t += 60;
	uint64_t second = carry(b, a, "STIK");
	digest(a, since, &n);
	is_int((intmax_t)n, 2, "two merges brought news of two");
	is_int((intmax_t)about(a, since, 0).undone, 0, "both stand");
	clock_a.t += 60;
	must(merge_undo(a, second, &r, NULL), NULL, "undo");
	struct digest_row *rows = digest(a, since, &n);
	ok(n == 1 && id_equal(rows[0].record, liv), "what was taken back isn't told");
	struct digest_about x = about(a, since, 0);
	ok(x.merges == 2 && x.undone == 1 && x.when == clock_a.t, "but that it was, and when");
	digest(a, 0, &n);
	x = about(a, 0, 0);
	ok(n == 0 && x.merges == 1 && x.undone == 1, "of the last merge there is nothing to tell");
	is_int((intmax_t)about(a, 0, first).undone, 0, "the one before stands");
	is_int((intmax_t)about(a, 0, second).undone, 1, "by its number too");
	must(change_undo(a, r.dot, NULL, NULL), NULL, "redo");
	digest(a, since, &n);
	ok(n == 2 && about(a, since, 0).undone == 0, "brought back, all of it is told");
	must(merge_undo(a, second, &r, NULL), NULL, "undo");
	carry_both(a, b);
	is_int((intmax_t)about(b, INT64_C(1), 0).undone, 0, "another site's taking back is none of ours");
	close_both();
}

/* Years of a roster at once: the coming weeks are told, and that there was more. */
static void test_much(void)
{
	enum { DAYS = 7000, A_DAY = 3 };
	size_t n, shifts = 0;
	struct err e = {0};
	struct change *c;
	open_both("much");
	must(change_begin(b, ACT_IMPORT, &c, &e), &e, "begin");
	for (int i = 0; i < DAYS * A_DAY; i++) {
		struct id id = change_new(c, TYPE_SHIFT);
		civil_min start = at(1, 8) + (civil_min)(10 - i / A_DAY) * 1440 + i % A_DAY * 60;
		must(change_set(c, TYPE_SHIFT, id, F_SHIFT_UNIT, value_id(hall), &e), &e, "unit");
		must(change_set(c, TYPE_SHIFT, id, F_SHIFT_ROLE, value_id(guide), &e), &e, "role");
		must(change_set(c, TYPE_SHIFT, id, F_SHIFT_START, value_int(start), &e), &e, "start");
		must(change_set(c, TYPE_SHIFT, id, F_SHIFT_END, value_int(start + 60), &e), &e, "end");
		must(change_set(c, TYPE_SHIFT, id, F_SHIFT_NEED, value_int(1), &e), &e, "need");
		must(change_set(c, TYPE_SHIFT, id, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED), &e), &e, "state");
	}
	must(change_commit(c, NULL, &e), &e, "commit");
	struct id soon = shift_on(b, 4);
	test_assign(b, soon, liv, ASSIGNMENT_ACCEPTED);
	test_set(b, TYPE_VOLUNTEER, bent, F_VOLUNTEER_CITY, value_text("Skive"));
	carry(b, a, "STIK");
	struct digest_row *rows = digest(a, 0, &n);
	for (size_t i = 0; i < n; i++)
		shifts += rows[i].type == TYPE_SHIFT;
	is_int((intmax_t)shifts, 11 * A_DAY + 1, "of many the shifts of the coming weeks are told");
	is_str(row_of(rows, n, soon)->what, "new shift · on it: Liv Poulsen", "with who is on them");
	is_str(row_of(rows, n, bent)->what, "Town: Skive", "people as ever");
	ok(n && id_is_none(rows[n - 1].record) && strstr(rows[n - 1].what, "too many to be told"), "and last, that there were others");
	close_both();
}

int main(void)
{
	test_much();
	test_undone();
	test_people();
	test_disagreement();
	test_shifts();
	test_no();
	test_stray();
	test_roles();
	test_since();
	return done_testing();
}
