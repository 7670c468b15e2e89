/* roster/rules_time.c - the rules about a person's other shifts, and about how full a shift is.
 *
 * Owns what rest, a stretch of duty and a month's shifts are. Each rule is pure over its case. Must not know who the
 * person is (rules_person.c). Rest is real time, so that the two odd nights of the year count as they are lived. */
#include "roster/rules.h"

#include "base/lang.h"
#include "roster/gates.h"
#include "roster/rules_priv.h"

static char *hours_text(struct arena *a, int64_t minutes)
{
	int h = (int)(minutes / 60), m = (int)(minutes % 60);
	/* TRANSLATORS: hours, and hours and minutes */
	return m ? arena_printf(a, _("%d h %d min"), h, m) : arena_printf(a, _("%d h"), h);
}

static char *span_text(struct arena *a, civil_min start, civil_min end)
{
	char span[24];
	return arena_printf(a, "%s %s", rule_day(a, cmin_date(start)),
			    civil_format_span(span, sizeof span, start, end));
}

static char *duty_text(struct arena *a, const struct duty_row *d)
{
	return span_text(a, d->start, d->end);
}

const struct seat *rule_seat(const struct shift *s, const struct person *p)
{
	for (size_t i = 0; i < s->nseats; i++)
		if (s->seats[i].person == p)
			return &s->seats[i];
	return NULL;
}

/* The state of the case's person on its shift already; 0 when there is none. */
static int seat_state(const struct rule_case *c)
{
	const struct seat *seat = c->person ? rule_seat(c->shift, c->person) : NULL;
	return seat ? seat->state : 0;
}

/* ---- two shifts ------------------------------------------------------------------------------------------------- */

bool rule_overlap(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct shift_row *s = &c->shift->row;
	for (size_t i = 0; i < c->nduties; i++) {
		const struct duty_row *d = &c->duties[i];
		if (!duty_is_held(d) || d->start >= s->end || s->start >= d->end)
			continue;
		out->sentence = arena_printf(a, _("Is on another shift at the same time: %s %s"),
					     book_name(c->book, d->unit), duty_text(a, d));
		out->about = d->shift;
		return true;
	}
	return false;
}

/* The shift with those so close to it that together they are one stretch of duty; and its nearest neighbours. */
struct stretch {
	civil_min from, to;
	const struct duty_row *before, *after;
};

/* Real minutes between two times, when they are fewer than `most` and so worth reckoning; else `most`. */
static int64_t gap(civil_min end, civil_min start, int64_t most)
{
	enum { CLOCK_CHANGE = 60 };
	return start - end >= most + CLOCK_CHANGE ? most : civil_elapsed(end, start);
}

/* Takes d into the stretch; false when it lies apart or inside. */
static bool stretch_with(struct stretch *s, const struct duty_row *d, int64_t apart)
{
	bool inside = d->start >= s->from && d->end <= s->to;
	if (inside || gap(s->to, d->start, apart) >= apart || gap(d->end, s->from, apart) >= apart)
		return false;
	s->from = d->start < s->from ? d->start : s->from;
	s->to = d->end > s->to ? d->end : s->to;
	return true;
}

static void note_neighbour(struct stretch *s, const struct duty_row *d, const struct shift_row *shift)
{
	if (d->end <= shift->start && (!s->before || d->end > s->before->end))
		s->before = d;
	if (d->start >= shift->end && (!s->after || d->start < s->after->start))
		s->after = d;
}

static struct stretch find_stretch(const struct rule_case *c, int64_t apart)
{
	const struct shift_row *shift = &c->shift->row;
	struct stretch s = {.from = shift->start, .to = shift->end};
	bool grown = true;
	while (grown) {
		grown = false;
		for (size_t i = 0; i < c->nduties; i++)
			if (duty_is_held(&c->duties[i]))
				grown = stretch_with(&s, &c->duties[i], apart) || grown;
	}
	for (size_t i = 0; i < c->nduties; i++)
		if (duty_is_held(&c->duties[i]))
			note_neighbour(&s, &c->duties[i], shift);
	return s;
}

