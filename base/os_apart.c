/* base/os_apart.c - see os.h. Owns the child process in which damaged files are looked at, and room on the disk kept in
 * advance. Must not know what is looked at. */
#include "base/os.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lang.h"

enum { RESULT_MOST = 99 };

long os_process_number(void)
{
	return (long)getpid();
}

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

/* No core file (it would hold keys), no last words on a screen that somebody else draws. */
static _Noreturn void run_child(int (*fn)(void *ctx), void *ctx, int out)
{
	static const int fatal[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV };
	for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
		signal(fatal[i], SIG_DFL);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (null >= 0)
		dup2(null, STDERR_FILENO);
	unsigned char result = (unsigned char)fn(ctx);
	assert(result <= RESULT_MOST);
	_exit(write(out, &result, 1) == 1 ? 0 : 1);
}

/* The child's answer is one byte on a pipe; its end without one means that it died. */
static bool read_answer(int fd, int most_ms, int *result)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t end = os_monotonic_ms() + most_ms;
	for (;;) {
		int64_t left = end - os_monotonic_ms();
		int n = poll(&p, 1, left > 0 ? (int)left : 0);
		if (n < 0 && errno == EINTR)
			continue;
		unsigned char byte;
		if (n <= 0 || read(fd, &byte, 1) != 1)
			return false;
		*result = byte;
		return true;
	}
}

int os_run_apart(int (*fn)(void *ctx), void *ctx, int most_ms, int *result, struct err *e)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set_errno(e, ERR_IO, errno, _("starting a helper process"));
	pid_t pid = fork();
	if (pid < 0) {
		int errnum = errno;
		close(ends[0]);
		close(ends[1]);
		return err_set_errno(e, ERR_IO, errnum, _("starting a helper process"));
	}
	if (pid == 0)
		run_child(fn, ctx, ends[1]);
	close(ends[1]);
	*result = -1;
	if (!read_answer(ends[0], most_ms, result))
		kill(pid, SIGKILL);
	close(ends[0]);
	int status;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return OK;
}
