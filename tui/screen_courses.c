/* tui/screen_courses.c - see screens.h: courses and checks as the lists of what is to be done, and who has one of the
 * kinds. Owns the picture and which list is shown; what stands in them is courses_rows.c's, what can be done
 * course_acts.c's. */
#include "tui/courses_priv.h"

#include "base/lang.h"
#include "base/text.h"
#include "tui/detail.h"
#include "tui/shifts_priv.h"

enum { LABEL_COLS = 16 };

static const struct screen_ops courses_ops, course_ops;

/* ---- the lists ------------------------------------------------------------------------------------------------ */
static enum role row_role(const void *ctx, size_t row, size_t col)
{
	return col ? ((const struct cells *)ctx)->rows[row].role : ROLE_DEFAULT;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	(void)a;
	switch (((const struct cells *)ctx)->mode) {
	case COURSES_RUN_OUT: return _("Nothing runs out soon.");
	case COURSES_MISSING: return _("Everybody has what their roles ask for.");
	case COURSES_KINDS: return _("There are no kinds of courses and certificates yet.\nPress o to add the first.");
	case COURSES_ORDER: return _("No child-protection check is to be ordered.");
	case COURSES_CHECKS: return _("No role asks for a child-protection check.\nWhich do, is said on the role: 4, then r.");
	case COURSES_NEW: return _("Nobody is new just now.");
	default: return _("There are no volunteers.");
	}
}

static const struct list_source source = {
	.id = cells_id, .cell = cells_text, .role = row_role, .compare = cells_compare, .empty = why_empty,
}, source_in_sections = {
	.id = cells_id, .cell = cells_text, .role = row_role, .compare = cells_compare, .empty = why_empty, .section = cells_section,
};

static const struct list_col run_out_cols[] = {
	{"name", N_("Name"), 16, 24, 3, false, false}, {"what", N_("What"), 14, 26, 2, false, false},
	{"until", N_("Holds until"), 11, 11, 0, false, false}, {"left", N_("Days"), 12, 14, 0, false, false},
}, missing_cols[] = {
	{"name", N_("Name"), 16, 22, 3, false, false}, {"what", N_("What"), 14, 18, 2, false, false},
	{"state", N_("State"), 8, 12, 1, false, false}, {"roles", N_("Asked for by"), 12, 18, 2, false, false},
}, kind_cols[] = {
	{"name", N_("Name"), 16, 26, 3, false, false}, {"have", N_("Have it"), 6, 7, 0, true, false},
	{"over", N_("Run out"), 6, 8, 0, true, false}, {"lack", N_("Missing"), 7, 7, 0, true, false},
	{"holds", N_("Holds"), 9, 11, 0, false, false}, {"step", N_("Step"), 4, 4, 0, true, false},
}, order_cols[] = {
	{"name", N_("Name"), 16, 30, 3, false, false}, {"born", N_("Date of birth"), 10, 13, 0, false, false},
	{"next", N_("What next"), 16, 30, 2, false, false},
}, check_cols[] = {
	{"name", N_("Name"), 16, 24, 2, false, false}, {"state", N_("State"), 12, 18, 0, false, true},
	{"deadline", N_("Deadline"), 10, 10, 0, false, true}, {"next", N_("What next"), 36, 40, 4, false, false},
	{"left", N_("Days"), 12, 12, 0, false, false},
}, new_cols[] = {
	{"name", N_("Name"), 16, 24, 3, false, false}, {"since", N_("Since"), 10, 10, 0, false, false},
	{"steps", N_("Steps"), 7, 7, 0, false, false}, {"next", N_("Next step"), 16, 24, 2, false, false},
}, holder_cols[] = {
	{"name", N_("Name"), 16, 24, 3, false, false}, {"got", N_("Got"), 10, 10, 0, false, false},
	{"until", N_("Holds until"), 11, 11, 0, false, false}, {"by", N_("Confirmed by"), 12, 18, 2, false, false},
	{"roles", N_("Asked for by"), 12, 20, 2, false, true},
};

/* By enum courses_mode. `key` is the first of the action's below; 0: not in the line. */
#define COLS(cols) cols, sizeof cols / sizeof *cols
static const struct {
	char key;
	const char *label;
	const struct list_col *cols;
	size_t ncols;
	const struct list_source *source;
} modes[COURSES_MODES] = {
	[COURSES_RUN_OUT] = {'x', N_("Run out"), COLS(run_out_cols), &source},
	[COURSES_MISSING] = {'m', N_("Missing"), COLS(missing_cols), &source},
	[COURSES_KINDS] = {'s', N_("Kinds"), COLS(kind_cols), &source},
	[COURSES_ORDER] = {'d', N_("To order"), COLS(order_cols), &source},
	[COURSES_CHECKS] = {'a', N_("Checks"), COLS(check_cols), &source_in_sections},
	[COURSES_NEW] = {'y', N_("New"), COLS(new_cols), &source},
	[COURSES_OF_KIND] = {0, "", COLS(holder_cols), &source_in_sections},
};
#undef COLS

