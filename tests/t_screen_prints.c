/* tests/t_screen_prints.c - papers on the screen: which there are, from where one comes, a paper as it will be, what is
 * asked of it, and that what leaves is put down. */
#include "tests/screentest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/os.h"
#include "export/prints.h"
#include "tests/tap.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* The paper of that name, from wherever one is. */
static void open_paper(const char *label)
{
	char keys[80];
	tui_keys(t, "P /");
	snprintf(keys, sizeof keys, "'%s' Enter Enter", label);
	tui_keys(t, keys);
}

static void test_list(void)
{
	size_t n;
	house_open(&h, "list", 60, 120);
	const struct print_kind *all = print_kinds(&n);
	tui_keys(t, "P");
	is_str(top(), "prints", "P lists the papers from everywhere");
	for (size_t i = 0; i < n; i++) {
		char begin[24];
		snprintf(begin, sizeof begin, "%.20s", all[i].label);
		ok(tui_shows(t, begin), "%s is among them", all[i].id);
	}
	ok(!tui_shows(t, "Of what you come from"), "today is about nothing in particular");
	tui_keys(t, "Esc 3 P");
	ok(tui_shows(t, "Of what you come from"), "from volunteers, papers about them come first");
	house_close(&h);
}

static void test_paper(void)
{
	house_open(&h, "paper", 24, 80);
	open_paper("Roster for the office");
	is_str(top(), "print", "Enter shows the paper");
	ok(tui_shows(t, "Frederik Berg"), "with its people");
	tui_golden(t, "print-office", false);
	tui_resize(t, 40, 120);
	tui_draw(t);
	tui_golden(t, "print-office-120x40", false);
	tui_resize(t, 24, 80);
	tui_draw(t);
	tui_keys(t, "d 'next week' Enter");
	ok(!tui_shows(t, "Frederik Berg"), "d: of another period");
	ok(tui_shows(t, "8/12 2025"), "which stands on it");
	tui_keys(t, "d 'this week' Enter k Down Down Down Down Space Esc");
	ok(!tui_shows(t, "Frederik Berg") && tui_shows(t, "Forhal"), "k: without that column");
	tui_keys(t, "k Down Down Down Down Space Esc");
	ok(tui_shows(t, "Frederik Berg"), "and with it again");
	tui_keys(t, "t");
	ok(tui_shows(t, "Phone numbers aren't for this paper"), "what it doesn't ask for is refused");
	tui_keys(t, "s Down Down Down Enter");
	ok(!tui_shows(t, "Frederik Berg"), "s: of one place");
	tui_resize(t, 17, 60);
	tui_draw(t);
	ok(!tui_broken(t), "it fits a small window");
	house_close(&h);
}

/* Whole at 80x24: none of the papers' names is cut. */
static void test_pictures(void)
{
	house_open(&h, "pictures", 24, 80);
	tui_keys(t, "P");
	tui_goldens(t, "prints");
	tui_keys(t, "Esc 3 P");
	tui_golden(t, "prints-of-volunteers", false);
	house_close(&h);
	tui_speak("da");
	house_open(&h, "pictures-da", 24, 80);
	tui_keys(t, "P");
	tui_golden(t, "prints-da", false);
	tui_keys(t, "PgDn PgDn");
	tui_golden(t, "prints-da-below", false);
	house_close(&h);
	tui_speak("en");
}

/* The wall's days are a list, its weeks a calendar, with other columns. */
static void test_columns(void)
{
	house_open(&h, "columns", 24, 80);
	open_paper("Roster for the wall");
	tui_keys(t, "k Space Esc d '1/12-2/12' Enter");
	ok(!tui_shows(t, "isn't there"), "of another period the paper may have other columns");
	tui_keys(t, "k");
	ok(tui_shows(t, "[x] Need"), "which can be chosen");
	tui_keys(t, "Space Esc d '3/12-4/12' Enter k");
	ok(tui_shows(t, "[ ] Time"), "and stay chosen while they are the same");
	house_close(&h);
}

