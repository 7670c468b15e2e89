/* tests/t_round.c - from a cancellation to a substitute: who is rung next, what each answer does, the waiting list,
 * swapping and handing over (roster/round.h). */
#include "roster/round.h"

#include <stdio.h>
#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

/* A guide's shift on Tuesday 2/12 2025 at 8-11 that Anna and Bo are on, and another at 11-14 with Dan; it is Monday at
 * 9. Names are in the order in which they are ranked. */
static struct {
	struct store *s;
	struct id hall, guide, shift, noon;
	struct id anna, bo, carl, dan, eva, fie;
} h;

static struct id person(const char *given)
{
	return test_person(h.s, &(struct test_person){.given = given, .roles = {h.guide}, .phone = "20838797",
						      .confidentiality = test_day("2020-01-01")});
}

static void open_house(const char *name)
{
	clk = (struct test_clock){civil_to_utc(test_at("2025-12-01", 9, 0))};
	h.s = test_store(name, &clk);
	h.hall = test_unit(h.s, "Forhal");
	h.guide = test_role(h.s, "Guide");
	h.shift = test_shift(h.s, h.hall, h.guide, test_at("2025-12-02", 8, 0), test_at("2025-12-02", 11, 0), 2);
	h.noon = test_shift(h.s, h.hall, h.guide, test_at("2025-12-04", 11, 0), test_at("2025-12-04", 14, 0), 1);
	h.anna = person("Anna");
	h.bo = person("Bo");
	h.carl = person("Carl");
	h.dan = person("Dan");
	h.eva = person("Eva");
	h.fie = person("Fie");
	test_assign(h.s, h.shift, h.anna, ASSIGNMENT_ACCEPTED);
	test_assign(h.s, h.shift, h.bo, ASSIGNMENT_ACCEPTED);
	test_assign(h.s, h.noon, h.dan, ASSIGNMENT_ACCEPTED);
}

static void hours_pass(int hours)
{
	clk.t += (int64_t)hours * 3600;
}

static struct book *book_now(void)
{
	struct view *v;
	struct book *b;
	must(view_begin(h.s, &v, &e), &e, "view");
	must(book_load(v, &b, &e), &e, "book");
	view_end(v);
	return b;
}

static void cancel(struct id who, const char *why)
{
	struct change_result r;
	must(act_withdraw(h.s, h.shift, who, why, &r, &e), &e, "cancel");
}

static enum round_needs needs;

static int made(struct call_made how)
{
	struct book *b = book_now();
	struct change_result r;
	int rc = round_call(h.s, b, &how, &needs, &r, &e);
	book_free(b);
	return rc;
}

static int call(struct id shift, struct id who, int outcome)
{
	return made((struct call_made){.shift = shift, .volunteer = who, .outcome = outcome});
}

static int wait_for(struct id shift, struct id who, bool on)
{
	struct book *b = book_now();
	struct change_result r;
	int rc = round_wait(h.s, b, shift, who, on, &r, &e);
	book_free(b);
	return rc;
}

/* The order of the shift's list as first letters, those who aren't to be rung now in small ones: "CDef". */
static const char *order(struct id shift)
{
	static char text[32];
	struct peek l = look_begin(h.s);
	struct round r;
	must(round_load(l.v, l.b, l.a, shift, &r, &e), &e, "round");
	for (size_t i = 0; i < r.n; i++)
		text[i] = (char)(r.all[i].person->given[0] + (candidate_is_next(&r.all[i]) ? 0 : 'a' - 'A'));
	text[r.n] = '\0';
	look_end(&l);
	return text;
}

static const char *reasons_of(struct id shift, struct id who)
{
	static char text[400];
	struct peek l = look_begin(h.s);
	struct round r;
	must(round_load(l.v, l.b, l.a, shift, &r, &e), &e, "round");
	for (size_t i = 0; i < r.n; i++)
		if (id_equal(r.all[i].person->id, who))
			snprintf(text, sizeof text, "%s", r.all[i].reasons);
	look_end(&l);
	return text;
}

