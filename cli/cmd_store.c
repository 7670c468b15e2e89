/* cli/cmd_store.c - commands on the store as a whole: init, doctor, backup, restore, passphrase. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "store/backup.h"
#include "store/doctor.h"

/* A new passphrase: from a file, or typed twice. */
static int new_passphrase(struct cli *c, const char *file, const char **out, struct err *e)
{
	char *once = arena_alloc(c->a, 1024), *twice = arena_alloc(c->a, 1024);
	if (file && *file)
		return cli_read_secret(c, file, out, e);
	int rc = os_ask_passphrase(_("New passphrase: "), once, 1024, e);
	if (rc == OK)
		rc = os_ask_passphrase(_("The same again: "), twice, 1024, e);
	if (rc == OK && strcmp(once, twice) != 0)
		rc = err_set(e, ERR_KEY, _("the two passphrases aren't the same; nothing was done"));
	if (rc == OK && !*once)
		rc = err_set(e, ERR_KEY,
			_("an empty passphrase protects nothing. Use --no-passphrase if it should be open"));
	*out = once;
	return rc;
}

int cmd_init(struct cli *c, struct err *e)
{
	const char *dir = cli_store_dir(c);
	struct store_new how = {.site = c->opt[OPT_SITE], .person = c->opt[OPT_NAME] ? c->opt[OPT_NAME] : ""};
	int rc = OK;
	if (!how.site || !*how.site)
		return err_set(e, ERR_USAGE, _("what is the place called? Give --site NAME"));
	enum store_state state = store_probe(dir, NULL);
	if (state == STORE_OPEN_KEYS || state == STORE_PASSPHRASE)
		return err_set(e, ERR_CONFLICT, _("%s holds a store already; nothing was done"), dir);
	if (!cli_has(c, OPT_NO_PASSPHRASE)) {
		const char *file =
			c->opt[OPT_PASSPHRASE_FILE] ? c->opt[OPT_PASSPHRASE_FILE] : getenv("SAMVAGT_PASSPHRASE_FILE");
		rc = new_passphrase(c, file, &how.passphrase, e);
	}
	if (rc == OK)
		rc = store_create(dir, &how, &c->clock, e);
	if (rc == OK)
		cli_warn_of_place(dir);
	if (rc == OK)
		fprintf(stderr,
			how.passphrase
				? _("made the store %s\n")
				: _("made the store %s without a passphrase: whoever has the folder can read it\n"),
			dir);
	return rc;
}

/* ---- progress -------------------------------------------------------------------------------------------- */

struct progress {
	const char *what;
	bool terminal;
	int shown;
};

static int show_progress(void *ctx, size_t done, size_t total)
{
	struct progress *p = ctx;
	int percent = total ? (int)(done * 100 / total) : 100;
	if (p->terminal && percent != p->shown)
		fprintf(stderr, "\r%s %d %%%s", p->what, percent, percent == 100 ? "\n" : "");
	p->shown = percent;
	return 0;
}

static struct progress progress_of(const char *what)
{
	return (struct progress){.what = what, .terminal = isatty(STDERR_FILENO), .shown = -1};
}

/* ---- doctor ------------------------------------------------------------------------------------------------ */

struct findings {
	struct progress progress;
	json_t *list;
};

static void say_finding(void *ctx, const char *sentence)
{
	struct findings *f = ctx;
	if (f->list)
		json_array_append_new(f->list, json_string(sentence));
	else
		printf("%s\n", sentence);
}

static int doctor_progress(void *ctx, size_t done, size_t total)
{
	return show_progress(&((struct findings *)ctx)->progress, done, total);
}

static int report_doctor(struct cli *c, const struct doctor_report *r, json_t *list, struct err *e)
{
	if (list) {
		json_t *j = json_pack("{s:b, s:I, s:I, s:I, s:b, s:o}", "whole", r->findings == 0, "groups",
			(json_int_t)r->groups, "records", (json_int_t)r->records, "index_entries",
			(json_int_t)r->index_entries, "can_rebuild", r->can_rebuild, "findings", list);
		int rc = cli_write_json(c, j, e);
		if (rc)
			return rc;
	} else if (r->findings == 0) {
		printf(_("The store is whole: %zu changes, %zu records, %zu index entries, every seal holds.\n"),
			r->groups, r->records, r->index_entries);
	}
	if (r->findings == 0)
		return OK;
	return err_set(e, ERR_CORRUPT,
		r->can_rebuild
			? _("the store is damaged, and nothing is lost: samvagt doctor --repair makes it whole")
			: _("the store is damaged: restore the newest backup with samvagt restore"));
}

static int check_and_repair(struct cli *c, const char *dir, const struct store_opts *o, const struct doctor_ctx *d,
	struct doctor_report *r, struct err *e)
{
	int rc = doctor_check(dir, o, d, r, e);
	if (rc || !cli_has(c, OPT_REPAIR) || r->findings == 0 || !r->can_rebuild)
		return rc;
	rc = doctor_rebuild(dir, o, d, e);
	return rc ? rc : doctor_check(dir, o, d, r, e);
}

