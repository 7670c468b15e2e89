/* roster/book.c - see book.h: reading the address book and finding its entries by id.
 *
 * Owns the arrays, their Danish order and the table from ids to entries. Must not know what a name typed by somebody
 * means (match.c, find.c), nor when a book is too old to be shown. */
#include "roster/book.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/book_priv.h"

struct role_link {
	struct id person, role;
};

/* A book while it is read: what the arrays have room for, and the links, which come after the people. */
struct loading {
	struct book *b;
	struct arena *arena, *scratch;
	size_t people_cap, places_cap, tasks_cap, orgs_cap;
	struct role_link *links;
	size_t nlinks, links_cap;
};

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static const char *text_of(struct loading *l, const struct rec *r, int field)
{
	const char *s = rec_text(r, field);
	return *s ? arena_strdup(l->arena, s) : "";
}

static const char *whole_name(struct arena *a, const char *given, const char *family)
{
	return *family ? arena_printf(a, "%s %s", given, family) : given;
}

static civil_date day_of(int64_t clock)
{
	return cmin_date(civil_from_utc(clock));
}

static bool is_check_noted(const struct rec *r)
{
	return *rec_text(r, F_VOLUNTEER_CHECK_NOTE) || *rec_text(r, F_VOLUNTEER_CHECK_ASSESSOR) ||
		*rec_text(r, F_VOLUNTEER_CHECK_SECOND);
}

static int add_person(void *ctx, const struct rec *r)
{
	struct loading *l = ctx;
	struct book *b = l->b;
	b->people = arena_grow(l->arena, b->people, &l->people_cap, b->npeople + 1, sizeof *b->people);
	struct person *p = &b->people[b->npeople++];
	const struct rec_field *status = rec_field(r, F_VOLUNTEER_STATUS);
	*p = (struct person){
		.id = r->id,
		.organisation = rec_id(r, F_VOLUNTEER_ORGANISATION),
		.given = text_of(l, r, F_VOLUNTEER_GIVEN),
		.family = text_of(l, r, F_VOLUNTEER_FAMILY),
		.phone = text_of(l, r, F_VOLUNTEER_PHONE),
		.email = text_of(l, r, F_VOLUNTEER_EMAIL),
		.city = text_of(l, r, F_VOLUNTEER_CITY),
		.wishes = text_of(l, r, F_VOLUNTEER_WISHES),
		.born = rec_date(r, F_VOLUNTEER_BORN),
		.started = rec_date(r, F_VOLUNTEER_STARTED),
		.confidentiality = rec_date(r, F_VOLUNTEER_CONFIDENTIALITY),
		.pause_until = rec_date(r, F_VOLUNTEER_PAUSE_UNTIL),
		.check_assessed = rec_date(r, F_VOLUNTEER_CHILD_CHECK_DATE),
		.check_consent = rec_date(r, F_VOLUNTEER_CHECK_CONSENT),
		.check_renew = rec_date(r, F_VOLUNTEER_CHECK_RENEW),
		.changed = day_of(r->at.clock),
		.status_set = status ? day_of(status->at.clock) : DATE_NONE,
		.status = (uint8_t)rec_int(r, F_VOLUNTEER_STATUS),
		.child_check = (uint8_t)rec_int(r, F_VOLUNTEER_CHILD_CHECK),
		.frequency = (uint8_t)rec_int(r, F_VOLUNTEER_FREQUENCY),
		.max_per_month = (uint8_t)rec_int(r, F_VOLUNTEER_MAX_PER_MONTH),
		.noted = *rec_text(r, F_VOLUNTEER_NOTE) != '\0',
		.check_noted = is_check_noted(r),
	};
	p->name = whole_name(l->arena, p->given, p->family);
	return 0;
}

static int add_place(void *ctx, const struct rec *r)
{
	struct loading *l = ctx;
	struct book *b = l->b;
	b->places = arena_grow(l->arena, b->places, &l->places_cap, b->nplaces + 1, sizeof *b->places);
	b->places[b->nplaces++] = (struct place){
		.id = r->id,
		.parent = rec_id(r, F_UNIT_PARENT),
		.name = text_of(l, r, F_UNIT_NAME),
		.kind = (uint8_t)rec_int(r, F_UNIT_KIND),
	};
	return 0;
}

