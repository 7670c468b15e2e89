/* sync/meet.c - see sync.h. Owns a meeting from its beginning to its end, and what is told of it. Must not know how
 * groups come in or go out: that is receive.c's and send.c's. */
#include "sync/sync.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "sync/meet_priv.h"

/* ---- telling --------------------------------------------------------------------------------------- */

int meet_step(struct meet *m, enum sync_step step, size_t done, size_t of, struct err *e)
{
	if (m->opts.progress && m->opts.progress(m->opts.ctx, step, done, of) != 0)
		return err_set(e, ERR_STOPPED, _("stopped: what had been taken in by then is kept"));
	return OK;
}

const char *meet_site(struct meet *m, uint64_t inc)
{
	const struct ring_member *author = ring_author(m->ring, inc);
	return author ? author->name : "?";
}

void meet_count(struct meet *m, uint64_t inc, size_t groups)
{
	const char *site = meet_site(m, inc);
	for (size_t i = 0; i < m->out->nfrom; i++)
		if (strcmp(m->from_sites[i].site, site) == 0) {
			m->from_sites[i].groups += groups;
			return;
		}
	m->from_sites = arena_grow(m->a, m->from_sites, &m->from_cap, m->out->nfrom + 1, sizeof *m->from_sites);
	m->from_sites[m->out->nfrom++] = (struct sync_from){arena_strdup(m->a, site), groups};
	m->out->from = m->from_sites;
}

/* Each gets the file, the site, and another site or "", in this order. */
static const char *const sentences[] = {
	[SYNC_CUT] = N_("%1$s is cut short: it may still be on its way, and is tried again next time"),
	[SYNC_ALTERED] = N_("%1$s is damaged, and nothing was taken from it. It is written again when its author, or another who has it, "
		"meets here"),
	[SYNC_MENDED] = N_("%1$s lay damaged in this folder, and what is in it was written again. Should that happen often, take another stick"),
	[SYNC_NONSENSE] = N_("%1$s is signed by %2$s but makes no sense, and nothing was taken from it. Ask there which version of samvagt "
		"they have, and let them run \"samvagt doctor\""),
	[SYNC_FOREIGN] = N_("%1$s is of another ring, and isn't taken"),
	[SYNC_UNKNOWN] = N_("%1$s is by a site that isn't known here yet: its certificate may still be on its way, and the file is tried "
		"again next time"),
	[SYNC_NEWER] = N_("%1$s needs a newer samvagt. It is passed on as it is"),
	[SYNC_EARLY] = N_("%1$s waits for changes that aren't here yet; it is kept until %2$s or another site brings them"),
	[SYNC_STRANDED] = N_("%1$s rests on changes that %2$s didn't bring before it left the ring. It is kept, and taken when they come or "
		"%2$s joins again"),
	[SYNC_LOCKED] = N_("%1$s is locked with a key that isn't here yet; it is kept until the key comes"),
	[SYNC_FORKED] = N_("%2$s has two histories: the first one seen stays until %2$s has met in this folder itself (%1$s)"),
	[SYNC_ASTRAY] = N_("this store began from a snapshot with changes that %2$s gave up since, and will differ from the others. Make a new "
		"store, and join the ring with it (%1$s)"),
	[SYNC_RETIRED] = N_("%1$s was written after %2$s had left the ring, and isn't taken"),
	[SYNC_OUTSIDE] = N_("this site isn't in the ring %2$s any more: it was removed. What is changed here stays here until it joins with "
		"a new invitation"),
	[SYNC_BEATEN] = N_("this site isn't in the ring: its invitation was used by %2$s, too, whom the inviter saw first. Ask for an "
		"invitation of your own and join with it; what is changed here is sent then"),
	[SYNC_TWICE] = N_("an invitation of ours was used twice: %3$s is in, and %2$s isn't. If you know %2$s, invite it again; if you "
		"don't, somebody else got hold of the file and its words"),
};

enum { ARGS = 3 };

static const char *fill_in(struct meet *m, const char *format, const char *const arg[ARGS])
{
	struct buf b = {0};
	for (const char *at = format; *at; at++) {
		if (at[0] != '%' || at[1] < '1' || at[1] >= '1' + ARGS || at[2] != '$' || at[3] != 's') {
			buf_addc(&b, *at);
			continue;
		}
		buf_adds(&b, arg[at[1] - '1']);
		at += 3;
	}
	const char *text = arena_strdup(m->a, b.n ? b.p : "");
	buf_free(&b);
	return text;
}

static void tell(struct meet *m, enum sync_why why, const char *path, const char *site, const char *other)
{
	assert((size_t)why < sizeof sentences / sizeof *sentences);
	struct sync_trouble t = {why, arena_strdup(m->a, path), arena_strdup(m->a, site),
		fill_in(m, _(sentences[why]), (const char *const[ARGS]){path, site, other})};
	m->trouble = arena_grow(m->a, m->trouble, &m->troubles_cap, m->out->ntrouble + 1, sizeof *m->trouble);
	m->trouble[m->out->ntrouble++] = t;
	m->out->trouble = m->trouble;
}

