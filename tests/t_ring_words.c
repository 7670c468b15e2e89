/* tests/t_ring_words.c - the words that are read out on the phone (sync/words.h): none can be taken for another. */
#include "sync/words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tests/tap.h"

static struct arena *a;
static char *folded[WORDS];

static size_t letters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

static void test_list(void)
{
	size_t length = 0, form = 0, close = 0, starts = 0, bytes = 0;
	for (unsigned i = 0; i < WORDS; i++) {
		const char *w = words_at(i);
		folded[i] = text_fold(a, w);
		length += letters(w) < 3 || letters(w) > 8;
		bytes += strlen(w) > WORDS_LONGEST;
		form += strspn(w, "abcdefghijklmnopqrstuvwxyz\xC3\xA6\xB8\xA5") != strlen(w);
	}
	is_int((intmax_t)length, 0, "words have 3 to 8 letters");
	is_int((intmax_t)bytes, 0, "and few enough bytes");
	is_int((intmax_t)form, 0, "small Danish letters only");
	for (unsigned i = 0; i < WORDS; i++)
		for (unsigned k = 0; k < i; k++) {
			if (text_slips(folded[i], folded[k], 1) < 2 && ++close)
				diag("%s %s", words_at(k), words_at(i));
			if (strncmp(folded[i], folded[k], 4) == 0 && ++starts)
				diag("%s %s", words_at(k), words_at(i));
		}
	is_int((intmax_t)close, 0, "no two are one slip apart, with or without æøå");
	is_int((intmax_t)starts, 0, "four letters tell any two apart");
	is_str(words_at(0), "aborre", "the first is what it was");
	is_str(words_at(WORDS - 1), "årti", "and the last");
}

static bool reads_as(const char *text, const uint16_t want[RING_WORDS])
{
	uint16_t at[RING_WORDS] = {0};
	struct err e = {0};
	bool same = words_read(text, at, &e) == OK && memcmp(at, want, sizeof at) == 0;
	if (!same)
		diag("%s: %s", text, e.text);
	return same;
}

static uint16_t index_of(const char *word)
{
	for (uint16_t i = 0; i < WORDS; i++)
		if (strcmp(words_at(i), word) == 0)
			return i;
	diag("%s isn't in the list", word);
	return WORDS;
}

static void test_lenient(void)
{
	const uint16_t want[RING_WORDS] = {index_of("æble"), index_of("ørred"), index_of("bælte"), index_of("hus"),
		index_of("åkande"), index_of("pølse")};
	ok(reads_as("æble ørre bælt hus åkande pølse", want), "as they are");
	ok(reads_as("  ÆBLE Ørred\tbælte, hus - Åkande; pølse.\n", want),
		"capitals, blanks and punctuation don't matter");
	ok(reads_as("aeble oerred baelte hus aakande poelse", want), "ae, oe and aa for æ, ø and å");
	ok(reads_as("aeble orred baelte hus akande polse", want), "o and a for ø and å");
	ok(reads_as("aebl ørre bælt hus åkan pøls", want), "four letters of each are enough");
	ok(reads_as("æble ørred bælte hus a\xCC\x8Akande pølse", want), "a letter and its ring as two");
}

static void test_random(void)
{
	struct prng r = {20251201};
	bool same = true, fits = true;
	for (int i = 0; i < 300; i++) {
		uint16_t at[RING_WORDS];
		char text[RING_WORDS_TEXT];
		for (int k = 0; k < RING_WORDS; k++)
			at[k] = (uint16_t)prng_below(&r, WORDS);
		words_format(at, text);
		fits = fits && strlen(text) < sizeof text;
		same = same && reads_as(text, at);
	}
	ok(fits && same, "any six words come back");
}

static void refuses(const char *text, const char *sentence)
{
	uint16_t at[RING_WORDS];
	struct err e = {0};
	int rc = words_read(text, at, &e);
	ok(rc == ERR_KEY && strstr(e.text, sentence), "\"%s\" is refused: %s", text, e.text);
}

static void test_refused(void)
{
	refuses("", "0");
	refuses("æble ørre bælt hus åkande", "5");
	refuses("æble ørre bælt hus åkande pølse gryde", "7");
	refuses("æble ørred bærlte hus åkande pølse", "\"bælte\"");
	refuses("æble ørred bælte hus åk pølse", "word 5");
	refuses("æble ørred xyzzyx hus åkande pølse", "word 3, \"xyzzyx\"");
}

static void test_fingerprint(void)
{
	uint8_t hash[32] = {0};
	char text[RING_WORDS_TEXT], want[RING_WORDS_TEXT];
	ring_words(hash, text);
	is_str(text, "aborre aborre aborre aborre aborre aborre", "sixty noughts");
	memset(hash, 0xFF, sizeof hash);
	ring_words(hash, text);
	is_str(text, "årti årti årti årti årti årti", "sixty ones");
	memcpy(hash, (uint8_t[]){0x00, 0x40, 0x20, 0x0C, 0x04, 0x01, 0x40, 0x60}, 8);
	ring_words(hash, text);
	snprintf(want, sizeof want, "%s %s %s %s %s %s", words_at(1), words_at(2), words_at(3), words_at(4),
		words_at(5), words_at(6));
	is_str(text, want, "ten bits a word, the first first");
}

int main(void)
{
	a = arena_new();
	test_list();
	test_lenient();
	test_random();
	test_refused();
	test_fingerprint();
	arena_free(a);
	return done_testing();
}
