/* export/vcards.c - see vcards.h. Owns what stands in a card, and how RFC 2426 writes it: lines of 75 octets, CR LF,
 * texts with \, ; , and line ends escaped. Must not know how cards are read again: export/vcard_read.c does. */
#include "export/vcards.h"

#include <string.h>

enum { LINE_MOST = 75 };

/* ---- lines ------------------------------------------------------------------------------------------- */

/* Folded between letters; a line that goes on begins with a blank. */
static void put_line(struct buf *out, const char *line, size_t n)
{
	for (size_t room = LINE_MOST; n > room; room = LINE_MOST - 1) {
		size_t cut = room;
		while (cut > 1 && ((unsigned char)line[cut] & 0xC0) == 0x80)
			cut--;
		buf_add(out, line, cut);
		buf_adds(out, "\r\n ");
		line += cut;
		n -= cut;
	}
	buf_add(out, line, n);
	buf_adds(out, "\r\n");
}

static void put_escaped(struct buf *b, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\;,", *text))
			buf_addc(b, '\\');
		if (*text == '\n')
			buf_adds(b, "\\n");
		else
			buf_addc(b, *text);
	}
}

/* NAME:part;part…; nothing where all parts are empty. */
static void put_parts(struct buf *out, const char *name, const char *const *parts, size_t n)
{
	struct buf line = {0};
	bool any = false;
	buf_addf(&line, "%s:", name);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(&line, ';');
		put_escaped(&line, parts[i]);
		any = any || *parts[i];
	}
	if (line.oom)
		out->oom = true;
	else if (any)
		put_line(out, line.p, line.n);
	buf_wipe(&line);
}

static void put_text(struct buf *out, const char *name, const char *text)
{
	put_parts(out, name, &text, 1);
}

static void begin_card(struct buf *out, struct id id, const char *shown)
{
	char uid[ID_TEXT];
	buf_adds(out, "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//samvagt//samvagt//EN\r\n");
	buf_addf(out, "UID:urn:uuid:%s\r\n", id_format(uid, id));
	put_text(out, "FN", shown);
}

/* Phones dial what has the country in it from everywhere. */
static void put_phone(struct buf *out, struct arena *a, const char *kind, const char *phone)
{
	if (*phone)
		put_text(out, kind, *phone == '+' ? phone : arena_printf(a, "+45%s", phone));
}

/* ---- whose ------------------------------------------------------------------------------------------- */

static void put_person(struct buf *out, struct arena *a, const struct book *b, const struct person *p, const struct rec *r)
{
	const char *names[] = {p->family, p->given, "", "", ""};
	const char *address[] = {"", "", rec_text(r, F_VOLUNTEER_ADDRESS), p->city, "", rec_text(r, F_VOLUNTEER_POSTCODE), ""};
	const struct org *via = book_org(b, p->organisation);
	begin_card(out, p->id, p->name);
	put_parts(out, "N", names, sizeof names / sizeof *names);
	put_phone(out, a, "TEL;TYPE=CELL", p->phone);
	put_text(out, "EMAIL;TYPE=INTERNET", p->email);
	put_parts(out, "ADR;TYPE=HOME", address, sizeof address / sizeof *address);
	put_text(out, "ORG", via ? via->name : "");
	buf_adds(out, "END:VCARD\r\n");
}

int vcards_people(struct view *v, struct book *b, struct buf *out, size_t *n, struct err *e)
{
	struct arena *a = arena_new();
	int rc = OK;
	*n = 0;
	for (size_t i = 0; i < b->npeople && rc == OK; i++) {
		const struct person *p = &b->people[i];
		struct rec *r = NULL;
		if (!person_is_planned(p) || (!*p->phone && !*p->email))
			continue;
		rc = view_get(v, a, TYPE_VOLUNTEER, p->id, &r, e);
		if (rc == OK && r && r->alive) {
			put_person(out, a, b, p, r);
			(*n)++;
		}
		arena_reset(a);
	}
	arena_free(a);
	return rc;
}

struct cards { struct buf *out; struct arena *a; size_t n; };

/* KIND and X-ABShowAs say that it is no person, to those who know them; then N is whom to ask for there. */
static int put_organisation(void *ctx, const struct rec *r)
{
	struct cards *x = ctx;
	const char *name = rec_text(r, F_ORGANISATION_NAME), *contact = rec_text(r, F_ORGANISATION_CONTACT);
	const char *names[] = {"", contact, "", "", ""};
	if (!*rec_text(r, F_ORGANISATION_PHONE) && !*rec_text(r, F_ORGANISATION_EMAIL))
		return 0;
	begin_card(x->out, r->id, name);
	put_parts(x->out, "N", *contact ? names : &name, *contact ? sizeof names / sizeof *names : 1);
	buf_adds(x->out, "KIND:org\r\nX-ABShowAs:COMPANY\r\n");
	put_text(x->out, "ORG", name);
	put_phone(x->out, x->a, "TEL;TYPE=WORK", rec_text(r, F_ORGANISATION_PHONE));
	put_text(x->out, "EMAIL;TYPE=INTERNET", rec_text(r, F_ORGANISATION_EMAIL));
	buf_adds(x->out, "END:VCARD\r\n");
	x->n++;
	return 0;
}

int vcards_organisations(struct view *v, struct buf *out, size_t *n, struct err *e)
{
	struct cards x = {out, arena_new(), 0};
	int rc = view_each(v, TYPE_ORGANISATION, put_organisation, &x, e);
	*n = x.n;
	arena_free(x.a);
	return rc;
}
