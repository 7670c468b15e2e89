/* fill/rota_joint.c - see rota_joint.h. Owns who is given days together, and the labels. Must not know what a rule
 * is. */
#include "fill/rota_joint.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fill/chance.h"

enum {
	WIDTH = 300,                    /* labels of a day, at most, */
	ROOM = 4 * WIDTH,               /* when there have been so many of them; */
	TABLE = 4 * ROOM,
	BRANCHES = 20000,               /* of a day */
	TIRED = 4,                      /* tries for each person without fruit, before one more is taken at once */
	EXHAUSTED = 2,                  /* with most of them: tries for each choice of people, at the end; */
	EXHAUSTED_MOST = 20000,         /* so many at most */
	EFFORT = 2,                     /* work of a branch that is looked at */
};

/* What one person may do on a day, after what those before do. Those that come after this one are behind it, until
 * `skip`. */
struct joint_branch {
	int64_t more;                   /* the cover of the day costs so much more than at its best, at least */
	int32_t kind, depth, skip;
};

struct joint_label {
	int64_t cost;                   /* with the least of the days to come */
	int32_t from;
	uint32_t hash;
	int32_t state[JOINT_MOST];
	uint8_t kind[JOINT_MOST];       /* of the day before */
};

struct joint_rank {
	int64_t cost;
	uint32_t hash;
	int32_t index;
};

/* What is the same during one try. */
struct try {
	struct joint *j;
	struct sheet *s;
	int32_t persons[JOINT_MOST], n;
	const struct states *of[JOINT_MOST];
	const int64_t *least[JOINT_MOST];
	int64_t now, at_least;          /* in parts of a point: what they and the cover cost; */
	int64_t below;                  /* what they must get below */
	int64_t layer_below;
	uint32_t salt;
};

static bool is_able(const struct states_all *all, int32_t person)
{
	return all->of[person] && all->start[person] >= 0;
}

bool joint_fits(const struct problem *x, const struct states_all *states)
{
	int32_t n = 0;
	for (int32_t p = 0; p < x->people; p++)
		n += is_able(states, p);
	return n > 1 && n * 2 > x->people;
}

void joint_init(struct joint *j, const struct problem *x, const struct states_all *states, struct arena *arena)
{
	size_t days = (size_t)x->days, cells = days * (size_t)x->kinds;
	*j = (struct joint){.x = x, .states = states, .arena = arena};
	j->price = arena_alloc(arena, cells * sizeof *j->price);
	j->least = arena_alloc(arena, (size_t)x->people * sizeof *j->least);
	j->able = arena_alloc(arena, (size_t)x->people * sizeof *j->able);
	for (int32_t p = 0; p < x->people; p++)
		if (is_able(states, p)) {
			j->able[j->n_able++] = p;
			size_t n = (size_t)states_count(states->of[p], x) + 1;
			j->least[p] = arena_alloc(arena, n * sizeof **j->least);
		}
	j->count = arena_alloc(arena, (size_t)(x->n_rows + 1) * sizeof *j->count);
	j->fee = arena_alloc(arena, JOINT_MOST * cells * sizeof *j->fee);
	j->branch_from = arena_alloc(arena, (days + 1) * sizeof *j->branch_from);
	j->layer_from = arena_alloc(arena, (days + 2) * sizeof *j->layer_from);
	j->table = arena_alloc(arena, TABLE * sizeof *j->table);
	j->ranks = arena_alloc(arena, ROOM * sizeof *j->ranks);
	j->kinds = arena_alloc(arena, JOINT_MOST * days);
}

void joint_price(struct joint *j, const int64_t *dual, int64_t scale)
{
	const struct problem *x = j->x;
	j->dual = dual;
	j->scale = scale;
	terms_price(x, dual, j->price);
	for (int32_t i = 0; i < j->n_able; i++) {
		int32_t p = j->able[i];
		states_look_back(j->states->of[p], x, p, j->price, scale, j->least[p]);
		j->work += states_count(j->states->of[p], x) * j->states->of[p]->terms->n_classes;
	}
}

/* ---- cover ------------------------------------------------------------------------------------------------------ */

