/* cli/demo.c - see demo.h. Owns the sizes and the order of the stages, and the few calls through which they write.
 *
 * Must not know what is invented: that is in demo_names.c, demo_places.c, demo_people.c, demo_frames.c, demo_roster.c,
 * demo_agreements.c, demo_data.c, demo_series.c and demo_today.c. */
#include "cli/demo.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "cli/demo_priv.h"

static const struct demo_scale scales[] = {
	[DEMO_WARD] = {.name = "ward",
		.volunteers = 25,
		.houses = 1,
		.days_before = 21,
		.days_after = 21,
		.days_published = 14,
		.rhythms = {8, 4, 20, 36, 32, 0},
		.applicants = 4,
		.pause = 4,
		.ended = 4,
		.newcomers = 10,
		.cancellations = 1},
	[DEMO_HOSPITAL] = {.name = "hospital",
		.volunteers = 176,
		.houses = 5,
		.days_before = 308,
		.days_after = 56,
		.days_published = 35,
		.rhythms = {10, 4, 22, 38, 26, 0},
		.applicants = 3,
		.pause = 4,
		.ended = 6,
		.newcomers = 15,
		.cancellations = 2},
	[DEMO_REGION] = {.name = "region",
		.volunteers = 2000,
		.houses = 20,
		.days_before = 10 * 365 - 54,
		.days_after = 56,
		.days_published = 35,
		.rhythms = {10, 3, 15, 34, 28, 10},
		.applicants = 3,
		.pause = 3,
		.ended = 18,
		.newcomers = 28,
		.cancellations = 4},
};

#define DAY_KEY "demo.day"

int demo_size_named(const char *name)
{
	for (int i = DEMO_WARD; i <= DEMO_REGION; i++)
		if (strcmp(name, scales[i].name) == 0)
			return i;
	return -1;
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

bool demo_begin(struct demo *d, enum act_no act)
{
	assert(!d->change);
	if (d->rc == OK)
		d->rc = change_begin(d->s, act, &d->change, d->e);
	return d->rc == OK;
}

bool demo_begin_part(struct demo *d, const char *part)
{
	if (!demo_begin(d, ACT_DEMO))
		return false;
	change_arg(d->change, value_text(part));
	return true;
}

void demo_at(struct demo *d, civil_min when)
{
	int64_t utc = civil_to_utc(when), now = civil_to_utc(d->now);
	utc = utc > d->past.at ? utc : d->past.at;
	d->past.at = utc < now ? utc : now;
}

void demo_commit(struct demo *d)
{
	struct change_result result;
	if (d->rc == OK)
		d->rc = change_commit(d->change, &result, d->e);
	else
		change_abandon(d->change);
	d->change = NULL;
	demo_at(d, civil_from_utc(d->past.at) + 7);
}

void demo_step(struct demo *d)
{
	d->done++;
	if (d->rc == OK && d->progress && d->progress(d->progress_ctx, d->done, d->total) != 0)
		d->rc = err_set(d->e, ERR_STOPPED, _("Stopped. What was made so far is in the store."));
}

static void set(struct demo *d, int type, struct id id, int field, struct value v)
{
	if (d->rc == OK)
		d->rc = change_set(d->change, type, id, field, v, d->e);
}

void demo_text(struct demo *d, int type, struct id id, int field, const char *s)
{
	if (s)
		set(d, type, id, field, value_text(s));
}

void demo_int(struct demo *d, int type, struct id id, int field, int64_t i)
{
	set(d, type, id, field, value_int(i));
}

void demo_ref(struct demo *d, int type, struct id id, int field, struct id to)
{
	if (!id_is_none(to))
		set(d, type, id, field, value_id(to));
}

void demo_empty(struct demo *d, int type, struct id id, int field)
{
	set(d, type, id, field, value_none());
}

void demo_link(struct demo *d, int kind, struct id from, struct id to)
{
	struct id id = id_link(kind, from, to);
	change_make(d->change, TYPE_LINK, id);
	demo_int(d, TYPE_LINK, id, F_LINK_KIND, kind);
	demo_ref(d, TYPE_LINK, id, F_LINK_FROM, from);
	demo_ref(d, TYPE_LINK, id, F_LINK_TO, to);
}

/* ---- all of it ------------------------------------------------------------------------------------------------- */

void demo_mark_day(struct demo *d)
{
	struct id id = id_setting(DAY_KEY);
	char day[16];
	change_make(d->change, TYPE_SETTING, id);
	demo_text(d, TYPE_SETTING, id, F_SETTING_KEY, DAY_KEY);
	demo_text(d, TYPE_SETTING, id, F_SETTING_VALUE, civil_format_date(day, sizeof day, d->today, CIVIL_ISO));
}

int demo_day(struct view *v, civil_date *out, struct err *e)
{
	struct arena *a = arena_new();
	struct rec *r = NULL;
	struct value day = value_none();
	const struct field *date = schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_STARTED);
	int rc = view_get(v, a, TYPE_SETTING, id_setting(DAY_KEY), &r, e);
	if (rc == OK && r && r->alive)
		rc = kind_parse(a, date, rec_text(r, F_SETTING_VALUE), store_today(view_store(v)), &day, e);
	*out = day.tag == V_INT ? (civil_date)day.i : DATE_NONE;
	arena_free(a);
	return rc;
}

