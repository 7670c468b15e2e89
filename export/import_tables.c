/* export/import_tables.c - import_tables (import.h): which reader a file is given to. Owns how formats are told apart,
 * and tables while they are made. Must not know what stands in any format. */
#include "export/import_priv.h"

#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/os.h"
#include "export/decode.h"

enum { MOST_BYTES = 64 << 20 };

struct table *tables_add(struct tables *x, const char *name, enum import_kind kind, const char *const *head, size_t ncols)
{
	x->at = arena_grow(x->a, x->at, &x->cap, x->n + 1, sizeof *x->at);
	struct table *t = &x->at[x->n++];
	*t = (struct table){.name = name, .encoding = x->encoding, .separator = ',', .kind = kind, .ncols = ncols};
	t->head = arena_copy(x->a, head, (ncols + 1) * sizeof *head);
	return t;
}

struct table_row *table_add_row(struct tables *x, struct table *t, size_t line)
{
	size_t cap = t->nrows;
	if ((t->nrows & (t->nrows - 1)) == 0)
		t->rows = arena_grow(x->a, t->rows, &cap, t->nrows ? t->nrows * 2 : 1, sizeof *t->rows);
	struct table_row *r = &t->rows[t->nrows++];
	*r = (struct table_row){arena_alloc(x->a, (t->ncols + 1) * sizeof *r->cells), t->ncols, line, NULL};
	for (size_t i = 0; i < t->ncols; i++)
		r->cells[i] = "";
	return r;
}

/* ---- formats ----------------------------------------------------------------------------------------- */

static int read_vcards(struct tables *x, const struct buf *text, struct err *e)
{
	return vcard_read_tables(x, text->p, e);
}

static int read_calendar(struct tables *x, const struct buf *text, struct err *e)
{
	return calendar_read_table(x, text->p, text->n, e);
}

static int read_records(struct tables *x, const struct buf *text, struct err *e)
{
	return records_read_tables(x, text->p, text->n, e);
}

/* Everything else is a table of separated values. */
static const struct format {
	const char *end, *begins;
	int (*read)(struct tables *x, const struct buf *text, struct err *e);
} formats[] = {
	{".vcf", "BEGIN:VCARD", read_vcards},
	{".ics", "BEGIN:VCALENDAR", read_calendar},
	{".json", "{", read_records},
};

static bool is_called(const char *path, const struct format *f)
{
	size_t n = strlen(path), end = strlen(f->end);
	return n > end && strcasecmp(path + n - end, f->end) == 0;
}

static bool begins_so(const struct buf *text, const struct format *f)
{
	const char *s = text->n ? text->p : "";
	s += strspn(s, " \t\r\n");
	return strncasecmp(s, f->begins, strlen(f->begins)) == 0;
}

static const struct format *format_of(const char *path, const struct buf *text)
{
	const size_t n = sizeof formats / sizeof *formats;
	for (size_t i = 0; i < n; i++)
		if (is_called(path, &formats[i]))
			return &formats[i];
	for (size_t i = 0; i < n; i++)
		if (begins_so(text, &formats[i]))
			return &formats[i];
	return NULL;
}

static int read_csv(struct tables *x, const char *path, struct err *e)
{
	x->at = arena_alloc(x->a, sizeof *x->at);
	int rc = import_read(x->a, path, x->at, e);
	x->n = rc == OK;
	if (rc == OK && (x->at->type = records_type(x->at)))
		x->at->kind = IMPORT_RECORDS;
	return rc;
}

int import_tables(struct arena *a, const char *path, struct table **out, size_t *n, struct err *e)
{
	const char *slash = strrchr(path, '/');
	struct tables x = {.a = a, .name = arena_strdup(a, slash ? slash + 1 : path)};
	struct buf raw = {0}, text = {0};
	const struct format *f = NULL;
	int rc = os_read_file(path, MOST_BYTES, &raw, e);
	bool read = rc == OK;
	if (rc == OK)
		rc = decode_bytes(&raw, &x.encoding, &text, e);
	if (rc == OK && (f = format_of(path, &text)))
		rc = f->read(&x, &text, e);
	if (rc && read)
		err_prefix(e, "%s", x.name);
	buf_wipe(&raw);
	buf_wipe(&text);
	if (rc == OK && !f)
		rc = read_csv(&x, path, e);
	*out = x.at;
	*n = rc == OK ? x.n : 0;
	return rc;
}
