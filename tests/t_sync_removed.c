/* tests/t_sync_removed.c - two histories of a site that was removed before it could say which of them it gives up:
 * others do. Nothing that it wrote is lost, nothing comes twice, and all who are left are equal in the end. */
#include "tests/synctest.h"

#include <stdlib.h>
#include <string.h>

#include "store/erase.h"

static void remove_from_ring(struct site *by, const char *name)
{
	struct ring *r;
	struct err e;
	must(ring_load(by->s, &r, &e), &e, "ring");
	must(ring_remove(by->s, r, name, &e), &e, "remove");
	ring_free(r);
}

/* The site that wrote two histories is removed before it can say which of them it gives up. Two who have taken the
 * first meet the second without each other, so both issue the first again: the same records. */
static void test_fork_of_removed(void)
{
	struct site at[4];
	const char *dir = stick("rest"), *first = stick("its-1"), *second = stick("its-2"), *none = stick("apart-1"), *other = stick("apart-2");
	struct id anna, bo;
	site_first(&at[3], "Viborg");
	anna = test_volunteer(at[3].s, "Anna", "Holm");
	bo = test_volunteer(at[3].s, "Bo", "Friis");
	for (int i = 0; i < 3; i++)
		site_join(&at[i], (const char *[]){"Skejby", "Horsens", "Randers"}[i], &at[3], RING_FULL);
	meet_all(at, 4, dir);
	site_picture(&at[3]);
	site_set(&at[3], anna, F_VOLUNTEER_PHONE, "11111111");
	test_volunteer(at[3].s, "Carl", "Dam");
	meet(&at[3], first);
	meet(&at[0], first);
	meet(&at[1], first);
	site_put_back(&at[3]);
	site_set(&at[3], bo, F_VOLUNTEER_PHONE, "22222222");
	test_volunteer(at[3].s, "Dora", "Lund");
	meet(&at[3], second);
	meet(&at[2], second);
	remove_from_ring(&at[0], "Viborg");
	meet(&at[0], dir);
	meet(&at[1], dir);
	copy_tree(second, none);
	copy_tree(second, other);
	struct sync_result r = meet(&at[0], none);
	is_int((intmax_t)r.settled, 2, "who has the one history of a removed site and meets the other issues its own again");
	r = meet(&at[1], other);
	is_int((intmax_t)r.settled, 2, "so does another one, without knowing");
	meet_all(at, 3, dir);
	meet_all(at, 3, dir);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all who are left are equal");
	is_str(shown(&at[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "the first history is everywhere");
	is_str(shown(&at[1], TYPE_VOLUNTEER, bo, F_VOLUNTEER_PHONE), "22222222", "the second is too");
	is_int((intmax_t)count_alive(&at[2], TYPE_VOLUNTEER), 4, "nobody is there twice");
	is_int((intmax_t)count_open(&at[2]), 0, "nobody disagrees");
	r = meet(&at[2], dir);
	is_int((intmax_t)r.ntrouble, 0, "and nothing waits");
	for (int i = 0; i < 4; i++)
		site_end(&at[i]);
}

/* Two have taken the first history, and kept the second, which they couldn't take. The stick is gone when one of them
 * removes the site: so the file that they kept is all there is of it. */
static void test_other_history_kept(void)
{
	struct site at[4];
	const char *dir = stick("kept"), *first = stick("kept-1"), *second = stick("kept-2"), *last = stick("kept-3");
	site_first(&at[3], "Viborg");
	struct id anna = test_volunteer(at[3].s, "Anna", "Holm"), bo = test_volunteer(at[3].s, "Bo", "Friis");
	for (int i = 0; i < 3; i++)
		site_join(&at[i], (const char *[]){"Skejby", "Horsens", "Randers"}[i], &at[3], RING_FULL);
	meet_all(at, 4, dir);
	site_picture(&at[3]);
	site_set(&at[3], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[3], first);
	meet(&at[0], first);
	meet(&at[1], first);
	site_put_back(&at[3]);
	site_set(&at[3], bo, F_VOLUNTEER_PHONE, "22222222");
	meet(&at[3], second);
	for (int i = 0; i < 2; i++) {
		struct sync_result r = meet(&at[i], second);
		is_int((intmax_t)troubles(&r, SYNC_FORKED), 1, "the second history waits at %d", i);
	}
	remove_from_ring(&at[0], "Viborg");
	meet_all(at, 3, last);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all who are left are equal");
	for (int i = 0; i < 3; i++) {
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "the history that was given up is at %d", i);
		is_str(shown(&at[i], TYPE_VOLUNTEER, bo, F_VOLUNTEER_PHONE), "22222222", "and so is the one that was kept");
	}
	struct sync_result r = meet(&at[2], last);
	is_int((intmax_t)r.ntrouble, 0, "and nothing waits");
	for (int i = 0; i < 4; i++)
		site_end(&at[i]);
}

/* Who has more of the history that was given up than the one who gave it up had, and can't take it out, for a state
 * went over it: the rest is issued again, and the store begins anew without. */
static void test_beyond_under_floor(void)
{
	struct site at[4];
	const char *dir = stick("floor"), *first = stick("floor-1"), *more = stick("floor-2"), *second = stick("floor-3"),
		   *last = stick("floor-4");
	site_first(&at[3], "Viborg");
	struct id anna = test_volunteer(at[3].s, "Anna", "Holm"), bo = test_volunteer(at[3].s, "Bo", "Friis");
	for (int i = 0; i < 3; i++)
		site_join(&at[i], (const char *[]){"Skejby", "Horsens", "Randers"}[i], &at[3], RING_FULL);
	meet_all(at, 4, dir);
	site_picture(&at[3]);
	site_set(&at[3], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[3], first);
	meet(&at[0], first);
	meet(&at[1], first);
	site_fill(&at[0]);
	meet(&at[0], dir);
	meet(&at[2], dir);
	each_file(dir, ".seg", drop_file);
	struct sync_result r = meet(&at[1], dir);
	ok(r.from_snapshot, "a state goes over what one site has of a history");
	site_set(&at[3], anna, F_VOLUNTEER_CITY, "Skive");
	meet(&at[3], more);
	meet(&at[1], more);
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Skive", "that one has the rest of it, too");
	site_set(&at[1], anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	site_put_back(&at[3]);
	site_set(&at[3], bo, F_VOLUNTEER_PHONE, "22222222");
	meet(&at[3], second);
	meet(&at[2], second);
	remove_from_ring(&at[0], "Viborg");
	r = meet(&at[0], second);
	is_int((intmax_t)r.settled, 1, "another gives up as much of it as it has");
	meet(&at[0], last);
	r = meet(&at[1], last);
	ok(r.settled == 1, "who has the rest issues that again");
	meet_all(at, 3, last);
	r = meet(&at[1], last);
	is_int((intmax_t)r.ntrouble, 0, "and needn't make a new store");
	meet_all(at, 3, last);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all who are left are equal");
	for (int i = 0; i < 3; i++) {
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "what was given up is at %d", i);
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Skive", "its rest is at %d", i);
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "what was written on top is at %d", i);
		is_str(shown(&at[i], TYPE_VOLUNTEER, bo, F_VOLUNTEER_PHONE), "22222222", "the other history is at %d", i);
	}
	is_int((intmax_t)count_open(&at[0]), 0, "nobody disagrees");
	for (int i = 0; i < 4; i++)
		site_end(&at[i]);
}

