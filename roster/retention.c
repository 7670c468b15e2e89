/* roster/retention.c - see retention.h: the table of clocks, and the run.
 *
 * Owns from which day each clock runs and what is done when it is over. Must not know how somebody is erased
 * (store/erase.h), nor who looks at what (audit.c). */
#include "roster/retention.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/duty.h"
#include "roster/vigil.h"
#include "store/erase.h"

const char *retention_what_name(enum retention_what what)
{
	switch (what) {
	case RETAIN_PERSON: return _("People");
	case RETAIN_SCAN: return _("Scans of agreements");
	case RETAIN_CHECK: return _("Notes on checks");
	case RETAIN_ROOM: return _("Rooms of vigils");
	case RETAIN_CALL: return _("Calls of phone rounds");
	case RETAIN_LIST: return _("Printed lists");
	}
	return "";
}

/* ---- from which day ------------------------------------------------------------------------------------------ */

struct looking {
	struct view *v;
	struct book *b;
	struct arena *a, *one;
	civil_date today, until;
	int limits[LIMIT_COUNT];
	struct limit rows[LIMIT_COUNT];
	const char *clocks[LIMIT_COUNT];         /* in words */
	struct retained *found;
	size_t n, cap;
	size_t most;       /* people of one clock; 0: all */
	bool rooms;        /* nothing else */
};

static civil_date day_of(int64_t clock)
{
	return cmin_date(civil_from_utc(clock));
}

static civil_date later(civil_date x, civil_date y)
{
	return x > y ? x : y;
}

/* When an agreement ended; DATE_NONE: it holds, or never did. *holds: in force today or later. */
static civil_date agreement_end(const struct rec *r, civil_date today, bool *holds)
{
	int64_t state = rec_int(r, F_AGREEMENT_STATE);
	civil_date to = rec_date(r, F_AGREEMENT_TO);
	const struct rec_field *set = rec_field(r, F_AGREEMENT_STATE);
	*holds = state == AGREEMENT_MADE && (to == DATE_NONE || to >= today);
	if (state == AGREEMENT_MADE)
		return *holds ? DATE_NONE : to;
	if (state != AGREEMENT_ENDED && state != AGREEMENT_REFUSED)
		return DATE_NONE;
	return to != DATE_NONE || !set ? to : day_of(set->at.clock);
}

static int last_agreement(struct looking *l, struct id volunteer, civil_date *last, bool *holds, struct err *e)
{
	struct id *id;
	size_t n;
	int rc = view_refs(l->v, l->one, volunteer, TYPE_AGREEMENT, F_AGREEMENT_VOLUNTEER, &id, &n, e);
	for (size_t i = 0; rc == OK && i < n && !*holds; i++) {
		struct rec *r;
		rc = view_get(l->v, l->one, TYPE_AGREEMENT, id[i], &r, e);
		if (rc == OK && r)
			*last = later(*last, agreement_end(r, l->today, holds));
	}
	return rc;
}

