/* tui/keys.h - what comes from the terminal: keys with their names, pasted text, clicks and what the system says.
 *
 * A key is a code point for what can be typed, a control code for Ctrl with a letter, or one of the numbers below.
 * Names are stable ASCII ("Enter", "Ctrl-F", "Shift-Down", "æ") for tables, tests and manuals; labels are for
 * people. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define K_CTRL(letter) ((letter) & 0x1F)

enum key {
	K_NONE = 0, K_TAB = 9, K_ENTER = 13, K_ESC = 27, K_SPACE = 32, K_BACKSPACE = 127,
	K_FIRST = 0x110000,             /* above all of Unicode */
	K_UP, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END, K_PGUP, K_PGDN, K_INSERT, K_DELETE, K_BACKTAB,
	K_SHIFT_UP, K_SHIFT_DOWN, K_SHIFT_LEFT, K_SHIFT_RIGHT, K_CTRL_LEFT, K_CTRL_RIGHT,
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10, K_F11, K_F12,
	K_LAST,
};

enum event_what {
	EV_NONE,
	EV_KEY,
	EV_PASTE,        /* bracketed paste, whole: text, never commands */
	EV_CLICK,        /* row, col; key is 0, or K_UP/K_DOWN of the wheel */
	EV_RESIZE,       /* rows, cols */
	EV_TIMER,        /* what app_timeout() asked for has passed */
	EV_HANGUP,       /* the terminal is gone or we are told to stop: save and leave */
};

struct event {
	enum event_what what;
	int key;
	int row, col;
	int rows, cols;
	const char *text;          /* of a paste: valid UTF-8, line breaks as \n; lives until the next event is read */
	int64_t ms;                /* monotonic clock */
};

#define KEY_NAME 24            /* bytes of a name with its NUL */
char *key_to_name(char buf[KEY_NAME], int key);
/* The first name in s; *next (may be NULL) gets what follows it and its blanks. K_NONE when s is empty or no name. */
int key_parse(const char *s, const char **next);
/* As shown: ↑ ↓ ← →, "Space" translated, else the name. */
const char *key_label(char buf[KEY_NAME], int key);
/* Does a list of names ("u Ctrl-Z") hold the key? */
bool key_in(const char *names, int key);
bool key_is_text(int key);     /* typed into a field: a code point that isn't a control */
/* Can be pressed on a Danish keyboard without AltGr or a dead key, and isn't taken by terminals (Ctrl-H, -I, -J,
 * -M, -[, and -C, -S, -Q only in raw mode, which we have). Source: xkb-data symbols/dk and latin(type2). */
bool key_is_danish(int key);

#endif
