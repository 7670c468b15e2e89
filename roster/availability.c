/* roster/availability.c - see availability.h.
 *
 * Owns what a pattern says of a shift, and its words. Must not know what a rule makes of that. */
#include "roster/availability.h"

#include <string.h>

#include "base/lang.h"
#include "base/weekdays.h"
#include "roster/act_priv.h"

/* ---- asking ----------------------------------------------------------------------------------------------------- */

static bool is_in_force(const struct avail *w, civil_date d)
{
	if ((w->from != DATE_NONE && d < w->from) || (w->until != DATE_NONE && d > w->until))
		return false;
	if (w->days && !weekdays_has_day(w->days, d))
		return false;
	return w->every <= WEEKS_ALL || (civil_to_week(d).week % 2 == 0) == (w->every == WEEKS_EVEN);
}

/* Its minutes on a day; an end not after the start is on the next day, and nothing said is the whole day. */
static void window(const struct avail *w, civil_date d, civil_min *from, civil_min *to)
{
	*from = cmin_at(d, w->start >= 0 ? w->start : 0);
	*to = cmin_at(d, w->end >= 0 ? w->end : DAY_MINUTES);
	if (*to <= *from)
		*to += DAY_MINUTES;
}

/* A shift over midnight belongs to the day that it begins on: whoever can come that evening can. */
static bool holds(const struct avail *w, civil_min start, civil_min end)
{
	civil_min from, to;
	civil_date d = cmin_date(start);
	window(w, d, &from, &to);
	return is_in_force(w, d) && from <= start && (w->end < 0 || end <= to);
}

static bool touches(const struct avail *w, civil_min start, civil_min end)
{
	for (civil_date d = cmin_date(start) - 1; d <= cmin_date(end); d++) {
		civil_min from, to;
		window(w, d, &from, &to);
		if (is_in_force(w, d) && from < end && start < to)
			return true;
	}
	return false;
}

/* Is the row still or again of use on that day? Only then is there a pattern that a shift may lie outside of. */
static bool is_pattern_on(const struct avail *w, civil_date d)
{
	return (w->from == DATE_NONE || d >= w->from) && (w->until == DATE_NONE || d <= w->until);
}

static enum available says(const struct avail *w, civil_min start, civil_min end)
{
	switch (w->kind) {
	case AVAILABILITY_AWAY: return touches(w, start, end) ? AVAILABLE_AWAY : AVAILABLE_UNSAID;
	case AVAILABILITY_CANNOT: return touches(w, start, end) ? AVAILABLE_CANNOT : AVAILABLE_UNSAID;
	case AVAILABILITY_CAN: return holds(w, start, end) ? AVAILABLE_CAN : AVAILABLE_OUTSIDE;
	case AVAILABILITY_IF_NEEDED: return holds(w, start, end) ? AVAILABLE_IF_NEEDED : AVAILABLE_UNSAID;
	default: return AVAILABLE_UNSAID;
	}
}

/* Which goes before which: a no before a yes, a yes before the silence. */
static int weight(enum available what)
{
	static const int weights[] = {[AVAILABLE_UNSAID] = 0, [AVAILABLE_OUTSIDE] = 1, [AVAILABLE_IF_NEEDED] = 2, [AVAILABLE_CAN] = 3,
		[AVAILABLE_CANNOT] = 4, [AVAILABLE_AWAY] = 5};
	return weights[what];
}

