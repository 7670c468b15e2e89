/* roster/coverage.c - see coverage.h. Owns how a shift is spread over the hours of the clock. Must not know how it is
 * shown. */
#include "roster/coverage.h"

#include <assert.h>

/* A stretch of a shift within one hour of the clock. */
struct slice {
	civil_min at, end;                 /* on the wall */
	bool even;                         /* the clock isn't changed meanwhile */
	int day, hour;
	int64_t minutes;                   /* real */
};

/* A time that the clock jumped over is read as it goes on. */
static civil_min on_the_wall(civil_min t)
{
	return civil_from_utc(civil_to_utc(t));
}

static struct slice slices_of(const struct shift_row *row)
{
	struct slice s = {.at = on_the_wall(row->start), .end = on_the_wall(row->end)};
	s.even = civil_elapsed(s.at, s.end) == s.end - s.at;
	return s;
}

/* An hour that the clock jumped over is no stretch. */
static bool next_slice(struct slice *s)
{
	do {
		if (s->at >= s->end)
			return false;
		int minute = cmin_minute(s->at);
		civil_min next = s->at + 60 - minute % 60, until = next < s->end ? next : s->end;
		s->day = civil_weekday(cmin_date(s->at)) - 1;
		s->hour = minute / 60;
		s->minutes = s->even ? until - s->at : civil_elapsed(s->at, until);
		s->at = until;
	} while (s->minutes <= 0);
	return true;
}

bool cover_is_off(const struct shift_row *row)
{
	return row->state == SHIFT_CANCELLED;
}

static size_t filled(const struct shift_row *row)
{
	return row->filled < row->need ? row->filled : row->need;
}

size_t cover_open(const struct shift_row *row)
{
	return cover_is_off(row) ? 0 : row->need - filled(row);
}

static void add_places(struct cover_sum *sum, const struct shift_row *row)
{
	sum->need += row->need;
	sum->filled += filled(row);
}

static void add_to_cell(struct cover_cell *c, const struct shift_row *row, int64_t minutes, civil_min now)
{
	bool later = row->start >= now && c->gap_start < now;
	c->need += minutes * row->need;
	c->filled += minutes * (int64_t)filled(row);
	c->shifts++;
	add_places(&c->places, row);
	if (!cover_open(row))
		return;
	if (!c->gaps++ || later) {
		c->gap = row->shift;
		c->gap_start = row->start;
	}
}

/* Also a shift of more than a week counts once in a cell for each time it comes there. */
static void add_hours(struct coverage *c, const struct shift_row *row, civil_min now)
{
	for (struct slice s = slices_of(row); next_slice(&s);) {
		add_to_cell(&c->cell[s.day][s.hour], row, s.minutes, now);
		c->first = s.hour < c->first ? s.hour : c->first;
		c->last = s.hour >= c->last ? s.hour + 1 : c->last;
	}
}

void coverage_count(struct arena *a, const struct shift_row *rows, size_t n, civil_date from, civil_date to, civil_min now,
	struct coverage *out)
{
	assert(from <= to);
	*out = (struct coverage){.from = from, .to = to, .first = COVER_HOURS, .rows = rows, .n = n};
	out->days = arena_alloc(a, ((size_t)(to - from) + 1) * sizeof *out->days);
	for (size_t i = 0; i < n; i++) {
		civil_date day = cmin_date(rows[i].start);
		assert(day >= from && day < to);
		if (cover_is_off(&rows[i]))
			continue;
		add_places(&out->days[day - from], &rows[i]);
		add_places(&out->all, &rows[i]);
		add_hours(out, &rows[i], now);
	}
	if (out->first > out->last)
		out->first = out->last;
}

/* Shifts of a place stand together less often than not, but there are few places: remember the last answer. */
static size_t keep_unit(const struct book *b, struct shift_row *rows, size_t n, struct id unit)
{
	struct id last = ID_NONE;
	bool within = false;
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (!id_equal(rows[i].unit, last)) {
			last = rows[i].unit;
			within = book_unit_within(b, last, unit);
		}
		if (within)
			rows[kept++] = rows[i];
	}
	return kept;
}

int coverage_load(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
	civil_min now, struct coverage *out, struct err *e)
{
	struct shift_row *rows = NULL;
	size_t n = 0;
	int rc = view_shifts(v, a, NULL, cmin_at(from, 0), cmin_at(to, 0), &rows, &n, e);
	if (rc != OK)
		return rc;
	coverage_count(a, rows, unit ? keep_unit(b, rows, n, *unit) : n, from, to, now, out);
	return OK;
}

const struct shift_row *coverage_next(const struct coverage *c, int day, int hour, size_t *at)
{
	while (*at < c->n) {
		const struct shift_row *row = &c->rows[(*at)++];
		if (cover_is_off(row))
			continue;
		for (struct slice s = slices_of(row); next_slice(&s);)
			if (s.day == day && s.hour == hour)
				return row;
	}
	return NULL;
}
