/* sync/send.c - see meet_priv.h. Owns what a meeting writes: own news, what others lack that is here, and what has been
 * seen. Must not know what is in a snapshot, nor when files go. */
#include <assert.h>
#include <string.h>

#include "base/hash.h"
#include "base/lang.h"
#include "sync/meet_priv.h"
#include "sync/ring_keys.h"

enum { CUT_GROUPS = 16384, CUT_BYTES = 1 << 20 };

/* ---- what every file says -------------------------------------------------------------------------- */

void send_head(const struct meet *m, uint32_t partition, struct segment_head *out)
{
	const uint8_t *epoch = ring_epoch(m->ring, partition);
	*out = (struct segment_head){.kind = SEGMENT_GROUPS, .inc = store_incarnation(m->s), .partition = partition,
		.vector = m->have, .written = SEGMENT_SCHEMA, .needed = SEGMENT_SCHEMA_PLAIN};
	assert(epoch);
	memcpy(out->ring, ring_id(m->ring), SEGMENT_RING);
	memcpy(out->digest, m->digest, sizeof out->digest);
	memcpy(out->epoch, epoch, SEGMENT_EPOCH);
}

static int learn_state(struct meet *m, struct err *e)
{
	struct view *v = NULL;
	uint8_t state[32];
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = exchange_peers(v, m->work, &m->peers, &m->npeers, e);
	if (rc == OK)
		rc = exchange_vector(v, m->work, &m->have, e);
	if (rc == OK)
		rc = exchange_state(v, state, e);
	if (rc == OK)
		rc = erase_done(v, m->work, &m->done, e);
	view_end(v);
	if (rc == OK)
		ring_digest(m->ring, state, m->digest);
	return rc;
}

static int learn_acked(struct meet *m, struct err *e)
{
	struct view *v = NULL;
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n);
	m->acked = arena_alloc(m->work, (n + 1) * sizeof *m->acked);
	int rc = view_begin(m->s, &v, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = sites_acked(v, m->work, m->peers, m->npeers, &member[i], &m->acked[i], e);
	view_end(v);
	return rc;
}

static int count_written(struct meet *m, size_t n, bool written, struct err *e)
{
	m->out->files_written += written;
	m->out->bytes_written += written ? n : 0;
	return meet_step(m, SYNC_WRITING, m->out->files_written, 0, e);
}

int send_file(struct meet *m, const struct segment_head *head, const struct buf *b, struct err *e)
{
	struct segment_head mine;
	uint8_t hash[SEGMENT_HASH];
	bool written = false, is_segment = head->kind == SEGMENT_GROUPS && head->count;
	enum folder_kind kind = is_segment ? FOLDER_SEGMENT : FOLDER_ACK;
	if (head->kind == SEGMENT_SNAPSHOT)
		kind = head->partition ? FOLDER_EXTRACT : FOLDER_SNAPSHOT;
	uint64_t first = is_segment ? head->first : vector_sum(&head->vector);
	uint64_t last = is_segment ? head->first + head->count - 1 : first;
	int rc = b->oom ? err_set(e, ERR_NOMEM, _("out of memory")) : segment_read_head(m->work, b->p, b->n, &mine, hash, e);
	if (rc == OK)
		rc = folder_put(m->folder, kind, head->inc, first, last, hash, b->p, b->n, &written, e);
	return rc ? rc : count_written(m, b->n, written, e);
}

/* ---- own news --------------------------------------------------------------------------------------- */

/* One incarnation of this site: what of it stands in no file yet is made into files. */
struct making {
	struct meet *m;
	const struct peer *peer;          /* as it stands here; NULL: it is made only now */
	uint64_t inc, from;               /* numbers above `from`, after each file the last of it */
	struct segment_head head;
	struct origins origins;
	struct segment_names names;
	struct segment_writer *w;
	uint8_t chain[CHAIN];             /* at `from`; of one that is made only now, at the last group */
	uint64_t groups;                  /* of the file being made */
	struct made { struct segment_head head; struct buf b; } *made;
	size_t n, cap;
};

static int add_link(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct making *k = ctx;
	(void)e;
	assert(g->dot.inc == k->inc);
	chain_add(k->chain, canonical, n);
	return OK;
}

/* The chain goes on to the end of the file being made. As a rule that is the end of all, where it is known; only where a
 * file was cut are the groups gone through for it. */
static int follow_chain(struct making *k, struct err *e)
{
	const uint64_t first = k->from + 1;
	k->from += k->groups;
	if (!k->peer)
		return OK;
	if (k->from < k->peer->no)
		return exchange_groups(k->origins.v, k->inc, first, k->from, add_link, k, e);
	memcpy(k->chain, k->peer->chain, CHAIN);
	return OK;
}

