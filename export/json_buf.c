/* export/json_buf.c - see json_buf.h. Owns how JSON is laid out. Must not know what it says. */
#include "export/json_buf.h"

json_t *json_of_id(struct id id)
{
	char text[ID_TEXT];
	return json_string(id_format(text, id));
}

json_t *json_of_date(civil_date d)
{
	char text[24];
	return d == DATE_NONE ? json_null() : json_string(civil_format_date(text, sizeof text, d, CIVIL_ISO));
}

json_t *json_of_time(civil_min t)
{
	char text[32];
	return json_string(civil_format_iso(text, sizeof text, t));
}

json_t *json_of_value(struct arena *a, const struct field *f, struct value v)
{
	switch (f->kind) {
	case KIND_BOOL: return json_boolean(v.i != 0);
	case KIND_INT:
	case KIND_DURATION: return json_integer(v.i);
	default: return json_string(kind_format(a, f, v, KIND_PLAIN));
	}
}

static int add_to_buf(const char *p, size_t n, void *out)
{
	buf_add(out, p, n);
	return 0;
}

void json_set_choice(json_t *o, const char *name, int set, int no)
{
	const struct choice *c = schema_choice(set, no);
	if (c)
		json_object_set_new(o, name, json_string(c->name));
}

void json_put(json_t *o, struct buf *out)
{
	if (!o || json_dump_callback(o, add_to_buf, out, JSON_INDENT(2)))
		out->oom = true;
	buf_addc(out, '\n');
	json_decref(o);
}
