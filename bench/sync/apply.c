/* bench/sync/apply.c - see apply.h. */
#include "bench/sync/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- ids by name ----------------------------------------------------------------------------------------------- */

static struct ids_of *ids_of(struct ids *x, const char *name)
{
	const char *at = strchr(PLACES, name[0]);
	if (!*name || !at)
		measure_die(name);
	return &x->of[at - PLACES];
}

static struct id ids_find(struct ids *x, const char *name)
{
	struct ids_of *of = ids_of(x, name);
	size_t no = strtoul(name + 2, NULL, 10);
	if (no == 0 || no > of->n)
		measure_die(name);
	return of->id[no - 1];
}

/* Names of a place are given in order, so the number needn't be looked at. */
static void ids_add(struct ids_of *of, struct id id)
{
	if (of->n == of->cap)
		of->id = mem_realloc(of->id, (of->cap = of->cap ? 2 * of->cap : 1024) * sizeof *of->id);
	of->id[of->n++] = id;
}

static void ids_path(char path[16], char place)
{
	snprintf(path, 16, "../%c.ids", place);
}

void ids_load(struct ids *x, char place)
{
	char path[16];
	struct id id;
	ids_path(path, place);
	FILE *f = fopen(path, "rb");
	while (f && fread(&id, sizeof id, 1, f) == 1)
		ids_add(ids_of(x, (char[]){place, '\0'}), id);
	if (f)
		fclose(f);
}

void ids_save(const struct ids *x, char place)
{
	char path[16];
	const struct ids_of *of = &x->of[strchr(PLACES, place) - PLACES];
	ids_path(path, place);
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(of->id, sizeof *of->id, of->n, f) != of->n)
		measure_die(path);
	fclose(f);
}

void ids_free(struct ids *x)
{
	for (size_t i = 0; i < sizeof x->of / sizeof x->of[0]; i++)
		free(x->of[i].id);
}

/* ---- a line into a change ---------------------------------------------------------------------------------------- */

static const struct type *type_of(const struct script_line *l)
{
	const struct type *t = schema_type_named(l->type);
	if (!t)
		measure_die(l->type);
	return t;
}

static const char *text_of(const struct script_line *l, const char *field)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->name[i], field) == 0)
			return l->value[i];
	measure_die(field);
}

static struct value read_value(struct ids *ids, struct arena *a, const struct field *f, const char *text)
{
	struct value v;
	struct err e;
	if (f->kind == KIND_REF)
		return value_id(ids_find(ids, text));
	measure_need(kind_parse(a, f, text, 0, &v, &e), &e);
	return v;
}

static struct id make_record(struct change *c, struct ids *ids, int type, const struct script_line *l)
{
	struct id id;
	if (type == TYPE_ASSIGNMENT) {
		id = id_assignment(ids_find(ids, text_of(l, "shift")), ids_find(ids, text_of(l, "volunteer")));
		change_make(c, type, id);
	} else {
		id = change_new(c, type);
	}
	ids_add(ids_of(ids, l->id), id);
	return id;
}

void apply_line(struct change *c, struct ids *ids, struct arena *a, const struct script_line *l)
{
	const struct type *t = type_of(l);
	struct err e;
	struct id id = l->op == SCRIPT_PUT ? make_record(c, ids, t->no, l) : ids_find(ids, l->id);
	if (l->op == SCRIPT_DEL)
		change_delete(c, t->no, id);
	for (size_t i = 0; i < l->n; i++) {
		const struct field *f = schema_field_named(t, l->name[i]);
		if (!f)
			measure_die(l->name[i]);
		measure_need(change_set(c, t->no, id, f->no, read_value(ids, a, f, l->value[i]), &e), &e);
	}
}

static bool is_place(const struct script_line *l)
{
	return strcmp(l->type, "assignment") == 0;
}

static bool is_withdrawal(const struct script_line *l)
{
	return l->op == SCRIPT_SET && strcmp(text_of(l, "state"), "withdrawn") == 0;
}

enum act_no apply_act(const struct script_line *l)
{
	if (is_place(l))
		return l->op == SCRIPT_DEL ? ACT_UNASSIGN : is_withdrawal(l) ? ACT_WITHDRAW : ACT_ASSIGN;
	return l->op == SCRIPT_PUT ? ACT_ADD : l->op == SCRIPT_SET ? ACT_EDIT : ACT_DELETE;
}

