/* tests/t_codec.c - records and groups as bytes: exactly these, and nothing else read. */
#include "store/codec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/change.h"
#include "store/register.h"
#include "tests/codectest.h"

/* "a4 00 83" to bytes. */
static size_t unhex(const char *hex, uint8_t *out)
{
	size_t n = 0;
	for (unsigned byte; sscanf(hex, "%2x", &byte) == 1; hex += 2 + (hex[2] == ' '))
		out[n++] = (uint8_t)byte;
	return n;
}


/* ---- exact bytes --------------------------------------------------------------------------------- */

#define REC_BYTES                                                                                                      \
	"a4 00 86 07 01 1903e8 07 19012c 1a00011170 01 47 00000101000000 02 87 01 64416e6e61 67c38567c3a57264 391b57 " \
	"50aa0102030405060708090a0b0c0d0e0f f6 8201f5 03 47 000102050913c8"

/* Two stamps and every kind of value. */
static struct rec *sample_rec(struct arena *a)
{
	struct stamp first = {{7, 1}, 1000}, second = {{7, 300}, 70000};
	struct rec *r = arena_alloc(a, sizeof *r);
	r->type = TYPE_VOLUNTEER;
	r->id = CODECTEST_ID;
	rec_put(a, r, 9, value_id(CODECTEST_ID), first);
	rec_put(a, r, FIELD_ALIVE, value_int(1), first);
	rec_put(a, r, 1, value_text("Anna"), first);
	rec_put(a, r, 2, value_text("Ågård"), second);
	rec_put(a, r, 5, value_int(-7000), second);
	rec_put(a, r, 19, value_none(), first);
	rec_put(a, r, 200, codectest_raw("\x82\x01\xf5", 3), first);
	return r;
}

static void test_rec_bytes(void)
{
	struct arena *a = arena_new();
	struct buf b = {0};
	uint8_t want[256];
	struct rec *back;
	size_t n = unhex(REC_BYTES, want);
	is_int(codec_put_rec(&b, sample_rec(a)), OK, "a record is written");
	is_mem(b.p, b.n, want, n, "a record's exact bytes");
	is_int(codectest_read_rec(a, want, n, &back), OK, "they are read");
	ok(codectest_same_rec(back, sample_rec(a)), "and give the same record");
	ok(back->alive && back->at.clock == 70000, "which is alive and as new as its newest field");
	ok(rec_get(back, 200).tag == V_RAW, "what isn't known is kept as it came");
	is_str(rec_text(back, 2), "Ågård", "a text ends with a NUL");
	buf_free(&b);
	arena_free(a);
}

#define SIBLINGS_BYTES                                                                                                 \
	"a5 00 89 07 01 1903e8 08 04 1903e9 09 02 1903e6 01 42 0001 02 82 01 6141 03 42 0001 04 86 01 00 6142 01 02 00"

/* One field with two values beside the shown one. */
static void test_siblings_bytes(void)
{
	struct rec_field f[] = {{0, value_int(1), {{7, 1}, 1000}}, {1, value_text("A"), {{8, 4}, 999}}};
	struct rec_field sib[] = {{1, value_text("B"), {{7, 1}, 900}}, {1, value_int(0), {{9, 2}, 998}}};
	sib[0].at.clock = 1000;
	f[1].at.clock = 1001;
	struct rec r = {.type = TYPE_VOLUNTEER, .id = CODECTEST_ID, .f = f, .n = 2, .sib = sib, .nsib = 2}, *back;
	struct arena *a = arena_new();
	struct buf b = {0};
	uint8_t want[256];
	register_settle(&r);
	size_t n = unhex(SIBLINGS_BYTES, want);
	is_int(codec_put_rec(&b, &r), OK, "a record with a disagreement is written");
	is_mem(b.p, b.n, want, n, "its exact bytes");
	ok(codectest_read_rec(a, want, n, &back) == OK && codectest_same_rec(back, &r), "they are read and give the same record");
	buf_free(&b);
	arena_free(a);
}

#define GROUP_BYTES                                                                                                    \
	"8a 02 1a69310b60 65416e6e6120 04 82 50aa0102030405060708090a0b0c0d0e0f 03 07 1864 86 05 02 18ff 09 190100 00 04 "  \
	"91 "                                                                                                          \
	"04 50aa0102030405060708090a0b0c0d0e0f 02 00 01 01 64416e6e61 "                                                \
	"04 50bb000000000000000000000000000000 01 05 391b57 "                                                          \
	"05 50aa0102030405060708090a0b0c0d0e0f 01 02 f6"
