/* tests/t_sheet.c - one sheet, four back ends: the same cells in each, text that never cuts a word, CSV that no
 * spreadsheet runs and that reads back the same, a page that tidy and xmllint accept. */
#include "export/sheet.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "export/import.h"
#include "tests/tap.h"

/* A small roster: groups, a gap, a called-off shift, a sum, names with hyphens, characters that every format must
 * guard. */
static struct sheet *small_roster(struct arena *a)
{
	struct sheet *s = sheet_new(a, "Vagtplan uge 49");
	struct sheet_row *r;

	s->period = "1.–7. december 2025";
	s->purpose = "Purpose: planning";
	s->shred = civil_from_ymd(2026, 1, 7);
	s->group_id = "date";
	s->group_title = "Dag";
	sheet_column(s, "time", "Tid", ALIGN_LEFT, 5, 11);
	sheet_column(s, "place", "Sted", ALIGN_LEFT, 5, 14);
	sheet_column(s, "need", "Behov", ALIGN_RIGHT, 2, 5);
	sheet_column(s, "people", "Frivillige", ALIGN_LEFT, 10, 40);
	r = sheet_row(s, ROW_GROUP);
	r->cells[0] = sheet_date(a, civil_from_ymd(2025, 12, 3), CIVIL_ISO);
	r = sheet_row(s, ROW_DATA);
	r->cells[0] = sheet_text("08:00");
	r->cells[1] = sheet_text("Forhal, Viborg");
	r->cells[2] = sheet_int(a, 4);
	r->cells[3] = sheet_text("Merete Kjeldsen-Magnussen, Åse <Ø> & \"Bo\", mangler 2");
	r->cells[3].mark = CELL_GAP;
	r = sheet_row(s, ROW_DATA);
	r->cells[0] = sheet_text("24:00");
	r->cells[1] = sheet_text("=HYPERLINK(\"x\")");
	r->cells[2] = sheet_int(a, -1);
	r->cells[3] = sheet_text("Aflyst; ring");
	r->cells[3].mark = CELL_CANCELLED;
	r = sheet_row(s, ROW_TOTAL);
	r->cells[0] = sheet_text("I alt");
	r->cells[2] = sheet_int(a, 3);
	sheet_note(s, "A note");
	return s;
}

static char *written(const struct sheet *s, enum sheet_format f, const struct sheet_style *style)
{
	struct buf b = {0};
	sheet_write(s, f, style, &b);
	ok(!b.oom && text_valid(b.p, b.n), "format %d is valid UTF-8", (int)f);
	char *copy = arena_strdup(s->arena, b.p);
	buf_free(&b);
	return copy;
}

static void test_text(struct sheet *s)
{
	is_str(written(s, SHEET_TEXT, NULL),
	       "Vagtplan uge 49 · 1.–7. december 2025\n"
	       "\n"
	       "Tid   │ Sted            │ Behov │ Frivillige\n"
	       "──────┼─────────────────┼───────┼───────────────────────────────────────────────────────\n"
	       "2025-12-03\n"
	       "08:00 │ Forhal, Viborg  │     4 │ ! Merete Kjeldsen-Magnussen, Åse <Ø> & \"Bo\", mangler 2\n"
	       "24:00 │ =HYPERLINK(\"x\") │    -1 │ × Aflyst; ring\n"
	       "──────┼─────────────────┼───────┼───────────────────────────────────────────────────────\n"
	       "I alt │                 │     3 │\n"
	       "\n"
	       "A note\n"
	       "Purpose: planning\n"
	       "To be shredded by 7/1 2026\n",
	       "text as wide as needed");
	is_str(written(s, SHEET_TEXT, &(struct sheet_style){.width = 60, .ascii = true}),
	       "Vagtplan uge 49 · 1.–7. december 2025\n"
	       "\n"
	       "Tid   | Sted            | Behov | Frivillige\n"
	       "------+-----------------+-------+---------------------------\n"
	       "2025-12-03\n"
	       "08:00 | Forhal, Viborg  |     4 | ! Merete Kjeldsen-\n"
	       "      |                 |       | Magnussen, Åse <Ø> & \"Bo\",\n"
	       "      |                 |       | mangler 2\n"
	       "24:00 | =HYPERLINK(\"x\") |    -1 | x Aflyst; ring\n"
	       "------+-----------------+-------+---------------------------\n"
	       "I alt |                 |     3 |\n"
	       "\n"
	       "A note\n"
	       "Purpose: planning\n"
	       "To be shredded by 7/1 2026\n",
	       "text in 60 columns wraps at blanks and hyphens");
	is_str(written(s, SHEET_TEXT, &(struct sheet_style){.width = 30}),
	       "Vagtplan uge 49 · 1.–7.\n"
	       "december 2025\n"
	       "\n"
	       "2025-12-03\n"
	       "\n"
	       "Tid: 08:00\n"
	       "Sted: Forhal, Viborg\n"
	       "Behov: 4\n"
	       "Frivillige: ! Merete Kjeldsen-\n"
	       "Magnussen, Åse <Ø> & \"Bo\",\n"
	       "mangler 2\n"
	       "\n"
	       "Tid: 24:00\n"
	       "Sted: =HYPERLINK(\"x\")\n"
	       "Behov: -1\n"
	       "Frivillige: × Aflyst; ring\n"
	       "\n"
	       "Tid: I alt\n"
	       "Behov: 3\n"
	       "\n"
	       "A note\n"
	       "Purpose: planning\n"
	       "To be shredded by 7/1 2026\n",
	       "what is too wide becomes blocks");
}

