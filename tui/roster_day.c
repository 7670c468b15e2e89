/* tui/roster_day.c - a day: each shift with the people on it, their phones and states, and a line for its open places.
 *
 * Owns the rows of the day and what Enter does with them. What else is done to them is shifts.c's. */
#include "tui/shifts_priv.h"

#include "base/lang.h"

enum { WIDE = 100, GAP_SECTION = 1 };

/* A shift, one of its people, or its open places. */
struct day_row {
	struct id id;
	const struct shift *shift;
	const struct seat *seat;
	const char *via;                   /* the organisation's name, "" */
	bool gap;
};

struct day_data {
	struct face face;                  /* first: shifts_priv.h */
	civil_date day;
	bool seek;                         /* put the cursor on `wanted` after the next load */
	struct id wanted;                  /* ID_NONE: the first */
	struct roster roster;
	struct troubles troubles;
	struct day_row *rows;
	size_t n;
};

enum { COL_WHEN, COL_WHO, COL_PHONE, COL_STATE };
static const struct list_col cols[] = {
	[COL_WHEN] = {"when", N_("When"), 11, 11, 0, false, false},
	[COL_WHO] = {"who", N_("Shift and people"), 16, 30, 3, false, false},
	[COL_PHONE] = {"phone", N_("Phone"), 11, 11, 0, false, false},
	[COL_STATE] = {"state", N_("State"), 9, 12, 0, false, false},
};

static struct day_data *data_of(const struct screen *s)
{
	return s->data;
}

