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

static void call_row(struct sheet *s, const struct told_person *who)
{
	char day[32], clock[16];
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	const char *first = arena_printf(s->arena, "%s %s",
		civil_format_date(day, sizeof day, cmin_date(who->first), CIVIL_DAY),
		civil_format_time(clock, sizeof clock, cmin_minute(who->first)));
	row->cells[0] = sheet_datetime(first, who->first);
	row->cells[1].text = who->name;
	row->cells[2].text = kind_format(s->arena, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_PHONE),
		value_text(who->phone), KIND_HUMAN);
	row->cells[3] = sheet_int(s->arena, (int64_t)who->shifts);
}

struct sheet *paper_calls_of(struct view *v, struct book *b, struct arena *a, const struct standstill *of,
	const struct pause_effect *told)
{
	struct sheet *s = sheet_new(a, arena_printf(a, _("To be rung: %s"),
		id_is_none(of->of) ? _("everybody") : book_name(b, of->of)));
	s->period = period_of(a, of);
	sheet_column(s, "first", _("First shift"), ALIGN_LEFT, 10, 16);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "shifts", _("Shifts"), ALIGN_RIGHT, 3, 7);
	for (size_t i = 0; i < told->n; i++)
		call_row(s, &told->told[i]);
	sheet_note(s, arena_printf(a, ngettext("%zu shift is called off", "%zu shifts are called off", told->shifts),
		told->shifts));
	if (*of->why)
		sheet_note(s, arena_printf(a, "%s: %s", _("Reason"), of->why));
	s->purpose = _("Made so that everybody hears that the shift is called off. Not to be passed on.");
	s->shred = paper_shred(v, store_today(view_store(v)));
	s->made = paper_made(v, a);
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