static int finish(struct making *k, struct err *e)
{
	struct made made = {0};
	assert(k->w && k->groups && k->groups <= CUT_GROUPS);
	int rc = follow_chain(k, e);
	if (rc)
		return rc;
	memcpy(k->head.after, k->chain, CHAIN);
	rc = segment_end(k->w, &k->head, k->m->opts.level, ring_key(k->m->ring, 0, k->head.epoch), ring_secret(k->m->ring),
		&made.b, e);
	k->w = NULL;
	k->groups = 0;
	if (rc) {
		buf_free(&made.b);
		return rc;
	}
	k->made = arena_grow(k->m->work, k->made, &k->cap, k->n + 1, sizeof *k->made);
	k->made[k->n++] = made;
	return OK;
}

static int add_group(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct making *k = ctx;
	assert(g->dot.inc == k->inc && g->dot.no > k->from);
	if (!k->w) {
		k->w = segment_begin(&k->names);
		memcpy(k->head.before, k->chain, CHAIN);
	}
	if (!k->peer)
		add_link(k, g, canonical, n, e);
	int rc = k->w ? segment_add(k->w, g, e) : err_set(e, ERR_NOMEM, _("out of memory"));
	if (rc)
		return rc;
	k->groups++;
	return k->groups >= CUT_GROUPS || segment_gathered(k->w) >= CUT_BYTES ? finish(k, e) : OK;
}

struct own_kept { struct arena *a; struct kept *at; size_t n, cap; };

static int gather_kept(void *ctx, const struct kept *k, struct err *e)
{
	struct own_kept *o = ctx;
	(void)e;
	o->at = arena_grow(o->a, o->at, &o->cap, o->n + 1, sizeof *o->at);
	o->at[o->n++] = *k;
	return OK;
}

/* Does the file tell the history that is here, further than those before it? Where groups were cut, without a gap: one that began
 * there is gone, with all that it held. */
static bool goes_on(const struct making *k, struct view *v, const struct segment_head *head)
{
	const uint64_t reached = k->from > k->peer->folded ? k->from : k->peer->folded, last = head->first + head->count - 1;
	uint64_t tag;
	return head->count && (k->peer->cut == 0 || head->first <= reached + 1) && last > k->from &&
	       exchange_tag(v, (struct dot){k->inc, last}, &tag, NULL) == OK && tag == chain_tag(head->after);
}

/* How far our files tell the history that is here: news begin after that. Where nothing was cut the newest one says it. */
static int find_end(struct making *k, struct view *v, struct err *e)
{
	struct own_kept kept = {.a = k->m->work};
	struct segment_head head;
	const bool cut = k->peer->cut > 0;
	bool found = false;
	chain_begin(k->chain, k->inc);
	k->from = k->peer->cut;
	if (cut)
		memcpy(k->chain, k->peer->cut_chain, CHAIN);
	int rc = kept_each(v, &k->inc, gather_kept, &kept, e);
	for (size_t i = 0; rc == OK && i < kept.n && (cut || !found); i++) {
		if (!meet_kept_head(k->m->work, &kept.at[cut ? i : kept.n - 1 - i], &head) || !goes_on(k, v, &head))
			continue;
		found = true;
		memcpy(k->chain, head.after, CHAIN);
		k->from = head.first + head.count - 1;
		if (vector_sum(&head.vector) > k->m->said)
			k->m->said = vector_sum(&head.vector);
	}
	return rc;
}

static int keep_made(struct making *k, struct err *e)
{
	struct segment_head head;
	uint8_t hash[SEGMENT_HASH];
	int rc = OK;
	for (size_t i = 0; rc == OK && i < k->n; i++) {
		const struct buf *b = &k->made[i].b;
		rc = segment_read_head(k->m->work, b->p, b->n, &head, hash, e);
		if (rc == OK)
			rc = kept_put(k->m->s, head.inc, head.first, hash, b->p, b->n, e);
	}
	if (rc == OK && k->n)
		k->m->said = vector_sum(&k->head.vector);
	return rc;
}

static void begin_making(struct making *k, struct view *v)
{
	k->origins = (struct origins){v, arena_new()};
	k->names = (struct segment_names){origin_find, &k->origins};
	send_head(k->m, 0, &k->head);
	k->head.inc = k->inc;
}

