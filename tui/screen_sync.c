/* tui/screen_sync.c - see screens.h: where to meet the other sites, and how it stands with each of them. Owns the list
 * of folders and sites. What a meeting does is sync/'s, and sync_meet.c waits for it. */
#include "tui/syncing.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "tui/dialog.h"
#include "tui/words.h"

enum { STRIP_ROWS = 4, STRIP_FROM = 12, MEGABYTE = 1000 * 1000, LITTLE_ROOM = 64 * MEGABYTE };

struct row {
	struct id id;
	const char *name, *where, *state, *about;
	enum role role;
	const struct folder_place *place;      /* NULL: a site */
};

struct syncing {
	const struct sync_calls *calls;
	struct row *rows;
	size_t n, nsites;
	bool has_ring;
};

static const struct screen_ops sync_ops;
static const struct sync_calls real_calls = {folder_places, sync_sites, sync_meet, folder_remember};

/* ---- the list ------------------------------------------------------------------------------------------- */
static const struct row *row_at(const void *ctx, size_t row)
{
	return &((const struct syncing *)ctx)->rows[row];
}

static struct id row_id(const void *ctx, size_t row)
{
	return row_at(ctx, row)->id;
}

static const char *row_cell(const void *ctx, size_t row, size_t col, struct arena *a)
{
	const struct row *r = row_at(ctx, row);
	(void)a;
	return col == 0 ? r->name : col == 1 ? r->state : r->where;
}

static enum role row_role(const void *ctx, size_t row, size_t col)
{
	return col == 0 ? ROLE_DEFAULT : row_at(ctx, row)->role;
}

static const char *row_section(const void *ctx, size_t row)
{
	return row_at(ctx, row)->place ? _("Folders to meet in") : _("Sites");
}

static const char *why_empty(const void *ctx, struct arena *a)
{
	const struct syncing *d = ctx;
	(void)a;
	if (d && !d->has_ring)
		return _("This store is in no ring of sites yet, so there is nobody to exchange changes with. m makes a ring or "
			"joins one.");
	return _("No stick is in and no folder has been used before. Put a stick in and press s, or p to write the path of "
		"a folder.");
}

static const struct list_source source = {
	.id = row_id, .cell = row_cell, .role = row_role, .section = row_section, .empty = why_empty,
};
static const struct list_col cols[] = {
	{"name", "", 12, 12, 1, false, false}, {"state", "", 30, 38, 0, false, false},
	{"where", "", 18, 24, 2, false, false},
};

/* ---- folders -------------------------------------------------------------------------------------------- */
static const char *size_text(struct arena *a, int64_t bytes)
{
	if (bytes >= 1000LL * MEGABYTE)
		return arena_printf(a, _("%lld GB free"), (long long)(bytes / MEGABYTE / 1000));
	return arena_printf(a, _("%lld MB free"), (long long)(bytes / MEGABYTE));
}

static const char *place_state(const struct folder_place *p, struct arena *a)
{
	const char *text = p->removable ? _("stick") : _("folder");
	if (p->has_exchange)
		text = arena_printf(a, _("%s · has files"), text);
	return p->free < 0 ? text : arena_printf(a, "%s · %s", text, size_text(a, p->free));
}

static const char *place_about(const struct folder_place *p)
{
	if (p->has_exchange)
		return _("Enter takes in what the others have left there, and leaves what they don't have yet. Both sides keep "
			"everything; what was changed at two places is shown to be decided.");
	return _("Nothing has been left there yet. Enter makes the folder SAMVAGT on it and leaves what the others don't have "
		"yet.");
}

static int add_places(struct screen *s, struct syncing *d, struct err *e)
{
	struct folder_place *p = NULL;
	size_t n = 0;
	int rc = d->calls->places(s->model, &p, &n, e);
	d->rows = arena_alloc(s->model, (n + d->nsites + 1) * sizeof *d->rows);
	for (size_t i = 0; rc == OK && i < n; i++)
		d->rows[d->n++] = (struct row){
			.id = id_setting(p[i].dir), .name = p[i].label, .where = p[i].dir, .place = &p[i],
			.state = place_state(&p[i], s->model), .about = place_about(&p[i]),
			.role = p[i].free >= 0 && p[i].free < LITTLE_ROOM ? ROLE_WARN : ROLE_DIM,
		};
	return rc;
}

