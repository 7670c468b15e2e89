/* base/search.h - a place in a sorted array. bsearch(3) finds any one of several that are alike, and nothing where
 * there is none; this is the first of them, or where the first would stand. */
#ifndef BASE_SEARCH_H
#define BASE_SEARCH_H

#include <stddef.h>

/* As for bsearch: < 0 when the key comes before the item, 0 when they are alike, > 0 when it comes after. */
typedef int search_compare(const void *key, const void *item);
/* How many of the n items, of `size` bytes each, the key comes after: 0..n. all may be NULL when n is 0. */
size_t search_first(const void *key, const void *all, size_t n, size_t size, search_compare *compare);

#endif
