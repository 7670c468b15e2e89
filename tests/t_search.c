/* tests/t_search.c - the first of what is alike in a sorted array, or where it would stand: against counting. */
#include "base/search.h"

#include "tests/tap.h"

enum { MOST = 9, VALUES = 4 };

/* Two fields, so that the size of an item isn't that of its key. */
struct item { int key, other; };

static int compare(const void *key, const void *item)
{
	int x = *(const int *)key, y = ((const struct item *)item)->key;
	return (x > y) - (x < y);
}

static size_t count_before(int key, const struct item *all, size_t n)
{
	size_t before = 0;
	for (size_t i = 0; i < n; i++)
		before += all[i].key < key;
	return before;
}

/* Every sorted array of up to nine items of four values, and every key in them, between them and outside. */
static void test_all(void)
{
	bool right = true;
	size_t tried = 0;
	for (size_t n = 0; n <= MOST; n++)
		for (size_t a = 0; a <= n; a++)
			for (size_t b = a; b <= n; b++)
				for (size_t c = b; c <= n; c++) {
					struct item all[MOST];
					for (size_t i = 0; i < n; i++)
						all[i] = (struct item){(int)(2 * ((i >= a) + (i >= b) + (i >= c))), 7};
					for (int key = -1; key <= 2 * VALUES; key++, tried++)
						right = right && search_first(&key, all, n, sizeof *all, compare) == count_before(key, all, n);
				}
	ok(right, "the place of %zu keys is how many come before", tried);
}

int main(void)
{
	int key = 1;
	test_all();
	is_int((intmax_t)search_first(&key, NULL, 0, sizeof(struct item), compare), 0, "in nothing it is the first");
	return done_testing();
}
