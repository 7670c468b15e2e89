/* export/import_plan_seats.c - what rows of shifts and of a grid do alike: finding or making a shift, and putting
 * people on it. Owns that a shift is known by unit, role, start and end, and that an import takes nobody off a shift.
 * Must not know how either kind of file is laid out. Rules never refuse anybody here: the sheet says who came. */
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/import_priv.h"

/* Shifts of this plan that begin and end alike at one unit. */
struct beside {
	struct draft *shift;
	struct beside *next;
};
/* A place that this plan has met: which row spoke of it. */
struct met {
	struct draft *seat;
	size_t file, line;
};

/* ---- shifts --------------------------------------------------------------------------------------- */

static const char *slot_key(struct plan *p, const char *what, const struct slot *s, struct id role)
{
	char u[ID_TEXT], r[ID_TEXT];
	return arena_printf(p->a, "%s:%s:%s:%lld:%lld", what, id_format(u, s->unit), id_format(r, role),
			    (long long)s->start, (long long)s->end);
}

static void remember_shift(struct plan *p, const struct slot *s, struct draft *d)
{
	void **at = lookup_at(p->lookup, "%s", slot_key(p, "beside", s, ID_NONE));
	struct beside *b = arena_alloc(p->a, sizeof *b);
	*b = (struct beside){d, *at};
	*at = b;
}

static struct id role_of(const struct draft *shift)
{
	struct value v = draft_get(shift, F_SHIFT_ROLE);
	return v.tag == V_ID ? v.id : ID_NONE;
}

/* The store's shifts there become drafts that may be changed. */
static void load_stored(struct plan *p, const struct slot *s)
{
	struct shift_row *rows;
	size_t n;
	struct err e;
	void **done = lookup_at(p->lookup, "%s", slot_key(p, "loaded", s, ID_NONE));
	if (*done || id_is_standin(s->unit))
		return;
	*done = p;
	if (import_failed(p, view_shifts(p->v, p->a, &s->unit, s->start, s->start + 1, &rows, &n, &e), &e))
		return;
	for (size_t i = 0; i < n; i++) {
		struct draft *d = rows[i].end == s->end ? draft_of(p, TYPE_SHIFT, rows[i].shift) : NULL;
		if (!d)
			continue;
		remember_shift(p, s, d);
		*lookup_at(p->lookup, "%s", slot_key(p, "shift", s, rows[i].role)) = d;
	}
}

size_t import_shifts_at(struct plan *p, const struct slot *s, struct draft **out, size_t max)
{
	size_t n = 0;
	load_stored(p, s);
	for (struct beside *b = *lookup_at(p->lookup, "%s", slot_key(p, "beside", s, ID_NONE)); b && n < max;
	     b = b->next)
		if (id_is_none(s->role) || id_equal(role_of(b->shift), s->role))
			out[n++] = b->shift;
	return n;
}

struct draft *at_shift(struct at *r, const struct slot *s, bool *made)
{
	struct plan *p = r->p;
	load_stored(p, s);
	const char *key = slot_key(p, "shift", s, s->role);
	struct draft *d = *lookup_at(p->lookup, "%s", key);
	*made = !d;
	if (d)
		return d;
	d = draft_new(p, TYPE_SHIFT);
	d->held = import_is_held(p, s->unit) || import_is_held(p, s->role);
	draft_set(p, d, F_SHIFT_UNIT, value_id(s->unit), false);
	draft_set(p, d, F_SHIFT_ROLE, value_id(s->role), false);
	draft_set(p, d, F_SHIFT_START, value_int(s->start), false);
	draft_set(p, d, F_SHIFT_END, value_int(s->end), false);
	draft_set(p, d, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED), false);
	*lookup_at(p->lookup, "%s", key) = d;
	remember_shift(p, s, d);
	at_fate(r, ROW_MAKE);
	return d;
}

const char *at_slot_title(struct at *r, const struct slot *s)
{
	char day[40], span[32];
	civil_format_date(day, sizeof day, cmin_date(s->start), CIVIL_DAY);
	civil_format_span(span, sizeof span, s->start, s->end);
	return arena_printf(r->p->a, "%s, %s %s %s", import_name(r->p, s->role), import_name(r->p, s->unit), day, span);
}

/* ---- remarks on people ------------------------------------------------------------------------------- */

/* Said once a person and role, not at each shift. */
static bool is_said(struct plan *p, const struct rule *rule, struct id person, struct id role)
{
	char x[ID_TEXT], y[ID_TEXT];
	void **said = lookup_at(p->lookup, "said:%s:%s:%s", rule->id, id_format(x, person), id_format(y, role));
	bool before = *said != NULL;
	*said = p;
	return before;
}

/* What the rules will say of somebody in that role is said here too, so that the preview holds fewer surprises; nobody
 * is left out for it. Other shifts aren't looked at: they may stand further down. */
static void remark_on_person(struct at *r, int column, const struct person *x, const struct slot *s)
{
	struct plan *p = r->p;
	const struct shift shift = {
		.row = {.unit = s->unit, .role = s->role, .start = s->start, .end = s->end, .state = SHIFT_PUBLISHED,
			.need = 1, .wished = 1},
		.unit = import_name(p, s->unit),
		.role = import_name(p, s->role),
	};
	const struct rule_case c = {
		.book = p->book, .person = x, .shift = &shift, .limits = p->limits, .today = p->today};
	size_t n;
	const struct verdict *v = rules_judge(&c, p->a, &n);
	for (size_t i = 0; i < n; i++)
		if (v[i].rule->level >= RULE_WARN && !is_said(p, v[i].rule, x->id, s->role))
			at_remark(r, column, "%s: %s", x->name, v[i].sentence);
}

