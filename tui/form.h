/* tui/form.h - a form: all fields on one page, from rows of the schema or rows of the same shape made by a screen.
 *
 * Texts stay as they were typed; what they were understood as is shown beside them while typing, errors under the
 * field once it is left or saving is tried. Nothing typed is ever thrown away. A form knows no store: references
 * are looked up and special fields understood through hooks. What is typed into a date, number, choice or reference
 * just come to replaces it, but into a text it is added. Keys: Tab, Enter, ↓ next; Shift-Tab, ↑ back; ← → and
 * first letters in choices; → at the end of a reference goes to the next that fits; Ctrl-N a line break in long
 * texts. */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include "store/rec.h"
#include "tui/lineedit.h"

struct form;
struct form_ref { struct id id; const char *title; };

struct form_hooks {
	void *ctx;
	/* What a part of a name can mean for a REF field, best first, at most eight. */
	void (*refs)(void *ctx, const struct field *f, const char *typed, struct arena *a,
		struct form_ref **out, size_t *n);
	/* A field with its own way of being understood: fills *v and, for the screen, *echo (may stay NULL).
	 * ERR_UNSUPPORTED: the field is an ordinary one. May be NULL. */
	int (*understand)(void *ctx, const struct field *f, const char *typed, struct arena *a, struct value *v,
		const char **echo, struct err *e);
	/* What fields must fulfil together, asked by form_check when each is right: the number of the field to
	 * blame, and the sentence; 0 when all is well. May be NULL. */
	int (*together)(void *ctx, const struct form *f, struct err *e);
};

/* Fields are copied as pointers: they must outlive the form. `today` is for lenient dates. */
struct form *form_new(const struct field *const *fields, size_t n, const struct form_hooks *hooks, civil_date today);
void form_free(struct form *f);                                       /* NULL is fine */

/* Put a value in, as unchanged. `title` is what a reference is called (else NULL). */
void form_put(struct form *f, int field, struct value v, const char *title);
/* A whole record; titles through hooks' ctx: `title` may be NULL when there are no references. */
void form_put_rec(struct form *f, const struct rec *r, const char *(*title)(void *ctx, struct id id, struct arena *a));
/* Type into a field, as a person would (changed, understood). */
void form_type(struct form *f, int field, const char *text);
/* The same with a reference, to this one of all that may be called so. */
void form_choose(struct form *f, int field, struct id id, const char *title);
void form_replace(struct form *f, int field);                         /* a text field that is typed anew, too */
void form_hide(struct form *f, int field);                            /* passphrases: stars, never in drafts */

/* A few words (copied, with their mark if any) that stand beside the field as a warning, where nothing else is to be
 * said there. */
void form_note(struct form *f, int field, const char *words);

/* By the field's number. */
struct value form_value(const struct form *f, int field);             /* V_NONE when empty or not understood */
const char *form_text(const struct form *f, int field);
bool form_changed(const struct form *f, int field);
bool form_is_dirty(const struct form *f);                             /* any field changed */
void form_set_clean(struct form *f);                                  /* what stands is saved */
void form_revert(struct form *f);                                     /* as it was put */
/* Are all fields right? Else the first wrong one gets the focus and the sentence is in *e too. */
int form_check(struct form *f, struct err *e);
/* Show the store's own refusal under the field it is about (0: the focused one). */
void form_blame(struct form *f, int field, const char *sentence);
/* Changed fields one by one: *i starts at 0; NULL at the end. For change_set(). */
const struct field *form_next_change(const struct form *f, size_t *i, struct value *v);

int form_focus(const struct form *f);                                 /* number of the focused field */
void form_set_focus(struct form *f, int field);
/* The help of the focused field, translated; what there is to choose in a choice. The app shows it on the message
 * line. */
const char *form_help(const struct form *f, struct arena *a);

/* True when the event was used. Enter in the last field isn't, so that the screen's action can save. */
bool form_event(struct form *f, const struct event *ev);
/* A click on a target drawn by this form. */
void form_click(struct form *f, int arg);
/* Scrolled so that the focused field with what stands under it is seen. */
void form_draw(const struct form *f, struct canvas *cv, struct rect r, struct arena *a);

/* Drafts: the changed fields as lines "name=text" (line breaks and backslashes escaped). Import types them in
 * again; unknown names are skipped. Hidden fields are left out. */
void form_export(const struct form *f, struct buf *out);
void form_import(struct form *f, const char *draft);

#endif
