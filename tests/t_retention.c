/* tests/t_retention.c - whose time is over on which day, by each clock; and that the run does it for all of them at
 * once, for good, and leaves what counts as it was. */
#include "roster/retention.h"

#include <stdio.h>
#include <string.h>

#include "roster/agreements.h"
#include "store/erase.h"
#include "store/vault.h"
#include "tests/erasetest.h"
#include "tests/rostertest.h"
#include "tests/taketest.h"

static struct err e;
#define PDF "cffaeeeg"           /* %PDF, as a piece of an attachment holds it */
static struct test_clock clk;

/* The store's day from now on, at noon. */
static void set_day(const char *day)
{
	clk.t = civil_to_utc(cmin_at(test_day(day), 720));
}

static struct store *begin(const char *name, const char *day)
{
	set_day(day);
	return test_store(name, &clk);
}

static struct id person(struct store *s, int status)
{
	static int n;
	char family[20];
	snprintf(family, sizeof family, "Fugl%c%c", 'a' + n / 26, 'a' + n % 26);
	n++;
	return test_person(s, &(struct test_person){.given = "Kanarie", .family = family, .status = status});
}

/* The only thing of a record whose time is over on a day, within so many days; its why, or 0. */
static bool find(struct store *s, struct id id, enum retention_what what, const char *day, int ahead, struct retained *out)
{
	struct peek l = look_begin(s);
	struct retained *x;
	size_t n;
	bool found = false;
	must(retention_due(l.v, l.b, l.a, test_day(day), ahead, &x, &n, &e), &e, "due");
	for (size_t i = 0; i < n; i++)
		if (id_equal(x[i].id, id) && x[i].what == what) {
			*out = x[i];
			found = true;
		}
	look_end(&l);
	return found;
}

static bool is_over(struct store *s, struct id id, enum retention_what what, const char *day)
{
	struct retained unused;
	return find(s, id, what, day, 0, &unused);
}

/* Not the day before, but on the day, and from then on. */
static void over_on(struct store *s, struct id id, enum retention_what what, const char *before, const char *day, const char *name)
{
	ok(!is_over(s, id, what, before), "%s: not on %s", name, before);
	ok(is_over(s, id, what, day), "%s: on %s", name, day);
	ok(is_over(s, id, what, "2060-01-01"), "%s: and later", name);
}

static void never_over(struct store *s, struct id id, enum retention_what what, const char *name)
{
	ok(!is_over(s, id, what, "2060-01-01"), "%s: never", name);
}

static struct id place(struct store *s, struct id who, const char *day, int state)
{
	static struct id unit, role;
	if (id_is_none(unit)) {
		unit = test_unit(s, "Forhal");
		role = test_role(s, "Guide");
	}
	return test_assign(s, test_shift(s, unit, role, test_at(day, 8, 0), test_at(day, 11, 0), 1), who, state);
}

static struct id agreement(struct store *s, struct id who, int state, const char *to)
{
	return record_make(s, TYPE_AGREEMENT, ID_NONE, (struct pair[PAIRS]){{F_AGREEMENT_SORT, value_int(AGREEMENT_VOLUNTEER)},
		{F_AGREEMENT_VOLUNTEER, value_id(who)}, {F_AGREEMENT_STATE, value_int(state)},
		{F_AGREEMENT_TO, value_date_or_none(to ? test_day(to) : DATE_NONE)}});
}

/* ---- persons ---------------------------------------------------------------------------------------------------- */

