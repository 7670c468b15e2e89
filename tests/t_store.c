/* tests/t_store.c - what store.h and change.h promise, one by one. */
#include "store/store_priv.h"
#include "tests/storetest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct test_clock clk;
static struct err e;
static struct arena *a;

static struct view *look(struct store *s)
{
	struct view *v;
	must(view_begin(s, &v, &e), &e, "view");
	return v;
}

static struct change *begin(struct store *s)
{
	struct change *c;
	must(change_begin(s, ACT_EDIT, &c, &e), &e, "begin");
	return c;
}

static civil_min at(int day, int hour)
{
	return cmin_at(civil_from_ymd(2025, 12, day), hour * 60);
}

/* ---- making and opening --------------------------------------------------------------------------- */

/* Somebody puts a letter into the folder while a store is being made for it. */
static int fill_late(void *ctx, const char *made, struct err *why)
{
	const char *const *dir = ctx;
	char file[4300];
	snprintf(file, sizeof file, "%s/letter.txt", *dir);
	int rc = os_mkdir_p(made, why);
	return rc == OK ? os_write_file(file, "x", 1, why) : rc;
}

static void test_create(void)
{
	struct os_clock clock = test_clock(&clk);
	struct store_new how = { .site = "Viborg", .person = "Anna" };
	const char *dir = test_path("made");
	is_int(store_probe(dir, &e), STORE_ABSENT, "nothing is there before");
	is_int(store_create(dir, &how, &clock, &e), OK, "a store is made");
	is_int(store_probe(dir, &e), STORE_OPEN_KEYS, "and seen, with open keys");
	is_int(store_create(dir, &how, &clock, &e), ERR_CONFLICT, "not a second time");
	ok(strstr(e.text, "isn't empty") != NULL, "with a reason: %s", e.text);
	const char *other = test_path("other");
	must(os_mkdir_p(other, &e), &e, "mkdir");
	is_int(store_probe(other, &e), STORE_ABSENT, "an empty folder holds none");
	is_int(store_create(other, &how, &clock, &e), OK, "and can become one");
	const char *foreign = test_path("foreign");
	must(os_mkdir_p(foreign, &e), &e, "mkdir");
	char file[4300];
	snprintf(file, sizeof file, "%s/letter.txt", foreign);
	must(os_write_file(file, "x", 1, &e), &e, "write");
	is_int(store_probe(foreign, &e), STORE_FOREIGN, "a folder with other files is foreign");
	ok(*e.text, "%s", e.text);
	is_int(store_create(foreign, &how, &clock, &e), ERR_CONFLICT, "and isn't taken");
	size_t n;
	char **names;
	must(os_list_dir(a, test_dir(), &names, &n, &e), &e, "list");
	is_int((intmax_t)n, 3, "nothing half made is left beside");
	is_int(store_create(test_path("other/."), &how, &clock, &e), ERR_DATA, "a folder must have a name of its own");
	const char *late = test_path("late");
	must(os_mkdir_p(late, &e), &e, "mkdir");
	is_int(store_make(late, fill_late, &late, &e), ERR_CONFLICT, "a folder that is taken meanwhile");
	snprintf(file, sizeof file, "%s/letter.txt", late);
	ok(os_exists(file), "keeps what was put there");
	must(os_remove_tree(late, &e), &e, "remove");
	struct store_new bad = { .site = "" };
	is_int(store_create(test_path("bad"), &bad, &clock, &e), ERR_DATA, "a site must have a name");
	is_int(store_probe(test_path("bad"), &e), STORE_ABSENT, "and then nothing is made");
	struct store *s;
	struct store_opts opts = { .clock = clock };
	is_int(store_open(test_path("bad"), &opts, &s, &e), ERR_NOTFOUND, "what isn't there can't be opened");
	ok(!s, "no store");
}

