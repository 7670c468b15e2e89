/* roster/attachments.h - small files that belong to a record, such as the scan of a signed paper: kept whole among the
 * records, in pieces, as letters (base/letters.h), so that they are sealed, exchanged and backed up like the rest. */
#ifndef ROSTER_ATTACHMENTS_H
#define ROSTER_ATTACHMENTS_H

#include "base/hash.h"
#include "store/change.h"

enum { ATTACHMENT_MOST = 4 << 20 };                /* bytes */

struct attachment { const char *name; const void *p; size_t n; };

/* Put it into a change; of: the record that it belongs to. The format is told by its first bytes. ERR_DATA: empty, too
 * large, neither PDF, JPEG, PNG nor TIFF, or a name that no record may hold. */
int attachment_add(struct change *c, const struct attachment *what, struct id of, struct id *made, struct err *e);
/* Its bytes, appended. ERR_NOTFOUND; ERR_CORRUPT: pieces are missing, or aren't what the hash says. */
int attachment_read(struct view *v, struct id attachment, struct buf *out, struct err *e);

#endif
