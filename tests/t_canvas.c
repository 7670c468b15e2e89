/* tests/t_canvas.c - the picture: clipping, wide and combining graphemes, wrapping, rectangles, and what dumps
 * say. */
#include "tests/tap.h"

#include <string.h>

#include "base/text.h"
#include "tui/canvas.h"

static struct arena *arena;

static const char *row(const struct canvas *cv, int r)
{
	return cv_row(cv, arena, r);
}

static void test_text(void)
{
	static const struct { const char *text; int width; const char *shown; int used; } table[] = {
		{"Søren Ærø", 20, "Søren Ærø", 9},
		{"Søren Ærø", 9, "Søren Ærø", 9},
		{"Søren Ærø", 8, "Søren Æ…", 8},
		{"Søren", 1, "…", 1},
		{"Søren", 0, "", 0},
		{"", 5, "", 0},
		{"e\xCC\x81ne", 3, "e\xCC\x81ne", 3},
		{"e\xCC\x81nee", 3, "e\xCC\x81n…", 3},
		{"界界", 4, "界界", 4},
		{"界界", 3, "界…", 3},
		{"a界", 2, "a…", 2},
		{"a\tb\nc", 9, "a b c", 5},
		{"\x1B[31m", 9, " [31m", 5},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct canvas *cv = cv_new(1, 30);
		is_int(cv_text(cv, 0, 0, table[i].width, ROLE_DEFAULT, table[i].text), table[i].used,
			"columns, case %zu", i);
		is_str(row(cv, 0), table[i].shown, "text, case %zu", i);
		cv_free(cv);
	}
}

static void test_placing(void)
{
	struct canvas *cv = cv_new(3, 10);
	cv_cell(cv, 0, 2, 5, ROLE_FIELD, "ab");
	cv_text(cv, 0, 7, 3, ROLE_DEFAULT, "xyz");
	is_str(row(cv, 0), "  ab   xyz", "a cell is padded");
	cv_right(cv, 1, 0, 10, ROLE_DEFAULT, "12");
	is_str(row(cv, 1), "        12", "right-aligned");
	cv_right(cv, 1, 0, 4, ROLE_DEFAULT, "123456");
	is_str(row(cv, 1), "123…    12", "right-aligned and too long");
	cv_printf(cv, 2, -2, 10, ROLE_DEFAULT, "%d-%s", 7, "abc");
	is_str(row(cv, 2), "abc", "what lies left of the edge is dropped");
	cv_text(cv, -1, 0, 5, ROLE_DEFAULT, "no");
	cv_text(cv, 3, 0, 5, ROLE_DEFAULT, "no");
	cv_text(cv, 2, 8, 5, ROLE_DEFAULT, "wxyz");
	is_str(row(cv, 2), "abc     wx", "what lies outside is dropped");
	cv_span(cv, 2, 0, 8, ROLE_DEFAULT, "hello world", 5);
	is_str(row(cv, 2), "hello   wx", "only the first bytes");
	cv_free(cv);
}

static void test_wide(void)
{
	struct canvas *cv = cv_new(1, 6);
	cv_text(cv, 0, 0, 6, ROLE_DEFAULT, "界界界");
	cv_text(cv, 0, 1, 1, ROLE_DEFAULT, "x");
	is_str(row(cv, 0), " x界界", "half of a wide grapheme becomes a blank when the other half goes");
	cv_text(cv, 0, 4, 1, ROLE_DEFAULT, "y");
	is_str(row(cv, 0), " x界y", "and when the first half goes");
	cv_clear(cv);
	cv_text(cv, 0, 5, 4, ROLE_DEFAULT, "界");
	is_str(row(cv, 0), "", "a wide grapheme that sticks out is a blank");
	cv_free(cv);
}

