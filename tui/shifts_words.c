/* tui/shifts_words.c - see shifts_priv.h. Owns how shifts, places, people and what rules say are put into words and
 * roles. Must not draw, and must not know which screen asks. */
#include "tui/shifts_priv.h"

#include <string.h>

#include "base/lang.h"

/* ---- shifts -------------------------------------------------------------------------------------------- */
bool shift_is_off(const struct shift *s)
{
	return s->row.state == SHIFT_CANCELLED;
}

const char *shift_count(struct arena *a, const struct shift *s)
{
	const char *draft = s->row.state == SHIFT_DRAFT ? "~" : "";
	if (shift_is_off(s))
		return _("off");
	if (s->open)
		return arena_printf(a, "%s%u/%u -%d", draft, s->row.filled, s->row.need, s->open);
	if (s->over)
		return arena_printf(a, "%s%u/%u +%d", draft, s->row.filled, s->row.need, s->over);
	return arena_printf(a, "%s%u/%u", draft, s->row.filled, s->row.need);
}

enum role shift_role(const struct shift *s)
{
	if (shift_is_off(s))
		return ROLE_DIM;
	return s->open ? ROLE_GAP : s->over ? ROLE_WARN : ROLE_DEFAULT;
}

const char *open_places(struct arena *a, size_t n)
{
	return arena_printf(a, ngettext("%zu open place", "%zu open places", n), n);
}

const char *roster_status(struct arena *a, const struct roster *r)
{
	return r->open ? open_places(a, r->open) : r->need ? _("all places filled") : "";
}

const char *shift_sum(struct arena *a, const struct shift *s)
{
	if (shift_is_off(s))
		return _("called off");
	const char *sum = arena_printf(a, ngettext("%u of %u place", "%u of %u places", s->row.need), s->row.filled,
		s->row.need);
	if (s->open)
		sum = arena_printf(a, "%s · %s", sum, open_places(a, (size_t)s->open));
	if (s->over)
		sum = arena_printf(a, _("%s · %d too many"), sum, s->over);
	return s->row.state == SHIFT_DRAFT ? arena_printf(a, _("%s · draft"), sum) : sum;
}

const char *shift_names(struct arena *a, const struct shift *s)
{
	const char *names = "";
	for (size_t i = 0; i < s->nseats; i++)
		if (seat_is_on(&s->seats[i]))
			names = arena_printf(a, "%s%s%s", names, *names ? ", " : "", s->seats[i].name);
	return names;
}

const char *shift_span(struct arena *a, const struct shift *s)
{
	char span[32];
	return arena_strdup(a, civil_format_span(span, sizeof span, s->row.start, s->row.end));
}

const char *shift_where(struct arena *a, const struct shift *s)
{
	return arena_printf(a, "%s · %s", s->unit, s->role);
}

const char *shift_when(struct arena *a, const struct shift *s)
{
	return arena_printf(a, "%s %s", day_text(a, cmin_date(s->row.start), CIVIL_DAY), shift_span(a, s));
}

const char *day_text(struct arena *a, civil_date day, enum civil_style style)
{
	char text[64];
	return arena_strdup(a, civil_format_date(text, sizeof text, day, style));
}

/* ---- people -------------------------------------------------------------------------------------------- */
bool seat_is_on(const struct seat *seat)
{
	return seat->state == ASSIGNMENT_ACCEPTED || seat->state == ASSIGNMENT_RECONFIRM;
}

bool seat_says(const struct seat *seat)
{
	return seat->state != ASSIGNMENT_ACCEPTED || seat->attendance;
}

const char *seat_state(const struct seat *seat)
{
	bool came = seat->state == ASSIGNMENT_ACCEPTED && seat->attendance;
	const struct choice *c = came ? schema_choice(SET_ATTENDANCE, seat->attendance)
				      : schema_choice(SET_ASSIGNMENT_STATE, seat->state);
	return c ? _(c->label) : "";
}

enum role seat_role(const struct seat *seat)
{
	if (seat->state == ASSIGNMENT_RECONFIRM)
		return ROLE_WARN;
	if (!seat_is_on(seat))
		return ROLE_DIM;
	return seat->attendance == ATTENDANCE_PRESENT ? ROLE_OK : ROLE_DEFAULT;
}

const char *person_phone(struct arena *a, const struct person *p)
{
	return p ? kind_phone(a, p->phone) : "";
}

const char *seat_phone(struct arena *a, const struct seat *seat)
{
	return person_phone(a, seat->person);
}

/* ---- what rules say ------------------------------------------------------------------------------------ */
const char *level_mark(enum rule_level level)
{
	switch (level) {
	case RULE_STOP: return "!!";
	case RULE_WARN: return "!";
	case RULE_HINT: return "-";
	}
	return " ";
}

enum role level_role(enum rule_level level)
{
	switch (level) {
	case RULE_STOP: return ROLE_STOP;
	case RULE_WARN: return ROLE_WARN;
	case RULE_HINT: return ROLE_HINT;
	}
	return ROLE_OK;
}

const char *verdict_keys(const struct verdict *v)
{
	static const struct { const char *rule, *keys; } keys[] = {
		{"overfull", N_("z takes somebody off the shift; a notes that somebody can't come")},
		{"overlap", N_("z takes the person off this shift; i on the day lets two swap")},
		{"rest", N_("z takes the person off this shift; i on the day lets two swap")},
		{"called-off", N_("z takes them off; y on the day puts the shift on again")},
	};
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(keys[i].rule, v->rule->id) == 0)
			return _(keys[i].keys);
	return "";
}

static const char *verdict_text(struct arena *a, const struct verdict *v)
{
	const struct rule *r = v->rule;
	const char *text = arena_printf(a, "%s %s: %s\n%s\n%s", level_mark(r->level), rule_level_name(r->level),
		v->sentence, _(r->question), rule_explains(a, r, v->limit));
	if (r->source && *r->source)
		text = arena_printf(a, _("%s\nSource: %s (checked %s)"), text, _(r->source), r->checked);
	return text;
}

const char *verdicts_text(struct arena *a, const struct verdict *v, size_t n)
{
	const char *text = "";
	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s", text, i ? "\n\n" : "", verdict_text(a, &v[i]));
	return text;
}

const char *candidate_text(struct arena *a, const struct candidate *c)
{
	const char *order = _("The order: first whoever must say yes again, and the waiting list, then those who asked to be rung"
		" again, when it is time. Then those whom nothing speaks against, and those with a warning; among "
		"them those who know the role, whose wishes are met, who have had the fewest hours in the last 12 "
		"months and for whom it is longest ago. Last come those who have been asked today, by whichever "
		"site, those whom a rule stops, and those who said no to this shift.");
	const char *text = arena_printf(a, "%s: %s.\n\n%s", c->person->name, c->reasons, order);
	if (c->nverdicts)
		text = arena_printf(a, "%s\n\n%s", text, verdicts_text(a, c->verdicts, c->nverdicts));
	return text;
}

/* ---- problems ------------------------------------------------------------------------------------------ */
bool problem_stands(const struct problem *p)
{
	return !p->override || !*p->override;
}

enum rule_level troubles_level(const struct troubles *t, struct id shift, const struct person *person)
{
	int worst = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct problem *p = &t->all[i];
		bool about = p->person && id_equal(p->shift->row.shift, shift) &&
			(!person || id_equal(p->person->id, person->id));
		if (about && problem_stands(p) && (int)p->v.rule->level > worst)
			worst = (int)p->v.rule->level;
	}
	return (enum rule_level)worst;
}
