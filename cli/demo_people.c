/* cli/demo_people.c - the invented volunteers: who they are, what they do where, and what they wish.
 *
 * Owns making people, so that there are about as many for each task of each house as its roster asks for. What is
 * recorded of them and what demo_roster.c plans by are the same facts. Must not know any shift. */
#include "cli/demo_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))
#define H(hour) ((hour)*60)
#define WEEK 0x7f

/* Drawn alike, so what many say stands here several times. The first is for those who have told us nothing. */
static const struct demo_wish wishes[] = {
	{NULL, WEEK, 0, H(24)},
	{"ikke aften", WEEK, H(6), H(17)},
	{"ikke aften", WEEK, H(6), H(17)},
	{"kun formiddag", WEEK, H(6), H(12)},
	{"helst eftermiddag", WEEK, H(10), H(24)},
	{"helst eftermiddag", WEEK, H(10), H(24)},
	{"ikke weekend", 0x1f, 0, H(24)},
	{"ikke weekend", 0x1f, 0, H(24)},
	{"ikke mandage", WEEK & ~0x01, 0, H(24)},
	{"ikke onsdage", WEEK & ~0x04, 0, H(24)},
	{"passer børnebørn om torsdagen", WEEK & ~0x08, 0, H(24)},
	{"går til kor om tirsdagen", WEEK & ~0x02, 0, H(24)},
	{"ferie uge 7", WEEK, 0, H(24)},
	{"helst ikke i juli", WEEK, 0, H(24)},
	{"kun aften og nat", WEEK, H(17), H(24)},
	{"gerne to vagter i træk", WEEK, 0, H(24)},
	{"helst sammen med en, der er kendt", WEEK, 0, H(24)},
};

static const char *const notes[] = {
	"Har bil", "Har bil", "Taler tysk", "Taler polsk", "Taler tyrkisk og lidt arabisk",
	"Taler arabisk og fransk", "Taler tegnsprog", "Vil gerne lære nye op", "Vil gerne lære nye op",
	"Ring efter kl. 16", "Ring helst om formiddagen", "Sms er bedst", "Spiller guitar", "Læser gerne højt",
	"Har nøgle til skabet i forhallen", "Tidligere sygeplejerske", "Tidligere buschauffør, kender alle veje",
	"Kan tage en vagt med kort varsel", "Kan tage en vagt med kort varsel", "Bager til caféen",
	"Kommer med bussen 8.10", "Vil gerne høre om vågetjenesten", "Har vest nr. 14",
	"Inger fra Røde Kors har anbefalet os",
};

/* The wish recorded, places a month at most, fixed places in a cycle, and whether they step in for others. */
struct rhythm {
	uint8_t frequency;
	int most, left;
	bool spare;
};
static const struct rhythm rhythms[RHYTHM_COUNT] = {
	[RHYTHM_SELDOM] = {FREQUENCY_NOW_AND_THEN, 2, 0, true},
	[RHYTHM_MONTHLY] = {FREQUENCY_FOUR_WEEKLY, 2, 1, false},
	[RHYTHM_FORTNIGHTLY] = {FREQUENCY_FORTNIGHTLY, 3, 2, false},
	[RHYTHM_WEEKLY] = {FREQUENCY_WEEKLY, 5, 4, false},
	[RHYTHM_TWICE] = {0, 12, 8, true},
	[RHYTHM_THRICE] = {0, 16, 12, true},
};

/* ---- for whom there is work ------------------------------------------------------------------------------- */

struct job {
	int house;
	enum demo_role role;
	int demand, people, rest;
};

static int compare_rest(const void *x, const void *y)
{
	const struct job *a = x, *b = y;
	if (a->rest != b->rest)
		return b->rest - a->rest;
	return a->house != b->house ? a->house - b->house : (int)a->role - (int)b->role;
}

