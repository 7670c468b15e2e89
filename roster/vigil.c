/* roster/vigil.c - see vigil.h: the plan of watches, and a vigil as it stands.
 *
 * Owns how hours become watches and what counts as covered. Must not know who is rung (vigil_chain.c), nor how anything
 * is written (vigil_acts.c). */
#include "roster/vigil.h"

#include <stdlib.h>

#include "base/lang.h"

/* ---- the plan --------------------------------------------------------------------------------------------------- */

/* In the second passing of the doubled hour the clock shows what it showed an hour ago. */
static civil_min minute_at(int64_t utc)
{
	enum { HOUR = 60 };
	civil_min t = civil_from_utc(utc);
	return civil_to_utc(t) == utc ? t : (t / HOUR + 1) * HOUR;
}

struct watch_span *vigil_plan(struct arena *a, civil_min start, int hours, int watch, size_t *n)
{
	int64_t first = civil_to_utc(start), total = (int64_t)hours * 60;
	*n = (size_t)((total + watch - 1) / watch);
	struct watch_span *all = arena_alloc(a, (*n + 1) * sizeof *all);
	for (size_t i = 0; i < *n; i++) {
		int64_t from = (int64_t)i * watch, to = from + watch < total ? from + watch : total;
		all[i] = (struct watch_span){minute_at(first + from * 60), minute_at(first + to * 60)};
	}
	return all;
}

int vigil_even_watch(int hours)
{
	enum { QUARTER = 15 };
	for (int watch = VIGIL_WATCH_MOST; watch >= VIGIL_WATCH_LEAST; watch -= QUARTER)
		if (hours * 60 % watch == 0)
			return watch;
	return VIGIL_WATCH_MOST;
}

civil_min vigil_end_of(civil_min start, int hours)
{
	return minute_at(civil_to_utc(start) + (int64_t)hours * 60 * 60);
}

int vigil_check(const struct vigil_new *how, civil_min now, struct err *e)
{
	if (how->hours < 1 || how->hours > VIGIL_HOURS_MOST)
		return err_set(e, ERR_DATA, _("a vigil is planned for 1 to %d hours at a time"), VIGIL_HOURS_MOST);
	if (how->watch < VIGIL_WATCH_LEAST || how->watch > VIGIL_WATCH_MOST)
		return err_set(e, ERR_DATA, _("a watch is three to four hours, e.g. 3, 3.30 or 4"));
	if (vigil_end_of(how->start, how->hours) <= now)
		return err_set(e, ERR_DATA, _("that vigil would be over already; when does it begin?"));
	return OK;
}

/* ---- who sits --------------------------------------------------------------------------------------------------- */

struct newest { civil_min start; struct id role; };

static int note_newest(void *ctx, const struct rec *r)
{
	struct newest *n = ctx;
	if (rec_int(r, F_VIGIL_START) >= n->start)
		*n = (struct newest){rec_int(r, F_VIGIL_START), rec_id(r, F_VIGIL_ROLE)};
	return 0;
}

static struct id only_hard(const struct book *b)
{
	struct id found = ID_NONE;
	for (size_t i = 0; i < b->ntasks; i++) {
		if (b->tasks[i].hard && !id_is_none(found))
			return ID_NONE;
		found = b->tasks[i].hard ? b->tasks[i].id : found;
	}
	return found;
}

int vigil_usual_role(struct view *v, struct book *b, struct id *out, struct err *e)
{
	struct newest n = {.start = CMIN_NONE, .role = ID_NONE};
	bool several;
	int rc = view_each(v, TYPE_VIGIL, note_newest, &n, e);
	*out = n.role;
	if (rc != OK || book_task(b, *out))
		return rc;
	if (!book_find(b, TYPE_ROLE, "Vågevagt", out, &several))
		*out = only_hard(b);
	return OK;
}

/* ---- as it stands ----------------------------------------------------------------------------------------------- */

const char *vigil_state_name(enum vigil_state state)
{
	switch (state) {
	case VIGIL_OVER: return _("hours are over");
	case VIGIL_RUNNING: return _("goes on");
	case VIGIL_COMING: return _("begins");
	case VIGIL_ENDED: return _("ended");
	}
	return "";
}

static enum vigil_state state_of(const struct vigil *v, civil_min now)
{
	if (v->ended != CMIN_NONE)
		return VIGIL_ENDED;
	return v->end <= now ? VIGIL_OVER : v->start <= now ? VIGIL_RUNNING : VIGIL_COMING;
}

static int compare_watches(const void *vx, const void *vy)
{
	const struct shift_row *x = &((const struct shift *)vx)->row, *y = &((const struct shift *)vy)->row;
	int c = (x->start > y->start) - (x->start < y->start);
	return c ? c : id_compare(x->shift, y->shift);
}

static bool is_on(const struct shift *s)
{
	return s->row.state != SHIFT_CANCELLED;
}

static void count_watch(struct vigil *v, const struct shift *s, civil_min now)
{
	int minutes = (int)civil_elapsed(s->row.start, s->row.end);
	if (!is_on(s))
		return;
	v->left += v->ended != CMIN_NONE && s->row.start > now;
	if (s->open == 0)
		v->covered += minutes;
	else if (s->row.end > now && v->ended == CMIN_NONE) {
		v->open += minutes;
		v->gap = v->gaps++ ? v->gap : s;
	}
}

