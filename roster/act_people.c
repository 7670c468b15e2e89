/* roster/act_people.c - see act.h: which roles somebody has, and two records of one person made one.
 *
 * Owns what follows when a person's record takes over another's. Must not know how twins are found (match.c). */
#include "roster/act.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/duty.h"

/* ---- roles ------------------------------------------------------------------------------------------------------ */

static int make_link(struct change *c, int kind, struct id from, struct id to, struct err *e)
{
	struct id id = id_link(kind, from, to);
	change_make(c, TYPE_LINK, id);
	int rc = change_set(c, TYPE_LINK, id, F_LINK_KIND, value_int(kind), e);
	if (rc == OK)
		rc = change_set(c, TYPE_LINK, id, F_LINK_FROM, value_id(from), e);
	return rc == OK ? change_set(c, TYPE_LINK, id, F_LINK_TO, value_id(to), e) : rc;
}

static bool is_among(struct id id, const struct id *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (id_equal(all[i], id))
			return true;
	return false;
}

/* The links from a record, each as its record. */
static int read_links(struct view *v, struct arena *a, struct id from, struct rec ***out, size_t *n, struct err *e)
{
	struct id *links;
	int rc = view_refs(v, a, from, TYPE_LINK, F_LINK_FROM, &links, n, e);
	if (rc != OK)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++)
		rc = view_get(v, a, TYPE_LINK, links[i], &(*out)[i], e);
	return rc;
}

int act_set_links(struct change *c, struct view *v, int kind, struct id from, const struct id *to, size_t n,
		  struct err *e)
{
	struct arena *scratch = arena_new();
	struct rec **links;
	size_t nlinks;
	int rc = read_links(v, scratch, from, &links, &nlinks, e);
	for (size_t i = 0; rc == OK && i < nlinks; i++)
		if (rec_int(links[i], F_LINK_KIND) == kind && !is_among(rec_id(links[i], F_LINK_TO), to, n))
			change_delete(c, TYPE_LINK, links[i]->id);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = make_link(c, kind, from, to[i], e);
	arena_free(scratch);
	return rc;
}

int act_set_roles(struct change *c, struct view *v, struct id volunteer, const struct id *roles, size_t n,
		  struct err *e)
{
	return act_set_links(c, v, LINK_VOLUNTEER_ROLE, volunteer, roles, n, e);
}

