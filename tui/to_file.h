/* tui/to_file.h - asking which file something is to be written to. */
#ifndef TUI_TO_FILE_H
#define TUI_TO_FILE_H

#include "tui/app.h"

/* Proposes a file of that name in the user's home folder; done() is as of dialog_prompt(), and the path is whole and of no
 * file that is there. */
void to_file_ask(struct app *app, const char *question, const char *name,
	int (*done)(struct app *app, void *ctx, const char *path, struct err *e), void *ctx);

#endif
