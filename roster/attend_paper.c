/* roster/attend_paper.c - see attendance.h: the code on a tick sheet, and whether the paper's numbers still mean the
 * same people. Owns how the code is made, and how the sheet is found that the paper was printed from. Must not know how
 * people are numbered (attendance.c). */
#include "roster/attendance.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/lang.h"

enum { CODE_ID = 6, CODE_SUM = 3, MOMENTS_MOST = 24, DIFFERENCES_MOST = 5 };

/* ---- the code --------------------------------------------------------------------------------------------------- */

/* Over whom the first n numbers mean. */
static char *sum_of(struct arena *a, const struct attend_sheet *s, size_t n)
{
	uint8_t sum[HASH_256], *ids = arena_alloc(a, n * sizeof(struct id) + 1);
	assert(n <= s->n);
	for (size_t i = 0; i < n; i++)
		memcpy(ids + i * sizeof(struct id), s->rows[i].seat.assignment.b, sizeof(struct id));
	hash_256(ids, n * sizeof(struct id), sum);
	return arena_printf(a, "%03x", (unsigned)(sum[0] << 8 | sum[1]) >> 4);
}

char *attend_code(struct arena *a, const struct attend_sheet *s)
{
	char id[ID_TEXT];
	id_format(id, s->shift.row.shift);
	return arena_printf(a, "%s.%zu%s", id + ID_TEXT - 1 - CODE_ID, s->n, sum_of(a, s, s->n));
}

/* How many bytes of a text are such a code, up to a blank or its end; 0: it begins otherwise. */
static size_t code_length(const char *text)
{
	size_t id = strspn(text, "0123456789abcdefABCDEF");
	size_t tail = text[id] == '.' ? strspn(text + id + 1, "0123456789abcdefABCDEF") : 0, n = id + 1 + tail;
	bool ends = tail && (!text[n] || text[n] == ' ' || text[n] == '\t');
	return id == CODE_ID && tail > CODE_SUM && ends ? n : 0;
}

static bool is_code(const char *text)
{
	size_t n = code_length(text);
	return n && !text[n];
}

const char *attend_code_shift(struct arena *a, const char *text)
{
	return is_code(text) ? arena_strndup(a, text, CODE_ID) : text;
}

const char *attend_code_begins(struct arena *a, const char *line, const char **rest)
{
	line += strspn(line, " \t");
	size_t n = code_length(line);
	*rest = n ? line + n + strspn(line + n, " \t") : line;
	return n ? arena_strndup(a, line, n) : NULL;
}

bool attend_code_is_of(const char *code, const struct attend_sheet *s)
{
	char id[ID_TEXT];
	id_format(id, s->shift.row.shift);
	return strncasecmp(id + ID_TEXT - 1 - CODE_ID, code, CODE_ID) == 0;
}

/* What a code says. */
struct paper { size_t n; const char *sum; };

static bool read_code(struct arena *a, const char *text, struct paper *out)
{
	if (!is_code(text))
		return false;
	const char *tail = text + CODE_ID + 1;
	size_t digits = strlen(tail) - CODE_SUM;
	char *end;
	out->n = strtoul(arena_strndup(a, tail, digits), &end, 10);
	out->sum = arena_strdup(a, *end ? "" : tail + digits);
	return true;
}

static bool fits(struct arena *a, const struct paper *p, const struct attend_sheet *s)
{
	return p->n <= s->n && strcasecmp(sum_of(a, s, p->n), p->sum) == 0;
}

/* ---- the sheet that the paper was printed from ------------------------------------------------------------------ */

struct moments { int64_t *clock; size_t n, cap; };

static void add_moment(struct moments *m, struct arena *a, int64_t clock)
{
	m->clock = arena_grow(a, m->clock, &m->cap, m->n + 1, sizeof *m->clock);
	m->clock[m->n++] = clock;
}

static int latest_first(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return (a < b) - (a > b);
}

/* When this place was given or taken away: the numbers changed then, or were what they were until then. */
static int add_moments_of(struct moments *m, struct view *v, struct arena *a, struct id shift, struct id holder, struct err *e)
{
	static const int fields[] = {0, F_ASSIGNMENT_SHIFT};
	struct rec *r = NULL;
	int rc = view_get(v, a, TYPE_ASSIGNMENT, id_assignment(shift, holder), &r, e);
	for (size_t i = 0; rc == OK && r && i < sizeof fields / sizeof *fields; i++) {
		const struct rec_field *f = rec_field(r, fields[i]);
		if (f) {
			add_moment(m, a, f->at.clock);
			add_moment(m, a, f->at.clock - 1);
		}
	}
	return rc;
}

