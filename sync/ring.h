/* sync/ring.h - who may take part: the ring of sites, its members, its keys.
 *
 * A ring is a set of signed statements that only grows; who is a member, whose an incarnation is and which epoch's key
 * is in use is a pure function of that set, the same everywhere whatever order it came in. Each lies in the exchange
 * folder as a file s/<incarnation>/cert.<hash>.svc ("SVCERT1\r\n" and deterministic CBOR, signed with Ed25519):
 *
 *   FOUND        the ring's name and salt, the founder's keys; the ring's id is 16 bytes of its hash
 *   INVITE       an inviter allows one new site: its name, role, an invitation key, a last day
 *   MEMBER       a new site's name, site record, keys and role, signed with the invitation's key; once
 *   INCARNATION  the member says: this incarnation is mine; of one that goes on after another: which, up to which number,
 *                and the tags of a line given up there, if any
 *   EPOCH        a fresh key for what is written from now on, wrapped for each full member (and another for region
 *                members); of several at once the one with the greatest (depth, hash) is used for writing
 *   RETIRE       a member leaves or is removed; groups of its incarnations above the numbers that the statement names
 *                aren't taken any more
 *
 * A member's key signs (Ed25519); the same key, turned into X25519, receives wrapped keys (crypto_box_seal). Keys and
 * statements lie in the store's vault. A region member gets only the region's epoch keys, with which files of partition 1
 * are sealed: no persons.
 *
 * An invitation file holds the statements so far, and under a key from six Danish words (Argon2id, 60 bits and more)
 * the invitation key and the epoch keys in use. Words: sync/words.def, 1,024 of them, typed with or without æøå. */
#ifndef SYNC_RING_H
#define SYNC_RING_H

#include "sync/segment.h"

enum ring_role { RING_FULL = 1, RING_REGION };
enum { RING_WORDS = 6, RING_WORDS_TEXT = 96, RING_NAME = 80 };

struct ring;

struct ring_member {
	uint8_t key[SEGMENT_PUBLIC];
	const char *name;                 /* the site's, as it joined */
	struct id site;                   /* its site record */
	enum ring_role role;
	bool retired, self;
	int64_t joined, left;             /* UTC; by the statements */
	const uint64_t *inc;              /* its incarnations, ascending */
	size_t ninc;
};

/* Is there one? *out NULL when the store is in no ring. Reads all of it from the vault. */
int ring_load(struct store *s, struct ring **out, struct err *e);
void ring_free(struct ring *r);                                         /* wipes; NULL is fine */

/* Make a ring with this store as its first site. ERR_CONFLICT when it is in one. */
int ring_new(struct store *s, const char *name, struct err *e);
/* A new site is invited: its file into `out`, the six words into `words`. Good for 30 days and one site. */
int ring_invite(struct store *s, struct ring *r, const char *site, enum ring_role role, struct buf *out,
	char words[RING_WORDS_TEXT], struct err *e);
/* ERR_KEY wrong words (which word isn't in the list is told), ERR_DATA no invitation, ERR_CONFLICT in a ring already, ERR_REFUSED too old. */
int ring_join(struct store *s, const void *file, size_t n, const char *words, struct err *e);
/* Retire a member and begin a new epoch without it. ERR_NOTFOUND no such member, ERR_AMBIGUOUS; itself is fine (leave). */
int ring_remove(struct store *s, struct ring *r, const char *member, struct err *e);
/* Say whose the store's incarnation of now is, if nothing says so yet. given_up: see exchange_transplant. */
struct ring_given_up { uint64_t inc, after; const uint64_t *tag; size_t ntag; };
int ring_claim(struct store *s, struct ring *r, const struct ring_given_up *given_up, struct err *e);

const char *ring_name(const struct ring *r);
const uint8_t *ring_id(const struct ring *r);
enum ring_role ring_own_role(const struct ring *r);
const struct ring_member *ring_members(const struct ring *r, size_t *n);
/* Whose an incarnation is; NULL: nobody's that is known. */
const struct ring_member *ring_author(const struct ring *r, uint64_t inc);
/* The last number of an incarnation that is taken (UINT64_MAX: all): a retired member's end. */
uint64_t ring_last_number(const struct ring *r, uint64_t inc);
/* Lines given up; n may be 0. */
const struct ring_given_up *ring_given_up_lines(const struct ring *r, size_t *n);
const uint8_t *ring_secret(const struct ring *r);                       /* the own signing key, SEGMENT_SECRET */
/* The key of an epoch; NULL: not ours to have, or not known yet. */
const uint8_t *ring_key(const struct ring *r, uint32_t partition, const uint8_t epoch[SEGMENT_EPOCH]);
/* What to write with. */
const uint8_t *ring_epoch(const struct ring *r, uint32_t partition);
/* The keyed hash of a store's state that stands in headers: BLAKE2b-256(key from the ring's id and salt, state). */
void ring_digest(const struct ring *r, const uint8_t state[32], uint8_t out[32]);

/* ---- statements as files ------------------------------------------------------------------------ */
struct ring_statement { const void *p; size_t n; uint8_t hash[SEGMENT_HASH]; uint64_t inc; };   /* inc: whose folder it goes in */
const struct ring_statement *ring_statements(const struct ring *r, size_t *n);
/* Take a statement from a file; true when it is new. One that nothing vouches for yet is kept and counts when something
 * does. ERR_DATA not one, ERR_CORRUPT, ERR_REFUSED of another ring. Not yet saved: ring_save. */
int ring_take(struct ring *r, const void *p, size_t n, bool *is_new, struct err *e);
int ring_save(struct store *s, struct ring *r, struct err *e);

/* ---- words --------------------------------------------------------------------------------------- */
/* A key or hash as six words. */
void ring_words(const uint8_t *hash, char out[RING_WORDS_TEXT]);

#endif
