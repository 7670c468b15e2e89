/* tui/screen_round.c - see rounds_priv.h: one gap, whom to ring now, and one key an answer.
 *
 * Owns the picture and what is asked before an answer can be noted. Who comes next and what an answer does is
 * roster/round.h's. */
#include "tui/rounds_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "export/papers.h"
#include "tui/dialog.h"
#include "tui/shifts_priv.h"
#include "tui/to_file.h"
#include "tui/words.h"

enum { BIG_ROWS = 3, BIG_FROM = 15, HEAD_ROWS = 9, GAP = 2 };

struct round_data {
	struct id shift;
	struct round r;
	bool go_next;                      /* put the cursor on who is to be rung once it is loaded */
	struct call_made how;              /* the answer that is being noted */
};

static struct round_data *data_of(const struct screen *s)
{
	return s->data;
}

static const struct candidate *chosen(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? &data_of(s)->r.all[row] : NULL;
}

/* ---- the list --------------------------------------------------------------------------------------------------- */

enum { COL_MARK, COL_NAME, COL_WHY, COL_PHONE };
static const struct list_col cols[] = {
	[COL_MARK] = {"mark", "", 2, 2, 0, false, false},
	[COL_NAME] = {"name", N_("Name"), 14, 24, 1, false, false},
	[COL_WHY] = {"why", N_("Why"), 30, 44, 3, false, false},
	[COL_PHONE] = {"phone", N_("Phone"), 11, 11, 0, false, false},
};

static const struct candidate *row_at(const void *ctx, size_t row)
{
	return &((const struct round_data *)ctx)->r.all[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->person->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct candidate *c = row_at(ctx, row);
	switch (col) {
	case COL_MARK: return level_mark(c->worst);
	case COL_NAME: return c->person->name;
	case COL_WHY: return c->reasons;
	default: return person_phone(a, c->person);
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct candidate *c = row_at(ctx, row);
	if (col == COL_MARK)
		return level_role(c->worst);
	return col == COL_WHY || !candidate_is_next(c) ? ROLE_DIM : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	return candidate_is_next(row_at(ctx, row)) ? _("To be rung") : _("Not now");
}

static const char *row_find(const void *ctx, size_t row, struct arena *a)
{
	const struct person *p = row_at(ctx, row)->person;
	return arena_printf(a, "%s %s", p->name, p->phone);
}

static const char *nobody(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("There are no volunteers to ask.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .find = row_find, .section = row_section, .empty = nobody,
};

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct round_data *d = data_of(s);
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return e->code;
	int rc = round_load(v, b, s->model, d->shift, &d->r, e);
	if (rc != OK)
		return rc;
	list_set(s->list, d, d->r.n);
	if (d->go_next && d->r.next)
		list_select(s->list, d->r.next->person->id);
	d->go_next = false;
	return OK;
}

/* ---- the picture ------------------------------------------------------------------------------------------------ */

int big_number(struct canvas *cv, struct rect r, unsigned role, const char *text)
{
	static const char *const digits[10][BIG_ROWS] = {
		{" _ ", "| |", "|_|"}, {"   ", "  |", "  |"}, {" _ ", " _|", "|_ "}, {" _ ", " _|", " _|"}, {"   ", "|_|", "  |"},
		{" _ ", "|_ ", " _|"}, {" _ ", "|_ ", "|_|"}, {" _ ", "  |", "  |"}, {" _ ", "|_|", "|_|"}, {" _ ", "|_|", " _|"},
	};
	enum { WIDTH = 3 };
	int col = 0;
	for (const char *p = text; *p && col + WIDTH <= r.cols; p++) {
		bool digit = *p >= '0' && *p <= '9';
		for (int i = 0; digit && i < BIG_ROWS && i < r.rows; i++)
			cv_text(cv, r.row + i, r.col + col, WIDTH, role, digits[*p - '0'][i]);
		if (!digit && r.rows > 1)
			cv_span(cv, r.row + 1, r.col + col, 1, role, p, 1);
		col += digit ? WIDTH + 1 : 1;
	}
	return col;
}

static void put(struct canvas *cv, struct rect *r, unsigned role, const char *text)
{
	if (*text && r->rows > 0)
		rect_cut_top(r, cv_wrap(cv, *r, role, text));
}

/* "1 open place · instead of Liv Poulsen (away)" */
static const char *about(const struct round *r, struct arena *a)
{
	const char *text = shift_sum(a, &r->shift);
	if (!*r->gone_name)
		return text;
	text = arena_printf(a, _("%s · instead of %s"), text, r->gone_name);
	return *r->gone_why ? arena_printf(a, "%s (%s)", text, r->gone_why) : text;
}

static void draw_person(const struct candidate *c, struct canvas *cv, struct rect *r, bool big, struct arena *a)
{
	const char *phone = person_phone(a, c->person);
	put(cv, r, ROLE_TITLE, c->person->name);
	if (!*phone)
		put(cv, r, ROLE_WARN, _("No phone number stands on the card."));
	else if (big)
		big_number(cv, rect_cut_top(r, BIG_ROWS), candidate_is_next(c) ? ROLE_TITLE : ROLE_DIM, phone);
	else
		put(cv, r, ROLE_TITLE, phone);
	put(cv, r, ROLE_DEFAULT, c->reasons);
	for (size_t i = 0; i < c->nverdicts; i++)
		put(cv, r, level_role(c->verdicts[i].rule->level),
			arena_printf(a, "%s %s", level_mark(c->verdicts[i].rule->level), c->verdicts[i].sentence));
	put(cv, r, ROLE_DEFAULT, *c->person->wishes ? arena_printf(a, _("Wishes: %s"), c->person->wishes) : "");
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct round_data *d = data_of(s);
	const struct candidate *c = chosen(s);
	bool big = body.rows >= BIG_FROM;
	struct rect head = rect_cut_top(&body, body.rows / 2 < HEAD_ROWS ? body.rows / 2 : HEAD_ROWS);
	rect_cut_left(&head, GAP);
	put(cv, &head, ROLE_GAP, about(&d->r, a));
	if (!d->r.next)
		put(cv, &head, ROLE_WARN, _("Nobody is left to ring today."));
	if (c)
		draw_person(c, cv, &head, big, a);
	list_draw(s->list, cv, body, a);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct round *r = &data_of(s)->r;
	return r->shift.unit ? arena_printf(a, _("Phone round · %s · %s"), shift_when(a, &r->shift), shift_where(a, &r->shift))
		: _("Phone round");
}

static const char *status(const struct screen *s, struct arena *a)
{
	size_t n = data_of(s)->r.ncalls;
	return *list_filter_text(s->list) ? list_status(s->list, a) : n ? arena_printf(a, _("%zu rung"), n) : "";
}

static const struct screen_ops ops = {
	.name = "round", .title = N_("Phone round"), .contexts = CTX_ROUND | CTX_LIST, .load = load, .draw = draw,
	.heading = heading, .status = status,
};

struct screen *screen_round(struct app *app, struct id shift)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct round_data));
	*data_of(s) = (struct round_data){.shift = shift, .go_next = true};
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- noting an answer ------------------------------------------------------------------------------------------- */

