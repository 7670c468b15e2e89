/* tests/t_kind.c - what each kind of field accepts, refuses, prints and how it is ordered, in Danish and English. */
#include "store/rec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tests/tap.h"

/* A made field of each kind, so that the facts don't change with the table. Choices are those of a volunteer's status.
 */
static const struct field FIELDS[] = {
	[KIND_TEXT] = {1, "text", KIND_TEXT, 0, 0, 20, "Text", ""},
	[KIND_LONGTEXT] = {1, "longtext", KIND_LONGTEXT, 0, 0, 40, "Long text", ""},
	[KIND_BOOL] = {1, "bool", KIND_BOOL, 0, 0, 0, "Bool", ""},
	[KIND_INT] = {1, "int", KIND_INT, 0, 0, 99, "Int", ""},
	[KIND_DATE] = {1, "date", KIND_DATE, DATE_NEAR, 0, 0, "Date", ""},
	[KIND_DATETIME] = {1, "datetime", KIND_DATETIME, 0, 0, 0, "Datetime", ""},
	[KIND_DURATION] = {1, "duration", KIND_DURATION, 0, 0, 2880, "Duration", ""},
	[KIND_TIME] = {1, "time", KIND_TIME, 0, 0, 1440, "Time", ""},
	[KIND_WEEKDAYS] = {1, "weekdays", KIND_WEEKDAYS, 0, 0, 127, "Weekdays", ""},
	[KIND_CHOICE] = {1, "choice", KIND_CHOICE, SET_VOLUNTEER_STATUS, 0, 0, "Choice", ""},
	[KIND_PHONE] = {1, "phone", KIND_PHONE, 0, 0, 20, "Phone", ""},
	[KIND_EMAIL] = {1, "email", KIND_EMAIL, 0, 0, 40, "E-mail", ""},
	[KIND_POSTCODE] = {1, "postcode", KIND_POSTCODE, 0, 0, 4, "Postal code", ""},
	[KIND_CVR] = {1, "cvr", KIND_CVR, 0, 0, 8, "CVR number", ""},
	[KIND_REF] = {1, "ref", KIND_REF, TYPE_UNIT, 0, 0, "Ref", ""},
};
enum { KINDS = sizeof FIELDS / sizeof *FIELDS };

#define UUID "01234567-89ab-8def-8123-456789abcdef"

static civil_date today(void)
{
	return civil_from_ymd(2025, 12, 1);
}

