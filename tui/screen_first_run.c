/* tui/screen_first_run.c - see screens.h: the first minute. Owns what is asked before there is a store, and the card
 * of keys after it; making the store is the caller's. */
#include "tui/screens.h"

#include <string.h>

#include "base/lang.h"
#include "tui/settings.h"
#include "tui/settings_priv.h"

enum { SITE = 1, PERSON, PASS, AGAIN, OPEN, DEMO };
enum { TEXT_COLS = 72 };

static const struct field fields[] = {
	{SITE, "site", KIND_TEXT, 0, FIELD_REQ, 80, N_("The place"),
		N_("Where you plan, e.g. Viborg. Stands on what is printed")},
	{PERSON, "person", KIND_TEXT, 0, FIELD_REQ, 80, N_("Your name"),
		N_("Stands in the history beside what you change")},
	{PASS, "passphrase", KIND_TEXT, 0, 0, 200, N_("Passphrase"),
		N_("At least 8 signs; a few words are best. Forgotten, nobody can open the store again")},
	{AGAIN, "again", KIND_TEXT, 0, 0, 200, N_("Once more"),
		N_("The same passphrase, so that no slip locks you out")},
	{OPEN, "open", KIND_BOOL, 0, 0, 0, N_("Or without one"),
		N_("Yes: no passphrase. Then anybody at this machine can read everything")},
	{DEMO, "demo", KIND_BOOL, 0, 0, 0, N_("Demo data"),
		N_("Yes: a ward of invented people to learn on. No: an empty store")},
};
enum { NFIELDS = sizeof fields / sizeof *fields };

struct first_run {
	int (*found)(struct app *app, void *ctx, const char *site, const char *person, const char *passphrase,
		bool demo, struct err *e);
	void *ctx;
	bool has_chosen;                   /* a language: it is kept in the store */
};

static const struct screen_ops first_ops, ready_ops;

/* ---- understanding --------------------------------------------------------------------------------------- */
/* A passphrase is taken as it is typed: no trimming, no rules of text fields. */
static int hook_understand(void *ctx, const struct field *f, const char *typed, struct arena *a, struct value *v,
	const char **echo, struct err *e)
{
	(void)ctx;
	(void)echo;
	if (f->no != PASS && f->no != AGAIN)
		return ERR_UNSUPPORTED;
	if (f->no == PASS && *typed && strlen(typed) < SETTINGS_PASS_LEAST)
		return err_set(e, ERR_DATA, _("A passphrase has at least %d signs."), SETTINGS_PASS_LEAST);
	*v = *typed ? value_text(arena_strdup(a, typed)) : value_none();
	return OK;
}

static bool says_yes(const struct form *f, int field)
{
	struct value v = form_value(f, field);
	return v.tag == V_INT && v.i != 0;
}

static int hook_together(void *ctx, const struct form *f, struct err *e)
{
	const char *pass = form_text(f, PASS);
	(void)ctx;
	if (!*pass && !says_yes(f, OPEN)) {
		err_set(e, ERR_DATA, _("Write a passphrase, or say yes to do without one."));
		return PASS;
	}
	if (*pass && says_yes(f, OPEN)) {
		err_set(e, ERR_DATA, _("There is a passphrase above; say no here, or empty it."));
		return OPEN;
	}
	if (strcmp(pass, form_text(f, AGAIN)) == 0)
		return 0;
	err_set(e, ERR_DATA, _("This isn't the same as above."));
	return AGAIN;
}

static struct form *make_form(struct screen *s)
{
	const struct field *all[NFIELDS];
	struct form_hooks hooks = {.ctx = s, .understand = hook_understand, .together = hook_together};
	for (size_t i = 0; i < NFIELDS; i++)
		all[i] = &fields[i];
	struct form *f = form_new(all, NFIELDS, &hooks, app_today(s->app));
	form_hide(f, PASS);
	form_hide(f, AGAIN);
	form_put(f, OPEN, value_int(0), NULL);
	form_put(f, DEMO, value_int(0), NULL);
	return f;
}

struct screen *screen_first_run(struct app *app,
	int (*found)(struct app *app, void *ctx, const char *site, const char *person, const char *passphrase,
		bool demo, struct err *e),
	void *ctx)
{
	struct screen *s = screen_new(app, &first_ops, sizeof(struct first_run));
	*(struct first_run *)s->data = (struct first_run){.found = found, .ctx = ctx};
	s->form = make_form(s);
	return s;
}

/* ---- pictures --------------------------------------------------------------------------------------------- */
static struct rect middle(struct rect body)
{
	struct rect r = rect_center(body, body.rows, TEXT_COLS);
	rect_cut_top(&r, body.rows > 18 ? 1 : 0);
	return r;
}

