/* tests/t_screen_people_data.c - people's data as the coordinator sees them: whose time is over and the yearly run, one
 * person erased, who has confirmed, printed lists until they are shredded, who has seen a card. */
#include "tests/screentest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/retention.h"
#include "store/erase.h"
#include "store/seen.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* Until the work beside the screen is over. */
static void wait_for_work(void)
{
	for (int i = 0; i < 3000 && app_top(t->app)->working; i++)
		tui_wait(t, 1);
	tui_draw(t);
}

/* ---- a year later ---------------------------------------------------------------------------------------- */
static void put_down(const char *what, const char *shred)
{
	bool noted;
	const struct printed p = {.what = what, .purpose = "Ophæng på afdelingen", .from = DATE_NONE, .to = DATE_NONE,
		.shred = test_day(shred)};
	must(retention_note_print(h.store, &p, &noted, &e), &e, "print");
	ok(noted, "%s is printed", what);
}

static void set_status(struct id who, int status)
{
	test_set(h.store, TYPE_VOLUNTEER, who, F_VOLUNTEER_STATUS, value_int(status));
}

/* On 10/12 2026 Kirsten ended a year ago, Niels applied a year ago and Søren in the summer; a check was assessed five
 * years ago; one list should have been shredded. */
static void open_later(const char *name)
{
	house_open(&h, name, 24, 80);
	set_status(h.kirsten, VOLUNTEER_ENDED);
	set_status(h.niels, VOLUNTEER_APPLICANT);
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(test_day("2021-06-01")));
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_CHECK_NOTE, value_text("Talt med Liv om det."));
	h.clock.t += (int64_t)230 * 86400;
	set_status(h.soren, VOLUNTEER_ENDED);
	test_set(h.store, TYPE_VOLUNTEER, h.soren, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_APPLICANT));
	h.clock.t += (int64_t)144 * 86400;
	put_down("Vagtplan uge 49", "2026-12-06");
	put_down("Telefonliste", "2026-12-13");
	put_down("Fremmøde 9/12", "2026-12-10");
	h.t.ms += 1;
	app_reload(t->app);
	tui_keys(t, "Ctrl-D");
}

static bool is_erased(struct id who)
{
	struct view *v;
	must(view_begin(h.store, &v, &e), &e, "view");
	bool erased = erase_covers(v, who);
	view_end(v);
	return erased;
}

/* ---- the lists ------------------------------------------------------------------------------------------- */
static void test_lists(void)
{
	open_later("lists");
	is_str(top(), "people-data", "Ctrl-D shows them");
	tui_goldens(t, "people-data");
	tui_go(t, "Søren");
	ok(tui_shows(t, "in ") && tui_shows(t, "applied, and nothing since"), "who soon will be, with the days and why");
	tui_keys(t, "Enter");
	is_str(top(), "volunteer", "Enter opens the card");
	tui_keys(t, "Esc p");
	tui_goldens(t, "people-data-printed");
	ok(tui_shows(t, "[On paper 3]") && tui_shows(t, "4 days over"), "a list that should have been shredded says so");
	tui_keys(t, "m");
	ok(tui_shows(t, "1 list shredded") && tui_shows(t, "shredded 10/12 2026"), "m: it is shredded");
	tui_keys(t, "u");
	ok(tui_shows(t, "4 days over"), "which can be undone");
	tui_keys(t, "Ctrl-A m");
	ok(tui_shows(t, "3 lists shredded") && !tui_shows(t, "days over"), "or all that are marked");
	tui_keys(t, "Home m");
	ok(tui_shows(t, "That is shredded already."), "once");
	tui_keys(t, "Enter");
	is_str(top(), "form", "Enter shows what is written about it");
	tui_keys(t, "Esc d m");
	ok(tui_shows(t, "Stand on a printed list first"), "nothing else is shredded");
	tui_keys(t, "e");
	tui_golden(t, "people-data-none", false);
	house_close(&h);
}

/* ---- the yearly run -------------------------------------------------------------------------------------- */
static void test_run(void)
{
	open_later("run");
	tui_keys(t, "s");
	is_str(top(), "erasing", "s shows first what goes");
	tui_goldens(t, "yearly-run");
	ok(tui_shows(t, "2 volunteers, 1 note on a check") && tui_shows(t, "Kirsten Toft") && !tui_shows(t, "Søren"),
		"whose time is over, not who soon will be");
	tui_keys(t, "s");
	tui_golden(t, "yearly-run-asks", true);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Nothing was done.") && !is_erased(h.kirsten), "Enter says no");
	tui_keys(t, "s s");
	ok(tui_shows(t, "Nothing was done.") && !is_erased(h.kirsten), "so does the key that asked");
	tui_keys(t, "s y");
	wait_for_work();
	ok(is_erased(h.kirsten) && is_erased(h.niels) && !is_erased(h.soren), "y does it, to them alone");
	tui_golden(t, "yearly-run-over", true);
	tui_keys(t, "s");
	ok(tui_shows(t, "That is over."), "once");
	tui_keys(t, "Esc");
	ok(tui_shows(t, "[Time over 1]") && tui_shows(t, "Erasures 2"), "then only who soon will be is left, and two erasures");
	tui_keys(t, "s");
	ok(tui_shows(t, "Nobody's time is over yet."), "and there is nothing to run");
	house_close(&h);
}

