/* roster/publish.c - see publish.h.
 *
 * Owns what keeps a draft a draft, and whom the others concern. Must not know what any rule means. */
#include "roster/publish.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/act_priv.h"
#include "roster/duty.h"

struct publishing {
	struct view *v;
	struct book *b;
	struct arena *a;
	struct published *out;
	struct problem *problems;
	size_t nproblems, cap[3];
	civil_min now;
};

/* NULL: nothing. */
static const char *what_stops(struct publishing *p, const struct shift *s)
{
	if (s->row.start <= p->now)
		return _("has begun already");
	for (size_t i = 0; i < p->nproblems; i++) {
		const struct problem *at = &p->problems[i];
		if (at->v.rule->level != RULE_STOP || !id_equal(at->shift->row.shift, s->row.shift))
			continue;
		return at->person ? arena_printf(p->a, "%s: %s", at->person->name, at->v.sentence) : at->v.sentence;
	}
	return NULL;
}

static void leave_out(struct publishing *p, const struct shift *s, const char *why)
{
	struct published *o = p->out;
	o->left = arena_grow(p->a, o->left, &p->cap[0], o->nleft + 1, sizeof *o->left);
	o->left[o->nleft++] = (struct publish_left){s->row.shift, s->row.start, shift_title(p->a, s), arena_strdup(p->a, why)};
}

static struct publish_told *told_of(struct publishing *p, const struct person *who)
{
	struct published *o = p->out;
	for (size_t i = 0; i < o->ntold; i++)
		if (id_equal(o->told[i].volunteer, who->id))
			return &o->told[i];
	o->told = arena_grow(p->a, o->told, &p->cap[1], o->ntold + 1, sizeof *o->told);
	o->told[o->ntold] = (struct publish_told){
		.volunteer = who->id, .name = arena_strdup(p->a, who->name), .phone = arena_strdup(p->a, who->phone), .first = CMIN_NONE,
	};
	return &o->told[o->ntold++];
}

/* Shifts come by their start, so the first seen is somebody's first. */
static void tell(struct publishing *p, const struct shift *s)
{
	for (size_t i = 0; i < s->nseats; i++) {
		if (!s->seats[i].person || !duty_state_holds(s->seats[i].state))
			continue;
		struct publish_told *t = told_of(p, s->seats[i].person);
		t->first = t->shifts++ ? t->first : s->row.start;
	}
}

static void take(struct publishing *p, const struct shift *s)
{
	struct published *o = p->out;
	o->shifts = arena_grow(p->a, o->shifts, &p->cap[2], o->n + 1, sizeof *o->shifts);
	o->shifts[o->n++] = s->row.shift;
	tell(p, s);
}

static int compare_told(const void *vx, const void *vy)
{
	const struct publish_told *x = vx, *y = vy;
	int c = (x->first > y->first) - (x->first < y->first);
	c = c ? c : text_compare(x->name, y->name);
	return c ? c : id_compare(x->volunteer, y->volunteer);
}

static void sort_told(struct published *out)
{
	if (out->ntold)
		qsort(out->told, out->ntold, sizeof *out->told, compare_told);
}

int publish_told_again(struct view *v, struct book *b, struct arena *a, const struct publish_period *how, struct published *out, struct err *e)
{
	struct roster r;
	struct publishing p = {.v = v, .b = b, .a = a, .out = out, .now = store_now_civil(view_store(v))};
	*out = (struct published){0};
	int rc = roster_load(v, b, a, how->unit, how->from, how->to, &r, e);
	for (size_t i = 0; rc == OK && i < r.n; i++)
		if (r.shifts[i].row.state == SHIFT_PUBLISHED && r.shifts[i].row.start > p.now)
			tell(&p, &r.shifts[i]);
	sort_told(out);
	return rc;
}

int publish_look(struct view *v, struct book *b, struct arena *a, const struct publish_period *how, struct published *out, struct err *e)
{
	struct roster r;
	struct publishing p = {.v = v, .b = b, .a = a, .out = out, .now = store_now_civil(view_store(v))};
	*out = (struct published){0};
	int rc = roster_load(v, b, a, how->unit, how->from, how->to, &r, e);
	if (rc == OK)
		rc = rules_problems(v, b, a, how->unit, how->from, how->to, false, &p.problems, &p.nproblems, e);
	for (size_t i = 0; rc == OK && i < r.n; i++) {
		const char *why = r.shifts[i].row.state == SHIFT_DRAFT ? what_stops(&p, &r.shifts[i]) : NULL;
		if (why)
			leave_out(&p, &r.shifts[i], why);
		else if (r.shifts[i].row.state == SHIFT_DRAFT)
			take(&p, &r.shifts[i]);
	}
	sort_told(out);
	return rc;
}

int publish_next(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_min *out, struct err *e)
{
	enum { AHEAD = 92 };
	struct shift_row *row;
	size_t n;
	*out = CMIN_NONE;
	int rc = view_shifts(v, a, NULL, cmin_at(from, 0), cmin_at(from + AHEAD, 0), &row, &n, e);
	for (size_t i = 0; rc == OK && *out == CMIN_NONE && i < n; i++)
		if (row[i].state == SHIFT_DRAFT && (!unit || book_unit_within(b, row[i].unit, *unit)))
			*out = row[i].start;
	return rc;
}

int publish_do(struct store *s, struct arena *a, const struct publish_period *how, struct published *out, struct change_result *result, struct err *e)
{
	struct act x;
	struct book *b = NULL;
	*out = (struct published){0};
	int rc = act_begin(&x, s, ACT_PUBLISH, e);
	if (rc == OK)
		rc = book_load(x.v, &b, e);
	if (rc == OK)
		rc = publish_look(x.v, b, a, how, out, e);
	for (size_t i = 0; rc == OK && i < out->n; i++)
		rc = change_set(x.c, TYPE_SHIFT, out->shifts[i], F_SHIFT_STATE, value_int(SHIFT_PUBLISHED), e);
	if (rc == OK)
		act_arg_shifts(&x, out->shifts, out->n);
	book_free(b);
	return act_end(&x, rc, result, e);
}
