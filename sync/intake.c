/* sync/intake.c - see meet_priv.h. Owns reading files of an exchange folder up to the point where they may be believed:
 * whole, of this ring, signed by whom they name. Must not know what is done with their groups. */
#include "sync/meet_priv.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/codec.h"

enum { HELD_MOST = 8 << 20 };

/* ---- judging -------------------------------------------------------------------------------------- */

static enum verdict trouble(enum sync_why why, enum sync_why *out)
{
	*out = why;
	return VERDICT_TROUBLE;
}

static enum verdict judge_form(const struct folder_file *file, int rc, enum sync_why *why)
{
	if (rc == ERR_DATA && file && file->kind == FOLDER_UNKNOWN)
		return VERDICT_NOTHING;
	return trouble(rc == ERR_STOPPED ? SYNC_CUT : rc == ERR_UNSUPPORTED ? SYNC_NEWER : SYNC_ALTERED, why);
}

/* A site that was put back to before it joined, and joined again, signs with another key what stands under the same name: both are its
 * own, while both are in the ring, or both are out: then it is known how much counts under that name. */
static bool is_signed(const struct meet *m, const struct buf *b, const struct ring_member *author, enum sync_why *why)
{
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	*why = SYNC_ALTERED;
	if (segment_verify(b->p, b->n, author->key, NULL) == OK)
		return true;
	for (size_t i = 0; i < n; i++)
		if (id_equal(member[i].site, author->site) && segment_verify(b->p, b->n, member[i].key, NULL) == OK) {
			*why = SYNC_RETIRED;
			return !member[i].retired || author->retired;
		}
	return false;
}

enum verdict intake_judge(struct meet *m, const struct folder_file *file, const struct buf *b, struct segment_head *head,
	uint8_t hash[SEGMENT_HASH], enum sync_why *why)
{
	uint32_t mine = ring_own_role(m->ring) == RING_FULL ? 0 : 1;
	*head = (struct segment_head){0};
	int rc = segment_read_head(m->work, b->n ? b->p : "", b->n, head, hash, NULL);
	if (rc) {
		*head = (struct segment_head){0};
		return judge_form(file, rc, why);
	}
	const struct ring_member *author = ring_author(m->ring, head->inc);
	if (memcmp(head->ring, ring_id(m->ring), SEGMENT_RING) != 0)
		return trouble(SYNC_FOREIGN, why);
	if (!author)
		return trouble(SYNC_UNKNOWN, why);
	bool numbered = head->kind == SEGMENT_SNAPSHOT || head->count == 0 || head->first > 0;
	if (!numbered)
		return trouble(SYNC_ALTERED, why);
	if (!is_signed(m, b, author, why))
		return VERDICT_TROUBLE;
	if (head->kind == SEGMENT_GROUPS && head->count == 0)
		return VERDICT_FINE;
	if (head->partition != mine)
		return VERDICT_NOTHING;
	if (head->needed > SEGMENT_SCHEMA)
		return trouble(SYNC_NEWER, why);
	if (!ring_key(m->ring, mine, head->epoch))
		return trouble(SYNC_LOCKED, why);
	return VERDICT_FINE;
}

/* ---- statements ----------------------------------------------------------------------------------- */

static bool has_statement(const struct ring *r, const uint8_t hash[8])
{
	size_t n;
	const struct ring_statement *each = ring_statements(r, &n);
	for (size_t i = 0; i < n; i++)
		if (memcmp(each[i].hash, hash, 8) == 0)
			return true;
	return false;
}

/* A file that can't be read must not keep the others from being read; but in the end it is told. */
static int read_file(struct meet *m, const struct folder_file *file, struct buf *b)
{
	struct err e = {.code = OK};
	int rc = folder_read(m->folder, file, b, &e);
	if (rc == ERR_DATA && file->kind != FOLDER_UNKNOWN)
		meet_trouble(m, SYNC_ALTERED, file->path, "");
	else if (rc && rc != ERR_DATA && rc != ERR_NOTFOUND && !m->unread) {
		m->unread = rc;
		m->unread_why = e;
	}
	if (rc == OK) {
		m->out->files_read++;
		m->out->bytes_read += b->n;
	}
	return rc;
}

static const char statement_magic[] = "SVCERT1\r\n";

