/* tests/importtest.c - see importtest.h. */
#include "tests/importtest.h"

#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"

struct plan *plan_paths(struct store *s, const char *const *paths, size_t n, enum import_kind forced, const char *map)
{
	struct err e = {0};
	struct peek l = look_begin(s);
	struct plan *p = NULL;
	must(import_plan(l.v, l.b, paths, n, forced, map, &p, &e), &e, "plan");
	look_end(&l);
	return p;
}

struct plan *plan_text(struct store *s, const char *name, const char *text)
{
	struct err e = {0};
	const char *path = test_path(name);
	must(os_write_file(path, text, strlen(text), &e), &e, "file");
	return plan_paths(s, &path, 1, IMPORT_UNKNOWN, NULL);
}

void replan(struct store *s, struct plan *p)
{
	struct err e = {0};
	struct peek l = look_begin(s);
	must(import_replan(p, l.v, l.b, &e), &e, "replan");
	look_end(&l);
}

struct change_result apply(struct store *s, struct plan *p)
{
	struct err e = {0};
	struct change_result r;
	must(import_apply(p, s, false, &r, &e), &e, "apply");
	return r;
}

struct change_result take_text(struct store *s, const char *name, const char *text)
{
	struct plan *p = plan_text(s, name, text);
	import_accept(p);
	struct change_result r = apply(s, p);
	import_free(p);
	return r;
}

struct plan_file *file_named(struct plan *p, const char *name)
{
	size_t n;
	struct plan_file *f = import_files(p, &n);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(f[i].table.name, name))
			return &f[i];
	diag("no file %s", name);
	exit(1);
}

struct plan_row *row_at(struct plan *p, const char *file, size_t line)
{
	struct plan_file *f = file_named(p, file);
	for (size_t i = 0; i < f->nrows; i++)
		if (f->rows[i].line == line)
			return &f->rows[i];
	diag("no line %zu in %s", line, file);
	exit(1);
}

bool has_remark(struct plan *p, const char *file, size_t line, const char *column, const char *part)
{
	struct plan_file *f = file_named(p, file);
	struct plan_row *row = row_at(p, file, line);
	for (size_t i = 0; i < row->nremarks; i++) {
		const struct remark *m = &row->remarks[i];
		if (!strcmp(m->column < 0 ? "" : f->table.head[m->column], column) && strstr(m->text, part))
			return true;
	}
	for (size_t i = 0; i < row->nremarks; i++)
		diag("remark in column %d: %s", row->remarks[i].column, row->remarks[i].text);
	return false;
}

struct doubt *doubt_about(struct plan_row *row, const char *part)
{
	for (size_t i = 0; i < row->ndoubts; i++)
		if (strstr(row->doubts[i].question, part))
			return &row->doubts[i];
	return NULL;
}

bool choose(struct plan_row *row, const char *question, const char *label)
{
	struct doubt *d = doubt_about(row, question);
	for (size_t i = 0; d && i < d->nchoices; i++) {
		if (strncmp(d->choices[i].label, label, strlen(label)))
			continue;
		d->chosen = (int)i;
		return true;
	}
	return false;
}

/* ---- dumps --------------------------------------------------------------------------------------- */

struct dumping {
	struct buf b;
	struct arena *a;
};

static int dump_record(void *ctx, const struct rec *r)
{
	struct dumping *d = ctx;
	char id[ID_TEXT];
	buf_addf(&d->b, "%d %s", r->type, id_format(id, r->id));
	for (size_t i = 0; i < r->n; i++) {
		const struct field *f = schema_field(r->type, r->f[i].no);
		if (f && r->f[i].v.tag != V_NONE)
			buf_addf(&d->b, " %s=%s", f->name, kind_format(d->a, f, r->f[i].v, KIND_PLAIN));
	}
	buf_addc(&d->b, '\n');
	return 0;
}

char *dump_store(struct store *s, struct arena *a)
{
	struct dumping d = {.a = a};
	struct peek l = look_begin(s);
	struct err e = {0};
	size_t n;
	const struct type *types = schema_types(&n);
	buf_adds(&d.b, "");
	for (size_t i = 0; i < n; i++)
		must(view_each(l.v, types[i].no, dump_record, &d, &e), &e, "each");
	look_end(&l);
	char *text = arena_strdup(a, d.b.p);
	buf_free(&d.b);
	return text;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

const char *people_on(struct peek *l, const char *unit, civil_min start)
{
	struct roster r;
	struct err e = {0};
	const struct shift *found = NULL;
	must(roster_load(l->v, l->b, l->a, NULL, cmin_date(start), cmin_date(start) + 1, &r, &e), &e, "roster");
	for (size_t i = 0; i < r.n; i++) {
		if (strcmp(r.shifts[i].unit, unit) || r.shifts[i].row.start != start)
			continue;
		if (found)
			return "?";
		found = &r.shifts[i];
	}
	if (!found)
		return "?";
	const char **names = arena_alloc(l->a, (found->nseats + 1) * sizeof *names), *text = "";
	for (size_t i = 0; i < found->nseats; i++) {
		const struct seat *x = &found->seats[i];
		names[i] = x->person ? x->person->name
				     : arena_printf(l->a, "%d × %s", x->places, book_name(l->b, x->organisation));
	}
	qsort(names, found->nseats, sizeof *names, by_name);
	for (size_t i = 0; i < found->nseats; i++)
		text = arena_printf(l->a, "%s%s%s", text, i ? ", " : "", names[i]);
	return text;
}
