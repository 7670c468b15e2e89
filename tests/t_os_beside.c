/* tests/t_os_beside.c - work in a thread: it goes on while one waits, ends when it is told to, and signals and faults
 * go where they belong. */
#include "base/os.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "tests/tap.h"

struct work { atomic_bool may_end, began; };

static int until_told(void *ctx)
{
	struct work *w = ctx;
	atomic_store(&w->began, true);
	while (!atomic_load(&w->may_end))
		usleep(1000);
	return 7;
}

static void test_waiting(void)
{
	struct work w = {0};
	struct os_beside *b = NULL;
	int result = -1;
	is_int(os_beside_start(until_told, &w, &b, NULL), OK, "work begins");
	ok(!os_beside_wait(b, 1, &result), "waiting ends though the work doesn't");
	atomic_store(&w.may_end, true);
	while (!os_beside_wait(b, 1000, &result))
		;
	is_int(result, 7, "when it has ended, its answer is there");
	ok(atomic_load(&w.began) && os_beside_wait(b, 0, &result) && result == 7, "also when it is asked for again");
	os_beside_end(b);
	os_beside_end(NULL);
}

static int at_once(void *ctx)
{
	*(int *)ctx = 5;
	return 0;
}

static void test_ending(void)
{
	int did = 0;
	struct os_beside *b = NULL;
	is_int(os_beside_start(at_once, &did, &b, NULL), OK, "other work begins");
	os_beside_end(b);
	is_int(did, 5, "letting go waits until it is done");
}

static int ask_mask(void *ctx)
{
	return pthread_sigmask(SIG_BLOCK, NULL, ctx);
}

static void test_signals(void)
{
	sigset_t there, here;
	struct os_beside *b = NULL;
	sigemptyset(&there);
	is_int(os_beside_start(ask_mask, &there, &b, NULL), OK, "work that looks at its signals");
	os_beside_end(b);
	pthread_sigmask(SIG_BLOCK, NULL, &here);
	ok(sigismember(&there, SIGWINCH) && sigismember(&there, SIGHUP), "what the terminal says isn't said to the work");
	ok(!sigismember(&there, SIGBUS) && !sigismember(&there, SIGSEGV), "its own faults are");
	ok(!sigismember(&here, SIGWINCH), "here nothing has changed");
}

int main(void)
{
	test_waiting();
	test_ending();
	test_signals();
	return done_testing();
}
