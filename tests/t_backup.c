/* tests/t_backup.c - a backup brings back all that was written, refuses whatever was altered, and old ones go in time.
 */
#include "store/backup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/change.h"
#include "store/doctor.h"
#include "tests/storetest.h"

enum { START = 1764576000, DAY = 86400 };

static struct test_clock clk;

static size_t count_files(const char *dir)
{
	struct arena *a = arena_new();
	char **names;
	size_t n = 0;
	os_list_dir(a, dir, &names, &n, NULL);
	arena_free(a);
	return n;
}

/* Restored from the file `backup` into `name`. */
static int restore(const char *backup, const char *name, const char *passphrase, struct err *e)
{
	struct os_clock clock = test_clock(&clk);
	return backup_restore(test_path(backup), test_path(name), passphrase, &clock, e);
}

static bool is_whole(const char *name)
{
	struct store_opts opts = {.clock = test_clock(&clk)};
	struct doctor_report r;
	struct err e;
	return doctor_check(test_path(name), &opts, &(struct doctor_ctx){0}, &r, &e) == OK && r.findings == 0;
}

/* ---- the same store again ------------------------------------------------------------------------ */

static int same_rec(void *ctx, const struct rec *r)
{
	struct view *other = ctx;
	struct arena *a = arena_new();
	struct rec *same = NULL;
	bool right = view_get(other, a, r->type, r->id, &same, NULL) == OK && same && same->n == r->n;
	for (size_t i = 0; right && i < r->n; i++)
		right = same->f[i].no == r->f[i].no && value_equal(same->f[i].v, r->f[i].v) &&
			stamp_compare(same->f[i].at, r->f[i].at) == 0;
	arena_free(a);
	return right ? 0 : 1;
}

static bool holds_all_of(struct store *x, struct store *y)
{
	struct view *v, *w;
	size_t n, many[2];
	const struct type *t = schema_types(&n);
	bool same = view_begin(x, &v, NULL) == OK && view_begin(y, &w, NULL) == OK;
	for (size_t i = 0; same && i < n; i++)
		same = view_each(w, t[i].no, same_rec, v, NULL) == OK && view_count(v, t[i].no, &many[0], NULL) == OK &&
		       view_count(w, t[i].no, &many[1], NULL) == OK && many[0] == many[1];
	view_end(v);
	view_end(w);
	return same;
}

static size_t count_groups(struct store *s)
{
	struct arena *a = arena_new();
	struct group *g;
	struct view *v;
	size_t n = 0;
	view_begin(s, &v, NULL);
	log_back(v, a, (struct dot){0}, 100000, false, &g, &n, NULL);
	view_end(v);
	arena_free(a);
	return n;
}

static void test_round_trip(void)
{
	struct err e = {0};
	struct backup_info info;
	struct stat st;
	struct store *s = test_store("s", &clk), *back;
	struct id anna = test_volunteer(s, "Anna", "Ågård");
	for (int i = 0; i < 40; i++)
		test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text(i % 2 ? "Viborg" : "Skive"));
	test_delete(s, TYPE_VOLUNTEER, test_volunteer(s, "Bo", NULL));
	is_int(backup_write(s, test_path("one.svb"), NULL, NULL, &e), OK, "a backup is written");
	stat(test_path("one.svb"), &st);
	is_int(st.st_mode & 0777, 0600, "which only its owner can read");
	is_int(backup_check(test_path("one.svb"), NULL, &info, &e), OK, "and can be checked");
	ok(strcmp(info.site, "Viborg") == 0 && info.made == START && info.groups == count_groups(s),
	   "it says what it holds");
	is_int(backup_write(s, test_path("one.svb"), NULL, NULL, &e), ERR_CONFLICT, "it isn't written over");
	is_int((intmax_t)count_files(test_dir()), 2, "nothing else is left on the disk");
	is_int(restore("one.svb", "back", NULL, &e), OK, "a store is made from it");
	back = test_open("back", &clk);
	ok(holds_all_of(s, back) && holds_all_of(back, s), "with all that was in the first");
	ok(count_groups(back) == count_groups(s), "and its history");
	ok(store_incarnation(back) != store_incarnation(s) && id_equal(store_site(back), store_site(s)),
	   "it is the same site, but another life");
	struct id x = test_volunteer(s, "Carl", NULL), y = test_volunteer(back, "Dorte", NULL);
	ok(!id_equal(x, y), "both go on without meeting on an id");
	test_set(back, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Hammel"));
	store_close(s);
	store_close(back);
	ok(is_whole("s") && is_whole("back"), "and both are whole");
	is_int(restore("one.svb", "back", NULL, &e), ERR_CONFLICT, "a store isn't restored over");
}

