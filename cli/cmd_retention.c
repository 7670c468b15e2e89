/* cli/cmd_retention.c - the verbs of person about how long data are kept, who has seen them, and what was printed.
 *
 * Shows, asks and tells; whose time is over and what is done about it is roster/retention.h's. */
#include "cli/person_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "sync/receipts.h"
#include "sync/ring.h"

enum { SHRED_OWN_DAYS = 7 };       /* a sheet about whoever is to be erased is no use after that */

/* ---- person retention --------------------------------------------------------------------------------------- */

struct due { struct retained *at; size_t n; };

static int read_due(struct cli *c, struct due *out, struct err *e)
{
	enum { AHEAD_MOST = 3660 };
	int ahead = 0;
	int rc = cli_has(c, OPT_DAYS) ? cli_number(c->opt[OPT_DAYS], 0, AHEAD_MOST, &ahead, e) : OK;
	if (rc == OK)
		rc = cli_book(c, e);
	return rc ? rc : retention_due(c->view, c->book, c->a, c->today, ahead, &out->at, &out->n, e);
}

static void add_due(struct cli *c, struct sheet *s, const struct retained *x)
{
	struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
	cell[0] = sheet_date(c->a, x->due, CIVIL_SHORT);
	cell[1].text = x->title;
	cell[2].text = x->reason;
	cell[3].text = x->automatic ? "" : _("to be done by you");
	if (x->due > c->today)
		cell[3].text = _("not yet");
}

static void add_kind(struct cli *c, struct sheet *s, const struct due *d, enum retention_what what)
{
	bool any = false;
	for (size_t i = 0; i < d->n; i++) {
		if (d->at[i].what != what)
			continue;
		if (!any)
			sheet_row(s, ROW_GROUP)->cells[0].text = retention_what_name(what);
		any = true;
		add_due(c, s, &d->at[i]);
	}
}

/* Once where each clock comes from. */
static void add_sources(struct cli *c, struct sheet *s, const struct due *d)
{
	for (size_t i = 0; i < d->n; i++) {
		size_t k = 0;
		while (k < i && strcmp(d->at[k].clock, d->at[i].clock) != 0)
			k++;
		if (k == i)
			sheet_note(s, arena_printf(c->a, "%s: %s", d->at[i].clock, d->at[i].source));
	}
}

static int write_due(struct cli *c, const struct due *d, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("Kept long enough"));
	s->group_id = "kind";
	s->group_title = _("Kind");
	sheet_column(s, "due", _("Over on"), ALIGN_LEFT, 10, 10);
	sheet_column(s, "who", _("Who or what"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "reason", _("Why"), ALIGN_LEFT, 16, 50);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 8, 18);
	for (int what = RETAIN_PERSON; what <= RETAIN_LIST; what++)
		add_kind(c, s, d, (enum retention_what)what);
	add_sources(c, s, d);
	if (d->n) {
		s->purpose = _("Made to look through before the erasure.");
		s->shred = c->today + SHRED_OWN_DAYS;
	}
	return cli_write_sheet(c, s, e);
}

static void count_due(struct cli *c, const struct due *d, size_t *automatic, size_t *by_hand)
{
	*automatic = *by_hand = 0;
	for (size_t i = 0; i < d->n; i++)
		if (d->at[i].due <= c->today)
			++*(d->at[i].automatic ? automatic : by_hand);
}

static void say_done(const struct retention_done *done, size_t by_hand)
{
	fprintf(stderr, _("erased persons: %zu, removed scans: %zu, cleared notes on checks: %zu, erased rooms of vigils: %zu, removed calls: %zu. The other sites follow at their "
		"next samvagt sync\n"), done->persons, done->scans, done->checks, done->rooms, done->calls);
	if (by_hand)
		fprintf(stderr, _("printed lists to be shredded: %zu. Then say samvagt person shredded LIST\n"), by_hand);
}

/* The book and the view are of a store that is made again. */
static void forget_view(struct cli *c)
{
	cli_view_end(c);
	book_free(c->book);
	c->book = NULL;
}

