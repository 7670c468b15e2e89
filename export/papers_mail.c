/* export/papers_mail.c - see papers.h: a row a volunteer, for letters that another program makes. Owns the columns:
 * what a letter needs, and nothing that stands on a card only. */
#include "export/papers_priv.h"

#include "base/lang.h"

enum { COL_GIVEN, COL_FAMILY, COL_NAME, COL_ADDRESS, COL_POSTCODE, COL_CITY, COL_PHONE, COL_EMAIL, COL_ORGANISATION, COL_ROLES,
	COL_STARTED, COL_NEXT_DAY, COL_NEXT_TIME, COL_NEXT_PLACE, COL_NEXT_ROLE };

static void add_columns(struct sheet *s)
{
	static const struct { const char *id, *title; } columns[] = {
		{"given", N_("First name")}, {"family", N_("Last name")}, {"name", N_("Whole name")}, {"address", N_("Address")},
		{"postcode", N_("Postal code")}, {"city", N_("Town")}, {"phone", N_("Phone")}, {"email", N_("E-mail")},
		{"organisation", N_("Comes via")}, {"roles", N_("Roles")}, {"started", N_("Started")},
		{"next_day", N_("Next shift")}, {"next_time", N_("Time")}, {"next_place", N_("Place")}, {"next_role", N_("Role")},
	};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		sheet_column(s, columns[i].id, _(columns[i].title), ALIGN_LEFT, 6, 20);
}

/* The nearest that the person is on; nothing when there is none within a year. */
static int add_next(struct view *v, struct book *b, struct sheet *s, struct id volunteer, struct sheet_cell *c, struct err *e)
{
	enum { AHEAD = 366 };
	const civil_min now = store_now_civil(view_store(v));
	struct duty_row *duties;
	size_t n;
	int rc = view_duties(v, s->arena, volunteer, now, now + (civil_min)AHEAD * DAY_MINUTES, &duties, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		char span[64];
		if (duties[i].shift_state != SHIFT_PUBLISHED || duties[i].state != ASSIGNMENT_ACCEPTED)
			continue;
		c[COL_NEXT_DAY] = sheet_date(s->arena, cmin_date(duties[i].start), CIVIL_DAY_YEAR);
		c[COL_NEXT_TIME] = sheet_text(arena_strdup(s->arena, civil_format_span(span, sizeof span, duties[i].start, duties[i].end)));
		c[COL_NEXT_PLACE] = sheet_text(book_name(b, duties[i].unit));
		c[COL_NEXT_ROLE] = sheet_text(book_name(b, duties[i].role));
		break;
	}
	return rc;
}

static int add_person(struct view *v, struct book *b, struct sheet *s, const struct rec *r, struct err *e)
{
	const struct person *p = book_person(b, r->id);
	if (!p)
		return OK;
	struct sheet_cell *c = sheet_row(s, ROW_DATA)->cells;
	c[COL_GIVEN] = sheet_text(p->given);
	c[COL_FAMILY] = sheet_text(p->family);
	c[COL_NAME] = sheet_text(p->name);
	c[COL_ADDRESS] = sheet_text(rec_text(r, F_VOLUNTEER_ADDRESS));
	c[COL_POSTCODE] = sheet_text(rec_text(r, F_VOLUNTEER_POSTCODE));
	c[COL_CITY] = sheet_text(p->city);
	c[COL_PHONE] = sheet_text(kind_phone(s->arena, p->phone));
	c[COL_EMAIL] = sheet_text(p->email);
	c[COL_ORGANISATION] = sheet_text(book_org(b, p->organisation) ? book_name(b, p->organisation) : "");
	c[COL_ROLES] = sheet_text(person_role_names(b, s->arena, p));
	c[COL_STARTED] = sheet_date(s->arena, p->started, CIVIL_SHORT);
	return add_next(v, b, s, r->id, c, e);
}

int paper_mail(struct view *v, struct book *b, struct arena *a, struct list_paper how, struct sheet **out, struct err *e)
{
	struct rec **all;
	size_t n;
	how.type = TYPE_VOLUNTEER;
	int rc = paper_records(v, a, &how, &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = sheet_new(a, _("Letters to volunteers"));
	add_columns(s);
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = add_person(v, b, s, all[i], e);
	s->purpose = _("Made to write to volunteers. Not to be passed on.");
	s->shred = paper_shred(v, store_today(view_store(v)));
	s->made = paper_made(v, a);
	return rc;
}
