/* tests/t_truth.c - one case for each row of the tables that say no, that warn and that judge (roster/rules.h,
 * gates.h): what breaks a rule, and that nothing else of its level speaks with it. A row that is added without a case
 * fails here; the edges of each rule are t_rules.c's, all combinations of gates and answers t_gates.c's. */
#include <assert.h>
#include <string.h>

#include "roster/gates.h"
#include "tests/rostertest.h"

static struct test_clock clk;

/* The store's records: a place with two roles, of which one asks for much. */
static struct {
	struct peek l;
	struct id hall, guide, strict;
} house;

/* A case that breaks nothing: somebody grown up, who signed long ago, on a guide's shift on Wednesday 3/12 2025 at
 * 8-11. The book is a copy, whose frames a row may exchange. */
struct made {
	struct book book;
	struct person p;
	struct shift s;
	struct seat seat;
	struct duty_row duty;
	struct course course;
	struct demand demand;
	struct pact pact;
	struct covered covered;
	struct standstill pause;
	struct avail avail;
	struct rule_case c;
	int limits[LIMIT_COUNT];
};

static void make_case(struct made *m)
{
	static const struct id me = {{1}}, shift = {{2}};
	*m = (struct made){
		.book = *house.l.b,
		.p = {.id = me, .given = "Anna", .family = "Holm", .name = "Anna Holm", .phone = "", .email = "", .city = "",
		      .wishes = "", .born = test_day("1970-05-01"), .started = test_day("2020-01-01"),
		      .confidentiality = test_day("2020-01-01"), .pause_until = DATE_NONE, .check_assessed = DATE_NONE,
		      .check_renew = DATE_NONE, .status = VOLUNTEER_ACTIVE, .roles = &house.guide, .nroles = 1},
		.s = {.row = {.shift = shift, .unit = house.hall, .role = house.guide, .start = test_at("2025-12-03", 8, 0),
			      .end = test_at("2025-12-03", 11, 0), .state = SHIFT_PUBLISHED, .need = 2, .wished = 2},
		      .unit = "Forhal", .role = "Guide", .note = ""},
		.duty = {.assignment = {{3}}, .shift = {{4}}, .unit = house.hall, .role = house.guide,
			 .state = ASSIGNMENT_ACCEPTED, .shift_state = SHIFT_PUBLISHED, .minutes = -1},
		.course = {.id = {{5}}, .name = "Hygiejne", .confirms = ""},
		.pact = {.id = {{6}}, .with = {{7}}, .state = AGREEMENT_MADE, .from = test_day("2020-01-01"), .to = DATE_NONE,
			 .evaluate = DATE_NONE},
	};
	memset(&m->book.frames, 0, sizeof m->book.frames);
	for (int i = 0; i < LIMIT_COUNT; i++)
		m->limits[i] = limits_builtin((enum limit_no)i)->value;
	m->c = (struct rule_case){.book = &m->book, .person = &m->p, .shift = &m->s, .duties = &m->duty,
		.today = test_day("2025-12-01"), .limits = m->limits};
}

/* ---- what breaks each ------------------------------------------------------------------------------------------- */

static void in_strict_role(struct made *m)
{
	m->s.row.role = house.strict;
	m->p.roles = &house.strict;
}

static void also_on(struct made *m, const char *day, int from, int to)
{
	m->c.nduties = 1;
	m->duty.start = test_at(day, from, 0);
	m->duty.end = test_at(day, to, 0);
}

static void with_pact(struct made *m, int sort, int state)
{
	struct frames *f = &m->book.frames;
	m->pact.sort = (uint8_t)sort;
	m->pact.state = (uint8_t)state;
	f->pacts = &m->pact;
	f->npacts = 1;
	f->ncooperations = sort == AGREEMENT_COOPERATION;
}

