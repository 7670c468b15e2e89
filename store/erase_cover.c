/* store/erase_cover.c - see erase_priv.h. Owns which records are covered when somebody is gone, and what stands in
 * place of their values. Must not know how that is found out of a person (erase_who.c), nor how a store is made
 * again. */
#include "store/erase_priv.h"

#include <assert.h>
#include <string.h>

#include "store/register.h"

/* A record belongs to a person by one field: straight, or by another record that does. In the order in which that is
 * found out. A field that points at persons otherwise only mentions them. */
static const struct owner { uint8_t type, field; } owners[] = {
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_VOLUNTEER },
	{ TYPE_QUALIFICATION, F_QUALIFICATION_VOLUNTEER },
	{ TYPE_CALL, F_CALL_VOLUNTEER },
	{ TYPE_AGREEMENT, F_AGREEMENT_VOLUNTEER },
	{ TYPE_AVAILABILITY, F_AVAILABILITY_VOLUNTEER },
	{ TYPE_SERIES_PLACE, F_SERIES_PLACE_VOLUNTEER },
	{ TYPE_TALK, F_TALK_VOLUNTEER },
	{ TYPE_SIGNATURE, F_SIGNATURE_AGREEMENT },
	{ TYPE_LINK, F_LINK_FROM },
	{ TYPE_ATTACHMENT, F_ATTACHMENT_OF },
	{ TYPE_PIECE, F_PIECE_OF },
};
enum { OWNERS = sizeof owners / sizeof *owners };

/* What counts stays: everything else of a covered record goes, also what this version doesn't know. */
static const struct owner keeps[] = {
	{ TYPE_ASSIGNMENT, FIELD_ALIVE },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_ORGANISATION },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_PLACES },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_STATE },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_ATTENDANCE },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_MINUTES },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_APPROVED },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_YES_FROM },
	{ TYPE_ASSIGNMENT, F_ASSIGNMENT_YES_TO },
	{ TYPE_AGREEMENT, FIELD_ALIVE },
	{ TYPE_AGREEMENT, F_AGREEMENT_SORT },
	{ TYPE_AGREEMENT, F_AGREEMENT_WORDING },
	{ TYPE_AGREEMENT, F_AGREEMENT_ORGANISATION },
	{ TYPE_AGREEMENT, F_AGREEMENT_UNIT },
	{ TYPE_AGREEMENT, F_AGREEMENT_STATE },
	{ TYPE_AGREEMENT, F_AGREEMENT_FROM },
	{ TYPE_AGREEMENT, F_AGREEMENT_TO },
};

static const struct owner *owner_of(int type)
{
	for (size_t i = 0; i < OWNERS; i++)
		if (owners[i].type == type)
			return &owners[i];
	return NULL;
}

int erase_owner_field(int type)
{
	const struct owner *o = owner_of(type);
	return o ? o->field : 0;
}

bool erase_is_owner(int type, int field)
{
	return field != FIELD_ALIVE && erase_owner_field(type) == field;
}

bool erase_keeps(int type, int field)
{
	for (size_t i = 0; i < sizeof keeps / sizeof *keeps; i++)
		if (keeps[i].type == type && keeps[i].field == field)
			return true;
	return false;
}

static struct value erased(void)
{
	return value_id(ID_ERASED);
}

static bool is_erased(struct value v)
{
	return v.tag == V_ID && id_is_erased(v.id);
}

/* Nothing else than erasing leaves a field 0 without value. */
bool erase_is_stripped(const struct rec *r)
{
	const struct owner *o = owner_of(r->type);
	if (r->n > 0 && r->f[0].no == FIELD_ALIVE && r->f[0].v.tag == V_NONE)
		return true;
	if (!o)
		return false;
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no == o->field && is_erased(r->sib[i].v))
			return true;
	return is_erased(rec_get(r, o->field));
}