/* Who is on which shift. */
static void find_seat(struct store *s, struct arena *a, struct id place, struct id *volunteer, struct id *shift)
{
	struct view *v;
	struct rec *r;
	struct err e;
	measure_need(view_begin(s, &v, &e), &e);
	measure_need(view_get(v, a, TYPE_ASSIGNMENT, place, &r, &e), &e);
	*volunteer = rec_id(r, F_ASSIGNMENT_VOLUNTEER);
	*shift = rec_id(r, F_ASSIGNMENT_SHIFT);
	view_end(v);
}

void apply_args(struct change *c, struct store *s, struct ids *ids, struct arena *a, const struct script_line *l)
{
	struct id volunteer, shift;
	if (!is_place(l)) {
		change_arg(c, value_id(ids_find(ids, l->id)));
		return;
	}
	if (l->op == SCRIPT_PUT) {
		volunteer = ids_find(ids, text_of(l, "volunteer"));
		shift = ids_find(ids, text_of(l, "shift"));
	} else {
		find_seat(s, a, ids_find(ids, l->id), &volunteer, &shift);
	}
	change_arg(c, value_id(volunteer));
	change_arg(c, value_id(shift));
}

/* ---- a store as lines -------------------------------------------------------------------------------------------- */

struct named {
	struct id id;
	char place;
	size_t no;
};

struct dumping {
	FILE *f;
	struct arena *a;
	struct named *named;
	size_t n;
};

static int compare_named(const void *x, const void *y)
{
	return id_compare(((const struct named *)x)->id, ((const struct named *)y)->id);
}

static void gather_names(struct dumping *d, const struct ids *ids)
{
	size_t cap = 0;
	for (size_t p = 0; p < sizeof PLACES - 1; p++)
		cap += ids->of[p].n;
	d->named = mem_alloc((cap + 1) * sizeof *d->named);
	for (size_t p = 0; p < sizeof PLACES - 1; p++)
		for (size_t i = 0; i < ids->of[p].n; i++)
			d->named[d->n++] = (struct named){ids->of[p].id[i], PLACES[p], i + 1};
	qsort(d->named, d->n, sizeof *d->named, compare_named);
}

/* An id that isn't of the workload is written as it is: the runner will say so. */
static const char *write_name(const struct dumping *d, struct id id)
{
	char text[ID_TEXT];
	const struct named key = {.id = id}, *x = bsearch(&key, d->named, d->n, sizeof *d->named, compare_named);
	return x ? arena_printf(d->a, "%c.%zu", x->place, x->no) : arena_strdup(d->a, id_format(text, id));
}

static int dump_record(void *ctx, const struct rec *r)
{
	const struct dumping *d = ctx;
	const struct type *t = schema_type(r->type);
	fprintf(d->f, "%s\t%s", t->name, write_name(d, r->id));
	for (size_t i = 0; i < t->nfields; i++) {
		struct value v = rec_get(r, t->fields[i].no);
		if (v.tag != V_NONE)
			fprintf(d->f, "\t%s=%s", t->fields[i].name,
				v.tag == V_ID ? write_name(d, v.id) : kind_format(d->a, &t->fields[i], v, KIND_PLAIN));
	}
	fputc('\n', d->f);
	arena_reset(d->a);
	return OK;
}

void apply_dump(struct store *s, const struct ids *ids, const char *path)
{
	static const int types[] = {TYPE_ORGANISATION, TYPE_ROLE, TYPE_UNIT, TYPE_VOLUNTEER, TYPE_SHIFT, TYPE_ASSIGNMENT};
	struct dumping d = {.f = fopen(path, "w"), .a = arena_new()};
	struct view *v;
	struct err e;
	if (!d.f)
		measure_die(path);
	gather_names(&d, ids);
	measure_need(view_begin(s, &v, &e), &e);
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		measure_need(view_each(v, types[i], dump_record, &d, &e), &e);
	view_end(v);
	fclose(d.f);
	free(d.named);
	arena_free(d.a);
}