static void ended(struct made *m) { m->p.status = VOLUNTEER_ENDED; }
static void unsigned_yet(struct made *m) { m->p.confidentiality = DATE_NONE; }
static void applicant(struct made *m) { m->p.status = VOLUNTEER_APPLICANT; }
static void paused_person(struct made *m) { m->p.status = VOLUNTEER_PAUSE; }
static void without_role(struct made *m) { m->p.nroles = 0; }
static void often(struct made *m) { m->p.max_per_month = 1; also_on(m, "2025-12-10", 8, 11); }
static void full(struct made *m) { m->s.row.filled = 2; }
static void called_off(struct made *m) { m->s.row.state = SHIFT_CANCELLED; }
static void overlapping(struct made *m) { also_on(m, "2025-12-03", 10, 12); }
static void short_night(struct made *m) { also_on(m, "2025-12-02", 20, 24); }
static void wishes(struct made *m) { m->p.wishes = "Kan ikke onsdage"; }
static void out_of_rhythm(struct made *m) { m->p.frequency = FREQUENCY_FORTNIGHTLY; also_on(m, "2025-12-08", 8, 11); }
static void newcomer(struct made *m) { m->p.started = test_day("2025-11-20"); }

static void soon_after_hard(struct made *m)
{
	static struct task tasks[8];
	assert(m->book.ntasks <= sizeof tasks / sizeof *tasks);
	memcpy(tasks, m->book.tasks, m->book.ntasks * sizeof *tasks);
	m->book.tasks = tasks;
	for (size_t i = 0; i < m->book.ntasks; i++)
		tasks[i].hard = id_equal(tasks[i].id, house.guide);
	also_on(m, "2025-12-01", 8, 11);
}

static void too_young(struct made *m)
{
	in_strict_role(m);
	m->p.child_check = CHILD_ASSESSED;
	m->p.born = test_day("2005-01-01");
}

static void age_unknown(struct made *m)
{
	in_strict_role(m);
	m->p.child_check = CHILD_ASSESSED;
	m->p.born = DATE_NONE;
}

static void unchecked(struct made *m)
{
	in_strict_role(m);
	m->p.child_check = CHILD_TO_ORDER;
}

static void check_is_old(struct made *m)
{
	in_strict_role(m);
	m->p.child_check = CHILD_ASSESSED;
	m->p.check_renew = test_day("2025-12-01");
}

static void lacks_course(struct made *m)
{
	struct frames *f = &m->book.frames;
	m->demand = (struct demand){house.guide, m->course.id};
	f->courses = &m->course;
	f->demands = &m->demand;
	f->ncourses = f->ndemands = 1;
}

static void role_closed(struct made *m) { with_pact(m, AGREEMENT_COOPERATION, AGREEMENT_DISCUSSED); }

static void stands_still(struct made *m)
{
	m->pause = (struct standstill){.id = {{8}}, .why = "Roskildesyge", .from = test_day("2025-12-01"), .until = DATE_NONE};
	m->book.frames.pauses = &m->pause;
	m->book.frames.npauses = 1;
}

static void agreement_over(struct made *m)
{
	with_pact(m, AGREEMENT_VOLUNTEER, AGREEMENT_MADE);
	m->pact.with = m->p.id;
	m->pact.to = test_day("2025-11-30");
}

static void about_another_role(struct made *m)
{
	with_pact(m, AGREEMENT_COOPERATION, AGREEMENT_MADE);
	m->covered = (struct covered){m->pact.id, house.strict};
	m->pact.roles = 1;
	m->book.frames.covered = &m->covered;
	m->book.frames.ncovered = 1;
}

static void others_agree(struct made *m) { with_pact(m, AGREEMENT_VOLUNTEER, AGREEMENT_MADE); }

static void says(struct made *m, int kind)
{
	m->avail = (struct avail){.volunteer = m->p.id, .kind = (uint8_t)kind, .from = test_day("2025-12-01"), .until = test_day("2025-12-31"),
		.start = -1, .end = -1};
	m->book.frames.avail = &m->avail;
	m->book.frames.navail = 1;
}

