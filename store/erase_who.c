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
static bool is_said(struct view *v, const uint8_t key[ERASE_KEY], struct id volunteer, struct id *erasure)
{
	uint8_t row[STORE_REC_KEY];
	char who[ERASE_WHO];
	struct kv_bytes value;
	assert(v->txn.txn);
	erase_hash(key, volunteer, who);
	*erasure = id_erasure(who);
	return kv_get(&v->txn, KV_REC, row, store_rec_key(row, TYPE_ERASURE, *erasure), &value, NULL) == OK;
}

bool erase_is_gone(struct view *v, const struct erase_keys *k, struct id volunteer)
{
	struct id unused;
	assert(k->n <= ERASE_KEYS);
	for (size_t i = 0; k->any && i < k->n; i++)
		if (is_said(v, k->key[i], volunteer, &unused))
			return true;
	return false;
}

static int add_unsaid(struct view *v, const struct erase_keys *k, struct id id, struct pile *out, struct err *e)
{
	struct unsaid one = { .who = id };
	struct id unused;
	struct rec *r;
	if (!is_said(v, k->key[1], id, &one.erasure) || is_said(v, k->key[0], id, &unused))
		return OK;
	int rc = view_now(v, out->a, TYPE_ERASURE, one.erasure, &r, e);
	if (rc == OK && !r)
		rc = view_corrupt(v, KV_REC, e);
	if (rc != OK)
		return rc;
	one.why = (int)rec_int(r, F_ERASURE_WHY);
	one.day = (civil_date)rec_int(r, F_ERASURE_DAY);
	return pile_add(out, &one, e);
}

int erase_find_unsaid(struct view *v, const struct erase_keys *k, struct pile *out, struct err *e)
{
	static const uint8_t types[] = { TYPE_VOLUNTEER, TYPE_ATTACHMENT, TYPE_VIGIL };
	int rc = OK;
	assert(k->n == ERASE_KEYS && out->item == sizeof(struct unsaid));
	for (size_t i = 0; i < sizeof types && rc == OK; i++) {
		struct kv_scan s;
		rc = kv_scan_prefix(&v->txn, KV_REC, &types[i], 1, &s, e);
		while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
			struct id id;
			if (s.key.n != STORE_REC_KEY) {
				rc = view_corrupt(v, KV_REC, e);
				break;
			}
			memcpy(id.b, (const uint8_t *)s.key.p + 1, sizeof id.b);
			rc = add_unsaid(v, k, id, out, e);
		}
		kv_scan_end(&s);
		rc = rc == ERR_NOTFOUND ? OK : rc;
	}
	return rc;
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
