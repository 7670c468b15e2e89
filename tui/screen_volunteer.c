/* tui/screen_volunteer.c - see screens.h: the card of one volunteer. Owns its picture and what can be done from it;
 * what it says is read by card_rows.c. */
#include "tui/card_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/act.h"
#include "roster/availability.h"
#include "roster/retention.h"
#include "store/seen.h"
#include "tui/care_priv.h"
#include "tui/changes_priv.h"
#include "tui/courses_priv.h"
#include "tui/people_priv.h"
#include "tui/shifts_priv.h"
#include "tui/words.h"

enum { WIDE = 100, LABEL_MOST = 17, GAP = 2, LIST_LEAST = 6 };

static const struct screen_ops card_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static struct id row_id(const void *ctx, size_t row)
{
	const struct card *d = ctx;
	return list_id_in(d->rows[row].id, d->rows[row].kind);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct card_row *r = &((const struct card *)ctx)->rows[row];
	(void)a;
	return col == 0 ? r->when : col == 1 ? r->what : r->how;
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	(void)col;
	return ((const struct card *)ctx)->rows[row].role;
}

static const char *row_section(const void *ctx, size_t row)
{
	switch (((const struct card *)ctx)->rows[row].kind) {
	case CARD_COMING: return _("Coming shifts");
	case CARD_AVAILABLE: return _("Availability");
	case CARD_PAST: return _("Shifts that have been");
	case CARD_COURSE: return _("Courses and certificates");
	case CARD_AGREEMENT: return _("Agreements");
	case CARD_TALK: return _("Talks");
	case CARD_CHANGE: return _("History");
	}
	return "";
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role, .section = row_section};

static const struct list_col cols[] = {
	{"when", "", 16, 22, 0, false, false}, {"what", "", 20, 30, 1, false, false},
		{"how", "", 8, 14, 0, false, false},
};

struct screen *screen_volunteer(struct app *app, struct id id)
{
	struct screen *s = screen_new(app, &card_ops, sizeof(struct card));
	((struct card *)s->data)->id = id;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

struct id screen_volunteer_id(const struct screen *s)
{
	return s->ops == &card_ops ? ((const struct card *)s->data)->id : ID_NONE;
}

static int card_load(struct screen *s, struct view *v, struct err *e)
{
	struct card *d = s->data;
	int rc = card_read(d, s, v, e);
	if (rc == OK)
		list_set(s->list, d, d->nrows);
	return rc;
}

/* That somebody has looked is noted once a day, and not before they have: a disk may be slow. What can't be noted is no
 * reason not to work. */
static void card_shown(struct screen *s)
{
	retention_note_seen(app_store(s->app), ((const struct card *)s->data)->id, SEEN_CARD, NULL);
}

/* ---- picture ---------------------------------------------------------------------------------------------- */
static int label_width(const struct card *d)
{
	int width = 0;
	for (size_t i = 0; i < d->nfacts; i++)
		width = text_width(d->facts[i].label) > width ? text_width(d->facts[i].label) : width;
	return width > LABEL_MOST ? LABEL_MOST : width;
}

/* Rows used. */
static int draw_fact(const struct card_fact *f, struct canvas *cv, struct rect r, int labels, bool wraps)
{
	cv_text(cv, r.row, r.col, labels, ROLE_DIM, f->label);
	rect_cut_left(&r, labels + GAP);
	if (!wraps) {
		cv_text(cv, r.row, r.col, r.cols, f->role, f->value);
		return 1;
	}
	int used = cv_wrap(cv, r, f->role, f->value);
	return used > 0 ? used : 1;
}

/* Facts one below the other. */
static void draw_column(const struct card *d, struct canvas *cv, struct rect r)
{
	int labels = label_width(d);
	for (size_t i = 0; i < d->nfacts && r.rows > 0; i++)
		rect_cut_top(&r, draw_fact(&d->facts[i], cv, r, labels, true));
}

/* Does the fact need a line of its own, when two stand abreast in columns of `half`? */
static bool is_wide(const struct card_fact *f, int labels, int half)
{
	return f->is_long || text_width(f->value) > half - labels - 2 * GAP;
}

/* Short facts two abreast, then the long ones. What is left of r is the list's, which gets six rows at least. */
static void draw_abreast(const struct card *d, struct canvas *cv, struct rect *r)
{
	int labels = label_width(d), half = r->cols / 2;
	struct rect line = {0};
	for (size_t i = 0; i < d->nfacts; i++) {
		if (is_wide(&d->facts[i], labels, half) || (line.cols == 0 && r->rows <= LIST_LEAST))
			continue;
		bool is_left = line.cols == 0;
		if (is_left)
			line = rect_cut_top(r, 1);
		draw_fact(&d->facts[i], cv, is_left ? rect_cut_left(&line, half) : rect_cut_left(&line, line.cols),
			labels, false);
	}
	for (size_t i = 0; i < d->nfacts && r->rows > LIST_LEAST; i++)
		if (is_wide(&d->facts[i], labels, half))
			rect_cut_top(r, draw_fact(&d->facts[i], cv, (struct rect){r->row, r->col, 2, r->cols}, labels,
				true));
}

static void draw_head(const struct card *d, struct canvas *cv, struct rect *r)
{
	struct rect line = rect_cut_top(r, 1);
	int used = cv_text(cv, line.row, line.col, line.cols, ROLE_TITLE, d->name);
	cv_printf(cv, line.row, line.col + used + GAP, line.cols - used - GAP, d->state_role, "%s", d->state);
	if (id_is_none(d->twin))
		return;
	line = rect_cut_top(r, 1);
	cv_text(cv, line.row, line.col, line.cols, ROLE_WARN, d->twin_text);
}

static void card_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct card *d = s->data;
	struct rect list = body;
	if (body.cols >= WIDE) {
		list = rect_cut_right(&body, body.cols * 3 / 5);
		draw_divider(cv, &list);
		rect_cut_right(&body, GAP);
		draw_head(d, cv, &body);
		rect_cut_left(&body, GAP);
		rect_cut_top(&body, 1);
		draw_column(d, cv, body);
	} else {
		draw_head(d, cv, &body);
		rect_cut_left(&body, GAP);
		draw_abreast(d, cv, &body);
		rect_cut_top(&body, 1);
		list = (struct rect){body.row, list.col, body.rows, list.cols};
	}
	list_draw(s->list, cv, list, a);
}

