/* tests/t_app.c - screens on a stack: actions, dialogs, help, palette, drafts, small windows, and random walks. */
#include "tests/tui_harness.h"

#include <string.h>

#include "tests/tui_sample.h"

static struct tui t;
static struct sample sample;

static void start(size_t books)
{
	struct app_opts opts = {0};
	opts.sets = sample_actions(&opts.nsets);
	sample = (struct sample){.nbooks = books};
	tui_open(&t, &opts, 24, 80);
	app_push(t.app, screen_sample(t.app, &sample));
	tui_draw(&t);
}

static const char *top(void)
{
	return app_top(t.app)->ops->name;
}

static void test_frame(void)
{
	start(148);
	tui_golden(&t, "sample-list", true);
	tui_keys(&t, "/ 's' Down");
	tui_golden(&t, "sample-filter", true);
	tui_keys(&t, "Esc Enter");
	ok(tui_shows(&t, "Opened"), "Enter opens the row");
	tui_keys(&t, "Esc Down");
	ok(!tui_shows(&t, "Opened"), "a message goes with the next key");
	tui_keys(&t, "æ");
	ok(tui_shows(&t, "æ does nothing here"), "a key without meaning says where help is");
	tui_keys(&t, "m");
	ok(tui_shows(&t, "Never: the moon is full"), "a refused action says why");
	tui_paste(&t, "aaa");
	is_str(top(), "shelf", "a paste is no command");
	tui_keys(&t, "q");
	ok(tui_shows(&t, "Q leaves") && !app_is_done(t.app), "the first screen is left by Q only");
	tui_keys(&t, "Q");
	ok(app_is_done(t.app), "which leaves");
	tui_close(&t);
	start(0);
	ok(tui_shows(&t, "a adds a book"), "an empty list says what adds");
	tui_keys(&t, "Enter");
	ok(tui_shows(&t, "There is no row to do it with."), "and an action for a row says there is none");
	tui_close(&t);
}

static void test_help(void)
{
	start(3);
	tui_keys(&t, "?");
	tui_golden(&t, "sample-help", true);
	tui_keys(&t, "'burn'");
	ok(tui_shows(&t, "Delete") && tui_shows(&t, "Burns books"), "typing finds the action");
	tui_keys(&t, "Enter");
	is_str(top(), "confirm", "Enter does it");
	tui_keys(&t, "Esc : 'save' Enter");
	ok(tui_shows(&t, "Save: press Ctrl-S"), "what belongs elsewhere is shown there, not done");
	tui_keys(&t, "Ctrl-P 'list.mark-all' Enter");
	ok(tui_shows(&t, "3 marked"), "the palette finds by the stable name too");
	tui_keys(&t, "F1 'zzz' Enter");
	is_str(top(), "help", "Enter on nothing does nothing");
	tui_keys(&t, "Esc Esc r");
	ok(tui_shows(&t, "eleven hours") && tui_shows(&t, "Rule: rest"),
		"an explanation stands above what can be done");
	tui_keys(&t, "Esc");
	is_str(top(), "shelf", "Esc goes back");
	tui_close(&t);
}

static void test_confirm(void)
{
	start(9);
	tui_keys(&t, "Down Space Space Delete");
	tui_golden(&t, "sample-confirm", true);
	tui_keys(&t, "Enter");
	ok(sample.erased == 0 && tui_shows(&t, "Nothing was done."), "Enter never destroys");
	tui_keys(&t, "Delete Delete");
	ok(sample.erased == 0, "nor does the key that asked");
	tui_keys(&t, "Delete Esc Delete n Delete Space");
	ok(sample.erased == 0, "nor any other");
	tui_keys(&t, "Delete y");
	is_int(sample.erased, 2, "only the one that says yes");
	tui_close(&t);
}

