/* sync/ring_tend.c - see ring.h. Owns what a member says to its ring: whose an incarnation is, that somebody is
 * removed, and what falls due by what others said (keys for newcomers, a new key when one who was removed knows the
 * one in use, numbers that others must be able to follow). Must not know how one gets in (ring_enter.c), nor who
 * counts (roll.c). */
#include "sync/ring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"
#include "base/text.h"
#include "sync/ring_priv.h"

/* ---- epochs -------------------------------------------------------------------------------------- */

static int by_member(const void *x, const void *y)
{
	return memcmp(
		((const struct statement_wrap *)x)->member, ((const struct statement_wrap *)y)->member, SEGMENT_PUBLIC);
}

/* The keys of an epoch for those of the roll that `wanted` says. A region member gets only the second. */
static int say_keys(struct ring *r, struct statement *epoch, const uint8_t keys[STATEMENT_KEYS], const bool *wanted,
	struct err *e)
{
	const struct roll *roll = ring_roll(r);
	struct arena *a = arena_new();
	struct statement_wrap *wrap = arena_alloc(a, roll->nmembers * sizeof *wrap + 1);
	size_t n = 0;
	for (size_t i = 0; i < roll->nmembers; i++) {
		const struct ring_member *m = &roll->member[i].is;
		const bool full = m->role == RING_FULL;
		const size_t size = full ? STATEMENT_KEYS : STATEMENT_REGION_KEYS;
		uint8_t *box = arena_alloc(a, size + RING_WRAP);
		if (!wanted[i] || !ringkeys_wrap(m->key, full ? keys : keys + SEGMENT_KEY, size, box))
			continue;
		wrap[n] = (struct statement_wrap){.box = box, .n = size + RING_WRAP};
		memcpy(wrap[n++].member, m->key, SEGMENT_PUBLIC);
	}
	qsort(wrap, n, sizeof *wrap, by_member);
	assert(epoch->kind == STATEMENT_EPOCH && n <= roll->nmembers);
	epoch->epoch.wrap = wrap;
	epoch->epoch.nwraps = n;
	int rc = ring_say(r, epoch, r->secret, e);
	arena_free(a);
	return rc;
}

static const struct roll_epoch *newest_epoch(const struct roll *roll)
{
	for (size_t i = roll->nepochs; i-- > 0;)
		if (roll->epoch[i].counts && roll->epoch[i].depth)
			return &roll->epoch[i];
	return NULL;
}

/* A fresh key for everybody who is in the ring now. */
int ring_begin_epoch(struct ring *r, struct store *s, struct err *e)
{
	const struct roll *roll = ring_roll(r);
	const struct roll_epoch *before = newest_epoch(roll);
	struct statement d = ring_draft(r, s, STATEMENT_EPOCH);
	uint8_t keys[STATEMENT_KEYS];
	os_random(keys, sizeof keys);
	d.epoch.is_first = !before;
	if (before)
		memcpy(d.epoch.after, before->id, SEGMENT_EPOCH);
	hash_256(keys, SEGMENT_KEY, d.epoch.key_hash[0]);
	hash_256(keys + SEGMENT_KEY, SEGMENT_KEY, d.epoch.key_hash[1]);
	bool *wanted = mem_alloc(roll->nmembers);
	for (size_t i = 0; i < roll->nmembers; i++)
		wanted[i] = !roll->member[i].is.retired;
	int rc = say_keys(r, &d, keys, wanted, e);
	free(wanted);
	ringkeys_wipe(keys, sizeof keys);
	return rc;
}

/* Whom this site must hand an epoch's keys: those who came without it; and whom this site invited, as soon as it sees
 * them, for that settles who used the invitation. */
static bool needs_key(const struct ring *r, const struct roll *roll, const struct roll_epoch *epoch, size_t member)
{
	const size_t self = ring_self(r);
	const struct roll_member *m = &roll->member[member];
	if (m->is.retired || member == self)
		return false;
	if (!roll_has_epoch(roll, epoch, member))
		return true;
	if (m->inviter != self || epoch != newest_epoch(roll))
		return false;
	for (size_t i = 0; i < roll->nepochs; i++)
		for (size_t k = 0; k < roll->epoch[i].nby; k++)
			if (memcmp(roll->epoch[i].by[k]->signer, r->self, SEGMENT_PUBLIC) == 0 &&
			    statement_wrap_for(roll->epoch[i].by[k], m->is.key))
				return false;
	return true;
}

