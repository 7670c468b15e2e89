/* tests/t_screen_agreements.c - agreements as the coordinator sees them: the lists, one with its text, making one,
 * moving it on, signing it on the screen and on paper, what differs between two wordings. */
#include "tests/screentest.h"

#include <string.h>

#include "base/lang.h"
#include "export/signed.h"

static struct house h;
static struct tui *t = &h.t;
static struct err e;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

/* ---- a few agreements --------------------------------------------------------------------------------------- */
static struct id make(const char *tmpl, struct id volunteer, struct id organisation, const char *from, const char *to)
{
	struct id made;
	struct change_result r;
	const struct agreement_new how = {.tmpl = id_template(tmpl), .volunteer = volunteer, .organisation = organisation,
		.unit = h.hall, .roles = &h.guide, .nroles = 1, .from = test_day(from), .to = *to ? test_day(to) : DATE_NONE,
		.case_no = "1-17-2-25"};
	must(agreement_make(h.store, &how, &made, &r, &e), &e, "make");
	return made;
}

static void sign(struct id agreement, int part, const char *name)
{
	struct id made;
	struct change_result r;
	const struct agreement_signing how = {.agreement = agreement, .part = part, .how = SIGNATURE_PAPER, .name = name,
		.witness = "Bo", .day = test_day("2025-01-15")};
	must(signed_sign(h.store, &how, &made, &r, &e), &e, "sign");
}

static void move(struct id agreement, int state, const char *why)
{
	struct change_result r;
	must(agreement_move(h.store, agreement, state, why, test_day("2025-12-01"), &r, &e), &e, "move");
}

static int64_t state_of(struct id agreement)
{
	struct peek l = look_begin(h.store);
	struct rec *r;
	must(view_get(l.v, l.a, TYPE_AGREEMENT, agreement, &r, &e), &e, "get");
	int64_t state = rec_int(r, F_AGREEMENT_STATE);
	look_end(&l);
	return state;
}

static struct id merete, cross, soren;

/* One that is made, runs out and is on an old wording; one that is asked for; one refused; one declaration. */
static void fill(void)
{
	struct change_result r;
	must(agreement_ship(h.store, &r, &e), &e, "ship");
	merete = make("volunteer", h.merete, ID_NONE, "2025-01-15", "2026-01-14");
	sign(merete, SIGNATURE_VOLUNTEER, "Merete Kjeldsen-Magnussen");
	sign(merete, SIGNATURE_WORKPLACE, "Anna Holm");
	move(merete, AGREEMENT_MADE, NULL);
	test_set(h.store, TYPE_TEMPLATE, id_template("volunteer"), F_TEMPLATE_PROFESSIONALS,
		value_text("De ansatte har ansvaret for behandling, pleje, medicin og løft."));
	cross = make("cooperation", ID_NONE, h.cross, "2026-01-01", "");
	soren = make("volunteer", h.soren, ID_NONE, "2025-12-01", "");
	struct id niels = make("volunteer", h.niels, ID_NONE, "2025-12-01", "");
	move(niels, AGREEMENT_REFUSED, "Der er ikke brug for flere i forhallen lige nu.");
}

static void open_agreements(const char *name)
{
	house_open(&h, name, 24, 80);
	fill();
	tui_keys(t, "w");
}

