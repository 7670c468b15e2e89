/* tests/t_schema.c - the table of types holds together: numbers, names, labels, arguments, and what code says of it. */
#include "store/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/change.h"
#include "tests/tap.h"

static bool is_name(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz_-") == strlen(s);
}

static void check_numbers(void)
{
	size_t n;
	const struct type *t = schema_types(&n);
	bool unique = true, found = true, names = true;
	for (size_t i = 0; i < n; i++) {
		found = found && schema_type(t[i].no) == &t[i] && schema_type_named(t[i].name) == &t[i];
		names = names && is_name(t[i].name);
		for (size_t k = 0; k < i; k++)
			unique = unique && t[i].no != t[k].no && strcmp(t[i].name, t[k].name) != 0;
	}
	ok(n >= 9, "there are types");
	ok(unique, "types differ in number and name");
	ok(found, "each type is found by number and by name");
	ok(names, "names of types are small letters");
	ok(!schema_type(0) && !schema_type(-1) && !schema_type(256) && !schema_type(255),
	   "no type has a number that isn't there");
	ok(!schema_type_named("") && !schema_type_named("nothing") && !schema_type_named("\xff"), "nor a name");
}

static void check_fields(const struct type *t)
{
	bool unique = true, found = true, names = true, title = false;
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		found = found && schema_field(t->no, f->no) == f && schema_field_named(t, f->name) == f;
		names = names && is_name(f->name) && f->no != FIELD_ALIVE;
		title = title || (f->flags & FIELD_TITLE);
		for (size_t k = 0; k < i; k++)
			unique = unique && f->no != t->fields[k].no && strcmp(f->name, t->fields[k].name) != 0;
	}
	ok(unique, "%s: fields differ in number and name", t->name);
	ok(found, "%s: each field is found by number and by name", t->name);
	ok(names, "%s: names of fields are small letters, and none has the number of alive", t->name);
	ok(title, "%s: it can be called something", t->name);
}

static bool has_choices(int set)
{
	size_t n;
	schema_choices(set, &n);
	return n > 1;
}

/* What each kind needs of its row. */
static bool fits_kind(const struct type *t, const struct field *f)
{
	switch (f->kind) {
	case KIND_CHOICE:
		return has_choices(f->arg) && f->max == 0;
	case KIND_REF:
		return (f->arg == TYPE_ANY || schema_type(f->arg)) && f->max == 0;
	case KIND_DATE:
		return (f->arg == DATE_NEAR || f->arg == DATE_PAST) && f->max == 0;
	case KIND_DATETIME: /* after another of the same record */
		return f->max == 0 && (!f->arg || (f->arg != f->no && schema_field(t->no, f->arg)->kind == f->kind));
	case KIND_BOOL:
		return f->arg == 0 && f->max == 0;
	default:
		return f->arg == 0 && f->max > 0;
	}
}

static void check_rows(const struct type *t)
{
	bool labels = *t->label && *t->plural, kinds = true, due = true, labels_differ = true;
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		labels = labels && *f->label && f->help;
		if (!fits_kind(t, f)) {
			kinds = false;
			diag("%s.%s: the argument or greatest size doesn't fit the kind", t->name, f->name);
		}
		due = due && (!(f->flags & FIELD_DUE) || f->kind == KIND_DATE) &&
			(!(f->flags & FIELD_DAY) || f->kind == KIND_DATETIME);
		for (size_t k = 0; k < i; k++)
			labels_differ = labels_differ && strcmp(f->label, t->fields[k].label) != 0;
	}
	ok(labels, "%s: every label has text", t->name);
	ok(labels_differ, "%s: no two fields look the same to people", t->name);
	ok(kinds, "%s: arguments exist and sizes fit the kinds", t->name);
	ok(due, "%s: only dates are reminded of, and only moments found by their day", t->name);
}

