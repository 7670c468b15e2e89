/* export/bundle.h - files that leave the program together, in a folder of their own: all of them or none, and nothing
 * is ever written over. */
#ifndef EXPORT_BUNDLE_H
#define EXPORT_BUNDLE_H

#include "base/err.h"
#include "base/mem.h"

/* dry: it is checked whether the folder can be had, and nothing is written. */
struct bundle { struct arena *a; const char *dir; bool dry, made; const char **path; size_t n, cap; };

/* The folder is made, or must be empty (ERR_CONFLICT). */
int bundle_begin(struct bundle *b, struct arena *a, const char *dir, bool dry, struct err *e);
/* A file for us alone (0600). *path (may be NULL) is where it is. */
int bundle_add(struct bundle *b, const char *name, const struct buf *bytes, const char **path, struct err *e);
/* Something failed: away with them, and with the folder if it was made. */
void bundle_take_back(struct bundle *b);

#endif
