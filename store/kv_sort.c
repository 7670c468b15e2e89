/* store/kv_sort.c - see kv_priv.h. Owns bringing a batch into the order in which it is written. Must not know what the
 * keys mean.
 *
 * Thousands of keys that lie far apart in memory, and begin alike over many bytes, cost more to compare two by two than
 * all else that is done to them. So eight bytes of each are laid side by side and sorted by one byte after the other,
 * without those that are the same everywhere; and then those that are alike in them by the next eight. */
#include "store/kv_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "store/be.h"

enum { WORD = 8, BYTES = 256, FEW = 24 };

struct part { uint64_t word; size_t op; };

/* Of a key from there on, with nothing after its end; and last how long it is. */
static uint64_t word_at(const struct kv_op *op, size_t at)
{
	uint8_t bytes[WORD] = { 0 };
	if (at >= KV_KEY_MOST)
		return op->nkey;
	if (at < op->nkey)
		memcpy(bytes, op->key + at, op->nkey - at < WORD ? op->nkey - at : WORD);
	return be_get(bytes, WORD);
}

/* ---- by one word --------------------------------------------------------------------------------- */

static void sort_few(struct part *p, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct part x = p[i];
		size_t k = i;
		for (; k > 0 && p[k - 1].word > x.word; k--)
			p[k] = p[k - 1];
		p[k] = x;
	}
}

/* By one byte; what is alike in it stays as it was. */
static void sort_byte(const struct part *p, struct part *to, size_t n, int shift)
{
	size_t at[BYTES + 1] = { 0 };
	for (size_t i = 0; i < n; i++)
		at[(p[i].word >> shift & (BYTES - 1)) + 1]++;
	for (size_t i = 0; i < BYTES; i++)
		at[i + 1] += at[i];
	for (size_t i = 0; i < n; i++)
		to[at[p[i].word >> shift & (BYTES - 1)]++] = p[i];
}

static void sort_words(struct part *p, struct part *room, size_t n)
{
	uint64_t differ = 0;
	struct part *from = p, *to = room;
	if (n < FEW) {
		sort_few(p, n);
		return;
	}
	for (size_t i = 1; i < n; i++)
		differ |= p[i].word ^ p[0].word;
	for (int shift = 0; shift < 64; shift += 8) {
		if ((differ >> shift & (BYTES - 1)) == 0)
			continue;
		sort_byte(from, to, n, shift);
		struct part *sorted = to;
		to = from;
		from = sorted;
	}
	if (from != p)
		memcpy(p, from, n * sizeof *p);
}

/* ---- by the whole key ---------------------------------------------------------------------------- */

/* Those that are alike up to this word, which they have already. */
static void sort_parts(const struct kv_op *ops, struct part *p, struct part *room, size_t n, size_t next)
{
	sort_words(p, room, n);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && p[end].word == p[i].word; end++)
			;
		if (end == i + 1 || next >= KV_KEY_MOST + WORD)
			continue;
		for (size_t k = i; k < end; k++)
			p[k].word = word_at(&ops[p[k].op], next);
		sort_parts(ops, p + i, room, end - i, next + WORD);
	}
}

/* Each to its place, in circles. */
static void arrange(struct kv_op *ops, struct part *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct kv_op first = ops[i];
		size_t at = i;
		while (p[at].op != i) {
			const size_t from = p[at].op;
			ops[at] = ops[from];
			p[at].op = at;
			at = from;
		}
		ops[at] = first;
		p[at].op = at;
	}
}

bool kv_sort(struct kv_op *ops, size_t n)
{
	struct part *p = malloc(2 * n * sizeof *p);
	if (!p)
		return false;
	for (size_t i = 0; i < n; i++) {
		assert(ops[i].nkey > 0 && ops[i].nkey <= KV_KEY_MOST);
		p[i] = (struct part){ (uint64_t)ops[i].table << 56 | word_at(&ops[i], 0) >> 8, i };
	}
	sort_parts(ops, p, p + n, n, WORD - 1);
	arrange(ops, p, n);
	free(p);
	return true;
}
