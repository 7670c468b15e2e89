/* roster/attend_words.c - see attendance.h: the line that a paper sheet is keyed in as. Owns how it is read, and what
 * it comes to on a sheet. Must not know the store: it writes nothing and asks nobody. */
#include "roster/attendance.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"

enum { NUMBER_MOST = 999, MINUTES_MOST = 2880 };

struct reading {
	struct arena *a;
	const char *line, *p;
	struct attend_word *words;
	size_t n, cap;
	struct err *e;
};

/* ---- letters ---------------------------------------------------------------------------------------------------- */

static const struct { char letter; uint8_t attendance; } letters[] = {
	{'f', ATTENDANCE_PRESENT}, {'a', ATTENDANCE_EXCUSED}, {'u', ATTENDANCE_ABSENT}, {'-', 0}, {'i', 0},
};
enum { LETTERS = sizeof letters / sizeof *letters };

char attend_letter(int attendance)
{
	size_t i = 0;
	while (i < LETTERS - 1 && letters[i].attendance != attendance)
		i++;
	return letters[i].letter;
}

static int attendance_of(char c)
{
	for (size_t i = 0; i < LETTERS; i++)
		if (letters[i].letter == tolower((unsigned char)c))
			return letters[i].attendance;
	return -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct reading *r)
{
	while (is_blank(*r->p))
		r->p++;
}

/* Where in the line, as one counts on the screen. */
static int place_of(const struct reading *r, const char *at)
{
	int n = 1;
	for (const char *c = r->line; c < at; c++)
		n += ((unsigned char)*c & 0xc0) != 0x80;
	return n;
}

/* The word that begins there, and what is the matter. */
static int refuse_at(struct reading *r, const char *at, const char *why)
{
	size_t n = strcspn(at, " \t");
	if (!n)
		return err_set(r->e, ERR_DATA, _("at character %d: %s"), place_of(r, at), why);
	return err_set(r->e, ERR_DATA, _("\"%s\" at character %d: %s"), arena_strndup(r->a, at, n), place_of(r, at), why);
}

static struct attend_word *add_word(struct reading *r, struct attend_word w)
{
	r->words = arena_grow(r->a, r->words, &r->cap, r->n + 1, sizeof *r->words);
	r->words[r->n] = w;
	return &r->words[r->n++];
}

/* ---- hours ------------------------------------------------------------------------------------------------------ */

/* How long the hours are that begin there: "2:30", "2,5t", "2 t", "45min"; 0: that is something else. */
static size_t hours_length(const char *p)
{
	size_t n = strspn(p, "0123456789"), part;
	if (!n)
		return 0;
	if (p[n] == ':' && text_is_digit(p[n + 1]))
		return n + 1 + strspn(p + n + 1, "0123456789");
	if ((p[n] == ',' || p[n] == '.') && (part = strspn(p + n + 1, "0123456789")))
		n += 1 + part;
	size_t blanks = strspn(p + n, " "), unit = n + blanks;
	part = strcspn(p + unit, " \t0123456789");
	static const char *const units[] = {"t", "h", "time", "timer", "hours", "min"};
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i]) == part && strncmp(p + unit, units[i], part) == 0)
			return unit + part;
	return 0;
}

static int read_hours(struct reading *r, size_t n, int *minutes)
{
	const char *text = arena_strndup(r->a, r->p, n);
	if (when_parse_duration(text, minutes, NULL) != OK)
		return refuse_at(r, r->p, _("hours are written 2:30 or 2,5t"));
	if (*minutes > MINUTES_MOST)
		return refuse_at(r, r->p, _("that many hours can't be told"));
	r->p += n;
	return OK;
}

/* ---- numbers ---------------------------------------------------------------------------------------------------- */

/* A dash of any kind: how many bytes it has. */
static size_t dash_length(const char *p)
{
	static const char *const dashes[] = {"-", "–", "—", "‑", "−"};
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (strncmp(p, dashes[i], strlen(dashes[i])) == 0)
			return strlen(dashes[i]);
	return 0;
}

static int read_number(struct reading *r, int *out)
{
	char *rest;
	long n = strtol(r->p, &rest, 10);
	if (n < 1 || n > NUMBER_MOST)
		return refuse_at(r, r->p, _("numbers go from 1 on"));
	r->p = rest;
	*out = (int)n;
	return OK;
}

/* "4" or "1-9"; a dash with no number right behind it is the sign for not recorded. */
static int read_range(struct reading *r, struct attend_word *w)
{
	const char *at = r->p;
	int rc = read_number(r, &w->from);
	w->to = w->from;
	size_t dash = dash_length(r->p);
	if (rc != OK || !dash || !text_is_digit(r->p[dash]))
		return rc;
	r->p += dash;
	rc = read_number(r, &w->to);
	if (rc == OK && w->to < w->from)
		rc = refuse_at(r, at, _("the smaller number comes first"));
	return rc;
}

