/* store/identity.c - see identity.h and exchange.h. Owns the witness, the home row, and the beginning of a fresh
 * incarnation. Must not know what is written under it. */
#include "store/identity.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/exchange.h"
#include "store/leftover.h"
#include "store/peers.h"

enum { WITNESS_LINES = 16, WITNESS_LINE = 15 + 1 + 20 + 1 + 16 + 1, NOTE_MS = 60000 };

/* ---- the witness --------------------------------------------------------------------------------- */

struct witness { struct seen at[WITNESS_LINES]; size_t n; };

static const char *witness_path(struct arena *a, const struct store *s)
{
	char name[ID_TEXT];
	return os_path_join(a, os_state_home(a), id_format(name, s->format.store));
}

#define LINE_FORM "%015" PRIx64 " %020" PRIu64 " %016" PRIx64 "\n"

/* Any part of the file may be missing or old: a line counts when it is one that is written. */
static bool parse_line(const char *line, struct seen *out)
{
	char again[WITNESS_LINE + 1];
	*out = (struct seen){ 0 };
	if (sscanf(line, "%15" SCNx64 " %20" SCNu64 " %16" SCNx64, &out->dot.inc, &out->dot.no, &out->tag) != 3)
		return false;
	snprintf(again, sizeof again, LINE_FORM, out->dot.inc, out->dot.no, out->tag);
	return strncmp(line, again, WITNESS_LINE) == 0;
}

static void read_witness(struct arena *a, const struct store *s, struct witness *w)
{
	struct buf b = { 0 };
	w->n = 0;
	if (os_read_file(witness_path(a, s), 4096, &b, NULL) == OK)
		for (size_t at = 0; at + WITNESS_LINE <= b.n && w->n < WITNESS_LINES; at += WITNESS_LINE)
			w->n += parse_line(b.p + at, &w->at[w->n]);
	buf_free(&b);
}

static struct seen find_line(const struct witness *w, uint64_t inc)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->at[i].dot.inc == inc)
			return w->at[i];
	return (struct seen){ { inc, 0 }, 0 };
}

static void write_witness(struct arena *a, const struct store *s, struct seen own)
{
	struct witness w;
	struct buf b = { 0 };
	read_witness(a, s, &w);
	w.n = w.n == WITNESS_LINES ? w.n - 1 : w.n;
	assert(own.dot.no > 0 && w.n < WITNESS_LINES);
	for (size_t i = 0; i <= w.n; i++) {
		const struct seen *x = i == 0 ? &own : &w.at[i - 1];
		if (i == 0 || x->dot.inc != own.dot.inc)
			buf_addf(&b, LINE_FORM, x->dot.inc, x->dot.no, x->tag);
	}
	if (!b.oom && os_mkdir_p(os_state_home(a), NULL) == OK)
		os_write_note(witness_path(a, s), b.p, b.n, NULL);
	buf_free(&b);
}

/* How far this store's own numbers have come; no == 0: nothing is written under them yet. Asked of a locked store,
 * too: its row isn't sealed. */
static struct seen read_own_end(struct store *s)
{
	struct view v = { .s = s };
	struct peer own = { .no = 0 };
	if (kv_begin(s->kv, &v.txn, NULL) != OK)
		return (struct seen){ 0 };
	if (peers_find(&v, s->format.incarnation, &own, NULL) != OK)
		own.no = 0;
	kv_end(&v.txn);
	return (struct seen){ { s->format.incarnation, own.no }, chain_tag(own.chain) };
}

void identity_note(struct store *s)
{
	struct seen own = read_own_end(s);
	assert(!s->readonly);
	s->noted_ms = os_monotonic_ms();
	if (own.dot.no == 0 || dot_equal(own.dot, s->noted))
		return;
	struct arena *a = arena_new();
	write_witness(a, s, own);
	s->noted = own.dot;
	arena_free(a);
}

void identity_note_soon(struct store *s)
{
	if (s->settled && os_monotonic_ms() - s->noted_ms >= NOTE_MS)
		identity_note(s);
}

