/* apart/run.h - what main() of each helper program is: shut in, reads its order, writes what it makes of it.
 *
 * Sentences of errors go to standard error in English: they are for whoever wrote the program that made the order. The
 * exit status is err_exit_status() (sysexits.h). */
#ifndef APART_RUN_H
#define APART_RUN_H

#include "base/err.h"
#include "base/mem.h"

/* make() is given all of standard input, at most so many bytes; what it appends to out goes to standard output if it
 * returns OK, and nothing goes there if not. */
typedef int run_make(struct arena *a, const struct buf *in, struct buf *out, struct err *e);
int run_helper(int argc, char **argv, size_t most, run_make *make);

#endif
