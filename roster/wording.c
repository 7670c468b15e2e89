/* roster/wording.c - see wording.h: texts put together from a template, and what they are called by.
 *
 * Owns the placeholders and the normal form. Must not know records; what differs between texts is in wording_diff.c. */
#include "roster/wording.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"

#define VOLUNTEERS "volunteers"
#define PROFESSIONALS "professionals"
#define CODE "code"
#define LINE_TO_WRITE_ON "………………"

static const struct wording_part parts[] = {
	{"person", N_("the volunteer's name")},
	{"organisation", N_("the organisation's name")},
	{"place", N_("the workplace")},
	{"roles", N_("the roles that it covers")},
	{"from", N_("the first day that it holds")},
	{"to", N_("the last day")},
	{"evaluate", N_("the day to look at it together")},
	{"case", N_("the case number")},
	{"day", N_("the day of signing: a line to write on")},
	{CODE, N_("the code of the wording")},
};
enum { PARTS = sizeof parts / sizeof *parts };

const struct wording_part *wording_parts(size_t *n)
{
	*n = PARTS;
	return parts;
}

/* ---- pieces: text, or a placeholder ------------------------------------------------------------------- */

struct piece {
	const char *text;
	size_t n;
	bool is_part;
}; /* text without braces */

static bool piece_is(const struct piece *p, const char *name)
{
	return p->is_part && strlen(name) == p->n && memcmp(p->text, name, p->n) == 0;
}

static int refuse_brace(const char *at, struct err *e)
{
	struct arena *a = arena_new();
	err_set(e, ERR_DATA,
		*at == '{' ? _("a \"{\" isn't closed with \"}\" on its line: %s")
			   : _("a \"}\" has no \"{\" before it: %s"),
		text_fit(a, at, 40));
	arena_free(a);
	return ERR_DATA;
}

/* The next piece from *at on; n == 0 and no part at the end. */
static int next_piece(const char **at, struct piece *out, struct err *e)
{
	const char *s = *at;
	size_t n = strcspn(s, "{}");
	*out = (struct piece){.text = s, .n = n};
	*at = s + n;
	if (n || !*s)
		return OK;
	n = *s == '{' ? strcspn(s + 1, "{}\n") : 0;
	if (*s != '{' || s[1 + n] != '}')
		return refuse_brace(s, e);
	*out = (struct piece){.text = s + 1, .n = n, .is_part = true};
	*at = s + n + 2;
	return OK;
}

static const struct wording_part *part_of(const struct piece *p)
{
	for (size_t i = 0; i < PARTS; i++)
		if (piece_is(p, parts[i].name))
			return &parts[i];
	return NULL;
}

static int refuse_part(const struct piece *p, struct err *e)
{
	struct buf known = {0};
	struct arena *a = arena_new();
	for (size_t i = 0; i < PARTS; i++)
		buf_addf(&known, " {%s}", parts[i].name);
	err_set(e, ERR_DATA, _("the placeholder {%s} isn't known. Known are {%s} and {%s} for the two blocks, and%s"),
		text_fit(a, arena_strndup(a, p->text, p->n), 30), VOLUNTEERS, PROFESSIONALS, known.p ? known.p : "");
	buf_free(&known);
	arena_free(a);
	return ERR_DATA;
}

/* ---- making --------------------------------------------------------------------------------------------- */

/* What a record can hold, and no blanks that nobody sees: they would make another fingerprint. */
static char *normalise(struct arena *a, const char *text)
{
	char *s = arena_strdup(a, text);
	for (char *p = s; *p; p++)
		if (*p == '\r')
			*p = p[1] == '\n' ? ' ' : '\n';
	s = text_clean(a, s, strlen(s));
	s += strspn(s, "\n");
	char *to = s, *kept = s; /* kept: after the last that isn't blank */
	for (const char *p = s; *p; p++) {
		if (*p == '\n')
			to = kept;
		*to++ = *p;
		if (*p != ' ' && *p != '\t')
			kept = to;
	}
	for (to = kept; to > s && to[-1] == '\n'; to--)
		;
	*to = '\0';
	return s;
}

struct blocks {
	const char *volunteers, *professionals;
	bool has_volunteers, has_professionals;
};

