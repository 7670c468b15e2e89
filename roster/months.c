/* roster/months.c - see months.h. Owns which month an hour falls in. Must not judge what counts: duty_minutes()
 * does. */
#include "roster/months.h"

#include "base/chart.h"
#include "base/lang.h"
#include "roster/duty.h"

static struct months begin(civil_date today)
{
	struct ymd day = civil_to_ymd(today);
	return (struct months){.first = civil_add_months(civil_from_ymd(day.y, day.m, 1), 1 - MONTHS)};
}

static int add(struct months *m, struct view *v, struct arena *a, struct id volunteer, civil_date today, struct err *e)
{
	struct duty_row *rows;
	struct ymd first = civil_to_ymd(m->first);
	size_t n = 0;
	int rc = view_duties(v, a, volunteer, cmin_at(m->first, 0), cmin_at(today, 0), &rows, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct ymd day = civil_to_ymd(cmin_date(rows[i].start));
		int minutes = duty_minutes(&rows[i]);
		if (minutes > 0)
			m->minutes[(day.y - first.y) * MONTHS + day.m - first.m] += minutes;
	}
	return rc;
}

int months_of(struct view *v, struct id volunteer, civil_date today, struct months *out, struct err *e)
{
	struct arena *a = arena_new();
	*out = begin(today);
	int rc = add(out, v, a, volunteer, today, e);
	arena_free(a);
	return rc;
}

int months_of_all(struct view *v, const struct book *b, civil_date today, struct months *out, struct err *e)
{
	struct arena *a = arena_new();
	int rc = OK;
	*out = begin(today);
	for (size_t i = 0; rc == OK && i < b->npeople; i++) {
		rc = add(out, v, a, b->people[i].id, today, e);
		arena_reset(a);
	}
	arena_free(a);
	return rc;
}

int64_t months_hours(const struct months *m, int month)
{
	return (m->minutes[month] + 30) / 60;
}

bool months_any(const struct months *m)
{
	int64_t minutes = 0;
	for (int i = 0; i < MONTHS; i++)
		minutes += m->minutes[i];
	return minutes > 0;
}

char *months_text(struct arena *a, const struct months *m, bool plain)
{
	char *numbers = arena_strdup(a, "");
	for (int i = 0; i < MONTHS; i++)
		numbers = arena_printf(a, "%s %lld", numbers, (long long)months_hours(m, i));
	/* translators: a picture, the name of a month, and the numbers from it on, each after a blank */
	return arena_printf(a, _("%s from %s:%s"), chart_spark(a, m->minutes, MONTHS, plain), civil_month_name(civil_to_ymd(m->first).m),
		numbers);
}
