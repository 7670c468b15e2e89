/* export/papers_care.c - see papers.h: talks to be held, jubilees, who wasn't thanked for long, and what runs out. Owns
 * what stands in which column. Must not know who has what: roster/care.h and roster/qualifications.h do. */
#include "export/papers_priv.h"

#include "base/lang.h"

static struct sheet *begin(struct view *v, struct arena *a, const char *title, const char *purpose)
{
	struct sheet *s = sheet_new(a, title);
	s->purpose = purpose;
	s->shred = paper_shred(v, store_today(view_store(v)));
	s->made = paper_made(v, a);
	return s;
}

struct sheet *paper_talks(struct view *v, struct arena *a, const struct talk *all, size_t n, enum list_ids ids)
{
	struct sheet *s = begin(v, a, _("Talks to be held"), _("Made to keep what was promised: a talk."));
	sheet_column(s, "id", _("No."), ALIGN_LEFT, 6, 36);
	sheet_column(s, "due", _("To be held"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "kind", _("Kind"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "about", _("After"), ALIGN_LEFT, 8, 30);
	for (size_t i = 0; i < n; i++) {
		const struct talk *t = &all[i];
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = paper_id(a, t->id, ids);
		row->cells[1] = sheet_date(a, t->due, CIVIL_SHORT);
		row->cells[2].text = talk_kind_name(t->kind);
		row->cells[3].text = t->person->name;
		row->cells[4].text = kind_phone(a, t->person->phone);
		row->cells[5].text = id_is_none(t->about) ? "" : view_title(v, a, t->about);
	}
	if (n == 0)
		sheet_note(s, _("No talk is waited for."));
	return s;
}

int paper_jubilees(struct view *v, struct book *b, struct arena *a, civil_date from, civil_date to, struct sheet **out, struct err *e)
{
	size_t n;
	bool birthdays = false;
	int rc = care_birthdays(v, &birthdays, e);
	if (rc)
		return rc;
	const struct jubilee *all = care_jubilees(b, a, from, to, birthdays, &n);
	struct sheet *s = *out = begin(v, a, _("Jubilees"), _("Made to be remembered on the day."));
	s->period = paper_period(a, from, to);
	s->from = from;
	s->to = to - 1;
	sheet_column(s, "day", _("Day"), ALIGN_LEFT, 9, 12);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 14, 30);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0] = sheet_date(a, all[i].day, CIVIL_SHORT);
		row->cells[1].text = all[i].person->name;
		row->cells[2].text = jubilee_text(a, &all[i]);
	}
	if (n == 0)
		sheet_note(s, _("Nobody has a jubilee then."));
	return OK;
}

int paper_unthanked(struct view *v, struct book *b, struct arena *a, struct sheet **out, struct err *e)
{
	struct unthanked *all;
	size_t n;
	int rc = care_unthanked(v, b, a, store_today(view_store(v)), &all, &n, e);
	if (rc)
		return rc;
	struct sheet *s = *out = begin(v, a, _("Not thanked for long"),
		_("Made so that nobody is forgotten. The order is how long ago, nothing else."));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "thanked", _("Thanked"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "started", _("Started"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "shift", _("Last shift"), ALIGN_LEFT, 9, 10);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = all[i].person->name;
		row->cells[1] = sheet_date(a, all[i].last, CIVIL_SHORT);
		row->cells[2] = sheet_date(a, all[i].person->started, CIVIL_SHORT);
		row->cells[3] = sheet_date(a, all[i].shift, CIVIL_SHORT);
	}
	sheet_note(s, n ? _("When somebody has been: samvagt talk add thanks VOLUNTEER") : _("Everybody who comes has been thanked."));
	return OK;
}

struct sheet *paper_expiring(struct view *v, struct book *b, struct arena *a, int days)
{
	size_t n;
	civil_date today = store_today(view_store(v));
	const struct expiry *all = qualification_expiring(b, a, today, days, &n);
	struct sheet *s = begin(v, a, arena_printf(a, _("What runs out within %d days"), days),
		_("Made so that courses and checks are renewed in time. Not to be passed on."));
	sheet_column(s, "until", _("Holds until"), ALIGN_LEFT, 9, 11);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 14, 34);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0] = sheet_date(a, all[i].until, CIVIL_SHORT);
		row->cells[1].text = all[i].person->name;
		row->cells[2].text = kind_phone(a, all[i].person->phone);
		row->cells[3].text = all[i].until < today ? arena_printf(a, _("%s (has run out)"), all[i].what) : all[i].what;
	}
	if (n == 0)
		sheet_note(s, _("Nothing that a role asks of whoever has it, and no step of the introduction."));
	return s;
}
