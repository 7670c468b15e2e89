/* base/text.h - UTF-8 text: validity, normal form, width on screen, graphemes, Danish order,
 * search folding, and the check that no CPR number slips in.
 *
 * Owns everything that depends on Unicode (utf8proc) and on Danish spelling; independent of the
 * machine's locale, so that two sites sort alike. Knows nothing of records or screens. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* True if the n bytes are well-formed UTF-8 without NUL. */
bool text_valid(const char *s, size_t n);

/* NFC copy in the arena; control characters (except newline and tab), bidi controls and
 * unassigned/private code points that could hide text are dropped, leading and trailing blanks
 * trimmed, inner runs of blanks kept. Input must be valid UTF-8. */
char *text_clean(struct arena *a, const char *s, size_t n);

/* Columns that the text takes on a terminal (wide = 2, combining = 0). */
int text_width(const char *s);

/* Bytes of the grapheme cluster that starts at s (0 at the end); *width gets its columns. */
size_t text_grapheme(const char *s, int *width);
/* Bytes back from `at` to the start of the grapheme before it (0 at the start). */
size_t text_grapheme_back(const char *s, size_t at);

/* Copy that fits in `cols` columns, cut at a grapheme with "…" when it had to be cut. */
char *text_fit(struct arena *a, const char *s, int cols);

/* Danish alphabetical order as bytes to be compared with memcmp (shorter prefix first):
 * a–z, æ, ø, å; aa counts as å; ü as y; ä as æ; ö as ø; other accents, then upper/lower case, are secondary;
 * digits before letters, punctuation and blanks ignored on the first level except as a break
 * between words. Rules: Retskrivningsordbogen § 3 and CLDR's `da` tailoring. Arena-owned. */
char *text_sort_key(struct arena *a, const char *s, size_t *len);
/* The same order between two strings. */
int text_compare(const char *x, const char *y);

/* Folding for search: lower case, accents off, ø→o, å/aa→a, æ→ae, ö→o, ä→ae, ü→u, ß→ss; hyphens and
 * punctuation → blank, runs of blanks → one. "soren" finds Søren and "aagaard", "ågård" and
 * "agard" find Ågård; also oe→o so that "soeren" does. Applied to both needle and hay. */
char *text_fold(struct arena *a, const char *s);
/* Does the folded needle occur in the folded hay, each of its words at the start of a word? An
 * empty needle is always found. `rank` (may be NULL) gets 0 for whole-field, 1 prefix, 2 later word. */
bool text_fold_match(const char *hay, const char *needle, int *rank);
/* The digits of a phone number, without +45/0045 in front; for search and comparison. */
char *text_phone_digits(struct arena *a, const char *s);

/* Where text holds something that looks like a Danish CPR number: DDMMYY (a valid date, also with
 * 60 added to the day as for replacement numbers), an optional hyphen or blank, four digits, and no
 * digit next to it. A leading +45 or other international prefix makes it a phone number. Returns
 * NULL when there is none. The modulus-11 check is no longer valid for all numbers (CPR-kontoret,
 * 2007), so it isn't asked for. Source: cpr.dk "Personnummeret i CPR". */
const char *text_find_cpr(const char *s);

/* The initial upper-cased and the rest lower ("MONA" → "Mona", "anne-LISE" → "Anne-Lise"); used only
 * when all letters of a name are of one case. */
char *text_title_case(struct arena *a, const char *s);

#endif