static void put_piece(struct buf *b, const struct piece *p, struct blocks *blocks)
{
	if (piece_is(p, VOLUNTEERS)) {
		buf_adds(b, blocks->volunteers);
		blocks->has_volunteers = true;
	} else if (piece_is(p, PROFESSIONALS)) {
		buf_adds(b, blocks->professionals);
		blocks->has_professionals = true;
	} else if (p->is_part) {
		buf_addf(b, "{%.*s}", (int)p->n, p->text);
	} else {
		buf_add(b, p->text, p->n);
	}
}

static int check_block(const char *block, bool is_placed, const char *name, struct err *e)
{
	if (!*block)
		return err_set(e, ERR_DATA,
			_("the block {%s} is empty: an agreement says what is expected of both sides"), name);
	if (!is_placed)
		return err_set(e, ERR_DATA, _("the text has no place for the block {%s}"), name);
	return OK;
}

static int check_parts(const char *wording, struct err *e)
{
	struct piece p;
	for (const char *at = wording; *at;) {
		int rc = next_piece(&at, &p, e);
		if (rc)
			return rc;
		if (p.is_part && !part_of(&p))
			return refuse_part(&p, e);
	}
	return OK;
}

int wording_make(
	struct arena *a, const char *text, const char *volunteers, const char *professionals, char **out, struct err *e)
{
	struct blocks blocks = {normalise(a, volunteers), normalise(a, professionals), false, false};
	struct buf b = {0};
	struct piece p;
	int rc = OK;
	for (const char *at = text; rc == OK && *at;) {
		rc = next_piece(&at, &p, e);
		if (rc == OK)
			put_piece(&b, &p, &blocks);
	}
	if (rc == OK)
		rc = check_block(blocks.volunteers, blocks.has_volunteers, VOLUNTEERS, e);
	if (rc == OK)
		rc = check_block(blocks.professionals, blocks.has_professionals, PROFESSIONALS, e);
	if (rc == OK)
		rc = check_parts(b.p, e);
	if (rc == OK)
		*out = normalise(a, b.p);
	buf_free(&b);
	return rc;
}

/* ---- its name ------------------------------------------------------------------------------------------- */

void wording_hash(const char *wording, uint8_t out[WORDING_HASH])
{
	hash_256(wording, strlen(wording), out);
}

/* The first 8 bytes as a number, its last ten digits to the base of 20: about 43 bits. */
void wording_code(const uint8_t hash[WORDING_HASH], char out[WORDING_CODE])
{
	static const char letters[] = "bcdfghjkmnpqrstvwxyz";
	uint64_t x = 0;
	for (int i = 0; i < 8; i++)
		x = x << 8 | hash[i];
	for (int i = WORDING_CODE - 2; i >= 0; i--) {
		bool between = i == 4 || i == 9;
		out[i] = between ? '-' : letters[x % 20];
		x /= between ? 1 : 20;
	}
	out[WORDING_CODE - 1] = '\0';
}

/* ---- filling in ----------------------------------------------------------------------------------------- */

static const char *value_of(const struct piece *p, const struct wording_value *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (piece_is(p, value[i].name) && value[i].value && *value[i].value)
			return value[i].value;
	return LINE_TO_WRITE_ON;
}

int wording_fill(
	struct arena *a, const char *wording, const struct wording_value *value, size_t n, char **out, struct err *e)
{
	uint8_t hash[WORDING_HASH];
	char code[WORDING_CODE];
	struct buf b = {0};
	struct piece p;
	bool coded = false;
	wording_hash(wording, hash);
	wording_code(hash, code);
	int rc = check_parts(wording, e);
	for (const char *at = wording; rc == OK && *at;) {
		rc = next_piece(&at, &p, e);
		bool is_code = piece_is(&p, CODE);
		coded |= is_code;
		if (p.is_part)
			buf_adds(&b, is_code ? code : value_of(&p, value, n));
		else
			buf_add(&b, p.text, p.n);
	}
	if (rc == OK && !coded)
		buf_addf(&b, "\n\nsamvagt %s", code);
	buf_addc(&b, '\n');
	if (rc == OK)
		*out = arena_strdup(a, b.p);
	buf_free(&b);
	return rc;
}
