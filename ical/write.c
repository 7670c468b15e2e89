/* ical/write.c - file_write (file.h). Owns which property says what. Must not know shifts. */
#include "ical/file.h"

#include <libical/ical.h>
#include <string.h>

#define ZONE "Europe/Copenhagen"

/* The summer time of the European Union since 1996 (Directive 2000/84/EC and those before it). */
static const char zone_text[] =
	"BEGIN:VTIMEZONE\r\nTZID:" ZONE "\r\n"
	"BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
	"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
	"BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
	"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n"
	"END:VTIMEZONE\r\n";

static struct icaltimetype utc_time(int64_t seconds)
{
	return icaltime_from_timet_with_zone((time_t)seconds, 0, icaltimezone_get_utc_timezone());
}

static struct icaltimetype local_time(civil_min t)
{
	const struct ymd day = civil_to_ymd(cmin_date(t));
	struct icaltimetype out = icaltime_null_time();
	out.year = day.y;
	out.month = day.m;
	out.day = day.d;
	out.hour = cmin_minute(t) / 60;
	out.minute = cmin_minute(t) % 60;
	return out;
}

/* A time of the wall, by the zone that stands in the file. */
static void add_local(icalcomponent *to, icalproperty *p)
{
	icalproperty_add_parameter(p, icalparameter_new_tzid(ZONE));
	icalcomponent_add_property(to, p);
}

static char *clean(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);
	for (char *p = out; *p; p++)
		if (((unsigned char)*p < ' ' && *p != '\n') || *p == 127)
			*p = ' ';
	return out;
}

static void add_texts(icalcomponent *to, struct arena *a, const struct event *x)
{
	icalcomponent_add_property(to, icalproperty_new_summary(clean(a, x->summary)));
	if (*x->location)
		icalcomponent_add_property(to, icalproperty_new_location(clean(a, x->location)));
	if (*x->description)
		icalcomponent_add_property(to, icalproperty_new_description(clean(a, x->description)));
	if (*x->category)
		icalcomponent_add_property(to, icalproperty_new_categories(clean(a, x->category)));
}

static icalcomponent *event_component(struct arena *a, const struct calendar *c, const struct event *x)
{
	static const enum icalproperty_status states[] = {[EVENT_CONFIRMED] = ICAL_STATUS_CONFIRMED,
		[EVENT_TENTATIVE] = ICAL_STATUS_TENTATIVE, [EVENT_CANCELLED] = ICAL_STATUS_CANCELLED};
	icalcomponent *out = icalcomponent_new_vevent();
	icalcomponent_add_property(out, icalproperty_new_uid(clean(a, x->uid)));
	icalcomponent_add_property(out, icalproperty_new_dtstamp(utc_time(c->made)));
	if (x->modified)
		icalcomponent_add_property(out, icalproperty_new_lastmodified(utc_time(x->modified)));
	icalcomponent_add_property(out, icalproperty_new_sequence((int)x->sequence));
	add_local(out, icalproperty_new_dtstart(local_time(x->start)));
	if (x->end != CMIN_NONE)
		add_local(out, icalproperty_new_dtend(local_time(x->end)));
	icalcomponent_add_property(out, icalproperty_new_status(states[x->state]));
	icalcomponent_add_property(out, icalproperty_new_transp(x->state == EVENT_CONFIRMED ? ICAL_TRANSP_OPAQUE :
		ICAL_TRANSP_TRANSPARENT));
	add_texts(out, a, x);
	return out;
}

/* Not a property of the standard, but all programs show it. */
static icalproperty *name_property(struct arena *a, const char *text)
{
	char *name = clean(a, text);
	for (char *p = name; (p = strchr(p, '\n')) != NULL;)
		*p = ' ';
	icalproperty *p = icalproperty_new_x(name);
	icalproperty_set_x_name(p, "X-WR-CALNAME");
	return p;
}

static icalcomponent *whole(struct arena *a, const struct calendar *c)
{
	icalcomponent *out = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
	icalcomponent_add_property(out, icalproperty_new_version("2.0"));
	icalcomponent_add_property(out, icalproperty_new_prodid("-//samvagt//samvagt//EN"));
	icalcomponent_add_property(out, icalproperty_new_method(ICAL_METHOD_PUBLISH));
	if (*c->name)
		icalcomponent_add_property(out, name_property(a, c->name));
	icalcomponent_add_component(out, icalcomponent_new_from_string(zone_text));
	for (size_t i = 0; i < c->n; i++)
		icalcomponent_add_component(out, event_component(a, c, &c->events[i]));
	return out;
}

static int check(const struct calendar *c, struct err *e)
{
	if (c->n > ICAL_EVENTS)
		return err_set(e, ERR_DATA, "events: there are too many");
	for (size_t i = 0; i < c->n; i++)
		if (c->events[i].start == CMIN_NONE || !*c->events[i].uid)
			return err_set(e, ERR_DATA, "events: one has no start, or no uid");
	return OK;
}

int file_write(const struct calendar *c, struct buf *out, struct err *e)
{
	int rc = check(c, e);
	if (rc)
		return rc;
	struct arena *a = arena_new();
	icalcomponent *all = whole(a, c);
	char *text = icalcomponent_as_ical_string_r(all);
	if (text)
		buf_adds(out, text);
	else
		rc = err_set(e, ERR_NOMEM, "out of memory");
	icalmemory_free_buffer(text);
	icalcomponent_free(all);
	arena_free(a);
	return out->oom ? err_set(e, ERR_NOMEM, "out of memory") : rc;
}