static struct screen *make(struct app *app, const struct screen_ops *ops, struct id of, enum courses_mode show)
{
	struct screen *s = screen_new(app, ops, sizeof(struct courses));
	struct courses *d = s->data;
	d->of = of;
	d->show = show;
	for (int i = 0; i < COURSES_MODES; i++)
		cells_make(&d->lists[i], i, modes[i].source, modes[i].cols, modes[i].ncols);
	s->list = d->lists[show].list;
	return s;
}

struct screen *screen_courses(struct app *app)
{
	return make(app, &courses_ops, ID_NONE, COURSES_RUN_OUT);
}

struct screen *screen_course(struct app *app, struct id kind)
{
	return make(app, &course_ops, kind, COURSES_OF_KIND);
}

static void courses_close(struct screen *s)
{
	cells_close(s, ((struct courses *)s->data)->lists, COURSES_MODES);
}

static int courses_load(struct screen *s, struct view *v, struct err *e)
{
	struct courses *d = s->data;
	d->book = app_book(s->app, v, e);
	d->today = app_today(s->app);
	int rc = d->book ? rules_limits(v, d->limits, e) : e->code;
	if (rc)
		return rc;
	if (!id_is_none(d->of) && !frames_course(&d->book->frames, d->of))
		return err_set(e, ERR_NOTFOUND, _("This kind is deleted. u takes the deletion back, if it was the last thing done."));
	courses_read(d, v, s->model);
	cells_set(d->lists, COURSES_MODES);
	if (!id_is_none(d->wanted) && list_select(d->lists[COURSES_KINDS].list, d->wanted))
		d->wanted = ID_NONE;
	return OK;
}

const struct courses *courses_of(const struct screen *s)
{
	return s->ops == &courses_ops || s->ops == &course_ops ? s->data : NULL;
}

const struct cells *courses_shown(const struct screen *s)
{
	const struct courses *d = s->data;
	return &d->lists[d->show];
}

const struct cell_row *courses_under(const struct screen *s)
{
	return courses_of(s) ? cells_under(courses_shown(s)) : NULL;
}

/* ---- picture -------------------------------------------------------------------------------------------------- */
/* Courses other than the steps of the introduction, one a line beside the list; below it all in one. */
static void draw_courses(const struct course_reader *k, const struct person *p, struct canvas *cv, struct rect *r, bool beside)
{
	size_t n;
	const char *line = "";
	struct qualification *all = qualification_of(k->b, k->a, p, k->limits, k->today, &n);
	for (size_t i = 0; i < n; i++) {
		const char *state = qualification_state_name(all[i].state);
		if (all[i].kind->step)
			continue;
		line = arena_printf(k->a, "%s%s%s (%s)", line, *line ? ", " : "", all[i].kind->name, state);
		if (beside)
			detail_fact(cv, r, LABEL_COLS, course_role(&all[i]), all[i].kind->name,
				*all[i].reason ? all[i].reason : state);
	}
	if (!beside)
		detail_fact(cv, r, LABEL_COLS, ROLE_DEFAULT, _("Courses"), line);
}

static void draw_person(const struct course_reader *k, const struct person *p, struct canvas *cv, struct rect r, bool beside)
{
	const char *phone = person_phone(k->a, p), *roles = person_role_names(k->b, k->a, p);
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("Phone · roles"),
		arena_printf(k->a, "%s%s%s", phone, *phone && *roles ? " · " : "", roles));
	detail_fact(cv, &r, LABEL_COLS, course_check_role(k, p), _("Child check"), course_check(k, p));
	detail_fact(cv, &r, LABEL_COLS, ROLE_HINT, _("Introduction"), course_introduction(k, p));
	detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, _("Steps done"), course_steps(k, p));
	draw_courses(k, p, cv, &r, beside);
}

static const char *roles_that_ask(const struct course_reader *k, struct id kind)
{
	const struct frames *f = &k->b->frames;
	const char *out = "";
	for (size_t i = 0; i < f->ndemands; i++)
		if (id_equal(f->demands[i].course, kind))
			out = arena_printf(k->a, "%s%s%s", out, *out ? ", " : "", book_name(k->b, f->demands[i].role));
	return out;
}

