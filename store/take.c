/* store/take.c - see exchange.h. Owns taking others' groups in: whether one may come yet, how many make a transaction,
 * and the row that says what a merge brought. Must not know files (sync/), nor what a group does to the tables
 * (plan.c). */
#include "store/exchange.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/floor.h"
#include "store/identity.h"
#include "store/lines.h"
#include "store/take_priv.h"

enum {
	BATCH_BYTES = 6 << 20,           /* of planned rows, and of records read for them: what is held at once */
	BATCH_TO_PLACE = 2 << 20,        /* where rows go to their places at once: each may hold a page, too */
	BATCH_WRITES = 50000,
	FROM_MOST = 200,
	AHEAD = 24 * 3600,
	KEPT_KEY = 24,
};

/* ---- one transaction ----------------------------------------------------------------------------- */

static int begin_batch(struct take *t, struct err *e)
{
	assert(!t->v);
	arena_reset(t->a);
	t->writes = 0;
	t->acked = (struct pile){ .a = t->a, .item = sizeof(struct acked) };
	int rc = view_begin(t->s, &t->v, e);
	t->plan = (struct plan){ 0 };
	if (rc == OK)
		rc = plan_begin(&t->plan, t->v, t->a, e);
	t->plan.heard = t->now;
	return rc;
}

static void end_batch(struct take *t)
{
	plan_free(&t->plan);
	t->plan = (struct plan){ 0 };
	view_end(t->v);
	t->v = NULL;
}

static int next_merge(struct view *v, uint64_t *no, struct err *e)
{
	uint8_t end[9] = { 'm' + 1 };
	struct kv_bytes key, value;
	int rc = kv_before(&v->txn, KV_META, end, 1, &key, &value, e);
	const uint8_t *p = rc == OK ? key.p : NULL;
	*no = p && key.n == sizeof end && p[0] == 'm' ? be_get(p + 1, 8) + 1 : 1;
	return rc == ERR_NOTFOUND ? OK : rc;
}

int take_merge_row(struct take *t, struct view *v, uint8_t key[MERGE_KEY], struct buf *value, struct err *e)
{
	uint8_t item[24];
	const struct merge_range *line = t->lines.at;
	size_t n = strlen(t->from);
	int rc = t->told.merge ? OK : next_merge(v, &t->told.merge, e);
	key[0] = 'm';
	be_put(key + 1, t->told.merge, 8);
	be_put_signed(item, t->now, 8);
	item[8] = (uint8_t)n;
	buf_add(value, item, 9);
	buf_add(value, t->from, n);
	for (size_t i = 0; i < t->lines.n; i++) {
		be_put(be_put(be_put(item, line[i].inc, 8), line[i].after, 8), line[i].upto, 8);
		buf_add(value, item, sizeof item);
	}
	return rc == OK && value->oom ? view_nomem(e) : rc;
}

/* So far, so that one that is cut off is listed with what it brought. */
static int plan_merge(struct take *t, struct err *e)
{
	uint8_t key[MERGE_KEY];
	struct buf b = { 0 };
	int rc = take_merge_row(t, t->v, key, &b, e);
	if (rc == OK)
		rc = plan_add_op(&t->plan, KV_META, false, key, sizeof key, b.p, b.n, e);
	buf_free(&b);
	return rc;
}

static int plan_acked(struct take *t, const struct acked *k, struct err *e)
{
	uint8_t key[PEER_KEY], *bytes = arena_try_alloc(t->a, k->v.n * VECTOR_ITEM);
	if (!bytes)
		return view_nomem(e);
	vector_pack(bytes, &k->v);
	return plan_add_op(&t->plan, KV_META, false, key, peers_key(key, 'k', k->inc), bytes, k->v.n * VECTOR_ITEM, e);
}

/* All rows of this transaction. */
static int finish_plan(struct take *t, struct err *e)
{
	const struct acked *k = t->acked.at;
	int rc = OK;
	if (t->plan.ngroups > 0)
		rc = plan_finish(&t->plan, e);
	else
		rc = plan_authors(&t->plan, e);
	if (rc == OK && t->plan.ngroups > 0)
		rc = plan_merge(t, e);
	for (size_t i = 0; i < t->acked.n && rc == OK; i++)
		rc = plan_acked(t, &k[i], e);
	if (t->plan.ngroups == 0 && t->plan.nop > 0)
		t->plan.proof = t->plan.op[0];
	for (size_t i = 0; i < t->plan.n; i++)
		t->told.records += t->plan.touch[i].written;
	t->told.open += t->plan.opened;
	return rc;
}

