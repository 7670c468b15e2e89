/* sync/receipts.c - see receipts.h. Owns whom a receipt is expected from. Must not know how one is written
 * (store/erase.c). */
#include "sync/receipts.h"

#include <assert.h>
#include <stdlib.h>

#include "store/erase.h"
#include "sync/ring.h"
#include "sync/sync.h"

int receipts_prepare(struct store *s, struct err *e)
{
	struct ring *r = NULL;
	int rc = ring_load(s, &r, e);
	if (rc == OK && r)
		rc = ring_share(s, r, e);
	ring_free(r);
	return rc;
}

/* ---- who is expected ------------------------------------------------------------------------------- */

struct expected { const struct sync_site *site; size_t n; };

static int find_expected(struct store *s, struct view *v, struct arena *a, struct expected *out, struct err *e)
{
	struct sync_site *site = NULL;
	int rc = sync_sites(s, a, &site, &out->n, e);
	if (rc == ERR_NOTFOUND) {
		site = arena_alloc(a, sizeof *site);
		*site = (struct sync_site){.name = view_title(v, a, store_site(s)), .site = store_site(s), .role = RING_FULL,
			.self = true};
		out->n = 1;
		rc = OK;
	}
	assert(rc != OK || out->n > 0);        /* this site at least */
	out->site = site;
	return rc;
}

/* ---- one erasure ----------------------------------------------------------------------------------- */

static int by_day(const void *x, const void *y)
{
	const struct receipt_site *p = x, *q = y;
	return (p->day > q->day) - (p->day < q->day);
}

static bool has_confirmed(const struct receipts *x, struct id site)
{
	for (size_t i = 0; i < x->n; i++)
		if (id_equal(x->sites[i].site, site))
			return true;
	return false;
}

static void read_one(struct store *s, struct view *v, struct arena *a, const struct erasure *of, const struct expected *all,
	struct receipts *x)
{
	*x = (struct receipts){.erasure = of->rec, .by = view_title(v, a, rec_id(of->rec, F_ERASURE_SITE)),
		.sites = arena_alloc(a, (of->nreceipts + all->n + 1) * sizeof *x->sites)};
	for (size_t i = 0; i < of->nreceipts; i++) {
		struct id site = rec_id(of->receipt[i], F_RECEIPT_SITE);
		x->sites[x->n++] = (struct receipt_site){.name = view_title(v, a, site), .site = site,
			.day = rec_date(of->receipt[i], F_RECEIPT_DAY),
			.self = id_equal(site, store_site(s))};
	}
	qsort(x->sites, x->n, sizeof *x->sites, by_day);
	for (size_t i = 0; i < all->n; i++) {
		const struct sync_site *m = &all->site[i];
		if (m->role != RING_FULL || m->retired || has_confirmed(x, m->site))
			continue;
		x->nmissing++;
		x->sites[x->n++] = (struct receipt_site){.name = m->name, .site = m->site, .day = DATE_NONE,
			.heard = m->self ? 0 : m->heard, .self = m->self};
	}
	assert(x->nmissing <= x->n && x->n <= of->nreceipts + all->n);
}

int receipts_list(struct store *s, struct view *v, struct arena *a, struct receipts **out, size_t *n, struct err *e)
{
	struct erasure *of = NULL;
	struct expected all = {0};
	*n = 0;
	int rc = erase_list(v, a, &of, n, e);
	if (rc == OK)
		rc = find_expected(s, v, a, &all, e);
	if (rc)
		return rc;
	*out = arena_alloc(a, (*n + 1) * sizeof **out);
	for (size_t i = 0; i < *n; i++)
		read_one(s, v, a, &of[i], &all, &(*out)[i]);
	return OK;
}
