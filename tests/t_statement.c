/* tests/t_statement.c - a statement comes back as it was said, in one spelling only, and nothing altered is
 * believed. */
#include "sync/statement.h"

#include <stdlib.h>
#include <string.h>

#include "tests/ringtest.h"
#include "tests/tap.h"

static struct tale t;
static struct cast anna, bo;

/* From memory of exactly n bytes, so that the sanitizer sees a step past its end. */
static int read_exact(const uint8_t *p, size_t n, struct statement *out)
{
	uint8_t *exact = malloc(n ? n : 1);
	memcpy(exact, p, n);
	int rc = statement_read(t.a, exact, n, out, NULL);
	free(exact);
	return rc;
}

static void tell_all(void)
{
	const struct cast *both[] = {&anna, &bo};
	struct cast door = cast_new("Silkeborg", 0);
	tale_found(&t, &anna);
	const struct statement *epoch = tale_epoch(&t, &anna, NULL, both, 2);
	const struct statement *invite = tale_invite(&t, &anna, RING_REGION, &door, epoch);
	tale_member(&t, invite, &door, &bo);
	tale_claim(&t, &bo, 4711);
	tale_give_up(&t, &bo, 4712, 4711, 17, UINT64_MAX);
	tale_epoch(&t, &anna, epoch, NULL, 0);
	tale_retire(&t, &anna, &bo, 17, t.at, 5);
	tale_had(&t, &anna, &bo, 18);
}

static void test_round_trip(void)
{
	const struct statement *s = t.at[0];
	is_str(s->found.name, "Region Midtjylland", "the ring's name");
	is_str(s->found.site_name, "Viborg", "the founder's");
	ok(memcmp(s->ring, s->name, SEGMENT_RING) == 0, "the ring is called by what founded it");
	ok(memcmp(t.at[1]->ring, s->ring, SEGMENT_RING) == 0, "and others name it");
	ok(t.at[1]->epoch.is_first && t.at[1]->epoch.nwraps == 2 && statement_wrap_for(t.at[1], bo.key) &&
		   !statement_wrap_for(t.at[1], s->name), "an epoch, and for whom its keys are");
	ok(t.at[2]->invite.role == RING_REGION && t.at[2]->invite.last == 20453 && t.at[2]->invite.nepochs == 1 &&
		   memcmp(t.at[2]->invite.epoch[0], t.at[1]->epoch.id, SEGMENT_EPOCH) == 0, "an invitation");
	ok(memcmp(t.at[3]->signer, t.at[2]->invite.key, SEGMENT_PUBLIC) == 0 &&
			memcmp(t.at[3]->member.key, bo.key, SEGMENT_PUBLIC) == 0 &&
			id_equal(t.at[3]->member.site, id_make(bo.inc, 1)),
		"a member by it");
	ok(t.at[4]->incarnation.inc == 4711 && !t.at[4]->incarnation.goes_on, "an incarnation");
	ok(t.at[5]->incarnation.after.inc == 4711 && t.at[5]->incarnation.after.after == 17 &&
		   t.at[5]->incarnation.after.ntag == 1 && t.at[5]->incarnation.after.tag[0] == UINT64_MAX,
		"one that goes on after a line given up");
	ok(!t.at[6]->epoch.is_first && memcmp(t.at[6]->epoch.after, t.at[1]->epoch.id, SEGMENT_EPOCH) == 0,
		"the next epoch");
	ok(t.at[7]->retire.ends.n == 1 && t.at[7]->retire.ends.at[0].no == 17 && t.at[7]->retire.nknown == 5 &&
		   statement_knows(t.at[7], t.at[3]->name) && !statement_knows(t.at[7], t.at[6]->name), "a removal");
	ok(t.at[8]->had.n == 1 && t.at[8]->had.at[0].inc == bo.inc && t.at[8]->had.at[0].no == 18, "what one had");
}