/* Who else has written meanwhile has read what stood before, and so have we. */
static int check_alone(struct take *t, uint64_t version, struct err *e)
{
	if (kv_version(t->s->kv) == version)
		return OK;
	return err_set(e, ERR_CONFLICT, _("something else was written meanwhile; receive again"));
}

/* What a merge brings lies far apart, until it brings so much that its rows share pages: then it is folded in, and the
 * rest goes to its place. The rows are safe before that, so folding that fails is no failure of theirs. */
static int write_rows(struct take *t, struct err *e)
{
	struct kv *kv = t->s->kv;
	int rc = kv_apply(kv, t->plan.op, t->plan.nop, t->much ? 0 : KV_SCATTERED, &t->plan.proof, e);
	if (rc == OK && !t->much && kv_is_due(kv, &t->much, NULL) == OK && t->much)
		(void)kv_fold(kv, NULL);
	return rc;
}

static int commit_batch(struct take *t, struct err *e)
{
	uint64_t version = kv_txn_version(&t->v->txn);
	int rc = finish_plan(t, e);
	plan_free_records(&t->plan);
	view_end(t->v);
	t->v = NULL;
	arena_reset(t->a);
	if (rc == OK)
		rc = check_alone(t, version, e);
	if (rc == OK && t->plan.nop > 0 && !t->s->dry_run)
		rc = write_rows(t, e);
	end_batch(t);
	return rc;
}

int take_fail(struct take *t, int rc)
{
	if (rc != OK && t->rc == OK) {
		end_batch(t);
		t->rc = rc;
	}
	return rc;
}

int take_pause(struct take *t, struct err *e)
{
	return take_fail(t, commit_batch(t, e));
}

int take_resume(struct take *t, struct err *e)
{
	return take_fail(t, begin_batch(t, e));
}

/* Nothing that is only tried is ever written, so it stays in one plan. */
static int go_on(struct take *t, struct err *e)
{
	const size_t most = t->much ? BATCH_TO_PLACE : BATCH_BYTES;
	bool full = arena_used(t->a) + arena_used(t->plan.rows) > most || t->writes > BATCH_WRITES;
	if (!full || t->s->dry_run)
		return OK;
	int rc = take_pause(t, e);
	return rc == OK ? take_resume(t, e) : rc;
}

int take_refuse(const struct take *t, struct err *e)
{
	return err_set(e, t->rc, _("something failed before, so nothing more is taken in; receive again"));
}

/* ---- whether one may come ------------------------------------------------------------------------ */

static struct merge_range *find_line(const struct take *t, uint64_t inc)
{
	struct merge_range *line = t->lines.at;
	for (size_t i = 0; i < t->lines.n; i++)
		if (line[i].inc == inc)
			return &line[i];
	return NULL;
}

int take_tag(struct take *t, struct dot dot, uint64_t *tag, struct err *e)
{
	const struct author *author = plan_known(&t->plan, dot.inc);
	*tag = 0;
	return author && t->rc == OK ? plan_tag(&t->plan, author, dot.no, tag, e) : ERR_NOTFOUND;
}

/* Was it this line that had been seen, and not another under the same name? What is folded away can't be asked. */
static bool is_same_line(struct take *t, const struct author *author, const struct seen *seen)
{
	uint64_t tag;
	if (seen->dot.no < author->p.no && seen->dot.no <= author->p.folded)
		return true;
	return take_tag(t, seen->dot, &tag, NULL) == OK && tag == seen->tag;
}

/* Is what an author had seen here? Of a line that was given up, as far as it counts. */
static bool is_here(struct take *t, const struct seen *seen)
{
	struct seen counts = *seen;
	if (lines_mean(t->v, &counts, NULL) != OK)
		return false;
	const struct author *of = plan_known(&t->plan, seen->dot.inc);
	return counts.dot.no == 0 || (of && of->p.no >= counts.dot.no && is_same_line(t, of, &counts));
}

