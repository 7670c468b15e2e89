/* cli/demo_frames.c - what the invented volunteers come within: what roles allow and ask for, courses and the
 * introduction, child-protection checks in every state, and a place that stands still.
 *
 * Owns these, and that whoever is planned has what the role asks for, but for the one who shows what it looks like when
 * a course runs out. Has dice of its own, so that the people stay who they are. */
#include "cli/demo_priv.h"

#include <stdlib.h>
#include <string.h>

#include "roster/gates.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

/* ---- roles ------------------------------------------------------------------------------------------------------ */

/* What they may, and the answers on the kind of effort: duty, substitute, instructed, staff's work, mainly company. */
static const struct {
	const char *may, *answers;
} roles[ROLE_COUNT] = {
	[ROLE_GUIDE] = {"Må følge patienter og pårørende gennem huset og skubbe en kørestol", "yyyyn"},
	[ROLE_SUPPORT] = {"Må sidde hos, læse højt og gå en tur på gangen", "ynnny"},
	[ROLE_VIGIL] = {"Må holde i hånd, fugte læber og kalde personalet", "yynny"},
	[ROLE_VISIT] = {"Må besøge, snakke og gå en tur efter aftale med personalet", "nnnny"},
	[ROLE_MEAL] = {"Må dække bord, skænke op og spise med", "yyyyn"},
	[ROLE_CAFE] = {"Må brygge kaffe, bage og tage imod", "yynnn"},
	[ROLE_MENTOR] = {"Må mødes og ringe sammen mellem møderne", "nnn?y"},
	[ROLE_START] = {"Må være med i hverdagen i hjemmet, når en forælder er der", "nnnny"},
	[ROLE_BRIDGE] = {"Må følge med til undersøgelser og sidde med i venteværelset", "ynnny"},
	[ROLE_PLAY] = {"Må lege, læse og spille, når en voksen er i nærheden", "ynyny"},
};

static void write_roles(struct demo *d)
{
	static const int fields[] = {F_ROLE_DUTY, F_ROLE_SUBSTITUTE, F_ROLE_INSTRUCTED, F_ROLE_STAFF_WORK, F_ROLE_SOCIAL};
	for (int i = 0; i < ROLE_COUNT; i++) {
		demo_text(d, TYPE_ROLE, d->role[i], F_ROLE_MAY, roles[i].may);
		for (int k = 0; k < COUNT(fields); k++) {
			char c = roles[i].answers[k];
			demo_int(d, TYPE_ROLE, d->role[i], fields[k],
				c == 'y' ? ANSWER_YES : c == 'n' ? ANSWER_NO : ANSWER_UNKNOWN);
		}
		demo_int(d, TYPE_ROLE, d->role[i], F_ROLE_JUDGED, d->today - 200);
		demo_text(d, TYPE_ROLE, d->role[i], F_ROLE_JUDGED_BY, "Birgit Lauridsen");
	}
}

/* One that nobody does yet: leadership and TR are still to talk, and nobody at the workplace has said yes to being
 * asked. */
static void write_coming_role(struct demo *d)
{
	struct id id = d->coming = change_new(d->change, TYPE_ROLE);
	demo_text(d, TYPE_ROLE, id, F_ROLE_NAME, "Cykelven");
	demo_text(d, TYPE_ROLE, id, F_ROLE_DOES, "Køre en tur i rickshaw, når vejret er til det");
	demo_text(d, TYPE_ROLE, id, F_ROLE_MAY, "Må køre ad de aftalte ruter og holde pause undervejs");
	demo_text(d, TYPE_ROLE, id, F_ROLE_MAY_NOT, "Må ikke løfte patienter op i cyklen eller køre med mere end to");
	demo_int(d, TYPE_ROLE, id, F_ROLE_MIN_AGE, 21);
}

/* ---- kinds of courses ------------------------------------------------------------------------------------------- */

