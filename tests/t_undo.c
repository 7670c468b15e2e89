/* tests/t_undo.c - taking back, history and the store as it was, in the cases that people meet. */
#include "tests/storetest.h"

#include <string.h>

static struct test_clock clk;
static struct err e;
static struct arena *a;

static struct view *look_at(struct store *s, int64_t utc)
{
	struct view *v;
	must(view_begin_at(s, utc, &v, &e), &e, "view");
	return v;
}

static const char *city(struct store *s, struct id id, int64_t utc)
{
	struct view *v = look_at(s, utc);
	struct rec *r;
	must(view_get(v, a, TYPE_VOLUNTEER, id, &r, &e), &e, "get");
	view_end(v);
	return !r ? "not there" : !r->alive ? "deleted" : rec_text(r, F_VOLUNTEER_CITY);
}

static struct dot undoable(struct store *s)
{
	struct view *v = look_at(s, 0);
	struct dot dot;
	must(change_undoable(v, &dot, &e), &e, "undoable");
	view_end(v);
	return dot;
}

static struct dot redoable(struct store *s)
{
	struct view *v = look_at(s, 0);
	struct dot dot;
	must(change_redoable(v, &dot, &e), &e, "redoable");
	view_end(v);
	return dot;
}

static int undo(struct store *s, uint64_t no, struct change_result *out)
{
	return change_undo(s, (struct dot){ store_incarnation(s), no }, out, &e);
}

static void set_city(struct store *s, struct id id, const char *name)
{
	clk.t += 10;
	test_set(s, TYPE_VOLUNTEER, id, F_VOLUNTEER_CITY, value_text(name));
}

static void test_back_and_forth(void)
{
	struct store *s = test_store("forth", &clk);
	struct change_result res;
	is_int((intmax_t)undoable(s).no, 0, "the making of a store can't be undone");
	is_int(undo(s, 1, &res), ERR_REFUSED, "also when asked for by number");
	is_int(undo(s, 7, &res), ERR_NOTFOUND, "what doesn't exist neither");
	struct id anna = test_volunteer(s, "Anna", "Holm");     /* 2 */
	set_city(s, anna, "Skive");                             /* 3 */
	set_city(s, anna, "Viborg");                            /* 4 */
	is_int((intmax_t)undoable(s).no, 4, "u takes the newest");
	is_int(undo(s, 4, &res), OK, "undone");                 /* 5 */
	ok(res.dot.no == 5 && res.writes == 1 && res.kept == 0, "as a new change");
	is_str(city(s, anna, 0), "Skive", "the earlier value stands");
	is_int(undo(s, 4, &res), ERR_CONFLICT, "not twice");
	is_int((intmax_t)undoable(s).no, 3, "u goes on with the one before");
	is_int((intmax_t)redoable(s).no, 5, "Ctrl-Y would take the undo back");
	must(undo(s, 3, &res), &e, "undo");                     /* 6 */
	is_str(city(s, anna, 0), "", "back to empty");
	must(undo(s, redoable(s).no, &res), &e, "redo");        /* 7 */
	is_str(city(s, anna, 0), "Skive", "redo goes forward again");
	must(undo(s, redoable(s).no, &res), &e, "redo");        /* 8 */
	is_str(city(s, anna, 0), "Viborg", "all the way");
	is_int((intmax_t)redoable(s).no, 0, "and no further");
	is_int((intmax_t)undoable(s).no, 4, "u starts over with what was redone");
	must(undo(s, 4, &res), &e, "undo");                     /* 9 */
	is_str(city(s, anna, 0), "Skive", "and undoes it again");
	set_city(s, anna, "Hammel");                            /* 10 */
	is_int((intmax_t)redoable(s).no, 0, "a new change ends what could be redone");
	struct view *v = look_at(s, 0);
	bool undone;
	must(log_is_undone(v, (struct dot){ store_incarnation(s), 4 }, &undone, &e), &e, "undone");
	ok(undone, "the log knows what is undone");
	must(log_is_undone(v, (struct dot){ store_incarnation(s), 3 }, &undone, &e), &e, "undone");
	ok(!undone, "and what was redone");
	struct group *g;
	struct group *head;
	must(log_get(v, a, (struct dot){ store_incarnation(s), 9 }, &g, &e), &e, "get");
	must(log_get_head(v, a, (struct dot){ store_incarnation(s), 9 }, &head, &e), &e, "get its head");
	ok(head->act == g->act && head->nwrites == g->nwrites && !head->writes, "the head of a change has no writes");
	is_str(log_label(v, a, g), "undo: changed Anna Holm", "an undo is called after what it undid");
	must(log_get(v, a, (struct dot){ store_incarnation(s), 7 }, &g, &e), &e, "get");
	is_str(log_label(v, a, g), "redo: changed Anna Holm", "a redo too");
	view_end(v);
	store_close(s);
}

