/* base/os_place.c - see os.h. Owns room on the disk that is kept in advance, and names that change places. Must not
 * know what is in the files. */
#include "base/os.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/lang.h"

int os_reserve(int fd, int64_t from, int64_t to, struct err *e)
{
	assert(from >= 0 && from <= to);
	int errnum;
	do
		errnum = posix_fallocate(fd, (off_t)from, (off_t)(to - from));
	while (errnum == EINTR);
	if (errnum == 0 || errnum == EOPNOTSUPP || errnum == EINVAL || errnum == ENODEV)
		return OK;
	int code = errnum == EFBIG ? ERR_FULL : ERR_IO;
	return err_set_errno(e, code, errnum, _("keeping room on the disk"));
}

int os_reserve_new(const char *path, int64_t size, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return OK;
	if (fd < 0)
		return err_set_errno(e, ERR_IO, errno, _("%s could not be written"), path);
	int rc = os_reserve(fd, 0, size, e);
	close(fd);
	if (rc != OK)
		unlink(path);
	return rc;
}

/* Where the file system can't do it in one step it takes three. A step that fails is taken back; a power cut in between
 * leaves both, under other names. */
static int exchange_in_steps(const char *x, const char *y, struct err *e)
{
	char aside[PATH_MAX];
	int n = snprintf(aside, sizeof aside, "%s.aside", x);
	if (n < 0 || (size_t)n >= sizeof aside)
		return err_set_errno(e, ERR_IO, ENAMETOOLONG, _("%s and %s could not change places"), x, y);
	int rc = os_rename_new(x, aside, e);
	if (rc != OK)
		return rc;
	rc = os_rename_new(y, x, e);
	if (rc == OK && (rc = os_rename_new(aside, y, e)) != OK)
		os_rename_new(x, y, NULL);
	if (rc != OK)
		os_rename_new(aside, x, NULL);
	return rc;
}

int os_exchange(const char *x, const char *y, struct err *e)
{
	if (renameat2(AT_FDCWD, x, AT_FDCWD, y, RENAME_EXCHANGE) == 0)
		return OK;
	if (errno == EINVAL || errno == ENOSYS)
		return exchange_in_steps(x, y, e);
	int code = errno == ENOENT ? ERR_NOTFOUND : ERR_IO;
	return err_set_errno(e, code, errno, _("%s and %s could not change places"), x, y);
}
