/* export/person_files.c - what is kept of a person, as files in a folder of its own. Owns their names and order: the
 * text comes last, so whoever finds it has all. Must not know what is in them. */
#include "export/person_priv.h"

#include <string.h>

#include "base/lang.h"
#include "export/bundle.h"
#include "roster/attachments.h"
#include "store/seen.h"

struct writing { struct bundle files; struct person_files *out; };

static int write_attachment(struct writing *w, struct view *v, const struct about *k, struct err *e)
{
	struct buf bytes = {0};
	int rc = attachment_read(v, k->rec->id, &bytes, e);
	if (rc == OK) {
		rc = bundle_add(&w->files, k->file, &bytes, NULL, e);
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
	if (rc == OK)
		rc = bundle_add(&w->files, "person.json", &json, &w->out->json, e);
	if (rc == OK)
		rc = bundle_add(&w->files, "person.txt", &text, &w->out->text, e);
	buf_wipe(&json);
	buf_wipe(&text);
	return rc;
}

static int gather_and_write(struct writing *w, struct store *s, struct arena *a, struct id volunteer, const char *dir,
	struct err *e)
{
	struct insight x = {.a = a, .volunteer = volunteer, .today = store_today(s)};
	int rc = view_begin(s, &x.v, e);
	if (rc == OK)
		rc = book_load(x.v, &x.b, e);
	if (rc == OK)
		rc = person_gather(&x, e);
	if (rc == OK)
		rc = bundle_begin(&w->files, a, dir, store_is_dry_run(s), e);
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
	struct writing w = {.out = out};
	*out = (struct person_files){0};
	int rc = gather_and_write(&w, s, a, volunteer, dir, e);
	if (rc == OK)
		rc = note(s, volunteer, e);
	if (rc)
		bundle_take_back(&w.files);
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
