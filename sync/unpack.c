/* sync/unpack.c - see pack.h. Owns how columns become change groups again (writing them: pack.c). Must not know seals
 * and files. Nothing read is trusted: whatever doesn't fit ends the reading. */
#include "sync/pack.h"

#include <assert.h>
#include <stdlib.h>

#include "store/codec.h"

enum { SEEN_MOST = 10000, WRITES_MOST = 200000, PERSON_MOST = 64 << 10 };

/* ---- opening ------------------------------------------------------------------------------------- */

/* The strings of a dictionary. */
static int get_strings(const struct columns *cs, enum body_what what, struct unpack_text **out, size_t *count)
{
	struct column *c = columns_find(cs, BODY_KEY(what, 0));
	const size_t n = column_left(c);
	const uint8_t *p = NULL;
	uint64_t length;
	if (n && !column_bytes(c, n, &p))
		return ERR_CORRUPT;
	struct cursor in = {p, p ? p + n : p};
	for (*count = 0; in.p < in.end; in.p += length, (*count)++)
		if (!varint_get(&in, &length) || length > cursor_left(&in))
			return ERR_CORRUPT;
	*out = calloc(*count + 1, sizeof **out);
	if (!*out)
		return ERR_NOMEM;
	in.p = p;
	for (size_t i = 0; i < *count && varint_get(&in, &length); i++) {
		(*out)[i] = (struct unpack_text){in.p, (size_t)length};
		in.p += length;
		assert(in.p <= in.end);
	}
	return OK;
}

static int check_persons(const struct unpack *u)
{
	for (size_t i = 0; i < u->npersons; i++)
		if (u->person[i].n > PERSON_MOST || !cbor_is_text(u->person[i].p, u->person[i].n))
			return ERR_CORRUPT;
	return OK;
}

static int open_tables(struct unpack *u, struct dot first, uint64_t count)
{
	uint64_t inc;
	u->which = columns_find(&u->cs, BODY_KEY(BODY_GROUP, 0));
	u->who = columns_find(&u->cs, BODY_KEY(BODY_GROUP_PERSON, 0));
	u->clock = columns_find(&u->cs, BODY_KEY(BODY_CLOCK, 0));
	u->next = first;
	u->left = count;
	if (count > SEGMENT_GROUPS_MOST || column_left(u->which) != count || first.no > UINT64_MAX - count)
		return ERR_CORRUPT;
	int rc = names_open(&u->names, &u->cs);
	if (rc == OK && count > 0 && (!names_inc_at(&u->names, 0, &inc) || inc != first.inc))
		rc = ERR_CORRUPT;
	if (rc == OK)
		rc = shapes_open(&u->shapes, &u->cs, false);
	if (rc == OK)
		rc = get_strings(&u->cs, BODY_GROUP_SHAPE, &u->group, &u->ngroups);
	if (rc == OK)
		rc = get_strings(&u->cs, BODY_PERSON, &u->person, &u->npersons);
	return rc == OK ? check_persons(u) : rc;
}

/* ---- one group ----------------------------------------------------------------------------------- */

/* The first records, which arguments can point at. */
struct heads {
	size_t n;
	struct id id[SHAPE_RECORDS_MOST];
	struct origin origin[SHAPE_RECORDS_MOST];
};

struct run {
	const struct shape *shape;
	uint64_t repeat;
};

static bool get_run(const struct unpack *u, struct cursor *in, struct run *out)
{
	uint64_t shape;
	if (!varint_get(in, &shape) || shape >= u->shapes.n || !varint_get(in, &out->repeat) || out->repeat == 0)
		return false;
	out->shape = &u->shapes.shape[shape];
	return true;
}

/* How many writes there will be, before room for them is made. */
static bool count_writes(const struct unpack *u, struct cursor in, uint64_t nruns, size_t *out)
{
	uint64_t n = 0;
	struct run run;
	for (uint64_t i = 0; i < nruns; i++) {
		if (!get_run(u, &in, &run) || run.repeat > WRITES_MOST)
			return false;
		n += run.repeat * run.shape->n;
		if (n > WRITES_MOST)
			return false;
	}
	*out = (size_t)n;
	return n <= PACK_WRITES_MOST - u->writes;
}

