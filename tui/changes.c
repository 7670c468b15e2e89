/* tui/changes.c - see changes.h. Owns how a write is told. Must not change anything. */
#include "tui/changes.h"

#include "base/lang.h"

struct id changes_row_id(struct dot dot)
{
	return id_make(dot.inc, dot.no);
}

static const struct group *group_of(struct changes *c, struct dot dot)
{
	struct group *g;
	for (size_t i = 0; i < CHANGES_SEEN; i++)
		if (c->seen[i] && dot_equal(c->seen[i]->dot, dot))
			return c->seen[i];
	if (log_get(c->v, c->a, dot, &g, NULL))
		return NULL;
	c->seen[c->next] = g;
	c->next = (c->next + 1) % CHANGES_SEEN;
	return g;
}

/* What stood there before: each write knows the group that wrote it. */
static struct value value_before(struct changes *c, const struct write *w)
{
	const struct group *g = w->before.no ? group_of(c, w->before) : NULL;
	for (size_t i = 0; g && i < g->nwrites; i++)
		if (g->writes[i].field == w->field && id_equal(g->writes[i].id, w->id))
			return g->writes[i].v;
	return value_none();
}

static const char *value_words(struct changes *c, const struct field *f, struct value v)
{
	return v.tag == V_NONE || v.tag == V_RAW || !f ? "" : view_field_text(c->v, c->a, f, v);
}

struct change_text changes_text(struct changes *c, const struct write *w)
{
	const struct type *type = schema_type(w->type);
	const struct field *f = schema_field(w->type, w->field);
	struct change_text t = {
		.record = view_title(c->v, c->a, w->id), .type = type ? _(type->label) : "?",
		.field = f ? _(f->label) : "", .from = "", .to = "",
	};
	if (w->field == FIELD_ALIVE) {
		t.field = _("The record");
		t.to = w->v.tag == V_INT && w->v.i ? _("added") : _("deleted");
		return t;
	}
	t.from = value_words(c, f, value_before(c, w));
	t.to = value_words(c, f, w->v);
	return t;
}

char *changes_line(struct changes *c, const struct group *g, struct id about)
{
	char *line = arena_strdup(c->a, "");
	bool is_making = false;
	for (size_t i = 0; i < g->nwrites && g->writes; i++)
		is_making = is_making || (g->writes[i].field == FIELD_ALIVE && id_equal(g->writes[i].id, about));
	for (size_t i = 0; i < g->nwrites && g->writes && !is_making; i++) {
		if (!id_equal(g->writes[i].id, about))
			continue;
		struct change_text t = changes_text(c, &g->writes[i]);
		const char *to = *t.to ? t.to : _("(empty)");
		line = arena_printf(c->a, "%s%s%s: %s%s→ %s", line, *line ? " · " : "", t.field, t.from,
			*t.from ? " " : "", to);
	}
	return line;
}