static int run_due(struct cli *c, const struct due *d, size_t by_hand, struct err *e)
{
	struct retention_done done;
	int rc = person_ask(c, e);
	if (rc == OK)
		rc = receipts_prepare(c->store, e);
	if (rc == OK)
		rc = retention_run(c->store, d->at, d->n, &done, e);
	if (rc)
		return rc;
	c->done = true;
	say_done(&done, by_hand);
	return OK;
}

int person_retention(struct cli *c, struct err *e)
{
	struct due due = {0};
	size_t automatic, by_hand;
	int rc = read_due(c, &due, e);
	if (rc == OK)
		rc = write_due(c, &due, e);
	fflush(stdout);                  /* before anything is asked about it */
	forget_view(c);
	if (rc)
		return rc;
	count_due(c, &due, &automatic, &by_hand);
	if (automatic && !cli_has(c, OPT_DRY_RUN))
		return run_due(c, &due, by_hand, e);
	if (automatic)
		fputs(_("nothing was changed\n"), stderr);
	if (by_hand)
		fprintf(stderr, _("printed lists to be shredded: %zu. Then say samvagt person shredded LIST\n"), by_hand);
	return OK;
}

/* ---- person audit ------------------------------------------------------------------------------------------- */

/* Who else has the data, and notes looking for itself. */
static const char *other_sites(struct cli *c, struct err *e)
{
	struct ring *r;
	size_t n = 0;
	const char *names = "";
	if (ring_load(c->store, &r, e) != OK || !r)
		return names;
	const struct ring_member *m = ring_members(r, &n);
	for (size_t i = 0; i < n; i++)
		if (m[i].role == RING_FULL && !m[i].retired && !m[i].self)
			names = arena_printf(c->a, "%s%s%s", names, *names ? ", " : "", m[i].name);
	ring_free(r);
	return names;
}

static const char *time_of(struct cli *c, const struct audit *x)
{
	char day[32];
	return x->day_only ? arena_strdup(c->a, civil_format_date(day, sizeof day, cmin_date(civil_from_utc(x->clock)), CIVIL_ISO))
			   : cli_time_text(c, x->clock);
}

