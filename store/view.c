/* store/view.c - see store.h. Owns reading records: by id, by type, by reference, by a shortened id, now or as they
 * were. Must not know the screen's questions about time (view_time.c) nor how a record is called (title.c). */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/exchange.h"
#include "store/past.h"
#include "store/peers.h"

/* ---- begin, end ---------------------------------------------------------------------------------- */

int view_nomem(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("out of memory"));
}

int view_corrupt(const struct view *v, enum kv_table table, struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		_("the store in %s is damaged (part %d); \"samvagt doctor\" says what can be saved"),
		v->s->dir, (int)table);
}

int view_check_key(const struct view *v, struct err *e)
{
	if (!v->s->seal)
		return err_set(e, ERR_KEY, _("the store is locked; give the passphrase"));
	return OK;
}

int view_begin_at(struct store *s, int64_t utc, struct view **out, struct err *e)
{
	*out = NULL;
	struct view *v = calloc(1, sizeof *v);
	if (!v)
		return view_nomem(e);
	v->s = s;
	v->at = utc;
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = kv_begin(s->kv, &v->txn, e);
	if (rc != OK) {
		free(v);
		return rc;
	}
	v->scratch = arena_new();
	*out = v;
	return OK;
}

int view_begin(struct store *s, struct view **out, struct err *e)
{
	return view_begin_at(s, 0, out, e);
}

void view_renew(struct view **v)
{
	struct view *fresh;
	assert(*v && !(*v)->past);
	if (view_begin((*v)->s, &fresh, NULL) != OK)
		return;
	view_end(*v);
	*v = fresh;
}

void view_end(struct view *v)
{
	if (!v)
		return;
	kv_end(&v->txn);
	past_free(v->past);
	for (size_t i = 0; i < VIEW_GROUPS; i++)
		arena_free(v->groups.at[i].a);
	arena_free(v->scratch);
	arena_free(v->floor);
	free(v);
}

int view_check(const struct view *v, struct err *e)
{
	return v->damaged ? view_corrupt(v, KV_REC, e) : OK;
}

struct store *view_store(struct view *v)
{
	return v->s;
}

int pile_add(struct pile *l, const void *item, struct err *e)
{
	void *grown = arena_try_grow(l->a, l->at, &l->cap, l->n + 1, l->item);
	if (!grown)
		return view_nomem(e);
	l->at = grown;
	memcpy((char *)l->at + l->n++ * l->item, item, l->item);
	return OK;
}

void pile_sort(struct pile *l, int (*compare)(const void *x, const void *y))
{
	if (l->n > 1)
		qsort(l->at, l->n, l->item, compare);
}

/* ---- rows of rec and meta ------------------------------------------------------------------------ */

size_t store_rec_key(uint8_t key[STORE_REC_KEY], int type, struct id id)
{
	key[0] = (uint8_t)type;
	memcpy(key + 1, id.b, sizeof id.b);
	return STORE_REC_KEY;
}

size_t store_log_key(uint8_t key[STORE_LOG_KEY], struct dot dot)
{
	be_put(be_put(key, dot.inc, 8), dot.no, 8);
	return STORE_LOG_KEY;
}

struct dot store_read_dot(const uint8_t *p)
{
	return (struct dot){ .inc = be_get(p, 8), .no = be_get(p + 8, 8) };
}

size_t store_count_key(uint8_t key[2], int type)
{
	key[0] = 'c';
	key[1] = (uint8_t)type;
	return 2;
}

size_t store_undone_key(uint8_t key[STORE_UNDONE_KEY], struct dot dot)
{
	key[0] = 'u';
	return 1 + store_log_key(key + 1, dot);
}

