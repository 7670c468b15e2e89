/* export/json_buf.h - values of records and times as JSON, and a jansson value as text in a buf. */
#ifndef EXPORT_JSON_BUF_H
#define EXPORT_JSON_BUF_H

#include <jansson.h>

#include "base/civil.h"
#include "base/mem.h"
#include "store/rec.h"

json_t *json_of_id(struct id id);
json_t *json_of_date(civil_date d);                     /* DATE_NONE: null */
json_t *json_of_time(civil_min t);
/* true or false, a number, else as kind_format PLAIN. */
json_t *json_of_value(struct arena *a, const struct field *f, struct value v);

/* A choice by its name in samvagt-fields(5), never by its label; nothing when it isn't one. */
void json_set_choice(json_t *o, const char *name, int set, int no);

/* Append the value indented, with a line end, and let it go. NULL (out of memory while it was built) makes the buf
 * oom. */
void json_put(json_t *o, struct buf *out);

#endif
