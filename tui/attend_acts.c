/* tui/attend_acts.c - see attend_priv.h: what is done to the sheet of a day. Owns which key does what; what is written
 * is roster/attendance.h's. */
#include "tui/attend_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "export/papers.h"
#include "tui/dialog.h"
#include "tui/to_file.h"
#include "tui/words.h"

enum { MISSING_DAYS = 14 };

static struct attend_day *data_of(const struct screen *s)
{
	return s->data;
}

const struct attend_sheet *attend_sheet_of(const struct screen *s, struct id shift)
{
	const struct attend_day *d = data_of(s);
	for (size_t i = 0; i < d->nsheets; i++)
		if (id_equal(d->sheets[i].shift.row.shift, shift))
			return &d->sheets[i];
	return NULL;
}

const char *attend_refuses(struct app *app, struct screen *s)
{
	const struct attend_row *r = attend_selected(s);
	return r && r->sheet->shift.row.start > app_now(app) ? _("The shift hasn't begun: a cancellation is noted on the roster.") : NULL;
}

bool attend_do(struct screen *s, const struct attend_sheet *sheet, const struct attend_plan *plan, const char *said)
{
	struct err e;
	struct change_result r = {0};
	struct book *b = app_book_now(s->app, &e);
	int rc = b ? act_attend(app_store(s->app), b, sheet, plan, &r, &e) : ERR_IO;
	return app_did(s->app, rc, &r, &e, "%s", said);
}

/* ---- one person ---------------------------------------------------------------------------------------- */
static bool mark_one(struct screen *s, const struct attend_sheet *sheet, const struct attendee *who, int attendance, int minutes)
{
	struct arena *a = app_scratch(s->app);
	struct attend_plan plan = {.marks = arena_alloc(a, (sheet->n + 1) * sizeof *plan.marks)};
	const struct choice *c = schema_choice(SET_ATTENDANCE, attendance);
	plan.marks[who->number - 1] = (struct attend_mark){.set = true, .attendance = (uint8_t)attendance, .minutes = minutes};
	return attend_do(s, sheet, &plan, arena_printf(a, "%s: %s", who->seat.name, c ? _(c->label) : _("not recorded")));
}

/* The cursor goes on by itself, so that twenty people are twenty keys. */
static void mark_selected(struct screen *s, int attendance)
{
	const struct attend_row *r = attend_selected(s);
	if (mark_one(s, r->sheet, r->who, attendance, ATTEND_AS_IT_STANDS))
		list_event(s->list, &(struct event){.what = EV_KEY, .key = K_DOWN});
}

static void run_present(struct app *app, struct screen *s)
{
	(void)app;
	mark_selected(s, ATTENDANCE_PRESENT);
}

static void run_excused(struct app *app, struct screen *s)
{
	(void)app;
	mark_selected(s, ATTENDANCE_EXCUSED);
}

static void run_absent(struct app *app, struct screen *s)
{
	(void)app;
	mark_selected(s, ATTENDANCE_ABSENT);
}

static void run_clear(struct app *app, struct screen *s)
{
	(void)app;
	mark_selected(s, 0);
}

static int hours_told(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	const struct attend_day *d = data_of(s);
	const struct attend_sheet *sheet = attend_sheet_of(s, d->asked.shift);
	const struct field *f = schema_field(TYPE_ASSIGNMENT, F_ASSIGNMENT_MINUTES);
	struct value told;
	int rc = kind_parse(app_scratch(app), f, text, app_today(app), &told, e);
	for (size_t i = 0; rc == OK && sheet && i < sheet->n; i++)
		if (id_equal(sheet->rows[i].seat.assignment, d->asked.assignment)) {
			mark_one(s, sheet, &sheet->rows[i], ATTENDANCE_PRESENT, told.tag == V_INT ? (int)told.i : ATTEND_AS_PLANNED);
			break;
		}
	return rc;
}

static void run_hours(struct app *app, struct screen *s)
{
	const struct attend_row *r = attend_selected(s);
	struct arena *a = app_scratch(app);
	int minutes = r->who->told >= 0 ? r->who->told : r->who->planned;
	data_of(s)->asked.shift = r->sheet->shift.row.shift;
	data_of(s)->asked.assignment = r->who->seat.assignment;
	dialog_prompt(app, _("Hours told, e.g. 2:30 or 2,5 (empty: as planned)"), arena_printf(a, "%d:%02d", minutes / 60, minutes % 60), false, hours_told, s);
}

/* ---- a shift ------------------------------------------------------------------------------------------- */
static void run_rest(struct app *app, struct screen *s)
{
	const struct attend_sheet *sheet = attend_selected(s)->sheet;
	struct attend_plan plan;
	struct err e;
	char rest[] = {attend_letter(ATTENDANCE_PRESENT), '\0'};
	if (attend_plan(app_scratch(app), sheet, rest, &plan, &e) == OK)
		attend_do(s, sheet, &plan, attend_echo(app_scratch(app), sheet, &plan));
}

