/* cli/demo_series.c - the lines of the roster as series of shifts, who has fixed places in them now, and what else a
 * coordinator plans by: when people can't come, a vigil, calls, talks.
 *
 * Owns what is written of that. Must not know how the shifts are filled: the fixed places are as demo_roster.c gave
 * them. */
#include "cli/demo_priv.h"

#include "roster/care.h"
#include "roster/vigil.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

/* ---- series --------------------------------------------------------------------------------------------------- */

static void write_series(struct demo *d, struct demo_post *post)
{
	struct id id = post->series = change_new(d->change, TYPE_SERIES);
	bool sundays = post->days >> 6 & 1;
	demo_ref(d, TYPE_SERIES, id, F_SERIES_UNIT, post->unit);
	demo_ref(d, TYPE_SERIES, id, F_SERIES_ROLE, d->role[post->role]);
	demo_int(d, TYPE_SERIES, id, F_SERIES_FIRST, d->from);
	demo_int(d, TYPE_SERIES, id, F_SERIES_EVERY, SERIES_WEEK);
	demo_int(d, TYPE_SERIES, id, F_SERIES_DAYS, post->days);
	demo_int(d, TYPE_SERIES, id, F_SERIES_START, post->from);
	demo_int(d, TYPE_SERIES, id, F_SERIES_END, post->to > DAY_MINUTES ? post->to - DAY_MINUTES : post->to);
	demo_int(d, TYPE_SERIES, id, F_SERIES_NEED, post->need);
	demo_int(d, TYPE_SERIES, id, F_SERIES_HOLIDAYS, sundays ? HOLIDAYS_KEEP : HOLIDAYS_SKIP);
}

void demo_series(struct demo *d)
{
	if (!demo_begin_part(d, "vagtserier"))
		return;
	for (int i = 0; i < d->nposts; i++)
		write_series(d, &d->posts[i]);
	demo_commit(d);
}

/* Days that are no public holidays, and nobody comes all the same. */
static void write_days_off(struct demo *d, const struct demo_post *post)
{
	static const struct { int m, day; const char *why; } off[] = {{12, 24, "Juleaften"}, {12, 31, "Nytårsaften"}};
	for (int i = 0; i < COUNT(off); i++) {
		civil_date day = civil_from_ymd(civil_to_ymd(d->today).y, off[i].m, off[i].day);
		if (day < d->today || !(post->days >> (civil_weekday(day) - 1) & 1) || post->days >> 6 & 1)
			continue;
		struct id id = id_series_exception(post->series, day);
		change_make(d->change, TYPE_SERIES_EXCEPTION, id);
		demo_ref(d, TYPE_SERIES_EXCEPTION, id, F_SERIES_EXCEPTION_SERIES, post->series);
		demo_int(d, TYPE_SERIES_EXCEPTION, id, F_SERIES_EXCEPTION_DAY, day);
		demo_text(d, TYPE_SERIES_EXCEPTION, id, F_SERIES_EXCEPTION_WHY, off[i].why);
	}
}

/* ---- fixed places ----------------------------------------------------------------------------------------------- */

/* Which weeks of the cycle somebody has on a weekday. */
static unsigned weeks_of(const struct demo_post *post, int weekday, int who)
{
	unsigned weeks = 0;
	for (int seat = 0; seat < post->need; seat++)
		for (int week = 0; week < CYCLE; week++)
			if (*demo_holder(post, weekday, seat, week) == who)
				weeks |= 1u << week;
	return weeks;
}

/* The rhythm that is nearest, and the first week of it. */
static int rhythm_of(unsigned weeks, int *first)
{
	*first = 0;
	if (weeks == (1u << CYCLE) - 1)
		return SERIES_WEEK;
	while (!(weeks >> *first & 1))
		++*first;
	return weeks >> *first & 4 ? SERIES_SECOND_WEEK : SERIES_FOURTH_WEEK;
}

static civil_date monday_of_week(const struct demo *d, int week)
{
	civil_date monday = civil_monday(d->today);
	while ((monday + 3) / 7 % CYCLE != week)
		monday += 7;
	return monday;
}

static bool is_written(const struct demo_post *post, int weekday, int seat, int week)
{
	int who = *demo_holder(post, weekday, seat, week);
	for (int day = 1; day <= weekday; day++)
		for (int s = 0; s < (day < weekday ? post->need : seat + 1); s++)
			for (int w = 0; w < (day < weekday || s < seat ? CYCLE : week); w++)
				if (*demo_holder(post, day, s, w) == who)
					return true;
	return false;
}

