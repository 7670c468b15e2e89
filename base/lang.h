/* base/lang.h - the words shown to people, through gettext.
 *
 * Message ids are English; po/da.po holds the Danish. _() translates where it stands, N_() marks
 * a string in a const table for translation when it is shown. */
#ifndef BASE_LANG_H
#define BASE_LANG_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) (s)

/* Choose the locale and the language of messages, once, from main(). `want` is "da", "en" or NULL
 * (then SAMVAGT_LANG, then the environment: English if it asks for English, else Danish).
 * Falls back to C.UTF-8 where the machine has no such locale, so that UTF-8 and Danish work on
 * any machine. `program_dir` is where the program stands: a "locale" folder there wins over the
 * installed one, so that a build tree and a portable folder speak Danish too. */
void lang_init(const char *want, const char *program_dir);

/* Change language while running ("da" or "en"). */
void lang_set(const char *lang);

/* "da" or "en" (before lang_init: what LANGUAGE says, else "en", the language of the message ids). */
const char *lang_now(void);

#endif
