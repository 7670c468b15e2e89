/* tests/t_book.c - the address book: order, ids, search, short names, twins (roster/book.h). */
#include "roster/book.h"

#include <string.h>

#include "base/text.h"
#include "tests/rostertest.h"

static struct test_clock clk;
static struct err e;

/* ---- order and ids ---------------------------------------------------------------------------------------------- */

static void test_order(void)
{
	static const char *const names[][2] = {{"Åse", "Ågård"},  {"Bo", "Zimmer"}, {"Ida", "Østergaard"},
					       {"Anna", "Holm"},  {"Mona", "Ærø"},  {"Anders", "Holm"},
					       {"Ea", "Aagaard"}, {"Kirsten", ""}};
	static const char *const wanted[] = {"Kirsten",  "Anders Holm",    "Anna Holm", "Bo Zimmer",
					     "Mona Ærø", "Ida Østergaard", "Åse Ågård", "Ea Aagaard"};
	enum { N = sizeof names / sizeof *names };
	struct store *s = test_store("order", &clk);
	struct id ids[N];
	for (int i = 0; i < N; i++)
		ids[i] = test_person(s, &(struct test_person){.given = names[i][0], .family = names[i][1]});
	struct peek l = look_begin(s);
	is_int((intmax_t)l.b->npeople, N, "everybody is in the book");
	for (int i = 0; i < N; i++)
		is_str(l.b->people[i].name, wanted[i], "Danish order %d", i);
	for (int i = 0; i < N; i++)
		is_str(book_person(l.b, ids[i])->given, names[i][0], "found by id %d", i);
	ok(!book_place(l.b, ids[0]), "a volunteer is no unit");
	ok(!book_person(l.b, ID_NONE), "nobody has no id");
	is_str(book_name(l.b, ID_NONE), "?", "no name without an id");
	ok(l.b->people[0].born == DATE_NONE && l.b->people[0].started == DATE_NONE, "dates that aren't known");
	is_int((intmax_t)l.b->version, (intmax_t)store_version(s), "the book knows how old it is");
	look_end(&l);
	store_close(s);
}

static struct id unit_below(struct store *s, const char *name, struct id parent)
{
	struct id id = test_unit(s, name);
	if (!id_is_none(parent))
		test_set(s, TYPE_UNIT, id, F_UNIT_PARENT, value_id(parent));
	return id;
}

static void test_units(void)
{
	struct store *s = test_store("units", &clk);
	struct id region = unit_below(s, "Region", ID_NONE), hospital = unit_below(s, "Hospital", region);
	struct id hall = unit_below(s, "Forhal", hospital), other = unit_below(s, "Hospice", region);
	struct peek l = look_begin(s);
	ok(book_unit_within(l.b, hall, hall), "a unit is within itself");
	ok(book_unit_within(l.b, hall, region), "and within what is above it");
	ok(!book_unit_within(l.b, region, hall), "but not the other way");
	ok(!book_unit_within(l.b, hall, other), "nor beside");
	look_end(&l);
	test_set(s, TYPE_UNIT, region, F_UNIT_PARENT, value_id(hall));
	l = look_begin(s);
	ok(!book_unit_within(l.b, hall, other), "a ring of units ends");
	look_end(&l);
	store_close(s);
}

static void test_roles(void)
{
	struct store *s = test_store("roles", &clk);
	struct id guide = test_role(s, "Hospitalsguide"), vigil = test_role(s, "Vågevagt"),
		  host = test_role(s, "Cafévært");
	struct id anna = test_person(s, &(struct test_person){.given = "Anna", .roles = {vigil, guide}});
	struct id bo = test_person(s, &(struct test_person){.given = "Bo"});
	struct peek l = look_begin(s);
	const struct person *p = test_find(&l, anna);
	is_int(p->nroles, 2, "two roles");
	ok(p->nroles == 2 && id_equal(p->roles[0], guide) && id_equal(p->roles[1], vigil), "in the order of the roles");
	ok(person_has_role(p, guide) && !person_has_role(p, host), "one that is had and one that isn't");
	is_int(test_find(&l, bo)->nroles, 0, "none at all");
	look_end(&l);
	test_delete(s, TYPE_ROLE, vigil);
	l = look_begin(s);
	is_int(test_find(&l, anna)->nroles, 1, "a role that is gone isn't had");
	look_end(&l);
	store_close(s);
}

/* ---- search ----------------------------------------------------------------------------------------------------- */

