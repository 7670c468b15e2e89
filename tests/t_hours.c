/* tests/t_hours.c - the hours statement (paper_hours): which places are on it, how long they were, and under what they
 * are summed. */
#include "export/person.h"

#include <stdio.h>
#include <string.h>

#include "tests/rostertest.h"

enum { HOURS = 7, KIND = 8 };

static struct test_clock now;
static struct err e;

struct world { struct store *s; struct id me, unit, work, visit, unclear, corps, club; };

static struct id make_role(struct store *s, const char *name, int answer)
{
	static const int fields[] = {F_ROLE_DUTY, F_ROLE_SUBSTITUTE, F_ROLE_INSTRUCTED, F_ROLE_STAFF_WORK};
	struct id role = test_role(s, name);
	for (size_t i = 0; i < 4; i++)
		test_set(s, TYPE_ROLE, role, fields[i], value_int(answer));
	test_set(s, TYPE_ROLE, role, F_ROLE_SOCIAL, value_int(answer == ANSWER_YES ? ANSWER_NO : ANSWER_YES));
	return role;
}

static struct world make_world(const char *name)
{
	struct world w = {.s = test_store(name, &now)};
	w.me = test_volunteer(w.s, "Anna", "Holm");
	w.unit = test_unit(w.s, "Forhal");
	w.work = make_role(w.s, "Guide", ANSWER_YES);
	w.visit = make_role(w.s, "Vågevagt", ANSWER_NO);
	w.unclear = test_role(w.s, "Mentor");
	w.corps = test_org(w.s, "Eget korps");
	w.club = test_org(w.s, "Røde Kors");
	test_set(w.s, TYPE_ORGANISATION, w.corps, F_ORGANISATION_KIND, value_int(ORGANISATION_OWN_CORPS));
	return w;
}

/* A place on a shift of three hours, accepted and attended. */
static struct id place(struct world *w, const char *day, int hour, struct id role, struct id org)
{
	struct id shift = test_shift(w->s, w->unit, role, test_at(day, hour, 0), test_at(day, hour + 3, 0), 2);
	test_set(w->s, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	struct id id = test_assign(w->s, shift, w->me, ASSIGNMENT_ACCEPTED);
	test_set(w->s, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_ORGANISATION, value_id_or_none(org));
	test_set(w->s, TYPE_ASSIGNMENT, id, F_ASSIGNMENT_ATTENDANCE, value_int(ATTENDANCE_PRESENT));
	return id;
}

static void set(struct world *w, struct id place, int field, int value)
{
	test_set(w->s, TYPE_ASSIGNMENT, place, field, value ? value_int(value) : value_none());
}

static struct sheet *sheet_of(struct peek *l, struct world *w, const char *day)
{
	struct sheet *s = NULL;
	must(paper_hours(l->v, l->b, l->a, w->me, test_day(day), &s, &e), &e, "sheet");
	return s;
}

static size_t rows_of(const struct sheet *s, enum row_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < s->nrows; i++)
		n += s->rows[i].kind == kind;
	return n;
}

/* The sum under a kind; "" none. */
static const char *sum_of(const struct sheet *s, const char *kind)
{
	for (size_t i = 0; i < s->nrows; i++)
		if (s->rows[i].kind == ROW_TOTAL && strcmp(s->rows[i].cells[KIND].text, kind) == 0)
			return s->rows[i].cells[HOURS].text;
	return "";
}

static bool is_noted(const struct sheet *s, const char *text)
{
	for (size_t i = 0; i < s->nnotes; i++)
		if (strstr(s->notes[i], text))
			return true;
	return false;
}

#define DIRECT "work straight for the workplace"
#define THROUGH "work through an organisation"
#define EFFORT "volunteer effort (a visit, a vigil)"
#define UNCLEAR "not clear"

