/* export/import_map.c - which columns of a table are what: the targets, guessing by headings and by what stands in the
 * cells, and mappings as text. Owns how sure a guess must be. Must not know records that exist, nor what becomes of a
 * row. */
#include "export/import_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

/* ---- kinds and targets --------------------------------------------------------------------------- */

static const struct target all_targets[] = {
#define TARGET(KIND, NAME, id, label, field, look, once, words) {id, label, once, field, LOOK_##look, words},
#include "export/targets.def"
};

/* A kind's rows: its name, its first target, the type its fields belong to, and the targets without which nothing can
 * be made. */
static const struct kind_row {
	const char *name, *label;
	int first, type;
	int needs[2][2]; /* one of each pair; 0: nothing asked */
} kinds[] = {
	/* clang-format off */
	[IMPORT_UNKNOWN] = {"unknown", N_("unknown"), T_UNITS_IGNORE, TYPE_ANY, {{0}}},
	[IMPORT_UNITS] = {"units", N_("units"), T_UNITS_IGNORE, TYPE_UNIT, {{T_UNITS_NAME}}},
	[IMPORT_ORGANISATIONS] = {"organisations", N_("organisations"), T_ORGANISATIONS_IGNORE, TYPE_ORGANISATION,
		{{T_ORGANISATIONS_NAME}}},
	[IMPORT_ROLES] = {"roles", N_("roles"), T_ROLES_IGNORE, TYPE_ROLE, {{T_ROLES_NAME}}},
	[IMPORT_VOLUNTEERS] = {"volunteers", N_("volunteers"), T_VOLUNTEERS_IGNORE, TYPE_VOLUNTEER,
		{{T_VOLUNTEERS_GIVEN, T_VOLUNTEERS_NAME}}},
	[IMPORT_SHIFTS] = {"shifts", N_("shifts"), T_SHIFTS_IGNORE, TYPE_SHIFT,
		{{T_SHIFTS_DATE}, {T_SHIFTS_FROM, T_SHIFTS_SPAN}}},
	[IMPORT_GRID] = {"grid", N_("roster grid"), T_GRID_IGNORE, TYPE_SHIFT,
		{{T_GRID_DAY}, {T_GRID_ROW, T_GRID_SPAN}}},
	[IMPORT_RECORDS] = {"records", N_("whole records"), T_RECORDS_IGNORE, TYPE_ANY, {{0}}},
	/* clang-format on */
};
enum { KINDS = sizeof kinds / sizeof *kinds };

const char *import_kind_name(enum import_kind k)
{
	return kinds[k].name;
}

const char *import_kind_label(enum import_kind k)
{
	return _(kinds[k].label);
}

enum import_kind import_kind_named(const char *name)
{
	for (int k = IMPORT_UNITS; k <= IMPORT_GRID; k++)
		if (!strcmp(name, kinds[k].name))
			return (enum import_kind)k;
	return IMPORT_UNKNOWN;
}

int import_first_target(enum import_kind k)
{
	return kinds[k].first;
}

const struct target *import_targets(enum import_kind k, size_t *n)
{
	int end = k == IMPORT_UNKNOWN ? kinds[k].first + 1 : k + 1 < KINDS ? kinds[k + 1].first : T_COUNT;
	*n = (size_t)(end - kinds[k].first);
	return &all_targets[kinds[k].first];
}

const struct field *import_target_field(enum import_kind k, const struct target *t)
{
	return t->field ? schema_field(kinds[k].type, t->field) : NULL;
}

/* ---- guessing ---------------------------------------------------------------------------------------- */

enum {
	BY_HEADING = 10,
	BY_START_OF_HEADING = 6,
	BY_CELLS = 4,       /* what each is worth */
	AGAINST_CELLS = -7, /* a heading that the cells contradict */
	CELLS_LOOKED_AT = 200,
	SURE_ENOUGH = 14, /* of a kind: more than one heading */
};

struct guess {
	struct arena *a;
	const struct table *t;
	const char **folded; /* headings */
};

/* What a cell is asked: does it look so, or is it one of the field's choices? */
struct test {
	enum look look;
	const struct field *choice;
};

static bool passes(const struct guess *g, const struct test *t, const char *s)
{
	struct value v;
	return t->choice ? !import_parse(g->a, t->choice, s, 0, &v, NULL) : import_looks(g->a, t->look, s);
}

