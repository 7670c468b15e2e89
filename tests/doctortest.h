/* tests/doctortest.h - what the tests of the doctor share: a store with something of everything, a sum over all that it
 * says, and a patient's file that can be hurt and put back. The store is "s" in the test's folder. */
#ifndef TESTS_DOCTORTEST_H
#define TESTS_DOCTORTEST_H

#include "store/doctor.h"
#include "store/store_priv.h"
#include "tests/storetest.h"

enum { DOCTORTEST_PAGE = 4096 };

struct wound {
	struct buf whole, older; /* the file as it is, and as it was some changes ago */
	size_t pages;
};
struct told {
	int n, progress, stop_at;
	char first[700];
	bool sentences, lost;
};
extern struct test_clock doctortest_clock;

/* Make the store, byte for byte the same in each run; *sum is what it says. The wound's buffers are the caller's, until the end. */
void doctortest_scene(struct wound *w, uint64_t *sum);
void doctortest_end(struct wound *w);
const char *doctortest_file(void);
/* The store as it was before anything was done to it. */
struct store *doctortest_open(const struct wound *w);
/* What the store says now. */
uint64_t doctortest_sum(void);

/* Listeners of the doctor; ctx is a struct told. */
void doctortest_hear(void *ctx, const char *sentence);
int doctortest_progress(void *ctx, size_t done, size_t total);
int doctortest_ask(struct told *t, struct doctor_report *r, struct err *e);
int doctortest_rebuild(struct told *t, struct err *e);

#endif
