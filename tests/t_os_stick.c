/* tests/t_os_stick.c - files that are carried away, and where sticks are. */
#include "base/os_priv.h"

#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

static void test_write_down(struct arena *a)
{
	struct err e;
	struct buf b = {0};
	char *path = os_path_join(a, test_dir(), ".part"), *to = os_path_join(a, test_dir(), "whole");
	is_int(os_write_down(path, "bytes", 5, &e), OK, "a file is written");
	is_int(os_write_down(path, "other", 5, &e), ERR_CONFLICT, "and never over another");
	ok(strstr(e.text, ".part"), "the error names the path");
	is_int(os_publish(path, to, false, &e), OK, "it gets its name");
	is_int(os_sync_fs(test_dir(), &e), OK, "the file system is synced");
	is_int(os_read_back(to, 100, &b, &e), OK, "it is read back");
	is_mem(b.p, b.n, "bytes", 5, "as it was written");
	is_int(os_read_back(path, 100, &b, &e), ERR_NOTFOUND, "under no other name");
	is_int(os_remove_down(to, &e), OK, "it is removed");
	ok(!os_exists(to), "and gone");
	is_int(os_remove_down(to, &e), OK, "a missing one is fine");
	is_int(os_write_down(os_path_join(a, test_dir(), "no/where"), "x", 1, &e), ERR_IO, "no folder, no file");
	is_int(os_sync_fs(os_path_join(a, test_dir(), "nowhere"), &e), ERR_IO, "no file system, nothing synced");
	buf_free(&b);
}

static void test_parse(struct arena *a)
{
	struct os_mount *m;
	size_t n;
	os_parse_mounts(a,
		"36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n"
		"nonsense\n"
		"40 35 8:17 / /media/anna/SAMVAGT\\040STIK rw,nosuid shared:7 - vfat /dev/sdb1 rw\n"
		"41 35 8:18 / /media/x rw no dash\n"
		"42 35 0:9 / /mnt/h rw - cifs //srv/del rw",
		&m, &n);
	is_int((intmax_t)n, 3, "lines that make no sense are passed over");
	is_str(m[0].dir, "/mnt2", "the folder");
	is_str(m[0].fs, "ext3", "the kind of file system");
	is_str(m[1].dir, "/media/anna/SAMVAGT STIK", "a blank in a name");
	is_str(m[1].number, "8:17", "the device's number");
	is_str(m[2].device, "//srv/del", "the last line needs no end");
	os_parse_mounts(a, "", &m, &n);
	is_int((intmax_t)n, 0, "nothing is nothing");
}

static void test_mounts(struct arena *a)
{
	struct os_mount *m;
	struct err e;
	size_t n = 0, found = 0;
	is_int(os_mounts(a, &m, &n, &e), OK, "this machine's mounts");
	for (size_t i = 0; i < n; i++)
		found += strcmp(m[i].dir, "/proc") == 0 && strcmp(m[i].fs, "proc") == 0;
	ok(found > 0, "what tells of them is among them");
}

static void test_state_home(struct arena *a)
{
	setenv("XDG_STATE_HOME", "/somewhere", 1);
	is_str(os_state_home(a), "/somewhere/samvagt", "the state folder is where the environment says");
	unsetenv("XDG_STATE_HOME");
	setenv("HOME", "/home/x", 1);
	is_str(os_state_home(a), "/home/x/.local/state/samvagt", "or at home");
}

int main(void)
{
	struct arena *a = arena_new();
	test_write_down(a);
	test_parse(a);
	test_mounts(a);
	test_state_home(a);
	arena_free(a);
	return done_testing();
}
