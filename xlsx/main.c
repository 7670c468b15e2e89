/* samvagt-xlsx - reads one order as JSON on standard input and writes it as a spreadsheet on standard output. Must not
 * know what stands in it. */
#include "apart/run.h"
#include "xlsx/book.h"

static int make(struct arena *a, const struct buf *in, struct buf *out, struct err *e)
{
	struct order o;
	int rc = order_read(a, in->p, in->n, &o, e);
	return rc ? rc : book_write(a, &o, out, e);
}

int main(int argc, char **argv)
{
	return run_helper(argc, argv, ORDER_MOST, make);
}
