/* export/helper.c - see helper.h. Owns where helpers are found, and what is made of their answers. Must not know what
 * they are told. */
#include "export/helper.h"

#include <stdlib.h>

#include "base/lang.h"
#include "base/os.h"

enum { MADE_MOST = 128 << 20, WAIT_MS = 60000 };

static const char *find_helper(const struct helper *h, struct arena *a)
{
	const char *folder = getenv("SAMVAGT_LIBEXEC");
	const char *folders[] = {folder ? folder : "", os_program_dir(a), PKGLIBEXECDIR};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const char *path = os_path_join(a, folders[i], h->name);
		if (*folders[i] && os_is_program(path))
			return path;
	}
	return NULL;
}

static int say_missing(const struct helper *h, struct err *e)
{
	return err_set(e, ERR_UNSUPPORTED, "%s", _(h->missing));
}

bool helper_available(const struct helper *h, struct err *e)
{
	struct arena *a = arena_new();
	bool out = find_helper(h, a) != NULL;
	arena_free(a);
	if (!out)
		say_missing(h, e);
	return out;
}

/* Sentences of ours: the helper's own are for programmers, and it may quote nobody. */
static int explain(const struct helper *h, int status, const char *said, struct err *e)
{
	if (status == err_exit_status(ERR_UNSUPPORTED) && h->lacks)
		return err_set(e, ERR_UNSUPPORTED, "%s", _(h->lacks));
	if (status == err_exit_status(ERR_DATA))
		return err_set(e, ERR_DATA, _("the file couldn't be made: %s"), said);
	if (status < 0)
		return err_set(e, ERR_IO, _("the file couldn't be made: %s took too long, or ended unasked"), h->name);
	return err_set(e, ERR_IO, _("the file couldn't be made: %s"), *said ? said : h->name);
}

int helper_run(const struct helper *h, const struct buf *order, struct buf *out, struct err *e)
{
	char said[300];
	int status = -1;
	struct arena *a = arena_new();
	struct os_program p = {.path = find_helper(h, a), .in = order->p, .nin = order->n, .out = out, .most = MADE_MOST,
		.said = said, .nsaid = sizeof said, .most_ms = WAIT_MS};
	size_t before = out->n;
	int rc = p.path ? os_run_program(&p, &status, e) : say_missing(h, e);
	if (rc == OK && status != 0)
		rc = explain(h, status, said, e);
	/* what isn't whole is nothing */
	if (rc && !out->oom && out->p)
		out->p[out->n = before] = '\0';
	arena_free(a);
	return rc;
}
