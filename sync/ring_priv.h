/* sync/ring_priv.h - what the files of the ring know about each other: the ring in memory, and saying something
 * new. */
#ifndef SYNC_RING_PRIV_H
#define SYNC_RING_PRIV_H

#include "sync/roll.h"

enum { RING_STATEMENTS_MOST = 16384 };            /* more than any ring says in decades */

/* A key of an epoch, as the vault and an invitation hold it: epoch 8, partition 1, key 32. */
enum { RING_KEY_BYTES = SEGMENT_EPOCH + 1 + SEGMENT_KEY };
struct ring_key { uint8_t epoch[SEGMENT_EPOCH]; uint8_t partition; uint8_t key[SEGMENT_KEY]; };

/* What follows from the statements and the own key; made when it is asked for. */
struct ring_now {
	struct arena *a;
	bool old;
	struct roll roll;
	struct ring_member *member;               /* of the roll, alone */
	struct ring_key *key;                     /* all that are known; wiped */
	size_t nkeys, key_cap;
};

struct ring {
	struct arena *a;                          /* statements live as long as the ring */
	uint8_t id[SEGMENT_RING], cover[RING_COVER], self[SEGMENT_PUBLIC], secret[SEGMENT_SECRET];
	const struct statement **at;
	struct ring_statement *file;              /* the same, covered */
	size_t n, cap, file_cap;
	size_t saved, keys_saved;                 /* in the vault */
	bool cheap;                               /* tests only: invitations under the cheapest Argon2id */
	struct ring_now *now;
};

/* An empty ring with the own key; id 0 until it is found. */
struct ring *ring_make(const uint8_t cover[RING_COVER], const uint8_t secret[SEGMENT_SECRET]);
const struct roll *ring_roll(const struct ring *r);
/* This site's place in the roll, ROLL_NOBODY when it has none. */
size_t ring_self(const struct ring *r);
/* A statement of this site, ready to be filled in. */
struct statement ring_draft(const struct ring *r, struct store *s, enum statement_kind kind);
/* Sign with `secret`, cover, add. */
int ring_say(struct ring *r, const struct statement *draft, const uint8_t secret[SEGMENT_SECRET], struct err *e);
/* A file of this ring, taken in; *is_new may be NULL. */
int ring_add(struct ring *r, const void *file, size_t n, bool *is_new, struct err *e);
void ring_learn_key(
	const struct ring *r, const uint8_t epoch[SEGMENT_EPOCH], uint32_t partition, const uint8_t key[SEGMENT_KEY]);
/* Forget whatever ring the vault holds, and put this one there. */
int ring_replace(struct store *s, struct ring *r, struct err *e);

/* A fresh key for everybody who is in the ring now. */
int ring_begin_epoch(struct ring *r, struct store *s, struct err *e);
/* Say that all in `have` that is nobody's is this site's, and the incarnation of now: of a store that was in no ring
 * before, it is. */
int ring_claim_all(struct ring *r, struct store *s, const struct vector *have, struct err *e);
/* Say with the own key that it is used no more, and all that this site has. A key that the ring doesn't know says nothing. */
int ring_leave(struct ring *r, struct store *s, const struct vector *have, struct err *e);
/* What the store has. */
int ring_vector(struct store *s, struct arena *a, struct vector *out, struct err *e);
/* May this site invite and remove? ERR_REFUSED. */
int ring_check_full(const struct ring *r, struct err *e);

void ring_put_key(struct buf *b, const struct ring_key *key);
struct ring_key ring_get_key(const uint8_t *p);

#endif