/* What happened, in words, before the names are read anew. */
static const char *what_happened(const struct round_data *d, struct book *b, struct arena *a)
{
	const char *name = arena_strdup(a, book_name(b, d->how.volunteer));
	const char *again = d->how.outcome == CALL_AGAIN ? words_moment(a, d->how.again, cmin_date(d->how.again)) : "";
	return round_said(a, d->how.outcome, name, d->r.gone_name, again);
}

static int note(struct screen *s, const char *reason, enum round_needs *needs, struct err *e)
{
	struct round_data *d = data_of(s);
	struct arena *a = app_scratch(s->app);
	struct change_result r;
	struct book *b = app_book_now(s->app, e);
	*needs = ROUND_NEEDS_NOTHING;
	if (!b)
		return e->code;
	d->how.override = reason;
	const char *said = what_happened(d, b, a);
	bool filled = d->how.outcome == CALL_YES && d->r.shift.open <= 1;
	int rc = round_call(app_store(s->app), b, &d->how, needs, &r, e);
	if (rc != OK)
		return rc;
	app_done(s->app, &r, "%s", said);
	d->go_next = true;
	if (filled)
		app_pop(s->app, s);
	return OK;
}

static void try_to_note(struct app *app, struct screen *s);

static void seen_chosen(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	if (i == 0)
		return;
	data_of(s)->how.seen = true;
	try_to_note(app, s);
}

/* When they were asked, and by whom, stands on the message line. */
static void ask_whether_seen(struct app *app, struct screen *s, const struct err *e)
{
	const char *labels[] = {_("No, ring somebody else"), _("Yes, I have rung all the same")};
	app_fail(app, e);
	dialog_choice(app, _("Not to be rung now"), labels, 2, seen_chosen, s);
}

static void try_to_note(struct app *app, struct screen *s)
{
	enum round_needs needs;
	struct err e;
	if (note(s, NULL, &needs, &e) == OK)
		return;
	if (needs == ROUND_NEEDS_SEEING) {
		ask_whether_seen(app, s, &e);
		return;
	}
	app_fail(app, &e);
	if (needs == ROUND_NEEDS_REASON)
		round_ask_reason(app, s, _("Why all the same?"), note);
}

static void begin(struct screen *s, int outcome)
{
	struct round_data *d = data_of(s);
	d->how = (struct call_made){.shift = d->shift, .volunteer = chosen(s)->person->id, .outcome = outcome};
}

static int again_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	struct round_data *d = data_of(s);
	enum round_needs needs;
	int minute, rc = OK;
	if (when_parse_time(text, &minute, NULL) == OK)
		d->how.again = cmin_at(app_today(app), minute);
	else
		rc = when_parse_datetime(text, app_today(app), &d->how.again, e);
	if (rc == OK)
		rc = note(s, NULL, &needs, e);
	if (rc != ERR_REFUSED || needs != ROUND_NEEDS_SEEING)
		return rc;
	ask_whether_seen(app, s, e);
	return OK;
}

