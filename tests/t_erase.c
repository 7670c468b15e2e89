/* tests/t_erase.c - somebody is erased: nothing that can be opened, no file and no free page holds a trace, what counts
 * stays, and stores that hear of it in any order come to be the same. */
#include "store/erase.h"

#include <stdio.h>
#include <string.h>

#include "store/backup.h"
#include "store/doctor.h"
#include "store/erase_priv.h"
#include "store/vault.h"
#include "tests/erasetest.h"
#include "tests/taketest.h"

static struct test_clock clk;

/* ---- one store ------------------------------------------------------------------------------------- */

static bool is_bare(struct store *s, int type, struct id id, const int *stays, size_t n)
{
	struct arena *a = arena_new();
	const struct rec *r = test_rec(a, s, type, id);
	bool bare = r != NULL;
	for (size_t i = 0; bare && i < r->n; i++) {
		bool may = r->f[i].v.tag == V_NONE || (r->f[i].v.tag == V_ID && id_is_erased(r->f[i].v.id));
		for (size_t k = 0; k < n; k++)
			may = may || r->f[i].no == stays[k];
		bare = may;
	}
	arena_free(a);
	return bare;
}

static void test_records(struct store *s, const struct somebody *p)
{
	static const int place[] = {FIELD_ALIVE, F_ASSIGNMENT_SHIFT, F_ASSIGNMENT_STATE, F_ASSIGNMENT_ATTENDANCE, F_ASSIGNMENT_MINUTES};
	static const int agreement[] = {FIELD_ALIVE, F_AGREEMENT_SORT, F_AGREEMENT_WORDING, F_AGREEMENT_STATE};
	struct err e = {0};
	struct arena *a = arena_new();
	struct view *v;
	struct seat_row *seat;
	size_t n;
	ok(is_bare(s, TYPE_VOLUNTEER, p->who, NULL, 0), "nothing is left of the volunteer");
	for (int i = 0; i < PERSON_SHIFTS; i++)
		ok(is_bare(s, TYPE_ASSIGNMENT, p->place[i], place, 5), "of place %d only what counts", i);
	ok(is_bare(s, TYPE_AGREEMENT, p->agreement, agreement, 4), "and of the agreement");
	ok(is_bare(s, TYPE_LINK, p->link, NULL, 0) && is_bare(s, TYPE_QUALIFICATION, p->course, NULL, 0) &&
		   is_bare(s, TYPE_SIGNATURE, p->signature, NULL, 0) && is_bare(s, TYPE_ATTACHMENT, p->scan, NULL, 0) &&
		   is_bare(s, TYPE_PIECE, p->piece, NULL, 0),
		"of connection, course, signature and scan nothing");
	must(view_begin(s, &v, &e), &e, "view");
	must(view_seats(v, a, p->shift[0], &seat, &n, &e), &e, "seats");
	is_int((intmax_t)n, 2, "both places stand on the shift");
	char *title = view_title(v, a, p->place[0]);
	ok(strncmp(title, "(erased)", 8) == 0, "and one of them says that somebody was erased");
	struct rec *other;
	must(view_get(v, a, TYPE_ASSIGNMENT, p->others, &other, &e), &e, "get");
	ok(id_equal(rec_id(other, F_ASSIGNMENT_VOLUNTEER), p->other) && rec_get(other, F_ASSIGNMENT_SUBSTITUTE_FOR).tag == V_NONE,
		"who stood in stays, for whom is gone");
	ok(erase_covers(v, p->who) && !erase_covers(v, p->other), "one is known to be erased, the other isn't");
	view_end(v);
	arena_free(a);
}

static void test_never_again(struct store *s, const struct somebody *p)
{
	struct err e = {0};
	struct change_result r;
	struct change *c;
	is_int(change_undo(s, p->edited, &r, &e), ERR_REFUSED, "a change of the erased one can't be undone");
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	must(change_set(c, TYPE_ASSIGNMENT, p->place[0], F_ASSIGNMENT_NOTE, value_text("x"), &e), &e, "set");
	is_int(change_commit(c, NULL, &e), ERR_REFUSED, "no note can be put where somebody was erased");
	r = test_set(s, TYPE_ASSIGNMENT, p->place[1], F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_EXCUSED));
	ok(r.dot.no > 0, "but attendance can");
	must(change_undo(s, r.dot, &r, &e), &e, "undo");
}

