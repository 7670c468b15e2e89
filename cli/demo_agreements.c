/* cli/demo_agreements.c - invented agreements: one with each organisation and with most of the own corps, and some in
 * every other state; a word of a template that was changed after a few had signed.
 *
 * Owns these records. Signatures are sealed with the store's own key, as real ones are. Must not know rosters. Has dice
 * of its own, so that nobody else's fall otherwise. */
#include "cli/demo_priv.h"

#include <string.h>

#include "base/letters.h"
#include "export/signed.h"

enum { OLD_SIGNERS = 3, NEWCOMER_DAYS = 45 };

/* An agreement as it will be written, and who signs it. */
struct deal {
	struct id id, tmpl, wording, volunteer, organisation, unit;
	int sort, state;
	unsigned roles;
	civil_date from, to, evaluate;
	const char *signer, *why;
	bool is_signed;
};

struct deals {
	struct deal *at;
	size_t n, cap;
	struct dice dice;
	struct id old, new, coop, oath;
};

static struct deal *add_deal(struct demo *d, struct deals *x, int sort, int state)
{
	x->at = arena_grow(d->a, x->at, &x->cap, x->n + 1, sizeof *x->at);
	struct deal *p = &x->at[x->n++];
	*p = (struct deal){.sort = sort, .state = state, .to = DATE_NONE, .evaluate = DATE_NONE};
	return p;
}

/* ---- the templates, and a word that is changed ------------------------------------------------------------ */

/* The wording of now, kept as if an agreement had been made from it. */
static struct id keep_wording(struct demo *d, const char *key)
{
	struct wording w = {.id = ID_NONE};
	struct view *v = NULL;
	if (d->rc == OK)
		d->rc = view_begin(d->s, &v, d->e);
	if (d->rc == OK)
		d->rc = agreement_wording(v, d->a, id_template(key), &w, d->e);
	view_end(v);
	if (d->rc || !demo_begin_part(d, "en ordlyd"))
		return w.id;
	change_make(d->change, TYPE_WORDING, w.id);
	demo_ref(d, TYPE_WORDING, w.id, F_WORDING_TEMPLATE, w.tmpl);
	demo_text(d, TYPE_WORDING, w.id, F_WORDING_CODE, w.code);
	demo_text(d, TYPE_WORDING, w.id, F_WORDING_TEXT, w.text);
	demo_commit(d);
	return w.id;
}

static void change_word(struct demo *d)
{
	struct view *v = NULL;
	struct rec *r = NULL;
	if (d->rc == OK)
		d->rc = view_begin(d->s, &v, d->e);
	if (d->rc == OK)
		d->rc = view_get(v, d->a, TYPE_TEMPLATE, id_template("volunteer"), &r, d->e);
	view_end(v);
	const char *text = d->rc == OK ? rec_text(r, F_TEMPLATE_VOLUNTEERS) : "", *was = "navneskilt",
		   *at = strstr(text, was);
	if (!at || !demo_begin(d, ACT_EDIT))
		return;
	change_arg(d->change, value_id(r->id));
	demo_text(d, TYPE_TEMPLATE, r->id, F_TEMPLATE_VOLUNTEERS,
		arena_printf(d->a, "%.*svest og navneskilt%s", (int)(at - text), text, at + strlen(was)));
	demo_commit(d);
}

static void make_wordings(struct demo *d, struct deals *x)
{
	struct change_result r;
	if (d->rc == OK)
		d->rc = agreement_ship(d->s, &r, d->e);
	x->coop = keep_wording(d, "cooperation");
	x->oath = keep_wording(d, "confidentiality");
	x->old = keep_wording(d, "volunteer");
	change_word(d);
	x->new = keep_wording(d, "volunteer");
}

/* ---- whom with -------------------------------------------------------------------------------------------- */

/* Where the house's agreements are made: its council, so that they hold at all its houses. */
static struct id place_of(const struct demo *d, const char *area)
{
	for (int i = 0; i < d->nhouses; i++)
		if (!area || strcmp(d->houses[i].area, area) == 0)
			return d->houses[i].council;
	return d->houses[0].council;
}

static const char *invent_name(struct demo *d, struct deals *x)
{
	struct demo_name name;
	demo_name_person(&x->dice, civil_to_ymd(d->today).y - dice_between(&x->dice, 35, 65), &name);
	return arena_printf(d->a, "%s %s", name.given, name.family);
}

/* Of tasks whose dialogue is still to be held nothing is agreed yet. */
static unsigned agreed(unsigned roles)
{
	return roles & ~(1U << ROLE_MENTOR);
}

static struct deal *deal_with_org(struct demo *d, struct deals *x, const struct demo_org *o, int state)
{
	struct deal *p = add_deal(d, x, AGREEMENT_COOPERATION, state);
	p->tmpl = id_template("cooperation");
	p->wording = x->coop;
	p->organisation = o->id;
	p->unit = place_of(d, o->area);
	p->roles = agreed(o->roles);
	p->signer = invent_name(d, x);
	p->is_signed = state == AGREEMENT_MADE || state == AGREEMENT_ENDED;
	p->from = d->today - dice_between(&x->dice, 100, 330);
	p->evaluate = civil_add_months(p->from, 12);
	return p;
}

