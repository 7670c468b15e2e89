/* roster/rules_wishes.c - the rules about when somebody can come, by what is kept of that (roster/availability.h).
 *
 * Owns their sentences. Must not know the calendar behind them. */
#include "base/lang.h"
#include "roster/availability.h"
#include "roster/rules_priv.h"

static enum available asked(const struct rule_case *c, const struct avail **why)
{
	size_t n;
	const struct avail *all = frames_avail(&c->book->frames, c->person->id, &n);
	return available_on(all, n, c->shift->row.start, c->shift->row.end, why);
}

static bool break_with(const struct rule_case *c, struct verdict *out, const char *sentence)
{
	out->sentence = sentence;
	out->about = c->person->id;
	return true;
}

bool rule_away(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct avail *why;
	if (asked(c, &why) != AVAILABLE_AWAY)
		return false;
	return break_with(c, out, arena_printf(a, _("Is away then: %s"), available_words(a, why)));
}

bool rule_availability(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct avail *why;
	enum available is = asked(c, &why);
	if (is == AVAILABLE_CANNOT)
		return break_with(c, out, arena_printf(a, _("Has said: %s"), available_words(a, why)));
	if (is != AVAILABLE_OUTSIDE)
		return false;
	return break_with(c, out, arena_printf(a, _("Outside what was said: %s"), available_words(a, why)));
}

bool rule_if_needed(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const struct avail *why;
	if (asked(c, &why) != AVAILABLE_IF_NEEDED)
		return false;
	return break_with(c, out, arena_printf(a, _("Only if needed: %s"), available_words(a, why)));
}