static int64_t state_of(struct id shift, struct id who, struct id *substitute_for)
{
	struct peek l = look_begin(h.s);
	struct rec *r = NULL;
	must(view_get(l.v, l.a, TYPE_ASSIGNMENT, id_assignment(shift, who), &r, &e), &e, "seat");
	int64_t state = r && r->alive ? rec_int(r, F_ASSIGNMENT_STATE) : 0;
	if (substitute_for)
		*substitute_for = r ? rec_id(r, F_ASSIGNMENT_SUBSTITUTE_FOR) : ID_NONE;
	look_end(&l);
	return state;
}

static size_t count_calls(void)
{
	struct peek l = look_begin(h.s);
	size_t n;
	must(view_count(l.v, TYPE_CALL, &n, &e), &e, "count");
	look_end(&l);
	return n;
}

static const char *last_label(void)
{
	static char text[200];
	struct peek l = look_begin(h.s);
	struct group *g;
	size_t n;
	must(log_back(l.v, l.a, (struct dot){0, 0}, 1, false, &g, &n, &e), &e, "log");
	snprintf(text, sizeof text, "%s", log_label(l.v, l.a, g));
	look_end(&l);
	return text;
}

/* ---- what each answer does -------------------------------------------------------------------------------------- */

static void test_substitute(void)
{
	struct id whom;
	open_house("substitute");
	cancel(h.anna, "er bortrejst");
	struct peek l = look_begin(h.s);
	struct round r;
	must(round_load(l.v, l.b, l.a, h.shift, &r, &e), &e, "round");
	is_int(r.shift.open, 1, "a cancellation leaves a place open");
	ok(id_equal(r.gone, h.anna) && strcmp(r.gone_why, "er bortrejst") == 0, "a substitute is sought for who cancelled, and why is known");
	ok(r.next == &r.all[0] && r.n == 5, "everybody else is on the list, and the first is rung first");
	look_end(&l);
	is_str(order(h.shift), "CDEFa", "by name where nothing else tells them apart, and who cancelled last");
	is_int(call(h.shift, h.carl, CALL_YES), OK, "yes");
	is_int(state_of(h.shift, h.carl, &whom), ASSIGNMENT_ACCEPTED, "puts them on the shift");
	ok(id_equal(whom, h.anna), "as substitute for who cancelled");
	is_int(state_of(h.shift, h.anna, NULL), ASSIGNMENT_WITHDRAWN, "whose name stays");
	is_str(last_label(), "Carl instead of Anna on Guide, Forhal Tue 2/12 08:00–11:00", "the history says both names");
	test_undo_newest(h.s);
	is_int(state_of(h.shift, h.carl, NULL), 0, "one undo takes the place back");
	is_int((intmax_t)count_calls(), 0, "and the call");
	is_int(call(h.shift, h.bo, CALL_YES), ERR_REFUSED, "who is on the shift can't be rung about it");
	test_set(h.s, TYPE_ASSIGNMENT, id_assignment(h.shift, h.bo), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_RECONFIRM));
	ok(order(h.shift)[0] == 'B', "who must say yes again is the first to be rung");
	is_int(call(h.shift, h.bo, CALL_YES), OK, "is rung");
	is_int(state_of(h.shift, h.bo, NULL), ASSIGNMENT_ACCEPTED, "and says it");
	test_undo_newest(h.s);
	is_int(call(h.shift, h.bo, CALL_NO), OK, "or no");
	is_int(state_of(h.shift, h.bo, NULL), ASSIGNMENT_DECLINED, "which gives the place up");
	store_close(h.s);
}

static void test_two_gone(void)
{
	struct id whom;
	open_house("two-gone");
	cancel(h.anna, NULL);
	cancel(h.bo, NULL);
	call(h.shift, h.carl, CALL_YES);
	call(h.shift, h.eva, CALL_YES);
	state_of(h.shift, h.carl, &whom);
	ok(id_equal(whom, h.anna), "the first substitute is for the first who cancelled");
	state_of(h.shift, h.eva, &whom);
	ok(id_equal(whom, h.bo), "the second for the second");
	cancel(h.carl, NULL);
	hours_pass(24);
	clk.t -= 12 * 3600;
	call(h.shift, h.fie, CALL_YES);
	state_of(h.shift, h.fie, &whom);
	ok(id_equal(whom, h.carl), "and for a substitute who cancels, another is sought");
	store_close(h.s);
}

