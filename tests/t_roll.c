/* tests/t_roll.c - who is in the ring is a function of what was said, whatever order it came in (sync/roll.h), and
 * hostile statements get nobody in or out. */
#include "sync/roll.h"

#include <string.h>

#include "tests/ringtest.h"
#include "tests/tap.h"

static struct tale t;
static struct cast anna, bo, cia, dan;     /* Anna founded; Bo and Cia were invited by her, Dan by Bo */
static struct roll r;

static void make(void)
{
	roll_make(t.a, t.ring, NULL, t.at, t.n, &r);
}

/* Everything that a roll says, as bytes. */
static struct buf told(const struct roll *x)
{
	struct buf b = {0};
	for (size_t i = 0; i < x->nmembers; i++) {
		const struct roll_member *m = &x->member[i];
		buf_add(&b, m->is.key, SEGMENT_PUBLIC);
		buf_addf(&b, "%s %d %d %lld %lld %zu:", m->is.name, m->is.role, m->is.retired, (long long)m->is.joined,
			(long long)m->is.left, m->inviter);
		buf_add(&b, m->is.inc, m->is.ninc * sizeof *m->is.inc);
	}
	for (size_t i = 0; i < x->nincs; i++)
		buf_addf(&b, "i%llu %llu %zu ", (unsigned long long)x->inc[i].inc, (unsigned long long)x->inc[i].last,
			x->inc[i].member);
	for (size_t i = 0; i < x->nepochs; i++) {
		buf_add(&b, x->epoch[i].id, SEGMENT_EPOCH);
		buf_addf(&b, "e%llu %d ", (unsigned long long)x->epoch[i].depth, x->epoch[i].counts);
	}
	for (size_t i = 0; i < x->nlines; i++)
		buf_addf(&b, "l%llu %llu ", (unsigned long long)x->line[i].inc, (unsigned long long)x->line[i].after);
	return b;
}

static bool same_as_now(const struct statement *const *at, size_t n)
{
	struct arena *a = arena_new();
	struct roll other;
	roll_make(a, t.ring, NULL, at, n, &other);
	struct buf x = told(&r), y = told(&other);
	bool same = x.n == y.n && memcmp(x.p, y.p, x.n) == 0;
	buf_free(&x);
	buf_free(&y);
	arena_free(a);
	return same;
}

/* The same in other orders, and with some said twice. */
static void any_order(const char *what)
{
	struct prng p = {t.n};
	bool same = true;
	make();
	for (int i = 0; i < 60; i++) {
		const struct statement *at[2 * TALE_MOST];
		size_t n = 0;
		for (size_t k = 0; k < t.n; k++)
			for (uint64_t times = 1 + (prng_below(&p, 4) == 0); times > 0; times--) {
				size_t to = (size_t)prng_below(&p, n + 1);
				at[n++] = at[to];
				at[to] = t.at[k];
			}
		same = same && same_as_now(at, n);
	}
	ok(same, "%s: the same in any order (%zu statements)", what, t.n);
}

static const struct roll_member *member(const struct cast *c)
{
	size_t i = roll_find(&r, c->key);
	return i == ROLL_NOBODY ? NULL : &r.member[i];
}

static bool is_in(const struct cast *c)
{
	return member(c) && !member(c)->is.retired;
}

static uint64_t last_of(uint64_t inc)
{
	const struct roll_inc *i = roll_find_inc(&r, inc);
	return i ? i->last : 0;
}

static bool owns(const struct cast *c, uint64_t inc)
{
	const struct roll_inc *i = roll_find_inc(&r, inc);
	return i && i->member == roll_find(&r, c->key);
}

static const struct statement *first_epoch;

