/* samvagt-pdf - reads one order as JSON on standard input and writes it as a PDF on standard output. Owns its own process:
 * what it reads, what it writes, and its exit status (sysexits.h). */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/os.h"
#include "pdf/guard.h"
#include "pdf/letter.h"
#include "pdf/table.h"

static cairo_status_t collect(void *to, const unsigned char *p, unsigned n)
{
	struct buf *b = to;
	buf_add(b, p, n);
	return b->oom ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

static int make(const struct order *o, struct arena *a, struct buf *out, struct err *e)
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

/* All of it or nothing: half a PDF would look like one. */
static int run(struct err *e)
{
	struct arena *a = arena_new();
	struct buf in = {0}, out = {0};
	struct order o;
	int rc = os_read_fd(STDIN_FILENO, ORDER_MOST, &in, e);
	if (rc == OK)
		rc = order_read(a, in.p ? in.p : "", in.n, &o, e);
	if (rc == OK)
		rc = make(&o, a, &out, e);
	if (rc == OK && (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout)))
		rc = err_set(e, ERR_IO, "standard output took no more");
	buf_free(&in);
	buf_free(&out);
	arena_free(a);
	return rc;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	if (argc > 1) {
		fprintf(stderr, "usage: %s <order.json >paper.pdf (see samvagt-pdf(1))\n", argv[0]);
		return err_exit_status(ERR_USAGE);
	}
	guard_close();
	int rc = run(&e);
	if (rc)
		fprintf(stderr, "samvagt-pdf: %s\n", e.text);
	return err_exit_status(rc);
}
