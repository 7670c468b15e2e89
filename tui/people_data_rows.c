/* tui/people_data_rows.c - see people_data_priv.h: what stands in the lists of people's data. Owns how a row is said.
 * Must not know what can be done. */
#include "tui/people_data_priv.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/text.h"
#include "tui/detail.h"
#include "tui/words.h"

enum { LABEL_COLS = 14 };

/* ---- in words -------------------------------------------------------------------------------------------- */
static const char *short_date(civil_date d, struct arena *a)
{
	char buf[48];
	return d == DATE_NONE ? "" : arena_strdup(a, civil_format_date(buf, sizeof buf, d, CIVIL_SHORT));
}

static const char *days_text(civil_date due, civil_date today, struct arena *a)
{
	int days = due - today;
	if (days == 0)
		return _("today");
	if (days > 0)
		return arena_printf(a, ngettext("in %d day", "in %d days", (unsigned long)days), days);
	return arena_printf(a, ngettext("%d day over", "%d days over", (unsigned long)-days), -days);
}

static int compare_days(civil_date x, civil_date y)
{
	return (x > y) - (x < y);
}

/* ---- whose time is over ---------------------------------------------------------------------------------- */
enum { DUE_WHO, DUE_WHAT, DUE_WHEN, DUE_SINCE, DUE_WHY };

static const struct retained *due_at(const void *ctx, size_t row)
{
	return &((const struct people_data *)ctx)->due[row];
}

/* The same volunteer may stand there twice, and by the check's note too. */
static struct id due_id(const void *ctx, size_t row)
{
	const struct retained *x = due_at(ctx, row);
	return list_id_in(x->id, (int)x->what);
}

static const char *due_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	static const char *const what[] = {
		[RETAIN_PERSON] = N_("is erased"), [RETAIN_SCAN] = N_("scan goes"), [RETAIN_CHECK] = N_("note goes"),
		[RETAIN_ROOM] = N_("room goes"), [RETAIN_CALL] = N_("calls go"), [RETAIN_LIST] = N_("is shredded"),
	};
	const struct retained *x = due_at(ctx, row);
	switch (col) {
	case DUE_WHO: return x->title;
	case DUE_WHAT: return _(what[x->what]);
	case DUE_WHEN: return days_text(x->due, ((const struct people_data *)ctx)->today, a);
	case DUE_SINCE: return short_date(x->since, a);
	default: return x->reason;
	}
}

static enum role due_role(const void *ctx, size_t row, size_t col)
{
	bool is_over = due_at(ctx, row)->due <= ((const struct people_data *)ctx)->today;
	return is_over && col == DUE_WHEN ? ROLE_WARN : ROLE_DEFAULT;
}

static int due_compare(const void *ctx, size_t x, size_t y, size_t col)
{
	if (col == DUE_WHEN)
		return compare_days(due_at(ctx, x)->due, due_at(ctx, y)->due);
	if (col == DUE_SINCE)
		return compare_days(due_at(ctx, x)->since, due_at(ctx, y)->since);
	return text_compare(due_cell(ctx, x, col, NULL), due_cell(ctx, y, col, NULL));
}

static const char *due_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	return arena_printf(a, _("Nobody's time is over, nor will be within %d days. E erases somebody who wishes it."), PEOPLE_AHEAD);
}

static const struct list_source due_source = {
	.id = due_id, .cell = due_cell, .role = due_role, .compare = due_compare, .empty = due_empty,
};
static const struct list_col due_cols[] = {
	[DUE_WHO] = {"who", N_("Who"), 16, 24, 1, false, false},
	[DUE_WHAT] = {"what", N_("What happens"), 13, 13, 0, false, false},
	[DUE_WHEN] = {"when", N_("When"), 13, 14, 0, false, false},
	[DUE_SINCE] = {"since", N_("Since"), 10, 10, 0, false, false},
	[DUE_WHY] = {"why", N_("Why"), 50, 54, 0, false, false},
};

const char *people_data_happens(enum retention_what what)
{
	switch (what) {
	case RETAIN_PERSON:
		return _("Erased for good at every site. Places on shifts and agreements stay as counts without a name.");
	case RETAIN_SCAN:
		return _("The picture goes at every site. Its hash stays, so that the signature can still be checked.");
	case RETAIN_CHECK: return _("The note and who assessed it are cleared. State and day stay.");
	case RETAIN_ROOM: return _("Room, contact person and phone go at every site. Place and time stay.");
	case RETAIN_CALL: return _("The calls are removed at every site. Who said yes stands on the shifts.");
	case RETAIN_LIST: return _("Somebody shreds the paper and says so.");
	}
	return "";
}

/* ---- erasures -------------------------------------------------------------------------------------------- */
enum { ERASED_DAY, ERASED_WHY, ERASED_BY, ERASED_CONFIRMED, ERASED_MISSING };

