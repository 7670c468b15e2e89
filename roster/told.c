/* roster/told.c - see told.h. Owns who counts as being on a shift that is called off. Must not know why it is. */
#include "roster/told.h"

#include <stdlib.h>

#include "roster/duty.h"

static struct told_person *told_of(struct to_tell *t, const struct person *who)
{
	for (size_t i = 0; i < t->n; i++)
		if (id_equal(t->told[i].volunteer, who->id))
			return &t->told[i];
	t->told = arena_grow(t->a, t->told, &t->cap, t->n + 1, sizeof *t->told);
	t->told[t->n] = (struct told_person){
		.volunteer = who->id,
		.name = arena_strdup(t->a, who->name),
		.phone = arena_strdup(t->a, who->phone),
		.first = CMIN_NONE,
	};
	return &t->told[t->n++];
}

int told_add(struct to_tell *t, const struct shift_row *s, struct err *e)
{
	struct seat_row *seats;
	size_t n;
	int rc = view_seats(t->v, t->scratch, s->shift, &seats, &n, e);
	t->shifts++;
	for (size_t i = 0; rc == OK && i < n; i++) {
		const struct person *who = book_person(t->b, seats[i].volunteer);
		if (!who || !duty_state_holds(seats[i].state))
			continue;
		struct told_person *told = told_of(t, who);
		told->first = told->shifts++ ? told->first : s->start;
	}
	return rc;
}

static int compare_told(const void *vx, const void *vy)
{
	const struct told_person *x = vx, *y = vy;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return id_compare(x->volunteer, y->volunteer);
}

void told_sort(struct to_tell *t)
{
	if (t->n > 1)
		qsort(t->told, t->n, sizeof *t->told, compare_told);
}
