/* export/papers_told.c - see papers_priv.h: the lists of whom to tell that something has become another, which are all
 * alike.
 *
 * Owns how they begin and end, and the row of somebody to be rung. Must not know what has happened. */
#include "export/papers_priv.h"

#include "base/lang.h"

struct sheet *paper_told(struct view *v, struct arena *a, const char *title, const char *purpose)
{
	struct sheet *s = sheet_new(a, title ? title : _("To be told"));
	s->purpose = purpose;
	s->shred = paper_shred(v, store_today(view_store(v)));
	s->made = paper_made(v, a);
	return s;
}

void paper_told_columns(struct sheet *s, const char *first, const char *id, const char *many)
{
	sheet_column(s, "first", first, ALIGN_LEFT, 10, 16);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, id, many, ALIGN_RIGHT, 3, 7);
}

void paper_told_row(struct sheet *s, civil_min first, const char *name, const char *phone, size_t n)
{
	char day[32], minute[16];
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	civil_format_date(day, sizeof day, cmin_date(first), CIVIL_DAY);
	civil_format_time(minute, sizeof minute, cmin_minute(first));
	row->cells[0] = sheet_datetime(arena_printf(s->arena, "%s %s", day, minute), first);
	row->cells[1].text = name;
	row->cells[2].text = kind_phone(s->arena, phone);
	row->cells[3] = sheet_int(s->arena, (int64_t)n);
}
