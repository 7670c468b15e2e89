/* tests/t_given_up.c - a store over a state of the whole, when a line is given up that the authors of the state had
 * seen: what they had seen is read by that, as it is where all came as changes. */
#include "store/exchange.h"

#include "store/backup.h"
#include "store/doctor.h"
#include "tests/taketest.h"

enum { LINE, AUTHOR, OTHER, LAST, STORES };
static const char *const names[STORES] = { "line", "author", "other", "last" };

struct scene {
	struct test_clock clk[STORES];
	struct store *s[STORES];
	struct arena *mem;
	struct id anna;
	uint64_t inc, after, tag;        /* the line's newest change is given up */
};

static uint64_t number(struct scene *c, int of, uint64_t inc)
{
	struct err e = { 0 };
	struct view *v;
	struct vector has;
	must(view_begin(c->s[of], &v, &e), &e, "view");
	must(exchange_vector(v, c->mem, &has, &e), &e, "vector");
	view_end(v);
	return vector_number(&has, inc);
}

static uint64_t tag_at(struct scene *c, int of, struct dot dot)
{
	struct err e = { 0 };
	struct view *v;
	uint64_t tag;
	must(view_begin(c->s[of], &v, &e), &e, "view");
	must(exchange_tag(v, dot, &tag, &e), &e, "tag");
	view_end(v);
	return tag;
}

/* The author has seen all of the line. */
static void begin(struct scene *c)
{
	*c = (struct scene){ .mem = arena_new() };
	for (int i = 0; i < STORES; i++) {
		c->clk[i].t = INT64_C(1764576000) + i;
		c->s[i] = test_store(names[i], &c->clk[i]);
	}
	c->anna = test_volunteer(c->s[LINE], "Anna", "Holm");
	test_set(c->s[LINE], TYPE_VOLUNTEER, c->anna, F_VOLUNTEER_CITY, value_text("Aarhus"));
	test_set(c->s[LINE], TYPE_VOLUNTEER, c->anna, F_VOLUNTEER_CITY, value_text("Viborg"));
	c->inc = store_incarnation(c->s[LINE]);
	c->after = number(c, LINE, c->inc) - 1;
	c->tag = tag_at(c, LINE, (struct dot){ c->inc, c->after + 1 });
	test_carry(c->s[LINE], c->s[AUTHOR], NULL, NULL);
	test_set(c->s[AUTHOR], TYPE_VOLUNTEER, c->anna, F_VOLUNTEER_CITY, value_text("Skive"));
}

static void end(struct scene *c)
{
	for (int i = 0; i < STORES; i++) {
		store_close(c->s[i]);
		os_remove_tree(test_path(names[i]), NULL);
	}
	arena_free(c->mem);
}

/* Something of another comes with the author's state, so that it is taken. */
static void take_state(struct scene *c)
{
	test_volunteer(c->s[OTHER], "Bo", "Friis");
	test_carry(c->s[OTHER], c->s[AUTHOR], NULL, NULL);
	must(test_take_state(c->s[AUTHOR], c->s[LAST], SIZE_MAX, NULL), NULL, "state");
}

/* One change of the line, that comes after that number. */
static void give_up_after(struct scene *c, uint64_t after)
{
	struct err e = { 0 };
	const struct seen left = { { c->inc, after }, tag_at(c, LINE, (struct dot){ c->inc, after }) };
	const uint64_t tag = tag_at(c, LINE, (struct dot){ c->inc, after + 1 });
	is_int(exchange_give_up(c->s[LAST], &left, &tag, 1, &e), OK, "a change of the line is given up");
}

static void give_up(struct scene *c)
{
	give_up_after(c, c->after);
}

/* What the author had seen of the line, as the last store reads it: its number, and its tag. */
static struct seen seen_of(struct scene *c)
{
	struct err e = { 0 };
	struct view *v;
	struct peer *p;
	size_t n;
	struct seen found = { { 0 }, 0 };
	must(view_begin(c->s[LAST], &v, &e), &e, "view");
	must(exchange_peers(v, c->mem, &p, &n, &e), &e, "peers");
	view_end(v);
	for (size_t i = 0; i < n; i++)
		if (p[i].inc == store_incarnation(c->s[AUTHOR]) && vector_find(&p[i].context, c->inc))
			found = *vector_find(&p[i].context, c->inc);
	return found;
}

static void is_whole(struct scene *c, const char *what)
{
	store_close(c->s[LAST]);
	ok(test_is_whole(names[LAST], &c->clk[LAST]), "%s", what);
	c->s[LAST] = test_open(names[LAST], &c->clk[LAST]);
}

static void make_again(struct scene *c)
{
	struct err e = { 0 };
	struct store_opts opts = { .clock = test_clock(&c->clk[LAST]) };
	store_close(c->s[LAST]);
	if (!is_int(doctor_rebuild(test_path(names[LAST]), &opts, &(struct doctor_ctx){ 0 }, &e), OK, "it can be made again"))
		diag("%s", e.text);
	c->s[LAST] = test_open(names[LAST], &c->clk[LAST]);
}

