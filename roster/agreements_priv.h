/* roster/agreements_priv.h - what the files behind agreements.h share. */
#ifndef ROSTER_AGREEMENTS_PRIV_H
#define ROSTER_AGREEMENTS_PRIV_H

#include "roster/act_priv.h"
#include "roster/agreements.h"

/* The agreement as it stands; ERR_NOTFOUND when it is gone. */
int agreement_rec(struct view *v, struct arena *a, struct id agreement, struct rec **out, struct err *e);
/* Keep a wording, if it isn't yet. */
int agreement_keep_wording(struct change *c, const struct wording *w, struct err *e);
/* Its signatures, by day. */
int agreement_signatures(struct view *v, struct arena *a, struct id agreement, const struct rec ***out, size_t *n,
	struct err *e);
/* Its roles, by name. */
int agreement_roles(struct view *v, struct arena *a, struct id agreement, struct id **out, size_t *n, struct err *e);
/* Their names, with commas; "" none. */
int agreement_role_names(struct view *v, struct arena *a, struct id agreement, char **out, struct err *e);
/* What it needs before it can be made, translated; NULL nothing. */
const char *agreement_lacks(struct arena *a, const struct rec *r, const char *roles, const struct rec *const *signature,
	size_t n);

/* ---- what waits (agreement_due.c) ---- */
/* By the limits of rules_limits(). */
bool agreement_is_due(const struct pact *p, const int *limits, civil_date today);
bool agreement_runs_out(const struct frames *f, const struct pact *p, const int *limits, civil_date today);
/* The wordings that the templates have now. One that can't be filled in has none that somebody could sign instead. */
int agreement_wordings_now(struct view *v, struct arena *a, struct id **out, size_t *n, struct err *e);
/* Who stands on a shift without a current agreement: the organisation that a volunteer comes through, else the
 * volunteer; ID_NONE: nobody. The own corps is nobody to make one with. */
struct id agreement_lacking(const struct book *b, struct id organisation, struct id volunteer, civil_date day);

#endif
