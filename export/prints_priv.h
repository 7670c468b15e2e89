/* export/prints_priv.h - what makes the papers of prints.def, for prints.c and the files that do it. */
#ifndef EXPORT_PRINTS_PRIV_H
#define EXPORT_PRINTS_PRIV_H

#include "export/prints.h"

/* NULL: all. */
const struct id *print_unit(const struct print_order *how);
/* What a paper that is about one thing only is about. ERR_USAGE: none or several are chosen. */
int print_about_one(const struct print_order *how, struct id *out, struct err *e);

/* The people of a paper: those that are chosen, else all in the book that `usual` keeps, in the order of names.
 * ERR_NOTFOUND. */
int print_people(const struct book *b, struct arena *a, const struct print_order *how, bool (*usual)(const struct person *p),
	const struct person ***out, size_t *n, struct err *e);
/* A sheet with people on it, to be shredded some days from today. */
struct sheet *print_begin(struct view *v, struct arena *a, const struct print_order *how, const char *title);
/* The same of letters, which are handed to whoever they are about: they say themselves where and when they were
 * written. */
struct sheet *print_begin_letters(struct view *v, struct arena *a, const struct print_order *how, const char *title);
struct print_address { const char *street, *town; bool known; };        /* town: "8800 Viborg"; known: something can be sent there */
int print_address(struct view *v, struct arena *a, const struct person *p, struct print_address *out, struct err *e);

/* ---- what hangs where others read it; and whom to ring */
print_maker print_wall, print_ward, print_evacuation, print_poster, print_phones;
/* ---- of rosters, shifts and vigils */
print_maker print_office, print_today, print_tick, print_gaps, print_told, print_coverage, print_round, print_vigil, print_chain;
/* ---- lists of people, roles and agreements */
print_maker print_hours, print_people_hours, print_organisation_hours, print_report, print_frames, print_evaluations, print_ending, print_checks, print_jubilees, print_unthanked,
	print_talks, print_expiry;
/* ---- cards and letters */
print_maker print_badges, print_badges_full, print_labels, print_thanks, print_confirmation, print_diploma, print_introduction, print_role, print_agreement,
	print_cooperation;

#endif
