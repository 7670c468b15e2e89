/* store/codec.h - records and change groups as bytes: deterministic CBOR (RFC 8949 § 4.2.1), no recursion, everything
 * bounded.
 *
 * One value has one encoding: shortest forms, definite lengths, fields ascending; anything else is refused, so equal
 * records are equal bytes. Written to be provable: the reader is a cursor that can't leave its buffer; nesting on
 * input is at most 4. Limits: a text 64 KiB, a record 1 MiB and 255 fields, a group 16 MiB and 200,000 writes.
 * Unknown fields pass through as V_RAW.
 *
 * Record:  {0: [inc, no, clock, …]   the distinct stamps, ascending by (inc, no), each used;
 *           1: h'..'                 a byte a field: which stamp;
 *           2: [value …]             one a field, null when empty;
 *           3: h'..'}                the field numbers, ascending; 0 is alive (1 or 0).
 *           Key 4 is kept for open disagreements.
 * Group:   [version 1, clock, person, act, [args, the last not null], undoes inc, undoes no, number of writes,
 *           [type, id, count, field, value, before inc, before no, (count times) …]]
 *          The writes ascend by type, id and field.
 * Values:  integer of 64 bits, text, id = byte string of 16, null = empty. Raw = as it came: other byte strings,
 *          larger integers, true, false, and arrays of these two deep. Maps, tags, floats and indefinite lengths
 *          are refused inside values. */
#ifndef STORE_CODEC_H
#define STORE_CODEC_H

#include "store/store.h"

/* ERR_DATA when it is over a limit, has no field, or holds text that isn't UTF-8; ERR_NOMEM. b is then as it was. */
int codec_put_rec(struct buf *b, const struct rec *r);
/* Decode into the arena (arena_try_alloc: ERR_NOMEM is returned). ERR_CORRUPT for anything not canonical. */
int codec_get_rec(struct arena *a, const uint8_t *p, size_t n, int type, struct id id, struct rec **out, struct err *e);
int codec_put_group(struct buf *b, const struct group *g);
/* with_writes false: the writes aren't looked at (g->writes NULL, nwrites still told). */
int codec_get_group(struct arena *a, const uint8_t *p, size_t n, struct dot dot, bool with_writes,
	struct group **out, struct err *e);

#endif
