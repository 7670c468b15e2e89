/* store/merges.c - see exchange.h. Owns what was taken in at one meeting: the rows that say which groups came, and
 * taking their effect back. Must not know how groups are taken (take.c), nor how a change is committed (change.c).
 *
 * Taking a merge back is like undoing a change (undo.c), but of many groups at once and of values that may stand
 * beside others: a register that shows what the merge brought gets what stood before its first write; one that shows
 * something else, with a value of the merge beside it, gets what it shows again, written by one who has seen both. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/change_priv.h"
#include "store/erase.h"
#include "store/exchange.h"
#include "store/log_priv.h"
#include "store/register.h"

enum { MERGE_KEY = 1 + 8, RANGE = 8 + 8 + 8, CLOCK = 8, UNDO_MOST = 200000 };

/* ---- rows ---------------------------------------------------------------------------------------- */

static size_t merge_key(uint8_t key[MERGE_KEY], uint64_t no)
{
	key[0] = 'm';
	be_put(key + 1, no, 8);
	return MERGE_KEY;
}

static bool parse(struct arena *a, uint64_t no, struct kv_bytes row, struct merge *out)
{
	const uint8_t *p = row.p, *end = p + row.n;
	if (row.n < CLOCK + 1 || row.n < CLOCK + 1 + (size_t)p[CLOCK])
		return false;
	size_t nfrom = p[CLOCK];
	*out = (struct merge){ .no = no, .clock = be_get_signed(p, CLOCK) };
	out->from = arena_strndup(a, (const char *)p + CLOCK + 1, nfrom);
	p += CLOCK + 1 + nfrom;
	if ((size_t)(end - p) % RANGE != 0)
		return false;
	out->n = (size_t)(end - p) / RANGE;
	struct merge_range *range = arena_alloc(a, (out->n + 1) * sizeof *range);
	for (size_t i = 0; i < out->n; i++, p += RANGE)
		range[i] = (struct merge_range){ be_get(p, 8), be_get(p + 8, 8), be_get(p + 16, 8) };
	out->range = range;
	assert(p == end);
	return true;
}

int merge_list(struct view *v, struct arena *a, int64_t since, size_t max, struct merge **out, size_t *n, struct err *e)
{
	uint8_t key[MERGE_KEY];
	struct pile list = { .a = a, .item = sizeof **out };
	struct kv_bytes found, row;
	struct merge m;
	size_t nkey = merge_key(key, UINT64_MAX);
	int rc = OK;
	while (list.n < max && (rc = kv_before(&v->txn, KV_META, key, nkey, &found, &row, e)) == OK) {
		const uint8_t *p = found.p;
		if (found.n != MERGE_KEY || p[0] != 'm')
			break;
		if (!parse(a, be_get(p + 1, 8), row, &m))
			return view_corrupt(v, KV_META, e);
		if (m.clock < since)
			break;
		rc = pile_add(&list, &m, e);
		if (rc != OK)
			return rc;
		merge_key(key, m.no);
	}
	*out = list.at;
	*n = list.n;
	return rc == ERR_NOTFOUND ? OK : rc;
}

int merge_get(struct view *v, struct arena *a, uint64_t no, struct merge **out, struct err *e)
{
	uint8_t key[MERGE_KEY];
	struct kv_bytes row;
	*out = arena_alloc(a, sizeof **out);
	int rc = kv_get(&v->txn, KV_META, key, merge_key(key, no), &row, e);
	if (rc == ERR_NOTFOUND)
		return err_set(e, ERR_NOTFOUND, _("there is no merge with number %llu"), (unsigned long long)no);
	if (rc == OK && !parse(a, no, row, *out))
		rc = view_corrupt(v, KV_META, e);
	return rc;
}

/* ---- what it wrote ------------------------------------------------------------------------------- */

/* One write of the merge, and what was shown before it. */
struct brought { uint8_t type, field; bool deletes; struct id id; struct dot before; };

/* What a register gets: the value that a group wrote, or one that is at hand. */
struct back { struct dot from; struct value v; bool at_hand; uint8_t type, field; struct id id; };

