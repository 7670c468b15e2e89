/* store/undo.c - see change.h. Owns taking a group's effect back. Undo writes a new group that puts the earlier values back; undoing that
 * one is a redo. Must not know how a change is committed (change.c) nor how the log lies on disk (log.c). */
#include <assert.h>
#include <stdlib.h>

#include "base/lang.h"
#include "store/change_priv.h"
#include "store/log_priv.h"

/* A write to be taken back, and the group that holds the value before it. */
struct want { struct dot before; const struct write *w; };

struct undo {
	struct view *v;
	struct arena *a;
	const struct group *g;           /* what is undone */
	struct pile wants;
	size_t kept;
};

static int compare_wants(const void *x, const void *y)
{
	const struct want *a = x, *b = y;
	if (a->before.inc != b->before.inc)
		return a->before.inc < b->before.inc ? -1 : 1;
	return (a->before.no > b->before.no) - (a->before.no < b->before.no);
}

static bool is_current(const struct rec *r, const struct write *w, struct dot dot)
{
	const struct rec_field *f = r ? rec_field(r, w->field) : NULL;
	return f && dot_equal(f->at.dot, dot);
}

/* Writes of one record stand together, so each record is read once. */
static int collect(struct undo *u, struct err *e)
{
	struct rec *r = NULL;
	int rc = OK;
	for (size_t i = 0; i < u->g->nwrites && rc == OK; i++) {
		const struct write *w = &u->g->writes[i];
		struct want want = { w->before, w };
		if (i == 0 || !id_equal(w->id, w[-1].id))
			rc = view_now(u->v, u->a, w->type, w->id, &r, e);
		if (rc == OK && is_current(r, w, u->g->dot))
			rc = pile_add(&u->wants, &want, e);
		else
			u->kept++;
	}
	pile_sort(&u->wants, compare_wants);
	return rc;
}

/* What was never set before becomes empty; what didn't exist is deleted. */
static struct value nothing(int field)
{
	return field == FIELD_ALIVE ? value_int(0) : value_none();
}

/* In the order of the groups that hold the earlier values, so that a large one is decoded once. */
static int restore(struct undo *u, struct change *c, struct err *e)
{
	const struct want *want = u->wants.at;
	for (size_t i = 0; i < u->wants.n; i++) {
		const struct write *w = want[i].w;
		struct value v = nothing(w->field);
		if (w->before.no != 0) {
			const struct group *g;
			int rc = log_cached(u->v, w->before, &g, e);
			if (rc != OK)
				return rc;
			const struct write *before = log_find(g, w->type, w->id, w->field);
			if (!before)
				return view_corrupt(u->v, KV_LOG, e);
			v = before->v;
		}
		change_restore(c, w->type, w->id, w->field, v);
	}
	return OK;
}

/* The group whose values stand, when `dot` isn't undone: the last redo of it, or itself. */
static int find_standing(struct view *v, struct arena *a, struct dot dot, struct group **out, struct err *e)
{
	bool undone;
	struct dot last;
	int rc = log_chain(v, dot, &last, &undone, e);
	if (rc == OK && undone)
		return err_set(e, ERR_CONFLICT, _("this has been undone already"));
	if (rc == OK)
		rc = log_get(v, a, last, out, e);
	if (rc == OK && (*out)->act == ACT_FOUND)
		rc = err_set(e, ERR_REFUSED, _("the making of the store itself can't be undone"));
	return rc;
}

static int prepare(struct undo *u, struct store *s, struct change **c, struct err *e)
{
	int rc = collect(u, e);
	if (rc == OK)
		rc = change_begin(s, u->g->act == ACT_UNDO ? ACT_REDO : ACT_UNDO, c, e);
	if (rc != OK)
		return rc;
	change_undoes(*c, u->g->dot);
	return restore(u, *c, e);
}

int change_undo(struct store *s, struct dot dot, struct change_result *out, struct err *e)
{
	struct view *v;
	struct change *c = NULL;
	struct group *g;
	struct change_result none;
	if (!out)
		out = &none;
	*out = (struct change_result){ 0 };
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct undo u = { .v = v, .a = arena_new() };
	u.wants = (struct pile){ .a = u.a, .item = sizeof(struct want) };
	rc = find_standing(v, u.a, dot, &g, e);
	u.g = g;
	if (rc == OK)
		rc = prepare(&u, s, &c, e);
	view_end(v);
	arena_free(u.a);
	if (rc == OK)
		rc = change_commit(c, out, e);
	else
		change_abandon(c);
	out->kept = u.kept;
	return rc;
}

/* ---- what u and Ctrl-Y would take ----------------------------------------------------------------- */

/* Does anything that the group wrote still stand? */
static int has_effect(struct view *v, struct dot dot, bool *has, struct err *e)
{
	const struct group *g;
	struct arena *a = arena_new();
	int rc = log_cached(v, dot, &g, e);
	*has = false;
	for (size_t i = 0; rc == OK && i < g->nwrites && !*has; i++) {
		struct rec *r;
		arena_reset(a);
		rc = view_now(v, a, g->writes[i].type, g->writes[i].id, &r, e);
		*has = rc == OK && is_current(r, &g->writes[i], dot);
	}
	arena_free(a);
	return rc;
}

static int can_undo(struct view *v, struct dot dot, bool *can, struct err *e)
{
	struct dot last;
	bool undone;
	int rc = log_chain(v, dot, &last, &undone, e);
	*can = false;
	return rc == OK && !undone ? has_effect(v, last, can, e) : rc;
}

/* Own changes only, newest first: nobody takes back with one key what was done at another site. `redo`: the newest undo since the last
 * ordinary change; else: the newest ordinary change. */
static int find_newest(struct view *v, bool redo, struct dot *out, struct err *e)
{
	struct dot dot = log_head(v);
	*out = (struct dot){ 0 };
	for (; dot.no > 0; dot.no--) {
		const struct group *g;
		bool can = false;
		int rc = log_cached(v, dot, &g, e);
		if (rc != OK)
			return rc;
		bool ordinary = g->act != ACT_UNDO && g->act != ACT_REDO;
		if (redo && ordinary)
			return OK;
		if (redo ? g->act == ACT_UNDO : ordinary && g->act != ACT_FOUND)
			rc = can_undo(v, dot, &can, e);
		if (rc != OK)
			return rc;
		if (can) {
			*out = dot;
			return OK;
		}
	}
	return OK;
}

int change_undoable(struct view *v, struct dot *out, struct err *e)
{
	return find_newest(v, false, out, e);
}

int change_redoable(struct view *v, struct dot *out, struct err *e)
{
	return find_newest(v, true, out, e);
}
