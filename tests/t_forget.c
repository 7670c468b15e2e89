/* tests/t_forget.c - three sites forget a person: after one round nothing anywhere holds a trace, late files and stores
 * that are put back don't bring anybody back, and what counts is what it was. */
#include <stdio.h>
#include <string.h>

#include "store/backup.h"
#include "store/doctor.h"
#include "store/erase.h"
#include "sync/folder_priv.h"
#include "sync/receipts.h"
#include "tests/erasetest.h"
#include "tests/synctest.h"

enum { SITES = 3 };
static const char *const names[] = {"viborg", "skive", "horsens"};
static const char *dir;

/* ---- traces in an exchange folder ------------------------------------------------------------------- */

static struct ring *reader;              /* of whoever can read everything */

static bool value_has(struct value v)
{
	return v.tag == V_TEXT && trace_in(v.text.s, v.text.n, SECRET);
}

static bool segment_has(const struct buf *b, const struct segment_head *head, const uint8_t *key)
{
	struct segment_reader *r = NULL;
	struct arena *a = arena_new();
	struct group *g;
	bool has = false;
	if (segment_open(b->p, b->n, head, key, &r, NULL) == OK)
		while (segment_next(r, a, &g))
			for (size_t i = 0; i < g->nwrites; i++)
				has = has || value_has(g->writes[i].v);
	segment_close(r);
	arena_free(a);
	return has;
}

static bool state_has(const struct buf *b, const struct segment_head *head, const uint8_t *key)
{
	struct snapshot_reader *r = NULL;
	struct arena *a = arena_new();
	struct rec *rec;
	bool has = false;
	if (snapshot_open(b->p, b->n, head, key, &r, NULL) == OK)
		while (snapshot_next(r, a, &rec)) {
			for (size_t i = 0; i < rec->n; i++)
				has = has || value_has(rec->f[i].v);
			for (size_t i = 0; i < rec->nsib; i++)
				has = has || value_has(rec->sib[i].v);
		}
	snapshot_close(r);
	arena_free(a);
	return has;
}

static size_t files_found;

static void look_at(const char *path)
{
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	struct arena *a = arena_new();
	struct buf b = test_read(path);
	if (segment_read_head(a, b.p, b.n, &head, hash, NULL) == OK) {
		const uint8_t *key = ring_key(reader, head.partition, head.epoch);
		bool has = key && (head.kind == SEGMENT_SNAPSHOT ? state_has(&b, &head, key) : segment_has(&b, &head, key));
		if (has)
			diag("a trace in %s", strrchr(path, '/'));
		files_found += has;
	}
	buf_free(&b);
	arena_free(a);
}

/* How many files of the folder hold it. */
static size_t folder_traces(struct site *site, const char *folder)
{
	struct err e = {0};
	files_found = 0;
	must(ring_load(site->s, &reader, &e), &e, "ring");
	each_file(folder, ".seg", look_at);
	each_file(folder, ".snp", look_at);
	ring_free(reader);
	return files_found;
}

/* ---- the sites -------------------------------------------------------------------------------------- */

static struct site site[SITES + 1];
static struct traces traces;

static void open_sites(const char *folder)
{
	dir = stick(folder);
	site_first(&site[0], names[0]);
	for (int i = 1; i < SITES; i++)
		site_join(&site[i], names[i], &site[0], RING_FULL);
	traces.n = 0;
}

static void close_sites(void)
{
	sites_end(site, SITES);
}

struct told { size_t erasures, confirmed, missing; char last[RING_NAME + 1]; };   /* whom is waited for last */

static struct told receipts_at(struct site *at)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct receipts *x;
	struct view *v;
	struct told told = {0};
	size_t n;
	must(view_begin(at->s, &v, &e), &e, "view");
	must(receipts_list(at->s, v, a, &x, &n, &e), &e, "list");
	told.erasures = n;
	if (n) {
		told.missing = x[0].nmissing;
		told.confirmed = x[0].n - x[0].nmissing;
		snprintf(told.last, sizeof told.last, "%s", x[0].nmissing ? x[0].sites[x[0].n - 1].name : "");
	}
	view_end(v);
	arena_free(a);
	return told;
}

