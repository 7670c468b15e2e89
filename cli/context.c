/* cli/context.c - what a command works on: the store that was meant, a view of it, the address book, and words turned
 * into things.
 *
 * Owns opening and closing; does no work of its own on data. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"
#include "roster/limits.h"
#include "store/exchange.h"
#include "sync/ring.h"

const char *cli_store_dir(struct cli *c)
{
	const char *env = getenv("SAMVAGT_STORE");
	if (c->dir)
		return c->dir;
	if (cli_has(c, OPT_STORE))
		return c->dir = c->opt[OPT_STORE];
	if (env && *env)
		return c->dir = env;
	char *portable = os_path_join(c->a, os_program_dir(c->a), "samvagt-data");
	c->dir = os_exists(portable) ? portable : os_path_join(c->a, os_data_home(c->a), "store");
	return c->dir;
}

enum { SECRET_MOST = 4096 };

static int read_first_line(const char *path, char out[SECRET_MOST + 1], struct err *e)
{
	struct buf b = {0};
	int rc = strcmp(path, "-") == 0 ? os_read_fd(0, SECRET_MOST, &b, e) : os_read_file(path, SECRET_MOST, &b, e);
	if (rc == OK) {
		size_t n = b.n ? strcspn(b.p, "\r\n") : 0;
		memcpy(out, b.n ? b.p : "", n);
		out[n] = '\0';
		if (n == 0)
			rc = err_set(e, ERR_KEY, _("%s holds no passphrase on its first line"), path);
	}
	buf_wipe(&b);
	return rc;
}

int cli_read_secret(struct cli *c, const char *path, const char **out, struct err *e)
{
	char *line = arena_alloc(c->a, SECRET_MOST + 1);
	*out = line;
	return read_first_line(path, line, e);
}

void cli_forget_passphrase(struct cli *c)
{
	if (c->passphrase)
		explicit_bzero(c->passphrase, strlen(c->passphrase));
	c->passphrase = NULL;
}

/* NULL: it is asked for. */
static const char *passphrase_file(struct cli *c)
{
	const char *file = cli_has(c, OPT_PASSPHRASE_FILE) ? c->opt[OPT_PASSPHRASE_FILE]
		: getenv("SAMVAGT_PASSPHRASE_FILE");
	return file && *file ? file : NULL;
}

int cli_passphrase(struct cli *c, const char *dir, const char **out, struct err *e)
{
	const char *file = passphrase_file(c);
	enum store_state state = store_probe(dir, e);
	*out = NULL;
	if (state != STORE_PASSPHRASE)
		return OK;
	cli_forget_passphrase(c);
	*out = c->passphrase = arena_alloc(c->a, SECRET_MOST + 1);
	return file ? read_first_line(file, c->passphrase, e)
		: os_ask_passphrase(_("Passphrase: "), c->passphrase, SECRET_MOST, e);
}

/* What a damaged page does to a program that reads it can't be foreseen, so the sentence is ready before. */
static void prepare_last_words(struct cli *c, const char *dir)
{
	os_set_last_words(arena_printf(c->a, _("samvagt: stopped in the middle: the store in %s seems to be damaged, or the "
		"program has an error. What was saved is kept; \"samvagt doctor\" says what is wrong\n"), dir),
		err_exit_status(ERR_CORRUPT));
}

/* The clock of a PC whose battery is empty goes back years. Nothing is lost by it, but the history shows other
 * times. */
static void warn_of_clock(struct cli *c)
{
	enum { DAY_SECONDS = 86400 };
	int64_t now = store_now(c->store), newest = store_newest(c->store);
	if (newest - now < DAY_SECONDS)
		return;
	char today[32], then[32];
	civil_format_date(today, sizeof today, cmin_date(civil_from_utc(now)), CIVIL_ISO);
	civil_format_date(then, sizeof then, cmin_date(civil_from_utc(newest)), CIVIL_ISO);
	fprintf(stderr, _("samvagt: this machine's clock says %s, and the newest change was made %s. Set the clock right: "
		"until it has passed that, all changes are shown with that time\n"), today, then);
}