static int find_moments(struct view *v, const struct book *b, struct arena *a, struct id shift, struct moments *out, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < b->npeople; i++)
		rc = add_moments_of(out, v, a, shift, b->people[i].id, e);
	for (size_t i = 0; rc == OK && i < b->norgs; i++)
		rc = add_moments_of(out, v, a, shift, b->orgs[i].id, e);
	if (out->n)
		qsort(out->clock, out->n, sizeof *out->clock, latest_first);
	return rc;
}

static int sheet_then(struct store *s, struct book *b, struct arena *a, struct id shift, int64_t clock, struct attend_sheet *out, struct err *e)
{
	struct view *then = NULL;
	int rc = view_begin_at(s, clock, &then, e);
	if (rc == OK)
		rc = attend_sheet(then, b, a, shift, out, e);
	view_end(then);
	return rc;
}

/* The last time that the sheet had this code; *found false: not that this store knows, as a merge may have brought
 * somebody who was put on before. */
static int find_printed(struct view *v, struct book *b, struct arena *a, const struct attend_sheet *now, const struct paper *p,
	struct attend_sheet *out, bool *found, struct err *e)
{
	struct moments m = {0};
	size_t tried = 0;
	int rc = find_moments(v, b, a, now->shift.row.shift, &m, e);
	*found = false;
	for (size_t i = 0; rc == OK && !*found && i < m.n && tried < MOMENTS_MOST; i++) {
		if (m.clock[i] <= 0 || (i && m.clock[i] == m.clock[i - 1]))
			continue;
		tried++;
		rc = sheet_then(view_store(v), b, a, now->shift.row.shift, m.clock[i], out, e);
		*found = rc == OK && out->n == p->n && fits(a, p, out);
		rc = rc == ERR_NOTFOUND ? OK : rc;
	}
	return rc;
}

/* ---- what is different ------------------------------------------------------------------------------------------ */

static const char *difference(struct arena *a, const struct attendee *then, const struct attend_sheet *now)
{
	for (size_t i = 0; i < now->n; i++)
		if (id_equal(now->rows[i].seat.assignment, then->seat.assignment))
			return now->rows[i].number == then->number ? NULL
				: arena_printf(a, _("%d %s is now %d"), then->number, then->seat.name, now->rows[i].number);
	return arena_printf(a, _("%d %s isn't on the shift any more"), then->number, then->seat.name);
}

static const char *differences(struct arena *a, const struct attend_sheet *then, const struct attend_sheet *now)
{
	const char *out = "";
	size_t n = 0;
	for (size_t i = 0; i < then->n; i++) {
		const char *one = then->rows[i].listed ? difference(a, &then->rows[i], now) : NULL;
		if (one && n++ < DIFFERENCES_MOST)
			out = arena_printf(a, "%s%s%s", out, *out ? "; " : "", one);
	}
	return n > DIFFERENCES_MOST ? arena_printf(a, "%s …", out) : out;
}

static int refuse(struct view *v, struct book *b, struct arena *a, const struct attend_sheet *now, const struct paper *p, struct err *e)
{
	struct attend_sheet then;
	bool found;
	int rc = find_printed(v, b, a, now, p, &then, &found, e);
	const char *what = rc == OK && found ? differences(a, &then, now) : "";
	if (rc != OK)
		return rc;
	if (*what)
		return err_set(e, ERR_CONFLICT, _("the paper is older than a change; use the numbers of now. %s"), what);
	return err_set(e, ERR_CONFLICT, _("the numbers of that paper no longer mean the same people: somebody has been taken "
		"off the shift or has come in between. Look at the sheet as it is now, and use its numbers"));
}

int attend_code_check(struct view *v, struct book *b, struct attend_sheet *s, const char *text, struct err *e)
{
	struct arena *a = arena_new();
	struct paper p;
	int rc = OK;
	s->printed = 0;
	if (read_code(a, text, &p)) {
		rc = fits(a, &p, s) ? OK : refuse(v, b, a, s, &p, e);
		s->printed = rc == OK ? p.n : 0;
	}
	arena_free(a);
	return rc;
}
