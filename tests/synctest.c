/* tests/synctest.c - see synctest.h. */
#include "tests/synctest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/ring_priv.h"

static struct arena *lasting(void)
{
	static struct arena *a;
	if (!a)
		a = arena_new();
	return a;
}

void site_alone(struct site *site, const char *name)
{
	struct store_new how = {.site = name, .person = "Coordinator"};
	struct err e;
	*site = (struct site){.name = name};
	struct os_clock clock = test_clock(&site->clock);
	must(store_create(test_path(name), &how, &clock, &e), &e, "store");
	site->s = test_open(name, &site->clock);
}

void site_first(struct site *site, const char *name)
{
	struct err e;
	site_alone(site, name);
	must(ring_new(site->s, "Region Midt", &e), &e, "ring_new");
}

void site_let_in(struct site *site, struct site *inviter, enum ring_role role)
{
	struct err e;
	struct ring *r;
	struct buf file = {0};
	char words[RING_WORDS_TEXT];
	must(ring_load(inviter->s, &r, &e), &e, "ring_load");
	r->cheap = true;
	must(ring_invite(inviter->s, r, site->name, role, &file, words, &e), &e, "ring_invite");
	must(ring_join(site->s, file.p, file.n, words, &e), &e, "ring_join");
	ring_free(r);
	buf_free(&file);
}

void site_join(struct site *site, const char *name, struct site *inviter, enum ring_role role)
{
	site_alone(site, name);
	site_let_in(site, inviter, role);
}

void site_end(struct site *site)
{
	store_close(site->s);
	site->s = NULL;
	os_remove_tree(test_path(site->name), NULL);
}

void sites_end(struct site *sites, size_t n)
{
	for (size_t i = 0; i < n; i++)
		site_end(&sites[i]);
}

void site_reopen(struct site *site, const char *name)
{
	site->s = test_open(name, &site->clock);
	site->name = name;
}

void site_picture(struct site *site)
{
	char to[64];
	store_close(site->s);
	snprintf(to, sizeof to, "%s-kept", site->name);
	copy_tree(test_path(site->name), test_path(to));
	site_reopen(site, site->name);
}

void site_put_back(struct site *site)
{
	char from[64], to[64];
	store_close(site->s);
	snprintf(from, sizeof from, "%s-kept/db/data.mdb", site->name);
	snprintf(to, sizeof to, "%s/db/data.mdb", site->name);
	copy_tree(test_path(from), test_path(to));
	site_reopen(site, site->name);
}

const char *stick(const char *name)
{
	struct err e;
	const char *path = arena_strdup(lasting(), test_path(name));
	must(os_mkdir_p(path, &e), &e, "stick");
	return path;
}

int try_meet(struct site *site, const char *dir, struct sync_result *out, struct err *e)
{
	struct sync_opts opts = {.level = SEGMENT_FAST};
	return sync_meet(site->s, dir, &opts, lasting(), out, e);
}

struct sync_result meet(struct site *site, const char *dir)
{
	struct sync_result r;
	struct err e;
	must(try_meet(site, dir, &r, &e), &e, site->name);
	return r;
}

void meet_all(struct site *sites, size_t n, const char *dir)
{
	bool news = true;
	for (int round = 0; news && round < 10; round++) {
		news = false;
		for (size_t i = 0; i < n; i++) {
			struct sync_result r = meet(&sites[i], dir);
			news |= r.taken.groups || r.own_sent || r.relayed;
		}
	}
}

void site_set(struct site *site, struct id id, int field, const char *text)
{
	site->clock.t = (site->clock.t ? site->clock.t : 1764576000) + 60;
	test_set(site->s, TYPE_VOLUNTEER, id, field, value_text(text));
}

void site_fill(struct site *site)
{
	struct id id[40];
	struct prng r = {.s = 5};
	for (int i = 0; i < 40; i++)
		id[i] = test_volunteer(site->s, "Anna", "Holm");
	for (int i = 0; i < 800; i++) {
		char text[90];
		for (size_t k = 0; k < sizeof text - 1; k++)
			text[k] = (char)('a' + prng_below(&r, 26));
		text[sizeof text - 1] = '\0';
		site_set(site, id[i % 40], F_VOLUNTEER_WISHES, text);
	}
}

