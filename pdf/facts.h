/* pdf/facts.h - what a finished PDF says of itself that cairo can't be told. */
#ifndef PDF_FACTS_H
#define PDF_FACTS_H

#include "base/mem.h"

/* The language of its text ("da"), by which it is read aloud, that it says what its parts are, and that a window shows
 * its title (ISO 14289-1, 7.2 and 7.1). A file that
 * isn't as cairo writes them stays as it is. */
void facts_add(struct arena *a, struct buf *pdf, const char *language);

#endif
