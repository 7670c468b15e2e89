/* tests/t_sync.c - sites that meet on sticks: what one of them writes comes to all, whatever way the sticks take. */
#include "tests/synctest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- two sites ------------------------------------------------------------------------------------- */

static void test_two(void)
{
	struct site at[2];
	const char *dir = stick("two");
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet(&at[0], dir);
	struct sync_result r = meet(&at[1], dir);
	ok(r.taken.groups > 0, "the second site gets what the first has");
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_GIVEN), "Anna", "by name");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "20838797");
	site_set(&at[1], anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "each edits something: both are equal");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "the later address is there");
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "20838797", "and the earlier phone isn't lost");
	is_int((intmax_t)count_open(&at[0]), 0, "nobody disagrees");
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	site_set(&at[1], anna, F_VOLUNTEER_PHONE, "22222222");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both edit the phone: both are equal");
	is_int((intmax_t)count_open(&at[0]), 1, "the first knows of one disagreement");
	is_int((intmax_t)count_open(&at[1]), 1, "the second of the same");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE),
		shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "both show the same number meanwhile");
	site_set(&at[1], anna, F_VOLUNTEER_PHONE, "33333333");
	meet_all(at, 2, dir);
	is_int((intmax_t)count_open(&at[0]), 0, "one who has seen both settles it");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "33333333", "for both");
	r = meet(&at[0], dir);
	is_int((intmax_t)(r.taken.groups + r.files_written), 0, "meeting again does nothing");
	sites_end(at, 2);
}

/* More than goes into a file: 2.4 MB in groups of which six fill one. */
static void write_much(struct site *site)
{
	struct arena *a = arena_new();
	char *note = arena_alloc(a, 2001);
	struct change_result r;
	struct err e;
	memset(note, 'x', 2000);
	for (int g = 0; g < 12; g++) {
		struct change *c;
		must(change_begin(site->s, ACT_IMPORT, &c, &e), &e, "change");
		for (int i = 0; i < 100; i++) {
			struct id id = change_new(c, TYPE_ORGANISATION);
			must(change_set(c, TYPE_ORGANISATION, id, F_ORGANISATION_NAME, value_text("Venner"), &e), &e, "name");
			must(change_set(c, TYPE_ORGANISATION, id, F_ORGANISATION_NOTE, value_text(note), &e), &e, "note");
		}
		must(change_commit(c, &r, &e), &e, "commit");
	}
	arena_free(a);
}

static void test_many_files(void)
{
	struct site at[2];
	const char *dir = stick("much");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	write_much(&at[0]);
	struct sync_result r = meet(&at[0], dir);
	ok(r.files_written >= 2, "much to tell is told in more than one file");
	r = meet(&at[1], dir);
	ok(r.ntrouble == 0 && r.taken.groups >= 12 && are_equal(&at[0], &at[1]), "each continues the one before it");
	site_set(&at[0], test_volunteer(at[0].s, "Anna", "Holm"), F_VOLUNTEER_PHONE, "20838797");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "so does what comes later");
	sites_end(at, 2);
}

/* ---- what sticks do --------------------------------------------------------------------------------- */

static void test_bad_stick(void)
{
	struct site at[2];
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	const char *dir = stick("half");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	meet(&at[0], dir);
	each_file(dir, ".seg", halve_file);
	struct sync_result r = meet(&at[1], dir);
	ok(troubles(&r, SYNC_CUT) == 1 && r.taken.groups == 0, "a half copied file is told of, and nothing of it taken");
	meet(&at[0], dir);
	r = meet(&at[1], dir);
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_GIVEN), "Anna", "its writer puts it there again");
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "20838797");
	dir = stick("empty");
	meet(&at[0], dir);
	each_file(dir, ".seg", empty_file);
	r = meet(&at[1], dir);
	ok(troubles(&r, SYNC_CUT) > 0, "an empty file is one that is on its way");
	dir = stick("spoiled");
	meet(&at[0], dir);
	each_file(dir, ".seg", spoil_file);
	r = meet(&at[1], dir);
	ok(troubles(&r, SYNC_ALTERED) > 0 && r.taken.groups == 0, "an altered file is told of, and nothing of it taken");
	dir = stick("lost");
	meet(&at[0], dir);
	os_remove_tree(dir, NULL);
	dir = stick("found");
	meet(&at[0], dir);
	meet(&at[1], dir);
	meet(&at[0], dir);
	ok(are_equal(&at[0], &at[1]), "a lost stick is made good by any other");
	sites_end(at, 2);
}

/* ---- three sites ------------------------------------------------------------------------------------- */

