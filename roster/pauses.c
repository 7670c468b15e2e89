/* roster/pauses.c - see gates.h: when nobody is to come, to a place, for a role, or at all.
 *
 * Owns which shifts a pause calls off, who must be told, and what is put on again when it ends. Must not know why. */
#include "roster/gates.h"

#include "base/lang.h"
#include "roster/act_priv.h"

/* ---- what stands still ------------------------------------------------------------------------------------------ */

static bool is_of(const struct book *b, struct id of, struct id unit, struct id role)
{
	return id_is_none(of) || id_equal(of, role) || book_unit_within(b, unit, of);
}

const struct standstill *pause_on(const struct book *b, struct id unit, struct id role, civil_date day)
{
	for (size_t i = 0; i < b->frames.npauses; i++) {
		const struct standstill *p = &b->frames.pauses[i];
		bool runs = p->from <= day && (p->until == DATE_NONE || day < p->until);
		if (runs && is_of(b, p->of, unit, role))
			return p;
	}
	return NULL;
}

/* ---- what it calls off ------------------------------------------------------------------------------------------ */

/* The shifts that it is about: from a minute on, by their start. The last day that can be written stands for "for
 * ever". */
static int find_shifts(struct view *v, struct arena *a, const struct book *b, const struct standstill *of, civil_min from,
		       struct shift_row **out, size_t *n, struct err *e)
{
	struct shift_row *all;
	size_t nall;
	civil_date end = of->until == DATE_NONE ? civil_from_ymd(CIVIL_LAST_YEAR, 12, 31) : of->until;
	int rc = view_shifts(v, a, NULL, from, cmin_at(end, 0), &all, &nall, e);
	*n = 0;
	*out = all;
	for (size_t i = 0; rc == OK && i < nall; i++)
		if (is_of(b, of->of, all[i].unit, all[i].role))
			all[(*n)++] = all[i];
	return rc;
}

/* Whoever is here already stays for that shift. */
static civil_min first_minute(civil_min now, civil_date from)
{
	return cmin_date(now) == from ? now : cmin_at(from, 0);
}

static void end_telling(struct to_tell *t, struct pause_effect *out)
{
	told_sort(t);
	out->shifts = t->shifts;
	out->told = t->told;
	out->n = t->n;
}

/* What it calls off, and who is on it. A draft isn't promised to anybody: it stays one, and stands among the problems
 * until the pause is over. */
static int reckon(struct to_tell *t, const struct pause_new *how, civil_min now, struct pause_effect *out,
		  struct shift_row **shifts, struct err *e)
{
	const struct standstill of = {.of = how->of, .from = how->from, .until = how->until};
	size_t n = 0;
	if (how->until != DATE_NONE && how->until <= how->from)
		return err_set(e, ERR_USAGE, _("a pause begins again on a later day than it begins"));
	int rc = find_shifts(t->v, t->scratch, t->b, &of, first_minute(now, how->from), shifts, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		if ((*shifts)[i].state != SHIFT_PUBLISHED)
			continue;
		(*shifts)[t->shifts] = (*shifts)[i];
		rc = told_add(t, &(*shifts)[i], e);
	}
	end_telling(t, out);
	return rc;
}

int pause_look(struct view *v, const struct book *b, struct arena *a, const struct pause_new *how, civil_min now,
	       struct pause_effect *out, struct err *e)
{
	struct shift_row *shifts;
	struct to_tell t = {.v = v, .scratch = a, .b = b, .a = a};
	*out = (struct pause_effect){0};
	return reckon(&t, how, now, out, &shifts, e);
}

/* ---- beginning -------------------------------------------------------------------------------------------------- */

static int write_pause(struct act *x, const struct pause_new *how, struct id *id, struct err *e)
{
	*id = change_new(x->c, TYPE_PAUSE);
	const struct field_value fields[] = {
		{F_PAUSE_OF, value_id_or_none(how->of)},
		{F_PAUSE_WHY, value_text_or_none(how->why)},
		{F_PAUSE_FROM, value_int(how->from)},
		{F_PAUSE_UNTIL, value_date_or_none(how->until)},
	};
	change_arg(x->c, id_is_none(how->of) ? value_text(_("everybody")) : value_id(how->of));
	return change_set_all(x->c, TYPE_PAUSE, *id, fields, sizeof fields / sizeof *fields, e);
}

