/* tests/t_candidates.c - who could take a place: the order, the reasons, and that only data decides it
 * (roster/rules.h). */
#include "roster/rules.h"

#include <stdlib.h>
#include <string.h>

#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

enum { GUIDE = 1, VIGIL = 2 };
enum { DAYS = 6 };
/* People for a guide's shift on Wednesday 3/12 2025 at 8-11; `on` are days of 2025 before it on which they were guides.
 */
struct someone {
	const char *given;
	int role, status;
	bool not_signed;
	const char *wishes;
	const char *on[DAYS];
	int state; /* of a place on the shift itself */
};
static const struct someone people[] = {
	{.given = "Zenia", .role = GUIDE, .on = {"2025-06-02"}},
	{.given = "Anna", .role = GUIDE, .on = {"2025-06-01"}},
	{.given = "Bo", .role = GUIDE, .on = {"2025-06-01"}},
	{.given = "Never", .role = GUIDE},
	{.given = "Long ago", .role = GUIDE, .on = {"2024-11-20"}},
	{.given = "Often", .role = GUIDE, .on = {"2025-05-01", "2025-06-01"}},
	{.given = "Wishes", .role = GUIDE, .wishes = "ikke onsdag"},
	{.given = "No role", .role = VIGIL},
	{.given = "Pause", .role = GUIDE, .status = VOLUNTEER_PAUSE},
	{.given = "Not signed", .role = GUIDE, .not_signed = true},
	{.given = "Declined", .role = GUIDE, .state = ASSIGNMENT_DECLINED},
	{.given = "Cancelled", .role = GUIDE, .state = ASSIGNMENT_WITHDRAWN},
	{.given = "Offered", .role = GUIDE, .state = ASSIGNMENT_OFFERED, .on = {"2025-07-01"}},
	{.given = "On it", .role = GUIDE, .state = ASSIGNMENT_ACCEPTED},
	{.given = "Ended", .role = GUIDE, .status = VOLUNTEER_ENDED},
	{.given = "This month", .role = GUIDE, .on = {"2025-12-01", "2025-12-02"}},
};
enum { PEOPLE = sizeof people / sizeof *people };

static const struct {
	const char *given, *reasons;
	enum rule_level worst;
} wanted[] = {
	{"Long ago", "knows the role · none in December · not in the last 12 months", 0},
	{"Never", "knows the role · none in December · not in the last 12 months", 0},
	{"Anna", "knows the role · none in December · last 1/6 2025", 0},
	{"Bo", "knows the role · none in December · last 1/6 2025", 0},
	{"Zenia", "knows the role · none in December · last 2/6 2025", 0},
	{"Offered", "has been offered the place · knows the role · none in December · last 1/7 2025", 0},
	{"Often", "knows the role · none in December · last 1/6 2025", 0},
	{"This month", "knows the role · 2 shifts in December · last 2/12 2025", 0},
	{"Wishes", "knows the role · none in December · not in the last 12 months", RULE_HINT},
	{"Pause", "knows the role · none in December · not in the last 12 months", RULE_WARN},
	{"No role", "hasn't had the role · none in December · not in the last 12 months", RULE_WARN},
	{"Not signed", "knows the role · none in December · not in the last 12 months", RULE_STOP},
	{"Cancelled", "cancelled this shift · knows the role · none in December · not in the last 12 months", 0},
	{"Declined", "said no to this shift · knows the role · none in December · not in the last 12 months", 0},
};
enum { WANTED = sizeof wanted / sizeof *wanted };

struct house {
	struct store *s;
	struct id hall, roles[3], shift;
};

static struct house make_house(const char *name)
{
	struct house h = {.s = test_store(name, &clk)};
	h.hall = test_unit(h.s, "Forhal");
	h.roles[GUIDE] = test_role(h.s, "Guide");
	h.roles[VIGIL] = test_role(h.s, "Vågevagt");
	h.shift = test_shift(h.s, h.hall, h.roles[GUIDE], test_at("2025-12-03", 8, 0), test_at("2025-12-03", 11, 0), 3);
	return h;
}

