/* export/person_files.c - what is kept of a person, as files in a folder of its own. Owns their names and order: the text
 * comes last, so whoever finds it has all. Must not know what is in them. */
#include "export/person_priv.h"

#include <string.h>

#include "base/lang.h"
#include "roster/attachments.h"
#include "store/seen.h"

struct writing {
	struct arena *a;
	const char *dir;
	bool made, dry;                  /* the folder is ours; nothing is to be written */
	const char **path; size_t n, cap;
	struct person_files *out;
};

static int write_file(struct writing *w, const char *name, const struct buf *b, const char **path, struct err *e)
{
	*path = os_path_join(w->a, w->dir, name);
	int rc = w->dry ? OK : os_write_new_file(*path, b->p ? b->p : "", b->n, e);
	if (rc == OK && !w->dry) {
		w->path = arena_grow(w->a, w->path, &w->cap, w->n + 1, sizeof *w->path);
		w->path[w->n++] = *path;
	}
	return rc;
}

static int write_attachment(struct writing *w, struct view *v, const struct about *k, struct err *e)
{
	struct buf bytes = {0};
	const char *path;
	int rc = attachment_read(v, k->rec->id, &bytes, e);
	if (rc == OK) {
		rc = write_file(w, k->file, &bytes, &path, e);
		w->out->attachments += rc == OK;
	} else if (rc == ERR_CORRUPT || rc == ERR_NOTFOUND) {
		w->out->missing++;
		rc = OK;
	}
	buf_wipe(&bytes);
	return rc;
}

static int write_all(struct writing *w, struct insight *x, struct err *e)
{
	struct buf text = {0}, json = {0};
	int rc = OK;
	for (size_t i = 0; rc == OK && i < x->nkept; i++)
		if (x->kept[i].file)
			rc = write_attachment(w, x->v, &x->kept[i], e);
	person_put_json(x, &json);
	person_put_text(x, &text);
	if (rc == OK && (text.oom || json.oom))
		rc = err_set(e, ERR_NOMEM, _("out of memory"));
	if (rc == OK)
		rc = write_file(w, "person.json", &json, &w->out->json, e);
	if (rc == OK)
		rc = write_file(w, "person.txt", &text, &w->out->text, e);
	buf_wipe(&json);
	buf_wipe(&text);
	return rc;
}

static void take_back(struct writing *w)
{
	for (size_t i = 0; i < w->n; i++)
		os_remove(w->path[i], NULL);
	if (w->made && !w->dry)
		os_remove_folder(w->dir, NULL);
}

static int make_folder(struct writing *w, struct err *e)
{
	char **names;
	size_t n = 0;
	w->made = !os_exists(w->dir);
	if (w->made && w->dry)
		return OK;
	int rc = os_mkdir_p(w->dir, e);
	if (rc == OK)
		rc = os_list_dir(w->a, w->dir, &names, &n, e);
	if (rc == OK && n > 0)
		rc = err_set(e, ERR_CONFLICT, _("the folder %s isn't empty: name a new one, so that nothing is overwritten and no "
			"two persons are mixed"), w->dir);
	return rc;
}

static int gather_and_write(struct writing *w, struct store *s, struct id volunteer, struct err *e)
{
	struct insight x = {.a = w->a, .volunteer = volunteer, .today = store_today(s)};
	int rc = view_begin(s, &x.v, e);
	if (rc == OK)
		rc = book_load(x.v, &x.b, e);
	if (rc == OK)
		rc = person_gather(&x, e);
	if (rc == OK)
		rc = make_folder(w, e);
	if (rc == OK)
		rc = write_all(w, &x, e);
	person_free(&x);
	book_free(x.b);
	view_end(x.v);
	return rc;
}

/* What lies in the folder is a copy like one on paper. */
static int note(struct store *s, struct id volunteer, struct err *e)
{
	bool noted;
	const struct printed printed = {.what = _("All that is kept of one person"), .purpose = _("To be handed over to that person"),
		.from = DATE_NONE, .to = DATE_NONE, .shred = DATE_NONE, .unit = ID_NONE, .volunteer = volunteer};
	int rc = retention_note_print(s, &printed, &noted, e);
	return rc ? rc : retention_note_seen(s, volunteer, SEEN_EXPORT, e);
}

int person_write(struct store *s, struct arena *a, struct id volunteer, const char *dir, struct person_files *out,
	struct err *e)
{
	struct writing w = {.a = a, .dir = dir, .dry = store_is_dry_run(s), .out = out};
	*out = (struct person_files){0};
	int rc = gather_and_write(&w, s, volunteer, e);
	if (rc == OK)
		rc = note(s, volunteer, e);
	if (rc)
		take_back(&w);
	return rc;
}

char *person_folder(struct arena *a, struct id volunteer, civil_date today)
{
	char day[24], id[ID_TEXT];
	enum { SHORT = 6 };
	id_format(id, volunteer);
	return arena_printf(a, "%s-%s-%s", _("insight"), id + ID_TEXT - 1 - SHORT,
		civil_format_date(day, sizeof day, today, CIVIL_ISO));
}
