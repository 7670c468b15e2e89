/* sync/roll.c - see roll.h. Owns who counts; must not know keys' secrets, files, stores or clocks. */
#include "sync/roll.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- the set in order ---------------------------------------------------------------------------- */

static int by_signer(const void *x, const void *y)
{
	const struct statement *s = *(const struct statement *const *)x, *t = *(const struct statement *const *)y;
	if (s->kind != t->kind)
		return s->kind < t->kind ? -1 : 1;
	int order = memcmp(s->signer, t->signer, SEGMENT_PUBLIC);
	return order ? order : memcmp(s->name, t->name, SEGMENT_HASH);
}

static void sort_all(
	struct roll *r, struct arena *a, const uint8_t ring[SEGMENT_RING], const struct statement *const *all, size_t n)
{
	r->by_signer = arena_alloc(a, (n + 1) * sizeof(void *));
	for (size_t i = 0; i < n; i++)
		if (memcmp(all[i]->ring, ring, SEGMENT_RING) == 0)
			r->by_signer[r->n++] = all[i];
	qsort(r->by_signer, r->n, sizeof(void *), by_signer);
	size_t kept = 0;
	for (size_t i = 0; i < r->n; i++)
		if (i == 0 || by_signer(&r->by_signer[i], &r->by_signer[kept - 1]) != 0)
			r->by_signer[kept++] = r->by_signer[i];
	r->n = kept;
}

static size_t place_of(const struct roll *r, uint64_t kind, const uint8_t signer[SEGMENT_PUBLIC], bool after)
{
	size_t low = 0, high = r->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct statement *s = r->by_signer[mid];
		int order = s->kind != kind ? (s->kind < kind ? -1 : 1) : memcmp(s->signer, signer, SEGMENT_PUBLIC);
		if (order < 0 || (after && order == 0))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct statement *const *roll_by(
	const struct roll *r, enum statement_kind kind, const uint8_t signer[SEGMENT_PUBLIC], size_t *n)
{
	size_t first = place_of(r, kind, signer, false);
	*n = place_of(r, kind, signer, true) - first;
	return r->by_signer + first;
}

size_t roll_find(const struct roll *r, const uint8_t key[SEGMENT_PUBLIC])
{
	for (size_t i = 0; i < r->nmembers; i++)
		if (memcmp(r->member[i].is.key, key, SEGMENT_PUBLIC) == 0)
			return i;
	return ROLL_NOBODY;
}

/* ---- who may be a member ------------------------------------------------------------------------- */

struct members { struct arena *a; size_t cap; };

static void add_member(struct roll *r, struct members *m, const struct roll_member *who)
{
	r->member = arena_grow(m->a, r->member, &m->cap, r->nmembers + 1, sizeof *r->member);
	assert(who->inviter < r->nmembers || r->nmembers == 0);
	r->member[r->nmembers++] = *who;
}

static bool is_confirmed(const struct roll *r, const uint8_t inviter[SEGMENT_PUBLIC], const uint8_t key[SEGMENT_PUBLIC])
{
	size_t n;
	const struct statement *const *epochs = roll_by(r, STATEMENT_EPOCH, inviter, &n);
	for (size_t i = 0; i < n; i++)
		if (statement_wrap_for(epochs[i], key))
			return true;
	return false;
}

static bool uses(const struct statement *member, const struct statement *invite)
{
	return memcmp(member->member.invite, invite->name, SEGMENT_HASH) == 0;
}

/* Who used an invitation, and counts; NULL: nobody yet. They stand by name. */
static const struct statement *user_of(const struct roll *r, const struct statement *invite)
{
	size_t n;
	const struct statement *const *users = roll_by(r, STATEMENT_MEMBER, invite->invite.key, &n), *least = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!uses(users[i], invite))
			continue;
		if (is_confirmed(r, invite->signer, users[i]->member.key))
			return users[i];
		if (!least)
			least = users[i];
	}
	return least;
}

