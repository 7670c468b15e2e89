/* tests/t_qualifications.c - courses and certificates, the introduction, and the child-protection check: truth tables
 * of states and moves (roster/qualifications.h), and the rules that ask there. */
#include "roster/qualifications.h"

#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

#define TODAY test_day("2025-12-01")

static const char *list(struct arena *a, const char *text, const char *more)
{
	return arena_printf(a, "%s%s%s", text, *text ? ", " : "", more);
}

/* A view may not stay open while something is written. */
static struct peek look_to_write(struct store *s)
{
	struct peek l = look_begin(s);
	view_end(l.v);
	l.v = NULL;
	return l;
}

struct test_kind {
	const char *name, *confirms;
	int months, warn_days, step;
	struct id after;
};

static struct id make_kind(struct store *s, const struct test_kind *k)
{
	struct change *c;
	must(change_begin(s, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, TYPE_QUALIFICATION_KIND);
	const struct {
		int field;
		struct value v;
	} fields[] = {
		{F_QUALIFICATION_KIND_NAME, value_text(k->name)},
		{F_QUALIFICATION_KIND_SORT, value_int(QUALIFICATION_COURSE)},
		{F_QUALIFICATION_KIND_CONFIRMS, k->confirms ? value_text(k->confirms) : value_none()},
		{F_QUALIFICATION_KIND_MONTHS, k->months ? value_int(k->months) : value_none()},
		{F_QUALIFICATION_KIND_WARN_DAYS, k->warn_days ? value_int(k->warn_days) : value_none()},
		{F_QUALIFICATION_KIND_STEP, k->step ? value_int(k->step) : value_none()},
		{F_QUALIFICATION_KIND_AFTER, id_is_none(k->after) ? value_none() : value_id(k->after)},
	};
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		must(change_set(c, TYPE_QUALIFICATION_KIND, id, fields[i].field, fields[i].v, &e), &e, "field");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

static int give(struct store *s, struct id kind, struct id who, const char *got, const char *by)
{
	struct peek l = look_to_write(s);
	struct change_result r;
	struct qualification_given how = {.kind = kind, .volunteer = &who, .n = 1, .got = *got ? test_day(got) : DATE_NONE,
		.confirmed_by = by};
	int rc = qualification_give(s, l.b, &how, &r, &e);
	look_end(&l);
	return rc;
}

static void must_give(struct store *s, struct id kind, struct id who, const char *got)
{
	must(give(s, kind, who, got, NULL), &e, "give");
}

static int64_t field_of(struct store *s, int type, struct id id, int field)
{
	struct peek l = look_begin(s);
	struct rec *r;
	must(view_get(l.v, l.a, type, id, &r, &e), &e, "record");
	int64_t v = r && r->alive ? rec_int_or(r, field, DATE_NONE) : -1;
	look_end(&l);
	return v;
}

/* ---- giving ----------------------------------------------------------------------------------------------------- */

static void test_give(void)
{
	struct store *s = test_store("give", &clk);
	struct id anna = test_volunteer(s, "Anna", "Holm");
	struct id first = make_kind(s, &(struct test_kind){.name = "Hygiejne", .months = 12});
	struct id aid = make_kind(s, &(struct test_kind){.name = "Førstehjælp", .after = first});
	struct id talk = make_kind(s, &(struct test_kind){.name = "Samtale", .confirms = "afsnittet"});
	is_int(give(s, aid, anna, "2025-11-01", NULL), ERR_REFUSED, "not before what comes first");
	ok(strstr(e.text, "Hygiejne"), "which is named");
	is_int(give(s, first, anna, "2025-12-02", NULL), ERR_REFUSED, "not on a day that lies ahead");
	is_int(give(s, aid, anna, "", NULL), OK, "but one may be signed up");
	is_int(give(s, aid, anna, "", NULL), ERR_REFUSED, "once");
	is_int(give(s, first, anna, "2024-02-29", NULL), OK, "got on a leap day");
	is_int(field_of(s, TYPE_QUALIFICATION, id_qualification(first, anna), F_QUALIFICATION_UNTIL), test_day("2025-02-28"),
		"until is reckoned from the months");
	is_int(give(s, aid, anna, "2025-11-01", NULL), ERR_REFUSED, "nor when what comes first has run out");
	is_int(give(s, first, anna, "2025-01-10", NULL), OK, "it is renewed");
	is_int(give(s, aid, anna, "2025-11-01", NULL), OK, "then it goes");
	is_int(field_of(s, TYPE_QUALIFICATION, id_qualification(aid, anna), F_QUALIFICATION_UNTIL), DATE_NONE,
		"without months it holds for ever");
	is_int(give(s, aid, anna, "", NULL), ERR_REFUSED, "who has it can't be signed up: that would take it away");
	is_int(give(s, talk, anna, "2025-11-01", NULL), ERR_REFUSED, "one that must be confirmed isn't taken unconfirmed");
	ok(strstr(e.text, "afsnittet"), "and who confirms it is said");
	is_int(give(s, talk, anna, "2025-11-01", "Mette, B5"), OK, "confirmed, it is");
	is_int(give(s, anna, anna, "2025-11-01", NULL), ERR_NOTFOUND, "a person is no kind");
	is_int(give(s, talk, first, "2025-11-01", "x"), ERR_DATA, "a kind is no person");
	store_close(s);
}

/* ---- states, and the rule ---------------------------------------------------------------------------------------- */

static const char *rules_on(struct peek *l, struct id role, const char *day, struct id who, bool with_hints,
	civil_date today)
{
	int limits[LIMIT_COUNT];
	size_t n;
	must(rules_limits(l->v, limits, &e), &e, "limits");
	struct shift s = {.row = {.shift = {{9}}, .role = role, .start = test_at(day, 8, 0), .end = test_at(day, 11, 0),
				  .state = SHIFT_PUBLISHED, .need = 1, .wished = 1}, .unit = "x", .role = "Guide", .note = ""};
	struct rule_case c = {
		.book = l->b, .person = test_find(l, who), .shift = &s, .limits = limits, .today = today};
	struct verdict *v = rules_judge(&c, l->a, &n);
	const char *all = "";
	for (size_t i = 0; i < n; i++)
		if (with_hints || v[i].rule->level > RULE_HINT)
			all = list(l->a, all, arena_printf(l->a, "%s: %s", v[i].rule->id, v[i].sentence));
	return all;
}

/* As seen long before. */
static const char *rules_of(struct peek *l, struct id role, const char *day, struct id who, bool with_hints)
{
	return rules_on(l, role, day, who, with_hints, test_day("2024-01-01"));
}

/* Days around the end, with the reminder: what somebody's course is, and what the rule says of a shift on that day. */
static void test_states(void)
{
	static const struct {
		const char *day;
		enum qualification_state state;
		const char *reason, *rule;
	} days[] = {
		{"2024-12-31", QUALIFICATION_SIGNED_UP, "",
			"qualification: Guide asks for more: gets Hygiejne on 1/1 2025, after the shift"},
		{"2025-01-01", QUALIFICATION_VALID, "holds until 1/1 2026", ""},
		{"2025-12-21", QUALIFICATION_VALID, "holds until 1/1 2026", ""},
		{"2025-12-22", QUALIFICATION_EXPIRING, "runs out on 1/1 2026", ""},
		{"2026-01-01", QUALIFICATION_EXPIRING, "runs out on 1/1 2026", ""},
		{"2026-01-02", QUALIFICATION_EXPIRED, "ran out on 1/1 2026",
			"qualification: Guide asks for more: Hygiejne ran out on 1/1 2026"},
	};
	struct store *s = test_store("states", &clk);
	struct id guide = test_role(s, "Guide");
	struct id kind = make_kind(s, &(struct test_kind){.name = "Hygiejne", .months = 12, .warn_days = 10});
	struct id anna = test_person(
		s, &(struct test_person){.given = "Anna", .roles = {guide}, .confidentiality = test_day("2020-01-01")});
	struct id bo = test_person(
		s, &(struct test_person){.given = "Bo", .roles = {guide}, .confidentiality = test_day("2020-01-01")});
	struct change_result r;
	must_give(s, kind, anna, "2025-01-01");
	struct peek l = look_begin(s);
	is_str(rules_of(&l, guide, "2026-01-02", anna, false), "", "what no role asks for isn't missed");
	look_end(&l);
	must(qualification_ask(s, guide, &kind, 1, &r, &e), &e, "ask");
	l = look_begin(s);
	int limits[LIMIT_COUNT];
	size_t n;
	must(rules_limits(l.v, limits, &e), &e, "limits");
	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct qualification *q =
			qualification_of(l.b, l.a, test_find(&l, anna), limits, test_day(days[i].day), &n);
		ok(n == 1 && q[0].asked && q[0].state == days[i].state, "on %s", days[i].day);
		is_str(n ? q[0].reason : NULL, days[i].reason, "with its reason");
		is_str(rules_of(&l, guide, days[i].day, anna, false), days[i].rule, "and what the rule makes of it");
	}
	is_str(rules_of(&l, guide, "2025-12-03", bo, false), "qualification: Guide asks for more: lacks Hygiejne",
		"who never had it lacks it");
	is_str(rules_on(&l, guide, "2025-12-03", bo, false, test_day("2025-12-04")), "", "a day that is over isn't judged");
	ok(rules_named("qualification")->level == RULE_STOP, "that stops");
	look_end(&l);
	must(give(s, kind, bo, "", NULL), &e, "sign up");
	l = look_begin(s);
	is_str(rules_of(&l, guide, "2025-12-03", bo, false),
		"qualification: Guide asks for more: is signed up for Hygiejne, and hasn't got it yet", "nor is signing up enough");
	look_end(&l);
	must(qualification_ask(s, guide, NULL, 0, &r, &e), &e, "ask");
	l = look_begin(s);
	is_str(rules_of(&l, guide, "2025-12-03", bo, false), "", "until the role asks no more");
	look_end(&l);
	store_close(s);
}

/* ---- the introduction ------------------------------------------------------------------------------------------- */

static void test_introduction(void)
{
	struct store *s = test_store("intro", &clk);
	struct id guide = test_role(s, "Guide");
	const struct test_person lately = {.given = "Anna", .started = test_day("2025-11-20"), .roles = {guide}};
	const struct test_person long_ago = {.given = "Bo", .started = test_day("2019-01-01"), .roles = {guide}};
	struct id anna = test_person(s, &lately), bo = test_person(s, &long_ago);
	struct id step[3];
	for (int i = 2; i >= 0; i--)
		step[i] = make_kind(s, &(struct test_kind){.name = i ? "Følgevagt" : "Samtale", .step = i + 1});
	make_kind(s, &(struct test_kind){.name = "Andet"});
	int limits[LIMIT_COUNT] = {[LIMIT_NEW_DAYS] = 90};
	for (int done = 0; done <= 3; done++) {
		struct peek l = look_begin(s);
		struct introduction a = introduction_of(l.b, test_find(&l, anna), limits, TODAY);
		struct introduction b = introduction_of(l.b, test_find(&l, bo), limits, TODAY);
		ok(a.n == 3 && (int)a.done == done && a.is_new == (done < 3), "who came lately is new until all steps are done: %d",
			done);
		ok(done == 3 ? !a.next : id_equal(a.next->id, step[done]), "the next step is said, in their order");
		ok(b.is_new == (done == 1 || done == 2), "who came before there were steps is new only while doing them: %d", done);
		const char *says = rules_of(&l, guide, "2025-12-03", anna, true);
		is_int(strstr(says, "newcomer") != NULL, done < 3, "the hint says so");
		look_end(&l);
		if (done < 3) {
			must_give(s, step[done], anna, "2025-11-25");
			must_give(s, step[done], bo, "2025-11-25");
		}
	}
	store_close(s);
}

/* ---- what expires ----------------------------------------------------------------------------------------------- */

static void test_expiring(void)
{
	struct store *s = test_store("expiring", &clk);
	struct id play = test_role(s, "Legeven"), kind = make_kind(s, &(struct test_kind){.name = "Hygiejne", .months = 12});
	struct id other = make_kind(s, &(struct test_kind){.name = "Polsk", .months = 1});
	const char *names[] = {"Anna", "Bo", "Cilla", "Dan"};
	const int statuses[] = {VOLUNTEER_ACTIVE, VOLUNTEER_ENDED, VOLUNTEER_PAUSE, VOLUNTEER_ACTIVE};
	struct id who[4];
	struct change_result r;
	test_set(s, TYPE_ROLE, play, F_ROLE_CHILD_CHECK, value_int(1));
	must(qualification_ask(s, play, &kind, 1, &r, &e), &e, "ask");
	for (int i = 0; i < 4; i++) {
		who[i] = test_person(s, &(struct test_person){.given = names[i], .status = statuses[i],
			.roles = {i < 3 ? play : ID_NONE}, .child_check = CHILD_ASSESSED});
		must_give(s, kind, who[i], i == 2 ? "2024-11-30" : "2025-01-30");
		must_give(s, other, who[i], "2025-11-01");
		test_set(s, TYPE_VOLUNTEER, who[i], F_VOLUNTEER_CHECK_RENEW, value_int(test_day("2026-01-31")));
	}
	struct peek l = look_begin(s);
	static const struct {
		int days;
		const char *wanted;
	} cases[] = {
		{0, "Cilla Hygiejne"},
		{59, "Cilla Hygiejne"},
		{60, "Cilla Hygiejne, Anna Hygiejne"},
		{61, "Cilla Hygiejne, Anna Hygiejne, Anna -, Cilla -"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n;
		struct expiry *x = qualification_expiring(l.b, l.a, TODAY, cases[i].days, &n);
		const char *all = "";
		for (size_t k = 0; k < n; k++)
			all = list(l.a, all, arena_printf(l.a, "%s %s", x[k].person->name, x[k].kind ? x[k].kind->name : "-"));
		is_str(all, cases[i].wanted, "within %d days: of who is planned, what counts, by day", cases[i].days);
	}
	look_end(&l);
	store_close(s);
}

static int count_due(struct store *s, const char *day)
{
	struct peek l = look_begin(s);
	struct today t;
	must(roster_today(l.v, l.b, l.a, test_at(day, 8, 0), &t, &e), &e, "today");
	int n = (int)t.ndue;
	look_end(&l);
	return n;
}

/* Today says it fourteen days ahead, and goes on until it is done. */
static void test_today(void)
{
	struct store *s = test_store("today", &clk);
	struct id play = test_role(s, "Legeven"), kind = make_kind(s, &(struct test_kind){.name = "Hygiejne", .months = 12});
	struct id anna = test_person(s, &(struct test_person){.given = "Anna", .roles = {play}});
	struct change_result r;
	must_give(s, kind, anna, "2024-12-20");
	is_int(count_due(s, "2025-12-19"), 0, "a course that nothing asks for isn't due");
	must(qualification_ask(s, play, &kind, 1, &r, &e), &e, "ask");
	is_int(count_due(s, "2025-12-06"), 0, "not fifteen days ahead");
	is_int(count_due(s, "2025-12-07"), 1, "fourteen days ahead");
	is_int(count_due(s, "2025-12-29"), 1, "and still when it has run out");
	must_give(s, kind, anna, "2025-11-30");
	is_int(count_due(s, "2025-12-29"), 0, "until it is renewed");
	test_set(s, TYPE_ROLE, play, F_ROLE_CHILD_CHECK, value_int(1));
	must(check_order(s, &anna, 1, TODAY, &r, &e), &e, "order");
	is_int(count_due(s, "2025-12-01"), 0, "the answer to an order of today is due in more than");
	is_int(count_due(s, "2025-12-02"), 1, "fourteen days");
	is_int(count_due(s, "2025-12-29"), 1, "and waits");
	must(check_move(s, anna, &(struct check_move){.state = CHILD_CONSENT_MISSING, .day = TODAY}, &r, &e), &e, "move");
	is_int(count_due(s, "2025-12-29"), 0, "until it has come, or hasn't");
	store_close(s);
}

/* ---- the check -------------------------------------------------------------------------------------------------- */

/* Every way from every state: those that are written here, and no other. */
static void test_moves(void)
{
	static const char *const ways[] = {
		[0] = "2 1 3",
		[CHILD_NOT_NEEDED] = "2 3",
		[CHILD_TO_ORDER] = "1 3",
		[CHILD_ORDERED] = "5 4 6",
		[CHILD_ASSESSED] = "7 3",
		[CHILD_CONSENT_MISSING] = "1 2 3",
		[CHILD_NOT_IN_ORDER] = "2",
		[CHILD_RENEW] = "1 3",
	};
	struct store *s = test_store("moves", &clk);
	struct id anna = test_volunteer(s, "Anna", "Holm");
	struct change_result r;
	for (int from = 0; from <= CHILD_RENEW; from++)
		for (int to = 1; to <= CHILD_RENEW; to++) {
			bool may = strchr(ways[from], '0' + to) != NULL;
			test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CHILD_CHECK, from ? value_int(from) : value_none());
			struct check_move how = {.state = to, .day = TODAY, .assessor = "Mette", .second = "Jens"};
			is_int(check_move(s, anna, &how, &r, &e), may ? OK : ERR_REFUSED, "from %d to %d", from, to);
			is_int(check_may_move(from, to), may, "as the table says");
			int64_t now = field_of(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CHILD_CHECK);
			is_int(now == DATE_NONE ? 0 : now, may ? to : from, "and that is what stands");
		}
	ok(!check_may_move(0, 0) && !check_may_move(-1, 2) && !check_may_move(2, 8), "no other states");
	store_close(s);
}

static int assess(struct store *s, struct id who, const char *day, const char *by, const char *second, int state)
{
	struct change_result r;
	return check_move(s, who, &(struct check_move){.state = state, .day = test_day(day), .assessor = by, .second = second,
		.note = "set i orden"}, &r, &e);
}

static int64_t person_date(struct store *s, struct id who, int field)
{
	return field_of(s, TYPE_VOLUNTEER, who, field);
}

static void test_check_process(void)
{
	struct store *s = test_store("process", &clk);
	struct id anna = test_volunteer(s, "Anna", "Holm");
	struct change_result r;
	must(check_order(s, &anna, 1, test_day("2025-11-20"), &r, &e), &e, "order");
	is_int(person_date(s, anna, F_VOLUNTEER_CHECK_CONSENT), test_day("2025-12-04"), "consent within fourteen days");
	is_int(assess(s, anna, "2025-12-01", "Mette", NULL, CHILD_ASSESSED), ERR_REFUSED, "not assessed by one alone");
	is_int(assess(s, anna, "2025-12-01", NULL, "Jens", CHILD_NOT_IN_ORDER), ERR_REFUSED, "nor by nobody");
	is_int(assess(s, anna, "2025-12-01", "Mette", "mette", CHILD_ASSESSED), ERR_REFUSED, "nor by one person twice");
	is_int(assess(s, anna, "2025-12-02", "Mette", "Jens", CHILD_ASSESSED), ERR_REFUSED, "nor tomorrow");
	is_int(check_move(s, anna, &(struct check_move){.state = CHILD_ASSESSED, .day = TODAY, .assessor = "Mette", .second =
		"Jens", .note = "cpr 010180-1234"}, &r, &e), ERR_DATA, "nor with a CPR number in the note");
	is_int(assess(s, anna, "2025-12-01", "Mette", "Jens", CHILD_ASSESSED), OK, "by two, it is");
	is_int(person_date(s, anna, F_VOLUNTEER_CHILD_CHECK_DATE), TODAY, "the day is written");
	is_int(person_date(s, anna, F_VOLUNTEER_CHECK_RENEW), test_day("2028-12-01"), "and the day to renew, by the limit");
	is_int(person_date(s, anna, F_VOLUNTEER_CHECK_CONSENT), DATE_NONE, "consent is waited for no more");
	must(check_move(s, anna, &(struct check_move){.state = CHILD_RENEW, .day = TODAY}, &r, &e), &e, "renew");
	must(check_order(s, &anna, 1, TODAY, &r, &e), &e, "order again");
	is_int(person_date(s, anna, F_VOLUNTEER_CHILD_CHECK_DATE), TODAY, "the old judgement stands until the new one");
	must(assess(s, anna, "2025-12-01", "Mette", "Jens", CHILD_NOT_IN_ORDER), &e, "not in order");
	is_int(person_date(s, anna, F_VOLUNTEER_CHECK_RENEW), DATE_NONE, "what isn't in order isn't renewed");
	must(check_move(s, anna, &(struct check_move){.state = CHILD_TO_ORDER, .day = TODAY}, &r, &e), &e, "to order");
	is_int(person_date(s, anna, F_VOLUNTEER_CHILD_CHECK_DATE), DATE_NONE, "and leaves no judgement behind");
	store_close(s);
}

/* Each state with and without an earlier judgement, before and after the day to renew: which of the two rules
 * speaks. */
static void test_check_rules(void)
{
	static const char *const first[] = {"stop", "stop", "stop", "stop", "", "stop", "stop", "stop"};
	static const char *const again[] = {"stop", "stop", "stop", "", "", "stop", "stop", ""};
	struct store *s = test_store("check-rules", &clk);
	struct id play = test_role(s, "Legeven"), guide = test_role(s, "Guide");
	test_set(s, TYPE_ROLE, play, F_ROLE_CHILD_CHECK, value_int(1));
	struct id anna = test_person(s, &(struct test_person){.given = "Anna", .roles = {play, guide},
		.confidentiality = test_day("2020-01-01")});
	for (int state = 0; state <= CHILD_RENEW; state++)
		for (int judged = 0; judged < 3; judged++) {   /* never; and to be renewed later; and by yesterday */
			struct value day = judged ? value_int(test_day("2022-01-01")) : value_none();
			const char *renew = judged == 2 ? "2025-12-02" : "2025-12-03";
			test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CHILD_CHECK, state ? value_int(state) : value_none());
			test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CHILD_CHECK_DATE, day);
			test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CHECK_RENEW,
				judged ? value_int(test_day(renew)) : value_none());
			const char *want = judged ? again[state] : first[state];
			want = judged == 2 && !*want ? "warn" : want;
			struct peek l = look_begin(s);
			const char *says = rules_of(&l, play, "2025-12-03", anna, false);
			const char *is = strstr(says, "child-check:") ? "stop" : strstr(says, "child-renew:") ? "warn" : "";
			is_str(is, want, "state %d, judged %d", state, judged);
			is_str(rules_of(&l, guide, "2025-12-03", anna, false), "", "a role that doesn't ask hears nothing of it");
			look_end(&l);
		}
	store_close(s);
}

