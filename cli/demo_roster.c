/* cli/demo_roster.c - the invented years of roster: fixed places, who comes, who doesn't, who steps in.
 *
 * Owns the planning. It goes day by day as a coordinator does: each line of the roster has fixed places that repeat
 * every four weeks; who stops is followed by somebody whose wishes fit; who can't come is replaced at times, and what
 * is left stands open. So histories look like people's habits. One group a month keeps each well under what a group may
 * hold. */
#include "cli/demo_priv.h"

#include <assert.h>

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))
#define REST (11 * 60)
#define NOBODY (-1)

static const char *const shift_notes[] = {
	"Husk vest og navneskilt",
	"Ny i dag: følges med en erfaren",
	"Kaffe og kage i caféen bagefter",
	"Mød ved personaleindgangen",
	"Rundvisning for nye",
	"Elevatoren i øst er ude af drift",
	"Sygeplejerskestuderende er med",
	"Sangaften i dagligstuen",
};

/* ---- fixed places -------------------------------------------------------------------------------------------- */

int16_t *demo_holder(const struct demo_post *p, int weekday, int seat, int week)
{
	return &p->holder[((weekday - 1) * p->need + seat) * CYCLE + week];
}

static bool wish_allows(const struct demo_wish *w, const struct demo_post *post, int weekday)
{
	return (w->days >> (weekday - 1) & 1) && post->from >= w->from && post->to <= w->to;
}

static bool has_role_at(const struct demo_person *p, const struct demo_post *post)
{
	return p->house == post->house &&
		((p->role == (int)post->role && p->fit[0]) || (p->second == (int)post->role && p->fit[1]));
}

static bool is_there(const struct demo_person *p, civil_date day)
{
	return p->started <= day && day < p->ended;
}

/* Evenings and nights keep the days beside them free too. */
static uint8_t days_taken(const struct demo_post *post, int weekday)
{
	unsigned day = 1u << (weekday - 1), before = weekday == 1 ? 1u << 6 : day >> 1,
		 after = weekday == 7 ? 1u : day << 1;
	return (uint8_t)(day | (post->to > 22 * 60 ? after : 0) | (post->from < 6 * 60 ? before : 0));
}

/* Give somebody the weeks of a seat that nobody has, as many as they want. */
static void give_seat(struct demo *d, struct demo_post *post, int weekday, int seat, int who)
{
	struct demo_person *p = &d->people[who];
	uint8_t days = days_taken(post, weekday);
	int first = dice_below(&d->dice, 2), step = p->left < CYCLE ? 2 : 1;
	for (int week = first; week < first + CYCLE && p->left > 0; week += step) {
		int16_t *holder = demo_holder(post, weekday, seat, week % CYCLE);
		if (*holder != NOBODY || (p->busy[week % CYCLE] & days))
			continue;
		*holder = (int16_t)who;
		p->busy[week % CYCLE] |= days;
		p->left--;
	}
}

static void free_week(struct demo *d, const struct demo_post *post, int weekday, int seat, int week)
{
	int16_t *holder = demo_holder(post, weekday, seat, week);
	struct demo_person *p = &d->people[*holder];
	p->busy[week] &= (uint8_t)~days_taken(post, weekday);
	p->left++;
	*holder = NOBODY;
}

static bool seat_has_room(const struct demo_post *post, int weekday, int seat)
{
	for (int week = 0; week < CYCLE; week++)
		if (*demo_holder(post, weekday, seat, week) == NOBODY)
			return true;
	return false;
}

/* Ask round the pool from a chance beginning until the seat is taken. */
static void fill_seat(struct demo *d, struct demo_post *post, int weekday, int seat, civil_date day)
{
	const struct demo_pool *pool = demo_pool(d, post->house, post->role);
	int first = pool->n ? dice_below(&d->dice, pool->n) : 0;
	for (int i = 0; i < pool->n && seat_has_room(post, weekday, seat); i++) {
		int who = pool->people[(first + i) % pool->n];
		struct demo_person *p = &d->people[who];
		if (p->left > 0 && is_there(p, day) && wish_allows(p->wish, post, weekday))
			give_seat(d, post, weekday, seat, who);
	}
}