static size_t all_traces(void)
{
	size_t n = folder_traces(&site[0], dir);
	for (int i = 0; i < SITES; i++)
		n += trace_rows(site[i].s, SECRET, NULL) + trace_files(test_path(names[i]), SECRET, &traces);
	return n + trace_files(dir, SECRET, &traces);
}

static void erase(struct site *at, struct id who)
{
	struct err e = {0};
	struct id erasure;
	must(erase_person(at->s, who, ERASURE_WISH, &erasure, &e), &e, "erase");
}

static void say(void *ctx, const char *sentence)
{
	(void)ctx;
	diag("%s", sentence);
}

static bool all_whole(void)
{
	bool whole = true;
	for (int i = 0; i < SITES; i++) {
		struct doctor_report r;
		struct doctor_ctx d = {.say = say};
		struct err e = {0};
		struct store_opts opts = {.clock = test_clock(&site[i].clock)};
		store_close(site[i].s);
		must(doctor_check(test_path(names[i]), &opts, &d, &r, &e), &e, "doctor");
		whole = whole && r.findings == 0;
		site[i].s = test_open(names[i], &site[i].clock);
	}
	return whole;
}

/* ---- one round -------------------------------------------------------------------------------------- */

static void test_round(void)
{
	struct somebody p;
	bool made;
	struct err e = {0};
	open_sites("stick");
	person_make(site[0].s, &p);
	meet_all(site, SITES, dir);
	test_set(site[2].s, TYPE_VOLUNTEER, p.who, F_VOLUNTEER_ADDRESS, value_text(SECRET "vej 4"));
	meet_all(site, SITES, dir);
	struct counts before = counts_of(site[1].s);
	for (int i = 0; i < SITES; i++) {
		must(backup_auto(site[i].s, 0, &made, &e), &e, "backup");
		trace_rows(site[i].s, SECRET, &traces);
	}
	ok(folder_traces(&site[0], dir) > 0 && all_traces() > 20, "there are traces everywhere");
	copy_tree(dir, test_path("old"));
	erase(&site[0], p.who);
	struct told told = receipts_at(&site[0]);
	ok(told.confirmed == 1 && told.missing == SITES - 1 && *told.last, "one site has confirmed it, the others are waited for");
	for (int i = 0; i < SITES; i++) {
		struct sync_result r = meet(&site[i], dir);
		ok(!r.diverged && r.ntrouble == 0, "%s meets without trouble", names[i]);
		is_int((intmax_t)r.erased, i > 0, "and what is to be erased, is");
	}
	is_int((intmax_t)all_traces(), 0, "after one round there is no trace in any file of any site or of the folder");
	for (int i = 0; i < SITES; i++)
		ok(counts_equal(counts_of(site[i].s), before), "%s counts as before", names[i]);
	meet_all(site, SITES, dir);
	ok(are_equal(&site[0], &site[1]) && are_equal(&site[1], &site[2]), "then all are equal");
	told = receipts_at(&site[0]);
	ok(told.confirmed == SITES && told.missing == 0, "and each has confirmed it");
	/* a stick of before that lay in a drawer */
	for (int i = 0; i < SITES; i++)
		ok(!meet(&site[i], test_path("old")).diverged, "%s meets at an old stick", names[i]);
	is_int((intmax_t)folder_traces(&site[0], test_path("old")), 0, "on which nothing is left then");
	is_int((intmax_t)all_traces(), 0, "and nowhere else either");
	ok(all_whole(), "the doctor finds nothing");
	site_join(&site[3], "randers", &site[1], RING_FULL);
	meet(&site[1], dir);
	struct sync_result r = meet(&site[3], dir);
	ok(r.from_snapshot, "who is new begins from a snapshot");
	meet_all(site, SITES + 1, dir);
	ok(are_equal(&site[0], &site[3]), "and comes to have the same");
	is_int((intmax_t)receipts_at(&site[0]).confirmed, SITES + 1, "and confirms it");
	is_int((intmax_t)trace_rows(site[3].s, SECRET, NULL), 0, "without a trace");
	site_end(&site[3]);
	close_sites();
}

