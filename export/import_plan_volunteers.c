/* export/import_plan_volunteers.c - rows of volunteers. Owns when two rows, or a row and a record, are the same person:
 * never silently on the name alone. Must not know shifts. Ages and dates that look wrong are remarked on and taken: the
 * sheet is the coordinator's. */
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/import_priv.h"

/* Somebody with a name: in the store or from an earlier row. */
struct known {
	struct draft *d;
	const struct person *stored;
	const char *file; /* of the row that claimed it; NULL: none yet */
	size_t line;
	struct known *next;
};

/* What tells people of one name apart. */
struct facts {
	const char *given, *family, *phone, *email;
	civil_date born;
};

enum { CHILD = 10 }; /* nobody began as a volunteer before that */

static struct known **known_at(struct plan *p, const char *given, const char *family)
{
	return (struct known **)lookup_at(p->lookup, "person:%s",
					  text_fold(p->a, arena_printf(p->a, "%s %s", given, family)));
}

static struct known *add_known(struct plan *p, struct known **at, struct draft *d, const struct person *stored)
{
	struct known *k = arena_alloc(p->a, sizeof *k);
	*k = (struct known){.d = d, .stored = stored, .next = *at};
	return *at = k;
}

/* Everybody in the store, once, however many files there are. */
static void know_stored(struct plan *p)
{
	void **done = lookup_at(p->lookup, "people known");
	if (*done)
		return;
	*done = p;
	for (size_t i = 0; i < p->book->npeople; i++) {
		const struct person *x = &p->book->people[i];
		if (!id_is_standin(x->id))
			add_known(p, known_at(p, x->given, x->family), NULL, x);
	}
}

/* ---- reading a row ----------------------------------------------------------------------------------- */

/* Names written in one case only are put right: "MONA" is Mona. */
static const char *name_cell(struct plan *p, const char *s)
{
	return text_title_case(p->a, s);
}

static void split_name(struct at *r, struct facts *f)
{
	const char *name = at_cell(r, T_VOLUNTEERS_NAME), *comma = strchr(name, ','), *last = strrchr(name, ' ');
	struct arena *a = r->p->a;
	if (comma) {
		f->family = text_clean(a, name, (size_t)(comma - name));
		f->given = text_clean(a, comma + 1, strlen(comma + 1));
	} else {
		f->given = last ? text_clean(a, name, (size_t)(last - name)) : name;
		f->family = last ? last + 1 : "";
	}
}

static const char *text_value(struct at *r, enum target_no t, int field)
{
	struct value v = value_none();
	const char *s = at_cell(r, t);
	if (*s && import_parse(r->p->a, schema_field(TYPE_VOLUNTEER, field), s, r->p->today, &v, NULL))
		return "";
	return v.tag == V_TEXT ? v.text.s : "";
}

static civil_date date_value(struct at *r, const char *s, int field)
{
	struct value v;
	if (!*s || import_parse(r->p->a, schema_field(TYPE_VOLUNTEER, field), s, r->p->today, &v, NULL))
		return DATE_NONE;
	return (civil_date)v.i;
}

static struct facts read_facts(struct at *r)
{
	struct facts f = {.given = at_cell(r, T_VOLUNTEERS_GIVEN), .family = at_cell(r, T_VOLUNTEERS_FAMILY)};
	if (!*f.given && *at_cell(r, T_VOLUNTEERS_NAME))
		split_name(r, &f);
	f.given = name_cell(r->p, f.given);
	f.family = name_cell(r->p, f.family);
	f.phone = text_value(r, T_VOLUNTEERS_PHONE, F_VOLUNTEER_PHONE);
	f.email = text_value(r, T_VOLUNTEERS_EMAIL, F_VOLUNTEER_EMAIL);
	f.born = date_value(r, at_cell(r, T_VOLUNTEERS_BORN), F_VOLUNTEER_BORN);
	return f;
}

/* ---- the same person? ---------------------------------------------------------------------------------- */

