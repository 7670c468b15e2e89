/* store/doctor_exam.c - see doctor.h. Owns looking: the log's numbering and chain, the records against the log, the
 * indexes and counters against the records. Runs in a child process, reads only, and tells what it finds.
 *
 * The log is read from end to end with no record kept in memory. Each write in it is either what its field holds now,
 * or was replaced by exactly one other write that says so; that nothing is left over on either side shows in one sum.
 */
#include "store/doctor_priv.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "store/be.h"
#include "store/codec.h"
#include "store/log_priv.h"

enum {
	TOLD_MOST = 20, /* findings of one part told one by one */
	INCARNATIONS_MOST = 10000,
	TRIES = 100, /* to meet the file between two changes */
	TELL_MS = 100,
	TICKS_UNSEEN = 64,
};

/* One incarnation's groups: how far they go. */
struct span {
	uint64_t inc, last;
};

struct exam {
	struct store *s;
	struct view *v;
	struct os_teller *to;
	struct arena *a, *one; /* for the part; for one row */
	struct pile spans;
	size_t findings, counted, done, total, ticks;
	int64_t told_at;
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

static int tick(void *ctx)
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

static void find_log(struct exam *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Damage in the log itself: nothing can be made from it. */
static void find_log(struct exam *x, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	tell_what(x, WORD_LOG_FINDING, fmt, ap);
	va_end(ap);
}

static void find(struct exam *x, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Damage in what is made from the log. */
static void find(struct exam *x, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	tell_what(x, WORD_FINDING, fmt, ap);
	va_end(ap);
}

static void find_rec(struct exam *x, int type, struct id id, const char *fmt) __attribute__((format(printf, 4, 0)));

/* fmt has two places: the kind of record and its id. */
static void find_rec(struct exam *x, int type, struct id id, const char *fmt)
{
	char text[ID_TEXT], what[400];
	const struct type *t = schema_type(type);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(what, sizeof what, fmt, t ? _(t->label) : "?", id_format(text, id));
#pragma GCC diagnostic pop
	find(x, "%s", what);
}

/* ---- the log ------------------------------------------------------------------------------------- */

static struct span *span_of(struct exam *x, uint64_t inc)
{
	struct span *s = x->spans.at;
	for (size_t i = 0; i < x->spans.n; i++)
		if (s[i].inc == inc)
			return &s[i];
	return NULL;
}

static bool is_in_log(struct exam *x, struct dot dot)
{
	const struct span *s = span_of(x, dot.inc);
	return s && dot.no > 0 && dot.no <= s->last;
}

/* The last number of each incarnation: read from row to row, as keys that lead astray are found elsewhere. */
static int find_spans(struct exam *x, struct err *e)
{
	struct kv_scan s;
	int rc = kv_scan_prefix(&x->v->txn, KV_LOG, NULL, 0, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct dot dot = s.key.n == STORE_LOG_KEY ? store_read_dot(s.key.p) : (struct dot){ 0 };
		struct span *span = span_of(x, dot.inc), fresh = { dot.inc, dot.no };
		if (span)
			span->last = dot.no > span->last ? dot.no : span->last;
		else if (x->spans.n < INCARNATIONS_MOST)
			rc = pile_add(&x->spans, &fresh, e);
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND ? OK : rc;
}

/* The group in a row of the log; an error without a sentence when it can't be read. */
static int open_group(struct exam *x, const struct kv_scan *row, struct group **g)
{
	const uint8_t *plain;
	size_t n;
	*g = NULL;
	if (row->key.n != STORE_LOG_KEY)
		return ERR_CORRUPT;
	int rc = seal_get(x->s->seal, KV_LOG, row->key.p, row->key.n, row->value.p, row->value.n, x->one, &plain, &n,
			  NULL);
	if (rc == OK)
		rc = codec_get_group(x->one, plain, n, store_read_dot(row->key.p), true, g, NULL, NULL);
	return rc;
}

/* For each row of a table: fn, with an arena for it. False when the rows don't come to an end as they should. */
static bool each_row(struct exam *x, enum kv_table table,
		     void (*fn)(struct exam *x, const struct kv_scan *row, void *ctx), void *ctx)
{
	struct kv_scan s;
	size_t n = 0, rows;
	assert(x->v && x->one);
	int rc = kv_scan_prefix(&x->v->txn, table, NULL, 0, &s, NULL);
	if (rc == OK)
		rc = kv_rows(&x->v->txn, table, &rows, NULL);
	while (rc == OK && n <= rows && (rc = kv_scan_next(&s, NULL)) == OK) {
		arena_reset(x->one);
		fn(x, &s, ctx);
		tick(x);
		n++;
	}
	kv_scan_end(&s);
	return rc == ERR_NOTFOUND && n == rows;
}

struct log_exam {
	struct dot last;
	int64_t clock, newest;
};

static void check_writes(struct exam *x, const struct group *g)
{
	for (size_t i = 0; i < g->nwrites; i++) {
		struct dot before = g->writes[i].before;
		bool earlier = before.inc != g->dot.inc || before.no < g->dot.no;
		if (before.no != 0 && (!earlier || !is_in_log(x, before))) {
			find_log(x, _("change number %llu builds on one that the log lacks"),
				 (unsigned long long)g->dot.no);
			return;
		}
	}
}

/* meta says which group undid another last. */
static void check_undone(struct exam *x, const struct group *g)
{
	uint8_t key[STORE_UNDONE_KEY];
	struct kv_bytes value;
	if (g->undoes.no == 0)
		return;
	int rc = kv_get(&x->v->txn, KV_META, key, store_undone_key(key, g->undoes), &value, NULL);
	struct dot by = rc == OK && value.n == STORE_LOG_KEY ? store_read_dot(value.p) : (struct dot){0};
	if (!is_in_log(x, by) || (by.inc == g->dot.inc && by.no < g->dot.no))
		find(x, _("the list of what is undone lacks change number %llu"), (unsigned long long)g->undoes.no);
}

static void check_log_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct log_exam *l = ctx;
	struct group *g;
	struct dot dot = row->key.n == STORE_LOG_KEY ? store_read_dot(row->key.p) : (struct dot){0};
	bool same = dot.inc == l->last.inc;
	if (dot.no != (same ? l->last.no + 1 : 1))
		find_log(x, _("the log lacks changes before number %llu"), (unsigned long long)dot.no);
	l->last = dot;
	x->counted++;
	if (open_group(x, row, &g) != OK) {
		find_log(x, _("change number %llu in the log can't be read"), (unsigned long long)dot.no);
		return;
	}
	if (same && g->clock < l->clock)
		find_log(x, _("change number %llu in the log is older than the one before it"),
			 (unsigned long long)dot.no);
	l->clock = g->clock;
	l->newest = g->clock > l->newest ? g->clock : l->newest;
	check_writes(x, g);
	check_undone(x, g);
}

/* The head is made from the log; a new incarnation's clock is a second ahead. */
static void check_head(struct exam *x, const struct log_exam *l)
{
	struct head h = {0};
	const struct span *own = span_of(x, x->s->format.incarnation);
	uint64_t last = own ? own->last : 0;
	int rc = view_head(x->v, &h, NULL);
	if (rc != OK || h.no != last || h.clock != l->newest + (last == 0))
		find(x, _("the counter of changes is wrong: it says %llu, and the log has %llu"),
		     (unsigned long long)h.no, (unsigned long long)last);
}

static void exam_log(struct exam *x)
{
	struct log_exam l = {.newest = INT64_MIN};
	bool ended = each_row(x, KV_LOG, check_log_row, &l);
	if (!ended)
		find_log(x, _("the log can't be read after change number %llu"), (unsigned long long)l.last.no);
	if (x->counted == 0)
		find_log(x, _("the log is empty"));
	else if (ended)
		check_head(x, &l);
}

/* ---- the records --------------------------------------------------------------------------------- */

struct rec_exam {
	uint64_t sum;           /* 0 when every version is replaced once or stands */
	size_t current, fields; /* writes that stand; fields of records */
};

/* One version of a field as a number (mixing as in splitmix64). */
static uint64_t version(int type, struct id id, int field, struct dot dot)
{
	uint64_t part[] = {be_get(id.b, 8), be_get(id.b + 8, 8), (uint64_t)type << 8 | (uint64_t)field, dot.inc,
			   dot.no};
	uint64_t h = 0;
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		h = (h ^ part[i]) + UINT64_C(0x9E3779B97F4A7C15);
		h = (h ^ h >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
		h = (h ^ h >> 27) * UINT64_C(0x94D049BB133111EB);
		h ^= h >> 31;
	}
	return h;
}

/* Does the record hold what this write put there, or something later? */
static bool follows(const struct rec *r, const struct write *w, struct stamp at, struct rec_exam *t)
{
	const struct rec_field *f = rec_field(r, w->field);
	if (!f)
		return false;
	if (!dot_equal(f->at.dot, at.dot))
		return stamp_compare(f->at, at) > 0;
	t->current++;
	return value_equal(f->v, w->v) && f->at.clock == at.clock;
}

/* The writes of one record in a group. */
static size_t check_run(struct exam *x, const struct group *g, size_t first, struct rec_exam *t)
{
	const struct write *w = &g->writes[first];
	struct stamp at = {g->dot, g->clock};
	struct rec *r = NULL;
	size_t n = 0;
	assert(first < g->nwrites);
	bool right = view_now(x->v, x->one, w->type, w->id, &r, NULL) == OK && r;
	for (; first + n < g->nwrites && w[n].type == w->type && id_equal(w[n].id, w->id); n++) {
		t->sum += version(w->type, w->id, w[n].field, g->dot);
		if (w[n].before.no != 0)
			t->sum -= version(w->type, w->id, w[n].field, w[n].before);
		right = right && follows(r, &w[n], at, t);
	}
	if (!right)
		find_rec(x, w->type, w->id,
			 r ? _("%s %s isn't what the log says") : _("%s %s is missing or can't be read"));
	return n;
}

static void check_group_recs(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct group *g;
	if (open_group(x, row, &g) != OK)
		return;
	for (size_t i = 0; i < g->nwrites;)
		i += check_run(x, g, i, ctx);
}

/* A record's row: NULL when it can't be read. */
static struct rec *open_rec(struct exam *x, const struct kv_scan *row)
{
	struct rec *r = NULL;
	struct id id;
	const uint8_t *key = row->key.p;
	if (row->key.n != STORE_REC_KEY)
		return NULL;
	memcpy(id.b, key + 1, sizeof id.b);
	return view_now(x->v, x->one, key[0], id, &r, NULL) == OK ? r : NULL;
}

static void check_rec_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct rec_exam *t = ctx;
	const struct rec *r = open_rec(x, row);
	x->counted++;
	if (!r) {
		find(x, _("a record can't be read"));
		return;
	}
	t->fields += r->n;
	for (size_t i = 0; i < r->n; i++) {
		t->sum -= version(r->type, r->id, r->f[i].no, r->f[i].at.dot);
		if (!is_in_log(x, r->f[i].at.dot)) {
			find_log(x, _("the log lacks change number %llu, which a record speaks of"),
				 (unsigned long long)r->f[i].at.dot.no);
			return;
		}
	}
}

static void exam_records(struct exam *x)
{
	struct rec_exam t = {0};
	each_row(x, KV_LOG, check_group_recs, &t);
	if (!each_row(x, KV_REC, check_rec_row, &t))
		find(x, _("the records can't be read to their end"));
	if (x->findings == 0 && (t.sum != 0 || t.current != t.fields))
		find(x, _("the records don't add up with the log"));
}

/* ---- the indexes and counters -------------------------------------------------------------------- */

static const char *const index_names[KV_TABLES] = {
	[KV_TIME] = N_("shifts by time"),
	[KV_PERSON] = N_("shifts by person"),
	[KV_REF] = N_("references"),
	[KV_DUE] = N_("due dates"),
};

struct index_exam {
	size_t rows[KV_TABLES], alive[UINT8_MAX + 1];
	uint64_t next_id;
};

static bool stands(struct exam *x, const struct index_row *row)
{
	struct kv_bytes value;
	return kv_get(&x->v->txn, row->table, row->key, row->nkey, &value, NULL) == OK && value.n == row->nvalue &&
	       memcmp(value.p, row->value, value.n) == 0;
}

static void check_index_of(struct exam *x, const struct kv_scan *row, void *ctx)
{
	struct index_exam *t = ctx;
	struct index_row want[INDEX_MOST];
	struct index_deps deps;
	uint64_t inc, counter;
	const struct rec *r = open_rec(x, row);
	if (!r)
		return;
	if (id_made(r->id, &inc, &counter) && inc == x->s->format.incarnation && counter >= t->next_id)
		t->next_id = counter + 1;
	t->alive[r->type] += r->alive;
	bool right = view_deps(x->v, x->one, r, &deps, NULL) == OK;
	size_t n = right ? index_rows(r, &deps, want) : 0;
	for (size_t i = 0; i < n; i++) {
		right = right && stands(x, &want[i]);
		t->rows[want[i].table]++;
	}
	assert(n <= INDEX_MOST);
	x->counted += n;
	if (!right)
		find_rec(x, r->type, r->id, _("%s %s stands wrongly in an index"));
}

static void check_index_sizes(struct exam *x, const struct index_exam *t)
{
	for (int table = 0; table < KV_TABLES; table++) {
		size_t n = 0;
		if (index_names[table] &&
		    (kv_rows(&x->v->txn, (enum kv_table)table, &n, NULL) != OK || n != t->rows[table]))
			find(x, _("the index of %s has %zu rows and should have %zu"), _(index_names[table]), n,
			     t->rows[table]);
	}
}

static void check_counts(struct exam *x, const struct index_exam *t)
{
	struct head h = {0};
	for (int type = 1; type <= UINT8_MAX; type++) {
		size_t n = 0;
		const struct type *row = schema_type(type);
		if (view_count_now(x->v, type, &n, NULL) != OK || n != t->alive[type])
			find(x, _("the counter of %s says %zu, and there are %zu"), row ? _(row->plural) : "?", n,
			     t->alive[type]);
	}
	if (view_head(x->v, &h, NULL) != OK || h.next_id < t->next_id)
		find(x, _("the counter of ids is wrong"));
}

/* Nothing stands in meta but what is known to. */
static void check_meta_row(struct exam *x, const struct kv_scan *row, void *ctx)
{
	const uint8_t *key = row->key.p;
	struct group *g = NULL;
	(void)ctx;
	bool known = (row->key.n == 1 && key[0] == 'h') || (row->key.n == 2 && key[0] == 'c' && row->value.n == 8);
	if (row->key.n == STORE_UNDONE_KEY && key[0] == 'u' && row->value.n == STORE_LOG_KEY)
		known = log_get(x->v, x->one, store_read_dot(row->value.p), &g, NULL) == OK &&
			dot_equal(g->undoes, store_read_dot(key + 1));
	if (!known)
		find(x, _("a counter is wrong"));
}

static void exam_indexes(struct exam *x)
{
	struct index_exam t = {.next_id = 1};
	if (!each_row(x, KV_REC, check_index_of, &t))
		find(x, _("the records can't be read to their end"));
	if (!each_row(x, KV_META, check_meta_row, NULL))
		find(x, _("the counters can't be read to their end"));
	if (x->findings > 0)
		return;
	check_index_sizes(x, &t);
	check_counts(x, &t);
}

/* ---- the file ------------------------------------------------------------------------------------ */

static void say(void *ctx, const char *sentence)
{
	find(ctx, "%s", sentence);
}

/* Another program may be at work: then the file is asked for as it is now. */
static void exam_file(struct exam *x)
{
	struct err e = {0};
	struct kv_checker c = {say, tick, x};
	int rc = kv_examine(&x->v->txn, &c, &e);
	for (int tries = 0; rc == ERR_CONFLICT && tries < TRIES; tries++) {
		view_end(x->v);
		x->v = NULL;
		rc = view_begin(x->s, &x->v, &e);
		if (rc == OK)
			rc = kv_examine(&x->v->txn, &c, &e);
	}
	if (rc == ERR_CORRUPT)
		find(x, "%s", e.text);
	else if (rc != OK)
		doctor_tell(x->to, &(struct message){.word = WORD_ERROR, .code = rc}, e.text);
}

/* ---- one part ------------------------------------------------------------------------------------ */

static size_t rows_of(struct exam *x, enum part part)
{
	static const uint8_t reads[PARTS][KV_TABLES] = {
		[PART_LOG] = {[KV_LOG] = 1},
		[PART_RECORDS] = {[KV_LOG] = 1, [KV_REC] = 1},
		[PART_INDEXES] = {[KV_REC] = 1, [KV_META] = 1},
		[PART_FILE] = {1, 1, 1, 1, 1, 1, 1},
	};
	size_t sum = 0, n;
	for (int table = 0; table < KV_TABLES; table++)
		if (reads[part][table] && kv_rows(&x->v->txn, (enum kv_table)table, &n, NULL) == OK)
			sum += n;
	return sum;
}

static int open_patient(struct patient *p, struct view **v, struct err *e)
{
	int rc = kv_open(p->store.dir, KV_READONLY, &p->store.kv, e);
	return rc == OK ? view_begin(&p->store, v, e) : rc;
}

/* What isn't damage (no memory, no permission, a disk that fails, a file of another LMDB) is no finding. */
static void tell_unopened(struct exam *x, int rc, const struct err *e)
{
	int version = kv_file_version(x->s->dir);
	if (rc != ERR_CORRUPT && !(rc == ERR_UNSUPPORTED && version != x->s->format.lmdb))
		doctor_tell(x->to, &(struct message){.word = WORD_ERROR, .code = rc}, e->text);
	else
		find_log(x, _("the file %s/db/data.mdb can't be opened: its beginning is damaged, or it is cut short"),
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
	int rc = open_patient(p, &x.v, &e);
	if (rc != OK) {
		tell_unopened(&x, rc, &e);
		return 0;
	}
	x.total = rows_of(&x, p->part);
	if (find_spans(&x, &e) != OK)
		find_log(&x, _("the log can't be read"));
	exams[p->part](&x);
	tell_rest(&x);
	doctor_tell(to, &(struct message){.word = WORD_COUNT, .done = x.counted}, "");
	return 0;
}
