/* sync/ring.c - see ring.h. Owns the ring in memory and in the vault: the statements, the own key, the epoch keys,
 * and what they answer. Must not know how statements come to be (ring_enter.c, ring_tend.c), nor who counts
 * (roll.c). */
#include "sync/ring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"
#include "store/erase.h"
#include "store/vault.h"
#include "sync/ring_priv.h"

/* The vault's rows: "ring" holds a version, the ring's id, the cover key, the own key and the epoch keys;
 * "ring.s.HASH" a statement's file each. */
#define ROW "ring"
#define ROW_STATEMENT "ring.s."
enum { ROW_VERSION = 1, ROW_FIXED = 1 + SEGMENT_RING + RING_COVER + SEGMENT_SECRET, ROW_HASH = 12, ROW_NAME = 33 };

/* ---- in memory ----------------------------------------------------------------------------------- */

struct ring *ring_make(const uint8_t cover[RING_COVER], const uint8_t secret[SEGMENT_SECRET])
{
	struct ring *r = mem_alloc(sizeof *r);
	r->a = arena_new();
	r->now = mem_alloc(sizeof *r->now);
	r->now->a = arena_new();
	r->now->old = true;
	r->keys_saved = SIZE_MAX;
	memcpy(r->cover, cover, RING_COVER);
	memcpy(r->secret, secret, SEGMENT_SECRET);
	ringkeys_public(secret, r->self);
	return r;
}

void ring_free(struct ring *r)
{
	if (!r)
		return;
	if (r->now->key)
		ringkeys_wipe(r->now->key, r->now->nkeys * sizeof *r->now->key);
	free(r->now->key);
	arena_free(r->now->a);
	free(r->now);
	arena_free(r->a);
	ringkeys_wipe(r, sizeof *r);
	free(r);
}

static const struct ring_key *find_key(const struct ring_now *now, uint32_t partition,
	const uint8_t epoch[SEGMENT_EPOCH])
{
	for (size_t i = 0; i < now->nkeys; i++)
		if (now->key[i].partition == partition && memcmp(now->key[i].epoch, epoch, SEGMENT_EPOCH) == 0)
			return &now->key[i];
	return NULL;
}

/* No copy is left where the array stood before it grew. */
static void grow_keys(struct ring_now *now)
{
	size_t cap = now->key_cap ? 2 * now->key_cap : 16;
	struct ring_key *more = mem_alloc(cap * sizeof *more);
	if (now->key) {
		memcpy(more, now->key, now->nkeys * sizeof *more);
		ringkeys_wipe(now->key, now->nkeys * sizeof *more);
	}
	free(now->key);
	now->key = more;
	now->key_cap = cap;
}

void ring_learn_key(const struct ring *r, const uint8_t epoch[SEGMENT_EPOCH], uint32_t partition,
	const uint8_t key[SEGMENT_KEY])
{
	struct ring_now *now = r->now;
	assert(partition <= 1);
	if (find_key(now, partition, epoch))
		return;
	if (now->nkeys == now->key_cap)
		grow_keys(now);
	struct ring_key *fresh = &now->key[now->nkeys++];
	memcpy(fresh->epoch, epoch, SEGMENT_EPOCH);
	fresh->partition = (uint8_t)partition;
	memcpy(fresh->key, key, SEGMENT_KEY);
}

/* The keys that an epoch's statement has for this site, if they are those that it names. Who was a region member before may have the second
 * already. */
static void unwrap(const struct ring *r, const struct statement *s)
{
	uint8_t keys[STATEMENT_KEYS], hash[SEGMENT_HASH];
	const struct statement_wrap *w = statement_wrap_for(s, r->self);
	const bool is_full = w && w->n == STATEMENT_KEYS + RING_WRAP;
	const uint32_t first = is_full ? 0 : 1;
	if (!w || find_key(r->now, first, s->epoch.id) || !ringkeys_unwrap(r->secret, w->box, w->n, keys))
		return;
	for (uint32_t partition = first; partition <= 1; partition++) {
		const uint8_t *key = is_full ? keys + partition * SEGMENT_KEY : keys;
		hash_256(key, SEGMENT_KEY, hash);
		if (memcmp(hash, s->epoch.key_hash[partition], SEGMENT_HASH) == 0)
			ring_learn_key(r, s->epoch.id, partition, key);
	}
	ringkeys_wipe(keys, sizeof keys);
}

static void learn_keys(const struct ring *r)
{
	for (size_t i = 0; i < r->now->roll.nepochs; i++)
		for (size_t k = 0; k < r->now->roll.epoch[i].nby; k++)
			unwrap(r, r->now->roll.epoch[i].by[k]);
}

