/* tui/disagree_rows.c - see disagreeing.h. Owns what there is to decide: values, and what planning at two places has
 * made that no rule of merging can settle. Must not know keys nor draw. */
#include "tui/disagreeing.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/duty.h"
#include "tui/seek.h"
#include "tui/shifts_priv.h"

/* How far ahead double places are looked for, and how far back people on shifts that are gone. */
enum { DAYS_AHEAD = 28, DAYS_BACK = 90, DAY_SECONDS = 24 * 3600 };

/* What settles each kind of row: its key, and what it does. */
static const struct { const char *key, *advice; } settles[] = {
	[DISAGREE_VALUES] = {"a b", N_("Its letter takes a value, e writes another; it may wait.")},
	[DISAGREE_STRAY] = {"x", N_("x takes the people off it; Enter shows the shift's history, where u puts the shift back.")},
	[DISAGREE_TWINS] = {"Enter", N_("Enter puts the two side by side and makes them one.")},
};

/* Rules that two places break together though each kept them. */
static const struct trouble_of_two { const char *rule, *field, *advice; bool ring; } of_two[] = {
	{"overlap", N_("Two places"), N_("Enter shows the day, where a place can be given to somebody else. Two places that both hold "
		"need nothing."), false},
	{"overfull", N_("Too many"), N_("Enter shows the day, where somebody can be taken off, or more be asked for. Where all are "
		"welcome, nothing is needed."), false},
	{"moved", N_("Moved"), N_("Enter begins the phone round, which asks first whoever must say yes again. Until then the place is "
		"open."), true},
	{"called-off", N_("Called off"), N_("Enter shows the day, where those on it can be taken off, or the shift be held after all."),
		false},
};

static void add(struct disagreeing *d, struct arena *a, struct disagree_row row)
{
	if (row.kind != DISAGREE_PROBLEM) {
		row.key = settles[row.kind].key;
		row.advice = _(settles[row.kind].advice);
	}
	d->rows = arena_grow(a, d->rows, &d->cap, d->n + 1, sizeof row);
	d->rows[d->n++] = row;
}

/* ---- values --------------------------------------------------------------------------------------------- */
static const char *values_text(const struct disagreement *x, struct arena *a)
{
	const char *text = "";
	for (size_t i = 0; i < x->nclaims; i++)
		text = arena_printf(a, "%s%s%s", text, i ? "  ≠  " : "", x->claim[i].text);
	return text;
}

static int read_values(struct disagreeing *d, struct arena *a, struct view *v, struct err *e)
{
	struct disagreement *x = NULL;
	int rc = sync_disagreements(v, a, &x, &d->nvalues, e);
	for (size_t i = 0; rc == OK && i < d->nvalues; i++)
		add(d, a, (struct disagree_row){
			.kind = DISAGREE_VALUES, .id = list_id_in(x[i].id, x[i].field + 1), .what = x[i].title,
			.field = x[i].label, .text = values_text(&x[i], a), .d = &x[i],
		});
	return rc;
}

bool disagree_is_long(const struct disagreement *d)
{
	const struct field *f = schema_field(d->type, d->field);
	return f && d->field != FIELD_ALIVE && f->kind == KIND_LONGTEXT;
}

struct value disagree_both(struct arena *a, const struct disagreement *d)
{
	const char *text = "";
	for (int mine = 1; mine >= 0; mine--)
		for (size_t i = 0; i < d->nclaims; i++) {
			const struct claim *c = &d->claim[i];
			if (c->mine == mine && c->v.tag == V_TEXT)
				text = arena_printf(a, "%s%s%s", text, *text ? "\n" : "", c->v.text.s);
		}
	return value_text(text);
}

/* One record, by what it is called; of several that fit the one that is called just so. */
static int parse_ref(struct app *app, const struct field *f, const char *typed, struct value *out, struct err *e)
{
	struct form_ref *refs = NULL;
	size_t n = 0;
	struct book *b = app_book_now(app, e);
	if (!b)
		return e->code;
	seek_refs(b, f, typed, app_scratch(app), &refs, &n);
	if (n == 0)
		return err_set(e, ERR_NOTFOUND, _("Nothing is called '%s'."), typed);
	if (n > 1 && text_compare(refs[0].title, typed) != 0)
		return err_set(e, ERR_AMBIGUOUS, _("'%s' fits %s, %s and perhaps others: write more of it."), typed,
			refs[0].title, refs[1].title);
	*out = value_id(refs[0].id);
	return OK;
}

int disagree_parse(struct app *app, const struct disagreement *d, const char *typed, struct value *out, struct err *e)
{
	const struct field *f = schema_field(d->type, d->field);
	if (f && f->kind == KIND_REF && *typed)
		return parse_ref(app, f, typed, out, e);
	return kind_parse(app_scratch(app), f, typed, app_today(app), out, e);
}

