/* tests/t_identity.c - a store that was put back or copied doesn't write under numbers that are another's, and one
 * that was only moved does. */
#include "store/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/doctor.h"
#include "tests/storetest.h"

static struct test_clock clk;

static void run(const char *command, const char *from, const char *to)
{
	char line[9000];
	snprintf(line, sizeof line, "%s '%s' '%s'", command, test_path(from), to ? test_path(to) : "");
	if (system(line) != 0)
		must(ERR_IO, NULL, command);
}

static void copy(const char *from, const char *to)
{
	run("cp -a", from, to);
}

static void replace(const char *from, const char *to)
{
	char line[9000];
	snprintf(line, sizeof line, "rm -rf '%s'", test_path(to));
	if (system(line) != 0)
		must(ERR_IO, NULL, "rm");
	run("cp -a", from, to);
}

/* Opened, asked and closed. */
static enum identity ask(const char *name, uint64_t *inc)
{
	struct store *s = test_open(name, &clk);
	enum identity found = exchange_identity(s);
	if (inc)
		*inc = store_incarnation(s);
	store_close(s);
	return found;
}

static void add(const char *name, const char *unit)
{
	struct store *s = test_open(name, &clk);
	test_unit(s, unit);
	store_close(s);
}

static bool is_whole(const char *name)
{
	struct store_opts opts = { .clock = test_clock(&clk) };
	struct doctor_report r;
	struct err e;
	return doctor_check(test_path(name), &opts, &(struct doctor_ctx){ 0 }, &r, &e) == OK && r.findings == 0;
}

static void make(const char *name)
{
	store_close(test_store(name, &clk));
}

static void state_home(const char *name)
{
	setenv("XDG_STATE_HOME", test_path(name), 1);
}

static void test_same(void)
{
	uint64_t first, later;
	make("same");
	is_int(ask("same", &first), IDENTITY_SAME, "a fresh store is itself");
	add("same", "Forhal");
	is_int(ask("same", &later), IDENTITY_SAME, "and stays it");
	ok(first == later, "under one incarnation");
	run("mv", "same", "moved");
	is_int(ask("moved", &later), IDENTITY_SAME, "a folder that is moved is the same store");
	run("mv", "moved", "again");
	is_int(ask("again", &later), IDENTITY_SAME, "however often");
	ok(first == later, "under the same incarnation");
	struct store *s = test_open("again", &clk);
	uint64_t version = store_version(s);
	test_unit(s, "Kapel");
	is_int((intmax_t)(store_version(s) - version), 1, "a change is one commit");
	store_close(s);
}

static void test_copied(void)
{
	uint64_t mine, copied, now;
	setenv("SAMVAGT_TEST_MACHINE", "this", 1);        /* not every one has a name */
	make("mine");
	add("mine", "Forhal");
	is_int(ask("mine", &mine), IDENTITY_SAME, "the one that is copied");
	copy("mine", "copy");
	is_int(ask("copy", &copied), IDENTITY_COPIED, "the copy is found out");
	ok(copied != mine, "and goes on under an incarnation of its own");
	is_int(ask("copy", &now), IDENTITY_SAME, "once");
	ok(copied == now, "which it keeps");
	is_int(ask("mine", &now), IDENTITY_SAME, "the original never notices");
	ok(mine == now, "and keeps its own");
	setenv("SAMVAGT_TEST_MACHINE", "another", 1);
	is_int(ask("mine", &now), IDENTITY_COPIED, "on another machine a store is a copy");
	ok(mine != now, "with numbers of its own");
	unsetenv("SAMVAGT_TEST_MACHINE");
	ok(is_whole("mine") && is_whole("copy"), "both are whole");
}

static void test_after_minting(void)
{
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct view *v;
	struct peer *peer;
	size_t n;
	make("minted");
	struct store *s = test_open("minted", &clk);
	uint64_t before = store_incarnation(s), inc, counter;
	struct id old = test_unit(s, "Forhal");
	is_int(exchange_mint(s, &e), OK, "a store can be told to go on afresh");
	struct id fresh = test_unit(s, "Kapel");
	ok(id_made(fresh, &inc, &counter) && inc == store_incarnation(s) && inc != before && counter == 1,
		"then its ids begin again");
	must(view_begin(s, &v, &e), &e, "view");
	struct dot head = log_head(v);
	ok(head.inc == inc && head.no == 1, "and its numbers");
	must(exchange_peers(v, a, &peer, &n, &e), &e, "peers");
	is_int((intmax_t)n, 2, "two incarnations have written here");
	const struct peer *own = &peer[peer[0].inc != inc];
	ok(n == 2 && own->inc == inc && vector_number(&own->context, before) == 2, "and the second had seen all of the first");
	view_end(v);
	test_set(s, TYPE_UNIT, old, F_UNIT_NAME, value_text("Forhallen"));
	store_close(s);
	s = test_open("minted", &clk);
	ok(id_made(test_unit(s, "Have"), &inc, &counter) && counter == 2, "which goes on when it is opened again");
	store_close(s);
	ok(is_whole("minted"), "it is whole");
	arena_free(a);
}

