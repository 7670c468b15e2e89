/* tests/t_model.c - the store against a plain model of it in memory: random changes, undo, redo, reopening and killed
 * writers, every view compared, also of the past. SEED=n and STEPS=n in the environment choose what is run. */
#include "tests/storetest.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/model.h"

static struct err e;

static int compare_ids(const void *x, const void *y)
{
	return id_compare(*(const struct id *)x, *(const struct id *)y);
}

/* One fact each run; the first difference is told and ends it. */
static bool differ(const char *what, uint64_t seed, unsigned step)
{
	diag("seed %llu step %u: %s", (unsigned long long)seed, step, what);
	return false;
}

/* ---- comparing views ------------------------------------------------------------------------------ */

static bool same_recs(struct view *v, struct arena *a, const struct model *m, const struct state *st)
{
	for (int o = 0; o < OBJS; o++) {
		struct rec *r;
		const struct mrec *want = &st->r[o];
		if (view_get(v, a, m->obj[o].type, m->obj[o].id, &r, &e) != OK || !r != !want->exists) {
			diag("object %d type %d: is there %d, should be %d %s", o, m->obj[o].type, r != NULL,
				want->exists, e.text);
			return false;
		}
		if (!r)
			continue;
		if (r->alive != model_alive(st, o))
			return false;
		for (int f = 1; f < FIELDS; f++)
			if (!value_equal(rec_get(r, f), want->f[f].v)) {
				diag("object %d field %d: %d against %d, written by %d against %d", o, f, rec_get(r,
					f).tag, want->f[f].v.tag,
					(int)rec_field(r, f)->at.dot.no, (int)want->f[f].no);
				return false;
			}
	}
	return true;
}

static bool same_ids(struct id *got, size_t n, struct id *want, size_t nwant)
{
	if (n != nwant || n == 0)
		return n == nwant;
	qsort(got, n, sizeof *got, compare_ids);
	qsort(want, nwant, sizeof *want, compare_ids);
	return memcmp(got, want, n * sizeof *got) == 0;
}

static bool same_lists(struct view *v, struct arena *a, const struct model *m, const struct state *st)
{
	static const int types[] = { TYPE_UNIT, TYPE_ORGANISATION, TYPE_VOLUNTEER, TYPE_ROLE, TYPE_SHIFT,
		TYPE_ASSIGNMENT,
		TYPE_SETTING, TYPE_LINK };
	for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
		struct id want[OBJS], got[OBJS];
		size_t n, count, nwant = 0;
		struct rec **all;
		if (view_all(v, a, types[t], &all, &n, &e) != OK || view_count(v, types[t], &count, &e) != OK ||
			n > OBJS)
			return false;
		for (size_t i = 0; i < n; i++)
			got[i] = all[i]->id;
		for (int o = 0; o < OBJS; o++)
			if (m->obj[o].type == types[t] && model_alive(st, o))
				want[nwant++] = m->obj[o].id;
		if (count != nwant || !same_ids(got, n, want, nwant))
			return false;
	}
	return true;
}

static bool same_refs(struct view *v, struct arena *a, const struct model *m, const struct state *st, int type,
	int field)
{
	for (int target = 0; target < OBJS; target++) {
		struct id want[OBJS], *got;
		size_t n, nwant = 0;
		for (int o = 0; o < OBJS; o++)
			if (m->obj[o].type == type && model_alive(st, o) && id_equal(model_ref(st, o, field),
				m->obj[target].id))
				want[nwant++] = m->obj[o].id;
		if (view_refs(v, a, m->obj[target].id, type, field, &got, &n, &e) != OK || !same_ids(got, n, want,
			nwant))
			return false;
	}
	return true;
}

static bool same_all_refs(struct view *v, struct arena *a, const struct model *m, const struct state *st)
{
	size_t n;
	const struct type *t = schema_types(&n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < t[i].nfields; k++)
			if (t[i].fields[k].kind == KIND_REF && !same_refs(v, a, m, st, t[i].no, t[i].fields[k].no))
				return false;
	return true;
}

