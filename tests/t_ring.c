/* tests/t_ring.c - rings of real stores (sync/ring.h): founding, inviting, joining, keys, removing, and coming back.
 * What one says reaches another by swap() alone, as an exchange folder would carry it. */
#include "sync/ring.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/backup.h"
#include "sync/ring_priv.h"
#include "tests/storetest.h"

static struct test_clock clock_now;

struct site { const char *name; struct store *s; struct ring *r; };

static struct err e;

static void load(struct site *x)
{
	ring_free(x->r);
	must(ring_load(x->s, &x->r, &e), &e, "load");
	if (x->r)
		x->r->cheap = true;
}

static struct site site_new(const char *name)
{
	struct site x = {.name = name};
	struct os_clock c = test_clock(&clock_now);
	struct store_new how = {.site = name, .person = "Anna"};
	must(store_create(test_path(name), &how, &c, &e), &e, "create");
	x.s = test_open(name, &clock_now);
	return x;
}

static void site_end(struct site *x)
{
	ring_free(x->r);
	store_close(x->s);
	must(os_remove_tree(test_path(x->name), &e), &e, "remove");
	*x = (struct site){0};
}

static struct site founder(const char *name)
{
	struct site x = site_new(name);
	must(ring_new(x.s, "Region Midtjylland", &e), &e, "new");
	load(&x);
	return x;
}

static int join_with(struct site *by, struct site *x, const char *name, enum ring_role role)
{
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	must(ring_invite(by->s, by->r, name, role, &file, words, &e), &e, "invite");
	int rc = ring_join(x->s, file.p, file.n, words, &e);
	buf_free(&file);
	load(x);
	return rc;
}

static struct site joined(struct site *by, const char *name, enum ring_role role)
{
	struct site x = site_new(name);
	must(join_with(by, &x, name, role), &e, "join");
	return x;
}

/* All that x knows, to y. */
static size_t carry(const struct site *x, struct site *y)
{
	size_t n, fresh = 0;
	const struct ring_statement *all = ring_statements(x->r, &n);
	for (size_t i = 0; i < n; i++) {
		bool is_new;
		must(ring_take(y->r, all[i].p, all[i].n, &is_new, &e), &e, "take");
		fresh += is_new;
	}
	must(ring_save(y->s, y->r, &e), &e, "save");
	return fresh;
}

/* As two do who meet: each takes the other's, says what is due, and takes that. */
static void swap(struct site *x, struct site *y)
{
	for (int i = 0; i < 3; i++) {
		carry(x, y);
		must(ring_claim(y->s, y->r, NULL, &e), &e, "claim");
		carry(y, x);
		must(ring_claim(x->s, x->r, NULL, &e), &e, "claim");
	}
}

static const struct ring_member *member(const struct site *x, const char *name)
{
	size_t n;
	const struct ring_member *m = ring_members(x->r, &n), *found = NULL;
	for (size_t i = 0; i < n; i++)
		if (strcmp(m[i].name, name) == 0 && (!found || found->retired))
			found = &m[i];
	return found;
}

static size_t members(const struct site *x)
{
	size_t n, in = 0;
	const struct ring_member *m = ring_members(x->r, &n);
	for (size_t i = 0; i < n; i++)
		in += !m[i].retired;
	return in;
}

/* Do they write with the same key, and does each have it? */
static bool same_key(const struct site *x, const struct site *y, uint32_t partition)
{
	const uint8_t *ex = ring_epoch(x->r, partition), *ey = ring_epoch(y->r, partition);
	const uint8_t *kx = ex ? ring_key(x->r, partition, ex) : NULL, *ky = ey ? ring_key(y->r, partition, ey) : NULL;
	return ex && ey && kx && ky && memcmp(ex, ey, SEGMENT_EPOCH) == 0 && memcmp(kx, ky, SEGMENT_KEY) == 0;
}