static int load_watches(struct view *v, struct book *b, struct arena *a, civil_min now, struct vigil *out, struct err *e)
{
	struct id *ids;
	size_t n = 0;
	int rc = view_refs(v, a, out->id, TYPE_SHIFT, F_SHIFT_VIGIL, &ids, &n, e);
	out->watches = arena_alloc(a, (n + 1) * sizeof *out->watches);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = roster_shift(v, b, a, ids[i], &out->watches[out->n++], e);
	if (rc != OK)
		return rc;
	qsort(out->watches, out->n, sizeof *out->watches, compare_watches);
	for (size_t i = 0; i < out->n; i++)
		count_watch(out, &out->watches[i], now);
	return OK;
}

static int read_vigil(struct view *v, struct book *b, struct arena *a, const struct rec *r, civil_min now, struct vigil *out,
		      struct err *e)
{
	civil_min start = rec_int(r, F_VIGIL_START);
	*out = (struct vigil){
		.id = r->id, .unit = rec_id(r, F_VIGIL_UNIT), .role = rec_id(r, F_VIGIL_ROLE),
		.place = book_name(b, rec_id(r, F_VIGIL_UNIT)), .task = book_name(b, rec_id(r, F_VIGIL_ROLE)),
		.room = arena_strdup(a, rec_text(r, F_VIGIL_ROOM)), .contact = arena_strdup(a, rec_text(r, F_VIGIL_CONTACT)),
		.phone = arena_strdup(a, rec_text(r, F_VIGIL_PHONE)),
		.start = start, .hours = (int)rec_int(r, F_VIGIL_HOURS), .watch = (int)rec_int(r, F_VIGIL_WATCH),
		.end = vigil_end_of(start, (int)rec_int(r, F_VIGIL_HOURS)), .ended = rec_int_or(r, F_VIGIL_ENDED, CMIN_NONE),
	};
	out->state = state_of(out, now);
	return load_watches(v, b, a, now, out, e);
}

int vigil_load(struct view *v, struct book *b, struct arena *a, struct id id, civil_min now, struct vigil *out, struct err *e)
{
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_VIGIL, id, &r, e);
	if (rc == OK && (!r || !r->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such vigil, or it has been deleted"));
	return rc == OK ? read_vigil(v, b, a, r, now, out, e) : rc;
}

static int compare_vigils(const void *vx, const void *vy)
{
	const struct vigil *x = vx, *y = vy;
	bool x_ended = x->state == VIGIL_ENDED, y_ended = y->state == VIGIL_ENDED;
	if (x_ended != y_ended)
		return x_ended ? 1 : -1;
	int by_start = (x->start > y->start) - (x->start < y->start);
	return by_start ? (x_ended ? -by_start : by_start) : id_compare(x->id, y->id);
}

int vigil_list(struct view *v, struct book *b, struct arena *a, civil_min now, struct vigil **out, size_t *n, struct err *e)
{
	struct rec **r;
	int rc = view_all(v, a, TYPE_VIGIL, &r, n, e);
	*out = rc == OK ? arena_alloc(a, (*n + 1) * sizeof **out) : NULL;
	for (size_t i = 0; rc == OK && i < *n; i++)
		rc = read_vigil(v, b, a, r[i], now, &(*out)[i], e);
	if (rc == OK && *n)
		qsort(*out, *n, sizeof **out, compare_vigils);
	return rc;
}

/* ---- the bar ---------------------------------------------------------------------------------------------------- */

enum hour { HOUR_OFF, HOUR_SITS, HOUR_GAP };

static enum hour hour_of(const struct vigil *v, civil_min from, civil_min to)
{
	enum hour hour = HOUR_OFF;
	for (size_t i = 0; i < v->n; i++) {
		const struct shift *s = &v->watches[i];
		if (!is_on(s) || s->row.end <= from || s->row.start >= to)
			continue;
		hour = s->open > 0 || hour == HOUR_GAP ? HOUR_GAP : HOUR_SITS;
	}
	return hour;
}

char *vigil_bar(struct arena *a, const struct vigil *v, size_t width, bool plain)
{
	static const char *const glyphs[2][3] = {{"·", "█", "░"}, {".", "#", ":"}};
	int64_t hours = civil_elapsed(v->start, v->end) / 60, each = (hours + (int64_t)width - 1) / (int64_t)width;
	int64_t first = civil_to_utc(v->start);
	struct buf b = {0};
	each = each > 0 ? each : 1;
	for (int64_t h = 0; h < hours; h += each) {
		civil_min from = minute_at(first + h * 3600), to = minute_at(first + (h + each) * 3600);
		buf_adds(&b, glyphs[plain][hour_of(v, from, to)]);
	}
	char *bar = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return bar;
}

char *vigil_bar_words(struct arena *a, const struct vigil *v)
{
	char day[32], span[24];
	char *covered = arena_printf(a, _("%d of %d hours are covered"), (v->covered + 30) / 60, v->hours);
	if (!v->gap)
		return v->state == VIGIL_ENDED ? covered : arena_printf(a, _("%s · no gap to come"), covered);
	civil_format_date(day, sizeof day, cmin_date(v->gap->row.start), CIVIL_DAY);
	civil_format_span(span, sizeof span, v->gap->row.start, v->gap->row.end);
	return arena_printf(a, _("%s · next gap %s %s"), covered, day, span);
}

int vigil_beside(struct view *v, struct book *b, struct arena *a, const struct vigil_new *how, civil_min now, const struct vigil **out,
		 struct err *e)
{
	struct vigil *all;
	size_t n = 0;
	civil_min end = vigil_end_of(how->start, how->hours);
	int rc = vigil_list(v, b, a, now, &all, &n, e);
	*out = NULL;
	for (size_t i = 0; rc == OK && i < n && !*out; i++)
		if (all[i].state != VIGIL_ENDED && id_equal(all[i].unit, how->unit) && all[i].start < end && all[i].end > how->start)
			*out = &all[i];
	return rc;
}