/* Founded by Anna, with Bo and Cia, and Dan by Bo. */
static void begin(void)
{
	tale_begin(&t);
	anna = cast_new("Viborg", 1);
	bo = cast_new("Silkeborg", 2);
	cia = cast_new("Skive", 3);
	dan = cast_new("Hammel", 4);
	tale_found(&t, &anna);
	tale_claim(&t, &anna, 1);
	first_epoch = tale_epoch(&t, &anna, NULL, (const struct cast *[]){&anna, &bo, &cia, &dan}, 4);
	tale_join(&t, &anna, &bo, RING_FULL);
	tale_claim(&t, &bo, 2);
	tale_join(&t, &anna, &cia, RING_FULL);
	tale_claim(&t, &cia, 3);
	tale_join(&t, &bo, &dan, RING_FULL);
	tale_claim(&t, &dan, 4);
}

static void test_members(void)
{
	begin();
	any_order("four sites");
	is_int((intmax_t)r.nmembers, 4, "four members");
	ok(r.member[0].is.role == RING_FULL && memcmp(r.member[0].is.key, anna.key, SEGMENT_PUBLIC) == 0,
		"the founder first");
	is_str(r.member[3].is.name, "Hammel", "who was invited by an invited one last");
	ok(owns(&anna, 1) && owns(&dan, 4) && last_of(4) == UINT64_MAX, "each has its incarnation");
	ok(r.nepochs == 1 && r.epoch[0].counts && r.epoch[0].depth == 1 && roll_has_epoch(&r, r.epoch, 3),
		"and the key");
	const struct statement *kept[TALE_MOST];
	size_t n = 0;
	for (size_t i = 0; i < t.n; i++)
		if (i != 3)      /* Bo's invitation */
			kept[n++] = t.at[i];
	roll_make(t.a, t.ring, NULL, kept, n, &r);
	ok(!is_in(&bo) && !is_in(&dan) && is_in(&cia) && !roll_find_inc(&r, 2), "without an invitation nobody is in");
	roll_make(t.a, t.ring, bo.key, t.at, t.n, &r);
	ok(member(&bo)->is.self && !member(&cia)->is.self && is_in(&dan), "it counts when it comes");
	tale_end(&t);
}

static void test_region(void)
{
	struct cast region = cast_new("Regionshuset", 9), guest = cast_new("Gæst", 10);
	begin();
	tale_join(&t, &anna, &region, RING_REGION);
	tale_claim(&t, &region, 9);
	tale_join(&t, &region, &guest, RING_FULL);
	tale_retire(&t, &region, &dan, 5, NULL, 0);
	tale_epoch(&t, &region, first_epoch, NULL, 0);
	any_order("a region member");
	ok(is_in(&region) && member(&region)->is.role == RING_REGION, "a region member is in");
	ok(!member(&guest) && is_in(&dan) && r.nepochs == 1, "but lets nobody in or out, and makes no keys");
	ok(owns(&region, 9) && last_of(9) == 0, "and nothing is taken of it");
	tale_retire(&t, &region, &region, 0, NULL, 0);
	make();
	ok(!is_in(&region), "it may leave");
	tale_end(&t);
}

static void test_used_twice(void)
{
	for (uint64_t i = 0; i < 8; i++) {
		struct cast door = cast_new("Ny", 50 + i), eva = cast_new("Eva", 60 + i),
			    thief = cast_new("Tyv", 70 + i);
		begin();
		const struct statement *invite = tale_invite(&t, &anna, RING_FULL, &door, NULL);
		const struct statement *one = tale_member(&t, invite, &door, &eva);
		const struct statement *two = tale_member(&t, invite, &door, &thief);
		make();
		const bool eva_is_least = memcmp(one->name, two->name, SEGMENT_HASH) < 0;
		bool least = is_in(&eva) == eva_is_least && is_in(&thief) == !eva_is_least;
		tale_epoch(&t, &anna, first_epoch, (const struct cast *[]){&eva}, 1);
		if (i == 0)
			any_order("an invitation used twice");
		make();
		ok(least && is_in(&eva) && !is_in(&thief),
			"of two who used one invitation the least name counts, until the inviter has handed one a key");
		tale_end(&t);
	}
}

