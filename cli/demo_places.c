/* cli/demo_places.c - invented places: tasks, houses with their units, the lines of their rosters, organisations, and
 * the towns around.
 *
 * Owns these tables and writes their records. Names of hospitals and towns are of Region Midtjylland; hospices, homes,
 * people and numbers are invented. Must not know any volunteer. */
#include "cli/demo_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))
#define H(hour) ((hour)*60)
#define BIT(n) (1 << (n))

/* The numbers of schema.def that no code but this one needs. */
enum unit_kind {
	UNIT_REGION = 1,
	UNIT_COUNCIL,
	UNIT_HOSPITAL,
	UNIT_WARD = 5,
	UNIT_HOME,
	UNIT_DAY,
	UNIT_HOSPICE,
	UNIT_PLACE
};
enum org_kind { ORG_ASSOCIATION = 1, ORG_SOCIAL = 3, ORG_NGO = 5, ORG_INFORMAL, ORG_CENTRE };

const struct demo_task demo_tasks[ROLE_COUNT] = {
	[ROLE_GUIDE] = {"Hospitalsguide", "Vise vej, følge til afdelingen og låne en kørestol ud",
		"Må ikke flytte patienter eller svare på spørgsmål om behandling",
		"Mødes ved informationen. Vest og navneskilt hænger i skabet.", 18, false},
	[ROLE_SUPPORT] = {"Patientstøtte", "Samtale, oplæsning, et spil kort eller en gåtur på gangen",
		"Må ikke udføre pleje, løfte eller give medicin", "Spørg altid personalet, før du går ind på en stue.",
		18, false},
	[ROLE_VIGIL] = {"Vågevagt", "Sidde hos en døende, som ikke har nogen hos sig",
		"Må ikke give mad, drikke eller medicin; personalet kaldes, når noget ændrer sig",
		"Der er kaffe i vagtrummet. Ring ved sygdom, også om natten.", 25, false},
	[ROLE_VISIT] = {"Besøgsven", "Besøg, nærvær og lyst til at høre livshistorier",
		"Må ikke ordne økonomi, indkøb med patientens kort eller pleje", NULL, 18, false},
	[ROLE_MEAL] = {"Måltidsvært", "Dække op, sidde med til bords og skabe ro om måltidet",
		"Må ikke made patienter eller afgøre, hvad de må spise", "Vask hænder og tag forklæde på i køkkenet.",
		16, false},
	[ROLE_CAFE] = {"Patient- og pårørendecafé", "Brygge kaffe, tage imod og lade snakken gå",
		"Må ikke rådgive om sygdom og behandling", NULL, 16, false},
	[ROLE_MENTOR] = {"Mentor", "Følge et menneske gennem en svær tid med faste møder",
		"Må ikke være behandler, sagsbehandler eller bisidder i klagesager",
		"Fast vejledning den første torsdag i måneden.", 21, false},
	[ROLE_START] = {"En god start på livet", "Støtte nybagte familier med en ekstra hånd og et roligt øre",
		"Må ikke være alene med barnet eller vejlede om amning", NULL, 18, true},
	[ROLE_BRIDGE] = {"Brobygger", "Følge til undersøgelser og videre til foreninger efter udskrivning",
		"Må ikke køre patienter i egen bil eller tale på deres vegne", NULL, 20, false},
	[ROLE_PLAY] = {"Legeven", "Lege med indlagte børn og give forældre en pause",
		"Må ikke være alene med barnet bag lukket dør", "Legetøjet vaskes af efter vagten.", 18, true},
};

