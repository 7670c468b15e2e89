/* tests/t_gates.c - what opens a role, pauses, and the kind of effort: truth tables over everything that can be
 * answered (roster/gates.h), and the rules that ask there. */
#include "roster/gates.h"

#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

/* What all cases share: a hall and a ward, two roles at the hall, an organisation and somebody who comes through it. */
static struct {
	struct store *s;
	struct view *v;
	struct arena *a;
	struct id hall, desk, ward, guide, play, cross, anna;
} house;

static void make_house(void)
{
	house.s = test_store("house", &clk);
	house.a = arena_new();
	house.hall = test_unit(house.s, "Forhal");
	house.desk = test_unit(house.s, "Skranken");
	house.ward = test_unit(house.s, "Afsnit");
	house.guide = test_role(house.s, "Guide");
	house.play = test_role(house.s, "Legeven");
	house.cross = test_org(house.s, "Røde Kors");
	test_set(house.s, TYPE_UNIT, house.desk, F_UNIT_PARENT, value_id(house.hall));
	test_set(house.s, TYPE_ROLE, house.guide, F_ROLE_UNIT, value_id(house.desk));
	house.anna = test_person(house.s, &(struct test_person){.given = "Anna", .roles = {house.guide},
		.confidentiality = test_day("2020-01-01"), .organisation = house.cross});
	must(view_begin(house.s, &house.v, &e), &e, "view");
}

/* Records that aren't in the store, as the book takes them in beside it. */
struct beside {
	const struct rec *recs[8];
	size_t n;
};

static struct rec *add_rec(struct beside *x, int type)
{
	struct rec *r = arena_alloc(house.a, sizeof *r);
	*r = (struct rec){.type = (uint8_t)type, .alive = true, .id = {{0xee, (uint8_t)x->n}}};
	x->recs[x->n++] = r;
	return r;
}

static void put(struct rec *r, int field, struct value v)
{
	rec_put(house.a, r, field, v, (struct stamp){0});
}

static void put_day(struct rec *r, int field, const char *day)
{
	if (*day)
		put(r, field, value_int(test_day(day)));
}

static struct book *load(const struct beside *x)
{
	struct book *b;
	must(book_load_with(house.v, x->recs, x->n, &b, &e), &e, "book");
	return b;
}

static const char *list(const char *text, const char *more)
{
	return arena_printf(house.a, "%s%s%s", text, *text ? " " : "", more);
}

/* ---- gates ------------------------------------------------------------------------------------------------------ */

/* A role that passes every gate but those that are named. */
static struct rec *role_with(struct beside *x, unsigned closed)
{
	struct rec *r = add_rec(x, TYPE_ROLE);
	size_t n;
	const struct role_gate *g = gates_table(&n);
	put(r, F_ROLE_NAME, value_text("Mentor"));
	for (size_t i = 0; i < n; i++) {
		bool passes = !(closed >> i & 1);
		if (passes && g[i].field == F_ROLE_TR_DATE)
			put_day(r, F_ROLE_TR_DATE, "2025-01-01");
		else if (passes && g[i].field)
			put(r, g[i].field, value_text("x"));
	}
	return r;
}

static struct rec *pact_about(struct beside *x, int state, struct id role)
{
	struct rec *p = add_rec(x, TYPE_AGREEMENT), *link = add_rec(x, TYPE_LINK);
	put(p, F_AGREEMENT_SORT, value_int(AGREEMENT_COOPERATION));
	put(p, F_AGREEMENT_STATE, value_int(state));
	put(p, F_AGREEMENT_ORGANISATION, value_id(house.cross));
	put(link, F_LINK_KIND, value_int(LINK_AGREEMENT_ROLE));
	put(link, F_LINK_FROM, value_id(p->id));
	put(link, F_LINK_TO, value_id(role));
	return p;
}

static const char *rules_on(struct book *b, struct id unit, struct id role, const char *day, const struct person *p,
	civil_date today)
{
	int limits[LIMIT_COUNT];
	size_t n;
	must(rules_limits(house.v, limits, &e), &e, "limits");
	struct shift s = {.row = {.shift = {{9}}, .unit = unit, .role = role, .start = test_at(day, 8, 0),
				  .end = test_at(day, 11, 0), .state = SHIFT_PUBLISHED, .need = 1, .wished = 1},
			  .unit = "x", .role = "Mentor", .note = ""};
	struct rule_case c = {.book = b, .person = p, .shift = &s, .limits = limits, .today = today};
	struct verdict *v = rules_judge(&c, house.a, &n);
	const char *all = "";
	for (size_t i = 0; i < n; i++)
		all = list(all, v[i].rule->id);
	return all;
}

