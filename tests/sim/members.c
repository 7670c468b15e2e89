/* tests/sim/members.c - see sim.h. Owns who is in the ring: sites are removed, leave, come and come back; and what must
 * hold of one who is out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/ring_priv.h"
#include "tests/sim/sim.h"

bool member_is_in(struct site *s, enum ring_role role)
{
	struct ring *r = NULL;
	bool in = site_open(s) && ring_load(s->s, &r, NULL) == OK && r && ring_takes_part(r) && ring_own_role(r) == role;
	ring_free(r);
	return in;
}

/* ---- who had what when he heard of it ------------------------------------------------------------ */

static struct vector vector_of(struct site *s, struct arena *a)
{
	struct vector have = {0};
	struct view *v;
	if (view_begin(s->s, &v, NULL) == OK) {
		exchange_vector(v, a, &have, NULL);
		view_end(v);
	}
	return have;
}

struct before member_before(struct site *s)
{
	struct before b = {0};
	if (!s->w->anybody_left)
		return b;
	b.a = arena_new();
	ring_load(s->s, &b.ring, NULL);
	b.had = vector_of(s, b.a);
	return b;
}

static void raise_end(struct world *w, uint64_t inc, uint64_t no)
{
	for (size_t i = 0; i < w->nended; i++)
		if (w->ended[i].inc == inc) {
			w->ended[i].no = no > w->ended[i].no ? no : w->ended[i].no;
			return;
		}
	w->ended = realloc(w->ended, (w->nended + 1) * sizeof *w->ended);
	w->ended[w->nended++] = (struct ended){inc, no};
	if (w->verbose)
		printf("#     who is out wrote %05x up to %u\n", (unsigned)(inc >> 44), (unsigned)no);
}

static bool is_out(const struct ring *r, uint64_t inc)
{
	const struct ring_member *m = r ? ring_author(r, inc) : NULL;
	return m && m->retired;
}

/* How often this site has said all that it has: with a removal, or because others must be able to follow. */
static size_t count_said(const struct ring *r)
{
	size_t removals = 0, had = 0;
	if (r) {
		roll_by(ring_roll(r), STATEMENT_RETIRE, r->self, &removals);
		roll_by(ring_roll(r), STATEMENT_HAD, r->self, &had);
	}
	return removals + had;
}

/* Whoever comes, removes somebody or had more of one who is out says all that it has; it may be out itself when it
 * hears who else is. */
static void raise_all(struct site *s)
{
	struct arena *a = arena_new();
	const struct vector have = vector_of(s, a);
	for (size_t i = 0; i < have.n; i++)
		raise_end(s->w, have.at[i].dot.inc, have.at[i].dot.no);
	arena_free(a);
}

void member_after(struct site *s, struct before *b)
{
	struct ring *now = NULL;
	size_t n = 0;
	if (!b->a)
		return;
	if (ring_load(s->s, &now, NULL) == OK && now) {
		const struct ring_member *m = ring_members(now, &n);
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; m[i].retired && k < m[i].ninc; k++)
				if (!is_out(b->ring, m[i].inc[k]))
					raise_end(s->w, m[i].inc[k], vector_number(&b->had, m[i].inc[k]));
		if (count_said(now) > count_said(b->ring))
			raise_all(s);
	}
	ring_free(now);
	ring_free(b->ring);
	arena_free(b->a);
}

/* ---- going --------------------------------------------------------------------------------------- */

static size_t count_in(const struct ring_member *m, size_t n)
{
	size_t in = 0;
	for (size_t i = 0; i < n; i++)
		in += !m[i].retired && m[i].role == RING_FULL;
	return in;
}

void member_remove(struct site *s, struct chance *c)
{
	struct ring *r = NULL;
	struct err e = {0};
	size_t n;
	char words[RING_WORDS_TEXT];
	if (ring_load(s->s, &r, NULL) != OK || !r || !ring_takes_part(r)) {
		ring_free(r);
		return;
	}
	const struct ring_member *m = ring_members(r, &n), *one = &m[chance_below(c, (uint32_t)n)];
	bool leaves_two = count_in(m, n) > 2 || one->role != RING_FULL;
	bool may = ring_own_role(r) == RING_FULL || one->self;
	if (!one->retired && leaves_two && may && (!one->self || chance_of(c, 30))) {
		s->w->anybody_left = true;
		struct before b = member_before(s);
		ring_words(one->key, words);
		if (ring_remove(s->s, r, words, &e) != OK)
			world_wrong(s->w, "site %d can't remove one: %s", s->no, e.text);
		member_after(s, &b);
		tally(TALLY_REMOVED, 1);
	}
	ring_free(r);
}

/* ---- coming -------------------------------------------------------------------------------------- */

