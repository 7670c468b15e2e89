/* export/prints.c - see prints.h: the table of papers, and what all of them have in common. Owns which paper a word
 * means, and its usual period. Must not know what stands on any: the makers do. */
#include "export/prints.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/prints_priv.h"

#define PRINT(id, about, asks, usual, make, label, help, purpose) {id, label, help, purpose, about, asks, usual, make},
static const struct print_kind kinds[] = {
#include "export/prints.def"
};
#undef PRINT
enum { KINDS = sizeof kinds / sizeof *kinds };

const struct print_kind *print_kinds(size_t *n)
{
	*n = KINDS;
	return kinds;
}

/* 0: the whole label; 1: a part of it; 2: no. */
static int label_fits(struct arena *a, const struct print_kind *k, const char *text)
{
	const char *const labels[] = {text_fold(a, k->label), text_fold(a, _(k->label))};
	int fits = 2;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i], text) == 0)
			fits = 0;
		else if (fits > 1 && text_fold_match(labels[i], text, NULL))
			fits = 1;
	return fits;
}

const struct print_kind *print_kind_named(const char *text)
{
	const struct print_kind *best[2] = {NULL};
	size_t n[2] = {0};
	for (size_t i = 0; i < KINDS; i++)
		if (strcmp(kinds[i].id, text) == 0)
			return &kinds[i];
	struct arena *a = arena_new();
	const char *folded = text_fold(a, text);
	for (size_t i = 0; *folded && i < KINDS; i++) {
		int fits = label_fits(a, &kinds[i], folded);
		if (fits < 2) {
			best[fits] = &kinds[i];
			n[fits]++;
		}
	}
	arena_free(a);
	return n[0] == 1 ? best[0] : n[0] == 0 && n[1] == 1 ? best[1] : NULL;
}

void print_usual_period(const struct print_kind *k, civil_date today, civil_date *from, civil_date *to)
{
	enum { WEEKS_AHEAD = 4 };
	struct ymd day = civil_to_ymd(today);
	civil_date month = civil_from_ymd(day.y, day.m, 1);
	*from = *to = DATE_NONE;
	switch (k->usual) {
	case USUAL_NONE: break;
	case USUAL_TODAY: *from = today, *to = today + 1; break;
	case USUAL_WEEK: *from = civil_monday(today), *to = *from + 7; break;
	case USUAL_MONTH: *from = month, *to = civil_add_months(month, 1); break;
	case USUAL_LAST_MONTH: *from = civil_add_months(month, -1), *to = month; break;
	case USUAL_YEAR: *from = civil_from_ymd(day.y, 1, 1), *to = civil_from_ymd(day.y + 1, 1, 1); break;
	case USUAL_AHEAD: *from = today, *to = today + 7 * WEEKS_AHEAD; break;
	}
}

int print_make(struct view *v, struct book *b, struct arena *a, const struct print_order *how, struct sheet **out, struct err *e)
{
	struct print_order it = *how;
	if (it.from == DATE_NONE)
		print_usual_period(it.kind, store_today(view_store(v)), &it.from, &it.to);
	int rc = it.kind->make(v, b, a, &it, out, e);
	if (rc)
		return rc;
	if ((*out)->shred != DATE_NONE)
		(*out)->purpose = *it.kind->purpose ? _(it.kind->purpose) : "";
	(*out)->a3 = it.a3 && ((*out)->face == FACE_TABLE || (*out)->face == FACE_POSTER);
	return it.ncolumns ? sheet_keep_columns(*out, it.columns, it.ncolumns, e) : OK;
}

const struct id *print_unit(const struct print_order *how)
{
	return id_is_none(how->unit) ? NULL : &how->unit;
}

int print_about_one(const struct print_order *how, struct id *out, struct err *e)
{
	*out = how->nabout == 1 ? how->about[0] : ID_NONE;
	return how->nabout == 1 ? OK : err_set(e, ERR_USAGE, _("%s is about one only: choose which (%s)"), _(how->kind->label),
		_(schema_type(how->kind->about)->label));
}
