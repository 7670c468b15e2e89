/* bench/bench_store.c - the store beside LMDB without it, and beside SQLite: the same volunteers written, changed, read
 * and listed.
 *
 * "LMDB + seal" is the floor: one table, the very bytes that the store seals, sealed and opened the same way, nothing
 * decoded, no log, no index. SQLite keeps the same fields in columns, in clear, in WAL mode with synchronous=FULL; it
 * has no log of changes either. Each run makes fresh files; the engines take turns, so that what else the machine does
 * hits them alike. */
#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sodium.h>
#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif

#include "base/lang.h"
#include "bench/measure.h"
#include "store/change.h"
#include "store/codec.h"
#include "store/seal.h"

enum { PEOPLE = 20000, GROUP = 2000, COMMITS = 100, GETS = 100000, PATH = 4096 };
enum job { LOAD, COMMIT, GET, LIST, JOBS };
static const char *const job_names[JOBS] = {
	"write 20,000 volunteers, 2,000 a commit (a volunteer)",
	"change one field and commit to disk (a change)",
	"read a volunteer by id, at random (a read)",
	"list all volunteers (a volunteer)",
};

/* One engine: its files in `dir`, made new by `make`; each job does all of its operations once. */
struct engine {
	const char *name;
	void *(*make)(const char *dir);
	void (*load)(void *x), (*commit)(void *x, int i), (*begin)(void *x), (*get)(void *x, int i), (*list)(void *x),
		(*end)(void *x);
	void (*close)(void *x);
};

/* ---- what is kept: the same texts in all engines ------------------------------------------------------------- */

enum { COLUMNS = 12 };
static const int columns[COLUMNS] = {
	F_VOLUNTEER_GIVEN,
	F_VOLUNTEER_FAMILY,
	F_VOLUNTEER_PHONE,
	F_VOLUNTEER_EMAIL,
	F_VOLUNTEER_BORN,
	F_VOLUNTEER_ADDRESS,
	F_VOLUNTEER_POSTCODE,
	F_VOLUNTEER_CITY,
	F_VOLUNTEER_STATUS,
	F_VOLUNTEER_STARTED,
	F_VOLUNTEER_CONFIDENTIALITY,
	F_VOLUNTEER_WISHES,
};
struct person {
	char text[COLUMNS][48];
	int64_t number[COLUMNS];
};

static void invent(int i, struct person *p)
{
	struct mix m = {(uint64_t)i};
	memset(p, 0, sizeof *p);
	snprintf(p->text[0], sizeof p->text[0], "Fornavn%d", (int)(mix_next(&m) % 900));
	snprintf(p->text[1], sizeof p->text[1], "Efternavn%d", (int)(mix_next(&m) % 9000));
	snprintf(p->text[2], sizeof p->text[2], "2%07d", (int)(mix_next(&m) % 10000000));
	snprintf(p->text[3], sizeof p->text[3], "person%d@example.dk", i);
	p->number[4] = -5000 + (int64_t)(mix_next(&m) % 20000);
	snprintf(p->text[5], sizeof p->text[5], "Lærkevej %d", (int)(mix_next(&m) % 200));
	snprintf(p->text[6], sizeof p->text[6], "8%03d", (int)(mix_next(&m) % 1000));
	snprintf(p->text[7], sizeof p->text[7], "Viborg");
	p->number[8] = VOLUNTEER_ACTIVE;
	p->number[9] = 17000 + (int64_t)(mix_next(&m) % 2000);
	p->number[10] = p->number[9] - 7;
	snprintf(p->text[11], sizeof p->text[11], "ikke aften");
}

/* ---- samvagt ---------------------------------------------------------------------------------------------------- */

struct ours {
	struct store *s;
	struct view *v;
	struct arena *a;
	struct id id[PEOPLE];
};

static void *ours_make(const char *dir)
{
	struct err e;
	struct os_clock clock;
	struct ours *x = mem_alloc(sizeof *x);
	struct store_new how = {.site = "Viborg", .person = "Anna"};
	measure_need(os_remove_tree(dir, &e), &e);
	measure_need(os_clock_init(&clock, &e), &e);
	measure_need(store_create(dir, &how, &clock, &e), &e);
	measure_need(store_open(dir, &(struct store_opts){.clock = clock}, &x->s, &e), &e);
	x->a = arena_new();
	return x;
}

