/* base/text_priv.h - what the files behind text.h share: reading text as decomposed code points.
 *
 * Order and folding both look at a letter and its marks apart ("é" is e and an acute), whichever way the text was
 * written. A reader gives those code points one by one; only text with marks of its own is normalised as a whole. */
#ifndef BASE_TEXT_PRIV_H
#define BASE_TEXT_PRIV_H

#include <stdbool.h>
#include <stdint.h>

/* The longest canonical decomposition of one code point is 4 (Unicode Standard Annex 15). */
enum { NFD_QUEUE = 4 };

struct nfd {
	const char *s;
	size_t at;                          /* in s, or in points if there are any */
	int32_t *points;                    /* the whole text normalised, if it had to be */
	int32_t queue[NFD_QUEUE];
	int queued, taken;
};

/* Read the NUL-terminated s, which must outlive the reader. Bytes that aren't UTF-8 come as U+FFFD. */
void nfd_open(struct nfd *r, const char *s);
void nfd_close(struct nfd *r);
/* Read from the beginning again. */
void nfd_rewind(struct nfd *r);
/* The next code point in canonical decomposition (NFD); 0 at the end. */
int32_t nfd_next(struct nfd *r);
/* The one that nfd_next() would give. */
int32_t nfd_peek(struct nfd *r);

#endif
