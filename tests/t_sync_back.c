/* tests/t_sync_back.c - stores that were put back, in real folders: of what they forgot a part may be left
 * somewhere. */
#include "tests/synctest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/folder_priv.h"

/* Of what it forgot a store finds only a later part. It can't take that, but what it writes now must not go by the same
 * numbers. */
static char forgotten[32];

static void drop_forgotten(const char *path)
{
	if (strstr(path, forgotten))
		drop_file(path);
}

static uint64_t newest_number(struct site *site)
{
	struct arena *a = arena_new();
	struct vector have;
	struct view *v;
	struct err e;
	must(view_begin(site->s, &v, &e), &e, "view");
	must(exchange_vector(v, a, &have, &e), &e, "vector");
	view_end(v);
	uint64_t no = vector_number(&have, store_incarnation(site->s));
	arena_free(a);
	return no;
}

static void name_newest(struct site *site, char out[32])
{
	snprintf(out, 32, "-%012llu-", (unsigned long long)newest_number(site));
}

/* writes: before it meets what is left there, so that the two can't be told from each other any more. */
static void test_forgotten_in_part(const char *name, bool writes)
{
	struct site at[2];
	const char *dir = stick(name);
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_picture(&at[0]);
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], dir);
	name_newest(&at[0], forgotten);
	site_set(&at[0], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[0], dir);
	each_file(dir, ".seg", drop_forgotten);
	site_put_back(&at[0]);
	if (writes) {
		site_set(&at[0], anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 4");
		site_set(&at[0], anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	}
	struct sync_result r = meet(&at[0], dir);
	ok(r.minted && troubles(&r, SYNC_EARLY) == 1, "%s: a later part of what was forgotten tells that there was more", name);
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "22222222");
	site_set(&at[0], anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	meet_all(at, 2, dir);
	r = meet(&at[1], dir);
	ok(are_equal(&at[0], &at[1]), "%s: both are equal", name);
	is_int((intmax_t)troubles(&r, SYNC_FORKED), 0, "%s: and nobody waits for one of two histories to be given up", name);
	sites_end(at, 2);
}

/* A site is put back to before it joined, and joins again: with another key, and both are in the ring. `again`: who lets it in then; the
 * member that the founder let in is the senior one. taken: by others, either history by one, before it sees that there are two. */
static void test_joined_twice(const char *name, int again, bool taken)
{
	struct site at[3], *then = &at[1 - again], *now = &at[again];
	char other[32];
	snprintf(other, sizeof other, "%s-1", name);
	const char *dir = stick(name), *first = stick(other);
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_alone(&at[2], "Horsens");
	struct id anna = test_volunteer(at[2].s, "Anna", "Holm");
	site_picture(&at[2]);
	site_let_in(&at[2], then, RING_FULL);
	site_set(&at[2], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[2], first);
	site_put_back(&at[2]);
	site_let_in(&at[2], now, RING_FULL);
	site_set(&at[2], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[2], dir);
	meet(then, first);
	if (taken)
		meet(now, dir);
	meet_all(at, 3, first);
	meet_all(at, 3, dir);
	meet_all(at, 3, first);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "%s: all are equal after one has joined twice", name);
	for (int i = 0; i < 3; i++) {
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "%s: %d has what it wrote first", name, i);
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Viborg", "%s: and what it wrote then", name);
		struct sync_result r = meet(&at[i], first);
		is_int((intmax_t)r.ntrouble, 0, "%s: and finds nothing damaged", name);
	}
	sites_end(at, 3);
}