static struct roll_member new_member(const struct statement *entry, const struct statement *invite, size_t inviter)
{
	struct roll_member m = {.entry = entry, .invite = invite, .inviter = inviter};
	memcpy(m.is.key, invite ? entry->member.key : entry->signer, SEGMENT_PUBLIC);
	m.is.name = invite ? entry->member.site_name : entry->found.site_name;
	m.is.site = invite ? entry->member.site : entry->found.site;
	m.is.role = invite ? invite->invite.role : RING_FULL;
	m.is.joined = entry->clock;
	return m;
}

static int by_entry(const void *x, const void *y)
{
	const struct roll_member *m = x, *o = y;
	return memcmp(m->entry->name, o->entry->name, SEGMENT_HASH);
}

/* Those who used an invitation: whoever counts, or all of them. */
struct users { struct roll_member *at; size_t n, cap; bool all; };

static void add_users(const struct roll *r, struct arena *a, const struct statement *invite, size_t inviter, struct users *u)
{
	size_t n;
	const struct statement *winner = user_of(r, invite);
	const struct statement *const *users = roll_by(r, STATEMENT_MEMBER, invite->invite.key, &n);
	for (size_t i = 0; i < n; i++) {
		if (!uses(users[i], invite) || (users[i] != winner && !u->all))
			continue;
		u->at = arena_grow(a, u->at, &u->cap, u->n + 1, sizeof *u->at);
		u->at[u->n] = new_member(users[i], invite, inviter);
		u->at[u->n++].is.instead = users[i] == winner ? NULL : winner->member.site_name;
	}
}

/* All whom those from..to have invited, after them, in their own order. */
static void add_invited(struct roll *r, struct members *m, size_t from, size_t to, bool all)
{
	struct users u = {.all = all};
	size_t n;
	for (size_t i = from; i < to; i++) {
		const struct statement *const *invites = roll_by(r, STATEMENT_INVITE, r->member[i].is.key, &n);
		for (size_t k = 0; k < n && r->member[i].is.role == RING_FULL; k++)
			add_users(r, m->a, invites[k], i, &u);
	}
	if (u.n)
		qsort(u.at, u.n, sizeof *u.at, by_entry);
	for (size_t i = 0; i < u.n; i++)
		if (roll_find(r, u.at[i].is.key) == ROLL_NOBODY)
			add_member(r, m, &u.at[i]);
}

static void find_members(struct roll *r, struct arena *a)
{
	struct members m = {.a = a};
	struct roll_member founder = new_member(r->found, NULL, 0);
	add_member(r, &m, &founder);
	for (int all = 0; all <= 1; all++)
		for (size_t from = 0, to = r->nmembers; from < to; from = to, to = r->nmembers)
			add_invited(r, &m, from, to, all);
}

/* ---- removals ------------------------------------------------------------------------------------ */

static bool is_known(const struct roll_member *m, const struct statement *s)
{
	for (size_t i = 0; i < m->nremovals; i++)
		if (statement_knows(m->removal[i], s->name))
			return true;
	return false;
}

static bool counts(const struct roll_member *m, const struct statement *s)
{
	return (m->let_in && m->nremovals == 0) || is_known(m, s);
}

static void let_in(struct roll *r, struct roll_member *m)
{
	m->let_in = !m->invite || (!m->is.instead && counts(&r->member[m->inviter], m->invite));
}

static void remove_one(struct roll *r, struct arena *a, const struct statement *s, size_t author)
{
	size_t of = roll_find(r, s->retire.key);
	if (of == ROLL_NOBODY || (r->member[author].is.role != RING_FULL && of != author) ||
		!counts(&r->member[author], s))
		return;
	struct roll_member *m = &r->member[of];
	size_t cap = m->nremovals;
	m->removal = arena_grow(a, m->removal, &cap, m->nremovals + 1, sizeof *m->removal);
	m->removal[m->nremovals++] = s;
	assert(memcmp(m->is.key, s->retire.key, SEGMENT_PUBLIC) == 0);
}

