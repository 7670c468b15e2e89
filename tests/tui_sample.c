/* tests/tui_sample.c - see tui_sample.h. Owns a shelf of books that no store knows. */
#include "tests/tui_sample.h"

#include <stdio.h>
#include <string.h>

#include "tui/dialog.h"
#include "tui/help.h"

struct shelf { struct sample *sample; };

/* ---- the list -------------------------------------------------------------------------------------------- */
static struct id book_id(const void *ctx, size_t row)
{
	(void)ctx;
	return (struct id){.b = {2, [14] = (uint8_t)(row >> 8), [15] = (uint8_t)row}};
}

static const char *book_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	static const char *const names[] = {"Ærens vej", "Søen", "Årets gang", "Byen", "Zoologi", "Haven"};
	(void)ctx;
	return col == 0 ? arena_printf(a, "%s %zu", names[row % 6], row + 1) : arena_printf(a, "%zu", row * 7 % 100);
}

static const char *no_books(const void *ctx, struct arena *a)
{
	(void)ctx, (void)a;
	return "The shelf is empty. a adds a book.";
}

static const struct list_source books = {.id = book_id, .cell = book_cell, .empty = no_books};
static const struct list_col columns[] = {
	{.id = "title", .title = "Title", .min = 10, .ideal = 20, .weight = 1},
	{.id = "pages", .title = "Pages", .min = 6, .ideal = 6, .right = true},
};

static void draw_shelf(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	list_draw(s->list, cv, body, a);
}

static void step(struct screen *s)
{
	struct shelf *shelf = s->data;
	if (s->working)
		s->working = ++shelf->sample->steps < 5;
}

static const struct screen_ops shelf_ops = {
	.name = "shelf", .title = "Shelf", .contexts = CTX_LIST | CTX_SAMPLE_SHELF, .draw = draw_shelf, .step = step,
};

/* ---- the form -------------------------------------------------------------------------------------------- */
static const struct field fields[] = {
	{1, "title", KIND_TEXT, 0, FIELD_REQ, 40, "Title", "What stands on the cover"},
	{2, "lent", KIND_DATE, 0, 0, 0, "Lent", "The day it went"},
	{3, "status", KIND_CHOICE, SET_SHIFT_STATE, 0, 0, "State", ""},
	{4, "note", KIND_LONGTEXT, 0, 0, 400, "Note", "Anything"},
};

static void draw_form(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	form_draw(s->form, cv, body, a);
}

static const struct screen_ops form_ops = {
	.name = "book", .title = "Book", .contexts = CTX_FORM | CTX_SAMPLE_BOOK, .draw = draw_form,
};

static void open_form(struct app *app, struct screen *below)
{
	const struct field *all[] = {&fields[0], &fields[1], &fields[2], &fields[3]};
	struct screen *s = screen_new(app, &form_ops, sizeof(struct shelf));
	*(struct shelf *)s->data = *(struct shelf *)below->data;
	s->form = form_new(all, 4, NULL, app_today(app));
	s->draft = "book";
	app_push(app, s);
}

static void save(struct app *app, struct screen *s)
{
	struct err e = {0};
	struct sample *sample = ((struct shelf *)s->data)->sample;
	if (form_check(s->form, &e)) {
		app_fail(app, &e);
		return;
	}
	snprintf(sample->typed, sizeof sample->typed, "%s", form_text(s->form, 1));
	form_set_clean(s->form);
	app_pop(app, s);
	app_toast(app, "Saved.");
}

/* ---- dialogs --------------------------------------------------------------------------------------------- */
static void erase_them(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	struct shelf *shelf = s->data;
	size_t n;
	list_targets(s->list, app_scratch(app), &n);
	shelf->sample->erased += (int)n;
	list_unmark(s->list);
}

static void erase(struct app *app, struct screen *s)
{
	size_t n;
	list_targets(s->list, app_scratch(app), &n);
	dialog_confirm(app, arena_printf(app_scratch(app), "%zu books will be burnt.", n), "Yes, burn them", erase_them, s);
}

