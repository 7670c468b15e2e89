/* tests/t_sync_forks.c - stores that were put back or copied: two histories under one name, in real folders. Nothing
 * that anybody wrote is lost, nothing comes twice, and all are equal in the end. */
#include "tests/synctest.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/doctor.h"

static void copy_as_known(const char *path)
{
	struct buf b = {0};
	char other[4096];
	if (os_read_file(path, 1 << 20, &b, NULL) == OK) {
		snprintf(other, sizeof other, "%.4000s (1).seg", path);
		test_write(other, b.p, b.n);
	}
	buf_free(&b);
}

/* Viborg, where Anna and Bo are volunteers, Skejby and perhaps Horsens; they have met. */
struct people { struct id anna, bo; };

static struct people begin(struct site *at, size_t n, const char *dir)
{
	static const char *const names[] = {"Viborg", "Skejby", "Horsens"};
	site_first(&at[0], names[0]);
	struct people who = {test_volunteer(at[0].s, "Anna", "Holm"), test_volunteer(at[0].s, "Bo", "Friis")};
	for (size_t i = 1; i < n; i++)
		site_join(&at[i], names[i], &at[0], RING_FULL);
	meet_all(at, n, dir);
	return who;
}

/* What a site said long ago, under a name that makes it look new: nobody was put back, and what has gone stays away. */
static void test_old_copy(void)
{
	struct site at[2];
	size_t folded = 0;
	const char *dir = stick("old");
	site_first(&at[0], "Viborg");
	site_join(&at[1], "Skejby", &at[0], RING_FULL);
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm");
	meet(&at[0], dir);
	each_file(dir, ".seg", copy_as_known);
	for (int i = 0; i < 60 && !folded; i++) {
		site_set(&at[0], anna, F_VOLUNTEER_PHONE, i % 2 ? "20838797" : "20838798");
		folded = meet(&at[0], dir).folded;
		meet(&at[1], dir);
	}
	ok(folded > 0, "in time, old files go");
	meet_all(at, 2, dir);
	struct sync_result r = meet(&at[0], dir);
	is_int((intmax_t)(r.files_written + r.folded), 0, "a copy of one brings none of them back at its author");
	r = meet(&at[1], dir);
	is_int((intmax_t)(r.files_written + r.folded + r.ntrouble), 0, "nor at the other");
	sites_end(at, 2);
}

static void test_put_back(void)
{
	struct site at[2];
	const char *dir = stick("back");
	struct people who = begin(at, 2, dir);
	store_close(at[0].s);
	copy_tree(test_path("Viborg"), test_path("copy"));
	site_reopen(&at[0], "Viborg");
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet_all(at, 2, dir);
	store_close(at[0].s);
	/* in the same folder, so that nothing tells of it but the stick */
	copy_tree(test_path("copy/db/data.mdb"), test_path("Viborg/db/data.mdb"));
	site_reopen(&at[0], "Viborg");
	site_set(&at[0], who.bo, F_VOLUNTEER_PHONE, "22222222");
	struct sync_result r = meet(&at[0], dir);
	ok(r.minted && r.transplanted == 1, "a store that was put back goes on under another name");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	is_str(shown(&at[0], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "what it had lost comes back");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_PHONE), "22222222", "what it wrote since isn't lost");
	sites_end(at, 2);
}

static void say(void *ctx, const char *sentence)
{
	(void)ctx;
	diag("%s", sentence);
}

static size_t findings(struct site *site)
{
	struct doctor_ctx d = {say, NULL, NULL};
	struct store_opts opts = {.clock = test_clock(&site->clock)};
	struct doctor_report report;
	struct err e;
	must(doctor_check(test_path(site->name), &opts, &d, &report, &e), &e, "doctor");
	return report.findings;
}

