/* tests/t_plan_sites.c - two sites plan the same days without knowing of each other, and meet: both see the same,
 * nobody is lost, and what clashes stands among the problems of both. */
#include "roster/rules.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "roster/round.h"
#include "roster/series.h"
#include "store/doctor.h"
#include "tests/carry.h"
#include "tests/rostertest.h"
#include "tests/tap.h"

enum { MINUTE = 60 };

static struct test_clock clk;
static struct err e;
static struct store *x, *y;
static struct id hall, guide, merete, hakim;
static struct id mon;                              /* Monday 8 December, 08:00–11:00, one place */

static void begin(const char *name)
{
	clk = (struct test_clock){1764576000};     /* 2025-12-01 09:00 */
	char folder[32];
	snprintf(folder, sizeof folder, "viborg-%s", name);
	x = carry_store(folder, &clk, "Viborg", "Birgit");
	snprintf(folder, sizeof folder, "skive-%s", name);
	y = carry_store(folder, &clk, "Skive", "Jens");
	hall = test_unit(x, "Forhal");
	guide = test_role(x, "Guide");
	struct test_person p = {.given = "Merete", .family = "Kjeldsen", .born = test_day("1955-05-05"),
		.confidentiality = test_day("2020-01-01"), .started = test_day("2020-01-01"), .roles = {guide}};
	merete = test_person(x, &p);
	p.given = "Hakim";
	hakim = test_person(x, &p);
	mon = test_shift(x, hall, guide, test_at("2025-12-08", 8, 0), test_at("2025-12-08", 11, 0), 1);
	carry_both(x, y);
}

/* What the tables say is what the records say. */
static void is_sound(const char *dir)
{
	struct doctor_report r;
	struct store_opts opts = {.readonly = true, .clock = test_clock(&clk)};
	must(doctor_check(dir, &opts, &(struct doctor_ctx){0}, &r, &e), &e, "doctor");
	is_int((intmax_t)r.findings, 0, "every row stands as it should");
}

static void end(void)
{
	struct arena *a = arena_new();
	const char *here = arena_strdup(a, store_dir(x)), *there = arena_strdup(a, store_dir(y));
	store_close(x);
	store_close(y);
	is_sound(here);
	is_sound(there);
	arena_free(a);
}

static void assign(struct store *s, struct id shift, struct id who)
{
	struct peek l = look_begin(s);
	struct change_result r;
	view_end(l.v);
	l.v = NULL;
	must(act_assign(s, l.b, shift, who, "talt med", NULL, &r, &e), &e, "assign");
	look_end(&l);
	clk.t += MINUTE;
}

static void move(struct store *s, struct id shift, int minutes)
{
	struct change_result r;
	must(act_move_shifts(s, &shift, 1, 0, minutes, &r, &e), &e, "move");
	clk.t += MINUTE;
}

/* ---- how it stands ---------------------------------------------------------------------------------------------- */

struct standing_at { int filled, open, state; };

static struct standing_at stand(struct store *s, struct id shift, struct id who)
{
	struct peek l = look_begin(s);
	struct shift sh;
	struct standing_at out = {0};
	must(roster_shift(l.v, l.b, l.a, shift, &sh, &e), &e, "shift");
	out.filled = sh.row.filled;
	out.open = sh.open;
	for (size_t i = 0; i < sh.nseats; i++)
		if (id_equal(sh.seats[i].volunteer, who))
			out.state = sh.seats[i].state;
	look_end(&l);
	return out;
}

static int duty_state(struct store *s, struct id who)
{
	struct peek l = look_begin(s);
	struct duty_row *d;
	size_t n;
	must(view_duties(l.v, l.a, who, test_at("2025-12-01", 0, 0), test_at("2026-01-01", 0, 0), &d, &n, &e), &e, "duties");
	int state = n ? d[0].state : 0;
	look_end(&l);
	return state;
}