struct unmerge {
	struct view *v;
	struct arena *a;
	struct merge *m;
	const struct peer *peer;
	size_t npeers;
	struct pile brought, backs;
	size_t kept;
	bool is_undone;                        /* what stands somewhere was put there by taking this merge back */
};

static bool is_of_merge(const struct unmerge *u, struct dot dot)
{
	for (size_t i = 0; i < u->m->n; i++)
		if (dot.inc == u->m->range[i].inc && dot.no > u->m->range[i].after && dot.no <= u->m->range[i].upto)
			return true;
	return false;
}

static uint64_t folded(const struct unmerge *u, uint64_t inc)
{
	for (size_t i = 0; i < u->npeers; i++)
		if (u->peer[i].inc == inc)
			return u->peer[i].folded;
	return 0;
}

/* Who the other sites are, they say themselves: a meeting that is regretted takes nobody's name away. Nor does it undo
 * an erasure. */
static bool is_theirs(const struct unmerge *u, const struct write *w)
{
	if (w->type == TYPE_ERASURE || w->type == TYPE_RECEIPT)
		return true;
	return w->type == TYPE_SITE && !id_equal(w->id, store_site(view_store(u->v)));
}

static int add_writes(struct unmerge *u, const struct group *g, struct err *e)
{
	int rc = OK;
	if (u->brought.n + g->nwrites > UNDO_MOST)
		return err_set(e, ERR_REFUSED,
			_("this merge brought more than %d values, too many to take back as one change; "
			  "restore a backup from before it"),
			UNDO_MOST);
	for (size_t i = 0; i < g->nwrites && rc == OK; i++) {
		const struct write *w = &g->writes[i];
		bool deletes = w->field == FIELD_ALIVE && !register_says_alive(w->v);
		struct brought b = { w->type, w->field, deletes, w->id, w->before };
		if (is_theirs(u, w))
			continue;
		rc = pile_add(&u->brought, &b, e);
	}
	return rc;
}

static int compare_brought(const void *x, const void *y)
{
	const struct brought *a = x, *b = y;
	if (a->type != b->type)
		return a->type - b->type;
	int order = id_compare(a->id, b->id);
	return order ? order : a->field - b->field;
}

/* All writes of the merge that the log has, those of one register beside each other. */
static int gather(struct unmerge *u, struct err *e)
{
	struct arena *one = arena_new();
	int rc = OK;
	for (size_t i = 0; i < u->m->n && rc == OK; i++) {
		const struct merge_range *r = &u->m->range[i];
		uint64_t after = folded(u, r->inc);
		struct dot dot = { r->inc, after > r->after ? after : r->after };
		while (rc == OK && dot.no++ < r->upto) {
			struct group *g;
			arena_reset(one);
			rc = log_get(u->v, one, dot, &g, e);
			if (rc == OK)
				rc = add_writes(u, g, e);
		}
	}
	arena_free(one);
	pile_sort(&u->brought, compare_brought);
	return rc;
}

/* ---- what is taken back -------------------------------------------------------------------------- */

/* The registers of one record, of which one is asked. */
struct run { const struct brought *at; size_t n; const struct rec *r; };

static bool has_beside(const struct unmerge *u, const struct rec *r, int field)
{
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no == field && is_of_merge(u, r->sib[i].at.dot))
			return true;
	return false;
}

/* What stood before the first of these writes of one register: what none of them put there. What was deleted was alive,
 * whatever was shown there (a deletion by one who hadn't seen all). */
static bool find_before(const struct unmerge *u, const struct brought *b, size_t n, struct back *out)
{
	size_t i = 0;
	while (i < n && is_of_merge(u, b[i].before))
		i++;
	if (i == n)
		return false;
	out->from = b[i].before;
	out->at_hand = b[i].deletes;
	out->v = value_int(1);
	return true;
}

/* What isn't in the log any more may be known all the same. */
static int is_known(struct unmerge *u, const struct back *b, bool *yes, struct err *e)
{
	const struct rec of = { .type = b->type, .id = b->id };
	const struct group *g;
	const struct write *w = NULL;
	*yes = b->at_hand || b->from.no == 0 || b->from.no > folded(u, b->from.inc);
	int rc = *yes ? OK : log_write_of(u->v, &of, b->field, b->from, &g, &w, e);
	*yes = *yes || w;
	return rc;
}

