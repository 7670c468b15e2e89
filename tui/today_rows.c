/* tui/today_rows.c - see today_priv.h. Owns what counts as news on the home screen and how far back. Must not draw. */
#include "tui/today_priv.h"

#include <stdlib.h>

#include "base/lang.h"
#include "tui/rounds_priv.h"
#include "tui/syncing.h"
#include "tui/words.h"

/* Cancellations are news for three days, so that Monday tells of the weekend. */
enum { NEWS_DAYS = 3 };

const char *today_section_name(enum today_section section)
{
	switch (section) {
	case TODAY_ABSENT: return _("Cancelled, and nobody instead yet");
	case TODAY_GAPS: return _("Open places today");
	case TOMORROW_GAPS: return _("Open places tomorrow");
	case TODAY_GONE: return _("New cancellations");
	case TODAY_HERE: return _("Here now");
	case TODAY_COMING: return _("Coming today");
	case TODAY_DUE: return _("Within 14 days");
	case TODAY_PROBLEMS: return _("To be looked at");
	case TODAY_ATTEND: return _("Attendance");
	case TODAY_PAUSES: return _("Pauses");
	case TODAY_COURSES: return _("Courses and checks");
	case TODAY_AGREEMENTS: return _("Agreements");
	case TODAY_ROLES: return _("Roles that aren't open");
	case TODAY_DATA: return _("People's data");
	case TODAY_DECIDE:
	case TODAY_ARRIVED: return _("From other sites");
	}
	return "";
}

void today_add(struct today_making *m, struct today_row row)
{
	struct today_rows *out = m->out;
	out->rows = arena_grow(m->a, out->rows, &out->cap, out->n + 1, sizeof row);
	out->rows[out->n++] = row;
}

/* ---- from other sites ------------------------------------------------------------------------------------ */
static void add_sync_row(struct today_making *m, enum today_section section, const char *when, const char *what,
	const char *who)
{
	today_add(m, (struct today_row){
		.id = list_id_in(id_setting("from other sites"), (int)section), .section = section,
		.when = when, .what = what, .who = who,
	});
}

/* What is to be decided, and what has come that nobody has looked at. */
static int add_sync(struct today_making *m, struct err *e)
{
	struct arena *a = m->a;
	struct arrivals new;
	size_t open = 0;
	int rc = disagreement_count(m->v, &open, e);
	if (rc == OK)
		rc = syncing_arrivals(m->v, a, &new, e);
	if (rc != OK)
		return rc;
	if (open)
		add_sync_row(m, TODAY_DECIDE, "≠",
			arena_printf(a, ngettext("%zu record to decide", "%zu records to decide", open), open),
			_("Enter to choose"));
	if (new.n)
		add_sync_row(m, TODAY_ARRIVED,
			words_moment(a, civil_from_utc(new.merges[0].clock), cmin_date(m->now)),
			arena_printf(a, ngettext("%zu change has come", "%zu changes have come", new.changes),
				new.changes),
			_("Enter shows what"));
	return OK;
}

/* ---- shifts -------------------------------------------------------------------------------------------- */
static void add_shift(struct today_making *m, enum today_section section, const struct shift *s)
{
	struct arena *a = m->a;
	today_add(m, (struct today_row){
		.id = list_id_in(s->row.shift, (int)section + 1),
		.section = section,
		.shift = s,
		.when = shift_span(a, s),
		.what = shift_where(a, s),
		.who = shift_names(a, s),
	});
}

static void add_shifts(struct today_making *m, enum today_section section, struct shift **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_shift(m, section, list[i]);
}

/* ---- cancellations ------------------------------------------------------------------------------------- */
struct gone { const struct shift *shift; const struct seat *seat; int64_t when; const char *instead; };
struct news { struct gone *all; size_t n, cap; };

/* When the seat got its state; 0 when that can't be told. */
static int64_t changed_at(struct view *v, struct arena *scratch, const struct seat *seat)
{
	struct rec *r = NULL;
	if (view_get(v, scratch, TYPE_ASSIGNMENT, seat->assignment, &r, NULL) != OK || !r)
		return 0;
	const struct rec_field *f = rec_field(r, F_ASSIGNMENT_STATE);
	return f ? f->at.clock : 0;
}

static bool is_absent(const struct gone *g)
{
	return !g->instead && g->shift->open;
}

/* Those whom somebody is to be found for by when they are missed; of the others the newest first. */
static int compare_gone(const void *px, const void *py)
{
	const struct gone *x = px, *y = py;
	civil_min start = x->shift->row.start, other = y->shift->row.start;
	if (is_absent(x) != is_absent(y))
		return is_absent(x) ? -1 : 1;
	if (is_absent(x) && start != other)
		return start < other ? -1 : 1;
	if (x->when != y->when)
		return x->when > y->when ? -1 : 1;
	return id_compare(x->seat->assignment, y->seat->assignment);
}

static int add_gone(struct today_making *m, struct news *out, const struct shift *s, const struct seat *seat, struct err *e)
{
	int64_t since = civil_to_utc(cmin_at(cmin_date(m->now) - NEWS_DAYS, 0));
	bool gone = seat->state == ASSIGNMENT_WITHDRAWN && s->row.end > m->now && !shift_is_off(s);
	int64_t when = gone ? changed_at(m->v, m->a, seat) : 0;
	if (when < since)
		return OK;
	out->all = arena_grow(m->a, out->all, &out->cap, out->n + 1, sizeof *out->all);
	struct gone *g = &out->all[out->n++];
	*g = (struct gone){.shift = s, .seat = seat, .when = when};
	return round_substitute(m->v, m->a, s, seat->volunteer, &g->instead, e);
}

