/* tui/settings_work.c - see settings_priv.h: a passphrase changed, a backup written, everything checked. Owns what
 * runs beside the screen, in a child process with its own reading of the store, so that the screen answers and Esc
 * stops it. */
#include "tui/settings_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/backup.h"
#include "store/doctor.h"
#include "tui/dialog.h"

enum { SENTENCES_MOST = 200, STEP_MS = 20 };

enum work_kind { WORK_CHECK, WORK_BACKUP };

/* What the child tells. */
enum told_what { TOLD_PROGRESS, TOLD_SENTENCE, TOLD_REPORT, TOLD_ERROR };
struct told {
	enum told_what what;
	size_t done, total;
	struct doctor_report report;
	char sentence[600];
};

struct work {
	enum work_kind kind;
	char *dir, *path, *passphrase;
	struct os_clock clock;
	struct os_job *job;
	struct buf sentences;
	size_t nsentences;
	struct doctor_report report;
	struct err wrong;
	bool is_over;
};

/* ---- in the child --------------------------------------------------------------------------------------- */
static void tell(struct os_teller *to, struct told *t)
{
	os_tell(to, t, sizeof *t);
}

static int child_progress(void *ctx, size_t done, size_t total)
{
	tell(ctx, &(struct told){.what = TOLD_PROGRESS, .done = done, .total = total});
	return 0;
}

static void child_say(void *ctx, const char *sentence)
{
	struct told t = {.what = TOLD_SENTENCE};
	snprintf(t.sentence, sizeof t.sentence, "%s", sentence);
	tell(ctx, &t);
}

static int child_backup(const struct work *w, struct os_teller *to, struct err *e)
{
	struct store_opts opts = {.readonly = true, .passphrase = w->passphrase, .clock = w->clock};
	struct store *s;
	int rc = store_open(w->dir, &opts, &s, e);
	if (rc)
		return rc;
	rc = backup_write(s, w->path, child_progress, to, e);
	store_close(s);
	return rc;
}

static int child_check(const struct work *w, struct os_teller *to, struct err *e)
{
	struct store_opts opts = {.readonly = true, .passphrase = w->passphrase, .clock = w->clock};
	struct doctor_ctx d = {child_say, child_progress, to};
	struct told t = {.what = TOLD_REPORT};
	int rc = doctor_check(w->dir, &opts, &d, &t.report, e);
	if (rc == OK)
		tell(to, &t);
	return rc;
}

static int child_main(void *ctx, struct os_teller *to)
{
	const struct work *w = ctx;
	struct err e = {0};
	struct told t = {.what = TOLD_ERROR};
	int rc = w->kind == WORK_CHECK ? child_check(w, to, &e) : child_backup(w, to, &e);
	if (rc) {
		snprintf(t.sentence, sizeof t.sentence, "%s", e.text);
		tell(to, &t);
	}
	return rc ? 1 : 0;
}

/* ---- starting and ending --------------------------------------------------------------------------------- */
static void wipe(char *s)
{
	if (s)
		explicit_bzero(s, strlen(s));
	free(s);
}

/* What a backup that was stopped leaves beside its place: "<name>.….part". */
static void remove_parts(const char *path)
{
	static const char part[] = ".part";
	struct arena *a = arena_new();
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *folder = slash ? arena_strndup(a, path, (size_t)(slash - path) + 1) : ".";
	char **names;
	size_t n = 0, most = strlen(name);
	if (os_list_dir(a, folder, &names, &n, NULL) != OK)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(names[i]);
		if (length > most + strlen(part) && strncmp(names[i], name, most) == 0 &&
			strcmp(names[i] + length - strlen(part), part) == 0)
			os_remove(os_path_join(a, folder, names[i]), NULL);
	}
	arena_free(a);
}

static void end_work(struct settings *d)
{
	struct work *w = d->work;
	if (!w)
		return;
	os_job_end(w->job);
	if (w->path && !w->is_over)
		remove_parts(w->path);
	wipe(w->passphrase);
	free(w->dir);
	free(w->path);
	buf_free(&w->sentences);
	free(w);
	d->work = NULL;
}

static int start_work(struct screen *s, enum work_kind kind, const char *path, const char *passphrase, struct err *e)
{
	struct settings *d = s->data;
	end_work(d);
	struct work *w = d->work = mem_alloc(sizeof *w);
	w->kind = kind;
	w->dir = mem_strdup(store_dir(app_store(s->app)));
	w->path = path ? mem_strdup(path) : NULL;
	w->passphrase = passphrase ? mem_strdup(passphrase) : NULL;
	w->clock = app_clock(s->app);
	int rc = os_job_start(child_main, w, &w->job, e);
	if (rc) {
		end_work(d);
		return rc;
	}
	s->working = true;
	const char *what = kind == WORK_CHECK ? _("Checking …") : _("Writing the backup …");
	snprintf(d->progress, sizeof d->progress, "%s", what);
	return OK;
}

void settings_close(struct screen *s)
{
	struct settings *d = s->data;
	end_work(d);
	wipe(d->fresh);
	free(d->path);
}

/* ---- while it runs ----------------------------------------------------------------------------------------- */
static int heard(void *ctx, const void *message, size_t n)
{
	struct settings *d = ctx;
	struct work *w = d->work;
	struct told t;
	if (n != sizeof t)
		return ERR_DATA;
	memcpy(&t, message, sizeof t);
	t.sentence[sizeof t.sentence - 1] = '\0';
	switch (t.what) {
	case TOLD_PROGRESS:
		snprintf(d->progress, sizeof d->progress, w->kind == WORK_CHECK ? _("Checking … %zu %%")
			: _("Writing the backup … %zu %%"), t.total ? t.done * 100 / t.total : 0);
		break;
	case TOLD_SENTENCE:
		if (w->nsentences++ < SENTENCES_MOST)
			buf_addf(&w->sentences, "%s\n", t.sentence);
		break;
	case TOLD_REPORT: w->report = t.report; break;
	case TOLD_ERROR: err_set(&w->wrong, ERR_DATA, "%s", t.sentence); break;
	}
	return OK;
}

