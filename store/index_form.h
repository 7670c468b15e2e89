/* store/index_form.h - a store whose index rows were written by an earlier version. Private to store/. */
#ifndef STORE_INDEX_FORM_H
#define STORE_INDEX_FORM_H

#include "store/store_priv.h"

/* In a store that is being made. */
int index_form_begin(struct kv *kv, struct err *e);
/* Do the index rows stand as index.h says? Else there are more of them, which nobody reads, and the rest is right. */
bool index_form_is_own(const struct kv_txn *t);
/* Take away what is too much, once in a store's life, and nothing in that of a new one: asked for whenever a store is
 * opened for writing. On a full disk it is left for another time. */
int index_form_renew(struct store *s, struct err *e);

#endif
