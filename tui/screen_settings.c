/* tui/screen_settings.c - see screens.h: Settings. Owns the table of settings and how each is changed; checking the
 * store and backups are settings_work.c's. */
#include "tui/settings_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "roster/register.h"
#include "roster/rules.h"
#include "tui/dialog.h"
#include "tui/settings.h"

enum setting_kind { IS_LANGUAGE, IS_SWITCH, IS_NUMBER, IS_LIMIT, IS_PERSON, IS_SITE, IS_PASSPHRASE, IS_BACKUP,
	IS_CHECK };

struct setting {
	enum setting_kind kind;
	const char *section, *key, *label, *help;
	int absent, most;                  /* of a switch or number */
	const char *unit;
	int limit;
};

static const struct setting table[] = {
	{IS_LANGUAGE, N_("Language and screen"), "language", N_("Language"),
		N_("Danish or English; at once, everywhere"), 0, 0, NULL, 0},
	{IS_SWITCH, N_("Language and screen"), "mouse", N_("Mouse"),
		N_("Rows, tabs and hints can be clicked. Marking text with the mouse then needs Shift"), 0, 1, NULL,
		0},
	{IS_SWITCH, N_("Language and screen"), "vim", N_("Keys h j k l"),
		N_("Also move the cursor, with g and G for the ends; actions on these letters are then found with :"),
		0, 1, NULL, 0},
	{IS_SWITCH, N_("Language and screen"), "ascii", N_("Plain signs only"),
		N_("Lines and arrows as plain letters, for terminals that show them wrong"), 0, 1, NULL, 0},
	{IS_SWITCH, N_("Here"), "birthdays", N_("Round birthdays"),
		N_("Stand among the jubilees too. Ask first whether they like that"), 0, 1, NULL, 0},
	{IS_PERSON, N_("Here"), "", N_("Your name"), N_("Stands in the history beside what you change"), 0, 0, NULL,
		0},
	{IS_SITE, N_("Here"), "", N_("The site"), N_("Name and phone of the place, and who plans"), 0, 0, NULL, 0},
	{IS_PASSPHRASE, N_("Security"), "", N_("Passphrase"),
		N_("What opens the store. Without it nobody can read what is in it"), 0, 0, NULL, 0},
	{IS_NUMBER, N_("Security"), "lock_minutes", N_("Lock when idle"),
		N_("After so many minutes without a key; 0 never locks"),
		10, 600, N_("minutes"), 0},
	{IS_BACKUP, N_("Upkeep"), "", N_("Backup now"),
		N_("All of it in one sealed file, in the folder of the store or where you say"), 0, 0, NULL, 0},
	{IS_CHECK, N_("Upkeep"), "", N_("Check everything"),
		N_("Every seal, every index, the log against the records. Changes nothing"), 0, 0, NULL, 0},
};
enum { NTABLE = sizeof table / sizeof *table };

static const struct screen_ops settings_ops;

/* ---- the list ------------------------------------------------------------------------------------------- */
static const struct setting *setting_at(const struct settings *d, size_t row)
{
	return &d->rows[row];
}

static const char *label_of(const struct settings *d, const struct setting *t)
{
	return t->kind == IS_LIMIT ? limits_label(&d->limits[t->limit]) : _(t->label);
}

static struct id row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(0, row + 1);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct settings *d = ctx;
	(void)a;
	return col == 0 ? label_of(d, setting_at(d, row)) : d->values[row];
}

static const char *row_section(const void *ctx, size_t row)
{
	return _(setting_at(ctx, row)->section);
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .section = row_section};
static const struct list_col cols[] = {
	{"label", "", 24, 44, 0, false, false}, {"value", "", 20, 30, 1, false, false},
};

/* The table, and a row for each limit of the rules before the last section. */
static void make_rows(struct settings *d, struct arena *a)
{
	limits_load(a, d->limits, NULL);
	struct setting *rows = arena_alloc(a, (NTABLE + LIMIT_COUNT) * sizeof *rows);
	for (size_t i = 0; i < NTABLE; i++) {
		bool first_upkeep = table[i].kind == IS_BACKUP;
		for (int limit = 0; first_upkeep && limit < LIMIT_COUNT; limit++) {
			const struct limit *l = &d->limits[limit];
			rows[d->n++] = (struct setting){IS_LIMIT, N_("Limits of the rules"), l->name, NULL, l->source,
				l->value, LIMIT_MOST, l->unit, limit};
		}
		rows[d->n++] = table[i];
	}
	d->rows = rows;
}

