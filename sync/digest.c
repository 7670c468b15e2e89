/* sync/digest.c - see sync.h: what merges brought, one row a thing that people think of. Owns gathering the records that
 * were written, which of them belong together, and the order of the rows. Must not put anything into words
 * (digest_words.c).
 *
 * One pass over the groups notes which records they wrote to; then each of these is opened once. */
#include "sync/digest_priv.h"

#include <assert.h>
#include <stdlib.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/register.h"

enum { MERGES_MOST = 1000, RECORDS_MANY = 20000 };

bool digest_wrote(const struct touched *t, int field)
{
	assert(field >= 0 && field <= UINT8_MAX);
	return t && t->fields[field / 8] & 1 << field % 8;
}

static int out_of_memory(struct err *e)
{
	return err_set(e, ERR_NOMEM, _("out of memory"));
}

static void free_digest(struct digest *d)
{
	idmap_free(&d->at);
	idmap_free(&d->near);
	idmap_free(&d->news_at);
	idmap_free(&d->title_at);
	authors_end(&d->authors);
}

/* ---- which records ------------------------------------------------------------------------------------------- */

/* False when out of memory. */
static bool add_touched(struct digest *d, struct touched *t)
{
	uint32_t at;
	bool fresh;
	if (!idmap_add(&d->at, t->id, (uint32_t)d->ntouched, &at, &fresh))
		return false;
	t->twin = NULL;
	if (!fresh) {
		t->twin = d->touched[at]->twin;
		d->touched[at]->twin = t;
	}
	d->touched = arena_grow(d->a, d->touched, &d->cap, d->ntouched + 1, sizeof *d->touched);
	d->touched[d->ntouched++] = t;
	return true;
}

static struct touched *touch(struct digest *d, int type, struct id id)
{
	uint32_t at = idmap_get(&d->at, id);
	struct touched *t = at == IDMAP_NONE ? NULL : d->touched[at];
	while (t && t->type != type)
		t = t->twin;
	if (t)
		return t;
	t = arena_alloc(d->a, sizeof *t);
	*t = (struct touched){ .id = id, .type = (uint8_t)type, .person = "" };
	return add_touched(d, t) ? t : NULL;
}

/* ---- very many ----------------------------------------------------------------------------------------------- */

/* Nobody reads what came with years of a roster; people and the coming weeks are looked at. */
static bool is_told(const struct digest *d, int type, struct id id)
{
	bool is_of_shift = type == TYPE_SHIFT || type == TYPE_ASSIGNMENT;
	return !d->is_much || !is_of_shift || idmap_get(&d->near, id) != IDMAP_NONE;
}

static bool add_near(struct digest *d, struct id id)
{
	uint32_t at;
	bool fresh;
	return idmap_add(&d->near, id, 0, &at, &fresh);
}

static int find_near(struct digest *d, struct arena *a, struct err *e)
{
	struct shift_row *row;
	size_t n;
	civil_min today = cmin_at(cmin_date(d->now), 0);
	int rc = view_shifts(d->v, a, NULL, today, today + (DIGEST_NEAR + 1) * DAY_MINUTES, &row, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct id *place;
		size_t places;
		rc = view_refs(d->v, a, row[i].shift, TYPE_ASSIGNMENT, F_ASSIGNMENT_SHIFT, &place, &places, e);
		bool fits = rc != OK || add_near(d, row[i].shift);
		for (size_t k = 0; rc == OK && fits && k < places; k++)
			fits = add_near(d, place[k]);
		if (!fits)
			rc = out_of_memory(e);
	}
	return rc;
}

/* From here on; what was noted so far and isn't near is forgotten. */
static int begin_much(struct digest *d, struct err *e)
{
	struct arena *a = arena_new();
	size_t all = d->ntouched;
	int rc = find_near(d, a, e);
	arena_free(a);
	d->is_much = true;
	d->ntouched = 0;
	idmap_free(&d->at);
	d->at = (struct idmap){ 0 };
	for (size_t i = 0; rc == OK && i < all; i++) {
		struct touched *t = d->touched[i];
		if (is_told(d, t->type, t->id) && !add_touched(d, t))
			rc = out_of_memory(e);
	}
	return rc;
}

/* Whoever was never on a shift has given no place up by saying no. What isn't known any more was a place. */
static int was_held(struct digest *d, const struct write *w, bool *held)
{
	struct group *g = NULL;
	struct arena *one = arena_new();
	int rc = w->before.no ? log_get(d->v, one, w->before, &g, d->e) : OK;
	*held = rc == ERR_NOTFOUND;
	for (size_t i = 0; rc == OK && g && i < g->nwrites; i++) {
		const struct write *x = &g->writes[i];
		if (x->type == w->type && x->field == w->field && id_equal(x->id, w->id))
			*held = x->v.tag == V_INT && digest_is_held(x->v.i);
	}
	arena_free(one);
	return rc == ERR_NOTFOUND ? OK : rc;
}

