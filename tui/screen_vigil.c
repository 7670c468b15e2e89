/* tui/screen_vigil.c - see screens.h: one vigil: its watches and who sits, whom to ring next, and once it has ended
 * whom to tell.
 *
 * Owns the three lists and what is done from them. The order of ringing is roster/vigil.h's, what a call means
 * roster/round.h's. */
#include "tui/vigils_priv.h"

#include "base/lang.h"
#include "export/papers.h"
#include "roster/round.h"
#include "tui/detail.h"
#include "tui/dialog.h"
#include "tui/shifts_priv.h"
#include "tui/to_file.h"
#include "tui/words.h"

enum show { SHOW_WATCHES, SHOW_RING, SHOW_TELL, SHOWS };

/* Who takes which watches, while it is asked. */
struct taking { struct screen *screen; struct id who, *watch; size_t n; };

struct vigil_card {
	struct id id;
	enum show show;
	struct vigil v;
	struct vigil_call *call; size_t ncall;
	struct told_person *told; size_t ntold;
	civil_date today;
	struct taking taking;
};

static const struct screen_ops vigil_ops;

/* ---- the lists --------------------------------------------------------------------------------------------------- */
static size_t rows_of(const struct vigil_card *d, enum show show)
{
	return show == SHOW_WATCHES ? d->v.n : show == SHOW_RING ? d->ncall : d->ntold;
}

static struct id row_id(const void *ctx, size_t row)
{
	const struct vigil_card *d = ctx;
	return d->show == SHOW_WATCHES ? d->v.watches[row].row.shift :
		d->show == SHOW_RING ? d->call[row].person->id : d->told[row].volunteer;
}

enum { COL_FIRST, COL_SECOND, COL_THIRD };
static const struct list_col cols[] = {
	[COL_FIRST] = {"first", "", 22, 24, 1, false, false},
	[COL_SECOND] = {"second", "", 11, 12, 0, false, false},
	[COL_THIRD] = {"third", "", 20, 36, 3, false, false},
};

static const struct seat *sitting(const struct shift *w)
{
	for (size_t i = 0; i < w->nseats; i++)
		if (seat_is_on(&w->seats[i]))
			return &w->seats[i];
	return NULL;
}

static const char *watch_cell(const struct vigil_card *d, const struct shift *w, size_t col, struct arena *a)
{
	const struct seat *seat = sitting(w);
	if (col == COL_FIRST)
		return words_span(a, w->row.start, w->row.end, d->today);
	if (col == COL_THIRD)
		return shift_names(a, w);
	return shift_is_off(w) ? _("called off") : w->open ? _("nobody") : seat ? seat_phone(a, seat) : "";
}

static const char *call_cell(const struct vigil_call *c, size_t col, struct arena *a)
{
	if (col == COL_FIRST)
		return c->person->name;
	if (col == COL_SECOND)
		return person_phone(a, c->person);
	return c->ncan == 0 ? c->reasons :
		arena_printf(a, ngettext("can %zu watch · %s", "can %zu watches · %s", c->ncan), c->ncan, c->reasons);
}

static const char *told_cell(const struct vigil_card *d, const struct told_person *p, size_t col, struct arena *a)
{
	if (col == COL_FIRST)
		return p->name;
	if (col == COL_SECOND)
		return kind_phone(a, p->phone);
	return arena_printf(a, ngettext("%zu watch, the first %s", "%zu watches, the first %s", p->shifts), p->shifts,
		words_moment(a, p->first, d->today));
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct vigil_card *d = ctx;
	return d->show == SHOW_WATCHES ? watch_cell(d, &d->v.watches[row], col, a) :
		d->show == SHOW_RING ? call_cell(&d->call[row], col, a) : told_cell(d, &d->told[row], col, a);
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct vigil_card *d = ctx;
	if (d->show == SHOW_RING)
		return d->call[row].standing != VIGIL_RING ? ROLE_DIM : ROLE_DEFAULT;
	if (d->show != SHOW_WATCHES)
		return ROLE_DEFAULT;
	const struct shift *w = &d->v.watches[row];
	return shift_is_off(w) ? ROLE_DIM : w->open && col == COL_SECOND ? ROLE_GAP : ROLE_DEFAULT;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct vigil_card *d = ctx;
	if (d->show == SHOW_RING)
		return arena_printf(a, _("Nobody who is active has the role %s: give it on the volunteers' cards."),
			d->v.task);
	return d->show == SHOW_TELL ? _("Nobody has to be told: nobody was on a watch to come.")
		: _("All its watches have been deleted.");
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role, .empty = why_empty};

