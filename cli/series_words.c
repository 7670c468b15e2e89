/* cli/series_words.c - see series_priv.h. Owns how a series is said on a command line and how what came of an act is
 * printed. */
#include "cli/series_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/weekdays.h"
#include "base/when.h"

/* ---- which series ----------------------------------------------------------------------------------------------- */

int series_words_load(struct cli *c, struct series_list *l, struct err *e)
{
	int rc = cli_book(c, e);
	return rc ? rc : series_load(c->view, c->a, l, e);
}

static bool is_day_of(const struct series *s, const char *word)
{
	int mask = 0;
	return weekdays_parse(word, &mask, NULL) == OK && (mask & s->days) == mask;
}

/* Each word is somewhere in its title or in what the list says of when it is, or one of its days in the other language. */
static bool fits(struct cli *c, const struct series *s, const char *title, const char *text)
{
	const char *folded = text_fold(c->a, arena_printf(c->a, "%s %s", title, series_when(c->a, s)));
	for (size_t n; text += strspn(text, " ,"), (n = strcspn(text, " ,")) > 0; text += n) {
		const char *word = arena_strndup(c->a, text, n);
		if (!strstr(folded, text_fold(c->a, word)) && !is_day_of(s, word))
			return false;
	}
	return true;
}

int series_words_find(struct cli *c, const struct series_list *l, const char *text, const struct series **out, struct err *e)
{
	struct titled *fit = arena_alloc(c->a, (l->n + 1) * sizeof *fit);
	struct id id;
	size_t n = 0;
	for (size_t i = 0; i < l->n && *text; i++) {
		const char *title = view_title(c->view, c->a, l->all[i].id);
		bool over = l->all[i].until != DATE_NONE && l->all[i].until < c->today;
		if (!over && fits(c, &l->all[i], title, text))
			fit[n++] = (struct titled){title, l->all[i].id};
	}
	*out = n == 1 ? series_get(l, fit[0].id) : NULL;
	if (n == 0 && view_resolve(c->view, TYPE_SERIES, text, &id, e) == OK)
		*out = series_get(l, id);
	if (n > 1)
		return cli_say_several(c, text, fit, n, e);
	return *out ? OK : err_set(e, ERR_NOTFOUND, _("there is no series \"%.60s\". See samvagt series list"), text);
}

/* ---- what it is to be ------------------------------------------------------------------------------------------- */

int series_words_day(struct cli *c, enum opt o, civil_date otherwise, civil_date *out, struct err *e)
{
	*out = otherwise;
	return cli_has(c, o) ? when_parse_date(c->opt[o], c->today, WHEN_NEAR, out, e) : OK;
}

int series_words_every(struct cli *c, int *out, struct err *e)
{
	static const struct { const char *weeks; int every; } numbers[] = {{"1", SERIES_WEEK}, {"2", SERIES_SECOND_WEEK}, {"4", SERIES_FOURTH_WEEK}};
	struct value v;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (strcmp(c->opt[OPT_EVERY], numbers[i].weeks) == 0) {
			*out = numbers[i].every;
			return OK;
		}
	int rc = kind_parse(c->a, schema_field(TYPE_SERIES, F_SERIES_EVERY), c->opt[OPT_EVERY], c->today, &v, e);
	if (rc == OK && v.tag == V_INT)
		*out = (int)v.i;
	return rc;
}

static int read_time(struct cli *c, struct series *to, struct err *e)
{
	int rc = when_parse_span(c->opt[OPT_TIME], &to->start, &to->end, e);
	if (rc == OK && to->end > DAY_MINUTES)
		to->end -= DAY_MINUTES;
	return rc;
}

static int read_value(struct cli *c, enum opt o, int field, struct series *to, struct err *e)
{
	const struct field *f = schema_field(TYPE_SERIES, field);
	struct value v = value_none();
	int rc = cli_field_value(c, f, c->opt[o], &v, e);
	if (rc)
		return rc;
	switch (field) {
	case F_SERIES_UNIT: to->unit = v.tag == V_ID ? v.id : ID_NONE; break;
	case F_SERIES_ROLE: to->role = v.tag == V_ID ? v.id : ID_NONE; break;
	case F_SERIES_UNTIL: to->until = v.tag == V_INT ? (civil_date)v.i : DATE_NONE; break;
	case F_SERIES_DAYS: to->days = v.tag == V_INT ? (int)v.i : 0; break;
	case F_SERIES_NEED: to->need = v.tag == V_INT ? (int)v.i : 0; break;
	case F_SERIES_WISHED: to->wished = v.tag == V_INT ? (int)v.i : 0; break;
	case F_SERIES_NOTE: to->note = v.tag == V_TEXT ? arena_strdup(c->a, v.text.s) : ""; break;
	default: break;
	}
	return OK;
}

