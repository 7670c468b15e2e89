/* base/os_stick.c - see os.h. Owns what files need that are to be carried away: that they are down before anybody pulls
 * the stick, and where sticks are. Must not know what is in the files. */
#include "base/os.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os_priv.h"

int os_write_down(const char *path, const void *p, size_t n, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set_errno(e, errno == EEXIST ? ERR_CONFLICT : ERR_IO, errno, _("%s could not be written"), path);
	int errnum = os_write_all(fd, p, n);
	if (!errnum && fsync(fd) < 0)
		errnum = errno;
	if (close(fd) < 0 && !errnum)
		errnum = errno;
	if (!errnum)
		return OK;
	unlink(path);
	return err_set_errno(e, ERR_IO, errnum, _("%s could not be written"), path);
}

int os_sync_fs(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int errnum = fd < 0 || syncfs(fd) < 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	return errnum ? err_set_errno(e, ERR_IO, errnum, _("%s could not be written"), path) : OK;
}

/* Only pages that are down are forgotten; where a file system knows no such call, what is in the cache is all that can be
 * had. */
int os_read_back(const char *path, size_t max, struct buf *b, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		close(fd);
	}
	return os_read_file(path, max, b, e);
}

/* ---- mounts ---- */

/* Blanks and backslashes stand as three octal digits: proc(5), mountinfo. */
static char *unescape(struct arena *a, const char *s, size_t n)
{
	char *out = arena_alloc(a, n + 1), *to = out;
	for (size_t i = 0; i < n; i++) {
		bool octal = s[i] == '\\' && i + 3 < n && s[i + 1] >= '0' && s[i + 1] <= '3';
		*to++ = octal ? (char)((s[i + 1] - '0') * 64 + (s[i + 2] - '0') * 8 + (s[i + 3] - '0')) : s[i];
		i += octal ? 3 : 0;
	}
	return out;
}

/* The next word of a line, "" at its end. */
static char *next_word(struct arena *a, const char **at)
{
	size_t n = strcspn(*at, " \n");
	char *word = unescape(a, *at, n);
	*at += n;
	*at += **at == ' ';
	return word;
}

/* 36 35 98:0 /root /dir options optional… - type device options */
static bool parse_mount(struct arena *a, const char *line, struct os_mount *out)
{
	const char *at = line;
	*out = (struct os_mount){ 0 };
	for (int i = 0; i < 2; i++)
		next_word(a, &at);
	out->number = next_word(a, &at);
	next_word(a, &at);
	out->dir = next_word(a, &at);
	const char *dash = strstr(at, " - ");
	const char *end = strchr(line, '\n');
	if (!dash || (end && dash > end))
		return false;
	at = dash + 3;
	out->fs = next_word(a, &at);
	out->device = next_word(a, &at);
	return *out->dir == '/';
}

void os_parse_mounts(struct arena *a, const char *text, struct os_mount **out, size_t *n)
{
	size_t cap = 0;
	struct os_mount *list = NULL, m;
	*n = 0;
	for (const char *line = text; line && *line; line = strchr(line, '\n'), line += line != NULL) {
		if (!parse_mount(a, line, &m))
			continue;
		list = arena_grow(a, list, &cap, *n + 1, sizeof *list);
		list[(*n)++] = m;
	}
	*out = list;
}

/* A stick is a disk that says so, or that hangs on USB: large ones say that they are fixed. A partition's answer stands
 * in the folder of its disk. */
static bool is_removable(struct arena *a, const char *number)
{
	char real[PATH_MAX];
	struct buf b = { 0 };
	const char *device = arena_printf(a, "/sys/dev/block/%s", number);
	if (os_read_file(arena_printf(a, "%s/removable", device), 16, &b, NULL))
		(void)os_read_file(arena_printf(a, "%s/../removable", device), 16, &b, NULL);
	bool says = b.n && b.p[0] == '1';
	buf_free(&b);
	return says || (realpath(device, real) && strstr(real, "/usb"));
}

int os_mounts(struct arena *a, struct os_mount **out, size_t *n, struct err *e)
{
	struct buf b = { 0 };
	int rc = os_read_file("/proc/self/mountinfo", 4 << 20, &b, e);
	if (rc == OK)
		os_parse_mounts(a, b.p, out, n);
	for (size_t i = 0; rc == OK && i < *n; i++)
		(*out)[i].removable = is_removable(a, (*out)[i].number);
	buf_free(&b);
	return rc;
}