static const struct receipts *erased_at(const void *ctx, size_t row)
{
	return &((const struct people_data *)ctx)->erased[row];
}

static civil_date erased_day(const struct receipts *x)
{
	return rec_date(x->erasure, F_ERASURE_DAY);
}

static const char *erased_why(const struct receipts *x)
{
	const struct choice *c = schema_choice(SET_ERASURE_WHY, (int)rec_int(x->erasure, F_ERASURE_WHY));
	return c ? _(c->label) : "";
}

/* Who isn't named there: only when something was last heard of them tells how long it may take. */
const char *people_data_missing(const struct receipts *x, civil_date today, struct arena *a)
{
	const char *out = "";
	for (size_t i = x->n - x->nmissing; i < x->n; i++) {
		const struct receipt_site *at = &x->sites[i];
		const char *heard = at->self ? _("this site") : !at->heard ? _("not heard yet")
			: arena_printf(a, _("heard %s"), words_day(a, cmin_date(civil_from_utc(at->heard)), today));
		out = arena_printf(a, "%s%s%s (%s)", out, *out ? ", " : "", at->name, heard);
	}
	return out;
}

const char *people_data_confirmed(const struct receipts *x, struct arena *a)
{
	const char *out = "";
	for (size_t i = 0; i < x->n - x->nmissing; i++)
		out = arena_printf(a, "%s%s%s %s", out, *out ? ", " : "", x->sites[i].name, short_date(x->sites[i].day, a));
	return out;
}

static const char *names_missing(const struct receipts *x, struct arena *a)
{
	const char *out = "";
	for (size_t i = x->n - x->nmissing; i < x->n; i++)
		out = arena_printf(a, "%s%s%s", out, *out ? ", " : "", x->sites[i].name);
	return *out ? out : _("nobody");
}

static struct id erased_id(const void *ctx, size_t row)
{
	return erased_at(ctx, row)->erasure->id;
}

static const char *erased_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct receipts *x = erased_at(ctx, row);
	switch (col) {
	case ERASED_DAY: return short_date(erased_day(x), a);
	case ERASED_WHY: return erased_why(x);
	case ERASED_BY: return x->by;
	case ERASED_CONFIRMED: return arena_printf(a, _("%zu of %zu"), x->n - x->nmissing, x->n);
	default: return names_missing(x, a);
	}
}

static enum role erased_role(const void *ctx, size_t row, size_t col)
{
	if (erased_at(ctx, row)->nmissing == 0)
		return col == ERASED_CONFIRMED ? ROLE_OK : ROLE_DIM;
	return col == ERASED_CONFIRMED || col == ERASED_MISSING ? ROLE_WARN : ROLE_DEFAULT;
}

static int erased_compare(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct receipts *p = erased_at(ctx, x), *q = erased_at(ctx, y);
	switch (col) {
	case ERASED_DAY: return compare_days(erased_day(p), erased_day(q));
	case ERASED_WHY: return text_compare(erased_why(p), erased_why(q));
	case ERASED_BY: return text_compare(p->by, q->by);
	default: return (p->nmissing > q->nmissing) - (p->nmissing < q->nmissing);
	}
}

static const char *erased_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("Nobody has been erased. E erases one person, s all whose time is over.");
}

static const struct list_source erased_source = {
	.id = erased_id, .cell = erased_cell, .role = erased_role, .compare = erased_compare, .empty = erased_empty,
};
static const struct list_col erased_cols[] = {
	[ERASED_DAY] = {"day", N_("Day"), 10, 10, 0, false, false},
	[ERASED_WHY] = {"why", N_("Why"), 16, 26, 1, false, false},
	[ERASED_BY] = {"by", N_("Site"), 8, 12, 1, false, false},
	[ERASED_CONFIRMED] = {"confirmed", N_("Confirmed"), 10, 10, 0, false, false},
	[ERASED_MISSING] = {"missing", N_("Not yet"), 8, 16, 3, false, false},
};

/* ---- printed lists --------------------------------------------------------------------------------------- */
enum { PRINTED_WHAT, PRINTED_STATE, PRINTED_SHRED, PRINTED_ON, PRINTED_BY, PRINTED_FOR };

static const struct rec *printed_at(const void *ctx, size_t row)
{
	return ((const struct people_data *)ctx)->printed[row];
}

static bool lies_about(const struct rec *r)
{
	return rec_date(r, F_PRINTED_LIST_SHREDDED) == DATE_NONE;
}

static bool is_overdue(const struct rec *r, civil_date today)
{
	civil_date due = rec_date(r, F_PRINTED_LIST_SHRED);
	return lies_about(r) && due != DATE_NONE && due < today;
}

