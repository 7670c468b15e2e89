/* store/exchange.h - what the store offers to sync/: what it has seen, the groups that others lack, taking others'
 * groups in, keeping segments, and a new incarnation when its own can't go on.
 *
 * Others' groups go through the same plan as own changes: data, siblings, indexes, log, vector and kept segments in
 * one transaction. Rows in meta (see store_priv.h) hold per incarnation its number, chain and context. */
#ifndef STORE_EXCHANGE_H
#define STORE_EXCHANGE_H

#include "store/change.h"
#include "store/vector.h"

/* ---- what it has -------------------------------------------------------------------------------- */
struct peer {
	uint64_t inc;
	uint64_t no;                      /* the highest number, all below it are here or folded */
	uint64_t folded;                  /* groups up to here aren't in the log: they came with a snapshot */
	uint8_t chain[CHAIN];             /* at no */
	int64_t clock;                    /* of that group */
	struct vector context;            /* what its author had seen when it wrote that group */
	struct vector acked;              /* what it is known to have: at least context */
	uint64_t cut;                     /* groups up to here lost values when somebody was erased, and are never sent; */
	uint8_t cut_chain[CHAIN];         /* what comes after goes on from this */
	int64_t heard;                    /* when it last had something new to tell: changes, or what it has. UTC; 0 never */
};
/* All incarnations, ascending; the own one included once it has written. */
int exchange_peers(struct view *v, struct arena *a, struct peer **out, size_t *n, struct err *e);
/* What an incarnation said that it has, also one that has written nothing that came here. */
int exchange_acked(struct view *v, struct arena *a, uint64_t inc, struct vector *out, struct err *e);
int exchange_vector(struct view *v, struct arena *a, struct vector *out, struct err *e);
/* The order-free sum of hashes of all records with all their values: equal stores, equal sums. O(1). */
int exchange_state(struct view *v, uint8_t out[32], struct err *e);
/* The chain of an incarnation at a number that is in the log; its tag. ERR_NOTFOUND below `folded` or above `no`. */
int exchange_tag(struct view *v, struct dot dot, uint64_t *tag, struct err *e);
/* The same where a line is left: also at the last that came with a state of the whole, and 0 before all. ERR_CONFLICT where a
 * state lies over that, so that the line can't be left there. */
int exchange_left(struct view *v, struct dot dot, uint64_t *tag, struct err *e);
/* All records with all their values, deleted ones too, ascending by type and id; each lives until fn returns. fn
 * returns OK to go on. */
int exchange_records(struct view *v, int (*fn)(void *ctx, const struct rec *r, struct err *e), void *ctx, struct err *e);
/* How many there are at most; O(1). */
int exchange_count(struct view *v, size_t *n, struct err *e);
/* The groups first..last of an incarnation, one by one, decoded and as canonical bytes. fn returns OK to go on. */
typedef int exchange_group_fn(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e);
int exchange_groups(struct view *v, uint64_t inc, uint64_t first, uint64_t last, exchange_group_fn *fn, void *ctx, struct err *e);

/* ---- taking in ----------------------------------------------------------------------------------- */
enum gate {
	GATE_READY, GATE_KNOWN,           /* KNOWN: its number is here already */
	GATE_EARLY,                       /* an earlier group, or one that its author had seen, isn't here yet */
};
struct taken {
	size_t groups, writes, records;   /* applied */
	size_t open;                      /* registers that became disagreements */
	size_t future;                    /* groups with a clock more than a day ahead: taken, not absorbed */
	uint64_t merge;                   /* the number of the merge, 0: nothing was new */
};
struct take;
/* Begin; from whom is a short text for the merge's row (the folder's name, a site's name): no personal data. */
int take_begin(struct store *s, const char *from, struct take **out, struct err *e);
enum gate take_gate(struct take *t, const struct group *g);
/* Everything taken so far counts, committed or not. */
struct vector take_vector(struct take *t, struct arena *a);
/* As exchange_tag, of everything taken so far. */
int take_tag(struct take *t, struct dot dot, uint64_t *tag, struct err *e);
/* The next group; must be GATE_READY. *chain, when not NULL, is what its incarnation's chain must be after it, else
 * ERR_CORRUPT. Commits by itself when enough is gathered (memory stays bounded). */
