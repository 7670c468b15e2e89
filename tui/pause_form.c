/* tui/pause_form.c - see roles_priv.h: beginning a pause: of what, why, from when, until when; what it calls off is
 * told while one types. Owns what is asked and from where; the act is roster/gates.h's. */
#include "tui/roles_priv.h"

#include "base/lang.h"
#include "tui/dialog.h"
#include "tui/seek.h"

enum { OF = 250, HITS = 8 };

static const struct field of_field = {OF, "of", KIND_REF, TYPE_UNIT, 0, 0, N_("Of"),
	N_("A place with all below it, or a role; empty: everybody")};

struct pause_form {
	struct screen *screen;
	size_t shifts, people;
	bool wrong;                        /* what it would do isn't known, with these days */
};

static const struct screen_ops form_ops;

/* ---- what is typed ------------------------------------------------------------------------------------------- */
/* Places before roles. */
static void refs(void *ctx, const struct field *f, const char *typed, struct arena *a, struct form_ref **out, size_t *n)
{
	static const int types[] = {TYPE_UNIT, TYPE_ROLE};
	const struct pause_form *d = ctx;
	struct book *b = app_book_now(d->screen->app, NULL);
	*out = arena_alloc(a, HITS * sizeof **out);
	*n = 0;
	(void)f;
	for (size_t t = 0; b && t < sizeof types / sizeof *types; t++) {
		size_t found;
		struct found *all = seek_type(b, a, types[t], typed, HITS, &found);
		for (size_t i = 0; i < found && *n < HITS; i++)
			(*out)[(*n)++] = (struct form_ref){all[i].id, arena_strdup(a, all[i].title)};
	}
}

static civil_date date_of(const struct form *f, int field)
{
	struct value v = form_value(f, field);
	return v.tag == V_INT ? (civil_date)v.i : DATE_NONE;
}

static int together(void *ctx, const struct form *f, struct err *e)
{
	civil_date from = date_of(f, F_PAUSE_FROM), until = date_of(f, F_PAUSE_UNTIL);
	const struct pause_form *d = ctx;
	if (from < app_today(d->screen->app)) {
		err_set(e, ERR_DATA, _("What has been can't be called off: today, or a later day."));
		return F_PAUSE_FROM;
	}
	if (until == DATE_NONE || until > from)
		return 0;
	err_set(e, ERR_DATA, _("It begins again on a later day than it begins."));
	return F_PAUSE_UNTIL;
}

static struct pause_new typed(const struct screen *s)
{
	struct value of = form_value(s->form, OF);
	return (struct pause_new){
		.of = of.tag == V_ID ? of.id : ID_NONE, .why = form_text(s->form, F_PAUSE_WHY),
		.from = date_of(s->form, F_PAUSE_FROM), .until = date_of(s->form, F_PAUSE_UNTIL),
	};
}

/* What it would call off. */
static void look(struct screen *s)
{
	struct pause_form *d = s->data;
	struct err e;
	struct view *v = NULL;
	struct pause_effect told = {0};
	const struct pause_new how = typed(s);
	struct book *b = app_book_now(s->app, &e);
	bool of_nothing = *form_text(s->form, OF) && id_is_none(how.of);
	d->wrong = !b || of_nothing || how.from == DATE_NONE || view_begin(app_store(s->app), &v, &e) ||
		pause_look(v, b, app_scratch(s->app), &how, app_now(s->app), &told, &e);
	view_end(v);
	d->shifts = told.shifts;
	d->people = told.n;
}

struct screen *screen_pause_new(struct app *app, struct id of)
{
	const struct field *fields[] = {&of_field, schema_field(TYPE_PAUSE, F_PAUSE_WHY),
		schema_field(TYPE_PAUSE, F_PAUSE_FROM), schema_field(TYPE_PAUSE, F_PAUSE_UNTIL)};
	struct screen *s = screen_new(app, &form_ops, sizeof(struct pause_form));
	struct pause_form *d = s->data;
	const struct book *b = app_book_now(app, NULL);
	d->screen = s;
	const struct form_hooks hooks = {.ctx = d, .refs = refs, .together = together};
	s->form = form_new(fields, sizeof fields / sizeof *fields, &hooks, app_today(app));
	form_put(s->form, F_PAUSE_FROM, value_int(app_today(app)), NULL);
	if (id_is_none(of))
		form_put(s->form, F_PAUSE_WHY, value_text(_("An outbreak of infection")), NULL);
	else if (b)
		form_choose(s->form, OF, of, book_name(b, of));
	form_replace(s->form, F_PAUSE_WHY);
	form_set_focus(s->form, F_PAUSE_WHY);
	form_set_clean(s->form);
	look(s);
	return s;
}

