/* tests/tui_harness.c - see tui_harness.h. Owns typing into an app without a terminal and reading its picture. */
#include "tests/tui_harness.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os.h"
#include "base/text.h"

static int64_t standing_clock(void *ctx)
{
	(void)ctx;
	return 1764576000;             /* 2025-12-01 09:00 Danish time */
}

void tui_open(struct tui *t, const struct app_opts *opts, int rows, int cols)
{
	struct app_opts with_clock = *opts;
	if (!with_clock.clock.now)
		with_clock.clock.now = standing_clock;
	*t = (struct tui){.app = app_new(&with_clock), .cv = cv_new(rows, cols), .arena = arena_new()};
	t->ms = os_monotonic_ms();
}

void tui_close(struct tui *t)
{
	app_free(t->app);
	cv_free(t->cv);
	arena_free(t->arena);
	*t = (struct tui){0};
}

static void give(struct tui *t, struct event ev)
{
	ev.ms = ++t->ms;
	if (!app_is_done(t->app))
		app_event(t->app, &ev);
	if (!app_is_done(t->app))
		app_draw(t->app, t->cv);
}

void tui_draw(struct tui *t)
{
	app_draw(t->app, t->cv);
}

void tui_key(struct tui *t, int key)
{
	give(t, (struct event){.what = EV_KEY, .key = key});
}

/* The characters between two apostrophes; returns what follows the second. */
static const char *type_quoted(struct tui *t, const char *s)
{
	char one[8];
	int width;
	for (size_t n; *s && *s != '\'' && (n = text_grapheme(s, &width)) > 0; s += n) {
		snprintf(one, sizeof one, "%.*s", (int)n, s);
		tui_key(t, *s == ' ' ? K_SPACE : key_parse(one, NULL));
	}
	s += *s == '\'';
	return s + strspn(s, " ");
}

void tui_keys(struct tui *t, const char *names)
{
	names += strspn(names, " ");
	while (*names) {
		if (*names == '\'') {
			names = type_quoted(t, names + 1);
			continue;
		}
		int key = key_parse(names, &names);
		if (key == K_NONE)
			ok(false, "a key of a test has a name");
		tui_key(t, key);
	}
}

void tui_paste(struct tui *t, const char *text)
{
	give(t, (struct event){.what = EV_PASTE, .text = text});
}

void tui_resize(struct tui *t, int rows, int cols)
{
	cv_resize(t->cv, rows, cols);
	give(t, (struct event){.what = EV_RESIZE, .rows = rows, .cols = cols});
}

void tui_wait(struct tui *t, int64_t ms)
{
	int timeout = app_timeout(t->app, t->ms);
	t->ms += ms;
	if (timeout >= 0 && timeout <= ms)
		give(t, (struct event){.what = EV_TIMER});
}

const char *tui_dump(struct tui *t, bool roles)
{
	struct buf b = {0};
	cv_dump(t->cv, roles, &b);
	char *text = arena_strndup(t->arena, b.p, b.n);
	buf_free(&b);
	return text;
}

const char *tui_row(struct tui *t, int row)
{
	return cv_row(t->cv, t->arena, row);
}

bool tui_shows(struct tui *t, const char *text)
{
	return strstr(tui_dump(t, false), text) != NULL;
}

/* ---- goldens ------------------------------------------------------------------------------------------- */
static void tell_difference(const char *got, const char *want)
{
	for (int line = 1; *got || *want; line++) {
		size_t g = strcspn(got, "\n"), w = strcspn(want, "\n");
		if (g != w || memcmp(got, want, g) != 0) {
			diag("line %d is  |%.*s|", line, (int)g, got);
			diag("should be   |%.*s|", (int)w, want);
		}
		got += g + (got[g] != '\0');
		want += w + (want[w] != '\0');
	}
}

bool tui_golden(struct tui *t, const char *name, bool roles)
{
	const char *srcdir = getenv("srcdir"), *mode = getenv("SAMVAGT_GOLDEN"), *got = tui_dump(t, roles);
	char *path = arena_printf(t->arena, "%s/tests/golden/%s.txt", srcdir ? srcdir : ".", name);
	struct buf want = {0};
	struct err e = {0};
	if (mode && strcmp(mode, "update") == 0)
		os_write_file(path, got, strlen(got), &e);
	int rc = os_read_file(path, 1 << 20, &want, &e);
	bool same = rc == OK && strcmp(want.p ? want.p : "", got) == 0;
	ok(same, "picture %s", name);
	if (rc)
		diag("%s", e.text);
	else if (!same)
		tell_difference(got, want.p);
	buf_free(&want);
	return same;
}

void tui_goldens(struct tui *t, const char *name)
{
	static const struct { int rows, cols; } sizes[] = {{17, 60}, {40, 120}, {24, 80}};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		tui_resize(t, sizes[i].rows, sizes[i].cols);
		tui_golden(t, arena_printf(t->arena, "%s-%dx%d", name, sizes[i].cols, sizes[i].rows), true);
	}
}

static bool is_on(struct tui *t, const char *text)
{
	return strstr(tui_row(t, t->cv->cursor_row), text) != NULL;
}

bool tui_go(struct tui *t, const char *text)
{
	enum { ROWS_MOST = 60 };
	tui_keys(t, "Home");
	for (int i = 0; i < ROWS_MOST && !is_on(t, text); i++)
		tui_keys(t, "Down");
	return ok(is_on(t, text), "%s is there", text);
}

