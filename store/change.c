/* store/change.c - see change.h. Owns a change while it is gathered: which writes, over which records, and whether
 * they may be committed. Must not know tables or rows (plan.c). */
#include "store/change.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/change_priv.h"
#include "store/erase_priv.h"
#include "store/identity.h"
#include "store/plan.h"
#include "store/register.h"
#include "store/vault.h"

enum { ARGS = 3, FIELDS = UINT8_MAX + 1 };
#define NO_WRITE UINT32_MAX

/* One record's writes are a chain through the array of all. */
struct wish { struct value v; uint32_t next; uint8_t field; };
struct wished {
	struct id id;
	uint32_t first;
	uint32_t twin;                   /* the same id under another type, by a copy of the store; else NO_WRITE */
	uint8_t type;
	bool made;
};

struct change {
	struct store *s;
	struct arena *a;
	enum act_no act;
	struct value arg[ARGS];
	size_t nargs;
	struct dot undoes;
	bool restoring;
	struct idmap map;                /* id -> place in rec, of the first of its types */
	struct pile rec, wish;
	int rc;                          /* the first failure of a function that returns none */
};

/* While the store is locked nobody can tell, and nothing can be committed. */
static bool only_follows(struct store *s)
{
	struct view *v = NULL;
	struct arena *a = arena_new();
	const void *p = NULL;
	size_t n;
	bool follows = view_begin(s, &v, NULL) == OK && vault_get(v, a, VAULT_FOLLOWS, &p, &n, NULL) == OK && p;
	view_end(v);
	arena_free(a);
	return follows;
}

int change_begin(struct store *s, enum act_no act, struct change **out, struct err *e)
{
	*out = NULL;
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (only_follows(s))
		return err_set(e, ERR_REFUSED, _("this site follows the others for the region and only reads; change it at one of them"));
	struct change *c = calloc(1, sizeof *c);
	if (!c)
		return view_nomem(e);
	c->s = s;
	c->act = act;
	c->a = arena_new();
	c->rec = (struct pile){ .a = c->a, .item = sizeof(struct wished) };
	c->wish = (struct pile){ .a = c->a, .item = sizeof(struct wish) };
	*out = c;
	return OK;
}

void change_abandon(struct change *c)
{
	if (!c)
		return;
	idmap_free(&c->map);
	arena_free(c->a);
	free(c);
}

/* ---- gathering ----------------------------------------------------------------------------------- */

/* A label may be the name of a file: an act isn't refused for what it is called, as a field is. */
void change_arg(struct change *c, struct value v)
{
	assert(c->nargs < ARGS);
	if (v.tag == V_TEXT && text_find_cpr(v.text.s))
		v = value_text("…");
	c->arg[c->nargs++] = value_copy(c->a, v);
}

void change_undoes(struct change *c, struct dot dot)
{
	c->undoes = dot;
}

static struct wished *rec_at(const struct change *c, uint32_t i)
{
	return (struct wished *)c->rec.at + i;
}

static struct wish *wish_at(const struct change *c, uint32_t i)
{
	return (struct wish *)c->wish.at + i;
}

/* Which of that id, of which the first stands at `at`, is of that type; NO_WRITE: none yet. */
static uint32_t find_twin(const struct change *c, uint32_t at, int type)
{
	while (at != NO_WRITE && rec_at(c, at)->type != type)
		at = rec_at(c, at)->twin;
	return at;
}

