/* tui/choose.c - see choose.h. Must not know what the form is for. */
#include "tui/choose.h"

#include "base/lang.h"
#include "tui/dialog.h"

enum { ROLES_MAX = 64 };

/* What the dialog that is open is about; in the screen's arena. */
struct chosen { struct screen *s; int field; struct found *all; };

/* ---- a reference -------------------------------------------------------------------------------------------- */
static void put_chosen(struct app *app, void *ctx, size_t i)
{
	struct chosen *c = ctx;
	(void)app;
	form_choose(c->s->form, c->field, c->all[i].id, c->all[i].title);
}

void choose_ref(struct app *app, struct screen *s, const struct field *f)
{
	struct err e;
	size_t n, at = 0;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	size_t most = b->npeople + b->nplaces + b->ntasks + b->norgs + b->frames.ncourses;
	struct chosen *c = arena_alloc(s->arena, sizeof *c);
	*c = (struct chosen){s, f->no, seek_type(b, s->arena, f->arg, "", most, &n)};
	const char **labels = arena_alloc(app_scratch(app), (n + 1) * sizeof *labels);
	struct value now = form_value(s->form, f->no);
	for (size_t i = 0; i < n; i++) {
		struct found *one = &c->all[i];
		one->title = arena_strdup(s->arena, one->title);       /* the book may be gone when it is chosen */
		labels[i] = *one->more ? arena_printf(app_scratch(app), "%s · %s", one->title, one->more) : one->title;
		if (now.tag == V_ID && id_equal(now.id, one->id))
			at = i;
	}
	dialog_choice_at(app, _(f->label), labels, n, at, put_chosen, c);
}

/* ---- roles --------------------------------------------------------------------------------------------------- */
/* The names that stand in the field but for that role's, whatever it is called there. */
static const char *names_without(struct screen *s, const struct chosen *c, struct book *b, struct id role)
{
	struct arena *a = app_scratch(s->app);
	const char *names = "";
	for (const char *rest = form_text(s->form, c->field); *rest;) {
		const char *name = seek_take_name(a, rest, &rest);
		bool several;
		const struct task *t = b ? book_find_task(b, name, &several) : NULL;
		if (*name && !(t && id_equal(t->id, role)))
			names = arena_printf(a, "%s%s%s", names, *names ? ", " : "", name);
	}
	return names;
}

static void switch_role(struct app *app, void *ctx, size_t i, bool on)
{
	const struct chosen *c = ctx;
	struct book *b = app_book_now(app, NULL);
	const char *names = names_without(c->s, c, b, c->all[i].id);
	if (on)
		names = arena_printf(app_scratch(app), "%s%s%s", names, *names ? ", " : "", c->all[i].title);
	form_type(c->s->form, c->field, names);
}

/* Which of them stand in the field. */
static uint64_t roles_on(const struct chosen *c, size_t n, struct book *b)
{
	uint64_t on = 0;
	for (const char *rest = form_text(c->s->form, c->field); *rest;) {
		bool several;
		const char *name = seek_take_name(app_scratch(c->s->app), rest, &rest);
		const struct task *t = *name ? book_find_task(b, name, &several) : NULL;
		for (size_t i = 0; t && i < n; i++)
			if (id_equal(t->id, c->all[i].id))
				on |= UINT64_C(1) << i;
	}
	return on;
}

void choose_roles(struct app *app, struct screen *s, int field)
{
	const char *labels[ROLES_MAX];
	struct err e;
	size_t n;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	struct chosen *c = arena_alloc(s->arena, sizeof *c);
	*c = (struct chosen){s, field, seek_type(b, s->arena, TYPE_ROLE, "", ROLES_MAX, &n)};
	for (size_t i = 0; i < n; i++)
		labels[i] = c->all[i].title = arena_strdup(s->arena, c->all[i].title);
	dialog_switches(app, _("Roles"), labels, n, roles_on(c, n, b), switch_role, c);
}

/* ---- one of several ------------------------------------------------------------------------------------------ */
struct choosing { struct screen *s; void (*chosen)(struct screen *s, struct id id); struct id *ids; };

static void id_chosen(struct app *app, void *ctx, size_t i)
{
	const struct choosing *c = ctx;
	(void)app;
	c->chosen(c->s, c->ids[i]);
}

void choose_one(struct app *app, struct screen *s, const char *title, const char *none, const struct found *all, size_t n,
	void (*chosen)(struct screen *s, struct id id))
{
	struct choosing *c = arena_alloc(s->arena, sizeof *c);
	const char **labels = arena_alloc(app_scratch(app), (n + 1) * sizeof *labels);
	size_t count = 0;
	*c = (struct choosing){s, chosen, arena_alloc(s->arena, (n + 1) * sizeof *c->ids)};
	if (none) {
		labels[0] = none;
		c->ids[count++] = ID_NONE;
	}
	for (size_t i = 0; i < n; i++, count++) {
		labels[count] = *all[i].more ? arena_printf(app_scratch(app), "%s · %s", all[i].title, all[i].more) : all[i].title;
		c->ids[count] = all[i].id;
	}
	dialog_choice(app, title, labels, count, id_chosen, c);
}

void choose_unit(struct app *app, struct screen *s, void (*chosen)(struct screen *s, struct id unit))
{
	struct err e;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	struct found *all = arena_alloc(app_scratch(app), (b->nplaces + 1) * sizeof *all);
	for (size_t i = 0; i < b->nplaces; i++)
		all[i] = (struct found){TYPE_UNIT, b->places[i].id, b->places[i].name, ""};
	choose_one(app, s, _("Show one unit"), _("All units"), all, b->nplaces, chosen);
}
