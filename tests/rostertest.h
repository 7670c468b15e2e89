/* tests/rostertest.h - for the tests of roster/: people with what rules ask for, and a look at the store. */
#ifndef TESTS_ROSTERTEST_H
#define TESTS_ROSTERTEST_H

#include "roster/act.h"
#include "tests/storetest.h"

/* A view with its book and memory; stops the test when one of them can't be had. */
struct peek {
	struct view *v;
	struct book *b;
	struct arena *a;
};
struct peek look_begin(struct store *s);
void look_end(struct peek *l);

/* Fields left 0 or NULL stay empty; status 0 is active. */
struct test_person {
	const char *given, *family, *phone, *email, *wishes;
	civil_date born, confidentiality, started, pause_until;
	int status, child_check, max_per_month, frequency;
	struct id organisation, roles[3];
};
/* Made in one change together with the links to the roles. */
struct id test_person(struct store *s, const struct test_person *p);
struct id test_org(struct store *s, const char *name);
/* "2025-12-03" and minutes of the day. */
civil_min test_at(const char *date, int hour, int minute);
civil_date test_day(const char *date);
const struct person *test_find(struct peek *l, struct id id);

#endif
