/* tests/t_doctor_bits.c - each single bit by which LMDB finds its way in the page of the counters: whichever is wrong, the
 * log is whole, so the store can be made again and is as it was. */
#include "tests/doctortest.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/vault.h"
#include "tests/taketest.h"

/* A page as lmdb's mdb.c has it (MDB_page, MDB_node), on machines of 64 bits. */
enum { FLAGS = 10, LOWER = 12, HEAD = 16, NODE_FLAGS = 4, NODE_KINDS = 3 };

static unsigned half_at(const char *page, size_t at)
{
	uint16_t half;
	memcpy(&half, page + at, sizeof half);
	return half;
}

/* Two sites' changes, something in the vault, and a merge. Returns what the store says. */
static uint64_t add_more(const struct wound *w)
{
	static const struct vault_row secret = {"secret", "x", 1};
	struct test_clock clock = {.t = doctortest_clock.t + 60};
	struct err e = {0};
	struct store *s = doctortest_open(w), *other = test_store("other", &clock);
	test_carry(s, other, NULL, NULL);
	for (int i = 0; i < 3; i++)
		test_volunteer(other, "Bo", "Friis");
	test_carry(other, s, NULL, NULL);
	test_volunteer(s, "Carl", "Lund");
	must(vault_put(s, &secret, 1, &e), &e, "vault");
	store_close(s);
	store_close(other);
	return doctortest_sum();
}

/* Where the page begins on which the store's head is. */
static size_t find_page(void)
{
	struct store *s = test_open("s", &doctortest_clock);
	struct err e = {0};
	struct view *v;
	struct kv_bytes head;
	uint64_t no;
	must(view_begin(s, &v, &e), &e, "view");
	must(kv_get(&v->txn, KV_META, "h", 1, &head, &e), &e, "head");
	const char *at = head.p;
	memcpy(&no, at - (uintptr_t)at % DOCTORTEST_PAGE, sizeof no);
	view_end(v);
	store_close(s);
	return (size_t)no * DOCTORTEST_PAGE;
}

static void flip(size_t at, unsigned bit)
{
	int fd = open(doctortest_file(), O_RDWR | O_CLOEXEC);
	char byte;
	bool done = fd >= 0 && pread(fd, &byte, 1, (off_t)at) == 1;
	byte = (char)(byte ^ 1 << bit);
	done = done && pwrite(fd, &byte, 1, (off_t)at) == 1;
	if (fd < 0 || close(fd) != 0 || !done)
		must(ERR_IO, NULL, "flip");
}

/* What was damaged comes back from where it was moved. */
static void put_back(void)
{
	struct arena *a = arena_new();
	char **names;
	size_t n;
	must(os_list_dir(a, test_path("s"), &names, &n, NULL), NULL, "list");
	for (size_t i = 0; i < n; i++)
		if (strncmp(names[i], "db.damaged", 10) == 0) {
			const char *from = os_path_join(a, test_path("s"), names[i]);
			os_remove_tree(test_path("s/db"), NULL);
			must(rename(from, test_path("s/db")) == 0 ? OK : ERR_IO, NULL, "back");
		}
	arena_free(a);
}

struct tally { int bits, refused, wrong; };

static void test_bit(struct tally *t, size_t at, unsigned bit, uint64_t sum)
{
	struct told told = {0};
	struct err e = {0};
	flip(at, bit);
	int rc = doctortest_rebuild(&told, &e);
	bool same = rc == OK && doctortest_sum() == sum;
	put_back();
	flip(at, bit);
	t->bits++;
	t->refused += rc != OK;
	t->wrong += rc == OK && !same;
	if (!same)
		diag("bit %u of byte %zu of the page: %d %s", bit, at % DOCTORTEST_PAGE, rc, e.text);
}

static void test_bits(struct tally *t, size_t at, unsigned n, uint64_t sum)
{
	for (unsigned bit = 0; bit < n; bit++)
		test_bit(t, at + bit / 8, bit % 8, sum);
}

/* What kind of page it is, where its slots end, where each points to, and whether a row lies elsewhere, or is a table. */
static void test_page(size_t page, uint64_t sum)
{
	struct buf b = test_read(doctortest_file());
	const char *p = b.p + page;
	const size_t end = half_at(p, LOWER);
	struct tally t = {0};
	ok(end > HEAD + 2 * 10 && end < DOCTORTEST_PAGE, "a page of many rows");
	test_bits(&t, page + FLAGS, 16, sum);
	test_bits(&t, page + LOWER, 16, sum);
	for (size_t slot = HEAD; slot < end; slot += 2) {
		size_t node = half_at(p, slot);
		test_bits(&t, page + slot, 16, sum);
		test_bits(&t, page + node + NODE_FLAGS, NODE_KINDS, sum);
	}
	diag("%d bits", t.bits);
	is_int(t.refused, 0, "the store can be made again whichever bit is wrong");
	is_int(t.wrong, 0, "and says what it said");
	buf_free(&b);
}

int main(void)
{
	struct wound w = {0};
	uint64_t sum;
	if (sizeof(size_t) != 8)
		plan_skip_all("pages have another layout here");
	doctortest_scene(&w, &sum);
	sum = add_more(&w);
	test_page(find_page(), sum);
	doctortest_end(&w);
	return done_testing();
}