/* Has this machine seen more under the store's numbers than it holds, or something else? */
static bool was_put_back(struct arena *a, struct store *s)
{
	struct witness w;
	struct view *v;
	uint64_t tag;
	read_witness(a, s, &w);
	struct seen told = find_line(&w, s->format.incarnation), own = read_own_end(s);
	s->noted = told.dot;
	if (told.dot.no == 0 || told.dot.no > own.dot.no)
		return told.dot.no > own.dot.no;
	if (view_begin(s, &v, NULL) != OK)
		return false;
	bool other = exchange_tag(v, told.dot, &tag, NULL) == OK && tag != told.tag;
	view_end(v);
	return other;
}

/* ---- the home row -------------------------------------------------------------------------------- */

#define HOME_ROW "o"

struct home { struct id machine; uint64_t device, inode; const char *path; };

static int apply(struct store *s, struct kv_op *op, struct err *e)
{
	const struct kv_op proof = *op;
	return kv_apply(s->kv, op, 1, op->del ? KV_SHRINKS : 0, &proof, e);
}

static bool find_home(struct arena *a, const struct store *s, struct home *out)
{
	struct os_spot spot;
	const char *machine = os_machine(a);
	if (!os_spot_of(a, s->dir, &spot))
		return false;
	assert(*spot.path == '/');
	*out = (struct home){ ID_NONE, spot.device, spot.inode, spot.path };
	if (*machine)
		out->machine = id_machine(s->format.store, machine);
	return true;
}

enum { HOME_HEAD = 16 + 8 + 8 };

/* What the row says; false when there is none that can be read. */
static bool read_home(struct arena *a, struct store *s, struct home *out)
{
	struct kv_txn t;
	struct kv_bytes value;
	const uint8_t *p;
	size_t n = 0;
	if (kv_begin(s->kv, &t, NULL) != OK)
		return false;
	if (kv_get(&t, KV_META, HOME_ROW, 1, &value, NULL) != OK ||
		seal_get(s->seal, KV_META, HOME_ROW, 1, value.p, value.n, a, &p, &n, NULL) != OK)
		n = 0;
	kv_end(&t);
	if (n < HOME_HEAD)
		return false;
	memcpy(out->machine.b, p, 16);
	out->device = be_get(p + 16, 8);
	out->inode = be_get(p + 24, 8);
	out->path = arena_strndup(a, (const char *)p + HOME_HEAD, n - HOME_HEAD);
	return true;
}

/* That it fails (a full disk) is no error: the next one to open the store tries again. */
static void write_home(struct store *s, const struct home *h)
{
	struct buf plain = { 0 }, sealed = { 0 };
	uint8_t head[HOME_HEAD];
	assert(*h->path == '/');
	memcpy(head, h->machine.b, 16);
	be_put(be_put(head + 16, h->device, 8), h->inode, 8);
	buf_add(&plain, head, sizeof head);
	buf_adds(&plain, h->path);
	if (!plain.oom && seal_put(s->seal, KV_META, HOME_ROW, 1, plain.p, plain.n, &sealed, NULL) == OK) {
		apply(s, &(struct kv_op){ .table = KV_META, .nkey = 1, .key = HOME_ROW, .nvalue = (uint32_t)sealed.n,
			.value = sealed.p }, NULL);
	}
	buf_free(&plain);
	buf_free(&sealed);
}

static bool same_spot(const struct home *x, const struct home *y)
{
	return x->device == y->device && x->inode == y->inode;
}

static bool same_machine(const struct home *x, const struct home *y)
{
	return id_is_none(x->machine) || id_is_none(y->machine) || id_equal(x->machine, y->machine);
}

/* A folder that is moved stays the same folder; one that is put back where it was keeps its name. A copy has neither.
 */
static bool was_copied(const struct home *was, const struct home *now)
{
	return !same_machine(was, now) || (!same_spot(was, now) && strcmp(was->path, now->path) != 0);
}