static void test_site(void)
{
	struct store *s = test_store("site", &clk);
	struct view *v = look(s);
	struct rec *r;
	must(view_get(v, a, TYPE_SITE, store_site(s), &r, &e), &e, "get");
	is_str(rec_text(r, F_SITE_NAME), "Viborg", "the site's record is the first change");
	is_str(store_person(s), "Anna", "the store remembers its coordinator");
	is_int((intmax_t)log_head(v).no, 1, "number 1");
	ok(log_head(v).inc == store_incarnation(s) && store_incarnation(s) >> 60 == 0, "of its own incarnation");
	is_str(view_title(v, a, store_site(s)), "Viborg", "a site is called by its name");
	view_end(v);
	uint64_t before = store_version(s);
	test_unit(s, "Forhal");
	ok(store_version(s) > before, "the version grows with a commit");
	is_int(store_set_person(s, " Bodil", &e), OK, "another person can take over");
	is_str(store_person(s), "Bodil", "her name is kept as names are");
	char long_name[300];
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	is_int(store_set_person(s, "M\xf8ller", &e), ERR_DATA, "a name that isn't UTF-8 could never be read again");
	is_int(store_set_person(s, "Bo 010170-1234", &e), ERR_DATA, "nor is a CPR number a name");
	is_int(store_set_person(s, long_name, &e), ERR_DATA, "nor what a coordinator's field has no room for");
	is_str(store_person(s), "Bodil", "and nothing changes then");
	struct id id = test_unit(s, "Kantine");
	v = look(s);
	struct group *g;
	size_t n;
	must(log_of_record(v, a, id, &g, &n, &e), &e, "log");
	is_str(g[0].person, "Bodil", "another person stands in the history from then on");
	view_end(v);
	store_close(s);
	s = test_open("site", &clk);
	struct change *c = begin(s);
	ok(id_compare(change_new(c, TYPE_UNIT), id) > 0, "numbers for ids go on after reopening");
	change_abandon(c);
	store_close(s);
	struct store_opts opts = { .clock = test_clock(&clk), .person = "M\xf8ller" };
	is_int(store_open(test_path("site"), &opts, &s, &e), ERR_DATA, "who opens it must have a name that can be kept");
	opts.person = "Carl";
	must(store_open(test_path("site"), &opts, &s, &e), &e, "open");
	is_str(store_person(s), "Carl", "whoever opens it may say who it is");
	store_close(s);
}

static void test_passphrase(void)
{
	struct os_clock clock = test_clock(&clk);
	struct store_new how = { .site = "Skive", .passphrase = "blå himmel", .fast_kdf = true };
	const char *dir = test_path("sealed");
	struct store *s;
	must(store_create(dir, &how, &clock, &e), &e, "create");
	is_int(store_probe(dir, &e), STORE_PASSPHRASE, "the store asks for a passphrase");
	struct store_opts opts = { .clock = clock };
	is_int(store_open(dir, &opts, &s, &e), ERR_KEY, "none is refused");
	opts.passphrase = "rød himmel";
	is_int(store_open(dir, &opts, &s, &e), ERR_KEY, "a wrong one too");
	opts.passphrase = "blå himmel";
	must(store_open(dir, &opts, &s, &e), &e, "open");
	ok(store_is_sealed(s) && !store_is_readonly(s), "the right one opens it");
	struct id id = test_unit(s, "Forhal");
	store_lock(s);
	struct view *v;
	is_int(view_begin(s, &v, &e), ERR_KEY, "locked, nothing can be read");
	struct change *c = begin(s);
	change_delete(c, TYPE_UNIT, id);
	is_int(change_commit(c, NULL, &e), ERR_KEY, "nor written");
	is_int(store_unlock(s, "rød himmel", &e), ERR_KEY, "a wrong passphrase doesn't unlock");
	is_int(store_unlock(s, "blå himmel", &e), OK, "the right one does");
	v = look(s);
	is_str(view_title(v, a, id), "Forhal", "and all is there");
	store_lock(s);
	struct rec *r;
	is_int(view_get(v, a, TYPE_UNIT, id, &r, &e), ERR_KEY, "a view that was open is locked too");
	view_end(v);
	must(store_unlock(s, "blå himmel", &e), &e, "unlock");
	is_int(store_set_passphrase(s, "forkert", "ny", &e), ERR_KEY, "changing it needs the old one");
	is_int(store_set_passphrase(s, "blå himmel", NULL, &e), OK, "it can be removed");
	ok(!store_is_sealed(s), "then the store isn't sealed");
	store_close(s);
	opts.passphrase = NULL;
	must(store_open(dir, &opts, &s, &e), &e, "open without");
	store_close(s);
}

