/* sync/ring_enter.c - see ring.h. Owns how a site gets into a ring: making one, inviting, joining. Must not know what
 * members say to each other later (ring_tend.c), nor who counts (roll.c). */
#include "sync/ring.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"
#include "base/text.h"
#include "sync/invite.h"
#include "sync/meet_priv.h"
#include "sync/ring_priv.h"
#include "sync/signing.h"

enum { DAYS_GOOD = 30 };

/* ---- making a ring ------------------------------------------------------------------------------- */

/* The site's own record says what it is called. */
static int own_name(struct store *s, struct arena *a, const char **out, struct err *e)
{
	struct view *v = NULL;
	struct rec *site = NULL;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = view_get(v, a, TYPE_SITE, store_site(s), &site, e);
	*out = rc == OK && site ? rec_text(site, F_SITE_NAME) : "";
	view_end(v);
	return rc;
}

static int check_name(const char *name, struct err *e)
{
	if (!*name || strlen(name) > RING_NAME)
		return err_set(e, ERR_DATA, _("a name is 1 to %d bytes of text"), RING_NAME);
	if (text_find_cpr(name))
		return err_set(e, ERR_DATA, _("that looks like a CPR number; no name of a place holds one"));
	return OK;
}

/* Two that have one name would be one to everybody who reads a list. */
static bool has_namesake(const struct ring *r, const char *name)
{
	struct arena *a = arena_new();
	const char *folded = text_fold(a, name);
	bool found = false;
	size_t n;
	const struct ring_member *m = ring_members(r, &n);
	for (size_t i = 0; i < n && !found; i++)
		found = !m[i].retired && strcmp(text_fold(a, m[i].name), folded) == 0;
	arena_free(a);
	return found;
}

/* The ring that the store is in, if it takes part in it still. */
static int refuse_second(const struct ring *old, struct err *e)
{
	size_t self = old ? ring_self(old) : ROLL_NOBODY;
	if (self == ROLL_NOBODY || ring_roll(old)->member[self].is.retired)
		return OK;
	return err_set(e, ERR_CONFLICT, _("this store takes part in the ring \"%s\" already"), ring_name(old));
}

static int say_found(struct ring *r, struct store *s, const char *name, const char *site, struct err *e)
{
	struct statement d = ring_draft(r, s, STATEMENT_FOUND);
	d.found.name = name;
	d.found.site_name = site;
	d.found.site = store_site(s);
	hash_256(r->cover, sizeof r->cover, d.found.cover);
	return ring_say(r, &d, r->secret, e);
}

static void fresh_pair(uint8_t public[SEGMENT_PUBLIC], uint8_t secret[SEGMENT_SECRET])
{
	uint8_t seed[RING_SEED];
	os_random(seed, sizeof seed);
	ringkeys_pair(seed, public, secret);
	ringkeys_wipe(seed, sizeof seed);
}

static struct ring *fresh_ring(const uint8_t cover[RING_COVER])
{
	uint8_t public[SEGMENT_PUBLIC], secret[SEGMENT_SECRET];
	fresh_pair(public, secret);
	struct ring *r = ring_make(cover, secret);
	ringkeys_wipe(secret, sizeof secret);
	return r;
}

/* A store that has signed texts goes on with the key that it signed them with: so the others know whose it was. */
static int take_own_key(struct store *s, struct ring *r, const struct ring *old, struct err *e)
{
	uint8_t secret[SEGMENT_SECRET];
	bool has = false;
	int rc = old ? OK : signing_bequeath(s, secret, &has, e);
	if (has) {
		memcpy(r->secret, secret, sizeof secret);
		ringkeys_public(secret, r->self);
		r->now->old = true;
	}
	ringkeys_wipe(secret, sizeof secret);
	return rc;
}

