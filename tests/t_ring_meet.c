/* tests/t_ring_meet.c - sites that come, are taken out, leave and come back, meeting in real folders: those who are in
 * the ring end with the same data, and nobody waits for what can't come. */
#include "sync/sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/erase.h"
#include "sync/ring_priv.h"
#include "tests/storetest.h"

static struct test_clock clock_now;
static struct err e;
static int ring_no;
static struct arena *arena;

struct site { const char *name; struct store *s; };

static struct site site_new(const char *name)
{
	struct os_clock c = test_clock(&clock_now);
	struct store_new how = {.site = name, .person = "Anna"};
	char folder[64];
	snprintf(folder, sizeof folder, "%s-%d", name, ring_no);
	must(store_create(test_path(folder), &how, &c, &e), &e, "create");
	return (struct site){name, test_open(folder, &clock_now)};
}

static struct ring *load(const struct site *x)
{
	struct ring *r;
	must(ring_load(x->s, &r, &e), &e, "load");
	r->cheap = true;
	return r;
}

static void let_in(const struct site *by, const struct site *x, enum ring_role role)
{
	struct ring *r = load(by);
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	must(ring_invite(by->s, r, x->name, role, &file, words, &e), &e, "invite");
	must(ring_join(x->s, file.p, file.n, words, &e), &e, "join");
	ring_free(r);
	buf_free(&file);
}

static void take_out(const struct site *by, const char *name)
{
	struct ring *r = load(by);
	must(ring_remove(by->s, r, name, &e), &e, "remove");
	ring_free(r);
}

static struct sync_result meet(const struct site *x, const char *folder, struct arena *a)
{
	struct sync_result result;
	struct sync_opts opts = {0};
	char name[64];
	snprintf(name, sizeof name, "%s-%d", folder, ring_no);
	must(os_mkdir_p(test_path(name), &e), &e, "folder");
	must(sync_meet(x->s, test_path(name), &opts, a, &result, &e), &e, "meet");
	ok(!result.diverged, "%s at %s: like data have like states", x->name, folder);
	return result;
}

static void meet_all(const struct site *all, size_t n, const char *folder)
{
	struct arena *a = arena_new();
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < n; i++)
			meet(&all[i], folder, a);
	arena_free(a);
}

static bool same(const struct site *x, const struct site *y)
{
	uint8_t state[2][32];
	const struct site *both[] = {x, y};
	for (int i = 0; i < 2; i++) {
		struct view *v;
		must(view_begin(both[i]->s, &v, &e), &e, "view");
		must(exchange_state(v, state[i], &e), &e, "state");
		view_end(v);
	}
	return memcmp(state[0], state[1], 32) == 0;
}

static size_t units(const struct site *x, int type)
{
	struct view *v;
	size_t n;
	must(view_begin(x->s, &v, &e), &e, "view");
	must(view_count(v, type, &n, &e), &e, "count");
	view_end(v);
	return n;
}

/* Is nobody's file waiting for another, nor for a key? */
static bool nothing_waits(const struct site *x, const char *folder)
{
	struct arena *a = arena_new();
	struct sync_result r = meet(x, folder, a);
	bool none = true;
	for (size_t i = 0; i < r.ntrouble; i++)
		none = none && (r.trouble[i].why == SYNC_RETIRED || r.trouble[i].why == SYNC_OUTSIDE);
	arena_free(a);
	return none;
}

static bool is_told(const struct sync_result *r, enum sync_why why, const char *name)
{
	for (size_t i = 0; i < r->ntrouble; i++)
		if (r->trouble[i].why == why && strstr(r->trouble[i].text, name))
			return true;
	return false;
}

static bool is_in(const struct site *x, const char *name)
{
	struct ring *r = load(x);
	const struct ring_member *m;
	const bool in = ring_find(r, name, &m, NULL) == OK;
	ring_free(r);
	return in;
}

/* Viborg founded it; Silkeborg and Skive were let in by Viborg, Hammel by Skive. */
static struct site all[4];
enum { VIBORG, SILKEBORG, SKIVE, HAMMEL, ALL };

