/* tui/care_acts.c - see care_priv.h: a talk is put down, has been held, somebody has been thanked. Owns what is said of
 * it; what it means is roster/care.h's. */
#include "tui/care_priv.h"

#include "base/lang.h"
#include "tui/act_form.h"

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

/* ---- a new one --------------------------------------------------------------------------------------------------- */
static int save_talk(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct id who = act_form_id(s, F_TALK_VOLUNTEER);
	struct value kind = form_value(s->form, F_TALK_KIND);
	const struct talk_new how = {
		.volunteer = &who, .n = 1, .kind = kind.tag == V_INT ? (int)kind.i : 0, .due = act_form_date(s, F_TALK_DUE),
		.held = act_form_date(s, F_TALK_HELD), .by = form_text(s->form, F_TALK_BY), .note = form_text(s->form, F_TALK_NOTE),
	};
	*said = how.held == DATE_NONE ? _("The talk is put down, to be held") : _("The talk is put down as held");
	return talk_add(app_store(s->app), &how, r, e);
}

struct screen *screen_talk_new(struct app *app, const struct person *who)
{
	static const struct act_form_sort sort = {N_("New talk"), save_talk, NULL, NULL};
	static const int order[] = {F_TALK_VOLUNTEER, F_TALK_KIND, F_TALK_DUE, F_TALK_HELD, F_TALK_BY, F_TALK_NOTE};
	enum { FIELDS = sizeof order / sizeof *order };
	const struct field *fields[FIELDS];
	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = schema_field(TYPE_TALK, order[i]);
	struct screen *s = act_form_new(app, &sort, fields, FIELDS, "", 0);
	if (who)
		form_put(s->form, F_TALK_VOLUNTEER, value_id(who->id), who->name);
	return s;
}
