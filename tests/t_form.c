/* tests/t_form.c - a form: what is typed is kept, what it was understood as is told, and nothing is saved by
 * halves. */
#include "tests/tap.h"

#include <stdio.h>
#include <string.h>

#include "tui/form.h"

enum { NAME = 1, DAY, KIND, YES, VIA, NOTE, PLACES, SECRET };
static const struct field fields[] = {
	{NAME, "name", KIND_TEXT, 0, FIELD_REQ, 20, "Name", "What it is called"},
	{DAY, "day", KIND_DATE, 0, 0, 0, "Day", "Which day"},
	{KIND, "kind", KIND_CHOICE, SET_VOLUNTEER_STATUS, FIELD_REQ, 0, "Status", ""},
	{YES, "yes", KIND_BOOL, 0, 0, 0, "Yes", ""},
	{VIA, "via", KIND_REF, TYPE_ORGANISATION, 0, 0, "Comes via", ""},
	{NOTE, "note", KIND_LONGTEXT, 0, 0, 500, "Note", ""},
	{PLACES, "places", KIND_INT, 0, 0, 99, "Places", ""},
};
enum { NFIELDS = sizeof fields / sizeof *fields };
static const struct field secret = {SECRET, "secret", KIND_TEXT, 0, 0, 60, "Passphrase", ""};

/* 2025-12-01 is a Monday */
#define TODAY civil_from_ymd(2025, 12, 1)

static const char *const organisations[] = {"Dansk Røde Kors, Viborg", "Røde Kors, Skive", "Kræftens Bekæmpelse"};

static void find_organisation(void *ctx, const struct field *f, const char *typed, struct arena *a,
	struct form_ref **out, size_t *n)
{
	(void)ctx, (void)f;
	*out = arena_alloc(a, 3 * sizeof **out);
	*n = 0;
	for (uint8_t i = 0; i < 3; i++)
		if (strstr(organisations[i], typed))
			(*out)[(*n)++] = (struct form_ref){{.b = {i + 1}}, organisations[i]};
}

static int name_and_places(void *ctx, const struct form *f, struct err *e)
{
	(void)ctx;
	if (form_value(f, PLACES).tag == V_NONE || form_value(f, DAY).tag != V_NONE)
		return 0;
	err_set(e, ERR_DATA, "Places need a day.");
	return DAY;
}

static struct form *make(bool with_secret)
{
	const struct field *all[NFIELDS + 1];
	const struct form_hooks hooks = {.refs = find_organisation, .together = name_and_places};
	for (size_t i = 0; i < NFIELDS; i++)
		all[i] = &fields[i];
	all[NFIELDS] = &secret;
	return form_new(all, NFIELDS + with_secret, &hooks, TODAY);
}

static bool key(struct form *f, int k)
{
	return form_event(f, &(struct event){.what = EV_KEY, .key = k});
}

static void keys(struct form *f, const char *names)
{
	while (*names)
		key(f, key_parse(names, &names));
}

static const char *picture(const struct form *f, int rows, int cols)
{
	static struct buf b;
	struct canvas *cv = cv_new(rows, cols);
	struct arena *a = arena_new();
	buf_free(&b);
	form_draw(f, cv, cv_area(cv), a);
	cv_dump(cv, false, &b);
	arena_free(a);
	cv_free(cv);
	return b.p;
}

static void test_moving(void)
{
	struct form *f = make(false);
	is_int(form_focus(f), NAME, "the first field is focused");
	keys(f, "Tab Enter Down");
	is_int(form_focus(f), YES, "Tab, Enter and down go on");
	keys(f, "Shift-Tab Up");
	is_int(form_focus(f), DAY, "Shift-Tab and up go back");
	keys(f, "PgDn");
	ok(!key(f, K_ENTER) && form_focus(f) == PLACES, "Enter in the last field is left to the screen");
	keys(f, "Tab");
	is_int(form_focus(f), NAME, "Tab goes round");
	ok(!key(f, K_ESC) && !key(f, K_CTRL('S')) && !key(f, K_F2), "other keys are left to the screen");
	form_free(f);
}

static void test_understanding(void)
{
	struct form *f = make(false);
	keys(f, "Tab 3 / 1 2");
	is_int(form_value(f, DAY).i, civil_from_ymd(2025, 12, 3), "3/12 is understood");
	ok(strstr(picture(f, 10, 80), "3/12") && strstr(picture(f, 10, 80), "→ "), "and told beside what was typed");
	keys(f, "Backspace Backspace x y");
	is_str(form_text(f, DAY), "3/xy", "what isn't understood is kept");
	ok(form_value(f, DAY).tag == V_NONE, "but has no value");
	const char *before = strstr(picture(f, 12, 80), "3/xy");
	ok(before && strstr(before, "Day") == NULL, "no error while it is being typed");
	keys(f, "Tab");
	ok(strstr(picture(f, 12, 80), "Day") != NULL && strstr(strstr(picture(f, 12, 80), "3/xy"), "Day") != NULL,
		"the error stands under the field once it is left");
	is_str(form_text(f, DAY), "3/xy", "and the text is still there");
	keys(f, "Up Ctrl-U i Space m o r g e n Tab");
	is_int(form_value(f, DAY).i, civil_from_ymd(2025, 12, 2), "i morgen is understood");
	is_str(form_text(f, DAY), "i morgen", "and stays as it was typed");
	form_free(f);
}