static const struct {
	const char *given, *family, *phone, *email;
} found_people[] = {
	{"Søren", "Kjær", "20838797", "soren.kjaer@example.dk"},
	{"Sonja", "Holm", "20519178", "holmen@example.dk"},
	{"Anne-Lise", "Sørensen", "27799538", NULL},
	{"Anna", "Kristensen", "+4912345678", NULL},
	{"Anders", "Krogh", "22083879", NULL},
	{"Kirsten", "Ågård", NULL, "mail@aagaard.example"},
};

static const struct {
	const char *needle, *names[4];
} searches[] = {
	{"søren kjær", {"Søren Kjær"}},
	{"soren", {"Søren Kjær", "Anne-Lise Sørensen"}},
	{"SOEREN", {"Søren Kjær", "Anne-Lise Sørensen"}},
	{"so", {"Sonja Holm", "Søren Kjær", "Anne-Lise Sørensen"}},
	{"kjær sø", {"Søren Kjær"}},
	{"annelise", {"Anne-Lise Sørensen"}},
	{"lise", {"Anne-Lise Sørensen"}},
	{"ankr", {"Anna Kristensen", "Anders Krogh"}},
	{"an kr", {"Anna Kristensen", "Anders Krogh"}},
	{"ak", {"Anna Kristensen", "Anders Krogh"}},
	{"aagaard", {"Kirsten Ågård"}},
	{"ågaard", {"Kirsten Ågård"}},
	{"2083", {"Søren Kjær", "Anders Krogh"}},
	{"20 83 87", {"Søren Kjær", "Anders Krogh"}},
	{"+45 2083", {"Søren Kjær", "Anders Krogh"}},
	{"+49 123", {"Anna Kristensen"}},
	{"9178", {"Sonja Holm"}},
	{"holmen@", {"Sonja Holm"}},
	{"mail@aa", {"Kirsten Ågård"}},
	{"  sonja", {"Sonja Holm"}},
	{"2", {NULL}},
	{"xyz", {NULL}},
	{"...", {NULL}},
};

static void check_search(struct peek *l, const char *needle, const char *const *names)
{
	size_t n, i = 0;
	const struct person **got = book_search(l->b, l->a, needle, 0, &n);
	for (; i < n && i < 4 && names[i]; i++)
		is_str(got[i]->name, names[i], "“%s” finds at %zu", needle, i);
	ok(i == n && (i == 4 || !names[i]), "“%s” finds %zu", needle, i);
}

static void test_search(void)
{
	struct store *s = test_store("search", &clk);
	for (size_t i = 0; i < sizeof found_people / sizeof *found_people; i++)
		test_person(s, &(struct test_person){.given = found_people[i].given,
						     .family = found_people[i].family,
						     .phone = found_people[i].phone,
						     .email = found_people[i].email});
	struct peek l = look_begin(s);
	for (size_t i = 0; i < sizeof searches / sizeof *searches; i++)
		check_search(&l, searches[i].needle, searches[i].names);
	size_t n;
	const struct person **all = book_search(l.b, l.a, "", 0, &n);
	is_int((intmax_t)n, (intmax_t)l.b->npeople, "nothing typed finds everybody");
	ok(n && all[0] == l.b->people && all[n - 1] == l.b->people + n - 1, "in the order of the book");
	book_search(l.b, l.a, "a", 2, &n);
	is_int((intmax_t)n, 2, "no more than asked for");
	look_end(&l);
	store_close(s);
}

static const char *const givens[] = {
	"Anna",   "Anders",  "Andreas",   "Anne",      "Arne",      "Bente",   "Birgit", "Bodil",  "Brian",   "Camilla",
	"Carl",   "Cecilie", "Charlotte", "Christian", "Christina", "Daniel",  "Ditte",  "Ebba",   "Else",    "Emil",
	"Erik",   "Eva",     "Finn",      "Frank",     "Frederik",  "Freja",   "Gitte",  "Grethe", "Hanne",   "Hans",
	"Helle",  "Henrik",  "Ida",       "Inge",      "Ingrid",    "Jens",    "Jesper", "Jette",  "Johanne", "Jonas",
	"Jørgen", "Karen",   "Karin",     "Kasper",    "Kim",       "Kirsten", "Kurt",   "Lars",   "Lene",    "Line",
	"Lis",    "Lise",    "Lone",      "Louise",    "Mads",      "Maja",    "Maria",  "Mette",  "Michael", "Mona",
	"Morten", "Nanna",   "Niels",     "Ole",       "Pernille",  "Peter",   "Poul",   "Rikke",  "Sara",    "Signe",
	"Simon",  "Sofie",   "Stine",     "Susanne",   "Svend",     "Søren",   "Thomas", "Tine",   "Tove",    "Ulla",
	"Vibeke", "Viggo",   "William",   "Åge",       "Åse",       "Øjvind"};
