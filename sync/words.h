/* sync/words.h - 1,024 Danish words to say on the phone: six of them are 60 bits.
 *
 * The list is words.def. Its order and spelling never change: invitations and fingerprints are made of them. No two
 * words are one slip apart (base/text.h, folded), and the first four letters are enough to tell any two apart. */
#ifndef SYNC_WORDS_H
#define SYNC_WORDS_H

#include "base/err.h"
#include "sync/ring.h"

enum { WORDS = 1024, WORDS_LONGEST = 15 };      /* bytes */

const char *words_at(unsigned i);               /* i < WORDS */
/* Six words with blanks between. */
void words_format(const uint16_t at[RING_WORDS], char out[RING_WORDS_TEXT]);
/* As people type them: capitals or not, any blanks or punctuation between, æøå or ae, oe, aa, and a word's start of
 * four letters or more. ERR_KEY says which word isn't in the list. */
int words_read(const char *text, uint16_t at[RING_WORDS], struct err *e);

#endif