/* A place on a shift to come is free again. */
static void test_to_come(void)
{
	struct err e = {0};
	struct store *s = test_store("come", &clk);
	struct id who = test_volunteer(s, "Kanarie", SECRET), unit = test_unit(s, "Forhal"), role = test_role(s, "Guide"), erasure;
	struct id was = test_shift(s, unit, role, INT64_C(20410) * 1440, INT64_C(20410) * 1440 + 60, 1);
	struct id comes = test_shift(s, unit, role, INT64_C(20430) * 1440, INT64_C(20430) * 1440 + 60, 1);
	test_assign(s, was, who, ASSIGNMENT_ACCEPTED);
	test_assign(s, comes, who, ASSIGNMENT_ACCEPTED);
	is_int((intmax_t)counts_of(s).filled, 2, "two places are covered");
	must(erase_person(s, who, ERASURE_DEAD, &erasure, &e), &e, "erase");
	struct arena *a = arena_new();
	struct shift_row *row;
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(view_shifts(v, a, NULL, 0, INT64_C(40000) * 1440, &row, &n, &e), &e, "shifts");
	ok(n == 2 && row[0].filled == 1 && row[1].filled == 0, "then the one that was");
	view_end(v);
	arena_free(a);
	store_close(s);
}

/* Two records of one person: with one of them goes the other. */
static void test_merged(void)
{
	struct err e = {0};
	struct store *s = test_store("merged", &clk);
	struct id keep = test_volunteer(s, "Kanarie", "K"), drop = test_volunteer(s, "Kanarie", SECRET), erasure;
	struct change *c;
	must(change_begin(s, ACT_MERGE_PEOPLE, &c, &e), &e, "begin");
	change_arg(c, value_id(keep));
	change_arg(c, value_id(drop));
	change_delete(c, TYPE_VOLUNTEER, drop);
	must(change_commit(c, NULL, &e), &e, "commit");
	must(erase_person(s, keep, ERASURE_WISH, &erasure, &e), &e, "erase");
	is_int((intmax_t)trace_rows(s, SECRET, NULL), 0, "who was made one with the person is gone, too");
	store_close(s);
}

static void test_list(struct store *s, size_t many, size_t receipts)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct erasure *x;
	struct view *v;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(erase_list(v, a, &x, &n, &e), &e, "list");
	is_int((intmax_t)n, (intmax_t)many, "so many erasures are known");
	is_int((intmax_t)(n ? x[0].nreceipts : 0), (intmax_t)receipts, "with their receipts");
	view_end(v);
	arena_free(a);
}

/* Every backup in the store's folder, put back. */
static void test_backups(void)
{
	struct err e = {0};
	struct os_clock clock = test_clock(&clk);
	struct arena *a = arena_new();
	char **name;
	size_t n, traces = 0;
	must(os_list_dir(a, test_path("one/backup"), &name, &n, &e), &e, "list");
	for (size_t i = 0; i < n; i++) {
		must(backup_restore(os_path_join(a, test_path("one/backup"), name[i]), test_path("back"), NULL, &clock, &e), &e, "restore");
		struct store *s = test_open("back", &clk);
		traces += trace_rows(s, SECRET, NULL);
		store_close(s);
		os_remove_tree(test_path("back"), NULL);
	}
	ok(n == 1 && traces == 0, "a backup was made anew, which holds nothing");
	ok(!os_exists(test_path("one/draft/volunteer")), "what was typed and not saved is gone, too");
	arena_free(a);
}

static void test_made_again(struct store **s, const struct counts *counts)
{
	struct err e = {0};
	struct store_opts opts = {.clock = test_clock(&clk)};
	struct os_clock clock = test_clock(&clk);
	const char *path = test_path("kept.svb");
	must(backup_write(*s, path, NULL, NULL, &e), &e, "backup");
	must(backup_restore(path, test_path("again"), NULL, &clock, &e), &e, "restore");
	struct store *again = test_open("again", &clk);
	ok(counts_equal(counts_of(again), *counts), "a store put back from a new backup counts the same");
	is_int((intmax_t)trace_rows(again, SECRET, NULL), 0, "and holds no trace");
	store_close(again);
	ok(test_is_whole("again", &clk), "and is whole");
	store_close(*s);
	must(doctor_rebuild(test_path("one"), &opts, &(struct doctor_ctx){0}, &e), &e, "rebuild");
	*s = test_open("one", &clk);
	ok(counts_equal(counts_of(*s), *counts), "the store made again from its log counts the same");
}