/* Those who have stopped leave their places; now and then somebody changes day. */
static void review_seat(struct demo *d, struct demo_post *post, int weekday, int seat, civil_date day)
{
	bool change = dice_below(&d->dice, 400) == 0;
	for (int week = 0; week < CYCLE; week++) {
		int who = *demo_holder(post, weekday, seat, week);
		if (who != NOBODY && (change || !is_there(&d->people[who], day)))
			free_week(d, post, weekday, seat, week);
	}
	if (seat_has_room(post, weekday, seat))
		fill_seat(d, post, weekday, seat, day);
}

/* Seat by seat over all lines, so that every shift gets its first person before any gets its last. */
static void review_places(struct demo *d, civil_date day)
{
	bool more = true;
	for (int seat = 0; more; seat++) {
		more = false;
		for (int i = 0; i < d->nposts; i++) {
			struct demo_post *post = &d->posts[i];
			for (int weekday = 1; weekday <= 7 && seat < post->need; weekday++)
				if (post->days >> (weekday - 1) & 1)
					review_seat(d, post, weekday, seat, day);
			more |= seat + 1 < post->need;
		}
	}
}

static void lay_out_places(struct demo *d)
{
	for (int i = 0; i < d->nposts; i++) {
		int n = 7 * d->posts[i].need * CYCLE;
		d->posts[i].holder = arena_alloc(d->a, (size_t)n * sizeof(int16_t));
		for (int j = 0; j < n; j++)
			d->posts[i].holder[j] = NOBODY;
	}
}

/* ---- one shift ------------------------------------------------------------------------------------------------- */

void demo_put_place(struct demo *d, const struct demo_place *place)
{
	const struct demo_person *p = &d->people[place->person];
	struct id id = id_assignment(place->shift, p->id);
	change_make(d->change, TYPE_ASSIGNMENT, id);
	demo_ref(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_SHIFT, place->shift);
	demo_ref(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_VOLUNTEER, p->id);
	demo_ref(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_ORGANISATION, p->org);
	demo_int(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_STATE, place->state);
	if (place->attendance)
		demo_int(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_ATTENDANCE, place->attendance);
	if (place->substitute_for != NOBODY)
		demo_ref(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_SUBSTITUTE_FOR, d->people[place->substitute_for].id);
}

/* Role, checks, wishes, rest and the month's most. */
static bool may_come(const struct demo_person *p, const struct demo_post *post, civil_min start)
{
	civil_date day = cmin_date(start);
	return is_there(p, day) && has_role_at(p, post) && p->rested <= start && p->this_month < p->most &&
		wish_allows(p->wish, post, civil_weekday(day));
}

struct shift_now {
	const struct demo_post *post;
	struct id id;
	civil_min start, end;
	bool is_draft;
	struct demo_near *near;
};

/* Recorded for most of what is over; today's last shifts wait for the coordinator. */
static int draw_attendance(struct demo *d, civil_min end)
{
	if (end > d->now || (end > d->now - 20 * 60 && dice_percent(&d->dice, 60)))
		return 0;
	int x = dice_below(&d->dice, 1000);
	return x < 955 ? ATTENDANCE_PRESENT : x < 965 ? ATTENDANCE_EXCUSED : x < 972 ? ATTENDANCE_ABSENT : 0;
}

static int draw_state(struct demo *d, bool is_draft)
{
	int x = is_draft ? dice_below(&d->dice, 100) : 0;
	return x < 75 ? ASSIGNMENT_ACCEPTED : x < 90 ? ASSIGNMENT_OFFERED : ASSIGNMENT_WISHED;
}

