/* tests/t_hours_by.c - hours added up (roster/hours.h) and the two reports of them: what is planned, told and approved,
 * by person and by organisation and month, and which counts aren't shown. */
#include "export/papers.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tests/rostertest.h"

static struct test_clock clk = {1764576000};        /* 2025-12-01 08:00 UTC */
static struct err e;
static struct { struct store *s; struct id hall, hospice, guide, cross, corps, who[7]; } w;

static struct id shift_at(struct id unit, const char *day, int hour)
{
	struct id shift = test_shift(w.s, unit, w.guide, test_at(day, hour, 0), test_at(day, hour + 3, 0), 9);
	test_set(w.s, TYPE_SHIFT, shift, F_SHIFT_STATE, value_int(SHIFT_PUBLISHED));
	return shift;
}

static struct id put(struct id shift, int who, int attendance)
{
	struct id place = test_assign(w.s, shift, w.who[who], ASSIGNMENT_ACCEPTED);
	if (attendance)
		test_set(w.s, TYPE_ASSIGNMENT, place, F_ASSIGNMENT_ATTENDANCE, value_int(attendance));
	return place;
}

/* Six come through the Red Cross, the seventh is of the own corps. In November: a shift of all, where one stayed away,
 * and one that nobody has recorded; in October one of two. */
