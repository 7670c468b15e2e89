/* tests/t_screen_import.c - the import screens: choosing files, what would become of each row, answers and corrections,
 * reading in and one undo. */
#include "tests/screentest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct house h;
static struct tui *t = &h.t;

static const char people[] =
	"Fornavn;Efternavn;Telefon;Opgaver;Status\n"
	"Åse;Møller;20838797;Hospitalsguide;aktiv\n"
	"Susanne;Bak;20112236;Hospitalsguide;aktiv\n"
	"Bo;Lund;20838798;Brobygger;aktiv\n"
	";Uden;20838799;;aktiv\n"
	"Ole;Friis;0101451234;Hospitalsguide;aktiv\n";
static const char puzzling[] = "A;B\nForhal, Viborg;x\nKælderen, Viborg;y\n";

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void write_file(const char *name, const char *text)
{
	struct err e = {0};
	os_remove(name, NULL);
	must(os_write_file(name, text, strlen(text), &e), &e, "write a file");
}

/* In the test's own folder, so that pictures hold no path of this machine. */
static void open_import(const char *name)
{
	struct err e = {0};
	house_open(&h, name, 24, 80);
	must(chdir(test_dir()) ? ERR_IO : OK, &e, "go to the folder");
	must(os_mkdir_p("ark/inde", &e), &e, "a folder");
	write_file("ark/frivillige.csv", people);
	write_file("ark/gåder.csv", puzzling);
	write_file("ark/billede.png", "x");
	setenv("HOME", "ark", 1);
	tui_keys(t, "7");
}

static void test_choosing(void)
{
	open_import("choosing");
	tui_golden(t, "import-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "import-60x17", true);
	tui_resize(t, 24, 80);
	ok(!tui_shows(t, "billede.png"), "only folders and spreadsheets are shown");
	tui_keys(t, "'FR'");
	ok(tui_shows(t, "frivillige.csv") && !tui_shows(t, "gåder"), "letters of either case narrow the list");
	tui_keys(t, "Tab");
	ok(tui_shows(t, "ark/frivillige.csv"), "Tab completes the name");
	tui_keys(t, "Ctrl-W 'ark/in' Tab");
	ok(tui_shows(t, "ark/inde/"), "and goes into a folder that is the only one");
	tui_keys(t, "Up Enter");
	ok(tui_shows(t, "folder: ark/") && tui_shows(t, "frivillige.csv"), "'..' goes up again");
	tui_keys(t, "'x' Enter");
	ok(tui_shows(t, "There is no such file."), "no such file");
	tui_keys(t, "Ctrl-U 'nirgends/' Enter");
	ok(tui_shows(t, "nirgends/ could not be read"), "no such folder");
	tui_keys(t, "Ctrl-U 'ark/inde/~/f'");
	ok(tui_shows(t, "folder: ark/f") && tui_shows(t, "frivillige.csv"), "~/ is the home folder, also behind another");
	tui_keys(t, "'/'");
	tui_paste(t, "/nirgends");
	ok(tui_shows(t, "folder: /nirgends"), "a whole path counts alone");
	tui_keys(t, "Ctrl-U 'ark/' Down");
	ok(tui_shows(t, "> inde/") && t->cv->cursor_row > 2, "the first arrow stops at the row that is selected");
	house_close(&h);
}

/* Tab writes what all that fit have in common, and never takes away what was typed. */
static void test_completing(void)
{
	struct err e = {0};
	open_import("completing");
	must(os_mkdir_p("ark/tab", &e), &e, "a folder");
	write_file("ark/tab/måned.csv", people);
	write_file("ark/tab/møde.csv", people);
	write_file("ark/tab/vagter.csv", people);
	write_file("ark/tab/Vagtliste.csv", people);
	tui_keys(t, "Ctrl-U 'ark/tab/m' Tab");
	ok(tui_shows(t, "folder: ark/tab/m\n") && tui_shows(t, "måned.csv"), "half a letter isn't common to two names");
	tui_keys(t, "Backspace 'vagt' Tab");
	ok(tui_shows(t, "folder: ark/tab/vagt\n"), "nor a letter of another case");
	tui_keys(t, "'l' Tab");
	ok(tui_shows(t, "folder: ark/tab/Vagtliste.csv"), "the only one is written as it is called");
	os_remove_tree("ark/tab", NULL);
	house_close(&h);
}

/* Contacts, calendars and whole records come in by the same door. */
static void test_formats(void)
{
	open_import("formats");
	write_file("ark/inde/telefon.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Dahl;Thyra;;;\r\nFN:Thyra Dahl\r\nTEL:20838797\r\nEND:VCARD\r\n");
	write_file("ark/inde/kalender.ics", "x");
	write_file("ark/inde/alt.json", "{}");
	tui_keys(t, "Ctrl-U 'ark/inde/'");
	ok(tui_shows(t, "telefon.vcf") && tui_shows(t, "kalender.ics") && tui_shows(t, "alt.json"), "other formats are listed too");
	tui_keys(t, "'t' Tab Enter");
	ok(tui_shows(t, "telefon.vcf") && tui_shows(t, "volunteers"), "contacts are read as volunteers");
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Thyra Dahl"), "row by row");
	os_remove("ark/inde/telefon.vcf", NULL);
	os_remove("ark/inde/kalender.ics", NULL);
	os_remove("ark/inde/alt.json", NULL);
	house_close(&h);
}

static void test_several(void)
{
	open_import("several");
	tui_keys(t, "Down Down Space Space Enter");
	is_str(top(), "import-files", "marked files are read together");
	is_int((intmax_t)list_total(app_top(t->app)->list), 2, "both");
	tui_golden(t, "import-files-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "import-files-60x17", true);
	tui_resize(t, 40, 120);
	tui_golden(t, "import-files-120x40", true);
	house_close(&h);
}

static void test_rows(void)
{
	open_import("rows");
	tui_keys(t, "'friv' Enter Enter");
	is_str(top(), "import-rows", "Enter shows the rows");
	tui_golden(t, "import-rows-80x24", true);
	tui_keys(t, "v 1");
	is_int((intmax_t)list_total(app_top(t->app)->list), 5, "all of them");
	tui_keys(t, "Down");
	ok(tui_shows(t, "refused") && tui_shows(t, "Without a first name nobody can be taken"),
		"with what is refused, and why");
	tui_golden(t, "import-rows-all", true);
	tui_keys(t, ", 4 Home");
	ok(tui_shows(t, ">     4  doubtful"), "sorted by what they are, Bo Lund comes first");
	tui_keys(t, ", 1 End");
	ok(tui_shows(t, "This looks like a CPR number"), "a CPR number is refused");
	tui_keys(t, "r");
	ok(tui_shows(t, "Fornavn: Ole"), "the cells can be seen as they stand");
	tui_keys(t, "Esc v 6");
	is_int((intmax_t)list_total(app_top(t->app)->list), 1, "only the refused");
	ok(!tui_broken(t), "all holds");
	house_close(&h);
}

static void test_answers(void)
{
	open_import("answers");
	size_t before = house_count(&h, TYPE_VOLUNTEER), roles = house_count(&h, TYPE_ROLE);
	tui_keys(t, "'friv' Enter");
	ok(tui_shows(t, "1 doubt is open"), "a role that isn't known is a doubt");
	tui_keys(t, "Enter Enter");
	ok(tui_shows(t, "Which role is \"Brobygger\"?"), "which is asked");
	tui_keys(t, "1");
	ok(tui_shows(t, "No row is doubtful."), "answered, no doubt is left");
	tui_keys(t, "Esc");
	ok(tui_shows(t, "i reads it all in as one change."), "and the next step is said");
	tui_keys(t, "i");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before + 3, "three volunteers are new");
	is_int((intmax_t)house_count(&h, TYPE_ROLE), (intmax_t)roles + 1, "one role too");
	ok(tui_shows(t, "All of it stands in the store now."), "what was read in stands there now");
	tui_keys(t, "i");
	ok(tui_shows(t, "There is nothing new to read in."), "reading it twice changes nothing");
	tui_keys(t, "u");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before, "one undo takes it all back");
	is_int((intmax_t)house_count(&h, TYPE_ROLE), (intmax_t)roles, "the role too");
	ok(tui_shows(t, "i reads it all in"), "and the plan is made anew, with the answer kept");
	house_close(&h);
}

