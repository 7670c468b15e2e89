/* sync/claims.c - see sync.h: disagreements in words, and deciding them. Owns which values count as one, and what a
 * deletion against a change is called. Must not know the merge rule (store/register.h) nor any screen. */
#include "sync/sync.h"

#include <assert.h>
#include <stdlib.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/register.h"
#include "sync/digest_priv.h"

enum { FIELDS_NAMED = 3 };     /* of those that were changed while somebody deleted the record */

struct teller {
	struct view *v;
	struct arena *a;
	struct authors authors;
	const struct rec *r;
};

/* ---- values in words ----------------------------------------------------------------------------------------- */

/* As it stands, without knowing what it means. */
static const char *plain_text(struct teller *t, struct value v)
{
	switch (v.tag) {
	case V_NONE: return _("(empty)");
	case V_INT: return arena_printf(t->a, "%lld", (long long)v.i);
	case V_TEXT: return arena_strdup(t->a, v.text.s);
	case V_ID: return view_title(t->v, t->a, v.id);
	case V_RAW: break;
	}
	return arena_printf(t->a, ngettext("(%u byte from a newer version)", "(%u bytes from a newer version)", v.text.n),
		(unsigned)v.text.n);
}

static const char *value_words(struct teller *t, const struct field *f, struct value v)
{
	return f && v.tag != V_NONE && v.tag != V_RAW ? view_field_text(t->v, t->a, f, v) : plain_text(t, v);
}

static const char *field_label(struct teller *t, int field)
{
	const struct field *f = schema_field(t->r->type, field);
	if (field == FIELD_ALIVE)
		return _("The record");
	return f ? _(f->label) : arena_printf(t->a, _("Field %d of a newer version"), field);
}

static struct claim claim_of(struct teller *t, const struct rec_field *x, const char *text)
{
	const struct author *n = authors_of(&t->authors, x->at.dot.inc);
	return (struct claim){
		.v = x->v, .text = text, .site = n->site, .mine = n->mine,
		.person = authors_person(&t->authors, x->at.dot), .clock = x->at.clock,
	};
}

/* ---- the values of a field ----------------------------------------------------------------------------------- */

static void tell_values(struct teller *t, struct disagreement *d)
{
	const struct field *f = schema_field(d->type, d->field);
	size_t n = register_values(t->r, d->field, NULL, 0);
	struct rec_field *all = arena_alloc(t->a, n * sizeof *all);
	struct claim *out = arena_alloc(t->a, n * sizeof *out);
	register_values(t->r, d->field, all, n);
	for (size_t i = 0; i < n; i++) {
		size_t same = 0;
		struct claim c = claim_of(t, &all[i], value_words(t, f, all[i].v));
		while (same < d->nclaims && !value_equal(out[same].v, c.v))
			same++;
		if (same == d->nclaims)
			out[d->nclaims++] = c;
		else
			out[same].mine = out[same].mine || c.mine;
	}
	out[0].shown = true;
	d->claim = out;
}

/* ---- deleted here, changed there ----------------------------------------------------------------------------- */

/* The values that a deleter hadn't seen: the newest of them, and which fields they stand in. */
struct saved { const struct rec_field *newest; bool has[UINT8_MAX + 1]; };

static void note_saved(struct saved *s, const struct rec *r, const struct rec_field *x, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool deletes = x[i].no == FIELD_ALIVE && !register_says_alive(x[i].v);
		if (deletes || !register_outlives(r, x[i].at.dot))
			continue;
		s->has[x[i].no] = true;
		if (!s->newest || stamp_compare(x[i].at, s->newest->at) > 0)
			s->newest = &x[i];
	}
}

static const char *saved_text(struct teller *t, const struct saved *s)
{
	const char *names = "";
	int n = 0;
	for (int no = FIELD_ALIVE + 1; no <= UINT8_MAX; no++)
		if (s->has[no] && n++ < FIELDS_NAMED)
			names = arena_printf(t->a, "%s%s%s", names, *names ? ", " : "", field_label(t, no));
	if (n == 0)
		return _("kept");
	return arena_printf(t->a, _("changed at the same time: %s%s"), names, n > FIELDS_NAMED ? " …" : "");
}

/* Whatever its authors had seen, a deletion says one thing: the newest of several speaks for all. */
static const struct rec_field *newest_deletion(struct teller *t, bool *mine)
{
	size_t n = register_values(t->r, FIELD_ALIVE, NULL, 0);
	struct rec_field *all = arena_alloc(t->a, n * sizeof *all);
	const struct rec_field *newest = NULL;
	register_values(t->r, FIELD_ALIVE, all, n);
	for (size_t i = 0; i < n; i++) {
		if (register_says_alive(all[i].v))
			continue;
		*mine = *mine || authors_of(&t->authors, all[i].at.dot.inc)->mine;
		if (!newest || stamp_compare(all[i].at, newest->at) > 0)
			newest = &all[i];
	}
	return newest;
}

static void tell_deletion(struct teller *t, struct disagreement *d)
{
	bool mine = false;
	const struct rec_field *deletion = newest_deletion(t, &mine);
	struct claim *out = arena_alloc(t->a, 2 * sizeof *out);
	if (!deletion)
		return;
	struct saved s = { .newest = NULL };
	note_saved(&s, t->r, t->r->f, t->r->n);
	note_saved(&s, t->r, t->r->sib, t->r->nsib);
	if (!s.newest)
		s.newest = &t->r->f[0];
	out[0] = claim_of(t, s.newest, saved_text(t, &s));
	out[0].v = value_int(1);
	out[0].shown = true;
	out[1] = claim_of(t, deletion, _("deleted"));
	out[1].mine = mine;
	out[1].deletes = true;
	d->claim = out;
	d->nclaims = 2;
}

