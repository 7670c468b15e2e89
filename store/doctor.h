/* store/doctor.h - is the store whole? Checks everything: the files, every seal, the log's numbering and chain, the
 * records against a replay of the log, every index against the records, the counters. Never alters anything unless
 * asked to rebuild. */
#ifndef STORE_DOCTOR_H
#define STORE_DOCTOR_H

#include "store/store.h"

struct doctor_report {
	size_t groups, records, index_entries;     /* looked at */
	size_t findings;                           /* 0: whole */
	bool can_rebuild;        /* the log is whole, so the rest can be made again; or doctor_put_back() can help */
};

/* Each finding is one sentence (what, where, what to do), given to say(). progress may be NULL: (done, total) now and
 * then, non-zero return stops with ERR_STOPPED. Works on a store that store_open refuses as damaged. Runs LMDB in a
 * forked child, so that a damaged page can't take the program down. Returns OK when it could be checked, whatever it
 * found. */
struct doctor_ctx {
	void (*say)(void *ctx, const char *sentence);
	int (*progress)(void *ctx, size_t done, size_t total);
	void *ctx;
};
int doctor_check(const char *dir, const struct store_opts *opts, const struct doctor_ctx *d, struct doctor_report *out,
	struct err *e);
/* Make records, indexes and counters again from the log, in a new file that is swapped in; the damaged one is moved
 * aside (named in the sentence), never deleted. */
int doctor_rebuild(const char *dir, const struct store_opts *opts, const struct doctor_ctx *d, struct err *e);

/* Before a passphrase can be asked for: put back the files `format` and `keys` from their copies in DIR/copies, where
 * they are damaged or missing. ERR_CORRUPT when the copies are too. */
int doctor_put_back(const char *dir, const struct doctor_ctx *d, struct err *e);

#endif