static void test_one(void)
{
	struct err e = {0};
	struct store *s = test_store("one", &clk);
	static struct traces t;
	struct erase_plan plan;
	struct somebody p;
	struct id erasure;
	struct view *v;
	struct arena *a = arena_new();
	bool made;
	person_make(s, &p);
	must(backup_auto(s, 0, &made, &e), &e, "backup");
	must(store_draft_save(s, "volunteer", SECRET, &e), &e, "draft");
	struct counts before = counts_of(s);
	ok(trace_rows(s, SECRET, &t) > 10 && trace_files(test_path("one"), SECRET, &t) > 0, "there are traces before");
	must(view_begin(s, &v, &e), &e, "view");
	must(erase_preview(v, a, p.who, &plan, &e), &e, "preview");
	view_end(v);
	ok(plan.places == 3 && plan.agreements == 1 && plan.attachments == 1 && plan.records == 11, "what would go is told");
	is_int(plan.last, 20412, "and the last day");
	must(erase_person(s, p.who, ERASURE_WISH, &erasure, &e), &e, "erase");
	is_int((intmax_t)trace_rows(s, SECRET, NULL), 0, "nothing that can be opened holds a trace");
	is_int((intmax_t)trace_files(test_path("one"), SECRET, &t), 0, "nor does any file, free pages included");
	ok(counts_equal(counts_of(s), before), "what counts is unchanged");
	test_records(s, &p);
	test_backups();
	test_list(s, 1, 1);
	test_never_again(s, &p);
	is_int(erase_person(s, p.who, ERASURE_WISH, &erasure, &e), ERR_NOTFOUND, "nobody is erased twice");
	store_close(s);
	ok(test_is_whole("one", &clk), "the doctor finds nothing");
	s = test_open("one", &clk);
	test_made_again(&s, &before);
	is_int((intmax_t)trace_files(test_path("one"), SECRET, &t), 0, "and still no trace");
	store_close(s);
	ok(test_is_whole("one", &clk), "and it is whole");
	arena_free(a);
}

/* Whoever adds a field that names volunteers decides whose its record is. */
static void test_table(void)
{
	static const struct { uint8_t type, field; } mentions[] = {
		{TYPE_ASSIGNMENT, F_ASSIGNMENT_SUBSTITUTE_FOR}, {TYPE_PRINTED_LIST, F_PRINTED_LIST_VOLUNTEER},
		{TYPE_CALL, F_CALL_INSTEAD_OF},
	};
	const struct type *t;
	const struct field *f;
	for (size_t at = 0; (f = schema_reference(TYPE_VOLUNTEER, &at, &t));) {
		bool known = erase_is_owner(t->no, f->no) || !(f->flags & FIELD_PERS);
		for (size_t i = 0; i < sizeof mentions / sizeof *mentions; i++)
			known = known || (mentions[i].type == t->no && mentions[i].field == f->no);
		ok(known, "whose a record is by %s.%s is decided", t->name, f->name);
	}
	size_t n;
	const struct type *all = schema_types(&n);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i].nfields; k++) {
			f = &all[i].fields[k];
			bool says = f->kind == KIND_TEXT || f->kind == KIND_LONGTEXT || f->kind == KIND_PHONE || f->kind == KIND_EMAIL ||
				(f->kind == KIND_REF && (f->arg == TYPE_VOLUNTEER || f->arg == TYPE_ANY));
			if (erase_keeps(all[i].no, f->no))
				ok(!says, "%s.%s, which stays, can't say who it was", all[i].name, f->name);
		}
}

/* ---- in any order ---------------------------------------------------------------------------------- */

enum { AUTHORS = 3, REPLICAS = 4, STEPS = 60 };
static const uint8_t shared_key[ERASE_KEY] = {7};

static struct store *ringed(const char *name, struct test_clock *c)
{
	struct err e = {0};
	struct store *s = test_store(name, c);
	const struct vault_row row = {VAULT_ERASURES_RING, shared_key, ERASE_KEY};
	must(vault_put(s, &row, 1, &e), &e, "vault");
	return s;
}

static void erase_by_hand(struct store *s, struct id who)
{
	char hash[ERASE_WHO];
	erase_hash(shared_key, who, hash);
	record_make(s, TYPE_ERASURE, id_erasure(hash), (struct pair[PAIRS]){
		{F_ERASURE_WHO, value_text(hash)}, {F_ERASURE_WHY, value_int(ERASURE_WISH)},
		{F_ERASURE_DAY, value_int(20440)}, {F_ERASURE_SITE, value_id(store_site(s))}});
}

