/* export/import_keep.c - see import.h: what somebody has decided about an import, as text, so that it can be left and
 * gone on with. Owns that text. Must not know what is done with it. */
#include "export/import_priv.h"

#include <stdlib.h>
#include <string.h>

/* Lines of parts with tabs between: "accept"; "columns" file, mapping; "answer" file, line, question, label. */
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

/* The mapping's own text, with tabs for line ends. */
static void add_columns(struct buf *b, struct arena *a, size_t file, const struct plan_file *f)
{
	buf_addf(b, "columns\t%zu\t", file);
	for (const char *s = import_mapping_write(a, &f->table, &f->map); *s; s++)
		buf_addc(b, *s == '\n' ? '\t' : *s);
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
			add_columns(out, a, i, f);
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

static void take_acceptance(struct plan *p, char *const part[PARTS])
{
	(void)part;
	p->accept = true;
}

/* All of it or nothing, as the file may have other headings now. */
static void take_columns(struct plan *p, char *const part[PARTS])
{
	struct plan_file *f = file_of(p, part[1]);
	if (!f)
		return;
	struct mapping m = f->map;
	m.column = arena_copy(p->keep, f->map.column, m.ncols * sizeof *m.column);
	for (char *s = part[2]; (s = strchr(s, '\t'));)
		*s = '\n';
	if (import_mapping_read(p->keep, part[2], &f->table, &m, NULL) == OK)
		f->map = m;
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

static const struct kept {
	const char *what;
	size_t parts; /* the last holds the rest of the line */
	void (*take)(struct plan *p, char *const part[PARTS]);
} kinds[] = {{"accept", 1, take_acceptance}, {"columns", 3, take_columns}, {"answer", 5, take_answer}};

static void take_line(struct plan *p, char *line)
{
	char *end = line + strlen(line), *part[PARTS] = {line, end, end, end, end};
	size_t n = strcspn(line, "\t");
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct kept *k = &kinds[i];
		if (strlen(k->what) != n || strncmp(line, k->what, n) != 0)
			continue;
		for (size_t j = 1; j < k->parts && (line = strchr(line, '\t')); j++) {
			*line++ = '\0';
			part[j] = line;
		}
		k->take(p, part);
		return;
	}
}

void import_take_up(struct plan *p, const char *text)
{
	struct arena *a = arena_new();
	char *save, *copy = arena_strdup(a, text);
	for (char *line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		take_line(p, line);
	arena_free(a);
}
