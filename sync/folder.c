/* sync/folder.c - see folder.h. Owns what lies in the exchange folder and how it gets there. Must not know what the
 * files say, nor call the system: that is struct folder_io's. */
#include "sync/folder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "sync/folder_priv.h"

enum { COPIES = 9 };

/* A file that was put, and its bytes as a chain: read back it must give the same. */
struct put_file { const char *path; size_t n; uint8_t sum[CHAIN]; };

struct folder {
	struct folder_io io;
	struct arena *a;
	const char *dir;                  /* as it was given */
	const char *root;                 /* the folder SAMVAGT itself */
	uint64_t own;
	bool tries, is_new;               /* nothing is written, whatever is missing; nobody was here before */
	struct folder_file *file;
	size_t n, cap;
	struct put_file *put;
	size_t nput, put_cap;
};

static void sum_bytes(const void *p, size_t n, uint8_t sum[CHAIN])
{
	chain_begin(sum, 0);
	chain_add(sum, p, n);
}

static void add_file(struct folder *f, const struct folder_file *file)
{
	f->file = arena_grow(f->a, f->file, &f->cap, f->n + 1, sizeof *f->file);
	f->file[f->n++] = *file;
}

static const char *whole_path(struct folder *f, struct arena *a, const char *path)
{
	return os_path_join(a, f->root, path);
}

/* ---- listing ---- */

static void sweep(struct folder *f, const char *dir, const char *name)
{
	if (f->own && folder_is_part_of(name, f->own))
		(void)f->io.sweep(f->io.ctx, os_path_join(f->a, dir, name), NULL);
}

static void see_file(struct folder *f, const char *path, const struct folder_entry *entry, uint64_t inc)
{
	struct folder_file file;
	folder_parse_file(entry->name, &file);
	file.path = path;
	file.size = entry->size;
	file.inc = inc;
	if (file.kind != FOLDER_UNKNOWN || (entry->size > 0 && entry->size <= SEGMENT_BYTES_MOST))
		add_file(f, &file);
}

/* The files of one folder, `path` from the root; those in it are left to the caller. */
static int list_folder(struct folder *f, const char *path, uint64_t inc, struct folder_entry **entries, size_t *n,
	struct err *e)
{
	const char *dir = *path ? whole_path(f, f->a, path) : f->root;
	uint8_t ring[SEGMENT_RING];
	int rc = f->io.list(f->io.ctx, f->a, dir, entries, n, e);
	for (size_t i = 0; rc == OK && i < *n; i++) {
		const struct folder_entry *each = &(*entries)[i];
		if (folder_is_half(each->name))
			sweep(f, dir, each->name);
		else if (!each->is_dir && !folder_parse_marker(each->name, ring))
			see_file(f, *path ? os_path_join(f->a, path, each->name) : each->name, each, inc);
	}
	return rc;
}

static int compare_paths(const void *x, const void *y)
{
	const struct folder_file *p = x, *q = y;
	return strcmp(p->path, q->path);
}

/* A folder that goes while it is listed was somebody else's to remove. */
static int list_all(struct folder *f, struct err *e)
{
	struct folder_entry *top, *dirs, *files;
	size_t ntop, ndirs = 0, nfiles;
	uint64_t inc;
	int rc = list_folder(f, "", 0, &top, &ntop, e);
	if (rc == OK)
		rc = list_folder(f, "s", 0, &dirs, &ndirs, e);
	if (rc == ERR_NOTFOUND)
		return OK;
	for (size_t i = 0; rc == OK && i < ndirs; i++) {
		if (!dirs[i].is_dir || dirs[i].name[0] == '.')
			continue;
		folder_parse_inc(dirs[i].name, &inc);
		rc = list_folder(f, os_path_join(f->a, "s", dirs[i].name), inc, &files, &nfiles, e);
		rc = rc == ERR_NOTFOUND ? OK : rc;
	}
	if (f->n)
		qsort(f->file, f->n, sizeof *f->file, compare_paths);
	return rc;
}

void folder_list(struct folder *f, struct arena *a, struct folder_file **out, size_t *n)
{
	*out = arena_copy(a, f->file, f->n * sizeof **out);
	*n = f->n;
	for (size_t i = 0; i < f->n; i++)
		(*out)[i].path = arena_strdup(a, f->file[i].path);
}

static bool is_named(const struct folder_file *file, const struct folder_file *want)
{
	return file->kind == want->kind && file->inc == want->inc && file->first == want->first &&
	       (file->last == want->last || want->last == 0) && memcmp(file->hash, want->hash, sizeof want->hash) == 0;
}

const struct folder_file *folder_next(const struct folder *f, const struct folder_file *after,
	const struct folder_file *want)
{
	for (size_t i = after ? (size_t)(after - f->file) + 1 : 0; i < f->n; i++)
		if (is_named(&f->file[i], want))
			return &f->file[i];
	return NULL;
}

/* ---- reading ---- */

