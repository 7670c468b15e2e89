/* store/erase_priv.h - what the files of erasing share: who is gone, what stands in place of a value, and the row of
 * meta that says what is still to be done. Private to store/.
 *
 *   't' -> to do(1), the vector of the store when it was last made again without somebody
 *
 * In a store that was, the log under the floor (floor.h) may lack values: it is history, and never sent. */
#ifndef STORE_ERASE_PRIV_H
#define STORE_ERASE_PRIV_H

#include "store/erase.h"
#include "store/peers.h"

/* ---- who is gone ----------------------------------------------------------------------------------- */

enum { ERASE_KEY = 32, ERASE_KEYS = 2 };

/* any: is there an erasure here at all? Of several keys the first is for new ones. */
struct erase_keys { uint8_t key[ERASE_KEYS][ERASE_KEY]; size_t n; bool any; };
int erase_read_keys(struct view *v, struct erase_keys *out, struct err *e);
/* The same, and one is made when there is none. No view may be open. */
int erase_make_key(struct store *s, struct erase_keys *out, struct err *e);
void erase_hash(const uint8_t key[ERASE_KEY], struct id volunteer, char out[ERASE_WHO]);
bool erase_is_gone(struct view *v, const struct erase_keys *k, struct id volunteer);
/* Who is gone by the second key alone, of the two that there are, and how that was said: struct unsaid. */
struct unsaid { struct id who, erasure; int why; civil_date day; };
int erase_find_unsaid(struct view *v, const struct erase_keys *k, struct pile *out, struct err *e);

/* Would one write bring back what was erased, or is it an erasure itself? Then erase_settle must look. `of` is the
 * record that it goes into, NULL when there is none yet; target gives the record that its value points at, NULL:
 * unknown. */
bool erase_concerns(struct view *v, const struct erase_keys *k, const struct write *w, const struct rec *of,
	const struct rec *target);
/* Does what a field points at decide whether its record is covered? */
bool erase_is_owner(int type, int field);
/* Of a covered record, may anything be written into that field? */
bool erase_keeps(int type, int field);

/* ---- what stands in place -------------------------------------------------------------------------- */

struct cover;
/* Whatever is covered, by all the records as they stand; as if the n persons of `also` were erased, too. */
int cover_begin(struct view *v, struct arena *a, const struct id *also, size_t n, struct cover **out, struct err *e);
void cover_end(struct cover *c);                         /* NULL is fine */
/* Is that volunteer, attachment or vigil erased itself? */
bool cover_has_erased(struct cover *c, struct id id);
/* How many values in it had to go: 0, it is as it was. They stay with their stamps. */
size_t cover_rec(struct cover *c, struct arena *a, struct rec *r);
/* Had anything to go? The writes are copied into the arena; it keeps its number, clock, tag and what it replaced. */
bool cover_group(struct cover *c, struct arena *a, struct group *g);

/* ---- the log --------------------------------------------------------------------------------------- */

/* Where the floor must lie so that every group that loses a value is under it, and with each all that its author had
 * seen. *changes: is there such a group? Then *floor is all of it, the old one included, ascending. */
int erase_find_floor(struct view *v, struct cover *c, struct arena *a, bool *changes, struct peer **floor, size_t *n,
	struct err *e);

/* ---- the store ------------------------------------------------------------------------------------- */

enum erase_to_do { ERASE_NOTHING, ERASE_LOOK, ERASE_TIDY };
struct erase_row { enum erase_to_do to_do; struct vector done; };
int erase_row_read(struct view *v, struct arena *a, struct erase_row *out, struct err *e);
void erase_row_pack(struct buf *b, const struct erase_row *row);

/* Make the store again without what is covered; *made false: nothing here was. No view may be open. */
int erase_remake(struct store *s, bool *made, struct err *e);

#endif
