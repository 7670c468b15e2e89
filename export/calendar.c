/* export/calendar.c - see calendar.h. Owns what the helper is told and what is made of its answers. Must not know how a
 * calendar file looks, nor what the events are. */
#include "export/calendar.h"

#include <string.h>

#include "base/lang.h"
#include "base/when.h"
#include "export/helper.h"
#include "export/json_buf.h"

static const char *const states[] = {
	[EVENT_CONFIRMED] = "confirmed", [EVENT_TENTATIVE] = "tentative", [EVENT_CANCELLED] = "cancelled"};

/* ---- as JSON ----------------------------------------------------------------------------------------- */

static void set_text(json_t *o, const char *name, const char *text)
{
	if (text && *text)
		json_object_set_new(o, name, json_string(text));
}

static json_t *event_json(const struct event *x)
{
	json_t *o = json_pack("{s:s, s:s}", "uid", x->uid, "state", states[x->state]);
	if (x->start != CMIN_NONE)
		json_object_set_new(o, "start", json_of_time(x->start));
	if (x->end != CMIN_NONE)
		json_object_set_new(o, "end", json_of_time(x->end));
	if (x->sequence)
		json_object_set_new(o, "sequence", json_integer(x->sequence));
	if (x->modified)
		json_object_set_new(o, "modified", json_integer(x->modified));
	if (x->line)
		json_object_set_new(o, "line", json_integer((json_int_t)x->line));
	set_text(o, "summary", x->summary);
	set_text(o, "location", x->location);
	set_text(o, "description", x->description);
	set_text(o, "category", x->category);
	set_text(o, "zone", x->zone);
	return o;
}

json_t *calendar_json(const struct calendar *c)
{
	json_t *events = json_array();
	for (size_t i = 0; i < c->n; i++)
		json_array_append_new(events, event_json(&c->events[i]));
	return json_pack("{s:s, s:I, s:o}", "name", c->name ? c->name : "", "made", (json_int_t)c->made, "events", events);
}

/* The first thing that is wrong stays. */
struct reader { struct arena *a; struct err *e; int rc; };

static void refuse(struct reader *r, const char *name, const char *what)
{
	if (r->rc == OK)
		r->rc = err_set(r->e, ERR_DATA, "%s: %s", name, what);
}

static const char *text_of(struct reader *r, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	if (v && !json_is_string(v))
		refuse(r, name, "isn't a string");
	return json_is_string(v) ? arena_strndup(r->a, json_string_value(v), json_string_length(v)) : "";
}

static int64_t number_of(struct reader *r, const json_t *o, const char *name, int64_t most)
{
	const json_t *v = json_object_get(o, name);
	int64_t n = json_integer_value(v);
	if (v && (!json_is_integer(v) || n < 0 || n > most))
		refuse(r, name, "isn't a number that it can be");
	return n;
}

static civil_min time_of(struct reader *r, const json_t *o, const char *name)
{
	const char *text = text_of(r, o, name);
	civil_min t = CMIN_NONE;
	if (*text && when_parse_datetime(text, 0, &t, NULL))
		refuse(r, name, "isn't a time such as 2025-12-03T08:00");
	return t;
}

static enum event_state state_of(struct reader *r, const json_t *o)
{
	const char *text = text_of(r, o, "state");
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (strcmp(text, states[i]) == 0)
			return (enum event_state)i;
	refuse(r, "state", "isn't one of those that are known");
	return EVENT_CONFIRMED;
}

static struct event read_event(struct reader *r, const json_t *o)
{
	return (struct event){.uid = text_of(r, o, "uid"), .start = time_of(r, o, "start"), .end = time_of(r, o, "end"),
		.state = state_of(r, o), .sequence = number_of(r, o, "sequence", INT32_MAX),
		.modified = number_of(r, o, "modified", INT64_C(1) << 40), .summary = text_of(r, o, "summary"),
		.location = text_of(r, o, "location"), .description = text_of(r, o, "description"),
		.category = text_of(r, o, "category"), .line = (size_t)number_of(r, o, "line", INT32_MAX),
		.zone = text_of(r, o, "zone")};
}

int calendar_of_json(struct arena *a, const json_t *j, struct calendar *out, struct err *e)
{
	struct reader r = {a, e, OK};
	const json_t *events = json_object_get(j, "events");
	*out = (struct calendar){.name = text_of(&r, j, "name"), .made = number_of(&r, j, "made", INT64_C(1) << 40)};
	if (!json_is_array(events))
		refuse(&r, "events", "isn't an array");
	out->events = arena_alloc(a, (json_array_size(events) + 1) * sizeof *out->events);
	for (size_t i = 0; i < json_array_size(events) && r.rc == OK; i++)
		out->events[out->n++] = read_event(&r, json_array_get(events, i));
	return r.rc;
}

/* ---- the helper -------------------------------------------------------------------------------------- */

static const struct helper helper = {
	.name = "samvagt-ical",
	.missing = N_("there is no samvagt-ical here, the helper program for calendar files (.ics). It is built where the package "
		"libical-dev is installed"),
};

/* {what: content}; takes the content. */
static int give_order(const char *what, json_t *content, struct buf *out, struct err *e)
{
	struct buf order = {0};
	json_put(json_pack("{s:o}", what, content), &order);
	int rc = order.oom ? err_set(e, ERR_NOMEM, _("out of memory")) : helper_run(&helper, &order, out, e);
	buf_wipe(&order);
	return rc;
}

int calendar_write(const struct calendar *c, struct buf *out, struct err *e)
{
	return give_order("write", calendar_json(c), out, e);
}

/* The helper speaks no language, so it says what is wrong by a name. */
static int explain(const json_t *j, struct err *e)
{
	static const struct { const char *name, *says; } faults[] = {
		{CALENDAR_NONE, N_("no calendar begins here (BEGIN:VCALENDAR)")},
		{CALENDAR_UNOPENED, N_("END of something that isn't open")},
		{CALENDAR_UNCLOSED, N_("what begins here has no END; was the file cut off?")},
		{CALENDAR_DEEP, N_("too many parts within each other")},
		{CALENDAR_MANY, N_("more events than can be taken in at once. Divide the calendar")},
	};
	const char *name = json_string_value(json_object_get(j, "fault"));
	for (size_t i = 0; name && i < sizeof faults / sizeof *faults; i++)
		if (strcmp(faults[i].name, name) == 0)
			return err_set(e, ERR_DATA, _("line %d: %s"), (int)json_integer_value(json_object_get(j, "line")), _(faults[i].says));
	return OK;
}

int calendar_read(struct arena *a, const char *text, size_t n, struct calendar *out, struct err *e)
{
	struct buf b = {0};
	*out = (struct calendar){.name = ""};
	int rc = give_order("read", json_stringn(text, n), &b, e);
	json_t *j = rc == OK ? json_loadb(b.p ? b.p : "", b.n, 0, NULL) : NULL;
	if (rc == OK)
		rc = explain(j, e);
	if (rc == OK)
		rc = calendar_of_json(a, j, out, e);
	json_decref(j);
	buf_wipe(&b);
	return rc;
}