static struct wished *find_rec(struct change *c, int type, struct id id)
{
	uint32_t first;
	bool fresh;
	assert(type > 0 && type <= UINT8_MAX && !id_is_none(id));
	struct wished none = { .id = id, .first = NO_WRITE, .twin = NO_WRITE, .type = (uint8_t)type };
	if (c->rc != OK || !idmap_add(&c->map, id, (uint32_t)c->rec.n, &first, &fresh)) {
		c->rc = ERR_NOMEM;
		return NULL;
	}
	uint32_t at = fresh ? NO_WRITE : find_twin(c, first, type);
	if (at != NO_WRITE)
		return rec_at(c, at);
	if (pile_add(&c->rec, &none, NULL) != OK) {
		c->rc = ERR_NOMEM;
		return NULL;
	}
	struct wished *r = rec_at(c, (uint32_t)c->rec.n - 1);
	if (!fresh) {
		r->twin = rec_at(c, first)->twin;
		rec_at(c, first)->twin = (uint32_t)c->rec.n - 1;
	}
	return r;
}

static void write_field(struct change *c, struct wished *r, int field, struct value v)
{
	for (uint32_t i = r->first; i != NO_WRITE; i = wish_at(c, i)->next)
		if (wish_at(c, i)->field == field) {
			wish_at(c, i)->v = v;
			return;
		}
	struct wish w = { v, r->first, (uint8_t)field };
	if (pile_add(&c->wish, &w, NULL) != OK)
		c->rc = ERR_NOMEM;
	else
		r->first = (uint32_t)(c->wish.n - 1);
}

static void set_alive(struct change *c, int type, struct id id, bool alive, bool made)
{
	struct wished *r = find_rec(c, type, id);
	if (!r)
		return;
	r->made = made;
	write_field(c, r, FIELD_ALIVE, value_int(alive));
}

struct id change_new(struct change *c, int type)
{
	struct id id = id_make(c->s->format.incarnation, c->s->next_id++);
	set_alive(c, type, id, true, true);
	return id;
}

void change_make(struct change *c, int type, struct id id)
{
	set_alive(c, type, id, true, true);
}

void change_delete(struct change *c, int type, struct id id)
{
	set_alive(c, type, id, false, false);
}

int change_set(struct change *c, int type, struct id id, int field, struct value v, struct err *e)
{
	const struct field *f = schema_field(type, field);
	assert(f && field != FIELD_ALIVE);
	if (v.tag == V_TEXT && v.text.n == 0)
		v = value_none();
	int rc = v.tag == V_NONE ? OK : kind_check(f, v, e);
	if (rc != OK)
		return rc;
	struct wished *r = find_rec(c, type, id);
	if (r)
		write_field(c, r, field, value_copy(c->a, v));
	return c->rc == OK ? OK : view_nomem(e);
}

int change_set_all(struct change *c, int type, struct id id, const struct field_value *f, size_t n, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = change_set(c, type, id, f[i].field, f[i].v, e);
	return rc;
}

void change_restore(struct change *c, int type, struct id id, int field, struct value v)
{
	struct wished *r = find_rec(c, type, id);
	c->restoring = true;
	/* the one thing that never was: it came from elsewhere, and who took it out again is right */
	if (r && !(v.tag == V_TEXT && text_find_cpr(v.text.s)))
		write_field(c, r, field, value_copy(c->a, v));
}

/* ---- what differs from what stands -------------------------------------------------------------- */

/* The writes of one record by field number; NULL: none. */
static void spread(const struct change *c, const struct wished *r, const struct value *by[FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++)
		by[i] = NULL;
	for (uint32_t i = r->first; i != NO_WRITE; i = wish_at(c, i)->next)
		by[wish_at(c, i)->field] = &wish_at(c, i)->v;
}

/* A record that is made again starts empty: what it held when it was deleted is history. */
static void empty_rest(const struct wished *r, const struct rec *was, const struct value *none,
	const struct value *by[FIELDS])
{
	if (!r->made || !was || was->alive)
		return;
	for (size_t i = 0; i < was->n; i++)
		if (was->f[i].no != FIELD_ALIVE && !by[was->f[i].no])
			by[was->f[i].no] = none;
}

static bool is_same(const struct rec *was, int field, struct value v)
{
	if (!was)
		return v.tag == V_NONE;
	return field == FIELD_ALIVE ? was->alive == register_says_alive(v) : value_equal(rec_get(was, field), v);
}

