/* store/index.c - see index.h. Owns the layout of the index tables. Pure: it must not read or write them, so that
 * what writes a change, what checks a store and what rebuilds it all ask the same function. */
#include "store/index.h"

#include <assert.h>
#include <string.h>

#include "store/be.h"

enum {
	SHIFT_VALUE = 8 + 16 + 1 + 1 + 2 + 2 + 2,
	DUTY_VALUE = 16 + 16 + 16 + 8 + 4 + 1 + 1 + 1,
	SEAT_VALUE = 16 + 16 + 2 + 1 + 1,
};
static_assert((int)DUTY_VALUE <= (int)INDEX_VALUE_MOST, "the largest row has room");
static_assert((int)INDEX_BY_TIME_KEY <= (int)KV_KEY_MOST, "the longest key has room");

static uint8_t *put_id(uint8_t *p, struct id id)
{
	memcpy(p, id.b, sizeof id.b);
	return p + sizeof id.b;
}

static const uint8_t *get_id(const uint8_t *p, struct id *out)
{
	memcpy(out->b, p, sizeof out->b);
	return p + sizeof out->b;
}

static uint16_t to_u16(int64_t v)
{
	return (uint16_t)(v < 0 ? 0 : v > UINT16_MAX ? UINT16_MAX : v);
}

/* ---- from records to what the rows say ---------------------------------------------------------- */

/* Was that time said yes to? Of two that were given at two places either may be the one. *told: is any known? */
static bool said_yes_to(const struct rec *assignment, int yes, struct value time, bool *told)
{
	struct value said = rec_get(assignment, yes);
	bool kept = value_equal(said, time);
	*told = said.tag != V_NONE;
	for (size_t i = 0; i < assignment->nsib; i++)
		if (assignment->sib[i].no == yes) {
			kept = kept || value_equal(assignment->sib[i].v, time);
			*told = *told || assignment->sib[i].v.tag != V_NONE;
		}
	return kept;
}

bool assignment_says_yes(const struct rec *assignment, civil_min from, civil_min to)
{
	bool told;
	assert(assignment->type == TYPE_ASSIGNMENT);
	return said_yes_to(assignment, F_ASSIGNMENT_YES_FROM, value_int(from), &told) &&
		said_yes_to(assignment, F_ASSIGNMENT_YES_TO, value_int(to), &told);
}

/* A yes to a time that was never written down, by whatever made the place, is one to any time. */
static bool is_kept(const struct rec *assignment, int yes, const struct rec *shift, int time)
{
	bool told, kept = said_yes_to(assignment, yes, rec_get(shift, time), &told);
	return kept || !told;
}

int assignment_state(const struct rec *assignment, const struct rec *shift)
{
	int state = (int)rec_int(assignment, F_ASSIGNMENT_STATE);
	assert(assignment->type == TYPE_ASSIGNMENT && (!shift || shift->type == TYPE_SHIFT));
	if (state != ASSIGNMENT_ACCEPTED || !shift || !shift->alive || rec_int(assignment, F_ASSIGNMENT_ATTENDANCE) != 0)
		return state;
	bool kept = is_kept(assignment, F_ASSIGNMENT_YES_FROM, shift, F_SHIFT_START) &&
		is_kept(assignment, F_ASSIGNMENT_YES_TO, shift, F_SHIFT_END);
	return kept ? state : ASSIGNMENT_RECONFIRM;
}

uint32_t index_places(const struct rec *assignment, const struct rec *shift)
{
	struct seat_row seat;
	if (!assignment || !index_seat_row(assignment, shift, &seat) || seat.state != ASSIGNMENT_ACCEPTED)
		return 0;
	return seat.places;
}

bool index_shift_row(const struct rec *shift, uint32_t filled, struct shift_row *out)
{
	assert(shift->type == TYPE_SHIFT);
	const struct rec_field *start = rec_field(shift, F_SHIFT_START);
	struct id unit = rec_id(shift, F_SHIFT_UNIT);
	if (!shift->alive || !start || start->v.tag != V_INT || id_is_none(unit))
		return false;
	int64_t need = rec_int(shift, F_SHIFT_NEED), wished = rec_int_or(shift, F_SHIFT_WISHED, need);
	*out = (struct shift_row){
		.shift = shift->id, .unit = unit, .role = rec_id(shift, F_SHIFT_ROLE),
		.start = start->v.i, .end = rec_int_or(shift, F_SHIFT_END, start->v.i),
		.state = (uint8_t)rec_int(shift, F_SHIFT_STATE), .noted = *rec_text(shift, F_SHIFT_NOTE) != '\0',
		.need = to_u16(need), .wished = to_u16(wished > need ? wished : need), .filled = to_u16(filled),
	};
	return true;
}

