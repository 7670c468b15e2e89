/* tests/t_act.c - what a coordinator does to a roster: each act, what it refuses, and that one undo takes it back whole
 * (roster/act.h). */
#include "roster/act.h"

#include <stdlib.h>
#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

/* A house with two places, two roles, three people and two shifts on Wednesday 3/12 2025. */
static struct {
	struct store *s;
	struct id hall, ward, guide, vigil, cross;
	struct id anna, bo, unsigned_one;
	struct id morning, noon;
} h;

static void open_house(const char *name)
{
	const civil_date signed_on = test_day("2020-01-01");
	h.s = test_store(name, &clk);
	h.hall = test_unit(h.s, "Forhal");
	h.ward = test_unit(h.s, "Afsnit");
	h.guide = test_role(h.s, "Guide");
	h.vigil = test_role(h.s, "Vågevagt");
	h.cross = test_org(h.s, "Røde Kors");
	h.anna = test_person(h.s, &(struct test_person){.given = "Anna",
							.family = "Holm",
							.roles = {h.guide},
							.confidentiality = signed_on,
							.organisation = h.cross});
	h.bo = test_person(h.s, &(struct test_person){.given = "Bo",
						      .family = "Bak",
						      .roles = {h.guide, h.vigil},
						      .confidentiality = signed_on,
						      .max_per_month = 1});
	h.unsigned_one = test_person(h.s, &(struct test_person){.given = "Carl", .family = "Dam", .roles = {h.guide}});
	h.morning = test_shift(h.s, h.hall, h.guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 2);
	h.noon = test_shift(h.s, h.hall, h.guide, test_at("2025-12-03", 11, 0), test_at("2025-12-03", 14, 0), 1);
}

/* ---- all that a store shows, as text ---------------------------------------------------------------------------- */

static void dump_id(struct buf *b, struct id id)
{
	char text[ID_TEXT];
	buf_addf(b, " %s", id_format(text, id));
}

static int dump_rec(void *ctx, const struct rec *r)
{
	struct arena *a = arena_new();
	struct buf *b = ctx;
	buf_addf(b, "rec %d", r->type);
	dump_id(b, r->id);
	for (size_t i = 0; i < r->n; i++) {
		const struct field *f = schema_field(r->type, r->f[i].no);
		if (f && r->f[i].v.tag != V_NONE)
			buf_addf(b, " %s=%s", f->name, kind_format(a, f, r->f[i].v, KIND_PLAIN));
	}
	buf_addc(b, '\n');
	arena_free(a);
	return 0;
}

static void dump_seats(struct buf *b, struct peek *l, struct id shift)
{
	struct seat_row *seats;
	size_t n;
	must(view_seats(l->v, l->a, shift, &seats, &n, &e), &e, "seats");
	for (size_t i = 0; i < n; i++) {
		dump_id(b, seats[i].assignment);
		dump_id(b, seats[i].volunteer);
		dump_id(b, seats[i].organisation);
		buf_addf(b, " %d %d %d;", seats[i].places, seats[i].state, seats[i].attendance);
	}
}

static void dump_shifts(struct buf *b, struct peek *l)
{
	struct shift_row *rows;
	size_t n;
	must(view_shifts(l->v, l->a, NULL, test_at("2025-01-01", 0, 0), test_at("2026-12-31", 0, 0), &rows, &n, &e), &e,
	     "shifts");
	for (size_t i = 0; i < n; i++) {
		const struct shift_row *r = &rows[i];
		buf_addf(b, "shift %d %d %d %d %d %d %d", (int)r->start, (int)r->end, r->state, r->noted, r->need,
			 r->wished, r->filled);
		dump_id(b, r->shift);
		dump_id(b, r->unit);
		dump_id(b, r->role);
		dump_seats(b, l, r->shift);
		buf_addc(b, '\n');
	}
}

static void dump_duties(struct buf *b, struct peek *l, struct id person)
{
	struct duty_row *rows;
	size_t n;
	must(view_duties(l->v, l->a, person, test_at("2025-01-01", 0, 0), test_at("2026-12-31", 0, 0), &rows, &n, &e),
	     &e, "duties");
	for (size_t i = 0; i < n; i++) {
		const struct duty_row *r = &rows[i];
		buf_addf(b, "duty %d %d %d %d %d %d", (int)r->start, (int)r->end, r->state, r->attendance,
			 r->shift_state, r->minutes);
		dump_id(b, r->assignment);
		dump_id(b, r->shift);
		buf_addc(b, '\n');
	}
}

