/* export/papers_calls.c - see papers.h: whom to ring when a pause has begun.
 *
 * Owns what stands on that list. Must not know how a pause finds them (roster/gates.h). */
#include "export/papers_priv.h"

#include "base/lang.h"
#include "roster/gates.h"

static const char *period_of(struct arena *a, const struct standstill *of)
{
	char from[48], until[48];
	civil_format_date(from, sizeof from, of->from, CIVIL_SHORT);
	if (of->until == DATE_NONE)
		return arena_printf(a, _("paused from %s"), from);
	civil_format_date(until, sizeof until, of->until, CIVIL_SHORT);
	return arena_printf(a, _("paused from %s, begins again %s"), from, until);
}

struct sheet *paper_calls_of(struct view *v, struct book *b, struct arena *a, const struct standstill *of,
	const struct pause_effect *told)
{
	const char *title = arena_printf(a, _("To be rung: %s"), id_is_none(of->of) ? _("everybody") : book_name(b, of->of));
	struct sheet *s = paper_told(v, a, title, _("Made so that everybody hears that the shift is called off. Not to be passed on."));
	s->period = period_of(a, of);
	paper_told_columns(s, _("First shift"), "shifts", _("Shifts"));
	for (size_t i = 0; i < told->n; i++)
		paper_told_row(s, told->told[i].first, told->told[i].name, told->told[i].phone, told->told[i].shifts);
	sheet_note(s, arena_printf(a, ngettext("%zu shift is called off", "%zu shifts are called off", told->shifts),
		told->shifts));
	if (*of->why)
		sheet_note(s, arena_printf(a, "%s: %s", _("Reason"), of->why));
	return s;
}

int paper_calls(struct view *v, struct book *b, struct arena *a, struct id pause, struct sheet **out, struct err *e)
{
	struct standstill of;
	struct pause_effect told;
	int rc = pause_called(v, b, a, pause, &of, &told, e);
	if (rc == OK)
		*out = paper_calls_of(v, b, a, &of, &told);
	return rc;
}
