/* tui/today_rows.c - see today_priv.h. Owns what counts as news on the home screen and how far back. Must not draw. */
#include "tui/today_priv.h"

#include "base/lang.h"

/* Cancellations are news for three days, so that Monday tells of the weekend. */
enum { NEWS_DAYS = 3, NEWS_GROUPS = 300 };

const char *today_section_name(enum today_section section)
{
	switch (section) {
	case TODAY_GAPS: return _("Open places today");
	case TOMORROW_GAPS: return _("Open places tomorrow");
	case TODAY_GONE: return _("New cancellations");
	case TODAY_HERE: return _("Here now");
	case TODAY_COMING: return _("Coming today");
	case TODAY_DUE: return _("Within 14 days");
	case TODAY_PROBLEMS: return _("To be looked at");
	}
	return "";
}

static void add_row(struct today_rows *out, struct arena *a, struct today_row row)
{
	out->rows = arena_grow(a, out->rows, &out->cap, out->n + 1, sizeof row);
	out->rows[out->n++] = row;
}

/* ---- shifts -------------------------------------------------------------------------------------------- */
static void add_shift(struct today_rows *out, struct arena *a, enum today_section section, const struct shift *s)
{
	add_row(out, a, (struct today_row){
		.id = list_id_in(s->row.shift, (int)section + 1),
		.section = section,
		.shift = s,
		.when = shift_span(a, s),
		.what = shift_where(a, s),
		.who = shift_names(a, s),
	});
}

static void add_gaps(struct today_rows *out, struct arena *a, const struct today *t, civil_date today)
{
	for (size_t i = 0; i < t->nlater_gaps; i++) {
		bool later = cmin_date(t->later_gaps[i]->row.start) > today;
		add_shift(out, a, later ? TOMORROW_GAPS : TODAY_GAPS, t->later_gaps[i]);
	}
}

static void add_shifts(struct today_rows *out, struct arena *a, enum today_section section, struct shift **list,
	size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_shift(out, a, section, list[i]);
}

/* ---- cancellations ------------------------------------------------------------------------------------- */
/* Still withdrawn, from a shift that isn't over? Then *out is the shift. */
static bool still_gone(struct view *v, struct book *b, struct arena *a, struct id shift, struct id who, civil_min now,
	struct shift **out)
{
	struct shift *s = arena_alloc(a, sizeof *s);
	if (roster_shift(v, b, a, shift, s, NULL) != OK || s->row.end <= now)
		return false;
	*out = s;
	for (size_t i = 0; i < s->nseats; i++)
		if (id_equal(s->seats[i].volunteer, who))
			return s->seats[i].state == ASSIGNMENT_WITHDRAWN;
	return false;
}

static bool is_listed(const struct today_rows *out, struct id id)
{
	for (size_t i = 0; i < out->n; i++)
		if (id_equal(out->rows[i].id, id))
			return true;
	return false;
}

static void add_gone(struct today_rows *out, struct view *v, struct book *b, struct arena *a, const struct group *g,
	civil_min now)
{
	struct shift *s;
	if (g->arg[0].tag != V_ID || g->arg[1].tag != V_ID)
		return;
	struct id who = g->arg[0].id, shift = g->arg[1].id, place = id_assignment(shift, who);
	if (is_listed(out, place) || !still_gone(v, b, a, shift, who, now, &s))
		return;
	out->gone++;
	add_row(out, a, (struct today_row){
		.id = place,
		.section = TODAY_GONE,
		.shift = s,
		.about = who,
		.type = TYPE_VOLUNTEER,
		.when = day_text(a, cmin_date(s->row.start), CIVIL_DAY),
		.what = book_name(b, who),
		.who = arena_printf(a, "%s %s", shift_span(a, s), shift_where(a, s)),
	});
}

static int add_news(struct today_rows *out, struct view *v, struct book *b, struct arena *a, civil_min now,
	struct err *e)
{
	struct group *groups;
	size_t n;
	int64_t since = civil_to_utc(cmin_at(cmin_date(now) - NEWS_DAYS, 0));
	int rc = log_back(v, a, (struct dot){0}, NEWS_GROUPS, false, &groups, &n, e);
	for (size_t i = 0; rc == OK && i < n && groups[i].clock >= since; i++)
		if (groups[i].act == ACT_WITHDRAW)
			add_gone(out, v, b, a, &groups[i], now);
	return rc;
}

/* ---- what falls due, and what is wrong ----------------------------------------------------------------- */
static void add_due(struct today_rows *out, struct view *v, struct arena *a, const struct due_row *due)
{
	const struct field *f = schema_field(due->type, due->field);
	add_row(out, a, (struct today_row){
		.id = list_id_in(due->id, 0x40 + due->field),
		.section = TODAY_DUE,
		.about = due->id,
		.type = due->type,
		.when = day_text(a, due->date, CIVIL_DAY),
		.what = view_title(v, a, due->id),
		.who = f ? _(f->label) : "",
	});
}

static void add_problem(struct today_rows *out, struct arena *a, const struct problem *p)
{
	size_t n;
	int rule = (int)(p->v.rule - rules_table(&n));
	struct id who = p->person ? p->person->id : ID_NONE;
	add_row(out, a, (struct today_row){
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

int today_rows_build(struct view *v, struct book *b, struct arena *a, const struct today *t,
	const struct troubles *troubles, civil_min now, struct today_rows *out, struct err *e)
{
	*out = (struct today_rows){0};
	add_gaps(out, a, t, cmin_date(now));
	int rc = add_news(out, v, b, a, now, e);
	if (rc != OK)
		return rc;
	add_shifts(out, a, TODAY_HERE, t->here, t->nhere);
	add_shifts(out, a, TODAY_COMING, t->coming, t->ncoming);
	for (size_t i = 0; i < t->ndue; i++)
		add_due(out, v, a, &t->due[i]);
	for (size_t i = 0; i < troubles->n; i++)
		if (problem_stands(&troubles->all[i]))
			add_problem(out, a, &troubles->all[i]);
	return OK;
}
