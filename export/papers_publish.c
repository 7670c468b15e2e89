/* export/papers_publish.c - see papers.h: whom to tell when a period is published.
 *
 * Owns what stands on that list. Must not know what keeps a shift a draft (roster/publish.h). */
#include "export/papers_priv.h"

#include "base/lang.h"

struct sheet *paper_published(struct view *v, struct arena *a, const struct published *p)
{
	struct sheet *s = sheet_new(a, _("To be told"));
	sheet_column(s, "first", _("First shift"), ALIGN_LEFT, 10, 16);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "shifts", _("Shifts"), ALIGN_RIGHT, 3, 7);
	for (size_t i = 0; i < p->ntold; i++) {
		const struct publish_told *t = &p->told[i];
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		char day[32], minute[16];
		civil_format_date(day, sizeof day, cmin_date(t->first), CIVIL_DAY);
		civil_format_time(minute, sizeof minute, cmin_minute(t->first));
		row->cells[0] = sheet_datetime(arena_printf(a, "%s %s", day, minute), t->first);
		row->cells[1].text = t->name;
		row->cells[2].text = kind_format(a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_PHONE), value_text(t->phone), KIND_HUMAN);
		row->cells[3] = sheet_int(a, (int64_t)t->shifts);
	}
	for (size_t i = 0; i < p->nleft; i++)
		sheet_note(s, arena_printf(a, _("Still a draft: %s (%s)"), p->left[i].title, p->left[i].why));
	s->purpose = _("Made so that everybody hears of their shifts. Not to be passed on.");
	s->shred = paper_shred(v, store_today(view_store(v)));
	s->made = paper_made(v, a);
	return s;
}
