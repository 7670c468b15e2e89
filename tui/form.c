/* tui/form.c - see form.h. Owns what was typed in each field and what it was understood as. Must not know the
 * store, nor how a form is drawn (form_draw.c). */
#include "tui/form.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "tui/form_priv.h"

enum { HITS_MAX = 8 };

/* Nobody corrects a date or a number letter by letter, but a name or a note. */
static bool is_short(enum kind kind)
{
	return kind != KIND_TEXT && kind != KIND_LONGTEXT && kind != KIND_EMAIL;
}

struct form *form_new(const struct field *const *fields, size_t n, const struct form_hooks *hooks, civil_date today)
{
	assert(n > 0);
	struct form *f = mem_alloc(sizeof *f);
	f->lines = mem_alloc(n * sizeof *f->lines);
	f->seen = mem_alloc(sizeof *f->seen);
	f->n = n;
	f->today = today;
	if (hooks)
		f->hooks = *hooks;
	for (size_t i = 0; i < n; i++) {
		struct line *l = &f->lines[i];
		l->f = fields[i];
		l->echo = "";
		l->edit.lines = fields[i]->kind == KIND_LONGTEXT;
		/* room for a name that is looked up or a date in words; the kind's own limit is told, not enforced */
		l->edit.max = fields[i]->max > 200 ? fields[i]->max * 2 : 400;
		l->replaces = is_short(fields[i]->kind);
		l->arena = arena_new();
		l->kept = arena_new();
		l->original = arena_strdup(l->kept, "");
	}
	return f;
}

void form_free(struct form *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->n; i++) {
		lineedit_free(&f->lines[i].edit);
		arena_free(f->lines[i].arena);
		arena_free(f->lines[i].kept);
	}
	free(f->lines);
	free(f->seen);
	free(f);
}

/* When it has the focus, and is rather typed anew than edited. */
static void propose(struct form *f, struct line *l)
{
	if (l == &f->lines[f->at])
		l->edit.proposed = l->replaces && *lineedit_text(&l->edit) && !l->edit.hidden;
}

static struct line *line_of(const struct form *f, int field)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->lines[i].f->no == field)
			return &f->lines[i];
	return NULL;
}

static bool line_is_choice(const struct line *l)
{
	return l->f->kind == KIND_CHOICE || l->f->kind == KIND_BOOL;
}

bool line_changed(const struct line *l)
{
	if (l->wrong.code)
		return strcmp(lineedit_text(&l->edit), l->original) != 0;
	return !value_equal(l->value, l->was);
}

const char *line_aside(const struct line *l, bool focused)
{
	bool has_echo = *l->echo && (focused || line_changed(l));
	return has_echo ? l->echo : l->note ? l->note : "";
}

/* ---- understanding ------------------------------------------------------------------------------------ */
static void pick_hit(struct line *l, size_t i)
{
	l->hit = i;
	l->value = value_id(l->hits[i].id);
	l->echo = strcmp(l->hits[i].title, lineedit_text(&l->edit)) == 0 ? "" : l->hits[i].title;
	if (l->nhits > 1)
		l->echo = arena_printf(l->arena, _("%s (%zu of %zu; → the next)"), l->hits[i].title, i + 1, l->nhits);
}

static int understand_ref(const struct form *f, struct line *l, const char *text)
{
	if (f->hooks.refs)
		f->hooks.refs(f->hooks.ctx, l->f, text, l->arena, &l->hits, &l->nhits);
	if (l->nhits > HITS_MAX)
		l->nhits = HITS_MAX;
	if (l->nhits == 0)
		return err_set(&l->wrong, ERR_NOTFOUND, _("%s: nothing is called '%s'."), _(l->f->label), text);
	pick_hit(l, 0);
	return OK;
}

static int understand_text(const struct form *f, struct line *l, const char *text)
{
	int rc = ERR_UNSUPPORTED;
	if (f->hooks.understand)
		rc = f->hooks.understand(f->hooks.ctx, l->f, text, l->arena, &l->value, &l->echo, &l->wrong);
	if (rc != ERR_UNSUPPORTED)
		return rc;
	l->wrong.code = OK;
	if (strcmp(text, l->original) == 0) {
		l->value = value_copy(l->arena, l->was);
		return OK;
	}
	if (l->f->kind == KIND_REF)
		return *text ? understand_ref(f, l, text) : OK;
	rc = kind_parse(l->arena, l->f, text, f->today, &l->value, &l->wrong);
	if (rc || l->value.tag == V_NONE || l->edit.hidden)
		return rc;
	const char *said = kind_format(l->arena, l->f, l->value, KIND_HUMAN);
	l->echo = strcmp(said, text) == 0 || l->f->kind == KIND_LONGTEXT ? "" : said;
	return OK;
}

