/* bench/bench_sync.c - samvagt as a peer of the sync benchmark: bench_sync [--pace] STEP [SITE], in the folder of a
 * site's store. bench/sync/run starts it; bench/README.md has the rules.
 *
 * The base is the first site of a ring, which invites the three others; they join and take it in from an exchange
 * folder. What is measured is what the program does for its user: sync_send into a folder of each site's own,
 * sync_receive from those of the two others. With --pace a coordinator's edits lie seconds to a minute apart instead of
 * following each other at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lang.h"
#include "bench/sync/apply.h"
#include "bench/sync/harm.h"
#include "sync/sync.h"

#define STORE "store"
#define SITES "ABC"
enum { GROUP = 2000, BEGIN = 1764547200 /* 1 December 2025 */, PACE = 60, A_SECOND = 200, PATH = 64, FILE_MOST = 1 << 20 };

struct bench {
	struct store *s;
	struct arena *a;
	struct ids ids;
	char site;
	bool pace;
	/* The clock of the edits: a person's pace, or 200 a second. */
	int64_t now, edits;
	struct mix dice;
};

static int64_t tell_time(void *ctx)
{
	return ((struct bench *)ctx)->now;
}

static void pass_time(struct bench *b)
{
	b->edits++;
	if (b->pace)
		b->now += 1 + (int64_t)(mix_next(&b->dice) % PACE);
	else if (b->edits % A_SECOND == 0)
		b->now++;
}

static void open_store(struct bench *b)
{
	struct err e;
	struct store_opts opts = {.clock = {tell_time, b}, .person = "Anna"};
	measure_need(store_open(STORE, &opts, &b->s, &e), &e);
}

static void create_store(struct bench *b)
{
	struct err e;
	const char site[] = {b->site, '\0'};
	struct store_new how = {.site = site, .person = "Anna"};
	struct os_clock clock = {tell_time, b};
	measure_need(store_create(STORE, &how, &clock, &e), &e);
	open_store(b);
}

static void run_program(const char *words)
{
	if (system(words) != 0)
		measure_die(words);
}

/* ---- the base ---------------------------------------------------------------------------------------------------- */

static void fill_store(struct bench *b, struct script *script)
{
	struct script_line l;
	struct change *c = NULL;
	struct change_result r;
	struct err e;
	size_t n = 0;
	for (; script_next(script, &l); n++) {
		if (n % GROUP == 0)
			measure_need(change_begin(b->s, ACT_IMPORT, &c, &e), &e);
		apply_line(c, &b->ids, b->a, &l);
		if (n % GROUP == GROUP - 1)
			measure_need(change_commit(c, &r, &e), &e);
	}
	if (n % GROUP)
		measure_need(change_commit(c, &r, &e), &e);
}

static void send_to(struct bench *b, const char *dir, enum segment_level level, struct sync_result *r)
{
	struct err e;
	struct sync_opts opts = {.level = level};
	measure_need(sync_send(b->s, dir, &opts, b->a, r, &e), &e);
}

struct adding {
	struct snapshot_writer *w;
};

static int add_record(void *ctx, const struct rec *r, struct err *e)
{
	return snapshot_add(((struct adding *)ctx)->w, r, e);
}

/* All as one file, sealed and signed. */
static void tell_snapshot(struct bench *b)
{
	struct stopwatch w;
	struct adding adding;
	struct buf file = {0};
	struct segment_head head = {.kind = SEGMENT_SNAPSHOT, .inc = store_incarnation(b->s), .written = SEGMENT_SCHEMA, .needed = SEGMENT_SCHEMA};
	struct peer *peers;
	struct ring *ring;
	struct view *v;
	struct err e;
	size_t n;
	measure_need(ring_load(b->s, &ring, &e), &e);
	memcpy(head.ring, ring_id(ring), SEGMENT_RING);
	memcpy(head.epoch, ring_epoch(ring, 0), SEGMENT_EPOCH);
	stopwatch_start(&w);
	measure_need(view_begin(b->s, &v, &e), &e);
	measure_need(exchange_peers(v, b->a, &peers, &n, &e), &e);
	measure_need(exchange_vector(v, b->a, &head.vector, &e), &e);
	adding.w = snapshot_begin(peers, n);
	measure_need(exchange_records(v, add_record, &adding, &e), &e);
	measure_need(snapshot_end(adding.w, &head, SEGMENT_FAST, ring_key(ring, 0, head.epoch), ring_secret(ring), &file, &e), &e);
	view_end(v);
	script_tell("snapshot", &w, (long)file.n, -1);
	buf_free(&file);
	ring_free(ring);
}

