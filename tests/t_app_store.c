/* tests/t_app_store.c - screens on a store: undo and redo of whatever was last, loading anew, and the idle lock. */
#include "tests/storetest.h"
#include "tests/tui_harness.h"

#include <string.h>

#include "base/lang.h"
#include "store/vault.h"
#include "tests/tui_sample.h"
#include "tui/settings.h"

/* ---- a screen that shows all volunteers -------------------------------------------------------------------- */
struct people { struct rec **recs; size_t n; int loads; bool fails; int asked, shown; size_t known; };

static struct id person_id(const void *ctx, size_t row)
{
	return ((const struct people *)ctx)->recs[row]->id;
}

static const char *person_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	(void)col, (void)a;
	return rec_text(((const struct people *)ctx)->recs[row], F_VOLUNTEER_GIVEN);
}

static const struct list_source source = {.id = person_id, .cell = person_cell};
static const struct list_col columns[] = {{.id = "name", .title = "Name", .min = 10, .ideal = 20}};

static int load(struct screen *s, struct view *v, struct err *e)
{
	struct people *p = s->data;
	p->loads++;
	if (p->fails)
		return err_set(e, ERR_DATA, "Nothing could be read.");
	struct book *b = app_book(s->app, v, e);
	p->known = b ? b->npeople : 0;
	int rc = view_all(v, s->model, TYPE_VOLUNTEER, &p->recs, &p->n, e);
	if (rc == OK)
		list_set(s->list, p, p->n);
	return rc;
}

static void draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	list_draw(s->list, cv, body, a);
}

/* What asks the model, and so must not be called when there is none. */
static const char *model_text(const struct screen *s, struct arena *a)
{
	struct people *p = s->data;
	(void)a;
	p->asked++;
	return "Everybody";
}

static bool event(struct screen *s, const struct event *ev)
{
	(void)ev;
	model_text(s, NULL);
	return false;
}

/* What no screen shows is written. */
static void shown(struct screen *s)
{
	const struct vault_row row = {"noted", "x", 1};
	struct people *p = s->data;
	struct err e;
	p->shown++;
	must(vault_put(app_store(s->app), &row, 1, &e), &e, "put");
}

static const struct screen_ops people_ops = {
	.name = "people", .title = "People", .contexts = CTX_LIST, .load = load, .draw = draw,
	.event = event, .status = model_text, .heading = model_text,
};

static const struct screen_ops noting_ops = {
	.name = "noting", .title = "People", .contexts = CTX_LIST, .load = load, .draw = draw, .shown = shown,
};

static struct screen *people(struct app *app)
{
	struct screen *s = screen_new(app, &people_ops, sizeof(struct people));
	s->list = list_new(&source, columns, 1);
	return s;
}

static void start(struct tui *t, struct store *store, int lock_minutes)
{
	struct app_opts opts = {.store = store, .lock_minutes = lock_minutes};
	opts.sets = sample_actions(&opts.nsets);
	tui_open(t, &opts, 24, 80);
	app_push(t->app, people(t->app));
	tui_draw(t);
}

static void test_undo(void)
{
	struct tui t;
	struct test_clock clock = {1764576000};
	struct store *s = test_store("undo", &clock);
	test_volunteer(s, "Anna", "Holm");
	struct id bo = test_volunteer(s, "Bo", "Lund");
	start(&t, s, 0);
	const struct people *p = app_top(t.app)->data;
	ok(tui_shows(&t, "Anna") && tui_shows(&t, "no passphrase"), "the list, and that nothing is sealed");
	tui_keys(&t, "Down");
	ok(p->loads == 1, "it isn't read again while nothing changes");
	test_set(s, TYPE_VOLUNTEER, bo, F_VOLUNTEER_GIVEN, value_text("Bodil"));
	tui_keys(&t, "Down");
	ok(p->loads == 2 && tui_shows(&t, "> Bodil"), "a change is seen, and the same person is selected");
	tui_keys(&t, "u");
	ok(tui_shows(&t, "Undone: ") && tui_shows(&t, "> Bo\n"), "u takes the last change back and says what it was");
	tui_keys(&t, "u");
	ok(!tui_shows(&t, "Bo\n") && tui_shows(&t, "> Anna"), "and the one before it");
	tui_keys(&t, "Ctrl-Y Ctrl-Y");
	ok(tui_shows(&t, "Done again: ") && tui_shows(&t, "Bodil"), "Ctrl-Y does them again");
	tui_keys(&t, "Ctrl-Y");
	ok(tui_shows(&t, "There is nothing to do again."), "until there is no more");
	tui_keys(&t, "Ctrl-L");
	ok(tui_shows(&t, "It has no passphrase to be locked with."), "an open store can't be locked");
	is_int(app_timeout(t.app, t.ms), -1, "and nothing wakes the program");
	tui_close(&t);
	store_close(s);
}

