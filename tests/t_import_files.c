/* tests/t_import_files.c - whole records leave as JSON and tables and come in again as they were, whatever stands in
 * them; cards of strangers are read as they meant them; what is broken is refused with its line. */
#include "export/records.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "export/vcards.h"
#include "store/erase.h"
#include "tests/importtest.h"

/* ---- records with anything in them ------------------------------------------------------------------- */

static const char *const hostile[] = {
	"=cmd|' /C calc'!A0", "'=x", "''-5", "'-5", "-5", "+45", "@SUM(A1)", "a;b,c\\d", "\"", "\"\"", "; \"x", ",", ";", "1,5", "003",
	"2025-12-03", "ja", "B5", "#x", "[y]", "sep=;", "'", "O'Brien", "Łukasz Żółć", "İstanbul'da", "نص", "Nguyễn Thị Hương", "a  b",
	"two\nlines", "a\tb", "\"quoted\"\nand; more", "-", "= ", "x=", "null", "BEGIN:VCARD", "end\\", "😀👨‍👩‍👧",
};
enum { NHOSTILE = sizeof hostile / sizeof *hostile, LONG = 10000 };

struct made { struct arena *a; struct prng r; struct change *c; struct { struct id id; uint8_t type; } all[2000]; size_t n; };

static const char *text_for(struct made *m, const struct field *f)
{
	const char *s = hostile[prng_below(&m->r, NHOSTILE)];
	if (prng_below(&m->r, 40) == 0 && f->max > LONG) {
		char *many = arena_alloc(m->a, LONG + 1);
		memset(many, 'x', LONG);
		for (size_t i = 60; i < LONG - 1; i += 60)
			many[i] = '\n';
		s = many;
	}
	return s;
}

static bool pick(struct made *m, int type, struct id *out)
{
	size_t from = m->n ? (size_t)prng_below(&m->r, m->n) : 0;
	for (size_t i = 0; i < m->n; i++) {
		size_t at = (from + i) % m->n;
		if (type != TYPE_ANY && m->all[at].type != type)
			continue;
		*out = m->all[at].id;
		return true;
	}
	return false;
}

static struct value value_for(struct made *m, const struct field *f)
{
	size_t n;
	struct id id;
	switch (f->kind) {
	case KIND_BOOL: return value_int((int64_t)prng_below(&m->r, 2));
	case KIND_INT:
	case KIND_DURATION:
	case KIND_TIME: return value_int((int64_t)prng_below(&m->r, (f->kind == KIND_TIME ? 1440 : f->max) + 1));
	case KIND_DATE: return value_int(civil_from_ymd(1900, 1, 1) + (int64_t)prng_below(&m->r, 100000));
	case KIND_DATETIME: return value_int(cmin_at(civil_from_ymd(2025, 1, 1), 0) + (f->arg ? 10000000 : 0) + (int64_t)prng_below(&m->r, 5000000));
	case KIND_CHOICE: {
		const struct choice *c = schema_choices(f->arg, &n);
		return value_int(c[prng_below(&m->r, n)].no);
	}
	case KIND_PHONE: return value_text(prng_below(&m->r, 2) ? "+46701234567" : "20838797");
	case KIND_EMAIL: return value_text("=a+b@example.dk");
	case KIND_POSTCODE: return value_text("0999");
	case KIND_CVR: return value_text("00112233");
	case KIND_REF: return pick(m, f->arg, &id) ? value_id(id) : value_none();
	case KIND_WEEKDAYS: return value_int(1 + (int64_t)prng_below(&m->r, 127));
	case KIND_TEXT:
	case KIND_LONGTEXT: break;
	}
	return value_text(text_for(m, f));
}

/* A value that may stand there; none where nothing was found. */
static struct value fitting(struct made *m, const struct field *f)
{
	for (int i = 0; i < 50; i++) {
		struct value v = value_for(m, f);
		if (kind_check(f, v, NULL) == OK)
			return v;
	}
	return value_none();
}

static void make_record(struct made *m, const struct type *t)
{
	struct value v[64];
	struct err e;
	for (size_t i = 0; i < t->nfields; i++) {
		bool needed = t->fields[i].flags & FIELD_REQ;
		v[i] = needed || prng_below(&m->r, 3) ? fitting(m, &t->fields[i]) : value_none();
		if (needed && v[i].tag == V_NONE)
			return;
	}
	struct id id = change_new(m->c, t->no);
	for (size_t i = 0; i < t->nfields; i++)
		must(change_set(m->c, t->no, id, t->fields[i].no, v[i], &e), &e, t->fields[i].name);
	m->all[m->n].id = id;
	m->all[m->n++].type = t->no;
}