static bool same_shift(const struct model *m, const struct state *st, const struct shift_row *row)
{
	int o = model_find(m, row->shift);
	int64_t need = model_int(st, o, F_SHIFT_NEED, 0), wished = model_int(st, o, F_SHIFT_WISHED, need);
	return row->start == model_int(st, o, F_SHIFT_START, 0) && row->end == model_int(st, o, F_SHIFT_END,
		row->start) &&
		id_equal(row->unit, model_ref(st, o, F_SHIFT_UNIT)) && id_equal(row->role, model_ref(st, o,
			F_SHIFT_ROLE)) &&
		row->state == model_int(st, o, F_SHIFT_STATE, 0) && row->need == need &&
		row->wished == (wished > need ? wished : need) && row->filled == model_filled(m, st, row->shift) &&
		row->noted == (st->r[o].f[F_SHIFT_NOTE].v.tag == V_TEXT);
}

static bool shifts_in_order(const struct shift_row *row, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (row[i].start < row[i - 1].start ||
			(row[i].start == row[i - 1].start && id_compare(row[i].unit, row[i - 1].unit) < 0))
			return false;
	return true;
}

static bool same_shifts(struct view *v, struct arena *a, const struct model *m, const struct state *st,
	const struct id *unit,
	civil_min from, civil_min to)
{
	struct shift_row *row;
	struct id want[OBJS], got[OBJS];
	size_t n, nwant = 0;
	if (view_shifts(v, a, unit, from, to, &row, &n, &e) != OK || n > OBJS || !shifts_in_order(row, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		got[i] = row[i].shift;
		if (!same_shift(m, st, &row[i]))
			return false;
	}
	for (int o = 0; o < OBJS; o++) {
		int64_t start = model_int(st, o, F_SHIFT_START, INT64_MIN);
		if (m->obj[o].type == TYPE_SHIFT && model_alive(st, o) && start >= from && start < to &&
			!id_is_none(model_ref(st, o, F_SHIFT_UNIT)) && (!unit || id_equal(model_ref(st, o,
				F_SHIFT_UNIT), *unit)))
			want[nwant++] = m->obj[o].id;
	}
	return same_ids(got, n, want, nwant);
}

static bool same_seats(struct view *v, struct arena *a, const struct model *m, const struct state *st, struct id shift)
{
	struct seat_row *row;
	struct id want[OBJS], got[OBJS];
	size_t n, nwant = 0;
	if (view_seats(v, a, shift, &row, &n, &e) != OK || n > OBJS)
		return false;
	for (size_t i = 0; i < n; i++) {
		int o = model_find(m, row[i].assignment);
		got[i] = row[i].assignment;
		if (!id_equal(row[i].volunteer, model_ref(st, o, F_ASSIGNMENT_VOLUNTEER)) ||
			!id_equal(row[i].organisation, model_ref(st, o, F_ASSIGNMENT_ORGANISATION)) ||
			row[i].places != model_places(st, o) || row[i].state != model_state(m, st, o) ||
			row[i].attendance != model_int(st, o, F_ASSIGNMENT_ATTENDANCE, 0))
			return false;
		if (i > 0 && id_compare(row[i - 1].assignment, row[i].assignment) >= 0)
			return false;
	}
	for (int o = 0; o < OBJS; o++)
		if (m->obj[o].type == TYPE_ASSIGNMENT && model_alive(st, o) && id_equal(model_ref(st, o,
			F_ASSIGNMENT_SHIFT), shift))
			want[nwant++] = m->obj[o].id;
	return same_ids(got, n, want, nwant);
}

/* Of some shifts at once, in another order than that of their ids, and of what is no shift: the same as of each. */
static bool same_seats_of(struct view *v, struct arena *a, struct model *m)
{
	struct id shift[OBJS];
	struct seat_list *got;
	size_t n = 0;
	for (int o = OBJS - 1; o >= 0; o--)
		if (prng_below(&m->look, 2))
			shift[n++] = m->obj[o].id;
	if (view_seats_of(v, a, shift, n, &got, &e) != OK)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct seat_row *row;
		size_t k;
		if (view_seats(v, a, shift[i], &row, &k, &e) != OK || k != got[i].n)
			return false;
		while (k > 0 && memcmp(&row[k - 1], &got[i].rows[k - 1], sizeof *row) == 0)
			k--;
		if (k)
			return false;
	}
	return true;
}

