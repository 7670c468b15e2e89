/* cli/demo_data.c - people's data whose time is over: who stopped long ago, who applied and was never heard of again,
 * and lists that were printed.
 *
 * Owns these few records. They have dice of their own, so that everybody else is who they would be without. */
#include "cli/demo_priv.h"

/* Longer than any limit that comes with the program. */
civil_date demo_long_ago(civil_date today)
{
	enum { MONTHS = 14 };
	return civil_add_months(today, -MONTHS);
}

static struct id add_person(struct demo *d, struct dice *dice, int status, civil_date started)
{
	struct demo_name name;
	char phone[16];
	demo_name_person(dice, civil_to_ymd(d->today).y - 64, &name);
	demo_name_phone(dice, phone);
	struct id id = change_new(d->change, TYPE_VOLUNTEER);
	change_arg(d->change, value_id(id));
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN, name.given);
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_FAMILY, name.family);
	demo_text(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_PHONE, phone);
	demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_STATUS, status);
	if (status != VOLUNTEER_APPLICANT)
		demo_int(d, TYPE_VOLUNTEER, id, F_VOLUNTEER_STARTED, started);
	return id;
}

void demo_data(struct demo *d)
{
	struct dice dice = {d->dice.s ^ UINT64_C(0x5a3d)};
	civil_date day = demo_long_ago(d->today);
	demo_at(d, cmin_at(day, 10 * 60));
	if (!demo_begin(d, ACT_ADD))
		return;
	struct id left = add_person(d, &dice, VOLUNTEER_ACTIVE, day - 900);
	demo_commit(d);
	if (!demo_begin(d, ACT_ADD))
		return;
	struct id quiet = add_person(d, &dice, VOLUNTEER_APPLICANT, DATE_NONE);
	demo_text(d, TYPE_VOLUNTEER, quiet, F_VOLUNTEER_NOTE, "Ringet til to gange; svarer ikke");
	demo_commit(d);
	demo_at(d, cmin_at(day + 8, 14 * 60));
	if (!demo_begin(d, ACT_EDIT))
		return;
	change_arg(d->change, value_id(left));
	demo_int(d, TYPE_VOLUNTEER, left, F_VOLUNTEER_STATUS, VOLUNTEER_ENDED);
	demo_text(d, TYPE_VOLUNTEER, left, F_VOLUNTEER_NOTE, "Flyttet til Aalborg; takket for gode år");
	demo_commit(d);
}

static void add_list(struct demo *d, civil_date printed, civil_date monday)
{
	enum { KEPT_DAYS = 7 };
	if (!demo_begin(d, ACT_PRINT))
		return;
	struct id id = change_new(d->change, TYPE_PRINTED_LIST);
	change_arg(d->change, value_id(id));
	demo_text(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_WHAT,
		arena_printf(d->a, "Vagtplan uge %d", civil_to_week(monday).week));
	demo_text(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_PURPOSE, "Hænger på opslagstavlen i forhallen");
	demo_int(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_PRINTED, printed);
	demo_text(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_BY, store_person(d->s));
	demo_int(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_SHRED, monday + 6 + KEPT_DAYS);
	demo_int(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_FROM, monday);
	demo_int(d, TYPE_PRINTED_LIST, id, F_PRINTED_LIST_TO, monday + 6);
	demo_commit(d);
}

void demo_lists(struct demo *d)
{
	civil_date monday = civil_monday(d->today);
	add_list(d, monday - 17, monday - 14);
	add_list(d, monday - 3, monday);
}
