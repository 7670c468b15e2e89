/* bench/bench_data.c - what the benchmarks of the whole program work on: the three demo stores, a store of 10,000
 * volunteers for long lists, and the same shifts as files of calcurse, taskwarrior and SQLite.
 *
 * FOLDER/ward, hospital, region, crowd are stores; FOLDER/SIZE-calcurse and SIZE-task are those programs' folders,
 * SIZE.sqlite a database. Made anew each time, because the roster of a demo lies around today. Prints how long each
 * store took. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef HAVE_SQLITE
#include <sqlite3.h>
#endif

#include "bench/measure.h"
#include "cli/demo.h"
#include "roster/roster.h"
#include "store/change.h"

enum { CROWD = 10000, PATH = 4096 };

static const char *const sizes[] = {"ward", "hospital", "region"};

static struct store *make_store(const char *path)
{
	struct err e;
	struct os_clock clock;
	struct store *s;
	struct store_new how = {.site = "Viborg", .person = "Anna Holm"};
	measure_need(os_remove_tree(path, &e), &e);
	measure_need(os_clock_init(&clock, &e), &e);
	measure_need(store_create(path, &how, &clock, &e), &e);
	measure_need(store_open(path, &(struct store_opts){.clock = clock}, &s, &e), &e);
	return s;
}

/* ---- a long list of people ------------------------------------------------------------------------------- */

static void add_person(struct change *c, int i)
{
	static const char *const given[] = {
		"Anna", "Søren", "Kirsten", "Jørgen", "Aase", "Mehmet", "Lærke", "Bo", "Inge-Lise", "Åge", "Piotr"};
	static const char *const family[] = {
		"Holm", "Ærø", "Østergaard", "Jensen", "Kjeldsen-Magnussen", "Aagaard", "Yılmaz", "Nguyen", "Bak"};
	struct err e;
	char text[64];
	struct mix m = {(uint64_t)i};
	struct id id = change_new(c, TYPE_VOLUNTEER);
	const char *first = given[mix_next(&m) % 11];
	measure_need(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN, value_text(first), &e), &e);
	snprintf(text, sizeof text, "%s %d", family[mix_next(&m) % 9], i);
	measure_need(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_FAMILY, value_text(text), &e), &e);
	snprintf(text, sizeof text, "2%07d", (int)(mix_next(&m) % 10000000));
	measure_need(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_PHONE, value_text(text), &e), &e);
	measure_need(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_CITY, value_text("Viborg"), &e), &e);
	measure_need(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), &e), &e);
}

static void make_crowd(const char *dir)
{
	char path[PATH];
	struct err e;
	struct change *c;
	struct change_result r;
	snprintf(path, sizeof path, "%s/crowd", dir);
	struct store *s = make_store(path);
	measure_need(change_begin(s, ACT_DEMO, &c, &e), &e);
	for (int i = 0; i < CROWD; i++)
		add_person(c, i);
	measure_need(change_commit(c, &r, &e), &e);
	store_close(s);
}

/* ---- the same shifts for the peers ----------------------------------------------------------------------- */

struct peers {
	FILE *calcurse, *task;
	civil_min now;
	void *lite;
};

static FILE *create(const char *dir, const char *size, const char *name)
{
	char path[PATH];
	snprintf(path, sizeof path, "%s/%s-%s", dir, size, name);
	FILE *f = fopen(path, "we");
	if (!f)
		measure_die(path);
	return f;
}

static void make_folders(const char *dir, const char *size)
{
	static const char *const names[] = {"calcurse", "task"};
	char path[PATH];
	struct err e;
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s-%s", dir, size, names[i]);
		measure_need(os_remove_tree(path, &e), &e);
		measure_need(os_mkdir_p(path, &e), &e);
	}
	FILE *rc = create(dir, size, "task/rc");
	fprintf(rc, "data.location=%s/%s-task\nconfirmation=no\nverbose=nothing\n", dir, size);
	fclose(rc);
	static const char *const empty[] = {
		"task/completed.data", "task/undo.data", "task/backlog.data", "calcurse/todo"};
	for (int i = 0; i < 4; i++)
		fclose(create(dir, size, empty[i]));
}

