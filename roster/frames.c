/* roster/frames.c - see frames.h.
 *
 * Owns which records are read for the rules about frames, and their order. Must not know what any rule makes of them,
 * nor units and roles beyond their ids. */
#include "roster/frames.h"

#include <assert.h>
#include <stdlib.h>

#include "base/search.h"
#include "base/text.h"

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static const char *text_of(struct arena *a, const struct rec *r, int field)
{
	const char *s = rec_text(r, field);
	return *s ? arena_strdup(a, s) : "";
}

static void add_course(struct frames *f, struct arena *a, const struct rec *r)
{
	f->courses = arena_grow(a, f->courses, &f->cap[0], f->ncourses + 1, sizeof *f->courses);
	f->courses[f->ncourses++] = (struct course){
		.id = r->id,
		.after = rec_id(r, F_QUALIFICATION_KIND_AFTER),
		.name = text_of(a, r, F_QUALIFICATION_KIND_NAME),
		.confirms = text_of(a, r, F_QUALIFICATION_KIND_CONFIRMS),
		.months = (int)rec_int(r, F_QUALIFICATION_KIND_MONTHS),
		.warn_days = (int)rec_int(r, F_QUALIFICATION_KIND_WARN_DAYS),
		.step = (int)rec_int(r, F_QUALIFICATION_KIND_STEP),
	};
}

static void add_held(struct frames *f, struct arena *a, const struct rec *r)
{
	f->held = arena_grow(a, f->held, &f->cap[1], f->nheld + 1, sizeof *f->held);
	f->held[f->nheld++] = (struct held){
		.volunteer = rec_id(r, F_QUALIFICATION_VOLUNTEER),
		.course = rec_id(r, F_QUALIFICATION_KIND),
		.got = rec_date(r, F_QUALIFICATION_GOT),
		.until = rec_date(r, F_QUALIFICATION_UNTIL),
	};
}

static void add_pause(struct frames *f, struct arena *a, const struct rec *r)
{
	f->pauses = arena_grow(a, f->pauses, &f->cap[3], f->npauses + 1, sizeof *f->pauses);
	f->pauses[f->npauses++] = (struct standstill){
		.id = r->id,
		.of = rec_id(r, F_PAUSE_OF),
		.why = text_of(a, r, F_PAUSE_WHY),
		.from = rec_date(r, F_PAUSE_FROM),
		.until = rec_date(r, F_PAUSE_UNTIL),
	};
}

struct pact pact_of(const struct rec *r)
{
	struct id org = rec_id(r, F_AGREEMENT_ORGANISATION), volunteer = rec_id(r, F_AGREEMENT_VOLUNTEER);
	return (struct pact){
		.id = r->id,
		.with = id_is_none(org) ? volunteer : org,
		.also = id_is_none(org) ? ID_NONE : volunteer,
		.unit = rec_id(r, F_AGREEMENT_UNIT),
		.wording = rec_id(r, F_AGREEMENT_WORDING),
		.sort = (uint8_t)rec_int(r, F_AGREEMENT_SORT),
		.state = (uint8_t)rec_int(r, F_AGREEMENT_STATE),
		.from = rec_date(r, F_AGREEMENT_FROM),
		.to = rec_date(r, F_AGREEMENT_TO),
		.evaluate = rec_date(r, F_AGREEMENT_EVALUATE),
	};
}

struct id pact_party(const struct pact *p)
{
	return id_is_none(p->also) ? p->with : p->also;
}

static void add_avail(struct frames *f, struct arena *a, const struct rec *r)
{
	f->avail = arena_grow(a, f->avail, &f->cap[6], f->navail + 1, sizeof *f->avail);
	f->avail[f->navail++] = (struct avail){
		.volunteer = rec_id(r, F_AVAILABILITY_VOLUNTEER),
		.id = r->id,
		.from = rec_date(r, F_AVAILABILITY_FROM),
		.until = rec_date(r, F_AVAILABILITY_UNTIL),
		.start = (int16_t)rec_int_or(r, F_AVAILABILITY_START, -1),
		.end = (int16_t)rec_int_or(r, F_AVAILABILITY_END, -1),
		.kind = (uint8_t)rec_int(r, F_AVAILABILITY_KIND),
		.days = (uint8_t)rec_int(r, F_AVAILABILITY_DAYS),
		.every = (uint8_t)rec_int(r, F_AVAILABILITY_EVERY),
	};
}

