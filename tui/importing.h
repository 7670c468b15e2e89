/* tui/importing.h - an import while it is looked at and corrected: the plan that the screens of files, rows and columns
 * share.
 *
 * It belongs to the screen of files, which lies below the other two. After a correction the plan is made again when the
 * screen is next loaded; so it is when the store has changed. */
#ifndef TUI_IMPORTING_H
#define TUI_IMPORTING_H

#include "export/import.h"
#include "tui/screens.h"

struct importing {
	struct arena *arena;               /* lives as long as the plan */
	struct plan *plan;
	struct plan_file *files;
	size_t n;
	uint64_t version;                  /* of the store when it was planned */
	bool is_stale;
	bool is_done;                      /* it has been written */
};

/* Plan again if needed, and fetch the files; for load(). */
int importing_refresh(struct importing *im, struct screen *s, struct view *v, struct err *e);
/* Something was corrected. */
void importing_changed(struct importing *im, struct app *app);
/* How what becomes of a row stands out. */
enum role fate_role(enum row_fate fate);

/* The files of a plan with what becomes of their rows. Takes copies of the paths. */
struct screen *screen_import_files(struct app *app, const char *const *paths, size_t n);
struct screen *screen_import_rows(struct app *app, struct importing *im, size_t file);
struct screen *screen_import_columns(struct app *app, struct importing *im, size_t file);
/* Which kind of rows the file holds; asked in both. */
void import_ask_kind(struct screen *s, struct importing *im, size_t file);

extern const struct action_set actions_import_files, actions_import_rows, actions_import_columns;

#endif
