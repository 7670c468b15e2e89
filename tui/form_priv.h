/* tui/form_priv.h - a form's inside, shared by form.c (what is typed and understood) and form_draw.c (how it
 * looks). */
#ifndef TUI_FORM_PRIV_H
#define TUI_FORM_PRIV_H

#include "tui/form.h"

struct line {
	const struct field *f;
	struct lineedit edit;
	struct value value;            /* what the text was understood as; V_NONE when empty or wrong */
	char *original;                /* text and value as they were put */
	struct value was;
	const char *echo;              /* how it was understood, "" when the text says as much itself */
	struct form_ref *hits;         /* of a reference */
	size_t nhits, hit;
	const char *note;              /* of form_note(), "" for none; in `kept` */
	struct err wrong;              /* code OK when the text is understood */
	bool shows_wrong;              /* it was left, or saving was tried */
	bool replaces;                 /* what is typed first after it got the focus replaces what stands there */
	struct arena *arena;           /* of value, echo and hits: emptied before each understanding */
	struct arena *kept;            /* of original and was */
};

/* What drawing leaves for the next time. */
struct form_seen { size_t top; };

struct form {
	struct line *lines;
	size_t n, at;
	struct form_hooks hooks;
	civil_date today;
	struct form_seen *seen;
};

bool line_changed(const struct line *l);
/* What stands beside the field: how it was understood, else its note; "" for nothing. */
const char *line_aside(const struct line *l, bool focused);

#endif
