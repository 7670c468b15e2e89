/* export/papers_vigil.c - see papers.h: vigils, one with its watches, whom to ring for it, and whom to tell that it has
 * ended.
 *
 * Owns what stands on those lists. Must not know who sits best, nor in which order they are rung (roster/vigil.h). */
#include "export/papers_priv.h"

#include "base/lang.h"

static struct sheet_cell moment(struct arena *a, civil_min t)
{
	char day[32], clock[16];
	if (t == CMIN_NONE)
		return sheet_text("");
	return sheet_datetime(arena_printf(a, "%s %s", civil_format_date(day, sizeof day, cmin_date(t), CIVIL_DAY),
		civil_format_time(clock, sizeof clock, cmin_minute(t))), t);
}

static int64_t hours(int minutes)
{
	return (minutes + 30) / 60;
}

/* People and phones are on it: when it must be gone, and what it was for. */
static void end_personal(struct sheet *s, struct view *v, civil_min last, const char *purpose)
{
	s->purpose = purpose;
	s->shred = paper_shred(v, cmin_date(last));
	s->made = paper_made(v, s->arena);
}

/* ---- all of them ----------------------------------------------------------------------------------------------- */

struct sheet *paper_vigils(struct arena *a, const struct vigil *all, size_t n, enum list_ids ids)
{
	struct sheet *s = sheet_new(a, _("Vigils"));
	sheet_column(s, "id", _("No."), ALIGN_LEFT, 6, 36);
	sheet_column(s, "place", _("Place"), ALIGN_LEFT, 18, 30);
	sheet_column(s, "start", _("From"), ALIGN_LEFT, 10, 16);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 8, 14);
	sheet_column(s, "hours", _("Hours"), ALIGN_RIGHT, 4, 5);
	sheet_column(s, "covered", _("Covered"), ALIGN_RIGHT, 6, 7);
	sheet_column(s, "open", _("Vacant"), ALIGN_RIGHT, 4, 6);
	sheet_column(s, "gap", _("Next gap"), ALIGN_LEFT, 10, 16);
	for (size_t i = 0; i < n; i++) {
		const struct vigil *v = &all[i];
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = paper_id(a, v->id, ids);
		row->cells[1].text = v->place;
		row->cells[2] = moment(a, v->start);
		row->cells[3].text = vigil_state_name(v->state);
		row->cells[4] = sheet_int(a, v->hours);
		row->cells[5] = sheet_int(a, hours(v->covered));
		row->cells[6] = sheet_int(a, hours(v->open));
		row->cells[7] = moment(a, v->gap ? v->gap->row.start : CMIN_NONE);
		row->cells[7].mark = v->gap ? CELL_GAP : CELL_PLAIN;
	}
	if (n == 0)
		sheet_note(s, _("No vigil. When a ward calls: samvagt vigil new --unit UNIT --from \"today 14\""));
	return s;
}

/* ---- one -------------------------------------------------------------------------------------------------------- */

static const char *sitters(struct arena *a, const struct shift *w, bool phones)
{
	const char *names = "";
	for (size_t i = 0; i < w->nseats; i++) {
		const struct seat *x = &w->seats[i];
		if (x->state != ASSIGNMENT_ACCEPTED)
			continue;
		const char *phone = phones && x->person ? kind_phone(a, x->person->phone) : "";
		names = arena_printf(a, "%s%s%s%s", names, *names ? "\n" : "", x->name, *phone ? arena_printf(a, " (%s)", phone) : "");
	}
	return names;
}

static void watch_row(struct sheet *s, const struct shift *w, bool phones)
{
	char day[32], span[24];
	struct sheet_row *row = sheet_row(s, ROW_DATA);
	row->cells[0] = sheet_datetime(arena_strdup(s->arena, civil_format_date(day, sizeof day, cmin_date(w->row.start),
		CIVIL_DAY)), w->row.start);
	row->cells[1].text = arena_strdup(s->arena, civil_format_span(span, sizeof span, w->row.start, w->row.end));
	row->cells[2].text = sitters(s->arena, w, phones);
	if (w->row.state == SHIFT_CANCELLED)
		row->cells[2] = (struct sheet_cell){.text = _("called off"), .mark = CELL_CANCELLED};
	else if (w->open > 0)
		row->cells[2] = (struct sheet_cell){.text = _("nobody"), .mark = CELL_GAP};
}

