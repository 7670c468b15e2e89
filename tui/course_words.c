/* tui/course_words.c - see courses_priv.h. Owns how somebody's courses, check and introduction are put into words, for
 * the lists and for the volunteer's card. Must not know either, nor draw. */
#include "tui/courses_priv.h"

#include "base/lang.h"

const char *course_day(struct arena *a, civil_date d)
{
	char buf[48];
	return d == DATE_NONE ? "" : arena_strdup(a, civil_format_date(buf, sizeof buf, d, CIVIL_SHORT));
}

/* ---- the check ------------------------------------------------------------------------------------------------ */
const char *course_check_state(const struct person *p)
{
	const struct choice *c = schema_choice(SET_CHILD_CHECK, p->child_check);
	return c ? _(c->label) : _("nothing written");
}

const char *course_check(const struct course_reader *k, const struct person *p)
{
	const char *next = check_next(k->b, k->a, p, k->limits, k->today);
	const char *on = p->child_check == CHILD_ASSESSED ? course_day(k->a, p->check_assessed) : "";
	if (!p->child_check && !next)
		return "";
	return arena_printf(k->a, "%s%s%s%s%s", course_check_state(p), *on ? " " : "", on, next ? " · " : "", next ? next : "");
}

enum role course_check_role(const struct course_reader *k, const struct person *p)
{
	const char *next = check_next(k->b, k->a, p, k->limits, k->today);
	bool is_over = p->child_check == CHILD_ORDERED && p->check_consent != DATE_NONE && p->check_consent < k->today;
	if (!next)
		return ROLE_DEFAULT;
	return is_over ? ROLE_STOP : p->child_check == CHILD_ORDERED ? ROLE_HINT : ROLE_WARN;
}

/* ---- the introduction ----------------------------------------------------------------------------------------- */
const char *course_introduction(const struct course_reader *k, const struct person *p)
{
	struct introduction in = introduction_of(k->b, p, k->limits, k->today);
	return !in.is_new || !in.next ? "" : arena_printf(k->a, _("%zu of %zu · next: %s"), in.done, in.n, in.next->name);
}

const char *course_steps(const struct course_reader *k, const struct person *p)
{
	const struct frames *f = &k->b->frames;
	const char *out = "";
	for (size_t i = 0; i < f->ncourses && f->courses[i].step; i++) {
		const struct held *h = frames_held(f, p->id, f->courses[i].id);
		if (h && h->got != DATE_NONE && h->got <= k->today)
			out = arena_printf(k->a, "%s%s%s %s", out, *out ? " · " : "", f->courses[i].name, course_day(k->a, h->got));
	}
	return out;
}

/* ---- courses -------------------------------------------------------------------------------------------------- */
enum role course_role(const struct qualification *q)
{
	switch (q->state) {
	case QUALIFICATION_VALID: return ROLE_OK;
	case QUALIFICATION_EXPIRING: return ROLE_WARN;
	case QUALIFICATION_EXPIRED: return q->asked ? ROLE_STOP : ROLE_DIM;
	case QUALIFICATION_LACKING:
	case QUALIFICATION_SIGNED_UP: return q->asked ? ROLE_WARN : ROLE_HINT;
	}
	return ROLE_DEFAULT;
}

bool course_is_told(const struct course_reader *k, const struct person *p, const struct qualification *q)
{
	return q->held || q->asked || introduction_of(k->b, p, k->limits, k->today).is_new;
}

/* ---- what warns ----------------------------------------------------------------------------------------------- */
static struct verdict verdict_of(const char *rule, const char *sentence, struct id about)
{
	return (struct verdict){.rule = rules_named(rule), .sentence = sentence, .about = about};
}

static bool warns(const struct qualification *q)
{
	return q->asked && q->state != QUALIFICATION_VALID;
}

struct verdict *course_warnings(const struct course_reader *k, const struct person *p, size_t *n)
{
	size_t nall;
	struct qualification *all = qualification_of(k->b, k->a, p, k->limits, k->today, &nall);
	struct verdict *out = arena_alloc(k->a, (nall + 2) * sizeof *out);
	const char *next = check_next(k->b, k->a, p, k->limits, k->today), *steps = course_introduction(k, p);
	*n = 0;
	if (next)
		out[(*n)++] = verdict_of(p->check_assessed == DATE_NONE ? "child-check" : "child-renew",
			arena_printf(k->a, "%s: %s", _("Child check"), course_check(k, p)), p->id);
	for (size_t i = 0; i < nall; i++)
		if (warns(&all[i]))
			out[(*n)++] = verdict_of("qualification", arena_printf(k->a, "%s: %s", all[i].kind->name,
				*all[i].reason ? all[i].reason : qualification_state_name(all[i].state)), p->id);
	if (*steps)
		out[(*n)++] = verdict_of("newcomer", steps, p->id);
	return out;
}
