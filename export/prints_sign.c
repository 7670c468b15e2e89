/* export/prints_sign.c - agreements and declarations to be signed by hand (prints.def), a letter each. Owns which are
 * printed where nobody says: those that wait for a name. Must not alter a letter of them: what is printed is what is
 * sealed (roster/agreements.h). */
#include "export/prints_priv.h"

#include "base/lang.h"
#include "export/papers_priv.h"

static struct id party_of(const struct rec *r, int type)
{
	return rec_id(r, type == TYPE_VOLUNTEER ? F_AGREEMENT_VOLUNTEER : F_AGREEMENT_ORGANISATION);
}

/* With a person it is about that person, also where an organisation stands beside. */
static bool is_of_type(const struct rec *r, int type)
{
	bool person = !id_is_none(rec_id(r, F_AGREEMENT_VOLUNTEER));
	return person == (type == TYPE_VOLUNTEER);
}

static bool waits(const struct agreement *x)
{
	int64_t state = rec_int(x->rec, F_AGREEMENT_STATE);
	return x->nsignatures == 0 && state != AGREEMENT_REFUSED && state != AGREEMENT_ENDED;
}

static bool is_chosen(const struct print_order *how, struct id party)
{
	for (size_t i = 0; i < how->nabout; i++)
		if (id_equal(how->about[i], party))
			return true;
	return how->nabout == 0;
}

static int add_agreement(struct view *v, struct sheet *s, const struct agreement *x, struct err *e)
{
	char *text;
	int rc = agreement_text(v, s->arena, x->rec->id, &text, e);
	if (rc)
		return rc;
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[0].text = x->with;
	c[1].text = agreement_label(s->arena, x->rec->id, x->code);
	c[2].text = text;
	return OK;
}

/* Those that wait for a name; of somebody who is chosen and has none of these, what holds now. */
static int add_all(struct view *v, struct sheet *s, const struct print_order *how, const struct agreement *all, size_t n, struct err *e)
{
	int rc = OK, type = how->kind->about;
	size_t waiting = 0;
	for (size_t i = 0; i < n; i++)
		waiting += is_of_type(all[i].rec, type) && is_chosen(how, party_of(all[i].rec, type)) && waits(&all[i]);
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct agreement *x = &all[i];
		if (!is_of_type(x->rec, type) || !is_chosen(how, party_of(x->rec, type)))
			continue;
		if (waits(x) || (how->nabout && !waiting && x->current))
			rc = add_agreement(v, s, x, e);
	}
	return rc;
}

static int make(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct agreement *all;
	size_t n;
	int rc = agreement_list(v, b, a, AGREEMENTS_ALL, store_today(view_store(v)), &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin_letters(v, a, how, _("To be signed"));
	sheet_part(s, "with", _("With"), PART_NONE);
	sheet_part(s, "code", _("Code"), PART_CODE);
	sheet_part(s, "text", _("Text"), PART_WORDING);
	rc = add_all(v, s, how, all, n, e);
	if (rc == OK && !s->nrows && how->nabout)
		return err_set(e, ERR_NOTFOUND, _("there is no agreement to print for whoever was chosen. Make it first: samvagt agreement new"));
	if (rc == OK && !s->nrows)
		sheet_note(s, _("No agreement waits for a signature."));
	return rc;
}

/* May be kept as long as a scan of it. */
int print_agreement(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	int limits[LIMIT_COUNT], rc = rules_limits(v, limits, e);
	if (rc == OK)
		rc = make(v, b, a, how, out, e);
	if (rc == OK)
		(*out)->shred = civil_add_months(store_today(view_store(v)), limits[LIMIT_RETENTION_SCAN_MONTHS]);
	return rc;
}

int print_cooperation(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	int rc = make(v, b, a, how, out, e);
	if (rc == OK)
		(*out)->shred = DATE_NONE;
	return rc;
}