/* All that share the letter behind them: "1,3,5-7"; *n words. */
static int read_numbers(struct reading *r, size_t *n)
{
	int rc = OK;
	for (*n = 0; rc == OK; r->p++) {
		struct attend_word w = {.attendance = 0, .minutes = ATTEND_AS_IT_STANDS, .at = place_of(r, r->p)};
		rc = read_range(r, &w);
		if (rc != OK)
			break;
		add_word(r, w);
		++*n;
		if (*r->p != ',' || !text_is_digit(r->p[1]))
			break;
	}
	return rc;
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

static int read_state(struct reading *r, const char *from, int *out)
{
	size_t dash = dash_length(r->p), n = dash ? dash : 1;
	*out = dash ? 0 : *r->p ? attendance_of(*r->p) : -1;
	char next = *out < 0 ? '\0' : r->p[n];
	if (*out < 0 || (isalpha((unsigned char)next) && !dash) || (unsigned char)next >= 0x80)
		return refuse_at(r, from, _("after the numbers stands f (came), a (cancelled), u (stayed away) or - (not recorded)"));
	r->p += n;
	return OK;
}

/* Hours right behind the letter, or as the next word. */
static int read_told(struct reading *r, struct attend_word *words, size_t n, int attendance)
{
	const char *after = r->p, *at;
	int minutes = ATTEND_AS_IT_STANDS;
	skip_blanks(r);
	at = r->p;
	size_t length = hours_length(r->p);
	if (!length) {
		r->p = after;
		return OK;
	}
	if (attendance != ATTENDANCE_PRESENT)
		return refuse_at(r, at, _("only somebody who came has hours"));
	int rc = read_hours(r, length, &minutes);
	for (size_t i = 0; i < n; i++)
		words[i].minutes = minutes;
	return rc;
}

static int read_group(struct reading *r)
{
	const char *from = r->p;
	size_t first = r->n, n = 0;
	int attendance, rc = OK;
	if (text_is_digit(*r->p))
		rc = read_numbers(r, &n);
	else
		n = add_word(r, (struct attend_word){.minutes = ATTEND_AS_IT_STANDS, .at = place_of(r, from)}) != NULL;
	if (rc == OK && is_blank(*r->p) && n && r->words[first].from && !dash_length(r->p + strspn(r->p, " \t")))
		skip_blanks(r);
	if (rc == OK)
		rc = read_state(r, from, &attendance);
	if (rc == OK && !r->words[first].from && attendance == 0)
		rc = refuse_at(r, from, _("whose? Write the numbers before it, without a blank"));
	for (size_t i = first; rc == OK && i < r->n; i++)
		r->words[i].attendance = attendance;
	return rc == OK ? read_told(r, r->words + first, n, attendance) : rc;
}

/* A name goes on until the next number or plus. */
static int read_walkin(struct reading *r)
{
	const char *from = r->p++;
	size_t n = strcspn(r->p, "+0123456789");
	while (n && is_blank(r->p[n - 1]))
		n--;
	struct attend_word w = {.attendance = ATTENDANCE_PRESENT, .minutes = ATTEND_AS_IT_STANDS, .at = place_of(r, from)};
	w.name = text_clean(r->a, r->p, n);
	if (!*w.name)
		return refuse_at(r, from, _("after + stands the name of somebody who came too"));
	add_word(r, w);
	r->p += n;
	return OK;
}

int attend_read(struct arena *a, const char *line, struct attend_word **out, size_t *n, struct err *e)
{
	struct reading r = {.a = a, .line = line, .p = line, .e = e};
	int rc = text_valid(line, strlen(line)) ? OK : err_set(e, ERR_DATA, _("the line isn't text"));
	for (skip_blanks(&r); rc == OK && *r.p; skip_blanks(&r)) {
		rc = *r.p == '+' ? read_walkin(&r) : read_group(&r);
		if (rc == OK && (*r.p == ',' || *r.p == ';'))
			r.p++;
	}
	*out = r.words;
	*n = r.n;
	return rc;
}

/* ---- on a sheet ------------------------------------------------------------------------------------------------- */

static int refuse_number(const struct attend_sheet *s, const struct attend_word *w, int number, struct err *e)
{
	if (s->n == 0)
		return err_set(e, ERR_DATA, _("nobody stands on the sheet yet"));
	return err_set(e, ERR_DATA, _("%d at character %d isn't on the sheet: its numbers go from 1 to %zu"), number, w->at, s->n);
}

static void mark(struct attend_mark *m, const struct attend_word *w)
{
	*m = (struct attend_mark){.set = true, .attendance = (uint8_t)w->attendance, .minutes = w->minutes};
}

static int mark_numbers(const struct attend_sheet *s, const struct attend_word *w, struct attend_plan *p, struct err *e)
{
	bool single = w->from == w->to;
	if ((size_t)w->to > s->n)
		return refuse_number(s, w, w->to, e);
	if (single && !s->rows[w->from - 1].listed)
		return refuse_number(s, w, w->from, e);
	for (int i = w->from - 1; i < w->to; i++) {
		if (single || s->rows[i].expected || (w->attendance == 0 && s->rows[i].seat.attendance))
			mark(&p->marks[i], w);
		else
			p->marks[i].left_out = s->rows[i].listed && !p->marks[i].set;
	}
	return OK;
}

/* Whoever came onto the shift after it was printed can't have been ticked. */
static bool is_printed(const struct attend_sheet *s, size_t i)
{
	return !s->printed || i < s->printed;
}

static void mark_rest(const struct attend_sheet *s, const struct attend_word *w, struct attend_plan *p)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_printed(s, i) && s->rows[i].expected && !s->rows[i].seat.attendance && !p->marks[i].set)
			mark(&p->marks[i], w);
}

