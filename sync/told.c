/* sync/told.c - see meet_priv.h. Owns what need be told only once: of files that nobody can do anything about, and that lie
 * there for ever. Must not know the sentences. */
#include <assert.h>
#include <string.h>

#include "base/hash.h"
#include "store/vault.h"
#include "sync/meet_priv.h"
#include "sync/ring_keys.h"

#define ROW "told"
/* The latest: whoever has more is told of some again. */
enum { TOLD_MOST = 8192, TOLD = 8 };

static void name_it(enum sync_why why, const char *path, const char *site, uint8_t out[TOLD])
{
	uint8_t hash[SEGMENT_HASH];
	struct buf b = {0};
	buf_addc(&b, (char)why);
	buf_add(&b, path, strlen(path) + 1);
	buf_add(&b, site, strlen(site) + 1);
	hash_256(b.n ? b.p : "", b.n, hash);
	buf_free(&b);
	memcpy(out, hash, TOLD);
}

/* What can't be read was never told. */
int told_load(struct meet *m, struct err *e)
{
	const void *p;
	size_t n;
	int rc = vault_read(m->s, m->work, ROW, &p, &n, e);
	if (rc == OK && p && n % TOLD == 0)
		buf_add(&m->once, p, n);
	m->once_saved = m->once.n;
	return rc;
}

bool told_before(struct meet *m, enum sync_why why, const char *path, const char *site)
{
	uint8_t name[TOLD];
	name_it(why, path, site, name);
	for (size_t i = 0; i + TOLD <= m->once.n; i += TOLD)
		if (memcmp(m->once.p + i, name, TOLD) == 0)
			return true;
	buf_add(&m->once, name, TOLD);
	return false;
}

int told_save(struct meet *m, struct err *e)
{
	size_t n = m->once.n, most = (size_t)TOLD_MOST * TOLD;
	assert(n % TOLD == 0 && n >= m->once_saved);
	if (m->dry || m->once.oom || n == m->once_saved)
		return OK;
	const char *from = m->once.p + (n > most ? n - most : 0);
	struct vault_row row = {ROW, from, n > most ? most : n};
	return vault_put(m->s, &row, 1, e);
}
