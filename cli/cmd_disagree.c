/* cli/cmd_disagree.c - commands on what came of meeting: disagreements, digest.
 *
 * Owns how a value is pointed at on a command line; what is told and decided is sync/'s. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "base/when.h"
#include "sync/sync.h"

/* ---- listing them ---------------------------------------------------------------------------------------- */

static const char *field_name(struct cli *c, const struct disagreement *d)
{
	const struct field *f = schema_field(d->type, d->field);
	if (d->field == FIELD_ALIVE)
		return "alive";
	return f ? f->name : arena_printf(c->a, "%d", d->field);
}

static json_t *claim_json(const struct claim *x)
{
	char time[32];
	civil_format_iso(time, sizeof time, civil_from_utc(x->clock));
	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:b}", "text", x->text, "site", x->site, "person", x->person,
		"time", time, "mine", x->mine, "shown", x->shown, "deletes", x->deletes);
}

static json_t *disagreement_json(struct cli *c, const struct disagreement *d)
{
	char id[ID_TEXT];
	const struct type *t = schema_type(d->type);
	json_t *claims = json_array();
	for (size_t i = 0; i < d->nclaims; i++)
		json_array_append_new(claims, claim_json(&d->claim[i]));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "id", id_format(id, d->id), "type", t ? t->name : "", "field",
		field_name(c, d), "title", d->title, "label", d->label, "claims", claims);
}

/* A line a value. What is the same in several stands once, where people read it. */
static void add_claims(struct cli *c, struct sheet *s, const struct disagreement *d, enum list_ids ids)
{
	bool whole = ids == LIST_WHOLE_IDS;
	for (size_t i = 0; i < d->nclaims; i++) {
		const struct claim *x = &d->claim[i];
		struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
		if (i == 0 || whole) {
			cell[0] = sheet_text(paper_id(c->a, d->id, ids));
			cell[1] = sheet_text(d->title);
			cell[2] = sheet_text(whole ? field_name(c, d) : d->label);
		}
		cell[3] = sheet_text(x->shown ? arena_printf(c->a, _("%s (shown)"), x->text) : x->text);
		cell[4] = sheet_text(x->mine ? arena_printf(c->a, _("%s (here)"), x->site) : x->site);
		cell[5] = sheet_text(x->person);
		cell[6] = sheet_datetime(cli_time_text(c, x->clock), civil_from_utc(x->clock));
	}
}

