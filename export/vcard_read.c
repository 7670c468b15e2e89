/* export/vcard_read.c - contacts (.vcf) as a table of people and one of organisations: vCard 2.1, 3.0 and 4.0 as phones
 * and mail programs write them (RFC 2426, RFC 6350; 2.1 by the Versit Consortium, 1996). Owns lines, escapes and
 * encodings of theirs. Must not know who is here already. */
#include "export/import_priv.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/decode.h"

enum { PARTS = 8, CARDS_MOST = 50000, VALUE_MOST = 64 << 10 };

enum { PERSON_GIVEN, PERSON_FAMILY, PERSON_NAME, PERSON_PHONE, PERSON_EMAIL, PERSON_BORN, PERSON_ADDRESS, PERSON_POSTCODE, PERSON_CITY,
	PERSON_ORGANISATION, PERSON_NOTE, PERSON_ID, PERSON_COLS };
static const char *const person_head[] = {"volunteer.given", "volunteer.family", "volunteer.name", "volunteer.phone",
	"volunteer.email", "volunteer.born", "volunteer.address", "volunteer.postcode", "volunteer.city", "volunteer.organisation",
	"volunteer.note", "volunteer.id", NULL};
enum { ORG_NAME, ORG_CONTACT, ORG_PHONE, ORG_EMAIL, ORG_ID, ORG_COLS };
static const char *const org_head[] = {"organisation.name", "organisation.contact", "organisation.phone", "organisation.email",
	"organisation.id", NULL};

/* One card while it is read. */
struct card {
	const char *given, *family, *shown, *phone, *email, *born, *address, *postcode, *city, *org, *note, *uid;
	int phone_rank, email_rank;
	bool is_org;
	size_t line;
};

struct reading {
	struct arena *a;
	const char *at;
	size_t line, begun;            /* of `at`; of the content line that was read last */
	struct card card;
	bool open;
	struct card *cards; size_t n, cap;
};

/* ---- content lines ----------------------------------------------------------------------------------- */

static size_t line_length(const char *s)
{
	return strcspn(s, "\r\n");
}

static const char *next_line(struct reading *r, const char *s)
{
	s += line_length(s);
	s += *s == '\r';
	s += *s == '\n';
	r->line++;
	return s;
}

/* Quoted-printable goes on after a = at the line's end, and isn't folded. */
static bool says_quoted_printable(const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n);
	struct arena *a = arena_new();
	char *head = arena_strndup(a, line, colon ? (size_t)(colon - line) : n);
	bool out = strcasestr(head, "QUOTED-PRINTABLE") != NULL;
	arena_free(a);
	return out;
}

/* The next content line whole, unfolded; NULL at the end. */
static char *content_line(struct reading *r)
{
	struct buf b = {0};
	if (!*r->at)
		return NULL;
	r->begun = r->line;
	size_t n = line_length(r->at);
	bool quoted = says_quoted_printable(r->at, n);
	buf_add(&b, r->at, n);
	r->at = next_line(r, r->at);
	while (*r->at && ((quoted && b.n && b.p[b.n - 1] == '=') || (!quoted && (*r->at == ' ' || *r->at == '\t')))) {
		if (quoted)
			b.n--;
		else
			r->at++;
		n = line_length(r->at);
		if (b.n < VALUE_MOST)
			buf_add(&b, r->at, n);
		r->at = next_line(r, r->at);
	}
	char *line = arena_strndup(r->a, b.p ? b.p : "", b.n);
	buf_wipe(&b);
	return line;
}

/* NAME;PARAMETERS:VALUE, the name without a group ("item1.TEL"); a colon may stand in quotes. */
struct property { const char *name, *params, *value; };

static bool split_line(char *line, struct property *out)
{
	bool quoted = false;
	char *colon = line;
	for (; *colon && (*colon != ':' || quoted); colon++)
		quoted = quoted != (*colon == '"');
	if (!*colon)
		return false;
	*colon = '\0';
	char *params = strchr(line, ';'), *dot;
	if (params)
		*params++ = '\0';
	dot = strchr(line, '.');
	*out = (struct property){dot ? dot + 1 : line, params ? params : "", colon + 1};
	return true;
}

static bool is(const char *x, const char *y)
{
	return strcasecmp(x, y) == 0;
}

/* The parameter's value, "" when there is none. */
static const char *param_of(struct arena *a, const char *params, const char *name)
{
	size_t n = strlen(name);
	for (const char *s = params; s && *s; s = strchr(s, ';')) {
		s += *s == ';';
		if (strncasecmp(s, name, n) == 0 && s[n] == '=')
			return arena_strndup(a, s + n + 1, strcspn(s + n + 1, ";"));
	}
	return "";
}

