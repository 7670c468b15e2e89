/* tests/t_cpr.c - nothing that looks like a CPR number gets in by any door: random numbers in random spellings are
 * tried at each, and then everything that the store holds is looked through. What people write every day gets in. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "roster/agreements.h"
#include "roster/gates.h"
#include "roster/qualifications.h"
#include "roster/retention.h"
#include "sync/sync.h"
#include "tests/cprtest.h"
#include "tests/importtest.h"
#include "tui/form.h"
#include "tui/settings.h"

enum { TRIES = 40, SEED = 251201 };

static struct test_clock now;
static struct err e;

struct house {
	struct store *s;
	struct prng r;
	struct id unit, role, me, shift, place, course, agreement;
};

static struct house open_house(const char *name)
{
	struct house h = {.s = test_store(name, &now), .r = {SEED}};
	struct change_result r;
	must(agreement_ship(h.s, &r, &e), &e, "templates");
	h.unit = test_unit(h.s, "Forhal");
	h.role = test_role(h.s, "Guide");
	h.me = test_volunteer(h.s, "Anna", "Holm");
	h.shift = test_shift(h.s, h.unit, h.role, test_at("2025-12-03", 9, 0), test_at("2025-12-03", 12, 0), 2);
	h.place = test_assign(h.s, h.shift, h.me, ASSIGNMENT_ACCEPTED);
	const struct agreement_new how = {.tmpl = id_template("volunteer"), .volunteer = h.me, .unit = h.unit, .roles = &h.role,
		.nroles = 1, .from = test_day("2025-12-01"), .to = DATE_NONE};
	must(agreement_make(h.s, &how, &h.agreement, &r, &e), &e, "agreement");
	struct change *c;
	must(change_begin(h.s, ACT_ADD, &c, &e), &e, "begin");
	h.course = change_new(c, TYPE_QUALIFICATION_KIND);
	must(change_set(c, TYPE_QUALIFICATION_KIND, h.course, F_QUALIFICATION_KIND_NAME, value_text("Hygiejne"), &e), &e, "name");
	must(change_set(c, TYPE_QUALIFICATION_KIND, h.course, F_QUALIFICATION_KIND_SORT, value_int(1), &e), &e, "sort");
	must(change_commit(c, &r, &e), &e, "course");
	return h;
}

/* ---- what the store holds ---------------------------------------------------------------------------------------- */

static size_t in_value(struct value v)
{
	return v.tag == V_TEXT && text_find_cpr(v.text.s) != NULL;
}

static int look_at_record(void *ctx, const struct rec *r, struct err *err)
{
	(void)err;
	*(size_t *)ctx += rec_find_cpr(r) != NULL;
	return OK;
}

static int look_at_group(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *err)
{
	size_t *found = ctx;
	(void)canonical, (void)n, (void)err;
	for (size_t i = 0; i < 3; i++)
		*found += in_value(g->arg[i]);
	for (size_t i = 0; i < g->nwrites; i++)
		*found += in_value(g->writes[i].v);
	*found += text_find_cpr(g->person) != NULL;
	return OK;
}

static size_t found_in(struct store *s)
{
	struct peek l = look_begin(s);
	struct peer *p;
	size_t n, found = 0;
	must(exchange_records(l.v, look_at_record, &found, &e), &e, "records");
	must(exchange_peers(l.v, l.a, &p, &n, &e), &e, "peers");
	for (size_t i = 0; i < n; i++)
		must(exchange_groups(l.v, p[i].inc, p[i].folded + 1, p[i].no, look_at_group, &found, &e), &e, "log");
	look_end(&l);
	return found;
}

/* ---- doors: each takes a text to where it would be kept ---------------------------------------------- */

/* A field of one line or several, of any type, that takes at least this many bytes. */
static const struct field *any_text(struct house *h, const struct type **t)
{
	size_t n;
	const struct type *all = schema_types(&n);
	for (;;) {
		*t = &all[prng_below(&h->r, n)];
		const struct field *f = &(*t)->fields[prng_below(&h->r, (*t)->nfields)];
		if ((f->kind == KIND_TEXT || f->kind == KIND_LONGTEXT) && f->max >= 100)
			return f;
	}
}

static int by_field(struct house *h, const char *text)
{
	const struct type *t;
	const struct field *f = any_text(h, &t);
	struct arena *a = arena_new();
	struct change *c;
	struct value v;
	int rc = kind_parse(a, f, text, store_today(h->s), &v, &e);
	must(change_begin(h->s, ACT_ADD, &c, &e), &e, "begin");
	int direct = change_set(c, t->no, change_new(c, t->no), f->no, value_text(text_clean(a, text, strlen(text))), &e);
	change_abandon(c);
	arena_free(a);
	return rc ? direct ? rc : OK : direct;
}