static void test_some(void)
{
	open_later("some");
	tui_go(t, "Søren");
	tui_keys(t, "Space s");
	ok(tui_shows(t, "Nothing of what is marked is over yet."), "whose time isn't over isn't erased by being marked");
	tui_go(t, "Søren");
	tui_keys(t, "Space");
	tui_go(t, "Niels");
	tui_keys(t, "Space s");
	ok(tui_shows(t, "Niels Petersen") && !tui_shows(t, "Kirsten"), "of those over, the marked ones");
	test_assign(h.store, test_shift(h.store, h.hall, h.guide, test_at("2026-12-20", 8, 0), test_at("2026-12-20", 11, 0), 1),
		h.niels, ASSIGNMENT_ACCEPTED);
	tui_draw(t);
	ok(tui_shows(t, "nothing: nobody's time is over"), "who has got a shift since then is let alone");
	tui_keys(t, "s");
	ok(!is_erased(h.niels) && tui_shows(t, "Nobody's time is over yet."), "whatever is pressed");
	house_close(&h);
}

/* ---- one person ------------------------------------------------------------------------------------------ */
static void test_one(void)
{
	open_later("one");
	must(ring_new(h.store, "Region Midtjylland", &e), &e, "ring");
	house_let_in(&h, "Silkeborg", RING_FULL);
	house_let_in(&h, "Regionshuset", RING_REGION);
	tui_keys(t, "3 / 'leif' Enter");
	is_str(top(), "volunteer", "from the card");
	tui_keys(t, "E");
	ok(tui_shows(t, "Leif Andersen"), "it is known whom");
	tui_keys(t, "Ctrl-S");
	is_str(top(), "act-form", "a reason is asked for");
	tui_keys(t, "Right");
	tui_golden(t, "erase-person", true);
	tui_keys(t, "Ctrl-S");
	wait_for_work();
	tui_goldens(t, "erase-person-counted");
	tui_keys(t, "s");
	tui_golden(t, "erase-person-asks", true);
	tui_keys(t, "Esc");
	ok(!is_erased(h.leif), "Esc says no");
	tui_keys(t, "s y");
	wait_for_work();
	ok(is_erased(h.leif), "y does it");
	tui_golden(t, "erase-person-over", true);
	tui_keys(t, "Esc");
	ok(strcmp(top(), "volunteer") != 0, "one isn't back on a card that is empty");
	tui_keys(t, "Ctrl-D e");
	ok(tui_shows(t, "1 of 2") && tui_shows(t, "Silkeborg") && !tui_shows(t, "Regionshuset"),
		"who has confirmed and who not yet; a site without persons isn't waited for");
	tui_goldens(t, "people-data-erased");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Not yet confirmed by: Silkeborg (not heard yet)"), "with when it was last heard of");
	house_close(&h);
}

/* ---- who has seen it ------------------------------------------------------------------------------------- */
static size_t times_seen(struct store *s, struct id who)
{
	struct arena *a = arena_new();
	struct seen_line *x;
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(seen_list(v, a, who, &x, &n, &e), &e, "list");
	view_end(v);
	arena_free(a);
	return n;
}

static void test_seen(void)
{
	open_later("seen");
	tui_keys(t, "3 / 'leif' Enter");
	ok(tui_shows(t, "Leif Andersen") && times_seen(h.store, h.leif) == 0, "a card is shown before it is noted that it was");
	tui_wait(t, 1);
	is_int((intmax_t)times_seen(h.store, h.leif), 1, "then it is");
	is_int(app_timeout(t->app, t->ms), -1, "and nothing more is to be done");
	tui_keys(t, "Esc Enter");
	tui_wait(t, 1);
	is_int((intmax_t)times_seen(h.store, h.leif), 1, "once a day");
	tui_keys(t, "A");
	ok(tui_shows(t, "card opened"), "it can be looked up");
	h.clock.t += 86400;
	tui_keys(t, "Esc Esc Enter");
	tui_wait(t, 1);
	is_int((intmax_t)times_seen(h.store, h.leif), 2, "the next day once more");
	tui_keys(t, "Esc E");
	tui_wait(t, 1);
	is_int((intmax_t)times_seen(h.store, h.merete), 0, "who is only in a list isn't said to be seen");
	tui_close(t);
	store_close(h.store);
	const struct store_opts opts = {.readonly = true, .clock = test_clock(&h.clock)};
	must(store_open(test_path("seen"), &opts, &h.store, &e), &e, "open");
	h.clock.t += 86400;
	struct app_opts app = {.store = h.store, .clock = test_clock(&h.clock)};
	app.sets = screens_actions(&app.nsets);
	tui_open(t, &app, 24, 80);
	app_push(t->app, screen_volunteer(t->app, h.leif));
	tui_draw(t);
	tui_wait(t, 1);
	ok(tui_shows(t, "Leif Andersen") && times_seen(h.store, h.leif) == 2, "a store for reading only is shown and keeps no notes");
	tui_keys(t, "E");
	ok(tui_shows(t, "for reading only"), "nor is anybody erased there");
	house_close(&h);
}

