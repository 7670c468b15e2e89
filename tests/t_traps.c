/* tests/t_traps.c - what can be wrong with a store's folder: each gives a sentence, none takes the program down, and
 * nothing wrong is ever shown for right. FLIPS=n in the environment tries more damage. */
#include "tests/storetest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"

static struct test_clock clk;
static struct err e;

static int open_at(const char *dir, struct store **s)
{
	struct store_opts opts = { .clock = test_clock(&clk) };
	memset(&e, 0, sizeof e);
	return store_open(dir, &opts, s, &e);
}

static const char *inside(const char *name, const char *file)
{
	static char path[4][4300];
	static unsigned next;
	char *p = path[next++ % 4];
	snprintf(p, sizeof path[0], "%s/%s", test_path(name), file);
	return p;
}

static void load(const char *path, struct buf *b)
{
	buf_reset(b);
	must(os_read_file(path, 64 << 20, b, &e), &e, "read");
}

static void save(const char *path, const void *p, size_t n)
{
	must(os_write_file(path, p, n, &e), &e, "write");
}

/* A folder that is refused with this code and a sentence. */
static void refuses(const char *name, int code, const char *what)
{
	struct store *s = NULL;
	int rc = open_at(test_path(name), &s);
	ok((code ? rc == code : rc != OK) && !s && *e.text, "%s: %d %s", what, rc, e.text);
	store_close(s);
}

static void test_network(void)
{
	struct store_new how = { .site = "Viborg" };
	struct os_clock clock = test_clock(&clk);
	store_close(test_store("net", &clk));
	setenv("SAMVAGT_TEST_FS", "network", 1);
	refuses("net", ERR_UNSUPPORTED, "a store on a network drive isn't opened");
	is_int(store_create(test_path("net2"), &how, &clock, &e), ERR_UNSUPPORTED, "nor made there");
	unsetenv("SAMVAGT_TEST_FS");
	struct store *s;
	is_int(open_at(test_path("net"), &s), OK, "on a local disk it is");
	store_close(s);
}

static void test_other_lmdb(void)
{
	struct buf b = { 0 };
	store_close(test_store("lmdb", &clk));
	const char *path = inside("lmdb", "db/data.mdb");
	load(path, &b);
	is_int((unsigned char)b.p[20], 1, "the version of LMDB's format lies where we look");
	b.p[20] = b.p[4096 + 20] = 3;
	save(path, b.p, b.n);
	refuses("lmdb", ERR_UNSUPPORTED, "another version of LMDB isn't called damage");
	ok(strstr(e.text, "another version of LMDB") != NULL, "but what it is");
	buf_free(&b);
}

static void test_small_files(void)
{
	struct buf b = { 0 };
	static const char *const files[] = { "format", "keys" };
	store_close(test_store("torn", &clk));
	for (size_t i = 0; i < 2; i++) {
		const char *path = inside("torn", files[i]);
		int bad = 0, silent = 0;
		load(path, &b);
		for (size_t n = 0; n < b.n; n++) {
			struct store *s;
			save(path, b.p, n);
			bad += open_at(test_path("torn"), &s) == OK;
			silent += !*e.text;
			store_close(s);
		}
		is_int(bad, 0, "%s torn anywhere isn't opened", files[i]);
		is_int(silent, 0, "and each time there is a sentence");
		must(os_remove(path, &e), &e, "remove");
		refuses("torn", 0, "without it");
		save(path, b.p, b.n);
	}
	struct store *s;
	is_int(open_at(test_path("torn"), &s), OK, "whole again, it opens");
	store_close(s);
	buf_free(&b);
}

/* ---- damage --------------------------------------------------------------------------------------- */

/* Everything that the views say, as one number. */
struct trace { uint64_t hash; struct view *v; struct arena *a; };