static const char *card_heading(const struct screen *s, struct arena *a)
{
	const struct card *d = s->data;
	(void)a;
	return d->name ? d->name : _("Volunteer");
}

static const char *card_status(const struct screen *s, struct arena *a)
{
	(void)s;
	(void)a;
	return "";
}

/* ---- acts ------------------------------------------------------------------------------------------------- */
static const struct card_row *selected(const struct screen *s)
{
	size_t row;
	const struct card *d = s->data;
	return list_selected(s->list, &row) ? &d->rows[row] : NULL;
}

static void run_open(struct app *app, struct screen *s)
{
	const struct card_row *r = selected(s);
	if (r->kind == CARD_CHANGE)
		app_push(app, screen_change(app, r->dot));
	else if (r->kind == CARD_COURSE)
		app_push(app, screen_course(app, r->course));
	else if (r->kind == CARD_AGREEMENT)
		app_push(app, screen_agreement(app, r->agreement));
	else if (r->kind == CARD_AVAILABLE)
		app_push(app, screen_available(app, screen_volunteer_id(s), ((const struct card *)s->data)->name, r->id));
	else if (r->kind == CARD_TALK)
		app_push(app, screen_record_form(app, TYPE_TALK, r->talk, NULL, NULL));
	else
		app_push(app, screen_roster_day(app, cmin_date(r->duty.start), ID_NONE, r->duty.shift));
}

static void run_available(struct app *app, struct screen *s)
{
	app_push(app, screen_available(app, screen_volunteer_id(s), ((const struct card *)s->data)->name, ID_NONE));
}

static const char *refuse_unsay(struct app *app, struct screen *s)
{
	const struct card_row *r = selected(s);
	(void)app;
	return r && r->kind == CARD_AVAILABLE ? NULL : _("Stand on a line under Availability first.");
}

static void run_unsay(struct app *app, struct screen *s)
{
	const struct card_row *r = selected(s);
	struct change_result out;
	struct err e;
	int rc = available_remove(app_store(app), r->id, &out, &e);
	app_did(app, rc, &out, &e, _("Removed: %s %s"), r->when, r->what);
}

static void run_edit(struct app *app, struct screen *s)
{
	app_push(app, screen_record_form(app, TYPE_VOLUNTEER, screen_volunteer_id(s), NULL, NULL));
}

static const char *refuse_withdraw(struct app *app, struct screen *s)
{
	const struct card_row *r = selected(s);
	(void)app;
	if (!r || r->kind != CARD_COMING)
		return _("Stand on a coming shift first.");
	if (r->duty.state == ASSIGNMENT_WITHDRAWN || r->duty.state == ASSIGNMENT_DECLINED)
		return _("That has been cancelled already.");
	return NULL;
}