/* Of every kind that is kept as text: a number mustn't come as a phone, a postal code or an address either. */
static int by_any_kind(struct house *h, const char *text)
{
	static const int fields[] = {F_VOLUNTEER_PHONE, F_VOLUNTEER_EMAIL, F_VOLUNTEER_POSTCODE, F_VOLUNTEER_BORN, F_VOLUNTEER_GIVEN,
		F_VOLUNTEER_MAX_PER_MONTH, F_VOLUNTEER_STATUS};
	const struct field *f = schema_field(TYPE_VOLUNTEER, fields[prng_below(&h->r, sizeof fields / sizeof *fields)]);
	struct arena *a = arena_new();
	struct value v;
	int rc = kind_parse(a, f, text, store_today(h->s), &v, &e);
	if (rc == OK)
		test_set(h->s, TYPE_VOLUNTEER, h->me, f->no, v);
	arena_free(a);
	return rc;
}

static int by_form(struct house *h, const char *text)
{
	const struct field *f[] = {schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_WISHES)};
	struct form *form = form_new(f, 1, &(struct form_hooks){0}, store_today(h->s));
	struct buf draft = {0};
	form_type(form, F_VOLUNTEER_WISHES, text);
	int rc = form_check(form, &e);
	form_export(form, &draft);
	int kept = store_draft_save(h->s, "form", draft.p ? draft.p : "", &e);
	if (rc == OK)
		test_set(h->s, TYPE_VOLUNTEER, h->me, F_VOLUNTEER_WISHES, form_value(form, F_VOLUNTEER_WISHES));
	form_free(form);
	buf_free(&draft);
	return rc ? kept ? rc : OK : kept;
}

static int by_pause(struct house *h, const char *text)
{
	struct peek l = look_begin(h->s);
	struct pause_effect effect;
	struct change_result r;
	const struct pause_new how = {h->unit, text, test_day("2026-02-01"), DATE_NONE};
	view_end(l.v);
	l.v = NULL;
	int rc = pause_begin(h->s, l.b, l.a, &how, &effect, &r, &e);
	look_end(&l);
	return rc;
}

static int by_course(struct house *h, const char *text)
{
	struct peek l = look_begin(h->s);
	struct change_result r;
	const struct qualification_given how = {h->course, &h->me, 1, test_day("2025-11-01"), text};
	view_end(l.v);
	l.v = NULL;
	int rc = qualification_give(h->s, l.b, &how, &r, &e);
	look_end(&l);
	return rc;
}

/* By turns who assessed it, who looked too, and the note. */
static int by_check(struct house *h, const char *text)
{
	struct change_result r;
	unsigned which = (unsigned)prng_below(&h->r, 3);
	const struct check_move how = {CHILD_ASSESSED, test_day("2025-11-01"), which == 0 ? text : "Ida", which == 1 ? text : "Bo",
		which == 2 ? text : NULL};
	test_set(h->s, TYPE_VOLUNTEER, h->me, F_VOLUNTEER_CHILD_CHECK, value_int(CHILD_ORDERED));
	return check_move(h->s, h->me, &how, &r, &e);
}

static int by_agreement(struct house *h, const char *text)
{
	struct change_result r;
	struct id made;
	const struct agreement_new how = {.tmpl = id_template("volunteer"), .volunteer = h->me, .unit = h->unit, .from = DATE_NONE,
		.to = DATE_NONE, .case_no = text};
	if (prng_below(&h->r, 2))
		return agreement_make(h->s, &how, &made, &r, &e);
	return agreement_evaluate(h->s, h->agreement, text, DATE_NONE, &r, &e);
}

static int by_signature(struct house *h, const char *text)
{
	struct change_result r;
	struct id made;
	unsigned which = (unsigned)prng_below(&h->r, 3);
	const struct attachment scan = {which == 2 ? text : "scan.pdf", "%PDF-1.4", 8};
	const struct agreement_signing how = {.agreement = h->agreement, .part = SIGNATURE_VOLUNTEER, .how = SIGNATURE_PAPER,
		.name = which == 0 ? text : "Anna Holm", .witness = which == 1 ? text : NULL, .day = test_day("2025-12-01"), .scan = &scan};
	return agreement_sign(h->s, &how, "aaaa", "bbbb", &made, &r, &e);
}

static int by_setting(struct house *h, const char *text)
{
	struct change_result r;
	return settings_write(h->s, "limit.rest_hours", "Setting", text, &r, &e);
}

static int by_print(struct house *h, const char *text)
{
	bool noted, what = prng_below(&h->r, 2);
	const struct printed p = {.what = what ? text : "Roster", .purpose = what ? "" : text, .from = DATE_NONE, .to = DATE_NONE,
		.shred = test_day("2026-01-01") + (civil_date)prng_below(&h->r, 30000)};
	return retention_note_print(h->s, &p, &noted, &e);
}