/* A written promise of schema.def: these numbers are kept for what is planned or was used once. */
static void check_reserved(void)
{
	static const struct {
		int no;
		const char *name;
	} taken[] = {
		{1, "site"},  {2, "unit"},       {3, "organisation"}, {4, "volunteer"}, {5, "role"},
		{7, "shift"}, {8, "assignment"}, {31, "setting"},     {33, "link"},
	};
	static const struct {
		int no;
		const char *name;
	} promised[] = {
		{6, "series"},
		{9, "availability"},
		{10, "qualification-kind"},
		{11, "qualification"},
		{12, "agreement-template"},
		{13, "agreement"},
		{14, "signature"},
		{15, "enquiry"},
		{16, "talk"},
		{17, "phone-round"},
		{18, "vigil"},
		{19, "need"},
		{20, "idea"},
		{21, "practice"},
		{22, "offer"},
		{23, "referral-tally"},
		{24, "hearing"},
		{25, "hearing-answer"},
		{26, "feedback"},
		{27, "handover-note"},
		{28, "issue-of-things"},
		{29, "printed-list"},
		{30, "attachment"},
		{32, "erasure"},
		{34, "alias"},
	};
	bool kept = true, same = true;
	for (size_t i = 0; i < sizeof promised / sizeof *promised; i++) {
		const struct type *t = schema_type(promised[i].no);
		kept = kept && (!t || strcmp(t->name, promised[i].name) == 0);
	}
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		same = same && schema_type(taken[i].no) && strcmp(schema_type(taken[i].no)->name, taken[i].name) == 0;
	ok(kept, "numbers kept for a planned type are used by no other");
	ok(same, "types on disk keep their numbers");
}

static bool is_choice(int set, int no, const char *name)
{
	const struct choice *c = schema_choice(set, no);
	return c && c->no == no && strcmp(c->name, name) == 0;
}

static const struct {
	int set, no;
	const char *name;
} named[] = {
	{SET_SHIFT_STATE, SHIFT_DRAFT, "draft"},
	{SET_SHIFT_STATE, SHIFT_PUBLISHED, "published"},
	{SET_SHIFT_STATE, SHIFT_CANCELLED, "cancelled"},
	{SET_ASSIGNMENT_STATE, ASSIGNMENT_WISHED, "wished"},
	{SET_ASSIGNMENT_STATE, ASSIGNMENT_OFFERED, "offered"},
	{SET_ASSIGNMENT_STATE, ASSIGNMENT_ACCEPTED, "accepted"},
	{SET_ASSIGNMENT_STATE, ASSIGNMENT_DECLINED, "declined"},
	{SET_ASSIGNMENT_STATE, ASSIGNMENT_WITHDRAWN, "withdrawn"},
	{SET_ASSIGNMENT_STATE, ASSIGNMENT_RECONFIRM, "reconfirm"},
	{SET_CALL_OUTCOME, CALL_YES, "yes"},
	{SET_CALL_OUTCOME, CALL_NO, "no"},
	{SET_CALL_OUTCOME, CALL_NO_ANSWER, "no-answer"},
	{SET_CALL_OUTCOME, CALL_AGAIN, "again"},
	{SET_ATTENDANCE, ATTENDANCE_PRESENT, "present"},
	{SET_ATTENDANCE, ATTENDANCE_EXCUSED, "excused"},
	{SET_ATTENDANCE, ATTENDANCE_ABSENT, "absent"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_APPLICANT, "applicant"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_ACTIVE, "active"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_PAUSE, "pause"},
	{SET_VOLUNTEER_STATUS, VOLUNTEER_ENDED, "ended"},
	{SET_CHILD_CHECK, CHILD_NOT_NEEDED, "not-needed"},
	{SET_CHILD_CHECK, CHILD_TO_ORDER, "to-order"},
	{SET_CHILD_CHECK, CHILD_ORDERED, "ordered"},
	{SET_CHILD_CHECK, CHILD_ASSESSED, "assessed"},
	{SET_FREQUENCY, FREQUENCY_WEEKLY, "weekly"},
	{SET_FREQUENCY, FREQUENCY_FORTNIGHTLY, "fortnightly"},
	{SET_FREQUENCY, FREQUENCY_FOUR_WEEKLY, "four-weekly"},
	{SET_FREQUENCY, FREQUENCY_NOW_AND_THEN, "now-and-then"},
	{SET_LINK_KIND, LINK_VOLUNTEER_ROLE, "volunteer-role"},
	{SET_LINK_KIND, LINK_VOLUNTEER_UNIT, "volunteer-unit"},
	{SET_ORGANISATION_KIND, ORGANISATION_OWN_CORPS, "own-corps"},
	{SET_SERIES_EVERY, SERIES_WEEK, "week"},
	{SET_SERIES_EVERY, SERIES_SECOND_WEEK, "second-week"},
	{SET_SERIES_EVERY, SERIES_FOURTH_WEEK, "fourth-week"},
	{SET_SERIES_EVERY, SERIES_FIRST, "first"},
	{SET_SERIES_EVERY, SERIES_FOURTH, "fourth"},
	{SET_SERIES_EVERY, SERIES_LAST, "last"},
	{SET_SERIES_HOLIDAYS, HOLIDAYS_SKIP, "skip"},
	{SET_SERIES_HOLIDAYS, HOLIDAYS_KEEP, "keep"},
	{SET_AVAILABILITY_KIND, AVAILABILITY_CAN, "can"},
	{SET_AVAILABILITY_KIND, AVAILABILITY_CANNOT, "cannot"},
	{SET_AVAILABILITY_KIND, AVAILABILITY_AWAY, "away"},
	{SET_AVAILABILITY_KIND, AVAILABILITY_IF_NEEDED, "if-needed"},
	{SET_AVAILABILITY_EVERY, WEEKS_EVEN, "even-weeks"},
	{SET_AVAILABILITY_EVERY, WEEKS_ODD, "odd-weeks"},
};

