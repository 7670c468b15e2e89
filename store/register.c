/* store/register.c - see register.h. Owns the merge rule and what follows from the values that stand. Must not know
 * where writes come from (plan.c, take.c), nor how a record lies in bytes (codec.c).
 *
 * The values of a field are the shown one in f and those beside it in sib. What is changed is changed in place: most
 * records have nothing in sib. */
#include "store/register.h"

#include <assert.h>
#include <string.h>

#include "store/cbor.h"

/* ---- alive or deleted ---------------------------------------------------------------------------- */

bool register_says_alive(struct value v)
{
	return v.tag == V_INT && v.i != 0;
}

/* Whatever isn't alive in field 0 is a deletion: it holds what its author had seen, himself at that change included,
 * without tags. */
static struct value pack_deletion(struct arena *a, const struct vector *seen, struct dot self)
{
	const struct seen own = { self, 0 };
	struct vector all = vector_join(a, seen, &(struct vector){ &own, 1 });
	struct seen *untagged = arena_alloc(a, all.n * sizeof *untagged);
	for (size_t i = 0; i < all.n; i++)
		untagged[i] = (struct seen){ all.at[i].dot, 0 };
	uint8_t *bytes = arena_alloc(a, CBOR_HEAD_MOST + VECTOR_ITEM * all.n);
	uint8_t *p = cbor_put_head(bytes, CBOR_BYTES, VECTOR_ITEM * all.n);
	p = vector_pack(p, &(struct vector){ untagged, all.n });
	return (struct value){ .tag = V_RAW, .text = { (char *)bytes, (uint32_t)(p - bytes) } };
}

/* Had the deleter seen that? One that says nothing of it has seen all. */
static bool deleter_saw(struct value deletion, struct dot dot)
{
	const uint8_t *p;
	size_t n;
	if (deletion.tag != V_RAW)
		return true;
	struct cursor c = { (const uint8_t *)deletion.text.s, (const uint8_t *)deletion.text.s + deletion.text.n };
	if (!cbor_get_string(&c, CBOR_BYTES, &p, &n))
		return true;
	return vector_packed_covers(p, n, dot);
}

static bool is_seen_deletion(const struct rec_field *x, struct dot dot)
{
	return x->no == FIELD_ALIVE && !register_says_alive(x->v) && deleter_saw(x->v, dot);
}

bool register_outlives(const struct rec *r, struct dot dot)
{
	if (r->n == 0 || is_seen_deletion(&r->f[0], dot))
		return false;
	for (size_t i = 0; i < r->nsib && r->sib[i].no == FIELD_ALIVE; i++)
		if (is_seen_deletion(&r->sib[i], dot))
			return false;
	return true;
}

/* Does one of these values stand in spite of all deletions? */
static bool survives(const struct rec *r, const struct rec_field *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (x[i].no != FIELD_ALIVE && register_outlives(r, x[i].at.dot))
			return true;
	return false;
}

/* An alive value is shown first, so where a deletion is shown there is none. */
static bool lives(const struct rec *r)
{
	if (r->n == 0 || r->f[0].no != FIELD_ALIVE)
		return false;
	return register_says_alive(r->f[0].v) || survives(r, r->f, r->n) || survives(r, r->sib, r->nsib);
}

static void take_later(struct stamp *at, struct stamp x)
{
	if (stamp_compare(x, *at) > 0)
		*at = x;
}

void register_settle(struct rec *r)
{
	r->alive = lives(r);
	r->at = r->n ? r->f[0].at : (struct stamp){ 0 };
	for (size_t i = 1; i < r->n; i++) {
		assert(r->f[i - 1].no < r->f[i].no);
		take_later(&r->at, r->f[i].at);
	}
	for (size_t i = 0; i < r->nsib; i++)
		take_later(&r->at, r->sib[i].at);
}

/* ---- one register -------------------------------------------------------------------------------- */

static size_t field_place(const struct rec *r, int field)
{
	size_t i = 0;
	while (i < r->n && r->f[i].no < field)
		i++;
	return i;
}

/* The first of a field's siblings, and how many there are. */
static size_t siblings(const struct rec *r, int field, size_t *n)
{
	size_t i = 0;
	while (i < r->nsib && r->sib[i].no < field)
		i++;
	*n = 0;
	while (i + *n < r->nsib && r->sib[i + *n].no == field)
		++*n;
	return i;
}

/* Which of two values of a field is shown: the same at every site. */
static bool goes_before(const struct rec_field *x, const struct rec_field *y)
{
	assert(x->no == y->no);
	if (x->no == FIELD_ALIVE && register_says_alive(x->v) != register_says_alive(y->v))
		return register_says_alive(x->v);
	return stamp_compare(x->at, y->at) > 0;
}

static void insert(struct arena *a, struct rec_field **list, size_t *n, size_t *cap, size_t i, struct rec_field x)
{
	assert(i <= *n);
	*list = arena_grow(a, *list, cap, *n + 1, sizeof x);
	memmove(*list + i + 1, *list + i, (*n - i) * sizeof x);
	(*list)[i] = x;
	++*n;
}

static void add_sibling(struct arena *a, struct rec *r, struct rec_field x)
{
	size_t n, first = siblings(r, x.no, &n), i = first;
	while (i < first + n && dot_compare(r->sib[i].at.dot, x.at.dot) < 0)
		i++;
	insert(a, &r->sib, &r->nsib, &r->sibcap, i, x);
}

static void drop_sibling(struct rec *r, size_t i)
{
	assert(i < r->nsib);
	r->nsib--;
	memmove(r->sib + i, r->sib + i + 1, (r->nsib - i) * sizeof *r->sib);
}

