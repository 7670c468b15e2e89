/* tests/screentest.c - see screentest.h. */
#include "tests/screentest.h"

#include <stdio.h>

#include "sync/ring_priv.h"

/* ---- people and places --------------------------------------------------------------------------------- */
static struct id somebody(struct house *h, const char *given, const char *family, const char *phone, struct id role)
{
	return test_person(h->store, &(struct test_person){
		.given = given, .family = family, .phone = phone,
		.born = test_day("1955-05-05"), .started = test_day("2020-01-01"),
		.confidentiality = test_day("2020-01-01"), .roles = {role},
	});
}

static void make_people(struct house *h)
{
	h->merete = somebody(h, "Merete", "Kjeldsen-Magnussen", "20112233", h->guide);
	h->frederik = somebody(h, "Frederik", "Berg", "20112234", h->guide);
	h->hakim = somebody(h, "Hakim", "Berg", "20112235", h->guide);
	h->susanne = somebody(h, "Susanne", "Bak", "20112236", h->guide);
	h->liv = somebody(h, "Liv", "Poulsen", "20112237", h->guide);
	h->soren = somebody(h, "Søren", "Ærø", "20112238", h->guide);
	h->leif = somebody(h, "Leif", "Andersen", "20112239", h->vigil);
	h->niels = test_person(h->store, &(struct test_person){.given = "Niels", .family = "Petersen",
		.phone = "20112240", .born = test_day("1950-01-01"), .roles = {h->guide}});
	h->kirsten = test_person(h->store, &(struct test_person){.given = "Kirsten", .family = "Toft",
		.phone = "20112241", .born = test_day("1950-01-01"), .confidentiality = test_day("2020-01-01"),
		.status = VOLUNTEER_PAUSE, .pause_until = test_day("2025-12-08"), .roles = {h->guide}});
}

static void make_places(struct house *h)
{
	h->hall = test_unit(h->store, "Forhal, Viborg");
	h->children = test_unit(h->store, "Børneafdelingen, Viborg");
	h->hospice = test_unit(h->store, "Hospice Limfjord, Skive");
	h->guide = test_role(h->store, "Hospitalsguide");
	h->play = test_role(h->store, "Legeven");
	h->vigil = test_role(h->store, "Vågevagt");
	h->cross = test_org(h->store, "Dansk Røde Kors, Viborg");
}

/* ---- the week ------------------------------------------------------------------------------------------ */
static struct id hall_shift(struct house *h, const char *day, int from, int to, int need)
{
	return test_shift(h->store, h->hall, h->guide, test_at(day, from, 0), test_at(day, to, 0), need);
}

static void put_on(struct house *h, struct id shift, struct id who)
{
	test_assign(h->store, shift, who, ASSIGNMENT_ACCEPTED);
}

static void make_shifts(struct house *h)
{
	h->mon_am = hall_shift(h, "2025-12-01", 8, 11, 3);
	h->mon_noon = hall_shift(h, "2025-12-01", 11, 14, 2);
	h->tue_am = hall_shift(h, "2025-12-02", 8, 11, 4);
	h->wed_am = hall_shift(h, "2025-12-03", 8, 11, 1);
	h->wed_noon = hall_shift(h, "2025-12-03", 11, 14, 2);
	h->thu_am = hall_shift(h, "2025-12-04", 8, 11, 1);
	h->mon_night = test_shift(h->store, h->hospice, h->vigil, test_at("2025-12-01", 20, 0),
		test_at("2025-12-02", 0, 0), 1);
	h->sat = test_shift(h->store, h->children, h->play, test_at("2025-12-06", 9, 30),
		test_at("2025-12-06", 11, 30), 2);
}

static void make_roster(struct house *h)
{
	struct err e = {0};
	struct change_result r;
	put_on(h, h->mon_am, h->merete);
	put_on(h, h->mon_am, h->frederik);
	put_on(h, h->mon_am, h->hakim);
	put_on(h, h->mon_noon, h->hakim);
	put_on(h, h->tue_am, h->susanne);
	put_on(h, h->tue_am, h->liv);
	put_on(h, h->tue_am, h->leif);
	put_on(h, h->wed_am, h->susanne);
	put_on(h, h->thu_am, h->merete);
	put_on(h, h->thu_am, h->soren);
	put_on(h, h->mon_night, h->leif);
	must(act_assign_places(h->store, h->sat, h->cross, 2, &r, &e), &e, "places");
	must(act_cancel_shift(h->store, h->wed_noon, true, NULL, &r, &e), &e, "call off");
	must(act_withdraw(h->store, h->tue_am, h->liv, NULL, &r, &e), &e, "withdraw");
}