static int hand_out(struct ring *r, struct store *s, const struct roll_epoch *epoch, struct err *e)
{
	const struct roll *roll = ring_roll(r);
	const uint8_t *key[2] = {ring_key(r, 0, epoch->id), ring_key(r, 1, epoch->id)};
	bool *wanted = mem_alloc(roll->nmembers), any = false;
	for (size_t i = 0; i < roll->nmembers; i++)
		any |= wanted[i] = needs_key(r, roll, epoch, i);
	int rc = OK;
	if (any && key[0] && key[1]) {
		uint8_t keys[STATEMENT_KEYS];
		struct statement d = *epoch->by[0], head = ring_draft(r, s, STATEMENT_EPOCH);
		d.inc = head.inc;
		d.clock = head.clock;
		memcpy(keys, key[0], SEGMENT_KEY);
		memcpy(keys + SEGMENT_KEY, key[1], SEGMENT_KEY);
		rc = say_keys(r, &d, keys, wanted, e);
		ringkeys_wipe(keys, sizeof keys);
	}
	free(wanted);
	return rc;
}

static int hand_out_all(struct ring *r, struct store *s, struct err *e)
{
	const size_t n = ring_roll(r)->nepochs;
	int rc = OK;
	/* handing out doesn't alter which epochs there are, nor their order; also those that count for nobody any more:
	 * files that others have are sealed with them */
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = hand_out(r, s, &ring_roll(r)->epoch[i], e);
		assert(ring_roll(r)->nepochs == n);
	}
	return rc;
}

/* Does nobody who was removed know the key that is written with? */
static bool is_epoch_safe(const struct roll *roll)
{
	const struct roll_epoch *newest = newest_epoch(roll);
	for (size_t i = 0; newest && i < roll->nmembers; i++)
		if (roll->member[i].is.retired && roll_has_epoch(roll, newest, i))
			return false;
	return newest != NULL;
}

/* ---- removing ------------------------------------------------------------------------------------ */

static int by_name(const void *x, const void *y)
{
	return memcmp(x, y, SEGMENT_HASH);
}

/* All that a member has said and that counts, ascending; of one whom nothing but its invitation keeps out all, as it would count if that
 * did. */
static const uint8_t (
	*known_of(const struct roll *roll, size_t member, struct arena *a, size_t *n))[SEGMENT_HASH]
{
	const struct roll_member *m = &roll->member[member];
	uint8_t (*known)[SEGMENT_HASH] = arena_alloc(a, roll->n * SEGMENT_HASH + 1);
	*n = 0;
	for (size_t i = 0; i < roll->n; i++)
		if (memcmp(roll->by_signer[i]->signer, m->is.key, SEGMENT_PUBLIC) == 0 &&
		    (m->nremovals == 0 || roll_counts(roll, roll->by_signer[i])))
			memcpy(known[(*n)++], roll->by_signer[i]->name, SEGMENT_HASH);
	qsort(known, *n, SEGMENT_HASH, by_name);
	return known;
}

/* All that is here, but of those who are out what counts already. */
static bool is_to_be_named(const struct ring *r, const struct dot *dot)
{
	const struct ring_member *author = ring_author(r, dot->inc);
	return author && (!author->retired || dot->no > ring_last_number(r, dot->inc));
}

static struct statement_ends ends_of(const struct ring *r, const struct vector *have, struct arena *a)
{
	struct statement_end *end = arena_alloc(a, have->n * sizeof *end + 1);
	size_t n = 0;
	for (size_t i = 0; i < have->n; i++)
		if (is_to_be_named(r, &have->at[i].dot))
			end[n++] = (struct statement_end){have->at[i].dot.inc, have->at[i].dot.no};
	return (struct statement_ends){end, n};
}

static int say_retire(struct ring *r, struct store *s, size_t member, const struct vector *have, struct err *e)
{
	const struct roll *roll = ring_roll(r);
	const struct ring_member *m = &roll->member[member].is;
	struct arena *a = arena_new();
	struct statement d = ring_draft(r, s, STATEMENT_RETIRE);
	memcpy(d.retire.key, m->key, SEGMENT_PUBLIC);
	d.retire.ends = ends_of(r, have, a);
	d.retire.known = known_of(roll, member, a, &d.retire.nknown);
	int rc = ring_say(r, &d, r->secret, e);
	arena_free(a);
	return rc;
}