/* ---- sites ---------------------------------------------------------------------------------------------- */
static const char *heard_text(const struct sync_site *x, civil_date today, struct arena *a)
{
	if (x->self || (!x->heard && !x->follows))
		return "";
	if (!x->heard)
		return _("not heard yet");
	return arena_printf(a, _("heard %s"), words_moment(a, civil_from_utc(x->heard), today));
}

static const char *lacks_text(const struct sync_site *x, struct arena *a)
{
	const char *text = x->self ? _("this site") : x->retired ? _("has left the ring")
		: x->role == RING_REGION ? _("reads only") : !x->follows ? "" : x->lacks == 0 ? _("has everything")
		: arena_printf(a, ngettext("lacks %zu change", "lacks %zu changes", x->lacks), x->lacks);
	if (!x->holds_back)
		return text;
	return arena_printf(a, "%s · %s", arena_printf(a, ngettext("silent for %d day", "silent for %d days",
		(unsigned long)x->silent_days), x->silent_days), text);
}

static const char *site_about(const struct sync_site *x, struct arena *a)
{
	if (x->role == RING_REGION)
		return x->self ? _("This site only reads, and gets no persons: places on shifts look open here. What is changed here stays here.")
			: _("It only reads. At each meeting it gets units, roles, organisations and shifts as they are then; no persons.");
	if (x->self)
		return x->unsent == 0 ? _("Everything that was changed here has been left for the others.")
			: arena_printf(a, ngettext("%zu change made here hasn't been left for the others yet.",
				"%zu changes made here haven't been left for the others yet.", x->unsent), x->unsent);
	if (x->holds_back)
		return arena_printf(a,
			_("Nothing has come from %s for %d days. All that it lacks is kept for it in the "
			"meantime. If it is closed, it can be taken out of the ring: m."), x->name, x->silent_days);
	if (x->retired || x->lacks == 0)
		return "";
	return _("What it lacks goes along to every folder where you meet, until it has said that it has it.");
}

static void add_site(struct syncing *d, const struct sync_site *x, struct screen *s)
{
	d->rows[d->n++] = (struct row){
		.id = list_id_in(x->site, 1), .name = x->name, .where = heard_text(x, app_today(s->app), s->model),
		.state = lacks_text(x, s->model), .about = site_about(x, s->model),
		.role = x->holds_back ? ROLE_WARN : x->lacks ? ROLE_DEFAULT : ROLE_DIM,
	};
}

/* ---- the screen ----------------------------------------------------------------------------------------- */
static int sync_load(struct screen *s, struct view *v, struct err *e)
{
	struct syncing *d = s->data;
	struct sync_site *sites = NULL;
	(void)v;
	d->rows = NULL;
	d->n = d->nsites = 0;
	int rc = d->calls->sites(app_store(s->app), s->model, &sites, &d->nsites, e);
	d->has_ring = rc == OK;
	if (rc == OK)
		rc = add_places(s, d, e);
	else if (rc == ERR_NOTFOUND)
		rc = OK;
	for (size_t i = 0; rc == OK && i < d->nsites; i++)
		add_site(d, &sites[i], s);
	if (rc)
		return rc;
	bool first = list_total(s->list) == 0;
	list_set(s->list, d, d->n);
	if (first && d->n)
		list_select(s->list, d->rows[0].id);
	return OK;
}

static void sync_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct syncing *d = s->data;
	size_t row;
	if (body.rows >= STRIP_FROM && list_selected(s->list, &row)) {
		struct rect strip = rect_cut_bottom(&body, STRIP_ROWS);
		cv_rule(cv, strip.row, strip.col, strip.cols, ROLE_DIM, "");
		rect_cut_top(&strip, 1);
		rect_cut_left(&strip, 2);
		cv_wrap(cv, strip, ROLE_DIM, d->rows[row].about);
	}
	list_draw(s->list, cv, body, a);
}

static const char *sync_status(const struct screen *s, struct arena *a)
{
	const struct syncing *d = s->data;
	if (*list_filter_text(s->list) || !d->nsites)
		return list_status(s->list, a);
	return arena_printf(a, ngettext("%zu site", "%zu sites", d->nsites), d->nsites);
}

struct screen *screen_sync_with(struct app *app, const struct sync_calls *calls)
{
	struct screen *s = screen_new(app, &sync_ops, sizeof(struct syncing));
	((struct syncing *)s->data)->calls = calls;
	s->list = list_new(&source, cols, sizeof cols / sizeof *cols);
	return s;
}