static const char *rules_of(struct book *b, struct id unit, struct id role, const char *day, const struct person *p)
{
	return rules_on(b, unit, role, day, p, test_day("2025-12-01"));
}

/* Every combination of the gates: open exactly when none is closed, and each closed one is named by its own words. */
static void test_gates(void)
{
	size_t n;
	const struct role_gate *g = gates_table(&n);
	for (unsigned closed = 0; closed < 1u << n; closed++) {
		struct beside x = {0};
		struct gate_state states[GATES_MOST];
		bool agreed = !(closed >> (n - 1) & 1), right = true;
		size_t count;
		struct rec *role = role_with(&x, closed);
		pact_about(&x, agreed ? AGREEMENT_MADE : AGREEMENT_DISCUSSED, role->id);
		struct book *b = load(&x);
		const struct task *t = book_task(b, role->id);
		bool open = gates_of(b, house.a, t, test_day("2025-12-03"), states, &count);
		for (size_t i = 0; i < count; i++)
			right = right && states[i].gate == &g[i] && states[i].passed == !(closed >> i & 1) && *states[i].says;
		ok(open == (closed == 0) && right && count == n, "gates 0x%02x: open when none is closed", closed);
		is_int(gates_closed(b, t, test_day("2025-12-03")), closed, "and the same without words");
		const char *rules = rules_of(b, house.hall, role->id, "2025-12-03", NULL);
		is_str(rules, closed ? "role-open" : "", "the rule stops exactly then");
		rules = rules_on(b, house.hall, role->id, "2025-12-03", NULL, test_day("2025-12-04"));
		is_str(rules, "", "but for a day that is over");
		book_free(b);
	}
}

static void test_gate_texts(void)
{
	size_t n;
	const struct role_gate *g = gates_table(&n);
	for (size_t i = 0; i < n; i++) {
		ok(strlen(g[i].explains) > 40 && g[i].question[strlen(g[i].question) - 1] == '?', "%s asks and explains",
			g[i].id);
		ok(*g[i].source && strlen(g[i].checked) == 10 && *g[i].lacks, "%s has a source and its day", g[i].id);
		ok(!g[i].field || schema_field(TYPE_ROLE, g[i].field), "%s is filled by a field of the role", g[i].id);
	}
}