struct screen *screen_vigil(struct app *app, struct id id)
{
	struct screen *s = screen_new(app, &vigil_ops, sizeof(struct vigil_card));
	((struct vigil_card *)s->data)->id = id;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */
/* Whoever is on a watch that was called off when it ended. */
static int load_told(struct view *v, const struct book *b, struct arena *a, struct vigil_card *d, struct err *e)
{
	struct to_tell t = {.v = v, .b = b, .scratch = a, .a = a};
	int rc = OK;
	for (size_t i = 0; rc == OK && d->v.state == VIGIL_ENDED && i < d->v.n; i++)
		if (shift_is_off(&d->v.watches[i]) && d->v.watches[i].row.start > d->v.ended)
			rc = told_add(&t, &d->v.watches[i].row, e);
	told_sort(&t);
	d->told = t.told;
	d->ntold = t.n;
	return rc;
}

static int vigil_screen_load(struct screen *s, struct view *v, struct err *e)
{
	struct vigil_card *d = s->data;
	struct book *b = app_book(s->app, v, e);
	civil_min now = app_now(s->app);
	d->today = app_today(s->app);
	d->ncall = 0;
	int rc = b ? vigil_load(v, b, s->model, d->id, now, &d->v, e) : e->code;
	if (rc == ERR_NOTFOUND)
		return err_set(e, rc, _("The vigil has been taken back, with all its watches. Esc goes back."));
	if (rc == OK && d->v.state != VIGIL_ENDED)
		rc = vigil_chain(v, b, s->model, &d->v, now, &d->call, &d->ncall, e);
	if (rc == OK)
		rc = load_told(v, b, s->model, d, e);
	if (rc)
		return rc;
	if ((d->show == SHOW_TELL && d->v.state != VIGIL_ENDED) || (d->show == SHOW_RING && d->v.state == VIGIL_ENDED))
		d->show = SHOW_WATCHES;
	list_set(s->list, d, rows_of(d, d->show));
	return OK;
}

/* ---- picture ----------------------------------------------------------------------------------------------------- */
static void draw_modes(const struct vigil_card *d, struct canvas *cv, struct rect *body, struct arena *a)
{
	struct detail_mode modes[2] = {
		{'v', _("Watches"), d->v.n, ROLE_DEFAULT},
		{'r', _("Ring"), d->ncall, d->v.gaps ? ROLE_WARN : ROLE_DEFAULT},
	};
	if (d->v.state == VIGIL_ENDED)
		modes[1] = (struct detail_mode){'t', _("Tell"), d->ntold, d->ntold ? ROLE_WARN : ROLE_DEFAULT};
	detail_modes(cv, body, modes, 2, d->show == SHOW_WATCHES ? 0 : 1, a);
}

static const char *person_line(const struct vigil_call *c, struct arena *a)
{
	const char *phone = person_phone(a, c->person);
	return arena_printf(a, "%s%s%s · %s", c->person->name, *phone ? " " : "", phone, c->reasons);
}

/* What is to be done now. */
static const char *next_step(const struct vigil_card *d, struct arena *a)
{
	const struct vigil *v = &d->v;
	if (v->left)
		return _("Another site prolonged it meanwhile: e ends it again; or begin a new one.");
	if (v->state == VIGIL_OVER)
		return _("Its hours are over: l goes on for a day more, e ends it.");
	if (v->state == VIGIL_ENDED)
		return d->ntold ? _("It has ended. Ring those who were to come.") : "";
	if (!v->gap || !d->ncall || d->call->standing == VIGIL_CANT)
		return v->gap ? _("Nobody with the role can take a watch: Enter on one asks everybody.") : "";
	return arena_printf(a, _("Ring next: %s"), person_line(d->call, a));
}

/* All that is known of whoever the cursor is on, where the column is too short for it. */
static void draw_selected(const struct screen *s, struct canvas *cv, struct rect *body, struct arena *a)
{
	enum { ROWS = 2, FROM = 6 };
	const struct vigil_card *d = s->data;
	size_t row;
	if (d->show != SHOW_RING || body->rows < FROM || !list_selected(s->list, &row))
		return;
	struct rect at = rect_cut_bottom(body, ROWS);
	rect_cut_left(&at, 2);
	cv_wrap(cv, at, ROLE_DEFAULT, person_line(&d->call[row], a));
}

static void vigil_screen_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct vigil_card *d = s->data;
	struct rect at = body;
	const char *ask = vigil_ask(a, &d->v), *step = next_step(d, a);
	const char *when = arena_printf(a, "%s – %s", words_moment(a, d->v.start, d->today),
		words_moment(a, d->v.end, d->today));
	enum role role = d->v.state == VIGIL_ENDED && !d->v.left ? ROLE_DEFAULT : ROLE_WARN;
	rect_cut_left(&at, 2);
	vigil_draw_bar(&d->v, cv, &at, a);
	rect_cut_top(&at, cv_wrap(cv, at, ROLE_DEFAULT, arena_printf(a, "%s%s%s", when, *ask ? " · " : "", ask)));
	if (*step)
		rect_cut_top(&at, cv_wrap(cv, at, role, step));
	rect_cut_top(&body, body.rows - at.rows);
	draw_modes(d, cv, &body, a);
	draw_selected(s, cv, &body, a);
	list_draw(s->list, cv, body, a);
}