/* What was loaded stays true when only what no screen shows was written. */
static void test_shown(void)
{
	struct tui t;
	struct test_clock clock = {1764576000};
	struct store *s = test_store("shown", &clock);
	test_volunteer(s, "Anna", "Holm");
	start(&t, s, 0);
	struct screen *noting = screen_new(t.app, &noting_ops, sizeof(struct people));
	const struct people *p = noting->data;
	noting->list = list_new(&source, columns, 1);
	app_push(t.app, noting);
	tui_resize(&t, 10, 30);
	tui_wait(&t, 1);
	ok(p->shown == 0, "in a window too small nothing has been shown");
	tui_resize(&t, 24, 80);
	ok(p->shown == 0 && app_timeout(t.app, t.ms) == 0, "it is told at once when it has been shown, but not before");
	tui_wait(&t, 1);
	ok(p->shown == 1 && app_timeout(t.app, t.ms) == -1, "once");
	tui_keys(&t, "Down");
	ok(p->loads == 1 && tui_shows(&t, "> Anna"), "what is noted then doesn't make it load again");
	test_volunteer(s, "Bo", "Lund");
	tui_keys(&t, "Down");
	ok(p->loads == 2 && tui_shows(&t, "Bo") && p->shown == 1, "a change does");
	tui_close(&t);
	store_close(s);
}

static void set_setting(struct store *s, const char *key, const char *value)
{
	struct change_result r;
	struct err e;
	must(settings_write(s, key, "Language", value, &r, &e), &e, "setting");
}

/* What a setting changes holds at once, and no longer when it is undone. */
static void test_settings(void)
{
	struct tui t;
	struct test_clock clock = {1764576000};
	struct store *s = test_store("settings", &clock);
	test_volunteer(s, "Anna", "Holm");
	test_volunteer(s, "Bo", "Lund");
	lang_set("en");
	start(&t, s, 0);
	tui_keys(&t, "j");
	ok(tui_shows(&t, "> Anna"), "j is no arrow");
	set_setting(s, "vim", "1");
	tui_keys(&t, "Home j");
	ok(tui_shows(&t, "> Bo"), "until a setting makes it one");
	tui_keys(&t, "u Home j");
	ok(tui_shows(&t, "> Anna"), "nor when that is undone");
	set_setting(s, "language", "da");
	tui_keys(&t, "Down");
	is_str(lang_now(), "da", "another language is spoken at once");
	tui_keys(&t, "u");
	is_str(lang_now(), "en", "and the one before when that is undone");
	ok(tui_shows(&t, ": setting Language"), "which says what it was");
	tui_keys(&t, "Ctrl-Y");
	ok(tui_shows(&t, ": setting Language") && !tui_shows(&t, "undo: setting"), "as doing it again does");
	tui_close(&t);
	lang_set("en");
	store_close(s);
}

/* What can't be read shows why, and nothing of what was there before: that has been freed. */
static void test_trouble(void)
{
	struct tui t;
	struct test_clock clock = {1764576000};
	struct store *s = test_store("trouble", &clock);
	test_volunteer(s, "Anna", "Holm");
	start(&t, s, 0);
	struct people *p = app_top(t.app)->data;
	ok(tui_shows(&t, "Everybody"), "a heading from the model");
	p->fails = true;
	test_volunteer(s, "Bo", "Lund");
	p->asked = 0;
	tui_draw(&t);
	p->asked = 0;
	tui_keys(&t, "Down /");
	ok(tui_shows(&t, "People") && p->asked == 0, "a model that couldn't be read isn't asked");
	ok(tui_shows(&t, "Filter: Nothing could be read."), "nor can be done what needs it");
	p->fails = false;
	tui_keys(&t, "u");
	ok(tui_shows(&t, "Undone: ") && tui_shows(&t, "> Anna"), "but undoing is possible");
	tui_close(&t);
	store_close(s);
}

/* A screen of the past has the names of its time, and no other screen gets them. */
static void test_past(void)
{
	struct tui t;
	struct err e;
	struct test_clock clock = {1764576000};
	struct store *s = test_store("past", &clock);
	test_volunteer(s, "Anna", "Holm");
	clock.t += 3600;
	test_volunteer(s, "Bo", "Lund");
	for (int cached = 0; cached < 2; cached++) {
		start(&t, s, 0);
		if (!cached)
			app_reload(t.app);
		struct screen *past = people(t.app);
		past->as_of = clock.t - 1800;
		app_push(t.app, past);
		tui_draw(&t);
		is_int((intmax_t)((struct people *)past->data)->known, 1, "the names of then");
		is_int((intmax_t)app_book_now(t.app, &e)->npeople, 2, "and for all others those of now");
		tui_close(&t);
	}
	store_close(s);
}

