/* tests/t_rules.c - each rule broken and kept at its edges, over cases made by hand (roster/rules.h). */
#include "roster/rules.h"

#include <string.h>

#include "roster/rules_priv.h"
#include "tests/rostertest.h"

static struct test_clock clk;

/* What all cases share: a book with one place and three roles. */
static struct {
	struct peek l;
	struct id hall, guide, vigil, play, org;
} house;

static void make_house(struct store *s)
{
	house.hall = test_unit(s, "Forhal, Viborg");
	house.guide = test_role(s, "Hospitalsguide");
	house.vigil = test_role(s, "Vågevagt");
	house.play = test_role(s, "Legeven");
	test_set(s, TYPE_ROLE, house.vigil, F_ROLE_MIN_AGE, value_int(25));
	test_set(s, TYPE_ROLE, house.play, F_ROLE_CHILD_CHECK, value_int(1));
	house.l = look_begin(s);
}

/* A case that breaks nothing: a grown-up guide, signed long ago, on a guide's shift on Wednesday 3/12 2025 at 8-11. */
struct made {
	struct person p;
	struct shift s;
	struct duty_row duties[8];
	struct rule_case c;
	int limits[LIMIT_COUNT];
};

static void make_case(struct made *m)
{
	static const struct id me = {{1}}, shift = {{2}};
	*m = (struct made){
		.p = {.id = me,
		      .given = "Anna",
		      .family = "Holm",
		      .name = "Anna Holm",
		      .phone = "",
		      .email = "",
		      .city = "",
		      .wishes = "",
		      .born = test_day("1970-05-01"),
		      .started = test_day("2020-01-01"),
		      .confidentiality = test_day("2020-01-01"),
		      .pause_until = DATE_NONE,
		      .check_assessed = DATE_NONE,
		      .check_renew = DATE_NONE,
		      .status = VOLUNTEER_ACTIVE,
		      .roles = &house.guide,
		      .nroles = 1},
		.s = {.row = {.shift = shift,
			      .unit = house.hall,
			      .role = house.guide,
			      .start = test_at("2025-12-03", 8, 0),
			      .end = test_at("2025-12-03", 11, 0),
			      .state = SHIFT_PUBLISHED,
			      .need = 2,
			      .wished = 2},
		      .unit = "Forhal, Viborg",
		      .role = "Hospitalsguide",
		      .note = ""},
	};
	for (int i = 0; i < LIMIT_COUNT; i++)
		m->limits[i] = limits_builtin((enum limit_no)i)->value;
	m->c = (struct rule_case){.book = house.l.b,
				  .person = &m->p,
				  .shift = &m->s,
				  .duties = m->duties,
				  .today = test_day("2025-12-01"),
				  .limits = m->limits};
}

static void set_role(struct made *m, struct id *role, const char *name)
{
	m->s.row.role = *role;
	m->s.role = name;
	m->p.roles = role;
}

static void set_shift(struct made *m, civil_min start, civil_min end)
{
	m->s.row.start = start;
	m->s.row.end = end;
}

static void add_duty(struct made *m, civil_min start, civil_min end)
{
	size_t i = m->c.nduties++;
	m->duties[i] = (struct duty_row){.assignment = {{3, (uint8_t)i}},
					 .shift = {{4, (uint8_t)i}},
					 .unit = house.hall,
					 .role = house.guide,
					 .start = start,
					 .end = end,
					 .state = ASSIGNMENT_ACCEPTED,
					 .shift_state = SHIFT_PUBLISHED,
					 .minutes = -1};
}

/* The sentence of one rule; NULL when it isn't broken. */
static const char *says(struct made *m, const char *rule)
{
	size_t n;
	struct verdict *v = rules_judge(&m->c, house.l.a, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].rule->id, rule) == 0)
			return v[i].sentence;
	return NULL;
}

static void is_kept(struct made *m, const char *rule, const char *what)
{
	is_str(says(m, rule), NULL, "%s: %s", rule, what);
}