/* Does a register show what the merge brought, also when an undo or a redo has put it there again? */
static int shows(struct unmerge *u, const struct brought *b, struct dot shown, bool *yes, struct err *e)
{
	const struct group *g;
	*yes = is_of_merge(u, shown);
	if (*yes || shown.no <= folded(u, shown.inc))
		return OK;
	int rc = log_cached(u->v, shown, &g, e);
	if (rc == OK && g->act == ACT_UNDO_MERGE && g->arg[0].tag == V_INT && (uint64_t)g->arg[0].i == u->m->no)
		u->is_undone = true;
	if (rc == OK)
		rc = log_origin(u->v, b->type, b->id, b->field, shown, &shown, e);
	*yes = rc == OK && is_of_merge(u, shown);
	return rc;
}

/* What the register gets, of which the merge wrote b[0..n); false in *out: it stays as it is. */
static int find_back(struct unmerge *u, const struct rec *r, const struct brought *b, size_t n, struct back *back,
	bool *out, struct err *e)
{
	const struct rec_field *f = r ? rec_field(r, b->field) : NULL;
	*back = (struct back){ .type = b->type, .field = b->field, .id = b->id };
	*out = false;
	if (!f)
		return view_corrupt(u->v, KV_REC, e);
	bool shown;
	int rc = shows(u, b, f->at.dot, &shown, e);
	if (rc == OK && shown)
		rc = find_before(u, b, n, back) ? is_known(u, back, out, e) : OK;
	else if (rc == OK && has_beside(u, r, b->field)) {
		*back = (struct back){ f->at.dot, f->v, true, b->type, b->field, b->id };
		*out = true;
	}
	return rc;
}

static size_t count_register(const struct brought *b, size_t n)
{
	size_t i = 1;
	while (i < n && b[i].field == b->field)
		i++;
	return i;
}

/* The value that a register gets: what was never set becomes empty, what didn't exist is deleted. Gone at the next
 * call. */
static int value_of(struct unmerge *u, const struct back *b, struct value *out, struct err *e)
{
	const struct rec of = { .type = b->type, .id = b->id };
	const struct group *g;
	const struct write *w;
	*out = b->at_hand ? b->v : b->field == FIELD_ALIVE ? value_int(0) : value_none();
	if (b->at_hand || b->from.no == 0)
		return OK;
	int rc = log_write_of(u->v, &of, b->field, b->from, &g, &w, e);
	if (rc == OK)
		*out = w->v;
	return rc;
}

/* A record as it will be, if what is to go back since `first` does. */
struct becoming { struct unmerge *u; const struct rec *r; size_t first; };

static int value_after(void *ctx, int field, struct value *out, struct err *e)
{
	const struct becoming *c = ctx;
	const struct back *b = c->u->backs.at;
	*out = rec_get(c->r, field);
	for (size_t i = c->first; i < c->u->backs.n; i++)
		if (b[i].field == field)
			return value_of(c->u, &b[i], out, e);
	return OK;
}

/* One record. Whether it is alive comes first: if that was written again since, all of it stays; if the merge made it,
 * it is deleted with what it holds. */
static int collect_rec(struct unmerge *u, const struct brought *b, size_t n, struct err *e)
{
	size_t first = u->backs.n;
	struct rec *r;
	bool all = true, made = false;
	assert(n > 0 && id_equal(b[0].id, b[n - 1].id));
	int rc = view_now(u->v, u->a, b->type, b->id, &r, e);
	if (rc == OK && r && erase_is_stripped(r)) {
		u->kept += n;
		return OK;
	}
	for (size_t i = 0, many; i < n && rc == OK && all && !made; i += many) {
		struct back back;
		bool goes;
		many = count_register(b + i, n - i);
		rc = find_back(u, r, b + i, many, &back, &goes, e);
		if (b[i].field == FIELD_ALIVE) {
			all = goes;
			made = goes && !back.at_hand && back.from.no == 0;
		}
		if (rc == OK && goes)
			rc = pile_add(&u->backs, &back, e);
		u->kept += !goes;
	}
	struct becoming c = { u, r, first };
	if (rc == OK && all && !made && u->backs.n > first)
		rc = change_may_become(r, &(struct change_after){ value_after, &c }, &all, e);
	if (!all) {
		u->kept += u->backs.n - first;
		u->backs.n = first;
	}
	return rc;
}