static void away(struct made *m) { says(m, AVAILABILITY_AWAY); }
static void cannot(struct made *m) { says(m, AVAILABILITY_CANNOT); }
static void if_needed(struct made *m) { says(m, AVAILABILITY_IF_NEEDED); }

/* Said yes to the hour before. */
static void moved(struct made *m)
{
	m->c.yes_from = m->s.row.start - 60;
	m->c.yes_to = m->s.row.end - 60;
}

static const struct {
	const char *rule;
	void (*breaks)(struct made *m);
	const char *beside;            /* of the same level, that can't but speak too */
} cases[] = {
	{"ended", ended, NULL}, {"confidentiality", unsigned_yet, NULL}, {"age", too_young, NULL}, {"child-check", unchecked, NULL},
	{"qualification", lacks_course, NULL}, {"role-open", role_closed, NULL}, {"paused", stands_still, NULL}, {"overlap", overlapping, NULL},
	{"rest", short_night, NULL}, {"pause", paused_person, NULL}, {"away", away, NULL}, {"applicant", applicant, NULL}, {"role", without_role, NULL},
	{"agreement", agreement_over, NULL}, {"child-renew", check_is_old, NULL}, {"frequency", often, NULL}, {"overfull", full, NULL},
	{"called-off", called_off, NULL}, {"moved", moved, NULL}, {"wishes", wishes, NULL}, {"availability", cannot, NULL}, {"if-needed", if_needed, NULL}, {"rhythm", out_of_rhythm, NULL}, {"age-unknown", age_unknown, NULL},
	{"newcomer", newcomer, NULL}, {"role-frames", about_another_role, " agreement-none"}, {"agreement-none", others_agree, NULL},
	{"after-hard", soon_after_hard, NULL},
};
enum { CASES = sizeof cases / sizeof *cases };

/* ---- the rules --------------------------------------------------------------------------------------- */

/* The ids of what speaks at a level, with blanks. */
static const char *speaking(const struct made *m, enum rule_level level)
{
	size_t n;
	const char *all = "";
	struct verdict *v = rules_judge(&m->c, house.l.a, &n);
	for (size_t i = 0; i < n; i++)
		if (v[i].rule->level == level)
			all = arena_printf(house.l.a, "%s%s%s", all, *all ? " " : "", v[i].rule->id);
	return all;
}

static size_t case_of(const char *rule)
{
	size_t i = 0;
	while (i < CASES && strcmp(cases[i].rule, rule) != 0)
		i++;
	return i;
}

static void test_rules(void)
{
	struct made m;
	size_t n;
	const struct rule *all = rules_table(&n);
	make_case(&m);
	for (enum rule_level level = RULE_HINT; level <= RULE_STOP; level++)
		is_str(speaking(&m, level), "", "in the ordinary case nothing is %s", rule_level_name(level));
	for (size_t i = 0; i < n; i++) {
		size_t k = case_of(all[i].id);
		ok(k < CASES, "%s has a case here", all[i].id);
		if (k == CASES)
			continue;
		make_case(&m);
		cases[k].breaks(&m);
		const char *beside = cases[k].beside ? cases[k].beside : "";
		is_str(speaking(&m, all[i].level), arena_printf(house.l.a, "%s%s", all[i].id, beside),
			"%s is broken, and nothing else of its level", all[i].id);
		if (all[i].level < RULE_STOP)
			is_str(speaking(&m, RULE_STOP), "", "nor does anything stop");
	}
	is_int((intmax_t)n, CASES, "and no case is of a rule that isn't there");
}

