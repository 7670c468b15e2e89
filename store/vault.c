/* store/vault.c - see vault.h. Owns the sealed rows of the table meta under 'v' and a name. Must not know what they
 * hold, nor who reads them. */
#include "store/vault.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/store_priv.h"

enum { NAME_MOST = 40, VALUE_MOST = 1 << 20, NAME_AT = 1 };

static_assert(NAME_AT + NAME_MOST <= KV_KEY_MOST, "a name fits in a key");

static size_t vault_key(uint8_t key[KV_KEY_MOST], const char *name)
{
	size_t n = strlen(name);
	assert(n <= NAME_MOST);
	key[0] = 'v';
	memcpy(key + NAME_AT, name, n);
	return NAME_AT + n;
}

/* ---- writing ------------------------------------------------------------------------------------- */

static int make_op(struct store *s, struct arena *a, const struct vault_row *row, struct kv_op *op, struct err *e)
{
	assert(*row->name && row->n <= VALUE_MOST);
	*op = (struct kv_op){ .table = KV_META, .del = !row->p };
	op->nkey = (uint8_t)vault_key(op->key, row->name);
	if (!row->p)
		return OK;
	struct buf sealed = { 0 };
	int rc = seal_put(s->seal, KV_META, op->key, op->nkey, row->p, row->n, &sealed, e);
	void *copy = rc == OK ? arena_try_alloc(a, sealed.n) : NULL;
	if (copy) {
		op->value = memcpy(copy, sealed.p, sealed.n);
		op->nvalue = (uint32_t)sealed.n;
	} else if (rc == OK)
		rc = view_nomem(e);
	buf_free(&sealed);
	return rc;
}

/* Whether a deletion took place can be seen only of a row that was there. */
static int find_proof(struct store *s, const struct kv_op *op, size_t n, const struct kv_op **out, struct err *e)
{
	struct kv_txn t;
	struct kv_bytes value;
	*out = NULL;
	int rc = kv_begin(s->kv, &t, e);
	if (rc != OK)
		return rc;
	for (size_t i = 0; i < n && !*out; i++)
		if (!op[i].del || kv_get(&t, KV_META, op[i].key, op[i].nkey, &value, NULL) == OK)
			*out = &op[i];
	kv_end(&t);
	return OK;
}

static bool all_go(const struct vault_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (row[i].p)
			return false;
	return true;
}

static int put_all(struct store *s, struct arena *a, const struct vault_row *row, size_t n, struct err *e)
{
	struct kv_op *op = arena_try_alloc(a, n * sizeof *op);
	const struct kv_op *found = NULL;
	int rc = op ? OK : view_nomem(e);
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = make_op(s, a, &row[i], &op[i], e);
	if (rc == OK)
		rc = find_proof(s, op, n, &found, e);
	if (rc != OK || !found || s->dry_run)
		return rc;
	const struct kv_op proof = *found;
	return kv_apply(s->kv, op, n, all_go(row, n) ? KV_SHRINKS : 0, &proof, e);
}

int vault_put(struct store *s, const struct vault_row *row, size_t n, struct err *e)
{
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (!s->seal)
		return err_set(e, ERR_KEY, _("the store is locked; give the passphrase"));
	if (n == 0)
		return OK;
	struct arena *a = arena_new();
	int rc = put_all(s, a, row, n, e);
	arena_free(a);
	return rc;
}

/* ---- reading ------------------------------------------------------------------------------------- */

static int open_row(struct view *v, struct arena *a, struct kv_bytes key, struct kv_bytes value, const void **p,
	size_t *n, struct err *e)
{
	const uint8_t *plain;
	int rc = seal_get(v->s->seal, KV_META, key.p, key.n, value.p, value.n, a, &plain, n, e);
	*p = rc == OK ? plain : NULL;
	return rc;
}

int vault_get(struct view *v, struct arena *a, const char *name, const void **p, size_t *n, struct err *e)
{
	uint8_t key[KV_KEY_MOST];
	struct kv_bytes value;
	size_t nkey = vault_key(key, name);
	*p = NULL;
	*n = 0;
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = kv_get(&v->txn, KV_META, key, nkey, &value, e);
	if (rc != OK)
		return rc == ERR_NOTFOUND ? OK : rc;
	return open_row(v, a, (struct kv_bytes){ key, nkey }, value, p, n, e);
}

int vault_read(struct store *s, struct arena *a, const char *name, const void **p, size_t *n, struct err *e)
{
	struct view *v;
	*p = NULL;
	*n = 0;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = vault_get(v, a, name, p, n, e);
	view_end(v);
	return rc;
}

static int add_row(struct view *v, const struct kv_scan *s, struct pile *rows, struct err *e)
{
	struct vault_row row;
	assert(s->key.n > 0 && *(const char *)s->key.p == 'v');
	char *name = arena_try_alloc(rows->a, s->key.n);
	if (!name)
		return view_nomem(e);
	memcpy(name, (const char *)s->key.p + NAME_AT, s->key.n - NAME_AT);
	row.name = name;
	int rc = open_row(v, rows->a, s->key, s->value, &row.p, &row.n, e);
	return rc == OK ? pile_add(rows, &row, e) : rc;
}

int vault_list(struct view *v, struct arena *a, const char *prefix, struct vault_row **out, size_t *n, struct err *e)
{
	uint8_t key[KV_KEY_MOST];
	struct kv_scan s;
	struct pile rows = { .a = a, .item = sizeof **out };
	*out = NULL;
	*n = 0;
	int rc = view_check_key(v, e);
	if (rc == OK)
		rc = kv_scan_prefix(&v->txn, KV_META, key, vault_key(key, prefix), &s, e);
	if (rc != OK)
		return rc;
	while ((rc = kv_scan_next(&s, e)) == OK && (rc = add_row(v, &s, &rows, e)) == OK)
		continue;
	kv_scan_end(&s);
	*out = rows.at;
	*n = rows.n;
	return rc == ERR_NOTFOUND ? OK : rc;
}
