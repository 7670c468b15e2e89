/* tui/detail.c - see detail.h. Must not know what any list is of. */
#include "tui/detail.h"

#include "base/text.h"
#include "tui/shifts_priv.h"

enum { WIDE = 100, STRIP_ROWS = 5, STRIP_FROM = 14, GAP = 2 };

bool detail_cut(struct canvas *cv, struct rect *body, const char *title, struct rect *detail, bool *beside)
{
	*beside = body->cols >= WIDE;
	if (*beside) {
		*detail = rect_cut_right(body, body->cols * 2 / 5);
		draw_divider(cv, detail);
		rect_cut_right(body, 1);
		struct rect line = rect_cut_top(detail, 1);
		cv_text(cv, line.row, line.col, line.cols, ROLE_TITLE, title);
		return true;
	}
	if (body->rows < STRIP_FROM)
		return false;
	*detail = rect_cut_bottom(body, STRIP_ROWS + 1);
	struct rect line = rect_cut_top(detail, 1);
	cv_rule(cv, line.row, line.col, line.cols, ROLE_TITLE, title);
	rect_cut_left(detail, GAP);
	return true;
}

void detail_fact(struct canvas *cv, struct rect *r, int label_cols, enum role role, const char *label, const char *value)
{
	struct rect at = {r->row, r->col + label_cols, r->rows, r->cols - label_cols};
	if (!*value || r->rows <= 0)
		return;
	cv_text(cv, r->row, r->col, label_cols - 1, ROLE_DIM, label);
	int used = cv_wrap(cv, at, role, value);
	rect_cut_top(r, used > 0 ? used : 1);
}

void detail_modes(struct canvas *cv, struct rect *body, const struct detail_mode *modes, size_t n, size_t shown,
	struct arena *a)
{
	struct rect line = rect_cut_top(body, 1);
	int col = GAP;
	for (size_t i = 0; i < n; i++) {
		const struct detail_mode *m = &modes[i];
		const char *text = arena_printf(a, i == shown ? "[%s %zu]" : "%s %zu", m->label, m->n);
		int width = 2 + text_width(text);
		if (col > GAP && col + width > line.cols) {
			line = rect_cut_top(body, 1);
			col = GAP;
		}
		cv_printf(cv, line.row, line.col + col, 1, ROLE_KEY, "%c", m->key);
		cv_text(cv, line.row, line.col + col + 2, line.cols - col - 2, i == shown ? ROLE_TITLE : m->role, text);
		col += width + GAP;
	}
	rect_cut_top(body, 1);
}
