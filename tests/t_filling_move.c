/* tests/t_filling_move.c - a place that somebody gave up: who comes or changes shift for it. Held against all ways
 * there are on small stores, and put down as one change. */
#include "roster/filling.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "roster/round.h"
#include "store/change.h"
#include "tests/rostertest.h"
#include "tests/tap.h"

static struct test_clock tick = {1764576000};      /* Monday 2025-12-01 09:00 */
static struct store *s;
static struct id hall;
static struct err e;

static struct id somebody(struct id role, const char *given, int most)
{
	return test_person(s, &(struct test_person){.given = given, .family = "Prøve", .born = test_day("1955-05-05"),
		.started = test_day("2020-01-01"), .confidentiality = test_day("2020-01-01"), .max_per_month = most,
		.roles = {role}});
}

static struct id shift(struct id role, const char *day, int from)
{
	return test_shift(s, hall, role, test_at(day, from, 0), test_at(day, from + 3, 0), 1);
}

static int state_of(struct id where, struct id who)
{
	struct peek l = look_begin(s);
	struct shift now;
	int state = 0;
	must(roster_shift(l.v, l.b, l.a, where, &now, &e), &e, "shift");
	for (size_t i = 0; i < now.nseats; i++)
		if (id_equal(now.seats[i].volunteer, who))
			state = now.seats[i].state;
	look_end(&l);
	return state;
}

static const struct move_offers *replan(struct peek *l, struct id where, struct filling **f)
{
	*l = look_begin(s);
	must(filling_replan(l->v, l->b, l->a, where, f, &e), &e, "replan");
	view_end(l->v);
	l->v = NULL;
	return filling_offers(*f);
}

static void test_chain(void)
{
	struct id role = test_role(s, "Guide"), bo = somebody(role, "Bo", 1), eva = somebody(role, "Eva", 1);
	struct id anna = somebody(role, "Anna", 1);
	struct id mon = shift(role, "2025-12-08", 8), tue = shift(role, "2025-12-09", 8);
	struct change_result done;
	struct filling *f;
	struct peek l;
	bool needs;
	test_assign(s, mon, anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, mon, eva, ASSIGNMENT_DECLINED);
	test_assign(s, tue, bo, ASSIGNMENT_ACCEPTED);
	must(act_withdraw(s, mon, anna, "syg", &done, &e), &e, "withdraw");
	const struct move_offers *o = replan(&l, mon, &f);
	is_int((intmax_t)o->n, 1, "nobody is free for it: one offer moves somebody");
	is_str(o->offers[0].text, "Bo Prøve from Tue 9/12 08:00 to Mon 8/12 08:00, Eva Prøve takes Tue 9/12 08:00",
		"and says who goes where");
	must(filling_take_offer(s, f, 0, NULL, &needs, &done, &e), &e, "take");
	is_int(filling_take_offer(s, f, 0, NULL, &needs, &done, &e), ERR_CONFLICT, "once");
	look_end(&l);
	is_int(state_of(mon, bo), ASSIGNMENT_RECONFIRM, "who was moved must say yes to the new time");
	is_int(state_of(tue, bo), 0, "what they left is no cancellation");
	is_int(state_of(tue, eva), ASSIGNMENT_OFFERED, "who comes is asked");
	is_int(state_of(mon, anna), ASSIGNMENT_WITHDRAWN, "who cancelled stands as such");
	l = look_begin(s);
	struct shift now;
	struct id gone;
	must(roster_shift(l.v, l.b, l.a, tue, &now, &e), &e, "shift");
	must(round_gone(l.v, l.a, &now, &gone, NULL, &e), &e, "gone");
	ok(id_is_none(gone), "nobody is sought in place of who was moved");
	look_end(&l);
}

