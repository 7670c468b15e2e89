/* sync/digest_priv.h - what digest.c has gathered and digest_words.c tells. */
#ifndef SYNC_DIGEST_PRIV_H
#define SYNC_DIGEST_PRIV_H

#include "store/idmap.h"
#include "sync/authors_priv.h"
#include "sync/sync.h"

enum { DIGEST_DAYS = 14,          /* ahead that a place given up matters */
	DIGEST_NEAR = 28 };       /* ahead that shifts are told of when very much came */

/* A record that merges wrote to. */
struct touched {
	struct id id;
	uint8_t type;
	uint8_t fields[32];               /* which, by bit */
	bool gave_up;                     /* a place that was held: whose it was isn't coming */
	struct stamp last;
	const char *person;               /* who wrote last */
	const struct rec *r;              /* as it is now */
	struct touched *next;             /* part of the same news; NULL: the last */
	struct touched *twin;             /* the same id under another type, which a copy of a store made */
};

/* What came to one volunteer, shift or other record: itself, and places on it or connections of it. */
struct news {
	struct id id;
	uint8_t type;
	const struct rec *r;              /* as it is now; NULL when it isn't here */
	const struct touched *own;        /* NULL: only its parts were written */
	struct touched *parts, *last_part;
	struct stamp last;
	const char *person;
	const char *title;
};

struct digest {
	struct view *v;
	struct arena *a;
	struct err *e;
	struct authors authors;
	struct idmap at;                  /* id -> place in touched */
	struct touched **touched;
	size_t ntouched, cap;
	bool is_much;                     /* of shifts only the near ones are told, and that there were others */
	struct idmap near;                /* those, and the places on them */
	struct idmap news_at;
	struct news *news;
	size_t nnews, news_cap;
	struct idmap title_at;            /* of what many rows name: people, units, roles */
	const char **titles;
	size_t ntitles, titles_cap;
	civil_min now;
};

/* The merges that a digest is about, newest first. */
int digest_merges(struct view *v, struct arena *a, int64_t since, struct merge **out, size_t *n, struct err *e);
/* Groups made at or after `since` (UTC), newest first, without their writes. fn 0 to go on. */
int digest_each_back(struct view *v, int64_t since, int (*fn)(void *ctx, const struct group *g, struct err *e), void *ctx,
	struct err *e);
/* When each of them (newest first) was taken back here (UTC); 0: it stands. */
int digest_find_undone(struct view *v, struct arena *a, const struct merge *m, size_t n, int64_t **when, struct err *e);
bool digest_wrote(const struct touched *t, int field);
/* What stands for a record in the order of a list: its title, but people go by family. */
const char *digest_order(struct arena *a, const struct rec *r, const char *title);
/* Does a place in that state belong to somebody who is to come? */
bool digest_is_held(int64_t state);
/* What a record is called, looked up once; "…" when that looks like a CPR number. */
const char *digest_name(struct digest *d, struct id id);
/* "Thu 4/12 08:00–11:00 · Forhal, Viborg · Hospitalsguide"; a person's name; of other things first what they are. */
const char *digest_title(struct digest *d, const struct news *x);
/* What came of it, and whether it needs me: 0 when it doesn't. */
int digest_tell(struct digest *d, const struct news *x, const char **what, enum digest_need *need);

#endif