enum house_kind { BIG, LOCAL, HOSPICE, NEURO, HEALTH, PSYCH, HOME, DAY };
/* short: how its units are called. area: where its people and organisations come from. */
struct house_row {
	const char *name, *shortly, *area, *council;
	enum house_kind kind;
};
static const struct house_row house_rows[] = {
	{"Regionshospitalet Viborg", "Viborg", "Viborg", "Sundhedsråd Midt", BIG},
	{"Regionshospitalet Silkeborg", "Silkeborg", "Silkeborg", "Sundhedsråd Midt", LOCAL},
	{"Hospice Limfjord, Skive", "Hospice Limfjord", "Skive", "Sundhedsråd Midt", HOSPICE},
	{"Hammel Neurocenter", "Hammel", "Silkeborg", "Sundhedsråd Midt", NEURO},
	{"Skive Sundhedshus", "Skive", "Skive", "Sundhedsråd Midt", HEALTH},
	{"Regionshospitalet Randers", "Randers", "Randers", "Sundhedsråd Kronjylland", BIG},
	{"Regionshospitalet Horsens", "Horsens", "Horsens", "Sundhedsråd Horsens", BIG},
	{"Regionshospitalet Gødstrup", "Gødstrup", "Herning", "Sundhedsråd Vestjylland", BIG},
	{"Aarhus Universitetshospital, nord", "AUH nord", "Aarhus", "Sundhedsråd Aarhus", BIG},
	{"Aarhus Universitetshospital, syd", "AUH syd", "Aarhus", "Sundhedsråd Aarhus", BIG},
	{"Sundhedshus Holstebro", "Holstebro", "Holstebro", "Sundhedsråd Vestjylland", LOCAL},
	{"Sundhedshus Grenaa", "Grenaa", "Randers", "Sundhedsråd Kronjylland", LOCAL},
	{"Hospice Himmelbjerg, Ry", "Hospice Himmelbjerg", "Silkeborg", "Sundhedsråd Aarhus", HOSPICE},
	{"Hospice Mols, Ebeltoft", "Hospice Mols", "Randers", "Sundhedsråd Kronjylland", HOSPICE},
	{"Hospice Vesterhav, Lemvig", "Hospice Vesterhav", "Holstebro", "Sundhedsråd Vestjylland", HOSPICE},
	{"Hospice Åløkke, Horsens", "Hospice Åløkke", "Horsens", "Sundhedsråd Horsens", HOSPICE},
	{"Psykiatrien Aarhus", "Psykiatrien Aarhus", "Aarhus", "Sundhedsråd Aarhus", PSYCH},
	{"Psykiatrien Gødstrup", "Psykiatrien Gødstrup", "Herning", "Sundhedsråd Vestjylland", PSYCH},
	{"Bostedet Lyngbakken, Randers", "Lyngbakken", "Randers", "Sundhedsråd Kronjylland", HOME},
	{"Dagtilbuddet Kløvermarken, Holstebro", "Kløvermarken", "Holstebro", "Sundhedsråd Vestjylland", DAY},
};