static void test_tr(void)
{
	static const struct {
		const char *held, *says;
		bool passed;
	} cases[] = {
		{"", "No day is written.", false},
		{"2025-12-02", "Held on 2/12 2025.", true},
		{"2025-12-03", "Held on 3/12 2025.", true},
		{"2025-12-04", "Is to be held on 4/12 2025.", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct beside x = {0};
		struct gate_state states[GATES_MOST];
		size_t n;
		struct rec *role = role_with(&x, 1u << 3);
		put_day(role, F_ROLE_TR_DATE, cases[i].held);
		struct book *b = load(&x);
		gates_of(b, house.a, book_task(b, role->id), test_day("2025-12-03"), states, &n);
		is_int(states[3].passed, cases[i].passed, "the dialogue with TR: \"%s\"", cases[i].held);
		is_str(states[3].says, cases[i].says, "and says so");
		book_free(b);
	}
}

/* ---- which agreement opens a role -------------------------------------------------------------------- */

static void test_agreement_gate(void)
{
	enum place { NOWHERE, HALL, WARD };
	static const struct {
		const char *what, *from, *to;
		int sort, state;
		enum place place;
		int names;   /* 0 no role, 1 this one, 2 another */
		bool begun, holds;
	} cases[] = {
		{"made, without days", "", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 1, true, true},
		{"from today", "2025-12-03", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 1, true, true},
		{"from tomorrow", "2025-12-04", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 1, true, false},
		{"until today", "2024-01-01", "2025-12-03", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 1, true, true},
		{"until yesterday", "2024-01-01", "2025-12-02", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 1, true, false},
		{"asked for", "", "", AGREEMENT_COOPERATION, AGREEMENT_REQUESTED, HALL, 1, true, false},
		{"being discussed", "", "", AGREEMENT_COOPERATION, AGREEMENT_DISCUSSED, HALL, 1, true, false},
		{"refused", "", "", AGREEMENT_COOPERATION, AGREEMENT_REFUSED, HALL, 1, true, false},
		{"ended", "", "", AGREEMENT_COOPERATION, AGREEMENT_ENDED, HALL, 1, true, false},
		{"about another role", "", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 2, false, false},
		{"about all at a place above", "", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, HALL, 0, true, true},
		{"about all, everywhere", "", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, NOWHERE, 0, true, true},
		{"about all at another place", "", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, WARD, 0, false, false},
		{"names it, at another place", "", "", AGREEMENT_COOPERATION, AGREEMENT_MADE, WARD, 1, true, true},
		{"with one person", "", "", AGREEMENT_VOLUNTEER, AGREEMENT_MADE, HALL, 1, false, false},
	};
	const struct id places[] = {ID_NONE, house.hall, house.ward}, roles[] = {ID_NONE, house.guide, house.play};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct beside x = {0};
		struct rec *p = pact_about(&x, cases[i].state, roles[cases[i].names]);
		bool person = cases[i].sort == AGREEMENT_VOLUNTEER;
		put(p, F_AGREEMENT_SORT, value_int(cases[i].sort));
		if (person) {
			put(p, F_AGREEMENT_ORGANISATION, value_none());
			put(p, F_AGREEMENT_VOLUNTEER, value_id(house.anna));
		}
		if (cases[i].place != NOWHERE)
			put(p, F_AGREEMENT_UNIT, value_id(places[cases[i].place]));
		put_day(p, F_AGREEMENT_FROM, cases[i].from);
		put_day(p, F_AGREEMENT_TO, cases[i].to);
		x.n -= cases[i].names == 0;
		struct book *b = load(&x);
		const struct task *guide = book_task(b, house.guide);
		is_int(gates_begun(b, guide), cases[i].begun, "%s: is it about the role?", cases[i].what);
		is_int(!(gates_closed(b, guide, test_day("2025-12-03")) >> 5 & 1), cases[i].holds, "%s: does it hold?",
			cases[i].what);
		/* the role lacks its texts, so a stop where it was begun, and only said where it wasn't */
		const char *rules = rules_of(b, house.hall, house.guide, "2025-12-03", NULL);
		is_str(rules, cases[i].begun ? "role-open" : person ? "" : "role-frames", "%s: what the rules make of it",
			cases[i].what);
		book_free(b);
	}
}

/* ---- the volunteer's own agreement ------------------------------------------------------------------------------ */

