/* cli/demo_names.c - invented people: names that suit an age, addresses and phone numbers.
 *
 * Owns the lists of names and streets. The lists hold common first and last names, each of them shared by hundreds of
 * people, so that a combination points at nobody. Knows nothing of stores. */
#include "cli/demo_priv.h"

#include <stdio.h>
#include <string.h>

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))
#define MOST_IN_LIST 20

/* First names go with the time that they were given in. */
struct generation {
	int before;
	const char *women[MOST_IN_LIST], *men[MOST_IN_LIST];
};
static const struct generation generations[] = {
	{1955,
		{"Kirsten", "Inge", "Birthe", "Else", "Karen", "Grethe", "Jytte", "Lis", "Ruth", "Gerda", "Ingrid",
			"Ellen", "Aase", "Bodil", "Tove", "Anne-Lise", "Solveig", "Edith"},
		{"Jørgen", "Poul", "Svend", "Erik", "Kaj", "Børge", "Knud", "Niels", "Egon", "Verner", "Ove", "Preben",
			"Aage", "Hans", "Arne", "Ejvind"}},
	{1980,
		{"Lone", "Susanne", "Hanne", "Pia", "Marianne", "Charlotte", "Gitte", "Bente", "Lene", "Tina", "Helle",
			"Dorthe", "Mette", "Anne-Mette", "Annette", "Heidi", "Jette", "Merete"},
		{"Lars", "Michael", "Henrik", "Søren", "Peter", "Jan", "Jesper", "Torben", "Flemming", "Claus",
			"Carsten", "Kim", "Bjarne", "Frank", "Steen", "Allan", "Leif"}},
	{1995,
		{"Louise", "Camilla", "Maria", "Line", "Stine", "Rikke", "Maja", "Katrine", "Sanne", "Nanna", "Trine",
			"Signe", "Ditte", "Åse"},
		{"Thomas", "Martin", "Christian", "Rasmus", "Kasper", "Mads", "Anders", "Jonas", "Simon", "Jakob",
			"Nikolaj", "Morten", "Troels"}},
	{9999,
		{"Emma", "Freja", "Ida", "Sofie", "Clara", "Laura", "Alberte", "Liv", "Mathilde", "Josefine", "Agnes",
			"Filippa", "Alma"},
		{"William", "Oliver", "Noah", "Lucas", "Emil", "Victor", "Magnus", "Oscar", "Malthe", "Villads",
			"Elias", "Storm", "Anton"}},
};

/* Some families came from elsewhere; their names go together. */
struct origin {
	const char *women[6], *men[6], *families[8];
};
static const struct origin origins[] = {
	{{"Agnieszka", "Katarzyna", "Joanna", "Magdalena"}, {"Piotr", "Tomasz", "Marek", "Paweł"},
		{"Nowak", "Wójcik", "Kaczmarek", "Mazur", "Wrona", "Sikora"}},
	{{"Ayşe", "Fatma", "Elif", "Zeynep"}, {"Mehmet", "Mustafa", "Emre", "Hasan"},
		{"Yılmaz", "Kaya", "Demir", "Şahin", "Öztürk", "Çelik"}},
	{{"Fatima", "Amina", "Layla", "Samira"}, {"Ahmad", "Omar", "Youssef", "Khaled"},
		{"Hassan", "Al-Khatib", "Saleh", "Haddad", "Mansour", "Darwish"}},
	{{"Linh", "Hoa", "Lan", "Thuy"}, {"Minh", "Tuan", "Duc", "Hung"},
		{"Nguyen", "Tran", "Pham", "Le", "Vo", "Bui"}},
	{{"Priya", "Lakshmi", "Meena", "Vani"}, {"Suresh", "Ravi", "Ganesh", "Mohan"},
		{"Sivakumar", "Selvarajah", "Nadarajah", "Kandiah", "Rasalingam"}},
};

