/* tui/courses_rows.c - see courses_priv.h. Owns who and what stands in each of the lists of courses and checks, and in
 * which order. Must not know keys nor draw. */
#include "tui/courses_priv.h"

#include "base/lang.h"
#include "tui/words.h"

/* What one list is filled from. */
struct filler { struct course_reader k; struct courses *d; struct cells *l; struct view *v; };

/* People stand in the order in which they are added, whichever way names are sorted. */
static struct cell_row *add_row(const struct filler *x, const struct person *p, const struct course *kind, enum role role)
{
	struct id id = p && kind ? id_qualification(kind->id, p->id) : p ? p->id : kind->id;
	struct cell_row *row = cells_add(x->l, x->k.a, id, p ? p->name : kind->name);
	row->person = p;
	row->of = kind;
	row->role = role;
	row->cell[0].key = p ? (int64_t)x->l->n : 0;
	return row;
}

/* ---- cells ---------------------------------------------------------------------------------------------------- */
static struct ready_cell day_cell(struct arena *a, civil_date d)
{
	enum { AFTER_ALL = 1 << 30 };
	return (struct ready_cell){course_day(a, d), d == DATE_NONE ? AFTER_ALL : d};
}

static struct ready_cell count_cell(struct arena *a, size_t n)
{
	return (struct ready_cell){n ? arena_printf(a, "%zu", n) : "", (int64_t)n};
}

static const char *days_left(struct arena *a, civil_date until, civil_date today)
{
	int n = until - today;
	if (n == 0)
		return _("the last day");
	return n > 0 ? arena_printf(a, ngettext("%d day left", "%d days left", (unsigned long)n), n)
		: arena_printf(a, ngettext("%d day over", "%d days over", (unsigned long)-n), -n);
}

/* ---- what runs out -------------------------------------------------------------------------------------------- */
/* How long before it is warned of, as the kind or else the limit says. */
static int warn_days(const struct courses *d, const struct course *k)
{
	return k && k->warn_days ? k->warn_days : d->limits[LIMIT_EXPIRY_DAYS];
}

static void read_run_out(const struct filler *x)
{
	const struct frames *f = &x->k.b->frames;
	int most = warn_days(x->d, NULL);
	size_t n;
	for (size_t i = 0; i < f->ncourses; i++)
		most = f->courses[i].warn_days > most ? f->courses[i].warn_days : most;
	struct expiry *all = qualification_expiring(x->k.b, x->k.a, x->k.today, most, &n);
	for (size_t i = 0; i < n; i++) {
		bool is_over = all[i].until < x->k.today;
		if (all[i].until - x->k.today > warn_days(x->d, all[i].kind))
			continue;
		struct cell_row *row = add_row(x, all[i].person, all[i].kind, is_over ? ROLE_STOP : ROLE_WARN);
		row->cell[1].text = all[i].what;
		row->cell[2] = day_cell(x->k.a, all[i].until);
		row->cell[3] = (struct ready_cell){days_left(x->k.a, all[i].until, x->k.today), row->cell[2].key};
		x->l->role = is_over || x->l->role == ROLE_STOP ? ROLE_STOP : ROLE_WARN;
	}
}

/* ---- what roles ask for --------------------------------------------------------------------------------------- */
static const char *asking_roles(const struct course_reader *k, const struct person *p, const struct course *kind)
{
	const char *out = "";
	for (size_t i = 0; i < p->nroles; i++) {
		size_t n;
		const struct demand *d = frames_demands(&k->b->frames, p->roles[i], &n);
		for (size_t j = 0; j < n; j++)
			if (id_equal(d[j].course, kind->id))
				out = arena_printf(k->a, "%s%s%s", out, *out ? ", " : "", book_name(k->b, p->roles[i]));
	}
	return out;
}

static const char *state_and_reason(struct arena *a, const struct qualification *q)
{
	return arena_printf(a, "%s%s%s", qualification_state_name(q->state), *q->reason ? " · " : "", q->reason);
}

static bool is_lacking(const struct qualification *q)
{
	return q->asked && (q->state == QUALIFICATION_LACKING || q->state == QUALIFICATION_SIGNED_UP);
}

static void read_missing(const struct filler *x)
{
	for (size_t i = 0; i < x->k.b->npeople; i++) {
		const struct person *p = &x->k.b->people[i];
		size_t n = 0;
		struct qualification *all = person_is_planned(p)
			? qualification_of(x->k.b, x->k.a, p, x->d->limits, x->k.today, &n) : NULL;
		for (size_t j = 0; j < n; j++) {
			if (!is_lacking(&all[j]))
				continue;
			struct cell_row *row = add_row(x, p, all[j].kind, course_role(&all[j]));
			row->cell[1].text = all[j].kind->name;
			row->cell[2].text = state_and_reason(x->k.a, &all[j]);
			row->cell[3].text = asking_roles(&x->k, p, all[j].kind);
			x->l->role = ROLE_WARN;
		}
	}
}

