/* cli/cmd_records.c - commands on records of any type: list, show, add, set, delete, merge.
 *
 * Knows the table of types, and of one thing more: that a volunteer's roles are given as one pseudo-field. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"
#include "roster/act.h"
#include "roster/register.h"

/* ---- list, show --------------------------------------------------------------------------------------- */

/* "field=value" in two; the field must be one of the type's. */
static int split_pair(struct cli *c, const struct type *t, const char *pair, const struct field **f, const char **value,
	struct err *e)
{
	const char *eq = strchr(pair, '=');
	if (!eq)
		return err_set(e, ERR_USAGE, _("\"%s\" isn't field=value"), pair);
	*f = schema_field_named(t, arena_strndup(c->a, pair, (size_t)(eq - pair)));
	*value = eq + 1;
	if (*f)
		return OK;
	struct buf all = {0};
	for (size_t i = 0; i < t->nfields; i++)
		buf_addf(&all, "%s%s", i ? ", " : "", t->fields[i].name);
	err_set(e, ERR_USAGE, _("%s has no field \"%.*s\". The fields are: %s"), t->name, (int)(eq - pair), pair,
		all.p);
	buf_free(&all);
	return ERR_USAGE;
}

static bool is_roles(const struct type *t, const char *pair)
{
	return t->no == TYPE_VOLUNTEER && strncmp(pair, "roles=", 6) == 0;
}

/* A value that its field can't hold would match nothing, and nobody would see why. */
static int check_filter(struct cli *c, const struct list_filter *f, struct err *e)
{
	struct value v;
	bool is_part = f->field->kind == KIND_REF || f->field->kind == KIND_TEXT || f->field->kind == KIND_LONGTEXT;
	return is_part ? OK : kind_parse(c->a, f->field, f->value, c->today, &v, e);
}

int cli_where(struct cli *c, const struct type *t, struct list_paper *how, struct err *e)
{
	struct list_filter *f = arena_alloc(c->a, (c->nmany + 1) * sizeof *f);
	how->filters = f;
	for (; how->nfilters < c->nmany; how->nfilters++, f++) {
		int rc = split_pair(c, t, c->many[how->nfilters], &f->field, &f->value, e);
		if (rc == OK)
			rc = check_filter(c, f, e);
		if (rc)
			return rc;
	}
	return OK;
}

static int list_json(struct cli *c, const struct list_paper *how, struct err *e)
{
	struct rec **all;
	size_t n;
	int rc = paper_records(c->view, c->a, how, &all, &n, e);
	if (rc)
		return rc;
	json_t *j = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(j, cli_record_json(c, all[i]));
	return cli_write_json(c, j, e);
}

int cmd_list(struct cli *c, struct err *e)
{
	const struct type *t;
	struct sheet *s;
	struct list_paper how = {.find = c->opt[OPT_FIND], .ids = cli_ids(c)};
	int rc = cli_type(c->args[0], &t, e);
	if (rc == OK)
		rc = cli_view(c, e);
	if (rc == OK)
		rc = cli_where(c, t, &how, e);
	if (rc)
		return rc;
	how.type = t->no;
	if (cli_wants_json(c))
		return list_json(c, &how, e);
	rc = paper_list(c->view, c->a, &how, &s, e);
	return rc ? rc : cli_write_sheet(c, s, e);
}

static int find_record(struct cli *c, const struct type **t, struct rec **r, struct err *e)
{
	struct id id;
	int rc = cli_type(c->args[0], t, e);
	if (rc == OK)
		rc = cli_record(c, *t, c->args[1], &id, e);
	if (rc == OK)
		rc = view_get(c->view, c->a, (*t)->no, id, r, e);
	if (rc == OK && (!*r || !(*r)->alive))
		rc = cli_say_none(*t, c->args[1], e);
	return rc;
}

/* The roles of a volunteer stand in links, but belong on the card. */
static void show_roles(struct cli *c, const struct rec *r, json_t *j)
{
	const struct person *p = r->type == TYPE_VOLUNTEER ? book_person(c->book, r->id) : NULL;
	json_t *names = j && p ? json_array() : NULL;
	for (size_t i = 0; p && i < p->nroles; i++) {
		if (names)
			json_array_append_new(names, json_string(book_name(c->book, p->roles[i])));
		else
			printf("%-28s %s\n", i ? "" : _("Roles"), book_name(c->book, p->roles[i]));
	}
	if (names)
		json_object_set_new(j, "roles", names);
}