/* An invitation for each site, with its words, and a folder with everything. */
static void invite_sites(struct bench *b)
{
	char words[RING_WORDS_TEXT], path[PATH];
	struct ring *ring;
	struct sync_result r;
	struct err e;
	measure_need(ring_new(b->s, "Midt", &e), &e);
	measure_need(ring_load(b->s, &ring, &e), &e);
	for (const char *site = SITES; *site; site++) {
		struct buf file = {0};
		measure_need(ring_invite(b->s, ring, (char[]){*site, '\0'}, RING_FULL, &file, words, &e), &e);
		snprintf(path, sizeof path, "../%c.invitation", *site);
		measure_need(os_write_file(path, file.p, file.n, &e), &e);
		snprintf(path, sizeof path, "../%c.words", *site);
		measure_need(os_write_file(path, words, strlen(words), &e), &e);
		buf_free(&file);
	}
	ring_free(ring);
	mkdir("../base", 0700);
	send_to(b, "../base", SEGMENT_FAST, &r);
}

static void step_init(struct bench *b)
{
	struct script script;
	struct stopwatch w;
	struct err e;
	run_program("rm -rf ../base ../state");
	script_open(&script, "base");
	stopwatch_start(&w);
	create_store(b);
	measure_need(store_defer_sync(b->s, true, &e), &e);
	fill_store(b, &script);
	measure_need(store_defer_sync(b->s, false, &e), &e);
	script_tell("init", &w, -1, -1);
	script_close(&script);
	ids_save(&b->ids, b->site);
	invite_sites(b);
	tell_snapshot(b);
}

/* ---- a site's edits ---------------------------------------------------------------------------------------------- */

static void edit_line(struct bench *b, const struct script_line *l)
{
	struct change *c;
	struct change_result r;
	struct err e;
	measure_need(change_begin(b->s, apply_act(l), &c, &e), &e);
	apply_line(c, &b->ids, b->a, l);
	apply_args(c, b->s, &b->ids, b->a, l);
	measure_need(change_commit(c, &r, &e), &e);
	if (r.dot.no == 0)
		measure_die("an edit that changed nothing");
	pass_time(b);
	arena_reset(b->a);
}

static void read_file(const char *ending, char site, struct buf *b)
{
	char path[PATH];
	struct err e;
	snprintf(path, sizeof path, "../%c.%s", site, ending);
	measure_need(os_read_file(path, FILE_MOST, b, &e), &e);
}

/* Join, take in what the base has, and lay it in order, as the program does before it ends. The site's folder is then
 * one that lacks nothing but what it does from now on. */
static void join_ring(struct bench *b)
{
	char words[2 * PATH], dir[PATH];
	struct buf file = {0}, six = {0};
	struct stopwatch w;
	struct sync_result r;
	struct err e;
	stopwatch_start(&w);
	create_store(b);
	read_file("invitation", b->site, &file);
	read_file("words", b->site, &six);
	measure_need(ring_join(b->s, file.p, file.n, six.p, &e), &e);
	measure_need(sync_receive(b->s, "../base", &(struct sync_opts){0}, b->a, &r, &e), &e);
	if (store_is_untidy(b->s))
		measure_need(store_tidy(b->s, &e), &e);
	script_tell("join", &w, -1, -1);
	snprintf(words, sizeof words, "cp -r ../base ../empty-%c", b->site);
	run_program(words);
	snprintf(dir, sizeof dir, "../empty-%c", b->site);
	send_to(b, dir, SEGMENT_FAST, &r);
	buf_free(&file);
	buf_free(&six);
}

static void step_edit(struct bench *b)
{
	struct script script;
	struct script_line l;
	struct stopwatch w;
	struct err e;
	run_program("rm -rf " STORE);
	ids_load(&b->ids, 'Z');
	join_ring(b);
	script_open(&script, (char[]){b->site, '\0'});
	measure_need(store_defer_sync(b->s, true, &e), &e);
	stopwatch_start(&w);
	while (script_next(&script, &l))
		edit_line(b, &l);
	script_tell("edit", &w, -1, -1);
	measure_need(store_defer_sync(b->s, false, &e), &e);
	script_close(&script);
	ids_save(&b->ids, b->site);
}

