/* tui/screen_agreement.c - see screens.h: one agreement, as a paper to be read: what is known about it, who signed, the
 * text as it is printed, and its history. Owns what stands there; what can be done is agreement_acts.c's. */
#include "tui/agreements_priv.h"

#include "base/lang.h"
#include "export/signed.h"
#include "tui/changes.h"
#include "tui/paper.h"
#include "tui/words.h"

struct card {
	struct id id;
	struct agreement x;                /* in the model */
	struct paper *paper;
};

struct reader { struct view *v; struct book *b; struct arena *a; civil_date today; struct err *e; };

static const struct screen_ops agreement_ops;

struct screen *screen_agreement(struct app *app, struct id id)
{
	struct screen *s = screen_new(app, &agreement_ops, sizeof(struct card));
	struct card *d = s->data;
	d->id = id;
	d->paper = paper_new(s->arena);
	return s;
}

const struct agreement *agreement_of_card(const struct screen *s)
{
	return s->ops == &agreement_ops ? &((const struct card *)s->data)->x : NULL;
}

/* ---- what stands there ------------------------------------------------------------------------------------- */
static void put_field(struct card *d, const struct reader *k, int no)
{
	const struct field *f = schema_field(TYPE_AGREEMENT, no);
	paper_fact(d->paper, _(f->label), ROLE_DEFAULT, view_field_text(k->v, k->a, f, rec_get(d->x.rec, no)));
}

static void put_state(struct card *d, const struct reader *k)
{
	const struct agreement *x = &d->x;
	bool is_open = agreement_role(x) == ROLE_HINT;
	paper_fact(d->paper, _("State"), agreement_role(x),
		agreement_choice(SET_AGREEMENT_STATE, rec_int(x->rec, F_AGREEMENT_STATE)));
	put_field(d, k, F_AGREEMENT_WHY);
	if (is_open && x->lacks)
		paper_fact(d->paper, _("It lacks"), ROLE_WARN, x->lacks);
	else if (is_open)
		paper_fact(d->paper, _("It lacks"), ROLE_OK, _("nothing: t makes it"));
}

static void put_facts(struct card *d, const struct reader *k)
{
	static const int fields[] = {F_AGREEMENT_EVALUATE, F_AGREEMENT_CASE, F_AGREEMENT_TR_DATE, F_AGREEMENT_HMU_DATE,
		F_AGREEMENT_INSURANCE, F_AGREEMENT_BUDGET, F_AGREEMENT_NOTE, F_AGREEMENT_EVALUATION};
	const struct agreement *x = &d->x;
	paper_fact(d->paper, _("With"), ROLE_TITLE, x->with);
	put_state(d, k);
	paper_fact(d->paper, _("Place"), ROLE_DEFAULT, x->place);
	paper_fact(d->paper, _("Roles"), ROLE_DEFAULT, x->roles);
	paper_fact(d->paper, _("Holds"), ROLE_DEFAULT, agreement_span(x, k->a));
	paper_fact(d->paper, _("Wording"), ROLE_DEFAULT, x->code);
	if (x->outdated)
		paper_fact(d->paper, "", ROLE_WARN, _("The template has another wording now: c shows what differs."));
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		put_field(d, k, fields[i]);
}

/* "3/12 2025 Søren Ærø for the volunteer, on paper, taken in by Bo", and below it what the seal says. */
static void put_signature(struct card *d, const struct reader *k, const struct seal *seal)
{
	char day[48];
	const struct rec *r = seal->signature;
	bool is_paper = rec_int(r, F_SIGNATURE_HOW) == SIGNATURE_PAPER;
	const char *name = rec_text(r, F_SIGNATURE_NAME), *witness = rec_text(r, F_SIGNATURE_WITNESS);
	const char *part = agreement_choice(SET_SIGNATURE_PART, rec_int(r, F_SIGNATURE_PART));
	civil_format_date(day, sizeof day, (civil_date)rec_int(r, F_SIGNATURE_DAY), CIVIL_SHORT);
	const char *how = is_paper ? arena_printf(k->a, _("%s for %s, on paper, taken in by %s"), name, part, witness)
		: arena_printf(k->a, _("%s for %s, on the screen, witnessed by %s"), name, part, witness);
	if (!id_is_none(rec_id(r, F_SIGNATURE_SCAN)))
		how = arena_printf(k->a, _("%s, scanned"), how);
	paper_fact(d->paper, arena_strdup(k->a, day), ROLE_DEFAULT, how);
	const char *site = *seal->site ? seal->site : _("a site that isn't known here");
	paper_fact(d->paper, "", seal->state == SEAL_HOLDS ? ROLE_OK : seal->state == SEAL_CHANGED ? ROLE_WARN : ROLE_STOP,
		arena_printf(k->a, "%s (%s)", seal_state_name(seal->state), site));
}

