/* export/person_json.c - what is kept of a person, as JSON for programs. Owns the names in it (man samvagt-json), which
 * are kept for ever. Must not know which records there are (person.c). */
#include "export/person_priv.h"

#include "base/lang.h"
#include "export/json_buf.h"
#include "store/register.h"

/* Texts without other volunteers' names; what is somebody else's has no id. */
static json_t *json_told(const struct insight *x, const struct field *f, struct value v)
{
	if (v.tag == V_NONE || person_is_others(x, v))
		return json_null();
	return v.tag == V_TEXT ? json_string(person_mask(x, v.text.s)) : json_of_value(x->a, f, v);
}

static void set_field(const struct insight *x, json_t *o, const struct about *k, int field, struct value v)
{
	const struct field *f = schema_field(k->rec->type, field);
	if (!f || v.tag == V_RAW) {
		json_object_set_new(o, arena_printf(x->a, "field_%d", field), json_true());
		return;
	}
	json_object_set_new(o, f->name, json_told(x, f, v));
	if (v.tag == V_ID)
		json_object_set_new(o, arena_printf(x->a, "%s_name", f->name), json_string(person_value(x, f, v)));
}

static json_t *json_of_fields(const struct insight *x, const struct about *k, const struct rec_field *f, size_t n)
{
	json_t *o = json_object();
	for (size_t i = 0; i < n; i++)
		if (f[i].no != FIELD_ALIVE && f[i].v.tag != V_NONE && person_may_tell(k, f[i].no))
			set_field(x, o, k, f[i].no, f[i].v);
	return o;
}

static const char *type_name(const struct insight *x, const struct about *k)
{
	return k->type ? k->type->name : arena_printf(x->a, "type_%d", k->rec->type);
}

/* What stands beside a value comes under the field's name, too; of several the last. */
static json_t *json_of_kept(const struct insight *x, const struct about *k)
{
	const struct rec *r = k->rec;
	const char *text = person_agreement(x, k);
	json_t *o = json_object();
	json_object_set_new(o, "type", json_string(type_name(x, k)));
	if (!k->others)
		json_object_set_new(o, "id", json_of_id(r->id));
	json_object_set_new(o, "of_another", json_boolean(k->others));
	json_object_set_new(o, "deleted", json_boolean(!r->alive));
	json_object_set_new(o, "fields", json_of_fields(x, k, r->f, r->n));
	if (r->nsib)
		json_object_set_new(o, "beside", json_of_fields(x, k, r->sib, r->nsib));
	if (text)
		json_object_set_new(o, "text", json_string(text));
	if (k->file)
		json_object_set_new(o, "file", json_string(k->file));
	return o;
}

static json_t *json_of_done(const struct insight *x, const struct deed *d)
{
	json_t *o = json_object(), *fields = json_object();
	for (size_t i = 0; i < d->group->nwrites; i++) {
		const struct write *w = &d->group->writes[i];
		if (w->field == FIELD_ALIVE)
			json_object_set_new(fields, "alive", json_boolean(register_says_alive(w->v)));
		else
			set_field(x, fields, d->kept, w->field, w->v);
	}
	json_object_set_new(o, "time", json_of_time(civil_from_utc(d->group->clock)));
	json_object_set_new(o, "person", json_string(d->group->person));
	json_object_set_new(o, "site", json_string(d->site));
	json_object_set_new(o, "type", json_string(type_name(x, d->kept)));
	json_object_set_new(o, "id", json_of_id(d->kept->rec->id));
	json_object_set_new(o, "fields", fields);
	return o;
}

static json_t *json_of_seen(const struct insight *x, const struct audit *s)
{
	civil_min when = civil_from_utc(s->clock);
	json_t *o = json_object();
	json_object_set_new(o, "time", s->day_only ? json_of_date(cmin_date(when)) : json_of_time(when));
	json_object_set_new(o, "person", json_string(s->person));
	json_object_set_new(o, "site", json_string(s->site));
	json_object_set_new(o, "what", json_string(person_mask(x, s->what)));
	return o;
}

void person_put_json(const struct insight *x, struct buf *out)
{
	json_t *o = json_object(), *told = json_object(), *records = json_array();
	json_t *changes = json_array(), *seen = json_array();
	for (size_t i = 0; i < TOLD; i++)
		json_object_set_new(told, x->told[i].name, json_string(x->told[i].text));
	for (size_t i = 0; i < x->nkept; i++)
		json_array_append_new(records, json_of_kept(x, &x->kept[i]));
	for (size_t i = 0; i < x->ndone; i++)
		json_array_append_new(changes, json_of_done(x, &x->done[i]));
	for (size_t i = 0; i < x->nseen; i++)
		json_array_append_new(seen, json_of_seen(x, x->seen[i]));
	json_object_set_new(o, "volunteer", json_of_id(x->volunteer));
	json_object_set_new(o, "name", json_string(x->name));
	json_object_set_new(o, "made", json_string(x->made));
	json_object_set_new(o, "told", told);
	json_object_set_new(o, "records", records);
	json_object_set_new(o, "seen", seen);
	json_object_set_new(o, "changes", changes);
	json_put(o, out);
}
