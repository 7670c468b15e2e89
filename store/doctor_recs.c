/* store/doctor_recs.c - see doctor_exam.h. Owns looking at what is made of the log: the records against it, the indexes
 * and counters against the records.
 *
 * The log is read from end to end with no record kept in memory. Each write in it either stands in its field, or was
 * overwritten by exactly one other: the first that came here of those whose authors had seen it. That nothing is left
 * over on either side shows in one sum. */
#include "store/doctor_exam.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/floor.h"
#include "store/index_form.h"
#include "store/register.h"

struct rec_exam {
	uint64_t sum;           /* 0 when every version is overwritten once or stands */
	size_t current, values; /* writes that stand; values of records */
	uint64_t inc;           /* whose groups are being read, and what he had seen */
	struct growing context;
	uint8_t state[CHAIN];
	struct buf plain;
	bool folded;            /* a part of the log is folded away: then it doesn't add up */
};

/* One version of a field as a number (mixing as in splitmix64). */
static uint64_t version(int type, struct id id, int field, struct dot dot)
{
	uint64_t part[] = {be_get(id.b, 8), be_get(id.b + 8, 8), (uint64_t)type << 8 | (uint64_t)field, dot.inc,
			   dot.no};
	uint64_t h = 0;
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		h = (h ^ part[i]) + UINT64_C(0x9E3779B97F4A7C15);
		h = (h ^ h >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
		h = (h ^ h >> 27) * UINT64_C(0x94D049BB133111EB);
		h ^= h >> 31;
	}
	return h;
}

static bool holds(struct value v, const struct write *w)
{
	if (w->field == FIELD_ALIVE && !register_says_alive(w->v))
		return !register_says_alive(v);
	return value_equal(v, w->v);
}

/* Does the record hold what this write put there, or something that may have come instead? */
static bool follows(const struct rec *r, const struct write *w, struct stamp at, struct rec_exam *t)
{
	struct rec_field *v = r->sib, f;
	size_t n = register_values(r, w->field, &f, 1);
	if (n == 0)
		return false;
	bool stands = dot_equal(f.at.dot, at.dot);
	for (size_t i = 0; i < r->nsib && !stands; i++)
		if (v[i].no == w->field && dot_equal(v[i].at.dot, at.dot)) {
			f = v[i];
			stands = true;
		}
	t->current += stands;
	if (stands)
		return holds(f.v, w) && f.at.clock == at.clock;
	return n > 1 || f.at.dot.inc != at.dot.inc || f.at.dot.no > at.dot.no;
}

/* What was here and had been seen is overwritten. */
static void drop_version(struct exam *x, struct rec_exam *t, const struct write *w, struct dot dot)
{
	if (dot.no != 0 && vector_covers(&t->context.v, dot) && !exam_is_folded(x, dot))
		t->sum -= version(w->type, w->id, w->field, dot);
}

static void follow_versions(struct exam *x, const struct group *g, struct rec_exam *t)
{
	const struct write *w = g->writes;
	assert(t->inc == g->dot.inc);
	for (size_t i = 0; i < g->nwrites; i++) {
		t->sum += version(w[i].type, w[i].id, w[i].field, g->dot);
		drop_version(x, t, &w[i], w[i].before);
	}
	for (size_t i = 0; i < g->naside; i++)
		drop_version(x, t, &w[g->aside[i].write], g->aside[i].dot);
}

/* The writes of one record in a group. */
static size_t check_run(struct exam *x, const struct group *g, size_t first, struct rec_exam *t)
{
	const struct write *w = &g->writes[first];
	struct stamp at = {g->dot, g->clock};
	struct rec *r = NULL;
	size_t n = 0;
	assert(first < g->nwrites);
	bool right = w->type != 0 && view_now(x->v, x->one, w->type, w->id, &r, NULL) == OK && r;
	for (; first + n < g->nwrites && w[n].type == w->type && id_equal(w[n].id, w->id); n++)
		right = right && follows(r, &w[n], at, t);
	if (!right)
		exam_find_rec(x, w->type, w->id,
			 r ? _("%s %s isn't what the log says") : _("%s %s is missing or can't be read"));
	return n;
}

static void check_group_recs(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct rec_exam *t = ctx;
	struct group *g;
	const uint8_t *canonical;
	size_t n;
	if (exam_open_group(x, row, &g, &canonical, &n) != OK)
		return;
	if (g->dot.inc != t->inc)
		t->context = (struct growing){0};
	t->inc = g->dot.inc;
	for (size_t i = 0; i < g->nseen; i++)
		exam_see(x, &t->context, g->seen[i]);
	follow_versions(x, g, t);
	for (size_t i = 0; i < g->nwrites;)
		i += check_run(x, g, i, t);
	vector_see(x->a, &t->context, (struct seen){g->dot, 0});
}