/* Put back to where it had written nothing yet under its name of now; what it wrote since is in a snapshot alone. */
static void test_put_back_unwritten(void)
{
	struct site at[2];
	struct err e;
	const char *dir = stick("unwritten");
	struct people who = begin(at, 2, dir);
	must(exchange_mint(at[1].s, &e), &e, "mint");
	meet(&at[1], dir);
	site_picture(&at[1]);
	site_fill(&at[1]);
	meet_all(at, 2, dir);
	site_put_back(&at[1]);
	each_file(dir, ".seg", drop_file);
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], dir);
	struct sync_result r = meet(&at[1], dir);
	ok(r.from_snapshot && r.minted, "a snapshot that knows more of us than we do: we go on under another name");
	site_set(&at[1], who.anna, F_VOLUNTEER_CITY, "Viborg");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	is_int((intmax_t)count_alive(&at[1], TYPE_VOLUNTEER), 42, "and nothing is lost");
	store_close(at[1].s);
	is_int((intmax_t)findings(&at[1]), 0, "nor does the doctor find anything");
	site_reopen(&at[1], "Skejby");
	sites_end(at, 2);
}

/* Put back to where it had written what it hadn't heard that anybody has; that, and what it wrote since, is in a
 * snapshot alone. */
static void test_put_back_unheard(void)
{
	struct site at[2];
	const char *dir = stick("unheard");
	struct people who = begin(at, 2, dir);
	site_set(&at[1], who.anna, F_VOLUNTEER_PHONE, "11111111");
	site_picture(&at[1]);
	site_fill(&at[1]);
	meet_all(at, 2, dir);
	site_put_back(&at[1]);
	each_file(dir, ".seg", drop_file);
	site_set(&at[0], who.anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[0], dir);
	struct sync_result r = meet(&at[1], dir);
	ok(r.from_snapshot && r.minted, "a value that stands there as it was written here tells that it is our history");
	is_int((intmax_t)count_alive(&at[1], TYPE_VOLUNTEER), 42, "and what was forgotten is back");
	sites_end(at, 2);
}

/* What it wrote last before the picture was taken is written over, so that no value tells of it: the tags in a state
 * do, also in one by a site that has all of it with a state alone. It may have written on in between. */
static void test_tail(bool parts)
{
	struct site at[3];
	const char *dir = stick(parts ? "tail-2" : "tail-1"), *other = stick(parts ? "tail-4" : "tail-3");
	struct people who = begin(at, 2, dir);
	site_set(&at[1], who.anna, F_VOLUNTEER_PHONE, "11111111");
	site_picture(&at[1]);
	for (int i = 0; i < 60; i++) {
		site_set(&at[1], who.anna, F_VOLUNTEER_PHONE, i % 2 ? "22222222" : "33333333");
		meet(&at[1], dir);
	}
	meet_all(at, 2, dir);
	site_join(&at[2], "Horsens", &at[0], RING_FULL);
	meet(&at[0], dir);
	each_file(dir, ".seg", drop_file);
	struct sync_result r = meet(&at[2], dir);
	ok(r.from_snapshot, "a site begins from a state");
	site_put_back(&at[1]);
	if (parts)
		site_set(&at[1], who.anna, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[1], other);
	meet(&at[2], other);
	r = meet(&at[1], other);
	ok(r.from_snapshot && r.minted, "one that was put back finds its own history in the state of that site");
	is_int((intmax_t)r.transplanted, parts, "and where the two part");
	meet_all(at, 3, other);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all are equal");
	is_str(shown(&at[0], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "22222222", "what it had forgotten is there");
	is_str(shown(&at[0], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_CITY), parts ? "Viborg" : "", "and what it wrote since");
	is_int((intmax_t)count_alive(&at[2], TYPE_VOLUNTEER), 2, "nothing is there twice");
	sites_end(at, 3);
}

/* A state that it wrote holds what it gives up then: nobody is told to wait for that. */
static void test_state_given_up(void)
{
	struct site at[2];
	const char *dir = stick("unfit"), *other = stick("unfit-1");
	struct people who = begin(at, 2, other);
	site_picture(&at[0]);
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], other);
	meet(&at[1], other);
	site_put_back(&at[0]);
	site_fill(&at[0]);
	meet(&at[0], dir);
	struct sync_result r = meet(&at[1], dir);
	ok(troubles(&r, SYNC_FORKED) > 0, "of two histories one waits");
	r = meet(&at[0], dir);
	ok(r.transplanted > 0, "that is given up");
	r = meet(&at[1], dir);
	is_int((intmax_t)troubles(&r, SYNC_FORKED), 0, "and with it the state that holds it");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	sites_end(at, 2);
}

/* Of another site's two histories one is here and goes further, also by many files: as long as that site hasn't met, each meeting tells
 * that there is the other. */
