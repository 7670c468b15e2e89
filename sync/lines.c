/* sync/lines.c - see meet_priv.h. Owns what happens when two histories have one name: a store that was copied or put
 * back, and lines that were given up for that. Must not know how files are read or groups are taken. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/codec.h"
#include "sync/meet_priv.h"

bool lines_begins(uint64_t inc, const uint8_t chain[CHAIN])
{
	uint8_t begin[CHAIN];
	chain_begin(begin, inc);
	return memcmp(begin, chain, CHAIN) == 0;
}

/* ---- going on under another name ------------------------------------------------------------------ */

/* The tags of what is given up, so that nobody takes them for what comes under the same numbers, and of where it is left. */
static int tags_after(struct meet *m, uint64_t inc, uint64_t after, uint64_t no, struct ring_given_up *out, struct err *e)
{
	struct view *v = NULL;
	assert(no > after);
	uint64_t *tag = arena_alloc(m->work, (size_t)(no - after) * sizeof *tag);
	*out = (struct ring_given_up){inc, after, 0, tag, (size_t)(no - after)};
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = exchange_left(v, (struct dot){inc, after}, &out->at, e);
	for (uint64_t i = after + 1; rc == OK && i <= no; i++)
		rc = exchange_tag(v, (struct dot){out->inc, i}, &tag[i - after - 1], e);
	view_end(v);
	return rc;
}

/* Also where it was another member then, whose key it hasn't any more. */
static bool is_own_site(const struct meet *m, const struct ring_member *author)
{
	return author->self || id_equal(author->site, store_site(m->s));
}

bool lines_is_own(const struct meet *m, uint64_t inc)
{
	const struct ring_member *author = ring_author(m->ring, inc);
	return inc == store_incarnation(m->s) || (author && is_own_site(m, author));
}

/* Changes under that name up to `common` are what others know too, `no` is the newest. */
static int go_on(struct meet *m, uint64_t inc, uint64_t common, uint64_t no, struct err *e)
{
	struct ring_given_up line;
	assert(common <= no);
	const struct ring_member *author = ring_author(m->ring, inc);
	const bool ours = lines_is_own(m, inc);
	size_t *moved = ours ? &m->out->transplanted : &m->out->settled;
	const size_t before = *moved;
	m->out->minted |= ours;
	*moved += (size_t)(no - common);
	if (m->dry)
		return OK;
	if (common == no)
		return exchange_mint(m->s, e);
	int rc = tags_after(m, inc, common, no, &line, e);
	if (rc == OK)
		rc = exchange_transplant_line(m->s, inc, author ? author->site : store_site(m->s), common, meet_kept_end, e);
	if (rc == ERR_CONFLICT)
		*moved = before;
	return rc ? rc : ring_claim(m->s, m->ring, &line, e);
}

int lines_leave(struct meet *m, struct err *e)
{
	return go_on(m, store_incarnation(m->s), 0, 0, e);
}

/* As go_on, but a state of the whole went over the line, so that the store begins anew without it as soon as it can (life.c). */
static int go_on_beside(struct meet *m, uint64_t inc, uint64_t common, uint64_t from, uint64_t no, struct err *e)
{
	struct ring_given_up line;
	int rc = tags_after(m, inc, common, no, &line, e);
	if (rc == OK)
		rc = beside_log(m, &line, from, e);
	return rc == OK && inc == store_incarnation(m->s) ? lines_leave(m, e) : rc;
}

/* ---- lines that were given up ---------------------------------------------------------------------- */

static int own_number(struct meet *m, uint64_t inc, uint64_t *no, struct view **v, struct err *e)
{
	struct vector have;
	int rc = view_begin(m->s, v, e);
	if (rc == OK)
		rc = exchange_vector(*v, m->work, &have, e);
	*no = rc == OK ? vector_number(&have, inc) : 0;
	return rc;
}

/* How many changes after where it was left are here of that very line, by the log or by what a state told. Another history may share its
 * beginning, and part from it then. */