/* What is typed, and how that is printed PLAIN; NULL: refused. The same in both languages. */
static const struct {
	int kind;
	const char *typed, *plain;
} BOTH[] = {
	{KIND_TEXT, "  Anna  Holm ", "Anna  Holm"},
	{KIND_TEXT, "A\nB\tC", "A B C"},
	{KIND_TEXT,
	 "A\xcc\x8a"
	 "gard",
	 "Ågard"},
	{KIND_TEXT, "12345678901234567890", "12345678901234567890"},
	{KIND_TEXT, "123456789012345678901", NULL},
	{KIND_TEXT, "ååååååååååå", NULL},
	{KIND_TEXT, "bad \xff", NULL},
	{KIND_LONGTEXT, "one\ntwo\tthree", "one\ntwo\tthree"},
	{KIND_BOOL, "ja", "1"},
	{KIND_BOOL, "NEJ", "0"},
	{KIND_BOOL, "x", "1"},
	{KIND_BOOL, "1", "1"},
	{KIND_BOOL, "0", "0"},
	{KIND_BOOL, "yes", "1"},
	{KIND_BOOL, "No", "0"},
	{KIND_BOOL, "J", "1"},
	{KIND_BOOL, "måske", NULL},
	{KIND_BOOL, "2", NULL},
	{KIND_BOOL, "?", NULL},
	{KIND_INT, "0", "0"},
	{KIND_INT, " 7 ", "7"},
	{KIND_INT, "099", "99"},
	{KIND_INT, "100", NULL},
	{KIND_INT, "-1", NULL},
	{KIND_INT, "1.5", NULL},
	{KIND_INT, "to", NULL},
	{KIND_INT, "99999999999999999999", NULL},
	{KIND_INT, "1 0", NULL},
	{KIND_DATE, "3/12", "2025-12-03"},
	{KIND_DATE, "3.12.25", "2025-12-03"},
	{KIND_DATE, "2025-12-03", "2025-12-03"},
	{KIND_DATE, "i morgen", "2025-12-02"},
	{KIND_DATE, "31/2", NULL},
	{KIND_DATE, "snart", NULL},
	{KIND_DATETIME, "3/12 8.30", "2025-12-03T08:30"},
	{KIND_DATETIME, "2025-12-03T08:30", "2025-12-03T08:30"},
	{KIND_DATETIME, "i morgen 14", "2025-12-02T14:00"},
	{KIND_DATETIME, "3/12", NULL},
	{KIND_DATETIME, "3/12 25", NULL},
	{KIND_DURATION, "1.30", "1:30"},
	{KIND_DURATION, "2", "2:00"},
	{KIND_DURATION, "90", "1:30"},
	{KIND_DURATION, "10 min", "0:10"},
	{KIND_DURATION, "48:00", "48:00"},
	{KIND_DURATION, "49:00", NULL},
	{KIND_TIME, "8", "08:00"},
	{KIND_TIME, "kl. 8.30", "08:30"},
	{KIND_TIME, "24", "24:00"},
	{KIND_TIME, "25", NULL},
	{KIND_TIME, "8-11", NULL},
	{KIND_WEEKDAYS, "man ons fre", "mon wed fri"},
	{KIND_WEEKDAYS, "Fre, MAN og onsdage", "mon wed fri"},
	{KIND_WEEKDAYS, "ma ti on to fr lø sø", "mon tue wed thu fri sat sun"},
	{KIND_WEEKDAYS, "hverdage", "mon tue wed thu fri"},
	{KIND_WEEKDAYS, "man-tor", "mon tue wed thu"},
	{KIND_WEEKDAYS, "fre – man", "mon fri sat sun"},
	{KIND_WEEKDAYS, "mandag til onsdag, lør", "mon tue wed sat"},
	{KIND_WEEKDAYS, "weekend", "sat sun"},
	{KIND_WEEKDAYS, "every day", "mon tue wed thu fri sat sun"},
	{KIND_WEEKDAYS, "hver onsdag", "wed"},
	{KIND_WEEKDAYS, "Tuesdays and thursdays", "tue thu"},
	{KIND_WEEKDAYS, "m", NULL},
	{KIND_WEEKDAYS, "man snart", NULL},
	{KIND_WEEKDAYS, "man-", NULL},
	{KIND_WEEKDAYS, "-", NULL},
	{KIND_WEEKDAYS, "hver", NULL},
	{KIND_WEEKDAYS, "hverdage-fre", NULL},
	{KIND_WEEKDAYS, "8", NULL},
	{KIND_CHOICE, "active", "active"},
	{KIND_CHOICE, "ACT", "active"},
	{KIND_CHOICE, "pause", "pause"},
	{KIND_CHOICE, "en", "ended"},
	{KIND_CHOICE, "xyz", NULL},
	{KIND_CHOICE, "-", NULL},
	{KIND_PHONE, "20838797", "20838797"},
	{KIND_PHONE, "2083-8797", "20838797"},
	{KIND_PHONE, "20 83 87 97", "20838797"},
	{KIND_PHONE, "+45 20 83 87 97", "20838797"},
	{KIND_PHONE, "0045 20838797", "20838797"},
	{KIND_PHONE, "(+45) 2083 8797", "20838797"},
	{KIND_PHONE, "+46 70 123 45 67", "+46701234567"},
	{KIND_PHONE, "0046 701234567", "+46701234567"},
	{KIND_PHONE, "2083879", NULL},
	{KIND_PHONE, "208387971", NULL},
	{KIND_PHONE, "ring i morgen", NULL},
	{KIND_PHONE, "+46", NULL},
	{KIND_PHONE, "+4670123456789012345", NULL},
	{KIND_PHONE, "20838797 lok. 2", NULL},
	{KIND_PHONE, "-", NULL},
	{KIND_PHONE, "08387971", NULL},
	{KIND_EMAIL, "anna.holm@example.dk", "anna.holm@example.dk"},
	{KIND_EMAIL, " Anna@Example.DK ", "Anna@example.dk"},
	{KIND_EMAIL, "anna", NULL},
	{KIND_EMAIL, "anna@", NULL},
	{KIND_EMAIL, "@example.dk", NULL},
	{KIND_EMAIL, "a@b", NULL},
	{KIND_EMAIL, "a b@c.dk", NULL},
	{KIND_EMAIL, "a@b@c.dk", NULL},
	{KIND_EMAIL, "a@b..dk", NULL},
	{KIND_EMAIL, "a@b.dk.", NULL},
	{KIND_EMAIL, "<a@b.dk>", NULL},
	{KIND_EMAIL, ".a@b.dk", NULL},
	{KIND_EMAIL, "a.@b.dk", NULL},
	{KIND_EMAIL, "a@.dk", NULL},
	{KIND_EMAIL, "a@b.dk, c@d.dk", NULL},
	{KIND_POSTCODE, "8800", "8800"},
	{KIND_POSTCODE, "DK-8800", "8800"},
	{KIND_POSTCODE, "0999", "0999"},
	{KIND_POSTCODE, "880", NULL},
	{KIND_POSTCODE, "88000", NULL},
	{KIND_POSTCODE, "8800 Viborg", NULL},
	{KIND_CVR, "28 26 00 11", "28260011"},
	{KIND_CVR, "DK28260011", "28260011"},
	{KIND_CVR, "2826001", NULL},
	{KIND_CVR, "2826001X", NULL},
	{KIND_REF, UUID, UUID},
	{KIND_REF, "0123456789AB8DEF8123456789abcdef", UUID},
	{KIND_REF, "0123", NULL},
	{KIND_REF, "Forhal, Viborg", NULL},
	{KIND_REF, "00000000-0000-0000-0000-000000000000", NULL},
};

