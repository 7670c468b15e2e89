/* export/papers_priv.h - what the files behind papers.h share. */
#ifndef EXPORT_PAPERS_PRIV_H
#define EXPORT_PAPERS_PRIV_H

#include "export/papers.h"

/* "man 1/12 2025 – søn 7/12 2025" of [from, to); one day alone stands alone. */
const char *paper_period(struct arena *a, civil_date from, civil_date to);
/* "Viborg · 1/12 2025 08:00" */
const char *paper_made(struct view *v, struct arena *a);

#endif
