/* tui/available_form.c - see card_priv.h: when somebody can come, cannot, or is away, as a form.
 *
 * Owns what is asked. What it means is roster/availability.h's. */
#include "tui/card_priv.h"

#include "base/lang.h"
#include "roster/availability.h"
#include "tui/act_form.h"

struct available_form { struct id volunteer, which; };      /* which none: a new one */

static const int fields_of[] = {
	F_AVAILABILITY_KIND, F_AVAILABILITY_DAYS, F_AVAILABILITY_START, F_AVAILABILITY_END, F_AVAILABILITY_FROM, F_AVAILABILITY_UNTIL,
	F_AVAILABILITY_EVERY, F_AVAILABILITY_NOTE,
};
enum { FIELDS = sizeof fields_of / sizeof *fields_of };

static int number(const struct screen *s, int field, int otherwise)
{
	struct value v = form_value(s->form, field);
	return v.tag == V_INT ? (int)v.i : otherwise;
}

static struct available_new typed(const struct screen *s)
{
	return (struct available_new){
		.kind = number(s, F_AVAILABILITY_KIND, 0),
		.days = number(s, F_AVAILABILITY_DAYS, 0),
		.start = number(s, F_AVAILABILITY_START, -1),
		.end = number(s, F_AVAILABILITY_END, -1),
		.every = number(s, F_AVAILABILITY_EVERY, 0),
		.from = act_form_date(s, F_AVAILABILITY_FROM),
		.until = act_form_date(s, F_AVAILABILITY_UNTIL),
		.note = form_text(s->form, F_AVAILABILITY_NOTE),
	};
}

static const char *words_of(const struct screen *s, struct arena *a)
{
	struct available_new n = typed(s);
	const struct avail w = {.kind = (uint8_t)n.kind, .days = (uint8_t)n.days, .every = (uint8_t)n.every, .start = (int16_t)n.start,
		.end = (int16_t)n.end, .from = n.from, .until = n.until};
	return available_words(a, &w);
}

static const char *says(const struct screen *s, struct arena *a)
{
	return arena_printf(a, "→ %s", words_of(s, a));
}

static int save(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct available_form *d = act_form_data(s);
	const struct available_new how = typed(s);
	*said = words_of(s, app_scratch(s->app));
	return available_set(app_store(s->app), d->volunteer, d->which, &how, r, e);
}

static const struct act_form_sort sort = {N_("Availability"), save, NULL, NULL};

/* As it stands. */
static void put_record(struct screen *s, struct id which)
{
	struct rec *r = NULL;
	struct view *v = NULL;
	int rc = view_begin(app_store(s->app), &v, NULL);
	if (rc == OK)
		rc = view_get(v, app_scratch(s->app), TYPE_AVAILABILITY, which, &r, NULL);
	view_end(v);
	for (size_t i = 0; rc == OK && r && i < FIELDS; i++)
		form_put(s->form, fields_of[i], rec_get(r, fields_of[i]), NULL);
}

struct screen *screen_available(struct app *app, struct id volunteer, const char *name, struct id which)
{
	const struct field *fields[FIELDS];
	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = schema_field(TYPE_AVAILABILITY, fields_of[i]);
	struct screen *s = act_form_new(app, &sort, fields, FIELDS, name, sizeof(struct available_form));
	*(struct available_form *)act_form_data(s) = (struct available_form){volunteer, which};
	act_form_says(s, says);
	if (id_is_none(which))
		form_put(s->form, F_AVAILABILITY_KIND, value_int(AVAILABILITY_CAN), NULL);
	else
		put_record(s, which);
	form_set_focus(s->form, F_AVAILABILITY_KIND);
	form_replace(s->form, F_AVAILABILITY_KIND);
	form_set_clean(s->form);
	return s;
}
