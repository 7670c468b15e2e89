/* tests/t_take_state.c - a store that takes a whole state is as where it comes from, keeps what is its own, and lives
 * on. */
#include "store/exchange.h"

#include <stdio.h>
#include <string.h>

#include "store/backup.h"
#include "store/doctor.h"
#include "store/register.h"
#include "store/vault.h"
#include "tests/taketest.h"

static struct test_clock clk[4];
static struct arena *mem;
static const char *const names[] = { "a", "b", "c", "d" };

static struct store *begin(int i)
{
	clk[i].t = INT64_C(1764576000) + i;
	return test_store(names[i], &clk[i]);
}

static void end(struct store *s, int i)
{
	store_close(s);
	ok(test_is_whole(names[i], &clk[i]), "%s is whole", names[i]);
	os_remove_tree(test_path(names[i]), NULL);
}

static struct store *rebuild(struct store *s, int i)
{
	struct err e = { 0 };
	struct store_opts opts = { .clock = test_clock(&clk[i]) };
	store_close(s);
	must(doctor_rebuild(test_path(names[i]), &opts, &(struct doctor_ctx){ 0 }, &e), &e, "rebuild");
	return test_open(names[i], &clk[i]);
}

static const char *city(struct store *s, struct id id)
{
	return rec_text(test_rec(mem, s, TYPE_VOLUNTEER, id), F_VOLUNTEER_CITY);
}

static void move(struct store *s, int i, struct id id, const char *to)
{
	clk[i].t += 10;
	test_set(s, TYPE_VOLUNTEER, id, F_VOLUNTEER_CITY, value_text(to));
}

/* ---- two sites and their past ---------------------------------------------------------------------- */

static uint64_t folded(struct store *s, uint64_t inc)
{
	struct err e = { 0 };
	struct view *v;
	struct peer *peer;
	uint64_t found = 0;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(exchange_peers(v, mem, &peer, &n, &e), &e, "peers");
	for (size_t i = 0; i < n; i++)
		if (peer[i].inc == inc)
			found = peer[i].folded;
	view_end(v);
	return found;
}

static int count(void *ctx, const struct rec *r, struct err *e)
{
	(void)r, (void)e;
	++*(size_t *)ctx;
	return OK;
}

static bool is_counted(struct store *s)
{
	struct err e = { 0 };
	struct view *v;
	size_t told = 0, seen = 0;
	must(store_fold(s, &e), &e, "fold");
	must(view_begin(s, &v, &e), &e, "view");
	must(exchange_count(v, &told, &e), &e, "count");
	must(exchange_records(v, count, &seen, &e), &e, "records");
	view_end(v);
	return seen > 0 && told == seen;
}

struct people { struct id anna, bo, carl, shift, unit, role; };

/* Two sites with a past: what was deleted, what is disagreed on, people on shifts. */
static void live(struct store *a, struct store *b, struct people *p)
{
	p->unit = test_unit(a, "Forhal");
	p->role = test_role(a, "Guide");
	p->anna = test_volunteer(a, "Anna", "Holm");
	p->bo = test_volunteer(a, "Bo", "Dam");
	p->carl = test_volunteer(a, "Carl", "Lund");
	civil_min start = store_now_civil(a) + 1440;
	p->shift = test_shift(a, p->unit, p->role, start, start + 60, 2);
	test_assign(a, p->shift, p->anna, ASSIGNMENT_ACCEPTED);
	test_assign(a, p->shift, p->bo, ASSIGNMENT_ACCEPTED);
	move(a, 0, p->bo, "Aarhus");
	test_carry(a, b, NULL, NULL);
	move(a, 0, p->anna, "Viborg");
	move(b, 1, p->anna, "Skive");
	test_delete(a, TYPE_VOLUNTEER, p->carl);
	test_delete(b, TYPE_ASSIGNMENT, id_assignment(p->shift, p->bo));
	test_carry(b, a, NULL, NULL);
	test_carry(a, b, NULL, NULL);
}

/* ---- a new site ---------------------------------------------------------------------------------- */