static uint64_t agreed(struct view *v, const struct tail *told, const struct ring_given_up *line, uint64_t no)
{
	const uint64_t most = no > line->after ? no - line->after : 0;
	uint64_t n = most < line->ntag ? most : line->ntag;
	for (; n > 0; n--) {
		const struct dot dot = {line->inc, line->after + n};
		uint64_t tag;
		if (exchange_tag(v, dot, &tag, NULL) == OK ? tag == line->tag[n - 1] : tails_have(told, dot.no, line->tag[n - 1]))
			break;
	}
	return n;
}

/* What is here of a line: up to which number at all, of that how many that were given up, and up to where all came with a state. */
struct held { uint64_t no, n, folded; };

static int look_for(struct meet *m, const struct ring_given_up *line, struct held *out, struct err *e)
{
	struct view *v = NULL;
	struct tail told;
	*out = (struct held){0};
	int rc = own_number(m, line->inc, &out->no, &v, e);
	if (rc == OK)
		rc = tails_read(m, v, line->inc, &told, e);
	if (rc == OK) {
		out->n = agreed(v, &told, line, out->no);
		out->folded = told.last;
	}
	view_end(v);
	return rc;
}

/* What goes beyond what was given up nobody has issued again yet. Where this site may say what is to become of it, it stands no more than
 * what it goes on from, which may have come with a state; else all of it stays until somebody says so. */
static bool is_given_up(const struct meet *m, const struct ring_given_up *line, const struct held *is)
{
	return is->n > 0 && (is->no == line->after + is->n || lines_may_settle(m, line->inc));
}

bool lines_hold_given_up(struct meet *m)
{
	size_t n;
	struct held is;
	bool any = false;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = 0; i < n && !any; i++)
		any = look_for(m, &line[i], &is, NULL) == OK && is_given_up(m, &line[i], &is);
	return any;
}

static int give_up(struct meet *m, const struct ring_given_up *line, struct err *e)
{
	struct held is;
	int rc = look_for(m, line, &is, e);
	const bool ours = is.n > 0, beyond = ours && is.no > line->after + is.n, goes = is_given_up(m, line, &is);
	bool astray = goes && is.folded > line->after;
	const bool again = ours && !astray && (line->inc == store_incarnation(m->s) || (beyond && goes));
	if (rc == OK && again && (rc = go_on(m, line->inc, line->after, is.no, e)) != ERR_CONFLICT)
		return rc;
	if (rc == OK && goes && !beyond && !astray && !m->dry)
		rc = exchange_drop_line(m->s, line->inc, line->after, meet_kept_end, e);
	if (rc == ERR_CONFLICT) {
		astray = true;
		rc = again && is.n == line->ntag && beyond ? go_on_beside(m, line->inc, line->after, line->after + is.n, is.no, e) : OK;
		rc = rc == ERR_CONFLICT ? OK : rc;
	}
	m->astray |= astray;
	if (astray)
		m->lost_to = meet_site(m, line->inc);
	/* What others wrote with it in sight counts from where it was left. */
	return rc || m->dry ? rc : exchange_give_up(m->s, &(struct seen){{line->inc, line->after}, line->at}, line->tag, line->ntag, e);
}

/* What a change counts as, by what the ring says of lines, as in the store (store/lines.h). They ascend by where they were left. */
static struct seen mean(const struct meet *m, struct seen seen)
{
	size_t n;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = n; i-- > 0;)
		if (line[i].inc == seen.dot.inc && lines_tells(&line[i], seen.dot.no, seen.tag))
			seen = (struct seen){{line[i].inc, line[i].after}, line[i].at};
	return seen;
}

static int note_tag(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	(void)canonical, (void)n, (void)e;
	*(struct seen *)ctx = (struct seen){g->dot, g->tag};
	return OK;
}

/* At the last number of a file that counts, by all that is in it up to there. */
static bool tag_in(struct meet *m, const struct parcel *p, uint64_t *tag)
{
	struct seen last = {{0}, 0};
	bool found = intake_groups(m, p, note_tag, &last, NULL) == OK && last.dot.no == p->upto;
	*tag = last.tag;
	return found;
}