static void test_clip(void)
{
	struct canvas *cv = cv_new(4, 12);
	struct rect before = cv_clip(cv, (struct rect){1, 2, 2, 5});
	cv_text(cv, 1, 0, 12, ROLE_DEFAULT, "abcdefghijkl");
	cv_text(cv, 3, 2, 5, ROLE_DEFAULT, "no");
	is_str(row(cv, 1), "  cdefg", "drawing stays in the clip");
	is_str(row(cv, 3), "", "and in its rows");
	cv_clip(cv, before);
	cv_fill(cv, (struct rect){2, 10, 9, 9}, ROLE_DEFAULT, "#");
	is_str(row(cv, 3), "          ##", "a fill is cut at the edge");
	cv_cursor(cv, 99, -5);
	ok(cv->cursor_row == 3 && cv->cursor_col == 0, "the cursor is kept inside");
	cv_free(cv);
}

static void test_wrap(void)
{
	static const struct { const char *text; int cols, rows; const char *shown[4]; } table[] = {
		{"en to tre", 20, 1, {"en to tre"}},
		{"en to tre", 5, 2, {"en to", "tre"}},
		{"en to tre", 4, 3, {"en", "to", "tre"}},
		{"abcdefghij", 4, 3, {"abcd", "efgh", "ij"}},
		{"to\n\nlinjer", 9, 3, {"to", "", "linjer"}},
		{"界界界", 3, 3, {"界", "界", "界"}},
		{"", 5, 0, {""}},
		{"Bo 20 83 87 97", 13, 2, {"Bo", "20 83 87 97"}},
		{"20 83 87 97", 7, 2, {"20 83", "87 97"}},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct canvas *cv = cv_new(4, 20);
		struct rect r = {0, 0, 4, table[i].cols};
		is_int(cv_wrap(NULL, r, ROLE_DEFAULT, table[i].text), table[i].rows, "rows counted, case %zu", i);
		is_int(cv_wrap(cv, r, ROLE_DEFAULT, table[i].text), table[i].rows, "rows drawn, case %zu", i);
		for (int k = 0; k < table[i].rows; k++)
			is_str(row(cv, k), table[i].shown[k], "line %d, case %zu", k, i);
		cv_free(cv);
	}
	is_int(cv_wrap(NULL, (struct rect){0, 0, 2, 3}, ROLE_DEFAULT, "a b c d e f g h"), 2,
		"no more rows than there are");
}

static void test_rects(void)
{
	struct rect r = {0, 0, 24, 80};
	struct rect top = rect_cut_top(&r, 1), bottom = rect_cut_bottom(&r, 2), left = rect_cut_left(&r, 30);
	ok(top.rows == 1 && top.cols == 80, "cut from the top");
	ok(bottom.row == 22 && bottom.rows == 2, "cut from the bottom");
	ok(left.row == 1 && left.rows == 21 && left.cols == 30 && r.col == 30 && r.cols == 50, "cut from the left");
	struct rect all = rect_cut_right(&r, 999);
	ok(all.cols == 50 && r.cols == 0, "never more than there is");
	ok(rect_cut_top(&r, -3).rows == 0 && r.rows == 21, "never less than nothing");
	struct rect middle = rect_center((struct rect){0, 0, 24, 80}, 4, 100);
	ok(middle.row == 10 && middle.rows == 4 && middle.cols == 80, "the middle, at most as large");
	ok(rect_meet((struct rect){0, 0, 2, 2}, (struct rect){5, 5, 2, 2}).rows == 0,
		"apart, nothing is covered by both");
}

