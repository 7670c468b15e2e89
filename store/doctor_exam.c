/* store/doctor_exam.c - see doctor_exam.h. Owns an examination in the child process: what it tells, what all its parts
 * read, and the file itself. The log is doctor_log.c's, what is made of it doctor_recs.c's. Reads only. */
#include "store/doctor_exam.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "store/codec.h"
#include "store/lines.h"

enum {
	TOLD_MOST = 20, /* findings of one part told one by one */
	INCARNATIONS_MOST = 10000,
	TRIES = 100, /* to meet the file between two changes */
	TELL_MS = 100,
	TICKS_UNSEEN = 64,
};

/* ---- telling ------------------------------------------------------------------------------------- */

void doctor_tell(struct os_teller *to, const struct message *m, const char *text)
{
	char bytes[sizeof *m + DOCTOR_TEXT_MOST];
	memcpy(bytes, m, sizeof *m);
	int n = snprintf(bytes + sizeof *m, DOCTOR_TEXT_MOST, "%s", text);
	size_t length = n < 0 ? 0 : (size_t)n < DOCTOR_TEXT_MOST ? (size_t)n : DOCTOR_TEXT_MOST - 1;
	os_tell(to, bytes, sizeof *m + length + 1);
}

static void tell_finding(struct exam *x, enum word word, const char *text)
{
	assert(word == WORD_FINDING || word == WORD_LOG_FINDING);
	if (x->findings++ < TOLD_MOST)
		doctor_tell(x->to, &(struct message){.word = word}, text);
}

/* What isn't told one by one is still counted. */
static void tell_rest(struct exam *x)
{
	char text[DOCTOR_TEXT_MOST];
	if (x->findings <= TOLD_MOST)
		return;
	snprintf(text, sizeof text, _("and %zu more of this kind"), x->findings - TOLD_MOST);
	doctor_tell(x->to, &(struct message){.word = WORD_FINDING, .done = x->findings - TOLD_MOST}, text);
}

int exam_tick(void *ctx)
{
	struct exam *x = ctx;
	x->done++;
	if (++x->ticks % TICKS_UNSEEN != 0 || os_monotonic_ms() < x->told_at + TELL_MS)
		return 0;
	x->told_at = os_monotonic_ms();
	doctor_tell(x->to, &(struct message){.word = WORD_PROGRESS, .done = x->done, .total = x->total}, "");
	return 0;
}