/* May a change with that number be of a line? */
static bool may_be_given_up(const struct meet *m, struct dot dot)
{
	size_t n;
	bool any = false;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = 0; i < n && !any; i++)
		any = line[i].inc == dot.inc && lines_tag(&line[i], dot.no);
	return any;
}

/* Of one who is out a file may go on beyond what counts: and all of it that does may be given up. */
static void cut(struct meet *m, struct parcel *p)
{
	struct seen end = mean(m, (struct seen){{p->head.inc, p->last}, chain_tag(p->head.after)});
	if (p->upto > end.dot.no)
		p->upto = end.dot.no;
	uint64_t most = ring_last_number(m->ring, p->head.inc);
	if (p->upto > most) {
		p->upto = most;
		meet_trouble(m, SYNC_RETIRED, p->path, p->site);
	}
	if (p->upto < end.dot.no && p->upto >= p->head.first && may_be_given_up(m, (struct dot){p->head.inc, p->upto}) &&
		tag_in(m, p, &end.tag))
		p->upto = mean(m, (struct seen){{p->head.inc, p->upto}, end.tag}).dot.no;
	p->closed |= p->upto < p->head.first;
	p->settled |= p->closed;
}

static void cut_all(struct meet *m)
{
	for (size_t i = 0; i < m->nparcels; i++)
		if (!m->parcel[i].closed)
			cut(m, &m->parcel[i]);
}

const uint64_t *lines_tag(const struct ring_given_up *line, uint64_t no)
{
	return no > line->after && no - line->after <= line->ntag ? &line->tag[no - line->after - 1] : NULL;
}

bool lines_tells(const struct ring_given_up *line, uint64_t no, uint64_t tag)
{
	const uint64_t *told = lines_tag(line, no);
	return told && *told == tag;
}

bool lines_is_given_up(const struct meet *m, uint64_t inc, uint64_t tag)
{
	size_t n;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < line[i].ntag && line[i].inc == inc; k++)
			if (line[i].tag[k] == tag)
				return true;
	return false;
}

static bool stands(void *ctx, uint64_t inc, uint64_t tag)
{
	return lines_is_given_up(ctx, inc, tag);
}

int lines_review(struct meet *m, struct err *e)
{
	return ring_own_role(m->ring) == RING_FULL && !m->dry ? exchange_review_lines(m->s, stands, m, e) : OK;
}

int lines_give_up(struct meet *m, struct err *e)
{
	size_t n;
	int rc = OK;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	/* what this site says meanwhile makes the ring's own list anew */
	line = arena_copy(m->work, line, n * sizeof *line);
	/* who follows takes a state of the whole that was made without it */
	bool full = ring_own_role(m->ring) == RING_FULL;
	for (size_t i = 0; rc == OK && full && i < n; i++)
		rc = give_up(m, &line[i], e);
	if (rc == OK && m->astray)
		rc = life_renew(m, e);
	if (rc == OK && m->astray)
		meet_trouble(m, SYNC_ASTRAY, m->from, m->lost_to);
	return rc;
}

/* ---- others' changes under our own numbers --------------------------------------------------------- */

/* ahead: more of our own line is in files, or of what may be; goes_on: more of what is here; comes: in one that wasn't tried before.
 * other: the file in which another history of it begins first. folded: ours came with a state up to there. */
struct fork { uint64_t inc, no, common, folded; const struct parcel *other; bool forked, ahead, goes_on, comes; };

/* Of others' below what is in the log nothing is known of tags, and nothing can differ. */
bool lines_differ(struct meet *m, struct view *v, struct dot dot, uint64_t tag)
{
	uint64_t ours;
	struct tail told;
	if (exchange_tag(v, dot, &ours, NULL) == OK)
		return ours != tag;
	return lines_is_own(m, dot.inc) && tails_read(m, v, dot.inc, &told, NULL) == OK && tails_differ(&told, dot.no, tag);
}