static void test_founding(void)
{
	struct site x = site_new("Viborg");
	load(&x);
	ok(!x.r, "a store is in no ring");
	is_int(ring_new(x.s, "", &e), ERR_DATA, "a ring needs a name");
	is_int(ring_new(x.s, "Kreds 010190-1234", &e), ERR_DATA, "and not a person's number");
	is_int(ring_new(x.s, "  Region Midtjylland ", &e), OK, "made");
	load(&x);
	is_str(ring_name(x.r), "Region Midtjylland", "its name");
	size_t n;
	const struct ring_member *m = ring_members(x.r, &n);
	ok(n == 1 && m->self && !m->retired && m->role == RING_FULL && m->ninc == 1, "one member, this site");
	is_str(m->name, "Viborg", "by its name");
	ok(id_equal(m->site, store_site(x.s)) && m->joined == store_now(x.s), "with its record");
	ok(m->inc[0] == store_incarnation(x.s) && ring_author(x.r, m->inc[0])->self &&
		   ring_last_number(x.r, m->inc[0]) == UINT64_MAX, "and its incarnation");
	ok(!ring_author(x.r, 77) && ring_last_number(x.r, 77) == 0, "others are nobody's");
	ok(ring_epoch(x.r, 0) && ring_key(x.r, 0, ring_epoch(x.r, 0)) && ring_key(x.r, 1, ring_epoch(x.r, 1)),
		"keys for both partitions");
	ok(memcmp(ring_key(x.r, 0, ring_epoch(x.r, 0)), ring_key(x.r, 1, ring_epoch(x.r, 1)), SEGMENT_KEY) != 0,
		"not the same");
	is_int(ring_new(x.s, "To", &e), ERR_CONFLICT, "one ring at a time");
	ok(strstr(e.text, "Region Midtjylland") != NULL, "which is named");
	uint8_t state[32] = {1}, d[2][32];
	ring_digest(x.r, state, d[0]);
	load(&x);
	ring_digest(x.r, state, d[1]);
	ok(memcmp(d[0], d[1], 32) == 0 && memcmp(d[0], state, 32) != 0, "a digest of a state is the same each time");
	is_int((intmax_t)carry(&x, &x), 0, "statements that are known aren't new");
	const struct ring_statement *all = ring_statements(x.r, &n);
	bool named = false;
	for (size_t i = 0; i < n; i++)
		named |= all[i].inc != store_incarnation(x.s) || memmem(all[i].p, all[i].n, "Viborg", 6);
	ok(n == 3 && !named, "the files are this site's, and show no name");
	site_end(&x);
}

static void test_joining(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL);
	is_int((intmax_t)members(&y), 2, "who joins knows both");
	is_str(ring_name(y.r), "Region Midtjylland", "and the ring");
	ok(same_key(&x, &y, 0) && same_key(&x, &y, 1), "and has the keys");
	is_int((intmax_t)members(&x), 1, "the inviter doesn't know it yet");
	swap(&x, &y);
	ok(members(&x) == 2 && ring_author(x.r, store_incarnation(y.s)) == member(&x, "Silkeborg"),
		"until it hears of it");
	ok(member(&y, "Silkeborg")->self && !member(&x, "Silkeborg")->self && ring_own_role(y.r) == RING_FULL,
		"each knows itself");
	size_t before, after;
	ring_statements(x.r, &before);
	swap(&x, &y);
	ring_statements(x.r, &after);
	is_int((intmax_t)after, (intmax_t)before, "then there is nothing more to say");
	load(&y);
	ok(members(&y) == 2 && same_key(&x, &y, 0), "all of it is kept");

	struct buf file = {0};
	char words[RING_WORDS_TEXT], again[RING_WORDS_TEXT];
	must(ring_invite(y.s, y.r, "Skive", RING_FULL, &file, words, &e), &e, "invite");
	is_int(ring_join(x.s, file.p, file.n, words, &e), ERR_CONFLICT, "who is in a ring joins no other");
	struct site z = site_new("Skive");
	is_int(ring_join(z.s, file.p, file.n, "agurk agurk agurk agurk agurk agurk", &e), ERR_KEY,
		"not with other words");
	is_int(ring_join(z.s, file.p, file.n, "agurk agurk xyzzy agurk agurk agurk", &e), ERR_KEY,
		"nor with unknown ones");
	is_int(ring_join(z.s, file.p, file.n - 1, words, &e), ERR_CORRUPT, "nor by a cut file");
	is_int(ring_join(z.s, "Navn;Telefon", 12, words, &e), ERR_DATA, "nor by another");
	file.p[60] ^= 1;
	is_int(ring_join(z.s, file.p, file.n, words, &e), ERR_CORRUPT, "nor by an altered one");
	file.p[60] ^= 1;
	clock_now.t = store_now(z.s) + INT64_C(31) * 86400;
	is_int(ring_join(z.s, file.p, file.n, words, &e), ERR_REFUSED, "nor after 31 days");
	clock_now.t -= INT64_C(86400);
	is_int(ring_join(z.s, file.p, file.n, words, &e), OK, "after 30 it is good");
	load(&z);
	ok(members(&z) == 3 && same_key(&z, &x, 0), "anybody in the ring invites");
	clock_now.t = 0;
	must(ring_invite(y.s, y.r, "Hammel", RING_FULL, &file, again, &e), &e, "invite");
	ok(strcmp(words, again) != 0, "other words each time");
	buf_free(&file);
	site_end(&x);
	site_end(&y);
	site_end(&z);
}

