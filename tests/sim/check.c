/* tests/sim/check.c - see sim.h. Owns the end of a history: everybody meets, and what must hold then. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/cbor.h"
#include "store/codec.h"
#include "store/doctor.h"
#include "tests/sim/sim.h"

struct state {
	struct arena *a;
	struct vector vector;
	uint8_t sum[32];
	struct open_register *open;
	size_t nopen;
	struct peer *peer;
	size_t npeers;
};

static bool read_state(struct site *s, struct arena *a, struct state *out)
{
	struct view *v;
	*out = (struct state){.a = a};
	if (view_begin(s->s, &v, NULL) != OK)
		return false;
	bool good = exchange_vector(v, a, &out->vector, NULL) == OK && exchange_state(v, out->sum, NULL) == OK &&
		exchange_peers(v, a, &out->peer, &out->npeers, NULL) == OK &&
		disagreement_list(v, a, &out->open, &out->nopen, NULL) == OK;
	view_end(v);
	return good;
}

/* A set of sites, by number. */
typedef unsigned sites;
static bool has(sites all, int no) { return (all >> no) & 1; }

static sites who_is_in(struct world *w, enum ring_role role)
{
	sites in = 0;
	for (int i = 0; i < w->nsites && !w->why[0]; i++)
		in |= (sites)(member_is_in(&w->site[i], role) && !w->site[i].astray) << i;
	return in;
}

static sites whose_program(struct world *w, bool newer)
{
	sites them = 0;
	for (int i = 0; i < w->nsites; i++)
		them |= (sites)(w->site[i].newer == newer) << i;
	return them;
}

static bool all_equal(struct world *w, sites these)
{
	struct arena *a = arena_new();
	struct state first, other;
	bool any = false, equal = true;
	for (int i = 0; i < w->nsites && equal; i++) {
		if (!has(these, i))
			continue;
		equal = read_state(&w->site[i], a, any ? &other : &first) && (!any || vector_equal(&first.vector, &other.vector));
		any = true;
	}
	arena_free(a);
	return equal;
}

/* Each of `who` meets once. What they were told. */
static unsigned meet_once(struct world *w, struct stick *stick, sites who)
{
	unsigned told = 0;
	for (int i = 0; i < w->nsites && !w->why[0]; i++)
		if (has(who, i) && site_open(&w->site[i]))
			told |= meet(&w->site[i], stick, 0, false);
	return told;
}

/* Those of `who` meet until all of `equal` that are in the ring have seen the same; over a stick that is whole. */
static void heal(struct world *w, struct stick *stick, sites who, sites equal)
{
	int round = 0;
	do
		meet_once(w, stick, who);
	while (!w->why[0] && (++round < 2 || !all_equal(w, equal & who_is_in(w, RING_FULL))) && round < w->nsites + 6);
	if (!w->why[0] && !all_equal(w, equal & who_is_in(w, RING_FULL)))
		world_wrong(w, "after %d rounds they haven't all seen the same", round);
}

/* Those with an older program keep what they can't read, and have it when theirs is newer: though nobody else is there.
 * But whoever erased somebody must be, and so must all when a disk was put back: what was written before, or forgotten
 * then, may come with a snapshot alone, which nobody keeps. */
static void upgrade(struct world *w)
{
	struct stick stick = {0}, other = {0};
	sites all = (1U << w->nsites) - 1, newer = whose_program(w, true), older = all & ~newer;
	heal(w, &stick, all, newer);
	meet_once(w, &stick, all);
	for (int i = 0; i < w->nsites; i++)
		w->site[i].newer = true;
	if (!w->why[0])
		heal(w, &other, w->erased || w->put_back ? all : older, (newer & who_is_in(w, RING_FULL)) ? all : older);
	stick_free(&stick);
	stick_free(&other);
}

static uint64_t sum_of(struct site *s)
{
	struct arena *a = arena_new();
	struct state st;
	uint64_t sum = read_state(s, a, &st) ? vector_sum(&st.vector) : 0;
	arena_free(a);
	return sum;
}

