/* tests/t_id.c - the layout of ids, their order, how they are written and shortened. */
#include "store/id.h"

#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

static const struct id X = {{1}}, Y = {{2}};

/* The exact texts are promises: ids made by another version must be these. */
static void test_layout(void)
{
	char text[ID_TEXT];
	is_str(id_format(text, id_make(0x123456789abcdef, 1)), "12345678-9abc-8def-8000-000000000001",
	       "a new thing's id");
	is_str(id_format(text, id_make(0, 0)), "00000000-0000-8000-8000-000000000000", "the least");
	is_str(id_format(text, id_make((UINT64_C(1) << 60) - 1, (UINT64_C(1) << 61) - 1)),
	       "ffffffff-ffff-8fff-9fff-ffffffffffff", "the greatest");
	is_str(id_format(text, ID_NONE), "00000000-0000-0000-0000-000000000000", "none");
	ok(id_is_none(ID_NONE) && !id_is_none(X), "none is none");
	is_str(id_format(text, id_assignment(X, Y)), "01000000-416f-80dd-b265-1c1624ae564d",
	       "the assignment of Y to X");
	is_str(id_format(text, id_link(1, X, Y)), "ea461c56-4e71-5860-9d12-bbc75476af1f", "the link from X to Y");
	is_str(id_format(text, id_setting("rest-hours")), "bf13a23a-4708-5f95-8ddf-eebccdd053e5", "a setting");
}

static void test_ends(void)
{
	char text[ID_TEXT];
	struct id all[] = {id_make(0x123456789abcdef, 5), id_make(0x123456789abcdef, 6), id_make(0x23456789abcdef1, 5)};
	is_str(id_format_end(text, all, 3, 1, 6), "000006", "the end of an id tells it from others of its site");
	is_str(id_format_end(text, all, 3, 0, 6), "12345678-9abc-8def-8000-000000000005", "where another one ends so, all of it is told");
	is_str(id_format_end(text, all, 2, 0, 8), "00000005", "and not otherwise");
}

static void test_names(void)
{
	ok(id_equal(id_assignment(X, Y), id_assignment(X, Y)), "two sites make the same assignment");
	ok(!id_equal(id_assignment(X, Y), id_assignment(Y, X)), "shift and volunteer don't change places");
	ok(!id_equal(id_link(1, X, Y), id_link(2, X, Y)), "the kind is part of a link");
	ok(!id_equal(id_link(1, X, Y), id_assignment(X, Y)), "a link is no assignment");
	ok(!id_equal(id_setting("a"), id_setting("b")), "settings differ by key");
}

/* What is read together lies together: a store's pages hold what begins alike. */
static void test_beside(void)
{
	const struct id shift = id_dated(X, 20000), seat = id_assignment(shift, Y), call = id_call(shift, Y, 20000, X);
	uint64_t inc, counter;
	bool made = false, apart = true;
	ok(memcmp(shift.b, id_dated(Y, 20000).b, 4) == 0, "shifts of a day begin alike");
	ok(memcmp(seat.b, shift.b, 4) == 0 && memcmp(call.b, shift.b, 4) == 0, "as their places and calls do");
	ok(id_compare(id_dated(X, 19999), shift) < 0 && id_compare(id_dated(Y, 20001), shift) > 0 &&
	   id_compare(id_dated(Y, -1), id_dated(X, 0)) < 0, "days lie in their order");
	for (int32_t day = 0; day < 20000; day++) {
		const struct id x = id_dated(Y, day), y = id_assignment(id_dated(X, day), Y);
		made = made || id_made(x, &inc, &counter) || id_made(y, &inc, &counter);
		apart = apart && !id_equal(x, id_dated(X, day)) && !id_equal(y, id_assignment(x, Y));
	}
	ok(!made, "none is taken for one that a counter made");
	ok(apart, "they are told apart by what they are of");
	ok(id_made(id_make(7, (UINT64_C(1) << 60) - 1), &inc, &counter) && inc == 7 && counter == (UINT64_C(1) << 60) - 1,
	   "a counter is read back");
	ok(!id_made(id_make(7, UINT64_C(1) << 60), &inc, &counter), "but none that no store gets to");
}

