/* export/person_text.c - what is kept of a person, as a text to be read and handed over. Owns its order and lines. Must
 * not know which records there are (person.c). */
#include "export/person_priv.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "store/register.h"

enum { WIDTH = 79, FIELD_INDENT = 2, TEXT_INDENT = 4 };

/* ---- lines ----------------------------------------------------------------------------------------------------- */

static void add_blanks(struct buf *out, int n)
{
	for (; n > 0; n--)
		buf_addc(out, ' ');
}

/* Bytes of the first word, or of as much of it as a line takes. */
static size_t word_length(const char *s, size_t n, int most)
{
	size_t word = strcspn(s, " \n"), fits = 0;
	int width = 0, one;
	word = word > n ? n : word;
	while (fits < word) {
		size_t bytes = text_grapheme(s + fits, &one);
		if (fits && width + one > most)
			break;
		fits += bytes;
		width += one;
	}
	return fits < word ? fits : word;
}

/* One line of the text, which begins in column `at`; what doesn't fit goes on below, set in. */
static void add_line(const struct insight *x, struct buf *out, const char *s, size_t n, int at, int indent)
{
	for (bool blank = false, first = true; n > 0; first = false) {
		size_t word = word_length(s, n, WIDTH - indent);
		int width = text_width(arena_strndup(x->a, s, word));
		if (!first && at + blank + width > WIDTH) {
			buf_addc(out, '\n');
			add_blanks(out, at = indent);
		} else if (blank) {
			buf_addc(out, ' ');
			at++;
		}
		buf_add(out, s, word);
		at += width;
		s += word;
		n -= word;
		blank = n > 0 && *s == ' ';
		s += blank;
		n -= blank;
	}
	buf_addc(out, '\n');
}

/* A text of several lines; the first begins in column `at`. */
static void add_text(const struct insight *x, struct buf *out, const char *s, int at, int indent)
{
	for (bool first = true; *s; first = false) {
		size_t n = strcspn(s, "\n");
		if (!first && n)
			add_blanks(out, at = indent);
		add_line(x, out, s, n, at, indent);
		s += n + (s[n] == '\n');
	}
}

static void add_labelled(const struct insight *x, struct buf *out, const char *label, const char *value)
{
	const char *line = strchr(value, '\n') ? arena_printf(x->a, "%s:\n%s", label, value)
		: arena_printf(x->a, "%s: %s", label, value);
	add_blanks(out, FIELD_INDENT);
	add_text(x, out, line, FIELD_INDENT, TEXT_INDENT);
}

static void add_heading(struct buf *out, const char *heading)
{
	buf_addf(out, "\n%s\n", heading);
	for (int i = text_width(heading); i > 0; i--)
		buf_addc(out, '-');
	buf_addc(out, '\n');
}

/* ---- records --------------------------------------------------------------------------------------------------- */

static const char *label_of(const struct insight *x, const struct about *k, int field)
{
	const struct field *f = schema_field(k->rec->type, field);
	return f ? _(f->label) : arena_printf(x->a, _("field %d"), field);
}

static void add_field(const struct insight *x, struct buf *out, const struct about *k, const struct rec_field *v, bool beside)
{
	const char *value = person_value(x, schema_field(k->rec->type, v->no), v->v);
	if (v->no == FIELD_ALIVE || v->v.tag == V_NONE || !person_may_tell(k, v->no))
		return;
	if (beside)
		value = arena_printf(x->a, _("%s (written at another site at the same time)"), value);
	add_labelled(x, out, label_of(x, k, v->no), value);
}

static void add_record(const struct insight *x, struct buf *out, const struct about *k, size_t number)
{
	const struct rec *r = k->rec;
	const char *text = person_agreement(x, k);
	char day[40];
	buf_addf(out, "%s%zu.", number > 1 ? "\n" : "", number);
	if (k->elsewhere)
		buf_addf(out, " %s", civil_format_date(day, sizeof day, cmin_date(k->time), CIVIL_DAY_YEAR));
	buf_addf(out, "%s\n", k->others ? _(" (another volunteer's; what of it is about you)")
		: r->alive ? "" : _(" (deleted, but not yet erased)"));
	for (size_t i = 0; i < r->n; i++)
		add_field(x, out, k, &r->f[i], false);
	for (size_t i = 0; i < r->nsib; i++)
		add_field(x, out, k, &r->sib[i], true);
	if (text)
		add_labelled(x, out, _("The text"), text);
	if (k->file)
		add_labelled(x, out, _("File"), k->file);
}

