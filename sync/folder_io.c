/* sync/folder_io.c - the real disk under an exchange folder: see folder.h. Owns nothing; hands on to base/os.h. */
#include "sync/folder.h"

#include <assert.h>

static int real_make_dir(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return os_mkdir_p(path, e);
}

static int real_list(void *ctx, struct arena *a, const char *path, struct folder_entry **out, size_t *n, struct err *e)
{
	char **names;
	(void)ctx;
	int rc = os_list_dir(a, path, &names, n, e);
	if (rc)
		return rc;
	assert(names[*n] == NULL);
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++) {
		const char *each = os_path_join(a, path, names[i]);
		(*out)[i] = (struct folder_entry){names[i], os_file_size(each), os_is_dir(each)};
	}
	return OK;
}

static int real_read(void *ctx, const char *path, size_t max, struct buf *b, struct err *e)
{
	(void)ctx;
	return os_read_file(path, max, b, e);
}

static int real_write(void *ctx, const char *path, const void *p, size_t n, struct err *e)
{
	(void)ctx;
	return os_write_down(path, p, n, e);
}

static int real_publish(void *ctx, const char *from, const char *to, struct err *e)
{
	(void)ctx;
	return os_publish(from, to, false, e);
}

static int real_remove(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return os_remove_down(path, e);
}

/* On FAT, what was cut between two names of one file has both, and whoever removes one takes the bytes of the other. On a
 * share, the server may hold it open for a connection that broke, and who removes it waits for minutes. */
static int real_sweep(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	enum os_fs kind = os_fs_kind(path, NULL);
	return kind == OS_FS_FAT || kind == OS_FS_NETWORK ? OK : os_remove(path, e);
}

static int real_settle(void *ctx, const char *path, struct err *e)
{
	(void)ctx;
	return os_sync_fs(path, e);
}

static int real_read_back(void *ctx, const char *path, size_t max, struct buf *b, struct err *e)
{
	(void)ctx;
	return os_read_back(path, max, b, e);
}

struct folder_io folder_io_real(void)
{
	return (struct folder_io){real_make_dir, real_list, real_read, real_write, real_publish, real_remove, real_sweep,
		real_settle, real_read_back, NULL};
}