/* ---- kinds ---------------------------------------------------------------------------------------------------- */
struct tally { size_t have, over, lack; };

static struct tally *count_kinds(const struct filler *x)
{
	const struct book *b = x->k.b;
	struct tally *all = arena_alloc(x->k.a, (b->frames.ncourses + 1) * sizeof *all);
	for (size_t i = 0; i < b->npeople; i++) {
		size_t n = 0;
		struct qualification *q = person_is_planned(&b->people[i])
			? qualification_of(b, x->k.a, &b->people[i], x->d->limits, x->k.today, &n) : NULL;
		for (size_t j = 0; j < n; j++) {
			struct tally *t = &all[q[j].kind - b->frames.courses];
			t->have += q[j].state == QUALIFICATION_VALID || q[j].state == QUALIFICATION_EXPIRING;
			t->over += q[j].state == QUALIFICATION_EXPIRED;
			t->lack += is_lacking(&q[j]);
		}
	}
	return all;
}

static void read_kinds(const struct filler *x)
{
	const struct frames *f = &x->k.b->frames;
	struct tally *all = count_kinds(x);
	for (size_t i = 0; i < f->ncourses; i++) {
		const struct course *k = &f->courses[i];
		struct cell_row *row = add_row(x, NULL, k, ROLE_DEFAULT);
		row->cell[1] = count_cell(x->k.a, all[i].have);
		row->cell[2] = count_cell(x->k.a, all[i].over);
		row->cell[3] = count_cell(x->k.a, all[i].lack);
		row->cell[4] = (struct ready_cell){k->months
			? arena_printf(x->k.a, ngettext("%d month", "%d months", (unsigned long)k->months), k->months)
			: _("for ever"), k->months ? k->months : 1000};
		row->cell[5] = count_cell(x->k.a, (size_t)k->step);
	}
}

/* ---- checks --------------------------------------------------------------------------------------------------- */
static void read_order(const struct filler *x)
{
	size_t n;
	const struct person **all = check_to_order(x->k.b, x->k.a, x->d->limits, x->k.today, &n, &x->d->more);
	for (size_t i = 0; i < n; i++) {
		struct cell_row *row = add_row(x, all[i], NULL, ROLE_DEFAULT);
		row->cell[1] = day_cell(x->k.a, all[i]->born);
		row->cell[2].text = check_next(x->k.b, x->k.a, all[i], x->d->limits, x->k.today);
		x->l->role = ROLE_WARN;
	}
}

/* In the order in which they are to be looked at. */
enum check_section { CONSENT_OVER, TO_ORDER, WAITING, NO_CONSENT, NOT_FIT, IN_ORDER, CHECK_SECTIONS };

static enum check_section check_section(const struct course_reader *k, const struct person *p)
{
	switch (p->child_check) {
	case CHILD_ORDERED: return course_check_role(k, p) == ROLE_STOP ? CONSENT_OVER : WAITING;
	case CHILD_CONSENT_MISSING: return NO_CONSENT;
	case CHILD_NOT_IN_ORDER: return NOT_FIT;
	case CHILD_ASSESSED: return check_next(k->b, k->a, p, k->limits, k->today) ? TO_ORDER : IN_ORDER;
	}
	return TO_ORDER;
}

static void add_check(const struct filler *x, const struct person *p, enum check_section section)
{
	static const char *const names[CHECK_SECTIONS] = {
		[CONSENT_OVER] = N_("The time to consent is over"), [TO_ORDER] = N_("To be ordered"),
		[WAITING] = N_("Ordered: wait for consent and answer"), [NO_CONSENT] = N_("Consent missing"),
		[NOT_FIT] = N_("Not in order"), [IN_ORDER] = N_("In order"),
	};
	const char *next = check_next(x->k.b, x->k.a, p, x->d->limits, x->k.today);
	civil_date by = p->child_check == CHILD_ORDERED ? p->check_consent : p->check_renew;
	struct cell_row *row = add_row(x, p, NULL, course_check_role(&x->k, p));
	row->section = _(names[section]);
	row->cell[1].text = course_check_state(p);
	row->cell[2] = day_cell(x->k.a, by);
	row->cell[3].text = next ? next : by != DATE_NONE ? arena_printf(x->k.a, _("holds until %s"), course_day(x->k.a, by)) : "";
	row->cell[4] = (struct ready_cell){next && by != DATE_NONE ? days_left(x->k.a, by, x->k.today) : "", row->cell[2].key};
	x->l->count += next != NULL;
	if (section == CONSENT_OVER)
		x->l->role = ROLE_STOP;
}

static void read_checks(const struct filler *x)
{
	for (enum check_section section = CONSENT_OVER; section < CHECK_SECTIONS; section++)
		for (size_t i = 0; i < x->k.b->npeople; i++) {
			const struct person *p = &x->k.b->people[i];
			if (check_is_followed(x->k.b, p) && check_section(&x->k, p) == section)
				add_check(x, p, section);
		}
}

