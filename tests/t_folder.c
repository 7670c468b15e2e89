/* tests/t_folder.c - the exchange folder on a real disk, and on a stick in memory whose calls fail one after the
 * other. */
#include "sync/folder_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/tap.h"

static const uint8_t ring[SEGMENT_RING] = {1, 2, 3}, other_ring[SEGMENT_RING] = {9};
static const uint8_t hash[SEGMENT_HASH] = {0xAB, 0xCD, 7};

static const uint8_t *hash_of(uint8_t n)
{
	static uint8_t h[SEGMENT_HASH];
	memset(h, n, sizeof h);
	return h;
}

static bool has(struct folder *f, enum folder_kind kind, uint64_t inc, uint64_t first, uint64_t last,
	const uint8_t hash_in_name[8], int64_t n)
{
	struct folder_file want = {.kind = kind, .inc = inc, .first = first, .last = last};
	memcpy(want.hash, hash_in_name, sizeof want.hash);
	const struct folder_file *file = NULL;
	while ((file = folder_next(f, file, &want)))
		if (file->size == n)
			return true;
	return false;
}

/* ---- names ---- */

static void test_names(void)
{
	char name[FOLDER_NAME], inc[FOLDER_INC];
	uint64_t back;
	struct folder_file f = {.kind = FOLDER_SEGMENT, .first = 1, .last = 5000}, got;
	memcpy(f.hash, hash, 8);
	folder_name_file(&f, 1, name);
	is_str(name, "000000000001-000000005000-vpgqoaaaaaaaa.seg", "a segment's name");
	folder_parse_file(name, &got);
	ok(got.kind == FOLDER_SEGMENT && got.first == 1 && got.last == 5000 && !memcmp(got.hash, hash, 8), "is read back");
	folder_name_file(&f, 2, name);
	is_str(name, "000000000001-000000005000-vpgqoaaaaaaaa-2.seg", "the name of a copy");
	folder_parse_file(name, &got);
	ok(got.kind == FOLDER_SEGMENT && !memcmp(got.hash, hash, 8), "is read back too");
	for (size_t i = 0; name[i]; i++)
		name[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
	folder_parse_file(name, &got);
	ok(got.kind == FOLDER_SEGMENT && !memcmp(got.hash, hash, 8), "also when FAT has made it upper case");
	f.kind = FOLDER_STATEMENT;
	folder_name_file(&f, 1, name);
	is_str(name, "cert.vpgqoaaaaaaaa.svc", "a statement's name");
	folder_parse_file(name, &got);
	is_int(got.kind, FOLDER_STATEMENT, "is read back");
	f.kind = FOLDER_SNAPSHOT, f.first = f.last = 77;
	folder_name_file(&f, 1, name);
	folder_parse_file(name, &got);
	ok(got.kind == FOLDER_SNAPSHOT && got.first == 77 && got.last == 77, "a snapshot's too");
	folder_name_inc(UINT64_MAX, inc);
	is_int((intmax_t)strlen(inc), 13, "an incarnation takes 13 characters");
	ok(folder_parse_inc(inc, &back) && back == UINT64_MAX, "and is read back");
	inc[12] = 'b';
	ok(!folder_parse_inc(inc, &back), "one value has one name");
}

static void test_strange_names(void)
{
	static const char *const strange[] = {
		"", ".", ".seg", "x.seg", "cert.svc", "cert..svc", "1-2-.seg", "-1-2-vpgqoaaaaaaaa.seg", "5-4-vpgqoaaaaaaaa.seg",
		"1-2-vpgqoaaaaaaaa.seg.tmp", "1-2-vpgqoaaaaaaaa(1).seg", "1-2-vpgqoaaaaaaa1.seg", "1-vpgqoaaaaaaaa.seg",
		"99999999999999999999-99999999999999999999-vpgqoaaaaaaaa.seg", "1-2-vpgqoaaaaaaaa-.seg", "photo.jpg",
		"1-2-vpgqoaaaaaaaa-2x.seg", "1-2-vpgqoaaaaaaaa.sync-conflict-20251201-080000-ABCDEFG.seg",
	};
	struct folder_file got;
	size_t known = 0;
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
		folder_parse_file(strange[i], &got);
		known += got.kind != FOLDER_UNKNOWN;
	}
	is_int((intmax_t)known, 0, "strange names are nobody's");
	char part[FOLDER_NAME];
	folder_name_part(5, 9, part);
	ok(folder_is_part_of(part, 5) && !folder_is_part_of(part, 6), "a half file has its writer's name");
	ok(!folder_is_part_of(".p-.part", 5) && !folder_is_part_of("", 5), "others aren't its");
	ok(folder_is_half(part) && folder_is_half("P-B6H7~2.PAR") && folder_is_half(".x"), "a half file is one for everybody");
	ok(!folder_is_half("000000~1.SEG") && !folder_is_half("par") && !folder_is_half("x.parts"), "others aren't");
}

