/* export/csvread.c - import_read (import.h): one file of separated values as a table of clean cells. Owns separators,
 * quotes gone wrong, and the limits that keep a hostile file from eating the machine. Must not know what
 * the columns mean: import_map.c does.
 *
 * Fields are taken apart by libcsv, one record at a time, so that each row knows its line and a lone quote spoils its
 * own line only. */
#include "export/import_priv.h"

#include <csv.h>
#include <limits.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "base/text.h"
#include "export/decode.h"

enum {
	MOST_BYTES = 64 << 20,
	MOST_ROWS = 200000,
	MOST_COLUMNS = 1000,
	MOST_CELLS = 4000000,
	MOST_LINES_IN_CELL = 100, /* a quoted cell longer than this is a quote that was never closed */
	ROWS_LOOKED_AT = 64,      /* to find the separator */
};

/* ---- records -------------------------------------------------------------------------------------- */

struct reader {
	struct arena *a;
	const char *name, *at, *end;
	size_t line; /* of `at`, 1 = first */
	char separator;
	struct csv_parser csv;
	const char **cells;
	size_t n, cap; /* of the record being read */
	bool bare;     /* quotes are letters in this record */
	bool too_wide;
	bool own;      /* of whole records as samvagt writes them: each quote is closed, however far away */
};

static bool ends_field(const char *s, const char *end, char separator)
{
	while (s < end && *s == ' ')
		s++;
	return s == end || *s == separator || *s == '\n' || *s == '\r';
}

/* Where the record at s ends (its line end, or the end of all), NULL when a quote in it is never closed. The rule is
 * libcsv's own: a quote opens at the start of a field and closes before a separator or a line end. */
static const char *record_end(const char *s, const char *end, char separator, int most_lines)
{
	bool at_start = true, quoted = false;
	int lines = 0;
	for (; s < end; s++) {
		if (quoted) {
			if ((*s == '\n' || *s == '\r') && ++lines > most_lines)
				return NULL;
			if (*s == '"' && s + 1 < end && s[1] == '"')
				s++;
			else if (*s == '"' && ends_field(s + 1, end, separator))
				quoted = false;
		} else if (*s == '\n' || *s == '\r') {
			return s;
		} else if (*s == '"' && at_start) {
			quoted = true;
		} else {
			at_start = *s == separator || (at_start && (*s == ' ' || *s == '\t'));
		}
	}
	return quoted ? NULL : s;
}

static const char *line_end(const char *s, const char *end)
{
	while (s < end && *s != '\n' && *s != '\r')
		s++;
	return s;
}

/* An apostrophe that keeps a spreadsheet from running a cell as a formula is no part of the text. */
static const char *without_guard(const char *s)
{
	const char *after = s + strspn(s, "'");
	return *s == '\'' && *after && strchr("=+-@\t\r", *after) ? s + 1 : s;
}

static const char *clean_cell(struct reader *r, const char *s, size_t n)
{
	if (r->bare) {
		size_t lead = n && s[0] == '"';
		s += lead;
		n -= lead;
		n -= n && s[n - 1] == '"';
	}
	return without_guard(text_clean(r->a, s, n));
}

static void take_field(void *s, size_t n, void *ctx)
{
	struct reader *r = ctx;
	if (r->n == MOST_COLUMNS) {
		r->too_wide = true;
		return;
	}
	r->cells = arena_grow(r->a, r->cells, &r->cap, r->n + 1, sizeof *r->cells);
	r->cells[r->n++] = clean_cell(r, s, n);
}

static void take_record(int end, void *ctx)
{
	(void)end;
	(void)ctx;
}

static void count_lines(struct reader *r, const char *to)
{
	for (const char *s = r->at; s < to; s++)
		r->line += *s == '\n' || (*s == '\r' && !(s + 1 < r->end && s[1] == '\n'));
	r->at = to;
}

/* The next record into r->cells, its first line into *line; false at the end. */
static bool next_record(struct reader *r, size_t *line)
{
	if (r->at >= r->end)
		return false;
	const char *to = record_end(r->at, r->end, r->separator, r->own ? INT_MAX : MOST_LINES_IN_CELL);
	r->bare = !to;
	if (!to)
		to = line_end(r->at, r->end);
	r->n = 0;
	*line = r->line;
	csv_set_quote(&r->csv, r->bare ? '\0' : '"');
	csv_parse(&r->csv, r->at, (size_t)(to - r->at), take_field, take_record, r);
	csv_fini(&r->csv, take_field, take_record, r);
	to += to < r->end && *to == '\r';
	to += to < r->end && *to == '\n';
	count_lines(r, to);
	return true;
}

static int reader_open(struct reader *r, struct arena *a, const struct buf *text, char separator, struct err *e)
{
	*r = (struct reader){.a = a, .at = text->p, .end = text->p + text->n, .line = 1, .separator = separator};
	if (csv_init(&r->csv, CSV_APPEND_NULL))
		return err_set(e, ERR_NOMEM, _("Out of memory while reading a file"));
	csv_set_delim(&r->csv, (unsigned char)separator);
	return OK;
}

/* ---- the separator ---------------------------------------------------------------------------------- */

/* How well a separator explains the first rows: in thousandths how many agree on their number of columns, more columns
 * winning a tie. 0: it doesn't occur. */