/* What all who write forgot when their disks were put back, the region may still hold: nothing tells it from what is on
 * its way. When the others have gone further, it must have what they have. */
static void go_further(struct world *w, struct stick *stick, sites full, sites region)
{
	struct chance c = {77};
	struct site *in = &w->site[__builtin_ctz(full)];
	uint64_t most = 0;
	for (int i = 0; i < w->nsites; i++)
		if (has(region, i) && sum_of(&w->site[i]) > most)
			most = sum_of(&w->site[i]);
	site_enter(in);
	for (int i = 0; i < 1000 && sum_of(in) <= most; i++)
		edit_once(in, &c);
	heal(w, stick, full, full);
}

static const unsigned waiting = 1U << SYNC_EARLY | 1U << SYNC_LOCKED | 1U << SYNC_FORKED | 1U << SYNC_NEWER | 1U << SYNC_ASTRAY |
	1U << SYNC_ALTERED | 1U << SYNC_CUT | 1U << SYNC_FOREIGN;

/* Everybody meets; then nobody waits for anything, and the region has what the others have. */
static void meet_all(struct world *w)
{
	struct stick stick = {0};
	sites all = (1U << w->nsites) - 1;
	heal(w, &stick, all, all);
	sites full = who_is_in(w, RING_FULL), region = who_is_in(w, RING_REGION);
	/* of what a site forgot when its disk was put back, what is left on a stick may rest on something that is
	 * nowhere, or be sealed with a key that is: it waits, and it is told */
	unsigned may_wait = w->put_back ? 1U << SYNC_EARLY | 1U << SYNC_LOCKED : 0;
	if (!w->why[0] && (meet_once(w, &stick, full) & waiting & ~may_wait))
		world_wrong(w, "something waits though everybody has met");
	if (!w->why[0] && w->put_back && full && region)
		go_further(w, &stick, full, region);
	meet_once(w, &stick, region);
	for (int i = 0; i < w->nsites && full; i++)
		if (has(region, i) && !w->why[0])
			region_check(&w->site[i], &w->site[__builtin_ctz(full)]);
	for (size_t i = 0; i < stick.n && w->verbose; i++)
		printf("#   %s %zu\n", stick.file[i].path, stick.file[i].n);
	stick_free(&stick);
}

/* Who is out reads nothing of what is written from now on. */
static void check_shut_out(struct world *w, sites full)
{
	struct stick stick = {0};
	struct arena *a = arena_new();
	struct chance c = {99};
	struct site *in = &w->site[__builtin_ctz(full)];
	sites out = ((1U << w->nsites) - 1) & ~full & ~who_is_in(w, RING_REGION);
	for (int i = 0; i < w->nsites; i++)
		out &= ~((sites)w->site[i].astray << i);
	struct state before, after, theirs;
	if (out && read_state(in, a, &before)) {
		for (int i = 0; i < 20; i++)
			edit_once(in, &c);
		meet_once(w, &stick, 1U << in->no);
		meet_once(w, &stick, out);
		uint64_t inc = store_incarnation(in->s);
		bool read = read_state(in, a, &after);
		for (int i = 0; i < w->nsites && read; i++)
			if (has(out, i) && read_state(&w->site[i], a, &theirs) &&
				vector_number(&theirs.vector, inc) > vector_number(&before.vector, inc))
				world_wrong(w, "site %d is out and reads on", i);
	}
	arena_free(a);
	stick_free(&stick);
}

/* ---- where two sites differ ---------------------------------------------------------------------- */

struct differing { struct view *other; struct arena *a; int x, y; };

