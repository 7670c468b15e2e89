/* tests/sim/check.c - see sim.h. Owns the end of a history: everybody meets, and what must hold then. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/codec.h"
#include "store/doctor.h"
#include "tests/sim/sim.h"

struct state {
	struct arena *a;
	struct vector vector;
	uint8_t sum[32];
	struct open_register *open;
	size_t nopen;
};

static bool read_state(struct site *s, struct arena *a, struct state *out)
{
	struct view *v;
	*out = (struct state){.a = a};
	if (view_begin(s->s, &v, NULL) != OK)
		return false;
	bool good = exchange_vector(v, a, &out->vector, NULL) == OK && exchange_state(v, out->sum, NULL) == OK &&
		disagreement_list(v, a, &out->open, &out->nopen, NULL) == OK;
	view_end(v);
	return good;
}

static bool all_equal(struct world *w)
{
	struct arena *a = arena_new();
	struct state first, other;
	bool equal = read_state(&w->site[0], a, &first);
	for (int i = 1; i < w->nsites && equal; i++)
		equal = read_state(&w->site[i], a, &other) && vector_equal(&first.vector, &other.vector);
	arena_free(a);
	return equal;
}

/* Over a stick that is whole; each round everybody once. */
static void heal(struct world *w)
{
	struct stick whole = {0};
	int round = 0;
	do {
		for (int i = 0; i < w->nsites && !w->why[0]; i++) {
			setenv("XDG_STATE_HOME", w->site[i].state, 1);
			if (site_open(&w->site[i]))
				meet(&w->site[i], &whole, 0, false);
		}
	} while (!w->why[0] && (++round < 2 || !all_equal(w)) && round < w->nsites + 6);
	if (!w->why[0] && !all_equal(w))
		world_wrong(w, "after %d rounds they haven't all seen the same", round);
	for (size_t i = 0; i < whole.n && w->verbose; i++)
		printf("#   %s %zu\n", whole.file[i].path, whole.file[i].n);
	stick_free(&whole);
}

/* ---- where two sites differ ---------------------------------------------------------------------- */

struct differing { struct view *other; struct arena *a; int x, y; };

static void print_rec(int no, const struct rec *r)
{
	char id[ID_TEXT];
	printf("#   site %d: type %d %s %s:", no, r->type, id_format(id, r->id), r->alive ? "alive" : "deleted");
	for (size_t i = 0; i < r->n + r->nsib; i++) {
		const struct rec_field *f = i < r->n ? &r->f[i] : &r->sib[i - r->n];
		printf(" %s%d=%s@%04x.%u", i < r->n ? "" : "|", f->no, f->v.tag == V_TEXT ? f->v.text.s : f->v.tag == V_INT ? "int" : "…",
			(unsigned)(f->at.dot.inc >> 44), (unsigned)f->at.dot.no);
	}
	printf("\n");
}

static int print_if_other(void *ctx, const struct rec *r, struct err *e)
{
	struct differing *d = ctx;
	(void)e;
	struct rec *there = NULL;
	struct buf x = {0}, y = {0};
	arena_reset(d->a);
	bool same = view_get(d->other, d->a, r->type, r->id, &there, NULL) == OK && there &&
		codec_put_rec(&x, r) == OK && codec_put_rec(&y, there) == OK && x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
	if (!same) {
		print_rec(d->x, r);
		if (there)
			print_rec(d->y, there);
	}
	buf_free(&x);
	buf_free(&y);
	return 0;
}

static void print_difference(struct world *w, int x, int y)
{
	struct differing d = {.x = x, .y = y, .a = arena_new()};
	struct view *v;
	if (view_begin(w->site[x].s, &v, NULL) == OK) {
		if (view_begin(w->site[y].s, &d.other, NULL) == OK) {
			exchange_records(v, print_if_other, &d, NULL);
			view_end(d.other);
		}
		view_end(v);
	}
	arena_free(d.a);
}