/* All weekdays on which somebody has the same weeks as on the first. */
static void write_fixed(struct demo *d, const struct demo_post *post, int weekday, int who)
{
	const struct demo_person *p = &d->people[who];
	struct id id = id_series_place(post->series, p->id);
	unsigned weeks = weeks_of(post, weekday, who), days = 0;
	int first, every = rhythm_of(weeks, &first);
	for (int day = weekday; day <= 7; day++)
		days |= weeks_of(post, day, who) == weeks ? 1u << (day - 1) : 0;
	change_make(d->change, TYPE_SERIES_PLACE, id);
	demo_ref(d, TYPE_SERIES_PLACE, id, F_SERIES_PLACE_SERIES, post->series);
	demo_ref(d, TYPE_SERIES_PLACE, id, F_SERIES_PLACE_VOLUNTEER, p->id);
	demo_int(d, TYPE_SERIES_PLACE, id, F_SERIES_PLACE_EVERY, every);
	demo_int(d, TYPE_SERIES_PLACE, id, F_SERIES_PLACE_DAYS, days);
	if (every != SERIES_WEEK)
		demo_int(d, TYPE_SERIES_PLACE, id, F_SERIES_PLACE_FROM, monday_of_week(d, first));
}

static void write_places(struct demo *d, const struct demo_post *post)
{
	for (int weekday = 1; weekday <= 7; weekday++)
		for (int seat = 0; seat < post->need; seat++)
			for (int week = 0; week < CYCLE; week++) {
				int who = *demo_holder(post, weekday, seat, week);
				if (who >= 0 && d->people[who].ended > d->today && !is_written(post, weekday, seat, week))
					write_fixed(d, post, weekday, who);
			}
}

void demo_fixed(struct demo *d)
{
	if (!demo_begin_part(d, "faste pladser"))
		return;
	for (int i = 0; i < d->nposts; i++) {
		write_places(d, &d->posts[i]);
		write_days_off(d, &d->posts[i]);
	}
	demo_commit(d);
}

/* ---- when people can't ------------------------------------------------------------------------------------------- */

static void write_availability(struct demo *d, const struct demo_person *p, int kind, int days, civil_date from, civil_date until)
{
	struct id id = change_new(d->change, TYPE_AVAILABILITY);
	demo_ref(d, TYPE_AVAILABILITY, id, F_AVAILABILITY_VOLUNTEER, p->id);
	demo_int(d, TYPE_AVAILABILITY, id, F_AVAILABILITY_KIND, kind);
	if (days)
		demo_int(d, TYPE_AVAILABILITY, id, F_AVAILABILITY_DAYS, days);
	if (from == DATE_NONE)
		return;
	demo_int(d, TYPE_AVAILABILITY, id, F_AVAILABILITY_FROM, from);
	demo_int(d, TYPE_AVAILABILITY, id, F_AVAILABILITY_UNTIL, until);
}

/* One in ten helps at weekends if need be, one in twenty-five goes away next month. */
static void add_availability(struct demo *d)
{
	enum { WEEKEND = 1 << 5 | 1 << 6, SOON = 33, FORTNIGHT = 13 };
	if (!demo_begin_part(d, "hvornår de kan"))
		return;
	for (int i = 0; i < d->npeople; i++) {
		const struct demo_person *p = &d->people[i];
		if (p->status != VOLUNTEER_ACTIVE || p->ended <= d->today)
			continue;
		if (i % 10 == 3 && !(p->wish->days & WEEKEND))
			write_availability(d, p, AVAILABILITY_IF_NEEDED, WEEKEND, DATE_NONE, DATE_NONE);
		if (i % 25 == 7)
			write_availability(d, p, AVAILABILITY_AWAY, 0, d->today + SOON, d->today + SOON + FORTNIGHT);
	}
	demo_commit(d);
}

/* ---- a vigil ----------------------------------------------------------------------------------------- */

/* Nothing else within half a day. */
static bool has_time(const struct demo *d, int who, civil_min start, civil_min end)
{
	for (size_t i = 0; i < d->nnear; i++)
		for (int k = 0; k < d->near[i].n; k++)
			if (d->near[i].person[k] == who && d->near[i].end > start - DAY_MINUTES / 2 && d->near[i].start < end + DAY_MINUTES / 2)
				return false;
	return true;
}

