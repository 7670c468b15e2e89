/* base/hash.h - BLAKE2b (RFC 7693), unkeyed: what a text or a file is told apart by. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

enum { HASH_256 = 32, HASH_512 = 64 };             /* bytes */

/* Of n bytes; p may be NULL when n is 0. They can't fail. How long it is to be is hashed too: the shorter one isn't the
 * beginning of the longer. */
void hash_256(const void *p, size_t n, uint8_t out[HASH_256]);
void hash_512(const void *p, size_t n, uint8_t out[HASH_512]);

#endif