int ring_leave(struct ring *r, struct store *s, const struct vector *have, struct err *e)
{
	size_t self = ring_self(r);
	return self == ROLL_NOBODY ? OK : say_retire(r, s, self, have, e);
}

/* Has this site taken more of a removed member than its removals name? Then others must be able to follow. */
static bool has_more(const struct ring *r, const struct ring_member *m, const struct vector *have)
{
	for (size_t i = 0; i < m->ninc; i++)
		if (vector_number(have, m->inc[i]) > ring_last_number(r, m->inc[i]))
			return true;
	return false;
}

static int say_had(struct ring *r, struct store *s, const struct vector *have, struct err *e)
{
	struct arena *a = arena_new();
	struct statement d = ring_draft(r, s, STATEMENT_HAD);
	d.had = ends_of(r, have, a);
	int rc = ring_say(r, &d, r->secret, e);
	arena_free(a);
	return rc;
}

static int raise_ends(struct ring *r, struct store *s, const struct vector *have, struct err *e)
{
	size_t n;
	bool more = false;
	const struct ring_member *m = ring_members(r, &n);
	for (size_t i = 0; i < n; i++)
		more = more || (m[i].retired && !m[i].self && m[i].role == RING_FULL && has_more(r, &m[i], have));
	return more ? say_had(r, s, have, e) : OK;
}

int ring_vector(struct store *s, struct arena *a, struct vector *out, struct err *e)
{
	struct view *v = NULL;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = exchange_vector(v, a, out, e);
	view_end(v);
	return rc;
}

bool ring_takes_part(const struct ring *r)
{
	size_t self = ring_self(r);
	return self != ROLL_NOBODY && !ring_roll(r)->member[self].is.retired;
}

/* What falls due by what others said: numbers of removed members, a key that none of them knows, and keys for
 * newcomers. */
static int tend(struct ring *r, struct store *s, const struct vector *have, struct err *e)
{
	if (!ring_takes_part(r) || ring_own_role(r) != RING_FULL)
		return OK;
	int rc = raise_ends(r, s, have, e);
	if (rc == OK)
		rc = hand_out_all(r, s, e);
	return rc || is_epoch_safe(ring_roll(r)) ? rc : ring_begin_epoch(r, s, e);
}

/* ---- incarnations -------------------------------------------------------------------------------- */

static int say_claim(struct ring *r, struct store *s, uint64_t inc, const struct ring_given_up *after, struct err *e)
{
	struct statement d = ring_draft(r, s, STATEMENT_INCARNATION);
	d.incarnation.inc = inc;
	d.incarnation.goes_on = after != NULL;
	if (after)
		d.incarnation.after = *after;
	return ring_say(r, &d, r->secret, e);
}

/* A store that was in no ring before wrote all that it has, under the incarnation of now or earlier ones. */
int ring_claim_all(struct ring *r, struct store *s, const struct vector *have, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < have->n; i++)
		if (!ring_author(r, have->at[i].dot.inc))
			rc = say_claim(r, s, have->at[i].dot.inc, NULL, e);
	if (rc == OK && !ring_author(r, store_incarnation(s)))
		rc = say_claim(r, s, store_incarnation(s), NULL, e);
	return rc;
}

/* What is in the log and nobody's, this site wrote: under a name that it left before it said so, or while its disk was put back.
 * Others' changes come only when it is known whose they are; what came with a state of the whole isn't in the log. */
static int logged(struct store *s, struct arena *a, struct vector *out, struct err *e)
{
	struct view *v = NULL;
	struct peer *p = NULL;
	size_t n = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = exchange_peers(v, a, &p, &n, e);
	struct seen *at = arena_alloc(a, (n + 1) * sizeof *at);
	*out = (struct vector){at, 0};
	for (size_t i = 0; rc == OK && i < n; i++)
		if (p[i].folded == 0 && p[i].no)
			at[out->n++] = (struct seen){{p[i].inc, p[i].no}, chain_tag(p[i].chain)};
	view_end(v);
	return rc;
}