static bool same_duty(const struct model *m, const struct state *st, const struct duty_row *row)
{
	int o = model_find(m, row->assignment), s = model_find(m, row->shift);
	return id_equal(row->shift, model_ref(st, o, F_ASSIGNMENT_SHIFT)) && row->state == model_state(m, st, o) &&
		row->attendance == model_int(st, o, F_ASSIGNMENT_ATTENDANCE, 0) &&
		row->minutes == model_int(st, o, F_ASSIGNMENT_MINUTES, -1) && row->start == model_int(st, s,
			F_SHIFT_START, 0) &&
		row->end == model_int(st, s, F_SHIFT_END, row->start) && row->shift_state == model_int(st, s,
			F_SHIFT_STATE, 0) &&
		id_equal(row->unit, model_ref(st, s, F_SHIFT_UNIT)) && id_equal(row->role, model_ref(st, s,
			F_SHIFT_ROLE));
}

static bool same_duties(struct view *v, struct arena *a, const struct model *m, const struct state *st,
	struct id volunteer,
	civil_min from, civil_min to)
{
	struct duty_row *row;
	struct id want[OBJS], got[OBJS];
	size_t n, nwant = 0;
	if (view_duties(v, a, volunteer, from, to, &row, &n, &e) != OK || n > OBJS)
		return false;
	for (size_t i = 0; i < n; i++) {
		got[i] = row[i].assignment;
		if (!same_duty(m, st, &row[i]) || (i > 0 && row[i].start < row[i - 1].start))
			return false;
	}
	for (int o = 0; o < OBJS; o++) {
		if (m->obj[o].type != TYPE_ASSIGNMENT || !model_alive(st, o) ||
			!id_equal(model_ref(st, o, F_ASSIGNMENT_VOLUNTEER), volunteer))
			continue;
		int s = model_find(m, model_ref(st, o, F_ASSIGNMENT_SHIFT));
		if (s < 0 || m->obj[s].type != TYPE_SHIFT || !model_alive(st, s) || model_int(st, s, F_SHIFT_STATE,
			0) == 0)
			continue;
		int64_t start = model_int(st, s, F_SHIFT_START, 0);
		if (start >= from && start < to)
			want[nwant++] = m->obj[o].id;
	}
	return same_ids(got, n, want, nwant);
}

/* How many dates of an object are to be reminded of in [from, to). */
static size_t count_due(const struct model *m, const struct state *st, int o, civil_date from, civil_date to)
{
	const struct type *t = m->obj[o].type ? schema_type(m->obj[o].type) : NULL;
	size_t n = 0;
	for (size_t i = 0; t && i < t->nfields && model_alive(st, o); i++) {
		const struct field *f = &t->fields[i];
		int64_t v = model_int(st, o, f->no, INT64_MIN);
		int64_t date = v != INT64_MIN && f->kind == KIND_DATETIME ? cmin_date(v) : v;
		n += f->flags & (FIELD_DUE | FIELD_DAY) && date >= from && date < to;
	}
	return n;
}