/* What stands beside a field is decided by a person who says so, and goes where a record is made again. */
static bool decides(const struct change *c, const struct wished *r, const struct rec *was, int field)
{
	bool says = c->act == ACT_CHOOSE || c->act == ACT_UNDO_MERGE;
	if (!was || was->nsib == 0)
		return was && field == FIELD_ALIVE && says && register_differs(was, field);
	if (r->made && !was->alive)
		return register_values(was, field, NULL, 0) > 1;
	return says && register_differs(was, field);
}

static int diff_rec(const struct change *c, const struct wished *r, struct plan *p, struct stamp at, struct pile *out,
	struct err *e)
{
	const struct value *by[FIELDS], none = value_none();
	struct rec *was;
	size_t touch;
	arena_reset(p->one);
	int rc = plan_load(p, r->type, r->id, &touch, e);
	if (rc == OK)
		rc = plan_was(p, touch, &was, e);
	if (rc != OK)
		return rc;
	spread(c, r, by);
	empty_rest(r, was, &none, by);
	if (!was && by[FIELD_ALIVE] && !register_says_alive(*by[FIELD_ALIVE]))
		return OK;
	for (int no = 0; no < FIELDS && rc == OK; no++) {
		if (!by[no] || (is_same(was, no, *by[no]) && !decides(c, r, was, no)))
			continue;
		struct write w = { r->type, (uint8_t)no, r->id, *by[no], { 0 } };
		rc = plan_write(p, &w, out->n, at, NULL, e);
		if (rc == OK)
			rc = pile_add(out, &w, e);
	}
	return rc;
}

static int compare_recs(const void *x, const void *y)
{
	const struct wished *const *a = x, *const *b = y;
	if ((*a)->type != (*b)->type)
		return (*a)->type - (*b)->type;
	return id_compare((*a)->id, (*b)->id);
}

/* The writes that differ, ascending by type, id and field: a group's canonical order. */
static int diff_all(const struct change *c, struct plan *p, struct stamp at, struct pile *out, struct err *e)
{
	struct pile order = { .a = p->a, .item = sizeof(struct wished *) };
	int rc = c->rc == OK ? OK : view_nomem(e);
	for (uint32_t i = 0; i < c->rec.n && rc == OK; i++) {
		const struct wished *r = rec_at(c, i);
		rc = pile_add(&order, &r, e);
	}
	pile_sort(&order, compare_recs);
	const struct wished **r = order.at;
	for (size_t i = 0; i < order.n && rc == OK; i++)
		rc = diff_rec(c, r[i], p, at, out, e);
	return rc;
}

static size_t count_recs(const struct pile *writes)
{
	const struct write *w = writes->at;
	size_t n = writes->n > 0;
	for (size_t i = 1; i < writes->n; i++)
		n += w[i].type != w[i - 1].type || !id_equal(w[i].id, w[i - 1].id);
	return n;
}

static int begin_group(const struct change *c, struct plan *p, struct group *g, struct err *e)
{
	int rc = plan_own(p, g, e);
	g->person = c->s->person;
	g->act = (uint8_t)c->act;
	g->undoes = c->undoes;
	memcpy(g->arg, c->arg, sizeof g->arg);
	return rc;
}

int change_count(struct change *c, size_t *writes, size_t *records, struct err *e)
{
	struct view *v;
	struct plan p;
	struct group g;
	struct pile list = { .item = sizeof(struct write) };
	*writes = *records = 0;
	int rc = view_begin(c->s, &v, e);
	if (rc != OK)
		return rc;
	list.a = arena_new();
	rc = plan_begin(&p, v, list.a, e);
	if (rc == OK)
		rc = begin_group(c, &p, &g, e);
	if (rc == OK)
		rc = diff_all(c, &p, (struct stamp){ g.dot, g.clock }, &list, e);
	plan_free(&p);
	view_end(v);
	*writes = list.n;
	*records = count_recs(&list);
	arena_free(list.a);
	return rc;
}

