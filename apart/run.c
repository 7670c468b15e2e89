/* apart/run.c - see run.h. Owns the helper's own process: what it reads, what it writes, and its exit status. Must not
 * know what is made. */
#include "apart/run.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "apart/guard.h"
#include "base/os.h"

/* All of it or nothing: half a file would look like one. */
static int run(size_t most, run_make *make, struct err *e)
{
	struct arena *a = arena_new();
	struct buf in = {0}, out = {0};
	int rc = os_read_fd(STDIN_FILENO, most, &in, e);
	buf_adds(&in, "");
	if (rc == OK)
		rc = in.oom ? err_set(e, ERR_NOMEM, "out of memory") : make(a, &in, &out, e);
	if (rc == OK && out.oom)
		rc = err_set(e, ERR_NOMEM, "out of memory");
	if (rc == OK && out.n && (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout)))
		rc = err_set(e, ERR_IO, "standard output took no more");
	buf_free(&in);
	buf_free(&out);
	arena_free(a);
	return rc;
}

int run_helper(int argc, char **argv, size_t most, run_make *make)
{
	struct err e = {0};
	const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
	if (argc > 1) {
		fprintf(stderr, "usage: %s <order >what-is-made (see %s(1))\n", name, name);
		return err_exit_status(ERR_USAGE);
	}
	guard_close();
	int rc = run(most, make, &e);
	if (rc)
		fprintf(stderr, "%s: %s\n", name, e.text);
	return err_exit_status(rc);
}
