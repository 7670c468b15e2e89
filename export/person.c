/* export/person.c - see person.h: finds what is kept of a person, and says which of it may be told.
 *
 * Owns which records and changes are a person's, by the table of types. Must not know any type, but agreements, whose
 * text is put together, and attachments, whose bytes are files. */
#include "export/person.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/papers_priv.h"
#include "export/person_priv.h"
#include "roster/agreements.h"
#include "store/erase.h"
#include "store/exchange.h"
#include "sync/ring.h"

/* ---- whose is it? ---------------------------------------------------------------------------------------------- */

static bool is_in(const struct idmap *m, struct value v)
{
	return v.tag == V_ID && idmap_get(m, v.id) != IDMAP_NONE;
}

/* Also by a value that stands beside the one shown. */
static bool points_in(const struct rec *r, int field, const struct idmap *m)
{
	bool yes = is_in(m, rec_get(r, field));
	for (size_t i = 0; i < r->nsib; i++)
		yes = yes || (r->sib[i].no == field && is_in(m, r->sib[i].v));
	return yes;
}

static bool names_person(const struct insight *x, const struct type *t, const struct rec *r)
{
	for (size_t i = 0; t && i < t->nfields; i++)
		if (t->fields[i].kind == KIND_REF && points_in(r, t->fields[i].no, &x->persons))
			return true;
	return false;
}

/* Records come by type and id, and belong only to such of a lower type number: to what was met already. */
static bool is_kept(const struct insight *x, const struct rec *r, struct about *k)
{
	int owner = erase_owner_field(r->type);
	k->type = schema_type(r->type);
	k->others = false;
	if (erase_is_stripped(r))
		return false;
	if (idmap_get(&x->persons, r->id) != IDMAP_NONE)
		return true;
	if (owner && (points_in(r, owner, &x->persons) || points_in(r, owner, &x->records)))
		return true;
	k->others = owner != 0;
	return names_person(x, k->type, r);
}

static const struct rec *copy_rec(struct arena *a, const struct rec *r)
{
	struct rec *copy = arena_copy(a, r, sizeof *r);
	copy->f = arena_copy(a, r->f, r->n * sizeof *r->f);
	copy->sib = arena_copy(a, r->sib, r->nsib * sizeof *r->sib);
	copy->cap = r->n;
	copy->sibcap = r->nsib;
	for (size_t i = 0; i < copy->n; i++)
		copy->f[i].v = value_copy(a, copy->f[i].v);
	for (size_t i = 0; i < copy->nsib; i++)
		copy->sib[i].v = value_copy(a, copy->sib[i].v);
	return copy;
}

/* The pieces of an attachment are the bytes of its file. */
static int gather_one(void *ctx, const struct rec *r, struct err *e)
{
	struct insight *x = ctx;
	struct about k;
	uint32_t unused;
	bool fresh;
	if (r->type == TYPE_PIECE || !is_kept(x, r, &k))
		return OK;
	if (!k.others && !idmap_add(&x->records, r->id, 1, &unused, &fresh))
		return err_set(e, ERR_NOMEM, _("out of memory"));
	k.rec = copy_rec(x->a, r);
	k.file = NULL;
	k.time = CMIN_NONE;
	x->kept = arena_grow(x->a, x->kept, &x->cap, x->nkept + 1, sizeof *x->kept);
	x->kept[x->nkept++] = k;
	return OK;
}

/* ---- in which order -------------------------------------------------------------------------------------------- */

/* The first day or time in it. */
static civil_min own_time(const struct rec *r)
{
	const struct type *t = schema_type(r->type);
	for (size_t i = 0; t && i < t->nfields; i++) {
		struct value v = rec_get(r, t->fields[i].no);
		if (v.tag == V_INT && t->fields[i].kind == KIND_DATETIME)
			return v.i;
		if (v.tag == V_INT && t->fields[i].kind == KIND_DATE)
			return cmin_at((civil_date)v.i, 0);
	}
	return CMIN_NONE;
}