enum {
	MO = 1,
	TU = 2,
	WE = 4,
	TH = 8,
	FR = 16,
	SA = 32,
	SU = 64,
	WEEKDAYS = MO | TU | WE | TH | FR,
	ALL_DAYS = WEEKDAYS | SA | SU
};
/* need: places in a ward's, a hospital's and a region's demo; 0 is not there. unit NULL: the house itself. */
struct post_row {
	uint16_t houses;
	const char *unit;
	enum unit_kind kind;
	enum demo_role role;
	uint8_t days;
	int from, to;
	uint8_t need[3];
};
static const struct post_row post_rows[] = {
	{BIT(BIG), "Forhal", UNIT_PLACE, ROLE_GUIDE, WEEKDAYS, H(8), H(11), {2, 4, 5}},
	{BIT(BIG), "Forhal", UNIT_PLACE, ROLE_GUIDE, WEEKDAYS, H(11), H(14), {1, 4, 5}},
	{BIT(BIG), "Forhal", UNIT_PLACE, ROLE_GUIDE, WEEKDAYS, H(14), H(17), {0, 0, 3}},
	{BIT(BIG), "Medicinsk afsnit M1", UNIT_WARD, ROLE_SUPPORT, MO | WE | FR, H(14), H(16), {1, 1, 2}},
	{BIT(BIG), "Medicinsk afsnit M1", UNIT_WARD, ROLE_MEAL, ALL_DAYS, H(17), H(19), {1, 1, 2}},
	{BIT(BIG), "Medicinsk afsnit M1", UNIT_WARD, ROLE_VIGIL, WE | SA | SU, H(20), H(24), {1, 0, 1}},
	{BIT(BIG), "Medicinsk afsnit M2", UNIT_WARD, ROLE_SUPPORT, WEEKDAYS, H(10), H(12), {0, 0, 2}},
	{BIT(BIG), "Medicinsk afsnit M2", UNIT_WARD, ROLE_MEAL, WEEKDAYS, H(11) + 30, H(13), {0, 0, 2}},
	{BIT(BIG), "Kirurgisk afsnit K1", UNIT_WARD, ROLE_SUPPORT, WEEKDAYS, H(13), H(15), {0, 1, 2}},
	{BIT(BIG), "Ortopædkirurgisk afsnit", UNIT_WARD, ROLE_SUPPORT, WEEKDAYS, H(10), H(12), {0, 0, 2}},
	{BIT(BIG), "Ortopædkirurgisk afsnit", UNIT_WARD, ROLE_MEAL, SA | SU, H(17), H(19), {0, 0, 3}},
	{BIT(BIG), "Geriatrisk afsnit", UNIT_WARD, ROLE_VISIT, ALL_DAYS, H(14), H(16), {0, 1, 3}},
	{BIT(BIG), "Geriatrisk afsnit", UNIT_WARD, ROLE_VIGIL, ALL_DAYS, H(20), H(24), {0, 1, 1}},
	{BIT(BIG), "Børneafdelingen", UNIT_WARD, ROLE_PLAY, MO | WE | SA, H(9) + 30, H(11) + 30, {0, 2, 3}},
	{BIT(BIG), "Børneafdelingen", UNIT_WARD, ROLE_PLAY, TU | TH, H(15), H(17), {0, 1, 3}},
	{BIT(BIG), "Barselsafsnittet", UNIT_WARD, ROLE_START, TU | TH, H(10), H(12), {0, 2, 3}},
	{BIT(BIG), "Kræftafdelingen", UNIT_WARD, ROLE_CAFE, WEEKDAYS, H(9), H(12), {0, 1, 2}},
	{BIT(BIG), "Kræftafdelingen", UNIT_WARD, ROLE_CAFE, WEEKDAYS, H(12), H(15), {0, 1, 2}},
	{BIT(BIG), "Hjertecafé", UNIT_PLACE, ROLE_CAFE, TU | TH, H(13), H(16), {1, 2, 4}},
	{BIT(BIG), "Akutafdelingen", UNIT_WARD, ROLE_SUPPORT, FR | SA | SU, H(16), H(20), {0, 0, 2}},
	{BIT(BIG), "Ambulatoriet", UNIT_WARD, ROLE_BRIDGE, MO | TU | TH, H(9), H(12), {0, 1, 3}},
	{BIT(LOCAL), "Forhal", UNIT_PLACE, ROLE_GUIDE, WEEKDAYS, H(8), H(11) + 30, {0, 2, 3}},
	{BIT(LOCAL), "Forhal", UNIT_PLACE, ROLE_GUIDE, WEEKDAYS, H(11) + 30, H(15), {0, 2, 3}},
	{BIT(LOCAL), "Hjertecafé", UNIT_PLACE, ROLE_CAFE, TU | TH, H(13), H(16), {0, 2, 3}},
	{BIT(LOCAL), "Medicinsk afsnit", UNIT_WARD, ROLE_SUPPORT, WEEKDAYS, H(14), H(16), {0, 1, 2}},
	{BIT(LOCAL), "Medicinsk afsnit", UNIT_WARD, ROLE_MEAL, ALL_DAYS, H(17), H(19), {0, 0, 2}},
	{BIT(LOCAL), "Dagkirurgisk afsnit", UNIT_WARD, ROLE_BRIDGE, TU | TH, H(9), H(12), {0, 0, 2}},
	{BIT(HOSPICE), NULL, UNIT_HOSPICE, ROLE_VISIT, ALL_DAYS, H(9), H(12), {0, 2, 3}},
	{BIT(HOSPICE), NULL, UNIT_HOSPICE, ROLE_VISIT, ALL_DAYS, H(14), H(17), {0, 1, 3}},
	{BIT(HOSPICE), NULL, UNIT_HOSPICE, ROLE_MEAL, ALL_DAYS, H(17), H(20), {0, 1, 3}},
	{BIT(HOSPICE), NULL, UNIT_HOSPICE, ROLE_VIGIL, ALL_DAYS, H(20), H(24), {0, 1, 1}},
	{BIT(HOSPICE), NULL, UNIT_HOSPICE, ROLE_VIGIL, ALL_DAYS, H(0), H(4), {0, 1, 1}},
	{BIT(NEURO), "Afsnit N2", UNIT_WARD, ROLE_VISIT, MO | WE | FR, H(14), H(16), {0, 1, 3}},
	{BIT(NEURO), "Afsnit N3", UNIT_WARD, ROLE_MENTOR, TU | TH, H(15), H(17), {0, 1, 3}},
	{BIT(NEURO), "Afsnit N4", UNIT_WARD, ROLE_MEAL, ALL_DAYS, H(17), H(19), {0, 0, 2}},
	{BIT(HEALTH), "Sundhedscafé", UNIT_PLACE, ROLE_CAFE, WE, H(13), H(16), {0, 2, 3}},
	{BIT(HEALTH), "Ambulatoriet", UNIT_WARD, ROLE_BRIDGE, TU | TH, H(9), H(12), {0, 1, 2}},
	{BIT(PSYCH), "Afsnit P1", UNIT_WARD, ROLE_MENTOR, MO | WE | TH, H(15), H(17), {0, 0, 4}},
	{BIT(PSYCH), "Afsnit P2", UNIT_WARD, ROLE_VISIT, ALL_DAYS, H(14), H(16), {0, 0, 2}},
	{BIT(PSYCH), "Caféen", UNIT_PLACE, ROLE_CAFE, WEEKDAYS, H(10), H(13), {0, 0, 2}},
	{BIT(HOME), NULL, UNIT_HOME, ROLE_VISIT, ALL_DAYS, H(14), H(17), {0, 0, 2}},
	{BIT(HOME), NULL, UNIT_HOME, ROLE_MENTOR, TU | TH, H(17), H(19), {0, 0, 2}},
	{BIT(DAY), NULL, UNIT_DAY, ROLE_VISIT, WEEKDAYS, H(10), H(13), {0, 0, 2}},
};

