/* tests/t_lock_program.c - the program itself in a terminal, on a store with a passphrase: locked, its memory holds
 * neither what was shown nor the passphrase. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "tests/memory.h"
#include "tests/pty.h"
#include "tests/tap.h"

/* Backwards: what is looked for in the child's memory. */
#define PASSPHRASE "blomsterkost og honning"
static const char drowssap[] = "gninnoh go tsokretsmolb", eman[] = "kramgnaslguF";

static char file[4200], dir[4200], command[20000];

static void make_store(void)
{
	snprintf(file, sizeof file, "%s/pass", test_dir());
	snprintf(dir, sizeof dir, "%s/store", test_dir());
	os_write_file(file, PASSPHRASE "\n", strlen(PASSPHRASE) + 1, NULL);
	snprintf(command, sizeof command, "./samvagt init -s %s --site Viborg --name Anna --passphrase-file %s >/dev/null && "
		"./samvagt add volunteer given=Bo family=Fuglsangmark status=active -s %s --passphrase-file %s >/dev/null", dir, file, dir, file);
	if (system(command) != 0)
		exit(99);
}

int main(void)
{
	make_store();
	char words[][20] = {"./samvagt", "-s", "--lang", "en", "--passphrase-file"};
	char *const argv[] = {words[0], words[1], dir, words[2], words[3], words[4], file, NULL};
	struct pty *p = pty_start(argv, NULL, 24, 80);
	if (!p)
		return 99;
	pid_t child = (pid_t)pty_pid(p);
	pty_type(p, "3");
	ok(pty_shows(p, "Fuglsangmark"), "a name is shown");
	size_t shown = memory_count(child, eman);
	if (shown == SIZE_MAX) {
		skip(4, "the memory of a child can't be looked into here");
	} else {
		ok(shown > 0, "and is in memory");
		is_int((intmax_t)memory_count(child, drowssap), 0, "but not the passphrase: it was forgotten when the store was open");
		pty_type(p, "\x0c");
		ok(pty_shows(p, "Locked") && !pty_shows(p, "Fuglsangmark"), "Ctrl-L locks");
		is_int((intmax_t)memory_count(child, eman), 0, "then the name is nowhere");
	}
	pty_type(p, PASSPHRASE "\r");
	ok(pty_shows(p, "Fuglsangmark"), "the passphrase opens it again");
	pty_type(p, "Q");
	is_int(pty_wait(p), 0, "and it can be left");
	pty_free(p);
	return done_testing();
}