static void is_broken(struct made *m, const char *rule, const char *sentence, const char *what)
{
	is_str(says(m, rule), sentence, "%s: %s", rule, what);
}

/* ---- the table -------------------------------------------------------------------------------------------------- */

static void test_table(void)
{
	size_t n;
	const struct rule *t = rules_table(&n);
	for (size_t i = 0; i < n; i++) {
		ok(rules_named(t[i].id) == &t[i], "%s is found by its id", t[i].id);
		ok(i == 0 || t[i].level <= t[i - 1].level, "%s stands no worse than the one before", t[i].id);
		size_t question = strlen(t[i].question);
		ok(question && t[i].question[question - 1] == '?', "%s asks a question", t[i].id);
		ok(strlen(t[i].explains) > 80, "%s explains itself", t[i].id);
		ok(*t[i].source && test_day(t[i].checked) != DATE_NONE, "%s has a source and the day it was checked",
		   t[i].id);
	}
	ok(!rules_named("no-such-rule"), "no other rules");
	struct made m;
	make_case(&m);
	struct verdict *v = rules_judge(&m.c, house.l.a, &n);
	ok(n == 0 && !v, "nothing speaks against an ordinary case");
}

/* ---- the person ------------------------------------------------------------------------------------------------- */

static void test_status(void)
{
	struct made m;
	make_case(&m);
	m.p.status = VOLUNTEER_ENDED;
	is_broken(&m, "ended", "Has ended as a volunteer", "on a coming shift");
	m.c.today = test_day("2025-12-03");
	is_broken(&m, "ended", "Has ended as a volunteer", "on today's");
	m.c.today = test_day("2025-12-04");
	is_kept(&m, "ended", "a shift that is over was held then");
	m.c.today = test_day("2025-12-01");
	m.p.status = VOLUNTEER_APPLICANT;
	is_broken(&m, "applicant", "Is an applicant and hasn't begun yet", "an applicant");
	is_kept(&m, "ended", "an applicant hasn't ended");
	m.p.status = VOLUNTEER_PAUSE;
	is_broken(&m, "pause", "Is on pause, and it isn't known until when", "without a date");
	m.p.pause_until = test_day("2025-12-04");
	is_broken(&m, "pause", "Is on pause until 4/12 2025", "the day before");
	m.p.pause_until = test_day("2025-12-03");
	is_broken(&m, "pause", "The pause was to last until 3/12 2025: ring and ask first", "on the day");
	m.p.status = VOLUNTEER_ACTIVE;
	is_kept(&m, "pause", "back again");
}

static void test_confidentiality(void)
{
	struct made m;
	make_case(&m);
	m.p.confidentiality = test_day("2025-12-03");
	is_kept(&m, "confidentiality", "signed on the day");
	m.p.confidentiality = test_day("2025-12-04");
	is_broken(&m, "confidentiality", "The confidentiality declaration was signed on 4/12 2025, after the shift",
		  "signed the day after");
	m.p.confidentiality = DATE_NONE;
	is_broken(&m, "confidentiality", "The confidentiality declaration isn't signed", "not signed");
	ok(rules_named("confidentiality")->level == RULE_STOP, "confidentiality stops");
}