/* What a row with so many people costs, beyond what its price has told: never less than nothing. */
static int64_t excess(const struct joint *j, int32_t row, int32_t n)
{
	const struct row *r = &j->x->rows[row];
	return row_cost(r, n) * j->scale - j->dual[row] * (r->need - n);
}

/* Likewise of all rows of a day, at least, if up to so many more come. */
static int64_t day_excess(const struct joint *j, int32_t day, int32_t coming)
{
	int64_t sum = 0;
	for (int32_t r = j->x->rows_from[day]; r < j->x->rows_from[day + 1]; r++) {
		int32_t n = j->count[r], need = j->x->rows[r].need;
		if (n > need || n + coming < need)
			sum += excess(j, r, n > need ? n : n + coming);
	}
	return sum;
}

/* All that the one at `depth` may do, and what follows. False: too much. */
static bool branch_out(struct try *t, int32_t day, int32_t depth, int64_t best)
{
	struct joint *j = t->j;
	const int64_t *fee = &j->fee[(depth * j->x->days + day) * j->x->kinds];
	for (int32_t k = 0; k < j->x->kinds; k++) {
		if (fee[k] >= STATES_NEVER)
			continue;
		j->work++;
		terms_count(j->x, day, k, 1, j->count);
		int64_t more = day_excess(j, day, t->n - depth - 1) - best;
		bool fine = true;
		if (t->at_least + more < t->below) {
			size_t at = j->n_branches++;
			j->branches = arena_grow(j->arena, j->branches, &j->cap_branches, at + 1, sizeof *j->branches);
			fine = depth + 1 == t->n || branch_out(t, day, depth + 1, best);
			j->branches[at] = (struct joint_branch){.more = more, .kind = k, .depth = depth,
				.skip = (int32_t)j->n_branches};
		}
		terms_count(j->x, day, k, -1, j->count);
		if (!fine || (int32_t)j->n_branches - j->branch_from[day] > BRANCHES)
			return false;
	}
	return true;
}

static bool branch_all(struct try *t)
{
	struct joint *j = t->j;
	j->n_branches = 0;
	for (int32_t d = 0; d < j->x->days; d++) {
		j->branch_from[d] = (int32_t)j->n_branches;
		if (!branch_out(t, d, 0, day_excess(j, d, t->n)))
			return false;
	}
	j->branch_from[j->x->days] = (int32_t)j->n_branches;
	return true;
}

/* ---- labels ----------------------------------------------------------------------------------------------------- */

static uint32_t hash_states(const struct try *t, const int32_t *state)
{
	uint32_t h = t->salt;
	for (int32_t i = 0; i < t->n; i++)
		h = states_mix(h, state[i]);
	return h;
}

/* Where in the table the label with these states is, or would be. */
static int32_t table_place(const struct try *t, const struct joint_label *l)
{
	const struct joint *j = t->j;
	int32_t at = (int32_t)(l->hash % TABLE);
	while (j->table[at]) {
		const struct joint_label *other = &j->labels[j->table[at] - 1];
		if (other->hash == l->hash && !memcmp(other->state, l->state, (size_t)t->n * sizeof *l->state))
			break;
		at = (at + 1) % TABLE;
	}
	return at;
}

