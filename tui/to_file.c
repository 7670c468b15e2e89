/* tui/to_file.c - see to_file.h. Owns the question, which answers will do, and that what leaves is put down. Must not
 * know what is written. */
#include "tui/to_file.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/os.h"
#include "export/printing.h"
#include "roster/retention.h"
#include "tui/dialog.h"

struct asked {
	int (*done)(struct app *app, void *ctx, const char *path, struct err *e);
	to_file_make *make;
	const char *what;
	void *ctx;
};

static int take(struct app *app, void *ctx, const char *path, struct err *e)
{
	struct asked *q = ctx;
	if (path[0] != '/')
		return err_set(e, ERR_USAGE, _("Write the whole path of the file, from / on."));
	if (os_exists(path))
		return err_set(e, ERR_USAGE, _("There is a file of that name already; give another."));
	return q->done(app, q->make ? q : q->ctx, path, e);
}

static void ask(struct app *app, const char *question, const char *name, const struct asked *how)
{
	const char *home = getenv("HOME");
	struct asked *q = arena_copy(app_top(app)->arena, how, sizeof *how);
	dialog_prompt(app, question, os_path_join(app_scratch(app), home && *home ? home : "/tmp", name), false, take, q);
}

void to_file_ask(struct app *app, const char *question, const char *name,
	int (*done)(struct app *app, void *ctx, const char *path, struct err *e), void *ctx)
{
	ask(app, question, name, &(struct asked){.done = done, .ctx = ctx});
}

int to_file_note(struct app *app, const struct sheet *s, const char *what, const char *says, struct err *e)
{
	const struct printed printed = {.what = what ? what : s->title, .purpose = s->purpose, .from = s->from, .to = s->to, .shred = s->shred,
		.unit = s->unit, .volunteer = s->volunteer};
	bool noted = true;
	int rc = s->shred == DATE_NONE ? OK : retention_note_print(app_store(app), &printed, &noted, e);
	if (rc == OK && noted)
		app_toast(app, "%s", says);
	else if (rc == OK)
		app_toast(app, _("%s. It isn't noted among the printed lists, since nothing can be changed here: remember to shred it"), says);
	return rc;
}

int to_file_sheet(struct app *app, const struct sheet *s, const char *what, const char *path, const char *says, struct err *e)
{
	int rc = printing_sheet(s, path, e);
	return rc ? rc : to_file_note(app, s, what, says, e);
}

static const char *written_text(struct arena *a, const struct sheet *s, const char *path)
{
	char day[40];
	if (s->shred == DATE_NONE)
		return arena_printf(a, _("Written to %s"), path);
	return arena_printf(a, _("Written to %s; to be shredded by %s"), path, civil_format_date(day, sizeof day, s->shred, CIVIL_SHORT));
}

static int write_made(struct app *app, void *ctx, const char *path, struct err *e)
{
	const struct asked *q = ctx;
	struct view *v = NULL;
	struct sheet *s;
	struct book *b = app_book_now(app, e);
	int rc = b ? view_begin(app_store(app), &v, e) : e->code;
	if (rc == OK)
		rc = q->make(app, q->ctx, v, b, &s, e);
	view_end(v);
	return rc ? rc : to_file_sheet(app, s, q->what, path, written_text(app_scratch(app), s, path), e);
}

void to_file_ask_sheet(struct app *app, const char *name, const char *what, to_file_make *make, void *ctx)
{
	const char *whole = arena_printf(app_scratch(app), "%s.%s", name, pdf_available(NULL) ? "pdf" : "html");
	ask(app, _("To which file? .pdf or .html to print, .xlsx, .csv, .txt"), whole,
		&(struct asked){.done = write_made, .make = make, .what = what, .ctx = ctx});
}
