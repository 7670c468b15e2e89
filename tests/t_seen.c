/* tests/t_seen.c - who looked at a card is remembered at one site, once a day, for as long as it may, and goes with the
 * person everywhere: from the store, its free pages, and a backup that is put back. */
#include "store/seen.h"

#include <string.h>

#include "base/letters.h"
#include "store/backup.h"
#include "store/erase_priv.h"
#include "store/vault.h"
#include "tests/erasetest.h"
#include "tests/taketest.h"

enum { TODAY = 20423 };          /* 2025-12-01 */
static struct test_clock clk;
static const uint8_t shared_key[ERASE_KEY] = {7};

static void put(struct store *s, struct id who, enum seen_how how, civil_date day)
{
	struct err e = {0};
	must(seen_put(s, who, how, day, day - 180, &e), &e, "put");
}

/* "20423 0 Lise,20422 …" */
static const char *lines(struct arena *a, struct store *s, struct id who)
{
	struct err e = {0};
	struct seen_line *x;
	struct view *v;
	size_t n;
	const char *out = "";
	must(view_begin(s, &v, &e), &e, "view");
	must(seen_list(v, a, who, &x, &n, &e), &e, "list");
	for (size_t i = 0; i < n; i++)
		out = arena_printf(a, "%s%s%d %d %s", out, *out ? "," : "", (int)x[i].day - TODAY, (int)x[i].how, x[i].by);
	view_end(v);
	return out;
}

static void test_lines(void)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct store *s = test_store("lines", &clk);
	struct id who = test_volunteer(s, "Kanarie", "Fugl"), other = test_volunteer(s, "Bo", "Lund");
	must(store_set_person(s, "Lise Holm", &e), &e, "person");
	is_str(lines(a, s, who), "", "nobody has looked yet");
	put(s, who, SEEN_CARD, TODAY);
	uint64_t version = store_version(s);
	put(s, who, SEEN_CARD, TODAY);
	is_int((intmax_t)store_version(s), (intmax_t)version, "twice a day is written once");
	put(s, who, SEEN_EXPORT, TODAY);
	must(store_set_person(s, "Per", &e), &e, "person");
	put(s, who, SEEN_CARD, TODAY + 1);
	is_str(lines(a, s, who), "1 0 Per,0 2 Lise Holm,0 0 Lise Holm", "each way, person and day by itself, newest first");
	is_str(lines(a, s, other), "", "nobody looked at another");
	put(s, who, SEEN_CARD, TODAY + 180);
	is_str(lines(a, s, who), "180 0 Per,1 0 Per,0 2 Lise Holm,0 0 Lise Holm", "on the last day it is still there");
	put(s, who, SEEN_CARD, TODAY + 181);
	is_str(lines(a, s, who), "181 0 Per,180 0 Per,1 0 Per", "and then forgotten");
	put(s, ID_NONE, SEEN_CARD, TODAY);
	is_str(lines(a, s, ID_NONE), "", "nothing of who isn't there");
	store_set_dry_run(s, true);
	put(s, other, SEEN_CARD, TODAY);
	store_set_dry_run(s, false);
	is_str(lines(a, s, other), "", "nor on a dry run");
	must(vault_put(s, &(struct vault_row){VAULT_FOLLOWS, "", 0}, 1, &e), &e, "vault");
	put(s, other, SEEN_CARD, TODAY);
	is_str(lines(a, s, other), "", "nor where a store only follows");
	store_close(s);
	arena_free(a);
}

/* The name of the row, which stands unsealed. */
static const char *name_of(struct arena *a, struct id who)
{
	char letters[2 * sizeof who.b + 1];
	letters_write(letters, who.b, sizeof who.b);
	return arena_printf(a, "seen-%s", letters);
}

static void test_erased(void)
{
	struct err e = {0};
	static struct traces t;
	struct os_clock clock = test_clock(&clk);
	struct arena *a = arena_new();
	struct store *s = test_store("gone", &clk);
	struct id who = test_volunteer(s, "Kanarie", "Fugl"), other = test_volunteer(s, "Bo", "Lund"), erasure;
	const struct vault_row key = {VAULT_ERASURES_RING, shared_key, ERASE_KEY};
	must(vault_put(s, &key, 1, &e), &e, "vault");
	must(store_set_person(s, "Lise " SECRET, &e), &e, "person");
	put(s, who, SEEN_CARD, TODAY);
	must(store_set_person(s, "Per", &e), &e, "person");
	put(s, other, SEEN_CARD, TODAY);
	must(backup_write(s, test_path("elsewhere.svb"), NULL, NULL, &e), &e, "backup");
	const char *name = name_of(a, who);
	ok(trace_rows(s, SECRET, &t) > 0 && trace_files(test_path("gone"), name, &t) > 0, "there are traces before");
	must(erase_person(s, who, ERASURE_WISH, &erasure, &e), &e, "erase");
	is_int((intmax_t)trace_rows(s, SECRET, NULL), 0, "who looked at the erased one is in no row");
	is_int((intmax_t)trace_files(test_path("gone"), name, &t), 0, "nor in any file, free pages included, nor who was looked at");
	is_str(lines(a, s, other), "0 0 Per", "who looked at another stays");
	must(backup_restore(test_path("elsewhere.svb"), test_path("back"), NULL, &clock, &e), &e, "restore");
	struct store *back = test_open("back", &clk);
	ok(*lines(a, back, who), "a backup from elsewhere has it");
	size_t n;
	test_carry(s, back, NULL, NULL);
	must(erase_settle(back, true, &n, &e), &e, "settle");
	is_int((intmax_t)trace_rows(back, SECRET, NULL), 0, "and loses it at the first meeting");
	is_int((intmax_t)trace_files(test_path("back"), name, NULL), 0, "from all its files");
	is_str(lines(a, back, other), "0 0 Per", "but no other");
	store_close(back);
	store_close(s);
	arena_free(a);
}

/* A record that only mentions the person stays, without it. */
static void test_printed(void)
{
	struct err e = {0};
	struct arena *a = arena_new();
	struct store *s = test_store("printed", &clk);
	struct id who = test_volunteer(s, "Kanarie", "Fugl"), erasure;
	struct id list = record_make(s, TYPE_PRINTED_LIST, ID_NONE, (struct pair[PAIRS]){
		{F_PRINTED_LIST_WHAT, value_text("Hours")}, {F_PRINTED_LIST_PRINTED, value_int(TODAY)},
		{F_PRINTED_LIST_SHRED, value_int(TODAY + 7)}, {F_PRINTED_LIST_VOLUNTEER, value_id(who)}});
	must(erase_person(s, who, ERASURE_WISH, &erasure, &e), &e, "erase");
	const struct rec *r = test_rec(a, s, TYPE_PRINTED_LIST, list);
	ok(r && r->alive && rec_get(r, F_PRINTED_LIST_VOLUNTEER).tag == V_NONE && rec_int(r, F_PRINTED_LIST_SHRED) == TODAY + 7,
		"a printed list is still to be shredded, but names nobody");
	store_close(s);
	ok(test_is_whole("printed", &clk), "the doctor finds nothing");
	arena_free(a);
}

int main(void)
{
	test_lines();
	test_erased();
	test_printed();
	return done_testing();
}
