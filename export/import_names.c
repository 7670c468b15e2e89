/* export/import_names.c - whom the names in a cell mean: "Frederik B.", "Kirsten", "2 fra Røde Kors". Owns how a cell
 * is divided into names, and how far the other shifts of a unit settle a doubt. Must not know what is done with the
 * people. A short name that fits several is never settled by guessing. */
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/import_priv.h"

enum { MOST_CHOICES = 12 };

/* What a short name came to, once for each role and unit. */
struct who {
	struct match match;
	bool likely;
	const char *why;
};

/* A name that fits nobody, asked about where it is first met. */
struct stranger {
	struct id id;
	bool open;
	size_t line;
	const char *file;
};

/* ---- dividing ------------------------------------------------------------------------------------- */

struct names {
	struct arena *a;
	const char **name;
	size_t n, cap;
};

static void add_name(struct names *l, const char *s, size_t n)
{
	const char *name = text_clean(l->a, s, n);
	if (!*name)
		return;
	l->name = arena_grow(l->a, l->name, &l->cap, l->n + 1, sizeof *l->name);
	l->name[l->n++] = name;
}

/* Where the first "and" from `at` on begins, and how long it is; n when there is none. */
static size_t find_and(const char *s, size_t at, size_t n, size_t *len)
{
	static const char *const ands[] = {" og ", " & ", " and ", " + "};
	for (; at < n; at++)
		for (size_t k = 0; k < sizeof ands / sizeof *ands; k++) {
			*len = strlen(ands[k]);
			if (at + *len <= n && !strncasecmp(s + at, ands[k], *len))
				return at;
		}
	*len = 0;
	return n;
}

/* Places of an organisation that is known? */
static bool are_places(struct plan *p, const char *text)
{
	int places;
	bool several;
	const char *name = book_match_places(text, &places);
	return name && book_find_org(p->book, name, &several);
}

/* "Anna og Bo"; but "2 fra Hjem og Skole" has an "and" of its own. */
static void add_pair(struct plan *p, struct names *l, const char *s, size_t n)
{
	size_t len, more, at = find_and(s, 0, n, &len);
	while (at < n) {
		size_t next = find_and(s, at + len, n, &more);
		if (are_places(p, arena_strndup(p->a, s, next))) {
			at = next;
			len = more;
			continue;
		}
		add_name(l, s, at);
		s += at + len;
		n -= at + len;
		at = find_and(s, 0, n, &len);
	}
	add_name(l, s, n);
}

static char divider_of(const char *cell)
{
	for (const char *c = "\n/;"; *c; c++)
		if (strchr(cell, *c))
			return *c;
	return ',';
}

/* Whose whole name it is, if there is one such person; remembered, as names stand in
 * sheets again and again. */
static struct id whole_person(struct plan *p, const char *text)
{
	struct id *known = *lookup_at(p->lookup, "whole:%s", text);
	if (known)
		return *known;
	struct arena *scratch = arena_new();
	struct match m = book_match(p->book, scratch, text, ID_NONE);
	known = arena_copy(p->a, m.how == MATCH_SURE ? &m.who[0]->id : &ID_NONE, sizeof *known);
	arena_free(scratch);
	*lookup_at(p->lookup, "whole:%s", text) = known;
	return *known;
}

/* "Dansk Røde Kors, Viborg" has a comma of its own, and so has "Kjeldsen, Merete". */
static bool is_one_with_comma(struct plan *p, const char *first, const char *second, const char *two)
{
	int places;
	if (book_match_places(two, &places))
		return are_places(p, two);
	return id_is_none(whole_person(p, first)) && id_is_none(whole_person(p, second)) &&
	       !id_is_none(whole_person(p, two));
}

static void rejoin_commas(struct plan *p, struct names *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		const char *two = arena_printf(p->a, "%s, %s", l->name[i], l->name[i + 1]);
		if (!is_one_with_comma(p, l->name[i], l->name[i + 1], two))
			continue;
		l->name[i] = two;
		memmove(&l->name[i + 1], &l->name[i + 2], (l->n - i - 2) * sizeof *l->name);
		l->n--;
	}
}

const char **import_split(struct plan *p, const char *cell, size_t *n)
{
	struct names l = {.a = p->a};
	char divider = divider_of(cell);
	for (const char *s = cell;; s++) {
		const char *end = strchr(s, divider);
		size_t len = end ? (size_t)(end - s) : strlen(s);
		add_name(&l, s, len);
		s += len;
		if (!*s)
			break;
	}
	*n = l.n;
	return l.name;
}