/* ---- files that nobody's name leads to ------------------------------------------------------------- */

static char copies[8][4300];
static size_t ncopies;

/* As a file manager does. */
static void copy_beside(const char *path)
{
	struct buf b = test_read(path);
	if (ncopies < sizeof copies / sizeof *copies) {
		snprintf(copies[ncopies], sizeof copies[0], "%s (1)", path);
		test_write(copies[ncopies++], b.p, b.n);
	}
	buf_free(&b);
}

static void test_left_over(void)
{
	struct somebody p;
	struct err e = {0};
	struct ring *r;
	open_sites("left");
	person_make(site[0].s, &p);
	meet_all(site, SITES, dir);
	test_set(site[2].s, TYPE_VOLUNTEER, p.who, F_VOLUNTEER_ADDRESS, value_text(SECRET "vej 6"));
	meet_all(site, SITES, dir);
	for (int i = 0; i < SITES; i++)
		trace_rows(site[i].s, SECRET, &traces);
	ncopies = 0;
	each_file(dir, ".seg", copy_beside);
	must(ring_load(site[0].s, &r, &e), &e, "ring");
	must(ring_remove(site[0].s, r, names[2], &e), &e, "remove");
	ring_free(r);
	erase(&site[0], p.who);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 2; i++)
			meet(&site[i], dir);
	is_int((intmax_t)folder_traces(&site[0], dir), 0, "files of a site that has left go, too");
	size_t left = 0;
	for (size_t i = 0; i < ncopies; i++)
		left += os_exists(copies[i]);
	ok(ncopies > 1 && left == 0, "and copies under other names");
	is_int((intmax_t)(trace_rows(site[0].s, SECRET, NULL) + trace_rows(site[1].s, SECRET, NULL)), 0, "and nothing is left here");
	ok(are_equal(&site[0], &site[1]), "who stayed is equal");
	close_sites();
}

/* ---- late changes ----------------------------------------------------------------------------------- */

static void test_late(void)
{
	struct somebody p;
	open_sites("late");
	person_make(site[0].s, &p);
	meet_all(site, SITES, dir);
	for (int i = 0; i < SITES; i++)
		trace_rows(site[i].s, SECRET, &traces);
	/* one site writes about the person, and hasn't heard */
	test_set(site[2].s, TYPE_VOLUNTEER, p.who, F_VOLUNTEER_ADDRESS, value_text(SECRET "vej 5"));
	test_set(site[2].s, TYPE_ASSIGNMENT, p.place[2], F_ASSIGNMENT_NOTE, value_text(SECRET));
	test_set(site[2].s, TYPE_ASSIGNMENT, p.place[2], F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_PRESENT));
	record_make(site[2].s, TYPE_PIECE, ID_NONE, (struct pair[PAIRS]){
		{F_PIECE_OF, value_id(p.scan)}, {F_PIECE_NUMBER, value_int(2)}, {F_PIECE_BYTES, value_text(SECRET)}});
	const char *other = stick("other");
	meet(&site[2], other);
	trace_rows(site[2].s, SECRET, &traces);
	erase(&site[0], p.who);
	meet(&site[0], dir);
	meet(&site[1], dir);
	struct sync_result r = meet(&site[1], other);
	ok(!r.diverged && r.taken.groups > 0, "a late file is taken in");
	is_int((intmax_t)trace_rows(site[1].s, SECRET, NULL), 0, "without what it said of who is gone");
	is_int((intmax_t)trace_files(test_path(names[1]), SECRET, &traces), 0, "also in no free page");
	struct arena *a = arena_new();
	struct view *v;
	struct rec *place;
	struct err e = {0};
	must(view_begin(site[1].s, &v, &e), &e, "view");
	must(view_get(v, a, TYPE_ASSIGNMENT, p.place[2], &place, &e), &e, "get");
	is_int(rec_int(place, F_ASSIGNMENT_ATTENDANCE), ATTENDANCE_PRESENT, "but what counts of it is there");
	view_end(v);
	arena_free(a);
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < SITES; i++)
			ok(!meet(&site[i], dir).diverged && !meet(&site[i], other).diverged, "%s goes on", names[i]);
	ok(are_equal(&site[0], &site[1]) && are_equal(&site[1], &site[2]), "all come to be equal");
	is_int((intmax_t)(all_traces() + folder_traces(&site[0], other)), 0, "and nothing is left anywhere");
	ok(all_whole(), "the doctor finds nothing");
	close_sites();
}