static int add_task(void *ctx, const struct rec *r)
{
	struct loading *l = ctx;
	struct book *b = l->b;
	b->tasks = arena_grow(l->arena, b->tasks, &l->tasks_cap, b->ntasks + 1, sizeof *b->tasks);
	b->tasks[b->ntasks++] = (struct task){
		.id = r->id,
		.unit = rec_id(r, F_ROLE_UNIT),
		.name = text_of(l, r, F_ROLE_NAME),
		.min_age = (int)rec_int(r, F_ROLE_MIN_AGE),
		.child_check = rec_int(r, F_ROLE_CHILD_CHECK) != 0,
		.hard = rec_int(r, F_ROLE_HARD) != 0,
		.does = text_of(l, r, F_ROLE_DOES),
		.may = text_of(l, r, F_ROLE_MAY),
		.contact = text_of(l, r, F_ROLE_CONTACT),
		.tr_date = rec_date(r, F_ROLE_TR_DATE),
		.may_not = text_of(l, r, F_ROLE_MAY_NOT),
	};
	return 0;
}

static int add_org(void *ctx, const struct rec *r)
{
	struct loading *l = ctx;
	struct book *b = l->b;
	b->orgs = arena_grow(l->arena, b->orgs, &l->orgs_cap, b->norgs + 1, sizeof *b->orgs);
	b->orgs[b->norgs++] = (struct org){
		.id = r->id,
		.name = text_of(l, r, F_ORGANISATION_NAME),
		.kind = (uint8_t)rec_int(r, F_ORGANISATION_KIND),
	};
	return 0;
}

static int add_frame(void *ctx, const struct rec *r)
{
	struct loading *l = ctx;
	frames_add(&l->b->frames, l->arena, r);
	return 0;
}

static int add_link(void *ctx, const struct rec *r)
{
	struct loading *l = ctx;
	if (rec_int(r, F_LINK_KIND) != LINK_VOLUNTEER_ROLE)
		return add_frame(ctx, r);
	l->links = arena_grow(l->scratch, l->links, &l->links_cap, l->nlinks + 1, sizeof *l->links);
	l->links[l->nlinks++] = (struct role_link){rec_id(r, F_LINK_FROM), rec_id(r, F_LINK_TO)};
	return 0;
}

static const struct part {
	int type;
	int (*add)(void *ctx, const struct rec *r);
} parts[] = {
	{TYPE_VOLUNTEER, add_person}, {TYPE_UNIT, add_place}, {TYPE_ROLE, add_task},
	{TYPE_ORGANISATION, add_org}, {TYPE_LINK, add_link},
	{TYPE_QUALIFICATION_KIND, add_frame}, {TYPE_QUALIFICATION, add_frame},
	{TYPE_PAUSE, add_frame}, {TYPE_AGREEMENT, add_frame}, {TYPE_AVAILABILITY, add_frame},
};

static int read_all(struct view *v, struct loading *l, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < sizeof parts / sizeof *parts; i++)
		rc = view_each(v, parts[i].type, parts[i].add, l, e);
	return rc;
}

static void add_extra(struct loading *l, const struct rec *r)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].type == r->type)
			parts[i].add(l, r);
}

/* ---- order ------------------------------------------------------------------------------------------------------ */

struct sorted {
	const char *key[2];
	size_t len[2];
	struct id id;
	size_t at;
};

static int compare_keys(const char *x, size_t nx, const char *y, size_t ny)
{
	int c = memcmp(x, y, nx < ny ? nx : ny);
	return c ? c : (nx > ny) - (nx < ny);
}

static int compare_sorted(const void *vx, const void *vy)
{
	const struct sorted *x = vx, *y = vy;
	int c = 0;
	for (int i = 0; i < 2 && c == 0; i++)
		c = compare_keys(x->key[i], x->len[i], y->key[i], y->len[i]);
	return c ? c : id_compare(x->id, y->id);
}

static void sort_key(struct arena *a, struct sorted *s, int i, const char *name)
{
	s->key[i] = text_sort_key(a, name, &s->len[i]);
}

/* The n items of `size` bytes put in the order of `by`. */
static void sort_items(struct arena *scratch, void *items, size_t n, size_t size, struct sorted *by)
{
	if (n == 0)
		return;
	qsort(by, n, sizeof *by, compare_sorted);
	const char *old = arena_copy(scratch, items, n * size);
	for (size_t i = 0; i < n; i++)
		memcpy((char *)items + i * size, old + by[i].at * size, size);
}