static int found(struct ring *r, struct store *s, const char *name, struct arena *a, struct err *e)
{
	const char *site;
	struct vector have = {0};
	int rc = own_name(s, a, &site, e);
	if (rc == OK)
		rc = ring_vector(s, a, &have, e);
	if (rc == OK)
		rc = say_found(r, s, name, site, e);
	if (rc == OK)
		rc = ring_claim_all(r, s, &have, e);
	if (rc == OK)
		rc = ring_begin_epoch(r, s, e);
	assert(rc || (ring_self(r) == 0 && ring_epoch(r, 0) && ring_epoch(r, 1)));
	return rc ? rc : ring_replace(s, r, e);
}

int ring_new(struct store *s, const char *name, struct err *e)
{
	struct ring *old = NULL, *r = NULL;
	struct arena *a = arena_new();
	uint8_t cover[RING_COVER];
	int rc = ring_load(s, &old, e);
	if (rc == OK)
		rc = refuse_second(old, e);
	name = text_clean(a, name, strlen(name));
	if (rc == OK)
		rc = check_name(name, e);
	if (rc == OK) {
		os_random(cover, sizeof cover);
		r = fresh_ring(cover);
		rc = take_own_key(s, r, old, e);
	}
	if (rc == OK)
		rc = found(r, s, name, a, e);
	ringkeys_wipe(cover, sizeof cover);
	ring_free(r);
	ring_free(old);
	arena_free(a);
	return rc;
}

/* ---- inviting ------------------------------------------------------------------------------------ */

static int by_bytes(const void *x, const void *y)
{
	return memcmp(x, y, SEGMENT_EPOCH);
}

/* The keys that go with an invitation: all that this site has and the newcomer may have. */
static struct ring_key *keys_for(const struct ring *r, enum ring_role role, struct arena *a, size_t *n)
{
	struct ring_key *key = arena_alloc(a, r->now->nkeys * sizeof *key + 1);
	*n = 0;
	for (size_t i = 0; i < r->now->nkeys; i++)
		if (role == RING_FULL || r->now->key[i].partition == 1)
			key[(*n)++] = r->now->key[i];
	return key;
}

static int say_invite(struct ring *r, struct store *s, const char *site, enum ring_role role,
	const uint8_t key[SEGMENT_PUBLIC], struct arena *a, struct err *e)
{
	struct statement d = ring_draft(r, s, STATEMENT_INVITE);
	uint8_t (*epoch)[SEGMENT_EPOCH] = arena_alloc(a, r->now->nkeys * SEGMENT_EPOCH + 1);
	d.invite.site_name = site;
	d.invite.role = role;
	d.invite.last = store_today(s) + DAYS_GOOD;
	memcpy(d.invite.key, key, SEGMENT_PUBLIC);
	/* every epoch that this site has, it has the key of partition 1 of */
	for (size_t i = 0; i < r->now->nkeys; i++)
		if (r->now->key[i].partition == 1)
			memcpy(epoch[d.invite.nepochs++], r->now->key[i].epoch, SEGMENT_EPOCH);
	qsort(epoch, d.invite.nepochs, SEGMENT_EPOCH, by_bytes);
	d.invite.epoch = (const uint8_t (*)[SEGMENT_EPOCH])epoch;
	return ring_say(r, &d, r->secret, e);
}

static int seal_invite(const struct ring *r, struct invite *i, enum ring_role role, struct arena *a, struct buf *out,
	char words[RING_WORDS_TEXT], struct err *e)
{
	struct invite_text *text = arena_alloc(a, r->n * sizeof *text);
	for (size_t k = 0; k < r->n; k++)
		text[k] = (struct invite_text){r->at[k]->p, r->at[k]->n};
	struct ring_key *key = keys_for(r, role, a, &i->nkeys);
	i->key = key;
	i->statement = text;
	i->nstatements = r->n;
	memcpy(i->cover, r->cover, RING_COVER);
	assert(r->at[r->n - 1]->kind == STATEMENT_INVITE);
	memcpy(i->name, r->at[r->n - 1]->name, SEGMENT_HASH);
	int rc = invite_seal(i, r->cheap, out, words, e);
	ringkeys_wipe(key, i->nkeys * sizeof *key);
	return rc;
}

