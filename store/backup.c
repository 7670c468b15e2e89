/* store/backup.c - see backup.h. Owns making a backup and a store from one, and which of the automatic ones are kept.
 * Must not know what is in them (backup_hold.c), nor how the file is sealed (backup_file.c). */
#include "store/backup.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "store/backup_hold.h"
#include "store/replay.h"

enum {
	FILE_MOST = 64 << 10,
	DAY_SECONDS = 86400,
	KEEP_NEWEST = 7,
	KEEP_WEEKS = 4,
};

#define AUTO_NAME "auto-%04d%02d%02dT%02d%02d%02dZ-%09" PRIu64 ".svb"

/* ---- writing and checking -------------------------------------------------------------------------- */

static int read_small(struct arena *a, const struct store *s, const char *name, struct buf *b, struct err *e)
{
	return os_read_file(os_path_join(a, store_dir(s), name), FILE_MOST, b, e);
}

static int begin_file(struct store *s, const char *path, struct backup_out **out, struct err *e)
{
	struct arena *a = arena_new();
	struct buf format = {0}, keys = {0};
	int rc = read_small(a, s, KEYS_FORMAT, &format, e);
	if (rc == OK)
		rc = read_small(a, s, KEYS_SLOTS, &keys, e);
	if (rc == OK)
		rc = backup_out_begin(path, &format, &keys, s->seal, out, e);
	buf_free(&format);
	buf_wipe(&keys);
	arena_free(a);
	return rc;
}

static int write_file(struct view *v, const char *path, const struct backup_progress *progress, struct err *e)
{
	struct backup_out *out;
	int rc = begin_file(view_store(v), path, &out, e);
	if (rc != OK)
		return rc;
	rc = backup_hold_write(v, out, progress, e);
	if (rc == OK)
		return backup_out_end(out, false, e);
	backup_out_abandon(out);
	return rc;
}

static char *folder_of(struct arena *a, const struct store *s)
{
	return os_path_join(a, store_dir(s), "backup");
}

int backup_write(struct store *s, const char *path, int (*progress)(void *, size_t, size_t), void *ctx, struct err *e)
{
	const struct backup_progress w = {progress, ctx};
	struct arena *a = arena_new();
	struct view *v;
	if (os_exists(path)) {
		arena_free(a);
		return err_set(e, ERR_CONFLICT, _("%s exists already, and a backup never replaces another file"), path);
	}
	/* Where that can't be made, elsewhere may still do. */
	const char *folder = folder_of(a, s);
	int rc = os_mkdir_p(folder, e);
	if (rc != OK && strncmp(path, folder, strlen(folder)) != 0)
		rc = OK;
	if (rc == OK)
		rc = view_begin(s, &v, e);
	if (rc == OK) {
		rc = write_file(v, path, &w, e);
		view_end(v);
	}
	arena_free(a);
	return rc;
}

int backup_check(const char *path, const char *passphrase, struct backup_info *out, struct err *e)
{
	struct backup_in *in;
	*out = (struct backup_info){.made = 0};
	int rc = backup_in_open(path, passphrase, &in, e);
	if (rc != OK)
		return rc;
	rc = backup_hold_read(in, NULL, out, e);
	backup_in_close(in);
	return rc;
}

/* ---- restoring ----------------------------------------------------------------------------------- */

struct restoring {
	struct backup_in *in;
	const struct os_clock *clock;
};

/* The database first; the format file, which makes the folder a store, last. */
static int fill_from(void *ctx, const char *made, struct err *e)
{
	const struct restoring *r = ctx;
	struct keys_format format = *backup_in_format(r->in);
	struct backup_info info;
	struct store *s;
	struct arena *a = arena_new();
	const struct buf *keys = backup_in_keys(r->in);
	format.incarnation = store_random_incarnation();
	int rc = replay_begin(made, &format, backup_in_seal(r->in), r->clock, &s, e);
	if (rc == OK)
		rc = backup_hold_read(r->in, s, &info, e);
	if (rc == OK)
		rc = replay_finish(s, e);
	replay_close(s);
	format.lmdb = kv_file_version(made);
	if (rc == OK)
		rc = os_write_file(os_path_join(a, made, KEYS_SLOTS), keys->p, keys->n, e);
	if (rc == OK)
		rc = os_fsync_dir(os_path_join(a, made, "db"), e);
	if (rc == OK)
		rc = keys_write_format(made, &format, e);
	arena_free(a);
	return rc;
}

int backup_restore(const char *path, const char *dir, const char *passphrase, const struct os_clock *clock,
		   struct err *e)
{
	struct restoring r = {.clock = clock};
	int rc = backup_in_open(path, passphrase, &r.in, e);
	if (rc != OK)
		return rc;
	rc = store_make(dir, fill_from, &r, e);
	backup_in_close(r.in);
	return rc;
}

/* ---- the automatic ones -------------------------------------------------------------------------- */

/* What the name of an automatic backup tells. */
struct dated {
	int64_t made;
	uint64_t groups;
	const char *name;
};

static int64_t week_of(int64_t utc)
{
	int64_t day = utc / DAY_SECONDS;
	return (day + 3) / 7; /* 1970-01-01 was a Thursday; weeks begin on Monday */
}

static char *auto_name(struct arena *a, int64_t utc, uint64_t groups)
{
	int64_t day = utc / DAY_SECONDS, second = utc % DAY_SECONDS;
	struct ymd d = civil_to_ymd((civil_date)day);
	return arena_printf(a, AUTO_NAME, d.y, d.m, d.d, (int)(second / 3600), (int)(second / 60 % 60),
			    (int)(second % 60), groups);
}