static void test_three(void)
{
	struct site at[3];
	const char *base = stick("base");
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Horsens", &at[0], RING_FULL);
	meet_all(at, 3, base);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[1], &at[2]), "three sites are equal");
	/* Horsens gets a stick that goes on from one that it hasn't seen. */
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	const char *ab = stick("ab"), *bc = stick("bc");
	meet(&at[0], ab);
	meet(&at[1], ab);
	site_set(&at[1], anna, F_VOLUNTEER_PHONE, "22222222");
	struct sync_result r;
	struct arena *a = arena_new();
	struct err e;
	must(sync_send(at[1].s, bc, NULL, a, &r, &e), &e, "sending");
	ok(r.relayed > 0, "files of others are passed on");
	r = meet(&at[2], bc);
	is_str(shown(&at[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "22222222", "so what rests on them can be taken");
	is_int((intmax_t)count_open(&at[2]), 0, "and is no disagreement");
	meet_all(at, 3, base);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[1], &at[2]), "all three are equal again");
	arena_free(a);
	sites_end(at, 3);
}

/* Viborg and Horsens never see the same stick, and Horsens writes nothing. */
static void test_heard_of(void)
{
	struct site at[3];
	struct sync_site *site;
	struct arena *a = arena_new();
	struct err e;
	size_t n, lacks = 0;
	const char *base = stick("all"), *left = stick("left"), *right = stick("right");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Horsens", &at[0], RING_FULL);
	meet_all(at, 3, base);
	test_volunteer(at[0].s, "Anna", "Holm");
	meet(&at[0], left);
	meet(&at[1], left);
	meet(&at[1], right);
	meet(&at[2], right);
	meet(&at[1], right);
	meet(&at[1], left);
	meet(&at[0], left);
	must(sync_sites(at[0].s, a, &site, &n, &e), &e, "sites");
	for (size_t i = 0; i < n; i++)
		lacks += site[i].lacks;
	is_int((intmax_t)lacks, 0, "that somebody has it is heard by way of others");
	struct sync_result r = meet(&at[1], left);
	is_int((intmax_t)r.files_written, 0, "and isn't told for ever");
	arena_free(a);
	sites_end(at, 3);
}

/* ---- snapshots ---------------------------------------------------------------------------------------- */

static void test_snapshot(void)
{
	struct site at[3];
	const char *dir = stick("big");
	site_first(&at[0], "Viborg");
	site_fill(&at[0]);
	meet(&at[0], dir);
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet(&at[0], dir);
	struct sync_result r = meet(&at[1], dir);
	ok(r.from_snapshot, "a new site begins from a snapshot");
	struct change_result none;
	struct err e;
	is_int(merge_undo(at[1].s, r.taken.merge, &none, &e), ERR_REFUSED, "which can't be taken back");
	ok(strstr(e.text, "snapshot") && strstr(e.text, "backup"), "and it is said why, and what to do");
	is_int((intmax_t)count_alive(&at[1], TYPE_VOLUNTEER), 40, "and has everything");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	/* the files before it are gone, and Horsens has only that stick */
	each_file(dir, ".seg", drop_file);
	site_join(&at[2], "Horsens", &at[1], RING_FULL);
	meet(&at[1], dir);
	meet(&at[2], dir);
	meet_all(at, 3, dir);
	ok(are_equal(&at[0], &at[2]), "also where the files before it are gone");
	site_set(&at[2], test_volunteer(at[2].s, "Bo", "Friis"), F_VOLUNTEER_PHONE, "20838797");
	meet_all(at, 3, dir);
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), 41, "what is written on top of it comes to all");
	ok(are_equal(&at[0], &at[2]) && are_equal(&at[0], &at[1]), "and all are equal");
	sites_end(at, 3);
}

/* ---- guards ------------------------------------------------------------------------------------------------ */

static void test_losses(void)
{
	struct site at[2];
	struct id id[60];
	struct sync_result r;
	struct err e;
	const char *dir = stick("losses");
	site_first(&at[0], "Viborg");
	for (int i = 0; i < 60; i++)
		id[i] = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	for (int i = 0; i < 30; i++)
		test_delete(at[1].s, TYPE_VOLUNTEER, id[i]);
	meet(&at[1], dir);
	is_int(try_meet(&at[0], dir, &r, &e), ERR_REFUSED, "half of the volunteers deleted elsewhere: that is asked about");
	ok(strstr(e.text, "30"), "with how many");
	ok(r.loses && !strstr(e.text, "--yes"), "and how to go on is left to who asks");
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), 60, "and nothing is done");
	struct sync_opts yes = {.accept_losses = true};
	struct arena *a = arena_new();
	is_int(sync_meet(at[0].s, dir, &yes, a, &r, &e), OK, "unless it is meant");
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), 30, "then it is done");
	arena_free(a);
	sites_end(at, 2);
}

