/* tests/t_take.c - three stores exchange their changes in any order and come to be the same, and whole. */
#include "store/exchange.h"

#include <stdio.h>
#include <string.h>

#include "store/doctor.h"
#include "store/register.h"
#include "store/store_priv.h"
#include "store/vault.h"
#include "tests/taketest.h"

enum { SITES = 3 };
static const char *const names[SITES] = { "a", "b", "c" };
static struct test_clock clk[SITES];

static bool is_whole(int site)
{
	return test_is_whole(names[site], &clk[site]);
}

static void carry_all(struct store *s[SITES])
{
	for (int i = 1; i < SITES; i++)
		test_carry(s[i], s[0], NULL, NULL);
	for (int i = 1; i < SITES; i++)
		test_carry(s[0], s[i], NULL, NULL);
}

static bool is_rebuilt_the_same(int site, struct store **s, struct store *other)
{
	struct err e = { 0 };
	struct store_opts opts = { .clock = test_clock(&clk[site]) };
	struct vault_row row = { "ring", "secret", 6 };
	const uint8_t hash[8] = { 1 };
	struct arena *a = arena_new();
	struct view *v;
	const void *secret;
	size_t n;
	must(vault_put(*s, &row, 1, &e), &e, "vault");
	must(kept_put(*s, 7, 1, hash, "file", 4, &e), &e, "keep");
	store_close(*s);
	must(doctor_rebuild(test_path(names[site]), &opts, &(struct doctor_ctx){ 0 }, &e), &e, "rebuild");
	*s = test_open(names[site], &clk[site]);
	must(view_begin(*s, &v, &e), &e, "view");
	must(vault_get(v, a, "ring", &secret, &n, &e), &e, "vault");
	bool kept = kept_has(v, 7, 1, hash) && secret && n == 6;
	view_end(v);
	arena_free(a);
	return kept && test_same_state(*s, other);
}

static void open_all(struct store *s[SITES])
{
	for (int i = 0; i < SITES; i++) {
		clk[i].t = INT64_C(1764576000) + i;
		s[i] = test_store(names[i], &clk[i]);
	}
}

static void close_all(struct store *s[SITES])
{
	for (int i = 0; i < SITES; i++) {
		store_close(s[i]);
		os_remove_tree(test_path(names[i]), NULL);
	}
}

static size_t count_open(struct store *s)
{
	struct err e = { 0 };
	struct arena *a = arena_new();
	struct view *v;
	struct open_register *open;
	size_t n, records;
	must(view_begin(s, &v, &e), &e, "view");
	must(disagreement_list(v, a, &open, &n, &e), &e, "list");
	must(disagreement_count(v, &records, &e), &e, "count");
	view_end(v);
	arena_free(a);
	return records == 0 ? 0 : n;
}

static void choose(struct store *s, int type, struct id id, int field, struct value v)
{
	struct err e = { 0 };
	struct change *c;
	struct change_result r;
	must(change_begin(s, ACT_CHOOSE, &c, &e), &e, "begin");
	must(change_set(c, type, id, field, v, &e), &e, "set");
	must(change_commit(c, &r, &e), &e, "commit");
	ok(r.writes == 1, "the value that is shown can be chosen");
}

/* ---- one by one ---------------------------------------------------------------------------------- */