/* What a store held before it joined comes along as its own. */
static void test_with_data(void)
{
	struct site x = founder("Viborg"), y = site_new("Silkeborg");
	test_unit(y.s, "Forhal");
	uint64_t first = store_incarnation(y.s);
	must(exchange_mint(y.s, &e), &e, "mint");
	test_unit(y.s, "Afsnit B5");
	must(join_with(&x, &y, "Silkeborg", RING_FULL), &e, "join");
	const struct ring_member *m = member(&y, "Silkeborg");
	ok(m->ninc == 2 && ring_author(y.r, first) == m && ring_author(y.r, store_incarnation(y.s)) == m,
		"both incarnations of a store are the new member's");
	site_end(&x);
	site_end(&y);
}

static void test_region(void)
{
	struct site x = founder("Viborg"), g = joined(&x, "Regionshuset", RING_REGION);
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	swap(&x, &g);
	ok(ring_own_role(g.r) == RING_REGION && member(&x, "Regionshuset")->role == RING_REGION, "a region member");
	ok(!ring_epoch(g.r, 0) && !ring_key(g.r, 0, ring_epoch(x.r, 0)), "has no key to what holds persons");
	ok(same_key(&x, &g, 1), "but to the rest");
	ok(ring_last_number(x.r, store_incarnation(g.s)) == 0, "what it writes isn't taken");
	is_int(ring_invite(g.s, g.r, "Skive", RING_FULL, &file, words, &e), ERR_REFUSED, "it invites nobody");
	is_int(ring_remove(g.s, g.r, "Viborg", &e), ERR_REFUSED, "nor removes anybody");
	struct site y = joined(&x, "Silkeborg", RING_FULL);
	swap(&x, &y);
	must(ring_remove(x.s, x.r, "Silkeborg", &e), &e, "remove");
	carry(&x, &g);
	ok(same_key(&x, &g, 1) && !ring_epoch(g.r, 0), "it gets the next key for the rest, too");
	is_int(ring_remove(g.s, g.r, "region", &e), OK, "it may leave");
	buf_free(&file);
	site_end(&x);
	site_end(&y);
	site_end(&g);
}

/* It has half of a key that Viborg alone knows; then Skive lets it in as a full member. */
static void test_region_becomes_full(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Skive", RING_FULL), z = joined(&x, "Silkeborg", RING_FULL);
	swap(&x, &z);
	swap(&x, &y);
	must(ring_remove(x.s, x.r, "Silkeborg", &e), &e, "remove");
	uint8_t epoch[SEGMENT_EPOCH];
	memcpy(epoch, ring_epoch(x.r, 0), sizeof epoch);
	struct site g = joined(&x, "Odder", RING_REGION);
	ok(ring_key(g.r, 1, epoch) && !ring_key(g.r, 0, epoch), "a region member has half of a key");
	must(ring_remove(g.s, g.r, "Odder", &e), &e, "leave");
	is_int(join_with(&y, &g, "Odder", RING_FULL), OK, "it comes back as a full one");
	ok(!ring_key(g.r, 0, epoch), "by one who doesn't know that key");
	swap(&x, &y);
	swap(&x, &g);
	ok(ring_key(g.r, 0, epoch) && same_key(&x, &g, 0), "whoever does hands it the other half");
	site_end(&x);
	site_end(&y);
	site_end(&z);
	site_end(&g);
}

