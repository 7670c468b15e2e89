/* store/index.h - the rows that stand in the index tables because of one record: pure functions from records to rows
 * and back.
 *
 *   by-time    unit(16) start(8) shift(16)            -> end(8) role(16) state(1) noted(1) need(2) wished(2)
 *     filled(2)
 *   by-person  volunteer(16) start(8) assignment(16)  -> shift(16) unit(16) role(16) end(8) minutes(4) state(1)
 *     attendance(1)
 *                                                        shift state(1)
 *   ref        target(16) type(1) field(1) source(16) -> of an assignment's shift: volunteer(16) organisation(16)
 *     places(2)
 *                                                        state(1) attendance(1); else nothing
 *   due        date(4) type(1) field(1) id(16)        -> nothing
 * All numbers big-endian; signed ones with the top bit turned, so that they sort. No row holds personal data.
 *
 * by-time has the alive shifts that have a unit and a start. by-person has the alive assignments of a volunteer; when
 * their shift is deleted or unknown the row stays (start 0 if unknown) with shift state 0, so that everything that a
 * volunteer holds is found. ref has the references of alive records that index_is_listed() tells; by-person serves
 * assignment.volunteer. What another record decides comes in as index_deps. */
#ifndef STORE_INDEX_H
#define STORE_INDEX_H

#include "store/kv.h"
#include "store/store.h"

enum {
	INDEX_VALUE_MOST = 64,
	INDEX_MOST = 16,          /* rows of one record; checked against the schema by an assertion */
	INDEX_TIME = 8, INDEX_DATE = 4,
	INDEX_BY_TIME_KEY = 40, INDEX_REF_PREFIX = 18, INDEX_REF_KEY = 34, INDEX_DUE_KEY = 22,
};

struct index_row {
	uint8_t table, nkey, nvalue;
	uint8_t key[KV_KEY_MOST], value[INDEX_VALUE_MOST];
};

struct index_deps {
	const struct rec *shift;      /* of an assignment; NULL when there is none */
	uint32_t filled;              /* of a shift: the places that its assignments cover */
};

/* All rows of a record (none when it is NULL or not alive), ascending by table and key. */
size_t index_rows(const struct rec *r, const struct index_deps *deps, struct index_row out[INDEX_MOST]);
/* Is there a row in ref for whom this field points at? Nearly all shifts, and places on them, point at few units, roles
 * and organisations. Who does is asked before one of those is deleted, and then looked for in the records: rows for it
 * would be half of what stands in ref. */
bool index_is_listed(int type, int field);
/* Which rows say something of a field, or are there because of it: those of its record (index_rows), or what those of the
 * assignments of a shift take from the shift (index_deps). A record in which no such field is written, and that lives or
 * doesn't as before, keeps its rows. */
enum index_use { INDEX_OWN = 1 << 0, INDEX_OF_DUTIES = 1 << 1 };
int index_uses(int type, int field);
/* Their order. */
int index_compare_rows(const struct index_row *x, const struct index_row *y);
/* How many places an assignment covers: 0 unless it is alive, and accepted for the time that the shift has
 * (assignment_state). */
uint32_t index_places(const struct rec *assignment, const struct rec *shift);

/* The beginnings of keys, for scans. Each returns its length. */
size_t index_key_time(uint8_t *key, struct id owner, civil_min start);            /* by-time, by-person */
size_t index_key_shift(uint8_t *key, const struct shift_row *row);                /* by-time, whole */
size_t index_key_ref(uint8_t *key, struct id target, int type, int field);
size_t index_key_due(uint8_t *key, civil_date date);

/* Reading rows back; false when the sizes are wrong. */
bool index_read_shift(struct kv_bytes key, struct kv_bytes value, struct shift_row *out);
bool index_read_seat(struct kv_bytes key, struct kv_bytes value, struct seat_row *out);
/* *volunteer may be NULL. */
bool index_read_duty(struct kv_bytes key, struct kv_bytes value, struct id *volunteer, struct duty_row *out);
bool index_read_due(struct kv_bytes key, struct due_row *out);
bool index_read_ref(struct kv_bytes key, struct id *source);

/* The same rows straight from records, for views of the past. False when the record has no such row. */
bool index_shift_row(const struct rec *shift, uint32_t filled, struct shift_row *out);
bool index_seat_row(const struct rec *assignment, const struct rec *shift, struct seat_row *out);
bool index_duty_row(const struct rec *assignment, const struct rec *shift, struct duty_row *out);

#endif
