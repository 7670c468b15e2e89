/* roster/find.c - see book.h: finding people, places, roles and organisations by what somebody types.
 *
 * Owns how well a name, phone or e-mail fits a needle, and what a name on a command line means. Must not know short
 * names in sheets, which are guesses (match.c). */
#include "roster/book.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/book_priv.h"

/* How well a person fits, best first. The first three are text_fold_match()'s. */
enum fit { FIT_WHOLE, FIT_START, FIT_LATER, FIT_INITIALS, FIT_PHONE, FIT_PHONE_PART, FIT_MAIL, FIT_NONE };

struct needle {
	const char *typed, *folded;
	const char *digits; /* "" when it can't be a phone number */
};

/* ---- people ----------------------------------------------------------------------------------------------------- */

/* Does a word after the first start with `rest`? */
static bool later_word_starts(const char *name, const char *rest)
{
	size_t n = strlen(rest);
	for (const char *word = name; (word = strchr(word, ' '));)
		if (strncmp(++word, rest, n) == 0)
			return true;
	return false;
}

/* Names typed together, a start of each: "ankr" for Anna Kristensen. */
static bool fits_initials(const char *name, const char *folded)
{
	for (size_t i = 1; folded[i] && folded[i - 1] == name[i - 1] && folded[i - 1] != ' '; i++)
		if (later_word_starts(name, folded + i))
			return true;
	return false;
}

static enum fit phone_fit(const struct person *p, const char *digits)
{
	const char *phone = *p->phone == '+' ? p->phone + 1 : p->phone;
	const char *at = *digits ? strstr(phone, digits) : NULL;
	if (!at)
		return FIT_NONE;
	return at == phone ? FIT_PHONE : FIT_PHONE_PART;
}

static enum fit person_fit(const struct person *p, const char *folded_name, const struct needle *needle)
{
	int rank;
	if (*needle->folded && text_fold_match(folded_name, needle->folded, &rank))
		return (enum fit)rank;
	if (*needle->folded && fits_initials(folded_name, needle->folded))
		return FIT_INITIALS;
	if (*needle->digits)
		return phone_fit(p, needle->digits);
	return strncasecmp(p->email, needle->typed, strlen(needle->typed)) == 0 ? FIT_MAIL : FIT_NONE;
}

static const char *phone_part(struct arena *a, const char *typed)
{
	enum { FEWEST = 2 };
	if (typed[strspn(typed, "+0123456789 -./()")])
		return "";
	const char *digits = text_phone_digits(a, typed);
	if (strncmp(digits, "00", 2) == 0)
		digits += 2;
	return strlen(digits) < FEWEST ? "" : digits;
}

static struct needle make_needle(struct arena *a, const char *typed)
{
	typed += strspn(typed, " ");
	return (struct needle){typed, text_fold(a, typed), phone_part(a, typed)};
}

const struct person **book_search(struct book *b, struct arena *a, const char *typed, size_t max, size_t *n)
{
	struct needle needle = make_needle(a, typed);
	const char **folded = book_folded(b, BOOK_PERSON);
	const struct person **found = arena_alloc(a, (b->npeople + 1) * sizeof *found);
	uint8_t *fits = arena_alloc(a, b->npeople + 1);
	for (size_t i = 0; i < b->npeople; i++)
		fits[i] = *needle.typed ? (uint8_t)person_fit(&b->people[i], folded[i], &needle) : FIT_WHOLE;
	*n = 0;
	for (enum fit fit = FIT_WHOLE; fit < FIT_NONE; fit++)
		for (size_t i = 0; i < b->npeople; i++)
			if (fits[i] == fit && (max == 0 || *n < max))
				found[(*n)++] = &b->people[i];
	return found;
}

/* ---- things with one name --------------------------------------------------------------------------------------- */

struct tally {
	size_t n, first;
};

static void count_one(struct tally *t, size_t at)
{
	if (t->n++ == 0)
		t->first = at;
}

/* Who has the whole name, else whose name the text is a part of. */
static struct tally count_named(struct book *b, enum book_kind kind, const char *text)
{
	struct arena *scratch = arena_new();
	const char **folded = book_folded(b, kind), *wanted = text_fold(scratch, text);
	struct tally whole = {0}, part = {0};
	for (size_t i = 0; *wanted && i < book_array(b, kind).n; i++) {
		int rank;
		if (text_fold_match(folded[i], wanted, &rank))
			count_one(rank == FIT_WHOLE ? &whole : &part, i);
	}
	arena_free(scratch);
	return whole.n ? whole : part;
}

static const void *find_named(struct book *b, enum book_kind kind, const char *text, bool *several)
{
	struct book_array all = book_array(b, kind);
	struct tally t = count_named(b, kind, text);
	*several = t.n > 1;
	return t.n == 1 ? (const char *)all.items + t.first * all.size : NULL;
}

const struct task *book_find_task(struct book *b, const char *text, bool *several)
{
	return find_named(b, BOOK_TASK, text, several);
}

const struct org *book_find_org(struct book *b, const char *text, bool *several)
{
	return find_named(b, BOOK_ORG, text, several);
}

bool book_find(struct book *b, int type, const char *text, struct id *out, bool *several)
{
	static const uint8_t kinds[][2] = {
		{TYPE_UNIT, BOOK_PLACE}, {TYPE_ROLE, BOOK_TASK}, {TYPE_ORGANISATION, BOOK_ORG}};
	const struct id *found = NULL; /* an entry begins with its id */
	*several = false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i][0] == type)
			found = find_named(b, kinds[i][1], text, several);
	*out = found ? *found : ID_NONE;
	return found != NULL;
}

/* ---- the command line ------------------------------------------------------------------------------------------- */

static int say_several(const char *text, const struct person *const *fits, size_t n, struct err *e)
{
	enum { MOST = 5, SHOWN = 8 };
	struct buf names = {0};
	struct id id[MOST];
	size_t named = n < MOST ? n : MOST;
	for (size_t i = 0; i < named; i++)
		id[i] = fits[i]->id;
	for (size_t i = 0; i < named; i++) {
		char text_of[ID_TEXT];
		buf_addf(&names, "%s%s (%s)", i ? ", " : "", fits[i]->name, id_format_end(text_of, id, named, i, SHOWN));
	}
	buf_adds(&names, n > MOST ? " …" : "");
	err_set(e, ERR_AMBIGUOUS, _("\"%s\" fits several volunteers: %s. Write more of the name, or the id"), text,
		names.p ? names.p : "");
	buf_free(&names);
	return ERR_AMBIGUOUS;
}

/* Names come first, so that "Ada" is somebody and not the start of an id; a whole id can't be a name. */
int book_resolve_person(struct book *b, struct view *v, const char *text, struct id *out, struct err *e)
{
	struct arena *scratch = arena_new();
	struct tally t = count_named(b, BOOK_PERSON, text);
	int rc = OK;
	if (id_parse(text, out, NULL) == OK && book_person(b, *out))
		goto out;
	if (t.n == 1) {
		*out = b->people[t.first].id;
	} else if (t.n > 1) {
		size_t n;
		const struct person **fits = book_search(b, scratch, text, t.n, &n);
		rc = say_several(text, fits, n, e);
	} else {
		rc = view_resolve(v, TYPE_VOLUNTEER, text, out, e);
		if (rc == OK && !book_person(b, *out))
			rc = ERR_NOTFOUND; /* somebody who has been deleted */
		if (rc == ERR_NOTFOUND)
			err_set(e, rc, _("no volunteer is called \"%s\" or has that id. Try a part of the name"), text);
	}
out:
	arena_free(scratch);
	return rc;
}