static void begin(void)
{
	static const char *const names[ALL] = {"Viborg", "Silkeborg", "Skive", "Hammel"};
	ring_no++;
	for (int i = 0; i < ALL; i++) {
		all[i] = site_new(names[i]);
		test_unit(all[i].s, names[i]);
	}
	must(ring_new(all[VIBORG].s, "Region Midtjylland", &e), &e, "new");
	let_in(&all[VIBORG], &all[SILKEBORG], RING_FULL);
	let_in(&all[VIBORG], &all[SKIVE], RING_FULL);
	let_in(&all[SKIVE], &all[HAMMEL], RING_FULL);
	meet_all(all, ALL, "share");
	for (int i = 1; i < ALL; i++)
		ok(same(&all[0], &all[i]), "%s has what Viborg has", names[i]);
	is_int((intmax_t)units(&all[HAMMEL], TYPE_UNIT), ALL, "a unit from each");
}

static void end(void)
{
	for (int i = 0; i < ALL; i++)
		store_close(all[i].s);
}

/* Viborg takes Skive out while Silkeborg has taken more of Skive and of Hammel than Viborg knows of. */
static void test_others_had_more(void)
{
	begin();
	test_unit(all[SKIVE].s, "Senere");
	test_unit(all[HAMMEL].s, "Også senere");
	meet_all(all + SKIVE, 2, "stick");
	meet_all(all + SILKEBORG, 2, "stick");
	is_int((intmax_t)units(&all[SILKEBORG], TYPE_UNIT), 6, "Silkeborg has what Skive and Hammel wrote since");
	take_out(&all[VIBORG], "Skive");
	test_unit(all[VIBORG].s, "Efter");
	test_unit(all[SILKEBORG].s, "Bygger på det");
	test_unit(all[SKIVE].s, "Efter at være ude");
	meet_all(all + VIBORG, 1, "share");
	meet_all(all, ALL, "share");
	ok(same(&all[VIBORG], &all[SILKEBORG]), "those who stay have the same");
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), 8,
		"all that anybody of them had taken, and nothing written after");
	ok(nothing_waits(&all[VIBORG], "share") && nothing_waits(&all[SILKEBORG], "share"),
		"nothing waits for what isn't taken");
	ok(same(&all[VIBORG], &all[HAMMEL]), "Hammel, whom Skive let in before, is with them");
	is_int((intmax_t)units(&all[SKIVE], TYPE_UNIT), 7, "and who is out gets no more");
	end();
}

/* Skive has let in one whom Viborg doesn't know of when it takes Skive out. */
static void test_unknown_guest(void)
{
	begin();
	struct site guest = site_new("Horsens");
	test_unit(guest.s, "Horsens");
	let_in(&all[SKIVE], &guest, RING_FULL);
	struct site stick[] = {all[SKIVE], guest, all[SILKEBORG]};
	meet_all(stick, 3, "stick");
	is_int((intmax_t)units(&all[SILKEBORG], TYPE_UNIT), 5, "Silkeborg has met the guest");
	take_out(&all[VIBORG], "Skive");
	test_unit(all[SILKEBORG].s, "Bygger på det");
	meet_all(all, ALL, "share");
	ok(same(&all[VIBORG], &all[SILKEBORG]) && same(&all[VIBORG], &all[HAMMEL]), "those who stay have the same");
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), 6, "with what Silkeborg had of the guest");
	ok(nothing_waits(&all[VIBORG], "share"), "and nothing waits for more");
	ok(!is_in(&all[VIBORG], "Horsens"), "the guest is out with its host");
	let_in(&all[HAMMEL], &guest, RING_FULL);
	struct site again[] = {all[VIBORG], all[SILKEBORG], all[HAMMEL], guest};
	test_unit(guest.s, "Inde igen");
	meet_all(again, 4, "share");
	ok(same(&all[VIBORG], &guest) && same(&all[SILKEBORG], &guest), "until it is invited again");
	store_close(guest.s);
	end();
}

/* Two sites join with one file and its words. Silkeborg meets the one, and builds on what it wrote, before Viborg, who
 * invited, sees the other. */