/* One that is damaged is left as it is. */
static int tidy(struct cli *c, const char *dir, const struct store_opts *o, struct err *e)
{
	int rc = store_open(dir, o, &c->store, e);
	if (rc != OK)
		return rc;
	const int64_t was = store_size(c->store);
	rc = store_tidy(c->store, e);
	if (rc == OK)
		fprintf(stderr, _("Laid in order: %.1f MB, and it was %.1f MB.\n"), (double)store_size(c->store) / 1e6, (double)was / 1e6);
	return rc;
}

int cmd_doctor(struct cli *c, struct err *e)
{
	const char *dir = cli_store_dir(c);
	struct store_opts o = {.readonly = !cli_has(c, OPT_REPAIR) && !cli_has(c, OPT_TIDY), .clock = c->clock};
	struct findings f = {.progress = progress_of(_("Checking")), .list = cli_has(c, OPT_JSON) ? json_array() : NULL};
	struct doctor_ctx d = {.say = say_finding, .progress = doctor_progress, .ctx = &f};
	struct doctor_report r;
	int rc = OK;
	if (store_probe(dir, e) == STORE_ABSENT)
		return err_set(e, ERR_NOTFOUND, _("there is no store in %s"), dir);
	if (cli_has(c, OPT_REPAIR))
		rc = doctor_put_back(dir, &d, e);
	if (rc == OK)
		rc = cli_passphrase(c, dir, &o.passphrase, e);
	if (rc == OK)
		rc = check_and_repair(c, dir, &o, &d, &r, e);
	if (rc == OK && r.findings == 0 && cli_has(c, OPT_TIDY))
		rc = tidy(c, dir, &o, e);
	return rc ? rc : report_doctor(c, &r, f.list, e);
}

/* ---- backup, restore --------------------------------------------------------------------------------------- */

static const char *backup_name(struct cli *c)
{
	char day[32];
	civil_min now = store_now_civil(c->store);
	civil_format_date(day, sizeof day, cmin_date(now), CIVIL_ISO);
	char *folder = os_path_join(c->a, store_dir(c->store), "backup");
	return os_path_join(
		c->a, folder, arena_printf(c->a, "%s-%02d%02d.svb", day, cmin_minute(now) / 60, cmin_minute(now) % 60));
}

int cmd_backup(struct cli *c, struct err *e)
{
	const char *path = c->nargs ? c->args[0] : backup_name(c);
	struct progress p = progress_of(_("Backup"));
	int rc = backup_write(c->store, path, show_progress, &p, e);
	if (rc)
		return rc;
	c->done = true;
	if (cli_has(c, OPT_JSON))
		return cli_write_json(c, json_pack("{s:s}", "file", path), e);
	printf("%s\n", path);
	return OK;
}

/* Only the passphrase can open a sealed backup, and it is not known yet whether this one is. */
static int passphrase_for_backup(struct cli *c, const char *path, const char **out, struct err *e)
{
	struct backup_info info;
	const char *file =
		c->opt[OPT_PASSPHRASE_FILE] ? c->opt[OPT_PASSPHRASE_FILE] : getenv("SAMVAGT_PASSPHRASE_FILE");
	*out = NULL;
	int rc = backup_check(path, NULL, &info, e);
	if (rc != ERR_KEY)
		return rc;
	if (file && *file)
		return cli_read_secret(c, file, out, e);
	char *typed = arena_alloc(c->a, 1024);
	*out = typed;
	return os_ask_passphrase(_("Passphrase of the backup: "), typed, 1024, e);
}

int cmd_restore(struct cli *c, struct err *e)
{
	const char *pass, *dir = cli_store_dir(c);
	int rc = passphrase_for_backup(c, c->args[0], &pass, e);
	if (rc == OK)
		rc = backup_restore(c->args[0], dir, pass, &c->clock, e);
	if (rc == OK)
		fprintf(stderr, _("made the store %s from the backup\nWhoever was erased after it was written is in it again: the next samvagt sync with the "
			"other sites erases them, and without other sites you must, with samvagt person erase\n"), dir);
	return rc;
}

/* ---- passphrase -------------------------------------------------------------------------------------------- */

int cmd_passphrase(struct cli *c, struct err *e)
{
	const char *old, *fresh = NULL;
	int rc = cli_passphrase(c, cli_store_dir(c), &old, e);
	if (rc == OK && !cli_has(c, OPT_REMOVE))
		rc = new_passphrase(c, c->opt[OPT_NEW_PASSPHRASE_FILE], &fresh, e);
	if (rc == OK)
		rc = store_set_passphrase(c->store, old, fresh, e);
	if (rc == OK)
		fprintf(stderr, "%s\n",
			fresh ? _("the passphrase is changed. Backups that you wrote yourself keep the old one")
			      : _("the store is open to whoever has the folder now"));
	return rc;
}
