/* tests/t_full.c - a full disk: one sentence, nothing lost, and deleting still works. On a small tmpfs when we may
 * mount one, and with a limit on the size of files. */
#include "tests/storetest.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

enum { PEOPLE = 60, NOTE = 1900, MANY = 400 };

static struct test_clock clk;
static struct err e;
static char note[NOTE + 1];

/* Every person's note changed at once: some 100 kB. */
static int write_notes(struct store *s, const struct id *person, int round)
{
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	memset(note, 'a' + round % 26, NOTE);
	for (int i = 0; i < PEOPLE; i++)
		must(change_set(c, TYPE_VOLUNTEER, person[i], F_VOLUNTEER_NOTE, value_text(note), &e), &e, "set");
	return change_commit(c, NULL, &e);
}

static int write_giant(struct store *s)
{
	struct change *c;
	must(change_begin(s, ACT_IMPORT, &c, &e), &e, "begin");
	memset(note, 'z', NOTE);
	for (int i = 0; i < 7000; i++) {
		struct id id = change_new(c, TYPE_UNIT);
		must(change_set(c, TYPE_UNIT, id, F_UNIT_NAME, value_text("Afsnit"), &e), &e, "set");
		must(change_set(c, TYPE_UNIT, id, F_UNIT_NOTE, value_text(note), &e), &e, "set");
	}
	return change_commit(c, NULL, &e);
}

/* Does everybody's note hold what was written in this round? */
static bool holds(struct store *s, const struct id *person, int round)
{
	struct arena *a = arena_new();
	struct view *v;
	bool good = true;
	must(view_begin(s, &v, &e), &e, "view");
	memset(note, 'a' + round % 26, NOTE);
	for (int i = 0; i < PEOPLE && good; i++) {
		struct rec *r;
		good = view_get(v, a, TYPE_VOLUNTEER, person[i], &r, &e) == OK && r && strcmp(rec_text(r,
			F_VOLUNTEER_NOTE), note) == 0;
	}
	view_end(v);
	arena_free(a);
	return good;
}

static size_t people(struct store *s)
{
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_count(v, TYPE_VOLUNTEER, &n, &e), &e, "count");
	view_end(v);
	return n;
}

/* Write until the disk is full: the number of the last round that was acknowledged. */
static int fill(struct store *s, const struct id *person)
{
	int round = 0, rc = OK;
	while (round < MANY && (rc = write_notes(s, person, round)) == OK)
		round++;
	is_int(rc, ERR_FULL, "after %d changes the disk is full", round);
	ok(strstr(e.text, "full") != NULL, "%s", e.text);
	ok(holds(s, person, round - 1), "what was saved last is there");
	return round - 1;
}

static void test_full(const char *name, void (*shut)(const char *), void (*open_up)(const char *))
{
	struct store *s = test_store(name, &clk);
	struct id person[PEOPLE];
	for (int i = 0; i < PEOPLE; i++)
		person[i] = test_volunteer(s, "Frivillig", NULL);
	shut(name);
	int last = fill(s, person);
	is_int(write_giant(s), ERR_FULL, "a large change is refused");
	store_close(s);
	s = test_open(name, &clk);
	ok(holds(s, person, last), "all is there after reopening");
	is_int(write_notes(s, person, last + 1), ERR_FULL, "still full");
	int deleted = 0;
	for (; deleted < PEOPLE - 1; deleted++) {
		struct change *c;
		must(change_begin(s, ACT_DELETE, &c, &e), &e, "begin");
		change_delete(c, TYPE_VOLUNTEER, person[deleted]);
		if (change_commit(c, NULL, &e) != OK)
			break;
	}
	is_int(deleted, PEOPLE - 1, "each of %d deletions works on the full disk", PEOPLE - 1);
	open_up(name);
	is_int((intmax_t)people(s), 1, "and is there");
	test_set(s, TYPE_VOLUNTEER, person[PEOPLE - 1], F_VOLUNTEER_CITY, value_text("Viborg"));
	is_int(write_giant(s), OK, "with room again, everything works again");
	store_close(s);
}

/* ---- the ways to be full -------------------------------------------------------------------------- */

static void data_file(const char *name, char *path, size_t n)
{
	snprintf(path, n, "%s/db/data.mdb", test_path(name));
}

static void limit_files(const char *name)
{
	char path[4300];
	data_file(name, path, sizeof path);
	struct rlimit r = { (rlim_t)os_file_size(path), RLIM_INFINITY };
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &r) != 0)
		diag("no limit");
}

static void unlimit_files(const char *name)
{
	(void)name;
	struct rlimit r = { RLIM_INFINITY, RLIM_INFINITY };
	setrlimit(RLIMIT_FSIZE, &r);
}

static void fill_disk(const char *name)
{
	static char zero[64 << 10];
	(void)name;
	FILE *f = fopen(test_path("small/filler"), "w");
	if (!f)
		return;
	setvbuf(f, NULL, _IONBF, 0);
	for (size_t n = sizeof zero; n >= 512;)
		if (fwrite(zero, 1, n, f) != n)
			n /= 2;
	fclose(f);
}

static void empty_disk(const char *name)
{
	(void)name;
	os_remove(test_path("small/filler"), NULL);
}

static bool mount_small(void)
{
	must(os_mkdir_p(test_path("small"), &e), &e, "mkdir");
	return mount("tmpfs", test_path("small"), "tmpfs", 0, "size=64m") == 0;
}

int main(void)
{
	test_full("limited", limit_files, unlimit_files);
	if (mount_small()) {
		test_full("small/store", fill_disk, empty_disk);
		umount2(test_path("small"), MNT_DETACH);
	} else
		skip(9, "can't mount a small disk");
	return done_testing();
}
