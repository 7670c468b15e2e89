/* store/plan_before.c - see plan.h. Owns what a write says it replaced: what was shown, and what stood aside. Must not
 * know what comes of the record (register.c), nor where a group comes from. */
#include "store/plan.h"

#include <assert.h>
#include <string.h>

#include "store/floor.h"

/* Of one write. */
struct replaced {
	struct plan *p;
	const struct rec *r;             /* as it is before the write */
	struct write *w;
	size_t index, first;             /* the place of the write; of its first aside */
	const struct vector *seen;       /* by its author; NULL: all that stands */
};

static bool stands(const struct replaced *x, struct dot dot)
{
	const struct rec_field *shown = rec_field(x->r, x->w->field);
	bool found = shown && dot_equal(shown->at.dot, dot);
	for (size_t i = 0; i < x->r->nsib && !found; i++)
		found = x->r->sib[i].no == x->w->field && dot_equal(x->r->sib[i].at.dot, dot);
	return found;
}

static bool is_unseen(const struct replaced *x, struct dot dot)
{
	return x->seen && !vector_covers(x->seen, dot);
}

/* Ascending by dot, each once. */
static int add_aside(struct replaced *x, struct dot dot, struct err *e)
{
	struct pile *pile = &x->p->aside;
	struct aside fresh = { (uint32_t)x->index, dot }, *at = pile->at;
	size_t i = x->first;
	assert(dot.no > 0 && x->first <= pile->n);
	while (i < pile->n && dot_compare(at[i].dot, dot) < 0)
		i++;
	if (dot_equal(dot, x->w->before) || (i < pile->n && dot_equal(at[i].dot, dot)))
		return OK;
	int rc = pile_add(pile, &fresh, e);
	if (rc != OK)
		return rc;
	at = pile->at;
	memmove(at + i + 1, at + i, (pile->n - 1 - i) * sizeof *at);
	at[i] = fresh;
	return OK;
}

/* What a write says that it replaced, when it is planned again over a floor: what lies there stands no more, and no
 * other tells of it. */
static int keep_said(struct replaced *x, struct dot dot, struct err *e)
{
	if (dot.no == 0 || is_unseen(x, dot) || stands(x, dot) || !floor_is_under(x->p->v, dot))
		return OK;
	return add_aside(x, dot, e);
}

static int keep_all_said(struct replaced *x, struct dot before, struct err *e)
{
	const struct group *g = x->p->again;
	int rc = keep_said(x, before, e);
	for (size_t i = 0; i < g->naside && rc == OK; i++)
		if (g->aside[i].write == x->index)
			rc = keep_said(x, g->aside[i].dot, e);
	return rc;
}

/* Over a floor, where what its author hadn't seen is shown, what was shown then stays, if it is known here: what lies
 * under the floor may have come later, and say that it replaced this write. Who walks back would go round and round. */
static struct dot find_before(const struct replaced *x)
{
	const struct rec_field *shown = rec_field(x->r, x->w->field);
	struct dot said = x->w->before;
	bool under = said.no != 0 && floor_is_under(x->p->v, said);
	if (!shown)
		return under ? said : (struct dot){ 0 };
	bool stays = x->p->again && is_unseen(x, shown->at.dot) && (said.no == 0 || under || stands(x, said));
	return stays ? said : shown->at.dot;
}

int plan_before(struct plan *p, const struct rec *now, struct write *w, size_t index, const struct vector *context,
	struct err *e)
{
	struct replaced x = { p, now, w, index, p->aside.n, context };
	const struct rec_field *shown = rec_field(now, w->field);
	struct dot said = w->before;
	w->before = find_before(&x);
	int rc = shown ? add_aside(&x, shown->at.dot, e) : OK;
	for (size_t i = 0; i < now->nsib && rc == OK; i++)
		if (now->sib[i].no == w->field)
			rc = add_aside(&x, now->sib[i].at.dot, e);
	return rc == OK && p->again ? keep_all_said(&x, said, e) : rc;
}
