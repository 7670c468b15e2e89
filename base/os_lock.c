/* base/os_lock.c - see os.h. Owns lock files and who is said to hold them. Must not know what they guard. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os_priv.h"

struct os_lock {
	int fd;
};

/* An open-file-description lock on one byte far behind the text: it goes with its holder, however that one ends, it
 * also holds between two openings within one program, and on shares (where a locked byte can't be read) the name of
 * the holder stays readable. */
static struct flock lock_byte(void)
{
	return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1 << 30, .l_len = 1 };
}

static void read_holder(int fd, char *who, size_t n)
{
	ssize_t got = n > 0 ? pread(fd, who, n - 1, 0) : -1;
	if (n > 0)
		who[got > 0 ? got : 0] = '\0';
	for (ssize_t i = 0; i < got; i++)
		if ((unsigned char)who[i] < ' ' || who[i] == 0x7F)
			who[i] = ' ';
}

static int say_busy(int fd, struct err *e)
{
	char who[200];
	read_holder(fd, who, sizeof who);
	return err_set(e, ERR_BUSY, _("it is open already: %s. Close it there first, or open it for reading only"),
		       *who ? who : _("in another program"));
}

int os_lock_take(const char *path, const char *who, struct os_lock **out, struct err *e)
{
	struct flock range = lock_byte();
	int code = OK;
	*out = NULL;
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set_errno(e, ERR_IO, errno, _("%s could not be opened"), path);
	if (fcntl(fd, F_OFD_SETLK, &range) < 0)
		code = errno == EAGAIN || errno == EACCES ? say_busy(fd, e) :
		       err_set_errno(e, ERR_UNSUPPORTED, errno, _("%s could not be locked"), path);
	else if (!(*out = calloc(1, sizeof **out)))
		code = err_set(e, ERR_NOMEM, _("%s could not be locked: out of memory"), path);
	if (code) {
		close(fd);
		return code;
	}
	/* The lock holds without its text, so a full disk may cost us the name but not the lock. */
	if (ftruncate(fd, 0) == 0)
		(void)os_write_all(fd, who, strlen(who));
	(*out)->fd = fd;
	return OK;
}

void os_lock_release(struct os_lock *l)
{
	if (!l)
		return;
	/* The file stays: removing it could take it away from one who has just opened it to lock it. What is left in it
	 * doesn't matter either, as nobody reads it once it isn't locked. */
	close(l->fd);
	free(l);
}

void os_lock_holder(const char *path, char *who, size_t n)
{
	struct flock range = lock_byte();
	if (n > 0)
		who[0] = '\0';
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fcntl(fd, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK)
		read_holder(fd, who, n);
	close(fd);
}
