/* roster/agreement_signing.c - see agreements.h: the text with its parties, the statement that a signature's seal is
 * made over, and the signature itself.
 *
 * Owns the form of the statement; its lines are for ever. Must not know keys: seals come and go as letters. */
#include "roster/agreements.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/letters.h"
#include "base/text.h"
#include "roster/agreements_priv.h"

enum { HASH_LETTERS = 2 * HASH_256 + 1 };

/* ---- the text --------------------------------------------------------------------------------------------- */

/* Dates that read the same in every language of the program. */
static const char *day_text(struct arena *a, const struct rec *r, int field)
{
	char *day = arena_alloc(a, 32);
	return civil_format_date(day, 32, rec_date(r, field), CIVIL_SHORT);
}

static const char *title_text(struct view *v, struct arena *a, const struct rec *r, int field)
{
	struct id id = rec_id(r, field);
	return id_is_none(id) ? "" : view_title(v, a, id);
}

static int fill(
	struct view *v, struct arena *a, const struct rec *r, const struct wording *w, char **out, struct err *e)
{
	char *roles;
	int rc = agreement_role_names(v, a, r->id, &roles, e);
	if (rc)
		return rc;
	const struct wording_value values[] = {
		{"person", title_text(v, a, r, F_AGREEMENT_VOLUNTEER)},
		{"organisation", title_text(v, a, r, F_AGREEMENT_ORGANISATION)},
		{"place", title_text(v, a, r, F_AGREEMENT_UNIT)},
		{"roles", roles},
		{"from", day_text(a, r, F_AGREEMENT_FROM)},
		{"to", day_text(a, r, F_AGREEMENT_TO)},
		{"evaluate", day_text(a, r, F_AGREEMENT_EVALUATE)},
		{"case", rec_text(r, F_AGREEMENT_CASE)},
	};
	return wording_fill(a, w->text, values, sizeof values / sizeof *values, out, e);
}

int agreement_text(struct view *v, struct arena *a, struct id agreement, char **out, struct err *e)
{
	struct rec *r;
	struct wording w;
	int rc = agreement_rec(v, a, agreement, &r, e);
	if (rc == OK)
		rc = agreement_kept_wording(v, a, rec_id(r, F_AGREEMENT_WORDING), &w, e);
	return rc ? rc : fill(v, a, r, &w, out, e);
}

/* ---- the statement ------------------------------------------------------------------------------------------ */

/* What is signed, whether it is being signed or was. */
struct signing {
	const struct rec *agreement;
	struct id wording;
	int part, how;
	const char *name, *witness, *scan;
	civil_date day;
};

static void put_id(struct buf *b, const char *what, struct id id)
{
	char text[ID_TEXT];
	buf_addf(b, "%s %s\n", what, id_is_none(id) ? "-" : id_format(text, id));
}

static void put_hash(struct buf *b, const char *what, const void *p, size_t n)
{
	uint8_t hash[HASH_256];
	char letters[HASH_LETTERS];
	hash_256(p, n, hash);
	letters_write(letters, hash, sizeof hash);
	buf_addf(b, "%s %s\n", what, letters);
}

static int state_it(struct view *v, struct arena *a, const struct signing *s, struct buf *out, struct err *e)
{
	char *text, day[16];
	struct wording w;
	int rc = agreement_kept_wording(v, a, s->wording, &w, e);
	if (rc == OK)
		rc = fill(v, a, s->agreement, &w, &text, e);
	if (rc)
		return rc;
	buf_adds(out, "samvagt signature 1\n");
	put_id(out, "agreement", s->agreement->id);
	put_hash(out, "text", text, strlen(text));
	put_hash(out, "wording", w.text, strlen(w.text));
	put_id(out, "volunteer", rec_id(s->agreement, F_AGREEMENT_VOLUNTEER));
	put_id(out, "organisation", rec_id(s->agreement, F_AGREEMENT_ORGANISATION));
	put_id(out, "place", rec_id(s->agreement, F_AGREEMENT_UNIT));
	buf_addf(out, "name %s\n", s->name);
	buf_addf(out, "part %s\n", schema_choice(SET_SIGNATURE_PART, s->part)->name);
	buf_addf(out, "how %s\n", schema_choice(SET_SIGNATURE_HOW, s->how)->name);
	buf_addf(out, "day %s\n", civil_format_date(day, sizeof day, s->day, CIVIL_ISO));
	buf_addf(out, "witness %s\n", s->witness);
	buf_addf(out, "scan %s\n", s->scan ? s->scan : "-");
	return out->oom ? err_set(e, ERR_NOMEM, _("out of memory")) : OK;
}

static int check_signing(struct view *v, const struct rec *r, const struct agreement_signing *what, struct err *e)
{
	int64_t state = rec_int(r, F_AGREEMENT_STATE);
	if (state == AGREEMENT_REFUSED || state == AGREEMENT_ENDED)
		return err_set(e, ERR_REFUSED, _("an agreement that is refused or has ended isn't signed any more"));
	if (!agreement_has_part(r, what->part))
		return err_set(e, ERR_REFUSED, _("%s isn't a party of this agreement"),
			_(schema_choice(SET_SIGNATURE_PART, what->part)->label));
	if (what->day > store_today(view_store(v)))
		return err_set(e, ERR_REFUSED, _("the day of the signature lies ahead"));
	return OK;
}

/* The name exactly as the record will hold it. */
static int clean_name(struct arena *a, const char *typed, int field, const char **out, struct err *e)
{
	struct value name;
	int rc = kind_parse(a, schema_field(TYPE_SIGNATURE, field), typed, 0, &name, e);
	*out = rc == OK && name.tag == V_TEXT ? name.text.s : "";
	if (rc == OK && !**out)
		rc = err_set(e, ERR_REFUSED, _("a signature needs the name that was signed with, and a witness"));
	return rc;
}