static void add_someone(struct house *h, const struct someone *p)
{
	struct id id =
		test_person(h->s, &(struct test_person){.given = p->given,
							.family = "Holm",
							.status = p->status,
							.wishes = p->wishes,
							.confidentiality = p->not_signed ? 0 : test_day("2020-01-01"),
							.roles = {h->roles[p->role]}});
	for (int i = 0; i < DAYS && p->on[i]; i++) {
		civil_min start = test_at(p->on[i], 12, 0);
		test_assign(h->s, test_shift(h->s, h->hall, h->roles[GUIDE], start, start + 120, 1), id,
			    ASSIGNMENT_ACCEPTED);
	}
	if (p->state)
		test_assign(h->s, h->shift, id, p->state);
}

static struct candidate *ask(struct peek *l, struct id shift, const char *needle, size_t max, size_t *n)
{
	struct candidate *c;
	must(rules_candidates(l->v, l->b, l->a, shift, needle, max, &c, n, &e), &e, "candidates");
	return c;
}

static void test_order(void)
{
	struct house h = make_house("order");
	for (size_t i = 0; i < PEOPLE; i++)
		add_someone(&h, &people[i]);
	struct peek l = look_begin(h.s);
	size_t n;
	struct candidate *c = ask(&l, h.shift, "", 0, &n);
	is_int((intmax_t)n, WANTED, "everybody but who is on it or has ended");
	for (size_t i = 0; i < n && i < WANTED; i++) {
		is_str(c[i].person->given, wanted[i].given, "number %zu", i + 1);
		is_str(c[i].reasons, wanted[i].reasons, "and why");
		is_int(c[i].worst, wanted[i].worst, "what speaks against");
	}
	is_int(c[7].this_month, 2, "shifts in the month");
	is_int(c[7].minutes_12m, 240, "minutes in twelve months");
	ok(c[7].last == test_at("2025-12-02", 12, 0), "the last one");
	c = ask(&l, h.shift, "", 3, &n);
	ok(n == 3 && strcmp(c[2].person->given, "Anna") == 0, "the best three");
	c = ask(&l, h.shift, "no", 0, &n);
	ok(n == 2 && strcmp(c[0].person->given, "No role") == 0, "by name, still ranked");
	is_int(rules_candidates(l.v, l.b, l.a, h.hall, "", 0, &c, &n, &e), ERR_NOTFOUND, "for no shift");
	look_end(&l);
	store_close(h.s);
}

static void shuffle(size_t *order, size_t n, struct prng *r)
{
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)prng_below(r, i), x = order[i - 1];
		order[i - 1] = order[j];
		order[j] = x;
	}
}

static char *list(struct house *h)
{
	struct peek l = look_begin(h->s);
	struct buf b = {0};
	size_t n;
	struct candidate *c = ask(&l, h->shift, "", 0, &n);
	for (size_t i = 0; i < n; i++) {
		buf_addf(&b, "%s: %s", c[i].person->name, c[i].reasons);
		for (size_t j = 0; j < c[i].nverdicts; j++)
			buf_addf(&b, " | %s", c[i].verdicts[j].sentence);
		buf_addc(&b, '\n');
	}
	look_end(&l);
	return b.p;
}

/* The same people recorded in another order, at another site, give the same list. */
static void test_shuffled(void)
{
	struct prng r = {49};
	size_t order[PEOPLE];
	char name[] = "shuffled0", *first = NULL;
	for (int i = 0; i < 4; i++) {
		name[8] = (char)('0' + i);
		struct house h = make_house(name);
		shuffle(order, PEOPLE, &r);
		for (size_t j = 0; j < PEOPLE; j++)
			add_someone(&h, &people[order[j]]);
		char *got = list(&h);
		if (first)
			is_str(got, first, "order %d", i);
		else
			ok(strlen(got) > 100, "a first list");
		if (first)
			free(got);
		else
			first = got;
		store_close(h.s);
	}
	free(first);
}

int main(void)
{
	test_order();
	test_shuffled();
	return done_testing();
}