/* ---- a real disk ---- */

static size_t files_in(struct folder *f, struct arena *a, struct folder_file **list)
{
	size_t n;
	folder_list(f, a, list, &n);
	return n;
}

static struct folder *must_open(const struct folder_io *io, const char *dir, uint64_t own)
{
	struct folder *f;
	struct err e;
	if (folder_open(io, dir, ring, "Region Midt", own, &f, &e)) {
		printf("Bail out! %s\n", e.text);
		exit(99);
	}
	return f;
}

static void test_first_opening(const struct folder_io *io, const char *dir)
{
	struct folder *f;
	struct err e;
	char missing[4096];
	snprintf(missing, sizeof missing, "%s/nowhere", dir);
	is_int(folder_open(io, missing, ring, "x", 5, &f, &e), ERR_NOTFOUND, "no folder");
	ok(!f && strstr(e.text, "nowhere"), "it is named");
	is_int(folder_open(io, dir, ring, "x", 0, &f, &e), ERR_NOTFOUND, "an empty one has nothing to read");
	is_int(folder_try(io, missing, ring, "x", &f, &e), ERR_NOTFOUND, "one that is missing can't be tried");
	is_int(folder_try(io, dir, ring, "x", &f, &e), OK, "an empty one can");
	ok(folder_is_new(f), "and nobody was there");
	folder_close(f);
	f = must_open(io, dir, 5);
	is_int(folder_settle(f, &e), OK, "one who writes makes it");
	folder_close(f);
	is_int(folder_open(io, dir, other_ring, "y", 5, &f, &e), ERR_REFUSED, "another ring's is refused");
	ok(strstr(e.text, "than y"), "and ours is named");
	folder_close(must_open(io, dir, 0));
}

static void test_put(const struct folder_io *io, const char *dir, struct arena *a)
{
	struct folder_file *list;
	struct err e;
	struct buf b = {0};
	bool written = false;
	struct folder *f = must_open(io, dir, 5);
	is_int(folder_put(f, FOLDER_SEGMENT, 5, 1, 3, hash, "hello", 5, &written, &e), OK, "a file is put");
	ok(written && has(f, FOLDER_SEGMENT, 5, 1, 3, hash, 5), "and is there");
	is_int(folder_put(f, FOLDER_SEGMENT, 5, 1, 3, hash, "hello", 5, &written, &e), OK, "the same again");
	ok(!written, "is nothing");
	is_int(folder_put(f, FOLDER_STATEMENT, 6, 0, 0, hash, "oath", 4, NULL, &e), OK, "another's statement is put");
	is_int(folder_settle(f, &e), OK, "all of it is down");
	folder_close(f);
	f = must_open(io, dir, 0);
	is_int((intmax_t)files_in(f, a, &list), 2, "both are listed");
	ok(list[0].kind == FOLDER_SEGMENT && list[0].inc == 5 && list[0].first == 1 && list[0].last == 3, "by what they are");
	ok(has(f, FOLDER_STATEMENT, 6, 0, 0, hash, 4), "the statement too");
	is_int(folder_read(f, &list[0], &b, &e), OK, "one is read");
	is_mem(b.p, b.n, "hello", 5, "as it was put");
	folder_close(f);
	buf_free(&b);
}

