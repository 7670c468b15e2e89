/* roster/wording_diff.c - see wording.h: what differs between two texts, word by word.
 *
 * Owns the algorithm: each step finds the middle of a shortest way from the one text to the other, going from both ends
 * at once, and what lies on both sides of it is done by itself. Knows texts only. */
#include "roster/wording.h"

#include <assert.h>
#include <string.h>

struct word {
	const char *s;
	size_t n;
	bool odd;
}; /* odd: the other text doesn't have it here */

struct diff {
	struct word *old, *new;
	size_t nold, nnew;
	int *ahead, *back; /* by diagonal: how far in the old text each way has come */
	int middle;        /* the place of diagonal 0 */
};

/* A box of the two texts: old words [x0, x1), new words [y0, y1). */
struct box {
	int x0, x1, y0, y1;
};

static size_t word_length(const char *s)
{
	if (*s == '\n')
		return 1;
	size_t n = strcspn(s, " \t\n");
	return n + strspn(s + n, " \t");
}

static struct word *split(struct arena *a, const char *s, size_t *n)
{
	struct word *out = NULL;
	size_t cap = 0;
	for (*n = 0; *s; s += out[(*n)++].n) {
		out = arena_grow(a, out, &cap, *n + 1, sizeof *out);
		out[*n] = (struct word){.s = s, .n = word_length(s)};
	}
	return out;
}

static bool is_same(const struct diff *d, int x, int y)
{
	const struct word *o = &d->old[x], *w = &d->new[y];
	return o->n == w->n && memcmp(o->s, w->s, o->n) == 0;
}

/* ---- the middle of a shortest way ------------------------------------------------------------------------ */

/* Where the way on diagonal k (x - y, counted from the corner that it begins in) stands after one more step. */
static int step(const int *v, int k, int d)
{
	return k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
}

struct search {
	const struct diff *d;
	struct box b;
	int n, m;
};

/* Ways run over the edge of the box and go on outside; they meet nobody there. */
static bool is_inside(const struct search *s, int at, int k)
{
	return at <= s->n && at - k <= s->m;
}

static bool meets(const struct search *s, int at, int k, int other_at, int other)
{
	return at + other_at >= s->n && is_inside(s, at, k) && is_inside(s, other_at, other);
}

/* One more difference from the beginning on; true when a way from the end has come as far. */
static bool go_ahead(const struct search *s, int d, int *x, int *y)
{
	int *v = s->d->ahead + s->d->middle, *w = s->d->back + s->d->middle, delta = s->n - s->m;
	for (int k = -d; k <= d; k += 2) {
		int at = step(v, k, d);
		while (at < s->n && at - k < s->m && is_same(s->d, s->b.x0 + at, s->b.y0 + at - k))
			at++;
		v[k] = at;
		int other = delta - k;
		if (delta % 2 && other >= 1 - d && other <= d - 1 && meets(s, at, k, w[other], other)) {
			*x = at;
			*y = at - k;
			return true;
		}
	}
	return false;
}

/* The same from the end on: distances from there. */
static bool go_back(const struct search *s, int d, int *x, int *y)
{
	int *v = s->d->ahead + s->d->middle, *w = s->d->back + s->d->middle, delta = s->n - s->m;
	for (int k = -d; k <= d; k += 2) {
		int at = step(w, k, d);
		while (at < s->n && at - k < s->m && is_same(s->d, s->b.x1 - 1 - at, s->b.y1 - 1 - (at - k)))
			at++;
		w[k] = at;
		int other = delta - k;
		if (delta % 2 == 0 && other >= -d && other <= d && meets(s, at, k, v[other], other)) {
			*x = s->n - at;
			*y = s->m - (at - k);
			return true;
		}
	}
	return false;
}

/* A point on a shortest way, other than the box's corners. */
static void find_middle(const struct diff *d, struct box b, int *x, int *y)
{
	struct search s = {.d = d, .b = b, .n = b.x1 - b.x0, .m = b.y1 - b.y0};
	d->ahead[d->middle + 1] = d->back[d->middle + 1] = 0;
	for (int i = 0;; i++) {
		assert(i <= (s.n + s.m + 1) / 2);
		if (go_ahead(&s, i, x, y) || go_back(&s, i, x, y))
			break;
	}
	*x += b.x0;
	*y += b.y0;
}

