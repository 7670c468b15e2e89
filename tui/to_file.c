/* tui/to_file.c - see to_file.h. Owns the question, and which answers will do. Must not know what is written. */
#include "tui/to_file.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/os.h"
#include "tui/dialog.h"

struct asked {
	int (*done)(struct app *app, void *ctx, const char *path, struct err *e);
	void *ctx;
};

static int take(struct app *app, void *ctx, const char *path, struct err *e)
{
	const struct asked *q = ctx;
	if (path[0] != '/')
		return err_set(e, ERR_USAGE, _("Write the whole path of the file, from / on."));
	if (os_exists(path))
		return err_set(e, ERR_USAGE, _("There is a file of that name already; give another."));
	return q->done(app, q->ctx, path, e);
}

void to_file_ask(struct app *app, const char *question, const char *name,
	int (*done)(struct app *app, void *ctx, const char *path, struct err *e), void *ctx)
{
	const char *home = getenv("HOME");
	struct asked *q = arena_alloc(app_top(app)->arena, sizeof *q);
	*q = (struct asked){done, ctx};
	dialog_prompt(app, question, os_path_join(app_scratch(app), home && *home ? home : "/tmp", name), false, take, q);
}