static int collect(struct unmerge *u, struct err *e)
{
	const struct brought *b = u->brought.at;
	int rc = OK;
	for (size_t i = 0, n; i < u->brought.n && rc == OK; i += n) {
		for (n = 1; i + n < u->brought.n && b[i + n].type == b[i].type && id_equal(b[i + n].id, b[i].id);)
			n++;
		rc = collect_rec(u, b + i, n, e);
	}
	if (rc == OK && u->backs.n == 0 && u->is_undone)
		return err_set(e, ERR_REFUSED, _("merge %llu is undone already; nothing of it is left to take back"),
			(unsigned long long)u->m->no);
	if (rc == OK && u->backs.n == 0)
		rc = err_set(e, ERR_REFUSED,
			_("there is nothing of this merge to take back: all of it was changed since, or says who the other sites are"));
	return rc;
}

/* ---- as a change --------------------------------------------------------------------------------- */

static int compare_backs(const void *x, const void *y)
{
	const struct back *a = x, *b = y;
	return dot_compare(a->from, b->from);
}

/* In the order of the groups that hold the earlier values, so that a large one is decoded once. */
static int put_back(struct unmerge *u, struct change *c, struct err *e)
{
	const struct back *b = u->backs.at;
	int rc = OK;
	assert(u->backs.n > 0);
	pile_sort(&u->backs, compare_backs);
	for (size_t i = 0; i < u->backs.n && rc == OK; i++) {
		struct value v;
		rc = value_of(u, &b[i], &v, e);
		if (rc == OK)
			change_restore(c, b[i].type, b[i].id, b[i].field, v);
	}
	return rc;
}

/* A part of it alone is nothing that anybody asked for. */
static int check_history(const struct unmerge *u, struct err *e)
{
	for (size_t i = 0; i < u->m->n; i++)
		if (u->m->range[i].after < folded(u, u->m->range[i].inc))
			return err_set(e, ERR_REFUSED,
				_("this merge can't be taken back: what it brought came as a snapshot, of which no single changes are "
				  "known here. Restore a backup from before it"));
	return OK;
}

static int prepare(struct unmerge *u, uint64_t no, struct change **c, struct err *e)
{
	struct peer *peer;
	int rc = merge_get(u->v, u->a, no, &u->m, e);
	if (rc == OK)
		rc = exchange_peers(u->v, u->a, &peer, &u->npeers, e);
	if (rc != OK)
		return rc;
	u->peer = peer;
	rc = check_history(u, e);
	if (rc == OK)
		rc = gather(u, e);
	if (rc == OK)
		rc = collect(u, e);
	if (rc == OK)
		rc = change_begin(view_store(u->v), ACT_UNDO_MERGE, c, e);
	if (rc != OK)
		return rc;
	change_arg(*c, value_int((int64_t)no));
	return put_back(u, *c, e);
}

int merge_undo(struct store *s, uint64_t no, struct change_result *out, struct err *e)
{
	struct change *c = NULL;
	struct change_result none;
	struct unmerge u = { 0 };
	out = out ? out : &none;
	*out = (struct change_result){ 0 };
	int rc = view_begin(s, &u.v, e);
	if (rc != OK)
		return rc;
	u.a = arena_new();
	u.brought = (struct pile){ .a = u.a, .item = sizeof(struct brought) };
	u.backs = (struct pile){ .a = u.a, .item = sizeof(struct back) };
	rc = prepare(&u, no, &c, e);
	view_end(u.v);
	arena_free(u.a);
	if (rc == OK)
		rc = change_commit(c, out, e);
	else
		change_abandon(c);
	out->kept = u.kept;
	return rc;
}
