/* sync/segment.h - a segment: change groups of one incarnation as a file that can lie anywhere and be believed.
 *
 *     "SVSEG1\r\n" | u16 header length | header | nonce 24 | ciphertext | signature 64 | u64 length | "1GESVS\r\n"
 *
 * The header is plain and authenticated (deterministic CBOR, as store/codec.h): lengths of the body and of the
 * ciphertext, ring, incarnation, partition, first, count, chain before and after, the author's vector, digest of his
 * state at it, clocks first and last, schema written and needed, key epoch. Ciphertext: XChaCha20-Poly1305 under the
 * epoch's key with everything before the nonce as associated data, over zstd(body). Signature: Ed25519 by the site's key
 * over "samvagt segment" | BLAKE2b-256 of all before it; it is bound to a position in a chain, so an old file can't be
 * played back as a new one. A file with count 0 is an acknowledgement: it says what its author has. Numbers are
 * big-endian.
 *
 * The body is columns (sync/columns.h, sync/body.h): what is alike about groups and records stands once as a shape; made
 * ids are small numbers, name-based ones stand as what they are made of; there is one column of values per (type, field).
 * Canonical: one list of groups, with one set of answers about ids, has one body. Reading is bounded everywhere and
 * written to be provable; a reader never sees a partial result: segment_open has looked at every column before it
 * returns.
 *
 * A snapshot is the same envelope ("SVSNP1\r\n") with all records of a state as columns, ascending by type and id, with
 * stamps and siblings, and the peers' numbers, chains and contexts: equal stores give equal bodies. Of each peer it tells
 * the tags of the last changes, too, for nobody who has these with a state alone can tell them otherwise.
 *
 * Pure but for the nonce: no files, no store, no clock. */
#ifndef SYNC_SEGMENT_H
#define SYNC_SEGMENT_H

#include "store/exchange.h"

enum {
	SEGMENT_RING = 16, SEGMENT_EPOCH = 8, SEGMENT_KEY = 32, SEGMENT_PUBLIC = 32, SEGMENT_SECRET = 64, SEGMENT_HASH = 32,
	SEGMENT_SCHEMA = 2,                       /* the newest that this version can read: a snapshot with tails; */
	SEGMENT_SCHEMA_PLAIN = 1,                 /* what all else needs that it writes */
	SEGMENT_GROUPS_MOST = 65536,              /* of a file */
	SEGMENT_CUT = 8 << 20,                    /* gathered bytes at which a writer ends a file and begins another */
	SEGMENT_BYTES_MOST = 24 << 20,            /* one group alone can be 16 MiB */
	SEGMENT_PLAIN_MOST = 64 << 20,
	SNAPSHOT_BYTES_MOST = 256 << 20,
	SNAPSHOT_TAIL_MOST = 512,                 /* tags of an incarnation: a store that is put back goes hardly further */
};

enum segment_kind { SEGMENT_GROUPS, SEGMENT_SNAPSHOT };

struct segment_head {
	enum segment_kind kind;
	uint8_t ring[SEGMENT_RING];
	uint64_t inc;                             /* the author */
	uint32_t partition;                       /* 0: everything. 1: what the region may see (no persons) */
	uint64_t first, count;                    /* groups; of a snapshot: records */
	uint8_t before[CHAIN], after[CHAIN];
	struct vector vector;
	uint8_t digest[32];
	int64_t clock_first, clock_last;
	uint16_t written, needed;                 /* schema */
	uint8_t epoch[SEGMENT_EPOCH];
};

/* What a file is, from its own bytes: ERR_DATA no segment; ERR_STOPPED cut short (also 0 bytes, or zeros at its end):
 * it may still be on its way; ERR_CORRUPT altered; ERR_UNSUPPORTED a newer form. Checks sizes, trailer and header, nothing
 * that needs a key. The head's vector lies in the arena. hash: BLAKE2b-256 of the whole file, as in its name. */
int segment_read_head(struct arena *a, const void *p, size_t n, struct segment_head *out, uint8_t hash[SEGMENT_HASH],
	struct err *e);
/* The head alone, of a file that was found whole before, from the n bytes that it begins with. ERR_STOPPED when they don't
 * hold all of it. */
