/* tests/model.h - a store as plain arrays: every record and field of a small world, and a copy of all of it for each
 * change. It takes random steps, alone or with a store beside it, and says what each view of the store must answer. */
#ifndef TESTS_MODEL_H
#define TESTS_MODEL_H

#include "tests/storetest.h"

enum { OBJS = 34, FIELDS = 32, WRITES = 64 };
#define MODEL_DAY0 ((civil_min)20000 * 1440)

struct cell { struct value v; uint64_t no; };          /* no: the change that wrote it; 0: never */
struct mrec { bool exists; struct cell f[FIELDS]; };    /* f[0]: alive */
struct state { struct mrec r[OBJS]; };
struct mwrite { int obj, field; struct value v, old; uint64_t old_no; };

struct mgroup {
	uint64_t no, undoes;                 /* undoes: the ordinary change that an undo or redo is about */
	int64_t clock;
	bool is_undo, is_undone;
	size_t n;
	struct mwrite w[WRITES];
	struct state after;
};

struct model {
	uint64_t seed;
	struct prng rng, look;               /* what is done; what is looked at */
	struct test_clock clk;
	int64_t last;                        /* the newest change's clock */
	struct { int type; struct id id; } obj[OBJS];
	struct state now;
	struct mgroup **group;               /* group[i]->no == i + 2: the store's first makes the site */
	size_t ngroups;
};

void model_init(struct model *m, uint64_t seed);
void model_free(struct model *m);            /* and m itself */
/* One random step, in the store too unless it's NULL. False when the store answered otherwise. */
bool model_step(struct model *m, struct store *s);

/* What stands. */
bool model_alive(const struct state *st, int o);
int64_t model_int(const struct state *st, int o, int field, int64_t absent);
struct id model_ref(const struct state *st, int o, int field);
int model_find(const struct model *m, struct id id);
int model_places(const struct state *st, int assignment);
int model_state(const struct model *m, const struct state *st, int assignment);
int model_filled(const struct model *m, const struct state *st, struct id shift);
const struct state *model_at(const struct model *m, int64_t at);
bool model_undone(const struct model *m, uint64_t no);
bool model_touches(const struct mgroup *g, int o);
uint64_t model_undoable(const struct model *m);
uint64_t model_redoable(const struct model *m);
/* The number of the store's newest change. */
uint64_t model_head(struct store *s);

#endif