static const struct id *id_at(const struct book *b, enum book_kind kind, size_t at)
{
	struct book_array all = book_array(b, kind);
	return (const struct id *)((const char *)all.items + at * all.size);
}

/* The name of the entry at `at` as it is shown. */
static const char *book_name_at(const struct book *b, enum book_kind kind, size_t at)
{
	struct book_array all = book_array(b, kind);
	return *(const char *const *)((const char *)all.items + at * all.size + all.name);
}

/* People by last name and then first name, the others by their one name; alike names by age of the record. */
static void sort_kind(struct arena *scratch, struct book *b, enum book_kind kind)
{
	struct book_array all = book_array(b, kind);
	struct sorted *by = arena_alloc(scratch, all.n * sizeof *by);
	for (size_t i = 0; i < all.n; i++) {
		bool person = kind == BOOK_PERSON;
		by[i] = (struct sorted){.id = *id_at(b, kind, i), .at = i};
		sort_key(scratch, &by[i], 0, person ? b->people[i].family : book_name_at(b, kind, i));
		sort_key(scratch, &by[i], 1, person ? b->people[i].given : "");
	}
	sort_items(scratch, all.items, all.n, all.size, by);
}

/* ---- by id ------------------------------------------------------------------------------------------------------ */

/* What the map says of an id: the kind in the upper bits, the place in its array below. */
enum { KIND_SHIFT = 29 };

static int index_ids(struct book *b, struct err *e)
{
	for (enum book_kind kind = 0; kind < BOOK_KINDS; kind++)
		for (size_t i = 0; i < book_array(b, kind).n; i++) {
			uint32_t value = (uint32_t)kind << KIND_SHIFT | (uint32_t)i, old;
			bool fresh;
			if (!idmap_add(&b->index->ids, *id_at(b, kind, i), value, &old, &fresh))
				return err_set(e, ERR_NOMEM, _("out of memory"));
		}
	return OK;
}

static bool find_entry(const struct book *b, struct id id, enum book_kind *kind, size_t *at)
{
	uint32_t value = idmap_get(&b->index->ids, id);
	*kind = (enum book_kind)(value >> KIND_SHIFT);
	*at = value & ((UINT32_C(1) << KIND_SHIFT) - 1);
	return value != IDMAP_NONE;
}

static bool entry_at(const struct book *b, struct id id, enum book_kind wanted, size_t *at)
{
	enum book_kind kind;
	return find_entry(b, id, &kind, at) && kind == wanted;
}

const struct person *book_person(const struct book *b, struct id id)
{
	size_t at;
	return entry_at(b, id, BOOK_PERSON, &at) ? &b->people[at] : NULL;
}

const struct place *book_place(const struct book *b, struct id id)
{
	size_t at;
	return entry_at(b, id, BOOK_PLACE, &at) ? &b->places[at] : NULL;
}

const struct task *book_task(const struct book *b, struct id id)
{
	size_t at;
	return entry_at(b, id, BOOK_TASK, &at) ? &b->tasks[at] : NULL;
}

const struct org *book_org(const struct book *b, struct id id)
{
	size_t at;
	return entry_at(b, id, BOOK_ORG, &at) ? &b->orgs[at] : NULL;
}

const char *book_name(const struct book *b, struct id id)
{
	enum book_kind kind;
	size_t at;
	if (id_is_erased(id))
		return _("(erased)");
	if (find_entry(b, id, &kind, &at))
		return book_name_at(b, kind, at);
	const struct course *course = frames_course(&b->frames, id);
	return course ? course->name : "?";
}

const char *person_role_names(const struct book *b, struct arena *a, const struct person *p)
{
	const char *names = "";
	for (size_t i = 0; i < p->nroles; i++)
		names = arena_printf(a, "%s%s%s", names, i ? ", " : "", book_name(b, p->roles[i]));
	return names;
}

/* At most as many steps up as there are units, so that a ring of parents ends. */
bool book_unit_within(const struct book *b, struct id inner, struct id outer)
{
	for (size_t steps = 0; steps <= b->nplaces; steps++) {
		if (id_equal(inner, outer))
			return true;
		const struct place *p = book_place(b, inner);
		if (!p || id_is_none(p->parent))
			return false;
		inner = p->parent;
	}
	return false;
}

bool person_is_planned(const struct person *p)
{
	return p && (p->status == VOLUNTEER_ACTIVE || p->status == VOLUNTEER_PAUSE);
}