static void understand(const struct form *f, struct line *l)
{
	arena_reset(l->arena);
	l->value = value_none();
	l->echo = NULL;
	l->hits = NULL;
	l->nhits = l->hit = 0;
	l->wrong.code = OK;
	int rc = understand_text(f, l, lineedit_text(&l->edit));
	l->wrong.code = rc;
	if (rc)
		l->value = value_none();
	if (rc || !l->echo)
		l->echo = "";
	if (!rc)
		l->shows_wrong = false;
}

/* ---- what the screen puts and asks -------------------------------------------------------------------- */
static void keep_original(struct line *l)
{
	arena_reset(l->kept);
	l->original = arena_strdup(l->kept, lineedit_text(&l->edit));
	l->was = value_copy(l->kept, l->value);
}

/* As it would be typed: a date without its weekday, which would have to be changed with it. */
static const char *typed_form(struct arena *a, const struct field *f, struct value v)
{
	char buf[64];
	if (v.tag == V_NONE)
		return "";
	if (f->kind != KIND_DATE && f->kind != KIND_DATETIME)
		return kind_format(a, f, v, KIND_HUMAN);
	civil_date day = f->kind == KIND_DATE ? (civil_date)v.i : cmin_date(v.i);
	const char *date = arena_strdup(a, civil_format_date(buf, sizeof buf, day, CIVIL_SHORT));
	if (f->kind == KIND_DATE)
		return date;
	return arena_printf(a, "%s %s", date, civil_format_time(buf, sizeof buf, cmin_minute(v.i)));
}

void form_put(struct form *f, int field, struct value v, const char *title)
{
	struct line *l = line_of(f, field);
	if (!l)
		return;
	arena_reset(l->arena);
	l->nhits = 0;
	l->echo = "";
	l->wrong.code = OK;
	l->shows_wrong = false;
	l->value = value_copy(l->arena, v);
	lineedit_set(&l->edit, title ? title : typed_form(l->arena, l->f, v));
	propose(f, l);
	keep_original(l);
}

void form_put_rec(struct form *f, const struct rec *r, const char *(*title)(void *ctx, struct id id, struct arena *a))
{
	struct arena *a = arena_new();
	for (size_t i = 0; i < f->n; i++) {
		struct value v = rec_get(r, f->lines[i].f->no);
		bool named = v.tag == V_ID && title;
		form_put(f, f->lines[i].f->no, v, named ? title(f->hooks.ctx, v.id, a) : NULL);
	}
	arena_free(a);
}

void form_type(struct form *f, int field, const char *text)
{
	struct line *l = line_of(f, field);
	if (!l)
		return;
	lineedit_set(&l->edit, text);
	propose(f, l);
	understand(f, l);
}

void form_choose(struct form *f, int field, struct id id, const char *title)
{
	struct line *l = line_of(f, field);
	size_t i = 0;
	if (!l)
		return;
	form_type(f, field, title);
	while (i < l->nhits && !id_equal(l->hits[i].id, id))
		i++;
	if (i == l->nhits) {           /* more are called so than are kept */
		l->hits = arena_alloc(l->arena, sizeof *l->hits);
		*l->hits = (struct form_ref){id, arena_strdup(l->arena, title)};
		l->nhits = 1;
		l->wrong.code = OK;
		i = 0;
	}
	pick_hit(l, i);
}

void form_replace(struct form *f, int field)
{
	struct line *l = line_of(f, field);
	if (!l)
		return;
	l->replaces = true;
	propose(f, l);
}

void form_note(struct form *f, int field, const char *words)
{
	struct line *l = line_of(f, field);
	if (l)
		l->note = arena_strdup(l->kept, words);
}

void form_hide(struct form *f, int field)
{
	struct line *l = line_of(f, field);
	assert(l && *lineedit_text(&l->edit) == '\0');
	l->edit.hidden = true;
}

struct value form_value(const struct form *f, int field)
{
	const struct line *l = line_of(f, field);
	return l ? l->value : value_none();
}

const char *form_text(const struct form *f, int field)
{
	const struct line *l = line_of(f, field);
	return l ? lineedit_text(&l->edit) : "";
}

