/* tests/lab/cut.c - the moment when a stick is pulled: preloaded into linux.uml, it sees what is read from one image
 * and written to it.
 *
 * LAB_STEP is a file that the machine inside writes: "<step> <way> <aim> <share> <number> <seed>". <step> is '-' while
 * the stick is left in peace (and after a cut: when it is in again), else the letter of what is being done to it
 * (steps.c; 'b' before the first write, 'a' after the last). The stick is pulled in the step <aim>, after that
 * many thousandths of the accesses that this step took last time, or when 'a' is reached. Then a write is torn after a
 * random number of sectors (of LAB_SECTOR bytes). As with the memory of a stick's controller, what was written since
 * the last flush may be there or not, whatever came after it: of those writes a random choice is taken back. Then, by
 * <way>, the whole machine dies (D), or every access fails till the stick is in again (P). LAB_CUTS is a folder that
 * gets a file for each cut, called <number>: the step, the way, and how many of how many unflushed writes were taken
 * back; and the counts of the last whole meeting.
 *
 * The flushes of the machine never reach the real disk: it is not the real one that dies. All of this is done by the
 * machine's thread for disks, whose stack is one page. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { UNDO_MOST = 4096, STEPS = 128, FIRST_GUESS = 6, IO_ERROR = 10 };   /* the last: BLK_STS_IOERR */

struct undo { int fd; off64_t at; size_t n; void *was; };
struct order { char step, aim; int is_power; unsigned share, number; };

static struct undo undo[UNDO_MOST];
static size_t undos;
static struct order order = { .step = '-' };
static unsigned count[STEPS], last[STEPS];
static int is_out;                       /* the stick is */
static size_t sector;
static uint64_t dice;
static struct stat image;
static enum { NEW, LOOKS, IDLE } state;
static int step_fd = -1;
static const char *cuts;
static pid_t disk_thread;

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_pread)(int, void *, size_t, off64_t);
static ssize_t (*real_read)(int, void *, size_t);

static void begin(void)
{
	const char *path = getenv("LAB_IMAGE"), *step = getenv("LAB_STEP"), *size = getenv("LAB_SECTOR");
	real_pwrite = (ssize_t (*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
	real_pread = (ssize_t (*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
	real_read = (ssize_t (*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
	state = path && stat(path, &image) == 0 ? LOOKS : IDLE;
	sector = size ? strtoul(size, NULL, 10) : 512;
	step_fd = step ? open(step, O_RDONLY | O_CLOEXEC) : -1;
	cuts = getenv("LAB_CUTS");
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
	return state == LOOKS && fstat(fd, &st) == 0 && st.st_ino == image.st_ino && st.st_dev == image.st_dev;
}

static void flush(void)
{
	while (undos)
		free(undo[--undos].was);
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

/* ---- the moment ---- */

static int note(const char *name, int flags)
{
	static char path[4096];
	snprintf(path, sizeof path, "%s/%s", cuts ? cuts : ".", name);
	return open(path, flags | O_CLOEXEC, 0600);
}

static void remember_counts(void)
{
	int fd = note("counts", O_WRONLY | O_CREAT);
	if (fd >= 0) {
		(void)!real_pwrite(fd, count, sizeof count, 0);
		close(fd);
	}
}

static void recall_counts(void)
{
	int fd = note("counts", O_RDONLY);
	if (fd >= 0) {
		(void)!real_pread(fd, last, sizeof last, 0);
		close(fd);
	}
}

static void listen_to_step(void)
{
	static char text[96];
	ssize_t n = step_fd < 0 ? 0 : real_pread(step_fd, text, sizeof text - 1, 0);
	text[n > 0 ? n : 0] = '\0';
	if (n < 8 || *text == '-') {
		order.step = '-';
		is_out = 0;
		return;
	}
	if (order.step == '-') {
		char *at = text + 6;
		order = (struct order){ .is_power = text[2] == 'D', .aim = text[4] };
		order.share = (unsigned)strtoul(at, &at, 10);
		order.number = (unsigned)strtoul(at, &at, 10);
		dice = strtoull(at, &at, 10) * 2 + 1;
		memset(count, 0, sizeof count);
		recall_counts();
	}
	order.step = *text;
}

static int is_moment(void)
{
	unsigned char step = (unsigned char)order.step & (STEPS - 1), aim = (unsigned char)order.aim & (STEPS - 1);
	unsigned of = last[aim] ? last[aim] : FIRST_GUESS;
	count[step]++;
	return step == 'a' || (step == aim && count[step] == of * order.share / 1000 + 1);
}

static void pull(void)
{
	static char text[64];
	unsigned back = 0, of = (unsigned)undos;
	for (; undos; free(undo[--undos].was))
		if (roll(3) == 0 && ++back)
			(void)!real_pwrite(undo[undos - 1].fd, undo[undos - 1].was, undo[undos - 1].n, undo[undos - 1].at);
	if (order.step == 'a')
		remember_counts();
	snprintf(text, sizeof text, "%u", order.number);
	int fd = note(text, O_WRONLY | O_CREAT);
	int n = snprintf(text, sizeof text, "%c %c %u %u\n", order.step, order.is_power ? 'D' : 'P', back, of);
	if (fd >= 0) {
		(void)!real_pwrite(fd, text, (size_t)n, 0);
		close(fd);
	}
	is_out = 1;
	if (!order.is_power)
		return;
	kill(0, SIGKILL);
	_exit(1);
}

/* Is the stick out, now that somebody wants to write p there or (NULL) to read? */
static int is_gone(int fd, const void *p, size_t n, off64_t at)
{
	listen_to_step();
	if (order.step == '-' || is_out || !is_moment())
		return is_out;
	if (p)
		keep(fd, n, at);
	if (p)
		(void)!real_pwrite(fd, p, (size_t)roll(n / sector + 1) * sector, at);
	pull();
	return 1;
}

/* ---- what the machine calls ---- */

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	if (!is_image(fd))
		return real_pwrite(fd, p, n, at);
	if (is_gone(fd, p, n, at)) {
		errno = EIO;
		return -1;
	}
	keep(fd, n, at);
	return real_pwrite(fd, p, n, at);
}

ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
	if (!is_image(fd))
		return real_pread(fd, p, n, at);
	disk_thread = gettid();
	if (is_gone(fd, NULL, n, at)) {
		errno = EIO;
		return -1;
	}
	return real_pread(fd, p, n, at);
}

int fsync(int fd)
{
	if (is_image(fd) && !is_out)
		flush();
	return 0;
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

static void see_request(struct request *r)
{
	if (r->pieces != 0 || !is_image(r->fds[0]))
		return;
	if (is_out)
		r->error = IO_ERROR;
	else
		flush();
}

/* The disk's thread reads pointers to requests from a pipe, and nothing else. */
ssize_t read(int fd, void *p, size_t n)
{
	if (state == NEW)
		begin();
	ssize_t got = real_read(fd, p, n);
	if (!disk_thread || gettid() != disk_thread)
		return got;
	for (ssize_t i = 0; i < got / (ssize_t)sizeof(struct request *); i++)
		see_request(((struct request **)p)[i]);
	return got;
}