static void ours_put(struct change *c, struct id id, const struct person *p)
{
	struct err e;
	for (int k = 0; k < COLUMNS; k++) {
		struct value v = *p->text[k] ? value_text(p->text[k]) : value_int(p->number[k]);
		measure_need(change_set(c, TYPE_VOLUNTEER, id, columns[k], v, &e), &e);
	}
}

static void ours_load(void *ctx)
{
	struct ours *x = ctx;
	struct err e;
	struct change *c;
	struct change_result r;
	for (int i = 0; i < PEOPLE; i += GROUP) {
		measure_need(change_begin(x->s, ACT_ADD, &c, &e), &e);
		for (int j = i; j < i + GROUP; j++) {
			struct person p;
			invent(j, &p);
			x->id[j] = change_new(c, TYPE_VOLUNTEER);
			ours_put(c, x->id[j], &p);
		}
		measure_need(change_commit(c, &r, &e), &e);
	}
}

static void ours_commit(void *ctx, int i)
{
	struct ours *x = ctx;
	struct err e;
	struct change *c;
	struct change_result r;
	char wish[32];
	snprintf(wish, sizeof wish, "ikke uge %d", i);
	measure_need(change_begin(x->s, ACT_EDIT, &c, &e), &e);
	measure_need(change_set(c, TYPE_VOLUNTEER, x->id[i * 7 % PEOPLE], F_VOLUNTEER_WISHES,
		value_text(wish), &e), &e);
	measure_need(change_commit(c, &r, &e), &e);
}

static void ours_begin(void *ctx)
{
	struct ours *x = ctx;
	struct err e;
	measure_need(view_begin(x->s, &x->v, &e), &e);
}

static void ours_get(void *ctx, int i)
{
	struct ours *x = ctx;
	struct err e;
	struct rec *r;
	arena_reset(x->a);
	measure_need(view_get(x->v, x->a, TYPE_VOLUNTEER, x->id[i], &r, &e), &e);
	if (!r || !*rec_text(r, F_VOLUNTEER_PHONE))
		measure_die("a volunteer is missing");
}

static void ours_list(void *ctx)
{
	struct ours *x = ctx;
	struct err e;
	struct rec **all;
	size_t n;
	arena_reset(x->a);
	measure_need(view_all(x->v, x->a, TYPE_VOLUNTEER, &all, &n, &e), &e);
	if (n != PEOPLE)
		measure_die("volunteers are missing");
}

static void ours_end(void *ctx)
{
	struct ours *x = ctx;
	view_end(x->v);
}

static void ours_close(void *ctx)
{
	struct ours *x = ctx;
	store_close(x->s);
	arena_free(x->a);
	free(x);
}

/* ---- LMDB with seals
 * ---------------------------------------------------------------------------------------------- */

struct bare {
	MDB_env *env;
	MDB_dbi dbi;
	MDB_txn *txn;
	struct seal *seal;
	struct arena *a;
	struct buf plain, sealed;
	struct id id[PEOPLE];
};

static void must_lmdb(int rc)
{
	if (rc)
		measure_die(mdb_strerror(rc));
}

static void *bare_make(const char *dir)
{
	struct err e;
	struct bare *x = mem_alloc(sizeof *x);
	uint8_t key[SEAL_KEY] = {1};
	measure_need(os_remove_tree(dir, &e), &e);
	measure_need(os_mkdir_p(dir, &e), &e);
	measure_need(seal_open(key, 0, ID_NONE, &x->seal, &e), &e);
	must_lmdb(mdb_env_create(&x->env));
	must_lmdb(mdb_env_set_mapsize(x->env, (size_t)1 << 30));
	must_lmdb(mdb_env_open(x->env, dir, 0, 0600));
	must_lmdb(mdb_txn_begin(x->env, NULL, 0, &x->txn));
	must_lmdb(mdb_dbi_open(x->txn, NULL, 0, &x->dbi));
	must_lmdb(mdb_txn_commit(x->txn));
	x->a = arena_new();
	return x;
}