static const struct day_row *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? &data_of(s)->rows[row] : NULL;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */
static const struct day_row *row_at(const void *ctx, size_t row)
{
	return &((const struct day_data *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

static const char *who_text(const struct day_row *r, struct arena *a)
{
	if (r->seat)
		return arena_printf(a, "  %s", r->seat->name);
	if (r->gap)
		return arena_printf(a, "  %s", open_places(a, (size_t)r->shift->open));
	return shift_where(a, r->shift);
}

static const char *state_text(const struct day_data *d, const struct day_row *r, struct arena *a)
{
	if (r->gap)
		return _("Enter fills");
	if (!r->seat)
		return shift_count(a, r->shift);
	enum rule_level level = r->seat->person ?
		troubles_level(&d->troubles, r->shift->row.shift, r->seat->person) : (enum rule_level)0;
	if (level)
		return arena_printf(a, "%s %s", level_mark(level), rule_level_name(level));
	return seat_says(r->seat) ? seat_state(r->seat) : "";
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct day_row *r = row_at(ctx, row);
	switch (col) {
	case COL_WHEN: return r->seat || r->gap ? "" : shift_span(a, r->shift);
	case COL_WHO: return who_text(r, a);
	case COL_PHONE: return r->seat ? seat_phone(a, r->seat) : "";
	default: return state_text(ctx, r, a);
	}
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct day_data *d = ctx;
	const struct day_row *r = row_at(ctx, row);
	if (r->gap)
		return col == COL_STATE ? ROLE_DIM : ROLE_GAP;
	if (!r->seat)
		return col == COL_STATE ? shift_role(r->shift) : shift_is_off(r->shift) ? ROLE_DIM : ROLE_TITLE;
	if (col == COL_STATE && r->seat->person) {
		enum rule_level level = troubles_level(&d->troubles, r->shift->row.shift, r->seat->person);
		return level ? level_role(level) : seat_role(r->seat);
	}
	return seat_role(r->seat);
}

/* A person's row is found with its shift, a shift's with all its people. */
static const char *row_find(const void *ctx, size_t row, struct arena *a)
{
	const struct day_row *r = row_at(ctx, row);
	const char *where = arena_printf(a, "%s %s", r->shift->unit, r->shift->role);
	if (r->seat)
		return arena_printf(a, "%s %s", r->seat->name, where);
	for (size_t i = 0; i < r->shift->nseats; i++)
		where = arena_printf(a, "%s %s", where, r->shift->seats[i].name);
	return where;
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct day_data *d = ctx;
	return arena_printf(a, _("No shifts on %s. o makes one, n goes to the next open place."),
		day_text(a, d->day, CIVIL_LONG));
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .find = row_find, .empty = why_empty,
};

/* ---- the model ----------------------------------------------------------------------------------------- */
static void add_row(struct day_data *d, struct day_row row)
{
	d->rows[d->n++] = row;
}

static void build_rows(struct day_data *d, struct arena *a, const struct book *b)
{
	size_t most = 0;
	for (size_t i = 0; i < d->roster.n; i++)
		most += 2 + d->roster.shifts[i].nseats;
	d->rows = arena_alloc(a, (most + 1) * sizeof *d->rows);
	d->n = 0;
	for (size_t i = 0; i < d->roster.n; i++) {
		const struct shift *s = &d->roster.shifts[i];
		struct id id = s->row.shift;
		add_row(d, (struct day_row){.id = id, .shift = s, .via = ""});
		for (size_t j = 0; j < s->nseats; j++) {
			const struct seat *seat = &s->seats[j];
			const char *via = id_is_none(seat->organisation) ? "" : book_name(b, seat->organisation);
			add_row(d, (struct day_row){seat->assignment, s, seat, via, false});
		}
		if (s->open)
			add_row(d, (struct day_row){list_id_in(id, GAP_SECTION), s, NULL, "", true});
	}
}

/* An open place is what one came for; else the shift; else the top of the day. */
static void seek(struct screen *s)
{
	struct day_data *d = data_of(s);
	bool found = !id_is_none(d->wanted) &&
		(list_select(s->list, list_id_in(d->wanted, GAP_SECTION)) || list_select(s->list, d->wanted));
	if (!found && d->n)
		list_select(s->list, d->rows[0].id);
	d->seek = false;
}

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct day_data *d = data_of(s);
	const struct id *unit = id_is_none(d->face.unit) ? NULL : &d->face.unit;
	struct book *b = app_book(s->app, v, e);
	if (!b)
		return ERR_IO;
	int rc = roster_load(v, b, s->model, unit, d->day, d->day + 1, &d->roster, e);
	if (rc == OK)
		rc = rules_problems(v, b, s->model, unit, d->day, d->day + 1, false, &d->troubles.all,
			&d->troubles.n, e);
	if (rc != OK)
		return rc;
	build_rows(d, s->model, b);
	list_set(s->list, d, d->n);
	if (d->seek)
		seek(s);
	return OK;
}

static struct spot spot(const struct screen *s)
{
	const struct day_data *d = data_of(s);
	const struct day_row *r = selected(s);
	if (!r)
		return (struct spot){.day = d->day, .unit = d->face.unit};
	const struct shift_row *row = &r->shift->row;
	int from = cmin_minute(row->start);
	return (struct spot){.day = d->day, .unit = row->unit, .role = row->role, .from = from,
		.to = from + (int)(row->end - row->start), .shift = r->shift, .seat = r->seat};
}

static void show(struct screen *s, civil_date day, struct id shift)
{
	struct day_data *d = data_of(s);
	d->day = day;
	d->wanted = shift;
	d->seek = true;
	screen_reload(s);
}

/* The shifts whose own row or open places are marked, each once: a person who is marked isn't their shift. */
static struct id *marked(const struct screen *s, struct arena *a, size_t *n)
{
	const struct day_data *d = data_of(s);
	struct id *ids = arena_alloc(a, (d->roster.n + 1) * sizeof *ids);
	*n = 0;
	for (size_t i = 0; i < d->n; i++) {
		struct id id = d->rows[i].shift->row.shift;
		bool again = *n && id_equal(ids[*n - 1], id);
		if (!d->rows[i].seat && list_is_marked(s->list, d->rows[i].id) && !again)
			ids[(*n)++] = id;
	}
	return ids;
}

/* ---- the picture --------------------------------------------------------------------------------------- */
static void put_line(struct canvas *cv, struct rect *r, unsigned role, const char *text)
{
	if (*text)
		rect_cut_top(r, cv_wrap(cv, *r, role, text));
}

static void draw_person(const struct day_row *row, struct canvas *cv, struct rect *r, struct arena *a)
{
	const struct person *p = row->seat->person;
	put_line(cv, r, ROLE_TITLE, row->seat->name);
	put_line(cv, r, ROLE_DEFAULT, p ? person_phone(a, p) : "");
	put_line(cv, r, ROLE_DEFAULT, p ? p->email : "");
	put_line(cv, r, ROLE_DIM, *row->via ? arena_printf(a, _("via %s"), row->via) : "");
	put_line(cv, r, ROLE_DEFAULT, p && *p->wishes ? arena_printf(a, _("Wishes: %s"), p->wishes) : "");
	rect_cut_top(r, 1);
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct day_data *d = data_of(s);
	const struct day_row *r = selected(s);
	if (body.cols >= WIDE) {
		struct rect detail = rect_cut_right(&body, body.cols / 3);
		draw_divider(cv, &detail);
		if (r && r->seat)
			draw_person(r, cv, &detail, a);
		if (r)
			shift_draw(cv, detail, r->shift, &d->troubles, a);
	}
	list_draw(s->list, cv, body, a);
}

static const char *heading(const struct screen *s, struct arena *a)
{
	const struct day_data *d = data_of(s);
	char week[32];
	const char *text = arena_printf(a, "%s · %s", day_text(a, d->day, CIVIL_LONG),
		civil_format_week(week, sizeof week, d->day, CIVIL_DAY));
	return s->as_of ? arena_printf(a, _("%s, as it was"), text) : text;
}

static const char *status(const struct screen *s, struct arena *a)
{
	const struct roster *r = &data_of(s)->roster;
	size_t marks = list_nmarks(s->list);
	const char *text = roster_status(a, r);
	if (*list_filter_text(s->list))
		text = list_status(s->list, a);
	else if (marks)
		text = arena_printf(a, ngettext("%s · %zu marked", "%s · %zu marked", marks), text, marks);
	return text;
}

static bool event(struct screen *s, const struct event *ev)
{
	return face_types_name(s, ev);
}

static const struct screen_ops ops = {
	.name = "roster-day",
	.title = N_("Day"),
	.contexts = CTX_ROSTER_DAY | CTX_LIST,
	.load = load,
	.draw = draw,
	.event = event,
	.status = status,
	.heading = heading,
	.close = face_close,
};

struct screen *screen_roster_day_at(struct app *app, civil_date day, struct id unit, struct id shift, int64_t utc)
{
	struct screen *s = screen_new(app, &ops, sizeof(struct day_data));
	struct day_data *d = data_of(s);
	d->face = (struct face){.spot = spot, .show = show, .marked = marked, .unit = unit};
	d->day = day;
	d->wanted = shift;
	d->seek = true;
	s->as_of = utc;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

struct screen *screen_roster_day(struct app *app, civil_date day, struct id unit, struct id shift)
{
	return screen_roster_day_at(app, day, unit, shift, 0);
}

/* ---- Enter --------------------------------------------------------------------------------------------- */
static void do_open(struct app *app, struct screen *s)
{
	const struct day_row *r = selected(s);
	if (r->seat && r->seat->person)
		app_push(app, screen_volunteer(app, r->seat->person->id));
	else if (s->as_of)
		app_toast(app, "%s", refuse_past(app, s));
	else if (r->gap)
		shifts_fill(app, r->shift, NULL);
	else
		app_push(app, screen_record_form(app, TYPE_SHIFT, r->shift->row.shift, NULL, NULL));
}

static const struct action rows[] = {
	{"day.open", CTX_ROSTER_DAY, "Enter", N_("Open"),
		N_("Opens the card, fills the open place, or edits the shift"),
		GROUP_GO, 2, ACTION_ROW, NULL, do_open},
};
const struct action_set actions_roster_day = {N_("Day"), NULL, rows, sizeof rows / sizeof *rows};
