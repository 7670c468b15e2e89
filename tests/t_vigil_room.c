/* tests/t_vigil_room.c - the room of a vigil, and whom to ring there, are gone some days after its end: from records,
 * log and files, at every site, also where the vigil was taken back; while place, time and watches stay. And somebody's
 * talks go with their data. */
#include "roster/vigil.h"

#include <string.h>

#include "roster/retention.h"
#include "store/erase.h"
#include "sync/receipts.h"
#include "tests/erasetest.h"
#include "tests/rostertest.h"
#include "tests/synctest.h"

static struct err e;
static struct site site[2];

static void at_noon(const char *day)
{
	for (int i = 0; i < 2; i++)
		site[i].clock.t = civil_to_utc(test_at(day, 12, 0)) + i;
}

static struct id begin(struct site *at, struct id ward, struct id sits, const char *day, const char *room)
{
	const struct vigil_new how = {.unit = ward, .role = sits, .start = test_at(day, 14, 0), .hours = 72, .watch = 240, .room = room,
		.contact = SECRET, .phone = "89101112"};
	struct id id;
	must(vigil_begin(at->s, &how, &id, NULL, &e), &e, "begin");
	return id;
}

/* How many rooms' time is over on a day; done: erase them, as the program does when it locks or is closed. */
static size_t rooms(struct site *at, const char *day, bool done)
{
	struct arena *a = arena_new();
	struct retained *x;
	struct retention_done did = {0};
	struct view *v;
	size_t n;
	must(view_begin(at->s, &v, &e), &e, "view");
	must(retention_rooms(v, a, test_day(day), &x, &n, &e), &e, "rooms");
	view_end(v);
	if (done) {
		must(receipts_prepare(at->s, &e), &e, "prepare");
		must(retention_run(at->s, x, n, &did, &e), &e, "run");
		is_int((intmax_t)did.rooms, (intmax_t)n, "all of them are erased");
	}
	arena_free(a);
	return n;
}

static struct vigil see(struct site *at, struct id id, struct peek *l)
{
	struct vigil v;
	*l = look_begin(at->s);
	must(vigil_load(l->v, l->b, l->a, id, store_now_civil(at->s), &v, &e), &e, "load");
	return v;
}

static void end_it(struct site *at, struct id id)
{
	struct peek l = look_begin(at->s);
	struct vigil_end told;
	struct arena *a = arena_new();
	view_end(l.v);
	l.v = NULL;
	must(vigil_end(at->s, l.b, a, id, &told, NULL, &e), &e, "end");
	look_end(&l);
	arena_free(a);
}

static void undo(struct site *at, bool *can)
{
	struct view *v;
	struct dot dot;
	must(view_begin(at->s, &v, &e), &e, "view");
	must(change_undoable(v, &dot, &e), &e, "undoable");
	*can = dot.no > 0;
	view_end(v);
	if (*can)
		must(change_undo(at->s, dot, NULL, &e), &e, "undo");
}

static const char *newest_label(struct site *at, struct arena *a)
{
	struct view *v;
	struct group *g;
	size_t n;
	must(view_begin(at->s, &v, &e), &e, "view");
	must(log_back(v, a, (struct dot){0}, 2, false, &g, &n, &e), &e, "log");
	const char *label = n == 2 ? log_label(v, a, &g[1]) : "";
	view_end(v);
	return label;
}

