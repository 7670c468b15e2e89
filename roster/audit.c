/* roster/audit.c - see retention.h: who has seen or changed a person's card.
 *
 * Owns which records, merges, printed lists and notes of looking tell of a person. Must not know where each is written
 * down, nor when any of it goes. */
#include "roster/retention.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/exchange.h"
#include "store/seen.h"

const char *audit_kind_name(enum audit_kind kind)
{
	switch (kind) {
	case AUDIT_CHANGED: return _("changed");
	case AUDIT_SEEN: return _("seen");
	case AUDIT_PRINTED: return _("printed");
	case AUDIT_TAKEN: return _("taken in");
	}
	return "";
}

struct asking {
	struct view *v;
	struct book *b;
	struct arena *a;
	struct id volunteer;
	struct rec **sites; size_t nsites;
	struct duty_row *duty; size_t nduties;
	struct dot *dot; size_t ndots, dots_cap;     /* of all changes that are told */
	struct audit *row; size_t n, cap;
};

static void add_row(struct asking *q, struct audit row)
{
	q->row = arena_grow(q->a, q->row, &q->cap, q->n + 1, sizeof *q->row);
	q->row[q->n++] = row;
}

static const char *own_site(struct asking *q)
{
	return view_title(q->v, q->a, store_site(view_store(q->v)));
}

/* The record that a site makes of itself in its first change has an id of that incarnation. */
static const char *site_of(struct asking *q, uint64_t inc)
{
	uint64_t maker, counter;
	if (inc == store_incarnation(view_store(q->v)))
		return own_site(q);
	for (size_t i = 0; i < q->nsites; i++)
		if (id_made(q->sites[i]->id, &maker, &counter) && maker == inc)
			return rec_text(q->sites[i], F_SITE_NAME);
	return "";
}

/* ---- changes ---------------------------------------------------------------------------------------------------- */

static bool is_told(const struct asking *q, struct dot dot)
{
	for (size_t i = 0; i < q->ndots; i++)
		if (dot_equal(q->dot[i], dot))
			return true;
	return false;
}

/* An edit of the card says which fields; any other change has a sentence of its own. */
static const char *change_text(struct asking *q, const struct group *g)
{
	const char *fields = "";
	for (size_t i = 0; g->act == ACT_EDIT && i < g->nwrites; i++) {
		const struct field *f = schema_field(g->writes[i].type, g->writes[i].field);
		if (f && g->writes[i].type == TYPE_VOLUNTEER)
			fields = arena_printf(q->a, "%s%s%s", fields, *fields ? ", " : "", _(f->label));
	}
	return *fields ? arena_printf(q->a, _("changed: %s"), fields) : log_label(q->v, q->a, g);
}

static int add_changes(struct asking *q, struct id record, struct err *e)
{
	struct group *g;
	size_t n;
	int rc = log_of_record(q->v, q->a, record, &g, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (is_told(q, g[i].dot))
			continue;
		q->dot = arena_grow(q->a, q->dot, &q->dots_cap, q->ndots + 1, sizeof *q->dot);
		q->dot[q->ndots++] = g[i].dot;
		add_row(q, (struct audit){.kind = AUDIT_CHANGED, .clock = g[i].clock, .person = g[i].person,
			.site = site_of(q, g[i].dot.inc), .what = change_text(q, &g[i])});
	}
	return rc;
}

static int add_changes_of(struct asking *q, int type, int field, struct err *e)
{
	struct id *id;
	size_t n;
	int rc = view_refs(q->v, q->a, q->volunteer, type, field, &id, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = add_changes(q, id[i], e);
	return rc;
}

/* The card first, so that a change of it and of a place is told of the card. */
static int add_all_changes(struct asking *q, struct err *e)
{
	static const struct { int type, field; } belongs[] = {
		{TYPE_QUALIFICATION, F_QUALIFICATION_VOLUNTEER},
		{TYPE_CALL, F_CALL_VOLUNTEER},
		{TYPE_AGREEMENT, F_AGREEMENT_VOLUNTEER},
		{TYPE_TALK, F_TALK_VOLUNTEER},
		{TYPE_AVAILABILITY, F_AVAILABILITY_VOLUNTEER},
		{TYPE_SERIES_PLACE, F_SERIES_PLACE_VOLUNTEER},
		{TYPE_LINK, F_LINK_FROM},
	};
	int rc = add_changes(q, q->volunteer, e);
	for (size_t i = 0; rc == OK && i < q->nduties; i++)
		rc = add_changes(q, q->duty[i].assignment, e);
	for (size_t i = 0; rc == OK && i < sizeof belongs / sizeof *belongs; i++)
		rc = add_changes_of(q, belongs[i].type, belongs[i].field, e);
	return rc;
}

/* ---- what came with merges -------------------------------------------------------------------------------------- */

static bool came_with(const struct asking *q, const struct merge *m)
{
	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < q->ndots; k++)
			if (q->dot[k].inc == m->range[i].inc && q->dot[k].no > m->range[i].after && q->dot[k].no <= m->range[i].upto)
				return true;
	return false;
}

