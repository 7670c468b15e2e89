/* sync/values.c - see values.h. Owns the forms of values and shapes. Must not know groups, stamps or whole records. */
#include "sync/values.h"

#include <assert.h>
#include <stdlib.h>

/* Bytes of a field in a shape; of a shape. */
enum { SLOT_LEAST = 2, SHAPE_LEAST = 4 };

/* ---- writing ------------------------------------------------------------------------------------- */

enum form value_put(struct names_out *o, uint32_t place, int type, const struct value *v)
{
	struct origin unused;
	switch (v->tag) {
	case V_INT: columns_put(o->o, BODY_KEY(BODY_INT, place), (uint64_t)v->i); return FORM_INT;
	case V_TEXT: columns_put_text(o->o, BODY_KEY(BODY_TEXT, place), v->text.s, v->text.n); return FORM_TEXT;
	case V_ID: return names_put(o, place, v->id, type, NULL, &unused);
	case V_RAW:
		columns_put(o->o, BODY_KEY(BODY_RAW_LENGTH, place), v->text.n);
		columns_put_bytes(o->o, BODY_KEY(BODY_RAW, place), v->text.s, v->text.n);
		return FORM_RAW;
	case V_NONE: break;
	}
	return FORM_NONE;
}

static enum form put_number(struct names_out *o, uint32_t place, const struct field *f, int64_t i, struct around *r)
{
	const bool more = f && f->kind == KIND_DATETIME && r->any && f->arg == r->field;
	columns_put(o->o, BODY_KEY(more ? BODY_MORE : BODY_INT, place),
		more ? (uint64_t)i - (uint64_t)r->number : (uint64_t)i);
	return more ? FORM_MORE : FORM_INT;
}

enum form value_put_field(struct names_out *o, int type, int field, const struct value *v, struct around *r)
{
	const struct field *f = schema_field(type, field);
	const uint32_t place = BODY_PLACE(PLACE_VALUE, type, field);
	const struct origin *origin = &r->origin;
	if (v->tag == V_INT) {
		if (field == FIELD_ALIVE && (v->i == 0 || v->i == 1))
			return v->i ? FORM_ONE : FORM_ZERO;
		if (origin->kind == ORIGIN_LINK && v->i == origin->number)
			return FORM_NUMBER;
		const enum form form = put_number(o, place, f, v->i, r);
		r->any = true;
		r->field = (uint8_t)field;
		r->number = v->i;
		return form;
	}
	if (v->tag == V_ID && origin->kind != ORIGIN_NONE && id_equal(v->id, origin->from))
		return FORM_FROM;
	if (v->tag == V_ID && (origin->kind == ORIGIN_ASSIGNMENT || origin->kind == ORIGIN_LINK) &&
		id_equal(v->id, origin->to))
		return FORM_TO;
	return value_put(o, place, f && f->kind == KIND_REF ? f->arg : TYPE_ANY, v);
}

void values_put_dict(struct columns_out *o, const struct dict *d, enum body_what what)
{
	struct buf length = {0};
	for (size_t i = 0, n; i < dict_count(d); i++) {
		const char *p = dict_get(d, i, &n);
		buf_reset(&length);
		varint_put(&length, n);
		columns_put_bytes(o, BODY_KEY(what, 0), length.p, length.n);
		columns_put_bytes(o, BODY_KEY(what, 0), p, n);
		o->oom = o->oom || length.oom;
	}
	buf_free(&length);
}

/* ---- shapes -------------------------------------------------------------------------------------- */

static bool find_column(const struct columns *cs, enum body_what what, uint32_t place, uint32_t *out)
{
	const struct column *c = columns_find(cs, BODY_KEY(what, place));
	*out = c ? (uint32_t)(c - cs->c) + 1 : 0;
	return c;
}

static struct column *column_at(const struct columns *cs, uint32_t at)
{
	assert(at <= cs->n);
	return at ? &cs->c[at - 1] : NULL;
}

