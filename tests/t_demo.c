/* tests/t_demo.c - the invented store: the same from the same seed, whole, without anything that looks like a real
 * person's number, and with something to show on every screen whatever the day. */
#include "cli/demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "export/signed.h"
#include "roster/gates.h"
#include "roster/qualifications.h"
#include "roster/retention.h"
#include "roster/rules.h"
#include "tests/storetest.h"

static struct err e;

static civil_min civil(int y, int m, int d, int hour)
{
	return cmin_at(civil_from_ymd(y, m, d), 60 * hour);
}

static struct store *build(const char *name, struct test_clock *clk, enum demo_size size, uint64_t seed)
{
	struct store *s = test_store(name, clk);
	must(demo_build(s, size, seed, NULL, NULL, &e), &e, "build");
	return s;
}

static struct view *look(struct store *s)
{
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	return v;
}

/* ---- everything as text, without ids ------------------------------------------------------------------------- */

/* A store's own key and what it makes are random. */
static bool is_sealed(const struct type *t, const struct field *f)
{
	return t->no == TYPE_SIGNATURE && (f->no == F_SIGNATURE_KEY || f->no == F_SIGNATURE_SEAL);
}

static void dump_record(struct view *v, struct arena *a, const struct type *t, const struct rec *r, struct buf *out)
{
	for (size_t i = 0; i < t->nfields; i++) {
		struct value value = rec_get(r, t->fields[i].no);
		if (value.tag != V_NONE && !is_sealed(t, &t->fields[i]))
			buf_addf(out, "%s=%s|", t->fields[i].name, view_field_text(v, a, &t->fields[i], value));
	}
}