static char *dump(struct store *s)
{
	struct peek l = look_begin(s);
	struct buf b = {0};
	size_t ntypes;
	const struct type *types = schema_types(&ntypes);
	for (size_t i = 0; i < ntypes; i++)
		must(view_each(l.v, types[i].no, dump_rec, &b, &e), &e, "each");
	dump_shifts(&b, &l);
	for (size_t i = 0; i < l.b->npeople; i++)
		dump_duties(&b, &l, l.b->people[i].id);
	look_end(&l);
	return b.p;
}

/* ---- acts, undone ----------------------------------------------------------------------------------------------- */

typedef struct change_result (*deed)(void);

#define DO(call) must(call, &e, #call)

static struct change_result assign(void)
{
	struct change_result r;
	struct peek l = look_begin(h.s);
	DO(act_assign(h.s, l.b, h.morning, h.anna, NULL, NULL, &r, &e));
	look_end(&l);
	return r;
}

static struct change_result places(void)
{
	struct change_result r;
	DO(act_assign_places(h.s, h.morning, h.cross, 2, &r, &e));
	return r;
}

static struct change_result fewer_places(void)
{
	struct change_result r;
	DO(act_assign_places(h.s, h.morning, h.cross, 1, &r, &e));
	return r;
}

static struct change_result no_places(void)
{
	struct change_result r;
	DO(act_assign_places(h.s, h.morning, h.cross, 0, &r, &e));
	return r;
}

static struct change_result withdraw(void)
{
	struct change_result r;
	DO(act_withdraw(h.s, h.morning, h.anna, NULL, &r, &e));
	return r;
}

static struct change_result unassign(void)
{
	struct change_result r;
	DO(act_unassign(h.s, h.morning, h.anna, &r, &e));
	return r;
}

static struct change_result attend(void)
{
	struct change_result r;
	DO(act_attendance(h.s, id_assignment(h.morning, h.anna), ATTENDANCE_PRESENT, &r, &e));
	return r;
}

static struct change_result add_shift(void)
{
	struct change_result r;
	struct shift_new n = {h.ward,       h.vigil, test_at("2025-12-03", 20, 0), test_at("2025-12-04", 0, 0), 1, 2,
			      "Ring twice", 0};
	DO(act_add_shift(h.s, &n, NULL, &r, &e));
	return r;
}

static struct change_result move(void)
{
	struct change_result r;
	DO(act_move_shifts(h.s, (struct id[]){h.morning, h.noon}, 2, 1, 30, &r, &e));
	return r;
}

static struct change_result call_off(void)
{
	struct change_result r;
	DO(act_cancel_shift(h.s, h.morning, true, "closed that day", &r, &e));
	return r;
}

static struct change_result call_on(void)
{
	struct change_result r;
	DO(act_cancel_shift(h.s, h.morning, false, NULL, &r, &e));
	return r;
}

static struct change_result copy_shift(void)
{
	struct change_result r;
	DO(act_copy_shifts(h.s, ACT_PASTE, &h.morning, 1, 2, true, &r, &e));
	return r;
}

static struct change_result copy_day(void)
{
	struct change_result r;
	DO(act_copy_day(h.s, &h.hall, test_day("2025-12-03"), test_day("2025-12-10"), true, &r, &e));
	return r;
}

static struct change_result copy_week(void)
{
	struct change_result r;
	DO(act_copy_week(h.s, NULL, test_day("2025-12-01"), test_day("2025-12-15"), false, &r, &e));
	return r;
}

static struct change_result merge(void)
{
	struct change_result r;
	DO(act_merge_people(h.s, h.bo, h.anna, &r, &e));
	return r;
}

static struct change_result delete_both(void)
{
	struct change_result r;
	DO(act_delete_shifts(h.s, (struct id[]){h.morning, h.noon}, 2, &r, &e));
	return r;
}

