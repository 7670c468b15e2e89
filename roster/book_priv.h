/* roster/book_priv.h - what the files behind book.h share: the table from ids to entries, and folded names made on
 * first use. */
#ifndef ROSTER_BOOK_PRIV_H
#define ROSTER_BOOK_PRIV_H

#include "roster/book.h"
#include "store/idmap.h"

enum book_kind { BOOK_PERSON, BOOK_PLACE, BOOK_TASK, BOOK_ORG, BOOK_KINDS };

struct book_index {
	struct arena *arena;             /* all of the book but itself */
	struct idmap ids;                /* to kind and place in its array */
	const char **folded[BOOK_KINDS]; /* by place in the array; NULL until asked for */
};

/* The array of a kind: bytes of an entry, and where in it the name stands. */
struct book_array {
	void *items;
	size_t n, size, name;
};
struct book_array book_array(const struct book *b, enum book_kind kind);
/* text_fold() of every name of a kind. */
const char **book_folded(struct book *b, enum book_kind kind);

#endif