struct screen *screen_sync(struct app *app)
{
	return screen_sync_with(app, &real_calls);
}

/* ---- acts ----------------------------------------------------------------------------------------------- */
static const struct row *selected(const struct screen *s)
{
	size_t row;
	return list_selected(s->list, &row) ? row_at(s->data, row) : NULL;
}

static const char *refuse_alone(struct app *app, struct screen *s)
{
	(void)app;
	return ((const struct syncing *)s->data)->has_ring ? NULL : _("There is no ring to meet yet.");
}

static const char *refuse_meet(struct app *app, struct screen *s)
{
	const struct row *r = selected(s);
	const char *why = refuse_alone(app, s);
	return why || !r || r->place ? why : _("Choose a folder; sites aren't met directly.");
}

static void run_meet(struct app *app, struct screen *s)
{
	const struct folder_place *p = selected(s)->place;
	app_push(app, screen_meet(app, ((const struct syncing *)s->data)->calls, p));
}

/* One that is among those found is known better than by its path. */
static struct folder_place place_of(const struct syncing *d, const char *path, struct arena *a)
{
	struct folder_place *p = NULL;
	size_t n = 0;
	if (d->calls->places(a, &p, &n, NULL) != OK)
		n = 0;
	for (size_t i = 0; i < n; i++)
		if (strcmp(p[i].dir, path) == 0)
			return p[i];
	return (struct folder_place){.dir = path, .label = path};
}

/* As a file manager shows it, or as a shell would take it. */
static int go_to_path(struct app *app, void *ctx, const char *text, struct err *e)
{
	struct screen *s = ctx;
	const struct syncing *d = s->data;
	struct arena *a = app_scratch(app);
	const char *home = getenv("HOME"), *path = text;
	if (strncmp(text, "~/", 2) == 0 && home)
		path = os_path_join(a, home, text + 2);
	if (*path != '/')
		return err_set(e, ERR_USAGE, _("Write the whole path, from / on."));
	if (!os_is_dir(path))
		return err_set(e, ERR_NOTFOUND, _("There is no such folder. Is the stick in?"));
	struct folder_place place = place_of(d, path, a);
	app_push(app, screen_meet(app, d->calls, &place));
	return OK;
}

static void run_other(struct app *app, struct screen *s)
{
	dialog_prompt(app, _("Which folder? E.g. a shared drive, or one that Syncthing carries"), "", false, go_to_path,
		s);
}

static void run_look(struct app *app, struct screen *s)
{
	screen_reload(s);
	app_toast(app, _("Looked again."));
}

static void run_digest(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_digest(app));
}

static void run_members(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_members(app));
}

static void run_disagree(struct app *app, struct screen *s)
{
	(void)s;
	app_push(app, screen_disagreements(app, ID_NONE));
}

static void open_sync(struct app *app)
{
	app_go(app, screen_sync(app));
}

static const struct action rows[] = {
	{"sync.meet", CTX_SYNC, "Enter", N_("Meet there"),
		N_("Takes in what others have left in the folder, then leaves what they lack"),
		GROUP_DO, 2, ACTION_ROW | ACTION_WRITES, refuse_meet, run_meet},
	{"sync.other", CTX_SYNC, "p", N_("Other folder"), N_("Meets in a folder whose path you write"),
		GROUP_DO, 3, ACTION_WRITES, refuse_alone, run_other},
	{"sync.digest", CTX_SYNC, "d", N_("What came"), N_("What merging has brought, what needs you first"),
		GROUP_GO, 4, 0, NULL, run_digest},
	{"sync.disagree", CTX_SYNC, "v", N_("Decide"), N_("Values that were changed at two places, to choose between"),
		GROUP_GO, 5, 0, NULL, run_disagree},
	{"sync.members", CTX_SYNC, "m", N_("Members"), N_("Who is in the ring: makes one, joins one, invites, takes out"),
		GROUP_GO, 3, 0, NULL, run_members},
	{"sync.look", CTX_SYNC, "s", N_("Look again"), N_("Looks for sticks again"),
		GROUP_DO, 6, 0, NULL, run_look},
};

const struct action_set actions_sync = {N_("Sync"), open_sync, rows, sizeof rows / sizeof *rows};

static const struct screen_ops sync_ops = {
	.name = "sync", .title = N_("Sync"), .contexts = CTX_SYNC | CTX_LIST, .load = sync_load, .draw = sync_draw,
	.status = sync_status,
};