/* Put back twice, so that it is three members: what two of them wrote others have taken, and it is neither now. */
static void test_joined_thrice(void)
{
	static const char *const phone[] = {"11111111", "22222222", "33333333"};
	struct site at[4];
	const char *sticks[] = {stick("thrice-1"), stick("thrice-2"), stick("thrice-3")};
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Randers", &at[0], RING_FULL);
	meet_all(at, 3, sticks[0]);
	meet_all(at, 3, sticks[1]);
	site_alone(&at[3], "Horsens");
	struct id anna = test_volunteer(at[3].s, "Anna", "Holm");
	site_picture(&at[3]);
	for (int i = 0; i < 3; i++) {
		if (i > 0)
			site_put_back(&at[3]);
		site_let_in(&at[3], &at[i], RING_FULL);
		site_set(&at[3], anna, F_VOLUNTEER_PHONE, phone[i]);
		meet(&at[3], sticks[i]);
		meet(&at[i], sticks[i]);
	}
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < 3; i++)
			meet_all(at, 4, sticks[i]);
	for (int i = 0; i < 3; i++)
		ok(are_equal(&at[i], &at[3]), "%d is equal after one has joined thrice", i);
	for (int i = 0; i < 4; i++) {
		struct sync_result r = meet(&at[i], sticks[2]);
		is_int((intmax_t)r.ntrouble, 0, "and nothing is left to be told at %d", i);
		is_int((intmax_t)count_open(&at[i]), 1, "and what it wrote each time stands side by side");
	}
	sites_end(at, 4);
}

static void remove_member(struct site *by, const char *name)
{
	struct ring *r;
	struct err e;
	must(ring_load(by->s, &r, &e), &e, "ring");
	must(ring_remove(by->s, r, name, &e), &e, "remove");
	ring_free(r);
}

/* The same, but both who let it in are out, so that it is, too; of what it wrote first somebody had taken more by then. */
static void test_joined_twice_and_out(void)
{
	enum { FOUNDER, REMOVER, TAKER, OTHER, TWICE, ALL };
	static const char *const names[ALL] = {"Viborg", "Skejby", "Randers", "Silkeborg", "Horsens"};
	struct site at[ALL];
	const char *dir = stick("out"), *one = stick("out-1"), *last = stick("out-2");
	site_first(&at[FOUNDER], names[FOUNDER]);
	for (int i = REMOVER; i <= OTHER; i++)
		site_join(&at[i], names[i], &at[FOUNDER], RING_FULL);
	meet_all(at, TWICE, dir);
	site_alone(&at[TWICE], names[TWICE]);
	struct id anna = test_volunteer(at[TWICE].s, "Anna", "Holm");
	site_picture(&at[TWICE]);
	site_let_in(&at[TWICE], &at[OTHER], RING_FULL);
	site_set(&at[TWICE], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[TWICE], one);
	meet(&at[TAKER], one);
	remove_member(&at[REMOVER], names[FOUNDER]);
	remove_member(&at[REMOVER], names[OTHER]);
	site_put_back(&at[TWICE]);
	site_let_in(&at[TWICE], &at[FOUNDER], RING_FULL);
	meet(&at[TWICE], last);
	meet_all(at + REMOVER, 2, last);
	ok(are_equal(&at[REMOVER], &at[TAKER]), "what somebody has of one who joined twice and is out the others take");
	is_str(shown(&at[REMOVER], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "though it is signed with the other key");
	sites_end(at, ALL);
}

/* It was let in by one who was out, and others know by which name it wrote then; then by one who is in, when it goes by another. */
static void test_let_in_again(void)
{
	struct site at[3];
	struct err e;
	const char *dir = stick("let in"), *one = stick("let in-1"), *last = stick("let in-2");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_alone(&at[2], "Horsens");
	struct id anna = test_volunteer(at[2].s, "Anna", "Holm");
	site_picture(&at[2]);
	remove_member(&at[1], "Viborg");
	site_let_in(&at[2], &at[0], RING_FULL);
	site_set(&at[2], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[2], one);
	struct sync_result r = meet(&at[1], one);
	is_int((intmax_t)r.taken.groups, 0, "of one who was let in by who is out nothing is taken");
	site_put_back(&at[2]);
	must(exchange_mint(at[2].s, &e), &e, "mint");
	site_let_in(&at[2], &at[1], RING_FULL);
	meet_all(at + 1, 2, last);
	ok(are_equal(&at[1], &at[2]), "when it is let in again what it had before that is");
	is_int((intmax_t)count_alive(&at[1], TYPE_VOLUNTEER), 1, "under the name of then, too");
	sites_end(at, 3);
}

/* While it is out it writes under one name after the other, each with all before it in sight; and then what it wrote last as a member is
 * issued again under one more, so that only what comes after that has seen them. */
static void test_names_while_out(void)
{
	enum { NAMES = 5 };
	struct site at[2];
	struct err e;
	const char *dir = stick("names"), *last = stick("names-1");
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	const uint64_t member = store_incarnation(at[1].s);
	site_set(&at[1], anna, F_VOLUNTEER_CITY, "Viborg");
	meet_all(at, 2, dir);
	const uint64_t sent = newest_number(&at[1]);
	site_set(&at[1], anna, F_VOLUNTEER_PHONE, "11111111");
	remove_member(&at[0], "Skejby");
	for (int i = 0; i < NAMES; i++) {
		must(exchange_mint(at[1].s, &e), &e, "mint");
		site_set(&at[1], anna, F_VOLUNTEER_ADDRESS, i % 2 ? "Heibergs Allé 4" : "Heibergs Allé 5");
	}
	must(exchange_transplant_line(at[1].s, member, store_site(at[1].s), sent, NULL, &e), &e, "transplant");
	site_set(&at[1], anna, F_VOLUNTEER_EMAIL, "anna@example.dk");
	site_let_in(&at[1], &at[0], RING_FULL);
	meet_all(at, 2, last);
	struct sync_result r = meet(&at[0], last);
	ok(are_equal(&at[0], &at[1]) && r.ntrouble == 0, "what was written under many names while out comes, and nothing waits");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_EMAIL), "anna@example.dk", "also what had seen all of them");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "and what was written last stands");
	sites_end(at, 2);
}

