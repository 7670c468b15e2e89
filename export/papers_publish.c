/* export/papers_publish.c - see papers.h: whom to tell when a period is published.
 *
 * Owns what stands on that list. Must not know what keeps a shift a draft (roster/publish.h). */
#include "export/papers_priv.h"

#include "base/lang.h"

struct sheet *paper_published(struct view *v, struct arena *a, const struct published *p)
{
	struct sheet *s = paper_told(v, a, NULL, _("Made so that everybody hears of their shifts. Not to be passed on."));
	paper_told_columns(s, _("First shift"), "shifts", _("Shifts"));
	for (size_t i = 0; i < p->ntold; i++)
		paper_told_row(s, p->told[i].first, p->told[i].name, p->told[i].phone, p->told[i].shifts);
	for (size_t i = 0; i < p->nleft; i++)
		sheet_note(s, arena_printf(a, _("Still a draft: %s (%s)"), p->left[i].title, p->left[i].why));
	return s;
}
