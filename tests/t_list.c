/* tests/t_list.c - a list: selection and marks by id, filter, order, columns, sections, and what it costs. */
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/list.h"

/* ---- rows to be shown ------------------------------------------------------------------------------------ */
struct thing { unsigned no; const char *name; int amount; const char *section; };
struct things { struct thing *rows; size_t cells, finds; };      /* counts what the list asks for */

static struct id thing_id(const void *ctx, size_t row)
{
	const struct things *t = ctx;
	unsigned no = t->rows[row].no;
	return (struct id){.b = {1, [14] = (uint8_t)(no >> 8), [15] = (uint8_t)no}};
}

static struct id id_of(unsigned no)
{
	return (struct id){.b = {1, [14] = (uint8_t)(no >> 8), [15] = (uint8_t)no}};
}

static const char *thing_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	struct things *t = (struct things *)ctx;
	t->cells++;
	return col == 0 ? t->rows[row].name : arena_printf(a, "%d", t->rows[row].amount);
}

static const char *thing_find(const void *ctx, size_t row, struct arena *a)
{
	struct things *t = (struct things *)ctx;
	(void)a;
	t->finds++;
	return t->rows[row].name;
}

static int thing_compare(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct things *t = ctx;
	if (col == 0)
		return text_compare(t->rows[x].name, t->rows[y].name);
	return t->rows[x].amount - t->rows[y].amount;
}

static const char *thing_section(const void *ctx, size_t row)
{
	return ((const struct things *)ctx)->rows[row].section;
}

static const char *no_things(const void *ctx, struct arena *a)
{
	(void)ctx, (void)a;
	return "There are no things yet. a adds one.";
}

static const struct list_source plain = {.id = thing_id, .cell = thing_cell, .find = thing_find, .empty = no_things};
static const struct list_source sorted = {.id = thing_id, .cell = thing_cell, .compare = thing_compare};
static const struct list_source parted = {.id = thing_id, .cell = thing_cell, .section = thing_section};
static const struct list_col cols[] = {
	{.id = "name", .title = "Name", .min = 6, .ideal = 10, .weight = 1},
	{.id = "amount", .title = "Amount", .min = 6, .ideal = 6, .right = true},
};

static struct thing seven[] = {
	{1, "Zoo", 3, "A"}, {2, "Ærø", 1, "A"}, {3, "Søren", 2, "A"}, {4, "Sofie", 3, "B"}, {5, "Ågård", 5, "B"},
	{6, "Anna Søholm", 4, "C"}, {7, "Øl", 0, "C"},
};

static void keys(struct list *l, const char *names)
{
	while (*names)
		list_event(l, &(struct event){.what = EV_KEY, .key = key_parse(names, &names)});
}

static const char *picture(struct list *l, int rows, int width)
{
	static struct buf b;
	struct canvas *cv = cv_new(rows, width);
	struct arena *a = arena_new();
	buf_free(&b);
	list_draw(l, cv, cv_area(cv), a);
	cv_dump(cv, false, &b);
	arena_free(a);
	cv_free(cv);
	return b.p;
}

static const char *status(struct list *l)
{
	static char text[200];
	struct arena *a = arena_new();
	snprintf(text, sizeof text, "%s", list_status(l, a));
	arena_free(a);
	return text;
}

static unsigned selected(const struct list *l)
{
	return list_selected_id(l).b[15];
}

/* ---- facts ----------------------------------------------------------------------------------------------- */
static void test_selection(void)
{
	struct things t = {.rows = seven};
	struct list *l = list_new(&plain, cols, 2);
	list_set(l, &t, 7);
	is_int(selected(l), 1, "the first row is selected at first");
	keys(l, "Down Down");
	is_int(selected(l), 3, "down");
	struct thing turned[] = {seven[6], seven[2], seven[0]};
	struct things other = {.rows = turned};
	list_set(l, &other, 3);
	is_int(selected(l), 3, "rows come, go and move: the same thing is selected");
	list_set(l, &t, 7);
	keys(l, "End");
	is_int(selected(l), 7, "end");
	list_set(l, &t, 5);
	is_int(selected(l), 5, "the selected one is gone: the one in its place");
	list_set(l, &t, 0);
	ok(id_is_none(list_selected_id(l)), "nothing is selected in an empty list");
	ok(strstr(picture(l, 3, 60), "a adds one") != NULL, "which says which key adds");
	list_set(l, &t, 7);
	is_int(selected(l), 5, "and rows that are back are selected again");
	ok(!list_select(l, id_of(99)) && selected(l) == 5, "an unknown id changes nothing");
	list_free(l);
}

