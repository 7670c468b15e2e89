/* tui/members_invite.c - see members_priv.h: who is invited into the ring, and the six words that go with the file.
 * Owns what is asked, and the picture of the words, which are nowhere else: leaving it forgets them. */
#include "tui/members_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "sync/folder.h"
#include "sync/ring.h"
#include "sync/ring_keys.h"

enum { F_NAME = 1, F_REGION, F_FILE };

static const struct field fields[] = {
	{F_NAME, "name", KIND_TEXT, 0, FIELD_REQ, RING_NAME, N_("The new site"),
		N_("What the place is called, e.g. Silkeborg")},
	{F_REGION, "region", KIND_BOOL, 0, 0, 0, N_("Only reads"),
		N_("Yes for the region: it gets units, roles and organisations, no persons")},
	{F_FILE, "file", KIND_TEXT, 0, FIELD_REQ, 1000, N_("Invitation's file"),
		N_("Where it is written: a stick, a shared folder, or for an e-mail")},
};
enum { NFIELDS = sizeof fields / sizeof *fields };

/* ---- the words --------------------------------------------------------------------------------------------- */
struct invited { char words[RING_WORDS_TEXT]; const char *name, *file; };

/* One on each line, with room around them, so that they can be read from a chair away. */
static void draw_words(const char *words, struct canvas *cv, struct rect r)
{
	const int step = r.rows >= 2 * RING_WORDS ? 2 : 1;
	for (int i = 0; *words && r.rows > 0; i++) {
		size_t n = strcspn(words, " ");
		struct rect line = rect_cut_top(&r, step);
		cv_printf(cv, line.row, line.col + 4, 4, ROLE_DIM, "%d", i + 1);
		for (size_t at = 0, col = 0; at < n; col++) {
			int width;
			size_t one = text_grapheme(words + at, &width);
			cv_span(cv, line.row, line.col + 8 + 2 * (int)col, 2, ROLE_TITLE, words + at, one);
			at += one;
		}
		if (i == 0)
			cv_cursor(cv, line.row, line.col + 8);
		words += n + (words[n] == ' ');
	}
}

static void words_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	const struct invited *d = s->data;
	struct rect top = rect_cut_top(&body, body.rows > 16 ? 3 : 2), foot;
	const char *what = arena_printf(a, _("%s: read these words on the phone. The file is %s"), d->name, d->file);
	rect_cut_left(&top, 2);
	cv_wrap(cv, top, ROLE_DEFAULT, what);
	foot = rect_cut_bottom(&body, 3);
	rect_cut_left(&foot, 2);
	cv_wrap(cv, foot, ROLE_DIM,
		_("Never send the words the same way as the file. They are nowhere else: leave this picture when they are written down "
		  "at the other end. Good for one site, within 30 days."));
	draw_words(d->words, cv, body);
}

static void words_close(struct screen *s)
{
	ringkeys_wipe(s->data, sizeof(struct invited));
}

static const struct screen_ops words_ops = {
	.name = "invited",
	.title = N_("The six words"),
	.contexts = CTX_READING,
	.draw = words_draw,
	.close = words_close,
};

/* ---- the form ---------------------------------------------------------------------------------------------- */
static int check_file(const char *path, struct err *e)
{
	if (os_exists(path))
		return err_set(e, ERR_CONFLICT, _("There is something of that name already."));
	return OK;
}

static int invite(struct screen *s, struct ring *r, char words[RING_WORDS_TEXT], int *blame, struct err *e)
{
	struct buf b = {0};
	struct value region = form_value(s->form, F_REGION);
	const char *file = form_text(s->form, F_FILE);
	*blame = F_FILE;
	int rc = check_file(file, e);
	if (rc == OK) {
		*blame = F_NAME;
		rc = ring_invite(app_store(s->app), r, form_text(s->form, F_NAME),
			region.tag == V_INT && region.i ? RING_REGION : RING_FULL, &b, words, e);
	}
	if (rc == OK) {
		*blame = F_FILE;
		rc = os_write_new_file(file, b.p, b.n, e);
	}
	buf_free(&b);
	return rc;
}

static void show_words(struct screen *s, const char *words)
{
	struct screen *shown = screen_new(s->app, &words_ops, sizeof(struct invited));
	struct invited *d = shown->data;
	memcpy(d->words, words, sizeof d->words);
	d->name = arena_strdup(shown->arena, form_text(s->form, F_NAME));
	d->file = arena_strdup(shown->arena, form_text(s->form, F_FILE));
	form_set_clean(s->form);
	app_replace(s->app, s, shown);
	app_reload(s->app);
}

static void run_save(struct app *app, struct screen *s)
{
	struct ring *r = NULL;
	struct err e = {0};
	char words[RING_WORDS_TEXT] = "";
	int blame = 0, rc = form_check(s->form, &e);
	if (rc)
		return;
	rc = ring_load(app_store(app), &r, &e);
	if (rc == OK)
		rc = invite(s, r, words, &blame, &e);
	if (rc)
		form_blame(s->form, blame, e.text);
	else
		show_words(s, words);
	ringkeys_wipe(words, sizeof words);
	ring_free(r);
}

static void invite_draw(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a)
{
	rect_cut_top(&body, 1);
	form_draw(s->form, cv, body, a);
}

static const struct screen_ops invite_ops = {
	.name = "invite", .title = N_("Invite a site"), .contexts = CTX_INVITE | CTX_FORM, .draw = invite_draw,
};

/* On a stick if there is one, else where the person's own files are. */
static const char *proposed_file(struct arena *a)
{
	struct folder_place *place;
	size_t n = 0;
	const char *home = getenv("HOME"), *dir = home && *home ? home : ".";
	if (folder_places(a, &place, &n, NULL) == OK)
		for (size_t i = 0; i < n; i++)
			if (place[i].removable)
				dir = place[i].dir;
	return os_path_join(a, dir, "invitation.svi");
}

struct screen *screen_members_invite(struct app *app)
{
	const struct field *all[NFIELDS];
	const struct form_hooks none = {0};
	struct screen *s = screen_new(app, &invite_ops, 0);
	for (size_t i = 0; i < NFIELDS; i++)
		all[i] = &fields[i];
	s->form = form_new(all, NFIELDS, &none, app_today(app));
	form_put(s->form, F_REGION, value_int(0), NULL);
	form_put(s->form, F_FILE, value_text(proposed_file(s->arena)), NULL);
	return s;
}

static const struct action rows[] = {
	{"invite.save", CTX_INVITE, "Ctrl-S F2 Enter", N_("Invite"), N_("Writes the file and shows the six words"),
		GROUP_FORM, 2, ACTION_WRITES, NULL, run_save},
};
const struct action_set actions_members_invite = {N_("Invite a site"), NULL, rows, sizeof rows / sizeof *rows};
