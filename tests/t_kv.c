/* tests/t_kv.c - the layer over LMDB: rows, scans, batches, a map that grows under readers, readers that die. */
#include "store/kv.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "tests/storetest.h"

static struct err e;

/* ---- a disk that fails: LMDB's calls land here ---------------------------------------------------- */

enum { DISK_FINE, DISK_SYNC_FAILS, DISK_META_DOUBTFUL };
static int disk;

int fdatasync(int fd)
{
	if (disk == DISK_SYNC_FAILS) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

/* The last write of a commit is less than a page. It reaches the disk, but LMDB is told that it failed; what it then
 * writes to take it back doesn't. */
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	if (disk == DISK_META_DOUBTFUL && n < 4096) {
		static bool done;
		if (!done)
			(void)!syscall(SYS_pwrite64, fd, p, n, at);
		done = true;
		errno = EIO;
		return -1;
	}
	return (ssize_t)syscall(SYS_pwrite64, fd, p, n, at);
}

static struct kv *open_new(const char *name)
{
	char db[4300];
	struct kv *k;
	snprintf(db, sizeof db, "%s/db", test_path(name));
	must(os_mkdir_p(db, &e), &e, "mkdir");
	must(kv_open(test_path(name), KV_CREATE | KV_TINY, &k, &e), &e, "open");
	return k;
}

static struct kv_op op(enum kv_table table, const char *key, const char *value)
{
	struct kv_op o = { .table = (uint8_t)table, .nkey = (uint8_t)strlen(key), .del = !value };
	memcpy(o.key, key, o.nkey);
	o.value = value;
	o.nvalue = value ? (uint32_t)strlen(value) : 0;
	return o;
}

static int apply(struct kv *k, struct kv_op *ops, size_t n)
{
	struct kv_op proof = ops[0];
	return kv_apply(k, ops, n, 0, &proof, &e);
}

/* All keys of a scan in one text. */
static const char *keys_of(struct kv_scan *s)
{
	static char text[200];
	size_t n = 0;
	int rc;
	while ((rc = kv_scan_next(s, &e)) == OK && n < 100)
		n += (size_t)snprintf(text + n, sizeof text - n, "%.*s ", (int)s->key.n, (const char *)s->key.p);
	kv_scan_end(s);
	text[n] = '\0';
	return rc == ERR_NOTFOUND ? text : "error";
}

static void test_rows(void)
{
	struct kv *k = open_new("rows");
	struct kv_op ops[] = { op(KV_REF, "b", "2"), op(KV_LOG, "z", "log"), op(KV_REF, "ab", "1"), op(KV_REF,
		"\xff\xff", "4"),
		op(KV_REF, "a", ""), op(KV_REF, "c", "3") };
	is_int(apply(k, ops, 6), OK, "a batch in any order");
	struct kv_txn t;
	struct kv_bytes key, v;
	struct kv_scan s;
	size_t n;
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(kv_get(&t, KV_REF, "ab", 2, &v, &e), OK, "a row is found");
	is_mem(v.p, v.n, "1", 1, "with its value");
	ok(kv_get(&t, KV_REF, "a", 1, &v, &e) == OK && v.n == 0, "an empty value too");
	is_int(kv_get(&t, KV_REF, "zz", 2, &v, &e), ERR_NOTFOUND, "one that isn't there isn't");
	must(kv_rows(&t, KV_REF, &n, &e), &e, "rows");
	is_int((intmax_t)n, 5, "rows are counted");
	must(kv_scan_prefix(&t, KV_REF, "a", 1, &s, &e), &e, "scan");
	is_str(keys_of(&s), "a ab ", "all with a prefix");
	must(kv_scan_prefix(&t, KV_REF, "\xff", 1, &s, &e), &e, "scan");
	is_str(keys_of(&s), "\xff\xff ", "also when it is the last there can be");
	must(kv_scan_range(&t, KV_REF, "ab", 2, "c", 1, &s, &e), &e, "scan");
	is_str(keys_of(&s), "ab b ", "a range without its end");
	must(kv_scan_prefix(&t, KV_REF, NULL, 0, &s, &e), &e, "scan");
	is_str(keys_of(&s), "a ab b c \xff\xff ", "everything");
	must(kv_scan_prefix(&t, KV_DUE, NULL, 0, &s, &e), &e, "scan");
	is_str(keys_of(&s), "", "of nothing nothing");
	must(kv_scan_prefix(&t, KV_REF, NULL, 0, &s, &e), &e, "scan");
	ok(kv_scan_next(&s, &e) == OK, "one step");
	kv_scan_seek(&s, "b", 1);
	is_str(keys_of(&s), "b c \xff\xff ", "and a jump");
	ok(kv_before(&t, KV_REF, "b", 1, &key, &v, &e) == OK && key.n == 2, "the row before");
	ok(kv_before(&t, KV_REF, "\xff\xff\xff", 3, &key, &v, &e) == OK && *(const char *)v.p == '4',
		"also past the end");
	is_int(kv_before(&t, KV_REF, "a", 1, &key, &v, &e), ERR_NOTFOUND, "before the first is none");
	kv_end(&t);
	kv_end(&t);
	struct kv_op more[] = { op(KV_REF, "a", "new"), op(KV_REF, "b", NULL), op(KV_REF, "nothing", NULL) };
	uint64_t version = kv_version(k);
	is_int(apply(k, more, 3), OK, "put over, delete, delete nothing");
	ok(kv_version(k) > version, "the version grows");
	must(kv_begin(k, &t, &e), &e, "begin");
	ok(kv_get(&t, KV_REF, "a", 1, &v, &e) == OK && v.n == 3, "the new value");
	is_int(kv_get(&t, KV_REF, "b", 1, &v, &e), ERR_NOTFOUND, "gone");
	kv_end(&t);
	kv_close(k);
}

