/* tui/screen_attend.c - the sheet of a day: who was there, one key a person, or the line that a paper sheet is keyed in
 * as.
 *
 * Owns the cursor that goes on by itself, and the line being typed with what it would come to. Who has which number,
 * what a line means and what else changes with it is roster/attendance.h's. */
#include "tui/attend_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "tui/words.h"

static const struct screen_ops ops;

static struct attend_day *data_of(const struct screen *s)
{
	return s->data;
}

const struct attend_row *attend_selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? &data_of(s)->rows[row] : NULL;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */
enum { COL_NUMBER, COL_NAME, COL_STATE, COL_PLANNED, COL_TOLD, COL_APPROVED };
static const struct list_col cols[] = {
	[COL_NUMBER] = {"number", N_("No."), 3, 3, 0, true, false},
	[COL_NAME] = {"name", N_("Name"), 18, 28, 2, false, false},
	[COL_STATE] = {"state", N_("State"), 12, 16, 0, false, false},
	[COL_PLANNED] = {"planned", N_("Planned"), 8, 8, 0, true, false},
	[COL_TOLD] = {"told", N_("Told"), 6, 6, 0, true, false},
	[COL_APPROVED] = {"approved", N_("Approved"), 10, 10, 0, false, false},
};

static const struct attend_row *row_at(const void *ctx, size_t row)
{
	return &((const struct attend_day *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->who->seat.assignment;
}

static const char *hours_text(struct arena *a, int minutes)
{
	return minutes < 0 ? "" : arena_printf(a, "%d:%02d", minutes / 60, minutes % 60);
}

/* What the line that is being typed says of the row; NULL: nothing. */
static const struct attend_mark *typed_mark(const struct attend_day *d, const struct attend_row *r)
{
	const struct attend_line *l = &d->line;
	if (!l->open || l->wrong || !id_equal(l->shift, r->sheet->shift.row.shift))
		return NULL;
	const struct attend_mark *m = &l->plan.marks[r->who->number - 1];
	return m->set ? m : NULL;
}

static const char *attendance_name(int attendance)
{
	const struct choice *c = schema_choice(SET_ATTENDANCE, attendance);
	return c ? _(c->label) : _("not recorded");
}

static const char *state_text(const struct attend_day *d, const struct attend_row *r, struct arena *a)
{
	const struct attend_mark *m = typed_mark(d, r);
	if (m)
		return arena_printf(a, "→ %s", attendance_name(m->attendance));
	if (r->who->seat.attendance)
		return attendance_name(r->who->seat.attendance);
	return seat_says(&r->who->seat) ? seat_state(&r->who->seat) : "–";
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct attend_day *d = ctx;
	const struct attend_row *r = row_at(ctx, row);
	const struct attend_mark *m = typed_mark(d, r);
	switch (col) {
	case COL_NUMBER: return arena_printf(a, "%d", r->who->number);
	case COL_NAME: return r->who->seat.name;
	case COL_STATE: return state_text(d, r, a);
	case COL_PLANNED: return hours_text(a, r->who->planned);
	case COL_TOLD: return hours_text(a, m && m->minutes >= 0 ? m->minutes : r->who->told);
	default: return r->who->approved == DATE_NONE ? "" : words_day(a, r->who->approved, d->today);
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct attend_row *r = row_at(ctx, row);
	if (typed_mark(ctx, r))
		return ROLE_HINT;
	if (col == COL_STATE && r->who->expected && !r->who->seat.attendance)
		return r->sheet->shift.row.end <= ((const struct attend_day *)ctx)->now ? ROLE_WARN : ROLE_DEFAULT;
	return r->who->expected ? seat_role(&r->who->seat) : ROLE_DIM;
}

static const char *row_section(const void *ctx, size_t row)
{
	return row_at(ctx, row)->title;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct attend_day *d = ctx;
	return arena_printf(a, _("Nobody on a shift on %s. ← and → go to the days beside it."), day_text(a, d->day, CIVIL_LONG));
}

static int compare_rows(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct attendee *p = row_at(ctx, x)->who, *q = row_at(ctx, y)->who;
	int n = p->number - q->number, minutes = p->told - q->told;
	switch (col) {
	case COL_NUMBER: return n;
	case COL_NAME: return text_compare(p->seat.name, q->seat.name);
	case COL_STATE: return p->seat.attendance - q->seat.attendance;
	case COL_PLANNED: return p->planned - q->planned;
	case COL_TOLD: return minutes ? minutes : n;
	default: return (p->approved > q->approved) - (p->approved < q->approved);
	}
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .compare = compare_rows, .section = row_section, .empty = why_empty,
};

/* ---- the model ----------------------------------------------------------------------------------------- */
/* The place last: of a long one the end may be cut. */
static const char *section_text(struct arena *a, const struct attend_sheet *s)
{
	const char *text = arena_printf(a, "%s · %s", shift_span(a, &s->shift), attend_code_shift(a, attend_code(a, s)));
	if (s->unrecorded)
		text = arena_printf(a, ngettext("%s · %zu not noted", "%s · %zu not noted", s->unrecorded), text, s->unrecorded);
	return arena_printf(a, "%s · %s", text, shift_where(a, &s->shift));
}

static void build_rows(struct attend_day *d, struct arena *a)
{
	size_t most = 0;
	for (size_t i = 0; i < d->nsheets; i++)
		most += d->sheets[i].n;
	d->rows = arena_alloc(a, (most + 1) * sizeof *d->rows);
	d->n = d->expected = d->unrecorded = 0;
	for (size_t i = 0; i < d->nsheets; i++) {
		const struct attend_sheet *s = &d->sheets[i];
		const char *title = section_text(a, s);
		d->expected += s->expected;
		d->unrecorded += s->unrecorded;
		for (size_t j = 0; j < s->n; j++)
			if (s->rows[j].listed)
				d->rows[d->n++] = (struct attend_row){s, &s->rows[j], title};
	}
}

/* The person asked for, else the first of the shift asked for that isn't recorded, else of the day. */
static void seek(struct screen *s)
{
	struct attend_day *d = data_of(s);
	const struct attend_row *best = NULL;
	bool any = id_is_none(d->wanted);
	d->seek = false;
	if (!any && list_select(s->list, d->wanted))
		return;
	for (size_t i = 0; i < d->n; i++) {
		const struct attend_row *r = &d->rows[i];
		bool open = r->who->expected && !r->who->seat.attendance;
		if (!any && !id_equal(d->wanted, r->sheet->shift.row.shift))
			continue;
		best = !best || (open && best->who->seat.attendance) ? r : best;
	}
	if (best)
		list_select(s->list, best->who->seat.assignment);
}

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct attend_day *d = data_of(s);
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return ERR_IO;
	int rc = attend_sheets(v, b, s->model, id_is_none(d->unit) ? NULL : &d->unit, d->day, d->day + 1, &d->sheets, &d->nsheets, e);
	if (rc != OK)
		return rc;
	d->now = app_now(s->app);
	d->today = app_today(s->app);
	d->place = id_is_none(d->unit) ? "" : arena_strdup(s->model, book_name(b, d->unit));
	build_rows(d, s->model);
	list_set(s->list, d, d->n);
	if (d->seek)
		seek(s);
	attend_line_read(s);
	return OK;
}

/* ---- the picture --------------------------------------------------------------------------------------- */
static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	if (data_of(s)->line.open)
		rect_cut_bottom(&body, ATTEND_LINE_ROWS);
	list_draw(s->list, cv, body, a);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct attend_day *d = data_of(s);
	const char *text = arena_printf(a, "%s · %s", _("Attendance"), day_text(a, d->day, CIVIL_DAY_YEAR));
	return *d->place ? arena_printf(a, "%s · %s", text, d->place) : text;
}

static const char *status(const struct screen *s, struct arena *a)
{
	const struct attend_day *d = data_of(s);
	if (*list_filter_text(s->list))
		return list_status(s->list, a);
	if (!d->expected)
		return "";
	return d->unrecorded ? arena_printf(a, _("%zu of %zu not noted"), d->unrecorded, d->expected)
		: arena_printf(a, ngettext("%zu recorded", "all %zu recorded", d->expected), d->expected);
}

static const struct screen_ops ops = {
	.name = "attendance", .title = N_("Attendance"), .contexts = CTX_ATTEND | CTX_OWN_KEYS | CTX_LIST, .load = load, .draw = draw,
	.status = status, .heading = heading, .close = attend_line_close,
};

struct screen *screen_attend(struct app *app, civil_date day, struct id unit, struct id about)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct attend_day));
	struct attend_day *d = data_of(s);
	*d = (struct attend_day){.day = day, .unit = unit, .wanted = about, .seek = true, .place = ""};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

void attend_go(struct screen *s, civil_date day)
{
	struct attend_day *d = data_of(s);
	d->day = day;
	d->wanted = ID_NONE;
	d->seek = true;
	screen_reload(s);
}