static void test_dialogs(void)
{
	start(9);
	tui_keys(&t, "c Down Enter");
	is_int(sample.chosen, 2, "arrows and Enter choose");
	tui_keys(&t, "c 3");
	is_int(sample.chosen, 3, "so does the number");
	tui_keys(&t, "c 9 Esc");
	is_int(sample.chosen, 3, "a number too high chooses nothing");
	tui_keys(&t, "n 'no' Enter");
	ok(tui_shows(&t, "Not that one.") && strcmp(top(), "prompt") == 0, "a refused text stays");
	tui_keys(&t, "Backspace Backspace 'søen?' Enter");
	is_str(sample.typed, "søen?", "a line of text, ? included");
	tui_keys(&t, "t Down PgDn Up");
	ok(tui_shows(&t, "About books"), "text to be read");
	tui_keys(&t, "Enter , 2 , 2");
	ok(tui_shows(&t, "Titl… ▼") || tui_shows(&t, "▼"), "sorting by a column, turned round the second time");
	tui_keys(&t, ". Down Space");
	ok(tui_shows(&t, "[ ] Pages"), "columns are chosen");
	tui_keys(&t, "Esc");
	ok(!tui_shows(&t, "Pages"), "and go");
	tui_keys(&t, ", Enter");
	ok(!tui_shows(&t, "▼"), "the question begins with what holds, so Enter by a slip turns it round at most");
	tui_close(&t);
}

/* A sentence longer than the line is shown whole, and hints of what can't be done now give way to others. */
static void test_room(void)
{
	start(3);
	tui_resize(&t, 17, 60);
	app_toast(t.app, "%s", "Anna Holm is on the shift in the hall of the hospital on Monday, so she can't be here too.");
	tui_draw(&t);
	ok(tui_shows(&t, "can't be here too."), "a long message is shown to its end");
	ok(tui_shows(&t, "? Help") && !tui_shows(&t, "u Undo") && tui_shows(&t, "/ Filter"),
		"undo, which there is no store for, has no room");
	tui_resize(&t, 24, 120);
	ok(tui_shows(&t, "u Undo"), "but in a wide window");
	tui_close(&t);
}

static void test_drafts(void)
{
	start(9);
	tui_keys(&t, "a 'Ærens' Esc");
	is_str(top(), "shelf", "a form is left without questions");
	tui_keys(&t, "a");
	ok(tui_shows(&t, "What you typed before is here again") && tui_shows(&t, "Ærens"), "and nothing typed is lost");
	tui_golden(&t, "sample-form", true);
	tui_keys(&t, "Tab 'xx' Ctrl-S");
	ok(tui_shows(&t, "Lent:") && strcmp(top(), "book") == 0, "saving is refused where the fault is");
	tui_resize(&t, 5, 40);
	ok(tui_shows(&t, "too small"), "a small window gets a notice");
	tui_keys(&t, "'zzz' Esc");
	tui_resize(&t, 24, 80);
	ok(tui_shows(&t, "xx") && !tui_shows(&t, "zzz"), "and the form is as it was");
	tui_keys(&t, "Backspace Backspace '3/12' Ctrl-S");
	is_str(sample.typed, "Ærens", "saved");
	tui_keys(&t, "a");
	ok(!tui_shows(&t, "Ærens"), "a saved form leaves no draft");
	tui_keys(&t, "'Bo' Ctrl-R");
	ok(!tui_shows(&t, "Bo ") && tui_shows(&t, "as they were"), "Ctrl-R puts the fields back");
	tui_keys(&t, "'Bo' Esc Q");
	ok(!app_is_done(t.app) && tui_shows(&t, "isn't saved"), "leaving asks when a draft would be lost");
	tui_keys(&t, "Enter Q y");
	ok(app_is_done(t.app), "and leaves on yes");
	tui_close(&t);
}

/* A place that drafts survive in. */
static char kept[200];
static void keep_draft(void *ctx, const char *name, const char *text)
{
	(void)ctx, (void)name;
	kept[0] = '\0';
	strncat(kept, text ? text : "", sizeof kept - 1);
}

static const char *kept_draft(void *ctx, const char *name, struct arena *a)
{
	(void)ctx, (void)name, (void)a;
	return *kept ? kept : NULL;
}