/* Is it of a record that was erased itself? Of a volunteer all goes, of a vigil what could tell whom it was about. */
static bool goes_with_record(int type, int field)
{
	const struct field *f = schema_field(type, field);
	return type == TYPE_VOLUNTEER || (type == TYPE_VIGIL && field != FIELD_ALIVE && (!f || f->flags & FIELD_PERS));
}

/* ---- what may bring somebody back ------------------------------------------------------------------ */

/* May that field name a volunteer, or an attachment as its pieces do? Of what this version doesn't know nobody can
 * tell. */
static bool may_name(int type, int field)
{
	const struct field *f = schema_field(type, field);
	return field != FIELD_ALIVE && (!f || (f->kind == KIND_REF &&
		(f->arg == TYPE_VOLUNTEER || f->arg == TYPE_ANY || type == TYPE_PIECE)));
}

bool erase_concerns(struct view *v, const struct erase_keys *k, const struct write *w, const struct rec *of,
	const struct rec *target)
{
	assert(w->type != 0 && (!of || of->type == w->type));
	bool owns = erase_is_owner(w->type, w->field), names = w->v.tag == V_ID && !id_is_erased(w->v.id);
	if (w->type == TYPE_ERASURE)
		return true;
	if (!k->any)
		return false;
	if (of && erase_is_stripped(of) && !erase_keeps(w->type, w->field) && (owns ? names : w->v.tag != V_NONE))
		return true;
	if (goes_with_record(w->type, w->field) && erase_is_gone(v, k, w->id))
		return true;
	if (names && owns && target && erase_is_stripped(target))
		return true;
	return names && may_name(w->type, w->field) && erase_is_gone(v, k, w->v.id);
}

/* ---- what is covered ------------------------------------------------------------------------------- */

struct cover {
	struct view *v;
	struct erase_keys keys;
	struct idmap gone;               /* whether somebody is: 0, 1 */
	struct idmap covered;            /* records */
};

static bool is_gone(struct cover *c, struct id id)
{
	uint32_t known = idmap_get(&c->gone, id), unused;
	bool fresh;
	if (known != IDMAP_NONE)
		return known == 1;
	/* What couldn't be noted is worked out again. */
	bool gone = erase_is_gone(c->v, &c->keys, id);
	(void)idmap_add(&c->gone, id, gone, &unused, &fresh);
	return gone;
}

bool cover_has_erased(struct cover *c, struct id id)
{
	return is_gone(c, id);
}

static bool is_covered(const struct cover *c, struct id id)
{
	return idmap_get(&c->covered, id) != IDMAP_NONE;
}

/* Is whoever that field names gone, or what it names covered? */
static bool leads_to_gone(struct cover *c, int type, int field, struct value v)
{
	return is_erased(v) || (v.tag == V_ID && (is_covered(c, v.id) || (may_name(type, field) && is_gone(c, v.id))));
}

static bool belongs(struct cover *c, const struct owner *o, const struct rec *r)
{
	bool yes = leads_to_gone(c, o->type, o->field, rec_get(r, o->field));
	for (size_t i = 0; i < r->nsib; i++)
		if (r->sib[i].no == o->field)
			yes = yes || leads_to_gone(c, o->type, o->field, r->sib[i].v);
	return yes;
}

/* All records of a type that belong to somebody who is gone. */
static int cover_type(struct cover *c, const struct owner *o, struct err *e)
{
	struct arena *one = arena_new();
	struct kv_scan s;
	int rc = kv_scan_prefix(&c->v->txn, KV_REC, &o->type, 1, &s, e);
	while (rc == OK && (rc = kv_scan_next(&s, e)) == OK) {
		struct rec *r;
		struct id id;
		uint32_t unused;
		bool fresh;
		if (s.key.n != STORE_REC_KEY) {
			rc = view_corrupt(c->v, KV_REC, e);
			break;
		}
		memcpy(id.b, (const uint8_t *)s.key.p + 1, sizeof id.b);
		arena_reset(one);
		rc = view_now(c->v, one, o->type, id, &r, e);
		if (rc == OK && r && belongs(c, o, r) && !idmap_add(&c->covered, id, 1, &unused, &fresh))
			rc = view_nomem(e);
	}
	kv_scan_end(&s);
	arena_free(one);
	return rc == ERR_NOTFOUND ? OK : rc;
}

