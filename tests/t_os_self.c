/* tests/t_os_self.c - what a program settles about itself: descriptors that were closed before it began, limits, and
 * its last words. */
#include "base/os.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/tap.h"

static char *at(struct arena *a, const char *name)
{
	return os_path_join(a, test_dir(), name);
}

/* Runs fn in a child, whose stderr goes to a file. */
static int in_child(struct arena *a, void (*fn)(void))
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		int fd = open(at(a, "words"), O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(fd, STDERR_FILENO);
		close(fd);
		fn();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* 1: a file got the place of a standard descriptor; 2: it can be read or written. */
static void close_all(void)
{
	char c = 0;
	for (int fd = 0; fd < 3; fd++)
		close(fd);
	os_harden();
	int fd = open("/dev/null", O_RDWR);
	if (fd < 3)
		_exit(1);
	if (read(0, &c, 1) != -1 || errno != EBADF || write(1, &c, 1) != -1 || write(2, &c, 1) != -1)
		_exit(2);
}

static void grow_too_far(void)
{
	os_harden();
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 4, 4 });
	if (write(2, "12345678", 8) != 4 || write(2, "9", 1) != -1 || errno != EFBIG)
		_exit(1);
}

static void fault(void)
{
	os_harden();
	os_set_last_words("so it ended\n", 74);
	raise(SIGSEGV);
}

static void fail_assertion(void)
{
	os_harden();
	os_set_last_words("so it ended\n", 74);
	os_set_last_words("so it ended, later\n", 75);
	abort();
}

static void other_handler(int sig)
{
	(void)sig;
	_exit(3);
}

static void caught_by_other(void)
{
	signal(SIGBUS, other_handler);
	os_set_last_words("so it ended\n", 74);
	raise(SIGBUS);
}

static void said(struct arena *a, const char *want, const char *name)
{
	struct buf b = { 0 };
	os_read_file(at(a, "words"), 1000, &b, NULL);
	is_str(b.p ? b.p : "", want, "%s", name);
	buf_free(&b);
}

/* What is written to a pipe arrives, and the pipe stays one. */
static void test_pipe(struct arena *a)
{
	char got[8] = "";
	struct stat st;
	const char *path = at(a, "pipe");
	mkfifo(path, 0600);
	int fd = open(path, O_RDONLY | O_NONBLOCK);
	is_int(os_write_file(path, "hello", 5, NULL), OK, "a pipe can be written to");
	ok(read(fd, got, 5) == 5 && strcmp(got, "hello") == 0, "what is written comes out of it");
	ok(stat(path, &st) == 0 && S_ISFIFO(st.st_mode), "and it isn't replaced by a file");
	close(fd);
}

int main(void)
{
	struct arena *a = arena_new();
	test_dir();
	is_int(in_child(a, close_all), 0, "no file gets the place of a standard descriptor that was closed");
	is_int(in_child(a, grow_too_far), 0, "a file that may not grow kills nobody");
	int status = in_child(a, fault);
	/* a sanitizer has the first word */
	if (status == 74)
		said(a, "so it ended\n", "a fault ends with the last words");
	else
		skip(1, "somebody else catches faults here");
	is_int(in_child(a, fail_assertion), 75, "a failed assertion with the status given last");
	said(a, "so it ended, later\n", "and its words");
	is_int(in_child(a, caught_by_other), 3, "who catches faults already keeps them");
	test_pipe(a);
	arena_free(a);
	return done_testing();
}