int segment_peek(struct arena *a, const void *p, size_t n, struct segment_head *out, struct err *e);
/* Does the one end where the other begins, in the same history of their author? */
bool segment_leads_to(const struct segment_head *head, const struct segment_head *next);
/* Does the author's signature hold? ERR_CORRUPT. */
int segment_verify(const void *p, size_t n, const uint8_t author[SEGMENT_PUBLIC], struct err *e);

/* ---- writing ------------------------------------------------------------------------------------- */
struct segment_writer;
enum segment_level { SEGMENT_FAST, SEGMENT_SMALL };       /* zstd 1; zstd 19 for a stick */
/* What a name-based id is made of: an assignment's shift and holder; a link's kind, from and to; or the record that one
 * stands for on another day. These numbers are in the files. */
enum origin_kind { ORIGIN_NONE, ORIGIN_ASSIGNMENT, ORIGIN_LINK, ORIGIN_DATED };
struct origin { enum origin_kind kind; struct id from, to; int32_t number; };   /* number: kind of a link; day */
/* A name-based id is 16 bytes that don't compress; what it is made of is three or so. A group that makes the record says
 * it, one that edits it later doesn't: then this is asked (the caller looks into the store). False when it isn't known.
 * type: of the record, TYPE_ANY where only the id is known. An answer that the id doesn't follow from is no answer. */
struct segment_names { bool (*origin)(void *ctx, int type, struct id id, struct origin *out); void *ctx; };
/* names, and what it points at, stays until the end; NULL: nothing is known. NULL when out of memory. */
struct segment_writer *segment_begin(const struct segment_names *names);
/* Groups in order of number. What it points at isn't kept. */
int segment_add(struct segment_writer *w, const struct group *g, struct err *e);
/* Bytes gathered so far, before compression: to know when to cut. A file has at most SEGMENT_GROUPS_MOST groups. */
size_t segment_gathered(const struct segment_writer *w);
/* Seal: head->first, count and clocks are taken from the groups; the rest is given. Appends the file to `out`. Frees w. */
int segment_end(struct segment_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e);
void segment_abandon(struct segment_writer *w);

/* ---- reading ------------------------------------------------------------------------------------- */
struct segment_reader;
/* Unseal, inflate, and check every column. ERR_KEY: another epoch's key, or (where the signature wasn't asked) altered;
 * ERR_CORRUPT; ERR_UNSUPPORTED needs a newer samvagt. */
int segment_open(const void *p, size_t n, const struct segment_head *head, const uint8_t key[SEGMENT_KEY],
	struct segment_reader **out, struct err *e);
/* The next group; false at the end. In the arena. */
bool segment_next(struct segment_reader *r, struct arena *a, struct group **out);
void segment_close(struct segment_reader *r);             /* NULL is fine */

/* ---- snapshots ----------------------------------------------------------------------------------- */
/* How the tags of a peer's changes before its last begin, of numbers no - n … no - 1: by them a store finds where its own history ends
 * in one that goes further, or parts from it. */
struct snapshot_tail { const uint32_t *tag; size_t n; };
static inline uint32_t snapshot_tag(uint64_t tag) { return (uint32_t)(tag >> 32); }
struct snapshot_writer;
struct snapshot_writer *snapshot_begin(const struct peer *peers, size_t n);
/* Of each of the peers; true: there are any, so that it needs SEGMENT_SCHEMA. Else the plain one. */
bool snapshot_add_tails(struct snapshot_writer *w, const struct snapshot_tail *tail, size_t n);
int snapshot_add(struct snapshot_writer *w, const struct rec *r, struct err *e);          /* ascending by type and id */
int snapshot_end(struct snapshot_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e);
void snapshot_abandon(struct snapshot_writer *w);
struct snapshot_reader;
int snapshot_open(const void *p, size_t n, const struct segment_head *head, const uint8_t key[SEGMENT_KEY],
	struct snapshot_reader **out, struct err *e);
const struct peer *snapshot_peers(const struct snapshot_reader *r, size_t *n);
const struct snapshot_tail *snapshot_tails(const struct snapshot_reader *r);             /* of each of them */
bool snapshot_next(struct snapshot_reader *r, struct arena *a, struct rec **out);
void snapshot_close(struct snapshot_reader *r);

#endif
