/* base/os_random.c - see os.h. Owns chance, in a file of its own so that a simulation can put another in its place. */
#include "base/os.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

/* A key or an id made of bad chance can't be mended later, so a kernel without it ends the program. */
void os_random(void *p, size_t n)
{
	unsigned char *at = p;
	while (n > 0) {
		ssize_t got = getrandom(at, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			abort();
		at += got;
		n -= (size_t)got;
	}
}
