/* tests/t_os_process.c - what shows only with a second program or a bad disk: locks, full disks, readers during a
 * write, limits set for the process, the passphrase on a terminal. */
#include "base/os.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "tests/tap.h"

enum { FINE = 0, WRONG = 1, NOT_HERE = 77 };

static char *at(struct arena *a, const char *name)
{
	return os_path_join(a, test_dir(), name);
}

/* What fn answers, run in a process of its own; a negative signal number when it was ended by one. */
static int in_child(int (*fn)(const char *arg), const char *arg)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0)
		_exit(fn(arg));
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void ok_child(int (*fn)(const char *arg), const char *arg, const char *name)
{
	int status = in_child(fn, arg);
	if (status == NOT_HERE)
		skip(1, name);
	else
		is_int(status, FINE, "%s", name);
}

static bool holds(const char *path, const char *want)
{
	struct buf b = { 0 };
	bool same = os_read_file(path, 1 << 20, &b, NULL) == OK && strcmp(b.p, want) == 0;
	buf_free(&b);
	return same;
}

/* ---- a disk with no room ---- */

static char much[1 << 20];

/* A write that must fail: with `code`, the old file whole, and no temp file beside it. */
static int fails_cleanly(struct arena *a, const char *dir, int code)
{
	struct err e = { .text = "" };
	char **names, *path = os_path_join(a, dir, "keys");
	size_t n = 0;
	if (os_write_file(path, "old", 3, &e) != OK)
		return WRONG;
	if (os_write_file(path, much, sizeof much, &e) != code || !strstr(e.text, path))
		return WRONG;
	if (!holds(path, "old") || os_write_new_file(os_path_join(a, dir, "new"), much, sizeof much, &e) != code)
		return WRONG;
	os_list_dir(a, dir, &names, &n, NULL);
	return n == 1 ? FINE : WRONG;
}

static int too_large(const char *dir)
{
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 64 << 10, 64 << 10 });
	struct arena *a = arena_new();
	int result = fails_cleanly(a, dir, ERR_IO);
	arena_free(a);
	return result;
}

