/* tui/series_forms.c - see series_priv.h: the forms of a series: new, changed; what is typed is told in days while one
 * types.
 *
 * Owns what is asked. What becomes of the shifts is roster/series.h's. */
#include "tui/series_priv.h"

#include <string.h>

#include "base/lang.h"
#include "tui/act_form.h"

/* From which day on, where it is changed. */
enum { FROM_DAY = 249 };
static const struct field from_day = {FROM_DAY, "from-day", KIND_DATE, DATE_NEAR, 0, 0, N_("Changes from"),
	N_("The first day that is another; empty: all of it")};

struct series_form {
	struct series was;                 /* id none: a new one */
	const char *told;                  /* what is to be read once it is saved */
	struct series_done done;
};

static const int fields_of[] = {
	F_SERIES_ROLE, F_SERIES_UNIT, F_SERIES_EVERY, F_SERIES_DAYS, F_SERIES_START, F_SERIES_END, F_SERIES_NEED, F_SERIES_WISHED, F_SERIES_FIRST,
	F_SERIES_UNTIL, F_SERIES_HOLIDAYS, F_SERIES_STATE, F_SERIES_NOTE,
};
enum { FIELDS = sizeof fields_of / sizeof *fields_of };

/* ---- what is typed ---------------------------------------------------------------------------------------------- */

static int number(const struct screen *s, int field, int otherwise)
{
	struct value v = form_value(s->form, field);
	return v.tag == V_INT ? (int)v.i : otherwise;
}

static struct series typed(const struct screen *s)
{
	return (struct series){
		.unit = act_form_id(s, F_SERIES_UNIT),
		.role = act_form_id(s, F_SERIES_ROLE),
		.first = act_form_date(s, F_SERIES_FIRST),
		.until = act_form_date(s, F_SERIES_UNTIL),
		.every = number(s, F_SERIES_EVERY, 0),
		.days = number(s, F_SERIES_DAYS, 0),
		.start = number(s, F_SERIES_START, -1),
		.end = number(s, F_SERIES_END, -1),
		.need = number(s, F_SERIES_NEED, 1),
		.wished = number(s, F_SERIES_WISHED, 0),
		.state = number(s, F_SERIES_STATE, SHIFT_DRAFT),
		.holidays = number(s, F_SERIES_HOLIDAYS, HOLIDAYS_SKIP) == HOLIDAYS_KEEP,
		.note = form_text(s->form, F_SERIES_NOTE),
	};
}

/* "every second Wednesday 08:00–11:00: Wed 3/12, Wed 17/12 …", as soon as enough is typed. */
static const char *says(const struct screen *s, struct arena *a)
{
	enum { DAYS = 5 };
	struct series n = typed(s);
	const struct series_form *d = act_form_data(s);
	char day[64];
	if (n.first == DATE_NONE)
		n.first = d->was.first;
	if (n.days == 0 || n.every == 0 || n.start < 0 || n.end < 0 || n.first == DATE_NONE)
		return _("Which days, and from when to when?");
	civil_date from = act_form_date(s, FROM_DAY), at = (from != DATE_NONE ? from : app_today(s->app)) - 1;
	const char *text = arena_printf(a, "→ %s:", series_when(a, &n));
	bool any = false;
	for (int i = 0; i < DAYS && (at = series_next(NULL, &n, at + 1)) != DATE_NONE; i++, any = true)
		text = arena_printf(a, "%s%s %s", text, i ? "," : "", civil_format_date(day, sizeof day, at, CIVIL_DAY));
	return any ? text : _("It falls on no day.");
}

/* ---- a new one -------------------------------------------------------------------------------------------------- */

static int save_new(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct series_form *d = act_form_data(s);
	struct series n = typed(s);
	int rc = series_add(app_store(s->app), app_scratch(s->app), &n, series_reach(&n, app_today(s->app)), &d->done, r, e);
	*said = arena_printf(app_scratch(s->app), _("The series is made · %s"), series_counts(app_scratch(s->app), &d->done));
	return rc;
}

static void saved(struct app *app, const void *data)
{
	series_show_told(app, &((const struct series_form *)data)->done);
}

static void saved_new(struct app *app, const void *data)
{
	series_show_new(app, ((const struct series_form *)data)->done.series);
	saved(app, data);
}

static const struct act_form_sort new_sort = {N_("New series of shifts"), save_new, NULL, saved_new};

static struct screen *form_for(struct app *app, const struct act_form_sort *sort, bool changes, const char *about)
{
	const struct field *fields[FIELDS + 1];
	size_t n = 0;
	if (changes)
		fields[n++] = &from_day;
	for (size_t i = 0; i < FIELDS; i++)
		if (!changes || fields_of[i] != F_SERIES_FIRST)
			fields[n++] = schema_field(TYPE_SERIES, fields_of[i]);
	struct screen *s = act_form_new(app, sort, fields, n, about, sizeof(struct series_form));
	act_form_says(s, says);
	return s;
}