/* Somebody's text may begin with what mostly stands between two. */
static void test_begins_with_a_dot(struct arena *a)
{
	struct sheet *s = sheet_new(a, "T");
	sheet_column(s, "note", "Note", ALIGN_LEFT, 4, 20);
	sheet_row(s, ROW_DATA)->cells[0].text = " · ring, or come by some time today";
	char *text = written(s, SHEET_TEXT, &(struct sheet_style){.width = 20, .ascii = true});
	ok(strstr(text, " ring,") && strstr(text, "or come by") && strstr(text, "today"), "a line that begins with a dot is wrapped too");
}

/* No width may lose a letter or cut a word. */
static void test_every_width(struct sheet *s)
{
	static const char *const words[] = {"Kjeldsen-", "Magnussen,", "Forhal,", "Viborg",
					    "mangler",   "Aflyst;",    "08:00"};
	int lost = 0;
	for (int width = 1; width <= 120; width++) {
		char *t = written(s, SHEET_TEXT, &(struct sheet_style){.width = width});
		for (size_t i = 0; i < sizeof words / sizeof *words; i++)
			lost += !strstr(t, words[i]);
		for (char *line = strtok_r(t, "\n", &t); width >= 44 && line; line = strtok_r(NULL, "\n", &t))
			lost += text_width(line) > width;
	}
	is_int(lost, 0, "no word is lost and no line is too long at widths 1 to 120");
}

static void test_grid_has_rules(struct arena *a)
{
	struct sheet *s = sheet_new(a, "G");
	sheet_column(s, "row", "R", ALIGN_LEFT, 0, 0);
	sheet_column(s, "mon", "Man", ALIGN_LEFT, 0, 0);
	sheet_row(s, ROW_DATA)->cells[1] = sheet_text("A\nB");
	sheet_row(s, ROW_DATA)->cells[1] = sheet_text("C");
	is_str(written(s, SHEET_TEXT, &(struct sheet_style){.ascii = true}),
	       "G\n\nR | Man\n--+----\n  | A\n  | B\n--+----\n  | C\n\n", "rows of several lines are ruled apart");
}

static void test_csv(struct sheet *s)
{
	is_str(written(s, SHEET_CSV, NULL),
	       "\xEF\xBB\xBF"
	       "Dag;Tid;Sted;Behov;Frivillige\r\n"
	       "03-12-2025;08:00;Forhal, Viborg;4;\"Merete Kjeldsen-Magnussen, Åse <Ø> & \"\"Bo\"\", mangler 2\"\r\n"
	       "03-12-2025;24:00;\"'=HYPERLINK(\"\"x\"\")\";-1;\"Aflyst; ring\"\r\n",
	       "CSV for a Danish spreadsheet");
	is_str(written(s, SHEET_CSV, &(struct sheet_style){0}),
	       "date,time,place,need,people\r\n"
	       "2025-12-03,08:00,\"Forhal, Viborg\",4,\"Merete Kjeldsen-Magnussen, Åse <Ø> & \"\"Bo\"\", mangler "
	       "2\"\r\n"
	       "2025-12-03,24:00,\"'=HYPERLINK(\"\"x\"\")\",-1,Aflyst; ring\r\n",
	       "CSV for a program");
}