static void test_readonly(void)
{
	struct store *w = test_store("two", &clk), *s;
	struct store_opts opts = { .clock = test_clock(&clk), .readonly = true };
	struct id id = test_unit(w, "Forhal");
	store_close(w);
	must(store_open(test_path("two"), &opts, &s, &e), &e, "open");
	ok(store_is_readonly(s), "a store can be opened for reading");
	struct change *c;
	is_int(change_begin(s, ACT_EDIT, &c, &e), ERR_READONLY, "then nothing can be changed");
	is_int(change_undo(s, (struct dot){ store_incarnation(s), 2 }, NULL, &e), ERR_READONLY, "nor undone");
	struct view *v = look(s);
	is_str(view_title(v, a, id), "Forhal", "but read");
	view_end(v);
	store_close(s);
}

/* ---- drafts --------------------------------------------------------------------------------------- */

static void test_drafts(void)
{
	struct store *s = test_store("drafts", &clk);
	struct store_opts opts = { .clock = test_clock(&clk), .readonly = true };
	const char *text = "given=Ærenst\nnote=two\nlines";
	ok(!store_draft_load(s, a, "volunteer"), "there is no draft at first");
	is_int(store_draft_save(s, "volunteer", text, &e), OK, "one is kept");
	is_str(store_draft_load(s, a, "volunteer"), text, "and read");
	ok(!store_draft_load(s, a, "unit"), "by its own name only");
	struct buf b = test_read(test_path("drafts/draft/volunteer"));
	ok(!memmem(b.p, b.n, "given", 5) && !memmem(b.p, b.n, "lines", 5), "on the disk it is sealed");
	test_write(test_path("drafts/draft/unit"), b.p, b.n);
	ok(!store_draft_load(s, a, "unit"), "under another name it is damage, and damage is no draft");
	buf_free(&b);
	is_int(store_draft_save(s, "unit", NULL, &e), OK, "one can be forgotten");
	ok(!os_exists(test_path("drafts/draft/unit")), "and is gone");
	store_lock(s);
	ok(!store_draft_load(s, a, "volunteer"), "a locked store gives none");
	is_int(store_draft_save(s, "volunteer", "x", &e), ERR_KEY, "and takes none");
	store_close(s);
	must(store_open(test_path("drafts"), &opts, &s, &e), &e, "open");
	is_str(store_draft_load(s, a, "volunteer"), text, "who only reads can read it");
	is_int(store_draft_save(s, "volunteer", NULL, &e), ERR_READONLY, "but not forget it");
	is_int(store_draft_save(s, "role", "x", &e), ERR_READONLY, "nor keep one");
	ok(!os_exists(test_path("drafts/draft/role")), "as nothing may be written");
	store_close(s);
}

/* ---- changes -------------------------------------------------------------------------------------- */

