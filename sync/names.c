/* sync/names.c - see names.h. Owns how ids stand in a body. Must not know what the records are that they name, but for
 * what name-based ids are made of. */
#include "sync/names.h"

#include <assert.h>
#include <stdlib.h>

enum { NAMES_BLOCK = 1024 };

struct id origin_id(const struct origin *o)
{
	switch (o->kind) {
	case ORIGIN_ASSIGNMENT: return id_assignment(o->from, o->to);
	case ORIGIN_LINK: return o->number > 0 && o->number <= UINT8_MAX ? id_link(o->number, o->from, o->to) : ID_NONE;
	case ORIGIN_DATED: return id_dated(o->from, o->number);
	case ORIGIN_NONE: break;
	}
	return ID_NONE;
}

struct origin origin_begin(int type)
{
	const enum origin_kind kind = type == TYPE_ASSIGNMENT ? ORIGIN_ASSIGNMENT
		: type == TYPE_LINK                           ? ORIGIN_LINK
							      : ORIGIN_NONE;
	return (struct origin){.kind = kind};
}

static void note_place(struct origin *o, int field, struct id id)
{
	if (field == F_ASSIGNMENT_SHIFT)
		o->from = id;
	else if (field == F_ASSIGNMENT_VOLUNTEER || (field == F_ASSIGNMENT_ORGANISATION && id_is_none(o->to)))
		o->to = id;
}

static void note_link(struct origin *o, int field, const struct value *v)
{
	if (field == F_LINK_FROM && v->tag == V_ID)
		o->from = v->id;
	else if (field == F_LINK_TO && v->tag == V_ID)
		o->to = v->id;
	else if (field == F_LINK_KIND && v->tag == V_INT && v->i > 0 && v->i <= UINT8_MAX)
		o->number = (int32_t)v->i;
}

void origin_note(struct origin *o, int field, const struct value *v)
{
	if (o->kind == ORIGIN_ASSIGNMENT && v->tag == V_ID)
		note_place(o, field, v->id);
	else if (o->kind == ORIGIN_LINK)
		note_link(o, field, v);
}

/* ---- writing ------------------------------------------------------------------------------------- */

static bool grow(void **array, size_t n, size_t *cap, size_t item)
{
	if (n < *cap)
		return true;
	const size_t more = *cap ? 2 * *cap : 32;
	void *p = realloc(*array, more * item);
	if (!p)
		return false;
	*array = p;
	*cap = more;
	return true;
}

static struct name_out *name_at(const struct names_out *o, size_t which)
{
	return &o->names[which / NAMES_BLOCK][which % NAMES_BLOCK];
}

uint32_t names_inc(struct names_out *o, uint64_t inc)
{
	struct id key = ID_NONE;
	uint32_t at;
	bool fresh;
	if (o->last < o->nincs && o->inc[o->last].inc == inc)
		return o->last;
	memcpy(key.b, &inc, sizeof inc);
	if (!grow((void **)&o->inc, o->nincs, &o->incs_cap, sizeof *o->inc) ||
		!idmap_add(&o->incs, key, (uint32_t)o->nincs, &at, &fresh)) {
		o->oom = true;
		return 0;
	}
	if (fresh)
		o->inc[o->nincs++] = (struct inc_out){.inc = inc, .low = 1, .high = 0};
	o->full = o->full || o->nincs > INCS_MOST;
	assert(at < o->nincs);
	return o->last = at;
}

/* A made id as it waits in its column; false when it must stand whole. */
static bool made_number(struct names_out *o, struct id id, uint64_t *out)
{
	uint64_t inc, counter;
	if (!id_made(id, &inc, &counter) || counter >> COUNTER_BITS)
		return false;
	const uint32_t at = names_inc(o, inc);
	if (o->oom)
		return false;
	struct inc_out *i = &o->inc[at];
	if (i->low > i->high)
		i->low = i->high = counter;
	i->low = counter < i->low ? counter : i->low;
	i->high = counter > i->high ? counter : i->high;
	*out = (uint64_t)at << COUNTER_BITS | counter;
	return true;
}

/* ID_NONE follows from what can't be. */
static bool is_of(const struct origin *origin, struct id id)
{
	return origin && !id_is_none(id) && !id_is_none(origin->from) && id_equal(origin_id(origin), id);
}

/* What a name-based id is made of, as far as anybody knows. */
static struct origin find_origin(const struct names_out *o, struct id id, int type, const struct origin *own)
{
	struct origin asked = {.kind = ORIGIN_NONE};
	if (is_of(own, id))
		return *own;
	if (o->ask && o->ask->origin(o->ask->ctx, type, id, &asked) && is_of(&asked, id))
		return asked;
	return (struct origin){.kind = ORIGIN_NONE};
}