static int note_place(struct digest *d, struct touched *t, const struct write *w)
{
	bool held = false;
	int rc = OK;
	if (w->type != TYPE_ASSIGNMENT || w->field != F_ASSIGNMENT_STATE || w->v.tag != V_INT)
		return OK;
	if (w->v.i == ASSIGNMENT_WITHDRAWN)
		held = true;
	else if (w->v.i == ASSIGNMENT_DECLINED)
		rc = was_held(d, w, &held);
	t->gave_up = t->gave_up || held;
	return rc;
}

static int note_group(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *e)
{
	struct digest *d = ctx;
	struct stamp at = { g->dot, g->clock };
	const char *person = g->nwrites ? arena_strdup(d->a, g->person) : "";
	(void)canonical;
	(void)n;
	for (size_t i = 0; i < g->nwrites; i++) {
		const struct write *w = &g->writes[i];
		if (!is_told(d, w->type, w->id))
			continue;
		struct touched *t = touch(d, w->type, w->id);
		if (!t)
			return out_of_memory(e);
		t->fields[w->field / 8] |= (uint8_t)(1 << w->field % 8);
		int rc = note_place(d, t, w);
		if (rc)
			return rc;
		if (t->last.dot.no && stamp_compare(t->last, at) > 0)
			continue;
		t->last = at;
		t->person = person;
	}
	return d->ntouched > RECORDS_MANY && !d->is_much ? begin_much(d, e) : OK;
}

/* What came with a snapshot has no groups. */
static uint64_t folded_to(const struct peer *p, size_t n, uint64_t inc)
{
	for (size_t i = 0; i < n; i++)
		if (p[i].inc == inc)
			return p[i].folded;
	return 0;
}

static int note_merge(struct digest *d, const struct merge *m, const struct peer *p, size_t np)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < m->n; i++) {
		const struct merge_range *r = &m->range[i];
		uint64_t folded = folded_to(p, np, r->inc), first = (r->after > folded ? r->after : folded) + 1;
		if (first <= r->upto)
			rc = exchange_groups(d->v, r->inc, first, r->upto, note_group, d, d->e);
	}
	return rc;
}

/* ---- what belongs together ----------------------------------------------------------------------------------- */

static struct news *news_of(struct digest *d, int type, struct id id)
{
	uint32_t at;
	bool fresh;
	if (!idmap_add(&d->news_at, id, (uint32_t)d->nnews, &at, &fresh))
		return NULL;
	if (fresh) {
		d->news = arena_grow(d->a, d->news, &d->news_cap, d->nnews + 1, sizeof *d->news);
		d->news[d->nnews++] = (struct news){ .id = id, .type = (uint8_t)type, .person = "" };
	}
	return &d->news[at];
}

/* A place belongs to its shift, a connection to whom it is of. */
static struct id owner_of(const struct touched *t, int *type)
{
	struct id shift = ID_NONE;
	*type = t->type;
	if (t->r && t->type == TYPE_ASSIGNMENT && !id_is_none(shift = rec_id(t->r, F_ASSIGNMENT_SHIFT)))
		*type = TYPE_SHIFT;
	if (t->r && t->type == TYPE_LINK && !id_is_none(shift = rec_id(t->r, F_LINK_FROM)))
		*type = TYPE_VOLUNTEER;
	return *type == t->type ? t->id : shift;
}

static int add_news(struct digest *d, struct touched *t)
{
	struct rec *r = NULL;
	int type, rc = view_get(d->v, d->a, t->type, t->id, &r, d->e);
	if (rc != OK)
		return rc;
	t->r = r;
	struct id owner = owner_of(t, &type);
	struct news *x = news_of(d, type, owner);
	if (!x)
		return out_of_memory(d->e);
	if (!x->last.dot.no || stamp_compare(t->last, x->last) > 0) {
		x->last = t->last;
		x->person = t->person;
	}
	if (type == t->type) {
		x->own = t;
		x->r = r;
	} else if (x->last_part) {
		x->last_part = x->last_part->next = t;
	} else {
		x->last_part = x->parts = t;
	}
	return OK;
}

