/* export/pdf.c - see pdf.h. Owns what the helper is told, and what is made of its answers. Must not know how a page looks.
 *
 * The helper speaks no language: every word on paper that isn't the sheet's is given to it. */
#include "export/pdf.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "export/json_buf.h"
#include "export/sheet_priv.h"

#define HELPER "samvagt-pdf"
enum { PDF_MOST = 128 << 20, WAIT_MS = 60000 };

static const char *find_helper(struct arena *a)
{
	const char *folder = getenv("SAMVAGT_LIBEXEC");
	const char *folders[] = {folder ? folder : "", os_program_dir(a), PKGLIBEXECDIR};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		const char *path = os_path_join(a, folders[i], HELPER);
		if (*folders[i] && os_is_program(path))
			return path;
	}
	return NULL;
}

static int say_missing(struct err *e)
{
	return err_set(e, ERR_UNSUPPORTED,
		_("there is no %s here, the helper program that makes PDF. It is built where the packages libpango1.0-dev and "
		  "libqrencode-dev are installed; without it, print the text or html"), HELPER);
}

bool pdf_available(struct err *e)
{
	struct arena *a = arena_new();
	bool out = find_helper(a) != NULL;
	arena_free(a);
	if (!out)
		say_missing(e);
	return out;
}

/* Sentences of ours: the helper's own are for programmers, and it may quote nobody. */
static int explain(int status, const char *said, struct err *e)
{
	if (status == err_exit_status(ERR_UNSUPPORTED))
		return err_set(e, ERR_UNSUPPORTED, _("the PDF couldn't be made: there is no font on this machine; install one, "
			"such as the package fonts-dejavu-core"));
	if (status == err_exit_status(ERR_DATA))
		return err_set(e, ERR_DATA, _("the PDF couldn't be made: %s"), said);
	if (status < 0)
		return err_set(e, ERR_IO, _("the PDF couldn't be made: %s took too long, or ended unasked"), HELPER);
	return err_set(e, ERR_IO, _("the PDF couldn't be made: %s"), *said ? said : HELPER);
}

static int run_helper(const struct buf *order, struct buf *out, struct err *e)
{
	char said[300];
	int status = -1;
	struct arena *a = arena_new();
	struct os_program p = {.path = find_helper(a), .in = order->p, .nin = order->n, .out = out, .most = PDF_MOST,
		.said = said, .nsaid = sizeof said, .most_ms = WAIT_MS};
	size_t before = out->n;
	int rc = p.path ? os_run_program(&p, &status, e) : say_missing(e);
	if (rc == OK && status != 0)
		rc = explain(status, said, e);
	/* what isn't whole is nothing */
	if (rc && !out->oom && out->p)
		out->p[out->n = before] = '\0';
	arena_free(a);
	return rc;
}

/* As it is now, since the bytes of a file shouldn't depend on anything else. */
static int created_now(char *out, size_t n, struct err *e)
{
	struct os_clock clock;
	int rc = os_clock_init(&clock, e);
	if (rc)
		return rc;
	civil_min now = civil_from_utc(clock.now(clock.ctx));
	civil_format_iso(out, n, now);
	return OK;
}

/* {what: content, and the rest that every order has}; takes the content. */
static int write_order(const char *what, json_t *content, const char *shred, struct buf *out, struct err *e)
{
	char created[32];
	struct buf order = {0};
	int rc = created_now(created, sizeof created, e);
	if (rc) {
		json_decref(content);
		return rc;
	}
	/* translators: on each page; {page} and {pages} become numbers */
	json_put(json_pack("{s:o, s:s, s:s, s:{s:s, s:s, s:s, s:s}}", what, content, "language", lang_now(), "created",
			 created, "words", "page", _("page {page} of {pages}"), "again", _("continued"), "empty",
			 _("Nothing to show"), "shred", shred ? shred : ""), &order);
	rc = order.oom ? err_set(e, ERR_NOMEM, _("out of memory")) : run_helper(&order, out, e);
	buf_wipe(&order);
	return rc;
}

int pdf_write_sheet(const struct sheet *s, struct buf *out, struct err *e)
{
	return write_order("sheet", sheet_json(s), sheet_shred_line(s), out, e);
}

int pdf_write_letter(const struct letter *l, struct buf *out, struct err *e)
{
	return write_order("letter", json_pack("{s:s, s:s, s:s, s:s, s:s}", "title", l->title, "text", l->text, "code", l->code,
		"qr", l->qr, "footer", l->footer), NULL, out, e);
}
