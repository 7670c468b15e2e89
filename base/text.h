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

/* One code point and the number of its bytes; a byte that isn't UTF-8 is U+FFFD of one byte; 0 at the end. */
int32_t text_point(const char *s, int *len);

/* NFC copy in the arena; control characters (except newline and tab), bidi controls, invisible
 * characters (Default_Ignorable; but joiners and variation selectors stay, for emoji) and
 * unassigned/private code points that could hide text are dropped, line and paragraph separators
 * become newlines, leading and trailing blanks are trimmed, inner runs of blanks kept. Input must be
 * valid UTF-8. */
char *text_clean(struct arena *a, const char *s, size_t n);

/* A copy in which each stretch of letters that are read from right to left stands between U+2067 and U+2069 (UAX #9),
 * so that an Arabic name turns nothing around but itself: not the phone number after it, nor the name beside it. s
 * itself where there is none. What is shown by others than a terminal is written so. */
const char *text_isolate(struct arena *a, const char *s);

/* Columns that the text takes on a terminal (wide = 2, combining = 0, controls = 0): the sum over its
 * grapheme clusters, each as wide as its widest part, so an emoji joined of several takes 2. A byte
 * that isn't UTF-8 counts as U+FFFD, one column, here and in the three functions below. */
int text_width(const char *s);

/* Bytes of the grapheme cluster that starts at s (0 at the end); *width gets its columns. */
size_t text_grapheme(const char *s, int *width);
/* Bytes back from `at` to the start of the grapheme before it (0 at the start). */
size_t text_grapheme_back(const char *s, size_t at);

/* Copy that fits in `cols` columns, cut at a grapheme with "…" when it had to be cut. */
char *text_fit(struct arena *a, const char *s, int cols);

/* Danish alphabetical order as bytes to be compared with memcmp (shorter prefix first). Three levels,
 * each counting only when the one before is equal:
 * 1. blanks, punctuation, symbols, digits, a–z, æ, ø, å, other scripts; aa counts as å (but aA as two),
 *    ä as æ, ö and ő as ø, ü and ű as y, þ as th, ð and đ as d, œ as oe. Blanks and hyphens do count, so
 *    "Ann Smed" stands before "Anna". Invisible characters and controls don't.
 * 2. the plain letter, those named in 1 (ö before ő), then accents. 3. upper before lower case, å before aa.
 * Rules: Retskrivningsordbogen § 3 and CLDR's `da` collation as ICU applies it by default. Same as ICU
 * for the letters of European and Vietnamese names and the signs around them; other letters follow å by
 * code point. Texts that differ in nothing that people see may have equal keys. Arena-owned. */
char *text_sort_key(struct arena *a, const char *s, size_t *len);
/* The same order between two strings; to sort many, make their keys once. */
int text_compare(const char *x, const char *y);

/* Folding for search: lower case, accents off, ø→o, å→a, æ and ä→ae, ö→o, ü→u, ß→ss, ð→d, þ→th, ł→l;
 * hyphens, punctuation and symbols → blank, runs of blanks → one, none at the ends. Then what stands
 * for å and ø where those letters are missing: aa→a, oe→o, however they came about; so "soren" and
 * "soeren" find Søren, "aagaard", "ågård" and "agard" find Ågård, "aeroe" and "aero" Ærø. It is one fold
 * for needle and hay, so Michael, Noel, Joensen and Isaac (folded "nol", "jonsen", "isac") are found by
 * their own spelling too; the price is that "Jonsen" also finds Joensen. æ stays ae and does not become
 * e or a: what is typed so far folds to the beginning of what the whole name folds to, so a filter
 * never loses a name half-way. Folding twice changes nothing. */
char *text_fold(struct arena *a, const char *s);
/* Does the folded needle occur in the folded hay, from the start of a word, or each of its words, in
 * any order, at the start of a word? Blanks don't count ("annelise" finds Anne-Lise, "12 b" finds 12B).
 * An empty needle is always found. `rank` (may be NULL) gets 0 for whole-field, 1 prefix, 2 later word;
 * it is set only when found. */
bool text_fold_match(const char *hay, const char *needle, int *rank);
/* Slips of the fingers between two folded texts: letters to put in, take out or change. More than `most`, and with
 * texts of more than 63 bytes, it is most + 1. */
int text_slips(const char *x, const char *y, int most);
/* The digits of a phone number, without +45/0045 in front, and with 00 in front of another country;
 * for search and comparison. Arena-owned. */
char *text_phone_digits(struct arena *a, const char *s);

/* Where text holds something that looks like a Danish CPR number: DDMMYY (a valid date, also with
 * 60 added to the day as for replacement numbers), an optional dash or blank (or " - "), four digits,
 * and no digit next to it; also DDMMYYYY-1234, DD.MM.YY-1234 (with dots, slashes, dashes or blanks in
 * the date) and "DD MM YY 1234" where the last four aren't a year. Digits of any script and in any
 * dress count, dashes and blanks of any kind, and what can't be seen hides nothing. A date and a time
 * ("03.12.25 1400", "03122025 1400") aren't one. Digits right after a "+" (and not 0), or after +CC or 00CC of
 * another country than Denmark, are a phone number; after +45 eight digits are, and ten can only be a
 * CPR number. Returns NULL when there is none. The modulus-11 check is no longer valid for all numbers
 * (CPR-kontoret, 2007), so it isn't asked for. Source: cpr.dk "Personnummeret i CPR". */
const char *text_find_cpr(const char *s);

/* What every file system takes as a name, made of a text: letters, digits, hyphens and dots inside it; all else is "_".
 * Never empty. Arena-owned. */
char *text_file_name(struct arena *a, const char *s);

/* How many bytes at the beginning of s are the letters of `start`, in either case ("søren" of "Søren"); 0: it begins
 * otherwise. Both are NFC. */
size_t text_begins(const char *s, const char *start);
/* Is the code point a letter, or what belongs to one (a combining mark, a joiner)? */
bool text_is_letter(int32_t cp);
/* One of 0 to 9, whatever the locale. */
static inline bool text_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The initial of each word upper-cased and the rest lower ("MONA" → "Mona", "anne-LISE" → "Anne-Lise");
 * a copy as it is when a word has both cases ("McDonald", "Jens de Vries"): somebody chose them. A byte that
 * isn't UTF-8 becomes U+FFFD. */
char *text_title_case(struct arena *a, const char *s);

#endif
