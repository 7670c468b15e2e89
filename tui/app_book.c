/* tui/app_book.c - see app.h. Owns the address books that screens share: the one that is true now, and older ones
 * for as long as a screen that was loaded with them is open, since it points into them until it is loaded anew. That
 * of the past is its screen's alone. Must not know what is read from them. */
#include "tui/app_priv.h"

#include <stdlib.h>

struct old_book {
	struct old_book *next;
	struct book *book;
};

void book_retire(struct app *app)
{
	if (!app->book)
		return;
	struct old_book *old = mem_alloc(sizeof *old);
	*old = (struct old_book){app->old_books, app->book};
	app->old_books = old;
	app->book = NULL;
}

struct book *app_book(struct app *app, struct view *v, struct err *e)
{
	struct screen *s = app->loading;
	if (s && s->as_of)
		return s->past || book_load(v, &s->past, e) == OK ? s->past : NULL;
	if (app->book && app->book->version == store_version(app->store))
		return app->book;
	book_retire(app);
	return book_load(v, &app->book, e) == OK ? app->book : NULL;
}

struct book *app_book_now(struct app *app, struct err *e)
{
	struct view *v = NULL;
	struct book *b = NULL;
	if (view_begin(app->store, &v, e) == OK)
		b = app_book(app, v, e);
	view_end(v);
	return b;
}

static bool is_used(const struct app *app, const struct book *b)
{
	for (size_t i = 0; i < app->n; i++)
		if (app->stack[i]->version == b->version)
			return true;
	return false;
}

void book_free_unused(struct app *app)
{
	for (struct old_book **at = &app->old_books; *at;) {
		struct old_book *old = *at;
		if (is_used(app, old->book)) {
			at = &old->next;
			continue;
		}
		*at = old->next;
		book_free(old->book);
		free(old);
	}
}

void app_still_true(struct app *app, uint64_t version)
{
	uint64_t now = store_version(app->store);
	for (size_t i = 0; i < app->n; i++)
		if (app->stack[i]->version == version)
			app->stack[i]->version = now;
	if (app->book && app->book->version == version)
		app->book->version = now;
	for (struct old_book *old = app->old_books; old; old = old->next)
		if (old->book->version == version)
			old->book->version = now;
	if (app->settings_of == version)
		app->settings_of = now;
}
