/* tests/t_screen_asked.c - what the users of other programs ask for most, each done by its keys
 * on the screen, as cli-asked.sh does it by commands. What else those screens do is in their own tests. */
#include "tests/screentest.h"

#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "store/erase.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static void open_day(struct id shift)
{
	civil_min start = house_start(&h, shift);
	app_push(t->app, screen_roster_day(t->app, cmin_date(start), ID_NONE, shift));
	tui_draw(t);
}

static void type_in(const char *text)
{
	tui_keys(t, "Ctrl-U");
	tui_paste(t, text);
}

/* A field of somebody's place; nothing when there is none. */
static struct value of_place(struct id shift, struct id who, int field)
{
	struct peek l = look_begin(h.store);
	struct rec *r;
	must(view_get(l.v, t->arena, TYPE_ASSIGNMENT, id_assignment(shift, who), &r, &e), &e, "place");
	struct value v = r ? rec_get(r, field) : value_none();
	look_end(&l);
	return v;
}

static int attendance(struct id shift, struct id who)
{
	struct value v = of_place(shift, who, F_ASSIGNMENT_ATTENDANCE);
	return v.tag == V_INT ? (int)v.i : 0;
}

/* The question where to is open: there, and what the file says then. */
static const char *written(const char *name)
{
	const char *path = os_path_join(t->arena, test_dir(), name);
	type_in(path);
	tui_keys(t, "Enter");
	if (!os_exists(path))
		return "";
	struct buf b = test_read(path);
	const char *text = arena_printf(t->arena, "%.*s", (int)b.n, b.p ? b.p : "");
	buf_free(&b);
	return text;
}

/* ---- who comes ------------------------------------------------------------------------------------------ */

static void test_swap(void)
{
	house_open(&h, "swap", 24, 80);
	open_day(h.wed_am);
	tui_go(t, "Susanne");
	tui_keys(t, "i Enter Right");
	tui_go(t, "Søren");
	tui_keys(t, "i 'begge vil' Enter");
	is_int(house_state(&h, h.thu_am, h.susanne), ASSIGNMENT_ACCEPTED, "swap: two exchange their shifts, the one");
	is_int(house_state(&h, h.wed_am, h.soren), ASSIGNMENT_ACCEPTED, "and the other");
	house_close(&h);
}

static void test_substitute(void)
{
	house_open(&h, "substitute", 24, 80);
	tui_keys(t, "Home Enter / 'merete' Esc j");
	is_int(house_state(&h, h.tue_am, h.merete), ASSIGNMENT_ACCEPTED, "substitute: who says yes is on the shift");
	ok(value_equal(of_place(h.tue_am, h.merete, F_ASSIGNMENT_SUBSTITUTE_FOR), value_id(h.liv)),
		"and it is known for whom");
	is_int(house_state(&h, h.tue_am, h.liv), ASSIGNMENT_WITHDRAWN, "whose name stays");
	house_close(&h);
}

static void test_waiting_list(void)
{
	house_open(&h, "waiting", 24, 80);
	open_day(h.mon_am);
	tui_keys(t, "b 'søren' Ctrl-V Esc Esc");
	is_int(house_state(&h, h.mon_am, h.soren), ASSIGNMENT_WISHED,
		"waiting list: one key puts somebody on that of a full shift");
	tui_go(t, "Merete");
	tui_keys(t, "a");
	tui_go(t, "Søren");
	tui_keys(t, "j");
	is_int(house_state(&h, h.mon_am, h.soren), ASSIGNMENT_ACCEPTED,
		"and one from it to the place that another leaves");
	house_close(&h);
}