/* Percent of a column's filled cells that pass; -1 when there are none. */
static int percent(const struct guess *g, size_t column, const struct test *t)
{
	int filled = 0, fit = 0;
	for (size_t i = 0; i < g->t->nrows && i < CELLS_LOOKED_AT; i++) {
		const struct table_row *r = &g->t->rows[i];
		if (column >= r->n || !*r->cells[column])
			continue;
		filled++;
		fit += passes(g, t, r->cells[column]);
	}
	return filled ? fit * 100 / filled : -1;
}

static int worth_of_heading(const struct guess *g, size_t column, const struct target *t)
{
	const char *h = g->folded[column];
	if (!*h)
		return 0;
	if (!strcmp(g->t->head[column], t->id) || import_word_is(g->a, t->words, h))
		return BY_HEADING;
	/* "Telefon (privat)" is a phone still, but what one may not do is nothing that one may */
	size_t n = strcspn(h, " ");
	if (!strncmp(h + n, " ikke", strlen(" ikke")) || !strncmp(h + n, " not", strlen(" not")))
		return 0;
	return h[n] && import_word_is(g->a, t->words, arena_strndup(g->a, h, n)) ? BY_START_OF_HEADING : 0;
}

/* The cells speak for a heading or against it, and where they look like something plain they speak alone. */
static int worth(const struct guess *g, size_t column, enum import_kind k, const struct target *t)
{
	const struct field *f = import_target_field(k, t);
	struct test test = {(enum look)t->look, f && f->kind == KIND_CHOICE ? f : NULL};
	int heading = worth_of_heading(g, column, t);
	if ((test.look == LOOK_NONE && !test.choice) || (test.choice && !heading))
		return heading;
	int pass = percent(g, column, &test);
	if (pass >= 60)
		return heading + BY_CELLS;
	if (pass < 0 || !heading)
		return heading;
	if (test.look == LOOK_TIME)
		pass = percent(g, column, &(struct test){LOOK_HOUR, NULL});
	return pass < 15 ? heading + AGAINST_CELLS : heading;
}

static bool is_day_heading(const struct guess *g, size_t column)
{
	const char *h = g->t->head[column];
	return import_looks(g->a, LOOK_DATE, h) || (import_parse_weekday(g->a, h) && !strchr(g->folded[column], ' '));
}

/* A roster grid has days for headings; its first column says where and when. */
static int guess_grid_days(const struct guess *g, int *column)
{
	int days = 0, score = 0;
	for (size_t i = 0; i < g->t->ncols; i++)
		days += is_day_heading(g, i);
	if (days < 3)
		return 0;
	for (size_t i = 0; i < g->t->ncols; i++) {
		if (is_day_heading(g, i)) {
			column[i] = T_GRID_DAY - T_GRID_IGNORE;
			score += BY_HEADING;
		}
	}
	if (!column[0] && percent(g, 0, &(struct test){LOOK_SPAN, NULL}) < 60 &&
	    !worth_of_heading(g, 0, &all_targets[T_GRID_UNIT])) {
		column[0] = T_GRID_ROW - T_GRID_IGNORE;
		score += BY_HEADING;
	}
	return score;
}

/* The best pair of a free column and a free target, again and again. */
static int guess_columns(const struct guess *g, enum import_kind k, int *column)
{
	size_t n, ncols = g->t->ncols;
	const struct target *targets = import_targets(k, &n);
	bool *taken = arena_alloc(g->a, n * sizeof *taken);
	int total = k == IMPORT_GRID ? guess_grid_days(g, column) : 0;
	int *worths = arena_alloc(g->a, n * ncols * sizeof *worths);

	for (size_t c = 0; c < ncols; c++)
		taken[column[c]] = column[c] && targets[column[c]].once;
	for (size_t c = 0; c < ncols; c++)
		for (size_t i = 1; i < n; i++)
			worths[c * n + i] = worth(g, c, k, &targets[i]);
	for (;;) {
		size_t best = 0;
		for (size_t at = 0; at < n * ncols; at++)
			if (worths[at] > worths[best] && !column[at / n] && !taken[at % n])
				best = at;
		if (worths[best] < BY_CELLS || column[best / n])
			return total;
		column[best / n] = (int)(best % n);
		taken[best % n] = targets[best % n].once;
		total += worths[best];
		worths[best] = 0;
	}
}