/* In this order, so that each has something to do; doing it twice does nothing. */
static const struct {
	deed act;
	const char *what;
	bool again;
} deeds[] = {
	{assign, "assign", true},
	{places, "places", true},
	{fewer_places, "fewer places", true},
	{attend, "attendance", true},
	{copy_shift, "copy a shift", true},
	{copy_day, "copy a day", true},
	{copy_week, "copy a week", true},
	{add_shift, "add a shift", false},
	{call_off, "call off", true},
	{call_on, "call on", true},
	{withdraw, "withdraw", true},
	{assign, "assign again", true},
	{merge, "merge people", false},
	{no_places, "no places", true},
	{unassign, "unassign", true},
	{assign, "assign after unassigning", true},
	{move, "move", false},
	{delete_both, "delete", true},
};

/* Done, undone, done again by redo: the store shows exactly what it showed. */
static void test_undo(void)
{
	open_house("undo");
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
		struct change_result did, undone, redone;
		bool merges = deeds[i].act == merge;
		char *before = dump(h.s);
		did = deeds[i].act();
		char *after = dump(h.s);
		ok(did.dot.no && strcmp(before, after) != 0, "%s: something was done", deeds[i].what);
		DO(change_undo(h.s, did.dot, &undone, &e));
		char *back = dump(h.s);
		is_str(back, before, "%s: one undo takes it back", deeds[i].what);
		is_int((intmax_t)undone.kept, 0, "%s: all of it", deeds[i].what);
		if (!merges)
			DO(change_undo(h.s, undone.dot, &redone, &e));
		char *forth = dump(h.s);
		is_str(forth, merges ? before : after, "%s: and redo does it again", deeds[i].what);
		if (deeds[i].again)
			is_int((intmax_t)deeds[i].act().dot.no, 0, "%s: twice does nothing", deeds[i].what);
		free(before);
		free(after);
		free(back);
		free(forth);
	}
	store_close(h.s);
}

/* ---- one by one ------------------------------------------------------------------------------------------------- */

static struct shift see(struct peek *l, struct id shift)
{
	struct shift s;
	must(roster_shift(l->v, l->b, l->a, shift, &s, &e), &e, "shift");
	return s;
}

static struct rec *place(struct peek *l, struct id shift, struct id holder)
{
	struct rec *r;
	must(view_get(l->v, l->a, TYPE_ASSIGNMENT, id_assignment(shift, holder), &r, &e), &e, "place");
	return r;
}

static int try_assign(struct id shift, struct id person, const char *why, bool *reason)
{
	struct peek l = look_begin(h.s);
	int rc = act_assign(h.s, l.b, shift, person, why, reason, NULL, &e);
	look_end(&l);
	return rc;
}

static void test_assign_rules(void)
{
	bool reason = true;
	open_house("assign");
	is_int(try_assign(h.morning, h.anna, NULL, &reason), OK, "an ordinary place");
	ok(!reason, "needs no reason");
	struct peek l = look_begin(h.s);
	ok(id_equal(rec_id(place(&l, h.morning, h.anna), F_ASSIGNMENT_ORGANISATION), h.cross), "via her organisation");
	look_end(&l);
	is_int(try_assign(h.morning, h.unsigned_one, "he promised", &reason), ERR_REFUSED,
	       "a stop refuses, reason or not");
	ok(!reason, "and asks for none");
	is_str(e.text, "The confidentiality declaration isn't signed", "with its sentence");
	is_int(try_assign(h.morning, h.bo, NULL, &reason), OK, "his one shift this month");
	is_int(try_assign(h.noon, h.bo, " ", &reason), ERR_REFUSED, "a second one");
	ok(reason, "needs a reason");
	is_str(e.text, "Shift no. 2 in December; wishes at most 1 a month", "with its sentence");
	is_int(try_assign(h.noon, h.bo, "he asked for it", &reason), OK, "with a reason");
	l = look_begin(h.s);
	is_str(rec_text(place(&l, h.noon, h.bo), F_ASSIGNMENT_OVERRIDE), "he asked for it", "that is kept");
	look_end(&l);
	is_int(try_assign(h.noon, ID_NONE, NULL, &reason), ERR_NOTFOUND, "nobody");
	is_int(try_assign(h.anna, h.bo, NULL, &reason), ERR_NOTFOUND, "nowhere");
	struct id both = test_shift(h.s, h.hall, h.vigil, test_at("2025-12-03", 9, 0), test_at("2025-12-03", 12, 0), 1);
	is_int(try_assign(both, h.anna, NULL, &reason), ERR_REFUSED, "two warnings");
	ok(strstr(e.text, "at the same time") && strstr(e.text, " · ") && strstr(e.text, "the role"), "both are said");
	store_close(h.s);
}