/* Of a place on a shift it is the shift's. */
static civil_min time_of(const struct insight *x, const struct rec *r)
{
	civil_min found = own_time(r);
	for (size_t i = 0; i < r->n && found == CMIN_NONE; i++) {
		struct rec *on = NULL;
		if (r->f[i].v.tag == V_ID && !person_is_others(x, r->f[i].v) &&
			view_find(x->v, x->a, r->f[i].v.id, &on, NULL) == OK && on && on->type != TYPE_VOLUNTEER)
			found = own_time(on);
	}
	return found;
}

static int compare_kept(const void *p, const void *q)
{
	const struct about *x = p, *y = q;
	if (x->type != y->type)
		return !x->type ? 1 : !y->type ? -1 : x->type < y->type ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return id_compare(x->rec->id, y->rec->id);
}

static void order_kept(struct insight *x)
{
	size_t files = 0;
	for (size_t i = 0; i < x->nkept; i++) {
		struct about *k = &x->kept[i];
		k->time = time_of(x, k->rec);
		k->elsewhere = k->time != CMIN_NONE && own_time(k->rec) == CMIN_NONE;
	}
	if (x->nkept)
		qsort(x->kept, x->nkept, sizeof *x->kept, compare_kept);
	for (size_t i = 0; i < x->nkept; i++) {
		struct about *k = &x->kept[i];
		if (k->rec->type == TYPE_ATTACHMENT && !k->others && k->rec->alive)
			k->file = arena_printf(x->a, "%zu-%s", ++files,
				text_file_name(x->a, rec_text(k->rec, F_ATTACHMENT_NAME)));
	}
}

/* ---- what was changed ------------------------------------------------------------------------------------------ */

static const char *site_of(const struct insight *x, const struct ring *r, struct dot dot)
{
	const struct ring_member *m = r ? ring_author(r, dot.inc) : NULL;
	return m ? arena_strdup(x->a, m->name) : dot.inc == store_incarnation(view_store(x->v)) ? x->site : "";
}

static int gather_changes_of(struct insight *x, const struct ring *r, const struct about *k, struct err *e)
{
	struct group *g;
	size_t n = 0;
	int rc = log_of_record(x->v, x->a, k->rec->id, &g, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		x->done = arena_grow(x->a, x->done, &x->done_cap, x->ndone + 1, sizeof *x->done);
		x->done[x->ndone++] = (struct deed){&g[i], k, site_of(x, r, g[i].dot)};
	}
	return rc;
}

static int compare_done(const void *p, const void *q)
{
	const struct deed *x = p, *y = q;
	if (x->group->clock != y->group->clock)
		return x->group->clock > y->group->clock ? -1 : 1;
	int c = -dot_compare(x->group->dot, y->group->dot);
	return c ? c : (x->kept > y->kept) - (x->kept < y->kept);
}

static int gather_changes(struct insight *x, struct err *e)
{
	struct ring *r = NULL;
	int rc = ring_load(view_store(x->v), &r, e);
	for (size_t i = 0; rc == OK && i < x->nkept; i++)
		if (!x->kept[i].others)
			rc = gather_changes_of(x, r, &x->kept[i], e);
	ring_free(r);
	if (rc == OK && x->ndone)
		qsort(x->done, x->ndone, sizeof *x->done, compare_done);
	return rc;
}

/* What was changed is told by itself, with the values. */
static int gather_seen(struct insight *x, struct err *e)
{
	struct audit *all;
	size_t n = 0;
	int rc = retention_audit(x->v, x->b, x->a, x->volunteer, &all, &n, e);
	x->seen = arena_alloc(x->a, (n + 1) * sizeof *x->seen);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (all[i].kind != AUDIT_CHANGED)
			x->seen[x->nseen++] = &all[i];
	return rc;
}

/* Names of one word are words, too. */
static void gather_others(struct insight *x)
{
	x->others = arena_alloc(x->a, (x->b->npeople + 1) * sizeof *x->others);
	for (size_t i = 0; i < x->b->npeople; i++) {
		const struct person *p = &x->b->people[i];
		if (*p->given && *p->family && !strstr(x->name, p->name) && idmap_get(&x->persons, p->id) == IDMAP_NONE)
			x->others[x->nothers++] = p->name;
	}
}