static void test_order(void)
{
	enum { PEOPLE = 52 };
	struct store *s = test_store("order", &clk);
	struct id play = test_role(s, "Legeven"), guide = test_role(s, "Guide"), who[PEOPLE];
	struct change_result r;
	size_t n;
	bool more;
	int limits[LIMIT_COUNT];
	test_set(s, TYPE_ROLE, play, F_ROLE_CHILD_CHECK, value_int(1));
	struct arena *a = arena_new();
	for (int i = 0; i < PEOPLE; i++)
		who[i] = test_person(s, &(struct test_person){.given = arena_printf(a, "P%02d", i), .roles = {play}});
	test_person(s, &(struct test_person){.given = "A guide", .roles = {guide}});
	test_person(s, &(struct test_person){.given = "Ended", .roles = {play}, .status = VOLUNTEER_ENDED});
	struct id lost = test_person(s, &(struct test_person){.given = "Q", .roles = {guide}, .child_check = CHILD_ORDERED});
	struct id done = test_person(s, &(struct test_person){.given = "R", .roles = {guide}, .child_check = CHILD_ASSESSED});
	is_int(check_order(s, who, PEOPLE, TODAY, &r, &e), ERR_REFUSED, "more than an order takes are refused");
	struct peek l = look_begin(s);
	must(rules_limits(l.v, limits, &e), &e, "limits");
	const struct person **all = check_to_order(l.b, l.a, limits, TODAY, &n, &more);
	ok(n == 50 && more && strcmp(all[0]->name, "P00") == 0, "fifty by name, and there are more");
	is_str(check_next(l.b, l.a, all[0], limits, TODAY), "order one", "what is next is said");
	ok(check_is_followed(l.b, test_find(&l, lost)) && check_next(l.b, l.a, test_find(&l, lost), limits, TODAY),
		"one under way is followed though no role asks for it any longer");
	ok(!check_is_followed(l.b, test_find(&l, done)), "until it is assessed");
	look_end(&l);
	must(check_order(s, who, 50, TODAY, &r, &e), &e, "order");
	is_int((intmax_t)r.records, 50, "all in one change");
	is_int(check_order(s, &who[49], 2, TODAY, &r, &e), ERR_REFUSED, "who is ordered for isn't ordered for again");
	is_int(person_date(s, who[50], F_VOLUNTEER_CHILD_CHECK), DATE_NONE, "all or nothing");
	must(assess(s, who[0], "2025-12-01", "Mette", "Jens", CHILD_ASSESSED), &e, "assess");
	l = look_begin(s);
	check_to_order(l.b, l.a, limits, TODAY, &n, &more);
	ok(n == 2 && !more, "the rest are left");
	is_str(check_next(l.b, l.a, test_find(&l, who[1]), limits, TODAY), "the volunteer consents by 15/12 2025", "waiting");
	is_str(check_next(l.b, l.a, test_find(&l, who[1]), limits, test_day("2025-12-16")),
		"the time to consent ran out on 15/12 2025: ask the volunteer", "in vain");
	is_str(check_next(l.b, l.a, test_find(&l, who[0]), limits, TODAY), NULL, "nothing for long");
	is_str(check_next(l.b, l.a, test_find(&l, who[0]), limits, test_day("2028-10-02")), "order a new one by 1/12 2028",
		"then the next");
	all = check_to_order(l.b, l.a, limits, test_day("2028-10-02"), &n, &more);
	ok(n == 3 && id_equal(all[0]->id, who[0]), "and it is on the list again");
	look_end(&l);
	arena_free(a);
	store_close(s);
}

