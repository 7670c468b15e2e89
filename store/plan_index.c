/* store/plan_index.c - see plan.h. Owns which rows of the index tables come and go with the records of a plan: what a
 * record's rows depend on, and the difference between its rows before and after. Must not know groups nor writes. */
#include "store/plan.h"

#include <assert.h>
#include <string.h>

/* ---- what depends on what ----------------------------------------------------------------------- */

/* The place of the shift of an assignment. */
static int load_shift(struct plan *p, const struct rec *assignment, size_t *out, struct err *e)
{
	return plan_load(p, TYPE_SHIFT, rec_id(assignment, F_ASSIGNMENT_SHIFT), out, e);
}

/* An assignment that comes, goes or changes alters how many places of its shift are covered; so does a shift that moves
 * away from the time of a yes. */
static int follow_assignment(struct plan *p, size_t i, struct err *e)
{
	const struct rec *was = p->touch[i].was, *now = p->touch[i].now;
	size_t shift;
	int rc = OK;
	if (was && (rc = load_shift(p, was, &shift, e)) == OK)
		p->touch[shift].covered -= (int32_t)index_places(was, p->touch[shift].was);
	if (rc == OK && (rc = load_shift(p, now, &shift, e)) == OK)
		p->touch[shift].covered += (int32_t)index_places(now, p->touch[shift].now);
	return rc;
}

/* Does what an assignment's rows say of its shift change? */
static bool moves_duties(const struct touch *t)
{
	static const uint8_t fields[] = { F_SHIFT_UNIT, F_SHIFT_ROLE, F_SHIFT_START, F_SHIFT_END, F_SHIFT_STATE };
	if (!t->written)
		return false;
	if (!t->was || t->was->alive != t->now->alive)
		return true;
	for (size_t i = 0; i < sizeof fields; i++)
		if (!value_equal(rec_get(t->was, fields[i]), rec_get(t->now, fields[i])))
			return true;
	return false;
}

/* An assignment of a shift that moves. The row that led to it isn't sealed, so the record has the last word. */
static int follow_duty(struct plan *p, struct id shift, struct id assignment, struct err *e)
{
	size_t i;
	int rc = plan_load(p, TYPE_ASSIGNMENT, assignment, &i, e);
	if (rc != OK)
		return rc;
	const struct touch *t = &p->touch[i];
	if (!t->was || !id_equal(rec_id(t->was, F_ASSIGNMENT_SHIFT), shift))
		return view_corrupt(p->v, KV_REF, e);
	return OK;
}