/* Share the people out by what the rosters ask for, by the method of largest remainders. */
static void share_people(struct demo *d, struct job *jobs, int n)
{
	int total = 0, given = 0, people = d->scale->volunteers - 1; /* demo_today.c adds one */
	for (int i = 0; i < n; i++)
		total += jobs[i].demand;
	for (int i = 0; i < n; i++) {
		int64_t share = (int64_t)jobs[i].demand * people;
		jobs[i].people = (int)(share / total);
		jobs[i].rest = (int)(share % total);
		given += jobs[i].people;
	}
	qsort(jobs, (size_t)n, sizeof *jobs, compare_rest);
	for (int i = 0; given < people; i++, given++)
		jobs[i].people++;
}

static struct job *list_jobs(struct demo *d, int *n)
{
	struct job *jobs = arena_alloc(d->a, (size_t)d->nhouses * ROLE_COUNT * sizeof *jobs);
	*n = 0;
	for (int h = 0; h < d->nhouses; h++)
		for (int r = 0; r < ROLE_COUNT; r++)
			if (d->houses[h].demand[r])
				jobs[(*n)++] = (struct job){
					.house = h, .role = (enum demo_role)r, .demand = d->houses[h].demand[r]};
	share_people(d, jobs, *n);
	return jobs;
}

/* ---- one volunteer ------------------------------------------------------------------------------------------ */

static bool suits(const struct demo *d, const struct demo_wish *w, const struct demo_person *p)
{
	for (int i = 0; i < d->nposts; i++) {
		const struct demo_post *post = &d->posts[i];
		if (post->house == p->house && (int)post->role == p->role && (post->days & w->days) &&
			post->from >= w->from && post->to <= w->to)
			return true;
	}
	return false;
}

static const struct demo_wish *draw_wish(struct demo *d, const struct demo_person *p)
{
	const struct demo_wish *w =
		dice_percent(&d->dice, 30) ? &wishes[dice_below(&d->dice, COUNT(wishes))] : &wishes[0];
	return suits(d, w, p) ? w : &wishes[0];
}

static struct id draw_org(struct demo *d, const struct demo_person *p)
{
	const char *area = d->houses[p->house].area;
	int fits = 0, chosen = 0;
	for (int i = 0; i < d->norgs; i++) {
		const struct demo_org *o = &d->orgs[i];
		if ((o->roles >> p->role & 1) && (!o->area || strcmp(o->area, area) == 0) &&
			dice_below(&d->dice, ++fits) == 0)
			chosen = i;
	}
	return d->orgs[chosen].id;
}

static int draw_second(struct demo *d, const struct demo_person *p)
{
	int other = dice_below(&d->dice, ROLE_COUNT);
	return other != p->role && d->houses[p->house].demand[other] ? other : -1;
}

/* Retired people most, then those who work, and some who are still at school. */
static int draw_age(struct dice *dice, int least)
{
	int kind = dice_below(dice, 100);
	int age = kind < 58 ? dice_between(dice, 60, 79)
		: kind < 82 ? dice_between(dice, 32, 61)
		: kind < 92 ? dice_between(dice, 17, 31)
			    : dice_between(dice, 78, 88);
	return age < least ? least + dice_below(dice, 10) : age;
}

static int draw_status(struct demo *d)
{
	const struct demo_scale *s = d->scale;
	int x = dice_below(&d->dice, 100);
	if (x < s->applicants)
		return VOLUNTEER_APPLICANT;
	if (x < s->applicants + s->pause)
		return VOLUNTEER_PAUSE;
	return x < s->applicants + s->pause + s->ended ? VOLUNTEER_ENDED : VOLUNTEER_ACTIVE;
}

static enum demo_rhythm draw_rhythm(struct demo *d)
{
	int x = dice_below(&d->dice, 100), r = 0;
	while (r < RHYTHM_COUNT - 1 && (x -= d->scale->rhythms[r]) >= 0)
		r++;
	return (enum demo_rhythm)r;
}