struct screen *screen_settings(struct app *app)
{
	struct screen *s = screen_new(app, &settings_ops, sizeof(struct settings));
	make_rows(s->data, s->arena);
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

/* ---- reading -------------------------------------------------------------------------------------------- */
static const char *number_text(const struct setting *t, int n, struct arena *a)
{
	const char *text = arena_printf(a, "%d %s", n, _(t->unit));
	if (n == t->absent)
		return text;
	return arena_printf(a, _("%s (from the start: %d)"), text, t->absent);
}

/* In its own language, for somebody who sees the wrong one. */
static const char *language_name(void)
{
	return strcmp(lang_now(), "da") == 0 ? "Dansk" : "English";
}

static const char *value_text_of(const struct setting *t, struct screen *s, struct view *v, const int *limits)
{
	struct arena *a = s->model;
	struct store *store = app_store(s->app);
	switch (t->kind) {
	case IS_LANGUAGE: return language_name();
	case IS_SWITCH: return settings_number(v, t->key, t->absent) ? _("yes") : _("no");
	case IS_NUMBER: return number_text(t, settings_number(v, t->key, t->absent), a);
	case IS_LIMIT: return number_text(t, limits[t->limit], a);
	case IS_PERSON: return arena_strdup(a, store_person(store));
	case IS_SITE: return view_title(v, a, store_site(store));
	case IS_PASSPHRASE: return store_is_sealed(store) ? _("yes · Enter changes it")
		: _("none: anybody at this machine can read it · Enter makes one");
	case IS_BACKUP: case IS_CHECK: break;
	}
	return "";
}

static int settings_load(struct screen *s, struct view *v, struct err *e)
{
	struct settings *d = s->data;
	int limits[LIMIT_COUNT];
	int rc = rules_limits(v, limits, e);
	if (rc)
		return rc;
	d->values = arena_alloc(s->model, d->n * sizeof *d->values);
	for (size_t i = 0; i < d->n; i++)
		d->values[i] = value_text_of(&d->rows[i], s, v, limits);
	list_set(s->list, d, d->n);
	return OK;
}

/* When a limit was last held against its source. */
static const char *checked_text(const struct limit *l, struct arena *a)
{
	const char *iso = l->checked;
	char buf[32];
	civil_date day;
	if (when_parse_date(iso, civil_from_ymd(2026, 1, 1), WHEN_PAST, &day, NULL))
		return iso;
	return arena_strdup(a, civil_format_date(buf, sizeof buf, day, CIVIL_SHORT));
}

/* What the selected setting means, and for a limit where it comes from. */
static void settings_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct settings *d = s->data;
	struct rect help = rect_cut_bottom(&body, 3);
	size_t row;
	cv_rule(cv, help.row, help.col, help.cols, ROLE_DIM, "");
	rect_cut_top(&help, 1);
	rect_cut_left(&help, 2);
	if (s->working)
		cv_text(cv, help.row, help.col, help.cols, ROLE_MESSAGE, d->progress);
	else if (list_selected(s->list, &row)) {
		const struct setting *t = setting_at(d, row);
		const char *text = _(t->help);
		if (t->kind == IS_LIMIT)
			text = arena_printf(a, _("Source: %s. Checked %s."), t->help,
				checked_text(&d->limits[t->limit], a));
		cv_wrap(cv, help, ROLE_DIM, text);
	}
	list_draw(s->list, cv, body, a);
}

static const char *settings_status(const struct screen *s, struct arena *a)
{
	(void)a;
	return store_is_readonly(app_store(s->app)) ? _("for reading only") : "";
}

/* ---- changing -------------------------------------------------------------------------------------------- */
/* A value as it stands in the store, in words. */
static const char *value_said(const struct setting *t, const char *value)
{
	if (!value)
		return _("as from the start");
	if (t->kind == IS_SWITCH)
		return *value == '1' ? _("yes") : _("no");
	return t->kind == IS_LANGUAGE ? language_name() : value;
}

static int write_setting(struct app *app, const struct setting *t, const char *label, const char *value,
	struct err *e)
{
	struct change_result r = {0};
	const char *key = t->kind == IS_LIMIT ? arena_printf(app_scratch(app), "limit.%s", t->key) : t->key;
	int rc = settings_write(app_store(app), key, label, value, &r, e);
	if (rc == OK)
		app_done(app, &r, "%s: %s", _(label), value_said(t, value));
	return rc;
}