static struct id printed_id(const void *ctx, size_t row)
{
	return printed_at(ctx, row)->id;
}

static const char *printed_state(const struct rec *r, civil_date today, struct arena *a)
{
	if (!lies_about(r))
		return arena_printf(a, _("shredded %s"), short_date(rec_date(r, F_PRINTED_LIST_SHREDDED), a));
	civil_date due = rec_date(r, F_PRINTED_LIST_SHRED);
	return due == DATE_NONE ? _("no day set") : days_text(due, today, a);
}

static const char *printed_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct rec *r = printed_at(ctx, row);
	switch (col) {
	case PRINTED_WHAT: return rec_text(r, F_PRINTED_LIST_WHAT);
	case PRINTED_STATE: return printed_state(r, ((const struct people_data *)ctx)->today, a);
	case PRINTED_SHRED: return short_date(rec_date(r, F_PRINTED_LIST_SHRED), a);
	case PRINTED_ON: return short_date(rec_date(r, F_PRINTED_LIST_PRINTED), a);
	case PRINTED_BY: return rec_text(r, F_PRINTED_LIST_BY);
	default: return rec_text(r, F_PRINTED_LIST_PURPOSE);
	}
}

static enum role printed_role(const void *ctx, size_t row, size_t col)
{
	const struct rec *r = printed_at(ctx, row);
	if (!lies_about(r))
		return ROLE_DIM;
	return is_overdue(r, ((const struct people_data *)ctx)->today) && col <= PRINTED_SHRED ? ROLE_STOP : ROLE_DEFAULT;
}

static int compare_printed(const struct rec *p, const struct rec *q)
{
	if (lies_about(p) != lies_about(q))
		return lies_about(p) ? -1 : 1;
	if (lies_about(p))
		return compare_days(rec_date(p, F_PRINTED_LIST_SHRED), rec_date(q, F_PRINTED_LIST_SHRED));
	return compare_days(rec_date(q, F_PRINTED_LIST_SHREDDED), rec_date(p, F_PRINTED_LIST_SHREDDED));
}

static int printed_compare(const void *ctx, size_t x, size_t y, size_t col)
{
	const struct rec *p = printed_at(ctx, x), *q = printed_at(ctx, y);
	switch (col) {
	case PRINTED_STATE: return compare_printed(p, q);
	case PRINTED_SHRED: return compare_days(rec_date(p, F_PRINTED_LIST_SHRED), rec_date(q, F_PRINTED_LIST_SHRED));
	case PRINTED_ON: return compare_days(rec_date(p, F_PRINTED_LIST_PRINTED), rec_date(q, F_PRINTED_LIST_PRINTED));
	default: return text_compare(printed_cell(ctx, x, col, NULL), printed_cell(ctx, y, col, NULL));
	}
}

static const char *printed_empty(const void *ctx, struct arena *a)
{
	(void)ctx;
	(void)a;
	return _("No list with people on it has been printed or written out. Each that is, will stand here until it is shredded.");
}

static const struct list_source printed_source = {
	.id = printed_id, .cell = printed_cell, .role = printed_role, .compare = printed_compare, .empty = printed_empty,
};
static const struct list_col printed_cols[] = {
	[PRINTED_WHAT] = {"what", N_("What"), 18, 24, 2, false, false},
	[PRINTED_STATE] = {"state", N_("State"), 19, 19, 0, false, false},
	[PRINTED_SHRED] = {"shred", N_("Shred by"), 11, 11, 0, false, false},
	[PRINTED_ON] = {"printed", N_("Printed"), 10, 10, 0, false, false},
	[PRINTED_BY] = {"by", N_("By"), 10, 14, 1, false, false},
	[PRINTED_FOR] = {"for", N_("For"), 16, 24, 2, false, false},
};

/* ---- reading --------------------------------------------------------------------------------------------- */
void people_data_make_lists(struct people_data *d)
{
	d->lists[PEOPLE_DUE] = list_new(&due_source, due_cols, sizeof due_cols / sizeof *due_cols);
	d->lists[PEOPLE_ERASED] = list_new(&erased_source, erased_cols, sizeof erased_cols / sizeof *erased_cols);
	d->lists[PEOPLE_PRINTED] = list_new(&printed_source, printed_cols, sizeof printed_cols / sizeof *printed_cols);
}

/* Printed lists have a list of their own. */
static int read_due(struct people_data *d, struct screen *s, struct view *v, struct err *e)
{
	size_t n = 0;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? retention_due(v, b, s->model, d->today, PEOPLE_AHEAD, &d->due, &n, e) : e->code;
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (d->due[i].what == RETAIN_LIST)
			continue;
		d->loud[PEOPLE_DUE] += d->due[i].due <= d->today;
		d->due[d->n[PEOPLE_DUE]++] = d->due[i];
	}
	return rc;
}