static void test_same_key(void)
{
	begin();
	tale_join(&t, &bo, &cia, RING_REGION);
	any_order("a key invited twice");
	ok(member(&cia)->is.role == RING_FULL && member(&cia)->inviter == 0 && r.nmembers == 4,
		"a key is one member, as first invited");
	tale_end(&t);
}

static void test_removal(void)
{
	struct cast eva = cast_new("Holstebro", 5), late = cast_new("Sen", 6);
	begin();
	const struct statement *invite = tale_join(&t, &bo, &eva, RING_FULL) ? t.at[t.n - 2] : NULL;
	tale_claim(&t, &eva, 5);
	make();
	ok(is_in(&eva), "Bo has invited two");
	tale_retire(&t, &anna, &bo, 80, (const struct statement *[]){invite, t.at[5]}, 2);
	const struct statement *next =
		tale_epoch(&t, &anna, first_epoch, (const struct cast *[]){&anna, &cia, &eva}, 3);
	any_order("a removal");
	ok(!is_in(&bo) && member(&bo)->is.left > 0, "Bo is out");
	ok(owns(&bo, 2) && last_of(2) == 80, "what he wrote up to the number named counts");
	ok(is_in(&eva), "whom he invited before, as the removal knows, is in");
	ok(!is_in(&dan) && last_of(4) == 0, "whom it doesn't know is out with him");
	is_int((intmax_t)r.epoch[1].depth, 2, "the next epoch");
	ok(memcmp(r.epoch[1].id, next->epoch.id, SEGMENT_EPOCH) == 0 &&
			!roll_has_epoch(&r, &r.epoch[1], roll_find(&r, bo.key)),
		"whose key he doesn't have");

	tale_join(&t, &bo, &late, RING_FULL);
	tale_retire(&t, &bo, &cia, 1, NULL, 0);
	tale_claim(&t, &bo, 99);
	tale_claim(&t, &bo, 1);
	tale_give_up(&t, &bo, 98, 2, 10, 7);
	tale_epoch(&t, &bo, next, (const struct cast *[]){&bo}, 1);
	any_order("one who was removed goes on talking");
	ok(is_in(&cia) && !is_in(&late), "he lets nobody in or out any more");
	ok(last_of(99) == 0 && owns(&anna, 1), "gets no new numbers, and not those of others");
	is_int((intmax_t)r.nlines, 0, "gives nothing up");
	ok(r.nepochs == 3 && r.epoch[2].depth == 3 && !r.epoch[2].counts, "and his key isn't written with");

	tale_retire(&t, &cia, &bo, 95, NULL, 0);
	tale_retire(&t, &cia, &dan, 12, NULL, 0);
	any_order("others had taken more");
	ok(last_of(2) == 95 && last_of(4) == 12, "the greatest number that any of them names counts");
	struct cast again = cast_new("Silkeborg", 22);
	tale_join(&t, &cia, &again, RING_FULL);
	tale_claim(&t, &again, 22);
	tale_claim(&t, &again, 2);
	any_order("back again");
	ok(is_in(&again) && !is_in(&bo) && last_of(22) == UINT64_MAX && last_of(2) == 95,
		"a site that is invited again is a new member, and its old numbers stay ended");
	tale_end(&t);
}

static void test_leaving(void)
{
	begin();
	tale_retire(&t, &bo, &bo, 44, &t.at[8], 1);
	make();
	const struct statement *invite = NULL;
	for (size_t i = 0; i < t.n; i++)
		if (t.at[i]->kind == STATEMENT_INVITE && memcmp(t.at[i]->signer, bo.key, SEGMENT_PUBLIC) == 0)
			invite = t.at[i];
	ok(!is_in(&bo) && last_of(2) == 44 && !is_in(&dan),
		"who leaves is out, and takes along whom it doesn't say it invited");
	t.n--;
	tale_retire(&t, &bo, &bo, 44, &invite, 1);
	any_order("leaving");
	ok(!is_in(&bo) && is_in(&dan), "whom it did invite stays");
	tale_retire(&t, &bo, &cia, 1, NULL, 0);
	make();
	ok(is_in(&cia), "and removes nobody afterwards");
	tale_end(&t);
}