static void test_told_again(int files)
{
	struct site at[3];
	char path[4][32];
	for (int i = 0; i < 4; i++)
		snprintf(path[i], sizeof path[i], "again-%d-%d", files, i);
	const char *dir = stick(path[0]), *one = stick(path[1]), *two = stick(path[2]), *last = stick(path[3]);
	struct people who = begin(at, 3, dir);
	site_picture(&at[2]);
	site_set(&at[2], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[2], one);
	meet(&at[1], one);
	site_put_back(&at[2]);
	for (int i = 0; i < files; i++) {
		site_set(&at[2], who.anna, F_VOLUNTEER_CITY, i % 2 ? "Viborg" : "Skive");
		meet(&at[2], two);
		meet(&at[0], two);
	}
	meet(&at[1], last);
	for (int i = 0; i < 3; i++) {
		struct sync_result r = meet(&at[0], last);
		is_int((intmax_t)troubles(&r, SYNC_FORKED), 1, "%d: that a site has two histories is told at meeting %d", files, i);
	}
	struct sync_result r = meet(&at[1], last);
	ok(troubles(&r, SYNC_FORKED) > 0, "%d: also where the other one is", files);
	meet_all(at, 3, last);
	for (int i = 0; i < 3; i++) {
		r = meet(&at[i], last);
		ok(r.ntrouble == 0 && are_equal(&at[0], &at[i]), "%d: until it has met itself", files);
	}
	sites_end(at, 3);
}

/* Three sites that are equal; the first one's store is closed, and a copy of it is kept. */
static struct people keep_three(struct site at[3], const char *dir)
{
	struct people who = begin(at, 3, dir);
	store_close(at[0].s);
	copy_tree(test_path("Viborg"), test_path("kept"));
	return who;
}

/* The store that was put back shows its other history to somebody before it meets its first one. */
static void test_fork(void)
{
	struct site at[3];
	const char *dir = stick("before"), *first = stick("first"), *second = stick("second"), *third = stick("third");
	struct people who = keep_three(at, dir);
	site_reopen(&at[0], "Viborg");
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], first);
	meet(&at[1], first);
	store_close(at[0].s);
	copy_tree(test_path("kept/db/data.mdb"), test_path("Viborg/db/data.mdb"));
	site_reopen(&at[0], "Viborg");
	site_set(&at[0], who.bo, F_VOLUNTEER_PHONE, "22222222");
	site_set(&at[0], who.bo, F_VOLUNTEER_CITY, "Viborg");
	meet(&at[0], second);
	meet(&at[2], second);
	is_str(shown(&at[2], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_PHONE), "22222222", "one site took the second history");
	site_set(&at[2], who.bo, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	meet(&at[1], third);
	struct sync_result r = meet(&at[2], third);
	ok(troubles(&r, SYNC_FORKED) > 0, "where the two histories meet, it is told");
	r = meet(&at[0], first);
	is_int((intmax_t)r.transplanted, 2, "the store finds its first history, and issues the second one again");
	meet_all(at, 3, third);
	meet_all(at, 3, third);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all three are equal");
	is_str(shown(&at[2], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "the first history is everywhere");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_CITY), "Viborg", "the second is too");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "and what was written on top of it");
	is_int((intmax_t)count_open(&at[1]), 0, "nobody disagrees");
	sites_end(at, 3);
}

/* As above, but the disk is put back once more: the store knows neither of its two histories when it meets them. */
static void test_fork_forgotten(void)
{
	struct site at[3];
	const char *dir = stick("forgot"), *first = stick("forgot-1"), *second = stick("forgot-2"), *third = stick("forgot-3");
	struct people who = keep_three(at, dir);
	for (int i = 0; i < 2; i++) {
		site_reopen(&at[0], "Viborg");
		site_set(&at[0], i ? who.bo : who.anna, F_VOLUNTEER_PHONE, i ? "22222222" : "11111111");
		meet(&at[0], i ? second : first);
		meet(&at[1 + i], i ? second : first);
		store_close(at[0].s);
		copy_tree(test_path("kept/db/data.mdb"), test_path("Viborg/db/data.mdb"));
	}
	site_reopen(&at[0], "Viborg");
	meet_all(at, 3, third);
	meet_all(at, 3, third);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "all are equal after a store forgot two histories");
	is_str(shown(&at[2], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "the first one is everywhere");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_PHONE), "22222222", "the second is too");
	sites_end(at, 3);
}