static void test_new_site(void)
{
	struct people p;
	struct taken told;
	struct err e = { 0 };
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2);
	live(a, b, &p);
	test_carry(c, a, NULL, NULL);
	struct vault_row row = { "ring", "key", 3 };
	must(vault_put(c, &row, 1, &e), &e, "vault");
	uint64_t own = store_incarnation(c);
	is_int(test_take_state(a, c, SIZE_MAX, &told), OK, "a new site takes a whole state");
	ok(test_same_state(a, c), "and is the same as where it comes from");
	ok(is_counted(a) && is_counted(c), "and has as many records as it says");
	ok(told.records > 7 && told.open == 1 && told.groups > 10 && told.merge == 1, "what came is told");
	ok(folded(c, store_incarnation(a)) > 0 && folded(c, own) == 0, "the log of others isn't here, its own is");
	is_int(test_take_state(a, c, SIZE_MAX, &told), OK, "the same again");
	ok(told.groups == 0 && told.records == 0 && test_same_state(a, c), "is nothing");
	move(c, 2, p.bo, "Randers");
	move(a, 0, p.anna, "Aalborg");
	test_carry(a, c, NULL, NULL);
	test_carry(c, a, NULL, NULL);
	ok(test_same_state(a, c), "then changes go to and fro");
	is_str(city(a, p.bo), "Randers", "as ever");
	c = rebuild(c, 2);
	ok(test_same_state(a, c), "made again from what it has it is the same");
	move(c, 2, p.bo, "Hobro");
	test_carry(c, a, NULL, NULL);
	test_carry(a, b, NULL, NULL);
	ok(test_same_state(a, c) && test_same_state(a, b), "and goes on");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	arena_free(mem);
}

/* ---- put back from a backup ------------------------------------------------------------------------ */

static bool has_vault(struct store *s)
{
	struct view *v;
	const void *p;
	size_t n;
	must(view_begin(s, &v, NULL), NULL, "view");
	must(vault_get(v, mem, "ring", &p, &n, NULL), NULL, "vault");
	view_end(v);
	return p && n == 3 && memcmp(p, "key", 3) == 0;
}

static struct peer *peers(struct store *s, size_t *n)
{
	struct view *v;
	struct peer *p;
	must(view_begin(s, &v, NULL), NULL, "view");
	must(exchange_peers(v, mem, &p, n, NULL), NULL, "peers");
	view_end(v);
	return p;
}

static bool same_peers(struct store *x, struct store *y)
{
	size_t n, m;
	struct peer *p = peers(x, &n), *q = peers(y, &m);
	bool same = n == m;
	for (size_t i = 0; i < n && same; i++)
		same = p[i].inc == q[i].inc && p[i].no == q[i].no && p[i].folded == q[i].folded && p[i].heard == q[i].heard &&
			p[i].clock == q[i].clock && memcmp(p[i].chain, q[i].chain, CHAIN) == 0 &&
			vector_equal(&p[i].context, &q[i].context) && vector_equal(&p[i].acked, &q[i].acked);
	return same;
}

static void test_backup(void)
{
	struct people p;
	struct err e = { 0 };
	struct take *t;
	struct backup_info info;
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2);
	struct os_clock clock = test_clock(&clk[3]);
	live(a, b, &p);
	test_carry(c, a, NULL, NULL);
	test_take_state(a, c, SIZE_MAX, NULL);
	struct vault_row row = { "ring", "key", 3 };
	must(vault_put(c, &row, 1, &e), &e, "vault");
	move(a, 0, p.anna, "Aalborg");
	test_carry(a, c, NULL, NULL);
	move(c, 2, p.bo, "Randers");
	size_t n;
	struct peer *known = peers(a, &n);
	must(take_begin(c, "acked", &t, &e), &e, "begin");
	must(take_acked(t, store_incarnation(a), &known[0].context, &e), &e, "acked");
	must(take_end(t, NULL, &e), &e, "end");
	is_int(backup_write(c, test_path("c.svb"), NULL, NULL, &e), OK, "a store over a floor is backed up");
	is_int(backup_check(test_path("c.svb"), NULL, &info, &e), OK, "the backup is whole");
	is_int(backup_restore(test_path("c.svb"), test_path("d"), NULL, &clock, &e), OK, "and a store again");
	clk[3].t = clk[2].t;
	struct store *d = test_open("d", &clk[3]);
	ok(test_same_state(c, d), "which is the same");
	ok(same_peers(c, d), "and knows the same of others");
	ok(has_vault(d), "with what lies in the vault");
	ok(store_incarnation(d) != store_incarnation(c), "under an incarnation of its own");
	move(d, 3, p.anna, "Hobro");
	test_carry(d, a, NULL, NULL);
	test_carry(a, d, NULL, NULL);
	ok(test_same_state(a, d), "it goes on");
	d = rebuild(d, 3);
	ok(test_same_state(a, d), "and can be made again");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	end(d, 3);
	arena_free(mem);
}