static void test_room(void)
{
	struct arena *a = arena_new();
	static struct traces traces;
	const char *dir = stick("stick");
	struct peek l;
	bool can;
	site_first(&site[0], "viborg");
	site_join(&site[1], "skive", &site[0], RING_FULL);
	at_noon("2025-12-03");
	struct id ward = test_unit(site[0].s, "Medicinsk 3"), sits = test_role(site[0].s, "Vågevagt");
	struct id id = begin(&site[0], ward, sits, "2025-12-03", SECRET), left = begin(&site[0], ward, sits, "2025-12-04", "7 " SECRET);
	begin(&site[0], ward, sits, "2025-12-05", SECRET " 9");
	undo(&site[0], &can);
	meet_all(site, 2, dir);
	must(vigil_set_contact(site[1].s, left, "8 " SECRET, SECRET, "89101112", NULL, &e), &e, "contact");
	meet_all(site, 2, dir);
	at_noon("2025-12-04");
	end_it(&site[0], id);
	meet_all(site, 2, dir);
	is_int((intmax_t)rooms(&site[0], "2025-12-09", false), 0, "six days after, it is still there: whoever sat may ring to thank");
	is_int((intmax_t)rooms(&site[0], "2025-12-10", false), 1, "of one that was taken back it goes seven days after that");
	is_int((intmax_t)rooms(&site[0], "2025-12-11", false), 2, "of one that has ended seven days after its end");
	is_int((intmax_t)rooms(&site[0], "2025-12-14", false), 3, "of one that nobody has ended when its hours have been over for so long");
	for (int i = 0; i < 2; i++)
		ok(trace_rows(site[i].s, SECRET, &traces) > 2, "until then it stands in records and log");
	at_noon("2025-12-14");
	is_int((intmax_t)rooms(&site[0], "2025-12-14", true), 3, "and then");
	is_int((intmax_t)trace_rows(site[0].s, SECRET, NULL), 0, "nothing that can be opened holds a trace");
	is_int((intmax_t)trace_files(test_path("viborg"), SECRET, &traces), 0, "nor any file of the store");
	is_int((intmax_t)rooms(&site[0], "2026-12-14", false), 0, "it is done once");
	ok(strstr(newest_label(&site[0], a), "kept long enough"), "the history tells of it: %s", newest_label(&site[0], a));
	meet_all(site, 2, dir);
	is_int((intmax_t)trace_rows(site[1].s, SECRET, NULL), 0, "nor at the other site, after they have met");
	ok(are_equal(&site[0], &site[1]), "which comes to have the same");
	for (int i = 0; i < 2; i++) {
		struct vigil v = see(&site[i], id, &l);
		ok(!*v.room && !*v.contact && !*v.phone && v.n == 18 && v.state == VIGIL_ENDED && v.start == test_at("2025-12-03", 14, 0),
			"place, times and watches stay");
		ok(id_equal(v.watches[0].row.unit, ward) && strstr(view_title(l.v, l.a, id), "Medicinsk 3"), "and it is called what it was");
		look_end(&l);
	}
	must(vigil_set_contact(site[1].s, left, SECRET, NULL, NULL, NULL, &e), &e, "contact");
	meet_all(site, 2, dir);
	is_int((intmax_t)(trace_rows(site[0].s, SECRET, NULL) + trace_rows(site[1].s, SECRET, NULL)), 0, "what is written too late goes by itself");
	sites_end(site, 2);
	arena_free(a);
}

/* ---- talks are a person's data ----------------------------------------------------------------------------------- */

static struct id talk(struct store *s, struct id who, const char *note)
{
	return record_make(s, TYPE_TALK, ID_NONE, (struct pair[PAIRS]){{F_TALK_VOLUNTEER, value_id(who)}, {F_TALK_KIND, value_int(TALK_CARE)},
		{F_TALK_DUE, value_int(test_day("2025-12-17"))}, {F_TALK_BY, value_text("Bo")}, {F_TALK_NOTE, value_text(note)}});
}

static void test_talks(void)
{
	struct test_clock clk = {INT64_C(1764576000)};
	struct store *s = test_store("talks", &clk);
	struct id anna = test_volunteer(s, "Anna", "Holm"), twin = test_volunteer(s, "Anna", "Holm"), erasure;
	struct id old = talk(s, twin, SECRET), own = talk(s, anna, SECRET);
	struct peek l;
	struct rec *r;
	size_t n;
	struct id *ids;
	must(act_merge_people(s, anna, twin, NULL, &e), &e, "merge");
	l = look_begin(s);
	must(view_refs(l.v, l.a, anna, TYPE_TALK, F_TALK_VOLUNTEER, &ids, &n, &e), &e, "refs");
	is_int((intmax_t)n, 2, "when two are made one, the talks come along");
	look_end(&l);
	must(erase_person(s, anna, ERASURE_WISH, &erasure, &e), &e, "erase");
	is_int((intmax_t)trace_rows(s, SECRET, NULL), 0, "erased, nobody reads what was said any more");
	l = look_begin(s);
	for (int i = 0; i < 2; i++) {
		must(view_get(l.v, l.a, TYPE_TALK, i ? old : own, &r, &e), &e, "talk");
		ok(!r || !r->alive, "nor that there was a talk");
	}
	look_end(&l);
	store_close(s);
}

int main(void)
{
	test_room();
	test_talks();
	return done_testing();
}
