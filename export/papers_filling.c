/* export/papers_filling.c - see papers.h: what filling proposes, and what stays open and why.
 *
 * Owns what stands on that sheet. Must not know how a plan is found (roster/filling.h). */
#include "export/papers_priv.h"

#include "base/lang.h"

enum { COL_SHIFT, COL_PLACE, COL_ROLE, COL_WHO, COL_WHY };

static struct sheet_row *shift_row(struct sheet *s, const struct shift *shift)
{
	char day[32], span[32];
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	const char *when = arena_printf(s->arena, "%s %s",
		civil_format_date(day, sizeof day, cmin_date(shift->row.start), CIVIL_DAY),
		civil_format_span(span, sizeof span, shift->row.start, shift->row.end));
	row->cells[COL_SHIFT] = sheet_datetime(when, shift->row.start);
	row->cells[COL_PLACE].text = shift->unit;
	row->cells[COL_ROLE].text = shift->role;
	return row;
}

/* Everything that the rules say, a line each, and then the reasons. */
static const char *explained(struct arena *a, const struct proposal *p)
{
	const char *text = p->reasons;
	for (size_t i = p->nverdicts; i-- > 0;)
		text = arena_printf(a, "%s: %s\n%s", rule_level_name(p->verdicts[i].rule->level), p->verdicts[i].sentence, text);
	return text;
}

static void add_proposal(struct sheet *s, const struct proposal *p, bool explain)
{
	struct sheet_row *row = shift_row(s, p->shift);
	row->cells[COL_WHO].text = p->warned ? arena_printf(s->arena, "! %s", p->person->name) : p->person->name;
	row->cells[COL_WHY].text = explain ? explained(s->arena, p) : proposal_text(s->arena, p);
}

static void add_open(struct sheet *s, const struct unfilled *u)
{
	struct sheet_row *row = shift_row(s, u->shift);
	row->cells[COL_WHO] = (struct sheet_cell){
		.mark = CELL_GAP,
		.text = arena_printf(s->arena, ngettext("%d open place", "%d open places", (unsigned long)u->places), u->places),
	};
	row->cells[COL_WHY].text = u->why;
}

struct sheet *paper_filling(struct view *v, struct arena *a, const struct filling_how *how, const struct filled *r,
	bool explain)
{
	char from[40], to[40];
	struct sheet *s = sheet_new(a, _("Proposed places"));
	civil_format_date(from, sizeof from, how->from, CIVIL_SHORT);
	civil_format_date(to, sizeof to, how->to - 1, CIVIL_SHORT);
	s->period = arena_printf(a, "%s–%s", from, to);
	s->from = how->from;
	s->to = how->to - 1;
	s->unit = how->unit ? *how->unit : ID_NONE;
	sheet_column(s, "start", _("Shift"), ALIGN_LEFT, 10, 20);
	sheet_column(s, "unit", _("Place"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "role", _("Role"), ALIGN_LEFT, 8, 18);
	sheet_column(s, "volunteer", _("Volunteer"), ALIGN_LEFT, 12, 26);
	sheet_column(s, "why", _("Why"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < r->n; i++)
		add_proposal(s, &r->proposals[i], explain);
	for (size_t i = 0; i < r->nopen; i++)
		add_open(s, &r->open[i]);
	sheet_note(s, r->proof);
	if (r->quality)
		sheet_note(s, r->quality);
	s->purpose = _("Made to plan the roster. Not for the wall.");
	s->shred = r->n || r->nopen ? paper_shred(v, how->to - 1) : DATE_NONE;
	s->made = paper_made(v, a);
	return s;
}
