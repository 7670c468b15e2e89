/* tui/screen_care.c - see screens.h: care for those who come: talks to be held, jubilees, and who wasn't thanked for
 * long. Owns the picture and which list is shown; what stands in them is care_rows.c's. Nobody stands here by what they
 * have done. */
#include "tui/care_priv.h"

#include "base/lang.h"
#include "base/text.h"
#include "tui/detail.h"
#include "tui/shifts_priv.h"

enum { LABEL_COLS = 16 };

static const struct screen_ops care_ops;

/* ---- the lists ------------------------------------------------------------------------------------------------- */
static enum role row_role(const void *ctx, size_t row, size_t col)
{
	return col == 1 ? ((const struct cells *)ctx)->rows[row].role : ROLE_DEFAULT;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)a;
	switch (((const struct cells *)ctx)->mode) {
	case CARE_TALKS:
		return _("No talk is waited for.\nA vigil that ends puts some down; o puts down another.");
	case CARE_JUBILEES: return _("Nobody has a jubilee in these months.");
	default: return _("Everybody who comes has been thanked.");
	}
}

static const struct list_source source = {
	.id = cells_id, .cell = cells_text, .role = row_role, .compare = cells_compare, .empty = why_empty,
};

static const struct list_col talk_cols[] = {
	{"name", N_("Name"), 16, 24, 3, false, false}, {"due", N_("To be held"), 11, 12, 0, false, false},
	{"kind", N_("Kind"), 12, 18, 1, false, false}, {"phone", N_("Phone"), 11, 12, 0, false, false},
}, jubilee_cols[] = {
	{"name", N_("Name"), 16, 24, 3, false, false}, {"day", N_("Day"), 11, 12, 0, false, false},
	{"what", N_("What"), 20, 26, 1, false, false}, {"phone", N_("Phone"), 11, 12, 0, false, false},
}, thanks_cols[] = {
	{"name", N_("Name"), 16, 24, 3, false, false}, {"thanked", N_("Thanked"), 11, 12, 0, false, false},
	{"started", N_("Started"), 11, 12, 0, false, false}, {"shift", N_("Last shift"), 11, 12, 0, false, false},
};

/* By enum care_mode; `key` is the action's below. */
#define COLS(cols) cols, sizeof cols / sizeof *cols
static const struct { char key; const char *label; const struct list_col *cols; size_t ncols; } modes[CARE_MODES] = {
	[CARE_TALKS] = {'s', N_("Talks"), COLS(talk_cols)},
	[CARE_JUBILEES] = {'j', N_("Jubilees"), COLS(jubilee_cols)},
	[CARE_THANKS] = {'t', N_("Not thanked for long"), COLS(thanks_cols)},
};
#undef COLS

struct screen *screen_care(struct app *app)
{
	struct screen *s = screen_new(app, &care_ops, sizeof(struct care));
	struct care *d = s->data;
	for (int i = 0; i < CARE_MODES; i++)
		cells_make(&d->lists[i], i, &source, modes[i].cols, modes[i].ncols);
	s->list = d->lists[CARE_TALKS].list;
	return s;
}

static void care_close(struct screen *s)
{
	cells_close(s, ((struct care *)s->data)->lists, CARE_MODES);
}

static int care_load(struct screen *s, struct view *v, struct err *e)
{
	struct care *d = s->data;
	d->book = app_book(s->app, v, e);
	d->today = app_today(s->app);
	int rc = d->book ? care_read(d, v, s->model, e) : e->code;
	if (rc == OK)
		cells_set(d->lists, CARE_MODES);
	return rc;
}

static const struct cells *shown(const struct screen *s)
{
	const struct care *d = s->data;
	return &d->lists[d->show];
}

static const struct cell_row *selected(const struct screen *s)
{
	return cells_under(shown(s));
}

/* ---- picture --------------------------------------------------------------------------------------------------- */
static void draw_person(const struct care *d, const struct cell_row *row, struct canvas *cv, struct rect r,
	struct arena *a)
{
	const struct care_notes *notes = row->of;
	const struct { const char *label, *value; } facts[] = {
		{_("Phone"), person_phone(a, row->person)}, {_("Roles"), person_role_names(d->book, a, row->person)},
		{_("After"), notes ? notes->about : ""}, {_("Note"), notes ? notes->note : ""},
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, facts[i].label, facts[i].value);
}