static void check_value(struct exam *x, const struct rec *r, const struct rec_field *f, struct rec_exam *t)
{
	if (exam_is_folded(x, f->at.dot))
		return;
	t->values++;
	t->sum -= version(r->type, r->id, f->no, f->at.dot);
	if (!exam_is_in_log(x, f->at.dot))
		exam_find_log(x, _("the log lacks change number %llu, which a record speaks of"),
			(unsigned long long)f->at.dot.no);
}

static void check_rec_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct rec_exam *t = ctx;
	const struct rec *r = exam_open_rec(x, row);
	size_t before = x->findings;
	x->counted++;
	buf_reset(&t->plain);
	if (!r || codec_put_rec(&t->plain, r) != OK) {
		exam_find(x, _("a record can't be read"));
		return;
	}
	chain_sum(t->state, r->type, r->id, t->plain.p, t->plain.n, false);
	for (size_t i = 0; i < r->n && x->findings == before; i++)
		check_value(x, r, &r->f[i], t);
	for (size_t i = 0; i < r->nsib && x->findings == before; i++)
		check_value(x, r, &r->sib[i], t);
}

void exam_records(struct exam *x)
{
	struct rec_exam t = {0};
	struct head h;
	for (size_t i = 0; i < x->npeers; i++)
		t.folded = t.folded || x->peers[i].folded > 0;
	exam_each_row(x, KV_LOG, check_group_recs, &t);
	if (!exam_each_row(x, KV_REC, check_rec_row, &t))
		exam_find(x, _("the records can't be read to their end"));
	buf_free(&t.plain);
	if (x->findings > 0)
		return;
	if (!t.folded && (t.sum != 0 || t.current != t.values))
		exam_find(x, _("the records don't add up with the log"));
	else if (view_head(x->v, &h, NULL) != OK || memcmp(h.state, t.state, CHAIN) != 0)
		exam_find(x, _("the sum of all records is wrong"));
}

/* ---- the indexes and counters -------------------------------------------------------------------- */

static const char *const index_names[KV_TABLES] = {
	[KV_TIME] = N_("shifts by time"),
	[KV_PERSON] = N_("shifts by person"),
	[KV_REF] = N_("references"),
	[KV_DUE] = N_("due dates"),
};

struct index_exam {
	size_t rows[KV_TABLES], alive[UINT8_MAX + 1], listed; /* alive[0]: those with an open disagreement */
	uint64_t next_id;
};

static bool stands(struct exam *x, const struct index_row *row)
{
	struct kv_bytes value;
	return kv_get(&x->v->txn, row->table, row->key, row->nkey, &value, NULL) == OK && value.n == row->nvalue &&
	       memcmp(value.p, row->value, value.n) == 0;
}

/* Among the records that have an open disagreement? */
static bool is_listed(struct exam *x, const struct rec *r)
{
	uint8_t key[1 + STORE_REC_KEY] = {'d'};
	struct kv_bytes value;
	store_rec_key(key + 1, r->type, r->id);
	return kv_get(&x->v->txn, KV_META, key, sizeof key, &value, NULL) == OK;
}

static void check_index_of(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct index_exam *t = ctx;
	struct index_row want[INDEX_MOST];
	struct index_deps deps;
	uint64_t inc, counter;
	const struct rec *r = exam_open_rec(x, row);
	if (!r)
		return;
	if (id_made(r->id, &inc, &counter) && inc == x->s->format.incarnation && counter >= t->next_id)
		t->next_id = counter + 1;
	t->alive[r->type] += r->alive;
	t->alive[0] += register_any_open(r);
	bool right = is_listed(x, r) == register_any_open(r) && view_deps(x->v, x->one, r, &deps, NULL) == OK;
	size_t n = right ? index_rows(r, &deps, want) : 0;
	for (size_t i = 0; i < n; i++) {
		right = right && stands(x, &want[i]);
		t->rows[want[i].table]++;
	}
	assert(n <= INDEX_MOST);
	x->counted += n;
	if (!right)
		exam_find_rec(x, r->type, r->id, _("%s %s stands wrongly in an index"));
}

/* Of a store that an earlier version wrote last there is more in ref, which goes when it is opened for writing. */
static void check_index_sizes(struct exam *x, const struct index_exam *t)
{
	const bool own = index_form_is_own(&x->v->txn);
	for (int table = 0; table < KV_TABLES; table++) {
		size_t n = 0;
		if (index_names[table] && (own || table != KV_REF) &&
		    (kv_rows(&x->v->txn, (enum kv_table)table, &n, NULL) != OK || n != t->rows[table]))
			exam_find(x, _("the index of %s has %zu rows and should have %zu"), _(index_names[table]), n,
			     t->rows[table]);
	}
}

