/* tests/sim/world.c - see sim.h. Owns the sites of a simulated region: making a ring of them once, copying them for
 * each history, opening and closing. */
#include "tests/sim/sim.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/os.h"

enum { START = 1764547200 };               /* 2025-12-01 00:00 UTC */

void world_wrong(struct world *w, const char *fmt, ...)
{
	va_list ap;
	if (w->why[0])
		return;
	va_start(ap, fmt);
	vsnprintf(w->why, sizeof w->why, fmt, ap);
	va_end(ap);
}

static int64_t site_now(void *ctx)
{
	const struct site *s = ctx;
	return s->w->time + s->skew;
}

/* The witness of each site lies in a state home of its own. */
void site_enter(const struct site *s)
{
	setenv("XDG_STATE_HOME", s->state, 1);
	newer_is(s->newer);
}

bool site_open(struct site *s)
{
	struct err e = {0};
	struct store_opts opts = {.clock = {site_now, s}, .eager = s->no % 2};
	site_enter(s);
	if (s->s)
		return true;
	if (store_open(s->dir, &opts, &s->s, &e) != OK) {
		world_wrong(s->w, "site %d doesn't open: %s", s->no, e.text);
		return false;
	}
	store_defer_sync(s->s, true, NULL);
	return true;
}

void site_close(struct site *s)
{
	site_enter(s);
	store_close(s->s);
	s->s = NULL;
}

/* ---- copying folders ----------------------------------------------------------------------------- */

static void copy_file(const char *from, const char *to)
{
	struct stat st;
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (in >= 0 && out >= 0 && fstat(in, &st) == 0 && ftruncate(out, st.st_size) == 0) {
		/* holes stay holes */
		off_t at = 0;
		while (at < st.st_size) {
			off_t data = lseek(in, at, SEEK_DATA);
			if (data < 0)
				break;
			off_t hole = lseek(in, data, SEEK_HOLE);
			off_t from_at = data, to_at = data;
			while (from_at < hole && copy_file_range(in, &from_at, out, &to_at, (size_t)(hole - from_at), 0) > 0)
				;
			at = hole;
		}
	}
	close(in);
	close(out);
}

static void copy_tree(const char *from, const char *to)
{
	struct arena *a = arena_new();
	char **names;
	size_t n;
	os_mkdir_p(to, NULL);
	if (os_list_dir(a, from, &names, &n, NULL) == OK)
		for (size_t i = 0; i < n; i++) {
			const char *x = os_path_join(a, from, names[i]), *y = os_path_join(a, to, names[i]);
			if (os_is_dir(x))
				copy_tree(x, y);
			else
				copy_file(x, y);
		}
	arena_free(a);
}

/* ---- a ring, once -------------------------------------------------------------------------------- */

static void name_site(struct site *s, struct world *w, const char *root, int no)
{
	*s = (struct site){.w = w, .no = no};
	snprintf(s->dir, sizeof s->dir, "%s/s%d", root, no);
	snprintf(s->state, sizeof s->state, "%s/w%d", root, no);
	snprintf(s->image, sizeof s->image, "%s/i%d", root, no);
	snprintf(s->image_state, sizeof s->image_state, "%s/v%d", root, no);
}

static int make_site(struct world *w, int no, struct err *e)
{
	struct site *s = &w->site[no];
	char name[16];
	snprintf(name, sizeof name, "Site %c", 'A' + no);
	struct store_new how = {.site = name, .person = name, .fast_kdf = true};
	struct os_clock clock = {site_now, s};
	site_enter(s);
	int rc = store_create(s->dir, &how, &clock, e);
	return rc == OK && !site_open(s) ? err_set(e, ERR_IO, "%s", w->why) : rc;
}

static int join_site(struct world *w, int no, struct err *e)
{
	struct ring *r;
	struct buf file = {0};
	char words[RING_WORDS_TEXT], name[16];
	snprintf(name, sizeof name, "Site %c", 'A' + no);
	site_enter(&w->site[0]);
	int rc = ring_load(w->site[0].s, &r, e);
	if (rc == OK)
		rc = ring_invite(w->site[0].s, r, name, RING_FULL, &file, words, e);
	ring_free(r);
	site_enter(&w->site[no]);
	if (rc == OK)
		rc = ring_join(w->site[no].s, file.p, file.n, words, e);
	buf_free(&file);
	return rc;
}