static int add_all_news(struct digest *d)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < d->ntouched; i++)
		rc = add_news(d, d->touched[i]);
	for (size_t i = 0; rc == OK && i < d->nnews; i++) {
		struct news *x = &d->news[i];
		struct rec *r = NULL;
		if (!x->own)
			rc = view_get(d->v, d->a, x->type, x->id, &r, d->e);
		if (r)
			x->r = r;
		if (rc == OK)
			x->title = digest_title(d, x);
	}
	return rc;
}

/* ---- rows ---------------------------------------------------------------------------------------------------- */

const char *digest_name(struct digest *d, struct id id)
{
	uint32_t at;
	bool fresh;
	if (!idmap_add(&d->title_at, id, (uint32_t)d->ntitles, &at, &fresh))
		return "?";
	if (fresh) {
		d->titles = arena_grow(d->a, d->titles, &d->titles_cap, d->ntitles + 1, sizeof *d->titles);
		const char *title = view_title(d->v, d->a, id);
		d->titles[d->ntitles++] = text_find_cpr(title) ? "…" : title;
	}
	assert(at < d->ntitles);
	return d->titles[at];
}

static enum digest_kind kind_of(const struct news *x)
{
	return x->type == TYPE_VOLUNTEER ? DIGEST_PERSON : x->type == TYPE_SHIFT ? DIGEST_SHIFT : DIGEST_OTHER;
}

/* A row with what it is sorted by among its like: people stand in the order of a list of names. */
struct ordered { struct digest_row row; const char *by; };

const char *digest_order(struct arena *a, const struct rec *r, const char *title)
{
	if (!r || r->type != TYPE_VOLUNTEER)
		return title;
	return arena_printf(a, "%s %s", rec_text(r, F_VOLUNTEER_FAMILY), rec_text(r, F_VOLUNTEER_GIVEN));
}

static int make_row(struct digest *d, const struct news *x, struct digest_row *out)
{
	const char *what = "";
	enum digest_need need = 0;
	int rc = digest_tell(d, x, &what, &need);
	civil_min start = x->type == TYPE_SHIFT && x->r ? rec_int_or(x->r, F_SHIFT_START, CMIN_NONE) : CMIN_NONE;
	*out = (struct digest_row){
		.kind = need ? DIGEST_NEEDS_ME : kind_of(x), .need = need, .record = x->id, .type = x->type,
		.day = start == CMIN_NONE ? DATE_NONE : cmin_date(start), .start = start,
		.site = authors_of(&d->authors, x->last.dot.inc)->site, .person = x->person, .clock = x->last.clock,
		.title = x->title, .what = what, .text = arena_printf(d->a, "%s: %s", x->title, what),
		.open = need == NEED_DECISION,
	};
	return rc;
}

/* What presses most first; then shifts as they come. */
static int compare_rows(const void *px, const void *py)
{
	const struct digest_row *x = &((const struct ordered *)px)->row, *y = &((const struct ordered *)py)->row;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->need != y->need)
		return x->need < y->need ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->kind != DIGEST_PERSON && x->type != y->type)
		return x->type < y->type ? -1 : 1;
	int order = text_compare(((const struct ordered *)px)->by, ((const struct ordered *)py)->by);
	return order ? order : id_compare(x->record, y->record);
}

static struct digest_row others_row(struct digest *d)
{
	char last[64];
	civil_format_date(last, sizeof last, cmin_date(d->now) + DIGEST_NEAR, CIVIL_DAY);
	struct digest_row r = { .kind = DIGEST_OTHER, .day = DATE_NONE, .start = CMIN_NONE, .site = "", .person = "",
		.title = _("Other shifts"), .what = arena_printf(d->a, _("before today, and after %s: too many to be told"), last) };
	r.text = arena_printf(d->a, "%s: %s", r.title, r.what);
	for (size_t i = 0; i < d->nnews; i++)
		r.clock = d->news[i].last.clock > r.clock ? d->news[i].last.clock : r.clock;
	return r;
}

static int make_rows(struct digest *d, struct digest_row **out, size_t *n)
{
	struct ordered *all = arena_alloc(d->a, (d->nnews + 1) * sizeof *all);
	int rc = OK;
	for (size_t i = 0; rc == OK && i < d->nnews; i++) {
		all[i].by = digest_order(d->a, d->news[i].r, d->news[i].title);
		rc = make_row(d, &d->news[i], &all[i].row);
	}
	if (rc != OK)
		return rc;
	if (d->nnews)
		qsort(all, d->nnews, sizeof *all, compare_rows);
	*out = arena_alloc(d->a, (d->nnews + 2) * sizeof **out);
	for (*n = 0; *n < d->nnews; ++*n)
		(*out)[*n] = all[*n].row;
	if (d->is_much)
		(*out)[(*n)++] = others_row(d);
	return OK;
}