static void test_used_twice(void)
{
	begin();
	struct arena *a = arena_new();
	struct site late = site_new("Herning"), horsens = site_new("Horsens");
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	struct ring *r = load(&all[VIBORG]);
	must(ring_invite(all[VIBORG].s, r, "Horsens", RING_FULL, &file, words, &e), &e, "invite");
	ring_free(r);
	must(ring_join(late.s, file.p, file.n, words, &e), &e, "join");
	must(ring_join(horsens.s, file.p, file.n, words, &e), &e, "join again");
	test_unit(late.s, "Herning");
	test_unit(horsens.s, "Horsens");
	struct site stick[] = {late, all[SILKEBORG]};
	meet(&all[VIBORG], "stick", a);
	meet_all(stick, 2, "stick");
	test_unit(all[SILKEBORG].s, "Bygger på det");
	is_int((intmax_t)units(&all[SILKEBORG], TYPE_UNIT), 6, "Silkeborg has met the one");
	meet(&horsens, "share", a);
	struct sync_result told = meet(&all[VIBORG], "share", a);
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), 5, "Viborg, who invited, the other: that is the one who counts");
	ok(!is_told(&told, SYNC_TWICE, "Herning"), "and knows of no more");
	struct site five[] = {all[0], all[1], all[2], all[3], horsens};
	meet(&all[SILKEBORG], "share", a);
	told = meet(&all[VIBORG], "share", a);
	ok(is_told(&told, SYNC_TWICE, "Herning") && is_told(&told, SYNC_TWICE, "Horsens"), "until it is told of both by name");
	meet_all(five, 5, "share");
	for (int i = 1; i < 5; i++)
		ok(same(&five[0], &five[i]), "%s has what Viborg has", five[i].name);
	is_int((intmax_t)units(&horsens, TYPE_UNIT), 7, "also what was built on, and what it rests on");
	ok(nothing_waits(&all[VIBORG], "share") && nothing_waits(&all[SILKEBORG], "share"), "and nothing waits");
	test_unit(late.s, "Alene");
	told = meet(&late, "share", a);
	ok(is_told(&told, SYNC_BEATEN, "Horsens"), "the one who came too late is told by whom");
	let_in(&all[SILKEBORG], &late, RING_FULL);
	struct site six[] = {all[0], all[1], all[2], all[3], horsens, late};
	meet_all(six, 6, "share");
	ok(same(&all[VIBORG], &late) && same(&horsens, &late), "and joins with an invitation of its own");
	is_int((intmax_t)units(&horsens, TYPE_UNIT), 8, "with all that it wrote");
	store_close(late.s);
	store_close(horsens.s);
	buf_free(&file);
	arena_free(a);
	end();
}

static void test_comes_back(void)
{
	begin();
	take_out(&all[VIBORG], "Skive");
	test_unit(all[SKIVE].s, "Ude");
	meet_all(all, ALL, "share");
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), 4, "what was written outside isn't taken");
	let_in(&all[SILKEBORG], &all[SKIVE], RING_FULL);
	test_unit(all[SKIVE].s, "Inde igen");
	meet_all(all, ALL, "share");
	for (int i = 1; i < ALL; i++)
		ok(same(&all[0], &all[i]), "%s has what Viborg has, once Skive is back", all[i].name);
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), 6, "also what it wrote while it was out");
	end();
}

/* While Skive is out its disk is put back twice: what it wrote between is signed with the key of then, under a name
 * that it left. */
static void test_comes_back_renamed(void)
{
	begin();
	take_out(&all[VIBORG], "Skive");
	meet_all(all, ALL, "share");
	must(exchange_mint(all[SKIVE].s, &e), &e, "mint");
	test_unit(all[SKIVE].s, "Ude");
	meet(&all[SKIVE], "share", arena);
	must(exchange_mint(all[SKIVE].s, &e), &e, "mint");
	let_in(&all[SILKEBORG], &all[SKIVE], RING_FULL);
	meet_all(all, ALL, "share");
	for (int i = 1; i < ALL; i++)
		ok(same(&all[0], &all[i]), "%s has what Viborg has, though Skive left a name while it was out", all[i].name);
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), ALL + 1, "also what it wrote under that name");
	end();
}

/* Viborg takes Skive out and in again, while only Silkeborg has what Skive wrote last, and has built on it. */
static void test_comes_back_unknown(void)
{
	begin();
	struct id later = test_unit(all[SKIVE].s, "Senere");
	meet_all(all + SILKEBORG, 2, "stick");
	struct change *c;
	must(change_begin(all[SILKEBORG].s, ACT_DELETE, &c, &e), &e, "begin");
	change_delete(c, TYPE_UNIT, later);
	must(change_commit(c, NULL, &e), &e, "commit");
	meet(&all[SILKEBORG], "stick", arena);
	meet(&all[SKIVE], "stick", arena);
	take_out(&all[VIBORG], "Skive");
	test_unit(all[SKIVE].s, "Ude");
	let_in(&all[VIBORG], &all[SKIVE], RING_FULL);
	meet_all(all, ALL, "share");
	for (int i = 1; i < ALL; i++)
		ok(same(&all[0], &all[i]), "%s has what Viborg has, though Viborg didn't know what Skive had told", all[i].name);
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), ALL + 1, "what Silkeborg deleted is deleted, and nothing is there twice");
	ok(nothing_waits(&all[VIBORG], "share"), "and nothing waits");
	end();
}

