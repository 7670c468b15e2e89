/* tests/t_take_hostile.c - a member who writes what no samvagt would: whatever is taken in, the stores come to be the
 * same, stay whole, and everything can still be read. */
#include "store/register.h"

#include <stdlib.h>
#include <string.h>

#include "tests/taketest.h"

enum { OWN = 99, GROUPS = 120, WRITES = 12, IDS = 24 };
static struct test_clock clk[2];

/* Records that there are, and some that there aren't. */
struct world { struct id id[IDS]; uint64_t inc; };

static void make_world(struct store *s, struct world *w)
{
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide");
	size_t n = 0;
	w->inc = store_incarnation(s);
	w->id[n++] = unit;
	w->id[n++] = role;
	for (int i = 0; i < 5; i++)
		w->id[n++] = test_volunteer(s, "Anna", "Holm");
	for (int i = 0; i < 5; i++)
		w->id[n++] = test_shift(s, unit, role, 20000 * 1440 + 1440 * i, 20000 * 1440 + 1440 * i + 60, 2);
	for (size_t i = 0; i < 5; i++)
		w->id[n++] = test_assign(s, w->id[7 + i], w->id[2 + i], ASSIGNMENT_ACCEPTED);
	for (uint64_t i = 0; n < IDS; i++)
		w->id[n++] = id_make(OWN, i + 1);
}

static struct value strange_value(struct arena *a, struct prng *r, const struct world *w)
{
	static const struct { const char *bytes; uint32_t n; } raw[] = {
		{ "\xf5", 1 }, { "\x42\x01\x02", 3 }, { "\x58\x18" "0123456789abcdef01234567", 26 }, { "\x82\x01\x81\xf4", 4 },
	};
	static const int64_t odd[] = { INT64_MAX, INT64_MIN, -1, 0, 1, 2, 3, 7, 70000, 20000, 20000 * 1440, UINT32_MAX };
	size_t i = (size_t)prng_below(r, 4);
	switch (prng_below(r, 6)) {
	case 0:
		return value_none();
	case 1:
		return value_text(i ? "Åse \x01\x1b[31m" : "");
	case 2:
		return (struct value){ .tag = V_RAW, .text = { raw[i].bytes, raw[i].n } };
	case 3:
	case 4:
		return value_id(w->id[prng_below(r, IDS)]);
	}
	(void)a;
	return value_int(odd[prng_below(r, sizeof odd / sizeof *odd)]);
}

static int compare_writes(const void *x, const void *y)
{
	const struct write *v = x, *w = y;
	int order = v->type != w->type ? v->type - w->type : id_compare(v->id, w->id);
	return order ? order : v->field - w->field;
}

/* Any type and field; mostly those that the record has. */
static struct write strange_write(struct arena *a, struct prng *r, const struct world *w)
{
	static const uint8_t types[] = { TYPE_UNIT, TYPE_VOLUNTEER, TYPE_SHIFT, TYPE_ASSIGNMENT, TYPE_LINK, TYPE_SETTING, 200 };
	size_t i = (size_t)prng_below(r, IDS);
	uint8_t type = i == 0 ? TYPE_UNIT : i == 1 ? TYPE_ROLE : i < 7 ? TYPE_VOLUNTEER : i < 12 ? TYPE_SHIFT : TYPE_ASSIGNMENT;
	if (i >= 17 || prng_below(r, 8) == 0)
		type = types[prng_below(r, sizeof types)];
	uint8_t field = (uint8_t)(prng_below(r, 12) ? prng_below(r, 12) : prng_below(r, 256));
	return (struct write){ type, field, w->id[i], strange_value(a, r, w), { 0 } };
}

static struct group *strange_group(struct arena *a, struct prng *r, const struct world *w, uint64_t no, int64_t clock,
	const struct seen *seen)
{
	struct write *list = arena_alloc(a, WRITES * sizeof *list);
	struct group *g = arena_alloc(a, sizeof *g);
	size_t n = 0;
	for (size_t i = 0; i < WRITES; i++)
		list[i] = strange_write(a, r, w);
	qsort(list, WRITES, sizeof *list, compare_writes);
	for (size_t i = 0; i < WRITES; i++)
		if (n == 0 || compare_writes(&list[n - 1], &list[i]) != 0)
			list[n++] = list[i];
	*g = (struct group){ .dot = { OWN, no }, .clock = clock, .person = "", .act = (uint8_t)prng_below(r, 30),
		.writes = list, .nwrites = n };
	for (int i = 0; i < 3; i++)
		g->arg[i] = strange_value(a, r, w);
	if (prng_below(r, 3) == 0)
		g->undoes = prng_below(r, 2) ? (struct dot){ OWN, prng_below(r, no) } : (struct dot){ w->inc, prng_below(r, 40) };
	/* He had seen what the others began with, at first or at last. */
	if (no == 40) {
		g->seen = seen;
		g->nseen = 1;
	}
	return g;
}

