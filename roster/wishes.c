/* roster/wishes.c - the rule that reads what volunteers write about when (not): "ikke aften", "kun mandag og onsdag",
 * "helst weekend", "ferie uge 28-30".
 *
 * Owns the few words that such wishes are made of, in Danish and English. A text with any other word isn't guessed at:
 * it is shown with every shift, for a person to read. Must not know the roster. */
#include "roster/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/rules_priv.h"

enum mode { MODE_NONE, MODE_NOT, MODE_ONLY };
enum part { PART_MORNING = 1, PART_AFTERNOON = 2, PART_EVENING = 4, PART_NIGHT = 8, PARTS = 4 };
enum word_kind { WORD_MODE, WORD_PARTS, WORD_DAYS, WORD_WEEKS, WORD_OF_WEEK, WORD_AND, WORD_EMPTY };

/* Minutes of the day; the night goes on to the next morning. */
static const struct {
	int from, to;
} parts[PARTS] = {
	{6 * 60, 12 * 60},
	{12 * 60, 17 * 60},
	{17 * 60, 24 * 60},
	{22 * 60, 30 * 60},
};

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, SUN = 64, WEEKEND = SAT | SUN };

#define EVEN_WEEKS UINT64_C(0x5555555555555555)
#define ODD_WEEKS UINT64_C(0xAAAAAAAAAAAAAAAA)
#define DAYTIME (PART_MORNING | PART_AFTERNOON)
#define WORKDAYS (MON | TUE | WED | THU | FRI)

/* Folded words. A stem also fits with an ending: mandage, aftener, weekenden. */
static const struct word {
	const char *text;
	bool stem;
	enum word_kind kind;
	uint64_t value;
} words[] = {
	{"ikke", false, WORD_MODE, MODE_NOT},
	{"aldrig", false, WORD_MODE, MODE_NOT},
	{"ferie", true, WORD_MODE, MODE_NOT},
	{"vaek", false, WORD_MODE, MODE_NOT},
	{"bortrejst", false, WORD_MODE, MODE_NOT},
	{"not", false, WORD_MODE, MODE_NOT},
	{"never", false, WORD_MODE, MODE_NOT},
	{"away", false, WORD_MODE, MODE_NOT},
	{"holiday", true, WORD_MODE, MODE_NOT},
	{"kun", false, WORD_MODE, MODE_ONLY},
	{"helst", false, WORD_MODE, MODE_ONLY},
	{"only", false, WORD_MODE, MODE_ONLY},
	{"prefer", true, WORD_MODE, MODE_ONLY},
	{"formiddag", true, WORD_PARTS, PART_MORNING},
	{"morgen", true, WORD_PARTS, PART_MORNING},
	{"morning", true, WORD_PARTS, PART_MORNING},
	{"eftermiddag", true, WORD_PARTS, PART_AFTERNOON},
	{"afternoon", true, WORD_PARTS, PART_AFTERNOON},
	{"aften", true, WORD_PARTS, PART_EVENING},
	{"evening", true, WORD_PARTS, PART_EVENING},
	{"nat", false, WORD_PARTS, PART_NIGHT},
	{"natten", false, WORD_PARTS, PART_NIGHT},
	{"naetter", true, WORD_PARTS, PART_NIGHT},
	{"night", true, WORD_PARTS, PART_NIGHT},
	{"dagtimer", true, WORD_PARTS, DAYTIME},
	{"daytime", false, WORD_PARTS, DAYTIME},
	{"mandag", true, WORD_DAYS, MON},
	{"monday", true, WORD_DAYS, MON},
	{"tirsdag", true, WORD_DAYS, TUE},
	{"tuesday", true, WORD_DAYS, TUE},
	{"onsdag", true, WORD_DAYS, WED},
	{"wednesday", true, WORD_DAYS, WED},
	{"torsdag", true, WORD_DAYS, THU},
	{"thursday", true, WORD_DAYS, THU},
	{"fredag", true, WORD_DAYS, FRI},
	{"friday", true, WORD_DAYS, FRI},
	{"lordag", true, WORD_DAYS, SAT},
	{"saturday", true, WORD_DAYS, SAT},
	{"sondag", true, WORD_DAYS, SUN},
	{"sunday", true, WORD_DAYS, SUN},
	{"weekend", true, WORD_DAYS, WEEKEND},
	{"hverdag", true, WORD_DAYS, WORKDAYS},
	{"weekday", true, WORD_DAYS, WORKDAYS},
	{"lige", false, WORD_WEEKS, EVEN_WEEKS},
	{"even", false, WORD_WEEKS, EVEN_WEEKS},
	{"ulige", false, WORD_WEEKS, ODD_WEEKS},
	{"odd", false, WORD_WEEKS, ODD_WEEKS},
	{"uge", false, WORD_OF_WEEK, 0},
	{"uger", false, WORD_OF_WEEK, 0},
	{"week", false, WORD_OF_WEEK, 0},
	{"weeks", false, WORD_OF_WEEK, 0},
	{"og", false, WORD_AND, 0},
	{"eller", false, WORD_AND, 0},
	{"and", false, WORD_AND, 0},
	{"or", false, WORD_AND, 0},
	{"i", false, WORD_EMPTY, 0},
	{"om", false, WORD_EMPTY, 0},
	{"in", false, WORD_EMPTY, 0},
	{"on", false, WORD_EMPTY, 0},
	{"the", false, WORD_EMPTY, 0},
};

