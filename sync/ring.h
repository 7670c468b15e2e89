/* sync/ring.h - who may take part: the ring of sites, its members, its keys.
 *
 * A ring is a set of signed statements that only grows; who is a member, whose an incarnation is and which epoch's
 * key is in use is a pure function of that set (sync/roll.h), the same everywhere whatever order it came in. Each
 * lies in the exchange folder as a file s/<incarnation>/cert.<hash>.svc: "SVCERT1\r\n", the ring's id, and covered
 * with a key that all members have (sync/ring_keys.h), so that a stick shows no names of places: deterministic CBOR,
 * signed with Ed25519 (sync/statement.h):
 *
 *   FOUND        the ring's name and cover key's hash, the founder's keys; the ring's id is 16 bytes of its hash
 *   INVITE       an inviter allows one new site: its name, role, an invitation key, a last day
 *   MEMBER       a new site's name, site record and key, signed with the invitation's key and the member's; once
 *   INCARNATION  the member says: this incarnation is mine; of one that goes on after another: which, up to which
 *                number and tag, and the tags of a line given up there, if any
 *   EPOCH        a fresh key for what is written from now on, wrapped for each full member (and another for region
 *                members); of several at once the one with the greatest (depth, name) is used for writing. Said again
 *                by whoever hands the same keys to newcomers
 *   RETIRE       a member leaves (also who comes back, with its key of then) or is removed; groups of its
 *                incarnations above the numbers that such statements name aren't taken any more. It names all that
 *                its author has, for he may be out himself when it is known that somebody else was
 *   HAD          the same numbers, of one who had more of a removed member when it heard of it; removes nobody
 *
 * A member's key signs (Ed25519); the same key, turned into X25519, receives wrapped keys (crypto_box_seal). Keys and
 * statements lie in the store's vault. A region member gets only the region's epoch keys, with which files of
 * partition 1 are sealed: no persons. It reads; nothing that it writes is taken.
 *
 * An invitation file holds, under a key from six Danish words (Argon2id, 60 bits), the statements so far, the
 * invitation key and the epoch keys (sync/invite.h). Words: sync/words.def, 1,024 of them, typed with or without
 * æøå. */
#ifndef SYNC_RING_H
#define SYNC_RING_H

#include "sync/segment.h"

enum ring_role { RING_FULL = 1, RING_REGION };
enum { RING_WORDS = 6, RING_WORDS_TEXT = 96, RING_NAME = 80, RING_INVITE_MOST = 16 << 20 };   /* bytes */

struct ring;

struct ring_member {
	uint8_t key[SEGMENT_PUBLIC];
	const char *name;                 /* the site's, as it joined */
	struct id site;                   /* its site record */
	enum ring_role role;
	bool retired, self;               /* retired: it left, was removed, or its invitation doesn't count */
	bool guest;                       /* this site invited it */
	const char *instead;              /* its invitation was used by this site, which counts; NULL: by nobody else */
	int64_t joined, left;             /* UTC; by the statements */
	const uint64_t *inc;              /* its incarnations, ascending */
	size_t ninc;
};

/* Is there one? *out NULL when the store is in no ring. Reads all of it from the vault. What the functions below
 * return of it stands until the ring next takes or says something. */
int ring_load(struct store *s, struct ring **out, struct err *e);
/* ERR_NOTFOUND, for what needs one, with how to get into one. */
int ring_missing(struct err *e);
void ring_free(struct ring *r);                                         /* wipes; NULL is fine */

/* Make a ring with this store as its first site. ERR_CONFLICT when it is in one; one that has left or was removed
 * isn't. ERR_DATA for a name that is empty, longer than RING_NAME or holds a CPR number. */
int ring_new(struct store *s, const char *name, struct err *e);
/* A new site is invited: its file into `out`, the six words into `words`. Good for 30 days and one site. ERR_REFUSED
 * when this site isn't a full member; ERR_CONFLICT when one of that name is in it; ERR_DATA as above. */
int ring_invite(struct store *s, struct ring *r, const char *site, enum ring_role role, struct buf *out,
	char words[RING_WORDS_TEXT], struct err *e);