int ring_invite(struct store *s, struct ring *r, const char *site, enum ring_role role, struct buf *out,
	char words[RING_WORDS_TEXT], struct err *e)
{
	struct arena *a = arena_new();
	struct invite i = {0};
	uint8_t public[SEGMENT_PUBLIC];
	int rc = ring_check_full(r, e);
	site = text_clean(a, site, strlen(site));
	if (rc == OK)
		rc = check_name(site, e);
	if (rc == OK && has_namesake(r, site))
		rc = err_set(e, ERR_CONFLICT, _("a site that is called %s is in the ring already. Give the new one another name; "
			"or, if it is to take that one's place, remove that first"), site);
	if (rc == OK) {
		fresh_pair(public, i.secret);
		rc = say_invite(r, s, site, role, public, a, e);
	}
	if (rc == OK)
		rc = ring_save(s, r, e);
	if (rc == OK)
		rc = seal_invite(r, &i, role, a, out, words, e);
	invite_wipe(&i);
	arena_free(a);
	return rc;
}

static bool is_used(const struct ring *r, const struct statement *invite)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i]->kind == STATEMENT_MEMBER && memcmp(r->at[i]->member.invite, invite->name, SEGMENT_HASH) == 0)
			return true;
	return false;
}

bool ring_expects(const struct ring *r, enum ring_role role, civil_date today)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct statement *s = r->at[i];
		if (s->kind == STATEMENT_INVITE && s->invite.role == role && s->invite.last >= today &&
			roll_counts(ring_roll(r), s) && !is_used(r, s))
			return true;
	}
	return false;
}

/* ---- joining ------------------------------------------------------------------------------------- */

static const struct statement *invite_named(const struct ring *r, const uint8_t name[SEGMENT_HASH])
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i]->kind == STATEMENT_INVITE && memcmp(r->at[i]->name, name, SEGMENT_HASH) == 0)
			return r->at[i];
	return NULL;
}

/* The ring as the invitation knows it, with a fresh key of this site's own. */
static int ring_of_invite(const struct invite *i, struct ring **out, struct err *e)
{
	struct statement s;
	struct ring *r = fresh_ring(i->cover);
	int rc = OK;
	*out = r;
	/* any statement tells the ring's name */
	if (i->nstatements)
		rc = statement_read(r->a, i->statement[0].p, i->statement[0].n, &s, e);
	if (rc == OK && i->nstatements)
		memcpy(r->id, s.ring, SEGMENT_RING);
	for (size_t k = 0; rc == OK && k < i->nstatements; k++) {
		struct buf file = {0};
		ringkeys_cover(r->cover, r->id, i->statement[k].p, i->statement[k].n, &file);
		rc = ring_add(r, file.p, file.n, NULL, e);
		buf_free(&file);
	}
	for (size_t k = 0; k < i->nkeys; k++)
		if (i->key[k].partition <= 1)
			ring_learn_key(r, i->key[k].epoch, i->key[k].partition, i->key[k].key);
	return rc;
}

static int check_invite(const struct ring *r, struct store *s, const struct invite *i, const struct statement **out,
	struct err *e)
{
	const struct statement *invite = *out = invite_named(r, i->name);
	uint8_t public[SEGMENT_PUBLIC], cover[SEGMENT_HASH];
	const struct statement *made = ring_roll(r)->found;
	ringkeys_public(i->secret, public);
	hash_256(r->cover, sizeof r->cover, cover);
	if (!invite || !made || memcmp(public, invite->invite.key, SEGMENT_PUBLIC) != 0 ||
	    memcmp(cover, made->found.cover, SEGMENT_HASH) != 0)
		return err_set(e, ERR_CORRUPT, _("the invitation's file is cut short or altered; get it again"));
	if (store_today(s) > invite->invite.last)
		return err_set(
			e, ERR_REFUSED, _("the invitation is more than %d days old; ask for a new one"), DAYS_GOOD);
	if (!roll_counts(ring_roll(r), invite))
		return err_set(e, ERR_REFUSED,
			_("who made the invitation isn't in the ring any more; ask another site for one"));
	return OK;
}