static void test_undo(void)
{
	struct site at[2];
	struct change_result done;
	struct err e;
	const char *dir = stick("undo");
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_set(&at[1], anna, F_VOLUNTEER_PHONE, "22222222");
	meet(&at[1], dir);
	struct sync_result r = meet(&at[0], dir);
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "22222222", "a merge brings a number");
	is_int(merge_undo(at[0].s, r.taken.merge, &done, &e), OK, "it is undone as one");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "the old number is back");
	meet_all(at, 2, dir);
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "at both");
	ok(are_equal(&at[0], &at[1]), "both are equal");
	sites_end(at, 2);
}

static struct sync_site site_named(struct site *at, const char *name)
{
	struct arena *a = arena_new();
	struct sync_site *site, found = {0};
	struct err e;
	size_t n;
	must(sync_sites(at->s, a, &site, &n, &e), &e, "sites");
	for (size_t i = 0; i < n; i++)
		if (strcmp(site[i].name, name) == 0)
			found = site[i];
	found.name = name;
	arena_free(a);
	return found;
}

static void test_region(void)
{
	struct site at[3];
	struct change *c;
	struct err e;
	const char *dir = stick("region");
	site_first(&at[0], "Viborg");
	struct id unit = test_unit(at[0].s, "Forhal"), anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Regionen", &at[0], RING_REGION);
	is_int(change_begin(at[2].s, ACT_EDIT, &c, &e), ERR_REFUSED, "who follows for the region only reads");
	meet_all(at, 2, dir);
	struct sync_result r = meet(&at[2], dir);
	ok(r.from_snapshot, "the region takes what is made for it");
	is_str(shown(&at[2], TYPE_UNIT, unit, F_UNIT_NAME), "Forhal", "it gets places");
	is_str(shown(&at[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_GIVEN), "(none)", "and no persons");
	is_int((intmax_t)count_alive(&at[2], TYPE_VOLUNTEER), 0, "none at all");
	test_set(at[0].s, TYPE_UNIT, unit, F_UNIT_NAME, value_text("Forhal, Viborg"));
	meet_all(at, 2, dir);
	meet(&at[2], dir);
	is_str(shown(&at[2], TYPE_UNIT, unit, F_UNIT_NAME), "Forhal, Viborg", "what changes comes with the next one");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "the others are equal");
	struct sync_site region = site_named(&at[0], "Regionen");
	ok(!region.follows && region.heard != 0, "they know when the region was there last");
	struct sync_site self = site_named(&at[2], "Regionen"), other = site_named(&at[2], "Viborg");
	ok(self.unsent == 0 && self.lacks == 0, "the region has nothing to send");
	ok(!other.follows && !other.holds_back, "and doesn't know what the others have");
	sites_end(at, 3);
}

static void test_sites(void)
{
	struct site at[2];
	struct sync_site *site;
	struct arena *a = arena_new();
	struct err e;
	size_t n;
	const char *dir = stick("sites");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	test_volunteer(at[0].s, "Anna", "Holm");
	is_int(sync_sites(at[0].s, a, &site, &n, &e), OK, "the sites are listed");
	is_int((intmax_t)n, 2, "both");
	const struct sync_site *other = &site[site[0].self], *self = &site[!site[0].self];
	is_str(other->name, "Skejby", "by name");
	is_int((intmax_t)other->lacks, 1, "with what the other lacks");
	is_int((intmax_t)self->unsent, 1, "and what isn't sent");
	ok(other->heard != 0 && other->silent_days == 0 && !other->holds_back, "and when it was heard of");
	at[0].clock.t = 1764576000 + 5 * 86400;
	meet(&at[0], dir);
	meet(&at[1], dir);
	meet(&at[0], dir);
	sync_sites(at[0].s, a, &site, &n, &e);
	other = &site[site[0].self];
	ok(other->silent_days == 0 && other->lacks == 0, "who wrote nothing still says what it has");
	at[0].clock.t += 40 * 86400;
	sync_sites(at[0].s, a, &site, &n, &e);
	other = &site[site[0].self];
	ok(other->silent_days == 40 && other->holds_back, "one that is silent for long holds back the others");
	arena_free(a);
	sites_end(at, 2);
}

int main(void)
{
	/* no witness beside the stores: only meetings tell */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	test_two();
	test_many_files();
	test_bad_stick();
	test_three();
	test_heard_of();
	test_snapshot();
	test_losses();
	test_undo();
	test_region();
	test_sites();
	return done_testing();
}
