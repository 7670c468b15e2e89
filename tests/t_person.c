/* tests/t_person.c - what is kept of a person, handed out whole (export/person.h): by the table of types, so that a
 * type that is made tomorrow is in it, too. */
#include "export/person.h"

#include <jansson.h>
#include <string.h>

#include "roster/attachments.h"
#include "store/erase.h"
#include "store/seen.h"
#include "tests/rostertest.h"

#define OTHERS "Fremmedsen"
enum { DAY_OF_ALL = 20424, TYPES = 256 };        /* 2/12 2025 */

static struct test_clock now;

/* ---- a record of every type ------------------------------------------------------------------------------------ */

struct world {
	struct store *s;
	struct id me, other, made[TYPES];
};

static struct id make(struct world *w, const struct type *t, bool mine);

/* Whom or what a reference leads to: where it says whose the record is, to me. */
static struct id target_of(struct world *w, const struct type *t, const struct field *f, bool mine)
{
	bool owns = f->no == erase_owner_field(t->no);
	if (f->arg == TYPE_VOLUNTEER || f->arg == TYPE_ANY)
		return mine == owns || !erase_owner_field(t->no) ? w->me : w->other;
	if (f->arg == t->no)
		return ID_NONE;
	if (id_is_none(w->made[f->arg]))
		w->made[f->arg] = make(w, schema_type(f->arg), true);
	return w->made[f->arg];
}

static const char *text_for(const struct type *t, const struct field *f)
{
	static char texts[8][64];
	static int at;
	char *text = texts[at = (at + 1) % 8];
	switch (f->kind) {
	case KIND_PHONE: return "20737074";
	case KIND_EMAIL: return "anna@example.dk";
	case KIND_POSTCODE: return "8800";
	case KIND_CVR: return "29190925";
	default: snprintf(text, sizeof texts[0], "%.9s-%.9s", t->name, f->name); return text;
	}
}

static struct value value_for(struct world *w, const struct type *t, const struct field *f, bool mine)
{
	switch (f->kind) {
	case KIND_REF: return value_id_or_none(target_of(w, t, f, mine));
	case KIND_CHOICE: return value_int(1);
	case KIND_BOOL: return value_int(1);
	case KIND_INT: return value_int(f->max < 3 ? f->max : 3);
	case KIND_DURATION: return value_int(95);
	case KIND_TIME: return value_int(510);
	case KIND_WEEKDAYS: return value_int(21);
	case KIND_DATE: return value_int(DAY_OF_ALL + f->no);
	case KIND_DATETIME: return value_int(cmin_at(DAY_OF_ALL, 540 + f->no * 60));
	default: return value_text(text_for(t, f));
	}
}

static struct id make(struct world *w, const struct type *t, bool mine)
{
	struct err e = {0};
	struct change *c;
	struct value v[64];
	for (size_t i = 0; i < t->nfields; i++)
		v[i] = value_for(w, t, &t->fields[i], mine);
	must(change_begin(w->s, ACT_ADD, &c, &e), &e, "begin");
	struct id id = change_new(c, t->no);
	for (size_t i = 0; i < t->nfields; i++)
		must(change_set(c, t->no, id, t->fields[i].no, v[i], &e), &e, "set");
	change_arg(c, value_id(id));
	must(change_commit(c, NULL, &e), &e, t->name);
	return id;
}

static void fill_me(struct world *w)
{
	const struct type *t = schema_type(TYPE_VOLUNTEER);
	for (size_t i = 0; i < t->nfields; i++)
		test_set(w->s, t->no, w->me, t->fields[i].no, value_for(w, t, &t->fields[i], true));
}

/* May it point at a volunteer, or does it belong to what does? */
static bool is_personal(const struct type *t)
{
	bool yes = erase_owner_field(t->no) != 0;
	for (size_t i = 0; i < t->nfields; i++)
		yes = yes || (t->fields[i].kind == KIND_REF && t->fields[i].arg == TYPE_VOLUNTEER);
	return yes && t->no != TYPE_PIECE;
}