static void test_both(const char *lang)
{
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof BOTH / sizeof *BOTH; i++) {
		const struct field *f = &FIELDS[BOTH[i].kind];
		struct value v;
		struct err e = {0};
		int rc = kind_parse(a, f, BOTH[i].typed, today(), &v, &e);
		if (BOTH[i].plain)
			is_str(rc == OK ? kind_format(a, f, v, KIND_PLAIN) : e.text, BOTH[i].plain, "%s: %s '%s'", lang,
			       f->name, BOTH[i].typed);
		else
			ok(rc == ERR_DATA && v.tag == V_NONE && strncmp(e.text, _(f->label), strlen(_(f->label))) == 0,
			   "%s: %s refuses '%s' and says in which field", lang, f->name, BOTH[i].typed);
	}
	for (int kind = 0; kind < KINDS; kind++) {
		struct value v = value_int(1);
		ok(kind_parse(a, &FIELDS[kind], " \t", today(), &v, NULL) == OK && v.tag == V_NONE,
		   "%s: nothing is no %s", lang, FIELDS[kind].name);
	}
	arena_free(a);
}

/* What people see. */
static const struct {
	int kind;
	const char *plain, *danish, *english;
} SEEN[] = {
	{KIND_TEXT, "Anna", "Anna", "Anna"},
	{KIND_BOOL, "1", "ja", "yes"},
	{KIND_BOOL, "0", "nej", "no"},
	{KIND_INT, "12", "12", "12"},
	{KIND_DATE, "2025-12-03", "3/12 2025", "3/12 2025"},
	{KIND_DATETIME, "2025-12-03T08:00", "ons 3/12 2025 08:00", "Wed 3/12 2025 08:00"},
	{KIND_DURATION, "1:30", "1:30", "1:30"},
	{KIND_TIME, "8.30", "08:30", "08:30"},
	{KIND_WEEKDAYS, "wed fri", "ons fre", "Wed Fri"},
	{KIND_WEEKDAYS, "mon-fri", "hverdage", "weekdays"},
	{KIND_WEEKDAYS, "sat sun", "weekend", "weekend"},
	{KIND_WEEKDAYS, "mon-sun", "alle dage", "every day"},
	{KIND_CHOICE, "applicant", "ansøger", "applicant"},
	{KIND_PHONE, "20838797", "20 83 87 97", "20 83 87 97"},
	{KIND_PHONE, "+46701234567", "+46701234567", "+46701234567"},
	{KIND_EMAIL, "a@b.dk", "a@b.dk", "a@b.dk"},
	{KIND_POSTCODE, "8800", "8800", "8800"},
	{KIND_CVR, "28260011", "28260011", "28260011"},
	{KIND_REF, UUID, UUID, UUID},
};

