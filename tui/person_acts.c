/* tui/person_acts.c - see people_data_priv.h: what can be done about one person's data from the card, the list of
 * volunteers and the lists of people's data: who has seen them, all of them handed over, all of them erased. Owns what
 * is asked. */
#include "tui/people_data_priv.h"

#include <stdlib.h>

#include "base/lang.h"
#include "export/person.h"
#include "tui/act_form.h"
#include "tui/people_priv.h"

enum { F_WHO = 1, F_WHY, F_FOLDER };

static const struct field who_field = {F_WHO, "who", KIND_REF, TYPE_VOLUNTEER, FIELD_REQ, 0, N_("Volunteer"),
	N_("A part of the name; Ctrl-O shows all")};
static const struct field why_field = {F_WHY, "why", KIND_CHOICE, SET_ERASURE_WHY, FIELD_REQ, 0, N_("Why"),
	N_("It stands in the list of erasures, without a name")};
static const struct field folder_field = {F_FOLDER, "folder", KIND_TEXT, 0, FIELD_REQ, 1000, N_("In the folder"),
	N_("A stick or a folder of your own, never a shared one: a new folder is made in it")};

/* Who the screen is about; ID_NONE: it is asked. */
static struct id person_of(const struct screen *s)
{
	struct id card = screen_volunteer_id(s), row = people_data_person(s);
	if (!id_is_none(card) || !id_is_none(row))
		return id_is_none(card) ? row : card;
	return s->ops->contexts & CTX_PEOPLE_LIST && s->list ? list_selected_id(s->list) : ID_NONE;
}

/* A form that asks whom, and more; the cursor on the first of it that isn't known. */
static struct screen *ask(struct app *app, const struct act_form_sort *sort, const struct field *const *fields, size_t n, struct id who,
	size_t size)
{
	struct screen *s = act_form_new(app, sort, fields, n, "", size);
	struct book *b = app_book_now(app, NULL);
	act_form_leads_on(s);
	if (b && book_person(b, who)) {
		form_choose(s->form, F_WHO, who, book_name(b, who));
		if (n > 1)
			form_set_focus(s->form, fields[1]->no);
		form_set_clean(s->form);
	}
	return s;
}

/* ---- erased ---------------------------------------------------------------------------------------------- */
struct to_erase { struct id who; int why; };

/* Nothing goes yet: what will is counted and shown, and asked about. */
static int save_erase(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct to_erase *d = act_form_data(s);
	(void)r;
	(void)e;
	*d = (struct to_erase){act_form_id(s, F_WHO), (int)form_value(s->form, F_WHY).i};
	*said = NULL;
	return OK;
}

static void erase_saved(struct app *app, const void *data)
{
	const struct to_erase *d = data;
	app_push(app, screen_erase_person(app, d->who, d->why));
}

static const struct act_form_sort erase_sort = {N_("Erase a person"), save_erase, NULL, erase_saved};

static void run_erase(struct app *app, struct screen *s)
{
	static const struct field *const fields[] = {&who_field, &why_field};
	struct screen *form = ask(app, &erase_sort, fields, 2, person_of(s), sizeof(struct to_erase));
	act_form_above(form, ROLE_DEFAULT, _("What goes is counted and shown first; nothing is erased before you have said yes to it."));
	app_push(app, form);
}

/* ---- handed over ----------------------------------------------------------------------------------------- */
static void say_files(struct app *app, const struct person_files *f, const char *dir)
{
	if (f->missing)
		app_toast(app, ngettext("Written to %s; %zu attachment couldn't be read whole", "Written to %s; %zu attachments couldn't be read whole",
			f->missing), dir, f->missing);
	else if (f->attachments)
		app_toast(app, ngettext("Written to %s: person.txt, person.json and %zu attachment",
			"Written to %s: person.txt, person.json and %zu attachments", f->attachments), dir, f->attachments);
	else
		app_toast(app, _("Written to %s: person.txt to be read, person.json for programs"), dir);
}

static int save_insight(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct arena *a = app_scratch(s->app);
	struct person_files files;
	struct id who = act_form_id(s, F_WHO);
	const char *folder = form_text(s->form, F_FOLDER);
	(void)r;
	*said = NULL;
	if (folder[0] != '/')
		return err_set(e, ERR_USAGE, _("Write the whole path of the folder, from / on."));
	const char *dir = os_path_join(a, folder, person_folder(a, who, app_today(s->app)));
	int rc = person_write(app_store(s->app), a, who, dir, &files, e);
	if (rc == OK)
		say_files(s->app, &files, dir);
	return rc;
}

static const struct act_form_sort insight_sort = {N_("All that is kept of a person"), save_insight, NULL, NULL};

static void run_insight(struct app *app, struct screen *s)
{
	static const struct field *const fields[] = {&who_field, &folder_field};
	const char *home = getenv("HOME");
	struct screen *form = ask(app, &insight_sort, fields, 2, person_of(s), 0);
	act_form_above(form, ROLE_DEFAULT, _("To be handed over to whoever it is about: everything, as a text to be read and for programs."));
	form_put(form->form, F_FOLDER, value_text(home && *home ? home : "/tmp"), NULL);
	app_push(app, form);
}

/* ---- seen ------------------------------------------------------------------------------------------------ */
struct to_show { struct id who; };

static int save_audit(struct screen *s, struct change_result *r, const char **said, struct err *e)
{
	struct to_show *d = act_form_data(s);
	(void)r;
	(void)e;
	d->who = act_form_id(s, F_WHO);
	*said = NULL;
	return OK;
}

static void audit_saved(struct app *app, const void *data)
{
	app_push(app, screen_audit(app, ((const struct to_show *)data)->who));
}

static const struct act_form_sort audit_sort = {N_("Who has seen it"), save_audit, NULL, audit_saved};

static void run_audit(struct app *app, struct screen *s)
{
	static const struct field *const fields[] = {&who_field};
	struct id who = person_of(s);
	app_push(app, id_is_none(who) ? ask(app, &audit_sort, fields, 1, who, sizeof(struct to_show)) : screen_audit(app, who));
}

/* ---- the table ------------------------------------------------------------------------------------------- */
static const struct action rows[] = {
	{"person.audit", CTX_PEOPLE | CTX_PEOPLE_DATA, "A", N_("Who has seen"), N_("Who has seen, changed or printed a person's card, and when"),
		GROUP_GO, 9, 0, NULL, run_audit},
	{"person.insight", CTX_PEOPLE | CTX_PEOPLE_DATA, "I", N_("Insight"), N_("Writes out all that is kept of a person, to be handed over"),
		GROUP_DO, 9, 0, NULL, run_insight},
	{"person.erase", CTX_PEOPLE | CTX_PEOPLE_DATA, "E", N_("Erase"), N_("Asks whom and why, shows what goes at every site, and asks again"),
		GROUP_DO, 9, ACTION_FINAL, NULL, run_erase},
};

const struct action_set actions_person = {N_("A person's data"), NULL, rows, sizeof rows / sizeof *rows};