static void fill_store(struct store *s, uint64_t seed)
{
	struct made m = {.a = arena_new(), .r = {seed}};
	struct err e;
	size_t n;
	const struct type *types = schema_types(&n);
	must(change_begin(s, ACT_IMPORT, &m.c, &e), &e, "begin");
	for (int round = 0; round < 12; round++)
		for (size_t i = 0; i < n; i++)
			if (records_leave(&types[i]) && types[i].no != TYPE_SITE)
				make_record(&m, &types[i]);
	must(change_commit(m.c, NULL, &e), &e, "commit");
	ok(m.n > 250, "records of all types were made: %zu", m.n);
	arena_free(m.a);
}

/* ---- out and in again -------------------------------------------------------------------------------- */

static char *json_of_all(struct store *s, struct arena *a)
{
	struct view *v;
	struct buf b = {0};
	struct err e;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(records_json(v, &b, &n, &e), &e, "json");
	view_end(v);
	char *out = arena_strndup(a, b.p, b.n);
	buf_free(&b);
	return out;
}

static char *csv_of(struct store *s, struct arena *a, const struct type *t, bool danish)
{
	struct view *v;
	struct buf b = {0};
	struct err e;
	size_t n;
	must(view_begin(s, &v, &e), &e, "view");
	must(records_csv(v, t, danish, &b, &n, &e), &e, "csv");
	view_end(v);
	char *out = arena_strndup(a, b.p ? b.p : "", b.n);
	buf_free(&b);
	return out;
}

/* The records but the sites, of which the second store has one of its own. */
static const char *after_sites(const char *json)
{
	const char *at = strstr(json, "\"unit\": [");
	return at ? at : json;
}

static void test_json(struct store *s, const char *name)
{
	struct test_clock c = {0};
	struct arena *a = arena_new();
	struct store *other = test_store(name, &c);
	char *first = json_of_all(s, a);
	take_text(other, "samvagt.json", first);
	is_str(after_sites(json_of_all(other, a)), after_sites(first), "JSON: the same records, field by field (%s)", name);
	struct plan *p = plan_text(other, "samvagt.json", first);
	size_t n, changed = 0;
	struct plan_file *f = import_files(p, &n);
	for (size_t i = 0; i < n; i++)
		changed += f[i].nrows - f[i].count[ROW_SAME];
	is_int((long)changed, 0, "and a second time nothing is new");
	import_free(p);
	store_close(other);
	arena_free(a);
}

static void test_csv(struct store *s, const char *name, bool danish)
{
	struct test_clock c = {0};
	struct arena *a = arena_new();
	struct store *other = test_store(name, &c);
	const char *paths[64];
	size_t n, npaths = 0, alike = 0, asked = 0;
	const struct type *types = schema_types(&n);
	for (size_t i = 0; i < n; i++) {
		const char *csv = records_leave(&types[i]) ? csv_of(s, a, &types[i], danish) : "";
		if (!*csv)
			continue;
		paths[npaths] = arena_strdup(a, test_path(arena_printf(a, "%s-%s.csv", name, types[i].name)));
		test_write(paths[npaths++], csv, strlen(csv));
	}
	struct plan *p = plan_paths(other, paths, npaths, IMPORT_UNKNOWN, NULL);
	import_accept(p);
	apply(other, p);
	import_free(p);
	for (size_t i = 0; i < n; i++) {
		if (!records_leave(&types[i]) || types[i].no == TYPE_SITE)
			continue;
		const char *was = csv_of(s, a, &types[i], danish), *is = csv_of(other, a, &types[i], danish);
		asked++;
		alike += strcmp(was, is) == 0;
		if (strcmp(was, is))
			diag("%s differs: %.300s\n%.300s", types[i].name, was, is);
	}
	ok(alike == asked && npaths > 20, "%s: byte for byte the same again, in %zu tables", name, npaths);
	store_close(other);
	arena_free(a);
}

/* ---- what doesn't come in ---------------------------------------------------------------------------- */

#define HEAD "{\"format\":\"samvagt-records\",\"version\":1,\"records\":"
#define ID1 "11111111-1111-8111-8111-111111111111"
#define ID2 "22222222-2222-8222-8222-222222222222"

