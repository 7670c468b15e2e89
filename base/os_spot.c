/* base/os_spot.c - see os.h. Owns what tells this machine and its folders from others, and short notes beside them.
 * Must not know what it is asked for. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os_priv.h"

const char *os_machine(struct arena *a)
{
	const char *pretended = getenv("SAMVAGT_TEST_MACHINE");
	struct buf b = { 0 };
	if (pretended)
		return arena_strdup(a, pretended);
	const char *name = os_read_file("/etc/machine-id", 4096, &b, NULL) == OK ?
		arena_strndup(a, b.p, strcspn(b.p, "\n")) : "";
	buf_free(&b);
	return name;
}

bool os_spot_of(struct arena *a, const char *path, struct os_spot *out)
{
	char real[PATH_MAX];
	struct stat st;
	if (!realpath(path, real) || stat(real, &st) < 0)
		return false;
	*out = (struct os_spot){ st.st_dev, st.st_ino, arena_strdup(a, real) };
	return true;
}

int os_write_note(const char *path, const void *p, size_t n, struct err *e)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	int errnum = fd < 0 ? errno : os_write_all(fd, p, n);
	if (!errnum && ftruncate(fd, (off_t)n) < 0)
		errnum = errno;
	if (fd >= 0)
		close(fd);
	return errnum ? err_set_errno(e, ERR_IO, errnum, _("%s could not be written"), path) : OK;
}