bool slot_find(const struct columns *cs, uint32_t place, enum form form, struct slot *out)
{
	static const uint8_t what[FORMS] = {
		[FORM_INT] = BODY_INT,
		[FORM_MORE] = BODY_MORE,
		[FORM_TEXT] = BODY_TEXT,
		[FORM_RAW] = BODY_RAW_LENGTH,
		[FORM_MADE] = BODY_MADE,
		[FORM_KNOWN] = BODY_KNOWN,
	};
	out->form = (uint8_t)form;
	out->c = out->more = 0;
	if (form > FORM_NUMBER || form == FORM_NEW)
		return false;
	return (!what[form] || find_column(cs, what[form], place, &out->c)) &&
		(form != FORM_RAW || find_column(cs, BODY_RAW, place, &out->more));
}

static bool get_byte(struct cursor *c, uint8_t *out)
{
	if (c->p == c->end)
		return false;
	*out = *c->p++;
	return true;
}

static bool get_slot(struct cursor *in, const struct columns *cs, struct shape *s, bool stamped, struct slot *out)
{
	uint8_t form;
	uint64_t stamp = 0;
	if (!get_byte(in, &out->no) || !get_byte(in, &form) || (stamped && !varint_get(in, &stamp)) ||
		stamp > UINT16_MAX || stamp > s->nstamps)
		return false;
	s->nstamps += stamp == s->nstamps;
	out->stamp = (uint16_t)stamp;
	return (out->no == FIELD_ALIVE || (form != FORM_ZERO && form != FORM_ONE)) &&
		slot_find(cs, BODY_PLACE(PLACE_VALUE, s->type, out->no), (enum form)form, out);
}

static bool find_id(struct shape *s, const struct columns *cs)
{
	const uint32_t place = BODY_PLACE(PLACE_RECORD, s->type, 0);
	switch ((enum form)s->id_form) {
	case FORM_NEW: return find_column(cs, BODY_NEW, 0, &s->id);
	case FORM_MADE: return find_column(cs, BODY_MADE, place, &s->id);
	case FORM_KNOWN: return find_column(cs, BODY_KNOWN, place, &s->id);
	case FORM_NEXT: s->id = 0; return true;
	default: return false;
	}
}

/* Fields ascend by number; values beside them, by number and not before field's own. */
static bool get_slots(struct cursor *in, const struct columns *cs, struct shape *s, bool stamped, struct slot *slot)
{
	uint64_t n = cursor_left(in) / SLOT_LEAST, i = 0;
	if (stamped && !varint_get(in, &n))
		return false;
	for (; i < n; i++)
		if (!get_slot(in, cs, s, stamped, &slot[i]) || (i > 0 && slot[i - 1].no >= slot[i].no))
			return false;
	s->n = (size_t)n;
	for (; in->p < in->end; i++)
		if (!get_slot(in, cs, s, stamped, &slot[i]) || (i > n && slot[i - 1].no > slot[i].no))
			return false;
	s->nbeside = (size_t)(i - n);
	s->slot = slot;
	return n > 0 && (stamped || s->nbeside == 0);
}

static bool get_shape(struct cursor *in, const struct columns *cs, bool stamped, struct shape *s, struct slot *slot)
{
	uint64_t length;
	if (!varint_get(in, &length) || length < SHAPE_LEAST || length > cursor_left(in))
		return false;
	struct cursor part = {in->p, in->p + length};
	in->p += length;
	*s = (struct shape){0};
	return get_byte(&part, &s->type) && get_byte(&part, &s->id_form) && find_id(s, cs) &&
		get_slots(&part, cs, s, stamped, slot);
}

/* How many entries a table of shapes has. */
static size_t count_shapes(struct cursor in)
{
	uint64_t length;
	size_t n = 0;
	for (; in.p < in.end && varint_get(&in, &length) && length >= SHAPE_LEAST && length <= cursor_left(&in); n++)
		in.p += length;
	return n;
}