static void run_line(struct app *app, struct screen *s)
{
	(void)app;
	attend_line_open(s);
}

static void run_card(struct app *app, struct screen *s)
{
	const struct attend_row *r = attend_selected(s);
	if (r->who->seat.person)
		app_push(app, screen_volunteer(app, r->who->seat.volunteer));
	else
		app_toast(app, _("An organisation's places have no card."));
}

/* ---- days ---------------------------------------------------------------------------------------------- */
static void run_before(struct app *app, struct screen *s)
{
	(void)app;
	attend_go(s, data_of(s)->day - 1);
}

static void run_after(struct app *app, struct screen *s)
{
	(void)app;
	attend_go(s, data_of(s)->day + 1);
}

/* The next day that something is missing of, and round to the first. */
static int find_missing(struct screen *s, struct attend_missing *m, struct err *e)
{
	struct view *v;
	civil_date first = app_today(s->app) - MISSING_DAYS, next = data_of(s)->day + 1;
	int rc = view_begin(app_store(s->app), &v, e);
	if (rc != OK)
		return rc;
	rc = attend_missing(v, next > first ? next : first, app_now(s->app), m, e);
	if (rc == OK && !m->places)
		rc = attend_missing(v, first, app_now(s->app), m, e);
	view_end(v);
	return rc;
}

static void run_next(struct app *app, struct screen *s)
{
	struct attend_missing m;
	struct err e;
	if (find_missing(s, &m, &e) != OK)
		app_fail(app, &e);
	else if (!m.places)
		app_toast(app, _("Everything of the last 14 days is recorded."));
	else
		attend_go(s, m.first);
}

/* ---- on paper ------------------------------------------------------------------------------------------ */
static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct attend_day *d = data_of(ctx);
	struct arena *a = app_scratch(app);
	struct attend_sheet *sheets;
	size_t n;
	int rc = attend_sheets(v, b, a, id_is_none(d->unit) ? NULL : &d->unit, d->day, d->day + 1, &sheets, &n, e);
	if (rc == OK)
		*out = paper_attendance(v, a, sheets, n, d->day, d->day + 1, true);
	return rc;
}

static void run_write(struct app *app, struct screen *s)
{
	char day[24];
	civil_format_date(day, sizeof day, data_of(s)->day, CIVIL_ISO);
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(app_scratch(app), _("attendance-%s"), day), _("Attendance"), make_sheet, s);
}

/* The hours of the month that the day is in. */
static struct hours_of month_of(const struct attend_day *d)
{
	struct ymd day = civil_to_ymd(d->day);
	civil_date first = civil_from_ymd(day.y, day.m, 1);
	return (struct hours_of){.from = first, .to = civil_add_months(first, 1), .unit = id_is_none(d->unit) ? NULL : &d->unit};
}

static int make_people(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	struct hours_of of = month_of(data_of(ctx));
	struct hours_person *all;
	size_t n;
	int rc = hours_by_person(v, b, app_scratch(app), &of, &all, &n, e);
	if (rc == OK)
		*out = paper_hours_people(v, b, app_scratch(app), &of, all, n);
	return rc;
}

static int make_organisations(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	struct hours_of of = month_of(data_of(ctx));
	struct hours_month *all;
	size_t n;
	int rc = hours_by_organisation(v, b, app_scratch(app), &of, &all, &n, e);
	return rc ? rc : paper_hours_organisations(v, b, app_scratch(app), &of, all, n, out, e);
}

static void sums_chosen(struct app *app, void *ctx, size_t i)
{
	struct ymd day = civil_to_ymd(data_of(ctx)->day);
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(app_scratch(app), _("hours-%04d-%02d"), day.y, day.m),
		i ? _("Hours by person") : _("Hours by organisation"), i ? make_people : make_organisations, ctx);
}

static void run_sums(struct app *app, struct screen *s)
{
	struct ymd day = civil_to_ymd(data_of(s)->day);
	const char *labels[] = {_("by organisation"), _("by person, also the last 12 months and in all")};
	dialog_choice(app, arena_printf(app_scratch(app), _("Hours of %s %d:"), civil_month_name(day.m), day.y), labels,
		sizeof labels / sizeof *labels, sums_chosen, s);
}

/* ---- approving ----------------------------------------------------------------------------------------- */
static void approve(struct app *app, const struct approving *of)
{
	struct approved told = {0};
	struct change_result r = {0};
	struct err e;
	struct book *b = app_book_now(app, &e);
	int rc = b ? act_approve(app_store(app), b, of, &told, &r, &e) : ERR_IO;
	app_did(app, rc, &r, &e, ngettext("%zu place approved: %s", "%zu places approved: %s", told.places), told.places,
		words_hours(app_scratch(app), (int)told.minutes));
}

/* The first is everybody. */
static void organisation_chosen(struct app *app, void *ctx, size_t i)
{
	const struct attend_day *d = data_of(ctx);
	struct approving of = {.from = d->asked.from, .to = d->asked.to, .unit = id_is_none(d->unit) ? NULL : &d->unit,
		.organisation = i ? &d->asked.organisations[i - 1] : NULL};
	approve(app, &of);
}

