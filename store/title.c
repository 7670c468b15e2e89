/* store/title.c - see store.h. Owns what records and change groups are called. Must not know what anybody does with
 * the words. */
#include <assert.h>
#include <string.h>

#include "base/lang.h"
#include "store/change.h"
#include "store/past.h"

enum { DEPTH = 4 };     /* an assignment's shift's unit; a connection of connections goes no further */

static char *title_of(struct view *v, struct arena *a, struct id id, int depth);

static char *join(struct arena *a, const char *x, const char *between, const char *y)
{
	return *x && *y ? arena_printf(a, "%s%s%s", x, between, y) : arena_strdup(a, *x ? x : y);
}

/* Titles never fail; who shows them asks view_check(). */
static void note(struct view *v, int rc)
{
	v->damaged = v->damaged || rc == ERR_CORRUPT;
}

static struct value field_of(struct view *v, struct arena *a, const struct rec *r, int field)
{
	struct value value;
	int rc = past_value(v, a, r, field, &value, NULL);
	note(v, rc);
	return rc == OK ? value : value_none();
}

/* What a reference points at. */
static char *title_ref(struct view *v, struct arena *a, const struct rec *r, int field, int depth)
{
	struct value to = field_of(v, a, r, field);
	return title_of(v, a, to.tag == V_ID ? to.id : ID_NONE, depth - 1);
}

/* "ons 3/12 08:00–11:00" */
static char *format_times(struct view *v, struct arena *a, const struct rec *shift)
{
	char day[64], span[64];
	struct value start = field_of(v, a, shift, F_SHIFT_START), end = field_of(v, a, shift, F_SHIFT_END);
	if (start.tag != V_INT)
		return arena_strdup(a, "");
	civil_format_date(day, sizeof day, cmin_date(start.i), CIVIL_DAY);
	civil_format_span(span, sizeof span, start.i, end.tag == V_INT ? end.i : start.i);
	return arena_printf(a, "%s %s", day, span);
}

static char *title_shift(struct view *v, struct arena *a, const struct rec *r, int depth)
{
	char *role = title_ref(v, a, r, F_SHIFT_ROLE, depth), *unit = title_ref(v, a, r, F_SHIFT_UNIT, depth);
	return join(a, join(a, role, ", ", unit), " ", format_times(v, a, r));
}

/* "Hospitalsguide, Forhal, Viborg man ons 08:00–11:00" */
static char *title_series(struct view *v, struct arena *a, const struct rec *r, int depth)
{
	char *role = title_ref(v, a, r, F_SERIES_ROLE, depth), *unit = title_ref(v, a, r, F_SERIES_UNIT, depth), span[64];
	struct value start = field_of(v, a, r, F_SERIES_START), end = field_of(v, a, r, F_SERIES_END);
	char *days = kind_format(a, schema_field(TYPE_SERIES, F_SERIES_DAYS), field_of(v, a, r, F_SERIES_DAYS), KIND_HUMAN);
	char *title = join(a, join(a, role, ", ", unit), " ", days);
	if (start.tag != V_INT || end.tag != V_INT)
		return title;
	return join(a, title, " ", civil_format_span(span, sizeof span, start.i, end.i));
}

static char *title_assignment(struct view *v, struct arena *a, const struct rec *r, int depth)
{
	bool person = field_of(v, a, r, F_ASSIGNMENT_VOLUNTEER).tag == V_ID;
	char *holder = title_ref(v, a, r, person ? F_ASSIGNMENT_VOLUNTEER : F_ASSIGNMENT_ORGANISATION, depth);
	return join(a, holder, ", ", title_ref(v, a, r, F_ASSIGNMENT_SHIFT, depth));
}

/* The table's TITLE fields: texts, choices and minutes with a blank between, what is referred to with a comma. */
static char *title_fields(struct view *v, struct arena *a, const struct rec *r, int depth)
{
	const struct type *t = schema_type(r->type);
	char *title = arena_strdup(a, "");
	for (size_t i = 0; t && i < t->nfields; i++) {
		const struct field *f = &t->fields[i];
		if (!(f->flags & FIELD_TITLE))
			continue;
		struct value value = field_of(v, a, r, f->no);
		if (value.tag == V_ID)
			title = join(a, title, ", ", title_of(v, a, value.id, depth - 1));
		else if (value.tag == V_TEXT || f->kind == KIND_CHOICE || f->kind == KIND_DATETIME)
			title = join(a, title, " ", kind_format(a, f, value, KIND_HUMAN));
	}
	return title;
}