int pause_begin(struct store *s, struct book *b, struct arena *a, const struct pause_new *how, struct pause_effect *told,
		struct change_result *out, struct err *e)
{
	struct act x;
	struct shift_row *shifts = NULL;
	*told = (struct pause_effect){0};
	int rc = act_begin(&x, s, ACT_PAUSE, e);
	struct to_tell t = {.v = x.v, .scratch = x.a, .b = b, .a = a};
	if (rc == OK)
		rc = reckon(&t, how, store_now_civil(s), told, &shifts, e);
	if (rc == OK)
		rc = write_pause(&x, how, &told->pause, e);
	for (size_t i = 0; rc == OK && i < told->shifts; i++)
		rc = change_set(x.c, TYPE_SHIFT, shifts[i].shift, F_SHIFT_STATE, value_int(SHIFT_CANCELLED), e);
	return act_end(&x, rc, out, e);
}

/* ---- what one has called off ------------------------------------------------------------------------------------ */

/* Did the pause's own change call it off, and has nobody touched that since? */
static int was_called_off(struct view *v, struct arena *a, struct id shift, struct dot by, bool *is, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_SHIFT, shift, &r, e);
	const struct rec_field *state = rc == OK && r && r->alive ? rec_field(r, F_SHIFT_STATE) : NULL;
	*is = state && state->v.i == SHIFT_CANCELLED && dot_equal(state->at.dot, by);
	return rc;
}

static int get_pause(struct view *v, struct arena *a, struct id id, struct rec **out, struct err *e)
{
	int rc = view_get(v, a, TYPE_PAUSE, id, out, e);
	if (rc == OK && (!*out || !(*out)->alive))
		return err_set(e, ERR_NOTFOUND, _("there is no such pause, or it has been deleted"));
	return rc;
}

static struct standstill standstill_of(const struct rec *r)
{
	return (struct standstill){
		.id = r->id,
		.of = rec_id(r, F_PAUSE_OF),
		.why = rec_text(r, F_PAUSE_WHY),
		.from = (civil_date)rec_int(r, F_PAUSE_FROM),
		.until = rec_date(r, F_PAUSE_UNTIL),
	};
}

int pause_called(struct view *v, const struct book *b, struct arena *a, struct id pause, struct standstill *of,
		 struct pause_effect *out, struct err *e)
{
	struct rec *r = NULL;
	struct shift_row *shifts = NULL;
	size_t n = 0;
	struct to_tell t = {.v = v, .scratch = a, .b = b, .a = a};
	*out = (struct pause_effect){.pause = pause};
	int rc = get_pause(v, a, pause, &r, e);
	if (rc)
		return rc;
	*of = standstill_of(r);
	rc = find_shifts(v, a, b, of, cmin_at(of->from, 0), &shifts, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		bool is = false;
		rc = was_called_off(v, a, shifts[i].shift, rec_field(r, FIELD_ALIVE)->at.dot, &is, e);
		if (rc == OK && is)
			rc = told_add(&t, &shifts[i], e);
	}
	end_telling(&t, out);
	return rc;
}

/* ---- ending ----------------------------------------------------------------------------------------------------- */

static int put_on_again(struct act *x, const struct shift_row *s, struct dot by, size_t *resumed, struct err *e)
{
	bool is;
	int rc = was_called_off(x->v, x->a, s->shift, by, &is, e);
	if (rc != OK || !is)
		return rc;
	++*resumed;
	return change_set(x->c, TYPE_SHIFT, s->shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED), e);
}

int pause_end(struct store *s, struct book *b, struct id pause, civil_date day, size_t *resumed,
	      struct change_result *out, struct err *e)
{
	struct act x;
	struct rec *r = NULL;
	struct shift_row *shifts = NULL;
	size_t n = 0;
	*resumed = 0;
	int rc = act_begin(&x, s, ACT_PAUSE_END, e);
	if (rc == OK)
		rc = get_pause(x.v, x.a, pause, &r, e);
	if (rc != OK)
		return act_end(&x, rc, out, e);
	const struct standstill of = standstill_of(r);
	if (of.until != DATE_NONE && of.until <= day)
		return act_end(&x, err_set(e, ERR_REFUSED, _("the pause has ended already")), out, e);
	day = day > of.from ? day : of.from;
	change_arg(x.c, id_is_none(of.of) ? value_text(_("everybody")) : value_id(of.of));
	rc = change_set(x.c, TYPE_PAUSE, pause, F_PAUSE_UNTIL, value_int(day), e);
	if (rc == OK)
		rc = find_shifts(x.v, x.a, b, &of, cmin_at(day, 0), &shifts, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = put_on_again(&x, &shifts[i], rec_field(r, FIELD_ALIVE)->at.dot, resumed, e);
	return act_end(&x, rc, out, e);
}
