/* roster/match.c - see book.h: whom a short name in somebody's own sheet means, and which records look like one person.
 *
 * Owns how names are shortened ("Frederik B.", "Kjeldsen, Merete") and how sure a reading is. Must not know where the
 * text stood, nor decide anything: a doubt is shown, never settled here. */
#include "roster/book.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/book_priv.h"

enum { WORDS_MOST = 12 };

/* A name as folded words; `cut` ones are the start of a word ("B.", "Chr."). */
struct words {
	struct {
		const char *s;
		size_t n;
		bool cut;
	} word[WORDS_MOST];
	size_t n;
};

/* ---- reading ---------------------------------------------------------------------------------------------------- */

/* The words of folded text; `dot` says that a full stop stood after it. */
static void add_words(struct words *w, const char *folded, bool dot)
{
	while (*folded && w->n < WORDS_MOST) {
		size_t n = strcspn(folded, " ");
		bool last = folded[n] == '\0';
		w->word[w->n].s = folded;
		w->word[w->n].n = n;
		w->word[w->n++].cut = n == 1 || (dot && last);
		folded += n + !last;
	}
}

/* Text up to `end`; each piece between blanks is folded for itself, to see the full stops. */
static void add_text(struct arena *a, struct words *w, const char *s, const char *end)
{
	while (s < end) {
		size_t n = strcspn(s, " \t\n");
		if (n > (size_t)(end - s))
			n = (size_t)(end - s);
		if (n)
			add_words(w, text_fold(a, arena_strndup(a, s, n)), s[n - 1] == '.');
		s += n ? n : 1;
	}
}

/* "Kjeldsen, Merete" is read as "Merete Kjeldsen". */
static struct words read_short(struct arena *a, const char *text)
{
	struct words w = {.n = 0};
	const char *comma = strchr(text, ','), *end = text + strlen(text);
	if (comma) {
		add_text(a, &w, comma + 1, end);
		end = comma;
	}
	add_text(a, &w, text, end);
	return w;
}

/* ---- fitting ---------------------------------------------------------------------------------------------------- */

static bool word_fits(const struct words *name, size_t at, const struct words *text, size_t i)
{
	size_t n = text->word[i].n;
	if (text->word[i].cut ? name->word[at].n < n : name->word[at].n != n)
		return false;
	return memcmp(name->word[at].s, text->word[i].s, n) == 0;
}

/* Are the text's words some of the name's, in order, the first of both the same? */
static bool fits_from_first(const struct words *name, const struct words *text)
{
	size_t at = 0;
	if (name->n == 0 || text->n == 0 || !word_fits(name, 0, text, 0))
		return false;
	for (size_t i = 0; i < text->n; i++, at++) {
		while (at < name->n && !word_fits(name, at, text, i))
			at++;
		if (at == name->n)
			return false;
	}
	return true;
}

/* A last name alone, whole. */
static bool fits_the_end(const struct words *name, const struct words *text)
{
	if (text->n == 0 || text->n >= name->n)
		return false;
	for (size_t i = 0; i < text->n; i++)
		if (text->word[i].cut || !word_fits(name, name->n - text->n + i, text, i))
			return false;
	return true;
}

static bool is_whole(const struct words *name, const struct words *text)
{
	for (size_t i = 0; i < text->n; i++)
		if (text->word[i].n != name->word[i].n)
			return false;
	return text->n == name->n;
}

/* ---- who it is -------------------------------------------------------------------------------------------------- */

struct fitting {
	const struct person *p;
	bool whole, ended, has_role, active;
};

static struct fitting describe(const struct person *p, bool whole, struct id role)
{
	return (struct fitting){
		.p = p,
		.whole = whole,
		.ended = p->status == VOLUNTEER_ENDED,
		.active = p->status == VOLUNTEER_ACTIVE,
		.has_role = id_is_none(role) || person_has_role(p, role),
	};
}

/* People lie in one array in the order of their names. */
static int compare_fitting(const void *vx, const void *vy)
{
	const struct fitting *x = vx, *y = vy;
	if (x->active != y->active)
		return x->active ? -1 : 1;
	if (x->has_role != y->has_role)
		return x->has_role ? -1 : 1;
	return (x->p > y->p) - (x->p < y->p);
}

/* Everybody whom the text fits; only those with the whole name when there are such. */
static struct fitting *collect(struct book *b, struct arena *a, const struct words *text, struct id role, size_t *n)
{
	const char **folded = book_folded(b, BOOK_PERSON);
	struct fitting *fits = arena_alloc(a, (b->npeople + 1) * sizeof *fits);
	bool any_whole = false;
	*n = 0;
	for (size_t i = 0; i < b->npeople; i++) {
		struct words name = {.n = 0};
		add_words(&name, folded[i], false);
		if (!fits_from_first(&name, text) && !fits_the_end(&name, text))
			continue;
		bool whole = is_whole(&name, text);
		if (whole && !any_whole)
			*n = 0;
		any_whole = any_whole || whole;
		if (whole == any_whole)
			fits[(*n)++] = describe(&b->people[i], whole, role);
	}
	qsort(fits, *n, sizeof *fits, compare_fitting);
	return fits;
}

