/* tui/screen_role.c - see screens.h: one role: what opens it and which key fills what is missing, which kind of effort
 * it is, which courses it asks for, and when it stands still.
 *
 * Owns the rows and what Enter does with each. What anything means is roster/gates.h's. */
#include "tui/roles_priv.h"

#include "base/lang.h"
#include "export/papers.h"
#include "roster/qualifications.h"
#include "tui/agreements_priv.h"
#include "tui/dialog.h"
#include "tui/detail.h"
#include "tui/help.h"
#include "tui/to_file.h"

enum { KINDS_MOST = 64, CRITERIA_MOST = 8 };

enum part { PART_GATE, PART_EFFORT, PART_COURSE, PART_PAUSE };

struct row {
	struct id id, about;               /* about: the kind of course or the pause; ID_NONE: there is none */
	enum part part;
	const struct role_gate *gate;
	bool passed;
	const char *mark, *label, *text;
	const char *detail;                /* all there is to say about it */
};

struct card {
	struct id id;
	const char *name;
	struct row *rows;
	size_t n, cap;
	size_t lacking;
	bool begun;
	struct effort_reason *reasons;     /* one a criterion; in the model */
	int answers[CRITERIA_MOST];        /* while they are asked for */
	struct id kinds[KINDS_MOST];       /* while they are chosen among */
};

static const struct screen_ops role_ops;

/* ---- the list ---------------------------------------------------------------------------------------------- */
enum { COL_MARK, COL_LABEL, COL_TEXT };
static const struct list_col cols[] = {
	[COL_MARK] = {"mark", "", 1, 1, 0, false, false},
	[COL_LABEL] = {"label", "", 17, 20, 0, false, false},
	[COL_TEXT] = {"text", "", 30, 40, 1, false, false},
};

