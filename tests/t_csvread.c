/* tests/t_csvread.c - files as spreadsheets really write them: encodings, separators, quotes; and hostile ones, which
 * may be refused but never crash. */
#include "export/import.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "base/text.h"
#include "tests/tap.h"

static int read_bytes(struct arena *a, const void *p, size_t n, struct table *t, struct err *e)
{
	char *path = os_path_join(a, test_dir(), "f.csv");
	*e = (struct err){.text = ""};
	int r = os_write_file(path, p, n, e);
	return r ? r : import_read(a, path, t, e);
}

static int read_text(struct arena *a, const char *s, struct table *t, struct err *e)
{
	return read_bytes(a, s, strlen(s), t, e);
}

static char *joined(struct arena *a, const char *const *cells, size_t n)
{
	struct buf b = {0};
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "[%s]", cells[i]);
	char *s = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return s;
}

/* The whole table as one line: "head / row / row". */
static char *shown(struct arena *a, const struct table *t)
{
	struct buf b = {0};
	buf_adds(&b, joined(a, t->head, t->ncols));
	for (size_t i = 0; i < t->nrows; i++)
		buf_addf(&b, " %zu:%s", t->rows[i].line, joined(a, t->rows[i].cells, t->rows[i].n));
	char *s = arena_strdup(a, b.p);
	buf_free(&b);
	return s;
}

