/* store/erase.c - see erase.h. Owns when erasing is done: the record of it, the work that follows from it or from what
 * came, what lies beside the database, and receipts. Must not know what a store is made of (erase_remake.c). */
#include "store/erase.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "store/backup.h"
#include "store/erase_priv.h"
#include "store/vault.h"

/* ---- who ------------------------------------------------------------------------------------------- */

/* Two that were made one, by every such change in the log. */
struct merged { struct id keep, drop; };

static int find_merges(struct view *v, struct pile *out, struct err *e)
{
	struct arena *a = arena_new();
	struct group *g;
	size_t n = 0;
	int rc = log_back(v, a, (struct dot){ 0 }, SIZE_MAX, false, &g, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (g[i].act == ACT_MERGE_PEOPLE && g[i].arg[0].tag == V_ID && g[i].arg[1].tag == V_ID &&
			!id_is_erased(g[i].arg[1].id))
			rc = pile_add(out, &(struct merged){ g[i].arg[0].id, g[i].arg[1].id }, e);
	arena_free(a);
	return rc;
}

static bool has_item(const struct pile *items, struct id id)
{
	const struct erase_item *x = items->at;
	for (size_t i = 0; i < items->n; i++)
		if (id_equal(x[i].id, id))
			return true;
	return false;
}

/* That record lies there deleted, with all that it held; unless they were taken apart again. */
static int add_merged(struct view *v, struct id drop, int why, struct pile *out, struct err *e)
{
	struct rec *r;
	if (has_item(out, drop))
		return OK;
	int rc = view_get(v, out->a, TYPE_VOLUNTEER, drop, &r, e);
	bool counts = rc == OK && r && !r->alive && !erase_is_stripped(r);
	return counts ? pile_add(out, &(struct erase_item){ TYPE_VOLUNTEER, drop, why }, e) : rc;
}

static const char *missing(int type)
{
	return type == TYPE_VOLUNTEER ? _("there is no such volunteer, or nothing is left of it") :
		type == TYPE_VIGIL ? _("there is no such vigil, or it has been deleted") :
		_("there is no such attachment, or it has been deleted");
}

/* Each of them, and then all that the persons among them were before. */
static int find_items(struct view *v, struct arena *a, const struct erase_item *x, size_t n, struct pile *out, struct err *e)
{
	struct pile merges = { .a = a, .item = sizeof(struct merged) };
	int rc = find_merges(v, &merges, e);
	*out = (struct pile){ .a = a, .item = sizeof *x };
	for (size_t i = 0; i < n && rc == OK; i++) {
		struct rec *r;
		assert(x[i].type == TYPE_VOLUNTEER || x[i].type == TYPE_ATTACHMENT || x[i].type == TYPE_VIGIL);
		rc = view_get(v, a, x[i].type, x[i].id, &r, e);
		if (rc == OK && (!r || erase_is_stripped(r)))
			rc = err_set(e, ERR_NOTFOUND, "%s", missing(x[i].type));
		if (rc == OK)
			rc = pile_add(out, &x[i], e);
	}
	for (size_t i = 0; i < out->n && rc == OK; i++) {
		const struct erase_item one = ((const struct erase_item *)out->at)[i];
		const struct merged *m = merges.at;
		for (size_t k = 0; k < merges.n && rc == OK; k++)
			if (id_equal(m[k].keep, one.id))
				rc = add_merged(v, m[k].drop, one.why, out, e);
	}
	return rc;
}

int erase_persons(struct view *v, struct arena *a, struct id volunteer, struct id **out, size_t *n, struct err *e)
{
	struct pile items;
	const struct erase_item one = { TYPE_VOLUNTEER, volunteer, 0 };
	int rc = find_items(v, a, &one, 1, &items, e);
	*n = items.n;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = ((const struct erase_item *)items.at)[i].id;
	return rc;
}

/* ---- before ---------------------------------------------------------------------------------------- */

struct counting { struct cover *c; struct erase_plan *plan; struct arena *one; };

static int count_record(void *ctx, const struct rec *r, struct err *e)
{
	struct counting *k = ctx;
	struct rec copy = *r;
	(void)e;
	arena_reset(k->one);
	bool alive = r->alive;
	size_t values = cover_rec(k->c, k->one, &copy);
	if (values == 0)
		return OK;
	k->plan->records++;
	k->plan->values += values;
	k->plan->places += r->type == TYPE_ASSIGNMENT && alive && erase_is_stripped(&copy);
	k->plan->agreements += r->type == TYPE_AGREEMENT && alive && erase_is_stripped(&copy);
	k->plan->attachments += r->type == TYPE_ATTACHMENT && alive;
	return OK;
}

static int find_last(struct view *v, struct arena *a, struct id volunteer, civil_date *last, struct err *e)
{
	struct duty_row *duty;
	size_t n;
	int rc = view_duties(v, a, volunteer, CMIN_FIRST, CMIN_LAST, &duty, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (duty[i].state == ASSIGNMENT_ACCEPTED && cmin_date(duty[i].start) > *last)
			*last = cmin_date(duty[i].start);
	return rc;
}

int erase_preview(struct view *v, struct arena *a, struct id volunteer, struct erase_plan *out, struct err *e)
{
	struct counting k = { .plan = out, .one = arena_new() };
	const struct erase_item one = { .type = TYPE_VOLUNTEER, .id = volunteer };
	struct pile who;
	*out = (struct erase_plan){ 0 };
	int rc = find_items(v, a, &one, 1, &who, e);
	struct id *id = arena_alloc(a, (who.n + 1) * sizeof *id);
	for (size_t i = 0; i < who.n; i++)
		id[i] = ((const struct erase_item *)who.at)[i].id;
	if (rc == OK)
		rc = cover_begin(v, a, id, who.n, &k.c, e);
	if (rc == OK)
		rc = exchange_records(v, count_record, &k, e);
	if (rc == OK)
		rc = find_last(v, a, volunteer, &out->last, e);
	cover_end(k.c);
	arena_free(k.one);
	return rc;
}

/* ---- the record ------------------------------------------------------------------------------------ */

static int add_record(struct change *c, struct store *s, const struct erase_keys *k, struct id of, int why,
	civil_date day, struct id *out, struct err *e)
{
	char who[ERASE_WHO];
	erase_hash(k->key[0], of, who);
	*out = id_erasure(who);
	assert(k->n > 0);
	const struct field_value fields[] = {
		{ F_ERASURE_WHO, value_text(who) },
		{ F_ERASURE_WHY, value_int(why) },
		{ F_ERASURE_DAY, value_int(day) },
		{ F_ERASURE_SITE, value_id(store_site(s)) },
	};
	change_make(c, TYPE_ERASURE, *out);
	return change_set_all(c, TYPE_ERASURE, *out, fields, sizeof fields / sizeof *fields, e);
}

/* Who is gone won't come: the places on shifts that haven't begun are free again. */
static int free_places(struct change *c, struct store *s, struct id person, struct err *e)
{
	struct arena *a = arena_new();
	struct duty_row *duty;
	struct view *v;
	size_t n = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK) {
		rc = view_duties(v, a, person, store_now_civil(s), CMIN_LAST, &duty, &n, e);
		view_end(v);
	}
	for (size_t i = 0; i < n && rc == OK; i++)
		if (duty[i].state != ASSIGNMENT_DECLINED)
			rc = change_set(c, TYPE_ASSIGNMENT, duty[i].assignment, F_ASSIGNMENT_STATE,
				value_int(ASSIGNMENT_WITHDRAWN), e);
	arena_free(a);
	return rc;
}

/* What the history calls it: of a vigil no person's data go. */
static enum act_no act_of(const struct pile *items)
{
	const struct erase_item *x = items->at;
	for (size_t i = 0; i < items->n; i++)
		if (x[i].type != TYPE_VIGIL)
			return ACT_ERASE;
	return ACT_RETAIN;
}

/* erasure: of the first n items; NULL: nobody asks. */
static int write_records(struct store *s, const struct pile *items, struct id *erasure, size_t n, struct err *e)
{
	const struct erase_item *x = items->at;
	struct erase_keys k;
	struct change *c = NULL;
	struct id id;
	assert(items->n >= n && !s->dry_run);
	int rc = erase_make_key(s, &k, e);
	if (rc == OK)
		rc = change_begin(s, act_of(items), &c, e);
	for (size_t i = 0; i < items->n && rc == OK; i++) {
		rc = add_record(c, s, &k, x[i].id, x[i].why, store_today(s), &id, e);
		if (rc == OK && x[i].type == TYPE_VOLUNTEER)
			rc = free_places(c, s, x[i].id, e);
		if (erasure && i < n)
			erasure[i] = id;
	}
	if (rc == OK)
		return change_commit(c, NULL, e);
	change_abandon(c);
	return rc;
}

int erase_items(struct store *s, const struct erase_item *x, size_t n, struct id *erasure, struct err *e)
{
	struct arena *a = arena_new();
	struct view *v = NULL;
	struct pile items = { .n = 0 };
	size_t settled;
	int rc = n > 0 ? view_begin(s, &v, e) : OK;
	if (rc == OK && n > 0)
		rc = find_items(v, a, x, n, &items, e);
	view_end(v);
	if (rc == OK && n > 0 && !s->dry_run)
		rc = write_records(s, &items, erasure, n, e);
	if (rc == OK)
		rc = erase_settle(s, true, &settled, e);
	arena_free(a);
	return rc;
}

int erase_person(struct store *s, struct id volunteer, int why, struct id *erasure, struct err *e)
{
	const struct erase_item one = { TYPE_VOLUNTEER, volunteer, why };
	*erasure = ID_NONE;
	return erase_items(s, &one, 1, erasure, e);
}

/* ---- what lies beside the database ----------------------------------------------------------------- */

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), k = strlen(end);
	return n >= k && strcmp(s + n - k, end) == 0;
}

