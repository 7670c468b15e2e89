/* roster/duty.h - what a row of a person's duties counts for: the one answer for rules, candidates and hours. Pure. */
#ifndef ROSTER_DUTY_H
#define ROSTER_DUTY_H

#include "store/store.h"

enum { DUTY_WINDOW_DAYS = 35, DUTY_YEAR_DAYS = 365 };

/* Does the state hold the person to the shift (accepted, or must say yes again)? */
bool duty_state_holds(int state);
/* Is the person on that shift, and is it on at all? */
bool duty_is_held(const struct duty_row *d);
/* Has the place never been one: was it made by a no, which still stands? */
bool place_is_only_no(const struct rec *assignment);
/* Minutes that were or will be given, in real time; -1 when the duty doesn't count (called off, away, not accepted; but
 * whoever came has come, though a yes that was to be said again never was). */
int duty_minutes(const struct duty_row *d);

#endif
