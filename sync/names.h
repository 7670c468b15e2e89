/* sync/names.h - the ids of a body: incarnations, made ids as numbers, name-based ones by what they are made of.
 *
 * See body.h for how they stand. Writing, a made id waits in its column as which incarnation and counter, until
 * names_finish knows how far each incarnation's counters reach. Reading, all name-based ids are worked out at once. */
#ifndef SYNC_NAMES_H
#define SYNC_NAMES_H

#include "store/idmap.h"
#include "sync/body.h"
#include "sync/columns.h"
#include "sync/segment.h"

/* The id that follows; ID_NONE of ORIGIN_NONE, and of a link of an impossible kind. */
struct id origin_id(const struct origin *o);
/* What a record's id may be made of, by its fields: begin with its type and note each field, ascending. */
struct origin origin_begin(int type);
void origin_note(struct origin *o, int field, const struct value *v);

/* ---- writing ------------------------------------------------------------------------------------- */
struct names_out {
	struct columns_out *o;
	const struct segment_names *ask;      /* may be NULL */
	struct idmap known, incs;
	struct name_out { struct id id; struct origin origin; } **names;      /* in blocks: there are many, and growing copies none */
	struct inc_out { uint64_t inc, low, high; } *inc;
	size_t nnames, blocks_cap, nincs, incs_cap;
	size_t nknown;                        /* names in `known`; those after them are of records, which nothing has referred to yet */
	bool once;                            /* no record comes twice, so none needs to be looked up among those */
	uint32_t last;                        /* incarnation asked for */
	bool oom, full;                       /* full: more than a body can have */
};
/* Which incarnation it is. */
uint32_t names_inc(struct names_out *o, uint64_t inc);
/* Write an id into the columns of its place. own: what it may be made of, or NULL; type: TYPE_ANY if not known.
 * Returns FORM_MADE, FORM_NEXT or FORM_KNOWN; *origin gets what a name-based one is made of, until the next call. */
enum form names_put(struct names_out *o, uint32_t place, struct id id, int type, const struct origin *own,
	struct origin *origin);
/* Write the tables. */
void names_finish(struct names_out *o);
void names_free(struct names_out *o);

/* ---- reading ------------------------------------------------------------------------------------- */
struct name {
	struct id id;
	struct origin origin;
	bool inner;
};
struct names {
	struct inc_in { uint64_t inc, low, before; } *inc;      /* before: how many numbers are of those above it */
	struct name *name;
	size_t nincs, nnames, next;
	uint64_t numbers;
};
/* ERR_CORRUPT, ERR_NOMEM. */
int names_open(struct names *n, const struct columns *cs);
bool names_inc_at(const struct names *n, uint64_t which, uint64_t *inc);
/* An id by its form; *name gets the name-based one, or NULL. */
bool names_get(struct names *n, enum form form, struct column *c, struct id *out, const struct name **name);
void names_rewind(struct names *n);
bool names_finished(const struct names *n);                 /* has each been taken that isn't inner? */
void names_close(struct names *n);

#endif
