/* ical/read.c - file_read (file.h). Owns what other programs' calendars mean here: time zones, repeated events and
 * lines. Must not know shifts.
 *
 * libical reads leniently and tells no line, so the lines where parts begin and end are looked at first. */
#include "ical/file.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Of one repeated event: two years, and not more than these. */
enum { REPEATS_DAYS = 731, REPEATS_MOST = 800 };

struct reading {
	struct arena *a;
	struct calendar *out;
	struct fault *fault;                   /* name NULL while nothing is wrong; the first one stays */
	size_t cap;
	size_t *lines, nlines, lines_cap;      /* where the events begin */
	struct moved { const char *uid; struct icaltimetype at; } *moved;   /* instances that stand by themselves */
	size_t nmoved, moved_cap;
};

/* ---- the frame of the file --------------------------------------------------------------------------- */

struct part { const char *name; size_t n, line; };

/* The rest of a line that begins so, in any case; NULL: it begins otherwise. */
static const char *after(const char *line, const char *word)
{
	size_t n = strlen(word);
	return strncasecmp(line, word, n) == 0 ? line + n : NULL;
}

static size_t trimmed(const char *s)
{
	size_t n = strcspn(s, "\r\n");
	while (n && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	return n;
}

static void fail(struct reading *r, const char *name, size_t line)
{
	if (!r->fault->name)
		*r->fault = (struct fault){line, name};
}

static bool goes_well(const struct reading *r)
{
	return r->fault->name == NULL;
}

static void open_part(struct reading *r, struct part *open, size_t *n, struct part p)
{
	if (*n == 0 && (p.n != 9 || strncasecmp(p.name, "VCALENDAR", 9) != 0))
		fail(r, CALENDAR_NONE, p.line);
	if (*n == ICAL_DEEP)
		fail(r, CALENDAR_DEEP, p.line);
	if (!goes_well(r))
		return;
	open[(*n)++] = p;
	if (p.n == 6 && strncasecmp(p.name, "VEVENT", 6) == 0) {
		r->lines = arena_grow(r->a, r->lines, &r->lines_cap, r->nlines + 1, sizeof *r->lines);
		r->lines[r->nlines++] = p.line;
	}
}

static void close_part(struct reading *r, const struct part *open, size_t *n, struct part p)
{
	if (*n == 0 || open[*n - 1].n != p.n || strncasecmp(open[*n - 1].name, p.name, p.n) != 0)
		fail(r, CALENDAR_UNOPENED, p.line);
	else
		(*n)--;
}

/* Everything that begins ends, in the calendar; and on which lines events begin. */
static void check_frame(struct reading *r, const char *text)
{
	struct part open[ICAL_DEEP];
	size_t n = 0, line = 1, parts = 0;
	for (const char *s = text; *s && goes_well(r); line++) {
		const char *begin = after(s, "BEGIN:"), *end = after(s, "END:"), *name = begin ? begin : end;
		struct part p = {name, name ? trimmed(name) : 0, line};
		if (begin)
			open_part(r, open, &n, p);
		else if (end)
			close_part(r, open, &n, p);
		parts += begin != NULL;
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	if (parts == 0)
		fail(r, CALENDAR_NONE, 1);
	if (n > 0)
		fail(r, CALENDAR_UNCLOSED, open[n - 1].line);
}

/* ---- texts and times --------------------------------------------------------------------------------- */

static const char *text_of(struct reading *r, icalcomponent *c, icalproperty_kind kind)
{
	icalproperty *p = icalcomponent_get_first_property(c, kind);
	const char *s = p ? icalvalue_get_text(icalproperty_get_value(p)) : NULL;
	char *out = arena_strdup(r->a, s ? s : "");
	for (char *q = out; *q; q++)
		if (((unsigned char)*q < ' ' && *q != '\n') || *q == 127)
			*q = ' ';
	return out;
}

/* What Danish time is called; the two with blanks are Windows'. */
static bool is_danish_zone(const char *tzid)
{
	static const char *const names[] = {"Copenhagen", "Romance Standard Time", "W. Europe Standard Time",
		"Central European", "Europe/Berlin", "Europe/Stockholm", "Europe/Oslo", "Europe/Paris"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasestr(tzid, names[i]))
			return true;
	return false;
}

static const char *tzid_of(icalproperty *p)
{
	icalparameter *zone = p ? icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER) : NULL;
	const char *tzid = zone ? icalparameter_get_tzid(zone) : NULL;
	return tzid ? tzid : "";
}

/* Danish clock time. Times without a zone, and of one that nothing is known of, are taken for that. */
static civil_min local_of(struct icaltimetype t, const char *tzid)
{
	if (icaltime_is_null_time(t) || !icaltime_is_valid_time(t) || t.is_date || t.year < CIVIL_FIRST_YEAR ||
	    t.year > CIVIL_LAST_YEAR || !civil_valid(t.year, t.month, t.day))
		return CMIN_NONE;
	if (icaltime_is_utc(t))
		return civil_from_utc((int64_t)icaltime_as_timet(t));
	if (t.zone && !is_danish_zone(tzid))
		return civil_from_utc((int64_t)icaltime_as_timet_with_zone(t, t.zone));
	return cmin_at(civil_from_ymd(t.year, t.month, t.day), t.hour * 60 + t.minute);
}

static enum event_state state_of(icalcomponent *c)
{
	switch (icalcomponent_get_status(c)) {
	case ICAL_STATUS_CANCELLED: return EVENT_CANCELLED;
	case ICAL_STATUS_TENTATIVE: return EVENT_TENTATIVE;
	default: return EVENT_CONFIRMED;
	}
}

static int64_t modified_of(icalcomponent *c)
{
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_LASTMODIFIED_PROPERTY);
	struct icaltimetype t = p ? icalproperty_get_lastmodified(p) : icaltime_null_time();
	int64_t seconds = icaltime_is_null_time(t) ? 0 : (int64_t)icaltime_as_timet(t);
	return seconds > 0 ? seconds : 0;
}