static void test_damaged(const struct folder_io *io, const char *dir, struct arena *a)
{
	struct folder_file *list;
	struct err e;
	struct folder *f = must_open(io, dir, 5);
	files_in(f, a, &list);
	char *path = os_path_join(a, os_path_join(a, dir, FOLDER_ROOT), list[0].path);
	os_write_file(path, "", 0, NULL);
	folder_close(f);
	f = must_open(io, dir, 5);
	ok(!has(f, FOLDER_SEGMENT, 5, 1, 3, hash, 5), "a file of no length isn't there whole");
	is_int(folder_put(f, FOLDER_SEGMENT, 5, 1, 3, hash, "hello", 5, NULL, &e), OK, "it is put again");
	ok(has(f, FOLDER_SEGMENT, 5, 1, 3, hash, 5), "and is there");
	is_int(os_file_size(path), 0, "beside the damaged one");
	os_write_file(path, "HELLO", 5, NULL);
	folder_close(f);
	f = must_open(io, dir, 5);
	is_int((intmax_t)files_in(f, a, &list), 3, "both are listed");
	is_int(folder_remove(f, &list[1], &e), OK, "the owner removes one");
	is_int((intmax_t)files_in(f, a, &list), 2, "it is gone");
	ok(!os_exists(path), "from the disk too");
	folder_close(f);
}

static void test_strangers(const struct folder_io *io, const char *dir, struct arena *a)
{
	struct folder_file *list;
	char *root = os_path_join(a, dir, FOLDER_ROOT), *s = os_path_join(a, root, "s"), part[FOLDER_NAME];
	folder_name_part(5, 1, part);
	char *mine = os_path_join(a, s, part);
	folder_name_part(6, 1, part);
	char *theirs = os_path_join(a, s, part);
	os_write_file(mine, "half", 4, NULL);
	os_write_file(theirs, "half", 4, NULL);
	static const char *const kinds[] = {"fat", "network"};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		setenv("SAMVAGT_TEST_FS", kinds[i], 1);
		folder_close(must_open(io, dir, 5));
		ok(os_exists(mine), "what was left half stays on %s", kinds[i]);
	}
	unsetenv("SAMVAGT_TEST_FS");
	os_write_file(os_path_join(a, root, "copy (1) of something"), "text", 4, NULL);
	os_write_file(os_path_join(a, s, "empty"), "", 0, NULL);
	struct folder *f = must_open(io, dir, 5);
	is_int((intmax_t)files_in(f, a, &list), 3, "a file with another name is worth a look, an empty one isn't");
	is_int(list[0].kind, FOLDER_UNKNOWN, "its name says nothing");
	ok(!os_exists(mine) && os_exists(theirs), "what was left half is removed by whose it was");
	folder_close(f);
	f = must_open(io, root, 0);
	is_int((intmax_t)files_in(f, a, &list), 3, "the folder SAMVAGT itself can be named");
	folder_close(f);
}

static void test_real(struct arena *a)
{
	struct folder_io io = folder_io_real();
	char *dir = os_path_join(a, test_dir(), "stick");
	os_mkdir_p(dir, NULL);
	test_first_opening(&io, dir);
	test_put(&io, dir, a);
	test_damaged(&io, dir, a);
	test_strangers(&io, dir, a);
}

/* ---- a stick in memory: every call can be the one that fails; what was written before is kept ---- */

struct stick {
	struct arena *a;
	struct { char *path; struct buf b; } file[64];
	size_t n;
	int calls, fail_at;               /* -1: never */
	bool gone;                        /* fails from then on, as when it is pulled */
	bool forgets;                     /* what is read back isn't what was written */
};

static int call(struct stick *s, struct err *e)
{
	if (s->calls++ != s->fail_at && !(s->gone && s->fail_at >= 0 && s->calls > s->fail_at))
		return OK;
	return err_set(e, ERR_IO, "the stick failed");
}

static size_t find(const struct stick *s, const char *path)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->file[i].path, path) == 0)
			return i;
	return SIZE_MAX;
}

