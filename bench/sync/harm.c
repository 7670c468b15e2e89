/* bench/sync/harm.c - see harm.h.
 *
 * The copy and the backup are the worst that can be: they lie at the same path of what looks like the same machine, and
 * nothing outside the store remembers that it was further (that is put back too). So only the exchange folder can
 * tell. */
#include "bench/sync/harm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/sync/script.h"
#include "store/change.h"
#include "store/vault.h"
#include "sync/sync.h"

enum { RECORDS = 200, MINE = 20, AFTER = 40, CHANGES = 50, ALTERED = 400, FILE_MOST = 65536, WORDS = 512 };

static struct id people[RECORDS];

static int64_t tell_time(void *ctx)
{
	(void)ctx;
	return 1764547200; /* 1 December 2025 */
}

static void run_program(const char *words)
{
	if (system(words) != 0)
		measure_die(words);
}

/* A site is a folder "site-X" with its store and what its machine remembers; it is opened at one place, "here". */
static void enter(const char *site)
{
	char words[WORDS];
	snprintf(words, sizeof words, "rm -rf here && mv site-%s here", site);
	run_program(words);
	script_remember_at("here/state");
}

static void leave(const char *site)
{
	char words[WORDS];
	snprintf(words, sizeof words, "mv here site-%s", site);
	run_program(words);
}

static void copy(const char *site, const char *as)
{
	char words[WORDS];
	snprintf(words, sizeof words, "rm -rf site-%s && cp -r site-%s site-%s", as, site, as);
	run_program(words);
}

static struct store *open_store(void)
{
	struct store *s;
	struct err e;
	struct store_opts opts = {.clock = {tell_time, NULL}, .person = "Anna"};
	measure_need(store_open("here/store", &opts, &s, &e), &e);
	return s;
}

static void edit_notes(struct store *s, size_t from, size_t n, const char *text)
{
	struct change *c;
	struct change_result r;
	struct err e;
	char note[32];
	for (size_t i = from; i < from + n; i++) {
		measure_need(change_begin(s, ACT_EDIT, &c, &e), &e);
		change_arg(c, value_id(people[i]));
		snprintf(note, sizeof note, "%s %zu", text, i);
		measure_need(change_set(c, TYPE_VOLUNTEER, people[i], F_VOLUNTEER_NOTE, value_text(note), &e), &e);
		measure_need(change_commit(c, &r, &e), &e);
	}
}

/* How many of them this store doesn't show. */
static size_t count_missing(struct store *s, size_t from, size_t n, const char *text)
{
	struct arena *a = arena_new();
	struct view *v;
	struct rec *r;
	struct err e;
	char note[32];
	size_t missing = 0;
	measure_need(view_begin(s, &v, &e), &e);
	for (size_t i = from; i < from + n; i++) {
		snprintf(note, sizeof note, "%s %zu", text, i);
		measure_need(view_get(v, a, TYPE_VOLUNTEER, people[i], &r, &e), &e);
		missing += strcmp(rec_text(r, F_VOLUNTEER_NOTE), note) != 0;
	}
	view_end(v);
	arena_free(a);
	return missing;
}

struct told {
	size_t troubles;
	bool noticed; /* that it isn't what it was */
};

static void meet(struct store *s, const char *dir, struct told *told)
{
	struct arena *a = arena_new();
	struct sync_result r;
	struct err e;
	measure_need(sync_meet(s, dir, &(struct sync_opts){0}, a, &r, &e), &e);
	told->troubles += r.ntrouble;
	told->noticed |= r.minted || exchange_identity(s) != IDENTITY_SAME;
	arena_free(a);
}

static void read_state(struct store *s, uint8_t state[32])
{
	struct view *v;
	struct err e;
	measure_need(view_begin(s, &v, &e), &e);
	measure_need(exchange_state(v, state, &e), &e);
	view_end(v);
}

/* ---- three sites ------------------------------------------------------------------------------------------------- */

static struct store *create_site(const char *site)
{
	struct err e;
	struct os_clock clock = {tell_time, NULL};
	struct store_new how = {.site = site, .person = "Anna"};
	run_program("rm -rf here && mkdir here");
	script_remember_at("here/state");
	measure_need(store_create("here/store", &how, &clock, &e), &e);
	return open_store();
}

