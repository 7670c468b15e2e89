/* tui/screen_prints.c - see prints_priv.h: the papers that there are, what each is for, and which is begun from here.
 *
 * Owns the list. What a paper is, export/prints.h says; how it looks, screen_print.c shows. */
#include "tui/prints_priv.h"

#include "base/lang.h"
#include "tui/detail.h"
#include "tui/people_priv.h"
#include "tui/records_priv.h"
#include "tui/shifts_priv.h"

struct papers {
	struct prints_from of;
	const struct print_kind **rows;
	size_t n, about;                   /* rows; how many of them are about what one comes from */
};

static const struct screen_ops ops;

static const struct print_kind *kind_at(const void *ctx, size_t row)
{
	return ((const struct papers *)ctx)->rows[row];
}

/* A list goes by ids: a paper's is its place in the table. */
static struct id row_id(const void *ctx, size_t row)
{
	size_t n;
	const struct print_kind *all = print_kinds(&n);
	return id_make(1, (uint64_t)(kind_at(ctx, row) - all));
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

enum { COL_PAPER, COL_FOR };
static const struct list_col cols[] = {
	[COL_PAPER] = {"paper", N_("Paper"), 24, 36, 0, false, false},
	[COL_FOR] = {"for", N_("What it is for"), 30, 60, 1, false, false},
};

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	(void)a;
	return col == COL_PAPER ? _(kind_at(ctx, row)->label) : _(kind_at(ctx, row)->help);
}

static const char *row_section(const void *ctx, size_t row)
{
	const struct papers *d = ctx;
	if (!d->about)
		return NULL;
	return row < d->about ? _("Of what you come from") : _("All others");
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .section = row_section};

static bool fits(const struct print_kind *k, const struct prints_from *of)
{
	return of->type && k->about == of->type;
}

static void put_rows(struct papers *d, struct arena *a)
{
	size_t n;
	const struct print_kind *all = print_kinds(&n);
	d->rows = arena_alloc(a, n * sizeof *d->rows);
	for (int first = 1; first >= 0; first--)
		for (size_t i = 0; i < n; i++)
			if (fits(&all[i], &d->of) == first) {
				d->about += (size_t)first;
				d->rows[d->n++] = &all[i];
			}
}

struct screen *screen_prints(struct app *app, const struct prints_from *of)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct papers));
	struct papers *d = s->data;
	d->of = *of;
	d->of.ids = arena_copy(s->arena, of->ids, of->n * sizeof *of->ids);
	put_rows(d, s->arena);
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	list_set(s->list, d, d->n);
	return s;
}

/* ---- the picture ------------------------------------------------------------------------------------------------- */

static const char *about_text(const struct print_kind *k, struct arena *a)
{
	const char *text = k->about ? _(schema_type(k->about)->plural) : "";
	if (k->asks & PRINT_PERIOD)
		text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", _("a period"));
	if (k->asks & PRINT_UNIT)
		text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", _("a place"));
	return text;
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	enum { LABELS = 12 };
	const struct papers *d = s->data;
	struct rect detail;
	bool beside;
	size_t row;
	const struct print_kind *k = list_selected(s->list, &row) ? kind_at(d, row) : NULL;
	if (k && detail_cut(cv, &body, _(k->label), &detail, &beside)) {
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("For"), _(k->help));
		detail_fact(cv, &detail, LABELS, ROLE_DEFAULT, _("About"), about_text(k, a));
		detail_fact(cv, &detail, LABELS, ROLE_DIM, _("Purpose"), *k->purpose ? _(k->purpose) : _("nobody is named on it"));
	}
	list_draw(s->list, cv, body, a);
}

/* ---- what can be done -------------------------------------------------------------------------------------------- */

static void run_open(struct app *app, struct screen *s)
{
	const struct papers *d = s->data;
	size_t row;
	if (list_selected(s->list, &row))
		app_push(app, screen_print(app, kind_at(d, row), &d->of));
}

static const struct action rows[] = {
	{"prints.open", CTX_PRINTS, "Enter", N_("Open"), N_("Shows the paper as it will be; there it can be printed or written to a file"),
		GROUP_GO, 2, ACTION_ROW, NULL, run_open},
};
const struct action_set actions_prints = {N_("Papers"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops ops = {.name = "prints", .title = N_("Papers"), .contexts = CTX_PRINTS | CTX_LIST, .draw = draw};

/* ---- from where one is ------------------------------------------------------------------------------------------ */

static void of_plan(struct prints_from *of, struct screen *s)
{
	struct spot at = face_spot(s);
	bool week = s->ops->contexts & CTX_ROSTER;
	of->from = week ? civil_monday(at.day) : at.day;
	of->to = of->from + (week ? 7 : 1);
	of->unit = face_of(s)->unit;
	if (!at.shift)
		return;
	of->type = TYPE_SHIFT;
	of->ids = &at.shift->row.shift;
	of->n = 1;
}

/* The marked ones; the one under the cursor only where it is alone on its screen. */
static void of_records(struct prints_from *of, struct screen *s, struct arena *a)
{
	const struct records *d = s->data;
	of->type = d->type->no;
	if (list_nmarks(s->list))
		of->ids = list_targets(s->list, a, &of->n);
}

void prints_open_from(struct app *app, struct screen *s)
{
	struct prints_from of = {.from = DATE_NONE, .to = DATE_NONE};
	struct id who;
	if (s->as_of) {
		app_toast(app, "%s", _("This is the roster as it was. Esc goes back to now."));
		return;
	}
	if (s->ops->contexts & CTX_PLAN) {
		of_plan(&of, s);
	} else if (s->ops->contexts & CTX_RECORDS) {
		of_records(&of, s, app_scratch(app));
	} else if (s->ops->contexts & CTX_CARD) {
		who = screen_volunteer_id(s);
		of.type = TYPE_VOLUNTEER;
		of.ids = &who;
		of.n = 1;
	}
	app_push(app, screen_prints(app, &of));
}