/* Is somebody invited in that role who hasn't joined yet, as far as is known here, and still may today? */
bool ring_expects(const struct ring *r, enum ring_role role, civil_date today);
/* ERR_KEY wrong words (which word isn't in the list is told), ERR_DATA no invitation, ERR_CORRUPT, ERR_CONFLICT in a
 * ring already, or one of this store's name is, ERR_REFUSED too old, used already, or the store holds what another ring's sites wrote. A site that
 * was removed comes back as a new member: with a new key, its old one leaves (sync/roll.h, 4), under a fresh incarnation,
 * and what it wrote after its end is taken then, as it was written. ERR_REFUSED too when it comes back in the
 * other role, with what others wrote. */
int ring_join(struct store *s, const void *file, size_t n, const char *words, struct err *e);
/* A member that is in the ring, by its name, the start of its name, or of its fingerprint's words. ERR_NOTFOUND no
 * such member, ERR_AMBIGUOUS. */
int ring_find(const struct ring *r, const char *text, const struct ring_member **out, struct err *e);
/* Retire it and begin a new epoch without it. As above, and ERR_REFUSED this site may not; itself is fine (leave). */
int ring_remove(struct store *s, struct ring *r, const char *member, struct err *e);
/* At each meeting, when others' statements are taken, and before anything is sent: say whose the store's incarnation
 * of now is, if nothing says so yet, and what else falls due by what others said: keys for newcomers who lack them, a
 * new epoch when somebody who was removed knows the newest, and the numbers of a removed one that this store has
 * above those that are named, so that others can follow. Saved. given_up: see exchange_transplant. */
struct ring_given_up { uint64_t inc, after, at; const uint64_t *tag; size_t ntag; };      /* at: the tag of `after` */
int ring_claim(struct store *s, struct ring *r, const struct ring_given_up *given_up, struct err *e);
/* A line goes on under `inc`, of which the store has nothing yet: say so. Saved. */
int ring_claim_beside(struct store *s, struct ring *r, uint64_t inc, const struct ring_given_up *given_up, struct err *e);

const char *ring_name(const struct ring *r);
const uint8_t *ring_id(const struct ring *r);
enum ring_role ring_own_role(const struct ring *r);                      /* RING_REGION for one that isn't known */
const struct ring_member *ring_members(const struct ring *r, size_t *n);
/* Is this site in it still? Not once it is removed, nor when another site joined with the same invitation. */
bool ring_takes_part(const struct ring *r);
/* Whose an incarnation is, retired members too; NULL: nobody's that is known. */
const struct ring_member *ring_author(const struct ring *r, uint64_t inc);
/* The last number of an incarnation that is taken (UINT64_MAX: all): a retired member's end; 0 of nobody's. */
uint64_t ring_last_number(const struct ring *r, uint64_t inc);
/* Lines given up; n may be 0. */
const struct ring_given_up *ring_given_up_lines(const struct ring *r, size_t *n);
const uint8_t *ring_secret(const struct ring *r);                       /* the own signing key, SEGMENT_SECRET */
/* The key of an epoch; NULL: not ours to have, or not known yet. */
const uint8_t *ring_key(const struct ring *r, uint32_t partition, const uint8_t epoch[SEGMENT_EPOCH]);
/* What to write with; NULL: nothing yet. */
const uint8_t *ring_epoch(const struct ring *r, uint32_t partition);
/* The keyed hash of a store's state that stands in headers: BLAKE2b-256 keyed by the ring's cover key, id and
 * state. */
void ring_digest(const struct ring *r, const uint8_t state[32], uint8_t out[32]);

/* Give the store what it needs of the ring for erasing persons, if it hasn't got it. No view may be open. */
int ring_share(struct store *s, const struct ring *r, struct err *e);

/* ---- statements as files ------------------------------------------------------------------------ */
struct ring_statement {
	const void *p;
	size_t n;
	uint8_t hash[SEGMENT_HASH];
	uint64_t inc;                     /* whose folder it goes in */
};
const struct ring_statement *ring_statements(const struct ring *r, size_t *n);
/* Take a statement from a file; true when it is new. One that nothing vouches for yet is kept and counts when
 * something does. ERR_DATA not one, ERR_CORRUPT, ERR_REFUSED of another ring. Not yet saved: ring_save. */
int ring_take(struct ring *r, const void *p, size_t n, bool *is_new, struct err *e);
int ring_save(struct store *s, struct ring *r, struct err *e);

/* ---- words --------------------------------------------------------------------------------------- */
/* A key or hash as six words. */
void ring_words(const uint8_t *hash, char out[RING_WORDS_TEXT]);

#endif
