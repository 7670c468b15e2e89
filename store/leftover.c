/* store/leftover.c - see leftover.h. Owns the folders of a store as folders: names that stay after a crash, and second
 * copies of the two small files. Must not know what is in any of them (keys.c says whether a copy is whole). */
#include "store/leftover.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/keys.h"

enum { SMALL_MOST = 64 << 10 };

#define COPIES "copies"

/* ---- half written ------------------------------------------------------------------------------- */

static void remove_temps(struct arena *a, const char *dir, const char *name)
{
	const char *folder = os_path_join(a, dir, name);
	char **names;
	size_t n;
	if (os_list_dir(a, folder, &names, &n, NULL) != OK)
		return;
	for (size_t i = 0; i < n; i++)
		if (os_is_temp(names[i]))
			os_remove(os_path_join(a, folder, names[i]), NULL);
}

void leftover_remove(const char *dir)
{
	struct arena *a = arena_new();
	assert(*dir);
	remove_temps(a, dir, "");
	remove_temps(a, dir, COPIES);
	remove_temps(a, dir, "draft");
	os_remove_tree(os_path_join(a, dir, "rebuild"), NULL);
	arena_free(a);
}

/* ---- copies -------------------------------------------------------------------------------------- */

static int check_format(const char *dir, struct err *e)
{
	struct keys_format unused;
	return keys_read_format(dir, &unused, e);
}

static int check_keys(const char *dir, struct err *e)
{
	bool unused;
	return keys_is_sealed(dir, &unused, e);
}

static const struct small {
	const char *name;
	int (*check)(const char *dir, struct err *e);
} smalls[] = { { KEYS_FORMAT, check_format }, { KEYS_SLOTS, check_keys } };
enum { SMALLS = sizeof smalls / sizeof *smalls };

static int read_small(struct arena *a, const char *dir, const struct small *f, struct buf *b, struct err *e)
{
	assert(b->n == 0);
	return os_read_file(os_path_join(a, dir, f->name), SMALL_MOST, b, e);
}

/* Only a whole file is copied, and only over one that differs. */
static int copy_small(struct arena *a, const char *from, const char *to, const struct small *f, struct err *e)
{
	struct buf now = { 0 }, was = { 0 };
	int rc = f->check(from, e);
	if (rc == OK)
		rc = read_small(a, from, f, &now, e);
	bool same = rc == OK && read_small(a, to, f, &was, NULL) == OK && was.n == now.n &&
		memcmp(was.p, now.p, now.n) == 0;
	if (rc == OK && !same)
		rc = os_mkdir_p(to, e);
	if (rc == OK && !same)
		rc = os_write_file(os_path_join(a, to, f->name), now.p, now.n, e);
	buf_wipe(&now);
	buf_wipe(&was);
	return rc;
}

void leftover_keep_copies(const char *dir)
{
	struct arena *a = arena_new();
	for (size_t i = 0; i < SMALLS; i++)
		copy_small(a, dir, os_path_join(a, dir, COPIES), &smalls[i], NULL);
	arena_free(a);
}

int leftover_drop_keys(const char *dir, struct err *e)
{
	struct arena *a = arena_new();
	int rc = os_remove(os_path_join(a, os_path_join(a, dir, COPIES), KEYS_SLOTS), e);
	arena_free(a);
	return rc;
}

static bool is_bad(int rc)
{
	return rc == ERR_CORRUPT || rc == ERR_NOTFOUND;
}

bool leftover_can_help(const char *dir)
{
	struct arena *a = arena_new();
	bool can = true;
	for (size_t i = 0; i < SMALLS; i++)
		if (is_bad(smalls[i].check(dir, NULL)))
			can = can && smalls[i].check(os_path_join(a, dir, COPIES), NULL) == OK;
	arena_free(a);
	return can;
}

int leftover_put_back(const char *dir, void (*say)(void *ctx, const char *sentence), void *ctx, struct err *e)
{
	struct arena *a = arena_new();
	int rc = OK;
	for (size_t i = 0; i < SMALLS && rc == OK; i++) {
		if (!is_bad(smalls[i].check(dir, NULL)))
			continue;
		rc = copy_small(a, os_path_join(a, dir, COPIES), dir, &smalls[i], NULL);
		const char *path = os_path_join(a, dir, smalls[i].name);
		if (rc == OK)
			say(ctx, arena_printf(a, _("%s was damaged or missing; its copy is in its place now"), path));
		else
			rc = err_set(e, ERR_CORRUPT,
				_("%s is damaged or missing, and so is its copy; restore a backup with: samvagt restore"), path);
	}
	arena_free(a);
	return rc;
}