static bool read_name(struct arena *a, const char *name, struct dated *out)
{
	int y, m, d, hour, minute, second;
	if (sscanf(name, "auto-%4d%2d%2dT%2d%2d%2dZ-%" SCNu64, &y, &m, &d, &hour, &minute, &second, &out->groups) !=
		    7 ||
	    !civil_valid(y, m, d))
		return false;
	out->made = (int64_t)civil_from_ymd(y, m, d) * DAY_SECONDS + hour * 3600 + minute * 60 + second;
	out->name = name;
	return out->made >= 0 && strcmp(auto_name(a, out->made, out->groups), name) == 0;
}

/* Those that are there, newest first (their names sort by time). */
static int list_kept(struct arena *a, const char *folder, struct dated **out, size_t *n, struct err *e)
{
	char **names;
	size_t many;
	*n = 0;
	int rc = os_list_dir(a, folder, &names, &many, e);
	if (rc != OK)
		return rc;
	*out = arena_alloc(a, (many + 1) * sizeof **out);
	for (size_t i = many; i-- > 0;)
		if (read_name(a, names[i], &(*out)[*n]))
			++*n;
	return OK;
}

/* The newest few, and the newest of each of the last weeks that have any. */
static int rotate(struct arena *a, const char *folder, struct err *e)
{
	struct dated *kept = NULL;
	size_t n, weeks = 0;
	int rc = list_kept(a, folder, &kept, &n, e);
	for (size_t i = 0; i < n && rc == OK; i++) {
		bool of_week = i == 0 || week_of(kept[i].made) != week_of(kept[i - 1].made);
		weeks += of_week;
		if (i >= KEEP_NEWEST && !(of_week && weeks <= KEEP_WEEKS))
			rc = os_remove(os_path_join(a, folder, kept[i].name), e);
	}
	return rc;
}

static int count_groups(struct store *s, size_t *n, struct err *e)
{
	struct view *v;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = replay_count(v, n, e);
	view_end(v);
	return rc;
}

/* A backup from the future is of a clock that was wrong; it doesn't hold back the next one. */
static bool is_due(const struct dated *newest, int64_t now, int64_t min_age, uint64_t groups)
{
	return newest->groups != groups && (now - newest->made >= min_age || newest->made > now);
}

static int make_auto(struct arena *a, struct store *s, int64_t min_age, bool *made, struct err *e)
{
	const char *folder = folder_of(a, s);
	struct dated *kept = NULL;
	size_t n = 0, groups;
	int rc = os_mkdir_p(folder, e);
	if (rc == OK)
		rc = list_kept(a, folder, &kept, &n, e);
	if (rc == OK)
		rc = count_groups(s, &groups, e);
	if (rc != OK || (n > 0 && !is_due(&kept[0], store_now(s), min_age, groups)))
		return rc;
	rc = backup_write(s, os_path_join(a, folder, auto_name(a, store_now(s), groups)), NULL, NULL, e);
	*made = rc == OK;
	return rc == OK ? rotate(a, folder, e) : rc;
}

/* ---- when the keys have changed ------------------------------------------------------------------ */

static int copy_pieces(struct backup_in *in, struct backup_out *out, struct err *e)
{
	const uint8_t *p;
	size_t n;
	int rc = backup_in_piece(in, &p, &n, e);
	while (rc == OK && n > 0) {
		rc = backup_out_piece(out, p, n, e);
		if (rc == OK)
			rc = backup_in_piece(in, &p, &n, e);
	}
	return rc;
}

static int write_again(struct store *s, struct backup_in *in, const char *path, struct err *e)
{
	struct backup_out *out;
	int rc = begin_file(s, path, &out, e);
	if (rc != OK)
		return rc;
	rc = copy_pieces(in, out, e);
	if (rc == OK)
		return backup_out_end(out, true, e);
	backup_out_abandon(out);
	return rc;
}

/* What is damaged is no use any more, but could still give the key away. */
static int follow_keys(struct store *s, const char *path, const struct buf *keys, struct err *e)
{
	struct backup_in *in;
	int rc = backup_in_open_own(path, s->seal, &in, e);
	if (rc == OK) {
		const struct buf *then = backup_in_keys(in);
		bool same = then->n == keys->n && memcmp(then->p, keys->p, keys->n) == 0;
		if (!same && id_equal(backup_in_format(in)->store, s->format.store))
			rc = write_again(s, in, path, e);
		backup_in_close(in);
	}
	if (rc == ERR_CORRUPT || rc == ERR_DATA)
		return os_remove(path, e);
	return rc == ERR_UNSUPPORTED ? OK : rc;
}

int backup_rekey(struct store *s, struct err *e)
{
	struct arena *a = arena_new();
	const char *folder = folder_of(a, s);
	struct buf keys = {0};
	struct dated *kept = NULL;
	size_t n = 0;
	assert(s->seal && !s->readonly);
	int rc = os_is_dir(folder) ? list_kept(a, folder, &kept, &n, e) : OK;
	if (rc == OK)
		rc = read_small(a, s, KEYS_SLOTS, &keys, e);
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = follow_keys(s, os_path_join(a, folder, kept[i].name), &keys, e);
	buf_wipe(&keys);
	arena_free(a);
	return rc;
}

int backup_auto(struct store *s, int64_t min_age, bool *made, struct err *e)
{
	bool unused;
	made = made ? made : &unused;
	*made = false;
	if (s->readonly)
		return OK;
	struct arena *a = arena_new();
	int rc = make_auto(a, s, min_age, made, e);
	/* Usually there is nothing to do; but a change of the passphrase may have been interrupted. */
	if (rc == OK)
		rc = backup_rekey(s, e);
	arena_free(a);
	return rc;
}