/* What a spreadsheet would take for a number loses its plus, and a moment is one when it is written as there. */
static void test_csv_values(struct arena *a)
{
	struct sheet *s = sheet_new(a, "T");
	sheet_column(s, "phone", "Telefon", ALIGN_LEFT, 0, 0);
	sheet_column(s, "from", "Fra", ALIGN_LEFT, 0, 0);
	struct sheet_row *r = sheet_row(s, ROW_DATA);
	r->cells[0] = sheet_text("+46701234567");
	r->cells[1] = sheet_datetime("Wed 3/12 2025 08:00", cmin_at(civil_from_ymd(2025, 12, 3), 480));
	is_str(written(s, SHEET_CSV, NULL), "\xEF\xBB\xBFTelefon;Fra\r\n'+46701234567;03-12-2025 08:00\r\n",
	       "for a Danish spreadsheet");
	is_str(written(s, SHEET_CSV, &(struct sheet_style){0}), "phone,from\r\n'+46701234567,2025-12-03T08:00\r\n",
	       "for a program");
	ok(strstr(written(s, SHEET_JSON, NULL), "\"value\": \"2025-12-03T08:00\"") != NULL, "in JSON");
	ok(strstr(written(s, SHEET_HTML, NULL), "<td>Wed 3/12 2025 08:00</td>") != NULL, "and for people");
}

static void test_csv_reads_back(struct arena *a)
{
	static const char *const texts[] = {
		"=1+1", "+45 2779 9538", "-5",  "-5,5", "@SUM(A1)", "\tx", "'=x",  "''-a", "'plain", "a\nb",
		"\"",   "\"\"",          "a;b", "a,b",  "=\"",      "–",   "+1+1", "-",    "1.2.3",
		"+46701234567",
	};
	struct sheet *s = sheet_new(a, "T");
	struct table t;
	struct err e = {0};
	char *path = os_path_join(a, test_dir(), "back.csv");

	sheet_column(s, "one", "En", ALIGN_LEFT, 0, 0);
	sheet_column(s, "two", "To", ALIGN_LEFT, 0, 0);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct sheet_row *r = sheet_row(s, ROW_DATA);
		r->cells[0] = sheet_text("x");
		r->cells[1] = sheet_text(texts[i]);
	}
	for (int danish = 0; danish <= 1; danish++) {
		char *csv = written(s, SHEET_CSV, &(struct sheet_style){.danish_excel = danish});
		ok(!os_write_file(path, csv, strlen(csv), &e) && !import_read(a, path, &t, &e), "CSV is read (%s)",
		   e.text);
		for (size_t i = 0; i < sizeof texts / sizeof *texts && i < t.nrows; i++)
			is_str(t.rows[i].cells[1], texts[i], "cell %zu reads back", i);
	}
}

