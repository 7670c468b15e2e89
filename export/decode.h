/* export/decode.h - somebody's bytes as UTF-8, whatever program wrote them. */
#ifndef EXPORT_DECODE_H
#define EXPORT_DECODE_H

#include "base/err.h"
#include "base/mem.h"

/* Append a file's bytes as valid UTF-8 without zero bytes; what can't be read becomes the replacement character. *name
 * is the encoding as it was found: "UTF-8", "UTF-8 BOM", "windows-1252", "UTF-16LE" … raw is changed. ERR_DATA: there
 * are none. */
int decode_bytes(struct buf *raw, const char **name, struct buf *out, struct err *e);
/* The same of bytes that say what they are written in. ERR_UNSUPPORTED: this machine doesn't know the charset. */
int decode_charset(const char *charset, const char *p, size_t n, struct buf *out, struct err *e);

#endif
