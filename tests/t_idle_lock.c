/* tests/t_idle_lock.c - the idle lock of the whole program: when it comes, what is seen of what was there, and that the
 * memory of the process holds none of it any more. */
#include "tests/tui_harness.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/memory.h"
#include "tests/storetest.h"
#include "tui/screens.h"

#define PASSPHRASE "kaffe og kage"

/* Read backwards, it is a name that stands nowhere in this process but where it was read from the store. */
static const char eman[] = "kramgnaslguF";
enum { NAME = sizeof eman - 1 };

static struct test_clock now = {1764576000};
static struct err e;

/* In a process of its own, whose memory goes with it. */
static void make_store(const char *dir)
{
	struct os_clock c = test_clock(&now);
	struct store_new how = {.site = "Viborg", .person = "Anna", .passphrase = PASSPHRASE, .fast_kdf = true};
	const struct store_opts opts = {.passphrase = PASSPHRASE, .clock = c};
	char name[NAME + 1] = "";
	struct store *s;
	pid_t child = fork();
	if (child > 0) {
		int status;
		waitpid(child, &status, 0);
		return;
	}
	for (int i = 0; i < NAME; i++)
		name[i] = eman[NAME - 1 - i];
	must(store_create(dir, &how, &c, &e), &e, "create");
	must(store_open(dir, &opts, &s, &e), &e, "open");
	for (int i = 0; i < 40; i++)
		test_volunteer(s, "Anna", i % 4 ? "Holm" : name);
	store_close(s);
	_exit(0);
}

static int idled;

/* What waits until nobody is there can still read the store. */
static void idle(void *ctx)
{
	struct view *v = NULL;
	size_t n;
	idled += view_begin(ctx, &v, &e) == OK && view_count(v, TYPE_VOLUNTEER, &n, &e) == OK && n == 40;
	view_end(v);
}

/* ---- the program ----------------------------------------------------------------------------------------- */
static void open_program(struct tui *t, struct store *s)
{
	struct app_opts opts = {.store = s, .clock = test_clock(&now), .lock_minutes = 10, .draft_ctx = s, .idle = idle};
	opts.sets = screens_actions(&opts.nsets);
	tui_open(t, &opts, 24, 80);
	app_push(t->app, screen_today(t->app));
	tui_draw(t);
}

static void test_memory(struct store *s)
{
	struct tui t;
	open_program(&t, s);
	tui_keys(&t, "3");
	ok(memory_count(getpid(), eman) > 0, "while it is shown the name is in memory");
	tui_keys(&t, "/ 'anna' Enter Enter Esc Esc 8 3 Enter A Esc h Esc f 'anna' Esc");
	ok(memory_count(getpid(), eman) > 0, "and after more screens");
	tui_keys(&t, "Ctrl-L");
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Anna"), "locked");
	is_int((intmax_t)memory_count(getpid(), eman), 0, "then it is nowhere");
	tui_keys(&t, "'" PASSPHRASE "' Enter");
	ok(tui_shows(&t, "Anna"), "the passphrase shows it again");
	tui_close(&t);
}

/* ---- when ------------------------------------------------------------------------------------------------ */
enum { MINUTE = 60000 };

static void unlock(struct tui *t)
{
	tui_keys(t, "'" PASSPHRASE "' Enter");
}

static void test_when(struct store *s)
{
	struct tui t;
	int before = idled;
	open_program(&t, s);
	tui_keys(&t, "3");
	for (int i = 0; i < 9; i++)
		tui_wait(&t, MINUTE);
	ok(tui_shows(&t, "Holm"), "after nine minutes without a key all is still shown");
	tui_keys(&t, "Down");
	for (int i = 0; i < 9; i++)
		tui_wait(&t, MINUTE);
	ok(tui_shows(&t, "Holm"), "and for nine more after a key");
	tui_wait(&t, MINUTE);
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Holm") && !tui_shows(&t, "Volunteers"), "after ten it is locked");
	is_int(idled, before + 1, "and what waits until nobody is there was done first, once");
	tui_keys(&t, "'forkert' Enter");
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Holm"), "and stays so");
	unlock(&t);
	ok(tui_shows(&t, "> Anna") && tui_shows(&t, "Holm"), "until the passphrase is typed");
	/* the machine slept: nobody woke the program in time */
	t.ms += 8 * 60 * MINUTE;
	tui_keys(&t, "Enter");
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Holm"), "the first key after a night locks, and does nothing else");
	unlock(&t);
	is_str(app_top(t.app)->ops->name, "volunteers", "one is where one was");
	tui_close(&t);
}

/* ---- what was open --------------------------------------------------------------------------------------- */
static void test_kept(struct store *s)
{
	struct tui t;
	open_program(&t, s);
	tui_keys(&t, "3 Down Down Space Enter t Ctrl-L");
	ok(!tui_shows(&t, "Locked"), "a question is answered first, or left");
	for (int i = 0; i < 10; i++)
		tui_wait(&t, MINUTE);
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Anna") && !tui_shows(&t, "Status"), "unless nobody is there");
	unlock(&t);
	ok(tui_shows(&t, "Status of Anna"), "then it is asked again");
	tui_keys(&t, "Esc Esc");
	ok(tui_shows(&t, "1 marked"), "what was marked still is");
	tui_keys(&t, "o");
	form_type(app_top(t.app)->form, F_VOLUNTEER_GIVEN, "Bodil");
	for (int i = 0; i < 10; i++)
		tui_wait(&t, MINUTE);
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Bodil"), "a form is hidden too");
	unlock(&t);
	ok(tui_shows(&t, "Bodil"), "and holds what was typed");
	tui_close(&t);
}

/* Whatever is open when it locks: it comes back whole. */
static void test_walk(struct store *s)
{
	for (uint64_t seed = 1; seed <= 8; seed++) {
		struct tui t;
		struct prng r = {seed * 7927};
		open_program(&t, s);
		tui_walk(&t, &r, 60, "program.quit program.lock settings.change import.open sync.meet sync.other", "a walk before it locks");
		tui_resize(&t, 24, 80);
		for (int i = 0; i < 10; i++)
			tui_wait(&t, MINUTE);
		unlock(&t);
		const char *broken = tui_broken(&t);
		ok(!broken && !tui_shows(&t, "Locked"), "all holds when it is opened");
		if (broken)
			diag("%s: %s\n%s", app_top(t.app)->ops->name, broken, tui_dump(&t, false));
		tui_walk(&t, &r, 60, "program.quit program.lock settings.change import.open sync.meet sync.other", "and goes on");
		tui_close(&t);
	}
}

int main(void)
{
	struct store *s;
	const struct store_opts opts = {.passphrase = PASSPHRASE, .clock = test_clock(&now)};
	setenv("HOME", test_dir(), 1);
	tui_speak("en");
	make_store(test_path("sealed"));
	must(store_open(test_path("sealed"), &opts, &s, &e), &e, "open");
	test_memory(s);
	test_when(s);
	test_kept(s);
	test_walk(s);
	store_close(s);
	return done_testing();
}