static void test_creation(void)
{
	struct store *s = test_store("creation", &clk);
	struct change_result res;
	struct id anna = test_volunteer(s, "Anna", "Holm");
	must(undo(s, 2, &res), &e, "undo");
	is_str(city(s, anna, 0), "deleted", "undoing the making of a record deletes it");
	must(undo(s, 3, &res), &e, "redo");
	is_str(city(s, anna, 0), "", "redo brings it back");
	set_city(s, anna, "Skive");
	test_delete(s, TYPE_VOLUNTEER, anna);
	must(undo(s, undoable(s).no, &res), &e, "undo");
	is_str(city(s, anna, 0), "Skive", "undoing a deletion brings all of it back");
	store_close(s);
}

static const char *name(struct store *s, int type, struct id id, int field)
{
	struct view *v = look_at(s, 0);
	struct rec *r;
	must(view_get(v, a, type, id, &r, &e), &e, "get");
	view_end(v);
	return !r ? "not there" : !r->alive ? "deleted" : rec_text(r, field);
}

/* Two copies of a store may have given one id to different things; both came here, and what was done to them goes back
 * together. */
static void test_twins(void)
{
	struct store *s = test_store("twins", &clk);
	struct change_result res;
	struct id unit = test_unit(s, "Forhal");                /* 2 */
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set(c, TYPE_UNIT, unit, F_UNIT_NAME, value_text("Ambulatorium"), &e), &e, "set");
	change_make(c, TYPE_ROLE, unit);
	must(change_set(c, TYPE_ROLE, unit, F_ROLE_NAME, value_text("Guide"), &e), &e, "set");
	must(change_set(c, TYPE_UNIT, unit, F_UNIT_PHONE, value_text("20838797"), &e), &e, "set");
	must(change_commit(c, &res, &e), &e, "commit");         /* 3 */
	is_int((intmax_t)res.records, 2, "things of one id and two types are two");
	is_str(name(s, TYPE_UNIT, unit, F_UNIT_NAME), "Ambulatorium", "each with its own name");
	is_str(name(s, TYPE_ROLE, unit, F_ROLE_NAME), "Guide", "as the other has");
	must(undo(s, 3, &res), &e, "undo");
	is_int((intmax_t)res.records, 2, "both are taken back");
	is_str(name(s, TYPE_UNIT, unit, F_UNIT_NAME), "Forhal", "the one to what it was");
	is_str(name(s, TYPE_ROLE, unit, F_ROLE_NAME), "deleted", "the other goes");
	store_close(s);
}