/* So that all names so far are found. */
static void note_names(struct names_out *o)
{
	uint32_t at;
	bool fresh;
	assert(o->nknown <= o->nnames);
	for (; o->nknown < o->nnames && !o->oom; o->nknown++)
		o->oom = !idmap_add(&o->known, name_at(o, o->nknown)->id, (uint32_t)o->nknown, &at, &fresh);
}

static uint32_t find_name(struct names_out *o, struct id id)
{
	note_names(o);
	assert(o->oom || o->known.n <= o->nnames);
	return idmap_get(&o->known, id);
}

static bool can_stand(struct names_out *o, struct id id)
{
	uint64_t inc, counter;
	return (id_made(id, &inc, &counter) && counter >> COUNTER_BITS == 0) || find_name(o, id) != IDMAP_NONE;
}

/* One of the two that an id is made of; it can stand by now. True when it is a name-based one. */
static bool put_operand(struct names_out *o, enum body_place place, enum origin_kind kind, struct id id)
{
	const uint32_t at = BODY_PLACE(place, kind, 0);
	uint64_t made;
	if (made_number(o, id, &made)) {
		columns_put(o->o, BODY_KEY(BODY_MADE, at), made);
		return false;
	}
	const uint32_t number = find_name(o, id);
	assert(number != IDMAP_NONE || o->oom);
	columns_put(o->o, BODY_KEY(BODY_KNOWN, at), number);
	return true;
}

static void put_origin(struct names_out *o, const struct origin *origin, struct id id, bool inner)
{
	unsigned form = origin->kind | (inner ? NAME_INNER : 0);
	if (origin->kind == ORIGIN_NONE)
		columns_put_bytes(o->o, BODY_KEY(BODY_NAME_RAW, 0), id.b, sizeof id.b);
	else if (put_operand(o, PLACE_FROM, origin->kind, origin->from))
		form |= NAME_FROM_KNOWN;
	if ((origin->kind == ORIGIN_ASSIGNMENT || origin->kind == ORIGIN_LINK) &&
		put_operand(o, PLACE_TO, origin->kind, origin->to))
		form |= NAME_TO_KNOWN;
	if (origin->kind == ORIGIN_LINK || origin->kind == ORIGIN_DATED)
		columns_put(o->o, BODY_KEY(BODY_NAME_NUMBER, BODY_PLACE(0, origin->kind, 0)), zigzag(origin->number));
	assert(form <= NAME_BITS);
	columns_put(o->o, BODY_KEY(BODY_NAME, 0), form);
}

static bool add_block(struct names_out *o)
{
	const size_t n = o->nnames / NAMES_BLOCK;
	return grow((void **)&o->names, n, &o->blocks_cap, sizeof *o->names) &&
	       (o->names[n] = malloc(NAMES_BLOCK * sizeof **o->names));
}

static void add_name(struct names_out *o, struct id id, const struct origin *origin, bool inner)
{
	if (o->nnames % NAMES_BLOCK == 0 && !add_block(o)) {
		o->oom = true;
		return;
	}
	*name_at(o, o->nnames++) = (struct name_out){id, *origin};
	o->full = o->full || o->nnames > NAMES_MOST;
	put_origin(o, origin, id, inner);
}

/* See to it that an id can stand which another is made of. It may itself be one for another day, of one that can. */
static void add_inner(struct names_out *o, struct id id, int type)
{
	if (can_stand(o, id))
		return;
	struct origin origin = find_origin(o, id, type, NULL);
	if (origin.kind != ORIGIN_DATED || !can_stand(o, origin.from))
		origin = (struct origin){.kind = ORIGIN_NONE};
	add_name(o, id, &origin, true);
	note_names(o);
}

static struct origin add_next(struct names_out *o, struct id id, int type, const struct origin *own)
{
	struct origin origin = find_origin(o, id, type, own);
	if (origin.kind == ORIGIN_ASSIGNMENT || origin.kind == ORIGIN_LINK) {
		add_inner(o, origin.from, origin.kind == ORIGIN_ASSIGNMENT ? TYPE_SHIFT : TYPE_ANY);
		add_inner(o, origin.to, TYPE_ANY);
	} else if (origin.kind == ORIGIN_DATED && !can_stand(o, origin.from)) {
		origin = (struct origin){.kind = ORIGIN_NONE};
	}
	add_name(o, id, &origin, false);
	return origin;
}