static void see(struct trace *s, const void *p, size_t n)
{
	const unsigned char *at = p;
	for (size_t i = 0; i < n; i++)
		s->hash = (s->hash ^ at[i]) * UINT64_C(1099511628211);
}

static int see_rec(void *ctx, const struct rec *r)
{
	struct trace *s = ctx;
	see(s, r->id.b, sizeof r->id.b);
	for (size_t i = 0; i < r->n; i++) {
		see(s, &r->f[i].no, 1);
		if (r->f[i].v.tag == V_TEXT)
			see(s, r->f[i].v.text.s, r->f[i].v.text.n);
		else
			see(s, &r->f[i].v.i, sizeof r->f[i].v.i);
	}
	return 0;
}

static int see_shift(struct trace *s, const struct shift_row *row)
{
	struct seat_row *seat;
	size_t n;
	see(s, row->shift.b, 16);
	see(s, row->role.b, 16);
	see(s, &row->start, sizeof row->start);
	see(s, &row->filled, sizeof row->filled);
	int rc = view_seats(s->v, s->a, row->shift, &seat, &n, &e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		see(s, seat[i].volunteer.b, 16);
		see(s, &seat[i].state, 1);
	}
	return rc;
}

static int see_duties(struct trace *s)
{
	struct rec **r;
	struct duty_row *duty;
	size_t n, m;
	int rc = view_all(s->v, s->a, TYPE_VOLUNTEER, &r, &n, &e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = view_duties(s->v, s->a, r[i]->id, INT32_MIN, INT32_MAX, &duty, &m, &e);
		for (size_t k = 0; rc == OK && k < m; k++) {
			see(s, duty[k].shift.b, 16);
			see(s, &duty[k].start, sizeof duty[k].start);
		}
	}
	return rc;
}

