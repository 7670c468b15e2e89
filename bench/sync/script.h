/* bench/sync/script.h - what the drivers in C share: the lines of the workload (bench/sync/workload.py has the format),
 * and phases told as lines of JSON, as bench/sync/run expects them. */
#ifndef BENCH_SYNC_SCRIPT_H
#define BENCH_SYNC_SCRIPT_H

#include "bench/measure.h"

#define SCRIPT_FIELDS 12 /* of a line, at most */

enum script_op { SCRIPT_PUT, SCRIPT_SET, SCRIPT_DEL };

/* Texts lie in the script and live as long as it. */
struct script_line {
	enum script_op op;
	const char *type, *id;
	size_t n;
	const char *name[SCRIPT_FIELDS], *value[SCRIPT_FIELDS];
};

struct script {
	char *text, *at;
};

/* A file of the workload, whose folder is in the environment. Dies when it isn't there. */
void script_open(struct script *s, const char *file);
bool script_next(struct script *s, struct script_line *out);
void script_close(struct script *s);

/* What this machine remembers of stores is kept at that path, from the current folder, and not in the user's own. */
void script_remember_at(const char *path);

/* A phase from `w`'s start to now; bytes < 0 and shown < 0 aren't told. */
void script_tell(const char *phase, const struct stopwatch *w, long bytes, long shown);

#endif
