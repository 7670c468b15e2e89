/* export/papers.h - which sheets there are: building them from the roster and the records. */
#ifndef EXPORT_PAPERS_H
#define EXPORT_PAPERS_H

#include "export/sheet.h"
#include "roster/filling.h"
#include "roster/agreements.h"
#include "roster/attendance.h"
#include "roster/care.h"
#include "roster/coverage.h"
#include "roster/publish.h"
#include "roster/series.h"
#include "roster/gates.h"
#include "roster/hours.h"
#include "roster/qualifications.h"
#include "roster/vigil.h"

/* One row a shift under each day; or the week's grid (whole weeks only: ERR_USAGE). */
enum roster_layout { ROSTER_LIST, ROSTER_GRID };
struct roster_paper {
	civil_date from, to;
	const struct id *unit;         /* NULL: all */
	enum roster_layout layout;
	bool phones;                   /* for the office; never for the wall */
	bool wall;                     /* to be read by anybody: no drafts, nobody who hasn't said yes, no notes */
};
int paper_roster(struct view *v, struct book *b, struct arena *a, const struct roster_paper *how, struct sheet **out,
	struct err *e);
/* The same as a JSON object for programs (man samvagt-json): period, sums, shifts with ids, people, states. */
int paper_roster_json(struct view *v, struct book *b, struct arena *a, const struct roster_paper *how, struct buf *out,
	struct err *e);
/* Any type's list. A filter is field=value by the field's own rules, or part of what people see; find is part of a
 * FIND field, of the title, or digits of a phone number. Records come by title, shifts by time. */
struct list_filter { const struct field *field; const char *value; };
enum list_ids { LIST_NO_IDS, LIST_SHORT_IDS, LIST_WHOLE_IDS };    /* short: the last digits, for people to type */
struct list_paper {
	int type;
	const struct list_filter *filters; size_t nfilters;
	const char *find;              /* NULL or "": everything */
	enum list_ids ids;             /* a first column of them */
};
int paper_records(struct view *v, struct arena *a, const struct list_paper *how, struct rec ***out, size_t *n,
	struct err *e);
/* As lists show an id that is to be typed; and as a list of such ids does. */
char *paper_short_id(struct arena *a, struct id id);
const char *paper_id(struct arena *a, struct id id, enum list_ids ids);
/* The same as a sheet of the type's COL columns. */
int paper_list(struct view *v, struct arena *a, const struct list_paper *how, struct sheet **out, struct err *e);
/* A row a volunteer with what letters need, for another program to write them: name in parts, address, next shift. The
 * type of `how` isn't asked. */
int paper_mail(struct view *v, struct book *b, struct arena *a, struct list_paper how, struct sheet **out, struct err *e);
/* What one order of child-protection checks needs of each person, and nothing else: name and date of birth. */
struct sheet *paper_check_order(struct arena *a, const struct person *const *people, size_t n, civil_date shred);
/* One of the lists of agreements as of the store's today; and who signed a wording, by its code. Errors as of
 * roster/agreements.h. */
int paper_agreements(struct view *v, struct book *b, struct arena *a, enum agreement_list which, enum list_ids ids,
	struct sheet **out, struct err *e);
int paper_signers(struct view *v, struct book *b, struct arena *a, const char *code, enum list_ids ids, struct sheet **out,
	struct err *e);
/* The day as it stands: who is here, who comes, and what is open until the end of tomorrow; as JSON also who has
 * gone. */
int paper_today(struct view *v, struct book *b, struct arena *a, civil_min now, struct sheet **out, struct err *e);
int paper_today_json(struct view *v, struct book *b, struct arena *a, civil_min now, struct buf *out, struct err *e);
/* Whom to ring when a pause has begun: everybody whose shift it called off, by the first of those. */
int paper_calls(struct view *v, struct book *b, struct arena *a, struct id pause, struct sheet **out, struct err *e);
/* The same of a pause that is only looked at, or tried. */
struct sheet *paper_calls_of(struct view *v, struct book *b, struct arena *a, const struct standstill *of,
	const struct pause_effect *told);
/* One series of shifts: its fixed places, its next days, and those that were taken out. */
struct sheet *paper_series(struct view *v, struct book *b, struct arena *a, const struct series_list *l, const struct series *one);
/* What somebody must hear of when a series was made or changed. */
struct sheet *paper_series_told(struct view *v, struct arena *a, const struct series_done *done);
/* Whom one can write to about an open place, all who may be asked now, with what to write: for mail and messages.
 * ERR_NOTFOUND. */
