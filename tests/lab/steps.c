/* tests/lab/steps.c - preloaded into samvagt: says with one letter in the file LAB_STEP what is being done to the
 * stick, so that the lab can pull it in the middle of that (see cut.c), and tell afterwards which moments it has
 * tried. LAB_STICK is where the stick is mounted. With LAB_UNPLUG, a letter and a number, the network is unplugged
 * when that step is begun for that many times. With LAB_CARELESS the program doesn't wait for the stick any more, so
 * that the lab can show that it notices. */
#include <fcntl.h>
#include <net/if.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_stick(const char *path)
{
	const char *stick = getenv("LAB_STICK");
	return stick && strncmp(path, stick, strlen(stick)) == 0;
}

static int is_on_stick(int fd)
{
	struct stat st, stick;
	const char *dir = getenv("LAB_STICK");
	return dir && stat(dir, &stick) == 0 && fstat(fd, &st) == 0 && st.st_dev == stick.st_dev;
}

static void unplug(void)
{
	struct ifreq network = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && ioctl(fd, SIOCSIFFLAGS, &network) < 0)
		abort();
	close(fd);
}

static void tell(char step)
{
	static int begun;
	const char *file = getenv("LAB_STEP"), *when = getenv("LAB_UNPLUG");
	if (when && step == *when && ++begun == strtol(when + 1, NULL, 10))
		unplug();
	int fd = file ? (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CLOEXEC) : -1;
	if (fd >= 0) {
		(void)!pwrite(fd, &step, 1, 0);
		close(fd);
	}
}

/* f: a file's bytes, and the folder that it is in */
int mkdir(const char *path, mode_t mode)
{
	if (is_stick(path))
		tell('f');
	return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int open(const char *path, int flags, ...)
{
	va_list more;
	va_start(more, flags);
	mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
	va_end(more);
	if (flags & O_CREAT && is_stick(path))
		tell('f');
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* r: its name, till the folder is down */
int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	if (is_stick(to))
		tell('r');
	return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

/* o: old files go */
int unlink(const char *path)
{
	if (is_stick(path))
		tell('o');
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

/* d: all of it gets down, and is read back */
static int get_down(long number, int fd)
{
	int there = is_on_stick(fd);
	if (there && number == SYS_syncfs)
		tell('d');
	return there && getenv("LAB_CARELESS") ? 0 : (int)syscall(number, fd);
}

int fsync(int fd)
{
	return get_down(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return get_down(SYS_fdatasync, fd);
}

int syncfs(int fd)
{
	return get_down(SYS_syncfs, fd);
}