static bool never(void *ctx, uint64_t inc, uint64_t tag)
{
	(void)ctx, (void)inc, (void)tag;
	return false;
}

/* The changes are here, and a state lies over them. */
static void test_in_the_log(void)
{
	struct scene c;
	struct err e = { 0 };
	begin(&c);
	test_carry(c.s[AUTHOR], c.s[LAST], NULL, NULL);
	take_state(&c);
	uint64_t left = tag_at(&c, LINE, (struct dot){ c.inc, c.after });
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after + 1, "under a state, an author had seen a line");
	give_up(&c);
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "then it counts as seen up to where the line was left");
	ok(seen_of(&c).tag == left, "by the tag there");
	is_whole(&c, "and the store is whole");
	make_again(&c);
	ok(seen_of(&c).dot.no == c.after && seen_of(&c).tag == left, "as it was");
	is_int(exchange_review_lines(c.s[LAST], never, NULL, &e), OK, "nobody gave it up after all");
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after + 1, "so all of it has been seen");
	is_whole(&c, "and the store is whole again");
	end(&c);
}

/* The line goes on with a state, so that where it was left isn't in the log any more. */
static void test_folded_since(void)
{
	struct scene c;
	begin(&c);
	test_carry(c.s[AUTHOR], c.s[LAST], NULL, NULL);
	give_up(&c);
	test_volunteer(c.s[LINE], "Carl", "Lund");
	must(test_take_state(c.s[LINE], c.s[LAST], SIZE_MAX, NULL), NULL, "state");
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "what was seen of a line counts, though that is folded away since");
	is_whole(&c, "and the store is whole");
	make_again(&c);
	end(&c);
}

static void restore(struct scene *c)
{
	struct err e = { 0 };
	struct os_clock clock = test_clock(&c->clk[LAST]);
	must(backup_write(c->s[LAST], test_path("backup"), NULL, NULL, &e), &e, "backup");
	store_close(c->s[LAST]);
	os_remove_tree(test_path(names[LAST]), NULL);
	must(backup_restore(test_path("backup"), test_path(names[LAST]), NULL, &clock, &e), &e, "restore");
	os_remove(test_path("backup"), NULL);
	c->s[LAST] = test_open(names[LAST], &c->clk[LAST]);
}

/* Nothing but the state is here; then the author's next change. */
static void test_in_the_state(void)
{
	struct scene c;
	struct err e = { 0 };
	begin(&c);
	take_state(&c);
	give_up(&c);
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "what a state says of an author is read so, too");
	test_set(c.s[AUTHOR], TYPE_VOLUNTEER, c.anna, F_VOLUNTEER_CITY, value_text("Randers"));
	test_carry(c.s[AUTHOR], c.s[LAST], NULL, NULL);
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "also when he goes on");
	is_whole(&c, "and the store is whole");
	make_again(&c);
	restore(&c);
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "restored from a backup it counts the same");
	is_whole(&c, "and the store is whole");
	is_int(exchange_review_lines(c.s[LAST], never, NULL, &e), OK, "nobody gave it up after all");
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after + 1, "so all of it has been seen");
	end(&c);
}

/* The author's changes, where no more of the line is than up to that number. */
static size_t take_author(struct scene *c, uint64_t upto)
{
	struct bundle b = { .a = c->mem };
	size_t n = 0;
	test_gather(c->s[AUTHOR], c->s[LAST], &b);
	for (size_t i = 0; i < b.n; i++)
		if (b.g[i]->dot.inc != c->inc || b.g[i]->dot.no <= upto)
			b.g[n++] = b.g[i];
	b.n = n;
	return test_take(c->s[LAST], &b, NULL, NULL);
}

static void counts_as_left_first(struct scene *c)
{
	const struct seen seen = seen_of(c);
	ok(seen.dot.no == c->after - 1 && seen.tag == tag_at(c, LINE, (struct dot){ c->inc, c->after - 1 }),
		"who had seen the one counts as where the other was left");
	is_whole(c, "and the store is whole");
	make_again(c);
	ok(seen_of(c).dot.no == c->after - 1, "as it was");
}

/* The line's newest change is given up, and by another who had left it earlier the one before. */
static void test_left_in_another(void)
{
	struct scene c;
	struct err e = { 0 };
	begin(&c);
	test_carry(c.s[AUTHOR], c.s[LAST], NULL, NULL);
	is_int(exchange_drop_line(c.s[LAST], c.inc, c.after, NULL, &e), OK, "a line is dropped");
	is_int(exchange_drop_line(c.s[LAST], c.inc, c.after - 1, NULL, &e), OK, "and another, in which that was left");
	counts_as_left_first(&c);
	end(&c);
	for (int earlier_first = 0; earlier_first < 2; earlier_first++) {
		begin(&c);
		give_up_after(&c, c.after - (uint64_t)earlier_first);
		give_up_after(&c, c.after - (uint64_t)!earlier_first);
		is_int((intmax_t)take_author(&c, c.after - 1), 0, "who had seen what isn't here comes in");
		counts_as_left_first(&c);
		end(&c);
	}
	begin(&c);
	give_up(&c);
	is_int((intmax_t)take_author(&c, c.after), 0, "who had seen the one comes in");
	give_up_after(&c, c.after - 1);
	counts_as_left_first(&c);
	end(&c);
}