static bool same_due(struct view *v, struct arena *a, const struct model *m, const struct state *st, civil_date from,
	civil_date to)
{
	struct due_row *row;
	size_t n, want = 0;
	if (view_due(v, a, from, to, &row, &n, &e) != OK)
		return false;
	for (int o = 0; o < OBJS; o++)
		want += count_due(m, st, o, from, to);
	for (size_t i = 0; i < n; i++) {
		int o = model_find(m, row[i].id);
		if (o < 0 || row[i].date != model_int(st, o, row[i].field, 0) || (i > 0 && row[i].date < row[i - 1].date))
			return false;
	}
	return n == want;
}

static bool same_times(struct view *v, struct arena *a, struct model *m, const struct state *st)
{
	civil_min from = MODEL_DAY0 + (civil_min)prng_below(&m->look, 4) * 720, to =
		from + (civil_min)prng_below(&m->look, 6) * 720;
	if (!same_shifts(v, a, m, st, NULL, from, to) || !same_shifts(v, a, m, st, NULL, INT32_MIN, INT32_MAX) ||
		!same_due(v, a, m, st, 20000, 20002) || !same_due(v, a, m, st, INT32_MIN, INT32_MAX))
		return false;
	for (int o = 0; o < OBJS; o++) {
		struct id id = m->obj[o].id;
		if (m->obj[o].type == TYPE_UNIT && !same_shifts(v, a, m, st, &id, from, to))
			return false;
		if (m->obj[o].type == TYPE_SHIFT && !same_seats(v, a, m, st, id))
			return false;
		if (m->obj[o].type == TYPE_VOLUNTEER && (!same_duties(v, a, m, st, id, from, to) ||
			!same_duties(v, a, m, st, id, INT32_MIN, INT32_MAX)))
			return false;
	}
	return same_seats_of(v, a, m);
}

static bool same_history(struct view *v, struct arena *a, const struct model *m)
{
	struct group *g;
	size_t n;
	if (log_back(v, a, (struct dot){ 0 }, SIZE_MAX, true, &g, &n, &e) != OK || n != m->ngroups + 1)
		return false;
	for (size_t i = 0; i < m->ngroups; i++) {
		const struct mgroup *want = m->group[m->ngroups - 1 - i];
		bool undone;
		if (g[i].dot.no != want->no || g[i].clock != want->clock || g[i].undoes.no != want->undoes ||
			g[i].nwrites != want->n)
			return false;
		if (log_is_undone(v, g[i].dot, &undone, &e) != OK || undone != model_undone(m, want->no))
			return false;
	}
	for (int o = 0; o < OBJS; o++) {
		size_t want = 0;
		for (size_t i = 0; i < m->ngroups; i++)
			want += model_touches(m->group[i], o);
		if (log_of_record(v, a, m->obj[o].id, &g, &n, &e) != OK || n != want)
			return false;
	}
	return true;
}

static bool same_keys(struct view *v, const struct model *m)
{
	struct dot undo, redo;
	return change_undoable(v, &undo, &e) == OK && undo.no == model_undoable(m) && change_redoable(v, &redo,
		&e) == OK &&
		redo.no == model_redoable(m);
}

static const char *compare_at(struct store *s, struct model *m, int64_t at)
{
	struct arena *a = arena_new();
	const struct state *st = at ? model_at(m, at) : &m->now;
	struct view *v;
	must(view_begin_at(s, at, &v, &e), &e, "view");
	const char *what = !same_recs(v, a, m, st) ? "records" : !same_lists(v, a, m, st) ? "lists" :
		!same_all_refs(v, a, m, st) ? "references" : !same_times(v, a, m, st) ? "times" :
		!at && !same_history(v, a, m) ? "history" : !at && !same_keys(v, m) ? "undo and redo keys" : NULL;
	view_end(v);
	arena_free(a);
	return what;
}

