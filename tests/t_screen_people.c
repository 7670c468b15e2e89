/* tests/t_screen_people.c - the list of volunteers, the card and the form: pictures, what is typed and what becomes of
 * it, and each act undone by one key. */
#include "tests/screentest.h"

#include <string.h>

#include "store/change.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void open_people(const char *name, int rows, int cols)
{
	house_open(&h, name, rows, cols);
	tui_keys(t, "3");
}

static struct rec *volunteer(struct id id)
{
	struct err e = {0};
	struct view *v;
	struct rec *r = NULL;
	must(view_begin(h.store, &v, &e), &e, "view");
	must(view_get(v, t->arena, TYPE_VOLUNTEER, id, &r, &e), &e, "volunteer");
	view_end(v);
	return r;
}

static size_t roles_of(struct id id)
{
	struct peek l = look_begin(h.store);
	size_t n = test_find(&l, id) ? test_find(&l, id)->nroles : 99;
	look_end(&l);
	return n;
}

/* ---- choosing what a field refers to ------------------------------------------------------------------- */
/* Two places of one name are told apart, and the one that was chosen is meant. */
static void test_namesakes(void)
{
	struct id twins[2], unit = ID_NONE;
	open_people("namesakes", 24, 80);
	twins[0] = test_unit(h.store, "Ambulatorium");
	twins[1] = test_unit(h.store, "Ambulatorium");
	test_set(h.store, TYPE_UNIT, twins[0], F_UNIT_PARENT, value_id(h.hall));
	test_set(h.store, TYPE_UNIT, twins[1], F_UNIT_PARENT, value_id(h.children));
	tui_keys(t, "4 o");
	struct form *f = app_top(t->app)->form;
	for (int i = 0; i < 2; i++) {
		form_set_focus(f, F_ROLE_UNIT);
		tui_keys(t, i == 0 ? "Ctrl-O 1" : "Ctrl-O 2");
		struct value v = form_value(f, F_ROLE_UNIT);
		ok(v.tag == V_ID && !id_equal(v.id, unit) && (id_equal(v.id, twins[0]) || id_equal(v.id, twins[1])),
			"the one that was chosen of two with the same name");
		unit = v.id;
	}
	tui_keys(t, "Ctrl-O");
	ok(tui_shows(t, "Ambulatorium · "), "and the list says where each is");
	house_close(&h);
}

/* ---- the list ------------------------------------------------------------------------------------------ */
static void test_list(void)
{
	open_people("list", 24, 80);
	tui_golden(t, "volunteers-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "volunteers-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "volunteers-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "/ 'soren'");
	ok(tui_shows(t, "Søren Ærø") && !tui_shows(t, "Frederik"), "soren finds Søren");
	tui_keys(t, "Esc Esc / '2011 2236'");
	ok(tui_shows(t, "Susanne Bak") && !tui_shows(t, "Søren"), "so do digits of a phone");
	tui_keys(t, "Esc Esc v");
	ok(tui_shows(t, "pause (1)") && tui_shows(t, "current (9)"), "the filter says how many there are of each");
	tui_keys(t, "4");
	ok(tui_shows(t, "Kirsten Toft") && !tui_shows(t, "Susanne Bak"), "only those on pause");
	tui_keys(t, "v 3");
	ok(tui_shows(t, "None of the 9 volunteers belongs here just now."), "an empty choice says why");
	ok(strcmp(tui_broken(t) ? tui_broken(t) : "", "") == 0, "and stands up");
	house_close(&h);
}

static void test_bulk(void)
{
	open_people("bulk", 24, 80);
	tui_keys(t, "Space Space t 4");
	is_int(rec_int(volunteer(h.leif), F_VOLUNTEER_STATUS), VOLUNTEER_ENDED, "both marked have ended");
	is_int(rec_int(volunteer(h.susanne), F_VOLUNTEER_STATUS), VOLUNTEER_ENDED, "the other too");
	ok(tui_shows(t, "2 volunteers: ended · undo: u"), "which is said with the key that takes it back");
	ok(!tui_shows(t, "Susanne"), "and they are gone from the list of those who are here");
	tui_keys(t, "u");
	is_int(rec_int(volunteer(h.susanne), F_VOLUNTEER_STATUS), VOLUNTEER_ACTIVE, "one undo takes both back");
	tui_keys(t, "Home g Down Enter Esc");
	is_int((intmax_t)roles_of(h.leif), 2, "a role is given by Enter in the list of roles");
	tui_keys(t, "u");
	is_int((intmax_t)roles_of(h.leif), 1, "and taken back");
	house_close(&h);
}

static void test_deleting(void)
{
	open_people("delete", 24, 80);
	size_t before = house_count(&h, TYPE_VOLUNTEER);
	tui_keys(t, "s");
	ok(tui_shows(t, "can't be deleted, since it is named by"), "somebody with shifts can't be deleted");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before, "and isn't");
	tui_keys(t, "/ 'toft' Esc s");
	ok(tui_shows(t, "Kirsten Toft is deleted · undo: u"), "somebody without is, and it is said");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before - 1, "one less");
	tui_keys(t, "u");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before, "u brings the volunteer back");
	is_int((intmax_t)roles_of(h.kirsten), 1, "with the role");
	tui_keys(t, "4 s");
	ok(tui_shows(t, "Hospitalsguide can't be deleted"), "nor can a role that shifts have");
	house_close(&h);
}