static void test_roles(void)
{
	struct canvas *cv = cv_new(2, 4);
	struct buf b = {0};
	cv_text(cv, 0, 0, 2, ROLE_GAP, "ab");
	cv_select(cv, (struct rect){0, 1, 1, 2});
	cv_cursor(cv, 1, 3);
	cv_dump(cv, true, &b);
	is_str(b.p, "cursor 1,3\nab\n\nroles\ngG#\n\n", "a dump tells text, roles, selection and cursor");
	buf_free(&b);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		for (unsigned other = 0; other < role; other++)
			if (theme_letter(role) == theme_letter(other))
				ok(false, "roles %u and %u have one letter", role, other);
	ok(theme_look(SCHEME_MONO, ROLE_STOP).colour == -1, "no colour without colours");
	ok(theme_look(SCHEME_MONO, ROLE_DEFAULT | ROLE_SELECTED).attrs & LOOK_REVERSE, "the selected row is reversed");
	ok(theme_scheme("1", 256, false) == SCHEME_MONO, "NO_COLOR is heard");
	ok(theme_scheme("", 256, false) == SCHEME_COLOUR, "an empty NO_COLOR isn't");
	ok(theme_scheme(NULL, 2, false) == SCHEME_MONO, "few colours are none");
	cv_free(cv);
}

static void test_ascii(void)
{
	struct canvas *cv = cv_new(2, 20);
	cv->ascii = true;
	cv_rule(cv, 0, 0, 20, ROLE_TITLE, "Ærø · å");
	is_str(row(cv, 0), "-- Ærø . å ---------", "our glyphs become ASCII, letters stay");
	cv_text(cv, 1, 0, 6, ROLE_DEFAULT, "Magnussen");
	is_str(row(cv, 1), "Magnu~", "a cut is still seen");
	cv_free(cv);
}

static void test_targets(void)
{
	struct canvas *cv = cv_new(5, 20);
	for (int i = 0; i < 100; i++)
		cv_target(cv, (struct rect){i % 5, 0, 1, 10}, TARGET_ROW, i);
	ok(cv_target_at(cv, 2, 3)->arg == 97, "the last drawn is hit");
	ok(cv_target_at(cv, 2, 12) == NULL, "nothing is hit beside it");
	cv_free(cv);
}

/* Columns of a row, as a terminal would count them. */
static bool is_whole(const struct canvas *cv)
{
	for (int r = 0; r < cv->rows; r++)
		for (int c = 0; c < cv->cols; c++) {
			const struct cell *cell = &cv->cells[r * cv->cols + c];
			bool half = c > 0 && cell[-1].width == 2;
			if (half != (cell->width == 0) || !text_valid(cell->g, strlen(cell->g)))
				return false;
			if (cell->width == 2 && c + 1 == cv->cols)
				return false;
		}
	return true;
}

static void test_random(void)
{
	static const char *const pieces[] = {"a", "ø", "界", "e\xCC\x81", "…", " ", "👨‍👩‍👧", "🇩🇰", "\xCC\x81", "\n"};
	struct prng r = {20251201};
	bool whole = true;
	for (int round = 0; round < 300 && whole; round++) {
		struct canvas *cv = cv_new((int)prng_below(&r, 8), (int)prng_below(&r, 20));
		for (int i = 0; i < 30; i++) {
			char text[256] = "";
			for (uint64_t n = prng_below(&r, 12); n > 0; n--)
				strncat(text, pieces[prng_below(&r, sizeof pieces / sizeof *pieces)],
					sizeof text - strlen(text) - 1);
			int at = (int)prng_below(&r, 10) - 2, col = (int)prng_below(&r, 24) - 3,
				width = (int)prng_below(&r, 24) - 2;
			if (text_valid(text, strlen(text)))
				cv_text(cv, at, col, width, ROLE_DEFAULT, text);
			cv_wrap(cv, (struct rect){at, col, 3, width}, ROLE_HINT, "en længere tekst 界");
			cv_clip(cv, (struct rect){(int)prng_below(&r, 4), (int)prng_below(&r, 6), 3,
				(int)prng_below(&r, 12)});
		}
		whole = is_whole(cv);
		cv_free(cv);
	}
	ok(whole, "random drawing at random places leaves every grapheme whole");
}

int main(void)
{
	arena = arena_new();
	test_text();
	test_placing();
	test_wide();
	test_clip();
	test_wrap();
	test_rects();
	test_roles();
	test_ascii();
	test_targets();
	test_random();
	arena_free(arena);
	return done_testing();
}
