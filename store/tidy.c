/* store/tidy.c - see store.h. Owns when a store's tables are laid anew, and in which order. Must not know what the rows
 * mean. */
#include <assert.h>

#include "base/lang.h"
#include "base/os.h"
#include "store/be.h"
#include "store/index_form.h"
#include "store/remake.h"

/* What a file may have more than when it was last laid in order: below that nobody would notice. */
enum { SLACK = 16 << 20, SHARE = 3 };

static const char LAID[] = "l";

/* 0 when it never was. */
static int read_laid(struct store *s, int64_t *laid)
{
	struct kv_txn t;
	struct kv_bytes value = { 0 };
	int rc = kv_begin(s->kv, &t, NULL);
	*laid = 0;
	if (rc != OK)
		return rc;
	rc = kv_get(&t, KV_META, LAID, 1, &value, NULL);
	if (rc == OK && value.n == 8)
		*laid = (int64_t)be_get(value.p, 8);
	kv_end(&t);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int64_t store_size(const struct store *s)
{
	return kv_used_bytes(s->kv);
}

bool store_is_untidy(struct store *s)
{
	const int64_t used = kv_used_bytes(s->kv);
	int64_t laid;
	if (s->readonly || s->dry_run || !s->seal || read_laid(s, &laid) != OK)
		return false;
	return used - laid > SLACK + laid / SHARE && os_disk_free(s->dir) / 2 > used;
}

/* A wrong page can hide rows from who reads them all, but not from the table's count. */
static int carry_table(struct view *v, struct store *fresh, enum kv_table table, struct err *e)
{
	struct view *made = NULL;
	size_t was = 0, is = 0;
	int rc = remake_carry(v, fresh, table, NULL, 0, NULL, NULL, e);
	if (rc == OK)
		rc = kv_rows(&v->txn, table, &was, e);
	if (rc == OK)
		rc = view_begin(fresh, &made, e);
	if (rc == OK)
		rc = kv_rows(&made->txn, table, &is, e);
	view_end(made);
	if (rc == OK && is != was)
		rc = view_corrupt(v, table, e);
	return rc;
}

/* What lies above its place is read there, so that the table in which it lies stays empty. */
static int carry_all(struct store *s, struct store *fresh, struct err *e)
{
	struct view *v;
	int rc = view_begin(s, &v, e);
	for (int table = 0; rc == OK && table < KV_TABLES; table++)
		if (table != KV_FRESH)
			rc = carry_table(v, fresh, (enum kv_table)table, e);
	view_end(v);
	return rc;
}

static int note_laid(struct store *fresh, struct err *e)
{
	uint8_t bytes[8];
	be_put(bytes, (uint64_t)kv_used_bytes(fresh->kv), sizeof bytes);
	return remake_put(fresh, LAID, 1, bytes, sizeof bytes, e);
}

int store_tidy(struct store *s, struct err *e)
{
	struct store *fresh = NULL;
	assert(!s->readonly && !s->dry_run);
	if (!s->seal)
		return err_set(e, ERR_KEY, _("the store is locked; give the passphrase"));
	int rc = index_form_renew(s, e);
	if (rc == OK)
		rc = remake_begin(s, &s->format, &fresh, e);
	if (rc == OK)
		rc = carry_all(s, fresh, e);
	if (rc == OK)
		rc = note_laid(fresh, e);
	if (rc == OK)
		return remake_place(s, fresh, e);
	remake_abandon(s, fresh);
	return rc;
}