bool index_seat_row(const struct rec *assignment, const struct rec *shift, struct seat_row *out)
{
	assert(assignment->type == TYPE_ASSIGNMENT);
	if (!assignment->alive)
		return false;
	struct id volunteer = rec_id(assignment, F_ASSIGNMENT_VOLUNTEER);
	*out = (struct seat_row){
		.assignment = assignment->id, .volunteer = volunteer,
		.organisation = rec_id(assignment, F_ASSIGNMENT_ORGANISATION),
		.places = id_is_none(volunteer) ? to_u16(rec_int_or(assignment, F_ASSIGNMENT_PLACES, 1)) : 1,
		.state = (uint8_t)assignment_state(assignment, shift),
		.attendance = (uint8_t)rec_int(assignment, F_ASSIGNMENT_ATTENDANCE),
	};
	return true;
}

bool index_duty_row(const struct rec *assignment, const struct rec *shift, struct duty_row *out)
{
	assert(assignment->type == TYPE_ASSIGNMENT && (!shift || shift->type == TYPE_SHIFT));
	struct id volunteer = rec_id(assignment, F_ASSIGNMENT_VOLUNTEER);
	if (!assignment->alive || id_is_none(volunteer) || id_is_erased(volunteer))
		return false;
	*out = (struct duty_row){
		.assignment = assignment->id, .shift = rec_id(assignment, F_ASSIGNMENT_SHIFT),
		.state = (uint8_t)assignment_state(assignment, shift),
		.attendance = (uint8_t)rec_int(assignment, F_ASSIGNMENT_ATTENDANCE),
		.minutes = (int32_t)rec_int_or(assignment, F_ASSIGNMENT_MINUTES, -1),
	};
	if (!shift)
		return true;
	out->unit = rec_id(shift, F_SHIFT_UNIT);
	out->role = rec_id(shift, F_SHIFT_ROLE);
	out->start = rec_int(shift, F_SHIFT_START);
	out->end = rec_int_or(shift, F_SHIFT_END, out->start);
	out->shift_state = shift->alive ? (uint8_t)rec_int(shift, F_SHIFT_STATE) : 0;
	return true;
}

/* ---- keys ---------------------------------------------------------------------------------------- */

size_t index_key_time(uint8_t *key, struct id owner, civil_min start)
{
	return (size_t)(be_put_signed(put_id(key, owner), start, INDEX_TIME) - key);
}

size_t index_key_shift(uint8_t *key, const struct shift_row *row)
{
	return (size_t)(put_id(key + index_key_time(key, row->unit, row->start), row->shift) - key);
}

size_t index_key_ref(uint8_t *key, struct id target, int type, int field)
{
	uint8_t *p = put_id(key, target);
	*p++ = (uint8_t)type;
	*p++ = (uint8_t)field;
	return (size_t)(p - key);
}

size_t index_key_due(uint8_t *key, civil_date date)
{
	return (size_t)(be_put_signed(key, date, INDEX_DATE) - key);
}

/* ---- writing rows -------------------------------------------------------------------------------- */

struct rows { struct index_row *at; size_t n; };

static struct index_row *add_row(struct rows *rows, enum kv_table table)
{
	assert(rows->n < INDEX_MOST);
	struct index_row *r = &rows->at[rows->n++];
	*r = (struct index_row){ .table = (uint8_t)table };
	return r;
}

static void finish_row(struct index_row *r, const uint8_t *key_end, const uint8_t *value_end)
{
	r->nkey = (uint8_t)(key_end - r->key);
	r->nvalue = (uint8_t)(value_end - r->value);
	assert(r->nkey <= sizeof r->key && r->nvalue <= sizeof r->value);
}

static void add_shift(struct rows *rows, const struct rec *r, uint32_t filled)
{
	struct shift_row s;
	if (!index_shift_row(r, filled, &s))
		return;
	struct index_row *row = add_row(rows, KV_TIME);
	uint8_t *key = row->key + index_key_shift(row->key, &s);
	uint8_t *p = put_id(be_put_signed(row->value, s.end, 8), s.role);
	*p++ = s.state;
	*p++ = s.noted;
	p = be_put(be_put(be_put(p, s.need, 2), s.wished, 2), s.filled, 2);
	finish_row(row, key, p);
}