/* local: one in each area. */
struct org_row {
	const char *name, *about;
	enum org_kind kind;
	bool local;
	uint16_t roles;
};
#define EVERY_ROLE (BIT(ROLE_COUNT) - 1)
static const struct org_row org_rows[] = {
	{"Eget frivilligkorps", "Frivillige uden forening bag sig", (enum org_kind)ORGANISATION_OWN_CORPS, false,
		EVERY_ROLE},
	{"Dansk Røde Kors", "Besøg, vågetjeneste og omsorg", ORG_ASSOCIATION, true,
		BIT(ROLE_GUIDE) | BIT(ROLE_SUPPORT) | BIT(ROLE_VIGIL) | BIT(ROLE_VISIT)},
	{"Kræftens Bekæmpelse", "Lokalforening", ORG_ASSOCIATION, true, BIT(ROLE_CAFE) | BIT(ROLE_SUPPORT)},
	{"Hjerteforeningen", "Lokalforening", ORG_ASSOCIATION, true, BIT(ROLE_CAFE) | BIT(ROLE_MEAL)},
	{"Ældre Sagen", "Lokalafdeling", ORG_ASSOCIATION, true,
		BIT(ROLE_GUIDE) | BIT(ROLE_VISIT) | BIT(ROLE_MEAL) | BIT(ROLE_BRIDGE)},
	{"Frivilligcenter", "Formidler frivillige", ORG_CENTRE, true,
		BIT(ROLE_GUIDE) | BIT(ROLE_MENTOR) | BIT(ROLE_BRIDGE) | BIT(ROLE_PLAY)},
	{"Red Barnet", "Lokalforening", ORG_ASSOCIATION, true, BIT(ROLE_PLAY) | BIT(ROLE_START)},
	{"Vågegruppen", "Naboer, der våger", ORG_INFORMAL, true, BIT(ROLE_VIGIL)},
	{"Social Sundhed", "Følgeskab til og fra hospitalet", ORG_NGO, false, BIT(ROLE_BRIDGE)},
	{"Glad Fonden", "Socialøkonomisk virksomhed", ORG_SOCIAL, false, BIT(ROLE_MENTOR) | BIT(ROLE_CAFE)},
};

