/* tests/t_take_anew.c - a store that takes a state of the whole in the place of all that it had, and has written
 * nothing since. */
#include "store/doctor.h"
#include "store/exchange.h"
#include "tests/taketest.h"

static int pass(void *ctx, const struct rec *r, struct err *e)
{
	return take_snapshot_rec(ctx, r, e);
}

static void take_whole(struct arena *mem, struct store *from, struct store *to)
{
	struct err e = { 0 };
	struct view *v;
	struct take *t;
	struct taken told;
	struct peer *peer;
	size_t n;
	must(view_begin(from, &v, &e), &e, "view");
	must(exchange_peers(v, mem, &peer, &n, &e), &e, "peers");
	must(take_begin(to, "state", &t, &e), &e, "begin");
	must(take_snapshot_begin(t, peer, n, TAKE_INSTEAD_OF_ALL, &e), &e, "state");
	must(exchange_records(v, pass, t, &e), &e, "records");
	must(take_snapshot_end(t, &e), &e, "end of the state");
	view_end(v);
	must(take_end(t, &told, &e), &e, "end");
}

/* A state takes the place of a later one, while own changes stay: nothing is left of what was as late as the store's
 * clock. */
static void test_less_far(void)
{
	static const enum take_how hows[] = { TAKE_INSTEAD_OF_OTHERS, TAKE_INSTEAD_OF_ALL };
	for (size_t i = 0; i < 2; i++) {
		struct test_clock clk[3] = { { .t = INT64_C(1764576000) }, { .t = INT64_C(1764576000) }, { .t = INT64_C(1764579600) } };
		struct err e = { 0 };
		struct store *early = test_store("early", &clk[0]), *own = test_store("own", &clk[1]), *late = test_store("late", &clk[2]);
		test_volunteer(early, "Anna", "Holm");
		test_carry(own, early, NULL, NULL);
		test_carry(early, late, NULL, NULL);
		test_volunteer(late, "Bo", "Friis");
		must(test_take_state(late, own, SIZE_MAX, NULL), &e, "state");
		must(test_take_as(early, own, SIZE_MAX, hows[i], NULL), &e, "state");
		if (hows[i] == TAKE_INSTEAD_OF_ALL)
			must(exchange_mint(own, &e), &e, "mint");
		store_close(own);
		ok(test_is_whole("own", &clk[1]), "a store that took an earlier state in the place of a later one is whole");
		store_close(early);
		store_close(late);
		for (int k = 0; k < 3; k++)
			os_remove_tree(test_path((const char *[]){ "early", "own", "late" }[k]), NULL);
	}
}

int main(void)
{
	struct test_clock clk[2] = { { .t = INT64_C(1764576000) }, { .t = INT64_C(1764576001) } };
	struct store_opts opts = { .clock = test_clock(&clk[1]) };
	struct err e = { 0 };
	struct arena *mem = arena_new();
	struct store *a = test_store("a", &clk[0]), *b = test_store("b", &clk[1]);
	struct id anna = test_volunteer(a, "Anna", "Holm");
	test_carry(b, a, NULL, NULL);
	take_whole(mem, a, b);
	store_close(b);
	b = test_open("b", &clk[1]);
	ok(test_same_state(a, b), "one whose power went before it had a name of its own opens");
	must(exchange_mint(b, &e), &e, "mint");
	store_close(b);
	ok(test_is_whole("b", &clk[1]), "a store that began anew and has an empty log is whole");
	is_int(doctor_rebuild(test_path("b"), &opts, &(struct doctor_ctx){ 0 }, &e), OK, "and can be made again");
	b = test_open("b", &clk[1]);
	ok(test_same_state(a, b), "with all that came");
	test_set(b, TYPE_VOLUNTEER, anna, F_VOLUNTEER_CITY, value_text("Viborg"));
	test_carry(b, a, NULL, NULL);
	ok(test_same_state(a, b), "before it goes on");
	store_close(a);
	store_close(b);
	arena_free(mem);
	test_less_far();
	return done_testing();
}
