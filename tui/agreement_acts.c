/* tui/agreement_acts.c - what can be done to an agreement from the list and from its card: moved on, written out,
 * compared, made anew. Owns the questions asked; forms are agreement_forms.c's, signing is agreement_sign.c's. */
#include "tui/agreements_priv.h"

#include <stdlib.h>

#include "base/lang.h"
#include "export/papers.h"
#include "export/printing.h"
#include "export/signed.h"
#include "tui/act_form.h"
#include "tui/dialog.h"
#include "tui/paper.h"
#include "tui/to_file.h"

enum { TEMPLATES_MOST = 20 };

/* What a question that is open is about. Lives in the asking screen's arena. */
struct asked {
	struct screen *s;
	struct id id, templates[TEMPLATES_MOST];
	const char *with, *role, *place;   /* role: of a new one; NULL any */
	struct id unit;
	int state, states[AGREEMENT_ENDED];
};

static struct asked *ask_about(struct screen *s, const struct agreement *x)
{
	struct asked *q = arena_alloc(s->arena, sizeof *q);
	q->s = s;
	if (x) {
		q->id = x->rec->id;
		q->with = arena_strdup(s->arena, x->with);
	}
	return q;
}

const char *agreement_refuses(struct app *app, struct screen *s)
{
	(void)app;
	return agreement_under(s) ? NULL : _("Stand on an agreement first.");
}

/* ---- a new one ------------------------------------------------------------------------------------------ */
static void cover_role(struct screen *form, const struct asked *q)
{
	form_type(form->form, ACT_FORM_ROLES, q->role);
	if (!id_is_none(q->unit))
		form_choose(form->form, F_AGREEMENT_UNIT, q->unit, q->place);
	form_set_clean(form->form);
}

static void new_chosen(struct app *app, void *ctx, size_t i)
{
	struct asked *q = ctx;
	struct screen *form = screen_agreement_new(app, q->templates[i], agreement_missing(q->s));
	if (q->role)
		cover_role(form, q);
	app_push(app, form);
}

/* Can an agreement of the sort be made with whom the list stands on, or open the role? Any, where neither is known. */
static bool is_for(const struct book *b, const struct asked *q, struct id party, int64_t sort)
{
	if (q->role)
		return sort == AGREEMENT_COOPERATION;
	if (id_is_none(party) || sort == AGREEMENT_OWN)
		return true;
	return (book_org(b, party) != NULL) == (sort == AGREEMENT_COOPERATION);
}

/* By sort: those with organisations first, one's own last. */
static int read_templates(struct app *app, struct asked *q, const char **labels, size_t *n, struct err *e)
{
	struct view *v = NULL;
	struct rec **all = NULL;
	struct arena *a = app_scratch(app);
	struct book *b = app_book_now(app, e);
	size_t nall = 0;
	int rc = b ? view_begin(app_store(app), &v, e) : e->code;
	if (rc == OK)
		rc = view_all(v, a, TYPE_TEMPLATE, &all, &nall, e);
	for (int sort = AGREEMENT_COOPERATION; rc == OK && sort <= AGREEMENT_OWN; sort++)
		for (size_t i = 0; i < nall && *n < TEMPLATES_MOST; i++)
			if (rec_int(all[i], F_TEMPLATE_SORT) == sort && is_for(b, q, agreement_missing(q->s), sort)) {
				q->templates[*n] = all[i]->id;
				labels[(*n)++] = rec_text(all[i], F_TEMPLATE_NAME);
			}
	view_end(v);
	return rc;
}

static void ask_new(struct app *app, struct asked *q)
{
	struct err e;
	struct change_result r;
	const char *labels[TEMPLATES_MOST];
	size_t n = 0;
	int rc = agreement_ship(app_store(app), &r, &e);
	if (rc == OK)
		rc = read_templates(app, q, labels, &n, &e);
	if (rc)
		app_fail(app, &e);
	else if (n == 0)
		app_toast(app, "%s", _("There are no templates to make one from."));
	else if (n == 1 && q->role)
		new_chosen(app, q, 0);
	else
		dialog_choice(app, _("From which template?"), labels, n, new_chosen, q);
}

static void run_new(struct app *app, struct screen *s)
{
	ask_new(app, ask_about(s, NULL));
}

void agreement_new_about(struct app *app, struct screen *s, const struct task *role)
{
	struct asked *q = ask_about(s, NULL);
	const struct book *b = app_book_now(app, NULL);
	q->role = arena_strdup(s->arena, role->name);
	q->unit = role->unit;
	q->place = arena_strdup(s->arena, b ? book_name(b, role->unit) : "");
	ask_new(app, q);
}

/* ---- on to the next state --------------------------------------------------------------------------------- */
static int move(struct app *app, struct asked *q, const char *why, struct err *e)
{
	struct change_result r;
	int rc = agreement_move(app_store(app), q->id, q->state, why, app_today(app), &r, e);
	if (rc == OK)
		app_done(app, &r, "%s: %s", q->with, agreement_choice(SET_AGREEMENT_STATE, q->state));
	return rc;
}