static void test_lists(void)
{
	open_agreements("lists");
	is_str(top(), "agreements", "w shows them");
	tui_go(t, "Merete");
	tui_goldens(t, "agreements");
	tui_keys(t, "b / 'Frivilligaftale' Enter");
	is_str(top(), "form", "b: the templates, to be changed");
	tui_keys(t, "Esc Esc Esc w x");
	ok(tui_shows(t, "[Run out 1]") && tui_shows(t, "Merete") && !tui_shows(t, "Niels"), "x: what runs out");
	tui_keys(t, "g");
	ok(tui_shows(t, "[Sign again 1]") && tui_shows(t, "Merete"), "g: signed on another wording than the template's");
	tui_keys(t, "d");
	ok(tui_shows(t, "[Evaluate 0]") && tui_shows(t, "No agreement is to be evaluated soon."), "d: nothing is due, and it says so");
	tui_keys(t, "m");
	ok(tui_shows(t, "Susanne Bak") && !tui_shows(t, "Merete"), "m: who is on a roster without one");
	tui_go(t, "Susanne");
	tui_golden(t, "agreements-missing", false);
	tui_keys(t, "t");
	ok(tui_shows(t, "Stand on an agreement first."), "where there is none, none is moved on");
	tui_keys(t, "Enter");
	is_str(top(), "volunteer", "Enter shows who it is");
	tui_keys(t, "Esc a");
	ok(tui_shows(t, "[All 4]"), "a: all again");
	house_close(&h);
	house_open(&h, "none", 24, 80);
	tui_keys(t, "w");
	tui_golden(t, "agreements-none", false);
	house_close(&h);
}

static void test_card(void)
{
	open_agreements("card");
	tui_go(t, "Merete");
	tui_keys(t, "Enter");
	is_str(top(), "agreement", "Enter opens the agreement");
	tui_goldens(t, "agreement");
	ok(tui_shows(t, "the seal holds (Viborg)"), "its signatures with what the seals say");
	tui_keys(t, "End");
	ok(tui_shows(t, "History") && tui_shows(t, "the end"), "the end is its history");
	tui_golden(t, "agreement-end", false);
	tui_keys(t, "Home PgDn Up Down");
	ok(tui_shows(t, "mellem Merete Kjeldsen-Magnussen"), "its text is what is printed");
	tui_keys(t, "c");
	tui_goldens(t, "agreement-compare");
	ok(tui_shows(t, "{+løft.+}") || tui_shows(t, "{+"), "what is new stands in braces");
	ok(tui_shows(t, "[-"), "and what is gone in brackets");
	tui_keys(t, "Esc k");
	ok(tui_shows(t, "asked for") && tui_shows(t, "A new agreement with Merete"), "k makes a new one that follows on it");
	tui_keys(t, "c");
	ok(tui_shows(t, "none: the template still says what was agreed on"), "with the wording of now");
	house_close(&h);
}

/* ---- making and moving ---------------------------------------------------------------------------------------- */
static void test_new(void)
{
	open_agreements("new");
	tui_keys(t, "o");
	ok(tui_shows(t, "From which template?"), "first the template");
	tui_go(t, "Frivilligaftale");
	tui_keys(t, "Enter 'hak' Tab 'forhal' Tab 'hospitalsg' Tab '8/12 2025' Tab Tab");
	tui_golden(t, "agreement-new", true);
	tui_keys(t, "Ctrl-S");
	is_str(top(), "agreement", "then it is shown");
	ok(tui_shows(t, "Hakim Berg") && tui_shows(t, "asked for") && tui_shows(t, "It lacks"), "with what it lacks");
	tui_keys(t, "Esc m");
	tui_go(t, "Leif");
	tui_keys(t, "o");
	ok(!tui_shows(t, "Samarbejdsaftale"), "then only templates for a person are offered");
	tui_go(t, "Frivilligaftale");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Leif Andersen"), "from the list of those without, who it is stands there");
	house_close(&h);
}

static void test_move(void)
{
	open_agreements("move");
	tui_go(t, "Dansk");
	tui_keys(t, "t");
	tui_golden(t, "agreement-move", false);
	tui_keys(t, "Enter");
	is_int(state_of(cross), AGREEMENT_DISCUSSED, "the next state is the first answer");
	tui_keys(t, "t Enter");
	ok(tui_shows(t, "it can't be made yet; it lacks:"), "it isn't made while something is lacking");
	tui_keys(t, "t Down Enter Enter");
	ok(tui_shows(t, "say why"), "who refuses says why");
	tui_keys(t, "'Ledelsen vil vente.' Enter");
	is_int(state_of(cross), AGREEMENT_REFUSED, "then it is refused");
	ok(tui_shows(t, "Ledelsen vil vente."), "and the reason stands there");
	tui_keys(t, "u");
	is_int(state_of(cross), AGREEMENT_DISCUSSED, "u takes it back");
	tui_keys(t, "r Tab Tab Tab Tab Tab Tab Ctrl-U '1/12' Ctrl-S");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Discussed with TR") && !tui_shows(t, "the day it was discussed with TR"), "r fills in what it lacks");
	tui_keys(t, "v 'Det går godt.' Ctrl-S");
	ok(tui_shows(t, "1/12 2025: Det går godt."), "v writes down what was said, with the day");
	house_close(&h);
}

