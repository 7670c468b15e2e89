/* tests/t_sync_heal.c - files that are damaged where they lie, under their name and with their size: whoever has them
 * whole puts them there again, and only the author takes the damaged ones away. And files whose author signed
 * nonsense. */
#include "tests/synctest.h"

#include <stdlib.h>
#include <string.h>

static size_t nfiles;

static void count_file(const char *path)
{
	(void)path;
	nfiles++;
}

static size_t count_files(const char *dir, const char *ending)
{
	nfiles = 0;
	each_file(dir, ending, count_file);
	return nfiles;
}

/* ---- changes ---------------------------------------------------------------------------------------- */

static void test_author(void)
{
	struct site at[2];
	const char *dir = stick("author");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	meet(&at[0], dir);
	size_t before = count_files(dir, ".seg");
	each_file(dir, ".seg", spoil_file);
	struct sync_result r = meet(&at[1], dir);
	ok(troubles(&r, SYNC_ALTERED) > 0, "a damaged file is told of");
	r = meet(&at[0], dir);
	ok(troubles(&r, SYNC_MENDED) > 0, "its author finds it, and says that the stick isn't to be trusted");
	is_int((intmax_t)count_files(dir, ".seg"), (intmax_t)before, "the damaged ones are gone once the good ones are down");
	r = meet(&at[1], dir);
	is_int((intmax_t)r.ntrouble, 0, "the other finds nothing amiss then");
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_GIVEN), "Anna", "and gets what was in it");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	each_file(dir, ".seg", spoil_file);
	r = meet(&at[0], dir);
	is_int((intmax_t)(r.files_written + r.ntrouble), 0, "what everybody has isn't read again at each meeting");
	sites_end(at, 2);
}

/* Horsens has what Viborg wrote, and only Horsens meets there again. */
static void test_passed_on(void)
{
	struct site at[3];
	const char *dir = stick("mended"), *other = stick("elsewhere");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Horsens", &at[0], RING_FULL);
	meet_all(at, 3, dir);
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	meet(&at[0], dir);
	meet(&at[0], other);
	meet(&at[2], other);
	each_file(dir, ".seg", spoil_file);
	struct sync_result r = meet(&at[2], dir);
	ok(r.relayed > 0 && troubles(&r, SYNC_MENDED) > 0, "another site that has it puts a good one beside it");
	size_t before = count_files(dir, ".seg");
	r = meet(&at[2], dir);
	is_int((intmax_t)troubles(&r, SYNC_MENDED), 0, "which is told once");
	r = meet(&at[1], dir);
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_GIVEN), "Anna", "that is taken");
	is_int((intmax_t)troubles(&r, SYNC_ALTERED), 0, "and of the damaged one beside it nothing is told");
	meet(&at[0], dir);
	ok(count_files(dir, ".seg") < before, "its author takes the damaged one away");
	meet_all(at, 3, dir);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all three are equal");
	sites_end(at, 3);
}

/* ---- what else lies there ---------------------------------------------------------------------------- */

static void test_certificates(void)
{
	struct site at[2];
	const char *dir = stick("certificates");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	struct id bo = test_volunteer(at[1].s, "Bo", "Friis");
	meet(&at[0], dir);
	meet(&at[1], dir);
	each_file(dir, ".svc", spoil_file);
	struct sync_result r = meet(&at[1], dir);
	ok(troubles(&r, SYNC_MENDED) > 0, "damaged certificates are found");
	meet(&at[0], dir);
	is_str(shown(&at[0], TYPE_VOLUNTEER, bo, F_VOLUNTEER_GIVEN), "Bo", "so whoever they vouch for is believed");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	sites_end(at, 2);
}

static void test_acknowledged(void)
{
	struct site at[2];
	struct sync_site *site;
	struct arena *a = arena_new();
	struct err e;
	size_t n, lacks = 0;
	const char *dir = stick("acknowledged");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	test_volunteer(at[0].s, "Anna", "Holm");
	meet(&at[0], dir);
	meet(&at[1], dir);
	each_file(dir, ".ack", spoil_file);
	meet(&at[0], dir);
	meet(&at[1], dir);
	struct sync_result r = meet(&at[0], dir);
	must(sync_sites(at[0].s, a, &site, &n, &e), &e, "sites");
	for (size_t i = 0; i < n; i++)
		lacks += site[i].lacks;
	is_int((intmax_t)lacks, 0, "a damaged acknowledgement is given again");
	is_int((intmax_t)r.ntrouble, 0, "and nothing is left of it");
	arena_free(a);
	sites_end(at, 2);
}