#define HERE_BYTES "83 1903e8 88 00 00 07 01 00 00 1b0fffffffffffffff 02 86 01 07 02 01 08 01"

/* Three records of two types, one with two writes. */
static const struct write sample_writes[] = {
	{TYPE_VOLUNTEER,
	 0,
	 {{0xaa, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
	 {.tag = V_INT, .i = 1},
	 {0, 0}},
	{TYPE_VOLUNTEER,
	 1,
	 {{0xaa, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
	 {.tag = V_TEXT, .text = {"Anna", 4}},
	 {7, 1}},
	{TYPE_VOLUNTEER, 5, {{0xbb}}, {.tag = V_INT, .i = -7000}, {0, 0}},
	{TYPE_ROLE,
	 2,
	 {{0xaa, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
	 {.tag = V_NONE},
	 {0x0fffffffffffffff, 2}},
};

static const struct seen sample_seen[] = {{{5, 2}, 255}, {{9, 256}, 0}};
static const struct aside sample_aside[] = {{1, {7, 2}}, {1, {8, 1}}};

static struct group sample_group(void)
{
	return (struct group){.dot = CODECTEST_DOT,
			      .clock = 0x69310b60,
			      .person = "Anna ",
			      .act = ACT_ASSIGN,
			      .arg = {value_id(CODECTEST_ID), value_int(3), value_none()},
			      .undoes = {7, 100},
			      .seen = sample_seen,
			      .nseen = 2,
			      .writes = sample_writes,
			      .nwrites = 4,
			      .aside = sample_aside,
			      .naside = 2,
			      .tag = 1000};
}

static void test_group_bytes(void)
{
	struct arena *a = arena_new();
	struct buf b = {0};
	uint8_t want[512];
	size_t n = unhex(GROUP_BYTES, want), all = unhex(GROUP_BYTES " " HERE_BYTES, want), canonical;
	struct group g = sample_group(), *back;
	is_int(codec_put_group(&b, &g), OK, "a group is written");
	is_mem(b.p, b.n, want, n, "a group's exact bytes");
	is_int(codec_put_here(&b, &g), OK, "and what only the store knows of it");
	is_mem(b.p, b.n, want, all, "these exact bytes after it");
	is_int(codec_get_group(a, want, all, CODECTEST_DOT, true, &back, &canonical, NULL), OK, "they are read");
	ok(codectest_same_group(&g, back) && canonical == n, "and give the same group, and where its canonical form ends");
	ok(codectest_read_group(a, want, n, &back) == OK && back->naside == 0 && back->writes[1].before.no == 0,
	   "the canonical form alone says nothing of what was before");
	is_int(codec_get_group(a, want, n, CODECTEST_DOT, false, &back, NULL, NULL), OK, "its head can be read alone");
	ok(back->nwrites == 4 && !back->writes && strcmp(back->person, "Anna ") == 0 && back->nseen == 2,
	   "and tells how many writes there are");
	uint64_t tag;
	is_int(codec_get_tag(want, all, &tag, NULL), OK, "its tag can be read alone");
	is_int((intmax_t)tag, 1000, "and is the one");
	size_t refused = 0;
	while (refused < n + 4 && codec_get_tag(want, refused, &tag, NULL) == ERR_CORRUPT && tag == 0)
		refused++;
	is_int((intmax_t)refused, (intmax_t)n + 4, "not where it is cut off before that");
	g.nwrites = g.naside = 0;
	g.arg[0] = g.arg[1] = value_none();
	buf_reset(&b);
	codec_put_group(&b, &g);
	codec_put_here(&b, &g);
	ok(codectest_read_group(a, b.p, b.n, &back) == OK && codectest_same_group(&g, back), "a group may be empty");
	buf_free(&b);
	arena_free(a);
}

/* ---- what isn't canonical ------------------------------------------------------------------------ */

/* Records of one or two fields, each wrong in one way; the first is right. */
static const struct {
	const char *bytes, *what;
} bad_recs[] = {
	{"a4 00 83 07 01 00 01 41 00 02 81 01 03 41 00", NULL},
	{"b8 04 00 83 07 01 00 01 41 00 02 81 01 03 41 00", "a long map head"},
	{"bf 00 83 07 01 00 01 41 00 02 81 01 03 41 00 ff", "an indefinite map"},
	{"a5 00 83 07 01 00 01 41 00 02 81 01 03 41 00 05 80", "a part that isn't ours"},
	{"a5 00 83 07 01 00 01 41 00 02 81 01 03 41 00 04 80", "no sibling"},
	{"a3 00 83 07 01 00 01 41 00 02 81 01", "a part missing"},
	{"a4 01 41 00 00 83 07 01 00 02 81 01 03 41 00", "parts out of order"},
	{"a4 1800 83 07 01 00 01 41 00 02 81 01 03 41 00", "a long key"},
	{"a4 00 83 1807 01 00 01 41 00 02 81 01 03 41 00", "a long incarnation"},
	{"a4 00 83 07 190001 00 01 41 00 02 81 01 03 41 00", "a longer number"},
	{"a4 00 83 07 01 1a00000000 01 41 00 02 81 01 03 41 00", "a long clock"},
	{"a4 00 83 07 01 f6 01 41 00 02 81 01 03 41 00", "a clock that is no number"},
	{"a4 00 82 07 01 01 41 00 02 81 01 03 41 00", "half a stamp"},
	{"a4 00 9f 07 01 00 ff 01 41 00 02 81 01 03 41 00", "indefinite stamps"},
	{"a4 00 80 01 41 00 02 81 01 03 41 00", "no stamp"},
	{"a4 00 86 07 01 00 07 02 00 01 41 00 02 81 01 03 41 00", "a stamp that nobody uses"},
	{"a4 00 86 07 02 00 07 01 00 01 42 0001 02 82 01 01 03 42 0001", "stamps out of order"},
	{"a4 00 86 07 01 00 07 01 00 01 42 0001 02 82 01 01 03 42 0001", "a stamp twice"},
	{"a4 00 83 07 01 00 01 41 01 02 81 01 03 41 00", "a stamp that isn't there"},
	{"a4 00 83 07 01 00 01 40 02 80 03 40", "no field"},
	{"a4 00 83 07 01 00 01 61 00 02 81 01 03 41 00", "text for bytes"},
	{"a4 00 83 07 01 00 01 41 00 02 82 01 01 03 41 00", "a value too many"},
	{"a4 00 83 07 01 00 01 41 00 02 80 03 41 00", "a value too few"},
	{"a4 00 83 07 01 00 01 41 00 02 81 01 03 42 0001", "a number too many"},
	{"a4 00 83 07 01 00 01 42 0000 02 82 01 01 03 42 0100", "fields out of order"},
	{"a4 00 83 07 01 00 01 42 0000 02 82 01 01 03 42 0101", "a field twice"},
	{"a4 00 83 07 01 00 01 41 00 02 81 1801 03 41 00", "a long integer"},
	{"a4 00 83 07 01 00 01 41 00 02 81 3800 03 41 00", "a long negative integer"},
	{"a4 00 83 07 01 00 01 41 00 02 81 780161 03 41 00", "a long text head"},
	{"a4 00 83 07 01 00 01 41 00 02 81 7f6161ff 03 41 00", "an indefinite text"},
	{"a4 00 83 07 01 00 01 41 00 02 81 5f4161ff 03 41 00", "an indefinite byte string"},
	{"a4 00 83 07 01 00 01 41 00 02 81 61ff 03 41 00", "a text that isn't UTF-8"},
	{"a4 00 83 07 01 00 01 41 00 02 81 6100 03 41 00", "a text with a NUL"},
	{"a4 00 83 07 01 00 01 41 00 02 81 6a61 03 41 00", "a text past the end"},
	{"a4 00 83 07 01 00 01 41 00 02 81 7bffffffffffffffff 03 41 00", "a text of all memory"},
	{"a4 00 83 07 01 00 01 41 00 02 81 f7 03 41 00", "undefined"},
	{"a4 00 83 07 01 00 01 41 00 02 81 f818 03 41 00", "a simple value that isn't ours"},
	{"a4 00 83 07 01 00 01 41 00 02 81 f93c00 03 41 00", "a float"},
	{"a4 00 83 07 01 00 01 41 00 02 81 fb3ff0000000000000 03 41 00", "a long float"},
	{"a4 00 83 07 01 00 01 41 00 02 81 c101 03 41 00", "a tag"},
	{"a4 00 83 07 01 00 01 41 00 02 81 a0 03 41 00", "a map as a value"},
	{"a4 00 83 07 01 00 01 41 00 02 81 818180 03 41 00", "arrays too deep"},
	{"a4 00 83 07 01 00 01 41 00 02 81 9f01ff 03 41 00", "an indefinite array"},
	{"a4 00 83 07 01 00 01 41 00 02 81 9b00ffffffffffffff 03 41 00", "an array of all memory"},
	{"a4 00 83 07 01 00 01 41 00 02 81 81 03 41 00", "an array past the end"},
	{"a4 00 83 07 01 00 01 41 00 02 81 01 03 41 00 00", "a byte too many"},
	{"a4 00 83 07 01 00 01 41 00 02 81 1c 03 41 00", "a head that means nothing"},
	{"a5 00 86 07 01 00 08 01 01 01 41 01 02 81 01 03 41 00 04 82 00 00", "half a sibling"},
	{"a5 00 86 07 01 00 08 01 01 01 41 01 02 81 01 03 41 01 04 83 02 00 01", "a sibling of no field"},
	{"a5 00 86 07 01 00 08 01 01 01 41 00 02 81 01 03 41 01 04 83 01 01 01", "a sibling that should be shown"},
	{"a5 00 83 07 01 00 01 41 00 02 81 01 03 41 01 04 83 01 00 01", "a sibling from the same change"},
	{"a5 00 86 07 01 00 08 01 01 01 41 01 02 81 01 03 41 01 04 83 01 02 01", "a sibling's stamp that isn't there"},
	{"a5 00 89 07 01 00 08 01 01 09 01 02 01 41 02 02 81 01 03 41 01 04 86 01 01 01 01 00 01", "siblings out of order"},
};

static void test_bad_recs(void)
{
	struct arena *a = arena_new();
	uint8_t bytes[128];
	struct rec *r;
	is_int(codectest_read_rec(a, bytes, unhex(bad_recs[0].bytes, bytes), &r), OK, "the least record is read");
	for (size_t i = 1; i < sizeof bad_recs / sizeof *bad_recs; i++)
		is_int(codectest_read_rec(a, bytes, unhex(bad_recs[i].bytes, bytes), &r), ERR_CORRUPT, "refused: %s",
		       bad_recs[i].what);
	arena_free(a);
}

#define HEAD "8a 02 00 6141 01 81 03 00 00 80 "
#define AA "04 50aa0102030405060708090a0b0c0d0e0f "
#define BODY "01 85 " AA "01 00 01 "
#define SEEN(seen) "8a 02 00 6141 01 81 03 00 00 " seen " " BODY

/* Groups of one write, each wrong in one way; the first two are right. */
static const struct {
	const char *bytes, *what;
} bad_groups[] = {
	{HEAD BODY, NULL},
	{HEAD BODY "83 00 82 00 00 80", NULL},
	{"8a 01 00 6141 01 81 03 00 00 80 " BODY, "another version"},
	{"89 02 00 6141 01 81 03 00 00 80 01", "a part missing"},
	{"8a 02 00 f6 01 81 03 00 00 80 " BODY, "nobody"},
	{"8a 02 00 6141 190100 81 03 00 00 80 " BODY, "an act past 255"},
	{"8a 02 00 6141 01 82 03 f6 00 00 80 " BODY, "an empty last argument"},
	{"8a 02 00 6141 01 84 03 03 03 03 00 00 80 " BODY, "four arguments"},
	{"8a 02 00 6141 01 81 03 20 00 80 " BODY, "a negative dot"},
	{SEEN("82 05 01"), "a vector cut short"},
	{SEEN("83 05 00 01"), "a vector with the number 0"},
	{SEEN("86 06 01 00 05 01 00"), "a vector out of order"},
	{SEEN("86 05 01 00 05 02 00"), "an incarnation twice in a vector"},
	{SEEN("9b00ffffffffffffff"), "a vector of all memory"},
	{SEEN("83 05 01 f6"), "a tag that is no number"},
	{HEAD "02 85 " AA "01 00 01", "a write that isn't there"},
	{HEAD "00 85 " AA "01 00 01", "a write not told of"},
	{HEAD "1a00030d41 80", "more writes than may be"},
	{HEAD "01 84 " AA "01 00 01", "items miscounted"},
	{HEAD "01 85 " AA "00 00 01", "a record without a write"},
	{HEAD "01 85 " AA "02 00 01", "a record with too many"},
	{HEAD "01 85 04 4faa0102030405060708090a0b0c0d0e 01 00 01", "a short id"},
	{HEAD "01 85 " AA "01 190100 01", "a field past 255"},
	{HEAD BODY "00", "a byte too many"},
	{HEAD "02 8a " AA "01 00 01 " AA "01 01 01", "a record begun twice in a row"},
	{HEAD "02 87 " AA "02 01 01 00 01", "fields out of order"},
	{HEAD "02 87 " AA "02 01 01 01 01", "a field twice"},
	{HEAD "02 8a 04 50bb0102030405060708090a0b0c0d0e0f 01 00 01 " AA "01 01 01", "records out of order"},
	{HEAD "02 8a 05 50aa0102030405060708090a0b0c0d0e0f 01 00 01 " AA "01 01 01", "types out of order"},
	{HEAD BODY "83 00 80 80", "a write that says nothing of what was before"},
	{HEAD BODY "83 00 83 00 00 00 80", "half a dot before"},
	{HEAD BODY "82 00 82 00 00", "a part missing of what only the store knows"},
	{HEAD BODY "83 f6 82 00 00 80", "a tag missing"},
	{HEAD BODY "83 00 82 00 00 83 01 05 01", "something aside of no write"},
	{HEAD BODY "83 00 82 00 00 83 00 05 00", "nothing aside"},
	{HEAD BODY "83 00 82 00 00 86 00 05 02 00 05 01", "dots aside out of order"},
	{HEAD BODY "83 00 82 00 00 80 00", "a byte too many after it"},
};

static void test_bad_groups(void)
{
	struct arena *a = arena_new();
	uint8_t bytes[256];
	struct group *g;
	is_int(codectest_read_group(a, bytes, unhex(bad_groups[0].bytes, bytes), &g), OK, "the least group is read");
	is_int(codectest_read_group(a, bytes, unhex(bad_groups[1].bytes, bytes), &g), OK, "and with what only the store knows");
	for (size_t i = 2; i < sizeof bad_groups / sizeof *bad_groups; i++)
		is_int(codectest_read_group(a, bytes, unhex(bad_groups[i].bytes, bytes), &g), ERR_CORRUPT, "refused: %s",
		       bad_groups[i].what);
	arena_free(a);
}

/* Values that would read back as something else, or not at all, aren't written. */
static void test_bad_writes(void)
{
	static const struct {
		const char *bytes;
		uint8_t n;
	} bad[] = {
		{"\x01", 1},
		{"\xf6", 1},
		{"\x61"
		 "a",
		 2},
		{"\x81", 1},
		{"\xf5\xf5", 2},
		{"", 0},
		{"\xf7", 1},
		{"\xa0", 1},
		{"\x50"
		 "0123456789abcdef",
		 17},
		{"\x20", 1},
		{"\x58\x01"
		 "a",
		 3},
	};
	struct arena *a = arena_new();
	struct buf b = {0};
	bool refused = true;
	buf_adds(&b, "before");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct rec *r = sample_rec(a);
		rec_put(a, r, 201, codectest_raw(bad[i].bytes, bad[i].n), r->at);
		refused = refused && codec_put_rec(&b, r) == ERR_DATA;
	}
	ok(refused, "raw bytes that aren't one strange value are refused");
	struct rec *r = sample_rec(a);
	rec_put(a, r, 3, value_text("\xff"), r->at);
	is_int(codec_put_rec(&b, r), ERR_DATA, "text that isn't UTF-8 is refused");
	char *long_text = arena_alloc(a, (64 << 10) + 2);
	memset(long_text, 'x', (64 << 10) + 1);
	rec_put(a, r, 3, value_text(long_text), r->at);
	is_int(codec_put_rec(&b, r), ERR_DATA, "text over 64 KiB is refused");
	long_text[64 << 10] = '\0';
	struct rec empty = {.type = 4};
	is_int(codec_put_rec(&b, &empty), ERR_DATA, "a record without a field is refused");
	is_str(b.p, "before", "and nothing of them was written");
	struct group g = sample_group();
	g.nwrites = 200001;
	is_int(codec_put_group(&b, &g), ERR_DATA, "a group of too many writes is refused");
	g = sample_group();
	g.person = "M\xf8ller";
	is_int(codec_put_group(&b, &g), ERR_DATA, "a group that no reader would take is refused");
	buf_free(&b);
	arena_free(a);
}

/* More stamps than one byte can name. */
static void test_many_stamps(void)
{
	enum { SITES = 300 };
	struct arena *a = arena_new();
	struct buf b = {0};
	struct rec r = {.type = TYPE_VOLUNTEER, .id = CODECTEST_ID}, *back;
	const struct vector nothing = {0};
	for (uint64_t i = 1; i <= SITES; i++)
		register_write(a, &r, (int)(i % 3), value_int((int64_t)i), (struct stamp){{i, 1}, 5}, &nothing, &nothing);
	is_int((int)r.nsib, SITES - 3, "three hundred sites write at once");
	ok(codec_put_rec(&b, &r) == OK && codectest_read_rec(a, b.p, b.n, &back) == OK && codectest_same_rec(&r, back),
	   "and the record comes back the same");
	buf_free(&b);
	arena_free(a);
}

/* ---- damage -------------------------------------------------------------------------------------- */

/* Read from memory of exactly n bytes, so that the sanitizer sees a step past its end. What is read must be these bytes
 * again when written. True if it was refused or is canonical. */
static bool is_honest(const uint8_t *bytes, size_t n, bool group)
{
	uint8_t *exact = malloc(n ? n : 1);
	struct arena *a = arena_new();
	struct buf b = {0};
	struct rec *r = NULL;
	struct group *g = NULL;
	memcpy(exact, bytes, n);
	int rc = group ? codectest_read_group(a, exact, n, &g) : codectest_read_rec(a, exact, n, &r);
	bool honest = rc == ERR_CORRUPT && !r && !g;
	if (rc == OK)
		honest = (group ? codec_put_group(&b, g) : codec_put_rec(&b, r)) == OK &&
			 (b.n == n || (group && codec_put_here(&b, g) == OK && b.n == n)) && memcmp(b.p, exact, n) == 0;
	buf_free(&b);
	arena_free(a);
	free(exact);
	return honest;
}

static void test_damage(const char *hex, bool group)
{
	const char *what = group ? "group" : "record";
	uint8_t bytes[512];
	size_t n = unhex(hex, bytes), whole = group ? unhex(GROUP_BYTES, bytes) : n;
	unhex(hex, bytes);
	bool flips = true, cuts = true;
	struct arena *a = arena_new();
	for (size_t bit = 0; bit < 8 * n; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		flips = flips && is_honest(bytes, n, group);
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t cut = 0; cut < n; cut++) {
		struct rec *r;
		struct group *g;
		int rc = group ? codectest_read_group(a, bytes, cut, &g) : codectest_read_rec(a, bytes, cut, &r);
		cuts = cuts && is_honest(bytes, cut, group) && (rc == ERR_CORRUPT || cut == whole);
	}
	ok(flips, "a %s with any bit flipped is refused, or is another %s in its one form", what, what);
	ok(cuts, "a %s cut anywhere is refused", what);
	arena_free(a);
}

/* Pure noise hardly passes the first byte; so most of a true record stays. */
static void test_noise(uint64_t seed)
{
	struct prng p = {seed};
	bool honest = true;
	for (int i = 0; i < 40000 && honest; i++) {
		uint8_t bytes[512];
		bool group = prng_below(&p, 2);
		size_t n = unhex(group ? GROUP_BYTES : REC_BYTES, bytes);
		if (i % 4 == 0) {
			n = prng_below(&p, 200);
			for (size_t k = 0; k < n; k++)
				bytes[k] = (uint8_t)prng_next(&p);
		} else
			for (uint64_t k = prng_below(&p, 4); k > 0; k--)
				bytes[prng_below(&p, n)] = (uint8_t)prng_next(&p);
		honest = is_honest(bytes, n, group);
	}
	ok(honest, "noise is refused, or is something in its one form (seed %ju)", (uintmax_t)seed);
}

int main(void)
{
	test_rec_bytes();
	test_siblings_bytes();
	test_many_stamps();
	test_group_bytes();
	test_bad_recs();
	test_bad_groups();
	test_bad_writes();
	test_damage(REC_BYTES, false);
	test_damage(SIBLINGS_BYTES, false);
	test_damage(GROUP_BYTES, true);
	test_damage(GROUP_BYTES " " HERE_BYTES, true);
	test_noise(13);
	return done_testing();
}
