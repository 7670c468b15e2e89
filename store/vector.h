/* store/vector.h - what somebody has seen: a version vector, and the chain that makes each incarnation's changes one
 * line.
 *
 * A vector says of each incarnation up to which number everything has been seen, and the tag of its chain there. The
 * chain is BLAKE2b-256: chain 0 = H("samvagt chain" | incarnation 8 bytes big-endian), chain n = H(chain n-1 | group n
 * in the canonical form of codec_put_group); a tag is its first 8 bytes, big-endian. So two histories under one name (a
 * store copied or put back without notice) can't be mistaken for each other. Pure: no store, no clock. */
#ifndef STORE_VECTOR_H
#define STORE_VECTOR_H

#include "base/mem.h"
#include "store/id.h"

#define CHAIN 32

/* Everything of dot.inc up to dot.no, whose chain begins with `tag` there. */
struct seen { struct dot dot; uint64_t tag; };
struct vector { const struct seen *at; size_t n; };      /* ascending by incarnation, each once, numbers from 1 */

/* Has it been seen? The tag isn't looked at. no == 0 always has. */
bool vector_covers(const struct vector *v, struct dot dot);
uint64_t vector_number(const struct vector *v, uint64_t inc);          /* 0: nothing */
const struct seen *vector_find(const struct vector *v, uint64_t inc);  /* NULL: nothing */
/* Is everything in x in y too? Tags aren't looked at. */
bool vector_within(const struct vector *x, const struct vector *y);
bool vector_equal(const struct vector *x, const struct vector *y);     /* with tags */
uint64_t vector_sum(const struct vector *v);                           /* of its numbers: grows with all that is seen */
/* Of each incarnation the greater number; both may be empty. In the arena. */
struct vector vector_join(struct arena *a, const struct vector *x, const struct vector *y);
/* Of each incarnation of `x` what is in `y` too (the smaller number): what both have. */
struct vector vector_meet(struct arena *a, const struct vector *x, const struct vector *y);

/* As bytes: inc(8) no(8) tag(8) …, VECTOR_ITEM each, big-endian. Returns where to go on. */
enum { VECTOR_ITEM = 24 };
uint8_t *vector_pack(uint8_t *p, const struct vector *v);
/* False unless it is one that vector_pack writes. In the arena. */
bool vector_unpack(struct arena *a, const uint8_t *p, size_t n, struct vector *out);
/* vector_covers of packed ones. */
bool vector_packed_covers(const uint8_t *p, size_t n, struct dot dot);

/* A vector that grows: {0} is an empty one. False when out of memory. */
struct growing { struct vector v; struct seen *at; size_t cap; };
bool vector_see(struct arena *a, struct growing *g, struct seen x);

void chain_begin(uint8_t chain[CHAIN], uint64_t inc);
void chain_add(uint8_t chain[CHAIN], const void *group, size_t n);
uint64_t chain_tag(const uint8_t chain[CHAIN]);
/* A sum in any order, modulo 2^256 (eight bytes little-endian, four times): take up a record as codec.h writes it, by
 * BLAKE2b-256("samvagt record" | type | id | bytes), or take it out again. */
void chain_sum(uint8_t sum[CHAIN], int type, struct id id, const void *rec, size_t n, bool out);

#endif