/* "12/03/2025 @ 08:00" */
static void put_calcurse_time(FILE *f, civil_min t)
{
	struct ymd d = civil_to_ymd(cmin_date(t));
	fprintf(f, "%02d/%02d/%04d @ %02d:%02d", d.m, d.d, d.y, cmin_minute(t) / 60, cmin_minute(t) % 60);
}

static void put_calcurse(FILE *f, const struct shift *s)
{
	put_calcurse_time(f, s->row.start);
	fputs(" -> ", f);
	put_calcurse_time(f, s->row.end);
	fprintf(f, "|%s, %s %d/%d\n", s->role, s->unit, s->row.filled, s->row.need);
}

/* Taskwarrior keeps what is pending in one file that it reads whole; what is over has no place in it. */
static void put_task(FILE *f, const struct shift *s, size_t serial)
{
	fprintf(f,
		"[description:\"%s, %s %d/%d\" due:\"%lld\" entry:\"%lld\" status:\"pending\" "
		"uuid:\"00000000-0000-4000-8000-%012zx\"]\n",
		s->role, s->unit, s->row.filled, s->row.need, (long long)civil_to_utc(s->row.start),
		(long long)civil_to_utc(s->row.start) - 86400, serial);
}

#ifdef HAVE_SQLITE
struct lite {
	sqlite3 *db;
	sqlite3_stmt *shift, *seat;
};

static void run_sql(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		measure_die(sqlite3_errmsg(db));
}

