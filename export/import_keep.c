/* export/import_keep.c - see import.h: what somebody has decided about an import, as text, so that it can be left and
 * gone on with. Owns that text. Must not know what is done with it. */
#include "export/import_priv.h"

#include <stdlib.h>
#include <string.h>

/* Lines of parts with tabs between: "accept"; "columns" file, kind, targets; "answer" file, line, question, label. */
enum { PARTS = 5 };

static void add_part(struct buf *b, const char *text)
{
	buf_addc(b, '\t');
	for (; *text; text++)
		buf_addc(b, *text == '\t' || *text == '\n' ? ' ' : *text);
}

static bool is_as_guessed(const struct plan_file *f, struct arena *a)
{
	struct mapping m;
	import_guess(a, &f->table, IMPORT_UNKNOWN, &m);
	return m.kind == f->map.kind && m.ncols == f->map.ncols &&
	       memcmp(m.column, f->map.column, m.ncols * sizeof *m.column) == 0;
}

static void add_columns(struct buf *b, size_t file, const struct mapping *m)
{
	buf_addf(b, "columns\t%zu\t%d\t", file, (int)m->kind);
	for (size_t i = 0; i < m->ncols; i++)
		buf_addf(b, "%d ", m->column[i]);
	buf_addc(b, '\n');
}

static void add_answers(struct buf *b, size_t file, const struct plan_row *row)
{
	for (size_t i = 0; i < row->ndoubts; i++) {
		const struct doubt *q = &row->doubts[i];
		if (q->chosen < 0)
			continue;
		buf_addf(b, "answer\t%zu\t%zu", file, row->line);
		add_part(b, q->question);
		add_part(b, q->choices[q->chosen].label);
		buf_addc(b, '\n');
	}
}

void import_keep(const struct plan *p, struct buf *out)
{
	struct arena *a = arena_new();
	if (p->accept)
		buf_adds(out, "accept\n");
	for (size_t i = 0; i < p->nfiles; i++) {
		const struct plan_file *f = &p->files[i];
		if (!is_as_guessed(f, a))
			add_columns(out, i, &f->map);
		for (size_t k = 0; k < f->nrows; k++)
			add_answers(out, i, &f->rows[k]);
	}
	arena_free(a);
}

/* ---- back again ------------------------------------------------------------------------------------------- */
static struct plan_file *file_of(struct plan *p, const char *number)
{
	size_t i = strtoul(number, NULL, 10);
	return i < p->nfiles ? &p->files[i] : NULL;
}

/* Only for a file with as many columns as then. */
static void take_columns(struct plan *p, char *const part[PARTS])
{
	struct plan_file *f = file_of(p, part[1]);
	long kind = strtol(part[2], NULL, 10);
	size_t ntargets, n = 0;
	if (!f || kind < IMPORT_UNITS || kind > IMPORT_GRID)
		return;
	import_targets((enum import_kind)kind, &ntargets);
	int *column = arena_alloc(p->keep, (f->table.ncols + 1) * sizeof *column);
	for (char *s = part[3], *rest; n <= f->table.ncols; s = rest) {
		long target = strtol(s, &rest, 10);
		if (rest == s)
			break;
		if (n == f->table.ncols || target < 0 || (size_t)target >= ntargets)
			return;
		column[n++] = (int)target;
	}
	if (n == f->table.ncols)
		f->map = (struct mapping){(enum import_kind)kind, column, n};
}

static struct doubt *find_doubt(struct plan_file *f, size_t line, const char *question)
{
	for (size_t i = 0; i < f->nrows; i++)
		for (size_t k = 0; f->rows[i].line == line && k < f->rows[i].ndoubts; k++)
			if (strcmp(f->rows[i].doubts[k].question, question) == 0)
				return &f->rows[i].doubts[k];
	return NULL;
}

/* A question that isn't asked yet comes with the answer to another. */
static void take_answer(struct plan *p, char *const part[PARTS])
{
	struct plan_file *f = file_of(p, part[1]);
	size_t line = strtoul(part[2], NULL, 10);
	if (!f)
		return;
	*lookup_at(p->chosen, "%zu:%zu:%s", (size_t)(f - p->files), line, part[3]) = arena_strdup(p->keep, part[4]);
	struct doubt *q = find_doubt(f, line, part[3]);
	for (size_t i = 0; q && i < q->nchoices; i++)
		if (strcmp(q->choices[i].label, part[4]) == 0)
			q->chosen = (int)i;
}

void import_take_up(struct plan *p, const char *text)
{
	struct arena *a = arena_new();
	char *save, *copy = arena_strdup(a, text);
	for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *end = line + strlen(line), *part[PARTS] = {line, end, end, end, end}, *rest = line;
		for (size_t i = 0; i < PARTS && rest; i++) {
			part[i] = rest;
			rest = strchr(rest, '\t');
			if (rest && i + 1 < PARTS)
				*rest++ = '\0';
		}
		if (strcmp(part[0], "accept") == 0)
			p->accept = true;
		else if (strcmp(part[0], "columns") == 0)
			take_columns(p, part);
		else if (strcmp(part[0], "answer") == 0)
			take_answer(p, part);
	}
	arena_free(a);
}
