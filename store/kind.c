/* store/kind.c - see rec.h. Owns what each kind of field accepts from people, allows in the store, prints and how it is
 * ordered: one row a kind in the table at the end. Must not know any single type of record, nor the disk.
 *
 * The sentences below don't name the field: kind_parse() and kind_check() put its label in front of them. */
#include "store/rec.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/weekdays.h"
#include "base/when.h"

enum {
	PHONE_DANISH = 8,
	PHONE_FOREIGN_LEAST = 7,
	PHONE_FOREIGN_MOST = 15, /* with the country's; ITU-T E.164 has at most 15 */
	EMAIL_LOCAL_MOST = 64,   /* RFC 5321 § 4.5.3.1.1 */
	POSTCODE_DIGITS = 4,
	CVR_DIGITS = 8,
	INT_DIGITS_MOST = 9,
};

/* What was typed, cleaned, and in which field. */
struct typed {
	struct arena *a;
	const struct field *f;
	const char *s;
	civil_date today;
};

/* A value to be shown. */
struct shown {
	struct arena *a;
	const struct field *f;
	struct value v;
	enum kind_style style;
};

static bool all_digits(const char *s, size_t n)
{
	return strspn(s, "0123456789") == n && s[n] == '\0';
}

/* ---- text ---------------------------------------------------------------------------------------- */

static int refuse_cpr(struct err *e)
{
	return err_set(e, ERR_DATA,
		       _("this looks like a CPR number, and samvagt never keeps one; take it out "
			 "(a foreign phone number is written with + in front)"));
}

/* Printable ASCII without blanks at its ends is clean already. */
static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~')
			return false;
	return n == 0 || (s[0] != ' ' && s[n - 1] != ' ');
}

static bool is_clean(const struct field *f, const char *s, size_t n)
{
	if (is_plain(s, n))
		return true;
	if (!text_valid(s, n) || (f->kind != KIND_LONGTEXT && strpbrk(s, "\n\t")))
		return false;
	struct arena *a = arena_new();
	bool same = strcmp(text_clean(a, s, n), s) == 0;
	arena_free(a);
	return same;
}

static int check_text(const struct field *f, struct value v, struct err *e)
{
	if (v.text.n == 0 || memchr(v.text.s, '\0', v.text.n) || !is_clean(f, v.text.s, v.text.n))
		return err_set(e, ERR_DATA, _("the text is empty or holds something that can't be shown"));
	if (text_find_cpr(v.text.s))
		return refuse_cpr(e);
	if (f->max && v.text.n > f->max)
		return err_set(e, ERR_DATA, _("too long by %u characters (letters like æ, ø and å count as two)"),
			       v.text.n - f->max);
	return OK;
}

static const char *tidy_line(const struct typed *t)
{
	char *text = arena_strdup(t->a, t->s);
	for (char *p = text; (p = strpbrk(p, "\n\t")) != NULL;)
		*p = ' ';
	return text;
}

static const char *tidy_nothing(const struct typed *t)
{
	return t->s;
}

static char *format_text(const struct shown *t)
{
	return arena_strndup(t->a, t->v.text.s, t->v.text.n);
}

/* ---- phone, e-mail, postal code, CVR --------------------------------------------------------------- */

/* Anything but digits and what is put between them stays, for the check to find. */
static const char *tidy_phone(const struct typed *t)
{
	if (strspn(t->s, "0123456789+-./() \u00a0–") != strlen(t->s))
		return t->s;
	const char *digits = text_phone_digits(t->a, t->s);
	bool foreign = strncmp(digits, "00", 2) == 0;
	return foreign ? arena_printf(t->a, "+%s", digits + 2) : digits;
}

static int check_phone(const struct field *f, struct value v, struct err *e)
{
	bool foreign = v.text.s[0] == '+';
	const char *digits = v.text.s + foreign;
	size_t n = strlen(digits);
	(void)f;
	if (!all_digits(digits, n))
		return err_set(e, ERR_DATA, _("a phone number has only digits, and perhaps + in front"));
	if (foreign && (n < PHONE_FOREIGN_LEAST || n > PHONE_FOREIGN_MOST))
		return err_set(e, ERR_DATA, _("a foreign number has 7 to 15 digits with its country; this has %zu"), n);
	if (foreign ? strncmp(digits, "45", 2) == 0 : n != PHONE_DANISH)
		return err_set(e, ERR_DATA,
			       _("a Danish number has 8 digits; this has %zu (a foreign one begins with +)"), n);
	if (*digits == '0')
		return err_set(e, ERR_DATA, _("a phone number doesn't begin with 0 (a foreign one begins with +)"));
	return OK;
}

