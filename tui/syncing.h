/* tui/syncing.h - what the screens of meeting other sites share: where to meet (screen_sync.c), the meeting
 * (sync_meet.c), what it brought (screen_digest.c) and what is to be decided (screen_disagreements.c). */
#ifndef TUI_SYNCING_H
#define TUI_SYNCING_H

#include "sync/sync.h"
#include "tui/screens.h"

/* What is called outside the store; tests put a stick of their own in its place. */
struct sync_calls {
	int (*places)(struct arena *a, struct folder_place **out, size_t *n, struct err *e);
	int (*sites)(struct store *s, struct arena *a, struct sync_site **out, size_t *n, struct err *e);
	int (*meet)(struct store *s, const char *dir, const struct sync_opts *opts, struct arena *a,
		struct sync_result *out, struct err *e);
	int (*remember)(const char *dir, struct err *e);
};
struct screen *screen_sync_with(struct app *app, const struct sync_calls *calls);

/* Meets at once, and is replaced by what came of it. */
struct screen *screen_meet(struct app *app, const struct sync_calls *calls, const struct folder_place *place);

/* What a merge brought, or nothing. `above` (copied) stands above the rows, each a sentence. */
#define DIGEST_NOTHING UINT64_MAX
struct sentence { const char *text; enum role role; };
struct screen *screen_digest_of(struct app *app, uint64_t merge, const struct sentence *above, size_t n);

/* ---- in words ------------------------------------------------------------------------------------------ */
/* "Anna, Viborg (here)"; either may be "". */
const char *who_text(struct arena *a, const char *person, const char *site, bool mine);

/* ---- what has been looked at ---------------------------------------------------------------------------- */
/* Merges that nobody has looked at here, newest first, at most 20; how many changes they brought. */
struct arrivals { struct merge *merges; size_t n, changes; };
int syncing_arrivals(struct view *v, struct arena *a, struct arrivals *out, struct err *e);
/* From now on nothing up to that merge is news. Nothing happens on a store that is only read. */
void syncing_looked(struct store *s, uint64_t newest_merge);

/* The screen that shows a record best; its history when it is deleted. */
void syncing_open_record(struct app *app, int type, struct id id);

extern const struct action_set actions_sync, actions_meet, actions_digest, actions_disagree;

#endif