/* ---- who is new ----------------------------------------------------------------------------------------------- */
static void read_new(const struct filler *x)
{
	for (size_t i = 0; i < x->k.b->npeople; i++) {
		const struct person *p = &x->k.b->people[i];
		struct introduction in = introduction_of(x->k.b, p, x->d->limits, x->k.today);
		if (!in.is_new || p->status == VOLUNTEER_ENDED)
			continue;
		struct cell_row *row = add_row(x, p, NULL, ROLE_DEFAULT);
		row->cell[1] = day_cell(x->k.a, p->started);
		row->cell[2] = (struct ready_cell){arena_printf(x->k.a, _("%zu of %zu"), in.done, in.n), (int64_t)in.done + 1};
		row->cell[3].text = in.next ? in.next->name : "";
		x->l->role = ROLE_HINT;
	}
}

/* ---- of one kind ---------------------------------------------------------------------------------------------- */
/* Where somebody without it stands, when no role asks for it. */
enum { NOT_ASKED = QUALIFICATION_EXPIRED + 1, KIND_SECTIONS = 6 };
static const char *const kind_sections[KIND_SECTIONS] = {
	[QUALIFICATION_EXPIRED] = N_("Has run out"), [QUALIFICATION_EXPIRING] = N_("Runs out soon"),
	[QUALIFICATION_LACKING] = N_("Missing: a role asks for it"), [QUALIFICATION_SIGNED_UP] = N_("Signed up"),
	[QUALIFICATION_VALID] = N_("Have it"), [NOT_ASKED] = N_("Others"),
};

static const struct qualification *find_of(const struct filler *x, const struct person *p)
{
	size_t n;
	struct qualification *all = qualification_of(x->k.b, x->k.a, p, x->d->limits, x->k.today, &n);
	for (size_t i = 0; i < n; i++)
		if (id_equal(all[i].kind->id, x->d->of) && (all[i].held || all[i].asked))
			return &all[i];
	return NULL;
}

static const char *confirmed_by(const struct filler *x, const struct person *p, const struct course *kind)
{
	struct rec *r = NULL;
	int rc = view_get(x->v, x->k.a, TYPE_QUALIFICATION, id_qualification(kind->id, p->id), &r, NULL);
	return rc == OK && r ? rec_text(r, F_QUALIFICATION_CONFIRMED_BY) : "";
}

static void add_holder(const struct filler *x, const struct person *p, const struct course *kind, const struct qualification *q)
{
	struct cell_row *row = add_row(x, p, kind, q ? course_role(q) : ROLE_DIM);
	row->section = _(kind_sections[q ? (int)q->state : (int)NOT_ASKED]);
	row->cell[1] = day_cell(x->k.a, q && q->held ? q->held->got : DATE_NONE);
	row->cell[2] = day_cell(x->k.a, q && q->held ? q->held->until : DATE_NONE);
	row->cell[3].text = q && q->held ? confirmed_by(x, p, kind) : "";
	row->cell[4].text = asking_roles(&x->k, p, kind);
}

static void read_of_kind(const struct filler *x)
{
	static const int order[KIND_SECTIONS] = {QUALIFICATION_EXPIRED, QUALIFICATION_EXPIRING, QUALIFICATION_LACKING,
		QUALIFICATION_SIGNED_UP, QUALIFICATION_VALID, NOT_ASKED};
	const struct book *b = x->k.b;
	const struct course *kind = frames_course(&b->frames, x->d->of);
	const struct qualification **of = arena_alloc(x->k.a, (b->npeople + 1) * sizeof *of);
	for (size_t i = 0; kind && i < b->npeople; i++)
		of[i] = find_of(x, &b->people[i]);
	for (size_t s = 0; kind && s < KIND_SECTIONS; s++)
		for (size_t i = 0; i < b->npeople; i++)
			if (b->people[i].status != VOLUNTEER_ENDED && (of[i] ? (int)of[i]->state : (int)NOT_ASKED) == order[s])
				add_holder(x, &b->people[i], kind, of[i]);
}

void courses_read(struct courses *d, struct view *v, struct arena *model)
{
	static void (*const read[COURSES_MODES])(const struct filler *x) = {
		[COURSES_RUN_OUT] = read_run_out, [COURSES_MISSING] = read_missing, [COURSES_KINDS] = read_kinds,
		[COURSES_ORDER] = read_order, [COURSES_CHECKS] = read_checks, [COURSES_NEW] = read_new,
		[COURSES_OF_KIND] = read_of_kind,
	};
	for (int mode = 0; mode < COURSES_MODES; mode++) {
		struct cells *l = &d->lists[mode];
		struct filler x = {{d->book, d->limits, d->today, model}, d, l, v};
		bool is_here = id_is_none(d->of) == (mode != COURSES_OF_KIND);
		cells_clear(l);
		if (is_here)
			read[mode](&x);
		if (mode != COURSES_CHECKS)
			l->count = l->n;
	}
}