/* ---- checking ------------------------------------------------------------------------------------ */

/* Read what a reference points at, whatever type it may have. */
static int load_target(struct plan *p, const struct field *f, struct id target, size_t *out, struct err *e)
{
	int type = f->arg;
	*out = type == TYPE_ANY ? idmap_get(&p->map, target) : plan_find(p, type, target);
	if (*out != IDMAP_NONE)
		return OK;
	if (type == TYPE_ANY) {
		struct rec *r;
		int rc = view_find(p->v, p->a, target, &r, e);
		if (rc != OK)
			return rc;
		type = r ? r->type : TYPE_SITE;
	}
	return plan_load(p, type, target, out, e);
}

static int check_ref(struct plan *p, const struct type *t, const struct field *f, struct id target, struct err *e)
{
	struct rec *to;
	size_t i;
	int rc = load_target(p, f, target, &i, e);
	if (rc == OK)
		rc = plan_now(p, i, &to, e);
	if (rc != OK)
		return rc;
	if (to && to->alive && (f->arg == TYPE_ANY || f->arg == to->type))
		return OK;
	return err_set(e, ERR_DATA, _("%s: \"%s\" points at something that is deleted or unknown"), _(t->label),
		_(f->label));
}

static bool is_written(const struct plan_pair *of, int field, struct dot dot)
{
	const struct rec_field *now = rec_field(of->now, field);
	return !of->was || !of->was->alive || (now && dot_equal(now->at.dot, dot));
}

/* Of a time that must be after another one: is it? Where either isn't set nothing is asked. */
static bool is_in_order(struct value after, struct value before)
{
	return after.tag != V_INT || before.tag != V_INT || after.i > before.i;
}

int change_may_become(const struct rec *r, const struct change_after *after, bool *yes, struct err *e)
{
	const struct type *t = schema_type(r->type);
	struct value alive = value_int(1), late, early;
	int rc = r->alive ? OK : after->get(after->ctx, FIELD_ALIVE, &alive, e);
	*yes = rc == OK && register_says_alive(alive);
	for (size_t i = 0; t && i < t->nfields && *yes && rc == OK; i++) {
		const struct field *f = &t->fields[i];
		if (f->kind != KIND_DATETIME || !f->arg)
			continue;
		rc = after->get(after->ctx, f->no, &late, e);
		if (rc == OK)
			rc = after->get(after->ctx, f->arg, &early, e);
		*yes = rc == OK && is_in_order(late, early);
	}
	return rc;
}

/* A time that must be after another one of the record, whichever of them this change writes. */
static int check_order(const struct type *t, const struct field *f, const struct plan_pair *of, struct dot dot,
	struct err *e)
{
	if (f->kind != KIND_DATETIME || !f->arg || !(is_written(of, f->no, dot) || is_written(of, f->arg, dot)))
		return OK;
	if (is_in_order(rec_get(of->now, f->no), rec_get(of->now, f->arg)))
		return OK;
	return err_set(e, ERR_DATA, _("%s: \"%s\" must be after \"%s\""), _(t->label), _(f->label),
		_(schema_field(t->no, f->arg)->label));
}

/* What this change leaves alone isn't asked about: it was allowed when it was written. */
static int check_field(struct plan *p, const struct type *t, const struct field *f, const struct plan_pair *of,
	struct dot dot, struct err *e)
{
	const struct rec_field *now = rec_field(of->now, f->no);
	int rc = check_order(t, f, of, dot, e);
	if (rc != OK || !is_written(of, f->no, dot))
		return rc;
	if (of->was && erase_is_stripped(of->was) && !erase_keeps(t->no, f->no))
		return err_set(e, ERR_REFUSED, _("%s: \"%s\" belonged to somebody who was erased, and stays empty"),
			_(t->label), _(f->label));
	if (f->flags & FIELD_REQ && (!now || now->v.tag == V_NONE))
		return err_set(e, ERR_DATA, _("%s: \"%s\" is missing"), _(t->label), _(f->label));
	if (f->kind == KIND_REF && now && now->v.tag == V_ID && id_equal(now->v.id, of->now->id))
		return err_set(e, ERR_DATA, _("%s: \"%s\" can't be the record itself"), _(t->label), _(f->label));
	if (f->kind == KIND_REF && now && now->v.tag == V_ID)
		return check_ref(p, t, f, now->v.id, e);
	return OK;
}

