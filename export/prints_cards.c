/* export/prints_cards.c - badges and address labels (prints.def): a card for each. Owns what stands on a card, and for
 * whom one is made unless they are chosen. Must not know how cards lie on a page (sheet.h). */
#include "export/prints_priv.h"

#include "base/lang.h"
#include "export/papers_priv.h"

int print_people(const struct book *b, struct arena *a, const struct print_order *how, bool (*usual)(const struct person *p),
	const struct person ***out, size_t *n, struct err *e)
{
	size_t most = how->nabout ? how->nabout : b->npeople;
	*out = arena_alloc(a, (most + 1) * sizeof **out);
	*n = 0;
	for (size_t i = 0; i < most; i++) {
		const struct person *p = how->nabout ? book_person(b, how->about[i]) : &b->people[i];
		if (!p)
			return err_set(e, ERR_NOTFOUND, _("there is no such volunteer"));
		if (how->nabout || usual(p))
			(*out)[(*n)++] = p;
	}
	return OK;
}

struct sheet *print_begin(struct view *v, struct arena *a, const struct print_order *how, const char *title)
{
	struct sheet *s = sheet_new(a, title);
	s->made = paper_made(v, a);
	s->shred = paper_shred(v, store_today(view_store(v)));
	s->volunteer = how->nabout == 1 && how->kind->about == TYPE_VOLUNTEER ? how->about[0] : ID_NONE;
	return s;
}

/* ---- badges ------------------------------------------------------------------------------------------ */

static bool is_active(const struct person *p)
{
	return p->status == VOLUNTEER_ACTIVE;
}

/* Everybody is to see that it is a volunteer, and through whom; whoever is of the house's own corps comes through
 * nobody. */
static const char *volunteer_of(struct book *b, struct arena *a, const struct person *p)
{
	const struct org *o = book_org(b, p->organisation);
	return o && o->kind != ORGANISATION_OWN_CORPS ? arena_printf(a, "%s · %s", _("Volunteer"), o->name) : _("Volunteer");
}

static int make_badges(struct view *v, struct book *b, struct arena *a, const struct print_order *how, bool whole, struct sheet **out,
	struct err *e)
{
	const struct person **all;
	size_t n;
	int rc = print_people(b, a, how, is_active, &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin(v, a, how, _("Name badges"));
	s->face = FACE_CARDS;
	s->cards = SHEET_BADGES;
	s->given = true;
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 10, 24);
	sheet_column(s, "roles", _("Roles"), ALIGN_LEFT, 10, 30);
	sheet_column(s, "volunteer", _("Volunteer"), ALIGN_LEFT, 10, 34);
	for (size_t i = 0; i < n; i++) {
		struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
		c[0].text = whole ? all[i]->name : all[i]->given;
		c[1].text = person_role_names(b, a, all[i]);
		c[2].text = volunteer_of(b, a, all[i]);
	}
	return OK;
}

int print_badges(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	return make_badges(v, b, a, how, false, out, e);
}

int print_badges_full(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	return make_badges(v, b, a, how, true, out, e);
}

/* ---- address labels ---------------------------------------------------------------------------------- */

int print_address(struct view *v, struct arena *a, const struct person *p, struct print_address *out, struct err *e)
{
	struct rec *r;
	int rc = view_get(v, a, TYPE_VOLUNTEER, p->id, &r, e);
	*out = (struct print_address){.street = "", .town = ""};
	if (rc || !r)
		return rc;
	const char *post = rec_text(r, F_VOLUNTEER_POSTCODE), *city = rec_text(r, F_VOLUNTEER_CITY);
	out->street = rec_text(r, F_VOLUNTEER_ADDRESS);
	out->town = arena_printf(a, "%s%s%s", post, *post && *city ? " " : "", city);
	out->known = *out->street && *post;
	return OK;
}

static int add_label(struct view *v, struct sheet *s, const struct person *p, size_t *without, struct err *e)
{
	struct print_address at;
	int rc = print_address(v, s->arena, p, &at, e);
	if (rc || !at.known) {
		*without += rc == OK;
		return rc;
	}
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[0].text = p->name;
	c[1].text = at.street;
	c[2].text = at.town;
	return OK;
}

int print_labels(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	const struct person **all;
	size_t n, without = 0;
	int rc = print_people(b, a, how, person_is_planned, &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = print_begin(v, a, how, _("Address labels"));
	s->face = FACE_CARDS;
	s->cards = SHEET_LABELS;
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 14, 30);
	sheet_column(s, "address", _("Address"), ALIGN_LEFT, 14, 34);
	sheet_column(s, "town", _("Town"), ALIGN_LEFT, 8, 24);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = add_label(v, s, all[i], &without, e);
	if (rc == OK && without)
		sheet_note(s, arena_printf(a, ngettext("Of %zu volunteer no address is known.", "Of %zu volunteers no address is known.", without), without));
	return rc;
}