static bool get_record(
	struct unpack *u, struct arena *a, const struct shape *s, uint64_t author, struct write *w, struct heads *heads)
{
	struct around r;
	struct id id;
	if (!shape_id(&u->names, &u->cs, s, author, &id, &r))
		return false;
	if (heads->n < SHAPE_RECORDS_MOST) {
		heads->id[heads->n] = id;
		heads->origin[heads->n++] = r.origin;
	}
	for (size_t i = 0; i < s->n; i++) {
		w[i] = (struct write){.type = s->type, .field = s->slot[i].no, .id = id};
		if (!value_get(a, &u->names, &u->cs, &s->slot[i], &r, &w[i].v))
			return false;
	}
	return true;
}

static bool get_records(struct unpack *u, struct arena *a, struct cursor *in, struct group *g, struct heads *heads)
{
	uint64_t nruns;
	struct run run;
	size_t at = 0;
	if (!varint_get(in, &nruns) || !count_writes(u, *in, nruns, &g->nwrites))
		return false;
	struct write *w = arena_alloc(a, g->nwrites * sizeof *w);
	for (uint64_t i = 0; i < nruns && get_run(u, in, &run); i++)
		for (uint64_t k = 0; k < run.repeat; k++, at += run.shape->n) {
			assert(at + run.shape->n <= g->nwrites);
			if (!get_record(u, a, run.shape, g->dot.inc, w + at, heads))
				return false;
		}
	assert(at == g->nwrites);
	g->writes = w;
	u->writes += at;
	return true;
}

static bool get_head(struct cursor *in, enum form form, const struct heads *heads, struct value *out)
{
	uint64_t which;
	if (!varint_get(in, &which) || which >= heads->n)
		return false;
	const struct origin *o = &heads->origin[which];
	*out = value_id(form == FORM_RECORD ? heads->id[which] : form == FORM_RECORD_FROM ? o->from : o->to);
	return form == FORM_RECORD || o->kind == ORIGIN_ASSIGNMENT || o->kind == ORIGIN_LINK ||
		(o->kind == ORIGIN_DATED && form == FORM_RECORD_FROM);
}

static bool get_arg(
	struct unpack *u, struct arena *a, struct cursor *in, struct group *g, size_t i, const struct heads *heads)
{
	struct around nothing = {.any = false};
	struct slot slot = {.no = (uint8_t)i};
	if (in->p == in->end)
		return false;
	const enum form form = (enum form) * in->p++;
	if (form >= FORM_RECORD && form < FORMS)
		return get_head(in, form, heads, &g->arg[i]);
	return slot_find(&u->cs, BODY_PLACE(PLACE_ARG, g->act, i), form, &slot) &&
		value_get(a, &u->names, &u->cs, &slot, &nothing, &g->arg[i]);
}

static bool get_undoes(const struct unpack *u, unsigned flags, struct group *g)
{
	const struct columns *cs = &u->cs;
	uint64_t which, back;
	if (flags & SHAPE_UNDOES_OWN) {
		if (!column_number(columns_find(cs, BODY_KEY(BODY_UNDO_BACK, 0)), &back) || back == 0 ||
			back > g->dot.no)
			return false;
		g->undoes = (struct dot){g->dot.inc, g->dot.no - back};
	}
	if (!(flags & SHAPE_UNDOES_OTHER))
		return true;
	return !(flags & SHAPE_UNDOES_OWN) && column_number(columns_find(cs, BODY_KEY(BODY_UNDO_INC, 0)), &which) &&
		names_inc_at(&u->names, which, &g->undoes.inc) &&
		column_number(columns_find(cs, BODY_KEY(BODY_UNDO_NO, 0)), &g->undoes.no);
}