static void add_duty(struct rows *rows, const struct rec *r, const struct rec *shift)
{
	struct duty_row d;
	if (!index_duty_row(r, shift, &d))
		return;
	struct index_row *row = add_row(rows, KV_PERSON);
	struct id volunteer = rec_id(r, F_ASSIGNMENT_VOLUNTEER);
	uint8_t *key = put_id(row->key + index_key_time(row->key, volunteer, d.start), d.assignment);
	uint8_t *p = put_id(put_id(put_id(row->value, d.shift), d.unit), d.role);
	p = be_put_signed(be_put_signed(p, d.end, 8), d.minutes, 4);
	*p++ = d.state;
	*p++ = d.attendance;
	*p++ = d.shift_state;
	finish_row(row, key, p);
}

static uint8_t *put_seat(uint8_t *p, const struct rec *r, const struct rec *shift)
{
	struct seat_row s;
	if (!index_seat_row(r, shift, &s))
		return p;
	p = be_put(put_id(put_id(p, s.volunteer), s.organisation), s.places, 2);
	*p++ = s.state;
	*p++ = s.attendance;
	return p;
}

bool index_is_listed(int type, int field)
{
	static const struct { uint8_t type, field; } others[] = {
		{ TYPE_SHIFT, F_SHIFT_UNIT }, { TYPE_SHIFT, F_SHIFT_ROLE },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_VOLUNTEER }, { TYPE_ASSIGNMENT, F_ASSIGNMENT_ORGANISATION },
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (others[i].type == type && others[i].field == field)
			return false;
	return true;
}

/* Besides the references that are listed and the days that are asked for: those the schema tells. */
int index_uses(int type, int field)
{
	static const struct { uint8_t type, field, use; } uses[] = {
		{ TYPE_SHIFT, F_SHIFT_UNIT, INDEX_OWN | INDEX_OF_DUTIES },
		{ TYPE_SHIFT, F_SHIFT_ROLE, INDEX_OWN | INDEX_OF_DUTIES },
		{ TYPE_SHIFT, F_SHIFT_START, INDEX_OWN | INDEX_OF_DUTIES },
		{ TYPE_SHIFT, F_SHIFT_END, INDEX_OWN | INDEX_OF_DUTIES },
		{ TYPE_SHIFT, F_SHIFT_STATE, INDEX_OWN | INDEX_OF_DUTIES },
		{ TYPE_SHIFT, F_SHIFT_NEED, INDEX_OWN }, { TYPE_SHIFT, F_SHIFT_WISHED, INDEX_OWN },
		{ TYPE_SHIFT, F_SHIFT_NOTE, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_VOLUNTEER, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_ORGANISATION, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_PLACES, INDEX_OWN }, { TYPE_ASSIGNMENT, F_ASSIGNMENT_STATE, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_ATTENDANCE, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_MINUTES, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_YES_FROM, INDEX_OWN },
		{ TYPE_ASSIGNMENT, F_ASSIGNMENT_YES_TO, INDEX_OWN },
	};
	const struct field *f = schema_field(type, field);
	if (f && (f->flags & (FIELD_DUE | FIELD_DAY) || (f->kind == KIND_REF && index_is_listed(type, field))))
		return INDEX_OWN;
	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
		if (uses[i].type == type && uses[i].field == field)
			return uses[i].use;
	return 0;
}

static void add_ref(struct rows *rows, const struct rec *r, int field, struct id target, const struct rec *shift)
{
	bool is_assignment = r->type == TYPE_ASSIGNMENT;
	if (!index_is_listed(r->type, field))
		return;
	struct index_row *row = add_row(rows, KV_REF);
	uint8_t *key = put_id(row->key + index_key_ref(row->key, target, r->type, field), r->id);
	uint8_t *p = is_assignment && field == F_ASSIGNMENT_SHIFT ? put_seat(row->value, r, shift) : row->value;
	finish_row(row, key, p);
}

