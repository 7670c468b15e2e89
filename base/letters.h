/* base/letters.h - bytes as letters: each byte is two of a to p, the high half first.
 *
 * Half as dense as it could be, but without digits: whatever it holds can't be taken for a CPR number, which no text of
 * a record may hold, and it needs no exception from that. */
#ifndef BASE_LETTERS_H
#define BASE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* 2n letters and a NUL to out. */
void letters_write(char *out, const void *bytes, size_t n);
/* n bytes from exactly 2n letters; false when text is anything else. */
bool letters_read(const char *text, void *bytes, size_t n);

#endif