static int check_rec(struct plan *p, size_t i, struct dot dot, struct err *e)
{
	struct plan_pair of;
	const struct type *t = schema_type(p->touch[i].type);
	assert(p->touch[i].written);
	if (!t)
		return OK;       /* a newer version's: it can be deleted or kept, no more */
	arena_reset(p->one);
	int rc = plan_read_pair(p, i, &of, e);
	if (rc != OK)
		return rc;
	if (!(of.was && of.was->alive) && !register_says_alive(rec_get(of.now, FIELD_ALIVE)))
		return err_set(e, ERR_CONFLICT, _("%s: it has been deleted meanwhile, so nothing was changed"),
			_(t->label));
	for (size_t k = 0; of.now->alive && k < t->nfields && rc == OK; k++)
		rc = check_field(p, t, &t->fields[k], &of, dot, e);
	return rc;
}

static int check_all(const struct change *c, struct plan *p, struct dot dot, struct err *e)
{
	int rc = OK;
	for (size_t i = 0, n = p->n; i < n && rc == OK && !c->restoring; i++)
		if (p->touch[i].written)
			rc = check_rec(p, i, dot, e);
	return rc;
}

/* ---- commit -------------------------------------------------------------------------------------- */

static bool only_shrinks(const struct pile *writes)
{
	const struct write *w = writes->at;
	for (size_t i = 0; i < writes->n; i++)
		if (w[i].v.tag != V_NONE && (w[i].field != FIELD_ALIVE || register_says_alive(w[i].v)))
			return false;
	return true;
}

/* Everything that is read is read here; nothing is written. */
static int plan_change(const struct change *c, struct plan *p, struct group *g, struct pile *writes, struct err *e)
{
	int rc = begin_group(c, p, g, e);
	if (rc == OK)
		rc = diff_all(c, p, (struct stamp){ g->dot, g->clock }, writes, e);
	if (rc == OK)
		rc = check_all(c, p, g->dot, e);
	g->writes = writes->at;
	g->nwrites = writes->n;
	if (rc == OK && writes->n > 0)
		rc = plan_log(p, g, e);
	return rc == OK && writes->n > 0 ? plan_finish(p, e) : rc;
}

int change_commit(struct change *c, struct change_result *out, struct err *e)
{
	struct change_result none;
	struct group g;
	struct pile writes = { .a = c->a, .item = sizeof(struct write) };
	struct plan p = { 0 };
	struct view *v;
	if (!out)
		out = &none;
	*out = (struct change_result){ 0 };
	int rc = view_begin(c->s, &v, e);
	if (rc == OK) {
		rc = plan_begin(&p, v, c->a, e);
		if (rc == OK)
			rc = plan_change(c, &p, &g, &writes, e);
		view_end(v);
	}
	if (rc == OK)
		*out = (struct change_result){ .writes = writes.n, .records = count_recs(&writes) };
	if (rc == OK && writes.n > 0 && !c->s->dry_run) {
		rc = kv_apply(c->s->kv, p.op, p.nop, only_shrinks(&writes) ? KV_SHRINKS : 0, &p.proof, e);
		out->dot = g.dot;
		identity_note_soon(c->s);
	}
	if (rc != OK)
		*out = (struct change_result){ 0 };
	plan_free(&p);
	change_abandon(c);
	return rc;
}
