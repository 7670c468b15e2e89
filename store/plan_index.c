/* store/plan_index.c - see plan.h. Owns which rows of the index tables come and go with the records of a plan: what a
 * record's rows depend on, and the difference between its rows before and after. Must not know groups nor writes.
 *
 * Shifts whose time or place is written come first: they bring in their assignments. Then the assignments, which count
 * how many places of their shifts are covered; then the shifts, which say so. */
#include "store/plan.h"

#include <assert.h>
#include <string.h>

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

static int put_rows(struct plan *p, const struct plan_pair *of, const struct index_deps *before, const struct index_deps *after,
	struct err *e)
{
	struct index_row was[INDEX_MOST], now[INDEX_MOST];
	size_t nwas = index_rows(of->was, before, was), nnow = index_rows(of->now, after, now);
	return put_difference(p, was, nwas, now, nnow, e);
}

/* Is a field written that such rows hang on, or does the record come or go? */
static bool alters(const struct touch *t, int use)
{
	bool found = t->written && t->lived != t->now->alive;
	for (int first = 0; first <= UINT8_MAX && t->written && !found; first += 32)
		for (int i = 0; i < 32 && t->fields[first / 32] >> i && !found; i++)
			found = (t->fields[first / 32] >> i & 1) && (index_uses(t->type, first + i) & use);
	return found;
}

static bool moves_duties(const struct touch *t)
{
	return t->type == TYPE_SHIFT && (alters(t, INDEX_OF_DUTIES) || (t->written && !t->stored.p));
}

/* ---- shifts that move ---------------------------------------------------------------------------- */