static void test_refused(void)
{
	struct test_clock c = {0};
	struct store *s = test_store("refused", &c);
	struct plan *p = plan_text(s, "a.json", HEAD
		"{\"unit\":[{\"id\":\"" ID1 "\",\"name\":\"A\",\"parent\":\"" ID2 "\",\"colour\":\"red\"},{\"id\":\"x\",\"name\":\"B\"},"
		"{\"id\":\"" ID2 "\"},{\"id\":\"" ID1 "\",\"name\":\"0101901234\"}]}}");
	const char *file = "a.json: Units";
	is_int(row_at(p, file, 1)->fate, ROW_MAKE, "a unit is taken in");
	ok(has_remark(p, file, 1, "", "points at isn't here"), "but not its reference to one that isn't");
	ok(has_remark(p, file, 1, "", "colour"), "nor a field that isn't known");
	is_int(row_at(p, file, 2)->fate, ROW_REFUSE, "without an id nothing is");
	is_int(row_at(p, file, 3)->fate, ROW_REFUSE, "nor without what it must have");
	ok(has_remark(p, file, 4, "name", "CPR"), "nor what looks like a CPR number");
	struct change_result done = apply(s, p);
	is_int((long)done.records, 1, "one record is written");
	import_free(p);
	store_close(s);
}

/* A card may say that it is anything. */
static void test_false_id(void)
{
	static const char card[] = "BEGIN:VCARD\nN:Dahl;Thyra;;;\nUID:urn:uuid:" ID1 "\nEND:VCARD\n",
		organisation[] = HEAD "{\"organisation\":[{\"id\":\"" ID1 "\",\"name\":\"A\"}]}}";
	struct test_clock c = {0};
	struct store *s = test_store("false", &c);
	const char *paths[] = {test_path("org.json"), test_path("card.vcf")};
	test_write(paths[0], organisation, strlen(organisation));
	test_write(paths[1], card, strlen(card));
	struct plan *p = plan_paths(s, paths, 2, IMPORT_UNKNOWN, NULL);
	is_int((long)apply(s, p).records, 2, "a card with the id of an organisation is a person all the same");
	import_free(p);
	store_close(s);
}

static void test_deleted(void)
{
	struct test_clock c = {0};
	struct store *s = test_store("deleted", &c);
	struct arena *a = arena_new();
	struct id gone = test_volunteer(s, "Thyra", "Dahl"), unit = test_unit(s, "Forhal");
	char *json = json_of_all(s, a);
	struct err e;
	test_delete(s, TYPE_UNIT, unit);
	struct id erasure;
	must(erase_person(s, gone, ERASURE_WISH, &erasure, &e), &e, "erase");
	struct plan *p = plan_text(s, "a.json", json);
	is_int(row_at(p, "a.json: Volunteers", 1)->fate, ROW_REFUSE, "who was erased doesn't come back");
	ok(row_at(p, "a.json: Units", 1)->ndoubts == 1, "what was deleted is asked about");
	import_accept(p);
	is_int((long)apply(s, p).writes, 0, "and left as it is");
	ok(choose(row_at(p, "a.json: Units", 1), "Make it again", "Make it again"), "unless somebody says so");
	ok(apply(s, p).writes > 0, "then it is made again");
	import_free(p);
	ok(strstr(json, "Thyra") && !strstr(json_of_all(s, a), "Thyra"), "nobody erased is in a new export");
	store_close(s);
	arena_free(a);
}

struct bad { const char *name, *text, *says; };

static void test_bad_files(void)
{
	static const struct bad bad[] = {
		{"a.json", "{\n\"format\": \"samvagt-records\",\n", "line 3"},
		{"a.json", "[]", "aren't records"},
		{"a.json", "{\"format\":\"other\",\"records\":{}}", "aren't records"},
		{"a.json", HEAD "{\"erasure\":[]}}", "can't take in"},
		{"a.json", HEAD "{\"dragon\":[]}}", "dragon"},
		{"a.json", HEAD "{\"unit\":[1]}}", "number 1"},
		{"a.json", HEAD "{\"unit\":[{\"id\":\"" ID1 "\",\"name\":[]}]}}", "neither"},
		{"a.json", HEAD "{}}", "empty"},
		{"a.json", "{\"format\":\"samvagt-records\",\"version\":9,\"records\":{\"unit\":[]}}", "newer"},
		{"a.vcf", "FN:Anna\r\n", "line 1"},
		{"a.vcf", "BEGIN:VCARD\r\nFN:Anna\r\n", "line 1"},
		{"a.vcf", "BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nBEGIN:VCARD\n", "line 5"},
		{"a.vcf", "BEGIN:VCARD\nFN:A\nEND:VCARD\nEND:VCARD\n", "line 4"},
	};
	struct arena *a = arena_new();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct table *t;
		size_t n;
		struct err e = {0};
		const char *path = test_path(bad[i].name);
		test_write(path, bad[i].text, strlen(bad[i].text));
		int rc = import_tables(a, path, &t, &n, &e);
		ok(rc == ERR_DATA && strstr(e.text, bad[i].says), "%zu: %s", i, e.text);
	}
	arena_free(a);
}