/* What `?` says: a question, a meaning with the value of now in it, a source and its day. */
static void test_rule_texts(void)
{
	size_t n;
	struct arena *a = house.l.a;
	const struct rule *all = rules_table(&n);
	for (size_t i = 0; i < n; i++) {
		const char *text = rule_explains(a, &all[i], 17);
		ok(strchr(all[i].question, '?') && strlen(text) > 80 && *all[i].source && *all[i].checked,
			"%s asks, explains, and says where it comes from", all[i].id);
		ok(!strchr(text, '%') && !strstr(text, "90 days"), "%s with no number that may not be so", all[i].id);
		ok(!all[i].limit || strstr(text, "17"), "%s with its limit as it is", all[i].id);
	}
	struct made m;
	make_case(&m);
	m.limits[LIMIT_NEW_DAYS] = 30;
	newcomer(&m);
	struct verdict *v = rules_judge(&m.c, a, &n);
	ok(n == 1 && strstr(rule_explains(a, v->rule, v->limit), "more than 30 days"), "what speaks knows its own limit");
	ok(strstr(rule_explains(a, v->rule, 0), "more than 90 days"), "without one it is as built in");
}

/* ---- gates, and the kind of effort ------------------------------------------------------------------- */

static void test_gate_rows(void)
{
	static const char *const ids[] = {"description", "may", "may-not", "tr", "contact", "agreement"};
	size_t n;
	const struct role_gate *all = gates_table(&n);
	is_int((intmax_t)n, sizeof ids / sizeof *ids, "as many gates as are known here");
	for (size_t i = 0; i < n; i++) {
		bool known = false;
		for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
			known = known || strcmp(ids[k], all[i].id) == 0;
		ok(known, "the gate %s is known here: t_gates.c closes it alone and with each other", all[i].id);
		ok(strchr(all[i].question, '?') && strlen(all[i].explains) > 40 && *all[i].source && *all[i].lacks,
			"%s asks, explains, and says where it comes from", all[i].id);
	}
}

/* Each criterion, turned round alone, speaks for the other kind; each outcome has its words. */
static void test_effort_rows(void)
{
	struct arena *a = house.l.a;
	size_t n, nwhy;
	const struct criterion *all = effort_criteria(&n);
	for (size_t i = 0; i < n; i++) {
		struct rec role = {.type = TYPE_ROLE, .alive = true};
		struct effort_reason *why;
		ok(all[i].yes != EFFORT_UNCLEAR && all[i].no != EFFORT_UNCLEAR && all[i].yes != all[i].no,
			"criterion %zu speaks for one kind or the other", i);
		ok(strchr(schema_field(TYPE_ROLE, all[i].field)->help, '?'), "and is a question on the role");
		for (int answer = ANSWER_YES; answer <= ANSWER_UNKNOWN; answer++) {
			rec_put(a, &role, all[i].field, value_int(answer), (struct stamp){0});
			is_int(effort_of(&role, a, &why, &nwhy), EFFORT_UNCLEAR, "one answer alone decides nothing");
			enum effort want = answer == ANSWER_YES ? all[i].yes : answer == ANSWER_NO ? all[i].no : EFFORT_UNCLEAR;
			ok(nwhy == n && why[i].speaks == want && *why[i].says, "its answer %d says what it speaks for", answer);
		}
	}
	for (enum effort x = EFFORT_UNCLEAR; x <= EFFORT_VOLUNTEER; x++)
		ok(*effort_name(x) && strlen(effort_advice(x)) > 60, "%s has its advice", effort_name(x));
}

int main(void)
{
	struct store *s = test_store("truth", &clk);
	house.hall = test_unit(s, "Forhal");
	house.guide = test_role(s, "Guide");
	house.strict = test_role(s, "Legeven");
	test_set(s, TYPE_ROLE, house.strict, F_ROLE_MIN_AGE, value_int(25));
	test_set(s, TYPE_ROLE, house.strict, F_ROLE_CHILD_CHECK, value_int(1));
	house.l = look_begin(s);
	test_rules();
	test_rule_texts();
	test_gate_rows();
	test_effort_rows();
	look_end(&house.l);
	store_close(s);
	return done_testing();
}