static int write_audit(struct cli *c, struct id volunteer, const struct audit *x, size_t n, struct err *e)
{
	struct sheet *s = sheet_new(c->a, _("Who has seen or changed a card"));
	const char *others = other_sites(c, e);
	s->period = view_title(c->view, c->a, volunteer);
	s->volunteer = volunteer;
	sheet_column(s, "when", _("When"), ALIGN_LEFT, 10, 16);
	sheet_column(s, "kind", _("Kind"), ALIGN_LEFT, 7, 9);
	sheet_column(s, "person", _("Who"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "site", _("Site"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 16, 60);
	for (size_t i = 0; i < n; i++) {
		struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
		cell[0] = sheet_datetime(time_of(c, &x[i]), civil_from_utc(x[i].clock));
		cell[1].text = audit_kind_name(x[i].kind);
		cell[2].text = x[i].person;
		cell[3].text = x[i].site;
		cell[4].text = x[i].what;
	}
	sheet_note(s, _("Looking at the card is noted at this site only, and for as long as the limits say."));
	if (*others)
		sheet_note(s, arena_printf(c->a, _("Other sites that have it, and note that for themselves: %s"), others));
	s->purpose = _("Made to answer who has seen or changed a person's data.");
	s->shred = c->today + SHRED_OWN_DAYS;
	return cli_write_sheet(c, s, e);
}

int person_audit(struct cli *c, struct err *e)
{
	struct id who;
	struct audit *x;
	size_t n;
	int rc = cli_book(c, e);
	if (rc == OK)
		rc = book_resolve_person(c->book, c->view, c->args[1], &who, e);
	if (rc == OK)
		rc = retention_audit(c->view, c->book, c->a, who, &x, &n, e);
	return rc ? rc : write_audit(c, who, x, n, e);
}

/* ---- person prints, person shredded -------------------------------------------------------------------------- */

/* What still lies about first, by the day; then what is gone, newest first. */
static int compare_lists(const void *x, const void *y)
{
	const struct rec *p = *(const struct rec *const *)x, *q = *(const struct rec *const *)y;
	civil_date gone = rec_date(p, F_PRINTED_LIST_SHREDDED), also = rec_date(q, F_PRINTED_LIST_SHREDDED);
	if (gone != also)
		return gone == DATE_NONE ? -1 : also == DATE_NONE ? 1 : (gone < also) - (gone > also);
	civil_date day = rec_date(p, F_PRINTED_LIST_SHRED), other = rec_date(q, F_PRINTED_LIST_SHRED);
	return day != other ? (day > other) - (day < other) : id_compare(p->id, q->id);
}

static struct sheet_cell state_of(struct cli *c, const struct rec *r)
{
	char day[32];
	civil_date gone = rec_date(r, F_PRINTED_LIST_SHREDDED);
	if (gone != DATE_NONE)
		return sheet_text(arena_printf(c->a, _("shredded %s"), civil_format_date(day, sizeof day, gone, CIVIL_SHORT)));
	struct sheet_cell cell = sheet_text(rec_date(r, F_PRINTED_LIST_SHRED) < c->today ? _("overdue") : "");
	cell.mark = *cell.text ? CELL_GAP : CELL_PLAIN;
	return cell;
}

static const char *days_of(struct cli *c, const struct rec *r)
{
	char from[32], to[32];
	civil_date first = rec_date(r, F_PRINTED_LIST_FROM), last = rec_date(r, F_PRINTED_LIST_TO);
	civil_format_date(from, sizeof from, first, CIVIL_SHORT);
	civil_format_date(to, sizeof to, last, CIVIL_SHORT);
	return first == last ? arena_strdup(c->a, from) : arena_printf(c->a, "%s–%s", from, to);
}

static void add_list(struct cli *c, struct sheet *s, const struct rec *r, enum list_ids ids)
{
	struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
	cell[0].text = paper_id(c->a, r->id, ids);
	cell[1] = sheet_date(c->a, rec_date(r, F_PRINTED_LIST_PRINTED), CIVIL_SHORT);
	cell[2].text = rec_text(r, F_PRINTED_LIST_WHAT);
	cell[3].text = days_of(c, r);
	cell[4].text = id_is_none(rec_id(r, F_PRINTED_LIST_UNIT)) ? "" : view_title(c->view, c->a, rec_id(r, F_PRINTED_LIST_UNIT));
	cell[5].text = rec_text(r, F_PRINTED_LIST_BY);
	cell[6] = sheet_date(c->a, rec_date(r, F_PRINTED_LIST_SHRED), CIVIL_SHORT);
	cell[7] = state_of(c, r);
}

int person_prints(struct cli *c, struct err *e)
{
	enum list_ids ids = cli_ids(c);
	struct rec **r;
	size_t n;
	int rc = cli_view(c, e);
	if (rc == OK)
		rc = view_all(c->view, c->a, TYPE_PRINTED_LIST, &r, &n, e);
	if (rc)
		return rc;
	if (n)
		qsort(r, n, sizeof *r, compare_lists);
	struct sheet *s = sheet_new(c->a, _("Printed lists"));
	sheet_column(s, "id", "id", ALIGN_LEFT, 6, ids == LIST_WHOLE_IDS ? 36 : 6);
	sheet_column(s, "printed", _("Printed"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "what", _("What"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "days", _("Days"), ALIGN_LEFT, 9, 21);
	sheet_column(s, "unit", _("Place"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "by", _("By"), ALIGN_LEFT, 8, 20);
	sheet_column(s, "shred", _("Shred on"), ALIGN_LEFT, 9, 10);
	sheet_column(s, "state", _("State"), ALIGN_LEFT, 8, 20);
	for (size_t i = 0; i < n; i++)
		add_list(c, s, r[i], ids);
	return cli_write_sheet(c, s, e);
}

int person_shredded(struct cli *c, struct err *e)
{
	size_t n = (size_t)c->nargs - 1;
	struct id *list = arena_alloc(c->a, n * sizeof *list);
	struct change_result result;
	civil_date day;
	int rc = cli_on(c, &day, e);
	if (rc == OK)
		rc = cli_view(c, e);
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = view_resolve(c->view, TYPE_PRINTED_LIST, c->args[i + 1], &list[i], e);
	cli_view_end(c);
	if (rc == OK)
		rc = retention_shredded(c->store, list, n, day, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}