/* ---- cards ------------------------------------------------------------------------------------------- */

/* Folds are where the standard wants them, texts come back, whatever stands in them. */
static void test_own_cards(void)
{
	struct test_clock c = {0};
	struct store *s = test_store("cards", &c);
	struct arena *a = arena_new();
	for (size_t i = 0; i < NHOSTILE; i++) {
		if (kind_check(schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_GIVEN), value_text(hostile[i]), NULL))
			continue;
		struct id id = test_volunteer(s, arena_printf(a, "%s%s", hostile[i], i % 3 ? "" : " æøåæøåæøåæøåæøåæøåæ"), "y");
		test_set(s, TYPE_VOLUNTEER, id, F_VOLUNTEER_PHONE, value_text("20838797"));
		test_set(s, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE));
		test_set(s, TYPE_VOLUNTEER, id, F_VOLUNTEER_ADDRESS, value_text(hostile[i]));
	}
	struct view *v;
	struct book *b;
	struct buf out = {0};
	struct err e;
	size_t n, longest = 0;
	must(view_begin(s, &v, &e), &e, "view");
	must(book_load(v, &b, &e), &e, "book");
	must(vcards_people(v, b, &out, &n, &e), &e, "cards");
	book_free(b);
	view_end(v);
	for (const char *p = out.p; *p; p += strcspn(p, "\n") + 1)
		longest = strcspn(p, "\r\n") > longest ? strcspn(p, "\r\n") : longest;
	ok(n > 30 && longest <= 75 && text_valid(out.p, out.n), "%zu cards in lines of at most 75 octets (%zu)", n, longest);
	struct plan *p = plan_text(s, "own.vcf", out.p);
	struct plan_file *f = file_named(p, "own.vcf");
	ok(f->nrows == n && f->count[ROW_SAME] == n, "and they come back to the same people, unchanged");
	for (size_t i = 0; i < f->nrows; i++)
		for (size_t k = 0; k < f->rows[i].nremarks; k++)
			diag("%s: %s", f->rows[i].what, f->rows[i].remarks[k].text);
	import_free(p);
	buf_free(&out);
	store_close(s);
	arena_free(a);
}

static void test_foreign_cards(void)
{
	static const char card[] = "begin:vcard\nversion:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98sterg=C3=A5rd;S=\n=C3=B8ren;;;\n"
		"TEL;FAX:86112233\nTEL;HOME:86112244\nTEL;CELL:+45 20 83 87 97\nADR;HOME:;;Nygade 1;Viborg;;8800;\nNOTE:en\\, to\\ntre\nBDAY:19550412\nend:vcard\n"
		"BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Anna Marie Holm\nitem1.TEL;type=pref:20 11 22 33\nEND:VCARD\n";
	struct test_clock c = {0};
	struct store *s = test_store("foreign", &c);
	struct arena *a = arena_new();
	take_text(s, "phone.vcf", card);
	char *all = json_of_all(s, a);
	ok(strstr(all, "\"given\":\"Søren\",\"family\":\"Østergård\",\"phone\":\"20838797\",\"born\":\"1955-04-12\",\"address\":\"Nygade 1\","
		"\"postcode\":\"8800\",\"city\":\"Viborg\"") != NULL, "an old phone's card is read whole");
	ok(strstr(all, "en, to\\ntre") != NULL, "with its note");
	ok(strstr(all, "\"given\":\"Anna Marie\",\"family\":\"Holm\",\"phone\":\"20112233\"") != NULL, "and one with a shown name only");
	store_close(s);
	arena_free(a);
}

int main(void)
{
	struct test_clock c = {0};
	for (uint64_t seed = 1; seed <= 3; seed++) {
		char name[32];
		snprintf(name, sizeof name, "from-%d", (int)seed);
		struct store *s = test_store(name, &c);
		fill_store(s, seed);
		snprintf(name, sizeof name, "json-%d", (int)seed);
		test_json(s, name);
		snprintf(name, sizeof name, "plain-%d", (int)seed);
		test_csv(s, name, false);
		snprintf(name, sizeof name, "danish-%d", (int)seed);
		test_csv(s, name, true);
		store_close(s);
	}
	test_refused();
	test_false_id();
	test_deleted();
	test_bad_files();
	test_own_cards();
	test_foreign_cards();
	return done_testing();
}