/* ---- out and in -------------------------------------------------------------------------------------------------- */

/* What sending has added to the site's folder as one file, whose size is what the table tells. */
static void gather_bundle(const struct bench *b, const char *ending)
{
	char words[4 * PATH];
	snprintf(words, sizeof words,
		"cd ../from-%c && for f in SAMVAGT/s/*/*.seg; do [ -e ../empty-%c/$f ] || cat $f; done >../%c.%s", b->site,
		b->site, b->site, ending);
	run_program(words);
}

static void send_level(struct bench *b, enum segment_level level, const char *ending)
{
	char words[2 * PATH], dir[PATH];
	struct stopwatch w;
	struct sync_result r;
	/* What is copied here is written out here: else sending waits for it, as it waits for its own. */
	snprintf(words, sizeof words, "rm -rf ../from-%c && cp -r ../empty-%c ../from-%c && sync -f ../from-%c", b->site,
		b->site, b->site, b->site);
	run_program(words);
	snprintf(dir, sizeof dir, "../from-%c", b->site);
	stopwatch_start(&w);
	open_store(b);
	script_tell("load", &w, -1, -1);
	stopwatch_start(&w);
	send_to(b, dir, level, &r);
	script_tell("export", &w, (long)r.bytes_written, -1);
	gather_bundle(b, ending);
}

static void step_export(struct bench *b)
{
	send_level(b, SEGMENT_FAST, "bundle");
}

static void step_stick(struct bench *b)
{
	send_level(b, SEGMENT_SMALL, "stick");
}

static size_t count_open(struct bench *b)
{
	struct open_register *open;
	struct view *v;
	struct err e;
	size_t n;
	measure_need(view_begin(b->s, &v, &e), &e);
	measure_need(disagreement_list(v, b->a, &open, &n, &e), &e);
	view_end(v);
	return n;
}

static void step_merge(struct bench *b)
{
	char dir[PATH];
	struct stopwatch w;
	struct sync_result r;
	struct err e;
	stopwatch_start(&w);
	open_store(b);
	script_tell("load", &w, -1, -1);
	stopwatch_start(&w);
	for (const char *other = SITES; *other; other++) {
		if (*other == b->site)
			continue;
		snprintf(dir, sizeof dir, "../from-%c", *other);
		measure_need(sync_receive(b->s, dir, &(struct sync_opts){.accept_losses = true}, b->a, &r, &e), &e);
		for (size_t i = 0; i < r.ntrouble; i++)
			measure_die(r.trouble[i].text);
	}
	script_tell("merge", &w, -1, (long)count_open(b));
}

/* What merging has laid above its place. */
static void step_fold(struct bench *b)
{
	struct stopwatch w;
	struct err e;
	open_store(b);
	stopwatch_start(&w);
	measure_need(store_fold(b->s, &e), &e);
	script_tell("fold", &w, -1, -1);
}

static void step_dump(struct bench *b)
{
	char path[PATH];
	open_store(b);
	for (const char *place = PLACES; *place; place++)
		ids_load(&b->ids, *place);
	snprintf(path, sizeof path, "../%c.dump", b->site);
	apply_dump(b->s, &b->ids, path);
}

static void step_probe(struct bench *b)
{
	(void)b;
	harm_probe();
}

static const struct {
	const char *name;
	void (*fn)(struct bench *b);
} STEPS[] = {
	{"init", step_init},
	{"edit", step_edit},
	{"export", step_export},
	{"stick", step_stick},
	{"merge", step_merge},
	{"fold", step_fold},
	{"dump", step_dump},
	{"probe", step_probe},
};

int main(int argc, char **argv)
{
	struct bench b = {.a = arena_new(), .now = BEGIN, .pace = argc > 1 && strcmp(argv[1], "--pace") == 0};
	argv += b.pace;
	argc -= b.pace;
	b.site = argc > 2 ? argv[2][0] : 'Z';
	b.dice.s = (uint64_t)b.site;
	mem_keep_freed();
	lang_init("en", ".");
	script_remember_at("../state");
	for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++)
		if (argc > 1 && strcmp(argv[1], STEPS[i].name) == 0)
			STEPS[i].fn(&b);
	store_close(b.s);
	ids_free(&b.ids);
	arena_free(b.a);
	return 0;
}