static bool begins_with(const char *s, const char *start)
{
	return strncmp(s, start, strlen(start)) == 0;
}

/* What lies in a folder with such a name (begin or end NULL: any); missing is fine. */
static int remove_all(struct arena *a, const char *dir, const char *begin, const char *end, struct err *e)
{
	char **name;
	size_t n;
	if (!os_is_dir(dir))
		return OK;
	int rc = os_list_dir(a, dir, &name, &n, e);
	for (size_t i = 0; i < n && rc == OK; i++)
		if ((!begin || begins_with(name[i], begin)) && (!end || ends_with(name[i], end)))
			rc = os_remove_tree(os_path_join(a, dir, name[i]), e);
	return rc;
}

static int tidy(struct store *s, struct err *e)
{
	struct arena *a = arena_new();
	int rc = remove_all(a, os_path_join(a, s->dir, "backup"), NULL, ".svb", e);
	if (rc == OK)
		rc = remove_all(a, os_path_join(a, s->dir, "draft"), NULL, NULL, e);
	if (rc == OK)
		rc = remove_all(a, s->dir, "db.damaged-", NULL, e);
	if (rc == OK)
		rc = backup_auto(s, 0, NULL, e);
	arena_free(a);
	return rc;
}

/* ---- receipts -------------------------------------------------------------------------------------- */

