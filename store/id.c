/* store/id.c - see id.h. Owns the layout of ids and how they are written. Must not know what an id names, and keeps no
 * counter: whoever makes ids brings the numbers. */
#include "store/id.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>
#include <uuid.h>

#include "base/lang.h"
#include "store/be.h"

static_assert(sizeof(uuid_t) == sizeof(struct id), "libuuid's UUID is our id");

enum { ID_DIGITS = 32 };

const struct id ID_NONE = {{0}};
const struct id ID_ERASED = {
	{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

/* Our own namespaces (RFC 9562 § 6.6), drawn once. They are part of the data format: another number would make other
 * ids, and two sites would no longer meet on one record. */
static const struct id SPACE_ASSIGNMENT = {
	{0x87, 0x23, 0x38, 0x56, 0x47, 0xc1, 0x49, 0x4d, 0x97, 0x4a, 0xf3, 0x12, 0x5d, 0xf5, 0xfe, 0x89}};
static const struct id SPACE_LINK = {
	{0xa6, 0x0d, 0x63, 0x07, 0xd8, 0xe6, 0x4e, 0xe2, 0xb9, 0xb6, 0x7e, 0xe7, 0x6f, 0x11, 0x48, 0x97}};
static const struct id SPACE_SETTING = {
	{0xbf, 0x19, 0xab, 0x6b, 0x3f, 0x23, 0x44, 0xae, 0x85, 0xd3, 0x98, 0x5e, 0xaa, 0x75, 0x9d, 0xf5}};
static const struct id SPACE_ERASURE = {
	{0x1d, 0x6c, 0x9b, 0xe2, 0x70, 0xf4, 0x45, 0x0a, 0x9e, 0x2b, 0x83, 0x5d, 0x46, 0xc8, 0x11, 0xa7}};
static const struct id SPACE_DATED = {
	{0x56, 0x23, 0x8f, 0xe9, 0x6b, 0x96, 0x4d, 0xe7, 0x8c, 0xec, 0xa3, 0xe3, 0xa4, 0x4a, 0x3d, 0x04}};
static const struct id SPACE_TEMPLATE = {
	{0x04, 0x41, 0xc1, 0xde, 0xa8, 0xfa, 0x4a, 0x5c, 0xb0, 0x61, 0x41, 0xb7, 0x60, 0x77, 0xc5, 0xfe}};
static const struct id SPACE_WORDING = {
	{0x99, 0x7c, 0xcf, 0x08, 0x3a, 0x66, 0x48, 0x05, 0x9a, 0x5e, 0x34, 0x96, 0x93, 0x34, 0x60, 0xbd}};
static const struct id SPACE_PIECE = {
	{0xbe, 0x14, 0x23, 0x8b, 0xe9, 0x72, 0x40, 0x48, 0x8d, 0x48, 0xa8, 0xd0, 0xc4, 0xc6, 0xc6, 0x36}};
static const struct id SPACE_QUALIFICATION = {
	{0x53, 0x23, 0xa6, 0x69, 0xaf, 0x01, 0x4c, 0xab, 0xae, 0xf1, 0x7f, 0xf9, 0x14, 0x2c, 0x0d, 0xe7}};
static const struct id SPACE_SERIES_PART = {
	{0x10, 0xd7, 0x04, 0x87, 0x74, 0x84, 0x4b, 0x80, 0x76, 0x9b, 0xb1, 0x58, 0x70, 0xc5, 0xba, 0xbf}};
static const struct id SPACE_SERIES_EXCEPTION = {
	{0x43, 0x09, 0x57, 0xf6, 0x5c, 0x89, 0x0e, 0x86, 0x7a, 0xcc, 0x42, 0x35, 0xc1, 0x04, 0x98, 0xbc}};
static const struct id SPACE_SERIES_PLACE = {
	{0x48, 0x4e, 0x1b, 0x56, 0x67, 0x3b, 0x96, 0xe9, 0xd2, 0xd0, 0x87, 0x12, 0xaf, 0xac, 0x91, 0x6a}};
static const struct id SPACE_CALL = {
	{0xbc, 0xc5, 0x5b, 0x64, 0x20, 0xe5, 0x3a, 0xfd, 0x90, 0x36, 0x1a, 0x19, 0x97, 0x44, 0xba, 0x7b}};
static const struct id SPACE_VIGIL = {
	{0x5a, 0x87, 0x09, 0x5a, 0xef, 0xe5, 0x44, 0x85, 0x81, 0x82, 0x33, 0xba, 0x93, 0x0d, 0x5b, 0x58}};
static const struct id SPACE_WATCH = {
	{0x1b, 0xd8, 0xde, 0xa8, 0x2a, 0x51, 0x48, 0x56, 0xb0, 0x1c, 0x94, 0x2e, 0x27, 0xaf, 0xc1, 0x30}};

/* Of version 8 are what a counter made (the bit is clear) and what has a name and stands beside others (it is set). */
enum { VERSION_AT = 6, VERSION_8 = 0x80, VARIANT_AT = 8, VARIANT = 0x80, BESIDE = 0x20 };
enum { BESIDE_BYTES = 4 };

/* inc's upper 48 bits | 8 | inc's lower 12 bits | binary 100 | counter's 61 bits, all big-endian. */
struct id id_make(uint64_t inc, uint64_t counter)
{
	assert(inc >> 60 == 0);
	assert(counter >> ID_COUNTER_BITS <= 1);
	uint64_t upper = (inc >> 12) << 16 | 0x8000 | (inc & 0xfff);
	uint64_t lower = UINT64_C(1) << 63 | counter;
	struct id x;
	be_put(be_put(x.b, upper, 8), lower, 8);
	return x;
}

/* The upper half of the counters is nobody's: what another site claims was made here can't drive our counter to its
 * end. */
bool id_made(struct id x, uint64_t *inc, uint64_t *counter)
{
	uint64_t upper = be_get(x.b, 8), lower = be_get(x.b + 8, 8);
	if ((upper >> 12 & 0xf) != 8 || lower >> ID_COUNTER_BITS != 8)
		return false;
	*inc = upper >> 16 << 12 | (upper & 0xfff);
	*counter = lower & ~(UINT64_C(0xf) << ID_COUNTER_BITS);
	return true;
}

static struct id named(const struct id *space, const void *name, size_t n)
{
	struct id x;
	uuid_generate_sha1(x.b, space->b, name, n);
	assert(x.b[6] >> 4 == 5);
	return x;
}

/* What belongs to x: told apart from the others that do by n bytes. */
static struct id named_of(const struct id *space, struct id x, const void *p, size_t n)
{
	enum { PART_MOST = 36 };
	uint8_t name[sizeof x.b + PART_MOST];
	assert(n <= PART_MOST);
	memcpy(name, x.b, sizeof x.b);
	memcpy(name + sizeof x.b, p, n);
	return named(space, name, sizeof x.b + n);
}

static struct id numbered(const struct id *space, struct id x, uint32_t number)
{
	uint8_t bytes[4];
	be_put(bytes, number, sizeof bytes);
	return named_of(space, x, bytes, sizeof bytes);
}

/* A name's id, but for its beginning: ids that begin alike lie on the same pages of a store. */
static struct id beside(const uint8_t start[BESIDE_BYTES], struct id x)
{
	memcpy(x.b, start, BESIDE_BYTES);
	x.b[VERSION_AT] = (uint8_t)(VERSION_8 | (x.b[VERSION_AT] & 0x0f));
	x.b[VARIANT_AT] = (uint8_t)(VARIANT | BESIDE | (x.b[VARIANT_AT] & 0x1f));
	return x;
}

/* Days in their order, those before 1970 too. */
static struct id beside_day(int32_t day, struct id x)
{
	uint8_t start[BESIDE_BYTES];
	be_put(start, (uint32_t)day ^ UINT32_C(1) << 31, sizeof start);
	return beside(start, x);
}

struct id id_assignment(struct id shift, struct id holder)
{
	return beside(shift.b, named_of(&SPACE_ASSIGNMENT, shift, holder.b, sizeof holder.b));
}

struct id id_link(int kind, struct id from, struct id to)
{
	assert(kind > 0 && kind <= UINT8_MAX);
	uint8_t name[33] = {(uint8_t)kind};
	memcpy(name + 1, from.b, 16);
	memcpy(name + 17, to.b, 16);
	return named(&SPACE_LINK, name, sizeof name);
}

struct id id_qualification(struct id kind, struct id volunteer)
{
	return named_of(&SPACE_QUALIFICATION, kind, volunteer.b, sizeof volunteer.b);
}

struct id id_call(struct id shift, struct id volunteer, int32_t day, struct id site)
{
	uint8_t part[sizeof volunteer.b + 4 + sizeof site.b];
	memcpy(part, volunteer.b, sizeof volunteer.b);
	memcpy(be_put(part + sizeof volunteer.b, (uint32_t)day, 4), site.b, sizeof site.b);
	return beside_day(day, named_of(&SPACE_CALL, shift, part, sizeof part));
}

struct id id_vigil(struct id unit, int64_t start)
{
	return numbered(&SPACE_VIGIL, unit, (uint32_t)start);
}

struct id id_watch(struct id vigil, uint32_t number)
{
	return beside(vigil.b, numbered(&SPACE_WATCH, vigil, number));
}

struct id id_vigil_talk(struct id vigil, struct id volunteer)
{
	return named_of(&SPACE_VIGIL, vigil, volunteer.b, sizeof volunteer.b);
}

struct id id_setting(const char *key)
{
	return named(&SPACE_SETTING, key, strlen(key));
}

struct id id_erasure(const char *who)
{
	return named(&SPACE_ERASURE, who, strlen(who));
}

struct id id_receipt(struct id erasure, struct id site)
{
	return named(&erasure, site.b, sizeof site.b);
}

struct id id_dated(struct id source, int32_t day)
{
	return beside_day(day, numbered(&SPACE_DATED, source, (uint32_t)day));
}

struct id id_series_part(struct id origin, int32_t day)
{
	return numbered(&SPACE_SERIES_PART, origin, (uint32_t)day);
}

struct id id_series_exception(struct id origin, int32_t day)
{
	return numbered(&SPACE_SERIES_EXCEPTION, origin, (uint32_t)day);
}

struct id id_series_place(struct id origin, struct id holder)
{
	return named_of(&SPACE_SERIES_PLACE, origin, holder.b, sizeof holder.b);
}

struct id id_template(const char *name)
{
	return named(&SPACE_TEMPLATE, name, strlen(name));
}

struct id id_wording(struct id tmpl, const uint8_t hash[32])
{
	return named_of(&SPACE_WORDING, tmpl, hash, 32);
}

struct id id_piece(struct id attachment, uint32_t number)
{
	return numbered(&SPACE_PIECE, attachment, number);
}

struct id id_machine(struct id store, const char *machine)
{
	return named(&store, machine, strlen(machine));
}

char *id_format(char buf[ID_TEXT], struct id x)
{
	uuid_unparse_lower(x.b, buf);
	return buf;
}

const char *id_format_end(char buf[ID_TEXT], const struct id *all, size_t n, size_t which, size_t digits)
{
	char other[ID_TEXT];
	size_t end = ID_TEXT - 1 - digits;
	bool alone = true;
	assert(which < n && digits > 0 && digits <= 12);
	id_format(buf, all[which]);
	for (size_t i = 0; i < n; i++)
		alone = alone && (i == which || strcmp(id_format(other, all[i]) + end, buf + end) != 0);
	return alone ? buf + end : buf;
}

int id_parse(const char *s, struct id *out, struct err *e)
{
	char text[ID_TEXT];
	size_t n = 0;
	if (strlen(s) == ID_DIGITS)
		for (int i = 0; i < ID_DIGITS; i++) {
			if (i == 8 || i == 12 || i == 16 || i == 20)
				text[n++] = '-';
			text[n++] = s[i];
		}
	else if (strlen(s) == ID_TEXT - 1)
		for (; n < ID_TEXT - 1; n++)
			text[n] = s[n];
	text[n] = '\0';
	if (n != ID_TEXT - 1 || uuid_parse(text, out->b) != 0)
		return err_set(e, ERR_DATA, _("\"%.60s\" is not an id: an id is 32 digits 0-9 and a-f"), s);
	return OK;
}

bool id_fits(struct id x, const char *shortened)
{
	static const char hex[] = "0123456789abcdef";
	char all[ID_DIGITS], part[ID_DIGITS];
	size_t n = 0;
	for (int i = 0; i < 16; i++) {
		all[2 * i] = hex[x.b[i] >> 4];
		all[2 * i + 1] = hex[x.b[i] & 15];
	}
	for (const char *p = shortened; *p; p++) {
		if (*p == '-')
			continue;
		if (n == ID_DIGITS || !isxdigit((unsigned char)*p))
			return false;
		part[n++] = (char)tolower((unsigned char)*p);
	}
	return n > 0 && (memcmp(all, part, n) == 0 || memcmp(all + ID_DIGITS - n, part, n) == 0);
}
