/* export/pdf.c - see pdf.h. Owns which helper makes it, and what a letter is to it. Must not know how a page looks. */
#include "export/pdf.h"

#include "base/lang.h"
#include "export/json_buf.h"
#include "export/sheet_priv.h"

static const struct helper helper = {
	.name = "samvagt-pdf",
	.missing = N_("there is no samvagt-pdf here, the helper program that makes PDF. It is built where the packages "
		"libpango1.0-dev and libqrencode-dev are installed; without it, print the text or html"),
	.lacks = N_("the PDF couldn't be made: there is no font on this machine; install one, such as the package "
		"fonts-dejavu-core"),
};

bool pdf_available(struct err *e)
{
	return helper_available(&helper, e);
}

int pdf_write_sheet(const struct sheet *s, struct buf *out, struct err *e)
{
	return sheet_make(&helper, s, out, e);
}

int pdf_write_letter(const struct letter *l, struct buf *out, struct err *e)
{
	struct buf order = {0};
	const struct sheet words = {.title = l->title, .period = "", .purpose = "", .made = "", .shred = DATE_NONE};
	int rc = sheet_order_of("letter", json_pack("{s:s, s:s, s:s, s:s, s:s}", "title", l->title, "text", l->text, "code", l->code,
		"qr", l->qr, "footer", l->footer), &words, &order, e);
	if (rc == OK)
		rc = helper_run(&helper, &order, out, e);
	buf_wipe(&order);
	return rc;
}
