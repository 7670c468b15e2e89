/* roster/filling_take.c - see filling.h: proposals put down, as one change group.
 *
 * Owns that nothing is put down on a roster that has changed since it was read, and that a warning has its reason. */
#include "roster/filling.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act_priv.h"
#include "roster/filling_priv.h"

static bool is_chosen(const bool *take, size_t i)
{
	return !take || take[i];
}

static int check_taking(struct store *s, const struct filling *f, const bool *take, const char *reason,
	bool *needs_reason, struct err *e)
{
	bool said = reason && reason[strspn(reason, " ")];
	*needs_reason = false;
	if (store_version(s) != f->version)
		return err_set(e, ERR_CONFLICT, _("the roster has been changed meanwhile: fill again"));
	for (size_t i = 0; i < f->result.n; i++) {
		const struct proposal *p = &f->result.proposals[i];
		if (!is_chosen(take, i) || !p->warned || said)
			continue;
		*needs_reason = true;
		return err_set(e, ERR_REFUSED, "%s: %s", p->person->name, p->verdicts[0].sentence);
	}
	return OK;
}

static void say_period(struct act *x, const struct filling *f, size_t n)
{
	char from[40], to[40];
	change_arg(x->c, value_text(arena_printf(x->a, ngettext("%zu place", "%zu places", n), n)));
	civil_format_date(from, sizeof from, f->how.from, CIVIL_DAY);
	civil_format_date(to, sizeof to, f->how.to - 1, CIVIL_DAY);
	change_arg(x->c, value_text(arena_printf(x->a, "%s–%s", from, to)));
}

static int put_all(struct act *x, const struct filling *f, const bool *take, int state, const char *reason,
	struct err *e)
{
	int rc = OK;
	size_t n = 0;
	for (size_t i = 0; rc == OK && i < f->result.n; i++) {
		const struct proposal *p = &f->result.proposals[i];
		const struct holding h = {
			.shift = p->shift->row.shift, .volunteer = p->person->id, .organisation = p->person->organisation,
			.state = state, .override = p->warned ? reason : NULL,
		};
		if (!is_chosen(take, i))
			continue;
		rc = act_put_holding(x, &h, e);
		n++;
	}
	say_period(x, f, n);
	return rc;
}

int filling_take(struct store *s, struct filling *f, const bool *take, int state, const char *reason, bool *needs_reason,
	struct change_result *out, struct err *e)
{
	struct act x;
	bool unused;
	int rc = check_taking(s, f, take, reason, needs_reason ? needs_reason : &unused, e);
	if (rc != OK)
		return rc;
	rc = act_begin(&x, s, ACT_FILL, e);
	if (rc == OK)
		rc = put_all(&x, f, take, state, reason, e);
	return act_end(&x, rc, out, e);
}