static struct world make_world(const char *name)
{
	struct world w = {.s = test_store(name, &now)};
	size_t n;
	const struct type *all = schema_types(&n);
	w.me = test_volunteer(w.s, "Anna", "Holm");
	w.other = test_volunteer(w.s, "Bo", OTHERS);
	fill_me(&w);
	for (size_t i = 0; i < n; i++)
		if (is_personal(&all[i]) && id_is_none(w.made[all[i].no]))
			w.made[all[i].no] = make(&w, &all[i], true);
	return w;
}

/* ---- what came out --------------------------------------------------------------------------------------------- */

struct out { struct peek l; struct buf text, json; json_t *o; };

/* Where lines were broken says nothing. */
static void straighten(struct buf *b)
{
	size_t to = 0;
	for (size_t i = 0; i < b->n; i++)
		if (b->p[i] != ' ' && b->p[i] != '\n')
			b->p[to++] = b->p[i];
	b->p[b->n = to] = '\0';
}

static struct out take_out(struct store *s, struct id who)
{
	struct out x = {.l = look_begin(s)};
	struct err e = {0};
	const struct person_export to = {&x.text, &x.json};
	must(person_export(x.l.v, x.l.b, x.l.a, who, store_today(s), &to, &e), &e, "export");
	x.o = json_loads(x.json.p, 0, NULL);
	must(x.o ? OK : ERR_DATA, &e, "JSON");
	return x;
}

static void let_go(struct out *x)
{
	json_decref(x->o);
	buf_free(&x->text);
	buf_free(&x->json);
	look_end(&x->l);
}

static json_t *json_record(const struct out *x, struct id id)
{
	char text[ID_TEXT];
	size_t i;
	json_t *r;
	id_format(text, id);
	json_array_foreach(json_object_get(x->o, "records"), i, r) {
		const char *of = json_string_value(json_object_get(r, "id"));
		if (of && strcmp(of, text) == 0)
			return r;
	}
	return NULL;
}

static bool holds(struct out *x, const char *label, const char *value)
{
	struct buf needle = {0};
	buf_addf(&needle, "%s:%s", label, value);
	straighten(&needle);
	bool yes = strstr(x->text.p, needle.p) != NULL;
	buf_free(&needle);
	return yes;
}

static void check_record(struct out *x, const struct type *t, struct id id)
{
	struct err e = {0};
	struct rec *r;
	json_t *fields = json_object_get(json_record(x, id), "fields");
	must(view_get(x->l.v, x->l.a, t->no, id, &r, &e), &e, "get");
	ok(fields != NULL, "%s: the record is in the JSON", t->name);
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		struct value v = rec_get(r, f->no);
		if (v.tag == V_NONE)
			continue;
		const char *shown = view_field_text(x->l.v, x->l.a, f, v);
		bool others = strstr(shown, OTHERS) != NULL;
		ok(holds(x, f->label, others ? "another volunteer" : shown), "%s %s: to be read", t->name, f->name);
		ok(json_object_get(fields, f->name) != NULL, "%s %s: for programs", t->name, f->name);
	}
}

static void test_everything(void)
{
	struct world w = make_world("everything");
	struct out x = take_out(w.s, w.me);
	size_t n, types = 0;
	const struct type *all = schema_types(&n);
	straighten(&x.text);
	check_record(&x, schema_type(TYPE_VOLUNTEER), w.me);
	for (size_t i = 0; i < n; i++)
		if (is_personal(&all[i])) {
			check_record(&x, &all[i], w.made[all[i].no]);
			types++;
		}
	ok(types >= 6, "types that belong to somebody were tried");
	ok(!strstr(x.text.p, OTHERS), "nobody else is named in the text");
	ok(!strstr(x.json.p, OTHERS), "nor in the JSON");
	ok(strstr(x.text.p, "datatilsynet.dk") != NULL, "what the law asks to be told is there");
	let_go(&x);
	store_close(w.s);
}

