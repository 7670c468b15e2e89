/* store/store.c - see store.h. Owns a store as a whole: its folder, its making, who has it open, its keys. Must not
 * know what is in it, but for its own site's record. */
#include "store/store.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/backup.h"
#include "store/change.h"
#include "store/identity.h"
#include "store/index_form.h"
#include "store/leftover.h"
#include "store/store_priv.h"

/* ---- small questions ----------------------------------------------------------------------------- */

void store_set_dry_run(struct store *s, bool dry)
{
	s->dry_run = dry;
}

bool store_is_dry_run(const struct store *s)
{
	return s->dry_run;
}

bool store_is_readonly(const struct store *s) { return s->readonly; }

bool store_is_sealed(const struct store *s) { return s->sealed; }

const char *store_dir(const struct store *s) { return s->dir; }

const char *store_person(const struct store *s) { return s->person; }

struct id store_site(const struct store *s) { return s->format.site; }

uint64_t store_incarnation(const struct store *s) { return s->format.incarnation; }

uint64_t store_version(const struct store *s) { return kv_version(s->kv); }

int64_t store_now(const struct store *s) { return s->clock.now(s->clock.ctx); }

int64_t store_newest(const struct store *s) { return s->changed; }

civil_min store_now_civil(const struct store *s) { return civil_from_utc(store_now(s)); }

civil_date store_today(const struct store *s) { return cmin_date(store_now_civil(s)); }

struct os_clock store_clock(const struct store *s) { return s->clock; }

void store_set_clock(struct store *s, struct os_clock clock) { s->clock = clock; }

/* The name goes into every change, where nothing checks it again: what couldn't be read back must not come in here. */
int store_set_person(struct store *s, const char *person, struct err *e)
{
	const struct field *f = schema_field(TYPE_SITE, F_SITE_COORDINATOR);
	struct arena *a = arena_new();
	struct value v;
	int rc = kind_parse(a, f, person, store_today(s), &v, e);
	if (rc == OK)
		snprintf(s->person, sizeof s->person, "%s", v.tag == V_TEXT ? v.text.s : "");
	arena_free(a);
	return rc;
}

/* ---- the folder ---------------------------------------------------------------------------------- */

int store_refuse_network(const char *dir, struct err *e)
{
	const char *name = "";
	if (os_fs_kind(dir, &name) != OS_FS_NETWORK)
		return OK;
	return err_set(e, ERR_UNSUPPORTED,
		_("%s is on a network drive (%s), where a store would be damaged. Keep it on this machine's own disk; "
		  "a network drive can carry what is exchanged with other sites"), dir, name);
}

/* How many names a folder has; 0 when it's missing. */
static int count_names(const char *dir, size_t *n, struct err *e)
{
	*n = 0;
	if (!os_exists(dir))
		return OK;
	struct arena *a = arena_new();
	char **names;
	int rc = os_list_dir(a, dir, &names, n, e);
	arena_free(a);
	return rc;
}

static bool has(const char *dir, const char *name)
{
	struct arena *a = arena_new();
	bool there = os_exists(os_path_join(a, dir, name));
	arena_free(a);
	return there;
}

/* A store's folder that lacks one of its two small files is damaged, and no place for a new store. */
int store_read_outside(const char *dir, struct keys_format *format, bool *sealed, struct err *e)
{
	const char *missing = KEYS_FORMAT;
	int rc = keys_read_format(dir, format, e);
	if (rc == OK) {
		missing = KEYS_SLOTS;
		rc = keys_is_sealed(dir, sealed, e);
	}
	if (rc != ERR_NOTFOUND || !(has(dir, KEYS_FORMAT) || has(dir, KEYS_SLOTS) || has(dir, "db")))
		return rc;
	return err_set(e, ERR_CORRUPT, _("%s/%s is missing; \"samvagt doctor --repair\" takes it from its copy"), dir,
		missing);
}

