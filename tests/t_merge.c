/* tests/t_merge.c - what a meeting brought is listed, and can be taken back as one change that others follow. */
#include "store/exchange.h"

#include <string.h>

#include "store/register.h"
#include "tests/taketest.h"

static struct test_clock clk[2];
static struct store *a, *b;
static struct arena *mem;

static void begin(void)
{
	mem = arena_new();
	for (int i = 0; i < 2; i++)
		clk[i].t = INT64_C(1764576000) + i;
	a = test_store("a", &clk[0]);
	b = test_store("b", &clk[1]);
}

static void end(const char *what)
{
	store_close(a);
	store_close(b);
	ok(test_is_whole("a", &clk[0]) && test_is_whole("b", &clk[1]), "%s: both are whole", what);
	os_remove_tree(test_path("a"), NULL);
	os_remove_tree(test_path("b"), NULL);
	arena_free(mem);
}

static void meet(void)
{
	test_carry(a, b, NULL, NULL);
	test_carry(b, a, NULL, NULL);
}

static const char *city(struct store *s, struct id id)
{
	return rec_text(test_rec(mem, s, TYPE_VOLUNTEER, id), F_VOLUNTEER_CITY);
}

static void move(struct store *s, struct id id, const char *to)
{
	clk[0].t += 10;
	clk[1].t += 10;
	test_set(s, TYPE_VOLUNTEER, id, F_VOLUNTEER_CITY, value_text(to));
}

static uint64_t newest(struct store *s)
{
	struct err e = { 0 };
	struct view *v;
	struct merge *m;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(merge_list(v, mem, 0, 1, &m, &n, &e), &e, "list");
	view_end(v);
	return n ? m->no : 0;
}

static int take_back(struct store *s, uint64_t no, struct change_result *r)
{
	struct err e = { 0 };
	int rc = merge_undo(s, no, r, &e);
	if (rc != OK && rc != ERR_REFUSED)
		diag("%s", e.text);
	return rc;
}

static void test_list(void)
{
	struct err e = { 0 };
	struct view *v;
	struct merge *m, *one;
	size_t n;
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm");
	test_carry(a, b, NULL, NULL);
	clk[1].t += 1000;
	move(a, anna, "Viborg");
	test_carry(a, b, NULL, NULL);
	must(view_begin(b, &v, &e), &e, "view");
	must(merge_list(v, mem, 0, 9, &m, &n, &e), &e, "list");
	ok(n == 2 && m[0].no == m[1].no + 1 && m[0].clock > m[1].clock, "merges are listed, newest first");
	ok(n == 2 && m[1].n == 1 && m[1].range[0].after == 0 && m[1].range[0].upto == 2 &&
		m[0].range[0].after == 2 && m[0].range[0].upto == 3 && m[0].range[0].inc == store_incarnation(a),
		"with the changes that came");
	is_str(m[0].from, "test", "and from where");
	int64_t since = m[0].clock;
	must(merge_list(v, mem, since, 9, &m, &n, &e), &e, "list");
	is_int((intmax_t)n, 1, "since a time");
	must(merge_list(v, mem, 0, 1, &m, &n, &e), &e, "list");
	is_int((intmax_t)n, 1, "or so many");
	ok(merge_get(v, mem, m[0].no, &one, &e) == OK && one->no == m[0].no && one->n == 1, "one is found by its number");
	is_int(merge_get(v, mem, 99, &one, &e), ERR_NOTFOUND, "or isn't there");
	view_end(v);
	end("listed");
}