/* Who left had taken more of one who is out than those who stayed: what it wrote rests on that. */
static void test_left_with_more(void)
{
	struct statement d = {.kind = STATEMENT_RETIRE, .inc = cia.inc};
	begin();
	tale_retire(&t, &anna, &bo, 7, NULL, 0);
	memcpy(d.retire.key, cia.key, SEGMENT_PUBLIC);
	d.retire.ends = (struct statement_ends){(struct statement_end[]){{bo.inc, 9}, {cia.inc, 4}}, 2};
	tale_say(&t, &d, cia.secret);
	any_order("one leaves who didn't know that another was out");
	ok(!is_in(&cia) && last_of(cia.inc) == 4, "what it wrote counts");
	ok(!is_in(&bo) && last_of(bo.inc) == 9, "and so does what it had of the other");
	memcpy(d.retire.key, bo.key, SEGMENT_PUBLIC);
	d.retire.ends = (struct statement_ends){(struct statement_end[]){{bo.inc, 99}, {cia.inc, 99}}, 2};
	tale_say(&t, &d, bo.secret);
	any_order("one who is out says that it had more");
	ok(last_of(bo.inc) == 9 && last_of(cia.inc) == 4, "to no avail");
	tale_end(&t);
}

/* Bo gave up two changes of his before he was out, and who removed him didn't know that. */
static void test_line_of_removed(void)
{
	begin();
	struct cast after = bo;
	after.inc = 98;
	struct statement d = {.kind = STATEMENT_INCARNATION, .inc = bo.inc};
	d.incarnation.inc = after.inc;
	d.incarnation.goes_on = true;
	d.incarnation.after = (struct ring_given_up){bo.inc, 10, 6, (const uint64_t[]){7, 8}, 2};
	tale_say(&t, &d, bo.secret);
	tale_retire(&t, &anna, &bo, 80, NULL, 0);
	any_order("one gives up a line and is removed by who didn't hear of it");
	is_int((intmax_t)r.nlines, 0, "it stands where nobody took what came instead");
	tale_had(&t, &cia, &after, 1);
	any_order("somebody took some of what came instead");
	ok(r.nlines == 0 && last_of(after.inc) == 1, "that counts, but the rest is in the line alone, which stands");
	tale_had(&t, &dan, &after, 2);
	any_order("somebody took all of it who is out, too");
	is_int((intmax_t)r.nlines, 0, "to no avail");
	tale_had(&t, &anna, &after, 2);
	any_order("somebody who is in took all of it");
	ok(r.nlines == 1 && last_of(after.inc) == 2, "then the line is given up");
	tale_give_up(&t, &bo, 97, bo.inc, 12, 8);
	tale_give_up(&t, &bo, cia.inc, bo.inc, 13, 9);
	any_order("he says more of the kind");
	is_int((intmax_t)r.nlines, 1, "nothing comes of it, nor by what is another's");
	tale_end(&t);
}

static void test_each_other(void)
{
	begin();
	const struct statement *known[TALE_MOST];
	size_t n = 0;
	for (size_t i = 0; i < t.n; i++)
		if (memcmp(t.at[i]->signer, anna.key, SEGMENT_PUBLIC) == 0)
			known[n++] = t.at[i];
	tale_retire(&t, &bo, &anna, 7, known, n);
	any_order("a junior removes a senior");
	ok(!is_in(&anna) && is_in(&bo) && is_in(&cia) && is_in(&dan),
		"any member may remove any other, also the founder");
	tale_retire(&t, &anna, &bo, 9, NULL, 0);
	any_order("two remove each other");
	ok(is_in(&anna) && !is_in(&bo) && last_of(2) == 9 && last_of(1) == UINT64_MAX, "the senior one stays");
	tale_end(&t);

	begin();
	tale_retire(&t, &bo, &cia, 7, NULL, 0);
	tale_retire(&t, &cia, &bo, 9, NULL, 0);
	any_order("two of one age remove each other");
	ok(is_in(&bo) + is_in(&cia) == 1 && is_in(&anna), "one of them stays");
	tale_end(&t);
}