struct people {
	struct id who[6], shift, scan;       /* scan: one that was erased alone */
	bool erased[6];
	size_t nwho, n;
	struct { struct id id; uint8_t type; size_t of; } at[STEPS + 3];
};

/* The n-th person's secret. */
static const char *secret(size_t n)
{
	static char text[40];
	snprintf(text, sizeof text, SECRET "%zux", n);
	return text;
}

static void add(struct people *p, int type, struct id id, size_t of)
{
	p->at[p->n].id = id;
	p->at[p->n].of = of;
	p->at[p->n++].type = (uint8_t)type;
}

/* A scan, or a piece of one, or another text in one. */
static void act_on_papers(struct store *s, struct people *p, struct prng *r, size_t of, bool fresh)
{
	struct arena *a = arena_new();
	struct rec *x = NULL;
	size_t i = p->n ? (size_t)prng_below(r, p->n) : 0;
	if (fresh)
		add(p, TYPE_ATTACHMENT, record_make(s, TYPE_ATTACHMENT, ID_NONE, (struct pair[PAIRS]){
			{F_ATTACHMENT_OF, value_id(p->who[of])}, {F_ATTACHMENT_NAME, value_text(secret(of))},
			{F_ATTACHMENT_HASH, value_text("x")}}), of);
	else if (p->n)
		x = test_rec(a, s, p->at[i].type, p->at[i].id);
	of = p->n ? p->at[i].of : 0;
	if (x && x->alive && x->type == TYPE_ATTACHMENT)
		add(p, TYPE_PIECE, record_make(s, TYPE_PIECE, ID_NONE, (struct pair[PAIRS]){
			{F_PIECE_OF, value_id(x->id)}, {F_PIECE_NUMBER, value_int(1)}, {F_PIECE_BYTES, value_text(secret(of))}}), of);
	else if (x && x->alive)
		test_set(s, TYPE_PIECE, x->id, F_PIECE_BYTES, value_text(arena_printf(a, "%s %zu", secret(of), i)));
	arena_free(a);
}

static void add_piece(struct store *s, struct people *p, int number)
{
	add(p, TYPE_PIECE, record_make(s, TYPE_PIECE, ID_NONE, (struct pair[PAIRS]){
		{F_PIECE_OF, value_id(p->scan)}, {F_PIECE_NUMBER, value_int(number)}, {F_PIECE_BYTES, value_text("scanned")}}), 1);
}

/* Two pieces that are there when it is erased, and one that comes later from somebody who hasn't heard. */
static void add_scan(struct store *s, struct people *p)
{
	p->scan = record_make(s, TYPE_ATTACHMENT, ID_NONE, (struct pair[PAIRS]){
		{F_ATTACHMENT_OF, value_id(p->who[1])}, {F_ATTACHMENT_NAME, value_text("x")}, {F_ATTACHMENT_HASH, value_text("x")}});
	add_piece(s, p, 0);
	add_piece(s, p, 1);
}

/* Are all pieces of it bare? */
static bool is_scan_gone(struct store *s, const struct people *p)
{
	struct arena *a = arena_new();
	bool gone = true;
	for (size_t i = 0; i < p->n; i++) {
		const struct rec *r = p->at[i].type == TYPE_PIECE ? test_rec(a, s, TYPE_PIECE, p->at[i].id) : NULL;
		gone = gone && (!r || !id_equal(rec_id(r, F_PIECE_OF), p->scan));
	}
	arena_free(a);
	return gone;
}

