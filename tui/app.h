/* tui/app.h - the program as seen: a stack of screens, one loop, and what all screens share.
 *
 * Model, view, update. Each event goes to the top screen: first to its own event(), then to its form or list (what is
 * being typed, arrows), then to the actions of its contexts; then everything is drawn anew. Nothing waits
 * inside a handler and there is no second loop: dialogs are screens that call back. A handler may write to the
 * store; when store_version() has grown, screens are loaded again before they are drawn. Screens that are popped
 * live until the handler has returned.
 *
 * Picture: line 0 title (path of screens, status at the right), the body, the message line, the hint bar. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "roster/book.h"
#include "store/change.h"
#include "tui/action.h"
#include "tui/canvas.h"
#include "tui/form.h"
#include "tui/keys.h"
#include "tui/list.h"
#include "tui/term.h"

/* ---- a screen ------------------------------------------------------------------------------------- */
struct screen_ops {
	const char *name;                  /* stable: "roster" */
	const char *title;                 /* msgid; "" for dialogs */
	uint64_t contexts;                 /* of its actions; CTX_ANY and, unless overlay, CTX_MAIN are added */
	bool overlay;                      /* a dialog: drawn over the screen below */
	bool alone;                        /* no actions but those of `contexts`: it can't be left by Esc (lock) */
	/* Read the model through the view into s->model (emptied just before), set s->list's rows. Called before
	 * the first picture and when the store has changed; not for screens without it. A sentence in *e is shown
	 * in the body instead of the screen, and until a load succeeds nothing below is called but close, nor can
	 * anything be done but what can be done everywhere: there is no model. */
	int (*load)(struct screen *s, struct view *v, struct err *e);
	/* Only reads the screen; may not write, query or block. `a` lasts for this picture. */
	void (*draw)(const struct screen *s, struct canvas *cv, struct rect body, struct arena *a);
	/* What the screen itself types into or moves in, asked before list, form and actions: true when used. NULL:
	 * nothing. Clicks and timers never come here. */
	bool (*event)(struct screen *s, const struct event *ev);
	/* At the right of the title line; NULL: list_status(). */
	const char *(*status)(const struct screen *s, struct arena *a);
	/* A title that depends on what is shown ("Søren Ærø"); NULL: `title`. */
	const char *(*heading)(const struct screen *s, struct arena *a);
	/* The group that `u` takes back here, no == 0 for none; NULL: the last one. */
	struct dot (*undoes)(const struct screen *s);
	/* The merge that it takes back instead; 0: none, so what undoes() says. */
	uint64_t (*undoes_merge)(const struct screen *s);
	/* Once, when its first picture has been seen and no key waits, for what needn't be done before. It may write
	 * what is no record: what was loaded stays true. NULL: nothing. */
	void (*shown)(struct screen *s);
	/* A bit of long work, at most ~20 ms, while s->working. Esc clears s->working and calls it once more, to
	 * let go and say how far it came; work that can't be left at once sets s->working again. NULL: none. */
	void (*step)(struct screen *s);
	/* What would be lost by leaving, beside a form, as text: kept as a form's draft is, under s->draft, and taken
	 * up when such a screen is next pushed, before it is loaded. NULL: nothing. */
	void (*keep)(const struct screen *s, struct buf *out);
	void (*take_up)(struct screen *s, const char *text);
	void (*close)(struct screen *s);   /* free what arenas don't; the app frees list and form */
};

struct screen {
	const struct screen_ops *ops;
	struct app *app;
	struct arena *arena;               /* lives as long as the screen */
	struct arena *model;               /* emptied before each load */
	struct list *list;                 /* the screen's, if any: events, clicks, marks, status are handled */
	struct form *form;                 /* likewise */
	void *data;                        /* the screen's own struct, in arena */
	const char *draft;                 /* set before pushing, in arena: what its draft is kept under */
	int64_t as_of;                     /* load reads the store as of then (seconds UTC); 0: now */
	bool working;                      /* step() is wanted */
	bool writing;                      /* the work writes to the store beside the program: until it is done nobody
	                                    * here reads from it, nor locks it */
	bool typing;                       /* letters are text in event(), so hints show other keys */
	/* the app's */
	bool loaded, was_shown;
	uint64_t version;
	struct err trouble;                /* why load failed */
	int focus;                         /* of the form when its draft was kept last */
	struct book *past;                 /* the address book as_of then */
	struct screen *next_closed;
};

/* A new screen with a zeroed data struct of `size` bytes; nobody owns it until it is pushed. */
struct screen *screen_new(struct app *app, const struct screen_ops *ops, size_t size);