int shapes_open(struct shapes *s, const struct columns *cs, bool stamped)
{
	struct column *c = columns_find(cs, BODY_KEY(BODY_RECORD_SHAPE, 0));
	const uint8_t *p = NULL;
	const size_t n = column_left(c);
	*s = (struct shapes){0};
	if (n && !column_bytes(c, n, &p))
		return ERR_CORRUPT;
	struct cursor in = {p, p ? p + n : p};
	s->n = count_shapes(in);
	s->shape = calloc(s->n + 1, sizeof *s->shape);
	s->slot = calloc(n / SLOT_LEAST + 1, sizeof *s->slot);
	int rc = s->shape && s->slot ? OK : ERR_NOMEM;
	struct slot *slot = s->slot;
	for (size_t i = 0; rc == OK && i < s->n; i++) {
		if (!get_shape(&in, cs, stamped, &s->shape[i], slot))
			rc = ERR_CORRUPT;
		slot += s->shape[i].n + s->shape[i].nbeside;
		assert(slot <= s->slot + n / SLOT_LEAST);
	}
	if (rc == OK && in.p != in.end)
		rc = ERR_CORRUPT;
	if (rc != OK)
		shapes_close(s);
	return rc;
}

void shapes_close(struct shapes *s)
{
	free(s->shape);
	free(s->slot);
	*s = (struct shapes){0};
}

/* ---- reading ------------------------------------------------------------------------------------- */

static bool get_text(struct arena *a, struct column *c, struct value *out)
{
	const char *s;
	size_t n;
	if (!column_text(c, &s, &n) || n > UINT32_MAX)
		return false;
	out->tag = V_TEXT;
	out->text.s = arena_copy(a, s, n + 1);
	out->text.n = (uint32_t)n;
	return true;
}

static bool get_raw(struct arena *a, struct column *lengths, struct column *bytes, struct value *out)
{
	const uint8_t *p;
	uint64_t n;
	if (!column_number(lengths, &n) || n > UINT32_MAX || !column_bytes(bytes, (size_t)n, &p))
		return false;
	out->tag = V_RAW;
	out->text.s = arena_copy(a, p, (size_t)n);
	out->text.n = (uint32_t)n;
	return true;
}

static bool get_number(struct column *c, const struct slot *s, struct around *r, struct value *out)
{
	uint64_t u;
	if (!column_number(c, &u) || (s->form == FORM_MORE && !r->any))
		return false;
	if (s->form == FORM_MORE)
		u += (uint64_t)r->number;
	*out = value_int((int64_t)u);
	r->any = true;
	r->field = s->no;
	r->number = out->i;
	return true;
}

static bool get_followed(const struct slot *s, const struct origin *o, struct value *out)
{
	if (s->form == FORM_NUMBER) {
		*out = value_int(o->number);
		return o->kind == ORIGIN_LINK;
	}
	*out = value_id(s->form == FORM_FROM ? o->from : o->to);
	return o->kind == ORIGIN_ASSIGNMENT || o->kind == ORIGIN_LINK ||
		(o->kind == ORIGIN_DATED && s->form == FORM_FROM);
}

bool value_get(struct arena *a, struct names *n, const struct columns *cs, const struct slot *s, struct around *r,
	struct value *out)
{
	struct column *c = column_at(cs, s->c);
	const struct name *name;
	*out = value_none();
	switch ((enum form)s->form) {
	case FORM_NONE: return true;
	case FORM_ZERO:
	case FORM_ONE: *out = value_int(s->form == FORM_ONE); return true;
	case FORM_INT:
	case FORM_MORE: return get_number(c, s, r, out);
	case FORM_TEXT: return get_text(a, c, out);
	case FORM_RAW: return get_raw(a, c, column_at(cs, s->more), out);
	case FORM_FROM:
	case FORM_TO:
	case FORM_NUMBER: return get_followed(s, &r->origin, out);
	default: out->tag = V_ID; return names_get(n, (enum form)s->form, c, &out->id, &name);
	}
}

bool shape_id(struct names *n, const struct columns *cs, const struct shape *s, uint64_t author, struct id *out,
	struct around *r)
{
	struct column *c = column_at(cs, s->id);
	const struct name *name;
	uint64_t counter;
	*r = (struct around){.origin.kind = ORIGIN_NONE};
	if (s->id_form == FORM_NEW) {
		if (!column_number(c, &counter) || counter >> ID_COUNTER_BITS || author >> 60)
			return false;
		*out = id_make(author, counter);
		return true;
	}
	if (!names_get(n, (enum form)s->id_form, c, out, &name))
		return false;
	if (name)
		r->origin = name->origin;
	return true;
}