/* Each call halves how much differs, so it is never deep. */
static void mark(const struct diff *d, struct box b)
{
	while (b.x0 < b.x1 && b.y0 < b.y1 && is_same(d, b.x0, b.y0)) {
		b.x0++;
		b.y0++;
	}
	while (b.x0 < b.x1 && b.y0 < b.y1 && is_same(d, b.x1 - 1, b.y1 - 1)) {
		b.x1--;
		b.y1--;
	}
	if (b.x0 < b.x1 && b.y0 < b.y1) {
		int x, y;
		find_middle(d, b, &x, &y);
		assert(x + y > b.x0 + b.y0 && x + y < b.x1 + b.y1);
		mark(d, (struct box){b.x0, x, b.y0, y});
		mark(d, (struct box){x, b.x1, y, b.y1});
		return;
	}
	for (; b.x0 < b.x1; b.x0++)
		d->old[b.x0].odd = true;
	for (; b.y0 < b.y1; b.y0++)
		d->new[b.y0].odd = true;
}

/* ---- runs ------------------------------------------------------------------------------------------------ */

/* How many words from there on are odd, or aren't. */
static size_t count(const struct word *w, size_t n, bool odd)
{
	size_t i = 0;
	while (i < n && w[i].odd == odd)
		i++;
	return i;
}

/* Words lie behind one another in their text. */
static void put_run(struct wording_run *out, size_t *n, enum wording_how how, const struct word *w, size_t words)
{
	if (words)
		out[(*n)++] = (struct wording_run){how, w->s, (size_t)(w[words - 1].s - w->s) + w[words - 1].n};
}

static struct wording_run *runs(struct arena *a, const struct diff *d, size_t *n)
{
	struct wording_run *out = arena_alloc(a, (d->nold + d->nnew + 1) * sizeof *out);
	*n = 0;
	for (size_t x = 0, y = 0; x < d->nold || y < d->nnew;) {
		size_t gone = count(d->old + x, d->nold - x, true), new = count(d->new + y, d->nnew - y, true);
		put_run(out, n, WORDING_GONE, d->old + x, gone);
		put_run(out, n, WORDING_NEW, d->new + y, new);
		x += gone;
		y += new;
		size_t old_same = count(d->old + x, d->nold - x, false),
		       new_same = count(d->new + y, d->nnew - y, false);
		size_t same = old_same < new_same ? old_same : new_same;
		put_run(out, n, WORDING_SAME, d->old + x, same);
		x += same;
		y += same;
	}
	return out;
}

struct wording_run *wording_diff(struct arena *a, const char *old, const char *new, size_t *n)
{
	struct diff d = {0};
	d.old = split(a, old, &d.nold);
	d.new = split(a, new, &d.nnew);
	d.middle = (int)(d.nold + d.nnew) + 2;
	size_t ways = (size_t)(2 * d.middle + 1) * sizeof *d.ahead;
	d.ahead = arena_alloc(a, ways);
	d.back = arena_alloc(a, ways);
	mark(&d, (struct box){0, (int)d.nold, 0, (int)d.nnew});
	return runs(a, &d, n);
}

/* ---- as text ----------------------------------------------------------------------------------------------- */

/* The blanks after the last word stay outside the marks. */
static void put_marked(struct buf *b, const struct wording_run *r, bool whole)
{
	static const char *const before[] = {"", "[-", "{+"}, *const after[] = {"", "-]", "+}"};
	size_t n = r->n;
	while (n && (r->text[n - 1] == ' ' || r->text[n - 1] == '\t'))
		n--;
	buf_adds(b, before[r->how]);
	for (size_t i = 0; i < n; i++)
		buf_addc(b, !whole && r->text[i] == '\n' ? ' ' : r->text[i]);
	buf_adds(b, after[r->how]);
	if (whole)
		buf_add(b, r->text + n, r->n - n);
}

char *wording_diff_text(struct arena *a, const char *old, const char *new, bool whole)
{
	struct buf b = {0};
	size_t n;
	const struct wording_run *r = wording_diff(a, old, new, &n);
	for (size_t i = 0; i < n; i++) {
		bool is_change = r[i].how != WORDING_SAME;
		if (!whole && is_change && i && r[i - 1].how == WORDING_SAME && b.n)
			buf_adds(&b, " … ");
		if (whole || is_change)
			put_marked(&b, &r[i], whole);
	}
	char *out = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return out;
}