/* What others can't have from their ring, this store may not bring along: all that it writes rests on it. And what a
 * region member has of others are parts of records, without persons: a full one would take them for all there is; nor
 * may it keep the persons that a full one has. */
static int check_content(const struct ring *r, const struct ring *old, const struct vector *have, enum ring_role role,
	struct err *e)
{
	bool knew = old && ring_self(old) != ROLL_NOBODY;
	for (size_t i = 0; old && i < have->n; i++) {
		const struct ring_member *was = ring_author(old, have->at[i].dot.inc);
		if (was && !was->self && knew && ring_own_role(old) != role)
			return err_set(e, ERR_REFUSED,
				_("this store has been in the ring \"%s\" as another kind of member, and doesn't hold what it would "
				  "have to hold now. Join with a new store: samvagt init"),
				ring_name(old));
		if (was && !was->self && !ring_author(r, have->at[i].dot.inc))
			return err_set(e, ERR_REFUSED,
				_("this store holds what other sites of the ring \"%s\" wrote, and can't take that along. Join with a "
				  "new store: samvagt init"),
				ring_name(old));
	}
	return OK;
}

static bool is_same_ring(const struct ring *r, const struct ring *old)
{
	return old && memcmp(old->id, r->id, SEGMENT_RING) == 0;
}

/* The names that are nobody's in this ring, but that of now. */
static int find_left(struct store *s, const struct ring *r, struct arena *a, struct peer **out, size_t *n, struct err *e)
{
	struct view *v = NULL;
	size_t all = 0;
	*n = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = exchange_peers(v, a, out, &all, e);
	view_end(v);
	for (size_t i = 0; rc == OK && i < all; i++)
		if ((*out)[i].no && (*out)[i].inc != store_incarnation(s) && !ring_author(r, (*out)[i].inc))
			(*out)[(*n)++] = (*out)[i];
	return rc;
}

/* One that had none of the others in sight. */
static size_t find_earliest(const struct peer *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool later = false;
		for (size_t k = 0; k < n; k++)
			later |= k != i && vector_number(&p[i].context, p[k].inc) > 0;
		if (!later)
			return i;
	}
	return 0;
}

/* What it wrote while it was out and left before it came back, when its disk was put back once more: the files of that are
 * signed with a key that is nobody's in this ring. The earliest first: then none says that it had seen one of these names,
 * which the others never hear of. What came back with a state of the whole can't be told apart any more. */
static int issue_again(struct store *s, const struct ring *r, struct arena *a, struct err *e)
{
	struct peer *p = NULL;
	size_t n;
	int rc = find_left(s, r, a, &p, &n, e);
	while (n > 0 && (rc == OK || rc == ERR_CONFLICT)) {
		const size_t i = find_earliest(p, n);
		const uint64_t inc = p[i].inc;
		p[i] = p[--n];
		rc = exchange_transplant_line(s, inc, store_site(s), 0, NULL, e);
	}
	return rc == ERR_CONFLICT ? OK : rc;
}

/* Numbers that another member (or this site, before it was removed) has used up aren't gone on with, nor those under
 * which this site wrote files in a ring that it isn't in any more, or never got into: they are signed with the key of
 * then. One who comes back says, as everybody may, how far its changes of then are here. What none of its keys can
 * sign is issued again. */
static int fresh_incarnation(struct store *s, const struct ring *r, const struct ring *old, const struct vector *have,
	struct arena *a, struct err *e)
{
	const uint64_t inc = store_incarnation(s), last = ring_last_number(r, inc);
	const struct ring_member *author = ring_author(r, inc);
	if (!author && !old)
		return OK;
	int rc = old ? issue_again(s, r, a, e) : OK;
	if (rc != OK)
		return rc;
	bool signs = is_same_ring(r, old) && ring_own_role(old) == RING_FULL;
	if (author && signs && memcmp(author->key, old->self, SEGMENT_PUBLIC) == 0)
		return exchange_mint(s, e);
	return vector_number(have, inc) > last ? exchange_transplant_line(s, inc, store_site(s), last, NULL, e) : exchange_mint(s, e);
}

