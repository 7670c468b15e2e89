/* base/search.c - see search.h. Must not know what the items are. */
#include "base/search.h"

size_t search_first(const void *key, const void *all, size_t n, size_t size, search_compare *compare)
{
	const char *items = all;
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare(key, items + middle * size) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