/* ---- values ------------------------------------------------------------------------------------------ */

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *from_quoted_printable(struct arena *a, const char *s, const char *charset)
{
	struct buf b = {0}, utf8 = {0};
	for (; *s; s++) {
		int high = *s == '=' ? hex(s[1]) : -1, low = high >= 0 ? hex(s[2]) : -1;
		if (low >= 0)
			s += 2;
		buf_addc(&b, low >= 0 ? (char)(high * 16 + low) : *s);
	}
	bool plain = b.p && text_valid(b.p, b.n) && !strcasestr(charset, "8859") && !strcasestr(charset, "1252");
	if (!plain && b.p)
		decode_charset(*charset && !is(charset, "UTF-8") ? charset : "WINDOWS-1252", b.p, b.n, &utf8, NULL);
	const char *out = plain ? arena_strndup(a, b.p, b.n) : arena_strndup(a, utf8.p ? utf8.p : "", utf8.n);
	buf_wipe(&b);
	buf_wipe(&utf8);
	return out;
}

/* Parts divided at semicolons, escapes taken out; a part that isn't there is "". */
static void split_parts(struct arena *a, const char *s, const char *out[PARTS], size_t parts)
{
	for (size_t i = 0; i < PARTS; i++)
		out[i] = "";
	for (size_t i = 0; i < parts; i++) {
		struct buf b = {0};
		for (; *s && (*s != ';' || i + 1 == parts); s++) {
			if (*s == '\\' && s[1])
				buf_addc(&b, *++s == 'n' || *s == 'N' ? '\n' : *s);
			else
				buf_addc(&b, *s);
		}
		out[i] = text_valid(b.p ? b.p : "", b.n) ? text_clean(a, b.p ? b.p : "", b.n) : "";
		buf_wipe(&b);
		if (!*s++)
			break;
	}
}

static const char *decoded(struct arena *a, const struct property *p)
{
	return strcasestr(p->params, "QUOTED-PRINTABLE") ? from_quoted_printable(a, p->value, param_of(a, p->params, "CHARSET"))
							 : p->value;
}

static const char *one_line(struct arena *a, const char *s)
{
	char *out = arena_strdup(a, s);
	for (char *p = out; (p = strpbrk(p, "\n\t")) != NULL;)
		*p = ' ';
	return out;
}

/* ---- what a property says ---------------------------------------------------------------------------- */

/* The one to ring or write to first: what is preferred, then a mobile, then the first. A fax is none. */
static int rank_of(const char *params)
{
	if (strcasestr(params, "FAX") || strcasestr(params, "PAGER"))
		return 0;
	return 1 + (strcasestr(params, "CELL") || strcasestr(params, "MOBILE") || strcasestr(params, "IPHONE") ? 1 : 0) +
		(strcasestr(params, "PREF") ? 2 : 0);
}

static void take_best(const char **out, int *best, int rank, const char *text)
{
	if (*text && rank > *best) {
		*out = text;
		*best = rank;
	}
}

/* 19550412, 1955-04-12, with a time behind; without a year (--0412) it is left out. */
static const char *date_of(struct arena *a, const char *s)
{
	char digits[9];
	size_t n = 0;
	for (; *s && *s != 'T' && n < 8; s++)
		if (isdigit((unsigned char)*s))
			digits[n++] = *s;
		else if (*s != '-' || (n != 4 && n != 6))
			return "";
	digits[n] = '\0';
	return n == 8 ? arena_printf(a, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6) : "";
}

/* Of our own cards, and of a few phones'. */
static const char *id_of(const char *uid)
{
	return strncasecmp(uid, "urn:uuid:", 9) == 0 ? uid + 9 : "";
}

static void take_property(struct reading *r, const struct property *p)
{
	struct card *c = &r->card;
	const char *part[PARTS], *text = decoded(r->a, p);
	bool several = is(p->name, "N") || is(p->name, "ADR") || is(p->name, "ORG");
	split_parts(r->a, text, part, several ? PARTS : 1);
	if (is(p->name, "N")) {
		c->family = one_line(r->a, part[0]);
		c->given = one_line(r->a, *part[2] ? arena_printf(r->a, "%s %s", part[1], part[2]) : part[1]);
	} else if (is(p->name, "ADR") && !*c->address && !*c->postcode) {
		c->address = one_line(r->a, *part[1] ? arena_printf(r->a, "%s, %s", part[2], part[1]) : part[2]);
		c->city = one_line(r->a, part[3]);
		c->postcode = one_line(r->a, part[5]);
	} else if (is(p->name, "TEL")) {
		take_best(&c->phone, &c->phone_rank, rank_of(p->params), strncasecmp(part[0], "tel:", 4) == 0 ? part[0] + 4 : part[0]);
	} else if (is(p->name, "EMAIL")) {
		take_best(&c->email, &c->email_rank, rank_of(p->params), part[0]);
	} else if (is(p->name, "KIND") || is(p->name, "X-ABShowAs")) {
		c->is_org = c->is_org || is(part[0], "org") || is(part[0], "company");
	} else if (is(p->name, "BDAY")) {
		c->born = date_of(r->a, part[0]);
	} else if (is(p->name, "UID")) {
		c->uid = id_of(part[0]);
	} else {
		const struct { const char *name, **to; } texts[] = {{"FN", &c->shown}, {"ORG", &c->org}, {"NOTE", &c->note}};
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			if (is(p->name, texts[i].name) && !**texts[i].to)
				*texts[i].to = is(p->name, "NOTE") ? part[0] : one_line(r->a, part[0]);
	}
}