static void test_change(void)
{
	struct store *s = test_store("change", &clk);
	struct change *c = begin(s);
	struct id id = change_new(c, TYPE_ROLE);
	struct change_result res;
	struct rec *r;
	is_int(change_set(c, TYPE_ROLE, id, F_ROLE_MIN_AGE, value_int(1000), &e), ERR_DATA,
		"a value is checked at once");
	is_int(change_set(c, TYPE_ROLE, id, F_ROLE_NOTE, value_text("ring 010203-1234"), &e), ERR_DATA,
		"and a CPR number refused");
	must(change_set(c, TYPE_ROLE, id, F_ROLE_NAME, value_text("Vejviser"), &e), &e, "set");
	must(change_set(c, TYPE_ROLE, id, F_ROLE_NAME, value_text("Hospitalsguide"), &e), &e, "set again");
	size_t writes, records;
	must(change_count(c, &writes, &records, &e), &e, "count");
	ok(writes == 2 && records == 1, "two writes on one record");
	is_int(change_commit(c, &res, &e), OK, "committed");
	ok(res.dot.no == 2 && res.writes == 2 && res.records == 1, "as change number 2");
	struct view *v = look(s);
	struct group *g;
	must(log_get(v, a, res.dot, &g, &e), &e, "log");
	const struct write *w = g->writes;
	ok(g->nwrites == 2 && w[0].field == FIELD_ALIVE && w[1].field == F_ROLE_NAME && w[1].before.no == 0,
		"the log has just these");
	must(view_get(v, a, TYPE_ROLE, id, &r, &e), &e, "get");
	is_str(rec_text(r, F_ROLE_NAME), "Hospitalsguide", "the later of two writes stands");
	view_end(v);

	res = test_set(s, TYPE_ROLE, id, F_ROLE_NAME, value_text("Hospitalsguide"));
	is_int((intmax_t)res.dot.no, 0, "the same once more is no change");
	res = test_set(s, TYPE_ROLE, id, F_ROLE_MIN_AGE, value_none());
	is_int((intmax_t)res.dot.no, 0, "nor is emptying what is empty");
	res = test_set(s, TYPE_ROLE, id, F_ROLE_NAME, value_text("Guide"));
	is_int((intmax_t)res.dot.no, 3, "another value is");
	c = begin(s);
	change_delete(c, TYPE_ROLE, id_make(1, 1));
	must(change_commit(c, &res, &e), &e, "commit");
	is_int((intmax_t)res.dot.no, 0, "deleting what never was is no change");
	c = begin(s);
	id = change_new(c, TYPE_ROLE);
	change_delete(c, TYPE_ROLE, id);
	must(change_commit(c, &res, &e), &e, "commit");
	is_int((intmax_t)res.dot.no, 0, "nor is deleting what was just made");
	change_abandon(begin(s));
	change_abandon(NULL);
	store_set_dry_run(s, true);
	id = test_unit(s, "Prøve");
	store_set_dry_run(s, false);
	v = look(s);
	must(view_get(v, a, TYPE_UNIT, id, &r, &e), &e, "get");
	ok(!r, "a dry run leaves nothing");
	view_end(v);
	store_close(s);
}

static int try_set(struct store *s, int type, struct id id, int field, struct value value)
{
	struct change *c = begin(s);
	must(change_set(c, type, id, field, value, &e), &e, "set");
	return change_commit(c, NULL, &e);
}

