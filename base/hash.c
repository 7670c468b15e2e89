/* base/hash.c - see hash.h. Owns which library hashes; must not know what is hashed. */
#include "base/hash.h"

#include <sodium.h>

void hash_256(const void *p, size_t n, uint8_t out[HASH_256])
{
	crypto_generichash(out, HASH_256, p, n, NULL, 0);
}

void hash_512(const void *p, size_t n, uint8_t out[HASH_512])
{
	crypto_generichash(out, HASH_512, p, n, NULL, 0);
}