static const char *vigil_heading(const struct screen *s, struct arena *a)
{
	const struct vigil_card *d = s->data;
	return d->v.place ? arena_printf(a, _("Vigil · %s"), d->v.place) : _("Vigil");
}

static const char *vigil_status(const struct screen *s, struct arena *a)
{
	(void)a;
	return vigil_state_name(((const struct vigil_card *)s->data)->v.state);
}

/* ---- which list -------------------------------------------------------------------------------------------------- */
static void show(struct screen *s, enum show which)
{
	struct vigil_card *d = s->data;
	d->show = which;
	list_set(s->list, d, rows_of(d, which));
	list_filter(s->list, "");
}

static void run_watches(struct app *app, struct screen *s)
{
	(void)app;
	show(s, SHOW_WATCHES);
}

static void run_ring(struct app *app, struct screen *s)
{
	(void)app;
	show(s, SHOW_RING);
}

static void run_tell(struct app *app, struct screen *s)
{
	(void)app;
	show(s, SHOW_TELL);
}

static const char *refuses_ring(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	(void)app;
	return d->v.state == VIGIL_ENDED ? _("It has ended: nobody is to be rung for it.") : NULL;
}

static const char *refuses_tell(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	(void)app;
	return d->v.state == VIGIL_ENDED ? NULL : _("It goes on. When it ends, those who were to come stand here.");
}

/* ---- watches taken ----------------------------------------------------------------------------------------------- */
static void open_watch(struct app *app, struct screen *s, const struct shift *w)
{
	const struct vigil_card *d = s->data;
	bool lacks = w->open > 0 && !shift_is_off(w) && d->v.state != VIGIL_ENDED;
	app_push(app, lacks ? screen_fill(app, w->row.shift, NULL)
		: screen_roster_day(app, cmin_date(w->row.start), w->row.unit, w->row.shift));
}

/* Whoever says yes is rung once, and sits at as many as they choose. */
static void take_watch(struct app *app, void *ctx, size_t i, bool on)
{
	struct taking *t = ctx;
	struct change_result r = {0};
	struct err e = {0};
	enum round_needs needs;
	const struct call_made how = {.shift = t->watch[i], .volunteer = t->who, .outcome = CALL_YES, .seen = true};
	struct book *b = app_book_now(app, &e);
	const char *name = b ? arena_strdup(app_scratch(app), book_name(b, t->who)) : "";
	int rc = !b ? e.code : on ? round_call(app_store(app), b, &how, &needs, &r, &e)
		: act_unassign(app_store(app), t->watch[i], t->who, &r, &e);
	app_did(app, rc, &r, &e, on ? _("%s is on the watch") : _("%s is off the watch"), name);
}