static struct facts facts_of(const struct known *k)
{
	struct value v;
	if (k->stored)
		return (struct facts){.phone = k->stored->phone, .email = k->stored->email, .born = k->stored->born};
	struct facts f = {.phone = "", .email = "", .born = DATE_NONE};
	if ((v = draft_get(k->d, F_VOLUNTEER_PHONE)).tag)
		f.phone = v.text.s;
	if ((v = draft_get(k->d, F_VOLUNTEER_EMAIL)).tag)
		f.email = v.text.s;
	if ((v = draft_get(k->d, F_VOLUNTEER_BORN)).tag)
		f.born = (civil_date)v.i;
	return f;
}

enum same { SAME_NO, SAME_PERHAPS, SAME_BORN, SAME_SURELY };

/* Phone or e-mail in common settles it. Where all three are known and none agrees, they are two. */
static enum same same_person(const struct facts *x, const struct facts *y)
{
	bool phones = *x->phone && *y->phone, emails = *x->email && *y->email,
	     born = x->born != DATE_NONE && y->born != DATE_NONE;
	if ((phones && !strcmp(x->phone, y->phone)) || (emails && !strcasecmp(x->email, y->email)))
		return SAME_SURELY;
	if (born && x->born == y->born)
		return SAME_BORN;
	return phones && emails && born ? SAME_NO : SAME_PERHAPS;
}

static bool nothing_known(const struct facts *f)
{
	return !*f->phone && !*f->email && f->born == DATE_NONE;
}

/* Two of one name in the store keep the order in which their rows made them. */
static bool is_older(const struct known *k, const struct known *than)
{
	return k->stored && than->stored && id_compare(k->stored->id, than->stored->id) < 0;
}

/* The best of those with the name; one that no row has claimed yet wins where they are alike, then the older one. */
static struct known *best_known(struct known *list, const struct facts *f, enum same *how)
{
	struct known *best = NULL;
	int most = -1;
	for (struct known *k = list; k; k = k->next) {
		struct facts theirs = facts_of(k);
		enum same same = same_person(f, &theirs);
		int score = 2 * (int)same + !k->file;
		if (score < most || (score == most && !is_older(k, best)))
			continue;
		best = k;
		most = score;
		*how = same;
	}
	return best;
}

enum twin_choice { TWIN_SAME, TWIN_OTHER, TWIN_OUT };

static int ask_twin(struct at *r, const struct known *k, const char *name, enum same how)
{
	struct id id = k->d ? k->d->id : k->stored->id;
	const char *where = k->file ? arena_printf(r->p->a, _("line %zu of %s"), k->line, k->file)
				    : _("somebody in samvagt already");
	const struct choice_of_row choices[] = {
		[TWIN_SAME] = {_("The same person"), id},
		[TWIN_OTHER] = {_("Another person"), ID_NONE},
		[TWIN_OUT] = {_("Leave the row out"), ID_NONE},
	};
	const char *question = arena_printf(r->p->a, _("Is \"%s\" the same person as %s?"), name, where);
	const char *why = how == SAME_SURELY ? _("same name and phone or e-mail")
			  : how == SAME_BORN ? _("same name and date of birth")
					     : _("same name; phone, e-mail and date of birth don't tell");
	return at_ask(r, -1, &(struct question){question, why, choices, 3, how == SAME_SURELY ? TWIN_SAME : -1});
}

/* Whom the row is about: *k NULL for somebody new. False when it is left out or not decided. */
static bool settle(struct at *r, const struct facts *f, const char *name, struct known **k)
{
	enum same how = SAME_NO;
	*k = best_known(*known_at(r->p, f->given, f->family), f, &how);
	if (!*k)
		return true;
	struct facts theirs = facts_of(*k);
	bool alike = nothing_known(f) && nothing_known(&theirs);
	if ((*k)->stored && (how >= SAME_BORN || (alike && !(*k)->file))) {
		if ((*k)->file)
			at_remark(r, -1, _("The same person as line %zu of %s"), (*k)->line, (*k)->file);
		return true;
	}
	if (how == SAME_NO) {
		at_remark(r, -1, _("There is another %s"), name);
		*k = NULL;
		return true;
	}
	int chosen = ask_twin(r, *k, name, how);
	if (chosen == TWIN_OTHER)
		*k = NULL;
	return chosen == TWIN_SAME || chosen == TWIN_OTHER;
}

/* ---- what else a row says --------------------------------------------------------------------------------- */