/* Every cell's text in every format, whatever it is wrapped in. */
static void test_same_cells(struct sheet *s)
{
	json_error_t je;
	json_t *o = json_loads(written(s, SHEET_JSON, NULL), 0, &je), *rows = json_object_get(o, "rows");
	const char *html = written(s, SHEET_HTML, NULL);

	ok(o != NULL, "JSON is JSON");
	is_int((intmax_t)json_array_size(rows), (intmax_t)s->nrows, "JSON has all rows");
	for (size_t i = 0; i < s->nrows; i++) {
		json_t *cells = json_object_get(json_array_get(rows, i), "cells");
		for (size_t k = 0; k < json_array_size(cells); k++)
			is_str(json_string_value(json_object_get(json_array_get(cells, k), "text")),
			       s->rows[i].cells[k].text, "JSON cell %zu,%zu", i, k);
	}
	is_str(json_string_value(
		       json_object_get(json_array_get(json_object_get(json_array_get(rows, 0), "cells"), 0), "value")),
	       "2025-12-03", "a date is a date");
	is_str(json_string_value(json_object_get(o, "shred")), "2026-01-07", "the shred date stands in JSON");
	ok(strstr(html, "<td class=\"gap\">! Merete Kjeldsen-Magnussen, Åse &lt;Ø&gt; &amp; &quot;Bo&quot;, mangler "
			"2</td>") != NULL,
	   "HTML: gap with its glyph, escaped");
	ok(strstr(html, "<td class=\"cancelled\">× Aflyst; ring</td>") != NULL, "HTML: called off");
	ok(strstr(html, "<td class=\"right\">-1</td>") != NULL, "HTML: number to the right");
	ok(strstr(html, "<th scope=\"rowgroup\" colspan=\"4\">2025-12-03</th>") != NULL, "HTML: group");
	ok(strstr(html, "To be shredded by 7/1 2026") && strstr(html, "Purpose: planning"),
	   "HTML: purpose and shred date");
	ok(!strstr(html, "<script") && !strstr(html, "http"), "HTML: no scripts, nothing fetched");
	json_decref(o);
}

static void test_html_checkers(struct sheet *s)
{
	static const char *const checkers[][2] = {
		{"tidy", "tidy -errors -quiet --warn-proprietary-attributes no '%s' 2>'%s.log' && test ! -s '%s.log'"},
		{"xmllint", "xmllint --html --noout '%s' 2>'%s.log' && test ! -s '%s.log'"},
	};
	struct err e;
	const char *html = written(s, SHEET_HTML, NULL);
	char *path = os_path_join(s->arena, test_dir(), "page.html");

	if (!ok(!os_write_file(path, html, strlen(html), &e), "page written"))
		return;
	for (size_t i = 0; i < sizeof checkers / sizeof *checkers; i++) {
		if (system(arena_printf(s->arena, "command -v %s >/dev/null", checkers[i][0]))) {
			skip(1, arena_printf(s->arena, "%s is missing", checkers[i][0]));
			continue;
		}
		struct buf cmd = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		buf_addf(&cmd, checkers[i][1], path, path, path);
#pragma GCC diagnostic pop
		ok(system(cmd.p) == 0, "%s finds no fault in the page", checkers[i][0]);
		buf_free(&cmd);
	}
}

static void test_names(void)
{
	static const char *const names[] = {"text", "csv", "html", "json", "pdf", "xlsx"};
	for (int i = 0; i < 6; i++)
		is_int(sheet_format_named(names[i]), i, "%s", names[i]);
	is_int(sheet_format_named("doc"), -1, "an unknown format");
}

/* ---- times and durations, faces, fewer columns -------------------------------------------------------- */

static void test_times(struct arena *a)
{
	struct sheet *s = sheet_new(a, "T");
	sheet_column(s, "at", "Kl.", ALIGN_LEFT, 0, 0);
	sheet_column(s, "long", "Timer", ALIGN_RIGHT, 0, 0);
	struct sheet_row *r = sheet_row(s, ROW_DATA);
	r->cells[0] = sheet_time(a, 450);
	r->cells[1] = sheet_minutes(a, 1565);
	r = sheet_row(s, ROW_DATA);
	r->cells[0] = sheet_time(a, 1440);
	r->cells[1] = sheet_minutes(a, -30);
	is_str(written(s, SHEET_TEXT, NULL), "T\n\nKl.   │ Timer\n──────┼──────\n07:30 │ 26:05\n24:00 │ -0:30\n\n", "times for people");
	is_str(written(s, SHEET_CSV, NULL), "\xEF\xBB\xBFKl.;Timer\r\n07:30;26:05\r\n24:00;-0:30\r\n", "for a spreadsheet");
	is_str(written(s, SHEET_CSV, &(struct sheet_style){0}), "at,long\r\n07:30,1565\r\n24:00,-30\r\n", "for a program");
	const char *json = written(s, SHEET_JSON, NULL);
	ok(strstr(json, "\"value\": \"07:30\"") && strstr(json, "\"value\": 1565") && strstr(json, "\"kind\": \"minutes\""), "in JSON");
}

