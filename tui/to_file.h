/* tui/to_file.h - asking which file something is to be written to, and writing sheets there. */
#ifndef TUI_TO_FILE_H
#define TUI_TO_FILE_H

#include "export/sheet.h"
#include "tui/app.h"

/* Proposes a file of that name in the user's home folder; done() is as of dialog_prompt(), and the path is whole and of
 * no file that is there. */
void to_file_ask(struct app *app, const char *question, const char *name,
	int (*done)(struct app *app, void *ctx, const char *path, struct err *e), void *ctx);
/* In the format of the file's name, never over another file. One with people on it stands among what was printed,
 * afterwards, as `what` (NULL: its title), which names nobody. `says` is told then; and that it isn't put down, where
 * the store takes no notes. No view may be open. */
int to_file_sheet(struct app *app, const struct sheet *s, const char *what, const char *path, const char *says, struct err *e);
/* Without the file: it left the program some other way. */
int to_file_note(struct app *app, const struct sheet *s, const char *what, const char *says, struct err *e);
/* All of it, for a sheet that make() builds once the file is known; `name` without an ending. It is told where it is,
 * and when it must be shredded. */
typedef int to_file_make(struct app *app, void *ctx, struct view *v, struct book *b, struct sheet **out, struct err *e);
void to_file_ask_sheet(struct app *app, const char *name, const char *what, to_file_make *make, void *ctx);

#endif