static const char *const families[] = {
	"Andersen",  "Bach",        "Bak",       "Berg",       "Bonde",     "Brandt",      "Bruun",      "Christensen",
	"Clausen",   "Dahl",        "Dam",       "Eriksen",    "Fischer",   "Frandsen",    "Friis",      "Gade",
	"Gregersen", "Hald",        "Hansen",    "Haugaard",   "Hedegaard", "Henriksen",   "Hjorth",     "Holm",
	"Holst",     "Iversen",     "Jakobsen",  "Jensen",     "Jeppesen",  "Jespersen",   "Johansen",   "Juhl",
	"Justesen",  "Jørgensen",   "Karlsen",   "Kjeldsen",   "Kjær",      "Knudsen",     "Kristensen", "Krogh",
	"Larsen",    "Lassen",      "Lauridsen", "Lind",       "Lorentzen", "Lund",        "Madsen",     "Magnussen",
	"Mikkelsen", "Mortensen",   "Munch",     "Møller",     "Nguyen",    "Nielsen",     "Nygaard",    "Olesen",
	"Olsen",     "Overgaard",   "Pedersen",  "Petersen",   "Poulsen",   "Rasmussen",   "Ravn",       "Richter",
	"Schmidt",   "Simonsen",    "Skov",      "Steffensen", "Svendsen",  "Søndergaard", "Sørensen",   "Thomsen",
	"Toft",      "Vestergaard", "Winther",   "Østergaard", "Ågård"};
enum {
	GIVENS = sizeof givens / sizeof *givens,
	FAMILIES = sizeof families / sizeof *families,
	CROWD = 2000,
	EVERY = 4
};

static void make_crowd(struct store *s, struct prng *r)
{
	struct change *c;
	must(change_begin(s, ACT_DEMO, &c, &e), &e, "begin");
	for (int i = 0; i < CROWD; i++) {
		struct id id = change_new(c, TYPE_VOLUNTEER);
		struct value given = value_text(givens[prng_below(r, GIVENS)]);
		struct value family = value_text(families[prng_below(r, FAMILIES)]);
		must(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN, given, &e), &e, "given");
		must(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_FAMILY, family, &e), &e, "family");
		must(change_set(c, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE), &e), &e,
		     "status");
	}
	must(change_commit(c, NULL, &e), &e, "commit");
}

/* Where the person stands among those found, from 1; 0 when not found. */
static size_t place_of(struct peek *l, const struct person *p, const char *needle)
{
	size_t n;
	const struct person **got = book_search(l->b, l->a, needle, 0, &n);
	for (size_t i = 0; i < n; i++)
		if (got[i] == p)
			return i + 1;
	return 0;
}

/* The best place that four letters give: some of the first name, the rest of the last. */
static size_t best_place(struct peek *l, const struct person *p)
{
	const char *given = text_fold(l->a, p->given), *family = text_fold(l->a, p->family);
	size_t best = SIZE_MAX;
	for (int first = 0; first <= 4; first++) {
		size_t at = place_of(l, p, arena_printf(l->a, "%.*s%.*s", first, given, 4 - first, family));
		best = at && at < best ? at : best;
	}
	return best;
}

static void test_crowd(void)
{
	struct store *s = test_store("crowd", &clk);
	struct prng r = {20251203};
	make_crowd(s, &r);
	struct peek l = look_begin(s);
	size_t late = 0, lost = 0;
	for (size_t i = 0; i < l.b->npeople; i += EVERY) {
		late += best_place(&l, &l.b->people[i]) > 10;
		lost += place_of(&l, &l.b->people[i], l.b->people[i].name) == 0;
		arena_reset(l.a);
	}
	is_int((intmax_t)l.b->npeople, CROWD, "two thousand people");
	is_int((intmax_t)late, 0, "each stands among the first ten after at most four letters");
	is_int((intmax_t)lost, 0, "each is found by the whole name");
	look_end(&l);
	store_close(s);
}

/* ---- short names ------------------------------------------------------------------------------------------------ */