static void period_chosen(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	struct attend_day *d = data_of(s);
	struct err e;
	const struct book *b = app_book_now(app, &e);
	civil_date monday = d->day - (civil_weekday(d->day) - 1);
	struct hours_of month = month_of(d);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	const char **labels = arena_alloc(app_scratch(app), (b->norgs + 1) * sizeof *labels);
	d->asked.from = (const civil_date[]){d->day, monday, month.from}[i];
	d->asked.to = (const civil_date[]){d->day + 1, monday + 7, month.to}[i];
	d->asked.organisations = arena_alloc(s->arena, (b->norgs + 1) * sizeof *d->asked.organisations);
	labels[0] = _("everybody");
	for (size_t k = 0; k < b->norgs; k++) {
		labels[k + 1] = b->orgs[k].name;
		d->asked.organisations[k] = b->orgs[k].id;
	}
	dialog_choice(app, _("Through whom?"), labels, b->norgs + 1, organisation_chosen, s);
}

static void run_approve(struct app *app, struct screen *s)
{
	const struct attend_day *d = data_of(s);
	char week[32];
	struct arena *a = app_scratch(app);
	const char *labels[] = {words_day(a, d->day, d->today), arena_strdup(a, civil_format_week(week, sizeof week, d->day, CIVIL_DAY)),
		arena_printf(a, "%s %d", civil_month_name(civil_to_ymd(d->day).m), civil_to_ymd(d->day).y)};
	dialog_choice(app, _("Approve the hours of those who came:"), labels, sizeof labels / sizeof *labels, period_chosen, s);
}

/* ---- the table ----------------------------------------------------------------------------------------- */
static const struct action rows[] = {
	{"attend.present", CTX_ATTEND, "f", N_("Came"), N_("Notes that the person was there, and goes on to the next"),
		GROUP_DO, 2, ACTION_ROW | ACTION_CHANGES, attend_refuses, run_present},
	{"attend.excused", CTX_ATTEND, "a", N_("Excused"), N_("Notes that the person had cancelled, and goes on to the next"),
		GROUP_DO, 2, ACTION_ROW | ACTION_CHANGES, attend_refuses, run_excused},
	{"attend.absent", CTX_ATTEND, "u", N_("Stayed away"), N_("Notes that the person stayed away without a word, and goes on to the next"),
		GROUP_DO, 2, ACTION_ROW | ACTION_CHANGES, attend_refuses, run_absent},
	{"attend.line", CTX_ATTEND, "t", N_("Type sheet"), N_("Takes a paper sheet as one line: 1-9f 4a 7u. With the paper's code first, that of any day"),
		GROUP_DO, 3, ACTION_WRITES, attend_refuses, run_line},
	{"attend.rest", CTX_ATTEND, "r", N_("The rest"), N_("All others of the shift who aren't recorded yet were there"),
		GROUP_DO, 3, ACTION_ROW | ACTION_CHANGES, attend_refuses, run_rest},
	{"attend.hours", CTX_ATTEND, "h", N_("Hours"), N_("Takes the hours that were told, where they aren't as planned"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, attend_refuses, run_hours},
	{"attend.clear", CTX_ATTEND, "Space Delete", N_("Clear"), N_("Nothing is recorded of the person again, which is never absent"),
		GROUP_DO, 6, ACTION_ROW | ACTION_CHANGES, NULL, run_clear},
	{"attend.before", CTX_ATTEND, "Left", N_("Day before"), N_("The sheet of the day before"), GROUP_GO, 5, 0, NULL, run_before},
	{"attend.after", CTX_ATTEND, "Right", N_("Day after"), N_("The sheet of the day after"), GROUP_GO, 5, 0, NULL, run_after},
	{"attend.next", CTX_ATTEND, "n", N_("Next missing"), N_("The next day of the last 14 that somebody isn't recorded on"),
		GROUP_GO, 5, 0, NULL, run_next},
	{"attend.card", CTX_ATTEND, "Enter", N_("Card"), N_("The volunteer's card, with hours in total and of the last 12 months"),
		GROUP_GO, 7, ACTION_ROW, NULL, run_card},
	{"attend.approve", CTX_ATTEND, "g", N_("Approve"), N_("Vouches for the hours of those who came on the day, in the week or the month"),
		GROUP_DO, 8, ACTION_CHANGES, NULL, run_approve},
	{"attend.sums", CTX_ATTEND, "s", N_("Hours list"), N_("Writes the month's hours to a file, by organisation or by person, as text, HTML, PDF or CSV"),
		GROUP_DO, 8, 0, NULL, run_sums},
	{"attend.write", CTX_ATTEND, "e", N_("Write out"), N_("Writes the day's tick sheet to a file, to print and fill in, with the day to shred it"),
		GROUP_DO, 8, 0, NULL, run_write},
};

const struct action_set actions_attend = {N_("Attendance"), NULL, rows, sizeof rows / sizeof *rows};
