/* export/prints_priv.h - what makes the papers of prints.def, for prints.c and the files that do it. */
#ifndef EXPORT_PRINTS_PRIV_H
#define EXPORT_PRINTS_PRIV_H

#include "export/prints.h"

/* NULL: all. */
const struct id *print_unit(const struct print_order *how);
/* What a paper that is about one thing only is about. ERR_USAGE: none or several are chosen. */
int print_about_one(const struct print_order *how, struct id *out, struct err *e);

/* ---- of rosters and shifts */
print_maker print_office, print_today, print_tick, print_gaps, print_coverage, print_round, print_vigil, print_chain;
/* ---- of people, roles and agreements */
print_maker print_hours, print_people_hours, print_organisation_hours, print_frames, print_evaluations, print_checks;

#endif
