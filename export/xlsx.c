/* export/xlsx.c - see xlsx.h. Owns which helper makes it. Must not know what the file looks like. */
#include "export/xlsx.h"

#include "base/lang.h"
#include "export/sheet_priv.h"

static const struct helper helper = {
	.name = "samvagt-xlsx",
	.missing = N_("there is no samvagt-xlsx here, the helper program that makes spreadsheets. It is built where the packages "
		"libxlsxwriter-dev and libminizip-dev are installed; without it, write csv, which a spreadsheet opens too"),
};

bool xlsx_available(struct err *e)
{
	return helper_available(&helper, e);
}

int xlsx_write_sheet(const struct sheet *s, struct buf *out, struct err *e)
{
	return sheet_make(&helper, s, out, e);
}