static void test_refusals(void)
{
	struct store *s = test_store("refuse", &clk);
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide"), anna = test_volunteer(s, "Anna", "Holm");
	struct change *c = begin(s);
	change_new(c, TYPE_UNIT);
	is_int(change_commit(c, NULL, &e), ERR_DATA, "a record must have what is required");
	ok(strstr(e.text, "Name") != NULL, "the sentence names it: %s", e.text);
	is_int(try_set(s, TYPE_UNIT, unit, F_UNIT_NAME, value_none()), ERR_DATA, "what is required can't be emptied");
	is_int(try_set(s, TYPE_UNIT, unit, F_UNIT_PARENT, value_id(id_make(9, 9))), ERR_DATA,
		"a reference to nothing is refused");
	is_int(try_set(s, TYPE_UNIT, unit, F_UNIT_PARENT, value_id(role)), ERR_DATA, "and to another kind of thing");
	is_int(try_set(s, TYPE_UNIT, id_make(9, 9), F_UNIT_NAME, value_text("x")), ERR_CONFLICT,
		"what isn't there can't be edited");
	struct id shift = test_shift(s, unit, role, at(3, 8), at(3, 11), 1);
	test_delete(s, TYPE_UNIT, unit);
	is_int(try_set(s, TYPE_SHIFT, shift, F_SHIFT_UNIT, value_id(unit)), OK, "what is as it was isn't asked about");
	is_int(try_set(s, TYPE_SHIFT, shift, F_SHIFT_NEED, value_int(2)), OK,
		"a record whose reference is gone can be edited");
	is_int(try_set(s, TYPE_UNIT, unit, F_UNIT_NAME, value_text("x")), ERR_CONFLICT, "a deleted one can't");
	c = begin(s);
	struct id link = id_link(LINK_VOLUNTEER_ROLE, anna, role);
	change_make(c, TYPE_LINK, link);
	must(change_set(c, TYPE_LINK, link, F_LINK_KIND, value_int(LINK_VOLUNTEER_ROLE), &e), &e, "set");
	must(change_set(c, TYPE_LINK, link, F_LINK_FROM, value_id(anna), &e), &e, "set");
	must(change_set(c, TYPE_LINK, link, F_LINK_TO, value_id(role), &e), &e, "set");
	is_int(change_commit(c, NULL, &e), OK, "a reference to any kind finds it");
	store_close(s);
}

static void test_revive(void)
{
	struct store *s = test_store("revive", &clk);
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide"), anna = test_volunteer(s, "Anna", "Holm");
	struct id shift = test_shift(s, unit, role, at(3, 8), at(3, 11), 1);
	struct id seat = test_assign(s, shift, anna, ASSIGNMENT_ACCEPTED);
	test_set(s, TYPE_ASSIGNMENT, seat, F_ASSIGNMENT_NOTE, value_text("kommer senere"));
	test_delete(s, TYPE_ASSIGNMENT, seat);
	struct view *v = look(s);
	struct rec *r;
	must(view_get(v, a, TYPE_ASSIGNMENT, seat, &r, &e), &e, "get");
	ok(r && !r->alive, "a deleted record is there and not alive");
	is_str(rec_text(r, F_ASSIGNMENT_NOTE), "kommer senere", "with what it held");
	view_end(v);
	test_assign(s, shift, anna, ASSIGNMENT_OFFERED);
	v = look(s);
	must(view_get(v, a, TYPE_ASSIGNMENT, seat, &r, &e), &e, "get");
	ok(r->alive && rec_int(r, F_ASSIGNMENT_STATE) == ASSIGNMENT_OFFERED, "made again, it is alive");
	is_str(rec_text(r, F_ASSIGNMENT_NOTE), "", "and starts empty");
	view_end(v);
	store_close(s);
}

/* ---- views ---------------------------------------------------------------------------------------- */

