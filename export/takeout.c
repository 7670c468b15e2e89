/* export/takeout.c - see takeout.h. Owns which files there are and what they are called: no file is called by a
 * volunteer's name. Must not know what stands in them. */
#include "export/takeout.h"

#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "export/bundle.h"
#include "export/calendars.h"
#include "export/records.h"
#include "export/vcards.h"

struct writing {
	struct view *v;
	struct book *b;
	struct arena *a;
	const struct takeout *how;
	struct bundle files;
	struct buf readme;
	struct takeout_done *out;
};

/* ---- files ------------------------------------------------------------------------------------------- */

/* With a line of its own in the README. */
static int add_file(struct writing *w, const char *name, const struct buf *bytes, const char *says, struct err *e)
{
	int rc = bundle_add(&w->files, name, bytes, NULL, e);
	buf_addf(&w->readme, "%s: %s\n", name, says);
	w->out->files += rc == OK;
	return rc;
}

static int write_json(struct writing *w, struct err *e)
{
	struct buf b = {0}, schema = {0};
	int rc = records_json(w->v, &b, &w->out->things, e);
	records_schema(&schema);
	if (rc == OK)
		rc = add_file(w, "samvagt.json", &b, _("all records; samvagt import takes them in again"), e);
	if (rc == OK)
		rc = add_file(w, "schema.json", &schema, _("what stands where in it, as a JSON Schema"), e);
	buf_wipe(&b);
	buf_free(&schema);
	return rc;
}

static int write_csv(struct writing *w, struct err *e)
{
	size_t n;
	const struct type *types = schema_types(&n);
	int rc = OK;
	for (size_t i = 0; i < n && rc == OK; i++) {
		struct buf b = {0};
		size_t rows = 0;
		if (!records_leave(&types[i]))
			continue;
		rc = records_csv(w->v, &types[i], !w->how->plain, &b, &rows, e);
		if (rc == OK && rows)
			rc = add_file(w, arena_printf(w->a, "%s.csv", types[i].name), &b, _(types[i].plural), e);
		w->out->things += rows;
		buf_wipe(&b);
	}
	return rc;
}

static int write_vcf(struct writing *w, struct err *e)
{
	struct buf people = {0}, organisations = {0};
	size_t npeople = 0, norganisations = 0;
	int rc = vcards_people(w->v, w->b, &people, &npeople, e);
	if (rc == OK)
		rc = vcards_organisations(w->v, &organisations, &norganisations, e);
	if (rc == OK && npeople)
		rc = add_file(w, "volunteers.vcf", &people, _("volunteers who are active or on pause"), e);
	if (rc == OK && norganisations)
		rc = add_file(w, "organisations.vcf", &organisations, _("contact persons of organisations"), e);
	w->out->things = npeople + norganisations;
	buf_wipe(&people);
	buf_wipe(&organisations);
	return rc;
}

/* ---- calendars --------------------------------------------------------------------------------------- */

static int add_calendar(struct writing *w, const struct calendar *c, const char *name, const char *says, struct err *e)
{
	struct buf b = {0};
	if (c->n == 0)
		return OK;
	int rc = calendar_write(c, &b, e);
	if (rc == OK)
		rc = add_file(w, name, &b, says, e);
	w->out->things += c->n;
	buf_wipe(&b);
	return rc;
}

/* Two of one name get a number. */
static const char *named_file(struct writing *w, const char *what, const char *name)
{
	const char *plain = text_file_name(w->a, name), *file = arena_printf(w->a, "%s-%s.ics", what, plain);
	for (int i = 2; strstr(w->readme.p, arena_printf(w->a, "%s: ", file)); i++)
		file = arena_printf(w->a, "%s-%s-%d.ics", what, plain, i);
	return file;
}

static int write_people(struct writing *w, struct calendars *all, struct err *e)
{
	char end[ID_TEXT];
	struct id *ids = arena_alloc(w->a, (w->b->npeople + 1) * sizeof *ids);
	int rc = OK;
	for (size_t i = 0; i < w->b->npeople; i++)
		ids[i] = w->b->people[i].id;
	for (size_t i = 0; i < w->b->npeople && rc == OK; i++) {
		struct calendar c;
		rc = calendars_person(all, ids[i], &c, e);
		if (rc == OK && c.n)
			rc = add_calendar(w, &c, named_file(w, _("person"), id_format_end(end, ids, w->b->npeople, i, 6)),
				w->b->people[i].name, e);
	}
	return rc;
}