/* One change of one author: he may know nothing of what the others did. */
static void act(struct store *s, struct people *p, struct prng *r)
{
	struct arena *a = arena_new();
	size_t n = (size_t)prng_below(r, p->nwho), what = (size_t)prng_below(r, 12);
	struct rec *person = test_rec(a, s, TYPE_VOLUNTEER, p->who[n]);
	struct id place = id_assignment(p->shift, p->who[n]);
	struct rec *seat = test_rec(a, s, TYPE_ASSIGNMENT, place);
	bool sits = seat && seat->alive;
	const char *text = arena_printf(a, "%s %d", secret(n), (int)prng_below(r, 1000));
	if (!person || !person->alive)
		what = 12;
	if (what < 2)
		test_set(s, TYPE_VOLUNTEER, p->who[n], F_VOLUNTEER_ADDRESS, value_text(text));
	else if (what < 4 && !seat)
		test_assign(s, p->shift, p->who[n], ASSIGNMENT_ACCEPTED);
	else if (what < 4 && sits)
		test_set(s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_NOTE, value_text(text));
	else if (what < 6 && sits)
		test_set(s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_ATTENDANCE, value_int(1 + (int)prng_below(r, 3)));
	else if (what < 10)
		act_on_papers(s, p, r, n, what < 8);
	else if (what == 10 && prng_below(r, 4) == 0)
		test_delete(s, TYPE_VOLUNTEER, p->who[n]);
	else if (what == 11 && prng_below(r, 4) == 0) {
		erase_by_hand(s, p->who[n]);
		p->erased[n] = true;
	}
	arena_free(a);
}

/* As erase_settle, but without receipts, by which no two would be the same: only when the store says that it must
 * look. */
static void settle(struct store *s)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct kv_op op = {.table = KV_META, .nkey = 1, .key = "t"};
	struct buf b = {0};
	struct erase_row row;
	struct view *v;
	bool made;
	must(view_begin(s, &v, &e), &e, "view");
	must(erase_row_read(v, a, &row, &e), &e, "row");
	view_end(v);
	if (row.to_do != ERASE_NOTHING) {
		must(erase_remake(s, &made, &e), &e, "remake");
		must(view_begin(s, &v, &e), &e, "view");
		must(erase_row_read(v, a, &row, &e), &e, "row");
		view_end(v);
		row.to_do = ERASE_NOTHING;
		erase_row_pack(&b, &row);
		op.value = b.p;
		op.nvalue = (uint32_t)b.n;
		const struct kv_op proof = op;
		must(kv_apply(s->kv, &op, 1, 0, &proof, &e), &e, "row");
	}
	buf_free(&b);
	arena_free(a);
}

/* The groups of all come to a store in some order, with settling in between. */
static void hear(struct store *from, struct store *to, struct prng *r)
{
	struct taken told;
	struct bundle all = {.a = arena_new()}, part = {.a = all.a};
	test_gather(from, to, &all);
	while (all.n > 0 || part.n > 0) {
		size_t n = 1 + (size_t)prng_below(r, all.n + 1);
		for (; n > 0 && all.n > 0; n--) {
			size_t i = (size_t)prng_below(r, all.n);
			part.g[part.n++] = all.g[i];
			all.g[i] = all.g[--all.n];
		}
		test_take(to, &part, r, &told);
		size_t left = 0;
		for (size_t i = 0; i < part.n; i++)
			if (part.g[i])
				part.g[left++] = part.g[i];
		part.n = left;
		if (prng_below(r, 2) == 0)
			settle(to);
	}
	settle(to);
	arena_free(all.a);
}

static void test_orders(uint64_t seed)
{
	static const char *const names[] = {"a", "b", "c", "r0", "r1", "r2", "r3"};
	static struct people p;
	static struct test_clock clock[AUTHORS + REPLICAS];
	struct prng r = {seed * 2654435761u + 1};
	struct store *s[AUTHORS + REPLICAS];
	p = (struct people){.nwho = 6};
	for (int i = 0; i < AUTHORS + REPLICAS; i++) {
		clock[i].t = INT64_C(1764576000) + i;
		s[i] = ringed(names[i], &clock[i]);
	}
	struct id unit = test_unit(s[0], "Forhal"), role = test_role(s[0], "Guide");
	p.shift = test_shift(s[0], unit, role, INT64_C(20430) * 1440, INT64_C(20430) * 1440 + 60, 2);
	for (size_t i = 0; i < p.nwho; i++)
		p.who[i] = test_volunteer(s[0], "Kanarie", secret(i));
	add_scan(s[0], &p);
	for (int i = 1; i < AUTHORS; i++)
		test_carry(s[0], s[i], NULL, NULL);
	for (int i = 0; i < STEPS; i++) {
		clock[prng_below(&r, AUTHORS)].t += (int64_t)prng_below(&r, 100);
		act(s[prng_below(&r, AUTHORS)], &p, &r);
		if (prng_below(&r, 6) == 0)
			test_carry(s[prng_below(&r, AUTHORS)], s[prng_below(&r, AUTHORS)], NULL, NULL);
	}
	erase_by_hand(s[prng_below(&r, AUTHORS)], p.who[0]);
	p.erased[0] = true;
	erase_by_hand(s[0], p.scan);
	if (seed % 2)
		add_piece(s[1], &p, 2);
	for (int i = 1; i < AUTHORS + REPLICAS; i++)
		test_carry(s[i], s[0], NULL, NULL);
	for (int i = AUTHORS; i < AUTHORS + REPLICAS; i++)
		hear(s[0], s[i], &r);
	settle(s[0]);
	bool same = true, bare = true;
	size_t traces = 0, others = 0;
	for (int i = AUTHORS; i < AUTHORS + REPLICAS; i++) {
		same = same && test_same_state(s[0], s[i]);
		bare = bare && is_scan_gone(s[i], &p);
		for (size_t n = 0; n < p.nwho; n++)
			*(p.erased[n] ? &traces : &others) += trace_rows(s[i], secret(n), NULL);
	}
	ok(traces == 0 && others > 0, "nobody who was erased is left, and the others are");
	ok(bare, "nor is a piece of a scan that was erased alone");
	ok(same, "stores that hear it in any order are the same (seed %d)", (int)seed);
	bool whole = true;
	for (int i = 0; i < AUTHORS + REPLICAS; i++) {
		store_close(s[i]);
		whole = whole && (i > 0 && i < AUTHORS ? true : test_is_whole(names[i], &clock[i]));
		os_remove_tree(test_path(names[i]), NULL);
	}
	ok(whole, "and whole");
}