struct screen *screen_series_new(struct app *app)
{
	struct screen *s = form_for(app, &new_sort, false, "");
	((struct series_form *)act_form_data(s))->was.first = DATE_NONE;
	form_put(s->form, F_SERIES_EVERY, value_int(SERIES_WEEK), NULL);
	form_put(s->form, F_SERIES_FIRST, value_int(app_today(app)), NULL);
	form_put(s->form, F_SERIES_NEED, value_int(1), NULL);
	form_put(s->form, F_SERIES_STATE, value_int(SHIFT_DRAFT), NULL);
	form_set_clean(s->form);
	return s;
}

/* ---- changed ---------------------------------------------------------------------------------------------------- */

static struct series_edit difference(const struct series *was, const struct series *now)
{
	const struct { int field; bool other; } parts[] = {
		{F_SERIES_UNIT, !id_equal(was->unit, now->unit)}, {F_SERIES_ROLE, !id_equal(was->role, now->role)},
		{F_SERIES_UNTIL, was->until != now->until}, {F_SERIES_EVERY, was->every != now->every}, {F_SERIES_DAYS, was->days != now->days},
		{F_SERIES_START, was->start != now->start}, {F_SERIES_END, was->end != now->end}, {F_SERIES_NEED, was->need != now->need},
		{F_SERIES_WISHED, was->wished != now->wished}, {F_SERIES_NOTE, strcmp(was->note, now->note) != 0},
		{F_SERIES_HOLIDAYS, was->holidays != now->holidays}, {F_SERIES_STATE, was->state != now->state},
	};
	struct series_edit edit = {.to = *now};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		edit.fields |= parts[i].other ? 1u << parts[i].field : 0;
	return edit;
}

static int save_change(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct series_form *d = act_form_data(s);
	const struct series now = typed(s);
	const struct series_edit edit = difference(&d->was, &now);
	civil_date from = act_form_date(s, FROM_DAY);
	struct arena *a = app_scratch(s->app);
	*r = (struct change_result){0};
	*said = "";
	if (edit.fields == 0)
		return OK;
	int rc = series_change(app_store(s->app), a, d->was.id, from, from == DATE_NONE ? SERIES_ALL : SERIES_FOLLOWING, &edit, &d->done, r, e);
	*said = arena_printf(a, _("The series is changed · %s"), rc ? "" : series_counts(a, &d->done));
	return rc;
}

static const struct act_form_sort change_sort = {N_("Change a series of shifts"), save_change, NULL, saved};

static int read_series(struct app *app, struct id id, struct arena *a, struct series *out, struct err *e)
{
	struct view *v = NULL;
	struct series_list l = {0};
	int rc = view_begin(app_store(app), &v, e);
	if (rc == OK)
		rc = series_load(v, a, &l, e);
	const struct series *s = rc == OK ? series_get(&l, id) : NULL;
	if (rc == OK && !s)
		rc = err_set(e, ERR_NOTFOUND, _("there is no such series of shifts, or it has been deleted"));
	if (s)
		*out = *s;
	view_end(v);
	return rc;
}

static struct value counted(int n)
{
	return n ? value_int(n) : value_none();
}

static void put_series(struct screen *s, const struct series *w, const struct book *b)
{
	form_choose(s->form, F_SERIES_UNIT, w->unit, book_name(b, w->unit));
	form_choose(s->form, F_SERIES_ROLE, w->role, book_name(b, w->role));
	form_put(s->form, F_SERIES_UNTIL, value_date_or_none(w->until), NULL);
	form_put(s->form, F_SERIES_EVERY, value_int(w->every), NULL);
	form_put(s->form, F_SERIES_DAYS, value_int(w->days), NULL);
	form_put(s->form, F_SERIES_START, value_int(w->start), NULL);
	form_put(s->form, F_SERIES_END, value_int(w->end), NULL);
	form_put(s->form, F_SERIES_NEED, value_int(w->need), NULL);
	form_put(s->form, F_SERIES_WISHED, counted(w->wished), NULL);
	form_put(s->form, F_SERIES_HOLIDAYS, w->holidays ? value_int(HOLIDAYS_KEEP) : value_none(), NULL);
	form_put(s->form, F_SERIES_STATE, value_int(w->state), NULL);
	form_put(s->form, F_SERIES_NOTE, value_text_or_none(w->note), NULL);
}

struct screen *screen_series_change(struct app *app, struct id series, civil_date from)
{
	struct err e;
	struct series was;
	struct arena *a = app_scratch(app);
	struct book *b = app_book_now(app, &e);
	int rc = b ? read_series(app, series, a, &was, &e) : e.code;
	if (rc) {
		app_fail(app, &e);
		return NULL;
	}
	struct screen *s = form_for(app, &change_sort, true, series_when(a, &was));
	struct series_form *d = act_form_data(s);
	d->was = was;
	d->was.note = arena_strdup(s->arena, was.note);
	put_series(s, &d->was, b);
	form_put(s->form, FROM_DAY, value_date_or_none(from), NULL);
	form_set_focus(s->form, F_SERIES_START);
	form_set_clean(s->form);
	return s;
}
