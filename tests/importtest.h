/* tests/importtest.h - what the tests of the import share: planning files against a store, finding rows, and a dump
 * of everything that stands. */
#ifndef TESTS_IMPORTTEST_H
#define TESTS_IMPORTTEST_H

#include "export/import.h"
#include "tests/rostertest.h"

/* A plan of the files; stops the test when there is none. forced and map as in import_plan. */
struct plan *plan_paths(struct store *s, const char *const *paths, size_t n, enum import_kind forced, const char *map);
/* One file with this text, and its name. */
struct plan *plan_text(struct store *s, const char *name, const char *text);
/* Plan again after a choice. */
void replan(struct store *s, struct plan *p);
struct change_result apply(struct store *s, struct plan *p);
/* plan_text, accept what is near certain, apply, free. */
struct change_result take_text(struct store *s, const char *name, const char *text);

struct plan_file *file_named(struct plan *p, const char *name);
struct plan_row *row_at(struct plan *p, const char *file, size_t line);
/* Is there a remark with this in it; in which column it stands, "" for the row as a whole. */
bool has_remark(struct plan *p, const char *file, size_t line, const char *column, const char *part);
/* The doubt whose question has this in it; NULL when there is none. */
struct doubt *doubt_about(struct plan_row *row, const char *part);
/* Choose by the label's beginning; false when there is none. */
bool choose(struct plan_row *row, const char *question, const char *label);

/* Every alive record as a line of plain text, in order: equal dumps are equal stores. In the arena. */
char *dump_store(struct store *s, struct arena *a);
/* "A, B" of those on the one shift that starts then at the unit; "?" when there is no such shift or several.
 * Organisations as "2 × name". */
const char *people_on(struct peek *l, const char *unit, civil_min start);

#endif