bool form_changed(const struct form *f, int field)
{
	const struct line *l = line_of(f, field);
	return l && line_changed(l);
}

bool form_is_dirty(const struct form *f)
{
	size_t i = 0;
	while (i < f->n && !line_changed(&f->lines[i]))
		i++;
	return i < f->n;
}

void form_set_clean(struct form *f)
{
	for (size_t i = 0; i < f->n; i++)
		keep_original(&f->lines[i]);
}

void form_revert(struct form *f)
{
	for (size_t i = 0; i < f->n; i++)
		form_type(f, f->lines[i].f->no, f->lines[i].original);
}

const struct field *form_next_change(const struct form *f, size_t *i, struct value *v)
{
	for (; *i < f->n; (*i)++) {
		const struct line *l = &f->lines[*i];
		if (!line_changed(l))
			continue;
		*v = l->value;
		(*i)++;
		return l->f;
	}
	return NULL;
}

/* ---- checking ------------------------------------------------------------------------------------------ */
static void focus_line(struct form *f, size_t i);

void form_blame(struct form *f, int field, const char *sentence)
{
	struct line *l = field ? line_of(f, field) : &f->lines[f->at];
	if (!l)
		l = &f->lines[f->at];
	focus_line(f, (size_t)(l - f->lines));
	err_set(&l->wrong, ERR_DATA, "%s", sentence);
	l->shows_wrong = true;
}

static int check_line(const struct form *f, struct line *l)
{
	/* what was only blamed for its company is judged anew */
	if (l->wrong.code)
		understand(f, l);
	bool empty = *lineedit_text(&l->edit) == '\0';
	if (!l->wrong.code && empty && (l->f->flags & FIELD_REQ))
		err_set(&l->wrong, ERR_DATA, _("%s must be filled in."), _(l->f->label));
	l->shows_wrong = l->wrong.code != OK;
	return l->wrong.code;
}

int form_check(struct form *f, struct err *e)
{
	struct err apart = {0};
	const struct line *first = NULL;
	for (size_t i = 0; i < f->n; i++)
		if (check_line(f, &f->lines[i]) && !first)
			first = &f->lines[i];
	if (first) {
		focus_line(f, (size_t)(first - f->lines));
		return err_set(e, first->wrong.code, "%s", first->wrong.text);
	}
	int field = f->hooks.together ? f->hooks.together(f->hooks.ctx, f, &apart) : 0;
	if (field == 0)
		return OK;
	form_blame(f, field, apart.text);
	return err_set(e, ERR_DATA, "%s", apart.text);
}

/* ---- focus and keys ------------------------------------------------------------------------------------ */
/* A choice that was understood is shown by its full name once it is left; other texts stay as typed. */
static void leave_line(struct form *f)
{
	struct line *l = &f->lines[f->at];
	l->edit.proposed = false;
	l->shows_wrong = l->wrong.code != OK;
	if (!line_is_choice(l) || l->value.tag == V_NONE)
		return;
	struct arena *a = arena_new();
	lineedit_set(&l->edit, kind_format(a, l->f, l->value, KIND_HUMAN));
	l->echo = "";
	arena_free(a);
}

static void focus_line(struct form *f, size_t i)
{
	if (i == f->at)
		return;
	leave_line(f);
	f->at = i;
	propose(f, &f->lines[i]);
}

int form_focus(const struct form *f)
{
	return f->lines[f->at].f->no;
}

void form_set_focus(struct form *f, int field)
{
	struct line *l = line_of(f, field);
	if (l)
		focus_line(f, (size_t)(l - f->lines));
}

/* The text of a choice, -1 being none. */
static const char *choice_text(struct arena *a, const struct line *l, int64_t i)
{
	size_t n = 2;
	const struct choice *all = NULL;
	if (l->f->kind == KIND_CHOICE)
		all = schema_choices(l->f->arg, &n);
	if (i < 0 || i >= (int64_t)n)
		return "";
	return kind_format(a, l->f, value_int(all ? all[i].no : i), KIND_HUMAN);
}

/* Where the value stands among the choices, -1 when it is empty. */
static int64_t choice_place(const struct line *l, int64_t *n)
{
	size_t count = 2;
	int64_t at = -1;
	if (l->f->kind == KIND_CHOICE) {
		const struct choice *all = schema_choices(l->f->arg, &count);
		for (size_t i = 0; i < count && l->value.tag == V_INT; i++)
			at = all[i].no == l->value.i ? (int64_t)i : at;
	} else if (l->value.tag == V_INT) {
		at = l->value.i != 0;
	}
	*n = (int64_t)count;
	return at;
}

