/* export/printing.c - see printing.h. Owns which format goes which way. Must not know what is printed. */
#include "export/printing.h"

#include <string.h>

#include "base/lang.h"
#include "base/os.h"
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

int printing_letter(const struct letter *l, const char *path, struct err *e)
{
	struct buf out = {0};
	if (printing_format(path) != SHEET_PDF)
		return os_write_file(path, l->text, strlen(l->text), e);
	int rc = pdf_write_letter(l, &out, e);
	if (rc == OK)
		rc = os_write_file(path, out.p, out.n, e);
	buf_wipe(&out);
	return rc;
}
