/* samvagt-pdf - reads one order as JSON on standard input and writes it as a PDF on standard output. Owns which face is
 * drawn by whom. Must not know what stands on it. */
#include "apart/run.h"
#include "export/sheet_priv.h"
#include "pdf/cards.h"
#include "pdf/facts.h"
#include "pdf/letter.h"
#include "pdf/poster.h"
#include "pdf/table.h"

static cairo_status_t collect(void *to, const unsigned char *p, unsigned n)
{
	struct buf *b = to;
	buf_add(b, p, n);
	return b->oom ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static int draw_letters(struct paper *p, struct arena *a, struct buf *out, struct err *e)
{
	struct letters *letters;
	int rc = letters_prepare(p, a, &letters, e);
	return rc ? rc : paper_make(p, letters_draw, letters, collect, out, e);
}

static int draw_face(struct paper *p, struct arena *a, struct buf *out, struct err *e)
{
	switch (p->order->sheet->face) {
	case FACE_CARDS:
		cards_prepare(p);
		return paper_make(p, cards_draw, NULL, collect, out, e);
	case FACE_LETTERS:
		return draw_letters(p, a, out, e);
	case FACE_POSTER:
		return paper_make(p, poster_draw, poster_prepare(p, a), collect, out, e);
	case FACE_TABLE:
		break;
	}
	return paper_make(p, table_draw, table_prepare(p, a), collect, out, e);
}

static int make(struct arena *a, const struct buf *in, struct buf *out, struct err *e)
{
	struct order o;
	struct paper p;
	int rc = order_read(a, in->p, in->n, &o, e);
	if (rc)
		return rc;
	o.sheet = sheet_cleaned(a, o.sheet, true);
	rc = paper_open(&o, &p, e);
	if (rc == OK)
		rc = draw_face(&p, a, out, e);
	if (rc == OK)
		facts_add(a, out, o.language);
	paper_close(&p);
	return rc;
}

int main(int argc, char **argv)
{
	return run_helper(argc, argv, ORDER_MOST, make);
}