static void test_age(void)
{
	struct made m;
	make_case(&m);
	set_role(&m, &house.vigil, "Vågevagt");
	m.p.born = test_day("2000-12-03");
	is_kept(&m, "age", "25 on the day");
	m.p.born = test_day("2000-12-04");
	is_broken(&m, "age", "Is 24 years old on Wed 3/12; Vågevagt asks for 25", "25 tomorrow");
	m.p.born = DATE_NONE;
	is_kept(&m, "age", "not known");
	is_broken(&m, "age-unknown", "The age isn't known; Vågevagt asks for 25 years", "not known");
	set_role(&m, &house.guide, "Hospitalsguide");
	is_kept(&m, "age-unknown", "a role without a limit");
	m.p.born = test_day("2010-12-03");
	is_kept(&m, "age", "15, by the house's own limit");
	m.p.born = test_day("2010-12-04");
	is_broken(&m, "age", "Is 14 years old on Wed 3/12; Hospitalsguide asks for 15", "15 tomorrow");
	m.limits[LIMIT_MIN_AGE] = 13;
	is_kept(&m, "age", "by another limit");
	m.p.born = test_day("2004-02-29");
	m.limits[LIMIT_MIN_AGE] = 21;
	set_shift(&m, test_at("2025-02-28", 8, 0), test_at("2025-02-28", 11, 0));
	is_broken(&m, "age", "Is 20 years old on Fri 28/2; Hospitalsguide asks for 21",
		  "born on a leap day, the day before");
	set_shift(&m, test_at("2025-03-01", 8, 0), test_at("2025-03-01", 11, 0));
	is_kept(&m, "age", "born on a leap day, 1 March");
}

static void test_child_check(void)
{
	static const struct {
		int state;
		const char *sentence;
	} states[] = {
		{0, "The child-protection check is missing"},
		{CHILD_NOT_NEEDED, "The child-protection check is missing"},
		{CHILD_TO_ORDER, "The child-protection check: to be ordered"},
		{CHILD_ORDERED, "The child-protection check: ordered"},
		{CHILD_ASSESSED, NULL},
	};
	struct made m;
	make_case(&m);
	is_kept(&m, "child-check", "a role that doesn't ask");
	set_role(&m, &house.play, "Legeven");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		m.p.child_check = (uint8_t)states[i].state;
		is_broken(&m, "child-check", states[i].sentence, "each state");
	}
}

static void test_role_held(void)
{
	struct made m;
	make_case(&m);
	is_kept(&m, "role", "one that is had");
	m.s.row.role = house.vigil;
	m.s.role = "Vågevagt";
	is_broken(&m, "role", "Doesn't have the role Vågevagt", "one that isn't");
	m.p.nroles = 0;
	is_broken(&m, "role", "Doesn't have the role Vågevagt", "none at all");
}

static void test_newcomer(void)
{
	struct made m;
	struct person other = {.id = {{9}}, .started = test_day("2025-09-04")};
	struct seat seat = {.volunteer = other.id, .person = &other, .places = 1, .state = ASSIGNMENT_ACCEPTED};
	make_case(&m);
	m.p.started = test_day("2025-09-04");
	is_kept(&m, "newcomer", "here for 90 days");
	m.p.started = test_day("2025-09-05");
	is_broken(&m, "newcomer", "New since 5/9 2025, and nobody with more experience is on the shift",
		  "89 days, alone");
	m.s.seats = &seat;
	m.s.nseats = 1;
	is_kept(&m, "newcomer", "beside somebody experienced");
	seat.state = ASSIGNMENT_OFFERED;
	ok(says(&m, "newcomer"), "newcomer: an offer is nobody beside");
	seat.state = ASSIGNMENT_ACCEPTED;
	other.started = test_day("2025-09-05");
	ok(says(&m, "newcomer"), "newcomer: beside another new one");
	other.started = DATE_NONE;
	is_kept(&m, "newcomer", "beside somebody who has been here longer than the records");
	other.status = VOLUNTEER_APPLICANT;
	ok(says(&m, "newcomer"), "newcomer: beside an applicant, who hasn't begun at all");
	m.p.started = DATE_NONE;
	is_kept(&m, "newcomer", "a start that isn't recorded");
}

/* ---- other shifts ----------------------------------------------------------------------------------------------- */

