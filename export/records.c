/* export/records.c - see records.h: the records themselves. Owns which leave, and how they lie in a file. Must not know
 * how a value looks (store/kind.c), nor what a schema is. */
#include "export/records.h"

#include "base/lang.h"
#include "export/json_buf.h"
#include "store/erase.h"

enum { ROWS_AT_ONCE = 2000 };

bool records_leave(const struct type *t)
{
	return t->no != TYPE_ERASURE && t->no != TYPE_RECEIPT;
}

/* V_NONE for what isn't told: nothing there, of a newer version, or somebody erased. */
static struct value value_of(const struct rec *r, const struct field *f)
{
	struct value v = rec_get(r, f->no);
	return v.tag == V_RAW || (v.tag == V_ID && id_is_erased(v.id)) ? value_none() : v;
}

/* What is left of somebody erased has lost what it must have. */
static bool is_whole(const struct rec *r, const struct type *t)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].flags & FIELD_REQ && value_of(r, &t->fields[i]).tag == V_NONE)
			return false;
	return true;
}

/* ---- JSON -------------------------------------------------------------------------------------------- */

struct lines { struct arena *a; const struct type *t; struct buf *out; size_t n; };

static int add_to_buf(const char *p, size_t n, void *out)
{
	buf_add(out, p, n);
	return 0;
}

static int put_record(void *ctx, const struct rec *r)
{
	struct lines *x = ctx;
	if (!is_whole(r, x->t))
		return 0;
	json_t *o = json_object();
	json_object_set_new(o, "id", json_of_id(r->id));
	for (size_t i = 0; i < x->t->nfields; i++) {
		struct value v = value_of(r, &x->t->fields[i]);
		if (v.tag != V_NONE)
			json_object_set_new(o, x->t->fields[i].name, json_of_value(x->a, &x->t->fields[i], v));
	}
	buf_adds(x->out, x->n++ ? ",\n   " : "\n   ");
	if (json_dump_callback(o, add_to_buf, x->out, JSON_COMPACT))
		x->out->oom = true;
	json_decref(o);
	arena_reset(x->a);
	return 0;
}

int records_json(struct view *v, struct buf *out, size_t *n, struct err *e)
{
	char made[32];
	size_t ntypes, done = 0;
	const struct type *types = schema_types(&ntypes);
	struct lines x = {.a = arena_new(), .out = out};
	int rc = OK;
	*n = 0;
	buf_addf(out, "{\n \"format\": \"" RECORDS_FORMAT "\",\n \"version\": %d,\n \"made\": \"%s\",\n \"records\": {", RECORDS_VERSION,
		civil_format_iso(made, sizeof made, store_now_civil(view_store(v))));
	for (size_t i = 0; i < ntypes && rc == OK; i++) {
		if (!records_leave(&types[i]))
			continue;
		buf_addf(out, "%s\n  \"%s\": [", done++ ? "," : "", types[i].name);
		x.t = &types[i];
		x.n = 0;
		rc = view_each(v, types[i].no, put_record, &x, e);
		buf_adds(out, x.n ? "\n  ]" : "]");
		*n += x.n;
	}
	buf_adds(out, "\n }\n}\n");
	arena_free(x.a);
	return rc == OK && out->oom ? err_set(e, ERR_NOMEM, _("out of memory")) : rc;
}

/* ---- tables ------------------------------------------------------------------------------------------ */

struct rows {
	struct view *v;
	struct arena *a;                       /* of the rows that aren't written yet */
	const struct type *t;
	struct sheet_style style;
	struct sheet *s;
	struct buf *out, part;
	size_t n, head;                        /* bytes of a table without rows */
};

static void begin_sheet(struct rows *x)
{
	const bool danish = x->style.danish_excel;
	arena_reset(x->a);
	x->s = sheet_new(x->a, x->t->name);
	sheet_column(x->s, x->t->name, _(x->t->label), ALIGN_LEFT, 1, 1);
	for (size_t i = 0; i < x->t->nfields; i++) {
		const struct field *f = &x->t->fields[i];
		sheet_column(x->s, f->name, _(f->label), ALIGN_LEFT, 1, 1);
		/* translators: a column beside one of ids, with what they are called */
		if (danish && f->kind == KIND_REF)
			sheet_column(x->s, f->name, arena_printf(x->a, _("%s (called)"), _(f->label)), ALIGN_LEFT, 1, 1);
	}
}

static void flush(struct rows *x)
{
	buf_reset(&x->part);
	sheet_write(x->s, SHEET_CSV, &x->style, &x->part);
	if (x->part.oom)
		x->out->oom = true;
	else
		buf_add(x->out, x->part.p + x->head, x->part.n - x->head);
	begin_sheet(x);
}

static struct sheet_cell cell_of(const struct rows *x, const struct field *f, struct value v)
{
	const bool danish = x->style.danish_excel;
	if (v.tag == V_NONE)
		return sheet_text("");
	if (f->kind == KIND_INT)
		return sheet_int(x->a, v.i);
	if (f->kind == KIND_DATE)
		return sheet_date(x->a, (civil_date)v.i, CIVIL_ISO);
	const char *text = kind_format(x->a, f, v,
		danish && (f->kind == KIND_CHOICE || f->kind == KIND_BOOL) ? KIND_HUMAN : KIND_PLAIN);
	return f->kind == KIND_DATETIME ? sheet_datetime(text, v.i) : sheet_text(text);
}

static int put_row(void *ctx, const struct rec *r)
{
	struct rows *x = ctx;
	char id[ID_TEXT];
	size_t c = 0;
	if (!is_whole(r, x->t))
		return 0;
	struct sheet_row *row = sheet_row(x->s, ROW_DATA);
	row->cells[c++] = sheet_text(arena_strdup(x->a, id_format(id, r->id)));
	for (size_t i = 0; i < x->t->nfields; i++) {
		const struct field *f = &x->t->fields[i];
		struct value v = value_of(r, f);
		/* bytes live as long as the record, which is gone when this returns */
		row->cells[c++] = cell_of(x, f, value_copy(x->a, v));
		if (x->style.danish_excel && f->kind == KIND_REF)
			row->cells[c++] = sheet_text(v.tag == V_ID ? view_title(x->v, x->a, v.id) : "");
	}
	if (++x->n % ROWS_AT_ONCE == 0)
		flush(x);
	return 0;
}

int records_csv(struct view *v, const struct type *t, bool danish_excel, struct buf *out, size_t *n, struct err *e)
{
	struct rows x = {.v = v, .a = arena_new(), .t = t, .style = {.danish_excel = danish_excel}, .out = out};
	const size_t before = out->n;
	begin_sheet(&x);
	sheet_write(x.s, SHEET_CSV, &x.style, &x.part);
	x.head = x.part.n;
	if (!x.part.oom)
		buf_add(out, x.part.p, x.part.n);
	int rc = view_each(v, t->no, put_row, &x, e);
	flush(&x);
	*n = x.n;
	if (x.n == 0 && !out->oom)
		out->p[out->n = before] = '\0';
	buf_wipe(&x.part);
	arena_free(x.a);
	return rc == OK && (out->oom || x.part.oom) ? err_set(e, ERR_NOMEM, _("out of memory")) : rc;
}