static bool agrees(struct meet *m, struct view *v, uint64_t inc, uint64_t no, const uint8_t chain[CHAIN])
{
	return no == 0 ? lines_begins(inc, chain) : !lines_differ(m, v, (struct dot){inc, no}, chain_tag(chain));
}

struct walk { struct meet *m; struct view *v; uint64_t no, parts; };

static int walk_on(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct walk *w = ctx;
	(void)canonical, (void)n, (void)e;
	if (g->dot.no <= w->no && lines_differ(w->m, w->v, g->dot, g->tag))
		w->parts = g->dot.no;
	return g->dot.no >= w->no || w->parts ? ERR_STOPPED : OK;
}

static int walk(struct meet *m, struct view *v, const struct parcel *p, struct fork *f, struct err *e)
{
	struct walk w = {.m = m, .v = v, .no = f->no};
	assert(p->head.inc == f->inc && p->head.first <= f->no + 1);
	int rc = intake_groups(m, p, walk_on, &w, e);
	if (rc && rc != ERR_STOPPED)
		return rc == ERR_CORRUPT || rc == ERR_KEY ? OK : rc;
	if (w.parts && w.parts - 1 < f->common) {
		f->common = w.parts - 1;
		f->other = p;
	}
	const bool on = !w.parts && p->upto > f->no;
	f->forked |= w.parts > 0;
	f->ahead |= on;
	f->goes_on |= on;
	f->comes |= on && p->file;
	return OK;
}

/* What was given up already, and still lies there, tells of no other history. */
static int compare(struct meet *m, struct view *v, const struct parcel *p, struct fork *f, struct err *e)
{
	uint64_t before = p->head.first - 1;
	if (p->upto == p->last && p->last <= f->no && agrees(m, v, f->inc, p->last, p->head.after))
		return OK;
	if (before > f->no || !agrees(m, v, f->inc, before, p->head.before)) {
		f->ahead = true;      /* whether and where the two part stands in another file */
		return OK;
	}
	return walk(m, v, p, f, e);
}

static int find_fork(struct meet *m, uint64_t inc, struct fork *f, struct err *e)
{
	struct view *v = NULL;
	struct tail told = {0};
	*f = (struct fork){.inc = inc};
	int rc = own_number(m, inc, &f->no, &v, e);
	if (rc == OK && lines_is_own(m, inc))
		rc = tails_read(m, v, inc, &told, e);
	f->common = f->no;
	f->folded = told.last;
	for (size_t i = 0; rc == OK && i < m->nparcels; i++)
		if (m->parcel[i].head.inc == inc && !m->parcel[i].closed)
			rc = compare(m, v, &m->parcel[i], f, e);
	view_end(v);
	assert(f->common <= f->no && (rc || f->forked == (f->other != NULL)));
	return rc;
}

/* Issue again what comes after `common`. */
static int part(struct meet *m, uint64_t inc, uint64_t common, uint64_t no, bool *parted, struct err *e)
{
	int rc = go_on(m, inc, common, no, e);
	*parted = rc == OK;
	if (rc == ERR_CONFLICT)
		rc = go_on_beside(m, inc, common, common, no, e);
	if (rc == ERR_CONFLICT && !lines_is_own(m, inc))
		return OK;              /* whoever has it in files can */
	if (rc == ERR_CONFLICT) {
		/* it came back to us with a state of the whole, or has lost values since: out of that it can't be taken */
		meet_trouble(m, SYNC_ASTRAY, m->from, meet_site(m, inc));
		return m->dry || inc != store_incarnation(m->s) ? OK : lines_leave(m, e);
	}
	if (rc == OK)
		cut_all(m);      /* our own files may hold what was given up just now */
	return rc;
}

/* Of two histories the one that is in files alone. ERR_CONFLICT if it can't be. */
static int give_up_files(struct meet *m, const struct fork *f, struct err *e)
{
	int rc = beside_files(m, f->common, f->other, e);
	if (rc == OK)
		cut_all(m);
	return rc;
}

