/* tests/t_transplant.c - two stores that wrote under one incarnation without knowing: one of them issues its changes
 * again, whoever had seen them gives them up, and then all are the same and nothing is lost. */
#include "store/lines.h"
#include "store/exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/be.h"
#include "store/store_priv.h"
#include "store/vault.h"
#include "tests/taketest.h"

static struct test_clock clk[5];
static struct arena *mem;

static void state_of(const char *name)
{
	char home[80];
	snprintf(home, sizeof home, "state-%s", name);
	setenv("XDG_STATE_HOME", test_path(home), 1);
}

static void run(const char *command, const char *from, const char *to)
{
	char line[9000];
	snprintf(line, sizeof line, "%s '%s' '%s'", command, test_path(from), test_path(to));
	if (system(line) != 0)
		must(ERR_IO, NULL, command);
}

/* A copy of a closed store that neither notices: it was made on this machine, in this folder, and its witness knows of
 * nothing later. */
static void fork_store(const char *name, const char *copy)
{
	run("mv", name, "aside");
	run("cp -a", "aside", name);
	state_of(copy);
	store_close(test_open(name, &clk[1]));
	run("mv", name, copy);
	run("mv", "aside", name);
}

static uint64_t number(struct store *s, uint64_t inc)
{
	struct err e = { 0 };
	struct view *v;
	struct vector has;
	must(view_begin(s, &v, &e), &e, "view");
	must(exchange_vector(v, mem, &has, &e), &e, "vector");
	view_end(v);
	return vector_number(&has, inc);
}

static struct id find_volunteer(struct store *s, const char *given)
{
	struct err e = { 0 };
	struct view *v;
	struct rec **r;
	size_t n;
	struct id found = ID_NONE;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_all(v, mem, TYPE_VOLUNTEER, &r, &n, &e), &e, "all");
	for (size_t i = 0; i < n; i++)
		if (strcmp(rec_text(r[i], F_VOLUNTEER_GIVEN), given) == 0)
			found = r[i]->id;
	view_end(v);
	return found;
}

