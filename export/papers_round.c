/* export/papers_round.c - see papers.h: whom of a phone round one can write to, instead of ringing each.
 *
 * Owns what stands on that list and how it is asked. Must not know who may be asked (roster/round.h). */
#include "export/papers_priv.h"

#include "base/lang.h"
#include "roster/round.h"

static const char *question(struct arena *a, const struct shift *s)
{
	char day[64], span[24];
	civil_format_date(day, sizeof day, cmin_date(s->row.start), CIVIL_LONG);
	civil_format_span(span, sizeof span, s->row.start, s->row.end);
	return arena_printf(a, _("We lack somebody on %s at %s: %s, %s. Can you come?"), day, span, s->role, s->unit);
}

int paper_round(struct view *v, struct book *b, struct arena *a, struct id shift, struct sheet **out, struct err *e)
{
	struct round r;
	int rc = round_load(v, b, a, shift, &r, e);
	if (rc != OK)
		return rc;
	struct sheet *s = sheet_new(a, arena_printf(a, _("To be asked: %s"), shift_title(a, &r.shift)));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 26);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "email", _("E-mail"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "text", _("Text"), ALIGN_LEFT, 20, 60);
	for (size_t i = 0; i < r.n; i++) {
		const struct person *p = r.all[i].person;
		if (!candidate_is_next(&r.all[i]))
			continue;
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = p->name;
		row->cells[1].text = kind_phone(a, p->phone);
		row->cells[2].text = p->email;
		row->cells[3].text = question(a, &r.shift);
	}
	s->purpose = _("Made to find somebody for the shift. Not to be passed on.");
	s->shred = paper_shred(v, cmin_date(r.shift.row.start));
	s->made = paper_made(v, a);
	*out = s;
	return OK;
}
