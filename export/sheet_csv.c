/* export/sheet_csv.c - a sheet as comma or semicolon separated values. Owns quoting (RFC 4180), the guard against cells
 * that a spreadsheet would run as formulas, and what a value looks like to a machine. Must not know how such a file is
 * read again: export/csvread.c does. */
#include "export/sheet_priv.h"

#include <stdio.h>
#include <string.h>

static bool is_number(const char *s)
{
	size_t digits = 0, points = 0;
	s += *s == '-';
	for (; *s; s++) {
		if (*s >= '0' && *s <= '9')
			digits++;
		else if ((*s == '.' || *s == ',') && digits)
			points++;
		else
			return false;
	}
	return digits && points <= 1;
}

/* Apostrophes that stand before a formula already count too, so that taking one away always gives the text back. */
static bool looks_like_formula(const char *s)
{
	const char *after = s + strspn(s, "'");
	return *after && strchr("=+-@\t\r", *after) && (after > s || !is_number(s));
}

static void put_text(struct buf *out, const char *s, char separator)
{
	const char specials[] = {separator, '"', '\n', '\r', '\0'};
	bool apostrophe = looks_like_formula(s);
	size_t n = strlen(s);
	bool blank_edge = n && (strchr(" \t", s[0]) || strchr(" \t", s[n - 1]));

	if (!strpbrk(s, specials) && !blank_edge) {
		buf_addf(out, "%s%s", apostrophe ? "'" : "", s);
		return;
	}
	buf_adds(out, apostrophe ? "\"'" : "\"");
	for (; *s; s++) {
		if (*s == '"')
			buf_addc(out, '"');
		buf_addc(out, *s);
	}
	buf_addc(out, '"');
}

static void put_date(struct buf *out, civil_date d, bool danish)
{
	struct ymd x = civil_to_ymd(d);
	if (danish)
		buf_addf(out, "%02d-%02d-%04d", x.d, x.m, x.y);
	else
		buf_addf(out, "%04d-%02d-%02d", x.y, x.m, x.d);
}

static void put_datetime(struct buf *out, civil_min t, bool danish)
{
	char iso[32];
	int minute = cmin_minute(t);
	if (!danish) {
		buf_adds(out, civil_format_iso(iso, sizeof iso, t));
		return;
	}
	put_date(out, cmin_date(t), danish);
	buf_addf(out, " %02d:%02d", minute / 60, minute % 60);
}

static void put_cell(struct buf *out, const struct sheet_cell *c, const struct sheet_style *style, char separator)
{
	switch (c->kind) {
	case CELL_TEXT:
		put_text(out, c->text, separator);
		break;
	case CELL_INT:
		buf_addf(out, "%lld", (long long)c->value);
		break;
	case CELL_DATE:
		put_date(out, (civil_date)c->value, style->danish_excel);
		break;
	case CELL_DATETIME:
		put_datetime(out, c->value, style->danish_excel);
		break;
	case CELL_TIME:
		buf_adds(out, c->text);
		break;
	case CELL_MINUTES:
		if (style->danish_excel)
			buf_adds(out, c->text);
		else
			buf_addf(out, "%lld", (long long)c->value);
		break;
	}
}

static bool has_groups(const struct sheet *s)
{
	for (size_t i = 0; i < s->nrows; i++)
		if (s->rows[i].kind == ROW_GROUP)
			return true;
	return false;
}

static void put_head(const struct sheet *s, const struct sheet_style *style, char separator, bool grouped,
		     struct buf *out)
{
	bool titles = style->danish_excel;
	if (grouped)
		put_text(out, titles ? s->group_title : s->group_id, separator);
	for (size_t i = 0; i < s->ncolumns; i++) {
		if (i || grouped)
			buf_addc(out, separator);
		put_text(out, titles ? s->columns[i].title : s->columns[i].id, separator);
	}
	buf_adds(out, "\r\n");
}

void sheet_write_csv(const struct sheet *s, const struct sheet_style *style, struct buf *out)
{
	const struct sheet_cell none = {.text = ""}, *group = &none;
	char separator = style->danish_excel ? ';' : ',';
	bool grouped = has_groups(s);

	if (style->danish_excel)
		buf_adds(out, "\xEF\xBB\xBF");
	put_head(s, style, separator, grouped, out);
	for (size_t i = 0; i < s->nrows; i++) {
		const struct sheet_row *r = &s->rows[i];
		if (r->kind == ROW_GROUP)
			group = &r->cells[0];
		if (r->kind != ROW_DATA)
			continue;
		if (grouped)
			put_cell(out, group, style, separator);
		for (size_t k = 0; k < s->ncolumns; k++) {
			if (k || grouped)
				buf_addc(out, separator);
			put_cell(out, &r->cells[k], style, separator);
		}
		buf_adds(out, "\r\n");
	}
}
