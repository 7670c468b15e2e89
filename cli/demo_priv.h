/* cli/demo_priv.h - what the parts of the demo share: dice, tables of what is invented, and the world being built.
 * Private to cli/demo*.c.
 *
 * The world is plain arrays, filled in this order (after those whose time is over, demo_data.c): houses, posts and
 * organisations (demo_places.c), people (demo_people.c), what they come within (demo_frames.c), fixed places and shifts
 * (demo_roster.c), agreements (demo_agreements.c), and what goes wrong near today (demo_today.c). Numbers in these
 * arrays are ints; -1 is none. */
#ifndef CLI_DEMO_PRIV_H
#define CLI_DEMO_PRIV_H

#include "cli/demo.h"
#include "store/change.h"

/* ---- dice: SplitMix64 (Steele, Lea, Flood 2014), the same on every machine ------------------------------ */
struct dice {
	uint64_t s;
};

static inline uint64_t dice_next(struct dice *d)
{
	uint64_t z = d->s += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* 0 … n-1 */
static inline int dice_below(struct dice *d, int n)
{
	return (int)((dice_next(d) >> 32) * (uint64_t)n >> 32);
}

static inline int dice_between(struct dice *d, int least, int most)
{
	return least + dice_below(d, most - least + 1);
}

static inline bool dice_percent(struct dice *d, int percent)
{
	return dice_below(d, 100) < percent;
}

/* ---- what is invented ------------------------------------------------------------------------------------- */
struct demo_name {
	char given[64], family[64];
};
/* A believable name for somebody born in that year. */
void demo_name_person(struct dice *d, int born_year, struct demo_name *out);
/* "Lærkevej 14B" */
void demo_name_address(struct dice *d, char *buf, size_t n);
/* Eight digits. */
void demo_name_phone(struct dice *d, char buf[16]);

enum demo_role {
	ROLE_GUIDE,
	ROLE_SUPPORT,
	ROLE_VIGIL,
	ROLE_VISIT,
	ROLE_MEAL,
	ROLE_CAFE,
	ROLE_MENTOR,
	ROLE_START,
	ROLE_BRIDGE,
	ROLE_PLAY,
	ROLE_COUNT
};
struct demo_task {
	const char *name, *does, *may_not, *note;
	int min_age;
	bool child_check;
};
extern const struct demo_task demo_tasks[ROLE_COUNT];

/* Where people around a house live. */
struct demo_town {
	const char *area, *name, *postcode;
};
const struct demo_town *demo_place_town(struct dice *d, const char *area);

/* What a volunteer may wish, and what the roster makes of it: weekdays (bit 0 is Monday) and hours of the day in
 * minutes. */
struct demo_wish {
	const char *text;
	uint8_t days;
	int from, to;
};

/* How often somebody comes. */
enum demo_rhythm {
	RHYTHM_SELDOM,
	RHYTHM_MONTHLY,
	RHYTHM_FORTNIGHTLY,
	RHYTHM_WEEKLY,
	RHYTHM_TWICE,
	RHYTHM_THRICE,
	RHYTHM_COUNT
};

/* ---- the world ---------------------------------------------------------------------------------------------- */
#define CYCLE 4 /* weeks until the fixed places repeat */

struct demo_scale {
	const char *name;
	int volunteers, houses;
	int days_before, days_after;  /* the roster around today */
	int days_published;           /* later shifts are drafts */
	int rhythms[RHYTHM_COUNT];    /* people in a hundred */
	int applicants, pause, ended; /* people in a hundred */
	int newcomers;                /* people in a hundred who began after the roster does */
	int cancellations;            /* today, and as many tomorrow */
};

struct demo_house {
	struct id id, council;
	const char *area;
	int demand[ROLE_COUNT];
};
struct demo_org {
	struct id id;
	const char *area; /* NULL: everywhere */
	uint16_t roles;
};

/* A line of the roster: a task at a unit at some hours of some weekdays. */
struct demo_post {
	struct id unit, series;
	int serial, house;
	enum demo_role role;
	uint8_t days;
	int from, to, need;
	int16_t *holder; /* who has the fixed place: [weekday][seat][week of the cycle] */
};

struct demo_person {
	struct id id, org;
	const char *given, *family, *phone;
	int house, role, second;   /* second: another role, or -1 */
	int status;
	civil_date started, ended; /* comes from … until before */
	const struct demo_wish *wish;
	bool fit[2];         /* declarations and checks in order, for role and second */
	bool spare;          /* may be asked to step in */
	int most;            /* places a calendar month */
	int left;            /* fixed places of a cycle that may still be given */
	uint8_t busy[CYCLE]; /* weekdays with a fixed place */
	int this_month;
	civil_min rested; /* when the next shift may begin */
};

/* Who has a role at a house. */
struct demo_pool {
	int *people;
	int n;
};

#define NEAR_SEATS 12
/* A shift from today to a week ahead, remembered for demo_today.c. */
struct demo_near {
	struct id shift;
	const struct demo_post *post;
	civil_min start, end;
	int places, n;
	int person[NEAR_SEATS];
	bool touched; /* by an act of demo_today.c */
};

struct demo {
	struct store *s;
	struct arena *a;
	struct err *e;
	int rc;                /* the first failure; whatever comes after it does nothing */
	struct change *change; /* the group that is being gathered */
	struct demo_past past; /* when it will have been written */
	enum demo_size size;
	const struct demo_scale *scale;
	struct dice dice;
	civil_date today, from, to; /* the roster's [from, to) */
	civil_min now;
	struct id role[ROLE_COUNT];
	struct id coming;              /* a role that isn't open yet: its dialogue is to be held, a contact to be found */
	struct demo_house *houses;
	int nhouses;
	struct demo_org *orgs;
	int norgs;
	struct demo_post *posts;
	int nposts;
	struct demo_person *people;
	int npeople;
	struct demo_pool *pools; /* [house][role] */
	struct demo_near *near;
	size_t nnear, near_cap;
	int (*progress)(void *ctx, size_t done, size_t total);
	void *progress_ctx;
	size_t done, total; /* steps */
};

/* Begin a group, and end it; demo_begin is false when something has failed. */
bool demo_begin(struct demo *d, enum act_no act);
bool demo_begin_part(struct demo *d, const char *part); /* "demo data: part" */
void demo_commit(struct demo *d);
void demo_step(struct demo *d); /* one more step is done */
/* The groups from here on will have been written then and a little later each, after those before, never in the
 * future. */
void demo_at(struct demo *d, civil_min when);
void demo_mark_day(struct demo *d); /* for demo_day(), in the group */
/* Set a field in the group; a NULL text and an absent id set nothing. */
void demo_text(struct demo *d, int type, struct id id, int field, const char *s);
void demo_int(struct demo *d, int type, struct id id, int field, int64_t i);
void demo_ref(struct demo *d, int type, struct id id, int field, struct id to);
void demo_empty(struct demo *d, int type, struct id id, int field);
void demo_link(struct demo *d, int kind, struct id from, struct id to);
const struct demo_pool *demo_pool(const struct demo *d, int house, enum demo_role role);

/* An organisation of the house's area that has the task; NULL: none. */
const struct demo_org *demo_local_org(const struct demo *d, const struct demo_post *post);

/* The stages. Each writes its own groups. */
void demo_data(struct demo *d);
void demo_places(struct demo *d);
void demo_people(struct demo *d);
size_t demo_count_months(const struct demo *d);
void demo_frames(struct demo *d);
void demo_roster(struct demo *d);
/* The lines of the roster as series, before their shifts; who has fixed places in them, and what else is planned by,
 * after them; and calls about what is open. */
void demo_series(struct demo *d);
void demo_fixed(struct demo *d);
void demo_planning(struct demo *d);
void demo_calls(struct demo *d);
/* Who has a fixed place; -1: nobody. */
int16_t *demo_holder(const struct demo_post *p, int weekday, int seat, int week);
void demo_agreements(struct demo *d);
void demo_today(struct demo *d);

/* Where the invented past begins: before the roster, and before anything that may still be kept. */
civil_date demo_long_ago(civil_date today);
/* Lists that were printed, one of them to be shredded by now. */
void demo_lists(struct demo *d);
/* Send everybody home from a place for a week. */
void demo_pause_place(struct demo *d);

/* Somebody's place on a shift, and places that an organisation holds without names, in the group. */
struct demo_place {
	struct id shift;
	int person, substitute_for;
	int state, attendance;
};
void demo_put_place(struct demo *d, const struct demo_place *p);
void demo_put_org_places(struct demo *d, struct id shift, const struct demo_org *o, int places);

#endif