/* ---- the form ------------------------------------------------------------------------------------------ */
static void test_add(void)
{
	open_people("add", 24, 80);
	size_t before = house_count(&h, TYPE_VOLUNTEER);
	tui_keys(t, "o 'Åse' Tab 'Møller' Tab '+45 20-83 87.97' Tab 'ikke en mail' Tab '3.5.56' Tab");
	tui_golden(t, "form-volunteer", true);
	ok(tui_shows(t, "→ 20 83 87 97"), "what was understood stands beside what was typed");
	ok(tui_shows(t, "+45 20-83 87.97"), "which stays as it was");
	tui_keys(t, "Ctrl-S");
	is_str(top(), "form", "it isn't saved while a field is wrong");
	ok(tui_shows(t, "an e-mail address looks like"), "the sentence stands under the field");
	is_int(form_focus(app_top(t->app)->form), F_VOLUNTEER_EMAIL, "and the cursor is on it");
	tui_keys(t, "Ctrl-U 'aase@example.dk' Tab Tab Tab Tab Tab 'røde'");
	ok(tui_shows(t, "→ Dansk Røde Kors, Viborg"), "an organisation is found by part of its name");
	tui_keys(t, "Tab 'lege, vågevagt'");
	ok(tui_shows(t, "→ Legeven, Vågevagt"), "roles by parts of theirs");
	tui_keys(t, "F2");
	is_str(top(), "volunteers", "saved, it is left");
	ok(tui_shows(t, "Åse Møller is saved · undo: u"), "and said");
	ok(tui_shows(t, "> Åse Møller"), "the new one is under the cursor");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before + 1, "one more");
	is_int((intmax_t)house_count(&h, TYPE_LINK), 11, "with two roles");
	tui_keys(t, "u");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before, "one undo takes volunteer and roles back");
	house_close(&h);
}

static void test_nothing_is_lost(void)
{
	open_people("kept", 24, 80);
	tui_keys(t, "o 'Åse' Tab 'Mø' Esc");
	is_str(top(), "volunteers", "Esc leaves the form");
	tui_keys(t, "o");
	ok(tui_shows(t, "What you typed before is here again."), "and it comes back as it was left");
	is_str(form_text(app_top(t->app)->form, F_VOLUNTEER_GIVEN), "Åse", "the first name");
	is_str(form_text(app_top(t->app)->form, F_VOLUNTEER_FAMILY), "Mø", "half a last name");
	tui_resize(t, 1, 1);
	tui_resize(t, 24, 80);
	is_str(form_text(app_top(t->app)->form, F_VOLUNTEER_FAMILY), "Mø", "a window of one cell doesn't hurt it");
	tui_keys(t, "Esc End r");
	is_str(form_text(app_top(t->app)->form, F_VOLUNTEER_GIVEN), "Søren", "another's form has its own text");
	tui_keys(t, "Esc");
	house_close(&h);
}

static void test_like(void)
{
	open_people("like", 24, 80);
	tui_keys(t, "o 'soren' Tab 'Aero'");
	ok(tui_shows(t, "There is a Søren Ærø already (20 11 22 38). Somebody else?"),
		"a name that is taken is told while typing");
	tui_keys(t, "'d'");
	ok(!tui_shows(t, "already"), "and no longer when it is another");
	house_close(&h);
}

static void test_shift_form(void)
{
	house_open(&h, "shift", 24, 80);
	app_push(t->app, screen_record_form(t->app, TYPE_SHIFT, h.wed_am, NULL, NULL));
	tui_draw(t);
	tui_golden(t, "form-shift", true);
	tui_keys(t, "Tab Tab Ctrl-U 'fre 5/12 9.30-12'");
	ok(tui_shows(t, "→ Fri 5/12 2025 09:30–12:00 (2.5 h)"), "day and time are one field with its echo");
	tui_keys(t, "Tab Ctrl-U '3' Tab '2' Ctrl-S");
	ok(tui_shows(t, "Fewer places can't be wished than are needed."), "fields are held against each other");
	tui_keys(t, "Ctrl-U Ctrl-S");
	is_int(house_start(&h, h.wed_am), test_at("2025-12-05", 9, 30), "both ends are saved");
	is_int(house_state(&h, h.wed_am, h.susanne), ASSIGNMENT_RECONFIRM, "and who is on it must say yes to the new time");
	tui_keys(t, "u");
	is_int(house_start(&h, h.wed_am), test_at("2025-12-03", 8, 0), "and undone together");
	is_int(house_state(&h, h.wed_am, h.susanne), ASSIGNMENT_ACCEPTED, "with the yes to the old one");
	house_close(&h);
}

