/* export/json_buf.h - a jansson value as text in a buf: one line of code, but one place. */
#ifndef EXPORT_JSON_BUF_H
#define EXPORT_JSON_BUF_H

#include <jansson.h>

#include "base/mem.h"

/* Append the value indented, with a line end, and let it go. NULL (out of memory while it was built) makes the buf
 * oom. */
void json_put(json_t *o, struct buf *out);

#endif
