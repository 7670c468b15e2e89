/* sync/heal.c - see meet_priv.h. Owns files that are damaged where they lie, under their own name and with their size: who
 * notices, and when they go. Must not know how a good one is written beside them, that is folder.h's.
 *
 * Every file is called after the hash of its bytes, so reading it tells. That costs as much as receiving it: only what
 * somebody may still have to read is looked at. */
#include <assert.h>
#include <string.h>

#include "base/hash.h"
#include "sync/meet_priv.h"
#include "sync/ring_keys.h"

static void remember(struct meet *m, const struct folder_file *file)
{
	struct folder_file spoiled = *file;
	spoiled.path = arena_strdup(m->work, file->path);
	m->spoiled = arena_grow(m->work, m->spoiled, &m->spoiled_cap, m->nspoiled + 1, sizeof *m->spoiled);
	m->spoiled[m->nspoiled++] = spoiled;
}

/* One that can't be read isn't whole, but whether it is damaged only its bytes can tell. */
bool heal_is_whole(struct meet *m, const struct folder_file *file)
{
	struct buf b = {0};
	uint8_t hash[SEGMENT_HASH];
	assert(file->kind < FOLDER_UNKNOWN);
	int rc = folder_read(m->folder, file, &b, NULL);
	hash_256(b.n ? b.p : "", b.n, hash);
	bool whole = rc == OK && memcmp(hash, file->hash, sizeof file->hash) == 0;
	if (rc == OK && !whole)
		remember(m, file);
	buf_free(&b);
	return whole;
}

/* Does anybody, as far as is known here, still need what is in it? */
static bool is_needed(struct meet *m, const struct folder_file *file)
{
	struct dot last = {file->inc, file->last};
	return file->kind != FOLDER_SEGMENT || lines_is_disputed(m, file->inc) || !fold_have_all(m, last);
}

/* With all its bytes, and some of them wrong: that is the stick's doing. Shorter ones are half copied, which is an everyday
 * thing; and beside a good one it was told by who put that there. */
static void tell(struct meet *m, const struct folder_file *file)
{
	meet_trouble(m, SYNC_MENDED, file->path, file->inc ? meet_site(m, file->inc) : "");
}

bool heal_has(struct meet *m, const struct folder_file *want)
{
	const struct folder_file *file = NULL, *damaged = NULL;
	size_t n = 0, whole = 0;
	while ((file = folder_next(m->folder, file, want)))
		n++;
	while ((file = folder_next(m->folder, file, want))) {
		bool good = (n == 1 && file->size == want->size && !is_needed(m, file)) || heal_is_whole(m, file);
		whole += good;
		if (!good && file->size == want->size)
			damaged = file;
	}
	if (!whole && damaged)
		tell(m, damaged);
	return whole > 0;
}

int heal_remove(struct meet *m, struct err *e)
{
	int rc = OK;
	for (size_t i = 0; rc == OK && i < m->nspoiled; i++) {
		const struct ring_member *author = m->spoiled[i].inc ? ring_author(m->ring, m->spoiled[i].inc) : NULL;
		if (author && author->self)
			rc = folder_remove(m->folder, &m->spoiled[i], e);
	}
	return rc;
}