/* Postal codes and towns: Danmarks Adressers Web API (api.dataforsyningen.dk/postnumre). */
static const struct demo_town towns[] = {
	{"Viborg", "Viborg", "8800"}, {"Viborg", "Viborg", "8800"}, {"Viborg", "Bjerringbro", "8850"},
	{"Viborg", "Karup J", "7470"}, {"Viborg", "Stoholm Jyll", "7850"}, {"Viborg", "Løgstrup", "8831"},
	{"Skive", "Skive", "7800"}, {"Skive", "Skive", "7800"}, {"Skive", "Højslev", "7840"},
	{"Skive", "Roslev", "7870"}, {"Skive", "Spøttrup", "7860"}, {"Silkeborg", "Silkeborg", "8600"},
	{"Silkeborg", "Silkeborg", "8600"}, {"Silkeborg", "Kjellerup", "8620"}, {"Silkeborg", "Hammel", "8450"},
	{"Silkeborg", "Ry", "8680"}, {"Silkeborg", "Them", "8653"}, {"Randers", "Randers C", "8900"},
	{"Randers", "Randers SØ", "8960"}, {"Randers", "Hadsten", "8370"}, {"Randers", "Grenaa", "8500"},
	{"Randers", "Ebeltoft", "8400"}, {"Horsens", "Horsens", "8700"}, {"Horsens", "Horsens", "8700"},
	{"Horsens", "Brædstrup", "8740"}, {"Horsens", "Odder", "8300"}, {"Horsens", "Hedensted", "8722"},
	{"Herning", "Herning", "7400"}, {"Herning", "Herning", "7400"}, {"Herning", "Ikast", "7430"},
	{"Herning", "Sunds", "7451"}, {"Aarhus", "Aarhus C", "8000"}, {"Aarhus", "Aarhus N", "8200"},
	{"Aarhus", "Aarhus V", "8210"}, {"Aarhus", "Risskov", "8240"}, {"Aarhus", "Viby J", "8260"},
	{"Aarhus", "Højbjerg", "8270"}, {"Aarhus", "Skanderborg", "8660"}, {"Holstebro", "Holstebro", "7500"},
	{"Holstebro", "Struer", "7600"}, {"Holstebro", "Lemvig", "7620"}, {"Holstebro", "Ulfborg", "6990"},
};

const struct demo_town *demo_place_town(struct dice *d, const char *area)
{
	int first = 0, n = 0;
	for (int i = COUNT(towns) - 1; i >= 0; i--)
		if (strcmp(towns[i].area, area) == 0) {
			first = i;
			n++;
		}
	return &towns[first + dice_below(d, n)];
}

