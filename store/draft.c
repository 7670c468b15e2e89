/* store/draft.c - texts of unsaved forms, sealed, a file each, in the store's folder.
 *
 * A draft belongs to the machine where it was typed: it is in no log and travels nowhere. Knows nothing of forms. */
#include "store/store.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/store_priv.h"

enum { DRAFT_TABLE = 0xD0, DRAFT_MOST = 1 << 20 };

static char *draft_path(struct store *s, struct arena *a, const char *name)
{
	assert(*name && !strpbrk(name, "/.\\"));
	return os_path_join(a, os_path_join(a, s->dir, "draft"), name);
}

static int write_draft(struct store *s, struct arena *a, const char *name, const char *text, struct err *e)
{
	struct buf sealed = {0};
	int rc = os_mkdir_p(os_path_join(a, s->dir, "draft"), e);
	if (rc == OK)
		rc = seal_put(s->seal, DRAFT_TABLE, name, strlen(name), text, strlen(text), &sealed, e);
	if (rc == OK)
		rc = os_write_file(draft_path(s, a, name), sealed.p, sealed.n, e);
	buf_free(&sealed);
	return rc;
}

int store_draft_save(struct store *s, const char *name, const char *text, struct err *e)
{
	if (!s->seal)
		return err_set(e, ERR_KEY, _("the store is locked; give the passphrase"));
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (text && text_find_cpr(text))
		return err_set(e, ERR_DATA, _("what looks like a CPR number isn't kept, not even before it is saved"));
	struct arena *a = arena_new();
	int rc = text ? write_draft(s, a, name, text, e) : os_remove(draft_path(s, a, name), e);
	arena_free(a);
	return rc;
}

const char *store_draft_load(struct store *s, struct arena *a, const char *name)
{
	struct buf sealed = {0};
	const uint8_t *text = NULL;
	size_t n = 0;
	if (!s->seal || os_read_file(draft_path(s, a, name), DRAFT_MOST, &sealed, NULL) != OK)
		return NULL;
	int rc = seal_get(s->seal, DRAFT_TABLE, name, strlen(name), sealed.p, sealed.n, a, &text, &n, NULL);
	buf_free(&sealed);
	return rc == OK ? arena_strndup(a, (const char *)text, n) : NULL;
}