static int say_member(struct ring *r, struct store *s, const struct invite *i, struct arena *a, struct err *e)
{
	struct statement d = ring_draft(r, s, STATEMENT_MEMBER);
	int rc = own_name(s, a, &d.member.site_name, e);
	if (rc == OK && has_namesake(r, d.member.site_name))
		rc = err_set(e, ERR_CONFLICT, _("this store is called %s, and so is another site of the ring. Call it something else "
			"first, in its settings or with samvagt set site, and join then"), d.member.site_name);
	memcpy(d.member.invite, i->name, SEGMENT_HASH);
	memcpy(d.member.key, r->self, SEGMENT_PUBLIC);
	d.member.site = store_site(s);
	statement_prove(&d, r->secret);
	return rc ? rc : ring_say(r, &d, i->secret, e);
}

static int enter(struct store *s, struct ring *r, const struct ring *old, const struct invite *i, struct arena *a,
	struct err *e)
{
	const struct statement *invite;
	struct vector have = {0};
	int rc = check_invite(r, s, i, &invite, e);
	if (rc == OK)
		rc = ring_vector(s, a, &have, e);
	if (rc == OK)
		rc = check_content(r, old, &have, invite->invite.role, e);
	if (rc == OK)
		rc = fresh_incarnation(s, r, old, &have, a, e);
	if (rc == OK)
		rc = say_member(r, s, i, a, e);
	if (rc == OK && !ring_takes_part(r))
		rc = err_set(e, ERR_REFUSED, _("the invitation is used already; ask for a new one"));
	if (rc == OK)
		rc = ring_vector(s, a, &have, e);
	if (rc == OK)
		rc = ring_claim_all(r, s, &have, e);
	assert(rc || ring_author(r, store_incarnation(s)));
	return rc ? rc : ring_replace(s, r, e);
}

/* What one knows of the ring that the other doesn't. The invitation may tell that the store is out of it; and the store
 * whose its incarnations are. */
static int hear(struct ring *r, const struct ring *from, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < from->n; i++)
		rc = ring_add(r, from->file[i].p, from->file[i].n, NULL, e);
	return rc;
}

/* All that it wrote with its key of then stands in files before that key is gone, and leaves with all that is here: else, should whoever
 * removed it turn out to have been out, and whoever lets it in now, too, a member would be left whose key nobody has. It can read on
 * what it could. */
static int carry_on(struct store *s, struct ring *r, struct ring *old, struct arena *a, struct err *e)
{
	if (!is_same_ring(r, old))
		return OK;
	struct vector have = {0};
	int rc = send_seal(s, old, e);
	if (rc == OK)
		rc = ring_vector(s, a, &have, e);
	if (rc == OK)
		rc = ring_leave(old, s, &have, e);
	for (size_t i = 0; rc == OK && i < old->now->nkeys; i++)
		ring_learn_key(r, old->now->key[i].epoch, old->now->key[i].partition, old->now->key[i].key);
	return rc ? rc : hear(r, old, e);
}

int ring_join(struct store *s, const void *file, size_t n, const char *words, struct err *e)
{
	struct ring *old = NULL, *r = NULL;
	struct arena *a = arena_new();
	struct invite i = {0};
	int rc = ring_load(s, &old, e);
	if (rc == OK)
		rc = invite_open(a, file, n, words, &i, e);
	if (rc == OK)
		rc = ring_of_invite(&i, &r, e);
	if (rc == OK)
		rc = take_own_key(s, r, old, e);
	if (rc == OK && is_same_ring(r, old))
		rc = hear(old, r, e);
	if (rc == OK)
		rc = refuse_second(old, e);
	if (rc == OK)
		rc = carry_on(s, r, old, a, e);
	if (rc == OK)
		rc = enter(s, r, old, &i, a, e);
	invite_wipe(&i);
	ring_free(r);
	ring_free(old);
	arena_free(a);
	return rc;
}

