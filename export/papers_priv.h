/* export/papers_priv.h - what the files behind papers.h share. */
#ifndef EXPORT_PAPERS_PRIV_H
#define EXPORT_PAPERS_PRIV_H

#include "export/papers.h"

/* "Viborg · 1/12 2025 08:00" */
const char *paper_made(struct view *v, struct arena *a);
/* "man 1/12 2025 – søn 7/12 2025" of [from, to); one day alone stands alone. */
const char *paper_period(struct arena *a, civil_date from, civil_date to);
/* When a paper with people on it, of use until `last`, must be gone: the limit shred_days after that, or after
 * today. */
civil_date paper_shred(struct view *v, civil_date last);


/* A list of whom to tell, made for `purpose`, to be shredded soon after today; title NULL: "To be told". */
struct sheet *paper_told(struct view *v, struct arena *a, const char *title, const char *purpose);
/* Somebody on it: when their first shift begins, name, phone, and how many. The columns of that; many: what they are
 * many of, and its id. */
void paper_told_columns(struct sheet *s, const char *first, const char *id, const char *many);
void paper_told_row(struct sheet *s, civil_min first, const char *name, const char *phone, size_t n);

/* The limit under which a count isn't shown where it may leave the unit, and a count by it: "under 5". None is no
 * secret. */
int paper_least(struct view *v, int *out, struct err *e);
struct sheet_cell paper_count(struct arena *a, size_t n, int least);

#endif