static void test_roster(void)
{
	struct store *s = test_store("roster", &clk);
	struct id hall = test_unit(s, "Forhal"), ward = test_unit(s, "Afsnit 1"), role = test_role(s, "Hospitalsguide");
	struct id anna = test_volunteer(s, "Anna", "Holm"), bo = test_volunteer(s, "Bo", NULL);
	struct id late = test_shift(s, hall, role, at(3, 11), at(3, 14), 2), early = test_shift(s, hall, role, at(3,
		8), at(3, 11), 1);
	struct id other = test_shift(s, ward, role, at(3, 8), at(3, 12), 1);
	struct id seat = test_assign(s, early, anna, ASSIGNMENT_ACCEPTED);
	test_assign(s, late, anna, ASSIGNMENT_OFFERED);
	test_assign(s, late, bo, ASSIGNMENT_ACCEPTED);
	struct view *v = look(s);
	struct shift_row *row;
	size_t n;
	must(view_shifts(v, a, &hall, at(3, 0), at(4, 0), &row, &n, &e), &e, "shifts");
	ok(n == 2 && id_equal(row[0].shift, early) && id_equal(row[1].shift, late), "a unit's shifts by start");
	ok(row[0].filled == 1 && row[1].filled == 1 && row[1].wished == 2, "an offer doesn't count as cover");
	must(view_shifts(v, a, NULL, at(3, 0), at(4, 0), &row, &n, &e), &e, "shifts");
	is_int((intmax_t)n, 3, "all units' shifts");
	ok(row[0].start == row[1].start && id_compare(row[0].unit, row[1].unit) < 0, "by start, then unit");
	must(view_shifts(v, a, &hall, at(3, 8), at(3, 11), &row, &n, &e), &e, "shifts");
	is_int((intmax_t)n, 1, "the end of the period isn't in it");
	struct duty_row *duty;
	must(view_duties(v, a, anna, at(1, 0), at(31, 0), &duty, &n, &e), &e, "duties");
	ok(n == 2 && id_equal(duty[0].assignment, seat) && duty[0].minutes == -1, "a volunteer's duties by start");
	view_end(v);

	test_set(s, TYPE_SHIFT, early, F_SHIFT_END, value_int(at(5, 11)));
	test_set(s, TYPE_SHIFT, early, F_SHIFT_START, value_int(at(5, 8)));
	v = look(s);
	must(view_duties(v, a, anna, at(1, 0), at(31, 0), &duty, &n, &e), &e, "duties");
	ok(n == 2 && duty[1].start == at(5, 8), "a moved shift takes its people along");
	view_end(v);
	test_set(s, TYPE_SHIFT, early, F_SHIFT_STATE, value_int(SHIFT_CANCELLED));
	v = look(s);
	must(view_duties(v, a, anna, at(5, 0), at(6, 0), &duty, &n, &e), &e, "duties");
	ok(n == 1 && duty[0].shift_state == SHIFT_CANCELLED, "and a cancelled one tells them");
	view_end(v);
	test_delete(s, TYPE_SHIFT, early);
	v = look(s);
	must(view_duties(v, a, anna, at(1, 0), at(31, 0), &duty, &n, &e), &e, "duties");
	is_int((intmax_t)n, 1, "a deleted shift is no duty");
	struct id *id;
	must(view_refs(v, a, anna, TYPE_ASSIGNMENT, F_ASSIGNMENT_VOLUNTEER, &id, &n, &e), &e, "refs");
	is_int((intmax_t)n, 2, "but what points at the volunteer is still found");
	must(view_refs(v, a, role, TYPE_SHIFT, F_SHIFT_ROLE, &id, &n, &e), &e, "refs");
	is_int((intmax_t)n, 2, "what points at the role");
	must(view_count(v, TYPE_SHIFT, &n, &e), &e, "count");
	is_int((intmax_t)n, 2, "two shifts are alive");
	must(view_shifts(v, a, &ward, at(3, 0), at(4, 0), &row, &n, &e), &e, "shifts");
	ok(n == 1 && id_equal(row[0].shift, other), "the other unit's shift is untouched");
	view_end(v);
	store_close(s);
}

