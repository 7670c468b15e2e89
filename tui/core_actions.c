/* tui/core_actions.c - what can be done wherever one is: help, back, undo, and what every list and form can. Must
 * not know any screen of its own. */
#include "tui/action.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/exchange.h"
#include "tui/dialog.h"
#include "tui/help.h"

/* ---- the program --------------------------------------------------------------------------------------- */
static const char *refuses_help(struct app *app, struct screen *s)
{
	(void)app;
	return s->ops->contexts & CTX_HELP ? _("This is it.") : NULL;
}

static void open_help(struct app *app, struct screen *s)
{
	(void)s;
	help_open(app);
}

static void open_palette(struct app *app, struct screen *s)
{
	(void)s;
	help_open_palette(app);
}

static const char *refuses_back(struct app *app, struct screen *s)
{
	bool stays = app_is_first(app, s) && !s->form;
	return stays ? _("This is the first screen. Q leaves samvagt; everything is saved.") : NULL;
}

static void leave_chosen(struct app *app, void *ctx, size_t i)
{
	(void)ctx;
	if (i == 1)
		app_quit(app);
}

/* A form that is first has no Q to leave by: it would be typed. */
static void go_back(struct app *app, struct screen *s)
{
	if (app_is_first(app, s))
		dialog_choice(app, _("Leave samvagt?"), (const char *const[]){_("Stay here"), _("Leave; nothing is made")}, 2,
			leave_chosen, NULL);
	else
		app_pop(app, s);
}

static void quit(struct app *app, struct screen *s)
{
	(void)s;
	app_quit(app);
}

static const char *refuses_lock(struct app *app, struct screen *s)
{
	(void)s;
	if (!app_store(app))
		return _("There is no store yet.");
	return store_is_sealed(app_store(app)) ? NULL : _("It has no passphrase to be locked with.");
}

static void lock(struct app *app, struct screen *s)
{
	(void)s;
	app_lock(app);
}

/* ---- undo ---------------------------------------------------------------------------------------------- */
static const char *refuses_undo(struct app *app, struct screen *s)
{
	(void)app;
	/* what would be taken back doesn't stand there */
	if (s->as_of)
		return _("This is the roster as it was; it can't be changed.");
	return s->form ? _("First leave the form; Ctrl-R puts its fields back.") : NULL;
}

typedef int find_group(struct view *v, struct dot *out, struct err *e);

/* A change, and what is said of it: of an undo that is taken back by what is done again with that. no == 0: none. */
struct said { struct dot dot; const char *label; bool again; };

static int say(struct app *app, struct view *v, struct said *what, struct err *e)
{
	struct group *g = NULL;
	int rc = what->dot.no ? log_get_head(v, app_scratch(app), what->dot, &g, e) : OK;
	if (rc == OK && g) {
		what->again = g->act == ACT_UNDO;
		what->label = what->again ? log_subject(v, app_scratch(app), g) : log_label(v, app_scratch(app), g);
	}
	return rc;
}

/* What would be taken back (`find` NULL: the dot that is in *what), and what is passed over for it, which may be NULL. */
static int look_up(struct app *app, find_group *find, struct said *what, struct said *over, struct err *e)
{
	struct view *v = NULL;
	int rc = view_begin(app_store(app), &v, e);
	if (rc == OK && find)
		rc = find(v, &what->dot, e);
	if (rc == OK && over)
		rc = change_passed_over(v, what->dot, &over->dot, e);
	if (rc == OK)
		rc = say(app, v, what, e);
	if (rc == OK && over)
		rc = say(app, v, over, e);
	view_end(v);
	return rc;
}

static void take_back(struct app *app, const struct said *what)
{
	struct err e = {0};
	struct change_result result = {0};
	const char *said = what->again ? _("Done again") : _("Undone");
	if (change_undo(app_store(app), what->dot, &result, &e))
		app_fail(app, &e);
	else if (result.kept)
		app_toast(app, ngettext("%s: %s (%zu field changed since then was left)",
			"%s: %s (%zu fields changed since then were left)", result.kept), said, what->label, result.kept);
	else
		app_toast(app, "%s: %s", said, what->label);
}