static int stick_make_dir(void *ctx, const char *path, struct err *e)
{
	(void)path;
	return call(ctx, e);
}

/* Folders are where files are; the root is always there. */
static int stick_list(void *ctx, struct arena *a, const char *path, struct folder_entry **out, size_t *n, struct err *e)
{
	struct stick *s = ctx;
	int rc = call(s, e);
	size_t len = strlen(path);
	*out = arena_alloc(a, (s->n + 1) * sizeof **out);
	*n = 0;
	for (size_t i = 0; rc == OK && i < s->n; i++) {
		const char *at = s->file[i].path;
		if (strncmp(at, path, len) != 0 || at[len] != '/')
			continue;
		const char *name = arena_strndup(a, at + len + 1, strcspn(at + len + 1, "/"));
		bool is_dir = strchr(at + len + 1, '/') != NULL;
		if (*n && strcmp((*out)[*n - 1].name, name) == 0)
			continue;
		(*out)[(*n)++] = (struct folder_entry){name, (int64_t)s->file[i].b.n, is_dir};
	}
	return rc || *n || strcmp(path, "/stick") == 0 ? rc : err_set(e, ERR_NOTFOUND, "nothing there");
}

static int stick_read(void *ctx, const char *path, size_t max, struct buf *b, struct err *e)
{
	struct stick *s = ctx;
	int rc = call(s, e);
	size_t i = find(s, path);
	if (rc || i == SIZE_MAX || s->file[i].b.n > max)
		return rc ? rc : err_set(e, i == SIZE_MAX ? ERR_NOTFOUND : ERR_DATA, "no");
	buf_add(b, s->file[i].b.p, s->file[i].b.n);
	return OK;
}

/* A write that fails leaves half of it. */
static int stick_write(void *ctx, const char *path, const void *p, size_t n, struct err *e)
{
	struct stick *s = ctx;
	int rc = call(s, e);
	if (find(s, path) != SIZE_MAX)
		return err_set(e, ERR_CONFLICT, "exists");
	s->file[s->n].path = arena_strdup(s->a, path);
	s->file[s->n].b = (struct buf){0};
	buf_add(&s->file[s->n++].b, p, rc ? n / 2 : n);
	return rc;
}

static int stick_remove(void *ctx, const char *path, struct err *e)
{
	struct stick *s = ctx;
	int rc = call(s, e);
	size_t i = find(s, path);
	if (rc == OK && i != SIZE_MAX) {
		buf_free(&s->file[i].b);
		memmove(s->file + i, s->file + i + 1, (s->n - i - 1) * sizeof *s->file);
		s->n--;
	}
	return rc;
}

static int stick_publish(void *ctx, const char *from, const char *to, struct err *e)
{
	struct stick *s = ctx;
	int rc = call(s, e);
	if (rc == OK && find(s, to) != SIZE_MAX) {
		s->fail_at = -1;
		stick_remove(s, from, NULL);
		return err_set(e, ERR_CONFLICT, "exists");
	}
	if (rc == OK)
		s->file[find(s, from)].path = arena_strdup(s->a, to);
	return rc;
}

static int stick_settle(void *ctx, const char *path, struct err *e)
{
	(void)path;
	return call(ctx, e);
}

static int stick_read_back(void *ctx, const char *path, size_t max, struct buf *b, struct err *e)
{
	int rc = stick_read(ctx, path, max, b, e);
	if (rc == OK && b->n && ((struct stick *)ctx)->forgets)
		b->p[0] ^= 1;
	return rc;
}

static struct folder_io stick_io(struct stick *s)
{
	return (struct folder_io){stick_make_dir, stick_list, stick_read, stick_write, stick_publish, stick_remove, stick_remove,
		stick_settle, stick_read_back, s};
}

static void stick_free(struct stick *s)
{
	for (size_t i = 0; i < s->n; i++)
		buf_free(&s->file[i].b);
	s->n = 0;
}

