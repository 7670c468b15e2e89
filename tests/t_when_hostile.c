/* tests/t_when_hostile.c - anything may be typed or stand in a file: random bytes, random words of the right kind, and
 * valid lines with something broken. Nothing may crash, no value may lie outside its range, and every refusal says
 * something that may be shown. */
#include "base/when.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tests/tap.h"

#define MAX_LINE 400
#define ROUNDS 20000
#define FIRST_DAY (-25567)        /* 1900-01-01 */
#define LAST_DAY 84005           /* 2199-12-31 */

static const char *const lines[] = {
	"3/12 2025", "3.12.25", "2025-12-03", "onsdag den 3. december 2025", "i overmorgen", "i går", "+7", "uge 50 2025",
	"2025-W50-3", "2025-12-03T08:30", "kl. 8.30 til kl. 11.30", "22–6", "ons 3/12 20:00–24:00", "mandag 8-10.30",
	"1/12-7/12 2025", "oktober-december", "2025-2026", "1½ time", "45 min.", "3/12\u00a0kl.\u00a08",
};

static const char *const pieces[] = {
	" ", " ", "\u00a0", "/", ".", "-", "–", ":", ",", "+", "½", "0", "1", "3", "7", "8", "12", "24", "25", "29", "31", "53",
	"99", "0830", "1899", "1900", "2025", "2199", "2200", "99999999999", "man", "ons.", "lørdag", "februar", "dec.",
	"i", "dag", "morgen", "i morgen", "uge", "W", "T", "t", "kl.", "til", "to", "den", "på", "min", "time", "a\u030a", "x",
	"\xff", "\xe2\x80", "\x01", "\u202e",
};

struct tally { int ranges, silent, unshowable, accepted; };

static bool is_day(civil_date d)
{
	return d >= FIRST_DAY && d <= LAST_DAY;
}

/* "24.00" on the last day is the very end of time. */
static bool is_moment(civil_min t)
{
	return t >= cmin_at(FIRST_DAY, 0) && t <= cmin_at(LAST_DAY, DAY_MINUTES);
}

static void judge(struct tally *t, int code, bool in_range, const struct err *e)
{
	if (code == OK) {
		t->accepted++;
		t->ranges += !in_range;
		return;
	}
	t->silent += code != ERR_DATA || e->text[0] == '\0';
	t->unshowable += !text_valid(e->text, strlen(e->text)) || strpbrk(e->text, "\x01\x1b\n\r\t") != NULL;
}

static void try_days(struct tally *t, const char *s, civil_date today)
{
	civil_date d = LAST_DAY + 99, end = d;
	struct err e = {0};
	int code;

	code = when_parse_date(s, today, WHEN_NEAR, &d, &e);
	judge(t, code, is_day(d), &e);
	code = when_parse_date(s, today, WHEN_PAST, &d, &e);
	judge(t, code, is_day(d), &e);
	code = when_parse_period(s, today, &d, &end, &e);
	/* the week that 2199 ends in reaches into 2200 */
	judge(t, code, is_day(d) && d < end && end <= LAST_DAY + 6, &e);
}

static void try_minutes(struct tally *t, const char *s, civil_date today)
{
	int from = -1, to = -1, code;
	civil_min start = CMIN_NONE, end = CMIN_NONE;
	struct err e = {0};

	code = when_parse_time(s, &from, &e);
	judge(t, code, from >= 0 && from <= DAY_MINUTES, &e);
	code = when_parse_duration(s, &from, &e);
	judge(t, code, from >= 0 && from <= 7 * DAY_MINUTES, &e);
	code = when_parse_span(s, &from, &to, &e);
	judge(t, code, from >= 0 && from <= DAY_MINUTES && from < to && to <= from + DAY_MINUTES, &e);
	code = when_parse_datetime(s, today, &start, &e);
	judge(t, code, is_moment(start), &e);
	code = when_parse_datespan(s, today, &start, &end, &e);
	judge(t, code, is_moment(start) && start < end && end <= start + DAY_MINUTES, &e);
}