static void test_applicants(struct store *s)
{
	set_day("2024-08-31");
	struct id quiet = person(s, VOLUNTEER_APPLICANT), changed = person(s, VOLUNTEER_APPLICANT);
	struct id comes = person(s, VOLUNTEER_APPLICANT), refused = person(s, VOLUNTEER_APPLICANT), began = person(s, VOLUNTEER_APPLICANT);
	place(s, comes, "2025-06-01", ASSIGNMENT_ACCEPTED);
	place(s, refused, "2025-06-01", ASSIGNMENT_DECLINED);
	agreement(s, refused, AGREEMENT_REQUESTED, NULL);
	set_day("2024-09-15");
	test_set(s, TYPE_VOLUNTEER, changed, F_VOLUNTEER_CITY, value_text("Viborg"));
	test_set(s, TYPE_VOLUNTEER, began, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE));
	over_on(s, quiet, RETAIN_PERSON, "2025-02-27", "2025-02-28", "an applicant, from the 31st to a February");
	over_on(s, changed, RETAIN_PERSON, "2025-03-14", "2025-03-15", "one whose card was changed since");
	over_on(s, refused, RETAIN_PERSON, "2025-02-27", "2025-02-28", "one who said no, with an agreement that was only asked for");
	ok(!is_over(s, comes, RETAIN_PERSON, "2025-03-01") && !is_over(s, comes, RETAIN_PERSON, "2025-06-01"),
		"nobody with a shift that comes, or is today");
	over_on(s, comes, RETAIN_PERSON, "2025-11-30", "2025-12-01", "but from the day of that shift");
	never_over(s, began, RETAIN_PERSON, "who became active");
}

static void test_ended(struct store *s)
{
	set_day("2024-09-16");
	struct id plain = person(s, VOLUNTEER_ACTIVE), before = person(s, VOLUNTEER_ACTIVE), after = person(s, VOLUNTEER_ACTIVE);
	struct id bound = person(s, VOLUNTEER_ACTIVE), until = person(s, VOLUNTEER_ACTIVE), broken = person(s, VOLUNTEER_ACTIVE);
	struct id active = person(s, VOLUNTEER_ACTIVE), pauses = person(s, VOLUNTEER_PAUSE), back = person(s, VOLUNTEER_ACTIVE);
	const struct id all[] = {plain, before, after, bound, until, broken, back};
	place(s, before, "2024-09-01", ASSIGNMENT_ACCEPTED);
	place(s, after, "2025-01-15", ASSIGNMENT_RECONFIRM);
	agreement(s, bound, AGREEMENT_MADE, NULL);
	agreement(s, until, AGREEMENT_MADE, "2025-05-31");
	agreement(s, broken, AGREEMENT_ENDED, "2024-01-31");
	set_day("2024-12-03");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		test_set(s, TYPE_VOLUNTEER, all[i], F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ENDED));
	set_day("2024-12-20");
	test_set(s, TYPE_VOLUNTEER, plain, F_VOLUNTEER_NOTE, value_text("thanked"));
	test_set(s, TYPE_VOLUNTEER, back, F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ACTIVE));
	over_on(s, plain, RETAIN_PERSON, "2025-12-02", "2025-12-03", "who stopped, whatever was written later");
	over_on(s, before, RETAIN_PERSON, "2025-12-02", "2025-12-03", "whose last shift was before that");
	over_on(s, after, RETAIN_PERSON, "2026-01-14", "2026-01-15", "whose last shift was after it");
	over_on(s, until, RETAIN_PERSON, "2026-05-30", "2026-05-31", "whose agreement ran longer");
	over_on(s, broken, RETAIN_PERSON, "2025-12-02", "2025-12-03", "whose agreement had ended before");
	never_over(s, bound, RETAIN_PERSON, "with an agreement in force");
	never_over(s, active, RETAIN_PERSON, "who is active");
	never_over(s, pauses, RETAIN_PERSON, "who pauses");
	never_over(s, back, RETAIN_PERSON, "who came back");
}

static void test_leap_day(void)
{
	struct store *s = begin("leap", "2024-02-29");
	struct id who = person(s, VOLUNTEER_ENDED);
	over_on(s, who, RETAIN_PERSON, "2025-02-27", "2025-02-28", "a year from the 29th of February");
	store_close(s);
}

