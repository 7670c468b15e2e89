/* store/kv_seen.h - which rows may lie above others (kv_fresh.h), as far as this program has laid them there itself: a
 * filter with two bits a row (B. H. Bloom: Space/time trade-offs in hash coding with allowable errors, CACM 13, 1970).
 *
 * A merge reads what it is about to write; most of it doesn't lie above, and to find that out in the packed rows costs half
 * as much as the row at its place. The filter knows it where nothing lay above once, and nobody else has written since.
 * It is never wrong about a row that lies there. Private to kv_*.c. */
#ifndef STORE_KV_SEEN_H
#define STORE_KV_SEEN_H

#include "store/kv.h"

struct kv_seen;

struct kv_seen *kv_seen_new(void);                       /* of which nothing is known; NULL: no memory, which is fine below */
void kv_seen_free(struct kv_seen *s);
/* Nothing lies above in that version of the store (kv_version). */
void kv_seen_none(struct kv_seen *s, uint64_t version);
/* This key is about to be laid there. */
void kv_seen_add(struct kv_seen *s, struct kv_bytes key);
/* What was added was all that was laid when that version was written. */
void kv_seen_through(struct kv_seen *s, uint64_t version);
/* May it lie there, as a reader of that version sees it? */
bool kv_seen_may(const struct kv_seen *s, uint64_t version, struct kv_bytes key);

#endif