/* What was asked about lies in the screen's arena. */
static void take_older_back(struct app *app, void *ctx)
{
	struct err e = {0};
	struct said what = {.dot = *(const struct dot *)ctx, .label = ""};
	if (look_up(app, NULL, &what, NULL, &e))
		app_fail(app, &e);
	else
		take_back(app, &what);
}

/* The newest that `find` finds; or what the screen says. */
static void take_newest_back(struct app *app, struct screen *s, find_group *find, struct dot dot, const char *none)
{
	struct err e = {0};
	struct said what = {.dot = dot, .label = ""}, over = {.label = ""};
	if (look_up(app, find, &what, find == change_undoable ? &over : NULL, &e))
		app_fail(app, &e);
	else if (what.dot.no == 0)
		app_toast(app, "%s", none);
	else if (over.dot.no)
		dialog_confirm(app, arena_printf(app_scratch(app),
			_("The last change can't be taken back any more: %s. The one before it can: %s."), over.label, what.label),
			_("Yes, take that back"), take_older_back, arena_copy(s->arena, &what.dot, sizeof what.dot));
	else
		take_back(app, &what);
}

static void take_back_merge(struct app *app, uint64_t no)
{
	struct err e = {0};
	struct change_result result = {0};
	if (merge_undo(app_store(app), no, &result, &e))
		app_fail(app, &e);
	else
		app_toast(app, ngettext("Undone: the whole merge (%zu record put back)",
			"Undone: the whole merge (%zu records put back)", result.records), result.records);
}

static void undo(struct app *app, struct screen *s)
{
	uint64_t merge = s->ops->undoes_merge ? s->ops->undoes_merge(s) : 0;
	if (merge) {
		take_back_merge(app, merge);
		return;
	}
	bool chosen = s->ops->undoes != NULL;
	struct dot dot = chosen ? s->ops->undoes(s) : (struct dot){0};
	take_newest_back(app, s, chosen ? NULL : change_undoable, dot, _("There is nothing to undo."));
}

static void redo(struct app *app, struct screen *s)
{
	take_newest_back(app, s, change_redoable, (struct dot){0}, _("There is nothing to do again."));
}

/* ---- lists --------------------------------------------------------------------------------------------- */
static const char *refuses_list(struct app *app, struct screen *s)
{
	(void)app;
	return s->list ? NULL : _("There is no list here.");
}

static void filter(struct app *app, struct screen *s)
{
	(void)app;
	list_filter_open(s->list);
}

static void mark(struct app *app, struct screen *s)
{
	(void)app;
	struct id id = list_selected_id(s->list);
	list_mark(s->list, id, !list_is_marked(s->list, id));
	list_event(s->list, &(struct event){.what = EV_KEY, .key = K_DOWN});
}

static void mark_all(struct app *app, struct screen *s)
{
	(void)app;
	list_mark_all(s->list);
}

/* The titles of all columns; the caller's array is in the scratch arena. */
static const char **column_titles(struct app *app, const struct list *l, size_t extra)
{
	const char **titles = arena_alloc(app_scratch(app), (list_ncols(l) + extra) * sizeof *titles);
	for (size_t i = 0; i < list_ncols(l); i++)
		titles[i + extra] = _(list_column(l, i)->title);
	return titles;
}

/* Choosing the column that is sorted by already turns it round. */
static void sort_chosen(struct app *app, void *ctx, size_t i)
{
	struct screen *s = ctx;
	bool descending;
	(void)app;
	int col = (int)i - 1, before = list_sorted_by(s->list, &descending);
	list_sort_by(s->list, col, col >= 0 && col == before && !descending);
}

static void sort(struct app *app, struct screen *s)
{
	const char **titles = column_titles(app, s->list, 1);
	bool descending;
	size_t at = (size_t)(list_sorted_by(s->list, &descending) + 1);
	titles[0] = _("as from the start");
	dialog_choice_at(app, _("Sort by"), titles, list_ncols(s->list) + 1, at, sort_chosen, s);
}

