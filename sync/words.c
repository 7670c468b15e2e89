/* sync/words.c - see words.h. Owns the list and the reading of what was typed; must not know what the words stand
 * for. */
#include "sync/words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/be.h"

static const char *const words[] = {
#define WORD(text) text,
#include "sync/words.def"
};
static_assert(sizeof words / sizeof *words == WORDS, "ten bits a word");
static_assert(RING_WORDS * (WORDS_LONGEST + 1) <= RING_WORDS_TEXT, "room for the longest");

enum { START = 4, WORD_BITS = 10 };

const char *words_at(unsigned i)
{
	assert(i < WORDS);
	return words[i];
}

void words_format(const uint16_t at[RING_WORDS], char out[RING_WORDS_TEXT])
{
	int n = 0;
	for (int i = 0; i < RING_WORDS; i++)
		n += snprintf(out + n, (size_t)(RING_WORDS_TEXT - n), "%s%s", i ? " " : "", words_at(at[i]));
	assert(n > 0 && n < RING_WORDS_TEXT);
}

void ring_words(const uint8_t *hash, char out[RING_WORDS_TEXT])
{
	uint64_t bits = be_get(hash, 8);
	uint16_t at[RING_WORDS];
	for (int i = 0; i < RING_WORDS; i++)
		at[i] = (uint16_t)(bits >> (64 - WORD_BITS * (i + 1)) & (WORDS - 1));
	words_format(at, out);
}

/* The word that is meant, folded as the list is; WORDS: none. */
static unsigned find(char *const *list, const char *typed)
{
	size_t n = strlen(typed);
	unsigned found = WORDS;
	for (unsigned i = 0; i < WORDS; i++) {
		if (strcmp(list[i], typed) == 0)
			return i;
		if (n >= START && strncmp(list[i], typed, n) == 0)
			found = i;
	}
	return found;
}

static int unknown_word(char *const *list, int no, const char *typed, struct err *e)
{
	int best = 3;
	unsigned near = WORDS;
	for (unsigned i = 0; i < WORDS; i++) {
		int slips = text_slips(list[i], typed, best);
		if (slips < best) {
			best = slips;
			near = i;
		}
	}
	if (near < WORDS)
		return err_set(e, ERR_KEY, _("word %d, \"%s\", isn't in the list of words. Was it \"%s\"?"), no, typed,
			words[near]);
	return err_set(e, ERR_KEY, _("word %d, \"%s\", isn't in the list of words. Ask for it again"), no, typed);
}

static int read_words(char *const *list, char *typed, uint16_t at[RING_WORDS], struct err *e)
{
	int n = 0;
	for (char *next; *typed; typed = next, n++) {
		size_t end = strcspn(typed, " ");
		next = typed + end + (typed[end] == ' ');
		typed[end] = '\0';
		unsigned i = n < RING_WORDS ? find(list, typed) : 0;
		if (i == WORDS)
			return unknown_word(list, n + 1, typed, e);
		if (n < RING_WORDS)
			at[n] = (uint16_t)i;
	}
	return n == RING_WORDS ? OK : err_set(e, ERR_KEY, _("there are six words to type, and these are %d"), n);
}

int words_read(const char *text, uint16_t at[RING_WORDS], struct err *e)
{
	struct arena *a = arena_new();
	char **list = arena_alloc(a, WORDS * sizeof *list);
	for (unsigned i = 0; i < WORDS; i++)
		list[i] = text_fold(a, words[i]);
	int rc = read_words(list, text_fold(a, text), at, e);
	arena_free(a);
	return rc;
}
