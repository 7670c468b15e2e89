/* base/lang.c - see lang.h. Owns the process' locale and which language gettext answers in. Must not know any message.
 *
 * The language is kept where gettext itself reads it, in the environment variable LANGUAGE, so there is no second copy
 * of it to disagree. gettext obeys LANGUAGE in every locale but "C", and since glibc 2.39 that includes "C.UTF-8"
 * (glibc bug 16621), so messages get a locale of another name. */
#include "base/lang.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "samvagt"

static bool is_english(const char *s)
{
	return strncmp(s, "en", 2) == 0 && (s[2] == '\0' || strchr("_-.:@", s[2]));
}

/* What the environment asks for, in the order that gettext itself looks. */
static const char *language_wanted(void)
{
	static const char *const variables[] = { "SAMVAGT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);
		if (value && *value)
			return value;
	}
	return "";
}

static bool locale_is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Numbers stay in the C locale: a decimal point in a file must not turn into a comma at another site. C_DK isn't
 * made on any machine; glibc then drops the territory and loads C.UTF-8 under the asked-for name. When even that is
 * missing, messages keep the locale that the environment gave. */
static void choose_locale(void)
{
	if (!setlocale(LC_ALL, "") || !locale_is_utf8())
		setlocale(LC_ALL, "C.UTF-8");
	setlocale(LC_NUMERIC, "C");
	setlocale(LC_MESSAGES, "C_DK.UTF-8");
}

/* Plain fopen() and not base/os.h, which itself needs this file for its sentences. */
static bool has_catalogue(const char *dir)
{
	char path[4096];
	int n = snprintf(path, sizeof path, "%s/da/LC_MESSAGES/" DOMAIN ".mo", dir);
	FILE *f = n > 0 && (size_t)n < sizeof path ? fopen(path, "rbe") : NULL;
	if (f)
		fclose(f);
	return f != NULL;
}

void lang_init(const char *want, const char *program_dir)
{
	char dir[4096];
	choose_locale();
	int n = snprintf(dir, sizeof dir, "%s/locale", program_dir ? program_dir : ".");
	bool beside = program_dir && n > 0 && (size_t)n < sizeof dir && has_catalogue(dir);
	bindtextdomain(DOMAIN, beside ? dir : LOCALEDIR);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	lang_set(want && *want ? want : language_wanted());
}

/* gettext remembers what it found; naming the domain again makes it look anew. */
void lang_set(const char *lang)
{
	setenv("LANGUAGE", is_english(lang) ? "en" : "da", 1);
	textdomain(DOMAIN);
}

const char *lang_now(void)
{
	const char *lang = getenv("LANGUAGE");
	return lang && strncmp(lang, "da", 2) == 0 ? "da" : "en";
}