static MDB_val bare_key(uint8_t key[17], struct id id)
{
	key[0] = TYPE_VOLUNTEER;
	memcpy(key + 1, id.b, sizeof id.b);
	return (MDB_val){17, key};
}

/* The store's own bytes of the record. */
static void bare_put(struct bare *x, struct id id, const struct person *p)
{
	struct err e;
	uint8_t key[17];
	struct rec r = {.type = TYPE_VOLUNTEER, .id = id};
	struct stamp at = {{1, 1}, 1};
	arena_reset(x->a);
	rec_put(x->a, &r, FIELD_ALIVE, value_int(1), at);
	for (int k = 0; k < COLUMNS; k++)
		rec_put(x->a, &r, columns[k], *p->text[k] ? value_text(p->text[k]) : value_int(p->number[k]), at);
	buf_reset(&x->plain);
	buf_reset(&x->sealed);
	measure_need(codec_put_rec(&x->plain, &r), &(struct err){0});
	MDB_val k = bare_key(key, id);
	measure_need(seal_put(x->seal, 1, key, sizeof key, x->plain.p, x->plain.n, &x->sealed, &e), &e);
	MDB_val v = {x->sealed.n, x->sealed.p};
	must_lmdb(mdb_put(x->txn, x->dbi, &k, &v, 0));
}

static void bare_load(void *ctx)
{
	struct bare *x = ctx;
	for (int i = 0; i < PEOPLE; i += GROUP) {
		must_lmdb(mdb_txn_begin(x->env, NULL, 0, &x->txn));
		for (int j = i; j < i + GROUP; j++) {
			struct person p;
			invent(j, &p);
			x->id[j] = id_make(1, (uint64_t)j + 1);
			bare_put(x, x->id[j], &p);
		}
		must_lmdb(mdb_txn_commit(x->txn));
	}
}

static void bare_commit(void *ctx, int i)
{
	struct bare *x = ctx;
	struct person p;
	invent(i, &p);
	snprintf(p.text[11], sizeof p.text[11], "ikke uge %d", i);
	must_lmdb(mdb_txn_begin(x->env, NULL, 0, &x->txn));
	bare_put(x, x->id[i * 7 % PEOPLE], &p);
	must_lmdb(mdb_txn_commit(x->txn));
}

static void bare_begin(void *ctx)
{
	struct bare *x = ctx;
	must_lmdb(mdb_txn_begin(x->env, NULL, MDB_RDONLY, &x->txn));
}

static void bare_unseal(struct bare *x, const MDB_val *k, const MDB_val *v)
{
	struct err e;
	const uint8_t *plain;
	size_t n;
	measure_need(seal_get(x->seal, 1, k->mv_data, k->mv_size, v->mv_data, v->mv_size, x->a, &plain, &n, &e), &e);
}

static void bare_get(void *ctx, int i)
{
	struct bare *x = ctx;
	uint8_t key[17];
	MDB_val k = bare_key(key, x->id[i]), v;
	must_lmdb(mdb_get(x->txn, x->dbi, &k, &v));
	arena_reset(x->a);
	bare_unseal(x, &k, &v);
}

static void bare_list(void *ctx)
{
	struct bare *x = ctx;
	MDB_cursor *c;
	MDB_val k, v;
	int n = 0;
	must_lmdb(mdb_cursor_open(x->txn, x->dbi, &c));
	while (mdb_cursor_get(c, &k, &v, MDB_NEXT) == 0) {
		arena_reset(x->a);
		bare_unseal(x, &k, &v);
		n++;
	}
	mdb_cursor_close(c);
	if (n != PEOPLE)
		measure_die("rows are missing");
}

static void bare_end(void *ctx)
{
	struct bare *x = ctx;
	mdb_txn_abort(x->txn);
}

