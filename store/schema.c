/* store/schema.c - see schema.h. Owns the const tables made from schema.def by the preprocessor, and looking things up
 * in them. Must not know values: what a kind of field accepts and prints is kind.c's. */
#include "store/schema.h"

#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "base/mem.h"
#include "base/text.h"

#define REQ FIELD_REQ
#define PERS FIELD_PERS
#define TITLE FIELD_TITLE
#define FIND FIELD_FIND
#define COL FIELD_COL
#define DUE FIELD_DUE
#define DAY FIELD_DAY
#define BOTH FIELD_BOTH

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { TYPES_MOST = 256, FIELDS_MOST = 256 };

/* A struct a type with one char a field: the compiler counts the places for us. offsetof() is where a field stands
 * within its type, sizeof how many there are. Each TYPE closes the struct before it. */
struct places_none {
	char none;
#define TYPE(NAME, ...) }; struct places_##NAME {
#define FIELD(T, NAME, ...) char NAME;
#include "store/schema.def"
};

/* An argument is a choice set, a type, where a date lies or what a time is after, and 0 where the kind has none. */
#define ARG_TEXT(arg) arg
#define ARG_LONGTEXT(arg) arg
#define ARG_BOOL(arg) arg
#define ARG_INT(arg) arg
#define ARG_DATE(arg) DATE_##arg
#define ARG_DATETIME(arg) arg
#define ARG_DURATION(arg) arg
#define ARG_TIME(arg) arg
#define ARG_WEEKDAYS(arg) arg
#define ARG_CHOICE(arg) SET_##arg
#define ARG_PHONE(arg) arg
#define ARG_EMAIL(arg) arg
#define ARG_POSTCODE(arg) arg
#define ARG_CVR(arg) arg
#define ARG_REF(arg) TYPE_##arg

static const struct field fields_none[] __attribute__((unused)) = {
	{ 0 }
#define TYPE(NAME, ...) }; static const struct field fields_##NAME[] = {
#define FIELD(T, NAME, no, name, kind, arg, flags, max, label, help) \
	{ no, name, KIND_##kind, ARG_##kind(arg), flags, max, label, help },
#include "store/schema.def"
};

static const struct type types[] = {
#define TYPE(NAME, no, name, label, plural) { no, name, label, plural, fields_##NAME, sizeof(struct places_##NAME) },
#include "store/schema.def"
};

static const struct choice choices[] = {
#define CHOICE(SET, no, name, label) { SET_##SET, no, name, label },
#include "store/schema.def"
};

/* From numbers to rows at once; a number used twice is a warning of the compiler (-Woverride-init). */
struct places_types {
#define TYPE(NAME, ...) char NAME;
#include "store/schema.def"
};

static const struct type *const types_by_no[TYPES_MOST] = {
#define TYPE(NAME, no, ...) [no] = &types[offsetof(struct places_types, NAME)],
#include "store/schema.def"
};

static const struct field *const fields_by_no[][FIELDS_MOST] = {
#define FIELD(T, NAME, no, ...) [TYPE_##T][no] = &fields_##T[offsetof(struct places_##T, NAME)],
#include "store/schema.def"
};

const struct type *schema_types(size_t *n)
{
	*n = COUNT(types);
	return types;
}

const struct type *schema_type(int no)
{
	return no > 0 && no < TYPES_MOST ? types_by_no[no] : NULL;
}

const struct field *schema_field(int type, int no)
{
	if (type <= 0 || (size_t)type >= COUNT(fields_by_no) || no <= 0 || no >= FIELDS_MOST)
		return NULL;
	const struct field *f = fields_by_no[type][no];
	assert(!f || f->no == no);
	return f;
}

/* Is the folded `want` this label, in English or in the language of now? */
static bool is_label(struct arena *a, const char *label, const char *want)
{
	return strcmp(text_fold(a, label), want) == 0 || strcmp(text_fold(a, _(label)), want) == 0;
}

const struct type *schema_type_named(const char *name)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	const struct type *found = NULL;
	struct arena *a = arena_new();
	const char *want = text_valid(name, strlen(name)) ? text_fold(a, name) : "";
	for (size_t i = 0; i < COUNT(types) && !found; i++)
		if (is_label(a, types[i].label, want) || is_label(a, types[i].plural, want))
			found = &types[i];
	arena_free(a);
	return found;
}

const struct field *schema_field_named(const struct type *t, const char *name)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (strcmp(t->fields[i].name, name) == 0)
			return &t->fields[i];
	const struct field *found = NULL;
	struct arena *a = arena_new();
	const char *want = text_valid(name, strlen(name)) ? text_fold(a, name) : "";
	for (size_t i = 0; i < t->nfields && !found; i++)
		if (is_label(a, t->fields[i].label, want))
			found = &t->fields[i];
	arena_free(a);
	return found;
}

const struct choice *schema_choices(int set, size_t *n)
{
	const struct choice *first = NULL;
	*n = 0;
	for (size_t i = 0; i < COUNT(choices); i++)
		if (choices[i].set == set) {
			first = first ? first : &choices[i];
			++*n;
		}
	assert(!first || first[*n - 1].set == set);
	return first;
}

const struct field *schema_reference(int type, size_t *at, const struct type **of)
{
	for (size_t i = 0, n = 0; i < COUNT(types); i++)
		for (size_t k = 0; k < types[i].nfields; k++) {
			const struct field *f = &types[i].fields[k];
			if (f->kind != KIND_REF || (f->arg != type && f->arg != TYPE_ANY) || n++ < *at)
				continue;
			*at = n;
			*of = &types[i];
			return f;
		}
	return NULL;
}

const struct choice *schema_choice(int set, int no)
{
	for (size_t i = 0; i < COUNT(choices); i++)
		if (choices[i].set == set && choices[i].no == no)
			return &choices[i];
	return NULL;
}