/* All seats of a shift: count the covered places, and let the assignments follow a shift that moves. */
static int scan_seats(struct plan *p, size_t i, bool moves, struct err *e)
{
	uint8_t key[KV_KEY_MOST];
	struct kv_scan s;
	size_t n = index_key_ref(key, p->touch[i].id, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT);
	int rc = kv_scan_prefix(&p->v->txn, KV_REF, key, n, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct seat_row seat;
		if (!index_read_seat(s.key, s.value, &seat))
			rc = view_corrupt(p->v, KV_REF, e);
		else if (seat.state == ASSIGNMENT_ACCEPTED)
			p->touch[i].filled += seat.places;
		if (rc == OK && moves)
			rc = follow_duty(p, p->touch[i].id, seat.assignment, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

/* The same from the shift's own row, when that can say: not where there are more than it has room for. */
static bool read_filled(struct plan *p, struct touch *t)
{
	uint8_t key[KV_KEY_MOST];
	struct shift_row row;
	struct kv_bytes value;
	if (!t->was || !index_shift_row(t->was, 0, &row))
		return false;
	size_t n = index_key_shift(key, &row);
	if (kv_get(&p->v->txn, KV_TIME, key, n, &value, NULL) != OK ||
		!index_read_shift((struct kv_bytes){ key, n }, value, &row) || row.filled == UINT16_MAX)
		return false;
	t->filled = row.filled;
	return true;
}

/* Of those that move the seats have been counted. */
static int follow_shift(struct plan *p, size_t i, struct err *e)
{
	struct touch *t = &p->touch[i];
	if (moves_duties(t) || (!t->written && t->covered == 0))
		return OK;
	return read_filled(p, t) ? OK : scan_seats(p, i, false, e);
}

/* Is it written, or on a shift that is? */
static bool may_count_otherwise(const struct plan *p, const struct touch *t)
{
	return t->written || (t->was && plan_find(p, TYPE_SHIFT, rec_id(t->was, F_ASSIGNMENT_SHIFT)) != IDMAP_NONE);
}

int plan_follow(struct plan *p, struct err *e)
{
	int rc = OK;
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (p->touch[i].type == TYPE_SHIFT && moves_duties(&p->touch[i]))
			rc = scan_seats(p, i, true, e);
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (p->touch[i].type == TYPE_ASSIGNMENT && may_count_otherwise(p, &p->touch[i]))
			rc = follow_assignment(p, i, e);
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (p->touch[i].type == TYPE_SHIFT)
			rc = follow_shift(p, i, e);
	return rc;
}

/* ---- rows ---------------------------------------------------------------------------------------- */

static int put_row(struct plan *p, const struct index_row *r, bool del, struct err *e)
{
	return plan_add_op(p, r->table, del, r->key, r->nkey, r->value, del ? 0 : r->nvalue, e);
}

static bool same_value(const struct index_row *x, const struct index_row *y)
{
	return x->nvalue == y->nvalue && memcmp(x->value, y->value, x->nvalue) == 0;
}

/* Both lists ascend: what is only in the old one goes, what is new or differs comes. */
static int put_difference(struct plan *p, const struct index_row *was, size_t nwas, const struct index_row *now,
	size_t nnow, struct err *e)
{
	size_t i = 0, k = 0;
	int rc = OK;
	while (rc == OK && (i < nwas || k < nnow)) {
		int order = i == nwas ? 1 : k == nnow ? -1 : index_compare_rows(&was[i], &now[k]);
		if (order < 0)
			rc = put_row(p, &was[i], true, e);
		else if (order > 0 || !same_value(&was[i], &now[k]))
			rc = put_row(p, &now[k], false, e);
		i += order <= 0;
		k += order >= 0;
	}
	return rc;
}

/* The touched shift of an assignment. One that was only looked at (a connection's end, say) may have none here:
 * nothing of it changes then. */
static const struct touch *shift_of(const struct plan *p, const struct touch *t, const struct rec *assignment)
{
	uint32_t i = plan_find(p, TYPE_SHIFT, rec_id(assignment, F_ASSIGNMENT_SHIFT));
	assert(i != IDMAP_NONE || !t->written);
	return i != IDMAP_NONE ? &p->touch[i] : NULL;
}

static struct index_deps deps_of(const struct plan *p, const struct touch *t, const struct rec *r, bool now)
{
	struct index_deps deps = { 0 };
	if (r && t->type == TYPE_SHIFT) {
		int64_t filled = (int64_t)t->filled + (now ? t->covered : 0);
		deps.filled = filled > 0 ? (uint32_t)filled : 0;
	}
	const struct touch *shift = r && t->type == TYPE_ASSIGNMENT ? shift_of(p, t, r) : NULL;
	if (shift)
		deps.shift = now ? shift->now : shift->was;
	return deps;
}

/* Rows of what was only looked at stay as they are: but of a shift whose places are counted, and of whoever is on one
 * that moves. */
static bool rows_change(const struct touch *t)
{
	return t->written || t->type == TYPE_ASSIGNMENT || (t->type == TYPE_SHIFT && t->covered != 0);
}

int plan_index(struct plan *p, const struct touch *t, struct err *e)
{
	if (!rows_change(t))
		return OK;
	struct index_row was[INDEX_MOST], now[INDEX_MOST];
	struct index_deps deps = deps_of(p, t, t->was, false);
	size_t nwas = index_rows(t->was, &deps, was);
	deps = deps_of(p, t, t->now, true);
	size_t nnow = index_rows(t->now, &deps, now);
	return put_difference(p, was, nwas, now, nnow, e);
}
