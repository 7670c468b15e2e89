/* store/identity.h - whose numbers a store writes under: is it still the one that wrote under them last?
 *
 * A store that was put back from an older copy, or copied, would give numbers to changes that others know as other
 * ones. What tells is a small file outside the store, the witness ($XDG_STATE_HOME/samvagt/STORE-ID: a line for each
 * incarnation that this machine has written under, newest first: "incarnation number tag"), and the home row inside
 * it: the machine and the folder where it was opened last. Neither is needed: without them a fork is found when the
 * sites meet, see exchange.h. Private to store/. */
#ifndef STORE_IDENTITY_H
#define STORE_IDENTITY_H

#include "store/store_priv.h"

/* Of a store just opened for writing: find out, go on under a fresh incarnation if it must, and be at home here. */
int identity_settle(struct store *s, struct err *e);
/* Write down how far this store has come: at once, or when that was done a minute ago or more. A witness that lags
 * behind only finds less, so nothing waits for the disk, and that it fails is no error. */
void identity_note(struct store *s);
void identity_note_soon(struct store *s);

/* A database that is to stand in the place of another says under which incarnation the store goes on with it, so that
 * this and the format file can't fall apart: who opens it next keeps the promise, if whoever gave it didn't come to
 * that. */
int identity_promise(struct store *fresh, uint64_t inc, struct err *e);
int identity_keep_promise(struct store *s, struct err *e);

#endif