/* Of these files nobody can do anything, and they lie there for ever. */
static bool is_told_once(enum sync_why why)
{
	return why == SYNC_FOREIGN || why == SYNC_RETIRED || why == SYNC_STRANDED;
}

void meet_trouble(struct meet *m, enum sync_why why, const char *path, const char *site)
{
	if (!is_told_once(why) || !told_before(m, why, path, site))
		tell(m, why, path, site, "");
}

enum sync_why meet_why_waits(const struct meet *m, const struct parcel *p)
{
	const struct ring_member *author = ring_author(m->ring, p->head.inc);
	return author && author->retired ? SYNC_STRANDED : SYNC_EARLY;
}

/* Is this site in the ring, and are those whom it invited? */
static void tell_of_ring(struct meet *m)
{
	size_t n;
	const struct ring_member *member = ring_members(m->ring, &n), *self = NULL;
	for (size_t i = 0; i < n; i++) {
		self = member[i].self ? &member[i] : self;
		if (member[i].guest && member[i].instead && !told_before(m, SYNC_TWICE, "", member[i].name))
			tell(m, SYNC_TWICE, "", member[i].name, member[i].instead);
	}
	if (ring_takes_part(m->ring))
		return;
	bool beaten = self && self->instead;
	meet_trouble(m, beaten ? SYNC_BEATEN : SYNC_OUTSIDE, "", beaten ? self->instead : ring_name(m->ring));
}

/* Its vector lies in the arena. A ring of a hundred sites has heads that don't end in the first row of their file. */
bool meet_kept_head(struct arena *a, const struct kept *k, struct segment_head *out)
{
	struct buf b = {0};
	int rc = segment_peek(a, k->head, k->nhead, out, NULL);
	if (rc == ERR_STOPPED && k->nhead < k->n) {
		rc = kept_read(k, &b, NULL);
		if (rc == OK)
			rc = segment_peek(a, b.p, b.n, out, NULL);
	}
	buf_free(&b);
	return rc == OK;
}

bool meet_kept_end(const struct kept *k, struct seen *out)
{
	struct arena *a = arena_new();
	struct segment_head head;
	bool has_end = meet_kept_head(a, k, &head) && head.count;
	if (has_end)
		*out = (struct seen){{head.inc, head.first + head.count - 1}, chain_tag(head.after)};
	arena_free(a);
	return has_end;
}

/* ---- beginning and ending -------------------------------------------------------------------------- */

static const char *last_part(struct arena *a, const char *dir)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	const char *whole = arena_strndup(a, dir, n), *slash = strrchr(whole, '/');
	return slash && slash[1] ? slash + 1 : whole;
}

static int begin(struct meet *m, struct store *s, const char *dir, bool writes, struct err *e)
{
	int rc = ring_load(s, &m->ring, e);
	if (rc)
		return rc;
	if (!m->ring)
		return ring_missing(e);
	if ((rc = told_load(m, e)))
		return rc;
	uint64_t own = writes ? store_incarnation(s) : 0;
	if (writes && m->dry)
		rc = folder_try(&m->io, dir, ring_id(m->ring), ring_name(m->ring), &m->folder, e);
	else
		rc = folder_open(&m->io, dir, ring_id(m->ring), ring_name(m->ring), own, &m->folder, e);
	m->out->is_first = rc == OK && folder_is_new(m->folder);
	return rc;
}

static void end(struct meet *m)
{
	for (size_t i = 0; i < m->nparcels; i++)
		buf_free(&m->parcel[i].held);
	buf_free(&m->once);
	folder_close(m->folder);
	ring_free(m->ring);
	arena_free(m->work);
}

enum half { RECEIVE = 1, SEND = 2 };

static int meet(struct store *s, const char *dir, const struct sync_opts *opts, unsigned halves, struct arena *a,
	struct sync_result *out, struct err *e)
{
	struct meet m = {.s = s, .opts = opts ? *opts : (struct sync_opts){0}, .a = a, .work = arena_new(), .out = out,
		.dry = store_is_dry_run(s)};
	assert(halves & (RECEIVE | SEND));
	*out = (struct sync_result){0};
	m.io = m.opts.io ? *m.opts.io : folder_io_real();
	m.from = last_part(m.work, dir);
	int rc = begin(&m, s, dir, halves & SEND, e);
	if (rc == OK)
		rc = forget_begin(&m, e);
	if (rc == OK && halves & RECEIVE)
		rc = receive(&m, e);
	if (rc == OK && halves & SEND)
		rc = send_news(&m, e);
	if (rc == OK) {
		tell_of_ring(&m);
		rc = told_save(&m, e);
	}
	end(&m);
	return rc;
}

int sync_meet(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a, struct sync_result *out,
	struct err *e)
{
	return meet(s, dir, opts, RECEIVE | SEND, a, out, e);
}

int sync_receive(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a, struct sync_result *out,
	struct err *e)
{
	return meet(s, dir, opts, RECEIVE, a, out, e);
}

int sync_send(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a, struct sync_result *out,
	struct err *e)
{
	return meet(s, dir, opts, SEND, a, out, e);
}