static void test_offer(void)
{
	house_open(&h, "offer", 24, 80);
	test_assign(h.store, h.mon_noon, h.liv, ASSIGNMENT_WISHED);
	tui_keys(t, "Ctrl-N");
	type_in("1/12 2025-1/12 2025");
	tui_keys(t, "Enter");
	while (app_top(t->app)->working)
		tui_wait(t, 1);
	tui_go(t, "Liv");
	tui_keys(t, "Space o");
	is_int(house_state(&h, h.mon_noon, h.liv), ASSIGNMENT_OFFERED, "an unanswered offer: a place is offered");
	is_int(house_filled(&h, h.mon_noon), 1, "and covers nothing");
	ok(tui_go(t, "11:00–14:00") && tui_shows(t, "Open places today"), "so today lists it as open");
	house_close(&h);
}

static void test_asked(void)
{
	house_open(&h, "asked", 24, 80);
	tui_keys(t, "Home Enter / 'merete' Esc k");
	is_int((intmax_t)house_count(&h, TYPE_CALL), 1, "a log of who said no: the call is kept");
	ok(tui_go(t, "Merete") && tui_shows(t, "asked today 09:00 by Anna"), "with when, and by whom");
	tui_keys(t, "j");
	is_int((intmax_t)house_count(&h, TYPE_CALL), 1, "so nobody is asked twice a day");
	house_close(&h);
}

/* ---- when ----------------------------------------------------------------------------------------------- */

static void test_series(void)
{
	house_open(&h, "series", 24, 80);
	tui_keys(t, "Ctrl-W o 'Hospitalsg' Down 'Forhal' Down Ctrl-U 'every week' Down 'man tor'");
	tui_keys(t, "Down '16' Down '18' Ctrl-S");
	size_t shifts = house_count(&h, TYPE_SHIFT);
	ok(tui_shows(t, "The series is made") && shifts > 10, "recurring shifts: a series makes them");
	tui_keys(t, "m");
	type_in("31/12 2025");
	tui_keys(t, "Enter");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts, "idempotent: made again they are the same");
	tui_keys(t, "x");
	type_in("18/12");
	tui_keys(t, "Enter");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts - 1, "with exceptions: a day is taken out");
	tui_keys(t, "m");
	type_in("31/12 2025");
	tui_keys(t, "Enter");
	is_int((intmax_t)house_count(&h, TYPE_SHIFT), (intmax_t)shifts - 1, "and stays out");
	house_close(&h);
}

static void test_double_booking(void)
{
	house_open(&h, "double", 24, 80);
	test_set(h.store, TYPE_VOLUNTEER, h.frederik, F_VOLUNTEER_WISHES, value_text("ikke mandag"));
	civil_min noon = test_at("2025-12-01", 12, 0);
	struct id clash = test_shift(h.store, h.hall, h.guide, noon, noon + 180, 2);
	open_day(clash);
	tui_keys(t, "b 'hakim'");
	ok(tui_shows(t, "another shift at the same time"), "double booking: the overlap is said");
	tui_keys(t, "Enter Enter");
	is_int(house_state(&h, clash, h.hakim), 0, "a warning isn't passed without a reason");
	tui_keys(t, "'hjælper to steder' Enter");
	is_int(house_state(&h, clash, h.hakim), ASSIGNMENT_ACCEPTED, "with one it is");
	ok(value_equal(of_place(clash, h.hakim, F_ASSIGNMENT_OVERRIDE), value_text("hjælper to steder")),
		"which is recorded");
	tui_keys(t, "b 'niels' Enter");
	is_int(house_state(&h, clash, h.niels), 0, "what the law asks for is a stop");
	tui_keys(t, "Ctrl-U 'frederik' Tab");
	ok(tui_shows(t, "notice"), "a wish is only a hint");
	tui_keys(t, "Esc Enter");
	is_int(house_state(&h, clash, h.frederik), ASSIGNMENT_ACCEPTED, "which nothing asks about");
	house_close(&h);
}

