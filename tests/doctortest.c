/* tests/doctortest.c - see doctortest.h. */
#include "tests/doctortest.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "store/change.h"

struct test_clock doctortest_clock;

/* ---- chance -------------------------------------------------------------------------------------- */

/* All ids, keys and nonces are the same in each run, so that the file is, and a wound is what it was. */
static struct prng chance = {1};

static void draw(void *const p, const size_t n)
{
	for (size_t i = 0; i < n; i++)
		((uint8_t *)p)[i] = (uint8_t)(prng_next(&chance) >> 32);
}

static uint32_t draw_word(void) { return (uint32_t)(prng_next(&chance) >> 32); }
static const char *draw_name(void) { return "the same"; }
static struct randombytes_implementation drawing = {.implementation_name = draw_name, .random = draw_word, .buf = draw};

/* In the place of base/os_random.c. */
void os_random(void *p, size_t n)
{
	draw(p, n);
}

/* ---- a store with something of everything -------------------------------------------------------- */

static civil_min at(int day, int hour)
{
	return cmin_at(civil_from_ymd(2025, 12, day), hour * 60);
}

static void fill_store(struct store *s)
{
	struct id unit = test_unit(s, "Forhal"), role = test_role(s, "Guide"), volunteer[12], shift[20];
	struct change_result r;
	struct err e;
	for (int i = 0; i < 12; i++)
		volunteer[i] = test_volunteer(s, "Anna", i % 2 ? "Holm" : "Ågård");
	for (int i = 0; i < 20; i++) {
		doctortest_clock.t += 60;
		shift[i] = test_shift(s, unit, role, at(1 + i, 8), at(1 + i, 11), 3);
		for (int k = 0; k < 4; k++)
			test_assign(
				s, shift[i], volunteer[(i + k) % 12], k == 3 ? ASSIGNMENT_WISHED : ASSIGNMENT_ACCEPTED);
	}
	test_set(s, TYPE_VOLUNTEER, volunteer[3], F_VOLUNTEER_PAUSE_UNTIL, value_int(civil_from_ymd(2026, 1, 5)));
	test_set(s, TYPE_SHIFT, shift[2], F_SHIFT_START, value_int(at(3, 9)));
	test_delete(s, TYPE_ASSIGNMENT, id_assignment(shift[5], volunteer[5]));
	r = test_set(s, TYPE_VOLUNTEER, volunteer[4], F_VOLUNTEER_PHONE, value_text("20838797"));
	must(change_undo(s, r.dot, &r, &e), &e, "undo");
	test_set(s, TYPE_VOLUNTEER, volunteer[7], F_VOLUNTEER_CITY, value_text("Viborg"));
}

/* ---- what a store says --------------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const uint8_t *)p)[i]) * UINT64_C(0x100000001B3);
	return h;
}

static uint64_t mix_value(uint64_t h, struct value v)
{
	h = mix(h, &v.tag, sizeof v.tag);
	if (v.tag == V_INT)
		return mix(h, &v.i, sizeof v.i);
	if (v.tag == V_ID)
		return mix(h, v.id.b, sizeof v.id.b);
	return v.tag == V_NONE ? h : mix(h, v.text.s, v.text.n);
}

static int mix_rec(void *ctx, const struct rec *r)
{
	uint64_t *h = ctx;
	*h = mix(*h, r->id.b, sizeof r->id.b);
	for (size_t i = 0; i < r->n; i++) {
		*h = mix(*h, &r->f[i].no, 1);
		*h = mix(*h, &r->f[i].at, sizeof r->f[i].at);
		*h = mix_value(*h, r->f[i].v);
	}
	return 0;
}

static uint64_t mix_log(struct view *v, struct arena *a, uint64_t h)
{
	struct group *g = NULL;
	size_t n = 0;
	struct err e;
	must(log_back(v, a, (struct dot){0}, 10000, true, &g, &n, &e), &e, "log");
	for (size_t i = 0; i < n; i++) {
		h = mix(h, &g[i].dot, sizeof g[i].dot);
		h = mix(h, g[i].person, strlen(g[i].person));
		for (size_t k = 0; k < g[i].nwrites; k++)
			h = mix_value(mix(h, g[i].writes[k].id.b, 16), g[i].writes[k].v);
	}
	return h;
}

static uint64_t mix_times(struct view *v, struct arena *a, uint64_t h)
{
	struct shift_row *shift = NULL;
	struct due_row *due = NULL;
	size_t n = 0;
	struct err e;
	must(view_shifts(v, a, NULL, at(1, 0), at(31, 0), &shift, &n, &e), &e, "shifts");
	for (size_t i = 0; i < n; i++) {
		h = mix(mix(h, shift[i].shift.b, 16), &shift[i].start, sizeof shift[i].start);
		h = mix(mix(h, &shift[i].filled, sizeof shift[i].filled), &shift[i].state, 1);
	}
	must(view_due(v, a, 0, 100000, &due, &n, &e), &e, "due");
	for (size_t i = 0; i < n; i++)
		h = mix(mix(h, &due[i].date, sizeof due[i].date), due[i].id.b, 16);
	return h;
}

/* Everything that can be read in one number. */
static uint64_t sum_store(struct store *s)
{
	struct arena *a = arena_new();
	struct view *v;
	size_t n;
	struct err e;
	uint64_t h = 1;
	const struct type *t = schema_types(&n);
	must(view_begin(s, &v, &e), &e, "view");
	for (size_t i = 0; i < n; i++) {
		size_t many = 0;
		must(view_each(v, t[i].no, mix_rec, &h, &e), &e, "each");
		must(view_count(v, t[i].no, &many, &e), &e, "count");
		h = mix(h, &many, sizeof many);
	}
	h = mix_times(v, a, mix_log(v, a, h));
	view_end(v);
	arena_free(a);
	return h;
}

