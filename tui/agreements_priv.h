/* tui/agreements_priv.h - what the screens of agreements share: the list (screen_agreements.c), the card
 * (screen_agreement.c) and what can be done from both (agreement_acts.c). */
#ifndef TUI_AGREEMENTS_PRIV_H
#define TUI_AGREEMENTS_PRIV_H

#include "roster/agreements.h"
#include "tui/screens.h"

struct agreements {
	enum agreement_list show;
	struct agreement_lists all;        /* in the model */
	struct id wanted;                  /* to be selected once it is there; ID_NONE */
};

/* What the list or the card stands on; NULL: nothing, or in the list somebody who lacks an agreement. */
const struct agreement *agreement_under(const struct screen *s);
/* Who lacks one in the list; ID_NONE. */
struct id agreement_missing(const struct screen *s);
const struct agreement *agreement_of_card(const struct screen *s);     /* NULL: the screen is no card */

/* ---- in words -------------------------------------------------------------------------------------------- */
const char *agreement_choice(int set, int64_t no);                 /* translated */
civil_date agreement_date(const struct agreement *x, int field);   /* DATE_NONE */
/* "from 1/12 2025 to 30/11 2026", "from 1/12 2025"; "" neither is known. */
const char *agreement_span(const struct agreement *x, struct arena *a);
/* Who has signed which part, with commas; "" nobody. */
const char *agreement_signed_by(const struct agreement *x, struct arena *a);
enum role agreement_role(const struct agreement *x);

/* ---- ways ------------------------------------------------------------------------------------------------ */
/* Why nothing can be done: the cursor is on no agreement. */
const char *agreement_refuses(struct app *app, struct screen *s);
/* The list, one of the shorter ones shown. */
struct screen *screen_agreements_of(struct app *app, enum agreement_list which);
/* Whom a new one is with; ID_NONE: asked for. */
struct screen *screen_agreement_new(struct app *app, struct id tmpl, struct id party);
/* A new co-operation agreement about that role at its place, once it is clear from which template. */
void agreement_new_about(struct app *app, struct screen *s, const struct task *role);
struct screen *screen_agreement_edit(struct app *app, const struct agreement *x);
struct screen *screen_agreement_evaluate(struct app *app, const struct agreement *x);
/* A paper that came back, signed for that part. */
struct screen *screen_agreement_paper(struct app *app, const struct agreement *x, int part);
/* The text to be read and signed on the screen. */
struct screen *screen_agreement_sign(struct app *app, const struct agreement *x, int part);

extern const struct action_set actions_agreements, actions_agreement, actions_agreement_sign;

#endif
