/* tests/t_sync_rounds.c - two sites ring round for the same gap without knowing of each other, and meet. */
#include "tests/synctest.h"

#include <stdio.h>
#include <string.h>

#include "roster/round.h"
#include "tests/rostertest.h"

enum { PEOPLE = 8, NOBODY = -1 };

static struct site at[2];
static struct id shift, who[PEOPLE];
static struct err e;

/* A shift of tomorrow with two places, that the first two were on; the first has cancelled. All sites know that. */
static void begin(const char *name)
{
	struct change_result r;
	const char *dir = stick(name);
	site_first(&at[0], "Viborg");
	struct store *s = at[0].s;
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide");
	shift = test_shift(s, hall, guide, test_at("2025-12-02", 8, 0), test_at("2025-12-02", 11, 0), 2);
	for (int i = 0; i < PEOPLE; i++) {
		const char given[] = {(char)('A' + i), '\0'};
		who[i] = test_person(s, &(struct test_person){.given = given, .roles = {guide},
							      .confidentiality = test_day("2020-01-01")});
	}
	test_assign(s, shift, who[0], ASSIGNMENT_ACCEPTED);
	test_assign(s, shift, who[1], ASSIGNMENT_ACCEPTED);
	must(act_withdraw(s, shift, who[0], NULL, &r, &e), &e, "cancel");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	for (int i = 0; i < 2; i++)
		at[i].clock.t = civil_to_utc(test_at("2025-12-01", 12, 0));
}

static void end(void)
{
	sites_end(at, 2);
}

static int call(struct site *site, int i, int outcome)
{
	struct peek l = look_begin(site->s);
	struct change_result r;
	enum round_needs needs;
	const struct call_made how = {.shift = shift, .volunteer = who[i], .outcome = outcome,
				      .again = test_at("2025-12-02", 7, 0)};
	view_end(l.v);
	l.v = NULL;
	int rc = round_call(site->s, l.b, &how, &needs, &r, &e);
	look_end(&l);
	return rc;
}

/* Who is to be rung next there. */
static int next_of(struct site *site)
{
	struct peek l = look_begin(site->s);
	struct round r;
	int next = NOBODY;
	must(round_load(l.v, l.b, l.a, shift, &r, &e), &e, "round");
	for (int i = 0; r.next && i < PEOPLE; i++)
		next = id_equal(r.next->person->id, who[i]) ? i : next;
	look_end(&l);
	return next;
}

/* What the rules say of the shift as a whole, by their names. */
static const char *problems_of(struct site *site)
{
	static char text[100];
	struct peek l = look_begin(site->s);
	struct problem *p;
	size_t n;
	civil_date day = test_day("2025-12-02");
	must(rules_problems(l.v, l.b, l.a, NULL, day, day + 1, false, &p, &n, &e), &e, "problems");
	text[0] = '\0';
	for (size_t i = 0, used = 0; i < n && used < sizeof text; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used ? " " : "", p[i].v.rule->id);
	look_end(&l);
	return text;
}

static int filled(struct site *site)
{
	struct peek l = look_begin(site->s);
	struct shift s;
	must(roster_shift(l.v, l.b, l.a, shift, &s, &e), &e, "shift");
	look_end(&l);
	return s.row.filled;
}

static void test_both_ring(void)
{
	begin("both");
	call(&at[0], 2, CALL_NO_ANSWER);
	call(&at[0], 3, CALL_NO);
	at[1].clock.t += 600;
	call(&at[1], 2, CALL_NO_ANSWER);
	call(&at[1], 4, CALL_AGAIN);
	meet_all(at, 2, stick("both"));
	ok(are_equal(&at[0], &at[1]), "two sites that rang about one gap meet, and are equal");
	is_int((intmax_t)count_alive(&at[1], TYPE_CALL), 4, "all calls are there, also two to the same person");
	is_int((intmax_t)count_open(&at[0]), 0, "and nothing is to be said about when that was");
	for (int i = 0; i < 2; i++) {
		is_int(next_of(&at[i]), 5, "both ring the next whom neither has");
		is_int(call(&at[i], i ? 3 : 4, CALL_YES), ERR_REFUSED, "whom the other has asked isn't asked the same day");
	}
	end();
}

static void test_both_yes(void)
{
	begin("yes");
	is_int(call(&at[0], 2, CALL_YES), OK, "one site gets a yes");
	is_int(call(&at[1], 3, CALL_YES), OK, "and the other, too");
	is_str(problems_of(&at[0]), "", "each for itself is content");
	meet_all(at, 2, stick("yes"));
	for (int i = 0; i < 2; i++) {
		is_int(filled(&at[i]), 3, "both who said yes are on the shift");
		is_str(problems_of(&at[i]), "overfull", "which both sites are told is overfull");
	}
	ok(are_equal(&at[0], &at[1]), "and they are equal");
	struct change_result r;
	must(act_unassign(at[0].s, shift, who[3], &r, &e), &e, "take off");
	meet_all(at, 2, stick("yes"));
	is_str(problems_of(&at[1]), "", "whoever takes one off solves it for both");
	end();
}

/* Both sites ring whom their own list says, and meet in between: nobody is asked twice, whoever asked first. */
static void test_many(uint64_t seed)
{
	struct prng r = {seed};
	bool asked[PEOPLE] = {false}, twice = false;
	char name[] = "many-0";
	name[5] = (char)('0' + seed);
	begin(name);
	for (int step = 0; step < 2 * PEOPLE; step++) {
		struct site *site = &at[prng_below(&r, 2)];
		int i = next_of(site);
		if (i == NOBODY)
			break;
		twice = twice || asked[i];
		asked[i] = true;
		int outcome = prng_below(&r, 2) ? CALL_NO : CALL_AGAIN;
		must(call(site, i, outcome), &e, "call");
		meet_all(at, 2, stick(name));
	}
	ok(!twice, "seed %ju: while they meet, nobody is asked twice a day", (uintmax_t)seed);
	ok(next_of(&at[0]) == NOBODY && next_of(&at[1]) == NOBODY, "and both know when all have been asked");
	end();
}

int main(void)
{
	test_both_ring();
	test_both_yes();
	for (uint64_t seed = 1; seed <= 2; seed++)
		test_many(seed);
	return done_testing();
}
