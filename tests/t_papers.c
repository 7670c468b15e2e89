/* tests/t_papers.c - what stands on a roster's paper, on a list of gaps and on a list of records, and the same as JSON.
 */
#include "export/papers.h"

#include <jansson.h>
#include <string.h>

#include "tests/importtest.h"

static const civil_date MONDAY = 20423; /* 2025-12-01 */

static struct store *small_world(struct test_clock *clock)
{
	struct store *s = test_store("papers", clock);
	take_text(s, "enheder.csv", "Navn;Art\nForhal, Viborg;sted\nBørneafdelingen;afdeling\n");
	take_text(s, "organisationer.csv", "Navn;Type\nDansk Røde Kors, Viborg;A\n");
	take_text(s, "opgaver.csv", "Opgave;Sted\nHospitalsguide;Forhal, Viborg\nLegeven;Børneafdelingen\n");
	take_text(s, "frivillige.csv",
		  "Fornavn;Efternavn;Telefon;By;Via\nMerete;Kjeldsen-Magnussen;27723297;Hammel;Røde Kors\n"
		  "Bo;Lund;23456789;Viborg;\nÅse;Aagaard;21222324;Viborg;Røde Kors\n");
	take_text(s, "vagter.csv",
		  "Dato;Tid;Sted;Opgave;Behov;Frivillige;Note\n"
		  "1/12 2025;8-11;Forhal, Viborg;Hospitalsguide;4;Merete Kjeldsen-Magnussen, Bo Lund;medbring vest\n"
		  "3/12 2025;14-16;Børneafdelingen;Legeven;1;Åse Aagaard;AFLYST\n"
		  "5/12 2025;20-02;Forhal, Viborg;Hospitalsguide;1;2 fra Røde Kors;\n");
	return s;
}

static struct sheet *roster(struct peek *l, enum roster_layout layout, bool phones)
{
	struct roster_paper how = {.from = MONDAY, .to = MONDAY + 7, .layout = layout, .phones = phones};
	struct sheet *s;
	struct err e = {0};
	must(paper_roster(l->v, l->b, l->a, &how, &s, &e), &e, "roster");
	return s;
}

static const char *text_of(struct arena *a, const struct sheet *s, int width)
{
	struct buf b = {0};
	sheet_write(s, SHEET_TEXT, &(struct sheet_style){.width = width}, &b);
	const char *text = arena_strdup(a, b.p);
	buf_free(&b);
	return text;
}

static void test_list(struct peek *l)
{
	is_str(text_of(l->a, roster(l, ROSTER_LIST, false), 80),
	       "Roster week 49 · Mon 1/12 2025 – Sun 7/12 2025\n"
	       "\n"
	       "Time        │ Place           │ Need │ Volunteers\n"
	       "            │ Role            │      │ Status\n"
	       "            │                 │      │ Note\n"
	       "────────────┼─────────────────┼──────┼───────────────────────────────────\n"
	       "Monday 1 December 2025\n"
	       "08:00–11:00 │ Forhal, Viborg  │    4 │ Merete Kjeldsen-Magnussen, Bo Lund\n"
	       "            │ Hospitalsguide  │      │ ! 2 open\n"
	       "            │                 │      │ medbring vest\n"
	       "\n"
	       "Wednesday 3 December 2025\n"
	       "14:00–16:00 │ Børneafdelingen │    1 │ Åse Aagaard\n"
	       "            │ Legeven         │      │ × called off\n"
	       "\n"
	       "Friday 5 December 2025\n"
	       "20:00–02:00 │ Forhal, Viborg  │    1 │ 2 from Dansk Røde Kors, Viborg\n"
	       "            │ Hospitalsguide  │      │ 1 too many\n"
	       "\n"
	       "3 shifts: 3 of 5 places filled, 2 open, 1 called off\n"
	       "Made so that volunteers and wards know who comes when. Not to be passed on.\n"
	       "To be shredded by 14/12 2025\n"
	       "Viborg · 1/12 2025 09:00\n",
	       "the week on 80 columns");
	ok(strstr(text_of(l->a, roster(l, ROSTER_LIST, true), 120), "Bo Lund 23 45 67 89") != NULL,
	   "with phones for the office");
}

static void test_grid(struct peek *l)
{
	const struct sheet *s = roster(l, ROSTER_GRID, false);
	struct roster_paper how = {.from = MONDAY + 1, .to = MONDAY + 8, .layout = ROSTER_GRID};
	struct sheet *none;
	struct err e = {0};
	is_int((intmax_t)s->ncolumns, 8, "a row's heading and seven days");
	is_int((intmax_t)s->nrows, 3, "a row for each place and time");
	is_str(s->columns[3].title, "Wed 3/12", "the days have their dates");
	is_str(s->rows[0].cells[0].text, "Børneafdelingen\nLegeven\n14:00–16:00", "where, what and when");
	is_str(s->rows[0].cells[3].text, "(called off)\nÅse Aagaard", "called off, and who it was");
	is_int(s->rows[0].cells[3].mark, CELL_CANCELLED, "marked");
	is_str(s->rows[1].cells[1].text, "(2 open)\nMerete Kjeldsen-Magnussen\nBo Lund", "a gap comes first");
	is_str(s->rows[2].cells[0].text, "Forhal, Viborg\nHospitalsguide\n20:00–02:00", "over midnight");
	is_int(paper_roster(l->v, l->b, l->a, &how, &none, &e), ERR_USAGE, "a grid begins on a Monday");
	how = (struct roster_paper){.from = MONDAY - 7, .to = MONDAY + 7, .layout = ROSTER_GRID};
	must(paper_roster(l->v, l->b, l->a, &how, &none, &e), &e, "two weeks");
	is_int(none->rows[0].kind, ROW_GROUP, "several weeks are groups");
	is_str(none->columns[1].title, "Mon", "of weekdays");
}

