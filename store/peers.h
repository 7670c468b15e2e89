/* store/peers.h - the rows 'p' of meta: every incarnation whose changes are here, how far they go, and what their
 * author had seen. Private to store/. */
#ifndef STORE_PEERS_H
#define STORE_PEERS_H

#include "store/exchange.h"
#include "store/store_priv.h"

enum { PEER_KEY = 9 };
/* kind: 'p'; 'b' for where a floor lies under them (floor.h); 'k' for what it is known to have. */
size_t peers_key(uint8_t key[PEER_KEY], char kind, uint64_t inc);
/* Appends a row's value. */
void peers_put(struct buf *b, const struct peer *p);
/* All of them, ascending, without `acked`. */
int peers_read(struct view *v, struct arena *a, struct peer **out, size_t *n, struct err *e);
/* The same of those of another kind. */
int peers_read_kind(struct view *v, struct arena *a, char kind, struct peer **out, size_t *n, struct err *e);
/* Is a part of the log folded away? */
int peers_any_folded(struct view *v, bool *any, struct err *e);
/* One alone, without context and acked; no == 0 when there is none. */
int peers_find(struct view *v, uint64_t inc, struct peer *out, struct err *e);

/* Those that `s` has were heard of when `was` says (where it says it), in a store that is being made. */
int peers_hear(struct store *s, const struct peer *was, size_t n, struct err *e);

#endif
