/* tui/screen_print.c - see prints_priv.h: one paper as it will be, what it is about, and putting it on paper or into a
 * file.
 *
 * Owns what is asked of a paper, and its text on the screen. What stands on it, export/prints.h says. */
#include "tui/prints_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "export/printing.h"
#include "roster/roster.h"
#include "tui/choose.h"
#include "tui/dialog.h"
#include "tui/paper.h"
#include "tui/to_file.h"

/* A long one is cut in the picture, never on paper. */
enum { ROWS_SHOWN = 300, COLUMNS_MOST = 64 };

struct print {
	struct print_order how;
	struct sheet *sheet;               /* in the model; NULL: it can't be made, and why */
	const char *why, *about;           /* about: what was chosen, by name; "": nothing */
	struct id one;
	const char *ids[COLUMNS_MOST], *titles[COLUMNS_MOST], *kept[COLUMNS_MOST];
	size_t ncolumns;                   /* of all that the paper can have */
	uint64_t on;
	struct paper *paper;
	int width;                         /* that its text is made for; 0: not made */
};

static const struct screen_ops ops;

static bool asks(const struct print *d, enum print_asks what)
{
	return d->how.kind->asks & what;
}

/* ---- making it --------------------------------------------------------------------------------------- */

/* The period of where one comes from, but for papers that look back. */
static void begin_order(struct print *d, const struct prints_from *of, struct arena *a)
{
	const struct print_kind *k = d->how.kind;
	bool back = k->usual == USUAL_LAST_MONTH || k->usual == USUAL_YEAR;
	if (asks(d, PRINT_PERIOD) && !back) {
		d->how.from = of->from;
		d->how.to = of->to;
	}
	if (asks(d, PRINT_UNIT))
		d->how.unit = of->unit;
	if (k->about && k->about == of->type && of->n) {
		d->how.about = arena_copy(a, of->ids, of->n * sizeof *of->ids);
		d->how.nabout = of->n;
	}
}

struct screen *screen_print(struct app *app, const struct print_kind *kind, const struct prints_from *of)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct print));
	struct print *d = s->data;
	d->how = (struct print_order){.kind = kind, .from = DATE_NONE, .to = DATE_NONE};
	begin_order(d, of, s->arena);
	d->paper = paper_new(s->arena);
	return s;
}

static bool has_columns(const struct print *d)
{
	size_t n = d->sheet->ncolumns < COLUMNS_MOST ? d->sheet->ncolumns : COLUMNS_MOST;
	for (size_t i = 0; n == d->ncolumns && i < n; i++)
		if (strcmp(d->ids[i], d->sheet->columns[i].id) != 0)
			return false;
	return n == d->ncolumns;
}

static void remember_columns(struct print *d, struct arena *a)
{
	d->ncolumns = d->how.ncolumns = 0;
	for (size_t i = 0; i < d->sheet->ncolumns && i < COLUMNS_MOST; i++) {
		d->ids[i] = arena_strdup(a, d->sheet->columns[i].id);
		d->titles[i] = arena_strdup(a, d->sheet->columns[i].title);
		d->ncolumns = i + 1;
	}
	d->on = d->ncolumns == COLUMNS_MOST ? UINT64_MAX : (UINT64_C(1) << d->ncolumns) - 1;
}

/* A paper of other days may have other columns: then what was chosen among the old ones is forgotten. */
static int make(struct screen *s, struct view *v, struct book *b, struct err *e)
{
	struct print *d = s->data;
	struct print_order whole = d->how;
	whole.ncolumns = 0;
	int rc = print_make(v, b, s->model, &whole, &d->sheet, e);
	if (rc)
		return rc;
	if (!has_columns(d))
		remember_columns(d, s->arena);
	return d->how.ncolumns ? sheet_keep_columns(d->sheet, d->how.columns, d->how.ncolumns, e) : OK;
}

static const char *name_about(const struct print *d, struct view *v, struct arena *a)
{
	if (d->how.nabout == 1)
		return view_title(v, a, d->how.about[0]);
	return d->how.nabout ? arena_printf(a, ngettext("%zu chosen", "%zu chosen", (unsigned long)d->how.nabout), d->how.nabout) : "";
}

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct print *d = s->data;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? make(s, v, b, e) : e->code;
	d->width = 0;
	if (rc && rc != ERR_USAGE && rc != ERR_NOTFOUND)
		return rc;
	d->about = name_about(d, v, s->model);
	d->why = rc ? arena_strdup(s->model, e->text) : "";
	if (rc)
		d->sheet = NULL;
	return OK;
}

/* ---- the picture ------------------------------------------------------------------------------------- */