static void test_choices(void)
{
	struct form *f = make(false);
	form_set_focus(f, KIND);
	keys(f, "Right Right");
	is_int(form_value(f, KIND).i, VOLUNTEER_ACTIVE, "arrows go through the choices");
	keys(f, "Left Left");
	is_int(form_value(f, KIND).i, VOLUNTEER_ENDED, "round, and never to nothing where something must be chosen");
	keys(f, "p");
	is_int(form_value(f, KIND).i, VOLUNTEER_PAUSE, "a letter begins anew");
	keys(f, "Tab");
	is_str(form_text(f, KIND), "pause", "and the whole name stands there");
	keys(f, "Right");
	ok(form_value(f, YES).tag == V_INT && form_value(f, YES).i == 0, "no");
	keys(f, "Right");
	is_int(form_value(f, YES).i, 1, "yes");
	keys(f, "Right");
	ok(form_value(f, YES).tag == V_NONE, "nothing, where that is allowed");
	form_free(f);
}

static void test_references(void)
{
	struct form *f = make(false);
	form_set_focus(f, VIA);
	keys(f, "K o r s");
	is_int(form_value(f, VIA).id.b[0], 1, "a part of a name finds the best");
	ok(strstr(picture(f, 12, 80), "→ Dansk Røde Kors, Viborg (1 of 2") != NULL, "and tells which");
	keys(f, "Right");
	is_int(form_value(f, VIA).id.b[0], 2, "→ is the next that fits");
	keys(f, "Right");
	is_int(form_value(f, VIA).id.b[0], 1, "round");
	keys(f, "Backspace x");
	ok(form_value(f, VIA).tag == V_NONE, "nothing fits");
	keys(f, "Tab");
	ok(strstr(picture(f, 12, 80), "nothing is called 'Korx'") != NULL, "which is said");
	form_put(f, VIA, value_id((struct id){.b = {3}}), "Kræftens Bekæmpelse");
	ok(!form_changed(f, VIA), "what is put is unchanged");
	form_set_focus(f, VIA);
	keys(f, "Backspace e");
	ok(!form_changed(f, VIA) && form_value(f, VIA).id.b[0] == 3, "typed back, it is the same record again");
	form_free(f);
}

static void test_saving(void)
{
	struct form *f = make(false);
	struct err e = {0};
	size_t i = 0, n = 0;
	struct value v;
	form_set_focus(f, NOTE);
	is_int(form_check(f, &e), ERR_DATA, "an empty required field refuses");
	is_str(e.text, "Name must be filled in.", "and says so");
	is_int(form_focus(f), NAME, "the cursor goes there");
	keys(f, "A n n a");
	form_type(f, KIND, "active");
	form_type(f, PLACES, "4");
	is_int(form_check(f, &e), ERR_DATA, "fields that don't fit together");
	ok(form_focus(f) == DAY && strstr(picture(f, 12, 80), "Places need a day.") != NULL,
		"are told under the one to blame");
	form_type(f, DAY, "3/12");
	is_int(form_check(f, &e), OK, "all is right");
	for (const struct field *c; (c = form_next_change(f, &i, &v)); n++)
		ok(v.tag != V_NONE, "%s was changed", c->name);
	is_int((intmax_t)n, 4, "four changes");
	form_set_clean(f);
	ok(!form_is_dirty(f), "saved");
	keys(f, "Up Backspace");
	ok(form_changed(f, NAME) && !form_changed(f, DAY), "only what differs is a change");
	keys(f, "a");
	ok(!form_is_dirty(f), "typed back, nothing is");
	form_free(f);
}