static void test_unit_form(void)
{
	house_open(&h, "unit", 24, 80);
	tui_keys(t, "5 Down r Tab Tab 'forh' Ctrl-S");
	ok(tui_shows(t, "can't belong to itself"), "a unit can't stand below itself");
	tui_keys(t, "Ctrl-U 'hosp' Ctrl-S");
	ok(tui_shows(t, ">   Forhal, Viborg"), "saved, it stands one step in, below the other");
	tui_golden(t, "units-80x24", false);
	tui_keys(t, "Up r Tab Tab 'forh' Ctrl-S");
	ok(tui_shows(t, "or to one below it"), "and the other can't stand below it");
	house_close(&h);
}

/* ---- the card ------------------------------------------------------------------------------------------ */
static void test_card(void)
{
	house_open(&h, "card", 24, 80);
	test_set(h.store, TYPE_VOLUNTEER, h.susanne, F_VOLUNTEER_CITY, value_text("Skive"));
	app_push(t->app, screen_volunteer(t->app, h.susanne));
	tui_draw(t);
	tui_golden(t, "card-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "card-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "card-120x40", true);
	tui_resize(t, 24, 80);
	ok(tui_shows(t, "Town: → Skive"), "the history says which field, and to what");
	tui_keys(t, "a");
	is_int(house_state(&h, h.tue_am, h.susanne), ASSIGNMENT_WITHDRAWN,
		"a withdraws from the shift under the cursor");
	ok(tui_shows(t, "b finds somebody else · undo: u"), "and says what to press next");
	tui_keys(t, "b");
	is_str(top(), "fill", "which opens the search for somebody else");
	tui_keys(t, "Esc u");
	is_int(house_state(&h, h.tue_am, h.susanne), ASSIGNMENT_ACCEPTED, "u takes the cancellation back");
	tui_keys(t, "Enter");
	is_str(top(), "roster-day", "Enter on a shift opens its day");
	tui_keys(t, "Esc End Enter");
	is_str(top(), "change", "Enter on a change shows what it wrote");
	tui_keys(t, "Esc t 3");
	is_int(rec_int(volunteer(h.susanne), F_VOLUNTEER_STATUS), VOLUNTEER_PAUSE,
		"the status is changed from the card");
	house_close(&h);
}

static void test_unrecorded(void)
{
	house_open(&h, "unrecorded", 24, 80);
	h.clock.t += 4 * 3600;
	app_push(t->app, screen_volunteer(t->app, h.frederik));
	tui_draw(t);
	ok(tui_shows(t, "Hospitalsguide         –"), "a shift that nobody has recorded says so: it isn't one that was missed");
	house_close(&h);
}

static void test_twins(void)
{
	house_open(&h, "twins", 24, 80);
	struct id twin = test_person(h.store, &(struct test_person){.given = "Susanne", .family = "Bak",
		.phone = "20112236",
		.email = "susanne@example.dk"});
	test_assign(h.store, h.sat, twin, ASSIGNMENT_ACCEPTED);
	tui_keys(t, "3 v 7");
	is_int((intmax_t)list_count(app_top(t->app)->list), 2, "the two that look alike can be listed");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "There is another Susanne Bak"), "the card says that there is another");
	tui_keys(t, "m");
	tui_golden(t, "merge-80x24", true);
	tui_keys(t, "Ctrl-S");
	ok(tui_shows(t, "Susanne Bak is one record now · undo: u"), "made one");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), 9, "one volunteer less");
	is_str(rec_text(volunteer(h.susanne), F_VOLUNTEER_EMAIL), "susanne@example.dk",
		"what was missing is filled in");
	is_int(house_state(&h, h.sat, h.susanne), ASSIGNMENT_ACCEPTED, "the places have moved");
	is_str(top(), "volunteer", "and the card is that of the one that stays");
	tui_keys(t, "u");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), 10, "one undo makes them two again");
	is_int(house_state(&h, h.sat, twin), ASSIGNMENT_ACCEPTED, "with the place where it was");
	house_close(&h);
}

int main(void)
{
	test_namesakes();
	test_list();
	test_bulk();
	test_deleting();
	test_add();
	test_nothing_is_lost();
	test_like();
	test_shift_form();
	test_unit_form();
	test_card();
	test_unrecorded();
	test_twins();
	return done_testing();
}