static void column_switched(struct app *app, void *ctx, size_t i, bool on)
{
	struct screen *s = ctx;
	list_column_show(s->list, i, on);
	if (i == 0 && !on)
		app_toast(app, _("The first column is always shown."));
}

static void columns(struct app *app, struct screen *s)
{
	size_t n = list_ncols(s->list);
	uint64_t on = 0;
	for (size_t i = 0; i < n; i++)
		on |= (uint64_t)list_column_shown(s->list, i) << i;
	dialog_switches(app, _("Columns"), column_titles(app, s->list, 0), n, on, column_switched, s);
}

/* ---- forms --------------------------------------------------------------------------------------------- */
static const char *refuses_revert(struct app *app, struct screen *s)
{
	(void)app;
	return s->form && form_is_dirty(s->form) ? NULL : _("Nothing has been typed.");
}

static void revert(struct app *app, struct screen *s)
{
	form_revert(s->form);
	app_toast(app, _("The fields are as they were."));
}

/* ---- the table ----------------------------------------------------------------------------------------- */
static const struct action rows[] = {
	{"program.help", CTX_ANY, "? F1", N_("Help"), N_("Shows what can be done here; type to find it"),
		GROUP_PROGRAM, 1, ACTION_FIRST, refuses_help, open_help},
	{"program.palette", CTX_ANY, ": Ctrl-P", N_("Everything"), N_("Shows everything that can be done anywhere"),
		GROUP_PROGRAM, 8, 0, refuses_help, open_palette},
	{"program.back", CTX_ANY, "Esc q", N_("Back"), N_("Goes back one screen; what is typed in a form is kept"),
		GROUP_PROGRAM, 5, 0, refuses_back, go_back},
	{"program.quit", CTX_ANY, "Q", N_("Leave"), N_("Leaves samvagt; everything is saved already"),
		GROUP_PROGRAM, 9, 0, NULL, quit},
	{"program.lock", CTX_MAIN, "Ctrl-L", N_("Lock"), N_("Hides everything until the passphrase is typed"),
		GROUP_PROGRAM, 0, 0, refuses_lock, lock},
	{"change.undo", CTX_MAIN, "u Ctrl-Z", N_("Undo"), N_("Takes the last change back, whatever it was"),
		GROUP_DO, 4, ACTION_CHANGES, refuses_undo, undo},
	{"change.redo", CTX_MAIN, "Ctrl-Y", N_("Redo"), N_("Does again what was undone last"),
		GROUP_DO, 0, ACTION_CHANGES, refuses_undo, redo},
	{"list.filter", CTX_LIST, "/ F4", N_("Filter"), N_("Shows only rows with what is typed; Esc shows all again"),
		GROUP_LIST, 6, 0, refuses_list, filter},
	{"list.mark", CTX_LIST, "Space", N_("Mark"),
		N_("Marks the row for the next action; Shift with arrows marks several"),
		GROUP_LIST, 7, ACTION_ROW, refuses_list, mark},
	{"list.mark-all", CTX_LIST, "Ctrl-A", N_("Mark all"), N_("Marks all rows shown, or none when all are"),
		GROUP_LIST, 0, ACTION_ROW, refuses_list, mark_all},
	{"list.sort", CTX_LIST, ",", N_("Sort"), N_("Chooses the column to sort by; the same one again turns it round"),
		GROUP_LIST, 0, 0, refuses_list, sort},
	{"list.columns", CTX_LIST, ".", N_("Columns"), N_("Chooses which columns are shown"),
		GROUP_LIST, 0, 0, refuses_list, columns},
	{"form.revert", CTX_FORM, "Ctrl-R", N_("As before"), N_("Puts all fields back to what they were"),
		GROUP_FORM, 7, 0, refuses_revert, revert},
};

const struct action_set actions_core = {N_("Everywhere"), NULL, rows, sizeof rows / sizeof *rows};