static int list_disagreements(struct cli *c, const struct disagreement *all, size_t n, struct err *e)
{
	enum list_ids ids = cli_ids(c);
	if (cli_wants_json(c)) {
		json_t *j = json_array();
		for (size_t i = 0; i < n; i++)
			json_array_append_new(j, disagreement_json(c, &all[i]));
		return cli_write_json(c, j, e);
	}
	struct sheet *s = sheet_new(c->a, _("Disagreements"));
	sheet_column(s, "id", "id", ALIGN_LEFT, 6, ID_TEXT - 1);
	sheet_column(s, "title", _("What"), ALIGN_LEFT, 12, 30);
	sheet_column(s, "field", _("Field"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "text", _("Value"), ALIGN_LEFT, 16, 40);
	sheet_column(s, "site", _("Site"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "person", _("Who"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "time", _("When"), ALIGN_LEFT, 16, 16);
	for (size_t i = 0; i < n; i++)
		add_claims(c, s, &all[i], ids);
	if (n)
		sheet_note(s, _("To choose: samvagt disagreements choose ID|NAME FIELD mine|theirs|SITE|VALUE"));
	return cli_write_sheet(c, s, e);
}

/* ---- choosing -------------------------------------------------------------------------------------------- */

static bool is_field(struct cli *c, const struct disagreement *d, const char *name)
{
	const struct type *t = schema_type(d->type);
	const struct field *f = t ? schema_field_named(t, name) : NULL;
	return strcmp(name, field_name(c, d)) == 0 || (f && f->no == d->field) || text_compare(name, d->label) == 0;
}

/* How well a record is pointed at; as everywhere, an id comes after the names: "Ada" is somebody. */
enum fit { FIT_NOT, FIT_ID, FIT_PART, FIT_NAME };

static enum fit record_fit(struct cli *c, const struct disagreement *d, const char *text)
{
	const char *title = text_fold(c->a, d->title), *wanted = text_fold(c->a, text);
	if (*wanted && strcmp(title, wanted) == 0)
		return FIT_NAME;
	if (*wanted && text_fold_match(title, wanted, NULL))
		return FIT_PART;
	return id_fits(d->id, text) ? FIT_ID : FIT_NOT;
}

static int say_several(struct cli *c, const struct disagreement **fits, size_t n, struct err *e)
{
	struct titled *records = arena_alloc(c->a, n * sizeof *records);
	for (size_t i = 0; i < n; i++)
		records[i] = (struct titled){fits[i]->title, fits[i]->id};
	return cli_say_several(c, c->args[1], records, n, e);
}

static int find_disagreement(struct cli *c, const struct disagreement *all, size_t n, const struct disagreement **out,
	struct err *e)
{
	const char *record = c->args[1], *field = c->args[2];
	const struct disagreement **fits = arena_alloc(c->a, (n + 1) * sizeof *fits);
	enum fit best = FIT_ID;
	size_t nfits = 0;
	for (size_t i = 0; i < n; i++) {
		enum fit fit = is_field(c, &all[i], field) ? record_fit(c, &all[i], record) : FIT_NOT;
		if (fit > best)
			nfits = 0;
		best = fit > best ? fit : best;
		if (fit == best)
			fits[nfits++] = &all[i];
	}
	*out = fits[0];
	if (nfits == 0)
		return err_set(e, ERR_NOTFOUND,
			_("nothing is to be decided about \"%.40s\" of \"%.40s\". See samvagt disagreements"),
			field, record);
	return nfits == 1 ? OK : say_several(c, fits, nfits, e);
}

static bool is_called(const struct disagreement *d, const struct claim *x, const char *word)
{
	if (d->field == FIELD_ALIVE)
		return strcmp(word, x->deletes ? "delete" : "keep") == 0;
	return strcmp(word, x->text) == 0;
}

/* What a word may say of a value: whose it is, by a word or a name, or what it is. */
enum reading { BY_SIDE, BY_VALUE, BY_SITE, BY_PERSON, READINGS };

static bool is_meant(const struct disagreement *d, const struct claim *x, const char *word, enum reading how)
{
	switch (how) {
	case BY_SIDE: return text_compare(word, x->mine ? "mine" : "theirs") == 0;
	case BY_VALUE: return is_called(d, x, word);
	case BY_SITE: return text_compare(word, x->site) == 0;
	case BY_PERSON: return text_compare(word, x->person) == 0;
	case READINGS: break;
	}
	return false;
}

/* The reading by which the claim is meant, or READINGS. */
static enum reading reading_of(const struct disagreement *d, const struct claim *x, const char *word, bool only_value)
{
	if (only_value)
		return is_meant(d, x, word, BY_VALUE) ? BY_VALUE : READINGS;
	enum reading how = BY_SIDE;
	while (how < READINGS && !is_meant(d, x, word, how))
		how++;
	return how;
}

/* A word that says whose, and nobody's is meant by it, is hardly a new value. */
static int check_new_value(struct cli *c, const char *word, struct err *e)
{
	struct ring *r = NULL;
	size_t n = 0;
	int rc = OK;
	if (text_compare(word, "mine") == 0)
		return err_set(e, ERR_NOTFOUND, _("none of these values was written here"));
	if (text_compare(word, "theirs") == 0)
		return err_set(e, ERR_NOTFOUND, _("all of these values were written here"));
	const struct ring_member *m = ring_load(c->store, &r, NULL) == OK && r ? ring_members(r, &n) : NULL;
	for (size_t i = 0; rc == OK && i < n; i++)
		if (text_compare(word, m[i].name) == 0)
			rc = err_set(e, ERR_NOTFOUND,
				_("none of these values was written at %s. If that is to be the value itself, write =%s"), word, word);
	ring_free(r);
	return rc;
}

/* *word: "mine", "theirs", a value that stands there, the site or person that wrote one, or after "=" a value and
 * nothing else; then it is that value. *i is nclaims when it is a new one. */
static int find_claim(struct cli *c, const struct disagreement *d, const char **word, size_t *i, struct err *e)
{
	bool only_value = **word == '=';
	enum reading found = READINGS;
	*word += only_value;
	*i = d->nclaims;
	for (size_t k = 0; k < d->nclaims; k++) {
		enum reading how = reading_of(d, &d->claim[k], *word, only_value);
		if (how == READINGS)
			continue;
		if (*i < d->nclaims && (how == BY_VALUE || found == BY_VALUE))
			return err_set(e, ERR_AMBIGUOUS,
				_("\"%.40s\" is one of the values, and says whose the other one is. For the value, write =%.40s"), *word, *word);
		if (*i < d->nclaims)
			return err_set(e, ERR_AMBIGUOUS, _("several values fit \"%.40s\"; write the value itself"), *word);
		*i = k;
		found = how;
	}
	return *i < d->nclaims || only_value ? OK : check_new_value(c, *word, e);
}

/* What stands there from now on, for whoever named it by its author. */
static void tell_choice(struct cli *c, const struct disagreement *d, const char *text)
{
	if (!cli_has(c, OPT_JSON) && !cli_has(c, OPT_DRY_RUN))
		fprintf(stderr, "%s · %s: %s\n", d->title, d->label, text);
}

static int choose(struct cli *c, const struct disagreement *all, size_t n, struct err *e)
{
	const struct disagreement *d;
	const struct field *f = NULL;
	struct change_result result;
	struct value typed;
	const char *word = c->args[3];
	size_t i = 0;
	int rc = find_disagreement(c, all, n, &d, e);
	if (rc == OK)
		rc = find_claim(c, d, &word, &i, e);
	if (rc)
		return rc;
	bool is_new = i == d->nclaims;
	if (is_new && d->field == FIELD_ALIVE)
		return err_set(e, ERR_USAGE, _("a record can be kept or deleted: mine, theirs, keep or delete"));
	f = schema_field(d->type, d->field);
	if (is_new && f)
		rc = cli_field_value(c, f, word, &typed, e);
	const char *text = !is_new ? d->claim[i].text : rc == OK && f ? view_field_text(c->view, c->a, f, typed) : "";
	cli_view_end(c);
	if (rc == OK && is_new && !f)
		rc = err_set(e, ERR_UNSUPPORTED,
			_("this version doesn't know that field; choose between what stands there"));
	if (rc == OK)
		rc = sync_choose(c->store, d, is_new ? 0 : i, is_new ? &typed : NULL, &result, e);
	if (rc == OK)
		tell_choice(c, d, text);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_disagreements(struct cli *c, struct err *e)
{
	struct disagreement *all = NULL;
	size_t n = 0;
	bool choosing = c->nargs > 0;
	if (choosing && (c->nargs != 4 || strcmp(c->args[0], "choose") != 0))
		return cli_misused(c, e);
	int rc = cli_open_store(c, !choosing, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = sync_disagreements(c->view, c->a, &all, &n, e);
	if (rc)
		return rc;
	return choosing ? choose(c, all, n, e) : list_disagreements(c, all, n, e);
}

/* ---- the digest ------------------------------------------------------------------------------------------ */

/* A day alone: from its beginning. */
static int read_since(struct cli *c, int64_t *out, struct err *e)
{
	civil_min from, to;
	int rc = cli_has(c, OPT_SINCE) ? when_parse_past(c->opt[OPT_SINCE], c->today, &from, &to, e) : OK;
	*out = rc == OK && cli_has(c, OPT_SINCE) ? civil_to_utc(from) : 0;
	return rc;
}

static const char *kind_name(enum digest_kind kind)
{
	static const char *const names[] = {
		[DIGEST_NEEDS_ME] = "needs-me", [DIGEST_PERSON] = "person",
		[DIGEST_SHIFT] = "shift", [DIGEST_OTHER] = "other",
	};
	return names[kind];
}

static json_t *digest_json(const struct digest_row *r)
{
	char id[ID_TEXT], time[32];
	const struct type *t = schema_type(r->type);
	civil_format_iso(time, sizeof time, civil_from_utc(r->clock));
	json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "kind", kind_name(r->kind), "id",
		id_format(id, r->record), "type", t ? t->name : "", "title", r->title, "what", r->what, "site", r->site,
		"person", r->person, "time", time, "open", r->open);
	if (r->start != CMIN_NONE)
		json_object_set_new(j, "start", json_string(civil_format_iso(time, sizeof time, r->start)));
	return j;
}

static void note_undone(struct cli *c, struct sheet *s, const struct digest_about *x)
{
	const char *when = x->undone ? cli_time_text(c, x->when) : "";
	if (x->undone && x->merges == 1)
		sheet_note(s, arena_printf(c->a, _("This merge was taken back %s: nothing of it stands any more but what was changed since."),
			when));
	else if (x->undone)
		sheet_note(s, arena_printf(c->a, ngettext("%zu merge of these was taken back (%s), and isn't told here.",
			"%zu merges of these were taken back (the last %s), and aren't told here.", x->undone), x->undone, when));
	else if (s->nrows == 0)
		sheet_note(s, x->merges == 0 ? _("Nothing has come from other sites in that time.")
			: _("What came was taken over as one whole, so there are no single changes to tell of."));
}

static int digest_sheet(struct cli *c, const struct digest_row *all, size_t n, const struct digest_about *about,
	struct err *e)
{
	const char *group = "";
	struct sheet *s = sheet_new(c->a, _("What did I get?"));
	sheet_column(s, "title", _("What"), ALIGN_LEFT, 16, 44);
	sheet_column(s, "what", _("News"), ALIGN_LEFT, 20, 60);
	sheet_column(s, "site", _("Site"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "person", _("Who"), ALIGN_LEFT, 8, 16);
	sheet_column(s, "time", _("When"), ALIGN_LEFT, 16, 16);
	for (size_t i = 0; i < n; i++) {
		const char *own = sync_digest_heading(&all[i], c->a);
		if (strcmp(own, group) != 0)
			sheet_row(s, ROW_GROUP)->cells[0] = sheet_text(own);
		group = own;
		struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
		cell[0] = sheet_text(all[i].title);
		cell[1] = sheet_text(all[i].what);
		cell[2] = sheet_text(all[i].site);
		cell[3] = sheet_text(all[i].person);
		cell[4] = sheet_datetime(cli_time_text(c, all[i].clock), civil_from_utc(all[i].clock));
	}
	note_undone(c, s, about);
	return cli_write_sheet(c, s, e);
}

int cmd_digest(struct cli *c, struct err *e)
{
	struct digest_row *all = NULL;
	size_t n = 0, max;
	int64_t since;
	struct digest_about about;
	int rc = read_since(c, &since, e);
	if (rc == OK)
		rc = cli_max(c, 0, &max, e);
	if (rc == OK)
		rc = cli_view(c, e);
	if (rc == OK)
		rc = sync_digest(c->view, c->a, since, &all, &n, e);
	if (rc == OK)
		rc = sync_digest_about(c->view, since, 0, &about, e);
	if (rc)
		return rc;
	n = max && n > max ? max : n;
	if (!cli_wants_json(c))
		return digest_sheet(c, all, n, &about, e);
	json_t *j = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, digest_json(&all[i]));
	return cli_write_json(c, j, e);
}
