/* tests/sim/edits.c - see sim.h. Owns what people at a site do: changes of every type, through the one door. */
#include <stdlib.h>
#include <string.h>

#include "store/change_priv.h"
#include "store/erase.h"
#include "tests/sim/sim.h"

/* A living record of a type; or none. */
static struct id some(struct view *v, struct arena *a, int type, struct chance *c)
{
	struct rec **r;
	size_t n;
	if (view_all(v, a, type, &r, &n, NULL) != OK || n == 0)
		return ID_NONE;
	return r[chance_below(c, (uint32_t)n)]->id;
}

static struct value random_value(struct view *v, struct arena *a, const struct field *f, struct chance *c)
{
	size_t n;
	const struct choice *choices;
	char *text;
	switch (f->kind) {
	case KIND_BOOL:
		return value_int(chance_below(c, 2));
	case KIND_INT:
		return value_int(chance_below(c, f->max ? f->max : 9));
	case KIND_DATE:
		return value_int(20400 + chance_below(c, 60));
	case KIND_DATETIME:
		return value_int((int64_t)(20400 + chance_below(c, 8)) * 1440 + 480 + 60 * chance_below(c, 4) + (f->arg ? 300 : 0));
	case KIND_DURATION:
		return value_int(15 * chance_below(c, 20));
	case KIND_TIME:
		return value_int(30 * chance_below(c, 49));
	case KIND_WEEKDAYS:
		return value_int(1 + chance_below(c, 127));
	case KIND_CHOICE:
		choices = schema_choices(f->arg, &n);
		return value_int(choices[chance_below(c, (uint32_t)n)].no);
	case KIND_REF: {
		struct id id = some(v, a, f->arg == TYPE_ANY ? TYPE_VOLUNTEER : f->arg, c);
		return id_is_none(id) ? value_none() : value_id(id);
	}
	case KIND_PHONE:
		return value_text(arena_printf(a, "2083%04u", (unsigned)chance_below(c, 10000)));
	case KIND_POSTCODE:
		return value_text(arena_printf(a, "8%03u", (unsigned)chance_below(c, 1000)));
	case KIND_CVR:
		return value_text("25313763");
	case KIND_EMAIL:
		return value_text(arena_printf(a, "a%u@example.dk", (unsigned)chance_below(c, 100)));
	default:
		text = arena_printf(a, "Ord %u", (unsigned)chance_below(c, chance_of(c, 50) ? 3 : 1000));
		return value_text(text);
	}
}

/* A few kinds of id are made from what the record says. */
static struct id id_for(struct change *ch, struct view *v, struct arena *a, int type, struct chance *c, struct value set[3])
{
	struct id x, y;
	switch (type) {
	case TYPE_ASSIGNMENT:
		x = some(v, a, TYPE_SHIFT, c);
		y = some(v, a, TYPE_VOLUNTEER, c);
		set[0] = value_id(x);
		set[1] = value_id(y);
		return id_is_none(x) || id_is_none(y) ? ID_NONE : id_assignment(x, y);
	case TYPE_LINK:
		x = some(v, a, TYPE_VOLUNTEER, c);
		y = some(v, a, TYPE_ROLE, c);
		set[0] = value_int(LINK_VOLUNTEER_ROLE);
		set[1] = value_id(x);
		set[2] = value_id(y);
		return id_is_none(x) || id_is_none(y) ? ID_NONE : id_link(LINK_VOLUNTEER_ROLE, x, y);
	case TYPE_SETTING: {
		const char *key = arena_printf(a, "key%u", (unsigned)chance_below(c, 3));
		set[0] = value_text(key);
		return id_setting(key);
	}
	default:
		return change_new(ch, type);
	}
}

static int make(struct change *ch, struct view *v, struct arena *a, int type, struct chance *c)
{
	struct value set[3] = {value_none(), value_none(), value_none()};
	const struct type *t = schema_type(type);
	struct id id = id_for(ch, v, a, type, c, set);
	if (id_is_none(id))
		return ERR_DATA;
	change_make(ch, type, id);
	change_arg(ch, value_id(id));
	int rc = OK;
	for (size_t i = 0; i < t->nfields && rc == OK; i++) {
		const struct field *f = &t->fields[i];
		struct value val = i < 3 && set[i].tag != V_NONE ? set[i] : random_value(v, a, f, c);
		if ((f->flags & FIELD_REQ) || (i < 3 && set[i].tag != V_NONE) || chance_of(c, 30))
			rc = change_set(ch, type, id, f->no, val, NULL);
	}
	return rc;
}