static void test_withdraw(void)
{
	open_house("withdraw");
	struct change_result r;
	bool reason;
	is_int(act_withdraw(h.s, h.morning, h.anna, NULL, &r, &e), ERR_NOTFOUND, "somebody who isn't on it");
	is_int(act_unassign(h.s, h.morning, h.anna, &r, &e), OK, "nor can be taken off it");
	is_int((intmax_t)r.dot.no, 0, "which does nothing");
	must(try_assign(h.morning, h.anna, NULL, &reason), &e, "assign");
	must(act_attendance(h.s, id_assignment(h.morning, h.anna), ATTENDANCE_EXCUSED, &r, &e), &e, "attendance");
	must(act_withdraw(h.s, h.morning, h.anna, NULL, &r, &e), &e, "withdraw");
	struct peek l = look_begin(h.s);
	struct shift s = see(&l, h.morning);
	ok(s.nseats == 1 && s.seats[0].state == ASSIGNMENT_WITHDRAWN, "a cancellation is remembered");
	is_int(s.open, 2, "and the place is open");
	look_end(&l);
	must(try_assign(h.morning, h.anna, NULL, &reason), &e, "assign");
	l = look_begin(h.s);
	s = see(&l, h.morning);
	ok(s.nseats == 1 && s.seats[0].state == ASSIGNMENT_ACCEPTED && s.seats[0].attendance == 0,
	   "back on it, as if never away");
	look_end(&l);
	must(act_attendance(h.s, id_assignment(h.morning, h.anna), 0, &r, &e), &e, "attendance");
	is_int((intmax_t)r.dot.no, 0, "an attendance that isn't recorded can't be taken away");
	is_int(act_attendance(h.s, h.anna, ATTENDANCE_PRESENT, &r, &e), ERR_NOTFOUND, "attendance of nothing");
	store_close(h.s);
}

static void test_move(void)
{
	open_house("move");
	struct change_result r;
	bool reason;
	must(try_assign(h.morning, h.anna, NULL, &reason), &e, "assign");
	must(act_move_shifts(h.s, &h.morning, 1, 0, 0, &r, &e), &e, "move");
	is_int((intmax_t)r.dot.no, 0, "nowhere is no move");
	must(act_move_shifts(h.s, &h.morning, 1, 1, -60, &r, &e), &e, "move");
	struct peek l = look_begin(h.s);
	struct shift s = see(&l, h.morning);
	ok(s.row.start == test_at("2025-12-04", 7, 0) && s.row.end == test_at("2025-12-04", 10, 0),
	   "a day later, an hour earlier");
	ok(s.nseats == 1 && s.seats[0].state == ASSIGNMENT_RECONFIRM, "whoever was on it must say yes again");
	is_int(s.open, 2, "and doesn't cover until then");
	look_end(&l);
	is_int(try_assign(h.morning, h.anna, NULL, &reason), OK, "the yes");
	is_int(act_move_shifts(h.s, &h.anna, 1, 1, 0, &r, &e), ERR_NOTFOUND, "a person is no shift");
	struct shift_new back = {h.hall, h.guide, test_at("2025-12-03", 8, 0), test_at("2025-12-03", 8, 0), 1, 0,
				 NULL,   0};
	is_int(act_add_shift(h.s, &back, NULL, &r, &e), ERR_DATA, "a shift must last");
	store_close(h.s);
}

static size_t count_shifts(const char *from, const char *to, size_t *filled)
{
	struct peek l = look_begin(h.s);
	struct roster r;
	must(roster_load(l.v, l.b, l.a, NULL, test_day(from), test_day(to), &r, &e), &e, "roster");
	*filled = r.filled;
	look_end(&l);
	return r.n;
}

