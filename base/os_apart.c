/* base/os_apart.c - see os.h. Owns the child processes in which damaged files are looked at and long work is done.
 * Must not know what is looked at. */
#include "base/os.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os_priv.h"

enum { RESULT_MOST = 99, MESSAGE_MOST = 64 << 10 };

long os_process_number(void)
{
	return (long)getpid();
}

/* What a child says comes as frames: the length, then the bytes. A length of 0 is followed by its answer, one byte, and
 * the pipe's end without one means that it died. */
struct os_teller {
	int fd;
};

/* The parent's end is closed only when it doesn't want to hear more. */
void os_tell(struct os_teller *to, const void *message, size_t n)
{
	uint32_t length = (uint32_t)n;
	assert(n > 0 && n <= MESSAGE_MOST);
	if (os_write_all(to->fd, &length, sizeof length) || os_write_all(to->fd, message, n))
		_exit(1);
}

static const int faults[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};

static bool is_fault(int sig)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (faults[i] == sig)
			return true;
	return false;
}

/* No core file (it would hold keys), no last words on a screen that somebody else draws, and no life after its parent,
 * whose locks it would go on holding. */
static void settle_child(pid_t parent)
{
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		signal(faults[i], SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0UL, 0UL, 0UL);
	if (getppid() != parent)
		_exit(1);
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (null >= 0)
		dup2(null, STDERR_FILENO);
}

struct child {
	pid_t pid;
	int fd;
};

static int start_child(int (*fn)(void *ctx, struct os_teller *to), void *ctx, struct child *c, struct err *e)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set_errno(e, ERR_IO, errno, _("starting a helper process"));
	pid_t parent = getpid();
	c->pid = fork();
	if (c->pid == 0) {
		struct os_teller to = {ends[1]};
		settle_child(parent);
		unsigned char answer[5] = {0};
		answer[4] = (unsigned char)fn(ctx, &to);
		assert(answer[4] <= RESULT_MOST);
		_exit(os_write_all(ends[1], answer, sizeof answer) ? 1 : 0);
	}
	int errnum = errno;
	close(ends[1]);
	c->fd = ends[0];
	if (c->pid > 0)
		return OK;
	close(ends[0]);
	return err_set_errno(e, ERR_IO, errnum, _("starting a helper process"));
}

/* True when neither we nor a fault of its own ended it, but somebody else: the kernel when memory is out, or a
 * person. */
static bool end_child(struct child *c, bool kill_it)
{
	int status = 0;
	struct pollfd pipe_end = {.fd = c->fd};
	bool gone = poll(&pipe_end, 1, 0) > 0 && pipe_end.revents & POLLHUP;
	if (kill_it)
		kill(c->pid, SIGKILL);
	close(c->fd);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	return gone && WIFSIGNALED(status) && !is_fault(WTERMSIG(status));
}

/* Exactly n bytes, if they come in time. */
static bool read_whole(int fd, void *p, size_t n, int most_ms)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	int64_t end = os_monotonic_ms() + most_ms;
	for (char *at = p; n > 0;) {
		int64_t left = end - os_monotonic_ms();
		int ready = poll(&poll_fd, 1, left > 0 ? (int)left : 0);
		ssize_t got = ready > 0 ? read(fd, at, n) : ready;
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

int os_run_telling(int (*fn)(void *ctx, struct os_teller *to), void *ctx,
		   int (*heard)(void *ctx, const void *message, size_t n), void *heard_ctx, int quiet_ms, int *result,
		   struct err *e)
{
	unsigned char message[MESSAGE_MOST], answer = 0;
	struct child c = {0};
	uint32_t n = 0;
	int rc = start_child(fn, ctx, &c, e);
	if (rc != OK)
		return rc;
	bool fine;
	while ((fine = read_whole(c.fd, &n, sizeof n, quiet_ms)) && n > 0) {
		fine = n <= sizeof message && read_whole(c.fd, message, n, quiet_ms);
		rc = fine ? heard(heard_ctx, message, n) : OK;
		if (!fine || rc != OK)
			break;
	}
	fine = fine && rc == OK && read_whole(c.fd, &answer, 1, quiet_ms);
	*result = fine ? answer : -1;
	if (end_child(&c, !fine) && rc == OK)
		rc = err_set(e, ERR_NOMEM,
			_("a helper process was ended from outside, most likely because memory ran out; try again"));
	return rc;
}

struct apart {
	int (*fn)(void *ctx);
	void *ctx;
};

static int run_silent(void *ctx, struct os_teller *to)
{
	const struct apart *a = ctx;
	(void)to;
	return a->fn(a->ctx);
}

static int hear_nothing(void *ctx, const void *message, size_t n)
{
	(void)ctx;
	(void)message;
	(void)n;
	return OK;
}

int os_run_apart(int (*fn)(void *ctx), void *ctx, int most_ms, int *result, struct err *e)
{
	struct apart a = {fn, ctx};
	return os_run_telling(run_silent, &a, hear_nothing, NULL, most_ms, result, e);
}

/* ---- beside this process ------------------------------------------------------------------- */

struct os_job {
	struct child child;
	bool is_over;
	int result;
};

int os_job_start(int (*fn)(void *ctx, struct os_teller *to), void *ctx, struct os_job **out, struct err *e)
{
	struct os_job *job = mem_alloc(sizeof *job);
	int rc = start_child(fn, ctx, &job->child, e);
	if (rc != OK) {
		free(job);
		job = NULL;
	}
	*out = job;
	return rc;
}

/* One frame, of which something has come already, so the rest of it is near. */
static int hear_frame(struct os_job *job, int (*heard)(void *ctx, const void *message, size_t n), void *heard_ctx)
{
	enum { REST_MS = 5000 };
	unsigned char message[MESSAGE_MOST], answer;
	uint32_t n;
	bool fine = read_whole(job->child.fd, &n, sizeof n, REST_MS) && n <= sizeof message;
	if (fine && n > 0 && read_whole(job->child.fd, message, n, REST_MS))
		return heard(heard_ctx, message, n);
	job->is_over = true;
	if (fine && n == 0 && read_whole(job->child.fd, &answer, 1, REST_MS))
		job->result = answer;
	else
		job->result = -1;
	return OK;
}

int os_job_listen(struct os_job *job, int (*heard)(void *ctx, const void *message, size_t n), void *heard_ctx,
	int wait_ms, bool *is_over, int *result)
{
	int64_t end = os_monotonic_ms() + wait_ms, left = wait_ms;
	int rc = OK;
	struct pollfd poll_fd = {.fd = job->child.fd, .events = POLLIN};
	while (rc == OK && !job->is_over && left >= 0 && poll(&poll_fd, 1, (int)left) > 0) {
		rc = hear_frame(job, heard, heard_ctx);
		left = end - os_monotonic_ms();
	}
	if (rc != OK) {
		kill(job->child.pid, SIGKILL);
		job->is_over = true;
		job->result = -1;
	}
	*is_over = job->is_over;
	*result = job->result;
	return rc;
}

void os_job_end(struct os_job *job)
{
	if (!job)
		return;
	end_child(&job->child, !job->is_over);
	free(job);
}
