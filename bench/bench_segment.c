/* bench/bench_segment.c - how small and how fast a segment and a snapshot are, by themselves: the workload of
 * bench/sync/workload.py as change groups and records in memory, no store. WORKLOAD is its folder.
 *
 * Each edit is a group of its own with a clock of its own, some half a minute after the one before. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "bench/sync/script.h"
#include "store/change.h"
#include "store/idmap.h"
#include "store/register.h"
#include "sync/segment.h"

enum { SITES = 4, TIMES = 20, BASE_GROUP = 2000 };

static const uint64_t incs[SITES] = {0x3a91c55d08e2f47, 0x71b0e6a2c9d4435, 0xc40f9b7318ad552, 0x9e83d1c4b60a7ff};

/* What the lines are about: records by the name that they have there. */
struct load {
	struct arena *a;
	struct known {
		struct id id, from, to;
		uint8_t type;
	} * of[SITES];
	size_t cap[SITES];
	uint64_t made[SITES];
	struct idmap seats; /* an assignment's id: which of `seat` */
	struct origin *seat;
	size_t nseats, seats_cap;
	struct group *group;
	size_t ngroups, groups_cap;
	struct mix dice;
	int64_t clock;
};

static int letter_of(const char *name)
{
	return *name == 'Z' ? 0 : *name - 'A' + 1;
}

static struct known *known(struct load *l, const char *name)
{
	const int at = letter_of(name);
	const size_t n = strtoul(name + 2, NULL, 10);
	l->of[at] = arena_grow(l->a, l->of[at], &l->cap[at], n + 1, sizeof **l->of);
	return &l->of[at][n];
}

static void remember(struct load *l, struct known *k, struct id shift, struct id volunteer)
{
	uint32_t at;
	bool fresh;
	k->from = shift;
	k->to = volunteer;
	k->id = id_assignment(shift, volunteer);
	l->seat = arena_grow(l->a, l->seat, &l->seats_cap, l->nseats + 1, sizeof *l->seat);
	l->seat[l->nseats] = (struct origin){ORIGIN_ASSIGNMENT, shift, volunteer, 0};
	if (!idmap_add(&l->seats, k->id, (uint32_t)l->nseats++, &at, &fresh))
		measure_die("memory");
}

/* What a store would answer. */
static bool origin(void *ctx, int type, struct id id, struct origin *out)
{
	const struct load *l = ctx;
	const uint32_t at = idmap_get(&l->seats, id);
	(void)type;
	if (at == IDMAP_NONE)
		return false;
	*out = l->seat[at];
	return true;
}

static struct value value_of(struct load *l, const struct field *f, const char *text)
{
	struct value v;
	struct err e;
	if (f->kind == KIND_REF)
		return value_id(known(l, text)->id);
	measure_need(kind_parse(l->a, f, text, 0, &v, &e), &e);
	return v;
}

static int compare_writes(const void *x, const void *y)
{
	const struct write *a = x, *b = y;
	return (a->field > b->field) - (a->field < b->field);
}

static struct write *writes_of(struct load *l, const struct script_line *s, size_t *n)
{
	const struct type *t = schema_type_named(s->type);
	struct write *w = arena_alloc(l->a, (s->n + 1) * sizeof *w);
	struct known *k = known(l, s->id);
	*n = 0;
	if (s->op != SCRIPT_SET)
		w[(*n)++] = (struct write){.type = t->no, .field = FIELD_ALIVE, .v = value_int(s->op == SCRIPT_PUT)};
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = schema_field_named(t, s->name[i]);
		w[(*n)++] = (struct write){.type = t->no, .field = f->no, .v = value_of(l, f, s->value[i])};
	}
	qsort(w, *n, sizeof *w, compare_writes);
	k = known(l, s->id);
	if (s->op == SCRIPT_PUT && t->no == TYPE_ASSIGNMENT)
		remember(l, k, w[1].v.id, w[2].v.id);
	else if (s->op == SCRIPT_PUT)
		k->id = id_make(incs[letter_of(s->id)], ++l->made[letter_of(s->id)]);
	k->type = t->no;
	for (size_t i = 0; i < *n; i++)
		w[i].id = k->id;
	return w;
}

static void add_group(struct load *l, const struct script_line *s, int site)
{
	l->group = arena_grow(l->a, l->group, &l->groups_cap, l->ngroups + 1, sizeof *l->group);
	struct group *g = &l->group[l->ngroups++];
	*g = (struct group){.dot = {incs[site], l->ngroups}, .person = "Mette Holm", .clock = l->clock};
	g->writes = writes_of(l, s, &g->nwrites);
	const struct known *k = known(l, s->id);
	g->act = s->op == SCRIPT_PUT ? ACT_ADD : s->op == SCRIPT_SET ? ACT_EDIT : ACT_DELETE;
	g->arg[0] = value_id(k->id);
	if (k->type == TYPE_ASSIGNMENT) {
		g->act = s->op == SCRIPT_DEL ? ACT_UNASSIGN : ACT_ASSIGN;
		g->arg[0] = value_id(k->to);
		g->arg[1] = value_id(k->from);
	}
	l->clock += 1 + (int64_t)(-30 * log((double)(mix_next(&l->dice) % 1000000 + 1) / 1000001));
}

static void read_lines(struct load *l, const char *file, int site)
{
	struct script s;
	struct script_line line;
	script_open(&s, file);
	l->ngroups = 0;
	while (script_next(&s, &line))
		add_group(l, &line, site);
	script_close(&s);
}

static const uint8_t key[SEGMENT_KEY] = {1, 2, 3}, secret[SEGMENT_SECRET] = {4, 5, 6};

