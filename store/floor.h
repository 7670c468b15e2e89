/* store/floor.h - what lies under the log of a store that took a state of the whole (a snapshot): rows 'b' of meta, as
 * 'p', up to where that state went.
 *
 * What such a row says that its author had seen is as the state said it. It is read as it counts: a line may be given up
 * since, or not have been after all. Where all changes of the author are in the log they tell it themselves.
 *
 * Of what the floor covers, the records say what stands; the log may still hold some of it, as history. So when a
 * store is made again, the records' values that the floor covers come first, then the groups above it: none of what
 * they know nothing of can have overwritten them. Private to store/. */
#ifndef STORE_FLOOR_H
#define STORE_FLOOR_H

#include "store/peers.h"

/* Ascending; none in a store that never took one. */
int floor_read(struct view *v, struct arena *a, struct peer **out, size_t *n, struct err *e);
bool floor_covers(const struct peer *floor, size_t n, struct dot dot);
/* Is it covered by the floor of this store? */
bool floor_is_under(struct view *v, struct dot dot);
/* Is there one at all? */
bool floor_is_laid(struct view *v);
/* How incarnations go on above it (rows 'p'): with what each had seen as it counts in that store. In the arena. */
int floor_heads(struct view *v, struct arena *a, const struct peer *floor, size_t n, struct peer **out, struct err *e);
/* Lay it under a store that has nothing yet but what it knows of lines: incarnations go on above it. */
int floor_lay(struct store *s, const struct peer *floor, size_t n, struct err *e);
/* The values of a record that it covers. In the arena; *out NULL when there are none. */
int floor_cut(struct arena *a, const struct peer *floor, size_t n, const struct rec *r, struct rec **out,
	struct err *e);
/* A value that stood on the floor until somebody wrote over it. */
struct floor_value { struct id id; struct dot dot; uint8_t type, field; };
/* Lay the floor of another store under this one, and what of its records stands on it; with it these n values, as far
 * as they are known, whoever wrote over them being left out. Ascending by type and id. */
int floor_carry(struct view *from, struct store *s, const struct floor_value *under, size_t n, struct err *e);

/* ---- what was overwritten -------------------------------------------------------------------------- */
/* What a field held by a group that isn't in the log: known where it was overwritten here. A row of meta; its value is
 * the record with this field alone, sealed. */
enum { FLOOR_VALUE_KEY = 1 + 1 + 16 + 1 + 8 + 8 };
size_t floor_value_key(uint8_t key[FLOOR_VALUE_KEY], int type, struct id id, int field, struct dot dot);
/* *out NULL: nobody knows. Until the view ends. */
int floor_value(struct view *v, int type, struct id id, int field, struct dot dot, const struct rec_field **out,
	struct err *e);

/* ---- records as they stand, into a store that is being made ------------------------------------------ */
struct load;
int load_begin(struct store *s, struct load **out, struct err *e);
/* A record that isn't there yet; without values it is nothing. What it holds is copied. Commits when enough is
 * gathered. */
int load_rec(struct load *l, const struct rec *r, struct err *e);
/* Commit the rest and free l, whatever it returns. */
int load_end(struct load *l, struct err *e);
void load_abandon(struct load *l);                       /* NULL is fine */

#endif