/* ---- files --------------------------------------------------------------------------------------- */

const char *doctortest_file(void)
{
	return test_path("s/db/data.mdb");
}

void doctortest_hear(void *ctx, const char *sentence)
{
	struct told *t = ctx;
	if (t->n++ == 0)
		snprintf(t->first, sizeof t->first, "%s", sentence);
	t->sentences = t->sentences && strlen(sentence) > 10;
	t->lost = t->lost || strstr(sentence, "may be lost");
}

int doctortest_progress(void *ctx, size_t done, size_t total)
{
	struct told *t = ctx;
	return done > total || ++t->progress == t->stop_at;
}

int doctortest_ask(struct told *t, struct doctor_report *r, struct err *e)
{
	struct store_opts opts = {.clock = test_clock(&doctortest_clock)};
	struct doctor_ctx d = {doctortest_hear, doctortest_progress, t};
	t->n = 0;
	t->first[0] = '\0';
	t->sentences = true;
	return doctor_check(test_path("s"), &opts, &d, r, e);
}

int doctortest_rebuild(struct told *t, struct err *e)
{
	struct store_opts opts = {.clock = test_clock(&doctortest_clock)};
	struct doctor_ctx d = {doctortest_hear, doctortest_progress, t};
	t->n = 0;
	return doctor_rebuild(test_path("s"), &opts, &d, e);
}

uint64_t doctortest_sum(void)
{
	struct store *s = test_open("s", &doctortest_clock);
	uint64_t h = sum_store(s);
	store_close(s);
	return h;
}

/* The store as it was before anything was done to it. */
struct store *doctortest_open(const struct wound *w)
{
	os_remove_tree(test_path("s/db"), NULL);
	os_mkdir_p(test_path("s/db"), NULL);
	test_write(doctortest_file(), w->whole.p, w->whole.n);
	return test_open("s", &doctortest_clock);
}

/* ---- the scene ----------------------------------------------------------------------------------- */

void doctortest_scene(struct wound *w, uint64_t *sum)
{
	doctortest_clock.t = 1764576000;
	randombytes_set_implementation(&drawing);
	struct store *s = test_store("s", &doctortest_clock);
	fill_store(s);
	store_close(s);
	w->older = test_read(doctortest_file());
	s = test_open("s", &doctortest_clock);
	struct id extra = test_volunteer(s, "Extra", NULL);
	test_set(s, TYPE_VOLUNTEER, extra, F_VOLUNTEER_CITY, value_text("Skive"));
	*sum = sum_store(s);
	store_close(s);
	w->whole = test_read(doctortest_file());
	w->pages = w->whole.n / DOCTORTEST_PAGE;
	while (w->pages > 2 && w->whole.p[(w->pages - 1) * DOCTORTEST_PAGE + 10] == 0)
		w->pages--;
}

void doctortest_end(struct wound *w)
{
	buf_free(&w->whole);
	buf_free(&w->older);
}