static int put_signatures(struct card *d, const struct reader *k)
{
	struct seal *seals = NULL;
	size_t n = 0;
	int rc = signed_seals(k->v, k->a, d->id, &seals, &n, k->e);
	if (rc)
		return rc;
	paper_heading(d->paper, _("Signatures"));
	for (size_t i = 0; i < n; i++)
		put_signature(d, k, &seals[i]);
	if (n == 0)
		paper_text(d->paper, ROLE_DIM, _("Nobody has signed yet. s signs here on the screen, p takes in a paper."));
	return OK;
}

/* An agreement whose text can't be put together is still one that can be looked at. */
static void put_text(struct card *d, const struct reader *k)
{
	char *text = NULL;
	int rc = agreement_text(k->v, k->a, d->id, &text, k->e);
	paper_heading(d->paper, _("The text as it is printed"));
	paper_text(d->paper, rc ? ROLE_ERROR : ROLE_DEFAULT, rc ? arena_strdup(k->a, k->e->text) : text);
}

static int put_history(struct card *d, const struct reader *k)
{
	struct changes c = {.v = k->v, .a = k->a};
	struct group *g = NULL;
	size_t n = 0;
	int rc = log_of_record(k->v, k->a, d->id, &g, &n, k->e);
	paper_heading(d->paper, _("History"));
	for (size_t i = 0; rc == OK && i < n; i++) {
		const char *line = changes_line(&c, &g[i], d->id);
		paper_fact(d->paper, words_moment(k->a, civil_from_utc(g[i].clock), k->today), ROLE_DEFAULT,
			arena_printf(k->a, "%s: %s", g[i].person, *line ? line : log_label(k->v, k->a, &g[i])));
	}
	return rc;
}

static int agreement_load(struct screen *s, struct view *v, struct err *e)
{
	struct card *d = s->data;
	struct reader k = {.v = v, .a = s->model, .today = app_today(s->app), .e = e};
	k.b = app_book(s->app, v, e);
	int rc = k.b ? agreement_get(v, k.b, k.a, d->id, k.today, &d->x, e) : e->code;
	if (rc)
		return rc;
	paper_begin(d->paper, k.a);
	put_facts(d, &k);
	rc = put_signatures(d, &k);
	if (rc)
		return rc;
	put_text(d, &k);
	return put_history(d, &k);
}

/* ---- picture --------------------------------------------------------------------------------------------- */
static void agreement_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	paper_draw(((const struct card *)s->data)->paper, cv, body, a);
}

static bool agreement_event(struct screen *s, const struct event *ev)
{
	return paper_event(((struct card *)s->data)->paper, ev);
}

static const char *agreement_heading(const struct screen *s, struct arena *a)
{
	const struct agreement *x = &((const struct card *)s->data)->x;
	if (!x->rec)
		return _("Agreement");
	return arena_printf(a, "%s · %s", agreement_choice(SET_AGREEMENT_SORT, rec_int(x->rec, F_AGREEMENT_SORT)), x->with);
}

static const struct screen_ops agreement_ops = {
	.name = "agreement", .title = N_("Agreement"), .contexts = CTX_AGREEMENT | CTX_AGREEMENT_CARD,
	.load = agreement_load, .draw = agreement_draw, .event = agreement_event, .heading = agreement_heading,
};
