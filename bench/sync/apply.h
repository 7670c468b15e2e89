/* bench/sync/apply.h - the workload's lines as samvagt's records, and back: which id a short name "Z.17" has here, what
 * a line writes, and a store written down as lines. */
#ifndef BENCH_SYNC_APPLY_H
#define BENCH_SYNC_APPLY_H

#include "bench/sync/script.h"
#include "store/change.h"

#define PLACES "ZABC" /* where records are made: the base and the three sites */

/* The ids of each place's records by their number, kept in files beside the stores ("../Z.ids"). */
struct ids {
	struct ids_of {
		struct id *id;
		size_t n, cap;
	} of[sizeof PLACES - 1];
};
void ids_load(struct ids *x, char place);             /* of that place; nothing when there is no such file */
void ids_save(const struct ids *x, char place);
void ids_free(struct ids *x);

/* Write a line into a change, as the program's own acts would. ids learns what it makes. */
void apply_line(struct change *c, struct ids *ids, struct arena *a, const struct script_line *l);
/* The sentence that the program would give such a change, with its arguments. Only for a change of one line. */
enum act_no apply_act(const struct script_line *l);
void apply_args(struct change *c, struct store *s, struct ids *ids, struct arena *a, const struct script_line *l);

/* All living records as the runner reads them. */
void apply_dump(struct store *s, const struct ids *ids, const char *path);

#endif