/* As it would be as text, that wide. */
static void fill_paper(const struct screen *s, int width, bool ascii)
{
	struct print *d = s->data;
	struct buf out = {0};
	struct sheet shown = *d->sheet;
	const struct sheet_style style = {.width = width, .ascii = ascii};
	size_t more = shown.nrows > ROWS_SHOWN ? shown.nrows - ROWS_SHOWN : 0;
	shown.nrows -= more;
	sheet_write(&shown, SHEET_TEXT, &style, &out);
	paper_begin(d->paper, s->model);
	if (more)
		paper_text(d->paper, ROLE_WARN, arena_printf(s->model, ngettext("Only the beginning is shown here: %zu more row on paper.",
			"Only the beginning is shown here: %zu more rows on paper.", (unsigned long)more), more));
	paper_text(d->paper, ROLE_DEFAULT, out.oom || !out.n ? "" : arena_strdup(s->model, out.p));
	buf_free(&out);
	d->width = width;
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct print *d = s->data;
	struct rect at = body;
	if (!d->sheet) {
		rect_cut_left(&at, 2);
		cv_wrap(cv, at, ROLE_WARN, d->why);
		return;
	}
	int width = body.cols - PAPER_MARGIN - 1 < PAPER_MOST ? body.cols - PAPER_MARGIN - 1 : PAPER_MOST;
	if (d->width != width)
		fill_paper(s, width, cv->ascii);
	paper_draw(d->paper, cv, body, a);
}

static bool event(struct screen *s, const struct event *ev)
{
	struct print *d = s->data;
	return d->sheet && d->width && paper_event(d->paper, ev);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct print *d = s->data;
	const char *label = _(d->how.kind->label);
	return d->about && *d->about ? arena_printf(a, "%s · %s", label, d->about) : label;
}

static const char *status(const struct screen *s, struct arena *a)
{
	const struct print *d = s->data;
	size_t n = 0;
	for (size_t i = 0; d->sheet && i < d->sheet->nrows; i++)
		n += d->sheet->rows[i].kind == ROW_DATA;
	return d->sheet ? arena_printf(a, ngettext("%zu row", "%zu rows", (unsigned long)n), n) : "";
}

/* ---- what it is about -------------------------------------------------------------------------------- */

static int take_period(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	struct print *d = s->data;
	civil_date from, to;
	int rc = when_parse_period(text, app_today(app), &from, &to, e);
	if (rc)
		return rc;
	d->how.from = from;
	d->how.to = to;
	screen_reload(s);
	return OK;
}

static void run_period(struct app *app, struct screen *s)
{
	char first[40], last[40];
	struct print *d = s->data;
	civil_date from = d->how.from, to = d->how.to;
	if (from == DATE_NONE)
		print_usual_period(d->how.kind, app_today(app), &from, &to);
	civil_format_date(first, sizeof first, from, CIVIL_SHORT);
	civil_format_date(last, sizeof last, to - 1, CIVIL_SHORT);
	dialog_prompt(app, _("Of which period? A week, a month, two days, next month …"), arena_printf(app_scratch(app), "%s-%s", first, last),
		false, take_period, s);
}

static void take_unit(struct screen *s, struct id unit)
{
	((struct print *)s->data)->how.unit = unit;
	screen_reload(s);
}

static void run_unit(struct app *app, struct screen *s)
{
	choose_unit(app, s, take_unit);
}

static void take_about(struct screen *s, struct id id)
{
	struct print *d = s->data;
	d->one = id;
	d->how.about = &d->one;
	d->how.nabout = !id_is_none(id);
	screen_reload(s);
}

/* The shifts of the paper's period, or of the four weeks to come. */
static int find_shifts(const struct print *d, struct view *v, struct book *b, struct arena *a, civil_date today, struct found **out, size_t *n,
	struct err *e)
{
	enum { AHEAD = 28 };
	struct roster r;
	civil_date from = d->how.from, to = d->how.to;
	if (from == DATE_NONE)
		print_usual_period(d->how.kind, today, &from, &to);
	if (from == DATE_NONE) {
		from = today;
		to = today + AHEAD;
	}
	int rc = roster_load(v, b, a, id_is_none(d->how.unit) ? NULL : &d->how.unit, from, to, &r, e);
	*out = arena_alloc(a, (r.n + 1) * sizeof **out);
	for (*n = 0; rc == OK && *n < r.n; ++*n)
		(*out)[*n] = (struct found){TYPE_SHIFT, r.shifts[*n].row.shift, view_title(v, a, r.shifts[*n].row.shift), ""};
	return rc;
}

/* All of a type, in the order of lists. */
static int find_records(int type, struct view *v, struct arena *a, struct found **out, size_t *n, struct err *e)
{
	struct rec **all;
	const struct list_paper how = {.type = type};
	int rc = paper_records(v, a, &how, &all, n, e);
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; rc == OK && i < *n; i++)
		(*out)[i] = (struct found){type, all[i]->id, view_title(v, a, all[i]->id), ""};
	return rc;
}

static void run_about(struct app *app, struct screen *s)
{
	struct print *d = s->data;
	struct arena *a = app_scratch(app);
	int type = d->how.kind->about;
	struct view *v = NULL;
	struct found *all;
	struct err e;
	size_t n = 0;
	struct book *b = app_book_now(app, &e);
	int rc = b ? view_begin(app_store(app), &v, &e) : e.code;
	if (rc == OK)
		rc = type == TYPE_SHIFT ? find_shifts(d, v, b, a, app_today(app), &all, &n, &e) : find_records(type, v, a, &all, &n, &e);
	view_end(v);
	if (rc)
		app_fail(app, &e);
	else
		choose_one(app, s, _(schema_type(type)->plural), _("All"), all, n, take_about);
}

