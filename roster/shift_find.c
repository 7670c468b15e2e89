/* roster/shift_find.c - see roster.h: which shift is meant by words as one would say them. Owns where in them the time
 * ends and the place begins. */
#include "roster/roster.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"

enum { NAMED_MOST = 4 };               /* of several that fit, in the sentence */

struct wanted {
	civil_date day;
	int from, to;                  /* minutes; -1: any */
	const char *place;             /* folded */
};

/* Are these words a day, perhaps with a time? */
static bool read_when(const char *text, civil_date today, struct wanted *w)
{
	civil_min from, to;
	w->from = w->to = -1;
	if (when_parse_datespan(text, today, &from, &to, NULL) == OK) {
		w->day = cmin_date(from);
		w->from = cmin_minute(from);
		w->to = w->from + (int)(to - from);
		return true;
	}
	if (when_parse_datetime(text, today, &from, NULL) == OK) {
		w->day = cmin_date(from);
		w->from = cmin_minute(from);
		return true;
	}
	return when_parse_date(text, today, WHEN_NEAR, &w->day, NULL) == OK;
}

/* As many of the first words as are a time, so that "2/12 8-11 12b" is a place called 12b. */
static bool read_words(struct arena *a, const char *text, civil_date today, struct wanted *w)
{
	char *words = arena_strdup(a, text);
	for (char *end = words + strlen(words); end > words; end--) {
		if (*end && *end != ' ')
			continue;
		char kept = *end;
		*end = '\0';
		bool found = read_when(words, today, w);
		*end = kept;
		if (found) {
			w->place = text_fold(a, end);
			return true;
		}
	}
	return false;
}

static bool fits(struct arena *a, const struct wanted *w, const struct shift *s)
{
	if (cmin_date(s->row.start) != w->day || (w->from >= 0 && cmin_minute(s->row.start) != w->from) ||
	    (w->to >= 0 && s->row.end - s->row.start != w->to - w->from))
		return false;
	return text_fold_match(text_fold(a, arena_printf(a, "%s %s", s->unit, s->role)), w->place, NULL);
}

static int find_in(struct arena *a, const struct roster *r, const struct wanted *w, const char *text, struct id *out,
	struct err *e)
{
	const char *names = "";
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++) {
		if (!fits(a, w, &r->shifts[i]))
			continue;
		*out = r->shifts[i].row.shift;
		if (n++ < NAMED_MOST)
			names = arena_printf(a, "%s%s%s", names, *names ? "; " : "", shift_title(a, &r->shifts[i]));
	}
	if (n == 1)
		return OK;
	if (n == 0)
		return err_set(e, ERR_NOTFOUND, _("no shift fits \"%s\""), text);
	return err_set(e, ERR_AMBIGUOUS, _("\"%s\" fits %zu shifts: %s. Write more, or its id"), text, n, names);
}

/* "3-12" is the third of December, and may be how the id of another one ends. */
static int check_words(const struct id *by_id, int by_words, const struct id *worded, const char *text, struct err *e)
{
	if (by_words == ERR_NOTFOUND || (by_words == OK && id_equal(*by_id, *worded)))
		return OK;
	return err_set(e, ERR_AMBIGUOUS, _("\"%s\" fits one shift by its id, and others by their day. Write the id whole, or the day as in 3/12"), text);
}

int roster_find_shift(struct view *v, struct book *b, const char *text, civil_date today, struct id *out, struct err *e)
{
	struct arena *a = arena_new();
	struct roster r;
	struct wanted w;
	struct id worded, whole;
	int rc = view_resolve(v, TYPE_SHIFT, text, out, e);
	bool by_id = rc == OK;
	if ((rc != ERR_NOTFOUND && !by_id) || id_parse(text, &whole, NULL) == OK)
		goto out;
	if (read_words(a, text, today, &w)) {
		rc = roster_load(v, b, a, NULL, w.day, w.day + 1, &r, e);
		if (rc == OK)
			rc = find_in(a, &r, &w, text, &worded, e);
		if (by_id && (rc == OK || rc == ERR_NOTFOUND || rc == ERR_AMBIGUOUS))
			rc = check_words(out, rc, &worded, text, e);
		else if (rc == OK)
			*out = worded;
	} else if (!by_id) {
		rc = err_set(e, ERR_NOTFOUND, _("there is no shift \"%s\". Say it by its id, or by day, time and part of the place: "
			"\"3/12 8-11 forhal\""), text);
	}
out:
	arena_free(a);
	return rc;
}