static const struct row *row_at(const void *ctx, size_t row)
{
	return &((const struct card *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct row *r = row_at(ctx, row);
	(void)a;
	return col == COL_MARK ? r->mark : col == COL_LABEL ? r->label : r->text;
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	const struct row *r = row_at(ctx, row);
	if (col == COL_LABEL)
		return ROLE_DEFAULT;
	return !r->passed ? ROLE_WARN : col == COL_MARK ? ROLE_OK : ROLE_DEFAULT;
}

static const char *row_section(const void *ctx, size_t row)
{
	switch (row_at(ctx, row)->part) {
	case PART_GATE: return _("What opens it");
	case PART_EFFORT: return _("Kind of effort");
	case PART_COURSE: return _("What it asks for");
	case PART_PAUSE: return _("Pauses");
	}
	return "";
}

static const struct list_source source = {.id = row_id, .cell = row_cell, .role = row_role, .section = row_section};

struct screen *screen_role(struct app *app, struct id id)
{
	struct screen *s = screen_new(app, &role_ops, sizeof(struct card));
	((struct card *)s->data)->id = id;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

struct id role_of_card(const struct screen *s)
{
	return s->ops == &role_ops ? ((const struct card *)s->data)->id : ID_NONE;
}

/* ---- what stands there ------------------------------------------------------------------------------------- */
struct reader { struct card *d; const struct book *b; const struct task *role; struct arena *a; civil_date today; };

static void add(const struct reader *k, struct row r)
{
	struct card *d = k->d;
	r.id = list_id_in(id_is_none(r.about) ? id_setting(r.label) : r.about, (int)r.part + 1);
	d->rows = arena_grow(k->a, d->rows, &d->cap, d->n + 1, sizeof r);
	d->rows[d->n++] = r;
}

static const char *gate_label(const struct role_gate *g)
{
	const struct field *f = g->field ? schema_field(TYPE_ROLE, g->field) : NULL;
	return f ? _(f->label) : _("Agreement");
}

static void add_gates(const struct reader *k)
{
	struct gate_state gates[GATES_MOST];
	size_t n;
	gates_of(k->b, k->a, k->role, k->today, gates, &n);
	k->d->begun = gates_begun(k->b, k->role);
	k->d->lacking = 0;
	for (size_t i = 0; i < n; i++) {
		const struct role_gate *g = gates[i].gate;
		k->d->lacking += !gates[i].passed;
		add(k, (struct row){
			.part = PART_GATE, .gate = g, .passed = gates[i].passed, .mark = gates[i].passed ? "✓" : "–",
			.label = gate_label(g), .text = gates[i].says,
			.detail = arena_printf(k->a, "%s\n%s", gates[i].says, _(gates[i].passed ? g->question : g->explains)),
		});
	}
}

static const char *judged(const struct reader *k, const struct rec *rec)
{
	char day[48];
	const char *by = rec_text(rec, F_ROLE_JUDGED_BY);
	civil_date on = rec_date(rec, F_ROLE_JUDGED);
	if (on == DATE_NONE)
		return _("nobody has answered yet");
	civil_format_date(day, sizeof day, on, CIVIL_SHORT);
	return *by ? arena_printf(k->a, _("answered %s by %s"), day, by) : arena_printf(k->a, _("answered %s"), day);
}

static void add_effort(const struct reader *k, const struct rec *rec)
{
	size_t n;
	enum effort x = effort_of(rec, k->a, &k->d->reasons, &n);
	add(k, (struct row){
		.part = PART_EFFORT, .passed = x != EFFORT_UNCLEAR, .mark = x == EFFORT_UNCLEAR ? "?" : "✓",
		.label = effort_name(x), .text = judged(k, rec), .detail = effort_advice(x),
	});
}

static const char *course_text(const struct reader *k, const struct course *c)
{
	const char *text = c->months ? arena_printf(k->a, ngettext("holds for %d month", "holds for %d months", (unsigned)c->months),
		c->months) : _("holds for ever");
	if (*c->confirms)
		text = arena_printf(k->a, _("%s, confirmed by %s"), text, c->confirms);
	const struct course *after = frames_course(&k->b->frames, c->after);
	return after ? arena_printf(k->a, _("%s, only after %s"), text, after->name) : text;
}

static void add_courses(const struct reader *k)
{
	size_t n;
	const struct demand *all = frames_demands(&k->b->frames, k->d->id, &n);
	for (size_t i = 0; i < n; i++) {
		const struct course *c = frames_course(&k->b->frames, all[i].course);
		if (!c)
			continue;
		const char *text = course_text(k, c);
		add(k, (struct row){.part = PART_COURSE, .about = c->id, .passed = true, .mark = "·", .label = c->name,
			.text = text, .detail = arena_printf(k->a, "%s: %s", c->name, text)});
	}
	if (k->role->child_check)
		add(k, (struct row){.part = PART_COURSE, .passed = true, .mark = "·", .label = _("Check"),
			.text = _("a child-protection check"), .detail = _("Nobody stands on a shift without a child-protection check.")});
	if (n == 0 && !k->role->child_check)
		add(k, (struct row){.part = PART_COURSE, .passed = true, .mark = "", .label = _("nothing"),
			.text = _("k chooses among the courses"), .detail = ""});
}

static void add_pauses(const struct reader *k)
{
	size_t n = 0;
	for (size_t i = 0; i < k->b->frames.npauses; i++) {
		const struct standstill *p = &k->b->frames.pauses[i];
		bool is_here = id_is_none(p->of) || id_equal(p->of, k->d->id) ||
			(!id_is_none(k->role->unit) && book_unit_within(k->b, k->role->unit, p->of));
		if (!is_here || pause_is_over(p, k->today))
			continue;
		n++;
		add(k, (struct row){.part = PART_PAUSE, .about = p->id, .mark = "–", .label = pause_title(k->b, p->of),
			.text = pause_stand(k->a, p, k->today),
			.detail = arena_printf(k->a, "%s: %s", _("Reason"), p->why)});
	}
	if (n == 0)
		add(k, (struct row){.part = PART_PAUSE, .passed = true, .mark = "", .label = _("none"),
			.text = _("p begins one"), .detail = ""});
}

static int role_load(struct screen *s, struct view *v, struct err *e)
{
	struct card *d = s->data;
	struct rec *rec = NULL;
	struct book *b = app_book(s->app, v, e);
	int rc = b ? view_get(v, s->model, TYPE_ROLE, d->id, &rec, e) : e->code;
	struct reader k = {d, b, rc == OK ? book_task(b, d->id) : NULL, s->model, app_today(s->app)};
	if (rc)
		return rc;
	if (!k.role || !rec)
		return err_set(e, ERR_NOTFOUND, _("The role has been deleted. Esc goes back."));
	d->rows = NULL;
	d->n = d->cap = 0;
	d->name = k.role->name;
	add_gates(&k);
	add_effort(&k, rec);
	add_courses(&k);
	add_pauses(&k);
	list_set(s->list, d, d->n);
	return OK;
}

/* ---- picture ------------------------------------------------------------------------------------------------- */
static const struct row *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? row_at(s->data, row) : NULL;
}

static void role_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct row none = {.label = "", .detail = ""}, *at = selected(s), *r = at ? at : &none;
	struct rect detail;
	bool beside;
	const char *title = *r->detail ? r->label : "";
	if (detail_cut(cv, &body, title, &detail, &beside))
		cv_wrap(cv, detail, ROLE_DEFAULT, r->detail);
	list_draw(s->list, cv, body, a);
}

static const char *role_status(const struct screen *s, struct arena *a)
{
	const struct card *d = s->data;
	if (d->lacking == 0)
		return _("open");
	const char *lacks = arena_printf(a, ngettext("%zu missing", "%zu missing", d->lacking), d->lacking);
	return arena_printf(a, "%s · %s", d->begun ? _("closed") : _("from before"), lacks);
}

static const char *role_heading(const struct screen *s, struct arena *a)
{
	const struct card *d = s->data;
	(void)a;
	return d->name ? d->name : _("Role");
}

/* ---- filling -------------------------------------------------------------------------------------------------- */
static void edit(struct app *app, struct screen *s, int field)
{
	struct screen *form = screen_record_form(app, TYPE_ROLE, role_of_card(s), NULL, NULL);
	if (field)
		form_set_focus(form->form, field);
	app_push(app, form);
}

static void run_edit(struct app *app, struct screen *s)
{
	edit(app, s, 0);
}

static void open_agreement(struct app *app, struct screen *s)
{
	const struct book *b = app_book_now(app, NULL);
	const struct task *role = b ? book_task(b, role_of_card(s)) : NULL;
	const struct pact *p = role ? gates_agreement(b, role, app_today(app)) : NULL;
	if (p && p->state != AGREEMENT_REFUSED && p->state != AGREEMENT_ENDED)
		app_push(app, screen_agreement(app, p->id));
	else if (role)
		agreement_new_about(app, s, role);
}

/* ---- which kind of effort --------------------------------------------------------------------------------------- */
static void ask_answer(struct app *app, struct screen *s, size_t i);

static const char *effort_text(struct arena *a, const struct rec *role)
{
	struct effort_reason *why;
	size_t n;
	enum effort x = effort_of(role, a, &why, &n);
	const char *text = arena_printf(a, "%s. %s\n\n", effort_name(x), effort_advice(x));
	for (size_t i = 0; i < n; i++) {
		const struct effort_reason *r = &why[i];
		const char *answer = _(schema_choice(SET_ANSWER, r->answer)->label);
		text = r->speaks == EFFORT_UNCLEAR ? arena_printf(a, "%s· %s %s\n", text, r->says, answer)
			: arena_printf(a, _("%s· %s: speaks for %s\n"), text, r->says, effort_name(r->speaks));
	}
	return arena_printf(a, "%s\n%s %s", text, _("Source:"), _(effort_source()));
}

/* As it stands in the store now. */
static void show_effort(struct app *app, struct screen *s)
{
	struct err e;
	struct view *v = NULL;
	struct rec *rec = NULL;
	struct arena *a = app_scratch(app);
	int rc = view_begin(app_store(app), &v, &e);
	if (rc == OK)
		rc = view_get(v, a, TYPE_ROLE, role_of_card(s), &rec, &e);
	view_end(v);
	if (rc)
		app_fail(app, &e);
	else if (rec)
		dialog_text(app, _("Kind of effort"), effort_text(a, rec));
}

static void answered(struct app *app, void *ctx, size_t choice)
{
	static const int answers[] = {ANSWER_YES, ANSWER_NO, ANSWER_UNKNOWN};
	struct screen *s = ctx;
	struct card *d = s->data;
	struct change_result r;
	struct err e;
	size_t n, i = 0;
	effort_criteria(&n);
	while (i < n && d->answers[i])
		i++;
	if (i < n)
		d->answers[i++] = answers[choice];
	if (i < n) {
		ask_answer(app, s, i);
	} else if (effort_judge(app_store(app), d->id, d->answers, app_today(app), &r, &e)) {
		app_fail(app, &e);
	} else {
		show_effort(app, s);
		app_done(app, &r, _("The answers are written down"));
	}
}

/* By one digit each, the cursor on what stands. */
static void ask_answer(struct app *app, struct screen *s, size_t i)
{
	const struct card *d = s->data;
	size_t n;
	const struct criterion *all = effort_criteria(&n);
	const char *labels[] = {_("yes"), _("no"), _("not known")};
	int stands = d->reasons[i].answer;
	dialog_choice_at(app, arena_printf(app_scratch(app), "%zu/%zu %s", i + 1, n, _(schema_field(TYPE_ROLE, all[i].field)->help)),
		labels, 3, stands == ANSWER_YES ? 0 : stands == ANSWER_NO ? 1 : 2, answered, s);
}

static void run_effort(struct app *app, struct screen *s)
{
	struct card *d = s->data;
	for (size_t i = 0; i < CRITERIA_MOST; i++)
		d->answers[i] = 0;
	ask_answer(app, s, 0);
}

/* ---- what it asks for -------------------------------------------------------------------------------- */
static void switch_course(struct app *app, void *ctx, size_t i, bool on)
{
	struct screen *s = ctx;
	const struct card *d = s->data;
	struct change_result r;
	struct err e;
	size_t n, nkinds = 0;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	const struct demand *all = frames_demands(&b->frames, d->id, &n);
	struct id *kinds = arena_alloc(app_scratch(app), (n + 1) * sizeof *kinds);
	for (size_t j = 0; j < n; j++)
		if (!id_equal(all[j].course, d->kinds[i]))
			kinds[nkinds++] = all[j].course;
	if (on)
		kinds[nkinds++] = d->kinds[i];
	const struct course *c = frames_course(&b->frames, d->kinds[i]);
	const char *name = arena_strdup(app_scratch(app), c ? c->name : "?");
	if (qualification_ask(app_store(app), d->id, kinds, nkinds, &r, &e))
		app_fail(app, &e);
	else
		app_done(app, &r, on ? _("Whoever has the role must have %s") : _("%s is no longer asked for"), name);
}

static void run_courses(struct app *app, struct screen *s)
{
	struct card *d = s->data;
	const char *labels[KINDS_MOST];
	struct err e;
	size_t n = 0, asked;
	uint64_t on = 0;
	struct book *b = app_book_now(app, &e);
	if (!b) {
		app_fail(app, &e);
		return;
	}
	const struct demand *all = frames_demands(&b->frames, d->id, &asked);
	for (; n < b->frames.ncourses && n < KINDS_MOST; n++) {
		d->kinds[n] = b->frames.courses[n].id;
		labels[n] = b->frames.courses[n].name;
		for (size_t i = 0; i < asked; i++)
			if (id_equal(all[i].course, d->kinds[n]))
				on |= UINT64_C(1) << n;
	}
	if (n == 0)
		app_toast(app, "%s", _("There are no kinds of courses yet."));
	else
		dialog_switches(app, _("What must one have?"), labels, n, on, switch_course, s);
}

/* ---- the table ------------------------------------------------------------------------------------------------ */
static void open_row(struct app *app, struct screen *s)
{
	const struct row *r = selected(s);
	switch (r->part) {
	case PART_GATE:
		if (r->gate->field)
			edit(app, s, r->gate->field);
		else
			open_agreement(app, s);
		break;
	case PART_EFFORT: run_effort(app, s); break;
	case PART_COURSE: run_courses(app, s); break;
	case PART_PAUSE:
		app_push(app, id_is_none(r->about) ? screen_pause_new(app, role_of_card(s)) : screen_calls(app, r->about));
		break;
	}
}

static void run_why(struct app *app, struct screen *s)
{
	const struct row *r = selected(s);
	struct arena *a = app_scratch(app);
	if (r->part == PART_EFFORT)
		show_effort(app, s);
	else if (r->gate)
		help_open_about(app, _("Why"), arena_printf(a, "%s\n%s\n%s %s (%s %s)", _(r->gate->question), _(r->gate->explains),
			_("Source:"), _(r->gate->source), _("checked"), r->gate->checked));
	else
		dialog_text(app, r->label, *r->detail ? r->detail : r->text);
}

/* ---- on paper ---------------------------------------------------------------------------------------------- */
static int make_sheet(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e)
{
	return paper_role(v, b, app_scratch(app), role_of_card(ctx), app_today(app), out, e);
}

static void run_print(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	/* translators: the beginning of a file's name, without blanks */
	to_file_ask_sheet(app, arena_printf(a, "%s-%s", _("role"), paper_short_id(a, role_of_card(s))), NULL, make_sheet, s);
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, role_of_card(s)));
}

