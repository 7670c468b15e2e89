/* sync/digest_words.c - see digest_priv.h. Owns the words of a digest and what counts as needing me. Must not read the log
 * nor decide what is listed. */
#include "sync/digest_priv.h"

#include <assert.h>
#include <stdlib.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/register.h"

enum { FIELDS_MOST = 3, TEXT_MOST = 40 };     /* fields named with their values; columns of a long text */

/* ---- titles -------------------------------------------------------------------------------------------------- */

const char *digest_title(struct digest *d, const struct news *x)
{
	char day[64], span[64];
	const struct type *t = schema_type(x->type);
	if (!t)
		return _("A record of a newer version");
	if (x->type == TYPE_VOLUNTEER)
		return digest_name(d, x->id);
	if (x->type != TYPE_SHIFT || !x->r)
		return arena_printf(d->a, "%s · %s", _(t->label), digest_name(d, x->id));
	civil_min start = rec_int_or(x->r, F_SHIFT_START, CMIN_NONE), end = rec_int_or(x->r, F_SHIFT_END, start);
	if (start == CMIN_NONE)
		return digest_name(d, x->id);
	return arena_printf(d->a, "%s %s · %s · %s", civil_format_date(day, sizeof day, cmin_date(start), CIVIL_DAY),
		civil_format_span(span, sizeof span, start, end), digest_name(d, rec_id(x->r, F_SHIFT_UNIT)),
		digest_name(d, rec_id(x->r, F_SHIFT_ROLE)));
}

/* ---- lines being made ---------------------------------------------------------------------------------------- */

/* Pieces with a sign between. */
static const char *with(struct digest *d, const char *line, const char *sign, const char *piece)
{
	return *piece ? arena_printf(d->a, "%s%s%s", line, *line ? sign : "", piece) : line;
}

/* Names in the order of a list: where they come from there is none. */
struct pieces { const char **at; size_t n, cap; };

static void add_piece(struct digest *d, struct pieces *p, const char *text)
{
	p->at = arena_grow(d->a, p->at, &p->cap, p->n + 1, sizeof *p->at);
	p->at[p->n++] = text;
}

static int compare_pieces(const void *x, const void *y)
{
	return text_compare(*(const char *const *)x, *(const char *const *)y);
}

static const char *join_pieces(struct digest *d, struct pieces *p, const char *sign)
{
	const char *line = "";
	if (p->n > 1)
		qsort(p->at, p->n, sizeof *p->at, compare_pieces);
	for (size_t i = 0; i < p->n; i++)
		line = with(d, line, sign, p->at[i]);
	return line;
}

static const char *field_piece(struct digest *d, const struct rec *r, const struct field *f)
{
	struct value v = rec_get(r, f->no);
	const char *text = v.tag == V_NONE ? _("(empty)") : view_field_text(d->v, d->a, f, v);
	if (f->kind == KIND_LONGTEXT)
		text = text_fit(d->a, text, TEXT_MOST);
	return arena_printf(d->a, "%s: %s", _(f->label), text);
}

/* Fields that were written, as they stand now. */
static const char *fields_text(struct digest *d, const struct news *x)
{
	const struct type *t = schema_type(x->type);
	const char *line = "";
	size_t n = 0;
	for (size_t i = 0; t && i < t->nfields; i++)
		if (digest_wrote(x->own, t->fields[i].no) && n++ < FIELDS_MOST)
			line = with(d, line, " · ", field_piece(d, x->r, &t->fields[i]));
	if (n > FIELDS_MOST)
		line = with(d, line, " · ", arena_printf(d->a,
			ngettext("%zu more field", "%zu more fields", n - FIELDS_MOST), n - FIELDS_MOST));
	return n ? line : _("changed in what a newer version knows");
}