static int add_merges(struct asking *q, struct err *e)
{
	struct merge *m;
	size_t n;
	int rc = merge_list(q->v, q->a, 0, SIZE_MAX, &m, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (came_with(q, &m[i]))
			add_row(q, (struct audit){.kind = AUDIT_TAKEN, .clock = m[i].clock, .person = "", .site = own_site(q),
				.what = arena_printf(q->a, _("came with what was taken in from %s"), m[i].from)});
	return rc;
}

/* ---- printed lists ---------------------------------------------------------------------------------------------- */

/* A list of one person is of that person; one of days may hold whoever had a place then and there; any other,
 * everybody. */
static bool may_stand_on(const struct asking *q, const struct rec *r)
{
	struct id of = rec_id(r, F_PRINTED_LIST_VOLUNTEER), unit = rec_id(r, F_PRINTED_LIST_UNIT);
	civil_date from = rec_date(r, F_PRINTED_LIST_FROM), to = rec_date(r, F_PRINTED_LIST_TO);
	if (!id_is_none(of))
		return id_equal(of, q->volunteer);
	if (from == DATE_NONE && to == DATE_NONE && id_is_none(unit))
		return true;
	for (size_t i = 0; i < q->nduties; i++) {
		civil_date day = cmin_date(q->duty[i].start);
		if ((from == DATE_NONE || day >= from) && (to == DATE_NONE || day <= to) &&
			(id_is_none(unit) || book_unit_within(q->b, q->duty[i].unit, unit)))
			return true;
	}
	return false;
}

static int add_printed(struct asking *q, struct err *e)
{
	struct rec **r;
	size_t n;
	int rc = view_all(q->v, q->a, TYPE_PRINTED_LIST, &r, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		bool alone = id_equal(rec_id(r[i], F_PRINTED_LIST_VOLUNTEER), q->volunteer);
		const char *what = rec_text(r[i], F_PRINTED_LIST_WHAT);
		if (!may_stand_on(q, r[i]))
			continue;
		const struct rec_field *made = rec_field(r[i], F_PRINTED_LIST_PRINTED);
		add_row(q, (struct audit){.kind = AUDIT_PRINTED, .day_only = true,
			.clock = civil_to_utc(cmin_at((civil_date)rec_int(r[i], F_PRINTED_LIST_PRINTED), 0)),
			.person = rec_text(r[i], F_PRINTED_LIST_BY), .site = made ? site_of(q, made->at.dot.inc) : "",
			.what = arena_printf(q->a, alone ? _("stands on: %s") : _("may stand on: %s"), what)});
	}
	return rc;
}

/* ---- looking ---------------------------------------------------------------------------------------------------- */

static const char *seen_text(enum seen_how how)
{
	switch (how) {
	case SEEN_CARD: return _("card opened");
	case SEEN_PHONE: return _("phone number shown");
	case SEEN_EXPORT: return _("data exported");
	case SEEN_PRINT: return _("data printed");
	}
	return "";
}

static int add_seen(struct asking *q, struct err *e)
{
	struct seen_line *x;
	size_t n;
	int rc = seen_list(q->v, q->a, q->volunteer, &x, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		add_row(q, (struct audit){.kind = AUDIT_SEEN, .day_only = true, .clock = civil_to_utc(cmin_at(x[i].day, 0)),
			.person = x[i].by, .site = own_site(q), .what = seen_text(x[i].how)});
	return rc;
}

/* ---- all of it -------------------------------------------------------------------------------------------------- */

static int compare_rows(const void *x, const void *y)
{
	const struct audit *p = x, *q = y;
	int by_time = (p->clock < q->clock) - (p->clock > q->clock);
	int by_kind = by_time ? by_time : (int)p->kind - (int)q->kind;
	return by_kind ? by_kind : strcmp(p->what, q->what);
}

static int read_ties(struct asking *q, struct err *e)
{
	int rc = view_all(q->v, q->a, TYPE_SITE, &q->sites, &q->nsites, e);
	return rc ? rc : view_duties(q->v, q->a, q->volunteer, CMIN_FIRST, CMIN_LAST, &q->duty, &q->nduties, e);
}

int retention_audit(struct view *v, struct book *b, struct arena *a, struct id volunteer, struct audit **out, size_t *n, struct err *e)
{
	struct asking q = {.v = v, .b = b, .a = a, .volunteer = volunteer};
	int (*const parts[])(struct asking *, struct err *) = {read_ties, add_all_changes, add_merges, add_printed, add_seen};
	int rc = OK;
	for (size_t i = 0; rc == OK && i < sizeof parts / sizeof *parts; i++)
		rc = parts[i](&q, e);
	if (q.n)
		qsort(q.row, q.n, sizeof *q.row, compare_rows);
	*out = q.row;
	*n = rc == OK ? q.n : 0;
	return rc;
}