static void test_removing(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL), z = joined(&x, "Skive", RING_FULL);
	swap(&x, &y);
	swap(&x, &z);
	swap(&x, &y);
	is_int(ring_remove(x.s, x.r, "Horsens", &e), ERR_NOTFOUND, "nobody of that name");
	is_int(ring_remove(x.s, x.r, "s", &e), ERR_AMBIGUOUS, "a start that fits two");
	uint8_t old[SEGMENT_EPOCH];
	memcpy(old, ring_epoch(x.r, 0), sizeof old);
	is_int(ring_remove(x.s, x.r, "SILKE", &e), OK, "the start of a name");
	ok(members(&x) == 2 && member(&x, "Silkeborg")->retired && member(&x, "Silkeborg")->left > 0, "it is out");
	ok(memcmp(old, ring_epoch(x.r, 0), sizeof old) != 0, "there is a new key at once");
	swap(&x, &z);
	ok(same_key(&x, &z, 0), "which those who stay get");
	carry(&x, &y);
	ok(member(&y, "Silkeborg")->retired && !same_key(&x, &y, 0) && !ring_key(y.r, 0, ring_epoch(x.r, 0)),
		"and who is out doesn't");
	ok(ring_key(x.r, 0, old) != NULL, "what was written with the old one can still be read");
	is_int(ring_remove(x.s, x.r, "Silkeborg", &e), ERR_NOTFOUND, "it can't be removed twice");
	size_t n, now;
	ring_statements(y.r, &n);
	must(ring_claim(y.s, y.r, NULL, &e), &e, "claim");
	ring_statements(y.r, &now);
	is_int((intmax_t)now, (intmax_t)n, "who is out says nothing more");
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	is_int(ring_invite(y.s, y.r, "Hammel", RING_FULL, &file, words, &e), ERR_REFUSED, "and invites nobody");
	buf_free(&file);

	char print[RING_WORDS_TEXT];
	ring_words(member(&x, "Skive")->key, print);
	is_int(ring_remove(x.s, x.r, print, &e), OK, "by the words of the fingerprint");
	is_int((intmax_t)members(&x), 1, "one is left");

	uint64_t was = store_incarnation(y.s);
	must(join_with(&x, &y, "Silkeborg", RING_FULL), &e, "join again");
	ok(store_incarnation(y.s) != was && ring_author(y.r, store_incarnation(y.s))->self &&
			!member(&y, "Silkeborg")->retired,
		"invited again it is a new member, under a new incarnation");
	ok(ring_author(y.r, was) && !ring_author(y.r, was)->self && ring_author(y.r, was)->retired,
		"its old one stays ended");
	swap(&x, &y);
	ok(members(&x) == 2 && same_key(&x, &y, 0), "for all");
	site_end(&x);
	site_end(&y);
	site_end(&z);
}

static void test_leaving(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL), z = joined(&x, "Skive", RING_FULL);
	swap(&x, &y);
	swap(&x, &z);
	uint8_t old[SEGMENT_EPOCH];
	memcpy(old, ring_epoch(x.r, 0), sizeof old);
	is_int(ring_remove(y.s, y.r, "Silkeborg", &e), OK, "a member leaves");
	ok(member(&y, "Silkeborg")->retired, "and knows it");
	carry(&y, &x);
	carry(&y, &z);
	must(ring_claim(x.s, x.r, NULL, &e), &e, "claim");
	must(ring_claim(z.s, z.r, NULL, &e), &e, "claim");
	ok(memcmp(ring_epoch(x.r, 0), ring_epoch(z.r, 0), SEGMENT_EPOCH) != 0, "two make a new key at the same time");
	carry(&x, &z);
	carry(&z, &x);
	ok(same_key(&x, &z, 0) && same_key(&x, &z, 1) && memcmp(old, ring_epoch(x.r, 0), sizeof old) != 0,
		"and use the same one when they have met");
	carry(&x, &y);
	carry(&z, &y);
	ok(!ring_key(y.r, 0, ring_epoch(x.r, 0)), "which the one who left doesn't have");
	is_int(ring_new(y.s, "Silkeborgs egen", &e), OK, "it may found a ring of its own");
	load(&y);
	ok(members(&y) == 1 && strcmp(ring_name(y.r), "Silkeborgs egen") == 0, "in which it is alone");
	site_end(&x);
	site_end(&y);
	site_end(&z);
}