/* From the seats and not from the log, so that cancellations that came by import or from another site are news too. */
static int find_news(struct today_making *m, const struct roster *r, struct news *out, struct err *e)
{
	int rc = OK;
	*out = (struct news){0};
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; rc == OK && j < r->shifts[i].nseats; j++)
			rc = add_gone(m, out, &r->shifts[i], &r->shifts[i].seats[j], e);
	if (out->n)
		qsort(out->all, out->n, sizeof *out->all, compare_gone);
	return rc;
}

static void ring_round(struct app *app, const struct today_row *row)
{
	round_open(app, row->shift);
}

/* Those whose place is open, whom somebody is to be found for; or the others. */
static void add_news(struct today_making *m, const struct news *news, bool absent)
{
	struct arena *a = m->a;
	for (size_t i = 0; i < news->n; i++) {
		const struct gone *g = &news->all[i];
		const char *what = arena_printf(a, "%s %s", shift_span(a, g->shift), shift_where(a, g->shift));
		if (is_absent(g) != absent)
			continue;
		today_add(m, (struct today_row){
			.id = g->seat->assignment,
			.section = absent ? TODAY_ABSENT : TODAY_GONE,
			.shift = g->shift,
			.seat = g->seat,
			.about = g->seat->volunteer,
			.type = TYPE_VOLUNTEER,
			.when = day_text(a, cmin_date(g->shift->row.start), CIVIL_DAY),
			.what = g->seat->name,
			.who = g->instead ? arena_printf(a, _("%s comes · %s"), g->instead, what) : what,
			.open = absent ? ring_round : NULL,
		});
	}
}

/* Those that stand above, as somebody's, aren't told twice. */
static void add_gaps(struct today_making *m, const struct today *t, const struct news *news)
{
	civil_date today = cmin_date(m->now);
	for (size_t i = 0; i < t->nlater_gaps; i++) {
		const struct shift *s = t->later_gaps[i];
		bool told = false;
		for (size_t k = 0; k < news->n && !told; k++)
			told = is_absent(&news->all[k]) && id_equal(news->all[k].shift->row.shift, s->row.shift);
		if (!told)
			add_shift(m, cmin_date(s->row.start) > today ? TOMORROW_GAPS : TODAY_GAPS, s);
	}
}

/* ---- what falls due, and what is wrong ----------------------------------------------------------------- */
/* A talk is with somebody: their card has the phone. */
static struct id talks_with(struct today_making *m, struct id talk)
{
	struct rec *r = NULL;
	return view_get(m->v, m->a, TYPE_TALK, talk, &r, NULL) == OK && r ? rec_id(r, F_TALK_VOLUNTEER) : ID_NONE;
}

static void add_due(struct today_making *m, const struct due_row *due)
{
	const struct field *f = schema_field(due->type, due->field);
	bool talk = due->type == TYPE_TALK;
	today_add(m, (struct today_row){
		.id = list_id_in(due->id, 0x40 + due->field),
		.section = TODAY_DUE,
		.about = talk ? talks_with(m, due->id) : due->id,
		.type = talk ? TYPE_VOLUNTEER : due->type,
		.talk = talk ? due->id : ID_NONE,
		.when = day_text(m->a, due->date, CIVIL_DAY),
		.what = view_title(m->v, m->a, due->id),
		.who = f ? _(f->label) : "",
	});
}

static void add_problem(struct today_making *m, const struct problem *p)
{
	struct arena *a = m->a;
	size_t n;
	int rule = (int)(p->v.rule - rules_table(&n));
	struct id who = p->person ? p->person->id : ID_NONE;
	today_add(m, (struct today_row){
		.id = list_id_in(id_assignment(p->shift->row.shift, who), 0x80 + rule),
		.section = TODAY_PROBLEMS,
		.shift = p->shift,
		.about = who,
		.type = p->person ? TYPE_VOLUNTEER : TYPE_ANY,
		.when = shift_span(a, p->shift),
		.what = p->person ? p->person->name : shift_where(a, p->shift),
		.who = arena_printf(a, "%s %s", level_mark(p->v.rule->level), p->v.sentence),
		.verdict = &p->v,
	});
}

int today_rows_build(struct view *v, struct book *b, struct arena *a, const struct roster *r, const struct today *t,
	const struct troubles *troubles, civil_min now, struct today_rows *out, struct err *e)
{
	struct today_making m = {v, b, a, now, out};
	struct roster coming = roster_days(r, cmin_date(now), cmin_date(now) + NEWS_AHEAD);
	struct news news;
	*out = (struct today_rows){0};
	int rc = add_sync(&m, e);
	if (rc == OK)
		rc = find_news(&m, &coming, &news, e);
	if (rc != OK)
		return rc;
	add_news(&m, &news, true);
	add_gaps(&m, t, &news);
	add_news(&m, &news, false);
	add_shifts(&m, TODAY_HERE, t->here, t->nhere);
	add_shifts(&m, TODAY_COMING, t->coming, t->ncoming);
	for (size_t i = 0; i < t->ndue; i++)
		if (!today_is_waiting(&t->due[i]))
			add_due(&m, &t->due[i]);
	for (size_t i = 0; i < troubles->n; i++)
		if (problem_stands(&troubles->all[i]))
			add_problem(&m, &troubles->all[i]);
	return today_add_waiting(&m, &coming, e);
}
