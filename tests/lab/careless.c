/* tests/lab/careless.c - a program that doesn't wait for the stick: preloaded into samvagt, so that the lab can show
 * that it notices. CARELESS_OF is where the stick is mounted. */
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int call(long number, int fd)
{
	struct stat st, stick;
	const char *dir = getenv("CARELESS_OF");
	int there = dir && stat(dir, &stick) == 0 && fstat(fd, &st) == 0 && st.st_dev == stick.st_dev;
	return there ? 0 : (int)syscall(number, fd);
}

int fsync(int fd)
{
	return call(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return call(SYS_fdatasync, fd);
}

int syncfs(int fd)
{
	return call(SYS_syncfs, fd);
}