static void print_given_up(struct site *s)
{
	struct ring *r = NULL;
	size_t n = 0;
	if (ring_load(s->s, &r, NULL) != OK || !r)
		return;
	const struct ring_member *m = ring_members(r, &n);
	for (size_t i = 0; i < n; i++) {
		printf("#     member %s%s%s %02x%02x:", m[i].name, m[i].retired ? " out" : "", m[i].self ? " self" : "", m[i].key[0], m[i].key[1]);
		for (size_t k = 0; k < m[i].ninc; k++)
			printf(" %05x", (unsigned)(m[i].inc[k] >> 44));
		printf("\n");
	}
	const struct ring_given_up *up = ring_given_up_lines(r, &n);
	for (size_t i = 0; i < n; i++) {
		printf("#     knows given up %05x %u+%u", (unsigned)(up[i].inc >> 44), (unsigned)up[i].after, (unsigned)up[i].ntag);
		for (size_t k = 0; k < up[i].ntag; k++)
			printf(" %04x", (unsigned)(up[i].tag[k] >> 48));
		printf("\n");
	}
	ring_free(r);
}

void print_standing(struct site *s)
{
	struct arena *a = arena_new();
	struct state st;
	printf("# site %d (%s%s) writes as %05x and has", s->no, member_is_in(s, RING_FULL) ? "in" :
		member_is_in(s, RING_REGION) ? "region" : "out", s->newer ? ", newer" : "", (unsigned)(store_incarnation(s->s) >> 44));
	if (read_state(s, a, &st))
		for (size_t i = 0; i < st.vector.n; i++)
			printf(" %05x.%u:%04x", (unsigned)(st.vector.at[i].dot.inc >> 44), (unsigned)st.vector.at[i].dot.no,
				(unsigned)(st.vector.at[i].tag >> 48));
	struct view *v;
	struct peer *p;
	size_t n = 0;
	if (view_begin(s->s, &v, NULL) == OK) {
		if (exchange_peers(v, a, &p, &n, NULL) == OK)
			for (size_t i = 0; i < n; i++)
				if (p[i].folded || p[i].cut)
					printf(" %05x folded %u cut %u", (unsigned)(p[i].inc >> 44), (unsigned)p[i].folded, (unsigned)p[i].cut);
		view_end(v);
	}
	printf(" sum %02x%02x\n", st.sum[0], st.sum[1]);
	print_given_up(s);
	arena_free(a);
}

/* Of a deletion, what its author had seen. */
static void print_value(struct value v)
{
	struct arena *a = arena_new();
	struct cursor c = {(const uint8_t *)v.text.s, (const uint8_t *)v.text.s + v.text.n};
	struct vector seen = {0};
	const uint8_t *p;
	size_t n;
	char id[ID_TEXT];
	if (v.tag == V_TEXT)
		printf("%s", v.text.s);
	else if (v.tag == V_INT)
		printf("%lld", (long long)v.i);
	else if (v.tag == V_ID)
		printf("%s", id_format(id, v.id));
	else if (v.tag == V_RAW && cbor_get_string(&c, CBOR_BYTES, &p, &n) && vector_unpack(a, p, n, &seen))
		for (size_t i = 0; i < seen.n; i++)
			printf("%s%05x.%u", i ? "+" : "", (unsigned)(seen.at[i].dot.inc >> 44), (unsigned)seen.at[i].dot.no);
	else
		printf("%s", v.tag == V_RAW ? "raw" : "none");
	arena_free(a);
}

