/* store/rec.c - see rec.h. Owns values and records in memory. Must not know how they look to people (kind.c) or on disk
 * (codec.c), nor what the fields of any type mean. */
#include "store/rec.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "store/register.h"

struct value value_none(void)
{
	return (struct value){.tag = V_NONE};
}

struct value value_int(int64_t i)
{
	return (struct value){.tag = V_INT, .i = i};
}

struct value value_text(const char *s)
{
	size_t n = strlen(s);
	assert(n <= UINT32_MAX);
	return (struct value){.tag = V_TEXT, .text = {s, (uint32_t)n}};
}

struct value value_id(struct id id)
{
	return (struct value){.tag = V_ID, .id = id};
}

struct value value_id_or_none(struct id id)
{
	return id_is_none(id) ? value_none() : value_id(id);
}

struct value value_date_or_none(civil_date day)
{
	return day == DATE_NONE ? value_none() : value_int(day);
}

struct value value_text_or_none(const char *s)
{
	return s && *s ? value_text(s) : value_none();
}

bool value_equal(struct value x, struct value y)
{
	if (x.tag != y.tag)
		return false;
	switch (x.tag) {
	case V_NONE:
		return true;
	case V_INT:
		return x.i == y.i;
	case V_ID:
		return id_equal(x.id, y.id);
	case V_TEXT:
	case V_RAW:
		return x.text.n == y.text.n && memcmp(x.text.s, y.text.s, x.text.n) == 0;
	}
	return false;
}

struct value value_copy(struct arena *a, struct value v)
{
	if (v.tag != V_TEXT && v.tag != V_RAW)
		return v;
	char *s = arena_alloc(a, (size_t)v.text.n + 1);
	memcpy(s, v.text.s, v.text.n);
	v.text.s = s;
	return v;
}

const struct rec_field *rec_field(const struct rec *r, int field)
{
	for (size_t i = 0; i < r->n && r->f[i].no <= field; i++)
		if (r->f[i].no == field)
			return &r->f[i];
	return NULL;
}

struct value rec_get(const struct rec *r, int field)
{
	const struct rec_field *f = rec_field(r, field);
	return f ? f->v : value_none();
}

int64_t rec_int_or(const struct rec *r, int field, int64_t absent)
{
	struct value v = rec_get(r, field);
	return v.tag == V_INT ? v.i : absent;
}

civil_date rec_date(const struct rec *r, int field)
{
	return (civil_date)rec_int_or(r, field, DATE_NONE);
}

int64_t rec_int(const struct rec *r, int field)
{
	return rec_int_or(r, field, 0);
}

static const struct rec_field *find_cpr(const struct rec_field *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].v.tag == V_TEXT && text_find_cpr(f[i].v.text.s))
			return &f[i];
	return NULL;
}

const struct rec_field *rec_find_cpr(const struct rec *r)
{
	const struct rec_field *f = find_cpr(r->f, r->n);
	return f ? f : find_cpr(r->sib, r->nsib);
}

const char *rec_text(const struct rec *r, int field)
{
	struct value v = rec_get(r, field);
	return v.tag == V_TEXT ? v.text.s : "";
}

struct id rec_id(const struct rec *r, int field)
{
	struct value v = rec_get(r, field);
	return v.tag == V_ID ? v.id : ID_NONE;
}

void rec_put(struct arena *a, struct rec *r, int field, struct value v, struct stamp at)
{
	assert(field >= 0 && field <= UINT8_MAX);
	size_t i = 0;
	while (i < r->n && r->f[i].no < field)
		i++;
	if (i == r->n || r->f[i].no != field) {
		r->f = arena_grow(a, r->f, &r->cap, r->n + 1, sizeof *r->f);
		memmove(r->f + i + 1, r->f + i, (r->n - i) * sizeof *r->f);
		r->n++;
	}
	r->f[i] = (struct rec_field){(uint8_t)field, v, at};
	register_settle(r);
}