const char *cli_identity(struct store *s)
{
	static const char *const said[] = {
		[IDENTITY_PUT_BACK] = N_("This store was put back from a backup. It goes on beside what was here before; the next "
			"meeting brings what is missing."),
		[IDENTITY_COPIED] = N_("This store was copied or moved. It goes on under a name of its own; don't work in both."),
	};
	struct ring *r = NULL;
	enum identity what = exchange_identity(s);
	bool is_told = what != IDENTITY_SAME && ring_load(s, &r, NULL) == OK && r;
	ring_free(r);
	return is_told ? _(said[what]) : NULL;
}

const char *cli_lacks_persons(struct store *s)
{
	struct ring *r = NULL;
	bool lacks = ring_load(s, &r, NULL) == OK && r && ring_takes_part(r) && ring_own_role(r) == RING_REGION;
	ring_free(r);
	return lacks ? _("This site gets no persons: every place on a shift looks open here, also where somebody has it.") : NULL;
}

/* On the screen it would be painted over: that says it itself. */
static void say_identity(struct cli *c)
{
	const char *identity = c->command->run == cmd_screen ? NULL : cli_identity(c->store);
	if (identity)
		fprintf(stderr, "samvagt: %s\n", identity);
}

const char *cli_limits_slips(struct cli *c)
{
	struct limit unused[LIMIT_COUNT];
	struct buf said = {0};
	limits_load(c->a, unused, &said);
	const char *slips = said.n ? arena_strndup(c->a, said.p, said.n - 1) : NULL;
	buf_free(&said);
	return slips;
}

static void say_slips(struct cli *c)
{
	const char *slips = c->command->run == cmd_screen ? NULL : cli_limits_slips(c);
	if (slips)
		fprintf(stderr, "samvagt: %s\n", slips);
}

/* What is printed or looked at is put down afterwards (cli_note_leaving). Opening it anew for that would stretch the
 * passphrase twice, so it is opened for writing at once where that can be; beside the screen it is read. */
static bool will_note(const struct cli *c)
{
	return !cli_has(c, OPT_READ_ONLY) && !cli_has(c, OPT_DRY_RUN) &&
	       (cli_has(c, OPT_OUTPUT) || cli_has(c, OPT_AS) || cli_has(c, OPT_PRINTER) || c->command->run == cmd_show);
}

static int open_as_can_be(struct cli *c, const char *dir, const struct store_opts *o, struct err *e)
{
	struct store_opts writing = *o;
	if (!o->readonly || !will_note(c))
		return store_open(dir, o, &c->store, e);
	writing.readonly = false;
	int rc = store_open(dir, &writing, &c->store, &c->unwritable);
	if (rc == ERR_KEY)
		*e = c->unwritable;
	return rc == OK || rc == ERR_KEY ? rc : store_open(dir, o, &c->store, e);
}

/* Whoever types may slip, and is asked again; a file holds what it holds. */
static int open_with_passphrase(struct cli *c, const char *dir, struct store_opts *o, struct err *e)
{
	enum { TRIES = 3 };
	for (int tries = 1;; tries++) {
		int rc = cli_passphrase(c, dir, &o->passphrase, e);
		if (rc)
			return rc;
		rc = open_as_can_be(c, dir, o, e);
		if (rc != ERR_KEY || !o->passphrase || passphrase_file(c) || tries == TRIES)
			return rc;
		fprintf(stderr, "samvagt: %s\n", e->text);
	}
}

/* Nothing is refused there, but whoever keeps a store on a stick should know. */
void cli_warn_of_place(const char *dir)
{
	const char *name;
	enum os_fs kind = os_fs_kind(dir, &name);
	if (kind == OS_FS_FAT || kind == OS_FS_FUSE)
		fprintf(stderr, _("samvagt: %s is on a disk of the kind %s, which guards a store less well against power cuts and "
			"other people. Keep it on this machine's own disk, and a backup on the other\n"), dir, name);
}

static void say_persons(const struct cli *c)
{
	const char *lacks = cli_lacks_persons(c->store);
	if (lacks)
		fprintf(stderr, "samvagt: %s\n", lacks);
}