static struct store *sealed_store(struct test_clock *clock)
{
	struct err e = {0};
	struct store *s;
	struct os_clock c = test_clock(clock);
	const struct store_new how = {.site = "Viborg", .person = "Anna", .passphrase = "kaffe og kage", .fast_kdf = true};
	const struct store_opts opts = {.passphrase = "kaffe og kage", .clock = c};
	const char *dir = test_path("sealed");
	must(store_create(dir, &how, &c, &e), &e, "create");
	must(store_open(dir, &opts, &s, &e), &e, "open");
	return s;
}

static void test_lock(void)
{
	struct tui t;
	struct test_clock clock = {1764576000};
	struct store *s = sealed_store(&clock);
	test_volunteer(s, "Anna", "Holm");
	start(&t, s, 5);
	ok(tui_shows(&t, "Anna") && !tui_shows(&t, "no passphrase"), "open");
	int wanted = app_timeout(t.app, t.ms);
	is_int(wanted, 60000, "the lock is looked at each minute: a machine that sleeps doesn't wake anybody in time");
	tui_wait(&t, 299000);
	tui_keys(&t, "Down");
	tui_wait(&t, 299000);
	ok(tui_shows(&t, "Anna"), "a key puts it off");
	tui_wait(&t, 2000);
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Anna") && !tui_shows(&t, "People"), "then nothing is seen any more");
	is_int(app_timeout(t.app, t.ms), -1, "and nothing wakes the program");
	tui_keys(&t, "Esc Q ? Ctrl-P 'forkert' Enter");
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "forkert") && !app_is_done(t.app), "no key gets past it");
	tui_keys(&t, "'kaffe og kage'");
	ok(!tui_shows(&t, "kaffe"), "what is typed isn't shown");
	tui_keys(&t, "Enter");
	ok(tui_shows(&t, "> Anna"), "the passphrase opens it where one was");
	tui_keys(&t, "Ctrl-L");
	ok(tui_shows(&t, "Locked"), "Ctrl-L locks at once");
	app_event(t.app, &(struct event){.what = EV_HANGUP});
	ok(app_is_done(t.app), "a hang-up ends a locked program too");
	tui_close(&t);
	store_close(s);
}

/* Drafts are sealed with the keys that a lock forgets. */
static void keep_draft(void *ctx, const char *name, const char *text)
{
	struct store *s = ctx;
	store_draft_save(s, name, text, NULL);
}

static const char *kept_draft(void *ctx, const char *name, struct arena *a)
{
	return store_draft_load(ctx, a, name);
}

static void test_lock_keeps(void)
{
	struct tui t;
	struct test_clock clock = {1764576000};
	struct err e;
	struct sample sample = {.nbooks = 3};
	struct store *s;
	const struct store_opts how = {.passphrase = "kaffe og kage", .clock = test_clock(&clock)};
	must(store_open(test_path("sealed"), &how, &s, &e), &e, "open");
	struct app_opts opts = {.store = s, .lock_minutes = 5, .draft_ctx = s, .draft_save = keep_draft,
		.draft_load = kept_draft};
	opts.sets = sample_actions(&opts.nsets);
	tui_open(&t, &opts, 24, 80);
	app_push(t.app, screen_sample(t.app, &sample));
	tui_keys(&t, "a 'Zoo'");
	app_toast(t.app, "Søren Ærø is on the shift");
	tui_wait(&t, 301000);
	ok(tui_shows(&t, "Locked") && !tui_shows(&t, "Søren"), "the lock hides the last message too");
	app_event(t.app, &(struct event){.what = EV_HANGUP});
	tui_close(&t);
	must(store_unlock(s, "kaffe og kage", &e), &e, "unlock");
	tui_open(&t, &opts, 24, 80);
	app_push(t.app, screen_sample(t.app, &sample));
	tui_keys(&t, "a");
	ok(tui_shows(&t, "Zoo"), "what was being typed when it locked is there after a hang-up");
	tui_close(&t);
	store_close(s);
}

static void test_walk(void)
{
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct tui t;
		struct prng r = {seed * 104729};
		struct test_clock clock = {1764576000};
		struct store *s = test_store(seed % 2 ? "odd" : "even", &clock);
		for (int i = 0; i < 30; i++)
			test_volunteer(s, i % 2 ? "Søren" : "Åse", "Ærø");
		start(&t, s, 0);
		tui_walk(&t, &r, 400, "program.quit", "a random walk over a store");
		tui_close(&t);
		store_close(s);
		os_remove_tree(test_path(seed % 2 ? "odd" : "even"), NULL);
	}
}

int main(void)
{
	test_undo();
	test_shown();
	test_settings();
	test_trouble();
	test_past();
	test_lock();
	test_lock_keeps();
	test_walk();
	return done_testing();
}