enum store_state store_probe(const char *dir, struct err *e)
{
	struct keys_format format;
	struct err why = { 0 };
	size_t names;
	bool sealed;
	int rc = store_read_outside(dir, &format, &sealed, &why);
	if (rc == ERR_NOTFOUND && count_names(dir, &names, &why) == OK) {
		if (names == 0)
			return STORE_ABSENT;
		err_set(&why, ERR_UNSUPPORTED, _("%s holds other files and no store; choose another folder"), dir);
	}
	if (rc == OK)
		return sealed ? STORE_PASSPHRASE : STORE_OPEN_KEYS;
	err_set(e, why.code, "%s", why.text);
	return STORE_FOREIGN;
}

/* ---- opening ------------------------------------------------------------------------------------- */

static int unlock_with(struct store *s, const char *passphrase, struct err *e)
{
	uint8_t key[SEAL_KEY];
	int rc = keys_unlock(s->dir, passphrase, key, e);
	if (rc == OK)
		rc = seal_open(key, 1, s->format.store, &s->seal, e);
	explicit_bzero(key, sizeof key);
	return rc;
}

/* The folder, the format and keys files. */
static int open_outside(struct store *s, const char *passphrase, struct err *e)
{
	int rc = store_refuse_network(s->dir, e);
	if (rc == OK)
		rc = store_read_outside(s->dir, &s->format, &s->sealed, e);
	return rc == OK ? unlock_with(s, passphrase, e) : rc;
}

static int take_lock(struct store *s, struct err *e)
{
	char path[4096], who[STORE_PERSON_MOST + 80], since[32];
	if (snprintf(path, sizeof path, "%s/" LOCK, s->dir) >= (int)sizeof path)
		return err_set(e, ERR_IO, _("the name of the folder is too long"));
	civil_format_time(since, sizeof since, cmin_minute(store_now_civil(s)));
	/* The lock file isn't sealed, so a sealed store's holder is known by the process alone. */
	if (s->sealed)
		snprintf(who, sizeof who, _("process %ld · since %s"), os_process_number(), since);
	else
		snprintf(who, sizeof who, _("%s · process %ld · since %s"), s->person, os_process_number(), since);
	int rc = os_lock_take(path, who, &s->lock, e);
	if (rc != ERR_BUSY)
		return rc;
	os_lock_holder(path, who, sizeof who);
	return err_set(e, ERR_BUSY,
		_("the store is open in another program (%s). Close it there, or open it here for reading only"),
		who);
}

/* Where this store's own numbering stands, and who coordinates here. */
static int read_own(struct store *s, const char *person, struct err *e)
{
	struct view *v;
	struct head head;
	struct rec *site = NULL;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	rc = view_head(v, &head, e);
	if (rc == OK)
		rc = view_now(v, a, TYPE_SITE, s->format.site, &site, e);
	if (rc == OK) {
		s->next_id = head.next_id;
		s->changed = head.clock;
	}
	/* What is remembered may be of a newer version, and must not keep the store shut. */
	if (rc == OK && person)
		rc = store_set_person(s, person, e);
	else if (site)
		store_set_person(s, rec_text(site, F_SITE_COORDINATOR), NULL);
	arena_free(a);
	view_end(v);
	return rc;
}

static int begin_writing(struct store *s, const char *person, struct err *e)
{
	assert(!s->readonly && !s->lock);
	int rc = take_lock(s, e);
	if (rc != OK)
		return rc;
	assert(s->lock);
	leftover_remove(s->dir);
	leftover_keep_copies(s->dir);
	rc = index_form_renew(s, e);
	if (rc != OK)
		return rc;
	/* Again: until the lock was ours, another program may have written. */
	rc = read_own(s, person, e);
	return rc == OK ? identity_settle(s, e) : rc;
}

static int open_store(struct store *s, const struct store_opts *opts, struct err *e)
{
	int rc = open_outside(s, opts->passphrase, e);
	if (rc == OK)
		rc = store_quick_check(s, e);
	if (rc == OK)
		rc = kv_open(s->dir, (s->readonly ? KV_READONLY : 0) | (opts->eager ? KV_EAGER : 0), &s->kv, e);
	if (rc == OK)
		rc = read_own(s, opts->person, e);
	return rc == OK && !s->readonly ? begin_writing(s, opts->person, e) : rc;
}

