/* tests/ringtest.c - see ringtest.h. */
#include "tests/ringtest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>


void tale_begin(struct tale *t)
{
	*t = (struct tale){.a = arena_new(), .clock = 1764576000, .random = {20251201}};
}

void tale_end(struct tale *t)
{
	arena_free(t->a);
}

struct cast cast_new(const char *name, uint64_t inc)
{
	struct cast c = {.name = name, .inc = inc};
	uint8_t seed[RING_SEED];
	struct prng r = {0x9E3779B97F4A7C15 ^ (inc << 8)};
	for (const char *p = name; *p; p++)
		r.s = r.s * 31 + (uint8_t)*p;
	for (size_t i = 0; i < sizeof seed; i++)
		seed[i] = (uint8_t)(prng_next(&r) >> 24);
	ringkeys_pair(seed, c.key, c.secret);
	return c;
}

const struct statement *tale_say(struct tale *t, struct statement *draft, const uint8_t secret[SEGMENT_SECRET])
{
	struct err e = {0};
	struct statement *s = arena_alloc(t->a, sizeof *s);
	memcpy(draft->ring, t->ring, SEGMENT_RING);
	draft->clock = t->clock;
	t->clock += 60;
	if (statement_sign(t->a, draft, secret, s, &e) != OK || t->n == TALE_MOST) {
		printf("Bail out! say: %s\n", e.text);
		exit(99);
	}
	return t->at[t->n++] = s;
}

const struct statement *tale_found(struct tale *t, const struct cast *by)
{
	struct statement d = {.kind = STATEMENT_FOUND, .inc = by->inc};
	d.found.name = "Region Midtjylland";
	d.found.site_name = by->name;
	d.found.site = id_make(by->inc, 1);
	const struct statement *s = tale_say(t, &d, by->secret);
	memcpy(t->ring, s->ring, SEGMENT_RING);
	return s;
}

const struct statement *tale_invite(struct tale *t, const struct cast *by, enum ring_role role, const struct cast *door,
	const struct statement *epoch)
{
	struct statement d = {.kind = STATEMENT_INVITE, .inc = by->inc};
	d.invite.site_name = door->name;
	d.invite.role = role;
	d.invite.last = 20453;
	memcpy(d.invite.key, door->key, SEGMENT_PUBLIC);
	d.invite.nepochs = epoch != NULL;
	d.invite.epoch = epoch ? &epoch->epoch.id : NULL;
	return tale_say(t, &d, by->secret);
}

const struct statement *tale_member(
	struct tale *t, const struct statement *invite, const struct cast *door, const struct cast *who)
{
	struct statement d = {.kind = STATEMENT_MEMBER, .inc = who->inc};
	memcpy(d.ring, t->ring, SEGMENT_RING);
	memcpy(d.member.invite, invite->name, SEGMENT_HASH);
	d.member.site_name = who->name;
	d.member.site = id_make(who->inc, 1);
	memcpy(d.member.key, who->key, SEGMENT_PUBLIC);
	statement_prove(&d, who->secret);
	return tale_say(t, &d, door->secret);
}

const struct statement *tale_join(struct tale *t, const struct cast *by, const struct cast *who, enum ring_role role)
{
	struct cast door = cast_new(who->name, (uint64_t)t->n);
	return tale_member(t, tale_invite(t, by, role, &door, NULL), &door, who);
}

const struct statement *tale_claim(struct tale *t, const struct cast *by, uint64_t inc)
{
	struct statement d = {.kind = STATEMENT_INCARNATION, .inc = by->inc};
	d.incarnation.inc = inc;
	return tale_say(t, &d, by->secret);
}

const struct statement *tale_give_up(
	struct tale *t, const struct cast *by, uint64_t inc, uint64_t line, uint64_t after, uint64_t tag)
{
	struct statement d = {.kind = STATEMENT_INCARNATION, .inc = by->inc};
	d.incarnation.inc = inc;
	d.incarnation.goes_on = true;
	d.incarnation.after = (struct ring_given_up){.inc = line, .after = after, .at = after, .tag = &tag, .ntag = 1};
	return tale_say(t, &d, by->secret);
}

static int by_member(const void *x, const void *y)
{
	return memcmp(
		((const struct statement_wrap *)x)->member, ((const struct statement_wrap *)y)->member, SEGMENT_PUBLIC);
}

const struct statement *tale_epoch(struct tale *t, const struct cast *by, const struct statement *after,
	const struct cast *const *to, size_t n)
{
	static const uint8_t box[STATEMENT_KEYS + RING_WRAP];
	struct statement_wrap wrap[TALE_MOST];
	struct statement d = {.kind = STATEMENT_EPOCH, .inc = by->inc};
	d.epoch.is_first = !after;
	if (after)
		memcpy(d.epoch.after, after->epoch.id, SEGMENT_EPOCH);
	for (size_t i = 0; i < sizeof d.epoch.key_hash; i++)
		d.epoch.key_hash[i / SEGMENT_HASH][i % SEGMENT_HASH] = (uint8_t)(prng_next(&t->random) >> 24);
	for (size_t i = 0; i < n; i++) {
		wrap[i] = (struct statement_wrap){.box = box, .n = sizeof box};
		memcpy(wrap[i].member, to[i]->key, SEGMENT_PUBLIC);
	}
	qsort(wrap, n, sizeof *wrap, by_member);
	d.epoch.wrap = wrap;
	d.epoch.nwraps = n;
	return tale_say(t, &d, by->secret);
}

static int by_name(const void *x, const void *y)
{
	return memcmp(x, y, SEGMENT_HASH);
}

const struct statement *tale_retire(struct tale *t, const struct cast *by, const struct cast *who, uint64_t no,
	const struct statement *const *known, size_t n)
{
	uint8_t names[TALE_MOST][SEGMENT_HASH];
	struct statement_end end = {who->inc, no};
	struct statement d = {.kind = STATEMENT_RETIRE, .inc = by->inc};
	for (size_t i = 0; i < n; i++)
		memcpy(names[i], known[i]->name, SEGMENT_HASH);
	qsort(names, n, SEGMENT_HASH, by_name);
	memcpy(d.retire.key, who->key, SEGMENT_PUBLIC);
	d.retire.ends = (struct statement_ends){&end, no > 0};
	d.retire.known = (const uint8_t (*)[SEGMENT_HASH])names;
	d.retire.nknown = n;
	return tale_say(t, &d, by->secret);
}

const struct statement *tale_had(struct tale *t, const struct cast *by, const struct cast *of, uint64_t no)
{
	struct statement_end end = {of->inc, no};
	struct statement d = {.kind = STATEMENT_HAD, .inc = by->inc};
	d.had = (struct statement_ends){&end, 1};
	return tale_say(t, &d, by->secret);
}