static void test_agreement_rule(void)
{
	static const struct {
		const char *what, *from, *to;
		bool own, person;            /* of the own corps; the agreement is with the person */
		int state;                   /* 0: none */
		const char *rules;
	} cases[] = {
		{"through an organisation, made", "", "", false, false, AGREEMENT_MADE, ""},
		{"from tomorrow", "2025-12-04", "", false, false, AGREEMENT_MADE, "agreement"},
		{"until yesterday", "", "2025-12-02", false, false, AGREEMENT_MADE, "agreement"},
		{"asked for", "", "", false, false, AGREEMENT_REQUESTED, "agreement"},
		{"discussed", "", "", false, false, AGREEMENT_DISCUSSED, "agreement"},
		{"refused", "", "", false, false, AGREEMENT_REFUSED, "agreement"},
		{"ended", "", "", false, false, AGREEMENT_ENDED, "agreement"},
		{"own corps, with the person, made", "", "", true, true, AGREEMENT_MADE, ""},
		{"own corps, with the person, ended", "", "", true, true, AGREEMENT_ENDED, "agreement"},
		{"own corps, with the organisation only", "", "", true, false, AGREEMENT_MADE, "agreement-none"},
		{"through an organisation, with the person", "", "", false, true, AGREEMENT_MADE, ""},
		{"nobody keeps agreements here", "", "", false, false, 0, ""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct beside x = {0};
		if (cases[i].state) {
			/* about a role that the shift isn't of would say nothing: it names none */
			struct rec *p = pact_about(&x, cases[i].state, ID_NONE);
			x.n--;
			put_day(p, F_AGREEMENT_FROM, cases[i].from);
			put_day(p, F_AGREEMENT_TO, cases[i].to);
			if (cases[i].person) {
				put(p, F_AGREEMENT_SORT, value_int(AGREEMENT_VOLUNTEER));
				put(p, F_AGREEMENT_ORGANISATION, value_none());
				put(p, F_AGREEMENT_VOLUNTEER, value_id(house.anna));
			}
		}
		struct book *b = load(&x);
		struct person p = *book_person(b, house.anna);
		p.organisation = cases[i].own ? ID_NONE : house.cross;
		const char *rules = rules_of(b, house.ward, house.guide, "2025-12-03", &p), *said = "";
		static const char *const about[] = {"agreement", "agreement-none"};
		for (size_t k = 0; k < 2; k++) {
			const char *at = strstr(rules, about[k]);
			bool is = at && (at[strlen(about[k])] == ' ' || !at[strlen(about[k])]);
			said = is ? list(said, about[k]) : said;
		}
		is_str(said, cases[i].rules, "%s", cases[i].what);
		book_free(b);
	}
}

/* ---- pauses ----------------------------------------------------------------------------------------------------- */

static void test_pause_on(void)
{
	static const char *const days[] = {"2025-12-02", "2025-12-03", "2025-12-09", "2025-12-10"};
	const struct {
		const char *what;
		struct id of;
		bool open, on[3];     /* without an end; at the desk as guide, at the desk as playmate, at the ward as guide */
	} cases[] = {
		{"everybody", ID_NONE, false, {true, true, true}},
		{"everybody, for ever", ID_NONE, true, {true, true, true}},
		{"the hall", house.hall, false, {true, true, false}},
		{"the desk in the hall", house.desk, false, {true, true, false}},
		{"the ward", house.ward, true, {false, false, true}},
		{"guides", house.guide, false, {true, false, true}},
	};
	const struct id where[3][2] = {{house.desk, house.guide}, {house.desk, house.play}, {house.ward, house.guide}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct beside x = {0};
		struct rec *r = add_rec(&x, TYPE_PAUSE);
		if (!id_is_none(cases[i].of))
			put(r, F_PAUSE_OF, value_id(cases[i].of));
		put(r, F_PAUSE_WHY, value_text("Udbrud"));
		put_day(r, F_PAUSE_FROM, "2025-12-03");
		put_day(r, F_PAUSE_UNTIL, cases[i].open ? "" : "2025-12-10");
		struct book *b = load(&x);
		for (size_t d = 0; d < 4; d++)
			for (size_t w = 0; w < 3; w++) {
				bool in = d > 0 && (d < 3 || cases[i].open), is = in && cases[i].on[w];
				ok(!!pause_on(b, where[w][0], where[w][1], test_day(days[d])) == is, "%s, %s, %zu",
					cases[i].what, days[d], w);
				is_str(rules_of(b, where[w][0], where[w][1], days[d], NULL), is ? "paused" : "",
					"and the rule stops exactly then");
			}
		book_free(b);
	}
}

static int state_of(struct store *s, struct id shift)
{
	struct peek l = look_begin(s);
	struct rec *r;
	must(view_get(l.v, l.a, TYPE_SHIFT, shift, &r, &e), &e, "shift");
	int state = (int)rec_int(r, F_SHIFT_STATE);
	look_end(&l);
	return state;
}

static struct id only_pause(struct store *s, int64_t *until)
{
	struct peek l = look_begin(s);
	struct rec **all;
	size_t n;
	must(view_all(l.v, l.a, TYPE_PAUSE, &all, &n, &e), &e, "pauses");
	struct id id = n ? all[0]->id : ID_NONE;
	*until = n ? rec_int_or(all[0], F_PAUSE_UNTIL, DATE_NONE) : 0;
	look_end(&l);
	return id;
}

/* Shifts of a week: before, two in the pause, one of them at the ward, a draft, one called off by hand, one after. */
static void make_week(struct store *s, struct id shift[6], struct id hall, struct id ward, struct id guide)
{
	static const char *const days[6] = {"2025-12-02", "2025-12-03", "2025-12-04", "2025-12-05", "2025-12-05",
					    "2025-12-10"};
	for (int i = 0; i < 6; i++)
		shift[i] = test_shift(s, i == 2 ? ward : hall, guide, test_at(days[i], 8 + i, 0), test_at(days[i], 11 + i, 0), 1);
	test_set(s, TYPE_SHIFT, shift[3], F_SHIFT_STATE, value_int(SHIFT_DRAFT));
	test_set(s, TYPE_SHIFT, shift[4], F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
}

static const char *states(struct store *s, const struct id shift[6])
{
	const char *all = "";
	for (int i = 0; i < 6; i++)
		all = arena_printf(house.a, "%s%c", all, "?dpc"[state_of(s, shift[i])]);
	return all;
}

static void test_pause_acts(void)
{
	struct store *s = test_store("pause", &clk);
	struct id hall = test_unit(s, "Forhal"), ward = test_unit(s, "Afsnit"), guide = test_role(s, "Guide"), shift[6];
	struct id anna = test_volunteer(s, "Anna", "Holm"), bo = test_volunteer(s, "Bo", "Lund");
	struct pause_effect told;
	struct change_result r;
	size_t n, resumed;
	int64_t until;
	make_week(s, shift, hall, ward, guide);
	test_assign(s, shift[1], bo, ASSIGNMENT_ACCEPTED);
	test_assign(s, shift[2], bo, ASSIGNMENT_RECONFIRM);
	test_assign(s, shift[2], anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, shift[1], anna, ASSIGNMENT_WITHDRAWN);
	test_assign(s, shift[5], anna, ASSIGNMENT_ACCEPTED);
	struct peek l = look_begin(s);
	struct pause_new how = {.why = "Roskildesyge", .from = test_day("2025-12-03"), .until = test_day("2025-12-10")};
	view_end(l.v);
	l.v = NULL;
	is_int(pause_begin(s, l.b, l.a, &(struct pause_new){.why = "x", .from = how.until, .until = how.from}, &told, &r,
		       &e), ERR_USAGE, "it can't end before it begins");
	is_int(pause_begin(s, l.b, l.a, &(struct pause_new){.from = how.from, .until = how.until}, &told, &r, &e),
	       ERR_DATA, "nor be without a reason");
	is_str(states(s, shift), "pppdcp", "and then nothing is called off");
	must(pause_begin(s, l.b, l.a, &how, &told, &r, &e), &e, "begin");
	is_str(states(s, shift), "pccdcp", "what is published in it is called off, and nothing else");
	ok(told.n == 2 && id_equal(told.told[0].volunteer, bo) && told.told[0].shifts == 2, "who is on them must be told, once");
	ok(told.n == 2 && id_equal(told.told[1].volunteer, anna) && told.told[1].first == test_at("2025-12-04", 10, 0),
	   "by the first shift that they lose");
	look_end(&l);
	l = look_begin(s);
	struct problem *problems;
	must(rules_problems(l.v, l.b, l.a, NULL, how.from, how.until, false, &problems, &n, &e), &e, "problems");
	ok(n == 1 && strcmp(problems[0].v.rule->id, "paused") == 0 && id_equal(problems[0].shift->row.shift, shift[3]),
	   "of its shifts only the draft is a problem");
	bool needs_reason;
	struct change_result undone;
	view_end(l.v);
	l.v = NULL;
	is_int(act_assign(s, l.b, shift[1], anna, "in spite", &needs_reason, &undone, &e), ERR_REFUSED,
	       "nobody is put on one that is called off by it");
	must(change_undo(s, r.dot, &undone, &e), &e, "undo");
	is_str(states(s, shift), "pppdcp", "one undo puts all of it back");
	is_int(only_pause(s, &until).b[0] ? 1 : 0, 0, "and the pause is gone");
	must(change_undo(s, undone.dot, &undone, &e), &e, "redo");
	is_str(states(s, shift), "pccdcp", "as a redo calls it off again");
	must(change_undo(s, undone.dot, &undone, &e), &e, "undo");
	must(pause_begin(s, l.b, l.a, &how, &told, &r, &e), &e, "begin");
	must(act_cancel_shift(s, shift[1], false, NULL, &undone, &e), &e, "resume by hand");
	must(act_cancel_shift(s, shift[1], true, NULL, &undone, &e), &e, "and call off by hand");
	struct id pause = only_pause(s, &until);
	must(pause_end(s, l.b, pause, test_day("2025-12-04"), &resumed, &r, &e), &e, "end");
	is_str(states(s, shift), "pcpdcp", "its end puts on again what it called off, not what somebody else has since");
	is_int((intmax_t)resumed, 1, "and says how many");
	only_pause(s, &until);
	is_int(until, test_day("2025-12-04"), "it ended on that day");
	is_int(pause_end(s, l.b, pause, test_day("2025-12-05"), &resumed, &r, &e), ERR_REFUSED, "it ends once");
	is_int(pause_end(s, l.b, hall, test_day("2025-12-05"), &resumed, &r, &e), ERR_NOTFOUND, "a place is no pause");
	look_end(&l);
	store_close(s);
}

static void test_pause_today(void)
{
	struct store *s = test_store("pause-today", &clk);
	struct id hall = test_unit(s, "Forhal"), guide = test_role(s, "Guide");
	struct id now = test_shift(s, hall, guide, test_at("2025-12-01", 8, 0), test_at("2025-12-01", 11, 0), 1);
	struct id later = test_shift(s, hall, guide, test_at("2025-12-01", 11, 0), test_at("2025-12-01", 14, 0), 1);
	struct pause_effect told;
	struct change_result r;
	struct peek l = look_begin(s);
	view_end(l.v);
	l.v = NULL;
	must(pause_begin(s, l.b, l.a,
		     &(struct pause_new){.of = hall, .why = "x", .from = test_day("2025-12-01"), .until = DATE_NONE}, &told,
		     &r, &e), &e, "begin");
	is_int(state_of(s, now), SHIFT_PUBLISHED, "who is here already stays");
	is_int(state_of(s, later), SHIFT_CANCELLED, "who was to come later doesn't");
	look_end(&l);
	store_close(s);
}

/* ---- the kind of effort ----------------------------------------------------------------------------------------- */

/* All 3^5 answers, against a count made here: of five that are answered, four or five must point one way. */
static void test_effort(void)
{
	static const int fields[] = {F_ROLE_DUTY, F_ROLE_SUBSTITUTE, F_ROLE_INSTRUCTED, F_ROLE_STAFF_WORK, F_ROLE_SOCIAL};
	int results[3] = {0};
	for (int code = 0; code < 243; code++) {
		struct beside x = {0};
		struct rec *role = add_rec(&x, TYPE_ROLE);
		struct effort_reason *why;
		size_t n;
		int work = 0, known = 0;
		for (int i = 0, rest = code; i < 5; i++, rest /= 3) {
			int answer = rest % 3;            /* 0 not answered */
			if (answer)
				put(role, fields[i], value_int(answer == 1 ? ANSWER_YES : ANSWER_NO));
			known += answer != 0;
			work += answer && (answer == 1) == (fields[i] != F_ROLE_SOCIAL);
		}
		enum effort want = known < 5 ? EFFORT_UNCLEAR : work >= 4 ? EFFORT_WORK : work <= 1 ? EFFORT_VOLUNTEER
			: EFFORT_UNCLEAR;
		enum effort got = effort_of(role, house.a, &why, &n);
		bool said = n == 5;
		for (size_t i = 0; i < n; i++)
			said = said && *why[i].says && why[i].field == fields[i];
		ok(got == want && said, "answers %d: %s, with a reason for each", code, effort_name(want));
		results[got]++;
	}
	is_int(results[EFFORT_WORK], 6, "six ways to volunteer work");
	is_int(results[EFFORT_VOLUNTEER], 6, "six to a volunteer effort");
	struct beside x = {0};
	struct rec *role = add_rec(&x, TYPE_ROLE);
	struct effort_reason *why;
	size_t n;
	for (int i = 0; i < 5; i++)
		put(role, fields[i], value_int(ANSWER_UNKNOWN));
	is_int(effort_of(role, house.a, &why, &n), EFFORT_UNCLEAR, "not known is no answer");
	ok(strcmp(effort_advice(EFFORT_WORK), effort_advice(EFFORT_VOLUNTEER)) != 0 && *effort_source(),
		"each comes with its advice and a source");
}

int main(void)
{
	make_house();
	test_gates();
	test_gate_texts();
	test_tr();
	test_agreement_gate();
	test_agreement_rule();
	test_pause_on();
	test_effort();
	view_end(house.v);
	test_pause_acts();
	test_pause_today();
	arena_free(house.a);
	store_close(house.s);
	return done_testing();
}