static void set_confidentiality(struct at *r, struct draft *d, bool fill)
{
	const char *s = at_cell(r, T_VOLUNTEERS_CONFIDENTIALITY);
	int column = at_column(r, T_VOLUNTEERS_CONFIDENTIALITY);
	civil_date day = date_value(r, s, F_VOLUNTEER_CONFIDENTIALITY);
	if (!*s)
		return;
	if (day != DATE_NONE)
		at_set(r, d, column, F_VOLUNTEER_CONFIDENTIALITY, value_int(day), fill);
	else if (!import_word_is(r->p->a, "mangler|nej|ingen|missing|no|-", text_fold(r->p->a, s)))
		at_remark(r, column, _("\"%.60s\" is no date, so no declaration was taken"), s);
}

/* "ok 12.8.18": a word and the day. */
static void set_child_check(struct at *r, struct draft *d, bool fill)
{
	const char *s = at_cell(r, T_VOLUNTEERS_CHILD_CHECK);
	int column = at_column(r, T_VOLUNTEERS_CHILD_CHECK);
	size_t word = strcspn(s, "0123456789");
	struct arena *a = r->p->a;
	civil_date day = date_value(r, s + word, F_VOLUNTEER_CHILD_CHECK_DATE);
	const char *state = text_clean(a, s, word);
	if (!*s)
		return;
	if (!*state && day != DATE_NONE)
		state = "ok";
	at_set_cell(r, d, T_VOLUNTEERS_CHILD_CHECK, F_VOLUNTEER_CHILD_CHECK, state, fill);
	if (day != DATE_NONE)
		at_set(r, d, column, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(day), fill);
	else if (s[word])
		at_remark(r, column, _("\"%.60s\" is no date"), s + word);
}

/* A number of shifts a month, or a rhythm in words. */
static void set_frequency(struct at *r, struct draft *d, bool fill)
{
	const char *s = at_cell(r, T_VOLUNTEERS_MAX_PER_MONTH);
	bool number = *s && !s[strspn(s, "0123456789")];
	at_set_cell(r, d, T_VOLUNTEERS_MAX_PER_MONTH, number ? F_VOLUNTEER_MAX_PER_MONTH : F_VOLUNTEER_FREQUENCY, s,
		    fill);
}

static void link_role(struct at *r, struct draft *d, struct id role)
{
	struct plan *p = r->p;
	char x[ID_TEXT], y[ID_TEXT];
	struct rec *stands = NULL;
	struct err e;
	void **known = lookup_at(p->lookup, "link:%s:%s", id_format(x, d->id), id_format(y, role));
	if (*known)
		return;
	*known = p;
	bool both_stand = !id_is_standin(d->id) && !id_is_standin(role);
	if (both_stand &&
	    import_failed(p, view_get(p->v, p->a, TYPE_LINK, id_link(LINK_VOLUNTEER_ROLE, d->id, role), &stands, &e),
			  &e))
		return;
	if (stands && stands->alive)
		return;
	struct draft *link = draft_new(p, TYPE_LINK);
	draft_set(p, link, F_LINK_KIND, value_int(LINK_VOLUNTEER_ROLE), false);
	draft_set(p, link, F_LINK_FROM, value_id(d->id), false);
	draft_set(p, link, F_LINK_TO, value_id(role), false);
	at_fate(r, ROW_CHANGE);
}

static void set_roles(struct at *r, struct draft *d)
{
	size_t n;
	const char *cell = at_cell(r, T_VOLUNTEERS_ROLES);
	int column = at_column(r, T_VOLUNTEERS_ROLES);
	struct id role;
	if (!*cell)
		return;
	const char *whole[] = {cell}, **names = whole;
	if (import_knows(r->p, TYPE_ROLE, cell, &role))
		n = 1;
	else
		names = import_split(r->p, cell, &n);
	for (size_t i = 0; i < n; i++)
		if (at_find(r, column, TYPE_ROLE, names[i], &role))
			link_role(r, d, role);
}

static void set_organisation(struct at *r, struct draft *d, bool fill)
{
	const char *name = at_cell(r, T_VOLUNTEERS_ORGANISATION);
	int column = at_column(r, T_VOLUNTEERS_ORGANISATION);
	struct id id;
	if (*name && at_find(r, column, TYPE_ORGANISATION, name, &id))
		at_set(r, d, column, F_VOLUNTEER_ORGANISATION, value_id(id), fill);
}