static int compare_lines(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

/* Sorted, since ids, and with them the order of records, begin with a number of the store's own. */
static void dump_type(struct view *v, struct arena *a, const struct type *t, struct buf *out)
{
	struct rec **all;
	size_t n;
	must(view_all(v, a, t->no, &all, &n, &e), &e, "all");
	char **lines = arena_alloc(a, (n + 1) * sizeof *lines);
	for (size_t i = 0; i < n; i++) {
		struct buf b = {0};
		dump_record(v, a, t, all[i], &b);
		lines[i] = arena_strdup(a, b.n ? b.p : "");
		buf_free(&b);
	}
	qsort(lines, n, sizeof *lines, compare_lines);
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s %s\n", t->name, lines[i]);
}

static struct buf dump(struct store *s)
{
	struct buf out = {0};
	struct arena *a = arena_new();
	struct view *v = look(s);
	size_t n;
	const struct type *types = schema_types(&n);
	for (size_t i = 0; i < n; i++)
		dump_type(v, a, &types[i], &out);
	view_end(v);
	arena_free(a);
	return out;
}

static void test_seed(void)
{
	struct test_clock clk = {0};
	struct store *s[3] = {
		build("one", &clk, DEMO_WARD, 7), build("two", &clk, DEMO_WARD, 7), build("other", &clk, DEMO_WARD, 8)};
	struct buf text[3];
	for (int i = 0; i < 3; i++)
		text[i] = dump(s[i]);
	ok(text[0].n > 20000, "a ward is some pages of text");
	is_mem(text[0].p, text[0].n, text[1].p, text[1].n, "the same seed makes the same records");
	ok(text[0].n != text[2].n || memcmp(text[0].p, text[2].p, text[0].n) != 0, "another seed makes others");
	ok(!text_find_cpr(text[0].p), "nothing looks like a CPR number");
	ok(!text_find_cpr(text[2].p), "nor with another seed");
	for (int i = 0; i < 3; i++) {
		buf_free(&text[i]);
		store_close(s[i]);
	}
}

/* ---- people ---------------------------------------------------------------------------------------------------- */

struct people {
	int n, odd_phones, odd_mails, undeclared, without_wish, statuses[5], namesakes;
	civil_date today;
};

static bool is_odd_phone(const char *s)
{
	return strlen(s) != 8 || s[0] != '2';
}

static bool is_odd_mail(const char *s)
{
	const char *at = strchr(s, '@');
	return *s && (!at || strcmp(at, "@example.dk") != 0);
}

static int count_person(void *ctx, const struct rec *r)
{
	struct people *p = ctx;
	int status = (int)rec_int(r, F_VOLUNTEER_STATUS);
	p->n++;
	p->odd_phones += is_odd_phone(rec_text(r, F_VOLUNTEER_PHONE));
	p->odd_mails += is_odd_mail(rec_text(r, F_VOLUNTEER_EMAIL));
	p->statuses[status]++;
	p->undeclared +=
		status == VOLUNTEER_ACTIVE && rec_int_or(r, F_VOLUNTEER_CONFIDENTIALITY, DATE_NONE) == DATE_NONE;
	p->without_wish += *rec_text(r, F_VOLUNTEER_WISHES) == '\0';
	return 0;
}

static void test_people(void)
{
	struct test_clock clk = {0};
	struct store *s = build("people", &clk, DEMO_HOSPITAL, 1);
	struct view *v = look(s);
	struct people p = {.today = store_today(s)};
	must(view_each(v, TYPE_VOLUNTEER, count_person, &p, &e), &e, "people");
	is_int(p.n, 178, "a hospital group has 178 volunteers");
	is_int(p.odd_phones, 0, "each has a phone number of eight digits that begins with 2");
	is_int(p.odd_mails, 0, "each mail address is at example.dk");
	ok(p.statuses[VOLUNTEER_APPLICANT] > 0 && p.statuses[VOLUNTEER_PAUSE] > 0 && p.statuses[VOLUNTEER_ENDED] > 0,
		"some wait, some pause, some have ended");
	ok(p.statuses[VOLUNTEER_ACTIVE] > 140, "most are active");
	ok(p.undeclared > 0 && p.undeclared < 18, "few active ones lack the declaration (%d)", p.undeclared);
	ok(p.without_wish > 88 && p.without_wish < 176, "some have wishes");
	is_int(demo_build(s, DEMO_WARD, 1, NULL, NULL, &e), ERR_CONFLICT, "a store with people in it is refused");
	view_end(v);
	store_close(s);
}

/* ---- what they come within -------------------------------------------------------------------------------------- */

static void note_qualifications(const struct book *b, struct arena *a, const int *limits, civil_date today, int *states)
{
	for (size_t i = 0; i < b->npeople; i++) {
		size_t n;
		struct qualification *q = qualification_of(b, a, &b->people[i], limits, today, &n);
		for (size_t k = 0; k < n; k++)
			states[q[k].state]++;
	}
}

static void test_frames(void)
{
	struct test_clock clk = {0};
	struct store *s = build("frames", &clk, DEMO_HOSPITAL, 1);
	struct arena *a = arena_new();
	struct view *v = look(s);
	struct book *b;
	int limits[LIMIT_COUNT], states[QUALIFICATION_EXPIRED + 1] = {0}, checks[CHILD_RENEW + 1] = {0}, newcomers = 0;
	int efforts[EFFORT_VOLUNTEER + 1] = {0};
	civil_date today = store_today(s);
	struct rec **roles;
	size_t n;
	must(book_load(v, &b, &e), &e, "book");
	must(rules_limits(v, limits, &e), &e, "limits");
	note_qualifications(b, a, limits, today, states);
	for (size_t i = 0; i < b->npeople; i++) {
		checks[b->people[i].child_check]++;
		newcomers += introduction_of(b, &b->people[i], limits, today).is_new;
	}
	for (int i = 0; i <= QUALIFICATION_EXPIRED; i++)
		ok(states[i] > 0, "some course is: %s", qualification_state_name((enum qualification_state)i));
	for (int i = CHILD_NOT_NEEDED; i <= CHILD_RENEW; i++)
		ok(checks[i] > 0, "somebody's check is: %s", schema_choice(SET_CHILD_CHECK, i)->name);
	ok(newcomers > 0 && newcomers < 60, "some are in their introduction (%d)", newcomers);
	qualification_expiring(b, a, today, limits[LIMIT_EXPIRY_DAYS], &n);
	ok(n >= 3, "something runs out (%zu)", n);
	must(view_all(v, a, TYPE_ROLE, &roles, &n, &e), &e, "roles");
	for (size_t i = 0; i < n; i++) {
		struct effort_reason *why;
		size_t reasons;
		efforts[effort_of(roles[i], a, &why, &reasons)]++;
	}
	ok(efforts[EFFORT_WORK] && efforts[EFFORT_VOLUNTEER] && efforts[EFFORT_UNCLEAR], "roles of each kind of effort");
	is_int((intmax_t)b->frames.npauses, 1, "a place stands still");
	ok(b->frames.npauses && b->frames.pauses[0].from > today, "from a day to come");
	book_free(b);
	view_end(v);
	arena_free(a);
	store_close(s);
}

/* ---- shifts ---------------------------------------------------------------------------------------------------- */

struct tally {
	size_t shifts, cancelled, drafts, gaps, overfull, withdrawn, placeholders, recorded, unrecorded, wrong;
};

static void count_seats(struct view *v, struct arena *a, const struct shift_row *row, civil_min now, struct tally *t)
{
	struct seat_row *seat;
	size_t n;
	unsigned filled = 0;
	must(view_seats(v, a, row->shift, &seat, &n, &e), &e, "seats");
	for (size_t i = 0; i < n; i++) {
		bool taken = seat[i].state == ASSIGNMENT_ACCEPTED;
		filled += taken ? seat[i].places : 0;
		t->withdrawn += seat[i].state == ASSIGNMENT_WITHDRAWN;
		t->placeholders += id_is_none(seat[i].volunteer);
		t->recorded += taken && seat[i].attendance;
		t->unrecorded += taken && !seat[i].attendance && row->end < now;
		t->wrong += row->end > now && seat[i].attendance;
	}
	t->wrong += filled != row->filled;
}

static struct tally count(struct store *s, civil_date from, civil_date to)
{
	struct tally t = {0};
	struct arena *a = arena_new();
	struct view *v = look(s);
	struct shift_row *row;
	size_t n;
	must(view_shifts(v, a, NULL, cmin_at(from, 0), cmin_at(to, 0), &row, &n, &e), &e, "shifts");
	for (size_t i = 0; i < n; i++) {
		t.shifts++;
		t.cancelled += row[i].state == SHIFT_CANCELLED;
		t.drafts += row[i].state == SHIFT_DRAFT;
		t.gaps += row[i].state != SHIFT_CANCELLED && row[i].filled < row[i].need;
		t.overfull += row[i].filled > row[i].wished;
		count_seats(v, a, &row[i], store_now_civil(s), &t);
	}
	view_end(v);
	arena_free(a);
	return t;
}

static void test_shifts(void)
{
	struct test_clock clk = {0};
	struct store *s = build("shifts", &clk, DEMO_HOSPITAL, 3);
	civil_date today = store_today(s);
	struct tally all = count(s, today - 400, today + 100), week = count(s, today, today + 8);
	is_int((intmax_t)all.wrong, 0, "what is filled equals the accepted places, and the future has no attendance");
	ok(all.shifts > 5000, "a year has thousands of shifts (%zu)", all.shifts);
	ok(all.gaps > all.shifts / 20 && all.gaps < all.shifts / 3, "some stand open, most don't (%zu)", all.gaps);
	ok(all.withdrawn > 100 && all.placeholders > 20 && all.cancelled > 5,
		"people cancel (%zu), organisations send some (%zu), shifts are called off (%zu)", all.withdrawn,
		all.placeholders, all.cancelled);
	ok(all.recorded > 20 * all.unrecorded && all.unrecorded > 0, "attendance is recorded for most");
	ok(all.drafts > 100, "the last weeks are drafts");
	ok(week.cancelled > 0 && week.overfull > 0 && week.placeholders > 0,
		"this week has each oddity (%zu, %zu, %zu)", week.cancelled, week.overfull, week.placeholders);
	store_close(s);
}

/* What the rules find in the two weeks to come is what was put there, not what the dice left. */
static void test_problems(enum demo_size size, const char *name)
{
	static const char *const wanted[] = {"overlap", "rest", "overfull", "confidentiality", "called-off"};
	struct test_clock clk = {0};
	struct store *s = build(name, &clk, size, 1);
	struct arena *a = arena_new();
	struct view *v = look(s);
	struct book *b;
	struct problem *p;
	size_t n;
	must(book_load(v, &b, &e), &e, "book");
	must(rules_problems(v, b, a, NULL, store_today(s), store_today(s) + 14, false, &p, &n, &e), &e, "problems");
	ok(n >= 5 && n <= 15, "%s: a handful of problems (%zu)", name, n);
	for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
		size_t found = 0;
		for (size_t i = 0; i < n; i++)
			found += strcmp(p[i].v.rule->id, wanted[w]) == 0;
		ok(found > 0, "%s: one is %s", name, wanted[w]);
	}
	book_twins(b, a, &n);
	is_int((intmax_t)n, 1, "%s: one person stands there twice", name);
	book_free(b);
	view_end(v);
	arena_free(a);
	store_close(s);
}