/* ---- signing ----------------------------------------------------------------------------------------------------- */
static size_t signatures(void)
{
	return house_count(&h, TYPE_SIGNATURE);
}

static void test_sign(void)
{
	open_agreements("sign");
	tui_go(t, "Søren");
	size_t before = signatures();
	tui_keys(t, "s");
	ok(tui_shows(t, "Who signs?"), "first who signs");
	tui_keys(t, "Enter");
	is_str(top(), "agreement-sign", "then the text");
	tui_goldens(t, "agreement-sign");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Read all of it first"), "which is read before it is signed");
	for (int i = 0; i < 9 && !tui_shows(t, "the end ·"); i++)
		tui_keys(t, "Space");
	tui_keys(t, "Enter Enter");
	ok(tui_shows(t, "The signer writes his or her own name."), "nobody signs without a name");
	tui_keys(t, "'Søren Ærø' Enter");
	tui_golden(t, "agreement-sign-confirm", false);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Nothing was done.") && signatures() == before, "Enter by a slip signs nothing");
	tui_keys(t, "Enter 'Søren Ærø' Enter y");
	ok(signatures() == before + 1 && tui_shows(t, "Søren Ærø has signed"), "y does");
	tui_keys(t, "u");
	ok(signatures() == before + 1 && tui_shows(t, "what was signed stays signed"), "and u doesn't take it back");
	tui_keys(t, "p");
	ok(tui_shows(t, "Signed for the workplace"), "the other part's paper is taken in");
	tui_keys(t, "'Anna Holm' Tab Ctrl-U '2/12 2025' Ctrl-S");
	ok(tui_shows(t, "Anna Holm has signed") || tui_shows(t, "Can't be undone"), "it asks");
	tui_keys(t, "y");
	ok(signatures() == before + 1 && tui_shows(t, "day"), "a day that is still to come isn't one it was signed on");
	tui_keys(t, "Esc p 'Anna Holm' Ctrl-S y");
	is_int((intmax_t)signatures(), (intmax_t)before + 2, "today is");
	tui_keys(t, "s");
	ok(tui_shows(t, "All of them have signed."), "then nobody is left");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "nothing: t makes it"), "nor is anything lacking");
	tui_keys(t, "t Down Enter");
	is_int(state_of(soren), AGREEMENT_MADE, "and it is made");
	house_close(&h);
}

static void test_export(void)
{
	open_agreements("export");
	char id[ID_TEXT];
	tui_go(t, "Merete");
	tui_keys(t, "e Ctrl-U 'x' Enter");
	ok(tui_shows(t, "Write the whole path"), "a folder is given by its whole path");
	tui_keys(t, "Ctrl-U");
	const char *dir = os_path_join(t->arena, test_dir(), "out");
	tui_paste(t, dir);
	tui_keys(t, "Enter");
	ok(os_exists(os_path_join(t->arena, dir, arena_printf(t->arena, "%s.txt.minisig", id_format(id, merete)))),
		"the files are there");
	ok(tui_shows(t, "Written to"), "and it is told");
	house_close(&h);
}