static size_t separator_score(const struct buf *text, char separator)
{
	size_t times[MOST_COLUMNS + 1] = {0}, rows = 0, usual = 0, line;
	struct reader r;
	struct arena *a = arena_new();

	if (!reader_open(&r, a, text, separator, NULL)) {
		while (rows < ROWS_LOOKED_AT && next_record(&r, &line)) {
			times[r.n]++;
			rows += r.n > 0;
		}
		csv_free(&r.csv);
	}
	arena_free(a);
	for (size_t i = 1; i <= MOST_COLUMNS; i++)
		usual = times[i] >= times[usual] && times[i] ? i : usual;
	return usual > 1 && rows ? times[usual] * 1000 / rows * 1024 + usual : 0;
}

static char find_separator(const struct buf *text)
{
	char best = ';';
	size_t most = 0;
	for (const char *s = ";,\t|"; *s; s++) {
		size_t score = separator_score(text, *s);
		if (score > most) {
			most = score;
			best = *s;
		}
	}
	return best;
}

/* Excel may say it in a first line of its own: "sep=;". */
static char said_separator(const struct buf *text)
{
	bool said = text->n > 4 && !strncasecmp(text->p, "sep=", 4) && strchr(";,\t|", text->p[4]);
	return said && (text->n == 5 || text->p[5] == '\r' || text->p[5] == '\n') ? text->p[4] : '\0';
}

/* Whole records as samvagt writes them are known by their headings, whatever stands in the cells. */
static char own_separator(const struct buf *text)
{
	char found = '\0';
	size_t line;
	for (const char *s = ";,"; *s && !found; s++) {
		struct reader r;
		struct arena *a = arena_new();
		if (!reader_open(&r, a, text, *s, NULL)) {
			if (next_record(&r, &line) && !r.too_wide && records_type_of_head(r.cells, r.n))
				found = *s;
			csv_free(&r.csv);
		}
		arena_free(a);
	}
	return found;
}

/* ---- the table ---------------------------------------------------------------------------------------- */

static size_t filled_cells(const char **cells, size_t n)
{
	size_t filled = 0;
	for (size_t i = 0; i < n; i++)
		filled += *cells[i] != '\0';
	return filled;
}

static bool looks_like_value(const char *s)
{
	size_t digits = 0;
	const char *at = strchr(s, '@');
	if (at && at > s && strchr(at, '.'))
		return true;
	for (; *s; s++) {
		if (*s >= '0' && *s <= '9')
			digits++;
		else if (!strchr("+ -.", *s))
			return false;
	}
	return digits >= 8 && digits <= 12;
}

/* A table without headings begins with somebody's phone or e-mail; its columns are then called 1, 2, 3 … */
static bool is_heading(const struct table_row *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (looks_like_value(r->cells[i]))
			return false;
	return true;
}

static void take_head(struct arena *a, struct table *t)
{
	size_t at = 0;
	while (at < t->nrows && at < 10 && filled_cells(t->rows[at].cells, t->rows[at].n) < 2)
		at++;
	if (at == t->nrows || at == 10)
		at = 0;
	struct table_row *r = &t->rows[at];
	t->ncols = r->n;
	t->head = r->cells;
	if (is_heading(r)) {
		at++;
	} else {
		t->head = arena_alloc(a, r->n * sizeof *t->head);
		for (size_t i = 0; i < r->n; i++)
			t->head[i] = arena_printf(a, "%zu", i + 1);
	}
	t->rows += at;
	t->nrows -= at;
}

static int take_rows(struct arena *a, struct reader *r, struct table *t, struct err *e)
{
	size_t cap = 0, line, cells = 0;
	while (next_record(r, &line)) {
		if (r->too_wide)
			return err_set(e, ERR_DATA, _("line %zu has more than %d columns. Is it really a table?"), line,
				       MOST_COLUMNS);
		if (!filled_cells(r->cells, r->n))
			continue;
		cells += r->n;
		if (t->nrows > MOST_ROWS || cells > MOST_CELLS)
			return err_set(e, ERR_DATA,
				       _("more than %d rows. Divide the file and import one part at a time"),
				       MOST_ROWS);
		t->rows = arena_grow(a, t->rows, &cap, t->nrows + 1, sizeof *t->rows);
		t->rows[t->nrows++] = (struct table_row){arena_copy(a, r->cells, r->n * sizeof *r->cells), r->n, line, NULL};
	}
	return OK;
}

static int read_table(struct arena *a, const struct buf *text, struct table *t, struct err *e)
{
	struct reader r;
	char said = said_separator(text), own = said ? '\0' : own_separator(text);
	t->separator = said ? said : own ? own : find_separator(text);
	int code = reader_open(&r, a, text, t->separator, e);
	if (code)
		return code;
	if (said)
		count_lines(&r, line_end(r.at, r.end));
	r.own = own;
	code = take_rows(a, &r, t, e);
	csv_free(&r.csv);
	if (!code && !t->nrows)
		code = err_set(e, ERR_DATA, _("it is empty, so there is nothing to import"));
	if (!code)
		take_head(a, t);
	return code;
}

int import_read(struct arena *a, const char *path, struct table *out, struct err *e)
{
	struct buf raw = {0}, text = {0};
	const char *slash = strrchr(path, '/');

	*out = (struct table){.name = arena_strdup(a, slash ? slash + 1 : path)};
	int r = os_read_file(path, MOST_BYTES, &raw, e);
	if (r)
		goto out;
	r = decode_bytes(&raw, &out->encoding, &text, e);
	if (!r)
		r = read_table(a, &text, out, e);
	if (r)
		err_prefix(e, "%s", out->name);
out:
	buf_free(&raw);
	buf_free(&text);
	return r;
}