/* What the row says. */
static void test_row(struct store *s)
{
	set_day("2025-01-05");
	struct id who = person(s, VOLUNTEER_ENDED);
	struct retained x;
	ok(find(s, who, RETAIN_PERSON, "2025-12-26", 10, &x), "what will be over within some days is told");
	ok(!find(s, who, RETAIN_PERSON, "2025-12-26", 9, &x), "and not a day before");
	ok(x.why == 0 || x.automatic, "the run does it");
	struct peek l = look_begin(s);
	struct retained *all;
	size_t n;
	must(retention_due(l.v, l.b, l.a, test_day("2060-01-01"), 0, &all, &n, &e), &e, "due");
	bool ordered = n > 3;
	for (size_t i = 1; i < n; i++)
		ordered = ordered && all[i - 1].due <= all[i].due;
	ok(ordered, "they come by the day");
	struct retained *some;
	size_t nsome, known = 0;
	must(retention_some(l.v, l.b, l.a, test_day("2060-01-01"), n, &some, &nsome, &e), &e, "some");
	is_int((intmax_t)nsome, (intmax_t)n, "as many as there are, when as many are asked for");
	must(retention_some(l.v, l.b, l.a, test_day("2060-01-01"), 1, &some, &nsome, &e), &e, "some");
	for (size_t i = 0; i < nsome; i++)
		for (size_t k = 0; k < n; k++)
			known += id_equal(all[k].id, some[i].id) && all[k].what == some[i].what && all[k].due == some[i].due;
	ok(nsome > 0 && nsome < n && known == nsome, "fewer when only a few people are asked for, each as it is among all");
	for (size_t i = 0; i < n; i++)
		if (id_equal(all[i].id, who)) {
			is_str(all[i].reason, "stopped 5/1 2025, kept 12 months", "the reason");
			is_str(all[i].clock, "Volunteers who have ended are erased after 12 months", "the clock");
			ok(strncmp(all[i].source, "Skøn", strlen("Skøn")) == 0 && all[i].why == ERASURE_LONG_AGO, "its source, and why");
		}
	look_end(&l);
	record_make(s, TYPE_SETTING, id_setting("limit.retention_ended_months"), (struct pair[PAIRS]){
		{F_SETTING_KEY, value_text("limit.retention_ended_months")}, {F_SETTING_VALUE, value_text("3")}});
	over_on(s, who, RETAIN_PERSON, "2025-04-04", "2025-04-05", "by the store's own limit");
}

/* ---- scans, checks, lists ---------------------------------------------------------------------------------------- */

static struct id scan(struct store *s, struct id of, const char *name)
{
	struct change *c;
	struct id made;
	const struct attachment f = {name, "%PDF-1.4 scanned", 16};
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	must(attachment_add(c, &f, of, &made, &e), &e, "add");
	must(change_commit(c, NULL, &e), &e, "commit");
	return made;
}

static void test_scans(struct store *s)
{
	set_day("2025-02-01");
	struct id who = person(s, VOLUNTEER_ACTIVE);
	struct id ended = scan(s, agreement(s, who, AGREEMENT_ENDED, "2024-02-29"), "a.pdf");
	struct id ran_out = scan(s, agreement(s, who, AGREEMENT_MADE, "2025-02-02"), "b.pdf");
	struct id refused = scan(s, agreement(s, who, AGREEMENT_REFUSED, NULL), "c.pdf");
	struct id holds = scan(s, agreement(s, who, AGREEMENT_MADE, NULL), "d.pdf"), other = scan(s, who, "e.pdf");
	over_on(s, ended, RETAIN_SCAN, "2029-02-27", "2029-02-28", "a scan, five years from a leap day");
	over_on(s, ran_out, RETAIN_SCAN, "2030-02-01", "2030-02-02", "of an agreement that ran out");
	over_on(s, refused, RETAIN_SCAN, "2030-01-31", "2030-02-01", "of one that was turned down");
	never_over(s, holds, RETAIN_SCAN, "of one in force");
	never_over(s, other, RETAIN_SCAN, "of anything else");
}