static struct sheet *two_people(struct arena *a, enum sheet_face face)
{
	static const struct { const char *id; enum column_part part; } columns[] = {{"name", PART_NONE}, {"address", PART_ADDRESS},
		{"heading", PART_HEADING}, {"text", PART_TEXT}, {"sign", PART_SIGN}, {"code", PART_CODE}};
	static const char *const cells[][6] = {
		{"Åse Ø", "Åse Ø\nGade 1\n8800 Viborg", "Tak\nkode 1", "Kære Åse\n\nTak.", "For hospitalet", "samvagt:1"},
		{"Bo", "Bo\n9999 By", "Tak", "Kære Bo", "", ""},
	};
	struct sheet *s = sheet_new(a, "Breve");
	s->face = face;
	s->made = "Viborg · 1/12 2025";
	for (size_t j = 0; j < 6; j++) {
		sheet_column(s, columns[j].id, columns[j].id, ALIGN_LEFT, 0, 0);
		sheet_part_last(s, columns[j].part);
	}
	sheet_row(s, ROW_GROUP)->cells[0] = sheet_text("Gruppe");
	for (size_t i = 0; i < 2; i++) {
		struct sheet_row *r = sheet_row(s, ROW_DATA);
		for (size_t j = 0; j < 6; j++)
			r->cells[j] = sheet_text(cells[i][j]);
	}
	return s;
}

static void test_faces(struct arena *a)
{
	is_str(written(two_people(a, FACE_LETTERS), SHEET_TEXT, NULL),
		"Åse Ø\nGade 1\n8800 Viborg\n\nTak\nkode 1\n\nKære Åse\n\nTak.\n\n\n________________________________________\n"
		"For hospitalet\n\nsamvagt:1\n\nViborg · 1/12 2025\n"
		"\fBo\n9999 By\n\nTak\n\nKære Bo\n\nViborg · 1/12 2025\n", "a letter is a page");
	is_str(written(two_people(a, FACE_CARDS), SHEET_TEXT, &(struct sheet_style){.ascii = true}),
		"Breve\n\nÅse Ø\nÅse Ø\nGade 1\n8800 Viborg\nTak\nkode 1\nKære Åse\n\nTak.\nFor hospitalet\nsamvagt:1\n\n"
		"Bo\nBo\n9999 By\nTak\nKære Bo\n\nViborg · 1/12 2025\n", "a card is a block");
	struct sheet *poster = two_people(a, FACE_POSTER);
	const char *const few[] = {"text", "name"};
	struct err e = {0};
	is_int(sheet_keep_columns(poster, few, 2, &e), OK, "columns are kept");
	is_str(written(poster, SHEET_TEXT, NULL), "Breve\n═════\n\nGruppe\n──────\n\nKære Åse\n\nTak.\nÅse Ø\n\nKære Bo\nBo\n\nViborg · 1/12 2025\n",
		"a poster is its title and its rows");
	ok(strstr(written(two_people(a, FACE_LETTERS), SHEET_JSON, NULL), "\"face\": \"letters\"") != NULL, "JSON names the face");
	ok(strstr(written(two_people(a, FACE_LETTERS), SHEET_CSV, NULL), "group;name;address;heading;text;sign;code\r\n") ||
		strstr(written(two_people(a, FACE_LETTERS), SHEET_CSV, NULL), ";name;address;heading;text;sign;code\r\n"),
		"and the same CSV has all that the letters are made of");
}

static void test_keep_columns(struct sheet *s)
{
	static const char *const wrong[] = {"need", "nothing"}, *const twice[] = {"need", "time", "need"}, *const right[] = {"people", "time"};
	struct err e = {0};
	is_int(sheet_keep_columns(s, wrong, 2, &e), ERR_USAGE, "a column that isn't there");
	ok(strstr(e.text, "nothing") && strstr(e.text, "time, place, need, people"), "is named, and those that are (%s)", e.text);
	is_int(sheet_keep_columns(s, twice, 3, &e), ERR_USAGE, "one twice");
	is_int((intmax_t)s->ncolumns, 4, "the sheet is as it was");
	is_int(sheet_keep_columns(s, right, 2, &e), OK, "two, in another order");
	is_str(written(s, SHEET_CSV, &(struct sheet_style){0}), "date,people,time\r\n"
		"2025-12-03,\"Merete Kjeldsen-Magnussen, Åse <Ø> & \"\"Bo\"\", mangler 2\",08:00\r\n"
		"2025-12-03,Aflyst; ring,24:00\r\n", "cells follow, and groups keep their headings");
}