enum demo_course {
	TALK, DECLARATION, FOLLOW_1, FOLLOW_2, FOLLOW_3, COURSE, SECOND_TALK, STEPS,
	HYGIENE = STEPS, VIGIL, FIRST_AID, SIGNS, COURSES
};
static const struct {
	const char *name, *confirms;
	int sort, months, warn, after; /* after: -1 nothing */
	int role;                      /* that asks for it; -1: none */
} kinds[COURSES] = {
	[TALK] = {"Samtale", "koordinatoren", QUALIFICATION_INTRODUCTION, 0, 0, -1, -1},
	[DECLARATION] = {"Tavshedspligt gennemgået", NULL, QUALIFICATION_DECLARATION, 0, 0, TALK, -1},
	[FOLLOW_1] = {"Følgevagt 1", NULL, QUALIFICATION_INTRODUCTION, 0, 0, DECLARATION, -1},
	[FOLLOW_2] = {"Følgevagt 2", NULL, QUALIFICATION_INTRODUCTION, 0, 0, FOLLOW_1, -1},
	[FOLLOW_3] = {"Følgevagt 3", NULL, QUALIFICATION_INTRODUCTION, 0, 0, FOLLOW_2, -1},
	[COURSE] = {"Introkursus", NULL, QUALIFICATION_COURSE, 0, 0, DECLARATION, -1},
	[SECOND_TALK] = {"Opfølgende samtale", "koordinatoren", QUALIFICATION_INTRODUCTION, 0, 0, COURSE, -1},
	[HYGIENE] = {"Hygiejnekursus", NULL, QUALIFICATION_HYGIENE, 24, 60, -1, ROLE_MEAL},
	[VIGIL] = {"Vågekursus", "hospice eller afsnit", QUALIFICATION_COURSE, 36, 90, -1, ROLE_VIGIL},
	[FIRST_AID] = {"Førstehjælp", NULL, QUALIFICATION_FIRST_AID, 24, 0, -1, -1},
	[SIGNS] = {"Tegnsprog", NULL, QUALIFICATION_LANGUAGE, 0, 0, -1, -1},
};

struct framing {
	struct demo *d;
	struct dice dice;
	struct id kind[COURSES];
	bool has_run_out, runs_out;    /* somebody's already */
};

static void write_kinds(struct framing *f)
{
	struct demo *d = f->d;
	for (int i = 0; i < COURSES; i++) {
		struct id id = f->kind[i] = change_new(d->change, TYPE_QUALIFICATION_KIND);
		demo_text(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_NAME, kinds[i].name);
		demo_text(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_CONFIRMS, kinds[i].confirms);
		demo_int(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_SORT, kinds[i].sort);
		if (kinds[i].months)
			demo_int(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_MONTHS, kinds[i].months);
		if (kinds[i].warn)
			demo_int(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_WARN_DAYS, kinds[i].warn);
		if (kinds[i].after >= 0)
			demo_ref(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_AFTER, f->kind[kinds[i].after]);
		if (i < STEPS)
			demo_int(d, TYPE_QUALIFICATION_KIND, id, F_QUALIFICATION_KIND_STEP, i + 1);
		if (kinds[i].role >= 0)
			demo_link(d, LINK_ROLE_QUALIFICATION, d->role[kinds[i].role], id);
	}
}

/* ---- whose ------------------------------------------------------------------------------------------------------ */

/* got DATE_NONE: signed up. */
static void give(struct framing *f, const struct demo_person *p, enum demo_course k, civil_date got)
{
	struct demo *d = f->d;
	struct id id = id_qualification(f->kind[k], p->id);
	change_make(d->change, TYPE_QUALIFICATION, id);
	demo_ref(d, TYPE_QUALIFICATION, id, F_QUALIFICATION_VOLUNTEER, p->id);
	demo_ref(d, TYPE_QUALIFICATION, id, F_QUALIFICATION_KIND, f->kind[k]);
	if (got == DATE_NONE)
		return;
	demo_int(d, TYPE_QUALIFICATION, id, F_QUALIFICATION_GOT, got);
	if (kinds[k].months)
		demo_int(d, TYPE_QUALIFICATION, id, F_QUALIFICATION_UNTIL, civil_add_months(got, kinds[k].months));
	if (kinds[k].confirms)
		demo_text(d, TYPE_QUALIFICATION, id, F_QUALIFICATION_CONFIRMED_BY, "Birgit Lauridsen");
}

