/* tui/help.c - see help.h. Owns the list of what can be done. Must not know any action but by its row. */
#include "tui/help.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

struct help_row {
	const struct action *a;
	const struct action_set *set;
	const char *section, *keys, *why;      /* why: it can't be done now; NULL when it can */
	bool here;
};

struct help {
	struct help_row *rows;
	size_t n, cap;
	const char *title, *about;             /* NULL: nothing to explain first */
};

enum { LIST_ROWS = 7 };                /* that an explanation leaves to what can be done */
enum { COL_KEYS, COL_LABEL, COL_HELP };
static const struct list_col cols[] = {
	{.id = "keys", .title = "", .min = 6, .ideal = 15},
	{.id = "label", .title = "", .min = 12, .ideal = 14},
	{.id = "help", .title = "", .min = 10, .ideal = 40, .weight = 1},
};

static const struct help_row *row_of(const void *ctx, size_t row)
{
	return &((const struct help *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	(void)ctx;
	return id_make(0, row + 1);
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct help_row *r = row_of(ctx, row);
	if (col == COL_KEYS)
		return r->keys;
	if (col == COL_LABEL)
		return _(r->a->label);
	return r->why ? arena_printf(a, "(%s)", r->why) : _(r->a->help);
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	return row_of(ctx, row)->why ? ROLE_DIM : col == COL_KEYS ? ROLE_KEY : ROLE_DEFAULT;
}

static const char *row_find(const void *ctx, size_t row, struct arena *a)
{
	const struct help_row *r = row_of(ctx, row);
	return arena_printf(a, "%s %s %s %s", _(r->a->label), _(r->a->help), r->a->id, r->keys);
}

static const char *row_section(const void *ctx, size_t row)
{
	return row_of(ctx, row)->section;
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .find = row_find, .section = row_section,
};

/* ---- which rows ---------------------------------------------------------------------------------------- */
/* Without those that the screen's own actions take from it. */
static const char *all_keys(const struct app *app, const struct action *a, uint64_t contexts, struct arena *arena)
{
	char buf[KEY_NAME];
	const char *text = "";
	size_t n;
	const struct action_set *const *sets = app_actions(app, &n);
	for (const char *s = a->keys; *s;) {
		int key = key_parse(s, &s);
		bool taken = contexts & CTX_OWN_KEYS && action_applies(a, contexts) && action_of_key(sets, n, contexts, key) != a;
		if (!taken)
			text = arena_printf(arena, "%s%s%s", text, *text ? " " : "", key_label(buf, key));
	}
	return text;
}

static void add_row(struct screen *s, const struct action *a, const struct action_set *set, struct screen *below,
	const char *section)
{
	struct help *h = s->data;
	bool here = action_applies(a, screen_contexts(below));
	const char *why = here ? action_refusal(a, s->app, below) : NULL;
	h->rows = arena_grow(s->arena, h->rows, &h->cap, h->n + 1, sizeof *h->rows);
	why = why ? arena_strdup(s->arena, why) : NULL;
	h->rows[h->n++] = (struct help_row){a, set, section, all_keys(s->app, a, screen_contexts(below), s->arena), why, here};
}

/* Actions of the screen below: what one does first, the program last. */
static void add_group(struct screen *s, struct screen *below, enum action_group g)
{
	size_t n;
	const struct action_set *const *sets = app_actions(s->app, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < sets[i]->n; j++) {
			const struct action *a = &sets[i]->rows[j];
			if (a->group == g && action_applies(a, screen_contexts(below)))
				add_row(s, a, sets[i], below, action_group_name(g));
		}
}

static void add_elsewhere(struct screen *s, struct screen *below)
{
	size_t n;
	const struct action_set *const *sets = app_actions(s->app, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < sets[i]->n; j++)
			if (!action_applies(&sets[i]->rows[j], screen_contexts(below)))
				add_row(s, &sets[i]->rows[j], sets[i], below, _(sets[i]->title));
}

/* ---- the screen ---------------------------------------------------------------------------------------- */
static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct help *h = s->data;
	if (h->about) {
		struct rect most = body;
		most.rows -= LIST_ROWS;
		int rows = cv_wrap(cv, most, ROLE_DEFAULT, h->about);
		rect_cut_top(&body, rows + 1);
	}
	/* the column may have cut it */
	struct rect whole = rect_cut_bottom(&body, 1);
	size_t row;
	if (list_selected(s->list, &row))
		cv_text(cv, whole.row, whole.col, whole.cols, ROLE_DIM,
			h->rows[row].why ? h->rows[row].why : _(h->rows[row].a->help));
	list_draw(s->list, cv, body, a);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct help *h = s->data;
	(void)a;
	return h->title ? h->title : _(s->ops->title);
}

/* Elsewhere: the screen where it can be done is opened, and the person presses the key, seeing what it is about. */
static void go_elsewhere(struct app *app, const struct help_row *r, const char *keys)
{
	if (r->set->open)
		r->set->open(app);
	else
		app_toast(app, "%s: %s", _(r->set->title), _(r->a->help));
	if (r->set->open && *keys)
		app_toast(app, _("%s: press %s"), _(r->a->label), keys);
}

static void run_selected(struct app *app, struct screen *s)
{
	const struct help *h = s->data;
	size_t row;
	list_selected(s->list, &row);
	const struct help_row *r = &h->rows[row];
	app_pop(app, s);
	if (r->here)
		app_run_action(app, app_top(app), r->a);
	else
		go_elsewhere(app, r, r->keys);
}

static const struct action actions[] = {
	{"help.do", CTX_HELP, "Enter", N_("Do it"), N_("Does what the cursor stands on, or goes to where it can be done"),
		GROUP_PROGRAM, 2, ACTION_ROW, NULL, run_selected},
};

const struct action_set actions_help = {N_("In the help"), NULL, actions, sizeof actions / sizeof *actions};

static const struct screen_ops help_ops = {
	.name = "help", .title = N_("What can be done here"), .contexts = CTX_HELP,
	.draw = draw, .heading = heading,
};

static const struct screen_ops palette_ops = {
	.name = "palette", .title = N_("Everything that can be done"), .contexts = CTX_HELP,
	.draw = draw, .heading = heading,
};

static struct screen *make(struct app *app, const struct screen_ops *ops)
{
	struct screen *below = app_top(app), *s = screen_new(app, ops, sizeof(struct help));
	struct help *h = s->data;
	for (int g = 0; g < GROUP_COUNT; g++)
		add_group(s, below, (enum action_group)g);
	if (ops == &palette_ops)
		add_elsewhere(s, below);
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	list_set(s->list, h, h->n);
	list_filter_always(s->list);
	return s;
}

void help_open(struct app *app)
{
	app_push(app, make(app, &help_ops));
}

void help_open_palette(struct app *app)
{
	app_push(app, make(app, &palette_ops));
}

void help_open_about(struct app *app, const char *title, const char *text)
{
	struct screen *s = make(app, &help_ops);
	struct help *h = s->data;
	h->title = arena_strdup(s->arena, title);
	h->about = arena_strdup(s->arena, text);
	app_push(app, s);
}
