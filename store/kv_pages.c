/* store/kv_pages.c - see kv.h. Owns looking for damage in LMDB's own structure: pages, order, counts, free lists. Must
 * not know what the rows mean. Runs on bytes that can't be trusted: a bad pointer in a page ends the process, which is
 * therefore a child made for this.
 *
 * Of each page it wants to know that it is used once or free, says its own number, and holds what its kind holds: LMDB
 * reads past most such faults, and then writes by them. The layout of pages is that of LMDB's file format 1 on machines
 * of 64 bits (lmdb's mdb.c: MDB_page, MDB_node, MDB_meta, MDB_db); on others that part is left out. */
#include "store/kv.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/kv_priv.h"

enum {
	HEADS = 2, /* pages that begin the file */
	HEAD_MAIN_ROOT = 128,
	HEAD_TXN = 144,
	PAGE_FLAGS = 10,
	PAGE_LOWER = 12, /* where the slots end; of an overflow page, how many pages it has */
	PAGE_UPPER = 14, /* where the nodes begin */
	PAGE_HEAD = 16,
	FREE_DBI = 0,
	MAIN_DBI = 1,
	TABLES_MOST = 32,
	NAME_MOST = 64,
};

/* LMDB's flags of a page on disk: one of these and no other. */
enum kind { BRANCH = 1, LEAF = 2, OVERFLOW = 4 };

/* What each page is known to be: of which table, from USE_TABLE on. */
enum use { USE_UNKNOWN, USE_FREE, USE_FREE_LIST, USE_MAIN, USE_TABLE };

struct checker {
	const struct kv_checker *to;
	MDB_txn *txn;
	MDB_envinfo info;
	bool raw;        /* pages can be looked into */
	const char *map; /* where page 0 would be */
	size_t page_size, npages;
	size_t head_txn[HEADS], head_root[HEADS];
	size_t branches, counted, free; /* pages, as the tables and the free lists count them */
	uint8_t *use;
	uint8_t now, log; /* the table that is being read; the log */
	bool aged;
	size_t findings;
	bool stopped;
};