static int refuse_people(struct store *s, struct err *e)
{
	struct view *v;
	size_t n = 0;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = view_count(v, TYPE_VOLUNTEER, &n, e);
	view_end(v);
	if (rc == OK && n > 0)
		rc = err_set(e, ERR_CONFLICT, _("%s holds volunteers already; demo data needs a store of its own"),
			store_dir(s));
	return rc;
}

/* The roster begins on a Monday and ends before one. */
static civil_date first_day(const struct demo_scale *scale, civil_date today)
{
	civil_date from = today - scale->days_before;
	return from - (civil_weekday(from) - 1);
}

static int64_t read_past(void *ctx)
{
	const struct demo_past *p = ctx;
	return p->at;
}

struct os_clock demo_past_clock(struct demo_past *p, enum demo_size size, const struct os_clock *now)
{
	civil_date today = cmin_date(civil_from_utc(now->now(now->ctx)));
	civil_date roster = first_day(&scales[size], today) - 10, data = demo_long_ago(today) - 1;
	p->at = civil_to_utc(cmin_at(roster < data ? roster : data, 9 * 60));
	return (struct os_clock){read_past, p};
}

static void set_period(struct demo *d)
{
	d->from = first_day(d->scale, d->today);
	d->to = d->today + d->scale->days_after;
	d->to += 8 - civil_weekday(d->to);
}

static void build_in_past(struct demo *d)
{
	struct os_clock now = store_clock(d->s);
	char *person = arena_strdup(d->a, store_person(d->s));
	store_set_clock(d->s, demo_past_clock(&d->past, d->size, &now));
	demo_data(d);
	demo_places(d);
	demo_people(d);
	demo_frames(d);
	demo_roster(d);
	demo_agreements(d);
	demo_today(d);
	store_set_person(d->s, person, NULL);
	store_set_clock(d->s, now);
}

int demo_build(struct store *s, enum demo_size size, uint64_t seed,
	int (*progress)(void *ctx, size_t done, size_t total), void *ctx, struct err *e)
{
	struct demo d = {.s = s,
		.e = e,
		.size = size,
		.scale = &scales[size],
		.dice = {seed},
		.now = store_now_civil(s),
		.today = store_today(s),
		.progress = progress,
		.progress_ctx = ctx};
	int rc = refuse_people(s, e);
	if (rc != OK)
		return rc;
	rc = store_defer_sync(s, true, e);
	if (rc != OK)
		return rc;
	d.a = arena_new();
	set_period(&d);
	d.total = 5 + demo_count_months(&d); /* places, people, frames, agreements, today */
	build_in_past(&d);
	arena_free(d.a);
	rc = store_defer_sync(s, false, d.rc ? NULL : e);
	return d.rc ? d.rc : rc;
}