enum { ROWS = 600, VALUE = 4000 };

static int write_many(struct kv *k, int first)
{
	static char value[VALUE];
	struct kv_op *ops = mem_alloc(ROWS * sizeof *ops);
	for (int i = 0; i < ROWS; i++) {
		char key[16];
		snprintf(key, sizeof key, "%08d", first + i);
		ops[i] = op(KV_REC, key, "");
		ops[i].value = value;
		ops[i].nvalue = sizeof value;
	}
	int rc = apply(k, ops, ROWS);
	free(ops);
	return rc;
}

static size_t count(struct kv *k)
{
	struct kv_txn t;
	size_t n = 0;
	must(kv_begin(k, &t, &e), &e, "begin");
	must(kv_rows(&t, KV_REC, &n, &e), &e, "rows");
	kv_end(&t);
	return n;
}

/* Opens while the file is small; looks again when the writer says that it has grown. */
static _Noreturn void read_beside(const char *name, int from, int to)
{
	struct kv *k;
	char byte = 0;
	must(kv_open(test_path(name), KV_READONLY | KV_TINY, &k, &e), &e, "open");
	size_t before = count(k);
	if (write(to, &byte, 1) != 1 || read(from, &byte, 1) != 1)
		_exit(2);
	_exit(before == 1 && count(k) == 1 + ROWS ? 0 : 1);
}

static void test_growth(void)
{
	struct kv *k = open_new("growth");
	struct kv_op first = op(KV_REC, "0", "x");
	must(apply(k, &first, 1), &e, "apply");
	kv_close(k);
	int down[2], up[2], status = -1;
	char byte = 0;
	if (pipe(down) != 0 || pipe(up) != 0)
		return;
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		read_beside("growth", down[0], up[1]);
	bool ready = read(up[0], &byte, 1) == 1;
	must(kv_open(test_path("growth"), KV_TINY, &k, &e), &e, "open");
	is_int(write_many(k, 100), OK, "a batch larger than the map is written");
	ready = ready && write(down[1], &byte, 1) == 1;
	waitpid(pid, &status, 0);
	ok(ready && WIFEXITED(status) && WEXITSTATUS(status) == 0, "a reader with the smaller map sees it");
	struct kv_txn t;
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(write_many(k, 1000), OK, "there is room for one more while a view is open");
	kv_end(&t);
	is_int((intmax_t)count(k), 1 + 2 * ROWS, "and all is there");
	kv_close(k);
}

/* A reader that is killed in its view must not make the file grow for ever. */
static void test_dead_reader(void)
{
	struct kv *k = open_new("dead");
	static char value[VALUE];
	struct kv_op one = op(KV_REC, "1", "x");
	one.value = value;
	one.nvalue = sizeof value;
	must(apply(k, &one, 1), &e, "apply");
	kv_close(k);
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		struct kv_txn t;
		must(kv_open(test_path("dead"), KV_READONLY, &k, &e), &e, "open");
		must(kv_begin(k, &t, &e), &e, "begin");
		raise(SIGKILL);
	}
	waitpid(pid, NULL, 0);
	must(kv_open(test_path("dead"), 0, &k, &e), &e, "open");
	char data[4300];
	snprintf(data, sizeof data, "%s/db/data.mdb", test_path("dead"));
	for (int i = 0; i < 400; i++)
		must(apply(k, &one, 1), &e, "apply");
	int64_t size = os_file_size(data);
	ok(size < 9 << 20, "400 commits after a reader died take no more room: %lld bytes", (long long)size);
	kv_close(k);
}

