/* tui/lineedit.c - see lineedit.h. Owns one text and its caret; must not know what the text means or where it
 * goes. */
#include "tui/lineedit.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

enum { MAX_BYTES = 4000, KEY_NEWLINE = K_CTRL('N') };

/* A realloc would leave copies of a passphrase behind, so a hidden text has all its room at once, and none to grow
 * into. */
static bool has_room(struct lineedit *le, size_t more)
{
	size_t max = le->max ? le->max : MAX_BYTES;
	if (le->b.n + more > max)
		return false;
	return buf_reserve(&le->b, le->hidden ? max - le->b.n : more);
}

void lineedit_free(struct lineedit *le)
{
	if (le->hidden && le->b.p)
		explicit_bzero(le->b.p, le->b.cap);
	buf_free(&le->b);
	le->caret = 0;
}

const char *lineedit_text(const struct lineedit *le)
{
	return le->b.p ? le->b.p : "";
}

static void splice(struct lineedit *le, size_t at, size_t gone, const char *s, size_t n)
{
	struct buf *b = &le->b;
	assert(at + gone <= b->n);
	memmove(b->p + at + n, b->p + at + gone, b->n - at - gone);
	if (n)
		memcpy(b->p + at, s, n);
	b->n = b->n - gone + n;
	b->p[b->n] = '\0';
}

/* A mark typed after its letter joins it, and then the caret must not stand between the two. */
static void settle(struct lineedit *le)
{
	const char *s = lineedit_text(le);
	size_t at = 0, n;
	int width;
	while (at < le->caret && (n = text_grapheme(s + at, &width)) > 0)
		at += n;
	le->caret = at;
}

static bool insert(struct lineedit *le, const char *s, size_t n)
{
	if (n == 0 || !has_room(le, n))
		return false;
	splice(le, le->caret, 0, s, n);
	le->caret += n;
	return true;
}

static bool is_control(const char *s)
{
	unsigned char c = (unsigned char)s[0];
	return c < 0x20 || c == 0x7F || (c == 0xC2 && (unsigned char)s[1] < 0xA0);
}