static void switch_column(struct app *app, void *ctx, size_t i, bool on)
{
	struct screen *s = ctx;
	struct print *d = s->data;
	d->on = on ? d->on | UINT64_C(1) << i : d->on & ~(UINT64_C(1) << i);
	if (!d->on)
		app_toast(app, "%s", _("Without any column the paper has all of them."));
	d->how.ncolumns = 0;
	for (size_t k = 0; k < d->ncolumns; k++)
		if (d->on >> k & 1)
			d->kept[d->how.ncolumns++] = d->ids[k];
	d->how.columns = d->kept;
	screen_reload(s);
}

static void run_columns(struct app *app, struct screen *s)
{
	struct print *d = s->data;
	dialog_switches(app, _("Columns"), d->titles, d->ncolumns, d->on, switch_column, s);
}

static void run_phones(struct app *app, struct screen *s)
{
	struct print *d = s->data;
	(void)app;
	d->how.phones = !d->how.phones;
	screen_reload(s);
}

static void run_a3(struct app *app, struct screen *s)
{
	struct print *d = s->data;
	d->how.a3 = !d->how.a3;
	app_toast(app, "%s", d->how.a3 ? _("On A3 now, where it is no card and no letter.") : _("On A4 again."));
	screen_reload(s);
}

/* ---- on paper ---------------------------------------------------------------------------------------- */

static void run_print(struct app *app, struct screen *s)
{
	struct print *d = s->data;
	const char *home = getenv("HOME");
	struct printing_sent sent;
	struct err e;
	int rc = printing_send(d->sheet, "default", home && *home ? home : "/tmp", app_scratch(app), &sent, &e);
	if (rc == OK)
		rc = to_file_note(app, d->sheet, NULL, sent.says, &e);
	if (rc)
		app_fail(app, &e);
}

static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct print *d = ((struct screen *)ctx)->data;
	return print_make(v, b, app_scratch(app), &d->how, out, e);
}

static void run_write(struct app *app, struct screen *s)
{
	const struct print *d = s->data;
	char day[24];
	civil_format_date(day, sizeof day, app_today(app), CIVIL_ISO);
	to_file_ask_sheet(app, arena_printf(app_scratch(app), "%s-%s", d->how.kind->id, day), NULL, make_sheet, s);
}

static const char *refuse_paper(struct app *app, struct screen *s)
{
	(void)app;
	return ((struct print *)s->data)->sheet ? NULL : _("There is no paper yet: v chooses what it is about.");
}

static const char *refuse_period(struct app *app, struct screen *s)
{
	(void)app;
	return asks(s->data, PRINT_PERIOD) ? NULL : _("This paper is of no period.");
}

static const char *refuse_unit(struct app *app, struct screen *s)
{
	(void)app;
	return asks(s->data, PRINT_UNIT) ? NULL : _("This paper is of no place in particular.");
}

static const char *refuse_about(struct app *app, struct screen *s)
{
	(void)app;
	return ((struct print *)s->data)->how.kind->about ? NULL : _("This paper is about nobody in particular.");
}

static const char *refuse_phones(struct app *app, struct screen *s)
{
	(void)app;
	return asks(s->data, PRINT_PHONES) ? NULL : _("Phone numbers aren't for this paper.");
}

static const struct action rows[] = {
	{"print.print", CTX_PRINT, "p", N_("Print"), N_("Sends it to the printer of this machine, else to a file to be printed"),
		GROUP_DO, 2, 0, refuse_paper, run_print},
	{"print.write", CTX_PRINT, "e", N_("To file"), N_("Writes it to a file: PDF, a page, a spreadsheet or text"),
		GROUP_DO, 3, 0, refuse_paper, run_write},
	{"print.period", CTX_PRINT, "d", N_("Period"), N_("Of another week, month or any days"), GROUP_DO, 4, 0, refuse_period, run_period},
	{"print.unit", CTX_PRINT, "s", N_("Place"), N_("Of one unit and those below it, or of all"), GROUP_DO, 5, 0, refuse_unit, run_unit},
	{"print.about", CTX_PRINT, "v", N_("Choose"), N_("About whom or what it is"), GROUP_DO, 5, 0, refuse_about, run_about},
	{"print.columns", CTX_PRINT, "k", N_("Columns"), N_("Which columns are on it"), GROUP_DO, 6, 0, refuse_paper, run_columns},
	{"print.phones", CTX_PRINT, "t", N_("Phones"), N_("With phone numbers, or without; with them it isn't for the wall"),
		GROUP_DO, 7, 0, refuse_phones, run_phones},
	{"print.large", CTX_PRINT, "g", N_("A3 or A4"), N_("On large paper, for a wall, or on A4 again"), GROUP_DO, 8, 0, refuse_paper, run_a3},
};
const struct action_set actions_print = {N_("A paper"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops ops = {
	.name = "print", .title = N_("A paper"), .contexts = CTX_PRINT, .load = load, .draw = draw, .event = event, .heading = heading,
	.status = status,
};
