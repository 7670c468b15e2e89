/* tests/t_lock.c - two programs on one store: one writes, the other is told who and may read. */
#include "tests/storetest.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct test_clock clk;
static struct err e;

/* Facts found in another process, as bits of its exit status. */
static int in_other(int (*fn)(void))
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		_exit(fn());
	int status;
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int open_store(bool readonly, struct store **s)
{
	struct store_opts opts = { .clock = test_clock(&clk), .readonly = readonly };
	return store_open(test_path("shared"), &opts, s, &e);
}

static int write_refused(void)
{
	struct store *s;
	int rc = open_store(false, &s);
	diag("%s", e.text);
	return (rc == ERR_BUSY) | (!s) << 1 | (strstr(e.text, "Anna") != NULL) << 2 | (strstr(e.text,
		"reading only") != NULL) << 3 |
		(strstr(e.text, "09:00") != NULL) << 4;
}

static int write_allowed(void)
{
	struct store *s;
	int rc = open_store(false, &s);
	if (rc == OK)
		test_unit(s, "Kantine");
	store_close(s);
	return rc == OK;
}

static int hold_it(void)
{
	struct store *s;
	if (open_store(false, &s) != OK)
		return 0;
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	raise(SIGKILL);
	return 0;
}

static size_t units(struct store *s)
{
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_count(v, TYPE_UNIT, &n, &e), &e, "count");
	view_end(v);
	return n;
}

/* A reader in another process, which is told on a pipe when there is something new. */
static int reader(int from, int to)
{
	struct store *s;
	char byte = 0;
	if (open_store(true, &s) != OK)
		return 1;
	size_t before = units(s);
	uint64_t version = store_version(s);
	if (write(to, &byte, 1) != 1 || read(from, &byte, 1) != 1)
		return 2;
	bool seen = units(s) == before + 1 && store_version(s) > version;
	store_close(s);
	return seen ? 0 : 3;
}

static void test_reader(struct store *s)
{
	int down[2], up[2], status = -1;
	char byte = 0;
	if (pipe(down) != 0 || pipe(up) != 0)
		return;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		_exit(reader(down[0], up[1]));
	bool ready = read(up[0], &byte, 1) == 1;
	test_unit(s, "Forhal");
	ready = ready && write(down[1], &byte, 1) == 1;
	waitpid(pid, &status, 0);
	ok(ready && WIFEXITED(status) && WEXITSTATUS(status) == 0, "a reader sees what the writer commits");
}

int main(void)
{
	struct store *s = test_store("shared", &clk);
	is_int(in_other(write_refused), 31, "a second writer is told who has it, since when, and that it may read");
	test_reader(s);
	store_close(s);
	is_int(in_other(write_allowed), 1, "when the first has closed it, another may write");
	is_int(in_other(hold_it), -1, "a writer dies");
	is_int(open_store(false, &s), OK, "its lock dies with it");
	is_int((intmax_t)units(s), 2, "and nothing is lost");
	store_close(s);
	return done_testing();
}