enum gate take_gate(struct take *t, const struct group *g)
{
	const struct author *author = plan_known(&t->plan, g->dot.inc);
	uint64_t no = author ? author->p.no : 0;
	if (g->dot.no <= no)
		return GATE_KNOWN;
	if (t->rc != OK || g->dot.no != no + 1 || g->dot.inc == t->s->format.incarnation)
		return GATE_EARLY;
	for (size_t i = 0; i < g->nseen; i++)
		if (g->seen[i].dot.inc == g->dot.inc || !is_here(t, &g->seen[i]))
			return GATE_EARLY;
	return GATE_READY;
}

struct vector take_vector(struct take *t, struct arena *a)
{
	const struct author *author = t->plan.authors.at;
	struct seen *at = arena_alloc(a, t->plan.authors.n * sizeof *at);
	struct vector v = { .at = at };
	for (size_t i = 0; i < t->plan.authors.n; i++)
		if (author[i].p.no > 0)
			at[v.n++] = (struct seen){ { author[i].p.inc, author[i].p.no }, chain_tag(author[i].p.chain) };
	return v;
}

/* ---- groups -------------------------------------------------------------------------------------- */

static bool is_sane(const struct group *g, int64_t before)
{
	if (g->clock < before || !take_is_clock(g->clock) ||
		(g->undoes.inc == g->dot.inc && g->undoes.no >= g->dot.no))
		return false;
	for (size_t i = 0; i < g->nwrites; i++)
		if (g->writes[i].type == 0 || id_is_none(g->writes[i].id))
			return false;
	return true;
}

int take_line(struct take *t, uint64_t inc, uint64_t before, struct merge_range **out, struct err *e)
{
	struct merge_range fresh = { inc, before, before };
	*out = find_line(t, inc);
	if (*out)
		return OK;
	int rc = pile_add(&t->lines, &fresh, e);
	*out = rc == OK ? (struct merge_range *)t->lines.at + t->lines.n - 1 : NULL;
	return rc;
}

static int note_group(struct take *t, const struct group *g, struct err *e)
{
	struct merge_range *line;
	uint64_t before = g->dot.no - 1;
	int rc = take_line(t, g->dot.inc, before, &line, e);
	if (rc != OK)
		return rc;
	assert(line->upto == before);
	line->upto = g->dot.no;
	t->told.groups++;
	t->told.writes += g->nwrites;
	t->told.future += g->clock > t->now + AHEAD;
	t->writes += g->nwrites;
	return OK;
}

static int take_one(struct take *t, const struct group *g, const uint8_t *chain, struct err *e)
{
	const struct author *author = plan_known(&t->plan, g->dot.inc);
	if (!is_sane(g, author && author->p.no > 0 ? author->p.clock : INT64_MIN))
		return err_set(e, ERR_CORRUPT, _("change number %llu of another place makes no sense"),
			(unsigned long long)g->dot.no);
	int rc = plan_group(&t->plan, g, e);
	if (rc != OK)
		return rc;
	author = plan_known(&t->plan, g->dot.inc);
	if (chain && memcmp(author->p.chain, chain, CHAIN) != 0)
		return err_set(e, ERR_CORRUPT, _("change number %llu of another place isn't the one that it signed"),
			(unsigned long long)g->dot.no);
	return note_group(t, g, e);
}

int take_group(struct take *t, const struct group *g, const uint8_t *chain, struct err *e)
{
	if (t->rc != OK)
		return take_refuse(t, e);
	assert(take_gate(t, g) == GATE_READY);
	int rc = take_fail(t, take_one(t, g, chain, e));
	return rc == OK ? go_on(t, e) : rc;
}

/* ---- what is kept beside them -------------------------------------------------------------------- */

static int add_row(void *ctx, const uint8_t *key, size_t nkey, const void *value, size_t nvalue, struct err *e)
{
	return plan_add_op(ctx, KV_SEG, false, key, nkey, value, nvalue, e);
}