static void erase_one(struct site *site, struct id who)
{
	struct id erasure;
	struct err e;
	must(erase_person(site->s, who, ERASURE_WISH, &erasure, &e), &e, "erase");
}

/* Where each of two has a history, somebody was erased since: nothing of either is in a file any more, and neither
 * store can be without it as it stands. One issues its own again all the same, and begins anew from the other's
 * state. */
static void test_under_erasures(void)
{
	struct site at[4];
	const char *dir = stick("erased"), *first = stick("erased-1"), *second = stick("erased-2"), *last = stick("erased-3");
	struct id who[2], anna, bo;
	site_first(&at[3], "Viborg");
	anna = test_volunteer(at[3].s, "Anna", "Holm");
	bo = test_volunteer(at[3].s, "Bo", "Friis");
	for (int i = 0; i < 2; i++)
		who[i] = test_volunteer(at[3].s, "Dora", "Lund");
	for (int i = 0; i < 3; i++)
		site_join(&at[i], (const char *[]){"Skejby", "Horsens", "Randers"}[i], &at[3], RING_FULL);
	meet_all(at, 4, dir);
	site_picture(&at[3]);
	site_set(&at[3], anna, F_VOLUNTEER_PHONE, "11111111");
	site_set(&at[3], who[0], F_VOLUNTEER_CITY, "Viborg");
	meet(&at[3], first);
	meet(&at[0], first);
	site_put_back(&at[3]);
	site_set(&at[3], bo, F_VOLUNTEER_PHONE, "22222222");
	site_set(&at[3], who[1], F_VOLUNTEER_CITY, "Viborg");
	meet(&at[3], second);
	meet(&at[2], second);
	remove_from_ring(&at[0], "Viborg");
	for (int i = 0; i < 2; i++)
		erase_one(&at[2 * i], who[i]);
	meet(&at[2], last);
	struct sync_result r = meet(&at[0], last);
	is_int((intmax_t)r.settled, 2, "one history is issued again though a state went over it");
	ok(troubles(&r, SYNC_FORKED) == 1 && strcmp(r.trouble[0].site, "Viborg") == 0, "whose histories they are is told");
	meet_all(at, 3, last);
	meet_all(at, 3, last);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all who are left are equal");
	for (int i = 0; i < 3; i++) {
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "the first history is at %d", i);
		is_str(shown(&at[i], TYPE_VOLUNTEER, bo, F_VOLUNTEER_PHONE), "22222222", "the second is at %d", i);
		is_int((intmax_t)count_alive(&at[i], TYPE_VOLUNTEER), 2, "nobody is there twice, nor back, at %d", i);
	}
	is_int((intmax_t)count_open(&at[0]), 0, "nobody disagrees");
	r = meet(&at[0], last);
	is_int((intmax_t)r.ntrouble, 0, "and nothing waits");
	for (int i = 0; i < 4; i++)
		site_end(&at[i]);
}

