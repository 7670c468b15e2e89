/* store/store_priv.h - what the files of store/ know about each other: an open store, a view, the rows of log, rec
 * and meta, and what a change group does to the tables. Nobody outside store/ includes it.
 *
 *   log   incarnation(8) number(8)     -> sealed group
 *   rec   type(1) id(16)               -> sealed record
 *   seg   inc(8) first(8) hash(8)      -> length(4), then how a file of an exchange folder begins, verbatim
 *         inc(8) first(8) hash(8) part(2)
 *                                      -> the rest of it, from part 1 on; see kept.c
 *   meta  'h'                          -> incarnation(8) clock(8) next id(8) state(32): whose next id it is; the newest
 *                                         clock absorbed; the sum of hashes of all records
 *         'p' incarnation(8)           -> number(8) folded(8) clock(8) heard(8) chain(32), then its context as codec.h
 *         'k' incarnation(8)           -> what it is known to have, as codec.h
 *         'd' type(1) id(16)           -> nothing: the record has an open disagreement
 *         'm' number(8)                -> clock(8) from(1 + n), then [incarnation(8) after(8) upto(8)]…: a merge
 *         'v' name                     -> sealed: vault.h
 *         'b' incarnation(8)           -> as 'p': how far a floor lies under it, see floor.h
 *         'f' type(1) id(16) field(1) incarnation(8) number(8)
 *                                      -> sealed: what a field held by a group that isn't in the log, when it was
 *                                         overwritten
 *         'x' incarnation(8) tag(8)    -> after(8) its tag(8): lines.h
 *         't'                          -> what erasing has to do, and did: erase_priv.h
 *         'i'                          -> incarnation(8): what the format file must say, see identity.h
 *         'r'                          -> form(1) of the index rows: index_form.h
 *         'l'                          -> bytes(8) of the file when its tables were last laid in order: tidy.c
 *         'o'                          -> sealed: the machine and folder that the store is at home in
 *         'c' type(1)                  -> alive records(8); of type 0: those that have an open disagreement
 *         'u' incarnation(8) number(8) -> incarnation(8) number(8): the newest undo or redo of this change that is in
 *                                         the log: where one is folded away, an older one counts again */
#ifndef STORE_STORE_PRIV_H
#define STORE_STORE_PRIV_H

#include "store/exchange.h"
#include "store/idmap.h"
#include "store/index.h"
#include "store/keys.h"
#include "store/kv.h"
#include "store/seal.h"
#include "store/store.h"

enum { STORE_PERSON_MOST = 200, STORE_LOG_KEY = 16, STORE_REC_KEY = 17 };

struct store {
	char *dir;
	struct kv *kv;
	struct seal *seal;               /* NULL while locked */
	struct os_lock *lock;            /* NULL when read-only */
	struct keys_format format;
	struct os_clock clock;
	int64_t changed;                 /* the time of the newest change, when it was opened */
	bool readonly, sealed, dry_run;
	uint64_t next_id;                /* for change_new; kept in meta with each commit */
	char person[STORE_PERSON_MOST];
	struct newest { uint64_t version; struct dot dot; } newest[2];    /* what undo [0] and redo [1] would take */
	enum identity identity;
	bool settled;                    /* whose numbers are written under is known */
	struct dot noted;                /* what the witness says, and when it was written last */
	int64_t noted_ms;
};

/* The quick check, in a child process: s has its keys but hasn't opened the database. */
int store_quick_check(struct store *s, struct err *e);

int store_refuse_network(const char *dir, struct err *e);
/* The format and keys files. ERR_NOTFOUND there is no store; ERR_CORRUPT also when one of the two is missing from
 * one. */
int store_read_outside(const char *dir, struct keys_format *format, bool *sealed, struct err *e);

#define LOCK "lock"                      /* the file in the folder that says who writes */
/* Make a store in the folder `dir`, which must be empty or not there: fill() makes it beside its place, and it is
 * moved there when every byte is down, so that there is never half a store. */