/* How many dates the home screen says fall due. */
static size_t count_due(void)
{
	struct peek l = look_begin(h.s);
	struct today t;
	must(roster_today(l.v, l.b, l.a, store_now_civil(h.s), &t, &e), &e, "today");
	size_t n = t.ndue;
	look_end(&l);
	return n;
}

static void test_answers(void)
{
	open_house("answers");
	cancel(h.anna, NULL);
	is_int(call(h.shift, h.carl, CALL_NO), OK, "no");
	is_int(state_of(h.shift, h.carl, NULL), ASSIGNMENT_DECLINED, "is an answer to this shift");
	is_str(order(h.shift), "DEFac", "who said no comes last");
	is_int((intmax_t)count_due(), 0, "a call that has been made isn't a date that falls due");
	is_int(call(h.shift, h.eva, CALL_NO_ANSWER), OK, "no answer");
	is_str(order(h.shift), "DFeac", "isn't rung at once again");
	is_str(reasons_of(h.shift, h.eva),
	       "ring from 13:00 · asked today 09:00 by Anna, didn't answer · knows the role · none in December · not in the last 12 months",
	       "and it is said when and by whom");
	hours_pass(4);
	is_str(order(h.shift), "DEFac", "but some hours later");
	is_int(made((struct call_made){.shift = h.shift, .volunteer = h.fie, .outcome = CALL_AGAIN,
				       .again = test_at("2025-12-01", 15, 0)}), OK, "ring again at a time");
	is_str(order(h.shift), "DEfac", "isn't before that time");
	hours_pass(2);
	is_str(order(h.shift), "FDEac", "and then comes first");
	is_int(call(h.shift, h.fie, CALL_YES), OK, "it may be done then, the same day");
	is_int((intmax_t)count_calls(), 3, "one call a day is kept of each");
	is_int(made((struct call_made){.shift = h.shift, .volunteer = h.dan, .outcome = CALL_AGAIN,
				       .again = test_at("2025-12-01", 9, 0)}), ERR_DATA, "again must lie ahead");
	store_close(h.s);
}

static void test_once_a_day(void)
{
	open_house("once");
	cancel(h.anna, NULL);
	test_delete(h.s, TYPE_ASSIGNMENT, id_assignment(h.noon, h.dan));
	call(h.noon, h.carl, CALL_NO);
	is_str(order(h.shift), "DEFca", "whoever was asked today about another shift isn't asked about this");
	is_int(call(h.shift, h.carl, CALL_NO_ANSWER), ERR_REFUSED, "it is refused");
	is_int(needs, ROUND_NEEDS_SEEING, "unless it is seen");
	is_str(e.text, "Carl: asked today 09:00 by Anna, couldn't come", "when, by whom, and what was said");
	is_int(made((struct call_made){.shift = h.shift, .volunteer = h.carl, .outcome = CALL_YES, .seen = true}), OK,
	       "then it is done");
	test_undo_newest(h.s);
	hours_pass(24);
	is_str(order(h.noon), "ADEFBc", "a no to a shift holds on another day, too");
	cancel(h.bo, NULL);
	is_str(order(h.shift), "CDEFab", "but the next day they may be asked about another");
	ok(strstr(reasons_of(h.shift, h.carl), "asked yesterday, couldn't come") != NULL, "and it is shown that they were");
	store_close(h.s);
}

static void test_rules(void)
{
	open_house("rules");
	cancel(h.anna, NULL);
	test_set(h.s, TYPE_VOLUNTEER, h.carl, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_PAUSE));
	test_set(h.s, TYPE_VOLUNTEER, h.dan, F_VOLUNTEER_CONFIDENTIALITY, value_none());
	is_str(order(h.shift), "EFCda", "a warning is rung later, a stop not at all");
	is_int(call(h.shift, h.carl, CALL_YES), ERR_REFUSED, "a warning asks for a reason");
	is_int(needs, ROUND_NEEDS_REASON, "and says so");
	is_int((intmax_t)count_calls(), 0, "and nothing is noted");
	is_int(made((struct call_made){.shift = h.shift, .volunteer = h.carl, .outcome = CALL_YES, .override = "vil gerne"}), OK,
	       "with one it is done");
	is_int(call(h.shift, h.dan, CALL_YES), ERR_REFUSED, "a stop is never set aside");
	is_int(call(h.shift, h.eva, CALL_YES), ERR_REFUSED, "one too many is a warning");
	is_int(needs, ROUND_NEEDS_REASON, "too");
	store_close(h.s);
}