static bool has_target(const struct mapping *m, int target)
{
	for (size_t i = 0; i < m->ncols; i++)
		if (kinds[m->kind].first + m->column[i] == target && m->column[i])
			return true;
	return false;
}

static bool has_what_it_needs(const struct mapping *m)
{
	for (int i = 0; i < 2; i++) {
		const int *either = kinds[m->kind].needs[i];
		if (either[0] && !has_target(m, either[0]) && !(either[1] && has_target(m, either[1])))
			return false;
	}
	return true;
}

/* Headings of whole records are names of fields; others, such as what a reference is called, are for people. */
static void guess_records(const struct table *t, struct mapping *out)
{
	out->kind = IMPORT_RECORDS;
	for (size_t i = 0; i < t->ncols; i++)
		if (i == 0 || schema_field_named(t->type, t->head[i]))
			out->column[i] = T_RECORDS_FIELD - T_RECORDS_IGNORE;
}

/* Nothing to guess where reading the file gave each column its target's id for heading. */
static void take_told(const struct table *t, struct mapping *out)
{
	size_t n;
	const struct target *targets = import_targets(t->kind, &n);
	out->kind = t->kind;
	for (size_t c = 0; c < t->ncols; c++)
		for (size_t i = 1; i < n; i++)
			if (strcmp(t->head[c], targets[i].id) == 0)
				out->column[c] = (int)i;
}

/* The columns may be guessed well for several kinds; people come first where a table says too little. */
void import_guess(struct arena *a, const struct table *t, enum import_kind forced, struct mapping *out)
{
	static const enum import_kind order[] = {
		IMPORT_VOLUNTEERS, IMPORT_SHIFTS, IMPORT_GRID, IMPORT_ROLES, IMPORT_UNITS, IMPORT_ORGANISATIONS,
	};
	struct guess g = {arena_new(), t, NULL};
	int most = 0;

	if (!forced)
		forced = t->kind;
	g.folded = arena_alloc(g.a, t->ncols * sizeof *g.folded);
	for (size_t i = 0; i < t->ncols; i++)
		g.folded[i] = text_fold(g.a, t->head[i]);
	*out = (struct mapping){forced, arena_alloc(a, t->ncols * sizeof *out->column), t->ncols};
	if (forced && forced == t->kind) {
		(forced == IMPORT_RECORDS ? guess_records : take_told)(t, out);
		forced = IMPORT_RECORDS;
	}
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		struct mapping m = {order[i], arena_alloc(g.a, t->ncols * sizeof *m.column), t->ncols};
		if (forced && order[i] != forced)
			continue;
		int score = guess_columns(&g, order[i], m.column);
		if (!forced && (score <= most || score < SURE_ENOUGH || !has_what_it_needs(&m)))
			continue;
		most = score;
		out->kind = order[i];
		memcpy(out->column, m.column, t->ncols * sizeof *m.column);
	}
	arena_free(g.a);
}

/* ---- mappings as text ---------------------------------------------------------------------------------- */

struct map_line {
	size_t no;
	const char *heading, *target;
	bool own; /* in the section of this very file */
};

static const struct target *target_with_id(const char *id, enum import_kind *kind)
{
	for (int k = IMPORT_UNITS; k < KINDS; k++) {
		size_t n;
		const struct target *t = import_targets((enum import_kind)k, &n);
		*kind = (enum import_kind)k;
		for (size_t i = 1; i < n; i++)
			if (!strcmp(t[i].id, id))
				return &t[i];
	}
	*kind = IMPORT_UNKNOWN;
	return strcmp(id, all_targets[0].id) ? NULL : &all_targets[0];
}

/* A heading that is empty or stands twice is named by its place: "column 3". */
static bool is_heading_of(struct arena *a, const struct table *t, size_t column, const char *heading)
{
	return !strcmp(text_fold(a, t->head[column]), text_fold(a, heading)) ||
	       !strcmp(arena_printf(a, "column %zu", column + 1), heading);
}

