/* tui/shifts_draw.c - see shifts_priv.h. Owns the picture of one shift with its people. Must not read the store. */
#include "tui/shifts_priv.h"

#include "base/lang.h"
#include "base/text.h"

void draw_divider(struct canvas *cv, struct rect *r)
{
	struct rect line = rect_cut_left(r, 1);
	cv_fill(cv, line, ROLE_DIM, "│");
	rect_cut_left(r, 1);
}

static void put_line(struct canvas *cv, struct rect *r, unsigned role, const char *text)
{
	struct rect line = rect_cut_top(r, 1);
	if (line.rows)
		cv_text(cv, line.row, line.col, line.cols, role, text);
}

static void put_wrapped(struct canvas *cv, struct rect *r, unsigned role, const char *text)
{
	rect_cut_top(r, cv_wrap(cv, *r, role, text));
}

/* "Susanne Bak          20 83 87 97"; whoever isn't simply on it says so in a line below. */
static void put_seat(struct canvas *cv, struct rect *r, const struct seat *seat, struct arena *a)
{
	const char *phone = seat_phone(a, seat);
	struct rect line = rect_cut_top(r, 1);
	int right = *phone ? text_width(phone) + 1 : 0;
	if (!line.rows)
		return;
	cv_text(cv, line.row, line.col, line.cols - right, seat_role(seat), seat->name);
	cv_right(cv, line.row, line.col, line.cols, seat_role(seat), phone);
	if (seat_says(seat))
		put_line(cv, r, seat_role(seat), arena_printf(a, "  %s", seat_state(seat)));
}

static void put_troubles(struct canvas *cv, struct rect *r, const struct shift *s, const struct troubles *t,
	struct arena *a)
{
	for (size_t i = 0; i < t->n && r->rows > 0; i++) {
		const struct problem *p = &t->all[i];
		if (!id_equal(p->shift->row.shift, s->row.shift))
			continue;
		const char *who = p->person ? arena_printf(a, "%s: ", p->person->name) : "";
		const char *line = arena_printf(a, "%s %s%s", level_mark(p->v.rule->level), who, p->v.sentence);
		if (!problem_stands(p))
			line = arena_printf(a, _("%s (set aside: %s)"), line, p->override);
		put_wrapped(cv, r, problem_stands(p) ? level_role(p->v.rule->level) : ROLE_DIM, line);
	}
}

/* In what is left by those rows of people, but one row at least. */
static void put_troubles_above(struct canvas *cv, struct rect *r, int people, const struct shift *s,
	const struct troubles *t, struct arena *a)
{
	struct rect left = *r;
	left.rows = r->rows - people > 1 ? r->rows - people : 1;
	int rows = left.rows;
	put_troubles(cv, &left, s, t, a);
	rect_cut_top(r, rows - left.rows);
}

int shift_draw(struct canvas *cv, struct rect r, const struct shift *s, const struct troubles *t, struct arena *a)
{
	int rows = r.rows;
	put_line(cv, &r, ROLE_TITLE, s->unit);
	put_line(cv, &r, ROLE_DEFAULT, s->role);
	put_line(cv, &r, ROLE_DEFAULT, shift_when(a, s));
	put_line(cv, &r, shift_role(s), shift_sum(a, s));
	if (*s->note)
		put_wrapped(cv, &r, ROLE_DIM, s->note);
	rect_cut_top(&r, 1);
	for (size_t i = 0; i < s->nseats; i++)
		put_seat(cv, &r, &s->seats[i], a);
	rect_cut_top(&r, s->nseats ? 1 : 0);
	put_troubles(cv, &r, s, t, a);
	return rows - r.rows;
}

/* All who are on it with their numbers, then who said no; to be wrapped. */
static const char *people_line(const struct shift *s, struct arena *a)
{
	const char *text = "";
	for (size_t i = 0; i < s->nseats; i++) {
		const struct seat *seat = &s->seats[i];
		const char *phone = seat_phone(a, seat);
		const char *who = *phone ? arena_printf(a, "%s %s", seat->name, phone) : seat->name;
		if (seat_says(seat))
			who = arena_printf(a, "%s (%s)", who, seat_state(seat));
		text = arena_printf(a, "%s%s%s", text, i ? " · " : "", who);
	}
	return text;
}

void shift_draw_rule(struct canvas *cv, struct rect r, const struct shift *s, struct arena *a)
{
	const char *count = shift_count(a, s);
	int right = text_width(count) + 2;
	cv_rule(cv, r.row, r.col, r.cols - right - 2, ROLE_TITLE, shift_title(a, s));
	cv_rule(cv, r.row, r.col + r.cols - right - 2, right + 2, ROLE_DIM, "");
	cv_printf(cv, r.row, r.col + r.cols - right - 2, right, shift_role(s), " %s ", count);
}

void shift_draw_strip(struct canvas *cv, struct rect r, const struct shift *s, const struct troubles *t,
	struct arena *a)
{
	shift_draw_rule(cv, rect_cut_top(&r, 1), s, a);
	rect_cut_left(&r, 2);
	const char *people = people_line(s, a);
	if (*s->note)
		people = arena_printf(a, "%s%s%s", people, *people ? " · " : "", s->note);
	people = *people ? people : _("Nobody yet.");
	if (troubles_level(t, s->row.shift, NULL))
		put_troubles_above(cv, &r, cv_wrap(NULL, r, ROLE_DEFAULT, people), s, t, a);
	put_wrapped(cv, &r, ROLE_DEFAULT, people);
}