static void test_audit(void)
{
	open_later("audit");
	tui_keys(t, "p A");
	is_str(top(), "act-form", "from where nobody is known, it is asked whom");
	tui_keys(t, "'merete' Ctrl-S");
	is_str(top(), "audit", "then shown");
	tui_keys(t, "Esc d");
	tui_go(t, "Kirsten");
	tui_keys(t, "A");
	ok(tui_shows(t, "Who has seen Kirsten Toft"), "of whom the cursor is on");
	tui_goldens(t, "audit");
	tui_keys(t, "3 / 'hakim' Enter A");
	ok(tui_shows(t, "Who has seen Hakim Berg"), "or the card is about");
	tui_keys(t, "3 / 'hakim' Enter Esc A");
	house_close(&h);
}

/* ---- handed over ----------------------------------------------------------------------------------------- */
static void test_insight(void)
{
	struct arena *a = arena_new();
	struct buf text = {0};
	char **names;
	size_t n;
	open_later("insight");
	must(os_mkdir_p(test_path("stick"), &e), &e, "mkdir");
	tui_keys(t, "3 / 'merete' Enter I");
	ok(tui_shows(t, "Merete Kjeldsen-Magnussen"), "it is known whom");
	tui_golden(t, "insight", true);
	form_type(app_top(t->app)->form, 3, "her");
	tui_keys(t, "Ctrl-S");
	ok(tui_shows(t, "Write the whole path of the folder, from / on."), "the folder must be a whole path");
	form_type(app_top(t->app)->form, 3, test_path("stick"));
	tui_keys(t, "Ctrl-S");
	is_str(top(), "volunteer", "then it is written");
	ok(tui_shows(t, "Written to "), "and said where");
	must(os_list_dir(a, test_path("stick"), &names, &n, &e), &e, "list");
	is_int((intmax_t)n, 1, "in a folder of its own");
	const char *dir = os_path_join(a, test_path("stick"), n ? names[0] : "");
	ok(!strstr(dir, "Merete") && os_read_file(os_path_join(a, dir, "person.txt"), 1 << 20, &text, &e) == OK &&
		memmem(text.p, text.n, "Merete", 6) && os_exists(os_path_join(a, dir, "person.json")),
		"whose name isn't the person's, as a text and for programs");
	tui_keys(t, "A");
	ok(tui_shows(t, "data exported"), "which is noted");
	tui_keys(t, "Ctrl-D p");
	ok(tui_shows(t, "On paper 4"), "and is a copy that is to go");
	buf_free(&text);
	arena_free(a);
	house_close(&h);
}

/* ---- the words ------------------------------------------------------------------------------------------- */
static void test_danish(void)
{
	lang_set("da");
	open_later("danish");
	tui_goldens(t, "people-data-da");
	tui_keys(t, "p");
	tui_golden(t, "people-data-printed-da", false);
	tui_keys(t, "s");
	tui_goldens(t, "yearly-run-da");
	tui_keys(t, "s");
	ok(!is_erased(h.kirsten), "s asks");
	tui_keys(t, "y");
	ok(!is_erased(h.kirsten) && tui_shows(t, "Intet blev gjort."), "y isn't the Danish yes");
	tui_keys(t, "s j");
	wait_for_work();
	ok(is_erased(h.kirsten), "j is");
	tui_golden(t, "yearly-run-over-da", false);
	tui_keys(t, "Ctrl-D d E");
	tui_golden(t, "erase-person-da", false);
	tui_keys(t, "Esc A");
	tui_golden(t, "audit-da", false);
	house_close(&h);
	lang_set("en");
}

static void test_walk(void)
{
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct prng r = {seed * 7919};
		char name[16];
		snprintf(name, sizeof name, "walk%d", (int)seed);
		open_later(name);
		tui_walk(t, &r, 300, "program.quit go.import settings.change import.open sync.meet sync.other agreement.export person.insight",
			"a random walk over people's data");
		house_close(&h);
	}
}

int main(void)
{
	setenv("HOME", "/home/anna", 1);
	tui_speak("en");
	test_lists();
	test_run();
	test_some();
	test_one();
	test_seen();
	test_audit();
	test_insight();
	test_danish();
	test_walk();
	return done_testing();
}