int cli_open_store(struct cli *c, bool readonly, struct err *e)
{
	const char *dir = cli_store_dir(c);
	struct store_opts o = {.readonly = readonly || cli_has(c, OPT_READ_ONLY), .clock = c->clock};
	switch (store_probe(dir, e)) {
	case STORE_ABSENT:
		return err_set(e, ERR_NOTFOUND,
			_("there is no store in %s. Make one with: samvagt init --site NAME --name PERSON"), dir);
	case STORE_FOREIGN: return e ? e->code : ERR_UNSUPPORTED;
	case STORE_OPEN_KEYS:
	case STORE_PASSPHRASE: break;
	}
	prepare_last_words(c, dir);
	int rc = open_with_passphrase(c, dir, &o, e);
	if (rc == OK && !o.readonly) {
		warn_of_clock(c);
		cli_warn_of_place(dir);
		say_identity(c);
	}
	if (rc == OK)
		say_slips(c);
	if (rc == OK)
		store_set_dry_run(c->store, cli_has(c, OPT_DRY_RUN));
	if (rc == OK && c->command->flags & CMD_PERSONS)
		say_persons(c);
	return rc;
}

/* When nobody waits for anything more; that it fails is no error, for nothing is changed then. */
static void tidy(struct cli *c)
{
	if (!c->store || !store_is_untidy(c->store))
		return;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "%s\n", _("Laying the store in order; it takes a moment, and may be broken off …"));
	(void)store_tidy(c->store, NULL);
}

int cli_run(struct cli *c, struct err *e)
{
	const struct command *k = c->command;
	int rc = OK;
	c->today = cmin_date(civil_from_utc(c->clock.now(c->clock.ctx)));
	if (k->flags & (CMD_READS | CMD_WRITES))
		rc = cli_open_store(c, !(k->flags & CMD_WRITES), e);
	if (rc == OK)
		rc = k->run(c, e);
	if (rc == OK && c->view)
		rc = view_check(c->view, e);
	cli_view_end(c);
	book_free(c->book);
	c->book = NULL;
	if (rc == OK)
		cli_note_leaving(c);
	if (rc == OK)
		tidy(c);
	store_close(c->store);
	c->store = NULL;
	return rc;
}

static int open_for(struct cli *c, enum cli_opens opens, struct err *e)
{
	if (opens != CLI_READS_IF_OPEN)
		return cli_open_store(c, opens == CLI_READS, e);
	enum store_state state = store_probe(cli_store_dir(c), e);
	return state == STORE_OPEN_KEYS || (state == STORE_PASSPHRASE && cli_has(c, OPT_PASSPHRASE_FILE))
		? cli_open_store(c, true, e)
		: OK;
}

int cli_run_verb(struct cli *c, const struct cli_verb *verbs, size_t n, struct err *e)
{
	int nargs = c->nargs - 1;
	for (size_t i = 0; i < n; i++) {
		const struct cli_verb *v = &verbs[i];
		if (strcmp(c->args[0], v->name) != 0 || nargs < v->min || (v->max >= 0 && nargs > v->max))
			continue;
		int rc = open_for(c, v->opens, e);
		return rc ? rc : v->run(c, e);
	}
	return cli_misused(c, e);
}

int cli_view(struct cli *c, struct err *e)
{
	civil_min from, to;
	if (c->view)
		return OK;
	if (!cli_has(c, OPT_AT))
		return view_begin(c->store, &c->view, e);
	/* a day alone: when it ended */
	int rc = when_parse_past(c->opt[OPT_AT], c->today, &from, &to, e);
	return rc ? rc : view_begin_at(c->store, civil_to_utc(to), &c->view, e);
}

int cli_book(struct cli *c, struct err *e)
{
	int rc = cli_view(c, e);
	return rc || c->book ? rc : book_load(c->view, &c->book, e);
}

void cli_view_end(struct cli *c)
{
	view_end(c->view);
	c->view = NULL;
}

int cli_type(const char *name, const struct type **out, struct err *e)
{
	struct buf all = {0};
	size_t n;
	*out = schema_type_named(name);
	if (*out)
		return OK;
	const struct type *t = schema_types(&n);
	for (size_t i = 0; i < n; i++)
		buf_addf(&all, "%s%s", i ? ", " : "", t[i].name);
	err_set(e, ERR_USAGE, _("there is no type \"%s\". The types are: %s"), name, all.p);
	buf_free(&all);
	return ERR_USAGE;
}

/* ---- references by name ----------------------------------------------------------------------------- */

static bool looks_like_id(const char *s)
{
	size_t digits = strspn(s, "0123456789abcdefABCDEF-");
	return digits > 0 && s[digits] == '\0' && strpbrk(s, "0123456789");
}