/* Of what lies under the floor of a store that erased somebody nothing is kept: it may hold what is gone. */
static bool is_kept_out(struct take *t, uint64_t inc, uint64_t first)
{
	struct vector done;
	return first > 0 && erase_done(t->v, t->a, &done, NULL) == OK && done.n > 0 &&
		floor_is_under(t->v, (struct dot){ inc, first });
}

int take_keep(struct take *t, uint64_t inc, uint64_t first, const uint8_t hash[8], const void *p, size_t n, struct err *e)
{
	uint8_t key[KEPT_KEY];
	if (t->rc != OK)
		return take_refuse(t, e);
	memcpy(be_put(be_put(key, inc, 8), first, 8), hash, 8);
	if (t->s->dry_run || kept_has(t->v, inc, first, hash) || is_kept_out(t, inc, first))
		return OK;
	for (size_t i = 0; i < t->plan.nop; i++)
		if (t->plan.op[i].table == KV_SEG && memcmp(t->plan.op[i].key, key, sizeof key) == 0)
			return OK;
	int rc = take_fail(t, kept_split(inc, first, hash, p, n, add_row, &t->plan, e));
	return rc == OK ? go_on(t, e) : rc;
}

/* What is known already, from before or from this transaction. */
static int find_acked(struct take *t, uint64_t inc, struct acked **out, struct err *e)
{
	uint8_t key[PEER_KEY];
	struct kv_bytes value;
	struct acked fresh = { .inc = inc }, *k = t->acked.at;
	for (size_t i = 0; i < t->acked.n; i++)
		if (k[i].inc == inc) {
			*out = &k[i];
			return OK;
		}
	int rc = kv_get(&t->v->txn, KV_META, key, peers_key(key, 'k', inc), &value, e);
	if (rc == OK && !vector_unpack(t->a, value.p, value.n, &fresh.v))
		return view_corrupt(t->v, KV_META, e);
	if (rc == OK || rc == ERR_NOTFOUND)
		rc = pile_add(&t->acked, &fresh, e);
	*out = (struct acked *)t->acked.at + t->acked.n - 1;
	return rc;
}

int take_acked(struct take *t, uint64_t inc, const struct vector *acked, struct err *e)
{
	struct acked *k = NULL;
	if (t->rc != OK)
		return take_refuse(t, e);
	int rc = take_fail(t, find_acked(t, inc, &k, e));
	if (rc != OK || !k || vector_within(acked, &k->v))
		return rc;
	k->v = vector_join(t->a, &k->v, acked);
	struct author *author = plan_known(&t->plan, inc);
	if (author) {
		author->p.heard = t->now;
		author->changed = true;
	}
	return OK;
}

/* ---- begin, end ---------------------------------------------------------------------------------- */

/* How much of a text fits, cut between two letters. */
static size_t whole_letters(const char *text)
{
	size_t n = strlen(text) < FROM_MOST ? strlen(text) : FROM_MOST;
	while (n > 0 && (text[n] & 0xC0) == 0x80)
		n--;
	return n;
}

int take_begin(struct store *s, const char *from, struct take **out, struct err *e)
{
	*out = NULL;
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	struct take *t = calloc(1, sizeof *t);
	if (!t)
		return view_nomem(e);
	t->s = s;
	t->a = arena_new();
	t->lasting = arena_new();
	t->now = store_now(s);
	t->from = arena_strndup(t->lasting, from, whole_letters(from));
	t->lines = (struct pile){ .a = t->lasting, .item = sizeof(struct merge_range) };
	int rc = begin_batch(t, e);
	if (rc == OK)
		*out = t;
	else
		take_abandon(t);
	return rc;
}

void take_abandon(struct take *t)
{
	if (!t)
		return;
	take_snapshot_drop(t);
	end_batch(t);
	arena_free(t->a);
	arena_free(t->lasting);
	free(t);
}

int take_end(struct take *t, struct taken *out, struct err *e)
{
	/* While a state was being taken in there is nothing else to commit. */
	int rc = t->rc != OK ? take_refuse(t, e) : t->v ? commit_batch(t, e) : OK;
	if (rc == OK)
		identity_note(t->s);
	if (out)
		*out = t->told;
	take_abandon(t);
	return rc;
}
