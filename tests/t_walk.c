/* tests/t_walk.c - the whole program at random: every screen on an invented ward, any key at any size,
	and no key of theirs
 * that does two things. */
#include "tests/tui_harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/demo.h"
#include "tui/screens.h"

enum { WALKS = 10, STEPS = 500 };

static int64_t standing_clock(void *ctx)
{
	(void)ctx;
	return 1764576000;             /* 2025-12-01 09:00 Danish time */
}

static const struct os_clock test_now = {standing_clock, NULL};

/* What would leave the program, write files where they don't belong, or wait for another program. */
static const char avoid[] = "program.quit settings.change import.open sync.meet sync.other";

static struct store *ward(const char *name)
{
	const struct store_new how = {.site = "Viborg", .person = "Anna", .fast_kdf = true};
	const struct store_opts opts = {.clock = test_now};
	struct err e = {0};
	struct store *s = NULL;
	char dir[4096];
	snprintf(dir, sizeof dir, "%s/%s", test_dir(), name);
	if (store_create(dir, &how, &test_now, &e) || store_open(dir, &opts, &s, &e) ||
		demo_build(s, DEMO_WARD, 1, NULL, NULL, &e)) {
		diag("%s", e.text);
		exit(1);
	}
	return s;
}

static void open_at(struct tui *t, struct store *s)
{
	struct app_opts opts = {.store = s, .clock = test_now};
	opts.sets = screens_actions(&opts.nsets);
	tui_open(t, &opts, 24, 80);
	app_push(t->app, screen_today(t->app));
	tui_draw(t);
}

/* Each place of the program once, so that no walk has to be lucky to meet it. */
static void test_each(struct store *s)
{
	static const char *const ways[] = {
		"1", "2", "2 Enter", "3", "3 Enter", "3 r", "3 o", "4", "4 Enter", "4 o", "5", "6", "7", "8",
			"8 Enter", "9", "0", "0 d", "0 v", "f", "?", ":", "Ctrl-E", "Ctrl-E t",
	};
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		struct tui t;
		open_at(&t, s);
		tui_keys(&t, ways[i]);
		const char *broken = tui_broken(&t);
		ok(!broken, "after %s all holds", ways[i]);
		if (broken)
			diag("%s: %s\n%s", app_top(t.app)->ops->name, broken, tui_dump(&t, false));
		tui_close(&t);
	}
}

static void test_walks(struct store *s)
{
	for (uint64_t seed = 1; seed <= WALKS; seed++) {
		struct tui t;
		struct prng r = {seed * 15485863};
		open_at(&t, s);
		tui_walk(&t, &r, STEPS, avoid, "a random walk through the ward");
		tui_close(&t);
	}
}

int main(void)
{
	setenv("HOME", test_dir(), 1);          /* where what is written out goes */
	tui_speak("en");
	struct store *s = ward("walk");
	test_each(s);
	test_walks(s);
	store_close(s);
	return done_testing();
}
