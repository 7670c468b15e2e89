/* store/id.h - names of things: 128-bit record ids, and the dot that names one change group.
 *
 * New things get a UUID version 8 (RFC 9562 § 5.8): 60 bits of the incarnation that made it, 61 of its counter,
 * so that ids made at one place sort by age and differ in their last digits. What two sites must meet on gets a
 * name-based version 5 id. Of those that there are hundreds of thousands of, ids of one day begin alike, so that what
 * is read together lies together: they are version 8 too, with a bit set that a counter never reaches, 32 bits of where
 * they belong (a day, or the beginning of another id) and 89 of the name's hash. */
#ifndef STORE_ID_H
#define STORE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"

#define ID_TEXT 37               /* 36 characters and the NUL */
enum { ID_COUNTER_BITS = 60 };   /* no store comes to the end of these by making */

struct id { uint8_t b[16]; };

/* One change group: the incarnation (60-bit random number of a store's life at one site) and its number, from 1. */
struct dot { uint64_t inc, no; };

/* Who wrote a value last and when: clock is seconds since 1970 UTC, never going backwards within an incarnation. It
 * ranks and is shown; what has been seen is decided by dots alone. */
struct stamp { struct dot dot; int64_t clock; };

extern const struct id ID_NONE;
/* Stands where somebody was named who has been erased (store/erase.h): all bits set, which no record's id is. */
extern const struct id ID_ERASED;

struct id id_make(uint64_t inc, uint64_t counter);
/* Which incarnation made it, and its counter; false for a name-based id. */
bool id_made(struct id x, uint64_t *inc, uint64_t *counter);
/* The assignment of a volunteer (or an organisation's places) to a shift; begins as the shift does. */
struct id id_assignment(struct id shift, struct id holder);
struct id id_link(int kind, struct id from, struct id to);
/* What a volunteer has of one kind of course or certificate. */
struct id id_qualification(struct id kind, struct id volunteer);
/* The call of a volunteer about a shift on a day (a civil_date) by a site: two that rang without knowing of each other
 * have both done so, and there is nothing to disagree about. */
struct id id_call(struct id shift, struct id volunteer, int32_t day, struct id site);
struct id id_setting(const char *key);
/* The record that says that somebody was erased, by the hash that stands for whom; and a site's receipt for it. */
struct id id_erasure(const char *who);
struct id id_receipt(struct id erasure, struct id site);
/* What a record becomes on another day (a civil_date): a copy of a shift, or a shift of a series. Begins with the
 * day. */
struct id id_dated(struct id source, int32_t day);
/* A series that goes on from another from a day on: two sites that part a series at the same day meet. */
struct id id_series_part(struct id origin, int32_t day);
/* A day without a shift in a series, and a holder's fixed place in it. */
struct id id_series_exception(struct id origin, int32_t day);
struct id id_series_place(struct id origin, struct id holder);
/* A vigil at a unit from a minute on, its watches from 0, and the talk with somebody who sat. */
struct id id_vigil(struct id unit, int64_t start);
struct id id_watch(struct id vigil, uint32_t number);
struct id id_vigil_talk(struct id vigil, struct id volunteer);
/* What a store calls the machine that it is at home on: says nothing of it to others. */
struct id id_machine(struct id store, const char *machine);
/* A template of agreements that comes with the program, by its name in roster/templates.def. */
struct id id_template(const char *name);
/* A wording of a template, by the 32 bytes of its hash. */
struct id id_wording(struct id tmpl, const uint8_t hash[32]);
/* A piece of an attachment, from 0. */
struct id id_piece(struct id attachment, uint32_t number);
char *id_format(char buf[ID_TEXT], struct id x);
/* The last digits (at most 12) of one of them, as a list shows it; whole when another one ends so, too, as what two
 * sites made at the same time may. */
const char *id_format_end(char buf[ID_TEXT], const struct id *all, size_t n, size_t which, size_t digits);
int id_parse(const char *s, struct id *out, struct err *e);       /* the whole 36 characters or 32 digits */
/* Does a shortened id fit? Hex digits, hyphens ignored, at least 1, matched against the start or the end of the 32
 * digits. */
bool id_fits(struct id x, const char *shortened);

/* ---- comparing: asked for each field of each record that is read ---------------------------------- */
static inline bool id_equal(struct id x, struct id y)
{
	return memcmp(x.b, y.b, sizeof x.b) == 0;
}

static inline int id_compare(struct id x, struct id y)
{
	return memcmp(x.b, y.b, sizeof x.b);
}

static inline bool id_is_none(struct id x)
{
	return id_equal(x, ID_NONE);
}

static inline bool id_is_erased(struct id x)
{
	return id_equal(x, ID_ERASED);
}

static inline bool dot_equal(struct dot x, struct dot y)
{
	return x.inc == y.inc && x.no == y.no;
}

/* By incarnation, then number. */
static inline int dot_compare(struct dot x, struct dot y)
{
	if (x.inc != y.inc)
		return x.inc < y.inc ? -1 : 1;
	return (x.no > y.no) - (x.no < y.no);
}

/* The rank of two writes: by clock, then incarnation, then number; < 0, 0 or > 0. The same at every site. */
static inline int stamp_compare(struct stamp x, struct stamp y)
{
	if (x.clock != y.clock)
		return x.clock < y.clock ? -1 : 1;
	return dot_compare(x.dot, y.dot);
}

#endif