static void test_overlap(void)
{
	struct made m;
	make_case(&m);
	add_duty(&m, test_at("2025-12-03", 11, 0), test_at("2025-12-03", 14, 0));
	is_kept(&m, "overlap", "one begins when the other ends");
	m.duties[0].start--;
	is_broken(&m, "overlap", "Is on another shift at the same time: Forhal, Viborg Wed 3/12 10:59–14:00",
		  "by a minute");
	m.duties[0].state = ASSIGNMENT_RECONFIRM;
	ok(says(&m, "overlap"), "overlap: one that must be confirmed again counts");
	m.duties[0].state = ASSIGNMENT_OFFERED;
	is_kept(&m, "overlap", "an offer doesn't count");
	m.duties[0].state = ASSIGNMENT_WITHDRAWN;
	is_kept(&m, "overlap", "nor a cancellation");
	m.duties[0].state = ASSIGNMENT_ACCEPTED;
	m.duties[0].shift_state = SHIFT_CANCELLED;
	is_kept(&m, "overlap", "nor a shift that is called off");
	m.duties[0].shift_state = SHIFT_DRAFT;
	ok(says(&m, "overlap"), "overlap: a draft counts");
}

struct rest_case {
	const char *what;
	const char *day;
	int from, to; /* the shift, minutes of the day */
	const char *other_day;
	int other_from, other_to;
	const char *sentence;
};
#define H(h) ((h)*60)

static const struct rest_case rests[] = {
	{"11 hours after an evening", "2025-12-03", H(8), H(11), "2025-12-02", H(18), H(21), NULL},
	{"a minute less", "2025-12-03", H(8), H(11), "2025-12-02", H(18), H(21) + 1,
	 "Only 10 h 59 min of rest after the shift Tue 2/12 18:00–21:01 (11 h needed)"},
	{"after an evening until midnight", "2025-12-03", H(8), H(11), "2025-12-02", H(20), H(24),
	 "Only 8 h of rest after the shift Tue 2/12 20:00–24:00 (11 h needed)"},
	{"before a morning", "2025-12-03", H(20), H(24), "2025-12-04", H(8), H(11),
	 "Only 8 h of rest before the shift Thu 4/12 08:00–11:00 (11 h needed)"},
	{"11 hours before a morning", "2025-12-03", H(17), H(21), "2025-12-04", H(8), H(11), NULL},
	{"two shifts on end", "2025-12-03", H(11), H(14), "2025-12-03", H(8), H(11), NULL},
	{"a pause of less than four hours", "2025-12-03", H(8), H(11), "2025-12-03", H(15) - 1, H(18), NULL},
	{"a pause of four hours is neither rest nor pause", "2025-12-03", H(8), H(11), "2025-12-03", H(15), H(18),
	 "Only 4 h of rest before the shift Wed 3/12 15:00–18:00 (11 h needed)"},
	{"evening and night on end", "2025-12-04", 0, H(4), "2025-12-03", H(20), H(24), NULL},
	{"13 hours from first to last", "2025-12-03", H(8), H(14), "2025-12-03", H(16), H(21), NULL},
	{"a minute more", "2025-12-03", H(8), H(14), "2025-12-03", H(16), H(21) + 1,
	 "13 h 1 min on end, Wed 3/12 08:00–21:01: that leaves less than 11 h of rest in the day"},
	{"one long shift alone", "2025-12-03", H(6), H(22), "2025-12-10", H(6), H(22), NULL},
	/* clocks go forward on 30 March 2025 at 02:00: from 21 to 08 are only 10 hours */
	{"spring night, 11 hours on the clock", "2025-03-30", H(8), H(11), "2025-03-29", H(18), H(21),
	 "Only 10 h of rest after the shift Sat 29/3 18:00–21:00 (11 h needed)"},
	{"spring night, 12 hours on the clock", "2025-03-30", H(9), H(11), "2025-03-29", H(18), H(21), NULL},
	/* and back on 26 October at 03:00: from 22 to 08 are 11 */
	{"autumn night, 10 hours on the clock", "2025-10-26", H(8), H(11), "2025-10-25", H(18), H(22), NULL},
	{"autumn night, a minute less", "2025-10-26", H(8), H(11), "2025-10-25", H(18), H(22) + 1,
	 "Only 10 h 59 min of rest after the shift Sat 25/10 18:00–22:01 (11 h needed)"},
	{"over the new year", "2026-01-01", H(8), H(11), "2025-12-31", H(20), H(24),
	 "Only 8 h of rest after the shift Wed 31/12 20:00–24:00 (11 h needed)"},
};