bool person_has_role(const struct person *p, struct id role)
{
	for (size_t i = 0; i < p->nroles; i++)
		if (id_equal(p->roles[i], role))
			return true;
	return false;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* An entry's id is its first member, whatever its kind. */
static_assert(offsetof(struct person, id) == 0 && offsetof(struct place, id) == 0 && offsetof(struct task, id) == 0 &&
		      offsetof(struct org, id) == 0,
	      "id_at() relies on it");

struct book_array book_array(const struct book *b, enum book_kind kind)
{
	const struct book_array all[BOOK_KINDS] = {
		[BOOK_PERSON] = {b->people, b->npeople, sizeof *b->people, offsetof(struct person, name)},
		[BOOK_PLACE] = {b->places, b->nplaces, sizeof *b->places, offsetof(struct place, name)},
		[BOOK_TASK] = {b->tasks, b->ntasks, sizeof *b->tasks, offsetof(struct task, name)},
		[BOOK_ORG] = {b->orgs, b->norgs, sizeof *b->orgs, offsetof(struct org, name)},
	};
	return all[kind];
}

const char **book_folded(struct book *b, enum book_kind kind)
{
	struct book_index *x = b->index;
	size_t n = book_array(b, kind).n;
	if (x->folded[kind])
		return x->folded[kind];
	x->folded[kind] = arena_alloc(x->arena, (n + 1) * sizeof *x->folded[kind]);
	for (size_t i = 0; i < n; i++)
		x->folded[kind][i] = text_fold(x->arena, book_name_at(b, kind, i));
	return x->folded[kind];
}

/* Where in the arrays a link's ends stand; false when one of them is gone. */
static bool link_ends(const struct book *b, const struct role_link *link, size_t *person, size_t *task)
{
	return entry_at(b, link->person, BOOK_PERSON, person) && entry_at(b, link->role, BOOK_TASK, task);
}

struct role_end {
	size_t person, task;
};

static int compare_ends(const void *vx, const void *vy)
{
	const struct role_end *x = vx, *y = vy;
	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->task > y->task) - (x->task < y->task);
}

/* Everybody's roles lie in one array, each person's in the order of the roles. */
static void attach_roles(struct loading *l)
{
	struct book *b = l->b;
	struct role_end *ends = arena_alloc(l->scratch, (l->nlinks + 1) * sizeof *ends);
	struct id *roles = arena_alloc(l->arena, (l->nlinks + 1) * sizeof *roles);
	size_t n = 0;
	for (size_t i = 0; i < l->nlinks; i++)
		n += link_ends(b, &l->links[i], &ends[n].person, &ends[n].task);
	qsort(ends, n, sizeof *ends, compare_ends);
	for (size_t i = 0; i < n; i++) {
		struct person *p = &b->people[ends[i].person];
		if (!p->roles)
			p->roles = &roles[i];
		roles[i] = b->tasks[ends[i].task].id;
		p->nroles++;
	}
}

static int put_in_order(struct loading *l, struct err *e)
{
	for (enum book_kind kind = 0; kind < BOOK_KINDS; kind++)
		sort_kind(l->scratch, l->b, kind);
	frames_sort(&l->b->frames);
	int rc = index_ids(l->b, e);
	if (rc == OK)
		attach_roles(l);
	return rc;
}

int book_load_with(struct view *v, const struct rec *const *extra, size_t n, struct book **out, struct err *e)
{
	struct arena *arena = arena_new();
	struct book *b = arena_alloc(arena, sizeof *b);
	struct loading l = {.b = b, .arena = arena, .scratch = arena_new()};
	b->index = arena_alloc(arena, sizeof *b->index);
	b->index->arena = arena;
	b->version = store_version(view_store(v));
	int rc = read_all(v, &l, e);
	for (size_t i = 0; i < n; i++)
		add_extra(&l, extra[i]);
	if (rc == OK)
		rc = put_in_order(&l, e);
	arena_free(l.scratch);
	if (rc == OK)
		*out = b;
	else
		book_free(b);
	return rc;
}

int book_load(struct view *v, struct book **out, struct err *e)
{
	return book_load_with(v, NULL, 0, out, e);
}

void book_free(struct book *b)
{
	if (!b)
		return;
	idmap_free(&b->index->ids);
	arena_free(b->index->arena);
}
