/* store/change_priv.h - what undo needs of the one door: writes that were allowed once are allowed again. Private to
 * store/. */
#ifndef STORE_CHANGE_PRIV_H
#define STORE_CHANGE_PRIV_H

#include "store/change.h"

/* A write without kind_check, also of fields that this version doesn't know; the change's required fields and
 * references aren't checked either. */
void change_restore(struct change *c, int type, struct id id, int field, struct value v);
/* Of a time that must be after another one: is it? Where either isn't set nothing is asked. */
bool change_in_order(struct value after, struct value before);
/* The change is an undo or a redo (its act says which) of this ordinary one. */
void change_undoes(struct change *c, struct dot dot);

#endif