/* Somebody who is out as far as this ring knows; or one who never was in. */
static struct site *newcomer(struct site *s, const struct ring *r, struct chance *c)
{
	size_t n;
	const struct ring_member *m = ring_members(r, &n);
	struct world *w = s->w;
	for (int tries = 0; tries < 4; tries++) {
		struct site *one = &w->site[chance_below(c, (uint32_t)w->nsites)];
		bool in = one == s;
		for (size_t i = 0; i < n && !in && one->s; i++)
			in = !m[i].retired && id_equal(m[i].site, store_site(one->s));
		if (!in && site_open(one))
			return one;
	}
	return world_guest(w);
}

/* What it wrote while it was out comes with it. */
static void join(struct site *s, const struct buf *file, const char *words)
{
	struct err e = {0};
	bool again = s->no < s->w->nmembers;
	struct before b = member_before(s);
	site_enter(s);
	int rc = ring_join(s->s, file->p, file->n, words, &e);
	member_after(s, &b);
	if (rc == OK)
		raise_all(s);
	if (s->w->verbose && rc != OK)
		printf("#     site %d doesn't get in: %s\n", s->no, e.text);
	if (rc == OK)
		tally(again ? TALLY_CAME_BACK : TALLY_JOINED, 1);
}

void member_invite(struct site *s, struct chance *c)
{
	struct ring *r = NULL;
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	if (!member_is_in(s, RING_FULL) || ring_load(s->s, &r, NULL) != OK)
		return;
	const int before = s->w->nsites;
	struct site *one = newcomer(s, r, c), *other = chance_of(c, 10) ? world_guest(s->w) : NULL;
	/* one who had people's names before keeps them */
	bool region = one && one->no >= before && chance_of(c, 40);
	site_enter(s);
	if (ring_invite(s->s, r, "Newcomer", region ? RING_REGION : RING_FULL, &file, words, NULL) == OK) {
		if (one && !region && chance_of(c, 50))
			edit_once(one, c);
		s->w->anybody_left |= one && other;
		if (one && chance_of(c, 90))
			join(one, &file, words);
		if (other)
			join(other, &file, words);
		tally(TALLY_REGIONS, region);
	}
	buf_free(&file);
	ring_free(r);
}

/* ---- what must hold ------------------------------------------------------------------------------ */

static uint64_t end_of(const struct world *w, uint64_t inc)
{
	for (size_t i = 0; i < w->nended; i++)
		if (w->ended[i].inc == inc)
			return w->ended[i].no;
	return 0;
}

static void check_ends(struct world *w, struct site *s, const struct ring *r)
{
	struct arena *a = arena_new();
	struct vector have = vector_of(s, a);
	for (size_t i = 0; i < have.n; i++)
		if (is_out(r, have.at[i].dot.inc) && have.at[i].dot.no > end_of(w, have.at[i].dot.inc))
			world_wrong(w, "site %d has taken what one wrote who was out (%05x)", s->no,
				(unsigned)(have.at[i].dot.inc >> 44));
	arena_free(a);
}

/* All that counts of who is out has come, as he met, too. But of what he forgot when his disk was put back nobody
 * knows, and what he may have sent as a state alone, for somebody was erased, he may have written more on top of. */
static void check_all_came(struct world *w, struct site *s, const struct ring *r)
{
	struct arena *a = arena_new();
	struct vector have = vector_of(s, a);
	size_t n;
	const struct ring_member *m = ring_members(r, &n);
	for (size_t i = 0; i < n && !w->put_back && !w->erased; i++)
		for (size_t k = 0; m[i].retired && k < m[i].ninc; k++)
			if (vector_number(&have, m[i].inc[k]) < ring_last_number(r, m[i].inc[k]))
				world_wrong(w, "site %d lacks what counts of one who is out (%05x)", s->no, (unsigned)(m[i].inc[k] >> 44));
	arena_free(a);
}

static void check_agreed(struct world *w, struct site *s, const struct ring *r, const struct ring *first)
{
	size_t n, nfirst;
	const struct ring_member *m = ring_members(r, &n), *f = ring_members(first, &nfirst);
	bool same = n == nfirst;
	for (size_t i = 0; i < n && same; i++)
		same = memcmp(m[i].key, f[i].key, SEGMENT_PUBLIC) == 0 && m[i].retired == f[i].retired;
	if (!same)
		world_wrong(w, "site %d takes others for members than the first does", s->no);
}

void member_check(struct world *w)
{
	struct ring *first = NULL, *r = NULL;
	for (int i = 0; i < w->nsites; i++) {
		if (ring_load(w->site[i].s, &r, NULL) != OK || !r)
			continue;
		if (!first)
			first = r;
		if (ring_takes_part(r) && ring_own_role(r) == RING_FULL) {
			check_ends(w, &w->site[i], r);
			check_all_came(w, &w->site[i], r);
			check_agreed(w, &w->site[i], r, first);
		}
		if (r != first)
			ring_free(r);
		r = NULL;
	}
	ring_free(first);
}
