/* export/person_priv.h - what the files behind person_export share: what was found of a person, and how a value of it
 * may be told. */
#ifndef EXPORT_PERSON_PRIV_H
#define EXPORT_PERSON_PRIV_H

#include "export/person.h"
#include "roster/retention.h"
#include "store/idmap.h"

/* A record of the person's; others: it belongs to somebody else and only points here. */
struct about {
	const struct rec *rec;
	const struct type *type;         /* NULL: of a newer version */
	bool others;
	civil_min time;
	bool elsewhere;                  /* the time isn't its own, but of what it points at */
	const char *file;                /* of an attachment: what its bytes are called; else NULL */
};
/* What one change did to one record. */
struct deed { const struct group *group; const struct about *kept; const char *site; };
/* Why, how long, whom to: an answer to a point of the law; name is for programs. */
struct told { const char *name, *heading, *text; };
enum { TOLD = 9 };

struct insight {
	struct view *v;
	struct book *b;
	struct arena *a;
	struct id volunteer;
	civil_date today;
	struct idmap persons, records;   /* the volunteer and those made one with it; what belongs to them */
	const char *name, *site, *made;
	const char **others; size_t nothers;              /* names of other volunteers, which no text may tell */
	struct about *kept; size_t nkept, cap;            /* by type in the order of the table, then by time */
	struct deed *done; size_t ndone, done_cap;       /* newest first */
	const struct audit **seen; size_t nseen;         /* who looked at it, where it was printed or taken to; newest first */
	struct told told[TOLD];
};

/* Find all of it; v, b, a, volunteer and today are set. person_free whatever this returns: the rest lives in the
 * arena. */
int person_gather(struct insight *x, struct err *e);
void person_free(struct insight *x);
/* The answers to the points of the law, from what was gathered: person_told.c. */
int person_tell(struct insight *x, struct err *e);

/* May a field of the record be told? */
bool person_may_tell(const struct about *k, int field);
/* Is what the value points at somebody else's? */
bool person_is_others(const struct insight *x, struct value v);
/* A text without other volunteers' names. */
const char *person_mask(const struct insight *x, const char *text);
/* A value as people read it; field NULL: of a newer version. */
const char *person_value(const struct insight *x, const struct field *f, struct value v);
/* The agreement's text with the parties; NULL: it is no agreement, or can't be put together any more. */
const char *person_agreement(const struct insight *x, const struct about *k);

/* Append what was gathered: for the person to read, and the same for a program. */
void person_put_text(const struct insight *x, struct buf *out);
void person_put_json(const struct insight *x, struct buf *out);

#endif
