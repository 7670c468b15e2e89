/* export/bundle.c - see bundle.h. Owns what was written so far. Must not know what is in a file. */
#include "export/bundle.h"

#include "base/lang.h"
#include "base/os.h"

int bundle_begin(struct bundle *b, struct arena *a, const char *dir, bool dry, struct err *e)
{
	char **names;
	size_t n = 0;
	*b = (struct bundle){.a = a, .dir = dir, .dry = dry, .made = !os_exists(dir)};
	if (b->made && dry)
		return OK;
	int rc = os_mkdir_p(dir, e);
	if (rc == OK)
		rc = os_list_dir(a, dir, &names, &n, e);
	if (rc == OK && n > 0)
		rc = err_set(e, ERR_CONFLICT, _("the folder %s isn't empty: name a new one, so that nothing is overwritten or mixed "
			"up"), dir);
	return rc;
}

int bundle_add(struct bundle *b, const char *name, const struct buf *bytes, const char **path, struct err *e)
{
	const char *whole = os_path_join(b->a, b->dir, name);
	if (path)
		*path = whole;
	if (bytes->oom)
		return err_set(e, ERR_NOMEM, _("out of memory"));
	if (b->dry)
		return OK;
	int rc = os_write_new_file(whole, bytes->p ? bytes->p : "", bytes->n, e);
	if (rc == OK) {
		b->path = arena_grow(b->a, b->path, &b->cap, b->n + 1, sizeof *b->path);
		b->path[b->n++] = whole;
	}
	return rc;
}

void bundle_take_back(struct bundle *b)
{
	for (size_t i = 0; i < b->n; i++)
		os_remove(b->path[i], NULL);
	if (b->made && !b->dry)
		os_remove_folder(b->dir, NULL);
}
