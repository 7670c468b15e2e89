/* store/undo.c - see change.h. Owns taking a group's effect back. Undo writes a new group that puts the earlier
 * values back; undoing that one is a redo. Must not know how a change is committed (change.c) nor how the log lies on
 * disk (log.c). */
#include <assert.h>
#include <stdlib.h>

#include "base/lang.h"
#include "store/change_priv.h"
#include "store/erase_priv.h"
#include "store/log_priv.h"
#include "store/peers.h"
#include "store/register.h"

/* A write of the change, and the group that holds the value before it. */
struct want { struct dot before; const struct write *w; };

struct undo {
	struct view *v;
	struct arena *a;
	const struct group *g;           /* the ordinary change that it is about */
	bool redo;
	struct pile wants;
	size_t kept;
	bool erased;                     /* of somebody it was about nothing is known any more */
	bool folded;                     /* a part of the log is: what stood before may not be known */
};

static struct undo begin_undo(struct view *v)
{
	struct undo u = { .v = v, .a = arena_new() };
	u.wants = (struct pile){ .a = u.a, .item = sizeof(struct want) };
	return u;
}

static int compare_wants(const void *x, const void *y)
{
	const struct want *a = x, *b = y;
	return dot_compare(a->before, b->before);
}

/* Is what stood before still in the log? */
static int is_known(struct undo *u, const struct write *w, bool *yes, struct err *e)
{
	const struct group *g;
	const struct rec of = { .type = w->type, .id = w->id };
	const struct write *before = w;
	int rc = OK;
	if (u->folded && !u->redo && w->before.no != 0)
		rc = log_write_of(u->v, &of, w->field, w->before, &g, &before, e);
	*yes = before != NULL;
	return rc;
}

/* Undo: does what the change wrote still stand? Redo: does what stood before it? Also when an undo or a redo has put
 * it there. Beside what others wrote at the same time, if it is another value, neither does: putting something back
 * would overwrite theirs, too. */
static int stands(struct undo *u, const struct rec *r, const struct write *w, bool *yes, struct err *e)
{
	const struct rec_field *f = r ? rec_field(r, w->field) : NULL;
	struct dot now, want = u->g->dot;
	*yes = false;
	if (!f)
		return view_corrupt(u->v, KV_REC, e);
	if (w->field != FIELD_ALIVE && register_differs(r, w->field))
		return OK;
	int rc = log_origin(u->v, w->type, w->id, w->field, f->at.dot, &now, e);
	if (rc == OK && u->redo)
		rc = log_origin(u->v, w->type, w->id, w->field, w->before, &want, e);
	*yes = rc == OK && dot_equal(now, want);
	return *yes ? is_known(u, w, yes, e) : rc;
}

/* What a field gets. Undo: what was never set before becomes empty; what didn't exist is deleted; what was deleted, or
 * chosen to stay, was alive, whatever stood there (a deletion by one who hadn't seen all). */
static int value_back(struct undo *u, const struct write *w, struct value *out, struct err *e)
{
	bool lived = w->field == FIELD_ALIVE && (u->g->act == ACT_CHOOSE || !register_says_alive(w->v));
	*out = value_int(1);
	if (!u->redo && lived)
		return OK;
	*out = u->redo ? w->v : w->field == FIELD_ALIVE ? value_int(0) : value_none();
	if (u->redo || w->before.no == 0)
		return OK;
	const struct group *g;
	const struct rec of = { .type = w->type, .id = w->id };
	int rc = log_write_of(u->v, &of, w->field, w->before, &g, &w, e);
	if (rc == OK && w)
		*out = w->v;
	return rc;
}

/* A record as it will be, if what is wanted since `first` is taken back. */
struct becoming { struct undo *u; const struct rec *r; size_t first; };

static int value_after(void *ctx, int field, struct value *out, struct err *e)
{
	const struct becoming *b = ctx;
	const struct want *want = b->u->wants.at;
	*out = rec_get(b->r, field);
	for (size_t i = b->first; i < b->u->wants.n; i++)
		if (want[i].w->field == field)
			return value_back(b->u, want[i].w, out, e);
	return OK;
}

/* What is to be taken back of the record whose writes begin at *i. Its being alive comes first: when that was written
 * again since, all of the record is kept. Whoever made or deleted it did so with the fields that it had, and a part of
 * them is no record. */
