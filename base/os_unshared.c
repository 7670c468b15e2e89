/* base/os_unshared.c - see os.h. Owns memory that a child doesn't inherit: what may be used once only, like the numbers
 * that encryption must never use twice. */
#include "base/os.h"

#include <sys/mman.h>

void *os_unshared_new(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return NULL;
	if (madvise(p, n, MADV_WIPEONFORK) == 0)
		return p;
	munmap(p, n);
	return NULL;
}

void os_unshared_free(void *p, size_t n)
{
	if (p)
		munmap(p, n);
}