static int add_receipt(struct change *c, struct store *s, struct id erasure, struct err *e)
{
	struct id id = id_receipt(erasure, store_site(s));
	change_make(c, TYPE_RECEIPT, id);
	int rc = change_set(c, TYPE_RECEIPT, id, F_RECEIPT_ERASURE, value_id(erasure), e);
	if (rc == OK)
		rc = change_set(c, TYPE_RECEIPT, id, F_RECEIPT_SITE, value_id(store_site(s)), e);
	return rc == OK ? change_set(c, TYPE_RECEIPT, id, F_RECEIPT_DAY, value_int(store_today(s)), e) : rc;
}

/* The erasures that this site hasn't confirmed. */
static int find_unconfirmed(struct store *s, struct arena *a, struct pile *out, struct err *e)
{
	struct rec **r, *receipt;
	struct view *v;
	size_t n;
	*out = (struct pile){ .a = a, .item = sizeof(struct id) };
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = view_all(v, a, TYPE_ERASURE, &r, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = view_get(v, a, TYPE_RECEIPT, id_receipt(r[i]->id, store_site(s)), &receipt, e);
		if (rc == OK && (!receipt || !receipt->alive))
			rc = pile_add(out, &r[i]->id, e);
	}
	view_end(v);
	return rc;
}

static int write_receipts(struct store *s, size_t *n, struct err *e)
{
	struct arena *a = arena_new();
	struct change *c = NULL;
	struct pile due;
	int rc = find_unconfirmed(s, a, &due, e);
	if (rc == OK && due.n > 0)
		rc = change_begin(s, ACT_RECEIPT, &c, e);
	for (size_t i = 0; rc == OK && i < due.n; i++)
		rc = add_receipt(c, s, ((const struct id *)due.at)[i], e);
	if (rc == OK && c)
		rc = change_commit(c, NULL, e);
	else
		change_abandon(c);
	*n = rc == OK ? due.n : 0;
	arena_free(a);
	return rc;
}

/* ---- under the ring's key -------------------------------------------------------------------------- */

static int find_unsaid(struct store *s, struct erase_keys *k, struct pile *out, struct err *e)
{
	struct view *v;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = erase_read_keys(v, k, e);
	if (rc == OK && k->n == ERASE_KEYS)
		rc = erase_find_unsaid(v, k, out, e);
	view_end(v);
	return rc;
}

/* The record of before is deleted, so that each is listed once. */
static int say_part(struct store *s, const struct erase_keys *k, const struct unsaid *x, size_t n, struct err *e)
{
	struct change *c = NULL;
	struct id unused;
	int rc = change_begin(s, ACT_ERASE, &c, e);
	for (size_t i = 0; i < n && rc == OK; i++) {
		rc = add_record(c, s, k, x[i].who, x[i].why, x[i].day, &unused, e);
		change_delete(c, TYPE_ERASURE, x[i].erasure);
	}
	if (rc == OK)
		return change_commit(c, NULL, e);
	change_abandon(c);
	return rc;
}