int series_words_edit(struct cli *c, struct series_edit *out, struct err *e)
{
	static const struct { enum opt opt; int field; } parts[] = {
		{OPT_UNIT, F_SERIES_UNIT}, {OPT_ROLE, F_SERIES_ROLE}, {OPT_DAYS, F_SERIES_DAYS}, {OPT_UNTIL, F_SERIES_UNTIL}, {OPT_NEED, F_SERIES_NEED},
		{OPT_WISHED, F_SERIES_WISHED}, {OPT_NOTE, F_SERIES_NOTE},
	};
	int rc = OK;
	*out = (struct series_edit){.to = {.until = DATE_NONE, .note = "", .holidays = true, .state = SHIFT_PUBLISHED}};
	for (size_t i = 0; rc == OK && i < sizeof parts / sizeof *parts; i++)
		if (cli_has(c, parts[i].opt)) {
			out->fields |= 1u << parts[i].field;
			rc = read_value(c, parts[i].opt, parts[i].field, &out->to, e);
		}
	if (rc == OK && cli_has(c, OPT_TIME)) {
		out->fields |= 1u << F_SERIES_START | 1u << F_SERIES_END;
		rc = read_time(c, &out->to, e);
	}
	if (rc == OK && cli_has(c, OPT_EVERY)) {
		out->fields |= 1u << F_SERIES_EVERY;
		rc = series_words_every(c, &out->to.every, e);
	}
	out->fields |= cli_has(c, OPT_HOLIDAYS) ? 1u << F_SERIES_HOLIDAYS : 0;
	out->fields |= cli_has(c, OPT_PUBLISHED) ? 1u << F_SERIES_STATE : 0;
	return rc;
}

/* ---- what came of it -------------------------------------------------------------------------------------------- */

static const char *const tells[] = {[SERIES_GAP] = "gap", [SERIES_ASKED] = "asked", [SERIES_STAYS] = "stays", [SERIES_GOES] = "goes", [SERIES_WARNED] = "warned"};

static json_t *told_json(const struct series_told *t)
{
	char id[ID_TEXT], who[ID_TEXT], start[32];
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s}", "what", tells[t->what], "shift", id_format(id, t->shift), "start",
		civil_format_iso(start, sizeof start, t->start), "who", id_format(who, t->who), "name", t->name);
	if (*t->sentence)
		json_object_set_new(o, "why", json_string(t->sentence));
	return o;
}

static int report_json(struct cli *c, const struct series_done *d, const struct change_result *r, struct err *e)
{
	char id[ID_TEXT];
	bool dry = cli_has(c, OPT_DRY_RUN);
	json_t *told = json_array();
	for (size_t i = 0; i < d->ntold; i++)
		json_array_append_new(told, told_json(&d->told[i]));
	json_t *o = json_pack("{s:b, s:b, s:I, s:I, s:I, s:I, s:I, s:o}", "changed", r->writes > 0 && !dry, "dry_run", dry, "made", (json_int_t)d->made,
		"placed", (json_int_t)d->seats, "altered", (json_int_t)d->changed, "removed", (json_int_t)d->removed, "there", (json_int_t)d->there,
		"told", told);
	if (!dry && !id_is_none(d->series))
		json_object_set_new(o, "id", json_string(id_format(id, d->series)));
	c->done = r->writes > 0 && !dry;
	return cli_write_json(c, o, e);
}

static void say_counts(const struct series_done *d)
{
	if (d->made)
		fprintf(stderr, ngettext("%zu shift made\n", "%zu shifts made\n", d->made), d->made);
	if (d->there)
		fprintf(stderr, ngettext("%zu stood there already\n", "%zu stood there already\n", d->there), d->there);
	if (d->seats)
		fprintf(stderr, ngettext("%zu fixed place filled\n", "%zu fixed places filled\n", d->seats), d->seats);
	if (d->changed)
		fprintf(stderr, ngettext("%zu shift changed\n", "%zu shifts changed\n", d->changed), d->changed);
	if (d->removed)
		fprintf(stderr, ngettext("%zu shift removed\n", "%zu shifts removed\n", d->removed), d->removed);
}

int series_words_report(struct cli *c, const struct series_done *d, const struct change_result *r, struct err *e)
{
	const struct id *made = id_is_none(d->series) ? NULL : &d->series;
	if (cli_wants_json(c))
		return report_json(c, d, r, e);
	say_counts(d);
	int rc = cli_report_change(c, r, made, e);
	if (rc || d->ntold == 0)
		return rc;
	rc = cli_view(c, e);
	return rc ? rc : cli_write_sheet(c, paper_series_told(c->view, c->a, d), e);
}
