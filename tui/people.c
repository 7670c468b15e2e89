/* tui/people.c - see people_priv.h. Owns what is done to one or many volunteers at once: status, roles and courses.
 * Must not know how they are shown. */
#include "tui/people_priv.h"

#include <string.h>

#include "base/lang.h"
#include "roster/act.h"
#include "roster/register.h"
#include "tui/courses_priv.h"
#include "tui/dialog.h"

struct id *people_targets(const struct screen *s, struct arena *a, size_t *n)
{
	struct id card = screen_volunteer_id(s);
	if (courses_of(s))
		return cells_people(courses_shown(s), a, n);
	*n = 1;
	if (!id_is_none(card))
		return arena_copy(a, &card, sizeof card);
	return list_targets(s->list, a, n);
}

/* What a question that is open is about. Lives in the asking screen's arena. */
struct asked {
	struct id *ids;
	size_t n;
	struct id *roles;          /* offered, in the order of the dialog */
	const char *who;
};

static struct asked *ask_about(struct screen *s, const struct book *b)
{
	struct asked *q = arena_alloc(s->arena, sizeof *q);
	q->ids = people_targets(s, s->arena, &q->n);
	q->who = q->n == 1 ? arena_strdup(s->arena, book_name(b, q->ids[0]))
		: arena_printf(s->arena, ngettext("%zu volunteer", "%zu volunteers", q->n), q->n);
	return q;
}

/* ---- status -------------------------------------------------------------------------------------------- */
static void set_status(struct app *app, void *ctx, size_t i)
{
	struct asked *q = ctx;
	struct change_result r;
	struct err e;
	size_t n;
	const struct choice *all = schema_choices(SET_VOLUNTEER_STATUS, &n);
	int rc = register_set(app_store(app), TYPE_VOLUNTEER, q->ids, q->n, F_VOLUNTEER_STATUS, value_int(all[i].no), &r, &e);
	app_did(app, rc, &r, &e, _("%s: %s"), q->who, _(all[i].label));
}

static void run_status(struct app *app, struct screen *s)
{
	const char *labels[8];
	size_t n;
	struct err e;
	const struct choice *all = schema_choices(SET_VOLUNTEER_STATUS, &n);
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	struct asked *q = ask_about(s, b);
	const struct person *p = q->n == 1 ? book_person(b, q->ids[0]) : NULL;
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		labels[i] = _(all[i].label);
		if (p && p->status == all[i].no)
			at = i;
	}
	dialog_choice_at(app, arena_printf(app_scratch(app), _("Status of %s"), q->who), labels, n, at, set_status, q);
}

/* ---- roles --------------------------------------------------------------------------------------------- */
enum { ROLES_MAX = 64 };

/* The roles that the person has with one given or taken. */
static struct id *roles_with(struct arena *a, const struct person *p, struct id role, bool on, size_t *n)
{
	struct id *roles = arena_alloc(a, (p->nroles + 1u) * sizeof *roles);
	*n = 0;
	for (size_t i = 0; i < p->nroles; i++)
		if (!id_equal(p->roles[i], role))
			roles[(*n)++] = p->roles[i];
	if (on)
		roles[(*n)++] = role;
	return roles;
}

static int set_role(struct app *app, struct view *v, const struct asked *q, struct id role, bool on,
	struct change_result *r, struct err *e)
{
	struct arena *a = app_scratch(app);
	struct book *b = app_book(app, v, e);
	struct change *c;
	int rc = b ? change_begin(app_store(app), ACT_EDIT, &c, e) : e->code;
	if (rc)
		return rc;
	change_arg(c, value_id(q->ids[0]));
	for (size_t i = 0; rc == OK && i < q->n; i++) {
		const struct person *p = book_person(b, q->ids[i]);
		size_t n;
		if (!p)
			continue;
		struct id *roles = roles_with(a, p, role, on, &n);
		rc = act_set_roles(c, v, p->id, roles, n, e);
	}
	if (rc == OK)
		return change_commit(c, r, e);
	change_abandon(c);
	return rc;
}

static void switch_role(struct app *app, void *ctx, size_t i, bool on)
{
	struct asked *q = ctx;
	struct change_result r;
	struct err e;
	struct view *v;
	const char *name = "?";
	int rc = view_begin(app_store(app), &v, &e);
	if (rc == OK) {
		name = view_title(v, app_scratch(app), q->roles[i]);
		rc = set_role(app, v, q, q->roles[i], on, &r, &e);
		view_end(v);
	}
	app_did(app, rc, &r, &e, on ? _("%s has the role %s") : _("%s no longer has the role %s"), q->who, name);
}

static bool all_have(const struct book *b, const struct asked *q, struct id role)
{
	for (size_t i = 0; i < q->n; i++) {
		const struct person *p = book_person(b, q->ids[i]);
		if (!p || !person_has_role(p, role))
			return false;
	}
	return true;
}

static void run_roles(struct app *app, struct screen *s)
{
	const char *labels[ROLES_MAX];
	uint64_t on = 0;
	struct err e;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	struct asked *q = ask_about(s, b);
	size_t n = b->ntasks < ROLES_MAX ? b->ntasks : ROLES_MAX;
	q->roles = arena_alloc(s->arena, (n + 1) * sizeof *q->roles);
	for (size_t i = 0; i < n; i++) {
		labels[i] = b->tasks[i].name;
		q->roles[i] = b->tasks[i].id;
		if (all_have(b, q, q->roles[i]))
			on |= UINT64_C(1) << i;
	}
	if (n == 0)
		app_toast(app, "%s", _("There are no roles yet: 4 opens the list of roles."));
	else
		dialog_switches(app, arena_printf(app_scratch(app), _("Roles of %s"), q->who), labels, n, on,
			switch_role, q);
}

/* ---- a course ------------------------------------------------------------------------------------------------ */
static void run_course(struct app *app, struct screen *s)
{
	size_t n;
	struct id *people = people_targets(s, app_scratch(app), &n);
	app_push(app, screen_course_give(app, ID_NONE, people, n));
}

/* ---- the table ------------------------------------------------------------------------------------------- */
static const char *refuse_nobody(struct app *app, struct screen *s)
{
	size_t n;
	people_targets(s, app_scratch(app), &n);
	return n ? NULL : _("Choose a volunteer first.");
}

static const struct action rows[] = {
	{"people.status", CTX_PEOPLE, "t", N_("Status"), N_("Active, on pause, ended: of this one or all marked"),
		GROUP_DO, 6, ACTION_BULK | ACTION_CHANGES, refuse_nobody, run_status},
	{"people.roles", CTX_PEOPLE, "g", N_("Roles"), N_("Give and take roles, of this one or all marked"),
		GROUP_DO, 7, ACTION_BULK | ACTION_CHANGES, refuse_nobody, run_roles},
	{"people.course", CTX_PEOPLE, "k", N_("Give course"),
		N_("Writes down a course or certificate with day and who confirmed, for this one or all marked"),
		GROUP_DO, 8, ACTION_BULK | ACTION_CHANGES, refuse_nobody, run_course},
};

const struct action_set actions_people = {N_("Volunteers"), NULL, rows, sizeof rows / sizeof *rows};
