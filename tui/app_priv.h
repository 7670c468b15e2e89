/* tui/app_priv.h - the app's inside, shared by app.c (screens and events), app_draw.c (the picture), app_book.c
 * (names), app_draft.c (what isn't saved yet) and app_settings.c (what is chosen once). */
#ifndef TUI_APP_PRIV_H
#define TUI_APP_PRIV_H

#include "tui/app.h"

/* Full layouts from 60x17 on; smaller windows get a notice, and what is typed waits. */
enum { APP_LEAST_ROWS = 17, APP_LEAST_COLS = 60 };

struct draft { struct draft *next; char *name, *text; };

#define APP_NO_VERSION UINT64_MAX

struct app {
	struct app_opts opts;          /* as the settings make them */
	struct app_opts given;         /* as they were asked for */
	uint64_t settings_of;          /* the store's version whose settings hold; APP_NO_VERSION: none yet */
	const char *lang_seen;         /* the setting then: "da", "en", "" for none */
	char lang_given[4];
	struct store *store;
	struct screen **stack;
	size_t n, cap;
	struct screen *closed;         /* popped, freed when the handler has returned */
	struct arena *scratch;
	struct book *book;             /* as the store is now */
	struct screen *loading;        /* whose load runs; NULL: none */
	struct old_book *old_books;
	struct draft *drafts;
	struct err toast;              /* text "" when there is none; code other than OK is an error */
	const struct canvas *shown;    /* the last picture, for clicks */
	int rows, cols;
	int key;                       /* being handled */
	int64_t last_key_ms;
	bool locked, done;
};

/* Is text typed into the screen, so that letters are no commands? */
bool screen_is_typing(const struct screen *s);
bool app_is_small(const struct app *app);
/* Read the settings where the store is another than when they were last read. */
void app_apply_settings(struct app *app);
/* Close s, if it is open still, and leave what lies above it. */
void app_take_out(struct app *app, struct screen *s);
/* Load what the next picture shows, where it isn't or is old. */
void app_refresh(struct app *app);
/* The first screen of the stack that is drawn: the top one, or below dialogs the full one. */
size_t app_first_drawn(const struct app *app);

/* The book is no longer true, or no longer wanted; freed when no open screen was loaded with it. */
void book_retire(struct app *app);
void book_free_unused(struct app *app);
/* Has nobody pressed a key for so long that it must be locked now? */
bool lock_is_due(const struct app *app, int64_t now_ms);
/* ms until that is to be looked at; -1 never. */
int lock_timeout(const struct app *app, int64_t now_ms);
/* What was loaded of the store as it was at that version needn't be loaded again: since then only what is no record was
 * written. */
void app_still_true(struct app *app, uint64_t version);

/* What was typed into a screen with a draft (its form, or what ops->keep says) is kept by that name, here and by
 * opts.draft_save; when nothing was typed, what was kept is forgotten. All: of each screen that is open. */
void draft_keep(struct app *app, struct screen *s);
void draft_keep_all(struct app *app);
/* Put it into a screen that opens, and say so. */
void draft_restore(struct app *app, struct screen *s);
/* How many are kept here; and let go of those. */
size_t draft_count(const struct app *app);
void draft_free_all(struct app *app);

#endif