/* Whoever is called away in the middle of the answers finds them again. */
static void test_left(void)
{
	open_import("left");
	size_t before = house_count(&h, TYPE_VOLUNTEER);
	tui_keys(t, "'friv' Enter Enter Enter 1 Esc c End Enter Home Enter 1");
	is_str(top(), "today", "1 goes away from all of it");
	tui_keys(t, "7 'friv' Enter");
	ok(tui_shows(t, "What you corrected and answered before is here again."), "the same files again");
	ok(!tui_shows(t, "doubt is open"), "the answer stands");
	tui_keys(t, "c");
	ok(tui_shows(t, "Not taken"), "and the corrected column");
	tui_keys(t, "Esc i");
	is_int((intmax_t)house_count(&h, TYPE_VOLUNTEER), (intmax_t)before + 3, "and can be read in");
	tui_keys(t, "1 7 'friv' Enter");
	ok(!tui_shows(t, "here again"), "after which there is nothing to take up");
	house_close(&h);
}

static void test_certain(void)
{
	open_import("certain");
	tui_keys(t, "'friv' Enter g");
	ok(tui_shows(t, "1 doubt answered as it most likely is; 0 left"), "g answers what is near certain");
	tui_keys(t, "g");
	ok(tui_shows(t, "There is no open doubt."), "once");
	house_close(&h);
}

static void test_columns(void)
{
	open_import("columns");
	size_t before = house_count(&h, TYPE_UNIT);
	tui_keys(t, "'g' Enter");
	ok(tui_shows(t, "k says it"), "a file that says nothing of itself is asked about");
	tui_keys(t, "c Enter");
	ok(tui_shows(t, "Say first which kind of rows these are (k)."), "first the kind");
	tui_keys(t, "k 1");
	ok(tui_shows(t, "The rows are: units"), "then it is known");
	tui_keys(t, "Home Enter 2");
	tui_golden(t, "import-columns-80x24", true);
	tui_keys(t, "Enter Enter Esc");      /* what it means already */
	ok(tui_shows(t, "1 new"), "one unit is new, the other is there");
	tui_keys(t, "i");
	is_int((intmax_t)house_count(&h, TYPE_UNIT), (intmax_t)before + 1, "and is read in");
	house_close(&h);
}

int main(void)
{
	test_choosing();
	test_completing();
	test_formats();
	test_several();
	test_rows();
	test_answers();
	test_left();
	test_certain();
	test_columns();
	return done_testing();
}
