/* tests/carry.c - see carry.h. */
#include "tests/carry.h"

#include <stdio.h>

struct store *carry_store(const char *name, struct test_clock *c, const char *site, const char *person)
{
	struct err e = {0};
	struct store *s;
	struct os_clock clock = test_clock(c);
	struct store_new how = {.site = site, .person = person};
	struct store_opts opts = {.clock = clock};
	must(store_create(test_path(name), &how, &clock, &e), &e, "create");
	must(store_open(test_path(name), &opts, &s, &e), &e, "open");
	return s;
}

struct carrier { struct take *take; size_t moved; };

/* Those that come too early are met again in the next round. */
static int move(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct carrier *c = ctx;
	(void)canonical;
	(void)n;
	switch (take_gate(c->take, g)) {
	case GATE_KNOWN: return OK;
	case GATE_EARLY: return ERR_STOPPED;
	case GATE_READY: break;
	}
	c->moved++;
	return take_group(c->take, g, NULL, e);
}

static void round_of(struct store *from, struct carrier *c)
{
	struct err e = {0};
	struct view *v;
	struct peer *p;
	size_t n;
	struct arena *a = arena_new();
	must(view_begin(from, &v, &e), &e, "view");
	must(exchange_peers(v, a, &p, &n, &e), &e, "peers");
	for (size_t i = 0; i < n; i++) {
		struct vector have = take_vector(c->take, a);
		uint64_t first = vector_number(&have, p[i].inc) + 1;
		int rc = first <= p[i].no ? exchange_groups(v, p[i].inc, first, p[i].no, move, c, &e) : OK;
		must(rc == ERR_STOPPED ? OK : rc, &e, "carry");
	}
	view_end(v);
	arena_free(a);
}

uint64_t carry(struct store *from, struct store *to, const char *called)
{
	struct err e = {0};
	struct carrier c = {0};
	struct taken taken = {0};
	must(take_begin(to, called, &c.take, &e), &e, "take");
	do {
		c.moved = 0;
		round_of(from, &c);
	} while (c.moved);
	must(take_end(c.take, &taken, &e), &e, "end of taking");
	return taken.merge;
}

void carry_both(struct store *x, struct store *y)
{
	carry(x, y, "STIK");
	carry(y, x, "STIK");
}