int act_get_person(struct act *x, struct id id, struct rec **out, struct err *e)
{
	int rc = view_get(x->v, x->a, TYPE_VOLUNTEER, id, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such volunteer, or the record has been deleted"));
	return rc;
}

/* ---- two made one ----------------------------------------------------------------------------------------------- */

struct merging {
	struct act *x;
	struct id keep, drop;
};

/* Long texts that differ are both kept, one under the other, where there is room. */
static struct value joined(struct arena *a, const struct field *f, struct value kept, struct value dropped)
{
	if (kept.tag == V_NONE)
		return dropped;
	if (f->kind != KIND_LONGTEXT || dropped.tag != V_TEXT || value_equal(kept, dropped))
		return kept;
	char *both = arena_printf(a, "%s\n%s", kept.text.s, dropped.text.s);
	return strlen(both) <= f->max ? value_text(both) : kept;
}

/* Each field of `type` that stands in `from` goes to `to`, unless `to` has it. */
static int fill_fields(struct merging *m, int type, const struct rec *to, const struct rec *from, struct id id,
		       struct err *e)
{
	const struct type *t = schema_type(type);
	int rc = OK;
	for (size_t i = 0; rc == OK && i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		struct value kept = to ? rec_get(to, f->no) : value_none();
		struct value v = joined(m->x->a, f, kept, rec_get(from, f->no));
		if (!value_equal(v, kept))
			rc = change_set(m->x->c, type, id, f->no, v, e);
	}
	return rc;
}

/* How much a state says: whoever is on the shift stays on it. */
static int weight(const struct rec *r)
{
	static const int weights[] = {
		[ASSIGNMENT_WISHED] = 1,    [ASSIGNMENT_OFFERED] = 2,   [ASSIGNMENT_DECLINED] = 3,
		[ASSIGNMENT_WITHDRAWN] = 4, [ASSIGNMENT_RECONFIRM] = 5, [ASSIGNMENT_ACCEPTED] = 6,
	};
	int64_t state = rec_int(r, F_ASSIGNMENT_STATE);
	return state >= ASSIGNMENT_WISHED && state <= ASSIGNMENT_RECONFIRM ? weights[state] : 0;
}

/* A state, and the time that it was said yes to. */
static int move_state(struct merging *m, const struct rec *from, struct id to, struct err *e)
{
	static const int fields[] = {F_ASSIGNMENT_STATE, F_ASSIGNMENT_YES_FROM, F_ASSIGNMENT_YES_TO};
	int rc = OK;
	for (size_t i = 0; rc == OK && i < sizeof fields / sizeof *fields; i++)
		rc = change_set(m->x->c, TYPE_ASSIGNMENT, to, fields[i], rec_get(from, fields[i]), e);
	return rc;
}

static int move_place(struct merging *m, struct id old, struct err *e)
{
	struct act *x = m->x;
	struct rec *from = NULL, *to = NULL;
	int rc = view_get(x->v, x->a, TYPE_ASSIGNMENT, old, &from, e);
	if (rc != OK)
		return rc;
	struct id id = id_assignment(rec_id(from, F_ASSIGNMENT_SHIFT), m->keep);
	rc = view_get(x->v, x->a, TYPE_ASSIGNMENT, id, &to, e);
	if (rc != OK)
		return rc;
	bool stands = to && to->alive;
	if (!stands)
		change_make(x->c, TYPE_ASSIGNMENT, id);
	rc = fill_fields(m, TYPE_ASSIGNMENT, stands ? to : NULL, from, id, e);
	if (rc == OK)
		rc = change_set(x->c, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_VOLUNTEER, value_id(m->keep), e);
	if (rc == OK && stands && weight(from) > weight(to))
		rc = move_state(m, from, id, e);
	change_delete(x->c, TYPE_ASSIGNMENT, old);
	return rc;
}

static int move_places(struct merging *m, struct err *e)
{
	struct id *places;
	size_t n;
	int rc = view_refs(m->x->v, m->x->a, m->drop, TYPE_ASSIGNMENT, F_ASSIGNMENT_VOLUNTEER, &places, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = move_place(m, places[i], e);
	return rc;
}

static int move_links(struct merging *m, struct err *e)
{
	struct rec **links;
	size_t n;
	int rc = read_links(m->x->v, m->x->a, m->drop, &links, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = make_link(m->x->c, (int)rec_int(links[i], F_LINK_KIND), m->keep, rec_id(links[i], F_LINK_TO), e);
		change_delete(m->x->c, TYPE_LINK, links[i]->id);
	}
	return rc;
}

static struct id qualification_of(const struct rec *r, struct id volunteer)
{
	return id_qualification(rec_id(r, F_QUALIFICATION_KIND), volunteer);
}

static struct id fixed_of(const struct rec *r, struct id volunteer)
{
	return id_series_place(rec_id(r, F_SERIES_PLACE_SERIES), volunteer);
}

/* Other records that are named after whose they are: the field that says whose, and the time by which the later stays
 * of one that both have (FIELD_ALIVE: the kept one's does). */
static const struct owned {
	int type, whose, when;
	struct id (*id)(const struct rec *r, struct id volunteer);
} owned[] = {
	{TYPE_QUALIFICATION, F_QUALIFICATION_VOLUNTEER, F_QUALIFICATION_GOT, qualification_of},
	{TYPE_SERIES_PLACE, F_SERIES_PLACE_VOLUNTEER, FIELD_ALIVE, fixed_of},
};
enum { OWNED = sizeof owned / sizeof *owned };

static int move_one_owned(struct merging *m, const struct owned *o, struct id old, struct err *e)
{
	struct act *x = m->x;
	struct rec *from = NULL, *to = NULL;
	int rc = view_get(x->v, x->a, o->type, old, &from, e);
	if (rc != OK)
		return rc;
	struct id id = o->id(from, m->keep);
	rc = view_get(x->v, x->a, o->type, id, &to, e);
	if (rc != OK)
		return rc;
	bool stands = to && to->alive;
	bool later = !stands || rec_int(from, o->when) > rec_int(to, o->when);
	if (!stands)
		change_make(x->c, o->type, id);
	if (later)
		rc = fill_fields(m, o->type, NULL, from, id, e);
	if (rc == OK)
		rc = change_set(x->c, o->type, id, o->whose, value_id(m->keep), e);
	change_delete(x->c, o->type, old);
	return rc;
}

static int move_owned(struct merging *m, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < OWNED; i++) {
		struct id *all;
		size_t n;
		rc = view_refs(m->x->v, m->x->a, m->drop, owned[i].type, owned[i].whose, &all, &n, e);
		for (size_t k = 0; rc == OK && k < n; k++)
			rc = move_one_owned(m, &owned[i], all[k], e);
	}
	return rc;
}

/* Records whose own id is made from the person's are moved above, not pointed elsewhere. */
static bool is_named_after_person(int type, const struct field *f)
{
	bool named = (type == TYPE_ASSIGNMENT && f->no == F_ASSIGNMENT_VOLUNTEER) || type == TYPE_LINK;
	for (size_t i = 0; !named && i < OWNED; i++)
		named = owned[i].type == type && owned[i].whose == f->no;
	return named;
}

static int point_elsewhere(struct merging *m, int type, const struct field *f, struct err *e)
{
	struct id *refs;
	size_t n;
	int rc = view_refs(m->x->v, m->x->a, m->drop, type, f->no, &refs, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = change_set(m->x->c, type, refs[i], f->no, value_id(m->keep), e);
	return rc;
}

static int move_references(struct merging *m, struct err *e)
{
	const struct type *t;
	const struct field *f;
	int rc = OK;
	for (size_t at = 0; rc == OK && (f = schema_reference(TYPE_VOLUNTEER, &at, &t));)
		if (!is_named_after_person(t->no, f))
			rc = point_elsewhere(m, t->no, f, e);
	return rc;
}

int act_merge_people(struct store *s, struct id keep, struct id drop, struct change_result *out, struct err *e)
{
	struct act x;
	struct merging m = {.x = &x, .keep = keep, .drop = drop};
	struct rec *to, *from;
	int rc = act_begin(&x, s, ACT_MERGE_PEOPLE, e);
	if (rc == OK)
		rc = act_get_person(&x, keep, &to, e);
	if (rc == OK)
		rc = act_get_person(&x, drop, &from, e);
	if (rc != OK || id_equal(keep, drop))
		return act_end(&x, rc, out, e);
	change_arg(x.c, value_id(keep));
	change_arg(x.c, value_id(drop));
	rc = fill_fields(&m, TYPE_VOLUNTEER, to, from, keep, e);
	if (rc == OK)
		rc = move_places(&m, e);
	if (rc == OK)
		rc = move_links(&m, e);
	if (rc == OK)
		rc = move_owned(&m, e);
	/* after the places: a place that was moved has left its old record, which isn't pointed elsewhere then */
	if (rc == OK)
		rc = move_references(&m, e);
	if (rc == OK)
		change_delete(x.c, TYPE_VOLUNTEER, drop);
	return act_end(&x, rc, out, e);
}
