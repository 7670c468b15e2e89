/* store/doctor_log.c - see doctor_exam.h. Owns looking at the log: its numbering, what builds on what, the chains, and
 * what meta says of each incarnation. */
#include "store/doctor_exam.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/floor.h"

/* One incarnation's groups, which stand one after the other. */
struct log_exam {
	struct dot last;
	int64_t clock, newest, own;      /* of the group before; of all; of the own incarnation */
	uint8_t chain[CHAIN];
	bool chained;                    /* from its beginning or the floor; else only the last tag is known */
	struct peer *floor;              /* up to where it may have lost values, once that is asked; nfloor: of all */
	size_t nfloor;
	bool asked, history;             /* history: it isn't chained, but will be */
	uint64_t tag;
	struct growing context;
};

static bool is_known(const struct exam *x, struct dot dot)
{
	return exam_is_in_log(x, dot) || exam_is_folded(x, dot);
}

static bool is_seen(struct exam *x, struct seen seen)
{
	seen = exam_mean(x, seen);
	return seen.dot.no == 0 || is_known(x, seen.dot);
}

static void check_writes(struct exam *x, const struct group *g)
{
	bool right = true;
	for (size_t i = 0; i < g->nwrites; i++) {
		struct dot before = g->writes[i].before;
		bool earlier = before.inc != g->dot.inc || before.no < g->dot.no;
		right = right && (before.no == 0 || (earlier && is_known(x, before)));
	}
	for (size_t i = 0; i < g->naside; i++)
		right = right && is_known(x, g->aside[i].dot);
	for (size_t i = 0; i < g->nseen; i++)
		right = right && is_seen(x, g->seen[i]);
	if (!right)
		exam_find_log(x, _("change number %llu builds on one that the log lacks"),
			(unsigned long long)g->dot.no);
}

/* meta says which group in the log undid another last. */
static void check_undone(struct exam *x, const struct group *g)
{
	uint8_t key[STORE_UNDONE_KEY];
	struct kv_bytes value;
	if (g->undoes.no == 0 || x->alone)
		return;
	int rc = kv_get(&x->beside->txn, KV_META, key, store_undone_key(key, g->undoes), &value, NULL);
	if (rc != OK && rc != ERR_NOTFOUND)
		view_renew(&x->beside);
	struct dot by = rc == OK && value.n == STORE_LOG_KEY ? store_read_dot(value.p) : (struct dot){0};
	if (!exam_is_in_log(x, by) || (by.inc == g->dot.inc && by.no < g->dot.no))
		exam_find(x, _("the list of what is undone lacks change number %llu"), (unsigned long long)g->undoes.no);
}

/* The tag where a line was left is known while that is in the log. */
static bool same_context(const struct vector *x, const struct vector *y)
{
	bool same = x->n == y->n;
	for (size_t i = 0; i < x->n && same; i++) {
		uint64_t a = x->at[i].tag, b = y->at[i].tag;
		same = dot_equal(x->at[i].dot, y->at[i].dot) && (a == b || a == 0 || b == 0);
	}
	return same;
}

/* What meta says of the incarnation that was read to its end. */
static void check_peer(struct exam *x, const struct log_exam *l)
{
	const struct peer *p = exam_peer(x, l->last.inc);
	bool right = p && p->no == l->last.no && p->clock == l->clock && chain_tag(p->chain) == l->tag;
	if (right && l->chained)
		right = memcmp(p->chain, l->chain, CHAIN) == 0 && same_context(&p->context, &l->context.v);
	if (l->last.no > 0 && !right)
		exam_find(x, _("what is known of the changes of one place is wrong after change number %llu"),
			(unsigned long long)l->last.no);
}

/* It isn't asked before something doesn't fit, so that damage there doesn't keep the log from being read. */
static const struct peer *find_floor(struct exam *x, struct log_exam *l)
{
	if (!l->asked && !x->alone && floor_read(x->beside, x->a, &l->floor, &l->nfloor, NULL) != OK) {
		l->nfloor = 0;
		view_renew(&x->beside);
	}
	l->asked = true;
	for (size_t i = 0; i < l->nfloor; i++)
		if (l->floor[i].inc == l->last.inc && l->last.no <= l->floor[i].no)
			return &l->floor[i];
	return NULL;
}

/* The line goes on from what the floor says; what its author had seen, where not all of his changes tell it. */
static void stand_on(struct exam *x, struct log_exam *l, const struct peer *floor)
{
	memcpy(l->chain, floor->chain, CHAIN);
	if (exam_is_folded(x, (struct dot){floor->inc, 1})) {
		l->context = (struct growing){0};
		for (size_t i = 0; i < floor->context.n; i++)
			exam_see(x, &l->context, floor->context.at[i]);
	}
	l->chained = true;
	l->history = false;
}