/* ---- others' ---------------------------------------------------------------------------------------------------- */

static void test_others(void)
{
	struct world w = {.s = test_store("others", &now)};
	w.me = test_volunteer(w.s, "Anna", "Holm");
	w.other = test_volunteer(w.s, "Bo", OTHERS);
	test_volunteer(w.s, "Anna", "Holm");
	test_volunteer(w.s, "Åse", "Ørum");
	struct id shift = test_shift(w.s, test_unit(w.s, "Forhal"), test_role(w.s, "Guide"), test_at("2025-12-03", 9, 0),
		test_at("2025-12-03", 12, 0), 2);
	struct id mine = test_assign(w.s, shift, w.me, ASSIGNMENT_ACCEPTED);
	struct id theirs = test_assign(w.s, shift, w.other, ASSIGNMENT_ACCEPTED);
	test_set(w.s, TYPE_ASSIGNMENT, theirs, F_ASSIGNMENT_SUBSTITUTE_FOR, value_id(w.me));
	test_set(w.s, TYPE_ASSIGNMENT, theirs, F_ASSIGNMENT_NOTE, value_text("hemmeligt"));
	test_set(w.s, TYPE_ASSIGNMENT, mine, F_ASSIGNMENT_NOTE, value_text("kører med bo fremmedsens bil, Anna Holm ved det; »Bo Fremmedsen« og ÅSE ØRUM"));
	test_set(w.s, TYPE_VOLUNTEER, w.me, F_VOLUNTEER_NOTE, value_text("Bo " OTHERS));
	test_set(w.s, TYPE_VOLUNTEER, w.me, F_VOLUNTEER_NOTE, value_text("ingen"));
	struct out x = take_out(w.s, w.me);
	straighten(&x.text);
	ok(!strcasestr(x.text.p, OTHERS) && !strcasestr(x.json.p, OTHERS), "others' names aren't told, in notes and history neither");
	ok(strstr(x.text.p, "kørermed[anothervolunteer]sbil,AnnaHolmveddet;»[anothervolunteer]«og[anothervolunteer]") != NULL,
		"but that there is somebody, also between quotes, and one's own name");
	ok(!strstr(x.text.p, "hemmeligt"), "nor a note on somebody else's place");
	ok(strstr(x.text.p, "anothervolunteer's;whatofitisaboutyou") != NULL, "that somebody stood in for one is told");
	ok(json_record(&x, theirs) == NULL && json_record(&x, mine) != NULL, "whose place it is has no id");
	let_go(&x);
	store_close(w.s);
}

/* ---- what was ---------------------------------------------------------------------------------------------------- */

static void test_past(void)
{
	struct world w = {.s = test_store("past", &now)};
	struct err e = {0};
	struct id keep = test_volunteer(w.s, "Anna", "Holm"), drop = test_volunteer(w.s, "Anna", "Holm-Berg");
	test_set(w.s, TYPE_VOLUNTEER, drop, F_VOLUNTEER_PHONE, value_text("20000001"));
	must(act_merge_people(w.s, keep, drop, NULL, &e), &e, "made one");
	test_set(w.s, TYPE_VOLUNTEER, keep, F_VOLUNTEER_CITY, value_text("Skive"));
	test_set(w.s, TYPE_VOLUNTEER, keep, F_VOLUNTEER_CITY, value_text("Hammel"));
	struct id shift = test_shift(w.s, test_unit(w.s, "Forhal"), test_role(w.s, "Guide"), test_at("2025-12-03", 9, 0),
		test_at("2025-12-03", 12, 0), 2);
	struct id place = test_assign(w.s, shift, keep, ASSIGNMENT_ACCEPTED);
	test_delete(w.s, TYPE_ASSIGNMENT, place);
	struct out x = take_out(w.s, keep);
	straighten(&x.text);
	ok(strstr(x.text.p, "Town:Skive") != NULL, "a value that was is among the changes");
	ok(strstr(x.text.p, "Holm-Berg") != NULL, "what was kept of the one that was made one with it is there");
	ok(json_is_true(json_object_get(json_record(&x, place), "deleted")), "a deleted place is there as long as it is kept");
	ok(json_array_size(json_object_get(x.o, "changes")) >= 6, "each change is told");
	let_go(&x);
	must(erase_person(w.s, keep, ERASURE_WISH, &(struct id){{0}}, &e), &e, "erase");
	struct peek l = look_begin(w.s);
	struct buf b = {0};
	is_int(person_export(l.v, l.b, l.a, keep, store_today(w.s), &(struct person_export){&b, &b}, &e), ERR_NOTFOUND,
		"of who was erased there is nothing");
	look_end(&l);
	buf_free(&b);
	store_close(w.s);
}