static void toggle(struct app *app, const struct setting *t)
{
	struct view *v;
	struct err e;
	int rc = view_begin(app_store(app), &v, &e);
	if (rc == OK) {
		bool on = !settings_number(v, t->key, t->absent);
		view_end(v);
		rc = write_setting(app, t, t->label, on ? "1" : "0", &e);
	}
	if (rc)
		app_fail(app, &e);
}

static void change_language(struct app *app, const struct setting *t)
{
	const char *other = strcmp(lang_now(), "da") == 0 ? "en" : "da";
	struct err e;
	lang_set(other);
	if (write_setting(app, t, t->label, other, &e))
		app_fail(app, &e);
	app_reload(app);
}

static int put_number(struct app *app, void *ctx, const char *text, struct err *e)
{
	const struct settings *d = ((struct screen *)ctx)->data;
	const struct setting *t = d->asked;
	const char *label = t->kind == IS_LIMIT ? limits_label(&d->limits[t->limit]) : t->label;
	char *rest;
	long n = strtol(text, &rest, 10);
	if (!*text)
		return write_setting(app, t, label, NULL, e);
	if (rest == text || rest[strspn(rest, " ")] || n < 0 || n > t->most)
		return err_set(e, ERR_DATA,
			_("Write a number from 0 to %d, or nothing for what it was from the start."), t->most);
	return write_setting(app, t, label, arena_printf(app_scratch(app), "%ld", n), e);
}

static void ask_number(struct app *app, struct screen *s, const struct setting *t)
{
	struct settings *d = s->data;
	size_t row;
	list_selected(s->list, &row);
	const char *text = arena_strndup(app_scratch(app), d->values[row], strcspn(d->values[row], " "));
	d->asked = t;
	dialog_prompt(app, arena_printf(app_scratch(app), "%s (%s)", label_of(d, t), _(t->unit)), text, false,
		put_number, s);
}

static int put_person(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct store *store = app_store(app);
	struct id site = store_site(store);
	struct change_result r;
	(void)ctx;
	int rc = register_set(store, TYPE_SITE, &site, 1, F_SITE_COORDINATOR, value_text(text), &r, e);
	if (rc == OK)
		rc = store_set_person(store, text, e);
	if (rc == OK)
		app_done(app, &r, _("You are %s"), text);
	return rc;
}

static void site_saved(struct app *app, void *ctx, struct id id)
{
	struct store *store = app_store(app);
	struct view *v;
	struct rec *r;
	(void)ctx;
	if (view_begin(store, &v, NULL))
		return;
	if (view_get(v, app_scratch(app), TYPE_SITE, id, &r, NULL) == OK && r)
		store_set_person(store, rec_text(r, F_SITE_COORDINATOR), NULL);
	view_end(v);
}

static void run_change(struct app *app, struct screen *s)
{
	size_t row;
	list_selected(s->list, &row);
	const struct setting *t = setting_at(s->data, row);
	switch (t->kind) {
	case IS_LANGUAGE: change_language(app, t); break;
	case IS_SWITCH: toggle(app, t); break;
	case IS_NUMBER: case IS_LIMIT: ask_number(app, s, t); break;
	case IS_PERSON: dialog_prompt(app, _(t->label), store_person(app_store(app)), false, put_person, s); break;
	case IS_SITE:
		app_push(app, screen_record_form(app, TYPE_SITE, store_site(app_store(app)), site_saved, NULL));
		break;
	case IS_PASSPHRASE: settings_ask_passphrase(s); break;
	case IS_BACKUP: settings_backup(s); break;
	case IS_CHECK: settings_check(s); break;
	}
}

static const char *refuse_change(struct app *app, struct screen *s)
{
	size_t row;
	if (!list_selected(s->list, &row))
		return NULL;
	enum setting_kind kind = setting_at(s->data, row)->kind;
	bool reads = kind == IS_CHECK || kind == IS_BACKUP;
	return store_is_readonly(app_store(app)) && !reads
		? _("The store is open for reading only: another program has it.") : NULL;
}

static void open_settings(struct app *app)
{
	app_go(app, screen_settings(app));
}

static const struct action rows[] = {
	{"settings.change", CTX_SETTINGS, "Enter r", N_("Change"),
		N_("Change the setting under the cursor, or do what it says"),
		GROUP_DO, 2, ACTION_ROW, refuse_change, run_change},
};

const struct action_set actions_settings = {N_("Settings"), open_settings, rows, sizeof rows / sizeof *rows};

static const struct screen_ops settings_ops = {
	.name = "settings", .title = N_("Settings"), .contexts = CTX_SETTINGS | CTX_LIST, .load = settings_load,
	.draw = settings_draw, .status = settings_status, .step = settings_step, .close = settings_close,
};