/* Skive takes Silkeborg out and in again, and is out itself, for Viborg said so and doesn't know that. So Silkeborg was
 * in until it came back, by its key of then; and Viborg takes what Silkeborg wrote, with what it had of Skive. */
static void test_comes_back_by_one_out(void)
{
	begin();
	test_unit(all[SKIVE].s, "Senere");
	meet_all(all + SILKEBORG, 2, "stick");
	take_out(&all[SKIVE], "Silkeborg");
	take_out(&all[VIBORG], "Skive");
	test_unit(all[SILKEBORG].s, "Bygger på det");
	let_in(&all[SKIVE], &all[SILKEBORG], RING_FULL);
	meet_all(all, ALL, "share");
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), ALL + 2, "Viborg has what was written, and what it rests on");
	ok(same(&all[VIBORG], &all[HAMMEL]), "and so has Hammel");
	ok(nothing_waits(&all[VIBORG], "share") && nothing_waits(&all[HAMMEL], "share"), "nothing waits");
	ok(!is_in(&all[VIBORG], "Silkeborg"), "nobody is in by a key that Silkeborg hasn't any more");
	let_in(&all[VIBORG], &all[SILKEBORG], RING_FULL);
	meet_all(all, ALL, "share");
	ok(same(&all[VIBORG], &all[SILKEBORG]), "Silkeborg takes its own place, and has the same");
	end();
}

/* Silkeborg has let in Horsens, and while it is out Herning. */
static void test_guests_of_who_comes_back(void)
{
	begin();
	struct site before = site_new("Horsens"), after = site_new("Herning");
	let_in(&all[SILKEBORG], &before, RING_FULL);
	meet(&before, "share", arena);
	meet_all(all, ALL, "share");
	take_out(&all[VIBORG], "Silkeborg");
	let_in(&all[SILKEBORG], &after, RING_FULL);
	meet(&after, "share", arena);
	meet_all(all, ALL, "share");
	let_in(&all[VIBORG], &all[SILKEBORG], RING_FULL);
	meet_all(all, ALL, "share");
	ok(is_in(&all[HAMMEL], "Silkeborg") && is_in(&all[HAMMEL], "Horsens"), "who comes back is in, and whom it had let in before");
	ok(!is_in(&all[HAMMEL], "Herning"), "but not whom it let in while it was out");
	store_close(before.s);
	store_close(after.s);
	end();
}

/* By the name of its statement, which decides while nobody knows whom the inviter has seen. */
static int by_entry(const void *x, const void *y)
{
	uint8_t name[2][SEGMENT_HASH];
	const struct site *both[] = {x, y};
	for (int i = 0; i < 2; i++) {
		struct ring *r = load(both[i]);
		memcpy(name[i], ring_roll(r)->member[ring_self(r)].entry->name, SEGMENT_HASH);
		ring_free(r);
	}
	return memcmp(name[0], name[1], SEGMENT_HASH);
}

/* Two used one invitation of Viborg's. The second is seen there, and has taken Hammel out. The first, who knows of
 * neither, lets it in. */
static void test_let_in_by_who_came_too_late(void)
{
	begin();
	struct site two[] = {site_new("Herning"), site_new("Horsens")};
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	struct ring *r = load(&all[VIBORG]);
	must(ring_invite(all[VIBORG].s, r, "Horsens", RING_FULL, &file, words, &e), &e, "invite");
	ring_free(r);
	for (int i = 0; i < 2; i++)
		must(ring_join(two[i].s, file.p, file.n, words, &e), &e, "join");
	qsort(two, 2, sizeof *two, by_entry);
	take_out(&two[1], "Hammel");
	meet(&two[1], "share", arena);
	meet(&all[VIBORG], "share", arena);
	let_in(&two[0], &two[1], RING_FULL);
	meet_all(two, 2, "share");
	meet_all(all, ALL, "share");
	ok(!is_in(&all[VIBORG], two[0].name) && !is_in(&all[VIBORG], two[1].name), "both are out at Viborg");
	ok(!is_in(&all[VIBORG], "Hammel"), "and so is whom the one took out while it was in");
	size_t known = units(&two[1], TYPE_UNIT);
	test_unit(all[VIBORG].s, "Siden");
	meet_all(all, ALL, "share");
	meet_all(two, 2, "share");
	is_int((intmax_t)units(&two[1], TYPE_UNIT), (intmax_t)known, "who is out reads no more with a key that it made before it came back");
	let_in(&all[VIBORG], &two[1], RING_FULL);
	meet_all(two + 1, 1, "share");
	meet_all(all, ALL, "share");
	meet_all(two + 1, 1, "share");
	ok(same(&all[VIBORG], &two[1]), "until it is invited again");
	store_close(two[0].s);
	store_close(two[1].s);
	buf_free(&file);
	end();
}