static void test_seen(bool danish)
{
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof SEEN / sizeof *SEEN; i++) {
		const struct field *f = &FIELDS[SEEN[i].kind];
		struct value v;
		kind_parse(a, f, SEEN[i].plain, today(), &v, NULL);
		is_str(kind_format(a, f, v, KIND_HUMAN), danish ? SEEN[i].danish : SEEN[i].english,
		       "%s as people see it, %s", f->name, danish ? "Danish" : "English");
	}
	for (int kind = 0; kind < KINDS; kind++)
		is_str(kind_format(a, &FIELDS[kind], value_none(), KIND_HUMAN), "", "no %s shows nothing",
		       FIELDS[kind].name);
	arena_free(a);
}

static void test_danish_words(void)
{
	static const struct {
		const char *typed;
		int no;
	} cases[] = {
		{"aktiv", VOLUNTEER_ACTIVE},  {"Ansøger", VOLUNTEER_APPLICANT}, {"ansoger", VOLUNTEER_APPLICANT},
		{"ans", VOLUNTEER_APPLICANT}, {"stoppet", VOLUNTEER_ENDED},     {"active", VOLUNTEER_ACTIVE},
	};
	struct arena *a = arena_new();
	struct value v;
	struct err e;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ok(kind_parse(a, &FIELDS[KIND_CHOICE], cases[i].typed, today(), &v, &e) == OK && v.i == cases[i].no,
		   "'%s' is understood", cases[i].typed);
	arena_free(a);
}

static void test_choices(void)
{
	struct arena *a = arena_new();
	struct value v;
	struct err e;
	is_int(kind_parse(a, &FIELDS[KIND_CHOICE], "a", today(), &v, &e), ERR_AMBIGUOUS,
	       "a start of two choices is not enough");
	ok(strstr(e.text, "applicant, active") && !strstr(e.text, "pause"), "and both are named");
	is_int(kind_parse(a, &FIELDS[KIND_CHOICE], "retired", today(), &v, &e), ERR_DATA, "a word that is none");
	ok(strstr(e.text, "applicant, active, pause, ended") != NULL, "all are named");
	is_int(kind_check(&FIELDS[KIND_CHOICE], value_int(9), &e), ERR_DATA, "a number that is none");
	is_str(kind_format(a, &FIELDS[KIND_CHOICE], value_int(9), KIND_HUMAN), "9", "is shown as it is");
	arena_free(a);
}

static void test_cpr(void)
{
	static const char *const numbers[] = {"010190-1234", "0101901234", "010190 1234", "her er 311299-4321.",
					      "610190-1234"};
	struct arena *a = arena_new();
	for (int kind = 0; kind < KINDS; kind++) {
		bool refused = true, told = true, unsaid = true;
		for (size_t i = 0; i < sizeof numbers / sizeof *numbers && kind != KIND_REF; i++) {
			struct value v;
			struct err e;
			refused = refused && kind_parse(a, &FIELDS[kind], numbers[i], today(), &v, &e) == ERR_DATA &&
				  v.tag == V_NONE;
			told = told && strstr(e.text, "CPR");
			unsaid = unsaid && !strstr(e.text, "1234") && !strstr(e.text, "4321");
		}
		ok(refused && told && unsaid, "%s takes no CPR number, says so, and doesn't repeat it",
		   FIELDS[kind].name);
	}
	static const int texts[] = {KIND_TEXT, KIND_LONGTEXT, KIND_PHONE, KIND_EMAIL, KIND_POSTCODE, KIND_CVR};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		is_int(kind_check(&FIELDS[texts[i]], value_text("010190-1234"), NULL), ERR_DATA,
		       "nor does %s at the one door", FIELDS[texts[i]].name);
	is_int(kind_check(&FIELDS[KIND_EMAIL], value_text("010190-1234@example.dk"), NULL), ERR_DATA,
	       "nor inside an address");
	struct value v;
	is_int(kind_parse(a, &FIELDS[KIND_REF], "ab010190-1234-8def-8123-456789abcdef", today(), &v, NULL), OK,
	       "but the digits of an id only look like one");
	arena_free(a);
}

