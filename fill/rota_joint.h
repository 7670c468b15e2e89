/* fill/rota_joint.h - better a roster by giving several people all of their days anew at once, at best.
 *
 * Labels over days: one has a state (rota_states.h) of each of them. What they cost so far, and at least from
 * there on at the bound's prices, must stay below what they cost now. Where the bound is near, so few are left that
 * the best days of five people are found in milliseconds, which no moves of one person or two would have found;
 * where they are too many, the dearest are dropped. */
#ifndef FILL_ROTA_JOINT_H
#define FILL_ROTA_JOINT_H

#include "fill/rota_sheet.h"
#include "fill/rota_states.h"

enum { JOINT_MOST = 5 };                /* people at once */

struct joint_label;
struct joint_branch;
struct joint_rank;

struct joint {
	const struct problem *x;
	const struct states_all *states;
	struct arena *arena;
	int32_t *able, n_able;          /* people who have states */
	int64_t scale;                  /* of prices */
	const int64_t *dual;            /* by cover row, in parts of a point; each within -over … under */
	int64_t *price;                 /* [day * kinds + kind]: what the rows give for it, less than nothing */
	int64_t **least;                /* by person: states_look_back() */
	int32_t *count;                 /* by row: people but those who are given days anew */
	int64_t *fee;                   /* [(i * days + day) * kinds + kind]: what it costs the i-th of them */
	struct joint_branch *branches;  /* of all days; what each may do after what those before do */
	int32_t *branch_from;           /* [day] */
	struct joint_label *labels;
	int32_t *layer_from;            /* [day] */
	int32_t *table;                 /* labels of the layer by hash */
	struct joint_rank *ranks;       /* to sort a layer */
	uint8_t *kinds;
	size_t n_branches, cap_branches, n_labels, cap_labels;
	uint64_t random;
	int64_t work;
};

/* Does it do? More than half of the people, at least two, must have states; the others keep their days. */
bool joint_fits(const struct problem *x, const struct states_all *states);

void joint_init(struct joint *j, const struct problem *x, const struct states_all *states, struct arena *arena);

/* From now on these prices. */
void joint_price(struct joint *j, const int64_t *dual, int64_t scale);

/* Better the roster with so much work, as long as it costs more than `reached` and that bears fruit. */
void joint_run(struct joint *j, struct sheet *s, int64_t reached, int64_t work, const struct rota_budget *budget,
	bool *stopped);

#endif