static void add_due(struct rows *rows, const struct rec *r, int field, int64_t date)
{
	struct index_row *row = add_row(rows, KV_DUE);
	uint8_t *key = row->key + index_key_due(row->key, (civil_date)date);
	*key++ = r->type;
	*key++ = (uint8_t)field;
	finish_row(row, put_id(key, r->id), row->value);
}

int index_compare_rows(const struct index_row *x, const struct index_row *y)
{
	if (x->table != y->table)
		return x->table < y->table ? -1 : 1;
	return memcmp(x->key, y->key, sizeof x->key);
}

static void sort_rows(struct index_row *row, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && index_compare_rows(&row[k - 1], &row[k]) > 0; k--) {
			struct index_row t = row[k];
			row[k] = row[k - 1];
			row[k - 1] = t;
		}
}

size_t index_rows(const struct rec *r, const struct index_deps *deps, struct index_row out[INDEX_MOST])
{
	struct rows rows = { .at = out };
	if (!r || !r->alive)
		return 0;
	if (r->type == TYPE_SHIFT)
		add_shift(&rows, r, deps->filled);
	if (r->type == TYPE_ASSIGNMENT)
		add_duty(&rows, r, deps->shift);
	for (size_t i = 0; i < r->n; i++) {
		const struct field *f = schema_field(r->type, r->f[i].no);
		if (f && f->kind == KIND_REF && r->f[i].v.tag == V_ID)
			add_ref(&rows, r, f->no, r->f[i].v.id, deps->shift);
		if (f && f->flags & (FIELD_DUE | FIELD_DAY) && r->f[i].v.tag == V_INT)
			add_due(&rows, r, f->no, f->kind == KIND_DATETIME ? cmin_date(r->f[i].v.i) : r->f[i].v.i);
	}
	sort_rows(out, rows.n);
	return rows.n;
}

/* ---- reading rows back --------------------------------------------------------------------------- */

bool index_read_shift(struct kv_bytes key, struct kv_bytes value, struct shift_row *out)
{
	if (key.n != INDEX_BY_TIME_KEY || value.n != SHIFT_VALUE)
		return false;
	const uint8_t *k = get_id(key.p, &out->unit), *p = value.p;
	out->start = be_get_signed(k, INDEX_TIME);
	get_id(k + INDEX_TIME, &out->shift);
	out->end = be_get_signed(p, 8);
	p = get_id(p + 8, &out->role);
	out->state = p[0];
	out->noted = p[1] != 0;
	out->need = (uint16_t)be_get(p + 2, 2);
	out->wished = (uint16_t)be_get(p + 4, 2);
	out->filled = (uint16_t)be_get(p + 6, 2);
	return true;
}

bool index_read_duty(struct kv_bytes key, struct kv_bytes value, struct id *volunteer, struct duty_row *out)
{
	if (key.n != INDEX_BY_TIME_KEY || value.n != DUTY_VALUE)
		return false;
	struct id whose;
	const uint8_t *k = get_id(key.p, &whose), *p = value.p;
	if (volunteer)
		*volunteer = whose;
	out->start = be_get_signed(k, INDEX_TIME);
	get_id(k + INDEX_TIME, &out->assignment);
	p = get_id(get_id(get_id(p, &out->shift), &out->unit), &out->role);
	out->end = be_get_signed(p, 8);
	out->minutes = (int32_t)be_get_signed(p + 8, 4);
	out->state = p[12];
	out->attendance = p[13];
	out->shift_state = p[14];
	return true;
}

bool index_read_seat(struct kv_bytes key, struct kv_bytes value, struct seat_row *out)
{
	if (value.n != SEAT_VALUE || !index_read_ref(key, &out->assignment))
		return false;
	const uint8_t *p = get_id(get_id(value.p, &out->volunteer), &out->organisation);
	out->places = (uint16_t)be_get(p, 2);
	out->state = p[2];
	out->attendance = p[3];
	return true;
}

bool index_read_ref(struct kv_bytes key, struct id *source)
{
	if (key.n != INDEX_REF_KEY)
		return false;
	get_id((const uint8_t *)key.p + INDEX_REF_PREFIX, source);
	return true;
}

bool index_read_due(struct kv_bytes key, struct due_row *out)
{
	if (key.n != INDEX_DUE_KEY)
		return false;
	const uint8_t *p = key.p;
	out->date = (civil_date)be_get_signed(p, INDEX_DATE);
	out->type = p[4];
	out->field = p[5];
	get_id(p + 6, &out->id);
	return true;
}