/* ---- as files ---------------------------------------------------------------------------------------------------- */

static const char scan[] = "%PDF-1.4\nscan";

static struct id attach(struct store *s, struct id of, const char *name)
{
	struct err e = {0};
	struct change *c;
	struct id id;
	must(change_begin(s, ACT_ADD, &c, &e), &e, "begin");
	must(attachment_add(c, &(struct attachment){name, scan, sizeof scan - 1}, of, &id, &e), &e, "attach");
	must(change_commit(c, NULL, &e), &e, "commit");
	return id;
}

static void test_files(void)
{
	struct store *s = test_store("files", &now);
	struct arena *a = arena_new();
	struct err e = {0};
	struct person_files f;
	struct id me = test_volunteer(s, "Anna", "Holm");
	struct id broken = attach(s, me, "../b/..");
	attach(s, me, "aftale: æ.pdf");
	test_delete(s, TYPE_PIECE, id_piece(broken, 0));
	store_set_dry_run(s, true);
	is_int(person_write(s, a, me, test_path("out"), &f, &e), OK, "tried");
	ok(!os_exists(test_path("out")) && f.attachments == 1, "and nothing written");
	store_set_dry_run(s, false);
	is_int(person_write(s, a, me, test_path("out"), &f, &e), OK, "written");
	is_int((long)f.attachments, 1, "with the attachment that is whole");
	is_int((long)f.missing, 1, "and it is said that one isn't");
	struct buf text = test_read(f.text);
	const char *file = strstr(text.p, "-aftale__æ.pdf");
	ok(file != NULL, "the text says what it is called");
	struct buf bytes = test_read(test_path(arena_printf(a, "out/%.*s", (int)strcspn(file - 1, "\n"), file - 1)));
	ok(bytes.n == sizeof scan - 1 && memcmp(bytes.p, scan, bytes.n) == 0, "its bytes are what they were");
	struct peek l = look_begin(s);
	struct seen_line *seen;
	struct id *lists;
	size_t n;
	must(seen_list(l.v, l.a, me, &seen, &n, &e), &e, "seen");
	ok(n == 1 && seen[0].how == SEEN_EXPORT, "it is put down who has seen the card");
	must(view_refs(l.v, l.a, me, TYPE_PRINTED_LIST, F_PRINTED_LIST_VOLUNTEER, &lists, &n, &e), &e, "lists");
	is_int((long)n, 1, "and that there is a copy to be shredded");
	look_end(&l);
	struct out x = take_out(s, me);
	is_int((long)json_array_size(json_object_get(x.o, "seen")), 2, "which the next one tells");
	let_go(&x);
	is_int(person_write(s, a, me, test_path("out"), &f, &e), ERR_CONFLICT, "never where something lies");
	is_int(person_write(s, a, id_make(7, 7), test_path("none"), &f, &e), ERR_NOTFOUND, "nobody's");
	ok(!os_exists(test_path("none")), "leaves no folder");
	ok(!strstr(person_folder(a, me, store_today(s)), "Anna"), "the folder's name is nobody's");
	buf_free(&text);
	buf_free(&bytes);
	arena_free(a);
	store_close(s);
}

int main(void)
{
	now.t = 1764579600;
	test_everything();
	test_others();
	test_past();
	test_files();
	return done_testing();
}