int view_head(struct view *v, struct head *out, struct err *e)
{
	*out = (struct head){ .next_id = 1 };
	struct kv_bytes value;
	struct peer own;
	int rc = peers_find(v, v->s->format.incarnation, &own, e);
	if (rc == OK)
		rc = kv_get(&v->txn, KV_META, "h", 1, &value, e);
	out->no = own.no;
	if (rc == ERR_NOTFOUND)
		return OK;
	if (rc == OK && value.n != STORE_HEAD)
		rc = view_corrupt(v, KV_META, e);
	if (rc != OK)
		return rc;
	const uint8_t *p = value.p;
	out->clock = be_get_signed(p + 8, 8);
	if (be_get(p, 8) == own.inc)
		out->next_id = be_get(p + 16, 8);
	memcpy(out->state, p + 24, CHAIN);
	return OK;
}

void store_put_head(uint8_t value[STORE_HEAD], uint64_t inc, const struct head *h)
{
	uint8_t *p = be_put_signed(be_put(value, inc, 8), h->clock, 8);
	p = be_put(p, h->next_id, 8);
	memcpy(p, h->state, CHAIN);
	assert(p + CHAIN == value + STORE_HEAD);
}

int view_count_now(struct view *v, int type, size_t *n, struct err *e)
{
	uint8_t key[2];
	struct kv_bytes value;
	*n = 0;
	int rc = kv_get(&v->txn, KV_META, key, store_count_key(key, type), &value, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	if (rc == OK && value.n != 8)
		rc = view_corrupt(v, KV_META, e);
	if (rc == OK)
		*n = (size_t)be_get(value.p, 8);
	return rc;
}

/* Open a sealed row of rec. */
static int open_row(struct view *v, struct arena *a, int type, struct id id, struct kv_bytes row, struct stored *out,
	struct err *e)
{
	uint8_t key[STORE_REC_KEY];
	int rc = view_check_key(v, e);
	size_t n = store_rec_key(key, type, id);
	return rc == OK ? seal_get(v->s->seal, KV_REC, key, n, row.p, row.n, a, &out->p, &out->n, e) : rc;
}

int view_stored(struct view *v, struct arena *a, int type, struct id id, struct stored *out, struct err *e)
{
	assert(type > 0 && type <= UINT8_MAX);
	uint8_t key[STORE_REC_KEY];
	struct kv_bytes row;
	*out = (struct stored){ 0 };
	int rc = kv_get(&v->txn, KV_REC, key, store_rec_key(key, type, id), &row, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	return rc == OK ? open_row(v, a, type, id, row, out, e) : rc;
}

int view_decode(struct stored stored, struct arena *a, int type, struct id id, struct rec **out, struct err *e)
{
	*out = NULL;
	return stored.p ? codec_get_rec(a, stored.p, stored.n, type, id, out, e) : OK;
}

static int read_rec(struct view *v, struct arena *a, int type, struct id id, struct kv_bytes row, struct rec **out,
	struct err *e)
{
	struct stored stored;
	arena_reset(v->scratch);
	int rc = open_row(v, v->scratch, type, id, row, &stored, e);
	return rc == OK ? view_decode(stored, a, type, id, out, e) : rc;
}

int view_now(struct view *v, struct arena *a, int type, struct id id, struct rec **out, struct err *e)
{
	struct stored stored;
	*out = NULL;
	arena_reset(v->scratch);
	int rc = view_stored(v, v->scratch, type, id, &stored, e);
	return rc == OK ? view_decode(stored, a, type, id, out, e) : rc;
}

/* ---- one record ---------------------------------------------------------------------------------- */

static int check_seal(struct view *v, struct kv_bytes key, struct kv_bytes value, struct err *e)
{
	const uint8_t *plain;
	size_t n;
	if (key.n != STORE_REC_KEY)
		return view_corrupt(v, KV_REC, e);
	arena_reset(v->scratch);
	return seal_get(v->s->seal, KV_REC, key.p, key.n, value.p, value.n, v->scratch, &plain, &n, e);
}

/* Is nothing there because there never was anything? A changed bit in a key or a page that leads astray hides a row;
 * but then one of the rows beside the gap doesn't open, or stands out of order. */
static int check_gap(struct view *v, int type, struct id id, struct err *e)
{
	uint8_t key[STORE_REC_KEY];
	struct kv_bytes before, value;
	struct kv_scan s;
	size_t n = store_rec_key(key, type, id);
	int rc = kv_before(&v->txn, KV_REC, key, n, &before, &value, e);
	if (rc == OK)
		rc = check_seal(v, before, value, e);
	if (rc != OK && rc != ERR_NOTFOUND)
		return rc;
	rc = kv_scan_range(&v->txn, KV_REC, key, n, NULL, 0, &s, e);
	if (rc == OK)
		rc = kv_scan_next(&s, e);
	if (rc == OK)
		rc = check_seal(v, s.key, s.value, e);
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int view_get(struct view *v, struct arena *a, int type, struct id id, struct rec **out, struct err *e)
{
	int rc = view_now(v, a, type, id, out, e);
	if (rc == OK && !*out)
		return check_gap(v, type, id, e);
	return rc == OK && v->at ? past_rec(v, a, *out, out, e) : rc;
}

int view_find_now(struct view *v, struct arena *a, struct id id, struct rec **out, struct err *e)
{
	size_t n;
	const struct type *t = schema_types(&n);
	int rc = OK;
	*out = NULL;
	for (size_t i = 0; i < n && rc == OK && !*out; i++)
		rc = view_now(v, a, t[i].no, id, out, e);
	for (size_t i = 0; i < n && rc == OK && !*out; i++)
		rc = check_gap(v, t[i].no, id, e);
	return rc;
}

int view_find(struct view *v, struct arena *a, struct id id, struct rec **out, struct err *e)
{
	int rc = view_find_now(v, a, id, out, e);
	if (rc == OK && *out && v->at)
		rc = past_rec(v, a, *out, out, e);
	return rc;
}

/* ---- all records of a type ----------------------------------------------------------------------- */

static bool id_of_row(struct kv_bytes key, int *type, struct id *id)
{
	if (key.n != STORE_REC_KEY)
		return false;
	const uint8_t *p = key.p;
	*type = p[0];
	memcpy(id->b, p + 1, sizeof id->b);
	return true;
}

static int scan_recs(struct view *v, int type, struct kv_scan *s, struct err *e)
{
	uint8_t prefix = (uint8_t)type;
	int rc = past_load(v, e);
	if (rc != OK) {
		*s = (struct kv_scan){ 0 };
		return rc;
	}
	return kv_scan_prefix(&v->txn, KV_REC, &prefix, type == TYPE_ANY ? 0 : 1, s, e);
}

static int rec_of_row(struct view *v, struct arena *a, const struct kv_scan *s, struct rec **out, struct err *e)
{
	int type;
	struct id id;
	if (!id_of_row(s->key, &type, &id))
		return view_corrupt(v, KV_REC, e);
	int rc = read_rec(v, a, type, id, s->value, out, e);
	if (rc == OK && v->at)
		rc = past_rec(v, a, *out, out, e);
	return rc;
}

/* At the end of a list of what stands: has it as many as are counted? A flipped bit in a key would make a record fall
 * out of it. */
static int end_list(struct view *v, int type, size_t seen, int rc, struct err *e)
{
	size_t counted;
	if (rc != ERR_NOTFOUND)
		return rc;
	rc = v->at ? OK : view_count_now(v, type, &counted, e);
	return rc == OK && !v->at && counted != seen ? view_corrupt(v, KV_REC, e) : rc;
}

static int each(struct view *v, int type, bool ever, int (*fn)(void *ctx, const struct rec *r), void *ctx, struct err *e)
{
	assert(type > 0 && type <= UINT8_MAX);
	struct arena *one = arena_new();
	struct kv_scan s;
	size_t seen = 0;
	int rc = scan_recs(v, type, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct rec *r;
		arena_reset(one);
		rc = rec_of_row(v, one, &s, &r, e);
		if (rc != OK || !r || (!r->alive && !ever))
			continue;
		seen += r->alive;
		if (fn(ctx, r) != 0)
			break;
	}
	kv_scan_end(&s);
	arena_free(one);
	return end_list(v, type, seen, rc, e);
}

int view_each(struct view *v, int type, int (*fn)(void *ctx, const struct rec *r), void *ctx, struct err *e)
{
	return each(v, type, false, fn, ctx, e);
}

int view_each_ever(struct view *v, int type, int (*fn)(void *ctx, const struct rec *r), void *ctx, struct err *e)
{
	return each(v, type, true, fn, ctx, e);
}

int view_all(struct view *v, struct arena *a, int type, struct rec ***out, size_t *n, struct err *e)
{
	assert(type > 0 && type <= UINT8_MAX);
	struct pile list = { .a = a, .item = sizeof **out };
	struct kv_scan s;
	int rc = scan_recs(v, type, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct rec *r;
		rc = rec_of_row(v, a, &s, &r, e);
		if (rc == OK && r && r->alive)
			rc = pile_add(&list, &r, e);
	}
	kv_scan_end(&s);
	*out = list.at;
	*n = list.n;
	return end_list(v, type, list.n, rc, e);
}

/* Only the end of the rows is ERR_NOTFOUND to nobody. */
static int each_record(struct view *v, struct arena *one, struct kv_scan *s,
	int (*fn)(void *ctx, const struct rec *r, struct err *e), void *ctx, struct err *e)
{
	int rc;
	while ((rc = kv_scan_next(s, e)) == OK) {
		struct rec *r;
		arena_reset(one);
		rc = rec_of_row(v, one, s, &r, e);
		if (rc == OK)
			rc = fn(ctx, r, e);
		if (rc != OK)
			return rc;
	}
	return rc == ERR_NOTFOUND ? OK : rc;
}

int exchange_records(struct view *v, int (*fn)(void *ctx, const struct rec *r, struct err *e), void *ctx, struct err *e)
{
	struct kv_scan s;
	assert(v->at == 0);
	int rc = scan_recs(v, TYPE_ANY, &s, e);
	if (rc != OK)
		return rc;
	struct arena *one = arena_new();
	rc = each_record(v, one, &s, fn, ctx, e);
	kv_scan_end(&s);
	arena_free(one);
	return rc;
}

static int count_one(void *ctx, const struct rec *r)
{
	(void)r;
	++*(size_t *)ctx;
	return 0;
}

int view_count(struct view *v, int type, size_t *n, struct err *e)
{
	int rc = view_check_key(v, e);
	if (rc != OK)
		return rc;
	if (!v->at)
		return view_count_now(v, type, n, e);
	*n = 0;
	return view_each(v, type, count_one, n, e);
}

/* ---- references ---------------------------------------------------------------------------------- */

struct search { struct id target; int field, rc; struct pile *ids; struct err *e; };

static int find_ref(void *ctx, const struct rec *r)
{
	struct search *s = ctx;
	if (id_equal(rec_id(r, s->field), s->target))
		s->rc = pile_add(s->ids, &r->id, s->e);
	return s->rc;
}

/* In the records themselves, of now or then. */
static int search_refs(struct view *v, struct id target, int type, int field, struct pile *ids, struct err *e)
{
	struct search s = { target, field, OK, ids, e };
	int rc = view_each(v, type, find_ref, &s, e);
	return s.rc != OK ? s.rc : rc;
}

/* Assignments of a volunteer stand in by-person, what else is listed in ref. */
static int scan_refs(struct view *v, struct id target, int type, int field, struct pile *ids, struct err *e)
{
	uint8_t key[KV_KEY_MOST];
	bool person = type == TYPE_ASSIGNMENT && field == F_ASSIGNMENT_VOLUNTEER;
	size_t n = person ? sizeof target.b : index_key_ref(key, target, type, field);
	struct kv_scan s;
	int rc = kv_scan_prefix(&v->txn, person ? KV_PERSON : KV_REF, person ? target.b : key, n, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct duty_row duty = { 0 };
		if (!(person ? index_read_duty(s.key, s.value, NULL, &duty) : index_read_ref(s.key, &duty.assignment)))
			rc = view_corrupt(v, person ? KV_PERSON : KV_REF, e);
		else if (!past_touched(v, type, duty.assignment))
			rc = pile_add(ids, &duty.assignment, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

/* And those that are touched since, as they were then. */
static int list_refs(struct view *v, struct id target, int type, int field, struct pile *ids, struct err *e)
{
	const struct rec *r;
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = past_load(v, e);
	if (rc == OK)
		rc = scan_refs(v, target, type, field, ids, e);
	for (size_t i = 0; rc == OK && past_next(v, type, &i, &r);)
		if (r->alive && id_equal(rec_id(r, field), target))
			rc = pile_add(ids, &r->id, e);
	return rc;
}

static int compare_ids(const void *x, const void *y)
{
	return memcmp(x, y, sizeof(struct id));
}

int view_refs(struct view *v, struct arena *a, struct id target, int type, int field, struct id **out, size_t *n,
	struct err *e)
{
	struct pile ids = { .a = a, .item = sizeof **out };
	const bool listed = index_is_listed(type, field) || (type == TYPE_ASSIGNMENT && field == F_ASSIGNMENT_VOLUNTEER);
	int rc = listed ? list_refs(v, target, type, field, &ids, e) : search_refs(v, target, type, field, &ids, e);
	pile_sort(&ids, compare_ids);
	*out = ids.at;
	*n = ids.n;
	return rc;
}

/* ---- shortened ids ------------------------------------------------------------------------------- */

/* Those that fit, deleted ones only while none is alive: the first few. */
enum { MATCHES = 3 };
struct match { struct id id[MATCHES]; size_t alive, dead; };

static int match_row(struct view *v, const struct kv_scan *s, const char *shortened, struct match *m, struct err *e)
{
	int type;
	struct id id;
	if (!id_of_row(s->key, &type, &id))
		return view_corrupt(v, KV_REC, e);
	if (!id_fits(id, shortened))
		return OK;
	struct arena *a = arena_new();
	struct rec *r;
	int rc = rec_of_row(v, a, s, &r, e);
	if (rc == OK && r) {
		size_t *n = r->alive ? &m->alive : &m->dead;
		if (*n < MATCHES && (r->alive || m->alive == 0))
			m->id[*n] = id;
		*n += 1;
	}
	arena_free(a);
	return rc;
}

static bool is_whole(struct view *v, int type, const char *text, struct id *out)
{
	struct arena *a = arena_new();
	struct rec *r = NULL;
	bool whole = id_parse(text, out, NULL) == OK &&
		(type == TYPE_ANY ? view_find(v, a, *out, &r, NULL) : view_get(v, a, type, *out, &r, NULL)) == OK && r;
	arena_free(a);
	return whole;
}

/* Ids of two sites may differ where nobody would look, so they are shown whole. */
static int say_several(const char *shortened, const struct match *m, struct err *e)
{
	size_t n = m->alive ? m->alive : m->dead;
	char ids[MATCHES * (ID_TEXT + 1)] = "", whole[ID_TEXT];
	size_t used = 0;
	assert(n > 1);
	for (size_t i = 0; i < n && i < MATCHES; i++)
		used += (size_t)snprintf(ids + used, sizeof ids - used, "%s%s", i ? ", " : "", id_format(whole, m->id[i]));
	return err_set(e, ERR_AMBIGUOUS, _("several ids fit \"%.40s\": %s%s. Write one of them whole"), shortened, ids,
		n > MATCHES ? " …" : "");
}

/* A living record goes before deleted ones, so that an id stays as short as it was. */
int view_resolve(struct view *v, int type, const char *shortened, struct id *out, struct err *e)
{
	struct match m = { 0 };
	struct kv_scan s;
	if (is_whole(v, type, shortened, out))
		return OK;
	int rc = scan_recs(v, type, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK && m.alive <= MATCHES)
		rc = match_row(v, &s, shortened, &m, e);
	kv_scan_end(&s);
	if (rc != OK && rc != ERR_NOTFOUND)
		return rc;
	if (m.alive + m.dead == 0)
		return err_set(e, ERR_NOTFOUND, _("nothing has an id like \"%.40s\""), shortened);
	if (m.alive > 1 || (m.alive == 0 && m.dead > 1))
		return say_several(shortened, &m, e);
	*out = m.id[0];
	return OK;
}