static char *rest_text(struct arena *a, const struct duty_row *d, bool earlier, int64_t rest, int needed)
{
	const char *got = hours_text(a, rest), *when = duty_text(a, d);
	return earlier ? arena_printf(a, _("Only %s of rest after the shift %s (%d h needed)"), got, when, needed)
		       : arena_printf(a, _("Only %s of rest before the shift %s (%d h needed)"), got, when, needed);
}

/* A shift is in a stretch of its own length; only with others does it make the day too long. */
static bool is_long_day(const struct rule_case *c, struct arena *a, const struct stretch *s, struct verdict *out)
{
	const struct shift_row *shift = &c->shift->row;
	int needed = c->limits[LIMIT_REST_HOURS];
	int64_t length = civil_elapsed(s->from, s->to);
	if ((s->from == shift->start && s->to == shift->end) || length <= (24 - needed) * 60)
		return false;
	bool goes_on = s->after && s->after->start < s->to;
	out->sentence = arena_printf(a, _("%s on end, %s: that leaves less than %d h of rest in the day"),
				     hours_text(a, length), span_text(a, s->from, s->to), needed);
	out->about = goes_on ? s->after->shift : s->before ? s->before->shift : c->person->id;
	return true;
}

static bool is_short_rest(const struct rule_case *c, struct arena *a, const struct duty_row *near, bool earlier,
			  struct verdict *out)
{
	const struct shift_row *shift = &c->shift->row;
	int needed = c->limits[LIMIT_REST_HOURS], apart = c->limits[LIMIT_STRETCH_HOURS] * 60;
	if (!near)
		return false;
	int64_t rest = earlier ? civil_elapsed(near->end, shift->start) : civil_elapsed(shift->end, near->start);
	if (rest < apart || rest >= needed * 60)
		return false;
	out->sentence = rest_text(a, near, earlier, rest, needed);
	out->about = near->shift;
	return true;
}

/* A shift says one thing of rest. What comes after it is last, as the next shift will say the same of this one; a long
 * day has nobody else to tell of it than its last shift. */
bool rule_rest(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	struct stretch s = find_stretch(c, c->limits[LIMIT_STRETCH_HOURS] * 60);
	return is_short_rest(c, a, s.before, true, out) || is_long_day(c, a, &s, out) ||
	       is_short_rest(c, a, s.after, false, out);
}

/* ---- after what is hard ------------------------------------------------------------------------------------------ */

static bool is_hard(const struct rule_case *c, struct id role)
{
	const struct task *t = book_task(c->book, role);
	return t && t->hard;
}

static bool is_near(civil_min end, civil_min start, int days)
{
	return start >= end && start - end < (civil_min)days * DAY_MINUTES;
}

/* For somebody who is on the shift it is said at the later of the two, so that it is said once. */
bool rule_after_hard(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct shift_row *s = &c->shift->row;
	bool hard = is_hard(c, s->role) && !duty_state_holds(seat_state(c));
	int days = c->limits[LIMIT_HARD_PAUSE_DAYS];
	for (size_t i = 0; i < c->nduties; i++) {
		const struct duty_row *d = &c->duties[i];
		bool after = is_hard(c, d->role) && is_near(d->end, s->start, days), before = hard && is_near(s->end, d->start, days);
		if (!duty_is_held(d) || (!after && !before))
			continue;
		const char *when = duty_text(a, d);
		out->sentence = after ? arena_printf(a, _("Had a hard shift %s: a pause of %d days is good"), when, days)
				      : arena_printf(a, _("This is hard, and the next shift is already %s: a pause of %d days is good"),
						     when, days);
		out->about = d->shift;
		return true;
	}
	return false;
}

/* ---- how often -------------------------------------------------------------------------------------------------- */

static bool same_month(civil_min x, civil_min y)
{
	struct ymd a = civil_to_ymd(cmin_date(x)), b = civil_to_ymd(cmin_date(y));
	return a.y == b.y && a.m == b.m;
}

static bool comes_before(const struct duty_row *d, const struct shift_row *s)
{
	return d->start < s->start || (d->start == s->start && id_compare(d->shift, s->shift) < 0);
}

/* For somebody who is on the shift the earlier ones of the month count, so that only what is too much is spoken of; for
 * somebody who isn't, all do. */
