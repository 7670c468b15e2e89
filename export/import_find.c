/* export/import_find.c - what unit, role or organisation a cell names, and the offers to make those that nobody has
 * defined. Owns when a name is near another. Must not know what the rows need them for. An offer is asked where the
 * name is first met; later rows point there. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/import_priv.h"

enum { MOST_NEAR = 6 };

/* One name that had to be asked about. */
struct offer {
	struct id id;
	bool open;
	size_t line;
	const char *file;
};

static const struct nameable {
	int type, field;
	const char *which, *make;
} nameables[] = {
	{TYPE_UNIT, F_UNIT_NAME, N_("Which unit is \"%s\"?"), N_("Make the unit \"%s\"")},
	{TYPE_ROLE, F_ROLE_NAME, N_("Which role is \"%s\"?"), N_("Make the role \"%s\"")},
	{TYPE_ORGANISATION, F_ORGANISATION_NAME, N_("Which organisation is \"%s\"?"),
		N_("Make the organisation \"%s\"")},
};

static const struct nameable *nameable_of(int type)
{
	for (size_t i = 0; i < sizeof nameables / sizeof *nameables; i++)
		if (nameables[i].type == type)
			return &nameables[i];
	return NULL;
}

/* ---- names that are known ------------------------------------------------------------------------- */

bool import_knows(struct plan *p, int type, const char *text, struct id *out)
{
	bool several;
	return book_find(p->book, type, text, out, &several);
}

/* The names of a type in the book, one after the other; false after the last. */
static bool nth_name(const struct book *b, int type, size_t i, struct choice_of_row *out)
{
	if (type == TYPE_UNIT && i < b->nplaces)
		*out = (struct choice_of_row){b->places[i].name, b->places[i].id};
	else if (type == TYPE_ROLE && i < b->ntasks)
		*out = (struct choice_of_row){b->tasks[i].name, b->tasks[i].id};
	else if (type == TYPE_ORGANISATION && i < b->norgs)
		*out = (struct choice_of_row){b->orgs[i].name, b->orgs[i].id};
	else
		return false;
	return true;
}

/* ---- near names ------------------------------------------------------------------------------------ */

/* A slip of the fingers, or one name within the other. */
static bool is_near(struct arena *a, const char *x, const char *y)
{
	const char *fx = text_fold(a, x), *fy = text_fold(a, y);
	int rank, most = strlen(fx) < 6 ? 1 : 2;
	return text_slips(fx, fy, most) <= most || text_fold_match(fy, fx, &rank) || text_fold_match(fx, fy, &rank);
}

static size_t near_names(struct plan *p, int type, const char *text, struct choice_of_row *out)
{
	struct choice_of_row c;
	size_t n = 0;
	for (size_t i = 0; n < MOST_NEAR && nth_name(p->book, type, i, &c); i++)
		if (is_near(p->a, text, c.label))
			out[n++] = c;
	return n;
}

/* ---- offers ------------------------------------------------------------------------------------------ */

static struct draft *make_named(struct plan *p, const struct nameable *k, struct value name)
{
	struct draft *d = draft_new(p, k->type);
	draft_set(p, d, k->field, name, false);
	return d;
}

/* The text goes into a translated sentence that has one %s. */
static const char *sentence_with(struct arena *a, const char *sentence, const char *text)
{
	const char *at = strstr(sentence, "%s");
	return arena_printf(a, "%.*s%s%s", (int)(at - sentence), sentence, text, at + 2);
}

static bool name_is_allowed(struct at *r, int column, const struct nameable *k, const char *text, struct value *name)
{
	struct err e;
	if (!kind_parse(r->p->a, schema_field(k->type, k->field), text, r->p->today, name, &e))
		return true;
	at_refuse(r, column, _("Not taken: %s"), e.text);
	return false;
}

/* Near names, then making it, then leaving it out. Making is near certain when nothing is near. */
static struct offer *ask(struct at *r, int column, const struct nameable *k, const char *text, struct value name)
{
	struct plan *p = r->p;
	struct choice_of_row choices[MOST_NEAR + 2];
	struct offer *o = arena_alloc(p->a, sizeof *o);
	size_t near = near_names(p, k->type, text, choices), n = near;

	choices[n++] = (struct choice_of_row){sentence_with(p->a, _(k->make), text), ID_NONE};
	choices[n++] = (struct choice_of_row){_("Leave it out"), ID_NONE};
	const char *why = near ? _("something like it is known") : _("nothing like it is known");
	int chosen = at_ask(
		r, column, &(struct question){sentence_with(p->a, _(k->which), text), why, choices, n,
			near || p->files[r->file].table.wary ? -1 : 0});
	*o = (struct offer){ID_NONE, chosen < 0, r->row->line, p->files[r->file].table.name};
	if (chosen >= 0 && (size_t)chosen < near) {
		o->id = choices[chosen].id;
	} else if (chosen < 0 || (size_t)chosen == near) {
		struct draft *d = make_named(p, k, name);
		d->held = chosen < 0;
		o->id = d->id;
	}
	return o;
}

/* A part of a name that only one thing has is taken as that; it is said once. */
static void remark_on_part(struct at *r, int column, int type, const char *text, struct id found)
{
	struct plan *p = r->p;
	const char *folded = text_fold(p->a, text), *name = import_name(p, found);
	void **said = lookup_at(p->lookup, "part:%d:%s", type, folded);
	if (*said || !strcmp(folded, text_fold(p->a, name)))
		return;
	*said = p;
	at_remark(r, column, _("\"%s\" was taken as %s"), text, name);
}

bool at_find(struct at *r, int column, int type, const char *text, struct id *out)
{
	const struct nameable *k = nameable_of(type);
	struct value name;
	bool several;
	if (book_find(r->p->book, type, text, out, &several)) {
		remark_on_part(r, column, type, text, *out);
		return true;
	}
	const char *key = arena_printf(r->p->a, "offer:%d:%s", type, text_fold(r->p->a, text));
	struct offer *o = *lookup_at(r->p->lookup, "%s", key);
	bool asked_before = o != NULL;
	if (!o && !name_is_allowed(r, column, k, text, &name))
		return false;
	if (!o)
		*lookup_at(r->p->lookup, "%s", key) = o = ask(r, column, k, text, name);
	*out = o->id;
	if (o->open && asked_before) {
		at_fate(r, ROW_DOUBT);
		at_remark(
			r, column, _("\"%s\" isn't known; it is asked about in %s, line %zu"), text, o->file, o->line);
	} else if (id_is_none(o->id) && !o->open) {
		at_remark(r, column, _("\"%s\" was left out"), text);
	}
	return !id_is_none(o->id);
}
