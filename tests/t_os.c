/* tests/t_os.c - files, folders, the clock and where things stand; one program alone. What needs a second program
 * (locks, full disks, terminals) is in t_os_process.c. */
#include "base/os.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "tests/tap.h"

/* A file system that can't rename with conditions, as some on USB sticks. */
static bool plain_renames;

int renameat2(int at_from, const char *from, int at_to, const char *to, unsigned flags)
{
	if (plain_renames && flags != 0) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_renameat2, at_from, from, at_to, to, flags);
}

/* A name in this test's folder; freed with the arena. */
static char *at(struct arena *a, const char *name)
{
	return os_path_join(a, test_dir(), name);
}

static void is_file(const char *path, const char *want, const char *name)
{
	struct buf b = { 0 };
	struct err e = { .text = "" };
	if (os_read_file(path, 1 << 20, &b, &e))
		diag("%s", e.text);
	is_str(b.p, want, "%s", name);
	buf_free(&b);
}

static size_t names_in(struct arena *a, const char *path)
{
	char **names;
	size_t n = 0;
	return os_list_dir(a, path, &names, &n, NULL) == OK ? n : SIZE_MAX;
}

static void test_write(struct arena *a)
{
	struct err e;
	struct stat st;
	char *dir = at(a, "write"), *path = os_path_join(a, dir, "keys");
	umask(0);
	os_mkdir_p(dir, NULL);
	is_int(os_write_file(path, "first", 5, &e), OK, "a file is written");
	is_file(path, "first", "whole");
	ok(stat(path, &st) == 0 && (st.st_mode & 07777) == 0600, "readable by nobody else, whatever the umask");
	FILE *reader = fopen(path, "r");
	is_int(os_write_file(path, "second", 6, &e), OK, "and replaced");
	is_file(path, "second", "by the new");
	char old[16] = "";
	ok(reader && fgets(old, sizeof old, reader) && strcmp(old, "first") == 0, "one who reads the old one reads on");
	if (reader)
		fclose(reader);
	is_int(os_write_file(path, "", 0, &e), OK, "an empty file can be written");
	is_int(os_file_size(path), 0, "and is empty");
	is_int((intmax_t)names_in(a, dir), 1, "no temp file is left");
	is_int(os_write_file(at(a, "nowhere/x"), "x", 1, &e), ERR_IO, "no folder, no file");
	ok(strstr(e.text, "nowhere/x"), "the error names the path");
	is_int(os_write_file(dir, "x", 1, &e), ERR_IO, "a folder isn't replaced by a file");
	is_int((intmax_t)names_in(a, test_dir()), 1, "nor leaves a temp file");
}

static void test_write_new(struct arena *a)
{
	struct err e;
	char *dir = at(a, "new"), *path = os_path_join(a, dir, "segment");
	os_mkdir_p(dir, NULL);
	is_int(os_write_new_file(path, "mine", 4, &e), OK, "a new file is written");
	is_int(os_write_new_file(path, "yours", 5, &e), ERR_CONFLICT, "but never over another");
	is_file(path, "mine", "which stays as it was");
	is_int((intmax_t)names_in(a, dir), 1, "no temp file is left");
	if (symlink("nowhere", os_path_join(a, dir, "link")) == 0)
		is_int(os_write_new_file(os_path_join(a, dir, "link"), "x", 1, &e), ERR_CONFLICT,
		       "a link to nowhere is something, too");
	else
		skip(1, "no links here");
	is_int(os_write_new_file(at(a, "new"), "x", 1, NULL), ERR_CONFLICT, "so is a folder");
}

