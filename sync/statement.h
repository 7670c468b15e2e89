/* sync/statement.h - one signed statement of the ring: its form, signing, reading.
 *
 * A statement is deterministic CBOR (as store/codec.h) and an Ed25519 signature over it; as a file it is covered, see
 * ring_keys.h. Its name is the BLAKE2b-256 of all of it. Numbers, texts and byte strings only, arrays two deep:
 *
 *   [kind, ring, signer, inc, clock, [ … ]] | signature 64
 *   1 FOUND        [name, founder's site name, site record, hash of the cover key]; ring is empty
 *   2 INVITE       [site name, role, invitation key, last day, [epoch whose keys go with it …]]
 *   3 MEMBER       [invite's name, site name, site record, member's key, proof]; signed with the invitation's key, the
 *                  proof is the member's own signature
 *   4 INCARNATION  [incarnation] or [incarnation, goes on after, up to, its tag (0 of number 0), [tag …]]
 *   5 EPOCH        [epoch before or empty, hash of key 0, hash of key 1, [member, wrapped, …]]
 *   6 RETIRE       [member's key, [incarnation, newest number that its author has, …], [name of a statement of the
 *                  member's that counts …]]
 *   7 HAD          [[incarnation, newest number that its author has, …]]
 *
 * `inc` is in whose folder the file goes, no more. The lists ascend and have nothing twice. Another kind is a newer
 * samvagt's: its signature is checked, its body isn't looked at, and it is carried on. Reading is bounded, doesn't
 * recurse and can't leave its bytes. Knows the form of each statement, never whether it counts: that is roll.h. */
#ifndef SYNC_STATEMENT_H
#define SYNC_STATEMENT_H

#include "sync/ring.h"
#include "sync/ring_keys.h"

enum statement_kind {
	STATEMENT_FOUND = 1, STATEMENT_INVITE, STATEMENT_MEMBER, STATEMENT_INCARNATION, STATEMENT_EPOCH,
	STATEMENT_RETIRE, STATEMENT_HAD
};
enum {
	STATEMENT_MOST = 768 << 10,          /* bytes of the whole */
	STATEMENT_TAGS_MOST = 65536,         /* of a line given up */
	STATEMENT_ENDS_MOST = 16384,         /* incarnations of which a number is named */
	STATEMENT_LIST_MOST = 1024,          /* entries of another list */
	STATEMENT_KEYS = 2 * SEGMENT_KEY,    /* what is wrapped for a full member: the keys of partitions 0 and 1 */
	STATEMENT_REGION_KEYS = SEGMENT_KEY, /* and for the region: of partition 1 */
};

struct statement_wrap { uint8_t member[SEGMENT_PUBLIC]; const uint8_t *box; size_t n; };
struct statement_end { uint64_t inc, no; };
struct statement_ends { const struct statement_end *at; size_t n; };

struct statement {
	uint64_t kind;
	uint8_t ring[SEGMENT_RING];               /* of FOUND: the one that it makes, set by reading */
	uint8_t signer[SEGMENT_PUBLIC];
	uint64_t inc;
	int64_t clock;
	union {
		struct {
			const char *name, *site_name;
			struct id site;
			uint8_t cover[SEGMENT_HASH];
		} found;
		struct {
			const char *site_name;
			enum ring_role role;
			uint8_t key[SEGMENT_PUBLIC];
			civil_date last;
			const uint8_t (*epoch)[SEGMENT_EPOCH];
			size_t nepochs;
		} invite;
		struct {
			uint8_t invite[SEGMENT_HASH];
			const char *site_name;
			struct id site;
			uint8_t key[SEGMENT_PUBLIC], proof[RING_SIGNATURE];
		} member;
		struct {
			uint64_t inc;
			bool goes_on;
			struct ring_given_up after;       /* its tags: the line given up */
		} incarnation;
		struct {
			uint8_t id[SEGMENT_EPOCH];        /* follows from the rest: set by reading */
			bool is_first;
			uint8_t after[SEGMENT_EPOCH];
			uint8_t key_hash[2][SEGMENT_HASH];
			const struct statement_wrap *wrap;
			size_t nwraps;
		} epoch;
		struct {
			uint8_t key[SEGMENT_PUBLIC];
			struct statement_ends ends;
			const uint8_t (*known)[SEGMENT_HASH];
			size_t nknown;
		} retire;
		struct statement_ends had;
	};
	uint8_t name[SEGMENT_HASH];               /* set by reading */
	const uint8_t *p;                         /* the whole, where the caller or the arena has it */
	size_t n;
};

/* Read a statement and check its form and signatures. What it points at lies in the arena; p is copied there.
 * ERR_DATA not a statement at all; ERR_CORRUPT. */
int statement_read(struct arena *a, const void *p, size_t n, struct statement *out, struct err *e);
/* The same of one that was read when it came, and lay under the store's seal since: its form alone is looked at, for its
 * signatures would be what takes the time whenever the store is opened. */
int statement_recall(struct arena *a, const void *p, size_t n, struct statement *out, struct err *e);
/* Sign s and read it back into *out, in the arena. ERR_DATA for what reading would refuse: an empty or long name, a
 * list that doesn't ascend or is too long. */
int statement_sign(struct arena *a, const struct statement *s, const uint8_t secret[SEGMENT_SECRET],
	struct statement *out, struct err *e);
/* The member's own half of a MEMBER, before it is signed with the invitation's key: the site's key signs, too. */
void statement_prove(struct statement *s, const uint8_t secret[SEGMENT_SECRET]);
/* Does a RETIRE name this statement among those that count? */
bool statement_knows(const struct statement *retire, const uint8_t name[SEGMENT_HASH]);
/* The wrapped keys for a member in an EPOCH, NULL: none. */
const struct statement_wrap *statement_wrap_for(const struct statement *epoch, const uint8_t member[SEGMENT_PUBLIC]);

#endif