static void test_put_back(void)
{
	uint64_t before, after;
	make("back");
	add("back", "Forhal");
	copy("back", "older");
	add("back", "Kapel");
	is_int(ask("back", &before), IDENTITY_SAME, "a store goes on");
	replace("older", "back");
	is_int(ask("back", &after), IDENTITY_PUT_BACK, "an older copy in its place is found out");
	ok(before != after, "and goes on under an incarnation of its own");
	is_int(ask("back", &before), IDENTITY_SAME, "once");
	ok(is_whole("back"), "it is whole");
}

/* Two lines of one length: only what they are made of tells them apart. */
static void test_other_line(void)
{
	make("line");
	add("line", "Forhal");
	copy("line", "other");
	add("line", "Kapel");
	replace("other", "line");
	state_home("elsewhere");
	add("line", "Have");
	state_home("state");
	is_int(ask("line", NULL), IDENTITY_PUT_BACK, "another line of the same length is found out");
	copy("other", "third");
	replace("other", "line");
	state_home("elsewhere2");
	add("line", "Have");
	add("line", "Kiosk");
	state_home("state");
	is_int(ask("line", NULL), IDENTITY_PUT_BACK, "or of a greater one");
}

static const char *witness(void)
{
	struct arena *a = arena_new();
	const char *path = "";
	char **names;
	size_t n;
	if (os_list_dir(a, os_state_home(a), &names, &n, NULL) == OK && n == 1)
		path = test_path(os_path_join(a, "lone/samvagt", names[0]));
	arena_free(a);
	return path;
}

static void test_witness(void)
{
	struct err e = { 0 };
	struct store_opts opts = { .clock = test_clock(&clk), .readonly = true };
	struct store *s;
	state_home("elsewhere3");
	make("watched");
	state_home("lone");
	must(store_open(test_path("watched"), &opts, &s, &e), &e, "open");
	store_close(s);
	ok(!os_exists(test_path("lone/samvagt")), "who only reads leaves no witness");
	add("watched", "Forhal");
	char path[4200];
	snprintf(path, sizeof path, "%s", witness());
	ok(os_exists(path), "who writes does");
	struct buf b = test_read(path);
	is_int((intmax_t)b.n, 54, "one line");
	ok(strspn(b.p, "0123456789abcdef \n") == b.n, "of numbers");
	buf_free(&b);
	test_write(path, "", 0);
	is_int(ask("watched", NULL), IDENTITY_SAME, "an empty one says nothing");
	test_write(path, "0 1 2\nnonsense that is long enough to be a whole line of it\n", 60);
	is_int(ask("watched", NULL), IDENTITY_SAME, "neither does a damaged one");
	add("watched", "Kapel");
	b = test_read(path);
	is_int((intmax_t)b.n, 54, "which is made anew");
	buf_free(&b);
	copy("watched", "watched too");
	add("watched too", "Have");
	b = test_read(path);
	is_int((intmax_t)b.n, 108, "a copy on the same machine has a line of its own");
	buf_free(&b);
	state_home("state");
}

static void test_readonly(void)
{
	struct err e = { 0 };
	struct store_opts opts = { .clock = test_clock(&clk), .readonly = true };
	struct store *s;
	uint64_t mine;
	make("seen");
	ask("seen", &mine);
	setenv("SAMVAGT_TEST_MACHINE", "another", 1);
	must(store_open(test_path("seen"), &opts, &s, &e), &e, "open");
	ok(store_incarnation(s) == mine && exchange_identity(s) == IDENTITY_SAME, "who only reads a copy changes nothing");
	is_int(exchange_mint(s, &e), ERR_READONLY, "nor may he");
	store_close(s);
	unsetenv("SAMVAGT_TEST_MACHINE");
	uint64_t now;
	is_int(ask("seen", &now), IDENTITY_SAME, "so it is as it was");
	ok(mine == now, "with its incarnation");
}

int main(void)
{
	test_same();
	test_copied();
	test_after_minting();
	test_put_back();
	test_other_line();
	test_witness();
	test_readonly();
	return done_testing();
}