static int see_all(struct store *store, uint64_t *hash)
{
	struct trace s = { .hash = 1, .a = arena_new() };
	struct shift_row *row;
	struct group *g;
	size_t n;
	static const int types[] = { TYPE_SITE, TYPE_UNIT, TYPE_VOLUNTEER, TYPE_ROLE, TYPE_SHIFT, TYPE_ASSIGNMENT };
	int rc = view_begin(store, &s.v, &e);
	for (size_t i = 0; rc == OK && i < sizeof types / sizeof *types; i++) {
		rc = view_each(s.v, types[i], see_rec, &s, &e);
		if (rc == OK)
			rc = view_count(s.v, types[i], &n, &e);
		see(&s, &n, sizeof n);
	}
	if (rc == OK)
		rc = view_shifts(s.v, s.a, NULL, INT32_MIN, INT32_MAX, &row, &n, &e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = see_shift(&s, &row[i]);
	if (rc == OK)
		rc = see_duties(&s);
	if (rc == OK)
		rc = log_back(s.v, s.a, (struct dot){ 0 }, SIZE_MAX, true, &g, &n, &e);
	see(&s, &n, sizeof n);
	view_end(s.v);
	arena_free(s.a);
	*hash = s.hash;
	return rc;
}

enum outcome { AS_IT_WAS, REFUSED, TOLD, WRONG, WORDLESS, OUTCOMES };
struct damaged { const char *dir; uint64_t right; };

/* In a child: a page that LMDB itself stumbles on ends the process, with LMDB's sentence. */
static int look(void *ctx)
{
	const struct damaged *d = ctx;
	struct store *s;
	uint64_t hash;
	if (open_at(d->dir, &s) != OK)
		return *e.text ? REFUSED : WORDLESS;
	int rc = see_all(s, &hash);
	store_close(s);
	if (rc != OK)
		return *e.text ? TOLD : WORDLESS;
	return hash == d->right ? AS_IT_WAS : WRONG;
}

static void make_roster(struct store *s)
{
	struct id unit[3], role = test_role(s, "Guide"), person[10];
	for (int i = 0; i < 3; i++)
		unit[i] = test_unit(s, "Afsnit");
	for (int i = 0; i < 10; i++)
		person[i] = test_volunteer(s, "Frivillig", "Efternavn");
	for (int i = 0; i < 60; i++) {
		civil_min t = (civil_min)(20000 + i) * 1440;
		struct id shift = test_shift(s, unit[i % 3], role, t, t + 180, 2);
		for (int k = 0; k < 2; k++)
			test_assign(s, shift, person[(i + k) % 10], ASSIGNMENT_ACCEPTED);
	}
}

/* What lies behind the last page isn't looked at by anybody. */
static size_t used(const struct buf *b)
{
	size_t n = b->n;
	while (n > 0 && b->p[n - 1] == 0)
		n--;
	return n;
}

static void damage(const char *name, bool page, unsigned times, const struct damaged *d, const struct buf *whole)
{
	struct prng r = { page ? 5 : 9 };
	struct buf b = { 0 };
	unsigned count[OUTCOMES + 1] = { 0 };
	buf_add(&b, whole->p, whole->n);
	for (unsigned i = 0; i < times; i++) {
		size_t at = (size_t)prng_below(&r, used(whole));
		int result;
		if (page)
			memset(b.p + at / 4096 * 4096, 0, 4096);
		else
			b.p[at] = (char)(b.p[at] ^ 1 << prng_below(&r, 8));
		FILE *f = fopen(inside(name, "db/data.mdb"), "wb");
		if (!f || fwrite(b.p, b.n, 1, f) != 1 || fclose(f) != 0)
			return;
		must(os_run_apart(look, (void *)(uintptr_t)d, 20000, &result, &e), &e, "apart");
		count[result < 0 ? OUTCOMES : result]++;
		if (result == WRONG)
			diag("wrong: byte %zu of page %zu", at % 4096, at / 4096);
		memcpy(b.p + at / 4096 * 4096, whole->p + at / 4096 * 4096, 4096);
	}
	diag("%u as it was, %u refused at start, %u told later, %u stopped by LMDB's check", count[AS_IT_WAS],
		count[REFUSED],
		count[TOLD], count[OUTCOMES]);
	is_int(count[WRONG], 0, "%u times %s: nothing wrong is shown", times, page ? "a page of zeroes" :
		"a flipped bit");
	is_int(count[WORDLESS], 0, "and what is refused has a sentence");
	buf_free(&b);
}

static void test_cut(void)
{
	struct buf b = { 0 };
	struct store *s = test_store("cut", &clk);
	make_roster(s);
	store_close(s);
	const char *path = inside("cut", "db/data.mdb");
	load(path, &b);
	const size_t at[] = { 0, 100, 4096, 8192, 12288, used(&b) / 2, used(&b) - 4096 };
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		char what[80];
		save(path, b.p, at[i]);
		snprintf(what, sizeof what, "the database cut at %zu bytes", at[i]);
		refuses("cut", ERR_CORRUPT, what);
	}
	must(os_remove_tree(inside("cut", "db"), &e), &e, "remove");
	refuses("cut", 0, "without a database");
	buf_free(&b);
}

static void test_damage(void)
{
	const char *flips = getenv("FLIPS");
	unsigned times = flips ? (unsigned)strtoul(flips, NULL, 10) : 150;
	struct store *s = test_store("damage", &clk);
	struct damaged d = { .dir = test_path("damage") };
	struct buf b = { 0 };
	make_roster(s);
	must(see_all(s, &d.right), &e, "see");
	store_close(s);
	load(inside("damage", "db/data.mdb"), &b);
	char dir[4300];
	snprintf(dir, sizeof dir, "%s", test_path("damage"));
	d.dir = dir;
	damage("damage", false, times, &d, &b);
	damage("damage", true, times / 3, &d, &b);
	buf_free(&b);
}

int main(void)
{
	test_network();
	test_other_lmdb();
	test_small_files();
	test_cut();
	test_damage();
	return done_testing();
}