static void fill_store(struct store *s)
{
	struct change *c;
	struct change_result r;
	struct err e;
	measure_need(change_begin(s, ACT_IMPORT, &c, &e), &e);
	for (size_t i = 0; i < RECORDS; i++) {
		char name[16];
		snprintf(name, sizeof name, "Anna %zu", i);
		people[i] = change_new(c, TYPE_VOLUNTEER);
		measure_need(change_set(c, TYPE_VOLUNTEER, people[i], F_VOLUNTEER_GIVEN, value_text(name), &e), &e);
		measure_need(change_set(c, TYPE_VOLUNTEER, people[i], F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), &e), &e);
		measure_need(change_set(c, TYPE_VOLUNTEER, people[i], F_VOLUNTEER_NOTE, value_text("-"), &e), &e);
	}
	measure_need(change_commit(c, &r, &e), &e);
}

struct invitation {
	struct buf file;
	char words[RING_WORDS_TEXT];
};

static void join_site(const char *site, struct invitation *i)
{
	struct told told;
	struct err e;
	struct store *s = create_site(site);
	measure_need(ring_join(s, i->file.p, i->file.n, i->words, &e), &e);
	meet(s, "base", &told);
	store_close(s);
	leave(site);
	buf_free(&i->file);
}

static void make_sites(void)
{
	struct invitation a = {0}, b = {0};
	struct ring *ring;
	struct told told;
	struct err e;
	struct store *s = create_site("Z");
	fill_store(s);
	measure_need(ring_new(s, "Midt", &e), &e);
	measure_need(ring_load(s, &ring, &e), &e);
	measure_need(ring_invite(s, ring, "A", RING_FULL, &a.file, a.words, &e), &e);
	measure_need(ring_invite(s, ring, "B", RING_FULL, &b.file, b.words, &e), &e);
	ring_free(ring);
	run_program("mkdir base");
	meet(s, "base", &told);
	store_close(s);
	leave("Z");
	join_site("A", &a);
	join_site("B", &b);
}

/* ---- a copy and a backup ----------------------------------------------------------------------------------------- */

/* A visit of a site to a folder, before which it edits some records (n may be 0) and after which others are looked
 * for. */
struct visit {
	const char *site, *dir;
	size_t from, n;
	const char *text;
};

static struct told visit(const struct visit *v, uint8_t state[32])
{
	struct told told = {0};
	enter(v->site);
	struct store *s = open_store();
	edit_notes(s, v->from, v->n, v->text);
	meet(s, v->dir, &told);
	read_state(s, state);
	store_close(s);
	leave(v->site);
	return told;
}

static size_t look(const char *site, size_t from, size_t n, const char *text)
{
	enter(site);
	struct store *s = open_store();
	size_t missing = count_missing(s, from, n, text);
	store_close(s);
	leave(site);
	return missing;
}

static void tell_lost(const char *what, size_t edits, struct told told, size_t lost, bool same)
{
	printf("\"%s\": {\"edits\": %zu, \"told\": %zu, \"lost\": %zu, \"same\": %s}, ", what, edits,
		told.troubles + told.noticed, lost, same ? "true" : "false");
}

static struct told visit_all(const struct visit *v, size_t n, bool *same)
{
	struct told all = {0};
	uint8_t state[2][32];
	for (size_t i = 0; i < n; i++) {
		struct told told = visit(&v[i], state[i % 2]);
		all.troubles += told.troubles;
		all.noticed |= told.noticed;
	}
	*same = memcmp(state[0], state[1], 32) == 0;
	return all;
}

static void try_copy(void)
{
	bool same;
	const struct visit visits[] = {
		{"here", "x-copy", 0, MINE, "here"},
		{"there", "x-copy", MINE, MINE, "there"},
		{"here", "x-copy", 0, 0, ""},
		{"there", "x-copy", 0, 0, ""},
	};
	run_program("mkdir x-copy");
	copy("A", "here");
	copy("A", "there");
	struct told told = visit_all(visits, sizeof visits / sizeof visits[0], &same);
	size_t lost = look("here", MINE, MINE, "there") + look("there", 0, MINE, "here");
	tell_lost("copied", 2 * MINE, told, lost, same);
}