/* ---- what no merge can settle ------------------------------------------------------------------------------ */
static void add_stray(struct disagreeing *d, struct arena *a, struct id shift, const char *what, const char *text)
{
	add(d, a, (struct disagree_row){
		.kind = DISAGREE_STRAY, .id = list_id_in(shift, 0x40), .what = what, .field = _("Deleted shift"), .text = text,
		.stray = shift,
	});
}

static bool has_stray(const struct disagreeing *d, struct id shift)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->rows[i].kind == DISAGREE_STRAY && id_equal(d->rows[i].stray, shift))
			return true;
	return false;
}

static const char *names_on(const struct stray_row *r, size_t n, struct id shift, const struct book *b, struct arena *a)
{
	const char *names = "";
	for (size_t i = 0; i < n; i++)
		if (id_equal(r[i].duty.shift, shift) && duty_is_held(&r[i].duty))
			names = arena_printf(a, "%s%s%s", names, *names ? ", " : "", book_name(b, r[i].volunteer));
	return names;
}

/* Whoever stands on one, however long ago that came about; organisations' places where the shift was deleted lately. */
static int read_strays(struct disagreeing *d, struct screen *s, struct view *v, const struct book *b, struct err *e)
{
	struct stray_row *r = NULL;
	struct digest_row *news = NULL;
	size_t n = 0, nnews = 0;
	int64_t since = store_now(app_store(s->app)) - (int64_t)DAYS_BACK * DAY_SECONDS;
	int rc = sync_strays(v, s->model, since, &news, &nnews, e);
	for (size_t i = 0; rc == OK && i < nnews; i++)
		add_stray(d, s->model, news[i].record, news[i].title, news[i].what);
	if (rc == OK)
		rc = view_strays(v, s->model, cmin_at(app_today(s->app) - DAYS_BACK, 0), &r, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		if (duty_is_held(&r[i].duty) && !has_stray(d, r[i].duty.shift))
			add_stray(d, s->model, r[i].duty.shift, view_title(v, s->model, r[i].duty.shift),
				arena_printf(s->model, _("the shift is deleted, but on it: %s"),
					names_on(r, n, r[i].duty.shift, b, s->model)));
	return rc;
}

/* NULL: one place can bring it about alone. */
static const struct trouble_of_two *find_of_two(const struct problem *p)
{
	for (size_t i = 0; i < sizeof of_two / sizeof *of_two; i++)
		if (problem_stands(p) && strcmp(p->v.rule->id, of_two[i].rule) == 0)
			return &of_two[i];
	return NULL;
}

static int read_problems(struct disagreeing *d, struct screen *s, struct view *v, struct book *b, struct err *e)
{
	size_t n = 0;
	civil_date today = app_today(s->app);
	int rc = rules_problems(v, b, s->model, NULL, today, today + DAYS_AHEAD, false, &d->problems, &n, e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct problem *p = &d->problems[i];
		const struct trouble_of_two *t = find_of_two(p);
		if (!t)
			continue;
		add(d, s->model, (struct disagree_row){
			.kind = DISAGREE_PROBLEM, .what = p->person ? p->person->name : shift_title(s->model, p->shift),
			.id = list_id_in(id_assignment(p->shift->row.shift, p->person ? p->person->id : ID_NONE), 0x80 + (int)(t - of_two)),
			.field = _(t->field), .text = p->v.sentence, .problem = p, .key = "Enter", .advice = _(t->advice), .ring = t->ring,
		});
	}
	return rc;
}

static void read_twins(struct disagreeing *d, struct screen *s, struct book *b)
{
	size_t n = 0;
	struct twin *t = book_twins(b, s->model, &n);
	for (size_t i = 0; i < n; i++)
		add(d, s->model, (struct disagree_row){
			.kind = DISAGREE_TWINS, .id = id_assignment(t[i].a->id, t[i].b->id), .what = t[i].a->name,
			.field = _("Twice"),
			.text = arena_printf(s->model, _("two records look like one person (%s)"), t[i].why),
			.older = t[i].a->id, .younger = t[i].b->id,
		});
}

int disagree_read(struct disagreeing *d, struct screen *s, struct view *v, struct err *e)
{
	struct book *b = app_book(s->app, v, e);
	d->rows = NULL;
	d->n = d->cap = d->nvalues = 0;
	int rc = b ? read_values(d, s->model, v, e) : e->code;
	if (rc == OK)
		rc = read_strays(d, s, v, b, e);
	if (rc == OK)
		rc = read_problems(d, s, v, b, e);
	if (rc == OK)
		read_twins(d, s, b);
	return rc;
}