int folder_read(struct folder *f, const struct folder_file *file, struct buf *b, struct err *e)
{
	assert(file->path && file->path[0] != '/');
	bool is_state = file->kind == FOLDER_SNAPSHOT || file->kind == FOLDER_EXTRACT;
	size_t max = is_state ? SNAPSHOT_BYTES_MOST : SEGMENT_BYTES_MOST;
	char *path = os_path_join(f->a, f->root, file->path);
	buf_reset(b);
	return f->io.read(f->io.ctx, path, max, b, e);
}

/* ---- writing ---- */

/* Whoever carries a stick knows the stick, and none of the files on it. */
static int say_unwritten(const struct folder *f, int rc, struct err *e)
{
	if (rc == ERR_READONLY)
		return err_set(e, rc, _("nothing was left on %s: it can only be read, or you have no permission there. Unlock it, or use "
			"another one, and meet again"), f->dir);
	if (rc == ERR_FULL)
		return err_set(e, rc, _("not everything was left on %s: there is no room. Free some, or use another one, and meet again"),
			f->dir);
	if (rc == ERR_IO)
		return err_set(e, rc, _("not everything was left on %s: it failed, or was taken out. Meet there again, or use another one"),
			f->dir);
	return rc;
}

/* Written beside its place under a name that nobody reads, and then named. */
static int write_file(struct folder *f, const char *dir, const char *name, const void *p, size_t n, struct err *e)
{
	char part[FOLDER_NAME];
	uint64_t chance;
	assert(f->own && name[0] != '.');
	os_random(&chance, sizeof chance);
	folder_name_part(f->own, chance, part);
	const char *in = *dir ? whole_path(f, f->a, dir) : f->root, *from = os_path_join(f->a, in, part);
	int rc = f->io.make_dir(f->io.ctx, in, e);
	if (rc == OK)
		rc = f->io.write(f->io.ctx, from, p, n, e);
	if (rc == OK)
		rc = f->io.publish(f->io.ctx, from, os_path_join(f->a, in, name), e);
	if (rc)
		return say_unwritten(f, rc, e);
	struct put_file put = {.path = *dir ? os_path_join(f->a, dir, name) : arena_strdup(f->a, name), .n = n};
	sum_bytes(p, n, put.sum);
	f->put = arena_grow(f->a, f->put, &f->put_cap, f->nput + 1, sizeof *f->put);
	f->put[f->nput++] = put;
	return OK;
}

static bool is_whole(struct folder *f, const char *path, const void *p, size_t n)
{
	struct buf b = {0};
	bool same = f->io.read(f->io.ctx, whole_path(f, f->a, path), n, &b, NULL) == OK && b.n == n &&
		    (n == 0 || memcmp(b.p, p, n) == 0);
	buf_free(&b);
	return same;
}

static bool is_there(const struct folder *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcasecmp(f->file[i].path, path) == 0)
			return true;
	return false;
}

/* One of the names that a file may have: OK, and *taken when it is somebody else's. */
static int put_as(struct folder *f, struct folder_file *file, int copy, const void *p, bool *taken, bool *written,
	struct err *e)
{
	char name[FOLDER_NAME], inc[FOLDER_INC];
	size_t n = (size_t)file->size;
	int rc = OK;
	folder_name_inc(file->inc, inc);
	folder_name_file(file, copy, name);
	const char *dir = os_path_join(f->a, "s", inc);
	file->path = os_path_join(f->a, dir, name);
	*taken = is_there(f, file->path);
	if (!*taken) {
		rc = write_file(f, dir, name, p, n, e);
		*written = rc == OK;
		*taken = rc == ERR_CONFLICT;
	}
	if (!*taken)
		return rc;
	*taken = !is_whole(f, file->path, p, n);
	return OK;
}

int folder_put(struct folder *f, enum folder_kind kind, uint64_t inc, uint64_t first, uint64_t last,
	const uint8_t hash[SEGMENT_HASH], const void *p, size_t n, bool *written, struct err *e)
{
	struct folder_file file = {.kind = kind, .inc = inc, .first = first, .last = last, .size = (int64_t)n};
	bool taken = true, wrote = false;
	int rc = OK;
	assert(f->own && inc && kind < FOLDER_UNKNOWN);
	memcpy(file.hash, hash, sizeof file.hash);
	for (int copy = 1; rc == OK && taken && copy <= COPIES; copy++)
		rc = put_as(f, &file, copy, p, &taken, &wrote, e);
	if (rc == OK && taken)
		return err_set(e, ERR_CONFLICT, _("%s is damaged, and so are its copies. Remove them, or use another folder"),
			file.path);
	if (rc == OK && wrote)
		add_file(f, &file);
	if (written)
		*written = rc == OK && wrote;
	return rc;
}

int folder_remove(struct folder *f, const struct folder_file *file, struct err *e)
{
	assert(f->own && file->path[0] != '/');
	int rc = f->io.remove(f->io.ctx, whole_path(f, f->a, file->path), e);
	for (size_t i = 0; rc == OK && i < f->n; i++)
		if (strcmp(f->file[i].path, file->path) == 0) {
			memmove(f->file + i, f->file + i + 1, (f->n - i - 1) * sizeof *f->file);
			f->n--;
			break;
		}
	return rc;
}

