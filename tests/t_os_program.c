/* tests/t_os_program.c - helper programs: what they are given, what they answer, and those that misbehave. */
#include "base/os.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/tap.h"

static char folder[] = "/tmp/samvagt-program-XXXXXX";

static const char *script(struct arena *a, const char *name, const char *text)
{
	const char *path = os_path_join(a, folder, name);
	struct buf b = {0};
	buf_addf(&b, "#!/bin/sh\n%s\n", text);
	os_write_file(path, b.p, b.n, NULL);
	chmod(path, 0700);
	buf_free(&b);
	return path;
}

struct answer { int rc, status; char said[60]; struct buf out; };

static struct answer run(const char *path, const char *in, size_t nin, size_t most, int most_ms)
{
	struct answer x = {.status = -7};
	struct err e = {0};
	struct os_program p = {.path = path, .in = in, .nin = nin, .out = &x.out, .most = most, .said = x.said,
		.nsaid = sizeof x.said, .most_ms = most_ms};
	x.rc = os_run_program(&p, &x.status, &e);
	return x;
}

static void test_answers(struct arena *a)
{
	enum { BIG = 3 << 20 };
	char *much = arena_alloc(a, BIG);
	memset(much, 'x', BIG);
	struct answer x = run(script(a, "cat", "cat"), much, BIG, BIG, 20000);
	ok(x.rc == OK && x.status == 0, "a program ends well");
	ok(x.out.n == BIG && memcmp(x.out.p, much, BIG) == 0, "much goes in and out at the same time");
	buf_free(&x.out);
	x = run(script(a, "say", "echo one; echo two >&2; echo three >&2; exit 65"), "", 0, 100, 20000);
	ok(x.rc == OK && x.status == 65, "an exit status comes back");
	is_str(x.out.p, "one\n", "what it writes");
	is_str(x.said, "two", "and the first line of what it says");
	buf_free(&x.out);
	x = run(script(a, "long", "printf '%0200d\\n' 1 >&2"), "", 0, 100, 20000);
	is_int((long)strlen(x.said), sizeof x.said - 1, "a long line is cut at the room for it");
	buf_free(&x.out);
	x = run(script(a, "deaf", "exec <&-; echo done"), much, BIG, 100, 20000);
	ok(x.rc == OK && x.status == 0, "one that reads nothing does no harm: no signal, no error");
	is_str(x.out.p, "done\n", "and is heard");
	buf_free(&x.out);
	int file = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 77);
	x = run(script(a, "open", "test -e /proc/self/fd/77 || echo none"), "", 0, 100, 20000);
	ok(file == 77 && x.out.p && strcmp(x.out.p, "none\n") == 0, "it has none of our files");
	close(file);
	buf_free(&x.out);
}

static void test_trouble(struct arena *a)
{
	int64_t begun = os_monotonic_ms();
	struct answer x = run(script(a, "hang", "exec sleep 100"), "", 0, 100, 100);
	ok(x.rc == OK && x.status == -1, "one that never ends is ended");
	ok(os_monotonic_ms() - begun < 50000, "before it would have");
	x = run(script(a, "flood", "exec cat /dev/zero"), "", 0, 1 << 20, 20000);
	ok(x.rc == OK && x.status == -1, "so is one that writes too much");
	buf_free(&x.out);
	x = run(script(a, "die", "kill -SEGV $$"), "", 0, 100, 20000);
	ok(x.rc == OK && x.status == -1, "one that dies of a fault is told apart from one that says no");
	x = run(os_path_join(a, folder, "nobody"), "", 0, 100, 20000);
	is_int(x.rc, ERR_NOTFOUND, "a program that isn't there");
	ok(!os_is_program(folder) && !os_is_program("/etc/passwd"), "a folder and a text are no programs");
	ok(os_is_program(os_path_join(a, folder, "die")), "a script is one");
}

static void test_arguments(struct arena *a)
{
	struct buf out = {0};
	const char *const args[] = {"-t", "a b", "", "$HOME", NULL};
	const struct os_program p = {.path = script(a, "args", "printf '<%s>' \"$@\""), .in = "", .out = &out, .most = 100, .most_ms = 20000,
		.args = args};
	int status = -1;
	ok(os_run_program(&p, &status, NULL) == OK && status == 0, "a program gets arguments");
	is_str(out.p, "<-t><a b><><$HOME>", "each as it is: no shell reads them");
	buf_free(&out);
	setenv("PATH", arena_printf(a, ":.:/nowhere:%s:/bin", folder), 1);
	is_str(os_find_program(a, "args"), os_path_join(a, folder, "args"), "it is found in the path");
	ok(chdir(folder) == 0, "standing in its folder");
	setenv("PATH", ":.:/nowhere", 1);
	ok(!os_find_program(a, "args"), "what isn't in a whole folder of the path isn't found");
}

int main(void)
{
	struct arena *a = arena_new();
	if (!mkdtemp(folder))
		return 99;
	test_answers(a);
	test_trouble(a);
	test_arguments(a);
	os_remove_tree(folder, NULL);
	arena_free(a);
	return done_testing();
}