static void test_failing_disk(void)
{
	struct kv *k = open_new("failing");
	struct kv_op one = op(KV_REF, "1", "x"), two = op(KV_REF, "2", "x"), three = op(KV_REF, "3", "x");
	struct kv_txn t;
	struct kv_bytes v;
	must(apply(k, &one, 1), &e, "apply");
	disk = DISK_SYNC_FAILS;
	is_int(apply(k, &two, 1), ERR_IO, "a disk that fails is told: %s", e.text);
	disk = DISK_FINE;
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(kv_get(&t, KV_REF, "2", 1, &v, &e), ERR_NOTFOUND, "nothing of it stands");
	is_int(kv_get(&t, KV_REF, "1", 1, &v, &e), OK, "and what was there does");
	kv_end(&t);
	is_int(apply(k, &two, 1), OK, "when the disk works again, so do we");
	disk = DISK_META_DOUBTFUL;
	is_int(apply(k, &three, 1), OK, "a commit that is reported as failed but took place is no failure");
	disk = DISK_FINE;
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(kv_get(&t, KV_REF, "3", 1, &v, &e), OK, "it stands");
	kv_end(&t);
	must(kv_begin(k, &t, &e), &e, "begin");
	disk = DISK_SYNC_FAILS;
	is_int(apply(k, &one, 1), ERR_IO, "a failure while a view is open");
	is_int(apply(k, &one, 1), ERR_BUSY, "nothing more is written until the view is closed");
	disk = DISK_FINE;
	kv_end(&t);
	is_int(apply(k, &one, 1), OK, "then it goes on");
	kv_close(k);
}

static void test_flips(void)
{
	struct kv *k = open_new("flip");
	struct kv_op one = op(KV_TIME, "keykeykeykey", "valuevaluevalue");
	must(apply(k, &one, 1), &e, "apply");
	kv_close(k);
	char data[4300];
	struct buf b = { 0 };
	snprintf(data, sizeof data, "%s/db/data.mdb", test_path("flip"));
	must(os_read_file(data, 64 << 20, &b, &e), &e, "read");
	char *row = memmem(b.p, b.n, "keykeykeykeyvaluevaluevalue", 27);
	ok(row != NULL, "the row lies in the clear");
	size_t seen = 0, flips = 0;
	for (size_t bit = 12 * 8; row && bit < 31 * 8; bit++, flips++) {
		struct kv_txn t;
		struct kv_bytes v;
		row[bit / 8] = (char)(row[bit / 8] ^ 1 << bit % 8);
		must(os_write_file(data, b.p, b.n, &e), &e, "write");
		row[bit / 8] = (char)(row[bit / 8] ^ 1 << bit % 8);
		must(kv_open(test_path("flip"), KV_READONLY, &k, &e), &e, "open");
		must(kv_begin(k, &t, &e), &e, "begin");
		seen += kv_get(&t, KV_TIME, "keykeykeykey", 12, &v, &e) == ERR_CORRUPT;
		kv_end(&t);
		kv_close(k);
	}
	is_int((intmax_t)seen, (intmax_t)flips, "each flipped bit of a value is seen");
	buf_free(&b);
}

/* A batch of keys that begin alike, some of them with another whole key, in two tables. */
enum { MIXED = 600, MIXED_ROUNDS = 40 };

static struct kv_op draw_op(struct prng *r)
{
	static const uint8_t bytes[] = { 0, 1, 0xFF };
	struct kv_op o = { .table = prng_below(r, 2) ? KV_REC : KV_REF, .nkey = (uint8_t)(1 + prng_below(r, KV_KEY_MOST)) };
	const size_t alike = prng_below(r, o.nkey);
	for (size_t i = alike; i < o.nkey; i++)
		o.key[i] = bytes[prng_below(r, sizeof bytes)];
	o.value = "x";
	o.nvalue = 1;
	return o;
}

static bool is_key_among(const struct kv_op *ops, size_t n, const struct kv_op *x)
{
	for (size_t i = 0; i < n; i++)
		if (ops[i].table == x->table && ops[i].nkey == x->nkey && memcmp(ops[i].key, x->key, x->nkey) == 0)
			return true;
	return false;
}

