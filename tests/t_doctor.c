/* tests/t_doctor.c - damage of every sort in a store's file is said, takes down nobody, and is made good from the log.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/doctortest.h"

/* ---- a whole store ------------------------------------------------------------------------------- */

static void test_whole(void)
{
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	is_int(doctortest_ask(&t, &r, &e), OK, "a whole store can be examined");
	if (!is_int((intmax_t)r.findings, 0, "nothing is found"))
		diag("%s", t.first);
	ok(t.n == 0 && r.can_rebuild, "and nothing said");
	ok(r.groups > 110 && r.records > 110 && r.index_entries > 150, "all of it was looked at: %zu, %zu, %zu",
		r.groups, r.records, r.index_entries);
}

static void test_rebuild_whole(uint64_t sum)
{
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	if (!is_int(doctortest_rebuild(&t, &e), OK, "a whole store can be made again"))
		diag("%s", e.text);
	ok(strstr(t.first, "db.damaged-") != NULL, "and it is said where the old one is");
	ok(doctortest_sum() == sum, "it holds the same");
	ok(doctortest_ask(&t, &r, &e) == OK && r.findings == 0, "and is whole");
}

/* ---- damage -------------------------------------------------------------------------------------- */

/* One wound a number; what it is for the diagnosis. False when it changes nothing. */
static bool hurt(const struct wound *w, struct prng *r, struct buf *b, char what[100])
{
	size_t page = prng_below(r, w->pages), other = prng_below(r, w->pages), at = page * DOCTORTEST_PAGE + prng_below(r, DOCTORTEST_PAGE);
	buf_add(b, w->whole.p, w->whole.n);
	switch (prng_below(r, 8)) {
	case 0:
		memset(b->p + page * DOCTORTEST_PAGE, 0, DOCTORTEST_PAGE);
		snprintf(what, 100, "page %zu zeroed", page);
		break;
	case 1:
		for (size_t i = 0; i < DOCTORTEST_PAGE; i++)
			b->p[page * DOCTORTEST_PAGE + i] = (char)prng_next(r);
		snprintf(what, 100, "page %zu full of noise", page);
		break;
	case 2:
		memcpy(b->p + page * DOCTORTEST_PAGE, w->whole.p + other * DOCTORTEST_PAGE, DOCTORTEST_PAGE);
		snprintf(what, 100, "page %zu a copy of %zu", page, other);
		break;
	case 3:
		/* a head as it was is a commit that never happened: no file can know better */
		if (page < 2 || (page + 1) * DOCTORTEST_PAGE > w->older.n)
			return false;
		memcpy(b->p + page * DOCTORTEST_PAGE, w->older.p + page * DOCTORTEST_PAGE, DOCTORTEST_PAGE);
		snprintf(what, 100, "page %zu as it was before", page);
		break;
	case 4:
		b->n = at;
		snprintf(what, 100, "cut to %zu bytes", at);
		break;
	case 5:
		at = page * DOCTORTEST_PAGE + prng_below(r, 32);
		/* fall through */
	default:
		b->p[at] ^= (char)(1 << prng_below(r, 8));
		snprintf(what, 100, "a bit flipped in byte %zu of page %zu", at % DOCTORTEST_PAGE, at / DOCTORTEST_PAGE);
	}
	return b->n != w->whole.n || memcmp(b->p, w->whole.p, b->n) != 0;
}

/* In a child, as a store that the doctor should have warned of might do anything. */
static int is_same(void *ctx)
{
	return doctortest_sum() == *(uint64_t *)ctx ? 1 : 0;
}

static bool still_the_same(uint64_t sum)
{
	int same = 0;
	os_run_apart(is_same, &sum, 20000, &same, NULL);
	return same == 1;
}

struct tally {
	int silent_wrong, silent_right, failed, unsaid, rebuilt, older, not_rebuilt;
};

static void treat(struct tally *t, uint64_t sum, const char *what)
{
	struct told told = {0};
	struct doctor_report r;
	struct err e = {0};
	int rc = doctortest_ask(&told, &r, &e);
	if (rc != OK) {
		t->failed++;
		diag("%s: %d %s", what, rc, e.text);
	} else if (r.findings == 0) {
		bool same = still_the_same(sum);
		t->silent_right += same;
		t->silent_wrong += !same;
		if (!same)
			diag("%s: nothing found, but it isn't the same", what);
		return;
	}
	t->unsaid += told.n == 0 || !told.sentences;
	if (!r.can_rebuild)
		return;
	bool lost = told.lost;
	rc = doctortest_rebuild(&told, &e);
	bool same = rc == OK && still_the_same(sum);
	if (rc == OK && (same || lost) && doctortest_ask(&told, &r, &e) == OK && r.findings == 0)
		*(same ? &t->rebuilt : &t->older) += 1;
	else {
		t->not_rebuilt++;
		diag("%s: not made again: %d %s / %s", what, rc, e.text, told.first);
	}
}

