/* tui/course_acts.c - see courses_priv.h: what can be done to courses, checks and introductions from their lists, a
 * volunteer's card and the list of volunteers. Owns the questions asked; forms are course_forms.c's. */
#include "tui/courses_priv.h"


#include "base/lang.h"
#include "base/os.h"
#include "export/papers.h"
#include "roster/register.h"
#include "tui/dialog.h"
#include "tui/help.h"
#include "tui/people_priv.h"
#include "tui/shifts_priv.h"
#include "tui/to_file.h"

/* ---- whom it is about ----------------------------------------------------------------------------------------- */
/* One person: of the card, or under the cursor; ID_NONE. */
static struct id person_under(const struct screen *s)
{
	const struct cell_row *row = courses_under(s);
	return row ? row->person ? row->person->id : ID_NONE : screen_volunteer_id(s);
}

static const struct person *person_now(struct app *app, const struct screen *s, struct book **b)
{
	struct id id = person_under(s);
	*b = id_is_none(id) ? NULL : app_book_now(app, NULL);
	return *b ? book_person(*b, id) : NULL;
}

static const char *refuses_nobody(struct app *app, struct screen *s)
{
	(void)app;
	return id_is_none(person_under(s)) ? _("Stand on a volunteer first.") : NULL;
}

static int limits_now(struct app *app, int limits[LIMIT_COUNT], struct err *e)
{
	struct view *v = NULL;
	int rc = view_begin(app_store(app), &v, e);
	if (rc == OK)
		rc = rules_limits(v, limits, e);
	view_end(v);
	return rc;
}

/* What a question that is open is about; in the asking screen's arena. */
struct question { struct id person, kind; int states[CHILD_RENEW]; const struct id *people; size_t n; };

static struct question *ask_about(struct screen *s, struct id person)
{
	struct question *q = arena_alloc(s->arena, sizeof *q);
	q->person = person;
	return q;
}

/* ---- a course ------------------------------------------------------------------------------------------------- */
static const char *refuses_give(struct app *app, struct screen *s)
{
	size_t n;
	people_targets(s, app_scratch(app), &n);
	return n ? NULL : _("Stand on a volunteer or mark some first. Enter shows who can have it.");
}

static void run_give(struct app *app, struct screen *s)
{
	size_t n;
	const struct courses *d = courses_of(s);
	const struct cell_row *row = courses_under(s);
	struct id *people = people_targets(s, app_scratch(app), &n);
	struct id kind = d && !id_is_none(d->of) ? d->of : row && courses_kind(row) ? courses_kind(row)->id : ID_NONE;
	app_push(app, screen_course_give(app, kind, people, n));
}

/* ---- taken away -------------------------------------------------------------------------------------------------- */
/* The marked courses that people have or are signed up for, else the one under the cursor. */
static struct id *held_under(const struct screen *s, struct arena *a, size_t *n)
{
	const struct courses *d = courses_of(s);
	const struct cells *l = &d->lists[d->show];
	const struct cell_row *under = courses_under(s);
	struct id *ids = arena_alloc(a, (l->n + 1) * sizeof *ids);
	*n = 0;
	for (size_t i = 0; i < l->n; i++) {
		const struct cell_row *row = &l->rows[i];
		bool is_meant = list_nmarks(s->list) ? list_is_marked(s->list, row->id) : row == under;
		if (is_meant && row->person && courses_kind(row) && frames_held(&d->book->frames, row->person->id, courses_kind(row)->id))
			ids[(*n)++] = row->id;
	}
	return ids;
}

static const char *refuses_take(struct app *app, struct screen *s)
{
	size_t n;
	held_under(s, app_scratch(app), &n);
	return n ? NULL : _("Stand on a course that somebody has first.");
}

static void run_take(struct app *app, struct screen *s)
{
	size_t n;
	struct change_result r;
	struct err e;
	struct id *ids = held_under(s, app_scratch(app), &n);
	int rc = register_delete(app_store(app), TYPE_QUALIFICATION, ids, n, &r, &e);
	if (app_did(app, rc, &r, &e, ngettext("%zu course is taken away", "%zu courses are taken away", n), n))
		list_unmark(s->list);
}

/* ---- the introduction ----------------------------------------------------------------------------------------- */
/* Of somebody who is new, or whom nobody has begun with yet. */
static const struct course *next_step(struct app *app, const struct screen *s)
{
	int limits[LIMIT_COUNT];
	struct err e;
	struct book *b;
	const struct person *p = person_now(app, s, &b);
	if (!p || limits_now(app, limits, &e))
		return NULL;
	struct introduction in = introduction_of(b, p, limits, app_today(app));
	return in.is_new || p->status == VOLUNTEER_APPLICANT ? in.next : NULL;
}

static const char *refuses_step(struct app *app, struct screen *s)
{
	const char *nobody = refuses_nobody(app, s);
	return nobody ? nobody : next_step(app, s) ? NULL
		: _("No step of an introduction is waited for. k writes one down all the same.");
}

