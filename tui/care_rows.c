/* tui/care_rows.c - see care_priv.h. Owns who stands in each of the lists of care, in the order of roster/care.h. Must
 * not know keys nor draw, nor how much anybody has done. */
#include "tui/care_priv.h"

#include "base/lang.h"
#include "tui/shifts_priv.h"
#include "tui/words.h"

/* What one list is filled from. */
struct filler { struct view *v; struct arena *a; struct care *d; struct cells *l; struct err *e; };

static struct cell_row *add_row(const struct filler *x, struct id id, const struct person *p)
{
	struct cell_row *row = cells_add(x->l, x->a, id, p->name);
	row->person = p;
	return row;
}

static struct ready_cell day_cell(const struct filler *x, civil_date d)
{
	return (struct ready_cell){words_day(x->a, d, x->d->today), d};
}

static int read_talks(const struct filler *x)
{
	struct talk *all;
	size_t n;
	int rc = talk_list(x->v, x->d->book, x->a, &all, &n, x->e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct talk *t = &all[i];
		bool is_due = t->due != DATE_NONE && t->due <= x->d->today;
		struct cell_row *row = add_row(x, t->id, t->person);
		row->cell[1] = day_cell(x, t->due);
		row->cell[2].text = talk_kind_name(t->kind);
		row->cell[3].text = person_phone(x->a, t->person);
		struct care_notes notes = {t->note, id_is_none(t->about) ? "" : view_title(x->v, x->a, t->about)};
		row->of = arena_copy(x->a, &notes, sizeof notes);
		row->role = is_due ? ROLE_WARN : ROLE_DEFAULT;
		x->l->role = is_due ? ROLE_WARN : x->l->role;
	}
	return rc;
}

static int read_jubilees(const struct filler *x)
{
	civil_date today = x->d->today, from = today - (civil_to_ymd(today).d - 1);
	civil_date to = civil_add_months(from, CARE_JUBILEE_MONTHS);
	bool birthdays = false;
	size_t n;
	int rc = care_birthdays(x->v, &birthdays, x->e);
	if (rc)
		return rc;
	const struct jubilee *all = care_jubilees(x->d->book, x->a, from, to, birthdays, &n);
	for (size_t i = 0; i < n; i++) {
		const struct jubilee *j = &all[i];
		struct cell_row *row = add_row(x, list_id_in(j->person->id, j->birthday), j->person);
		row->cell[1] = day_cell(x, j->day);
		row->cell[2].text = jubilee_text(x->a, j);
		row->cell[3].text = person_phone(x->a, j->person);
		row->role = j->day == today ? ROLE_WARN : j->day < today ? ROLE_DIM : ROLE_DEFAULT;
		x->l->role = j->day == today ? ROLE_WARN : x->l->role;
	}
	return OK;
}

static int read_thanks(const struct filler *x)
{
	struct unthanked *all;
	size_t n;
	int rc = care_unthanked(x->v, x->d->book, x->a, x->d->today, &all, &n, x->e);
	for (size_t i = 0; rc == OK && i < n; i++) {
		struct cell_row *row = add_row(x, all[i].person->id, all[i].person);
		row->cell[1] = day_cell(x, all[i].last);
		if (all[i].last == DATE_NONE)
			row->cell[1].text = _("never");
		row->cell[2] = day_cell(x, all[i].person->started);
		row->cell[3] = day_cell(x, all[i].shift);
	}
	return rc;
}

int care_read(struct care *d, struct view *v, struct arena *model, struct err *e)
{
	static int (*const read[CARE_MODES])(const struct filler *x) = {
		[CARE_TALKS] = read_talks, [CARE_JUBILEES] = read_jubilees, [CARE_THANKS] = read_thanks,
	};
	int rc = OK;
	for (int mode = 0; rc == OK && mode < CARE_MODES; mode++) {
		struct filler x = {v, model, d, &d->lists[mode], e};
		cells_clear(&d->lists[mode]);
		rc = read[mode](&x);
	}
	return rc;
}
