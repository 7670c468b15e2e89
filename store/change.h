/* store/change.h - the one door for writes: everything that alters data is a change group.
 *
 * A group is gathered in memory, then checked and committed in one transaction: log, records and indexes, one fsync.
 * Only when change_commit has returned OK is anything saved; whatever it returns, the change is freed. Values equal
 * to what stands are dropped (unless it is an ACT_CHOOSE, or an ACT_UNDO_MERGE, of a field where others stand too); a
 * group with nothing left is not written (result.dot.no == 0), so repeating an act changes nothing. */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include "store/store.h"

enum act_no {
	ACT_NONE = 0,
#define ACT(NAME, number, ...) ACT_##NAME = number,
#include "store/acts.def"
};

struct change;

struct change_result {
	struct dot dot;              /* no == 0: nothing had to be changed */
	size_t writes, records;
	size_t kept;                 /* undo only: fields changed later by somebody, left as they are */
};

/* ERR_READONLY on a read-only store; ERR_REFUSED on one that only follows (store/vault.h). */
int change_begin(struct store *s, enum act_no act, struct change **out, struct err *e);
void change_abandon(struct change *c);                 /* NULL is fine */

/* Arguments of the sentence, in order; at most three. A text that looks like a CPR number becomes "…". */
void change_arg(struct change *c, struct value v);

/* A fresh id, alive in this change. */
struct id change_new(struct change *c, int type);
/* Make (or revive) a record with a name-based id. */
void change_make(struct change *c, int type, struct id id);
void change_delete(struct change *c, int type, struct id id);
/* Set a field. The value is checked at once (kind_check) and copied. V_NONE empties the field. */
int change_set(struct change *c, int type, struct id id, int field, struct value v, struct err *e);
/* Several of one record, in their order. */
struct field_value { int field; struct value v; };
int change_set_all(struct change *c, int type, struct id id, const struct field_value *f, size_t n, struct err *e);
/* How many writes differ from what stands; for --dry-run and previews. */
int change_count(struct change *c, size_t *writes, size_t *records, struct err *e);

/* Check required fields, that references point at other, living records of the right type, and that times stand in
 * their order, then commit. ERR_FULL leaves everything as it was. On a commit error the store is reopened and its last
 * number compared before anything is reported. */
int change_commit(struct change *c, struct change_result *out, struct err *e);

/* Take a group's effect back, as a new group. Fields that somebody has changed since, or elsewhere at the same time (there
 * one chooses), are left and counted in `kept`; so are all fields of a record that it made or deleted, if somebody has
 * deleted it or made it again since, those of one that is deleted now, and those of one whose times would no longer stand
 * in their order. A value that an undo of a later change has put back counts as unchanged, so that changes can be taken
 * back one after the other.
 * Undoing an undo is a redo. ERR_CONFLICT when it is undone already. ERR_REFUSED for the making of the store, for
 * signatures and for erasures. */
int change_undo(struct store *s, struct dot dot, struct change_result *out, struct err *e);
/* What u and Ctrl-Y would take: this store's newest change that can be undone or is a signature, and the newest undo
 * since the last ordinary change (give either to change_undo); no==0: none. */
int change_undoable(struct view *v, struct dot *out, struct err *e);
int change_redoable(struct view *v, struct dot *out, struct err *e);
/* The newest change after `dot` that somebody made here and that isn't undone: u passes it over when it takes `dot`, for
 * nothing of it stands any more, or it is for good. That is told first: who presses the key means that one. no==0: none. */
int change_passed_over(struct view *v, struct dot dot, struct dot *out, struct err *e);

#endif
