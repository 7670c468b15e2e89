/* apart/guard.h - what a helper program may do: read, reckon, and write to what is open already. */
#ifndef APART_GUARD_H
#define APART_GUARD_H

/* From here on: no new programs, no network, no file opened for writing, bounded memory, time and file size. What
 * the system doesn't offer is left out, without a word: it is a second wall, and the first one is reading with care. */
void guard_close(void);

#endif
