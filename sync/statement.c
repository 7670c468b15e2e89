/* sync/statement.c - see statement.h. Owns the bytes of a statement; must not know what follows from it. */
#include "sync/statement.h"

#include <assert.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"
#include "store/cbor.h"

enum { HEAD_ITEMS = 6 };
#define LABEL "samvagt statement"
#define PROOF "samvagt member"

/* ---- reading parts ------------------------------------------------------------------------------- */

static bool get_bytes(struct cursor *c, void *out, size_t n)
{
	const uint8_t *bytes;
	size_t got;
	if (!cbor_get_string(c, CBOR_BYTES, &bytes, &got) || got != n)
		return false;
	memcpy(out, bytes, n);
	return true;
}

static bool get_number(struct cursor *c, uint64_t *out)
{
	return cbor_get(c, CBOR_UINT, out);
}

/* A place's or the ring's name: on one line, and short enough to show. */
static bool get_name(struct cursor *c, struct arena *a, const char **out)
{
	const uint8_t *bytes;
	size_t n;
	if (!cbor_get_string(c, CBOR_TEXT, &bytes, &n) || n == 0 || n > RING_NAME)
		return false;
	for (size_t i = 0; i < n; i++)
		if (bytes[i] < ' ' || bytes[i] == 0x7F)
			return false;
	*out = arena_strndup(a, (const char *)bytes, n);
	return true;
}

/* The head of a list of at most `most` entries, which have `per` items each. */
static bool get_list(struct cursor *c, size_t per, size_t most, size_t *n)
{
	uint64_t items;
	if (!cbor_get(c, CBOR_ARRAY, &items) || items > per * most || items > cursor_left(c) || items % per)
		return false;
	*n = (size_t)items / per;
	return true;
}

/* Byte strings of one size, ascending. */
static bool get_names(struct cursor *c, struct arena *a, size_t size, const void **out, size_t *n)
{
	if (!get_list(c, 1, STATEMENT_LIST_MOST, n))
		return false;
	uint8_t *all = arena_alloc(a, *n * size + 1);
	for (size_t i = 0; i < *n; i++)
		if (!get_bytes(c, all + i * size, size) ||
			(i > 0 && memcmp(all + (i - 1) * size, all + i * size, size) >= 0))
			return false;
	*out = all;
	return true;
}

/* ---- the bodies ---------------------------------------------------------------------------------- */

static bool get_found(struct cursor *c, struct arena *a, struct statement *s)
{
	return get_name(c, a, &s->found.name) && get_name(c, a, &s->found.site_name) &&
		get_bytes(c, s->found.site.b, 16) && get_bytes(c, s->found.cover, SEGMENT_HASH) &&
		ringkeys_is_public(s->signer);
}

static bool get_invite(struct cursor *c, struct arena *a, struct statement *s)
{
	uint64_t role, last;
	const void *epochs;
	if (!get_name(c, a, &s->invite.site_name) || !get_number(c, &role) ||
		(role != RING_FULL && role != RING_REGION) || !get_bytes(c, s->invite.key, SEGMENT_PUBLIC) ||
		!get_number(c, &last) || last > INT32_MAX ||
		!get_names(c, a, SEGMENT_EPOCH, &epochs, &s->invite.nepochs))
		return false;
	s->invite.role = (enum ring_role)role;
	s->invite.last = (civil_date)last;
	s->invite.epoch = epochs;
	return true;
}

/* What the member's key signs: that it takes part by this invitation and no other. */
enum { TO_PROVE = SEGMENT_RING + SEGMENT_HASH + SEGMENT_PUBLIC };
static void text_to_prove(const struct statement *s, uint8_t out[TO_PROVE])
{
	memcpy(out, s->ring, SEGMENT_RING);
	memcpy(out + SEGMENT_RING, s->member.invite, SEGMENT_HASH);
	memcpy(out + SEGMENT_RING + SEGMENT_HASH, s->member.key, SEGMENT_PUBLIC);
}

static bool get_member(struct cursor *c, struct arena *a, struct statement *s)
{
	return get_bytes(c, s->member.invite, SEGMENT_HASH) && get_name(c, a, &s->member.site_name) &&
	       get_bytes(c, s->member.site.b, 16) && get_bytes(c, s->member.key, SEGMENT_PUBLIC) &&
	       get_bytes(c, s->member.proof, RING_SIGNATURE);
}

static bool get_tags(struct cursor *c, struct arena *a, struct ring_given_up *g)
{
	if (!get_list(c, 1, STATEMENT_TAGS_MOST, &g->ntag))
		return false;
	uint64_t *tag = arena_alloc(a, g->ntag * sizeof *tag + 1);
	for (size_t i = 0; i < g->ntag; i++)
		if (!get_number(c, &tag[i]))
			return false;
	g->tag = tag;
	return true;
}