static int give_step(struct app *app, void *ctx, const char *by, struct err *e)
{
	const struct question *q = ctx;
	struct change_result r;
	struct book *b = app_book_now(app, e);
	const struct qualification_given how = {.kind = q->kind, .volunteer = &q->person, .n = 1, .got = app_today(app),
		.confirmed_by = by};
	int rc = b ? qualification_give(app_store(app), b, &how, &r, e) : e->code;
	if (rc == OK)
		app_done(app, &r, _("%s: %s is done"), book_name(b, q->person), frames_course(&b->frames, q->kind)->name);
	return rc;
}

static void run_step(struct app *app, struct screen *s)
{
	const struct course *step = next_step(app, s);
	struct question *q = ask_about(s, person_under(s));
	struct err e;
	q->kind = step->id;
	if (*step->confirms)
		dialog_prompt(app, arena_printf(app_scratch(app), _("%s: who says that it is done? (%s)"), step->name,
			step->confirms), store_person(app_store(app)), false, give_step, q);
	else if (give_step(app, q, NULL, &e))
		app_fail(app, &e);
}

/* ---- the check ------------------------------------------------------------------------------------------------ */
static void move_chosen(struct app *app, void *ctx, size_t i)
{
	const struct question *q = ctx;
	int state = q->states[i];
	if (state == CHILD_ASSESSED || state == CHILD_NOT_IN_ORDER) {
		app_push(app, screen_check_assess(app, q->person, state));
		return;
	}
	struct change_result r;
	struct err e;
	struct book *b = app_book_now(app, NULL);
	int rc = check_move(app_store(app), q->person, &(struct check_move){.state = state, .day = app_today(app)}, &r, &e);
	app_did(app, rc, &r, &e, "%s: %s", b ? book_name(b, q->person) : "", _(schema_choice(SET_CHILD_CHECK, state)->label));
}

static const char *refuses_check(struct app *app, struct screen *s)
{
	const struct cell_row *row = courses_under(s);
	return row && row->person && courses_kind(row) ? _("This row is about a course: a shows the checks.") : refuses_nobody(app, s);
}

/* The likely ones first. */
static size_t next_states(const struct person *p, int *states, const char **labels)
{
	static const int order[] = {CHILD_ORDERED, CHILD_ASSESSED, CHILD_NOT_IN_ORDER, CHILD_CONSENT_MISSING, CHILD_RENEW,
		CHILD_TO_ORDER, CHILD_NOT_NEEDED};
	size_t n = 0;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (check_may_move(p->child_check, order[i])) {
			states[n] = order[i];
			labels[n++] = _(schema_choice(SET_CHILD_CHECK, order[i])->label);
		}
	return n;
}

static void run_check(struct app *app, struct screen *s)
{
	const char *labels[CHILD_RENEW];
	struct book *b;
	const struct person *p = person_now(app, s, &b);
	if (!p)
		return;
	struct question *q = ask_about(s, p->id);
	size_t n = next_states(p, q->states, labels);
	dialog_choice(app, arena_printf(app_scratch(app), _("%s: what has become of the check?"), p->name), labels, n,
		move_chosen, q);
}

/* ---- the order ------------------------------------------------------------------------------------------------ */
static const char *refuses_order(struct app *app, struct screen *s)
{
	const struct courses *d = courses_of(s);
	(void)app;
	if (d->show != COURSES_ORDER)
		return _("d shows the list of those to be ordered first.");
	return d->lists[COURSES_ORDER].n ? NULL : _("No child-protection check is to be ordered.");
}

/* The marked ones, else all. */
static const struct person **to_order(const struct screen *s, struct arena *a, size_t *n)
{
	const struct cells *l = &courses_of(s)->lists[COURSES_ORDER];
	const struct person **people = arena_alloc(a, l->n * sizeof *people);
	*n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (!list_nmarks(s->list) || list_is_marked(s->list, l->rows[i].id))
			people[(*n)++] = l->rows[i].person;
	return people;
}

static void run_ordered(struct app *app, struct screen *s)
{
	size_t n;
	struct change_result r;
	struct err e;
	const struct person **people = to_order(s, app_scratch(app), &n);
	struct id *ids = arena_alloc(app_scratch(app), (n + 1) * sizeof *ids);
	for (size_t i = 0; i < n; i++)
		ids[i] = people[i]->id;
	int rc = check_order(app_store(app), ids, n, app_today(app), &r, &e);
	if (app_did(app, rc, &r, &e, ngettext("%zu check is ordered: the volunteer is asked for consent now",
		"%zu checks are ordered: the volunteers are asked for consent now", n), n))
		list_unmark(s->list);
}

static int write_order(struct app *app, void *ctx, const char *path, struct err *e)
{
	size_t n;
	const struct person **people = to_order(ctx, app_scratch(app), &n);
	const struct courses *d = courses_of(ctx);
	const char *says = arena_printf(app_scratch(app), ngettext("%zu name is written to %s: delete it once the order is sent",
		"%zu names are written to %s: delete it once the order is sent", n), n, path);
	return to_file_sheet(app, paper_check_order(app_scratch(app), people, n, d->today + d->limits[LIMIT_SHRED_DAYS]), NULL,
		path, says, e);
}