static void test_rest(void)
{
	for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
		const struct rest_case *r = &rests[i];
		struct made m;
		make_case(&m);
		set_shift(&m, test_at(r->day, 0, r->from), test_at(r->day, 0, r->to));
		add_duty(&m, test_at(r->other_day, 0, r->other_from), test_at(r->other_day, 0, r->other_to));
		is_broken(&m, "rest", r->sentence, r->what);
	}
}

static void test_rest_of_many(void)
{
	struct made m;
	make_case(&m);
	set_shift(&m, test_at("2025-12-03", 17, 0), test_at("2025-12-03", 20, 0));
	add_duty(&m, test_at("2025-12-03", 9, 0), test_at("2025-12-03", 12, 0));
	ok(says(&m, "rest"), "rest: five hours between");
	add_duty(&m, test_at("2025-12-03", 14, 0), test_at("2025-12-03", 17, 0));
	is_kept(&m, "rest", "with a shift between it is one stretch of 11 hours");
	m.duties[0].start = test_at("2025-12-03", 6, 0);
	is_broken(&m, "rest", "14 h on end, Wed 3/12 06:00–20:00: that leaves less than 11 h of rest in the day",
		  "the whole stretch counts");
	m.limits[LIMIT_REST_HOURS] = 10;
	is_kept(&m, "rest", "by another limit");
	m.limits[LIMIT_REST_HOURS] = 11;
	m.duties[0].state = ASSIGNMENT_DECLINED;
	is_kept(&m, "rest", "what was declined doesn't count");
}

static void test_frequency(void)
{
	struct made m;
	struct seat seat = {.person = &m.p, .places = 1, .state = ASSIGNMENT_ACCEPTED};
	make_case(&m);
	m.p.max_per_month = 2;
	add_duty(&m, test_at("2025-12-01", 8, 0), test_at("2025-12-01", 11, 0));
	add_duty(&m, test_at("2025-11-30", 8, 0), test_at("2025-11-30", 11, 0));
	add_duty(&m, test_at("2026-01-01", 8, 0), test_at("2026-01-01", 11, 0));
	is_kept(&m, "frequency", "the second in the month");
	add_duty(&m, test_at("2025-12-31", 20, 0), test_at("2026-01-01", 0, 0));
	is_broken(&m, "frequency", "Shift no. 3 in December; wishes at most 2 a month", "the third, with a later one");
	m.s.seats = &seat;
	m.s.nseats = 1;
	is_kept(&m, "frequency", "somebody on it already: the later one is the third");
	m.p.max_per_month = 1;
	is_broken(&m, "frequency", "Shift no. 2 in December; wishes at most 1 a month", "the earlier one counts");
	m.p.max_per_month = 0;
	is_kept(&m, "frequency", "no wish");
}

static void test_rhythm(void)
{
	struct made m;
	make_case(&m); /* Wednesday of week 49 */
	m.p.frequency = FREQUENCY_FORTNIGHTLY;
	add_duty(&m, test_at("2025-12-15", 8, 0), test_at("2025-12-15", 11, 0));
	is_kept(&m, "rhythm", "every second week, two weeks later on the Monday");
	m.duties[0].start -= DAY_MINUTES;
	m.duties[0].end -= DAY_MINUTES;
	is_broken(&m, "rhythm", "Wishes to come every second week, and is on a shift Sun 14/12 08:00–11:00",
		  "the Sunday before, in the next week");
	m.p.frequency = FREQUENCY_WEEKLY;
	is_kept(&m, "rhythm", "every week");
	m.duties[0].start = test_at("2025-12-03", 12, 0);
	m.p.frequency = FREQUENCY_FOUR_WEEKLY;
	is_kept(&m, "rhythm", "twice on one day is once");
	m.duties[0].start = test_at("2025-12-30", 8, 0);
	is_kept(&m, "rhythm", "four weeks later");
	m.duties[0].start = test_at("2025-11-10", 8, 0);
	ok(says(&m, "rhythm"), "rhythm: three weeks before");
	m.p.frequency = FREQUENCY_NOW_AND_THEN;
	is_kept(&m, "rhythm", "now and then");
	m.p.frequency = 0;
	is_kept(&m, "rhythm", "no wish");
}

