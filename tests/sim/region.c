/* tests/sim/region.c - see sim.h. Owns what a region member may hold, by definition: units, organisations, roles,
 * shifts, sites, settings and organisations' places, without the fields that are of persons, and all of that. */
#include <string.h>

#include "store/codec.h"
#include "tests/sim/sim.h"

static bool may_hold(const struct rec *r)
{
	static const uint8_t open[] = {TYPE_SITE, TYPE_UNIT, TYPE_ORGANISATION, TYPE_ROLE, TYPE_SHIFT, TYPE_SETTING};
	if (r->type == TYPE_ASSIGNMENT)
		return rec_get(r, F_ASSIGNMENT_VOLUNTEER).tag == V_NONE && rec_get(r, F_ASSIGNMENT_ORGANISATION).tag != V_NONE;
	return memchr(open, r->type, sizeof open) != NULL;
}

static bool is_of_person(int type, int field)
{
	const struct field *f = schema_field(type, field);
	return field != FIELD_ALIVE && (!f || (f->flags & FIELD_PERS));
}

static size_t leave_out(int type, struct rec_field *to, const struct rec_field *from, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (!is_of_person(type, from[i].no))
			to[kept++] = from[i];
	return kept;
}

struct comparing { struct site *region; struct view *v; struct arena *a; size_t n; };

static int in_region(void *ctx, const struct rec *r, struct err *e)
{
	struct comparing *c = ctx;
	(void)e;
	struct rec want = *r, *have = NULL;
	struct buf x = {0}, y = {0};
	char id[ID_TEXT];
	if (!may_hold(r))
		return OK;
	arena_reset(c->a);
	want.f = arena_alloc(c->a, (r->n + 1) * sizeof *want.f);
	want.sib = arena_alloc(c->a, (r->nsib + 1) * sizeof *want.sib);
	want.n = leave_out(r->type, want.f, r->f, r->n);
	want.nsib = leave_out(r->type, want.sib, r->sib, r->nsib);
	if (want.n == 0)
		return OK;
	c->n++;
	bool same = view_get(c->v, c->a, r->type, r->id, &have, NULL) == OK && have && codec_put_rec(&x, &want) == OK &&
		codec_put_rec(&y, have) == OK && x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
	if (!same)
		world_wrong(c->region->w, "the region %s record %d %s", have ? "has another" : "lacks", r->type,
			id_format(id, r->id));
	buf_free(&x);
	buf_free(&y);
	return OK;
}

static int is_nobody(void *ctx, const struct rec *r, struct err *e)
{
	struct comparing *c = ctx;
	(void)e;
	/* its own site record it made itself */
	if (id_equal(r->id, store_site(c->region->s)))
		return OK;
	if (!may_hold(r))
		world_wrong(c->region->w, "the region holds a record of type %d", r->type);
	for (size_t i = 0; i < r->n + r->nsib; i++) {
		const struct rec_field *f = i < r->n ? &r->f[i] : &r->sib[i - r->n];
		if (is_of_person(r->type, f->no))
			world_wrong(c->region->w, "the region holds field %d of a record of type %d", f->no, r->type);
	}
	return OK;
}

static void check_open(struct site *region, struct view *v, struct arena *a)
{
	struct open_register *open;
	size_t n = 0;
	disagreement_list(v, a, &open, &n, NULL);
	for (size_t i = 0; i < n; i++)
		if (is_of_person(open[i].type, open[i].field))
			world_wrong(region->w, "the region holds a disagreement on field %d of type %d", open[i].field, open[i].type);
}

void region_check(struct site *region, struct site *full)
{
	struct comparing c = {.region = region, .a = arena_new()};
	struct view *v;
	if (view_begin(region->s, &c.v, NULL) == OK) {
		exchange_records(c.v, is_nobody, &c, NULL);
		check_open(region, c.v, c.a);
		if (view_begin(full->s, &v, NULL) == OK) {
			exchange_records(v, in_region, &c, NULL);
			view_end(v);
		}
		view_end(c.v);
	}
	arena_free(c.a);
}