/* ---- looking at everything ----------------------------------------------------------------------- */

struct look { struct view *v; struct arena *a; size_t n; };

static int look_at_rec(void *ctx, const struct rec *r)
{
	struct look *l = ctx;
	view_title(l->v, l->a, r->id);
	for (size_t i = 0; i < r->n; i++) {
		const struct field *f = schema_field(r->type, r->f[i].no);
		if (f)
			view_field_text(l->v, l->a, f, r->f[i].v);
	}
	l->n++;
	return 0;
}

static int look_at_shifts(struct look *l, struct err *e)
{
	struct shift_row *row;
	struct seat_row *seat;
	struct due_row *due;
	size_t n, some;
	int rc = view_shifts(l->v, l->a, NULL, INT64_MIN / 4, INT64_MAX / 4, &row, &n, e);
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = view_seats(l->v, l->a, row[i].shift, &seat, &some, e);
	return rc == OK ? view_due(l->v, l->a, INT32_MIN / 4, INT32_MAX / 4, &due, &some, e) : rc;
}

static int look_at_history(struct look *l, const struct world *w, struct err *e)
{
	struct duty_row *duty;
	struct group *g;
	struct rec *r;
	size_t n;
	bool undone;
	int rc = OK;
	for (size_t i = 0; i < IDS && rc == OK; i++) {
		rc = view_find(l->v, l->a, w->id[i], &r, e);
		if (rc == OK)
			rc = view_duties(l->v, l->a, w->id[i], INT64_MIN / 4, INT64_MAX / 4, &duty, &n, e);
		if (rc == OK)
			rc = log_of_record(l->v, l->a, w->id[i], &g, &n, e);
	}
	if (rc == OK)
		rc = log_back(l->v, l->a, (struct dot){ 0 }, 1000, true, &g, &n, e);
	for (size_t i = 0; i < n && rc == OK; i++) {
		log_label(l->v, l->a, &g[i]);
		log_subject(l->v, l->a, &g[i]);
		rc = log_is_undone(l->v, g[i].dot, &undone, e);
	}
	return rc;
}

static bool can_look(struct store *s, const struct world *w, int64_t at)
{
	struct err e = { 0 };
	struct look l = { .a = arena_new() };
	struct dot dot;
	must(view_begin_at(s, at, &l.v, &e), &e, "view");
	int rc = OK;
	for (int type = 1; type <= UINT8_MAX && rc == OK; type++)
		rc = view_each(l.v, type, look_at_rec, &l, &e);
	if (rc == OK)
		rc = look_at_shifts(&l, &e);
	if (rc == OK)
		rc = look_at_history(&l, w, &e);
	if (rc == OK)
		rc = change_undoable(l.v, &dot, &e);
	if (rc == OK)
		rc = view_check(l.v, &e);
	view_end(l.v);
	arena_free(l.a);
	if (rc != OK)
		diag("at %lld: %d %s", (long long)at, rc, e.text);
	return rc == OK;
}

static int decide_all(struct store *s)
{
	struct err e = { 0 };
	struct arena *a = arena_new();
	struct open_register *open;
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(disagreement_list(v, a, &open, &n, &e), &e, "list");
	view_end(v);
	for (size_t i = 0; i < n; i++) {
		struct change *c;
		must(change_begin(s, ACT_CHOOSE, &c, &e), &e, "begin");
		if (open[i].field == FIELD_ALIVE)
			change_delete(c, open[i].type, open[i].id);
		else if (schema_field(open[i].type, open[i].field))
			must(change_set(c, open[i].type, open[i].id, open[i].field, value_none(), &e), &e, "set");
		change_commit(c, NULL, &e);
	}
	arena_free(a);
	return (int)n;
}

/* ---- ---------------------------------------------------------------------------------------------- */

static void edit(struct store *s, const struct world *w, struct prng *r)
{
	struct err e = { 0 };
	struct change *c;
	size_t who = 2 + (size_t)prng_below(r, 5), shift = 7 + (size_t)prng_below(r, 5);
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	change_make(c, TYPE_VOLUNTEER, w->id[who]);
	change_set(c, TYPE_VOLUNTEER, w->id[who], F_VOLUNTEER_GIVEN, value_text(prng_below(r, 2) ? "Bo" : "Ida"), &e);
	change_set(c, TYPE_SHIFT, w->id[shift], F_SHIFT_NEED, value_int((int64_t)prng_below(r, 5)), &e);
	change_commit(c, NULL, &e);
}