static void test_print(void)
{
	open_agreements("print");
	struct buf file = {0};
	tui_go(t, "Merete");
	tui_keys(t, "l");
	ok(tui_shows(t, "To which file?"), "printing asks where to");
	tui_keys(t, "Ctrl-U 'x.txt' Enter");
	ok(tui_shows(t, "Write the whole path"), "a file is given by its whole path");
	tui_keys(t, "Ctrl-U");
	const char *path = os_path_join(t->arena, test_dir(), "paper.txt");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(os_read_file(path, 1 << 20, &file, NULL) == OK && file.n && strstr(file.p, "FRIVILLIGAFTALE"), "and writes the text there");
	is_int((intmax_t)house_count(&h, TYPE_PRINTED_LIST), 1, "and that a paper with somebody's name is out");
	buf_free(&file);
	tui_keys(t, "Enter l Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "There is a file of that name"), "from the card too, over nothing that is there");
	house_close(&h);
}

static void test_print_list(void)
{
	open_agreements("list");
	struct buf file = {0};
	const char *path = os_path_join(t->arena, test_dir(), "list.csv");
	tui_keys(t, "m L Ctrl-U");
	tui_paste(t, path);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Written to") && tui_shows(t, "to be shredded by"), "a list is written out, and when to shred it is said");
	ok(os_read_file(path, 1 << 20, &file, NULL) == OK && strstr(file.p, "id;Name"), "the one that is shown");
	buf_free(&file);
	house_close(&h);
}

/* A scanner types all of it and Enter. */
static void test_scanned(void)
{
	open_agreements("scanned");
	char id[ID_TEXT];
	tui_keys(t, "f");
	tui_paste(t, arena_printf(t->arena, "SAMVAGTÆ%s", id_format(id, merete)));
	ok(tui_shows(t, "Merete"), "a scanned paper finds its agreement");
	tui_keys(t, "'Æbbbb+cccc+dd'");
	ok(tui_shows(t, "another wording: bbbb-cccc-dd"), "and tells when its wording isn't the agreement's");
	tui_keys(t, "Enter");
	is_str(top(), "agreement", "and opens it");
	ok(tui_shows(t, "Merete"), "that one");
	tui_keys(t, "f");
	tui_paste(t, "samvagt:01890a5d-ac96-774b-bcce-b302099a8057:kbmq-xrwz-tn");
	ok(tui_shows(t, "Nothing is called that."), "a paper of another store finds nothing");
	house_close(&h);
}

static void test_volunteers_card(void)
{
	open_agreements("volunteer");
	tui_keys(t, "3 / 'merete' Enter");
	tui_golden(t, "volunteer-agreements", false);
	ok(tui_shows(t, "volunteer agreement"), "a volunteer's card has the agreements");
	for (int i = 0; i < 20 && !strstr(tui_row(t, t->cv->cursor_row), "volunteer agreement"); i++)
		tui_keys(t, "Down");
	tui_keys(t, "Enter");
	is_str(top(), "agreement", "and opens them");
	house_close(&h);
}

static void test_danish(void)
{
	lang_set("da");
	open_agreements("danish");
	ok(tui_shows(t, "Aftaler"), "in Danish");
	tui_go(t, "Merete");
	tui_goldens(t, "agreements-da");
	tui_keys(t, "Enter");
	tui_goldens(t, "agreement-da");
	tui_keys(t, "c");
	tui_golden(t, "agreement-compare-da", false);
	tui_keys(t, "Esc Esc");
	tui_go(t, "Søren");
	tui_keys(t, "s Enter");
	tui_golden(t, "agreement-sign-da", false);
	house_close(&h);
	lang_set("en");
}

static void test_walk(void)
{
	struct prng r = {20251201};
	open_agreements("walk");
	tui_walk(t, &r, 300, "program.quit agreement.export agreement.print agreements.print", "300 random keys");
	house_close(&h);
}

int main(void)
{
	tui_move_in();
	tui_speak("en");
	test_lists();
	test_card();
	test_new();
	test_move();
	test_sign();
	test_export();
	test_print();
	test_print_list();
	test_scanned();
	test_volunteers_card();
	test_danish();
	test_walk();
	return done_testing();
}
