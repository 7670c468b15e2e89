/* tests/erasetest.h - a person with everything that belongs to one, and whether there is a trace of it left.
 *
 * Everything in a store is sealed, so what is searched for is what can be opened, and the sealed bytes themselves as
 * they lay there before: those are found wherever they still lie, in a free page or in another file. */
#ifndef TESTS_ERASETEST_H
#define TESTS_ERASETEST_H

#include "store/store_priv.h"
#include "tests/storetest.h"

#define SECRET "Fuglsangmark"            /* stands in every text about that person */

enum { PERSON_SHIFTS = 3 };
struct somebody {
	struct id who, other, shift[PERSON_SHIFTS], place[PERSON_SHIFTS], others, link, course, agreement, signature, scan, piece;
	struct dot edited;               /* a change of the person alone */
};
/* The other one stands in for the person once, and is on the first shift too. */
void person_make(struct store *s, struct somebody *p);
struct pair { int field; struct value v; };
enum { PAIRS = 10 };
/* A record in one change, a new one where id is none; up to the first field 0. */
struct id record_make(struct store *s, int type, struct id id, const struct pair f[PAIRS]);
/* What counts: seats that hold, minutes and attendances of all alive places. */
struct counts { size_t shifts, filled, places, minutes, present, agreements; };
struct counts counts_of(struct store *s);
bool counts_equal(struct counts x, struct counts y);

/* Bytes of sealed rows that hold a text. */
struct traces { struct { uint8_t b[32]; } at[4000]; size_t n; };
/* Rows of all tables that can be opened and hold it; their sealed bytes are remembered unless t is NULL. */
size_t trace_rows(struct store *s, const char *text, struct traces *t);
/* Files in a folder and all below it that hold the text as it is, or any of these bytes; each is shown. */
size_t trace_files(const char *dir, const char *text, const struct traces *t);
bool trace_in(const void *p, size_t n, const char *text);

#endif
