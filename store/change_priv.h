/* store/change_priv.h - what undo needs of the one door: writes that were allowed once are allowed again. Private to
 * store/. */
#ifndef STORE_CHANGE_PRIV_H
#define STORE_CHANGE_PRIV_H

#include "store/change.h"

/* A write without kind_check (but nothing like a CPR number: then what stands stays), also of fields that this version
 * doesn't know; the change's required fields and references aren't checked either. */
void change_restore(struct change *c, int type, struct id id, int field, struct value v);
/* What a field of a record will hold. */
struct change_after { int (*get)(void *ctx, int field, struct value *out, struct err *e); void *ctx; };
/* May a record come to be so: is it alive then, and do its times stand in their order? The one door doesn't ask it of
 * what was allowed once, but a part of that may come back; and who writes to a deleted record would make it again
 * without a word. */
int change_may_become(const struct rec *r, const struct change_after *after, bool *yes, struct err *e);
/* The change is an undo or a redo (its act says which) of this ordinary one. */
void change_undoes(struct change *c, struct dot dot);

#endif
