/* tui/seek.c - see seek.h. Owns how things other than people are searched for; people are roster/find.c's. */
#include "tui/seek.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

static const char *person_more(const struct book *b, const struct person *p, struct arena *a)
{
	const struct choice *status = schema_choice(SET_VOLUNTEER_STATUS, p->status);
	const char *phone = kind_phone(a, p->phone);
	const char *roles = person_role_names(b, a, p);
	if (p->status != VOLUNTEER_ACTIVE && status)
		phone = arena_printf(a, "%s%s%s", phone, *phone ? " · " : "", _(status->label));
	return arena_printf(a, "%s%s%s", phone, *phone && *roles ? " · " : "", roles);
}

static struct found *seek_people(struct book *b, struct arena *a, const char *typed, size_t max, size_t *n)
{
	const struct person **who = book_search(b, a, typed, max, n);
	struct found *all = arena_alloc(a, (*n + 1) * sizeof *all);
	for (size_t i = 0; i < *n; i++)
		all[i] = (struct found){TYPE_VOLUNTEER, who[i]->id, who[i]->name, person_more(b, who[i], a)};
	return all;
}

/* The i-th thing of a type; false when there are no more. */
static bool thing(const struct book *b, int type, size_t i, struct found *out)
{
	size_t n = type == TYPE_UNIT ? b->nplaces : type == TYPE_ROLE ? b->ntasks
		: type == TYPE_QUALIFICATION_KIND ? b->frames.ncourses : b->norgs;
	struct id above = ID_NONE;
	if (i >= n)
		return false;
	*out = (struct found){.type = type};
	if (type == TYPE_UNIT) {
		out->id = b->places[i].id;
		out->title = b->places[i].name;
		above = b->places[i].parent;
	} else if (type == TYPE_ROLE) {
		out->id = b->tasks[i].id;
		out->title = b->tasks[i].name;
		above = b->tasks[i].unit;
	} else if (type == TYPE_QUALIFICATION_KIND) {
		out->id = b->frames.courses[i].id;
		out->title = b->frames.courses[i].name;
	} else {
		out->id = b->orgs[i].id;
		out->title = b->orgs[i].name;
	}
	out->more = id_is_none(above) ? "" : book_name(b, above);
	return true;
}

struct found *seek_type(struct book *b, struct arena *a, int type, const char *typed, size_t max, size_t *n)
{
	enum { RANKS = 3 };
	if (type == TYPE_VOLUNTEER)
		return seek_people(b, a, typed, max, n);
	const char *needle = text_fold(a, typed);
	struct found *all = arena_alloc(a, (max + 1) * sizeof *all), one;
	*n = 0;
	for (int wanted = 0; wanted < RANKS; wanted++)
		for (size_t i = 0; *n < max && thing(b, type, i, &one); i++) {
			int rank = 0;
			if (text_fold_match(text_fold(a, one.title), needle, &rank) && rank == wanted)
				all[(*n)++] = one;
		}
	return all;
}

void seek_refs(struct book *b, const struct field *f, const char *typed, struct arena *a, struct form_ref **out,
	size_t *n)
{
	enum { HITS = 8 };
	*n = 0;
	if (!b)
		return;
	struct found *found = seek_type(b, a, f->arg, typed, HITS, n);
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = (struct form_ref){found[i].id, arena_strdup(a, found[i].title)};
}

const char *seek_take_name(struct arena *a, const char *s, const char **rest)
{
	size_t n = strcspn(s, ",;\n");
	*rest = s[n] ? s + n + 1 : s + n;
	return text_clean(a, s, n);
}

int seek_roles(struct book *b, const char *typed, struct arena *a, struct id **ids, size_t *n, const char **names,
	struct err *e)
{
	*ids = arena_alloc(a, (strlen(typed) + 1) * sizeof **ids);
	*names = "";
	*n = 0;
	for (const char *rest = typed; *rest;) {
		bool several;
		const char *name = seek_take_name(a, rest, &rest);
		if (!*name)
			continue;
		const struct task *t = book_find_task(b, name, &several);
		if (!t && several)
			return err_set(e, ERR_AMBIGUOUS,
				_("'%s' fits several roles: write more of it, or choose with Ctrl-O."), name);
		if (!t)
			return err_set(e, ERR_NOTFOUND, _("No role is called '%s'. Ctrl-O shows them all."), name);
		(*ids)[(*n)++] = t->id;
		*names = arena_printf(a, "%s%s%s", *names, **names ? ", " : "", t->name);
	}
	return OK;
}
