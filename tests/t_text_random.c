/* tests/t_text_random.c - what holds for any text (base/text.h), tried on random code points and random bytes. */
#include "base/text.h"
#include "tests/tap.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { ROUNDS = 20000, SEED = 20260101, MAX_POINTS = 12 };

/* Mostly what people write, with enough of everything else. */
static int32_t random_point(struct prng *r)
{
	static const int32_t odd[] = {
		0x0D, 0x0A, 0x09, 0x200D, 0x200B, 0xFE0F, 0x202E, 0x308, 0x30A, 0x323, 0x301, 0xAD, 0x1F1E9, 0x1F468,
		0x1F3FD, 0x2764, 0x1100, 0x1161, 0x11A8, 0x600, 0xFB03, 0xFDFA, 0x2028, 0xE9, 0x212B,
	};
	static const char letters[] = "aaaaeeooouAAEO -'.";
	int32_t cp;
	switch (prng_below(r, 6)) {
	case 0:
		return letters[prng_below(r, sizeof letters - 1)];
	case 1:
		return (int32_t)(' ' + prng_below(r, 0x5F));
	case 2:
		return (int32_t)(0xC0 + prng_below(r, 0xC0));
	case 3:
		return odd[prng_below(r, sizeof odd / sizeof *odd)];
	case 4:
		return (int32_t)(0x250 + prng_below(r, 0x2E00));
	default:
		do
			cp = (int32_t)(1 + prng_below(r, 0x10FFFF));
		while (cp >= 0xD800 && cp < 0xE000);
		return cp;
	}
}

static void random_text(struct prng *r, struct buf *b)
{
	buf_reset(b);
	buf_adds(b, "");
	for (uint64_t n = prng_below(r, prng_below(r, 50) ? MAX_POINTS : 200); n > 0; n--) {
		unsigned char bytes[4];
		buf_add(b, bytes, (size_t)utf8proc_encode_char(random_point(r), bytes));
	}
}

/* Valid UTF-8 or not, but no NUL. */
static void random_bytes(struct prng *r, struct buf *b)
{
	random_text(r, b);
	for (size_t i = 0; i < b->n; i++)
		if (prng_below(r, 4) == 0)
			b->p[i] = (char)(1 + prng_below(r, 255));
}

static bool fold_is_idempotent(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	const char *once = text_fold(a, s);
	return strcmp(text_fold(a, once), once) == 0;
}

static bool fold_is_valid(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	const char *fold = text_fold(a, s);
	return text_valid(fold, strlen(fold)) && !strstr(fold, "aa") && !strstr(fold, "oe") && !strstr(fold, "  ");
}

/* A filter that is typed letter by letter never loses what it will find. */
static bool fold_grows(struct arena *a, const char *s, struct prng *r)
{
	size_t cut = prng_below(r, strlen(s) + 1);
	while (cut > 0 && ((unsigned char)s[cut] & 0xC0) == 0x80)
		cut--;
	const char *typed = text_fold(a, arena_strndup(a, s, cut));
	return strncmp(text_fold(a, s), typed, strlen(typed)) == 0;
}

static bool text_finds_itself(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	int rank = -1;
	const char *fold = text_fold(a, s);
	return text_fold_match(fold, fold, &rank) && rank == 0;
}

static bool clean_is_stable(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	const char *once = text_clean(a, s, strlen(s));
	size_t n = strlen(once);
	return text_valid(once, n) && strcmp(text_clean(a, once, n), once) == 0;
}

static bool same_key(struct arena *a, const char *x, const char *y)
{
	size_t nx, ny;
	const char *kx = text_sort_key(a, x, &nx), *ky = text_sort_key(a, y, &ny);
	return nx == ny && memcmp(kx, ky, nx) == 0;
}

static bool form_does_not_matter(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	char *nfc = (char *)utf8proc_NFC((const unsigned char *)s);
	char *nfd = (char *)utf8proc_NFD((const unsigned char *)s);
	bool same = nfc && nfd && same_key(a, nfc, nfd) && same_key(a, s, nfd) &&
		strcmp(text_fold(a, nfc), text_fold(a, nfd)) == 0 && strcmp(text_fold(a, s), text_fold(a, nfd)) == 0;
	free(nfc);
	free(nfd);
	return same;
}

/* Walking back visits the starts that walking forward does. */
static bool walks_agree(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	size_t starts[1000], count = 0, at = 0, n;
	int width, sum = 0;
	while ((n = text_grapheme(s + at, &width)) > 0) {
		starts[count++] = at;
		at += n;
		sum += width;
	}
	bool agree = at == strlen(s) && sum == text_width(s) && text_grapheme_back(s, 0) == 0;
	for (; agree && count > 0; at = starts[count]) {
		count--;
		agree = at - text_grapheme_back(s, at) == starts[count];
	}
	(void)a;
	return agree;
}