static int collect_rec(struct undo *u, size_t *i, struct err *e)
{
	const struct write *w = u->g->writes + *i;
	size_t first = u->wants.n, n = 0, owners = 0;
	bool whole = true, made = w->field == FIELD_ALIVE && w->before.no == 0;
	struct rec *r;
	int rc = view_now(u->v, u->a, w->type, w->id, &r, e);
	bool stripped = rc == OK && r && erase_is_stripped(r);
	for (; rc == OK && *i + n < u->g->nwrites && w[n].type == w->type && id_equal(w[n].id, w->id); n++) {
		struct want want = { w[n].before, &w[n] };
		bool yes = false;
		bool lost = stripped && (w[n].field == FIELD_ALIVE || !erase_keeps(w->type, w[n].field));
		u->erased = u->erased || lost;
		if (whole && !lost)
			rc = stands(u, r, &w[n], &yes, e);
		/* Whose a record was stays with it when its making is taken back: by that an erasure finds what
		 * was written into it. */
		if (made && whole && erase_is_owner(w->type, w[n].field) && (!u->redo || !yes)) {
			yes = false;
			owners++;
		}
		if (w[n].field == FIELD_ALIVE)
			whole = yes;
		if (rc == OK && yes)
			rc = pile_add(&u->wants, &want, e);
	}
	struct becoming b = { u, r, first };
	if (rc == OK && u->wants.n > first && whole)
		rc = change_may_become(r, &(struct change_after){ value_after, &b }, &whole, e);
	if (!whole)
		u->wants.n = first;
	u->kept += n - (u->wants.n - first) - (u->wants.n > first ? owners : 0);
	*i += n;
	return rc;
}

/* What is to be taken back, until there are `most` of it. Writes of one record stand together, so each record is read
 * once. */
static int collect(struct undo *u, size_t most, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < u->g->nwrites && u->wants.n < most && rc == OK;)
		rc = collect_rec(u, &i, e);
	return rc;
}

/* In the order of the groups that hold the earlier values, so that a large one is decoded once. */
static int restore(struct undo *u, struct change *c, struct err *e)
{
	const struct want *want = u->wants.at;
	int rc = OK;
	pile_sort(&u->wants, compare_wants);
	for (size_t i = 0; i < u->wants.n && rc == OK; i++) {
		const struct write *w = want[i].w;
		struct value v;
		rc = value_back(u, w, &v, e);
		if (rc == OK)
			change_restore(c, w->type, w->id, w->field, v);
	}
	return rc;
}

/* Why a change of that kind can't be taken back; NULL: it can. */
static const char *never_undone(int act)
{
	static const struct { enum act_no act; const char *why; } acts[] = {
		{ ACT_FOUND, N_("the making of the store itself can't be undone") },
		{ ACT_ERASE, N_("what was erased is gone, so it can't be brought back") },
		{ ACT_RECEIPT, N_("what was erased is gone, so it can't be brought back") },
		{ ACT_RETAIN, N_("what was erased is gone, so it can't be brought back") },
		{ ACT_SIGN, N_("what was signed stays signed; end the agreement instead") },
		{ ACT_PRINT, N_("what was printed stays noted; say that it is shredded instead") },
	};
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (acts[i].act == (enum act_no)act)
			return acts[i].why;
	return NULL;
}

/* Which change `dot` is about, and which way it is to go. */
static int find_change(struct undo *u, struct dot dot, struct err *e)
{
	struct group *g;
	bool undone;
	int rc = peers_any_folded(u->v, &u->folded, e);
	if (rc == OK)
		rc = log_get(u->v, u->a, dot, &g, e);
	if (rc != OK)
		return rc;
	u->redo = g->act == ACT_UNDO;
	if (!log_is_ordinary(g))
		rc = log_get(u->v, u->a, g->undoes, &g, e);
	u->g = g;
	const char *never = rc == OK ? never_undone(g->act) : NULL;
	if (never)
		return err_set(e, ERR_REFUSED, "%s", _(never));
	if (rc == OK)
		rc = log_state(u->v, g->dot, &undone, e);
	if (rc == OK && undone != u->redo)
		rc = err_set(e, ERR_CONFLICT, u->redo ? _("this has been redone already") :
			_("this has been undone already"));
	return rc;
}