static void ask_watches(struct app *app, struct screen *s, const struct vigil_call *c)
{
	enum { MOST = 64 };
	struct vigil_card *d = s->data;
	struct arena *a = app_scratch(app);
	const char *labels[MOST];
	size_t n = c->ncan < MOST ? c->ncan : MOST;
	if (n == 0) {
		app_toast(app, _("%s can't take any of the watches: %s"), c->person->name, c->reasons);
		return;
	}
	d->taking = (struct taking){
		.screen = s, .who = c->person->id, .watch = arena_alloc(s->arena, n * sizeof(struct id)), .n = n,
	};
	for (size_t i = 0; i < n; i++) {
		d->taking.watch[i] = c->can[i]->row.shift;
		labels[i] = words_span(a, c->can[i]->row.start, c->can[i]->row.end, d->today);
	}
	dialog_switches(app, arena_printf(a, _("Which watches does %s take?"), c->person->name), labels, n, 0,
		take_watch, &d->taking);
}

static void run_open(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	size_t row;
	if (!list_selected(s->list, &row))
		return;
	if (d->show == SHOW_WATCHES)
		open_watch(app, s, &d->v.watches[row]);
	else if (d->show == SHOW_RING)
		ask_watches(app, s, &d->call[row]);
	else
		app_push(app, screen_volunteer(app, d->told[row].volunteer));
}

/* ---- no, and no answer ------------------------------------------------------------------------------------------- */
static const char *refuses_outcome(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	(void)app;
	return d->show != SHOW_RING ? _("First r: then say what came of ringing whom.") :
		d->v.gap ? NULL : _("No watch lacks anybody, so there is nothing to ring about.");
}

/* About the next watch without anybody: it counts for the day, so nobody else rings them today, here or at another
 * site. */
static void note_call(struct app *app, struct screen *s, int outcome, const char *said)
{
	const struct vigil_card *d = s->data;
	struct change_result r = {0};
	struct err e = {0};
	enum round_needs needs;
	const struct call_made how = {
		.shift = d->v.gap->row.shift, .volunteer = list_selected_id(s->list), .outcome = outcome, .seen = true,
	};
	struct book *b = app_book_now(app, &e);
	const char *name = b ? arena_strdup(app_scratch(app), book_name(b, how.volunteer)) : "";
	int rc = b ? round_call(app_store(app), b, &how, &needs, &r, &e) : e.code;
	app_did(app, rc, &r, &e, "%s: %s", name, said);
}

static void run_no(struct app *app, struct screen *s)
{
	note_call(app, s, CALL_NO, _("can't; isn't rung again today"));
}

static void run_no_answer(struct app *app, struct screen *s)
{
	note_call(app, s, CALL_NO_ANSWER, _("didn't answer; is rung again later"));
}

/* ---- going on, ending -------------------------------------------------------------------------------------------- */
static const char *refuses_longer(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	(void)app;
	return d->v.state == VIGIL_ENDED ? _("The vigil has ended; begin a new one.") : NULL;
}

static void run_longer(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	struct change_result r = {0};
	struct err e = {0};
	int rc = vigil_longer(app_store(app), d->id, VIGIL_LONGER, &r, &e);
	app_did(app, rc, &r, &e, _("%d hours more"), VIGIL_LONGER);
}

static const char *refuses_end(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	(void)app;
	return d->v.state == VIGIL_ENDED && !d->v.left ? _("The vigil has ended already.") : NULL;
}

static void run_end(struct app *app, struct screen *s)
{
	struct vigil_card *d = s->data;
	struct vigil_end told;
	struct change_result r = {0};
	struct err e = {0};
	struct book *b = app_book_now(app, &e);
	int rc = b ? vigil_end(app_store(app), b, app_scratch(app), d->id, &told, &r, &e) : e.code;
	size_t watches = rc ? 0 : told.watches;
	if (app_did(app, rc, &r, &e, ngettext("The vigil has ended; %zu watch is called off",
		"The vigil has ended; %zu watches are called off", watches), watches))
		d->show = SHOW_TELL;
}

