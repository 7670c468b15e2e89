/* tests/codectest.c - see codectest.h. */
#include "tests/codectest.h"

#include <string.h>

const struct id CODECTEST_ID = {{0xaa, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}};
const struct id CODECTEST_OTHER = {{0xbb}};
const struct dot CODECTEST_DOT = {7, 301};

struct value codectest_raw(const char *bytes, size_t n)
{
	return (struct value){.tag = V_RAW, .text = {bytes, (uint32_t)n}};
}

static bool same_values(const struct rec_field *x, const struct rec_field *y, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (x[i].no != y[i].no || !value_equal(x[i].v, y[i].v) || stamp_compare(x[i].at, y[i].at) != 0)
			return false;
	return true;
}

bool codectest_same_rec(const struct rec *x, const struct rec *y)
{
	return x->type == y->type && x->alive == y->alive && id_equal(x->id, y->id) && x->n == y->n &&
	       x->nsib == y->nsib && stamp_compare(x->at, y->at) == 0 && same_values(x->f, y->f, x->n) &&
	       same_values(x->sib, y->sib, x->nsib);
}

static bool same_write(const struct write *x, const struct write *y)
{
	return x->type == y->type && x->field == y->field && id_equal(x->id, y->id) && value_equal(x->v, y->v) &&
	       dot_equal(x->before, y->before);
}

bool codectest_same_group(const struct group *x, const struct group *y)
{
	bool same = dot_equal(x->dot, y->dot) && x->clock == y->clock && strcmp(x->person, y->person) == 0 &&
		    x->act == y->act && dot_equal(x->undoes, y->undoes) && x->nwrites == y->nwrites;
	for (int i = 0; i < 3; i++)
		same = same && value_equal(x->arg[i], y->arg[i]);
	for (size_t i = 0; same && i < x->nwrites; i++)
		same = same_write(&x->writes[i], &y->writes[i]);
	same = same && x->nseen == y->nseen && x->naside == y->naside && x->tag == y->tag;
	for (size_t i = 0; same && i < x->nseen; i++)
		same = dot_equal(x->seen[i].dot, y->seen[i].dot) && x->seen[i].tag == y->seen[i].tag;
	for (size_t i = 0; same && i < x->naside; i++)
		same = x->aside[i].write == y->aside[i].write && dot_equal(x->aside[i].dot, y->aside[i].dot);
	return same;
}

int codectest_read_rec(struct arena *a, const void *p, size_t n, struct rec **out)
{
	return codec_get_rec(a, p, n, TYPE_VOLUNTEER, CODECTEST_ID, out, NULL);
}

int codectest_read_group(struct arena *a, const void *p, size_t n, struct group **out)
{
	return codec_get_group(a, p, n, CODECTEST_DOT, true, out, NULL, NULL);
}
