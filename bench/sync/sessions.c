/* bench/sync/sessions.c - SQLite's session extension as a peer of the benchmark: sessions STEP [SITE], in the folder of
 * a site's database.
 *
 * A table a type; a bundle is a changeset, beside it a patchset, which is smaller but can't say what it replaced. It
 * has no clock and no causality: of two values the one of the later site wins, which is the best that can be said
 * without stamps, and doesn't converge. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/sync/script.h"

#define TYPES (sizeof TABLE / sizeof TABLE[0])
#define SITES "ABC"

static const struct {
	const char *type, *columns;
	size_t n;
} TABLE[] = {
	{"organisation", "name", 1},
	{"role", "name", 1},
	{"unit", "name", 1},
	{"volunteer", "given, family, phone, email, born, address, postcode, organisation, status, confidentiality, wishes, note",
		12},
	{"shift", "unit, role, start, \"end\", need, wished, note, state", 8},
	{"assignment", "shift, volunteer, organisation, state", 4},
};

struct peer {
	sqlite3 *db;
	sqlite3_stmt *put[TYPES], *del[TYPES];
	char site;
	long shown;
};

static void need(const struct peer *p, int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
		measure_die(sqlite3_errmsg(p->db));
}

static void run(const struct peer *p, const char *sql)
{
	need(p, sqlite3_exec(p->db, sql, NULL, NULL, NULL));
}

static void open_database(struct peer *p)
{
	need(p, sqlite3_open("db", &p->db));
	run(p, "pragma journal_mode = wal; pragma synchronous = full");
}

static void create_tables(const struct peer *p)
{
	char sql[600];
	for (size_t t = 0; t < TYPES; t++) {
		snprintf(sql, sizeof sql, "create table %s(id text primary key, %s) without rowid", TABLE[t].type,
			TABLE[t].columns);
		run(p, sql);
	}
	run(p, "create index on_shift on assignment(shift); create index of_volunteer on assignment(volunteer); "
		"create index by_time on shift(start)");
}

static void prepare(struct peer *p)
{
	char sql[600];
	for (size_t t = 0; t < TYPES; t++) {
		snprintf(sql, sizeof sql, "insert into %s(id, %s) values (?%.*s)", TABLE[t].type, TABLE[t].columns,
			(int)(2 * TABLE[t].n), ",?,?,?,?,?,?,?,?,?,?,?,?");
		need(p, sqlite3_prepare_v2(p->db, sql, -1, &p->put[t], NULL));
		snprintf(sql, sizeof sql, "delete from %s where id = ?", TABLE[t].type);
		need(p, sqlite3_prepare_v2(p->db, sql, -1, &p->del[t], NULL));
	}
}

static size_t find_table(const char *type)
{
	for (size_t t = 0; t < TYPES; t++)
		if (strcmp(type, TABLE[t].type) == 0)
			return t;
	measure_die(type);
}

static void bind_value(const struct peer *p, sqlite3_stmt *s, int at, const char *name, const char *value)
{
	if (strcmp(name, "need") == 0 || strcmp(name, "wished") == 0)
		need(p, sqlite3_bind_int64(s, at, strtol(value, NULL, 10)));
	else
		need(p, sqlite3_bind_text(s, at, value, -1, SQLITE_STATIC));
}

/* Fields of a line stand in the order of the columns. */
static void apply_whole(const struct peer *p, sqlite3_stmt *s, const struct script_line *l)
{
	need(p, sqlite3_bind_text(s, 1, l->id, -1, SQLITE_STATIC));
	for (size_t i = 0; i < l->n; i++)
		bind_value(p, s, (int)i + 2, l->name[i], l->value[i]);
	need(p, sqlite3_step(s));
	need(p, sqlite3_reset(s));
}

static void apply_field(const struct peer *p, const struct script_line *l)
{
	char sql[200];
	sqlite3_stmt *s;
	snprintf(sql, sizeof sql, "update %s set \"%s\" = ? where id = ?", l->type, l->name[0]);
	need(p, sqlite3_prepare_v2(p->db, sql, -1, &s, NULL));
	bind_value(p, s, 1, l->name[0], l->value[0]);
	need(p, sqlite3_bind_text(s, 2, l->id, -1, SQLITE_STATIC));
	need(p, sqlite3_step(s));
	need(p, sqlite3_finalize(s));
}

static void apply_script(struct peer *p, struct script *script)
{
	struct script_line l;
	prepare(p);
	while (script_next(script, &l)) {
		if (l.op == SCRIPT_SET)
			apply_field(p, &l);
		else
			apply_whole(p, (l.op == SCRIPT_PUT ? p->put : p->del)[find_table(l.type)], &l);
	}
	for (size_t t = 0; t < TYPES; t++) {
		sqlite3_finalize(p->put[t]);
		sqlite3_finalize(p->del[t]);
	}
}