/* Where the chain doesn't lead to a group: of what lies under a floor, values may be lost. False: it should. */
static bool is_history(struct exam *x, struct log_exam *l, const struct group *g)
{
	const struct peer *floor = find_floor(x, l);
	if (!floor || (floor->no == g->dot.no && chain_tag(floor->chain) != g->tag))
		return false;
	l->chained = false;
	l->history = true;
	if (floor->no == g->dot.no)
		stand_on(x, l, floor);
	return true;
}

static void begin_incarnation(struct exam *x, struct log_exam *l, uint64_t inc)
{
	const struct peer *p = exam_peer(x, inc);
	assert(x->v && x->a);
	check_peer(x, l);
	l->last = (struct dot){inc, p ? p->folded : 0};
	l->chained = l->last.no == 0;
	l->history = false;
	l->context = (struct growing){0};
	l->clock = INT64_MIN;
	chain_begin(l->chain, inc);
}

static void check_chain(struct exam *x, struct log_exam *l, const struct group *g, const uint8_t *canonical, size_t n)
{
	for (size_t i = 0; i < g->nseen; i++)
		exam_see(x, &l->context, g->seen[i]);
	vector_see(x->a, &l->context, (struct seen){g->dot, g->tag});
	chain_add(l->chain, canonical, n);
	l->tag = g->tag;
	bool fits = l->chained ? chain_tag(l->chain) == g->tag : !l->history;
	if (!fits && !is_history(x, l, g))
		exam_find_log(x, _("change number %llu in the log isn't the one that was written after those before it"),
			(unsigned long long)g->dot.no);
}

static void check_log_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct log_exam *l = ctx;
	struct group *g;
	const uint8_t *canonical;
	size_t n;
	struct dot dot = row->key.n == STORE_LOG_KEY ? store_read_dot(row->key.p) : (struct dot){0};
	if (x->counted == 0 || dot.inc != l->last.inc)
		begin_incarnation(x, l, dot.inc);
	if (dot.no != l->last.no + 1)
		exam_find_log(x, _("the log lacks changes before number %llu"), (unsigned long long)dot.no);
	l->chained = l->chained && dot.no == l->last.no + 1;
	l->last = dot;
	x->counted++;
	if (exam_open_group(x, row, &g, &canonical, &n) != OK) {
		exam_find_log(x, _("change number %llu in the log can't be read"), (unsigned long long)dot.no);
		l->chained = false;
		return;
	}
	if (g->clock < l->clock)
		exam_find_log(x, _("change number %llu in the log is older than the one before it"),
			(unsigned long long)dot.no);
	l->clock = g->clock;
	l->newest = g->clock > l->newest ? g->clock : l->newest;
	if (dot.inc == x->s->format.incarnation)
		l->own = g->clock;
	check_chain(x, l, g, canonical, n);
	check_writes(x, g);
	check_undone(x, g);
}

/* The head's clock is the newest absorbed, which may lie behind another site's; a new incarnation's is a second
 * ahead. */
static void check_head(struct exam *x, const struct log_exam *l)
{
	struct head h = {0};
	const struct span *own = exam_span(x, x->s->format.incarnation);
	uint64_t last = own ? own->last : 0;
	int64_t newest = l->newest;
	for (size_t i = 0; i < x->npeers; i++)
		if (x->peers[i].folded > 0 && x->peers[i].clock > newest)
			newest = x->peers[i].clock;
	int rc = view_head(x->beside, &h, NULL);
	if (rc != OK || h.no != last || h.clock < l->own || h.clock > newest + (last == 0))
		exam_find(x, _("the counter of changes is wrong: it says %llu, and the log has %llu"),
			(unsigned long long)h.no, (unsigned long long)last);
}

/* Whose changes meta knows, and the log has none of. */
static void check_peers(struct exam *x)
{
	for (size_t i = 0; i < x->npeers; i++)
		if (!exam_span(x, x->peers[i].inc) && x->peers[i].no != x->peers[i].folded)
			exam_find_log(x, _("the log lacks changes before number %llu"),
				(unsigned long long)x->peers[i].no + 1);
}

/* Nothing was written since a state of the whole took the place of all. */
static bool may_be_empty(const struct exam *x)
{
	bool folded = false;
	for (size_t i = 0; i < x->npeers; i++)
		folded = folded || x->peers[i].folded > 0;
	return folded;
}

void exam_log(struct exam *x)
{
	struct log_exam l = {.newest = INT64_MIN, .own = INT64_MIN};
	bool ended = exam_each_row(x, KV_LOG, check_log_row, &l);
	if (!ended)
		exam_find_log(x, _("the log can't be read after change number %llu"), (unsigned long long)l.last.no);
	bool lacks = x->counted == 0 && !may_be_empty(x);
	if (lacks)
		exam_find_log(x, _("the log is empty"));
	if (!ended || lacks)
		return;
	check_peer(x, &l);
	check_peers(x);
	if (!x->alone)
		check_head(x, &l);
}