static int give_reason(struct app *app, void *ctx, const char *text, struct err *e)
{
	return move(app, ctx, text, e);
}

static void state_chosen(struct app *app, void *ctx, size_t i)
{
	struct asked *q = ctx;
	struct err e;
	q->state = q->states[i];
	if (q->state == AGREEMENT_REFUSED)
		dialog_prompt(app, _("Why was it refused? The other party is owed an answer"), "", false, give_reason, q);
	else if (q->state == AGREEMENT_ENDED)
		dialog_prompt(app, _("Why does it end today?"), "", false, give_reason, q);
	else if (move(app, q, NULL, &e))
		app_fail(app, &e);
}

static size_t next_states(const struct agreement *x, int *states)
{
	size_t n = 0;
	for (int state = AGREEMENT_REQUESTED; state <= AGREEMENT_ENDED; state++)
		if (agreement_may_move((int)rec_int(x->rec, F_AGREEMENT_STATE), state))
			states[n++] = state;
	return n;
}

static const char *refuses_move(struct app *app, struct screen *s)
{
	int states[AGREEMENT_ENDED];
	const struct agreement *x = agreement_under(s);
	if (!x)
		return agreement_refuses(app, s);
	return next_states(x, states) ? NULL : _("It has ended. k makes a new one that follows on it.");
}

static void run_move(struct app *app, struct screen *s)
{
	const struct agreement *x = agreement_under(s);
	struct asked *q = ask_about(s, x);
	const char *labels[AGREEMENT_ENDED];
	size_t n = next_states(x, q->states);
	for (size_t i = 0; i < n; i++) {
		const char *label = agreement_choice(SET_AGREEMENT_STATE, q->states[i]);
		bool is_early = q->states[i] == AGREEMENT_MADE && x->lacks;
		labels[i] = is_early ? arena_printf(app_scratch(app), _("%s (something is lacking)"), label) : label;
	}
	dialog_choice(app, arena_printf(app_scratch(app), _("%s: what has become of it?"), x->with), labels, n,
		state_chosen, q);
}

/* ---- anew ------------------------------------------------------------------------------------------------- */
static void run_renew(struct app *app, struct screen *s)
{
	const struct agreement *x = agreement_under(s);
	struct change_result r;
	struct err e;
	struct id made;
	if (x->nsignatures == 0 && agreement_role(x) == ROLE_HINT) {
		int rc = agreement_renew_wording(app_store(app), x->rec->id, &r, &e);
		app_did(app, rc, &r, &e, _("%s: with the template's wording of now"), x->with);
		return;
	}
	int rc = agreement_follow(app_store(app), x->rec->id, &made, &r, &e);
	if (app_did(app, rc, &r, &e, _("A new agreement with %s, to be discussed and signed"), x->with))
		app_push(app, screen_agreement(app, made));
}

/* ---- out as files ------------------------------------------------------------------------------------------ */
static int export_to(struct app *app, void *ctx, const char *dir, struct err *e)
{
	const struct asked *q = ctx;
	struct signed_files f;
	if (dir[0] != '/')
		return err_set(e, ERR_USAGE, _("Write the whole path of the folder, from / on."));
	int rc = signed_export(app_store(app), app_scratch(app), q->id, dir, &f, e);
	if (rc == OK)
		app_toast(app, _("Written to %s: the text, its signature (minisign) and the site's public key"), dir);
	return rc;
}

static void run_export(struct app *app, struct screen *s)
{
	const char *home = getenv("HOME");
	struct asked *q = ask_about(s, agreement_under(s));
	/* translators: a folder's name, without blanks */
	const char *dir = os_path_join(app_scratch(app), home && *home ? home : "/tmp", _("agreements"));
	dialog_prompt(app, _("In which folder shall its files be written?"), dir, false, export_to, q);
}

/* ---- on paper ---------------------------------------------------------------------------------------------- */
static int print_to(struct app *app, void *ctx, const char *path, struct err *e)
{
	const struct asked *q = ctx;
	struct sheet *paper;
	struct printed printed;
	bool noted;
	struct view *v = NULL;
	int rc = view_begin(app_store(app), &v, e);
	if (rc == OK)
		rc = signed_sheet(v, app_scratch(app), q->id, &paper, e);
	if (rc == OK)
		rc = signed_paper(v, q->id, &printed, e);
	view_end(v);
	if (rc == OK)
		rc = printing_sheet(paper, path, e);
	if (rc == OK && printed.what)
		rc = retention_note_print(app_store(app), &printed, &noted, e);
	if (rc == OK)
		app_toast(app, _("Written to %s: print it, and p takes it in when it is signed"), path);
	return rc;
}

static void run_print(struct app *app, struct screen *s)
{
	struct arena *a = app_scratch(app);
	const struct agreement *x = agreement_under(s);
	/* translators: the beginning of a file's name, without blanks */
	const char *name = arena_printf(a, "%s-%s.%s", _("agreement"), paper_short_id(a, x->rec->id),
		pdf_available(NULL) ? "pdf" : "txt");
	to_file_ask(app, _("To which file? .pdf to print, else text"), name, print_to, ask_about(s, x));
}

