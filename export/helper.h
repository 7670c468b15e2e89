/* export/helper.h - the small programs in libexec that make or read formats for which the main program has no library,
 * so that it stays small.
 *
 * A helper reads its order on standard input and writes what it made on standard output; it opens nothing else, and
 * nothing personal lies in a file on the way. It speaks no language: each word that is to stand in what it makes is
 * given to it. */
#ifndef EXPORT_HELPER_H
#define EXPORT_HELPER_H

#include "base/err.h"
#include "base/mem.h"

struct helper {
	const char *name;                  /* "samvagt-pdf" */
	const char *missing;               /* msgid: that it isn't here, which packages it is built with, what to do without it */
	const char *lacks;                 /* msgid: what is missing when it says ERR_UNSUPPORTED; NULL: it never does */
};

/* Where it is: $SAMVAGT_LIBEXEC, the program's own folder, the folder of the installation. Else ERR_UNSUPPORTED. */
bool helper_available(const struct helper *h, struct err *e);
/* Append to out what it makes of the order: all or nothing. ERR_UNSUPPORTED: no helper, or it lacks something.
 * ERR_DATA: the order can't be made. ERR_IO: the helper failed. */
int helper_run(const struct helper *h, const struct buf *order, struct buf *out, struct err *e);

#endif