/* The small disk is seen by this process only, and goes with it. */
static int disk_full(const char *dir)
{
	if (unshare(CLONE_NEWNS) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		return NOT_HERE;
	mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	if (mount("none", dir, "tmpfs", 0, "size=256k") < 0)
		return NOT_HERE;
	struct arena *a = arena_new();
	int result = fails_cleanly(a, dir, ERR_FULL);
	if (os_disk_free(dir) > (256 << 10))
		result = WRONG;
	arena_free(a);
	return result;
}

static void test_full(struct arena *a)
{
	char *small = at(a, "small"), *full = at(a, "full");
	os_mkdir_p(small, NULL);
	os_mkdir_p(full, NULL);
	ok_child(too_large, small, "a file that may not grow leaves the old one and no temp file");
	ok_child(disk_full, full, "so does a full disk, which is ERR_FULL");
}

/* ---- renaming where the kernel can't do it without replacing ---- */

static bool forbid_renameat2(void)
{
	struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof rules / sizeof *rules, .filter = rules };
	return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static int rename_by_link(const char *dir)
{
	struct arena *a = arena_new();
	struct err e;
	char *x = os_path_join(a, dir, "x"), *y = os_path_join(a, dir, "y"), *z = os_path_join(a, dir, "z");
	os_write_file(x, "x", 1, NULL);
	os_write_file(y, "y", 1, NULL);
	if (!forbid_renameat2())
		return NOT_HERE;
	bool right = os_rename_new(x, y, &e) == ERR_CONFLICT && holds(x, "x") && holds(y, "y");
	right = right && os_rename_new(x, z, &e) == OK && holds(z, "x") && !os_exists(x);
	right = right && os_write_new_file(z, "new", 3, &e) == ERR_CONFLICT && holds(z, "x");
	arena_free(a);
	return right ? FINE : WRONG;
}

/* ---- a reader while a file is replaced ---- */

enum { TURNS = 100, PIECE = 20000 };

static int replace_often(const char *path)
{
	for (int i = 0; i < TURNS; i++) {
		memset(much, 'a' + i % 26, PIECE);
		if (os_write_file(path, much, PIECE, NULL) != OK)
			return WRONG;
	}
	return FINE;
}

static bool is_whole(const struct buf *b)
{
	for (size_t i = 1; i < b->n; i++)
		if (b->p[i] != b->p[0])
			return false;
	return b->n == PIECE;
}

static void test_atomic(struct arena *a)
{
	char *path = at(a, "replaced");
	int status = 0, reads = 0;
	bool whole = true;
	struct buf b = { 0 };
	replace_often(path);
	pid_t writer = fork();
	if (writer == 0)
		_exit(replace_often(path));
	while (waitpid(writer, &status, WNOHANG) == 0) {
		buf_reset(&b);
		whole = whole && os_read_file(path, PIECE, &b, NULL) == OK && is_whole(&b);
		reads++;
	}
	ok(WIFEXITED(status) && WEXITSTATUS(status) == FINE, "a file is replaced often");
	ok(whole, "and everyone who reads meanwhile sees a whole one");
	diag("%d reads", reads);
	buf_free(&b);
}

/* ---- locks ---- */

/* A process that takes the lock, says so, and keeps it until its pipe is closed. */
struct holder { pid_t pid; int release; };

static struct holder start_holder(const char *path)
{
	int ready[2], release[2];
	char c = 0;
	if (pipe(ready) < 0 || pipe(release) < 0)
		return (struct holder){ -1, -1 };
	pid_t pid = fork();
	if (pid == 0) {
		struct os_lock *lock;
		close(release[1]);
		if (os_lock_take(path, "Anna · pid 4711 · since 09:12", &lock, NULL) != OK || write(ready[1], "x", 1) != 1)
			_exit(WRONG);
		(void)!read(release[0], &c, 1);
		os_lock_release(lock);
		_exit(FINE);
	}
	close(ready[1]);
	close(release[0]);
	bool taken = read(ready[0], &c, 1) == 1;
	close(ready[0]);
	ok(taken, "another program takes the lock");
	return (struct holder){ pid, release[1] };
}

static void is_held(const char *path)
{
	struct err e = { .text = "" };
	struct os_lock *lock;
	char who[100];
	is_int(os_lock_take(path, "Bo", &lock, &e), ERR_BUSY, "while it is held nobody else gets it");
	ok(!lock && strstr(e.text, "Anna · pid 4711 · since 09:12"), "and is told who has it");
	os_lock_holder(path, who, sizeof who);
	is_str(who, "Anna · pid 4711 · since 09:12", "the holder can be asked for");
	os_lock_holder(path, who, 5);
	is_str(who, "Anna", "in little room, too");
}

static void is_free(const char *path, const char *name)
{
	struct err e = { .text = "" };
	struct os_lock *lock, *second;
	char who[100] = "x";
	os_lock_holder(path, who, sizeof who);
	is_str(who, "", "%s: nobody holds it", name);
	is_int(os_lock_take(path, "Bo", &lock, &e), OK, "%s: it can be taken", name);
	os_lock_holder(path, who, sizeof who);
	is_str(who, "Bo", "%s: with the new name only", name);
	is_int(os_lock_take(path, "Bo", &second, &e), ERR_BUSY, "%s: once, also by the same program", name);
	os_lock_release(lock);
	os_lock_release(NULL);
}

static void test_lock(struct arena *a)
{
	char *path = at(a, "lock");
	char who[10] = "x";
	os_lock_holder(path, who, sizeof who);
	is_str(who, "", "where there is no lock file nobody holds it");
	struct holder h = start_holder(path);
	is_held(path);
	close(h.release);
	waitpid(h.pid, NULL, 0);
	is_free(path, "released");
	h = start_holder(path);
	kill(h.pid, SIGKILL);
	waitpid(h.pid, NULL, 0);
	close(h.release);
	is_free(path, "holder killed");
	struct os_lock *lock;
	is_int(os_lock_take(at(a, "none/lock"), "Bo", &lock, NULL), ERR_IO, "no folder, no lock");
}

/* ---- the process ---- */

static int hardened(const char *path)
{
	struct rlimit core;
	struct stat st;
	unsetenv("SAMVAGT_DEBUG");
	umask(0);
	os_harden();
	FILE *f = fopen(path, "w");
	if (f)
		fclose(f);
	if (stat(path, &st) < 0 || (st.st_mode & 077) != 0)
		return WRONG;
	if (getrlimit(RLIMIT_CORE, &core) < 0 || core.rlim_cur != 0 || core.rlim_max != 0)
		return WRONG;
	return prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) == 0 ? FINE : WRONG;
}