/* A member's own leaving is looked at before what else it removes. */
static void remove_members(struct roll *r, struct arena *a)
{
	size_t n;
	for (size_t i = 0; i < r->nmembers; i++) {
		const struct statement *const *all = roll_by(r, STATEMENT_RETIRE, r->member[i].is.key, &n);
		let_in(r, &r->member[i]);
		for (int leaves = 1; leaves >= 0; leaves--)
			for (size_t k = 0; k < n; k++)
				if ((memcmp(all[k]->retire.key, all[k]->signer, SEGMENT_PUBLIC) == 0) == leaves)
					remove_one(r, a, all[k], i);
	}
}

/* With all removals known: who is left. */
static void settle_members(struct roll *r, const uint8_t *self)
{
	for (size_t i = 0; i < r->nmembers; i++) {
		struct roll_member *m = &r->member[i];
		let_in(r, m);
		m->is.self = self && memcmp(m->is.key, self, SEGMENT_PUBLIC) == 0;
		m->is.guest = self && m->invite && memcmp(m->invite->signer, self, SEGMENT_PUBLIC) == 0;
		m->is.retired = m->nremovals > 0 || !m->let_in;
		for (size_t k = 0; k < m->nremovals; k++)
			if (k == 0 || m->removal[k]->clock < m->is.left)
				m->is.left = m->removal[k]->clock;
		if (m->nremovals == 0 && !m->let_in)
			m->is.left = m->is.instead ? m->is.joined : r->member[m->inviter].is.left;
	}
}

bool roll_counts(const struct roll *r, const struct statement *s)
{
	size_t author = roll_find(r, s->signer);
	return author != ROLL_NOBODY && counts(&r->member[author], s);
}

/* ---- incarnations -------------------------------------------------------------------------------- */

struct claim { uint64_t inc; size_t member; bool counts; };

static int by_claim(const void *x, const void *y)
{
	const struct claim *c = x, *d = y;
	if (c->inc != d->inc)
		return c->inc < d->inc ? -1 : 1;
	if (c->counts != d->counts)
		return c->counts ? -1 : 1;
	return c->member != d->member ? (c->member < d->member ? -1 : 1) : 0;
}

static struct claim *all_claims(const struct roll *r, struct arena *a, size_t *nclaims)
{
	struct claim *claim = NULL;
	size_t cap = 0, n;
	*nclaims = 0;
	for (size_t i = 0; i < r->nmembers; i++) {
		const struct statement *const *all = roll_by(r, STATEMENT_INCARNATION, r->member[i].is.key, &n);
		for (size_t k = 0; k < n; k++) {
			claim = arena_grow(a, claim, &cap, *nclaims + 1, sizeof *claim);
			claim[(*nclaims)++] = (struct claim){all[k]->incarnation.inc, i, counts(&r->member[i], all[k])};
		}
	}
	if (*nclaims)
		qsort(claim, *nclaims, sizeof *claim, by_claim);
	return claim;
}

static struct roll_inc *inc_of(const struct roll *r, uint64_t inc)
{
	size_t low = 0, high = r->nincs;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (r->inc[mid].inc == inc)
			return &r->inc[mid];
		*(inc < r->inc[mid].inc ? &high : &low) = inc < r->inc[mid].inc ? mid : mid + 1;
	}
	return NULL;
}

/* What somebody says to have had: of others a full member alone has anything whole. */
static void raise_lasts(struct roll *r, const uint8_t author[SEGMENT_PUBLIC], const struct statement_ends *ends)
{
	size_t by = roll_find(r, author);
	assert(by != ROLL_NOBODY);
	for (size_t k = 0; k < ends->n && r->member[by].is.role == RING_FULL; k++) {
		struct roll_inc *inc = inc_of(r, ends->at[k].inc);
		if (inc && r->member[inc->member].is.role == RING_FULL && ends->at[k].no > inc->last)
			inc->last = ends->at[k].no;
	}
}

/* By whatever removal counts, and by whatever else is said of it that does. */
static void raise_all_lasts(struct roll *r)
{
	size_t n;
	for (size_t i = 0; i < r->nmembers; i++) {
		const struct roll_member *m = &r->member[i];
		const struct statement *const *had = roll_by(r, STATEMENT_HAD, m->is.key, &n);
		for (size_t k = 0; k < m->nremovals; k++)
			raise_lasts(r, m->removal[k]->signer, &m->removal[k]->retire.ends);
		for (size_t k = 0; k < n; k++)
			if (counts(m, had[k]))
				raise_lasts(r, m->is.key, &had[k]->had);
	}
}