/* ---- settling ---- */

static int check_put(struct folder *f, const struct put_file *put, struct err *e)
{
	struct buf b = {0};
	uint8_t sum[CHAIN];
	const char *path = whole_path(f, f->a, put->path);
	int rc = f->io.read_back(f->io.ctx, path, put->n, &b, e);
	sum_bytes(b.p, rc == OK ? b.n : 0, sum);
	buf_free(&b);
	if ((rc == OK && memcmp(sum, put->sum, CHAIN) != 0) || rc == ERR_DATA) {
		(void)f->io.remove(f->io.ctx, path, NULL);
		rc = err_set(e, ERR_IO, _("%s doesn't keep what is written to it: don't use it any more"), f->root);
	}
	return rc;
}

int folder_settle(struct folder *f, struct err *e)
{
	assert(f->own || !f->nput);
	int rc = f->nput ? say_unwritten(f, f->io.settle(f->io.ctx, f->root, e), e) : OK;
	for (size_t i = 0; rc == OK && i < f->nput; i++)
		rc = check_put(f, &f->put[i], e);
	return rc;
}

/* ---- opening ---- */

/* ERR_NOTFOUND: there is no marker at all. */
static int check_markers(struct folder *f, const uint8_t ring[SEGMENT_RING], const char *ring_name, struct err *e)
{
	struct folder_entry *entry;
	uint8_t found[SEGMENT_RING];
	bool other = false;
	size_t n;
	int rc = f->io.list(f->io.ctx, f->a, f->root, &entry, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (!folder_parse_marker(entry[i].name, found))
			continue;
		if (memcmp(found, ring, SEGMENT_RING) == 0)
			return OK;
		other = true;
	}
	if (rc == OK && other)
		return err_set(e, ERR_REFUSED, _("%s belongs to another ring than %s. Use another folder"), f->root, ring_name);
	return rc ? rc : ERR_NOTFOUND;
}

/* It doesn't say what the ring is called: whoever finds the stick learns no names. */
static int put_marker(struct folder *f, const uint8_t ring[SEGMENT_RING], struct err *e)
{
	static const char text[] = "SVRING1\r\n";
	char name[FOLDER_NAME];
	folder_name_marker(ring, name);
	int rc = write_file(f, "", name, text, sizeof text - 1, e);
	return rc == ERR_CONFLICT ? OK : rc;
}

static int open_root(struct folder *f, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	struct err *e)
{
	struct folder_entry *unused;
	size_t n;
	int rc = f->io.list(f->io.ctx, f->a, dir, &unused, &n, e);
	if (rc == ERR_NOTFOUND)
		return err_set(e, rc, _("there is no folder %s. Is the stick in?"), dir);
	if (rc == ERR_DATA)
		return err_set(e, rc, _("%s is a file, and a folder is wanted: the stick itself, or one on a shared drive"), dir);
	if (rc)
		return rc;
	rc = check_markers(f, ring, ring_name, e);
	if (rc != ERR_NOTFOUND)
		return rc;
	f->is_new = true;
	if (f->tries)
		return OK;
	if (!f->own)
		return err_set(e, rc, _("nobody has left anything in %s yet, so there is nothing to receive. \"samvagt sync\" leaves there what "
			"this site has"), dir);
	return put_marker(f, ring, e);
}

/* Whoever gives the folder SAMVAGT itself means it, and not one in it. */
static bool is_root(const char *dir)
{
	size_t n = strlen(dir), root = strlen(FOLDER_ROOT);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	return n >= root && strncmp(dir + n - root, FOLDER_ROOT, root) == 0 && (n == root || dir[n - root - 1] == '/');
}

static int open_as(const struct folder_io *io, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	uint64_t own, bool tries, struct folder **out, struct err *e)
{
	struct folder *f = mem_alloc(sizeof *f);
	assert(io->list && io->publish && io->read_back && !(own && tries));
	f->io = *io;
	f->own = own;
	f->tries = tries;
	f->a = arena_new();
	f->dir = arena_strdup(f->a, dir);
	f->root = is_root(dir) ? arena_strdup(f->a, dir) : os_path_join(f->a, dir, FOLDER_ROOT);
	int rc = open_root(f, dir, ring, ring_name, e);
	if (rc == OK)
		rc = list_all(f, e);
	if (rc) {
		folder_close(f);
		f = NULL;
	}
	*out = f;
	return rc;
}

int folder_open(const struct folder_io *io, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	uint64_t own, struct folder **out, struct err *e)
{
	return open_as(io, dir, ring, ring_name, own, false, out, e);
}

int folder_try(const struct folder_io *io, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	struct folder **out, struct err *e)
{
	return open_as(io, dir, ring, ring_name, 0, true, out, e);
}

bool folder_is_new(const struct folder *f)
{
	return f->is_new;
}

void folder_close(struct folder *f)
{
	if (f)
		arena_free(f->a);
	free(f);
}