static void test_copy(void)
{
	open_house("copy");
	struct change_result r;
	size_t filled;
	bool reason;
	must(try_assign(h.morning, h.anna, NULL, &reason), &e, "assign");
	must(act_assign_places(h.s, h.noon, h.cross, 2, &r, &e), &e, "places");
	test_assign(h.s, h.noon, h.unsigned_one, ASSIGNMENT_ACCEPTED);
	test_assign(h.s, h.noon, h.bo, ASSIGNMENT_WITHDRAWN);
	test_set(h.s, TYPE_SHIFT, h.noon, F_SHIFT_NOTE, value_text("lunch in the hall"));
	test_set(h.s, TYPE_SHIFT, h.noon, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	must(act_copy_week(h.s, NULL, test_day("2025-12-01"), test_day("2025-12-08"), true, &r, &e), &e, "copy");
	is_int((intmax_t)count_shifts("2025-12-08", "2025-12-15", &filled), 2, "the week after has its two shifts");
	is_int((intmax_t)filled, 3, "with those who may; not whom a stop keeps away, nor who cancelled");
	struct peek l = look_begin(h.s);
	struct shift s = see(&l, id_dated(h.noon, test_day("2025-12-10")));
	ok(s.row.state == SHIFT_PUBLISHED && !*s.note, "neither called off nor with the other day's note");
	look_end(&l);
	must(act_copy_day(h.s, NULL, test_day("2025-12-03"), test_day("2025-12-10"), true, &r, &e), &e, "copy");
	is_int((intmax_t)r.dot.no, 0, "what is there isn't copied again");
	test_delete(h.s, TYPE_ASSIGNMENT, id_assignment(id_dated(h.morning, test_day("2025-12-10")), h.anna));
	must(act_copy_week(h.s, NULL, test_day("2025-12-01"), test_day("2025-12-08"), true, &r, &e), &e, "copy");
	is_int((intmax_t)r.dot.no, 0, "a copy that was altered since is left alone");
	struct id copy = id_dated(h.morning, test_day("2025-12-10"));
	must(act_delete_shifts(h.s, &copy, 1, &r, &e), &e, "delete");
	must(act_copy_week(h.s, &h.hall, test_day("2025-12-01"), test_day("2025-12-08"), false, &r, &e), &e, "copy");
	is_int((intmax_t)r.records, 1, "a copy that was deleted is made again");
	must(act_copy_week(h.s, &h.ward, test_day("2025-12-01"), test_day("2025-12-29"), true, &r, &e), &e, "copy");
	is_int((intmax_t)r.dot.no, 0, "nothing of another unit");
	DO(act_move_shifts(h.s, &h.morning, 1, 0, 30, &r, &e));
	DO(act_copy_shifts(h.s, ACT_PASTE, &h.morning, 1, 21, true, &r, &e));
	l = look_begin(h.s);
	s = see(&l, id_dated(h.morning, test_day("2025-12-24")));
	ok(s.nseats == 1 && s.seats[0].state == ASSIGNMENT_RECONFIRM && s.row.filled == 0,
	   "a yes that is still to come again isn't given by copying");
	look_end(&l);
	must(act_copy_shifts(h.s, ACT_PASTE, (struct id[]){h.morning, h.noon}, 2, 30, false, &r, &e), &e, "copy");
	is_int((intmax_t)count_shifts("2026-01-02", "2026-01-03", &filled), 2, "thirty days later");
	is_int((intmax_t)filled, 0, "empty");
	must(act_copy_shifts(h.s, ACT_PASTE, &h.morning, 1, 0, true, &r, &e), &e, "copy");
	is_int((intmax_t)r.dot.no, 0, "upon itself");
	must(act_copy_shifts(h.s, ACT_PASTE, NULL, 0, 7, true, &r, &e), &e, "copy");
	is_int((intmax_t)r.dot.no, 0, "nothing at all");
	store_close(h.s);
}

static void test_roles(void)
{
	open_house("roles");
	struct change *c;
	struct peek l = look_begin(h.s);
	DO(change_begin(h.s, ACT_EDIT, &c, &e));
	DO(act_set_roles(c, l.v, h.bo, (struct id[]){h.vigil}, 1, &e));
	look_end(&l);
	DO(change_commit(c, NULL, &e));
	l = look_begin(h.s);
	const struct person *bo = test_find(&l, h.bo);
	ok(bo->nroles == 1 && person_has_role(bo, h.vigil), "one role fewer");
	DO(change_begin(h.s, ACT_EDIT, &c, &e));
	DO(act_set_roles(c, l.v, h.bo, (struct id[]){h.guide, h.vigil}, 2, &e));
	look_end(&l);
	DO(change_commit(c, NULL, &e));
	l = look_begin(h.s);
	is_int(test_find(&l, h.bo)->nroles, 2, "and one more");
	look_end(&l);
	store_close(h.s);
}

/* ---- one person, two records ------------------------------------------------------------------------------------ */

static void test_merge(void)
{
	open_house("merge");
	struct change_result r;
	struct id shifts[4];
	for (int i = 0; i < 4; i++)
		shifts[i] = test_shift(h.s, h.hall, h.guide, test_at("2025-12-08", 0, 0) + i * DAY_MINUTES,
				       test_at("2025-12-08", 3, 0) + i * DAY_MINUTES, 1);
	struct id keep = test_person(
		h.s,
		&(struct test_person){.given = "Mona", .family = "Haugaard", .phone = "20406694", .roles = {h.guide}});
	struct id drop = test_person(h.s, &(struct test_person){.given = "MONA",
								.family = "Haugaard",
								.phone = "20406694",
								.email = "mona@example.dk",
								.born = test_day("1985-08-16"),
								.roles = {h.guide, h.vigil},
								.organisation = h.cross});
	test_set(h.s, TYPE_VOLUNTEER, keep, F_VOLUNTEER_NOTE, value_text("Has a car"));
	test_set(h.s, TYPE_VOLUNTEER, drop, F_VOLUNTEER_NOTE, value_text("Speaks German"));
	test_assign(h.s, shifts[0], keep, ASSIGNMENT_ACCEPTED);
	test_assign(h.s, shifts[1], drop, ASSIGNMENT_ACCEPTED);
	test_set(h.s, TYPE_ASSIGNMENT, id_assignment(shifts[1], drop), F_ASSIGNMENT_ATTENDANCE,
		 value_int(ATTENDANCE_PRESENT));
	test_assign(h.s, shifts[2], keep, ASSIGNMENT_OFFERED);
	test_assign(h.s, shifts[2], drop, ASSIGNMENT_ACCEPTED);
	test_assign(h.s, shifts[3], keep, ASSIGNMENT_ACCEPTED);
	test_assign(h.s, shifts[3], drop, ASSIGNMENT_DECLINED);
	struct id other = test_assign(h.s, h.noon, h.anna, ASSIGNMENT_ACCEPTED);
	test_set(h.s, TYPE_ASSIGNMENT, other, F_ASSIGNMENT_SUBSTITUTE_FOR, value_id(drop));
	DO(act_merge_people(h.s, keep, keep, &r, &e));
	is_int((intmax_t)r.dot.no, 0, "with itself");
	DO(act_merge_people(h.s, keep, drop, &r, &e));
	struct peek l = look_begin(h.s);
	const struct person *p = test_find(&l, keep);
	ok(!book_person(l.b, drop), "the other record is gone");
	is_str(p->name, "Mona Haugaard", "what was there stays");
	is_str(p->email, "mona@example.dk", "what was missing is filled in");
	ok(p->born == test_day("1985-08-16") && id_equal(p->organisation, h.cross), "dates and references too");
	is_int(p->nroles, 2, "with the roles of both");
	for (int i = 0; i < 4; i++) {
		struct shift s = see(&l, shifts[i]);
		bool hers = s.nseats == 1 && s.seats[0].person == p && s.seats[0].state == ASSIGNMENT_ACCEPTED;
		ok(hers, "place %d is hers alone", i);
	}
	is_int(see(&l, shifts[1]).seats[0].attendance, ATTENDANCE_PRESENT, "with what was recorded");
	ok(id_equal(rec_id(place(&l, h.noon, h.anna), F_ASSIGNMENT_SUBSTITUTE_FOR), keep), "others point at her");
	struct rec *rec;
	DO(view_get(l.v, l.a, TYPE_VOLUNTEER, keep, &rec, &e));
	is_str(rec_text(rec, F_VOLUNTEER_NOTE), "Has a car\nSpeaks German", "both notes");
	look_end(&l);
	is_int(act_merge_people(h.s, keep, drop, &r, &e), ERR_NOTFOUND, "not twice");
	store_close(h.s);
}

int main(void)
{
	test_undo();
	test_assign_rules();
	test_withdraw();
	test_move();
	test_copy();
	test_roles();
	test_merge();
	return done_testing();
}
