/* store/rec.h - a record in memory: type, id, fields with values and stamps; and what each kind of field accepts and
 * prints.
 *
 * Values point into the arena that the record was read into; text is NUL-terminated NFC UTF-8. Nothing here touches
 * the disk. */
#ifndef STORE_REC_H
#define STORE_REC_H

#include "base/civil.h"
#include "base/err.h"
#include "base/mem.h"
#include "store/id.h"
#include "store/schema.h"

enum vtag { V_NONE, V_INT, V_TEXT, V_ID, V_RAW };

/* BOOL 0/1, INT, DATE (civil_date), DATETIME (civil_min), DURATION (minutes), TIME (minutes of the day, 24:00
 * included), WEEKDAYS (a mask, base/weekdays.h) and CHOICE are V_INT; REF is V_ID; the rest V_TEXT. V_RAW is the
 * untouched CBOR of a field that this version doesn't know. V_NONE is "empty". */
struct value {
	enum vtag tag;
	union {
		int64_t i;
		struct { const char *s; uint32_t n; } text;
		struct id id;
	};
};

struct rec_field { uint8_t no; struct value v; struct stamp at; };

struct rec {
	uint8_t type;
	bool alive;
	struct id id;
	struct stamp at;              /* the latest of its values */
	struct rec_field *f;          /* ascending by number, field 0 (alive) included: the values shown */
	size_t n, cap;
	struct rec_field *sib;        /* ascending by number, then dot: values beside those (store/register.h) */
	size_t nsib, sibcap;
};

struct value value_none(void);
struct value value_int(int64_t i);
struct value value_text(const char *s);       /* borrows s */
struct value value_id(struct id id);
/* V_NONE of ID_NONE, DATE_NONE, and of NULL or "". */
struct value value_id_or_none(struct id id);
struct value value_date_or_none(civil_date day);
struct value value_text_or_none(const char *s);
bool value_equal(struct value x, struct value y);
/* Order for lists by a field: empty last; texts in Danish order; choices in table order. */
int value_compare(const struct field *f, struct value x, struct value y);
struct value value_copy(struct arena *a, struct value v);

/* Reading a record; absent means V_NONE, 0, "" or ID_NONE. */
struct value rec_get(const struct rec *r, int field);
int64_t rec_int(const struct rec *r, int field);
int64_t rec_int_or(const struct rec *r, int field, int64_t absent);
civil_date rec_date(const struct rec *r, int field);                   /* absent: DATE_NONE */
const char *rec_text(const struct rec *r, int field);
struct id rec_id(const struct rec *r, int field);
const struct rec_field *rec_field(const struct rec *r, int field);     /* NULL when never set */
/* The first value, shown or beside another, that looks like a CPR number; NULL: none. It can only have come from
 * another site: here nothing like it gets past kind_check. */
const struct rec_field *rec_find_cpr(const struct rec *r);
/* Set the shown value of a field of the record in memory; it is taken as it is, not copied. What stands beside it
 * stays. Keeps the order, `alive` and `at`. */
void rec_put(struct arena *a, struct rec *r, int field, struct value v, struct stamp at);

/* From what a person typed (or a file held) to a value, leniently and by the field's kind: "" is V_NONE; dates by
 * base/when; choices by name, Danish or English label or an unambiguous start of it; phones in any style (kept as
 * typed digits "+45 20 83 87 97" → "20838797", foreign ones keep their +); ja/nej/x/1 for BOOL; a REF only by its
 * whole id (names are resolved above). Refuses CPR numbers in any text, wrong lengths, invalid dates. The error names
 * the field's label and what was expected. */
int kind_parse(struct arena *a, const struct field *f, const char *s, civil_date today, struct value *out,
	struct err *e);
/* Is a value allowed in this field? The check that the one door makes. An empty text isn't a value: V_NONE is. */
int kind_check(const struct field *f, struct value v, struct err *e);

enum kind_style { KIND_HUMAN, KIND_PLAIN };
/* HUMAN: Danish or English habit ("ons 3/12 2025 08:00", "20 83 87 97", "ja", choice labels); PLAIN: ISO dates,
 * choice names, 0/1, digits, full ids. What PLAIN prints, kind_parse reads back to the same value. REF prints as an
 * id in both (see view_title). */
char *kind_format(struct arena *a, const struct field *f, struct value v, enum kind_style style);
/* A phone number as people write it, whosever it is; "" stays "". */
char *kind_phone(struct arena *a, const char *digits);

#endif