static const struct ring_now *now_of(const struct ring *r)
{
	struct ring_now *now = r->now;
	if (!now->old)
		return now;
	arena_reset(now->a);
	roll_make(now->a, r->id, r->self, r->at, r->n, &now->roll);
	now->member = arena_alloc(now->a, now->roll.nmembers * sizeof *now->member + 1);
	for (size_t i = 0; i < now->roll.nmembers; i++)
		now->member[i] = now->roll.member[i].is;
	learn_keys(r);
	now->old = false;
	return now;
}

const struct roll *ring_roll(const struct ring *r)
{
	return &now_of(r)->roll;
}

size_t ring_self(const struct ring *r)
{
	return roll_find(ring_roll(r), r->self);
}

/* ---- taking in ----------------------------------------------------------------------------------- */

static bool has_statement(const struct ring *r, const uint8_t name[SEGMENT_HASH])
{
	for (size_t i = 0; i < r->n; i++)
		if (memcmp(r->at[i]->name, name, SEGMENT_HASH) == 0)
			return true;
	return false;
}

static void keep(struct ring *r, const struct statement *s, const void *file, size_t n)
{
	r->at = arena_grow(r->a, r->at, &r->cap, r->n + 1, sizeof *r->at);
	r->file = arena_grow(r->a, r->file, &r->file_cap, r->n + 1, sizeof *r->file);
	r->at[r->n] = arena_copy(r->a, s, sizeof *s);
	assert(memcmp(s->ring, r->id, SEGMENT_RING) == 0 && r->n < RING_STATEMENTS_MOST);
	struct ring_statement *f = &r->file[r->n++];
	*f = (struct ring_statement){.p = arena_copy(r->a, file, n), .n = n, .inc = s->inc};
	hash_256(file, n, f->hash);
	r->now->old = true;
}

static int add(struct ring *r, const void *file, size_t n,
	int (*read)(struct arena *a, const void *p, size_t n, struct statement *out, struct err *e), bool *is_new, struct err *e)
{
	struct statement s;
	struct buf plain = {0};
	if (is_new)
		*is_new = false;
	int rc = n > STATEMENT_MOST ? err_set(e, ERR_DATA, _("this is no statement of a ring of sites"))
				    : ringkeys_uncover(r->cover, r->id, file, n, &plain, e);
	if (rc == OK)
		rc = read(r->a, plain.p, plain.n, &s, e);
	if (rc == OK && memcmp(s.ring, r->id, SEGMENT_RING) != 0)
		rc = err_set(e, ERR_REFUSED, _("the statement belongs to another ring of sites"));
	if (rc == OK && !has_statement(r, s.name)) {
		if (r->n >= RING_STATEMENTS_MOST)
			rc = err_set(e, ERR_REFUSED, _("the ring of sites has said all that it can; make a new one"));
		else
			keep(r, &s, file, n);
		if (is_new)
			*is_new = rc == OK;
	}
	buf_free(&plain);
	return rc;
}

int ring_add(struct ring *r, const void *file, size_t n, bool *is_new, struct err *e)
{
	return add(r, file, n, statement_read, is_new, e);
}

int ring_take(struct ring *r, const void *p, size_t n, bool *is_new, struct err *e)
{
	return ring_add(r, p, n, is_new, e);
}

struct statement ring_draft(const struct ring *r, struct store *s, enum statement_kind kind)
{
	struct statement d = {.kind = kind, .inc = store_incarnation(s), .clock = store_now(s)};
	memcpy(d.ring, r->id, SEGMENT_RING);
	return d;
}

int ring_say(struct ring *r, const struct statement *draft, const uint8_t secret[SEGMENT_SECRET], struct err *e)
{
	struct statement s;
	struct buf file = {0};
	int rc = statement_sign(r->a, draft, secret, &s, e);
	if (rc)
		return rc;
	if (s.kind == STATEMENT_FOUND)
		memcpy(r->id, s.ring, SEGMENT_RING);
	ringkeys_cover(r->cover, r->id, s.p, s.n, &file);
	rc = file.oom ? err_set(e, ERR_NOMEM, _("out of memory")) : OK;
	if (rc == OK && !has_statement(r, s.name))
		keep(r, &s, file.p, file.n);
	buf_free(&file);
	return rc;
}

/* ---- the vault ----------------------------------------------------------------------------------- */

void ring_put_key(struct buf *b, const struct ring_key *key)
{
	buf_add(b, key->epoch, SEGMENT_EPOCH);
	buf_addc(b, (char)key->partition);
	buf_add(b, key->key, SEGMENT_KEY);
}

