/* store/plan.h - what change groups do to the tables: a plan gathers groups, own or others', and ends as the rows
 * that are put and deleted in one transaction. Private to store/.
 *
 *     plan_begin -> plan_group ... -> plan_finish -> kv_apply(p.op, p.nop, ..., &p.proof) -> plan_free
 *
 * A change of this store's own is planned write by write instead, as it must be looked at before it is a group:
 * plan_own, plan_write ..., plan_log. A plan reads through its view and writes nothing. */
#ifndef STORE_PLAN_H
#define STORE_PLAN_H

#include "store/erase_priv.h"

/* A record that a group writes, or that rows of a written one depend on. Thousands are held at once, most of them only
 * to be looked at: so it lies here in the bytes that it has in the store, and is decoded when it is asked for. */
struct touch {
	struct id id;
	uint8_t type;
	bool written, lived, open;       /* of a written one: was it alive, and was anything of it disagreed on? */
	uint32_t fields[8];              /* those that are written to, a bit each */
	uint32_t next;                   /* the same id under another type, where somebody did that; else IDMAP_NONE */
	struct stored stored;            /* p NULL: there was none */
	struct rec *now;                 /* of a written one */
	uint32_t filled;                 /* of a shift: covered places before */
	int32_t covered;                 /* and what is added to them */
};

/* An incarnation as it is after the groups planned so far; p.context is as it was read. */
struct author {
	struct peer p;
	struct growing context;
	uint64_t since;                  /* its number before the plan, */
	struct pile tags;                /* and the tags of those after it, uint64_t each */
	bool changed;
};

/* That a change was taken back, and by which: of several the newest. */
struct undoing { struct dot of; struct stamp by; };

struct plan {
	struct view *v;
	struct arena *a;
	struct idmap map;
	struct touch *touch;
	size_t n, cap;
	struct kv_op *op;
	size_t nop, op_cap;
	struct arena *rows;              /* their values */
	struct arena *one;               /* records that are looked at one by one: whoever begins with another resets it */
	struct kv_op proof;              /* a row of the log */
	struct head head;
	const struct group *again;       /* as it stood in the log that a store over a floor is made from, or NULL */
	int64_t heard;                   /* when the groups came from elsewhere; 0: they didn't, or it isn't known */
	struct pile authors;             /* struct author, ascending by incarnation */
	struct vector all;               /* what this store has: of plan_own */
	struct pile writes, aside;       /* of the group that is being planned */
	struct pile undone;
	struct erase_keys erased;
	bool look;                       /* something came that erasing must look at */
	size_t room;                     /* fields that a record has room for at first which wasn't there */
	size_t ngroups, opened;          /* planned; registers that come to be disagreements */
	struct buf plain, sealed;
};

int plan_begin(struct plan *p, struct view *v, struct arena *a, struct err *e);
void plan_free(struct plan *p);          /* also of one that never began well */
/* Once it is finished: the rows stand by themselves, so nothing else of it need be held while they are written. Of p->a
 * nothing is needed either. */
void plan_free_records(struct plan *p);

/* The place of an incarnation's author, added when it is new. Until the next is added. */
int plan_author(struct plan *p, uint64_t inc, struct author **out, struct err *e);
struct author *plan_known(const struct plan *p, uint64_t inc);           /* NULL: nothing of it is here */
/* The tag of one of its groups, be it planned only. ERR_NOTFOUND where the log doesn't reach. */
int plan_tag(const struct plan *p, const struct author *author, uint64_t no, uint64_t *tag, struct err *e);
/* What this store has, with what is planned. In p->a. */
int plan_vector(struct plan *p, struct vector *out, struct err *e);
/* The record's place in p->touch, read from the store the first time. */
int plan_load(struct plan *p, int type, struct id id, size_t *out, struct err *e);
/* The same of one that has been read already. */
int plan_keep(struct plan *p, int type, struct id id, struct stored stored, size_t *out, struct err *e);
uint32_t plan_find(const struct plan *p, int type, struct id id);        /* IDMAP_NONE: not loaded */
/* The record before and after what is planned, in p->one but for a written one's after; NULL: there is none. */
struct plan_pair { struct rec *was, *now; };
int plan_was(const struct plan *p, size_t i, struct rec **out, struct err *e);
int plan_now(const struct plan *p, size_t i, struct rec **out, struct err *e);
int plan_read_pair(const struct plan *p, size_t i, struct plan_pair *out, struct err *e);

/* The next group of its author, which must have been seen by nobody before what it had seen. Its values are copied. */
int plan_group(struct plan *p, const struct group *g, struct err *e);

/* A group that lies under the floor, as it stood in the log of the store that this one is made from: only its row, and
 * what its author had seen. */
int plan_history(struct plan *p, const struct group *g, struct err *e);

/* Begin the next group of this store: its dot, clock and what it has seen anew. */
int plan_own(struct plan *p, struct group *g, struct err *e);
/* One write of it, in the canonical order; index is its place. context NULL: it has seen all that stands. Fills in
 * what it replaces. The value isn't copied. */
int plan_write(struct plan *p, struct write *w, size_t index, struct stamp at, const struct vector *context,
	struct err *e);
/* All its writes are planned. */
int plan_log(struct plan *p, struct group *g, struct err *e);

/* Does the store's own clock go on from another's? Not from one that is wrong: more than a day ahead. */
bool plan_absorbs(const struct store *s, int64_t clock);

/* After the groups: make p->op, every row that changes in every table. */
int plan_finish(struct plan *p, struct err *e);
/* The rows of the authors alone, where there is no group. */
int plan_authors(struct plan *p, struct err *e);

/* ---- between plan.c and plan_authors.c ---- */
int plan_read_authors(struct plan *p, struct err *e);
/* What the author of a group had seen anew, as it counts. */
int plan_see(struct plan *p, struct author *author, const struct group *g, struct err *e);
/* The same of a group under the floor, from its author's first on; where that isn't in the log the floor tells. */
int plan_see_history(struct plan *p, const struct group *g, struct err *e);

/* ---- between plan.c and plan_before.c ---- */
/* What a write replaces in the record as it is now: w->before, and the rest into p->aside. context: as plan_write. What
 * p->again says that it replaced under the floor stays, though it stands no more: else nobody would tell of it, and
 * it couldn't stand again when this group is given up. */
int plan_before(struct plan *p, const struct rec *now, struct write *w, size_t index, const struct vector *context,
	struct err *e);

/* ---- between plan.c and plan_index.c ---- */
int plan_add_op(struct plan *p, enum kv_table table, bool del, const void *key, size_t nkey, const void *value,
	size_t nvalue, struct err *e);
/* The rows in the index tables that come and go with all that is written. */
int plan_index(struct plan *p, struct err *e);

#endif
