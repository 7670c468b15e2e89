/* store/schema.h - the table of record types, read from schema.def, and what its rows can be asked.
 *
 * From these rows come encoding, validation, forms, list columns, CSV columns, --json, search, the manual page of
 * fields and the tests of all of these. Pure: const tables only. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FIELD_ALIVE 0

enum type_no {
	TYPE_ANY = 0,
#define TYPE(NAME, number, ...) TYPE_##NAME = number,
#include "store/schema.def"
};

enum field_no {          /* F_VOLUNTEER_GIVEN … */
	FIELD_NO_NONE = 0,
#define FIELD(T, NAME, number, ...) F_##T##_##NAME = number,
#include "store/schema.def"
};

/* Choices used by code, by name, numbered within their set. tests/t_schema checks them against the table. */
enum { SHIFT_DRAFT = 1, SHIFT_PUBLISHED, SHIFT_CANCELLED };
enum { ASSIGNMENT_WISHED = 1, ASSIGNMENT_OFFERED, ASSIGNMENT_ACCEPTED, ASSIGNMENT_DECLINED, ASSIGNMENT_WITHDRAWN, ASSIGNMENT_RECONFIRM };
enum { ATTENDANCE_PRESENT = 1, ATTENDANCE_EXCUSED, ATTENDANCE_ABSENT };
enum { CALL_YES = 1, CALL_NO, CALL_NO_ANSWER, CALL_AGAIN };
enum { VOLUNTEER_APPLICANT = 1, VOLUNTEER_ACTIVE, VOLUNTEER_PAUSE, VOLUNTEER_ENDED };
enum { CHILD_NOT_NEEDED = 1, CHILD_TO_ORDER, CHILD_ORDERED, CHILD_ASSESSED, CHILD_CONSENT_MISSING, CHILD_NOT_IN_ORDER, CHILD_RENEW };
enum { ANSWER_YES = 1, ANSWER_NO, ANSWER_UNKNOWN };
enum { FREQUENCY_WEEKLY = 1, FREQUENCY_FORTNIGHTLY, FREQUENCY_FOUR_WEEKLY, FREQUENCY_NOW_AND_THEN };
enum { LINK_VOLUNTEER_ROLE = 1, LINK_VOLUNTEER_UNIT, LINK_ROLE_QUALIFICATION, LINK_AGREEMENT_ROLE };
enum { QUALIFICATION_COURSE = 1, QUALIFICATION_INTRODUCTION, QUALIFICATION_FIRST_AID, QUALIFICATION_HYGIENE, QUALIFICATION_LANGUAGE,
	QUALIFICATION_DECLARATION, QUALIFICATION_OTHER };
enum { AGREEMENT_COOPERATION = 1, AGREEMENT_VOLUNTEER, AGREEMENT_CONFIDENTIALITY, AGREEMENT_OWN };
enum { AGREEMENT_REQUESTED = 1, AGREEMENT_DISCUSSED, AGREEMENT_MADE, AGREEMENT_REFUSED, AGREEMENT_ENDED };
enum { SIGNATURE_VOLUNTEER = 1, SIGNATURE_ORGANISATION, SIGNATURE_WORKPLACE };
enum { SIGNATURE_PAPER = 1, SIGNATURE_SCREEN };
enum { ERASURE_WISH = 1, ERASURE_LONG_AGO, ERASURE_NOT_TAKEN, ERASURE_MISTAKE, ERASURE_DEAD };
enum { ORGANISATION_OWN_CORPS = 8 };
enum { TALK_START = 1, TALK_YEARLY, TALK_CARE, TALK_THANKS, TALK_FAREWELL };

enum { SERIES_WEEK = 1, SERIES_SECOND_WEEK, SERIES_FOURTH_WEEK, SERIES_FIRST, SERIES_SECOND, SERIES_THIRD, SERIES_FOURTH, SERIES_LAST };
enum { HOLIDAYS_SKIP = 1, HOLIDAYS_KEEP };
enum { AVAILABILITY_CAN = 1, AVAILABILITY_CANNOT, AVAILABILITY_AWAY, AVAILABILITY_IF_NEEDED };
enum { WEEKS_ALL = 1, WEEKS_EVEN, WEEKS_ODD };

enum kind {
	KIND_TEXT, KIND_LONGTEXT, KIND_BOOL, KIND_INT, KIND_DATE, KIND_DATETIME, KIND_DURATION, KIND_CHOICE,
	KIND_PHONE, KIND_EMAIL, KIND_POSTCODE, KIND_CVR, KIND_REF, KIND_TIME, KIND_WEEKDAYS,
};

enum field_flag {
	FIELD_REQ = 1 << 0, FIELD_PERS = 1 << 1, FIELD_TITLE = 1 << 2,
	FIELD_FIND = 1 << 3, FIELD_COL = 1 << 4, FIELD_DUE = 1 << 5,
	FIELD_DAY = 1 << 6, FIELD_BOTH = 1 << 7,
};

enum choice_set {
	SET_NONE = 0, SET_UNIT_KIND, SET_ORGANISATION_KIND, SET_VOLUNTEER_STATUS, SET_CHILD_CHECK, SET_FREQUENCY,
	SET_SHIFT_STATE, SET_ASSIGNMENT_STATE, SET_ATTENDANCE, SET_LINK_KIND, SET_ANSWER, SET_QUALIFICATION_SORT, SET_AGREEMENT_SORT,
	SET_AGREEMENT_STATE, SET_SIGNATURE_PART, SET_SIGNATURE_HOW, SET_ERASURE_WHY,
	SET_SERIES_EVERY, SET_SERIES_HOLIDAYS, SET_AVAILABILITY_KIND, SET_AVAILABILITY_EVERY, SET_TALK_KIND,
	SET_CALL_OUTCOME,
};

/* arg of a DATE: does a year of two digits mean one that has been? */
enum date_arg { DATE_NEAR, DATE_PAST };

struct choice { uint8_t set, no; const char *name, *label; };      /* label is a msgid */

struct field {
	uint8_t no;
	const char *name;
	enum kind kind;
	uint8_t arg;             /* enum choice_set of a CHOICE, type_no of a REF, date_arg of a DATE, field_no of a DATETIME */
	uint8_t flags;
	uint32_t max;
	const char *label, *help;   /* msgids; help may be "" */
};

struct type {
	uint8_t no;
	const char *name, *label, *plural;
	const struct field *fields;      /* in the order of the table */
	size_t nfields;
};

/* Rows by number or name; NULL when there is none. By number is one look in a table. Types in table order:
 * schema_types(&n). A name is the one in the table, else a label in English or the language of now, folded as for
 * search. */
const struct type *schema_types(size_t *n);
const struct type *schema_type(int no);
const struct type *schema_type_named(const char *name);        /* a label in plural too */
const struct field *schema_field(int type, int no);
const struct field *schema_field_named(const struct type *t, const char *name);
/* The fields that may point at records of a type, one a call, NULL after the last; *at begins as 0, *of is whose field
 * it is. */
const struct field *schema_reference(int type, size_t *at, const struct type **of);
/* The choices of a set, in order. */
const struct choice *schema_choices(int set, size_t *n);
const struct choice *schema_choice(int set, int no);

#endif
