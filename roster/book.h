/* roster/book.h - the address book: everybody and everything that a roster names, in memory.
 *
 * Read once from a view (2,000 volunteers in a few ms) and kept by the faces until store_version() has grown. Owns
 * its memory. Search keys are made on first use. Knows no screens. All pointers live until book_free(). */
#ifndef ROSTER_BOOK_H
#define ROSTER_BOOK_H

#include "roster/frames.h"

struct person {
	struct id id, organisation;
	const char *given, *family, *name;      /* name = "given family" */
	const char *phone, *email, *city, *wishes;
	civil_date born, started, confidentiality, pause_until;   /* DATE_NONE when empty */
	civil_date check_assessed, check_consent, check_renew;
	civil_date changed, status_set;                           /* the days on which the record, and its status, last was */
	uint8_t status, child_check, frequency;                   /* VOLUNTEER_…, CHILD_…, FREQUENCY_… or 0 */
	uint8_t max_per_month;                                    /* 0: no wish */
	const struct id *roles;                                   /* roles that the person has */
	uint16_t nroles;
	bool noted, check_noted;                                  /* there is a note; one of the check, or who assessed it */
};
struct place { struct id id, parent; const char *name; uint8_t kind; };         /* a unit */
struct task {                               /* a role */
	struct id id, unit;
	const char *name, *does, *may, *may_not, *contact;
	int min_age;
	bool child_check, hard;                 /* hard: a pause is needed after it */
	civil_date tr_date;
};
struct org { struct id id; const char *name; uint8_t kind; };

struct book {
	struct person *people;  size_t npeople;     /* in Danish order of family, given */
	struct place *places;   size_t nplaces;     /* in Danish order */
	struct task *tasks;     size_t ntasks;
	struct org *orgs;       size_t norgs;
	struct frames frames;
	uint64_t version;                           /* store_version when read */
	struct book_index *index;                   /* private */
};

/* Read it; the caller frees it (book_free). */
int book_load(struct view *v, struct book **out, struct err *e);
/* The same with records that aren't in the store yet, as an import plans them: what a name means is then asked of
 * both. */
int book_load_with(struct view *v, const struct rec *const *extra, size_t n, struct book **out, struct err *e);
void book_free(struct book *b);
/* By id, O(1); NULL when unknown. */
const struct person *book_person(const struct book *b, struct id id);
const struct place *book_place(const struct book *b, struct id id);
const struct task *book_task(const struct book *b, struct id id);
const struct org *book_org(const struct book *b, struct id id);
/* Names for display, "?" when unknown. */
const char *book_name(const struct book *b, struct id id);
/* The names of the roles that somebody has: "Guide, Følgesvend"; "" none. In the arena. */
const char *person_role_names(const struct book *b, struct arena *a, const struct person *p);
/* Is the unit `inner` the unit `outer`, or below it? */
bool book_unit_within(const struct book *b, struct id inner, struct id outer);
bool person_has_role(const struct person *p, struct id role);
/* Active or on pause; NULL: no. */
bool person_is_planned(const struct person *p);

/* People found by part of a name, phone digits or e-mail, best first: whole name, start of a name, later word, starts
 * of first and later name together ("ankr" for Anna Kristensen), phone, e-mail. An empty needle gives all in order.
 * At most `max` (0: all). Array of pointers in the caller's arena. */
const struct person **book_search(struct book *b, struct arena *a, const char *needle, size_t max, size_t *n);

/* Whom a short name in a sheet means: "Frederik B.", "Kirsten", "Anna K", "Kjeldsen, Merete", "MONA Haugaard", "Tine
 * P.". Exactly one fitting person is certain; several are a doubt, sorted by how well they fit (active first, then
 * having `role`, then name). hint_role may be ID_NONE. */
enum match_how { MATCH_NONE, MATCH_SURE, MATCH_LIKELY, MATCH_DOUBT };
struct match { enum match_how how; const struct person **who; size_t n; char *why; };
/* SURE: full name fits one. LIKELY: short form fits one person only, or several of whom one alone is active and has
 * the role (that one stands first). DOUBT: the others, or only somebody who has ended or lacks the role. `why` says
 * it in a few translated words. */
struct match book_match(struct book *b, struct arena *a, const char *text, struct id hint_role);
/* "2 fra Røde Kors": the number, and where in the text the organisation's name begins; NULL when it hasn't that
 * shape. */
const char *book_match_places(const char *text, int *places);

/* A unit, role or organisation by name, leniently (folded; "Røde Kors" finds "Dansk Røde Kors, Viborg" when it is the
 * only one); false and ID_NONE when there is none or the type is another, *several true when ambiguous. */
bool book_find(struct book *b, int type, const char *text, struct id *out, bool *several);
/* The same; NULL none. */
const struct task *book_find_task(struct book *b, const char *text, bool *several);
const struct org *book_find_org(struct book *b, const char *text, bool *several);
/* A volunteer as typed on a command line: whole or shortened id, full name, or unambiguous part of it. ERR_NOTFOUND,
 * ERR_AMBIGUOUS (names the candidates). */
int book_resolve_person(struct book *b, struct view *v, const char *text, struct id *out, struct err *e);

/* Two records that look like one person: same folded name and (same phone, e-mail or date of birth). Pairs, the older
 * first. */
struct twin { const struct person *a, *b; const char *why; };
struct twin *book_twins(struct book *b, struct arena *a, size_t *n);

#endif
