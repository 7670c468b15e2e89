/* tests/t_screen_sync.c - meeting other sites as the coordinator sees it: where, the meeting itself and stopping it,
 * what it brought, what is to be decided, and taking all of it back. The stick is pretended; the changes on it are
 * real. */
#include "tests/screentest.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "tests/carry.h"
#include "tui/syncing.h"

static struct house h;
static struct tui *t = &h.t;
static struct store *other;                /* at Silkeborg */

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* ---- a pretended stick ------------------------------------------------------------------------------------ */

static struct {
	bool has_ring, waits, loses, foreign;           /* waits: until it is let go or told to stop */
	bool locked;                           /* it can only be read */
	atomic_bool go_on, is_waiting;
	atomic_int meetings;
	bool accepted;
	char remembered[200];
} stick;

static int find_places(struct arena *a, struct folder_place **out, size_t *n, struct err *e)
{
	static const struct folder_place places[] = {
		{"/media/anna/SAMVAGT-STIK", "SAMVAGT-STIK", true, true, 12100000000},
		{"/mnt/faelles/frivillige", "frivillige", false, true, 480000000},
		{"/media/anna/TOM", "TOM", true, false, 31000000},
	};
	(void)e;
	*out = arena_copy(a, places, sizeof places);
	*n = sizeof places / sizeof *places;
	return OK;
}

static int find_sites(struct store *s, struct arena *a, struct sync_site **out, size_t *n, struct err *e)
{
	static const struct sync_site sites[] = {
		{.name = "Viborg", .role = RING_FULL, .self = true, .follows = true, .unsent = 3, .site = {{1}}},
		{.name = "Silkeborg", .role = RING_FULL, .follows = true, .heard = 1764576000 - 86400, .lacks = 3, .site = {{2}},
			.silent_days = 1},
		{.name = "Skive", .role = RING_FULL, .follows = true, .heard = 1764576000 - 41 * 86400, .lacks = 212, .silent_days = 41,
			.holds_back = true, .site = {{3}}},
		{.name = "Hammel", .role = RING_FULL, .follows = true, .silent_days = -1, .lacks = 0, .site = {{4}}},
		{.name = "Regionshuset", .role = RING_REGION, .silent_days = -1, .site = {{5}}},
	};
	(void)s;
	if (!stick.has_ring)
		return err_set(e, ERR_NOTFOUND, "no ring");
	*out = arena_copy(a, sites, sizeof sites);
	*n = sizeof sites / sizeof *sites;
	return OK;
}

static int wait_as_told(const struct sync_opts *opts, struct err *e)
{
	atomic_store(&stick.is_waiting, true);
	while (!atomic_load(&stick.go_on)) {
		if (opts->progress(opts->ctx, SYNC_READING, 12, 40))
			return err_set(e, ERR_STOPPED, "stopped");
		usleep(1000);
	}
	return OK;
}

static int meet(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a,
	struct sync_result *out, struct err *e)
{
	static const struct sync_trouble cut = {SYNC_CUT, "x", "Skive",
		"A file of Skive is cut short; it is tried again next time."};
	static const struct sync_from from = {"Silkeborg", 9};
	(void)a;
	atomic_fetch_add(&stick.meetings, 1);
	stick.accepted = opts->accept_losses;
	if (stick.foreign)
		return err_set(e, ERR_REFUSED, "STICK belongs to another ring.");
	opts->progress(opts->ctx, SYNC_READING, 1, 40);
	if (strcmp(dir, "/media/anna/TOM") == 0)
		return err_set(e, ERR_REFUSED, "A region member only reads.");
	out->loses = stick.loses && !opts->accept_losses;
	if (out->loses)
		return err_set(e, ERR_REFUSED, "What came deletes 40 of 176 volunteers.");
	int rc = stick.waits ? wait_as_told(opts, e) : OK;
	if (rc)
		return rc;
	out->taken.merge = carry(other, s, "SAMVAGT-STIK");
	out->taken.groups = out->taken.merge ? 9 : 0;
	out->from = &from;
	out->nfrom = out->taken.merge ? 1 : 0;
	out->taken.open = out->taken.merge ? 2 : 0;
	out->own_sent = 3;
	out->relayed = 1;
	out->trouble = &cut;
	out->ntrouble = 1;
	out->received = true;
	return stick.locked ? err_set(e, ERR_READONLY, "Nothing was left on the stick: it can only be read.") : OK;
}

static int remember(const char *dir, struct err *e)
{
	(void)e;
	snprintf(stick.remembered, sizeof stick.remembered, "%s", dir);
	return OK;
}