static void test_rename_new(struct arena *a)
{
	struct err e;
	char *x = at(a, "x"), *y = at(a, "y"), *z = at(a, "z");
	os_write_file(x, "x", 1, NULL);
	os_write_file(y, "y", 1, NULL);
	is_int(os_rename_new(x, y, &e), ERR_CONFLICT, "a rename never replaces");
	is_file(x, "x", "the one stays");
	is_file(y, "y", "and the other");
	is_int(os_rename_new(x, z, &e), OK, "to a free name it works");
	ok(!os_exists(x) && os_exists(z), "the old name is gone");
	is_file(z, "x", "the contents went along");
	is_int(os_rename_new(x, at(a, "w"), &e), ERR_NOTFOUND, "what isn't there can't be renamed");
	os_mkdir_p(at(a, "empty"), NULL);
	is_int(os_rename_new(z, at(a, "empty"), &e), ERR_CONFLICT, "an empty folder is something, too");
	is_int(os_rename_new(at(a, "empty"), at(a, "moved"), &e), OK, "folders can be renamed");
	plain_renames = true;
	is_int(os_rename_new(z, x, &e), OK, "a file also where a rename can't be told not to replace");
	is_int(os_rename_new(x, y, &e), ERR_CONFLICT, "and never over another");
	is_int(os_rename_new(at(a, "moved"), at(a, "again"), &e), OK, "so can a folder");
	os_mkdir_p(at(a, "empty"), NULL);
	is_int(os_rename_new(at(a, "again"), at(a, "empty"), &e), ERR_CONFLICT, "and never over another");
	plain_renames = false;
}

static void test_read(struct arena *a)
{
	struct err e;
	struct buf b = { 0 };
	char *path = at(a, "read");
	char *large = arena_alloc(a, 100001);
	memset(large, 'x', 100000);
	os_write_file(path, large, 100000, NULL);
	is_int(os_file_size(path), 100000, "a file has a size");
	is_int(os_read_file(path, 100000, &b, &e), OK, "a file of the allowed size is read");
	is_str(b.p, large, "whole");
	buf_reset(&b);
	buf_adds(&b, "before ");
	is_int(os_read_file(path, 99999, &b, &e), ERR_DATA, "one byte more than allowed is refused");
	is_str(b.p, "before ", "and nothing of it is kept");
	os_write_file(path, "after", 5, NULL);
	is_int(os_read_file(path, 5, &b, &e), OK, "a read appends");
	is_str(b.p, "before after", "to what was there");
	buf_free(&b);
	os_write_file(path, "", 0, NULL);
	is_int(os_read_file(path, 0, &b, &e), OK, "an empty file is read with no room at all");
	is_str(b.p, "", "as an empty string");
	is_int(os_read_file(at(a, "missing"), 10, &b, &e), ERR_NOTFOUND, "a missing file is ERR_NOTFOUND");
	is_int(os_read_file(test_dir(), 10, &b, &e), ERR_IO, "a folder can't be read as a file");
	is_int(os_read_fd(-1, 10, &b, &e), ERR_IO, "nor can a closed descriptor");
	buf_free(&b);
}

static void test_folders(struct arena *a)
{
	struct err e;
	struct stat st;
	char **names, *deep = at(a, "f/g/h"), *top = at(a, "f");
	size_t n;
	is_int(os_mkdir_p(deep, &e), OK, "a folder is made with those above it");
	is_int(os_mkdir_p(deep, &e), OK, "again is fine");
	is_int(os_mkdir_p(arena_printf(a, "%s//i/", deep), &e), OK, "so are needless slashes");
	ok(stat(deep, &st) == 0 && (st.st_mode & 07777) == 0700, "it is for us alone");
	os_write_file(at(a, "f/b"), "", 0, NULL);
	os_write_file(at(a, "f/B"), "", 0, NULL);
	os_write_file(at(a, "f/å"), "", 0, NULL);
	is_int(os_mkdir_p(at(a, "f/b/c"), &e), ERR_IO, "a file in the way stops it");
	is_int(os_list_dir(a, top, &names, &n, &e), OK, "a folder is listed");
	is_int((intmax_t)n, 4, "with all that is in it");
	ok(n == 4 && strcmp(names[0], "B") == 0 && strcmp(names[1], "b") == 0 && strcmp(names[2], "g") == 0 &&
	   strcmp(names[3], "å") == 0 && !names[4], "in the order of bytes, with NULL last");
	is_int(os_list_dir(a, at(a, "none"), &names, &n, &e), ERR_NOTFOUND, "a missing folder is ERR_NOTFOUND");
	is_int(os_fsync_dir(top, &e), OK, "a folder can be synced");
	is_int(os_fsync_dir(at(a, "none"), &e), ERR_IO, "a missing one can't");
}

