/* tests/erasetest.c - see erasetest.h. */
#include "tests/erasetest.h"

#include <string.h>

#include "store/change.h"

/* ---- a person -------------------------------------------------------------------------------------- */

struct id record_make(struct store *s, int type, struct id id, const struct pair f[PAIRS])
{
	struct err e = {0};
	struct change *c;
	must(change_begin(s, ACT_ADD, &c, &e), &e, "begin");
	if (id_is_none(id))
		id = change_new(c, type);
	else
		change_make(c, type, id);
	for (size_t i = 0; i < PAIRS && f[i].field; i++)
		must(change_set(c, type, id, f[i].field, f[i].v, &e), &e, "set");
	change_arg(c, value_id(id));
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

static void make_shifts(struct store *s, struct somebody *p)
{
	static const civil_min nine = INT64_C(20410) * 1440 + 540;
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide");
	for (int i = 0; i < PERSON_SHIFTS; i++) {
		p->shift[i] = test_shift(s, unit, role, nine + i * 1440, nine + i * 1440 + 180, 2);
		p->place[i] = test_assign(s, p->shift[i], p->who, ASSIGNMENT_ACCEPTED);
	}
	p->others = test_assign(s, p->shift[0], p->other, ASSIGNMENT_ACCEPTED);
	test_set(s, TYPE_ASSIGNMENT, p->others, F_ASSIGNMENT_SUBSTITUTE_FOR, value_id(p->who));
	test_set(s, TYPE_ASSIGNMENT, p->place[0], F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_PRESENT));
	test_set(s, TYPE_ASSIGNMENT, p->place[0], F_ASSIGNMENT_MINUTES, value_int(150));
	test_set(s, TYPE_ASSIGNMENT, p->place[1], F_ASSIGNMENT_NOTE, value_text("ring til " SECRET));
	p->link = record_make(s, TYPE_LINK, id_link(LINK_VOLUNTEER_ROLE, p->who, role), (struct pair[PAIRS]){
		{F_LINK_KIND, value_int(LINK_VOLUNTEER_ROLE)}, {F_LINK_FROM, value_id(p->who)}, {F_LINK_TO, value_id(role)}});
}

static void make_papers(struct store *s, struct somebody *p)
{
	struct id template = record_make(s, TYPE_TEMPLATE, ID_NONE, (struct pair[PAIRS]){
		{F_TEMPLATE_NAME, value_text("Frivilligaftale")}, {F_TEMPLATE_SORT, value_int(AGREEMENT_VOLUNTEER)},
		{F_TEMPLATE_TEXT, value_text("Mellem os")}, {F_TEMPLATE_VOLUNTEERS, value_text("a")},
		{F_TEMPLATE_PROFESSIONALS, value_text("b")}});
	struct id wording = record_make(s, TYPE_WORDING, ID_NONE, (struct pair[PAIRS]){
		{F_WORDING_TEMPLATE, value_id(template)}, {F_WORDING_CODE, value_text("abcd")},
		{F_WORDING_TEXT, value_text("Mellem os")}});
	p->agreement = record_make(s, TYPE_AGREEMENT, ID_NONE, (struct pair[PAIRS]){
		{F_AGREEMENT_SORT, value_int(AGREEMENT_VOLUNTEER)}, {F_AGREEMENT_VOLUNTEER, value_id(p->who)},
		{F_AGREEMENT_WORDING, value_id(wording)}, {F_AGREEMENT_STATE, value_int(AGREEMENT_MADE)},
		{F_AGREEMENT_EVALUATION, value_text("talte med " SECRET)}, {F_AGREEMENT_NOTE, value_text(SECRET " er glad")}});
	p->signature = record_make(s, TYPE_SIGNATURE, ID_NONE, (struct pair[PAIRS]){
		{F_SIGNATURE_AGREEMENT, value_id(p->agreement)}, {F_SIGNATURE_WORDING, value_id(wording)},
		{F_SIGNATURE_NAME, value_text(SECRET)}, {F_SIGNATURE_PART, value_int(SIGNATURE_VOLUNTEER)},
		{F_SIGNATURE_HOW, value_int(SIGNATURE_PAPER)}, {F_SIGNATURE_DAY, value_int(20400)},
		{F_SIGNATURE_WITNESS, value_text("Anna")}, {F_SIGNATURE_KEY, value_text("abc")},
		{F_SIGNATURE_SEAL, value_text("def")}});
	p->scan = record_make(s, TYPE_ATTACHMENT, ID_NONE, (struct pair[PAIRS]){
		{F_ATTACHMENT_OF, value_id(p->signature)}, {F_ATTACHMENT_NAME, value_text(SECRET ".pdf")},
		{F_ATTACHMENT_HASH, value_text("abc")}});
	p->piece = record_make(s, TYPE_PIECE, ID_NONE, (struct pair[PAIRS]){
		{F_PIECE_OF, value_id(p->scan)}, {F_PIECE_NUMBER, value_int(1)}, {F_PIECE_BYTES, value_text("scan af " SECRET)}});
}

