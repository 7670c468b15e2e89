/* tui/screen_people_data.c - see screens.h: whose time is over, erasures with who has confirmed them, and printed lists
 * until they are shredded. Owns which list is shown and what is done to its rows; what stands in them is
 * people_data_rows.c's. */
#include "tui/people_data_priv.h"

#include "base/lang.h"
#include "tui/detail.h"
#include "tui/dialog.h"

static const struct screen_ops people_data_ops;

struct screen *screen_people_data(struct app *app)
{
	struct screen *s = screen_new(app, &people_data_ops, sizeof(struct people_data));
	struct people_data *d = s->data;
	people_data_make_lists(d);
	s->list = d->lists[d->show];
	return s;
}

static int people_data_load(struct screen *s, struct view *v, struct err *e)
{
	return people_data_read(s->data, s, v, e);
}

/* The one that is shown is freed as the screen's. */
static void people_data_close(struct screen *s)
{
	struct people_data *d = s->data;
	for (int i = 0; i < PEOPLE_LISTS; i++)
		if (d->lists[i] != s->list)
			list_free(d->lists[i]);
}

/* ---- which is shown -------------------------------------------------------------------------------------- */
/* By enum people_list. `key` is that of the action below. */
static const struct { char key; const char *label; enum role loud; } lists[PEOPLE_LISTS] = {
	[PEOPLE_DUE] = {'d', N_("Time over"), ROLE_WARN}, [PEOPLE_ERASED] = {'e', N_("Erasures"), ROLE_WARN},
	[PEOPLE_PRINTED] = {'p', N_("On paper"), ROLE_STOP},
};

static void show(struct screen *s, enum people_list which)
{
	struct people_data *d = s->data;
	d->show = which;
	s->list = d->lists[which];
}

static void run_due(struct app *app, struct screen *s)
{
	(void)app;
	show(s, PEOPLE_DUE);
}

static void run_erased(struct app *app, struct screen *s)
{
	(void)app;
	show(s, PEOPLE_ERASED);
}

static void run_printed(struct app *app, struct screen *s)
{
	(void)app;
	show(s, PEOPLE_PRINTED);
}

/* ---- picture --------------------------------------------------------------------------------------------- */
static void people_data_draw_all(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct people_data *d = s->data;
	struct detail_mode modes[PEOPLE_LISTS];
	struct rect detail;
	bool beside;
	size_t row;
	for (int i = 0; i < PEOPLE_LISTS; i++)
		modes[i] = (struct detail_mode){lists[i].key, _(lists[i].label), d->n[i], d->loud[i] ? lists[i].loud : ROLE_DEFAULT};
	detail_modes(cv, &body, modes, PEOPLE_LISTS, d->show, a);
	if (list_selected(s->list, &row) && detail_cut(cv, &body, people_data_title(d, row, a), &detail, &beside))
		people_data_draw(d, row, cv, detail, a);
	list_draw(s->list, cv, body, a);
}

/* ---- one row --------------------------------------------------------------------------------------------- */
static const struct retained *due_under(const struct screen *s)
{
	const struct people_data *d = s->data;
	size_t row;
	return d->show == PEOPLE_DUE && list_selected(s->list, &row) ? &d->due[row] : NULL;
}

struct id people_data_person(const struct screen *s)
{
	const struct retained *x = s->ops == &people_data_ops ? due_under(s) : NULL;
	return x && x->type == TYPE_VOLUNTEER ? x->id : ID_NONE;
}

/* A scan is seen with the agreement that it belongs to. */
static void open_due(struct app *app, const struct retained *x)
{
	struct view *v = NULL;
	struct rec *r = NULL;
	struct err e = {0};
	int rc = OK;
	if (x->type == TYPE_VOLUNTEER) {
		app_push(app, screen_volunteer(app, x->id));
		return;
	}
	rc = view_begin(app_store(app), &v, &e);
	if (rc == OK)
		rc = view_get(v, app_scratch(app), x->type, x->id, &r, &e);
	view_end(v);
	if (rc)
		app_fail(app, &e);
	else if (r)
		app_push(app, screen_agreement(app, rec_id(r, F_ATTACHMENT_OF)));
}

static void open_erased(struct app *app, const struct people_data *d, size_t row)
{
	struct arena *a = app_scratch(app);
	const struct receipts *x = &d->erased[row];
	const char *missing = people_data_missing(x, d->today, a), *confirmed = people_data_confirmed(x, a);
	const char *text = arena_printf(a, _("Decided at %s. Whom it was about is known nowhere any more."), x->by);
	if (*confirmed)
		text = arena_printf(a, _("%s\n\nNothing is left at: %s"), text, confirmed);
	if (*missing)
		text = arena_printf(a, _("%s\n\nNot yet confirmed by: %s. They follow when they next meet."), text, missing);
	dialog_text(app, people_data_title(d, row, a), text);
}