static void test_gaps(struct peek *l)
{
	struct sheet *s;
	struct err e = {0};
	must(paper_gaps(l->v, l->b, l->a, NULL, MONDAY, MONDAY + 7, &s, &e), &e, "gaps");
	is_int((intmax_t)s->nrows, 2, "one gap under its day");
	is_str(s->rows[1].cells[5].text, "2 open", "how many places");
	is_int(s->rows[1].cells[5].mark, CELL_GAP, "loud");
}

/* What is called off, asked or open must not look like somebody who comes. */
static void test_that_day(struct peek *l)
{
	struct sheet *s;
	struct buf b = {0};
	struct err e = {0};
	json_error_t je;
	must(paper_today(l->v, l->b, l->a, cmin_at(MONDAY + 2, 9 * 60), &s, &e), &e, "today");
	is_str(text_of(l->a, s, 0),
	       "Today · Wednesday 3 December 2025\n"
	       "\n"
	       "Time        │ Place           │ Role     │ Need │ Volunteers   │ Status       │ Note\n"
	       "────────────┼─────────────────┼──────────┼──────┼──────────────┼──────────────┼─────\n"
	       "Coming today\n"
	       "14:00–16:00 │ Børneafdelingen │ Legeven  │    1 │ Åse Aagaard  │ × called off │\n"
	       "\n"
	       "Made so that volunteers and wards know who comes when. Not to be passed on.\n"
	       "To be shredded by 10/12 2025\n"
	       "Viborg · 1/12 2025 09:00\n",
	       "a shift that is called off says so");
	must(paper_today(l->v, l->b, l->a, cmin_at(MONDAY, 0), &s, &e), &e, "today");
	is_str(s->rows[s->nrows - 1].cells[0].text, "08:00–11:00", "today's gaps by their hours");
	must(paper_today(l->v, l->b, l->a, cmin_at(MONDAY - 1, 0), &s, &e), &e, "today");
	is_str(s->rows[s->nrows - 1].cells[0].text, "Mon 1/12 08:00–11:00", "tomorrow's with the day");
	must(paper_today_json(l->v, l->b, l->a, cmin_at(MONDAY + 2, 9 * 60), &b, &e), &e, "json");
	json_t *o = json_loads(b.p, 0, &je), *coming = json_object_get(o, "coming");
	is_str(json_string_value(json_object_get(json_array_get(coming, 0), "state")), "cancelled", "so does the JSON");
	is_str(json_string_value(json_object_get(o, "now")), "2025-12-03T09:00", "which has the time");
	ok(json_is_array(json_object_get(o, "here")) && json_is_array(json_object_get(o, "gaps")) &&
		   json_is_array(json_object_get(o, "gone")),
	   "and the other lists");
	json_decref(o);
	buf_free(&b);
}

static void test_records(struct peek *l)
{
	const struct type *t = schema_type(TYPE_VOLUNTEER);
	const struct list_filter filters[] = {
		{schema_field_named(t, "city"), "viborg"},
		{schema_field_named(t, "organisation"), "røde"},
		{schema_field_named(t, "status"), "active"},
	};
	struct list_paper filtered = {.type = TYPE_VOLUNTEER, .filters = filters, .nfilters = 3};
	struct sheet *s;
	struct err e = {0};
	must(paper_list(l->v, l->a, &(struct list_paper){.type = TYPE_VOLUNTEER}, &s, &e), &e, "list");
	is_int((intmax_t)s->nrows, 3, "everybody");
	is_str(s->rows[2].cells[0].text, "Åse", "in Danish order: å comes last");
	ok(*s->purpose && s->shred == MONDAY + 7, "a list of people says why, and until when");
	must(paper_list(l->v, l->a, &filtered, &s, &e), &e, "filtered");
	ok(s->nrows == 1 && !strcmp(s->rows[0].cells[0].text, "Åse"),
	   "filters by text, by whom it points to and by choice");
	must(paper_list(l->v, l->a, &(struct list_paper){.type = TYPE_UNIT}, &s, &e), &e, "units");
	ok(s->shred == DATE_NONE, "a list without people may lie about");
}

static void test_json(struct peek *l)
{
	struct roster_paper how = {.from = MONDAY, .to = MONDAY + 7};
	struct buf b = {0};
	struct err e = {0};
	json_error_t je;
	must(paper_roster_json(l->v, l->b, l->a, &how, &b, &e), &e, "json");
	json_t *o = json_loads(b.p, 0, &je), *shifts = json_object_get(o, "shifts"), *last = json_array_get(shifts, 2);
	json_t *seat = json_array_get(json_object_get(last, "people"), 0);
	is_int((intmax_t)json_array_size(shifts), 3, "all shifts");
	is_str(json_string_value(json_object_get(o, "to")), "2025-12-07", "the last day");
	is_str(json_string_value(json_object_get(last, "end")), "2025-12-06T02:00", "a time");
	is_str(json_string_value(json_object_get(json_array_get(shifts, 1), "state")), "cancelled",
	       "a choice by its name");
	is_int(json_integer_value(json_object_get(seat, "places")), 2, "an organisation's places");
	ok(json_object_get(seat, "organisation") && !json_object_get(seat, "volunteer"), "and whose they are");
	json_decref(o);
	buf_free(&b);
}

int main(void)
{
	struct test_clock clock = {1764576000};
	struct store *s = small_world(&clock);
	struct peek l = look_begin(s);
	test_list(&l);
	test_grid(&l);
	test_gaps(&l);
	test_that_day(&l);
	test_records(&l);
	test_json(&l);
	look_end(&l);
	store_close(s);
	return done_testing();
}
