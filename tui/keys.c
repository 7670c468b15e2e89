/* tui/keys.c - see keys.h. Owns the names of keys and what a Danish keyboard gives easily; must not know what keys
 * do. */
#include "tui/keys.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"

static const struct row {
	int key;
	const char *name;
	const char *label;      /* msgid; NULL: the name */
} table[] = {
	{K_ENTER, "Enter", NULL}, {K_ESC, "Esc", NULL}, {K_TAB, "Tab", NULL}, {K_SPACE, "Space", N_("Space")},
	{K_BACKSPACE, "Backspace", NULL}, {K_UP, "Up", "↑"}, {K_DOWN, "Down", "↓"}, {K_LEFT, "Left", "←"},
	{K_RIGHT, "Right", "→"}, {K_HOME, "Home", NULL}, {K_END, "End", NULL}, {K_PGUP, "PgUp", NULL},
	{K_PGDN, "PgDn", NULL}, {K_INSERT, "Insert", NULL}, {K_DELETE, "Delete", NULL},
	{K_BACKTAB, "Shift-Tab", NULL}, {K_SHIFT_UP, "Shift-Up", "Shift-↑"}, {K_SHIFT_DOWN, "Shift-Down", "Shift-↓"},
	{K_SHIFT_LEFT, "Shift-Left", "Shift-←"}, {K_SHIFT_RIGHT, "Shift-Right", "Shift-→"},
	{K_CTRL_LEFT, "Ctrl-Left", "Ctrl-←"}, {K_CTRL_RIGHT, "Ctrl-Right", "Ctrl-→"},
};

static const struct row *row_of(int key)
{
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (table[i].key == key)
			return &table[i];
	return NULL;
}

/* A code point as UTF-8; returns the bytes. */
static size_t encode(char *out, int cp)
{
	static const int lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	size_t n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	for (size_t i = n; i-- > 1; cp >>= 6)
		out[i] = (char)(0x80 | (cp & 0x3F));
	out[0] = (char)(n == 1 ? cp : lead[n] | cp);
	return n;
}

static int decode(const char *s, size_t n)
{
	int cp = (unsigned char)s[0];
	if (n > 1)
		cp &= 0x7F >> n;
	for (size_t i = 1; i < n; i++)
		cp = cp << 6 | ((unsigned char)s[i] & 0x3F);
	return cp;
}

char *key_to_name(char buf[KEY_NAME], int key)
{
	const struct row *r = row_of(key);
	if (r)
		snprintf(buf, KEY_NAME, "%s", r->name);
	else if (key >= K_F1 && key <= K_F12)
		snprintf(buf, KEY_NAME, "F%d", key - K_F1 + 1);
	else if (key > 0 && key < K_SPACE)
		snprintf(buf, KEY_NAME, "Ctrl-%c", key | 0x40);
	else if (key > K_SPACE && key < K_FIRST)
		buf[encode(buf, key)] = '\0';
	else
		buf[0] = '\0';
	return buf;
}

static bool is_char(const char *s, size_t n)
{
	size_t want = (unsigned char)*s < 0x80 ? 1 : (unsigned char)*s < 0xE0 ? 2 : (unsigned char)*s < 0xF0 ? 3 : 4;
	return n == want;
}

static int key_of_name(const char *s, size_t n)
{
	char name[KEY_NAME];
	if (n == 0 || n >= sizeof name)
		return K_NONE;
	if (is_char(s, n))
		return decode(s, n);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (strlen(table[i].name) == n && memcmp(table[i].name, s, n) == 0)
			return table[i].key;
	for (int key = K_F1; key <= K_F12; key++)
		if (strncmp(key_to_name(name, key), s, n) == 0 && name[n] == '\0')
			return key;
	if (n == 6 && memcmp(s, "Ctrl-", 5) == 0 && s[5] >= 'A' && s[5] <= '_')
		return K_CTRL(s[5]);
	return K_NONE;
}

int key_parse(const char *s, const char **next)
{
	s += strspn(s, " ");
	size_t n = strcspn(s, " ");
	if (next)
		*next = s + n + strspn(s + n, " ");
	return key_of_name(s, n);
}

const char *key_label(char buf[KEY_NAME], int key)
{
	const struct row *r = row_of(key);
	if (!r || !r->label)
		return key_to_name(buf, key);
	snprintf(buf, KEY_NAME, "%s", _(r->label));
	return buf;
}

bool key_in(const char *names, int key)
{
	while (*names)
		if (key_parse(names, &names) == key && key != K_NONE)
			return true;
	return false;
}

bool key_is_text(int key)
{
	return (key >= K_SPACE && key < K_BACKSPACE) || (key >= 0xA0 && key < K_FIRST);
}

bool key_is_danish(int key)
{
	char name[KEY_NAME];
	if (key >= K_FIRST || row_of(key))
		return true;
	if (key > 0 && key < K_SPACE)
		return strchr("HIJM[\\]^_", key | 0x40) == NULL;
	if (!key_is_text(key))
		return false;
	if (key < 0x80)
		return strchr("[]{}\\|@$~^`", key) == NULL;
	key_to_name(name, key);
	return strstr("æøåÆØÅ", name) != NULL;
}
