/* tui/care_acts.c - see care_priv.h: a talk has been held, somebody has been thanked. Owns what is said of it; what it
 * means is roster/care.h's. */
#include "tui/care_priv.h"

#include "base/lang.h"

bool care_hold(struct app *app, const struct id *talks, size_t n, const char *who)
{
	struct change_result r = {0};
	struct err e = {0};
	int rc = talk_held(app_store(app), talks, n, app_today(app), NULL, &r, &e);
	return app_did(app, rc, &r, &e, _("Held today: %s"), who);
}

bool care_thank(struct app *app, const struct id *people, size_t n, const char *who)
{
	const struct talk_new how = {
		.volunteer = people, .n = n, .kind = TALK_THANKS, .due = DATE_NONE, .held = DATE_NONE,
	};
	struct change_result r = {0};
	struct err e = {0};
	int rc = talk_add(app_store(app), &how, &r, &e);
	return app_did(app, rc, &r, &e, _("Thanked today: %s"), who);
}