bool rule_frequency(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct shift_row *s = &c->shift->row;
	bool on = duty_state_holds(seat_state(c));
	int number = 1, most = c->person->max_per_month;
	if (most == 0)
		return false;
	for (size_t i = 0; i < c->nduties; i++) {
		const struct duty_row *d = &c->duties[i];
		number += duty_is_held(d) && same_month(d->start, s->start) && (!on || comes_before(d, s));
	}
	if (number <= most)
		return false;
	out->sentence = arena_printf(a, _("Shift no. %d in %s; wishes at most %d a month"), number,
				     civil_month_name(civil_to_ymd(cmin_date(s->start)).m), most);
	out->about = c->person->id;
	return true;
}

/* Weeks counted from some Monday long ago: 1970-01-01 was a Thursday. */
static int week_number(civil_min t)
{
	return (cmin_date(t) + 3) / 7;
}

int rules_rhythm_weeks(int frequency)
{
	static const int weeks[] = {
		[FREQUENCY_WEEKLY] = 1,
		[FREQUENCY_FORTNIGHTLY] = 2,
		[FREQUENCY_FOUR_WEEKLY] = 4,
		[FREQUENCY_NOW_AND_THEN] = 0,
	};
	return frequency >= FREQUENCY_WEEKLY && frequency <= FREQUENCY_NOW_AND_THEN ? weeks[frequency] : 0;
}

/* Several shifts on one day are one time that somebody comes. */
static bool is_too_soon(const struct duty_row *d, const struct shift_row *s, int weeks)
{
	int apart = week_number(d->start) - week_number(s->start);
	return cmin_date(d->start) != cmin_date(s->start) && apart > -weeks && apart < weeks;
}

bool rule_rhythm(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	int weeks = rules_rhythm_weeks(c->person->frequency);
	for (size_t i = 0; i < c->nduties; i++) {
		const struct duty_row *d = &c->duties[i];
		if (!duty_is_held(d) || !is_too_soon(d, &c->shift->row, weeks))
			continue;
		out->sentence =
			arena_printf(a, _("Wishes to come %s, and is on a shift %s"),
				     _(schema_choice(SET_FREQUENCY, c->person->frequency)->label), duty_text(a, d));
		out->about = d->shift;
		return true;
	}
	return false;
}

/* ---- the shift itself ------------------------------------------------------------------------------------------- */

/* Asked for somebody who doesn't take one of its places yet, it looks one place ahead. */
bool rule_overfull(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct shift_row *s = &c->shift->row;
	int filled = s->filled + (c->person && seat_state(c) != ASSIGNMENT_ACCEPTED);
	if (s->state == SHIFT_CANCELLED || filled <= s->wished)
		return false;
	out->sentence = arena_printf(a,
				     ngettext("%d on the shift, and %d place is wished",
					      "%d on the shift, and %d places are wished", s->wished),
				     filled, s->wished);
	out->about = s->shift;
	return true;
}

static int count_people(const struct shift *s)
{
	int n = 0;
	for (size_t i = 0; i < s->nseats; i++)
		n += duty_state_holds(s->seats[i].state) ? s->seats[i].places : 0;
	return n;
}

/* Who stands on what a pause called off was on its list to be rung, and is to be there when it goes on again. */
bool rule_called_off(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct shift_row *s = &c->shift->row;
	int n = count_people(c->shift);
	if (s->state != SHIFT_CANCELLED || (!c->person && n == 0))
		return false;
	if (!c->person && pause_on(c->book, s->unit, s->role, cmin_date(s->start)))
		return false;
	out->about = c->shift->row.shift;
	out->sentence = c->person ? _("The shift is called off")
				  : arena_printf(a,
						 ngettext("The shift is called off, and %d place is still held",
							  "The shift is called off, and %d places are still held",
							  (unsigned long)n),
						 n);
	return true;
}

bool rule_moved(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	if (!c->person || !c->yes_to || c->shift->row.state == SHIFT_CANCELLED)
		return false;
	out->about = c->shift->row.shift;
	out->sentence = arena_printf(a, _("Said yes to %s, before it was moved: must say yes again"),
				     span_text(a, c->yes_from, c->yes_to));
	return true;
}