static void care_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct care *d = s->data;
	const struct cell_row *row = selected(s);
	struct detail_mode line[CARE_MODES];
	struct rect detail;
	bool beside;
	for (size_t i = 0; i < CARE_MODES; i++)
		line[i] = (struct detail_mode){modes[i].key, _(modes[i].label), d->lists[i].n, d->lists[i].role};
	detail_modes(cv, &body, line, CARE_MODES, d->show, a);
	if (row && detail_cut(cv, &body, row->person->name, &detail, &beside)) {
		rect_cut_top(&detail, beside);
		draw_person(d, row, cv, detail, a);
	}
	list_draw(s->list, cv, body, a);
}

/* ---- which is shown -------------------------------------------------------------------------------------------- */
static void show(struct screen *s, enum care_mode which)
{
	struct care *d = s->data;
	d->show = which;
	s->list = d->lists[which].list;
}

static void run_talks(struct app *app, struct screen *s)
{
	(void)app;
	show(s, CARE_TALKS);
}

static void run_jubilees(struct app *app, struct screen *s)
{
	(void)app;
	show(s, CARE_JUBILEES);
}

static void run_thanks(struct app *app, struct screen *s)
{
	(void)app;
	show(s, CARE_THANKS);
}

/* ---- acts ------------------------------------------------------------------------------------------------------ */
/* Somebody by name, more by their number. */
static const char *who_of(const struct screen *s, struct arena *a, const struct id *people, size_t n)
{
	const struct person *p = n == 1 ? book_person(((const struct care *)s->data)->book, people[0]) : NULL;
	return p ? arena_strdup(a, p->name) : arena_printf(a, ngettext("%zu volunteer", "%zu volunteers", n), n);
}

static void run_open(struct app *app, struct screen *s)
{
	app_push(app, screen_volunteer(app, selected(s)->person->id));
}

static const char *refuses_held(struct app *app, struct screen *s)
{
	(void)app;
	return ((const struct care *)s->data)->show == CARE_TALKS ? NULL : _("First s: then say which talk was held.");
}

static void run_held(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	size_t n, npeople;
	const struct id *talks = list_targets(s->list, a, &n), *people = cells_people(shown(s), a, &npeople);
	if (care_hold(app, talks, n, who_of(s, a, people, npeople)))
		list_unmark(s->list);
}

static void run_thanked(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	size_t n;
	const struct id *people = cells_people(shown(s), a, &n);
	if (care_thank(app, people, n, who_of(s, a, people, n)))
		list_unmark(s->list);
}

/* With the one under the cursor, where the list isn't one of talks already. */
static void run_new(struct app *app, struct screen *s)
{
	const struct cell_row *row = selected(s);
	bool is_proposed = row && ((const struct care *)s->data)->show != CARE_TALKS;
	app_push(app, screen_talk_new(app, is_proposed ? row->person : NULL));
}

static void open_care(struct app *app)
{
	app_go(app, screen_care(app));
}

static const struct action rows[] = {
	{"care.open", CTX_CARE, "Enter", N_("Card"), N_("The volunteer's card"),
		GROUP_GO, 2, ACTION_ROW, NULL, run_open},
	{"care.talks", CTX_CARE, "s", N_("Talks"), N_("Talks to be held, the earliest first"),
		GROUP_LIST, 0, 0, NULL, run_talks},
	{"care.jubilees", CTX_CARE, "j", N_("Jubilees"),
		N_("Years as a volunteer, and round birthdays if the settings say so: this month and the next two"),
		GROUP_LIST, 0, 0, NULL, run_jubilees},
	{"care.thanks", CTX_CARE, "t", N_("Not thanked"),
		N_("Who comes, and wasn't thanked for long: longest ago first"),
		GROUP_LIST, 0, 0, NULL, run_thanks},
	{"care.new", CTX_CARE, "o", N_("New talk"), N_("Puts a talk down that is to be held, or has been"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_new},
	{"care.held", CTX_CARE, "H", N_("Held today"), N_("The talk has been held today: this one or all marked"),
		GROUP_DO, 3, ACTION_ROW | ACTION_BULK | ACTION_CHANGES, refuses_held, run_held},
	{"care.thanked", CTX_CARE, "T", N_("Thanked"),
		N_("Notes that they have been thanked today: this one or all marked"),
		GROUP_DO, 4, ACTION_ROW | ACTION_BULK | ACTION_CHANGES, NULL, run_thanked},
};

const struct action_set actions_care = {N_("Care"), open_care, rows, sizeof rows / sizeof *rows};

static const struct screen_ops care_ops = {
	.name = "care", .title = N_("Care"), .contexts = CTX_CARE | CTX_LIST, .load = care_load, .draw = care_draw,
	.close = care_close,
};
