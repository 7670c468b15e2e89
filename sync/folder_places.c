/* sync/folder_places.c - see folder.h. Owns which folders are offered: those used before, and sticks. Must not know
 * what is in them. */
#include "sync/folder.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "sync/folder_priv.h"

enum { PLACES_KEPT = 12, PLACES_BYTES = PLACES_KEPT * (PATH_MAX + 1) };

struct places {
	struct arena *a;
	struct folder_place *at;
	size_t n, cap;
	struct os_mount *mount;
	size_t nmounts;
};

static const char *list_path(struct arena *a)
{
	return os_path_join(a, os_state_home(a), "folders");
}

/* The mount that a path lies on: of all that begin it the longest. */
static const struct os_mount *mount_of(const struct places *p, const char *dir)
{
	const struct os_mount *best = NULL;
	for (size_t i = 0; i < p->nmounts; i++) {
		const struct os_mount *m = &p->mount[i];
		size_t n = strlen(m->dir);
		bool on = strncmp(dir, m->dir, n) == 0 && (dir[n] == '\0' || dir[n] == '/' || n == 1);
		if (on && (!best || n >= strlen(best->dir)))
			best = m;
	}
	return best;
}

static void add_place(struct places *p, const char *dir)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->at[i].dir, dir) == 0)
			return;
	const char *slash = strrchr(dir, '/');
	const struct os_mount *m = mount_of(p, dir);
	p->at = arena_grow(p->a, p->at, &p->cap, p->n + 1, sizeof *p->at);
	p->at[p->n++] = (struct folder_place){
		.dir = dir,
		.label = slash && slash[1] ? slash + 1 : dir,
		.removable = m && m->removable,
		.has_exchange = os_is_dir(os_path_join(p->a, dir, FOLDER_ROOT)),
		.free = os_disk_free(dir),
	};
}

static void add_remembered(struct places *p)
{
	struct buf b = {0};
	if (os_read_file(list_path(p->a), PLACES_BYTES, &b, NULL))
		buf_reset(&b);
	for (const char *at = b.n ? b.p : ""; *at;) {
		size_t n = strcspn(at, "\n");
		char *dir = arena_strndup(p->a, at, n);
		if (n && os_is_dir(dir))
			add_place(p, dir);
		at += n + (at[n] == '\n');
	}
	buf_free(&b);
}

static bool is_for_sticks(const char *dir)
{
	static const char *const under[] = {"/media/", "/run/media/", "/mnt/"};
	for (size_t i = 0; i < sizeof under / sizeof *under; i++)
		if (strncmp(dir, under[i], strlen(under[i])) == 0)
			return true;
	return strcmp(dir, "/mnt") == 0;
}

int folder_places(struct arena *a, struct folder_place **out, size_t *n, struct err *e)
{
	struct places p = {.a = a};
	int rc = os_mounts(a, &p.mount, &p.nmounts, e);
	if (rc == OK)
		add_remembered(&p);
	for (size_t i = 0; rc == OK && i < p.nmounts; i++)
		if (is_for_sticks(p.mount[i].dir) && os_is_dir(p.mount[i].dir))
			add_place(&p, p.mount[i].dir);
	*out = p.at;
	*n = p.n;
	return rc;
}

/* The new one first, then the others as they stood. */
static void write_list(struct buf *b, const struct buf *old, const char *dir)
{
	int kept = 1;
	buf_addf(b, "%s\n", dir);
	for (const char *at = old->n ? old->p : ""; *at && kept < PLACES_KEPT;) {
		size_t n = strcspn(at, "\n");
		if (n && (n != strlen(dir) || memcmp(at, dir, n) != 0)) {
			buf_add(b, at, n);
			buf_addc(b, '\n');
			kept++;
		}
		at += n + (at[n] == '\n');
	}
}

int folder_remember(const char *dir, struct err *e)
{
	char real[PATH_MAX];
	struct arena *a = arena_new();
	struct buf old = {0}, list = {0};
	int rc = OK;
	if (!realpath(dir, real) || strchr(real, '\n')) {
		rc = err_set(e, ERR_NOTFOUND, _("there is no folder %s. Is the stick in?"), dir);
		goto out;
	}
	if (text_find_cpr(real))
		goto out;
	if (os_read_file(list_path(a), PLACES_BYTES, &old, NULL))
		buf_reset(&old);
	write_list(&list, &old, real);
	rc = os_mkdir_p(os_state_home(a), e);
	if (rc == OK)
		rc = os_write_file(list_path(a), list.p, list.n, e);
out:
	buf_free(&old);
	buf_free(&list);
	arena_free(a);
	return rc;
}