static const char *whom_to_ask(struct arena *a, const struct vigil *v)
{
	const char *text = *v->room ? arena_printf(a, _("Room %s"), v->room) : "";
	text = *v->contact ? arena_printf(a, "%s%s%s", text, *text ? " · " : "", v->contact) : text;
	return *v->phone ? arena_printf(a, "%s%s%s", text, *text ? " · " : "", kind_phone(a, v->phone)) : text;
}

struct sheet *paper_vigil(struct view *v, struct arena *a, const struct vigil *of, bool phones, bool plain)
{
	enum { WIDTH = 72 };
	struct sheet *s = sheet_new(a, arena_printf(a, _("Vigil · %s"), of->place));
	const char *ask = whom_to_ask(a, of);
	s->unit = of->unit;
	s->period = arena_printf(a, "%s – %s · %s", moment(a, of->start).text, moment(a, of->end).text, vigil_state_name(of->state));
	sheet_column(s, "day", _("Day"), ALIGN_LEFT, 10, 14);
	sheet_column(s, "time", _("Time"), ALIGN_LEFT, 11, 12);
	sheet_column(s, "who", _("Who sits"), ALIGN_LEFT, 20, 48);
	for (size_t i = 0; i < of->n; i++)
		watch_row(s, &of->watches[i], phones);
	sheet_note(s, vigil_bar(a, of, WIDTH, plain));
	sheet_note(s, vigil_bar_words(a, of));
	if (*ask)
		sheet_note(s, ask);
	if (of->left)
		sheet_note(s, _("It has ended, but another site prolonged it meanwhile: end it again, or begin a new one."));
	end_personal(s, v, of->end, _("Made so that those who sit know when, and who comes after. No patient is named."));
	return s;
}

/* ---- phones ----------------------------------------------------------------------------------------------------- */

struct sheet *paper_vigil_chain(struct view *v, struct arena *a, const struct vigil *of, const struct vigil_call *call, size_t n)
{
	struct sheet *s = sheet_new(a, arena_printf(a, _("To be rung for the vigil · %s"), of->place));
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 28);
	sheet_column(s, "phone", _("Phone"), ALIGN_LEFT, 11, 14);
	sheet_column(s, "can", _("Can"), ALIGN_RIGHT, 3, 5);
	sheet_column(s, "why", _("Known"), ALIGN_LEFT, 16, 60);
	for (size_t i = 0; i < n; i++) {
		struct sheet_row *row = sheet_row(s, ROW_DATA);
		row->cells[0].text = call[i].person->name;
		row->cells[1].text = kind_phone(a, call[i].person->phone);
		row->cells[2] = sheet_int(a, (int64_t)call[i].ncan);
		row->cells[3].text = call[i].reasons;
	}
	sheet_note(s, n ? vigil_bar_words(a, of) : arena_printf(a, _("Nobody who is active has the role %s."), of->task));
	s->unit = of->unit;
	end_personal(s, v, of->end, _("Made to find somebody to sit. The order is whose turn it is, nothing else."));
	return s;
}

struct sheet *paper_vigil_told(struct view *v, struct arena *a, const char *place, const struct vigil_end *told)
{
	struct sheet *s = paper_told(v, a, arena_printf(a, _("To be told that the vigil has ended · %s"), place),
		_("Made so that everybody hears that the watch is called off. Not to be passed on."));
	paper_told_columns(s, _("First watch"), "watches", _("Watches"));
	for (size_t i = 0; i < told->n; i++)
		paper_told_row(s, told->told[i].first, told->told[i].name, told->told[i].phone, told->told[i].shifts);
	if (told->n == 0)
		sheet_note(s, _("Nobody was on a watch to come."));
	sheet_note(s, arena_printf(a, ngettext("%zu watch is called off", "%zu watches are called off", told->watches), told->watches));
	if (told->talks)
		sheet_note(s, arena_printf(a, ngettext("%zu care talk is to be held with somebody who has sat",
			"%zu care talks are to be held with those who have sat", told->talks), told->talks));
	return s;
}