static bool is_given_up(const struct ring *r, const struct ring_given_up *g)
{
	size_t n;
	const struct ring_given_up *line = ring_given_up_lines(r, &n);
	for (size_t i = 0; i < n; i++)
		if (line[i].inc == g->inc && line[i].after == g->after && line[i].ntag == g->ntag &&
		    memcmp(line[i].tag, g->tag, g->ntag * sizeof *g->tag) == 0)
			return true;
	return false;
}

int ring_claim(struct store *s, struct ring *r, const struct ring_given_up *given_up, struct err *e)
{
	struct arena *a = arena_new();
	struct vector have = {0}, own = {0};
	int rc = ring_vector(s, a, &have, e);
	const struct ring_member *author = ring_author(r, store_incarnation(s));
	if (rc == OK)
		rc = logged(s, a, &own, e);
	if (rc == OK && author && !author->self && ring_takes_part(r))
		rc = exchange_mint(s, e);
	if (rc == OK && ring_takes_part(r) && given_up && !is_given_up(r, given_up))
		rc = say_claim(r, s, store_incarnation(s), given_up, e);
	if (rc == OK && ring_takes_part(r))
		rc = ring_claim_all(r, s, &own, e);
	if (rc == OK)
		rc = tend(r, s, &have, e);
	if (rc == OK)
		rc = ring_save(s, r, e);
	arena_free(a);
	return rc;
}

int ring_claim_beside(struct store *s, struct ring *r, uint64_t inc, const struct ring_given_up *given_up, struct err *e)
{
	assert(inc != store_incarnation(s) && ring_takes_part(r));
	int rc = say_claim(r, s, inc, given_up, e);
	return rc == OK ? ring_save(s, r, e) : rc;
}

/* ---- removing a member by name ------------------------------------------------------------------- */

int ring_check_full(const struct ring *r, struct err *e)
{
	if (!ring_takes_part(r))
		return err_set(e, ERR_REFUSED, _("this site isn't in the ring \"%s\" any more"), ring_name(r));
	if (ring_own_role(r) != RING_FULL)
		return err_set(e, ERR_REFUSED, _("a region member only reads; another site must do it"));
	return OK;
}

/* By its name, the start of its name, or the start of its fingerprint's words: the first of these that fits
 * anybody. */
static bool fits(struct arena *a, const struct ring_member *m, const char *typed, int how)
{
	char words[RING_WORDS_TEXT];
	const char *name = text_fold(a, m->name);
	if (how == 0)
		return strcmp(name, typed) == 0;
	if (how == 1)
		return text_fold_match(name, typed, NULL);
	ring_words(m->key, words);
	return strncmp(text_fold(a, words), typed, strlen(typed)) == 0;
}

int ring_find(const struct ring *r, const char *text, const struct ring_member **out, struct err *e)
{
	struct arena *a = arena_new();
	const char *typed = text_fold(a, text);
	size_t n = 0, all;
	const struct ring_member *m = ring_members(r, &all);
	for (int how = 0; how <= 2 && n == 0 && *typed; how++)
		for (size_t i = 0; i < all; i++)
			if (!m[i].retired && fits(a, &m[i], typed, how)) {
				*out = &m[i];
				n++;
			}
	arena_free(a);
	if (n > 1)
		return err_set(e, ERR_AMBIGUOUS,
			_("\"%s\" fits %zu sites of the ring. Write the words of the fingerprint instead: "
			  "samvagt ring members"),
			text, n);
	return n ? OK
		 : err_set(e, ERR_NOTFOUND, _("no site of the ring is called \"%s\". See samvagt ring members"), text);
}

int ring_remove(struct store *s, struct ring *r, const char *member, struct err *e)
{
	struct arena *a = arena_new();
	struct vector have = {0};
	const struct ring_member *who;
	int rc = ring_find(r, member, &who, e);
	if (rc == OK && !who->self)
		rc = ring_check_full(r, e);
	if (rc == OK)
		rc = ring_vector(s, a, &have, e);
	if (rc == OK)
		rc = say_retire(r, s, roll_find(ring_roll(r), who->key), &have, e);
	if (rc == OK)
		rc = tend(r, s, &have, e);
	if (rc == OK)
		rc = ring_save(s, r, e);
	arena_free(a);
	return rc;
}