static bool is_setting(struct cli *c, const char *key, struct id *out)
{
	struct rec *r = NULL;
	*out = id_setting(key);
	return view_get(c->view, c->a, TYPE_SETTING, *out, &r, NULL) == OK && r && r->alive;
}

/* Of the types that are few and seldom meant. */
static bool find_called(struct cli *c, const struct type *t, const char *text, struct id *out, bool *several)
{
	const struct field *name = schema_field_named(t, "name");
	const char *wanted = text_fold(c->a, text);
	struct rec **all = NULL;
	size_t n = 0, found = 0;
	if (!name || !*wanted || view_all(c->view, c->a, t->no, &all, &n, NULL) != OK)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(text_fold(c->a, rec_text(all[i], name->no)), wanted) == 0) {
			*out = all[i]->id;
			found++;
		}
	*several = found > 1;
	return found == 1;
}

int cli_say_none(const struct type *t, const char *text, struct err *e)
{
	return err_set(e, ERR_NOTFOUND, _("%s: there is no \"%s\""), _(t->label), text);
}

int cli_say_several(struct cli *c, const char *text, const struct titled *fits, size_t n, struct err *e)
{
	enum { MOST = 5, SHOWN = 6 };
	const char *names = "";
	char end[ID_TEXT];
	struct id id[MOST];
	size_t named = n < MOST ? n : MOST;
	for (size_t i = 0; i < named; i++)
		id[i] = fits[i].id;
	for (size_t i = 0; i < named; i++)
		names = arena_printf(c->a, "%s%s%s (%s)", names, i ? ", " : "", fits[i].title,
			id_format_end(end, id, named, i, SHOWN));
	return err_set(e, ERR_AMBIGUOUS, _("\"%.40s\" fits several: %s%s. Write more of the name, or the id"), text, names,
		n > MOST ? " …" : "");
}

static int say_called(struct cli *c, const struct type *t, const char *text, struct err *e)
{
	const char *wanted = text_fold(c->a, text);
	struct rec **all = NULL;
	size_t n = 0, nfits = 0;
	int rc = view_all(c->view, c->a, t->no, &all, &n, e);
	struct titled *fits = arena_alloc(c->a, (n + 1) * sizeof *fits);
	for (size_t i = 0; rc == OK && i < n; i++) {
		const char *title = view_title(c->view, c->a, all[i]->id);
		if (text_fold_match(text_fold(c->a, title), wanted, NULL))
			fits[nfits++] = (struct titled){title, all[i]->id};
	}
	return rc ? rc : cli_say_several(c, text, fits, nfits, e);
}

static int by_name(struct cli *c, const struct type *t, const char *text, struct id *out, struct err *e)
{
	bool several = false;
	if (t->no == TYPE_SHIFT)
		return roster_find_shift(c->view, c->book, text, c->today, out, e);
	if (t->no == TYPE_VOLUNTEER)
		return book_resolve_person(c->book, c->view, text, out, e);
	if (t->no == TYPE_SETTING ? is_setting(c, text, out) : book_find(c->book, t->no, text, out, &several))
		return OK;
	if (!several && find_called(c, t, text, out, &several))
		return OK;
	if (several)
		return say_called(c, t, text, e);
	return cli_say_none(t, text, e);
}

int cli_record(struct cli *c, const struct type *t, const char *text, struct id *out, struct err *e)
{
	struct err other;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = by_name(c, t, text, out, e);
	if (rc != ERR_NOTFOUND || !looks_like_id(text))
		return rc;
	int by_id = view_resolve(c->view, t->no, text, out, &other);
	if (by_id == ERR_NOTFOUND)
		return rc;
	if (by_id)
		*e = other;
	return by_id;
}

int cli_field_value(struct cli *c, const struct field *f, const char *text, struct value *out, struct err *e)
{
	struct id id;
	if (f->kind != KIND_REF || *text == '\0' || f->arg == TYPE_ANY)
		return kind_parse(c->a, f, text, c->today, out, e);
	int rc = cli_record(c, schema_type(f->arg), text, &id, e);
	*out = value_id(id);
	return rc;
}