static void test_moved(void)
{
	house_open(&h, "moved", 24, 80);
	open_day(h.wed_am);
	tui_keys(t, "m '9' Enter");
	is_int(house_start(&h, h.wed_am), test_at("2025-12-03", 9, 0), "moved times: a shift is moved");
	is_int(house_state(&h, h.wed_am, h.susanne), ASSIGNMENT_RECONFIRM, "who was on it must say yes again");
	is_int(house_filled(&h, h.wed_am), 0, "and covers nothing till then");
	tui_go(t, "Susanne");
	tui_keys(t, "j");
	is_int(house_filled(&h, h.wed_am), 1, "one key notes the yes");
	house_close(&h);
}

/* ---- afterwards ----------------------------------------------------------------------------------------- */

static void test_attendance(void)
{
	house_open(&h, "attendance", 24, 80);
	tui_keys(t, "Ctrl-E");
	is_int(attendance(h.mon_am, h.merete), 0, "attendance: nobody has said who came, and so it isn't recorded");
	tui_keys(t, "f a u");
	is_int(attendance(h.mon_am, h.merete), ATTENDANCE_PRESENT, "f: present");
	is_int(attendance(h.mon_am, h.frederik), ATTENDANCE_EXCUSED, "a: excused");
	is_int(attendance(h.mon_am, h.hakim), ATTENDANCE_ABSENT, "u: absent");
	house_close(&h);
}

static void test_one_page(void)
{
	house_open(&h, "page", 24, 80);
	tui_keys(t, "2 l 1");
	const char *page = written("wall.html");
	ok(strstr(page, "A4") && strstr(page, "Susanne"), "one A4: the week is printed to be hung up");
	house_close(&h);
}

static void test_hours(void)
{
	house_open(&h, "hours", 60, 120);
	h.clock.t += 24 * 3600;
	tui_keys(t, "3 / 'merete' Enter");
	ok(tui_shows(t, "3 h in all (1 shift) · 3 h") && tui_shows(t, "in the last 12 months (1)"),
		"hours: in all and of 12 months, on the card");
	tui_keys(t, "Ctrl-E s 2");
	ok(strstr(written("people.csv"), "12 months;In all"), "and in a file");
	house_close(&h);
}

static void test_search(void)
{
	static const char *const typed[] = {"'soren'", "'AERO'", "'2011 2238'", "'+45 20-11-22-38'", "'sören ærø'"};
	house_open(&h, "search", 24, 80);
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		tui_keys(t, "f");
		tui_keys(t, typed[i]);
		ok(tui_shows(t, "> Søren Ærø"), "search: %s finds who is meant", typed[i]);
		tui_keys(t, "Esc");
	}
	tui_keys(t, "f 'kjeldsen magnussen'");
	ok(tui_shows(t, "> Merete Kjeldsen-Magnussen"), "a hyphen is as good as a blank");
	house_close(&h);
}

static const char *hours_by_organisation(const char *name)
{
	tui_keys(t, "Ctrl-E s 1");
	const char *text = written(name);
	tui_keys(t, "Esc");
	return text;
}

static void test_erasure(void)
{
	house_open(&h, "erasure", 24, 80);
	tui_keys(t, "Ctrl-E f f f Esc");
	const char *before = hours_by_organisation("before.csv");
	tui_keys(t, "3 / 'frederik' Enter E Ctrl-S Right Ctrl-S");
	while (app_top(t->app)->working)
		tui_wait(t, 1);
	tui_keys(t, "s y");
	while (app_top(t->app)->working)
		tui_wait(t, 1);
	struct peek l = look_begin(h.store);
	ok(erase_covers(l.v, h.frederik), "erasure: a person is erased");
	look_end(&l);
	tui_keys(t, "f 'frederik'");
	ok(tui_shows(t, "Nothing is called that."), "and is nowhere to be found");
	tui_keys(t, "Esc");
	ok(strchr(before, '9'), "there were hours");
	is_str(hours_by_organisation("after.csv"), before, "which stand as they did");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_swap();
	test_substitute();
	test_waiting_list();
	test_offer();
	test_asked();
	test_series();
	test_double_booking();
	test_moved();
	test_attendance();
	test_one_page();
	test_hours();
	test_search();
	test_erasure();
	return done_testing();
}