/* What it had written when its picture was taken stood in no file then; and what came after it does. */
static void test_unsent_before_forgotten(void)
{
	struct site at[2];
	const char *dir = stick("unsent"), *last = stick("unsent-1");
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	site_picture(&at[0]);
	name_newest(&at[0], forgotten);
	meet(&at[0], dir);
	site_set(&at[0], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[0], dir);
	each_file(dir, ".seg", drop_forgotten);
	site_put_back(&at[0]);
	struct sync_result r = meet(&at[0], dir);
	is_int((intmax_t)r.taken.groups, 1, "what was forgotten goes on from what is here");
	meet_all(at, 2, last);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "what hadn't been sent by then comes, too");
	is_str(shown(&at[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Viborg", "and what was forgotten");
	sites_end(at, 2);
}

/* Three that have met in that folder, and one volunteer; with more, a state of the whole is worth taking. */
static struct id begin_three(struct site at[3], const char *dir, bool more)
{
	site_first(&at[0], "Viborg");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	if (more)
		site_fill(&at[0]);
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	site_join(&at[2], "Horsens", &at[0], RING_FULL);
	meet_all(at, 3, dir);
	return anna;
}

/* All three of them, once they have met in that folder. */
static void end_alike(struct site at[3], const char *dir, const char *name)
{
	meet_all(at, 3, dir);
	for (int i = 0; i < 3; i++) {
		struct sync_result r = meet(&at[i], dir);
		ok(are_equal(&at[0], &at[i]) && r.ntrouble == 0, "%s: %s is as the first, and nothing waits", name, at[i].name);
	}
}

/* Of what it forgot it finds two histories: one whole, and the other in part, for the rest waits for what everybody thinks it has. That
 * comes with a state, which would go over the part; or later. */
static void test_two_forgotten(const char *name, bool state)
{
	struct site at[3];
	char path[4][32];
	for (int i = 0; i < 4; i++)
		snprintf(path[i], sizeof path[i], "%s-%d", name, i);
	const char *dir = stick(path[0]), *one = stick(path[1]), *two = stick(path[2]), *last = stick(path[3]);
	struct id anna = begin_three(at, dir, state);
	site_set(&at[2], anna, F_VOLUNTEER_PHONE, "11111111");
	site_picture(&at[2]);
	meet(&at[2], one);
	test_volunteer(at[2].s, "Bo", "Friis");
	site_set(&at[2], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[2], one);
	site_put_back(&at[2]);
	/* its file begins earlier than that of the other history, so that it comes first */
	test_volunteer(at[2].s, "Carl", "Lund");
	meet(&at[2], two);
	site_set(&at[1], anna, F_VOLUNTEER_EMAIL, "anna@example.dk");
	meet(&at[1], two);
	meet(&at[2], two);
	site_set(&at[2], anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 4");
	meet(&at[2], two);
	meet(&at[0], two);
	meet(&at[1], one);
	site_put_back(&at[2]);
	meet(&at[0], last);
	meet(&at[1], last);
	folder_name_inc(store_incarnation(at[1].s), forgotten);
	if (!state)
		each_file(last, ".seg", drop_forgotten);
	struct sync_result r = meet(&at[2], last);
	ok(r.minted && !r.from_snapshot, "%s: the rest of one of two histories waits", name);
	is_int((intmax_t)r.transplanted, 2, "%s: so the other one is issued again", name);
	r = meet(&at[2], last);
	ok(r.from_snapshot == state, "%s: and then a state may go over the line", name);
	end_alike(at, last, name);
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Viborg", "%s: what was written in one history is there", name);
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_ADDRESS), "Heibergs Allé 4", "%s: and in the other", name);
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), state ? 43 : 3, "%s: and whoever was added in either, once", name);
	sites_end(at, 3);
}