/* Put there by hand against the own wish: a plan could not stand so, and so it stays. */
static void test_by_hand(void)
{
	struct id role = test_role(s, "Sanger"), bo = test_person(s, &(struct test_person){.given = "Bo", .family = "Prøve",
		.born = test_day("1955-05-05"), .started = test_day("2020-01-01"), .confidentiality = test_day("2020-01-01"),
		.frequency = FREQUENCY_FORTNIGHTLY, .roles = {role}});
	struct id one = shift(role, "2025-12-09", 8), next = shift(role, "2025-12-16", 8), open = shift(role, "2025-12-10", 14);
	struct filling *f;
	struct peek l;
	test_assign(s, one, bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, next, bo, ASSIGNMENT_ACCEPTED);
	const struct move_offers *o = replan(&l, open, &f);
	is_int((intmax_t)o->n, 0, "who stands in two weeks that follow each other, against the own rhythm, isn't moved");
	look_end(&l);
}

static void test_one(void)
{
	struct id role = test_role(s, "Læser"), bo = somebody(role, "Bo", 0), anna = somebody(role, "Anna", 0);
	struct id mon = shift(role, "2025-12-08", 8);
	struct change_result done;
	struct filling *f;
	struct peek l;
	bool needs;
	test_assign(s, mon, anna, ASSIGNMENT_ACCEPTED);
	const struct move_offers *o = replan(&l, mon, &f);
	is_int((intmax_t)o->n, 0, "a shift that is full has no offers");
	ok(strstr(o->none, "no open place"), "and says so");
	look_end(&l);
	must(act_withdraw(s, mon, anna, NULL, &done, &e), &e, "withdraw");
	o = replan(&l, mon, &f);
	is_str(o->n ? o->offers[0].text : "", "Bo Prøve comes instead of Anna Prøve", "somebody free comes instead");
	must(filling_take_offer(s, f, 0, NULL, &needs, &done, &e), &e, "take");
	look_end(&l);
	is_int(state_of(mon, bo), ASSIGNMENT_OFFERED, "once asked");
	must(change_undo(s, done.dot, &done, &e), &e, "undo");
	is_int(state_of(mon, bo), 0, "one undo takes it back");
	test_set(s, TYPE_VOLUNTEER, bo, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_PAUSE));
	test_set(s, TYPE_VOLUNTEER, bo, F_VOLUNTEER_PAUSE_UNTIL, value_int(test_day("2026-01-01")));
	o = replan(&l, mon, &f);
	ok(o->n == 1 && o->offers[0].warning, "a warning is told");
	is_int(filling_take_offer(s, f, 0, " ", &needs, &done, &e), ERR_REFUSED, "and needs a reason");
	ok(needs, "which is asked for");
	must(filling_take_offer(s, f, 0, "vil gerne", &needs, &done, &e), &e, "take");
	look_end(&l);
	is_int(state_of(mon, bo), ASSIGNMENT_OFFERED, "with one it is put down");
}

/* Two could move; the one whose shift is further off is rather asked. */
static void test_near(void)
{
	struct id role = test_role(s, "Følger"), near = somebody(role, "Nær", 1), far = somebody(role, "Fjern", 1);
	struct id free = somebody(role, "Fri", 1), gap = shift(role, "2025-12-09", 8);
	struct id soon = shift(role, "2025-12-03", 8), later = shift(role, "2025-12-11", 8);
	struct filling *f;
	struct peek l;
	test_assign(s, gap, free, ASSIGNMENT_DECLINED);
	test_assign(s, soon, near, ASSIGNMENT_ACCEPTED);
	test_assign(s, later, far, ASSIGNMENT_ACCEPTED);
	const struct move_offers *o = replan(&l, gap, &f);
	ok(o->n == 1 && id_equal(o->offers[0].moves[0].person->id, far), "who stands further off is moved, not who comes this week");
	look_end(&l);
}

/* ---- by chance, against all ways --------------------------------------------------------------------- */

enum { CASES = 40, PEOPLE = 6, SHIFTS = 6 };

