/* roster/rules.h - the one table of rules: what may stand on a roster, at three levels, each with its sentence and
 * source.
 *
 * stop: law and the like, never overridden. warn: overridden with a recorded reason. hint: wishes. Candidates, the
 * problem list, commands and the `?` key use the same rows. A rule is pure over its case; verdicts carry rule, values
 * and record, so that they can be explained and jumped to. */
#ifndef ROSTER_RULES_H
#define ROSTER_RULES_H

#include "roster/calls.h"
#include "roster/availability.h"
#include "roster/limits.h"
#include "roster/roster.h"

enum rule_level { RULE_HINT = 1, RULE_WARN = 2, RULE_STOP = 3 };

struct rule_case {
	const struct book *book;
	const struct person *person;        /* NULL for rules about the shift as a whole */
	const struct shift *shift;
	const struct duty_row *duties;      /* the person's duties around the shift (35 days each way), this shift's own left out */
	size_t nduties;
	civil_date today;
	const int *limits;                  /* by LIMIT_… */
	civil_min yes_from, yes_to;         /* of somebody on it who has said yes to that other time, which only two sites can bring about; else 0 */
};

struct verdict {
	const struct rule *rule;
	const char *sentence;               /* translated, with values: "Kun 7 timers hvile efter vagten ons 3/12 20:00–24:00 (11 kræves)" */
	struct id about;                    /* the record to jump to: the other shift, the volunteer … */
	int limit;                          /* the value that the rule's own limit had; 0: it has none */
};

struct rule {
	/* stable: ended, confidentiality, age, child-check, qualification, role-open, paused; overlap, rest, pause,
	 * away, applicant, role, agreement, child-renew, frequency, overfull, called-off, moved; wishes, availability,
	 * if-needed, rhythm, age-unknown, newcomer, role-frames, agreement-none, after-hard */
	const char *id;
	enum rule_level level;
	const char *question;               /* msgid: "Is there enough rest between the shifts?" */
	const char *explains;               /* msgid: what the rule means and what to do; a few sentences, for `?` */
	int limit;                          /* LIMIT_… + 1, whose value stands in `explains` as %d; 0: none */
	const char *source, *checked;       /* msgid: law or habit; and the day it was checked */
	bool of_shift;                      /* about the shift as a whole; asked for somebody who isn't on it, it looks one place ahead */
	/* Fills the sentence and returns true when the rule is broken. */
	bool (*broken)(const struct rule_case *c, struct arena *a, struct verdict *out);
};

/* The values in force in a store: its settings, else limits_load(). */
int rules_limits(struct view *v, int out[LIMIT_COUNT], struct err *e);

/* All of them; and the one of an id, NULL: there is none. */
const struct rule *rules_table(size_t *n);
const struct rule *rules_named(const char *id);
/* What it means, translated, with its limit's value (0: as built in). */
const char *rule_explains(struct arena *a, const struct rule *r, int value);
const char *rule_level_name(enum rule_level level);     /* translated: "stop", "advarsel", "ønske" */

/* All that the rules say in a case made by hand, worst first, e.g. of a shift that isn't in the store yet. A case
 * without a person asks only the rules of the shift. Pure. */
struct verdict *rules_judge(const struct rule_case *c, struct arena *a, size_t *n);
/* What the rules say to a person on a shift (already on it or not); worst first. */
int rules_check(struct view *v, struct book *b, struct arena *a, const struct shift *s, const struct person *p,
	struct verdict **out, size_t *n, struct err *e);

/* Every broken stop and warn (and overfull) of the people on shifts in [from, to); hints only when asked. What is
 * between two shifts of the period is said once, at the later. Same data, same list at every site. */
struct problem { struct verdict v; const struct shift *shift; const struct person *person; const char *override; };
int rules_problems(struct view *v, struct book *b, struct arena *a, const struct id *unit, civil_date from, civil_date to, bool hints,
	struct problem **out, size_t *n, struct err *e);
/* The same of a roster that has been loaded for that unit. */
int rules_problems_of(struct view *v, struct book *b, struct arena *a, const struct roster *r, const struct id *unit, bool hints,
	struct problem **out, size_t *n, struct err *e);

/* Who could take a place: everybody not ended, never hidden, in the order in which to ring them: whoever must say yes
 * again, the waiting list, those who asked to be rung again when it is time; then no stop, no warning, has the role,
 * what is said of that time (can, if needed, nothing, cannot), wishes met, fewest hours lately, longest since the last
 * shift, then name, then id. After them those who aren't to be rung yet, those asked today, and those whom a rule
 * stops. Reasons are short and translated. Those who are on it for certain are left out; those who said no to this
 * shift come last with that reason. */
struct candidate {
	const struct person *person;
	enum rule_level worst;              /* 0 when nothing speaks against */
	struct verdict *verdicts; size_t nverdicts;
	bool has_role;
	enum available available;           /* what the weekly pattern says */
	int minutes_12m, this_month;        /* hours in the last 12 months; shifts in the shift's month */
	civil_min last;                     /* start of the last shift before this one; CMIN_NONE: none in the last 12 months */
	struct standing asked;                 /* whether they may be rung now, and when they were last */
	civil_min since;                    /* on the waiting list from then; CMIN_NONE: not on it */
	bool said_no;                       /* to this shift, or cancelled it */
	const char *reasons;                /* "kender opgaven · 2 vagter i december · sidst 12/11" */
};
/* needle filters by name like book_search ("" for all); max 0: all. 2,000 people in <= 30 ms. */
int rules_candidates(struct view *v, struct book *b, struct arena *a, struct id shift, const char *needle, size_t max,
	struct candidate **out, size_t *n, struct err *e);

/* May they be rung now: not asked today, hasn't said no, and no rule stops them. */
bool candidate_is_next(const struct candidate *c);

#endif
