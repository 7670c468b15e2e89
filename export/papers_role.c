/* export/papers_role.c - paper_role (papers.h): what a role is, who insures, and what opens it, on one paper. Owns
 * which facts stand on it and in what order. Must not decide any of them: roster/gates.h does. */
#include "export/papers.h"

#include <string.h>

#include "base/lang.h"
#include "export/papers_priv.h"
#include "roster/gates.h"

struct making {
	const struct book *b;
	struct arena *a;
	struct sheet *s;
	const struct task *role;
	const struct rec *rec;
	civil_date today;
};

static void begin_part(struct making *m, const char *heading)
{
	sheet_row(m->s, ROW_GROUP)->cells[0].text = heading;
}

static struct sheet_cell *add(struct making *m, const char *label, const char *text)
{
	struct sheet_cell *c = sheet_row(m->s, ROW_DATA)->cells;
	c[0] = sheet_text(label);
	c[1] = sheet_text(text);
	return &c[1];
}

/* ---- the role ------------------------------------------------------------------------------------------------- */

static const char *asks_for(struct making *m)
{
	size_t n;
	const struct demand *all = frames_demands(&m->b->frames, m->role->id, &n);
	const char *out = m->role->child_check ? _("a child-protection check") : "";
	for (size_t i = 0; i < n; i++) {
		const struct course *c = frames_course(&m->b->frames, all[i].course);
		if (c)
			out = arena_printf(m->a, "%s%s%s", out, *out ? ", " : "", c->name);
	}
	return out;
}

static void add_role(struct making *m)
{
	const struct { int field; const char *text; } facts[] = {
		{F_ROLE_UNIT, id_is_none(m->role->unit) ? "" : book_name(m->b, m->role->unit)},
		{F_ROLE_DOES, m->role->does},
		{F_ROLE_MAY, m->role->may},
		{F_ROLE_MAY_NOT, m->role->may_not},
		{F_ROLE_CONTACT, m->role->contact},
		{F_ROLE_MIN_AGE, m->role->min_age ? arena_printf(m->a, "%d", m->role->min_age) : ""},
	};
	begin_part(m, _("What the volunteers do"));
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		if (*facts[i].text)
			add(m, _(schema_field(TYPE_ROLE, facts[i].field)->label), facts[i].text);
	const char *asked = asks_for(m);
	add(m, _("What it asks for"), *asked ? asked : _("nothing"));
}

/* ---- the kind of effort --------------------------------------------------------------------------------------- */

static const char *reason_text(struct making *m, const struct effort_reason *r)
{
	const char *answer = _(schema_choice(SET_ANSWER, r->answer)->label);
	if (r->answer == ANSWER_UNKNOWN)
		return arena_printf(m->a, "%s: %s", answer, r->says);
	return arena_printf(m->a, _("%s: %s. It speaks for %s."), answer, r->says, effort_name(r->speaks));
}

static void add_judged(struct making *m)
{
	char day[40];
	const char *by = rec_text(m->rec, F_ROLE_JUDGED_BY);
	civil_date on = rec_date(m->rec, F_ROLE_JUDGED);
	if (on == DATE_NONE)
		return;
	civil_format_date(day, sizeof day, on, CIVIL_SHORT);
	add(m, _(schema_field(TYPE_ROLE, F_ROLE_JUDGED)->label), *by ? arena_printf(m->a, "%s, %s", day, by) : arena_strdup(m->a, day));
}

static void add_effort(struct making *m)
{
	struct effort_reason *why;
	size_t n;
	enum effort effort = effort_of(m->rec, m->a, &why, &n);
	begin_part(m, arena_printf(m->a, "%s: %s", _("Kind of effort"), effort_name(effort)));
	for (size_t i = 0; i < n; i++)
		add(m, _(schema_field(TYPE_ROLE, why[i].field)->label), reason_text(m, &why[i]));
	add_judged(m);
	add(m, _("Who insures"), effort_advice(effort))->mark = effort == EFFORT_UNCLEAR ? CELL_GAP : CELL_STRONG;
}

/* ---- what opens it ---------------------------------------------------------------------------------------------- */

/* What stands above already isn't said again. */
static const char *passed_text(const struct gate_state *g)
{
	return g->gate->field && g->gate->field != F_ROLE_TR_DATE ? _("in place") : g->says;
}

static void add_gates(struct making *m, const struct gate_state *g, size_t n, bool open)
{
	const char *state = open ? _("open") : gates_begun(m->b, m->role) ? _("closed") : _("from before");
	begin_part(m, arena_printf(m->a, "%s: %s", _("What opens it"), state));
	for (size_t i = 0; i < n; i++) {
		struct sheet_cell *c = add(m, _(g[i].gate->question), g[i].passed ? passed_text(&g[i]) : g[i].says);
		c->mark = g[i].passed ? CELL_PLAIN : CELL_GAP;
	}
}

static void add_sources(struct making *m, const struct gate_state *g, size_t n)
{
	sheet_note(m->s, arena_printf(m->a, "%s %s", _("Source:"), _(effort_source())));
	for (size_t i = 0; i < n; i++) {
		bool said = false;
		for (size_t j = 0; j < i; j++)
			said = said || (!strcmp(g[j].gate->source, g[i].gate->source) && !strcmp(g[j].gate->checked, g[i].gate->checked));
		if (!said)
			sheet_note(m->s, arena_printf(m->a, "%s %s (%s %s)", _("Source:"), _(g[i].gate->source), _("checked"),
				g[i].gate->checked));
	}
}

int paper_role(struct view *v, struct book *b, struct arena *a, struct id role, civil_date today, struct sheet **out,
	struct err *e)
{
	struct making m = {.b = b, .a = a, .role = book_task(b, role), .today = today};
	struct gate_state gates[GATES_MOST];
	struct rec *rec = NULL;
	size_t n;
	int rc = view_get(v, a, TYPE_ROLE, role, &rec, e);
	if (rc)
		return rc;
	if (!m.role)
		return err_set(e, ERR_NOTFOUND, _("the role has been deleted"));
	m.rec = rec;
	m.s = *out = sheet_new(a, arena_printf(a, _("%s: frames and insurance"), m.role->name));
	m.s->made = paper_made(v, a);
	m.s->group_id = "part";
	m.s->group_title = _("Part");
	sheet_column(m.s, "what", _("What"), ALIGN_LEFT, 18, 30);
	sheet_column(m.s, "is", _("Is"), ALIGN_LEFT, 30, 88);
	bool open = gates_of(b, a, m.role, today, gates, &n);
	add_role(&m);
	add_effort(&m);
	add_gates(&m, gates, n, open);
	add_sources(&m, gates, n);
	return OK;
}