static void test_from(void)
{
	house_open(&h, "from", 24, 80);
	tui_keys(t, "2 PgDn");
	open_paper("Open places");
	ok(tui_shows(t, "8/12 2025"), "from the roster: its week");
	tui_keys(t, "Esc Esc 1");
	open_paper("Tick sheet");
	ok(tui_shows(t, "1/12 2025"), "from today: its usual period");
	tui_keys(t, "v Down Enter");
	ok(tui_shows(t, "Tick sheet · "), "v: about one shift, which the title names");
	tui_keys(t, "Esc Esc 3 Space Space");
	open_paper("Hours of a volunteer");
	is_str(top(), "print", "marked ones are what it is about");
	house_close(&h);
}

static void test_missing(void)
{
	house_open(&h, "missing", 24, 80);
	open_paper("Watches of a vigil");
	is_str(top(), "print", "a paper about something that must be chosen opens");
	tui_keys(t, "p");
	ok(tui_shows(t, "There is no paper yet: v chooses what it is about."), "and says so when it is to be printed");
	house_close(&h);
}

/* A printer that keeps what it gets. */
static void make_printer(const char *folder)
{
	char path[300];
	const char *program = "#!/bin/sh\ncat >\"$(dirname \"$0\")/printed\"\n";
	struct err e;
	snprintf(path, sizeof path, "%s/lp", folder);
	must(os_write_file(path, program, strlen(program), &e), &e, "printer");
	chmod(path, 0700);
}

static void test_out(void)
{
	char folder[256], path[300], typed[330];
	size_t before;
	house_open(&h, "out", 24, 80);
	snprintf(folder, sizeof folder, "%s/out-files", test_dir());
	mkdir(folder, 0700);
	before = house_count(&h, TYPE_PRINTED_LIST);
	open_paper("Roster for the office");
	snprintf(path, sizeof path, "%s/plan.html", folder);
	snprintf(typed, sizeof typed, "e '%s' Enter", path);
	tui_keys(t, typed);
	ok(os_exists(path), "e writes it to a file");
	is_int((intmax_t)house_count(&h, TYPE_PRINTED_LIST), (intmax_t)before + 1, "which is put down");
	make_printer(folder);
	setenv("PATH", folder, 1);
	setenv("HOME", folder, 1);
	tui_keys(t, "p");
	snprintf(path, sizeof path, "%s/printed", folder);
	ok(os_exists(path) || tui_shows(t, folder), "p gives it to the printer, or writes what is to be printed");
	house_close(&h);
}

/* Beside another program that has the store: the paper is made, but who must shred it isn't put down. */
static void test_unnoted(void)
{
	const struct store_opts opts = {.readonly = true, .clock = test_clock(&h.clock)};
	char path[300], typed[330], dir[300];
	struct store *held, *beside;
	struct err e;
	house_open(&h, "unnoted", 24, 80);
	held = h.store;
	snprintf(dir, sizeof dir, "%s/unnoted", test_dir());
	must(store_open(dir, &opts, &beside, &e), &e, "beside");
	app_set_store(t->app, beside);
	open_paper("Roster for the office");
	snprintf(path, sizeof path, "%s/unnoted.html", test_dir());
	snprintf(typed, sizeof typed, "e '%s' Enter", path);
	tui_keys(t, typed);
	ok(os_exists(path), "a paper is written also where nothing can be changed");
	ok(tui_shows(t, "remember to shred it"), "and it is said that it isn't put down");
	app_set_store(t->app, held);
	store_close(beside);
	house_close(&h);
}

int main(void)
{
	tui_speak("en");
	tui_move_in();
	char path[4096];
	snprintf(path, sizeof path, "%s", getenv("PATH"));
	test_list();
	test_paper();
	test_pictures();
	test_columns();
	test_from();
	test_missing();
	test_unnoted();
	test_out();
	setenv("PATH", path, 1);
	return done_testing();
}