/* Contacts are people of the place, between 30 and 65. */
static const char *invent_person(struct demo *d)
{
	struct demo_name name;
	demo_name_person(&d->dice, civil_to_ymd(d->today).y - dice_between(&d->dice, 30, 65), &name);
	return arena_printf(d->a, "%s %s", name.given, name.family);
}

static const char *invent_phone(struct demo *d)
{
	char buf[16];
	demo_name_phone(&d->dice, buf);
	return arena_strdup(d->a, buf);
}

static void write_roles(struct demo *d)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct demo_task *t = &demo_tasks[i];
		struct id id = d->role[i] = change_new(d->change, TYPE_ROLE);
		demo_text(d, TYPE_ROLE, id, F_ROLE_NAME, t->name);
		demo_text(d, TYPE_ROLE, id, F_ROLE_DOES, t->does);
		demo_text(d, TYPE_ROLE, id, F_ROLE_MAY_NOT, t->may_not);
		demo_text(d, TYPE_ROLE, id, F_ROLE_NOTE, t->note);
		demo_int(d, TYPE_ROLE, id, F_ROLE_MIN_AGE, t->min_age);
		demo_int(d, TYPE_ROLE, id, F_ROLE_CHILD_CHECK, t->child_check);
		/* One dialogue is still to be held, so that the list of tasks shows what that looks like. */
		if (i != ROLE_MENTOR)
			demo_int(d, TYPE_ROLE, id, F_ROLE_TR_DATE, d->today - dice_between(&d->dice, 60, 900));
		demo_text(d, TYPE_ROLE, id, F_ROLE_CONTACT, invent_person(d));
	}
}

static struct id write_unit(struct demo *d, const char *name, enum unit_kind kind, struct id parent)
{
	struct id id = change_new(d->change, TYPE_UNIT);
	demo_text(d, TYPE_UNIT, id, F_UNIT_NAME, name);
	demo_int(d, TYPE_UNIT, id, F_UNIT_KIND, kind);
	demo_ref(d, TYPE_UNIT, id, F_UNIT_PARENT, parent);
	if (kind > UNIT_COUNCIL) {
		demo_text(d, TYPE_UNIT, id, F_UNIT_PHONE, invent_phone(d));
		demo_text(d, TYPE_UNIT, id, F_UNIT_CONTACT, invent_person(d));
	}
	return id;
}

static enum unit_kind house_unit_kind(enum house_kind k)
{
	return k == HOSPICE ? UNIT_HOSPICE : k == HOME ? UNIT_HOME : k == DAY ? UNIT_DAY : UNIT_HOSPITAL;
}

/* Posts of the same unit stand together in the table, so a unit is made when its name changes. */
static void add_posts(struct demo *d, int house, const struct house_row *h)
{
	const char *last = "";
	struct id unit = d->houses[house].id;
	for (int i = 0; i < COUNT(post_rows); i++) {
		const struct post_row *row = &post_rows[i];
		int need = row->need[d->size];
		if (!(row->houses & BIT(h->kind)) || need == 0)
			continue;
		if (row->unit && strcmp(row->unit, last) != 0)
			unit = write_unit(
				d, arena_printf(d->a, "%s, %s", row->unit, h->shortly), row->kind, d->houses[house].id);
		last = row->unit ? row->unit : "";
		d->posts[d->nposts++] = (struct demo_post){.unit = unit,
			.house = house,
			.role = row->role,
			.days = row->days,
			.from = row->from,
			.to = row->to,
			.need = need};
		d->houses[house].demand[row->role] += need * __builtin_popcount(row->days);
	}
}

static struct id find_council(struct demo *d, const char *name, struct id region, const struct house_row *rows, int i)
{
	for (int j = 0; j < i; j++)
		if (strcmp(rows[j].council, name) == 0)
			return d->houses[j].council;
	return write_unit(d, name, UNIT_COUNCIL, region);
}