enum form names_put(
	struct names_out *o, uint32_t place, struct id id, int type, const struct origin *own, struct origin *origin)
{
	uint64_t made;
	*origin = (struct origin){.kind = ORIGIN_NONE};
	if (made_number(o, id, &made)) {
		columns_put(o->o, BODY_KEY(BODY_MADE, place), made);
		return FORM_MADE;
	}
	/* A map of all places on shifts is too far off to be asked for each: it is made when one of them is referred to. */
	const bool first = o->once && place >> 16 == PLACE_RECORD;
	const uint32_t at = first ? idmap_get(&o->known, id) : find_name(o, id);
	if (at != IDMAP_NONE) {
		assert(at < o->nnames);
		columns_put(o->o, BODY_KEY(BODY_KNOWN, place), at);
		*origin = name_at(o, at)->origin;
		return FORM_KNOWN;
	}
	*origin = add_next(o, id, type, own);
	if (!first)
		note_names(o);
	return FORM_NEXT;
}

/* From incarnation and counter to one number each. */
static void number_made(struct columns_out *o, const uint64_t *before, const struct inc_out *inc)
{
	for (size_t k = 0; k < o->n; k++) {
		size_t n;
		if (o->c[k].key >> 24 != BODY_MADE)
			continue;
		uint64_t *v = columns_numbers(&o->c[k], &n);
		for (size_t i = 0; i < n; i++) {
			const size_t at = (size_t)(v[i] >> COUNTER_BITS);
			const uint64_t counter = v[i] & ((UINT64_C(1) << COUNTER_BITS) - 1);
			assert(counter >= inc[at].low && counter <= inc[at].high);
			v[i] = before[at] + counter - inc[at].low;
		}
	}
}

void names_finish(struct names_out *o)
{
	uint64_t *before = calloc(o->nincs ? o->nincs : 1, sizeof *before), sum = 0;
	o->oom = o->oom || !before;
	for (size_t i = 0; !o->oom && i < o->nincs; i++) {
		const struct inc_out *inc = &o->inc[i];
		const bool any = inc->low <= inc->high;
		columns_put(o->o, BODY_KEY(BODY_INC, 0), inc->inc);
		columns_put(o->o, BODY_KEY(BODY_INC_LOW, 0), any ? inc->low : 0);
		columns_put(o->o, BODY_KEY(BODY_INC_COUNT, 0), any ? inc->high - inc->low + 1 : 0);
		before[i] = sum;
		sum += any ? inc->high - inc->low + 1 : 0;
	}
	if (!o->oom && !o->full)
		number_made(o->o, before, o->inc);
	free(before);
}

void names_free(struct names_out *o)
{
	idmap_free(&o->known);
	idmap_free(&o->incs);
	for (size_t i = 0; i < o->nnames; i += NAMES_BLOCK)
		free(o->names[i / NAMES_BLOCK]);
	free(o->names);
	free(o->inc);
	*o = (struct names_out){0};
}

/* ---- reading ------------------------------------------------------------------------------------- */

static bool get_incs(struct names *n, const struct columns *cs)
{
	struct column *inc = columns_find(cs, BODY_KEY(BODY_INC, 0)),
		      *low = columns_find(cs, BODY_KEY(BODY_INC_LOW, 0)),
		      *count = columns_find(cs, BODY_KEY(BODY_INC_COUNT, 0));
	for (size_t i = 0; i < n->nincs; i++) {
		struct inc_in *at = &n->inc[i];
		uint64_t more;
		at->before = n->numbers;
		if (!column_number(inc, &at->inc) || !column_number(low, &at->low) || !column_number(count, &more) ||
			at->low >> COUNTER_BITS || more > (UINT64_C(1) << COUNTER_BITS) - at->low ||
			(more && at->inc >> 60))
			return false;
		n->numbers += more;
	}
	assert(n->numbers >> 32 <= (uint64_t)INCS_MOST << (COUNTER_BITS - 32));
	return true;
}

/* The id that a number is of. */
static bool made_id(const struct names *n, uint64_t number, struct id *out)
{
	size_t low = 0, high = n->nincs;
	if (number >= n->numbers)
		return false;
	while (high - low > 1) {
		const size_t middle = low + (high - low) / 2;
		if (n->inc[middle].before <= number)
			low = middle;
		else
			high = middle;
	}
	assert(n->inc[low].before <= number);
	*out = id_make(n->inc[low].inc, n->inc[low].low + (number - n->inc[low].before));
	return true;
}

static bool get_made(const struct names *n, struct column *c, struct id *out)
{
	uint64_t number;
	return column_number(c, &number) && made_id(n, number, out);
}