static struct store *new_store(const char *dir, struct os_clock clock)
{
	struct store *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	s->dir = mem_strdup(dir);
	s->clock = clock;
	return s;
}

int store_open(const char *dir, const struct store_opts *opts, struct store **out, struct err *e)
{
	*out = NULL;
	struct store *s = new_store(dir, opts->clock);
	if (!s)
		return view_nomem(e);
	s->readonly = opts->readonly;
	int rc = open_store(s, opts, e);
	if (rc != OK) {
		store_close(s);
		return rc;
	}
	assert(s->seal && s->kv);
	*out = s;
	return OK;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	if (s->settled)
		identity_note(s);
	kv_close(s->kv);
	seal_close(s->seal);
	os_lock_release(s->lock);
	free(s->dir);
	free(s);
}

int store_defer_sync(struct store *s, bool defer, struct err *e)
{
	assert(!s->readonly);
	return kv_defer(s->kv, defer, e);
}

int store_fold(struct store *s, struct err *e)
{
	return s->readonly || s->dry_run ? OK : kv_fold(s->kv, e);
}

/* ---- keys ---------------------------------------------------------------------------------------- */

void store_lock(struct store *s)
{
	seal_close(s->seal);
	s->seal = NULL;
}

int store_unlock(struct store *s, const char *passphrase, struct err *e)
{
	return s->seal ? OK : unlock_with(s, passphrase, e);
}

int store_set_passphrase(struct store *s, const char *old, const char *fresh, struct err *e)
{
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (!s->seal)
		return err_set(e, ERR_KEY, _("the store is locked; give the passphrase"));
	int rc = leftover_drop_keys(s->dir, e);
	if (rc == OK)
		rc = keys_change(s->dir, old, fresh, e);
	leftover_keep_copies(s->dir);
	if (rc == OK)
		rc = keys_is_sealed(s->dir, &s->sealed, e);
	if (rc != OK)
		return rc;
	rc = backup_rekey(s, e);
	if (rc != OK)
		err_prefix(e, _("the passphrase is changed, but some automatic backups still open as before"));
	return rc;
}

/* ---- making -------------------------------------------------------------------------------------- */

static struct id random_id(void)
{
	struct id id;
	os_random(id.b, sizeof id.b);
	id.b[6] = (uint8_t)(0x40 | (id.b[6] & 0x0f));
	id.b[8] = (uint8_t)(0x80 | (id.b[8] & 0x3f));
	return id;
}

uint64_t store_random_incarnation(void)
{
	uint64_t inc;
	do {
		os_random(&inc, sizeof inc);
		inc >>= 4;
	} while (inc == 0);
	return inc;
}

static int write_site(struct store *s, const struct store_new *how, struct err *e)
{
	struct change *c;
	struct id site = s->format.site;
	int rc = change_begin(s, ACT_FOUND, &c, e);
	if (rc != OK)
		return rc;
	change_arg(c, value_id(site));
	change_make(c, TYPE_SITE, site);
	rc = change_set(c, TYPE_SITE, site, F_SITE_NAME, value_text(how->site), e);
	if (rc == OK && how->person)
		rc = change_set(c, TYPE_SITE, site, F_SITE_COORDINATOR, value_text(how->person), e);
	if (rc == OK)
		return change_commit(c, NULL, e);
	change_abandon(c);
	return rc;
}

/* Everything in the folder `s->dir`, which is new and nobody's yet. */
static int fill_folder(struct store *s, const struct store_new *how, struct err *e)
{
	char db[4096];
	uint8_t key[SEAL_KEY];
	if (snprintf(db, sizeof db, "%s/db", s->dir) >= (int)sizeof db)
		return err_set(e, ERR_IO, _("the name of the folder is too long"));
	int rc = os_mkdir_p(db, e);
	if (rc == OK)
		rc = keys_create(s->dir, how->passphrase, how->fast_kdf, key, e);
	if (rc == OK)
		rc = seal_open(key, 1, s->format.store, &s->seal, e);
	explicit_bzero(key, sizeof key);
	if (rc == OK)
		rc = kv_open(s->dir, KV_CREATE, &s->kv, e);
	if (rc == OK)
		rc = index_form_begin(s->kv, e);
	if (rc == OK)
		rc = write_site(s, how, e);
	s->format.lmdb = kv_file_version(s->dir);
	if (rc == OK)
		rc = keys_write_format(s->dir, &s->format, e);
	if (rc == OK)
		rc = os_fsync_dir(db, e);
	return rc == OK ? os_fsync_dir(s->dir, e) : rc;
}

