/* store/register.h - the merge rule: what a field of a record holds when several sites write it.
 *
 * A register (record, field) holds every value that nobody has overwritten knowingly:
 *     values := { s : dot(s) not in context(x) } + { x }
 * for each write x with the context of its author. The one shown is the greatest by stamp_compare; the others stand
 * beside it (rec->sib). That set is the replicated state, so delivery in any order that keeps to causality gives the
 * same. Several unequal values are a disagreement, until a person's write has seen them all; equal ones aren't.
 *
 * Field 0, whether the record is alive, is a register too: 1 is V_INT 1; deleted is V_RAW, the packed vector of what
 * the deleter had seen. A record is alive when an alive value stands there, or when a field holds a value that no
 * deleter had seen: whoever edited it at the same time wins, and field 0 counts as a disagreement. Among alive and
 * deleted values of field 0 an alive one is shown first. A deleter has seen his own change too, and anything but an
 * integer other than 0 written there deletes.
 *
 * Pure: no store, no clock, no locale, nothing random. */
#ifndef STORE_REGISTER_H
#define STORE_REGISTER_H

#include "store/rec.h"
#include "store/vector.h"

/* Apply one write to the record in memory. context NULL: the author had seen all that stands here (an own change).
 * A write of 0 to field 0 takes its packed context from `context`, or from `all` where context is NULL. The value is
 * taken as it is, not copied. Keeps `alive`, `at` and the order of f and sib. */
void register_write(struct arena *a, struct rec *r, int field, struct value v, struct stamp at,
	const struct vector *context, const struct vector *all);
/* The join of two states, each with the vector of its store: what a snapshot does. `r` gets the result; a record that
 * is only in one of them is joined with an empty one. */
void register_join(struct arena *a, struct rec *r, const struct vector *mine, const struct rec *other,
	const struct vector *theirs);
/* Work out `alive` and `at` again from the fields. */
void register_settle(struct rec *r);

/* Do the siblings ascend by number and dot, each of them of a field that has a value which goes before it? */
bool register_is_ordered(const struct rec *r);

/* All values of a field, the shown one first, then by dot; n at most `max`, the whole number is returned. */
size_t register_values(const struct rec *r, int field, struct rec_field *out, size_t max);
/* What stands in field 0: alive, or else a deletion. */
bool register_says_alive(struct value v);
/* Has nobody who deleted the record seen that write of it? */
bool register_outlives(const struct rec *r, struct dot dot);
/* Do several unequal values stand? Of field 0: deleted by one who hadn't seen what stands. */
bool register_differs(const struct rec *r, int field);
/* The same, and somebody is asked which: not of what all holds (BOTH in the schema). */
bool register_is_open(const struct rec *r, int field);
/* Is there any? Of a deleted record nobody is asked. */
bool register_any_open(const struct rec *r);

#endif
