/* cli/cmd_screen.c - opening the screen: on the store that is there, on a new one after the first run, or on demo data.
 *
 * Owns the way from a terminal and a store to a running app and back; what is shown belongs to tui/. */
#include "cli/cli.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "cli/demo.h"
#include "store/backup.h"
#include "sync/receipts.h"
#include "tui/screens.h"

enum { LOCK_MINUTES = 10, BACKUP_EVERY = 24 * 3600, DEMO_FRESH = 14 };     /* the last in days */

/* ---- drafts of forms: sealed beside the store ----------------------------------------------------------- */

static void draft_save(void *ctx, const char *name, const char *text)
{
	struct cli *c = ctx;
	if (c->store && !store_is_readonly(c->store))
		store_draft_save(c->store, name, text, NULL);
}

static const char *draft_load(void *ctx, const char *name, struct arena *a)
{
	struct cli *c = ctx;
	return c->store ? store_draft_load(c->store, a, name) : NULL;
}

/* ---- the first run ----------------------------------------------------------------------------------------- */

static int found_store(struct app *app, void *ctx, const char *site, const char *person, const char *passphrase,
	bool demo, struct err *e)
{
	struct cli *c = ctx;
	struct store_new how = {.site = site, .person = person, .passphrase = passphrase};
	struct store_opts o = {.clock = c->clock, .passphrase = passphrase};
	struct demo_past past;
	struct os_clock founding = demo ? demo_past_clock(&past, DEMO_WARD, &c->clock) : c->clock;
	int rc = store_create(cli_store_dir(c), &how, &founding, e);
	if (rc == OK)
		rc = store_open(cli_store_dir(c), &o, &c->store, e);
	if (rc == OK && demo)
		rc = demo_build(c->store, DEMO_WARD, 1, NULL, NULL, e);
	if (rc == OK)
		app_set_store(app, c->store);
	return rc;
}

static int open_if_there(struct cli *c, struct err *e)
{
	struct err busy;
	if (store_probe(cli_store_dir(c), e) == STORE_ABSENT)
		return OK;
	int rc = cli_open_store(c, false, e);
	if (rc != ERR_BUSY)
		return rc;
	/* Another program writes: look without touching, and say so for as long as the screen is open. */
	busy = *e;
	rc = cli_open_store(c, true, e);
	if (rc == OK)
		fprintf(stderr, "%s\n", busy.text);
	return rc;
}

/* Whoever was dying is gone, and where that was is nobody's business any more: nobody should have to think of it. A
 * large store is made again in half a minute, so it is done when nobody waits: before it is locked, and when the screen
 * is closed. Where it can't be done it waits for the next time, and stands among what is kept too long. */
static void erase_rooms(struct cli *c, void (*before)(size_t n))
{
	struct arena *a = arena_new();
	struct retained *x;
	struct retention_done done;
	struct view *v = NULL;
	size_t n = 0;
	int rc = c->store && !store_is_readonly(c->store) ? view_begin(c->store, &v, NULL) : ERR_READONLY;
	if (rc == OK)
		rc = retention_rooms(v, a, store_today(c->store), &x, &n, NULL);
	view_end(v);
	if (rc == OK && n > 0) {
		before(n);
		rc = receipts_prepare(c->store, NULL);
		if (rc == OK)
			retention_run(c->store, x, n, &done, NULL);
	}
	arena_free(a);
}

static void say_nothing(size_t n)
{
	(void)n;
}

static void say_rooms(size_t n)
{
	fprintf(stderr, ngettext("samvagt: the room of %zu vigil is erased now, as its time is over …\n",
		"samvagt: the rooms of %zu vigils are erased now, as their time is over …\n", n), n);
}

static void idle(void *ctx)
{
	erase_rooms(ctx, say_nothing);
}

static int run_screen(struct cli *c, struct err *e)
{
	struct app_opts o = {.store = c->store, .clock = c->clock, .draft_ctx = c, .draft_save = draft_save,
		.draft_load = draft_load, .idle = idle, .lock_minutes = LOCK_MINUTES, .ascii = cli_has(c, OPT_ASCII),
		.keep_lang = cli_has(c, OPT_LANG) || getenv("SAMVAGT_LANG")};
	struct term_opts t = {.ascii = o.ascii};
	struct term *term;
	const char *first, *slips = cli_limits_slips(c);
	o.sets = screens_actions(&o.nsets);
	cli_forget_passphrase(c);
	int rc = term_open(&t, &term, e);
	if (rc)
		return rc;
	struct app *app = app_new(&o);
	app_push(app, c->store ? screen_today(app) : screen_first_run(app, found_store, c));
	if (c->store && ((first = cli_identity(c->store)) || (first = cli_lacks_persons(c->store))))
		app_toast(app, "%s", first);
	if (slips)
		app_toast(app, "%s", slips);
	app_run(app, term);
	app_free(app);
	term_close(term);
	return OK;
}