static void test_keep_stacked(struct arena *a)
{
	struct sheet *s = sheet_new(a, "S");
	static const char *const moved[] = {"c", "a"}, *const kept[] = {"a", "c"};
	struct err e = {0};
	for (int i = 0; i < 2; i++) {
		s = sheet_new(a, "S");
		sheet_column(s, "a", "A", ALIGN_LEFT, 0, 0);
		sheet_column(s, "b", "B", ALIGN_LEFT, 0, 0);
		sheet_column(s, "c", "C", ALIGN_RIGHT, 0, 0);
		sheet_stack_last(s, 2);
		sheet_chart(s, "AC", 0, 2);
		sheet_row(s, ROW_DATA)->cells[2] = sheet_int(a, 7);
		is_int(sheet_keep_columns(s, i ? moved : kept, 2, &e), OK, "columns are kept");
		is_int(s->columns[1].under, i ? 0 : 1, "a column still stands under one to its left only");
		is_int((intmax_t)s->charts[0].value, i ? 0 : 1, "a chart still shows its column");
	}
	static const char *const one[] = {"a"};
	is_int(sheet_keep_columns(s, one, 1, &e), OK, "one of them");
	is_int((intmax_t)s->ncharts, 0, "a chart without its column is none");
}

static void test_charts(struct arena *a)
{
	struct sheet *s = sheet_new(a, "T");
	static const int64_t values[] = {60, 30, 1, 0};
	static const char *const names[] = {"jan", "feb", "mar", "apr"};
	sheet_column(s, "month", "Måned", ALIGN_LEFT, 0, 0);
	sheet_column(s, "hours", "Timer", ALIGN_RIGHT, 0, 0);
	for (size_t i = 0; i < 4; i++) {
		struct sheet_row *r = sheet_row(s, ROW_DATA);
		r->cells[0] = sheet_text(names[i]);
		r->cells[1] = sheet_minutes(a, values[i]);
	}
	sheet_row(s, ROW_TOTAL)->cells[1] = sheet_minutes(a, 91);
	sheet_chart(s, "Timer pr. måned", 0, 1);
	const char *text = written(s, SHEET_TEXT, NULL), *plain = written(s, SHEET_TEXT, &(struct sheet_style){.ascii = true});
	ok(strstr(text, "\nTimer pr. måned\n\n") && strstr(text, "\njan   │ ██████████████████████████████ │  1:00\n") &&
		strstr(text, "\nfeb   │ ███████████████                │  0:30\n") &&
		strstr(text, "\nmar   │ ▌                              │  0:01\n") &&
		strstr(text, "\napr   │                                │  0:00\n"), "bars as long as their values\n%s", text);
	sheet_whole_last(s, 120);
	ok(strstr(written(s, SHEET_TEXT, NULL), "\njan   │ ███████████████                │  1:00\n") != NULL, "or as long as they are of a whole");
	ok(strstr(plain, "\nfeb   | ############### ") && strstr(plain, "\napr   |   "), "and with plain characters");
}

int main(void)
{
	struct arena *a = arena_new();
	struct sheet *s = small_roster(a), *empty = sheet_new(a, "Tom");

	test_names();
	test_text(s);
	test_begins_with_a_dot(a);
	test_every_width(s);
	test_grid_has_rules(a);
	test_csv(s);
	test_csv_values(a);
	test_csv_reads_back(a);
	test_same_cells(s);
	test_html_checkers(s);
	test_times(a);
	test_faces(a);
	test_keep_columns(s);
	test_keep_stacked(a);
	test_charts(a);
	sheet_column(empty, "x", "X", ALIGN_LEFT, 0, 0);
	test_html_checkers(empty);
	is_str(written(empty, SHEET_TEXT, NULL), "Tom\n\nX\n─\n\n", "an empty sheet as text");
	arena_free(a);
	return done_testing();
}