static bool compare(struct store *s, struct model *m, unsigned step)
{
	const char *what = compare_at(s, m, 0);
	if (what)
		return differ(what, m->seed, step);
	for (int i = 0; i < 2 && m->ngroups > 0; i++) {
		int64_t at = m->group[prng_below(&m->look, m->ngroups)]->clock - (int64_t)prng_below(&m->look, 3);
		what = compare_at(s, m, at);
		if (what) {
			diag("as it was at %lld", (long long)at);
			return differ(what, m->seed, step);
		}
	}
	return true;
}

/* ---- runs ---------------------------------------------------------------------------------------- */

static unsigned steps(unsigned normal)
{
	const char *s = getenv("STEPS");
	return s ? (unsigned)strtoul(s, NULL, 10) : normal;
}

static struct store *start(struct model *m, uint64_t seed, const char *name)
{
	model_init(m, seed);
	struct store *s = test_store(name, &m->clk);
	return s;
}

static void test_run(uint64_t seed)
{
	struct model *m = mem_alloc(sizeof *m);
	char name[32];
	snprintf(name, sizeof name, "run%llu", (unsigned long long)seed);
	struct store *s = start(m, seed, name);
	bool good = true;
	unsigned n = steps(150);
	for (unsigned i = 0; i < n && good; i++) {
		good = model_step(m, s) || differ("the result of a change", seed, i);
		if (good && prng_below(&m->look, 40) == 0) {
			store_close(s);
			s = test_open(name, &m->clk);
		}
		if (good && (prng_below(&m->look, 5) == 0 || i + 1 == n))
			good = compare(s, m, i);
	}
	ok(good, "seed %llu: %u steps, %zu changes, all views as the model's", (unsigned long long)seed, n, m->ngroups);
	store_close(s);
	model_free(m);
}

/* The writer tells each committed number on a pipe, and is killed somewhere. */
static _Noreturn void write_until_killed(struct model *m, const char *name, int out)
{
	struct store *s = test_open(name, &m->clk);
	for (;;) {
		if (!model_step(m, s))
			_exit(1);
		uint64_t no = m->ngroups + 1;
		if (write(out, &no, sizeof no) != (ssize_t)sizeof no)
			_exit(2);
	}
}

static uint64_t kill_writer(struct model *m, const char *name, struct prng *when)
{
	int ends[2];
	if (pipe(ends) != 0)
		return 0;
	pid_t pid = fork();
	if (pid == 0)
		write_until_killed(m, name, ends[1]);
	close(ends[1]);
	usleep((useconds_t)prng_below(when, 60000));
	kill(pid, SIGKILL);
	uint64_t no, last = 0;
	while (read(ends[0], &no, sizeof no) == (ssize_t)sizeof no)
		last = no;
	close(ends[0]);
	waitpid(pid, NULL, 0);
	return last;
}

static void test_killed(uint64_t seed, int rounds)
{
	struct model *m = mem_alloc(sizeof *m);
	struct prng when = { seed + 77 };
	char name[32];
	snprintf(name, sizeof name, "kill%llu", (unsigned long long)seed);
	store_close(start(m, seed, name));
	bool kept = true, good = true;
	for (int i = 0; i < rounds && kept && good; i++) {
		uint64_t told = kill_writer(m, name, &when);
		struct store *s = test_open(name, &m->clk);
		uint64_t stands = model_head(s);
		kept = stands >= told;
		while (m->ngroups + 1 < stands && model_step(m, NULL))
			;
		good = compare(s, m, (unsigned)i);
		store_close(s);
	}
	ok(kept, "seed %llu: killed %d times, all that was acknowledged is there", (unsigned long long)seed, rounds);
	ok(good, "seed %llu: and all views are as the model's", (unsigned long long)seed);
	model_free(m);
}

int main(void)
{
	const char *seed = getenv("SEED");
	uint64_t first = seed ? strtoull(seed, NULL, 10) : 1;
	for (uint64_t i = first; i < first + (seed ? 1 : 6); i++)
		test_run(i);
	test_killed(first + 100, 12);
	return done_testing();
}