/* All that are old go together; a younger one stays. */
static void test_calls(struct store *s)
{
	struct id unit = test_unit(s, "Opkald"), role = test_role(s, "Ringer"), who = person(s, VOLUNTEER_ACTIVE), call[3];
	static const char *const days[] = {"2024-01-31", "2024-02-10", "2025-01-20"};
	struct retained x;
	struct retention_done done;
	int64_t now = clk.t;
	set_day("2024-01-01");
	struct id shift = test_shift(s, unit, role, test_at("2024-02-20", 8, 0), test_at("2024-02-20", 11, 0), 1);
	for (int i = 0; i < 3; i++) {
		call[i] = id_call(shift, who, test_day(days[i]), store_site(s));
		record_make(s, TYPE_CALL, call[i], (struct pair[PAIRS]){{F_CALL_SHIFT, value_id(shift)}, {F_CALL_VOLUNTEER, value_id(who)},
			{F_CALL_AT, value_int(test_at(days[i], 10, 0))}, {F_CALL_OUTCOME, value_int(CALL_NO)}});
	}
	over_on(s, call[0], RETAIN_CALL, "2025-01-30", "2025-01-31", "the oldest call");
	ok(find(s, call[0], RETAIN_CALL, "2025-02-10", 0, &x) && x.many == 2, "those that are old stand as one");
	set_day("2025-02-10");
	ok(find(s, call[0], RETAIN_CALL, "2025-02-10", 0, &x), "they wait");
	x.title = x.reason = "";
	must(retention_run(s, &x, 1, &done, &e), &e, "run");
	is_int((intmax_t)done.calls, 2, "two go");
	ok(!is_over(s, call[0], RETAIN_CALL, "2025-02-10") && is_over(s, call[2], RETAIN_CALL, "2026-01-20"), "and the third waits for its own day");
	clk.t = now;
}

static void test_checks(struct store *s)
{
	struct id noted = person(s, VOLUNTEER_ACTIVE), bare = person(s, VOLUNTEER_ACTIVE), waits = person(s, VOLUNTEER_ACTIVE);
	test_set(s, TYPE_VOLUNTEER, noted, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(test_day("2024-02-29")));
	test_set(s, TYPE_VOLUNTEER, noted, F_VOLUNTEER_CHECK_SECOND, value_text("Per"));
	test_set(s, TYPE_VOLUNTEER, bare, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(test_day("2024-02-29")));
	test_set(s, TYPE_VOLUNTEER, waits, F_VOLUNTEER_CHECK_NOTE, value_text("ordered"));
	over_on(s, noted, RETAIN_CHECK, "2028-02-28", "2028-02-29", "names on a check, four years from a leap day");
	never_over(s, bare, RETAIN_CHECK, "a check with no note or name");
	never_over(s, waits, RETAIN_CHECK, "one that wasn't assessed yet");
}

static struct id list(struct store *s, const char *shred)
{
	return record_make(s, TYPE_PRINTED_LIST, ID_NONE, (struct pair[PAIRS]){{F_PRINTED_LIST_WHAT, value_text("Roster")},
		{F_PRINTED_LIST_PRINTED, value_int(test_day("2025-02-01"))},
		{F_PRINTED_LIST_SHRED, value_date_or_none(shred ? test_day(shred) : DATE_NONE)}});
}

static void test_lists(struct store *s)
{
	struct id lies = list(s, "2025-02-08"), gone = list(s, "2025-02-08"), free = list(s, NULL), far = list(s, "2060-01-01");
	struct change_result r;
	struct retained x;
	over_on(s, lies, RETAIN_LIST, "2025-02-07", "2025-02-08", "a printed list");
	ok(find(s, lies, RETAIN_LIST, "2025-02-08", 0, &x) && !x.automatic, "which a person must shred");
	is_int(retention_shredded(s, &gone, 1, test_day("2025-02-02"), &r, &e), ERR_DATA, "nothing is shredded tomorrow");
	must(retention_shredded(s, (const struct id[]){gone, far}, 2, test_day("2025-02-01"), &r, &e), &e, "shredded");
	is_int((intmax_t)r.records, 2, "two are shredded in one step");
	never_over(s, gone, RETAIN_LIST, "one that is shredded");
	never_over(s, far, RETAIN_LIST, "and the other");
	never_over(s, free, RETAIN_LIST, "one that needn't be");
}