static struct id link_role(struct store *s, struct id who, struct id role)
{
	struct err e = { 0 };
	struct change *c;
	struct id id = id_link(LINK_VOLUNTEER_ROLE, who, role);
	must(change_begin(s, ACT_ADD, &c, &e), &e, "begin");
	change_make(c, TYPE_LINK, id);
	must(change_set(c, TYPE_LINK, id, F_LINK_KIND, value_int(LINK_VOLUNTEER_ROLE), &e), &e, "set");
	must(change_set(c, TYPE_LINK, id, F_LINK_FROM, value_id(who), &e), &e, "set");
	must(change_set(c, TYPE_LINK, id, F_LINK_TO, value_id(role), &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

/* A copy of a shift on the next day, as copying a week makes it. */
static struct id copy_shift(struct store *s, struct id shift)
{
	struct err e = { 0 };
	struct change *c;
	struct rec *r = test_rec(mem, s, TYPE_SHIFT, shift);
	civil_min start = rec_int(r, F_SHIFT_START) + 1440;
	struct id id = id_dated(shift, cmin_date(start));
	must(change_begin(s, ACT_COPY_DAY, &c, &e), &e, "begin");
	change_make(c, TYPE_SHIFT, id);
	for (size_t i = 1; i < r->n; i++)
		must(change_set(c, TYPE_SHIFT, id, r->f[i].no, r->f[i].v, &e), &e, "set");
	must(change_set(c, TYPE_SHIFT, id, F_SHIFT_START, value_int(start), &e), &e, "set");
	must(change_set(c, TYPE_SHIFT, id, F_SHIFT_END, value_int(start + 60), &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

struct place { struct id unit, role, old, shift; };

/* What one side of a fork does: new people, shifts, places on them, and changes of what was there before. */
static void live(struct store *s, const struct place *p, const char *given, int hour, struct test_clock *c)
{
	civil_min start = store_now_civil(s) + hour * 60;
	c->t += 60;
	struct id who = test_volunteer(s, given, "Fork");
	struct id shift = test_shift(s, p->unit, p->role, start, start + 60, 2);
	test_assign(s, shift, who, ASSIGNMENT_ACCEPTED);
	test_assign(s, p->shift, who, ASSIGNMENT_ACCEPTED);
	link_role(s, who, p->role);
	struct id later = copy_shift(s, shift);
	test_assign(s, later, p->old, ASSIGNMENT_ACCEPTED);
	c->t += 60;
	test_set(s, TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text("Skive"));
	test_set(s, TYPE_ASSIGNMENT, id_assignment(shift, who), F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_WITHDRAWN));
	test_set(s, TYPE_VOLUNTEER, p->old, F_VOLUNTEER_CITY, value_text(given));
	struct change_result r = test_set(s, TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text("Salling"));
	must(change_undo(s, r.dot, NULL, NULL), NULL, "undo");
}

static bool has_all(struct store *s, const struct place *p, const char *given)
{
	struct id who = find_volunteer(s, given), shift = ID_NONE;
	struct err e = { 0 };
	struct view *v;
	struct duty_row *duty;
	size_t n;
	bool right = !id_is_none(who) && test_rec(mem, s, TYPE_ASSIGNMENT, id_assignment(p->shift, who)) &&
		test_rec(mem, s, TYPE_LINK, id_link(LINK_VOLUNTEER_ROLE, who, p->role)) &&
		strcmp(rec_text(test_rec(mem, s, TYPE_VOLUNTEER, who), F_VOLUNTEER_CITY), "Skive") == 0;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_duties(v, mem, who, INT64_MIN / 2, INT64_MAX / 2, &duty, &n, &e), &e, "duties");
	for (size_t i = 0; i < n; i++)
		if (!id_equal(duty[i].shift, p->shift))
			shift = duty[i].shift;
	view_end(v);
	struct rec *held = test_rec(mem, s, TYPE_ASSIGNMENT, id_assignment(shift, who));
	struct rec *made = test_rec(mem, s, TYPE_SHIFT, shift);
	struct id later = made ? id_dated(shift, cmin_date(rec_int(made, F_SHIFT_START) + 1440)) : ID_NONE;
	return right && n == 2 && held && rec_int(held, F_ASSIGNMENT_STATE) == ASSIGNMENT_WITHDRAWN &&
		test_rec(mem, s, TYPE_SHIFT, later) && test_rec(mem, s, TYPE_ASSIGNMENT, id_assignment(later, p->old));
}

static struct store *begin(struct place *p)
{
	mem = arena_new();
	for (int i = 0; i < 5; i++)
		clk[i].t = INT64_C(1764576000) + i;
	state_of("a");
	struct store *a = test_store("a", &clk[0]);
	p->unit = test_unit(a, "Forhal");
	p->role = test_role(a, "Guide");
	p->old = test_volunteer(a, "Anna", "Holm");
	p->shift = test_shift(a, p->unit, p->role, store_now_civil(a) + 1440, store_now_civil(a) + 1500, 3);
	struct vault_row row = { "ring", "key", 3 };
	must(vault_put(a, &row, 1, NULL), NULL, "vault");
	must(kept_put(a, store_incarnation(a), 1, (const uint8_t *)"aaaaaaaa", "early", 5, NULL), NULL, "kept");
	must(kept_put(a, 77, 9, (const uint8_t *)"bbbbbbbb", "other", 5, NULL), NULL, "kept");
	store_close(a);
	fork_store("a", "b");
	state_of("a");
	return test_open("a", &clk[0]);
}

static struct store *reopen(struct store *s, const char *name, int i)
{
	store_close(s);
	ok(test_is_whole(name, &clk[i]), "%s is whole", name);
	return test_open(name, &clk[i]);
}

static bool kept(struct store *s, uint64_t inc, uint64_t first, const char *hash)
{
	struct view *v;
	must(view_begin(s, &v, NULL), NULL, "view");
	bool has = kept_has(v, inc, first, (const uint8_t *)hash);
	view_end(v);
	return has;
}

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

static void test_issued_again(void)
{
	struct place p;
	struct err e = { 0 };
	struct store *a = begin(&p);
	state_of("b");
	struct store *b = test_open("b", &clk[1]), *c = test_store("c", &clk[2]);
	uint64_t shared = store_incarnation(a);
	ok(exchange_identity(b) == IDENTITY_SAME && store_incarnation(b) == shared, "two stores under one incarnation");
	uint64_t after = number(a, shared);
	live(a, &p, "Alma", 30, &clk[0]);
	live(b, &p, "Bo", 40, &clk[1]);
	test_carry(a, c, NULL, NULL);
	must(kept_put(b, shared, after + 1, (const uint8_t *)"cccccccc", "late", 4, NULL), NULL, "kept");
	is_int(exchange_transplant(b, after + 100, &e), ERR_CONFLICT, "nothing after what is there can be issued again");
	uint64_t many = number(b, shared) - after;
	is_int(exchange_transplant(b, after, &e), OK, "one of them issues its changes again");
	uint64_t fresh = store_incarnation(b);
	ok(fresh != shared && number(b, fresh) == many && number(b, shared) == after, "number by number");
	ok(has_all(b, &p, "Bo"), "with all that they did");
	ok(has_vault(b), "what the vault holds is there");
	ok(kept(b, 77, 9, "bbbbbbbb") && !kept(b, shared, after + 1, "cccccccc") && kept(b, shared, 1, "aaaaaaaa"),
		"of the files what isn't of the line alone");
	b = reopen(b, "b", 1);
	ok(store_incarnation(b) == fresh && exchange_identity(b) == IDENTITY_SAME, "it goes on under the new name");
	uint64_t inc, counter;
	struct id unit = test_unit(b, "Kapel");
	ok(id_made(unit, &inc, &counter) && inc == fresh && !id_is_none(find_volunteer(b, "Bo")), "with ids of its own");
	is_int((intmax_t)test_carry(c, b, NULL, NULL), 0, "now the other line comes in");
	ok(has_all(b, &p, "Alma") && has_all(b, &p, "Bo"), "and both are there");
	is_int((intmax_t)test_carry(b, c, NULL, NULL), 0, "and goes out");
	is_int((intmax_t)test_carry(c, a, NULL, NULL), 0, "to all");
	ok(has_all(a, &p, "Bo") && test_same_state(a, b) && test_same_state(a, c), "and all are the same");
	struct dot dot;
	struct view *v;
	must(view_begin(b, &v, &e), &e, "view");
	must(change_undoable(v, &dot, &e), &e, "undoable");
	view_end(v);
	is_int(change_undo(b, dot, NULL, &e), OK, "the newest change is taken back as ever");
	b = reopen(b, "b", 1);
	a = reopen(a, "a", 0);
	c = reopen(c, "c", 2);
	store_close(a);
	store_close(b);
	store_close(c);
	arena_free(mem);
}

static void test_nothing_to_issue(void)
{
	struct err e = { 0 };
	mem = arena_new();
	state_of("n");
	struct store *s = test_store("n", &clk[0]);
	uint64_t inc = store_incarnation(s);
	is_int(exchange_transplant(s, number(s, inc), &e), OK, "where nothing comes after");
	ok(store_incarnation(s) != inc && number(s, store_incarnation(s)) == 0, "there is only a new name");
	s = reopen(s, "n", 0);
	store_close(s);
	arena_free(mem);
}

/* A row of kept files whose key was cut: nobody can tell whose it was, so it stays for the doctor to find. */
static void test_damaged_row(void)
{
	struct err e = { 0 };
	mem = arena_new();
	state_of("m");
	struct store *s = test_store("m", &clk[0]);
	uint64_t inc = store_incarnation(s), after = number(s, inc);
	test_unit(s, "Forhal");
	struct kv_op op = { .table = KV_SEG, .nkey = 8, .nvalue = 16, .value = "................" };
	be_put(op.key, inc, 8);
	const struct kv_op proof = op;
	must(kv_apply(s->kv, &op, 1, 0, &proof, &e), &e, "row");
	is_int(exchange_transplant(s, after, &e), OK, "a damaged row of kept files doesn't hinder");
	struct view *v;
	struct kv_bytes value;
	must(view_begin(s, &v, &e), &e, "view");
	is_int(kv_get(&v->txn, KV_SEG, op.key, op.nkey, &value, &e), OK, "and isn't taken for one of the line");
	view_end(v);
	store_close(s);
	arena_free(mem);
}

/* The tags of a line after a number, and before them the tag of that. */
static uint64_t *tags_of(struct store *s, uint64_t inc, uint64_t after, size_t *n)
{
	struct err e = { 0 };
	struct view *v;
	uint64_t last = number(s, inc), *tag = (uint64_t *)arena_alloc(mem, (size_t)(last - after + 1) * sizeof *tag) + 1;
	*n = (size_t)(last - after);
	must(view_begin(s, &v, &e), &e, "view");
	must(exchange_left(v, (struct dot){ inc, after }, tag - 1, &e), &e, "tag");
	for (size_t i = 0; i < *n; i++)
		must(exchange_tag(v, (struct dot){ inc, after + 1 + i }, &tag[i], &e), &e, "tag");
	view_end(v);
	return tag;
}

static int give_up(struct store *s, uint64_t inc, uint64_t after, const uint64_t *tag, size_t n, struct err *e)
{
	return exchange_give_up(s, &(struct seen){ { inc, after }, tag[-1] }, tag, n, e);
}

/* Had each author seen the same, as it counts, by numbers and tags? */
static bool same_contexts(struct store *x, struct store *y)
{
	struct err e = { 0 };
	struct store *both[] = { x, y };
	struct peer *p[2];
	size_t n[2];
	for (int i = 0; i < 2; i++) {
		struct view *v;
		must(view_begin(both[i], &v, &e), &e, "view");
		must(exchange_peers(v, mem, &p[i], &n[i], &e), &e, "peers");
		view_end(v);
	}
	bool same = n[0] == n[1];
	for (size_t i = 0; i < n[0] && same; i++)
		same = p[0][i].inc == p[1][i].inc && vector_equal(&p[0][i].context, &p[1][i].context);
	return same;
}

/* All of it at once, where nothing was but that the line was given up. Somebody may have given up less of it, for he
 * had another history that parts from it later: that is heard before, or after. */
static void test_taken_at_once(struct store *from, uint64_t shared, uint64_t after, const uint64_t *tag, size_t n)
{
	static const char *const names[] = { "e", "later first", "later last" };
	struct err e = { 0 };
	ok(n > 1, "a line of several");
	for (int i = 0; i < 3; i++) {
		struct store *s = test_store(names[i], &clk[4]);
		if (i == 1)
			must(give_up(s, shared, after + 1, tag + 1, n - 1, &e), &e, "give up");
		must(give_up(s, shared, after, tag, n, &e), &e, "give up");
		if (i == 2)
			must(give_up(s, shared, after + 1, tag + 1, n - 1, &e), &e, "give up");
		is_int((intmax_t)test_carry(from, s, NULL, NULL), 0, "what had seen the line comes in with it");
		test_carry(s, from, NULL, NULL);
		ok(test_same_state(from, s) && same_contexts(from, s), "and counts as where it came alone");
		store_close(s);
	}
}

/* A third store has taken the line that is given up, and gone on from there. */
static void test_dropped(void)
{
	struct place p;
	struct err e = { 0 };
	size_t n;
	for (int i = 0; i < 3; i++)
		os_remove_tree(test_path((const char *[]){ "a", "b", "c" }[i]), NULL);
	struct store *a = begin(&p);
	state_of("b");
	struct store *b = test_open("b", &clk[1]), *c = test_store("c", &clk[2]), *d = test_store("d", &clk[3]);
	uint64_t shared = store_incarnation(a), after = number(a, shared);
	live(a, &p, "Alma", 30, &clk[0]);
	live(b, &p, "Bo", 40, &clk[1]);
	test_carry(b, c, NULL, NULL);
	clk[2].t = clk[1].t + 60;
	test_set(c, TYPE_VOLUNTEER, p.old, F_VOLUNTEER_CITY, value_text("Randers"));
	test_set(c, TYPE_UNIT, p.unit, F_UNIT_NAME, value_text("Forhallen"));
	test_carry(a, d, NULL, NULL);
	ok(test_carry(c, d, NULL, NULL) > 0, "what had seen the other line can't come to who has this one");
	uint64_t *tag = tags_of(b, shared, after, &n);
	must(exchange_transplant(b, after, &e), &e, "transplant");
	is_int(exchange_drop_line(c, shared, after, NULL, &e), OK, "the line is dropped where it had come to");
	ok(number(c, shared) == after && id_is_none(find_volunteer(c, "Bo")), "with what it did");
	is_str(rec_text(test_rec(mem, c, TYPE_VOLUNTEER, p.old), F_VOLUNTEER_CITY), "Randers", "own changes stay");
	ok(has_vault(c) == false && number(c, store_incarnation(c)) == 3, "as they were");
	c = reopen(c, "c", 2);
	struct store *others[] = { a, d, b, c };
	for (int i = 0; i < 4; i++)
		must(give_up(others[i], shared, after, tag, n, &e), &e, "give up");
	is_int((intmax_t)test_carry(c, d, NULL, NULL), 0, "where it is known to be given up they come in");
	is_int((intmax_t)test_carry(b, d, NULL, NULL), 0, "what was issued again comes, too");
	for (int i = 0; i < 4; i++)
		is_int((intmax_t)test_carry(d, others[i], NULL, NULL), 0, "to all");
	ok(test_same_state(a, d) && test_same_state(b, d) && test_same_state(c, d), "and all are the same");
	ok(has_all(c, &p, "Alma") && has_all(c, &p, "Bo"), "with both lines");
	test_taken_at_once(d, shared, after, tag, n);
	a = reopen(a, "a", 0);
	b = reopen(b, "b", 1);
	c = reopen(c, "c", 2);
	d = reopen(d, "d", 3);
	test_set(c, TYPE_UNIT, p.unit, F_UNIT_NAME, value_text("Foyer"));
	is_int((intmax_t)test_carry(c, a, NULL, NULL), 0, "and on it goes");
	is_str(rec_text(test_rec(mem, a, TYPE_UNIT, p.unit), F_UNIT_NAME), "Foyer", "as ever");
	store_close(a);
	store_close(b);
	store_close(c);
	store_close(d);
	arena_free(mem);
}

/* Of what somebody had seen, its last change: the others are known by that. */
static bool lines_here(struct store *s, uint64_t inc, uint64_t after, const uint64_t *tag, size_t n)
{
	struct view *v;
	must(view_begin(s, &v, NULL), NULL, "view");
	bool has = lines_has_change(v, &(struct seen){ { inc, after + n }, tag[n - 1] });
	view_end(v);
	return has;
}

static bool never(void *ctx, uint64_t inc, uint64_t tag)
{
	(void)ctx, (void)inc, (void)tag;
	return false;
}

static bool always(void *ctx, uint64_t inc, uint64_t tag)
{
	(void)ctx, (void)inc, (void)tag;
	return true;
}

/* A third store's change waits for a line that isn't here; it comes in when the line is thought to be given up, and
 * means something else when it turns out that nobody gave it up. */
static void test_fallen(void)
{
	struct place p;
	struct err e = { 0 };
	size_t n;
	for (int i = 0; i < 4; i++)
		os_remove_tree(test_path((const char *[]){ "a", "b", "c", "d" }[i]), NULL);
	struct store *a = begin(&p), *c = test_store("c", &clk[2]), *d = test_store("d", &clk[3]);
	uint64_t shared = store_incarnation(a);
	test_carry(a, c, NULL, NULL);
	test_carry(a, d, NULL, NULL);
	test_carry(d, c, NULL, NULL);
	uint64_t after = number(a, shared);
	test_set(a, TYPE_VOLUNTEER, p.old, F_VOLUNTEER_CITY, value_text("Randers"));
	test_carry(a, c, NULL, NULL);
	test_set(c, TYPE_VOLUNTEER, p.old, F_VOLUNTEER_CITY, value_text("Skive"));
	uint64_t *tag = tags_of(a, shared, after, &n);
	must(give_up(d, shared, after, tag, n, &e), &e, "give up");
	struct bundle without = { .a = mem };
	struct taken told;
	size_t all = 0;
	test_gather(c, d, &without);
	for (size_t i = 0; i < without.n; i++)
		if (without.g[i]->dot.inc != shared)
			without.g[all++] = without.g[i];
	without.n = all;
	is_int((intmax_t)test_take(d, &without, NULL, &told), 0, "who had seen a line that is given up comes in");
	is_int(exchange_review_lines(d, never, NULL, &e), OK, "while nothing of the line is here");
	ok(lines_here(d, shared, after, tag, n), "it stays");
	is_int((intmax_t)test_carry(a, d, NULL, NULL), 0, "then it comes");
	ok(!test_same_state(c, d), "as if it hadn't been seen");
	is_int(exchange_review_lines(d, always, NULL, &e), OK, "a line that stands as given up");
	ok(!test_same_state(c, d), "stays so");
	is_int(exchange_review_lines(d, never, NULL, &e), OK, "one that nobody gave up after all");
	ok(test_same_state(c, d), "has been seen");
	d = reopen(d, "d", 3);
	store_close(a);
	store_close(c);
	store_close(d);
	arena_free(mem);
}

/* Two lines that a third store's change had seen turn out to be given up by nobody. One is here by then, the other
 * never comes. */
static void test_fallen_in_part(void)
{
	static const char *const names[] = { "near", "far", "third", "fourth" };
	struct err e = { 0 };
	struct store *s[4];
	struct taken told;
	size_t n[2];
	uint64_t *tag[2], inc[2];
	mem = arena_new();
	for (int i = 0; i < 4; i++) {
		clk[i].t = INT64_C(1764576000) + i;
		state_of(names[i]);
		s[i] = test_store(names[i], &clk[i]);
	}
	struct id anna = test_volunteer(s[2], "Anna", "Holm");
	test_carry(s[2], s[3], NULL, NULL);
	for (int i = 0; i < 2; i++) {
		test_volunteer(s[i], "Bo", "Friis");
		test_carry(s[i], s[2], NULL, NULL);
		inc[i] = store_incarnation(s[i]);
		tag[i] = tags_of(s[i], inc[i], 0, &n[i]);
		must(give_up(s[3], inc[i], 0, tag[i], n[i], &e), &e, "give up");
	}
	test_set(s[2], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	struct bundle all = { .a = mem }, without = { .a = mem };
	test_gather(s[2], s[3], &all);
	for (size_t i = 0; i < all.n; i++)
		if (all.g[i]->dot.inc == store_incarnation(s[2]))
			without.g[without.n++] = all.g[i];
	is_int((intmax_t)test_take(s[3], &without, NULL, &told), 0, "who had seen two lines that are given up comes in");
	is_int((intmax_t)test_carry(s[0], s[3], NULL, NULL), 0, "one of two lines comes");
	is_int(exchange_review_lines(s[3], never, NULL, &e), OK, "neither was given up");
	ok(!lines_here(s[3], inc[0], 0, tag[0], n[0]), "that one counts from then on");
	ok(lines_here(s[3], inc[1], 0, tag[1], n[1]), "the other doesn't before it is here");
	for (int i = 0; i < 4; i++) {
		store_close(s[i]);
		os_remove_tree(test_path(names[i]), NULL);
	}
	arena_free(mem);
}

static void sum_up(struct store *s, uint8_t out[32])
{
	struct err e = { 0 };
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	must(exchange_state(v, out, &e), &e, "state");
	view_end(v);
}

/* A state of the whole came, then a line that wrote over what stands in it, and that line is given up: all of it stands
 * again. */
static void test_dropped_over_a_state(void)
{
	static const char *const names[] = { "one", "two", "three" };
	struct err e = { 0 };
	struct store *s[3];
	uint8_t before[32], then[32], now[32];
	mem = arena_new();
	for (int i = 0; i < 3; i++) {
		clk[i].t = INT64_C(1764576000) + i;
		state_of(names[i]);
		s[i] = test_store(names[i], &clk[i]);
	}
	struct id anna = test_volunteer(s[0], "Anna", "Holm"), bo = test_volunteer(s[0], "Bo", "Friis");
	test_carry(s[0], s[1], NULL, NULL);
	test_set(s[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Viborg"));
	test_set(s[1], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Skive"));
	test_carry(s[1], s[0], NULL, NULL);
	must(test_take_state(s[0], s[2], SIZE_MAX, NULL), NULL, "state");
	const uint64_t inc = store_incarnation(s[0]), after = number(s[0], inc);
	sum_up(s[2], before);
	test_set(s[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Aarhus"));
	test_set(s[0], TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Randers"));
	test_delete(s[0], TYPE_VOLUNTEER, bo);
	test_carry(s[0], s[2], NULL, NULL);
	sum_up(s[2], then);
	ok(memcmp(before, then, sizeof then) != 0, "a line comes on top of a state");
	is_int(exchange_drop_line(s[2], inc, after, NULL, &e), OK, "and is given up");
	sum_up(s[2], now);
	ok(memcmp(before, now, sizeof now) == 0, "then all is as the state left it, what was beside it, too");
	for (int i = 0; i < 3; i++) {
		store_close(s[i]);
		state_of(names[i]);
		ok(test_is_whole(names[i], &clk[i]), "%s is whole", names[i]);
		os_remove_tree(test_path(names[i]), NULL);
	}
	arena_free(mem);
}

int main(void)
{
	test_issued_again();
	test_nothing_to_issue();
	test_damaged_row();
	test_dropped();
	test_dropped_over_a_state();
	test_fallen();
	test_fallen_in_part();
	return done_testing();
}
