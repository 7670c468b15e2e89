/* store/seen.c - see seen.h. Owns the rows "seen-…" of the vault: a line "day way person" for each, newest first. Must
 * not know for how long they are kept, nor what a card is. */
#include "store/seen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/letters.h"
#include "store/store_priv.h"
#include "store/vault.h"

#define ROW "seen-"
enum { NAME = sizeof ROW - 1, LETTERS = 2 * sizeof(struct id), ROW_NAME = NAME + LETTERS + 1 };

static void name_row(char out[ROW_NAME], struct id volunteer)
{
	memcpy(out, ROW, NAME);
	letters_write(out + NAME, volunteer.b, sizeof volunteer.b);
}

bool seen_is_row(const char *name, size_t n, struct id *volunteer)
{
	char letters[LETTERS + 1] = "";
	if (n != NAME + LETTERS || memcmp(name, ROW, NAME) != 0)
		return false;
	memcpy(letters, name + NAME, LETTERS);
	return letters_read(letters, volunteer->b, sizeof volunteer->b);
}

/* ---- reading ------------------------------------------------------------------------------------- */

/* "20420 0 Lise Holm" */
static bool parse_line(char *text, struct seen_line *out)
{
	char *rest;
	long day = strtol(text, &rest, 10);
	if (rest == text || *rest != ' ')
		return false;
	char *way = rest + 1;
	long how = strtol(way, &rest, 10);
	if (rest == way || *rest != ' ' || how < 0 || how > SEEN_PRINT || !civil_in_range(day))
		return false;
	*out = (struct seen_line){ (civil_date)day, (enum seen_how)how, rest + 1 };
	return true;
}

int seen_list(struct view *v, struct arena *a, struct id volunteer, struct seen_line **out, size_t *n, struct err *e)
{
	struct pile lines = { .a = a, .item = sizeof **out };
	struct seen_line line;
	char name[ROW_NAME];
	const void *p;
	size_t size;
	name_row(name, volunteer);
	int rc = vault_get(v, a, name, &p, &size, e);
	char *text = rc == OK && p ? arena_strndup(a, p, size) : NULL;
	while (rc == OK && text && *text) {
		char *end = text + strcspn(text, "\n");
		bool last = *end == '\0';
		*end = '\0';
		rc = parse_line(text, &line) ? pile_add(&lines, &line, e) : view_corrupt(v, KV_META, e);
		text = end + !last;
	}
	*out = lines.at;
	*n = rc == OK ? lines.n : 0;
	return rc;
}

/* ---- writing ------------------------------------------------------------------------------------- */

struct noting { struct id volunteer; struct seen_line now; civil_date forget_before; bool needed; };

static bool is_kept(struct view *v, struct arena *a, struct id volunteer)
{
	const void *p;
	size_t n;
	struct rec *r;
	return vault_get(v, a, VAULT_FOLLOWS, &p, &n, NULL) == OK && !p &&
		view_get(v, a, TYPE_VOLUNTEER, volunteer, &r, NULL) == OK && r && r->alive;
}

static void put_line(struct buf *b, const struct seen_line *l)
{
	buf_addf(b, "%d %d %s\n", (int)l->day, (int)l->how, l->by);
}

static bool is_same(const struct seen_line *x, const struct seen_line *y)
{
	return x->day == y->day && x->how == y->how && strcmp(x->by, y->by) == 0;
}

/* The row as it is to be. */
static int write_row(struct view *v, struct arena *a, struct noting *k, struct buf *b, struct err *e)
{
	struct seen_line *was;
	size_t n;
	int rc = seen_list(v, a, k->volunteer, &was, &n, e);
	k->needed = rc == OK && is_kept(v, a, k->volunteer);
	put_line(b, &k->now);
	for (size_t i = 0; i < n; i++) {
		k->needed = k->needed && !is_same(&was[i], &k->now);
		if (was[i].day >= k->forget_before)
			put_line(b, &was[i]);
	}
	return rc == OK && b->oom ? view_nomem(e) : rc;
}

int seen_put(struct store *s, struct id volunteer, enum seen_how how, civil_date today, civil_date forget_before,
	struct err *e)
{
	struct noting k = { .volunteer = volunteer, .now = { today, how, store_person(s) }, .forget_before = forget_before };
	char name[ROW_NAME];
	struct buf b = { 0 };
	struct view *v;
	assert(how <= SEEN_PRINT && forget_before <= today);
	if (s->readonly || s->dry_run)
		return OK;
	int rc = view_begin(s, &v, e);
	if (rc != OK)
		return rc;
	struct arena *a = arena_new();
	rc = write_row(v, a, &k, &b, e);
	view_end(v);
	name_row(name, volunteer);
	const struct vault_row row = { name, b.p, b.n };
	if (rc == OK && k.needed)
		rc = vault_put(s, &row, 1, e);
	buf_free(&b);
	arena_free(a);
	return rc;
}