/* Sentences of the problems of December, with whose they are; in the test's memory. */
static const char *problems(struct store *s)
{
	static char text[2][2000];
	static int turn;
	char *out = text[turn = !turn];
	struct peek l = look_begin(s);
	struct problem *p;
	size_t n;
	must(rules_problems(l.v, l.b, l.a, NULL, test_day("2025-12-01"), test_day("2026-01-01"), false, &p, &n, &e), &e,
		"problems");
	*out = '\0';
	for (size_t i = 0; i < n; i++) {
		size_t used = strlen(out);
		snprintf(out + used, sizeof text[0] - used, "%s%s/%s", i ? " " : "", p[i].v.rule->id,
			p[i].person ? p[i].person->name : "-");
	}
	look_end(&l);
	return out;
}

static void both_say(const char *expected)
{
	is_str(problems(x), expected, "the problems here");
	is_str(problems(y), expected, "and the same there");
}

static size_t open_questions(struct store *s)
{
	struct peek l = look_begin(s);
	size_t n;
	must(disagreement_count(l.v, &n, &e), &e, "count");
	look_end(&l);
	return n;
}

/* ---- moved under somebody --------------------------------------------------------------------------------------- */

static void both_stand(int filled, int state)
{
	struct store *all[] = {x, y};
	for (int i = 0; i < 2; i++) {
		struct standing_at at = stand(all[i], mon, merete);
		is_int(at.filled, filled, "so many places are covered at site %d", i + 1);
		is_int(at.open, 1 - filled, "and so many are open");
		is_int(at.state, state, "the place stands so");
		is_int(duty_state(all[i], merete), state, "and so it does in the person's own list");
	}
}

/* Whichever of them is the later by the clock. */
static void test_moved(bool moved_first)
{
	begin(moved_first ? "moved" : "moved2");
	if (moved_first)
		move(x, mon, 60);
	assign(y, mon, merete);
	if (!moved_first)
		move(x, mon, 60);
	is_int(stand(y, mon, merete).filled, 1, "where the move isn't known the yes counts");
	carry_both(x, y);
	both_stand(0, ASSIGNMENT_RECONFIRM);
	both_say("moved/Merete Kjeldsen");
	assign(x, mon, merete);
	carry_both(x, y);
	both_stand(1, ASSIGNMENT_ACCEPTED);
	both_say("");
	end();
}

/* Who was asked at both places has said yes to the new time at one of them. */
static void test_moved_and_asked(void)
{
	begin("asked");
	move(x, mon, 60);
	assign(x, mon, merete);
	assign(y, mon, merete);
	carry_both(x, y);
	both_stand(1, ASSIGNMENT_ACCEPTED);
	both_say("");
	is_int((intmax_t)open_questions(x), 0, "nobody is asked which of the times she said yes to");
	is_int((intmax_t)open_questions(y), 0, "nor there");
	move(x, mon, -60);
	carry_both(x, y);
	both_stand(1, ASSIGNMENT_ACCEPTED);
	move(x, mon, 120);
	carry_both(x, y);
	both_stand(0, ASSIGNMENT_RECONFIRM);
	end();
}