/* Put back to where it had nobody's changes but its own, so that it would begin from a state at once: that holds one of the two
 * histories that it forgot. */
static void test_new_and_forgotten(void)
{
	struct site at[3];
	const char *dir = stick("new"), *one = stick("new-1"), *two = stick("new-2"), *last = stick("new-3");
	site_first(&at[0], "Viborg");
	site_fill(&at[0]);
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	site_alone(&at[2], "Horsens");
	struct id anna = test_volunteer(at[2].s, "Anna", "Holm");
	site_let_in(&at[2], &at[0], RING_FULL);
	site_picture(&at[2]);
	/* the other history's file begins earlier, so that it comes first */
	meet(&at[2], one);
	site_set(&at[2], anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[2], one);
	meet(&at[0], dir);
	meet(&at[1], dir);
	meet(&at[1], one);
	site_put_back(&at[2]);
	site_set(&at[2], anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[0], two);
	meet(&at[2], two);
	meet(&at[0], two);
	site_put_back(&at[2]);
	meet(&at[0], last);
	meet(&at[1], last);
	struct sync_result r = meet(&at[2], last);
	ok(r.transplanted == 1 && !r.from_snapshot, "new: of two histories one is issued again before a state comes");
	r = meet(&at[2], last);
	ok(r.from_snapshot && r.ntrouble == 0, "new: then it does");
	end_alike(at, last, "new");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "new: what was written in one history is there");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY), "Viborg", "new: and in the other");
	sites_end(at, 3);
}

/* Put back twice, and what it had written first comes with a state, for what that rests on everybody thought it had: then another
 * site brings what it wrote between the two. */