/* ---- two made one ------------------------------------------------------------------------------------------------ */

static void test_merge(void)
{
	struct store *s = test_store("merge", &clk);
	struct id keep = test_volunteer(s, "Anna", "Holm"), drop = test_volunteer(s, "Anna", "Holm"), kind[3];
	struct change_result r;
	for (int i = 0; i < 3; i++)
		kind[i] = make_kind(s, &(struct test_kind){.name = "K"});
	must_give(s, kind[0], drop, "2025-01-01");
	must_give(s, kind[1], keep, "2025-03-01");
	must_give(s, kind[1], drop, "2025-02-01");
	must_give(s, kind[2], keep, "2025-02-01");
	must_give(s, kind[2], drop, "2025-03-01");
	must(act_merge_people(s, keep, drop, &r, &e), &e, "merge");
	static const char *const got[] = {"2025-01-01", "2025-03-01", "2025-03-01"};
	for (int i = 0; i < 3; i++) {
		is_int(field_of(s, TYPE_QUALIFICATION, id_qualification(kind[i], keep), F_QUALIFICATION_GOT), test_day(got[i]),
			"of two people made one, the later counts: %d", i);
		is_int(field_of(s, TYPE_QUALIFICATION, id_qualification(kind[i], drop), F_QUALIFICATION_GOT), -1,
			"and nothing is left of the other");
	}
	store_close(s);
}

int main(void)
{
	test_give();
	test_states();
	test_introduction();
	test_expiring();
	test_today();
	test_moves();
	test_check_process();
	test_check_rules();
	test_order();
	test_merge();
	return done_testing();
}