/* ---- looking back where there is no log ------------------------------------------------------------ */

static void test_history(void)
{
	struct people p;
	struct err e = { 0 };
	struct group *g;
	struct view *v;
	struct change_result r;
	struct dot dot;
	size_t n;
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2);
	live(a, b, &p);
	test_take_state(a, c, SIZE_MAX, NULL);
	move(c, 2, p.bo, "Randers");
	move(c, 2, p.anna, "Hobro");
	must(view_begin(c, &v, &e), &e, "view");
	is_int(log_of_record(v, mem, p.bo, &g, &n, &e), OK, "a record's past is told as far as it is known");
	is_int((intmax_t)n, 1, "which isn't far");
	is_int(log_back(v, mem, (struct dot){ 0 }, 100, true, &g, &n, &e), OK, "so is everybody's");
	must(change_undoable(v, &dot, &e), &e, "undoable");
	view_end(v);
	is_int(change_undo(c, dot, &r, &e), OK, "what was changed here can be taken back");
	is_str(city(c, p.anna), "Viborg", "to what came with the state");
	is_int(change_undo(c, r.dot, &r, &e), OK, "and redone");
	is_str(city(c, p.anna), "Hobro", "as ever");
	struct change_result gone = test_delete(c, TYPE_VOLUNTEER, p.bo);
	is_int(change_undo(c, gone.dot, &r, &e), OK, "what was deleted here, too");
	ok(test_rec(mem, c, TYPE_VOLUNTEER, p.bo)->alive && strcmp(city(c, p.bo), "Randers") == 0, "with what it held");
	struct id dora = test_volunteer(c, "Dora", "Bach");
	move(c, 2, dora, "Skive");
	must(view_begin(c, &v, &e), &e, "view");
	must(change_undoable(v, &dot, &e), &e, "undoable");
	view_end(v);
	is_int(change_undo(c, dot, &r, &e), OK, "what is in the log can be taken back");
	is_str(city(c, dora), "", "as ever");
	must(view_begin_at(c, store_now(c), &v, &e), &e, "view");
	struct rec *then;
	is_int(view_get(v, mem, TYPE_VOLUNTEER, p.bo, &then, &e), OK, "how it was can be asked");
	view_end(v);
	must(view_begin_at(c, store_now(c) - 11, &v, &e), &e, "view");
	struct rec **all;
	ok(view_get(v, mem, TYPE_VOLUNTEER, p.anna, &then, &e) == OK && then && then->alive, "also before that");
	is_str(then ? rec_text(then, F_VOLUNTEER_CITY) : "", "Viborg", "where it was overwritten here");
	is_int(view_all(v, mem, TYPE_VOLUNTEER, &all, &n, &e), OK, "of one or of all");
	is_int((intmax_t)n, 2, "but who was there");
	view_end(v);
	struct merge *m;
	must(view_begin(c, &v, &e), &e, "view");
	must(merge_list(v, mem, 0, 9, &m, &n, &e), &e, "merges");
	view_end(v);
	is_int((intmax_t)n, 1, "it is a merge");
	is_int(merge_undo(c, m->no, &r, &e), ERR_REFUSED, "that can't be taken back");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	arena_free(mem);
}

/* ---- a site that was away ------------------------------------------------------------------------ */

static void test_returning(void)
{
	struct people p;
	struct taken told;
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *d = begin(3);
	live(a, b, &p);
	test_carry(a, d, NULL, NULL);
	move(d, 3, p.bo, "Sent");
	test_carry(d, a, NULL, NULL);
	move(a, 0, p.bo, "Overwritten");
	move(a, 0, p.anna, "Later");
	test_delete(a, TYPE_VOLUNTEER, p.carl);
	struct id dora = test_volunteer(a, "Dora", "Bach");
	move(d, 3, p.anna, "Unsent");
	move(d, 3, p.bo, "Unsent too");
	struct id emil = test_volunteer(d, "Emil", "Friis");
	is_int(test_take_state(a, d, SIZE_MAX, &told), OK, "a site that was away takes a whole state");
	ok(folded(d, store_incarnation(d)) == 0 && told.open == 2, "and keeps its own changes");
	ok(test_rec(mem, d, TYPE_VOLUNTEER, dora) && test_rec(mem, d, TYPE_VOLUNTEER, emil), "what is new on both sides");
	is_int((intmax_t)test_carry(d, a, NULL, NULL), 0, "which then go out");
	ok(test_same_state(a, d), "and both are the same");
	ok(register_is_open(test_rec(mem, a, TYPE_VOLUNTEER, p.bo), F_VOLUNTEER_CITY), "what both changed is disagreed on");
	d = rebuild(d, 3);
	ok(test_same_state(a, d), "made again it is still the same");
	move(a, 0, p.bo, "Last");
	test_carry(a, d, NULL, NULL);
	test_carry(a, b, NULL, NULL);
	ok(test_same_state(a, d) && test_same_state(a, b), "and goes on");
	end(a, 0);
	end(b, 1);
	end(d, 3);
	arena_free(mem);
}