enum available available_on(const struct avail *all, size_t n, civil_min start, civil_min end, const struct avail **why)
{
	enum available worst = AVAILABLE_UNSAID;
	*why = NULL;
	for (size_t i = 0; i < n; i++) {
		enum available what = says(&all[i], start, end);
		if (what == AVAILABLE_OUTSIDE && !is_pattern_on(&all[i], cmin_date(start)))
			continue;
		if (weight(what) > weight(worst)) {
			worst = what;
			*why = &all[i];
		}
	}
	return worst;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static void add_days(struct buf *b, const struct avail *w)
{
	char text[80], end[16];
	const struct choice *weeks = w->every > WEEKS_ALL ? schema_choice(SET_AVAILABILITY_EVERY, w->every) : NULL;
	if (w->days)
		buf_addf(b, " %s", weekdays_format(text, sizeof text, w->days, false));
	if (w->start >= 0 || w->end >= 0) {
		civil_format_time(text, sizeof text, w->start >= 0 ? w->start : 0);
		civil_format_time(end, sizeof end, w->end >= 0 ? w->end : DAY_MINUTES);
		buf_addf(b, " %s–%s", text, end);
	}
	if (weeks)
		buf_addf(b, ", %s", _(weeks->label));
}

static void add_period(struct buf *b, const struct avail *w)
{
	char from[40], until[40];
	civil_format_date(from, sizeof from, w->from, CIVIL_SHORT);
	civil_format_date(until, sizeof until, w->until, CIVIL_SHORT);
	if (w->from != DATE_NONE && w->until != DATE_NONE)
		buf_addf(b, " %s–%s", from, until);
	else if (w->from != DATE_NONE)
		buf_addf(b, " %s %s", _("from"), from);
	else if (w->until != DATE_NONE)
		buf_addf(b, " %s %s", _("until"), until);
}

char *available_when(struct arena *a, const struct avail *w)
{
	struct buf b = {0};
	add_days(&b, w);
	add_period(&b, w);
	const char *text = b.p ? b.p + strspn(b.p, " ,") : "";
	char *out = arena_strdup(a, text);
	buf_free(&b);
	return out;
}

char *available_words(struct arena *a, const struct avail *w)
{
	const struct choice *kind = schema_choice(SET_AVAILABILITY_KIND, w->kind);
	const char *when = available_when(a, w);
	return arena_printf(a, "%s%s%s", kind ? _(kind->label) : "?", *when ? " " : "", when);
}

/* ---- acts ------------------------------------------------------------------------------------------------------- */

struct available_new available_of(const struct rec *r)
{
	return (struct available_new){
		.kind = (int)rec_int(r, F_AVAILABILITY_KIND),
		.days = (int)rec_int(r, F_AVAILABILITY_DAYS),
		.start = (int)rec_int_or(r, F_AVAILABILITY_START, -1),
		.end = (int)rec_int_or(r, F_AVAILABILITY_END, -1),
		.every = (int)rec_int(r, F_AVAILABILITY_EVERY),
		.from = rec_date(r, F_AVAILABILITY_FROM),
		.until = rec_date(r, F_AVAILABILITY_UNTIL),
		.note = rec_text(r, F_AVAILABILITY_NOTE),
	};
}

static int check(const struct available_new *how, struct err *e)
{
	if (how->kind == AVAILABILITY_AWAY && how->from == DATE_NONE && how->until == DATE_NONE)
		return err_set(e, ERR_DATA, _("say when: from which day, or until which"));
	if (how->kind != AVAILABILITY_AWAY && !how->days && how->start < 0 && how->end < 0 && how->from == DATE_NONE && how->until == DATE_NONE)
		return err_set(e, ERR_DATA, _("say when: which days, or from when to when"));
	if (how->from != DATE_NONE && how->until != DATE_NONE && how->until < how->from)
		return err_set(e, ERR_DATA, _("the last day is before the first"));
	return OK;
}

static struct value numbered(int i, int none)
{
	return i == none ? value_none() : value_int(i);
}

static int write_it(struct act *x, struct id volunteer, struct id id, const struct available_new *how, struct err *e)
{
	const struct field_value fields[] = {
		{F_AVAILABILITY_VOLUNTEER, value_id(volunteer)},
		{F_AVAILABILITY_KIND, value_int(how->kind)},
		{F_AVAILABILITY_DAYS, numbered(how->days, 0)},
		{F_AVAILABILITY_START, numbered(how->start, -1)},
		{F_AVAILABILITY_END, numbered(how->end, -1)},
		{F_AVAILABILITY_FROM, value_date_or_none(how->from)},
		{F_AVAILABILITY_UNTIL, value_date_or_none(how->until)},
		{F_AVAILABILITY_EVERY, numbered(how->every, 0)},
		{F_AVAILABILITY_NOTE, value_text_or_none(how->note)},
	};
	change_arg(x->c, value_id(volunteer));
	return change_set_all(x->c, TYPE_AVAILABILITY, id, fields, sizeof fields / sizeof *fields, e);
}

static int put(struct store *s, struct id volunteer, struct id *which, const struct available_new *how, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	int rc = check(how, e);
	if (rc != OK)
		return rc;
	rc = act_begin(&x, s, ACT_AVAILABILITY, e);
	if (rc == OK)
		rc = act_get_person(&x, volunteer, &r, e);
	if (rc == OK && id_is_none(*which))
		*which = change_new(x.c, TYPE_AVAILABILITY);
	if (rc == OK)
		rc = write_it(&x, volunteer, *which, how, e);
	return act_end(&x, rc, out, e);
}

int available_add(struct store *s, struct id volunteer, const struct available_new *how, struct id *made, struct change_result *out, struct err *e)
{
	struct id id = ID_NONE;
	int rc = put(s, volunteer, &id, how, out, e);
	if (rc == OK && made)
		*made = id;
	return rc;
}

int available_set(struct store *s, struct id volunteer, struct id which, const struct available_new *how, struct change_result *out, struct err *e)
{
	return put(s, volunteer, &which, how, out, e);
}

int available_remove(struct store *s, struct id which, struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	int rc = act_begin(&x, s, ACT_AVAILABILITY, e);
	if (rc == OK)
		rc = view_get(x.v, x.a, TYPE_AVAILABILITY, which, &r, e);
	if (rc == OK && (!r || !r->alive))
		rc = err_set(e, ERR_NOTFOUND, _("that isn't there any more"));
	if (rc == OK) {
		change_arg(x.c, value_id(rec_id(r, F_AVAILABILITY_VOLUNTEER)));
		change_delete(x.c, TYPE_AVAILABILITY, which);
	}
	return act_end(&x, rc, out, e);
}
