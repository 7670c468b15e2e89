/* tui/screen_find.c - see screens.h: anything, anywhere, by part of its name. Owns what is typed and what it finds;
 * how well a name fits is seek.c's and roster/find.c's. */
#include "tui/screens.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/agreements.h"
#include "tui/people_priv.h"
#include "tui/seek.h"
#include "tui/words.h"

enum { PEOPLE_MOST = 60, OTHERS_MOST = 8, SHIFT_DAYS = 14, LETTERS_FOR_SHIFTS = 2 };

struct shift_text { struct id shift; civil_min start; const char *title, *when, *folded; };

struct find {
	struct lineedit edit;
	bool on_row;                       /* arrows were used last, so the cursor is on the row */
	struct arena *results;             /* of rows: emptied at each letter */
	struct found *rows;
	size_t n;
	struct shift_text *shifts;         /* the coming ones, in the model */
	size_t nshifts;
};

static const struct screen_ops find_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	const struct found *f = &((const struct find *)ctx)->rows[row];
	return list_id_in(f->id, f->type);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct found *f = &((const struct find *)ctx)->rows[row];
	(void)a;
	return col == 0 ? f->title : f->more;
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	(void)ctx;
	(void)row;
	return col == 0 ? ROLE_DEFAULT : ROLE_DIM;
}

static const char *row_section(const void *ctx, size_t row)
{
	return _(schema_type(((const struct find *)ctx)->rows[row].type)->plural);
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct find *d = ctx;
	(void)a;
	if (*lineedit_text(&d->edit))
		return _("Nothing is called that.");
	return _("Write part of a name, a phone number, a place, a role or an organisation.\n"
		"A few letters of both names are enough: 'ankr' finds Anna Kristensen.\n"
		"A printed agreement is found by scanning its code.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty,
};

static const struct list_col cols[] = {
	{"title", "", 24, 34, 1, false, false}, {"more", "", 20, 30, 2, false, false},
};

struct screen *screen_find(struct app *app)
{
	struct screen *s = screen_new(app, &find_ops, sizeof(struct find));
	struct find *d = s->data;
	d->results = arena_new();
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	s->typing = true;
	return s;
}

static void find_close(struct screen *s)
{
	struct find *d = s->data;
	lineedit_free(&d->edit);
	arena_free(d->results);
}

/* ---- searching ------------------------------------------------------------------------------------------- */
static void add_shifts(struct find *d, const char *typed)
{
	const char *needle = text_fold(d->results, typed);
	size_t before = d->n;
	if (text_width(needle) < LETTERS_FOR_SHIFTS)
		return;
	for (size_t i = 0; i < d->nshifts && d->n - before < OTHERS_MOST; i++)
		if (text_fold_match(d->shifts[i].folded, needle, NULL))
			d->rows[d->n++] = (struct found){TYPE_SHIFT, d->shifts[i].shift, d->shifts[i].title,
				d->shifts[i].when};
}

/* The paper of an agreement, scanned: one row, and Enter comes with the scan. */
static bool find_scanned(struct screen *s, struct find *d, const char *typed, struct book *b)
{
	char code[WORDING_CODE];
	struct id id;
	struct view *v = NULL;
	struct agreement x;
	if (!agreement_read_label(typed, &id, code))
		return false;
	int rc = view_begin(app_store(s->app), &v, NULL);
	if (rc == OK)
		rc = agreement_get(v, b, d->results, id, app_today(s->app), &x, NULL);
	if (rc == OK) {
		const char *sort = _(schema_choice(SET_AGREEMENT_SORT, (int)rec_int(x.rec, F_AGREEMENT_SORT))->label);
		bool is_other = *code && strcmp(code, x.code) != 0;
		d->rows[d->n++] = (struct found){TYPE_AGREEMENT, id, arena_strdup(d->results, x.with),
			is_other ? arena_printf(d->results, _("another wording: %s"), code) : sort};
	}
	view_end(v);
	return true;
}

static void search(struct screen *s, struct book *b)
{
	static const int types[] = {TYPE_VOLUNTEER, TYPE_UNIT, TYPE_ROLE, TYPE_ORGANISATION};
	struct find *d = s->data;
	const char *typed = lineedit_text(&d->edit);
	arena_reset(d->results);
	d->n = 0;
	d->rows = arena_alloc(d->results, (PEOPLE_MOST + 4 * OTHERS_MOST) * sizeof *d->rows);
	if (find_scanned(s, d, typed, b)) {
		list_set(s->list, d, d->n);
		return;
	}
	for (size_t i = 0; *typed && i < sizeof types / sizeof *types; i++) {
		size_t n;
		struct found *found = seek_type(b, d->results, types[i], typed, i ? OTHERS_MOST : PEOPLE_MOST, &n);
		for (size_t j = 0; j < n; j++)
			d->rows[d->n++] = found[j];
	}
	add_shifts(d, typed);
	list_set(s->list, d, d->n);
}

static int find_load(struct screen *s, struct view *v, struct err *e)
{
	struct find *d = s->data;
	civil_min now = app_now(s->app);
	struct shift_row *row;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? view_shifts(v, s->model, NULL, now - DAY_MINUTES / 2, now + SHIFT_DAYS * DAY_MINUTES, &row,
		&d->nshifts, e)
		: e->code;
	if (rc)
		return rc;
	d->shifts = arena_alloc(s->model, (d->nshifts + 1) * sizeof *d->shifts);
	for (size_t i = 0; i < d->nshifts; i++) {
		struct shift_text *t = &d->shifts[i];
		t->shift = row[i].shift;
		t->start = row[i].start;
		t->title = arena_printf(s->model, "%s · %s", book_name(b, row[i].unit), book_name(b, row[i].role));
		t->when = words_span(s->model, row[i].start, row[i].end, cmin_date(now));
		t->folded = text_fold(s->model, arena_printf(s->model, "%s %s", t->title, t->when));
	}
	search(s, b);
	return OK;
}

static bool find_event(struct screen *s, const struct event *ev)
{
	struct find *d = s->data;
	enum lineedit_did did = LINEEDIT_IGNORED;
	if (ev->what == EV_PASTE)
		did = lineedit_paste(&d->edit, ev->text);
	else if (ev->what == EV_KEY)
		did = lineedit_key(&d->edit, ev->key);
	struct book *b = did == LINEEDIT_CHANGED ? app_book_now(s->app, NULL) : NULL;
	if (b) {
		search(s, b);
		if (d->n)
			list_select(s->list, row_id(d, 0));
	}
	d->on_row = did == LINEEDIT_IGNORED && d->n > 0;
	return did != LINEEDIT_IGNORED;
}

static void find_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct find *d = s->data;
	struct rect line = rect_cut_top(&body, 2);
	rect_cut_left(&line, 2);
	rect_cut_left(&line, cv_text(cv, line.row, line.col, line.cols, ROLE_LABEL, _("Find: ")));
	list_draw(s->list, cv, body, a);
	lineedit_draw(&d->edit, cv, (struct rect){line.row, line.col, 1, line.cols}, ROLE_FOCUS, !d->on_row);
}