static void say(struct checker *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void say(struct checker *c, const char *fmt, ...)
{
	char text[400];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	c->findings++;
	c->to->say(c->to->ctx, text);
}

/* ---- pages --------------------------------------------------------------------------------------- */

static size_t word_at(const char *page, size_t at)
{
	size_t word;
	memcpy(&word, page + at, sizeof word);
	return word;
}

static unsigned half_at(const char *page, size_t at)
{
	uint16_t half;
	memcpy(&half, page + at, sizeof half);
	return half;
}

/* The log, or what leads to all tables, stands on a page that a later change has given up. */
static void say_aged(struct checker *c)
{
	if (!c->aged)
		say(c, _("the file data.mdb has gone back to an older state: the last changes may be lost"));
	c->aged = true;
}

static void use_page(struct checker *c, size_t pgno, unsigned use)
{
	assert(use != USE_UNKNOWN);
	if (pgno < HEADS || pgno >= c->npages)
		say(c, _("the file data.mdb speaks of page %zu, which isn't in it"), pgno);
	else if (use == USE_FREE && (c->use[pgno] == USE_MAIN || c->use[pgno] == c->log))
		say_aged(c);
	else if (c->use[pgno] != USE_UNKNOWN)
		say(c, _("page %zu of the file data.mdb is used twice"), pgno);
	else
		c->use[pgno] = (uint8_t)use;
}

/* Slots from the front, nodes from the back, and what is between is free. */
static bool is_tidy(const struct checker *c, const char *page)
{
	size_t lower = half_at(page, PAGE_LOWER), upper = half_at(page, PAGE_UPPER), first = c->page_size;
	if (lower < PAGE_HEAD || lower % 2 != 0 || lower > upper || upper > c->page_size)
		return false;
	for (size_t slot = PAGE_HEAD; slot < lower; slot += 2) {
		size_t node = half_at(page, slot);
		if (node < upper || node >= c->page_size)
			return false;
		first = node < first ? node : first;
	}
	return first == upper;
}

static bool is_right(const struct checker *c, size_t pgno, enum kind kind)
{
	const char *page = c->map + pgno * c->page_size;
	return word_at(page, 0) == pgno && half_at(page, PAGE_FLAGS) == (unsigned)kind &&
		(kind == OVERFLOW || is_tidy(c, page));
}

static const char *page_of(const struct checker *c, const void *bytes)
{
	return (const char *)bytes - (size_t)((uintptr_t)bytes % c->page_size);
}

/* LMDB doesn't say where its map is; but the head says which page the main table is, and that is one page. */
static void find_map(struct checker *c)
{
	MDB_cursor *cursor;
	MDB_val key, value;
	MDB_stat stat;
	size_t root = c->head_root[c->head_txn[1] == c->info.me_last_txnid];
	if (!c->raw || mdb_stat(c->txn, MAIN_DBI, &stat) != MDB_SUCCESS || stat.ms_depth != 1 ||
		mdb_cursor_open(c->txn, MAIN_DBI, &cursor) != MDB_SUCCESS)
		return;
	if (kv_at(cursor, &key, &value, MDB_FIRST) == MDB_SUCCESS)
		c->map = page_of(c, key.mv_data) - root * c->page_size;
	mdb_cursor_close(cursor);
}

/* The page or pages in which these bytes of a row lie. Many rows share one, so it is looked at the first time only. */
static void use_bytes(struct checker *c, const void *bytes, enum kind kind)
{
	const char *page = page_of(c, bytes);
	if (!c->map)
		return;
	size_t pgno = (size_t)(page - c->map) / c->page_size;
	if (pgno < c->npages && c->use[pgno] == c->now)
		return;
	use_page(c, pgno, c->now);
	if (pgno < c->npages && !is_right(c, pgno, kind))
		say(c, _("page %zu of the file data.mdb holds something else than it should"), pgno);
	size_t n = kind == OVERFLOW ? (word_at(page, 8) >> 32) : 1;
	for (size_t i = 1; i < n && c->findings == 0; i++)
		use_page(c, pgno + i, c->now);
}

/* The value of a row lies beside its key, or in pages of its own. */
static void use_row(struct checker *c, const MDB_val *key, const MDB_val *value)
{
	uintptr_t k = (uintptr_t)key->mv_data / c->page_size, v = (uintptr_t)value->mv_data / c->page_size;
	use_bytes(c, key->mv_data, LEAF);
	if (k != v && value->mv_size > 0)
		use_bytes(c, value->mv_data, OVERFLOW);
}

/* What is neither data nor free must be what leads to data. */
static void check_rest(struct checker *c)
{
	size_t n = 0;
	if (!c->map || c->findings > 0)
		return;
	for (size_t pgno = HEADS; pgno < c->npages; pgno++) {
		if (c->use[pgno] != USE_UNKNOWN)
			continue;
		n++;
		if (!is_right(c, pgno, BRANCH))
			say(c, _("page %zu of the file data.mdb holds something else than it should"), pgno);
	}
	if (c->findings == 0 && n != c->branches)
		say(c, _("pages of the file data.mdb are lost: %zu lead to data, and %zu are known"), n, c->branches);
}

/* ---- one table ----------------------------------------------------------------------------------- */

/* LMDB reads nothing more in a transaction that met what can't be, though other tables are whole. */
static void read_on(struct checker *c)
{
	if (c->findings == 0)
		return;
	mdb_txn_reset(c->txn);
	if (mdb_txn_renew(c->txn) != MDB_SUCCESS || mdb_txn_id(c->txn) != c->info.me_last_txnid)
		c->stopped = true;
}

static int compare_keys(const MDB_val *x, const MDB_val *y)
{
	int order = memcmp(x->mv_data, y->mv_data, x->mv_size < y->mv_size ? x->mv_size : y->mv_size);
	return order ? order : (x->mv_size > y->mv_size) - (x->mv_size < y->mv_size);
}

/* False when the row is wrong: out of order, or not found by its own key, because a page above it is wrong. */
static bool check_row(struct checker *c, MDB_dbi dbi, const MDB_val *last, MDB_val key, MDB_val value)
{
	MDB_val found;
	if (key.mv_size == 0 || (last->mv_size > 0 && compare_keys(last, &key) >= 0))
		return false;
	use_row(c, &key, &value);
	c->stopped = c->to->tick(c->to->ctx) != 0;
	return kv_find(c->txn, dbi, &key, &found) == MDB_SUCCESS && found.mv_data == value.mv_data &&
		found.mv_size == value.mv_size;
}

static bool count_pages(struct checker *c, MDB_dbi dbi, MDB_stat *stat)
{
	if (mdb_stat(c->txn, dbi, stat) != MDB_SUCCESS)
		return false;
	c->branches += stat->ms_branch_pages;
	c->counted += stat->ms_branch_pages + stat->ms_leaf_pages + stat->ms_overflow_pages;
	return true;
}

/* The first row that is wrong ends it: what follows can't be trusted either. */
static void check_table(struct checker *c, MDB_dbi dbi, const char *name)
{
	MDB_stat stat;
	MDB_cursor *cursor;
	MDB_val key, value, last = {0};
	unsigned flags;
	size_t n = 0;
	bool right = true;
	if (mdb_dbi_flags(c->txn, dbi, &flags) != MDB_SUCCESS || flags != 0 || !count_pages(c, dbi, &stat) ||
		mdb_cursor_open(c->txn, dbi, &cursor) != MDB_SUCCESS) {
		say(c, _("the table %s can't be opened"), name);
		return;
	}
	int rc = kv_at(cursor, &key, &value, MDB_FIRST);
	while (rc == MDB_SUCCESS && !c->stopped) {
		right = n < stat.ms_entries && check_row(c, dbi, &last, key, value);
		if (!right)
			break;
		n++;
		last = key;
		rc = kv_at(cursor, &key, &value, MDB_NEXT);
	}
	mdb_cursor_close(cursor);
	if (!c->stopped && (!right || rc != MDB_NOTFOUND || n != stat.ms_entries))
		say(c, _("the table %s is broken after %zu of %zu rows"), name, n, stat.ms_entries);
}

/* The names of the tables stand in a table themselves. */
static size_t read_names(struct checker *c, char name[TABLES_MOST][NAME_MOST])
{
	MDB_cursor *cursor;
	MDB_val key, value;
	size_t n = 0;
	if (mdb_cursor_open(c->txn, MAIN_DBI, &cursor) != MDB_SUCCESS)
		return 0;
	int rc = kv_at(cursor, &key, &value, MDB_FIRST);
	for (; rc == MDB_SUCCESS && n < TABLES_MOST; rc = kv_at(cursor, &key, &value, MDB_NEXT))
		if (key.mv_size < NAME_MOST)
			snprintf(name[n++], NAME_MOST, "%.*s", (int)key.mv_size, (const char *)key.mv_data);
	mdb_cursor_close(cursor);
	assert(n <= TABLES_MOST);
	return n;
}

static void check_tables(struct checker *c)
{
	char name[TABLES_MOST][NAME_MOST];
	c->now = USE_MAIN;
	check_table(c, MAIN_DBI, "main");
	size_t n = c->findings == 0 ? read_names(c, name) : 0;
	for (size_t i = 0; i < n && !c->stopped; i++, read_on(c)) {
		MDB_dbi dbi;
		c->now = (uint8_t)(USE_TABLE + i);
		if (strcmp(name[i], "log") == 0)
			c->log = c->now;
		if (mdb_dbi_open(c->txn, name[i], 0, &dbi) == MDB_SUCCESS)
			check_table(c, dbi, name[i]);
		else
			say(c, _("the table %s can't be opened"), name[i]);
	}
}

/* ---- free pages ---------------------------------------------------------------------------------- */

/* A list is its length and then page numbers, descending. */
static bool check_free_list(struct checker *c, const MDB_val *list)
{
	const char *p = list->mv_data;
	assert(c->npages > 0);
	size_t n = list->mv_size < sizeof n ? SIZE_MAX : word_at(p, 0), last = SIZE_MAX;
	if (n > list->mv_size / sizeof n - 1)
		return false;
	for (size_t i = 1; i <= n; i++) {
		size_t pgno = word_at(p, i * sizeof n);
		if (pgno >= last)
			return false;
		use_page(c, pgno, USE_FREE);
		last = pgno;
	}
	c->free += n;
	return true;
}

static void check_free(struct checker *c)
{
	MDB_cursor *cursor;
	MDB_val key, value;
	MDB_stat stat;
	if (!count_pages(c, FREE_DBI, &stat) || mdb_cursor_open(c->txn, FREE_DBI, &cursor) != MDB_SUCCESS) {
		say(c, _("the list of free pages is broken"));
		return;
	}
	bool right = true;
	size_t n = 0, last = 0;
	c->now = USE_FREE_LIST;
	int rc = kv_at(cursor, &key, &value, MDB_FIRST);
	for (; rc == MDB_SUCCESS && right; rc = kv_at(cursor, &key, &value, MDB_NEXT), n++) {
		right = n < stat.ms_entries && key.mv_size == sizeof last && word_at(key.mv_data, 0) > last &&
			word_at(key.mv_data, 0) <= c->info.me_last_txnid;
		if (!right)
			break;
		last = word_at(key.mv_data, 0);
		use_row(c, &key, &value);
		right = check_free_list(c, &value);
	}
	mdb_cursor_close(cursor);
	if (!right || n != stat.ms_entries)
		say(c, _("the list of free pages is broken"));
	else if (c->findings == 0 && c->counted + c->free + HEADS != c->npages)
		say(c, _("pages of the file data.mdb are lost: it has %zu, and %zu are known"), c->npages,
			c->counted + c->free + HEADS);
}

/* ---- the two heads ------------------------------------------------------------------------------- */

/* Every commit frees the root that the one before it had. */
static bool has_freed(struct checker *c, size_t txnid, size_t pgno)
{
	MDB_val key = {sizeof txnid, &txnid}, value;
	MDB_cursor *cursor;
	bool freed = false;
	if (mdb_cursor_open(c->txn, FREE_DBI, &cursor) != MDB_SUCCESS)
		return false;
	if (kv_at(cursor, &key, &value, MDB_SET) == MDB_SUCCESS)
		for (size_t i = sizeof pgno; i + sizeof pgno <= value.mv_size && !freed; i += sizeof pgno)
			freed = word_at(value.mv_data, i) == pgno;
	mdb_cursor_close(cursor);
	return freed;
}

static bool read_heads(struct checker *c)
{
	const char *dir;
	char path[4200], page[HEAD_TXN + sizeof(size_t)];
	mdb_env_get_path(mdb_txn_env(c->txn), &dir);
	snprintf(path, sizeof path, "%s/data.mdb", dir);
	FILE *f = fopen(path, "rbe");
	bool got = f != NULL;
	for (int i = 0; got && i < HEADS; i++) {
		got = fseek(f, (long)c->page_size * i, SEEK_SET) == 0 && fread(page, sizeof page, 1, f) == 1;
		c->head_txn[i] = word_at(page, HEAD_TXN);
		c->head_root[i] = word_at(page, HEAD_MAIN_ROOT);
	}
	if (f)
		fclose(f);
	return got;
}

/* The head with the greater number is the last commit, the other one the commit before. A single wrong bit in the
 * number makes LMDB take the old one, and the last commit is gone without a trace; but then the other head is no
 * forerunner of it. */
static void check_heads(struct checker *c, bool were_read)
{
	const size_t *txnid = c->head_txn, *root = c->head_root;
	if (!c->raw)
		return;
	size_t last = txnid[1] > txnid[0];
	bool right = were_read && txnid[last] == c->info.me_last_txnid && txnid[last] == txnid[!last] + 1 &&
		txnid[last] % HEADS == last;
	if (!right || (root[!last] != SIZE_MAX && !has_freed(c, txnid[last], root[!last])))
		say(c, _("the two heads of the file data.mdb don't follow each other: the last change may be lost"));
}

int kv_examine(const struct kv_txn *t, const struct kv_checker *to, struct err *e)
{
	struct checker c = {.to = to, .txn = t->txn, .raw = sizeof(size_t) == 8 && MDB_VERSION_MAJOR == 0};
	MDB_stat stat;
	assert(t->txn && to->say && to->tick);
	MDB_env *env = mdb_txn_env(t->txn);
	if (mdb_env_stat(env, &stat) != MDB_SUCCESS)
		return err_set(e, ERR_CORRUPT, _("the file data.mdb can't be read"));
	c.page_size = stat.ms_psize;
	/* First the heads, so that no commit can come between them and the question which one is the last. */
	bool were_read = read_heads(&c);
	if (mdb_env_info(env, &c.info) != MDB_SUCCESS)
		return err_set(e, ERR_CORRUPT, _("the file data.mdb can't be read"));
	if (c.info.me_last_txnid != mdb_txn_id(t->txn))
		return err_set(e, ERR_CONFLICT, _("another program is changing the store; check it when that is done"));
	c.npages = c.info.me_last_pgno + 1;
	c.use = calloc(c.npages, 1);
	if (!c.use)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	check_heads(&c, were_read);
	find_map(&c);
	check_tables(&c);
	if (!c.stopped)
		check_free(&c);
	if (!c.stopped)
		check_rest(&c);
	free(c.use);
	return OK;
}