static int put_in_place(const char *made, const char *dir, struct err *e)
{
	int rc = os_remove_folder(dir, e);
	if (rc == OK)
		rc = os_rename_new(made, dir, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	rc = os_fsync_dir(os_path_join(a, dir, ".."), e);
	arena_free(a);
	return rc;
}

/* A store is made beside its place and takes it, which "." and ".." can't be given up for. */
static int refuse_nameless(const char *dir, struct err *e)
{
	const char *slash = strrchr(dir, '/'), *name = slash ? slash + 1 : dir;
	if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
		return OK;
	return err_set(e, ERR_DATA, _("%s is no name for a new store's folder; choose one that isn't there yet"), dir);
}

static int refuse_taken(const char *dir, struct err *e)
{
	size_t names;
	int rc = refuse_nameless(dir, e);
	if (rc == OK)
		rc = store_refuse_network(dir, e);
	if (rc == OK)
		rc = count_names(dir, &names, e);
	if (rc == OK && names > 0)
		rc = err_set(e, ERR_CONFLICT, _("%s isn't empty; a new store needs a folder of its own"), dir);
	return rc;
}

/* Beside its place, under a name that nobody else gives to a folder. */
static char *unfinished_name(struct arena *a, const char *dir)
{
	size_t n = strlen(dir), at;
	while (n > 1 && dir[n - 1] == '/')
		n--;
	for (at = n; at > 0 && dir[at - 1] != '/';)
		at--;
	return arena_printf(a, "%.*s.samvagt-%.*s.new", (int)at, dir, (int)(n - at), dir + at);
}

/* Who has the lock in the folder makes the store; what lies there is of one who was interrupted. */
static int begin_making(struct arena *a, const char *made, const char *dir, struct os_lock **lock, struct err *e)
{
	char **names;
	size_t n;
	int rc = os_mkdir_p(made, e);
	if (rc == OK)
		rc = os_lock_take(os_path_join(a, made, LOCK), "", lock, e);
	if (rc == ERR_BUSY)
		return err_set(e, ERR_BUSY, _("another program makes the store %s just now; wait until it is done"), dir);
	if (rc == OK)
		rc = os_list_dir(a, made, &names, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (strcmp(names[i], LOCK) != 0)
			rc = os_remove_tree(os_path_join(a, made, names[i]), e);
	return rc;
}

int store_make(const char *dir, int (*fill)(void *ctx, const char *made, struct err *e), void *ctx, struct err *e)
{
	struct os_lock *lock = NULL;
	int rc = refuse_taken(dir, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	const char *made = unfinished_name(a, dir);
	rc = begin_making(a, made, dir, &lock, e);
	if (rc == OK)
		rc = fill(ctx, made, e);
	if (rc == OK)
		rc = put_in_place(made, dir, e);
	if (rc != OK && lock)
		os_remove_tree(made, NULL);
	os_lock_release(lock);
	arena_free(a);
	return rc;
}

struct making { const struct store_new *how; const struct os_clock *clock; };

static int fill_new(void *ctx, const char *made, struct err *e)
{
	const struct making *m = ctx;
	uint64_t inc = store_random_incarnation();
	struct store *s = new_store(made, *m->clock);
	if (!s)
		return view_nomem(e);
	s->format = (struct keys_format){ .store = random_id(), .site = id_make(inc, 1), .incarnation = inc };
	s->next_id = 2;
	int rc = store_set_person(s, m->how->person ? m->how->person : "", e);
	if (rc == OK)
		rc = fill_folder(s, m->how, e);
	store_close(s);
	return rc;
}

int store_create(const char *dir, const struct store_new *how, const struct os_clock *clock, struct err *e)
{
	struct making m = { how, clock };
	return store_make(dir, fill_new, &m, e);
}
