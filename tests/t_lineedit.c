/* tests/t_lineedit.c - typing one text: a table of keys and results, and random keys that must leave it whole. */
#include "tests/tap.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tui/lineedit.h"

/* Keys by name after a text; what is typed for the caret is | in the result. */
static void test_table(void)
{
	static const struct { const char *text, *keys, *result; } table[] = {
		{"", "S ø r", "Sør|"},
		{"Søren", "Left Left", "Sør|en"},
		{"Søren", "Home x", "x|Søren"},
		{"Søren", "Home Right Right Backspace", "S|ren"},
		{"Søren", "Home Right Delete", "S|ren"},
		{"Søren", "Ctrl-A Ctrl-E !", "Søren!|"},
		{"e\xCC\x81", "Backspace", "|"},
		{"ae\xCC\x81", "Left", "a|e\xCC\x81"},
		{"👨‍👩‍👧x", "Home Right", "👨‍👩‍👧|x"},
		{"en to tre", "Ctrl-W", "en to |"},
		{"en to tre", "Ctrl-W Ctrl-W", "en |"},
		{"en to tre", "Ctrl-Left Ctrl-Left", "en |to tre"},
		{"en to tre", "Home Ctrl-Right", "en |to tre"},
		{"en to tre", "Ctrl-Left Ctrl-U", "|tre"},
		{"en to tre", "Home Ctrl-Right Ctrl-K", "en |"},
		{"ab", "Left Space", "a |b"},
		{"", "Backspace Delete Left Right Home End Ctrl-W Ctrl-U Ctrl-K Ctrl-D", "|"},
		{"abc", "Ctrl-D Home Ctrl-D", "|bc"},
		{"a", "Ctrl-N b", "ab|"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct lineedit le = {0};
		char got[256];
		lineedit_set(&le, table[i].text);
		for (const char *s = table[i].keys; *s;)
			lineedit_key(&le, key_parse(s, &s));
		const char *text = lineedit_text(&le);
		snprintf(got, sizeof got, "%.*s|%s", (int)le.caret, text, text + le.caret);
		is_str(got, table[i].result, "'%s' and %s", table[i].text, table[i].keys);
		lineedit_free(&le);
	}
}

static void test_paste(void)
{
	struct lineedit le = {0};
	lineedit_paste(&le, "Søren\r\nÆrø\tQ\x07\x1B");
	is_str(lineedit_text(&le), "Søren Ærø Q", "a paste is one line of text without controls");
	is_int(lineedit_paste(&le, "\xFF"), LINEEDIT_IGNORED, "what isn't UTF-8 isn't taken");
	lineedit_free(&le);
	le = (struct lineedit){.lines = true};
	lineedit_paste(&le, "et\r\nto\n\ntre");
	is_str(lineedit_text(&le), "et\nto\n\ntre", "a text with lines keeps them");
	is_int(lineedit_rows(&le, 20), 4, "its rows");
	lineedit_key(&le, K_CTRL('N'));
	is_int(lineedit_rows(&le, 20), 5, "a last empty row");
	lineedit_free(&le);
	le = (struct lineedit){.max = 5};
	lineedit_paste(&le, "øøø");
	is_str(lineedit_text(&le), "øø", "what doesn't fit is cut at a whole letter");
	is_int(lineedit_key(&le, 0xF8), LINEEDIT_MOVED, "and a key that doesn't fit changes nothing");
	lineedit_free(&le);
}

static void test_drawing(void)
{
	struct arena *a = arena_new();
	struct canvas *cv = cv_new(3, 10);
	struct lineedit le = {0};
	lineedit_set(&le, "abcdefghijklmnop");
	lineedit_draw(&le, cv, (struct rect){0, 2, 1, 8}, ROLE_FIELD, true);
	is_str(cv_row(cv, a, 0), "  jklmnop", "scrolled to the caret");
	is_int(cv->cursor_col, 9, "the cursor is after the text");
	lineedit_key(&le, K_HOME);
	lineedit_draw(&le, cv, (struct rect){0, 2, 1, 8}, ROLE_FIELD, true);
	is_str(cv_row(cv, a, 0), "  abcdefg…", "and back");
	lineedit_free(&le);
	le = (struct lineedit){.lines = true};
	lineedit_set(&le, "en to\ntre fire\nfem");
	lineedit_draw(&le, cv, (struct rect){0, 0, 2, 10}, ROLE_FIELD, true);
	is_str(cv_row(cv, a, 0), "tre fire", "rows scroll to the caret");
	is_int(cv->cursor_row, 1, "which is in the last row");
	lineedit_free(&le);
	le = (struct lineedit){.hidden = true};
	lineedit_set(&le, "hemmeligt");
	lineedit_draw(&le, cv, (struct rect){2, 0, 1, 5}, ROLE_FIELD, true);
	is_str(cv_row(cv, a, 2), "****", "a passphrase is stars");
	lineedit_free(&le);
	cv_free(cv);
	arena_free(a);
}

static bool is_whole(const struct lineedit *le, size_t max)
{
	const char *s = lineedit_text(le);
	size_t at = 0, n = strlen(s);
	int width;
	if (n != le->b.n || n > max || !text_valid(s, n) || le->caret > n)
		return false;
	while (at < le->caret)
		at += text_grapheme(s + at, &width);
	return at == le->caret;
}

static int random_key(struct prng *r)
{
	static const int keys[] = {
		K_LEFT, K_RIGHT, K_HOME, K_END, K_CTRL_LEFT, K_CTRL_RIGHT, K_BACKSPACE, K_DELETE, K_CTRL('U'),
			K_CTRL('K'),
		K_CTRL('W'), K_CTRL('N'), ' ', 'a', 0xF8, 0x301, 0x1F468, 0x200D, 0x1F1E9, 0x754C, 0xFE0F, 0x0E33,
	};
	/* deleting lines often would keep the texts short */
	uint64_t i = prng_below(r, 60);
	return i < sizeof keys / sizeof *keys ? keys[i] : keys[12 + i % 10];
}

static void test_random(void)
{
	struct prng r = {7};
	bool whole = true;
	struct canvas *cv = cv_new(4, 30);
	for (int round = 0; round < 200 && whole; round++) {
		struct lineedit le = {.lines = round % 2, .max = 20 + prng_below(&r, 200)};
		size_t max = le.max;
		for (int i = 0; i < 200 && whole; i++) {
			int key = random_key(&r);
			lineedit_key(&le, key);
			if (i % 50 == 0)
				lineedit_paste(&le, "e\xCC\x81\n🇩🇰 x");
			struct rect field = {0, 0, 1 + (int)prng_below(&r, 4), 1 + (int)prng_below(&r, 30)};
			lineedit_draw(&le, cv, field, ROLE_FIELD, true);
			whole = is_whole(&le, max) && rect_has(field, cv->cursor_row, cv->cursor_col);
			if (!whole)
				diag("round %d, step %d, key %d, caret %zu of %zu, field %dx%d, cursor %d,%d", round,
					i, key,
					le.caret, le.b.n, field.rows, field.cols, cv->cursor_row, cv->cursor_col);
		}
		lineedit_free(&le);
	}
	cv_free(cv);
	ok(whole, "after random keys the text is valid, the caret between graphemes and the cursor in the field");
}

/* What is only proposed is replaced by what is typed, and kept by whoever edits it. */
static void test_proposal(void)
{
	static const struct { const char *keys, *result; } table[] = {
		{"6", "6"}, {"Space 6", " 6"}, {"6 7", "67"}, {"End 6", "uge 506"}, {"Backspace 1", "uge 51"}, {"Enter 6", "6"},
		{"Left 1", "uge 510"},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct lineedit le = {0};
		lineedit_set(&le, "uge 50");
		le.proposed = true;
		for (const char *s = table[i].keys; *s;)
			lineedit_key(&le, key_parse(s, &s));
		is_str(lineedit_text(&le), table[i].result, "proposed, then %s", table[i].keys);
		lineedit_free(&le);
	}
	struct lineedit le = {0};
	lineedit_set(&le, "uge 50");
	le.proposed = true;
	lineedit_paste(&le, "3/12");
	is_str(lineedit_text(&le), "3/12", "and by what is pasted");
	ok(!le.proposed, "which is no proposal");
	lineedit_free(&le);
}

int main(void)
{
	test_table();
	test_proposal();
	test_paste();
	test_drawing();
	test_random();
	return done_testing();
}