/* ---- the waiting list ------------------------------------------------------------------------------------------- */

static void test_waiting(void)
{
	struct id whom;
	open_house("waiting");
	is_int(wait_for(h.shift, h.fie, true), OK, "on the waiting list of a full shift");
	hours_pass(1);
	is_int(wait_for(h.shift, h.dan, true), OK, "another an hour later");
	wait_for(h.shift, h.fie, true);
	is_str(order(h.shift), "FDCE", "the first on it comes first, also when it was said twice");
	ok(strncmp(reasons_of(h.shift, h.fie), "on the waiting list · ", 22) == 0, "with a word");
	is_int(wait_for(h.shift, h.anna, true), ERR_REFUSED, "who is on the shift can't wait for it");
	is_int(wait_for(h.shift, h.fie, false), OK, "off it again");
	is_str(order(h.shift), "DCEF", "and they are as all others");
	cancel(h.anna, NULL);
	call(h.shift, h.dan, CALL_YES);
	is_int(state_of(h.shift, h.dan, &whom), ASSIGNMENT_ACCEPTED, "from the list to the shift");
	ok(id_equal(whom, h.anna), "as substitute");
	store_close(h.s);
}

static int take(struct id shift, struct id who)
{
	struct book *b = book_now();
	struct change_result r;
	int rc = round_take(h.s, b, shift, who, NULL, &needs, &r, &e);
	book_free(b);
	return rc;
}

static void test_take(void)
{
	struct id whom;
	open_house("take");
	cancel(h.anna, "er bortrejst");
	is_int(take(h.shift, h.anna), OK, "who cancelled may come after all");
	state_of(h.shift, h.anna, &whom);
	ok(id_is_none(whom), "and is nobody's substitute");
	cancel(h.anna, NULL);
	wait_for(h.shift, h.fie, true);
	is_int(take(h.shift, h.fie), OK, "from the waiting list without a call");
	state_of(h.shift, h.fie, &whom);
	ok(id_equal(whom, h.anna), "as substitute all the same");
	is_int((intmax_t)count_calls(), 0, "no call is noted");
	test_set(h.s, TYPE_ASSIGNMENT, id_assignment(h.shift, h.fie), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_RECONFIRM));
	is_int(take(h.shift, h.fie), OK, "who must say yes again says it");
	state_of(h.shift, h.fie, &whom);
	ok(id_equal(whom, h.anna), "and whom that was for is kept");
	is_int(take(h.shift, h.eva), ERR_REFUSED, "one too many is a warning");
	is_int(needs, ROUND_NEEDS_REASON, "that a reason sets aside");
	store_close(h.s);
}

/* ---- swapping and handing over ---------------------------------------------------------------------------------- */

static int swap(struct place_of x, struct place_of y, const char *reason)
{
	struct book *b = book_now();
	struct change_result r;
	int rc = round_swap(h.s, b, x, y, reason, &needs, &r, &e);
	book_free(b);
	return rc;
}

static int hand_over(struct place_of from, struct id to)
{
	struct book *b = book_now();
	struct change_result r;
	int rc = round_hand_over(h.s, b, from, to, NULL, &needs, &r, &e);
	book_free(b);
	return rc;
}