enum { GUIDE = 1, VIGIL = 2 };
static const struct {
	const char *given, *family;
	int role, status;
} sheet_people[] = {
	{"Frederik", "Bonde", GUIDE, 0},
	{"Frederik", "Toft", GUIDE, 0},
	{"Frederik", "Holst", VIGIL, 0},
	{"Kirsten", "Lund", GUIDE, 0},
	{"Merete", "Kjeldsen-Magnussen", GUIDE, 0},
	{"Mona", "Haugaard", GUIDE, 0},
	{"Tine", "Petersen", GUIDE, 0},
	{"Tine", "Poulsen", VIGIL, 0},
	{"Tine", "Richter", GUIDE, VOLUNTEER_ENDED},
	{"Anna", "Kjær", GUIDE, 0},
	{"Anna", "Knudsen", GUIDE, 0},
	{"Ellen-Margrethe", "Hald", GUIDE, 0},
	{"Ida", "Hedegaard-Lorentzen", VIGIL, 0},
	{"Peter", "Iversen", GUIDE, VOLUNTEER_ENDED},
	{"Søren", "Ågård", GUIDE, 0},
	{"Ali", "Fischer", GUIDE, 0},
	{"Ali", "Friis", GUIDE, VOLUNTEER_PAUSE},
	{"Lone", "Bak", VIGIL, 0},
	{"Lone", "Bak-Zimmer", VIGIL, 0},
	{"Karen", "Sand", GUIDE, 0},
	{"Karen", "Sand", GUIDE, 0},
};

static const struct {
	const char *text;
	int role;
	enum match_how how;
	size_t n;
	const char *first;
} matches[] = {
	{"Frederik Bonde", 0, MATCH_SURE, 1, "Frederik Bonde"},
	{"frederik  BONDE", GUIDE, MATCH_SURE, 1, "Frederik Bonde"},
	{"Frederik B.", GUIDE, MATCH_LIKELY, 1, "Frederik Bonde"},
	{"Frederik B", 0, MATCH_LIKELY, 1, "Frederik Bonde"},
	{"Frederik B.", VIGIL, MATCH_DOUBT, 1, "Frederik Bonde"},
	{"Frederik", GUIDE, MATCH_DOUBT, 3, "Frederik Bonde"},
	{"Frederik", VIGIL, MATCH_LIKELY, 3, "Frederik Holst"},
	{"Kirsten", GUIDE, MATCH_LIKELY, 1, "Kirsten Lund"},
	{"MONA Haugaard", GUIDE, MATCH_SURE, 1, "Mona Haugaard"},
	{"M. Haugaard", GUIDE, MATCH_LIKELY, 1, "Mona Haugaard"},
	{"Kjeldsen-Magnussen, Merete", GUIDE, MATCH_SURE, 1, "Merete Kjeldsen-Magnussen"},
	{"Kjeldsen, Merete", GUIDE, MATCH_LIKELY, 1, "Merete Kjeldsen-Magnussen"},
	{"Merete Magnussen", GUIDE, MATCH_LIKELY, 1, "Merete Kjeldsen-Magnussen"},
	{"Merete K.", GUIDE, MATCH_LIKELY, 1, "Merete Kjeldsen-Magnussen"},
	{"Tine P.", GUIDE, MATCH_LIKELY, 2, "Tine Petersen"},
	{"Tine P.", VIGIL, MATCH_LIKELY, 2, "Tine Poulsen"},
	{"Tine P.", 0, MATCH_DOUBT, 2, "Tine Petersen"},
	{"Tine Pou.", 0, MATCH_LIKELY, 1, "Tine Poulsen"},
	{"Tine", GUIDE, MATCH_LIKELY, 3, "Tine Petersen"},
	{"Anna K", GUIDE, MATCH_DOUBT, 2, "Anna Kjær"},
	{"Anna Kn.", GUIDE, MATCH_LIKELY, 1, "Anna Knudsen"},
	{"Ellen-Margrethe", GUIDE, MATCH_LIKELY, 1, "Ellen-Margrethe Hald"},
	{"Ellen Margrethe H.", GUIDE, MATCH_LIKELY, 1, "Ellen-Margrethe Hald"},
	{"Ida H.", VIGIL, MATCH_LIKELY, 1, "Ida Hedegaard-Lorentzen"},
	{"Ida Lorentzen", VIGIL, MATCH_LIKELY, 1, "Ida Hedegaard-Lorentzen"},
	{"Peter", GUIDE, MATCH_DOUBT, 1, "Peter Iversen"},
	{"Peter Iversen", GUIDE, MATCH_SURE, 1, "Peter Iversen"},
	{"Soeren Aa.", GUIDE, MATCH_LIKELY, 1, "Søren Ågård"},
	{"Søren Å", GUIDE, MATCH_LIKELY, 1, "Søren Ågård"},
	{"Ali F.", GUIDE, MATCH_LIKELY, 2, "Ali Fischer"},
	{"Bak", VIGIL, MATCH_LIKELY, 1, "Lone Bak"},
	{"Lone Bak", VIGIL, MATCH_SURE, 1, "Lone Bak"},
	{"Lone B.", VIGIL, MATCH_DOUBT, 2, "Lone Bak"},
	{"Karen Sand", GUIDE, MATCH_DOUBT, 2, "Karen Sand"},
	{"Fred", GUIDE, MATCH_NONE, 0, NULL},
	{"Frederik X.", GUIDE, MATCH_NONE, 0, NULL},
	{"Anna Kjær Knudsen", GUIDE, MATCH_NONE, 0, NULL},
	{"", GUIDE, MATCH_NONE, 0, NULL},
	{".", GUIDE, MATCH_NONE, 0, NULL},
	{"2 fra Røde Kors", GUIDE, MATCH_NONE, 0, NULL},
};

