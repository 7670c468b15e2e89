/* tests/sim/newer.c - see sim.h. Owns programs that are newer than this one: what they write says in its head, more
 * often than not, that it needs a newer reader, and they can read it. To all others it is what such a file will be one
 * day. The linker puts these in the place of what they're named after (tests/sim.mk, --wrap). */
#include "base/os.h"
#include "tests/sim/sim.h"

static bool is_newer;

void newer_is(bool newer)
{
	is_newer = newer;
}

int __real_segment_read_head(struct arena *a, const void *p, size_t n, struct segment_head *out, uint8_t hash[SEGMENT_HASH],
	struct err *e);
int __wrap_segment_read_head(struct arena *a, const void *p, size_t n, struct segment_head *out, uint8_t hash[SEGMENT_HASH],
	struct err *e);
int __real_segment_end(struct segment_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e);
int __wrap_segment_end(struct segment_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e);
int __real_snapshot_end(struct snapshot_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e);
int __wrap_snapshot_end(struct snapshot_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e);

int __wrap_segment_read_head(struct arena *a, const void *p, size_t n, struct segment_head *out, uint8_t hash[SEGMENT_HASH],
	struct err *e)
{
	int rc = __real_segment_read_head(a, p, n, out, hash, e);
	if (rc == OK && is_newer && out->needed == SEGMENT_SCHEMA + 1)
		out->needed = SEGMENT_SCHEMA;
	return rc;
}

static struct segment_head by_newer(const struct segment_head *head, bool needs)
{
	struct segment_head h = *head;
	h.written = is_newer ? SEGMENT_SCHEMA + 1 : h.written;
	h.needed = is_newer && needs ? SEGMENT_SCHEMA + 1 : h.needed;
	return h;
}

int __wrap_segment_end(struct segment_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e)
{
	uint8_t any = 0;
	if (is_newer)
		os_random(&any, 1);
	struct segment_head h = by_newer(head, any % 3 != 0);
	tally(TALLY_NEWER, h.needed > SEGMENT_SCHEMA);
	return __real_segment_end(w, &h, level, key, secret, out, e);
}

/* Whole states hold what the files that need it brought. */
int __wrap_snapshot_end(struct snapshot_writer *w, const struct segment_head *head, enum segment_level level,
	const uint8_t key[SEGMENT_KEY], const uint8_t secret[SEGMENT_SECRET], struct buf *out, struct err *e)
{
	struct segment_head h = by_newer(head, true);
	return __real_snapshot_end(w, &h, level, key, secret, out, e);
}