/* ---- on paper, and elsewhere ------------------------------------------------------------------------------------- */
static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	const struct vigil_card *d = ((struct screen *)ctx)->data;
	struct vigil of;
	int rc = vigil_load(v, b, app_scratch(app), d->id, app_now(app), &of, e);
	if (rc == OK)
		*out = paper_vigil(v, app_scratch(app), &of, true, false);
	return rc;
}

static void run_print(struct app *app, struct screen *s)
{
	/* translators: a file's name, without blanks */
	to_file_ask_sheet(app, _("vigil"), _("Vigil"), make_sheet, s);
}

static void run_card(struct app *app, struct screen *s)
{
	app_push(app, screen_volunteer(app, list_selected_id(s->list)));
}

static const char *refuses_card(struct app *app, struct screen *s)
{
	const struct vigil_card *d = s->data;
	(void)app;
	return d->show == SHOW_WATCHES ? _("Here stand the watches: r or t shows people.") : NULL;
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, ((const struct vigil_card *)s->data)->id));
}

static void run_contact(struct app *app, struct screen *s)
{
	app_push(app, screen_vigil_contact(app, &((const struct vigil_card *)s->data)->v));
}

static const struct action rows[] = {
	{"vigil.open", CTX_VIGIL, "Enter j", N_("Choose"),
		N_("A watch: who takes it; somebody rung: which watches they take; somebody told: the card"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"vigil.watches", CTX_VIGIL, "v", N_("Watches"), N_("The watches one after the other, and who sits"),
		GROUP_LIST, 0, 0, NULL, run_watches},
	{"vigil.ring", CTX_VIGIL, "r", N_("Ring"),
		N_("Whom to ring next, in fair order: fewest hours, longest since, nobody twice a day"),
		GROUP_LIST, 3, 0, refuses_ring, run_ring},
	{"vigil.tell", CTX_VIGIL, "t", N_("Tell"), N_("Who was to come and must hear that it has ended"),
		GROUP_LIST, 0, 0, refuses_tell, run_tell},
	{"vigil.no", CTX_VIGIL, "k n", N_("Can't"), N_("Was rung and can't: isn't asked again today, at any site"),
		GROUP_DO, 4, ACTION_ROW | ACTION_CHANGES, refuses_outcome, run_no},
	{"vigil.no_answer", CTX_VIGIL, "s", N_("No answer"),
		N_("Was rung and didn't answer: is rung again in some hours"),
		GROUP_DO, 5, ACTION_ROW | ACTION_CHANGES, refuses_outcome, run_no_answer},
	{"vigil.longer", CTX_VIGIL, "l", N_("A day more"), N_("24 hours more, from where it would end"),
		GROUP_DO, 6, ACTION_CHANGES, refuses_longer, run_longer},
	{"vigil.end", CTX_VIGIL, "e", N_("End it"),
		N_("Nobody is needed any more: calls off what is to come, says whom to tell, and puts down care talks"),
		GROUP_DO, 7, ACTION_CHANGES, refuses_end, run_end},
	{"vigil.card", CTX_VIGIL, "Ctrl-O", N_("Card"), N_("The volunteer's card"),
		GROUP_GO, 0, ACTION_ROW, refuses_card, run_card},
	{"vigil.print", CTX_VIGIL, "L", N_("Print list"),
		N_("Watches, names and phones to a file, with the day to shred it"),
		GROUP_LIST, 9, 0, NULL, run_print},
	{"vigil.history", CTX_VIGIL, "h", N_("History"), N_("Who changed what of it, and when"),
		GROUP_GO, 0, 0, NULL, run_history},
	{"vigil.edit", CTX_VIGIL, "R", N_("Room, phone"),
		N_("Room, contact person and the ward's phone; they are erased by themselves when it is over"),
		GROUP_DO, 0, ACTION_CHANGES, NULL, run_contact},
};

const struct action_set actions_vigil = {N_("Vigil"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops vigil_ops = {
	.name = "vigil", .title = N_("Vigil"), .contexts = CTX_VIGIL | CTX_LIST, .load = vigil_screen_load,
	.draw = vigil_screen_draw, .heading = vigil_heading, .status = vigil_status,
};
