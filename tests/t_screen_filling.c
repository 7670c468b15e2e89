/* tests/t_screen_filling.c - filling the open places of a period as the coordinator sees it: who is proposed, what
 * stays open and why; all, some or none of it is taken, and Esc keeps the best so far. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"

static struct house h;
static struct tui *t = &h.t;
static struct id night, mon, tue, fri;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* The plan is made beside the screen; each wait is at most a step, and it always ends. */
static void wait_for_plan(void)
{
	while (app_top(t->app)->working)
		tui_wait(t, 1);
}

/* There is more to do than people to do it, and one who could has a pause. Wishes tell where the others go: without
 * them plans are as good as each other, and the ids, which are new in each store, choose. */
static void fill(void)
{
	mon = test_shift(h.store, h.hall, h.guide, test_at("2025-12-08", 8, 0), test_at("2025-12-08", 11, 0), 2);
	tue = test_shift(h.store, h.hall, h.guide, test_at("2025-12-09", 8, 0), test_at("2025-12-09", 11, 0), 2);
	fri = test_shift(h.store, h.hall, h.guide, test_at("2025-12-05", 8, 0), test_at("2025-12-05", 11, 0), 7);
	night = test_shift(h.store, h.hospice, h.vigil, test_at("2025-12-10", 20, 0), test_at("2025-12-11", 0, 0), 2);
	const struct { struct id shift, who; } wishes[] = {
		{h.mon_noon, h.liv}, {h.tue_am, h.frederik}, {h.tue_am, h.soren}, {mon, h.liv}, {mon, h.hakim},
		{tue, h.frederik}, {tue, h.susanne},
	};
	for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
		test_assign(h.store, wishes[i].shift, wishes[i].who, ASSIGNMENT_WISHED);
}

static void ask(const char *period)
{
	tui_keys(t, "Ctrl-N Ctrl-U");
	tui_paste(t, period);
	tui_keys(t, "Enter");
}

static void open_filling(const char *name)
{
	house_open(&h, name, 24, 80);
	fill();
	app_reload(t->app);
	ask("1/12 2025-14/12 2025");
	wait_for_plan();
}

static void test_list(void)
{
	house_open(&h, "list", 24, 80);
	fill();
	app_reload(t->app);
	tui_keys(t, "Ctrl-N");
	tui_golden(t, "filling-ask", false);
	tui_keys(t, "Enter");
	is_str(top(), "filling", "Ctrl-N and Enter fill the next four weeks");
	wait_for_plan();
	tui_goldens(t, "filling");
	ok(tui_shows(t, "15 of 16 places filled, and no plan fills more"), "the proof is told");
	tui_go(t, "! Kirsten");
	ok(tui_shows(t, "warning: Is on pause"), "what warns stands with whoever it warns of");
	tui_golden(t, "filling-warned", true);
	tui_go(t, "1 open place");
	tui_golden(t, "filling-open", false);
	ok(tui_shows(t, "only these may take any of them: Leif Andersen"), "and why a place stays open, by name");
	tui_keys(t, "Tab");
	tui_golden(t, "filling-why", false);
	tui_keys(t, "Esc");
	tui_keys(t, "Enter");
	is_str(top(), "fill", "Enter shows everybody who could");
	tui_keys(t, "Esc Esc");
	is_str(top(), "today", "Esc leaves");
	is_int(house_filled(&h, mon), 0, "and nobody was put anywhere");
	ask("1/3 2026-7/3 2026");
	wait_for_plan();
	tui_golden(t, "filling-none", false);
	tui_keys(t, "g");
	ok(tui_shows(t, "Nobody is proposed."), "where no place is open there is nothing to take");
	tui_keys(t, "Esc");
	ask("næste jul");
	ok(!tui_shows(t, "Looking") && strcmp(top(), "filling") != 0, "what isn't a period is asked again");
	house_close(&h);
}