static void test_copied(void)
{
	struct site at[3] = {{0}};
	const char *dir = stick("twins"), *other = stick("twin's");
	site_first(&at[0], "Aarhus");
	struct id anna = test_volunteer(at[0].s, "Anna", "Holm"), bo = test_volunteer(at[0].s, "Bo", "Friis");
	site_join(&at[1], "Randers", &at[0], RING_FULL);
	meet_all(at, 2, dir);
	store_close(at[0].s);
	copy_tree(test_path("Aarhus"), test_path("Aarhus copy"));
	site_reopen(&at[0], "Aarhus");
	site_reopen(&at[2], "Aarhus copy");
	site_set(&at[0], anna, F_VOLUNTEER_PHONE, "11111111");
	site_set(&at[2], bo, F_VOLUNTEER_PHONE, "22222222");
	meet(&at[0], dir);
	meet(&at[2], other);
	meet(&at[1], other);
	meet_all(at, 3, dir);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "a store and its copy both go on, and all three are equal");
	for (int i = 0; i < 3; i++)
		is_str(shown(&at[i], TYPE_VOLUNTEER, anna, F_VOLUNTEER_PHONE), "11111111", "what the one wrote is at %d", i);
	for (int i = 0; i < 3; i++)
		is_str(shown(&at[i], TYPE_VOLUNTEER, bo, F_VOLUNTEER_PHONE), "22222222", "what the other wrote is at %d", i);
	sites_end(at, 3);
}

/* A file that holds both what stands and what was given up lies on a stick still. */
static void test_given_up_lies_there(void)
{
	struct site at[2];
	const char *dir = stick("lies"), *first = stick("lies-1"), *second = stick("lies-2");
	struct people who = begin(at, 2, dir);
	site_set(&at[0], who.anna, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	site_picture(&at[0]);
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], first);
	meet(&at[1], first);
	site_put_back(&at[0]);
	site_set(&at[0], who.bo, F_VOLUNTEER_PHONE, "22222222");
	meet(&at[0], second);
	struct sync_result r = meet(&at[0], first);
	is_int((intmax_t)r.transplanted, 1, "the second history is issued again");
	r = meet(&at[0], second);
	ok(!r.minted && r.transplanted == 0, "the file of it isn't taken for a history that isn't known yet");
	meet_all(at, 2, second);
	ok(are_equal(&at[0], &at[1]), "both are equal");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "with the first history");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_PHONE), "22222222", "and the second");
	sites_end(at, 2);
}

/* Of two histories that begin alike its author gives up one, in favour of a third, and hasn't heard of the other: which
 * stays, what they share included, until he has. */
static void test_shared_beginning(void)
{
	struct site at[3];
	const char *first = stick("shared-1"), *second = stick("shared-2"), *last = stick("shared-3");
	struct people who = keep_three(at, stick("shared"));
	site_reopen(&at[0], "Viborg");
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], first);
	store_close(at[0].s);
	copy_tree(test_path("kept/db/data.mdb"), test_path("Viborg/db/data.mdb"));
	site_reopen(&at[0], "Viborg");
	site_set(&at[0], who.bo, F_VOLUNTEER_PHONE, "22222222");
	site_picture(&at[0]);
	site_set(&at[0], who.bo, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	meet(&at[0], second);
	meet(&at[2], second);
	site_put_back(&at[0]);
	site_set(&at[0], who.bo, F_VOLUNTEER_CITY, "Viborg");
	struct sync_result r = meet(&at[0], first);
	is_int((intmax_t)r.transplanted, 2, "of the histories that it knows a store gives up one");
	meet(&at[2], first);
	is_str(shown(&at[2], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "what begins like it stays where it was taken");
	meet_all(at, 3, last);
	meet_all(at, 3, last);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "in the end all three are equal");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "with the first history");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_PHONE), "22222222", "what the other two share");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "the second");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_CITY), "Viborg", "and the third");
	r = meet(&at[1], last);
	is_int((intmax_t)(r.taken.groups + r.ntrouble), 0, "and nothing goes and comes again at each meeting");
	sites_end(at, 3);
}

