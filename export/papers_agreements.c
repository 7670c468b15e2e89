/* export/papers_agreements.c - paper_agreements and paper_signers (papers.h): the lists of agreements as sheets. Owns
 * their columns. Must not know what is due or outdated: roster/agreements.h answers. */
#include "export/papers.h"

#include "base/lang.h"
#include "export/papers_priv.h"

struct making {
	struct view *v;
	struct arena *a;
	struct sheet *s;
	enum list_ids ids;
};

static const char *choice_label(int set, int64_t no)
{
	const struct choice *k = schema_choice(set, (int)no);
	return k ? _(k->label) : "";
}

static const char *signed_text(struct making *m, const struct agreement *x)
{
	const char *out = "";
	for (size_t i = 0; i < x->nsignatures; i++)
		out = arena_printf(m->a, "%s%s%s", out, i ? ", " : "", rec_text(x->signatures[i], F_SIGNATURE_NAME));
	return out;
}

/* What the template says now that wasn't signed. */
static int difference(struct making *m, const struct agreement *x, const char **out, struct err *e)
{
	struct wording was, now;
	int rc = agreement_kept_wording(m->v, m->a, rec_id(x->rec, F_AGREEMENT_WORDING), &was, e);
	if (rc == OK)
		rc = agreement_wording(m->v, m->a, x->tmpl, &now, e);
	if (rc == OK)
		*out = wording_diff_text(m->a, was.text, now.text, false);
	return rc;
}

static int add_agreement(struct making *m, const struct agreement *x, bool differs, struct err *e)
{
	struct sheet_cell *cell = sheet_row(m->s, ROW_DATA)->cells;
	*cell++ = sheet_text(paper_id(m->a, x->rec->id, m->ids));
	*cell++ = sheet_text(x->with);
	*cell++ = sheet_text(choice_label(SET_AGREEMENT_SORT, rec_int(x->rec, F_AGREEMENT_SORT)));
	*cell++ = sheet_text(x->place);
	*cell++ = sheet_text(choice_label(SET_AGREEMENT_STATE, rec_int(x->rec, F_AGREEMENT_STATE)));
	for (int f = F_AGREEMENT_FROM; f <= F_AGREEMENT_EVALUATE; f++)
		*cell++ = sheet_date(m->a, (civil_date)rec_int_or(x->rec, f, DATE_NONE), CIVIL_SHORT);
	*cell++ = sheet_text(x->code);
	*cell++ = sheet_text(signed_text(m, x));
	if (!differs)
		return OK;
	const char *text = "";
	int rc = difference(m, x, &text, e);
	*cell = sheet_text(text);
	return rc;
}

static void add_columns(struct sheet *s, bool differs)
{
	sheet_column(s, "id", "id", ALIGN_LEFT, 6, 6);
	sheet_column(s, "with", _("With"), ALIGN_LEFT, 10, 24);
	sheet_column(s, "sort", _("Kind"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "place", _("Place"), ALIGN_LEFT, 6, 16);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 6, 12);
	sheet_column(s, "from", _("From"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "to", _("To"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "evaluate", _("To be evaluated"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "wording", _("Wording"), ALIGN_LEFT, 12, 12);
	sheet_column(s, "signed", _("Signed by"), ALIGN_LEFT, 8, 20);
	if (differs)
		sheet_column(s, "difference", _("What is new"), ALIGN_LEFT, 12, 40);
}

static void add_missing(struct making *m, const struct agreement *all, size_t n)
{
	sheet_column(m->s, "id", "id", ALIGN_LEFT, 6, 6);
	sheet_column(m->s, "with", _("Name"), ALIGN_LEFT, 10, 40);
	for (size_t i = 0; i < n; i++) {
		struct sheet_cell *cell = sheet_row(m->s, ROW_DATA)->cells;
		cell[0] = sheet_text(paper_id(m->a, all[i].party, m->ids));
		cell[1] = sheet_text(all[i].with);
	}
}

static struct making begin(struct view *v, struct arena *a, const char *title, enum list_ids ids)
{
	struct making m = {v, a, sheet_new(a, title), ids};
	m.s->made = paper_made(v, a);
	m.s->purpose = _("Made for the coordinator's own work. Not to be passed on.");
	m.s->shred = paper_shred(v, store_today(view_store(v)));
	return m;
}

int paper_agreements(struct view *v, struct book *b, struct arena *a, enum agreement_list which, enum list_ids ids,
	struct sheet **out, struct err *e)
{
	static const char *const titles[AGREEMENTS_LISTS] = {
		[AGREEMENTS_ALL] = N_("Agreements"),
		[AGREEMENTS_DUE] = N_("Agreements to be evaluated"),
		[AGREEMENTS_EXPIRING] = N_("Agreements that run out"),
		[AGREEMENTS_MISSING] = N_("Without an agreement"),
		[AGREEMENTS_RESIGN] = N_("Agreements to be signed again"),
	};
	struct agreement *all;
	size_t n;
	int rc = agreement_list(v, b, a, which, store_today(view_store(v)), &all, &n, e);
	if (rc)
		return rc;
	struct making m = begin(v, a, _(titles[which]), ids);
	*out = m.s;
	if (which == AGREEMENTS_MISSING) {
		add_missing(&m, all, n);
		return OK;
	}
	add_columns(m.s, which == AGREEMENTS_RESIGN);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = add_agreement(&m, &all[i], which == AGREEMENTS_RESIGN, e);
	return rc;
}

int paper_signers(struct view *v, struct book *b, struct arena *a, const char *code, enum list_ids ids, struct sheet **out,
	struct err *e)
{
	struct wording w;
	struct signer *who;
	size_t n;
	int rc = agreement_find_wording(v, a, code, &w, e);
	if (rc == OK)
		rc = agreement_signers(v, b, a, w.id, &who, &n, e);
	if (rc)
		return rc;
	struct making m = begin(v, a, arena_printf(a, _("Signed on the wording %s"), w.code), ids);
	*out = m.s;
	sheet_column(m.s, "agreement", _("Agreement"), ALIGN_LEFT, 6, 9);
	sheet_column(m.s, "with", _("With"), ALIGN_LEFT, 10, 30);
	sheet_column(m.s, "signed", _("Signed by"), ALIGN_LEFT, 10, 30);
	sheet_column(m.s, "part", _("For"), ALIGN_LEFT, 8, 18);
	sheet_column(m.s, "day", _("Day"), ALIGN_LEFT, 9, 10);
	for (size_t i = 0; i < n; i++) {
		const struct rec *r = who[i].signature;
		struct sheet_cell *cell = sheet_row(m.s, ROW_DATA)->cells;
		cell[0] = sheet_text(paper_id(a, who[i].agreement, ids));
		cell[1] = sheet_text(who[i].with);
		cell[2] = sheet_text(rec_text(r, F_SIGNATURE_NAME));
		cell[3] = sheet_text(choice_label(SET_SIGNATURE_PART, rec_int(r, F_SIGNATURE_PART)));
		cell[4] = sheet_date(a, (civil_date)rec_int(r, F_SIGNATURE_DAY), CIVIL_SHORT);
	}
	return OK;
}