static void test_match(void)
{
	struct store *s = test_store("match", &clk);
	const struct id roles[] = {ID_NONE, test_role(s, "Hospitalsguide"), test_role(s, "Vågevagt")};
	for (size_t i = 0; i < sizeof sheet_people / sizeof *sheet_people; i++)
		test_person(s, &(struct test_person){.given = sheet_people[i].given,
						     .family = sheet_people[i].family,
						     .status = sheet_people[i].status,
						     .roles = {roles[sheet_people[i].role]}});
	struct peek l = look_begin(s);
	for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
		struct match m = book_match(l.b, l.a, matches[i].text, roles[matches[i].role]);
		is_int(m.how, matches[i].how, "“%s” (role %d): how sure", matches[i].text, matches[i].role);
		is_int((intmax_t)m.n, (intmax_t)matches[i].n, "“%s”: how many", matches[i].text);
		if (matches[i].first)
			is_str(m.n ? m.who[0]->name : NULL, matches[i].first, "“%s”: who first", matches[i].text);
		ok(m.why && *m.why, "“%s”: says why", matches[i].text);
	}
	look_end(&l);
	store_close(s);
}

static const struct {
	const char *text, *org;
	bool shaped, several;
	int places;
} placeholders[] = {
	{"2 fra Røde Kors", "Dansk Røde Kors, Viborg", true, false, 2},
	{"3 fra rode kors", "Dansk Røde Kors, Viborg", true, false, 3},
	{"1 Ældre Sagen", "Ældre Sagen Silkeborg", true, false, 1},
	{"2 x hjerteforeningen", "Hjerteforeningen Midtjylland", true, false, 2},
	{"2 fra Viborg", NULL, true, true, 2},
	{"2 fra Månen", NULL, true, false, 2},
	{"Røde Kors", NULL, false, false, 0},
	{"2", NULL, false, false, 0},
	{"0 fra Røde Kors", NULL, false, false, 0},
	{"12 34 56 78", NULL, false, false, 0},
};

static void test_names(void)
{
	struct store *s = test_store("find", &clk);
	static const char *const orgs[] = {"Dansk Røde Kors, Viborg", "Kræftens Bekæmpelse, lokalforening Viborg",
					   "Hjerteforeningen Midtjylland", "Ældre Sagen Silkeborg"};
	for (size_t i = 0; i < sizeof orgs / sizeof *orgs; i++)
		test_org(s, orgs[i]);
	test_role(s, "Hospitalsguide");
	test_role(s, "Hospitalsguide Silkeborg");
	test_unit(s, "Forhal, Viborg");
	test_unit(s, "Forhal, Silkeborg");
	struct peek l = look_begin(s);
	bool several;
	for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++) {
		int places = 0;
		const struct org *org = NULL;
		several = false;
		const char *name = book_match_places(placeholders[i].text, &places);
		is_int(name != NULL, placeholders[i].shaped, "“%s” is places without names", placeholders[i].text);
		if (name)
			org = book_find_org(l.b, name, &several);
		is_int(places, placeholders[i].places, "“%s”: how many", placeholders[i].text);
		is_str(org ? org->name : NULL, placeholders[i].org, "“%s”: whose", placeholders[i].text);
		is_int(several, placeholders[i].several, "“%s”: ambiguous", placeholders[i].text);
	}
	is_str(book_find_task(l.b, "hospitalsguide", &several)->name, "Hospitalsguide",
	       "a whole name wins over a part");
	is_str(book_find_task(l.b, "guide silkeborg", &several) ? "?" : "none", "none", "not inside of a word");
	struct id id;
	ok(!book_find(l.b, TYPE_UNIT, "forhal", &id, &several) && several, "two front halls are ambiguous");
	ok(book_find(l.b, TYPE_UNIT, "forhal viborg", &id, &several) && !strcmp(book_name(l.b, id), "Forhal, Viborg"),
	   "without the comma");
	ok(!book_find(l.b, TYPE_UNIT, "", &id, &several) && !several, "nothing finds nothing");
	ok(!book_find(l.b, TYPE_SHIFT, "forhal viborg", &id, &several) && id_is_none(id), "nor do types without names");
	look_end(&l);
	store_close(s);
}