/* ---- seats ---------------------------------------------------------------------------------------------- */

static struct draft *stored_seat(struct plan *p, struct id shift, struct id holder)
{
	struct rec *rec = NULL;
	struct err e;
	struct id id = id_assignment(shift, holder);
	if (id_is_standin(shift) || id_is_standin(holder))
		return NULL;
	if (import_failed(p, view_get(p->v, p->a, TYPE_ASSIGNMENT, id, &rec, &e), &e))
		return NULL;
	return rec && rec->alive ? draft_of(p, TYPE_ASSIGNMENT, id) : NULL;
}

/* Whom a sheet puts on a shift, it puts there for the time that the shift has: another needs a new yes. */
static struct draft *new_seat(struct at *r, struct draft *shift, const struct named *who)
{
	struct plan *p = r->p;
	const struct person *x = book_person(p->book, who->person);
	struct id via = x ? x->organisation : who->organisation;
	struct draft *d = draft_new(p, TYPE_ASSIGNMENT);
	draft_set(p, d, F_ASSIGNMENT_SHIFT, value_id(shift->id), false);
	draft_set(p, d, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_ACCEPTED), false);
	draft_set(p, d, F_ASSIGNMENT_YES_FROM, draft_get(shift, F_SHIFT_START), false);
	draft_set(p, d, F_ASSIGNMENT_YES_TO, draft_get(shift, F_SHIFT_END), false);
	if (!id_is_none(who->person))
		draft_set(p, d, F_ASSIGNMENT_VOLUNTEER, value_id(who->person), false);
	if (!id_is_none(via))
		draft_set(p, d, F_ASSIGNMENT_ORGANISATION, value_id(via), false);
	at_fate(r, ROW_CHANGE);
	return d;
}

/* A place that stands is left as it is: somebody may have cancelled it in samvagt since the sheet was written. */
static void remark_on_stored(struct at *r, int column, const struct draft *seat, const char *name)
{
	int64_t state = draft_get(seat, F_ASSIGNMENT_STATE).i;
	if (state != ASSIGNMENT_ACCEPTED)
		at_remark(r, column, _("%s stands as \"%s\" in samvagt; left so"), name,
			  _(schema_choice(SET_ASSIGNMENT_STATE, (int)state)->label));
}

static int seat(struct at *r, int column, struct draft *shift, const struct slot *s, const struct named *who)
{
	struct plan *p = r->p;
	char x[ID_TEXT], y[ID_TEXT];
	struct id holder = id_is_none(who->person) ? who->organisation : who->person;
	const char *key = arena_printf(p->a, "seat:%s:%s", id_format(x, shift->id), id_format(y, holder));
	struct met *met = *lookup_at(p->lookup, "%s", key);
	const struct person *person = book_person(p->book, who->person);

	if (met && met->file == r->file && met->line == r->row->line && !who->places) {
		at_remark(r, column, _("%s stands there twice; taken once"), import_name(p, holder));
		return 0;
	}
	if (!met) {
		met = arena_alloc(p->a, sizeof *met);
		*met = (struct met){stored_seat(p, shift->id, holder), r->file, r->row->line};
		*lookup_at(p->lookup, "%s", key) = met;
		if (met->seat)
			remark_on_stored(r, column, met->seat, import_name(p, holder));
		else if (person)
			remark_on_person(r, column, person, s);
	}
	if (!met->seat)
		met->seat = new_seat(r, shift, who);
	*met = (struct met){met->seat, r->file, r->row->line};
	if (who->places)
		at_set(r, met->seat, column, F_ASSIGNMENT_PLACES, value_int(who->places), false);
	return who->places ? who->places : 1;
}

bool import_says_cancelled(struct arena *a, const char *text)
{
	const char *folded = text_fold(a, text);
	size_t n = strcspn(folded, " ");
	if (!strcmp(folded, "called off"))
		return true;
	return import_word_is(a, "aflyst|aflyses|annulleret|udgår|cancelled", arena_strndup(a, folded, n));
}

/* What our own papers put there: "(2 open)", "(Anna Holm: offered)". */
static bool is_own_bracket(const char *text)
{
	return (text[1] >= '0' && text[1] <= '9') || strstr(text, ": ") != NULL;
}

/* In somebody else's sheet it may be a perhaps, or somebody who cancelled. */
static void leave_bracketed(struct at *r, int column, const char *text)
{
	if (is_own_bracket(text))
		return;
	at_remark(r, column, _("%s stands in brackets, so nobody was put on the shift for it"), text);
	at_fate(r, ROW_DOUBT);
}

int at_seat_people(struct at *r, int column, struct draft *shift, const struct slot *s, const char *cell)
{
	size_t n;
	int places = 0;
	const char **names = import_split_names(r->p, cell, &n);
	for (size_t i = 0; i < n; i++) {
		struct named who;
		bool bracketed = names[i][0] == '(' && names[i][strlen(names[i]) - 1] == ')';
		if (import_says_cancelled(r->p->a, names[i]))
			at_set(r, shift, column, F_SHIFT_STATE, value_int(SHIFT_CANCELLED), false);
		else if (bracketed)
			leave_bracketed(r, column, names[i]);
		else if (at_find_person(r, column, names[i], s->role, s->unit, &who))
			places += seat(r, column, shift, s, &who);
	}
	return places;
}
