/* export/printing.c - see printing.h. Owns which format goes which way. Must not know what is printed. */
#include "export/printing.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "base/text.h"
#include "export/pdf.h"
#include "export/xlsx.h"

enum { TEXT_COLUMNS = 80 };

enum sheet_format printing_format(const char *path)
{
	const char *dot = strrchr(path, '.');
	int f = dot ? sheet_format_named(dot + 1) : -1;
	return f < 0 ? SHEET_TEXT : (enum sheet_format)f;
}

int printing_write(const struct sheet *s, enum sheet_format f, const struct sheet_style *style, struct buf *out,
	struct err *e)
{
	if (f == SHEET_PDF)
		return pdf_write_sheet(s, out, e);
	if (f == SHEET_XLSX)
		return xlsx_write_sheet(s, out, e);
	sheet_write(s, f, style, out);
	return out->oom ? err_set(e, ERR_NOMEM, _("out of memory")) : OK;
}

int printing_sheet(const struct sheet *s, const char *path, struct err *e)
{
	const struct sheet_style style = {.width = TEXT_COLUMNS, .danish_excel = true};
	struct buf out = {0};
	int rc = printing_write(s, printing_format(path), &style, &out, e);
	if (rc == OK)
		rc = os_write_new_file(path, out.p, out.n, e);
	buf_wipe(&out);
	return rc;
}

/* ---- on paper ------------------------------------------------------------------------------------------------- */

#define USUAL_PRINTER "default"
enum { LP_MOST = 1 << 16, LP_WAIT_MS = 60000 };

static int run_lp(const char *lp, const struct buf *pdf, const char *printer, const char *title, struct err *e)
{
	bool usual = !strcmp(printer, USUAL_PRINTER);
	const char *const args[] = {"-t", title, usual ? NULL : "-d", printer, NULL};
	char said[200] = "";
	struct buf out = {0};
	int status = -1;
	const struct os_program p = {.path = lp, .in = pdf->p, .nin = pdf->n, .out = &out, .most = LP_MOST, .said = said, .nsaid = sizeof said,
		.most_ms = LP_WAIT_MS, .args = args};
	int rc = os_run_program(&p, &status, e);
	buf_free(&out);
	/* its sentence stands in ours */
	for (size_t n = strlen(said); n > 0 && strchr(". ", said[n - 1]);)
		said[--n] = '\0';
	if (rc == OK && status != 0)
		rc = err_set(e, ERR_IO, _("the printer didn't take it: %s. Write it to a file, and print that"), *said ? said : "lp");
	return rc;
}

/* A name that is free: "Roster week 49.pdf", else "Roster week 49 (2).pdf" … */
static const char *free_name(struct arena *a, const char *dir, const char *title, const char *ending)
{
	const char *name = text_file_name(a, title);
	const char *path = os_path_join(a, dir, arena_printf(a, "%s.%s", name, ending));
	for (int i = 2; os_exists(path); i++)
		path = os_path_join(a, dir, arena_printf(a, "%s (%d).%s", name, i, ending));
	return path;
}

static int save(const struct sheet *s, bool pdf, const char *dir, struct arena *a, struct printing_sent *out, struct err *e)
{
	const char *path = free_name(a, dir, s->title, pdf ? "pdf" : "html");
	int rc = printing_sheet(s, path, e);
	if (rc)
		return rc;
	out->path = path;
	out->says = arena_printf(a, pdf ? _("This machine can't send anything to a printer: the program lp isn't there (package cups-client). It is written to "
		"%s: open that and print it") : _("PDF can't be made on this machine, so nothing was sent to the printer. It is written to %s: open that in a "
		"browser and print it"), path);
	return OK;
}

int printing_send(const struct sheet *s, const char *printer, const char *dir, struct arena *a, struct printing_sent *out, struct err *e)
{
	struct buf pdf = {0};
	const char *lp = os_find_program(a, "lp");
	*out = (struct printing_sent){0};
	if (!lp || !pdf_available(NULL))
		return save(s, pdf_available(NULL), dir, a, out, e);
	int rc = pdf_write_sheet(s, &pdf, e);
	if (rc == ERR_UNSUPPORTED) {
		rc = save(s, false, dir, a, out, e);
	} else if (rc == OK) {
		rc = run_lp(lp, &pdf, printer, s->title, e);
		out->says = strcmp(printer, USUAL_PRINTER) ? arena_printf(a, _("Sent to the printer %s"), printer) : _("Sent to the printer");
	}
	buf_wipe(&pdf);
	return rc;
}