/* Those who sit at vigils take a watch each, till nobody is left or all but the last third are taken. */
static void sit(struct demo *d, struct id vigil, civil_min start, int watches, int minutes, const struct demo_pool *pool)
{
	int watch = 0;
	if (!demo_begin(d, ACT_DEMO))
		return;
	change_arg(d->change, value_text("våger"));
	for (int i = 0; i < pool->n && watch < watches * 2 / 3; i++) {
		civil_min from = start + watch * minutes;
		if (d->people[pool->people[i]].status != VOLUNTEER_ACTIVE || !has_time(d, pool->people[i], from, from + minutes))
			continue;
		demo_put_place(d, &(struct demo_place){.shift = id_watch(vigil, (uint32_t)watch++), .person = pool->people[i],
			.substitute_for = -1, .state = ASSIGNMENT_ACCEPTED});
	}
	demo_commit(d);
}

/* At a ward where nobody sits otherwise. */
static void add_vigil(struct demo *d)
{
	enum { HOURS = 72, WATCH = 240 };
	const struct demo_post *ward = NULL;
	struct change_result done;
	struct id id;
	for (int i = 0; d->rc == OK && i < d->nposts && !ward; i++)
		if (d->posts[i].role == ROLE_MEAL && demo_pool(d, d->posts[i].house, ROLE_VIGIL)->n)
			ward = &d->posts[i];
	if (!ward || d->rc != OK)
		return;
	struct vigil_new how = {.unit = ward->unit, .role = d->role[ROLE_VIGIL], .start = cmin_at(d->today - 1, 20 * 60), .hours = HOURS,
		.watch = WATCH, .room = "12", .contact = "Aftenvagten"};
	d->rc = vigil_begin(d->s, &how, &id, &done, d->e);
	if (d->rc == OK)
		sit(d, id, how.start, HOURS * 60 / WATCH, WATCH, demo_pool(d, ward->house, ROLE_VIGIL));
}

/* ---- calls and talks --------------------------------------------------------------------------------- */

static const struct demo_near *open_tomorrow(const struct demo *d)
{
	for (size_t i = 0; i < d->nnear; i++)
		if (cmin_date(d->near[i].start) == d->today + 1 && d->near[i].n + d->near[i].places < d->near[i].post->need)
			return &d->near[i];
	return NULL;
}

/* Somebody has begun to ring round for an open place. */
void demo_calls(struct demo *d)
{
	static const int outcomes[] = {CALL_NO, CALL_NO_ANSWER};
	const struct demo_near *n = open_tomorrow(d);
	const struct demo_pool *pool = n ? demo_pool(d, n->post->house, n->post->role) : NULL;
	civil_min at = civil_from_utc(d->past.at);
	int calls = 0;
	if (!pool || !demo_begin(d, ACT_DEMO))
		return;
	change_arg(d->change, value_text("telefonrunde"));
	for (int i = 0; i < pool->n && calls < COUNT(outcomes); i++) {
		int who = pool->people[i];
		if (d->people[who].status != VOLUNTEER_ACTIVE || !has_time(d, who, n->start, n->end))
			continue;
		struct id id = id_call(n->shift, d->people[who].id, cmin_date(at), store_site(d->s));
		change_make(d->change, TYPE_CALL, id);
		demo_ref(d, TYPE_CALL, id, F_CALL_SHIFT, n->shift);
		demo_ref(d, TYPE_CALL, id, F_CALL_VOLUNTEER, d->people[who].id);
		demo_int(d, TYPE_CALL, id, F_CALL_AT, at + 3 * calls);
		demo_int(d, TYPE_CALL, id, F_CALL_OUTCOME, outcomes[calls++]);
		demo_text(d, TYPE_CALL, id, F_CALL_BY, "Anna Holm");
	}
	demo_commit(d);
}

static void add_talks(struct demo *d)
{
	static const struct { int kind, due; } talks[] = {{TALK_YEARLY, -4}, {TALK_YEARLY, 9}, {TALK_CARE, 12}, {TALK_START, 20}};
	int n = 0;
	if (!demo_begin_part(d, "samtaler"))
		return;
	for (int i = 0; i < d->npeople && n < COUNT(talks); i += 7) {
		if (d->people[i].status != VOLUNTEER_ACTIVE || d->people[i].ended <= d->today)
			continue;
		struct id id = change_new(d->change, TYPE_TALK);
		demo_ref(d, TYPE_TALK, id, F_TALK_VOLUNTEER, d->people[i].id);
		demo_int(d, TYPE_TALK, id, F_TALK_KIND, talks[n].kind);
		demo_int(d, TYPE_TALK, id, F_TALK_DUE, d->today + talks[n++].due);
	}
	demo_commit(d);
}

void demo_planning(struct demo *d)
{
	add_availability(d);
	add_vigil(d);
	add_talks(d);
}
