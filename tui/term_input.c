/* tui/term_input.c - see term.h. Owns what bytes of the terminal mean: keys, pastes, clicks, and sequences that
 * nobody knows, which are dropped whole so that their letters never act as commands. */
#include "tui/term_priv.h"

#include <limits.h>
#include <wchar.h>

/* Codes of our own for sequences that terminfo has no short name for; ncurses keeps codes in 16 bits. */
enum { OWN = 2000, PASTE_BEGIN = OWN + 100, PASTE_END };

/* xterm's sequences, which PuTTY, VTE, Windows Terminal, the Linux console and tmux send too. */
static const struct { const char *bytes; int key; } sequences[] = {
	{"\033[1;2A", K_SHIFT_UP}, {"\033[1;2B", K_SHIFT_DOWN}, {"\033[1;2D", K_SHIFT_LEFT},
	{"\033[1;2C", K_SHIFT_RIGHT},
	{"\033[1;5D", K_CTRL_LEFT}, {"\033[1;5C", K_CTRL_RIGHT}, {"\033Od", K_CTRL_LEFT}, {"\033Oc", K_CTRL_RIGHT},
	{"\033[a", K_SHIFT_UP}, {"\033[b", K_SHIFT_DOWN}, {"\033[d", K_SHIFT_LEFT}, {"\033[c", K_SHIFT_RIGHT},
	{"\033[A", K_UP}, {"\033[B", K_DOWN}, {"\033[C", K_RIGHT}, {"\033[D", K_LEFT},
	{"\033[H", K_HOME}, {"\033[F", K_END},
	{"\033[1~", K_HOME}, {"\033[4~", K_END}, {"\033[7~", K_HOME}, {"\033[8~", K_END}, {"\033[Z", K_BACKTAB},
	{"\033OP", K_F1}, {"\033OQ", K_F2}, {"\033OR", K_F3}, {"\033OS", K_F4}, {"\033[11~", K_F1}, {"\033[12~", K_F2},
	{"\033[13~", K_F3}, {"\033[14~", K_F4},
};
enum { NSEQUENCES = sizeof sequences / sizeof *sequences };

static const struct { int code, key; } codes[] = {
	{KEY_UP, K_UP}, {KEY_DOWN, K_DOWN}, {KEY_LEFT, K_LEFT}, {KEY_RIGHT, K_RIGHT},
	{KEY_HOME, K_HOME}, {KEY_END, K_END},
	{KEY_FIND, K_HOME}, {KEY_SELECT, K_END}, {KEY_PPAGE, K_PGUP}, {KEY_NPAGE, K_PGDN}, {KEY_IC, K_INSERT},
	{KEY_DC, K_DELETE}, {KEY_BTAB, K_BACKTAB}, {KEY_BACKSPACE, K_BACKSPACE}, {KEY_ENTER, K_ENTER},
	{KEY_SR, K_SHIFT_UP}, {KEY_SF, K_SHIFT_DOWN}, {KEY_SLEFT, K_SHIFT_LEFT}, {KEY_SRIGHT, K_SHIFT_RIGHT},
};

void term_name_keys(void)
{
	for (int i = 0; i < NSEQUENCES; i++)
		if (key_defined(sequences[i].bytes) <= 0)
			define_key(sequences[i].bytes, OWN + i);
	define_key("\033[200~", PASTE_BEGIN);
	define_key("\033[201~", PASTE_END);
}

static int key_of_code(int code)
{
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return K_F1 + code - KEY_F(1);
	if (code >= OWN && code < OWN + NSEQUENCES)
		return sequences[code - OWN].key;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].code == code)
			return codes[i].key;
	return K_NONE;
}

/* ---- pastes ------------------------------------------------------------------------------------------- */
/* Terminals send Return for a line break, some with a line feed after it. */
static void plain_breaks(struct buf *b)
{
	size_t kept = 0;
	for (size_t i = 0; i < b->n; i++) {
		if (b->p[i] == '\n' && i > 0 && b->p[i - 1] == '\r')
			continue;
		b->p[kept++] = b->p[i];
	}
	b->n = kept;
	for (size_t i = 0; i < kept; i++)
		if (b->p[i] == '\r')
			b->p[i] = '\n';
	if (b->p)
		b->p[kept] = '\0';
}

void term_end_paste(struct term *t, struct event *out)
{
	t->pasting = false;
	plain_breaks(&t->paste);
	out->what = EV_PASTE;
	out->text = t->paste.p ? t->paste.p : "";
}

static void gather(struct term *t, wint_t c)
{
	enum { PASTE_MAX = 1 << 20 };
	char bytes[MB_LEN_MAX];
	mbstate_t state = {0};
	size_t n = wcrtomb(bytes, (wchar_t)c, &state);
	if (n != (size_t)-1 && c != 0 && t->paste.n < PASTE_MAX)
		buf_add(&t->paste, bytes, n);
}

/* ---- Esc, alone or as the start of something ---------------------------------------------------------- */
/* After `ESC [` or `ESC O`: up to the byte that ends it (ECMA-48, 5.4). */
static void drop_sequence(void)
{
	wint_t c;
	while (get_wch(&c) == OK && c < 0x40)
		;
}

/* Alt with a key sends Esc and the key at once. No Alt key does anything, least of all what Esc and the key would
 * do. */
static int read_after_escape(void)
{
	wint_t c;
	int rc = get_wch(&c);
	if (rc == ERR)
		return K_ESC;
	if (rc == KEY_CODE_YES || c == K_ESC) {
		if (rc == KEY_CODE_YES)
			ungetch((int)c);
		else
			unget_wch((wchar_t)c);
		return K_ESC;
	}
	if (c == '[' || c == 'O')
		drop_sequence();
	return K_NONE;
}

static int key_of_char(wint_t c)
{
	switch (c) {
	case K_ESC: return read_after_escape();
	case '\n': return K_ENTER;
	case '\b': return K_BACKSPACE;
	default: return (int)c;
	}
}

static void read_click(struct event *out)
{
	MEVENT m;
	if (getmouse(&m) != OK)
		return;
	*out = (struct event){.what = EV_CLICK, .row = m.y, .col = m.x};
	if (m.bstate & BUTTON4_PRESSED)
		out->key = K_UP;
	else if (m.bstate & BUTTON5_PRESSED)
		out->key = K_DOWN;
}

static void read_code(struct term *t, int code, struct event *out)
{
	if (code == PASTE_BEGIN)
		t->pasting = true;
	else if (code == PASTE_END)
		term_end_paste(t, out);
	else if (code == KEY_MOUSE)
		read_click(out);
	else if (!t->pasting)
		out->key = key_of_code(code);
}

bool term_read(struct term *t, struct event *out)
{
	wint_t c;
	int rc;
	while (out->what == EV_NONE && (rc = get_wch(&c)) != ERR) {
		if (rc == KEY_CODE_YES)
			read_code(t, (int)c, out);
		else if (t->pasting)
			gather(t, c);
		else
			out->key = key_of_char(c);
		if (out->what == EV_NONE && out->key != K_NONE)
			out->what = EV_KEY;
	}
	return out->what != EV_NONE;
}