/* ---- events ------------------------------------------------------------------------------------------ */

static struct event event_of(struct reading *r, icalcomponent *c, size_t number)
{
	icalproperty *start = icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY);
	struct icaltimetype from = icalcomponent_get_dtstart(c);
	const char *tzid = tzid_of(start);
	bool known = !*tzid || from.zone || is_danish_zone(tzid);
	int sequence = icalcomponent_get_sequence(c);
	return (struct event){.uid = text_of(r, c, ICAL_UID_PROPERTY), .start = local_of(from, tzid),
		.end = local_of(icalcomponent_get_dtend(c), tzid), .state = state_of(c), .sequence = sequence > 0 ? sequence : 0,
		.modified = modified_of(c), .summary = text_of(r, c, ICAL_SUMMARY_PROPERTY),
		.location = text_of(r, c, ICAL_LOCATION_PROPERTY), .description = text_of(r, c, ICAL_DESCRIPTION_PROPERTY),
		.category = text_of(r, c, ICAL_CATEGORIES_PROPERTY), .line = number < r->nlines ? r->lines[number] : 0,
		.zone = known ? "" : arena_strdup(r->a, tzid)};
}

static void add_event(struct reading *r, struct event x)
{
	if (r->out->n >= ICAL_EVENTS) {
		fail(r, CALENDAR_MANY, x.line);
		return;
	}
	r->out->events = arena_grow(r->a, r->out->events, &r->cap, r->out->n + 1, sizeof *r->out->events);
	r->out->events[r->out->n++] = x;
}

/* ---- repeated ones ----------------------------------------------------------------------------------- */

/* Left out by the event itself, or standing in the file as an event of its own. */
static bool is_left_out(const struct reading *r, icalcomponent *c, const char *uid, struct icaltimetype at)
{
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_EXDATE_PROPERTY); p;
	     p = icalcomponent_get_next_property(c, ICAL_EXDATE_PROPERTY)) {
		struct icaltimetype x = icalproperty_get_datetime_with_component(p, c);
		if (x.is_date ? icaltime_compare_date_only(x, at) == 0 : icaltime_compare(x, at) == 0)
			return true;
	}
	for (size_t i = 0; i < r->nmoved; i++)
		if (strcmp(r->moved[i].uid, uid) == 0 && icaltime_compare(r->moved[i].at, at) == 0)
			return true;
	return false;
}