/* ---- a file that went on ----------------------------------------------------------------------------- */

static char dropped[32];

static void drop_one(const char *path)
{
	if (strstr(path, dropped))
		drop_file(path);
}

static void receive_from(struct site *at, const char *from)
{
	struct sync_opts opts = {.level = SEGMENT_FAST};
	struct sync_result r;
	struct arena *a = arena_new();
	struct err e = {0};
	must(sync_receive(at->s, from, &opts, a, &r, &e), &e, "receive");
	arena_free(a);
}

/* It began with who is gone, and the rest of it waits for what isn't here: so it goes, and its author doesn't come. */
static void test_went_on(void)
{
	struct somebody p;
	open_sites("went-on");
	const char *other = stick("went-on-1"), *third = stick("went-on-2"), *last = stick("went-on-3");
	person_make(site[0].s, &p);
	struct id anna = test_volunteer(site[0].s, "Anna", "Holm");
	meet_all(site, SITES, dir);
	site_set(&site[1], p.who, F_VOLUNTEER_ADDRESS, SECRET "vej 5");
	site_set(&site[2], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&site[2], other);
	receive_from(&site[1], other);
	site_set(&site[1], anna, F_VOLUNTEER_CITY, "Skive");
	meet(&site[1], third);
	folder_name_inc(store_incarnation(site[2].s), dropped);
	each_file(third, ".seg", drop_one);
	struct sync_result r = meet(&site[0], third);
	ok(r.taken.groups == 1 && troubles(&r, SYNC_EARLY) == 1, "of a file with who is to be erased a part is taken, and the rest waits");
	meet(&site[2], third);
	erase(&site[0], p.who);
	for (int round = 0; round < 2; round++) {
		meet(&site[0], last);
		meet(&site[2], last);
	}
	r = meet(&site[0], last);
	is_str(shown(&site[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Skive", "it comes with a state of who has it, though no file tells it");
	ok(are_equal(&site[0], &site[2]), "both are equal");
	close_sites();
}

/* ---- put back --------------------------------------------------------------------------------------- */

static void test_put_back(void)
{
	struct somebody p;
	struct err e = {0};
	struct os_clock clock = test_clock(&site[1].clock);
	open_sites("back");
	person_make(site[0].s, &p);
	meet_all(site, SITES, dir);
	const char *kept = test_path("kept.svb");
	must(backup_write(site[1].s, kept, NULL, NULL, &e), &e, "backup");
	erase(&site[0], p.who);
	meet_all(site, SITES, dir);
	struct counts before = counts_of(site[0].s);
	site_end(&site[1]);
	must(backup_restore(kept, test_path(names[1]), NULL, &clock, &e), &e, "restore");
	site[1].s = test_open(names[1], &site[1].clock);
	ok(trace_rows(site[1].s, SECRET, &traces) > 0, "an old backup brings the person back");
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < SITES; i++)
			ok(!meet(&site[(i + 1) % SITES], dir).diverged, "%s meets", names[(i + 1) % SITES]);
	ok(are_equal(&site[0], &site[1]) && are_equal(&site[1], &site[2]), "all are equal again");
	is_int((intmax_t)all_traces(), 0, "and the person is gone again, everywhere");
	ok(counts_equal(counts_of(site[1].s), before), "what counts is the same");
	ok(all_whole(), "the doctor finds nothing");
	close_sites();
}

/* ---- erased before it joined ------------------------------------------------------------------------ */

/* A store that joined, was put back to before that, erased somebody while it was in no ring, and joined again. */
static void test_joins_later(void)
{
	struct somebody p;
	struct site *late = &site[SITES];
	open_sites("later");
	site_alone(late, "randers");
	person_make(late->s, &p);
	site_picture(late);
	site_let_in(late, &site[1], RING_FULL);
	const char *other = stick("elsewhere");
	meet(late, other);
	meet(&site[1], other);
	ok(trace_rows(site[1].s, SECRET, &traces) > 0, "who is new brings a person");
	site_put_back(late);
	erase(late, p.who);
	site_let_in(late, &site[0], RING_FULL);
	for (int round = 0; round < 4; round++)
		for (int i = 0; i <= SITES; i++) {
			struct sync_result r = meet(&site[i], dir), o = meet(&site[i], other);
			ok(!r.diverged && !o.diverged, "%s meets, erased before it joined or not", site[i].name);
		}
	for (int i = 1; i <= SITES; i++)
		ok(are_equal(&site[0], &site[i]), "%s is as the first", site[i].name);
	is_int((intmax_t)trace_rows(late->s, SECRET, NULL), 0, "who was erased is gone where it was done");
	is_int((intmax_t)(all_traces() + folder_traces(&site[0], other)), 0, "and at all who had that person from before");
	struct told told = receipts_at(&site[0]);
	ok(told.erasures == 1 && told.confirmed >= SITES && told.missing == 0, "which is listed once, and all confirm");
	site_end(late);
	close_sites();
}

/* ---- erased in another ring -------------------------------------------------------------------------- */

static void leave(struct site *at)
{
	struct err e = {0};
	struct ring *r;
	must(ring_load(at->s, &r, &e), &e, "ring");
	must(ring_remove(at->s, r, at->name, &e), &e, "leave");
	ring_free(r);
}

/* Two leave their ring, one of them erases somebody, and they make a new one. between: it does so in a ring of its own, where it meets
 * nobody. */
static void test_goes_to_another(const char *name, bool between)
{
	struct somebody p;
	struct err e = {0};
	open_sites(name);
	person_make(site[0].s, &p);
	meet_all(site, SITES, dir);
	ok(trace_rows(site[1].s, SECRET, &traces) > 0, "%s: two have a person", name);
	leave(&site[0]);
	if (between)
		must(ring_new(site[0].s, "Region Syd", &e), &e, "ring_new");
	erase(&site[0], p.who);
	leave(&site[1]);
	if (between)
		leave(&site[0]);
	must(ring_new(site[between].s, "Region Nord", &e), &e, "ring_new");
	site_let_in(&site[!between], &site[between], RING_FULL);
	char path[64];
	snprintf(path, sizeof path, "%s-1", name);
	const char *other = stick(path);
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < 2; i++)
			ok(!meet(&site[i], other).diverged, "%s: %s meets in another ring", name, names[i]);
	ok(are_equal(&site[0], &site[1]), "%s: both are equal", name);
	is_int((intmax_t)(trace_rows(site[0].s, SECRET, NULL) + trace_rows(site[1].s, SECRET, NULL)), 0, "%s: and the person is gone at both",
		name);
	is_int((intmax_t)folder_traces(&site[0], other), 0, "%s: and not in the folder", name);
	struct told told = receipts_at(&site[1]);
	ok(told.erasures == 1 && told.confirmed == 2 && told.missing == 0, "%s: which is listed once, and both confirm", name);
	close_sites();
}

int main(void)
{
	test_round();
	test_left_over();
	test_late();
	test_went_on();
	test_put_back();
	test_joins_later();
	test_goes_to_another("former", false);
	test_goes_to_another("between", true);
	return done_testing();
}