static int alter(struct change *ch, struct view *v, struct arena *a, int type, struct chance *c)
{
	const struct type *t = schema_type(type);
	struct id id = some(v, a, type, c);
	if (id_is_none(id))
		return ERR_NOTFOUND;
	change_arg(ch, value_id(id));
	int rc = OK;
	for (int k = 0, n = 1 + (int)chance_below(c, 2); k < n && rc == OK; k++) {
		const struct field *f = &t->fields[chance_below(c, (uint32_t)t->nfields)];
		if (type == TYPE_LINK || (type == TYPE_ASSIGNMENT && f->no <= 2) || (type == TYPE_SETTING && f->no == 1))
			continue;
		bool empty = !(f->flags & FIELD_REQ) && chance_of(c, 10);
		rc = change_set(ch, type, id, f->no, empty ? value_none() : random_value(v, a, f, c), NULL);
	}
	return rc;
}

static int erase(struct change *ch, struct view *v, struct arena *a, int type, struct chance *c)
{
	struct id id = some(v, a, type, c);
	if (id_is_none(id) || type == TYPE_SITE)
		return ERR_NOTFOUND;
	change_arg(ch, value_id(id));
	change_delete(ch, type, id);
	return OK;
}

static const uint8_t types[] = {TYPE_VOLUNTEER, TYPE_SHIFT, TYPE_ASSIGNMENT, TYPE_UNIT, TYPE_ROLE, TYPE_ORGANISATION,
	TYPE_LINK, TYPE_SETTING, TYPE_ASSIGNMENT, TYPE_VOLUNTEER, TYPE_SITE};

void edit_once(struct site *s, struct chance *c)
{
	struct arena *a = arena_new();
	struct change *ch = NULL;
	struct view *v;
	int type = types[chance_below(c, sizeof types)], what = (int)chance_below(c, 10);
	if (view_begin(s->s, &v, NULL) == OK) {
		int rc = change_begin(s->s, what < 4 ? ACT_ADD : what < 8 ? ACT_EDIT : ACT_DELETE, &ch, NULL);
		if (rc == OK)
			rc = what < 4 && type != TYPE_SITE ? make(ch, v, a, type, c) :
				what < 8 ? alter(ch, v, a, type, c) : erase(ch, v, a, type, c);
		view_end(v);
		if (rc == OK)
			change_commit(ch, NULL, NULL);     /* the door may refuse: that's its right */
		else
			change_abandon(ch);
	}
	arena_free(a);
}

/* Fields 200 and up, and values of forms that no field of ours has. */
void edit_newer(struct site *s, struct chance *c)
{
	static const char raw[] = {(char)0x82, 0x01, 0x02};
	struct arena *a = arena_new();
	struct change *ch;
	struct view *v;
	if (view_begin(s->s, &v, NULL) != OK)
		return;
	struct id id = some(v, a, TYPE_VOLUNTEER, c);
	view_end(v);
	if (!id_is_none(id) && change_begin(s->s, ACT_EDIT, &ch, NULL) == OK) {
		struct value strange = {.tag = V_RAW, .text = {raw, sizeof raw}};
		change_restore(ch, TYPE_VOLUNTEER, id, 200 + (int)chance_below(c, 3),
			chance_of(c, 50) ? strange : value_int(chance_below(c, 5)));
		change_commit(ch, NULL, NULL);
	}
	arena_free(a);
}

void edit_erase(struct site *s, struct chance *c)
{
	struct arena *a = arena_new();
	struct err e = {0};
	struct id who = ID_NONE, erasure;
	struct view *v;
	if (view_begin(s->s, &v, NULL) == OK) {
		who = some(v, a, TYPE_VOLUNTEER, c);
		view_end(v);
	}
	if (!id_is_none(who)) {
		int rc = erase_person(s->s, who, ERASURE_WISH, &erasure, &e);
		if (rc != OK && rc != ERR_REFUSED)
			world_wrong(s->w, "site %d can't erase: %s", s->no, e.text);
		s->w->erased |= rc == OK;
		tally(TALLY_ERASED, rc == OK);
	}
	arena_free(a);
}