static int can_be_debugged(const char *unused)
{
	(void)unused;
	setenv("SAMVAGT_DEBUG", "1", 1);
	os_harden();
	return prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L) == 1 && umask(0) == 077 ? FINE : WRONG;
}

/* ---- the passphrase ---- */

static int no_terminal(const char *unused)
{
	char secret[20];
	(void)unused;
	setsid();
	return os_ask_passphrase("? ", secret, sizeof secret, NULL) == ERR_KEY ? FINE : WRONG;
}

/* What a program on a terminal of its own reads after `typed`; its exit status says whether that was right. */
static int ask_on_terminal(const char *typed, int want_code, const char *want, struct buf *shown)
{
	int master, status = 0;
	char c;
	pid_t pid = forkpty(&master, NULL, NULL, NULL);
	if (pid == 0) {
		char secret[20] = "";
		struct termios after;
		int code = os_ask_passphrase("Passphrase: ", secret, sizeof secret, NULL);
		bool echo = tcgetattr(STDIN_FILENO, &after) == 0 && (after.c_lflag & ECHO) && (after.c_lflag & ISIG);
		_exit(code == want_code && strcmp(secret, want) == 0 && echo ? FINE : WRONG);
	}
	if (pid < 0)
		return NOT_HERE;
	while (!(shown->p && strstr(shown->p, "Passphrase: ")) && read(master, &c, 1) == 1)
		buf_addc(shown, c);
	if (write(master, typed, strlen(typed)) < 0)
		status = WRONG;
	while (read(master, &c, 1) == 1)
		buf_addc(shown, c);
	waitpid(pid, &status, 0);
	close(master);
	return WIFEXITED(status) ? WEXITSTATUS(status) : WRONG;
}

static void test_passphrase(void)
{
	static const struct { const char *typed; int code; const char *got, *name; } cases[] = {
		{ "hemmelig\r", OK, "hemmelig", "a passphrase is read" },
		{ "rød grød\n", OK, "rød grød", "with blanks and Danish letters" },
		{ "hemmeø\x7flig\r", OK, "hemmelig", "Backspace takes a whole letter" },
		{ "\x7fx\b\x7f" "hej\r", OK, "hej", "and nothing where there is nothing" },
		{ "forkert\x15hej\r", OK, "hej", "Ctrl-U starts anew" },
		{ "\r", OK, "", "it may be empty" },
		{ "hem\x03", ERR_STOPPED, "", "Ctrl-C stops, and leaves nothing in memory" },
		{ "1234567890123456789\r", OK, "1234567890123456789", "as long as there is room" },
		{ "12345678901234567890\r", ERR_KEY, "", "but no longer" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf shown = { 0 };
		int status = ask_on_terminal(cases[i].typed, cases[i].code, cases[i].got, &shown);
		if (status == NOT_HERE)
			skip(1, "no terminals here");
		else
			is_int(status, FINE, "%s", cases[i].name);
		ok(!shown.p || strspn(shown.p + strcspn(shown.p, ":"), ": \r\n") == strlen(shown.p + strcspn(shown.p, ":")),
		   "and nothing of it shows");
		buf_free(&shown);
	}
}

int main(void)
{
	struct arena *a = arena_new();
	test_full(a);
	char *dir = at(a, "link");
	os_mkdir_p(dir, NULL);
	ok_child(rename_by_link, dir, "where the kernel can't rename without replacing, a link does it");
	test_atomic(a);
	test_lock(a);
	ok_child(hardened, at(a, "hardened"), "os_harden: new files are ours alone, and no core dumps");
	ok_child(can_be_debugged, NULL, "with SAMVAGT_DEBUG a debugger may look, but files stay ours");
	ok_child(no_terminal, NULL, "without a terminal no passphrase is asked for");
	test_passphrase();
	arena_free(a);
	return done_testing();
}