int cmd_show(struct cli *c, struct err *e)
{
	const struct type *t;
	struct rec *r;
	char id[ID_TEXT];
	int rc = find_record(c, &t, &r, e);
	if (rc)
		return rc;
	if (t->no == TYPE_VOLUNTEER)
		c->looked.volunteer = r->id;
	if (cli_has(c, OPT_JSON)) {
		json_t *j = cli_record_json(c, r);
		show_roles(c, r, j);
		return cli_write_json(c, j, e);
	}
	printf("%s · %s\n%s\n\n", _(t->label), view_title(c->view, c->a, r->id), id_format(id, r->id));
	for (size_t i = 0; i < t->nfields; i++) {
		struct value v = rec_get(r, t->fields[i].no);
		int pad = 28 - text_width(_(t->fields[i].label));
		if (v.tag != V_NONE)
			printf("%s%*s %s\n", _(t->fields[i].label), pad > 0 ? pad : 0, "",
				view_field_text(c->view, c->a, &t->fields[i], v));
	}
	show_roles(c, r, NULL);
	return OK;
}

/* ---- add, set, delete ------------------------------------------------------------------------------------ */

static int set_roles(struct cli *c, struct change *ch, struct id volunteer, const char *names, struct err *e)
{
	struct id *roles;
	size_t n;
	int rc = cli_roles(c, names, &roles, &n, e);
	return rc ? rc : act_set_roles(ch, c->view, volunteer, roles, n, e);
}

static bool is_yes(const struct type *t, const struct field *f, struct value v)
{
	return t->no == TYPE_ASSIGNMENT && f->no == F_ASSIGNMENT_STATE && value_equal(v, value_int(ASSIGNMENT_ACCEPTED));
}

/* The ends of a shift: only both together are a time, and another one is another promise. */
struct ends { struct value from, to; };

static int set_pair(struct cli *c, struct change *ch, const struct type *t, struct id id, const char *pair, struct ends *ends, struct err *e)
{
	const struct field *f;
	const char *text;
	struct value v;
	int rc = split_pair(c, t, pair, &f, &text, e);
	if (rc == OK)
		rc = cli_field_value(c, f, text, &v, e);
	if (rc == OK)
		rc = change_set(ch, t->no, id, f->no, v, e);
	if (rc == OK && t->no == TYPE_SHIFT && f->no == F_SHIFT_START)
		ends->from = v;
	if (rc == OK && t->no == TYPE_SHIFT && f->no == F_SHIFT_END)
		ends->to = v;
	return rc == OK && is_yes(t, f, v) ? act_note_yes(ch, c->view, id, e) : rc;
}

static int set_pairs(struct cli *c, struct change *ch, const struct type *t, struct id id, int first, struct err *e)
{
	struct ends ends = {value_none(), value_none()};
	struct rec *r = NULL;
	int rc = t->no == TYPE_SHIFT ? view_get(c->view, c->a, TYPE_SHIFT, id, &r, e) : OK;
	if (r)
		ends = (struct ends){rec_get(r, F_SHIFT_START), rec_get(r, F_SHIFT_END)};
	for (int i = first; rc == OK && i < c->nargs; i++)
		rc = is_roles(t, c->args[i]) ? set_roles(c, ch, id, c->args[i] + 6, e) : set_pair(c, ch, t, id, c->args[i], &ends, e);
	if (rc != OK || ends.from.tag != V_INT || ends.to.tag != V_INT)
		return rc;
	return act_set_time(ch, c->view, c->a, id, ends.from.i, ends.to.i, NULL, e);
}

/* What a coordinator would expect when nothing is said: an active volunteer, a published shift, an accepted place. */
static int set_defaults(struct change *ch, const struct type *t, struct id id, struct err *e)
{
	static const struct {
		uint8_t type, field, value;
	} usual[] = {
		{TYPE_VOLUNTEER, F_VOLUNTEER_STATUS, VOLUNTEER_ACTIVE},
		{TYPE_SHIFT, F_SHIFT_STATE, SHIFT_PUBLISHED},
		{TYPE_SHIFT, F_SHIFT_NEED, 1},
	};
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
		if (usual[i].type != t->no)
			continue;
		int rc = change_set(ch, t->no, id, usual[i].field, value_int(usual[i].value), e);
		if (rc)
			return rc;
	}
	return OK;
}

/* Records whose id is made of what they connect have commands of their own. */
static int check_addable(const struct type *t, struct err *e)
{
	switch (t->no) {
	case TYPE_ASSIGNMENT:
		return err_set(e, ERR_USAGE, _("a place on a shift is made with: samvagt assign SHIFT VOLUNTEER"));
	case TYPE_LINK:
		return err_set(e, ERR_USAGE,
			_("a volunteer's roles are set with: samvagt set volunteer ID roles=\"Role, Role\""));
	default: return OK;
	}
}

/* A setting is known by its key, so that two sites' settings of one name are one. */
static struct id new_record(struct cli *c, struct change *ch, const struct type *t)
{
	for (int i = 1; t->no == TYPE_SETTING && i < c->nargs; i++) {
		if (strncmp(c->args[i], "key=", 4) == 0) {
			struct id id = id_setting(c->args[i] + 4);
			change_make(ch, t->no, id);
			return id;
		}
	}
	return change_new(ch, t->no);
}

