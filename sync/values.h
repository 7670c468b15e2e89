/* sync/values.h - values and shapes of records in a body; see body.h. */
#ifndef SYNC_VALUES_H
#define SYNC_VALUES_H

#include "sync/dict.h"
#include "sync/names.h"

/* What a value may follow from: what its record's id is made of, and the number before it in the record. */
struct around {
	struct origin origin;
	bool any;
	uint8_t field;               /* of the number before it */
	int64_t number;
};

/* ---- writing ------------------------------------------------------------------------------------- */
/* Write a field's value into the columns of its place; returns its form. */
enum form value_put_field(struct names_out *o, int type, int field, const struct value *v, struct around *r);
/* The same of a value that follows from nothing. */
enum form value_put(struct names_out *o, uint32_t place, int type, const struct value *v);
/* A dictionary's strings into a column, each with its length before it. */
void values_put_dict(struct columns_out *o, const struct dict *d, enum body_what what);

/* ---- reading ------------------------------------------------------------------------------------- */
/* A field in a shape: where its value comes from. */
struct slot {
	uint8_t no, form;
	uint16_t stamp;              /* which of the record's; 0 in a segment */
	uint32_t c, more;            /* columns, by index + 1; more: the bytes of a raw value, whose lengths are in c */
};
struct shape {
	uint8_t type, id_form;
	uint32_t id;                 /* its column, by index + 1 */
	const struct slot *slot;
	size_t n, nbeside;           /* fields; then values beside them */
	size_t nstamps;
};
struct shapes {
	struct shape *shape;
	struct slot *slot;
	size_t n;
};
/* stamped: each field says which stamp is its, as in a snapshot. ERR_CORRUPT, ERR_NOMEM. */
int shapes_open(struct shapes *s, const struct columns *cs, bool stamped);
void shapes_close(struct shapes *s);
/* The columns of a form in a place. False when there are none, or no such form is allowed there. */
bool slot_find(const struct columns *cs, uint32_t place, enum form form, struct slot *out);
/* The value itself; text and raw bytes are copied into the arena. */
bool value_get(struct arena *a, struct names *n, const struct columns *cs, const struct slot *s, struct around *r,
	struct value *out);
/* A record's own id. author: whose new ids are. */
bool shape_id(struct names *n, const struct columns *cs, const struct shape *s, uint64_t author, struct id *out,
	struct around *r);

#endif