static void state_of(struct site *site, struct arena *a, struct vector *have, uint8_t state[32])
{
	struct view *v;
	struct err e;
	must(view_begin(site->s, &v, &e), &e, "view");
	must(exchange_vector(v, a, have, &e), &e, "vector");
	must(exchange_state(v, state, &e), &e, "state");
	view_end(v);
}

bool are_equal(struct site *x, struct site *y)
{
	struct arena *a = arena_new();
	struct vector have_x, have_y;
	uint8_t state_x[32], state_y[32];
	state_of(x, a, &have_x, state_x);
	state_of(y, a, &have_y, state_y);
	bool same_vector = vector_equal(&have_x, &have_y), same_state = memcmp(state_x, state_y, 32) == 0;
	if (!same_vector || !same_state)
		diag("%s and %s differ:%s%s", x->name, y->name, same_vector ? "" : " in what they have seen",
			same_state ? "" : " in what they hold");
	arena_free(a);
	return same_vector && same_state;
}

size_t count_open(struct site *site)
{
	struct view *v;
	struct err e;
	size_t n = 0;
	must(view_begin(site->s, &v, &e), &e, "view");
	must(disagreement_count(v, &n, &e), &e, "disagreements");
	view_end(v);
	return n;
}

size_t count_alive(struct site *site, int type)
{
	struct view *v;
	struct err e;
	size_t n = 0;
	must(view_begin(site->s, &v, &e), &e, "view");
	must(view_count(v, type, &n, &e), &e, "count");
	view_end(v);
	return n;
}

struct with { int type, field; struct value v; size_t n; };

static int count_if_there(void *ctx, const struct rec *r, struct err *e)
{
	struct with *l = ctx;
	(void)e;
	l->n += r->type == l->type && r->alive && value_equal(rec_get(r, l->field), l->v);
	return OK;
}

size_t count_with(struct site *site, int type, int field, struct value v)
{
	struct with l = {type, field, v, 0};
	struct view *w;
	struct err e;
	must(view_begin(site->s, &w, &e), &e, "view");
	must(exchange_records(w, count_if_there, &l, &e), &e, "records");
	view_end(w);
	return l.n;
}

const char *shown(struct site *site, int type, struct id id, int field)
{
	static char text[4][200];
	static unsigned next;
	struct arena *a = arena_new();
	struct view *v;
	struct rec *r = NULL;
	struct err e;
	char *out = text[next++ % 4];
	must(view_begin(site->s, &v, &e), &e, "view");
	must(view_get(v, a, type, id, &r, &e), &e, "record");
	snprintf(out, sizeof text[0], "%s", !r ? "(none)" : !r->alive ? "(deleted)" : rec_text(r, field));
	view_end(v);
	arena_free(a);
	return out;
}

/* ---- sticks -------------------------------------------------------------------------------------------- */

void each_file(const char *dir, const char *ending, void (*fn)(const char *path))
{
	struct arena *a = arena_new();
	char **inc, **name;
	size_t n, k;
	char *s = os_path_join(a, dir, "SAMVAGT/s");
	if (os_list_dir(a, s, &inc, &n, NULL) == OK)
		for (size_t i = 0; i < n; i++) {
			char *d = os_path_join(a, s, inc[i]);
			if (os_list_dir(a, d, &name, &k, NULL))
				continue;
			for (size_t j = 0; j < k; j++)
				if (strlen(name[j]) > 4 && strcmp(name[j] + strlen(name[j]) - 4, ending) == 0)
					fn(os_path_join(a, d, name[j]));
		}
	arena_free(a);
}

void halve_file(const char *path)
{
	struct buf b = test_read(path);
	test_write(path, b.p, b.n / 2);
	buf_free(&b);
}

void empty_file(const char *path)
{
	test_write(path, "", 0);
}

void drop_file(const char *path)
{
	os_remove(path, NULL);
}

void spoil_file(const char *path)
{
	struct buf b = test_read(path);
	b.p[b.n / 2] ^= 1;
	test_write(path, b.p, b.n);
	buf_free(&b);
}

size_t troubles(const struct sync_result *r, enum sync_why why)
{
	size_t n = 0;
	for (size_t i = 0; i < r->ntrouble; i++)
		n += r->trouble[i].why == why && r->trouble[i].text[0];
	return n;
}

void copy_tree(const char *from, const char *to)
{
	char command[9000];
	snprintf(command, sizeof command, "cp -rT '%s' '%s'", from, to);
	if (system(command) != 0)
		diag("copying failed");
}
