/* base/os_beside.c - see os.h. Owns the one thread that long work is done in when a child process can't do it: one that
 * writes to what this process has open. Must not know what the work is. */
#include "base/os.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/lang.h"

struct os_beside {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	int (*fn)(void *ctx);
	void *ctx;
	int result;
	bool is_over;
};

static void *work(void *arg)
{
	struct os_beside *b = arg;
	int result = b->fn(b->ctx);
	pthread_mutex_lock(&b->lock);
	b->result = result;
	b->is_over = true;
	pthread_cond_signal(&b->ended);
	pthread_mutex_unlock(&b->lock);
	return NULL;
}

/* Signals go to the thread that waits for keys, but faults belong to whoever made them. */
static int start(struct os_beside *b)
{
	static const int faults[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};
	sigset_t held, before;
	sigfillset(&held);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		sigdelset(&held, faults[i]);
	pthread_sigmask(SIG_SETMASK, &held, &before);
	int errnum = pthread_create(&b->thread, NULL, work, b);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return errnum;
}

static void let_go(struct os_beside *b)
{
	pthread_cond_destroy(&b->ended);
	pthread_mutex_destroy(&b->lock);
	free(b);
}

int os_beside_start(int (*fn)(void *ctx), void *ctx, struct os_beside **out, struct err *e)
{
	struct os_beside *b = mem_alloc(sizeof *b);
	pthread_condattr_t attr;
	*b = (struct os_beside){.fn = fn, .ctx = ctx};
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->ended, &attr);
	pthread_condattr_destroy(&attr);
	int errnum = start(b);
	*out = b;
	if (!errnum)
		return OK;
	let_go(b);
	*out = NULL;
	return err_set(e, ERR_NOMEM, _("long work can't be begun: %s"), strerror(errnum));
}

static struct timespec later(int ms)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += ms % 1000 * 1000000L;
	if (t.tv_nsec >= 1000000000L) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000L;
	}
	return t;
}

bool os_beside_wait(struct os_beside *b, int wait_ms, int *result)
{
	struct timespec until = later(wait_ms);
	int rc = 0;
	pthread_mutex_lock(&b->lock);
	while (!b->is_over && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&b->ended, &b->lock, &until);
	bool is_over = b->is_over;
	*result = b->result;
	pthread_mutex_unlock(&b->lock);
	return is_over;
}

void os_beside_end(struct os_beside *b)
{
	if (!b)
		return;
	pthread_join(b->thread, NULL);
	let_go(b);
}