static void tell_what(struct exam *x, enum word word, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

/* What was found, and what can be done about it. */
static void tell_what(struct exam *x, enum word word, const char *fmt, va_list ap)
{
	char what[400], text[DOCTOR_TEXT_MOST];
	vsnprintf(what, sizeof what, fmt, ap);
	if (word == WORD_LOG_FINDING)
		snprintf(text, sizeof text, _("%s; restore a backup with: samvagt restore"), what);
	else
		snprintf(text, sizeof text, _("%s; make it again with: samvagt doctor --repair"), what);
	tell_finding(x, word, text);
}

void exam_find_log(struct exam *x, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	tell_what(x, WORD_LOG_FINDING, fmt, ap);
	va_end(ap);
}

void exam_find(struct exam *x, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	tell_what(x, WORD_FINDING, fmt, ap);
	va_end(ap);
}

void exam_find_rec(struct exam *x, int type, struct id id, const char *fmt)
{
	char text[ID_TEXT], what[400];
	const struct type *t = schema_type(type);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(what, sizeof what, fmt, t ? _(t->label) : "?", id_format(text, id));
#pragma GCC diagnostic pop
	exam_find(x, "%s", what);
}

/* ---- rows ---------------------------------------------------------------------------------------- */

const struct span *exam_span(const struct exam *x, uint64_t inc)
{
	const struct span *s = x->spans.at;
	for (size_t i = 0; i < x->spans.n; i++)
		if (s[i].inc == inc)
			return &s[i];
	return NULL;
}

const struct peer *exam_peer(const struct exam *x, uint64_t inc)
{
	for (size_t i = 0; i < x->npeers; i++)
		if (x->peers[i].inc == inc)
			return &x->peers[i];
	return NULL;
}

bool exam_is_in_log(const struct exam *x, struct dot dot)
{
	const struct span *s = exam_span(x, dot.inc);
	return s && dot.no >= s->first && dot.no <= s->last;
}

bool exam_is_folded(const struct exam *x, struct dot dot)
{
	const struct peer *p = exam_peer(x, dot.inc);
	return p && dot.no <= p->folded;
}

static int note_row(struct exam *x, const struct kv_scan *row, struct err *e)
{
	struct dot dot = row->key.n == STORE_LOG_KEY ? store_read_dot(row->key.p) : (struct dot){0};
	struct span *last = x->spans.n ? (struct span *)x->spans.at + x->spans.n - 1 : NULL;
	struct span fresh = {dot.inc, dot.no, dot.no};
	if (!last || last->inc != dot.inc)
		return x->spans.n < INCARNATIONS_MOST ? pile_add(&x->spans, &fresh, e) : OK;
	last->last = dot.no > last->last ? dot.no : last->last;
	return OK;
}

/* From row to row, as keys that lead astray are found elsewhere. */
static int find_spans(struct exam *x, struct err *e)
{
	struct kv_scan s;
	int rc = kv_scan_prefix(&x->v->txn, KV_LOG, NULL, 0, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK)
		rc = note_row(x, &s, e);
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

struct seen exam_mean(struct exam *x, struct seen seen)
{
	return x->alone ? seen : lines_mean_damaged(&x->beside, seen);
}

void exam_see(struct exam *x, struct growing *context, struct seen seen)
{
	seen = exam_mean(x, seen);
	if (seen.dot.no > 0)
		vector_see(x->a, context, seen);
}

int exam_open_group(struct exam *x, const struct kv_scan *row, struct group **g, const uint8_t **canonical, size_t *n)
{
	size_t all;
	*g = NULL;
	if (row->key.n != STORE_LOG_KEY)
		return ERR_CORRUPT;
	int rc = seal_get(x->s->seal, KV_LOG, row->key.p, row->key.n, row->value.p, row->value.n, x->one, canonical, &all,
			  NULL);
	if (rc == OK)
		rc = codec_get_group(x->one, *canonical, all, store_read_dot(row->key.p), true, g, n, NULL);
	return rc;
}

struct rec *exam_open_rec(struct exam *x, const struct kv_scan *row)
{
	struct rec *r = NULL;
	struct id id;
	const uint8_t *key = row->key.p;
	if (row->key.n != STORE_REC_KEY || key[0] == 0)
		return NULL;
	memcpy(id.b, key + 1, sizeof id.b);
	return view_now(x->v, x->one, key[0], id, &r, NULL) == OK ? r : NULL;
}

bool exam_each_row(struct exam *x, enum kv_table table,
		     void (*fn)(struct exam *x, const struct kv_scan *row, void *ctx), void *ctx)
{
	struct kv_scan s;
	size_t n = 0, rows;
	assert(x->v && x->one);
	if (x->broken)
		view_renew(&x->v);
	int rc = kv_scan_prefix(&x->v->txn, table, NULL, 0, &s, NULL);
	if (rc == OK)
		rc = kv_rows(&x->v->txn, table, &rows, NULL);
	while (rc == OK && n <= rows && (rc = kv_scan_next(&s, NULL)) == OK) {
		arena_reset(x->one);
		fn(x, &s, ctx);
		exam_tick(x);
		n++;
	}
	kv_scan_end(&s);
	x->broken = rc != ERR_NOTFOUND;
	return !x->broken && n == rows;
}

/* ---- the file ------------------------------------------------------------------------------------ */

static void say(void *ctx, const char *sentence)
{
	exam_find(ctx, "%s", sentence);
}

/* Another program may be at work: then the file is asked for as it is now. */
static void exam_file(struct exam *x)
{
	struct err e = {0};
	struct kv_checker c = {say, exam_tick, x};
	int rc = kv_examine(&x->v->txn, &c, &e);
	for (int tries = 0; rc == ERR_CONFLICT && tries < TRIES; tries++) {
		view_end(x->v);
		x->v = NULL;
		rc = view_begin(x->s, &x->v, &e);
		if (rc == OK)
			rc = kv_examine(&x->v->txn, &c, &e);
	}
	if (rc == ERR_CORRUPT)
		exam_find(x, "%s", e.text);
	else if (rc != OK)
		doctor_tell(x->to, &(struct message){.word = WORD_ERROR, .code = rc}, e.text);
}

/* ---- one part ------------------------------------------------------------------------------------ */

static size_t rows_of(struct exam *x, enum part part)
{
	static const uint8_t reads[PARTS][KV_TABLES] = {
		[PART_LOG] = {[KV_LOG] = 1},
		[PART_RECORDS] = {[KV_LOG] = 1, [KV_REC] = 1},
		[PART_INDEXES] = {[KV_REC] = 1, [KV_META] = 1, [KV_SEG] = 1},
		[PART_FILE] = {1, 1, 1, 1, 1, 1, 1, 1, 1},
	};
	size_t sum = 0, n;
	for (int table = 0; table < KV_TABLES; table++)
		if (reads[part][table] && kv_rows(&x->v->txn, (enum kv_table)table, &n, NULL) == OK)
			sum += n;
	return sum;
}

/* Both as of the same change, though another program may be at work. */
static int begin_views(struct exam *x, struct err *e)
{
	int rc = view_begin(x->s, &x->v, e);
	if (rc == OK)
		rc = view_begin(x->s, &x->beside, e);
	for (int tries = 0; rc == OK && tries < TRIES; tries++) {
		if (kv_txn_version(&x->v->txn) == kv_txn_version(&x->beside->txn))
			return OK;
		view_end(x->v);
		x->v = x->beside;
		x->beside = NULL;
		rc = view_begin(x->s, &x->beside, e);
	}
	return rc;
}

static int open_patient(struct exam *x, struct err *e)
{
	int rc = kv_open(x->s->dir, KV_READONLY, &x->s->kv, e);
	return rc == OK ? begin_views(x, e) : rc;
}

/* What isn't damage (no memory, no permission, a disk that fails, a file of another LMDB) is no finding. */
static void tell_unopened(struct exam *x, int rc, const struct err *e)
{
	int version = kv_file_version(x->s->dir);
	if (rc != ERR_CORRUPT && !(rc == ERR_UNSUPPORTED && version != x->s->format.lmdb))
		doctor_tell(x->to, &(struct message){.word = WORD_ERROR, .code = rc}, e->text);
	else
		exam_find_log(x, _("the file %s/db/data.mdb can't be opened: its beginning is damaged, or it is cut short"),
			 x->s->dir);
}

int doctor_examine(void *patient, struct os_teller *to)
{
	static void (*const exams[PARTS])(struct exam * x) = {
		[PART_LOG] = exam_log,
		[PART_RECORDS] = exam_records,
		[PART_INDEXES] = exam_indexes,
		[PART_FILE] = exam_file,
	};
	struct patient *p = patient;
	struct exam x = {.s = &p->store, .to = to, .a = arena_new(), .one = arena_new()};
	struct err e = {0};
	x.spans = (struct pile){.a = x.a, .item = sizeof(struct span)};
	int rc = open_patient(&x, &e);
	if (rc != OK) {
		tell_unopened(&x, rc, &e);
		return 0;
	}
	x.total = rows_of(&x, p->part);
	x.alone = p->alone;
	if (!x.alone && peers_read(x.beside, x.a, &x.peers, &x.npeers, &e) != OK) {
		x.npeers = 0;
		view_renew(&x.beside);
	}
	if (find_spans(&x, &e) != OK)
		exam_find_log(&x, _("the log can't be read"));
	exams[p->part](&x);
	tell_rest(&x);
	doctor_tell(to, &(struct message){.word = WORD_COUNT, .done = x.counted}, "");
	return 0;
}

int doctor_try_beside(void *patient)
{
	static const char kinds[] = {'h', 'p', 'b', 'x', 'u'};
	struct patient *p = patient;
	struct exam x = {.s = &p->store};
	struct kv_scan s;
	bool opened = open_patient(&x, NULL) == OK;
	for (size_t i = 0; i < sizeof kinds && opened; i++) {
		int rc = kv_scan_prefix(&x.v->txn, KV_META, &kinds[i], 1, &s, NULL);
		while (rc == OK)
			rc = kv_scan_next(&s, NULL);
		kv_scan_end(&s);
		view_renew(&x.v);
	}
	view_end(x.v);
	view_end(x.beside);
	kv_close(p->store.kv);
	p->store.kv = NULL;
	return 0;
}