static void test_taken_back(void)
{
	struct change_result r;
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm"), bo = test_volunteer(a, "Bo", "Dam");
	move(a, anna, "Viborg");
	meet();
	move(a, anna, "Skive");
	move(a, anna, "Salling");
	struct id carl = test_volunteer(a, "Carl", "Lund");
	test_delete(a, TYPE_VOLUNTEER, bo);
	test_carry(a, b, NULL, NULL);
	is_int(take_back(b, newest(b), &r), OK, "a merge is taken back");
	is_str(city(b, anna), "Viborg", "what was changed in it, twice, is as before");
	ok(!test_rec(mem, b, TYPE_VOLUNTEER, carl)->alive, "what it made is gone");
	ok(test_rec(mem, b, TYPE_VOLUNTEER, bo)->alive, "what it deleted is there");
	is_int((intmax_t)r.kept, 0, "nothing had to be left");
	struct dot taken = r.dot;
	is_int(take_back(b, newest(b), &r), ERR_REFUSED, "again is nothing");
	is_int(change_undo(b, taken, NULL, NULL), OK, "the taking back is undone");
	is_str(city(b, anna), "Salling", "then it stands again");
	ok(test_rec(mem, b, TYPE_VOLUNTEER, carl)->alive && !test_rec(mem, b, TYPE_VOLUNTEER, bo)->alive, "all of it");
	is_str(rec_text(test_rec(mem, b, TYPE_VOLUNTEER, carl), F_VOLUNTEER_FAMILY), "Lund", "with what it held");
	is_int(take_back(b, newest(b), &r), OK, "and can be taken back again");
	is_str(city(b, anna), "Viborg", "as before");
	meet();
	ok(test_same_state(a, b), "the others follow");
	end("taken back");
}

static void test_left(void)
{
	struct change_result r;
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm"), bo = test_volunteer(a, "Bo", "Dam");
	meet();
	move(a, anna, "Skive");
	move(a, bo, "Skive");
	test_carry(a, b, NULL, NULL);
	uint64_t merge = newest(b);
	move(b, anna, "Aalborg");
	is_int(take_back(b, merge, &r), OK, "a merge is taken back later");
	is_str(city(b, anna), "Aalborg", "what somebody has changed since stays");
	is_int((intmax_t)r.kept, 1, "and is counted");
	is_str(city(b, bo), "", "the rest goes back to what it was");
	meet();
	ok(test_same_state(a, b), "the others follow");
	end("left");
}

/* What the merge brought may be shown, or stand beside what is. */
static void test_disagreement(void)
{
	struct change_result r;
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm"), bo = test_volunteer(a, "Bo", "Dam");
	meet();
	move(b, anna, "Skive");
	move(a, anna, "Viborg");
	move(a, bo, "Viborg");
	move(b, bo, "Skive");
	test_carry(a, b, NULL, NULL);
	ok(register_is_open(test_rec(mem, b, TYPE_VOLUNTEER, anna), F_VOLUNTEER_CITY) &&
		register_is_open(test_rec(mem, b, TYPE_VOLUNTEER, bo), F_VOLUNTEER_CITY), "two disagreements");
	is_str(city(b, anna), "Viborg", "in one theirs is shown");
	is_str(city(b, bo), "Skive", "in the other ours");
	is_int(take_back(b, newest(b), &r), OK, "the merge is taken back");
	is_str(city(b, anna), "Skive", "ours is shown again");
	is_str(city(b, bo), "Skive", "or still");
	ok(!register_any_open(test_rec(mem, b, TYPE_VOLUNTEER, anna)) && !register_any_open(test_rec(mem, b, TYPE_VOLUNTEER, bo)),
		"and nothing is disagreed on");
	meet();
	ok(test_same_state(a, b), "the others follow");
	is_str(city(a, bo), "Skive", "to what was chosen");
	end("disagreement");
}

static struct dot newest_own(struct store *s, struct dot *over)
{
	struct err e = { 0 };
	struct view *v;
	struct dot dot;
	must(view_begin(s, &v, &e), &e, "view");
	must(change_undoable(v, &dot, &e), &e, "undoable");
	must(change_passed_over(v, dot, over, &e), &e, "passed over");
	view_end(v);
	return dot;
}