static void test_values(void)
{
	struct form *f = make(false);
	struct err e = {0};
	form_put(f, DAY, value_int(civil_from_ymd(2025, 12, 3)), NULL);
	is_str(form_text(f, DAY), "3/12 2025", "a date stands as it would be typed");
	form_set_focus(f, DAY);
	keys(f, "Home Delete 4");
	is_int(form_value(f, DAY).i, civil_from_ymd(2025, 12, 4), "so that changing the day is one key");
	form_revert(f);
	ok(!form_is_dirty(f) && strcmp(form_text(f, DAY), "3/12 2025") == 0, "as before");
	form_type(f, NAME, "010190-1234");
	form_type(f, KIND, "active");
	is_int(form_check(f, &e), ERR_DATA, "a CPR number is refused in any text");
	form_blame(f, PLACES, "The store says no.");
	ok(form_focus(f) == PLACES && strstr(picture(f, 14, 80), "The store says no.") != NULL,
		"the store's own refusal");
	keys(f, "1");
	ok(strstr(picture(f, 14, 80), "The store says no.") == NULL, "goes when the field is typed in");
	form_free(f);
}

static void test_drafts(void)
{
	struct form *f = make(true), *again = make(true);
	struct buf b = {0};
	form_hide(f, SECRET);
	form_hide(again, SECRET);
	form_put(f, PLACES, value_int(3), NULL);
	form_put(again, PLACES, value_int(3), NULL);
	form_type(f, NAME, "Anna = \\ Holm");
	form_set_focus(f, NOTE);
	form_event(f, &(struct event){.what = EV_PASTE, .text = "et\nto\\n"});
	form_type(f, DAY, "32/13");
	form_type(f, SECRET, "hemmeligt");
	form_export(f, &b);
	is_str(b.p, "name=Anna = \\\\ Holm\nday=32/13\nnote=et\\nto\\\\n\n", "only what was typed, and no passphrase");
	form_import(again, b.p);
	is_str(form_text(again, NOTE), "et\nto\\n", "lines are back");
	is_str(form_text(again, NAME), "Anna = \\ Holm", "odd characters are back");
	is_str(form_text(again, DAY), "32/13", "also what isn't understood");
	form_import(again, "nonsense\nunknown=x\nname=Bo\n=\n");
	is_str(form_text(again, NAME), "Bo", "lines that fit nothing are skipped");
	buf_free(&b);
	form_free(f);
	form_free(again);
}

static void test_picture(void)
{
	struct form *f = make(false);
	form_type(f, NAME, "Søren");
	is_str(picture(f, 7, 60),
		"cursor 0,19\n> Name *      Søren\n  Day\n  Status *\n  Yes\n  Comes via\n  Note\n  Places\n",
		"all fields on one page");
	keys(f, "PgDn");
	is_str(picture(f, 3, 60), "cursor 2,14\n  Comes via\n  Note\n> Places\n", "scrolled to the field");
	for (int rows = 1; rows < 8; rows++)
		for (int cols = 1; cols < 30; cols++)
			picture(f, rows, cols);
	ok(true, "any size can be drawn");
	form_free(f);
}

static void test_random(void)
{
	struct prng r = {31};
	bool inside = true;
	static const int some[] = {K_TAB, K_UP, K_LEFT, K_RIGHT, K_BACKSPACE, K_ENTER, 'a', '3', '/', 0xF8, ' ', '-',
		K_CTRL('N')};
	for (int round = 0; round < 30 && inside; round++) {
		struct form *f = make(round % 2);
		struct err e;
		for (int i = 0; i < 300 && inside; i++) {
			key(f, some[prng_below(&r, sizeof some / sizeof *some)]);
			if (prng_below(&r, 60) == 0)
				form_check(f, &e);
			int rows = 1 + (int)prng_below(&r, 20), cols = 1 + (int)prng_below(&r, 100);
			int row = -1;
			const char *p = picture(f, rows, cols);
			inside = sscanf(p, "cursor %d", &row) == 1 && row < rows;
			if (rows > 6 && cols > 30)
				inside = inside && strstr(p, "\n>") != NULL;
		}
		form_free(f);
	}
	ok(inside, "after random keys the focused field is in the picture");
}

/* A date or number that was there is typed anew, a name is added to. */
static void test_typing_anew(void)
{
	struct form *f = make(false);
	form_put(f, NAME, value_text("Anna"), NULL);
	form_put(f, DAY, value_int(civil_from_ymd(2025, 12, 1)), NULL);
	form_put(f, PLACES, value_int(2), NULL);
	keys(f, "! Tab 4 / 1 2");
	is_str(form_text(f, NAME), "Anna!", "a name");
	is_str(form_text(f, DAY), "4/12", "a date");
	keys(f, "PgDn Backspace 3 PgUp PgDn 5");
	is_str(form_text(f, PLACES), "5", "a number, again each time one comes to it");
	form_replace(f, NAME);
	keys(f, "PgUp B o Tab");
	is_str(form_text(f, NAME), "Bo", "a text of which the screen says so");
	form_free(f);
}

int main(void)
{
	test_moving();
	test_typing_anew();
	test_understanding();
	test_choices();
	test_references();
	test_saving();
	test_values();
	test_drafts();
	test_picture();
	test_random();
	return done_testing();
}