static void test_snapshots(void)
{
	struct site at[3];
	const char *dir = stick("states");
	site_first(&at[0], "Viborg");
	site_fill(&at[0]);
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Regionen", &at[0], RING_REGION);
	meet(&at[0], dir);
	is_int((intmax_t)(count_files(dir, ".snp") + count_files(dir, ".ext")), 2, "there are states for new sites");
	each_file(dir, ".snp", spoil_file);
	each_file(dir, ".ext", spoil_file);
	each_file(dir, ".seg", drop_file);
	meet(&at[0], dir);
	is_int((intmax_t)(count_files(dir, ".snp") + count_files(dir, ".ext")), 2, "damaged ones are written again, and gone");
	each_file(dir, ".seg", drop_file);
	struct sync_result r = meet(&at[1], dir);
	ok(r.from_snapshot, "so that whoever begins can");
	is_int((intmax_t)count_alive(&at[1], TYPE_VOLUNTEER), 40, "who has everything by it");
	r = meet(&at[2], dir);
	ok(r.from_snapshot, "so is the region's");
	sites_end(at, 3);
}

/* ---- nonsense, signed --------------------------------------------------------------------------------- */

enum nonsense { NO_NUMBER, NO_AUTHOR, MORE_THAN_SAID };

/* A state by that site, of more changes than anybody has. */
static void put_nonsense(struct site *site, const char *dir, enum nonsense what)
{
	struct folder_io io = folder_io_real();
	struct arena *a = arena_new();
	struct ring *ring;
	struct folder *f;
	struct buf b = {0};
	struct err e;
	uint8_t hash[SEGMENT_HASH];
	struct peer peer = {.inc = 7, .no = what == NO_NUMBER ? UINT64_MAX : 5000 + (uint64_t)what, .clock = 1764576000};
	struct seen seen = {{7, what == MORE_THAN_SAID ? 9000 : peer.no}, chain_tag(peer.chain)};
	struct rec_field field = {.no = F_VOLUNTEER_GIVEN, .v = value_text("Nobody"),
		.at = {.dot = {what == NO_AUTHOR ? 8 : 7, 1}, .clock = 1764576000}};
	struct rec rec = {.type = TYPE_VOLUNTEER, .id = {{1}}, .f = &field, .n = 1};
	must(ring_load(site->s, &ring, &e), &e, "ring");
	struct segment_head head = {.kind = SEGMENT_SNAPSHOT, .inc = store_incarnation(site->s), .vector = {&seen, 1},
		.written = SEGMENT_SCHEMA, .needed = SEGMENT_SCHEMA};
	memcpy(head.ring, ring_id(ring), SEGMENT_RING);
	memcpy(head.epoch, ring_epoch(ring, 0), SEGMENT_EPOCH);
	struct snapshot_writer *w = snapshot_begin(&peer, 1);
	must(snapshot_add(w, &rec, &e), &e, "record");
	must(snapshot_end(w, &head, SEGMENT_FAST, ring_key(ring, 0, head.epoch), ring_secret(ring), &b, &e), &e, "state");
	must(segment_read_head(a, b.p, b.n, &head, hash, &e), &e, "head");
	must(folder_open(&io, dir, ring_id(ring), ring_name(ring), head.inc, &f, &e), &e, "folder");
	uint64_t sum = 9000 + (uint64_t)what;         /* the first to be tried */
	must(folder_put(f, FOLDER_SNAPSHOT, head.inc, sum, sum, hash, b.p, b.n, NULL, &e), &e, "put");
	folder_close(f);
	ring_free(ring);
	buf_free(&b);
	arena_free(a);
}

static void test_nonsense(void)
{
	struct site at[2];
	struct sync_result r;
	struct err e;
	const char *dir = stick("nonsense");
	site_first(&at[0], "Viborg");
	site_fill(&at[0]);
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet(&at[0], dir);
	for (int what = NO_NUMBER; what <= MORE_THAN_SAID; what++)
		put_nonsense(&at[0], dir, (enum nonsense)what);
	ok(try_meet(&at[1], dir, &r, &e) == OK, "states that make no sense don't end a meeting");
	is_int((intmax_t)troubles(&r, SYNC_NONSENSE), 3, "each is told of once, in a sentence");
	ok(r.from_snapshot, "and the next best one is taken");
	is_int((intmax_t)count_alive(&at[1], TYPE_VOLUNTEER), 40, "with everything");
	for (int i = 0; i < 3; i++)
		meet(&at[i % 2], dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	sites_end(at, 2);
}

int main(void)
{
	/* no witness beside the stores: only meetings tell */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	test_author();
	test_passed_on();
	test_certificates();
	test_acknowledged();
	test_snapshots();
	test_nonsense();
	return done_testing();
}