static void chosen(struct app *app, void *ctx, size_t i)
{
	(void)app;
	((struct shelf *)((struct screen *)ctx)->data)->sample->chosen = (int)i + 1;
}

static void choose(struct app *app, struct screen *s)
{
	const char *const labels[] = {"Red", "Green", "Blue"};
	dialog_choice(app, "Colour", labels, 3, chosen, s);
}

static int typed(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct sample *sample = ((struct shelf *)((struct screen *)ctx)->data)->sample;
	if (strcmp(text, "no") == 0)
		return err_set(e, ERR_DATA, "Not that one.");
	snprintf(sample->typed, sizeof sample->typed, "%s", text);
	app_toast(app, "Typed.");
	return OK;
}

static void prompt(struct app *app, struct screen *s)
{
	dialog_prompt(app, "Its name", "", false, typed, s);
}

static void explain(struct app *app, struct screen *s)
{
	(void)s;
	dialog_text(app, "About books", "A book is read from the first page to the last. Some are read the other way round, "
		"and some not at all.");
}

static void about(struct app *app, struct screen *s)
{
	(void)s;
	help_open_about(app, "Rule: rest", "Between two books there must be eleven hours.");
}

static void work(struct app *app, struct screen *s)
{
	(void)app;
	((struct shelf *)s->data)->sample->steps = 0;
	s->working = true;
}

static void open_row(struct app *app, struct screen *s)
{
	size_t row;
	list_selected(s->list, &row);
	app_toast(app, "Opened %zu.", row + 1);
}

static const char *never(struct app *app, struct screen *s)
{
	(void)app, (void)s;
	return "the moon is full";
}

static void open_elsewhere(struct app *app)
{
	app_toast(app, "Elsewhere.");
}

static const struct action rows[] = {
	{"shelf.open", CTX_SAMPLE_SHELF, "Enter", "Open", "Opens the book", GROUP_DO, 2, ACTION_ROW, NULL, open_row},
	{"shelf.add", CTX_SAMPLE_SHELF, "a", "Add", "Adds a book", GROUP_DO, 2, 0, NULL, open_form},
	{"shelf.erase", CTX_SAMPLE_SHELF, "Delete", "Burn", "Burns books", GROUP_DO, 3, ACTION_ROW | ACTION_BULK, NULL, erase},
	{"shelf.choose", CTX_SAMPLE_SHELF, "c", "Colour", "Chooses a colour", GROUP_DO, 4, 0, NULL, choose},
	{"shelf.prompt", CTX_SAMPLE_SHELF, "n", "Name", "Asks for a name", GROUP_DO, 0, 0, NULL, prompt},
	{"shelf.text", CTX_SAMPLE_SHELF, "t", "Text", "Tells about books", GROUP_DO, 0, 0, NULL, explain},
	{"shelf.about", CTX_SAMPLE_SHELF, "r", "Rule", "Explains a rule", GROUP_DO, 0, 0, NULL, about},
	{"shelf.work", CTX_SAMPLE_SHELF, "w", "Work", "Works for long", GROUP_DO, 0, 0, NULL, work},
	{"shelf.never", CTX_SAMPLE_SHELF, "m", "Never", "Can't be done", GROUP_DO, 0, 0, never, work},
	{"book.save", CTX_SAMPLE_BOOK, "Ctrl-S F2", "Save", "Saves the book", GROUP_FORM, 2, 0, NULL, save},
};

const struct action_set actions_sample = {"Books", open_elsewhere, rows, sizeof rows / sizeof *rows};

const struct action_set *const *sample_actions(size_t *n)
{
	static const struct action_set *const sets[] = {&actions_sample, &actions_help, &actions_dialog, &actions_core};
	*n = sizeof sets / sizeof *sets;
	return sets;
}

struct screen *screen_sample(struct app *app, struct sample *sample)
{
	struct screen *s = screen_new(app, &shelf_ops, sizeof(struct shelf));
	((struct shelf *)s->data)->sample = sample;
	s->list = list_new(&books, columns, 2);
	list_set(s->list, sample, sample->nbooks);
	return s;
}