/* Long enough for what is planned; the first on pause has let it run out, and of the planned one has ten days left. */
static civil_date got_on(struct framing *f, const struct demo_person *p, enum demo_course k)
{
	civil_date today = f->d->today, whole = civil_add_months(today, -kinds[k].months);
	civil_date last = today - dice_between(&f->dice, 5, 300);
	if (p->status == VOLUNTEER_PAUSE && !f->has_run_out) {
		f->has_run_out = true;
		return whole - 5;
	}
	if (p->status == VOLUNTEER_ACTIVE && !f->runs_out) {
		f->runs_out = true;
		return whole + 10;
	}
	return last > p->started ? last : p->started;
}

static void give_asked(struct framing *f, const struct demo_person *p)
{
	for (enum demo_course k = HYGIENE; k < COURSES; k++) {
		bool first = p->role == kinds[k].role, second = p->second == kinds[k].role;
		if (kinds[k].role < 0 || (!first && !second))
			continue;
		if ((first && p->fit[0]) || (second && p->fit[1]))
			give(f, p, k, got_on(f, p, k));
		else if (dice_percent(&f->dice, 50))
			give(f, p, k, DATE_NONE);
	}
}

/* A step a week, for those who came lately; the declaration of who hasn't signed it is still to come. */
static void introduce(struct framing *f, const struct demo_person *p)
{
	civil_date today = f->d->today, day = p->started - 14;
	int pace = dice_between(&f->dice, 4, 12), least = p->fit[0] ? FOLLOW_1 : DECLARATION;
	if (p->status == VOLUNTEER_APPLICANT || p->status == VOLUNTEER_ENDED || today - p->started > 120)
		return;
	for (int k = TALK; k < STEPS && (day < today || k < least); k++, day += pace) {
		if (k == DECLARATION && !p->fit[0])
			return;
		give(f, p, (enum demo_course)k, day < today ? day : today - 1);
	}
}

static void give_some(struct framing *f)
{
	for (int i = 0; i < f->d->npeople; i++) {
		const struct demo_person *p = &f->d->people[i];
		give_asked(f, p);
		introduce(f, p);
		if (dice_percent(&f->dice, 8))
			give(f, p, FIRST_AID, f->d->today - dice_between(&f->dice, 30, 900));
		if (dice_percent(&f->dice, 2))
			give(f, p, SIGNS, f->d->today - dice_between(&f->dice, 300, 3000));
	}
}

/* ---- checks ----------------------------------------------------------------------------------------------------- */

enum { RENEW_MONTHS = 36 };

static bool is_asked(const struct demo_person *p)
{
	return demo_tasks[p->role].child_check || (p->second >= 0 && demo_tasks[p->second].child_check);
}

static void judge(struct demo *d, struct id id, int state, civil_date day)
{
	demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHILD_CHECK, state);
	demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHILD_CHECK_DATE, day);
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHECK_ASSESSOR, "Birgit Lauridsen");
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHECK_SECOND, "Anna Holm");
	if (state != CHILD_NOT_IN_ORDER)
		demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHECK_RENEW, civil_add_months(day, RENEW_MONTHS));
}

static void order(struct demo *d, struct id id, civil_date day)
{
	demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHILD_CHECK, CHILD_ORDERED);
	demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_CHECK_CONSENT, day + 14);
}

/* Of those who are planned near children: one due soon, one renewed now, one being renewed, the others for years. */
static void renew(struct framing *f, const struct demo_person *p, int n)
{
	struct demo *d = f->d;
	civil_date three_years = civil_add_months(d->today, -RENEW_MONTHS);
	switch (n) {
	case 0: judge(d, p->id, CHILD_ASSESSED, three_years + 40); break;
	case 1: judge(d, p->id, CHILD_RENEW, three_years + 50); break;
	case 2:
		judge(d, p->id, CHILD_ASSESSED, three_years + 55);
		order(d, p->id, d->today - 6);
		break;
	default: judge(d, p->id, CHILD_ASSESSED, d->today - dice_between(&f->dice, 10, 700)); break;
	}
}