static void make_world(void)
{
	struct change_result r;
	w.s = test_store("hours", &clk);
	w.hall = test_unit(w.s, "Forhal");
	w.hospice = test_unit(w.s, "Hospice");
	w.guide = test_role(w.s, "Guide");
	w.cross = test_org(w.s, "Røde Kors");
	w.corps = test_org(w.s, "Eget korps");
	for (int i = 0; i < 7; i++)
		w.who[i] = test_person(w.s, &(struct test_person){.given = (const char *[]){"Ane", "Bo", "Carl", "Dan", "Eva", "Fie", "Gro"}[i],
			.family = "Holm", .organisation = i < 6 ? w.cross : w.corps});
	struct id all = shift_at(w.hall, "2025-11-10", 8), open = shift_at(w.hospice, "2025-11-11", 8), before = shift_at(w.hall, "2025-10-10", 8);
	for (int i = 0; i < 7; i++)
		put(all, i, i == 5 ? ATTENDANCE_ABSENT : ATTENDANCE_PRESENT);
	test_set(w.s, TYPE_ASSIGNMENT, id_assignment(all, w.who[0]), F_ASSIGNMENT_MINUTES, value_int(60));
	test_set(w.s, TYPE_ASSIGNMENT, id_assignment(all, w.who[0]), F_ASSIGNMENT_APPROVED, value_int(test_day("2025-11-30")));
	put(open, 0, 0);
	put(before, 0, ATTENDANCE_PRESENT);
	put(before, 1, ATTENDANCE_PRESENT);
	must(act_assign_places(w.s, before, w.cross, 2, &r, &e), &e, "places");
	must(act_attendance(w.s, id_assignment(before, w.cross), ATTENDANCE_PRESENT, &r, &e), &e, "attendance");
	struct id off = shift_at(w.hall, "2025-11-12", 8), draft = shift_at(w.hall, "2025-11-13", 8);
	put(off, 0, ATTENDANCE_PRESENT);
	put(draft, 6, 0);
	test_set(w.s, TYPE_SHIFT, off, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	test_set(w.s, TYPE_SHIFT, draft, F_SHIFT_STATE, value_int(SHIFT_DRAFT));
}

static const struct hours_of *period(const char *from, const char *to, const struct id *unit, const struct id *org)
{
	static struct hours_of of;
	of = (struct hours_of){test_day(from), test_day(to), unit, org};
	return &of;
}

static bool is_sum(const struct hours_sum *h, int planned, int told, int approved, size_t shifts, size_t unrecorded)
{
	bool is = h->planned == planned && h->told == told && h->approved == approved && h->shifts == shifts && h->unrecorded == unrecorded;
	if (!is)
		diag("%lld %lld %lld, %zu shifts, %zu not recorded", (long long)h->planned, (long long)h->told, (long long)h->approved,
			h->shifts, h->unrecorded);
	return is;
}

static void test_people(void)
{
	struct peek l = look_begin(w.s);
	struct hours_person *all;
	size_t n;
	must(hours_by_person(l.v, l.b, l.a, period("2025-11-01", "2025-12-01", NULL, NULL), &all, &n, &e), &e, "hours");
	is_int((intmax_t)n, 7, "everybody with a place");
	is_str(all[0].person->given, "Ane", "by name, not by hours");
	ok(is_sum(&all[0].of, 360, 60, 60, 1, 1), "planned both, told one, approved it; the other isn't recorded");
	is_int(all[0].ever.minutes, 60 + 180 + 180, "in all as on the card: with what isn't recorded as planned");
	is_int(all[0].year.minutes, all[0].ever.minutes, "and of 12 months");
	ok(is_sum(&all[5].of, 180, 0, 0, 0, 0), "who stayed away has planned hours only");
	must(hours_by_person(l.v, l.b, l.a, period("2025-11-01", "2025-12-01", &w.hospice, NULL), &all, &n, &e), &e, "hours");
	is_int((intmax_t)n, 1, "of one place");
	must(hours_by_person(l.v, l.b, l.a, period("2025-11-01", "2025-12-01", NULL, &w.corps), &all, &n, &e), &e, "hours");
	is_int((intmax_t)n, 1, "of one organisation");
	struct sheet *s = paper_hours_people(l.v, l.b, l.a, period("2025-11-01", "2025-12-01", NULL, NULL), all, n);
	ok(s->shred != DATE_NONE && *s->purpose, "the list of people must be shredded");
	look_end(&l);
}

static void test_organisations(void)
{
	struct peek l = look_begin(w.s);
	const struct hours_of *of = period("2025-10-01", "2025-12-01", NULL, NULL);
	struct hours_month *all;
	struct sheet *s;
	struct buf json = {0};
	size_t n;
	must(hours_by_organisation(l.v, l.b, l.a, of, &all, &n, &e), &e, "hours");
	is_int((intmax_t)n, 3, "an organisation and month that there was somebody in");
	is_str(all[0].org->name, "Eget korps", "by name");
	ok(all[1].month == test_day("2025-10-01") && all[2].month == test_day("2025-11-01"), "then by month");
	ok(is_sum(&all[1].of, 4 * 180, 4 * 180, 0, 4, 0), "places without names count as many as they are");
	is_int((intmax_t)all[1].of.people, 4, "and are people, too");
	ok(is_sum(&all[2].of, 7 * 180, 60 + 4 * 180, 60, 5, 1), "the month's hours");
	is_int((intmax_t)all[2].of.people, 5, "each of the people once");
	must(paper_hours_organisations(l.v, l.b, l.a, of, all, n, &s, &e), &e, "paper");
	is_str(s->rows[1].cells[6].text, "under 5", "four aren't told");
	is_str(s->rows[2].cells[6].text, "5", "five are");
	is_str(s->rows[2].cells[3].text, "13:00", "hours are");
	is_str(s->rows[3].cells[5].text, "", "nor a sum that would tell them");
	ok(s->shred == DATE_NONE, "nobody's name is on it");
	must(paper_hours_organisations_json(l.v, all, n, &json, &e), &e, "json");
	ok(strstr(json.p, "\"people\": null") && strstr(json.p, "\"people\": 5") && !strstr(json.p, "\"people\": 4"), "nor as JSON");
	buf_free(&json);
	look_end(&l);
}

/* The shifts of October need 9 and have 4, those of November that aren't called off 9 + 9 + 9 and have 8 (the seventh
 * stands as absent) and a draft's 1. */
static void test_report(void)
{
	struct peek l = look_begin(w.s);
	const struct hours_of of = {.from = test_day("2025-10-01"), .to = test_day("2026-02-01")};
	const struct hours_of hospice = {.from = of.from, .to = of.to, .unit = &w.hospice};
	struct sheet *s;
	must(paper_report(l.v, l.b, l.a, &of, &s, &e), &e, "report");
	is_int((intmax_t)s->nrows, 4, "a report has a row a month");
	is_str(s->rows[0].cells[1].text, "under 5", "with no small count of people");
	is_int(s->rows[1].cells[1].value, 6, "but others");
	is_int(s->rows[0].cells[3].value, 12, "the hours of October");
	is_int(s->rows[1].cells[3].value, 16, "and of November, as told");
	is_int(s->rows[0].cells[4].value, 9, "places that were needed");
	is_int(s->rows[0].cells[6].value, 100 * s->rows[0].cells[5].value / 9, "and how many of them were filled, in per cent");
	is_str(s->rows[3].cells[3].text, "", "nobody has come in January yet");
	is_int((intmax_t)s->ncharts, 2, "with pictures of hours and places");
	must(paper_report(l.v, l.b, l.a, &hospice, &s, &e), &e, "report of a unit");
	is_int(s->rows[0].cells[4].value, 0, "of a unit: only its shifts");
	ok(strstr(s->period, "Hospice") != NULL, "which it says");
	look_end(&l);
}

int main(void)
{
	lang_init("en", getenv("top_builddir") ? getenv("top_builddir") : ".");
	make_world();
	test_people();
	test_organisations();
	test_report();
	test_report();
	store_close(w.s);
	return done_testing();
}