static void test_filter(void)
{
	struct things t = {.rows = seven};
	struct list *l = list_new(&plain, cols, 2);
	list_set(l, &t, 7);
	keys(l, "End");
	ok(!list_event(l, &(struct event){.what = EV_KEY, .key = 's'}), "a letter is no filter before it is opened");
	list_filter_open(l);
	keys(l, "s o");
	is_int((intmax_t)list_count(l), 3, "soren, sofie and anna soholm fit 'so'");
	is_str(status(l), "3 of 7 · filter: so", "the count is told");
	is_int(selected(l), 3, "the first that fits is selected");
	keys(l, "Down f");
	is_int(selected(l), 4, "typing goes on after an arrow");
	ok(strncmp(picture(l, 5, 30), "cursor 0,13\n", 12) == 0, "the cursor is where one types");
	keys(l, "Backspace r");
	is_int((intmax_t)list_count(l), 1, "as one types");
	keys(l, "x");
	is_int((intmax_t)list_count(l), 0, "nothing fits");
	ok(strstr(picture(l, 5, 60), "Nothing fits 'x'. Esc removes") == NULL, "(the text is what was typed)");
	ok(strstr(picture(l, 5, 60), "Esc removes the filter") != NULL, "and it says how to go on");
	keys(l, "Esc");
	ok(!list_is_filtering(l) && list_count(l) == 0, "Esc first closes the filter");
	keys(l, "Esc");
	is_int((intmax_t)list_count(l), 7, "then shows all");
	list_filter_open(l);
	keys(l, "æ r");
	ok(!list_event(l, &(struct event){.what = EV_KEY, .key = K_ENTER}), "Enter is passed on to open the row");
	ok(!list_is_filtering(l) && selected(l) == 2, "and letters are commands again");
	ok(!list_event(l, &(struct event){.what = EV_PASTE, .text = "Q"}), "a paste is never a command");
	list_free(l);
}

static void test_marks(void)
{
	struct things t = {.rows = seven};
	struct arena *a = arena_new();
	struct list *l = list_new(&plain, cols, 2);
	size_t n;
	list_set(l, &t, 7);
	struct id *ids = list_targets(l, a, &n);
	ok(n == 1 && ids[0].b[15] == 1, "without marks the selected row is meant");
	keys(l, "Down Shift-Down Shift-Down");
	ids = list_targets(l, a, &n);
	ok(n == 3 && ids[0].b[15] == 2 && ids[2].b[15] == 4, "Shift-arrows mark a range");
	keys(l, "Shift-Up");
	is_int((intmax_t)list_nmarks(l), 2, "and make it smaller again");
	ok(strstr(picture(l, 9, 30), "\n *Ærø") && strstr(picture(l, 9, 30), "\n>*Søren"),
		"marks and selection are glyphs");
	is_str(status(l), "7 · 2 marked", "the count is told");
	list_mark_all(l);
	is_int((intmax_t)list_nmarks(l), 7, "all");
	list_mark_all(l);
	is_int((intmax_t)list_nmarks(l), 0, "and none");
	list_mark(l, id_of(2), true);
	list_mark(l, id_of(7), true);
	list_filter(l, "øl");
	is_int((intmax_t)list_nmarks(l), 2, "a filter takes no marks away");
	struct thing fewer[] = {seven[2], seven[1]};
	struct things other = {.rows = fewer};
	list_set(l, &other, 2);
	is_int((intmax_t)list_nmarks(l), 1, "marks of rows that are gone are gone");
	list_free(l);
	arena_free(a);
}

static const char *names(const struct list *l, const struct things *t)
{
	static char text[200];
	text[0] = '\0';
	struct list *x = (struct list *)l;
	keys(x, "Home");
	for (size_t i = 0, row; i < list_count(l) && list_selected(l, &row); i++) {
		strncat(text, t->rows[row].name, sizeof text - strlen(text) - 1);
		strncat(text, " ", sizeof text - strlen(text) - 1);
		keys(x, "Down");
	}
	return text;
}

static void test_order(void)
{
	struct things t = {.rows = seven};
	const struct list_source *sources[] = {&plain, &sorted};
	for (int i = 0; i < 2; i++) {
		struct list *l = list_new(sources[i], cols, 2);
		list_set(l, &t, 7);
		keys(l, "Down Down");
		list_sort_by(l, 0, false);
		is_int(selected(l), 3, "sorting keeps the selection");
		is_str(names(l, &t), "Anna Søholm Sofie Søren Zoo Ærø Øl Ågård ", "Danish order");
		list_sort_by(l, 0, true);
		is_str(names(l, &t), "Ågård Øl Ærø Zoo Søren Sofie Anna Søholm ", "turned round");
		list_sort_by(l, 1, false);
		is_str(names(l, &t), "Øl Ærø Søren Zoo Sofie Anna Søholm Ågård ", "by amount, equal ones as they were");
		ok(strstr(picture(l, 9, 30), "Amo… ▲") != NULL, "shown in the title");
		list_sort_by(l, -1, false);
		is_str(names(l, &t), "Zoo Ærø Søren Sofie Ågård Anna Søholm Øl ", "as from the start");
		list_free(l);
	}
}

