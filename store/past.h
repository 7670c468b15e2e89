/* store/past.h - the store as it was: values walked back along the chain of dots that the log keeps.
 *
 * Each write in the log says which group wrote the value before it. So a field's history is a chain: its stamp ->
 * that group's write -> the group before ... . A view of the past takes what stands and every record touched since,
 * walked back. In a view of now all of this is nothing. Private to store/. */
#ifndef STORE_PAST_H
#define STORE_PAST_H

#include "store/store_priv.h"

/* The record `now` as it stood at the view's time: a copy, or NULL when it didn't exist yet. */
int past_rec(struct view *v, struct arena *a, struct rec *now, struct rec **out, struct err *e);

/* A field's value; of a deleted record the last that wasn't empty, so that it can still be called something. */
int past_value(struct view *v, struct arena *a, const struct rec *r, int field, struct value *out, struct err *e);

/* Find out what has been touched since the view's time (once a view). */
int past_load(struct view *v, struct err *e);
bool past_touched(const struct view *v, int type, struct id id);
/* Touched records of a type as they were, one by one: start with *i = 0; false at the end. Those that weren't alive are
 * left out. */
bool past_next(const struct view *v, int type, size_t *i, const struct rec **r);
/* Has the shift, or an assignment that is or was on it, been touched? And the records of such shifts as they were. */
bool past_shift_touched(const struct view *v, struct id shift);
bool past_next_shift(const struct view *v, size_t *i, const struct rec **r);
/* Touched assignments that then stood on a shift: the same way. */
bool past_next_seat(const struct view *v, struct id shift, size_t *i, const struct rec **r);
void past_free(struct past *p);

#endif