static void test_kept(void)
{
	struct store *s = test_store("kept", &clk);
	struct change_result res;
	struct id anna = test_volunteer(s, "Anna", "Holm");     /* 2 */
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set(c, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"), &e), &e, "set");
	must(change_set(c, TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE, value_text("20838797"), &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");         /* 3 */
	set_city(s, anna, "Viborg");                            /* 4 */
	must(undo(s, 3, &res), &e, "undo");                     /* 5 */
	ok(res.kept == 1 && res.writes == 1, "what was changed since is left, and counted");
	is_str(city(s, anna, 0), "Viborg", "the later value stands");
	set_city(s, anna, "Hammel");                            /* 6 */
	is_int(undo(s, 4, &res), OK, "a change that nothing is left of");
	ok(res.kept == 1 && res.dot.no == 0, "can't be undone: all was changed since");
	is_int((intmax_t)undoable(s).no, 6, "u doesn't stop at it");
	must(undo(s, 6, &res), &e, "undo");                     /* 7 */
	is_int((intmax_t)undoable(s).no, 4, "when it stands again it can be");
	is_int((intmax_t)res.kept, 0, "nothing kept");
	store_close(s);
}

/* Whoever made a record anew, or deleted it, did so with all of it: what made it first is no longer to be taken out. */
static void test_made_again(void)
{
	struct store *s = test_store("again", &clk);
	struct change_result res;
	struct id unit = test_unit(s, "Forhal");                /* 2 */
	test_delete(s, TYPE_UNIT, unit);                        /* 3 */
	is_int(undo(s, 2, &res), OK, "the making of what is deleted since");
	ok(res.dot.no == 0 && res.kept > 0, "is left as it is");
	must(undo(s, 3, &res), &e, "undo");                     /* 4 */
	struct view *v = look_at(s, 0);
	is_str(view_title(v, a, unit), "Forhal", "and comes back whole");
	view_end(v);
	struct id role = test_role(s, "Guide"), anna = test_volunteer(s, "Anna", "Holm");         /* 5, 6 */
	civil_min start = cmin_at(civil_from_ymd(2025, 12, 3), 480);
	struct id shift = test_shift(s, unit, role, start, start + 180, 1);                       /* 7 */
	struct id place = test_assign(s, shift, anna, ASSIGNMENT_ACCEPTED);                       /* 8 */
	test_delete(s, TYPE_ASSIGNMENT, place);                                                   /* 9 */
	test_assign(s, shift, anna, ASSIGNMENT_ACCEPTED);                                         /* 10 */
	is_int(undo(s, 8, &res), OK, "a place that was given, taken and given again");
	ok(res.dot.no == 0 && res.kept > 0, "isn't emptied by taking back the first time");
	v = look_at(s, 0);
	struct seat_row *seat;
	size_t n;
	must(view_seats(v, a, shift, &seat, &n, &e), &e, "seats");
	ok(n == 1 && id_equal(seat[0].volunteer, anna), "and she still has it");
	view_end(v);
	is_int((intmax_t)undoable(s).no, 10, "u takes the last time");
	store_close(s);
}

/* Each time was moved by a change of its own, and only together do they make a shift. */
static void test_order(void)
{
	struct store *s = test_store("order", &clk);
	struct change_result res;
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide");                    /* 2, 3 */
	civil_min day = cmin_at(civil_from_ymd(2025, 12, 3), 0);
	struct id shift = test_shift(s, unit, role, day + 480, day + 660, 1);                     /* 4 */
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_START, value_int(day + 360));                      /* 5 */
	test_set(s, TYPE_SHIFT, shift, F_SHIFT_END, value_int(day + 420));                        /* 6 */
	is_int(undo(s, 5, &res), OK, "a start that the end has followed");
	ok(res.dot.no == 0 && res.kept == 1, "isn't put back behind the end");
	must(undo(s, 6, &res), &e, "undo");                                                       /* 7 */
	must(undo(s, 5, &res), &e, "undo");                                                       /* 8 */
	ok(res.writes == 1 && res.kept == 0, "but after the end has been");
	must(undo(s, redoable(s).no, &res), &e, "redo");                                          /* 9 */
	must(undo(s, redoable(s).no, &res), &e, "redo");                                          /* 10 */
	struct view *v = look_at(s, 0);
	struct shift_row *row;
	size_t n;
	must(view_shifts(v, a, NULL, day, day + DAY_MINUTES, &row, &n, &e), &e, "shifts");
	ok(n == 1 && row[0].start == day + 360 && row[0].end == day + 420, "and forward again");
	view_end(v);
	store_close(s);
}

/* What is deleted isn't asked where it points to. */
static void test_astray(void)
{
	struct store *s = test_store("astray", &clk);
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide");
	struct id anna = test_volunteer(s, "Anna", "Holm"), bo = test_volunteer(s, "Bo", "Dam");
	civil_min start = cmin_at(civil_from_ymd(2025, 12, 3), 480);
	struct id shift = test_shift(s, unit, role, start, start + 180, 2);
	struct id one = test_assign(s, shift, anna, ASSIGNMENT_ACCEPTED), two = test_assign(s, shift, bo, ASSIGNMENT_WISHED);
	int64_t then = clk.t;
	clk.t += 10;
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set(c, TYPE_ASSIGNMENT, one, F_ASSIGNMENT_SHIFT, value_id(two), &e), &e, "set");
	change_delete(c, TYPE_ASSIGNMENT, one);
	must(change_commit(c, NULL, &e), &e, "commit");
	test_set(s, TYPE_ASSIGNMENT, two, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_ACCEPTED));
	struct view *v = look_at(s, then);
	struct shift_row *row;
	size_t n;
	is_int(view_shifts(v, a, NULL, start, start + 1, &row, &n, &e), OK, "a deleted place that points astray");
	ok(n == 1 && row[0].filled == 1, "stood on its shift as it was");
	view_end(v);
	store_close(s);
}