static int by_person(struct house *h, const char *text)
{
	int rc = store_set_person(h->s, text, &e);
	test_set(h->s, TYPE_UNIT, h->unit, F_UNIT_NOTE, value_text(prng_below(&h->r, 2) ? "a" : "b"));
	return rc;
}

static int by_ring(struct house *h, const char *text)
{
	struct ring *r = NULL;
	int rc = ring_new(h->s, text, &e);
	(void)ring_load(h->s, &r, NULL);
	ring_free(r);
	return rc == ERR_CONFLICT ? OK : rc;
}

/* Cells, headings and the file's name; nothing of it is refused as a whole. */
static int by_import(struct house *h, const char *text)
{
	struct buf sheet = {0}, kept = {0};
	char name[160];
	snprintf(name, sizeof name, "%s.csv", prng_below(&h->r, 2) ? "f" : text);
	for (char *p = name; *p; p++)
		*p = *p == '/' ? '_' : *p;
	buf_addf(&sheet, "Fornavn;Efternavn;By;Bemærkning;\"%s\"\nEva;Holm;\"%s\";\"%s\";\"%s\"\n", text, text, text, text);
	struct plan *p = plan_text(h->s, name, sheet.p);
	import_keep(p, &kept);
	(void)store_draft_save(h->s, "import", kept.p ? kept.p : "", &e);
	apply(h->s, p);
	import_free(p);
	buf_free(&sheet);
	buf_free(&kept);
	return OK;
}

static int by_label(struct house *h, const char *text)
{
	struct change *c;
	must(change_begin(h->s, ACT_IMPORT, &c, &e), &e, "begin");
	change_arg(c, value_text(text));
	struct id id = change_new(c, TYPE_UNIT);
	must(change_set(c, TYPE_UNIT, id, F_UNIT_NAME, value_text("Sted"), &e), &e, "name");
	return change_commit(c, NULL, &e);
}

static const struct door {
	const char *name;
	int (*enter)(struct house *h, const char *text);
	bool refuses, takes;             /* a number, with an error; and what is none */
} doors[] = {
	{"a field of any type", by_field, true, true},
	{"fields of other kinds", by_any_kind, true, false},
	{"a form, and its draft", by_form, true, true},
	{"the reason of a pause", by_pause, true, true},
	{"who confirms a course", by_course, true, true},
	{"a child-protection check", by_check, true, true},
	{"a case number, an evaluation", by_agreement, true, true},
	{"a signature's name, witness and scan", by_signature, true, true},
	{"a setting", by_setting, true, true},
	{"a printed list", by_print, true, true},
	{"whoever writes", by_person, true, true},
	{"the ring's name", by_ring, true, false},
	{"a sheet", by_import, false, true},
	{"what an act is called", by_label, false, true},
};

static void test_door(const struct door *d, const char *name)
{
	struct house h = open_house(name);
	struct buf b = {0};
	size_t open = 0, shut = 0;
	for (int i = 0; i < TRIES; i++) {
		cpr_text(&h.r, &b);
		if (d->enter(&h, b.p) == OK && d->refuses && open++ == 0)
			diag("let in: %s", b.p);
		cpr_near_miss(&h.r, &b);
		if (d->takes && d->enter(&h, b.p) != OK && shut++ == 0)
			diag("kept out: %s: %s", b.p, e.text);
	}
	is_int((intmax_t)open, 0, "%s: a CPR number is refused", d->name);
	is_int((intmax_t)shut, 0, "%s: what isn't one is taken", d->name);
	is_int((intmax_t)found_in(h.s), 0, "%s: and none is in the store", d->name);
	struct arena *a = arena_new();
	const char *form = store_draft_load(h.s, a, "form"), *sheet = store_draft_load(h.s, a, "import");
	ok(!(form && text_find_cpr(form)) && !(sheet && text_find_cpr(sheet)), "%s: nor in what is unsaved", d->name);
	arena_free(a);
	buf_free(&b);
	store_close(h.s);
}

/* ---- files of the machine ---------------------------------------------------------------------------- */

static void test_limits(void)
{
	struct prng r = {SEED};
	struct buf b = {0}, file = {0}, said = {0};
	struct arena *a = arena_new();
	size_t in = 0;
	for (int i = 0; i < TRIES; i++) {
		struct limit all[LIMIT_COUNT] = {0};
		cpr_text(&r, &b);
		buf_reset(&file);
		buf_addf(&file, "rest_hours: 12 hours\n\tda: Hvile\n\ten: Rest %s\n\tsource: Loven %s\n\tchecked: 2026-01-01\n", i % 2 ? b.p : "",
			i % 2 ? "" : b.p);
		limits_read(a, "limits", file.p, all, &said);
		in += all[LIMIT_REST_HOURS].name != NULL;
	}
	is_int((intmax_t)in, 0, "a row of limits with a CPR number is left out");
	ok(said.n && !text_find_cpr(said.p), "which is said, and the number not repeated");
	arena_free(a);
	buf_free(&b);
	buf_free(&file);
	buf_free(&said);
}