/* Records that all sites have, so that they meet on them. */
static void add_base(struct site *s)
{
	struct chance c = {7};
	for (int i = 0; i < 12; i++)
		edit_once(s, &c);
}

/* Where the rings of so many sites stand that histories are begun from. */
static void name_template(char out[80], const char *root, int nmembers)
{
	snprintf(out, 80, "%s/ring%d", root, nmembers);
}

static int make_ring(struct world *w, struct err *e)
{
	int rc = OK, n = w->nmembers;
	for (int i = 0; i < n + GUESTS && rc == OK; i++)
		rc = make_site(w, i, e);
	if (rc == OK)
		rc = ring_new(w->site[0].s, "Ring", e);
	for (int i = 1; i < n && rc == OK; i++)
		rc = join_site(w, i, e);
	if (rc == OK)
		add_base(&w->site[0]);
	for (int k = 0; k < 2 * n && rc == OK; k++)
		meet(&w->site[k % n], &w->stick[0], 0, false);
	for (int i = 0; i < n + GUESTS; i++)
		site_close(&w->site[i]);
	stick_free(&w->stick[0]);
	return rc;
}

bool world_prepare(const char *root, int nmembers, char *why, size_t nwhy)
{
	struct world *w = calloc(1, sizeof *w);
	struct err e = {0};
	char run[80], tpl[80];
	snprintf(run, sizeof run, "%s/run", root);
	name_template(tpl, root, nmembers);
	chance_seed_program(1);
	w->time = START;
	w->nmembers = w->nsites = nmembers;
	for (int i = 0; i < nmembers + GUESTS; i++)
		name_site(&w->site[i], w, run, i);
	int rc = make_ring(w, &e);
	/* Later each stands where it was made: it doesn't look moved. */
	if (rc == OK && rename(run, tpl) != 0)
		rc = err_set_errno(&e, ERR_IO, errno, "%s", tpl);
	snprintf(why, nwhy, "%s", rc != OK ? e.text : w->why);
	free(w);
	return !*why;
}

void world_forget(const char *root)
{
	os_remove_tree(root, NULL);
}

/* ---- one history --------------------------------------------------------------------------------- */

static struct site *add_site(struct world *w, int no)
{
	struct site from, *s = &w->site[no];
	char run[80], tpl[80];
	snprintf(run, sizeof run, "%s/run", w->root);
	name_template(tpl, w->root, w->nmembers);
	name_site(&from, w, tpl, no);
	name_site(s, w, run, no);
	copy_tree(from.dir, s->dir);
	copy_tree(from.state, s->state);
	site_open(s);
	return s;
}

void world_begin(struct world *w, const char *root, int nmembers)
{
	*w = (struct world){.nmembers = nmembers, .time = START + 86400, .verbose = w->verbose};
	snprintf(w->root, sizeof w->root, "%s", root);
	for (; w->nsites < nmembers; w->nsites++)
		add_site(w, w->nsites);
}

struct site *world_guest(struct world *w)
{
	return w->nsites < w->nmembers + GUESTS ? add_site(w, w->nsites++) : NULL;
}

void world_end(struct world *w)
{
	char run[80];
	for (int i = 0; i < w->nsites; i++)
		site_close(&w->site[i]);
	for (int i = 0; i < STICKS; i++)
		stick_free(&w->stick[i]);
	snprintf(run, sizeof run, "%s/run", w->root);
	os_remove_tree(run, NULL);
	free(w->ended);
}

/* A picture of the machine's disk, with or without what is remembered outside the store; and back to it. */
void site_image(struct site *s)
{
	site_close(s);
	os_remove_tree(s->image, NULL);
	os_remove_tree(s->image_state, NULL);
	copy_tree(s->dir, s->image);
	copy_tree(s->state, s->image_state);
	s->has_image = true;
	site_open(s);
}

void site_put_back(struct site *s, bool unnoticed)
{
	site_close(s);
	s->w->put_back = true;
	os_remove_tree(s->dir, NULL);
	copy_tree(s->image, s->dir);
	if (unnoticed) {
		os_remove_tree(s->state, NULL);
		copy_tree(s->image_state, s->state);
	}
	site_open(s);
}