/* ---- all of them --------------------------------------------------------------------------------------------- */

static int read_record(struct teller *t, const struct open_register *open, struct err *e)
{
	struct rec *r;
	if (t->r && id_equal(t->r->id, open->id))
		return OK;
	int rc = view_get(t->v, t->a, open->type, open->id, &r, e);
	t->r = r;
	return rc;
}

static struct disagreement tell(struct teller *t, const struct open_register *open)
{
	struct disagreement d = { .type = open->type, .field = open->field, .id = open->id };
	d.title = schema_type(open->type) ? view_title(t->v, t->a, open->id) : _("A record of a newer version");
	d.label = field_label(t, open->field);
	if (open->field == FIELD_ALIVE)
		tell_deletion(t, &d);
	else
		tell_values(t, &d);
	return d;
}

struct ordered { struct disagreement d; const char *by; };

static int compare_ordered(const void *px, const void *py)
{
	const struct ordered *x = px, *y = py;
	if (x->d.type != y->d.type)
		return x->d.type - y->d.type;
	int order = text_compare(x->by, y->by);
	if (order == 0)
		order = id_compare(x->d.id, y->d.id);
	return order ? order : x->d.field - y->d.field;
}

static void put_in_order(struct ordered *all, size_t n, struct disagreement *out)
{
	if (n)
		qsort(all, n, sizeof *all, compare_ordered);
	for (size_t i = 0; i < n; i++)
		out[i] = all[i].d;
}

int sync_disagreements(struct view *v, struct arena *a, struct disagreement **out, size_t *n, struct err *e)
{
	struct teller t = { .v = v, .a = a };
	struct open_register *open = NULL;
	size_t nopen = 0;
	*n = 0;
	int rc = authors_begin(&t.authors, v, a, e);
	if (rc == OK)
		rc = disagreement_list(v, a, &open, &nopen, e);
	*out = arena_alloc(a, (nopen + 1) * sizeof **out);
	struct ordered *all = arena_alloc(a, (nopen + 1) * sizeof *all);
	for (size_t i = 0; rc == OK && i < nopen; i++) {
		rc = read_record(&t, &open[i], e);
		if (rc != OK || !t.r)
			continue;
		struct disagreement d = tell(&t, &open[i]);
		if (d.nclaims > 1)
			all[(*n)++] = (struct ordered){ d, digest_order(a, t.r, d.title) };
	}
	put_in_order(all, *n, *out);
	authors_end(&t.authors);
	assert(*n <= nopen);
	return rc;
}

/* ---- deciding ------------------------------------------------------------------------------------------------ */

struct decision { struct change *c; struct view *v; struct arena *a; const struct disagreement *d; };

/* Connections go with what they connect, and places with their shift; what else names the record keeps it. */
static int delete_refs(struct decision *x, const struct type *of, const struct field *f, struct err *e)
{
	struct id *ids;
	size_t n;
	bool goes = of->no == TYPE_LINK || (of->no == TYPE_ASSIGNMENT && x->d->type == TYPE_SHIFT);
	int rc = view_refs(x->v, x->a, x->d->id, of->no, f->no, &ids, &n, e);
	for (size_t i = 0; rc == OK && goes && i < n; i++)
		change_delete(x->c, of->no, ids[i]);
	if (rc || goes || n == 0)
		return rc;
	return err_set(e, ERR_REFUSED, _("%s can't be deleted, since it is named by %zu of these: %s. Keep it, or change "
		"those first."), x->d->title, n, _(of->plural));
}

static int delete_record(struct decision *x, struct err *e)
{
	const struct type *of;
	const struct field *f;
	int rc = OK;
	for (size_t at = 0; rc == OK && (f = schema_reference(x->d->type, &at, &of));)
		rc = delete_refs(x, of, f, e);
	if (rc == OK)
		change_delete(x->c, x->d->type, x->d->id);
	return rc;
}

static int write_choice(struct decision *x, size_t choice, const struct value *typed, struct err *e)
{
	const struct disagreement *d = x->d;
	if (!schema_type(d->type) || (d->field != FIELD_ALIVE && !schema_field(d->type, d->field)))
		return err_set(e, ERR_UNSUPPORTED,
			_("%s: this field came with a newer version of samvagt, and can only be decided with that"), d->title);
	if (d->field != FIELD_ALIVE)
		return change_set(x->c, d->type, d->id, d->field, typed ? *typed : d->claim[choice].v, e);
	if (typed)
		return err_set(e, ERR_USAGE, _("%s can be kept or deleted, nothing else"), d->title);
	if (d->claim[choice].deletes)
		return delete_record(x, e);
	change_make(x->c, d->type, d->id);
	return OK;
}

int sync_choose(struct store *s, const struct disagreement *d, size_t choice, const struct value *typed,
	struct change_result *out, struct err *e)
{
	struct decision x = { .a = arena_new(), .d = d };
	assert(typed || choice < d->nclaims);
	*out = (struct change_result){ 0 };
	int rc = view_begin(s, &x.v, e);
	if (rc == OK)
		rc = change_begin(s, ACT_CHOOSE, &x.c, e);
	if (rc == OK) {
		change_arg(x.c, value_id(d->id));
		rc = write_choice(&x, choice, typed, e);
	}
	view_end(x.v);
	if (rc == OK)
		rc = change_commit(x.c, out, e);
	else
		change_abandon(x.c);
	arena_free(x.a);
	return rc;
}
