/* tests/t_sync_random.c - sites that edit at random and meet on sticks that lose, cut, spoil and double files: whatever
 * happens, in the end all are equal. */
#include "tests/synctest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 4, STICKS = 4, RECORDS = 12, STEPS = 60 };

struct world {
	uint64_t seed;
	struct prng r;
	struct site at[SITES];
	size_t sites;
	bool late;
	bool was_put_back[SITES];
	struct id record[RECORDS];
	char stick[STICKS][4200];
};

static size_t pick(struct world *w, size_t n)
{
	return (size_t)prng_below(&w->r, n);
}

/* ---- editing ---------------------------------------------------------------------------------------- */

static void edit(struct world *w, struct site *site)
{
	static const int fields[] = {F_VOLUNTEER_PHONE, F_VOLUNTEER_ADDRESS, F_VOLUNTEER_CITY, F_VOLUNTEER_FAMILY};
	struct id id = w->record[pick(w, RECORDS)];
	char text[20];
	/* clocks go forward and back by days */
	site->clock.t = 1764576000 + (int64_t)prng_below(&w->r, 20 * 86400);
	if (strcmp(shown(site, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN), "(none)") == 0)
		return;
	if (strcmp(shown(site, TYPE_VOLUNTEER, id, F_VOLUNTEER_GIVEN), "(deleted)") == 0) {
		struct change_result done;
		struct view *v;
		struct dot dot = {0};
		if (view_begin(site->s, &v, NULL) == OK && change_undoable(v, &dot, NULL) == OK && dot.no) {
			view_end(v);
			change_undo(site->s, dot, &done, NULL);
		} else {
			view_end(v);
		}
		return;
	}
	if (pick(w, 8) == 0) {
		test_delete(site->s, TYPE_VOLUNTEER, id);
		return;
	}
	snprintf(text, sizeof text, "%08u", (unsigned)prng_below(&w->r, 90000000) + 10000000);
	test_set(site->s, TYPE_VOLUNTEER, id, fields[pick(w, 4)], value_text(text));
}

/* ---- sticks ------------------------------------------------------------------------------------------ */

/* A random file of a stick; false when it has none. */
static bool any_file(struct world *w, const char *dir, struct arena *a, char **path)
{
	char **inc, **name;
	size_t n, k;
	char *s = os_path_join(a, dir, "SAMVAGT/s");
	if (os_list_dir(a, s, &inc, &n, NULL) || n == 0)
		return false;
	char *d = os_path_join(a, s, inc[pick(w, n)]);
	if (os_list_dir(a, d, &name, &k, NULL) || k == 0)
		return false;
	*path = os_path_join(a, d, name[pick(w, k)]);
	return true;
}

static void harm(struct world *w, const char *dir)
{
	struct arena *a = arena_new();
	char *path;
	if (any_file(w, dir, a, &path)) {
		struct buf b = test_read(path);
		switch (pick(w, 4)) {
		case 0: os_remove(path, NULL); break;
		case 1: test_write(path, b.p ? b.p : "", b.n ? pick(w, b.n) : 0); break;
		case 2:
			if (b.n)
				b.p[pick(w, b.n)] ^= (char)(1 << pick(w, 8));
			test_write(path, b.p ? b.p : "", b.n);
			break;
		default: test_write(arena_printf(a, "%s (1)", path), b.p ? b.p : "", b.n); break;
		}
		buf_free(&b);
	}
	arena_free(a);
}

/* ---- backups -------------------------------------------------------------------------------------------- */

static void copy_file(const char *from, const char *to)
{
	struct buf b = test_read(from);
	test_write(to, b.p, b.n);
	buf_free(&b);
}

/* The database is put aside, or one that was put aside long ago takes its place, once. Nothing but a meeting can
 * tell. */
static void put_aside(struct world *w, struct site *site, bool back)
{
	struct arena *a = arena_new();
	char *db = arena_strdup(a, test_path(arena_printf(a, "%s/db/data.mdb", site->name)));
	char *aside = arena_strdup(a, test_path(arena_printf(a, "%s %llu", site->name, (unsigned long long)w->seed)));
	store_close(site->s);
	bool has = os_exists(aside) && !w->was_put_back[site - w->at];
	if (!back)
		copy_file(db, aside);
	else if (has)
		copy_file(aside, db);
	w->was_put_back[site - w->at] |= back && has;
	site->s = test_open(site->name, &site->clock);
	arena_free(a);
}

/* ---- one world ---------------------------------------------------------------------------------------- */

static const char *const names[SITES] = {"Viborg", "Skejby", "Horsens", "Randers"};

/* One more, by whoever is asked. */
static void join(struct world *w)
{
	site_join(&w->at[w->sites], names[w->sites], &w->at[pick(w, w->sites)], RING_FULL);
	w->sites++;
}

static void begin(struct world *w, uint64_t seed)
{
	*w = (struct world){.seed = seed};
	w->r.s = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
	site_first(&w->at[0], names[0]);
	w->sites = 1;
	for (int i = 0; i < RECORDS; i++)
		w->record[i] = test_volunteer(w->at[0].s, "Anna", "Holm");
	/* Who began from a snapshot can't take out of it what is given up later, so late sites live in worlds of their
	 * own. */
	w->late = seed % 2 == 0;
	for (int i = 1; i < (w->late ? 2 : SITES); i++)
		join(w);
	for (int i = 0; i < STICKS; i++) {
		char name[40];
		snprintf(name, sizeof name, "stick %llu-%d", (unsigned long long)seed, i);
		snprintf(w->stick[i], sizeof w->stick[i], "%s", stick(name));
	}
}

static void live(struct world *w)
{
	for (int step = 0; step < STEPS; step++) {
		struct site *site = &w->at[pick(w, w->sites)];
		const char *dir = w->stick[1 + pick(w, STICKS - 1)];
		struct sync_result r;
		struct err e = {.text = ""};
		if (w->late && step > 0 && step % (STEPS / 3) == 0)
			join(w);
		switch (pick(w, 4)) {
		case 0:
			if (try_meet(site, dir, &r, &e))
				diag("meeting failed: %s", e.text);
			break;
		case 1:
			if (w->late || pick(w, 2))
				harm(w, dir);
			else
				put_aside(w, site, pick(w, 2));
			break;
		default: edit(w, site); break;
		}
	}
}

static void run(uint64_t seed)
{
	struct world w;
	begin(&w, seed);
	live(&w);
	meet_all(w.at, SITES, w.stick[0]);
	bool equal = true;
	for (int i = 1; i < SITES; i++)
		equal &= are_equal(&w.at[0], &w.at[i]);
	ok(equal, "whatever happened to the sticks, all are equal (seed %llu)", (unsigned long long)seed);
	for (int i = 0; i < SITES; i++)
		site_end(&w.at[i]);
}

/* A seed of its own, and how many from there on: for long runs by hand. */
int main(int argc, char **argv)
{
	/* no witness beside the stores */
	test_dir();
	setenv("XDG_STATE_HOME", "/dev/null/nowhere", 1);
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, n = argc > 2 ? strtoull(argv[2], NULL, 10) : 4;
	for (uint64_t seed = first; seed < first + n; seed++)
		run(seed);
	return done_testing();
}
