/* export/pdf.c - see pdf.h. Owns which helper makes it. Must not know how a page looks. */
#include "export/pdf.h"

#include "base/lang.h"
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