static void test_kinds(void)
{
	struct world w = make_world("kinds");
	const struct { struct id role, org; const char *kind, *says; } all[] = {
		{w.work, w.corps, DIRECT, "work, own corps"},
		{w.work, w.club, THROUGH, "work, an organisation"},
		{w.visit, w.corps, EFFORT, "a visit, own corps"},
		{w.visit, w.club, EFFORT, "a visit, an organisation"},
		{w.visit, ID_NONE, EFFORT, "a visit, nobody knows through whom"},
		{w.unclear, w.corps, UNCLEAR, "nobody has judged the role, own corps"},
		{w.unclear, w.club, UNCLEAR, "nobody has judged the role, an organisation"},
		{w.work, ID_NONE, UNCLEAR, "work, nobody knows through whom"},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char day[16];
		snprintf(day, sizeof day, "2025-%02zu-05", i + 1);
		place(&w, day, 9, all[i].role, all[i].org);
		struct peek l = look_begin(w.s);
		struct sheet *s = sheet_of(&l, &w, day);
		is_str(sum_of(s, all[i].kind), "3:00", "%s", all[i].says);
		is_int((intmax_t)rows_of(s, ROW_TOTAL), 2, "and under nothing else");
		look_end(&l);
	}
	test_set(w.s, TYPE_VOLUNTEER, w.me, F_VOLUNTEER_ORGANISATION, value_id(w.corps));
	struct peek l = look_begin(w.s);
	is_str(sum_of(sheet_of(&l, &w, "2025-08-01"), DIRECT), "3:00", "where a place doesn't say it, the volunteer does");
	look_end(&l);
	store_close(w.s);
}

static void test_which(void)
{
	struct world w = make_world("which");
	set(&w, place(&w, "2025-11-03", 9, w.work, w.club), F_ASSIGNMENT_MINUTES, 75);
	set(&w, place(&w, "2025-11-04", 9, w.work, w.club), F_ASSIGNMENT_ATTENDANCE, 0);
	set(&w, place(&w, "2025-11-05", 9, w.work, w.club), F_ASSIGNMENT_ATTENDANCE, ATTENDANCE_ABSENT);
	set(&w, place(&w, "2025-11-06", 9, w.work, w.club), F_ASSIGNMENT_ATTENDANCE, ATTENDANCE_EXCUSED);
	set(&w, place(&w, "2025-11-07", 9, w.work, w.club), F_ASSIGNMENT_STATE, ASSIGNMENT_WITHDRAWN);
	set(&w, place(&w, "2025-11-08", 9, w.work, w.club), F_ASSIGNMENT_STATE, ASSIGNMENT_OFFERED);
	struct id off = place(&w, "2025-11-09", 9, w.work, w.club);
	place(&w, "2025-10-31", 9, w.work, w.club);
	place(&w, "2025-11-30", 20, w.work, w.club);
	set(&w, place(&w, "2025-12-01", 8, w.work, w.club), F_ASSIGNMENT_ATTENDANCE, 0);
	set(&w, place(&w, "2025-12-01", 5, w.work, w.club), F_ASSIGNMENT_ATTENDANCE, 0);
	struct peek l = look_begin(w.s);
	struct rec *r;
	must(view_get(l.v, l.a, TYPE_ASSIGNMENT, off, &r, &e), &e, "place");
	struct id shift = rec_id(r, F_ASSIGNMENT_SHIFT);
	look_end(&l);
	test_set(w.s, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	l = look_begin(w.s);
	struct sheet *s = sheet_of(&l, &w, "2025-11-17");
	is_int((intmax_t)rows_of(s, ROW_DATA), 3, "attended, or past and not recorded; of the month alone");
	is_str(sum_of(s, "all hours"), "7:15", "told hours go before planned ones");
	ok(is_noted(s, "Of 1 shift nobody has recorded"), "what isn't recorded is said");
	ok(is_noted(s, "44") && is_noted(s, "65") && is_noted(s, "foa.dk"), "the limits stand there with their sources");
	ok(is_noted(s, "decides"), "and that it decides nothing");
	ok(!strstr(s->title, "Anna") && strstr(s->period, "Anna") != NULL, "the title, which is put down, names nobody");
	s = sheet_of(&l, &w, "2025-12-31");
	is_int((intmax_t)rows_of(s, ROW_DATA), 1, "a shift that isn't over isn't counted yet");
	ok(is_noted(s, "isn't over"), "nor is the month");
	is_int(paper_hours(l.v, l.b, l.a, w.me, test_day("2026-01-01"), &s, &e), ERR_USAGE, "a month that hasn't begun");
	is_int(paper_hours(l.v, l.b, l.a, w.unit, test_day("2025-11-01"), &s, &e), ERR_NOTFOUND, "nobody's hours");
	look_end(&l);
	store_close(w.s);
}

int main(void)
{
	now.t = 1764579600;
	test_kinds();
	test_which();
	return done_testing();
}
