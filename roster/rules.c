/* roster/rules.c - see rules.h: the table of rules, the limits in force, and what all rules say in one case.
 *
 * Owns levels, order, questions and the texts for `?`. A new rule is a row here and a function in the file that knows
 * its subject. Must not know what is done about a verdict. */
#include "roster/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "roster/rules_priv.h"

/* Worst first, so that verdicts come in that order by themselves. */
static const struct rule table[] = {
	{
		.id = "ended",
		.level = RULE_STOP,
		.question = N_("Is the person still a volunteer?"),
		.explains = N_(
			"Somebody who has ended isn't put on shifts: agreement and insurance ended with it. If "
			"the person comes back, change the status on the person's card first. Shifts that are "
			"over aren't touched."),
		.source = N_("Good practice: the volunteer agreement"),
		.checked = "2026-01-15",
		.broken = rule_ended,
	},
	{
		.id = "confidentiality",
		.level = RULE_STOP,
		.question = N_("Was the confidentiality declaration signed by the day of the shift?"),
		.explains = N_(
			"Everybody who meets patients signs a declaration of confidentiality no later than the "
			"first day. It counts from the day it is signed, and also after the person has ended. Let "
			"it be signed, then write the date on the person's card."),
		.source = N_("Region Midtjylland: declaration of confidentiality; straffeloven § 264 d"),
		.checked = "2026-01-15",
		.broken = rule_confidentiality,
	},
	{
		.id = "age",
		.level = RULE_STOP,
		.question = N_("Is the person old enough on the day of the shift?"),
		.explains = N_(
			"Each role can have a minimum age; where it has none, the house's own limit counts. The "
			"age is taken on the day of the shift, the birthday included. Correct the date of birth "
			"if it is wrong, or find another role."),
		.source = N_("The role's description; bekendtgørelse om unges arbejde"),
		.checked = "2026-01-15",
		.broken = rule_age,
	},
	{
		.id = "child-check",
		.level = RULE_STOP,
		.question = N_("Has the child-protection check been assessed, where the role asks for it?"),
		.explains = N_(
			"Roles near children need a child-protection check (børneattest) that has been assessed "
			"and is in order. Only the state and the date are kept here, never the document. Order "
			"it, await the volunteer's consent, and write the outcome on the person's card."),
		.source = N_("Lov om indhentelse af børneattest"),
		.checked = "2026-01-15",
		.broken = rule_child_check,
	},
	{
		.id = "qualification",
		.level = RULE_STOP,
		.question = N_("Does the person have the courses and certificates that the role asks for?"),
		.explains = N_(
			"A role may ask for courses, an introduction or declarations. Each must be there by the day of "
			"the shift, and still hold on it. Write down when the person got it, on the screen of courses or "
			"with samvagt qualification give; or find another role meanwhile."),
		.source = N_("The role's description"),
		.checked = "2026-11-22",
		.broken = rule_qualification,
	},
	{
		.id = "role-open",
		.level = RULE_STOP,
		.question = N_("Is the role open?"),
		.explains = N_(
			"A role opens when it is described, says what the volunteers may and may not do, leadership and TR "
			"have talked about it, it has a contact person, and a co-operation agreement is made. It is asked "
			"of roles that an agreement here is about; samvagt role gates ROLE shows what is missing."),
		.source = N_("Region Midtjylland: policy for co-operation with volunteers"),
		.checked = "2026-01-15",
		.of_shift = true,
		.broken = rule_role_open,
	},
	{
		.id = "paused",
		.level = RULE_STOP,
		.question = N_("Does the place or the role stand still?"),
		.explains = N_(
			"While a place, a role or everything stands still, nobody is put on its shifts, and those that are "
			"on are called off. When volunteers may come again, end the pause: then its shifts are on again."),
		.source = N_("The workplace's decision, e.g. in an outbreak"),
		.checked = "2026-11-22",
		.of_shift = true,
		.broken = rule_paused,
	},
	{
		.id = "overlap",
		.level = RULE_WARN,
		.question = N_("Is the person on another shift at the same time?"),
		.explains = N_(
			"Nobody can be in two places. It happens when two people plan at once, or when one shift "
			"runs into the next. Take the person off one of them; if both are right (two roles in the "
			"same room), write why."),
		.source = N_("Common sense"),
		.checked = "2026-01-15",
		.broken = rule_overlap,
	},
	{
		.id = "rest",
		.level = RULE_WARN,
		.question = N_("Is there enough rest between the shifts?"),
		.explains = N_(
			"Between two stretches of duty there are normally 11 hours of rest, counted in real time, "
			"also on the nights when the clock is changed. Shifts with less than 4 hours between "
			"them are one stretch, and that may be 13 hours from the first start to the last end. The "
			"rule is made for employees and used here as care for volunteers: ask the person, and "
			"write why if you go on."),
		.source = N_("Arbejdsmiljøloven § 50, used as good practice for volunteers"),
		.checked = "2026-01-15",
		.broken = rule_rest,
	},
	{
		.id = "pause",
		.level = RULE_WARN,
		.question = N_("Is the person on pause?"),
		.explains = N_(
			"Somebody on pause has asked to be left in peace for a while. The date is the day to ring "
			"and ask, not the day when everything begins again by itself. When the person is back, "
			"set the status to active."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-01-15",
		.broken = rule_pause,
	},
	{
		.id = "away",
		.level = RULE_WARN,
		.question = N_("Is the person away on the day of the shift?"),
		.explains = N_(
			"A period away stands on the person's card under Availability. Whoever has a fixed place isn't put "
			"on while away. If the journey came to nothing, remove it there."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-11-22",
		.broken = rule_away,
	},
	{
		.id = "applicant",
		.level = RULE_WARN,
		.question = N_("Has the person begun as a volunteer?"),
		.explains = N_(
			"An applicant hasn't got an agreement yet. A first shift to look and try can be fine "
			"together with somebody else: write that as the reason. Otherwise hold the talk first, "
			"and set the status to active."),
		.source = N_("Good practice: the volunteer agreement"),
		.checked = "2026-01-15",
		.broken = rule_applicant,
	},
	{
		.id = "role",
		.level = RULE_WARN,
		.question = N_("Does the person have the role?"),
		.explains = N_(
			"Each role has its own introduction and its own agreement about what may and may not be "
			"done. If the person really does it, add the role on the person's card; if it is for "
			"once, write why."),
		.source = N_("The co-operation agreement and the role's description"),
		.checked = "2026-01-15",
		.broken = rule_role,
	},
	{
		.id = "agreement",
		.level = RULE_WARN,
		.question = N_("Is the agreement made, and current on the day of the shift?"),
		.explains = N_(
			"The organisation that the volunteer comes through has an agreement with the workplace; somebody "
			"of the own corps has one of their own. One that is still discussed, was refused or has ended "
			"doesn't count. Make a new one, or write why it is right all the same."),
		.source = N_("Region Midtjylland: policy for co-operation with volunteers"),
		.checked = "2026-01-15",
		.broken = rule_agreement,
	},
	{
		.id = "child-renew",
		.level = RULE_WARN,
		.question = N_("Is the child-protection check new enough?"),
		.explains = N_(
			"The law sets no time for a new check, the organisations do. The day to renew it stands on the "
			"person's card. Order a new one; until it is assessed, write why the person can go on."),
		.source = N_("The organisation's own rule"),
		.checked = "2026-11-22",
		.broken = rule_child_renew,
	},
	{
		.id = "frequency",
		.level = RULE_WARN,
		.question = N_("Does the person come more often than wished?"),
		.explains = N_(
			"The volunteer has said how many shifts in a calendar month are right. More of them "
			"should be a thing that was asked and answered, never a habit. If the person said yes, "
			"write it as the reason."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-01-15",
		.broken = rule_frequency,
	},
	{
		.id = "overfull",
		.level = RULE_WARN,
		.question = N_("Are more people on the shift than are wished?"),
		.explains = N_(
			"More volunteers than there is use for means waiting time for them. Move somebody to a "
			"shift with a gap, or raise the number of places wished if all are needed."),
		.source = N_("Good practice"),
		.checked = "2026-01-15",
		.of_shift = true,
		.broken = rule_overfull,
	},
	{
		.id = "called-off",
		.level = RULE_WARN,
		.question = N_("Are there people on a shift that is called off?"),
		.explains = N_(
			"The shift won't be held, but somebody still stands on it and may turn up. Ring them, "
			"then take them off, or let the shift be held after all."),
		.source = N_("Good practice"),
		.checked = "2026-01-15",
		.of_shift = true,
		.broken = rule_called_off,
	},
	{
		.id = "moved",
		.level = RULE_WARN,
		.question = N_("Was the yes given to the time that the shift has now?"),
		.explains = N_(
			"One place moved the shift while another, which didn't know, put somebody on it. The yes was to the "
			"time before, so the place counts as open until it is said again. Ring and ask: who says yes is on "
			"the shift, who can't is taken off."),
		.source = N_("Good practice: a moved time needs a new yes"),
		.checked = "2026-11-22",
		.broken = rule_moved,
	},
	{
		.id = "wishes",
		.level = RULE_HINT,
		.question = N_("Does the shift fit what the person has written about when (not)?"),
		.explains = N_(
			"Wishes such as \"not evenings\", \"only Mondays and Wednesdays\", \"prefer weekends\" or "
			"\"away week 7\" are read and held against the shift. Other texts are shown as they "
			"stand, for you to judge."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-01-15",
		.broken = rule_wishes,
	},
	{
		.id = "availability",
		.level = RULE_HINT,
		.question = N_("Does the shift lie within the times that the person has given?"),
		.explains = N_(
			"The weekly pattern on the person's card says when one can and cannot come. A shift outside it "
			"isn't forbidden: ask first. Where nothing is said there is nothing to lie outside of."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-11-22",
		.broken = rule_availability,
	},
	{
		.id = "if-needed",
		.level = RULE_HINT,
		.question = N_("Did the person say to come at that time only if needed?"),
		.explains = N_(
			"Some can come at a time if nobody else can. Ask those first who are glad to: candidates stand in "
			"that order."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-11-22",
		.broken = rule_if_needed,
	},
	{
		.id = "rhythm",
		.level = RULE_HINT,
		.question = N_("Does the shift fit the rhythm that the person wishes?"),
		.explains = N_(
			"The volunteer has said how often to come: every week, every second or every fourth. "
			"Another day that lies closer than that is shown here. Several shifts on one day count as "
			"coming once."),
		.source = N_("The volunteer's own wish"),
		.checked = "2026-01-15",
		.broken = rule_rhythm,
	},
	{
		.id = "after-hard",
		.level = RULE_HINT,
		.question = N_("Is there a pause after a hard shift?"),
		.explains = N_(
			"Sitting with the dying, or another role that is marked as hard, stays with one. For %d days afterwards whoever has "
			"done it is asked last, and this is said beside the name. It is care, not a ban: ask how they are, and let them "
			"decide. Whether a role is hard stands on the role."),
		.limit = LIMIT_HARD_PAUSE_DAYS + 1,
		.source = N_("Good practice: care for those who sit with the dying"),
		.checked = "2026-11-22",
		.broken = rule_after_hard,
	},
	{
		.id = "age-unknown",
		.level = RULE_HINT,
		.question = N_("Is the age known, where the role has a minimum age?"),
		.explains = N_(
			"The role has a minimum age, and no date of birth stands on the person's card. Ask, and "
			"write the date: never the whole CPR number."),
		.source = N_("The role's description; bekendtgørelse om unges arbejde"),
		.checked = "2026-01-15",
		.broken = rule_age_unknown,
	},
	{
		.id = "newcomer",
		.level = RULE_HINT,
		.question = N_("Is a new volunteer together with somebody experienced?"),
		.explains = N_(
			"The first time is when a new volunteer decides to stay. Somebody who has been here for "
			"more than %d days, or has done all steps of the introduction, makes it easier to ask and to be seen."),
		.limit = LIMIT_NEW_DAYS + 1,
		.source = N_("Good practice: follow new volunteers in the first time"),
		.checked = "2026-01-15",
		.broken = rule_newcomer,
	},
	{
		.id = "role-frames",
		.level = RULE_HINT,
		.question = N_("Is it written what the role is, and what it rests on?"),
		.explains = N_(
			"No agreement here is about this role, so what it lacks closes nothing: it may well be in order on "
			"paper. Write it in when there is time; samvagt role gates ROLE shows what is missing."),
		.source = N_("Region Midtjylland: policy for co-operation with volunteers"),
		.checked = "2026-01-15",
		.of_shift = true,
		.broken = rule_role_frames,
	},
	{
		.id = "agreement-none",
		.level = RULE_HINT,
		.question = N_("Is there an agreement with the volunteer or the organisation?"),
		.explains = N_(
			"Agreements are kept here, and none is with this organisation, or with this person of the own "
			"corps, about the role at this place. It may lie in a drawer: write it in."),
		.source = N_("Region Midtjylland: policy for co-operation with volunteers"),
		.checked = "2026-01-15",
		.broken = rule_agreement_none,
	},
};

enum { RULES = sizeof table / sizeof *table };

const struct rule *rules_table(size_t *n)
{
	*n = RULES;
	return table;
}

const char *rule_explains(struct arena *a, const struct rule *r, int value)
{
	const char *text = _(r->explains), *at = r->limit ? strstr(text, "%d") : NULL;
	if (!at)
		return text;
	if (!value)
		value = limits_builtin((enum limit_no)(r->limit - 1))->value;
	return arena_printf(a, "%.*s%d%s", (int)(at - text), text, value, at + strlen("%d"));
}

const struct rule *rules_named(const char *id)
{
	for (size_t i = 0; i < RULES; i++)
		if (strcmp(table[i].id, id) == 0)
			return &table[i];
	return NULL;
}

const char *rule_level_name(enum rule_level level)
{
	switch (level) {
	case RULE_STOP:
		return _("stop");
	case RULE_WARN:
		return _("warning");
	case RULE_HINT:
		return _("notice");
	}
	return "";
}

/* ---- limits ----------------------------------------------------------------------------------------------------- */

/* A setting that is no number leaves the value of the file: a slip in a setting must not open a door. */
static int parse_limit(const char *s, int otherwise)
{
	char *rest;
	long n = strtol(s, &rest, 10);
	return *s && !*rest && n >= 0 && n <= LIMIT_MOST ? (int)n : otherwise;
}

int rules_limits(struct view *v, int out[LIMIT_COUNT], struct err *e)
{
	struct arena *scratch = arena_new();
	struct limit limits[LIMIT_COUNT];
	int rc = OK;
	limits_load(scratch, limits, NULL);
	for (int i = 0; rc == OK && i < LIMIT_COUNT; i++) {
		struct rec *r = NULL;
		struct id id = id_setting(arena_printf(scratch, "limit.%s", limits[i].name));
		rc = view_get(v, scratch, TYPE_SETTING, id, &r, e);
		bool set = rc == OK && r && r->alive;
		out[i] = set ? parse_limit(rec_text(r, F_SETTING_VALUE), limits[i].value) : limits[i].value;
	}
	arena_free(scratch);
	return rc;
}

/* ---- one case --------------------------------------------------------------------------------------------------- */

struct verdict *rules_judge(const struct rule_case *c, struct arena *a, size_t *n)
{
	struct verdict found[RULES];
	*n = 0;
	for (size_t i = 0; i < RULES; i++) {
		struct verdict v = {.rule = &table[i]};
		v.limit = table[i].limit ? c->limits[table[i].limit - 1] : 0;
		if ((c->person || table[i].of_shift) && table[i].broken(c, a, &v))
			found[(*n)++] = v;
	}
	return *n ? arena_copy(a, found, *n * sizeof *found) : NULL;
}

struct duty_row *rules_nearby(struct arena *a, const struct duty_row *all, size_t nall, const struct shift_row *s,
			      size_t *n)
{
	civil_date day = cmin_date(s->start);
	civil_min from = cmin_at(day - DUTY_WINDOW_DAYS, 0), to = cmin_at(day + DUTY_WINDOW_DAYS + 1, 0);
	size_t first = nall, last;
	while (first > 0 && all[first - 1].start >= from)      /* what is near stands at the end: they are sorted */
		first--;
	for (last = first; last < nall && all[last].start < to;)
		last++;
	struct duty_row *near = arena_alloc(a, (last - first + 1) * sizeof *near);
	*n = 0;
	for (size_t i = first; i < last; i++)
		if (!id_equal(all[i].shift, s->shift))
			near[(*n)++] = all[i];
	return near;
}

int rules_check_without(struct view *v, struct book *b, struct arena *a, const struct shift *s, const struct person *p,
			struct id left, struct verdict **out, size_t *n, struct err *e)
{
	civil_date day = cmin_date(s->row.start);
	int in_force[LIMIT_COUNT];
	struct rule_case c = {
		.book = b, .person = p, .shift = s, .limits = in_force, .today = store_today(view_store(v))};
	struct duty_row *all;
	size_t nall, kept = 0;
	int rc = rules_limits(v, in_force, e);
	if (rc == OK)
		rc = view_duties(v, a, p->id, cmin_at(day - DUTY_WINDOW_DAYS, 0),
				 cmin_at(day + DUTY_WINDOW_DAYS + 1, 0), &all, &nall, e);
	if (rc != OK)
		return rc;
	for (size_t i = 0; i < nall; i++)
		if (!id_equal(all[i].shift, left))
			all[kept++] = all[i];
	c.duties = rules_nearby(a, all, kept, &s->row, &c.nduties);
	*out = rules_judge(&c, a, n);
	return OK;
}

int rules_check(struct view *v, struct book *b, struct arena *a, const struct shift *s, const struct person *p,
		struct verdict **out, size_t *n, struct err *e)
{
	return rules_check_without(v, b, a, s, p, ID_NONE, out, n, e);
}