/* The yes to the old time goes with the meeting that brought it. */
static void test_yes_taken_back(void)
{
	begin("taken-back");
	move(x, mon, 60);
	assign(x, mon, merete);
	assign(y, mon, merete);
	uint64_t merge = carry(y, x, "STIK");
	is_int(stand(x, mon, merete).state, ASSIGNMENT_ACCEPTED, "the yes here is to the new time");
	must(merge_undo(x, merge, NULL, &e), &e, "undo the merge");
	is_int(stand(x, mon, merete).state, ASSIGNMENT_ACCEPTED, "without the other it holds");
	const struct field_value back[] = {
		{F_SHIFT_START, value_int(test_at("2025-12-08", 8, 0))}, {F_SHIFT_END, value_int(test_at("2025-12-08", 11, 0))}};
	struct change *c;
	must(change_begin(x, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set_all(c, TYPE_SHIFT, mon, back, 2, &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
	is_int(stand(x, mon, merete).state, ASSIGNMENT_RECONFIRM, "but not for the old time, which only the other was to");
	end();
}

/* Who stands on the waiting list of both is on it once, since either day. */
static void test_both_list(void)
{
	begin("list");
	struct store *all[] = {x, y};
	for (int i = 0; i < 2; i++) {
		struct change_result r;
		struct peek l = look_begin(all[i]);
		view_end(l.v);
		l.v = NULL;
		must(round_wait(all[i], l.b, mon, merete, true, &r, &e), &e, "wait");
		look_end(&l);
		clk.t += MINUTE;
	}
	carry_both(x, y);
	both_stand(0, ASSIGNMENT_WISHED);
	is_int((intmax_t)open_questions(x), 0, "nobody is asked since when");
	end();
}

/* A shift that goes back to where it was is the one that was said yes to. */
static void test_moved_back(void)
{
	begin("back");
	move(x, mon, 60);
	assign(y, mon, merete);
	carry_both(x, y);
	both_stand(0, ASSIGNMENT_RECONFIRM);
	move(x, mon, -60);
	carry_both(x, y);
	both_stand(1, ASSIGNMENT_ACCEPTED);
	end();
}

/* As it was before they met, and while somebody was on it. */
static void test_past(void)
{
	begin("past");
	assign(y, mon, merete);
	int64_t before = clk.t;
	clk.t += 10 * MINUTE;
	carry_both(x, y);
	struct change *c;
	must(change_begin(y, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set(c, TYPE_SHIFT, mon, F_SHIFT_END, value_int(test_at("2025-12-08", 12, 0)), &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
	is_int(stand(y, mon, merete).filled, 0, "a longer shift needs a new yes too, whoever made it longer");
	struct view *v;
	struct arena *a = arena_new();
	struct seat_row *seats;
	size_t n;
	must(view_begin_at(y, before, &v, &e), &e, "past");
	must(view_seats(v, a, mon, &seats, &n, &e), &e, "seats");
	ok(n == 1 && seats[0].state == ASSIGNMENT_ACCEPTED, "before that the yes counted");
	struct shift_row *rows;
	must(view_shifts(v, a, NULL, test_at("2025-12-08", 0, 0), test_at("2025-12-09", 0, 0), &rows, &n, &e), &e, "shifts");
	ok(n == 1 && rows[0].filled == 1, "and the shift was full");
	view_end(v);
	arena_free(a);
	end();
}

/* ---- the same month --------------------------------------------------------------------------------------------- */

static struct id add_series(struct store *s)
{
	const struct series how = {.unit = hall, .role = guide, .first = test_day("2025-12-08"), .until = DATE_NONE,
		.every = SERIES_WEEK, .days = 1, .start = 480, .end = 660, .need = 1, .state = SHIFT_PUBLISHED};
	struct arena *a = arena_new();
	struct series_done done;
	struct change_result r;
	must(series_add(s, a, &how, DATE_NONE, &done, &r, &e), &e, "series");
	arena_free(a);
	return done.series;
}

static void make_month(struct store *s, struct id series)
{
	struct arena *a = arena_new();
	struct series_done done;
	struct change_result r;
	must(series_make(s, a, &series, 1, test_day("2025-12-08"), test_day("2026-01-01"), &done, &r, &e), &e, "make");
	is_int((intmax_t)done.made, 4, "four Mondays are made");
	arena_free(a);
}

/* The shifts of that series in December, in their order. */
static size_t month(struct store *s, struct id series, struct id out[8])
{
	struct peek l = look_begin(s);
	struct shift_row *rows;
	size_t n, all = 0;
	must(view_shifts(l.v, l.a, NULL, test_at("2025-12-01", 0, 0), test_at("2026-01-01", 0, 0), &rows, &n, &e), &e, "shifts");
	for (size_t i = 0; i < n; i++) {
		struct rec *r;
		must(view_get(l.v, l.a, TYPE_SHIFT, rows[i].shift, &r, &e), &e, "shift");
		if (id_equal(rec_id(r, F_SHIFT_SERIES), series) && all < 8)
			out[all++] = rows[i].shift;
	}
	look_end(&l);
	return all;
}

static void test_same_month(void)
{
	struct id here[8], there[8];
	begin("month");
	must(act_delete_shifts(x, &mon, 1, NULL, &e), &e, "delete");
	struct id series = add_series(x);
	carry_both(x, y);
	make_month(x, series);
	make_month(y, series);
	is_int((intmax_t)month(x, series, here), 4, "so many stand");
	assign(x, here[0], merete);
	assign(y, here[0], hakim);
	assign(x, here[1], merete);
	assign(y, here[2], hakim);
	carry_both(x, y);
	is_int((intmax_t)month(x, series, here), 4, "after they met each shift is there once");
	is_int((intmax_t)month(y, series, there), 4, "at both");
	ok(memcmp(here, there, 4 * sizeof *here) == 0, "and they are the same");
	is_int((intmax_t)open_questions(x), 0, "nothing is asked about shifts that both made");
	is_int(stand(y, here[0], merete).filled, 2, "both people are kept");
	is_int(stand(y, here[1], merete).state, ASSIGNMENT_ACCEPTED, "so is whom the one put on");
	is_int(stand(x, here[2], hakim).state, ASSIGNMENT_ACCEPTED, "and whom the other did");
	both_say("overfull/-");
	end();
}

static size_t strays(struct store *s)
{
	struct peek l = look_begin(s);
	struct stray_row *r;
	size_t n;
	must(view_strays(l.v, l.a, test_at("2025-12-01", 0, 0), &r, &n, &e), &e, "strays");
	ok(n == 0 || id_equal(r[0].volunteer, hakim), "nobody else stands on what is gone");
	look_end(&l);
	return n;
}

/* The one ends a series, while the other puts somebody on one of its later days. */
static void test_series_ended(void)
{
	struct id days[8];
	struct arena *a = arena_new();
	struct series_done done;
	begin("ended");
	must(act_delete_shifts(x, &mon, 1, NULL, &e), &e, "delete");
	struct id series = add_series(x);
	make_month(x, series);
	carry_both(x, y);
	is_int((intmax_t)month(x, series, days), 4, "four days");
	must(series_end(x, a, series, test_day("2025-12-15"), false, &done, NULL, &e), &e, "end");
	assign(y, days[3], hakim);
	carry_both(x, y);
	is_int((intmax_t)month(y, series, days), 2, "the days after the last are gone");
	is_int((intmax_t)strays(x), 1, "whoever was put on one is told of here");
	is_int((intmax_t)strays(y), 1, "and there");
	arena_free(a);
	end();
}

/* ---- the same person rung by both ------------------------------------------------------------------------------- */

static int ring(struct store *s, struct id who, int outcome, struct err *why)
{
	struct peek l = look_begin(s);
	struct call_made how = {.shift = mon, .volunteer = who, .outcome = outcome};
	struct change_result r;
	enum round_needs needs;
	view_end(l.v);
	l.v = NULL;
	int rc = round_call(s, l.b, &how, &needs, &r, why);
	look_end(&l);
	clk.t += MINUTE;
	return rc;
}

static void test_rung_by_both(void)
{
	struct call_log calls;
	begin("rung");
	must(ring(x, merete, CALL_NO_ANSWER, &e), &e, "ring");
	must(ring(y, merete, CALL_NO, &e), &e, "ring");
	must(ring(x, hakim, CALL_NO, &e), &e, "ring");
	must(ring(y, hakim, CALL_NO_ANSWER, &e), &e, "ring");
	carry_both(x, y);
	is_int((intmax_t)open_questions(x), 0, "that two have rung somebody is nothing to decide");
	struct peek l = look_begin(y);
	must(call_log_load(l.v, l.a, mon, store_today(y), &calls, &e), &e, "calls");
	is_int((intmax_t)calls.n, 4, "each call is kept, with who rang");
	struct standing at = call_log_stand(&calls, mon, merete, store_now_civil(y), 2);
	ok(at.turn == TURN_DONE && at.said_no, "who said no to the one isn't asked by the other");
	at = call_log_stand(&calls, mon, hakim, store_now_civil(y), 2);
	ok(at.turn == TURN_DONE && at.said_no, "nor if the other rang later, and nobody answered");
	look_end(&l);
	is_int(ring(x, hakim, CALL_NO_ANSWER, &e), ERR_REFUSED, "nobody is asked twice a day here");
	is_int(ring(y, merete, CALL_NO_ANSWER, &e), ERR_REFUSED, "nor there");
	end();
}

int main(void)
{
	lang_init("en", ".");
	test_moved(true);
	test_moved(false);
	test_moved_and_asked();
	test_yes_taken_back();
	test_both_list();
	test_moved_back();
	test_past();
	test_same_month();
	test_series_ended();
	test_rung_by_both();
	return done_testing();
}
