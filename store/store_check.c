/* store/store_check.c - the quick check at start: a look at the head of the log and at a few records with their rows,
 * in a child process, so that a damaged page takes down nobody. Must stay quick (a few milliseconds at any size): the
 * full check is the doctor's. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/peers.h"
#include "store/store_priv.h"

enum {
	SAMPLES = 8,
	LAST_GROUPS = 1,
	MOST_MS = 20000,     /* a disk that needs longer is no disk to work on */
};

int view_deps(struct view *v, struct arena *a, const struct rec *r, struct index_deps *out, struct err *e)
{
	int rc = OK;
	*out = (struct index_deps){ 0 };
	if (r->type == TYPE_SHIFT) {
		struct seat_row *seat;
		size_t n = 0;
		rc = view_seats(v, a, r->id, &seat, &n, e);
		for (size_t i = 0; rc == OK && i < n; i++)
			out->filled += seat[i].state == ASSIGNMENT_ACCEPTED ? seat[i].places : 0;
	}
	if (r->type == TYPE_ASSIGNMENT) {
		struct rec *shift;
		rc = view_now(v, a, TYPE_SHIFT, rec_id(r, F_ASSIGNMENT_SHIFT), &shift, e);
		out->shift = shift;
	}
	return rc;
}

/* Do all rows of a record stand as they should? */
static int check_rows(struct view *v, struct arena *a, const struct rec *r, struct err *e)
{
	struct index_deps deps;
	struct index_row row[INDEX_MOST];
	int rc = view_deps(v, a, r, &deps, e);
	size_t n = rc == OK ? index_rows(r, &deps, row) : 0;
	for (size_t i = 0; i < n && rc == OK; i++) {
		struct kv_bytes value;
		rc = kv_get(&v->txn, row[i].table, row[i].key, row[i].nkey, &value, e);
		if (rc == OK && (value.n != row[i].nvalue || memcmp(value.p, row[i].value, value.n) != 0))
			rc = ERR_CORRUPT;
	}
	return rc;
}

/* The first record at or after a random place. */
static int check_sample(struct view *v, struct arena *a, int type, struct id id, struct err *e)
{
	uint8_t key[STORE_REC_KEY];
	struct kv_scan s;
	struct rec *r = NULL;
	int rc = kv_scan_range(&v->txn, KV_REC, key, store_rec_key(key, type, id), NULL, 0, &s, e);
	if (rc == OK)
		rc = kv_scan_next(&s, e);
	if (rc == OK && s.key.n != STORE_REC_KEY)
		rc = ERR_CORRUPT;
	if (rc == OK) {
		const uint8_t *p = s.key.p;
		memcpy(id.b, p + 1, sizeof id.b);
		rc = view_now(v, a, p[0], id, &r, e);
	}
	kv_scan_end(&s);
	if (rc == OK)
		rc = check_rows(v, a, r, e);
	return rc == ERR_NOTFOUND && !r ? OK : rc;
}

static int check_samples(struct view *v, struct arena *a, uint64_t next_id, struct err *e)
{
	static const uint8_t made[] = { TYPE_SHIFT, TYPE_VOLUNTEER };
	int rc = OK;
	for (size_t i = 0; i < SAMPLES && rc == OK; i++) {
		struct id named;
		uint64_t any;
		os_random(named.b, sizeof named.b);
		os_random(&any, sizeof any);
		rc = check_sample(v, a, TYPE_ASSIGNMENT, named, e);
		if (rc == OK)
			rc = check_sample(v, a, made[i % 2], id_make(v->s->format.incarnation, any % next_id), e);
	}
	return rc;
}

/* The last groups open, but those that came folded into a state of the whole, and nothing stands after the last. */
static int check_log(struct view *v, struct arena *a, struct err *e)
{
	struct dot head = log_head(v);
	struct group *g;
	struct peer own = { 0 };
	int rc = peers_find(v, head.inc, &own, e);
	for (uint64_t i = 0; i < LAST_GROUPS && head.no > own.folded + i && rc == OK; i++)
		rc = log_get(v, a, (struct dot){ head.inc, head.no - i }, &g, e);
	if (rc != OK)
		return rc;
	rc = log_get(v, a, (struct dot){ head.inc, head.no + 1 }, &g, e);
	return rc == OK ? ERR_CORRUPT : rc == ERR_NOTFOUND ? OK : rc;
}

static int check_view(struct view *v, struct err *e)
{
	struct arena *a = arena_new();
	struct head head;
	struct rec *site = NULL;
	int rc = view_head(v, &head, e);
	if (rc == OK && head.next_id == 0)
		rc = ERR_CORRUPT;
	if (rc == OK)
		rc = check_log(v, a, e);
	if (rc == OK)
		rc = view_now(v, a, TYPE_SITE, v->s->format.site, &site, e);
	if (rc == OK && !site)
		rc = ERR_CORRUPT;
	if (rc == OK)
		rc = check_samples(v, a, head.next_id, e);
	arena_free(a);
	return rc;
}

/* In the child. Whatever isn't damage is met again, and told, when the store is opened. */
static int look(void *ctx)
{
	struct store *s = ctx;
	struct err e = { 0 };
	struct view *v;
	int rc = kv_open(s->dir, KV_READONLY, &s->kv, &e);
	if (rc == OK)
		rc = view_begin(s, &v, &e);
	if (rc == OK) {
		rc = check_view(v, &e);
		view_end(v);
	}
	kv_close(s->kv);
	return rc == ERR_CORRUPT || rc == ERR_NOTFOUND;
}

int store_quick_check(struct store *s, struct err *e)
{
	int damaged;
	assert(!s->kv && s->seal);
	int rc = os_run_apart(look, s, MOST_MS, &damaged, e);
	if (rc != OK || damaged == 0)
		return rc;
	return err_set(e, ERR_CORRUPT, _("the store in %s is damaged, so it wasn't opened. Nothing has been changed; "
		"\"samvagt doctor\" says what is wrong, and what can be done"), s->dir);
}