/* Of those read so far. */
static bool get_known(const struct names *n, struct column *c, struct id *out, const struct name **name)
{
	uint64_t number;
	if (!column_number(c, &number) || number >= n->nnames)
		return false;
	*name = &n->name[number];
	*out = (*name)->id;
	return true;
}

static bool get_operand(const struct names *n, const struct columns *cs, enum body_place place, unsigned kind,
	bool known, struct id *out)
{
	const uint32_t at = BODY_PLACE(place, kind, 0);
	const struct name *name;
	return known ? get_known(n, columns_find(cs, BODY_KEY(BODY_KNOWN, at)), out, &name)
		     : get_made(n, columns_find(cs, BODY_KEY(BODY_MADE, at)), out);
}

static bool get_number(const struct columns *cs, struct origin *o)
{
	struct column *c = columns_find(cs, BODY_KEY(BODY_NAME_NUMBER, BODY_PLACE(0, o->kind, 0)));
	uint64_t u;
	if (!column_number(c, &u) || u > UINT32_MAX)
		return false;
	o->number = (int32_t)unzigzag(u);
	return o->kind != ORIGIN_LINK || (o->number > 0 && o->number <= UINT8_MAX);
}

static bool get_raw(const struct columns *cs, struct id *out)
{
	const uint8_t *p;
	if (!column_bytes(columns_find(cs, BODY_KEY(BODY_NAME_RAW, 0)), sizeof out->b, &p))
		return false;
	memcpy(out->b, p, sizeof out->b);
	return true;
}

static bool get_name(const struct names *n, const struct columns *cs, uint64_t form, struct name *x)
{
	struct origin *o = &x->origin;
	if (form > NAME_BITS)
		return false;
	*x = (struct name){.origin.kind = (enum origin_kind)(form & NAME_KIND), .inner = form & NAME_INNER};
	if (o->kind == ORIGIN_NONE)
		return (form & (NAME_FROM_KNOWN | NAME_TO_KNOWN)) == 0 && get_raw(cs, &x->id);
	if (!get_operand(n, cs, PLACE_FROM, o->kind, form & NAME_FROM_KNOWN, &o->from))
		return false;
	if (o->kind == ORIGIN_DATED ? (form & NAME_TO_KNOWN) != 0
				    : !get_operand(n, cs, PLACE_TO, o->kind, form & NAME_TO_KNOWN, &o->to))
		return false;
	if (o->kind != ORIGIN_ASSIGNMENT && !get_number(cs, o))
		return false;
	x->id = origin_id(o);
	return true;
}

int names_open(struct names *n, const struct columns *cs)
{
	struct column *forms = columns_find(cs, BODY_KEY(BODY_NAME, 0));
	const size_t nincs = column_left(columns_find(cs, BODY_KEY(BODY_INC, 0))), nnames = column_left(forms);
	uint64_t form;
	*n = (struct names){0};
	if (nincs > INCS_MOST || nnames > NAMES_MOST)
		return ERR_CORRUPT;
	n->inc = calloc(nincs + 1, sizeof *n->inc);
	n->name = calloc(nnames + 1, sizeof *n->name);
	n->nincs = nincs;
	int rc = !n->inc || !n->name ? ERR_NOMEM : get_incs(n, cs) ? OK : ERR_CORRUPT;
	for (; rc == OK && n->nnames < nnames; n->nnames++)
		if (!column_number(forms, &form) || !get_name(n, cs, form, &n->name[n->nnames]))
			rc = ERR_CORRUPT;
	if (rc != OK)
		names_close(n);
	return rc;
}

bool names_inc_at(const struct names *n, uint64_t which, uint64_t *inc)
{
	if (which >= n->nincs)
		return false;
	*inc = n->inc[which].inc;
	return true;
}

static bool take_next(struct names *n, struct id *out, const struct name **name)
{
	while (n->next < n->nnames && n->name[n->next].inner)
		n->next++;
	if (n->next == n->nnames)
		return false;
	*name = &n->name[n->next++];
	*out = (*name)->id;
	return true;
}

bool names_get(struct names *n, enum form form, struct column *c, struct id *out, const struct name **name)
{
	*name = NULL;
	if (form == FORM_MADE)
		return get_made(n, c, out);
	if (form == FORM_NEXT)
		return take_next(n, out, name);
	return form == FORM_KNOWN && get_known(n, c, out, name);
}

void names_rewind(struct names *n)
{
	n->next = 0;
}

bool names_finished(const struct names *n)
{
	size_t i = n->next;
	while (i < n->nnames && n->name[i].inner)
		i++;
	return i == n->nnames;
}

void names_close(struct names *n)
{
	free(n->inc);
	free(n->name);
	*n = (struct names){0};
}