static void test_remove(struct arena *a)
{
	struct err e;
	char *kept = at(a, "kept"), *tree = at(a, "tree"), *inner = os_path_join(a, tree, "a/b/c");
	is_int(os_remove(at(a, "none"), &e), OK, "removing what is missing is fine");
	os_mkdir_p(kept, NULL);
	os_mkdir_p(inner, NULL);
	os_write_file(os_path_join(a, kept, "file"), "x", 1, NULL);
	os_write_file(os_path_join(a, inner, "file"), "x", 1, NULL);
	bool linked = symlink(kept, os_path_join(a, tree, "link")) == 0;
	ok(os_remove(tree, &e) != OK && os_exists(inner), "a folder isn't removed as a file");
	is_int(os_remove_tree(tree, &e), OK, "a tree is removed");
	ok(!os_exists(tree), "whole");
	if (linked)
		ok(os_exists(os_path_join(a, kept, "file")), "but nothing behind a link");
	else
		skip(1, "no links here");
	is_int(os_remove_tree(tree, &e), OK, "again is fine");
	is_int(os_remove(os_path_join(a, kept, "file"), &e), OK, "a file is removed");
	is_int((intmax_t)names_in(a, kept), 0, "and gone");
	is_int(os_file_size(at(a, "none")), -1, "what is missing has size -1");
	ok(os_disk_free(test_dir()) > 0, "there is room on the disk");
	is_int(os_disk_free(at(a, "none")), -1, "room at a missing path is unknown");
}

static void test_fs(struct arena *a)
{
	static const struct { const char *word; enum os_fs kind; } pretended[] = {
		{ "network", OS_FS_NETWORK }, { "fuse", OS_FS_FUSE }, { "fat", OS_FS_FAT },
	};
	const char *name = NULL, *later = NULL;
	unsetenv("SAMVAGT_TEST_FS");
	enum os_fs here = os_fs_kind(test_dir(), &name);
	is_int(os_fs_kind(at(a, "not/yet/here"), &later), here, "a path that isn't there yet lies where its folder lies");
	is_str(later, name, "on a file system of the same name");
	is_int(os_fs_kind("/proc", NULL), OS_FS_LOCAL, "the name needn't be asked for");
	for (size_t i = 0; i < sizeof pretended / sizeof *pretended; i++) {
		setenv("SAMVAGT_TEST_FS", pretended[i].word, 1);
		is_int(os_fs_kind(test_dir(), &name), pretended[i].kind, "%s can be pretended", pretended[i].word);
		is_str(name, pretended[i].word, "and has a name");
	}
	unsetenv("SAMVAGT_TEST_FS");
}

static int64_t clock_says(const char *text, int *code)
{
	struct os_clock c;
	setenv("SAMVAGT_NOW", text, 1);
	*code = os_clock_init(&c, NULL);
	unsetenv("SAMVAGT_NOW");
	return c.now(c.ctx);
}

static void test_clock(void)
{
	static const struct { const char *text; int64_t seconds; } good[] = {
		{ "2025-12-01T09:00", 1764576000 }, { "2025-12-01T08:00Z", 1764576000 },
		{ "2025-12-01T09:00:07", 1764576007 }, { "2025-12-01T08:00:07Z", 1764576007 },
		{ "2025-07-01T09:00", 1751353200 }, { "1970-01-01T00:00Z", 0 },
	};
	static const char *const bad[] = { "now", "2025-12-01", "2025-13-01T09:00", "2025-02-29T09:00", "2025-12-01T24:00",
		"2025-12-01T09:60", "2025-12-01T09:00:60", "2025-12-01 09:00", "2025-12-01T9:00", "2025-12-01T09:00ZZ", "Z",
		"+025-12-01T09:00", "2025-12-01T09:00:" };
	int code;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		is_int(clock_says(good[i].text, &code), good[i].seconds, "SAMVAGT_NOW=%s", good[i].text);
		is_int(code, OK, "is accepted");
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		clock_says(bad[i], &code);
		is_int(code, ERR_USAGE, "SAMVAGT_NOW=%s is refused", bad[i]);
	}
	struct os_clock c;
	time_t before = time(NULL);
	is_int(os_clock_init(&c, NULL), OK, "without SAMVAGT_NOW");
	int64_t now = c.now(c.ctx);
	ok(now >= before && now <= time(NULL), "it is the machine's time");
	int64_t first = os_monotonic_ms();
	ok(os_monotonic_ms() >= first, "the other clock never goes back");
}