static civil_date draw_start(struct demo *d, civil_date born)
{
	civil_date grown = civil_add_months(born, 12 * 17), start;
	bool newcomer = dice_percent(&d->dice, d->scale->newcomers);
	if (newcomer)
		start = dice_between(&d->dice, d->from, d->today - 3);
	else
		start = d->from - 1 - dice_below(&d->dice, 1 + dice_below(&d->dice, 9 * 365));
	return start > grown ? start : grown < d->today ? grown : d->today - 7;
}

static void draw_name(struct demo *d, struct demo_person *p, int born_year)
{
	struct demo_name name;
	char phone[16];
	demo_name_person(&d->dice, born_year, &name);
	demo_name_phone(&d->dice, phone);
	p->given = arena_strdup(d->a, name.given);
	p->family = arena_strdup(d->a, name.family);
	p->phone = arena_strdup(d->a, phone);
}

static void write_contact(struct demo *d, const struct demo_person *p)
{
	char address[120];
	const struct demo_town *town = demo_place_town(&d->dice, d->houses[p->house].area);
	demo_name_address(&d->dice, address, sizeof address);
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_GIVEN, p->given);
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_FAMILY, p->family);
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_PHONE, p->phone);
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_ADDRESS, address);
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_POSTCODE, town->postcode);
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_CITY, town->name);
	if (dice_percent(&d->dice, 8))
		return;
	/* The number keeps addresses of namesakes apart. */
	char *mail = text_fold(d->a, arena_printf(d->a, "%s %s", p->given, p->family));
	for (char *c = mail; *c; c++)
		*c = *c == ' ' ? '.' : *c;
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_EMAIL,
		arena_printf(d->a, "%s%d@example.dk", mail, d->npeople % 90 + 10));
}

static void write_wishes(struct demo *d, const struct demo_person *p, enum demo_rhythm rhythm)
{
	const struct rhythm *r = &rhythms[rhythm];
	demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_WISHES, p->wish->text);
	if (r->frequency && dice_percent(&d->dice, 75))
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_FREQUENCY, r->frequency);
	if (dice_percent(&d->dice, r->frequency ? 30 : 80))
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_MAX_PER_MONTH, p->most);
	if (dice_percent(&d->dice, 14))
		demo_text(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_NOTE, notes[dice_below(&d->dice, COUNT(notes))]);
}

/* The declaration, and the check where a task asks for it. Those who came lately may still lack either. */
static void write_checks(struct demo *d, struct demo_person *p, int status)
{
	bool fresh = status == VOLUNTEER_APPLICANT || p->started > d->today - 45;
	bool declared = status != VOLUNTEER_APPLICANT && !(fresh && dice_percent(&d->dice, 50));
	bool asked = demo_tasks[p->role].child_check || (p->second >= 0 && demo_tasks[p->second].child_check);
	bool assessed = asked && declared && !(fresh && dice_percent(&d->dice, 60));
	civil_date signed_on = p->started - dice_below(&d->dice, 20);
	if (declared)
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_CONFIDENTIALITY, signed_on);
	int state = assessed                 ? CHILD_ASSESSED
		: !asked                     ? CHILD_NOT_NEEDED
		: dice_percent(&d->dice, 50) ? CHILD_ORDERED
					     : CHILD_TO_ORDER;
	if (asked || dice_percent(&d->dice, 50))
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_CHILD_CHECK, state);
	if (assessed)
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_CHILD_CHECK_DATE, signed_on);
	p->fit[0] = declared && (assessed || !demo_tasks[p->role].child_check);
	p->fit[1] = p->second >= 0 && declared && (assessed || !demo_tasks[p->second].child_check);
}

