/* pdf/poster.h - a sheet to be read from afar: its title and its rows as large as one page allows. */
#ifndef PDF_POSTER_H
#define PDF_POSTER_H

#include "pdf/paper.h"

struct poster;
/* For paper_make(), as of pdf/table.h. */
struct poster *poster_prepare(struct paper *p, struct arena *a);
void poster_draw(struct paper *p, void *poster);

#endif