static size_t count_list(struct view *v, struct book *b, struct arena *a, enum agreement_list which)
{
	struct agreement *all;
	size_t n;
	must(agreement_list(v, b, a, which, store_today(view_store(v)), &all, &n, &e), &e, "agreements");
	return n;
}

static void test_agreements(enum demo_size size, const char *name)
{
	struct test_clock clk = {0};
	struct store *s = build(name, &clk, size, 1);
	struct arena *a = arena_new();
	struct view *v = look(s);
	struct book *b;
	struct agreement *all;
	struct seal *seal;
	size_t n, states[AGREEMENT_ENDED + 1] = {0}, lacking = 0, broken = 0, seals;
	must(book_load(v, &b, &e), &e, "book");
	must(agreement_list(v, b, a, AGREEMENTS_ALL, store_today(s), &all, &n, &e), &e, "agreements");
	for (size_t i = 0; i < n; i++) {
		states[rec_int(all[i].rec, F_AGREEMENT_STATE)]++;
		lacking += rec_int(all[i].rec, F_AGREEMENT_STATE) == AGREEMENT_MADE && all[i].lacks;
		must(signed_seals(v, a, all[i].rec->id, &seal, &seals, &e), &e, "seals");
		for (size_t k = 0; k < seals; k++)
			broken += seal[k].state != SEAL_HOLDS;
	}
	for (int i = AGREEMENT_REQUESTED; i <= AGREEMENT_ENDED; i++)
		ok(states[i] > 0, "%s: an agreement is in state %d", name, i);
	is_int((intmax_t)lacking, 0, "%s: what is made lacks nothing", name);
	is_int((intmax_t)broken, 0, "%s: every seal holds", name);
	for (int i = AGREEMENTS_DUE; i <= AGREEMENTS_RESIGN; i++)
		ok(count_list(v, b, a, (enum agreement_list)i) > 0 || i == AGREEMENTS_MISSING, "%s: list %d has some", name, i);
	book_free(b);
	view_end(v);
	arena_free(a);
	store_close(s);
}