static void test_hangup(void)
{
	for (int round = 0; round < 2; round++) {
		struct app_opts opts = {.draft_save = keep_draft, .draft_load = kept_draft};
		opts.sets = sample_actions(&opts.nsets);
		tui_open(&t, &opts, 24, 80);
		app_push(t.app, screen_sample(t.app, &sample));
		tui_keys(&t, round == 0 ? "a 'Zoo' Tab '3/1'" : "a");
		if (round == 0) {
			is_str(kept, "title=Zoo\n", "a draft is kept when a field is left");
			app_event(t.app, &(struct event){.what = EV_HANGUP});
			ok(app_is_done(t.app), "a hang-up ends the program");
			is_str(kept, "title=Zoo\nlent=3/1\n", "after keeping the rest");
		} else {
			ok(tui_shows(&t, "Zoo") && tui_shows(&t, "3/1"), "which is there again the next time");
		}
		tui_close(&t);
	}
}

/* The notice says that Q leaves: also where it would be typed, were there room. */
static void test_leaving_small(void)
{
	start(9);
	tui_keys(&t, "a 'Bo' Ctrl-S a");
	tui_resize(&t, 5, 40);
	tui_keys(&t, "Q");
	ok(app_is_done(t.app), "Q leaves from a form in a small window");
	tui_close(&t);
	start(9);
	tui_keys(&t, "a 'Bo'");
	tui_resize(&t, 5, 40);
	tui_keys(&t, "Q");
	tui_resize(&t, 24, 80);
	ok(!app_is_done(t.app) && tui_shows(&t, "isn't saved") && !tui_shows(&t, "BoQ"), "it types nothing");
	tui_close(&t);
}

static void test_work(void)
{
	start(9);
	tui_keys(&t, "w");
	is_int(app_timeout(t.app, t.ms), 0, "long work wants its turn at once");
	ok(tui_shows(&t, "Esc stops"), "and says how to stop it");
	tui_wait(&t, 0);
	tui_keys(&t, "a");
	is_str(top(), "shelf", "keys wait");
	tui_keys(&t, "Esc");
	is_int(app_timeout(t.app, t.ms), -1, "Esc stops it, and then nothing wakes the program");
	tui_keys(&t, "w");
	for (int i = 0; i < 9; i++)
		tui_wait(&t, 0);
	is_int(sample.steps, 5, "or it ends by itself");
	tui_close(&t);
}

static void test_sizes(void)
{
	bool fine = true;
	start(148);
	tui_keys(&t, "a 'x' Tab 'yy' Tab Tab Esc");
	for (int rows = 1; rows <= 60 && fine; rows += 1 + rows / 20)
		for (int cols = 1; cols <= 200 && fine; cols += 1 + cols / 10) {
			tui_resize(&t, rows, cols);
			tui_keys(&t, "Down");
			const char *broken = tui_broken(&t);
			fine = !broken;
			if (broken)
				diag("%dx%d: %s", cols, rows, broken);
			arena_reset(t.arena);
		}
	ok(fine, "every size from 1x1 to 200x60");
	tui_close(&t);
}

static void test_walks(void)
{
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct prng r = {seed * 7919};
		start(prng_below(&r, 3) ? 300 : 0);
		tui_walk(&t, &r, 600, "program.quit", "a random walk");
		tui_close(&t);
	}
}

static void test_clicks(void)
{
	start(30);
	app_event(t.app, &(struct event){.what = EV_CLICK, .row = 5, .col = 10, .ms = ++t.ms});
	tui_draw(&t);
	is_int(t.cv->cursor_row, 5, "a click selects the row");
	int row = t.cv->rows - 1;
	const char *hints = tui_row(&t, row), *at = strstr(hints, "Colour");
	app_event(t.app, &(struct event){.what = EV_CLICK, .row = row, .col = (int)(at - hints), .ms = ++t.ms});
	is_str(top(), "choice", "a click on a hint does it");
	tui_close(&t);
}

int main(void)
{
	test_frame();
	test_help();
	test_confirm();
	test_dialogs();
	test_room();
	test_drafts();
	test_hangup();
	test_leaving_small();
	test_work();
	test_sizes();
	test_clicks();
	test_walks();
	return done_testing();
}
