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

/* ---- the story that most begin and end with --------------------------------------------------------------------- */

/* Viborg is the one that is put back and writes two histories: in the first Anna gets a phone number, in the second
 * Bo. The others are left when it is removed. */
enum { SKEJBY, HORSENS, RANDERS, LEFT, VIBORG = LEFT, NOBODY };

struct four {
	struct site at[LEFT + 1];
	const char *dir;
	struct id anna, bo;
};

static void begin(struct four *t, const char *name)
{
	static const char *const names[LEFT] = {"Skejby", "Horsens", "Randers"};
	t->dir = stick(name);
	site_first(&t->at[VIBORG], "Viborg");
	t->anna = test_volunteer(t->at[VIBORG].s, "Anna", "Holm");
	t->bo = test_volunteer(t->at[VIBORG].s, "Bo", "Friis");
	for (int i = 0; i < LEFT; i++)
		site_join(&t->at[i], names[i], &t->at[VIBORG], RING_FULL);
}

static void write_first(struct four *t)
{
	meet_all(t->at, LEFT + 1, t->dir);
	site_picture(&t->at[VIBORG]);
	site_set(&t->at[VIBORG], t->anna, F_VOLUNTEER_PHONE, "11111111");
}

static void write_second(struct four *t)
{
	site_put_back(&t->at[VIBORG]);
	site_set(&t->at[VIBORG], t->bo, F_VOLUNTEER_PHONE, "22222222");
}

/* What Viborg has goes to one or two others by a stick of its own. */
static void bring(struct four *t, const char *by, int one, int other)
{
	meet(&t->at[VIBORG], by);
	meet(&t->at[one], by);
	if (other != NOBODY)
		meet(&t->at[other], by);
}

/* Both histories are with all who are left, once, and all is said and done. */
static void is_whole(struct four *t, const char *by, int people)
{
	ok(are_equal(&t->at[SKEJBY], &t->at[HORSENS]) && are_equal(&t->at[SKEJBY], &t->at[RANDERS]), "all who are left are equal");
	for (int i = 0; i < LEFT; i++) {
		is_str(shown(&t->at[i], TYPE_VOLUNTEER, t->anna, F_VOLUNTEER_PHONE), "11111111", "the first history is at %d", i);
		is_str(shown(&t->at[i], TYPE_VOLUNTEER, t->bo, F_VOLUNTEER_PHONE), "22222222", "the second is at %d", i);
		is_int((intmax_t)count_alive(&t->at[i], TYPE_VOLUNTEER), people, "nobody is there twice, nor back, at %d", i);
		is_int((intmax_t)count_open(&t->at[i]), 0, "nobody disagrees at %d", i);
		struct sync_result r = meet(&t->at[i], by);
		is_int((intmax_t)r.ntrouble, 0, "and nothing waits at %d", i);
	}
}

/* ---- the stories ------------------------------------------------------------------------------------------------ */

/* The site that wrote two histories is removed before it can say which of them it gives up. Two who have taken the
 * first meet the second without each other, so both issue the first again: the same records. */
static void test_fork_of_removed(void)
{
	struct four t;
	const char *second = stick("its-2"), *none = stick("apart-1"), *other = stick("apart-2");
	begin(&t, "rest");
	write_first(&t);
	test_volunteer(t.at[VIBORG].s, "Carl", "Dam");
	bring(&t, stick("its-1"), SKEJBY, HORSENS);
	write_second(&t);
	test_volunteer(t.at[VIBORG].s, "Dora", "Lund");
	bring(&t, second, RANDERS, NOBODY);
	remove_from_ring(&t.at[SKEJBY], "Viborg");
	meet(&t.at[SKEJBY], t.dir);
	meet(&t.at[HORSENS], t.dir);
	copy_tree(second, none);
	copy_tree(second, other);
	struct sync_result r = meet(&t.at[SKEJBY], none);
	is_int((intmax_t)r.settled, 2, "who has the one history of a removed site and meets the other issues its own again");
	r = meet(&t.at[HORSENS], other);
	is_int((intmax_t)r.settled, 2, "so does another one, without knowing");
	meet_all(t.at, LEFT, t.dir);
	meet_all(t.at, LEFT, t.dir);
	is_whole(&t, t.dir, 4);
	sites_end(t.at, LEFT + 1);
}

/* It gave up the second itself, which one had written on and given up with it; the others hadn't heard of it when they removed the site.
 * What came instead counts, since somebody had taken it, and so does that it came instead. */