int take_group(struct take *t, const struct group *g, const uint8_t *chain, struct err *e);
/* Rows to be kept with the next commit: a file of an exchange folder, verbatim (replaces nothing: the same again is
 * nothing); and what an incarnation is known to have. */
int take_keep(struct take *t, uint64_t inc, uint64_t first, const uint8_t hash[8], const void *p, size_t n, struct err *e);
int take_acked(struct take *t, uint64_t inc, const struct vector *acked, struct err *e);
/* A whole state with its vector: registers are joined, floors (peer.folded) raised. rec as register_join's `other`. It
 * may also take the place of all that came by such states before, even where it goes less far, while own changes stay,
 * which had seen nothing of it (a site that follows writes nothing); or of all that is here.
 * ERR_CONFLICT: it is of another history than what is here, by its numbers and tags, or by what stands in it. */
enum take_how { TAKE_JOINED, TAKE_INSTEAD_OF_OTHERS, TAKE_INSTEAD_OF_ALL };
int take_snapshot_begin(struct take *t, const struct peer *peers, size_t n, enum take_how how, struct err *e);
int take_snapshot_rec(struct take *t, const struct rec *r, struct err *e);
int take_snapshot_end(struct take *t, struct err *e);
/* Commit what is left and free t, whatever it returns. On an error all that was committed before stands. */
int take_end(struct take *t, struct taken *out, struct err *e);
void take_abandon(struct take *t);        /* NULL is fine; what wasn't committed is gone */

/* ---- merges, for the digest and for undoing them ------------------------------------------------- */
struct merge_range { uint64_t inc, after, upto; };        /* numbers after+1 .. upto came with it */
struct merge { uint64_t no; int64_t clock; const char *from; const struct merge_range *range; size_t n; };
/* Newest first, at most max, those made at or after `since` (UTC). */
int merge_list(struct view *v, struct arena *a, int64_t since, size_t max, struct merge **out, size_t *n, struct err *e);
int merge_get(struct view *v, struct arena *a, uint64_t no, struct merge **out, struct err *e);
/* Take a merge's effect back as one new change (ACT_UNDO_MERGE with its number): each register that still shows what
 * the merge brought gets back what stood before it; the records of the other sites stay. ERR_REFUSED when nothing of
 * it stands (it is undone already, or all was changed since), when it is too much for one change, or when what it
 * brought isn't in the log: it came with a snapshot, or one that came later holds it. Undoing that change is the redo. */
int merge_undo(struct store *s, uint64_t no, struct change_result *out, struct err *e);

/* ---- disagreements ------------------------------------------------------------------------------- */
struct open_register { uint8_t type, field; struct id id; };
/* All open registers of all records, by type, id, field. From an index: costs what it lists. */
int disagreement_list(struct view *v, struct arena *a, struct open_register **out, size_t *n, struct err *e);
int disagreement_count(struct view *v, size_t *n, struct err *e);      /* records that have any; O(1) */

/* ---- kept segments (table KV_SEG) --------------------------------------------------------------- */
struct kept {
	uint64_t inc, first; uint8_t hash[8];
	size_t n;                         /* bytes of the whole */
	const void *head; size_t nhead;   /* how it begins, 4,000 bytes or all: in the map, and gone with the view */
	struct view *v;
};
/* Ascending by incarnation and first number. fn 0 to go on. Reads how they begin only. */
int kept_each(struct view *v, const uint64_t *inc, int (*fn)(void *ctx, const struct kept *k, struct err *e), void *ctx,
	struct err *e);