int cli_roles(struct cli *c, const char *names, struct id **out, size_t *n, struct err *e)
{
	size_t cap = 0;
	*out = NULL;
	*n = 0;
	while (*names) {
		size_t len = strcspn(names, ",;");
		char *name = arena_strndup(c->a, names, len);
		name = text_clean(c->a, name, strlen(name));
		names += len + (names[len] != '\0');
		if (!*name)
			continue;
		*out = arena_grow(c->a, *out, &cap, *n + 1, sizeof **out);
		int rc = cli_record(c, schema_type(TYPE_ROLE), name, &(*out)[(*n)++], e);
		if (rc)
			return rc;
	}
	return OK;
}

int cli_unit(struct cli *c, const struct id **out, struct err *e)
{
	*out = NULL;
	if (!cli_has(c, OPT_UNIT))
		return OK;
	struct id *id = arena_alloc(c->a, sizeof *id);
	int rc = cli_record(c, schema_type(TYPE_UNIT), c->opt[OPT_UNIT], id, e);
	*out = id;
	return rc;
}

int cli_organisation(struct cli *c, const struct id **out, struct err *e)
{
	*out = NULL;
	if (!cli_has(c, OPT_ORGANISATION))
		return OK;
	struct id *id = arena_alloc(c->a, sizeof *id);
	*out = id;
	return cli_record(c, schema_type(TYPE_ORGANISATION), c->opt[OPT_ORGANISATION], id, e);
}

int cli_on(struct cli *c, civil_date *out, struct err *e)
{
	*out = c->today;
	return cli_has(c, OPT_ON) ? when_parse_date(c->opt[OPT_ON], c->today, WHEN_NEAR, out, e) : OK;
}

int cli_number(const char *text, int min, int max, int *out, struct err *e)
{
	char *end;
	errno = 0;
	long n = strtol(text, &end, 10);
	if (errno || end == text || *end || n < min || n > max)
		return err_set(e, ERR_USAGE, _("\"%s\" isn't a whole number from %d to %d"), text, min, max);
	*out = (int)n;
	return OK;
}

int cli_max(struct cli *c, size_t otherwise, size_t *out, struct err *e)
{
	int n = 0, rc = cli_has(c, OPT_MAX) ? cli_number(c->opt[OPT_MAX], 1, INT_MAX, &n, e) : OK;
	*out = n ? (size_t)n : otherwise;
	return rc;
}

/* "49" beside --week means week 49. */
static const char *as_week(struct cli *c, const char *text)
{
	return strspn(text, "0123456789") == strlen(text) ? arena_printf(c->a, "uge %s", text) : text;
}

int cli_period(struct cli *c, civil_date *from, civil_date *to, struct err *e)
{
	bool week = cli_has(c, OPT_WEEK), month = cli_has(c, OPT_MONTH), named = cli_has(c, OPT_PERIOD);
	if (week + month + named + (cli_has(c, OPT_FROM) || cli_has(c, OPT_TO)) > 1)
		return err_set(e, ERR_USAGE, _("give a week, a month, or a first and last day: only one of them"));
	if (cli_has(c, OPT_WEEK))
		return when_parse_period(as_week(c, c->opt[OPT_WEEK]), c->today, from, to, e);
	if (cli_has(c, OPT_MONTH))
		return when_parse_period(c->opt[OPT_MONTH], c->today, from, to, e);
	if (named)
		return when_parse_period(c->opt[OPT_PERIOD], c->today, from, to, e);
	*from = c->today - (civil_weekday(c->today) - 1);
	int rc = cli_has(c, OPT_FROM) ? when_parse_date(c->opt[OPT_FROM], c->today, WHEN_NEAR, from, e) : OK;
	*to = *from + 7;
	if (rc == OK && cli_has(c, OPT_TO)) {
		rc = when_parse_date(c->opt[OPT_TO], c->today, WHEN_NEAR, to, e);
		*to += 1;
	}
	if (rc == OK && *to <= *from)
		rc = err_set(e, ERR_USAGE, _("the last day is before the first"));
	return rc;
}

bool cli_has_period(const struct cli *c)
{
	return cli_has(c, OPT_WEEK) || cli_has(c, OPT_MONTH) || cli_has(c, OPT_PERIOD) || cli_has(c, OPT_FROM) || cli_has(c, OPT_TO);
}

int cli_period_or(struct cli *c, const char *otherwise, civil_date *from, civil_date *to, struct err *e)
{
	return cli_has_period(c) ? cli_period(c, from, to, e) : when_parse_period(otherwise, c->today, from, to, e);
}