/* Whatever the day and the hour, there is something to see today and to do tomorrow. */
static void test_days(void)
{
	static const struct {
		int y, m, d, hour;
	} nows[] = {
		{2025, 12, 1, 9},
		{2025, 12, 6, 23},
		{2025, 12, 25, 12},
		{2026, 1, 1, 0},
		{2026, 7, 12, 15},
		{2026, 3, 29, 4},
	};
	for (size_t i = 0; i < sizeof nows / sizeof *nows; i++) {
		struct test_clock clk = {civil_to_utc(civil(nows[i].y, nows[i].m, nows[i].d, nows[i].hour))};
		char name[16] = {'d', (char)('0' + i), '\0'};
		struct store *s = build(name, &clk, DEMO_WARD, 1);
		civil_date today = store_today(s);
		struct tally now = count(s, today, today + 1), next = count(s, today + 1, today + 2);
		ok(now.shifts > 0 && now.gaps > 0, "%d-%d-%d: today has shifts and a gap", nows[i].y, nows[i].m,
			nows[i].d);
		ok(next.shifts > 0 && next.gaps > 0, "and so has tomorrow");
		store_close(s);
	}
}

/* ---- history ------------------------------------------------------------------------------------------------- */

static struct store *build_with_past(struct test_clock *clk)
{
	struct demo_past past;
	struct os_clock now = test_clock(clk), founding = demo_past_clock(&past, DEMO_HOSPITAL, &now);
	struct store_new how = {.site = "Viborg", .person = "Anna"};
	must(store_create(test_path("past"), &how, &founding, &e), &e, "create");
	struct store *s = test_open("past", clk);
	must(demo_build(s, DEMO_HOSPITAL, 1, NULL, NULL, &e), &e, "build");
	return s;
}