int attend_plan(struct arena *a, const struct attend_sheet *s, const char *line, struct attend_plan *out, struct err *e)
{
	struct attend_word *words;
	const struct attend_word *rest = NULL;
	size_t n;
	*out = (struct attend_plan){.marks = arena_alloc(a, (s->n + 1) * sizeof *out->marks)};
	int rc = attend_read(a, line, &words, &n, e);
	out->walkins = arena_alloc(a, (n + 1) * sizeof *out->walkins);
	for (size_t i = 0; rc == OK && i < n; i++) {
		if (words[i].name)
			out->walkins[out->nwalkins++] = words[i].name;
		else if (words[i].from)
			rc = mark_numbers(s, &words[i], out, e);
		else
			rest = &words[i];
	}
	if (rc == OK && rest)
		mark_rest(s, rest, out);
	return rc;
}

/* ---- said back -------------------------------------------------------------------------------------------------- */

static int attendance_after(const struct attend_sheet *s, const struct attend_plan *p, size_t i)
{
	return p->marks[i].set ? p->marks[i].attendance : s->rows[i].seat.attendance;
}

static void add_part(struct buf *b, const char *text)
{
	buf_adds(b, b->n ? " · " : "");
	buf_adds(b, text);
}

/* Those who didn't come, or whom a range left alone (attendance -1), by name: the slips that would hurt. */
static void add_named(struct buf *b, struct arena *a, const struct attend_sheet *s, const struct attend_plan *p, int attendance)
{
	const char *names = "";
	for (size_t i = 0; i < s->n; i++)
		if (attendance < 0 ? p->marks[i].left_out : attendance_after(s, p, i) == attendance)
			names = arena_printf(a, "%s%s%d %s", names, *names ? ", " : "", s->rows[i].number, s->rows[i].seat.name);
	if (*names)
		add_part(b, arena_printf(a, "%s: %s", attendance < 0 ? _("not expected, left out")
			: _(schema_choice(SET_ATTENDANCE, attendance)->label), names));
}

/* Nobody of these was ticked, so that isn't forgotten. */
static void add_since(struct buf *b, struct arena *a, const struct attend_sheet *s, const struct attend_plan *p)
{
	const char *names = "";
	for (size_t i = s->printed; s->printed && i < s->n; i++)
		if (s->rows[i].expected && !attendance_after(s, p, i))
			names = arena_printf(a, "%s%s%d %s", names, *names ? ", " : "", s->rows[i].number, s->rows[i].seat.name);
	if (*names)
		add_part(b, arena_printf(a, _("not on the paper: %s"), names));
}

static void add_hours(struct buf *b, struct arena *a, const struct attend_sheet *s, const struct attend_plan *p)
{
	for (size_t i = 0; i < s->n; i++)
		if (p->marks[i].set && p->marks[i].minutes >= 0)
			add_part(b, arena_printf(a, "%d: %d:%02d", s->rows[i].number, p->marks[i].minutes / 60, p->marks[i].minutes % 60));
}

char *attend_echo(struct arena *a, const struct attend_sheet *s, const struct attend_plan *p)
{
	struct buf b = {0};
	size_t came = p->nwalkins, missing = 0;
	for (size_t i = 0; i < s->n; i++) {
		came += attendance_after(s, p, i) == ATTENDANCE_PRESENT;
		missing += s->rows[i].expected && !attendance_after(s, p, i);
	}
	if (came)
		add_part(&b, arena_printf(a, ngettext("%zu came", "%zu came", came), came));
	add_named(&b, a, s, p, ATTENDANCE_EXCUSED);
	add_named(&b, a, s, p, ATTENDANCE_ABSENT);
	add_named(&b, a, s, p, -1);
	add_since(&b, a, s, p);
	add_hours(&b, a, s, p);
	for (size_t i = 0; i < p->nwalkins; i++)
		add_part(&b, arena_printf(a, "+%s", p->walkins[i]));
	if (missing)
		add_part(&b, arena_printf(a, ngettext("%zu not recorded", "%zu not recorded", missing), missing));
	char *text = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return text;
}