static void put(struct demo *d, const struct shift_now *s, int who, int instead_of)
{
	struct demo_person *p = &d->people[who];
	int state = draw_state(d, s->is_draft);
	demo_put_place(d,
		&(struct demo_place){.shift = s->id,
			.person = who,
			.substitute_for = instead_of,
			.state = state,
			.attendance = draw_attendance(d, s->end)});
	p->this_month++;
	p->rested = s->end + REST;
	if (s->near && s->near->n < NEAR_SEATS && state == ASSIGNMENT_ACCEPTED)
		s->near->person[s->near->n++] = who;
}

static void put_withdrawn(struct demo *d, const struct shift_now *s, int who)
{
	demo_put_place(d,
		&(struct demo_place){
			.shift = s->id, .person = who, .substitute_for = NOBODY, .state = ASSIGNMENT_WITHDRAWN});
	d->people[who].rested = s->end;
}

/* A round of at most a dozen calls. */
static void put_substitute(struct demo *d, const struct shift_now *s, int instead_of)
{
	const struct demo_pool *pool = demo_pool(d, s->post->house, s->post->role);
	for (int i = 0; i < 12 && pool->n; i++) {
		int who = pool->people[dice_below(&d->dice, pool->n)];
		if (d->people[who].spare && may_come(&d->people[who], s->post, s->start)) {
			put(d, s, who, instead_of);
			return;
		}
	}
}

/* Percent of people away: more in the summer and at Christmas. */
static int away_percent(civil_date day)
{
	struct ymd t = civil_to_ymd(day);
	if (t.m == 7 || (t.m == 12 && t.d > 21))
		return 30;
	return t.m == 2 || t.m == 10 ? 9 : 6;
}

static void fill_place(struct demo *d, const struct shift_now *s, int seat)
{
	civil_date day = cmin_date(s->start);
	int who = *demo_holder(s->post, civil_weekday(day), seat, (day + 3) / 7 % CYCLE);
	bool is_free = who != NOBODY && may_come(&d->people[who], s->post, s->start);
	if (is_free && !dice_percent(&d->dice, away_percent(day))) {
		put(d, s, who, NOBODY);
		return;
	}
	bool told = is_free && !s->is_draft && dice_percent(&d->dice, 60);
	if (told)
		put_withdrawn(d, s, who);
	if (dice_percent(&d->dice, s->is_draft ? 20 : 75))
		put_substitute(d, s, told ? who : NOBODY);
}

void demo_put_org_places(struct demo *d, struct id shift, const struct demo_org *o, int places)
{
	struct id id = id_assignment(shift, o->id);
	change_make(d->change, TYPE_ASSIGNMENT, id);
	demo_ref(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_SHIFT, shift);
	demo_ref(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_ORGANISATION, o->id);
	demo_int(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_PLACES, places);
	demo_int(d, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_STATE, ASSIGNMENT_ACCEPTED);
}

static struct demo_near *remember(struct demo *d, const struct shift_now *s, int places)
{
	if (s->start < cmin_at(d->today, 0) || s->start >= cmin_at(d->today + 8, 0))
		return NULL;
	d->near = arena_grow(d->a, d->near, &d->near_cap, d->nnear + 1, sizeof *d->near);
	d->near[d->nnear] =
		(struct demo_near){.shift = s->id, .post = s->post, .start = s->start, .end = s->end, .places = places};
	return &d->near[d->nnear++];
}

static void write_shift(struct demo *d, const struct shift_now *s, int state)
{
	change_make(d->change, TYPE_SHIFT, s->id);
	demo_ref(d, TYPE_SHIFT, s->id, F_SHIFT_SERIES, s->post->series);
	demo_ref(d, TYPE_SHIFT, s->id, F_SHIFT_UNIT, s->post->unit);
	demo_ref(d, TYPE_SHIFT, s->id, F_SHIFT_ROLE, d->role[s->post->role]);
	demo_int(d, TYPE_SHIFT, s->id, F_SHIFT_START, s->start);
	demo_int(d, TYPE_SHIFT, s->id, F_SHIFT_END, s->end);
	demo_int(d, TYPE_SHIFT, s->id, F_SHIFT_NEED, s->post->need);
	demo_int(d, TYPE_SHIFT, s->id, F_SHIFT_STATE, state);
	if (state == SHIFT_CANCELLED)
		demo_text(d, TYPE_SHIFT, s->id, F_SHIFT_NOTE, "Aflyst: afsnittet er lukket i dag");
	else if (dice_below(&d->dice, 50) == 0)
		demo_text(d, TYPE_SHIFT, s->id, F_SHIFT_NOTE, shift_notes[dice_below(&d->dice, COUNT(shift_notes))]);
}