static void add_pact(struct frames *f, struct arena *a, const struct rec *r)
{
	f->pacts = arena_grow(a, f->pacts, &f->cap[4], f->npacts + 1, sizeof *f->pacts);
	f->pacts[f->npacts++] = pact_of(r);
}

static void add_link(struct frames *f, struct arena *a, const struct rec *r)
{
	struct id from = rec_id(r, F_LINK_FROM), to = rec_id(r, F_LINK_TO);
	if (rec_int(r, F_LINK_KIND) == LINK_ROLE_QUALIFICATION) {
		f->demands = arena_grow(a, f->demands, &f->cap[2], f->ndemands + 1, sizeof *f->demands);
		f->demands[f->ndemands++] = (struct demand){from, to};
	}
	if (rec_int(r, F_LINK_KIND) == LINK_AGREEMENT_ROLE) {
		f->covered = arena_grow(a, f->covered, &f->cap[5], f->ncovered + 1, sizeof *f->covered);
		f->covered[f->ncovered++] = (struct covered){from, to};
	}
}

void frames_add(struct frames *f, struct arena *a, const struct rec *r)
{
	static const struct {
		int type;
		void (*add)(struct frames *f, struct arena *a, const struct rec *r);
	} parts[] = {
		{TYPE_QUALIFICATION_KIND, add_course}, {TYPE_QUALIFICATION, add_held}, {TYPE_PAUSE, add_pause},
		{TYPE_AGREEMENT, add_pact}, {TYPE_LINK, add_link}, {TYPE_AVAILABILITY, add_avail},
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].type == r->type)
			parts[i].add(f, a, r);
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

static int by_two(struct id a, struct id b, struct id c, struct id d)
{
	int first = id_compare(a, b);
	return first ? first : id_compare(c, d);
}

static int compare_courses(const void *vx, const void *vy)
{
	const struct course *x = vx, *y = vy;
	int sx = x->step ? x->step : INT16_MAX, sy = y->step ? y->step : INT16_MAX;
	int c = sx != sy ? (sx > sy) - (sx < sy) : text_compare(x->name, y->name);
	return c ? c : id_compare(x->id, y->id);
}

static int compare_held(const void *vx, const void *vy)
{
	const struct held *x = vx, *y = vy;
	return by_two(x->volunteer, y->volunteer, x->course, y->course);
}

static int compare_demands(const void *vx, const void *vy)
{
	const struct demand *x = vx, *y = vy;
	return by_two(x->role, y->role, x->course, y->course);
}

static int compare_pauses(const void *vx, const void *vy)
{
	const struct standstill *x = vx, *y = vy;
	return x->from != y->from ? (x->from > y->from) - (x->from < y->from) : id_compare(x->id, y->id);
}

static int compare_with(const void *vx, const void *vy)
{
	const struct pact *x = vx, *y = vy;
	return x->sort != y->sort ? (int)x->sort - (int)y->sort : id_compare(x->with, y->with);
}

static int compare_pacts(const void *vx, const void *vy)
{
	int c = compare_with(vx, vy);
	return c ? c : id_compare(((const struct pact *)vx)->id, ((const struct pact *)vy)->id);
}

static int compare_covered(const void *vx, const void *vy)
{
	const struct covered *x = vx, *y = vy;
	return by_two(x->agreement, y->agreement, x->role, y->role);
}

static int compare_avail_of(const void *vx, const void *vy)
{
	return id_compare(((const struct avail *)vx)->volunteer, ((const struct avail *)vy)->volunteer);
}

static int compare_avail(const void *vx, const void *vy)
{
	const struct avail *x = vx, *y = vy;
	int c = compare_avail_of(vx, vy);
	c = c ? c : (x->kind > y->kind) - (x->kind < y->kind);
	c = c ? c : (x->from > y->from) - (x->from < y->from);
	return c ? c : id_compare(x->id, y->id);
}

static void sort(void *items, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n > 1)
		qsort(items, n, size, compare);
}

/* A link to a course that is gone asks for nothing. */
static void drop_stray(struct frames *f)
{
	size_t n = 0;
	for (size_t i = 0; i < f->ndemands; i++)
		if (frames_course(f, f->demands[i].course))
			f->demands[n++] = f->demands[i];
	f->ndemands = n;
}