static void test_each_other(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL), z = joined(&y, "Skive", RING_FULL);
	swap(&x, &y);
	swap(&y, &z);
	swap(&x, &z);
	must(ring_remove(x.s, x.r, "Silkeborg", &e), &e, "remove");
	must(ring_remove(y.s, y.r, "Viborg", &e), &e, "remove");
	struct site z2 = z;
	carry(&y, &z2);
	ok(member(&z, "Viborg")->retired, "one has heard the one");
	carry(&x, &z2);
	carry(&x, &y);
	carry(&y, &x);
	z = z2;
	for (int i = 0; i < 3; i++) {
		struct site *all[] = {&x, &y, &z};
		ok(!member(all[i], "Viborg")->retired && member(all[i], "Silkeborg")->retired &&
				!member(all[i], "Skive")->retired,
			"%s: of two who remove each other the senior one stays", all[i]->name);
	}
	swap(&x, &z);
	ok(same_key(&x, &z, 0) && !ring_key(y.r, 0, ring_epoch(x.r, 0)), "and those who stay have a key of their own");
	site_end(&x);
	site_end(&y);
	site_end(&z);
}

/* Somebody joins while another makes a new key, and the two don't know of each other. */
static void test_newcomer(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL), z = joined(&x, "Skive", RING_FULL);
	swap(&x, &y);
	swap(&x, &z);
	swap(&x, &y);
	struct site n = joined(&y, "Hammel", RING_FULL);
	must(ring_remove(x.s, x.r, "Skive", &e), &e, "remove");
	carry(&x, &n);
	ok(!ring_key(n.r, 0, ring_epoch(x.r, 0)), "the newcomer doesn't have the new key");
	ok(ring_epoch(n.r, 0) && memcmp(ring_epoch(n.r, 0), ring_epoch(x.r, 0), SEGMENT_EPOCH) != 0,
		"and writes with the one it has");
	swap(&y, &n);
	ok(!same_key(&x, &n, 0) || same_key(&x, &y, 0), "until it meets one who has it");
	swap(&x, &n);
	ok(same_key(&x, &n, 0), "and is handed it");
	swap(&x, &y);
	ok(same_key(&y, &n, 0) && members(&y) == 3, "all write with one key");
	site_end(&x);
	site_end(&y);
	site_end(&z);
	site_end(&n);
}

/* An old copy of a store knows less, and its site goes on under another incarnation. */
static void test_put_back(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL);
	swap(&x, &y);
	uint64_t was = store_incarnation(y.s);
	must(exchange_mint(y.s, &e), &e, "mint");
	load(&y);
	ok(!ring_author(y.r, store_incarnation(y.s)), "a fresh incarnation is nobody's");
	swap(&x, &y);
	const struct ring_member *m = ring_author(x.r, store_incarnation(y.s));
	ok(m && m->ninc == 2 && ring_author(x.r, was) == m && members(&x) == 2,
		"until its site says whose it is: the same member's");
	uint64_t tag[] = {11, 12, 13};
	struct ring_given_up line = {.inc = was, .after = 4, .at = 10, .tag = tag, .ntag = 3};
	must(ring_claim(y.s, y.r, &line, &e), &e, "give up");
	must(ring_claim(y.s, y.r, &line, &e), &e, "give up again");
	carry(&y, &x);
	size_t n;
	const struct ring_given_up *g = ring_given_up_lines(x.r, &n);
	ok(n == 1 && g->inc == was && g->after == 4 && g->at == 10 && g->ntag == 3 && g->tag[2] == 13,
		"a line given up is told, once");
	site_end(&x);
	site_end(&y);
}