/* The last file, and all of them into the store. */
static int end_making(struct making *k, int rc, struct view *v, struct err *e)
{
	if (rc == OK && k->w)
		rc = finish(k, e);
	if (k->w)
		segment_abandon(k->w);
	arena_free(k->origins.a);
	view_end(v);
	if (rc == OK)
		rc = keep_made(k, e);
	for (size_t i = 0; i < k->n; i++)
		buf_free(&k->made[i].b);
	return rc;
}

static int make_files(struct meet *m, const struct peer *peer, struct err *e)
{
	struct making k = {.m = m, .peer = peer, .inc = peer->inc};
	struct view *v = NULL;
	assert(ring_own_role(m->ring) == RING_FULL);
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = find_end(&k, v, e);
	bool news = rc == OK && peer->no > k.from && k.from >= peer->folded;
	if (news && m->dry)
		m->out->own_sent += (size_t)(peer->no - k.from);
	if (news && !m->dry) {
		begin_making(&k, v);
		rc = exchange_groups(v, k.inc, k.from + 1, peer->no, add_group, &k, e);
	}
	return end_making(&k, rc, v, e);
}

/* Under every name that it went by, also as another member: others take it by the key of now. */
static int make_news(struct meet *m, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < m->npeers; i++)
		if (lines_is_own(m, m->peers[i].inc))
			rc = make_files(m, &m->peers[i], e);
	return rc;
}

int send_seal(struct store *s, struct ring *ring, struct err *e)
{
	struct sync_result none = {0};
	struct meet m = {.s = s, .ring = ring, .work = arena_new(), .out = &none, .dry = store_is_dry_run(s)};
	int rc = learn_state(&m, e);
	if (rc == OK && ring_own_role(ring) == RING_FULL && ring_epoch(ring, 0))
		rc = make_news(&m, e);
	arena_free(m.work);
	return rc;
}

/* Of the line to be given up the file says no more than stands. */
static void leave_out(struct meet *m, uint64_t inc, uint64_t after)
{
	struct seen *at = arena_alloc(m->work, (m->have.n + 1) * sizeof *at);
	size_t n = 0;
	for (size_t i = 0; i < m->have.n; i++)
		if (m->have.at[i].dot.inc != inc || m->have.at[i].dot.no <= after)
			at[n++] = m->have.at[i];
	m->have = (struct vector){at, n};
}

int send_again(struct store *s, struct ring *ring, const struct line_again *line, struct err *e)
{
	struct sync_result none = {0};
	struct meet m = {.s = s, .ring = ring, .work = arena_new(), .out = &none};
	struct making k = {.m = &m, .inc = line->to};
	struct view *v = NULL;
	assert(ring_epoch(ring, 0) && !store_is_dry_run(s));
	int rc = learn_state(&m, e);
	if (rc == OK)
		rc = view_begin(s, &v, e);
	if (rc == OK) {
		leave_out(&m, line->inc, line->after);
		begin_making(&k, v);
		chain_begin(k.chain, line->to);
		rc = exchange_line_again(v, line, add_group, &k, e);
	}
	rc = end_making(&k, rc, v, e);
	arena_free(m.work);
	return rc;
}

/* ---- passing on ------------------------------------------------------------------------------------ */

/* Is it there, or not needed there? Fills its head otherwise. */
static int is_missing(struct meet *m, const struct kept *k, struct segment_head *head, bool *missing, struct err *e)
{
	struct folder_file want = {.kind = FOLDER_SEGMENT, .inc = k->inc, .first = k->first, .size = (int64_t)k->n};
	bool over = false;
	*missing = false;
	memcpy(want.hash, k->hash, sizeof want.hash);
	if (m->folder && !acks_is(k) && heal_has(m, &want))
		return OK;
	if (!meet_kept_head(m->work, k, head))
		return OK;
	uint64_t sum = vector_sum(&head->vector);
	if (acks_is(k)) {
		want.kind = FOLDER_ACK;
		want.first = want.last = sum;
		*missing = acks_is_newest(m, k->inc, sum) && m->folder && !heal_has(m, &want);
		return OK;
	}
	struct dot last = {k->inc, head->first + head->count - 1};
	int rc = lines_is_disputed(m, k->inc) ? OK : fold_is_over(m, last, &over, e);
	*missing = rc == OK && !over;
	return rc;
}

static int put_kept(struct meet *m, const struct kept *k, uint64_t first, uint64_t last, bool *written, struct err *e)
{
	const enum folder_kind kind = acks_is(k) ? FOLDER_ACK : FOLDER_SEGMENT;
	uint8_t hash[SEGMENT_HASH];
	struct buf b = {0};
	int rc = kept_read(k, &b, e);
	hash_256(b.n ? b.p : "", b.n, hash);
	if (rc == OK)
		rc = folder_put(m->folder, kind, k->inc, first, last, hash, b.p, b.n, written, e);
	buf_free(&b);
	return rc;
}