static void take_statement(struct meet *m, const struct folder_file *file, const struct buf *b, bool *any)
{
	size_t magic = sizeof statement_magic - 1;
	bool is_new = false, looks = b->n >= magic && memcmp(b->p, statement_magic, magic) == 0;
	if (file->kind == FOLDER_UNKNOWN && !looks)
		return;
	if (!looks && b->n < magic) {
		meet_trouble(m, SYNC_CUT, file->path, "");
		return;
	}
	int rc = ring_take(m->ring, b->p, b->n, &is_new, NULL);
	if (rc)
		meet_trouble(m, rc == ERR_REFUSED ? SYNC_FOREIGN : SYNC_ALTERED, file->path, "");
	*any |= rc == OK && is_new;
}

int intake_statements(struct meet *m, struct err *e)
{
	struct folder_file *file;
	struct buf b = {0};
	size_t n;
	bool any = false;
	int rc = OK;
	folder_list(m->folder, m->work, &file, &n);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = meet_step(m, SYNC_LISTING, i, n, e);
		bool known = file[i].kind == FOLDER_STATEMENT && has_statement(m->ring, file[i].hash);
		if (rc || known || (file[i].kind != FOLDER_STATEMENT && file[i].kind != FOLDER_UNKNOWN))
			continue;
		if (read_file(m, &file[i], &b) == OK)
			take_statement(m, &file[i], &b, &any);
	}
	buf_free(&b);
	if (rc == OK && any && !m->dry)
		rc = ring_save(m->s, m->ring, e);
	return rc;
}

/* ---- parcels -------------------------------------------------------------------------------------- */

static void add_told(struct meet *m, const struct segment_head *head, bool fresh)
{
	struct told t = {.inc = head->inc, .fresh = fresh, .site = meet_site(m, head->inc), .partition = head->partition,
		.vector = head->vector};
	memcpy(t.digest, head->digest, sizeof t.digest);
	m->told = arena_grow(m->work, m->told, &m->told_cap, m->ntold + 1, sizeof *m->told);
	m->told[m->ntold++] = t;
}

static bool is_same(const struct parcel *p, const struct parcel *q)
{
	return p->head.inc == q->head.inc && p->head.first == q->head.first && memcmp(p->hash, q->hash, SEGMENT_HASH) == 0;
}

/* Takes the bytes over when there is room for them. */
static void add_parcel(struct meet *m, struct parcel *p, struct buf *b)
{
	for (size_t i = 0; i < m->nparcels; i++)
		if (is_same(&m->parcel[i], p))
			return;
	assert(p->head.count && p->head.first);
	p->last = p->head.first + p->head.count - 1;
	p->upto = p->last;
	p->site = meet_site(m, p->head.inc);
	if (m->held + b->n <= HELD_MOST) {
		m->held += b->n;
		p->held = *b;
		*b = (struct buf){0};
	}
	m->parcel = arena_grow(m->work, m->parcel, &m->parcels_cap, m->nparcels + 1, sizeof *m->parcel);
	m->parcel[m->nparcels++] = *p;
}

/* A file of a newer form has no head that we could keep it under. */
static void sort_out(struct meet *m, struct parcel *p, struct buf *b)
{
	enum sync_why why;
	enum verdict verdict = intake_judge(m, p->file, b, &p->head, p->hash, &why);
	bool has_groups = p->head.inc && p->head.kind == SEGMENT_GROUPS && p->head.count;
	if (verdict == VERDICT_TROUBLE) {
		/* of a key that its author got no more nobody need wait for */
		bool too_late = has_groups && why == SYNC_LOCKED && p->head.first > ring_last_number(m->ring, p->head.inc);
		why = too_late ? SYNC_RETIRED : why;
		meet_trouble(m, why, p->path, p->head.inc ? meet_site(m, p->head.inc) : "");
		p->closed = p->settled = true;
		p->keep = has_groups && (why == SYNC_NEWER || why == SYNC_LOCKED);
	}
	if (verdict == VERDICT_NOTHING || p->head.kind != SEGMENT_GROUPS)
		return;
	if (verdict == VERDICT_FINE)
		add_told(m, &p->head, p->file && p->file->kind != FOLDER_UNKNOWN);
	if (verdict == VERDICT_FINE && !has_groups && p->file)
		acks_note(m, &p->head, p->hash, b);
	if (has_groups && (verdict == VERDICT_FINE || p->keep))
		add_parcel(m, p, b);
}

static uint64_t folded_of(const struct peer *peers, size_t n, uint64_t inc)
{
	for (size_t i = 0; i < n; i++)
		if (peers[i].inc == inc)
			return peers[i].folded;
	return 0;
}

