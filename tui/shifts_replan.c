/* tui/shifts_replan.c - see shifts_priv.h: a place that somebody gave up, filled by moving people.
 *
 * Owns the question which of the offers, and its answer. What is offered is roster/filling.h's. */
#include "roster/filling.h"

#include "base/lang.h"
#include "base/text.h"
#include "tui/dialog.h"
#include "tui/shifts_priv.h"

enum { LABEL_MOST = 60 };

struct replan {
	struct id shift;
	uint64_t version;                  /* of the store when the offers were shown */
	size_t chosen;
};

/* The offers live as long as the handler that asks: the book does. The same store gives the same. */
static int look(struct app *app, const struct replan *p, struct filling **f, const struct move_offers **all, struct err *e)
{
	struct view *v = NULL;
	struct book *b = app_book_now(app, e);
	int rc = b ? view_begin(app_store(app), &v, e) : e->code;
	if (rc == OK)
		rc = filling_replan(v, b, app_scratch(app), p->shift, f, e);
	view_end(v);
	if (rc == OK)
		*all = filling_offers(*f);
	return rc;
}

static int take(struct app *app, struct replan *p, const char *reason, bool *needs, struct err *e)
{
	struct change_result r;
	struct filling *f;
	const struct move_offers *all;
	*needs = false;
	int rc = look(app, p, &f, &all, e);
	if (rc == OK && store_version(app_store(app)) != p->version)
		rc = err_set(e, ERR_CONFLICT, _("the roster has been changed meanwhile: fill again"));
	if (rc == OK)
		rc = filling_take_offer(app_store(app), f, p->chosen, reason, needs, &r, e);
	if (rc == OK)
		app_done(app, &r, _("Not agreed yet: %s. Ask before you count on it"), all->offers[p->chosen].text);
	return rc;
}

static int reason_given(struct app *app, void *ctx, const char *text, struct err *e)
{
	bool needs;
	return take(app, ctx, text, &needs, e);
}

static void chosen(struct app *app, void *ctx, size_t i)
{
	struct replan *p = ctx;
	struct err e;
	bool needs = false;
	p->chosen = i;
	if (take(app, p, NULL, &needs, &e) == OK)
		return;
	if (needs)
		dialog_prompt(app, arena_printf(app_scratch(app), _("%s. Why all the same?"), e.text), "", false, reason_given, p);
	else
		app_fail(app, &e);
}

/* Long ones stand in full above the list, which would cut them. */
static void ask(struct app *app, struct replan *p, const struct move_offers *all)
{
	const char *labels[FILL_OFFERS], *title = "";
	struct arena *a = app_scratch(app);
	for (size_t i = 0; i < all->n; i++) {
		const struct move_offer *o = &all->offers[i];
		labels[i] = o->warning ? arena_printf(a, "! %s", o->text) : o->text;
		if (text_width(labels[i]) > LABEL_MOST)
			title = arena_printf(a, "%s%s%zu: %s.", title, *title ? " " : "", i + 1, o->text);
	}
	dialog_choice(app, *title ? title : _("Who comes, who moves?"), labels, all->n, chosen, p);
}

void shifts_replan(struct app *app, struct screen *s, struct id shift)
{
	struct replan *p = arena_alloc(s->arena, sizeof *p);
	struct filling *f;
	const struct move_offers *all;
	struct err e;
	*p = (struct replan){.shift = shift, .version = store_version(app_store(app))};
	if (look(app, p, &f, &all, &e) != OK)
		app_fail(app, &e);
	else if (all->none)
		app_toast(app, "%s", all->none);
	else
		ask(app, p, all);
}
