/* store/codec.h - records and change groups as bytes: deterministic CBOR (RFC 8949 § 4.2.1), no recursion, everything bounded.
 *
 * One value has one encoding: shortest forms, definite lengths, map keys ascending; anything else is refused, so equal records are equal
 * bytes. Written to be provable: the reader is a cursor that can't leave its buffer; nesting on input is at most 4. Limits: a text
 * 64 KiB, a record 1 MiB and 255 fields, a group 16 MiB and 200,000 writes. Unknown fields pass through as V_RAW.
 *
 * Record:  {0: [inc, no, clock, …] the distinct stamps, ascending by (inc, no);
 *           1: h'..' a byte a field: which stamp, in field order;
 *           2: [value or null per field, in field order] ; 3: [field numbers] ; 4 is kept for open disagreements}
 *   - field 0 is alive (true/false). (The writer may choose the exact nesting; what is fixed is: deterministic, shortest, unknown kept.)
 * Group:   [version 1, clock, person, act, [args], undoes inc, undoes no, [[type, id, [field, value, before inc, before no]*]*]]
 * Values:  integer, text, id = byte string of 16, null = empty, raw = as it came. */
#ifndef STORE_CODEC_H
#define STORE_CODEC_H

#include "store/store.h"

int codec_put_rec(struct buf *b, const struct rec *r);
/* Decode into the arena (arena_try_alloc: ERR_NOMEM is returned). ERR_CORRUPT for anything not canonical. */
int codec_get_rec(struct arena *a, const uint8_t *p, size_t n, int type, struct id id, struct rec **out, struct err *e);
int codec_put_group(struct buf *b, const struct group *g);
/* with_writes false: skips the last part (g->writes NULL, nwrites still counted). */
int codec_get_group(struct arena *a, const uint8_t *p, size_t n, struct dot dot, bool with_writes, struct group **out, struct err *e);

#endif
