/* tui/act_form.h - a form whose saving is an act: a few fields, a sentence above them, and one function that takes what
 * was typed. For a record as the schema has it: screen_record_form(). */
#ifndef TUI_ACT_FORM_H
#define TUI_ACT_FORM_H

#include "tui/app.h"

/* A text field of roles with commas between, which Ctrl-O chooses from all; by act_form_roles() it becomes ids. */
enum { ACT_FORM_ROLES = 250 };
extern const struct field act_form_roles_field;

/* What a form is for. `title` is a msgid. */
struct act_form_sort {
	const char *title;
	/* Called when each field is right by itself. Says what was done in *said (translated); NULL: the act has said
	 * it itself. */
	int (*save)(struct screen *s, struct change_result *r, const char **said, struct err *e);
	/* What can't be undone: the question asked first, and the answer in *verb (both translated). NULL: it can. */
	const char *(*asks)(struct screen *s, const char **verb);
	/* Once it is saved and the form gone; `data` is the form's. May be NULL. */
	void (*saved)(struct app *app, const void *data);
};

/* Fields are copied as pointers and must outlive the screen. `about` (copied) follows the title: "New agreement · Anna
 * Holm". `data` of `size` bytes is zeroed, for act_form_data(). Values are put into s->form by the maker. */
struct screen *act_form_new(struct app *app, const struct act_form_sort *sort, const struct field *const *fields, size_t n,
	const char *about, size_t size);
void *act_form_data(const struct screen *s);
/* A sentence above the fields; it must live as long as the screen. */
void act_form_above(struct screen *s, enum role role, const char *sentence);
/* The same told anew as one types: what would come of it; "": nothing. */
void act_form_says(struct screen *s, const char *(*says)(const struct screen *s, struct arena *a));
/* It only asks, and leads on to what is done: nothing is saved, so it may be sent off where the store is open for
 * reading only. */
void act_form_leads_on(struct screen *s);

/* What was typed. ID_NONE and DATE_NONE: nothing. */
struct id act_form_id(const struct screen *s, int field);
civil_date act_form_date(const struct screen *s, int field);
int act_form_roles(struct screen *s, struct id **ids, size_t *n, struct err *e);

extern const struct action_set actions_act_form;

#endif
