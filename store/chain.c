/* store/chain.c - see vector.h. Owns the hash that makes an incarnation's changes one line, and the hashes that a whole
 * state is summed of. Must not know what is hashed. */
#include "store/vector.h"

#include <assert.h>
#include <endian.h>
#include <sodium.h>
#include <string.h>

#include "store/be.h"

static_assert(CHAIN == crypto_generichash_BYTES, "the size of a chain");

void chain_begin(uint8_t chain[CHAIN], uint64_t inc)
{
	static const char label[] = "samvagt chain";
	uint8_t from[sizeof label - 1 + 8];
	memcpy(from, label, sizeof label - 1);
	be_put(from + sizeof label - 1, inc, 8);
	crypto_generichash(chain, CHAIN, from, sizeof from, NULL, 0);
}

void chain_add(uint8_t chain[CHAIN], const void *group, size_t n)
{
	crypto_generichash_state h;
	crypto_generichash_init(&h, NULL, 0, CHAIN);
	crypto_generichash_update(&h, chain, CHAIN);
	crypto_generichash_update(&h, group, n);
	crypto_generichash_final(&h, chain, CHAIN);
}

uint64_t chain_tag(const uint8_t chain[CHAIN])
{
	return be_get(chain, 8);
}

static uint64_t read_word(const uint8_t *p)
{
	uint64_t word;
	memcpy(&word, p, sizeof word);
	return word;
}

static void add_hash(uint8_t sum[CHAIN], const uint8_t hash[CHAIN], bool out)
{
	uint64_t carry = 0;
	for (size_t i = 0; i < CHAIN; i += 8) {
		uint64_t x = le64toh(read_word(sum + i)), y = le64toh(read_word(hash + i));
		uint64_t z = out ? x - y - carry : x + y + carry;
		carry = out ? (x < y || (x == y && carry)) : (z < x || (z == x && carry));
		z = htole64(z);
		memcpy(sum + i, &z, sizeof z);
	}
}

void chain_sum(uint8_t sum[CHAIN], int type, struct id id, const void *rec, size_t n, bool out)
{
	static const char label[] = "samvagt record";
	uint8_t hash[CHAIN], of[sizeof label - 1 + 1 + sizeof id.b];
	crypto_generichash_state h;
	memcpy(of, label, sizeof label - 1);
	of[sizeof label - 1] = (uint8_t)type;
	memcpy(of + sizeof label, id.b, sizeof id.b);
	crypto_generichash_init(&h, NULL, 0, CHAIN);
	crypto_generichash_update(&h, of, sizeof of);
	crypto_generichash_update(&h, rec, n);
	crypto_generichash_final(&h, hash, CHAIN);
	add_hash(sum, hash, out);
}