/* ---- cards ------------------------------------------------------------------------------------------- */

static int begin_card(struct reading *r, struct err *e)
{
	if (r->open)
		return err_set(e, ERR_DATA, _("line %zu: a card begins where the one of line %zu hasn't ended"), r->begun, r->card.line);
	if (r->n >= CARDS_MOST)
		return err_set(e, ERR_DATA, _("more than %d cards. Divide the file and import one part at a time"), CARDS_MOST);
	r->card = (struct card){"", "", "", "", "", "", "", "", "", "", "", "", 0, 0, false, r->begun};
	r->open = true;
	return OK;
}

static int end_card(struct reading *r, struct err *e)
{
	if (!r->open)
		return err_set(e, ERR_DATA, _("line %zu: a card ends that hasn't begun"), r->begun);
	r->cards = arena_grow(r->a, r->cards, &r->cap, r->n + 1, sizeof *r->cards);
	r->cards[r->n++] = r->card;
	r->open = false;
	return OK;
}

/* What stands between cards, and lines that are none, are left out: old phones break theirs. */
static int take_line(struct reading *r, char *line, struct err *e)
{
	struct property p;
	if (!split_line(line, &p))
		return OK;
	const char *value = text_clean(r->a, p.value, strlen(p.value));
	if (is(p.name, "BEGIN") && is(value, "VCARD"))
		return begin_card(r, e);
	if (is(p.name, "END") && is(value, "VCARD"))
		return end_card(r, e);
	if (r->open)
		take_property(r, &p);
	return OK;
}

static void put_person(struct tables *x, struct table *t, const struct card *c)
{
	const char **cells = table_add_row(x, t, c->line)->cells;
	bool named = *c->given;
	cells[PERSON_GIVEN] = c->given;
	cells[PERSON_FAMILY] = named ? c->family : "";
	cells[PERSON_NAME] = named ? "" : *c->shown ? c->shown : c->family;
	cells[PERSON_PHONE] = c->phone;
	cells[PERSON_EMAIL] = c->email;
	cells[PERSON_BORN] = c->born;
	cells[PERSON_ADDRESS] = c->address;
	cells[PERSON_POSTCODE] = c->postcode;
	cells[PERSON_CITY] = c->city;
	cells[PERSON_ORGANISATION] = c->org;
	cells[PERSON_NOTE] = c->note;
	cells[PERSON_ID] = c->uid;
}

static void put_organisation(struct tables *x, struct table *t, const struct card *c)
{
	const char **cells = table_add_row(x, t, c->line)->cells;
	const char *contact = *c->family ? arena_printf(x->a, "%s %s", c->given, c->family) : c->given;
	contact = text_clean(x->a, contact, strlen(contact));
	cells[ORG_NAME] = *c->org ? c->org : c->shown;
	/* a card must have a name: of an organisation without a contact it is its own */
	cells[ORG_CONTACT] = strcmp(contact, cells[ORG_NAME]) == 0 ? "" : contact;
	cells[ORG_PHONE] = c->phone;
	cells[ORG_EMAIL] = c->email;
	cells[ORG_ID] = c->uid;
}

static void put_cards(struct tables *x, const struct reading *r, bool organisations)
{
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += r->cards[i].is_org == organisations;
	if (n == 0)
		return;
	bool both = n < r->n;
	const char *name = both ? arena_printf(x->a, "%s: %s", x->name, organisations ? _("organisations") : _("volunteers")) : x->name;
	struct table *t = organisations ? tables_add(x, name, IMPORT_ORGANISATIONS, org_head, ORG_COLS)
					: tables_add(x, name, IMPORT_VOLUNTEERS, person_head, PERSON_COLS);
	t->wary = true;
	for (size_t i = 0; i < r->n; i++)
		if (r->cards[i].is_org == organisations)
			(organisations ? put_organisation : put_person)(x, t, &r->cards[i]);
}

int vcard_read_tables(struct tables *x, const char *text, struct err *e)
{
	struct reading r = {.a = x->a, .at = text, .line = 1};
	int rc = OK;
	for (char *line; rc == OK && (line = content_line(&r));)
		rc = take_line(&r, line, e);
	if (rc == OK && r.open)
		rc = err_set(e, ERR_DATA, _("line %zu: the card that begins here has no END; was the file cut off?"), r.card.line);
	if (rc == OK && r.n == 0)
		rc = err_set(e, ERR_DATA, _("line 1: no card begins here (BEGIN:VCARD)"));
	if (rc == OK) {
		put_cards(x, &r, true);
		put_cards(x, &r, false);
	}
	return rc;
}