static void test_forgotten_under_state(void)
{
	struct site at[3];
	const char *dir = stick("under"), *one = stick("under-1"), *last = stick("under-2");
	struct id anna = begin_three(at, dir, true);
	struct id dina = test_volunteer(at[2].s, "Dina", "Lund");
	site_picture(&at[2]);
	meet(&at[2], dir);
	site_set(&at[1], anna, F_VOLUNTEER_EMAIL, "anna@example.dk");
	meet(&at[1], dir);
	meet(&at[2], dir);
	site_set(&at[2], dina, F_VOLUNTEER_ADDRESS, "Heibergs Allé 4");
	test_volunteer(at[2].s, "Bo", "Friis");
	meet_all(at, 3, dir);
	site_put_back(&at[2]);
	test_volunteer(at[2].s, "Carl", "Lund");
	site_set(&at[2], dina, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[2], one);
	site_put_back(&at[2]);
	struct sync_result r = meet(&at[1], one);
	is_int((intmax_t)troubles(&r, SYNC_FORKED), 1, "under a state: one has two histories, and another site has the first");
	meet(&at[0], last);
	r = meet(&at[2], last);
	ok(r.from_snapshot && r.minted, "under a state: that one comes with a state, and nothing tells of the other");
	meet(&at[1], last);
	r = meet(&at[2], last);
	is_int((intmax_t)r.transplanted, 2, "under a state: as soon as that comes it is issued again");
	end_alike(at, last, "under a state");
	is_str(shown(&at[0], TYPE_VOLUNTEER, dina, F_VOLUNTEER_ADDRESS), "Heibergs Allé 4",
		"under a state: one history is there");
	is_str(shown(&at[0], TYPE_VOLUNTEER, dina, F_VOLUNTEER_CITY), "Viborg", "under a state: and the other");
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), 44, "under a state: and whoever was added in either, once");
	sites_end(at, 3);
}

/* Put back again and again: of one history it gives up the beginning, for it has found no more of it; and then it has forgotten that, too,
 * and takes that beginning with a state, and the rest on top. */
static void test_beyond_given_up(void)
{
	struct site at[3];
	const char *dir = stick("beyond"), *one = stick("beyond-1"), *two = stick("beyond-2"), *both = stick("beyond-3"),
		*part = stick("beyond-4"), *last = stick("beyond-5");
	struct id anna = begin_three(at, dir, true);
	site_picture(&at[2]);
	struct id dina = test_volunteer(at[2].s, "Dina", "Lund");
	meet(&at[2], one);
	copy_tree(one, part);
	meet(&at[1], one);
	site_fill(&at[1]);
	meet(&at[1], last);
	meet(&at[0], last);
	site_set(&at[2], dina, F_VOLUNTEER_CITY, "Skive");
	meet(&at[2], both);
	site_put_back(&at[2]);
	site_set(&at[2], anna, F_VOLUNTEER_PHONE, "22222222");
	meet(&at[2], two);
	site_put_back(&at[2]);
	meet(&at[2], part);
	struct sync_result r = meet(&at[2], two);
	is_int((intmax_t)r.transplanted, 1, "beyond: of two histories it gives up what it has found of one");
	site_put_back(&at[2]);
	each_file(last, ".seg", drop_file);
	r = meet(&at[2], last);
	ok(r.from_snapshot, "beyond: put back once more it takes that with a state");
	meet(&at[2], both);
	is_str(shown(&at[2], TYPE_VOLUNTEER, dina, F_VOLUNTEER_CITY), "Skive", "beyond: and the rest on top");
	meet(&at[0], two);
	meet(&at[1], two);
	r = meet(&at[2], two);
	is_int((intmax_t)r.transplanted, 1, "beyond: the rest is issued again, and nothing else");
	end_alike(at, two, "beyond");
	is_int((intmax_t)count_with(&at[0], TYPE_VOLUNTEER, F_VOLUNTEER_CITY, value_text("Skive")), 1, "beyond: so it is there");
	is_str(shown(&at[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "22222222", "beyond: one history is there");
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), 82, "beyond: and the other, once");
	sites_end(at, 3);
}

int main(void)
{
	/* no witness beside the stores: only meetings tell */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	test_forgotten_in_part("forgotten in part", false);
	test_forgotten_in_part("and written before", true);
	test_joined_twice("joined twice", 1, false);
	test_joined_twice("senior before", 1, true);
	test_joined_twice("senior after", 0, true);
	test_joined_thrice();
	test_joined_twice_and_out();
	test_let_in_again();
	test_names_while_out();
	test_unsent_before_forgotten();
	test_two_forgotten("the rest with a state", true);
	test_two_forgotten("the rest later", false);
	test_new_and_forgotten();
	test_forgotten_under_state();
	test_beyond_given_up();
	return done_testing();
}