static int compare_agreement(const void *id, const void *covered)
{
	return id_compare(*(const struct id *)id, ((const struct covered *)covered)->agreement);
}

static void find_roles(const struct frames *f, struct pact *p)
{
	p->first = search_first(&p->id, f->covered, f->ncovered, sizeof *f->covered, compare_agreement);
	while (p->first + p->roles < f->ncovered && id_equal(f->covered[p->first + p->roles].agreement, p->id))
		p->roles++;
}

void frames_sort(struct frames *f)
{
	static_assert(AGREEMENT_COOPERATION == 1, "the sort with the least number stands first");
	sort(f->courses, f->ncourses, sizeof *f->courses, compare_courses);
	sort(f->held, f->nheld, sizeof *f->held, compare_held);
	sort(f->demands, f->ndemands, sizeof *f->demands, compare_demands);
	sort(f->pauses, f->npauses, sizeof *f->pauses, compare_pauses);
	sort(f->pacts, f->npacts, sizeof *f->pacts, compare_pacts);
	sort(f->covered, f->ncovered, sizeof *f->covered, compare_covered);
	sort(f->avail, f->navail, sizeof *f->avail, compare_avail);
	drop_stray(f);
	for (size_t i = 0; i < f->npacts; i++)
		find_roles(f, &f->pacts[i]);
	while (f->ncooperations < f->npacts && f->pacts[f->ncooperations].sort == AGREEMENT_COOPERATION)
		f->ncooperations++;
}

/* ---- asking ----------------------------------------------------------------------------------------------------- */

const struct course *frames_course(const struct frames *f, struct id id)
{
	for (size_t i = 0; i < f->ncourses; i++)
		if (id_equal(f->courses[i].id, id))
			return &f->courses[i];
	return NULL;
}

const struct held *frames_held(const struct frames *f, struct id volunteer, struct id course)
{
	const struct held key = {.volunteer = volunteer, .course = course};
	return f->nheld ? bsearch(&key, f->held, f->nheld, sizeof key, compare_held) : NULL;
}

const struct avail *frames_avail(const struct frames *f, struct id volunteer, size_t *n)
{
	const struct avail key = {.volunteer = volunteer};
	const struct avail *w = f->navail ? bsearch(&key, f->avail, f->navail, sizeof key, compare_avail_of) : NULL;
	*n = 0;
	while (w && w > f->avail && compare_avail_of(w - 1, &key) == 0)
		w--;
	while (w && w + *n < f->avail + f->navail && compare_avail_of(w + *n, &key) == 0)
		++*n;
	return w;
}

bool held_holds(const struct held *h, civil_date day)
{
	return h && h->got != DATE_NONE && h->got <= day && (h->until == DATE_NONE || day <= h->until);
}

const struct demand *frames_demands(const struct frames *f, struct id role, size_t *n)
{
	size_t first = 0;
	*n = 0;
	while (first < f->ndemands && !id_equal(f->demands[first].role, role))
		first++;
	while (first + *n < f->ndemands && id_equal(f->demands[first + *n].role, role))
		++*n;
	return *n ? &f->demands[first] : NULL;
}

const struct pact *frames_pacts(const struct frames *f, int sort, struct id with, size_t *n)
{
	const struct pact key = {.sort = (uint8_t)sort, .with = with};
	const struct pact *p = f->npacts ? bsearch(&key, f->pacts, f->npacts, sizeof key, compare_with) : NULL;
	*n = 0;
	while (p && p > f->pacts && compare_with(p - 1, &key) == 0)
		p--;
	while (p && p + *n < f->pacts + f->npacts && compare_with(p + *n, &key) == 0)
		++*n;
	return p;
}

bool pact_holds(const struct pact *p, civil_date day)
{
	return p->state == AGREEMENT_MADE && (p->from == DATE_NONE || p->from <= day) &&
		(p->to == DATE_NONE || day <= p->to);
}

bool frames_covers(const struct frames *f, const struct pact *p, struct id role, bool *named)
{
	*named = p->roles > 0;
	for (size_t i = 0; i < p->roles; i++)
		if (id_equal(f->covered[p->first + i].role, role))
			return true;
	return !*named;
}
