/* tests/t_err.c - sentences of errors: put together, cut off between characters, and their exit statuses. */
#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "tests/tap.h"

static void test_set(void)
{
	struct err e;
	is_int(err_set(&e, ERR_DATA, "%s in line %d", "no date", 7), ERR_DATA, "err_set returns its code");
	is_int(e.code, ERR_DATA, "and keeps it");
	is_str(e.text, "no date in line 7", "the sentence is formatted");
	is_int(err_set(NULL, ERR_BUSY, "nobody listens"), ERR_BUSY, "without a struct the code is still returned");
}

static void test_errno(void)
{
	struct err e;
	is_int(err_set_errno(&e, ERR_IO, EACCES, "%s can't be read", "a.csv"), ERR_READONLY, "no permission is ERR_READONLY");
	is_str(e.text, "a.csv can't be read: you have no permission", "the reason stands after a colon");
	is_int(err_set_errno(&e, ERR_IO, ENOSPC, "x"), ERR_FULL, "no space is ERR_FULL");
	is_int(e.code, ERR_FULL, "in the struct too");
	is_int(err_set_errno(NULL, ERR_CORRUPT, EDQUOT, "x"), ERR_FULL, "a used-up quota is ERR_FULL, also without a struct");
	err_set_errno(&e, ERR_IO, ELOOP, "x");
	ok(strlen(e.text) > 3, "a reason that isn't in our table comes from the system");
}

static void test_prefix(void)
{
	struct err e;
	err_set(&e, ERR_CORRUPT, "the seal is broken");
	is_int(err_prefix(&e, "segment %d", 12), ERR_CORRUPT, "err_prefix returns the code that was there");
	is_str(e.text, "segment 12: the seal is broken", "the prefix stands before the sentence");
	ok(err_prefix(NULL, "x") != OK, "a prefix to nothing is still an error");
}

/* However long the tail, a sentence fits and never ends in half a character. */
static void test_cut(void)
{
	struct err e;
	char long_text[2 * sizeof e.text];
	bool whole = true, ended = true;
	for (size_t shift = 0; shift < 4; shift++) {
		memset(long_text, 'x', shift);
		for (size_t i = shift; i < sizeof long_text; i++)
			long_text[i] = "\xE2\x80\xA6"[(i - shift) % 3];
		long_text[sizeof long_text - 1] = '\0';
		err_set(&e, ERR_DATA, "%s", long_text);
		size_t n = strlen(e.text);
		whole = whole && (n - shift) % 3 == 0;
		ended = ended && n < sizeof e.text && n + 3 >= sizeof e.text;
		err_prefix(&e, "prefix");
		whole = whole && (strlen(e.text) - shift - strlen("prefix: ")) % 3 == 0;
	}
	ok(whole, "a sentence that is too long is cut between characters");
	ok(ended, "and fills its room");
}

static void test_exit_status(void)
{
	static const struct { int code, status; } documented[] = {
		{ OK, 0 }, { ERR_USAGE, 64 }, { ERR_DATA, 65 }, { ERR_AMBIGUOUS, 65 }, { ERR_NOTFOUND, 66 },
		{ ERR_NOMEM, 70 }, { ERR_FULL, 73 }, { ERR_IO, 74 }, { ERR_CORRUPT, 74 }, { ERR_BUSY, 75 },
		{ ERR_CONFLICT, 75 }, { ERR_STOPPED, 75 }, { ERR_KEY, 77 }, { ERR_READONLY, 77 },
		{ ERR_UNSUPPORTED, 78 }, { ERR_REFUSED, 1 },
	};
	for (size_t i = 0; i < sizeof documented / sizeof *documented; i++)
		is_int(err_exit_status(documented[i].code), documented[i].status, "exit status of %d", documented[i].code);
	ok(err_exit_status(-999) != 0, "a code that doesn't exist is no success");
}

int main(void)
{
	test_set();
	test_errno();
	test_prefix();
	test_cut();
	test_exit_status();
	return done_testing();
}