/* A backup holds the site's key: put back, it is the same member. */
static void test_backup(void)
{
	struct site x = founder("Viborg"), y = joined(&x, "Silkeborg", RING_FULL);
	swap(&x, &y);
	must(backup_write(y.s, test_path("copy.svb"), NULL, NULL, &e), &e, "backup");
	test_unit(y.s, "Forhal");
	uint64_t was = store_incarnation(y.s);
	ring_free(y.r);
	y.r = NULL;
	store_close(y.s);
	must(os_remove_tree(test_path("Silkeborg"), &e), &e, "remove");
	struct os_clock c = test_clock(&clock_now);
	must(backup_restore(test_path("copy.svb"), test_path("Silkeborg"), NULL, &c, &e), &e, "restore");
	y.s = test_open("Silkeborg", &clock_now);
	load(&y);
	ok(y.r && members(&y) == 2 && store_incarnation(y.s) != was,
		"a store from a backup knows its ring, under another incarnation");
	swap(&x, &y);
	const struct ring_member *m = ring_author(x.r, store_incarnation(y.s));
	ok(m && m == ring_author(x.r, was) && members(&x) == 2 && same_key(&x, &y, 0),
		"and is the same member as before");
	must(os_remove(test_path("copy.svb"), &e), &e, "remove");
	site_end(&x);
	site_end(&y);
}

/* The same file and words in two stores. */
static void test_used_twice(void)
{
	struct site x = founder("Viborg"), y = site_new("Silkeborg"), z = site_new("Silkeborg II");
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	must(ring_invite(x.s, x.r, "Silkeborg", RING_FULL, &file, words, &e), &e, "invite");
	must(ring_join(y.s, file.p, file.n, words, &e), &e, "join");
	load(&y);
	swap(&x, &y);
	must(ring_join(z.s, file.p, file.n, words, &e), &e, "join");
	load(&z);
	carry(&z, &x);
	ok(members(&x) == 2 && !member(&x, "Silkeborg")->retired && member(&x, "Silkeborg II")->retired,
		"whom the inviter saw first is the member");
	carry(&x, &z);
	const struct ring_member *late = member(&z, "Silkeborg II");
	ok(!ring_takes_part(z.r) && late->self && !member(&z, "Silkeborg")->retired, "the other one hears that it isn't");
	is_str(late->instead, "Silkeborg", "and instead of whom");
	is_int(ring_new(z.s, "Egen", &e), OK, "and may do something else");
	buf_free(&file);
	site_end(&x);
	site_end(&y);
	site_end(&z);
}

static void test_foreign(void)
{
	struct site x = founder("Viborg"), y = founder("Aarhus");
	size_t n;
	bool is_new;
	const struct ring_statement *all = ring_statements(y.r, &n);
	is_int(ring_take(x.r, all[0].p, all[0].n, &is_new, &e), ERR_REFUSED, "a statement of another ring is refused");
	is_int(ring_take(x.r, "", 0, &is_new, &e), ERR_DATA, "so is nothing");
	all = ring_statements(x.r, &n);
	is_int(ring_take(x.r, all[0].p, all[0].n - 1, &is_new, &e), ERR_CORRUPT, "so is a cut one");
	ring_statements(x.r, &n);
	is_int((intmax_t)n, 3, "nothing was taken");
	site_end(&x);
	site_end(&y);
}

static void test_readonly(void)
{
	struct site x = founder("Viborg");
	struct store_opts opts = {.readonly = true, .clock = test_clock(&clock_now)};
	store_close(x.s);
	must(store_open(test_path("Viborg"), &opts, &x.s, &e), &e, "open");
	load(&x);
	ok(x.r && members(&x) == 1, "a ring is read without writing");
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	is_int(ring_invite(x.s, x.r, "Skive", RING_FULL, &file, words, &e), ERR_READONLY, "but nobody is invited so");
	is_int((intmax_t)file.n, 0, "there is no file");
	buf_free(&file);
	site_end(&x);
}

int main(void)
{
	test_founding();
	test_joining();
	test_with_data();
	test_region();
	test_region_becomes_full();
	test_removing();
	test_leaving();
	test_each_other();
	test_newcomer();
	test_put_back();
	test_backup();
	test_used_twice();
	test_foreign();
	test_readonly();
	return done_testing();
}