/* ---- a fresh incarnation ------------------------------------------------------------------------- */

enum identity exchange_identity(const struct store *s)
{
	return s->identity;
}

/* From now on, whatever the file says until the end of this: a promise stays until it is kept. */
static int go_on_as(struct store *s, uint64_t inc, uint64_t next_id, struct err *e)
{
	assert(inc != 0 && inc != s->format.incarnation && next_id > 0);
	s->format.incarnation = inc;
	s->next_id = next_id;
	s->noted = (struct dot){ 0 };
	memset(s->newest, 0, sizeof s->newest);
	int rc = keys_write_format(s->dir, &s->format, e);
	leftover_keep_copies(s->dir);
	return rc;
}

int exchange_mint(struct store *s, struct err *e)
{
	if (s->readonly)
		return err_set(e, ERR_READONLY, _("the store was opened for reading only, so nothing can be changed"));
	if (s->dry_run)
		return OK;
	const struct keys_format was = s->format;
	const uint64_t next_id = s->next_id;
	int rc = go_on_as(s, store_random_incarnation(), 1, e);
	if (rc != OK) {
		s->format = was;
		s->next_id = next_id;
	}
	return rc;
}

int identity_promise(struct store *fresh, uint64_t inc, struct err *e)
{
	uint8_t value[8];
	be_put(value, inc, 8);
	return apply(fresh, &(struct kv_op){ .table = KV_META, .nkey = 1, .key = "i", .nvalue = 8, .value = value }, e);
}

static int read_promise(struct store *s, uint64_t *inc, uint64_t *next_id, struct err *e)
{
	struct view *v;
	struct kv_bytes value;
	*inc = 0;
	*next_id = 1;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = kv_get(&v->txn, KV_META, "i", 1, &value, e);
	if (rc == OK && value.n != 8)
		rc = view_corrupt(v, KV_META, e);
	if (rc == OK)
		*inc = be_get(value.p, 8);
	if (rc == OK && kv_get(&v->txn, KV_META, "h", 1, &value, NULL) == OK && value.n == STORE_HEAD)
		*next_id = be_get((const uint8_t *)value.p + 16, 8);
	view_end(v);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int identity_keep_promise(struct store *s, struct err *e)
{
	uint64_t inc, next_id;
	int rc = read_promise(s, &inc, &next_id, e);
	if (rc != OK || inc == 0)
		return rc;
	if (inc != s->format.incarnation)
		rc = go_on_as(s, inc, next_id, e);
	return rc == OK ? apply(s, &(struct kv_op){ .table = KV_META, .nkey = 1, .key = "i", .del = true }, e) : rc;
}

static enum identity find_identity(struct arena *a, struct store *s, const struct home *was, const struct home *now)
{
	if (was_put_back(a, s))
		return IDENTITY_PUT_BACK;
	return was && now && was_copied(was, now) ? IDENTITY_COPIED : IDENTITY_SAME;
}

static bool same_home(const struct home *x, const struct home *y)
{
	return same_machine(x, y) && same_spot(x, y) && strcmp(x->path, y->path) == 0;
}

static int settle(struct arena *a, struct store *s, struct err *e)
{
	struct home was, now;
	bool had = read_home(a, s, &was), has = find_home(a, s, &now);
	s->identity = find_identity(a, s, had ? &was : NULL, has ? &now : NULL);
	int rc = s->identity == IDENTITY_SAME ? OK : exchange_mint(s, e);
	if (rc != OK) {
		err_prefix(e,
			_("this store was put back or copied, so what is written in it now needs numbers of its own"));
		return rc;
	}
	if (has && !(had && same_home(&was, &now)))
		write_home(s, &now);
	s->settled = true;
	return OK;
}

int identity_settle(struct store *s, struct err *e)
{
	assert(s->seal && s->kv && s->lock);
	s->noted_ms = os_monotonic_ms();
	int rc = identity_keep_promise(s, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	rc = settle(a, s, e);
	arena_free(a);
	return rc;
}