static bool takes_part(const struct roll_member *m)
{
	return !m->is.retired && m->is.role == RING_FULL;
}

static void find_incs(struct roll *r, struct arena *a)
{
	size_t n;
	const struct claim *claim = all_claims(r, a, &n);
	r->inc = arena_alloc(a, n * sizeof *r->inc + 1);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || claim[i].inc != claim[i - 1].inc)
			r->inc[r->nincs++] = (struct roll_inc){.inc = claim[i].inc, .member = claim[i].member,
				.last = takes_part(&r->member[claim[i].member]) ? UINT64_MAX : 0};
	raise_all_lasts(r);
	for (size_t i = 0; i < r->nmembers; i++) {
		uint64_t *own = arena_alloc(a, r->nincs * sizeof *own + 1);
		for (size_t k = 0; k < r->nincs; k++)
			if (r->inc[k].member == i)
				own[r->member[i].is.ninc++] = r->inc[k].inc;
		r->member[i].is.inc = own;
	}
}

const struct roll_inc *roll_find_inc(const struct roll *r, uint64_t inc)
{
	return inc_of(r, inc);
}

static int by_line(const void *x, const void *y)
{
	const struct ring_given_up *g = x, *h = y;
	if (g->inc != h->inc)
		return g->inc < h->inc ? -1 : 1;
	if (g->after != h->after)
		return g->after < h->after ? -1 : 1;
	size_t n = g->ntag < h->ntag ? g->ntag : h->ntag;
	for (size_t i = 0; i < n; i++)
		if (g->tag[i] != h->tag[i])
			return g->tag[i] < h->tag[i] ? -1 : 1;
	return g->ntag != h->ntag ? (g->ntag < h->ntag ? -1 : 1) : 0;
}

/* Is it the same site? One that was put back to before it joined, and joined again, is two members, and has the key of the
 * later alone. Who is out can't say it any more: then it is anybody. */
static bool may_settle(const struct roll *r, size_t member, size_t by)
{
	const struct ring_member *of = &r->member[member].is, *who = &r->member[by].is;
	return member == by || (who->role == RING_FULL && (of->retired || id_equal(of->site, who->site)));
}

/* Of a line that is given up there is as much again under the name that is claimed. */
static bool claim_stands(const struct roll *r, size_t author, const struct statement *s)
{
	const struct roll_inc *inc = inc_of(r, s->incarnation.inc);
	const bool all = inc && inc->member == author && inc->last >= s->incarnation.after.ntag;
	assert(s->incarnation.after.ntag > 0);
	return all || counts(&r->member[author], s);
}

static void find_lines(struct roll *r, struct arena *a)
{
	size_t cap = 0, n;
	for (size_t i = 0; i < r->nmembers; i++) {
		const struct statement *const *all = roll_by(r, STATEMENT_INCARNATION, r->member[i].is.key, &n);
		for (size_t k = 0; k < n; k++) {
			const struct ring_given_up *line = &all[k]->incarnation.after;
			const struct roll_inc *inc = line->ntag ? roll_find_inc(r, line->inc) : NULL;
			if (!inc || !may_settle(r, inc->member, i) || !claim_stands(r, i, all[k]))
				continue;
			r->line = arena_grow(a, r->line, &cap, r->nlines + 1, sizeof *r->line);
			r->line[r->nlines++] = *line;
		}
	}
	if (r->nlines)
		qsort(r->line, r->nlines, sizeof *r->line, by_line);
}

/* ---- epochs -------------------------------------------------------------------------------------- */

static int by_epoch_id(const void *x, const void *y)
{
	const struct statement *s = *(const struct statement *const *)x, *t = *(const struct statement *const *)y;
	int order = memcmp(s->epoch.id, t->epoch.id, SEGMENT_EPOCH);
	return order ? order : memcmp(s->name, t->name, SEGMENT_HASH);
}