static bool get_incarnation(struct cursor *c, struct arena *a, struct statement *s, uint64_t items)
{
	struct ring_given_up *after = &s->incarnation.after;
	s->incarnation.goes_on = items == 5;
	if ((items != 1 && items != 5) || !get_number(c, &s->incarnation.inc))
		return false;
	return items == 1 || (get_number(c, &after->inc) && get_number(c, &after->after) && get_number(c, &after->at) &&
				     (after->after > 0 || after->at == 0) && get_tags(c, a, after) &&
				     after->inc != s->incarnation.inc);
}

static bool get_wraps(struct cursor *c, struct arena *a, struct statement *s)
{
	if (!get_list(c, 2, STATEMENT_LIST_MOST, &s->epoch.nwraps))
		return false;
	struct statement_wrap *wrap = arena_alloc(a, s->epoch.nwraps * sizeof *wrap + 1);
	for (size_t i = 0; i < s->epoch.nwraps; i++) {
		const uint8_t *box;
		struct statement_wrap *w = &wrap[i];
		if (!get_bytes(c, w->member, SEGMENT_PUBLIC) || !cbor_get_string(c, CBOR_BYTES, &box, &w->n) ||
		    (i > 0 && memcmp(wrap[i - 1].member, w->member, SEGMENT_PUBLIC) >= 0) ||
		    (w->n != STATEMENT_KEYS + RING_WRAP && w->n != STATEMENT_REGION_KEYS + RING_WRAP))
			return false;
		w->box = arena_copy(a, box, w->n);
	}
	s->epoch.wrap = wrap;
	return true;
}

/* An epoch is named by what it comes after and by its keys, so nobody can show other keys under its name. */
static void name_epoch(struct statement *s)
{
	uint8_t text[1 + SEGMENT_EPOCH + 2 * SEGMENT_HASH], hash[SEGMENT_HASH];
	text[0] = s->epoch.is_first;
	memcpy(text + 1, s->epoch.after, SEGMENT_EPOCH);
	memcpy(text + 1 + SEGMENT_EPOCH, s->epoch.key_hash, 2 * SEGMENT_HASH);
	hash_256(text, sizeof text, hash);
	memcpy(s->epoch.id, hash, SEGMENT_EPOCH);
}

static bool get_epoch(struct cursor *c, struct arena *a, struct statement *s)
{
	const uint8_t *after;
	size_t n;
	if (!cbor_get_string(c, CBOR_BYTES, &after, &n) || (n != 0 && n != SEGMENT_EPOCH) ||
	    !get_bytes(c, s->epoch.key_hash[0], SEGMENT_HASH) || !get_bytes(c, s->epoch.key_hash[1], SEGMENT_HASH))
		return false;
	s->epoch.is_first = n == 0;
	memcpy(s->epoch.after, after, n);
	name_epoch(s);
	return get_wraps(c, a, s);
}

static bool get_ends(struct cursor *c, struct arena *a, struct statement_ends *ends)
{
	if (!get_list(c, 2, STATEMENT_ENDS_MOST, &ends->n))
		return false;
	struct statement_end *end = arena_alloc(a, ends->n * sizeof *end + 1);
	for (size_t i = 0; i < ends->n; i++)
		if (!get_number(c, &end[i].inc) || !get_number(c, &end[i].no) ||
			(i > 0 && end[i - 1].inc >= end[i].inc))
			return false;
	ends->at = end;
	return true;
}

static bool get_retire(struct cursor *c, struct arena *a, struct statement *s)
{
	const void *known = NULL;
	bool whole = get_bytes(c, s->retire.key, SEGMENT_PUBLIC) && get_ends(c, a, &s->retire.ends) &&
		     get_names(c, a, SEGMENT_HASH, &known, &s->retire.nknown);
	s->retire.known = known;
	return whole;
}

static bool skip_items(struct cursor *c, uint64_t items)
{
	for (; items > 0; items--)
		if (!cbor_skip(c))
			return false;
	return true;
}

static bool get_body(struct cursor *c, struct arena *a, struct statement *s)
{
	uint64_t items;
	if (!cbor_get(c, CBOR_ARRAY, &items) || items > cursor_left(c))
		return false;
	switch (s->kind) {
	case STATEMENT_FOUND: return items == 4 && get_found(c, a, s);
	case STATEMENT_INVITE: return items == 5 && get_invite(c, a, s);
	case STATEMENT_MEMBER: return items == 5 && get_member(c, a, s);
	case STATEMENT_INCARNATION: return get_incarnation(c, a, s, items);
	case STATEMENT_EPOCH: return items == 4 && get_epoch(c, a, s);
	case STATEMENT_RETIRE: return items == 3 && get_retire(c, a, s);
	case STATEMENT_HAD: return items == 1 && get_ends(c, a, &s->had);
	}
	return skip_items(c, items);
}