static size_t count_then(struct store *s, int64_t utc)
{
	struct view *v;
	size_t n;
	must(view_begin_at(s, utc, &v, &e), &e, "view of then");
	must(view_count(v, TYPE_SHIFT, &n, &e), &e, "count");
	view_end(v);
	return n;
}

/* Of each clock that can be shown something is over. */
static void test_retention(struct store *s)
{
	struct arena *a = arena_new();
	struct view *v = look(s);
	struct book *b;
	struct retained *x;
	size_t n, applicants = 0, ended = 0, lists = 0;
	must(book_load(v, &b, &e), &e, "book");
	must(retention_due(v, b, a, store_today(s), 0, &x, &n, &e), &e, "retention");
	for (size_t i = 0; i < n; i++) {
		applicants += x[i].why == ERASURE_NOT_TAKEN;
		ended += x[i].what == RETAIN_PERSON && x[i].why == ERASURE_LONG_AGO;
		lists += x[i].what == RETAIN_LIST && x[i].due < store_today(s);
	}
	ok(applicants > 0 && ended == 1 && lists == 1, "somebody who applied and somebody who stopped is to be erased (%zu, %zu), a "
		"list to be shredded (%zu)", applicants, ended, lists);
	book_free(b);
	view_end(v);
	arena_free(a);
}

static void test_history(void)
{
	struct test_clock clk = {0};
	struct store *s = build_with_past(&clk);
	struct arena *a = arena_new();
	struct view *v = look(s);
	struct group *g;
	size_t n, backwards = 0, people = 0;
	int64_t now = store_now(s);
	civil_date day;
	must(log_back(v, a, (struct dot){0}, 100, false, &g, &n, &e), &e, "log");
	for (size_t i = 1; i < n; i++) {
		backwards += g[i].clock > g[i - 1].clock;
		people += strcmp(g[i].person, g[i - 1].person) != 0;
	}
	ok(n > 20 && backwards == 0, "the history goes one way");
	ok(people > 1, "and was made by several");
	ok(g[0].clock <= now && g[0].clock > now - 2 * 86400, "the last of it lately");
	ok(g[n - 1].clock < now - 300 * 86400, "the first of it long ago");
	ok(g[0].act == ACT_WITHDRAW, "what undo would take is a cancellation");
	must(demo_day(v, &day, &e), &e, "day");
	is_int(day, store_today(s), "it remembers for which day it was made");
	is_str(store_person(s), "Anna", "afterwards the store writes as who it did before");
	view_end(v);
	test_retention(s);
	ok(count_then(s, now - 60 * 86400) < count_then(s, 0), "two months ago there were fewer shifts");
	arena_free(a);
	store_close(s);
}

/* ---- the call itself --------------------------------------------------------------------------------------------- */

struct shown {
	size_t calls, done, total;
	bool stop;
};

static int note_progress(void *ctx, size_t done, size_t total)
{
	struct shown *p = ctx;
	p->calls++;
	p->done = done;
	p->total = total;
	return p->stop;
}

static void test_progress(void)
{
	struct test_clock clk = {0};
	struct shown shown = {0}, stopped = {.stop = true};
	struct store *s = test_store("progress", &clk);
	is_int(demo_build(s, DEMO_WARD, 1, note_progress, &shown, &e), OK, "building with progress");
	ok(shown.calls > 3 && shown.done == shown.total && shown.calls == shown.total,
		"it is told of each step until all are done");
	store_close(s);
	s = test_store("stopped", &clk);
	is_int(demo_build(s, DEMO_WARD, 1, note_progress, &stopped, &e), ERR_STOPPED, "it can be stopped");
	is_int((intmax_t)stopped.calls, 1, "and then goes no further");
	store_close(s);
	is_int(demo_size_named("region"), DEMO_REGION, "a size by name");
	is_int(demo_size_named("country"), -1, "an unknown one");
}

int main(void)
{
	test_seed();
	test_people();
	test_frames();
	test_shifts();
	test_problems(DEMO_WARD, "ward");
	test_problems(DEMO_HOSPITAL, "hospital");
	test_agreements(DEMO_WARD, "aw");
	test_agreements(DEMO_HOSPITAL, "ah");
	test_days();
	test_history();
	test_progress();
	return done_testing();
}
