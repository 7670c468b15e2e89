/* sync/columns.h - numbers and bytes in columns, so that what is alike lies together and compresses.
 *
 *     body:    count | heads | data, heads and data in the same order, ascending by key
 *     head:    key less the key before | form | length | of numbers: first | of differences: least | step
 *     form:    kind << 4 | width
 *
 * Numbers are LEB128 varints in their shortest form; `first` is zigzag. A column is of one kind:
 *     bytes        `length` bytes as they are; texts in it end with NUL
 *     numbers      the least is `first`; of each stands (number - first) / step
 *     differences  `first` is the first; of each later one stands (zigzag(number - the one before) - least) / step
 * and what stands is `width` planes: the lowest byte of each, then the second of each and so on. So a column of equal
 * numbers, or equal differences, has no data at all; more than COLUMN_FREE numbers always have a plane, so that a
 * reader's work is bounded by the bytes read. Arithmetic is modulo 2^64. The writer takes the kind whose numbers have
 * fewer bits.
 *
 * Reading is a cursor in each column that can't leave it. Pure: knows nothing of what stands in the columns. */
#ifndef SYNC_COLUMNS_H
#define SYNC_COLUMNS_H

#include "base/err.h"
#include "base/mem.h"
#include "store/cbor.h"

enum {
	COLUMNS_MOST = 65536,
	COLUMN_FREE = 65536,
	COLUMN_WIDTH_MOST = 8,
};

/* ---- single numbers ------------------------------------------------------------------------------ */
uint64_t zigzag(int64_t i);
int64_t unzigzag(uint64_t u);
enum { VARINT_MOST = 10 };
/* Into room for VARINT_MOST bytes; returns where to go on. */
static inline uint8_t *varint_write(uint8_t *p, uint64_t u)
{
	for (; u >= 0x80; u >>= 7)
		*p++ = (uint8_t)(u | 0x80);
	*p++ = (uint8_t)u;
	return p;
}
void varint_put(struct buf *b, uint64_t u);
bool varint_get(struct cursor *c, uint64_t *out);           /* false: cut short, or not the shortest form */

/* ---- writing ------------------------------------------------------------------------------------- */
/* A column being gathered: numbers as they are, or bytes. */
struct column_out {
	uint32_t key, after;         /* after: which one was used after it the last time; things alike use them in one order */
	bool numbers;
	struct buf data;
};
/* {0} is a valid empty one. `oom` sticks as in a buf. */
struct columns_out {
	struct column_out *c;
	size_t n, cap;
	uint32_t *slot;              /* by hash of the key: index + 1 */
	size_t slots;
	size_t last;                 /* used last */
	size_t gathered;             /* bytes at most in the body */
	bool oom;
};
void columns_put(struct columns_out *o, uint32_t key, uint64_t u);
void columns_put_bytes(struct columns_out *o, uint32_t key, const void *p, size_t n);
void columns_put_text(struct columns_out *o, uint32_t key, const char *s, size_t n);
uint64_t *columns_numbers(struct column_out *c, size_t *n);                    /* to be altered in place */
/* Append the body; the columns are freed or altered by it. `parts` (size_t, appended to): how long each stretch of data
 * is that is unlike the next. ERR_NOMEM; ERR_DATA when there are more than COLUMNS_MOST columns. */
int columns_write(struct columns_out *o, struct buf *body, struct buf *parts);
void columns_free(struct columns_out *o);

/* ---- reading ------------------------------------------------------------------------------------- */
struct column {
	uint32_t key;
	uint8_t kind, width;
	const uint8_t *p;
	size_t n, at, mark;
	uint64_t first, least, step, last, mark_last;
};
struct columns {
	struct column *c;
	size_t n;
};
/* Checks every head against the bytes there are. The columns point into the body. ERR_CORRUPT, ERR_NOMEM. */
int columns_open(struct columns *cs, const uint8_t *body, size_t n);
struct column *columns_find(const struct columns *cs, uint32_t key);            /* NULL when there is none */
/* The next of a column; false at its end, when it is of another kind, or NULL. */
bool column_number(struct column *c, uint64_t *out);
bool column_bytes(struct column *c, size_t n, const uint8_t **out);
bool column_text(struct column *c, const char **s, size_t *n);                  /* NUL-terminated UTF-8 */
size_t column_left(const struct column *c);                                     /* numbers, or bytes; 0 of NULL */
void columns_mark(struct columns *cs);                                          /* where columns_rewind goes back to */
void columns_rewind(struct columns *cs);
bool columns_finished(const struct columns *cs);                                /* has everything been read? */
void columns_close(struct columns *cs);

#endif