static void add_records(const struct insight *x, struct buf *out)
{
	const struct type *now = NULL;
	size_t number = 0;
	for (size_t i = 0; i < x->nkept; i++) {
		const struct about *k = &x->kept[i];
		if (i == 0 || k->type != now) {
			add_heading(out, k->type ? _(k->type->plural) : _("(from a newer version)"));
			number = 0;
		}
		now = k->type;
		add_record(x, out, k, ++number);
	}
}

/* ---- changes --------------------------------------------------------------------------------------------------- */

static const char *write_text(const struct insight *x, const struct about *k, const struct write *w)
{
	if (w->field == FIELD_ALIVE)
		return register_says_alive(w->v) ? _("made") : _("deleted");
	const char *value = person_value(x, schema_field(w->type, w->field), w->v);
	return arena_printf(x->a, "%s: %s", label_of(x, k, w->field), *value ? value : "–");
}

/* What a record began with and still has stands there already. */
static bool stands(const struct about *k, const struct write *w)
{
	return value_equal(rec_get(k->rec, w->field), w->v);
}

static const char *when_text(const struct insight *x, int64_t clock)
{
	char day[40], minute[16];
	civil_min t = civil_from_utc(clock);
	return arena_printf(x->a, "%s %s", civil_format_date(day, sizeof day, cmin_date(t), CIVIL_SHORT),
		civil_format_time(minute, sizeof minute, cmin_minute(t)));
}

static void add_change(const struct insight *x, struct buf *out, const struct deed *d)
{
	struct buf line = {0};
	const struct type *t = d->kept->type;
	bool began = false;
	buf_addf(&line, "%s · %s%s%s · %s:", when_text(x, d->group->clock), d->group->person, *d->site ? ", " : "", d->site,
		t ? _(t->label) : "");
	for (size_t i = 0; i < d->group->nwrites; i++) {
		const struct write *w = &d->group->writes[i];
		bool makes = w->field == FIELD_ALIVE && register_says_alive(w->v);
		began = began || makes;
		if (!makes && began && stands(d->kept, w))
			continue;
		buf_addf(&line, "%s %s", i ? ";" : "", write_text(x, d->kept, w));
	}
	add_text(x, out, line.p ? line.p : "", 0, FIELD_INDENT);
	buf_wipe(&line);
}

static void add_seen(const struct insight *x, struct buf *out, const struct audit *s)
{
	char day[40];
	const char *when = s->day_only
		? civil_format_date(day, sizeof day, cmin_date(civil_from_utc(s->clock)), CIVIL_SHORT) : when_text(x, s->clock);
	add_text(x, out, arena_printf(x->a, "%s · %s%s%s · %s", when, s->person, *s->person && *s->site ? ", " : "", s->site,
		person_mask(x, s->what)), 0, FIELD_INDENT);
}

void person_put_text(const struct insight *x, struct buf *out)
{
	const char *title = arena_printf(x->a, _("What is kept of %s"), x->name);
	add_text(x, out, title, 0, 0);
	add_text(x, out, x->made, 0, 0);
	for (size_t i = 0; i < TOLD; i++) {
		add_heading(out, x->told[i].heading);
		add_text(x, out, x->told[i].text, 0, 0);
	}
	add_records(x, out);
	add_heading(out, _("Who has looked at it, and where it went"));
	for (size_t i = 0; i < x->nseen; i++)
		add_seen(x, out, x->seen[i]);
	if (x->nseen == 0)
		add_text(x, out, _("Nobody, as far as is remembered here."), 0, 0);
	add_heading(out, _("Changes, the newest first"));
	for (size_t i = 0; i < x->ndone; i++)
		add_change(x, out, &x->done[i]);
}