static void write_status(struct demo *d, struct demo_person *p, int status)
{
	demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_STATUS, status);
	p->status = status;
	p->ended = d->to;
	if (status == VOLUNTEER_APPLICANT) {
		p->ended = p->started;
		return;
	}
	demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_STARTED, p->started);
	if (status == VOLUNTEER_PAUSE) {
		p->ended = d->today - dice_between(&d->dice, 2, 60);
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_PAUSE_UNTIL, d->today + dice_between(&d->dice, 2, 75));
	}
	if (status == VOLUNTEER_ENDED) {
		civil_date least = p->started + 60 > d->from ? p->started + 60 : d->from;
		p->ended = least < d->today - 10 ? dice_between(&d->dice, least, d->today - 10) : d->today - 10;
	}
}

static void write_links(struct demo *d, const struct demo_person *p)
{
	demo_link(d, LINK_VOLUNTEER_ROLE, p->id, d->role[p->role]);
	demo_link(d, LINK_VOLUNTEER_UNIT, p->id, d->houses[p->house].id);
	if (p->second >= 0)
		demo_link(d, LINK_VOLUNTEER_ROLE, p->id, d->role[p->second]);
}

static void write_person(struct demo *d, int house, enum demo_role role)
{
	struct demo_person *p = &d->people[d->npeople++];
	enum demo_rhythm rhythm = draw_rhythm(d);
	int status = draw_status(d), age;
	*p = (struct demo_person){.id = change_new(d->change, TYPE_VOLUNTEER),
		.house = house,
		.role = (int)role,
		.second = -1,
		.most = rhythms[rhythm].most,
		.left = rhythms[rhythm].left,
		.spare = rhythms[rhythm].spare,
		.rested = CMIN_NONE};
	if (dice_percent(&d->dice, 60))
		p->second = draw_second(d, p);
	age = draw_age(&d->dice, demo_tasks[role].min_age + (p->second >= 0 ? 8 : 1));
	civil_date born = civil_add_months(d->today, -12 * age) - dice_below(&d->dice, 365);
	draw_name(d, p, civil_to_ymd(born).y);
	p->started = draw_start(d, born);
	p->org = draw_org(d, p);
	p->wish = draw_wish(d, p);
	write_contact(d, p);
	if (!dice_percent(&d->dice, 6))
		demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_BORN, born);
	demo_ref(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_ORGANISATION, p->org);
	write_status(d, p, status);
	write_checks(d, p, status);
	write_wishes(d, p, rhythm);
	write_links(d, p);
}

/* ---- all of them ---------------------------------------------------------------------------------------------- */

const struct demo_pool *demo_pool(const struct demo *d, int house, enum demo_role role)
{
	return &d->pools[house * ROLE_COUNT + (int)role];
}

static void pool_add(struct demo *d, int house, int role, int person)
{
	struct demo_pool *pool = &d->pools[house * ROLE_COUNT + role];
	if (!pool->people)
		pool->people = arena_alloc(d->a, (size_t)d->npeople * sizeof *pool->people);
	pool->people[pool->n++] = person;
}

static void fill_pools(struct demo *d)
{
	d->pools = arena_alloc(d->a, (size_t)d->nhouses * ROLE_COUNT * sizeof *d->pools);
	for (int i = 0; i < d->npeople; i++) {
		const struct demo_person *p = &d->people[i];
		if (p->fit[0])
			pool_add(d, p->house, p->role, i);
		if (p->fit[1])
			pool_add(d, p->house, p->second, i);
	}
}

void demo_people(struct demo *d)
{
	int njobs;
	struct job *jobs = list_jobs(d, &njobs);
	d->people = arena_alloc(d->a, (size_t)d->scale->volunteers * sizeof *d->people);
	demo_at(d, cmin_at(d->from - 9, 10 * 60));
	if (!demo_begin_part(d, "frivillige"))
		return;
	for (int i = 0; i < njobs; i++)
		for (int n = 0; n < jobs[i].people; n++)
			write_person(d, jobs[i].house, jobs[i].role);
	demo_commit(d);
	demo_step(d);
	assert(d->rc != OK || d->npeople == d->scale->volunteers - 1);
	fill_pools(d);
}