struct small {
	struct id role, people[PEOPLE], shifts[SHIFTS];
	bool may[PEOPLE][SHIFTS];
	int has[PEOPLE];                   /* the shift; -1: free */
};

/* Everybody has one shift at most; who said no to a shift doesn't come to it. The first shift is the open one. */
static void make(struct small *x, struct prng *r, int no)
{
	char name[32];
	snprintf(name, sizeof name, "Opgave %d", no);
	x->role = test_role(s, name);
	for (int i = 0; i < SHIFTS; i++)
		x->shifts[i] = test_shift(s, hall, x->role, test_at("2025-12-05", 8, 0) + i * 1440, test_at("2025-12-05", 11, 0) + i * 1440, 1);
	for (int i = 0; i < PEOPLE; i++) {
		snprintf(name, sizeof name, "P%d", i);
		x->people[i] = somebody(x->role, name, 1);
		x->has[i] = i + 1 < SHIFTS ? i + 1 : -1;
		if (i + 1 < SHIFTS)
			test_assign(s, x->shifts[i + 1], x->people[i], ASSIGNMENT_ACCEPTED);
		for (int k = 0; k < SHIFTS; k++) {
			x->may[i][k] = k != x->has[i] && prng_below(r, 10) < 3;
			if (k != x->has[i] && !x->may[i][k])
				test_assign(s, x->shifts[k], x->people[i], ASSIGNMENT_DECLINED);
		}
	}
}

/* The fewest moves that fill the first shift, by trying all; 0: there is no way. */
static int fewest(const struct small *x)
{
	int away[SHIFTS] = {1};
	for (int step = 1; step <= FILL_CHAIN; step++)
		for (int k = 0; k < SHIFTS; k++)
			for (int i = 0; away[k] == step && i < PEOPLE; i++) {
				if (x->may[i][k] && x->has[i] < 0)
					return step;
				if (x->may[i][k] && !away[x->has[i]])
					away[x->has[i]] = step + 1;
			}
	return 0;
}

static int number(const struct id *all, int n, struct id id)
{
	for (int i = 0; i < n; i++)
		if (id_equal(all[i], id))
			return i;
	return -1;
}

/* Each move is one that may be, leaves what the person has, and goes to what the one before left. */
static bool is_way(const struct small *x, const struct move_offer *o)
{
	int open = 0;
	for (size_t i = 0; i < o->n; i++) {
		int who = number(x->people, PEOPLE, o->moves[i].person->id), to = number(x->shifts, SHIFTS, o->moves[i].to->row.shift);
		int from = o->moves[i].from ? number(x->shifts, SHIFTS, o->moves[i].from->row.shift) : -1;
		if (to != open || !x->may[who][to] || from != x->has[who])
			return false;
		open = from;
	}
	return open < 0;
}

static void test_random(void)
{
	struct prng r = {20251210};
	bool found = true, fewer = true, ways = true;
	int some = 0;
	for (int i = 0; i < CASES; i++) {
		struct small x;
		struct filling *f;
		struct peek l;
		make(&x, &r, i);
		const struct move_offers *o = replan(&l, x.shifts[0], &f);
		int least = fewest(&x);
		some += least > 1;
		found = found && (o->n > 0) == (least > 0);
		fewer = fewer && (!o->n || (o->offers[0].n <= FILL_CHAIN && (least > 2 || (int)o->offers[0].n == least)));
		for (size_t k = 0; k < o->n; k++)
			ways = ways && is_way(&x, &o->offers[k]);
		look_end(&l);
	}
	ok(some > CASES / 4, "most need somebody to move");
	ok(found, "an offer is found if and only if there is a way");
	ok(fewer, "with the fewest moves first");
	ok(ways, "and each is one");
}

int main(void)
{
	lang_init("en", ".");
	s = test_store("moves", &tick);
	hall = test_unit(s, "Forhal");
	test_chain();
	test_one();
	test_by_hand();
	test_near();
	test_random();
	store_close(s);
	return done_testing();
}
