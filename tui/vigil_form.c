/* tui/vigil_form.c - see vigils_priv.h: a ward calls. Where, from when and how long is asked on one page, and the
 * watches that it makes are told while one types; the plan is roster/vigil.h's. */
#include "tui/vigils_priv.h"

#include "base/lang.h"
#include "tui/act_form.h"
#include "tui/words.h"

struct vigil_form { struct id id; };

static int64_t number(const struct screen *s, int field)
{
	struct value v = form_value(s->form, field);
	return v.tag == V_INT ? v.i : 0;
}

static struct vigil_new typed(const struct screen *s)
{
	struct value start = form_value(s->form, F_VIGIL_START), phone = form_value(s->form, F_VIGIL_PHONE);
	return (struct vigil_new){
		.unit = act_form_id(s, F_VIGIL_UNIT), .role = act_form_id(s, F_VIGIL_ROLE),
		.start = start.tag == V_INT ? start.i : CMIN_NONE,
		.hours = (int)number(s, F_VIGIL_HOURS), .watch = (int)number(s, F_VIGIL_WATCH),
		.room = form_text(s->form, F_VIGIL_ROOM), .contact = form_text(s->form, F_VIGIL_CONTACT),
		.phone = phone.tag == V_TEXT ? phone.text.s : NULL,
	};
}

/* ---- what it would make ------------------------------------------------------------------------------------------ */
static const char *times_of(struct arena *a, const struct watch_span *w, size_t n)
{
	enum { SHOWN = 4 };
	char span[24];
	const char *text = "";
	for (size_t i = 0; i < n && i < SHOWN; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "", civil_format_span(span, sizeof span, w[i].from, w[i].to));
	return n > SHOWN ? arena_printf(a, "%s …", text) : text;
}

/* The last watch is shorter: which length would share them evenly? */
static const char *uneven(struct arena *a, const struct vigil_new *how, const struct watch_span *last)
{
	char clock[16];
	int64_t minutes = civil_elapsed(last->from, last->to);
	int even = vigil_even_watch(how->hours);
	if (minutes >= VIGIL_WATCH_LEAST || how->hours * 60 % even != 0)
		return "";
	civil_format_time(clock, sizeof clock, even);
	return arena_printf(a, _(" The last is only %s; %s shares them evenly."), words_hours(a, (int)minutes), clock);
}

static const char *says(const struct screen *s, struct arena *a)
{
	const struct vigil_new how = typed(s);
	civil_date today = app_today(s->app);
	struct err e;
	size_t n;
	if (how.start == CMIN_NONE || how.hours <= 0 || how.watch <= 0)
		return _("A ward calls: somebody is dying, and nobody is there. Where, and from when? Of whom it is about, nothing is written.");
	if (vigil_check(&how, app_now(s->app), &e))
		return arena_strdup(a, e.text);
	const struct watch_span *w = vigil_plan(a, how.start, how.hours, how.watch, &n);
	return arena_printf(a, ngettext("→ %zu watch: %s %s, until %s.%s", "→ %zu watches: %s %s, until %s.%s", n), n,
		words_day(a, cmin_date(how.start), today), times_of(a, w, n), words_moment(a, w[n - 1].to, today),
		uneven(a, &how, &w[n - 1]));
}

/* Does another go on there at the same time? */
static bool is_beside(struct screen *s, const struct vigil_new *how)
{
	struct view *v = NULL;
	struct err e;
	const struct vigil *other = NULL;
	struct book *b = app_book_now(s->app, &e);
	if (b && view_begin(app_store(s->app), &v, &e) == OK)
		vigil_beside(v, b, app_scratch(s->app), how, app_now(s->app), &other, &e);
	view_end(v);
	return other;
}

/* ---- making it --------------------------------------------------------------------------------------------------- */
static int save(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct vigil_form *d = act_form_data(s);
	const struct vigil_new how = typed(s);
	*said = is_beside(s, &how) ? _("The watches are made; but another vigil goes on there at the same time: is it the same one?")
		: _("The watches are made; now ring for them");
	return vigil_begin(app_store(s->app), &how, &d->id, r, e);
}

static void saved(struct app *app, const void *data)
{
	app_push(app, screen_vigil(app, ((const struct vigil_form *)data)->id));
}

/* The next half hour: a ward wants somebody as soon as can be. */
static civil_min soon(civil_min now)
{
	enum { HALF = 30 };
	return (now / HALF + 1) * HALF;
}

static void propose(struct screen *s)
{
	struct view *v = NULL;
	struct err e;
	struct id role = ID_NONE;
	struct book *b = app_book_now(s->app, &e);
	if (b && view_begin(app_store(s->app), &v, &e) == OK && vigil_usual_role(v, b, &role, &e) == OK && !id_is_none(role))
		form_put(s->form, F_VIGIL_ROLE, value_id(role), book_name(b, role));
	view_end(v);
	form_put(s->form, F_VIGIL_START, value_int(soon(app_now(s->app))), NULL);
	form_put(s->form, F_VIGIL_HOURS, value_int(VIGIL_HOURS), NULL);
	form_put(s->form, F_VIGIL_WATCH, value_int(vigil_even_watch(VIGIL_HOURS)), NULL);
}

struct screen *screen_vigil_new(struct app *app)
{
	static const struct act_form_sort sort = {N_("New vigil"), save, NULL, saved};
	static const int order[] = {F_VIGIL_UNIT, F_VIGIL_START, F_VIGIL_HOURS, F_VIGIL_WATCH, F_VIGIL_ROLE, F_VIGIL_ROOM,
		F_VIGIL_CONTACT, F_VIGIL_PHONE};
	enum { FIELDS = sizeof order / sizeof *order };
	const struct field *fields[FIELDS];
	for (size_t i = 0; i < FIELDS; i++)
		fields[i] = schema_field(TYPE_VIGIL, order[i]);
	struct screen *s = act_form_new(app, &sort, fields, FIELDS, "", sizeof(struct vigil_form));
	act_form_says(s, says);
	propose(s);
	return s;
}

/* ---- whom those who sit turn to ---------------------------------------------------------------------------------- */
static int save_contact(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct vigil_form *d = act_form_data(s);
	const struct vigil_new how = typed(s);
	*said = _("Room and phone are changed");
	return vigil_set_contact(app_store(s->app), d->id, how.room, how.contact, how.phone, r, e);
}

struct screen *screen_vigil_contact(struct app *app, const struct vigil *v)
{
	static const struct act_form_sort sort = {N_("Room and phone"), save_contact, NULL, NULL};
	const struct field *fields[] = {schema_field(TYPE_VIGIL, F_VIGIL_ROOM), schema_field(TYPE_VIGIL, F_VIGIL_CONTACT),
		schema_field(TYPE_VIGIL, F_VIGIL_PHONE)};
	struct screen *s = act_form_new(app, &sort, fields, sizeof fields / sizeof *fields, v->place, sizeof(struct vigil_form));
	((struct vigil_form *)act_form_data(s))->id = v->id;
	form_put(s->form, F_VIGIL_ROOM, value_text_or_none(v->room), NULL);
	form_put(s->form, F_VIGIL_CONTACT, value_text_or_none(v->contact), NULL);
	form_put(s->form, F_VIGIL_PHONE, value_text_or_none(v->phone), NULL);
	return s;
}