/* A restored store restored again: two lives in one log. */
static void test_again(void)
{
	struct err e = {0};
	struct store *s = test_open("back", &clk), *back;
	is_int(backup_write(s, test_path("two.svb"), NULL, NULL, &e), OK, "a restored store's backup");
	is_int(restore("two.svb", "again", NULL, &e), OK, "is restored");
	back = test_open("again", &clk);
	ok(holds_all_of(s, back) && holds_all_of(back, s), "with all of both lives");
	store_close(s);
	store_close(back);
	ok(is_whole("again"), "whole");
}

/* ---- seals --------------------------------------------------------------------------------------- */

static void test_passphrase(void)
{
	struct err e = {0};
	struct os_clock clock = test_clock(&clk);
	struct store_new how = {.site = "Skive", .person = "Bo", .passphrase = "kaffe", .fast_kdf = true};
	struct store_opts opts = {.passphrase = "kaffe", .clock = clock};
	struct backup_info info;
	struct store *s;
	must(store_create(test_path("locked"), &how, &clock, &e), &e, "create");
	must(store_open(test_path("locked"), &opts, &s, &e), &e, "open");
	is_int(backup_write(s, test_path("locked.svb"), NULL, NULL, &e), OK, "a backup of a store with a passphrase");
	store_close(s);
	is_int(backup_check(test_path("locked.svb"), NULL, &info, &e), ERR_KEY, "needs it");
	is_int(backup_check(test_path("locked.svb"), "the", &info, &e), ERR_KEY, "and no other");
	is_int(backup_check(test_path("locked.svb"), "kaffe", &info, &e), OK, "opens with it");
	is_int(restore("locked.svb", "unlocked", "the", &e), ERR_KEY, "nothing is restored without it");
	ok(!os_exists(test_path("unlocked")), "nothing at all");
	is_int(restore("locked.svb", "unlocked", "kaffe", &e), OK, "with it it is");
	opts.passphrase = NULL;
	is_int(store_open(test_path("unlocked"), &opts, &s, &e), ERR_KEY, "the restored store has the passphrase too");
}

static bool is_refused(const char *p, size_t n)
{
	struct backup_info info;
	test_write(test_path("bad.svb"), p, n);
	int rc = backup_check(test_path("bad.svb"), NULL, &info, NULL);
	return rc == ERR_CORRUPT || rc == ERR_DATA || rc == ERR_UNSUPPORTED || rc == ERR_KEY;
}

static void test_damage(void)
{
	struct buf b = test_read(test_path("one.svb"));
	struct err e = {0};
	bool bits = true, cuts = true, longer;
	for (size_t i = 0; i < b.n; i++) {
		int bit = (int)(i * 5 % 8);
		b.p[i] ^= (char)(1 << bit);
		bits = bits && is_refused(b.p, b.n);
		b.p[i] ^= (char)(1 << bit);
	}
	ok(bits, "a bit flipped in any of its %zu bytes is refused", b.n);
	for (size_t n = 0; n < b.n; n++)
		cuts = cuts && is_refused(b.p, n);
	ok(cuts, "so is a file cut anywhere");
	buf_addc(&b, '\0');
	longer = is_refused(b.p, b.n);
	for (size_t i = 0, n = b.n; i < n; i++)
		buf_addc(&b, b.p[i]);
	ok(longer && is_refused(b.p, b.n), "and a longer one");
	size_t files = count_files(test_dir());
	is_int(restore("bad.svb", "ruin", NULL, &e), ERR_CORRUPT, "nothing is restored from it");
	is_int((intmax_t)count_files(test_dir()), (intmax_t)files, "and nothing begun is left");
	ok(strstr(e.text, "bad.svb") != NULL, "the sentence names the file");
	test_write(test_path("bad.svb"), "Fornavn;Efternavn\n", 18);
	is_int(restore("bad.svb", "ruin", NULL, &e), ERR_DATA, "another file is no backup");
	test_write(test_path("bad.svb"), "samvagt-backup 2\n1 1\n", 21);
	is_int(restore("bad.svb", "ruin", NULL, &e), ERR_UNSUPPORTED, "one of a newer version says so");
	is_int(restore("none.svb", "ruin", NULL, &e), ERR_NOTFOUND, "a missing one too");
	buf_free(&b);
}