static void make_shift(struct demo *d, const struct demo_post *post, civil_date day)
{
	struct shift_now s = {.post = post,
		.id = id_dated(post->series, day),
		.start = cmin_at(day, post->from),
		.end = cmin_at(day, post->to),
		.is_draft = day >= d->today + d->scale->days_published};
	bool cancelled = !s.is_draft && (day < d->today || day > d->today + 8) && dice_below(&d->dice, 300) == 0;
	/* Sometimes an organisation sends people whose names it doesn't tell. */
	const struct demo_org *org = post->need >= 2 && dice_percent(&d->dice, 3) ? demo_local_org(d, post) : NULL;
	int places = org ? dice_between(&d->dice, 1, post->need / 2) : 0;
	write_shift(d, &s, cancelled ? SHIFT_CANCELLED : s.is_draft ? SHIFT_DRAFT : SHIFT_PUBLISHED);
	if (cancelled)
		return;
	s.near = remember(d, &s, places);
	if (org)
		demo_put_org_places(d, s.id, org, places);
	for (int seat = 0; seat < post->need - places; seat++)
		fill_place(d, &s, seat);
}

/* ---- days and months --------------------------------------------------------------------------------------------- */

/* Days when those who come on weekdays stay at home. The moveable feasts are left out: real rosters have holes and
 * surprises too. */
static bool is_holiday(civil_date day)
{
	struct ymd t = civil_to_ymd(day);
	return (t.m == 12 && t.d >= 24 && t.d <= 26) || (t.m == 12 && t.d == 31) || (t.m == 1 && t.d == 1);
}

static void make_day(struct demo *d, civil_date day)
{
	int weekday = civil_weekday(day);
	for (int i = 0; i < d->nposts && d->rc == OK; i++)
		if ((d->posts[i].days >> (weekday - 1) & 1) && !(is_holiday(day) && !(d->posts[i].days >> 6 & 1)))
			make_shift(d, &d->posts[i], day);
}

static const char *month_text(struct demo *d, civil_date day)
{
	struct ymd t = civil_to_ymd(day);
	return arena_printf(d->a, "%s %d", civil_month_name(t.m), t.y);
}

static void make_month(struct demo *d, civil_date first, civil_date until)
{
	for (int i = 0; i < d->npeople; i++)
		d->people[i].this_month = 0;
	review_places(d, first);
	/* Attendance is known by the end of the month; what is still to come was planned last week. */
	demo_at(d, cmin_at(until - 1 < d->today - 5 ? until - 1 : d->today - 5, 15 * 60 + 40));
	if (!demo_begin_part(d, month_text(d, first)))
		return;
	for (civil_date day = first; day < until; day++)
		make_day(d, day);
	if (until == d->to)
		demo_mark_day(d);
	demo_commit(d);
	demo_step(d);
}

static civil_date next_month(civil_date day)
{
	struct ymd t = civil_to_ymd(day);
	return civil_add_months(civil_from_ymd(t.y, t.m, 1), 1);
}

size_t demo_count_months(const struct demo *d)
{
	size_t n = 0;
	for (civil_date day = d->from; day < d->to; day = next_month(day))
		n++;
	return n;
}

void demo_roster(struct demo *d)
{
	assert(d->npeople <= INT16_MAX);
	lay_out_places(d);
	demo_at(d, cmin_at(d->from - 8, 9 * 60));
	demo_series(d);
	for (civil_date day = d->from; day < d->to && d->rc == OK; day = next_month(day))
		make_month(d, day, next_month(day) < d->to ? next_month(day) : d->to);
	demo_fixed(d);
	demo_planning(d);
}