static void run_open(struct app *app, struct screen *s)
{
	const struct people_data *d = s->data;
	size_t row;
	list_selected(s->list, &row);
	if (d->show == PEOPLE_DUE)
		open_due(app, &d->due[row]);
	else if (d->show == PEOPLE_ERASED)
		open_erased(app, d, row);
	else
		app_push(app, screen_record_form(app, TYPE_PRINTED_LIST, d->printed[row]->id, NULL, NULL));
}

/* ---- shredded -------------------------------------------------------------------------------------------- */
static const char *refuse_shred(struct app *app, struct screen *s)
{
	const struct people_data *d = s->data;
	(void)app;
	return d->show == PEOPLE_PRINTED && list_count(s->list) ? NULL : _("Stand on a printed list first: p shows them.");
}

/* Those that were shredded before keep their day. */
static size_t still_about(const struct people_data *d, struct id *ids, size_t n)
{
	size_t many = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < d->n[PEOPLE_PRINTED]; k++)
			if (id_equal(d->printed[k]->id, ids[i]) && rec_get(d->printed[k], F_PRINTED_LIST_SHREDDED).tag == V_NONE)
				ids[many++] = ids[i];
	return many;
}

static void run_shred(struct app *app, struct screen *s)
{
	struct change_result r;
	struct err e;
	size_t n;
	struct id *ids = list_targets(s->list, app_scratch(app), &n);
	n = still_about(s->data, ids, n);
	if (n == 0) {
		app_toast(app, "%s", _("That is shredded already."));
		return;
	}
	if (retention_shredded(app_store(app), ids, n, app_today(app), &r, &e)) {
		app_fail(app, &e);
		return;
	}
	list_unmark(s->list);
	app_done(app, &r, ngettext("%zu list shredded", "%zu lists shredded", n), n);
}

/* ---- the yearly run -------------------------------------------------------------------------------------- */
/* Of those marked, or of all; ids of records. */
static struct id *over_now(const struct screen *s, struct arena *a, size_t *n)
{
	const struct people_data *d = s->data;
	bool marked = d->show == PEOPLE_DUE && list_nmarks(s->list);
	struct id *ids = arena_alloc(a, (d->n[PEOPLE_DUE] + 1) * sizeof *ids);
	*n = 0;
	for (size_t i = 0; i < d->n[PEOPLE_DUE]; i++) {
		const struct retained *x = &d->due[i];
		if (x->automatic && x->due <= d->today && (!marked || list_is_marked(s->list, list_id_in(x->id, (int)x->what))))
			ids[(*n)++] = list_id_in(x->id, (int)x->what);
	}
	return ids;
}

static const char *refuse_run(struct app *app, struct screen *s)
{
	size_t n;
	over_now(s, app_scratch(app), &n);
	if (n)
		return NULL;
	return list_nmarks(s->list) ? _("Nothing of what is marked is over yet.") : _("Nobody's time is over yet.");
}

static void run_run(struct app *app, struct screen *s)
{
	size_t n;
	struct id *ids = over_now(s, app_scratch(app), &n);
	app_push(app, screen_erase_due(app, ids, n));
}

/* ---- the table ------------------------------------------------------------------------------------------- */
static void open_people_data(struct app *app)
{
	app_go(app, screen_people_data(app));
}

static const struct action rows[] = {
	{"people_data.open", CTX_PEOPLE_DATA, "Enter", N_("Open"),
		N_("The card, the agreement, who has confirmed, or what is written about the list"),
		GROUP_DO, 2, ACTION_ROW, NULL, run_open},
	{"people_data.run", CTX_PEOPLE_DATA, "s", N_("Yearly run"),
		N_("Shows what goes of all whose time is over, or of those marked, and asks"),
		GROUP_DO, 3, ACTION_FINAL, refuse_run, run_run},
	{"people_data.shredded", CTX_PEOPLE_DATA, "m", N_("Shredded"), N_("The printed list, or all marked, are shredded today"),
		GROUP_DO, 3, ACTION_ROW | ACTION_BULK | ACTION_CHANGES, refuse_shred, run_shred},
	{"people_data.due", CTX_PEOPLE_DATA, "d", N_("Time over"), N_("Whose time is over, or soon will be, and why"),
		GROUP_LIST, 0, 0, NULL, run_due},
	{"people_data.erased", CTX_PEOPLE_DATA, "e", N_("Erasures"), N_("Who has been erased when, and which sites have confirmed it"),
		GROUP_LIST, 0, 0, NULL, run_erased},
	{"people_data.printed", CTX_PEOPLE_DATA, "p", N_("On paper"), N_("Lists with people on them, until they are shredded"),
		GROUP_LIST, 0, 0, NULL, run_printed},
};

const struct action_set actions_people_data = {N_("People's data"), open_people_data, rows, sizeof rows / sizeof *rows};

static const struct screen_ops people_data_ops = {
	.name = "people-data", .title = N_("People's data"), .contexts = CTX_PEOPLE_DATA | CTX_LIST, .load = people_data_load,
	.draw = people_data_draw_all, .close = people_data_close,
};