static void compare(struct world *w, int no, const struct state *x, const struct state *y)
{
	if (memcmp(x->sum, y->sum, sizeof x->sum) != 0)
		world_wrong(w, "sites 0 and %d have seen the same and hold another state", no);
	bool same = x->nopen == y->nopen;
	for (size_t i = 0; i < x->nopen && same; i++)
		same = x->open[i].type == y->open[i].type && x->open[i].field == y->open[i].field &&
			id_equal(x->open[i].id, y->open[i].id);
	if (!same)
		world_wrong(w, "sites 0 and %d list other disagreements", no);
}

/* What stood at a site before the last meetings, and hasn't been given up since, stands at all. */
static void remember(struct site *s, struct arena *a, struct vector *out)
{
	struct view *v;
	if (view_begin(s->s, &v, NULL) != OK)
		return;
	exchange_vector(v, a, out, NULL);
	view_end(v);
}

static bool was_given_up(struct ring *r, const struct seen *s)
{
	size_t n;
	const struct ring_given_up *up = ring_given_up_lines(r, &n);
	for (size_t i = 0; i < n; i++)
		if (up[i].inc == s->dot.inc && up[i].after < s->dot.no)
			return true;
	return false;
}

/* Here, on the line that was seen; or folded into a state that came. */
static bool is_kept(struct view *v, struct arena *a, const struct seen *s)
{
	struct peer *p;
	uint64_t tag;
	size_t n = 0;
	if (exchange_tag(v, s->dot, &tag, NULL) == OK)
		return tag == s->tag;
	if (exchange_peers(v, a, &p, &n, NULL) == OK)
		for (size_t i = 0; i < n; i++)
			if (p[i].inc == s->dot.inc)
				return s->dot.no <= p[i].folded;
	return false;
}

static void check_kept(struct world *w, struct arena *a, const struct vector *had, int no)
{
	struct ring *r;
	struct view *v;
	if (ring_load(w->site[0].s, &r, NULL) != OK)
		return;
	if (view_begin(w->site[0].s, &v, NULL) == OK) {
		for (size_t i = 0; i < had->n; i++)
			if (!is_kept(v, a, &had->at[i]) && !was_given_up(r, &had->at[i]))
				world_wrong(w, "changes that site %d had are gone", no);
		view_end(v);
	}
	ring_free(r);
}

static void say(void *ctx, const char *sentence)
{
	struct site *s = ctx;
	world_wrong(s->w, "the doctor finds at site %d: %s", s->no, sentence);
}

static void check_doctor(struct site *s)
{
	struct doctor_report report;
	struct doctor_ctx d = {.say = say, .ctx = s};
	struct store_opts opts = {.clock = store_clock(s->s)};
	struct err e = {0};
	site_close(s);
	if (doctor_check(s->dir, &opts, &d, &report, &e) != OK)
		world_wrong(s->w, "the doctor can't look at site %d: %s", s->no, e.text);
	site_open(s);
}

void check_world(struct world *w)
{
	struct arena *a = arena_new();
	struct vector had[SITES_MOST] = {0};
	struct state first, other;
	for (int i = 0; i < w->nsites; i++)
		if (site_open(&w->site[i]))
			remember(&w->site[i], a, &had[i]);
	heal(w);
	for (int i = 1; i < w->nsites && w->why[0] && w->verbose; i++)
		print_difference(w, 0, i);
	if (!w->why[0] && !read_state(&w->site[0], a, &first))
		world_wrong(w, "site 0 can't be read");
	for (int i = 1; i < w->nsites && !w->why[0]; i++) {
		if (!read_state(&w->site[i], a, &other))
			world_wrong(w, "site %d can't be read", i);
		else
			compare(w, i, &first, &other);
	}
	for (int i = 0; i < w->nsites && !w->why[0]; i++)
		check_kept(w, a, &had[i], i);
	if (!w->why[0])
		oracle_check(w, &w->site[w->time % w->nsites]);
	if (!w->why[0] && w->time % 8 == 0)
		check_doctor(&w->site[w->time % w->nsites]);
	arena_free(a);
}