/* An assignment of a shift that moves. The row that led to it isn't sealed, so the record has the last word. */
static int follow_duty(struct plan *p, struct id shift, struct id assignment, struct err *e)
{
	struct rec *was;
	size_t i;
	arena_reset(p->one);
	int rc = plan_load(p, TYPE_ASSIGNMENT, assignment, &i, e);
	if (rc == OK)
		rc = plan_was(p, i, &was, e);
	if (rc == OK && (!was || !id_equal(rec_id(was, F_ASSIGNMENT_SHIFT), shift)))
		rc = view_corrupt(p->v, KV_REF, e);
	return rc;
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

/* ---- assignments --------------------------------------------------------------------------------- */

static bool is_on_moving(const struct plan *p, const struct rec *assignment)
{
	uint32_t i = plan_find(p, TYPE_SHIFT, rec_id(assignment, F_ASSIGNMENT_SHIFT));
	return i != IDMAP_NONE && moves_duties(&p->touch[i]);
}

/* The shift that an assignment is on. */
struct shift { struct id id; struct stored stored; struct plan_pair of; };

static int read_shift(struct plan *p, const struct rec *assignment, struct shift *out, struct err *e)
{
	out->id = rec_id(assignment, F_ASSIGNMENT_SHIFT);
	uint32_t i = plan_find(p, TYPE_SHIFT, out->id);
	if (i != IDMAP_NONE)
		return plan_read_pair(p, i, &out->of, e);
	int rc = view_stored(p->v, p->one, TYPE_SHIFT, out->id, &out->stored, e);
	if (rc == OK)
		rc = view_decode(out->stored, p->one, TYPE_SHIFT, out->id, &out->of.was, e);
	out->of.now = out->of.was;
	return rc;
}

/* Most aren't kept: only that some of the places come or go is written with a shift. */
static int add_covered(struct plan *p, const struct shift *of, int64_t places, struct err *e)
{
	size_t i;
	if (places == 0)
		return OK;
	int rc = plan_keep(p, TYPE_SHIFT, of->id, of->stored, &i, e);
	if (rc == OK)
		p->touch[i].covered += (int32_t)places;
	return rc;
}

/* One that comes, goes or changes alters how many places of its shift are covered; so does a shift that moves away from
 * the time of a yes. */
static int put_assignment(struct plan *p, const struct plan_pair *of, struct err *e)
{
	struct shift from = { 0 }, to;
	const bool stays = of->was && id_equal(rec_id(of->was, F_ASSIGNMENT_SHIFT), rec_id(of->now, F_ASSIGNMENT_SHIFT));
	int rc = of->was ? read_shift(p, of->was, &from, e) : OK;
	to = from;
	if (rc == OK && !stays)
		rc = read_shift(p, of->now, &to, e);
	if (rc != OK)
		return rc;
	const int64_t go = index_places(of->was, from.of.was), come = index_places(of->now, to.of.now);
	rc = add_covered(p, &from, stays ? come - go : -go, e);
	if (rc == OK && !stays)
		rc = add_covered(p, &to, come, e);
	const struct index_deps before = { .shift = from.of.was }, after = { .shift = to.of.now };
	return rc == OK ? put_rows(p, of, &before, &after, e) : rc;
}

/* One that was only looked at (a connection's end, say), or written where no row tells of it, keeps its rows unless its
 * shift moves. */
static int index_assignment(struct plan *p, size_t i, struct err *e)
{
	struct plan_pair of;
	arena_reset(p->one);
	int rc = plan_read_pair(p, i, &of, e);
	if (rc != OK || !of.now)
		return rc;
	bool changes = alters(&p->touch[i], INDEX_OWN) || !of.was || is_on_moving(p, of.was);
	return changes ? put_assignment(p, &of, e) : OK;
}

/* ---- shifts -------------------------------------------------------------------------------------- */

/* What a shift's own row says of its covered places, when that can say: not where there are more than it has room
 * for. */
static bool read_filled(struct plan *p, size_t i, const struct rec *was)
{
	uint8_t key[KV_KEY_MOST];
	struct shift_row row;
	struct kv_bytes value;
	if (!was || !index_shift_row(was, 0, &row))
		return false;
	size_t n = index_key_shift(key, &row);
	if (kv_get(&p->v->txn, KV_TIME, key, n, &value, NULL) != OK ||
		!index_read_shift((struct kv_bytes){ key, n }, value, &row) || row.filled == UINT16_MAX)
		return false;
	p->touch[i].filled = row.filled;
	return true;
}

static int index_shift(struct plan *p, size_t i, struct err *e)
{
	const struct touch *t = &p->touch[i];
	const bool moves = moves_duties(t);
	struct plan_pair of;
	if (!moves && !alters(t, INDEX_OWN) && t->covered == 0)
		return OK;
	arena_reset(p->one);
	int rc = plan_read_pair(p, i, &of, e);
	/* of those that move the seats have been counted */
	if (rc == OK && !moves && !read_filled(p, i, of.was))
		rc = scan_seats(p, i, false, e);
	if (rc != OK)
		return rc;
	const int64_t filled = (int64_t)t->filled + t->covered;
	const struct index_deps before = { .filled = t->filled }, after = { .filled = filled > 0 ? (uint32_t)filled : 0 };
	return put_rows(p, &of, &before, &after, e);
}

/* ---- all ----------------------------------------------------------------------------------------- */

static int index_other(struct plan *p, size_t i, struct err *e)
{
	const struct index_deps none = { 0 };
	struct plan_pair of;
	if (!alters(&p->touch[i], INDEX_OWN))
		return OK;
	arena_reset(p->one);
	int rc = plan_read_pair(p, i, &of, e);
	return rc == OK ? put_rows(p, &of, &none, &none, e) : rc;
}

int plan_index(struct plan *p, struct err *e)
{
	int rc = OK;
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (moves_duties(&p->touch[i]))
			rc = scan_seats(p, i, true, e);
	for (size_t i = 0, n = p->n; i < n && rc == OK; i++)
		if (p->touch[i].type == TYPE_ASSIGNMENT)
			rc = index_assignment(p, i, e);
	for (size_t i = 0; i < p->n && rc == OK; i++)
		if (p->touch[i].type == TYPE_SHIFT)
			rc = index_shift(p, i, e);
	for (size_t i = 0; i < p->n && rc == OK; i++)
		if (p->touch[i].type != TYPE_ASSIGNMENT && p->touch[i].type != TYPE_SHIFT)
			rc = index_other(p, i, e);
	return rc;
}