/* Besides the one that holds, some have one that was before it, is asked for or is talked about. */
static void deal_with_orgs(struct demo *d, struct deals *x)
{
	static const struct {
		int state;
		const char *why;
	} more[] = {
		{AGREEMENT_ENDED, "Afløst af en ny aftale"},
		{AGREEMENT_DISCUSSED, NULL},
		{AGREEMENT_REFUSED,
			"Personalet på afsnittet har ikke tid til at tage imod flere lige nu; spørg igen til sommer"},
		{AGREEMENT_REQUESTED, NULL},
	};
	for (int i = 1; i < d->norgs; i++) { /* the first is the own corps */
		struct deal *p = deal_with_org(d, x, &d->orgs[i], AGREEMENT_MADE);
		if (i % 7 == 2)
			p->to = d->today + 45;
		if (i % 7 == 3)
			p->evaluate = d->today + 12;
	}
	for (int i = 1; i < d->norgs && i <= (int)(sizeof more / sizeof *more); i++) {
		struct deal *p = deal_with_org(d, x, &d->orgs[i], more[i - 1].state);
		p->why = more[i - 1].why;
		bool is_past = p->state == AGREEMENT_ENDED;
		p->from = is_past ? d->today - 800 : d->today + 30;
		p->to = is_past ? d->today - 400 : DATE_NONE;
		p->evaluate = is_past ? DATE_NONE : civil_add_months(p->from, 12);
	}
}

static bool wants_agreement(const struct demo *d, const struct demo_person *p)
{
	bool is_here = p->started < d->today - NEWCOMER_DAYS && p->ended > d->today;
	return is_here && d->norgs && id_equal(p->org, d->orgs[0].id);
}

static void deal_with_people(struct demo *d, struct deals *x)
{
	int signers = 0;
	for (int i = 0; i < d->npeople; i++) {
		const struct demo_person *p = &d->people[i];
		unsigned roles = agreed(1U << p->role | (p->second < 0 ? 0 : 1U << p->second));
		if (!roles || !wants_agreement(d, p))
			continue;
		struct deal *deal = add_deal(d, x, AGREEMENT_VOLUNTEER, AGREEMENT_MADE);
		deal->tmpl = id_template("volunteer");
		deal->wording = signers++ < OLD_SIGNERS ? x->old : x->new;
		deal->volunteer = p->id;
		deal->unit = d->houses[p->house].id;
		deal->roles = roles;
		deal->signer = arena_printf(d->a, "%s %s", p->given, p->family);
		deal->is_signed = true;
		deal->from = d->today - dice_between(&x->dice, NEWCOMER_DAYS, 320);
		deal->evaluate = civil_add_months(deal->from, 12);
	}
}