/* ---- the run ----------------------------------------------------------------------------------------------------- */

/* *last: one of them. */
static size_t find_acts(struct store *s, enum act_no act, struct dot *last)
{
	struct peek l = look_begin(s);
	struct group *g;
	size_t n, many = 0;
	must(log_back(l.v, l.a, (struct dot){0}, SIZE_MAX, false, &g, &n, &e), &e, "log");
	for (size_t i = 0; i < n; i++)
		if (g[i].act == act) {
			*last = g[i].dot;
			many++;
		}
	look_end(&l);
	return many;
}

static size_t count_acts(struct store *s, enum act_no act)
{
	struct dot unused;
	return find_acts(s, act, &unused);
}

static bool can_undo(struct store *s, enum act_no act)
{
	struct change_result r;
	struct dot dot;
	return find_acts(s, act, &dot) != 1 || change_undo(s, dot, &r, &e) != ERR_REFUSED;
}

static struct retention_done run(struct store *s, const char *day)
{
	struct peek l = look_begin(s);
	struct retention_done done;
	struct retained *x;
	size_t n;
	must(retention_due(l.v, l.b, l.a, test_day(day), 400, &x, &n, &e), &e, "due");
	view_end(l.v);
	l.v = NULL;
	must(retention_run(s, x, n, &done, &e), &e, "run");
	book_free(l.b);
	arena_free(l.a);
	return done;
}

struct scene { struct store *s; struct id gone[2], stays, noted, scan, agreement, signature; };

static struct scene make_scene(void)
{
	struct scene k = {.s = begin("run", "2020-01-01")};
	struct somebody p;
	person_make(k.s, &p);
	test_set(k.s, TYPE_AGREEMENT, p.agreement, F_AGREEMENT_STATE, value_int(AGREEMENT_ENDED));
	k.gone[0] = p.who;
	k.gone[1] = test_volunteer(k.s, "Kanarie", SECRET "x");
	k.stays = test_volunteer(k.s, "Bo", "Lund");
	k.noted = test_volunteer(k.s, "Eva", "Holm");
	test_set(k.s, TYPE_VOLUNTEER, k.noted, F_VOLUNTEER_CHILD_CHECK, value_int(CHILD_ASSESSED));
	test_set(k.s, TYPE_VOLUNTEER, k.noted, F_VOLUNTEER_CHILD_CHECK_DATE, value_int(test_day("2020-01-01")));
	test_set(k.s, TYPE_VOLUNTEER, k.noted, F_VOLUNTEER_CHECK_NOTE, value_text("seen on paper"));
	k.agreement = agreement(k.s, k.stays, AGREEMENT_ENDED, "2020-01-01");
	k.scan = scan(k.s, k.agreement, "paper.pdf");
	struct peek l = look_begin(k.s);
	struct rec *its;
	must(view_get(l.v, l.a, TYPE_AGREEMENT, p.agreement, &its, &e), &e, "get");
	struct id wording = rec_id(its, F_AGREEMENT_WORDING);
	look_end(&l);
	k.signature = record_make(k.s, TYPE_SIGNATURE, ID_NONE, (struct pair[PAIRS]){{F_SIGNATURE_AGREEMENT, value_id(k.agreement)},
		{F_SIGNATURE_WORDING, value_id(wording)}, {F_SIGNATURE_NAME, value_text("Bo Lund")}, {F_SIGNATURE_PART, value_int(SIGNATURE_VOLUNTEER)},
		{F_SIGNATURE_HOW, value_int(SIGNATURE_PAPER)}, {F_SIGNATURE_DAY, value_int(test_day("2020-01-01"))},
		{F_SIGNATURE_WITNESS, value_text("Lise")}, {F_SIGNATURE_SCAN, value_id(k.scan)}, {F_SIGNATURE_KEY, value_text("a")},
		{F_SIGNATURE_SEAL, value_text("a")}});
	for (int i = 0; i < 2; i++)
		test_set(k.s, TYPE_VOLUNTEER, k.gone[i], F_VOLUNTEER_STATUS, value_int(VOLUNTEER_ENDED));
	return k;
}