static int read_signing(
	struct view *v, struct arena *a, const struct agreement_signing *what, struct signing *out, struct err *e)
{
	struct rec *r;
	const char *witness = what->witness ? what->witness : store_person(view_store(v));
	int rc = agreement_rec(v, a, what->agreement, &r, e);
	if (rc == OK)
		rc = check_signing(v, r, what, e);
	if (rc)
		return rc;
	*out = (struct signing){.agreement = r,
		.wording = rec_id(r, F_AGREEMENT_WORDING),
		.part = what->part,
		.how = what->how,
		.day = what->day};
	rc = clean_name(a, what->name ? what->name : "", F_SIGNATURE_NAME, &out->name, e);
	if (rc == OK)
		rc = clean_name(a, witness, F_SIGNATURE_WITNESS, &out->witness, e);
	if (rc == OK && what->scan) {
		uint8_t hash[HASH_256];
		char *letters = arena_alloc(a, HASH_LETTERS);
		hash_256(what->scan->p, what->scan->n, hash);
		letters_write(letters, hash, sizeof hash);
		out->scan = letters;
	}
	return rc;
}

int agreement_statement(
	struct view *v, struct arena *a, const struct agreement_signing *what, struct buf *out, struct err *e)
{
	struct signing s;
	int rc = read_signing(v, a, what, &s, e);
	return rc ? rc : state_it(v, a, &s, out, e);
}

int agreement_statement_of(struct view *v, struct arena *a, struct id signature, struct buf *out, struct err *e)
{
	struct rec *r, *of, *scan = NULL;
	int rc = view_get(v, a, TYPE_SIGNATURE, signature, &r, e);
	if (rc == OK && (!r || !r->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such signature, or it has been deleted"));
	if (rc == OK)
		rc = agreement_rec(v, a, rec_id(r, F_SIGNATURE_AGREEMENT), &of, e);
	if (rc == OK && rec_get(r, F_SIGNATURE_SCAN).tag == V_ID)
		rc = view_get(v, a, TYPE_ATTACHMENT, rec_id(r, F_SIGNATURE_SCAN), &scan, e);
	if (rc)
		return rc;
	struct signing s = {
		.agreement = of,
		.wording = rec_id(r, F_SIGNATURE_WORDING),
		.part = (int)rec_int(r, F_SIGNATURE_PART),
		.how = (int)rec_int(r, F_SIGNATURE_HOW),
		.name = rec_text(r, F_SIGNATURE_NAME),
		.witness = rec_text(r, F_SIGNATURE_WITNESS),
		.day = (civil_date)rec_int(r, F_SIGNATURE_DAY),
		.scan = scan ? rec_text(scan, F_ATTACHMENT_HASH) : NULL,
	};
	return state_it(v, a, &s, out, e);
}

/* ---- signing -------------------------------------------------------------------------------------------------- */

static int put_signature(struct act *x, const struct signing *s, const struct agreement_signing *what, const char *key,
	const char *seal, struct id id, struct err *e)
{
	struct id scan = ID_NONE;
	int rc = what->scan ? attachment_add(x->c, what->scan, s->agreement->id, &scan, e) : OK;
	const struct field_value fields[] = {
		{F_SIGNATURE_AGREEMENT, value_id(s->agreement->id)},
		{F_SIGNATURE_WORDING, value_id(s->wording)},
		{F_SIGNATURE_NAME, value_text(s->name)},
		{F_SIGNATURE_PART, value_int(s->part)},
		{F_SIGNATURE_HOW, value_int(s->how)},
		{F_SIGNATURE_DAY, value_int(s->day)},
		{F_SIGNATURE_WITNESS, value_text(s->witness)},
		{F_SIGNATURE_SCAN, value_id_or_none(scan)},
		{F_SIGNATURE_KEY, value_text(key)},
		{F_SIGNATURE_SEAL, value_text(seal)},
	};
	if (rc == OK)
		rc = change_set_all(x->c, TYPE_SIGNATURE, id, fields, sizeof fields / sizeof *fields, e);
	return rc;
}

/* By signing it, the volunteer may come from that day on; an earlier declaration counts for longer. */
static int declare(struct act *x, const struct signing *s, struct err *e)
{
	struct rec *person;
	struct id id = rec_id(s->agreement, F_AGREEMENT_VOLUNTEER);
	int rc = view_get(x->v, x->a, TYPE_VOLUNTEER, id, &person, e);
	if (rc == OK && person && rec_int_or(person, F_VOLUNTEER_CONFIDENTIALITY, INT32_MAX) > s->day)
		rc = change_set(x->c, TYPE_VOLUNTEER, id, F_VOLUNTEER_CONFIDENTIALITY, value_int(s->day), e);
	return rc ? rc
		  : change_set(x->c, TYPE_AGREEMENT, s->agreement->id, F_AGREEMENT_STATE, value_int(AGREEMENT_MADE), e);
}

int agreement_sign(struct store *s, const struct agreement_signing *what, const char *key, const char *seal,
	struct id *made, struct change_result *out, struct err *e)
{
	struct act x;
	struct signing signing;
	int rc = act_begin(&x, s, ACT_SIGN, e);
	if (rc == OK)
		rc = read_signing(x.v, x.a, what, &signing, e);
	if (rc == OK) {
		*made = change_new(x.c, TYPE_SIGNATURE);
		change_arg(x.c, value_id(what->agreement));
		rc = put_signature(&x, &signing, what, key, seal, *made, e);
	}
	if (rc == OK && rec_int(signing.agreement, F_AGREEMENT_SORT) == AGREEMENT_CONFIDENTIALITY)
		rc = declare(&x, &signing, e);
	return act_end(&x, rc, out, e);
}
