/* tui/app_draft.c - see app.h. Owns the texts of what isn't saved. Must not know what is in them, nor where
 * they are put to survive a crash. */
#include "tui/app_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"

static struct draft **find(struct app *app, const char *name)
{
	struct draft **d = &app->drafts;
	while (*d && strcmp((*d)->name, name) != 0)
		d = &(*d)->next;
	return d;
}

static void save(struct app *app, const char *name, const char *text)
{
	if (app->opts.draft_save)
		app->opts.draft_save(app->opts.draft_ctx, name, text);
}

/* Names of people lie in them. */
static void free_draft(struct draft *d)
{
	explicit_bzero(d->text, strlen(d->text));
	free(d->text);
	free(d->name);
	free(d);
}

static void forget(struct app *app, const char *name)
{
	struct draft **at = find(app, name), *d = *at;
	if (!d)
		return;
	*at = d->next;
	free_draft(d);
	save(app, name, NULL);
}

static void remember(struct app *app, const char *name, const char *text)
{
	struct draft **at = find(app, name);
	if (!*at) {
		*at = mem_alloc(sizeof **at);
		(*at)->name = mem_strdup(name);
		(*at)->text = mem_strdup("");
	}
	if (strcmp((*at)->text, text) == 0)
		return;
	explicit_bzero((*at)->text, strlen((*at)->text));
	free((*at)->text);
	(*at)->text = mem_strdup(text);
	save(app, name, text);
}

void draft_keep(struct app *app, struct screen *s)
{
	struct buf b = {0};
	if (!s->draft)
		return;
	if (s->form) {
		s->focus = form_focus(s->form);
		form_export(s->form, &b);
	} else if (s->ops->keep) {
		s->ops->keep(s, &b);
	}
	if (b.n)
		remember(app, s->draft, b.p);
	else
		forget(app, s->draft);
	buf_free(&b);
}

void draft_keep_all(struct app *app)
{
	for (size_t i = 0; i < app->n; i++)
		draft_keep(app, app->stack[i]);
}

void draft_restore(struct app *app, struct screen *s)
{
	if (!s->draft)
		return;
	const struct draft *d = *find(app, s->draft);
	const char *text = d ? d->text : NULL;
	if (!text && app->opts.draft_load)
		text = app->opts.draft_load(app->opts.draft_ctx, s->draft, app->scratch);
	if (s->form)
		s->focus = form_focus(s->form);
	if (!text || !*text)
		return;
	if (s->form) {
		form_import(s->form, text);
		app_toast(app, _("What you typed before is here again. Ctrl-R forgets it."));
	} else if (s->ops->take_up) {
		s->ops->take_up(s, text);
		app_toast(app, _("What you corrected and answered before is here again."));
	}
}

size_t draft_count(const struct app *app)
{
	size_t n = 0;
	for (const struct draft *d = app->drafts; d; d = d->next)
		n++;
	return n;
}

void draft_free_all(struct app *app)
{
	while (app->drafts) {
		struct draft *d = app->drafts;
		app->drafts = d->next;
		free_draft(d);
	}
}