static void test_history(void)
{
	clk.t = INT64_C(1764576000);
	struct store *s = test_store("history", &clk);
	int64_t start = clk.t;
	clk.t += 10;
	struct id anna = test_volunteer(s, "Anna", "Holm");     /* 2, at +10 */
	set_city(s, anna, "Skive");                             /* 3, at +20 */
	set_city(s, anna, "Viborg");                            /* 4, at +30 */
	clk.t -= 1000;
	test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Hammel"));   /* 5, not before 4 */
	test_delete(s, TYPE_VOLUNTEER, anna);                   /* 6 */
	is_str(city(s, anna, start), "not there", "before it was made it isn't there");
	is_str(city(s, anna, start + 10), "", "at the second that it was made it is");
	is_str(city(s, anna, start + 29), "Skive", "the value of the time");
	is_str(city(s, anna, start + 30), "deleted", "what happened in one second is the last of it");
	struct view *v = look_at(s, start + 25);
	struct group *g;
	size_t n;
	must(log_back(v, a, (struct dot){ 0 }, 10, false, &g, &n, &e), &e, "log");
	ok(n == 3 && g[0].dot.no == 3 && !g[0].writes && g[0].nwrites == 1, "the log of the past ends there");
	must(log_of_record(v, a, anna, &g, &n, &e), &e, "log");
	is_int((intmax_t)n, 2, "a record's too");
	must(view_count(v, TYPE_VOLUNTEER, &n, &e), &e, "count");
	is_int((intmax_t)n, 1, "and what is counted");
	view_end(v);
	v = look_at(s, 0);
	must(log_of_record(v, a, anna, &g, &n, &e), &e, "log");
	ok(n == 5 && g[0].dot.no == 6 && g[4].dot.no == 2, "all changes of a record, newest first");
	ok(g[1].clock == g[2].clock, "the clock never goes backwards");
	ok(g[1].nwrites == 1 && g[1].writes[0].before.no == 4, "each with its writes and what stood before");
	must(log_back(v, a, (struct dot){ store_incarnation(s), 4 }, 2, true, &g, &n, &e), &e, "log");
	ok(n == 2 && g[0].dot.no == 3 && g[1].dot.no == 2 && g[1].writes, "the log from a change backwards");
	is_int(log_get(v, a, (struct dot){ 1, 1 }, &g, &e), ERR_NOTFOUND, "a change of another store isn't here");
	is_int(log_get_head(v, a, (struct dot){ 1, 1 }, &g, &e), ERR_NOTFOUND, "nor is its head");
	view_end(v);
	store_close(s);
	s = test_open("history", &clk);
	test_volunteer(s, "Bo", NULL);
	v = look_at(s, 0);
	must(log_back(v, a, (struct dot){ 0 }, 1, false, &g, &n, &e), &e, "log");
	ok(g[0].clock == start + 30, "nor after reopening");
	view_end(v);
	store_close(s);
}

/* A large import, taken back and done again more often than groups are kept in memory: what was there before is found
 * by reading each group once, not once for each of its records. */
static void test_large_groups(void)
{
	enum { PEOPLE = 400, TURNS = 3 };
	struct store *s = test_store("large", &clk);
	struct id old = test_volunteer(s, "Anna", "Holm"), last = ID_NONE;
	struct change_result res;
	struct change *c;
	int64_t before = clk.t, between = 0;
	clk.t += 10;
	must(change_begin(s, ACT_IMPORT, &c, &e), &e, "begin");
	for (int i = 0; i < PEOPLE; i++) {
		last = change_new(c, TYPE_VOLUNTEER);
		must(change_set(c, TYPE_VOLUNTEER, last, F_VOLUNTEER_GIVEN, value_text("Bo"), &e), &e, "set");
		must(change_set(c, TYPE_VOLUNTEER, last, F_VOLUNTEER_CITY, value_text("Skive"), &e), &e, "set");
		must(change_set(c, TYPE_VOLUNTEER, last, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), &e), &e, "set");
	}
	must(change_set(c, TYPE_VOLUNTEER, old, F_VOLUNTEER_CITY, value_text("Viborg"), &e), &e, "set");
	must(change_commit(c, &res, &e), &e, "commit");
	for (int i = 0; i < TURNS; i++) {
		clk.t += 10;
		must(undo(s, undoable(s).no, &res), &e, "undo");
		between = clk.t;
		clk.t += 10;
		must(undo(s, redoable(s).no, &res), &e, "redo");
	}
	struct view *v = look_at(s, before);
	size_t n;
	must(view_count(v, TYPE_VOLUNTEER, &n, &e), &e, "count");
	view_end(v);
	is_int((intmax_t)n, 1, "before the import there was one");
	is_str(city(s, old, before), "", "without a town");
	v = look_at(s, between);
	must(view_count(v, TYPE_VOLUNTEER, &n, &e), &e, "count");
	view_end(v);
	is_int((intmax_t)n, 1, "and one while it was taken back");
	is_str(city(s, last, between), "deleted", "those it had made being deleted");
	is_str(city(s, last, 0), "Skive", "until it was done again");
	store_close(s);
}

int main(void)
{
	a = arena_new();
	test_back_and_forth();
	test_creation();
	test_twins();
	test_kept();
	test_made_again();
	test_order();
	test_astray();
	test_history();
	test_large_groups();
	arena_free(a);
	return done_testing();
}