static void test_order(void)
{
	struct prng r = {7};
	bool ascending = true, apart = true;
	for (int i = 0; i < 2000; i++) {
		uint64_t inc = prng_below(&r, UINT64_C(1) << 60), no = prng_below(&r, (UINT64_C(1) << 60) - 1);
		ascending = ascending && id_compare(id_make(inc, no), id_make(inc, no + 1)) < 0;
		apart = apart && !id_equal(id_make(inc, no), id_make(inc ^ (UINT64_C(1) << prng_below(&r, 60)), no));
	}
	ok(ascending, "ids of one place sort by age");
	ok(apart, "every bit of the incarnation is in the id");
	is_int(id_compare(X, X), 0, "an id is itself");
	ok(id_compare(X, Y) < 0 && id_compare(Y, X) > 0, "order goes both ways");
}

static void test_parse(void)
{
	static const char *const bad[] = {"",
					  "1",
					  "0123456789abcdef0123456789abcde",
					  "0123456789abcdef0123456789abcdeg",
					  "01234567-89ab-cdef-0123-456789abcdef0",
					  "0123456789ab-cdef-0123-4567-89abcdef",
					  "{1234567-89ab-cdef-0123-456789abcde}",
					  "01234567-89ab-cdef-0123-456789abcde "};
	struct err e;
	struct id x, y;
	ok(id_parse("01234567-89ab-cdef-0123-456789abcdef", &x, &e) == OK, "36 characters");
	ok(id_parse("0123456789ABCDEF0123456789abcdef", &y, &e) == OK && id_equal(x, y), "32 digits, in any case");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_int(id_parse(bad[i], &y, &e), ERR_DATA, "refused: '%s'", bad[i]);
	struct prng r = {3};
	bool same = true;
	for (int i = 0; i < 500; i++) {
		char text[ID_TEXT];
		for (int k = 0; k < 16; k++)
			x.b[k] = (uint8_t)prng_next(&r);
		same = same && id_parse(id_format(text, x), &y, NULL) == OK && id_equal(x, y);
	}
	ok(same, "what is written is read back");
}

static void test_fits(void)
{
	struct id x;
	id_parse("01234567-89ab-cdef-0123-456789abcdef", &x, NULL);
	static const struct {
		const char *s;
		bool fits;
	} cases[] = {
		{"0", true},           {"01234567", true},
		{"01234567-89", true}, {"0123456789ABC", true},
		{"f", true},           {"abcdef", true},
		{"9ab-cdef", true},    {"0123456789abcdef0123456789abcdef", true},
		{"", false},           {"-", false},
		{"1", false},          {"g", false},
		{"cdef-0", false},     {"0123456789abcdef0123456789abcdef0", false},
		{" 0", false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ok(id_fits(x, cases[i].s) == cases[i].fits, "'%s' %s", cases[i].s,
		   cases[i].fits ? "fits" : "doesn't fit");
}

static void test_stamps(void)
{
	struct stamp a = {{1, 1}, 100}, b = {{1, 2}, 100}, c = {{2, 1}, 100}, d = {{1, 1}, 101};
	ok(stamp_compare(a, a) == 0 && stamp_compare(a, b) < 0 && stamp_compare(c, b) > 0,
	   "then by incarnation and number");
	ok(stamp_compare(d, c) > 0 && stamp_compare(c, d) < 0, "first by clock");
	ok(dot_equal(a.dot, d.dot) && !dot_equal(a.dot, b.dot) && !dot_equal(a.dot, c.dot),
	   "dots are equal in both parts");
}

int main(void)
{
	test_layout();
	test_names();
	test_ends();
	test_beside();
	test_order();
	test_parse();
	test_fits();
	test_stamps();
	return done_testing();
}