/* Which fields hold values that nobody has chosen between. */
static const char *open_text(struct digest *d, const struct rec *r)
{
	const char *line = "";
	if (register_is_open(r, FIELD_ALIVE))
		line = _("deleted by one, changed by another");
	for (size_t i = 0; i < r->n; i++) {
		const struct field *f = schema_field(r->type, r->f[i].no);
		if (r->f[i].no != FIELD_ALIVE && register_is_open(r, r->f[i].no))
			line = with(d, line, " · ",
				arena_printf(d->a, _("several values of %s"), f ? _(f->label) : "?"));
	}
	return line;
}

static bool is_open(const struct rec *r)
{
	return r && r->alive && register_any_open(r);
}

/* ---- people and other records -------------------------------------------------------------------------------- */

static const char *link_text(struct digest *d, const struct rec *link)
{
	const char *to = digest_name(d, rec_id(link, F_LINK_TO));
	if (rec_int(link, F_LINK_KIND) == LINK_VOLUNTEER_UNIT)
		return arena_printf(d->a, link->alive ? _("comes at: %s") : _("comes no longer at: %s"), to);
	return arena_printf(d->a, link->alive ? _("role given: %s") : _("role taken: %s"), to);
}

static const char *links_text(struct digest *d, const struct news *x)
{
	struct pieces p = { 0 };
	for (const struct touched *t = x->parts; t; t = t->next)
		add_piece(d, &p, link_text(d, t->r));
	return join_pieces(d, &p, " · ");
}

static int tell_record(struct digest *d, const struct news *x, const char **what, enum digest_need *need)
{
	const char *line = "";
	if (is_open(x->r)) {
		*need = NEED_DECISION;
		line = open_text(d, x->r);
	} else if (x->own && digest_wrote(x->own, FIELD_ALIVE)) {
		line = x->r && x->r->alive ? _("new") : _("deleted");
	} else if (x->own && x->r) {
		line = fields_text(d, x);
	}
	*what = with(d, line, " · ", links_text(d, x));
	return OK;
}

/* ---- shifts -------------------------------------------------------------------------------------------------- */

/* What happened to the places of a shift, by who is told together. */
enum place { PLACE_ON, PLACE_GIVEN_UP, PLACE_OFF, PLACE_NO, PLACE_OTHER, PLACE_COUNT };

static const char *holder(struct digest *d, const struct rec *place)
{
	struct id who = rec_id(place, F_ASSIGNMENT_VOLUNTEER);
	int64_t places = rec_int_or(place, F_ASSIGNMENT_PLACES, 1);
	if (!id_is_none(who))
		return digest_name(d, who);
	return arena_printf(d->a, _("%d from %s"), (int)places,
		digest_name(d, rec_id(place, F_ASSIGNMENT_ORGANISATION)));
}

bool digest_is_held(int64_t state)
{
	return state == ASSIGNMENT_ACCEPTED || state == ASSIGNMENT_RECONFIRM;
}

static bool is_held(const struct rec *place)
{
	return place->alive && digest_is_held(rec_int(place, F_ASSIGNMENT_STATE));
}

static enum place place_news(const struct touched *t)
{
	int64_t state = rec_int(t->r, F_ASSIGNMENT_STATE);
	bool moved = digest_wrote(t, FIELD_ALIVE) || digest_wrote(t, F_ASSIGNMENT_STATE);
	if (!t->r->alive)
		return PLACE_OFF;
	if (moved && (state == ASSIGNMENT_WITHDRAWN || state == ASSIGNMENT_DECLINED))
		return t->gave_up ? PLACE_GIVEN_UP : PLACE_NO;
	return moved && is_held(t->r) ? PLACE_ON : PLACE_OTHER;
}