/* The younger of Bo and Cia takes Anna out, and is taken out by Dan, who doesn't know that yet. The elder had more of
 * the younger, and says so. */
static void test_had(void)
{
	begin();
	make();
	const bool bo_is_elder = roll_find(&r, bo.key) < roll_find(&r, cia.key);
	const struct cast *elder = bo_is_elder ? &bo : &cia, *younger = bo_is_elder ? &cia : &bo;
	const struct statement *known[TALE_MOST];
	const size_t n = t.n;
	memcpy(known, t.at, n * sizeof *known);
	tale_retire(&t, younger, &anna, 7, known, n);
	tale_retire(&t, &dan, younger, 80, known, n);
	any_order("one is removed who removed another just before");
	ok(!is_in(&anna) && !is_in(younger) && is_in(elder) && is_in(&dan), "both are out");
	tale_had(&t, elder, younger, 95);
	any_order("an elder one had more");
	ok(!is_in(&anna) && !is_in(younger) && is_in(elder) && is_in(&dan), "and stay out when an elder one had more of the one");
	ok(last_of(younger->inc) == 95 && last_of(anna.inc) == 7, "which counts");
	tale_had(&t, younger, &anna, 99);
	tale_had(&t, &anna, younger, 99);
	any_order("those who are out had more, too");
	ok(last_of(younger->inc) == 95 && last_of(anna.inc) == 7, "what one had who is out doesn't, if nobody knew it");
	tale_retire(&t, elder, younger, 96, known, n);
	any_order("a person says so, too");
	ok(is_in(&anna) && !is_in(younger), "an elder one who removes the same by hand takes back what that one said of others");
	tale_end(&t);
}

/* Every order of those that were said last; the rest before, behind and around them. */
struct orders { const struct statement *at[TALE_MOST]; size_t n, ntried; bool same; };

static void each_order(struct orders *o, size_t from)
{
	if (from == t.n) {
		const size_t turn = o->ntried++ % t.n;
		const struct statement *at[TALE_MOST];
		for (size_t i = 0; i < t.n; i++)
			at[i] = o->at[(i + turn) % t.n];
		o->same = o->same && same_as_now(at, t.n);
		return;
	}
	for (size_t i = from; i < t.n; i++) {
		const struct statement *s = o->at[from];
		o->at[from] = o->at[i];
		o->at[i] = s;
		each_order(o, from + 1);
		o->at[i] = o->at[from];
		o->at[from] = s;
	}
}

/* Four sites take each other out at random, each knowing some of what was said; and tell what they had. */
static void say_at_random(struct prng *p, size_t n)
{
	const struct cast *who[] = {&anna, &bo, &cia, &dan};
	for (size_t i = 0; i < n; i++) {
		const struct cast *by = who[prng_below(p, 4)], *of = who[prng_below(p, 4)];
		const size_t from = (size_t)prng_below(p, t.n), to = from + (size_t)prng_below(p, t.n - from + 1);
		if (prng_below(p, 4))
			tale_retire(&t, by, of, 1 + prng_below(p, 50), t.at + from, to - from);
		else
			tale_had(&t, by, of, 1 + prng_below(p, 50));
	}
}

static void test_all_orders(void)
{
	struct prng p = {52};
	struct orders o = {.same = true};
	for (int round = 0; round < 40; round++) {
		begin();
		const size_t rest = t.n;
		say_at_random(&p, 5);
		make();
		memcpy(o.at, t.at, t.n * sizeof *t.at);
		each_order(&o, rest);
		tale_end(&t);
	}
	ok(o.same && o.ntried == 40 * 120, "five removals in all %zu orders: one answer for each set", o.ntried);
}