static int prepare(struct undo *u, struct store *s, struct change **c, struct err *e)
{
	int rc = collect(u, SIZE_MAX, e);
	if (rc == OK && u->erased && u->wants.n == 0)
		rc = err_set(e, ERR_REFUSED, _("what was erased is gone, so it can't be brought back"));
	if (rc == OK)
		rc = change_begin(s, u->redo ? ACT_REDO : ACT_UNDO, c, e);
	if (rc != OK)
		return rc;
	change_undoes(*c, u->g->dot);
	return restore(u, *c, e);
}

int change_undo(struct store *s, struct dot dot, struct change_result *out, struct err *e)
{
	struct view *v;
	struct change *c = NULL;
	struct change_result none;
	if (!out)
		out = &none;
	*out = (struct change_result){ 0 };
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct undo u = begin_undo(v);
	rc = find_change(&u, dot, e);
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

/* ---- what u and Ctrl-Y would take ---------------------------------------------------------------- */

static int can_take(struct view *v, struct dot dot, bool redo, bool *can, struct err *e)
{
	struct undo u = begin_undo(v);
	int rc = find_change(&u, dot, e);
	if (rc == OK)
		rc = collect(&u, 1, e);
	*can = u.wants.n > 0;
	assert(rc != OK || u.redo == redo);
	arena_free(u.a);
	return rc == ERR_CONFLICT || rc == ERR_REFUSED ? OK : rc;
}

/* Own changes only, newest first: nobody takes back with one key what was done at another site. Redo: the newest undo
 * since the last ordinary change; undo: the newest ordinary change. */
static int find_newest(struct view *v, bool redo, struct dot *out, struct err *e)
{
	struct dot dot = log_head(v);
	*out = (struct dot){ 0 };
	for (; dot.no > 0; dot.no--) {
		const struct group *g;
		bool can = false;
		int rc = log_cached(v, dot, &g, e);
		if (rc != OK)
			return rc == ERR_NOTFOUND ? OK : rc;
		/* printing alters nothing that an undo is about */
		if (redo && log_is_ordinary(g) && g->act != ACT_PRINT)
			return OK;
		if (redo ? g->act == ACT_UNDO : log_is_ordinary(g))
			rc = can_take(v, dot, redo, &can, e);
		if (rc != OK)
			return rc;
		/* what lies before a signature isn't taken from under it by a key: change_undo says why */
		if (can || (!redo && g->act == ACT_SIGN)) {
			*out = dot;
			return OK;
		}
	}
	return OK;
}

/* Is it something that somebody did, and may want back? Of paper that was printed, and receipts of erasures, nothing is. */
static bool is_done_by_hand(const struct group *g)
{
	return log_is_ordinary(g) && g->nwrites > 0 && g->act != ACT_PRINT && g->act != ACT_RECEIPT && g->act != ACT_FOUND;
}

int change_passed_over(struct view *v, struct dot dot, struct dot *out, struct err *e)
{
	*out = (struct dot){ 0 };
	for (struct dot at = log_head(v); at.no > dot.no; at.no--) {
		const struct group *g;
		bool undone = false;
		int rc = log_cached(v, at, &g, e);
		if (rc == OK && is_done_by_hand(g)) {
			rc = log_state(v, at, &undone, e);
			if (rc == OK && !undone) {
				*out = at;
				return OK;
			}
		}
		if (rc != OK)
			return rc == ERR_NOTFOUND ? OK : rc;
	}
	return OK;
}

/* Screens ask at every turn, and the answer may need a large change decoded: it is kept until somebody commits. */
static int find_kept(struct view *v, bool redo, struct dot *out, struct err *e)
{
	struct newest *kept = &v->s->newest[redo];
	uint64_t version = kv_txn_version(&v->txn);
	if (v->at)
		return find_newest(v, redo, out, e);
	if (kept->version != version) {
		int rc = find_newest(v, redo, &kept->dot, e);
		kept->version = rc == OK ? version : 0;
		if (rc != OK)
			return rc;
	}
	*out = kept->dot;
	return OK;
}

int change_undoable(struct view *v, struct dot *out, struct err *e)
{
	return find_kept(v, false, out, e);
}

int change_redoable(struct view *v, struct dot *out, struct err *e)
{
	return find_kept(v, true, out, e);
}