static char *title_of(struct view *v, struct arena *a, struct id id, int depth)
{
	struct rec *r = NULL;
	if (id_is_erased(id))
		return arena_strdup(a, _("(erased)"));
	int rc = depth == 0 || id_is_none(id) ? OK : view_find(v, a, id, &r, NULL);
	note(v, rc);
	if (rc != OK || !r)
		return arena_strdup(a, "?");
	char *title = r->type == TYPE_SHIFT ? title_shift(v, a, r, depth) :
		r->type == TYPE_SERIES ? title_series(v, a, r, depth) : r->type == TYPE_ASSIGNMENT ? title_assignment(v, a, r, depth) : title_fields(v, a, r, depth);
	return *title ? title : arena_strdup(a, "?");
}

char *view_title(struct view *v, struct arena *a, struct id id)
{
	return title_of(v, a, id, DEPTH);
}

char *view_field_text(struct view *v, struct arena *a, const struct field *f, struct value value)
{
	if (f->kind == KIND_REF && value.tag == V_ID)
		return view_title(v, a, value.id);
	return kind_format(a, f, value, KIND_HUMAN);
}

/* ---- change groups ------------------------------------------------------------------------------- */

static const struct { uint8_t no; const char *label; } acts[] = {
#define ACT(NAME, number, label) { number, label },
#include "store/acts.def"
};

static const char *act_label(int no)
{
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (acts[i].no == no)
			return _(acts[i].label);
	return _("a change that this version doesn't know");
}

/* A day, or by its Monday a week, that was copied. */
static char *format_copied(struct arena *a, int act, civil_date day)
{
	char buf[64];
	if (act == ACT_COPY_DAY)
		return arena_strdup(a, civil_format_date(buf, sizeof buf, day, CIVIL_DAY_YEAR));
	return arena_printf(a, "%s %d", civil_format_week(buf, sizeof buf, day, CIVIL_DAY), civil_to_week(day).year);
}

static char *format_arg(struct view *v, struct arena *a, int act, struct value arg)
{
	bool copied = act == ACT_COPY_DAY || act == ACT_COPY_WEEK;
	if (copied && arg.tag == V_INT)
		return format_copied(a, act, (civil_date)arg.i);
	if (act == ACT_SETTING && arg.tag == V_TEXT && *arg.text.s)
		return arena_strdup(a, _(arg.text.s));         /* its label, as in the table of settings */
	switch (arg.tag) {
	case V_ID:
		return view_title(v, a, arg.id);
	case V_INT:
		return arena_printf(a, "%lld", (long long)arg.i);
	case V_TEXT:
		return arena_strdup(a, arg.text.s);
	case V_NONE:
	case V_RAW:
		break;
	}
	return arena_strdup(a, "?");
}

static char *fill_in(struct arena *a, const char *label, const char *const arg[3])
{
	char *out = arena_strdup(a, "");
	for (const char *p = label; *p;) {
		size_t n = strcspn(p, "%");
		bool is_arg = p[n] == '%' && p[n + 1] >= '1' && p[n + 1] <= '3';
		if (!is_arg && p[n])
			n++;
		out = arena_printf(a, "%s%.*s%s", out, (int)n, p, is_arg ? arg[p[n + 1] - '1'] : "");
		p += n + (is_arg ? 2 : 0);
	}
	return out;
}

static char *label_of(struct view *v, struct arena *a, const struct group *g)
{
	const char *arg[3];
	for (size_t i = 0; i < 3; i++)
		arg[i] = format_arg(v, a, g->act, g->arg[i]);
	return fill_in(a, act_label(g->act), arg);
}

static char *subject(struct view *v, struct arena *a, const struct group *g, bool *other)
{
	struct group *of = NULL;
	int rc = g->undoes.no != 0 ? log_get_head(v, a, g->undoes, &of, NULL) : ERR_NOTFOUND;
	note(v, rc);
	*other = rc == OK;
	return label_of(v, a, *other ? of : g);
}

char *log_subject(struct view *v, struct arena *a, const struct group *g)
{
	bool other;
	return subject(v, a, g, &other);
}

char *log_label(struct view *v, struct arena *a, const struct group *g)
{
	bool other;
	char *about = subject(v, a, g, &other);
	return other ? fill_in(a, act_label(g->act), (const char *const[3]){ about, "", "" }) : about;
}