static void test_wounds(uint64_t sum, const struct wound *w, int n, uint64_t seed)
{
	struct prng r = {seed};
	struct tally t = {0};
	for (int i = 0; i < n;) {
		struct buf b = {0};
		char what[100];
		if (hurt(w, &r, &b, what)) {
			os_remove_tree(test_path("s/db"), NULL);
			os_mkdir_p(test_path("s/db"), NULL);
			test_write(doctortest_file(), b.p, b.n);
			treat(&t, sum, what);
			i++;
		}
		buf_free(&b);
	}
	diag("%d wounds: %d without effect, %d healed, %d to an older state that was told of", n, t.silent_right,
		t.rebuilt, t.older);
	is_int(t.failed, 0, "every damaged store can be examined (seed %ju)", (uintmax_t)seed);
	is_int(t.silent_wrong, 0, "no damage that changes anything is passed over");
	is_int(t.unsaid, 0, "every finding is a sentence");
	is_int(t.not_rebuilt, 0, "whatever the doctor says can be made again, can");
	ok(t.older <= n / 10, "and what is made again is hardly ever older");
	ok(t.rebuilt > n / 10 && t.silent_right < n * 3 / 5, "and both happen often");
}

/* ---- what isn't damage, and what can't be examined --------------------------------------------- */

static int check_dir(const char *dir, const char *passphrase, struct told *t, struct doctor_report *r, struct err *e)
{
	struct store_opts opts = {.clock = test_clock(&doctortest_clock), .passphrase = passphrase};
	struct doctor_ctx d = {doctortest_hear, doctortest_progress, t};
	*t = (struct told){.sentences = true};
	return doctor_check(dir, &opts, &d, r, e);
}

static void test_outside(void)
{
	struct told t = {.stop_at = 0};
	struct doctor_report r;
	struct err e = {0};
	struct os_clock clock = test_clock(&doctortest_clock);
	struct store_new how = {.site = "Skive", .passphrase = "kaffe", .fast_kdf = true};
	is_int(check_dir(test_path("nothing"), NULL, &t, &r, &e), ERR_NOTFOUND, "no store");
	must(store_create(test_path("locked"), &how, &clock, &e), &e, "create");
	is_int(check_dir(test_path("locked"), NULL, &t, &r, &e), ERR_KEY, "a passphrase is needed");
	is_int(check_dir(test_path("locked"), "the", &t, &r, &e), ERR_KEY, "the right one");
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 0,
		"with it a new store is whole");
	os_remove_tree(test_path("locked/db"), NULL);
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 1 && t.n == 1 && !r.can_rebuild,
		"a database that is gone is found");
	test_write(test_path("locked/keys"), "x", 1);
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 1 && t.n == 1,
		"so are damaged keys");
	test_write(test_path("locked/format"), "x", 1);
	ok(check_dir(test_path("locked"), "kaffe", &t, &r, &e) == OK && r.findings == 1 && t.n == 1,
		"and a damaged format");
	test_write(test_path("locked/format"), "samvagt-store 9\nsum 46833cb5fac13828c3ef32794d4bb7ff\n", 53);
	is_int(check_dir(test_path("locked"), "kaffe", &t, &r, &e), ERR_UNSUPPORTED, "a newer version is no damage");
}

/* A disk that fails when what was made takes its place. */
static bool exchange_fails;

int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags)
{
	if (exchange_fails && flags == RENAME_EXCHANGE) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_renameat2, at, from, to_at, to, flags);
}

static size_t count_names(const char *dir)
{
	struct arena *a = arena_new();
	char **names;
	size_t n = 0;
	must(os_list_dir(a, dir, &names, &n, NULL), NULL, "list");
	arena_free(a);
	return n;
}

static void test_manners(uint64_t sum, const struct wound *w)
{
	struct told t = {0};
	struct doctor_report r;
	struct err e = {0};
	struct store *s = doctortest_open(w);
	ok(doctortest_ask(&t, &r, &e) == OK && r.findings == 0, "a store in use can be examined");
	is_int(doctortest_rebuild(&t, &e), ERR_BUSY, "but not made again");
	store_close(s);
	is_int(doctor_check(test_path("s"), &(struct store_opts){.clock = test_clock(&doctortest_clock)}, &(struct doctor_ctx){0},
		       &r, &e),
		OK, "nobody needs to listen");
	t = (struct told){.stop_at = 1};
	is_int(doctortest_ask(&t, &r, &e), ERR_STOPPED, "an examination can be stopped");
	t = (struct told){.stop_at = 1};
	is_int(doctortest_rebuild(&t, &e), ERR_STOPPED, "making again too");
	ok(doctortest_sum() == sum && !os_exists(test_path("s/rebuild")), "and then nothing has happened");
	size_t before = count_names(test_path("s"));
	t = (struct told){0};
	exchange_fails = true;
	is_int(doctortest_rebuild(&t, &e), ERR_IO, "a disk on which names can't change places");
	exchange_fails = false;
	ok(doctortest_sum() == sum && count_names(test_path("s")) == before, "keeps what it has, and nothing beside it");
}

int main(void)
{
	struct wound w = {0};
	uint64_t sum;
	doctortest_scene(&w, &sum);
	test_whole();
	test_rebuild_whole(sum);
	test_wounds(sum, &w, 320, 31);
	test_outside();
	test_manners(sum, &w);
	doctortest_end(&w);
	return done_testing();
}
