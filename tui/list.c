/* tui/list.c - see list.h. Owns which rows are shown in which order, which one is selected and which are marked.
 * Must not know what rows are, nor how they are drawn (list_draw.c). */
#include "tui/list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/search.h"
#include "base/text.h"
#include "tui/list_priv.h"

struct list *list_new(const struct list_source *source, const struct list_col *cols, size_t ncols)
{
	assert(ncols > 0 && ncols <= LIST_COLS_MAX);
	struct list *l = mem_alloc(sizeof *l);
	*l = (struct list){.source = source, .cols = cols, .ncols = ncols, .sort = -1, .arena = arena_new()};
	l->seen = mem_alloc(sizeof *l->seen);
	for (size_t i = 0; i < ncols; i++)
		if (i == 0 || !cols[i].hidden)
			l->shown |= UINT64_C(1) << i;
	return l;
}

void list_free(struct list *l)
{
	if (!l)
		return;
	lineedit_free(&l->filter);
	arena_free(l->arena);
	free(l->order);
	free(l->view);
	free(l->marks);
	free(l->seen);
	free(l);
}

struct id list_id_in(struct id id, int section)
{
	id.b[0] ^= (uint8_t)section;
	return id;
}

/* ---- rows in order ---------------------------------------------------------------------------------- */
struct sort {
	const struct list *l;
	char **keys;
	size_t *lens;
};

static int compare_keys(const struct sort *s, size_t x, size_t y)
{
	size_t shorter = s->lens[x] < s->lens[y] ? s->lens[x] : s->lens[y];
	int c = memcmp(s->keys[x], s->keys[y], shorter);
	return c ? c : (s->lens[x] > s->lens[y]) - (s->lens[x] < s->lens[y]);
}

/* Equal rows keep the order of the source, also when descending. */
static int compare_rows(const void *px, const void *py, void *ctx)
{
	const struct sort *s = ctx;
	const struct list *l = s->l;
	size_t x = *(const size_t *)px, y = *(const size_t *)py;
	int c = s->keys ? compare_keys(s, x, y) : l->source->compare(l->ctx, x, y, (size_t)l->sort);
	if (c)
		return l->descending ? -c : c;
	return (x > y) - (x < y);
}

static void sort_order(struct list *l)
{
	struct sort s = {.l = l};
	struct arena *a = arena_new();
	if (!l->source->compare) {
		s.keys = arena_alloc(a, l->nrows * sizeof *s.keys);
		s.lens = arena_alloc(a, l->nrows * sizeof *s.lens);
		for (size_t i = 0; i < l->nrows; i++)
			s.keys[i] = text_sort_key(a, l->source->cell(l->ctx, i, (size_t)l->sort, a), &s.lens[i]);
	}
	qsort_r(l->order, l->nrows, sizeof *l->order, compare_rows, &s);
	arena_free(a);
}

static void put_in_order(struct list *l)
{
	for (size_t i = 0; i < l->nrows; i++)
		l->order[i] = i;
	if (l->sort >= 0)
		sort_order(l);
}

/* ---- the filter ------------------------------------------------------------------------------------- */
static void add_find_text(const struct list *l, size_t row, struct arena *a, struct buf *b)
{
	if (l->source->find) {
		buf_adds(b, l->source->find(l->ctx, row, a));
		return;
	}
	for (size_t col = 0; col < l->ncols; col++) {
		buf_adds(b, l->source->cell(l->ctx, row, col, a));
		buf_addc(b, ' ');
	}
}

/* Folding is the slow part, so it is done once for each row, when the filter is opened. */
static void fold_rows(struct list *l)
{
	if (l->hay)
		return;
	struct arena *a = arena_new();
	struct buf b = {0};
	l->hay = arena_alloc(l->arena, (l->nrows + 1) * sizeof *l->hay);
	for (size_t i = 0; i < l->nrows; i++) {
		buf_reset(&b);
		add_find_text(l, i, a, &b);
		l->hay[i] = text_fold(l->arena, b.p);
		if (i % 256 == 255)
			arena_reset(a);
	}
	buf_free(&b);
	arena_free(a);
}

/* A filter keeps the order that is known; where things are looked for by name, the best come first. */
static void apply_filter(struct list *l)
{
	struct arena *a = arena_new();
	const char *needle = text_fold(a, lineedit_text(&l->filter));
	int ranks = l->always && *needle ? 3 : 1;
	if (*needle)
		fold_rows(l);
	l->nview = 0;
	for (int wanted = 0; wanted < ranks; wanted++)
		for (size_t i = 0; i < l->nrows; i++) {
			int rank = 0;
			bool fits = !*needle || text_fold_match(l->hay[l->order[i]], needle, &rank);
			if (fits && (ranks == 1 || rank == wanted))
				l->view[l->nview++] = l->order[i];
		}
	arena_free(a);
}

static struct id row_id(const struct list *l, size_t at)
{
	return l->source->id(l->ctx, l->view[at]);
}