/* ---- opening --------------------------------------------------------------------------------------------- */
static struct screen *screen_of(struct app *app, const struct find *d, const struct found *f)
{
	switch (f->type) {
	case TYPE_VOLUNTEER: return screen_volunteer(app, f->id);
	case TYPE_AGREEMENT: return screen_agreement(app, f->id);
	case TYPE_UNIT: return screen_roster(app, app_today(app), f->id);
	case TYPE_SHIFT:
		for (size_t i = 0; i < d->nshifts; i++)
			if (id_equal(d->shifts[i].shift, f->id))
				return screen_roster_day(app, cmin_date(d->shifts[i].start), ID_NONE, f->id);
		break;
	default: break;
	}
	return screen_record_form(app, f->type, f->id, NULL, NULL);
}

/* The way back leads to where one was before looking. */
static void run_open(struct app *app, struct screen *s)
{
	const struct find *d = s->data;
	size_t row;
	list_selected(s->list, &row);
	app_replace(app, s, screen_of(app, d, &d->rows[row]));
}

static const struct action rows[] = {
	{"find.open", CTX_FIND, "Enter", N_("Open"),
		N_("The volunteer's card, the roster of the unit, the day of the shift …"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
};

static void open_find(struct app *app)
{
	app_push(app, screen_find(app));
}

const struct action_set actions_find = {N_("Find"), open_find, rows, sizeof rows / sizeof *rows};

static const char *find_status(const struct screen *s, struct arena *a)
{
	const struct find *d = s->data;
	return *lineedit_text(&d->edit) ? arena_printf(a, "%zu", d->n) : "";
}

static const struct screen_ops find_ops = {
	.name = "find", .title = N_("Find"), .contexts = CTX_FIND, .load = find_load, .draw = find_draw,
	.event = find_event,
	.status = find_status, .close = find_close,
};
