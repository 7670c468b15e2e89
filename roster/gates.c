/* roster/gates.c - see gates.h: what opens a role.
 *
 * Owns the table of gates and when each is passed. A new gate is a row here. Must not know what follows from a closed
 * one (rules_frames.c). */
#include "roster/gates.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "roster/rules_priv.h"

#define PAPERS N_("Region Midtjylland: policy for co-operation with volunteers")

static const struct role_gate table[] = {
	{"description", N_("the description"), N_("Is the task described concretely?"),
		N_("A few lines about what is done, so that a volunteer can see what one says yes to, and the staff know what "
		   "they can count on."),
		PAPERS, "2026-01-15", F_ROLE_DOES},
	{"may", N_("what the volunteers may do"), N_("Does it say what the volunteers do by themselves?"),
		N_("What the volunteers may do without asking. Together with what they may not do it draws the line to the "
		   "work of the staff."),
		PAPERS, "2026-01-15", F_ROLE_MAY},
	{"may-not", N_("what the volunteers may not do"), N_("Does it say what stays the professionals' work?"),
		N_("Volunteers supplement the professionals and never replace them: care, medicine, lifting and advice about "
		   "treatment are theirs."),
		PAPERS, "2026-01-15", F_ROLE_MAY_NOT},
	{"tr", N_("the dialogue with TR"), N_("Have leadership and the union representative talked about it?"),
		N_("Leadership and the union representative (TR) talk before volunteers begin. Write the day that it was held; "
		   "one that lies ahead doesn't count yet."),
		PAPERS, "2026-01-15", F_ROLE_TR_DATE},
	{"contact", N_("the contact person"), N_("Is there somebody whom the volunteers turn to?"),
		N_("One person at the workplace with a name, who knows that it is them."),
		PAPERS, "2026-01-15", F_ROLE_CONTACT},
	{"agreement", N_("a co-operation agreement"), N_("Is there a co-operation agreement about it, made and current?"),
		N_("A co-operation agreement is always made: what is expected of the volunteers, and what of the professionals. "
		   "One that names roles is about those; one that names none is about all at its place."),
		PAPERS, "2026-01-15", 0},
};

enum { GATES = sizeof table / sizeof *table };
static_assert((int)GATES <= (int)GATES_MOST, "there is room for every gate");

const struct role_gate *gates_table(size_t *n)
{
	*n = GATES;
	return table;
}

/* ---- the agreement ---------------------------------------------------------------------------------------------- */

/* Does it name the role, or is it about everything at a place where the role is done? */
static bool is_about(const struct book *b, const struct pact *p, const struct task *role)
{
	bool named;
	if (!frames_covers(&b->frames, p, role->id, &named))
		return false;
	return named || id_is_none(p->unit) || id_is_none(role->unit) || book_unit_within(b, role->unit, p->unit);
}

const struct pact *gates_agreement(const struct book *b, const struct task *role, civil_date day)
{
	const struct pact *best = NULL;
	for (size_t i = 0; i < b->frames.ncooperations; i++) {
		const struct pact *p = &b->frames.pacts[i];
		if (!is_about(b, p, role))
			continue;
		if (pact_holds(p, day))
			return p;
		if (!best || p->from > best->from)
			best = p;
	}
	return best;
}

bool gates_begun(const struct book *b, const struct task *role)
{
	return gates_agreement(b, role, DATE_NONE) != NULL;
}

/* ---- passed or not ---------------------------------------------------------------------------------------------- */

static const char *text_of(const struct task *role, int field)
{
	switch (field) {
	case F_ROLE_DOES: return role->does;
	case F_ROLE_MAY: return role->may;
	case F_ROLE_MAY_NOT: return role->may_not;
	case F_ROLE_CONTACT: return role->contact;
	}
	return "";
}

static bool is_passed(const struct book *b, const struct role_gate *g, const struct task *role, civil_date day)
{
	if (g->field == F_ROLE_TR_DATE)
		return role->tr_date != DATE_NONE && role->tr_date <= day;
	if (g->field)
		return *text_of(role, g->field) != '\0';
	const struct pact *p = gates_agreement(b, role, day);
	return p && pact_holds(p, day);
}

unsigned gates_closed(const struct book *b, const struct task *role, civil_date day)
{
	unsigned closed = 0;
	for (size_t i = 0; i < GATES; i++)
		if (!is_passed(b, &table[i], role, day))
			closed |= 1u << i;
	return closed;
}

/* ---- in words --------------------------------------------------------------------------------------------------- */

static const char *agreement_says(const struct book *b, struct arena *a, const struct task *role, civil_date day)
{
	const struct pact *p = gates_agreement(b, role, day);
	if (!p)
		return _("There is none yet.");
	const char *with = book_name(b, p->with);
	if (pact_holds(p, day) && p->to != DATE_NONE)
		return arena_printf(a, _("With %s, until %s."), with, rule_day_year(a, p->to));
	if (pact_holds(p, day))
		return arena_printf(a, _("With %s."), with);
	if (p->state == AGREEMENT_MADE && p->from != DATE_NONE && p->from > day)
		return arena_printf(a, _("The one with %s holds from %s."), with, rule_day_year(a, p->from));
	if (p->state == AGREEMENT_MADE)
		return arena_printf(a, _("The one with %s ran out on %s."), with, rule_day_year(a, p->to));
	return arena_printf(a, _("The one with %s: %s."), with, _(schema_choice(SET_AGREEMENT_STATE, p->state)->label));
}

static const char *tr_says(struct arena *a, const struct task *role, civil_date day)
{
	if (role->tr_date == DATE_NONE)
		return _("No day is written.");
	if (role->tr_date > day)
		return arena_printf(a, _("Is to be held on %s."), rule_day_year(a, role->tr_date));
	return arena_printf(a, _("Held on %s."), rule_day_year(a, role->tr_date));
}

static const char *says(const struct book *b, struct arena *a, const struct role_gate *g, const struct task *role,
			civil_date day)
{
	if (!g->field)
		return agreement_says(b, a, role, day);
	if (g->field == F_ROLE_TR_DATE)
		return tr_says(a, role, day);
	const char *text = text_of(role, g->field);
	return *text ? text : _("Nothing is written.");
}

bool gates_of(const struct book *b, struct arena *a, const struct task *role, civil_date day,
	      struct gate_state out[GATES_MOST], size_t *n)
{
	unsigned closed = gates_closed(b, role, day);
	for (*n = 0; *n < GATES; ++*n)
		out[*n] = (struct gate_state){.gate = &table[*n],
					      .passed = !(closed >> *n & 1),
					      .says = says(b, a, &table[*n], role, day)};
	return closed == 0;
}