/* ---- doing it ------------------------------------------------------------------------------------------------- */
static void begin(struct app *app, struct screen *s)
{
	struct change_result r;
	struct pause_effect told;
	struct err e;
	const struct pause_new how = typed(s);
	struct book *b = app_book_now(app, &e);
	int rc = b ? pause_begin(app_store(app), b, app_scratch(app), &how, &told, &r, &e) : e.code;
	if (rc) {
		form_blame(s->form, 0, e.text);
		app_fail(app, &e);
		return;
	}
	form_set_clean(s->form);
	app_replace(app, s, screen_calls(app, told.pause));
	app_done(app, &r, ngettext("%zu shift is called off", "%zu shifts are called off", told.shifts), told.shifts);
}

static void confirmed(struct app *app, void *ctx, size_t i)
{
	if (i == 1)
		begin(app, ctx);
}

static const char *effect_text(const struct screen *s, struct arena *a)
{
	const struct pause_form *d = s->data;
	if (d->wrong)
		return "";
	const char *of = id_is_none(typed(s).of) ? _("everybody") : form_text(s->form, OF);
	const char *shifts = arena_printf(a, ngettext("%zu published shift is called off", "%zu published shifts are called off",
		d->shifts), d->shifts);
	const char *people = arena_printf(a, ngettext("%zu person is to be told", "%zu people are to be told", d->people),
		d->people);
	return arena_printf(a, _("Pause of %s: %s, and %s."), of, shifts, people);
}

/* Everybody is asked about, though u takes it back: it is many calls. */
static void run_begin(struct app *app, struct screen *s)
{
	struct err e;
	const struct pause_form *d = s->data;
	const char *labels[] = {_("No, not yet"), _("Yes, nobody comes")};
	if (form_check(s->form, &e))
		app_fail(app, &e);
	else if (id_is_none(typed(s).of) && d->people)
		dialog_choice(app, arena_printf(app_scratch(app),
			ngettext("Send everybody home? %zu person", "Send everybody home? %zu people", d->people), d->people),
			labels, 2, confirmed, s);
	else
		begin(app, s);
}

/* ---- picture --------------------------------------------------------------------------------------------------- */
static bool form_screen_event(struct screen *s, const struct event *ev)
{
	bool used = form_event(s->form, ev);
	if (used)
		look(s);
	return used;
}

static void form_screen_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	rect_cut_top(&body, 1);
	struct rect below = rect_cut_bottom(&body, 3);
	rect_cut_left(&below, 2);
	cv_wrap(cv, below, ROLE_WARN, effect_text(s, a));
	form_draw(s->form, cv, body, a);
}

/* ---- from where ------------------------------------------------------------------------------------------------ */
static void run_pause(struct app *app, struct screen *s)
{
	struct id role = role_of_card(s);
	app_push(app, screen_pause_new(app, id_is_none(role) ? list_selected_id(s->list) : role));
}

static void run_everybody(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_pause_new(app, ID_NONE));
}

static const struct action rows[] = {
	{"pause.begin", CTX_PAUSE_FORM, "Ctrl-S F2 Enter", N_("Begin it"), N_("Calls the shifts off as one change, and shows whom to ring"),
		GROUP_FORM, 2, ACTION_CHANGES, NULL, run_begin},
	{"pause.here", CTX_PAUSABLE, "p", N_("Pause"), N_("Nobody comes there, or does that, for a while; says who must be told"),
		GROUP_DO, 5, ACTION_ROW | ACTION_CHANGES, NULL, run_pause},
	{"pause.everybody", CTX_TODAY, "p", N_("Pause"), N_("Sends everybody home, or a place or role; says who must be told"),
		GROUP_DO, 8, ACTION_CHANGES, NULL, run_everybody},
};

const struct action_set actions_pause_form = {N_("Pause"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops form_ops = {
	.name = "pause-form", .title = N_("Pause"), .contexts = CTX_PAUSE_FORM | CTX_FORM, .draw = form_screen_draw,
	.event = form_screen_event,
};