static void test_folders(void)
{
	struct folder_place *p;
	struct arena *a = arena_new();
	size_t n, found = 0;
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s", test_path("stik 010180-1234"));
	must(os_mkdir_p(path, &e), &e, "folder");
	is_int(folder_remember(path, &e), OK, "a folder that is called so can be used");
	must(folder_places(a, &p, &n, &e), &e, "folders");
	for (size_t i = 0; i < n; i++)
		found += text_find_cpr(p[i].dir) != NULL;
	is_int((intmax_t)found, 0, "and isn't remembered");
	arena_free(a);
}

/* ---- others' stores ---------------------------------------------------------------------------------- */

#define PLANT "plantes"

struct planting { struct take *take; const char *number; };

static int plant(void *ctx, const struct group *g, const uint8_t *canonical, size_t n, struct err *err)
{
	struct planting *p = ctx;
	struct group copy = *g;
	struct arena *a = arena_new();
	struct write *w = arena_copy(a, g->writes, g->nwrites * sizeof *w);
	(void)canonical, (void)n;
	for (size_t i = 0; i < g->nwrites; i++)
		if (w[i].v.tag == V_TEXT && strcmp(w[i].v.text.s, PLANT) == 0)
			w[i].v = value_text(p->number);
	copy.writes = w;
	int rc = take_gate(p->take, g) == GATE_READY ? take_group(p->take, &copy, NULL, err) : OK;
	arena_free(a);
	return rc;
}

/* A member whose program lets such a thing in. */
static void take_from_hostile(struct store *from, struct store *to, const char *number)
{
	struct peek l = look_begin(from);
	struct planting p = {.number = number};
	struct peer *peers;
	struct taken taken;
	size_t n;
	must(exchange_peers(l.v, l.a, &peers, &n, &e), &e, "peers");
	must(take_begin(to, "STIK", &p.take, &e), &e, "begin");
	for (size_t i = 0; i < n; i++)
		must(exchange_groups(l.v, peers[i].inc, 1, peers[i].no, plant, &p, &e), &e, "carry");
	must(take_end(p.take, &taken, &e), &e, "end");
	look_end(&l);
}

static size_t told(struct store *s, struct id id, const char *number)
{
	struct peek l = look_begin(s);
	struct digest_row *rows;
	size_t n, told = 0;
	must(sync_digest(l.v, l.a, 0, &rows, &n, &e), &e, "digest");
	for (size_t i = 0; i < n; i++)
		if (id_equal(rows[i].record, id) && rows[i].need == NEED_CPR && rows[i].kind == DIGEST_NEEDS_ME) {
			told++;
			ok(!strstr(rows[i].text, number) && !text_find_cpr(rows[i].text), "the number isn't repeated");
		}
	look_end(&l);
	return told;
}

static void test_hostile(void)
{
	static const char number[] = "010180-1234";
	struct store *from = test_store("hostile", &now), *to = test_store("taker", &now);
	struct id noted = test_volunteer(from, "Bo", "Lund"), named = test_volunteer(from, "Eva", PLANT);
	test_set(from, TYPE_VOLUNTEER, noted, F_VOLUNTEER_NOTE, value_text(PLANT));
	take_from_hostile(from, to, number);
	ok(found_in(to) > 0, "what another site holds is taken as it is, so that all stay equal");
	is_int((intmax_t)told(to, noted, number), 1, "but the digest says that a field must be mended");
	is_int((intmax_t)told(to, named, number), 1, "also when somebody is called so");
	struct change_result done = test_set(to, TYPE_VOLUNTEER, noted, F_VOLUNTEER_NOTE, value_none());
	is_int((intmax_t)told(to, noted, number), 0, "until it is");
	struct change_result r;
	must(change_undo(to, done.dot, &r, &e), &e, "undo");
	struct peek l = look_begin(to);
	struct rec *rec;
	must(view_get(l.v, l.a, TYPE_VOLUNTEER, noted, &rec, &e), &e, "get");
	ok(!rec_find_cpr(rec), "and undoing that doesn't bring it back");
	look_end(&l);
	store_close(from);
	store_close(to);
}

int main(void)
{
	now.t = 1764579600;
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
		char name[16];
		snprintf(name, sizeof name, "door%zu", i);
		test_door(&doors[i], name);
	}
	test_limits();
	test_folders();
	test_hostile();
	return done_testing();
}