int store_make(const char *dir, int (*fill)(void *ctx, const char *made, struct err *e), void *ctx, struct err *e);

/* A growing array in an arena, for what a view hands out. */
struct pile { struct arena *a; void *at; size_t n, cap, item; };
int pile_add(struct pile *l, const void *item, struct err *e);
void pile_sort(struct pile *l, int (*compare)(const void *x, const void *y));

/* The file whose first row this is; false: it is another row, or damaged. */
bool kept_of_row(struct view *v, struct kv_bytes key, struct kv_bytes value, struct kept *out);
/* A file to be kept, as rows of table seg: add() gets each, to copy it. */
int kept_split(uint64_t inc, uint64_t first, const uint8_t hash[8], const void *p, size_t n,
	int (*add)(void *ctx, const uint8_t *key, size_t nkey, const void *value, size_t nvalue, struct err *e), void *ctx,
	struct err *e);

/* ---- views --------------------------------------------------------------------------------------- */
enum { VIEW_GROUPS = 4 };

/* Groups decoded lately: the chains of a record's fields meet in the same ones. */
struct group_cache {
	struct { struct arena *a; struct group *g; uint64_t used; } at[VIEW_GROUPS];
	uint64_t tick;
};

struct past;                             /* what has been touched since; see past.c */

struct view {
	struct store *s;
	struct kv_txn txn;
	int64_t at;                      /* 0: now */
	bool damaged;                    /* a title couldn't be read */
	struct arena *scratch;           /* sealed values opened on the way; reset at each use */
	struct group_cache groups;
	struct arena *floor;             /* what was asked for of values under it; see floor.h */
	struct past *past;
};

/* A record as it stands now, whatever time the view is of. *out NULL when there is none. */
int view_now(struct view *v, struct arena *a, int type, struct id id, struct rec **out, struct err *e);
/* The same in two steps: its bytes as codec.h writes them, of which the seal has held, p NULL when there is none; and
 * the record of them. Each in `a`. */
struct stored { const uint8_t *p; size_t n; };
int view_stored(struct view *v, struct arena *a, int type, struct id id, struct stored *out, struct err *e);
int view_decode(struct stored stored, struct arena *a, int type, struct id id, struct rec **out, struct err *e);
int view_find_now(struct view *v, struct arena *a, struct id id, struct rec **out, struct err *e);
/* The sentence and code for a row that makes no sense. */
int view_corrupt(const struct view *v, enum kv_table table, struct err *e);

int view_count_now(struct view *v, int type, size_t *n, struct err *e);
/* Is the view usable (not locked)? */
int view_check_key(const struct view *v, struct err *e);

/* What the index rows of a record depend on, read from the store as it stands. */
int view_deps(struct view *v, struct arena *a, const struct rec *r, struct index_deps *out, struct err *e);

/* no: the newest number of the own incarnation (of its row 'p'); clock: the newest absorbed. */
struct head { uint64_t no; int64_t clock; uint64_t next_id; uint8_t state[CHAIN]; };
int view_head(struct view *v, struct head *out, struct err *e);
enum { STORE_HEAD = 8 + 8 + 8 + CHAIN };
void store_put_head(uint8_t value[STORE_HEAD], uint64_t inc, const struct head *h);
int view_nomem(struct err *e);
/* Begin a view anew in which something couldn't be read: LMDB reads nothing more in that transaction then, though the
 * rest is whole. It stays as it was when it can't be begun. */
void view_renew(struct view **v);

size_t store_rec_key(uint8_t key[STORE_REC_KEY], int type, struct id id);
size_t store_log_key(uint8_t key[STORE_LOG_KEY], struct dot dot);
struct dot store_read_dot(const uint8_t *p);
size_t store_count_key(uint8_t key[2], int type);
enum { STORE_UNDONE_KEY = 17 };
size_t store_undone_key(uint8_t key[STORE_UNDONE_KEY], struct dot dot);

#endif