/* ---- all of it ------------------------------------------------------------------------------------------------- */

int person_gather(struct insight *x, struct err *e)
{
	struct id *persons;
	size_t n = 0;
	uint32_t unused;
	bool fresh;
	int rc = erase_persons(x->v, x->a, x->volunteer, &persons, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (!idmap_add(&x->persons, persons[i], 1, &unused, &fresh))
			rc = err_set(e, ERR_NOMEM, _("out of memory"));
	if (rc == OK)
		rc = exchange_records(x->v, gather_one, x, e);
	if (rc)
		return rc;
	x->name = view_title(x->v, x->a, x->volunteer);
	x->site = view_title(x->v, x->a, store_site(view_store(x->v)));
	x->made = paper_made(x->v, x->a);
	gather_others(x);
	order_kept(x);
	rc = gather_changes(x, e);
	if (rc == OK)
		rc = gather_seen(x, e);
	return rc ? rc : person_tell(x, e);
}

void person_free(struct insight *x)
{
	idmap_free(&x->persons);
	idmap_free(&x->records);
}

int person_export(struct view *v, struct book *b, struct arena *a, struct id volunteer, civil_date today,
	const struct person_export *out, struct err *e)
{
	struct insight x = {.v = v, .b = b, .a = a, .volunteer = volunteer, .today = today};
	int rc = person_gather(&x, e);
	if (rc == OK) {
		person_put_text(&x, out->text);
		person_put_json(&x, out->json);
		if (out->text->oom || out->json->oom)
			rc = err_set(e, ERR_NOMEM, _("out of memory"));
	}
	person_free(&x);
	return rc;
}

/* ---- what may be told ------------------------------------------------------------------------------------------ */

bool person_may_tell(const struct about *k, int field)
{
	const struct field *f = schema_field(k->rec->type, field);
	return !k->others || (f && !(f->flags & FIELD_PERS));
}

bool person_is_others(const struct insight *x, struct value v)
{
	struct rec *r = NULL;
	if (v.tag != V_ID || is_in(&x->persons, v) || is_in(&x->records, v) ||
		view_find(x->v, x->a, v.id, &r, NULL) != OK || !r)
		return false;
	int owner = erase_owner_field(r->type);
	return r->type == TYPE_VOLUNTEER || (owner && rec_get(r, owner).tag == V_ID);
}

/* How much of the text is the name of another volunteer. */
static size_t name_at(const struct insight *x, const char *text)
{
	size_t n = 0;
	for (size_t i = 0; n == 0 && i < x->nothers; i++)
		n = text_begins(text, x->others[i]);
	return n;
}

const char *person_mask(const struct insight *x, const char *text)
{
	struct buf out = {0};
	int len;
	bool in_word = false;
	if (!strchr(text, ' '))
		return text;
	for (const char *at = text; *at;) {
		bool is_letter = text_is_letter(text_point(at, &len));
		size_t n = is_letter && !in_word ? name_at(x, at) : 0;
		if (n)
			buf_addf(&out, "[%s]", _("another volunteer"));
		else
			buf_add(&out, at, (size_t)len);
		in_word = is_letter && !n;
		at += n ? n : (size_t)len;
	}
	const char *masked = arena_strdup(x->a, out.p);
	buf_wipe(&out);
	return masked;
}

const char *person_value(const struct insight *x, const struct field *f, struct value v)
{
	if (person_is_others(x, v))
		return _("another volunteer");
	if (!f || v.tag == V_RAW)
		return _("(from a newer version)");
	return v.tag == V_NONE ? "" : person_mask(x, view_field_text(x->v, x->a, f, v));
}

const char *person_agreement(const struct insight *x, const struct about *k)
{
	char *text = NULL;
	if (k->rec->type != TYPE_AGREEMENT || k->others || !k->rec->alive ||
		agreement_text(x->v, x->a, k->rec->id, &text, NULL) != OK)
		return NULL;
	return person_mask(x, text);
}