/* Two have taken one change back without knowing of each other; of the newer a state has the last word. */
static void test_undone_twice(void)
{
	struct err e = { 0 };
	bool undone = false;
	struct view *v;
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2);
	const struct dot moved = { store_incarnation(a), 2 };
	move(a, 0, test_volunteer(a, "Anna", "Holm"), "Viborg");
	test_carry(a, b, NULL, NULL);
	test_carry(a, c, NULL, NULL);
	must(change_undo(b, moved, NULL, &e), &e, "undo");
	clk[2].t += 60;
	must(change_undo(c, moved, NULL, &e), &e, "undo");
	test_carry(b, a, NULL, NULL);
	test_carry(c, a, NULL, NULL);
	test_volunteer(c, "Bo", "Dam");
	is_int(test_take_state(c, a, SIZE_MAX, NULL), OK, "a state comes that goes further than the newer undo of two");
	ok(folded(a, store_incarnation(b)) == 0 && folded(a, store_incarnation(c)) > 0, "which is in the log no more");
	must(view_begin(a, &v, &e), &e, "view");
	must(log_is_undone(v, moved, &undone, &e), &e, "undone");
	view_end(v);
	ok(undone, "the change is undone by the other one still");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	arena_free(mem);
}

/* ---- what isn't taken ---------------------------------------------------------------------------- */

static void test_not_taken(void)
{
	struct people p;
	struct taken told;
	struct err e = { 0 };
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2), *d = begin(3);
	live(a, b, &p);
	test_carry(c, d, NULL, NULL);
	test_carry(d, c, NULL, NULL);
	is_int(test_take_state(a, c, 5, &told), ERR_STOPPED, "a state that stops in the middle");
	ok(test_same_state(c, d) && !os_exists(test_path("c/rebuild")), "is nothing");
	store_set_dry_run(c, true);
	is_int(test_take_state(a, c, SIZE_MAX, &told), OK, "one that is only tried");
	ok(told.groups > 0 && test_same_state(c, d), "isn't, either");
	store_set_dry_run(c, false);
	struct peer other = { .inc = store_incarnation(d), .no = 1 };
	struct take *t;
	must(take_begin(c, "state", &t, &e), &e, "begin");
	is_int(take_snapshot_begin(t, &other, 1, TAKE_JOINED, &e), ERR_CONFLICT, "another history under the same name isn't joined");
	is_int(take_end(t, &told, &e), ERR_CONFLICT, "and that is the end of it");
	ok(test_same_state(c, d), "with nothing done");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	end(d, 3);
	arena_free(mem);
}

/* ---- instead of what is here --------------------------------------------------------------------- */

static void test_instead(void)
{
	struct people p;
	struct taken told;
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2);
	live(a, b, &p);
	test_carry(b, a, NULL, NULL);
	struct id own = test_volunteer(c, "Dora", "Bach");
	is_int(test_take_state(a, c, SIZE_MAX, &told), OK, "a store begins from a state");
	move(b, 1, p.anna, "Forgotten");
	is_int(test_take_state(b, c, SIZE_MAX, &told), OK, "and takes another that goes further");
	is_int(test_take_as(a, c, SIZE_MAX, TAKE_INSTEAD_OF_OTHERS, &told), OK, "one that goes less far is taken in its place");
	ok(told.merge == 0 && told.groups == 0, "which is no merge");
	ok(test_rec(mem, c, TYPE_VOLUNTEER, own) != NULL, "own changes stay");
	ok(strcmp(city(c, p.anna), city(a, p.anna)) == 0, "what came with the other is gone");
	c = rebuild(c, 2);
	is_int(test_take_as(a, c, SIZE_MAX, TAKE_INSTEAD_OF_ALL, &told), OK, "and one in the place of all");
	ok(test_same_state(a, c) && !test_rec(mem, c, TYPE_VOLUNTEER, own), "leaves nothing else");
	is_int(exchange_mint(c, NULL), OK, "under a fresh name");
	test_volunteer(c, "Emil", "Friis");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	arena_free(mem);
}