/* For a look only, nothing is refused: whether the person is old enough for a shift, the rules say where it matters. */
static void remark_on_facts(struct at *r, const struct draft *d)
{
	struct value born = draft_get(d, F_VOLUNTEER_BORN), started = draft_get(d, F_VOLUNTEER_STARTED);
	int age = born.tag && started.tag ? civil_age((civil_date)born.i, (civil_date)started.i) : CHILD;
	if (age < 0)
		at_remark(r, at_column(r, T_VOLUNTEERS_STARTED),
			  _("Began before the date of birth: one of the two is wrong"));
	else if (age < CHILD)
		at_remark(r, at_column(r, T_VOLUNTEERS_STARTED),
			  _("Began at the age of %d: is one of the dates wrong?"), age);
}

static void take_row(struct at *r, struct draft *d, bool fill)
{
	at_set_fields(r, d, fill);
	set_confidentiality(r, d, fill);
	set_child_check(r, d, fill);
	set_frequency(r, d, fill);
	set_organisation(r, d, fill);
	set_roles(r, d);
	if (!fill)
		remark_on_facts(r, d);
	if (!draft_get(d, F_VOLUNTEER_STATUS).tag)
		draft_set(r->p, d, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), false);
}

/* ---- the row ------------------------------------------------------------------------------------------------ */

static struct draft *new_person(struct at *r, const struct facts *f)
{
	struct draft *d = draft_new(r->p, TYPE_VOLUNTEER);
	at_set_cell(r, d, T_VOLUNTEERS_GIVEN, F_VOLUNTEER_GIVEN, f->given, false);
	at_set_cell(r, d, T_VOLUNTEERS_FAMILY, F_VOLUNTEER_FAMILY, f->family, false);
	if (!draft_get(d, F_VOLUNTEER_GIVEN).tag) {
		d->held = true;
		at_fate(r, ROW_REFUSE);
		return NULL;
	}
	at_fate(r, ROW_MAKE);
	return d;
}

/* A card of ours says who it is, whatever somebody calls that person on a phone. */
static bool take_by_id(struct at *r, const struct facts *f)
{
	struct plan *p = r->p;
	struct id id;
	if (at_column(r, T_VOLUNTEERS_ID) < 0 || id_parse(at_cell(r, T_VOLUNTEERS_ID), &id, NULL))
		return false;
	struct draft *d = draft_of(p, TYPE_VOLUNTEER, id);
	if (!d || d->type != TYPE_VOLUNTEER || !(d->fresh || d->was->alive))
		return false;
	r->row->what = import_name(p, id);
	if (*f->given && strcmp(text_fold(p->a, r->row->what), text_fold(p->a, arena_printf(p->a, "%s %s", f->given, f->family))))
		at_remark(r, at_column(r, T_VOLUNTEERS_GIVEN), _("Is called %s in samvagt; the name was kept"), r->row->what);
	take_row(r, d, false);
	return true;
}

static void plan_row(struct at *r)
{
	struct plan *p = r->p;
	struct facts f = read_facts(r);
	struct known *k;
	if (take_by_id(r, &f))
		return;
	if (!*f.given) {
		at_refuse(r, at_column(r, T_VOLUNTEERS_GIVEN), _("Without a first name nobody can be taken"));
		return;
	}
	const char *name = *f.family ? arena_printf(p->a, "%s %s", f.given, f.family) : f.given;
	r->row->what = name;
	if (!settle(r, &f, name, &k))
		return;
	bool claimed = k && k->file;
	struct draft *d = !k ? new_person(r, &f) : k->d ? k->d : draft_of(p, TYPE_VOLUNTEER, k->stored->id);
	if (!d)
		return;
	if (!k)
		k = add_known(p, known_at(p, f.given, f.family), d, NULL);
	k->d = d;
	if (!claimed) {
		k->file = p->files[r->file].table.name;
		k->line = r->row->line;
	}
	take_row(r, d, claimed);
}

void import_plan_volunteers(struct plan *p, size_t file)
{
	know_stored(p);
	for (size_t i = 0; i < p->files[file].table.nrows && !p->code; i++) {
		struct at r = at_row(p, file, i);
		plan_row(&r);
	}
}