static void test_given_up_by_removed(void)
{
	struct four t;
	const char *first = stick("said-1"), *second = stick("said-2"), *again = stick("said-3"), *last = stick("said-4");
	begin(&t, "said");
	write_first(&t);
	bring(&t, first, SKEJBY, HORSENS);
	write_second(&t);
	bring(&t, second, RANDERS, NOBODY);
	site_set(&t.at[RANDERS], t.bo, F_VOLUNTEER_CITY, "Skive");
	meet(&t.at[RANDERS], second);
	struct sync_result r = meet(&t.at[VIBORG], first);
	is_int((intmax_t)r.transplanted, 1, "the second history is given up");
	bring(&t, again, RANDERS, NOBODY);
	remove_from_ring(&t.at[SKEJBY], "Viborg");
	meet_all(t.at, LEFT, last);
	for (int i = 0; i < LEFT; i++)
		is_str(shown(&t.at[i], TYPE_VOLUNTEER, t.bo, F_VOLUNTEER_CITY), "Skive", "what was written on it is at %d", i);
	is_whole(&t, last, 2);
	sites_end(t.at, LEFT + 1);
}

/* Two have taken the first history, and kept the second, which they couldn't take. The stick is gone when one of them
 * removes the site: so the file that they kept is all there is of it. */
static void test_other_history_kept(void)
{
	struct four t;
	const char *second = stick("kept-2"), *last = stick("kept-3");
	begin(&t, "kept");
	write_first(&t);
	bring(&t, stick("kept-1"), SKEJBY, HORSENS);
	write_second(&t);
	meet(&t.at[VIBORG], second);
	for (int i = SKEJBY; i <= HORSENS; i++) {
		struct sync_result r = meet(&t.at[i], second);
		is_int((intmax_t)troubles(&r, SYNC_FORKED), 1, "the second history waits at %d", i);
	}
	remove_from_ring(&t.at[SKEJBY], "Viborg");
	meet_all(t.at, LEFT, last);
	is_whole(&t, last, 2);
	sites_end(t.at, LEFT + 1);
}

/* Horsens takes what there is with a state of the whole: nobody's changes are in files any more. */
static void take_with_state(struct four *t, const char *what)
{
	site_fill(&t->at[SKEJBY]);
	meet(&t->at[SKEJBY], t->dir);
	meet(&t->at[RANDERS], t->dir);
	each_file(t->dir, ".seg", drop_file);
	struct sync_result r = meet(&t->at[HORSENS], t->dir);
	ok(r.from_snapshot, "%s", what);
}

/* Who has more of the history that was given up than the one who gave it up had, and can't take it out, for a state
 * went over it: the rest is issued again, and the store begins anew without. */