/* Who began from a state that holds what its author gave up since, and was removed, can neither begin anew nor be rid of
 * it. It writes no state of that: nobody could take it, everybody would be told, and as each removes it, it would come
 * back each time. */
static void test_state_of_removed(void)
{
	struct site at[3];
	const char *dir = stick("state"), *other = stick("state-1");
	struct sync_result r;
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_join(&at[2], "Horsens", &at[1], RING_FULL);
	site_picture(&at[1]);
	site_set(&at[1], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[1], dir);
	meet(&at[0], dir);
	site_put_back(&at[1]);
	site_fill(&at[1]);
	meet(&at[1], other);
	r = meet(&at[2], other);
	ok(r.from_snapshot, "one begins from a state");
	meet(&at[1], other);
	remove_from_ring(&at[1], "Horsens");
	r = meet(&at[1], dir);
	ok(r.transplanted > 0, "its author gives up what is in it");
	for (int round = 0; round < 2; round++) {
		r = meet(&at[2], dir);
		is_int((intmax_t)troubles(&r, SYNC_ASTRAY), 1, "who is out is told to begin anew");
		r = meet(&at[0], dir);
		is_int((intmax_t)troubles(&r, SYNC_FORKED), 0, "nobody else is told of two histories");
	}
	r = meet(&at[1], dir);
	is_int((intmax_t)r.ntrouble, 0, "nor of anything else");
	ok(are_equal(&at[0], &at[1]), "who is in is equal");
	for (int i = 0; i < 3; i++)
		site_end(&at[i]);
}

int main(void)
{
	/* no witness beside the stores: only meetings tell */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	test_fork_of_removed();
	test_other_history_kept();
	test_beyond_under_floor();
	test_under_erasures();
	test_state_of_removed();
	return done_testing();
}
