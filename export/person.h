/* export/person.h - all that is kept of one person, to be handed over (GDPR article 15), and the hours statement that a
 * person on unemployment benefit or early retirement pay asks for. */
#ifndef EXPORT_PERSON_H
#define EXPORT_PERSON_H

#include "export/sheet.h"
#include "roster/rules.h"

/* Everything: records of and about the person, deleted ones and those made one with this one too, agreements with their
 * text and signatures, attachments by name, changes with who made them and when, who has seen the card and which lists
 * were printed; why it is kept, how long, and whom it came from or goes to (art. 15(1) a-h, in plain words). Which
 * records those are is told by the table of types: what belongs to the person (erase_owner_field), and what else points
 * there, of which only what isn't personal comes when it belongs to somebody else. Other volunteers' names are left
 * out, also where they stand whole in a text; those of the coordinators who wrote something stand with it. `text` is
 * for reading (wrapped at 79), `json` the same for programs (man samvagt-json). ERR_NOTFOUND no such volunteer, or
 * erased. */
struct person_export { struct buf *text, *json; };
int person_export(struct view *v, struct book *b, struct arena *a, struct id volunteer, civil_date today,
	const struct person_export *out, struct err *e);

/* What a folder for it may be called: by the id and the day, so that it names nobody. */
char *person_folder(struct arena *a, struct id volunteer, civil_date today);
/* Write it as files: person.txt, person.json, and the attachments, each named by its place in the text. The folder is
 * made, or must be empty: ERR_CONFLICT, so nothing is ever overwritten, nor two persons mixed. What can't be read whole
 * of the attachments is counted as missing. When it fails no file is left. No view may be open. Then the print log and
 * who has seen the card say that it was done. On a dry run nothing is written. */
struct person_files { const char *text, *json; size_t attachments, missing; };
int person_write(struct store *s, struct arena *a, struct id volunteer, const char *dir, struct person_files *out,
	struct err *e);

/* Hours of a month, by day: role, its kind of effort (roster/gates.h), through whom the person came, and what they are
 * to the rules: summed apart. Of places that were accepted on shifts that took place: attended, or past and nothing
 * recorded (which is said). Told hours go before planned ones; a shift counts on the day when it begins. The sheet has
 * the limits (hours_benefit_month, hours_retirement_month) with their sources, and decides nothing. ERR_USAGE when the
 * month hasn't begun; ERR_NOTFOUND. */
int paper_hours(struct view *v, struct book *b, struct arena *a, struct id volunteer, civil_date month, struct sheet **out,
	struct err *e);

#endif