/* Of what isn't told by who is on it: the state, or that something else about the place was written. */
static const char *other_text(struct digest *d, const struct touched *t)
{
	const struct choice *attendance = schema_choice(SET_ATTENDANCE, (int)rec_int(t->r, F_ASSIGNMENT_ATTENDANCE));
	const struct choice *state = schema_choice(SET_ASSIGNMENT_STATE, (int)rec_int(t->r, F_ASSIGNMENT_STATE));
	if (digest_wrote(t, F_ASSIGNMENT_ATTENDANCE) && attendance)
		return arena_printf(d->a, "%s: %s", holder(d, t->r), _(attendance->label));
	return arena_printf(d->a, "%s: %s", holder(d, t->r), state ? _(state->label) : "?");
}

/* Who, and why not if that was said. */
static const char *place_text(struct digest *d, const struct touched *t, enum place p)
{
	const char *who = holder(d, t->r), *why = rec_text(t->r, F_ASSIGNMENT_WHY);
	if (p == PLACE_OTHER)
		return other_text(d, t);
	return p == PLACE_GIVEN_UP && *why ? arena_printf(d->a, "%s (%s)", who, text_fit(d->a, why, TEXT_MOST)) : who;
}

static const char *places_text(struct digest *d, const struct news *x)
{
	static const char *const said[] = {
		[PLACE_ON] = N_("on it"), [PLACE_GIVEN_UP] = N_("gave up the place"), [PLACE_OFF] = N_("off it"),
		[PLACE_NO] = N_("said no to it"),
	};
	struct pieces names[PLACE_COUNT] = { { 0 } };
	const char *line = "";
	for (const struct touched *t = x->parts; t; t = t->next) {
		enum place p = place_news(t);
		add_piece(d, &names[p], place_text(d, t, p));
	}
	for (int p = 0; p < PLACE_OTHER; p++)
		if (names[p].n)
			line = with(d, line, " · ",
				arena_printf(d->a, "%s: %s", _(said[p]), join_pieces(d, &names[p], ", ")));
	return with(d, line, " · ", join_pieces(d, &names[PLACE_OTHER], " · "));
}

/* Who still holds a place on a shift that is deleted; "" for nobody. */
static int strays_text(struct digest *d, const struct news *x, const char **out)
{
	struct pieces names = { 0 };
	struct id *ids;
	size_t n;
	int rc = view_refs(d->v, d->a, x->id, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT, &ids, &n, d->e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct rec *r;
		rc = view_get(d->v, d->a, TYPE_ASSIGNMENT, ids[i], &r, d->e);
		if (rc == OK && r && is_held(r))
			add_piece(d, &names, holder(d, r));
	}
	*out = join_pieces(d, &names, ", ");
	return rc;
}

static bool any_open_part(const struct news *x)
{
	for (const struct touched *t = x->parts; t; t = t->next)
		if (is_open(t->r))
			return true;
	return false;
}

static bool any_part(const struct news *x, enum place p)
{
	for (const struct touched *t = x->parts; t; t = t->next)
		if (place_news(t) == p)
			return true;
	return false;
}

static enum digest_need need_of_shift(struct digest *d, const struct news *x)
{
	civil_min start = rec_int_or(x->r, F_SHIFT_START, CMIN_NONE);
	bool soon = start >= d->now && start < d->now + DIGEST_DAYS * DAY_MINUTES;
	bool off = rec_int(x->r, F_SHIFT_STATE) == SHIFT_CANCELLED;
	if (is_open(x->r) || any_open_part(x))
		return NEED_DECISION;
	if (off && start >= d->now && digest_wrote(x->own, F_SHIFT_STATE))
		return NEED_CALLED_OFF;
	if (off || !soon)
		return 0;
	if (any_part(x, PLACE_GIVEN_UP) || any_part(x, PLACE_OFF))
		return NEED_PLACE;
	/* alive is written once, by who made it */
	bool mine = authors_of(&d->authors, x->r->f[0].at.dot.inc)->mine;
	return mine && any_part(x, PLACE_ON) ? NEED_NEW_PEOPLE : 0;
}

