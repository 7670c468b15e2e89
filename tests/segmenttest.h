/* tests/segmenttest.h - change groups and records of every kind that can stand in a segment or a snapshot, drawn by a
 * generator, and keys that are the same every time. */
#ifndef TESTS_SEGMENTTEST_H
#define TESTS_SEGMENTTEST_H

#include "sync/segment.h"
#include "tests/tap.h"

enum { SAMPLE_IDS = 64 };
extern const uint64_t SAMPLE_AUTHOR;

/* Where ids come from: made ones of several incarnations, name-based ones of all kinds, and what those are made of. */
struct sample {
	struct arena *a;
	struct prng r;
	struct id id[SAMPLE_IDS];
	struct origin origin[SAMPLE_IDS];
	uint64_t counter;
	int64_t clock;
	bool lies;                   /* the answers of `names` are wrong now and then */
	struct segment_names names;
};
void sample_begin(struct sample *s, struct arena *a, uint64_t seed);
/* Groups first..first+n-1 of SAMPLE_AUTHOR. */
struct group *sample_groups(struct sample *s, uint64_t first, size_t n);
/* A value of any kind. */
struct value sample_value(struct sample *s);
/* Records ascending by type and id, with stamps and values beside. *n as wished, or fewer. */
struct rec **sample_recs(struct sample *s, size_t *n);
struct peer *sample_peers(struct sample *s, size_t n);

/* Are they the same in their canonical form? */
bool same_groups(const struct group *x, const struct group *y);
bool same_recs(const struct rec *x, const struct rec *y);

struct sample_keys {
	uint8_t key[SEGMENT_KEY], other_key[SEGMENT_KEY];
	uint8_t public[SEGMENT_PUBLIC], secret[SEGMENT_SECRET], other_public[SEGMENT_PUBLIC];
};
void sample_keys(struct sample_keys *k);
struct segment_head sample_head(void);
/* A copy that ends where it ends, for sanitizers; to be freed. */
uint8_t *exact_copy(const void *p, size_t n);

/* Alters bytes of a body and cuts it, 20,000 times, by chance: `read` gets each and returns what came of it. A fact:
 * all of them are read or refused (ERR_CORRUPT), some each. */
typedef int reads_body(void *ctx, const uint8_t *p, size_t n);
void check_altered(const struct buf *body, uint64_t seed, reads_body *read, void *ctx);

#endif
