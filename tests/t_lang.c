/* tests/t_lang.c - Danish wherever it runs: which language is chosen, and that a real catalogue is used, also after
 * changing language at run time and with no locale on the machine but C.UTF-8. */
#include "base/lang.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "tests/tap.h"

static const char *const variables[] = { "SAMVAGT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LANG" };

static void clear_environment(void)
{
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		unsetenv(variables[i]);
}

static const char *chosen(const char *want, const char *variable, const char *value)
{
	clear_environment();
	if (variable)
		setenv(variable, value, 1);
	lang_init(want, NULL);
	return lang_now();
}

static void test_choice(void)
{
	static const struct { const char *want, *variable, *value, *lang; } cases[] = {
		{ NULL, NULL, NULL, "da" },
		{ NULL, "LANG", "C", "da" },
		{ NULL, "LANG", "POSIX", "da" },
		{ NULL, "LANG", "", "da" },
		{ NULL, "LC_ALL", "C.UTF-8", "da" },
		{ NULL, "LANG", "da_DK.UTF-8", "da" },
		{ NULL, "LANG", "de_DE.UTF-8", "da" },
		{ NULL, "LANG", "enm_GB.UTF-8", "da" },
		{ NULL, "LANG", "en_US.UTF-8", "en" },
		{ NULL, "LC_ALL", "en_DK.UTF-8", "en" },
		{ NULL, "LC_MESSAGES", "en_GB", "en" },
		{ NULL, "LANGUAGE", "en:da", "en" },
		{ NULL, "LANGUAGE", "da:en", "da" },
		{ NULL, "SAMVAGT_LANG", "en", "en" },
		{ "en", "LANG", "da_DK.UTF-8", "en" },
		{ "da", "LANG", "en_US.UTF-8", "da" },
		{ "da", "SAMVAGT_LANG", "en", "da" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		is_str(chosen(cases[i].want, cases[i].variable, cases[i].value), cases[i].lang, "want %s, %s=%s",
		       cases[i].want ? cases[i].want : "nothing", cases[i].variable ? cases[i].variable : "nothing",
		       cases[i].value ? cases[i].value : "");
	clear_environment();
	setenv("LANG", "da_DK.UTF-8", 1);
	setenv("SAMVAGT_LANG", "en", 1);
	lang_init(NULL, NULL);
	is_str(lang_now(), "en", "our own variable comes before the machine's");
}

static void test_locale(void)
{
	static const char *const locales[] = { "C", "POSIX", "nowhere_NO.UTF-8", "da_DK.ISO-8859-1", "C.UTF-8" };
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		chosen(NULL, "LC_ALL", locales[i]);
		is_str(nl_langinfo(CODESET), "UTF-8", "characters are UTF-8 with LC_ALL=%s", locales[i]);
	}
	char number[16];
	snprintf(number, sizeof number, "%.1f", 1.5);
	is_str(number, "1.5", "numbers in files have a point");
}

static bool make_catalogue(const char *root)
{
	static const char text[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
				   "\nmsgid \"a test of shifts\"\nmsgstr \"en prøve på vagter\"\n";
	char command[1024];
	struct arena *a = arena_new();
	char *folder = os_path_join(a, root, "locale/da/LC_MESSAGES");
	bool made = os_mkdir_p(folder, NULL) == OK &&
		    os_write_file(os_path_join(a, folder, "da.po"), text, sizeof text - 1, NULL) == OK;
	snprintf(command, sizeof command, "cd '%s' && msgfmt -o samvagt.mo da.po", folder);
	arena_free(a);
	return made && system(command) == 0;
}

static void test_catalogue(void)
{
	static const char *const locales[] = { "C", "C.UTF-8", "nowhere_NO.UTF-8", "en_US.UTF-8" };
	if (system("msgfmt --version >/dev/null 2>&1") != 0) {
		skip(7, "msgfmt is missing");
		return;
	}
	if (!ok(make_catalogue(test_dir()), "a catalogue is made"))
		return;
	for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
		clear_environment();
		setenv("LC_ALL", locales[i], 1);
		lang_init("da", test_dir());
		is_str(_("a test of shifts"), "en prøve på vagter", "Danish with LC_ALL=%s", locales[i]);
	}
	lang_set("en");
	is_str(_("a test of shifts"), "a test of shifts", "changed to English while running");
	lang_set("da");
	is_str(_("a test of shifts"), "en prøve på vagter", "and back to Danish");
}

int main(void)
{
	is_str(_("a test of shifts"), "a test of shifts", "before lang_init the message ids show");
	test_choice();
	test_locale();
	test_catalogue();
	return done_testing();
}