static bool find_in_view(const struct list *l, struct id id, size_t *at)
{
	for (size_t i = 0; i < l->nview; i++)
		if (id_equal(row_id(l, i), id)) {
			*at = i;
			return true;
		}
	return false;
}

static void select_at(struct list *l, size_t at)
{
	l->at = at;
	l->selected = l->nview ? row_id(l, at) : ID_NONE;
}

/* Show what there is now, with the selection where it was: on the same thing, else in the same place. */
static void rebuild(struct list *l)
{
	size_t at;
	apply_filter(l);
	if (l->nview == 0)
		l->at = 0;        /* `selected` stays, for when the filter goes */
	else if (find_in_view(l, l->selected, &at))
		l->at = at;
	else
		select_at(l, l->at < l->nview ? l->at : l->nview - 1);
}

/* What was typed for is the best of what fits; where names are looked for, also when less is typed again. */
static void refilter(struct list *l)
{
	l->at = 0;
	if (l->always)
		l->selected = ID_NONE;
	rebuild(l);
}

/* ---- marks ------------------------------------------------------------------------------------------ */
static int compare_ids(const void *x, const void *y)
{
	return id_compare(*(const struct id *)x, *(const struct id *)y);
}

/* Where the id is among the sorted marks, or would be. */
static size_t mark_place(const struct list *l, struct id id)
{
	return search_first(&id, l->marks, l->nmarks, sizeof *l->marks, compare_ids);
}

bool list_is_marked(const struct list *l, struct id id)
{
	size_t i = mark_place(l, id);
	return i < l->nmarks && id_equal(l->marks[i], id);
}

static void reserve_marks(struct list *l, size_t need)
{
	if (need <= l->cap_marks)
		return;
	l->cap_marks = need * 2;
	l->marks = mem_realloc(l->marks, l->cap_marks * sizeof *l->marks);
}

void list_mark(struct list *l, struct id id, bool on)
{
	size_t i = mark_place(l, id);
	bool is_on = i < l->nmarks && id_equal(l->marks[i], id);
	if (is_on == on)
		return;
	reserve_marks(l, l->nmarks + 1);
	if (on)
		memmove(l->marks + i + 1, l->marks + i, (l->nmarks - i) * sizeof *l->marks);
	else
		memmove(l->marks + i, l->marks + i + 1, (l->nmarks - i - 1) * sizeof *l->marks);
	l->nmarks += on ? 1 : (size_t)-1;
	if (on)
		l->marks[i] = id;
}

void list_unmark(struct list *l)
{
	l->nmarks = 0;
}

void list_mark_all(struct list *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->nview; i++)
		n += list_is_marked(l, row_id(l, i));
	if (n == l->nview) {
		for (size_t i = 0; i < l->nview; i++)
			list_mark(l, row_id(l, i), false);
		return;
	}
	reserve_marks(l, l->nmarks + l->nview);
	for (size_t i = 0; i < l->nview; i++)
		l->marks[l->nmarks++] = row_id(l, i);
	qsort(l->marks, l->nmarks, sizeof *l->marks, compare_ids);
	n = 0;
	for (size_t i = 0; i < l->nmarks; i++)
		if (n == 0 || !id_equal(l->marks[n - 1], l->marks[i]))
			l->marks[n++] = l->marks[i];
	l->nmarks = n;
}

/* Marks of rows that are gone would make an action work on what nobody sees. */
static void prune_marks(struct list *l)
{
	size_t kept = 0;
	if (l->nmarks == 0)
		return;
	struct id *keep = mem_alloc(l->nmarks * sizeof *keep);
	for (size_t i = 0; i < l->nrows && kept < l->nmarks; i++) {
		struct id id = l->source->id(l->ctx, i);
		if (list_is_marked(l, id))
			keep[kept++] = id;
	}
	qsort(keep, kept, sizeof *keep, compare_ids);
	memcpy(l->marks, keep, kept * sizeof *keep);
	l->nmarks = kept;
	free(keep);
}

size_t list_nmarks(const struct list *l)
{
	return l->nmarks;
}

struct id *list_targets(const struct list *l, struct arena *a, size_t *n)
{
	struct id *ids = arena_alloc(a, (l->nmarks + 1) * sizeof *ids);
	*n = 0;
	for (size_t i = 0; i < l->nrows && *n < l->nmarks; i++) {
		struct id id = l->source->id(l->ctx, l->order[i]);
		if (list_is_marked(l, id))
			ids[(*n)++] = id;
	}
	if (*n == 0 && l->nview)
		ids[(*n)++] = l->selected;
	return ids;
}

/* ---- what the screen sets and asks ------------------------------------------------------------------ */
void list_set(struct list *l, const void *ctx, size_t nrows)
{
	l->ctx = ctx;
	l->nrows = nrows;
	l->hay = NULL;
	arena_reset(l->arena);
	l->order = mem_realloc(l->order, nrows * sizeof *l->order);
	l->view = mem_realloc(l->view, nrows * sizeof *l->view);
	put_in_order(l);
	prune_marks(l);
	rebuild(l);
}