static void run_write(struct app *app, struct screen *s)
{
	char day[16];
	/* translators: a file's name, without blanks */
	const char *name = arena_printf(app_scratch(app), _("checks-%s.csv"), civil_format_date(day, sizeof day, app_today(app),
		CIVIL_ISO));
	to_file_ask(app, _("To which file? .pdf or .html to print, .xlsx, .csv, .txt"), name, write_order, s);
}

/* ---- why ------------------------------------------------------------------------------------------------------ */
static void run_why(struct app *app, struct screen *s)
{
	int limits[LIMIT_COUNT];
	struct err e;
	struct book *b;
	size_t n = 0;
	const struct person *p = person_now(app, s, &b);
	if (!p)
		return;
	if (limits_now(app, limits, &e)) {
		app_fail(app, &e);
		return;
	}
	const struct course_reader k = {b, limits, app_today(app), app_scratch(app)};
	struct verdict *v = course_warnings(&k, p, &n);
	if (n)
		help_open_about(app, p->name, verdicts_text(app_scratch(app), v, n));
	else
		app_toast(app, _("Nothing warns about %s's courses and checks."), p->name);
}

/* ---- ways ----------------------------------------------------------------------------------------------------- */
static void run_open(struct app *app, struct screen *s)
{
	const struct cell_row *row = courses_under(s);
	app_push(app, row->person ? screen_volunteer(app, row->person->id) : screen_course(app, courses_kind(row)->id));
}

static const char *refuses_new(struct app *app, struct screen *s)
{
	(void)app;
	return courses_of(s)->show == COURSES_KINDS ? NULL : _("s shows the kinds first.");
}

static void run_new(struct app *app, struct screen *s)
{
	app_push(app, screen_record_form(app, TYPE_QUALIFICATION_KIND, ID_NONE, courses_show_kind, s));
}

static struct id kind_under(const struct screen *s)
{
	const struct courses *d = courses_of(s);
	const struct cell_row *row = courses_under(s);
	return !id_is_none(d->of) ? d->of : row && !row->person ? courses_kind(row)->id : ID_NONE;
}

static const char *refuses_edit(struct app *app, struct screen *s)
{
	(void)app;
	return id_is_none(kind_under(s)) ? _("Stand on a kind first: s shows them.") : NULL;
}

static void run_edit(struct app *app, struct screen *s)
{
	app_push(app, screen_record_form(app, TYPE_QUALIFICATION_KIND, kind_under(s), NULL, NULL));
}

static const struct action rows[] = {
	{"course.open", CTX_COURSE, "Enter", N_("Open"), N_("The volunteer's card; of a kind, who has it"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"course.ordered", CTX_COURSE, "b", N_("Ordered"),
		N_("All on the list, or the marked ones, are ordered today; the time to consent begins"),
		GROUP_DO, 3, ACTION_CHANGES, refuses_order, run_ordered},
	{"course.write", CTX_COURSE, "e", N_("Write out"),
		N_("The list for the order, as a file with names and dates of birth only"),
		GROUP_DO, 3, ACTION_WRITES, refuses_order, run_write},
	{"course.step", CTX_COURSE | CTX_CARD, "n", N_("Next step"), N_("The next step of the introduction is done today"),
		GROUP_DO, 3, ACTION_CHANGES, refuses_step, run_step},
	{"course.check", CTX_COURSE | CTX_CARD, "c", N_("Child check"),
		N_("Moves the child-protection check on: ordered, consent missing, assessed by two, to be renewed"),
		GROUP_DO, 6, ACTION_CHANGES, refuses_check, run_check},
	{"course.give", CTX_COURSE, "k", N_("Give course"),
		N_("Writes down a course or certificate with day and who confirmed, for this one or all marked"),
		GROUP_DO, 6, ACTION_BULK | ACTION_CHANGES, refuses_give, run_give},
	{"course.take", CTX_COURSE, "Delete t", N_("Take away"), N_("Somebody doesn't have the course after all; u gives it back"),
		GROUP_DO, 0, ACTION_BULK | ACTION_CHANGES, refuses_take, run_take},
	{"course.new", CTX_COURSES, "o", N_("New kind"), N_("Adds a kind of course or certificate"),
		GROUP_DO, 3, ACTION_CHANGES, refuses_new, run_new},
	{"course.edit", CTX_COURSE, "r", N_("Edit kind"),
		N_("How long it holds, who confirms it, which step of the introduction it is"),
		GROUP_DO, 4, ACTION_CHANGES, refuses_edit, run_edit},
	{"course.why", CTX_COURSE | CTX_CARD, "i", N_("Why"),
		N_("Explains what warns about the volunteer's courses and checks, and where the rule comes from"),
		GROUP_DO, 8, 0, refuses_nobody, run_why},
};

const struct action_set actions_course = {N_("Courses and checks"), courses_open, rows, sizeof rows / sizeof *rows};
