/* tests/t_os_apart.c - work in a child process: what it tells, how it may end; and files that take their places. */
#include "base/os.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A file system that can't rename with conditions, as some on USB sticks. */
static bool plain_renames;
static const char *unmovable;

int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags)
{
	if (plain_renames && flags != 0) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_renameat2, at, from, to_at, to, flags);
}

int link(const char *from, const char *to)
{
	if (plain_renames && unmovable && strcmp(from, unmovable) == 0) {
		errno = EIO;
		return -1;
	}
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

static int answer(void *ctx)
{
	return *(int *)ctx;
}

static int crash(void *ctx)
{
	(void)ctx;
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return 0;
}

static int be_killed(void *ctx)
{
	(void)ctx;
	raise(SIGKILL);
	return 0;
}

static int hang(void *ctx)
{
	(void)ctx;
	for (;;)
		pause();
	return 0;
}

static void test_apart(void)
{
	int seven = 7, result = 0;
	ok(os_run_apart(answer, &seven, 10000, &result, NULL) == OK && result == 7, "a child's answer");
	ok(os_run_apart(crash, NULL, 10000, &result, NULL) == OK && result == -1,
	   "a child that dies takes nobody with it");
	struct err e;
	is_int(os_run_apart(be_killed, NULL, 10000, &result, &e), ERR_NOMEM, "one that somebody kills is told");
	ok(strstr(e.text, "from outside"), "as what it is");
	ok(os_run_apart(hang, NULL, 50, &result, NULL) == OK && result == -1, "nor does one that never ends");
}

struct heard {
	int n;
	bool in_order;
	int stop_at;
};

static int hear(void *ctx, const void *message, size_t n)
{
	struct heard *h = ctx;
	int number;
	h->in_order = h->in_order && n >= sizeof number && memcmp(message, &h->n, sizeof number) == 0;
	h->n++;
	return h->n == h->stop_at ? ERR_STOPPED : 0;
}

static int tell_many(void *ctx, struct os_teller *to)
{
	static char message[64 << 10];
	int many = *(int *)ctx;
	for (int i = 0; i < many; i++) {
		memcpy(message, &i, sizeof i);
		os_tell(to, message, i % 7 == 0 ? sizeof message : sizeof i);
	}
	return 3;
}

static int tell_and_crash(void *ctx, struct os_teller *to)
{
	tell_many(ctx, to);
	return crash(NULL);
}

static void test_telling(void)
{
	int many = 50, result = 0;
	struct heard h = {.in_order = true};
	is_int(os_run_telling(tell_many, &many, hear, &h, 10000, &result, NULL), OK, "a child tells");
	ok(h.n == 50 && h.in_order && result == 3, "all of it is heard, in order, and its answer");
	h = (struct heard){.in_order = true, .stop_at = 5};
	is_int(os_run_telling(tell_many, &many, hear, &h, 10000, &result, NULL), ERR_STOPPED, "a child can be stopped");
	ok(h.n == 5 && result == -1, "and is heard no more");
	h = (struct heard){.in_order = true};
	is_int(os_run_telling(tell_and_crash, &many, hear, &h, 10000, &result, NULL), OK, "a child that dies");
	ok(h.n == 50 && result == -1, "has been heard until then");
}

static const char *path(struct arena *a, const char *name)
{
	return os_path_join(a, test_dir(), name);
}

static bool holds(const char *file, const char *want)
{
	struct buf b = {0};
	bool same = os_read_file(file, 1 << 20, &b, NULL) == OK && strcmp(b.p, want) == 0;
	buf_free(&b);
	return same;
}

static void put(const char *file, const char *text)
{
	FILE *f = fopen(file, "wb");
	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

static void test_places(void)
{
	struct arena *a = arena_new();
	const char *x = path(a, "x"), *y = path(a, "y"), *temp = path(a, "temp");
	put(x, "one");
	put(y, "two");
	is_int(os_exchange(x, y, NULL), OK, "two names change places");
	ok(holds(x, "two") && holds(y, "one"), "with what they hold");
	is_int(os_exchange(x, path(a, "z"), NULL), ERR_NOTFOUND, "not with one that isn't there");
	plain_renames = true;
	is_int(os_exchange(x, y, NULL), OK, "where it can't be done in one step it is done in three");
	ok(holds(x, "one") && holds(y, "two"), "with what they hold");
	is_int(os_exchange(x, path(a, "z"), NULL), ERR_NOTFOUND, "not with one that isn't there");
	ok(holds(x, "one"), "and then the one that is stays in its place");
	unmovable = y;
	is_int(os_exchange(x, y, NULL), ERR_IO, "nor with one that can't be moved");
	ok(holds(x, "one") && holds(y, "two"), "which leaves both where they are");
	plain_renames = false;
	put(temp, "new");
	is_int(os_publish(temp, path(a, "z"), false, NULL), OK, "what was written takes its place");
	ok(holds(path(a, "z"), "new") && !os_exists(temp), "whole");
	put(temp, "newer");
	is_int(os_publish(temp, path(a, "z"), false, NULL), ERR_CONFLICT, "but not over another");
	ok(holds(path(a, "z"), "new") && !os_exists(temp), "which stays, and nothing is left over");
	put(temp, "newest");
	is_int(os_publish(temp, path(a, "z"), true, NULL), OK, "unless that is wanted");
	ok(holds(path(a, "z"), "newest") && !os_exists(temp), "and then whole");
	is_int(os_publish(temp, path(a, "w"), false, NULL), ERR_IO, "nothing written, nothing placed");
	arena_free(a);
}

static int hang_telling(void *ctx, struct os_teller *to)
{
	int zero = 0;
	os_tell(to, &zero, sizeof zero);
	return hang(ctx);
}

/* Listens until the child is over, or for as many turns as a test may take. */
static int listen_to(struct os_job *job, struct heard *h, int *result)
{
	bool is_over = false;
	int rc = OK;
	for (int turns = 0; rc == OK && !is_over && turns < 10000; turns++)
		rc = os_job_listen(job, hear, h, 10, &is_over, result);
	return rc;
}

static void test_beside(void)
{
	struct os_job *job;
	struct heard h = {.in_order = true};
	int many = 40, result = -2;
	bool is_over = true;
	is_int(os_job_start(tell_many, &many, &job, NULL), OK, "work begins while this process goes on");
	is_int(listen_to(job, &h, &result), OK, "it is listened to now and then");
	ok(h.n == many && h.in_order && result >= 0, "every message comes, in order, and then the answer");
	os_job_end(job);
	os_job_start(hang_telling, NULL, &job, NULL);
	h = (struct heard){.in_order = true};
	while (h.n == 0)
		os_job_listen(job, hear, &h, 10, &is_over, &result);
	os_job_listen(job, hear, &h, 0, &is_over, &result);
	ok(h.n == 1 && !is_over, "nothing more to hear isn't the end");
	os_job_end(job);
	os_job_end(NULL);
	ok(true, "one that never ends is ended");
	os_job_start(tell_many, &many, &job, NULL);
	h = (struct heard){.in_order = true, .stop_at = 3};
	is_int(listen_to(job, &h, &result), ERR_STOPPED, "whoever listens may stop it");
	is_int(os_job_listen(job, hear, &h, 0, &is_over, &result), OK, "there is nothing to hear then");
	ok(h.n == 3 && is_over && result == -1, "as it has been ended");
	os_job_end(job);
}

/* What a process and its child share with this one. */
struct family {
	pid_t child;
	const char *path;
};

static int settle_down(void *ctx, struct os_teller *to)
{
	struct family *f = ctx;
	f->child = getpid();
	return hang_telling(NULL, to);
}

static void raise_family(struct family *f)
{
	struct os_job *job;
	struct os_lock *lock;
	struct heard h = {.in_order = true};
	bool is_over;
	int result;
	if (os_lock_take(f->path, "the parent", &lock, NULL) || os_job_start(settle_down, f, &job, NULL))
		_exit(1);
	while (h.n == 0)
		os_job_listen(job, hear, &h, 10, &is_over, &result);
	raise(SIGKILL);
}

/* A child has the locks of its parent too; it must not hold on to them when the parent is gone. */
static void test_orphan(void)
{
	struct arena *a = arena_new();
	struct os_lock *lock = NULL;
	struct family *f = mmap(NULL, sizeof *f, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	f->path = path(a, "lock");
	fflush(NULL);
	pid_t parent = fork();
	if (parent == 0)
		raise_family(f);
	waitpid(parent, NULL, 0);
	ok(f->child > 0, "a process that is killed leaves a child behind");
	for (int turns = 0; turns < 500 && os_lock_take(f->path, "another", &lock, NULL) != OK; turns++)
		usleep(10000);
	ok(lock != NULL, "which goes too, and with it the lock that it had from it");
	if (!lock && f->child > 0)
		kill(f->child, SIGKILL);
	os_lock_release(lock);
	munmap(f, sizeof *f);
	arena_free(a);
}

int main(void)
{
	test_apart();
	test_telling();
	test_beside();
	test_orphan();
	test_places();
	return done_testing();
}