static void test_strange(uint64_t seed)
{
	struct prng r = { seed };
	struct arena *a = arena_new();
	struct store *s[2] = { test_store("x", &clk[0]), test_store("y", &clk[1]) };
	struct world w;
	struct group *g[GROUPS];
	struct err e = { 0 };
	size_t next[2] = { 0 };
	struct view *v;
	struct vector has;
	make_world(s[0], &w);
	must(view_begin(s[0], &v, &e), &e, "view");
	must(exchange_vector(v, a, &has, &e), &e, "vector");
	view_end(v);
	const struct seen seen = *vector_find(&has, w.inc);
	test_carry(s[0], s[1], NULL, NULL);
	for (uint64_t i = 0; i < GROUPS; i++)
		g[i] = strange_group(a, &r, &w, i + 1, clk[0].t + (int64_t)i * 20, &seen);
	while (next[0] < GROUPS || next[1] < GROUPS) {
		size_t k = (size_t)prng_below(&r, 2);
		struct take *t;
		clk[k].t += (int64_t)prng_below(&r, 60);
		if (prng_below(&r, 4) == 0) {
			edit(s[k], &w, &r);
			continue;
		}
		must(take_begin(s[k], "test", &t, &e), &e, "begin");
		for (uint64_t n = prng_below(&r, 9); n > 0 && next[k] < GROUPS; n--)
			must(take_group(t, g[next[k]++], NULL, &e), &e, "take");
		must(take_end(t, NULL, &e), &e, "end");
	}
	ok(can_look(s[0], &w, 0) && can_look(s[1], &w, 0), "everything can be read (seed %ju)", (uintmax_t)seed);
	ok(can_look(s[0], &w, clk[0].t - 500) && can_look(s[1], &w, clk[1].t - 2000), "and as it was");
	test_carry(s[0], s[1], NULL, NULL);
	test_carry(s[1], s[0], NULL, NULL);
	ok(test_same_state(s[0], s[1]), "both come to be the same");
	ok(decide_all(s[0]) > 0, "what can be decided is");
	ok(can_look(s[0], &w, 0), "and is read again");
	test_carry(s[0], s[1], NULL, NULL);
	ok(test_same_state(s[0], s[1]), "and is the same there");
	for (int i = 0; i < 2; i++)
		store_close(s[i]);
	ok(test_is_whole("x", &clk[0]) && test_is_whole("y", &clk[1]), "both are whole");
	os_remove_tree(test_path("x"), NULL);
	os_remove_tree(test_path("y"), NULL);
	arena_free(a);
}

static void test_refused(void)
{
	struct store *s = test_store("x", &clk[0]);
	struct err e = { 0 };
	struct write w[] = { { 0, 1, { { 1 } }, { .tag = V_NONE }, { 0 } } };
	struct seen self = { { OWN, 1 }, 0 };
	struct group good = { .dot = { OWN, 1 }, .clock = clk[0].t, .person = "" }, bad[] = { good, good, good, good, good };
	struct take *t;
	bad[0].writes = w;
	bad[0].nwrites = 1;
	bad[1].clock = INT64_MAX;
	bad[2].undoes = (struct dot){ OWN, 1 };
	bad[3].clock = INT64_MIN;
	for (int i = 0; i < 4; i++) {
		must(take_begin(s, "test", &t, &e), &e, "begin");
		is_int(take_group(t, &bad[i], NULL, &e), ERR_CORRUPT, "what makes no sense is refused: %d", i);
		take_abandon(t);
	}
	bad[4].dot.no = 2;
	bad[4].seen = &self;
	bad[4].nseen = 1;
	must(take_begin(s, "test", &t, &e), &e, "begin");
	must(take_group(t, &good, NULL, &e), &e, "take");
	is_int(take_gate(t, &bad[4]), GATE_EARLY, "nobody has seen himself");
	take_abandon(t);
	good.dot.inc = store_incarnation(s);
	good.dot.no = 2;
	must(take_begin(s, "test", &t, &e), &e, "begin");
	is_int(take_gate(t, &good), GATE_EARLY, "nobody else writes under our name");
	take_abandon(t);
	store_close(s);
	os_remove_tree(test_path("x"), NULL);
}

int main(void)
{
	clk[0].t = clk[1].t = INT64_C(1764576000);
	test_refused();
	for (uint64_t seed = 31; seed < 37; seed++)
		test_strange(seed);
	return done_testing();
}
