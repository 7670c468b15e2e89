/* samvagt-pdf - reads one order as JSON on standard input and writes it as a PDF on standard output. Owns which kind of page is made.
 * Must not know what stands on it. */
#include "apart/run.h"
#include "export/sheet_priv.h"
#include "pdf/letter.h"
#include "pdf/table.h"

static cairo_status_t collect(void *to, const unsigned char *p, unsigned n)
{
	struct buf *b = to;
	buf_add(b, p, n);
	return b->oom ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static int draw(const struct order *o, struct arena *a, struct buf *out, struct err *e)
{
	struct paper p;
	struct letter_page *letter = NULL;
	int rc = paper_open(o, &p, e);
	if (rc == OK && o->sheet) {
		struct table *t = table_prepare(&p, a);
		rc = paper_make(&p, table_draw, t, collect, out, e);
	} else if (rc == OK) {
		rc = letter_prepare(&p, a, &letter, e);
		if (rc == OK)
			rc = paper_make(&p, letter_draw, letter, collect, out, e);
		letter_end(letter);
	}
	paper_close(&p);
	return rc;
}

static int make(struct arena *a, const struct buf *in, struct buf *out, struct err *e)
{
	struct order o;
	int rc = order_read(a, in->p, in->n, &o, e);
	if (rc == OK && o.sheet)
		o.sheet = sheet_cleaned(a, o.sheet, true);
	return rc ? rc : draw(&o, a, out, e);
}

int main(int argc, char **argv)
{
	return run_helper(argc, argv, ORDER_MOST, make);
}