static void run_withdraw(struct app *app, struct screen *s)
{
	const struct card *d = s->data;
	const struct card_row *r = selected(s);
	struct change_result out;
	struct err e;
	int rc = act_withdraw(app_store(app), r->duty.shift, d->id, NULL, &out, &e);
	app_did(app, rc, &out, &e, _("Cancelled: %s. b finds somebody else"), r->when);
}

static const char *refuse_fill(struct app *app, struct screen *s)
{
	const struct card_row *r = selected(s);
	(void)app;
	return r && r->kind == CARD_COMING ? NULL : _("Stand on a coming shift first.");
}

static void run_fill(struct app *app, struct screen *s)
{
	app_push(app, screen_fill(app, selected(s)->duty.shift, NULL));
}

static const char *refuse_held(struct app *app, struct screen *s)
{
	const struct card_row *r = selected(s);
	(void)app;
	if (!r || r->kind != CARD_TALK)
		return _("Stand on a talk first.");
	return r->waits ? NULL : _("That talk has been held.");
}

static void run_held(struct app *app, struct screen *s)
{
	care_hold(app, &selected(s)->talk, 1, ((const struct card *)s->data)->name);
}

static const char *refuse_merge(struct app *app, struct screen *s)
{
	const struct card *d = s->data;
	(void)app;
	return id_is_none(d->twin) ? _("Nobody else looks like this one.") : NULL;
}

static void run_merge(struct app *app, struct screen *s)
{
	const struct card *d = s->data;
	app_push(app, d->is_older ? screen_merge(app, d->id, d->twin) : screen_merge(app, d->twin, d->id));
}

static const char *refuse_decide(struct app *app, struct screen *s)
{
	const struct card *d = s->data;
	(void)app;
	return d->is_open ? NULL : _("Nothing here was changed at two places.");
}

static void run_decide(struct app *app, struct screen *s)
{
	app_push(app, screen_disagreements(app, screen_volunteer_id(s)));
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, screen_volunteer_id(s)));
}

static void open_people(struct app *app)
{
	app_go(app, screen_records(app, TYPE_VOLUNTEER));
}

static const struct action rows[] = {
	{"card.open", CTX_CARD, "Enter", N_("Open"), N_("The day of the shift, the course, the agreement, or what a change wrote"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"card.withdraw", CTX_CARD, "a", N_("Cancelled"),
		N_("The volunteer can't come to that shift: the place is open again"),
		GROUP_DO, 3, ACTION_ROW | ACTION_CHANGES, refuse_withdraw, run_withdraw},
	{"card.fill", CTX_CARD, "b", N_("Fill"), N_("Find somebody else for that shift"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, refuse_fill, run_fill},
	{"card.edit", CTX_CARD, "r", N_("Edit"), N_("Change what is written about the volunteer"),
		GROUP_DO, 5, ACTION_CHANGES, NULL, run_edit},
	{"card.available", CTX_CARD, "o", N_("Availability"), N_("Writes when the volunteer can come, cannot, or is away"),
		GROUP_DO, 8, ACTION_CHANGES, NULL, run_available},
	{"card.unsay", CTX_CARD, "Delete s", N_("Remove"), N_("Takes the line under Availability away"),
		GROUP_DO, 9, ACTION_ROW | ACTION_CHANGES, refuse_unsay, run_unsay},
	{"card.held", CTX_CARD, "H", N_("Held today"), N_("The talk that the cursor is on has been held today"),
		GROUP_DO, 0, ACTION_ROW | ACTION_CHANGES, refuse_held, run_held},
	{"card.history", CTX_CARD, "h", N_("History"), N_("All changes of this volunteer, and undo of any of them"),
		GROUP_DO, 9, 0, NULL, run_history},
	{"card.decide", CTX_CARD, "v", N_("Decide"), N_("What was changed at two places, to choose between the values"),
		GROUP_DO, 7, 0, refuse_decide, run_decide},
	{"card.merge", CTX_CARD, "m", N_("Make one"),
		N_("Two records of the same person, side by side, to be made one"),
		GROUP_DO, 8, ACTION_CHANGES, refuse_merge, run_merge},
};

const struct action_set actions_volunteer = {N_("Volunteer"), open_people, rows, sizeof rows / sizeof *rows};

static const struct screen_ops card_ops = {
	.name = "volunteer", .title = N_("Volunteer"), .contexts = CTX_CARD | CTX_PEOPLE | CTX_LIST, .load = card_load,
	.draw = card_draw, .status = card_status, .heading = card_heading, .shown = card_shown,
};