static int one_meeting(struct stick *s)
{
	struct folder_io io = stick_io(s);
	struct folder *f;
	int rc = folder_open(&io, "/stick", ring, "Region Midt", 5, &f, NULL);
	if (rc == OK)
		rc = folder_put(f, FOLDER_SEGMENT, 5, 1, 3, hash_of(1), "hello", 5, NULL, NULL);
	if (rc == OK)
		rc = folder_put(f, FOLDER_SNAPSHOT, 5, 9, 9, hash_of(2), "all", 3, NULL, NULL);
	if (rc == OK)
		rc = folder_settle(f, NULL);
	folder_close(f);
	return rc;
}

/* Nothing half has a name that a reader looks at. */
static bool all_named_are_whole(const struct stick *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *name = strrchr(s->file[i].path, '/') + 1;
		size_t n = s->file[i].b.n;
		if (name[0] != '.' && n != (strstr(name, ".seg") ? 5U : strstr(name, ".snp") ? 3U : 9U))
			return false;
	}
	return true;
}

static size_t parts_on(const struct stick *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n += strrchr(s->file[i].path, '/')[1] == '.';
	return n;
}

static void test_faults(struct arena *a, bool gone)
{
	int calls = 0, early = 0, half = 0, unmended = 0, left = 0;
	for (int at = 0; at == 0 || at < calls; at++) {
		struct stick s = {.a = a, .fail_at = at, .gone = gone};
		int rc = one_meeting(&s);
		early += rc == OK && gone;
		half += !all_named_are_whole(&s);
		s.fail_at = -1;
		s.calls = 0;
		unmended += one_meeting(&s) != OK || !all_named_are_whole(&s) || s.n != 3;
		left += (int)parts_on(&s);
		stick_free(&s);
		if (at == 0) {
			struct stick whole = {.a = a, .fail_at = -1};
			one_meeting(&whole);
			calls = whole.calls;
			stick_free(&whole);
		}
	}
	const char *how = gone ? "and all after it" : "alone";
	ok(calls > 10, "a meeting makes %d calls; each fails, %s", calls, how);
	is_int(early, 0, "none ends well that shouldn't");
	is_int(half, 0, "nothing half has a name");
	is_int(unmended, 0, "the next meeting makes it whole");
	is_int(left, 0, "and leaves nothing half");
}

static void test_forgetful(struct arena *a)
{
	struct stick s = {.a = a, .fail_at = -1, .forgets = true};
	is_int(one_meeting(&s), ERR_IO, "a stick that keeps something else than was written is found out");
	s.forgets = false;
	is_int(one_meeting(&s), OK, "and what it spoiled is written again");
	ok(all_named_are_whole(&s), "whole");
	stick_free(&s);
}

/* ---- places ---- */

static void test_places(struct arena *a)
{
	struct folder_place *place;
	struct err e;
	size_t n = 0;
	char *one = os_path_join(a, test_dir(), "one drive"), *two = os_path_join(a, test_dir(), "two");
	setenv("XDG_STATE_HOME", test_dir(), 1);
	os_mkdir_p(os_path_join(a, one, FOLDER_ROOT), NULL);
	os_mkdir_p(two, NULL);
	is_int(folder_remember(one, &e), OK, "a folder is remembered");
	is_int(folder_remember(two, &e), OK, "and another");
	is_int(folder_remember(one, &e), OK, "and the first again");
	is_int(folder_remember(os_path_join(a, one, "nowhere"), &e), ERR_NOTFOUND, "but none that isn't there");
	is_int(folder_places(a, &place, &n, &e), OK, "they are offered");
	ok(n >= 2, "both");
	is_str(place[0].label, "one drive", "the latest first");
	ok(place[0].has_exchange && !place[1].has_exchange, "with what is in them");
	ok(place[0].free > 0, "and how much room there is");
	rmdir(two);
	folder_places(a, &place, &n, &e);
	ok(n >= 1 && (n < 2 || strcmp(place[1].label, "two") != 0), "one that is gone is not");
}

int main(void)
{
	struct arena *a = arena_new();
	test_names();
	test_strange_names();
	test_real(a);
	test_faults(a, false);
	test_faults(a, true);
	test_forgetful(a);
	test_places(a);
	arena_free(a);
	return done_testing();
}