/* ---- reading ------------------------------------------------------------------------------------- */

static bool get_head(struct cursor *c, struct statement *s)
{
	uint64_t items;
	const uint8_t *ring;
	size_t n;
	if (!cbor_get(c, CBOR_ARRAY, &items) || items != HEAD_ITEMS || !get_number(c, &s->kind) || s->kind == 0 ||
	    !cbor_get_string(c, CBOR_BYTES, &ring, &n) || n != (s->kind == STATEMENT_FOUND ? 0 : SEGMENT_RING))
		return false;
	memcpy(s->ring, ring, n);
	return get_bytes(c, s->signer, SEGMENT_PUBLIC) && get_number(c, &s->inc) && cbor_get_int(c, &s->clock);
}

static bool is_proven(const struct statement *s)
{
	uint8_t text[TO_PROVE];
	text_to_prove(s, text);
	return ringkeys_is_public(s->member.key) &&
	       ringkeys_verify(PROOF, text, sizeof text, s->member.key, s->member.proof);
}

static bool is_signed(const struct statement *s)
{
	const size_t n = s->n - RING_SIGNATURE;
	assert(s->n > RING_SIGNATURE);
	return ringkeys_verify(LABEL, s->p, n, s->signer, s->p + n) && (s->kind != STATEMENT_MEMBER || is_proven(s));
}

static int refuse_altered(struct err *e)
{
	return err_set(e, ERR_CORRUPT, _("the statement is cut short or altered"));
}

int statement_recall(struct arena *a, const void *p, size_t n, struct statement *out, struct err *e)
{
	*out = (struct statement){.n = n};
	if (n <= RING_SIGNATURE || n > STATEMENT_MOST)
		return err_set(e, ERR_DATA, _("this is no statement of a ring of sites"));
	out->p = arena_copy(a, p, n);
	struct cursor c = {out->p, out->p + n - RING_SIGNATURE};
	if (!get_head(&c, out) || !get_body(&c, a, out) || c.p != c.end)
		return refuse_altered(e);
	hash_256(out->p, n, out->name);
	if (out->kind == STATEMENT_FOUND)
		memcpy(out->ring, out->name, SEGMENT_RING);
	return OK;
}

int statement_read(struct arena *a, const void *p, size_t n, struct statement *out, struct err *e)
{
	int rc = statement_recall(a, p, n, out, e);
	return rc == OK && !is_signed(out) ? refuse_altered(e) : rc;
}

/* ---- writing ------------------------------------------------------------------------------------- */

static void put_head(struct buf *b, enum cbor_major major, uint64_t arg)
{
	uint8_t head[CBOR_HEAD_MOST];
	buf_add(b, head, (size_t)(cbor_put_head(head, major, arg) - head));
}

static void put_number(struct buf *b, uint64_t n)
{
	put_head(b, CBOR_UINT, n);
}

static void put_bytes(struct buf *b, const void *p, size_t n)
{
	put_head(b, CBOR_BYTES, n);
	buf_add(b, p, n);
}

static void put_text(struct buf *b, const char *s)
{
	put_head(b, CBOR_TEXT, strlen(s));
	buf_adds(b, s);
}

static void put_names(struct buf *b, const void *all, size_t size, size_t n)
{
	put_head(b, CBOR_ARRAY, n);
	for (size_t i = 0; i < n; i++)
		put_bytes(b, (const uint8_t *)all + i * size, size);
}

static void put_found(struct buf *b, const struct statement *s)
{
	put_head(b, CBOR_ARRAY, 4);
	put_text(b, s->found.name);
	put_text(b, s->found.site_name);
	put_bytes(b, s->found.site.b, 16);
	put_bytes(b, s->found.cover, SEGMENT_HASH);
}

static void put_invite(struct buf *b, const struct statement *s)
{
	put_head(b, CBOR_ARRAY, 5);
	put_text(b, s->invite.site_name);
	put_number(b, s->invite.role);
	put_bytes(b, s->invite.key, SEGMENT_PUBLIC);
	put_number(b, (uint64_t)s->invite.last);
	put_names(b, s->invite.epoch, SEGMENT_EPOCH, s->invite.nepochs);
}

static void put_member(struct buf *b, const struct statement *s)
{
	put_head(b, CBOR_ARRAY, 5);
	put_bytes(b, s->member.invite, SEGMENT_HASH);
	put_text(b, s->member.site_name);
	put_bytes(b, s->member.site.b, 16);
	put_bytes(b, s->member.key, SEGMENT_PUBLIC);
	put_bytes(b, s->member.proof, RING_SIGNATURE);
}