static bool map_column(struct arena *a, const struct table *t, const struct map_line *l, int target, bool once,
		       struct mapping *io)
{
	bool found = false;
	for (size_t i = 0; i < t->ncols; i++) {
		if (is_heading_of(a, t, i, l->heading)) {
			io->column[i] = found && once ? 0 : target;
			found = true;
		} else if (once && io->column[i] == target) {
			io->column[i] = 0;
		}
	}
	return found;
}

/* The lines of the text that are for this table. */
static struct map_line *read_map_lines(struct arena *a, const char *text, const struct table *t, size_t *n)
{
	struct map_line *lines = NULL, l = {0};
	size_t cap = 0;
	bool applies = true;
	for (*n = 0; *text;) {
		size_t len = strcspn(text, "\n");
		const char *line = text_clean(a, text, len), *equals = strrchr(line, '=');
		text += len + (text[len] == '\n');
		l.no++;
		if (*line == '[') {
			l.own = !strcmp(arena_strndup(a, line + 1, strcspn(line + 1, "]")), t->name);
			applies = l.own;
		} else if (applies && *line && *line != '#') {
			l.target = equals ? text_clean(a, equals + 1, strlen(equals + 1)) : "";
			l.heading = text_clean(a, line, equals ? (size_t)(equals - line) : strlen(line));
			lines = arena_grow(a, lines, &cap, *n + 1, sizeof *lines);
			lines[(*n)++] = l;
		}
	}
	return lines;
}

/* What kind of rows the lines speak of, before any column is set: another kind means another guess. */
static int settle_kind(struct arena *a, const struct table *t, const struct map_line *l, struct mapping *io,
		       struct err *e)
{
	enum import_kind kind;
	if (!target_with_id(l->target, &kind))
		return err_set(e, ERR_DATA, _("Line %zu of the mapping: a column can't be \"%.60s\""), l->no,
			       l->target);
	if (kind != IMPORT_UNKNOWN && kind != io->kind && (l->own || io->kind == IMPORT_UNKNOWN))
		import_guess(a, t, kind, io);
	return OK;
}

static int take_map_line(struct arena *a, const struct table *t, const struct map_line *l, struct mapping *io,
			 struct err *e)
{
	enum import_kind kind;
	const struct target *target = target_with_id(l->target, &kind);
	if (kind != IMPORT_UNKNOWN && kind != io->kind)
		return OK;
	int index = kind == IMPORT_UNKNOWN ? 0 : (int)(target - &all_targets[kinds[kind].first]);
	if (!map_column(a, t, l, index, target->once, io) && l->own)
		return err_set(e, ERR_DATA, _("Line %zu of the mapping: %s has no column \"%.60s\""), l->no, t->name,
			       l->heading);
	return OK;
}

int import_mapping_read(struct arena *a, const char *text, const struct table *t, struct mapping *io, struct err *e)
{
	size_t n;
	const struct map_line *lines = read_map_lines(a, text, t, &n);
	int r = OK;
	for (size_t i = 0; i < n && !r; i++)
		r = settle_kind(a, t, &lines[i], io, e);
	for (size_t i = 0; i < n && !r; i++)
		r = take_map_line(a, t, &lines[i], io, e);
	return r;
}

static bool is_clear_heading(struct arena *a, const struct table *t, size_t column)
{
	size_t same = 0;
	for (size_t i = 0; i < t->ncols; i++)
		same += is_heading_of(a, t, i, t->head[column]);
	return same == 1 && *t->head[column] && !strchr("#[", t->head[column][0]);
}

char *import_mapping_write(struct arena *a, const struct table *t, const struct mapping *m)
{
	size_t n;
	const struct target *targets = import_targets(m->kind, &n);
	struct buf b = {0};
	buf_addf(&b, "[%s]\n", t->name);
	for (size_t i = 0; i < m->ncols; i++) {
		char *heading = arena_strdup(a, t->head[i]);
		if (!is_clear_heading(a, t, i))
			heading = arena_printf(a, "column %zu", i + 1);
		for (char *p = heading; (p = strpbrk(p, "\n\t")) != NULL;)
			*p = ' ';
		buf_addf(&b, "%s = %s\n", heading, targets[m->column[i]].id);
	}
	char *text = arena_strdup(a, b.p);
	buf_free(&b);
	return text;
}