/* One code point of a paste at a time: line breaks and tabs become what the editor may hold, other controls go. */
static size_t paste_point(struct lineedit *le, const char *s, bool *changed)
{
	size_t n = 1;
	while (((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	bool line_break = *s == '\n' || *s == '\r';
	const char *text = s;
	if (line_break || *s == '\t')
		text = line_break && le->lines ? "\n" : " ";
	else if (is_control(s))
		return n;
	if (!insert(le, text, text == s ? n : 1))
		return 0;
	*changed = true;
	return *s == '\r' && s[1] == '\n' ? 2 : n;
}

/* Nobody edits a proposal by typing behind it. */
static void drop_proposal(struct lineedit *le)
{
	if (le->proposed)
		lineedit_set(le, "");
}

enum lineedit_did lineedit_paste(struct lineedit *le, const char *text)
{
	bool changed = false;
	size_t n;
	if (!text_valid(text, strlen(text)))
		return LINEEDIT_IGNORED;
	if (*text)
		drop_proposal(le);
	while (*text && (n = paste_point(le, text, &changed)) > 0)
		text += n;
	settle(le);
	return changed ? LINEEDIT_CHANGED : LINEEDIT_IGNORED;
}

void lineedit_set(struct lineedit *le, const char *text)
{
	if (le->hidden && le->b.p)
		explicit_bzero(le->b.p, le->b.n);
	buf_reset(&le->b);
	le->caret = 0;
	le->proposed = false;
	lineedit_paste(le, text);
}

/* ---- moving -------------------------------------------------------------------------------------------- */
static size_t back(const struct lineedit *le)
{
	return le->caret - text_grapheme_back(lineedit_text(le), le->caret);
}

static size_t forward(const struct lineedit *le)
{
	int width;
	return le->caret + text_grapheme(lineedit_text(le) + le->caret, &width);
}

static size_t word_back(const struct lineedit *le)
{
	const char *s = lineedit_text(le);
	size_t at = le->caret;
	while (at > 0 && strchr(" \n", s[at - 1]))
		at--;
	while (at > 0 && !strchr(" \n", s[at - 1]))
		at--;
	return at;
}

static size_t word_forward(const struct lineedit *le)
{
	const char *s = lineedit_text(le);
	size_t at = le->caret + strcspn(s + le->caret, " \n");
	return at + strspn(s + at, " \n");
}

static enum lineedit_did move_to(struct lineedit *le, size_t at)
{
	le->caret = at;
	settle(le);
	return LINEEDIT_MOVED;
}

static enum lineedit_did cut(struct lineedit *le, size_t from, size_t to)
{
	if (from == to)
		return LINEEDIT_MOVED;
	splice(le, from, to - from, "", 0);
	le->caret = from;
	settle(le);
	return LINEEDIT_CHANGED;
}

static enum lineedit_did type(struct lineedit *le, int key)
{
	char name[KEY_NAME];
	if (key == KEY_NEWLINE && !le->lines)
		return LINEEDIT_IGNORED;
	drop_proposal(le);
	const char *s = key == KEY_NEWLINE ? "\n" : key == K_SPACE ? " " : key_to_name(name, key);
	bool changed = insert(le, s, strlen(s));
	settle(le);
	return changed ? LINEEDIT_CHANGED : LINEEDIT_MOVED;
}

static enum lineedit_did edit(struct lineedit *le, int key)
{
	switch (key) {
	case K_LEFT: return move_to(le, back(le));
	case K_RIGHT: return move_to(le, forward(le));
	case K_CTRL_LEFT: return move_to(le, word_back(le));
	case K_CTRL_RIGHT: return move_to(le, word_forward(le));
	case K_HOME: case K_CTRL('A'): return move_to(le, 0);
	case K_END: case K_CTRL('E'): return move_to(le, le->b.n);
	case K_BACKSPACE: return cut(le, back(le), le->caret);
	case K_DELETE: case K_CTRL('D'): return cut(le, le->caret, forward(le));
	case K_CTRL('U'): return cut(le, 0, le->caret);
	case K_CTRL('K'): return cut(le, le->caret, le->b.n);
	case K_CTRL('W'): return cut(le, word_back(le), le->caret);
	case KEY_NEWLINE: return type(le, key);
	default: return key_is_text(key) ? type(le, key) : LINEEDIT_IGNORED;
	}
}

enum lineedit_did lineedit_key(struct lineedit *le, int key)
{
	enum lineedit_did did = edit(le, key);
	le->proposed = le->proposed && did == LINEEDIT_IGNORED;
	return did;
}

/* ---- drawing ------------------------------------------------------------------------------------------- */
/* Columns up to the caret, from `from`. */
static int columns(const char *s, size_t from, size_t to)
{
	int total = 0, width;
	for (size_t n; from < to && (n = text_grapheme(s + from, &width)) > 0; from += n)
		total += width;
	return total;
}

/* In a field narrower than one wide grapheme the caret has no column of its own. */
static void put_cursor(struct canvas *cv, struct rect r, int row, int col)
{
	cv_cursor(cv, r.row + row, r.col + (col < r.cols ? col : r.cols - 1));
}

static void draw_stars(const struct lineedit *le, struct canvas *cv, struct rect r, unsigned role, bool focused)
{
	int n = columns(lineedit_text(le), 0, le->b.n), shown = n < r.cols ? n : r.cols - 1;
	cv_cell(cv, r.row, r.col, r.cols, role, "");
	cv_fill(cv, (struct rect){r.row, r.col, 1, shown}, role, "*");
	if (focused)
		put_cursor(cv, r, 0, shown);
}

static void draw_line(const struct lineedit *le, struct canvas *cv, struct rect r, unsigned role, bool focused)
{
	const char *s = lineedit_text(le);
	size_t start = 0;
	int width, before = columns(s, 0, le->caret);
	/* the caret needs a column of its own after the text */
	for (; focused && before >= r.cols && start < le->caret; before -= width)
		start += text_grapheme(s + start, &width);
	cv_cell(cv, r.row, r.col, r.cols, role, s + start);
	if (focused && le->proposed)
		cv_text(cv, r.row, r.col, r.cols, role | ROLE_SELECTED, s + start);
	if (focused)
		put_cursor(cv, r, 0, before);
}

/* One row of a text with lines; starts with row -1. */
struct span { size_t start, end, next; int row; };

static bool next_span(const char *s, size_t len, int cols, struct span *at)
{
	bool more = at->row < 0 || at->next < len || (at->next == len && at->next > at->end && s[at->next - 1] == '\n');
	if (!more)
		return false;
	at->start = at->row < 0 ? 0 : at->next;
	size_t next;
	at->end = at->start + cv_line(s + at->start, cols, &next);
	at->next = at->start + next;
	at->row++;
	return true;
}

/* The row that the caret is on. */
static struct span caret_span(const struct lineedit *le, int cols)
{
	struct span at = {.row = -1}, found = {0};
	while (next_span(lineedit_text(le), le->b.n, cols, &at) && at.start <= le->caret)
		found = at;
	return found;
}

int lineedit_rows(const struct lineedit *le, int cols)
{
	struct span at = {.row = -1};
	if (!le->lines || le->hidden || cols < 2)
		return 1;
	while (next_span(lineedit_text(le), le->b.n, cols - 1, &at))
		;
	return at.row + 1;
}

static void draw_lines(const struct lineedit *le, struct canvas *cv, struct rect r, unsigned role, bool focused)
{
	const char *s = lineedit_text(le);
	struct span caret = caret_span(le, r.cols - 1), at = {.row = -1};
	int first = focused && caret.row >= r.rows ? caret.row - r.rows + 1 : 0;
	cv_fill(cv, r, role, " ");
	while (next_span(s, le->b.n, r.cols - 1, &at) && at.row < first + r.rows)
		if (at.row >= first)
			cv_span(cv, r.row + at.row - first, r.col, r.cols, role, s + at.start, at.end - at.start);
	if (focused)
		put_cursor(cv, r, caret.row - first, columns(s, caret.start, le->caret));
}

void lineedit_draw(const struct lineedit *le, struct canvas *cv, struct rect r, unsigned role, bool focused)
{
	if (r.rows < 1 || r.cols < 1)
		return;
	if (le->hidden)
		draw_stars(le, cv, r, role, focused);
	else if (le->lines && r.rows > 1 && r.cols > 1)
		draw_lines(le, cv, r, role, focused);
	else
		draw_line(le, cv, r, role, focused);
}