/* Shifts repeat by days or more; what repeats by less is taken once. */
static bool is_repeated(icalcomponent *c, struct icalrecurrencetype *rule)
{
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY);
	if (!p)
		return false;
	*rule = icalproperty_get_rrule(p);
	return (rule->freq == ICAL_DAILY_RECURRENCE || rule->freq == ICAL_WEEKLY_RECURRENCE ||
		rule->freq == ICAL_MONTHLY_RECURRENCE || rule->freq == ICAL_YEARLY_RECURRENCE) &&
	       rule->by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX && rule->by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
	       rule->by_second[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

static void add_repeats(struct reading *r, icalcomponent *c, struct event x, struct icalrecurrencetype rule)
{
	struct icaltimetype first = icalcomponent_get_dtstart(c), last = first;
	const char *tzid = tzid_of(icalcomponent_get_first_property(c, ICAL_DTSTART_PROPERTY)), *uid = x.uid;
	civil_min length = x.end == CMIN_NONE ? 0 : x.end - x.start;
	icalrecur_iterator *it = icalrecur_iterator_new(rule, first);
	if (!it)
		add_event(r, x);
	icaltime_adjust(&last, REPEATS_DAYS, 0, 0, 0);
	for (int i = 0; it && i < REPEATS_MOST && goes_well(r); i++) {
		struct icaltimetype at = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(at) || icaltime_compare(at, last) > 0)
			break;
		at.zone = first.zone;
		if (is_left_out(r, c, uid, at) || (x.start = local_of(at, tzid)) == CMIN_NONE)
			continue;
		x.end = length > 0 ? x.start + length : CMIN_NONE;
		x.uid = arena_printf(r->a, "%s/%04d%02d%02d", uid, at.year, at.month, at.day);
		add_event(r, x);
	}
	if (it)
		icalrecur_iterator_free(it);
}

static void note_moved(struct reading *r, icalcomponent *c)
{
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_RECURRENCEID_PROPERTY);
	if (!p)
		return;
	r->moved = arena_grow(r->a, r->moved, &r->moved_cap, r->nmoved + 1, sizeof *r->moved);
	r->moved[r->nmoved++] = (struct moved){text_of(r, c, ICAL_UID_PROPERTY), icalproperty_get_datetime_with_component(p, c)};
}

/* One that was moved has the whole's UID, so the day that it was moved from tells them apart. */
static void take_event(struct reading *r, icalcomponent *c, size_t number)
{
	struct event x = event_of(r, c, number);
	struct icalrecurrencetype rule;
	icalproperty *moved = icalcomponent_get_first_property(c, ICAL_RECURRENCEID_PROPERTY);
	if (moved) {
		struct icaltimetype at = icalproperty_get_datetime_with_component(moved, c);
		x.uid = arena_printf(r->a, "%s/%04d%02d%02d", x.uid, at.year, at.month, at.day);
	}
	if (!moved && x.start != CMIN_NONE && is_repeated(c, &rule))
		add_repeats(r, c, x, rule);
	else
		add_event(r, x);
}

/* ---- the whole --------------------------------------------------------------------------------------- */

/* Several calendars may stand one after the other; libical then gives them in one. */
static icalcomponent *next_calendar(icalcomponent *root, icalcomponent *before)
{
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
		return before ? NULL : root;
	return before ? icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT)
		      : icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
}

static void take_all(struct reading *r, icalcomponent *root, bool note_only)
{
	size_t number = 0;
	for (icalcomponent *all = next_calendar(root, NULL); all; all = next_calendar(root, all))
		for (icalcomponent *c = icalcomponent_get_first_component(all, ICAL_VEVENT_COMPONENT); c && goes_well(r);
		     c = icalcomponent_get_next_component(all, ICAL_VEVENT_COMPONENT), number++) {
			if (note_only)
				note_moved(r, c);
			else
				take_event(r, c, number);
		}
}

bool file_read(struct arena *a, const char *text, struct calendar *out, struct fault *fault)
{
	struct reading r = {.a = a, .out = out, .fault = fault};
	*out = (struct calendar){.name = ""};
	*fault = (struct fault){0};
	check_frame(&r, text);
	icalcomponent *root = goes_well(&r) ? icalparser_parse_string(text) : NULL;
	if (!root)
		fail(&r, CALENDAR_NONE, 1);
	if (root) {
		take_all(&r, root, true);
		take_all(&r, root, false);
		icalcomponent_free(root);
	}
	return goes_well(&r);
}