static void test_bad_texts(void)
{
	static const struct {
		int kind;
		const char *text;
		const char *why;
	} bad[] = {
		{KIND_TEXT, "", "empty text"},
		{KIND_TEXT, " a", "a blank in front"},
		{KIND_TEXT, "a\nb", "two lines"},
		{KIND_TEXT, "A\xcc\x8a", "text that isn't NFC"},
		{KIND_TEXT, "\xff", "no UTF-8"},
		{KIND_TEXT, "a\x1b[m", "an escape"},
		{KIND_TEXT,
		 "a\xe2\x80\xae"
		 "b",
		 "a turn of direction"},
		{KIND_PHONE, "20 83 87 97", "blanks in a phone number"},
		{KIND_EMAIL, "a b", "no address"},
		{KIND_POSTCODE, "88", "half a code"},
		{KIND_CVR, "1", "no CVR number"},
		{KIND_LONGTEXT, "1234567890123456789012345678901234567890x", "too much"},
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		is_int(kind_check(&FIELDS[bad[i].kind], value_text(bad[i].text), NULL), ERR_DATA, "not allowed: %s",
		       bad[i].why);
}

/* What another version or a broken disk brings is shown, though nobody may write it. */
static void test_outside(void)
{
	static const struct {
		int kind;
		int64_t i;
	} outside[] = {
		{KIND_BOOL, 2},
		{KIND_INT, -1},
		{KIND_INT, 100},
		{KIND_DATE, INT64_MAX},
		{KIND_DATE, -30000},
		{KIND_DATETIME, INT64_MIN},
		{KIND_DATETIME, INT64_MAX},
		{KIND_DURATION, -1},
		{KIND_DURATION, 2881},
		{KIND_TIME, -1},
		{KIND_TIME, 1441},
		{KIND_WEEKDAYS, 0},
		{KIND_WEEKDAYS, 128},
		{KIND_CHOICE, 0},
		{KIND_CHOICE, INT64_MAX},
	};
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
		const struct field *f = &FIELDS[outside[i].kind];
		is_int(kind_check(f, value_int(outside[i].i), NULL), ERR_DATA, "not allowed: %s %jd", f->name,
		       (intmax_t)outside[i].i);
		ok(*kind_format(a, f, value_int(outside[i].i), KIND_HUMAN), "but it can be shown");
	}
	arena_free(a);
}

static void test_other_kinds(void)
{
	struct arena *a = arena_new();
	bool kinds = true, none = true;
	for (int kind = 0; kind < KINDS; kind++) {
		struct value raw = {.tag = V_RAW, .text = {"\x80", 1}};
		kinds = kinds && kind_check(&FIELDS[kind], raw, NULL) == ERR_DATA &&
			*kind_format(a, &FIELDS[kind], raw, KIND_HUMAN);
		none = none && kind_check(&FIELDS[kind], value_none(), NULL) == OK;
		kinds = kinds && (kind_check(&FIELDS[kind], value_text("x"), NULL) == OK) ==
					 (kind == KIND_TEXT || kind == KIND_LONGTEXT);
	}
	ok(kinds, "a value of another kind isn't allowed anywhere");
	ok(none, "empty is allowed everywhere");
	is_int(kind_check(&FIELDS[KIND_REF], value_id(ID_NONE), NULL), ERR_DATA, "a reference points at something");
	arena_free(a);
}

static struct value random_value(struct arena *a, struct prng *r, int kind)
{
	static const char *const letters[] = {"a", "Å", "é", " ", "-", "7", "€", ".", "\n"};
	char *s = arena_alloc(a, 64), *to = s;
	switch (kind) {
	case KIND_BOOL:
		return value_int((int64_t)prng_below(r, 2));
	case KIND_INT:
		return value_int((int64_t)prng_below(r, 100));
	case KIND_DATE:
		return value_int(civil_from_ymd(1900, 1, 1) + (int64_t)prng_below(r, 109000));
	case KIND_DATETIME:
		return value_int((civil_from_ymd(1900, 1, 1) + (int64_t)prng_below(r, 109000)) * 1440 +
				 (int64_t)prng_below(r, 1440));
	case KIND_DURATION:
		return value_int((int64_t)prng_below(r, 2881));
	case KIND_TIME:
		return value_int((int64_t)prng_below(r, 1441));
	case KIND_WEEKDAYS:
		return value_int(1 + (int64_t)prng_below(r, 127));
	case KIND_CHOICE:
		return value_int(1 + (int64_t)prng_below(r, 4));
	case KIND_PHONE:
		if (prng_below(r, 2))
			return value_text(arena_printf(a, "+%ju", (uintmax_t)(40000000 + prng_below(r, 4000000000))));
		return value_text(arena_printf(a, "%08ju", (uintmax_t)prng_below(r, 100000000)));
	case KIND_EMAIL:
		return value_text(
			arena_printf(a, "a%ju.B@c%ju.dk", (uintmax_t)prng_below(r, 9999), (uintmax_t)prng_below(r, 9)));
	case KIND_POSTCODE:
		return value_text(arena_printf(a, "%04ju", (uintmax_t)prng_below(r, 10000)));
	case KIND_CVR:
		return value_text(arena_printf(a, "%08ju", (uintmax_t)prng_below(r, 100000000)));
	case KIND_REF:
		return value_id(id_make(prng_next(r) >> 4, prng_next(r) >> 3));
	default:
		for (uint64_t n = 1 + prng_below(r, 15); n > 0; n--) {
			const char *letter = letters[prng_below(r, 9)];
			memcpy(to, letter, strlen(letter));
			to += strlen(letter);
		}
		return value_text(s);
	}
}

