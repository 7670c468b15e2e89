/* export/import_apply.c - import_apply (import.h): the drafts of a plan as one change group. Owns which drafts may be
 * written, and the real ids that stand-ins become. Must not know any file, nor decide anything. */
#include <assert.h>

#include "base/lang.h"
#include "export/import_priv.h"

struct writing {
	struct plan *p;
	struct change *c;
	struct id *real; /* by the number of a draft */
};

static size_t number_of(struct id standin)
{
	uint64_t n = 0;
	for (int i = 8; i < 16; i++)
		n = n << 8 | standin.b[i];
	return (size_t)n;
}

static struct id real_id(const struct writing *w, struct id id)
{
	if (!id_is_standin(id))
		return id;
	assert(number_of(id) < w->p->ndrafts);
	return w->real[number_of(id)];
}

/* ---- what waits ------------------------------------------------------------------------------------- */

/* Without these a record makes no sense; any other reference is just left out while it waits. */
static bool is_essential(const struct draft *d, int field)
{
	if (d->type == TYPE_ASSIGNMENT && field == F_ASSIGNMENT_ORGANISATION)
		return rec_get(d->will, F_ASSIGNMENT_VOLUNTEER).tag == V_NONE;
	return (d->type == TYPE_ASSIGNMENT && field == F_ASSIGNMENT_VOLUNTEER) ||
		schema_field(d->type, field)->flags & FIELD_REQ;
}

static bool is_waiting(struct plan *p, const struct rec_field *f)
{
	return f->v.tag == V_ID && import_is_held(p, f->v.id);
}

static bool needs_held(struct plan *p, const struct draft *d)
{
	for (size_t k = 0; k < d->will->n; k++)
		if (is_waiting(p, &d->will->f[k]) && is_essential(d, d->will->f[k].no))
			return true;
	return false;
}

/* What one needs mostly stands before it, but not among whole records: so until nothing more is held. */
static void hold_what_needs_held(struct plan *p)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < p->ndrafts; i++) {
			struct draft *d = p->drafts[i];
			if (!d->fresh || d->held || !needs_held(p, d))
				continue;
			d->held = more = true;
		}
	}
}

/* ---- writing ------------------------------------------------------------------------------------------ */

/* A place and a connection are named by what they join, so that two sites meet on them. */
static struct id id_for(struct writing *w, const struct draft *d)
{
	struct id a, b;
	if (!id_is_standin(d->id)) {
		change_make(w->c, d->type, d->id);
		return d->id;
	}
	switch (d->type) {
	case TYPE_ASSIGNMENT:
		a = real_id(w, rec_id(d->will, F_ASSIGNMENT_SHIFT));
		b = rec_id(d->will, F_ASSIGNMENT_VOLUNTEER);
		b = real_id(w, id_is_none(b) ? rec_id(d->will, F_ASSIGNMENT_ORGANISATION) : b);
		a = id_assignment(a, b);
		break;
	case TYPE_LINK:
		a = real_id(w, rec_id(d->will, F_LINK_FROM));
		b = real_id(w, rec_id(d->will, F_LINK_TO));
		a = id_link((int)rec_int(d->will, F_LINK_KIND), a, b);
		break;
	default:
		return change_new(w->c, d->type);
	}
	change_make(w->c, d->type, a);
	return a;
}

static int write_draft(struct writing *w, const struct draft *d, struct err *e)
{
	int r = OK;
	for (size_t i = 0; i < d->will->n && !r; i++) {
		const struct rec_field *f = &d->will->f[i];
		struct value v = f->v;
		if (is_waiting(w->p, f) || v.tag == V_NONE)
			continue;
		if (v.tag == V_ID)
			v = value_id(real_id(w, v.id));
		r = change_set(w->c, d->type, real_id(w, d->id), f->no, v, e);
	}
	return r;
}

static int write_all(struct writing *w, struct err *e)
{
	struct plan *p = w->p;
	int r = OK;
	hold_what_needs_held(p);
	w->real = arena_alloc(p->a, (p->ndrafts + 1) * sizeof *w->real);
	for (size_t i = 0; i < p->ndrafts; i++)
		if (p->drafts[i]->fresh && !p->drafts[i]->held)
			w->real[i] = id_for(w, p->drafts[i]);
	for (size_t i = 0; i < p->ndrafts && !r; i++)
		if (!p->drafts[i]->held)
			r = write_draft(w, p->drafts[i], e);
	return r;
}

/* The store may have changed since the plan was looked at, and choices were made: plan again, by what stands now. */
static int plan_again(struct plan *p, struct store *s, struct err *e)
{
	struct view *v = NULL;
	struct book *b = NULL;
	int r = view_begin(s, &v, e);
	if (!r)
		r = book_load(v, &b, e);
	if (!r)
		r = import_replan(p, v, b, e);
	book_free(b);
	view_end(v);
	return r;
}

int import_apply(struct plan *p, struct store *s, bool dry_run, struct change_result *out, struct err *e)
{
	struct writing w = {.p = p};
	*out = (struct change_result){0};
	int r = plan_again(p, s, e);
	if (r)
		return r;
	r = change_begin(s, ACT_IMPORT, &w.c, e);
	if (r)
		return r;
	change_arg(w.c, value_text(p->names));
	r = write_all(&w, e);
	if (!r && !dry_run)
		return change_commit(w.c, out, e);
	if (!r)
		r = change_count(w.c, &out->writes, &out->records, e);
	change_abandon(w.c);
	return r;
}
