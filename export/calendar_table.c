/* export/calendar_table.c - a calendar file as a table of shifts. Owns which property is which column. Must not know
 * whether a shift stands already. */
#include "export/import_priv.h"

#include <string.h>

#include "base/lang.h"
#include "export/calendars.h"

enum { COL_DATE, COL_FROM, COL_TO, COL_UNIT, COL_ROLE, COL_NOTE, COL_STATE, COL_UID, COLS };
static const char *const head[] = {"shift.date", "shift.from", "shift.to", "shift.unit", "shift.role", "shift.note", "shift.state",
	"shift.uid", NULL};

static void set_times(struct arena *a, const char **cells, const struct event *x)
{
	char day[32], time[16];
	if (x->start == CMIN_NONE)
		return;
	cells[COL_DATE] = arena_strdup(a, civil_format_date(day, sizeof day, cmin_date(x->start), CIVIL_ISO));
	cells[COL_FROM] = arena_strdup(a, civil_format_time(time, sizeof time, cmin_minute(x->start)));
	if (x->end > x->start && x->end <= x->start + DAY_MINUTES)
		cells[COL_TO] = arena_strdup(a, civil_format_time(time, sizeof time, cmin_minute(x->end)));
}

static const char *says(struct arena *a, const struct event *x)
{
	if (x->start == CMIN_NONE)
		return _("Without a time of day it is no shift");
	if (x->end == CMIN_NONE || x->end <= x->start)
		return _("It doesn't say when it ends, so it is no shift");
	if (x->end > x->start + DAY_MINUTES)
		return _("Longer than a day, so it is no shift");
	return *x->zone ? arena_printf(a, _("Nothing is known of the time zone \"%.60s\"; taken for Danish time"), x->zone) : NULL;
}

/* An address may stand below a place's name. */
static const char *first_line(struct arena *a, const char *text)
{
	return arena_strndup(a, text, strcspn(text, "\n"));
}

/* The role stands in the summary, but in our own files other things beside it. */
static void add_event(struct tables *x, struct table *t, const struct event *one)
{
	static const char *const states[] = {
		[EVENT_CONFIRMED] = "published", [EVENT_TENTATIVE] = "draft", [EVENT_CANCELLED] = "cancelled"};
	struct id id;
	bool is_part, own = calendars_uid(one->uid, &id, &is_part);
	struct table_row *row = table_add_row(x, t, one->line);
	set_times(x->a, row->cells, one);
	row->cells[COL_UNIT] = first_line(x->a, one->location);
	row->cells[COL_ROLE] = first_line(x->a, own && *one->category ? one->category : one->summary);
	/* whose names stand in ours would come back as a note */
	row->cells[COL_NOTE] = own ? "" : one->description;
	row->cells[COL_STATE] = states[one->state];
	row->cells[COL_UID] = one->uid;
	row->says = says(x->a, one);
}

int calendar_read_table(struct tables *x, const char *text, size_t n, struct err *e)
{
	struct calendar c;
	int rc = calendar_read(x->a, text, n, &c, e);
	if (rc == OK && c.n == 0)
		rc = err_set(e, ERR_DATA, _("there are no events in this calendar"));
	if (rc)
		return rc;
	struct table *t = tables_add(x, x->name, IMPORT_SHIFTS, head, COLS);
	t->wary = true;
	for (size_t i = 0; i < c.n; i++)
		add_event(x, t, &c.events[i]);
	return OK;
}
