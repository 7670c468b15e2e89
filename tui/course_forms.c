/* tui/course_forms.c - see courses_priv.h: a course is given to people, and a child-protection check is assessed. Owns
 * what is asked; both acts are roster's. */
#include "tui/courses_priv.h"

#include "base/lang.h"
#include "tui/act_form.h"

/* ---- a course ------------------------------------------------------------------------------------------------- */
struct giving { const struct id *people; size_t n; };

static int save_given(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct giving *d = act_form_data(s);
	struct book *b = app_book_now(s->app, e);
	const struct qualification_given how = {.kind = act_form_id(s, F_QUALIFICATION_KIND), .volunteer = d->people, .n = d->n,
		.got = act_form_date(s, F_QUALIFICATION_GOT), .confirmed_by = form_text(s->form, F_QUALIFICATION_CONFIRMED_BY)};
	int rc = b ? qualification_give(app_store(s->app), b, &how, r, e) : e->code;
	if (rc)
		return rc;
	struct arena *a = app_scratch(s->app);
	const char *who = d->n == 1 ? arena_strdup(a, book_name(b, d->people[0]))
		: arena_printf(a, ngettext("%zu volunteer", "%zu volunteers", d->n), d->n);
	const char *kind = book_name(b, how.kind);
	*said = arena_printf(a, how.got == DATE_NONE ? _("%s: signed up for %s") : _("%s: %s is written down"), who, kind);
	return OK;
}

static const struct act_form_sort give_sort = {N_("Give a course"), save_given, NULL, NULL};

static const char *names_of(const struct book *b, struct arena *a, const struct id *people, size_t n)
{
	enum { MOST = 12 };
	const char *out = "";
	for (size_t i = 0; i < n && i < MOST; i++)
		out = arena_printf(a, "%s%s%s", out, i ? ", " : "", book_name(b, people[i]));
	return n > MOST ? arena_printf(a, _("%s and %zu more"), out, n - MOST) : out;
}

struct screen *screen_course_give(struct app *app, struct id kind, const struct id *people, size_t n)
{
	const struct field *const fields[] = {schema_field(TYPE_QUALIFICATION, F_QUALIFICATION_KIND),
		schema_field(TYPE_QUALIFICATION, F_QUALIFICATION_GOT), schema_field(TYPE_QUALIFICATION, F_QUALIFICATION_CONFIRMED_BY)};
	struct arena *a = app_scratch(app);
	struct book *b = app_book_now(app, NULL);
	const struct course *k = b ? frames_course(&b->frames, kind) : NULL;
	const char *who = n == 1 && b ? book_name(b, people[0])
		: arena_printf(a, ngettext("%zu volunteer", "%zu volunteers", n), n);
	struct screen *s = act_form_new(app, &give_sort, fields, sizeof fields / sizeof *fields, who, sizeof(struct giving));
	struct giving *d = act_form_data(s);
	*d = (struct giving){arena_copy(s->arena, people, n * sizeof *people), n};
	if (n > 1 && b)
		act_form_above(s, ROLE_DEFAULT, names_of(b, s->arena, people, n));
	form_put(s->form, F_QUALIFICATION_GOT, value_int(app_today(app)), NULL);
	if (!k)
		return s;
	form_put(s->form, F_QUALIFICATION_KIND, value_id(k->id), k->name);
	form_set_focus(s->form, F_QUALIFICATION_GOT);
	if (*k->confirms)
		form_note(s->form, F_QUALIFICATION_CONFIRMED_BY, arena_printf(a, "(%s)", k->confirms));
	return s;
}

/* ---- a check -------------------------------------------------------------------------------------------------- */
struct assessing { struct id volunteer; int state; };

static int save_assessed(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	const struct assessing *d = act_form_data(s);
	const struct check_move how = {.state = d->state, .day = act_form_date(s, F_VOLUNTEER_CHILD_CHECK_DATE),
		.assessor = form_text(s->form, F_VOLUNTEER_CHECK_ASSESSOR), .second = form_text(s->form, F_VOLUNTEER_CHECK_SECOND),
		.note = form_text(s->form, F_VOLUNTEER_CHECK_NOTE)};
	*said = _("The judgement is written down");
	return check_move(app_store(s->app), d->volunteer, &how, r, e);
}

static const struct act_form_sort assess_sort = {N_("Check assessed"), save_assessed, NULL, NULL};

struct screen *screen_check_assess(struct app *app, struct id volunteer, int state)
{
	static const int numbers[] = {F_VOLUNTEER_CHILD_CHECK_DATE, F_VOLUNTEER_CHECK_ASSESSOR, F_VOLUNTEER_CHECK_SECOND,
		F_VOLUNTEER_CHECK_NOTE};
	enum { N = sizeof numbers / sizeof *numbers };
	const struct field *fields[N];
	struct book *b = app_book_now(app, NULL);
	for (size_t i = 0; i < N; i++)
		fields[i] = schema_field(TYPE_VOLUNTEER, numbers[i]);
	struct screen *s = act_form_new(app, &assess_sort, fields, N, b ? book_name(b, volunteer) : "", sizeof(struct assessing));
	struct assessing *d = act_form_data(s);
	*d = (struct assessing){volunteer, state};
	act_form_above(s, ROLE_WARN, arena_printf(s->arena,
		_("%s. Who and when is kept, never the certificate nor what it says: shred it now."),
		_(schema_choice(SET_CHILD_CHECK, state)->label)));
	form_put(s->form, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(app_today(app)), NULL);
	form_put(s->form, F_VOLUNTEER_CHECK_ASSESSOR, value_text(store_person(app_store(app))), NULL);
	form_set_focus(s->form, F_VOLUNTEER_CHECK_SECOND);
	return s;
}