/* The same file lies there under another name, too, and was read. */
static bool is_among_parcels(const struct meet *m, const struct folder_file *file)
{
	for (size_t i = 0; i < m->nparcels; i++)
		if (m->parcel[i].head.inc == file->inc && m->parcel[i].head.first == file->first &&
			memcmp(m->parcel[i].hash, file->hash, sizeof file->hash) == 0)
			return true;
	return false;
}

struct known { struct meet *m; struct view *v; struct peer *peers; size_t n; };

/* Of acknowledgements only few are ever there: all that weren't read are, for one that says less than an earlier one is of a store
 * that was put back. */
static bool is_known_ack(const struct known *k, const struct folder_file *file)
{
	const struct ring_member *author = ring_author(k->m->ring, file->inc);
	return (author && author->self) || acks_has(k->v, file->inc, file->hash);
}

/* By its name alone; one who gave a file another name has it read again. One of our own may tell a history that we forgot, though a
 * state went over its numbers. */
static bool is_known(const struct known *k, const struct folder_file *file)
{
	switch (file->kind) {
	case FOLDER_SEGMENT:
		return kept_has(k->v, file->inc, file->first, file->hash) || is_among_parcels(k->m, file) ||
		       (folded_of(k->peers, k->n, file->inc) >= file->last && !lines_is_own(k->m, file->inc));
	case FOLDER_ACK: return is_known_ack(k, file);
	case FOLDER_SNAPSHOT:
	case FOLDER_EXTRACT:
	case FOLDER_STATEMENT: return true;      /* read elsewhere */
	case FOLDER_UNKNOWN: break;
	}
	return false;
}

static int read_folder(struct meet *m, const struct known *k, struct err *e)
{
	struct folder_file *file;
	struct buf b = {0};
	size_t n;
	int rc = OK;
	folder_list(m->folder, m->work, &file, &n);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = meet_step(m, SYNC_READING, i, n, e);
		if (rc || is_known(k, &file[i]) || read_file(m, &file[i], &b))
			continue;
		struct parcel p = {.file = &file[i], .path = file[i].path};
		sort_out(m, &p, &b);
	}
	buf_free(&b);
	return rc;
}

/* ---- what was kept -------------------------------------------------------------------------------- */

/* Of an incarnation's kept files that begin at or below its number only the last may reach beyond it: one, and one for each
 * other history that it has had. Where two of these part, both have a file that begins there. */
enum { PENDING_MOST = 8 };
struct pending { struct meet *m; struct view *v; const struct vector *have; struct kept last[PENDING_MOST]; size_t n; bool twin; };

/* The same history as is here? What `next` (NULL: none), which is, goes on from is so too: a chain tells of all that comes before. */
static bool is_alike(const struct pending *p, const struct segment_head *head, const struct segment_head *next)
{
	const struct dot last = {head->inc, head->first + head->count - 1};
	return (next && segment_leads_to(head, next)) || !head->count || !lines_differ(p->m, p->v, last, chain_tag(head->after));
}

/* Is all of the file here already, or given up? *next: what is_alike may know of; then this one, if it is. */
static bool is_done(const struct pending *p, const struct kept *k, const struct segment_head **next)
{
	struct segment_head *head = arena_alloc(p->m->work, sizeof *head);
	if (!meet_kept_head(p->m->work, k, head) || head->first + head->count > vector_number(p->have, k->inc) + 1)
		return false;
	bool same = is_alike(p, head, *next);
	*next = same && head->count ? head : *next;
	return same || lines_is_given_up(p->m, head->inc, chain_tag(head->after));
}

static int take_kept(struct pending *p, const struct kept *k, struct err *e)
{
	struct buf b = {0};
	struct parcel parcel = {.path = _("a file kept from before")};
	int rc = kept_read(k, &b, e);
	if (rc == OK)
		sort_out(p->m, &parcel, &b);
	buf_free(&b);
	return rc;
}

static int look_at_kept(struct pending *p, const struct kept *k, struct err *e)
{
	const struct segment_head *next = NULL;
	return is_done(p, k, &next) ? OK : take_kept(p, k, e);
}

static int look_at_last(struct pending *p, struct err *e)
{
	bool done[PENDING_MOST];
	const struct segment_head *next = NULL;
	int rc = OK;
	for (size_t i = p->n; i-- > 0;)
		done[i] = is_done(p, &p->last[i], &next);
	for (size_t i = 0; rc == OK && i < p->n; i++)
		rc = done[i] ? OK : take_kept(p, &p->last[i], e);
	p->n = 0;
	p->twin = false;
	return rc;
}