struct ring_key ring_get_key(const uint8_t *p)
{
	struct ring_key key = {.partition = p[SEGMENT_EPOCH]};
	memcpy(key.epoch, p, SEGMENT_EPOCH);
	memcpy(key.key, p + SEGMENT_EPOCH + 1, SEGMENT_KEY);
	return key;
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_CORRUPT,
		_("what the store knows of the ring of sites is damaged; check the store with: samvagt doctor"));
}

static struct ring *from_row(const uint8_t *p, size_t n)
{
	const uint8_t *cover = p + 1 + SEGMENT_RING, *secret = cover + RING_COVER;
	if (n < ROW_FIXED || (n - ROW_FIXED) % RING_KEY_BYTES || p[0] != ROW_VERSION)
		return NULL;
	struct ring *r = ring_make(cover, secret);
	memcpy(r->id, p + 1, SEGMENT_RING);
	for (p += ROW_FIXED, n -= ROW_FIXED; n > 0; p += RING_KEY_BYTES, n -= RING_KEY_BYTES) {
		struct ring_key key = ring_get_key(p);
		if (key.partition <= 1)
			ring_learn_key(r, key.epoch, key.partition, key.key);
		ringkeys_wipe(&key, sizeof key);
	}
	r->keys_saved = r->now->nkeys;
	assert(r->n == 0 && r->saved == 0);
	return r;
}

static int load(struct view *v, struct arena *a, struct ring **out, struct err *e)
{
	const void *row;
	struct vault_row *rows;
	size_t n, nrows;
	int rc = vault_get(v, a, ROW, &row, &n, e);
	if (rc || !row)
		return rc;
	*out = from_row(row, n);
	ringkeys_wipe((void *)(uintptr_t)row, n);
	rc = *out ? vault_list(v, a, ROW_STATEMENT, &rows, &nrows, e) : damaged(e);
	for (size_t i = 0; rc == OK && i < nrows; i++) {
		const void *file;
		rc = vault_get(v, a, rows[i].name, &file, &n, e);
		if (rc == OK && (!file || add(*out, file, n, statement_recall, NULL, NULL) != OK))
			rc = damaged(e);
	}
	if (rc == OK)
		(*out)->saved = (*out)->n;
	return rc;
}

int ring_missing(struct err *e)
{
	return err_set(e, ERR_NOTFOUND,
		_("this store is in no ring of sites. Make one with: samvagt ring new --name NAME, or join one with an "
		  "invitation: samvagt ring join FILE --words WORDS"));
}

int ring_load(struct store *s, struct ring **out, struct err *e)
{
	struct arena *a = arena_new();
	struct view *v = NULL;
	*out = NULL;
	int rc = ringkeys_init(e);
	if (rc == OK)
		rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = load(v, a, out, e);
	view_end(v);
	arena_free(a);
	if (rc) {
		ring_free(*out);
		*out = NULL;
	}
	return rc;
}

static void put_row(const struct ring *r, struct buf *b)
{
	buf_addc(b, ROW_VERSION);
	buf_add(b, r->id, sizeof r->id);
	buf_add(b, r->cover, sizeof r->cover);
	buf_add(b, r->secret, sizeof r->secret);
	for (size_t i = 0; i < r->now->nkeys; i++)
		ring_put_key(b, &r->now->key[i]);
}

static const char *statement_row(struct arena *a, const struct ring_statement *f)
{
	char *name = arena_printf(a, "%s", ROW_STATEMENT);
	for (int i = 0; i < ROW_HASH; i++)
		name = arena_printf(a, "%s%02x", name, f->hash[i]);
	assert(strlen(name) < ROW_NAME);
	return name;
}