/* ---- people on shifts that are gone --------------------------------------------------------------------------- */

/* May a change with this act have deleted a shift? Also what this version doesn't know. */
static bool may_delete(int act)
{
	static const bool never[] = {
		[ACT_ADD] = true, [ACT_EDIT] = true, [ACT_ASSIGN] = true, [ACT_UNASSIGN] = true, [ACT_WITHDRAW] = true,
		[ACT_COPY_DAY] = true, [ACT_COPY_WEEK] = true, [ACT_CANCEL_SHIFT] = true, [ACT_IMPORT] = true,
		[ACT_SETTING] = true, [ACT_DEMO] = true, [ACT_FOUND] = true, [ACT_ATTENDANCE] = true, [ACT_RESUME_SHIFT] = true,
		[ACT_ATTEND_SHEET] = true, [ACT_APPROVE] = true,
	};
	return act < 0 || (size_t)act >= sizeof never / sizeof *never || !never[act];
}

static int note_deletions(void *ctx, const struct group *head, struct err *e)
{
	struct digest *d = ctx;
	struct group *g = NULL;
	struct arena *one = arena_new();
	int rc = may_delete(head->act) ? log_get(d->v, one, head->dot, &g, e) : OK;
	for (size_t i = 0; rc == OK && g && i < g->nwrites; i++) {
		const struct write *w = &g->writes[i];
		struct stamp at = { g->dot, g->clock };
		if (w->type != TYPE_SHIFT || w->field != FIELD_ALIVE || register_says_alive(w->v))
			continue;
		struct touched *t = touch(d, w->type, w->id);
		if (!t)
			rc = out_of_memory(e);
		else if (!t->last.dot.no || stamp_compare(at, t->last) > 0) {
			t->last = at;
			t->person = arena_strdup(d->a, g->person);
		}
	}
	arena_free(one);
	return rc;
}

int sync_strays(struct view *v, struct arena *a, int64_t since, struct digest_row **out, size_t *n, struct err *e)
{
	struct digest d = { .v = v, .a = a, .e = e, .now = store_now_civil(view_store(v)) };
	size_t all = 0;
	*out = NULL;
	*n = 0;
	int rc = authors_begin(&d.authors, v, a, e);
	if (rc == OK)
		rc = digest_each_back(v, since, note_deletions, &d, e);
	if (rc == OK)
		rc = add_all_news(&d);
	if (rc == OK)
		rc = make_rows(&d, out, &all);
	for (size_t i = 0; rc == OK && i < all; i++)
		if ((*out)[i].need == NEED_STRAY)
			(*out)[(*n)++] = (*out)[i];
	free_digest(&d);
	return rc;
}

/* ---- the whole ----------------------------------------------------------------------------------------------- */

static int tell_merges(struct view *v, struct arena *a, const struct merge *m, size_t nm, struct digest_row **out,
	size_t *n, struct err *e)
{
	struct digest d = { .v = v, .a = a, .e = e, .now = store_now_civil(view_store(v)) };
	struct peer *peers = NULL;
	size_t npeers = 0;
	int64_t *undone = NULL;
	*out = NULL;
	*n = 0;
	int rc = authors_begin(&d.authors, v, a, e);
	if (rc == OK)
		rc = exchange_peers(v, a, &peers, &npeers, e);
	if (rc == OK)
		rc = digest_find_undone(v, a, m, nm, &undone, e);
	for (size_t i = 0; rc == OK && i < nm; i++)
		if (!undone[i])
			rc = note_merge(&d, &m[i], peers, npeers);
	if (rc == OK)
		rc = add_all_news(&d);
	if (rc == OK)
		rc = make_rows(&d, out, n);
	free_digest(&d);
	return rc;
}

int digest_merges(struct view *v, struct arena *a, int64_t since, struct merge **out, size_t *n, struct err *e)
{
	return merge_list(v, a, since, since ? MERGES_MOST : 1, out, n, e);
}

int sync_digest(struct view *v, struct arena *a, int64_t since, struct digest_row **out, size_t *n, struct err *e)
{
	struct merge *m = NULL;
	size_t nm = 0;
	int rc = digest_merges(v, a, since, &m, &nm, e);
	return rc == OK ? tell_merges(v, a, m, nm, out, n, e) : rc;
}

int sync_digest_of(struct view *v, struct arena *a, uint64_t merge, struct digest_row **out, size_t *n, struct err *e)
{
	struct merge *m = NULL;
	int rc = merge_get(v, a, merge, &m, e);
	return rc == OK ? tell_merges(v, a, m, 1, out, n, e) : rc;
}
