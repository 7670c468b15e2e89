/* tests/taketest.c - see taketest.h. */
#include "tests/taketest.h"

#include <string.h>

#include "store/doctor.h"

/* ---- carrying groups from one store to another ---------------------------------------------------- */

static int keep_group(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct bundle *b = ctx;
	struct group *copy = arena_copy(b->a, g, sizeof *g);
	struct write *w = arena_copy(b->a, g->writes, g->nwrites * sizeof *w);
	(void)canonical;
	(void)n;
	(void)e;
	copy->person = arena_strdup(b->a, g->person);
	copy->seen = arena_copy(b->a, g->seen, g->nseen * sizeof *g->seen);
	copy->aside = NULL;
	copy->naside = 0;
	for (int i = 0; i < 3; i++)
		copy->arg[i] = value_copy(b->a, g->arg[i]);
	for (size_t i = 0; i < g->nwrites; i++) {
		w[i].v = value_copy(b->a, w[i].v);
		w[i].before = (struct dot){ 0 };
	}
	copy->writes = w;
	b->g[b->n++] = copy;
	return OK;
}

void test_gather(struct store *from, struct store *to, struct bundle *b)
{
	struct err e = { 0 };
	struct view *v, *w;
	struct peer *p;
	size_t n;
	struct vector has;
	must(view_begin(from, &v, &e), &e, "view");
	must(view_begin(to, &w, &e), &e, "view");
	must(exchange_vector(w, b->a, &has, &e), &e, "vector");
	must(exchange_peers(v, b->a, &p, &n, &e), &e, "peers");
	for (size_t i = 0; i < n; i++) {
		uint64_t first = vector_number(&has, p[i].inc) + 1;
		if (first <= p[i].no)
			must(exchange_groups(v, p[i].inc, first, p[i].no, keep_group, b, &e), &e, "groups");
	}
	view_end(v);
	view_end(w);
}

size_t test_take(struct store *to, struct bundle *b, struct prng *r, struct taken *told)
{
	struct err e = { 0 };
	struct take *t;
	size_t left = b->n;
	bool moved = true;
	must(take_begin(to, "test", &t, &e), &e, "begin");
	while (moved && left > 0) {
		moved = false;
		for (size_t tries = 0; tries < 4 * b->n; tries++) {
			size_t i = r ? (size_t)prng_below(r, b->n) : tries % b->n;
			if (!b->g[i] || take_gate(t, b->g[i]) != GATE_READY)
				continue;
			must(take_group(t, b->g[i], NULL, &e), &e, "take");
			b->g[i] = NULL;
			left--;
			moved = true;
		}
	}
	must(take_end(t, told, &e), &e, "end");
	return left;
}

size_t test_carry(struct store *from, struct store *to, struct prng *r, struct taken *told)
{
	struct bundle b = { .a = arena_new() };
	struct taken none;
	test_gather(from, to, &b);
	size_t left = test_take(to, &b, r, told ? told : &none);
	arena_free(b.a);
	return left;
}

/* ---- the same? ----------------------------------------------------------------------------------- */

bool test_same_state(struct store *x, struct store *y)
{
	struct err e = { 0 };
	struct arena *a = arena_new();
	struct view *v, *w;
	struct vector has, other;
	uint8_t sum[32], theirs[32];
	size_t open, opened;
	must(view_begin(x, &v, &e), &e, "view");
	must(view_begin(y, &w, &e), &e, "view");
	must(exchange_vector(v, a, &has, &e), &e, "vector");
	must(exchange_vector(w, a, &other, &e), &e, "vector");
	must(exchange_state(v, sum, &e), &e, "state");
	must(exchange_state(w, theirs, &e), &e, "state");
	must(disagreement_count(v, &open, &e), &e, "count");
	must(disagreement_count(w, &opened, &e), &e, "count");
	bool same = vector_equal(&has, &other) && memcmp(sum, theirs, sizeof sum) == 0 && open == opened;
	for (int type = 1; type < 20 && same; type++) {
		must(view_count(v, type, &open, &e), &e, "count");
		must(view_count(w, type, &opened, &e), &e, "count");
		same = open == opened;
	}
	view_end(v);
	view_end(w);
	arena_free(a);
	return same;
}

/* ---- a whole state ------------------------------------------------------------------------------- */

struct passing { struct take *t; size_t most; };

static int pass(void *ctx, const struct rec *r, struct err *e)
{
	struct passing *p = ctx;
	return p->most-- == 0 ? ERR_STOPPED : take_snapshot_rec(p->t, r, e);
}

int test_take_as(struct store *from, struct store *to, size_t most, enum take_how how, struct taken *told)
{
	struct err e = { 0 };
	struct arena *a = arena_new();
	struct view *v;
	struct peer *peer;
	struct passing p = { .most = most };
	size_t n;
	must(view_begin(from, &v, &e), &e, "view");
	must(exchange_peers(v, a, &peer, &n, &e), &e, "peers");
	must(take_begin(to, "state", &p.t, &e), &e, "begin");
	int rc = take_snapshot_begin(p.t, peer, n, how, &e);
	if (rc == OK)
		rc = exchange_records(v, pass, &p, &e);
	if (rc == OK)
		rc = take_snapshot_end(p.t, &e);
	view_end(v);
	arena_free(a);
	int ended = take_end(p.t, told, &e);
	return rc == OK ? ended : rc;
}

int test_take_state(struct store *from, struct store *to, size_t most, struct taken *told)
{
	return test_take_as(from, to, most, TAKE_JOINED, told);
}

/* ---- looking ------------------------------------------------------------------------------------- */

static void say(void *ctx, const char *sentence)
{
	(void)ctx;
	diag("%s", sentence);
}

bool test_is_whole(const char *name, struct test_clock *c)
{
	struct err e = { 0 };
	struct doctor_report r;
	struct doctor_ctx d = { .say = say };
	struct store_opts opts = { .clock = test_clock(c) };
	must(doctor_check(test_path(name), &opts, &d, &r, &e), &e, "doctor");
	return r.findings == 0 && r.can_rebuild;
}

struct rec *test_rec(struct arena *a, struct store *s, int type, struct id id)
{
	struct err e = { 0 };
	struct view *v;
	struct rec *r;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_get(v, a, type, id, &r, &e), &e, "get");
	view_end(v);
	return r;
}