static void test_take_all(void)
{
	open_filling("all");
	tui_keys(t, "g");
	ok(tui_shows(t, "14 places filled"), "g takes all that nothing warns of");
	is_str(top(), "today", "and goes back");
	is_int(house_filled(&h, fri), 6, "those are on their shifts");
	is_int(house_state(&h, fri, h.kirsten), 0, "who has a warning isn't");
	tui_keys(t, "u");
	is_int(house_filled(&h, fri) + house_filled(&h, mon) + house_filled(&h, night), 0, "one u takes all of it back");
	house_close(&h);
}

static void test_take_marked(void)
{
	open_filling("marked");
	tui_go(t, "Leif");
	tui_keys(t, "Space");
	ok(tui_shows(t, "1 marked"), "Space marks one");
	tui_keys(t, "g");
	ok(tui_shows(t, "1 place filled"), "g takes that one");
	is_int(house_state(&h, night, h.leif), ASSIGNMENT_ACCEPTED, "who is on the shift now");
	is_int(house_filled(&h, fri), 0, "and nobody else is");
	house_close(&h);
}

static void test_offer(void)
{
	open_filling("offer");
	tui_go(t, "Leif");
	tui_keys(t, "Space o");
	ok(tui_shows(t, "1 place offered"), "o offers it");
	is_int(house_state(&h, night, h.leif), ASSIGNMENT_OFFERED, "who has been asked");
	is_int(house_filled(&h, night), 0, "is no cover yet");
	house_close(&h);
}

static void test_reason(void)
{
	open_filling("reason");
	tui_go(t, "! Kirsten");
	tui_keys(t, "Space g");
	ok(tui_shows(t, "Why all the same?"), "who has a warning needs a reason");
	tui_golden(t, "filling-reason", false);
	tui_keys(t, "Enter");
	ok(house_filled(&h, fri) == 0, "an empty one isn't enough");
	tui_keys(t, "Ctrl-U 'Hun vil gerne' Enter");
	is_int(house_state(&h, fri, h.kirsten), ASSIGNMENT_ACCEPTED, "with one she is on the shift");
	is_str(top(), "today", "and the screen is left");
	house_close(&h);
}

static void test_why_not(void)
{
	open_filling("why");
	tui_go(t, "Leif");
	tui_keys(t, "i");
	ok(tui_shows(t, "Who else for Wed 10/12 20:00–24:00?"), "i asks of whom");
	tui_keys(t, "'liv' Enter");
	ok(tui_shows(t, "Doesn't have the role V"), "and tells why not");
	tui_keys(t, "Esc");
	tui_go(t, "Mon 8/12");
	tui_keys(t, "i 'niels' Enter");
	tui_golden(t, "filling-why-not", false);
	ok(tui_shows(t, "onfidentiality"), "by the rule that bars");
	tui_keys(t, "Esc");
	is_str(top(), "filling", "the plan is still there");
	house_close(&h);
}

static void test_go_on(void)
{
	open_filling("more");
	tui_keys(t, "m");
	ok(app_top(t->app)->working && tui_shows(t, "Esc keeps the best so far"), "m looks longer");
	tui_keys(t, "Esc");
	wait_for_plan();
	is_str(top(), "filling", "Esc ends that");
	ok(tui_shows(t, "15 of 16 places filled"), "and keeps the best so far");
	tui_keys(t, "g");
	ok(tui_shows(t, "14 places filled"), "which can be taken");
	house_close(&h);
	house_open(&h, "early", 24, 80);
	fill();
	app_reload(t->app);
	ask("1/12 2025-14/12 2025");
	tui_keys(t, "Esc Esc");
	wait_for_plan();
	ok(app_top(t->app) != NULL, "it can be left at any time");
	house_close(&h);
}