static bool get_seen(const struct unpack *u, struct arena *a, struct group *g)
{
	struct column *inc = columns_find(&u->cs, BODY_KEY(BODY_SEEN_INC, 0)),
		      *no = columns_find(&u->cs, BODY_KEY(BODY_SEEN_NO, 0)),
		      *tag = columns_find(&u->cs, BODY_KEY(BODY_SEEN_TAG, 0));
	uint64_t n, which;
	if (!column_number(columns_find(&u->cs, BODY_KEY(BODY_SEEN, 0)), &n) || n == 0 || n > SEEN_MOST)
		return false;
	struct seen *seen = arena_alloc(a, (size_t)n * sizeof *seen);
	for (uint64_t i = 0; i < n; i++)
		if (!column_number(inc, &which) || !names_inc_at(&u->names, which, &seen[i].dot.inc) ||
			!column_number(no, &seen[i].dot.no) || !column_number(tag, &seen[i].tag))
			return false;
	g->seen = seen;
	g->nseen = (size_t)n;
	return true;
}

static bool get_person(const struct unpack *u, struct arena *a, struct group *g)
{
	uint64_t who, clock;
	if (!column_number(u->who, &who) || who >= u->npersons || !column_number(u->clock, &clock))
		return false;
	g->person = arena_strndup(a, (const char *)u->person[who].p, u->person[who].n);
	g->clock = (int64_t)clock;
	return true;
}

static bool get_group(struct unpack *u, struct arena *a, struct group *g)
{
	struct heads heads;
	uint64_t which;
	if (!column_number(u->which, &which) || which >= u->ngroups || !get_person(u, a, g))
		return false;
	struct cursor in = {u->group[which].p, u->group[which].p + u->group[which].n};
	if (cursor_left(&in) < 2 || in.p[1] > SHAPE_BITS)
		return false;
	g->act = in.p[0];
	const unsigned flags = in.p[1], nargs = flags & SHAPE_ARGS;
	in.p += 2;
	heads.n = 0;
	if (!get_undoes(u, flags, g) || ((flags & SHAPE_SEEN) && !get_seen(u, a, g)) ||
		!get_records(u, a, &in, g, &heads))
		return false;
	for (size_t i = 0; i < nargs; i++)
		if (!get_arg(u, a, &in, g, i, &heads))
			return false;
	return in.p == in.end && (nargs == 0 || g->arg[nargs - 1].tag != V_NONE) && codec_is_group(g);
}

static bool next_group(struct unpack *u, struct arena *a, struct group **out)
{
	struct group *g = arena_alloc(a, sizeof *g);
	*g = (struct group){.dot = u->next};
	if (!get_group(u, a, g))
		return false;
	u->next.no++;
	u->left--;
	*out = g;
	return true;
}

/* Look at all of it once, so that reading it can't fail half-way. */
static int check_groups(struct unpack *u, struct dot first, uint64_t count)
{
	struct arena *a = arena_new();
	struct group *g;
	while (u->left > 0 && next_group(u, a, &g))
		arena_reset(a);
	arena_free(a);
	if (u->left > 0 || !columns_finished(&u->cs) || !names_finished(&u->names))
		return ERR_CORRUPT;
	columns_rewind(&u->cs);
	names_rewind(&u->names);
	u->next = first;
	u->left = count;
	u->writes = 0;
	return OK;
}

int unpack_open(struct unpack *u, const uint8_t *body, size_t n, struct dot first, uint64_t count)
{
	*u = (struct unpack){0};
	int rc = columns_open(&u->cs, body, n);
	if (rc == OK)
		rc = open_tables(u, first, count);
	columns_mark(&u->cs);
	if (rc == OK)
		rc = check_groups(u, first, count);
	if (rc != OK)
		unpack_close(u);
	return rc;
}

bool unpack_next(struct unpack *u, struct arena *a, struct group **out)
{
	if (u->left == 0)
		return false;
	const bool got = next_group(u, a, out);
	assert(got);
	return got;
}

void unpack_close(struct unpack *u)
{
	columns_close(&u->cs);
	names_close(&u->names);
	shapes_close(&u->shapes);
	free(u->group);
	free(u->person);
	*u = (struct unpack){0};
}
