/* tests/t_screen_find.c - finding: pictures, what Enter opens, and any of 2,000 people in four letters. */
#include "tests/screentest.h"

#include <string.h>

#include "base/text.h"
#include "tui/seek.h"

static struct house h;
static struct tui *t = &h.t;

static const char *top(void)
{
	return app_top(t->app)->ops->name;
}

static void test_pictures(void)
{
	house_open(&h, "pictures", 24, 80);
	tui_keys(t, "f");
	tui_golden(t, "find-empty", true);
	tui_keys(t, "'b'");
	tui_golden(t, "find-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "find-60x17", true);
	tui_resize(t, 40, 120);
	tui_keys(t, "Ctrl-U 'for'");
	tui_golden(t, "find-120x40", true);
	house_close(&h);
}

static void test_opening(void)
{
	house_open(&h, "opening", 24, 80);
	tui_keys(t, "f 'soren' Enter");
	is_str(top(), "volunteer", "a person's card");
	ok(tui_shows(t, "Søren Ærø"), "soren finds Søren");
	tui_keys(t, "Esc");
	is_str(top(), "today", "the way back leads to where one was");
	tui_keys(t, "f '2237'");
	ok(tui_shows(t, "> Liv Poulsen"), "digits of a phone find, too");
	tui_keys(t, "Ctrl-U 'arsk'");
	ok(tui_shows(t, "Nothing is called that."), "nothing found is said");
	tui_keys(t, "Ctrl-U 'hospice' Enter");
	is_str(top(), "roster", "a unit's roster");
	tui_keys(t, "f 'rode' Enter");
	is_str(top(), "form", "an organisation's form");
	tui_keys(t, "Esc f 'lege' Enter");
	is_str(top(), "form", "a role's");
	tui_keys(t, "Esc f 'forhal' PgDn Enter");
	is_str(top(), "roster-day", "a coming shift's day");
	tui_keys(t, "f 'xx' Esc");
	is_str(top(), "roster-day", "Esc leaves at once");
	house_close(&h);
}

static void test_cursor(void)
{
	house_open(&h, "cursor", 24, 80);
	tui_keys(t, "f 'b'");
	int typed = t->cv->cursor_row;
	tui_keys(t, "Down");
	ok(t->cv->cursor_row > typed, "arrows put the cursor on the row");
	tui_keys(t, "'e'");
	is_int(t->cv->cursor_row, typed, "letters put it back where one types");
	tui_paste(t, "rg");
	ok(tui_shows(t, "Find: berg") && tui_shows(t, "> Frederik Berg"), "a paste is text, too");
	house_close(&h);
}

/* ---- 2,000 people --------------------------------------------------------------------------------------- */
static const char *const given[] = {
	"Anne", "Kirsten", "Hanne", "Mette", "Anna", "Helle", "Susanne", "Lene", "Maria", "Marianne", "Inge",
	"Karen", "Lone", "Bente", "Camilla", "Pia", "Jette", "Louise", "Charlotte", "Ida", "Peter", "Michael",
	"Lars", "Jens", "Thomas", "Henrik", "Søren", "Christian", "Martin", "Jan", "Morten", "Jesper", "Anders",
	"Niels", "Rasmus", "Mads", "Per", "Hans", "Jørgen", "Ole", "Åse", "Aage", "Øjvind", "Ærø", "Birthe", "Else",
	"Gitte", "Tove", "Ulla", "Vibeke",
};
static const char *const family[] = {
	"Nielsen", "Jensen", "Hansen", "Andersen", "Pedersen", "Christensen", "Larsen", "Sørensen", "Rasmussen",
	"Jørgensen", "Petersen", "Madsen", "Kristensen", "Olsen", "Thomsen", "Christiansen", "Poulsen", "Johansen",
	"Møller", "Mortensen", "Knudsen", "Jakobsen", "Mikkelsen", "Olesen", "Frederiksen", "Laursen", "Henriksen",
	"Lund", "Holm", "Schmidt", "Eriksen", "Kristiansen", "Simonsen", "Clausen", "Svendsen", "Andreasen",
	"Iversen", "Jeppesen", "Mogensen", "Jespersen", "Nissen", "Lauridsen", "Frandsen", "Østergaard", "Jepsen",
	"Villadsen", "Ågård", "Dam", "Kjær", "Bach",
};
enum { PEOPLE = 2000, GIVEN = sizeof given / sizeof *given, FAMILY = sizeof family / sizeof *family, SHOWN = 18 };

/* Names that are common stay common: the first of each list are drawn most. */
static size_t drawn(struct prng *r, size_t n)
{
	size_t x = prng_below(r, n), y = prng_below(r, n);
	return x < y ? x : y;
}

static void make_people(struct store *s)
{
	struct err e = {0};
	struct change *c;
	struct change_result out;
	struct prng r = {4711};
	must(change_begin(s, ACT_DEMO, &c, &e), &e, "begin");
	for (int i = 0; i < PEOPLE; i++) {
		struct id id = change_new(c, TYPE_VOLUNTEER);
		const char *names[] = {given[drawn(&r, GIVEN)], family[drawn(&r, FAMILY)]};
		must(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN, value_text(names[0]), &e), &e, "first name");
		must(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_FAMILY, value_text(names[1]), &e), &e, "last name");
		must(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), &e), &e,
			"status");
	}
	must(change_commit(c, &out, &e), &e, "commit");
}

/* The first `n` letters of a name: bytes of `out`. */
static size_t letters(char *out, const char *name, int n)
{
	size_t used = 0;
	int width;
	for (int i = 0; i < n && name[used]; i++)
		used += text_grapheme(name + used, &width);
	memcpy(out, name, used);
	out[used] = '\0';
	return used;
}

static bool is_among(struct book *b, struct arena *a, const char *typed, struct id id)
{
	size_t n;
	struct found *f = seek_type(b, a, TYPE_VOLUNTEER, typed, SHOWN, &n);
	for (size_t i = 0; i < n; i++)
		if (id_equal(f[i].id, id))
			return true;
	return false;
}

/* Two letters of each name, or three and one, or the first four of either. */
static bool is_found(struct book *b, struct arena *a, const struct person *p)
{
	static const int cuts[][2] = {{2, 2}, {1, 3}, {3, 1}, {0, 4}, {4, 0}};
	for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
		char typed[40];
		size_t n = letters(typed, p->given, cuts[i][0]);
		letters(typed + n, p->family, cuts[i][1]);
		if (is_among(b, a, typed, p->id))
			return true;
	}
	return false;
}

static void test_four_letters(void)
{
	struct test_clock clock = {1764576000};
	struct store *s = test_store("many", &clock);
	size_t missed = 0;
	make_people(s);
	struct peek l = look_begin(s);
	struct arena *a = arena_new();
	for (size_t i = 0; i < l.b->npeople; i++) {
		missed += !is_found(l.b, a, &l.b->people[i]);
		arena_reset(a);
	}
	is_int((intmax_t)l.b->npeople, PEOPLE, "2,000 people");
	is_int((intmax_t)missed, 0, "each of them is on the first picture after four letters");
	arena_free(a);
	look_end(&l);
	store_close(s);
}

int main(void)
{
	test_pictures();
	test_opening();
	test_cursor();
	test_four_letters();
	return done_testing();
}
