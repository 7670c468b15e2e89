/* tui/settings_priv.h - the inside of the settings screen, shared by screen_settings.c (the table) and settings_work.c
 * (passphrase, backup, check). */
#ifndef TUI_SETTINGS_PRIV_H
#define TUI_SETTINGS_PRIV_H

#include "roster/limits.h"
#include "tui/screens.h"

enum { SETTINGS_PASS_LEAST = 8 };      /* bytes of a passphrase */

struct setting;
struct work;

struct settings {
	const struct setting *rows;
	size_t n;
	struct limit limits[LIMIT_COUNT];  /* as the files have them */
	const char **values;               /* by row, in the model */
	const struct setting *asked;       /* what an open prompt is about */
	struct work *work;                 /* NULL: none */
	char progress[160];
	char *fresh;                       /* the new passphrase until it is set; wiped */
	char *path;                        /* of the backup that is asked about */
};

/* Each asks for what it needs (the new passphrase twice, where the backup goes, the passphrase of a sealed store), and
 * then does its work in a process of its own, so that the screen goes on. */
void settings_ask_passphrase(struct screen *s);
void settings_backup(struct screen *s);
void settings_check(struct screen *s);
/* The screen's step: hear how far the work is, and tell when it is over. Nothing without work. */
void settings_step(struct screen *s);
/* The screen's close: the work ends, and what was typed of a passphrase is wiped. */
void settings_close(struct screen *s);

#endif