/* Round through all choices and, where it may be empty, none. */
static void cycle(struct form *f, struct line *l, int by)
{
	int64_t n, at = choice_place(l, &n), least = l->f->flags & FIELD_REQ ? 0 : -1;
	struct arena *a = arena_new();
	at = at < 0 && least == 0 ? (by > 0 ? 0 : n - 1) : at + by;
	at = at >= n ? least : at < least ? n - 1 : at;
	lineedit_set(&l->edit, choice_text(a, l, at));
	understand(f, l);
	arena_free(a);
}

static bool special_key(struct form *f, struct line *l, int key)
{
	bool at_end = l->edit.caret == l->edit.b.n;
	if (line_is_choice(l) && (key == K_LEFT || key == K_RIGHT)) {
		cycle(f, l, key == K_RIGHT ? 1 : -1);
		propose(f, l);
		return true;
	}
	if (key != K_RIGHT || !at_end || l->nhits < 2)
		return false;
	pick_hit(l, (l->hit + 1) % l->nhits);
	return true;
}

static bool edited(struct form *f, struct line *l, enum lineedit_did did)
{
	if (did == LINEEDIT_CHANGED)
		understand(f, l);
	return did != LINEEDIT_IGNORED;
}

static bool move_key(struct form *f, int key)
{
	bool last = f->at + 1 == f->n;
	switch (key) {
	case K_ENTER:
		if (last)
			leave_line(f);
		else
			focus_line(f, f->at + 1);
		return !last;
	case K_TAB: focus_line(f, last ? 0 : f->at + 1); return true;
	case K_BACKTAB: focus_line(f, f->at ? f->at - 1 : f->n - 1); return true;
	case K_DOWN: focus_line(f, last ? f->at : f->at + 1); return true;
	case K_UP: focus_line(f, f->at ? f->at - 1 : 0); return true;
	case K_PGDN: focus_line(f, f->n - 1); return true;
	case K_PGUP: focus_line(f, 0); return true;
	default: return false;
	}
}

bool form_event(struct form *f, const struct event *ev)
{
	struct line *l = &f->lines[f->at];
	if (ev->what == EV_PASTE)
		return edited(f, l, lineedit_paste(&l->edit, ev->text));
	if (ev->what != EV_KEY)
		return false;
	if (move_key(f, ev->key) || special_key(f, l, ev->key))
		return true;
	return edited(f, l, lineedit_key(&l->edit, ev->key));
}

void form_click(struct form *f, int arg)
{
	if (arg >= 0 && (size_t)arg < f->n)
		focus_line(f, (size_t)arg);
}

/* ---- drafts -------------------------------------------------------------------------------------------- */
void form_export(const struct form *f, struct buf *out)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct line *l = &f->lines[i];
		if (!line_changed(l) || l->edit.hidden)
			continue;
		buf_addf(out, "%s=", l->f->name);
		for (const char *s = lineedit_text(&l->edit); *s; s++) {
			if (*s == '\n' || *s == '\\')
				buf_addc(out, '\\');
			buf_addc(out, *s == '\n' ? 'n' : *s);
		}
		buf_addc(out, '\n');
	}
}

static char *unescape(struct arena *a, const char *s, size_t n)
{
	char *text = arena_alloc(a, n + 1), *to = text;
	for (size_t i = 0; i < n; i++) {
		bool escaped = s[i] == '\\' && i + 1 < n;
		i += escaped;
		*to++ = escaped && s[i] == 'n' ? '\n' : s[i];
	}
	return text;
}

void form_import(struct form *f, const char *draft)
{
	struct arena *a = arena_new();
	for (const char *next; *draft; draft = next) {
		size_t line = strcspn(draft, "\n"), name = strcspn(draft, "=");
		next = draft + line + (draft[line] != '\0');
		for (size_t i = 0; i < f->n && name < line; i++) {
			const struct line *l = &f->lines[i];
			bool same = strlen(l->f->name) == name && memcmp(l->f->name, draft, name) == 0;
			if (same && !l->edit.hidden)
				form_type(f, l->f->no, unescape(a, draft + name + 1, line - name - 1));
		}
	}
	f->lines[f->at].edit.proposed = false;
	arena_free(a);
}