static void write_houses(struct demo *d)
{
	struct id region = write_unit(d, "Region Midtjylland", UNIT_REGION, ID_NONE);
	d->nhouses = d->scale->houses;
	assert(d->nhouses <= COUNT(house_rows));
	d->houses = arena_alloc(d->a, (size_t)d->nhouses * sizeof *d->houses);
	d->posts = arena_alloc(d->a, (size_t)d->nhouses * COUNT(post_rows) * sizeof *d->posts);
	for (int i = 0; i < d->nhouses; i++) {
		const struct house_row *row = &house_rows[i];
		struct demo_house *h = &d->houses[i];
		h->area = row->area;
		h->council = find_council(d, row->council, region, house_rows, i);
		h->id = write_unit(d, row->name, house_unit_kind(row->kind), h->council);
		add_posts(d, i, row);
	}
}

static void write_org(struct demo *d, const struct org_row *row, const char *area)
{
	struct demo_org *o = &d->orgs[d->norgs++];
	const char *separator = row->kind == ORG_ASSOCIATION ? ", " : " ";
	o->id = change_new(d->change, TYPE_ORGANISATION);
	o->area = area;
	o->roles = row->roles;
	demo_text(d, TYPE_ORGANISATION, o->id, F_ORGANISATION_NAME,
		area ? arena_printf(d->a, "%s%s%s", row->name, separator, area) : row->name);
	demo_int(d, TYPE_ORGANISATION, o->id, F_ORGANISATION_KIND, row->kind);
	demo_text(d, TYPE_ORGANISATION, o->id, F_ORGANISATION_ABOUT, row->about);
	if (row->kind == (enum org_kind)ORGANISATION_OWN_CORPS)
		return;
	demo_text(d, TYPE_ORGANISATION, o->id, F_ORGANISATION_CONTACT, invent_person(d));
	demo_text(d, TYPE_ORGANISATION, o->id, F_ORGANISATION_PHONE, invent_phone(d));
	demo_text(d, TYPE_ORGANISATION, o->id, F_ORGANISATION_EMAIL,
		arena_printf(d->a, "kontakt%d@example.dk", d->norgs));
}

static bool area_is_first(const struct demo *d, int house)
{
	for (int i = 0; i < house; i++)
		if (strcmp(d->houses[i].area, d->houses[house].area) == 0)
			return false;
	return true;
}

static void write_orgs(struct demo *d)
{
	d->orgs = arena_alloc(d->a, (size_t)(d->nhouses + 1) * COUNT(org_rows) * sizeof *d->orgs);
	for (int i = 0; i < COUNT(org_rows); i++) {
		if (!org_rows[i].local)
			write_org(d, &org_rows[i], NULL);
		for (int h = 0; h < d->nhouses && org_rows[i].local; h++)
			if (area_is_first(d, h))
				write_org(d, &org_rows[i], d->houses[h].area);
	}
}

/* Posts in the order of the clock, so that a day is filled from its morning on. */
static int compare_posts(const void *x, const void *y)
{
	const struct demo_post *a = x, *b = y;
	return a->from != b->from ? a->from - b->from : a->serial - b->serial;
}

const struct demo_org *demo_local_org(const struct demo *d, const struct demo_post *post)
{
	for (int i = 0; i < d->norgs; i++) {
		const struct demo_org *o = &d->orgs[i];
		if (o->area && strcmp(o->area, d->houses[post->house].area) == 0 && (o->roles >> post->role & 1))
			return o;
	}
	return NULL;
}

void demo_places(struct demo *d)
{
	if (!demo_begin_part(d, "enheder, opgaver og organisationer"))
		return;
	write_roles(d);
	write_houses(d);
	write_orgs(d);
	demo_commit(d);
	demo_step(d);
	for (int i = 0; i < d->nposts; i++)
		d->posts[i].serial = i;
	qsort(d->posts, (size_t)d->nposts, sizeof *d->posts, compare_posts);
}
