/* sync/origin.c - see meet_priv.h. Owns looking up what name-based ids are made of, so that they need not be sent. Must not
 * know how a segment writes them down: what it is told here it checks. */
#include "sync/meet_priv.h"

static bool is_assignment(const struct rec *r, struct origin *out)
{
	struct id volunteer = rec_id(r, F_ASSIGNMENT_VOLUNTEER);
	*out = (struct origin){.kind = ORIGIN_ASSIGNMENT, .from = rec_id(r, F_ASSIGNMENT_SHIFT)};
	out->to = id_is_none(volunteer) ? rec_id(r, F_ASSIGNMENT_ORGANISATION) : volunteer;
	return true;
}

static bool is_link(const struct rec *r, struct origin *out)
{
	*out = (struct origin){.kind = ORIGIN_LINK, .from = rec_id(r, F_LINK_FROM), .to = rec_id(r, F_LINK_TO)};
	out->number = (int32_t)rec_int(r, F_LINK_KIND);
	return true;
}

bool origin_find(void *ctx, int type, struct id id, struct origin *out)
{
	const struct origins *o = ctx;
	struct rec *r = NULL;
	arena_reset(o->a);
	int rc = type == TYPE_ANY ? view_find(o->v, o->a, id, &r, NULL) : view_get(o->v, o->a, type, id, &r, NULL);
	if (rc || !r)
		return false;
	return r->type == TYPE_ASSIGNMENT ? is_assignment(r, out) : r->type == TYPE_LINK && is_link(r, out);
}