/* Numbers alone don't tell: one has three changes under the name of which the other has two, but other ones. */
static void test_two_histories(void)
{
	const struct peer short_one = { .inc = 5, .no = 2, .chain = { 1 }, .clock = 2 }, long_one = { .inc = 5, .no = 3, .chain = { 2 }, .clock = 3 };
	struct rec_field mine = { F_VOLUNTEER_CITY, value_text("Skive"), { { 5, 2 }, 2 } },
		theirs = { F_VOLUNTEER_PHONE, value_text("20304050"), { { 5, 2 }, 2 } },
		later = { F_VOLUNTEER_CITY, value_text("Viborg"), { { 5, 3 }, 3 } };
	const struct { struct rec_field *f; int rc; const char *what; } state[] = {
		{ &theirs, ERR_CONFLICT, "a state where the same change wrote something else is refused" },
		{ &later, OK, "one where a later change wrote over ours isn't" },
	};
	struct err e = { 0 };
	for (size_t i = 0; i < 2; i++) {
		struct store *a = begin(0);
		struct take *t;
		const struct rec r = { .type = TYPE_VOLUNTEER, .id = id_make(5, 1), .f = &mine, .n = 1 },
			s = { .type = TYPE_VOLUNTEER, .id = r.id, .f = state[i].f, .n = 1 };
		must(take_begin(a, "state", &t, &e), &e, "begin");
		must(take_snapshot_begin(t, &short_one, 1, TAKE_JOINED, &e), &e, "snapshot");
		must(take_snapshot_rec(t, &r, &e), &e, "record");
		must(take_snapshot_end(t, &e), &e, "end");
		must(take_snapshot_begin(t, &long_one, 1, TAKE_JOINED, &e), &e, "snapshot");
		is_int(take_snapshot_rec(t, &s, &e), state[i].rc, "%s", state[i].what);
		take_abandon(t);
		end(a, 0);
	}
}

/* What, once it stood, would make the next change of somebody impossible. */
static void test_senseless(void)
{
	const struct seen ahead = { { 5, 4 }, 0 };
	const struct peer good = { .inc = 5, .no = 3 };
	struct peer bad[] = { good, good, good };
	struct rec_field f[] = { { F_VOLUNTEER_CITY, value_text("Skive"), { { 5, 4 }, 1 } },
		{ F_VOLUNTEER_CITY, value_text("Skive"), { { 6, 1 }, 1 } },
		{ F_VOLUNTEER_CITY, value_text("Skive"), { { 5, 3 }, INT64_MAX } } };
	struct take *t;
	struct err e = { 0 };
	struct store *a = begin(0);
	bad[0].context = (struct vector){ &ahead, 1 };
	bad[1].clock = INT64_MAX;
	bad[2].no = UINT64_MAX;
	for (int i = 0; i < 3; i++) {
		must(take_begin(a, "state", &t, &e), &e, "begin");
		is_int(take_snapshot_begin(t, &bad[i], 1, TAKE_JOINED, &e), ERR_CORRUPT, "a senseless author: %d", i);
		take_abandon(t);
	}
	for (int i = 0; i < 3; i++) {
		const struct rec r = { .type = TYPE_VOLUNTEER, .id = id_make(5, 1), .f = &f[i], .n = 1 };
		must(take_begin(a, "state", &t, &e), &e, "begin");
		must(take_snapshot_begin(t, &good, 1, TAKE_JOINED, &e), &e, "snapshot");
		is_int(take_snapshot_rec(t, &r, &e), ERR_CORRUPT, "a senseless value: %d", i);
		take_abandon(t);
	}
	ok(!os_exists(test_path("a/rebuild")), "nothing is left of them");
	end(a, 0);
}

