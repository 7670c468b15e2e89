/* tui/agreement_sign.c - see agreements_priv.h: an agreement is signed, on the screen or by a paper that came back.
 * Owns that the signer has seen all of the text before the name is typed. The seal is export/signed.h's. */
#include "tui/agreements_priv.h"

#include <string.h>

#include "base/lang.h"
#include "export/signed.h"
#include "tui/dialog.h"
#include "tui/paper.h"

struct signing { struct id id; int part; const char *with, *name; struct paper *paper; };

/* ---- who signs ----------------------------------------------------------------------------------------------- */
static bool has_signed(const struct agreement *x, int part)
{
	struct id wording = rec_id(x->rec, F_AGREEMENT_WORDING);
	for (size_t i = 0; i < x->nsignatures; i++)
		if (rec_int(x->signatures[i], F_SIGNATURE_PART) == part
			&& id_equal(rec_id(x->signatures[i], F_SIGNATURE_WORDING), wording))
			return true;
	return false;
}

static size_t open_parts(const struct agreement *x, int *parts)
{
	size_t n = 0;
	for (int part = SIGNATURE_VOLUNTEER; part <= SIGNATURE_WORKPLACE; part++)
		if (agreement_has_part(x->rec, part) && !has_signed(x, part))
			parts[n++] = part;
	return n;
}

static const char *refuses_sign(struct app *app, struct screen *s)
{
	int parts[SIGNATURE_WORKPLACE];
	const struct agreement *x = agreement_under(s);
	if (!x)
		return agreement_refuses(app, s);
	int64_t state = rec_int(x->rec, F_AGREEMENT_STATE);
	if (state == AGREEMENT_REFUSED || state == AGREEMENT_ENDED)
		return _("What is refused or ended isn't signed. t moves it on, k makes a new one.");
	return open_parts(x, parts) ? NULL : _("All of them have signed.");
}

/* The agreement is asked for again when the answer comes: the model may have been read anew. */
struct asked { struct screen *s; int parts[SIGNATURE_WORKPLACE]; struct screen *(*open)(struct app *, const struct agreement *, int); };

static void part_chosen(struct app *app, void *ctx, size_t i)
{
	const struct asked *q = ctx;
	const struct agreement *x = agreement_under(q->s);
	if (x)
		app_push(app, q->open(app, x, q->parts[i]));
}

static void ask_part(struct app *app, struct screen *s, struct screen *(*open)(struct app *, const struct agreement *, int))
{
	const struct agreement *x = agreement_under(s);
	struct asked *q = arena_alloc(s->arena, sizeof *q);
	const char *labels[SIGNATURE_WORKPLACE];
	size_t n = open_parts(x, q->parts);
	q->s = s;
	q->open = open;
	for (size_t i = 0; i < n; i++) {
		const char *part = agreement_choice(SET_SIGNATURE_PART, q->parts[i]);
		labels[i] = q->parts[i] == SIGNATURE_WORKPLACE ? part : arena_printf(app_scratch(app), "%s (%s)", part, x->with);
	}
	if (n == 1)
		app_push(app, open(app, x, q->parts[0]));
	else
		dialog_choice(app, _("Who signs?"), labels, n, part_chosen, q);
}

static void run_sign(struct app *app, struct screen *s)
{
	ask_part(app, s, screen_agreement_sign);
}

static void run_paper(struct app *app, struct screen *s)
{
	ask_part(app, s, screen_agreement_paper);
}

/* ---- the text ------------------------------------------------------------------------------------------------- */
static int sign_load(struct screen *s, struct view *v, struct err *e)
{
	struct signing *d = s->data;
	char *text;
	int rc = agreement_text(v, s->model, d->id, &text, e);
	if (rc)
		return rc;
	paper_begin(d->paper, s->model);
	paper_text(d->paper, ROLE_DEFAULT, text);
	return OK;
}