static void ask_again(struct app *app, struct screen *s)
{
	char clock[16];
	civil_min then = call_again_at(app_now(app));
	const char *proposed = then == CMIN_NONE ? "" : civil_format_time(clock, sizeof clock, cmin_minute(then));
	begin(s, CALL_AGAIN);
	dialog_prompt(app, _("Ring again when? E.g. 14, or tomorrow 9"), proposed, false, again_given, s);
}

static void do_outcome(struct app *app, struct screen *s, int outcome)
{
	if (outcome == CALL_AGAIN) {
		ask_again(app, s);
		return;
	}
	begin(s, outcome);
	try_to_note(app, s);
}

static void do_yes(struct app *app, struct screen *s)
{
	do_outcome(app, s, CALL_YES);
}

static void do_no(struct app *app, struct screen *s)
{
	do_outcome(app, s, CALL_NO);
}

static void do_silent(struct app *app, struct screen *s)
{
	do_outcome(app, s, CALL_NO_ANSWER);
}

static void do_again(struct app *app, struct screen *s)
{
	do_outcome(app, s, CALL_AGAIN);
}

static void outcome_chosen(struct app *app, void *ctx, size_t i)
{
	do_outcome(app, ctx, (int)i + CALL_YES);
}

static void do_choose(struct app *app, struct screen *s)
{
	const char *labels[CALL_AGAIN];
	for (int i = 0; i < CALL_AGAIN; i++)
		labels[i] = call_outcome(i + CALL_YES);
	dialog_choice(app, chosen(s)->person->name, labels, CALL_AGAIN, outcome_chosen, s);
}

/* ---- the rest --------------------------------------------------------------------------------------------------- */

static void do_why(struct app *app, struct screen *s)
{
	dialog_text(app, _("Why"), candidate_text(app_scratch(app), chosen(s)));
}

static void do_card(struct app *app, struct screen *s)
{
	app_push(app, screen_volunteer(app, chosen(s)->person->id));
}

static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	return paper_round(v, b, app_scratch(app), data_of(ctx)->shift, out, e);
}

static void do_write(struct app *app, struct screen *s)
{
	char day[24];
	civil_format_date(day, sizeof day, cmin_date(data_of(s)->r.shift.row.start), CIVIL_ISO);
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(app_scratch(app), _("to-be-asked-%s"), day), _("To be asked"), make_sheet, s);
}

static const char *refuse_nobody(struct app *app, struct screen *s)
{
	(void)app;
	return chosen(s) ? NULL : _("There are no volunteers to ask.");
}

static void open_rounds(struct app *app)
{
	app_go(app, screen_rounds(app));
}

static void do_replan(struct app *app, struct screen *s)
{
	shifts_replan(app, s, data_of(s)->shift);
}

static const struct action rows[] = {
	{"round.yes", CTX_ROUND, "j y", N_("Yes"), N_("Puts them on the shift; both names are kept"),
		GROUP_DO, 1, ACTION_CHANGES, refuse_nobody, do_yes},
	{"round.no", CTX_ROUND, "k n", N_("Can't"), N_("Notes it: they aren't asked about this shift again"),
		GROUP_DO, 1, ACTION_CHANGES, refuse_nobody, do_no},
	{"round.silent", CTX_ROUND, "s t", N_("No answer"), N_("Notes it: they come up again some hours later, or tomorrow"),
		GROUP_DO, 1, ACTION_CHANGES, refuse_nobody, do_silent},
	{"round.again", CTX_ROUND, "i", N_("Ring again"), N_("Asks when: then they come first"),
		GROUP_DO, 1, ACTION_CHANGES, refuse_nobody, do_again},
	{"round.choose", CTX_ROUND, "Enter", N_("Answer"), N_("All answers, to choose from"),
		GROUP_DO, 3, ACTION_CHANGES, refuse_nobody, do_choose},
	{"round.why", CTX_ROUND, "Tab", N_("Why"), N_("Explains the rank, and what each rule means"),
		GROUP_DO, 3, 0, refuse_nobody, do_why},
	{"round.replan", CTX_ROUND, "m", N_("Move people"),
		N_("Who could come, or change shift, so that the place is filled with few changes"), GROUP_DO, 7, ACTION_CHANGES, NULL, do_replan},
	{"round.write", CTX_ROUND, "e", N_("Write to all"), N_("Writes a list with e-mail, phone and what to write, of all who may be asked now"),
		GROUP_DO, 7, 0, NULL, do_write},
	{"round.card", CTX_ROUND, "Ctrl-O", N_("Card"), N_("Opens the volunteer's card"),
		GROUP_GO, 6, 0, refuse_nobody, do_card},
};
const struct action_set actions_round = {N_("Phone round"), open_rounds, rows, sizeof rows / sizeof *rows};
