/* roster/printed.c - see retention.h: what is put down when people's data leave the program or are looked at.
 *
 * Owns the records of printed lists. Must not know how a sheet is written, nor what is kept of looking
 * (store/seen.h). */
#include "roster/retention.h"

#include <string.h>

#include "base/lang.h"
#include "store/seen.h"

/* ---- printed lists ---------------------------------------------------------------------------------------------- */

static bool same_date(const struct rec *r, int field, civil_date day)
{
	return rec_date(r, field) == day;
}

/* The same sheet by the same hand on the same day, and not shredded yet. */
static bool is_noted(const struct rec *r, const struct printed *p, const char *by, civil_date today)
{
	return same_date(r, F_PRINTED_LIST_PRINTED, today) && same_date(r, F_PRINTED_LIST_SHREDDED, DATE_NONE) &&
	       same_date(r, F_PRINTED_LIST_FROM, p->from) && same_date(r, F_PRINTED_LIST_TO, p->to) &&
	       same_date(r, F_PRINTED_LIST_SHRED, p->shred) && id_equal(rec_id(r, F_PRINTED_LIST_UNIT), p->unit) &&
	       id_equal(rec_id(r, F_PRINTED_LIST_VOLUNTEER), p->volunteer) &&
	       strcmp(rec_text(r, F_PRINTED_LIST_WHAT), p->what) == 0 && strcmp(rec_text(r, F_PRINTED_LIST_BY), by) == 0;
}

/* What is to be put down, with its shred date; *needed: it isn't yet. */
static int look_back(struct store *s, struct printed *p, bool *needed, struct err *e)
{
	struct view *v;
	struct arena *a = arena_new();
	struct rec **r;
	int limits[LIMIT_COUNT];
	size_t n = 0;
	int rc = view_begin(s, &v, e);
	if (rc == OK)
		rc = rules_limits(v, limits, e);
	if (rc == OK && p->shred == DATE_NONE)
		p->shred = store_today(s) + limits[LIMIT_SHRED_DAYS];
	if (rc == OK)
		rc = view_all(v, a, TYPE_PRINTED_LIST, &r, &n, e);
	*needed = rc == OK;
	for (size_t i = 0; rc == OK && i < n; i++)
		*needed = *needed && !is_noted(r[i], p, store_person(s), store_today(s));
	view_end(v);
	arena_free(a);
	return rc;
}

static int put_list(struct change *c, struct store *s, const struct printed *p, struct err *e)
{
	struct id id = change_new(c, TYPE_PRINTED_LIST);
	const struct field_value fields[] = {
		{F_PRINTED_LIST_WHAT, value_text(p->what)},
		{F_PRINTED_LIST_PURPOSE, value_text_or_none(p->purpose)},
		{F_PRINTED_LIST_PRINTED, value_int(store_today(s))},
		{F_PRINTED_LIST_BY, value_text_or_none(store_person(s))},
		{F_PRINTED_LIST_SHRED, value_int(p->shred)},
		{F_PRINTED_LIST_FROM, value_date_or_none(p->from)},
		{F_PRINTED_LIST_TO, value_date_or_none(p->to)},
		{F_PRINTED_LIST_UNIT, value_id_or_none(p->unit)},
		{F_PRINTED_LIST_VOLUNTEER, value_id_or_none(p->volunteer)},
	};
	change_arg(c, value_id(id));
	return change_set_all(c, TYPE_PRINTED_LIST, id, fields, sizeof fields / sizeof *fields, e);
}

/* A site that only follows keeps no log of its own: change_begin refuses it. */
static int write_list(struct store *s, const struct printed *p, bool *noted, struct err *e)
{
	struct change *c;
	int rc = change_begin(s, ACT_PRINT, &c, e);
	if (rc == ERR_REFUSED) {
		*noted = false;
		return OK;
	}
	if (rc)
		return rc;
	rc = put_list(c, s, p, e);
	if (rc == OK)
		return change_commit(c, NULL, e);
	change_abandon(c);
	return rc;
}

int retention_note_print(struct store *s, const struct printed *p, bool *noted, struct err *e)
{
	struct printed it = *p;
	bool needed;
	*noted = !store_is_readonly(s);
	if (!*noted)
		return OK;
	int rc = look_back(s, &it, &needed, e);
	if (rc == OK && needed)
		rc = write_list(s, &it, noted, e);
	*noted = *noted && rc == OK;
	return rc;
}

int retention_shredded(struct store *s, const struct id *list, size_t n, civil_date day, struct change_result *out, struct err *e)
{
	struct change *c = NULL;
	if (day > store_today(s))
		return err_set(e, ERR_DATA, _("what is shredded was shredded today or before"));
	int rc = change_begin(s, ACT_SHRED, &c, e);
	if (rc == OK && n > 0)
		change_arg(c, value_id(list[0]));
	for (size_t i = 0; i < n && rc == OK; i++)
		rc = change_set(c, TYPE_PRINTED_LIST, list[i], F_PRINTED_LIST_SHREDDED, value_int(day), e);
	if (rc == OK)
		return change_commit(c, out, e);
	change_abandon(c);
	return rc;
}

/* ---- looking at a card ------------------------------------------------------------------------------------------ */

int retention_note_seen(struct store *s, struct id volunteer, int how, struct err *e)
{
	struct view *v;
	int limits[LIMIT_COUNT];
	civil_date today = store_today(s);
	if (store_is_readonly(s))
		return OK;
	int rc = view_begin(s, &v, e);
	if (rc)
		return rc;
	rc = rules_limits(v, limits, e);
	view_end(v);
	if (rc)
		return rc;
	return seen_put(s, volunteer, (enum seen_how)how, today, civil_add_months(today, -limits[LIMIT_RETENTION_SEEN_MONTHS]), e);
}
