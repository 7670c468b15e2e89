/* roster/rules_priv.h - what the files behind rules.h share: the function of each rule, and the words that sentences
 * have in common. */
#ifndef ROSTER_RULES_PRIV_H
#define ROSTER_RULES_PRIV_H

#include "roster/duty.h"
#include "roster/rules.h"

/* rules_person.c: the person and the role */
bool rule_ended(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_confidentiality(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_age(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_child_check(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_pause(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_applicant(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_role(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_age_unknown(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_newcomer(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_child_renew(const struct rule_case *c, struct arena *a, struct verdict *out);
/* rules_frames.c: what volunteers come within */
bool rule_role_open(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_role_frames(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_paused(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_qualification(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_agreement(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_agreement_none(const struct rule_case *c, struct arena *a, struct verdict *out);
/* rules_time.c: the person's other shifts, and how full the shift is */
bool rule_overlap(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_rest(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_after_hard(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_frequency(const struct rule_case *c, struct arena *a, struct verdict *out);
int rules_rhythm_weeks(int frequency);                 /* every so many weeks; 0: no rhythm */
bool rule_rhythm(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_overfull(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_called_off(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_moved(const struct rule_case *c, struct arena *a, struct verdict *out);
/* rules_wishes.c: when the person can come */
bool rule_away(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_availability(const struct rule_case *c, struct arena *a, struct verdict *out);
bool rule_if_needed(const struct rule_case *c, struct arena *a, struct verdict *out);
/* wishes.c: what the person wrote */
bool rule_wishes(const struct rule_case *c, struct arena *a, struct verdict *out);

enum wish { WISH_MET, WISH_COLLIDES, WISH_UNREAD };
/* Does a shift go against a text such as "ikke aften", "kun formiddag", "ikke onsdage", "helst weekend", "ferie uge 7"?
 * UNREAD: some of it isn't such a wish, so a person must read it. Danish and English words. */
enum wish wish_judge(const char *text, civil_min start, civil_min end);

/* The seat of a person, NULL when there is none. */
const struct seat *rule_seat(const struct shift *s, const struct person *p);
/* "ons 3/12" */
char *rule_day(struct arena *a, civil_date day);
/* "3/12 2025" */
char *rule_day_year(struct arena *a, civil_date day);

/* The person's held and other duties near a shift, but not that shift itself; copied to the arena. `all` is by
 * start. */
struct duty_row *rules_nearby(struct arena *a, const struct duty_row *all, size_t nall, const struct shift_row *s,
			      size_t *n);

/* As rules_check(), for somebody who leaves another shift for this one (ID_NONE: none). */
int rules_check_without(struct view *v, struct book *b, struct arena *a, const struct shift *s, const struct person *p,
			struct id left, struct verdict **out, size_t *n, struct err *e);

#endif