/* The choices that code names agree with the table. */
static void check_named_choices(void)
{
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		ok(is_choice(named[i].set, named[i].no, named[i].name), "%s has its number", named[i].name);
}

static void check_choices(void)
{
	bool together = true, whole = true, unique = true;
	for (int set = SET_UNIT_KIND; set <= SET_LINK_KIND; set++) {
		size_t n;
		const struct choice *c = schema_choices(set, &n);
		for (size_t i = 0; i < n; i++) {
			together = together && c[i].set == set;
			whole = whole && is_name(c[i].name) && *c[i].label && schema_choice(set, c[i].no) == &c[i];
			for (size_t k = 0; k < i; k++)
				unique = unique && c[i].no != c[k].no && strcmp(c[i].name, c[k].name) != 0;
		}
	}
	ok(together, "the choices of a set stand together");
	ok(whole, "every choice has a name, a label, and is found by its number");
	ok(unique, "choices of a set differ in number and name");
	size_t n;
	ok(!schema_choices(99, &n) && n == 0 && !schema_choice(SET_ATTENDANCE, 9), "what isn't there isn't found");
}

static void check_acts(void)
{
	static const struct {
		int no;
		const char *label;
	} acts[] = {
#define ACT(NAME, number, label) {number, label},
#include "store/acts.def"
	};
	bool unique = true, labels = true;
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		labels = labels && acts[i].no > 0 && acts[i].no < 256 && *acts[i].label;
		for (size_t k = 0; k < i; k++)
			unique = unique && acts[i].no != acts[k].no;
	}
	ok(unique && labels, "acts have numbers of their own and sentences");
}

static void check_names(void)
{
	const struct type *v = schema_type(TYPE_VOLUNTEER);
	ok(schema_type_named("Volunteers") == v && schema_type_named("VOLUNTEER") == v, "a type by its English label");
	lang_init("da", getenv("top_builddir"));
	if (strcmp(_("Volunteer"), "Frivillig") == 0) {
		ok(schema_type_named("frivillige") == v && schema_type_named("Frivillig") == v,
		   "a type by its Danish label");
		ok(schema_field_named(v, "fornavn") == schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_GIVEN),
		   "a field by its Danish label");
	} else
		skip(2, "the Danish catalogue isn't built");
	ok(schema_field_named(v, "first name") == schema_field(TYPE_VOLUNTEER, F_VOLUNTEER_GIVEN),
	   "and by its English one");
	ok(!schema_field_named(v, "") && !schema_field_named(v, "none"), "a field that isn't there isn't found");
	ok(!schema_field(TYPE_VOLUNTEER, 0) && !schema_field(TYPE_VOLUNTEER, 200) && !schema_field(255, 1) &&
		   !schema_field(999, 1),
	   "nor by a number");
}

int main(void)
{
	size_t n;
	const struct type *t = schema_types(&n);
	check_numbers();
	for (size_t i = 0; i < n; i++) {
		check_fields(&t[i]);
		check_rows(&t[i]);
	}
	check_reserved();
	check_named_choices();
	check_choices();
	check_acts();
	check_names();
	return done_testing();
}