static void try_backup(void)
{
	bool same;
	const struct visit before[] = {{"mine", "x-backup", 0, MINE, "before"}, {"other", "x-backup", 0, 0, ""}};
	const struct visit after[] = {
		{"mine", "x-backup", 50, AFTER, "after"},
		{"other", "x-backup", 0, 0, ""},
		{"mine", "x-backup", 0, 0, ""},
		{"other", "x-backup", 0, 0, ""},
	};
	run_program("mkdir x-backup");
	copy("A", "mine");
	copy("B", "other");
	visit_all(before, sizeof before / sizeof before[0], &same);
	copy("A", "mine");
	struct told told = visit_all(after, sizeof after / sizeof after[0], &same);
	tell_lost("restored", AFTER, told, look("other", 50, AFTER, "after") + look("other", 0, MINE, "before"), same);
}

/* ---- damaged files ----------------------------------------------------------------------------------------------- */

struct damage {
	struct store *s;
	char path[WORDS]; /* of the file that is damaged */
	struct buf whole;
	uint8_t nothing[32], right[32];
	size_t refused, partly, as_meant, wrong;
};

static void give(struct damage *d, const void *p, size_t n)
{
	struct arena *a = arena_new();
	struct sync_result r;
	struct err e;
	uint8_t state[32];
	FILE *f = fopen(d->path, "wb");
	if (!f || fwrite(p, 1, n, f) != n)
		measure_die(d->path);
	fclose(f);
	/* a file that is of no use is told of once; here each is another one under the same name */
	measure_need(vault_put(d->s, &(struct vault_row){"told", NULL, 0}, 1, &e), &e);
	measure_need(sync_receive(d->s, "x-damage", &(struct sync_opts){0}, a, &r, &e), &e);
	read_state(d->s, state);
	bool untouched = memcmp(state, d->nothing, 32) == 0;
	if (r.ntrouble && !untouched)
		d->partly++;
	else if (!untouched && memcmp(state, d->right, 32) == 0)
		d->as_meant++;
	else
		*(r.ntrouble ? &d->refused : &d->wrong) += 1;
	arena_free(a);
	if (untouched)
		return;
	store_close(d->s);
	leave("reader");
	copy("B", "reader");
	enter("reader");
	d->s = open_store();
}

static void tell_damage(const char *what, struct damage *d, const char *after)
{
	printf("\"%s\": {\"refused\": %zu, \"partly\": %zu, \"right\": %zu, \"wrong\": %zu}%s", what, d->refused, d->partly,
		d->as_meant, d->wrong, after);
	d->refused = d->partly = d->as_meant = d->wrong = 0;
}

/* The file of 50 changes, and the states of one who has taken none of it and of one who has taken all. */
static void prepare_damage(struct damage *d)
{
	const struct visit writes = {"writer", "x-damage", 0, CHANGES, "Ændring"}, reads = {"reader", "x-damage", 0, 0, ""};
	struct err e;
	run_program("cp -r base x-damage");
	copy("A", "writer");
	copy("B", "reader");
	visit(&writes, d->right);
	run_program("for f in x-damage/SAMVAGT/s/*/*.seg; do [ -e base/${f#*/} ] || printf %s $f >victim; done");
	FILE *f = fopen("victim", "r");
	if (!f || !fgets(d->path, sizeof d->path, f))
		measure_die("a segment");
	fclose(f);
	measure_need(os_read_file(d->path, FILE_MOST, &d->whole, &e), &e);
	visit(&reads, d->right);
	copy("B", "reader");
	enter("reader");
	d->s = open_store();
	read_state(d->s, d->nothing);
}

static void try_damage(void)
{
	struct damage d = {0};
	struct mix dice = {12345};
	prepare_damage(&d);
	printf("\"bytes\": %zu, ", d.whole.n);
	for (int i = 0; i < ALTERED; i++) {
		size_t at = (size_t)(mix_next(&dice) % d.whole.n);
		char was = d.whole.p[at];
		d.whole.p[at] ^= (char)(1 + mix_next(&dice) % 255);
		give(&d, d.whole.p, d.whole.n);
		d.whole.p[at] = was;
	}
	tell_damage("altered", &d, ", ");
	for (size_t n = 0; n < d.whole.n; n++)
		give(&d, d.whole.p, n);
	tell_damage("cut", &d, "}\n");
	store_close(d.s);
	buf_free(&d.whole);
}

void harm_probe(void)
{
	if (system("rm -rf harm && mkdir harm") != 0 || chdir("harm") < 0)
		measure_die("harm");
	make_sites();
	printf("{\"name\": \"samvagt\", ");
	try_copy();
	try_backup();
	try_damage();
}