/* ---- making the program ----------------------------------------------------------------------------- */
struct app_opts {
	struct store *store;                       /* borrowed; NULL until app_set_store (first run) */
	struct os_clock clock;
	const struct action_set *const *sets;      /* all actions; screens_actions() in the program */
	size_t nsets;
	/* The store's settings (tui/settings.h) come on top of these, also when they change. But glyphs that `ascii`
	 * took away don't come back before the next start. */
	int lock_minutes;                          /* idle lock of a sealed store; 0: never */
	bool ascii, mouse;
	bool vim;                                  /* h j k l g G move, where no text is typed */
	bool keep_lang;                            /* the language was asked for: no setting changes it at the start */
	/* Where drafts go so that they survive a crash, sealed, by name; NULL text forgets. load returns NULL or arena
	 * text. May be NULL: then drafts last as long as the program. */	void *draft_ctx;
	/* Also of draft_ctx: called before the program locks, as nobody is there: what takes long and should be thought
	 * of by nobody. The store is open, no view is. May be NULL. */
	void (*idle)(void *ctx);
	void (*draft_save)(void *ctx, const char *name, const char *text);
	const char *(*draft_load)(void *ctx, const char *name, struct arena *a);
};

struct app *app_new(const struct app_opts *opts);
void app_free(struct app *app);
/* Push the first screen before this. Draws, waits, handles, until quit or hang-up. */
void app_run(struct app *app, struct term *t);

/* The parts of app_run, for tests. */
void app_event(struct app *app, const struct event *ev);
void app_draw(struct app *app, struct canvas *cv);
int app_timeout(const struct app *app, int64_t now_ms);    /* ms until EV_TIMER is wanted; -1: never */
bool app_is_done(const struct app *app);

/* ---- what handlers use -------------------------------------------------------------------------------- */
void app_push(struct app *app, struct screen *s);          /* takes ownership */
void app_pop(struct app *app, struct screen *s);           /* leave s and everything above it; the last screen stays */
void app_go(struct app *app, struct screen *s);            /* leave all but the home screen, then push s */
void app_replace(struct app *app, struct screen *s, struct screen *fresh);     /* push fresh, and forget s below it */
void app_home(struct app *app);                            /* back to the first screen */
void app_quit(struct app *app);                            /* asks first when drafts would be lost */
struct screen *app_top(struct app *app);
bool app_is_first(const struct app *app, const struct screen *s);      /* nothing to go back to */
struct screen *app_main(struct app *app);                  /* the top full screen, below dialogs */
struct screen *app_screen_named(struct app *app, const char *name);    /* topmost of that name on the stack; NULL */

/* One line that says what happened; stays until the next key. */
void app_toast(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void app_fail(struct app *app, const struct err *e);       /* the same, as an error */
/* A change has been committed: toasts "sentence · undo: u" (or that nothing had to be changed). */
void app_done(struct app *app, const struct change_result *r, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* What came of an act: app_done(), or app_fail() where rc isn't OK. True when it is done. */
bool app_did(struct app *app, int rc, const struct change_result *r, const struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

struct store *app_store(struct app *app);                  /* NULL before the first run is over */
void app_set_store(struct app *app, struct store *s);      /* borrowed; all screens load again */
/* The address book, read again when the store has changed; NULL and *e when it can't be. It lives until the screen
 * that asked for it in load is loaded again, for a handler until it returns. A screen as it was gets that of its
 * time. */
struct book *app_book(struct app *app, struct view *v, struct err *e);
struct book *app_book_now(struct app *app, struct err *e);     /* the same for a handler, which has no view */
struct arena *app_scratch(struct app *app);                /* emptied after each event and picture */
civil_min app_now(const struct app *app);
struct os_clock app_clock(const struct app *app);
civil_date app_today(const struct app *app);
void screen_reload(struct screen *s);                      /* load this screen again before it is drawn */
void app_reload(struct app *app);                          /* load all screens again (another view of the same store) */
/* A form with s->draft is never lost: it is kept when a field or the screen is left or the terminal goes, and
 * typed in again when the screen is next pushed. Saving ends that by form_set_clean(). */
/* The key that led to what runs now; K_NONE from the palette or a click. */
int app_key(const struct app *app);
/* Forget the keys and all that was read, and ask for the passphrase. */
void app_lock(struct app *app);

/* For help and tests: the action tables, and running a row as its key would (with its refusal as a message). */
const struct action_set *const *app_actions(const struct app *app, size_t *n);
uint64_t screen_contexts(const struct screen *s);
void app_run_action(struct app *app, struct screen *s, const struct action *a);

#endif