/* What one wish speaks of; an empty set doesn't matter. Bit n of weeks is ISO week n. */
struct clause {
	enum mode mode;
	uint64_t days, parts, weeks;
	bool of_week; /* the word "uge" stood, so numbers are weeks */
};

/* ---- does it collide -------------------------------------------------------------------------------------------- */

/* Where a part of the day lies on the day before the shift's (-1), the same (0) or the next (1), when the wish names
 * it. */
static bool part_on(const struct clause *c, int part, int day, int *from, int *to)
{
	*from = parts[part].from + day * DAY_MINUTES;
	*to = parts[part].to + day * DAY_MINUTES;
	return c->parts >> part & 1;
}

static bool touches(const struct clause *c, int from, int to)
{
	int start, end;
	for (int part = 0; part < PARTS; part++)
		for (int day = -1; day <= 1; day++)
			if (part_on(c, part, day, &start, &end) && from < end && to > start)
				return true;
	return false;
}

/* Goes from part to part until the shift is over or a minute lies in none. */
static bool lies_within(const struct clause *c, int from, int to)
{
	int start, end;
	for (bool moved = true; moved && from < to;) {
		moved = false;
		for (int part = 0; part < PARTS; part++)
			for (int day = -1; day <= 1; day++)
				if (part_on(c, part, day, &start, &end) && from >= start && from < end) {
					from = end;
					moved = true;
				}
	}
	return from >= to;
}

