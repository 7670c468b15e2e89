/* tui/dialog.h - questions asked over a screen. Each is a screen of its own that calls back once; none waits.
 *
 * Texts are copied. `ctx` is the caller's and must live until the answer (a screen's arena does: a dialog lies
 * over it). Esc always leaves with nothing done. */
#ifndef TUI_DIALOG_H
#define TUI_DIALOG_H

#include "tui/app.h"

/* Something that can't be undone. `what` names the things and their count, `verb` is the answer in words ("Yes,
 * erase for ever"). The default is no: Enter, Esc and every key but one do nothing. That key is y (Danish: j), or
 * another where y asked. */
void dialog_confirm(struct app *app, const char *what, const char *verb,
	void (*yes)(struct app *app, void *ctx), void *ctx);

/* One of several: arrows and Enter, or its digit. `labels` are translated. */
void dialog_choice(struct app *app, const char *title, const char *const *labels, size_t n,
	void (*chosen)(struct app *app, void *ctx, size_t i), void *ctx);
/* The same with the cursor on the one that holds, or is likely, so that Enter by a slip changes nothing. */
void dialog_choice_at(struct app *app, const char *title, const char *const *labels, size_t n, size_t at,
	void (*chosen)(struct app *app, void *ctx, size_t i), void *ctx);

/* Several of several: Space or Enter turns one on and off (shown as [x]), at once; Esc closes, and so does Enter on
 * what Space has just turned. At most 64. */
void dialog_switches(struct app *app, const char *title, const char *const *labels, size_t n, uint64_t on,
	void (*changed)(struct app *app, void *ctx, size_t i, bool on), void *ctx);

/* A line of text; `text` is proposed: Enter takes it, typing replaces it. `done` returns 0 to close, or an error whose
 * sentence is shown under the line while the text stays. */
void dialog_prompt(struct app *app, const char *title, const char *text, bool hidden,
	int (*done)(struct app *app, void *ctx, const char *text, struct err *e), void *ctx);

/* Text to be read, e.g. what a rule means, with its source; scrolls. */
void dialog_text(struct app *app, const char *title, const char *text);

#endif