int paper_round(struct view *v, struct book *b, struct arena *a, struct id shift, struct sheet **out, struct err *e);
/* Whom to tell when a period is published, and what stays a draft. */
struct sheet *paper_published(struct view *v, struct arena *a, const struct published *p);
/* What a role is, which kind of effort and so who insures, what opens it and what is missing, with sources: for those
 * who insure, and for those who ask. Nobody's name is on it but the contact person's. ERR_NOTFOUND. */
int paper_role(struct view *v, struct book *b, struct arena *a, struct id role, civil_date today, struct sheet **out,
	struct err *e);
/* The tick sheet of some shifts, to be filled in by hand, with empty lines for whoever comes too, or as it is; and for
 * programs, an array of shifts with their people. */
struct sheet *paper_attendance(struct view *v, struct arena *a, const struct attend_sheet *sheets, size_t n, civil_date from,
	civil_date to, bool by_hand);
void paper_attendance_json(struct arena *a, const struct attend_sheet *sheets, size_t n, struct buf *out);
/* Vigils as vigil_list() gave them; one with its watches and the bar, `plain` without characters that not everything
 * shows; whom to ring for it, in the order of vigil_chain(); and whom to tell that it has ended. */
struct sheet *paper_vigils(struct arena *a, const struct vigil *all, size_t n, enum list_ids ids);
struct sheet *paper_vigil(struct view *v, struct arena *a, const struct vigil *of, bool phones, bool plain);
struct sheet *paper_vigil_chain(struct view *v, struct arena *a, const struct vigil *of, const struct vigil_call *call, size_t n);
struct sheet *paper_vigil_told(struct view *v, struct arena *a, const char *place, const struct vigil_end *told);
/* Talks to be held, as talk_list() gave them; jubilees of a period, with round birthdays where the setting says so; who
 * wasn't thanked for long; courses, certificates and checks that run out within so many days. */
struct sheet *paper_talks(struct view *v, struct arena *a, const struct talk *all, size_t n, enum list_ids ids);
int paper_jubilees(struct view *v, struct book *b, struct arena *a, civil_date from, civil_date to, struct sheet **out, struct err *e);
int paper_unthanked(struct view *v, struct book *b, struct arena *a, struct sheet **out, struct err *e);
struct sheet *paper_expiring(struct view *v, struct book *b, struct arena *a, int days);
/* A period's hours. By organisation no count is shown that is under the limit small_count, nor (as JSON: null) a sum
 * that would tell it: such a report leaves the unit. */
struct sheet *paper_hours_people(struct view *v, struct book *b, struct arena *a, const struct hours_of *of,
	const struct hours_person *all, size_t n);
void paper_hours_people_json(const struct hours_person *all, size_t n, struct buf *out);
int paper_hours_organisations(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, const struct hours_month *all,
	size_t n, struct sheet **out, struct err *e);
int paper_hours_organisations_json(struct view *v, const struct hours_month *all, size_t n, struct buf *out, struct err *e);
/* A period in figures, month by month, with pictures; for the leadership: nobody is named, and small counts aren't
 * shown. */
int paper_report(struct view *v, struct book *b, struct arena *a, const struct hours_of *of, struct sheet **out, struct err *e);
int paper_gaps(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to,
	struct sheet **out, struct err *e);
/* How well a period is covered: hours down and weekdays across, or a bar a day, or a line a weekday and hour for
 * spreadsheets; with the hours of the last months where all units are meant. `plain` without characters that not
 * everything shows. Nobody's name is on it. */
enum coverage_layout { COVERAGE_HOURS, COVERAGE_DAYS, COVERAGE_CELLS };
struct coverage_paper {
	civil_date from, to;
	const struct id *unit;         /* NULL: all */
	enum coverage_layout layout;
	bool plain;
};
int paper_coverage(struct view *v, struct book *b, struct arena *a, const struct coverage_paper *how, struct sheet **out,
	struct err *e);
/* The same as a JSON object for programs (man samvagt-json). */
int paper_coverage_json(struct view *v, struct book *b, struct arena *a, const struct coverage_paper *how, struct buf *out,
	struct err *e);

/* ---- filling ---------------------------------------------------------------------------------------------- */
/* What is proposed for a period, what stays open and why, and what is proven of it. `explain`: of each proposal all
 * that the rules say, not only the worst. */
struct sheet *paper_filling(struct view *v, struct arena *a, const struct filling_how *how, const struct filled *r,
	bool explain);

#endif