static void test_encodings(struct arena *a)
{
	static const char text[] = "Navn;Sted\r\nÅse Ødegård;Børneafsnittet\r\nRené;Hjertecafé\r\n";
	static const struct {
		const char *iconv_name, *bom;
		size_t bom_n;
		const char *want;
	} row[] = {
		{"UTF-8", "", 0, "UTF-8"},
		{"UTF-8", "\xEF\xBB\xBF", 3, "UTF-8 BOM"},
		{"UTF-16LE", "\xFF\xFE", 2, "UTF-16LE"},
		{"UTF-16BE", "\xFE\xFF", 2, "UTF-16BE"},
		{"UTF-16LE", "", 0, "UTF-16LE"},
		{"UTF-16BE", "", 0, "UTF-16BE"},
		{"WINDOWS-1252", "", 0, "windows-1252"},
		{"CP850", "", 0, "MS-DOS 850"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char bytes[400], in[sizeof text], *from = in, *to = bytes + row[i].bom_n;
		size_t left = sizeof text - 1, room = sizeof bytes - 4;
		struct table t;
		struct err e;
		iconv_t cd = iconv_open(row[i].iconv_name, "UTF-8");
		memcpy(in, text, sizeof text);
		memcpy(bytes, row[i].bom, row[i].bom_n);
		iconv(cd, &from, &left, &to, &room);
		iconv_close(cd);
		is_int(read_bytes(a, bytes, (size_t)(to - bytes), &t, &e), OK, "%s is read %s", row[i].want, e.text);
		is_str(t.encoding, row[i].want, "%s is recognised", row[i].want);
		is_str(shown(a, &t), "[Navn][Sted] 2:[Åse Ødegård][Børneafsnittet] 3:[René][Hjertecafé]",
		       "%s gives the same cells", row[i].want);
	}
}

static void test_tables(struct arena *a)
{
	static const struct {
		const char *name, *text;
		char separator;
		const char *want;
	} row[] = {
		{"semicolons", "a;b\n1;2,5\n", ';', "[a][b] 2:[1][2,5]"},
		{"commas", "a,b\n1,x; y\n", ',', "[a][b] 2:[1][x; y]"},
		{"tabs", "a\tb\n1\t2, 3; 4\n", '\t', "[a][b] 2:[1][2, 3; 4]"},
		{"bars", "a|b\n1|2\n", '|', "[a][b] 2:[1][2]"},
		{"said by Excel", "sep=,\r\na,b;c\r\n1,2;3\r\n", ',', "[a][b;c] 3:[1][2;3]"},
		{"one column", "a\n1\n2\n", ';', "[a] 2:[1] 3:[2]"},
		{"names with commas between semicolons", "Sted;Hvem\nForhal, Viborg;A, B, C\nHal, Skive;D\n", ';',
		 "[Sted][Hvem] 2:[Forhal, Viborg][A, B, C] 3:[Hal, Skive][D]"},
		{"a separator in quotes", "a;b\n\"1;2\";\"3\"\n", ';', "[a][b] 2:[1;2][3]"},
		{"doubled quotes", "a;b\n\"Født \"\"Maren\"\"\";2\n", ';', "[a][b] 2:[Født \"Maren\"][2]"},
		{"a line end in quotes, and the line of the next row", "a;b\n\"1\n2\";3\n4;5\n", ';',
		 "[a][b] 2:[1\n2][3] 4:[4][5]"},
		{"a quote inside a cell", "a;b\n5\" tape;x\nc;d\n", ';', "[a][b] 2:[5\" tape][x] 3:[c][d]"},
		{"a quote that is never closed", "a;b\n\"1;2\n3;4\n", ';', "[a][b] 2:[1][2] 3:[3][4]"},
		{"text after a closing quote", "a;b\n\"1\"x;2\n3;4\n", ';', "[a][b] 2:[1\"x][2] 3:[3][4]"},
		{"a lone quote at the very end", "a;b\n1;\"", ';', "[a][b] 2:[1][]"},
		{"no line end at the end", "a;b\n1;2", ';', "[a][b] 2:[1][2]"},
		{"an empty last cell", "a;b\n1;", ';', "[a][b] 2:[1][]"},
		{"old Mac line ends", "a;b\r1;2\r3;4\r", ';', "[a][b] 2:[1][2] 3:[3][4]"},
		{"empty lines and rows", "\n\na;b\n\n;;\n1;2\n", ';', "[a][b] 6:[1][2]"},
		{"a title above the headings", "Vagter i december;;\nDato;Sted;Hvem\n1/12;Hal;A\n", ';',
		 "[Dato][Sted][Hvem] 3:[1/12][Hal][A]"},
		{"separators too many", "a;b\n1;2;;;\n", ';', "[a][b] 2:[1][2][][][]"},
		{"one cell too many", "a;b\n1;2;3\n4;5\n6;7\n", ';', "[a][b] 2:[1][2][3] 3:[4][5] 4:[6][7]"},
		{"a row too short", "a;b;c\n1\n2;3;4\n5;6;7\n", ';', "[a][b][c] 2:[1] 3:[2][3][4] 4:[5][6][7]"},
		{"blanks around", "a ; b\n 1 ;\t2\n", ';', "[a][b] 2:[1][2]"},
		{"guarded formulas", "a;b\n'=1+1;'x\n", ';', "[a][b] 2:[=1+1]['x]"},
		{"no headings", "Anna;20838797;a@example.dk\nBo;21222324;b@example.dk\n", ';',
		 "[1][2][3] 1:[Anna][20838797][a@example.dk] 2:[Bo][21222324][b@example.dk]"},
		{"decomposed letters", "a;b\na\xCC\x8A;x\n", ';', "[a][b] 2:[å][x]"},
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct table t;
		struct err e;
		if (!is_int(read_text(a, row[i].text, &t, &e), OK, "%s: read %s", row[i].name, e.text))
			continue;
		is_int(t.separator, row[i].separator, "%s: the separator", row[i].name);
		is_str(shown(a, &t), row[i].want, "%s: the cells", row[i].name);
	}
}

static void test_bad_bytes(struct arena *a)
{
	struct table t;
	struct err e;
	is_int(read_bytes(a, "a;b\n1\0;2\n", 9, &t, &e), OK, "a zero byte doesn't stop reading");
	is_str(shown(a, &t), "[a][b] 2:[1][2]", "and is dropped");
	is_int(read_bytes(a,
			  "\xEF\xBB\xBF"
			  "a;b\n\xFF;2\n",
			  11, &t, &e),
	       OK, "a bad byte after a UTF-8 mark");
	is_str(shown(a, &t), "[a][b] 2:[\xEF\xBF\xBD][2]", "is marked as such");
	static const char mixed[] = "Navn;Sted\nÅse Ødegård;B\xF8rneafsnittet\nRené;Hjertecafé\n";
	is_int(read_bytes(a, mixed, sizeof mixed - 1, &t, &e), OK, "a byte of another encoding in UTF-8");
	is_str(t.encoding, "UTF-8", "is UTF-8 still");
	is_str(shown(a, &t), "[Navn][Sted] 2:[Åse Ødegård][B\xEF\xBF\xBDrneafsnittet] 3:[René][Hjertecafé]",
	       "and spoils itself only");
	is_int(read_bytes(a,
			  "\xFF\xFE"
			  "a\0;\0b\0\n\0\x00\xD8;\0x\0",
			  16, &t, &e),
	       OK, "half a surrogate pair");
}

static void refused(struct arena *a, const char *p, size_t n, const char *sentence, const char *name)
{
	struct table t;
	struct err e;
	is_int(read_bytes(a, p, n, &t, &e), ERR_DATA, "%s is refused", name);
	ok(strstr(e.text, sentence) != NULL, "%s: the sentence says why: %s", name, e.text);
}

static void test_limits(struct arena *a)
{
	struct buf b = {0};
	struct table t;
	struct err e;

	refused(a, "", 0, "empty", "an empty file");
	refused(a, "\n;;\n", 4, "empty", "a file of nothing");
	for (int i = 0; i < 10000; i++)
		buf_adds(&b, "x;");
	refused(a, b.p, b.n, "columns", "a row of 10,000 columns");
	buf_reset(&b);
	for (int i = 0; i < 200010; i++)
		buf_adds(&b, "a;b\n");
	refused(a, b.p, b.n, "200000 rows", "a file of too many rows");
	buf_reset(&b);
	for (int i = 0; i < 3000; i++)
		buf_adds(&b, "\"a;b\r");
	is_int(read_bytes(a, b.p, b.n, &t, &e), OK, "only quotes that never close");
	is_int((intmax_t)t.nrows, 2999, "each spoils its own line only");
	buf_free(&b);
	is_int(import_read(a, "/nonexistent/x.csv", &t, &e), ERR_NOTFOUND, "a missing file");
}

/* Cells are valid text whatever came in. */
static bool table_is_sane(const struct table *t)
{
	for (size_t i = 0; i < t->nrows; i++)
		for (size_t k = 0; k < t->rows[i].n; k++)
			if (!text_valid(t->rows[i].cells[k], strlen(t->rows[i].cells[k])))
				return false;
	return true;
}

static void test_mutations(void)
{
	static const char seed[] =
		"Dato;Fra;Til;Sted;Hvem\r\n1/12;8;11;\"Forhal, Viborg\";\"A \"\"B\"\"\"\r\n2/12;8;11;Hal;=1+1\r\n";
	static const char spices[] = {'"', ';', ',', '\n', '\r', '\0', '\t', '\xFF', '\xC3', '\xE6', '\'', '='};
	struct prng r = {20251201};
	int insane = 0, read = 0;

	for (int round = 0; round < 3000; round++) {
		char bytes[sizeof seed];
		struct arena *a = arena_new();
		struct table t;
		struct err e;
		size_t n = 1 + prng_below(&r, sizeof seed - 1);
		memcpy(bytes, seed, sizeof seed);
		for (uint64_t k = prng_below(&r, 9); k > 0; k--)
			bytes[prng_below(&r, n)] = spices[prng_below(&r, sizeof spices)];
		if (!read_bytes(a, bytes, n, &t, &e)) {
			read++;
			insane += !table_is_sane(&t);
		}
		arena_free(a);
	}
	is_int(insane, 0, "3,000 damaged files give valid text or a sentence");
	ok(read > 1500, "most of them can still be read (%d)", read);
}

int main(void)
{
	struct arena *a = arena_new();
	test_encodings(a);
	test_tables(a);
	test_bad_bytes(a);
	test_limits(a);
	test_mutations();
	arena_free(a);
	return done_testing();
}