void list_forget(struct list *l)
{
	l->hay = NULL;
	arena_reset(l->arena);
}

bool list_selected(const struct list *l, size_t *row)
{
	if (l->nview)
		*row = l->view[l->at];
	return l->nview > 0;
}

struct id list_selected_id(const struct list *l)
{
	return l->nview ? l->selected : ID_NONE;
}

bool list_select(struct list *l, struct id id)
{
	size_t at;
	if (!find_in_view(l, id, &at))
		return false;
	select_at(l, at);
	return true;
}

size_t list_count(const struct list *l)
{
	return l->nview;
}

size_t list_total(const struct list *l)
{
	return l->nrows;
}

void list_filter(struct list *l, const char *text)
{
	lineedit_set(&l->filter, text);
	refilter(l);
}

const char *list_filter_text(const struct list *l)
{
	return lineedit_text(&l->filter);
}

void list_filter_open(struct list *l)
{
	fold_rows(l);
	l->filtering = true;
	l->on_row = false;
}

void list_filter_always(struct list *l)
{
	l->filtering = l->always = true;
}

bool list_is_filtering(const struct list *l)
{
	return l->filtering;
}

void list_sort_by(struct list *l, int col, bool descending)
{
	assert(col >= -1 && col < (int)l->ncols);
	l->sort = col;
	l->descending = descending;
	put_in_order(l);
	rebuild(l);
}

int list_sorted_by(const struct list *l, bool *descending)
{
	*descending = l->descending;
	return l->sort;
}

size_t list_ncols(const struct list *l)
{
	return l->ncols;
}

const struct list_col *list_column(const struct list *l, size_t col)
{
	assert(col < l->ncols);
	return &l->cols[col];
}

bool list_column_shown(const struct list *l, size_t col)
{
	return l->shown >> col & 1;
}

void list_column_show(struct list *l, size_t col, bool on)
{
	uint64_t bit = UINT64_C(1) << col;
	l->shown = on || col == 0 ? l->shown | bit : l->shown & ~bit;
}

/* ---- events ----------------------------------------------------------------------------------------- */
static void move(struct list *l, long by)
{
	long at = (long)l->at + by, last = (long)l->nview - 1;
	l->on_row = true;
	if (last >= 0)
		select_at(l, (size_t)(at < 0 ? 0 : at > last ? last : at));
}

/* Going back over a marked row takes the mark of the one left, so that a range can be made smaller again. */
static void mark_range(struct list *l, int by)
{
	if (l->nview == 0)
		return;
	struct id from = l->selected;
	move(l, by);
	bool back = list_is_marked(l, from) && list_is_marked(l, l->selected) && !id_equal(from, l->selected);
	list_mark(l, from, !back);
	list_mark(l, l->selected, true);
}

static bool move_key(struct list *l, int key)
{
	long page = l->seen->rows > 1 ? l->seen->rows - 1 : 1;
	switch (key) {
	case K_UP: move(l, -1); return true;
	case K_DOWN: move(l, 1); return true;
	case K_PGUP: move(l, -page); return true;
	case K_PGDN: move(l, page); return true;
	case K_SHIFT_UP: mark_range(l, -1); return true;
	case K_SHIFT_DOWN: mark_range(l, 1); return true;
	default: return false;
	}
}

static bool edit_filter(struct list *l, enum lineedit_did did)
{
	if (did == LINEEDIT_CHANGED)
		refilter(l);
	if (did != LINEEDIT_IGNORED)
		l->on_row = false;
	return did != LINEEDIT_IGNORED;
}

static bool filter_key(struct list *l, int key)
{
	bool empty = *lineedit_text(&l->filter) == '\0';
	bool closes = key == K_ENTER || key == K_ESC || (key == K_BACKSPACE && empty);
	if (!closes)
		return edit_filter(l, lineedit_key(&l->filter, key));
	if (!l->always) {
		l->filtering = false;
		return key != K_ENTER;
	}
	if (key != K_ESC || empty)
		return key == K_BACKSPACE;
	list_filter(l, "");
	return true;
}

bool list_event(struct list *l, const struct event *ev)
{
	if (ev->what == EV_PASTE && l->filtering)
		return edit_filter(l, lineedit_paste(&l->filter, ev->text));
	if (ev->what != EV_KEY)
		return false;
	if (move_key(l, ev->key))
		return true;
	if (l->filtering)
		return filter_key(l, ev->key);
	if (ev->key == K_HOME || ev->key == K_END) {
		move(l, ev->key == K_HOME ? -(long)l->nview : (long)l->nview);
		return true;
	}
	if (ev->key != K_ESC || *lineedit_text(&l->filter) == '\0')
		return false;
	list_filter(l, "");
	return true;
}

void list_click(struct list *l, int arg)
{
	if (arg >= 0 && (size_t)arg < l->nview)
		select_at(l, (size_t)arg);
}