/* It left a name that it hadn't told of yet, and had written with. */
static void test_name_left(void)
{
	struct site at[2];
	struct err e;
	const char *dir = stick("left");
	struct people who = begin(at, 2, dir);
	must(exchange_mint(at[0].s, &e), &e, "mint");
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	must(exchange_mint(at[0].s, &e), &e, "mint");
	site_set(&at[0], who.bo, F_VOLUNTEER_PHONE, "22222222");
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal though a name was left that nobody had heard of");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "what was written with it is sent");
	sites_end(at, 2);
}

/* What others know of ours is there as a state of the whole, and as a file beyond a gap: neither tells where the two
 * part. */
static void test_fork_in_a_gap(void)
{
	struct site at[2];
	const char *dir = stick("gap");
	struct people who = begin(at, 2, dir);
	site_picture(&at[1]);
	site_fill(&at[1]);
	meet_all(at, 2, dir);
	each_file(dir, ".seg", drop_file);
	site_set(&at[1], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[1], dir);
	meet(&at[0], dir);
	site_put_back(&at[1]);
	site_set(&at[1], who.anna, F_VOLUNTEER_CITY, "Viborg");
	meet_all(at, 2, dir);
	meet_all(at, 2, dir);
	ok(are_equal(&at[0], &at[1]), "both are equal though a state covered where two histories part");
	is_str(shown(&at[0], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_CITY), "Viborg", "what was written since isn't lost");
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "nor what was before");
	is_int((intmax_t)count_alive(&at[0], TYPE_VOLUNTEER), 42, "and nobody is there twice");
	sites_end(at, 2);
}

/* Put back to the midst of its second history, whose rest lies beside the first one: what isn't issued again must not
 * stand beside what is. */
static void test_second_goes_on(const char *name, bool noticed)
{
	struct site at[3];
	struct err e;
	const char *dir = stick(name), *none = stick(noticed ? "none-1" : "none-0"), *first = stick(noticed ? "first-1" : "first-0"),
		   *second = stick(noticed ? "second-1" : "second-0");
	struct people who = begin(at, 3, dir);
	site_set(&at[0], who.bo, F_VOLUNTEER_CITY, "Viborg");
	site_picture(&at[0]);
	meet(&at[0], none);      /* so that a file of the second history begins before the first one parts from it */
	site_set(&at[0], who.anna, F_VOLUNTEER_PHONE, "11111111");
	meet(&at[0], first);
	site_put_back(&at[0]);
	site_set(&at[0], who.bo, F_VOLUNTEER_PHONE, "22222222");
	site_picture(&at[0]);
	site_set(&at[0], who.bo, F_VOLUNTEER_ADDRESS, "Heibergs Allé 5");
	meet(&at[0], second);
	site_put_back(&at[0]);
	if (noticed)
		must(exchange_mint(at[0].s, &e), &e, "mint");
	copy_tree(second, first);
	meet(&at[0], first);
	site_set(&at[0], who.bo, F_VOLUNTEER_CITY, "Skive");
	meet_all(at, 3, first);
	meet_all(at, 3, first);
	ok(are_equal(&at[0], &at[1]) && are_equal(&at[0], &at[2]), "%s: all are equal", name);
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.anna, F_VOLUNTEER_PHONE), "11111111", "%s: the first history is there", name);
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_PHONE), "22222222", "%s: the second is too", name);
	is_str(shown(&at[1], TYPE_VOLUNTEER, who.bo, F_VOLUNTEER_ADDRESS), "Heibergs Allé 5", "%s: and its rest", name);
	struct sync_result r = meet(&at[0], first);
	is_int((intmax_t)r.ntrouble, 0, "%s: and nothing waits", name);
	sites_end(at, 3);
}

int main(void)
{
	/* no witness beside the stores: only meetings tell */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	test_old_copy();
	test_put_back();
	test_state_given_up();
	test_told_again(1);
	test_told_again(2);
	test_told_again(20);
	test_put_back_unwritten();
	test_put_back_unheard();
	test_tail(false);
	test_tail(true);
	test_fork();
	test_fork_forgotten();
	test_copied();
	test_given_up_lies_there();
	test_shared_beginning();
	test_name_left();
	test_fork_in_a_gap();
	test_second_goes_on("put back unnoticed", false);
	test_second_goes_on("put back and noticed", true);
	return done_testing();
}