static char *say_single(struct arena *a, const struct fitting *f, const char *role)
{
	if (f->whole)
		return arena_strdup(a, _("the whole name"));
	if (f->ended)
		return arena_strdup(a, _("fits only somebody who has ended"));
	if (!f->has_role)
		return arena_printf(a, _("fits only somebody without the role %s"), role);
	return arena_strdup(a, _("fits nobody else"));
}

static struct match judge(struct arena *a, const struct fitting *f, size_t n, bool hinted, const char *role)
{
	struct match m = {.how = MATCH_DOUBT, .n = n};
	size_t good = 0;
	for (size_t i = 0; i < n; i++)
		good += f[i].active && f[i].has_role;
	if (n == 1) {
		bool likely = !f->ended && f->has_role;
		m.how = f->whole ? MATCH_SURE : likely ? MATCH_LIKELY : MATCH_DOUBT;
		m.why = say_single(a, f, role);
	} else if (good == 1) {
		m.how = MATCH_LIKELY;
		m.why = hinted ? arena_printf(a, _("the only active one of %zu who has the role %s"), n, role)
			       : arena_printf(a, _("the only active one of %zu"), n);
	} else {
		m.why = arena_printf(a, _("fits %zu people"), n);
	}
	return m;
}

struct match book_match(struct book *b, struct arena *a, const char *text, struct id hint_role)
{
	struct words words = read_short(a, text);
	size_t n;
	struct fitting *fits = collect(b, a, &words, hint_role, &n);
	if (n == 0)
		return (struct match){.how = MATCH_NONE, .why = arena_strdup(a, _("fits nobody"))};
	struct match m = judge(a, fits, n, !id_is_none(hint_role), book_name(b, hint_role));
	m.who = arena_alloc(a, n * sizeof *m.who);
	for (size_t i = 0; i < n; i++)
		m.who[i] = fits[i].p;
	return m;
}

/* ---- places without names --------------------------------------------------------------------------------------- */

/* "2 fra Røde Kors": the number, then a word between that may be left out. */
const char *book_match_places(const char *text, int *places)
{
	static const char *const between[] = {"fra ", "from ", "x ", "stk. ", "stk "};
	char *rest;
	long n = strtol(text, &rest, 10);
	if (rest == text || n < 1 || n > 99 || *rest != ' ')
		return NULL;
	rest += strspn(rest, " ");
	for (size_t i = 0; i < sizeof between / sizeof *between; i++)
		if (strncasecmp(rest, between[i], strlen(between[i])) == 0) {
			rest += strlen(between[i]);
			break;
		}
	if (!*rest || isdigit((unsigned char)*rest))
		return NULL;
	*places = (int)n;
	return rest;
}

/* ---- twins ------------------------------------------------------------------------------------------------------ */

struct named {
	const char *folded;
	const struct person *p;
};

static int compare_named(const void *vx, const void *vy)
{
	const struct named *x = vx, *y = vy;
	int c = strcmp(x->folded, y->folded);
	return c ? c : id_compare(x->p->id, y->p->id);
}

/* What two people of one name share beside it; NULL when nothing. */
static const char *shared(const struct person *x, const struct person *y)
{
	if (*x->phone && strcmp(x->phone, y->phone) == 0)
		return _("same name and phone");
	if (*x->email && strcasecmp(x->email, y->email) == 0)
		return _("same name and e-mail");
	if (x->born != DATE_NONE && x->born == y->born)
		return _("same name and date of birth");
	return NULL;
}

static struct named *by_folded_name(struct book *b, struct arena *a)
{
	const char **folded = book_folded(b, BOOK_PERSON);
	struct named *all = arena_alloc(a, (b->npeople + 1) * sizeof *all);
	for (size_t i = 0; i < b->npeople; i++)
		all[i] = (struct named){folded[i], &b->people[i]};
	qsort(all, b->npeople, sizeof *all, compare_named);
	return all;
}

struct twin *book_twins(struct book *b, struct arena *a, size_t *n)
{
	struct named *all = by_folded_name(b, a);
	struct twin *twins = NULL;
	size_t cap = 0;
	*n = 0;
	for (size_t i = 0; i < b->npeople; i++)
		for (size_t j = i + 1; j < b->npeople && strcmp(all[i].folded, all[j].folded) == 0; j++) {
			const char *why = shared(all[i].p, all[j].p);
			if (!why)
				continue;
			twins = arena_grow(a, twins, &cap, *n + 1, sizeof *twins);
			twins[(*n)++] = (struct twin){all[i].p, all[j].p, why};
		}
	return twins;
}