static struct id scan_hash(struct store *s, struct id signature, char out[65])
{
	struct peek l = look_begin(s);
	struct rec *r, *f;
	must(view_get(l.v, l.a, TYPE_SIGNATURE, signature, &r, &e), &e, "get");
	struct id id = rec_id(r, F_SIGNATURE_SCAN);
	must(view_get(l.v, l.a, TYPE_ATTACHMENT, id, &f, &e), &e, "get");
	snprintf(out, 65, "%s", f ? rec_text(f, F_ATTACHMENT_HASH) : "");
	look_end(&l);
	return id;
}

static void test_not_yet(struct scene *k)
{
	size_t groups = count_acts(k->s, ACT_ERASE);
	struct retention_done done = run(k->s, "2020-06-01");
	ok(done.persons + done.scans + done.checks == 0 && count_acts(k->s, ACT_ERASE) == groups, "what isn't over yet isn't done");
	store_set_dry_run(k->s, true);
	set_day("2030-06-01");
	done = run(k->s, "2030-06-01");
	store_set_dry_run(k->s, false);
	ok(done.persons == 2 && done.scans == 1 && done.checks == 1, "tried only, it is counted");
	ok(trace_rows(k->s, SECRET, NULL) > 0 && count_acts(k->s, ACT_ERASE) == groups, "and nothing happens");
}

static void test_run(void)
{
	static struct traces t;
	struct scene k = make_scene();
	char before[65], after[65];
	test_not_yet(&k);
	struct counts was = counts_of(k.s);
	scan_hash(k.s, k.signature, before);
	trace_rows(k.s, SECRET, &t);
	size_t letters = trace_rows(k.s, PDF, &t);
	struct retention_done done = run(k.s, "2030-06-01");
	ok(done.persons == 2 && done.scans == 1 && done.checks == 1, "two persons, a scan and a note");
	ok(counts_equal(counts_of(k.s), was), "what counts is as it was");
	is_int((intmax_t)count_acts(k.s, ACT_ERASE), 1, "in one erasure");
	is_int((intmax_t)count_acts(k.s, ACT_RECEIPT), 1, "with one receipt for all");
	is_int((intmax_t)trace_rows(k.s, SECRET, NULL), 0, "nothing is left of the persons");
	ok(letters > 0 && trace_rows(k.s, PDF, NULL) == 0, "nor of the scan's bytes");
	is_int((intmax_t)trace_files(test_path("run"), SECRET, &t), 0, "in any file");
	ok(id_equal(scan_hash(k.s, k.signature, after), k.scan) && *after && strcmp(before, after) == 0,
		"the signature still knows what its scan was");
	struct peek l = look_begin(k.s);
	struct rec *x;
	must(view_get(l.v, l.a, TYPE_VOLUNTEER, k.noted, &x, &e), &e, "get");
	ok(!*rec_text(x, F_VOLUNTEER_CHECK_NOTE) && rec_int(x, F_VOLUNTEER_CHILD_CHECK) == CHILD_ASSESSED &&
		rec_int(x, F_VOLUNTEER_CHILD_CHECK_DATE) == test_day("2020-01-01"), "of the check state and day stay");
	must(view_get(l.v, l.a, TYPE_VOLUNTEER, k.stays, &x, &e), &e, "get");
	ok(x && x->alive, "who is active stays");
	look_end(&l);
	ok(!can_undo(k.s, ACT_ERASE) && !can_undo(k.s, ACT_RETAIN), "none of it can be undone");
	done = run(k.s, "2030-06-01");
	ok(done.persons + done.scans + done.checks == 0, "a second run finds nothing to do");
	store_close(k.s);
	ok(test_is_whole("run", &clk), "and the doctor neither");
}

