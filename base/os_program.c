/* base/os_program.c - see os.h. Owns the running of helper programs: what they read, what they write, and for how long.
 * Must not know what they are for. */
#include "base/os.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/lang.h"

extern char **environ;

enum { IN, OUT, SAID, STREAMS };

/* Our ends, -1 when closed, and its ends. What it reads is a socket: who writes to one that nobody reads any more can
 * say that it wants no signal. */
struct talk {
	int ours[STREAMS], its[STREAMS];
	size_t sent, heard;
};

bool os_is_program(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

const char *os_find_program(struct arena *a, const char *name)
{
	const char *folders = getenv("PATH");
	for (size_t n; folders && *folders; folders += n + (folders[n] == ':')) {
		n = strcspn(folders, ":");
		const char *path = os_path_join(a, arena_strndup(a, folders, n), name);
		/* what stands in whatever folder one happens to be in isn't meant */
		if (*folders == '/' && os_is_program(path))
			return path;
	}
	return NULL;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool open_pipe(int *ours, int *its)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return false;
	*ours = ends[0];
	*its = ends[1];
	return fcntl(*ours, F_SETFL, O_NONBLOCK) == 0;
}

static bool open_all(struct talk *t)
{
	int ends[2];
	for (int i = 0; i < STREAMS; i++)
		t->ours[i] = t->its[i] = -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		return false;
	t->ours[IN] = ends[0];
	t->its[IN] = ends[1];
	return open_pipe(&t->ours[OUT], &t->its[OUT]) && open_pipe(&t->ours[SAID], &t->its[SAID]);
}

/* As posix_spawn wants them; it writes to none. */
static char *const *arguments(struct arena *a, const struct os_program *p)
{
	size_t n = 0;
	while (p->args && p->args[n])
		n++;
	char **out = arena_alloc(a, (n + 2) * sizeof *out);
	for (size_t i = 0; i <= n; i++)
		out[i] = arena_strdup(a, i ? p->args[i - 1] : p->path);
	return out;
}

/* With signals as a program expects them, and none of our files: those are closed by themselves. 0 or an errno. */
static int spawn(const struct os_program *p, char *const *args, struct talk *t, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, pipe_only;
	sigemptyset(&none);
	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	int rc = posix_spawn_file_actions_init(&files);
	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	for (int i = 0; rc == 0 && i < STREAMS; i++)
		rc = posix_spawn_file_actions_adddup2(&files, t->its[i], i);
	if (rc == 0) {
		posix_spawnattr_setsigmask(&attr, &none);
		posix_spawnattr_setsigdefault(&attr, &pipe_only);
		posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
		rc = posix_spawn(pid, p->path, &files, &attr, args, environ);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&files);
	return rc;
}

/* A program that wants no more is listened to all the same: it may say why. */
static void send_some(const struct os_program *p, struct talk *t)
{
	ssize_t n = send(t->ours[IN], (const char *)p->in + t->sent, p->nin - t->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		close_end(&t->ours[IN]);
	t->sent += n > 0 ? (size_t)n : 0;
}

static void keep(const struct os_program *p, struct talk *t, int stream, const char *bytes, size_t n)
{
	if (stream == OUT) {
		buf_add(p->out, bytes, n);
		t->heard += n;
	}
	for (size_t i = 0; stream == SAID && p->said && i < n; i++) {
		size_t at = strlen(p->said);
		if (at + 1 < p->nsaid)
			memcpy(p->said + at, (char[2]){bytes[i], 0}, 2);
	}
}

static void hear_some(const struct os_program *p, struct talk *t, int stream)
{
	char bytes[16 << 10];
	ssize_t n = read(t->ours[stream], bytes, sizeof bytes);
	if (n > 0)
		keep(p, t, stream, bytes, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		close_end(&t->ours[stream]);
}

/* Until both of its streams have ended. False when it took too long or wrote too much. */
static bool talk(const struct os_program *p, struct talk *t)
{
	int64_t end = os_monotonic_ms() + p->most_ms;
	while (t->ours[OUT] >= 0 || t->ours[SAID] >= 0) {
		int64_t left = end - os_monotonic_ms();
		if (t->sent == p->nin)
			close_end(&t->ours[IN]);
		struct pollfd fds[STREAMS];
		for (int i = 0; i < STREAMS; i++)
			fds[i] = (struct pollfd){.fd = t->ours[i], .events = i == IN ? POLLOUT : POLLIN};
		int ready = left > 0 ? poll(fds, STREAMS, (int)left) : 0;
		if (ready == 0 || t->heard > p->most || p->out->oom)
			return false;
		if (ready > 0 && fds[IN].revents)
			send_some(p, t);
		for (int i = OUT; ready > 0 && i < STREAMS; i++)
			if (fds[i].revents)
				hear_some(p, t, i);
	}
	return true;
}

static int end_program(pid_t pid, bool ended)
{
	int status = 0;
	if (!ended)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int os_run_program(const struct os_program *p, int *status, struct err *e)
{
	struct talk t = {0};
	pid_t pid;
	assert(p->out && p->most_ms > 0);
	if (p->said)
		p->said[0] = '\0';
	int errnum = open_all(&t) ? 0 : errno;
	struct arena *a = arena_new();
	if (errnum == 0)
		errnum = spawn(p, arguments(a, p), &t, &pid);
	arena_free(a);
	for (int i = 0; i < STREAMS; i++)
		close_end(&t.its[i]);
	if (errnum == 0)
		*status = end_program(pid, talk(p, &t));
	for (int i = 0; i < STREAMS; i++)
		close_end(&t.ours[i]);
	if (p->said)
		p->said[strcspn(p->said, "\n")] = '\0';
	if (errnum)
		return err_set_errno(e, errnum == ENOENT ? ERR_NOTFOUND : ERR_IO, errnum, _("starting %s"), p->path);
	return p->out->oom ? err_set(e, ERR_NOMEM, _("out of memory")) : OK;
}
