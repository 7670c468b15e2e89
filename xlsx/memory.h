/* xlsx/memory.h - where libxlsxwriter writes: it knows only files, and here these are memory, so that nothing personal
 * lies in the folder of temporary files, and the helper can be forbidden to open any for writing. */
#ifndef XLSX_MEMORY_H
#define XLSX_MEMORY_H

#include "base/mem.h"

struct memory { struct buf *to; size_t start, at; };

/* The name of a file that is appended to `to`, to be given to workbook_new(); both structs must live until it is
 * closed. */
enum { MEMORY_NAME = 40 };
char *memory_name(char name[MEMORY_NAME], struct memory *m, struct buf *to);

#endif