static void test_places(void)
{
	struct store *s = test_store("places", &clk);
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide");
	struct id shift = test_shift(s, unit, role, at(3, 8), at(3, 11), 3);
	struct change *c = begin(s);
	struct id org = change_new(c, TYPE_ORGANISATION), seat = id_assignment(shift, org);
	must(change_set(c, TYPE_ORGANISATION, org, F_ORGANISATION_NAME, value_text("Dansk Røde Kors"), &e), &e, "set");
	change_make(c, TYPE_ASSIGNMENT, seat);
	must(change_set(c, TYPE_ASSIGNMENT, seat, F_ASSIGNMENT_SHIFT, value_id(shift), &e), &e, "set");
	must(change_set(c, TYPE_ASSIGNMENT, seat, F_ASSIGNMENT_ORGANISATION, value_id(org), &e), &e, "set");
	must(change_set(c, TYPE_ASSIGNMENT, seat, F_ASSIGNMENT_PLACES, value_int(2), &e), &e, "set");
	must(change_set(c, TYPE_ASSIGNMENT, seat, F_ASSIGNMENT_STATE, value_int(ASSIGNMENT_ACCEPTED), &e), &e, "set");
	must(change_commit(c, NULL, &e), &e, "commit");
	struct view *v = look(s);
	struct shift_row *row;
	struct seat_row *seats;
	size_t n;
	must(view_shifts(v, a, &unit, at(3, 0), at(4, 0), &row, &n, &e), &e, "shifts");
	is_int(row[0].filled, 2, "an organisation's places count");
	must(view_seats(v, a, shift, &seats, &n, &e), &e, "seats");
	ok(n == 1 && id_is_none(seats[0].volunteer) && seats[0].places == 2 && id_equal(seats[0].organisation, org),
		"as one seat");
	is_str(view_title(v, a, seat), "Dansk Røde Kors, Guide, Forhal Wed 3/12 08:00–11:00", "called by who holds it");
	view_end(v);
	store_close(s);
}

static void test_due(void)
{
	struct store *s = test_store("due", &clk);
	struct id anna = test_volunteer(s, "Anna", NULL), bo = test_volunteer(s, "Bo", NULL);
	civil_date d = civil_from_ymd(2026, 1, 1);
	test_set(s, TYPE_VOLUNTEER, anna, F_VOLUNTEER_PAUSE_UNTIL, value_int(d + 1));
	test_set(s, TYPE_VOLUNTEER, bo, F_VOLUNTEER_PAUSE_UNTIL, value_int(d));
	struct view *v = look(s);
	struct due_row *due;
	size_t n;
	must(view_due(v, a, d, d + 2, &due, &n, &e), &e, "due");
	ok(n == 2 && id_equal(due[0].id, bo) && due[0].type == TYPE_VOLUNTEER &&
		due[0].field == F_VOLUNTEER_PAUSE_UNTIL,
		"what falls due, by date");
	must(view_due(v, a, d, d + 1, &due, &n, &e), &e, "due");
	is_int((intmax_t)n, 1, "the end isn't in it");
	view_end(v);
	store_close(s);
}

/* ---- names ---------------------------------------------------------------------------------------- */

static int count_to_two(void *ctx, const struct rec *r)
{
	return r->alive && ++*(int *)ctx == 2;
}