/* Where the line was left another change has that number. */
static void test_left_elsewhere(void)
{
	struct scene c;
	struct err e = { 0 };
	begin(&c);
	const struct seen left = { { c.inc, c.after }, c.tag + 1 };
	is_int(exchange_give_up(c.s[LAST], &left, &c.tag, 1, &e), OK, "a line is given up that was left in another history");
	ok(take_author(&c, c.after) > 0, "who had seen it waits where that isn't");
	end(&c);
}

/* By what tag a line may be left there. */
static int left_at(struct scene *c, uint64_t no, uint64_t *tag)
{
	struct view *v;
	must(view_begin(c->s[LAST], &v, NULL), NULL, "view");
	int rc = exchange_left(v, (struct dot){ c->inc, no }, tag, NULL);
	view_end(v);
	return rc;
}

static void test_where_it_may_be_left(void)
{
	struct scene c;
	uint64_t tag;
	begin(&c);
	must(test_take_state(c.s[LINE], c.s[LAST], SIZE_MAX, NULL), NULL, "state");
	test_set(c.s[LINE], TYPE_VOLUNTEER, c.anna, F_VOLUNTEER_CITY, value_text("Horsens"));
	test_set(c.s[LINE], TYPE_VOLUNTEER, c.anna, F_VOLUNTEER_CITY, value_text("Holbæk"));
	test_carry(c.s[LINE], c.s[LAST], NULL, NULL);
	ok(left_at(&c, c.after + 2, &tag) == OK && tag == tag_at(&c, LINE, (struct dot){ c.inc, c.after + 2 }),
		"a line may be left in the log");
	ok(left_at(&c, c.after + 1, &tag) == OK && tag == c.tag, "or at the last that came with a state");
	is_int(left_at(&c, c.after, &tag), ERR_CONFLICT, "but not under that");
	ok(left_at(&c, 0, &tag) == OK && tag == 0, "nor is there a tag where nothing of it is left");
	end(&c);
}

/* The other turns out to stand after all. */
static bool first_stands(void *ctx, uint64_t inc, uint64_t tag)
{
	const struct scene *c = ctx;
	return inc == c->inc && tag == c->tag;
}

static void test_fallen_beneath(void)
{
	struct scene c;
	struct err e = { 0 };
	begin(&c);
	give_up(&c);
	give_up_after(&c, c.after - 1);
	is_int((intmax_t)take_author(&c, c.after - 1), 0, "who had seen what isn't here comes in");
	is_int(exchange_review_lines(c.s[LAST], first_stands, &c, &e), OK, "where a line was left wasn't given up after all");
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after - 1, "what had seen it counts so no sooner than that comes");
	take_author(&c, c.after);
	is_int(exchange_review_lines(c.s[LAST], first_stands, &c, &e), OK, "then");
	is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "as where it was left");
	is_whole(&c, "and the store is whole");
	end(&c);
}

/* One gave up all after where the other had left it, and nobody did after all. */
static void test_fallen_around(void)
{
	struct scene c;
	struct err e = { 0 };
	for (int all_first = 0; all_first < 2; all_first++) {
		begin(&c);
		const struct dot before = { c.inc, c.after - 1 };
		const struct seen left = { before, tag_at(&c, LINE, before) };
		const uint64_t tag[] = { tag_at(&c, LINE, (struct dot){ c.inc, c.after }), c.tag };
		if (!all_first)
			give_up(&c);
		is_int(exchange_give_up(c.s[LAST], &left, tag, 2, &e), OK, "a line is given up, that goes on in one given up, too");
		if (all_first)
			give_up(&c);
		is_int((intmax_t)take_author(&c, c.after - 1), 0, "who had seen what isn't here comes in");
		is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after - 1, "and counts as where all of it was left");
		take_author(&c, c.after);
		is_int(exchange_review_lines(c.s[LAST], first_stands, &c, &e), OK, "nobody gave all of it up after all");
		is_int((intmax_t)seen_of(&c).dot.no, (intmax_t)c.after, "so it counts as where the other was left");
		is_whole(&c, "and the store is whole");
		end(&c);
	}
}

int main(void)
{
	test_left_in_another();
	test_left_elsewhere();
	test_where_it_may_be_left();
	test_fallen_beneath();
	test_fallen_around();
	test_in_the_log();
	test_folded_since();
	test_in_the_state();
	return done_testing();
}