/* What stays as it is, whatever anybody says that he had: who is in, whose is what, which key is written with. */
static bool removes_nobody(const struct roll *x, const struct roll *y)
{
	bool same = x->nmembers == y->nmembers && x->nincs == y->nincs && x->nepochs == y->nepochs && x->nlines == y->nlines;
	for (size_t i = 0; i < x->nmembers && same; i++)
		same = x->member[i].is.retired == y->member[i].is.retired && x->member[i].nremovals == y->member[i].nremovals;
	for (size_t i = 0; i < x->nincs && same; i++)
		same = x->inc[i].member == y->inc[i].member && x->inc[i].last <= y->inc[i].last;
	for (size_t i = 0; i < x->nepochs && same; i++)
		same = x->epoch[i].counts == y->epoch[i].counts;
	return same;
}

static void test_had_alone(void)
{
	struct prng p = {53};
	size_t out = 0, raised = 0;
	bool same = true;
	for (int round = 0; round < 200; round++) {
		begin();
		say_at_random(&p, 1 + (size_t)prng_below(&p, 6));
		make();
		const struct roll before = r;
		const struct cast *who[] = {&anna, &bo, &cia, &dan};
		tale_had(&t, who[prng_below(&p, 4)], who[prng_below(&p, 4)], 100);
		make();
		same = same && removes_nobody(&before, &r);
		for (size_t i = 0; i < r.nincs; i++)
			raised += r.inc[i].last == 100;
		for (size_t i = 0; i < r.nmembers; i++)
			out += r.member[i].is.retired;
		tale_end(&t);
	}
	ok(same && out > 100 && raised > 20, "saying what one had takes nobody out nor in (%zu were out, %zu times it counted)", out,
		raised);
}

static void test_hostile(void)
{
	struct cast eve = cast_new("Eve", 66), pet = cast_new("Pet", 67);
	begin();
	any_order("before");
	struct roll before = r;
	tale_join(&t, &eve, &pet, RING_FULL);
	tale_retire(&t, &eve, &anna, 1, NULL, 0);
	tale_claim(&t, &eve, 1);
	tale_epoch(&t, &eve, first_epoch, (const struct cast *[]){&anna}, 1);
	const struct statement *invite = t.at[3];
	tale_member(&t, invite, &eve, &eve);
	make();
	r.member[0].is.self = false;
	struct buf x = told(&before), y = told(&r);
	ok(x.n == y.n && memcmp(x.p, y.p, x.n) == 0, "what one says whom nobody invited alters nothing");
	buf_free(&x);
	buf_free(&y);
	tale_claim(&t, &dan, 1);
	tale_claim(&t, &dan, 3);
	any_order("claiming what is another's");
	ok(owns(&anna, 1) && owns(&cia, 3), "numbers stay with the senior who claims them");
	tale_give_up(&t, &dan, 44, 1, 5, 123);
	tale_give_up(&t, &dan, 45, 4, 5, 123);
	any_order("lines given up");
	ok(r.nlines == 1 && r.line[0].inc == 4 && r.line[0].after == 5 && r.line[0].tag[0] == 123,
		"only one's own line is given up");
	tale_give_up(&t, &dan, 46, 3, 7, 124);
	make();
	is_int((intmax_t)r.nlines, 1, "nor one of who is in");
	tale_retire(&t, &anna, &cia, 9, NULL, 0);
	any_order("the author is removed");
	ok(r.nlines == 2 && r.line[0].inc == 3 && r.line[0].after == 7, "but one of who can't say it any more");
	tale_end(&t);
}

/* Said in another ring, it means nothing here. */
static void test_other_ring(void)
{
	begin();
	struct tale here = t;
	struct cast own = dan;
	tale_begin(&t);
	tale_found(&t, &bo);
	const struct statement *there = tale_retire(&t, &bo, &bo, 1, NULL, 0);
	struct arena *a = t.a;
	t = here;
	t.at[t.n++] = there;
	any_order("a statement of another ring");
	ok(is_in(&bo) && is_in(&own), "what is said in another ring means nothing here");
	arena_free(a);
	tale_end(&t);
}