/* Skive is out and doesn't know. A newcomer meets its snapshot, where Viborg has said so. */
static void test_state_from_outside(void)
{
	begin();
	struct site late = site_new("Horsens");
	struct ring *r = load(&all[VIBORG]);
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	must(ring_invite(all[VIBORG].s, r, "Horsens", RING_FULL, &file, words, &e), &e, "invite");
	ring_free(r);
	meet_all(all, ALL, "share");
	take_out(&all[VIBORG], "Skive");
	for (int i = 0; i < 20; i++) {
		test_unit(all[SKIVE].s, "Ude");
		meet(&all[SKIVE], "stick", arena);
	}
	meet(&all[VIBORG], "stick", arena);
	must(ring_join(late.s, file.p, file.n, words, &e), &e, "join");
	struct sync_result told = meet(&late, "stick", arena);
	ok(is_told(&told, SYNC_RETIRED, "Skive"), "it is told");
	meet_all(&late, 1, "stick");
	meet_all(all, ALL, "stick");
	ok(same(&all[VIBORG], &late), "the newcomer has what Viborg has");
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), ALL, "nothing that was written outside");
	store_close(late.s);
	buf_free(&file);
	end();
}

/* Skive is out and doesn't know. It takes all others out, who get no key of what it writes then, and need none. */
static void test_key_from_outside(void)
{
	begin();
	take_out(&all[VIBORG], "Skive");
	take_out(&all[SKIVE], "Hammel");
	take_out(&all[SKIVE], "Silkeborg");
	take_out(&all[SKIVE], "Viborg");
	test_unit(all[SKIVE].s, "Ude");
	meet(&all[SKIVE], "stick", arena);
	struct sync_result told = meet(&all[VIBORG], "stick", arena);
	ok(is_told(&told, SYNC_RETIRED, "Skive") && !is_told(&told, SYNC_LOCKED, ""), "nobody waits for a key that came too late");
	end();
}

/* Skive leaves, and somebody whom it wrote about is erased before it meets. What it wrote comes with a state of the
 * whole. */
static void test_left_before_erasure(void)
{
	begin();
	struct id erasure, who = test_volunteer(all[VIBORG].s, "Anna", "Holm");
	meet_all(all, ALL, "share");
	test_set(all[SKIVE].s, TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text("Randers"));
	test_unit(all[SKIVE].s, "Sidste");
	take_out(&all[SKIVE], "Skive");
	must(erase_person(all[VIBORG].s, who, ERASURE_WISH, &erasure, &e), &e, "erase");
	meet_all(all, ALL, "share");
	ok(same(&all[VIBORG], &all[SILKEBORG]) && same(&all[VIBORG], &all[HAMMEL]), "those who stay have the same");
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), ALL + 1, "with what was written before it left");
	let_in(&all[VIBORG], &all[SKIVE], RING_FULL);
	meet_all(all, ALL, "share");
	ok(same(&all[VIBORG], &all[SKIVE]), "and so has it when it is back");
	is_int((intmax_t)units(&all[VIBORG], TYPE_RECEIPT), ALL, "with its receipt");
	ok(nothing_waits(&all[VIBORG], "share"), "nothing waits");
	end();
}

/* Skive erases somebody while it is out, and is let in again. Its file with that began before, and goes when Viborg
 * turns out to have written about whom it was: nobody can write the rest of it anew. */
static void test_rest_of_a_file(void)
{
	begin();
	struct id erasure, who = test_volunteer(all[VIBORG].s, "Anna", "Holm");
	meet_all(all, ALL, "share");
	test_set(all[SKIVE].s, TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text("Randers"));
	test_unit(all[SKIVE].s, "Siden");
	meet_all(all, ALL, "share");
	take_out(&all[VIBORG], "Skive");
	must(erase_person(all[SKIVE].s, who, ERASURE_WISH, &erasure, &e), &e, "erase");
	let_in(&all[VIBORG], &all[SKIVE], RING_FULL);
	test_set(all[VIBORG].s, TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text("Hobro"));
	meet_all(all, ALL, "share");
	for (int i = 1; i < ALL; i++)
		ok(same(&all[0], &all[i]), "%s has what Viborg has", all[i].name);
	is_int((intmax_t)units(&all[VIBORG], TYPE_RECEIPT), ALL, "with all receipts");
	end();
}

