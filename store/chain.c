/* store/chain.c - see vector.h. Owns the hash that makes an incarnation's changes one line, and the hashes that a whole
 * state is summed of. Must not know what is hashed. */
#include "store/vector.h"

#include <assert.h>
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