static void first_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	struct rect r = middle(body), text = r;
	rect_cut_left(&text, 2);
	int used = cv_wrap(cv, text, ROLE_DEFAULT,
		_("samvagt keeps volunteers and shifts on this machine; "
		"nothing is sent anywhere. Six answers, and the store is made."));
	rect_cut_top(&r, used + 1);
	form_draw(s->form, cv, r, a);
}

/* A key and what it does; the six that are enough to begin. */
static const struct { const char *keys, *does; } key_card[] = {
	{N_("?"), N_("What can I do here? Type to find it, Enter does it")},
	{N_("f"), N_("Find anybody and anything by a few letters")},
	{N_("1 2 3"), N_("Today, the roster, the volunteers")},
	{N_("Enter"), N_("Opens what the cursor stands on")},
	{N_("u"), N_("Undoes the last thing, whatever it was")},
	{N_("q"), N_("Back; Q leaves. Everything is saved at once")},
};

static void ready_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	struct rect r = middle(body);
	(void)s;
	(void)a;
	rect_cut_left(&r, 2);
	struct rect line = rect_cut_top(&r, 2);
	cv_text(cv, line.row, line.col, line.cols, ROLE_TITLE, _("The store is made. Six keys are enough to begin:"));
	for (size_t i = 0; i < sizeof key_card / sizeof *key_card; i++) {
		line = rect_cut_top(&r, body.rows > 18 ? 2 : 1);
		cv_text(cv, line.row, line.col, 8, ROLE_KEY, _(key_card[i].keys));
		cv_text(cv, line.row, line.col + 8, line.cols - 8, ROLE_DEFAULT, _(key_card[i].does));
	}
	rect_cut_top(&r, 1);
	cv_wrap(cv, r, ROLE_DIM, _("Enter begins. 7 takes people and shifts from spreadsheets that you have."));
	cv_cursor(cv, r.row, r.col);
}

/* ---- acts -------------------------------------------------------------------------------------------------- */
/* That it can't be kept is no reason to say that there is no store. */
static void keep_language(struct app *app)
{
	struct change_result r;
	struct err e;
	if (app_store(app) && settings_write(app_store(app), "language", N_("Language"), lang_now(), &r, &e))
		app_fail(app, &e);
}

static void run_found(struct app *app, struct screen *s)
{
	const struct first_run *d = s->data;
	struct err e = {0};
	if (form_check(s->form, &e)) {
		app_fail(app, &e);
		return;
	}
	const char *pass = form_text(s->form, PASS);
	if (d->found(app, d->ctx, form_text(s->form, SITE), form_text(s->form, PERSON), *pass ? pass : NULL,
		says_yes(s->form, DEMO), &e)) {
		app_fail(app, &e);
		return;
	}
	if (d->has_chosen)
		keep_language(app);
	app_replace(app, s, screen_new(app, &ready_ops, 1));
}

static void run_language(struct app *app, struct screen *s)
{
	((struct first_run *)s->data)->has_chosen = true;
	lang_set(strcmp(lang_now(), "da") == 0 ? "en" : "da");
	app_reload(app);
}

static void run_begin(struct app *app, struct screen *s)
{
	app_replace(app, s, screen_today(app));
}

static void run_import(struct app *app, struct screen *s)
{
	run_begin(app, s);
	app_push(app, screen_import(app, NULL));
}

static const struct action rows[] = {
	{"first.make", CTX_FIRST_RUN, "Ctrl-S F2 Enter", N_("Make it"),
		N_("Make the store with what is written; Enter in the last field does it too"),
		GROUP_FORM, 2, 0, NULL, run_found},
	/* translators: the other way round, so that somebody who sees the wrong language finds the right one */
	{"first.language", CTX_FIRST_RUN, "Ctrl-X", N_("På dansk"), N_("Skifter til dansk"), GROUP_FORM, 3, 0, NULL,
		run_language},
	{"first.begin", CTX_READY, "Enter 1", N_("Begin"), N_("Opens the day as it is now"), GROUP_DO, 2, 0, NULL,
		run_begin},
	{"first.import", CTX_READY, "7", N_("Import"), N_("Takes people and shifts from spreadsheets"), GROUP_DO, 3, 0,
		NULL, run_import},
};

const struct action_set actions_first_run = {N_("The first minute"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops first_ops = {
	.name = "first-run", .title = N_("Welcome to samvagt"), .contexts = CTX_FIRST_RUN | CTX_FORM,
	.draw = first_draw,
};

/* Alone: the go-to keys of full screens would leave this one behind as the first. */
static const struct screen_ops ready_ops = {
	.name = "ready", .title = N_("Welcome to samvagt"), .contexts = CTX_READY | CTX_ANY, .alone = true,
	.draw = ready_draw,
};