static int drop_first(struct pending *p, struct err *e)
{
	const bool twins = p->last[0].first == p->last[1].first;
	int rc = twins || p->twin ? look_at_kept(p, &p->last[0], e) : OK;
	p->twin = twins;
	memmove(p->last, p->last + 1, --p->n * sizeof *p->last);
	return rc;
}

static int see_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct pending *p = ctx;
	int rc = OK;
	bool beyond = k->first > vector_number(p->have, k->inc);
	if (p->n && (beyond || p->last[0].inc != k->inc))
		rc = look_at_last(p, e);
	if (rc != OK || beyond)
		return rc == OK ? look_at_kept(p, k, e) : rc;
	if (p->n == PENDING_MOST)
		rc = drop_first(p, e);
	p->last[p->n++] = *k;
	return rc;
}

static int read_kept(struct meet *m, struct view *v, struct err *e)
{
	struct vector have;
	struct pending p = {.m = m, .v = v, .have = &have};
	int rc = exchange_vector(v, m->work, &have, e);
	if (rc == OK)
		rc = kept_each(v, NULL, see_kept, &p, e);
	return rc == OK ? look_at_last(&p, e) : rc;
}

int intake_parcels(struct meet *m, struct err *e)
{
	struct known k = {.m = m};
	int rc = view_begin(m->s, &k.v, e);
	if (rc == OK)
		rc = exchange_peers(k.v, m->work, &k.peers, &k.n, e);
	if (rc == OK)
		rc = read_kept(m, k.v, e);
	if (rc == OK)
		rc = read_folder(m, &k, e);
	view_end(k.v);
	return rc;
}

/* ---- opening -------------------------------------------------------------------------------------- */

struct wanted { const struct parcel *p; struct buf *b; };

static int copy_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct wanted *w = ctx;
	bool is_it = k->first == w->p->head.first && memcmp(k->hash, w->p->hash, sizeof k->hash) == 0;
	return is_it ? kept_read(k, w->b, e) : OK;
}

static int read_again(struct meet *m, const struct parcel *p, struct buf *b, struct err *e)
{
	struct wanted w = {p, b};
	struct view *v = NULL;
	buf_reset(b);
	if (p->file)
		return folder_read(m->folder, p->file, b, e);
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = kept_each(v, &p->head.inc, copy_kept, &w, e);
	view_end(v);
	return rc;
}

int intake_read(struct meet *m, const struct parcel *p, struct buf *b, struct err *e)
{
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	assert(p->head.inc && b != &p->held);
	buf_reset(b);
	if (p->held.n) {
		buf_add(b, p->held.p, p->held.n);
		return OK;
	}
	int rc = read_again(m, p, b, e);
	if (rc == OK && (segment_read_head(m->work, b->n ? b->p : "", b->n, &head, hash, e) ||
		memcmp(hash, p->hash, SEGMENT_HASH) != 0))
		rc = err_set(e, ERR_CORRUPT, _("%s has changed while it was read"), p->path);
	return rc;
}

int intake_open(struct meet *m, const struct parcel *p, struct buf *b, struct segment_reader **out, struct err *e)
{
	const uint8_t *key = ring_key(m->ring, p->head.partition, p->head.epoch);
	assert(key && p->head.kind == SEGMENT_GROUPS);
	*out = NULL;
	int rc = intake_read(m, p, b, e);
	return rc ? rc : segment_open(b->p, b->n, &p->head, key, out, e);
}

int intake_groups(struct meet *m, const struct parcel *p, exchange_group_fn *fn, void *ctx, struct err *e)
{
	struct segment_reader *r = NULL;
	struct arena *one = arena_new();
	struct buf b = {0}, canonical = {0};
	struct group *g;
	uint8_t chain[CHAIN];
	memcpy(chain, p->head.before, CHAIN);
	int rc = intake_open(m, p, &b, &r, e);
	for (; rc == OK && segment_next(r, one, &g) && g->dot.no <= p->upto; arena_reset(one)) {
		buf_reset(&canonical);
		if (codec_put_group(&canonical, g)) {
			rc = err_set(e, ERR_NOMEM, _("out of memory"));
			break;
		}
		chain_add(chain, canonical.p, canonical.n);
		g->tag = chain_tag(chain);
		rc = fn(ctx, g, (const uint8_t *)canonical.p, canonical.n, e);
	}
	segment_close(r);
	buf_free(&canonical);
	buf_free(&b);
	arena_free(one);
	return rc;
}