static const struct action rows[] = {
	{"role.open", CTX_ROLE, "Enter", N_("Fill in"), N_("Fills in what the row is about: a field, the agreement, the answers"),
		GROUP_DO, 2, ACTION_ROW, NULL, open_row},
	{"role.edit", CTX_ROLE, "r", N_("Edit"), N_("All that is written about the role"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_edit},
	{"role.effort", CTX_ROLE, "e", N_("Effort"), N_("Five questions tell which kind of effort it is, and who insures"),
		GROUP_DO, 5, ACTION_CHANGES, NULL, run_effort},
	{"role.courses", CTX_ROLE, "k", N_("Courses"), N_("Which courses and declarations one must have"),
		GROUP_DO, 6, ACTION_CHANGES, NULL, run_courses},
	{"role.why", CTX_ROLE, "i", N_("Why"), N_("What the row asks, why, and where that comes from"),
		GROUP_DO, 7, ACTION_ROW, NULL, run_why},
	{"role.print", CTX_ROLE, "l", N_("Print"), N_("A paper for those who insure: what the role is, the kind of effort, what is missing"),
		GROUP_DO, 8, 0, NULL, run_print},
	{"role.history", CTX_ROLE, "h", N_("History"), N_("Who changed it, when, and from what"),
		GROUP_GO, 9, 0, NULL, run_history},
};

const struct action_set actions_role = {N_("Role"), NULL, rows, sizeof rows / sizeof *rows};

static const struct screen_ops role_ops = {
	.name = "role", .title = N_("Role"), .contexts = CTX_ROLE | CTX_PAUSABLE | CTX_LIST,
	.load = role_load, .draw = role_draw, .status = role_status, .heading = role_heading,
};