void person_make(struct store *s, struct somebody *p)
{
	*p = (struct somebody){.who = test_volunteer(s, "Kanarie", SECRET), .other = test_volunteer(s, "Bo", "Holm")};
	p->edited = test_set(s, TYPE_VOLUNTEER, p->who, F_VOLUNTEER_EMAIL, value_text(SECRET "@example.org")).dot;
	make_shifts(s, p);
	struct id kind = record_make(s, TYPE_QUALIFICATION_KIND, ID_NONE, (struct pair[PAIRS]){
		{F_QUALIFICATION_KIND_NAME, value_text("Hygiejne")}, {F_QUALIFICATION_KIND_SORT, value_int(QUALIFICATION_HYGIENE)}});
	p->course = record_make(s, TYPE_QUALIFICATION, ID_NONE, (struct pair[PAIRS]){
		{F_QUALIFICATION_VOLUNTEER, value_id(p->who)}, {F_QUALIFICATION_KIND, value_id(kind)},
		{F_QUALIFICATION_GOT, value_int(20000)}, {F_QUALIFICATION_NOTE, value_text(SECRET " var med")}});
	make_papers(s, p);
}

static int count_place(void *ctx, const struct rec *r)
{
	struct counts *c = ctx;
	c->places++;
	c->minutes += (size_t)rec_int(r, F_ASSIGNMENT_MINUTES);
	c->present += rec_int(r, F_ASSIGNMENT_ATTENDANCE) == ATTENDANCE_PRESENT;
	return 0;
}

struct counts counts_of(struct store *s)
{
	struct err e = {0};
	struct counts c = {0};
	struct arena *a = arena_new();
	struct shift_row *row;
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_shifts(v, a, NULL, 0, INT64_C(40000) * 1440, &row, &c.shifts, &e), &e, "shifts");
	for (size_t i = 0; i < c.shifts; i++)
		c.filled += row[i].filled;
	must(view_each(v, TYPE_ASSIGNMENT, count_place, &c, &e), &e, "places");
	must(view_count(v, TYPE_AGREEMENT, &c.agreements, &e), &e, "agreements");
	view_end(v);
	arena_free(a);
	return c;
}

bool counts_equal(struct counts x, struct counts y)
{
	return x.shifts == y.shifts && x.filled == y.filled && x.places == y.places && x.minutes == y.minutes &&
	       x.present == y.present && x.agreements == y.agreements;
}

/* ---- traces ---------------------------------------------------------------------------------------- */

enum { BEFORE = 8 };                     /* the beginning of a sealed row is much the same in all */

bool trace_in(const void *p, size_t n, const char *text)
{
	return n && memmem(p, n, text, strlen(text)) != NULL;
}

static void remember(struct traces *t, struct kv_bytes value)
{
	if (!t || value.n < BEFORE + sizeof t->at[0].b || t->n == sizeof t->at / sizeof *t->at)
		return;
	memcpy(t->at[t->n++].b, (const uint8_t *)value.p + BEFORE, sizeof t->at[0].b);
}

static size_t search_table(struct view *v, int table, const char *text, struct traces *t)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct kv_scan s;
	size_t found = 0;
	must(kv_scan_prefix(&v->txn, (enum kv_table)table, NULL, 0, &s, &e), &e, "scan");
	while (kv_scan_next(&s, &e) == OK) {
		const uint8_t *plain;
		size_t n;
		arena_reset(a);
		bool has = trace_in(s.key.p, s.key.n, text) || trace_in(s.value.p, s.value.n, text);
		if (seal_get(v->s->seal, (uint8_t)table, s.key.p, s.key.n, s.value.p, s.value.n, a, &plain, &n, NULL) == OK)
			has = has || trace_in(plain, n, text);
		found += has;
		if (has)
			remember(t, s.value);
	}
	kv_scan_end(&s);
	arena_free(a);
	return found;
}

size_t trace_rows(struct store *s, const char *text, struct traces *t)
{
	struct err e = {0};
	struct view *v;
	size_t found = 0;
	must(view_begin(s, &v, &e), &e, "view");
	for (int table = 0; table < KV_TABLES; table++)
		found += search_table(v, table, text, t);
	view_end(v);
	return found;
}

static bool file_has(const char *path, const char *text, const struct traces *t)
{
	struct buf b = test_read(path);
	bool has = trace_in(b.p, b.n, text);
	for (size_t i = 0; t && i < t->n && !has; i++)
		has = b.n && memmem(b.p, b.n, t->at[i].b, sizeof t->at[i].b);
	if (has)
		diag("a trace in %s", path);
	buf_free(&b);
	return has;
}

size_t trace_files(const char *dir, const char *text, const struct traces *t)
{
	struct err e = {0};
	struct arena *a = arena_new();
	char **name;
	size_t n, found = 0;
	must(os_list_dir(a, dir, &name, &n, &e), &e, "list");
	for (size_t i = 0; i < n; i++) {
		const char *path = os_path_join(a, dir, name[i]);
		found += os_is_dir(path) ? trace_files(path, text, t) : file_has(path, text, t);
	}
	arena_free(a);
	return found;
}