static int by_cost(const void *a, const void *b)
{
	const struct joint_rank *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static struct joint_rank rank_of(const struct joint *j, int32_t index)
{
	return (struct joint_rank){.cost = j->labels[index].cost, .hash = j->labels[index].hash, .index = index};
}

/* Of the labels from `first` on keep the cheapest WIDTH. */
static void narrow(struct try *t, int32_t first)
{
	struct joint *j = t->j;
	int32_t n = (int32_t)j->n_labels - first, kept = first;
	if (n <= WIDTH)
		return;
	for (int32_t i = 0; i < n; i++)
		j->ranks[i] = rank_of(j, first + i);
	qsort(j->ranks, (size_t)n, sizeof *j->ranks, by_cost);
	struct joint_rank last = j->ranks[WIDTH - 1];
	memset(j->table, 0, TABLE * sizeof *j->table);
	for (int32_t i = first; i < first + n; i++) {
		struct joint_rank r = rank_of(j, i);
		if (by_cost(&r, &last) > 0)
			continue;
		j->labels[kept] = j->labels[i];
		j->table[table_place(t, &j->labels[kept])] = kept + 1;
		kept++;
	}
	j->n_labels = (size_t)kept;
	t->layer_below = last.cost;
	j->work += n * 4;
}

static void add_label(struct try *t, int32_t first, const struct joint_label *l)
{
	struct joint *j = t->j;
	int32_t at = table_place(t, l);
	if (j->table[at]) {
		struct joint_label *other = &j->labels[j->table[at] - 1];
		if (l->cost < other->cost || (l->cost == other->cost && chance_next(&j->random) & 1))
			*other = *l;
		return;
	}
	j->labels = arena_grow(j->arena, j->labels, &j->cap_labels, j->n_labels + 1, sizeof *j->labels);
	j->labels[j->n_labels++] = *l;
	j->table[at] = (int32_t)j->n_labels;
	if ((int32_t)j->n_labels - first == ROOM)
		narrow(t, first);
}

/* All that may come on this day after a label. */
static void extend_label(struct try *t, int32_t index, int32_t day)
{
	struct joint *j = t->j;
	const struct joint_label from = j->labels[index];
	struct joint_label l = {.from = index};
	int64_t cost[JOINT_MOST + 1] = {from.cost};
	int32_t kinds = j->x->kinds, first = j->layer_from[day + 1];
	for (int32_t i = j->branch_from[day]; i < j->branch_from[day + 1];) {
		const struct joint_branch *b = &j->branches[i];
		const struct states *s = t->of[b->depth];
		const int64_t *least = t->least[b->depth];
		int32_t state = from.state[b->depth], at = state * s->terms->n_classes + s->terms->class_of[b->kind];
		int32_t to = s->to[at];
		j->work += EFFORT;
		i = b->skip;
		if (to < 0 || least[to] >= STATES_NEVER)
			continue;
		int64_t fee = j->fee[(b->depth * j->x->days + day) * kinds + b->kind];
		int64_t is = cost[b->depth] + fee + s->cost[at] * j->scale + least[to] - least[state];
		if (is + b->more >= t->layer_below)
			continue;
		l.state[b->depth] = to;
		l.kind[b->depth] = (uint8_t)b->kind;
		cost[b->depth + 1] = is;
		if (b->depth + 1 < t->n) {
			i = (int32_t)(b - j->branches) + 1;
			continue;
		}
		l.cost = is + b->more;
		l.hash = hash_states(t, l.state);
		add_label(t, first, &l);
	}
}

/* All labels of all days, and a best one of the last; -1: there is none. */
static int32_t label_days(struct try *t, const struct joint_label *first)
{
	struct joint *j = t->j;
	int32_t best = -1;
	j->labels = arena_grow(j->arena, j->labels, &j->cap_labels, 1, sizeof *j->labels);
	j->labels[0] = *first;
	j->n_labels = 1;
	j->layer_from[0] = 0;
	for (int32_t d = 0; d < j->x->days; d++) {
		j->layer_from[d + 1] = (int32_t)j->n_labels;
		t->layer_below = t->below;
		memset(j->table, 0, TABLE * sizeof *j->table);
		for (int32_t i = j->layer_from[d]; i < j->layer_from[d + 1]; i++)
			extend_label(t, i, d);
		narrow(t, j->layer_from[d + 1]);
	}
	for (int32_t i = j->layer_from[j->x->days]; i < (int32_t)j->n_labels; i++)
		if (best < 0 || j->labels[i].cost < j->labels[best].cost)
			best = i;
	return best;
}

/* ---- one try ---------------------------------------------------------------------------------------------------- */

/* Take the i-th out of the cover; what it costs to do what, and what is done now. */
static void take_out(struct try *t, int32_t i)
{
	struct joint *j = t->j;
	const struct problem *x = j->x;
	const uint8_t *row = sheet_row(t->s, t->persons[i]);
	t->of[i] = j->states->of[t->persons[i]];
	t->least[i] = j->least[t->persons[i]];
	t->now += t->s->own[t->persons[i]] * j->scale;
	for (int32_t d = 0; d < x->days; d++) {
		const int32_t *wish = terms_wishes(x, t->persons[i], d);
		int64_t *fee = &j->fee[(i * x->days + d) * x->kinds];
		for (int32_t k = 0; k < x->kinds; k++)
			fee[k] = wish[k] == WALK_NEVER ? STATES_NEVER : j->price[d * x->kinds + k] + wish[k] * j->scale;
		t->now += j->price[d * x->kinds + row[d]];
		terms_count(x, d, row[d], -1, j->count);
	}
}

/* What they and the cover cost now, and at least. */
static void sum_up(struct try *t, struct joint_label *first)
{
	struct joint *j = t->j;
	memcpy(j->count, t->s->count, (size_t)j->x->n_rows * sizeof *j->count);
	for (int32_t d = 0; d < j->x->days; d++)
		t->now += day_excess(j, d, 0);
	for (int32_t i = 0; i < t->n; i++) {
		take_out(t, i);
		first->state[i] = j->states->start[t->persons[i]];
		t->at_least += t->least[i][first->state[i]];
	}
	for (int32_t d = 0; d < j->x->days; d++)
		t->at_least += day_excess(j, d, t->n);
	first->cost = t->at_least;
	t->below = t->now + 1;
	j->work += (int64_t)j->x->days * j->x->kinds * t->n;
}

/* Days of the label and those that lead to it. */
static void place(struct try *t, int32_t label)
{
	struct joint *j = t->j;
	int32_t days = j->x->days;
	for (int32_t d = days - 1; d >= 0; d--) {
		for (int32_t i = 0; i < t->n; i++)
			j->kinds[i * days + d] = j->labels[label].kind[i];
		label = j->labels[label].from;
	}
	for (int32_t i = 0; i < t->n; i++)
		sheet_place(t->s, t->persons[i], 0, days - 1, &j->kinds[i * days]);
}

/* Others with days that cost no more; true: less. */
static bool try_together(struct joint *j, struct sheet *s, int32_t n)
{
	struct try t = {.j = j, .s = s, .salt = (uint32_t)chance_next(&j->random)};
	struct joint_label first = {.from = -1};
	int64_t before = sheet_true_cost(s);
	while (t.n < n) {
		int32_t p = j->able[chance_below(&j->random, j->n_able)];
		bool twice = false;
		for (int32_t i = 0; i < t.n; i++)
			twice = twice || t.persons[i] == p;
		if (!twice)
			t.persons[t.n++] = p;
	}
	sum_up(&t, &first);
	int32_t best = branch_all(&t) ? label_days(&t, &first) : -1;
	if (best >= 0)
		place(&t, best);
	assert(sheet_true_cost(s) <= before);
	return sheet_true_cost(s) < before;
}

/* So many tries are worth it with up to so many people at once. */
static int32_t tries_of(const struct joint *j, int32_t most)
{
	int64_t choices = j->n_able, sum = 0;
	for (int32_t n = 2; n <= most && sum < EXHAUSTED_MOST; n++) {
		choices = choices * (j->n_able - n + 1) / n;
		sum += choices * EXHAUSTED;
	}
	return sum < EXHAUSTED_MOST ? (int32_t)sum : EXHAUSTED_MOST;
}

void joint_run(struct joint *j, struct sheet *s, int64_t reached, int64_t work, const struct rota_budget *budget,
	bool *stopped)
{
	int32_t all = j->n_able < JOINT_MOST ? j->n_able : JOINT_MOST, most = 2, tired = 0;
	int32_t exhausted = tries_of(j, all);
	int64_t from = j->work;
	j->random += budget->seed;
	while (j->work - from < work && sheet_true_cost(s) > reached && (most < all || tired < exhausted) &&
			!*stopped) {
		tired++;
		if (try_together(j, s, 2 + chance_below(&j->random, most - 1))) {
			most = 2;
			tired = 0;
		} else if (tired >= TIRED * j->n_able && most < all) {
			most++;
			tired = 0;
		}
		*stopped = budget->stop && budget->stop(budget->ctx);
	}
}