static void test_file(void)
{
	open_filling("file");
	const char *path = os_path_join(t->arena, test_dir(), "plan.csv");
	tui_keys(t, "e Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	struct err e;
	struct buf out = {0};
	must(os_read_file(path, 100000, &out, &e), &e, "read");
	buf_addc(&out, 0);
	const char *text = (const char *)out.p;
	ok(strstr(text, "Leif Andersen") && strstr(text, "! Kirsten Toft"), "e writes who is proposed");
	ok(strstr(text, "1 open place") && strstr(text, "only these may take"), "what stays open, and why");
	buf_free(&out);
	is_int((intmax_t)house_count(&h, TYPE_PRINTED_LIST), 1, "and it is put down that a list left the program");
	house_close(&h);
}

/* On the roster it is the week that is looked at. */
static void test_roster(void)
{
	house_open(&h, "roster", 24, 80);
	fill();
	app_reload(t->app);
	tui_keys(t, "2 PgDn Ctrl-N");
	ok(tui_shows(t, "8/12 2025-14/12 2025"), "from the roster its week is proposed");
	tui_keys(t, "Enter");
	wait_for_plan();
	ok(tui_shows(t, "5 of 6 places"), "and filled");
	house_close(&h);
}

/* Everybody for it said no but one, who comes on another day; only Susanne is free then. */
static void make_chain(void)
{
	const struct id no[] = {h.merete, h.frederik, h.hakim, h.susanne, h.kirsten, h.liv};
	struct id late = test_shift(h.store, h.hall, h.guide, test_at("2025-12-16", 8, 0), test_at("2025-12-16", 11, 0), 1);
	struct id later = test_shift(h.store, h.hall, h.guide, test_at("2025-12-18", 8, 0), test_at("2025-12-18", 11, 0), 1);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		test_assign(h.store, late, no[i], ASSIGNMENT_DECLINED);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (!id_equal(no[i], h.susanne))
			test_assign(h.store, later, no[i], ASSIGNMENT_DECLINED);
	test_assign(h.store, later, h.soren, ASSIGNMENT_ACCEPTED);
	test_set(h.store, TYPE_VOLUNTEER, h.soren, F_VOLUNTEER_MAX_PER_MONTH, value_int(2));
	test_assign(h.store, h.thu_am, h.soren, ASSIGNMENT_ACCEPTED);
	mon = late;
	tue = later;
	app_reload(t->app);
	app_push(t->app, screen_fill(t->app, late, NULL));
	tui_draw(t);
}

static void test_replan(void)
{
	house_open(&h, "replan", 24, 80);
	make_chain();
	tui_keys(t, "Ctrl-N");
	tui_golden(t, "replan", false);
	ok(tui_shows(t, "Bak takes Thu 18/12 08:00."), "Ctrl-N among the candidates: who moves, and who comes instead");
	tui_keys(t, "Enter");
	is_int(house_state(&h, mon, h.soren), ASSIGNMENT_RECONFIRM, "Enter puts it down: who moves must confirm");
	is_int(house_state(&h, tue, h.susanne), ASSIGNMENT_OFFERED, "who comes is asked");
	ok(tui_shows(t, "Not agreed yet"), "and nobody is led to count on it");
	tui_keys(t, "Esc u");
	is_int(house_state(&h, tue, h.soren), ASSIGNMENT_ACCEPTED, "one u takes all of it back");
	house_close(&h);
}

static void test_danish(void)
{
	lang_set("da");
	open_filling("danish");
	tui_goldens(t, "filling-da");
	tui_go(t, "1 ledig plads");
	tui_golden(t, "filling-open-da", false);
	tui_go(t, "! Kirsten");
	tui_keys(t, "Space g");
	tui_golden(t, "filling-reason-da", false);
	house_close(&h);
	lang_set("en");
}

static void test_walk(void)
{
	struct prng r = {20251208};
	open_filling("walk");
	tui_walk(t, &r, 300, "program.quit filling.write", "300 random keys");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_list();
	test_take_all();
	test_take_marked();
	test_offer();
	test_reason();
	test_why_not();
	test_go_on();
	test_file();
	test_roster();
	test_replan();
	test_danish();
	test_walk();
	return done_testing();
}