/* After the screen is closed; a failed backup is told but doesn't make the visit a failure. */
static void backup_after(struct cli *c)
{
	struct err e;
	bool made;
	if (!c->store || store_is_readonly(c->store))
		return;
	store_fold(c->store, NULL);
	if (backup_auto(c->store, BACKUP_EVERY, &made, &e) != OK)
		fprintf(stderr, "samvagt: %s: %s\n", _("no backup was made"), e.text);
}

int cmd_screen(struct cli *c, struct err *e)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(
			e, ERR_USAGE, _("the screen needs a terminal. See samvagt --help for commands that don't"));
	int rc = open_if_there(c, e);
	if (rc == OK)
		rc = run_screen(c, e);
	if (rc == OK)
		erase_rooms(c, say_rooms);
	if (rc == OK)
		backup_after(c);
	return rc;
}

/* ---- demo ---------------------------------------------------------------------------------------------------- */

static int demo_progress(void *ctx, size_t done, size_t total)
{
	int *shown = ctx, percent = total ? (int)(done * 100 / total) : 100;
	if (isatty(STDERR_FILENO) && percent != *shown)
		fprintf(stderr, "\r%s %d %%%s", _("Inventing people and shifts"), percent, percent == 100 ? "\n" : "");
	*shown = percent;
	return 0;
}

static int build_demo(struct cli *c, const char *dir, int size, struct err *e)
{
	int shown = -1, seed = 1;
	struct store_new how = {.site = "Viborg", .person = "Demo"};
	struct store_opts o = {.clock = c->clock};
	struct demo_past past;
	struct os_clock founding = demo_past_clock(&past, (enum demo_size)size, &c->clock);
	int rc = cli_has(c, OPT_SEED) ? cli_number(c->opt[OPT_SEED], 0, INT_MAX, &seed, e) : OK;
	if (rc == OK)
		rc = store_create(dir, &how, &founding, e);
	if (rc == OK)
		rc = store_open(dir, &o, &c->store, e);
	return rc ? rc : demo_build(c->store, (enum demo_size)size, (uint64_t)seed, demo_progress, &shown, e);
}

/* Beside its place, so that one whose making was interrupted is never taken for a whole one. Only what demo itself made
 * is ever removed: it lies in a folder of its own. */
static int make_own_demo(struct cli *c, int size, struct err *e)
{
	const char *made = arena_printf(c->a, "%s.new", c->dir);
	int rc = os_remove_tree(made, e);
	if (rc == OK)
		rc = build_demo(c, made, size, e);
	store_close(c->store);
	c->store = NULL;
	if (rc == OK)
		rc = os_remove_tree(c->dir, e);
	if (rc == OK)
		rc = os_rename_new(made, c->dir, e);
	return rc ? rc : cli_open_store(c, false, e);
}

/* One made long ago has an empty roster today, and one of another version can't be read. */
static int own_demo(struct cli *c, int size, struct err *e)
{
	static const char *const name[] = {"demo-ward", "demo-hospital", "demo-region"};
	civil_date made = DATE_NONE;
	c->dir = os_path_join(c->a, os_data_home(c->a), name[size]);
	if (store_probe(c->dir, NULL) == STORE_ABSENT)
		return make_own_demo(c, size, e);
	int rc = cli_open_store(c, false, e);
	if (rc == OK)
		rc = cli_view(c, e);
	if (rc == OK)
		rc = demo_day(c->view, &made, e);
	cli_view_end(c);
	if (rc && rc != ERR_CORRUPT && rc != ERR_UNSUPPORTED)
		return rc;
	if (rc == OK && made != DATE_NONE && abs(c->today - made) <= DEMO_FRESH)
		return OK;
	store_close(c->store);
	c->store = NULL;
	return make_own_demo(c, size, e);
}

int cmd_demo(struct cli *c, struct err *e)
{
	int size = cli_has(c, OPT_SIZE) ? demo_size_named(c->opt[OPT_SIZE]) : DEMO_HOSPITAL;
	if (size < 0)
		return err_set(e, ERR_USAGE, _("the size is ward, hospital or region, not \"%s\""), c->opt[OPT_SIZE]);
	if (cli_has(c, OPT_MAKE))
		return build_demo(c, cli_store_dir(c), size, e);
	int rc = own_demo(c, size, e);
	if (rc)
		return rc;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && !cli_has(c, OPT_PLAIN) && !cli_has(c, OPT_JSON))
		return run_screen(c, e);
	return cmd_roster(c, e);
}