static const char *const common_families[] = {
	"Nielsen", "Jensen", "Hansen", "Pedersen", "Andersen", "Christensen", "Larsen", "Sørensen", "Rasmussen",
	"Jørgensen", "Petersen", "Madsen", "Kristensen", "Olsen", "Thomsen", "Christiansen", "Poulsen", "Johansen",
	"Møller", "Mortensen",
};
static const char *const families[] = {
	"Knudsen", "Jakobsen", "Jacobsen", "Olesen", "Frederiksen", "Mikkelsen", "Henriksen", "Laursen", "Lund",
	"Schmidt", "Eriksen", "Holm", "Kristiansen", "Clausen", "Simonsen", "Svendsen", "Andreasen", "Iversen",
	"Jeppesen", "Mogensen", "Jespersen", "Nissen", "Lauridsen", "Frandsen", "Østergaard", "Jepsen", "Carlsen",
	"Kjær", "Dam", "Bertelsen", "Berg", "Bach", "Friis", "Dahl", "Vestergaard", "Kjeldsen", "Lassen",
	"Hermansen", "Nygaard", "Ravn", "Bech", "Krogh", "Thorsen", "Bak", "Toft", "Brandt", "Bruun", "Overgaard",
	"Winther", "Bundgaard", "Lorentzen", "Hald", "Damgaard", "Skov", "Bang", "Steffensen", "Buch", "Ibsen",
	"Søgaard", "Haugaard", "Dalgaard", "Kirkegaard", "Aagaard", "Hedegaard", "Nørgaard", "Juhl", "Villadsen",
	"Munk", "Fisker", "Bisgaard", "Thygesen", "Gade", "Bonde", "Due", "Bjerregaard", "Søndergaard", "Hjorth",
	"Korsgaard", "Højgaard", "Gregersen", "Enevoldsen", "Bendtsen", "Markussen", "Ottosen", "Paulsen", "Balle",
	"Riis", "Kragh", "Schou", "Hauge", "Tranberg", "Ågård", "Krag", "Bredahl", "Mølgaard", "Ærø", "Villumsen",
	"Worm", "Magnussen", "Ladefoged",
};
static const char *const streets[] = {
	"Lærkevej", "Skovvej", "Birkevej", "Engvej", "Kirkevej", "Møllevej", "Østergade", "Vestergade",
	"Nørregade", "Søndergade", "Åboulevarden", "Drosselvej", "Bøgevej", "Solbakken", "Rosenvænget", "Fjordvej",
	"Hedevej", "Banegade", "Skolegade", "Parkvej", "Toftevej", "Højvangen", "Ågade", "Kløvervej", "Egevej",
	"Tjørnevej", "Mågevej", "Ringgade", "Dronningensgade", "Søvej", "Lyngvej", "Elmevej", "Gl. Landevej",
	"Havnegade", "Stationsvej", "Violvej", "Skrænten", "Æblehaven", "Markvænget", "Hasselvej",
};

static const char *draw(struct dice *d, const char *const *list, int most)
{
	int n = 0;
	while (n < most && list[n])
		n++;
	return list[dice_below(d, n)];
}

static const char *draw_given(struct dice *d, int born_year, bool woman)
{
	const struct generation *g = generations;
	while (born_year >= g->before)
		g++;
	return draw(d, woman ? g->women : g->men, MOST_IN_LIST);
}

static const char *draw_family(struct dice *d)
{
	if (dice_percent(d, 40))
		return draw(d, common_families, COUNT(common_families));
	return draw(d, families, COUNT(families));
}

static void name_from_elsewhere(struct dice *d, bool woman, struct demo_name *out)
{
	const struct origin *o = &origins[dice_below(d, COUNT(origins))];
	snprintf(out->given, sizeof out->given, "%s", draw(d, woman ? o->women : o->men, COUNT(o->women)));
	snprintf(out->family, sizeof out->family, "%s", draw(d, o->families, COUNT(o->families)));
}

void demo_name_person(struct dice *d, int born_year, struct demo_name *out)
{
	bool woman = dice_percent(d, 68);
	if (dice_percent(d, 7)) {
		name_from_elsewhere(d, woman, out);
		return;
	}
	const char *first = draw_given(d, born_year, woman), *middle = draw_given(d, born_year, woman);
	const char *family = draw_family(d), *other = draw_family(d);
	bool two_given = dice_percent(d, 5) && first != middle, two_families = dice_percent(d, 6) && family != other;
	snprintf(out->given, sizeof out->given, "%s%s%s", first, two_given ? " " : "", two_given ? middle : "");
	snprintf(out->family, sizeof out->family, "%s%s%s", family, two_families ? "-" : "", two_families ? other : "");
}

void demo_name_address(struct dice *d, char *buf, size_t n)
{
	const char *street = draw(d, streets, COUNT(streets));
	int number = dice_between(d, 1, dice_percent(d, 80) ? 60 : 240);
	if (dice_percent(d, 12))
		snprintf(buf, n, "%s %d%c", street, number, 'A' + dice_below(d, 4));
	else if (dice_percent(d, 15))
		snprintf(buf, n, "%s %d, %d. %s", street, number, dice_between(d, 1, 4),
			dice_percent(d, 50) ? "tv" : "th");
	else
		snprintf(buf, n, "%s %d", street, number);
}

void demo_name_phone(struct dice *d, char buf[16])
{
	snprintf(buf, 16, "2%07d", dice_below(d, 10000000));
}