static void test_damage(const struct statement *s)
{
	struct statement out;
	uint8_t *b = arena_copy(t.a, s->p, s->n);
	bool flips = true, cuts = true;
	for (size_t bit = 0; bit < 8 * s->n; bit++) {
		b[bit / 8] ^= (uint8_t)(1 << bit % 8);
		flips = flips && read_exact(b, s->n, &out) != OK;
		b[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t n = 0; n < s->n; n++)
		cuts = cuts && read_exact(b, n, &out) != OK;
	ok(flips, "kind %d: every flipped bit is seen", (int)s->kind);
	ok(cuts, "kind %d: so is every shorter length", (int)s->kind);
}

static void sign_again(uint8_t *p, size_t n, const uint8_t secret[SEGMENT_SECRET])
{
	ringkeys_sign("samvagt statement", p, n - RING_SIGNATURE, secret, p + n - RING_SIGNATURE);
}

static size_t mutate(struct prng *r, uint8_t *p, size_t n, size_t room)
{
	static const uint8_t odd[] = {
		0x00, 0x17, 0x18, 0x1B, 0x20, 0x40, 0x5B, 0x60, 0x7F, 0x80, 0x98, 0x9F, 0xA0, 0xC0, 0xF6, 0xFF};
	for (uint64_t times = 1 + prng_below(r, 3); times > 0; times--) {
		size_t at = (size_t)prng_below(r, n - RING_SIGNATURE);
		switch (prng_below(r, 4)) {
		case 0: p[at] = odd[prng_below(r, sizeof odd)]; break;
		case 1: p[at] = (uint8_t)prng_next(r); break;
		case 2:
			memmove(p + at, p + at + 1, n - at - 1);
			n -= n > RING_SIGNATURE + 2;
			break;
		default:
			if (n < room) {
				memmove(p + at + 1, p + at, n - at);
				n++;
			}
		}
	}
	return n;
}

/* What was read when it came needs its form alone looked at. */
static void test_recalled(void)
{
	bool same = true, formless = false, unsigned_too = true;
	for (size_t i = 0; i < t.n; i++) {
		const struct statement *s = t.at[i];
		struct statement out;
		uint8_t *b = arena_copy(t.a, s->p, s->n);
		same = same && statement_recall(t.a, b, s->n, &out, NULL) == OK && out.kind == s->kind &&
			memcmp(out.name, s->name, SEGMENT_HASH) == 0;
		for (size_t n = 0; n < s->n; n++)
			formless = formless || statement_recall(t.a, b, n, &out, NULL) == OK;
		b[s->n - 1] ^= 1;
		unsigned_too = unsigned_too && read_exact(b, s->n, &out) == ERR_CORRUPT &&
			statement_recall(t.a, b, s->n, &out, NULL) == OK;
	}
	ok(same, "what is recalled is what was read");
	ok(!formless, "nothing that is cut short is");
	ok(unsigned_too, "its signature isn't looked at again");
}

/* What a member signs is well-formed only if we'd have written it so: one meaning, one spelling. */
static void test_hostile(const struct statement *s, const uint8_t secret[SEGMENT_SECRET], uint64_t seed)
{
	struct prng r = {seed};
	size_t room = s->n + 4, taken = 0, wrong = 0;
	for (int i = 0; i < 400; i++) {
		struct statement out, again;
		struct arena *a = arena_new();
		uint8_t *b = arena_alloc(a, room);
		memcpy(b, s->p, s->n);
		size_t n = mutate(&r, b, s->n, room);
		sign_again(b, n, secret);
		if (statement_read(a, b, n, &out, NULL) == OK) {
			taken++;
			wrong += out.kind <= STATEMENT_HAD && (statement_sign(a, &out, secret, &again, NULL) != OK ||
								       again.n != n || memcmp(again.p, b, n) != 0);
		}
		arena_free(a);
	}
	ok(wrong == 0, "kind %d: of 400 altered and signed again, the %zu that are read have one spelling (seed %d)",
		(int)s->kind, taken, (int)seed);
}

static void test_newer(void)
{
	uint8_t b[200];
	struct statement out;
	const struct statement *s = t.at[4];
	memcpy(b, s->p, s->n);
	b[1] = 23;
	sign_again(b, s->n, bo.secret);
	ok(read_exact(b, s->n, &out) == OK && out.kind == 23, "what a newer samvagt says is carried on");
	b[1] = 0;
	sign_again(b, s->n, bo.secret);
	is_int(read_exact(b, s->n, &out), ERR_CORRUPT, "nothing is of kind 0");
}

static void test_limits(void)
{
	struct statement d = *t.at[0], out;
	char name[RING_NAME + 2];
	memset(name, 'x', sizeof name);
	name[RING_NAME + 1] = '\0';
	d.found.name = name;
	is_int(statement_sign(t.a, &d, anna.secret, &out, NULL), ERR_DATA, "a name of 81 bytes is too long");
	name[RING_NAME] = '\0';
	is_int(statement_sign(t.a, &d, anna.secret, &out, NULL), OK, "one of 80 isn't");
	d.found.name = "";
	is_int(statement_sign(t.a, &d, anna.secret, &out, NULL), ERR_DATA, "an empty one can't be said");
	d.found.name = "Vi\x1B[2Jborg";
	is_int(statement_sign(t.a, &d, anna.secret, &out, NULL), ERR_DATA, "nor one that a terminal would obey");
	d = *t.at[7];
	d.retire.nknown = STATEMENT_LIST_MOST + 1;
	d.retire.known = arena_alloc(t.a, (STATEMENT_LIST_MOST + 1) * SEGMENT_HASH);
	is_int(statement_sign(t.a, &d, anna.secret, &out, NULL), ERR_DATA,
		"nor a list that is too long or doesn't ascend");
}

/* A key that somebody else has can't be brought in, nor the proof of another joining be shown again. */
static void test_proof(void)
{
	struct cast door = cast_new("Silkeborg", 0);
	struct statement d = *t.at[3], out;
	is_int(statement_sign(t.a, &d, door.secret, &out, NULL), OK, "by any door");
	memcpy(d.member.key, anna.key, SEGMENT_PUBLIC);
	is_int(statement_sign(t.a, &d, door.secret, &out, NULL), ERR_DATA, "but with one's own key only");
	d = *t.at[3];
	d.member.invite[0] ^= 1;
	is_int(statement_sign(t.a, &d, door.secret, &out, NULL), ERR_DATA,
		"and by the invitation that it was made for");
}

static void test_file(void)
{
	const uint8_t cover[RING_COVER] = {7}, other[RING_COVER] = {8};
	const struct statement *s = t.at[3];
	uint8_t ring[SEGMENT_RING] = {1};
	struct buf file = {0}, again = {0}, plain = {0};
	ringkeys_cover(cover, t.ring, s->p, s->n, &file);
	ringkeys_cover(cover, t.ring, s->p, s->n, &again);
	ok(file.n == again.n && memcmp(file.p, again.p, file.n) == 0, "one statement is one file");
	is_int(ringkeys_uncover(cover, t.ring, file.p, file.n, &plain, NULL), OK, "which is uncovered");
	is_mem(plain.p, plain.n, s->p, s->n, "again");
	ok(!memmem(file.p, file.n, "Silkeborg", 9) && memmem(plain.p, plain.n, "Silkeborg", 9), "and shows no name");
	is_int(ringkeys_uncover(other, t.ring, file.p, file.n, &plain, NULL), ERR_CORRUPT, "not with another key");
	is_int(ringkeys_uncover(cover, ring, file.p, file.n, &plain, NULL), ERR_REFUSED, "not in another ring");
	is_int(ringkeys_uncover(cover, t.ring, "", 0, &plain, NULL), ERR_DATA, "nothing is no statement");
	is_int(ringkeys_uncover(cover, t.ring, "SVSEG1\r\n", 8, &plain, NULL), ERR_DATA, "nor is a segment");
	bool refused = true;
	for (size_t i = 0; i < file.n; i++) {
		file.p[i] ^= 0x10;
		refused = refused && ringkeys_uncover(cover, t.ring, file.p, file.n, &plain, NULL) != OK;
		file.p[i] ^= 0x10;
		refused = refused && ringkeys_uncover(cover, t.ring, file.p, i, &plain, NULL) != OK;
	}
	ok(refused, "altered or cut it isn't taken");
	buf_free(&file);
	buf_free(&again);
	buf_free(&plain);
}

int main(void)
{
	tale_begin(&t);
	ringkeys_init(NULL);
	anna = cast_new("Viborg", 1);
	bo = cast_new("Silkeborg", 4711);
	tell_all();
	test_round_trip();
	for (size_t i = 0; i < t.n; i++) {
		const bool is_member = t.at[i]->kind == STATEMENT_MEMBER;
		test_damage(t.at[i]);
		if (!is_member)
			test_hostile(t.at[i],
				memcmp(t.at[i]->signer, anna.key, SEGMENT_PUBLIC) == 0 ? anna.secret : bo.secret,
				i + 1);
	}
	test_newer();
	test_recalled();
	test_limits();
	test_proof();
	test_file();
	tale_end(&t);
	return done_testing();
}
