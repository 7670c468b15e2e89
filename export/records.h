/* export/records.h - every record of the store as JSON with a published schema, or type by type as a table, so that
 * other programs can use them and an import (export/import.h) can take them in again.
 *
 * One table says it all: store/schema.def. What stands beside a value in a disagreement, fields of a newer version,
 * deleted records and the log stay here; what was erased is gone. Erasures and their receipts don't leave: they act on
 * stores, and samvagt sync carries them. */
#ifndef EXPORT_RECORDS_H
#define EXPORT_RECORDS_H

#include <jansson.h>

#include "export/sheet.h"
#include "store/store.h"

/* The value of "format", and the version of what stands under it: greater when a reader must know. */
#define RECORDS_FORMAT "samvagt-records"
enum { RECORDS_VERSION = 1 };

/* Does a type leave, and may it come in? */
bool records_leave(const struct type *t);

/* Append all records as one JSON object, a record a line (man samvagt-json, "All records"). *n counts them. */
int records_json(struct view *v, struct buf *out, size_t *n, struct err *e);
/* Append the JSON Schema (draft 2020-12) that it fits. */
void records_schema(struct buf *out);

/* A type as a table, its first column headed by the type and holding ids. For a Danish spreadsheet with labels, choices
 * in words, and beside each reference what it is called; for programs with the names of samvagt-fields(5). *n counts
 * the rows; without any nothing is appended. */
int records_csv(struct view *v, const struct type *t, bool danish_excel, struct buf *out, size_t *n, struct err *e);

#endif
