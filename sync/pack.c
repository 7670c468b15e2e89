/* sync/pack.c - see pack.h. Owns how change groups become columns (reading them: unpack.c). Must not know seals and
 * files. */
#include "sync/pack.h"

#include <assert.h>

#include "store/codec.h"

/* The records of the group being packed, as far as its arguments can point at them. */
struct heads {
	size_t n;
	struct id id[SHAPE_RECORDS_MOST];
	struct origin origin[SHAPE_RECORDS_MOST];
};

void pack_begin(struct pack *k, const struct segment_names *ask)
{
	*k = (struct pack){.names.ask = ask};
}

static size_t run_length(const struct group *g, size_t i)
{
	const struct write *w = &g->writes[i];
	size_t n = 1;
	while (i + n < g->nwrites && w[n].type == w->type && id_equal(w[n].id, w->id))
		n++;
	return n;
}

/* A record made in this group by the author is the next that he made, as a rule. */
static bool is_new(const struct pack *k, const struct write *w, uint64_t *counter)
{
	uint64_t inc;
	return w->field == FIELD_ALIVE && w->v.tag == V_INT && w->v.i == 1 && id_made(w->id, &inc, counter) &&
		inc == k->first.inc;
}

/* What is done to somebody's place on a shift tells the two in its sentence, "%1 off the shift %2", as a rule, also where
 * it isn't the place that is made and says it in its fields. Whoever is told this guess checks it. */
static void guess_place(struct origin *own, const struct group *g)
{
	if (own->kind != ORIGIN_ASSIGNMENT || g->arg[0].tag != V_ID || g->arg[1].tag != V_ID)
		return;
	if (id_is_none(own->from))
		own->from = g->arg[1].id;
	if (id_is_none(own->to))
		own->to = g->arg[0].id;
}

static enum form put_id(struct pack *k, const struct group *g, const struct write *w, size_t n, struct around *r)
{
	uint64_t counter;
	*r = (struct around){.origin.kind = ORIGIN_NONE};
	if (is_new(k, w, &counter)) {
		columns_put(&k->o, BODY_KEY(BODY_NEW, 0), counter);
		return FORM_NEW;
	}
	struct origin own = origin_begin(w->type);
	for (size_t i = 0; i < n; i++)
		origin_note(&own, w[i].field, &w[i].v);
	guess_place(&own, g);
	return names_put(&k->names, BODY_PLACE(PLACE_RECORD, w->type, 0), w->id, w->type, &own, &r->origin);
}

/* The writes of one record from `at` on: its values into their columns; its shape's number. */
static uint32_t pack_record(struct pack *k, const struct group *g, size_t at, size_t n, struct heads *heads)
{
	const struct write *w = &g->writes[at];
	struct around r;
	uint32_t shape = 0;
	uint8_t text[2 + 2 * (UINT8_MAX + 1)], *p = text;
	assert(n <= UINT8_MAX + 1);
	*p++ = w->type;
	*p++ = (uint8_t)put_id(k, g, w, n, &r);
	for (size_t i = 0; i < n; i++) {
		*p++ = w[i].field;
		*p++ = (uint8_t)value_put_field(&k->names, w->type, w[i].field, &w[i].v, &r);
	}
	if (!dict_add(&k->shapes, text, (size_t)(p - text), &shape))
		k->rc = ERR_NOMEM;
	if (heads->n < SHAPE_RECORDS_MOST) {
		heads->id[heads->n] = w->id;
		heads->origin[heads->n++] = r.origin;
	}
	return shape;
}

/* Records of one shape in a row stand once. */
static void pack_records(struct pack *k, const struct group *g, struct heads *heads)
{
	uint32_t shape = 0, before = 0;
	size_t nruns = 0, repeat = 0;
	struct buf *runs = &k->repeats;
	heads->n = 0;
	buf_reset(runs);
	for (size_t i = 0, n; i < g->nwrites; i += n, before = shape) {
		n = run_length(g, i);
		shape = pack_record(k, g, i, n, heads);
		if (repeat && shape != before) {
			varint_put(runs, before);
			varint_put(runs, repeat);
			nruns++;
			repeat = 0;
		}
		repeat++;
	}
	if (repeat) {
		varint_put(runs, shape);
		varint_put(runs, repeat);
		nruns++;
	}
	varint_put(&k->runs, nruns);
	buf_add(&k->runs, runs->p, runs->n);
	k->runs.oom = k->runs.oom || runs->oom;
}

/* Is the argument a record of the group, or what one's id is made of? */
static enum form find_head(const struct heads *heads, struct id id, size_t *which)
{
	for (*which = 0; *which < heads->n; (*which)++) {
		const struct origin *o = &heads->origin[*which];
		if (id_equal(heads->id[*which], id))
			return FORM_RECORD;
		if (o->kind != ORIGIN_NONE && id_equal(o->from, id))
			return FORM_RECORD_FROM;
		if ((o->kind == ORIGIN_ASSIGNMENT || o->kind == ORIGIN_LINK) && id_equal(o->to, id))
			return FORM_RECORD_TO;
	}
	return FORM_NONE;
}

