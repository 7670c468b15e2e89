/* roster/register.h - what a coordinator does to the registers: volunteers, roles, units, organisations. Each act is
 * one change group, so one undo, and does all of what was asked or nothing.
 *
 * What a roster names can't be deleted: the past would lose its names. The sentence then says what names it, and
 * what to do instead. */
#ifndef ROSTER_REGISTER_H
#define ROSTER_REGISTER_H

#include "store/change.h"

/* Delete records with what only says something of them (a volunteer's roles, availability, fixed places and talks).
 * ERR_REFUSED when something else that lives points at one of them. */
int register_delete(struct store *s, int type, const struct id *ids, size_t n, struct change_result *out,
	struct err *e);
/* Give all of them the same value in a field, e.g. volunteers a status. */
int register_set(struct store *s, int type, const struct id *ids, size_t n, int field, struct value v,
	struct change_result *out, struct err *e);

#endif
