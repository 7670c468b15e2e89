/* export/sheet_order.c - what a helper is told to make a sheet of: the sheet as JSON, and the words that are to stand
 * around it (man samvagt-json, "What samvagt-pdf and samvagt-xlsx read"). Must not know how what they make looks. */
#include "export/sheet_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "export/json_buf.h"

/* As it is now, since the bytes of a file shouldn't depend on anything else. */
static int created_now(char *out, size_t n, struct err *e)
{
	struct os_clock clock;
	int rc = os_clock_init(&clock, e);
	if (rc)
		return rc;
	civil_format_iso(out, n, civil_from_utc(clock.now(clock.ctx)));
	return OK;
}

/* The site: what comes before the first dot of "Viborg · 1/12 2025 08:00". */
static json_t *author_of(const struct sheet *s)
{
	const char *end = strstr(s->made, " · ");
	return json_stringn(s->made, end ? (size_t)(end - s->made) : 0);
}

static json_t *words_of(const struct sheet *s)
{
	const char *shred = sheet_shred_line(s);
	/* translators: on each page; {page} and {pages} become numbers */
	return json_pack("{s:s, s:s, s:s, s:s}", "page", _("page {page} of {pages}"), "again", _("continued"), "empty",
		_("Nothing to show"), "shred", shred ? shred : "");
}

int sheet_order(const struct sheet *s, struct buf *order, struct err *e)
{
	char created[32];
	struct arena *a = arena_new();
	int rc = created_now(created, sizeof created, e);
	s = sheet_cleaned(a, s, false);
	if (rc == OK)
		json_put(json_pack("{s:o, s:s, s:s, s:o, s:o}", "sheet", sheet_json(s), "language", lang_now(), "created", created,
			"author", author_of(s), "words", words_of(s)), order);
	if (rc == OK && order->oom)
		rc = err_set(e, ERR_NOMEM, _("out of memory"));
	arena_free(a);
	return rc;
}

int sheet_make(const struct helper *h, const struct sheet *s, struct buf *out, struct err *e)
{
	struct buf order = {0};
	int rc = sheet_order(s, &order, e);
	if (rc == OK)
		rc = helper_run(h, &order, out, e);
	buf_wipe(&order);
	return rc;
}