/* Siblings that an author had seen go: he has overwritten them. context NULL: all had been seen. */
static void drop_seen(struct rec *r, int field, const struct vector *context)
{
	size_t n, i = siblings(r, field, &n);
	for (; n > 0; n--) {
		if (!context || vector_covers(context, r->sib[i].at.dot))
			drop_sibling(r, i);
		else
			i++;
	}
}

/* Show the first of what stands. */
static void show_first(struct arena *a, struct rec *r, size_t place)
{
	size_t n, first = siblings(r, r->f[place].no, &n), best = first;
	for (size_t i = first + 1; i < first + n; i++)
		if (goes_before(&r->sib[i], &r->sib[best]))
			best = i;
	if (n == 0 || goes_before(&r->f[place], &r->sib[best]))
		return;
	struct rec_field shown = r->sib[best];
	drop_sibling(r, best);
	add_sibling(a, r, r->f[place]);
	r->f[place] = shown;
}

void register_write(struct arena *a, struct rec *r, int field, struct value v, struct stamp at,
	const struct vector *context, const struct vector *all)
{
	assert(field >= 0 && field <= UINT8_MAX && at.dot.no > 0);
	struct rec_field x = { (uint8_t)field, v, at };
	size_t i = field_place(r, field);
	if (field == FIELD_ALIVE && !register_says_alive(v))
		x.v = pack_deletion(a, context ? context : all, at.dot);
	if (r->nsib > 0)
		drop_seen(r, field, context);
	if (i == r->n || r->f[i].no != field)
		insert(a, &r->f, &r->n, &r->cap, i, x);
	else if (!context || vector_covers(context, r->f[i].at.dot))
		r->f[i] = x;
	else
		add_sibling(a, r, x);
	if (r->nsib > 0)
		show_first(a, r, i);
	register_settle(r);
}

bool register_is_ordered(const struct rec *r)
{
	for (size_t i = 0; i < r->nsib; i++) {
		const struct rec_field *x = &r->sib[i], *shown = rec_field(r, x->no);
		if (!shown || dot_equal(shown->at.dot, x->at.dot) || !goes_before(shown, x))
			return false;
		if (i > 0 && (x[-1].no > x->no || (x[-1].no == x->no && dot_compare(x[-1].at.dot, x->at.dot) >= 0)))
			return false;
	}
	return true;
}

/* ---- two states ---------------------------------------------------------------------------------- */

/* The values of both: the shown one of each field, then its siblings. */
struct join { struct arena *a; struct rec out; };

static bool has_dot(const struct rec *r, int field, struct dot dot)
{
	const struct rec_field *f = rec_field(r, field);
	if (f && dot_equal(f->at.dot, dot))
		return true;
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no == field && dot_equal(r->sib[i].at.dot, dot))
			return true;
	return false;
}

static void join_value(struct join *j, struct rec_field x)
{
	size_t i = field_place(&j->out, x.no);
	if (i == j->out.n || j->out.f[i].no != x.no) {
		insert(j->a, &j->out.f, &j->out.n, &j->out.cap, i, x);
		return;
	}
	add_sibling(j->a, &j->out, x);
	show_first(j->a, &j->out, i);
}

/* What stands at one side stays, unless the other side knows it and has it no more; `once`: and isn't at both. */
static void join_side(struct join *j, const struct rec_field *x, size_t n, const struct rec *other,
	const struct vector *theirs, bool once)
{
	for (size_t i = 0; i < n; i++) {
		bool both = has_dot(other, x[i].no, x[i].at.dot);
		if (both ? !once : !vector_covers(theirs, x[i].at.dot))
			join_value(j, x[i]);
	}
}

void register_join(struct arena *a, struct rec *r, const struct vector *mine, const struct rec *other,
	const struct vector *theirs)
{
	struct join j = { a, { .type = r->type, .id = r->id } };
	assert(r->type == other->type && id_equal(r->id, other->id));
	join_side(&j, r->f, r->n, other, theirs, false);
	join_side(&j, r->sib, r->nsib, other, theirs, false);
	join_side(&j, other->f, other->n, r, mine, true);
	join_side(&j, other->sib, other->nsib, r, mine, true);
	register_settle(&j.out);
	*r = j.out;
}

/* ---- asking -------------------------------------------------------------------------------------- */

size_t register_values(const struct rec *r, int field, struct rec_field *out, size_t max)
{
	size_t n, first = siblings(r, field, &n);
	const struct rec_field *shown = rec_field(r, field);
	if (!shown)
		return 0;
	if (max > 0)
		out[0] = *shown;
	for (size_t i = 0; i < n && i + 1 < max; i++)
		out[i + 1] = r->sib[first + i];
	return n + 1;
}

static bool is_deletion_contested(const struct rec *r)
{
	if (!r->alive)
		return false;
	if (!register_says_alive(r->f[0].v))
		return true;
	for (size_t i = 0; i < r->nsib && r->sib[i].no == FIELD_ALIVE; i++)
		if (!register_says_alive(r->sib[i].v))
			return true;
	return false;
}

bool register_differs(const struct rec *r, int field)
{
	size_t n, first = siblings(r, field, &n);
	if (field == FIELD_ALIVE)
		return is_deletion_contested(r);
	const struct rec_field *shown = n ? rec_field(r, field) : NULL;
	for (size_t i = first; shown && i < first + n; i++)
		if (!value_equal(r->sib[i].v, shown->v))
			return true;
	return false;
}

bool register_is_open(const struct rec *r, int field)
{
	const struct field *f = schema_field(r->type, field);
	return register_differs(r, field) && !(f && f->flags & FIELD_BOTH);
}

bool register_any_open(const struct rec *r)
{
	if (!r->alive)
		return false;
	if (is_deletion_contested(r))
		return true;
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no != FIELD_ALIVE && register_is_open(r, r->sib[i].no))
			return true;
	return false;
}