static void test_columns(void)
{
	struct things t = {.rows = seven};
	struct list *l = list_new(&plain, cols, 2);
	list_set(l, &t, 3);
	is_str(picture(l, 4, 30), "cursor 1,2\n  Name                  Amount\n> Zoo                        3\n"
		"  Ærø                        1\n  Søren                      2\n", "slack goes by weight");
	is_str(picture(l, 3, 14), "cursor 1,2\n  Name\n> Zoo\n  Ærø\n", "a column without room is left out");
	list_column_show(l, 1, false);
	is_str(picture(l, 2, 30), "cursor 0,2\n> Zoo\n  Ærø\n", "titles go before rows do");
	list_column_show(l, 0, false);
	ok(list_column_shown(l, 0), "the first column is always shown");
	list_free(l);
}

static void test_sections(void)
{
	struct things t = {.rows = seven};
	struct list *l = list_new(&parted, (const struct list_col[]){{.id = "n", .title = "", .min = 5}}, 1);
	list_set(l, &t, 7);
	is_str(picture(l, 12, 14), "cursor 1,2\nA\n> Zoo\n  Ærø\n  Søren\nB\n  Sofie\n  Ågård\nC\n  Anna…\n  Øl\n\n\n",
		"headings above the first of each section");
	keys(l, "End");
	is_str(picture(l, 4, 14), "cursor 3,2\n  Ågård\nC\n  Anna…\n> Øl\n", "they count when scrolling");
	is_str(picture(l, 1, 14), "cursor 0,2\n> Øl\n", "but never take the last line");
	list_free(l);
}

static void test_scrolling(void)
{
	struct things t = {.rows = seven};
	struct list *l = list_new(&plain, cols, 1);
	list_set(l, &t, 7);
	picture(l, 4, 20);
	keys(l, "Down Down");
	is_str(picture(l, 4, 20), "cursor 3,2\n  Name\n  Zoo\n  Ærø\n> Søren\n", "no scrolling while it is seen");
	keys(l, "Down");
	is_str(picture(l, 4, 20), "cursor 3,2\n  Name\n  Ærø\n  Søren\n> Sofie\n", "one line when it has to");
	keys(l, "Up");
	is_str(picture(l, 4, 20), "cursor 2,2\n  Name\n  Ærø\n> Søren\n  Sofie\n", "and it stays so");
	keys(l, "PgDn");
	is_int(selected(l), 5, "a page leaves a line in common");
	list_free(l);
}

static void test_cost(void)
{
	enum { MANY = 10000, ROWS = 24 };
	struct thing *many = calloc(MANY, sizeof *many);
	struct things t = {.rows = many};
	struct list *l = list_new(&plain, cols, 2);
	for (unsigned i = 0; i < MANY; i++)
		many[i] = (struct thing){i, i % 3 ? "Søren Ærø" : "Anna Holm", (int)i, NULL};
	list_set(l, &t, MANY);
	ok(t.cells == 0 && t.finds == 0, "rows are not read before they are needed");
	picture(l, ROWS, 80);
	ok(t.cells <= ROWS * 2, "drawing reads only what is seen (%zu cells)", t.cells);
	list_filter_open(l);
	keys(l, "s ø");
	is_int((intmax_t)t.finds, MANY, "a filter reads each row once");
	keys(l, "r Backspace Backspace Backspace h");
	is_int((intmax_t)t.finds, MANY, "however much is typed");
	is_int((intmax_t)list_count(l), 3334, "and finds what there is");
	list_free(l);
	free(many);
}

/* Where names are looked for, what fits best is what Enter takes, whatever was typed before. */
static void test_looking(void)
{
	struct things t = {.rows = seven};
	struct list *l = list_new(&plain, cols, 2);
	list_set(l, &t, 7);
	list_filter_always(l);
	keys(l, "s o");
	is_int(selected(l), 3, "the best of what fits");
	keys(l, "Down");
	is_int(selected(l), 4, "another");
	keys(l, "Ctrl-U");
	is_int(selected(l), 1, "the first again when nothing is looked for any more");
	list_free(l);
}

int main(void)
{
	test_looking();
	test_selection();
	test_filter();
	test_marks();
	test_order();
	test_columns();
	test_sections();
	test_scrolling();
	test_cost();
	return done_testing();
}
