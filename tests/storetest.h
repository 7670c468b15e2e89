/* tests/storetest.h - a store for a test: made in the test's folder, opened, with a clock that the test moves. */
#ifndef TESTS_STORETEST_H
#define TESTS_STORETEST_H

#include "store/change.h"
#include "tests/tap.h"

/* 2025-12-01 08:00 UTC unless set. */
struct test_clock { int64_t t; };
struct os_clock test_clock(struct test_clock *c);

/* A path in the test's folder; static memory, overwritten by the next call but three. */
const char *test_path(const char *name);
/* Make a store without a passphrase and open it; stops the test when that fails. */
struct store *test_store(const char *name, struct test_clock *c);
struct store *test_open(const char *name, struct test_clock *c);

/* Make records in one change; each returns the id. Fields as in the names, 0 or NULL left empty. */
struct id test_unit(struct store *s, const char *name);
struct id test_role(struct store *s, const char *name);
struct id test_volunteer(struct store *s, const char *given, const char *family);
struct id test_shift(struct store *s, struct id unit, struct id role, civil_min start, civil_min end, int need);
struct id test_assign(struct store *s, struct id shift, struct id volunteer, int state);
/* One field in one change; returns the result. */
struct change_result test_set(struct store *s, int type, struct id id, int field, struct value v);
struct change_result test_delete(struct store *s, int type, struct id id);
/* Take the newest change back, as u does; stops the test when there is none. */
struct change_result test_undo_newest(struct store *s);
/* A file as it is (buf_free it), and bytes as a file; stop the test when that fails. */
struct buf test_read(const char *path);
void test_write(const char *path, const char *p, size_t n);
/* Stop with a diagnosis unless OK. */
void must(int rc, const struct err *e, const char *what);

#endif
