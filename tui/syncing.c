/* tui/syncing.c - see syncing.h. Owns what the screens of syncing say and remember together. Must not draw. */
#include "tui/syncing.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/lang.h"
#include "store/vault.h"

enum { ARRIVALS_MOST = 20 };

static const char looked_row[] = "merge looked at";

const char *who_text(struct arena *a, const char *person, const char *site, bool mine)
{
	const char *place = mine ? arena_printf(a, _("%s (here)"), site) : site;
	return *person && *site ? arena_printf(a, "%s, %s", person, place) : *person ? person : place;
}

/* ---- what has been looked at ---------------------------------------------------------------------------- */
static uint64_t looked_at(struct view *v, struct arena *a)
{
	const void *p = NULL;
	size_t n = 0;
	if (vault_get(v, a, looked_row, &p, &n, NULL) != OK || !p)
		return 0;
	return strtoull(arena_strndup(a, p, n), NULL, 10);
}

int syncing_arrivals(struct view *v, struct arena *a, struct arrivals *out, struct err *e)
{
	uint64_t looked = looked_at(v, a);
	*out = (struct arrivals){0};
	int rc = merge_list(v, a, 0, ARRIVALS_MOST, &out->merges, &out->n, e);
	for (size_t i = 0; rc == OK && i < out->n; i++) {
		const struct merge *m = &out->merges[i];
		if (m->no <= looked) {
			out->n = i;
			break;
		}
		for (size_t k = 0; k < m->n; k++)
			out->changes += (size_t)(m->range[k].upto - m->range[k].after);
	}
	return rc;
}

void syncing_looked(struct store *s, uint64_t newest_merge)
{
	char no[24];
	struct view *v = NULL;
	struct arena *a = arena_new();
	int n = snprintf(no, sizeof no, "%llu", (unsigned long long)newest_merge);
	const struct vault_row row = {looked_row, no, (size_t)n};
	bool is_news = view_begin(s, &v, NULL) == OK && looked_at(v, a) < newest_merge;
	view_end(v);
	arena_free(a);
	if (is_news && !store_is_readonly(s))
		vault_put(s, &row, 1, NULL);
}

/* ---- going on ------------------------------------------------------------------------------------------- */
static bool lives(struct app *app, int type, struct id id, civil_date *day)
{
	struct view *v = NULL;
	struct rec *r = NULL;
	struct arena *a = app_scratch(app);
	bool alive = view_begin(app_store(app), &v, NULL) == OK && view_get(v, a, type, id, &r, NULL) == OK && r &&
		r->alive;
	*day = alive && type == TYPE_SHIFT ? cmin_date(rec_int(r, F_SHIFT_START)) : DATE_NONE;
	view_end(v);
	return alive;
}

void syncing_open_record(struct app *app, int type, struct id id)
{
	civil_date day;
	bool has_form = type == TYPE_UNIT || type == TYPE_ORGANISATION || type == TYPE_ROLE || type == TYPE_SITE;
	bool alive = lives(app, type, id, &day);
	if (alive && type == TYPE_VOLUNTEER)
		app_push(app, screen_volunteer(app, id));
	else if (alive && type == TYPE_SHIFT)
		app_push(app, screen_roster_day(app, day, ID_NONE, id));
	else if (alive && has_form)
		app_push(app, screen_record_form(app, type, id, NULL, NULL));
	else
		app_push(app, screen_history(app, id));
}