/* Append the whole file. */
int kept_read(const struct kept *k, struct buf *b, struct err *e);
bool kept_has(struct view *v, uint64_t inc, uint64_t first, const uint8_t hash[8]);
/* In a transaction of its own; for own segments when they are made. */
int kept_put(struct store *s, uint64_t inc, uint64_t first, const uint8_t hash[8], const void *p, size_t n, struct err *e);
int kept_drop(struct store *s, uint64_t inc, uint64_t first, const uint8_t hash[8], struct err *e);

/* ---- whose numbers ------------------------------------------------------------------------------- */
/* Why the next change must stand under a new incarnation: SAME, or the store was put back, copied or moved. Found at
 * opening by the witness (a small file outside the store, $XDG_STATE_HOME/samvagt/STORE-ID, with the newest number and
 * tag) and by the home row (machine and folder). store_open mints by itself before the first write then; this tells the
 * screen what happened. */
enum identity { IDENTITY_SAME, IDENTITY_PUT_BACK, IDENTITY_COPIED };
enum identity exchange_identity(const struct store *s);
/* Go on under a fresh incarnation from the next change. */
int exchange_mint(struct store *s, struct err *e);
/* Others know other changes under this store's numbers: from number `after`+1 on, the own ones are issued again under a
 * fresh incarnation (ids that they made too), so that the other line can come in. Rebuilds the store from its log,
 * beside its place, and exchanges the two. ERR_CONFLICT if `after` is above the own number. */
int exchange_transplant(struct store *s, uint64_t after, struct err *e);
/* The same of an incarnation that this store went by before, or another site that can't do it itself any more. site:
 * its own record. The ids follow from the line alone, so it doesn't matter that others issue the same again, too.
 * Kept files that begin after the number and end in what is given up go with it: the store can't read them, so file_end
 * tells the last change of one (false: nobody can tell, and it goes). NULL: all that begin after it go. */
int exchange_transplant_line(struct store *s, uint64_t inc, struct id site, uint64_t after,
	bool (*file_end)(const struct kept *k, struct seen *out), struct err *e);
/* A line after the number `from`, that is to be issued again under the name `to`; and what tells its changes one by one,
 * as exchange_groups does: of the log, or another history of it, of files. It is left at `after`: what is between the
 * two others have issued again. */
struct line_again {
	uint64_t inc, after, from, to;
	uint64_t tag;                     /* of the first after `after` */
	struct id site;                   /* its own record */
	bool whole;                       /* it is told from its beginning, so that the log needn't tell what comes before */
	int (*each)(void *ctx, struct view *v, exchange_group_fn *fn, void *fn_ctx, struct err *e);
	void *ctx;
};
/* What they would be issued again as, likewise: where the line can't be taken out of the store, as a state of the whole
 * went over it, or isn't in it. Nothing is changed. ERR_CONFLICT if what comes before them isn't known from the log. */
int exchange_line_again(struct view *v, const struct line_again *line, exchange_group_fn *fn, void *ctx, struct err *e);
/* Another site's line after that number was given up by its author: drop those groups and build the store again
 * without them. Own groups that had seen them stay; their context counts as `after` there. */
int exchange_drop_line(struct store *s, uint64_t inc, uint64_t after,
	bool (*file_end)(const struct kept *k, struct seen *out), struct err *e);
/* A line of another site was given up that isn't here, or isn't any more: who had seen a change of it, by these tags of
 * the numbers after where it was left, had seen that, or what that itself counts as. Cheap when that is known already. */
int exchange_give_up(struct store *s, const struct seen *left, const uint64_t *tag, size_t n, struct err *e);
/* Whoever said that a line was given up may turn out to have had no say: who had seen a change of a line that doesn't
 * stand as one, by its incarnation and that tag, had seen just that: as soon as it is here. Cheap when all stand. */
int exchange_review_lines(struct store *s, bool (*stands)(void *ctx, uint64_t inc, uint64_t tag), void *ctx, struct err *e);

#endif