static void tell_check(struct screen *s, const struct work *w)
{
	struct arena *a = app_scratch(s->app);
	const char *what = arena_printf(a, _("%zu change groups, %zu records, %zu index entries were looked at."),
		w->report.groups, w->report.records, w->report.index_entries);
	const char *found = w->report.findings == 0 ? _("Everything is in order.")
		: arena_printf(a, ngettext("%zu thing is wrong:", "%zu things are wrong:", w->report.findings),
			w->report.findings);
	const char *findings = w->sentences.n ? w->sentences.p : "";
	dialog_text(s->app, _("Check"), arena_printf(a, "%s\n%s\n%s", found, what, findings));
}

static void finish(struct screen *s, int result)
{
	struct settings *d = s->data;
	struct work *w = d->work;
	s->working = false;
	w->is_over = result >= 0;
	if (w->wrong.code)
		app_fail(s->app, &w->wrong);
	else if (result != 0)
		app_toast(s->app, _("It stopped without saying why. Nothing was changed."));
	else if (w->kind == WORK_CHECK)
		tell_check(s, w);
	else
		app_toast(s->app, _("The backup is written: %s"), w->path);
	end_work(d);
}

void settings_step(struct screen *s)
{
	struct settings *d = s->data;
	bool is_over = true;
	int result = -1;
	if (!d->work)
		return;
	if (!s->working) {
		app_toast(s->app, _("Stopped. Nothing was changed."));
		end_work(d);
		return;
	}
	os_job_listen(d->work->job, heard, d, STEP_MS, &is_over, &result);
	if (is_over)
		finish(s, result);
}

/* ---- checking, and backups ---------------------------------------------------------------------------------- */
static int check_with(struct app *app, void *ctx, const char *text, struct err *e)
{
	(void)app;
	return start_work(ctx, WORK_CHECK, NULL, text, e);
}

void settings_check(struct screen *s)
{
	struct err e;
	if (store_is_sealed(app_store(s->app)))
		dialog_prompt(s->app, _("The passphrase, to read everything with"), "", true, check_with, s);
	else if (start_work(s, WORK_CHECK, NULL, NULL, &e))
		app_fail(s->app, &e);
}

static int backup_with(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct settings *d = ((struct screen *)ctx)->data;
	(void)app;
	return start_work(ctx, WORK_BACKUP, d->path, text, e);
}

static int backup_to(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	struct settings *d = s->data;
	if (!*text)
		return err_set(e, ERR_DATA, _("Write where the file is to be, e.g. on a stick."));
	if (os_exists(text))
		return err_set(e, ERR_CONFLICT,
			_("There is something of that name already; a backup never goes over it."));
	if (!store_is_sealed(app_store(app)))
		return start_work(s, WORK_BACKUP, text, NULL, e);
	free(d->path);
	d->path = mem_strdup(text);
	dialog_prompt(app, _("The passphrase, to read everything with"), "", true, backup_with, s);
	return OK;
}

void settings_backup(struct screen *s)
{
	struct arena *a = app_scratch(s->app);
	char day[16];
	int minute = cmin_minute(app_now(s->app));
	civil_format_date(day, sizeof day, app_today(s->app), CIVIL_ISO);
	const char *name = arena_printf(a, "samvagt-%s-%02d%02d.backup", day, minute / 60, minute % 60);
	const char *folder = os_path_join(a, store_dir(app_store(s->app)), "backup");
	dialog_prompt(s->app, _("Write the backup to"), os_path_join(a, folder, name), false, backup_to, s);
}

/* ---- the passphrase ------------------------------------------------------------------------------------------ */
static void forget(struct settings *d)
{
	wipe(d->fresh);
	d->fresh = NULL;
}

static int set_passphrase(struct app *app, struct settings *d, const char *old, struct err *e)
{
	int rc = store_set_passphrase(app_store(app), old, d->fresh, e);
	if (rc)
		return rc;
	forget(d);
	app_toast(app, "%s", _("The passphrase is changed."));
	app_reload(app);
	return OK;
}

/* The old one comes last: should it be wrong, the new one needn't be written again. */
static int take_old(struct app *app, void *ctx, const char *text, struct err *e)
{
	return set_passphrase(app, ((struct screen *)ctx)->data, text, e);
}

static int take_again(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct settings *d = ((struct screen *)ctx)->data;
	if (!d->fresh || strcmp(text, d->fresh) != 0)
		return err_set(e, ERR_DATA, _("This isn't the same as before. Try again, or Esc."));
	if (!store_is_sealed(app_store(app)))
		return set_passphrase(app, d, NULL, e);
	dialog_prompt(app, _("The passphrase as it was until now"), "", true, take_old, ctx);
	return OK;
}

static int take_fresh(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct settings *d = ((struct screen *)ctx)->data;
	if (strlen(text) < SETTINGS_PASS_LEAST)
		return err_set(e, ERR_DATA, _("A passphrase has at least %d signs."), SETTINGS_PASS_LEAST);
	forget(d);
	d->fresh = mem_strdup(text);
	dialog_prompt(app, _("The new passphrase once more"), "", true, take_again, ctx);
	return OK;
}

void settings_ask_passphrase(struct screen *s)
{
	dialog_prompt(s->app, _("The new passphrase; a few words are best"), "", true, take_fresh, s);
}