static void *open_lite(const char *dir, const char *size)
{
	char path[PATH];
	struct err e;
	struct lite *x = mem_alloc(sizeof *x);
	snprintf(path, sizeof path, "%s/%s.sqlite", dir, size);
	measure_need(os_remove(path, &e), &e);
	if (sqlite3_open(path, &x->db) != SQLITE_OK)
		measure_die("sqlite can't make its file");
	run_sql(x->db,
		"create table shift(id integer primary key, start text, stop text, unit text, role text, need int, "
		"filled int, state int); "
		"create table seat(shift int, name text, state int); create index by_start on shift(start); "
		"create index by_shift on seat(shift); begin");
	if (sqlite3_prepare_v2(x->db, "insert into shift values(?,?,?,?,?,?,?,?)", -1, &x->shift, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(x->db, "insert into seat values(?,?,?)", -1, &x->seat, NULL) != SQLITE_OK)
		measure_die(sqlite3_errmsg(x->db));
	return x;
}

static void run_once(sqlite3_stmt *s)
{
	if (sqlite3_step(s) != SQLITE_DONE)
		measure_die("sqlite can't write");
	sqlite3_reset(s);
}

static void put_lite(struct lite *x, const struct shift *s, size_t serial)
{
	char start[32], stop[32];
	sqlite3_bind_int64(x->shift, 1, (sqlite3_int64)serial);
	sqlite3_bind_text(x->shift, 2, civil_format_iso(start, sizeof start, s->row.start), -1, SQLITE_STATIC);
	sqlite3_bind_text(x->shift, 3, civil_format_iso(stop, sizeof stop, s->row.end), -1, SQLITE_STATIC);
	sqlite3_bind_text(x->shift, 4, s->unit, -1, SQLITE_STATIC);
	sqlite3_bind_text(x->shift, 5, s->role, -1, SQLITE_STATIC);
	sqlite3_bind_int(x->shift, 6, s->row.need);
	sqlite3_bind_int(x->shift, 7, s->row.filled);
	sqlite3_bind_int(x->shift, 8, s->row.state);
	run_once(x->shift);
	for (size_t i = 0; i < s->nseats; i++) {
		sqlite3_bind_int64(x->seat, 1, (sqlite3_int64)serial);
		sqlite3_bind_text(x->seat, 2, s->seats[i].name, -1, SQLITE_STATIC);
		sqlite3_bind_int(x->seat, 3, s->seats[i].state);
		run_once(x->seat);
	}
}

static void close_lite(struct lite *x)
{
	run_sql(x->db, "commit; analyze");
	sqlite3_finalize(x->shift);
	sqlite3_finalize(x->seat);
	sqlite3_close(x->db);
	free(x);
}
#else
static void *open_lite(const char *dir, const char *size)
{
	(void)dir;
	(void)size;
	return NULL;
}
static void put_lite(void *x, const struct shift *s, size_t serial)
{
	(void)x;
	(void)s;
	(void)serial;
}
static void close_lite(void *x)
{
	(void)x;
}
#endif

static size_t put_month(
	struct peers *p, struct view *v, struct book *b, struct arena *a, civil_date from, civil_date to, size_t serial)
{
	struct roster r;
	struct err e;
	arena_reset(a);
	measure_need(roster_load(v, b, a, NULL, from, to, &r, &e), &e);
	for (size_t i = 0; i < r.n; i++, serial++) {
		put_calcurse(p->calcurse, &r.shifts[i]);
		put_lite(p->lite, &r.shifts[i], serial);
		if (r.shifts[i].row.end > p->now)
			put_task(p->task, &r.shifts[i], serial);
	}
	return serial;
}

static size_t make_peers(struct store *s, const char *dir, const char *size)
{
	struct err e;
	struct view *v;
	struct book *b;
	struct arena *a = arena_new();
	make_folders(dir, size);
	struct peers p = {.calcurse = create(dir, size, "calcurse/apts"),
		.task = create(dir, size, "task/pending.data"),
		.now = store_now_civil(s),
		.lite = open_lite(dir, size)};
	civil_date today = store_today(s), from = today - 11 * 365;
	size_t n = 1;
	measure_need(view_begin(s, &v, &e), &e);
	measure_need(book_load(v, &b, &e), &e);
	for (; from < today + 100; from += 30)
		n = put_month(&p, v, b, a, from, from + 30, n);
	book_free(b);
	view_end(v);
	arena_free(a);
	fclose(p.calcurse);
	fclose(p.task);
	close_lite(p.lite);
	return n - 1;
}

/* ---- the stores
 * ---------------------------------------------------------------------------------------------------- */

static size_t count(struct store *s, int type)
{
	struct err e;
	struct view *v;
	size_t n;
	measure_need(view_begin(s, &v, &e), &e);
	measure_need(view_count(v, type, &n, &e), &e);
	view_end(v);
	return n;
}

static void make_size(const char *dir, enum demo_size size)
{
	char path[PATH];
	struct err e;
	struct stopwatch w;
	snprintf(path, sizeof path, "%s/%s", dir, sizes[size]);
	struct store *s = make_store(path);
	stopwatch_start(&w);
	measure_need(demo_build(s, size, 1, NULL, NULL, &e), &e);
	struct sample took = stopwatch_stop(&w);
	snprintf(path, sizeof path, "%s/%s/db/data.mdb", dir, sizes[size]);
	printf("| %s | %zu | %zu | %zu | %.2f | %.2f | %.0f |\n", sizes[size], count(s, TYPE_VOLUNTEER),
		count(s, TYPE_SHIFT), count(s, TYPE_ASSIGNMENT), took.wall, took.cpu,
		(double)os_file_size(path) / 1048576);
	fflush(stdout);
	make_peers(s, dir, sizes[size]);
	store_close(s);
}

int main(int argc, char **argv)
{
	struct err e;
	if (argc != 2 || argv[1][0] != '/')
		measure_die("usage: bench_data FOLDER (the whole path of a folder on the disk to be measured)");
	measure_need(os_mkdir_p(argv[1], &e), &e);
	printf("\n## The demo stores\n\n| size | volunteers | shifts | assignments | built in s | CPU s | MiB on disk |\n"
	       "|---|--:|--:|--:|--:|--:|--:|\n");
	for (int size = DEMO_WARD; size <= DEMO_REGION; size++)
		make_size(argv[1], (enum demo_size)size);
	make_crowd(argv[1]);
	return 0;
}