int erase_say_again(struct store *s, struct err *e)
{
	enum { PART = 1000 };
	const struct vault_row forget = { .name = VAULT_ERASURES };
	struct erase_keys k;
	if (s->readonly || s->dry_run)
		return OK;
	struct arena *a = arena_new();
	struct pile unsaid = { .a = a, .item = sizeof(struct unsaid) };
	int rc = find_unsaid(s, &k, &unsaid, e);
	const struct unsaid *x = unsaid.at;
	for (size_t i = 0; i < unsaid.n && rc == OK; i += PART)
		rc = say_part(s, &k, x + i, unsaid.n - i < PART ? unsaid.n - i : PART, e);
	if (rc == OK && k.n == ERASE_KEYS)
		rc = vault_put(s, &forget, 1, e);
	arena_free(a);
	return rc;
}

/* ---- settling -------------------------------------------------------------------------------------- */

static int read_row(struct store *s, struct arena *a, struct erase_row *out, struct err *e)
{
	struct view *v;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	rc = erase_row_read(v, a, out, e);
	view_end(v);
	return rc;
}

/* Nothing is left to do, or what is left is found again by looking. */
static int end_work(struct store *s, struct arena *a, enum erase_to_do left, struct err *e)
{
	struct kv_op op = { .table = KV_META, .nkey = 1, .key = "t" };
	struct erase_row row;
	struct buf b = { 0 };
	int rc = read_row(s, a, &row, e);
	row.to_do = left;
	if (rc == OK)
		erase_row_pack(&b, &row);
	op.value = b.p;
	op.nvalue = (uint32_t)b.n;
	const struct kv_op proof = op;
	if (rc == OK)
		rc = b.oom ? view_nomem(e) : kv_apply(s->kv, &op, 1, 0, &proof, e);
	buf_free(&b);
	return rc;
}

/* Whenever it stops it goes on the next time. */
static int work(struct store *s, struct arena *a, enum erase_to_do to_do, bool confirms, size_t *n, struct err *e)
{
	bool made = false;
	assert(to_do != ERASE_NOTHING && !s->readonly);
	int rc = to_do == ERASE_LOOK ? erase_remake(s, &made, e) : OK;
	if (rc == OK && (made || to_do == ERASE_TIDY))
		rc = tidy(s, e);
	if (rc == OK && confirms)
		rc = write_receipts(s, n, e);
	return rc == OK ? end_work(s, a, confirms ? ERASE_NOTHING : ERASE_LOOK, e) : rc;
}

int erase_settle(struct store *s, bool confirms, size_t *n, struct err *e)
{
	struct arena *a;
	struct erase_row row;
	*n = 0;
	if (s->readonly || s->dry_run)
		return OK;
	a = arena_new();
	int rc = read_row(s, a, &row, e);
	if (rc == OK && row.to_do != ERASE_NOTHING)
		rc = work(s, a, row.to_do, confirms, n, e);
	arena_free(a);
	return rc;
}

int erase_done(struct view *v, struct arena *a, struct vector *out, struct err *e)
{
	struct erase_row row;
	int rc = erase_row_read(v, a, &row, e);
	*out = row.done;
	return rc;
}

/* ---- who has confirmed ----------------------------------------------------------------------------- */

static int compare_erasures(const void *x, const void *y)
{
	const struct erasure *p = x, *q = y;
	int64_t a = rec_int(p->rec, F_ERASURE_DAY), b = rec_int(q->rec, F_ERASURE_DAY);
	return a != b ? (a < b) - (a > b) : id_compare(p->rec->id, q->rec->id);
}

static int add_receipts(struct view *v, struct arena *a, struct erasure *of, struct err *e)
{
	struct id *id;
	struct rec *r;
	size_t n;
	int rc = view_refs(v, a, of->rec->id, TYPE_RECEIPT, F_RECEIPT_ERASURE, &id, &n, e);
	of->receipt = rc == OK ? arena_alloc(a, (n + 1) * sizeof *of->receipt) : NULL;
	for (size_t i = 0; rc == OK && i < n; i++) {
		rc = view_get(v, a, TYPE_RECEIPT, id[i], &r, e);
		if (rc == OK && r)
			of->receipt[of->nreceipts++] = r;
	}
	return rc;
}

int erase_list(struct view *v, struct arena *a, struct erasure **out, size_t *n, struct err *e)
{
	struct pile list = { .a = a, .item = sizeof **out };
	struct rec **r;
	size_t many = 0;
	int rc = view_all(v, a, TYPE_ERASURE, &r, &many, e);
	for (size_t i = 0; rc == OK && i < many; i++) {
		struct erasure one = { .rec = r[i] };
		rc = add_receipts(v, a, &one, e);
		if (rc == OK)
			rc = pile_add(&list, &one, e);
	}
	pile_sort(&list, compare_erasures);
	*out = list.at;
	*n = list.n;
	return rc;
}
