/* store/codec.h - records and change groups as bytes: deterministic CBOR (RFC 8949 § 4.2.1), no recursion, everything
 * bounded.
 *
 * One value has one encoding: shortest forms, definite lengths, fields ascending; anything else is refused, so equal
 * records are equal bytes. Written to be provable: the reader is a cursor that can't leave its buffer; nesting on
 * input is at most 4. Limits: a text 64 KiB, a record 512 MiB, 255 fields and 4,096 siblings, a group 16 MiB and
 * 200,000 writes. Unknown fields pass through as V_RAW.
 *
 * Record:  {0: [inc, no, clock, …]   the distinct stamps, ascending by (inc, no), each used;
 *           1: h'..'                 a byte a field (two where there are more than 256): which stamp;
 *           2: [value …]             one a field, null when empty;
 *           3: h'..'                 the field numbers, ascending; 0 is alive (1, or the deleter's context as raw);
 *           4: [no, stamp, value …]} values beside those shown, by number and dot; left out when there are none.
 *          Equal states of a record are equal bytes at every site: the state hash is made of them.
 * Context: bytes: inc(8) no(8) tag(8) …, ascending by incarnation.
 * Group:   [version 2, clock, person, act, [args, the last not null], undoes inc, undoes no, [inc, no, tag …] seen,
 *           number of writes, [type, id, count, field, value, (count times) …]]
 *          The writes ascend by type, id and field. This is the canonical form: what is chained, signed and sent.
 * Here:    after the group in the log: [tag, [before inc, before no, (a write) …], [write, inc, no …] aside]
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
/* Could it be written, if it isn't too long? For whoever makes records and groups from another form. */
bool codec_is_rec(const struct rec *r);
bool codec_is_group(const struct group *g);
/* The canonical form alone. */
int codec_put_group(struct buf *b, const struct group *g);
/* And after it what only this store knows. */
int codec_put_here(struct buf *b, const struct group *g);
/* A group, with or without what only the store knows after it. with_writes false: neither the writes nor that are
 * looked at (g->writes NULL, nwrites still told). *canonical (may be NULL) gets the length of the canonical form when
 * with_writes. */
int codec_get_group(struct arena *a, const uint8_t *p, size_t n, struct dot dot, bool with_writes,
	struct group **out, size_t *canonical, struct err *e);
/* Its tag alone, of one with what only the store knows: what lies before is stepped over, and takes no memory. */
int codec_get_tag(const uint8_t *p, size_t n, uint64_t *tag, struct err *e);

#endif
