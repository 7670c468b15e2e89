/* export/hours.c - paper_hours (person.h): a month's hours for somebody whose benefit depends on them. Owns which hours
 * are told, and what they are called. Must not judge: which of them count the a-kasse decides. */
#include "export/person.h"

#include "base/lang.h"
#include "export/papers_priv.h"
#include "roster/gates.h"

/* What an hour is to the rules, by what the role is and through whom it was done. Of an association's work that could
 * be paid for a number of hours is free; of work straight for a public institution none; visits and vigils aren't
 * counted at all. */
enum hours { HOURS_DIRECT, HOURS_THROUGH, HOURS_EFFORT, HOURS_UNCLEAR, HOURS_KINDS };
static const char *const hours_says[] = {
	[HOURS_DIRECT] = N_("work straight for the workplace"),
	[HOURS_THROUGH] = N_("work through an organisation"),
	[HOURS_EFFORT] = N_("volunteer effort (a visit, a vigil)"),
	[HOURS_UNCLEAR] = N_("not clear"),
};

struct counting {
	struct view *v;
	struct book *b;
	struct arena *a;
	struct sheet *s;
	const struct person *person;
	civil_min now;
	int64_t minutes[HOURS_KINDS];
	size_t unrecorded;
};

static const char *duration(struct arena *a, int64_t minutes)
{
	return arena_printf(a, "%lld:%02d", (long long)(minutes / 60), (int)(minutes % 60));
}

/* ---- one place ------------------------------------------------------------------------------------------------- */

static int effort_there(struct counting *c, struct id role, enum effort *out, struct err *e)
{
	struct effort_reason *why;
	struct rec *r;
	size_t n;
	int rc = view_get(c->v, c->a, TYPE_ROLE, role, &r, e);
	*out = rc == OK && r ? effort_of(r, c->a, &why, &n) : EFFORT_UNCLEAR;
	return rc;
}

/* The place says through whom; one from before that was kept doesn't. */
static int org_there(struct counting *c, struct id assignment, const struct org **out, struct err *e)
{
	struct rec *r;
	int rc = view_get(c->v, c->a, TYPE_ASSIGNMENT, assignment, &r, e);
	struct id org = rc == OK && r ? rec_id(r, F_ASSIGNMENT_ORGANISATION) : ID_NONE;
	*out = book_org(c->b, id_is_none(org) ? c->person->organisation : org);
	return rc;
}

static enum hours hours_of(enum effort effort, const struct org *org)
{
	if (effort == EFFORT_VOLUNTEER)
		return HOURS_EFFORT;
	if (effort == EFFORT_UNCLEAR || !org)
		return HOURS_UNCLEAR;
	return org->kind == ORGANISATION_OWN_CORPS ? HOURS_DIRECT : HOURS_THROUGH;
}

/* Was the person there, as far as anybody knows? */
static bool took_place(const struct counting *c, const struct duty_row *d)
{
	return d->state == ASSIGNMENT_ACCEPTED && d->shift_state != SHIFT_CANCELLED && d->end <= c->now &&
		(d->attendance == ATTENDANCE_PRESENT || (d->attendance == 0 && d->shift_state == SHIFT_PUBLISHED));
}

static int add_place(struct counting *c, const struct duty_row *d, struct err *e)
{
	char span[32];
	enum effort effort;
	const struct org *org = NULL;
	int rc = effort_there(c, d->role, &effort, e);
	if (rc == OK)
		rc = org_there(c, d->assignment, &org, e);
	if (rc)
		return rc;
	enum hours kind = hours_of(effort, org);
	int64_t minutes = d->minutes >= 0 ? d->minutes : civil_elapsed(d->start, d->end);
	struct sheet_cell *cell = sheet_row(c->s, ROW_DATA)->cells;
	cell[0] = sheet_date(c->a, cmin_date(d->start), CIVIL_SHORT);
	cell[1].text = arena_strdup(c->a, civil_format_span(span, sizeof span, d->start, d->end));
	cell[2].text = book_name(c->b, d->role);
	cell[3].text = book_name(c->b, d->unit);
	cell[4].text = effort_name(effort);
	cell[5].text = org ? org->name : _("not known");
	cell[6].text = d->attendance ? _(schema_choice(SET_ATTENDANCE, d->attendance)->label) : _("not recorded");
	cell[7].text = duration(c->a, minutes);
	cell[8].text = _(hours_says[kind]);
	c->minutes[kind] += minutes;
	c->unrecorded += d->attendance == 0;
	return OK;
}

/* ---- the sheet ------------------------------------------------------------------------------------------------- */