/* Somebody who isn't planned yet is on the way; they would like to play with the children. */
static void begin_check(struct framing *f, const struct demo_person *p, int n)
{
	struct demo *d = f->d;
	if (!is_asked(p))
		demo_link(d, LINK_VOLUNTEER_ROLE, p->id, d->role[ROLE_PLAY]);
	switch (n) {
	case 0: demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_CHILD_CHECK, CHILD_TO_ORDER); break;
	case 1: order(d, p->id, d->today - 9); break;
	case 2: demo_int(d, TYPE_VOLUNTEER, p->id, F_VOLUNTEER_CHILD_CHECK, CHILD_CONSENT_MISSING); break;
	case 3: judge(d, p->id, CHILD_NOT_IN_ORDER, d->today - 20); break;
	}
}

static void write_checks(struct framing *f)
{
	enum { STATES = 4 };
	int planned = 0, coming = 0;
	for (int i = 0; i < f->d->npeople; i++) {
		const struct demo_person *p = &f->d->people[i];
		bool fit = (demo_tasks[p->role].child_check && p->fit[0]) ||
			(p->second >= 0 && demo_tasks[p->second].child_check && p->fit[1]);
		if (p->status == VOLUNTEER_ACTIVE && fit)
			renew(f, p, planned++);
		else if ((p->status == VOLUNTEER_APPLICANT || p->status == VOLUNTEER_PAUSE) && coming < STATES)
			begin_check(f, p, coming++);
	}
}

void demo_frames(struct demo *d)
{
	struct framing f = {.d = d, .dice = {d->dice.s + 1}};
	demo_at(d, cmin_at(d->from - 8, 10 * 60));
	if (!demo_begin_part(d, "kurser og attester"))
		return;
	write_roles(d);
	write_coming_role(d);
	write_kinds(&f);
	give_some(&f);
	write_checks(&f);
	demo_commit(d);
	demo_step(d);
}

/* ---- a place that stands still ---------------------------------------------------------------------------------- */

static bool is_touched(const struct demo *d, struct id unit)
{
	for (size_t i = 0; i < d->nnear; i++)
		if (d->near[i].touched && id_equal(d->near[i].post->unit, unit))
			return true;
	return false;
}

/* A ward, the halls stay open: one where none of today's other acts has happened; else the first, but when the days of
 * those acts are over. */
static const struct demo_post *quiet_post(const struct demo *d, civil_date *from)
{
	const struct demo_post *first = NULL;
	*from = d->today + 2;
	for (int i = 0; i < d->nposts; i++) {
		const struct demo_post *post = &d->posts[i];
		if (post->role == ROLE_GUIDE || post->role == ROLE_CAFE)
			continue;
		if (!is_touched(d, post->unit))
			return post;
		first = first ? first : post;
	}
	*from = d->today + 15;
	return first;
}

static struct book *load_book(struct demo *d)
{
	struct view *v = NULL;
	struct book *b = NULL;
	d->rc = view_begin(d->s, &v, d->e);
	if (d->rc == OK)
		d->rc = book_load(v, &b, d->e);
	view_end(v);
	return b;
}

void demo_pause_place(struct demo *d)
{
	civil_date from;
	const struct demo_post *post = d->rc == OK ? quiet_post(d, &from) : NULL;
	struct book *b = post ? load_book(d) : NULL;
	struct pause_effect told;
	struct change_result result;
	if (!b)
		return;
	const struct pause_new how = {
		.of = post->unit, .why = "Roskildesyge på afsnittet", .from = from, .until = from + 6};
	d->rc = pause_begin(d->s, b, d->a, &how, &told, &result, d->e);
	book_free(b);
}