/* Each set what the other set, too: to take one's own back isn't to take theirs back. */
static void test_own_in_disagreement(void)
{
	struct change_result r;
	struct dot over, own[2];
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm");
	meet();
	move(a, anna, "Viborg");
	own[0] = newest_own(a, &over);
	is_int((intmax_t)over.no, 0, "the last change is what u takes");
	move(b, anna, "Skive");
	own[1] = newest_own(b, &over);
	meet();
	is_str(city(a, anna), "Skive", "theirs is shown, ours beside it");
	struct store *both[] = {a, b};
	for (int i = 0; i < 2; i++) {
		is_int(change_undo(both[i], own[i], &r, NULL), OK, "to take one's own back by name");
		ok(r.writes == 0 && r.kept == 1, "leaves it");
		ok(register_is_open(test_rec(mem, both[i], TYPE_VOLUNTEER, anna), F_VOLUNTEER_CITY), "to be chosen in");
	}
	struct dot dot = newest_own(a, &over);
	ok(dot.no == own[0].no - 1 && dot_equal(over, own[0]), "u would take what was done before: it is told that one is passed over");
	test_set(a, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Hobro"));
	dot = newest_own(a, &over);
	ok(dot.no == own[0].no + 1 && over.no == 0, "once one is chosen u takes the choice");
	end("own in a disagreement");
}

static void test_contested(void)
{
	struct change_result r;
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm");
	meet();
	test_delete(a, TYPE_VOLUNTEER, anna);
	move(b, anna, "Skive");
	test_carry(a, b, NULL, NULL);
	ok(register_is_open(test_rec(mem, b, TYPE_VOLUNTEER, anna), FIELD_ALIVE), "deleted there, edited here");
	is_int(take_back(b, newest(b), &r), OK, "the merge is taken back");
	struct rec *kept = test_rec(mem, b, TYPE_VOLUNTEER, anna);
	ok(kept->alive && !register_any_open(kept), "and she stays, undisputed");
	meet();
	ok(test_same_state(a, b) && test_rec(mem, a, TYPE_VOLUNTEER, anna)->alive, "at the others, too");
	end("contested");
}

/* A shift whose end came with the merge and whose beginning was moved since keeps its end. */
static void test_order(void)
{
	enum { DAY = 1440 };
	struct change_result r;
	begin();
	struct id unit = test_unit(a, "Forhal"), role = test_role(a, "Guide");
	civil_min start = store_now_civil(a) + DAY;
	struct id shift = test_shift(a, unit, role, start, start + 60, 1);
	meet();
	test_set(a, TYPE_SHIFT, shift, F_SHIFT_END, value_int(start + 300));
	test_carry(a, b, NULL, NULL);
	uint64_t merge = newest(b);
	test_set(b, TYPE_SHIFT, shift, F_SHIFT_START, value_int(start + 120));
	is_int(take_back(b, merge, &r), ERR_REFUSED, "an end before the beginning doesn't come back");
	is_int(rec_int(test_rec(mem, b, TYPE_SHIFT, shift), F_SHIFT_END), start + 300, "it stays");
	end("order");
}

static const char *site_name(struct store *s, struct id site)
{
	struct rec *r = test_rec(mem, s, TYPE_SITE, site);
	return r && r->alive ? rec_text(r, F_SITE_NAME) : "";
}

/* Who the others are isn't one site's to take back; what others make of this one is. */
static void test_sites(void)
{
	struct change_result r;
	begin();
	struct id anna = test_volunteer(a, "Anna", "Holm"), there = store_site(a), here = store_site(b);
	const char *old = arena_strdup(mem, site_name(b, here));
	test_carry(a, b, NULL, NULL);
	is_int(take_back(b, newest(b), &r), OK, "the first merge is taken back");
	ok(!test_rec(mem, b, TYPE_VOLUNTEER, anna)->alive && *site_name(b, there), "its people are gone, its site stays");
	is_int((intmax_t)r.kept, 0, "which isn't for want of anything");
	meet();
	test_set(a, TYPE_SITE, there, F_SITE_NAME, value_text("Nord"));
	test_set(a, TYPE_SITE, here, F_SITE_NAME, value_text("Syd"));
	test_carry(a, b, NULL, NULL);
	is_int(take_back(b, newest(b), &r), OK, "so is one that brought names of sites");
	is_str(site_name(b, there), "Nord", "the other's name is its own matter");
	is_str(site_name(b, here), old, "this one's isn't the other's");
	test_set(a, TYPE_SITE, there, F_SITE_NAME, value_text("Nordvest"));
	test_carry(a, b, NULL, NULL);
	is_int(take_back(b, newest(b), &r), ERR_REFUSED, "of one that brought nothing else there is nothing to take back");
	end("sites");
}

int main(void)
{
	test_sites();
	test_list();
	test_taken_back();
	test_left();
	test_disagreement();
	test_own_in_disagreement();
	test_contested();
	test_order();
	return done_testing();
}