static void step_init(struct peer *p)
{
	struct script s;
	struct stopwatch w;
	script_open(&s, "base");
	stopwatch_start(&w);
	create_tables(p);
	run(p, "begin");
	apply_script(p, &s);
	run(p, "commit; pragma wal_checkpoint(truncate)");
	script_tell("init", &w, -1, -1);
	script_close(&s);
}

static void save(const char *name, const void *bytes, int n)
{
	FILE *f = fopen(name, "wb");
	if (!f || fwrite(bytes, 1, (size_t)n, f) != (size_t)n || fflush(f) != 0 || fsync(fileno(f)) < 0)
		measure_die(name);
	fclose(f);
}

typedef int taker(sqlite3_session *, int *, void **);

static void write_bundle(const struct peer *p, sqlite3_session *session, taker *take, const char *phase, const char *ending)
{
	struct stopwatch w;
	char name[40];
	void *bytes;
	int n;
	stopwatch_start(&w);
	need(p, take(session, &n, &bytes));
	snprintf(name, sizeof name, "../%c.%s", p->site, ending);
	save(name, bytes, n);
	script_tell(phase, &w, n, -1);
	sqlite3_free(bytes);
}

/* A session lives as long as its connection: what has been edited is exported before it ends. */
static void step_edit(struct peer *p)
{
	struct script s;
	struct stopwatch w;
	sqlite3_session *session;
	script_open(&s, (char[]){p->site, '\0'});
	run(p, "pragma synchronous = off");
	need(p, sqlite3session_create(p->db, "main", &session));
	need(p, sqlite3session_attach(session, NULL));
	stopwatch_start(&w);
	apply_script(p, &s);
	script_tell("edit", &w, -1, -1);
	write_bundle(p, session, sqlite3session_changeset, "export", "bundle");
	write_bundle(p, session, sqlite3session_patchset, "patchset", "patchset");
	sqlite3session_delete(session);
	script_close(&s);
}

struct clash {
	struct peer *p;
	char theirs;
};

static int settle(void *ctx, int what, sqlite3_changeset_iter *at)
{
	struct clash *c = ctx;
	(void)at;
	c->p->shown++;
	if (what != SQLITE_CHANGESET_DATA && what != SQLITE_CHANGESET_CONFLICT)
		return SQLITE_CHANGESET_OMIT;
	return c->theirs > c->p->site ? SQLITE_CHANGESET_REPLACE : SQLITE_CHANGESET_OMIT;
}

static void merge_bundle(struct peer *p, char other)
{
	char name[40];
	snprintf(name, sizeof name, "../%c.bundle", other);
	FILE *f = fopen(name, "rb");
	if (!f || fseek(f, 0, SEEK_END) < 0)
		measure_die(name);
	size_t n = (size_t)ftell(f);
	void *bytes = malloc(n);
	rewind(f);
	if (!bytes || fread(bytes, 1, n, f) != n)
		measure_die(name);
	need(p, sqlite3changeset_apply(p->db, (int)n, bytes, NULL, settle, &(struct clash){p, other}));
	free(bytes);
	fclose(f);
}

static void step_merge(struct peer *p)
{
	struct stopwatch w;
	stopwatch_start(&w);
	for (const char *other = SITES; *other; other++)
		if (*other != p->site)
			merge_bundle(p, *other);
	run(p, "pragma wal_checkpoint(truncate)");
	script_tell("merge", &w, -1, p->shown);
}

static void dump_row(FILE *f, const char *type, sqlite3_stmt *s)
{
	fprintf(f, "%s\t%s", type, (const char *)sqlite3_column_text(s, 0));
	for (int i = 1; i < sqlite3_column_count(s); i++)
		fprintf(f, "\t%s=%s", sqlite3_column_name(s, i), (const char *)sqlite3_column_text(s, i));
	fputc('\n', f);
}

static void step_dump(struct peer *p)
{
	char sql[40], name[40];
	sqlite3_stmt *s;
	snprintf(name, sizeof name, "../%c.dump", p->site);
	FILE *f = fopen(name, "w");
	if (!f)
		measure_die(name);
	for (size_t t = 0; t < TYPES; t++) {
		snprintf(sql, sizeof sql, "select * from %s", TABLE[t].type);
		need(p, sqlite3_prepare_v2(p->db, sql, -1, &s, NULL));
		while (sqlite3_step(s) == SQLITE_ROW)
			dump_row(f, TABLE[t].type, s);
		need(p, sqlite3_finalize(s));
	}
	fclose(f);
}

static const struct {
	const char *name;
	void (*fn)(struct peer *p);
} STEP[] = {{"init", step_init}, {"edit", step_edit}, {"merge", step_merge}, {"dump", step_dump}};

int main(int argc, char **argv)
{
	struct peer p = {.site = argc > 2 ? argv[2][0] : 'Z'};
	open_database(&p);
	for (size_t i = 0; i < sizeof STEP / sizeof STEP[0]; i++)
		if (argc > 1 && strcmp(argv[1], STEP[i].name) == 0)
			STEP[i].fn(&p);
	sqlite3_close(p.db);
	return 0;
}