/* What a region member has of the others are parts of records; it can't be a full one with them. */
static void test_region_comes_back(void)
{
	begin();
	struct site region = site_new("Regionshuset");
	let_in(&all[VIBORG], &region, RING_REGION);
	meet_all(all, ALL, "share");
	meet_all(&region, 1, "share");
	meet(&all[VIBORG], "share", arena);
	take_out(&all[VIBORG], "Regionshuset");
	struct ring *r = load(&all[VIBORG]);
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	must(ring_invite(all[VIBORG].s, r, "Regionshuset", RING_FULL, &file, words, &e), &e, "invite");
	is_int(ring_join(region.s, file.p, file.n, words, &e), ERR_REFUSED, "a region member's store can't join as a full one");
	ring_free(r);
	buf_free(&file);
	store_close(region.s);
	end();
}

/* What Silkeborg wrote outside lies there, and a file of another ring. Viborg has a stick of its own, too. */
static void test_told_once(void)
{
	struct arena *a = arena_new();
	char from[64], to[5000];
	struct site stranger = site_new("Odense");
	must(ring_new(stranger.s, "Region Syd", &e), &e, "new");
	test_unit(stranger.s, "Odense");
	meet(&stranger, "south", a);
	snprintf(from, sizeof from, "south-%d", ring_no);
	snprintf(to, sizeof to, "cp -r '%s'/SAMVAGT/s/* ", test_path(from));
	snprintf(from, sizeof from, "share-%d", ring_no);
	char command[9000];
	snprintf(command, sizeof command, "%s'%s'/SAMVAGT/s", to, test_path(from));
	is_int(system(command), 0, "a file of another ring is put there, too");
	struct sync_result r = meet(&all[VIBORG], "share", a);
	ok(is_told(&r, SYNC_FOREIGN, "another ring"), "it is told");
	r = meet(&all[VIBORG], "share", a);
	is_int((intmax_t)r.ntrouble, 0, "but neither it nor what came from outside a second time");
	store_close(stranger.s);
	arena_free(a);
}

static void test_leaves(void)
{
	begin();
	test_unit(all[SILKEBORG].s, "Sidst");
	take_out(&all[SILKEBORG], "Silkeborg");
	test_unit(all[SILKEBORG].s, "For sig selv");
	meet_all(all, ALL, "share");
	test_unit(all[VIBORG].s, "Uden Silkeborg");
	meet_all(all, ALL, "share");
	ok(same(&all[VIBORG], &all[SKIVE]) && same(&all[VIBORG], &all[HAMMEL]), "those who stay have the same");
	test_told_once();
	is_int((intmax_t)units(&all[VIBORG], TYPE_UNIT), 6, "with all that was written before it left");
	is_int((intmax_t)units(&all[SILKEBORG], TYPE_UNIT), 6, "and who left gets no more");
	end();
}

static void test_region(void)
{
	begin();
	struct site region = site_new("Regionshuset");
	test_volunteer(all[SKIVE].s, "Bo", "Holm");
	let_in(&all[HAMMEL], &region, RING_REGION);
	meet_all(all, ALL, "share");
	struct site both[] = {all[VIBORG], region};
	meet_all(both, 2, "share");
	is_int((intmax_t)units(&region, TYPE_UNIT), 4, "the region has the units");
	is_int((intmax_t)units(&region, TYPE_VOLUNTEER), 0, "and nobody's name");
	is_int((intmax_t)units(&all[VIBORG], TYPE_VOLUNTEER), 1, "whom the others have");
	store_close(region.s);
	end();
}

int main(void)
{
	arena = arena_new();
	test_others_had_more();
	test_unknown_guest();
	test_used_twice();
	test_comes_back();
	test_comes_back_renamed();
	test_comes_back_unknown();
	test_comes_back_by_one_out();
	test_guests_of_who_comes_back();
	test_let_in_by_who_came_too_late();
	test_state_from_outside();
	test_key_from_outside();
	test_left_before_erasure();
	test_rest_of_a_file();
	test_region_comes_back();
	test_leaves();
	test_region();
	arena_free(arena);
	return done_testing();
}