static bool fit_fits(struct arena *a, const char *s, struct prng *r)
{
	int cols = (int)prng_below(r, 12);
	const char *fit = text_fit(a, s, cols);
	size_t kept = strlen(fit);
	if (cols > 0 && text_width(s) <= cols)
		return strcmp(fit, s) == 0;
	if (cols > 0)
		kept -= strlen("…");
	return text_width(fit) <= cols && strncmp(fit, s, kept) == 0;
}

static bool title_is_stable(struct arena *a, const char *s, struct prng *r)
{
	(void)r;
	const char *once = text_title_case(a, s);
	return strcmp(text_title_case(a, once), once) == 0;
}

static const struct property {
	const char *name;
	bool (*holds)(struct arena *a, const char *s, struct prng *r);
} of_text[] = {
	{"folding twice changes nothing", fold_is_idempotent},
	{"what is folded is valid, and holds no aa, oe or two blanks", fold_is_valid},
	{"a beginning folds to a beginning", fold_grows},
	{"text finds itself as the whole field", text_finds_itself},
	{"cleaning gives valid text and cleaning twice changes nothing", clean_is_stable},
	{"composed or not, keys and folds are the same", form_does_not_matter},
	{"clusters forward and back are the same", walks_agree},
	{"what is fitted fits, and is all or a beginning", fit_fits},
	{"title case twice changes nothing", title_is_stable},
}, of_bytes[] = {
	{"any bytes: folding twice changes nothing", fold_is_idempotent},
	{"any bytes: clusters forward and back are the same", walks_agree},
	{"any bytes: what is fitted fits", fit_fits},
};

static void print_failure(const char *s, int round)
{
	struct buf hex = {0};
	for (; *s; s++)
		buf_addf(&hex, " %02x", (unsigned)(unsigned char)*s);
	diag("seed %d, round %d:%s", SEED, round, hex.p ? hex.p : "");
	buf_free(&hex);
}

static void test_property(const struct property *p, void (*make)(struct prng *r, struct buf *b))
{
	struct arena *a = arena_new();
	struct prng r = {SEED};
	struct buf b = {0};
	bool holds = true;
	for (int i = 0; i < ROUNDS && holds; i++) {
		make(&r, &b);
		arena_reset(a);
		holds = p->holds(a, b.p ? b.p : "", &r);
		if (!holds)
			print_failure(b.p, i);
	}
	ok(holds, "%s", p->name);
	buf_free(&b);
	arena_free(a);
}

static int sign(int x) { return (x > 0) - (x < 0); }

static int by_keys(struct arena *a, const char *x, const char *y)
{
	size_t nx, ny;
	const char *kx = text_sort_key(a, x, &nx), *ky = text_sort_key(a, y, &ny);
	int order = memcmp(kx, ky, nx < ny ? nx : ny);
	return sign(order ? order : (nx > ny) - (nx < ny));
}

/* Any two texts have one order, seen from both sides and by both ways; any three stand in a line. */
static void test_order(void)
{
	struct arena *a = arena_new();
	struct prng r = {SEED};
	struct buf b = {0};
	int bad = 0;
	for (int i = 0; i < ROUNDS && !bad; i++) {
		const char *s[3];
		arena_reset(a);
		for (int k = 0; k < 3; k++) {
			random_text(&r, &b);
			s[k] = arena_strdup(a, b.p);
		}
		int xy = sign(text_compare(s[0], s[1])), yz = sign(text_compare(s[1], s[2]));
		int xz = sign(text_compare(s[0], s[2]));
		bad += xy != -sign(text_compare(s[1], s[0])) || xy != by_keys(a, s[0], s[1]);
		bad += xy == yz && xz != xy;
		bad += text_compare(s[0], s[0]) != 0;
	}
	is_int(bad, 0, "order is total and the same by keys and by comparison (seed %d)", SEED);
	buf_free(&b);
	arena_free(a);
}

/* The bytes around a text must not be read: cut it where a sequence ends early. */
static void test_validity(void)
{
	struct prng r = {SEED};
	struct buf b = {0};
	int bad = 0;
	for (int i = 0; i < ROUNDS; i++) {
		random_text(&r, &b);
		bad += !text_valid(b.p, b.n);
		if (b.n == 0)
			continue;
		size_t cut = prng_below(&r, b.n);
		bool inside = ((unsigned char)b.p[cut] & 0xC0) == 0x80;
		bad += text_valid(b.p, cut) == inside;
	}
	is_int(bad, 0, "text is valid, and is not when cut inside a code point (seed %d)", SEED);
	buf_free(&b);
}

int main(void)
{
	for (size_t i = 0; i < sizeof of_text / sizeof *of_text; i++)
		test_property(&of_text[i], random_text);
	for (size_t i = 0; i < sizeof of_bytes / sizeof *of_bytes; i++)
		test_property(&of_bytes[i], random_bytes);
	test_order();
	test_validity();
	return done_testing();
}