/* Whatever is allowed is printed so that it can be read again. */
static void test_round_trip(const char *lang, uint64_t seed)
{
	struct prng r = {seed};
	for (int kind = 0; kind < KINDS; kind++) {
		int tried = 0;
		bool same = true;
		for (int i = 0; i < 1500 && same; i++) {
			struct arena *a = arena_new();
			struct value v = random_value(a, &r, kind), back;
			struct err e = {0};
			if (kind_check(&FIELDS[kind], v, NULL) == OK) {
				char *plain = kind_format(a, &FIELDS[kind], v, KIND_PLAIN);
				same = kind_parse(a, &FIELDS[kind], plain, today(), &back, &e) == OK &&
				       value_equal(v, back);
				if (!same)
					diag("'%s': %s", plain, e.text);
				tried++;
			}
			arena_free(a);
		}
		ok(same && tried > 200, "%s: every %s is read as it was printed (seed %ju)", lang, FIELDS[kind].name,
		   (uintmax_t)seed);
	}
}

static void test_order(void)
{
	const struct field *text = &FIELDS[KIND_TEXT], *choice = &FIELDS[KIND_CHOICE], *ref = &FIELDS[KIND_REF];
	struct value none = value_none();
	ok(value_compare(text, value_text("Ærø"), value_text("Ålborg")) < 0, "texts in Danish order");
	ok(value_compare(text, value_text("Zoe"), value_text("ærlig")) < 0, "whatever their case");
	ok(value_compare(text, none, value_text("å")) > 0 && value_compare(text, value_text("å"), none) < 0,
	   "empty last");
	is_int(value_compare(text, none, none), 0, "empty is empty");
	ok(value_compare(&FIELDS[KIND_INT], value_int(9), value_int(10)) < 0, "numbers as numbers");
	ok(value_compare(choice, value_int(VOLUNTEER_ACTIVE), value_int(VOLUNTEER_PAUSE)) < 0,
	   "choices as in the table");
	ok(value_compare(choice, value_int(99), value_int(VOLUNTEER_ENDED)) > 0, "one of a newer version after them");
	ok(value_compare(ref, value_id(id_make(1, 1)), value_id(id_make(1, 2))) < 0, "references by age");
}

static void test_born(void)
{
	struct arena *a = arena_new();
	const struct field *born = schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_BORN);
	struct value v;
	kind_parse(a, born, "25.4.69", today(), &v, NULL);
	is_str(kind_format(a, born, v, KIND_PLAIN), "1969-04-25", "a date of birth lies in the past");
	kind_parse(a, born, "24/12-25", today(), &v, NULL);
	is_str(kind_format(a, born, v, KIND_PLAIN), "1925-12-24", "also when this year's isn't yet");
	kind_parse(a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_PAUSE_UNTIL), "24/12-25", today(), &v, NULL);
	is_str(kind_format(a, born, v, KIND_PLAIN), "2025-12-24", "as no other date does");
	arena_free(a);
}

int main(void)
{
	const char *build = getenv("top_builddir");
	lang_init("en", build);
	test_both("en");
	test_seen(false);
	test_choices();
	test_cpr();
	test_bad_texts();
	test_outside();
	test_other_kinds();
	test_round_trip("en", 21);
	test_order();
	test_born();
	lang_set("da");
	if (strcmp(_("yes"), "ja") != 0 || strcmp(civil_weekday_name(3, true), "ons") != 0) {
		skip(1, "the Danish catalogue isn't built");
		return done_testing();
	}
	test_both("da");
	test_seen(true);
	test_danish_words();
	test_round_trip("da", 22);
	return done_testing();
}
