/* pdf/table.h - a sheet on paper: its title, its columns with their headings on each page, and what stands below. */
#ifndef PDF_TABLE_H
#define PDF_TABLE_H

#include "pdf/paper.h"

/* For paper_make(); table_prepare() gives the paper its shape and what draw() is to be given, in the order's arena. */
struct table;
struct table *table_prepare(struct paper *p, struct arena *a);
void table_draw(struct paper *p, void *table);

#endif