/* Shifts before the day that *last is already can't make it later, so they aren't read. */
static int last_shift(struct looking *l, struct id volunteer, civil_date *last, bool *holds, struct err *e)
{
	struct duty_row *duty;
	size_t n;
	int rc = view_duties(l->v, l->one, volunteer, cmin_at(*last, 0), CMIN_LAST, &duty, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (duty_is_held(&duty[i])) {
			civil_date day = cmin_date(duty[i].start);
			*last = later(*last, day);
			*holds = *holds || day >= l->today;
		}
	return rc;
}

/* `since`: what the record itself says, DATE_NONE when the clock doesn't run. Whoever is tied to a shift or agreement
 * stays. */
static int add_ties(struct looking *l, struct id volunteer, civil_date *since, struct err *e)
{
	bool holds = false;
	if (*since == DATE_NONE)
		return OK;
	int rc = last_shift(l, volunteer, since, &holds, e);
	if (rc == OK && !holds)
		rc = last_agreement(l, volunteer, since, &holds, e);
	if (holds)
		*since = DATE_NONE;
	return rc;
}

/* The book says from which day on it may run at the earliest, so that nobody's record is read whose time can't be
 * over. */
static civil_date least_applicant(const struct person *p)
{
	return p->status == VOLUNTEER_APPLICANT ? p->changed : DATE_NONE;
}

static civil_date least_ended(const struct person *p)
{
	return p->status == VOLUNTEER_ENDED ? p->status_set : DATE_NONE;
}

static civil_date least_check(const struct person *p)
{
	return p->check_noted ? p->check_assessed : DATE_NONE;
}

static int since_applicant(struct looking *l, const struct rec *r, civil_date *since, struct err *e)
{
	*since = rec_int(r, F_VOLUNTEER_STATUS) == VOLUNTEER_APPLICANT ? day_of(r->at.clock) : DATE_NONE;
	return add_ties(l, r->id, since, e);
}

static int since_ended(struct looking *l, const struct rec *r, civil_date *since, struct err *e)
{
	const struct rec_field *status = rec_field(r, F_VOLUNTEER_STATUS);
	*since = rec_int(r, F_VOLUNTEER_STATUS) == VOLUNTEER_ENDED ? day_of(status->at.clock) : DATE_NONE;
	return add_ties(l, r->id, since, e);
}

/* The scan of an agreement; anything else that a file may belong to has no clock. */
static int since_scan(struct looking *l, const struct rec *r, civil_date *since, struct err *e)
{
	struct rec *agreement;
	bool holds;
	int rc = view_get(l->v, l->one, TYPE_AGREEMENT, rec_id(r, F_ATTACHMENT_OF), &agreement, e);
	*since = rc == OK && agreement ? agreement_end(agreement, l->today, &holds) : DATE_NONE;
	return rc;
}

static int since_check(struct looking *l, const struct rec *r, civil_date *since, struct err *e)
{
	bool any = *rec_text(r, F_VOLUNTEER_CHECK_NOTE) || *rec_text(r, F_VOLUNTEER_CHECK_ASSESSOR) ||
		*rec_text(r, F_VOLUNTEER_CHECK_SECOND);
	(void)l;
	(void)e;
	*since = any ? rec_date(r, F_VOLUNTEER_CHILD_CHECK_DATE) : DATE_NONE;
	return OK;
}

static int since_list(struct looking *l, const struct rec *r, civil_date *since, struct err *e)
{
	bool waits = rec_date(r, F_PRINTED_LIST_SHRED) != DATE_NONE && rec_date(r, F_PRINTED_LIST_SHREDDED) == DATE_NONE;
	(void)l;
	(void)e;
	*since = waits ? rec_date(r, F_PRINTED_LIST_PRINTED) : DATE_NONE;
	return OK;
}

/* One that was taken back has its room in the history all the same. */
static int since_room(struct looking *l, const struct rec *r, civil_date *since, struct err *e)
{
	bool ever = rec_field(r, F_VIGIL_ROOM) || rec_field(r, F_VIGIL_CONTACT) || rec_field(r, F_VIGIL_PHONE);
	const struct rec_field *alive = rec_field(r, FIELD_ALIVE);
	(void)e;
	*since = DATE_NONE;
	if (!ever || erase_covers(l->v, r->id))
		return OK;
	if (!r->alive)
		*since = alive ? day_of(alive->at.clock) : day_of(r->at.clock);
	else if (rec_get(r, F_VIGIL_ENDED).tag == V_INT)
		*since = cmin_date(rec_int(r, F_VIGIL_ENDED));
	else
		*since = cmin_date(vigil_end_of(rec_int(r, F_VIGIL_START), (int)rec_int(r, F_VIGIL_HOURS)));
	return OK;
}

/* ---- the clocks ---------------------------------------------------------------------------------------------- */

/* due: the field that says the day; 0: the limit's months after it began. A file is called as what it belongs to.
 * least: of a person. */
static const struct clock {
	enum retention_what what;
	int type, why;
	bool automatic;
	enum limit_no limit;
	int due, named;
	civil_date (*least)(const struct person *p);
	int (*since)(struct looking *l, const struct rec *r, civil_date *since, struct err *e);
	const char *reason;
} clocks[] = {
	{RETAIN_PERSON, TYPE_VOLUNTEER, ERASURE_NOT_TAKEN, true, LIMIT_RETENTION_APPLICANT_MONTHS, 0, 0, least_applicant, since_applicant,
		N_("applied, and nothing since")},
	{RETAIN_PERSON, TYPE_VOLUNTEER, ERASURE_LONG_AGO, true, LIMIT_RETENTION_ENDED_MONTHS, 0, 0, least_ended, since_ended,
		N_("stopped")},
	{RETAIN_SCAN, TYPE_ATTACHMENT, ERASURE_LONG_AGO, true, LIMIT_RETENTION_SCAN_MONTHS, 0, F_ATTACHMENT_OF, NULL,
		since_scan,
		N_("the agreement ended")},
	{RETAIN_CHECK, TYPE_VOLUNTEER, 0, true, LIMIT_RETENTION_CHECK_MONTHS, 0, 0, least_check, since_check,
		N_("assessed")},
	{RETAIN_ROOM, TYPE_VIGIL, ERASURE_LONG_AGO, true, LIMIT_VIGIL_ROOM_DAYS, 0, 0, NULL, since_room,
		N_("the vigil ended")},
	{RETAIN_CALL, TYPE_CALL, 0, true, LIMIT_RETENTION_CALLS_MONTHS, 0, 0, NULL, NULL,
		N_("the oldest from")},
	{RETAIN_LIST, TYPE_PRINTED_LIST, 0, false, LIMIT_SHRED_DAYS, F_PRINTED_LIST_SHRED, 0, NULL, since_list,
		N_("printed on")},
};
enum { CLOCKS = sizeof clocks / sizeof *clocks };

static bool in_days(const struct clock *k)
{
	return strcmp(limits_builtin(k->limit)->unit, "days") == 0;
}

/* The first day on which it is over. */
static civil_date over_on(const struct looking *l, const struct clock *k, civil_date since)
{
	int kept = l->limits[k->limit];
	return in_days(k) ? since + kept : civil_add_months(since, kept);
}

/* "stopped 3/12 2024, kept 12 months" */
static const char *reason_of(struct looking *l, const struct clock *k, civil_date since)
{
	char day[32];
	civil_format_date(day, sizeof day, since, CIVIL_SHORT);
	if (k->due)
		return arena_printf(l->a, "%s %s", _(k->reason), day);
	if (in_days(k))
		return arena_printf(l->a, _("%s %s, kept %d days"), _(k->reason), day, l->limits[k->limit]);
	return arena_printf(l->a, _("%s %s, kept %d months"), _(k->reason), day, l->limits[k->limit]);
}

static void add_found(struct looking *l, const struct clock *k, const struct rec *r, civil_date since, civil_date due)
{
	struct id called = k->named ? rec_id(r, k->named) : r->id;
	l->found = arena_grow(l->a, l->found, &l->cap, l->n + 1, sizeof *l->found);
	l->found[l->n++] = (struct retained){
		.what = k->what, .id = r->id, .type = k->type, .title = view_title(l->v, l->a, called),
		.reason = reason_of(l, k, since), .clock = l->clocks[k->limit], .source = l->rows[k->limit].source,
		.since = since, .due = due, .why = k->why, .automatic = k->automatic, .many = 1,
	};
}

/* Those whose time is over today, the oldest first. */
static int old_calls(struct view *v, struct arena *a, civil_date today, int months, struct due_row **out, size_t *n, struct err *e)
{
	struct due_row *rows;
	size_t all;
	*n = 0;
	int rc = view_due(v, a, cmin_date(CMIN_FIRST), civil_add_months(today, -months) + 4, &rows, &all, e);
	*out = rc == OK ? rows : NULL;
	for (size_t i = 0; rc == OK && i < all; i++)
		if (rows[i].type == TYPE_CALL && civil_add_months(rows[i].date, months) <= today)
			rows[(*n)++] = rows[i];
	return rc;
}

/* There are many, and nobody looks at them one by one. */
static int look_at_calls(struct looking *l, const struct clock *k, struct err *e)
{
	struct due_row *call;
	struct rec *oldest = NULL;
	size_t n = 0;
	if (l->most)
		return OK;
	int rc = old_calls(l->v, l->a, l->today, l->limits[k->limit], &call, &n, e);
	if (rc == OK && n)
		rc = view_get(l->v, l->a, TYPE_CALL, call[0].id, &oldest, e);
	if (rc != OK || !oldest)
		return rc;
	add_found(l, k, oldest, call[0].date, over_on(l, k, call[0].date));
	l->found[l->n - 1].many = n;
	l->found[l->n - 1].title = arena_printf(l->a, ngettext("%zu call", "%zu calls", n), n);
	return OK;
}

static int look_at(struct looking *l, const struct clock *k, const struct rec *r, struct err *e)
{
	civil_date since;
	arena_reset(l->one);
	int rc = k->since(l, r, &since, e);
	if (rc != OK || since == DATE_NONE)
		return rc;
	civil_date due = k->due ? rec_date(r, k->due) : over_on(l, k, since);
	if (due <= l->until)
		add_found(l, k, r, since, due);
	return OK;
}

static bool is_over(struct looking *l, const struct clock *k, civil_date since)
{
	return since != DATE_NONE && over_on(l, k, since) <= l->until;
}

/* Whether a person's time is over can be said from the book and their shifts since. */
static int is_over_for(struct looking *l, const struct clock *k, const struct person *p, bool *over, struct err *e)
{
	civil_date since = k->least(p);
	int rc = OK;
	arena_reset(l->one);
	*over = is_over(l, k, since);
	if (*over && k->what == RETAIN_PERSON)
		rc = add_ties(l, p->id, &since, e);
	*over = rc == OK && is_over(l, k, since);
	return rc;
}

static int look_at_people(struct looking *l, const struct clock *k, struct err *e)
{
	int rc = OK;
	size_t before = l->n;
	for (size_t i = 0; i < l->b->npeople && rc == OK && (!l->most || l->n - before < l->most); i++) {
		struct rec *r = NULL;
		bool over;
		rc = is_over_for(l, k, &l->b->people[i], &over, e);
		if (rc != OK || !over)
			continue;
		rc = view_get(l->v, l->a, TYPE_VOLUNTEER, l->b->people[i].id, &r, e);
		if (rc == OK && r)
			rc = look_at(l, k, r, e);
	}
	return rc;
}

struct looking_at { struct looking *l; const struct clock *k; int rc; struct err *e; };

static int look_at_one(void *ctx, const struct rec *r)
{
	struct looking_at *x = ctx;
	x->rc = look_at(x->l, x->k, r, x->e);
	return x->rc;
}

static int look_at_all(struct looking *l, const struct clock *k, struct err *e)
{
	struct looking_at x = {l, k, OK, e};
	if (k->what == RETAIN_CALL)
		return look_at_calls(l, k, e);
	if (k->least)
		return look_at_people(l, k, e);
	int rc = k->what == RETAIN_ROOM ? view_each_ever(l->v, k->type, look_at_one, &x, e)
		: view_each(l->v, k->type, look_at_one, &x, e);
	return rc ? rc : x.rc;
}

static int compare_found(const void *x, const void *y)
{
	const struct retained *p = x, *q = y;
	int by_day = (p->due > q->due) - (p->due < q->due);
	int by_title = by_day ? by_day : text_compare(p->title, q->title);
	return by_title ? by_title : id_compare(p->id, q->id);
}

static int look(struct looking *l, struct retained **out, size_t *n, struct err *e)
{
	l->one = arena_new();
	limits_load(l->a, l->rows, NULL);
	int rc = rules_limits(l->v, l->limits, e);
	for (int i = 0; i < LIMIT_COUNT && rc == OK; i++)
		l->clocks[i] = arena_printf(l->a, "%s %d %s", limits_label(&l->rows[i]), l->limits[i], _(l->rows[i].unit));
	for (int i = 0; i < CLOCKS && rc == OK; i++)
		if (!l->rooms || clocks[i].what == RETAIN_ROOM)
			rc = look_at_all(l, &clocks[i], e);
	if (l->n)
		qsort(l->found, l->n, sizeof *l->found, compare_found);
	*out = l->found;
	*n = rc == OK ? l->n : 0;
	arena_free(l->one);
	return rc;
}

int retention_due(struct view *v, struct book *b, struct arena *a, civil_date today, int ahead, struct retained **out, size_t *n,
		  struct err *e)
{
	struct looking l = {.v = v, .b = b, .a = a, .today = today, .until = today + ahead};
	return look(&l, out, n, e);
}

int retention_some(struct view *v, struct book *b, struct arena *a, civil_date today, size_t most, struct retained **out,
		   size_t *n, struct err *e)
{
	struct looking l = {.v = v, .b = b, .a = a, .today = today, .until = today, .most = most};
	return look(&l, out, n, e);
}

int retention_rooms(struct view *v, struct arena *a, civil_date today, struct retained **out, size_t *n, struct err *e)
{
	struct looking l = {.v = v, .a = a, .today = today, .until = today, .rooms = true};
	return look(&l, out, n, e);
}

/* ---- the run ------------------------------------------------------------------------------------------------- */

static int clear_check(struct change *c, struct id volunteer, struct err *e)
{
	static const struct field_value nothing[] = {
		{F_VOLUNTEER_CHECK_NOTE, {V_NONE, {0}}},
		{F_VOLUNTEER_CHECK_ASSESSOR, {V_NONE, {0}}},
		{F_VOLUNTEER_CHECK_SECOND, {V_NONE, {0}}},
	};
	return change_set_all(c, TYPE_VOLUNTEER, volunteer, nothing, sizeof nothing / sizeof *nothing, e);
}

static bool is_to_do(struct store *s, const struct retained *x)
{
	return x->automatic && x->due <= store_today(s);
}

static int delete_calls(struct change *c, struct store *s, struct err *e)
{
	struct arena *a = arena_new();
	struct view *v = NULL;
	struct due_row *call;
	int limits[LIMIT_COUNT];
	size_t n = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = rules_limits(v, limits, e);
	if (rc == OK)
		rc = old_calls(v, a, store_today(s), limits[LIMIT_RETENTION_CALLS_MONTHS], &call, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		change_delete(c, TYPE_CALL, call[i].id);
	view_end(v);
	arena_free(a);
	return rc;
}

/* Scans are deleted before their bytes go, so that nobody looks for those. */
static int clear_rest(struct store *s, const struct retained *x, size_t n, struct err *e)
{
	struct change *c;
	int rc = change_begin(s, ACT_RETAIN, &c, e);
	if (rc)
		return rc;
	for (size_t i = 0; i < n && rc == OK; i++) {
		if (!is_to_do(s, &x[i]))
			continue;
		if (x[i].what == RETAIN_CHECK)
			rc = clear_check(c, x[i].id, e);
		else if (x[i].what == RETAIN_SCAN)
			change_delete(c, TYPE_ATTACHMENT, x[i].id);
		else if (x[i].what == RETAIN_CALL)
			rc = delete_calls(c, s, e);
	}
	if (rc == OK)
		return change_commit(c, NULL, e);
	change_abandon(c);
	return rc;
}

static size_t items_of(struct store *s, const struct retained *x, size_t n, struct erase_item *out, struct retention_done *done)
{
	size_t many = 0;
	*done = (struct retention_done){0};
	for (size_t i = 0; i < n; i++) {
		if (!is_to_do(s, &x[i]))
			continue;
		done->persons += x[i].what == RETAIN_PERSON;
		done->scans += x[i].what == RETAIN_SCAN;
		done->checks += x[i].what == RETAIN_CHECK;
		done->rooms += x[i].what == RETAIN_ROOM;
		done->calls += x[i].what == RETAIN_CALL ? x[i].many : 0;
		if (x[i].what != RETAIN_CHECK && x[i].what != RETAIN_CALL)
			out[many++] = (struct erase_item){x[i].type, x[i].id, x[i].why};
	}
	return many;
}

int retention_run(struct store *s, const struct retained *x, size_t n, struct retention_done *out, struct err *e)
{
	struct arena *a = arena_new();
	struct erase_item *item = arena_alloc(a, (n + 1) * sizeof *item);
	size_t many = items_of(s, x, n, item, out);
	int rc = out->checks + out->scans + out->calls > 0 ? clear_rest(s, x, n, e) : OK;
	if (rc == OK && many > 0 && !store_is_dry_run(s))
		rc = erase_items(s, item, many, NULL, e);
	arena_free(a);
	return rc;
}