/* ---- the shift -------------------------------------------------------------------------------------------------- */

static void test_fullness(void)
{
	struct made m;
	struct seat seat = {.person = &m.p, .places = 1, .state = ASSIGNMENT_ACCEPTED};
	make_case(&m);
	m.s.row.filled = 1;
	is_kept(&m, "overfull", "the last place");
	m.s.row.filled = 2;
	is_broken(&m, "overfull", "3 on the shift, and 2 places are wished", "one more than wished");
	m.s.seats = &seat;
	m.s.nseats = 1;
	is_kept(&m, "overfull", "somebody on it already takes no more");
	seat.state = ASSIGNMENT_RECONFIRM;
	is_broken(&m, "overfull", "3 on the shift, and 2 places are wished", "a yes that is still to come again");
	seat.state = ASSIGNMENT_ACCEPTED;
	m.c.person = NULL;
	is_kept(&m, "overfull", "full");
	m.s.row.filled = 3;
	is_broken(&m, "overfull", "3 on the shift, and 2 places are wished", "overfull");
	is_kept(&m, "called-off", "a shift that is held");
	m.s.row.state = SHIFT_CANCELLED;
	is_kept(&m, "overfull", "a shift that is called off");
	is_broken(&m, "called-off", "The shift is called off, and 1 place is still held", "with somebody on it");
	m.s.nseats = 0;
	is_kept(&m, "called-off", "with nobody on it");
	m.c.person = &m.p;
	is_broken(&m, "called-off", "The shift is called off", "for somebody");
}

/* ---- wishes ----------------------------------------------------------------------------------------------------- */

