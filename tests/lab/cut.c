/* tests/lab/cut.c - the moment when a stick is pulled: preloaded into linux.uml, it sees what is written to one
 * image.
 *
 * With LAB_CUT=n the n-th write is torn after a random number of sectors (of LAB_SECTOR bytes) and the whole
 * machine is killed. As with the memory of a stick's controller, what was written since the last flush may be there
 * or not, whatever came after it: of those writes a random choice is taken back first. LAB_IMAGE: the image;
 * LAB_SEED: of the choices; LAB_COUNT: a file that gets the numbers of writes and of flushes so far. Without
 * LAB_CUT it only counts. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNDO_MOST = 4096 };

struct undo { int fd; off64_t at; size_t n; void *was; };

static struct undo undo[UNDO_MOST];
static size_t undos;
static unsigned long writes, flushes, cut_at, sector;
static uint64_t dice;
static struct stat image;
static enum { NEW, COUNTS, IDLE } state;
static int count_fd = -1;
static pid_t disk_thread;

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_pread)(int, void *, size_t, off64_t);
static ssize_t (*real_read)(int, void *, size_t);
static int (*real_fsync)(int);

static void begin(void)
{
	const char *path = getenv("LAB_IMAGE"), *cut = getenv("LAB_CUT"), *seed = getenv("LAB_SEED");
	const char *count = getenv("LAB_COUNT"), *size = getenv("LAB_SECTOR");
	real_pwrite = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
	real_pread = (ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
	real_read = (ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
	real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	state = path && stat(path, &image) == 0 ? COUNTS : IDLE;
	cut_at = cut ? strtoul(cut, NULL, 10) : 0;
	sector = size ? strtoul(size, NULL, 10) : 512;
	dice = seed ? strtoull(seed, NULL, 10) * 2 + 1 : 1;
	if (count)
		count_fd = open(count, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

/* xorshift64* (Vigna 2016). */
static uint64_t roll(uint64_t below)
{
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (dice * 0x2545F4914F6CDD1DULL >> 33) % below;
}

static int is_image(int fd)
{
	struct stat st;
	if (state == NEW)
		begin();
	return state == COUNTS && fstat(fd, &st) == 0 && st.st_ino == image.st_ino && st.st_dev == image.st_dev;
}

static void tell(void)
{
	char text[48];
	int n = snprintf(text, sizeof text, "%lu %lu\n", writes, flushes);
	if (count_fd >= 0 && real_pwrite(count_fd, text, (size_t)n, 0) < 0)
		count_fd = -1;
}

static void flush(void)
{
	while (undos)
		free(undo[--undos].was);
	flushes++;
	tell();
}

/* What doesn't fit any more counts as written. */
static void keep(int fd, size_t n, off64_t at)
{
	if (undos == UNDO_MOST)
		return;
	struct undo *u = &undo[undos];
	*u = (struct undo){ fd, at, n, malloc(n) };
	if (u->was && real_pread(fd, u->was, n, at) == (ssize_t)n)
		undos++;
	else
		free(u->was);
}

static void pull(int fd, const void *p, size_t n, off64_t at)
{
	(void)!real_pwrite(fd, p, (size_t)roll(n / sector + 1) * sector, at);
	for (size_t i = undos; i-- > 0;)
		if (roll(3) == 0)
			(void)!real_pwrite(undo[i].fd, undo[i].was, undo[i].n, undo[i].at);
	kill(0, SIGKILL);
	_exit(1);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	if (!is_image(fd))
		return real_pwrite(fd, p, n, at);
	if (++writes == cut_at)
		pull(fd, p, n, at);
	tell();
	if (cut_at)
		keep(fd, n, at);
	return real_pwrite(fd, p, n, at);
}

ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
	if (is_image(fd))
		disk_thread = gettid();
	return real_pread(fd, p, n, at);
}

int fsync(int fd)
{
	if (is_image(fd))
		flush();
	return real_fsync(fd);
}

/* The head of struct io_thread_req (Linux 6.1, arch/um/drivers/ubd_kern.c). A flush is a request without pieces; the
 * disk's thread gets it and does nothing with it, so this is where it can be seen. */
struct request {
	void *req;
	int fds[2];
	unsigned long offsets[2];
	unsigned long long offset;
	int sector, error, pieces;
};

/* The disk's thread reads pointers to requests from a pipe, and nothing else. */
ssize_t read(int fd, void *p, size_t n)
{
	if (state == NEW)
		begin();
	ssize_t got = real_read(fd, p, n);
	if (!disk_thread || gettid() != disk_thread)
		return got;
	for (ssize_t i = 0; i < got / (ssize_t)sizeof(struct request *); i++) {
		const struct request *r = ((struct request **)p)[i];
		if (r->pieces == 0 && is_image(r->fds[0]))
			flush();
	}
	return got;
}
