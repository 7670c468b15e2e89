/* tests/ringtest.h - a ring for a test, without stores: sites with keys, and the statements that they make. */
#ifndef TESTS_RINGTEST_H
#define TESTS_RINGTEST_H

#include "sync/roll.h"
#include "tests/tap.h"

enum { TALE_MOST = 200 };

struct cast { const char *name; uint8_t key[SEGMENT_PUBLIC], secret[SEGMENT_SECRET]; uint64_t inc; };
/* Everything that was said, in the order in which it was. Each of these returns what was said last. */
struct tale {
	struct arena *a;
	uint8_t ring[SEGMENT_RING];
	const struct statement *at[TALE_MOST];
	size_t n;
	struct prng random;
	int64_t clock;                            /* of the next one; grows by a minute */
};
void tale_begin(struct tale *t);
void tale_end(struct tale *t);
/* A site with a key from its name and incarnation; its incarnation is `inc`. */
struct cast cast_new(const char *name, uint64_t inc);

const struct statement *tale_say(struct tale *t, struct statement *draft, const uint8_t secret[SEGMENT_SECRET]);
const struct statement *tale_found(struct tale *t, const struct cast *by);
const struct statement *tale_invite(struct tale *t, const struct cast *by, enum ring_role role, const struct cast *door,
	const struct statement *epoch);          /* the keys of that epoch go with it; NULL: none */
const struct statement *tale_member(
	struct tale *t, const struct statement *invite, const struct cast *door, const struct cast *who);
/* An invitation and its use at once. */
const struct statement *tale_join(struct tale *t, const struct cast *by, const struct cast *who, enum ring_role role);
const struct statement *tale_claim(struct tale *t, const struct cast *by, uint64_t inc);
const struct statement *tale_give_up(
	struct tale *t, const struct cast *by, uint64_t inc, uint64_t line, uint64_t after, uint64_t tag);
/* With nonsense in the boxes; to nobody where `to` is NULL. */
const struct statement *tale_epoch(struct tale *t, const struct cast *by, const struct statement *after,
	const struct cast *const *to, size_t n);
/* Up to `no` of its incarnation (0: none is named); knowing the n given. */
const struct statement *tale_retire(struct tale *t, const struct cast *by, const struct cast *who, uint64_t no,
	const struct statement *const *known, size_t n);
/* It had up to `no` of the other's incarnation. */
const struct statement *tale_had(struct tale *t, const struct cast *by, const struct cast *of, uint64_t no);

#endif