static void test_disagreement(void)
{
	struct store *s[SITES];
	struct arena *a = arena_new();
	struct taken told;
	open_all(s);
	struct id anna = test_volunteer(s[0], "Anna", "Holm");
	carry_all(s);
	clk[0].t += 10;
	test_set(s[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Viborg"));
	clk[1].t += 20;
	test_set(s[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	test_carry(s[1], s[0], NULL, &told);
	ok(told.groups == 1 && told.writes == 1 && told.records == 1 && told.open == 1 && told.merge > 0, "it is told");
	test_carry(s[1], s[0], NULL, &told);
	ok(told.groups == 0 && told.merge == 0, "the same again is nothing");
	is_str(rec_text(test_rec(a, s[0], TYPE_VOLUNTEER, anna), F_VOLUNTEER_CITY), "Skive", "the later one is shown");
	is_int((int)count_open(s[0]), 1, "and it is a disagreement");
	carry_all(s);
	ok(test_same_state(s[0], s[1]) && test_same_state(s[0], s[2]), "the same everywhere");
	struct view *v;
	struct group *g;
	struct err e = { 0 };
	size_t n;
	must(view_begin(s[2], &v, &e), &e, "view");
	must(log_of_record(v, a, anna, &g, &n, &e), &e, "history");
	ok(n == 3 && strcmp(g[0].writes[0].v.text.s, "Skive") == 0 && strcmp(g[1].writes[0].v.text.s, "Viborg") == 0,
		"the value that isn't shown stands in its history");
	view_end(v);
	is_int((int)test_set(s[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive")).writes, 0,
		"writing what is shown is nothing");
	choose(s[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	carry_all(s);
	ok(count_open(s[0]) == 0 && count_open(s[1]) == 0 && test_same_state(s[0], s[2]), "and then it is decided everywhere");
	close_all(s);
	arena_free(a);
}

static void test_deleted_and_edited(void)
{
	struct store *s[SITES];
	struct arena *a = arena_new();
	open_all(s);
	struct id anna = test_volunteer(s[0], "Anna", "Holm"), bo = test_volunteer(s[0], "Bo", "Dam");
	carry_all(s);
	test_delete(s[0], TYPE_VOLUNTEER, anna);
	test_delete(s[0], TYPE_VOLUNTEER, bo);
	test_delete(s[2], TYPE_VOLUNTEER, bo);
	test_set(s[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	carry_all(s);
	struct rec *r = test_rec(a, s[2], TYPE_VOLUNTEER, anna);
	ok(r->alive && register_is_open(r, FIELD_ALIVE), "who is edited and deleted at once stays, and it is told");
	ok(!test_rec(a, s[1], TYPE_VOLUNTEER, bo)->alive && count_open(s[1]) == 1, "two deletions agree");
	ok(test_same_state(s[0], s[1]) && test_same_state(s[0], s[2]), "the same everywhere");
	test_delete(s[1], TYPE_VOLUNTEER, anna);
	carry_all(s);
	ok(!test_rec(a, s[0], TYPE_VOLUNTEER, anna)->alive && count_open(s[0]) == 0, "deleted again by one who knew");
	struct change_result undone;
	struct err e = { 0 };
	struct view *v;
	must(view_begin(s[1], &v, &e), &e, "view");
	struct dot last = log_head(v);
	view_end(v);
	must(change_undo(s[1], last, &undone, &e), &e, "undo");
	carry_all(s);
	ok(test_rec(a, s[2], TYPE_VOLUNTEER, anna)->alive, "that can be undone");
	ok(is_whole(0) && is_whole(1) && is_whole(2), "and all are whole");
	close_all(s);
	arena_free(a);
}

static void test_gate(void)
{
	struct store *s[SITES];
	struct err e = { 0 };
	struct take *t;
	struct bundle b = { .a = arena_new() };
	open_all(s);
	struct id anna = test_volunteer(s[0], "Anna", "Holm");
	test_carry(s[0], s[1], NULL, NULL);
	test_set(s[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	test_gather(s[1], s[2], &b);
	struct group *first = NULL, *last = NULL;
	for (size_t i = 0; i < b.n; i++) {
		if (b.g[i]->dot.inc != store_incarnation(s[1]))
			continue;
		first = first ? first : b.g[i];
		last = b.g[i];
	}
	must(take_begin(s[2], "test", &t, &e), &e, "begin");
	ok(take_gate(t, last) == GATE_EARLY, "what comes before isn't here yet");
	must(take_group(t, first, NULL, &e), &e, "take");
	ok(take_gate(t, first) == GATE_KNOWN, "what is here is known");
	ok(last->nseen == 1 && take_gate(t, last) == GATE_EARLY, "what its author had seen isn't here yet");
	for (size_t i = 0; i < b.n; i++)
		if (b.g[i]->dot.inc == store_incarnation(s[0]))
			must(take_group(t, b.g[i], NULL, &e), &e, "take");
	((struct seen *)(uintptr_t)last->seen)->tag ^= 1;
	ok(take_gate(t, last) == GATE_EARLY, "another line under the same name isn't what had been seen");
	((struct seen *)(uintptr_t)last->seen)->tag ^= 1;
	ok(take_gate(t, last) == GATE_READY, "now it may come");
	uint8_t chain[CHAIN] = { 0 };
	is_int(take_group(t, last, chain, &e), ERR_CORRUPT, "but not if it isn't what was signed");
	is_int(take_end(t, NULL, &e), ERR_CORRUPT, "and then nothing of it");
	is_int((int)test_carry(s[1], s[2], NULL, NULL), 0, "received again, all comes");
	carry_all(s);
	ok(test_same_state(s[1], s[2]), "and is the same");
	must(take_begin(s[2], "test", &t, &e), &e, "begin");
	struct group wild = *last;
	wild.dot.no++;
	wild.clock = last->clock - 1;
	is_int(take_group(t, &wild, NULL, &e), ERR_CORRUPT, "a clock that goes back is refused");
	take_abandon(t);
	wild.clock = last->clock + 1000000;
	must(take_begin(s[2], "test", &t, &e), &e, "begin");
	must(take_group(t, &wild, NULL, &e), &e, "take");
	struct taken told;
	must(take_end(t, &told, &e), &e, "end");
	is_int((int)told.future, 1, "one far ahead is taken and told");
	test_set(s[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Viborg"));
	struct view *v;
	struct group *own;
	must(view_begin(s[2], &v, &e), &e, "view");
	must(log_get(v, b.a, log_head(v), &own, &e), &e, "get");
	ok(own->clock < wild.clock, "and not absorbed");
	view_end(v);
	arena_free(b.a);
	close_all(s);
}

/* A deletion that is contested: a person says that the record stays, or takes that back. */
static void test_keep(void)
{
	struct store *s[SITES];
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct change *c;
	struct change_result r;
	open_all(s);
	struct id anna = test_volunteer(s[0], "Anna", "Holm");
	carry_all(s);
	test_delete(s[0], TYPE_VOLUNTEER, anna);
	test_set(s[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	carry_all(s);
	must(change_begin(s[2], ACT_CHOOSE, &c, &e), &e, "begin");
	change_make(c, TYPE_VOLUNTEER, anna);
	must(change_commit(c, &r, &e), &e, "commit");
	ok(r.writes == 1 && count_open(s[2]) == 0, "it stays: that is one write");
	is_str(rec_text(test_rec(a, s[2], TYPE_VOLUNTEER, anna), F_VOLUNTEER_GIVEN), "Anna", "with all that it holds");
	must(change_undo(s[2], r.dot, NULL, &e), &e, "undo");
	ok(test_rec(a, s[2], TYPE_VOLUNTEER, anna)->alive, "to take that back deletes nothing");
	carry_all(s);
	ok(test_same_state(s[0], s[2]) && count_open(s[0]) == 0, "decided everywhere");
	close_all(s);
	arena_free(a);
}

/* More than one transaction; the last of it is wrong. */
static void test_cut(void)
{
	enum { MANY = 2000, LETTERS = 1900 };
	struct store *s[SITES];
	struct err e = { 0 };
	struct bundle b = { .a = arena_new() };
	struct take *t;
	struct taken told;
	struct view *v;
	struct merge *m;
	uint8_t chain[CHAIN] = { 0 };
	size_t n;
	char note[LETTERS + 1];
	open_all(s);
	must(store_defer_sync(s[0], true, &e), &e, "defer");
	memset(note, 'x', LETTERS);
	note[LETTERS] = '\0';
	struct id anna = test_volunteer(s[0], "Anna", "Holm");
	for (int i = 0; i < MANY; i++) {
		note[i % LETTERS] = 'y';
		test_set(s[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_NOTE, value_text(note));
	}
	test_gather(s[0], s[1], &b);
	must(take_begin(s[1], "a stick", &t, &e), &e, "begin");
	for (size_t i = 0; i + 1 < b.n; i++)
		must(take_group(t, b.g[i], NULL, &e), &e, "take");
	is_int(take_group(t, b.g[b.n - 1], chain, &e), ERR_CORRUPT, "the last of many is wrong");
	is_int(take_end(t, &told, &e), ERR_CORRUPT, "that is told");
	must(view_begin(s[1], &v, &e), &e, "view");
	must(merge_list(v, b.a, 0, 10, &m, &n, &e), &e, "merges");
	ok(n == 1 && m[0].n == 1 && m[0].range[0].after == 0 && m[0].range[0].upto > 100 &&
		m[0].range[0].upto < MANY,
		"what was taken in before stands, and is listed");
	is_str(m[0].from, "a stick", "with where it came from");
	view_end(v);
	test_carry(s[0], s[1], NULL, NULL);
	test_carry(s[1], s[0], NULL, NULL);
	ok(test_same_state(s[0], s[1]), "the rest comes the next time");
	store_set_dry_run(s[2], true);
	test_carry(s[0], s[2], NULL, &told);
	ok(told.groups == b.n + 1 && told.records == 3, "what would come can be asked: %zu, %zu", told.groups, told.records);
	store_set_dry_run(s[2], false);
	test_carry(s[0], s[2], NULL, &told);
	ok(told.groups == b.n + 1, "and hasn't come");
	must(store_defer_sync(s[0], false, &e), &e, "sync");
	arena_free(b.a);
	close_all(s);
}

/* ---- many ---------------------------------------------------------------------------------------- */

struct world { struct id unit, role, volunteer[6], shift[5]; };

static void make_world(struct store *s, struct world *w)
{
	w->unit = test_unit(s, "Forhal");
	w->role = test_role(s, "Guide");
	for (int i = 0; i < 6; i++)
		w->volunteer[i] = test_volunteer(s, "Anna", "Holm");
	for (int i = 0; i < 5; i++)
		w->shift[i] = test_shift(s, w->unit, w->role, 20000 * 1440 + 1440 * i, 20000 * 1440 + 1440 * i + 60, 2);
}

/* Whatever the one door refuses isn't written. */
static void try_change(struct store *s, const struct world *w, struct prng *r)
{
	struct err e = { 0 };
	struct change *c;
	static const char *const cities[] = { "Viborg", "Skive", "Randers" };
	struct id who = w->volunteer[prng_below(r, 6)], shift = w->shift[prng_below(r, 5)];
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	switch (prng_below(r, 9)) {
	case 0:
		change_delete(c, TYPE_VOLUNTEER, who);
		break;
	case 1:
		change_make(c, TYPE_VOLUNTEER, who);
		change_set(c, TYPE_VOLUNTEER, who, F_VOLUNTEER_GIVEN, value_text("Ny"), &e);
		break;
	case 2:
		change_delete(c, TYPE_SHIFT, shift);
		break;
	case 3:
	case 4:
	case 5:
		change_make(c, TYPE_ASSIGNMENT, id_assignment(shift, who));
		change_set(c, TYPE_ASSIGNMENT, id_assignment(shift, who), F_ASSIGNMENT_SHIFT, value_id(shift), &e);
		change_set(c, TYPE_ASSIGNMENT, id_assignment(shift, who), F_ASSIGNMENT_VOLUNTEER, value_id(who), &e);
		change_set(c, TYPE_ASSIGNMENT, id_assignment(shift, who), F_ASSIGNMENT_STATE,
			value_int(1 + (int64_t)prng_below(r, 5)), &e);
		break;
	case 6:
		change_set(c, TYPE_SHIFT, shift, F_SHIFT_START, value_int(20000 * 1440 - 60 * (int64_t)prng_below(r, 9)), &e);
		break;
	default:
		change_set(c, TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text(cities[prng_below(r, 3)]), &e);
		break;
	}
	change_commit(c, NULL, &e);
}

static void try_undo(struct store *s, struct prng *r)
{
	struct err e = { 0 };
	struct view *v;
	struct dot dot;
	must(view_begin(s, &v, &e), &e, "view");
	must((prng_below(r, 3) ? change_undoable : change_redoable)(v, &dot, &e), &e, "undoable");
	view_end(v);
	if (dot.no != 0)
		must(change_undo(s, dot, NULL, &e), &e, "undo");
}

/* Every time can be looked at, and every record's history has each value that stood. */
static bool can_look_back(struct store *s, const struct world *w, struct prng *r)
{
	struct err e = { 0 };
	struct arena *a = arena_new();
	struct view *v;
	bool can = true;
	for (int i = 0; i < 12 && can; i++) {
		struct rec **rec;
		struct group *g;
		struct shift_row *row;
		struct duty_row *duty;
		size_t n, some;
		int64_t at = i ? INT64_C(1764576000) + (int64_t)prng_below(r, 8000) - 1000 : 0;
		must(view_begin_at(s, at, &v, &e), &e, "view");
		can = view_all(v, a, TYPE_ASSIGNMENT, &rec, &n, &e) == OK && view_count(v, TYPE_ASSIGNMENT, &some, &e) == OK &&
			n == some && view_all(v, a, TYPE_VOLUNTEER, &rec, &n, &e) == OK &&
			view_shifts(v, a, NULL, 0, INT64_MAX / 2, &row, &some, &e) == OK;
		for (int k = 0; k < 6 && can; k++)
			can = log_of_record(v, a, w->volunteer[k], &g, &n, &e) == OK && (at || n > 0) &&
				view_duties(v, a, w->volunteer[k], 0, INT64_MAX / 2, &duty, &some, &e) == OK;
		if (!can)
			diag("at %lld: %s", (long long)at, e.text);
		view_end(v);
	}
	arena_free(a);
	return can;
}

static void test_many(uint64_t seed)
{
	struct store *s[SITES];
	struct prng r = { seed };
	struct world w;
	size_t open = 0;
	open_all(s);
	make_world(s[0], &w);
	carry_all(s);
	for (int step = 0; step < 250; step++) {
		size_t i = (size_t)prng_below(&r, SITES), k = (size_t)prng_below(&r, SITES);
		clk[i].t += (int64_t)prng_below(&r, 50) - (prng_below(&r, 30) ? 0 : 200000);
		if (prng_below(&r, 8) == 0 && i != k)
			test_carry(s[i], s[k], &r, NULL);
		else if (prng_below(&r, 8) == 0)
			try_undo(s[i], &r);
		else
			try_change(s[i], &w, &r);
		open += count_open(s[i]);
	}
	carry_all(s);
	ok(test_same_state(s[0], s[1]) && test_same_state(s[0], s[2]), "all three come to be the same (seed %ju)", (uintmax_t)seed);
	ok(open > 0, "and there was something to disagree on");
	ok(can_look_back(s[0], &w, &r) && can_look_back(s[2], &w, &r), "and can be seen as they were");
	ok(is_whole(0) && is_whole(1) && is_whole(2), "and each is whole");
	ok(is_rebuilt_the_same(1, &s[1], s[0]) && is_whole(1), "made again from its log it is still the same");
	close_all(s);
}

/* Whoever takes in a whole store of changes has as little above its places as whoever made them. */
static void test_much(void)
{
	enum { MANY = 3000 };
	struct store *s[SITES];
	struct err e = { 0 };
	struct change *c;
	bool due = true;
	open_all(s);
	must(change_begin(s[0], ACT_IMPORT, &c, &e), &e, "begin");
	for (int i = 0; i < MANY; i++)
		must(change_set(c, TYPE_UNIT, change_new(c, TYPE_UNIT), F_UNIT_NAME, value_text("Forhal"), &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
	carry_all(s);
	must(kv_is_due(s[1]->kv, &due, &e), &e, "due");
	ok(!due && test_same_state(s[0], s[1]) && is_whole(1), "what brings much is at its place");
	close_all(s);
}

int main(void)
{
	test_much();
	test_disagreement();
	test_deleted_and_edited();
	test_gate();
	test_keep();
	test_cut();
	for (uint64_t seed = 1; seed <= 6; seed++)
		test_many(seed);
	return done_testing();
}