/* Issued again over a floor: what lies under it has no groups. */
static void test_transplanted(void)
{
	struct people p;
	struct err e = { 0 };
	mem = arena_new();
	struct store *a = begin(0), *b = begin(1), *c = begin(2);
	live(a, b, &p);
	test_take_state(a, c, SIZE_MAX, NULL);
	uint64_t inc = store_incarnation(c);
	struct id emil = test_volunteer(c, "Emil", "Friis");
	move(c, 2, emil, "Skive");
	move(c, 2, p.bo, "Randers");
	is_int(exchange_transplant(c, 1, &e), OK, "changes over a floor can be issued again");
	ok(!test_rec(mem, c, TYPE_VOLUNTEER, emil), "under other ids");
	is_str(city(c, p.bo), "Randers", "with what they did");
	is_int(exchange_drop_line(c, store_incarnation(a), 3, NULL, &e), ERR_CONFLICT, "what lies under it can't be given up");
	test_carry(c, a, NULL, NULL);
	test_carry(a, c, NULL, NULL);
	ok(test_same_state(a, c) && store_incarnation(c) != inc, "and all are the same");
	end(a, 0);
	end(b, 1);
	end(c, 2);
	arena_free(mem);
}

/* ---- at random ----------------------------------------------------------------------------------- */

/* Does `from` have all groups in its log that `to` lacks? */
static bool has_log_for(struct store *from, struct store *to)
{
	struct err e = { 0 };
	struct view *v;
	struct vector has;
	size_t n;
	struct peer *p = peers(from, &n);
	must(view_begin(to, &v, &e), &e, "view");
	must(exchange_vector(v, mem, &has, &e), &e, "vector");
	view_end(v);
	for (size_t i = 0; i < n; i++)
		if (vector_number(&has, p[i].inc) < p[i].folded)
			return false;
	return true;
}

static void meet(struct store *from, struct store *to, bool state)
{
	if (state || !has_log_for(from, to))
		must(test_take_state(from, to, SIZE_MAX, NULL), NULL, "state");
	else
		test_carry(from, to, NULL, NULL);
}

static void edit(struct store *s, struct prng *r, struct id *who, size_t *n)
{
	static const char *const cities[] = { "Viborg", "Skive", "Randers", "Hobro" };
	size_t i = (size_t)prng_below(r, *n);
	struct rec *one = test_rec(mem, s, TYPE_VOLUNTEER, who[i]);
	switch (prng_below(r, 6)) {
	case 0:
		if (*n < 40)
			who[(*n)++] = test_volunteer(s, "Ny", cities[prng_below(r, 4)]);
		break;
	case 1:
		if (one && one->alive)
			test_delete(s, TYPE_VOLUNTEER, who[i]);
		break;
	default:
		if (one && one->alive)
			test_set(s, TYPE_VOLUNTEER, who[i], F_VOLUNTEER_CITY, value_text(cities[prng_below(r, 4)]));
	}
}

static void test_random(uint64_t seed)
{
	enum { SITES = 4, STEPS = 40 };
	struct prng r = { seed };
	struct store *s[SITES];
	struct id who[40];
	size_t n = 1;
	mem = arena_new();
	for (int i = 0; i < SITES; i++)
		s[i] = begin(i);
	who[0] = test_volunteer(s[0], "Anna", "Holm");
	for (int step = 0; step < STEPS; step++) {
		int i = (int)prng_below(&r, SITES), k = (int)prng_below(&r, SITES);
		clk[i].t += (int64_t)prng_below(&r, 100);
		for (uint64_t many = prng_below(&r, 4); many > 0; many--)
			edit(s[i], &r, who, &n);
		if (i != k && prng_below(&r, 2) == 0)
			meet(s[i], s[k], prng_below(&r, 4) == 0);
		if (prng_below(&r, 20) == 0)
			s[k] = rebuild(s[k], k);
	}
	for (int round = 0; round < 2; round++)
		for (int i = 1; i < SITES; i++) {
			meet(s[i], s[0], false);
			meet(s[0], s[i], false);
		}
	bool same = true;
	for (int i = 1; i < SITES; i++)
		same = same && test_same_state(s[0], s[i]);
	ok(same, "by changes or by states, all come to the same (seed %ju)", (uintmax_t)seed);
	for (int i = 0; i < SITES; i++)
		end(s[i], i);
	arena_free(mem);
}

int main(void)
{
	test_new_site();
	test_backup();
	test_history();
	test_returning();
	test_undone_twice();
	test_not_taken();
	test_senseless();
	test_instead();
	test_two_histories();
	test_transplanted();
	for (uint64_t seed = 1; seed <= 3; seed++)
		test_random(seed);
	return done_testing();
}