int cover_begin(struct view *v, struct arena *a, const struct id *also, size_t n, struct cover **out, struct err *e)
{
	struct cover *c = *out = arena_alloc(a, sizeof *c);
	uint32_t unused;
	bool fresh;
	*c = (struct cover){ .v = v };
	int rc = erase_read_keys(v, &c->keys, e);
	for (size_t i = 0; i < n && rc == OK; i++)
		if (!idmap_add(&c->gone, also[i], 1, &unused, &fresh))
			rc = view_nomem(e);
	for (size_t i = 0; i < OWNERS && rc == OK; i++)
		rc = cover_type(c, &owners[i], e);
	return rc;
}

void cover_end(struct cover *c)
{
	if (!c)
		return;
	idmap_free(&c->gone);
	idmap_free(&c->covered);
}

/* ---- what stands in place -------------------------------------------------------------------------- */

static struct value replace(struct cover *c, int type, struct id id, int field, struct value v)
{
	bool owns = erase_is_owner(type, field), covered = is_covered(c, id);
	if (v.tag == V_NONE)
		return v;
	if (goes_with_record(type, field) && is_gone(c, id))
		return value_none();
	if (covered)
		return owns ? erased() : erase_keeps(type, field) ? v : value_none();
	if (leads_to_gone(c, type, field, v))
		return owns ? erased() : value_none();
	return v;
}

static size_t replace_all(struct cover *c, const struct rec *r, struct rec_field *f, size_t n)
{
	size_t many = 0;
	for (size_t i = 0; i < n; i++) {
		struct value now = replace(c, r->type, r->id, f[i].no, f[i].v);
		many += !value_equal(now, f[i].v);
		f[i].v = now;
	}
	return many;
}

/* Among the values of field 0 an alive one goes first, so another may come to be shown. */
size_t cover_rec(struct cover *c, struct arena *a, struct rec *r)
{
	const struct vector nothing = { 0 };
	size_t many = replace_all(c, r, r->f, r->n) + replace_all(c, r, r->sib, r->nsib);
	if (many == 0)
		return 0;
	struct rec now = { .type = r->type, .id = r->id };
	register_join(a, &now, &nothing, r, &nothing);
	assert(now.n == r->n && now.nsib == r->nsib);
	*r = now;
	return many;
}

/* Of a vigil only some fields went: place and time are what it is called. */
static bool stays_named(struct cover *c, struct id id)
{
	uint8_t key[STORE_REC_KEY];
	struct kv_bytes value;
	return kv_get(&c->v->txn, KV_REC, key, store_rec_key(key, TYPE_VIGIL, id), &value, NULL) == OK;
}

/* A label names the record that it is about; a text may be anything. */
static bool cover_args(struct cover *c, struct group *g, bool touched)
{
	bool any = false;
	for (size_t i = 0; i < sizeof g->arg / sizeof *g->arg; i++) {
		struct value *v = &g->arg[i];
		if (v->tag == V_ID && !id_is_erased(v->id) && is_gone(c, v->id) && !stays_named(c, v->id)) {
			*v = erased();
			any = true;
		} else if (v->tag == V_TEXT && touched) {
			*v = value_none();
			any = true;
		}
	}
	return any;
}

bool cover_group(struct cover *c, struct arena *a, struct group *g)
{
	struct write *w = arena_alloc(a, (g->nwrites + 1) * sizeof *w);
	bool any = false;
	assert(g->dot.no > 0);
	for (size_t i = 0; i < g->nwrites; i++) {
		w[i] = g->writes[i];
		w[i].v = replace(c, w[i].type, w[i].id, w[i].field, w[i].v);
		any = any || !value_equal(w[i].v, g->writes[i].v);
	}
	g->writes = w;
	return cover_args(c, g, any) || any;
}
