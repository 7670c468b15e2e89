/* tui/disagreeing.h - the inside of the screen of disagreements, shared by disagree_rows.c (what there is to decide)
 * and screen_disagreements.c (how it looks and what can be done). */
#ifndef TUI_DISAGREEING_H
#define TUI_DISAGREEING_H

#include "roster/rules.h"
#include "tui/syncing.h"

enum disagree_kind { DISAGREE_VALUES, DISAGREE_STRAY, DISAGREE_PROBLEM, DISAGREE_TWINS };

struct disagree_row {
	enum disagree_kind kind;
	struct id id;                          /* of the list's row */
	const char *what, *field, *text;       /* the record; which field, or what is wrong; the values, or a sentence */
	const char *key, *advice;              /* what settles it, and how (translated) */
	const struct disagreement *d;          /* of VALUES */
	struct id stray;                       /* likewise of the others: a deleted shift with people on it */
	const struct problem *problem;
	bool ring;                             /* of a problem: somebody is to be rung */
	struct id older, younger;              /* the two that look like one person */
};

struct disagreeing {
	struct id about;                       /* to be selected once it is there; ID_NONE */
	struct disagree_row *rows;
	size_t n, cap, nvalues;
	struct problem *problems;
	struct { uint8_t type, field; struct id id; } asked;      /* what an open question is about */
};

/* All of it into the model. */
int disagree_read(struct disagreeing *d, struct screen *s, struct view *v, struct err *e);
/* The long texts of all claims in one, mine first. */
struct value disagree_both(struct arena *a, const struct disagreement *d);
bool disagree_is_long(const struct disagreement *d);
/* What was typed for the field; references by a part of their name. */
int disagree_parse(struct app *app, const struct disagreement *d, const char *typed, struct value *out, struct err *e);

#endif