static void print_rec(int no, const struct rec *r)
{
	char id[ID_TEXT];
	printf("#   site %d: type %d %s %s:", no, r->type, id_format(id, r->id), r->alive ? "alive" : "deleted");
	for (size_t i = 0; i < r->n + r->nsib; i++) {
		const struct rec_field *f = i < r->n ? &r->f[i] : &r->sib[i - r->n];
		printf(" %s%d=", i < r->n ? "" : "|", f->no);
		print_value(f->v);
		printf("@%05x.%u:%lld", (unsigned)(f->at.dot.inc >> 44), (unsigned)f->at.dot.no, (long long)f->at.clock);
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

/* But for a tag that one of the two doesn't know: where a line was left it has none where a state lies over that. */
static bool same_context(const struct vector *x, const struct vector *y)
{
	bool same = x->n == y->n;
	for (size_t i = 0; i < x->n && same; i++)
		same = dot_equal(x->at[i].dot, y->at[i].dot) &&
			(x->at[i].tag == y->at[i].tag || x->at[i].tag == 0 || y->at[i].tag == 0);
	return same;
}

/* How far everybody goes, and what he had seen by then. */
static bool same_peers(const struct state *x, const struct state *y)
{
	bool same = x->npeers == y->npeers;
	for (size_t i = 0; i < x->npeers && same; i++) {
		const struct peer *p = &x->peer[i], *q = &y->peer[i];
		same = p->inc == q->inc && p->no == q->no && p->clock == q->clock && memcmp(p->chain, q->chain, CHAIN) == 0 &&
			same_context(&p->context, &q->context);
	}
	return same;
}

static void compare(struct world *w, int first, int no, const struct state *x, const struct state *y)
{
	if (memcmp(x->sum, y->sum, sizeof x->sum) != 0)
		world_wrong(w, "sites %d and %d have seen the same and hold another state", first, no);
	bool same = x->nopen == y->nopen;
	for (size_t i = 0; i < x->nopen && same; i++)
		same = x->open[i].type == y->open[i].type && x->open[i].field == y->open[i].field &&
			id_equal(x->open[i].id, y->open[i].id);
	if (!same)
		world_wrong(w, "sites %d and %d list other disagreements", first, no);
	if (!same_peers(x, y))
		world_wrong(w, "sites %d and %d know otherwise what somebody had seen", first, no);
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

static void check_kept(struct world *w, struct arena *a, const struct vector *had, int first, int no)
{
	struct ring *r;
	struct view *v;
	if (ring_load(w->site[first].s, &r, NULL) != OK)
		return;
	if (view_begin(w->site[first].s, &v, NULL) == OK) {
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

/* `first` is the first of those who are in the ring: all of `full` are as it is. */
static void check_all(struct world *w, sites full, const struct vector had[SITES_ALL])
{
	struct arena *a = arena_new();
	struct state one, other;
	const int first = __builtin_ctz(full);
	if (!read_state(&w->site[first], a, &one))
		world_wrong(w, "site %d can't be read", first);
	for (int i = first + 1; i < w->nsites && !w->why[0]; i++)
		if (has(full, i)) {
			if (!read_state(&w->site[i], a, &other))
				world_wrong(w, "site %d can't be read", i);
			else
				compare(w, first, i, &one, &other);
		}
	for (int i = 0; i < w->nsites && !w->why[0]; i++)
		if (has(full, i))
			check_kept(w, a, &had[i], first, i);
	arena_free(a);
}

void check_world(struct world *w)
{
	struct arena *a = arena_new();
	struct vector had[SITES_ALL] = {0};
	for (int i = 0; i < w->nsites; i++)
		if (site_open(&w->site[i]))
			remember(&w->site[i], a, &had[i]);
	if (whose_program(w, true))
		upgrade(w);
	meet_all(w);
	sites full = who_is_in(w, RING_FULL);
	if (!w->why[0] && full)
		check_all(w, full, had);
	if (!w->why[0])
		member_check(w);
	int one = (int)(w->time % w->nsites);
	if (!w->why[0] && full)
		oracle_check(w, &w->site[has(full, one) ? one : __builtin_ctz(full)]);
	for (int i = 0; i < w->nsites && !w->why[0]; i++)
		if (has(full, i))
			erased_check(w, &w->site[i]);
	if (!w->why[0] && full)
		check_shut_out(w, full);
	if (!w->why[0] && w->time % 8 == 0)
		check_doctor(&w->site[one]);
	for (int i = 0; i < w->nsites && w->why[0] && w->verbose; i++)
		print_standing(&w->site[i]);
	for (int i = 1; i < w->nsites && w->why[0] && w->verbose; i++)
		print_difference(w, 0, i);
	arena_free(a);
}