static bool collides(const struct clause *c, civil_min start, civil_min end)
{
	civil_date date = cmin_date(start);
	int from = cmin_minute(start), to = from + (int)(end - start);
	bool day_in = c->days >> (civil_weekday(date) - 1) & 1, week_in = c->weeks >> civil_to_week(date).week & 1;
	if (c->mode == MODE_NOT)
		return (!c->days || day_in) && (!c->parts || touches(c, from, to)) && (!c->weeks || week_in);
	return (c->days && !day_in) || (c->parts && !lies_within(c, from, to)) || (c->weeks && !week_in);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

struct reading {
	struct clause now;
	unsigned spoken, before; /* kinds of words since the last "and", and before it */
	bool mixed;
	civil_min start, end;
	bool said; /* something was said after the last mode */
	bool unread, collides;
};

/* Do the words on both sides of an "and" speak of different things? `now` is what is spoken of after it. */
static bool is_mixed(const struct reading *r, unsigned now)
{
	bool one_kind = (r->before & (r->before - 1)) == 0;
	return r->before && r->spoken && (!one_kind || now != r->before);
}

/* What has been read so far is one wish; the next has the same mode until another is named. */
static void end_clause(struct reading *r)
{
	struct clause *c = &r->now;
	bool empty = !c->days && !c->parts && !c->weeks;
	if (!empty && (c->mode == MODE_NONE || r->mixed || is_mixed(r, r->spoken & r->before)))
		r->unread = true;
	else if (!empty && collides(c, r->start, r->end))
		r->collides = true;
	r->said = r->said || !empty;
	*c = (struct clause){.mode = c->mode, .of_week = c->of_week};
	r->spoken = r->before = 0;
	r->mixed = false;
}

/* "not Mondays or evenings" are two wishes, "only Mondays and Wednesdays" is one, also with "mornings" after it. "Only
 * evenings or weekends" may mean both or either, so a person must read it. */
static void part_wishes(struct reading *r)
{
	if (r->now.mode != MODE_ONLY) {
		end_clause(r);
		return;
	}
	if (!r->spoken)
		return;
	r->mixed = r->mixed || is_mixed(r, r->spoken);
	r->before = r->spoken;
	r->spoken = 0;
}

static void use_word(struct reading *r, const struct word *w)
{
	if (w->kind == WORD_PARTS || w->kind == WORD_DAYS || w->kind == WORD_WEEKS)
		r->spoken |= 1u << w->kind;
	switch (w->kind) {
	case WORD_MODE:
		end_clause(r);
		r->now.mode = (enum mode)w->value;
		r->said = false;
		break;
	case WORD_PARTS:
		r->now.parts |= w->value;
		break;
	case WORD_DAYS:
		r->now.days |= w->value;
		break;
	case WORD_WEEKS:
		r->now.weeks |= w->value;
		break;
	case WORD_OF_WEEK:
		r->now.of_week = true;
		break;
	case WORD_AND:
		part_wishes(r);
		break;
	case WORD_EMPTY:
		break;
	}
}

static const struct word *find_word(const char *folded)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t n = strlen(words[i].text);
		if (strncmp(folded, words[i].text, n) == 0 && (words[i].stem || folded[n] == '\0'))
			return &words[i];
	}
	return NULL;
}

/* "28" or "28-30". */
static bool read_weeks(struct clause *c, const char *s)
{
	static const char dashes[][4] = {"-", "–"};
	char *rest;
	long first = strtol(s, &rest, 10), last = first;
	for (size_t i = 0; i < 2; i++)
		if (strncmp(rest, dashes[i], strlen(dashes[i])) == 0)
			last = strtol(rest + strlen(dashes[i]), &rest, 10);
	if (!c->of_week || *rest || first < 1 || last < first || last > 53)
		return false;
	for (long week = first; week <= last; week++)
		c->weeks |= UINT64_C(1) << week;
	return true;
}

/* A word with a hyphen ("mandag-onsdag") folds to two and is none of ours. */
static void read_word(struct reading *r, struct arena *scratch, const char *s, size_t n)
{
	const char *text = arena_strndup(scratch, s, n), *folded = text_fold(scratch, text);
	if (*text >= '0' && *text <= '9') {
		r->unread = !read_weeks(&r->now, text) || r->unread;
		r->spoken |= 1u << WORD_WEEKS;
		return;
	}
	const struct word *w = strchr(folded, ' ') ? NULL : find_word(folded);
	if (w)
		use_word(r, w);
	else
		r->unread = true;
}

enum wish wish_judge(const char *text, civil_min start, civil_min end)
{
	struct arena *scratch = arena_new();
	struct reading r = {.start = start, .end = end};
	for (const char *s = text; *s;) {
		size_t n = strcspn(s, " \t\n,;.");
		if (n)
			read_word(&r, scratch, s, n);
		else if (strchr(",;.", *s))
			part_wishes(&r);
		s += n ? n : 1;
	}
	end_clause(&r);
	arena_free(scratch);
	return r.collides ? WISH_COLLIDES : r.unread || !r.said ? WISH_UNREAD : WISH_MET;
}

bool rule_wishes(const struct rule_case *c, struct arena *a, struct verdict *out)
{
	const char *text = c->person->wishes;
	enum wish wish = *text ? wish_judge(text, c->shift->row.start, c->shift->row.end) : WISH_MET;
	if (wish == WISH_MET)
		return false;
	out->about = c->person->id;
	out->sentence = wish == WISH_COLLIDES ? arena_printf(a, _("Goes against the wish \"%s\""), text)
					      : arena_printf(a, _("Has written \"%s\""), text);
	return true;
}