const char **import_split_names(struct plan *p, const char *cell, size_t *n)
{
	struct names l = {.a = p->a};
	size_t nparts;
	const char **parts = import_split(p, cell, &nparts);
	for (size_t i = 0; i < nparts; i++)
		add_pair(p, &l, parts[i], strlen(parts[i]));
	if (divider_of(cell) == ',')
		rejoin_commas(p, &l);
	*n = l.n;
	return l.name;
}

/* ---- who stands where ------------------------------------------------------------------------------- */

static void **seen_at(struct plan *p, struct id unit, struct id person)
{
	char u[ID_TEXT], who[ID_TEXT];
	return lookup_at(p->lookup, "seen:%s:%s", id_format(u, unit), id_format(who, person));
}

void import_note_names(struct plan *p, const char *cell, struct id unit)
{
	size_t n;
	const char **names = import_split_names(p, cell, &n);
	for (size_t i = 0; i < n; i++) {
		struct id who = whole_person(p, names[i]);
		if (!id_is_none(who))
			*seen_at(p, unit, who) = p;
	}
}

enum { DAYS_NEAR = 180 };

/* Whoever is on the unit's shifts in the store, half a year each way; once a unit. */
static void note_stored(struct plan *p, struct id unit)
{
	char u[ID_TEXT];
	struct shift_row *shifts;
	struct seat_row *seats;
	size_t nshifts, nseats;
	struct err e;
	void **noted = lookup_at(p->lookup, "noted:%s", id_format(u, unit));
	civil_min from = cmin_at(p->today - DAYS_NEAR, 0), to = cmin_at(p->today + DAYS_NEAR, 0);
	if (*noted || id_is_standin(unit))
		return;
	*noted = p;
	if (import_failed(p, view_shifts(p->v, p->a, &unit, from, to, &shifts, &nshifts, &e), &e))
		return;
	for (size_t i = 0; i < nshifts; i++) {
		if (import_failed(p, view_seats(p->v, p->a, shifts[i].shift, &seats, &nseats, &e), &e))
			return;
		for (size_t k = 0; k < nseats; k++)
			if (seats[k].state == ASSIGNMENT_ACCEPTED && !id_is_none(seats[k].volunteer))
				*seen_at(p, unit, seats[k].volunteer) = p;
	}
}

/* ---- who is meant ------------------------------------------------------------------------------------- */

static bool is_good(const struct person *x, struct id role)
{
	return x->status == VOLUNTEER_ACTIVE && (id_is_none(role) || person_has_role(x, role));
}

/* Among several, the one who otherwise stands on that unit's shifts; those who are active and have the role come before
 * all others. */
static void narrow(struct plan *p, struct who *w, struct id role, struct id unit)
{
	size_t good = 0, seen = 0, which = 0;
	struct match *m = &w->match;
	note_stored(p, unit);
	for (size_t i = 0; i < m->n; i++)
		good += is_good(m->who[i], role);
	for (size_t i = 0; i < m->n; i++) {
		if ((good && !is_good(m->who[i], role)) || m->who[i]->status == VOLUNTEER_ENDED ||
		    !*seen_at(p, unit, m->who[i]->id))
			continue;
		seen++;
		which = i;
	}
	if (seen != 1)
		return;
	const struct person *chosen = m->who[which];
	memmove(&m->who[1], &m->who[0], which * sizeof *m->who);
	m->who[0] = chosen;
	w->likely = true;
	w->why = arena_printf(p->a, _("the only one of them who otherwise stands on shifts at %s"),
			      import_name(p, unit));
}

static struct who *who_is(struct plan *p, const char *text, struct id role, struct id unit)
{
	char a[ID_TEXT], b[ID_TEXT];
	const char *key = arena_printf(p->a, "who:%s:%s:%s", id_format(a, role), id_format(b, unit), text);
	struct who *w = *lookup_at(p->lookup, "%s", key);
	if (w)
		return w;
	w = arena_alloc(p->a, sizeof *w);
	w->match = book_match(p->book, p->a, text, role);
	w->why = w->match.why;
	w->likely = w->match.how == MATCH_LIKELY;
	if (w->match.how == MATCH_DOUBT && w->match.n > 1)
		narrow(p, w, role, unit);
	*lookup_at(p->lookup, "%s", key) = w;
	return w;
}