static const struct sync_calls calls = {find_places, find_sites, meet, remember};

/* ---- what both sites did ------------------------------------------------------------------------------------ */

static void set_place(struct store *s, struct id shift, struct id who, int state)
{
	test_set(s, TYPE_ASSIGNMENT, id_assignment(shift, who), F_ASSIGNMENT_STATE, value_int(state));
}

/* Since they last met, each has changed a phone and a note, and Silkeborg some of the roster. */
static void open_two(const char *name, int rows, int cols)
{
	static struct test_clock there;
	house_open(&h, name, rows, cols);
	there.t = h.clock.t;
	other = carry_store(arena_printf(t->arena, "%s-silkeborg", name), &there, "Silkeborg", "Bo");
	carry_both(h.store, other);
	test_set(h.store, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_PHONE, value_text("20838797"));
	test_set(h.store, TYPE_VOLUNTEER, h.merete, F_VOLUNTEER_NOTE, value_text("Ring helst om formiddagen."));
	test_assign(h.store, h.sat, h.frederik, ASSIGNMENT_ACCEPTED);
	there.t += 600;
	test_set(other, TYPE_VOLUNTEER, h.liv, F_VOLUNTEER_PHONE, value_text("20518011"));
	test_set(other, TYPE_VOLUNTEER, h.merete, F_VOLUNTEER_NOTE,
		value_text("Vil gerne have flere vagter i Silkeborg."));
	test_set(other, TYPE_VOLUNTEER, h.hakim, F_VOLUNTEER_CITY, value_text("Silkeborg"));
	test_volunteer(other, "Ane", "Dam");
	set_place(other, h.tue_am, h.susanne, ASSIGNMENT_WITHDRAWN);
	test_set(other, TYPE_SHIFT, h.wed_am, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	test_assign(other, h.mon_noon, h.soren, ASSIGNMENT_ACCEPTED);
	test_delete(other, TYPE_SHIFT, h.sat);
	test_set(other, TYPE_UNIT, h.hall, F_UNIT_PHONE, value_text("78440000"));
	stick.has_ring = true;
	stick.waits = stick.foreign = stick.loses = stick.accepted = stick.locked = false;
	stick.remembered[0] = '\0';
	atomic_store(&stick.go_on, false);
	atomic_store(&stick.is_waiting, false);
	atomic_store(&stick.meetings, 0);
	app_go(t->app, screen_sync_with(t->app, &calls));
	tui_draw(t);
}

static void close_two(void)
{
	house_close(&h);
	store_close(other);
}

/* Until the meeting has ended, however long that takes. */
static void wait_for_meeting(void)
{
	while (app_top(t->app)->working)
		tui_wait(t, 1);
}

static void wait_for_progress(void)
{
	while (!atomic_load(&stick.is_waiting) || !tui_shows(t, "12 of 40"))
		tui_wait(t, 1);
}

static size_t changes(struct store *s)
{
	struct err e = {0};
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	size_t no = (size_t)log_head(v).no;
	view_end(v);
	return no;
}

static const char *phone(struct id who)
{
	struct peek l = look_begin(h.store);
	const char *text = arena_strdup(t->arena, test_find(&l, who)->phone);
	look_end(&l);
	return text;
}

/* ---- where -------------------------------------------------------------------------------------------------- */

static void test_where(void)
{
	open_two("where", 24, 80);
	tui_golden(t, "sync-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "sync-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "sync-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "End");
	ok(tui_shows(t, "Hammel"), "the sites stand below the folders");
	ok(tui_shows(t, "reads only") && tui_shows(t, "At each meeting it gets units"), "of one that only reads it is told what it gets");
	tui_keys(t, "Up Up Enter");
	ok(tui_shows(t, "sites aren't met directly") && strcmp(top(), "sync") == 0, "a site can't be met directly");
	ok(tui_shows(t, "Nothing has come from Skive for 41 days"), "one that has long been silent is explained");
	tui_keys(t, "p 'media/x' Enter");
	ok(tui_shows(t, "Write the whole path"), "a folder is given by its whole path");
	tui_keys(t, "Ctrl-U '/nowhere/at/all' Enter");
	ok(tui_shows(t, "There is no such folder"), "and has to be there");
	tui_keys(t, "Ctrl-U");
	tui_paste(t, test_dir());
	tui_keys(t, "Enter");
	wait_for_meeting();
	is_str(top(), "digest", "then one meets there");
	is_str(stick.remembered, test_dir(), "and it is remembered");
	ok(tui_shows(t, "Everything is written.") && !tui_shows(t, "take the stick out"),
		"what is no stick isn't taken out");
	close_two();
}

static void test_no_ring(void)
{
	open_two("no-ring", 24, 80);
	stick.has_ring = false;
	app_go(t->app, screen_sync_with(t->app, &calls));
	tui_draw(t);
	tui_golden(t, "sync-no-ring", true);
	tui_keys(t, "p");
	ok(tui_shows(t, "There is no ring to meet yet."), "nothing can be met without a ring");
	close_two();
}

/* ---- the meeting -------------------------------------------------------------------------------------------- */

static void test_meeting(void)
{
	open_two("meeting", 24, 80);
	stick.waits = true;
	tui_keys(t, "Enter");
	wait_for_progress();
	tui_golden(t, "meet-80x24", true);
	tui_keys(t, "Q 1 Down");
	is_str(top(), "meet", "keys do nothing meanwhile");
	atomic_store(&stick.go_on, true);
	wait_for_meeting();
	is_str(top(), "digest", "then it says what came");
	ok(tui_shows(t, "You can take the stick out now."), "and that the stick can be taken out");
	ok(tui_shows(t, "A file of Skive is cut short"), "and what went wrong");
	tui_keys(t, "Esc");
	is_str(top(), "sync", "back leads to the folders");
	close_two();
}

static void test_stopping(void)
{
	open_two("stopping", 24, 80);
	size_t before = changes(h.store);
	stick.waits = true;
	tui_keys(t, "Enter");
	wait_for_progress();
	tui_keys(t, "Esc");
	wait_for_meeting();
	ok(tui_shows(t, "Stopped."), "Esc stops it");
	ok(!tui_shows(t, "take the stick out now"), "without saying that the stick can be taken out");
	is_int((intmax_t)changes(h.store), (intmax_t)before, "nothing was written");
	stick.waits = false;
	tui_keys(t, "Enter");
	wait_for_meeting();
	is_str(top(), "digest", "Enter tries again");
	close_two();
}

static void test_failing(void)
{
	open_two("failing", 24, 80);
	tui_keys(t, "Down Down Enter");
	wait_for_meeting();
	ok(tui_shows(t, "A region member only reads.") && tui_shows(t, "Not everything may be written"), "what failed is told");
	ok(!tui_shows(t, "Yes, take that in"), "not every refusal is of losses");
	ok(!tui_broken(t), "and all holds");
	tui_keys(t, "Esc Home");
	stick.loses = true;
	tui_keys(t, "Enter");
	wait_for_meeting();
	ok(tui_shows(t, "What came deletes 40 of 176 volunteers."), "before much is deleted it asks");
	is_str(stick.remembered, "", "a folder where nothing came of it isn't remembered");
	tui_keys(t, "Enter Esc");
	ok(!stick.accepted && atomic_load(&stick.meetings) == 2, "and does nothing by a slip");
	tui_keys(t, "Enter");
	wait_for_meeting();
	tui_keys(t, "y");
	wait_for_meeting();
	ok(stick.accepted && strcmp(top(), "digest") == 0, "only when it is wanted");
	close_two();
}

static void test_foreign(void)
{
	open_two("foreign", 24, 80);
	stick.foreign = true;
	tui_keys(t, "Enter");
	wait_for_meeting();
	ok(tui_shows(t, "belongs to another ring") && tui_shows(t, "Nothing was taken in, and nothing written"),
		"a folder that is another's is told of");
	ok(!tui_shows(t, "Yes, take that in"), "and nothing is asked: there is nothing to be taken in");
	tui_keys(t, "y");
	ok(!stick.accepted && atomic_load(&stick.meetings) == 1, "nor done");
	close_two();
}

static void test_locked(void)
{
	open_two("locked", 24, 80);
	stick.locked = true;
	tui_keys(t, "Enter");
	wait_for_meeting();
	is_str(top(), "digest", "what came from a stick that can only be read is shown");
	tui_golden(t, "digest-locked", true);
	ok(!tui_shows(t, "take the stick out") && !tui_shows(t, "Left for the others"), "and nothing is said to be on it");
	tui_keys(t, "Esc Enter");
	wait_for_meeting();
	is_str(top(), "meet", "when nothing new came, the meeting itself says why");
	ok(tui_shows(t, "Nothing was left on the stick") && tui_shows(t, "Enter tries again"), "and what to do");
	stick.locked = false;
	tui_keys(t, "Enter");
	wait_for_meeting();
	ok(tui_shows(t, "You can take the stick out now."), "unlocked, all is written");
	close_two();
}

/* The terminal is closed in the middle: the meeting comes to an end before the store is. */
static void test_hangup(void)
{
	open_two("hangup", 24, 80);
	stick.waits = true;
	tui_keys(t, "Enter");
	wait_for_progress();
	app_event(t->app, &(struct event){.what = EV_HANGUP});
	ok(app_is_done(t->app) && !app_top(t->app)->writing, "a hang-up ends the meeting first");
	close_two();
}

/* ---- what it brought ------------------------------------------------------------------------------------------ */

static void meet_now(void)
{
	tui_keys(t, "Home Enter");
	wait_for_meeting();
}

static void test_digest(void)
{
	open_two("digest", 24, 80);
	meet_now();
	tui_golden(t, "digest-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "digest-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "digest-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "/ 'hakim' Enter");
	is_str(top(), "volunteer", "Enter opens the card");
	tui_keys(t, "Esc Esc Home Enter");
	is_str(top(), "disagreements", "or what is to be decided");
	close_two();
}

static void test_undo(void)
{
	open_two("undo", 24, 80);
	meet_now();
	is_int(house_state(&h, h.tue_am, h.susanne), ASSIGNMENT_WITHDRAWN, "the merge has taken somebody off");
	tui_keys(t, "u");
	ok(tui_shows(t, "Undone: the whole merge"), "u takes the whole merge back");
	tui_golden(t, "digest-undone", true);
	ok(tui_shows(t, "Taken back today 09:10: nothing of this merge") && !tui_shows(t, "Ane Dam"), "which is told in place of it");
	is_int(house_state(&h, h.tue_am, h.susanne), ASSIGNMENT_ACCEPTED, "who was on the shift is on it again");
	is_str(phone(h.liv), "20838797", "and the phone is what it was here");
	close_two();
}

static void test_history(void)
{
	open_two("history", 24, 80);
	meet_now();
	tui_keys(t, "8 / 'merge from SAMV'");
	ok(tui_shows(t, "merge from SAMVAGT-STIK: "), "the history has the merge as one line");
	tui_keys(t, "Enter");
	is_str(top(), "digest", "Enter shows what it brought");
	close_two();
}

/* ---- the home screen -------------------------------------------------------------------------------------------- */

static void test_home(void)
{
	open_two("home", 24, 80);
	carry(other, h.store, "SAMVAGT-STIK");
	tui_keys(t, "1");
	tui_golden(t, "today-sync-80x24", true);
	tui_keys(t, "Home Enter");
	is_str(top(), "disagreements", "what is to be decided stands first");
	tui_keys(t, "Esc Home Down Enter");
	is_str(top(), "digest", "then what has come");
	tui_keys(t, "Esc");
	ok(!tui_shows(t, "have come"), "which is no news once it was looked at");
	ok(tui_shows(t, "to decide"), "but what is to be decided stays");
	close_two();
}

/* ---- what is to be decided --------------------------------------------------------------------------- */

static void open_disagreements(const char *name)
{
	open_two(name, 24, 80);
	carry(other, h.store, "SAMVAGT-STIK");
	app_go(t->app, screen_disagreements(t->app, ID_NONE));
	tui_draw(t);
}

static void go_to(const char *text)
{
	for (int i = 0; i < 12 && !strstr(tui_row(t, t->cv->cursor_row), text); i++)
		tui_keys(t, "Down");
}

static void test_disagreements(void)
{
	open_disagreements("disagreements");
	tui_golden(t, "disagree-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "disagree-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "disagree-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "Home");
	go_to("Liv");
	tui_keys(t, "b");
	is_str(phone(h.liv), "20838797", "a letter takes its value");
	ok(tui_shows(t, "Decided: Liv Poulsen · Phone"), "and that is told");
	ok(!tui_shows(t, "20 83 87 97  ≠"), "then it is no row any more");
	tui_keys(t, "u");
	ok(!tui_broken(t), "it can be taken back");
	tui_keys(t, "Home");
	go_to("Merete");
	tui_keys(t, "d");
	ok(tui_shows(t, "There is no value with that letter"), "a letter without a value does nothing");
	tui_keys(t, "s");
	ok(tui_shows(t, "Decided: Merete"), "of two notes both can be kept");
	tui_keys(t, "1 3 / 'merete' Enter");
	ok(tui_shows(t, "Ring helst om formiddagen.") && tui_shows(t, "Vil gerne have flere vagter"),
		"one below the other");
	close_two();
}

static void test_typing(void)
{
	open_disagreements("typing");
	go_to("Liv");
	tui_keys(t, "e Ctrl-U '12' Enter");
	is_str(top(), "prompt", "what can't be a phone number isn't taken");
	tui_keys(t, "Ctrl-U '30303030' Enter");
	is_str(phone(h.liv), "30303030", "another value can be written");
	tui_keys(t, "Home");
	go_to("Merete");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Both, one below the other"), "Enter asks, and Both is among the answers");
	tui_keys(t, "Down Enter");
	ok(tui_shows(t, "Decided: Merete"), "arrows and Enter are enough");
	close_two();
}

static void test_stray(void)
{
	open_disagreements("stray");
	go_to("Deleted shift");
	ok(tui_shows(t, "Frederik Berg"), "people on a shift that is gone are told");
	h.clock.t += 33 * 86400;
	tui_keys(t, "Esc");
	app_go(t->app, screen_disagreements(t->app, ID_NONE));
	tui_draw(t);
	go_to("Deleted shift");
	ok(tui_shows(t, "Frederik Berg"), "also more than a month after the merge");
	tui_keys(t, "x");
	ok(tui_shows(t, "2 places taken off"), "and can be taken off");
	ok(!tui_shows(t, "Deleted shift"), "then it is settled");
	close_two();
}

/* What two places have made of one person. */
static void test_problems(void)
{
	open_two("problems", 24, 80);
	civil_min eight = test_at("2025-12-08", 8, 0);
	struct id early = test_shift(h.store, h.hall, h.guide, eight, eight + 180, 1);
	struct id same = test_shift(h.store, h.children, h.play, eight + 120, eight + 240, 1);
	carry_both(h.store, other);
	test_assign(h.store, early, h.hakim, ASSIGNMENT_ACCEPTED);
	test_assign(other, same, h.hakim, ASSIGNMENT_ACCEPTED);
	test_person(other, &(struct test_person){.given = "Søren", .family = "Ærø", .phone = "20112238"});
	carry(other, h.store, "SAMVAGT-STIK");
	app_go(t->app, screen_disagreements(t->app, ID_NONE));
	tui_draw(t);
	go_to("Two places");
	ok(tui_shows(t, "Hakim Berg"), "two places at once are told");
	tui_keys(t, "Enter");
	is_str(top(), "roster-day", "and Enter shows the day");
	tui_keys(t, "Esc");
	go_to("Twice");
	tui_keys(t, "Enter");
	is_str(top(), "merge", "two records of one person are put side by side");
	close_two();
}

static void test_marks(void)
{
	open_disagreements("marks");
	app_push(t->app, screen_volunteer(t->app, h.liv));
	tui_draw(t);
	ok(tui_shows(t, "20 51 80 11 ≠ disagreement"), "a card marks what is to be decided");
	tui_keys(t, "v");
	ok(strcmp(top(), "disagreements") == 0 && strstr(tui_row(t, t->cv->cursor_row), "Liv"), "and leads there");
	app_push(t->app, screen_record_form(t->app, TYPE_VOLUNTEER, h.liv, NULL, NULL));
	tui_draw(t);
	ok(tui_shows(t, "≠ disagreement"), "so does a form");
	close_two();
}

/* ---- in Danish, and at random ------------------------------------------------------------------------------ */

static void test_danish(void)
{
	open_two("danish", 24, 80);
	lang_set("da");
	app_go(t->app, screen_sync_with(t->app, &calls));
	tui_draw(t);
	tui_golden(t, "sync-da", false);
	meet_now();
	tui_golden(t, "digest-da", false);
	tui_keys(t, "v");
	tui_golden(t, "disagree-da", false);
	tui_resize(t, 17, 60);
	ok(!tui_broken(t), "in Danish there is room for all at the smallest size");
	lang_set("en");
	close_two();
}

static void test_walks(void)
{
	static const char *const walks[] = {"walk-1", "walk-2", "walk-3", "walk-4"};
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct prng r = {seed * 15485863};
		open_two(walks[seed - 1], 24, 80);
		carry(other, h.store, "SAMVAGT-STIK");
		if (seed % 2)
			app_push(t->app, screen_disagreements(t->app, ID_NONE));
		else
			app_push(t->app, screen_digest(t->app));
		tui_draw(t);
		tui_walk(t, &r, 300, "program.quit settings.change import.open go.sync sync.meet sync.other",
			"a random walk from what a merge brought");
		close_two();
	}
}

int main(void)
{
	tui_speak("en");
	test_where();
	test_no_ring();
	test_meeting();
	test_stopping();
	test_failing();
	test_foreign();
	test_locked();
	test_hangup();
	test_digest();
	test_undo();
	test_history();
	test_home();
	test_disagreements();
	test_typing();
	test_stray();
	test_problems();
	test_marks();
	test_danish();
	test_walks();
	return done_testing();
}
