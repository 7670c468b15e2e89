/* roster/limits.c - see limits.h: the built-in rows, and reading those of a file over them.
 *
 * Owns how a file of limits is read and what is said about a bad line. Must not know what any limit is for, nor of
 * stores and their settings (rules.c). */
#include "roster/limits.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/os.h"
#include "base/text.h"
#include "base/when.h"

/* The units that rows may have. */
#define UNIT_hours N_("hours")
#define UNIT_days N_("days")
#define UNIT_months N_("months")
#define UNIT_years N_("years")
#define UNIT_people N_("people")
#define UNIT_shifts N_("shifts")

static const struct limit builtin[] = {
#define LIMIT(NAME, name, value, unit, da, en, source, checked)                                                         \
	[LIMIT_##NAME] = {name, value, unit, da, en, source, checked},
#include "roster/limits.gen"
#undef LIMIT
};

const struct limit *limits_builtin(enum limit_no no)
{
	assert(no >= 0 && no < LIMIT_COUNT);
	return &builtin[no];
}

const char *limits_label(const struct limit *l)
{
	return strcmp(lang_now(), "da") == 0 ? l->da : l->en;
}

/* ---- one file --------------------------------------------------------------------------------------------------- */

enum part { PART_DA, PART_EN, PART_SOURCE, PART_CHECKED, PARTS };
static const char *const part_names[PARTS] = {"da", "en", "source", "checked"};

struct reading {
	struct arena *a;
	const char *path;
	struct limit *all;
	struct buf *said;
	int line, began;         /* of the row that is being read */
	int no;                  /* of its limit; -1: between rows, or in one that is left out */
	int value;
	char *part[PARTS];
};

static void say(struct reading *r, int line, const char *what)
{
	if (r->said)
		buf_addf(r->said, _("%s, line %d: %s\n"), r->path, line, what);
}

/* The row is left out, and what is still to come of it. */
static void drop(struct reading *r, const char *what)
{
	say(r, r->line, what);
	r->no = -1;
}

static void end_row(struct reading *r)
{
	if (r->no < 0)
		return;
	const struct limit *was = &builtin[r->no];
	int missing = 0;
	while (missing < PARTS && r->part[missing])
		missing++;
	if (missing < PARTS)
		say(r, r->began, arena_printf(r->a, _("%s lacks its \"%s\""), was->name, part_names[missing]));
	else
		r->all[r->no] = (struct limit){.name = was->name, .value = r->value, .unit = was->unit,
			.da = r->part[PART_DA], .en = r->part[PART_EN], .source = r->part[PART_SOURCE],
			.checked = r->part[PART_CHECKED]};
	r->no = -1;
}

static int limit_named(const char *name, size_t n)
{
	for (int i = 0; i < LIMIT_COUNT; i++)
		if (strlen(builtin[i].name) == n && memcmp(builtin[i].name, name, n) == 0)
			return i;
	return -1;
}

/* "rest_hours: 11 hours" */
static void begin_row(struct reading *r, char *text)
{
	size_t n = strcspn(text, ":");
	end_row(r);
	r->began = r->line;
	memset(r->part, 0, sizeof r->part);
	r->no = limit_named(text, n);
	if (r->no < 0)
		return drop(r, arena_printf(r->a, _("there is no limit \"%.*s\""), (int)n, text));
	const char *unit = builtin[r->no].unit, *number = text + n + (text[n] == ':');
	char *rest;
	long value = strtol(number, &rest, 10);
	const char *given = text_clean(r->a, rest, strlen(rest));
	if (rest == number || value < 0 || value > LIMIT_MOST || strcmp(given, unit) != 0)
		return drop(r, arena_printf(r->a, _("\"%s\" should be as in \"%s: %d %s\""), text, builtin[r->no].name,
			builtin[r->no].value, unit));
	r->value = (int)value;
}

static bool is_day(const char *text)
{
	civil_date day;
	return when_parse_date(text, civil_from_ymd(2026, 1, 1), WHEN_PAST, &day, NULL) == OK;
}

/* "	source: Arbejdsmiljøloven § 50" */
static void add_part(struct reading *r, char *text)
{
	size_t n = strcspn(text, ":");
	int part = 0;
	if (r->no < 0)
		return;
	while (part < PARTS && (strlen(part_names[part]) != n || memcmp(part_names[part], text, n) != 0))
		part++;
	char *value = text[n] ? text_clean(r->a, text + n + 1, strlen(text + n + 1)) : NULL;
	if (part == PARTS || !value || !*value)
		return drop(r, arena_printf(r->a, _("\"%s\" should begin with da:, en:, source: or checked:"), text));
	if (text_find_cpr(value))
		return drop(r, _("this looks like a CPR number"));
	if (part == PART_CHECKED && !is_day(value))
		return drop(r, arena_printf(r->a, _("\"%s\" isn't a day, as in 2026-01-15"), value));
	r->part[part] = value;
}

static void read_line(struct reading *r, const char *line, size_t n)
{
	r->line++;
	if (!text_valid(line, n))
		return drop(r, _("that isn't text in UTF-8"));
	char *text = text_clean(r->a, line, n);
	if (*text == '\0' || *text == '#')
		return;
	if (*line == ' ' || *line == '\t')
		add_part(r, text);
	else
		begin_row(r, text);
}

void limits_read(struct arena *a, const char *path, const char *text, struct limit all[LIMIT_COUNT], struct buf *said)
{
	struct reading r = {.a = a, .path = path, .all = all, .said = said, .no = -1};
	while (*text) {
		size_t n = strcspn(text, "\n");
		read_line(&r, text, n);
		text += n + (text[n] == '\n');
	}
	end_row(&r);
}

/* ---- all of them ------------------------------------------------------------------------------------------------ */

static void read_file(struct arena *a, const char *path, struct limit *all, struct buf *said)
{
	enum { FILE_MOST = 1 << 20 };
	struct buf text = {0};
	struct err e = {0};
	int rc = os_read_file(path, FILE_MOST, &text, &e);
	if (rc == OK && text.n)
		limits_read(a, path, text.p, all, said);
	else if (rc != OK && rc != ERR_NOTFOUND && said)
		buf_addf(said, "%s\n", e.text);
	buf_free(&text);
}

void limits_load(struct arena *a, struct limit out[LIMIT_COUNT], struct buf *said)
{
	memcpy(out, builtin, sizeof builtin);
	read_file(a, PKGDATADIR "/limits", out, said);
	read_file(a, os_path_join(a, os_config_home(a), "limits"), out, said);
}