/* A copy of just its size, so that a sanitizer sees a step beyond its end. */
static void try_line(struct tally *t, const char *line, struct prng *r)
{
	size_t n = strlen(line) + 1;
	char *s = malloc(n);
	const civil_date todays[] = {FIRST_DAY, LAST_DAY, FIRST_DAY + (civil_date)prng_below(r, LAST_DAY - FIRST_DAY)};
	civil_date today = todays[prng_below(r, 3)];

	if (!s)
		abort();
	memcpy(s, line, n);
	try_days(t, s, today);
	try_minutes(t, s, today);
	free(s);
}

static void random_bytes(char *buf, struct prng *r)
{
	size_t n = prng_below(r, 40);

	for (size_t i = 0; i < n; i++)
		buf[i] = (char)(1 + prng_below(r, 255));
	buf[n] = '\0';
}

static void random_pieces(char *buf, struct prng *r)
{
	size_t count = prng_below(r, prng_below(r, 20) == 0 ? 60 : 8), n = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < count && n + 16 < MAX_LINE; i++) {
		const char *piece = pieces[prng_below(r, sizeof pieces / sizeof *pieces)];

		n += (size_t)snprintf(buf + n, MAX_LINE - n, "%s", piece);
	}
}

/* A valid line with a few bytes replaced, taken out, doubled or put in. */
static void random_mutation(char *buf, struct prng *r)
{
	const char *line = lines[prng_below(r, sizeof lines / sizeof *lines)];
	size_t n = strlen(line), edits = 1 + prng_below(r, 3);

	memcpy(buf, line, n + 1);
	for (size_t i = 0; i < edits && n > 0; i++) {
		size_t at = prng_below(r, n);

		switch (prng_below(r, 3)) {
		case 0:
			buf[at] = (char)(1 + prng_below(r, 255));
			break;
		case 1:
			memmove(buf + at, buf + at + 1, n - at);
			n--;
			break;
		default:
			memmove(buf + at + 1, buf + at, n - at + 1);
			n++;
		}
	}
}

static void test_random(const char *name, void (*make)(char *, struct prng *), uint64_t seed)
{
	struct prng r = {seed};
	struct tally t = {0};
	char buf[MAX_LINE];

	for (int i = 0; i < ROUNDS; i++) {
		make(buf, &r);
		try_line(&t, buf, &r);
	}
	is_int(t.ranges, 0, "%s: no value is out of range", name);
	is_int(t.silent, 0, "%s: every refusal is bad data and says why", name);
	is_int(t.unshowable, 0, "%s: every sentence may be shown", name);
	if (t.ranges + t.silent + t.unshowable)
		diag("seed %llu", (unsigned long long)seed);
	diag("%s: %d of %d readings accepted", name, t.accepted, ROUNDS * 8);
}

/* Every beginning of a valid line, and very long lines of one thing. */
static void test_cut_and_long(void)
{
	static const size_t sizes[] = {41, 1000, 100000};
	struct prng r = {7};
	struct tally t = {0};
	char buf[MAX_LINE];

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		for (size_t n = 0; n <= strlen(lines[i]); n++) {
			memcpy(buf, lines[i], n);
			buf[n] = '\0';
			try_line(&t, buf, &r);
		}
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		for (const char *c = "0 9/-.+xi\xc3\xff"; *c; c++) {
			char *s = malloc(sizes[i] + 1);

			if (!s)
				abort();
			memset(s, *c, sizes[i]);
			s[sizes[i]] = '\0';
			try_line(&t, s, &r);
			free(s);
		}
	is_int(t.ranges, 0, "cut and long lines: no value is out of range");
	is_int(t.silent, 0, "cut and long lines: every refusal is bad data and says why");
	is_int(t.unshowable, 0, "cut and long lines: every sentence may be shown");
}

int main(void)
{
	test_random("random bytes", random_bytes, 20251201);
	test_random("random pieces", random_pieces, 20251202);
	test_random("broken lines", random_mutation, 20251203);
	test_cut_and_long();
	return done_testing();
}