/* Why it needs me, where what came doesn't say so itself. */
static int need_text(struct digest *d, const struct news *x, enum digest_need need, const char **out)
{
	const char *names = "";
	int rc = need == NEED_CALLED_OFF ? strays_text(d, x, &names) : OK;
	*out = need == NEED_NEW_PEOPLE ? _("the shift was made here")
		: *names ? arena_printf(d->a, _("to be told: %s"), names) : "";
	return rc;
}

static const char *called_off_text(struct digest *d, const struct news *x)
{
	const char *note = rec_text(x->r, F_SHIFT_NOTE);
	bool says_why = digest_wrote(x->own, F_SHIFT_NOTE) && *note;
	return says_why ? arena_printf(d->a, _("called off: %s"), text_fit(d->a, note, TEXT_MOST)) : _("called off");
}

static const char *shift_text(struct digest *d, const struct news *x)
{
	const struct touched *own = x->own;
	if (!own)
		return "";
	if (digest_wrote(own, FIELD_ALIVE))
		return _("new shift");
	if (digest_wrote(own, F_SHIFT_STATE) && rec_int(x->r, F_SHIFT_STATE) == SHIFT_CANCELLED)
		return called_off_text(d, x);
	if (digest_wrote(own, F_SHIFT_START) || digest_wrote(own, F_SHIFT_END))
		return _("moved to this time");
	return fields_text(d, x);
}

static int tell_shift(struct digest *d, const struct news *x, const char **what, enum digest_need *need)
{
	const char *line = "", *why;
	int rc = OK;
	if (!x->r->alive) {
		rc = strays_text(d, x, &line);
		*need = *line ? NEED_STRAY : 0;
		*what = *line ? arena_printf(d->a, _("the shift is deleted, but on it: %s"), line) : _("deleted");
		return rc;
	}
	*need = need_of_shift(d, x);
	line = is_open(x->r) ? open_text(d, x->r) : shift_text(d, x);
	for (const struct touched *t = x->parts; t; t = t->next)
		if (is_open(t->r))
			line = with(d, line, " · ", arena_printf(d->a, "%s: %s", holder(d, t->r), open_text(d, t->r)));
	rc = need_text(d, x, *need, &why);
	*what = with(d, with(d, line, " · ", places_text(d, x)), " · ", why);
	return rc;
}

/* Which of its records holds one; NULL: none. */
static const struct rec *with_cpr(const struct news *x)
{
	const struct touched *t = x->parts;
	if (x->r && rec_find_cpr(x->r))
		return x->r;
	while (t && !(t->r && rec_find_cpr(t->r)))
		t = t->next;
	return t ? t->r : NULL;
}

/* What others send is taken as it is, or the sites would never be equal again; so somebody must take it out. */
static void tell_cpr(struct digest *d, const struct rec *r, const char **what, enum digest_need *need)
{
	const struct rec_field *found = rec_find_cpr(r);
	assert(found && found->no != FIELD_ALIVE);
	const struct field *f = schema_field(r->type, found->no);
	*need = NEED_CPR;
	*what = arena_printf(d->a, _("%s holds what looks like a CPR number: take it out"), f ? _(f->label) : "?");
}

int digest_tell(struct digest *d, const struct news *x, const char **what, enum digest_need *need)
{
	const struct rec *cpr = with_cpr(x);
	*need = 0;
	int rc = x->type == TYPE_SHIFT && x->r ? tell_shift(d, x, what, need) : tell_record(d, x, what, need);
	if (cpr)
		tell_cpr(d, cpr, what, need);
	return rc;
}

const char *sync_digest_heading(const struct digest_row *r, struct arena *a)
{
	char day[64];
	switch (r->kind) {
	case DIGEST_NEEDS_ME: return _("Needs you");
	case DIGEST_PERSON: return _("Volunteers");
	case DIGEST_SHIFT:
		if (r->day == DATE_NONE)
			return _("Shifts");
		return arena_strdup(a, civil_format_date(day, sizeof day, r->day, CIVIL_DAY_YEAR));
	case DIGEST_OTHER: break;
	}
	return _("Everything else");
}