static void bare_close(void *ctx)
{
	struct bare *x = ctx;
	mdb_env_close(x->env);
	seal_close(x->seal);
	buf_free(&x->plain);
	buf_free(&x->sealed);
	arena_free(x->a);
	free(x);
}

/* ---- SQLite
 * ------------------------------------------------------------------------------------------------------- */
#ifdef HAVE_SQLITE

struct lite {
	sqlite3 *db;
	sqlite3_stmt *insert, *update, *get, *list;
	struct id id[PEOPLE];
};

static void run_sql(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		measure_die(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s;
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		measure_die(sqlite3_errmsg(db));
	return s;
}

static void step(sqlite3 *db, sqlite3_stmt *s, int want)
{
	if (sqlite3_step(s) != want)
		measure_die(sqlite3_errmsg(db));
}

static void *lite_make(const char *dir)
{
	struct err e;
	char path[PATH];
	struct lite *x = mem_alloc(sizeof *x);
	measure_need(os_remove_tree(dir, &e), &e);
	measure_need(os_mkdir_p(dir, &e), &e);
	snprintf(path, sizeof path, "%s/db", dir);
	if (sqlite3_open(path, &x->db) != SQLITE_OK)
		measure_die("sqlite can't open its file");
	run_sql(x->db,
		"pragma journal_mode=wal; pragma synchronous=full; create table volunteer(id blob primary key, "
		"given text, family text, phone text, email text, born int, address text, postcode text, city text, "
		"status int, started int, confidentiality int, wishes text) without rowid; "
		"create index by_phone on volunteer(phone); create index by_name on volunteer(family, given)");
	x->insert = prepare(x->db, "insert into volunteer values(?,?,?,?,?,?,?,?,?,?,?,?,?)");
	x->update = prepare(x->db, "update volunteer set wishes=? where id=?");
	x->get = prepare(x->db, "select * from volunteer where id=?");
	x->list = prepare(x->db, "select * from volunteer");
	return x;
}

static void lite_put(struct lite *x, struct id id, const struct person *p)
{
	sqlite3_bind_blob(x->insert, 1, id.b, sizeof id.b, SQLITE_TRANSIENT);
	for (int k = 0; k < COLUMNS; k++)
		if (*p->text[k])
			sqlite3_bind_text(x->insert, k + 2, p->text[k], -1, SQLITE_TRANSIENT);
		else
			sqlite3_bind_int64(x->insert, k + 2, p->number[k]);
	step(x->db, x->insert, SQLITE_DONE);
	sqlite3_reset(x->insert);
}

static void lite_load(void *ctx)
{
	struct lite *x = ctx;
	for (int i = 0; i < PEOPLE; i += GROUP) {
		run_sql(x->db, "begin");
		for (int j = i; j < i + GROUP; j++) {
			struct person p;
			invent(j, &p);
			x->id[j] = id_make(1, (uint64_t)j + 1);
			lite_put(x, x->id[j], &p);
		}
		run_sql(x->db, "commit");
	}
}

static void lite_commit(void *ctx, int i)
{
	struct lite *x = ctx;
	char wish[32];
	snprintf(wish, sizeof wish, "ikke uge %d", i);
	sqlite3_bind_text(x->update, 1, wish, -1, SQLITE_TRANSIENT);
	sqlite3_bind_blob(x->update, 2, x->id[i * 7 % PEOPLE].b, 16, SQLITE_TRANSIENT);
	step(x->db, x->update, SQLITE_DONE);
	sqlite3_reset(x->update);
}

static void lite_begin(void *ctx)
{
	struct lite *x = ctx;
	run_sql(x->db, "begin");
}

/* As an application would: every column into memory of its own. */
static void copy_row(sqlite3_stmt *s)
{
	char row[COLUMNS * 48];
	size_t n = 0;
	for (int k = 1; k <= COLUMNS; k++) {
		if (sqlite3_column_type(s, k) != SQLITE_TEXT) {
			n += (size_t)(sqlite3_column_int64(s, k) != 0);
			continue;
		}
		size_t length = (size_t)sqlite3_column_bytes(s, k);
		memcpy(row + n, sqlite3_column_text(s, k), length);
		n += length;
	}
	if (n == 0)
		measure_die("a row is empty");
}

static void lite_get(void *ctx, int i)
{
	struct lite *x = ctx;
	sqlite3_bind_blob(x->get, 1, x->id[i].b, 16, SQLITE_STATIC);
	step(x->db, x->get, SQLITE_ROW);
	copy_row(x->get);
	sqlite3_reset(x->get);
}

static void lite_list(void *ctx)
{
	struct lite *x = ctx;
	int n = 0;
	while (sqlite3_step(x->list) == SQLITE_ROW) {
		copy_row(x->list);
		n++;
	}
	sqlite3_reset(x->list);
	if (n != PEOPLE)
		measure_die("rows are missing");
}

static void lite_end(void *ctx)
{
	struct lite *x = ctx;
	run_sql(x->db, "commit");
}

static void lite_close(void *ctx)
{
	struct lite *x = ctx;
	sqlite3_finalize(x->insert);
	sqlite3_finalize(x->update);
	sqlite3_finalize(x->get);
	sqlite3_finalize(x->list);
	sqlite3_close(x->db);
	free(x);
}
#endif

/* ---- taking turns
 * ----------------------------------------------------------------------------------------------------- */

static const struct engine engines[] = {
	{"samvagt", ours_make, ours_load, ours_commit, ours_begin, ours_get, ours_list, ours_end, ours_close},
	{"LMDB + seal", bare_make, bare_load, bare_commit, bare_begin, bare_get, bare_list, bare_end, bare_close},
#ifdef HAVE_SQLITE
	{"SQLite", lite_make, lite_load, lite_commit, lite_begin, lite_get, lite_list, lite_end, lite_close},
#endif
};
enum { ENGINES = sizeof engines / sizeof *engines };

static void run_engine(const struct engine *g, const char *dir, struct times out[JOBS])
{
	struct stopwatch w;
	struct mix m = {42};
	void *x = g->make(dir);
	stopwatch_start(&w);
	g->load(x);
	times_add(&out[LOAD], stopwatch_stop(&w));
	stopwatch_start(&w);
	for (int i = 0; i < COMMITS; i++)
		g->commit(x, i);
	times_add(&out[COMMIT], stopwatch_stop(&w));
	g->begin(x);
	stopwatch_start(&w);
	for (int i = 0; i < GETS; i++)
		g->get(x, (int)(mix_next(&m) % PEOPLE));
	times_add(&out[GET], stopwatch_stop(&w));
	stopwatch_start(&w);
	g->list(x);
	times_add(&out[LIST], stopwatch_stop(&w));
	g->end(x);
	g->close(x);
}

int main(int argc, char **argv)
{
	static const size_t each[JOBS] = {PEOPLE, COMMITS, GETS, PEOPLE};
	struct times all[ENGINES][JOBS] = {0};
	struct err e;
	char dir[PATH];
	if (argc != 2)
		measure_die("usage: bench_store FOLDER (on the disk to be measured) | --machine");
	if (strcmp(argv[1], "--machine") == 0) {
		measure_machine();
		return 0;
	}
	snprintf(dir, sizeof dir, "%s/bench-store", argv[1]);
	for (int run = 0; run < RUNS; run++)
		for (int g = 0; g < ENGINES; g++)
			run_engine(&engines[g], dir, all[g]);
	measure_need(os_remove_tree(dir, &e), &e);
	printf("\n## The store\n\n%s", mdb_version(NULL, NULL, NULL));
#ifdef HAVE_SQLITE
	printf(" · SQLite %s", sqlite3_libversion());
#endif
	printf(" · libsodium %s · %d volunteers of %d fields · medians of %d runs\n", sodium_version_string(), PEOPLE,
		COLUMNS, RUNS);
	for (int job = 0; job < JOBS; job++) {
		struct times rows[ENGINES];
		for (int g = 0; g < ENGINES; g++) {
			rows[g] = all[g][job];
			rows[g].name = engines[g].name;
			rows[g].each = each[job];
		}
		times_table(job_names[job], rows, ENGINES);
	}
	return 0;
}