int cmd_add(struct cli *c, struct err *e)
{
	const struct type *t;
	struct change *ch = NULL;
	struct change_result result;
	struct id id;
	int rc = cli_type(c->args[0], &t, e);
	if (rc == OK)
		rc = check_addable(t, e);
	if (rc == OK)
		rc = cli_book(c, e);
	if (rc == OK)
		rc = change_begin(c->store, ACT_ADD, &ch, e);
	if (rc)
		return rc;
	id = new_record(c, ch, t);
	change_arg(ch, value_id(id));
	rc = set_defaults(ch, t, id, e);
	if (rc == OK)
		rc = set_pairs(c, ch, t, id, 1, e);
	cli_view_end(c);
	if (rc == OK)
		rc = change_commit(ch, &result, e);
	else
		change_abandon(ch);
	return rc ? rc : cli_report_change(c, &result, &id, e);
}

int cmd_set(struct cli *c, struct err *e)
{
	const struct type *t;
	struct rec *r;
	struct change *ch = NULL;
	struct change_result result;
	int rc = find_record(c, &t, &r, e);
	if (rc == OK)
		rc = change_begin(c->store, ACT_EDIT, &ch, e);
	if (rc)
		return rc;
	change_arg(ch, value_id(r->id));
	rc = set_pairs(c, ch, t, r->id, 2, e);
	cli_view_end(c);
	if (rc == OK)
		rc = change_commit(ch, &result, e);
	else
		change_abandon(ch);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

int cmd_delete(struct cli *c, struct err *e)
{
	const struct type *t;
	struct id *ids = arena_alloc(c->a, (size_t)c->nargs * sizeof *ids);
	struct change_result result;
	size_t n = 0;
	int rc = cli_type(c->args[0], &t, e);
	for (int i = 1; rc == OK && i < c->nargs; i++)
		rc = cli_record(c, t, c->args[i], &ids[n++], e);
	cli_view_end(c);
	if (rc == OK)
		rc = t->no == TYPE_SHIFT ? act_delete_shifts(c->store, ids, n, &result, e)
					 : register_delete(c->store, t->no, ids, n, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}

/* A line each. Ids stand whole: made by the same import at two sites, they end alike. */
static void add_twin(struct cli *c, struct sheet *s, const struct twin *t)
{
	const bool whole = cli_ids(c) == LIST_WHOLE_IDS;
	for (int i = 0; i < 2; i++) {
		struct sheet_cell *cell = sheet_row(s, ROW_DATA)->cells;
		cell[0] = sheet_text(paper_id(c->a, i ? t->b->id : t->a->id, LIST_WHOLE_IDS));
		if (i && !whole)
			continue;
		cell[1] = sheet_text(t->a->name);
		cell[2] = sheet_text(t->why);
	}
}

/* Who stands twice, as merging with another site brings it: pairs for the two words of the command. */
static int list_twins(struct cli *c, struct err *e)
{
	size_t n = 0;
	char keep[ID_TEXT], drop[ID_TEXT];
	int rc = cli_book(c, e);
	struct twin *t = rc == OK ? book_twins(c->book, c->a, &n) : NULL;
	if (rc)
		return rc;
	if (cli_wants_json(c)) {
		json_t *j = json_array();
		for (size_t i = 0; i < n; i++)
			json_array_append_new(j, json_pack("{s:s, s:s, s:s, s:s}", "keep", id_format(keep, t[i].a->id), "drop",
				id_format(drop, t[i].b->id), "name", t[i].a->name, "why", t[i].why));
		return cli_write_json(c, j, e);
	}
	struct sheet *s = sheet_new(c->a, _("People who stand here twice"));
	sheet_column(s, "id", "id", ALIGN_LEFT, ID_TEXT - 1, ID_TEXT - 1);
	sheet_column(s, "name", _("Name"), ALIGN_LEFT, 12, 40);
	sheet_column(s, "why", _("Why"), ALIGN_LEFT, 16, 60);
	for (size_t i = 0; i < n; i++)
		add_twin(c, s, &t[i]);
	if (n)
		sheet_note(s, _("To make two records one: samvagt merge KEEP DROP"));
	return cli_write_sheet(c, s, e);
}

int cmd_merge(struct cli *c, struct err *e)
{
	struct id keep, drop;
	struct change_result result;
	const struct type *t = schema_type(TYPE_VOLUNTEER);
	if (c->nargs == 0)
		return list_twins(c, e);
	if (c->nargs == 1)
		return err_set(e, ERR_USAGE, _("merge takes two people: the record that stays, and the one that goes"));
	int rc = cli_record(c, t, c->args[0], &keep, e);
	if (rc == OK)
		rc = cli_record(c, t, c->args[1], &drop, e);
	cli_view_end(c);
	if (rc == OK)
		rc = act_merge_people(c->store, keep, drop, &result, e);
	return rc ? rc : cli_report_change(c, &result, NULL, e);
}