/* Namesakes are told apart by their phone. */
static const char *label_of(struct plan *p, const struct match *m, size_t i)
{
	const struct person *x = m->who[i];
	for (size_t k = 0; k < m->n; k++)
		if (k != i && !strcmp(m->who[k]->name, x->name))
			return arena_printf(p->a, "%s (%s)", x->name,
					    *x->phone   ? x->phone
					    : *x->email ? x->email
							: "?");
	return x->name;
}

static bool ask_who(struct at *r, int column, const char *text, const struct who *w, struct named *out)
{
	struct choice_of_row choices[MOST_CHOICES + 1];
	size_t n = w->match.n < MOST_CHOICES ? w->match.n : MOST_CHOICES;
	for (size_t i = 0; i < n; i++)
		choices[i] = (struct choice_of_row){label_of(r->p, &w->match, i), w->match.who[i]->id};
	choices[n] = (struct choice_of_row){_("Leave the place empty"), ID_NONE};
	const char *question = arena_printf(r->p->a, _("Who is \"%s\"?"), text);
	int chosen = at_ask(r, column, &(struct question){question, w->why, choices, n + 1, w->likely ? 0 : -1});
	*out = (struct named){.person = chosen < 0 ? ID_NONE : choices[chosen].id};
	return !id_is_none(out->person);
}

/* ---- strangers ---------------------------------------------------------------------------------------- */

/* The last word is the last name. False when the text can't be a name. */
static bool name_values(struct plan *p, const char *text, struct value *given, struct value *family)
{
	const char *last = strrchr(text, ' ');
	const char *first = arena_strndup(p->a, text, last ? (size_t)(last - text) : strlen(text));
	return !kind_parse(p->a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_GIVEN), first, p->today, given, NULL) &&
	       given->tag == V_TEXT &&
	       !kind_parse(p->a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_FAMILY), last ? last + 1 : "", p->today,
			   family, NULL);
}

static struct id make_person(struct plan *p, const char *text)
{
	struct value given, family;
	if (!name_values(p, text, &given, &family))
		return ID_NONE;
	struct draft *d = draft_new(p, TYPE_VOLUNTEER);
	draft_set(p, d, F_VOLUNTEER_GIVEN, given, false);
	draft_set(p, d, F_VOLUNTEER_FAMILY, family, false);
	draft_set(p, d, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), false);
	return d->id;
}

static struct stranger *ask_stranger(struct at *r, int column, const char *text)
{
	const struct choice_of_row choices[] = {{_("Make a new volunteer"), ID_NONE},
						{_("Leave the place empty"), ID_NONE}};
	struct stranger *s = arena_alloc(r->p->a, sizeof *s);
	const char *question = arena_printf(r->p->a, _("Nobody is called \"%s\". Make a new volunteer?"), text);
	int chosen = at_ask(r, column, &(struct question){question, NULL, choices, 2, -1});
	*s = (struct stranger){ID_NONE, chosen < 0, r->row->line, r->p->files[r->file].table.name};
	if (chosen == 0)
		s->id = make_person(r->p, text);
	return s;
}

static bool find_stranger(struct at *r, int column, const char *text, struct named *out)
{
	struct stranger *s = *lookup_at(r->p->lookup, "stranger:%s", text);
	struct value given, family;
	bool asked_before = s != NULL;
	if (!s && !name_values(r->p, text, &given, &family)) {
		at_remark(r, column, _("\"%.100s\" can't be a name; left out"), text);
		at_fate(r, ROW_DOUBT);
		return false;
	}
	if (!s) {
		s = ask_stranger(r, column, text);
		*lookup_at(r->p->lookup, "stranger:%s", text) = s;
	}
	if (asked_before && s->open) {
		at_fate(r, ROW_DOUBT);
		at_remark(r, column, _("\"%s\" isn't known; it is asked about in %s, line %zu"), text, s->file,
			  s->line);
	}
	*out = (struct named){.person = s->id};
	return !id_is_none(s->id);
}

/* ---- anybody ------------------------------------------------------------------------------------------------ */

bool at_find_person(struct at *r, int column, const char *text, struct id role, struct id unit, struct named *out)
{
	int places;
	const char *name = book_match_places(text, &places);
	if (name) {
		*out = (struct named){.places = places};
		return at_find(r, column, TYPE_ORGANISATION, name, &out->organisation);
	}
	const struct who *w = who_is(r->p, text, role, unit);
	if (w->match.how == MATCH_NONE)
		return find_stranger(r, column, text, out);
	if (w->match.how != MATCH_SURE)
		return ask_who(r, column, text, w, out);
	*out = (struct named){.person = w->match.who[0]->id};
	return true;
}