static void test_resolve(void)
{
	struct store *s = test_store("resolve", &clk);
	struct id ada = test_person(s, &(struct test_person){.given = "Ada", .family = "Holm"});
	struct id bo = test_person(s, &(struct test_person){.given = "Bo", .family = "Holm"});
	struct id bodil = test_person(s, &(struct test_person){.given = "Bo", .family = "Holm Krogh"});
	struct peek l = look_begin(s);
	char text[ID_TEXT];
	struct id got;
	is_int(book_resolve_person(l.b, l.v, id_format(text, bo), &got, &e), OK, "by the whole id");
	ok(id_equal(got, bo), "the right one");
	is_int(book_resolve_person(l.b, l.v, id_format(text, bodil) + 28, &got, &e), OK, "by the end of an id");
	ok(id_equal(got, bodil), "the right one");
	is_int(book_resolve_person(l.b, l.v, "ada", &got, &e), OK, "by a name that could be an id");
	ok(id_equal(got, ada), "the right one");
	is_int(book_resolve_person(l.b, l.v, "bo holm", &got, &e), OK, "by a whole name, though it starts another");
	ok(id_equal(got, bo), "the right one");
	is_int(book_resolve_person(l.b, l.v, "bo", &got, &e), ERR_AMBIGUOUS, "two fit");
	ok(strstr(e.text, "Bo Holm") && strstr(e.text, "Bo Holm Krogh"), "and are named");
	is_int(book_resolve_person(l.b, l.v, "Zenia", &got, &e), ERR_NOTFOUND, "nobody fits");
	look_end(&l);
	store_close(s);
}

static void test_twins(void)
{
	struct store *s = test_store("twins", &clk);
	const civil_date born = test_day("1985-08-16");
	struct id mona =
		test_person(s, &(struct test_person){.given = "Mona", .family = "Haugaard", .phone = "20406694"});
	test_person(s, &(struct test_person){.given = "Mona", .family = "Haugaard", .phone = "11111111"});
	struct id again =
		test_person(s, &(struct test_person){.given = "MONA", .family = "Haugård", .phone = "20406694"});
	struct id liv = test_person(s, &(struct test_person){.given = "Liv", .family = "Holm", .born = born});
	struct id liv2 = test_person(
		s, &(struct test_person){.given = "Liv", .family = "Holm", .born = born, .email = "x@y.dk"});
	struct id liv3 = test_person(s, &(struct test_person){.given = "Liv", .family = "Holm", .email = "X@Y.dk"});
	test_person(s, &(struct test_person){.given = "Bo", .family = "Bak", .phone = "20406694", .born = born});
	struct peek l = look_begin(s);
	const struct {
		struct id a, b;
	} wanted[] = {{liv, liv2}, {liv2, liv3}, {mona, again}};
	size_t n;
	struct twin *t = book_twins(l.b, l.a, &n);
	is_int((intmax_t)n, 3, "three pairs");
	for (size_t i = 0; i < n && i < 3; i++) {
		ok(id_equal(t[i].a->id, wanted[i].a) && id_equal(t[i].b->id, wanted[i].b), "pair %zu, the older first",
		   i);
		ok(t[i].why && *t[i].why, "and why");
	}
	look_end(&l);
	store_close(s);
}

int main(void)
{
	test_order();
	test_units();
	test_roles();
	test_search();
	test_crowd();
	test_match();
	test_names();
	test_resolve();
	test_twins();
	return done_testing();
}
