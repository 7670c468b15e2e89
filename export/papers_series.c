/* export/papers_series.c - see papers.h: papers about series of shifts.
 *
 * Owns what stands on them. Must not know how a series is made or changed (roster/series.h). */
#include "export/papers_priv.h"

#include "base/lang.h"

static const char *next_days(struct arena *a, const struct series_list *l, const struct series *s, civil_date today)
{
	enum { DAYS = 5 };
	const char *text = "";
	char day[64];
	civil_date d = today - 1;
	for (int i = 0; i < DAYS && (d = series_next(l, s, d + 1)) != DATE_NONE; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", civil_format_date(day, sizeof day, d, CIVIL_DAY));
	return *text ? text : _("none");
}

static void note_days(struct sheet *sheet, const struct series_list *l, const struct series *s, civil_date today)
{
	char day[64];
	for (size_t i = 0; i < l->noff; i++)
		if (id_equal(l->off[i].origin, s->origin) && l->off[i].day >= today)
			sheet_note(sheet, arena_printf(sheet->arena, _("Not on %s %s"),
				civil_format_date(day, sizeof day, l->off[i].day, CIVIL_DAY_YEAR), l->off[i].why));
}

struct sheet *paper_series(struct view *v, struct book *b, struct arena *a, const struct series_list *l, const struct series *one)
{
	size_t n;
	civil_date today = store_today(view_store(v));
	const struct fixed *f = series_fixed(l, one, &n);
	struct sheet *s = sheet_new(a, arena_printf(a, "%s, %s", book_name(b, one->role), book_name(b, one->unit)));
	s->period = series_when(a, one);
	sheet_column(s, "name", _("Fixed place"), ALIGN_LEFT, 14, 34);
	sheet_column(s, "when", _("When"), ALIGN_LEFT, 10, 40);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		const char *when = fixed_when(a, &f[i]);
		row->cells[0].text = fixed_name(b, a, &f[i]);
		row->cells[1].text = *when ? when : _("each time");
	}
	sheet_note(s, arena_printf(a, _("Next: %s"), next_days(a, l, one, today)));
	note_days(s, l, one, today);
	s->purpose = n ? _("Made to plan the shifts. Not to be passed on.") : "";
	s->shred = n ? paper_shred(v, today) : DATE_NONE;
	s->made = paper_made(v, a);
	return s;
}

struct sheet *paper_series_told(struct view *v, struct arena *a, const struct series_done *done)
{
	struct sheet *s = paper_told(v, a, NULL, _("Made so that everybody hears what is changed. Not to be passed on."));
	sheet_column(s, "start", _("Shift"), ALIGN_LEFT, 12, 22);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 12, 40);
	sheet_column(s, "why", _("Why"), ALIGN_LEFT, 12, 60);
	for (size_t i = 0; i < done->ntold; i++) {
		const struct series_told *t = &done->told[i];
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		char day[64], minute[16];
		civil_format_date(day, sizeof day, cmin_date(t->start), CIVIL_DAY_YEAR);
		civil_format_time(minute, sizeof minute, cmin_minute(t->start));
		row->cells[0] = sheet_datetime(arena_printf(a, "%s %s", day, minute), t->start);
		row->cells[1].text = t->name;
		row->cells[2].text = series_tell_words(t->what);
		row->cells[3].text = t->sentence;
	}
	return s;
}