static void test_random(void)
{
	unsigned char x[1000] = { 0 }, y[1000] = { 0 };
	size_t seen[256] = { 0 }, kinds = 0;
	os_random(x, sizeof x);
	os_random(y, sizeof y);
	ok(memcmp(x, y, sizeof x) != 0, "chance doesn't repeat itself");
	for (size_t i = 0; i < sizeof x; i++)
		kinds += seen[x[i]]++ == 0;
	ok(kinds > 200, "and takes all values");
	unsigned char tail[4] = { 1, 2, 3, 4 };
	os_random(tail, 2);
	ok(tail[2] == 3 && tail[3] == 4, "no byte too many");
}

static void test_places(struct arena *a, const char *argv0)
{
	is_str(os_path_join(a, "a", "b"), "a/b", "paths are joined");
	is_str(os_path_join(a, "a/", "b"), "a/b", "with one slash");
	is_str(os_path_join(a, "/", "b"), "/b", "also at the root");
	is_str(os_path_join(a, "", "b"), "b", "and with no folder");
	setenv("HOME", "/home/anna", 1);
	setenv("XDG_DATA_HOME", "/data", 1);
	is_str(os_data_home(a), "/data/samvagt", "XDG_DATA_HOME is obeyed");
	setenv("XDG_DATA_HOME", "data", 1);
	is_str(os_data_home(a), "/home/anna/.local/share/samvagt", "unless it is relative");
	unsetenv("XDG_DATA_HOME");
	is_str(os_data_home(a), "/home/anna/.local/share/samvagt", "or not there");
	unsetenv("XDG_CONFIG_HOME");
	is_str(os_config_home(a), "/home/anna/.config/samvagt", "what is configured has its own");
	unsetenv("HOME");
	ok(strstr(os_data_home(a), ".local/share/samvagt"), "without HOME there is still a place");
	const char *slash = strrchr(argv0, '/');
	ok(os_exists(os_path_join(a, os_program_dir(a), slash ? slash + 1 : argv0)), "the program stands in its folder");
}

static void test_note(struct arena *a)
{
	const char *path = os_path_join(a, test_dir(), "note");
	struct buf b = { 0 };
	struct err e;
	ok(os_write_note(path, "a longer text", 13, &e) == OK && os_write_note(path, "short", 5, &e) == OK,
		"a note is written and written over");
	ok(os_read_file(path, 100, &b, &e) == OK && b.n == 5 && strcmp(b.p, "short") == 0, "and nothing stays of what it was");
	buf_free(&b);
	is_int(os_write_note(os_path_join(a, path, "no"), "x", 1, &e), ERR_IO, "where no file can be is an error");
}

static void test_spots(struct arena *a)
{
	struct os_spot one, other, moved;
	const char *from = os_path_join(a, test_dir(), "here"), *to = os_path_join(a, test_dir(), "there");
	struct err e;
	ok(!os_spot_of(a, from, &one), "what isn't there is no spot");
	os_mkdir_p(from, &e);
	ok(os_spot_of(a, from, &one) && os_spot_of(a, test_dir(), &other) && one.inode != other.inode,
		"two folders are two spots");
	ok(os_rename_new(from, to, &e) == OK && os_spot_of(a, to, &moved) && moved.inode == one.inode &&
		moved.device == one.device, "a folder that is moved is the same");
	ok(strcmp(moved.path, one.path) != 0 && *moved.path == '/', "with another path");
	setenv("SAMVAGT_TEST_MACHINE", "loom", 1);
	is_str(os_machine(a), "loom", "a machine can be pretended");
	unsetenv("SAMVAGT_TEST_MACHINE");
	ok(os_machine(a) && !strchr(os_machine(a), '\n'), "and the real one has one line");
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new();
	(void)argc;
	test_write(a);
	test_write_new(a);
	test_note(a);
	test_spots(a);
	test_rename_new(a);
	test_read(a);
	test_folders(a);
	test_remove(a);
	test_fs(a);
	test_clock();
	test_random();
	test_places(a, argv[0]);
	arena_free(a);
	return done_testing();
}
