/* roster/wording.h - the texts that are agreed on: filled in from a template, told apart by a fingerprint, and what
 * differs between two of them. Pure: texts in, texts out, the same whatever the language of the program.
 *
 * A wording is a template's text with its two blocks put in, and without anything of the parties: what several people
 * sign is one wording, and its fingerprint is the same. The parties are filled in only when it is printed or sealed. */
#ifndef ROSTER_WORDING_H
#define ROSTER_WORDING_H

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"

/* The code: "kbmq-xrwz-tn" and the NUL. Consonants only: no digits, since they could look like a CPR number; no l, that
 * looks like 1; no vowels, so that no word comes about. */
enum { WORDING_HASH = HASH_256, WORDING_CODE = 13 };

/* A template's text with {volunteers} and {professionals} put in: NFC, LF, lines trimmed at their end, no empty lines
 * at its ends, so that a record can hold it as it is. ERR_DATA: a block is missing or empty, {such} a placeholder
 * isn't known (named, with what is), a brace isn't closed or opened. */
int wording_make(struct arena *a, const char *text, const char *volunteers, const char *professionals, char **out,
	struct err *e);
/* BLAKE2b-256 of the wording; and its beginning as letters, to be read aloud and typed. */
void wording_hash(const char *wording, uint8_t out[WORDING_HASH]);
void wording_code(const uint8_t hash[WORDING_HASH], char out[WORDING_CODE]);

/* What stands in a wording for the parties: {person} {organisation} {place} {roles} {from} {to} {evaluate} {case}
 * {day} {code}. The table is in wording.c; `name` without braces. */
struct wording_part { const char *name, *help; };                  /* help: a msgid */
const struct wording_part *wording_parts(size_t *n);
struct wording_value { const char *name, *value; };                /* NULL or "": a line to write on, "………………" */
/* The whole text as it is printed and signed, one LF at its end. {code} is always the wording's own; where the wording
 * doesn't have it, a last line has. ERR_DATA as above. */
int wording_fill(struct arena *a, const char *wording, const struct wording_value *value, size_t n, char **out,
	struct err *e);

/* Word by word, the shortest difference (Myers, "An O(ND) difference algorithm and its variations", 1986, in linear
 * space); blanks belong to the word before them, and a line's end is a word. The time grows with how much differs.
 * Runs point into the two texts; all but the new give back the old, all but the gone the new one. Of neighbours the
 * gone stands first. */
enum wording_how { WORDING_SAME, WORDING_GONE, WORDING_NEW };
struct wording_run { enum wording_how how; const char *text; size_t n; };
struct wording_run *wording_diff(struct arena *a, const char *old, const char *new, size_t *n);
/* The same as a text: what is gone as "[-such-]", what is new as "{+such+}". Whole, or (for a line of a list) only
 * these. */
char *wording_diff_text(struct arena *a, const char *old, const char *new, bool whole);

#endif