static void test_titles(void)
{
	struct store *s = test_store("titles", &clk);
	struct id unit = test_unit(s, "Forhal, Viborg"), role = test_role(s, "Hospitalsguide"), anna =
		test_volunteer(s, "Anna", "Holm");
	struct id shift = test_shift(s, unit, role, at(3, 8), at(3, 11), 1), seat = test_assign(s, shift, anna,
		ASSIGNMENT_ACCEPTED);
	struct view *v = look(s);
	is_str(view_title(v, a, anna), "Anna Holm", "a volunteer");
	is_str(view_title(v, a, shift), "Hospitalsguide, Forhal, Viborg Wed 3/12 08:00–11:00", "a shift");
	is_str(view_title(v, a, seat), "Anna Holm, Hospitalsguide, Forhal, Viborg Wed 3/12 08:00–11:00",
		"a place on it");
	is_str(view_title(v, a, id_make(9, 9)), "?", "what isn't known");
	is_str(view_title(v, a, ID_NONE), "?", "nothing");
	is_str(view_field_text(v, a, schema_field(TYPE_SHIFT, F_SHIFT_UNIT), value_id(unit)), "Forhal, Viborg",
		"a reference by title");
	is_str(view_field_text(v, a, schema_field(TYPE_SHIFT, F_SHIFT_NEED), value_int(2)), "2", "a number");
	struct group *g;
	size_t n;
	must(log_back(v, a, (struct dot){ 0 }, 1, false, &g, &n, &e), &e, "log");
	is_str(log_label(v, a, g), "Anna Holm on the shift Hospitalsguide, Forhal, Viborg Wed 3/12 08:00–11:00",
		"a change");
	char text[ID_TEXT];
	struct id found;
	id_format(text, anna);
	is_int(view_resolve(v, TYPE_VOLUNTEER, text + 30, &found, &e), OK, "a shortened id is found");
	ok(id_equal(found, anna), "the right one");
	is_int(view_resolve(v, TYPE_ANY, text, &found, &e), OK, "a whole one too");
	text[8] = '\0';
	is_int(view_resolve(v, TYPE_ANY, text, &found, &e), ERR_AMBIGUOUS, "one that fits several isn't");
	ok(strstr(e.text, id_format(text, anna)) && strstr(e.text, id_format(text, unit)), "they are named whole");
	is_int(view_resolve(v, TYPE_ROLE, "ffffffffff", &found, &e), ERR_NOTFOUND, "nor one that fits none");
	is_int(view_resolve(v, TYPE_ROLE, "hej", &found, &e), ERR_NOTFOUND, "nor what is no id");
	struct rec *r;
	must(view_find(v, a, seat, &r, &e), &e, "find");
	is_int(r->type, TYPE_ASSIGNMENT, "the type of an id is found");
	int seen = 0;
	must(view_each(v, TYPE_UNIT, count_to_two, &seen, &e), &e, "each");
	is_int(seen, 1, "one by one");
	view_end(v);
	test_delete(s, TYPE_VOLUNTEER, anna);
	must(change_undo(s, (struct dot){ store_incarnation(s), 2 }, NULL, &e), &e, "undo");
	v = look(s);
	is_str(view_title(v, a, anna), "Anna Holm", "a deleted one keeps its title");
	is_str(view_title(v, a, unit), "Forhal, Viborg", "and one whose making was undone");
	view_end(v);
	store_close(s);
}

static void test_big(void)
{
	enum { MANY = 20000 };
	struct store *s = test_store("big", &clk);
	struct change *c = begin(s);
	for (int i = 0; i < MANY; i++) {
		struct id id = change_new(c, TYPE_UNIT);
		must(change_set(c, TYPE_UNIT, id, F_UNIT_NAME, value_text("Afsnit"), &e), &e, "set");
	}
	struct change_result res;
	is_int(change_commit(c, &res, &e), OK, "a large change is committed");
	is_int((intmax_t)res.records, MANY, "whole");
	struct view *v = look(s);
	size_t n;
	must(view_count(v, TYPE_UNIT, &n, &e), &e, "count");
	is_int((intmax_t)n, MANY, "and counted");
	view_end(v);
	must(change_undo(s, res.dot, &res, &e), &e, "undo");
	is_int((intmax_t)res.records, MANY, "and undone as one");
	c = begin(s);
	for (int i = 0; i < 5 * MANY + 1; i++)
		must(change_set(c, TYPE_UNIT, change_new(c, TYPE_UNIT), F_UNIT_NAME, value_text("Afsnit"), &e), &e,
			"set");
	is_int(change_commit(c, &res, &e), ERR_DATA, "what is over the limit of a change is refused: %s", e.text);
	store_close(s);
}

int main(void)
{
	a = arena_new();
	test_create();
	test_site();
	test_passphrase();
	test_readonly();
	test_drafts();
	test_change();
	test_refusals();
	test_revive();
	test_roster();
	test_places();
	test_due();
	test_titles();
	test_big();
	arena_free(a);
	return done_testing();
}