static void pack_arg(struct pack *k, const struct group *g, size_t i, const struct heads *heads)
{
	size_t which;
	const struct value *v = &g->arg[i];
	enum form form = v->tag == V_ID ? find_head(heads, v->id, &which) : FORM_NONE;
	if (form != FORM_NONE) {
		buf_addc(&k->args, (char)form);
		varint_put(&k->args, which);
		return;
	}
	form = value_put(&k->names, BODY_PLACE(PLACE_ARG, g->act, i), TYPE_ANY, v);
	buf_addc(&k->args, (char)form);
}

static unsigned pack_undoes(struct pack *k, const struct group *g)
{
	const struct dot u = g->undoes;
	if (u.inc == 0 && u.no == 0)
		return 0;
	if (u.inc == g->dot.inc && u.no < g->dot.no) {
		columns_put(&k->o, BODY_KEY(BODY_UNDO_BACK, 0), g->dot.no - u.no);
		return SHAPE_UNDOES_OWN;
	}
	columns_put(&k->o, BODY_KEY(BODY_UNDO_INC, 0), names_inc(&k->names, u.inc));
	columns_put(&k->o, BODY_KEY(BODY_UNDO_NO, 0), u.no);
	return SHAPE_UNDOES_OTHER;
}

static unsigned pack_seen(struct pack *k, const struct group *g)
{
	if (g->nseen == 0)
		return 0;
	columns_put(&k->o, BODY_KEY(BODY_SEEN, 0), g->nseen);
	for (size_t i = 0; i < g->nseen; i++) {
		columns_put(&k->o, BODY_KEY(BODY_SEEN_INC, 0), names_inc(&k->names, g->seen[i].dot.inc));
		columns_put(&k->o, BODY_KEY(BODY_SEEN_NO, 0), g->seen[i].dot.no);
		columns_put(&k->o, BODY_KEY(BODY_SEEN_TAG, 0), g->seen[i].tag);
	}
	return SHAPE_SEEN;
}

static void pack_person(struct pack *k, const struct group *g)
{
	const char *person = g->person ? g->person : "";
	uint32_t number = 0;
	if (!dict_add(&k->persons, person, strlen(person), &number))
		k->rc = ERR_NOMEM;
	columns_put(&k->o, BODY_KEY(BODY_GROUP_PERSON, 0), number);
}

static void pack_shape(struct pack *k, const struct group *g)
{
	struct heads heads;
	unsigned flags = SHAPE_ARGS;
	uint32_t number = 0;
	while (flags > 0 && g->arg[flags - 1].tag == V_NONE)
		flags--;
	buf_reset(&k->args);
	buf_reset(&k->runs);
	buf_addc(&k->runs, (char)g->act);
	const size_t nargs = flags;
	flags |= pack_undoes(k, g) | pack_seen(k, g);
	buf_addc(&k->runs, (char)flags);
	pack_records(k, g, &heads);
	for (size_t i = 0; i < nargs; i++)
		pack_arg(k, g, i, &heads);
	buf_add(&k->runs, k->args.p, k->args.n);
	if (k->runs.oom || k->args.oom || !dict_add(&k->groups, k->runs.p, k->runs.n, &number))
		k->rc = ERR_NOMEM;
	columns_put(&k->o, BODY_KEY(BODY_GROUP, 0), number);
}

int pack_group(struct pack *k, const struct group *g)
{
	k->names.o = &k->o;
	if (k->rc != OK)
		return k->rc;
	if (k->count == 0) {
		k->first = g->dot;
		k->clock_first = g->clock;
		names_inc(&k->names, g->dot.inc);
	}
	if (g->dot.inc != k->first.inc || g->dot.no != k->first.no + k->count || k->count == SEGMENT_GROUPS_MOST ||
		!codec_is_group(g) || g->nwrites > PACK_WRITES_MOST - k->writes)
		return k->rc = ERR_DATA;
	k->count++;
	k->writes += g->nwrites;
	k->clock_last = g->clock;
	columns_put(&k->o, BODY_KEY(BODY_CLOCK, 0), (uint64_t)g->clock);
	pack_person(k, g);
	pack_shape(k, g);
	if (k->o.oom || k->names.oom)
		k->rc = ERR_NOMEM;
	else if (k->names.full)
		k->rc = ERR_DATA;
	return k->rc;
}

size_t pack_gathered(const struct pack *k)
{
	return k->o.gathered + k->shapes.bytes.n + k->groups.bytes.n + k->persons.bytes.n + k->writes;
}

int pack_end(struct pack *k, struct buf *body, struct buf *parts)
{
	k->names.o = &k->o;
	values_put_dict(&k->o, &k->shapes, BODY_RECORD_SHAPE);
	values_put_dict(&k->o, &k->groups, BODY_GROUP_SHAPE);
	values_put_dict(&k->o, &k->persons, BODY_PERSON);
	names_finish(&k->names);
	if (k->rc == OK && k->names.oom)
		k->rc = ERR_NOMEM;
	if (k->rc == OK)
		k->rc = columns_write(&k->o, body, parts);
	assert(k->rc != OK || body->n > 0);
	return k->rc;
}

void pack_free(struct pack *k)
{
	columns_free(&k->o);
	names_free(&k->names);
	dict_free(&k->shapes);
	dict_free(&k->groups);
	dict_free(&k->persons);
	buf_free(&k->runs);
	buf_free(&k->repeats);
	buf_free(&k->args);
}
