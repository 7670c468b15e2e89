/* store/erase_who.c - see erase_priv.h. Owns who counts as erased: the keys, the hash that stands for a person, and
 * looking for it. Must not know what follows from that. */
#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/letters.h"
#include "store/erase_priv.h"
#include "store/vault.h"

static_assert(ERASE_KEY == crypto_generichash_KEYBYTES && ERASE_WHO == 2 * crypto_generichash_BYTES + 1, "BLAKE2b-256");

static int read_key(struct view *v, struct arena *a, const char *name, struct erase_keys *out, struct err *e)
{
	const void *p;
	size_t n;
	int rc = vault_get(v, a, name, &p, &n, e);
	if (rc != OK || !p)
		return rc;
	if (n != ERASE_KEY)
		return view_corrupt(v, KV_META, e);
	assert(out->n < ERASE_KEYS);
	memcpy(out->key[out->n++], p, ERASE_KEY);
	return OK;
}

static int find_any(struct view *v, bool *any, struct err *e)
{
	static const uint8_t prefix[] = { TYPE_ERASURE };
	struct kv_scan s;
	int rc = kv_scan_prefix(&v->txn, KV_REC, prefix, sizeof prefix, &s, e);
	if (rc == OK)
		rc = kv_scan_next(&s, e);
	*any = rc == OK;
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int erase_read_keys(struct view *v, struct erase_keys *out, struct err *e)
{
	*out = (struct erase_keys){ 0 };
	int rc = find_any(v, &out->any, e);
	if (rc != OK || !v->s->seal)
		return rc;
	struct arena *a = arena_new();
	rc = read_key(v, a, VAULT_ERASURES_RING, out, e);
	if (rc == OK)
		rc = read_key(v, a, VAULT_ERASURES, out, e);
	arena_free(a);
	return rc;
}

void erase_hash(const uint8_t key[ERASE_KEY], struct id volunteer, char out[ERASE_WHO])
{
	uint8_t hash[crypto_generichash_BYTES];
	crypto_generichash(hash, sizeof hash, volunteer.b, sizeof volunteer.b, key, ERASE_KEY);
	letters_write(out, hash, sizeof hash);
}

/* That there is such a record tells, whatever has become of it since. */
bool erase_is_gone(struct view *v, const struct erase_keys *k, struct id volunteer)
{
	uint8_t key[STORE_REC_KEY];
	char who[ERASE_WHO];
	struct kv_bytes value;
	assert(k->n <= ERASE_KEYS && v->txn.txn);
	for (size_t i = 0; k->any && i < k->n; i++) {
		erase_hash(k->key[i], volunteer, who);
		size_t n = store_rec_key(key, TYPE_ERASURE, id_erasure(who));
		if (kv_get(&v->txn, KV_REC, key, n, &value, NULL) == OK)
			return true;
	}
	return false;
}

bool erase_covers(struct view *v, struct id volunteer)
{
	struct erase_keys k;
	return erase_read_keys(v, &k, NULL) == OK && erase_is_gone(v, &k, volunteer);
}

/* Of a store that is in no ring. */
int erase_make_key(struct store *s, struct erase_keys *k, struct err *e)
{
	struct view *v;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = erase_read_keys(v, k, e);
	view_end(v);
	if (rc != OK || k->n > 0)
		return rc;
	randombytes_buf(k->key[0], ERASE_KEY);
	k->n = 1;
	const struct vault_row row = { VAULT_ERASURES, k->key[0], ERASE_KEY };
	return vault_put(s, &row, 1, e);
}