static int by_depth(const void *x, const void *y)
{
	const struct roll_epoch *d = x, *f = y;
	if (d->depth != f->depth)
		return d->depth < f->depth ? -1 : 1;
	return memcmp(d->id, f->id, SEGMENT_EPOCH);
}

static int by_id(const void *x, const void *y)
{
	const struct roll_epoch *d = x, *f = y;
	return memcmp(d->id, f->id, SEGMENT_EPOCH);
}

static const struct roll_epoch *find_before(const struct roll *r, const struct statement *s)
{
	struct roll_epoch wanted;
	memcpy(wanted.id, s->epoch.after, SEGMENT_EPOCH);
	return bsearch(&wanted, r->epoch, r->nepochs, sizeof wanted, by_id);
}

/* Each comes after an earlier one; nothing can come after itself, for its name is made of the one before. They
 * stand by name still. */
static void find_depths(struct roll *r)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < r->nepochs; i++) {
			const struct statement *s = r->epoch[i].by[0];
			const struct roll_epoch *before = s->epoch.is_first ? NULL : find_before(r, s);
			if (r->epoch[i].depth || (!s->epoch.is_first && (!before || !before->depth)))
				continue;
			r->epoch[i].depth = before ? before->depth + 1 : 1;
			more = true;
		}
	}
}

static void find_epochs(struct roll *r, struct arena *a)
{
	size_t nall = 0, n;
	const struct statement **all = arena_alloc(a, (r->n + 1) * sizeof(void *));
	for (size_t i = 0; i < r->nmembers; i++) {
		const struct statement *const *own = roll_by(r, STATEMENT_EPOCH, r->member[i].is.key, &n);
		for (size_t k = 0; k < n && r->member[i].is.role == RING_FULL; k++)
			all[nall++] = own[k];
	}
	qsort(all, nall, sizeof(void *), by_epoch_id);
	r->epoch = arena_alloc(a, nall * sizeof *r->epoch + 1);
	for (size_t i = 0; i < nall; i++) {
		if (i == 0 || memcmp(all[i]->epoch.id, all[i - 1]->epoch.id, SEGMENT_EPOCH) != 0) {
			struct roll_epoch *fresh = &r->epoch[r->nepochs++];
			*fresh = (struct roll_epoch){.by = &all[i]};
			memcpy(fresh->id, all[i]->epoch.id, SEGMENT_EPOCH);
		}
		struct roll_epoch *epoch = &r->epoch[r->nepochs - 1];
		epoch->nby++;
		epoch->counts = epoch->counts || roll_counts(r, all[i]);
	}
	find_depths(r);
	qsort(r->epoch, r->nepochs, sizeof *r->epoch, by_depth);
}

bool roll_has_epoch(const struct roll *r, const struct roll_epoch *epoch, size_t member)
{
	const struct roll_member *m = &r->member[member];
	for (size_t i = 0; i < epoch->nby; i++)
		if (statement_wrap_for(epoch->by[i], m->is.key) ||
			memcmp(epoch->by[i]->signer, m->is.key, SEGMENT_PUBLIC) == 0)
			return true;
	for (size_t i = 0; m->invite && i < m->invite->invite.nepochs; i++)
		if (memcmp(m->invite->invite.epoch[i], epoch->id, SEGMENT_EPOCH) == 0)
			return true;
	return false;
}

/* -------------------------------------------------------------------------------------------------- */

void roll_make(struct arena *a, const uint8_t ring[SEGMENT_RING], const uint8_t *self,
	const struct statement *const *all, size_t n, struct roll *out)
{
	*out = (struct roll){0};
	sort_all(out, a, ring, all, n);
	for (size_t i = 0; i < out->n && out->by_signer[i]->kind == STATEMENT_FOUND; i++)
		out->found = out->by_signer[i];
	if (!out->found)
		return;
	find_members(out, a);
	remove_members(out, a);
	settle_members(out, self);
	find_incs(out, a);
	find_lines(out, a);
	find_epochs(out, a);
	assert(out->nmembers > 0 && out->nincs <= out->n && out->nepochs <= out->n);
}