/* ---- two wordings ------------------------------------------------------------------------------------------- */
struct compare { struct id agreement; struct paper *paper; };

static void put_difference(struct paper *p, const struct wording *was, const struct wording *now, struct arena *a)
{
	paper_fact(p, _("Agreed on"), ROLE_DEFAULT, arena_strdup(a, was->code));
	paper_fact(p, _("Template now"), ROLE_DEFAULT, arena_strdup(a, now->code));
	if (id_equal(was->id, now->id)) {
		paper_fact(p, _("Difference"), ROLE_OK, _("none: the template still says what was agreed on"));
		return;
	}
	paper_fact(p, _("Difference"), ROLE_DEFAULT, _("[-what is gone-] and {+what is new+}"));
	paper_heading(p, _("Only what differs"));
	paper_changes(p, wording_diff_text(a, was->text, now->text, false));
	paper_heading(p, _("The whole text"));
	paper_changes(p, wording_diff_text(a, was->text, now->text, true));
}

static int compare_load(struct screen *s, struct view *v, struct err *e)
{
	struct compare *d = s->data;
	struct agreement x;
	struct wording was, now;
	int rc = agreement_get(v, NULL, s->model, d->agreement, app_today(s->app), &x, e);
	if (rc == OK)
		rc = agreement_kept_wording(v, s->model, rec_id(x.rec, F_AGREEMENT_WORDING), &was, e);
	if (rc == OK)
		rc = agreement_wording(v, s->model, x.tmpl, &now, e);
	if (rc)
		return rc;
	paper_begin(d->paper, s->model);
	paper_fact(d->paper, _("With"), ROLE_TITLE, x.with);
	put_difference(d->paper, &was, &now, s->model);
	return OK;
}

static void compare_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	paper_draw(((const struct compare *)s->data)->paper, cv, body, a);
}

static bool compare_event(struct screen *s, const struct event *ev)
{
	return paper_event(((struct compare *)s->data)->paper, ev);
}

static const struct screen_ops compare_ops = {
	.name = "agreement-compare", .title = N_("Wordings"), .contexts = CTX_READING, .load = compare_load,
	.draw = compare_draw, .event = compare_event,
};

static void run_compare(struct app *app, struct screen *s)
{
	struct screen *shown = screen_new(app, &compare_ops, sizeof(struct compare));
	struct compare *d = shown->data;
	d->agreement = agreement_under(s)->rec->id;
	d->paper = paper_new(shown->arena);
	app_push(app, shown);
}

/* ---- the table ------------------------------------------------------------------------------------------------ */
static void run_edit(struct app *app, struct screen *s)
{
	app_push(app, screen_agreement_edit(app, agreement_under(s)));
}

static void run_evaluate(struct app *app, struct screen *s)
{
	app_push(app, screen_agreement_evaluate(app, agreement_under(s)));
}

static void run_history(struct app *app, struct screen *s)
{
	app_push(app, screen_history(app, agreement_under(s)->rec->id));
}

static const struct action rows[] = {
	{"agreement.new", CTX_AGREEMENTS, "o", N_("New"), N_("Makes one from a template, with a person or an organisation"),
		GROUP_DO, 3, ACTION_CHANGES, NULL, run_new},
	{"agreement.move", CTX_AGREEMENT, "t", N_("Move on"), N_("Discussed, made, refused or ended; the last two with a reason"),
		GROUP_DO, 3, ACTION_CHANGES, refuses_move, run_move},
	{"agreement.edit", CTX_AGREEMENT, "r", N_("Edit"), N_("Place, roles, days, case number, TR and HMU, insurance, budget"),
		GROUP_DO, 5, ACTION_CHANGES, agreement_refuses, run_edit},
	{"agreement.evaluate", CTX_AGREEMENT, "v", N_("Evaluate"), N_("What was said when it was looked at together, and when to do so next"),
		GROUP_DO, 8, ACTION_CHANGES, agreement_refuses, run_evaluate},
	{"agreement.compare", CTX_AGREEMENT, "c", N_("Compare"), N_("What the template says now that wasn't agreed on, word by word"),
		GROUP_DO, 6, 0, agreement_refuses, run_compare},
	{"agreement.export", CTX_AGREEMENT, "e", N_("Write out"),
		N_("Writes text, signature and key as files, which others can check with minisign"),
		GROUP_DO, 7, ACTION_WRITES, agreement_refuses, run_export},
	{"agreement.print", CTX_AGREEMENT, "l", N_("Print"), N_("A paper to sign by hand, with the wording's code, also for a scanner"),
		GROUP_DO, 7, 0, agreement_refuses, run_print},
	{"agreement.anew", CTX_AGREEMENT, "k", N_("Anew"), N_("The template's wording of now: in a new one, when somebody has signed"),
		GROUP_DO, 8, ACTION_CHANGES, agreement_refuses, run_renew},
	{"agreement.history", CTX_AGREEMENT, "h", N_("History"), N_("Who changed it, when, and from what"),
		GROUP_GO, 9, 0, agreement_refuses, run_history},
};

const struct action_set actions_agreement = {N_("Agreement"), NULL, rows, sizeof rows / sizeof *rows};