/* ---- made again over what can't be told apart any more --------------------------------------------- */

static struct test_clock far[2];

static void call(struct store *s, int i, struct id unit, const char *name)
{
	far[i].t += 10;
	test_set(s, TYPE_UNIT, unit, F_UNIT_NAME, value_text(name));
}

static struct store *make_again(struct store *s, const char *name, const char *what)
{
	struct err e = {0};
	struct store_opts opts = {.clock = test_clock(&far[0])};
	store_close(s);
	ok(test_is_whole(name, &far[0]), "the store is whole, %s", what);
	is_int(doctor_rebuild(test_path(name), &opts, &(struct doctor_ctx){0}, &e), OK, "and can be made again");
	return test_open(name, &far[0]);
}

static const char *name_then(struct arena *a, struct store *s, struct id unit, int64_t when)
{
	struct err e = {0};
	struct view *v;
	struct rec *r;
	must(view_begin_at(s, when, &v, &e), &e, "view");
	must(view_get(v, a, TYPE_UNIT, unit, &r, &e), &e, "get");
	const char *name = arena_strdup(a, rec_text(r, F_UNIT_NAME));
	view_end(v);
	return name;
}

/* A change that nobody had seen stands over the floor, and what came after it lies under that: made again they come the
 * other way round, and what the first replaced is known by itself alone. */
static void test_over_the_floor(void)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct store *s[2];
	struct id erasure;
	for (int i = 0; i < 2; i++) {
		far[i].t = INT64_C(1764576000) + i;
		s[i] = ringed(i ? "there" : "here", &far[i]);
	}
	struct id unit = test_unit(s[0], "Forhal"), who = test_volunteer(s[0], "Kanarie", SECRET);
	int64_t first = far[0].t;
	test_carry(s[0], s[1], NULL, NULL);
	call(s[0], 0, unit, "Indgang");
	call(s[1], 1, unit, "Port");
	test_set(s[1], TYPE_VOLUNTEER, who, F_VOLUNTEER_CITY, value_text("Viborg"));
	test_carry(s[1], s[0], NULL, NULL);
	must(erase_person(s[0], who, ERASURE_WISH, &erasure, &e), &e, "erase");
	s[0] = make_again(s[0], "here", "with two names of a unit");
	is_str(name_then(a, s[0], unit, first), "Forhal", "what it was called first is known");
	call(s[0], 0, unit, "Hovedindgang");
	s[0] = make_again(s[0], "here", "with one that replaced both");
	s[0] = make_again(s[0], "here", "and made again once more");
	is_str(name_then(a, s[0], unit, first), "Forhal", "what it was called first is known still");
	store_close(s[0]);
	store_close(s[1]);
	arena_free(a);
}

int main(void)
{
	test_over_the_floor();
	test_one();
	test_to_come();
	test_merged();
	test_table();
	for (uint64_t seed = 1; seed <= 6; seed++)
		test_orders(seed);
	return done_testing();
}