static int stop(void *ctx, size_t done, size_t total)
{
	++*(int *)ctx;
	return done > total || *(int *)ctx == 2;
}

static void test_stop(void)
{
	struct err e = {0};
	int calls = 0;
	struct store *s = test_open("s", &clk);
	size_t files = count_files(test_dir());
	is_int(backup_write(s, test_path("stopped.svb"), stop, &calls, &e), ERR_STOPPED, "a backup can be stopped");
	is_int((intmax_t)count_files(test_dir()), (intmax_t)files, "and leaves nothing");
	is_int(backup_write(s, test_path("no/such/folder.svb"), NULL, NULL, &e), ERR_IO,
	       "a folder that isn't there is said");
	store_close(s);
}

/* ---- the automatic ones -------------------------------------------------------------------------- */

static bool auto_at(struct store *s, int64_t at, int64_t min_age, bool change)
{
	static int n;
	char name[20];
	bool made;
	struct err e = {0};
	clk.t = at;
	snprintf(name, sizeof name, "V%d", n++);
	if (change)
		test_volunteer(s, name, NULL);
	must(backup_auto(s, min_age, &made, &e), &e, "auto");
	return made;
}

static void test_auto(void)
{
	clk.t = START;
	struct store *s = test_store("auto", &clk);
	ok(auto_at(s, START, 3600, false), "the first is made at once");
	ok(!auto_at(s, START + 7200, 3600, false), "none when nothing has changed");
	ok(!auto_at(s, START + 1800, 3600, true), "none when the newest is young");
	ok(auto_at(s, START + 7200, 3600, false), "but later");
	ok(auto_at(s, START + 7201, 0, true), "and at any age when asked to");
	ok(!auto_at(s, START + 7201, 0, false), "though not of the same");
	ok(auto_at(s, START, 3600, true), "a clock that was wrong doesn't hold it back");
	test_write(test_path("auto/backup/2025-12-01-0800.svb"), "mine", 4);
	test_write(test_path("auto/backup/auto-20251201T080000Z-000000001.svb.0000abcd.samvagt-part"), "x", 1);
	for (int day = 1; day <= 60; day++)
		auto_at(s, START + day * DAY, 0, true);
	/* 7 days back, and the last of each of the three weeks before that one's week or the one before */
	size_t n = count_files(test_path("auto/backup"));
	ok(n == 1 + 7 + 2 || n == 1 + 7 + 3, "after sixty days %zu are left, with the one made by hand", n);
	ok(os_exists(test_path("auto/backup/2025-12-01-0800.svb")), "which is nobody's business");
	ok(!os_exists(test_path("auto/backup/auto-20251201T080000Z-000000001.svb.0000abcd.samvagt-part")),
	   "what was interrupted is gone");
	store_close(s);
}

/* The newest automatic one is as good as any. */
static void test_auto_restores(void)
{
	struct arena *a = arena_new();
	struct err e = {0};
	char **names;
	size_t n;
	must(os_list_dir(a, test_path("auto/backup"), &names, &n, &e), &e, "list");
	struct store *s = test_open("auto", &clk);
	is_int(restore(arena_printf(a, "auto/backup/%s", names[n - 1]), "from-auto", NULL, &e), OK,
	       "the newest is restored");
	struct store *back = test_open("from-auto", &clk);
	ok(holds_all_of(s, back) && holds_all_of(back, s), "with all that there was");
	store_close(s);
	store_close(back);
	arena_free(a);
}