static int pass_on(void *ctx, const struct kept *k, struct err *e)
{
	struct meet *m = ctx;
	struct segment_head head;
	bool missing, written = m->dry;
	int rc = is_missing(m, k, &head, &missing, e);
	if (rc || !missing)
		return rc;
	bool is_ack = acks_is(k);
	uint64_t first = is_ack ? vector_sum(&head.vector) : head.first, last = is_ack ? first : head.first + head.count - 1;
	if (!m->dry)
		rc = put_kept(m, k, first, last, &written, e);
	if (rc)
		return rc;
	if (is_ack && written)
		acks_put(m, k->inc, first);
	const struct ring_member *author = ring_author(m->ring, k->inc);
	if (author && author->self)
		m->out->own_sent += written ? (size_t)head.count : 0;
	else
		m->out->relayed += written && !is_ack;
	return count_written(m, k->n, written, e);
}

static int pass_all_on(struct meet *m, struct err *e)
{
	struct view *v = NULL;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = kept_each(v, NULL, pass_on, m, e);
	view_end(v);
	return rc;
}

static int send_statements(struct meet *m, struct err *e)
{
	size_t n;
	int rc = OK;
	const struct ring_statement *each = ring_statements(m->ring, &n);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct folder_file want = {.kind = FOLDER_STATEMENT, .inc = each[i].inc, .size = (int64_t)each[i].n};
		bool written = false;
		memcpy(want.hash, each[i].hash, sizeof want.hash);
		if (heal_has(m, &want))
			continue;
		rc = folder_put(m->folder, FOLDER_STATEMENT, each[i].inc, 0, 0, each[i].hash, each[i].p, each[i].n, &written, e);
		if (rc == OK)
			rc = count_written(m, each[i].n, written, e);
	}
	return rc;
}

/* ---- what has been seen ---------------------------------------------------------------------------- */

static bool has_own_ack(struct meet *m, uint64_t sum)
{
	struct folder_file *file;
	size_t n;
	folder_list(m->folder, m->work, &file, &n);
	for (size_t i = 0; i < n; i++)
		if (file[i].kind == FOLDER_ACK && file[i].inc == store_incarnation(m->s) && file[i].first == sum &&
			heal_is_whole(m, &file[i]))
			return true;
	return false;
}

/* Whoever wrote nothing himself still says what he has: else the others couldn't ever fold. */
static int send_ack(struct meet *m, struct err *e)
{
	struct segment_head head;
	struct segment_writer *w;
	struct buf b = {0};
	uint32_t partition = ring_own_role(m->ring) == RING_FULL ? 0 : 1;
	uint64_t sum = vector_sum(&m->have);
	bool is_said = sum == m->said && !lines_is_disputed(m, store_incarnation(m->s));
	if (is_said || has_own_ack(m, sum))
		return OK;
	send_head(m, partition, &head);
	if (!(w = segment_begin(NULL)))
		return err_set(e, ERR_NOMEM, _("out of memory"));
	int rc = segment_end(w, &head, m->opts.level, ring_key(m->ring, partition, head.epoch), ring_secret(m->ring), &b, e);
	if (rc == OK)
		rc = send_file(m, &head, &b, e);
	buf_free(&b);
	return rc;
}

/* ---- all of it --------------------------------------------------------------------------------------- */

static int claim(struct meet *m, struct err *e)
{
	return m->dry ? OK : ring_claim(m->s, m->ring, NULL, e);
}

static int write_all(struct meet *m, bool full, struct err *e)
{
	int rc = send_statements(m, e);
	if (full)
		newest_review(m);
	if (rc == OK && full)
		rc = state_send(m, e);
	if (rc == OK && full)
		rc = pass_all_on(m, e);
	if (rc == OK)
		rc = send_ack(m, e);
	if (rc == OK)
		rc = meet_step(m, SYNC_SETTLING, 0, 0, e);
	if (rc == OK)
		rc = folder_settle(m->folder, e);
	if (rc == OK)
		rc = heal_remove(m, e);
	return rc ? rc : fold_own(m, e);
}

int send_news(struct meet *m, struct err *e)
{
	bool full = ring_own_role(m->ring) == RING_FULL;
	int rc = claim(m, e);
	if (rc == OK)
		rc = learn_state(m, e);
	if (rc == OK)
		rc = learn_acked(m, e);
	if (rc == OK && full)
		rc = make_news(m, e);
	if (rc)
		return rc;
	if (m->dry)
		return full ? pass_all_on(m, e) : OK;
	return write_all(m, full, e);
}