/* ---- opening ------------------------------------------------------------------------------------------- */
static void open_app(struct house *h, int rows, int cols)
{
	struct app_opts opts = {.store = h->store, .clock = test_clock(&h->clock)};
	opts.sets = screens_actions(&opts.nsets);
	tui_open(&h->t, &opts, rows, cols);
	app_push(h->t.app, screen_today(h->t.app));
	tui_draw(&h->t);
}

void house_open(struct house *h, const char *name, int rows, int cols)
{
	*h = (struct house){.clock = {1764576000}, .name = name};
	h->store = test_store(name, &h->clock);
	make_places(h);
	make_people(h);
	make_shifts(h);
	make_roster(h);
	open_app(h, rows, cols);
}

void house_again(struct house *h, int rows, int cols)
{
	tui_close(&h->t);
	open_app(h, rows, cols);
}

void house_close(struct house *h)
{
	tui_close(&h->t);
	store_close(h->store);
}

/* ---- a ring -------------------------------------------------------------------------------------------- */
static struct store *neighbour(struct house *h, const char *name)
{
	struct err e = {0};
	struct os_clock clock = test_clock(&h->clock);
	struct store_new how = {.site = name, .person = "Bo"};
	const char *folder = arena_printf(h->t.arena, "%s-%s", h->name, name);
	must(store_create(test_path(folder), &how, &clock, &e), &e, "create");
	return test_open(folder, &h->clock);
}

static struct ring *ring_of(struct store *s)
{
	struct err e = {0};
	struct ring *r;
	must(ring_load(s, &r, &e), &e, "load");
	return r;
}

void house_let_in(struct house *h, const char *name, enum ring_role role)
{
	struct err e = {0};
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	size_t n;
	struct store *other = neighbour(h, name);
	struct ring *ours = ring_of(h->store);
	ours->cheap = true;
	must(ring_invite(h->store, ours, name, role, &file, words, &e), &e, "invite");
	must(ring_join(other, file.p, file.n, words, &e), &e, "join");
	struct ring *theirs = ring_of(other);
	const struct ring_statement *all = ring_statements(theirs, &n);
	for (size_t i = 0; i < n; i++)
		must(ring_take(ours, all[i].p, all[i].n, NULL, &e), &e, "take");
	must(ring_save(h->store, ours, &e), &e, "save");
	ring_free(ours);
	ring_free(theirs);
	buf_free(&file);
	store_close(other);
	app_reload(h->t.app);
	tui_draw(&h->t);
}

/* ---- looking ------------------------------------------------------------------------------------------- */
static bool look_at(struct peek *l, struct id shift, struct shift *s)
{
	return roster_shift(l->v, l->b, l->a, shift, s, NULL) == OK;
}

int house_filled(struct house *h, struct id shift)
{
	struct peek l = look_begin(h->store);
	struct shift s;
	int filled = look_at(&l, shift, &s) ? s.row.filled : -1;
	look_end(&l);
	return filled;
}

int house_state(struct house *h, struct id shift, struct id who)
{
	struct peek l = look_begin(h->store);
	struct shift s;
	int state = 0;
	for (size_t i = 0; look_at(&l, shift, &s) && i < s.nseats; i++)
		if (id_equal(s.seats[i].volunteer, who))
			state = s.seats[i].state;
	look_end(&l);
	return state;
}

civil_min house_start(struct house *h, struct id shift)
{
	struct peek l = look_begin(h->store);
	struct shift s;
	civil_min start = look_at(&l, shift, &s) ? s.row.start : CMIN_NONE;
	look_end(&l);
	return start;
}

size_t house_count(struct house *h, int type)
{
	struct err e = {0};
	struct view *v;
	size_t n = 0;
	must(view_begin(h->store, &v, &e), &e, "view");
	must(view_count(v, type, &n, &e), &e, "count");
	view_end(v);
	return n;
}