static bool is_before(const struct kv_op *x, const struct kv_op *y)
{
	const int order = memcmp(x->key, y->key, x->nkey < y->nkey ? x->nkey : y->nkey);
	return x->table != y->table ? x->table < y->table : order < 0 || (order == 0 && x->nkey < y->nkey);
}

static void test_mixed(void)
{
	static struct kv_op ops[MIXED];
	struct prng r = { 11 };
	size_t wrong = 0, missing = 0;
	for (int round = 0; round < MIXED_ROUNDS; round++) {
		char name[16];
		snprintf(name, sizeof name, "mixed-%d", round);
		struct kv *k = open_new(name);
		struct kv_txn t;
		size_t n = 0, rec, ref;
		for (const size_t most = 1 + prng_below(&r, MIXED); n < most; n += !is_key_among(ops, n, &ops[n]))
			ops[n] = draw_op(&r);
		must(apply(k, ops, n), &e, "apply");
		for (size_t i = 1; i < n; i++)
			wrong += !is_before(&ops[i - 1], &ops[i]);
		must(kv_begin(k, &t, &e), &e, "begin");
		must(kv_rows(&t, KV_REC, &rec, &e), &e, "rows");
		must(kv_rows(&t, KV_REF, &ref, &e), &e, "rows");
		missing += n - rec - ref;
		kv_end(&t);
		kv_close(k);
	}
	is_int((intmax_t)wrong, 0, "a batch is written in the order of its keys");
	is_int((intmax_t)missing, 0, "and all of it");
}

/* Whoever steps from row to row backwards would go round for ever. */
static void test_order(void)
{
	struct kv *k = open_new("order");
	struct kv_op ops[] = { op(KV_LOG, "key-one", "1"), op(KV_LOG, "key-two", "2"), op(KV_LOG, "key-xyz", "3") };
	struct kv_txn t;
	struct kv_bytes key, v;
	must(apply(k, ops, 3), &e, "apply");
	kv_close(k);
	char data[4300];
	struct buf b = { 0 };
	snprintf(data, sizeof data, "%s/db/data.mdb", test_path("order"));
	must(os_read_file(data, 64 << 20, &b, &e), &e, "read");
	char *row = memmem(b.p, b.n, "key-one", 7);
	ok(row != NULL, "the key lies in the clear");
	row[0] = 'z';
	must(os_write_file(data, b.p, b.n, &e), &e, "write");
	buf_free(&b);
	must(kv_open(test_path("order"), KV_READONLY, &k, &e), &e, "open");
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(kv_before(&t, KV_LOG, "key-xyz", 7, &key, &v, &e), OK, "a row before another");
	is_int(kv_before(&t, KV_LOG, "key-two", 7, &key, &v, &e), ERR_CORRUPT, "one that isn't before it is damage");
	kv_end(&t);
	kv_close(k);
}

static void hear_finding(void *ctx, const char *sentence)
{
	diag("%s", sentence);
	++*(int *)ctx;
}

static int go_on(void *ctx)
{
	(void)ctx;
	return 0;
}

/* The file is that of the newest commit, and a view may be of an older one. */
static void test_examined(void)
{
	struct kv *k = open_new("examined");
	struct kv_op one = op(KV_REF, "1", "x"), two = op(KV_REF, "2", "x");
	struct kv_txn t;
	int found = 0;
	const struct kv_checker c = { hear_finding, go_on, &found };
	must(apply(k, &one, 1), &e, "apply");
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(kv_examine(&t, &c, &e), OK, "a file is examined");
	must(apply(k, &two, 1), &e, "apply");
	is_int(kv_examine(&t, &c, &e), ERR_CONFLICT, "but not one that is being written");
	kv_end(&t);
	must(kv_begin(k, &t, &e), &e, "begin");
	is_int(kv_examine(&t, &c, &e), OK, "in a new view it is");
	is_int(found, 0, "and nothing is wrong with it");
	kv_end(&t);
	kv_close(k);
}

static void test_refusals(void)
{
	struct kv *k;
	must(os_mkdir_p(test_path("none"), &e), &e, "mkdir");
	is_int(kv_open(test_path("none"), 0, &k, &e), ERR_CORRUPT, "no database there");
	ok(!k && *e.text, "%s", e.text);
	is_int(kv_file_version(test_path("none")), 0, "nor a version");
	is_int(kv_file_version(test_path("rows")), 1, "one of ours has number 1");
}

int main(void)
{
	test_rows();
	test_growth();
	test_dead_reader();
	test_failing_disk();
	test_flips();
	test_mixed();
	test_order();
	test_examined();
	test_refusals();
	return done_testing();
}