static void write_segment(struct load *l, enum segment_level level, struct buf *out)
{
	struct err e;
	const struct segment_names names = {origin, l};
	const struct segment_head head = {
		.inc = l->group->dot.inc, .written = SEGMENT_SCHEMA, .needed = SEGMENT_SCHEMA};
	struct segment_writer *w = segment_begin(&names);
	for (size_t i = 0; i < l->ngroups; i++)
		measure_need(segment_add(w, &l->group[i], &e), &e);
	measure_need(segment_end(w, &head, level, key, secret, out, &e), &e);
}

static size_t read_segment(const struct buf *b)
{
	struct segment_head head;
	struct segment_reader *r;
	struct group *g;
	struct err e;
	uint8_t hash[SEGMENT_HASH];
	size_t n = 0;
	struct arena *a = arena_new();
	measure_need(segment_read_head(a, b->p, b->n, &head, hash, &e), &e);
	measure_need(segment_open(b->p, b->n, &head, key, &r, &e), &e);
	for (; segment_next(r, a, &g); n++)
		arena_reset(a);
	segment_close(r);
	arena_free(a);
	return n;
}

static void measure_level(struct load *l, enum segment_level level, const char *name)
{
	double write[TIMES], read[TIMES];
	struct buf b = {0};
	for (int i = 0; i < TIMES; i++) {
		struct stopwatch w;
		buf_reset(&b);
		stopwatch_start(&w);
		write_segment(l, level, &b);
		write[i] = stopwatch_stop(&w).cpu;
		stopwatch_start(&w);
		if (read_segment(&b) != l->ngroups)
			measure_die("groups");
		read[i] = stopwatch_stop(&w).cpu;
	}
	printf("| segment, %zu edits, %s | %zu | %.1f | %.1f |\n", l->ngroups, name, b.n,
		1e3 * measure_median(write, TIMES), 1e3 * measure_median(read, TIMES));
	buf_free(&b);
}

/* ---- the base as a snapshot ---------------------------------------------------------------------- */

static int compare_recs(const void *x, const void *y)
{
	const struct rec *const *a = x, *const *b = y;
	if ((*a)->type != (*b)->type)
		return (*a)->type < (*b)->type ? -1 : 1;
	return id_compare((*a)->id, (*b)->id);
}

/* Each group of the base is a record; BASE_GROUP of them came with one change. */
static struct rec **recs_of(struct load *l)
{
	struct rec **v = arena_alloc(l->a, l->ngroups * sizeof *v);
	for (size_t i = 0; i < l->ngroups; i++) {
		const struct group *g = &l->group[i];
		const uint64_t no = 1 + i / BASE_GROUP;
		struct rec *r = arena_alloc(l->a, sizeof *r);
		*r = (struct rec){.type = g->writes->type, .id = g->writes->id, .n = g->nwrites, .cap = g->nwrites};
		r->f = arena_alloc(l->a, r->n * sizeof *r->f);
		for (size_t k = 0; k < r->n; k++)
			r->f[k] = (struct rec_field){
				g->writes[k].field, g->writes[k].v, {{g->dot.inc, no}, 1764576000 + 3 * (int64_t)no}};
		register_settle(r);
		v[i] = r;
	}
	qsort(v, l->ngroups, sizeof *v, compare_recs);
	return v;
}

static void write_snapshot(struct rec **v, size_t n, enum segment_level level, struct buf *out)
{
	struct err e;
	const struct segment_head head = {.inc = incs[0], .written = SEGMENT_SCHEMA, .needed = SEGMENT_SCHEMA};
	const struct peer peer = {.inc = incs[0], .no = 1 + n / BASE_GROUP};
	struct snapshot_writer *w = snapshot_begin(&peer, 1);
	for (size_t i = 0; i < n; i++)
		measure_need(snapshot_add(w, v[i], &e), &e);
	measure_need(snapshot_end(w, &head, level, key, secret, out, &e), &e);
}

static size_t read_snapshot(const struct buf *b)
{
	struct segment_head head;
	struct snapshot_reader *r;
	struct rec *rec;
	struct err e;
	uint8_t hash[SEGMENT_HASH];
	size_t n = 0;
	struct arena *a = arena_new();
	measure_need(segment_read_head(a, b->p, b->n, &head, hash, &e), &e);
	measure_need(snapshot_open(b->p, b->n, &head, key, &r, &e), &e);
	for (; snapshot_next(r, a, &rec); n++)
		arena_reset(a);
	snapshot_close(r);
	arena_free(a);
	return n;
}

static void measure_snapshot(struct rec **v, size_t n, enum segment_level level, const char *name)
{
	struct buf b = {0};
	struct stopwatch w;
	stopwatch_start(&w);
	write_snapshot(v, n, level, &b);
	const double write = stopwatch_stop(&w).cpu;
	stopwatch_start(&w);
	if (read_snapshot(&b) != n)
		measure_die("records");
	printf("| snapshot, %zu records, %s | %zu | %.0f | %.0f |\n", n, name, b.n, 1e3 * write,
		1e3 * stopwatch_stop(&w).cpu);
	buf_free(&b);
}

int main(void)
{
	struct load l = {.a = arena_new(), .dice = {99}, .clock = 1764576000};
	read_lines(&l, "base", 0);
	const size_t n = l.ngroups;
	struct rec **base = recs_of(&l);
	read_lines(&l, "A", 1);
	puts("| what | bytes | write, CPU ms | read, CPU ms |\n|---|---|---|---|");
	measure_level(&l, SEGMENT_FAST, "fast");
	measure_level(&l, SEGMENT_SMALL, "small");
	measure_snapshot(base, n, SEGMENT_FAST, "fast");
	measure_snapshot(base, n, SEGMENT_SMALL, "small");
	idmap_free(&l.seats);
	arena_free(l.a);
	return 0;
}
