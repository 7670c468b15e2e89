/* export/records_read.c - samvagt's own files of records (export/records.h) as tables, one a type. Owns how they are
 * recognised. Must not know whether a record stands already, nor what a value means. */
#include "export/import_priv.h"

#include <string.h>

#include "base/lang.h"
#include "export/records.h"

/* ---- tables of separated values ---------------------------------------------------------------------- */

const struct type *records_type_of_head(const char *const *head, size_t ncols)
{
	const struct type *t = ncols > 1 ? schema_type_named(head[0]) : NULL;
	size_t known = 0;
	if (!t || !records_leave(t))
		return NULL;
	for (size_t i = 1; i < ncols; i++)
		known += schema_field_named(t, head[i]) != NULL;
	return 2 * known >= ncols - 1 && known > 0 ? t : NULL;
}

const struct type *records_type(const struct table *t)
{
	const struct type *type = records_type_of_head(t->head, t->ncols);
	for (size_t i = 0; i < t->nrows && type; i++) {
		struct id id;
		if (t->rows[i].n == 0 || id_parse(t->rows[i].cells[0], &id, NULL))
			type = NULL;
	}
	return t->nrows ? type : NULL;
}

/* ---- JSON -------------------------------------------------------------------------------------------- */

/* As kind_parse reads it. A length of time is minutes, which a bare number needn't mean. */
static const char *cell_of(struct arena *a, const struct field *f, const json_t *v)
{
	if (json_is_string(v) && strlen(json_string_value(v)) == json_string_length(v))
		return arena_strdup(a, json_string_value(v));
	if (json_is_boolean(v))
		return json_is_true(v) ? "1" : "0";
	if (!json_is_integer(v))
		return NULL;
	long long n = json_integer_value(v);
	if (f->kind == KIND_DURATION && n >= 0)
		return arena_printf(a, "%lld:%02lld", n / 60, n % 60);
	return arena_printf(a, "%lld", n);
}

/* The column of a field, the first being the id's; 0: no such field. */
static size_t column_of(const struct type *t, const char *name)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (strcmp(t->fields[i].name, name) == 0)
			return i + 1;
	return 0;
}

static int take_record(struct tables *x, struct table *t, const json_t *o, size_t number, struct err *e)
{
	struct table_row *row = table_add_row(x, t, number);
	const char *name;
	json_t *v;
	void *it = json_object_iter((json_t *)(uintptr_t)o);
	for (; it; it = json_object_iter_next((json_t *)(uintptr_t)o, it)) {
		name = json_object_iter_key(it);
		v = json_object_iter_value(it);
		size_t c = column_of(t->type, name);
		bool is_id = strcmp(name, "id") == 0;
		if (!c && !is_id) {
			row->says = arena_printf(x->a, _("\"%.60s\" isn't a field that this version knows; it wasn't taken"), name);
			continue;
		}
		const char *cell = is_id ? json_string_value(v) : cell_of(x->a, &t->type->fields[c - 1], v);
		if (!cell)
			return err_set(e, ERR_DATA, _("%s, number %zu: \"%s\" is neither a text nor a number"), t->type->name, number, name);
		row->cells[c] = is_id ? arena_strdup(x->a, cell) : cell;
	}
	return OK;
}

static struct table *add_type(struct tables *x, const struct type *t)
{
	const char **head = arena_alloc(x->a, (t->nfields + 2) * sizeof *head);
	head[0] = t->name;
	for (size_t i = 0; i < t->nfields; i++)
		head[i + 1] = t->fields[i].name;
	struct table *out = tables_add(x, arena_printf(x->a, "%s: %s", x->name, _(t->plural)), IMPORT_RECORDS, head, t->nfields + 1);
	out->type = t;
	return out;
}

static int take_type(struct tables *x, const char *name, const json_t *all, struct err *e)
{
	const struct type *t = NULL;
	size_t n;
	const struct type *types = schema_types(&n);
	int rc = OK;
	for (size_t i = 0; i < n && !t; i++)
		if (strcmp(types[i].name, name) == 0 && records_leave(&types[i]))
			t = &types[i];
	if (!t || !json_is_array(all))
		return err_set(e, ERR_DATA, _("there are records of a kind \"%.60s\", which this version can't take in"), name);
	struct table *to = json_array_size(all) ? add_type(x, t) : NULL;
	for (size_t i = 0; i < json_array_size(all) && rc == OK; i++) {
		const json_t *o = json_array_get(all, i);
		rc = json_is_object(o) ? take_record(x, to, o, i + 1, e)
			: err_set(e, ERR_DATA, _("%s, number %zu isn't an object"), t->name, i + 1);
	}
	return rc;
}

static int take_all(struct tables *x, json_t *o, struct err *e)
{
	json_t *records = json_object_get(o, "records"), *v;
	const char *format = json_string_value(json_object_get(o, "format")), *name;
	int rc = OK;
	if (!format || strcmp(format, RECORDS_FORMAT) != 0 || !json_is_object(records))
		return err_set(e, ERR_DATA, _("these aren't records that samvagt export --as json wrote"));
	if (json_integer_value(json_object_get(o, "version")) > RECORDS_VERSION)
		return err_set(e, ERR_DATA, _("it was written by a newer version of samvagt"));
	json_object_foreach(records, name, v)
		if (rc == OK)
			rc = take_type(x, name, v, e);
	return rc == OK && x->n == 0 ? err_set(e, ERR_DATA, _("it is empty, so there is nothing to import")) : rc;
}

int records_read_tables(struct tables *x, const char *text, size_t n, struct err *e)
{
	json_error_t wrong;
	json_t *o = json_loadb(text, n, JSON_REJECT_DUPLICATES, &wrong);
	if (!o)
		return err_set(e, ERR_DATA, _("line %d: this isn't JSON"), wrong.line);
	int rc = take_all(x, o, e);
	json_decref(o);
	return rc;
}