static char *format_phone(const struct shown *t)
{
	const char *s = t->v.text.s;
	if (t->style == KIND_PLAIN || t->v.text.n != PHONE_DANISH || !all_digits(s, PHONE_DANISH))
		return format_text(t);
	return arena_printf(t->a, "%.2s %.2s %.2s %.2s", s, s + 2, s + 4, s + 6);
}

/* The place's name is the same in any case (RFC 1035 § 2.3.3), so it is kept in one. */
static const char *tidy_email(const struct typed *t)
{
	char *text = arena_strdup(t->a, t->s);
	for (char *p = strchr(text, '@'); p && *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return text;
}

/* Something@place.tld; whether the mailbox exists only a letter can tell. */
static int check_email(const struct field *f, struct value v, struct err *e)
{
	const char *s = v.text.s, *at = strchr(s, '@'), *dot = at ? strrchr(at, '.') : NULL;
	(void)f;
	bool placed = dot && dot > at + 1 && dot[1] && at[1] != '.' && !strchr(at + 1, '@');
	bool named = at && at > s && at - s <= EMAIL_LOCAL_MOST && s[0] != '.' && at[-1] != '.';
	if (!placed || !named || strstr(s, "..") || strpbrk(s, " \n\t,;:<>()[]\\\""))
		return err_set(e, ERR_DATA, _("an e-mail address looks like name@place.dk"));
	return OK;
}

/* Digits that may be typed with blanks between them and the country in front ("DK-8800", "28 26 00 11"). */
static const char *tidy_digits(const struct typed *t)
{
	const char *s = t->s + (strncasecmp(t->s, "DK", 2) == 0 ? 2 : 0);
	char *text = arena_alloc(t->a, strlen(s) + 1), *to = text;
	for (; *s; s++)
		if (*s != ' ' && *s != '-')
			*to++ = *s;
	return text;
}

static int check_postcode(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return all_digits(v.text.s, POSTCODE_DIGITS)
		       ? OK
		       : err_set(e, ERR_DATA, _("a postal code has four digits, e.g. 8800"));
}

static int check_cvr(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return all_digits(v.text.s, CVR_DIGITS) ? OK : err_set(e, ERR_DATA, _("a CVR number has eight digits"));
}

/* ---- yes and no, numbers ------------------------------------------------------------------------- */

static int parse_bool(const struct typed *t, int64_t *out, struct err *e)
{
	static const char *const words[2][8] = {
		{"0", "nej", "n", "no", "false", "falsk"},
		{"1", "ja", "j", "yes", "y", "x", "true", "sand"},
	};
	const char *want = text_fold(t->a, t->s);
	for (int yes = 0; yes < 2; yes++)
		for (int i = 0; i < 8 && words[yes][i]; i++)
			if (strcmp(words[yes][i], want) == 0) {
				*out = yes;
				return OK;
			}
	return err_set(e, ERR_DATA, _("write yes or no"));
}

static int check_bool(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return v.i == 0 || v.i == 1 ? OK : err_set(e, ERR_DATA, _("write yes or no"));
}

static char *format_bool(const struct shown *t)
{
	if (t->style == KIND_PLAIN)
		return arena_strdup(t->a, t->v.i ? "1" : "0");
	return arena_strdup(t->a, t->v.i ? _("yes") : _("no"));
}

static int refuse_int(const struct field *f, struct err *e)
{
	return err_set(e, ERR_DATA, _("write a whole number from 0 to %u"), f->max);
}

static int parse_int(const struct typed *t, int64_t *out, struct err *e)
{
	size_t n = strlen(t->s);
	if (n > INT_DIGITS_MOST || !all_digits(t->s, n))
		return refuse_int(t->f, e);
	*out = 0;
	for (const char *p = t->s; *p; p++)
		*out = *out * 10 + (*p - '0');
	return OK;
}

static int check_int(const struct field *f, struct value v, struct err *e)
{
	return v.i >= 0 && v.i <= f->max ? OK : refuse_int(f, e);
}

static char *format_int(const struct shown *t)
{
	return arena_printf(t->a, "%" PRId64, t->v.i);
}

/* ---- dates, times, durations --------------------------------------------------------------------- */

/* The day of a minute that may lie outside what civil_date holds. */
static int64_t day_of(int64_t minute)
{
	return minute / DAY_MINUTES - (minute % DAY_MINUTES < 0);
}

static int refuse_day(struct err *e)
{
	return err_set(e, ERR_DATA, _("the year must be from %d to %d"), CIVIL_FIRST_YEAR, CIVIL_LAST_YEAR);
}

static int parse_date(const struct typed *t, int64_t *out, struct err *e)
{
	civil_date day = 0;
	int rc = when_parse_date(t->s, t->today, t->f->arg == DATE_PAST ? WHEN_PAST : WHEN_NEAR, &day, e);
	*out = day;
	return rc;
}

static int check_date(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return civil_in_range(v.i) ? OK : refuse_day(e);
}

static char *format_date(const struct shown *t)
{
	char text[64];
	if (!civil_in_range(t->v.i))
		return format_int(t);
	civil_format_date(text, sizeof text, (civil_date)t->v.i, t->style == KIND_PLAIN ? CIVIL_ISO : CIVIL_SHORT);
	return arena_strdup(t->a, text);
}

static int parse_datetime(const struct typed *t, int64_t *out, struct err *e)
{
	return when_parse_datetime(t->s, t->today, out, e);
}

static int check_datetime(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return civil_in_range(day_of(v.i)) ? OK : refuse_day(e);
}

static char *format_datetime(const struct shown *t)
{
	char day[64], minute[16];
	if (!civil_in_range(day_of(t->v.i)))
		return format_int(t);
	if (t->style == KIND_PLAIN)
		return arena_strdup(t->a, civil_format_iso(day, sizeof day, t->v.i));
	civil_format_date(day, sizeof day, cmin_date(t->v.i), CIVIL_DAY_YEAR);
	return arena_printf(t->a, "%s %s", day, civil_format_time(minute, sizeof minute, cmin_minute(t->v.i)));
}

static int parse_duration(const struct typed *t, int64_t *out, struct err *e)
{
	int minutes = 0;
	int rc = when_parse_duration(t->s, &minutes, e);
	*out = minutes;
	return rc;
}

static int check_duration(const struct field *f, struct value v, struct err *e)
{
	return v.i >= 0 && v.i <= f->max ? OK : err_set(e, ERR_DATA, _("at most %u hours"), f->max / 60);
}

/* With a colon, as a bare number may mean hours. */
static char *format_duration(const struct shown *t)
{
	if (t->v.i < 0)
		return format_int(t);
	return arena_printf(t->a, "%" PRId64 ":%02d", t->v.i / 60, (int)(t->v.i % 60));
}

static int parse_time(const struct typed *t, int64_t *out, struct err *e)
{
	int minute = 0;
	int rc = when_parse_time(t->s, &minute, e);
	*out = minute;
	return rc;
}

static int check_time(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return v.i >= 0 && v.i <= DAY_MINUTES ? OK : err_set(e, ERR_DATA, _("a time of day is from 00:00 to 24:00"));
}

static char *format_clock(const struct shown *t)
{
	char text[16];
	if (t->v.i < 0 || t->v.i > DAY_MINUTES)
		return format_int(t);
	return arena_strdup(t->a, civil_format_time(text, sizeof text, (int)t->v.i));
}

static int parse_weekdays(const struct typed *t, int64_t *out, struct err *e)
{
	int mask = 0;
	int rc = weekdays_parse(t->s, &mask, e);
	*out = mask;
	return rc;
}

static int check_weekdays(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return v.i > 0 && v.i <= WEEKDAYS_ALL ? OK : err_set(e, ERR_DATA, _("there are seven days in a week"));
}

static char *format_weekdays(const struct shown *t)
{
	char text[80];
	if (t->v.i <= 0 || t->v.i > WEEKDAYS_ALL)
		return format_int(t);
	return arena_strdup(t->a, weekdays_format(text, sizeof text, (int)t->v.i, t->style == KIND_PLAIN));
}

/* ---- choices ------------------------------------------------------------------------------------- */

enum fit { FIT_NONE, FIT_START, FIT_WHOLE };

static enum fit fit_word(struct arena *a, const char *word, const char *want)
{
	const char *folded = text_fold(a, word);
	if (!*want || strncmp(folded, want, strlen(want)) != 0)
		return FIT_NONE;
	return folded[strlen(want)] ? FIT_START : FIT_WHOLE;
}

static enum fit fit_choice(struct arena *a, const struct choice *c, const char *want)
{
	const char *const words[] = {c->name, c->label, _(c->label)};
	enum fit best = FIT_NONE;
	for (int i = 0; i < 3; i++) {
		enum fit fit = fit_word(a, words[i], want);
		best = fit > best ? fit : best;
	}
	return best;
}

/* The labels of those that fit at least this well. */
static const char *list_choices(const struct typed *t, const char *want, enum fit least)
{
	size_t n;
	const struct choice *c = schema_choices(t->f->arg, &n);
	const char *list = "";
	for (size_t i = 0; i < n; i++)
		if (fit_choice(t->a, &c[i], want) >= least)
			list = arena_printf(t->a, "%s%s%s", list, *list ? ", " : "", _(c[i].label));
	return list;
}

static int parse_choice(const struct typed *t, int64_t *out, struct err *e)
{
	size_t n, starts = 0;
	const struct choice *c = schema_choices(t->f->arg, &n);
	const char *want = text_fold(t->a, t->s);
	for (size_t i = 0; i < n; i++) {
		enum fit fit = fit_choice(t->a, &c[i], want);
		if (fit == FIT_NONE)
			continue;
		*out = c[i].no;
		if (fit == FIT_WHOLE)
			return OK;
		starts++;
	}
	if (starts == 0)
		return err_set(e, ERR_DATA, _("\"%.60s\" is not one of: %s"), t->s, list_choices(t, want, FIT_NONE));
	if (starts > 1)
		return err_set(e, ERR_AMBIGUOUS, _("\"%.60s\" may be any of: %s"), t->s,
			       list_choices(t, want, FIT_START));
	return OK;
}

static const struct choice *choice_of(const struct field *f, struct value v)
{
	assert(f->kind == KIND_CHOICE && v.tag == V_INT);
	return v.i >= 0 && v.i <= UINT8_MAX ? schema_choice(f->arg, (int)v.i) : NULL;
}

static int check_choice(const struct field *f, struct value v, struct err *e)
{
	return choice_of(f, v) ? OK : err_set(e, ERR_DATA, _("no choice has this number"));
}

static char *format_choice(const struct shown *t)
{
	const struct choice *c = choice_of(t->f, t->v);
	if (!c)
		return format_int(t);
	return arena_strdup(t->a, t->style == KIND_PLAIN ? c->name : _(c->label));
}

/* Where a choice stands in its set; one of a newer version comes after those that we know. */
static int64_t choice_place(const struct field *f, struct value v)
{
	size_t n;
	const struct choice *first = schema_choices(f->arg, &n), *c = choice_of(f, v);
	return c ? c - first : UINT8_MAX;
}

/* ---- references ---------------------------------------------------------------------------------- */

static int check_ref(const struct field *f, struct value v, struct err *e)
{
	(void)f;
	return id_is_none(v.id) ? err_set(e, ERR_DATA, _("the reference points at nothing")) : OK;
}

static char *format_ref(const struct shown *t)
{
	char text[ID_TEXT];
	return arena_strdup(t->a, id_format(text, t->v.id));
}

/* ---- the table ----------------------------------------------------------------------------------- */

/* A text is tidied, a number is parsed; an id needs neither. `check` is what is asked beside what all texts are. */
static const struct kind_row {
	enum vtag tag;
	const char *(*tidy)(const struct typed *t);
	int (*parse)(const struct typed *t, int64_t *out, struct err *e);
	int (*check)(const struct field *f, struct value v, struct err *e);
	char *(*format)(const struct shown *t);
} kinds[] = {
	[KIND_TEXT] = {V_TEXT, tidy_line, NULL, NULL, format_text},
	[KIND_LONGTEXT] = {V_TEXT, tidy_nothing, NULL, NULL, format_text},
	[KIND_BOOL] = {V_INT, NULL, parse_bool, check_bool, format_bool},
	[KIND_INT] = {V_INT, NULL, parse_int, check_int, format_int},
	[KIND_DATE] = {V_INT, NULL, parse_date, check_date, format_date},
	[KIND_DATETIME] = {V_INT, NULL, parse_datetime, check_datetime, format_datetime},
	[KIND_DURATION] = {V_INT, NULL, parse_duration, check_duration, format_duration},
	[KIND_TIME] = {V_INT, NULL, parse_time, check_time, format_clock},
	[KIND_WEEKDAYS] = {V_INT, NULL, parse_weekdays, check_weekdays, format_weekdays},
	[KIND_CHOICE] = {V_INT, NULL, parse_choice, check_choice, format_choice},
	[KIND_PHONE] = {V_TEXT, tidy_phone, NULL, check_phone, format_phone},
	[KIND_EMAIL] = {V_TEXT, tidy_email, NULL, check_email, format_text},
	[KIND_POSTCODE] = {V_TEXT, tidy_digits, NULL, check_postcode, format_text},
	[KIND_CVR] = {V_TEXT, tidy_digits, NULL, check_cvr, format_text},
	[KIND_REF] = {V_ID, NULL, NULL, check_ref, format_ref},
};

static const struct kind_row *row_of(const struct field *f)
{
	assert((size_t)f->kind < sizeof kinds / sizeof *kinds);
	return &kinds[f->kind];
}

static int check(const struct field *f, struct value v, struct err *e)
{
	const struct kind_row *k = row_of(f);
	if (v.tag == V_NONE)
		return OK;
	if (v.tag != k->tag)
		return err_set(e, ERR_DATA, _("the value is of another kind"));
	assert(v.tag != V_TEXT || v.text.s[v.text.n] == '\0');
	int rc = k->check ? k->check(f, v, e) : OK;
	return rc == OK && v.tag == V_TEXT ? check_text(f, v, e) : rc;
}

/* CPR numbers are looked for before anything else is said of what was typed; an id's digits only look like one. */
static int parse(const struct typed *t, struct value *out, struct err *e)
{
	const struct kind_row *k = row_of(t->f);
	int rc = OK;
	out->tag = k->tag;
	if (k->tag != V_ID && text_find_cpr(t->s))
		return refuse_cpr(e);
	if (k->tag == V_ID)
		rc = id_parse(t->s, &out->id, e);
	else if (k->parse)
		rc = k->parse(t, &out->i, e);
	else
		*out = value_text(k->tidy(t));
	return rc == OK ? check(t->f, *out, e) : rc;
}

static int name_field(const struct field *f, int rc, struct err *e)
{
	if (rc != OK)
		err_prefix(e, "%s", _(f->label));
	return rc;
}

int kind_parse(struct arena *a, const struct field *f, const char *s, civil_date today, struct value *out,
	       struct err *e)
{
	struct value v;
	*out = value_none();
	if (!text_valid(s, strlen(s)))
		return name_field(f, err_set(e, ERR_DATA, _("the letters can't be read (the text isn't UTF-8)")), e);
	struct typed t = {a, f, text_clean(a, s, strlen(s)), today};
	if (!*t.s)
		return OK;
	int rc = parse(&t, &v, e);
	if (rc == OK)
		*out = v;
	return name_field(f, rc, e);
}

int kind_check(const struct field *f, struct value v, struct err *e)
{
	return name_field(f, check(f, v, e), e);
}

char *kind_format(struct arena *a, const struct field *f, struct value v, enum kind_style style)
{
	const struct kind_row *k = row_of(f);
	if (v.tag == k->tag)
		return k->format(&(struct shown){a, f, v, style});
	if (v.tag != V_NONE && style == KIND_HUMAN)
		return arena_strdup(a, _("(from a newer version)"));
	return arena_strdup(a, "");
}

char *kind_phone(struct arena *a, const char *digits)
{
	return kind_format(a, schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_PHONE), value_text_or_none(digits), KIND_HUMAN);
}

int value_compare(const struct field *f, struct value x, struct value y)
{
	if (x.tag == V_NONE || y.tag == V_NONE || x.tag != y.tag)
		return (x.tag == V_NONE) - (y.tag == V_NONE);
	if (x.tag == V_TEXT)
		return text_compare(x.text.s, y.text.s);
	if (x.tag != V_INT)
		return x.tag == V_ID ? id_compare(x.id, y.id) : 0;
	int64_t i = f->kind == KIND_CHOICE ? choice_place(f, x) : x.i;
	int64_t j = f->kind == KIND_CHOICE ? choice_place(f, y) : y.i;
	return (i > j) - (i < j);
}