static void sign_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct signing *d = s->data;
	struct rect head = rect_cut_top(&body, 2);
	bool is_read = paper_was_read(d->paper);
	rect_cut_left(&head, PAPER_MARGIN);
	cv_text(cv, head.row, head.col, head.cols, ROLE_WARN,
		arena_printf(a, is_read ? _("Signed for %s: Enter, when all of it has been read.")
			: _("Signed for %s: read it to its end with Space, then Enter."),
			agreement_choice(SET_SIGNATURE_PART, d->part)));
	paper_draw(d->paper, cv, body, a);
}

static bool sign_event(struct screen *s, const struct event *ev)
{
	return paper_event(((struct signing *)s->data)->paper, ev);
}

static const char *sign_heading(const struct screen *s, struct arena *a)
{
	return arena_printf(a, _("To be signed · %s"), ((const struct signing *)s->data)->with);
}

static const struct screen_ops sign_ops = {
	.name = "agreement-sign", .title = N_("To be signed"), .contexts = CTX_AGREEMENT_SIGN, .load = sign_load,
	.draw = sign_draw, .event = sign_event, .heading = sign_heading,
};

struct screen *screen_agreement_sign(struct app *app, const struct agreement *x, int part)
{
	struct screen *s = screen_new(app, &sign_ops, sizeof(struct signing));
	struct signing *d = s->data;
	d->id = x->rec->id;
	d->part = part;
	d->with = arena_strdup(s->arena, x->with);
	d->paper = paper_new(s->arena);
	return s;
}

/* ---- the name ---------------------------------------------------------------------------------------------------- */
static void sign(struct app *app, void *ctx)
{
	struct screen *s = ctx;
	struct signing *d = s->data;
	struct change_result r;
	struct err e;
	struct id made;
	const struct agreement_signing how = {.agreement = d->id, .part = d->part, .how = SIGNATURE_SCREEN, .name = d->name,
		.day = app_today(app)};
	if (signed_sign(app_store(app), &how, &made, &r, &e)) {
		app_fail(app, &e);
		return;
	}
	app_pop(app, s);
	app_toast(app, _("%s has signed"), d->name);
}

static int name_typed(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	struct signing *d = s->data;
	if (!text[strspn(text, " ")])
		return err_set(e, ERR_USAGE, _("The signer writes his or her own name. Esc leaves it unsigned."));
	d->name = arena_strdup(s->arena, text);
	dialog_confirm(app, arena_printf(app_scratch(app),
		_("%s signs for %s; %s is the witness. The text is sealed as it stands here."), d->name,
		agreement_choice(SET_SIGNATURE_PART, d->part), store_person(app_store(app))), _("Yes, sign it"), sign, s);
	return OK;
}

static const char *refuses_unread(struct app *app, struct screen *s)
{
	(void)app;
	return paper_was_read(((const struct signing *)s->data)->paper) ? NULL
		: _("Read all of it first: Space or Page down goes on to the end.");
}

static void run_name(struct app *app, struct screen *s)
{
	dialog_prompt(app, _("The signer's own name, written out"), "", false, name_typed, s);
}

/* ---- the table --------------------------------------------------------------------------------------- */
static const struct action rows[] = {
	{"agreement.sign", CTX_AGREEMENT, "s", N_("Sign here"), N_("The signer reads the text on this screen and types his or her name"),
		GROUP_DO, 3, ACTION_FINAL, refuses_sign, run_sign},
	{"agreement.paper", CTX_AGREEMENT, "p", N_("Paper in"), N_("A signed paper came back: by whom, when, and who took it in"),
		GROUP_DO, 3, ACTION_FINAL, refuses_sign, run_paper},
	{"agreement.name", CTX_AGREEMENT_SIGN, "Enter", N_("Sign"), N_("Asks for the signer's name, when all of it has been read"),
		GROUP_DO, 2, ACTION_FINAL, refuses_unread, run_name},
};

const struct action_set actions_agreement_sign = {N_("Signatures"), NULL, rows, sizeof rows / sizeof *rows};