static void put_incarnation(struct buf *b, const struct statement *s)
{
	const struct ring_given_up *after = &s->incarnation.after;
	put_head(b, CBOR_ARRAY, s->incarnation.goes_on ? 5 : 1);
	put_number(b, s->incarnation.inc);
	if (!s->incarnation.goes_on)
		return;
	put_number(b, after->inc);
	put_number(b, after->after);
	put_number(b, after->at);
	put_head(b, CBOR_ARRAY, after->ntag);
	for (size_t i = 0; i < after->ntag; i++)
		put_number(b, after->tag[i]);
}

static void put_epoch(struct buf *b, const struct statement *s)
{
	put_head(b, CBOR_ARRAY, 4);
	put_bytes(b, s->epoch.after, s->epoch.is_first ? 0 : SEGMENT_EPOCH);
	put_bytes(b, s->epoch.key_hash[0], SEGMENT_HASH);
	put_bytes(b, s->epoch.key_hash[1], SEGMENT_HASH);
	put_head(b, CBOR_ARRAY, 2 * s->epoch.nwraps);
	for (size_t i = 0; i < s->epoch.nwraps; i++) {
		put_bytes(b, s->epoch.wrap[i].member, SEGMENT_PUBLIC);
		put_bytes(b, s->epoch.wrap[i].box, s->epoch.wrap[i].n);
	}
}

static void put_ends(struct buf *b, const struct statement_ends *ends)
{
	put_head(b, CBOR_ARRAY, 2 * ends->n);
	for (size_t i = 0; i < ends->n; i++) {
		put_number(b, ends->at[i].inc);
		put_number(b, ends->at[i].no);
	}
}

static void put_retire(struct buf *b, const struct statement *s)
{
	put_head(b, CBOR_ARRAY, 3);
	put_bytes(b, s->retire.key, SEGMENT_PUBLIC);
	put_ends(b, &s->retire.ends);
	put_names(b, s->retire.known, SEGMENT_HASH, s->retire.nknown);
}

static void put_had(struct buf *b, const struct statement *s)
{
	put_head(b, CBOR_ARRAY, 1);
	put_ends(b, &s->had);
}

int statement_sign(struct arena *a, const struct statement *s, const uint8_t secret[SEGMENT_SECRET],
	struct statement *out, struct err *e)
{
	static void (*const put[])(struct buf *b, const struct statement *s) = {NULL, put_found, put_invite, put_member,
		put_incarnation, put_epoch, put_retire, put_had};
	uint8_t signer[SEGMENT_PUBLIC], signature[RING_SIGNATURE], clock[CBOR_HEAD_MOST];
	struct buf b = {0};
	assert(s->kind >= STATEMENT_FOUND && s->kind <= STATEMENT_HAD);
	ringkeys_public(secret, signer);
	put_head(&b, CBOR_ARRAY, HEAD_ITEMS);
	put_number(&b, s->kind);
	put_bytes(&b, s->ring, s->kind == STATEMENT_FOUND ? 0 : SEGMENT_RING);
	put_bytes(&b, signer, sizeof signer);
	put_number(&b, s->inc);
	buf_add(&b, clock, (size_t)(cbor_put_int(clock, s->clock) - clock));
	put[s->kind](&b, s);
	ringkeys_sign(LABEL, b.p, b.n, secret, signature);
	buf_add(&b, signature, sizeof signature);
	int rc = b.oom ? err_set(e, ERR_NOMEM, _("out of memory")) : statement_read(a, b.p, b.n, out, e);
	buf_free(&b);
	if (rc == ERR_CORRUPT || rc == ERR_DATA)
		rc = err_set(
			e, ERR_DATA, _("that can't be said to the ring: a name is empty or too long, or a list is"));
	return rc;
}

void statement_prove(struct statement *s, const uint8_t secret[SEGMENT_SECRET])
{
	uint8_t text[TO_PROVE];
	assert(s->kind == STATEMENT_MEMBER);
	text_to_prove(s, text);
	ringkeys_sign(PROOF, text, sizeof text, secret, s->member.proof);
}

/* ---- looking up ---------------------------------------------------------------------------------- */

bool statement_knows(const struct statement *retire, const uint8_t name[SEGMENT_HASH])
{
	size_t low = 0, high = retire->retire.nknown;
	assert(retire->kind == STATEMENT_RETIRE);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = memcmp(name, retire->retire.known[mid], SEGMENT_HASH);
		if (order == 0)
			return true;
		*(order < 0 ? &high : &low) = order < 0 ? mid : mid + 1;
	}
	return false;
}

const struct statement_wrap *statement_wrap_for(const struct statement *epoch, const uint8_t member[SEGMENT_PUBLIC])
{
	assert(epoch->kind == STATEMENT_EPOCH);
	for (size_t i = 0; i < epoch->epoch.nwraps; i++)
		if (memcmp(epoch->epoch.wrap[i].member, member, SEGMENT_PUBLIC) == 0)
			return &epoch->epoch.wrap[i];
	return NULL;
}