static void test_beyond_under_floor(void)
{
	struct four t;
	const char *second = stick("floor-3"), *last = stick("floor-4");
	begin(&t, "floor");
	struct id unit = test_unit(t.at[VIBORG].s, "Akut"), role = test_role(t.at[VIBORG].s, "Vagt");
	struct id shift = test_shift(t.at[VIBORG].s, unit, role, 29377980, 29378460, 2);
	write_first(&t);
	struct id carl = test_volunteer(t.at[VIBORG].s, "Carl", "Dam");
	struct id place = test_assign(t.at[VIBORG].s, shift, carl, ASSIGNMENT_ACCEPTED);
	bring(&t, stick("floor-1"), SKEJBY, HORSENS);
	take_with_state(&t, "a state goes over what one site has of a history");
	site_set(&t.at[VIBORG], t.anna, F_VOLUNTEER_CITY, "Skive");
	site_set(&t.at[VIBORG], carl, F_VOLUNTEER_CITY, "Randers");
	test_set(t.at[VIBORG].s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_NOTE, value_text("nøgle"));
	bring(&t, stick("floor-2"), HORSENS, NOBODY);
	is_str(shown(&t.at[HORSENS], TYPE_VOLUNTEER, t.anna, F_VOLUNTEER_CITY), "Skive", "that one has the rest of it, too");
	site_set(&t.at[HORSENS], t.anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	write_second(&t);
	bring(&t, second, RANDERS, NOBODY);
	remove_from_ring(&t.at[SKEJBY], "Viborg");
	struct sync_result r = meet(&t.at[SKEJBY], second);
	is_int((intmax_t)r.settled, 3, "another gives up as much of it as it has");
	meet(&t.at[SKEJBY], last);
	r = meet(&t.at[HORSENS], last);
	is_int((intmax_t)r.settled, 3, "who has the rest issues that again");
	meet_all(t.at, LEFT, last);
	r = meet(&t.at[HORSENS], last);
	is_int((intmax_t)r.ntrouble, 0, "and needn't make a new store");
	meet_all(t.at, LEFT, last);
	for (int i = 0; i < LEFT; i++) {
		is_str(shown(&t.at[i], TYPE_VOLUNTEER, t.anna, F_VOLUNTEER_CITY), "Skive", "the rest is at %d", i);
		is_str(shown(&t.at[i], TYPE_VOLUNTEER, t.anna, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "what was written on top is at %d", i);
	}
	is_int((intmax_t)count_with(&t.at[SKEJBY], TYPE_VOLUNTEER, F_VOLUNTEER_CITY, value_text("Randers")), 1,
		"the rest of what was written of one who came with it is his");
	is_int((intmax_t)count_with(&t.at[SKEJBY], TYPE_ASSIGNMENT, F_ASSIGNMENT_NOTE, value_text("nøgle")), 1, "and of his place");
	is_whole(&t, last, 43);
	sites_end(t.at, LEFT + 1);
}

/* Who has that history within a state, and more of it on top, has begun from what was given up: though its newest change of it wasn't. It
 * begins anew, and the rest waits for who can tell what it goes on from. */
static void test_beyond_over_state(void)
{
	struct four t;
	const char *rest = stick("over-2"), *second = stick("over-3"), *last = stick("over-4");
	begin(&t, "over");
	write_first(&t);
	struct id carl = test_volunteer(t.at[VIBORG].s, "Carl", "Dam");
	bring(&t, stick("over-1"), SKEJBY, RANDERS);
	take_with_state(&t, "one site has a history with a state");
	site_set(&t.at[VIBORG], carl, F_VOLUNTEER_CITY, "Skive");
	bring(&t, rest, RANDERS, HORSENS);
	is_str(shown(&t.at[HORSENS], TYPE_VOLUNTEER, carl, F_VOLUNTEER_CITY), "Skive", "and more of it on top");
	site_set(&t.at[HORSENS], t.anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	write_second(&t);
	meet(&t.at[VIBORG], second);
	remove_from_ring(&t.at[SKEJBY], "Viborg");
	struct sync_result r = meet(&t.at[SKEJBY], second);
	is_int((intmax_t)r.settled, 2, "another gives up as much of it as it has");
	meet_all(t.at, RANDERS, last);
	meet_all(t.at, RANDERS, last);
	ok(are_equal(&t.at[SKEJBY], &t.at[HORSENS]), "both are equal");
	is_int((intmax_t)count_alive(&t.at[HORSENS], TYPE_VOLUNTEER), 43, "and nobody is there twice");
	meet_all(t.at, LEFT, last);
	meet_all(t.at, LEFT, last);
	for (int i = 0; i < LEFT; i++) {
		is_int((intmax_t)count_with(&t.at[i], TYPE_VOLUNTEER, F_VOLUNTEER_CITY, value_text("Skive")), 1,
			"the rest is at %d when who has all of it comes", i);
		is_str(shown(&t.at[i], TYPE_VOLUNTEER, t.anna, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "what was written on top is at %d", i);
	}
	is_whole(&t, last, 43);
	sites_end(t.at, LEFT + 1);
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
	struct four t;
	const char *last = stick("erased-3");
	struct id who[2];
	begin(&t, "erased");
	for (int i = 0; i < 2; i++)
		who[i] = test_volunteer(t.at[VIBORG].s, "Dora", "Lund");
	write_first(&t);
	site_set(&t.at[VIBORG], who[0], F_VOLUNTEER_CITY, "Viborg");
	bring(&t, stick("erased-1"), SKEJBY, NOBODY);
	write_second(&t);
	site_set(&t.at[VIBORG], who[1], F_VOLUNTEER_CITY, "Viborg");
	bring(&t, stick("erased-2"), RANDERS, NOBODY);
	remove_from_ring(&t.at[SKEJBY], "Viborg");
	erase_one(&t.at[SKEJBY], who[0]);
	erase_one(&t.at[RANDERS], who[1]);
	meet(&t.at[RANDERS], last);
	struct sync_result r = meet(&t.at[SKEJBY], last);
	is_int((intmax_t)r.settled, 2, "one history is issued again though a state went over it");
	ok(troubles(&r, SYNC_FORKED) == 1 && strcmp(r.trouble[0].site, "Viborg") == 0, "whose histories they are is told");
	meet_all(t.at, LEFT, last);
	meet_all(t.at, LEFT, last);
	is_whole(&t, last, 2);
	sites_end(t.at, LEFT + 1);
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
	sites_end(at, 3);
}

int main(void)
{
	/* no witness beside the stores: only meetings tell */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	test_fork_of_removed();
	test_given_up_by_removed();
	test_other_history_kept();
	test_beyond_under_floor();
	test_beyond_over_state();
	test_under_erasures();
	test_state_of_removed();
	return done_testing();
}