static void test_swap(void)
{
	struct id whom;
	open_house("swap");
	test_set(h.s, TYPE_VOLUNTEER, h.anna, F_VOLUNTEER_MAX_PER_MONTH, value_int(1));
	is_int(swap((struct place_of){h.shift, h.anna}, (struct place_of){h.noon, h.dan}, NULL), OK,
	       "two swap: each leaves one shift for the other, so that neither comes too often, nor is one too many there");
	ok(state_of(h.shift, h.dan, &whom) == ASSIGNMENT_ACCEPTED && id_equal(whom, h.anna), "the one comes for the other");
	ok(state_of(h.noon, h.anna, &whom) == ASSIGNMENT_ACCEPTED && id_equal(whom, h.dan), "and the other for the one");
	is_str(last_label(), "Anna and Dan swapped shifts", "in one change");
	test_undo_newest(h.s);
	ok(state_of(h.shift, h.anna, NULL) == ASSIGNMENT_ACCEPTED && state_of(h.noon, h.anna, NULL) == 0, "which one undo takes back");
	is_int(swap((struct place_of){h.shift, h.eva}, (struct place_of){h.noon, h.dan}, NULL), ERR_REFUSED,
	       "what one hasn't one can't swap");
	is_int(swap((struct place_of){h.shift, h.anna}, (struct place_of){h.shift, h.bo}, NULL), ERR_USAGE, "nor within one shift");
	test_set(h.s, TYPE_VOLUNTEER, h.dan, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_PAUSE));
	is_int(swap((struct place_of){h.shift, h.anna}, (struct place_of){h.noon, h.dan}, NULL), ERR_REFUSED, "rules are asked");
	is_int(needs, ROUND_NEEDS_REASON, "and a warning wants a reason");
	ok(strncmp(e.text, "Dan: ", 5) == 0, "of whom it is said");
	is_int(swap((struct place_of){h.shift, h.anna}, (struct place_of){h.noon, h.dan}, "begge vil"), OK, "with one it is done");
	store_close(h.s);
}

static void test_hand_over(void)
{
	struct id whom;
	open_house("hand-over");
	is_int(hand_over((struct place_of){h.shift, h.anna}, h.eva), OK, "a place is handed over, and the shift isn't overfull by it");
	ok(state_of(h.shift, h.eva, &whom) == ASSIGNMENT_ACCEPTED && id_equal(whom, h.anna), "both names are kept");
	is_int(state_of(h.shift, h.anna, NULL), ASSIGNMENT_WITHDRAWN, "the one as who couldn't come");
	is_int(hand_over((struct place_of){h.shift, h.bo}, h.eva), ERR_REFUSED, "not to one who is on it");
	is_int(hand_over((struct place_of){h.shift, h.fie}, h.carl), ERR_REFUSED, "nor from one who isn't");
	store_close(h.s);
}

/* ---- rounds, and what follows them ------------------------------------------------------------------------------ */

static void test_gaps(void)
{
	open_house("gaps");
	cancel(h.anna, NULL);
	test_delete(h.s, TYPE_ASSIGNMENT, id_assignment(h.noon, h.dan));
	struct id next_week = test_shift(h.s, h.hall, h.guide, test_at("2025-12-10", 8, 0), test_at("2025-12-10", 11, 0), 1);
	call(next_week, h.fie, CALL_NO_ANSWER);
	struct peek l = look_begin(h.s);
	struct gap *g;
	size_t n;
	must(round_gaps(l.v, l.b, l.a, store_now_civil(h.s), &g, &n, &e), &e, "gaps");
	is_int((intmax_t)n, 2, "gaps to be rung about: not each open place of two weeks");
	ok(g[0].kind == GAP_ROUND && id_equal(g[0].shift->row.shift, next_week) && g[0].rung == 1, "rounds that go on first");
	ok(g[1].kind == GAP_CANCELLED && id_equal(g[1].gone, h.anna), "then what somebody cancelled");
	look_end(&l);
	store_close(h.s);
}

static void test_merged_people(void)
{
	struct change_result r;
	open_house("merged");
	cancel(h.anna, NULL);
	call(h.shift, h.carl, CALL_NO_ANSWER);
	call(h.shift, h.eva, CALL_NO_ANSWER);
	must(act_merge_people(h.s, h.eva, h.carl, &r, &e), &e, "merge");
	is_int((intmax_t)count_calls(), 2, "of two records of one person who was rung, both calls stay");
	is_str(order(h.shift), "DFea", "and they aren't rung again");
	must(act_delete_shifts(h.s, &h.shift, 1, &r, &e), &e, "delete");
	is_int((intmax_t)count_calls(), 0, "calls go with their shift");
	store_close(h.s);
}

int main(void)
{
	test_substitute();
	test_two_gone();
	test_answers();
	test_once_a_day();
	test_rules();
	test_waiting();
	test_take();
	test_swap();
	test_hand_over();
	test_gaps();
	test_merged_people();
	return done_testing();
}