static void check_counts(struct exam *x, const struct index_exam *t)
{
	struct head h = {0};
	for (int type = 0; type <= UINT8_MAX; type++) {
		size_t n = 0;
		const struct type *row = schema_type(type);
		if (view_count_now(x->v, type, &n, NULL) != OK || n != t->alive[type])
			exam_find(x, _("the counter of %s says %zu, and there are %zu"),
				type == 0 ? _("disagreements") : row ? _(row->plural) : "?", n, t->alive[type]);
	}
	if (view_head(x->v, &h, NULL) != OK || h.next_id < t->next_id)
		exam_find(x, _("the counter of ids is wrong"));
}

static bool opens(struct exam *x, const struct kv_scan *row)
{
	const uint8_t *plain;
	size_t n;
	return seal_get(x->s->seal, KV_META, row->key.p, row->key.n, row->value.p, row->value.n, x->one, &plain, &n,
		NULL) == OK;
}

static bool is_undone_row(struct exam *x, const struct kv_scan *row)
{
	struct group *g = NULL;
	if (row->key.n != STORE_UNDONE_KEY || row->value.n != STORE_LOG_KEY)
		return false;
	return log_get(x->v, x->one, store_read_dot(row->value.p), &g, NULL) == OK &&
	       dot_equal(g->undoes, store_read_dot((const uint8_t *)row->key.p + 1));
}

static bool is_merge_row(const struct kv_scan *row)
{
	enum { CLOCK = 8, RANGE = 24 };
	const uint8_t *p = row->value.p;
	return row->key.n == 9 && row->value.n > CLOCK && row->value.n > CLOCK + 1 + (size_t)p[CLOCK] &&
	       (row->value.n - CLOCK - 1 - p[CLOCK]) % RANGE == 0;
}

/* As store_priv.h says. */
static bool is_meta_row(struct exam *x, const struct kv_scan *row, struct index_exam *t)
{
	const uint8_t *key = row->key.p;
	size_t n = row->key.n;
	switch (key[0]) {
	case 'h':
		return n == 1 && row->value.n == STORE_HEAD;
	case 'c':
		return n == 2 && row->value.n == 8;
	case 'p':
	case 'b':
		return n == PEER_KEY && exam_peer(x, be_get(key + 1, 8));
	case 'k':
		return n == PEER_KEY && row->value.n % VECTOR_ITEM == 0;
	case 'x':
		return n == 1 + 8 + 8 && row->value.n == 8 + 8;
	case 't':
		return n == 1 && row->value.n % VECTOR_ITEM == 1;
	case 'i':
	case 'l':
		return n == 1 && row->value.n == 8;
	case 'r':
		return n == 1 && row->value.n == 1;
	case 'd':
		t->listed++;
		return n == 1 + STORE_REC_KEY && row->value.n == 0;
	case 'm':
		return is_merge_row(row);
	case 'u':
		return is_undone_row(x, row);
	case 'f':
		return n == FLOOR_VALUE_KEY && opens(x, row);
	case 'v':
	case 'o':
		return opens(x, row);
	}
	return false;
}

/* Nothing stands in meta but what is known to. */
static void check_meta_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	if (!is_meta_row(x, row, ctx))
		exam_find(x, _("a counter is wrong"));
}

/* A file of an exchange folder, under its author, first number and hash. */
static void check_kept_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	enum { KEPT_KEY = 24, PART_KEY = 26, LENGTH = 4 };
	(void)ctx;
	if ((row->key.n != KEPT_KEY || row->value.n <= LENGTH) && (row->key.n != PART_KEY || row->value.n == 0))
		exam_find(x, _("a file that was kept for other places is under a wrong name"));
}

void exam_indexes(struct exam *x)
{
	struct index_exam t = {.next_id = 1};
	if (!exam_each_row(x, KV_REC, check_index_of, &t))
		exam_find(x, _("the records can't be read to their end"));
	if (!exam_each_row(x, KV_META, check_meta_row, &t))
		exam_find(x, _("the counters can't be read to their end"));
	if (!exam_each_row(x, KV_SEG, check_kept_row, NULL))
		exam_find(x, _("what is kept for other places can't be read to its end"));
	if (x->findings > 0)
		return;
	check_index_sizes(x, &t);
	check_counts(x, &t);
	if (t.listed != t.alive[0])
		exam_find(x, _("the list of disagreements has %zu records and should have %zu"), t.listed, t.alive[0]);
}
