/* tests/t_mem.c - arenas and byte strings: zeroed, aligned, reused, growing, and honest when memory is out. */
#include "base/mem.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/tap.h"

/* Otherwise the sanitizer ends the program where malloc() would have returned NULL. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1:max_allocation_size_mb=4096";
}

/* volatile, or the compiler warns of the very size that the fact is about. */
static volatile size_t too_much = SIZE_MAX / 2;

static bool all_zero(const unsigned char *p, size_t n)
{
	while (n > 0 && *p == 0)
		p++, n--;
	return n == 0;
}

static void test_alloc(void)
{
	struct arena *a = arena_new();
	bool aligned = true, zero = true, apart = true;
	unsigned char *last = NULL;
	size_t last_size = 0, sum = 0;
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *p = arena_alloc(a, size);
		aligned = aligned && (uintptr_t)p % _Alignof(max_align_t) == 0;
		zero = zero && all_zero(p, size);
		apart = apart && p != last;
		memset(p, 0xA5, size);
		if (last)
			apart = apart && (last_size == 0 || last[last_size - 1] == 0xA5);
		last = p;
		last_size = size;
		sum += size;
	}
	ok(aligned, "every piece is aligned for any type");
	ok(zero, "every piece is zeroed");
	ok(apart, "pieces don't overlap");
	ok(arena_used(a) >= sum, "what was handed out is counted");
	unsigned char *big = arena_alloc(a, 5u << 20);
	ok(all_zero(big, 5u << 20), "a piece larger than any chunk is zeroed too");
	arena_free(a);
	arena_free(NULL);
}

static void test_reset(void)
{
	struct arena *a = arena_new();
	void *first = arena_alloc(a, 100);
	memset(first, 0xFF, 100);
	arena_reset(a);
	is_int((intmax_t)arena_used(a), 0, "after a reset nothing is in use");
	void *again = arena_alloc(a, 100);
	ok(again == first, "and the memory is used again");
	ok(all_zero(again, 100), "zeroed again");
	for (int i = 0; i < 1000; i++)
		arena_alloc(a, 1000);
	arena_reset(a);
	arena_reset(a);
	ok(all_zero(arena_alloc(a, 100000), 100000), "one chunk of many is kept");
	arena_free(a);
}

static void test_copies(void)
{
	struct arena *a = arena_new();
	is_str(arena_strdup(a, "vågevagt"), "vågevagt", "arena_strdup");
	is_str(arena_strndup(a, "vagtplan", 4), "vagt", "arena_strndup cuts");
	is_str(arena_strndup(a, "vagt", 400), "vagt", "arena_strndup stops at the end");
	is_str(arena_printf(a, "%s %02d", "uge", 5), "uge 05", "arena_printf");
	is_str(arena_printf(a, "%s", ""), "", "arena_printf of nothing");
	is_mem(arena_copy(a, "a\0b", 3), 3, "a\0b", 3, "arena_copy copies NUL too");
	ok(arena_copy(a, NULL, 0) != NULL, "a copy of nothing isn't NULL");
	arena_free(a);
}

static void test_grow(void)
{
	struct arena *a = arena_new();
	size_t cap = 0, moves = 0;
	int *v = NULL;
	for (size_t n = 0; n < 10000; n++) {
		int *before = v;
		v = arena_grow(a, v, &cap, n + 1, sizeof *v);
		moves += v != before;
		v[n] = (int)n;
	}
	bool kept = cap >= 10000;
	for (int n = 0; n < 10000; n++)
		kept = kept && v[n] == n;
	ok(kept, "a grown array keeps its items");
	ok(moves < 20, "and moves seldom");
	size_t room = 0;
	int *w = arena_grow(a, NULL, &room, 1000, sizeof *w);
	ok(w && room >= 1000, "much can be asked for at once");
	arena_free(a);
}

static void test_try(void)
{
	struct arena *a = arena_new();
	char *kept = arena_strdup(a, "kept");
	size_t used = arena_used(a);
	ok(arena_try_alloc(a, too_much) == NULL, "arena_try_alloc gives NULL when memory is out");
	ok(arena_try_alloc(a, SIZE_MAX) == NULL && arena_try_alloc(a, SIZE_MAX - 8) == NULL,
	   "sizes that would wrap round give NULL");
	is_int((intmax_t)arena_used(a), (intmax_t)used, "a failed try takes nothing");
	is_str(kept, "kept", "and what was there stays");
	ok(arena_try_alloc(a, 10) != NULL, "a smaller one then works");
	arena_free(a);
}

static void leave_42(void)
{
	_exit(42);
}

static void ask_alloc(void) { arena_alloc(arena_new(), too_much); }
static void ask_grow(void) { arena_grow(arena_new(), NULL, &(size_t){ 0 }, too_much, 64); }
static void ask_mem(void) { free(mem_alloc(too_much)); }
static void ask_realloc(void) { free(mem_realloc(NULL, too_much)); }

static int status_of(void (*ask)(void), void (*handler)(void))
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		mem_set_oom_handler(handler);
		ask();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void test_handler(void)
{
	static const struct { const char *name; void (*ask)(void); } askers[] = {
		{ "arena_alloc", ask_alloc }, { "arena_grow", ask_grow },
		{ "mem_alloc", ask_mem }, { "mem_realloc", ask_realloc },
	};
	for (size_t i = 0; i < sizeof askers / sizeof *askers; i++) {
		int status = status_of(askers[i].ask, leave_42);
		ok(WIFEXITED(status) && WEXITSTATUS(status) == 42, "%s out of memory calls the handler", askers[i].name);
	}
	int status = status_of(ask_alloc, NULL);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "without a handler the program aborts");
}

static void test_buf(void)
{
	struct buf b = { 0 };
	buf_add(&b, "", 0);
	is_str(b.p, "", "adding nothing gives an empty string");
	buf_adds(&b, "vagt");
	buf_addc(&b, '-');
	buf_addf(&b, "%d/%d", 3, 12);
	is_str(b.p, "vagt-3/12", "adds are put together");
	is_int((intmax_t)b.n, 9, "and counted");
	for (int i = 0; i < 5000; i++)
		buf_addf(&b, "%04d", i);
	is_int((intmax_t)b.n, 9 + 20000, "it grows");
	is_str(b.p + 9 + 19996, "4999", "to the last add");
	size_t cap = b.cap;
	buf_reset(&b);
	ok(b.n == 0 && b.cap == cap && *b.p == '\0', "a reset keeps the memory");
	ok(buf_reserve(&b, 1000) && b.cap - b.n > 1000, "room can be reserved");
	buf_free(&b);
	ok(!b.p && !b.n && !b.cap, "freed it is a valid empty one");
}

static void test_buf_oom(void)
{
	struct buf b = { 0 };
	buf_adds(&b, "before");
	ok(!buf_reserve(&b, too_much) && b.oom, "out of memory is remembered");
	buf_adds(&b, "after");
	is_str(b.p, "before", "later adds do nothing");
	buf_reset(&b);
	buf_adds(&b, "anew");
	ok(!b.oom, "a reset forgets it");
	is_str(b.p, "anew", "and starts anew");
	buf_free(&b);
}

int main(void)
{
	test_alloc();
	test_reset();
	test_copies();
	test_grow();
	test_try();
	test_handler();
	test_buf();
	test_buf_oom();
	char *s = mem_strdup("frivillig");
	is_str(s, "frivillig", "mem_strdup");
	free(s);
	return done_testing();
}