/* What is here came with a state, so nobody could tell any more what it is; the other one can be told as soon as what both go on
 * from is in files here. What is here may be given up itself, when this store begins anew. */
static int give_up_under(struct meet *m, const struct fork *f, struct err *e)
{
	int rc = m->dry || m->astray ? OK : give_up_files(m, f, e);
	if (rc == ERR_CONFLICT)
		meet_trouble(m, SYNC_EARLY, f->other->path, f->other->site);
	return rc == ERR_CONFLICT ? OK : rc;
}

/* More under the name of now needs another name; under one of before it is what was forgotten when the store was put back, and is
 * taken as what it is. */
static int own_line(struct meet *m, uint64_t inc, struct err *e)
{
	struct fork f;
	bool parted;
	int rc = find_fork(m, inc, &f, e);
	/* what comes goes on from what stands in no file yet */
	if (rc == OK && f.ahead && !m->dry && lines_is_own(m, inc))
		rc = send_seal(m->s, m->ring, e);
	/* A line is given up whole: what comes of it beyond what is here is taken first, and all of it is issued again next time. Else the
	 * file of the rest isn't known for one of that line, and brings back what was issued again. */
	bool under = f.forked && f.common < f.folded;
	if (rc == OK && under && !f.comes)
		rc = give_up_under(m, &f, e);
	if (f.comes || under) {
		f.forked = false;
		f.common = f.no;
	}
	bool more = f.ahead && inc == store_incarnation(m->s);
	if (rc || (!f.forked && !more))
		return rc;
	for (size_t i = 0; m->dry && i < m->nparcels; i++)
		if (m->parcel[i].head.inc == f.inc)
			m->parcel[i].closed = m->parcel[i].settled = true;      /* its name is still ours */
	return part(m, inc, f.common, f.no, &parted, e);
}

int lines_part(struct meet *m, struct dot common, bool *parted, struct err *e)
{
	struct view *v = NULL;
	uint64_t no;
	int rc = own_number(m, common.inc, &no, &v, e);
	view_end(v);
	assert(!m->dry);
	*parted = false;
	/* what parts from it may have come just now, and is gone again */
	return rc || common.no >= no ? rc : part(m, common.inc, common.no, no, parted, e);
}

bool lines_may_settle(const struct meet *m, uint64_t inc)
{
	const struct ring_member *author = ring_author(m->ring, inc);
	bool speaks = ring_own_role(m->ring) == RING_FULL && ring_takes_part(m->ring);
	return author && (is_own_site(m, author) || (author->retired && speaks));
}

bool lines_are_ours_to_settle(const struct meet *m, struct take *t, const struct vector *seen)
{
	uint64_t tag;
	for (size_t i = 0; i < seen->n; i++) {
		const struct dot dot = seen->at[i].dot;
		const bool ours = dot.inc == store_incarnation(m->s) || lines_may_settle(m, dot.inc);
		if (ours && take_tag(t, dot, &tag, NULL) == OK && tag != seen->at[i].tag && !lines_is_given_up(m, dot.inc, seen->at[i].tag))
			return true;
	}
	return false;
}

/* What was given up is in no log any more, or under a state: what goes on from it is in files alone. */
static int go_on_with_rests(struct meet *m, struct err *e)
{
	size_t n;
	int rc = OK;
	const struct ring_given_up *line = ring_given_up_lines(m->ring, &n);
	line = arena_copy(m->work, line, n * sizeof *line);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (lines_may_settle(m, line[i].inc))
			rc = beside_rest(m, &line[i], e);
	if (rc == OK)
		cut_all(m);
	return rc;
}

int lines_own(struct meet *m, struct err *e)
{
	size_t n, own = 0, cap = 0;
	const struct ring_member *member = ring_members(m->ring, &n);
	uint64_t *inc = NULL;
	cut_all(m);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < member[i].ninc; k++)
			if (lines_may_settle(m, member[i].inc[k])) {
				inc = arena_grow(m->work, inc, &cap, own + 1, sizeof *inc);
				inc[own++] = member[i].inc[k];
			}
	const uint64_t now = store_incarnation(m->s);
	int rc = own_line(m, now, e);
	for (size_t i = 0; rc == OK && i < own; i++)
		if (inc[i] != now)
			rc = own_line(m, inc[i], e);
	return rc ? rc : go_on_with_rests(m, e);
}

