/* store/seen.h - who has looked at a person's card at this site, and when.
 *
 * Kept on this machine only, as sealed rows of the vault (one a volunteer), never sent: what has been looked at is this
 * site's to answer for. One line a day, person and way. A row goes with the volunteer's erasure, and its lines that are
 * older than what is to be remembered (the limit retention_seen_months) go when it is written. A store that is read
 * only, or only follows, keeps none. */
#ifndef STORE_SEEN_H
#define STORE_SEEN_H

#include "store/store.h"

enum seen_how { SEEN_CARD, SEEN_PHONE, SEEN_EXPORT, SEEN_PRINT };
struct seen_line { civil_date day; enum seen_how how; const char *by; };

/* Put down that the store's person (whoever its settings name) has seen a card today. Nothing new is written twice a
 * day, nor of somebody who isn't there, nor in a store that keeps none: OK. No view may be open. */
int seen_put(struct store *s, struct id volunteer, enum seen_how how, civil_date today, civil_date forget_before,
	struct err *e);
/* Newest first; in the arena. */
int seen_list(struct view *v, struct arena *a, struct id volunteer, struct seen_line **out, size_t *n, struct err *e);

/* Is a row of the vault of that name one of these, and of whom? */
bool seen_is_row(const char *name, size_t n, struct id *volunteer);

#endif