/* Somebody who has yet to sign. */
static void ask_for_declaration(struct demo *d, struct deals *x)
{
	for (int i = d->npeople - 1; i >= 0; i--) {
		const struct demo_person *p = &d->people[i];
		if (p->fit[0] || p->ended <= d->today)
			continue;
		struct deal *deal = add_deal(d, x, AGREEMENT_CONFIDENTIALITY, AGREEMENT_REQUESTED);
		deal->tmpl = id_template("confidentiality");
		deal->wording = x->oath;
		deal->volunteer = p->id;
		deal->unit = d->houses[p->house].id;
		deal->from = DATE_NONE;
		return;
	}
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

static void date_field(struct demo *d, struct id id, int field, civil_date day)
{
	if (day != DATE_NONE)
		demo_int(d, TYPE_AGREEMENT, id, field, day);
}

static void cover(struct demo *d, const struct deal *p, struct id role)
{
	struct id id = id_link(LINK_AGREEMENT_ROLE, p->id, role);
	change_make(d->change, TYPE_LINK, id);
	demo_int(d, TYPE_LINK, id, F_LINK_KIND, LINK_AGREEMENT_ROLE);
	demo_ref(d, TYPE_LINK, id, F_LINK_FROM, p->id);
	demo_ref(d, TYPE_LINK, id, F_LINK_TO, role);
}

/* The role that isn't open yet is about to be agreed on. */
static void write_links(struct demo *d, const struct deal *p)
{
	for (int i = 0; i < ROLE_COUNT; i++)
		if (p->roles >> i & 1)
			cover(d, p, d->role[i]);
	if (p->sort == AGREEMENT_COOPERATION && p->state == AGREEMENT_DISCUSSED)
		cover(d, p, d->coming);
}

static void write_deal(struct demo *d, struct deal *p)
{
	struct id id = p->id = change_new(d->change, TYPE_AGREEMENT);
	bool ends = p->state == AGREEMENT_ENDED;
	demo_int(d, TYPE_AGREEMENT, id, F_AGREEMENT_SORT, p->sort);
	demo_ref(d, TYPE_AGREEMENT, id, F_AGREEMENT_WORDING, p->wording);
	demo_ref(d, TYPE_AGREEMENT, id, F_AGREEMENT_ORGANISATION, p->organisation);
	demo_ref(d, TYPE_AGREEMENT, id, F_AGREEMENT_VOLUNTEER, p->volunteer);
	demo_ref(d, TYPE_AGREEMENT, id, F_AGREEMENT_UNIT, p->unit);
	demo_int(d, TYPE_AGREEMENT, id, F_AGREEMENT_STATE, ends ? AGREEMENT_MADE : p->state);
	demo_text(d, TYPE_AGREEMENT, id, F_AGREEMENT_WHY, ends ? NULL : p->why);
	date_field(d, id, F_AGREEMENT_FROM, p->from);
	date_field(d, id, F_AGREEMENT_TO, p->to);
	date_field(d, id, F_AGREEMENT_EVALUATE, p->evaluate);
	if (p->sort == AGREEMENT_COOPERATION && p->is_signed)
		date_field(d, id, F_AGREEMENT_TR_DATE, p->from - 30);
	write_links(d, p);
}

/* With the seal that the site's key makes over what the view holds. */
static void write_signature(struct demo *d, struct view *v, const struct deal *p, int part, const char *name)
{
	const struct agreement_signing how = {.agreement = p->id,
		.part = part,
		.how = SIGNATURE_PAPER,
		.name = name,
		.witness = "Birgit Lauridsen",
		.day = p->from - 5};
	uint8_t key[SIGNING_PUBLIC], seal[SIGNING_SEAL];
	char key_letters[2 * SIGNING_PUBLIC + 1], seal_letters[2 * SIGNING_SEAL + 1];
	struct buf statement = {0};
	if (d->rc == OK)
		d->rc = agreement_statement(v, d->a, &how, &statement, d->e);
	if (d->rc == OK)
		d->rc = signing_key(d->s, key, d->e);
	if (d->rc == OK)
		d->rc = signing_seal(d->s, statement.p, statement.n, seal, d->e);
	buf_free(&statement);
	if (d->rc)
		return;
	letters_write(key_letters, key, sizeof key);
	letters_write(seal_letters, seal, sizeof seal);
	struct id id = change_new(d->change, TYPE_SIGNATURE);
	demo_ref(d, TYPE_SIGNATURE, id, F_SIGNATURE_AGREEMENT, p->id);
	demo_ref(d, TYPE_SIGNATURE, id, F_SIGNATURE_WORDING, p->wording);
	demo_text(d, TYPE_SIGNATURE, id, F_SIGNATURE_NAME, name);
	demo_int(d, TYPE_SIGNATURE, id, F_SIGNATURE_PART, part);
	demo_int(d, TYPE_SIGNATURE, id, F_SIGNATURE_HOW, how.how);
	demo_int(d, TYPE_SIGNATURE, id, F_SIGNATURE_DAY, how.day);
	demo_text(d, TYPE_SIGNATURE, id, F_SIGNATURE_WITNESS, how.witness);
	demo_text(d, TYPE_SIGNATURE, id, F_SIGNATURE_KEY, key_letters);
	demo_text(d, TYPE_SIGNATURE, id, F_SIGNATURE_SEAL, seal_letters);
}

static void write_signatures(struct demo *d, const struct deals *x)
{
	uint8_t key[SIGNING_PUBLIC];
	struct view *v = NULL;
	if (d->rc == OK)
		d->rc = signing_key(d->s, key, d->e); /* made before the group begins */
	if (d->rc == OK)
		d->rc = view_begin(d->s, &v, d->e);
	bool begun = d->rc == OK && demo_begin_part(d, "underskrifter");
	for (size_t i = 0; begun && i < x->n; i++) {
		const struct deal *p = &x->at[i];
		bool person = p->sort == AGREEMENT_VOLUNTEER;
		if (!p->is_signed)
			continue;
		write_signature(d, v, p, person ? SIGNATURE_VOLUNTEER : SIGNATURE_ORGANISATION, p->signer);
		write_signature(d, v, p, SIGNATURE_WORKPLACE, "Karen Mikkelsen");
	}
	view_end(v);
	if (begun)
		demo_commit(d);
}

static void end_some(struct demo *d, const struct deals *x)
{
	for (size_t i = 0; i < x->n; i++) {
		struct change_result r;
		if (d->rc == OK && x->at[i].state == AGREEMENT_ENDED)
			d->rc = agreement_move(d->s, x->at[i].id, AGREEMENT_ENDED, x->at[i].why, x->at[i].to, &r, d->e);
	}
}

void demo_agreements(struct demo *d)
{
	struct deals x = {.dice = {d->dice.s ^ UINT64_C(0xa97ee3e27)}};
	if (d->rc != OK)
		return;
	demo_at(d, cmin_at(d->today - 3, 10 * 60));
	make_wordings(d, &x);
	deal_with_orgs(d, &x);
	deal_with_people(d, &x);
	ask_for_declaration(d, &x);
	if (demo_begin_part(d, "aftaler")) {
		for (size_t i = 0; i < x.n; i++)
			write_deal(d, &x.at[i]);
		demo_commit(d);
	}
	write_signatures(d, &x);
	end_some(d, &x);
	demo_step(d);
}