static bool has_row(const struct vault_row *rows, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

/* What is new, and of the rows of an earlier ring all that this one doesn't have. */
static int save(struct store *s, struct ring *r, struct arena *a, const struct vault_row *old, size_t nold,
	struct err *e)
{
	struct buf row = {0};
	size_t n = 0;
	struct vault_row *rows = arena_alloc(a, (nold + r->n - r->saved + 2) * sizeof *rows);
	bool whole = r->saved == 0, follows = ring_own_role(r) == RING_REGION;
	now_of(r);
	for (size_t i = r->saved; i < r->n; i++)
		rows[n++] = (struct vault_row){statement_row(a, &r->file[i]), r->file[i].p, r->file[i].n};
	for (size_t i = 0, fresh = n; i < nold; i++)
		if (!has_row(rows, fresh, old[i].name))
			rows[n++] = (struct vault_row){.name = old[i].name};
	if (whole)
		rows[n++] = (struct vault_row){VAULT_FOLLOWS, follows ? "1" : NULL, follows};
	put_row(r, &row);
	if (r->keys_saved != r->now->nkeys)
		rows[n++] = (struct vault_row){ROW, row.p, row.n};
	int rc = row.oom ? err_set(e, ERR_NOMEM, _("out of memory")) : n ? vault_put(s, rows, n, e) : OK;
	if (rc == OK) {
		r->saved = r->n;
		r->keys_saved = r->now->nkeys;
	}
	buf_wipe(&row);
	return rc;
}

int ring_save(struct store *s, struct ring *r, struct err *e)
{
	struct arena *a = arena_new();
	int rc = save(s, r, a, NULL, 0, e);
	arena_free(a);
	return rc;
}

int ring_replace(struct store *s, struct ring *r, struct err *e)
{
	struct arena *a = arena_new();
	struct view *v = NULL;
	struct vault_row *old = NULL;
	size_t n = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = vault_list(v, a, ROW_STATEMENT, &old, &n, e);
	view_end(v);
	r->saved = 0;
	r->keys_saved = SIZE_MAX;
	if (rc == OK)
		rc = save(s, r, a, old, n, e);
	if (rc == OK)
		rc = ring_share(s, r, e);
	arena_free(a);
	return rc;
}

/* That of another ring stays in the place of the store's own until all is said again. What was said under one that is there yet is said
 * under the other ring's first, where nobody met either: then it goes. */
int ring_share(struct store *s, const struct ring *r, struct err *e)
{
	uint8_t key[RING_ERASURES];
	struct arena *a = arena_new();
	const void *p = NULL;
	size_t n;
	ringkeys_erasures(r->cover, r->id, key);
	int rc = vault_read(s, a, VAULT_ERASURES_RING, &p, &n, e);
	const struct vault_row row[] = {{VAULT_ERASURES_RING, key, sizeof key}, {VAULT_ERASURES, p, n}};
	bool is_key = rc == OK && p && n == sizeof key, has = is_key && memcmp(p, key, sizeof key) == 0;
	bool comes = rc == OK && !has && !store_is_readonly(s);
	if (comes && is_key && ring_own_role(r) == RING_FULL)
		rc = erase_say_again(s, e);
	if (comes && rc == OK)
		rc = vault_put(s, row, is_key ? 2 : 1, e);
	ringkeys_wipe(key, sizeof key);
	arena_free(a);
	return rc;
}

/* ---- answers ------------------------------------------------------------------------------------- */

const char *ring_name(const struct ring *r)
{
	return ring_roll(r)->found ? ring_roll(r)->found->found.name : "";
}

const uint8_t *ring_id(const struct ring *r)
{
	return r->id;
}

enum ring_role ring_own_role(const struct ring *r)
{
	size_t self = ring_self(r);
	return self == ROLL_NOBODY ? RING_REGION : ring_roll(r)->member[self].is.role;
}

const struct ring_member *ring_members(const struct ring *r, size_t *n)
{
	*n = ring_roll(r)->nmembers;
	return r->now->member;
}

const struct ring_member *ring_author(const struct ring *r, uint64_t inc)
{
	const struct roll_inc *found = roll_find_inc(ring_roll(r), inc);
	return found ? &r->now->member[found->member] : NULL;
}

uint64_t ring_last_number(const struct ring *r, uint64_t inc)
{
	const struct roll_inc *found = roll_find_inc(ring_roll(r), inc);
	return found ? found->last : 0;
}

const struct ring_given_up *ring_given_up_lines(const struct ring *r, size_t *n)
{
	*n = ring_roll(r)->nlines;
	return ring_roll(r)->line;
}

const uint8_t *ring_secret(const struct ring *r)
{
	return r->secret;
}

const uint8_t *ring_key(const struct ring *r, uint32_t partition, const uint8_t epoch[SEGMENT_EPOCH])
{
	const struct ring_key *key = find_key(now_of(r), partition, epoch);
	return key ? key->key : NULL;
}

const uint8_t *ring_epoch(const struct ring *r, uint32_t partition)
{
	const struct roll *roll = ring_roll(r);
	for (size_t i = roll->nepochs; i-- > 0;)
		if (roll->epoch[i].counts && roll->epoch[i].depth && find_key(r->now, partition, roll->epoch[i].id))
			return roll->epoch[i].id;
	return NULL;
}

void ring_digest(const struct ring *r, const uint8_t state[32], uint8_t out[32])
{
	ringkeys_digest(r->cover, r->id, state, out);
}

const struct ring_statement *ring_statements(const struct ring *r, size_t *n)
{
	*n = r->n;
	return r->file;
}
