/* export/records_schema.c - records_schema (records.h): the JSON Schema of all records, made from the table of types.
 * Owns which words of JSON Schema a kind of field becomes. Must not know any record. */
#include "export/records.h"

#include <string.h>

#include "base/lang.h"
#include "export/json_buf.h"

#define UUID "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

static json_t *matching(const char *pattern)
{
	return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static json_t *whole_number(uint32_t most)
{
	return json_pack("{s:s, s:i, s:I}", "type", "integer", "minimum", 0, "maximum", (json_int_t)most);
}

/* Limits are bytes, and a letter is one at least. */
static json_t *text_of(const struct field *f)
{
	json_t *o = json_pack("{s:s, s:i}", "type", "string", "minLength", 1);
	if (f->max)
		json_object_set_new(o, "maxLength", json_integer((json_int_t)f->max));
	return o;
}

static json_t *one_of(int set)
{
	size_t n;
	const struct choice *c = schema_choices(set, &n);
	json_t *names = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(names, json_string(c[i].name));
	return json_pack("{s:o}", "enum", names);
}

static json_t *kind_schema(const struct field *f)
{
	switch (f->kind) {
	case KIND_BOOL: return json_pack("{s:s}", "type", "boolean");
	case KIND_INT:
	case KIND_DURATION: return whole_number(f->max);
	case KIND_DATE: return matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
	case KIND_DATETIME: return matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$");
	case KIND_TIME: return matching("^[0-9]{2}:[0-9]{2}$");
	case KIND_CHOICE: return one_of(f->arg);
	case KIND_PHONE: return matching("^[+]?[0-9]{7,15}$");
	case KIND_POSTCODE: return matching("^[0-9]{4}$");
	case KIND_CVR: return matching("^[0-9]{8}$");
	case KIND_REF: return matching(UUID);
	case KIND_WEEKDAYS:
	case KIND_TEXT:
	case KIND_LONGTEXT:
	case KIND_EMAIL: break;
	}
	json_t *o = text_of(f);
	if (f->kind == KIND_WEEKDAYS)
		json_object_del(o, "maxLength");
	return o;
}

/* In English, like the names: it is for programs, and whoever writes them. */
static json_t *field_schema(const struct field *f)
{
	json_t *o = kind_schema(f);
	json_object_set_new(o, "title", json_string(f->label));
	if (*f->help)
		json_object_set_new(o, "description", json_string(f->help));
	if (f->kind == KIND_REF && f->arg != TYPE_ANY)
		json_object_set_new(o, "$comment", json_string(schema_type(f->arg)->name));
	return o;
}

static json_t *type_schema(const struct type *t)
{
	json_t *fields = json_object(), *required = json_array();
	json_object_set_new(fields, "id", matching(UUID));
	json_array_append_new(required, json_string("id"));
	for (size_t i = 0; i < t->nfields; i++) {
		json_object_set_new(fields, t->fields[i].name, field_schema(&t->fields[i]));
		if (t->fields[i].flags & FIELD_REQ)
			json_array_append_new(required, json_string(t->fields[i].name));
	}
	return json_pack("{s:s, s:s, s:{s:s, s:o, s:o, s:b}}", "title", t->plural, "type", "array", "items", "type", "object",
		"properties", fields, "required", required, "additionalProperties", 0);
}

void records_schema(struct buf *out)
{
	size_t n;
	const struct type *types = schema_types(&n);
	json_t *all = json_object();
	for (size_t i = 0; i < n; i++)
		if (records_leave(&types[i]))
			json_object_set_new(all, types[i].name, type_schema(&types[i]));
	json_put(json_pack("{s:s, s:s, s:s, s:[s,s,s], s:{s:{s:s}, s:{s:i}, s:o, s:{s:s, s:o, s:b}}, s:b}",
		"$schema", "https://json-schema.org/draft/2020-12/schema", "title", RECORDS_FORMAT, "type", "object",
		"required", "format", "version", "records", "properties", "format", "const", RECORDS_FORMAT,
		"version", "const", RECORDS_VERSION, "made", matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"),
		"records", "type", "object", "properties", all, "additionalProperties", 0, "additionalProperties", 0), out);
}