static bool has_shifts(const struct roster *r, struct id unit)
{
	for (size_t i = 0; i < r->n; i++)
		if (id_equal(r->shifts[i].row.unit, unit))
			return true;
	return false;
}

static int write_places(struct writing *w, struct calendars *all, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < w->b->nplaces && rc == OK; i++) {
		const struct place *p = &w->b->places[i];
		struct calendar c;
		if (!has_shifts(calendars_roster(all), p->id) || (w->how->unit && !book_unit_within(w->b, p->id, *w->how->unit)))
			continue;
		rc = calendars_shifts(all, &p->id, CALENDARS_COUNTS, &c, e);
		if (rc == OK)
			rc = add_calendar(w, &c, named_file(w, _("place"), p->name),
				arena_printf(w->a, _("%s: how many are on each shift, without names"), p->name), e);
	}
	return rc;
}

static int write_organisations(struct writing *w, struct calendars *all, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; i < w->b->norgs && rc == OK; i++) {
		const struct org *o = &w->b->orgs[i];
		struct calendar c;
		rc = calendars_organisation(all, o->id, &c, e);
		if (rc == OK)
			rc = add_calendar(w, &c, named_file(w, _("organisation"), o->name),
				arena_printf(w->a, _("%s: its own volunteers, by name"), o->name), e);
	}
	return rc;
}

static int write_ics(struct writing *w, struct err *e)
{
	struct calendars *all;
	int rc = calendars_read(w->v, w->b, w->a, w->how->from, w->how->to, &all, e);
	if (rc == OK)
		rc = write_places(w, all, e);
	if (rc == OK && !w->how->unit)
		rc = write_organisations(w, all, e);
	if (rc == OK && !w->how->unit)
		rc = write_people(w, all, e);
	calendars_end(all);
	return rc;
}

/* ---- the whole --------------------------------------------------------------------------------------- */

static const struct sort {
	const char *name, *title, *warns;
	int (*write)(struct writing *w, struct err *e);
} sorts[] = {
	[TAKEOUT_JSON] = {"json", N_("All records, as files"), N_("This folder holds all personal data that samvagt has here. Delete it when it has served."),
		write_json},
	[TAKEOUT_CSV] = {"csv", N_("All records, as files"), N_("This folder holds all personal data that samvagt has here. Delete it when it has served."),
		write_csv},
	[TAKEOUT_ICS] = {"ics", N_("Calendars of shifts"), N_("Each person's calendar is for that person alone; an organisation's names its volunteers. This list says "
		"which is whose: keep it here, and delete the folder when the files have been handed out."), write_ics},
	[TAKEOUT_VCF] = {"vcf", N_("Contacts of volunteers"), N_("Names, phones and addresses, for the phone of whoever needs them for the work. Delete the folder when they are there."),
		write_vcf},
};

int takeout_named(const char *name)
{
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		if (strcmp(sorts[i].name, name) == 0)
			return (int)i;
	return -1;
}

const char *takeout_title(enum takeout_kind kind)
{
	return _(sorts[kind].title);
}

static int write_all(struct writing *w, struct err *e)
{
	const struct sort *k = &sorts[w->how->kind];
	buf_addf(&w->readme, "%s\n\n", _(k->warns));
	int rc = k->write(w, e);
	if (rc == OK && w->out->files == 0)
		rc = err_set(e, ERR_NOTFOUND, _("there is nothing to write: no such record, or no shift in that time"));
	return rc == OK ? bundle_add(&w->files, "README.txt", &w->readme, NULL, e) : rc;
}

int takeout_write(struct view *v, struct book *b, struct arena *a, const struct takeout *how, const char *dir, bool dry,
	struct takeout_done *out, struct err *e)
{
	struct writing w = {.v = v, .b = b, .a = a, .how = how, .out = out};
	*out = (struct takeout_done){0};
	int rc = bundle_begin(&w.files, a, dir, dry, e);
	if (rc == OK)
		rc = write_all(&w, e);
	if (rc)
		bundle_take_back(&w.files);
	buf_wipe(&w.readme);
	return rc;
}