/* ---- a passphrase that comes later --------------------------------------------------------------- */

/* The store's own key, as it stands in the keys file of a store without a passphrase. */
static struct buf open_key(const char *name)
{
	char path[200];
	struct buf keys = {0}, key = {0};
	snprintf(path, sizeof path, "%s/keys", name);
	keys = test_read(test_path(path));
	const char *at = strstr(keys.p, "open ");
	if (at)
		buf_add(&key, at + 5, 64);
	buf_free(&keys);
	return key;
}

/* How many files in the folder hold it. */
static size_t count_holding(const char *dir, const struct buf *key)
{
	struct arena *a = arena_new();
	char **names;
	size_t n, holding = 0;
	must(os_list_dir(a, dir, &names, &n, NULL), NULL, "list");
	for (size_t i = 0; i < n; i++) {
		const char *path = os_path_join(a, dir, names[i]);
		if (os_is_dir(path)) {
			holding += count_holding(path, key);
			continue;
		}
		struct buf b = test_read(path);
		holding += memmem(b.p, b.n, key->p, key->n) != NULL;
		buf_free(&b);
	}
	arena_free(a);
	return holding;
}

/* How many of the automatic ones it opens. */
static size_t count_opened(const char *dir, const char *passphrase)
{
	struct arena *a = arena_new();
	char **names;
	size_t n, opened = 0;
	struct backup_info info;
	must(os_list_dir(a, dir, &names, &n, NULL), NULL, "list");
	for (size_t i = 0; i < n; i++)
		opened += strncmp(names[i], "auto-", 5) == 0 &&
			  backup_check(os_path_join(a, dir, names[i]), passphrase, &info, NULL) == OK && info.groups > 0;
	arena_free(a);
	return opened;
}

static void test_rekey(void)
{
	struct err e = {0};
	clk.t = START;
	struct store *s = test_store("rekey", &clk);
	char mine[4300], folder[4300], damaged[4300];
	snprintf(mine, sizeof mine, "%s", test_path("rekey/backup/mine.svb"));
	snprintf(folder, sizeof folder, "%s", test_path("rekey"));
	snprintf(damaged, sizeof damaged, "%s", test_path("rekey/backup/auto-20251101T080000Z-000000001.svb"));
	for (int day = 0; day < 3; day++)
		auto_at(s, START + day * DAY, 0, true);
	must(backup_write(s, mine, NULL, NULL, &e), &e, "write");
	struct buf key = open_key("rekey"), broken = test_read(mine);
	broken.p[broken.n - 1] ^= 1;
	test_write(damaged, broken.p, broken.n);
	ok(key.n == 64 && count_holding(folder, &key) >= 5, "without a passphrase the key lies open");
	is_int(store_set_passphrase(s, NULL, "kaffe", &e), OK, "then there is one");
	is_int((intmax_t)count_holding(folder, &key), 1, "and the key is in no file but the backup made by hand");
	is_int((intmax_t)count_opened(test_path("rekey/backup"), "kaffe"), 3, "the automatic ones open with it");
	is_int((intmax_t)count_opened(test_path("rekey/backup"), NULL), 0, "and only with it");
	ok(!os_exists(damaged), "one that was no use any more is gone");
	is_int(store_set_passphrase(s, "kaffe", "te", &e), OK, "another one");
	is_int((intmax_t)count_opened(test_path("rekey/backup"), "te"), 3, "opens them too");
	is_int((intmax_t)count_opened(test_path("rekey/backup"), "kaffe"), 0, "and the old one doesn't");
	store_lock(s);
	is_int(store_set_passphrase(s, "te", NULL, &e), ERR_KEY, "a locked store must be opened first");
	store_close(s);
	buf_free(&key);
	buf_free(&broken);
}

int main(void)
{
	clk.t = START;
	test_round_trip();
	test_again();
	test_passphrase();
	test_damage();
	test_stop();
	test_auto();
	test_auto_restores();
	test_rekey();
	return done_testing();
}