static int by_printed(const void *x, const void *y)
{
	const struct rec *const *p = x, *const *q = y;
	return compare_printed(*p, *q);
}

static int read_printed(struct people_data *d, struct screen *s, struct view *v, struct err *e)
{
	size_t *n = &d->n[PEOPLE_PRINTED];
	int rc = view_all(v, s->model, TYPE_PRINTED_LIST, &d->printed, n, e);
	if (rc)
		return rc;
	if (*n)
		qsort(d->printed, *n, sizeof *d->printed, by_printed);
	for (size_t i = 0; i < *n; i++)
		d->loud[PEOPLE_PRINTED] += is_overdue(d->printed[i], d->today);
	return OK;
}

int people_data_read(struct people_data *d, struct screen *s, struct view *v, struct err *e)
{
	d->today = app_today(s->app);
	for (int i = 0; i < PEOPLE_LISTS; i++)
		d->n[i] = d->loud[i] = 0;
	int rc = read_due(d, s, v, e);
	if (rc == OK)
		rc = receipts_list(app_store(s->app), v, s->model, &d->erased, &d->n[PEOPLE_ERASED], e);
	for (size_t i = 0; rc == OK && i < d->n[PEOPLE_ERASED]; i++)
		d->loud[PEOPLE_ERASED] += d->erased[i].nmissing > 0;
	if (rc == OK)
		rc = read_printed(d, s, v, e);
	for (int i = 0; i < PEOPLE_LISTS; i++)
		list_set(d->lists[i], d, rc ? 0 : d->n[i]);
	return rc;
}

/* ---- one row in full ------------------------------------------------------------------------------------- */
const char *people_data_title(const struct people_data *d, size_t row, struct arena *a)
{
	switch (d->show) {
	case PEOPLE_DUE: return d->due[row].title;
	case PEOPLE_ERASED: return arena_printf(a, _("Erasure of %s"), short_date(erased_day(&d->erased[row]), a));
	default: return rec_text(d->printed[row], F_PRINTED_LIST_WHAT);
	}
}

struct fact { const char *label, *value; enum role role; };

static void draw_facts(const struct fact *f, size_t n, struct canvas *cv, struct rect r)
{
	for (size_t i = 0; i < n; i++)
		detail_fact(cv, &r, LABEL_COLS, f[i].role, f[i].label, f[i].value);
}

static void draw_due(const struct retained *x, struct canvas *cv, struct rect r)
{
	const struct fact facts[] = {
		{_("Why"), x->reason, ROLE_DEFAULT}, {_("What happens"), people_data_happens(x->what), ROLE_DEFAULT},
		{_("Source"), x->source, ROLE_DIM},
	};
	draw_facts(facts, sizeof facts / sizeof *facts, cv, r);
}

static void draw_erased(const struct people_data *d, size_t row, struct canvas *cv, struct rect r, struct arena *a)
{
	const struct receipts *x = &d->erased[row];
	const char *told = x->nmissing ? _("They follow when they next meet; nothing more is to be done here.") : "";
	const struct fact facts[] = {
		{_("Confirmed by"), people_data_confirmed(x, a), ROLE_OK},
		{_("Not yet by"), people_data_missing(x, d->today, a), ROLE_WARN}, {"", told, ROLE_DIM},
		{_("Why"), erased_why(x), ROLE_DEFAULT},
	};
	draw_facts(facts, sizeof facts / sizeof *facts, cv, r);
}

static void draw_printed(const struct people_data *d, size_t row, struct canvas *cv, struct rect r, struct arena *a)
{
	const struct rec *x = d->printed[row];
	const char *day = short_date(rec_date(x, F_PRINTED_LIST_PRINTED), a), *by = rec_text(x, F_PRINTED_LIST_BY);
	bool is_late = is_overdue(x, d->today);
	const struct fact facts[] = {
		{_("Shred"), is_late ? arena_printf(a, _("%s: shred it today, then press m"), printed_state(x, d->today, a))
			: printed_state(x, d->today, a), is_late ? ROLE_STOP : ROLE_DEFAULT},
		{_("Printed"), *by ? arena_printf(a, _("%s by %s"), day, by) : day, ROLE_DEFAULT},
		{_("For"), rec_text(x, F_PRINTED_LIST_PURPOSE), ROLE_DEFAULT},
	};
	draw_facts(facts, sizeof facts / sizeof *facts, cv, r);
}

void people_data_draw(const struct people_data *d, size_t row, struct canvas *cv, struct rect r, struct arena *a)
{
	switch (d->show) {
	case PEOPLE_DUE: draw_due(&d->due[row], cv, r); break;
	case PEOPLE_ERASED: draw_erased(d, row, cv, r, a); break;
	default: draw_printed(d, row, cv, r, a); break;
	}
}