static void add_columns(struct sheet *s)
{
	sheet_column(s, "date", _("Day"), ALIGN_LEFT, 10, 10);
	sheet_column(s, "time", _("Time"), ALIGN_LEFT, 11, 11);
	sheet_column(s, "role", _("Role"), ALIGN_LEFT, 10, 18);
	sheet_column(s, "unit", _("Place"), ALIGN_LEFT, 10, 20);
	sheet_stack_last(s, 1);
	sheet_column(s, "effort", _("Kind of effort"), ALIGN_LEFT, 10, 16);
	sheet_stack_last(s, 2);
	sheet_column(s, "organisation", _("Through"), ALIGN_LEFT, 10, 18);
	sheet_column(s, "attendance", _("Attendance"), ALIGN_LEFT, 8, 12);
	sheet_stack_last(s, 1);
	sheet_column(s, "hours", _("Hours"), ALIGN_RIGHT, 5, 6);
	sheet_column(s, "kind", _("What it is"), ALIGN_LEFT, 10, 20);
}

static void add_sums(struct counting *c)
{
	int64_t all = 0;
	for (int i = 0; i < HOURS_KINDS; i++) {
		all += c->minutes[i];
		if (!c->minutes[i])
			continue;
		struct sheet_cell *cell = sheet_row(c->s, ROW_TOTAL)->cells;
		cell[7].text = duration(c->a, c->minutes[i]);
		cell[8].text = _(hours_says[i]);
	}
	struct sheet_cell *cell = sheet_row(c->s, ROW_TOTAL)->cells;
	cell[7] = (struct sheet_cell){.mark = CELL_STRONG, .text = duration(c->a, all)};
	cell[8].text = _("all hours");
}

static void add_limit(struct counting *c, const struct limit *l, int value)
{
	sheet_note(c->s, arena_printf(c->a, _("%s: %d hours. Source: %s (checked %s)."), limits_label(l), value, l->source,
		l->checked));
}

/* What it is and isn't: somebody's money hangs on it. */
static int add_notes(struct counting *c, struct err *e)
{
	struct limit limits[LIMIT_COUNT];
	int values[LIMIT_COUNT];
	int rc = rules_limits(c->v, values, e);
	if (rc)
		return rc;
	limits_load(c->a, limits, NULL);
	sheet_note(c->s, _("This statement was asked for by the volunteer. It says what is known here of the hours. It decides "
		"nothing: whether they count, and what is deducted, the a-kasse decides. Ask it before the work begins."));
	sheet_note(c->s, _("Hours are those that were told, otherwise the planned ones. Places that the volunteer cancelled, or was "
		"recorded as absent from, and shifts that were called off, aren't on it. A shift stands on the day when it begins."));
	if (c->unrecorded)
		sheet_note(c->s, arena_printf(c->a, ngettext("Of %zu shift nobody has recorded whether the volunteer came; it is on it.",
			"Of %zu shifts nobody has recorded whether the volunteer came; they are on it.", c->unrecorded), c->unrecorded));
	sheet_note(c->s, arena_printf(c->a, _("The kind of effort is the workplace's own judgement of the role, by the criteria for "
		"labour injuries: %s."), _(effort_source())));
	add_limit(c, &limits[LIMIT_HOURS_BENEFIT_MONTH], values[LIMIT_HOURS_BENEFIT_MONTH]);
	add_limit(c, &limits[LIMIT_HOURS_RETIREMENT_MONTH], values[LIMIT_HOURS_RETIREMENT_MONTH]);
	return OK;
}

static void begin_sheet(struct counting *c, civil_date from, civil_date today)
{
	struct ymd day = civil_to_ymd(from);
	c->s = sheet_new(c->a, _("Hours as a volunteer"));
	c->s->period = arena_printf(c->a, "%s · %s %d", c->person->name, civil_month_name(day.m), day.y);
	c->s->purpose = _("Made at the volunteer's own request, to be shown to the a-kasse.");
	c->s->made = paper_made(c->v, c->a);
	c->s->shred = paper_shred(c->v, today);
	c->s->from = from;
	c->s->to = civil_add_months(from, 1) - 1;
	c->s->volunteer = c->person->id;
	add_columns(c->s);
}

int paper_hours(struct view *v, struct book *b, struct arena *a, struct id volunteer, civil_date month, struct sheet **out,
	struct err *e)
{
	struct store *s = view_store(v);
	struct counting c = {.v = v, .b = b, .a = a, .person = book_person(b, volunteer), .now = store_now_civil(s)};
	struct ymd day = civil_to_ymd(month);
	civil_date from = civil_from_ymd(day.y, day.m, 1), to = civil_add_months(from, 1), today = cmin_date(c.now);
	struct duty_row *duty;
	size_t n = 0;
	if (!c.person)
		return err_set(e, ERR_NOTFOUND, _("there is no such volunteer"));
	if (from > today)
		return err_set(e, ERR_USAGE, _("that month hasn't begun: there are no hours in it yet"));
	int rc = view_duties(v, a, volunteer, cmin_at(from, 0), cmin_at(to, 0), &duty, &n, e);
	begin_sheet(&c, from, today);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (took_place(&c, &duty[i]))
			rc = add_place(&c, &duty[i], e);
	if (rc == OK && to > today)
		sheet_note(c.s, _("The month isn't over: this is until now."));
	if (rc == OK)
		add_sums(&c);
	*out = c.s;
	return rc ? rc : add_notes(&c, e);
}