/* Wednesday 3/12 2025 is in week 49, Saturday 6/12 too. */
static const struct {
	const char *text, *day;
	int from, to;
	enum wish wish;
} wishes[] = {
	{"ikke aften", "2025-12-03", H(17), H(20), WISH_COLLIDES},
	{"ikke aften", "2025-12-03", H(14), H(17), WISH_MET},
	{"ikke aften", "2025-12-03", H(14), H(17) + 1, WISH_COLLIDES},
	{"Ikke Aftener.", "2025-12-03", H(20), H(24), WISH_COLLIDES},
	{"kun formiddag", "2025-12-03", H(8), H(11), WISH_MET},
	{"kun formiddag", "2025-12-03", H(9), H(12), WISH_MET},
	{"kun formiddag", "2025-12-03", H(11), H(14), WISH_COLLIDES},
	{"kun formiddag og eftermiddag", "2025-12-03", H(11), H(14), WISH_MET},
	{"ikke onsdage", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"ikke onsdage", "2025-12-04", H(8), H(11), WISH_MET},
	{"ikke onsdag aften", "2025-12-03", H(8), H(11), WISH_MET},
	{"ikke onsdag aften", "2025-12-03", H(17), H(20), WISH_COLLIDES},
	{"ikke onsdag eller aften", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"ikke mandag, onsdag", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"kun mandag og onsdag", "2025-12-03", H(8), H(11), WISH_MET},
	{"kun mandag, tirsdag", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"helst weekend", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"helst weekend", "2025-12-06", H(8), H(11), WISH_MET},
	{"helst ikke lørdag", "2025-12-06", H(8), H(11), WISH_COLLIDES},
	{"kun hverdage", "2025-12-06", H(8), H(11), WISH_COLLIDES},
	{"ferie uge 49", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"ferie uge 7", "2025-12-03", H(8), H(11), WISH_MET},
	{"ferie uge 48-50", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"ferie uge 48–50", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"ferie i uge 7, 8 og 49", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"kun ulige uger", "2025-12-03", H(8), H(11), WISH_MET},
	{"kun lige uger", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"ikke nat", "2025-12-03", 0, H(4), WISH_COLLIDES},
	{"ikke nat", "2025-12-03", H(20), H(26), WISH_COLLIDES},
	{"kun aften og nat", "2025-12-03", H(20), H(28), WISH_MET},
	{"kun aften", "2025-12-03", H(20), H(28), WISH_COLLIDES},
	{"ikke aften, ferie uge 7", "2025-12-03", H(8), H(11), WISH_MET},
	{"kun formiddag; ikke onsdag", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"not evenings, only weekdays", "2025-12-03", H(8), H(11), WISH_MET},
	{"away week 49", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"kun onsdag og torsdag formiddag", "2025-12-03", H(8), H(11), WISH_MET},
	{"kun onsdag og torsdag formiddag", "2025-12-03", H(17), H(20), WISH_COLLIDES},
	{"kun aften eller weekend", "2025-12-03", H(17), H(20), WISH_UNREAD},
	{"kun aften eller weekend", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"kun mandag formiddag og onsdag aften", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"kun onsdag formiddag, ikke uge 7", "2025-12-03", H(8), H(11), WISH_MET},
	{"kun onsdag formiddag.", "2025-12-03", H(17), H(20), WISH_COLLIDES},
	{"kun formiddag, onsdag", "2025-12-03", H(17), H(20), WISH_UNREAD},
	{"kun aften eller weekend, ikke onsdag", "2025-12-03", H(8), H(11), WISH_COLLIDES},
	{"kun uge 48, 49 og 50", "2025-12-03", H(8), H(11), WISH_MET},
	{"ikke aften, ring først", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"ikke aften, ring først", "2025-12-03", H(17), H(20), WISH_COLLIDES},
	{"onsdage", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"ferie", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"ikke", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"ferie uge 54", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"ferie 1/12-7/12", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"ikke mandag-onsdag", "2025-12-02", H(8), H(11), WISH_UNREAD},
	{"efter kl. 16", "2025-12-03", H(8), H(11), WISH_UNREAD},
	{"...", "2025-12-03", H(8), H(11), WISH_UNREAD},
};

static void test_wishes(void)
{
	for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
		is_int(wish_judge(wishes[i].text, test_at(wishes[i].day, 0, wishes[i].from),
				  test_at(wishes[i].day, 0, wishes[i].to)),
		       wishes[i].wish, "“%s” on %s from %d to %d", wishes[i].text, wishes[i].day, wishes[i].from / 60,
		       wishes[i].to / 60);
	struct made m;
	make_case(&m);
	is_kept(&m, "wishes", "nothing written");
	m.p.wishes = "ikke onsdage";
	is_broken(&m, "wishes", "Goes against the wish \"ikke onsdage\"", "a collision");
	m.p.wishes = "ring først";
	is_broken(&m, "wishes", "Has written \"ring først\"", "not understood");
	m.p.wishes = "ikke aften";
	is_kept(&m, "wishes", "met");
}

int main(void)
{
	struct store *s = test_store("house", &clk);
	make_house(s);
	test_table();
	test_status();
	test_confidentiality();
	test_age();
	test_child_check();
	test_role_held();
	test_newcomer();
	test_overlap();
	test_rest();
	test_rest_of_many();
	test_frequency();
	test_rhythm();
	test_fullness();
	test_wishes();
	look_end(&house.l);
	store_close(s);
	return done_testing();
}