/* ---- what must always hold ----------------------------------------------------------------------------- */
/* An action whose key does something else here, because another has it too. */
static const struct action *shadowed(const struct tui *t, const struct screen *s)
{
	size_t n;
	const struct action_set *const *sets = app_actions(t->app, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < sets[i]->n; j++) {
			const struct action *a = &sets[i]->rows[j];
			for (const char *keys = a->keys; *keys && action_applies(a, screen_contexts(s));)
				if (action_of_key(sets, n, screen_contexts(s), key_parse(keys, &keys)) != a &&
					!(screen_contexts(s) & CTX_OWN_KEYS && action_is_general(a)))
					return a;
		}
	return NULL;
}

/* Rows that are drawn as selected; *last is the lowest. */
static int selected_rows(const struct canvas *cv, int *last)
{
	int n = 0;
	*last = -1;
	for (int row = 1; row < cv->rows - 2; row++)
		for (int col = 0; col < cv->cols; col++)
			if (cv->cells[row * cv->cols + col].role & ROLE_SELECTED && row != *last) {
				*last = row;
				n++;
			}
	return n;
}

const char *tui_broken(struct tui *t)
{
	const struct canvas *cv = t->cv;
	struct screen *s = app_top(t->app);
	int at;
	if (cv->cursor_row < 0 || cv->cursor_row >= cv->rows || cv->cursor_col < 0 || cv->cursor_col >= cv->cols)
		return "the cursor is outside";
	if (cv->rows < 17 || cv->cols < 60)
		return NULL;
	size_t unused;
	bool types = s->typing || (s->list && list_is_filtering(s->list));
	bool on_row = s->list && !types && list_selected(s->list, &unused) && !s->trouble.code;
	int selected = selected_rows(cv, &at);
	if (on_row && selected != 1)
		return "not exactly one row is selected";
	if (on_row && cv->cursor_row != at)
		return "the cursor isn't on the selected row";
	if (s->form && !s->trouble.code && (cv->cursor_row < 1 || cv->cursor_row >= cv->rows - 2))
		return "the cursor isn't in the form";
	const char *hints = tui_row(t, cv->rows - 1);
	if (!s->ops->alone && strncmp(hints, "? ", 2) != 0 && strncmp(hints, "F1 ", 3) != 0)
		return "the hint bar doesn't begin with help";
	const struct action *twice = shadowed(t, s);
	return twice ? arena_printf(t->arena, "a key of %s is bound twice here", twice->id) : NULL;
}

/* ---- random walks -------------------------------------------------------------------------------------- */
static bool is_avoided(const struct app *app, int key, const char *avoid)
{
	size_t n;
	const struct action_set *const *sets = app_actions(app, &n);
	const struct action *a = action_of_key(sets, n, screen_contexts(app_top((struct app *)app)), key);
	const char *at = a && avoid ? strstr(avoid, a->id) : NULL;
	return at && (at[strlen(a->id)] == ' ' || at[strlen(a->id)] == '\0');
}

/* A key of some action here. */
static int random_action_key(struct tui *t, struct prng *r)
{
	size_t n;
	const struct action_set *const *sets = app_actions(t->app, &n);
	const struct action_set *set = sets[prng_below(r, n)];
	const struct action *a = &set->rows[prng_below(r, set->n)];
	return key_parse(a->keys, NULL);
}

static int random_key(struct tui *t, struct prng *r)
{
	static const int moves[] = {
		K_UP, K_DOWN, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN, K_SHIFT_UP, K_SHIFT_DOWN, K_TAB,
		K_BACKTAB, K_BACKSPACE, K_DELETE, K_ENTER, K_ESC, K_SPACE, K_INSERT, K_F5, K_CTRL('U'), K_CTRL('W'),
	};
	static const char *const letters[] = {"a", "s", "ø", "å", "æ", "é", "8", "-", "/", "j", "y", "x", "界"};
	switch (prng_below(r, 3)) {
	case 0: return random_action_key(t, r);
	case 1: return moves[prng_below(r, sizeof moves / sizeof *moves)];
	default: return key_parse(letters[prng_below(r, sizeof letters / sizeof *letters)], NULL);
	}
}

static void random_step(struct tui *t, struct prng *r, const char *avoid, struct buf *told)
{
	char name[KEY_NAME];
	uint64_t kind = prng_below(r, 40);
	if (kind == 0) {
		int rows = 1 + (int)prng_below(r, 60), cols = 1 + (int)prng_below(r, 200);
		buf_addf(told, "%dx%d ", cols, rows);
		tui_resize(t, rows, cols);
	} else if (kind < 4) {
		tui_resize(t, 24, 80);         /* a walk blind most of the way would see little */
	} else if (kind == 4) {
		buf_adds(told, "paste ");
		tui_paste(t, "3/12 8-11\nQ u x\t界 e\xCC\x81");
	} else {
		int key = random_key(t, r);
		if (key == K_NONE || is_avoided(t->app, key, avoid))
			return;
		buf_addf(told, "%s ", key_to_name(name, key));
		tui_key(t, key);
	}
}

bool tui_walk(struct tui *t, struct prng *r, int n, const char *avoid, const char *name)
{
	struct buf told = {0};
	uint64_t seed = r->s;
	const char *broken = NULL;
	app_draw(t->app, t->cv);
	for (int i = 0; i < n && !broken && !app_is_done(t->app); i++) {
		random_step(t, r, avoid, &told);
		arena_reset(t->arena);
		broken = app_is_done(t->app) ? NULL : tui_broken(t);
	}
	ok(!broken, "%s", name);
	if (broken) {
		diag("%s, seed %llu, after: %s", broken, (unsigned long long)seed, told.p ? told.p : "");
		diag("%s", tui_dump(t, false));
	}
	buf_free(&told);
	return !broken;
}

void tui_speak(const char *lang)
{
	const char *build = getenv("top_builddir");
	lang_init(lang, build ? build : ".");
}

void tui_move_in(void)
{
	const char *home = test_dir();
	assert(home);
	setenv("HOME", home, 1);
	if (chdir(home) != 0)
		abort();
}
