/* roster/register.c - see register.h. Owns what may be deleted, and acts on many records of one type. Must not know
 * shifts' own acts (roster/act.h) nor any screen. */
#include "roster/register.h"

#include "base/lang.h"

struct removal { struct view *v; struct change *c; struct arena *a; struct id id; int type; };

/* What to do instead, by the type of what can't be deleted. */
static const char *advice(int type)
{
	if (type == TYPE_VOLUNTEER)
		return _("Give the status 'ended' instead: what has been stays in the rosters.");
	if (type == TYPE_SERIES)
		return _("End the series instead.");
	return _("Change those first.");
}

/* What says something of another record only, and goes with it. */
static bool goes_along(int type)
{
	return type == TYPE_LINK || type == TYPE_AVAILABILITY || type == TYPE_SERIES_PLACE || type == TYPE_SERIES_EXCEPTION ||
		type == TYPE_TALK;
}

static int refuse_if_used(struct removal *r, const struct type *t, const struct field *f, struct err *e)
{
	struct id *ids;
	size_t n;
	int rc = view_refs(r->v, r->a, r->id, t->no, f->no, &ids, &n, e);
	for (size_t i = 0; rc == OK && goes_along(t->no) && i < n; i++)
		change_delete(r->c, t->no, ids[i]);
	if (rc || n == 0 || goes_along(t->no))
		return rc;
	return err_set(e, ERR_REFUSED, _("%s can't be deleted, since it is named by %zu of these: %s. %s"),
		view_title(r->v, r->a, r->id), n, _(t->plural), advice(r->type));
}

static int delete_one(struct removal *r, struct err *e)
{
	const struct type *t;
	const struct field *f;
	int rc = OK;
	for (size_t at = 0; rc == OK && (f = schema_reference(r->type, &at, &t));)
		rc = refuse_if_used(r, t, f, e);
	if (rc == OK)
		change_delete(r->c, r->type, r->id);
	return rc;
}

int register_delete(struct store *s, int type, const struct id *ids, size_t n, struct change_result *out, struct err *e)
{
	struct removal r = {.type = type, .a = arena_new()};
	*out = (struct change_result){0};
	int rc = view_begin(s, &r.v, e);
	if (rc == OK)
		rc = change_begin(s, ACT_DELETE, &r.c, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		r.id = ids[i];
		if (i == 0)
			change_arg(r.c, value_id(ids[i]));
		rc = delete_one(&r, e);
	}
	view_end(r.v);
	if (rc == OK)
		rc = change_commit(r.c, out, e);
	else
		change_abandon(r.c);
	arena_free(r.a);
	return rc;
}

int register_set(struct store *s, int type, const struct id *ids, size_t n, int field, struct value v,
	struct change_result *out, struct err *e)
{
	struct change *c;
	*out = (struct change_result){0};
	int rc = change_begin(s, ACT_EDIT, &c, e);
	if (rc)
		return rc;
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (i == 0)
			change_arg(c, value_id(ids[i]));
		rc = change_set(c, type, ids[i], field, v, e);
	}
	if (rc == OK)
		return change_commit(c, out, e);
	change_abandon(c);
	return rc;
}