/* ---- what is put down -------------------------------------------------------------------------------------------- */

static size_t count_lists(struct store *s)
{
	struct peek l = look_begin(s);
	size_t n;
	must(view_count(l.v, TYPE_PRINTED_LIST, &n, &e), &e, "count");
	look_end(&l);
	return n;
}

static bool note(struct store *s, const struct printed *p)
{
	bool noted;
	must(retention_note_print(s, p, &noted, &e), &e, "note");
	return noted;
}

static void test_prints(void)
{
	struct store *s = begin("prints", "2025-12-01");
	struct id who = person(s, VOLUNTEER_ACTIVE);
	struct printed roster = {.what = "Roster", .from = test_day("2025-12-01"), .to = test_day("2025-12-07"), .shred = DATE_NONE};
	struct printed one = {.what = "Hours", .from = DATE_NONE, .to = DATE_NONE, .shred = test_day("2025-12-31"), .volunteer = who};
	struct retained x;
	ok(note(s, &roster) && note(s, &one) && count_lists(s) == 2, "two sheets are put down");
	ok(note(s, &roster) && note(s, &one) && count_lists(s) == 2, "the same again on that day is one");
	struct peek l = look_begin(s);
	struct rec **r;
	size_t n;
	must(view_all(l.v, l.a, TYPE_PRINTED_LIST, &r, &n, &e), &e, "all");
	ok(rec_int(r[0], F_PRINTED_LIST_SHRED) == test_day("2025-12-08"), "the limit says when, where the sheet doesn't");
	ok(rec_int(r[1], F_PRINTED_LIST_SHRED) == test_day("2025-12-31") && id_equal(rec_id(r[1], F_PRINTED_LIST_VOLUNTEER), who),
		"and the sheet where it does");
	const struct id first = r[0]->id;
	look_end(&l);
	ok(find(s, first, RETAIN_LIST, "2025-12-08", 0, &x), "it is asked for in time");
	must(retention_shredded(s, &first, 1, test_day("2025-12-01"), &(struct change_result){0}, &e), &e, "shredded");
	ok(note(s, &roster) && count_lists(s) == 3, "printed again after it was shredded is another");
	set_day("2025-12-02");
	ok(note(s, &roster) && count_lists(s) == 4, "and so is one on another day");
	store_set_dry_run(s, true);
	set_day("2025-12-03");
	ok(note(s, &roster) && count_lists(s) == 4, "tried only, nothing is put down");
	store_set_dry_run(s, false);
	must(vault_put(s, &(struct vault_row){VAULT_FOLLOWS, "", 0}, 1, &e), &e, "follows");
	ok(!note(s, &roster) && count_lists(s) == 4, "nor where a store only follows");
	store_close(s);
	struct os_clock clock = test_clock(&clk);
	const struct store_opts o = {.readonly = true, .clock = clock};
	must(store_open(test_path("prints"), &o, &s, &e), &e, "open");
	ok(!note(s, &roster), "nor in one for reading only");
	is_int(retention_note_seen(s, who, 0, &e), OK, "where looking isn't either, without a word");
	store_close(s);
}

int main(void)
{
	struct store *s = begin("clocks", "2024-02-29");
	test_applicants(s);
	test_ended(s);
	test_row(s);
	test_scans(s);
	test_checks(s);
	test_calls(s);
	test_lists(s);
	store_close(s);
	test_leap_day();
	test_run();
	test_prints();
	return done_testing();
}