static void test_epochs(void)
{
	begin();
	const struct statement *one = tale_epoch(&t, &anna, first_epoch, NULL, 0),
			       *two = tale_epoch(&t, &cia, first_epoch, NULL, 0);
	any_order("two epochs at once");
	const bool first = memcmp(one->epoch.id, two->epoch.id, SEGMENT_EPOCH) > 0;
	ok(r.nepochs == 3 && memcmp(r.epoch[2].id, first ? one->epoch.id : two->epoch.id, SEGMENT_EPOCH) == 0,
		"of two epochs at once the one with the greater name is written with");
	const struct statement *lost = tale_epoch(&t, &anna, two, NULL, 0), *after = tale_epoch(&t, &bo, lost, NULL, 0);
	any_order("a chain");
	ok(memcmp(r.epoch[4].id, after->epoch.id, SEGMENT_EPOCH) == 0 && r.epoch[4].depth == 4,
		"the deepest counts before the name");
	for (size_t i = 0; i + 1 < t.n; i++)
		if (t.at[i] == lost)
			t.at[i] = t.at[--t.n];
	any_order("a gap");
	ok(r.epoch[0].depth == 0 && r.epoch[3].depth == 2, "one whose forerunner isn't known waits");
	tale_end(&t);
}

/* A random tale of a dozen sites that invite, remove and claim as they please. */
static void test_random(void)
{
	struct prng p = {20251201};
	bool same = true;
	size_t in = 0, out = 0;
	for (int round = 0; round < 40; round++) {
		struct cast who[12];
		for (uint64_t i = 0; i < 12; i++)
			who[i] = cast_new("Sted", 100 + i + 12 * (uint64_t)round);
		tale_begin(&t);
		tale_found(&t, &who[0]);
		const struct statement *epoch = tale_epoch(&t, &who[0], NULL, NULL, 0);
		for (int i = 0; i < 60; i++) {
			const struct cast *by = &who[prng_below(&p, 12)], *of = &who[prng_below(&p, 12)];
			size_t known = (size_t)prng_below(&p, t.n), n = (size_t)prng_below(&p, t.n - known) % 4;
			switch (prng_below(&p, 7)) {
			case 0: tale_retire(&t, by, of, prng_below(&p, 50), t.at + known, n); break;
			case 1: tale_claim(&t, by, of->inc); break;
			case 2: epoch = tale_epoch(&t, by, epoch, &of, 1); break;
			case 3: tale_give_up(&t, by, by->inc + 500, of->inc, 5, 6); break;
			case 4: tale_had(&t, by, of, prng_below(&p, 50)); break;
			default: tale_join(&t, by, of, prng_below(&p, 5) ? RING_FULL : RING_REGION);
			}
		}
		make();
		for (size_t i = 0; i < r.nmembers; i++)
			*(r.member[i].is.retired ? &out : &in) += 1;
		for (int times = 0; times < 8; times++) {
			const struct statement *at[TALE_MOST];
			for (size_t k = 0; k < t.n; k++) {
				size_t to = (size_t)prng_below(&p, k + 1);
				at[k] = at[to];
				at[to] = t.at[k];
			}
			same = same && same_as_now(at, t.n);
		}
		tale_end(&t);
	}
	ok(same && in > 50 && out > 50, "40 random rings are the same in any order (%zu in, %zu out)", in, out);
}

int main(void)
{
	ringkeys_init(NULL);
	test_members();
	test_region();
	test_used_twice();
	test_same_key();
	test_removal();
	test_leaving();
	test_left_with_more();
	test_line_of_removed();
	test_each_other();
	test_had();
	test_all_orders();
	test_had_alone();
	test_hostile();
	test_other_ring();
	test_epochs();
	test_random();
	return done_testing();
}