/* ---- two histories of which one is in files alone --------------------------------------------------- */

/* Only that one can be given up whole, if what is here goes on elsewhere. */
static int settle(struct meet *m, const struct parcel *p, struct err *e)
{
	struct fork f;
	int rc = find_fork(m, p->head.inc, &f, e);
	if (rc || !f.forked || !(f.goes_on || p->holds_up))
		return rc;
	rc = give_up_files(m, &f, e);
	return rc == ERR_CONFLICT ? OK : rc;
}

int lines_settle(struct meet *m, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < m->nparcels; i++) {
		const struct parcel *p = &m->parcel[i];
		if (p->parts && !p->closed && lines_may_settle(m, p->head.inc))
			rc = settle(m, p, e);
	}
	return rc;
}

/* ---- sites that were put back and don't know it ---------------------------------------------------- */

static void dispute(struct meet *m, uint64_t inc)
{
	if (lines_is_disputed(m, inc))
		return;
	m->disputed = arena_grow(m->work, m->disputed, &m->disputed_cap, m->ndisputed + 1, sizeof *m->disputed);
	m->disputed[m->ndisputed++] = inc;
}

/* What a site says it has, against what is here. That it has more is nothing, but of its own and of ours: then one of us was put
 * back. */
static void compare_told(struct meet *m, struct view *v, const struct told *told, const struct vector *have)
{
	const struct ring_member *author = ring_author(m->ring, told->inc);
	uint64_t tag;
	for (size_t i = 0; author && i < told->vector.n; i++) {
		const struct seen *says = &told->vector.at[i];
		bool other = exchange_tag(v, says->dot, &tag, NULL) == OK && tag != says->tag;
		bool more = says->dot.no > vector_number(have, says->dot.inc) &&
			    (says->dot.inc == store_incarnation(m->s) || ring_author(m->ring, says->dot.inc) == author);
		if (other || more)
			dispute(m, says->dot.inc);
	}
}

/* The furthest that it says now, in whatever file. */
static uint64_t furthest(const struct meet *m, const struct ring_member *site, uint64_t inc)
{
	uint64_t no = 0;
	for (size_t i = 0; i < m->ntold; i++) {
		uint64_t says = vector_number(&m->told[i].vector, inc);
		if (m->told[i].fresh && ring_author(m->ring, m->told[i].inc) == site && says > no)
			no = says;
	}
	return no;
}

bool lines_tells_less(const struct meet *m, const struct ring_member *site, struct dot dot)
{
	bool any = false;
	for (size_t i = 0; i < m->ntold && !any; i++)
		any = m->told[i].fresh && ring_author(m->ring, m->told[i].inc) == site;
	return any && furthest(m, site, dot.inc) < dot.no;
}

int lines_dispute(struct meet *m, struct err *e)
{
	struct vector have;
	struct view *v = NULL;
	int rc = view_begin(m->s, &v, e);
	if (rc == OK)
		rc = exchange_vector(v, m->work, &have, e);
	for (size_t i = 0; rc == OK && i < m->ntold; i++)
		compare_told(m, v, &m->told[i], &have);
	view_end(v);
	for (size_t i = 0; rc == OK && i < have.n; i++) {
		const struct ring_member *site = ring_author(m->ring, have.at[i].dot.inc);
		uint64_t says = site ? furthest(m, site, have.at[i].dot.inc) : 0;
		if (says && says < have.at[i].dot.no)
			dispute(m, have.at[i].dot.inc);
	}
	return rc;
}

bool lines_is_disputed(const struct meet *m, uint64_t inc)
{
	for (size_t i = 0; i < m->ndisputed; i++)
		if (m->disputed[i] == inc)
			return true;
	return false;
}
