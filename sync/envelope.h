/* sync/envelope.h - the outside of a segment or snapshot: header, compression, seal, signature, ends.
 *
 *     "SVSEG1\r\n" or "SVSNP1\r\n" | u16 header length | header
 *         | nonce 24 | ciphertext | signature 64 | u64 length of it all | "1GESVS\r\n"
 *     header: [plain length, ciphertext length, ring, incarnation, partition, first, count, chain before, chain after,
 *              [inc, no, tag …] vector, digest, clock first, clock last, schema written, schema needed, epoch, …]
 * More than these in a header is stepped over. Plain text is a zstd frame without its size, whose blocks end where
 * columns do that are unlike the next: each gets its own codes then. segment_read_head and segment_verify of segment.h
 * are here too. */
#ifndef SYNC_ENVELOPE_H
#define SYNC_ENVELOPE_H

#include "sync/segment.h"

enum { ENVELOPE_NONCE = 24 };

/* Append a file to `out`. body, parts: of columns_write. nonce: NULL draws one, and anything else is for tests. */
int envelope_seal(const struct segment_head *h, const struct buf *body, const struct buf *parts,
	enum segment_level level, const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET],
	const uint8_t *nonce, struct buf *out, struct err *e);
/* The same as the last step of writing, with a nonce drawn: rc is how packing went. Wipes body and parts. */
int envelope_finish(int rc, const struct segment_head *h, struct buf *body, struct buf *parts,
	enum segment_level level, const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out,
	struct err *e);
/* The body of a file, into an empty `body`, which is to be wiped. The same errors as segment_open. */
int envelope_open(const void *p, size_t n, const struct segment_head *h, const uint8_t key[SEGMENT_KEY],
	struct buf *body, struct err *e);
/* The sentences of ERR_CORRUPT, and of ERR_DATA and ERR_NOMEM when writing. */
int envelope_refuse(struct err *e);
int envelope_fail(int code, struct err *e);

#endif