static void draw_kind(const struct course_reader *k, const struct course *c, struct canvas *cv, struct rect r)
{
	const struct course *after = frames_course(&k->b->frames, c->after);
	const struct { const char *label, *value; } facts[] = {
		{_("Asked for by"), roles_that_ask(k, c->id)}, {_("Only after"), after ? after->name : ""},
		{_("Confirmed by"), c->confirms ? c->confirms : ""},
		{_("Reminds"), c->warn_days ? arena_printf(k->a, ngettext("%d day before", "%d days before",
			(unsigned long)c->warn_days), c->warn_days) : ""},
		{_("Introduction"), c->step ? arena_printf(k->a, _("step %d"), c->step) : ""},
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		detail_fact(cv, &r, LABEL_COLS, ROLE_DEFAULT, facts[i].label, facts[i].value);
}

static void draw_modes(const struct courses *d, struct canvas *cv, struct rect *body, struct arena *a)
{
	struct detail_mode line[COURSES_OF_KIND];
	for (size_t i = 0; i < COURSES_OF_KIND; i++)
		line[i] = (struct detail_mode){modes[i].key, _(modes[i].label), d->lists[i].count, d->lists[i].role};
	detail_modes(cv, body, line, COURSES_OF_KIND, d->show, a);
}

static void courses_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct courses *d = s->data;
	const struct cell_row *row = courses_under(s);
	const struct course_reader k = {d->book, d->limits, d->today, a};
	struct rect detail;
	bool beside;
	if (d->show != COURSES_OF_KIND)
		draw_modes(d, cv, &body, a);
	if (row && detail_cut(cv, &body, row->cell[0].text, &detail, &beside)) {
		rect_cut_top(&detail, beside);
		if (row->person)
			draw_person(&k, row->person, cv, detail, beside);
		else
			draw_kind(&k, courses_kind(row), cv, detail);
	}
	if (d->show == COURSES_ORDER && d->more) {
		struct rect line = rect_cut_top(&body, 2);
		cv_text(cv, line.row, line.col + 2, line.cols - 2, ROLE_WARN, _("There are more; one order takes no more names."));
	}
	list_draw(s->list, cv, body, a);
}

static const char *course_heading(const struct screen *s, struct arena *a)
{
	const struct courses *d = s->data;
	const struct course *kind = d->book ? frames_course(&d->book->frames, d->of) : NULL;
	(void)a;
	return kind ? kind->name : _("Course or certificate");
}

/* ---- which are shown ------------------------------------------------------------------------------------------ */
static void show(struct screen *s, enum courses_mode which)
{
	struct courses *d = s->data;
	d->show = which;
	s->list = d->lists[which].list;
}

void courses_show_kind(struct app *app, void *ctx, struct id kind)
{
	struct screen *s = ctx;
	(void)app;
	((struct courses *)s->data)->wanted = kind;
	show(s, COURSES_KINDS);
}

#define SHOW(name, which) \
	static void name(struct app *app, struct screen *s) \
	{ \
		(void)app; \
		show(s, which); \
	}
SHOW(run_run_out, COURSES_RUN_OUT)
SHOW(run_missing, COURSES_MISSING)
SHOW(run_kinds, COURSES_KINDS)
SHOW(run_order, COURSES_ORDER)
SHOW(run_checks, COURSES_CHECKS)
SHOW(run_new, COURSES_NEW)
#undef SHOW

void courses_open(struct app *app)
{
	app_go(app, screen_courses(app));
}

static const struct action rows[] = {
	{"courses.run-out", CTX_COURSES, "x", N_("Run out"), N_("What runs out soon, or has run out, first what is first"),
		GROUP_LIST, 0, 0, NULL, run_run_out},
	{"courses.missing", CTX_COURSES, "m", N_("Missing"), N_("What roles ask for and people don't have yet"),
		GROUP_LIST, 0, 0, NULL, run_missing},
	{"courses.kinds", CTX_COURSES, "s", N_("Kinds"), N_("The kinds of courses and certificates, and how many have each"),
		GROUP_LIST, 0, 0, NULL, run_kinds},
	{"courses.order", CTX_COURSES, "d", N_("To order"), N_("Whose child-protection check is to be ordered: the list for one order"),
		GROUP_LIST, 0, 0, NULL, run_order},
	{"courses.checks", CTX_COURSES, "a", N_("Checks"), N_("How far each child-protection check has come, and what is next"),
		GROUP_LIST, 0, 0, NULL, run_checks},
	{"courses.new", CTX_COURSES, "y", N_("New"), N_("Who is new, with the steps of the introduction that are done and the next"),
		GROUP_LIST, 0, 0, NULL, run_new},
};

const struct action_set actions_courses = {N_("Courses and checks"), courses_open, rows, sizeof rows / sizeof *rows};

static const struct screen_ops courses_ops = {
	.name = "courses", .title = N_("Courses and checks"), .contexts = CTX_COURSES | CTX_COURSE | CTX_LIST,
	.load = courses_load, .draw = courses_draw, .close = courses_close,
}, course_ops = {
	.name = "course", .title = N_("Course or certificate"), .contexts = CTX_COURSE | CTX_LIST,
	.load = courses_load, .draw = courses_draw, .heading = course_heading, .close = courses_close,
};
