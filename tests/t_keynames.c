/* tests/t_keynames.c - names of keys, and which of them a Danish keyboard gives easily. */
#include "tests/tap.h"

#include <string.h>

#include "tui/keys.h"

static void test_names(void)
{
	static const struct { int key; const char *name; } table[] = {
		{'a', "a"}, {'Q', "Q"}, {0xE6, "æ"}, {0x754C, "界"}, {0x1F600, "😀"}, {'?', "?"}, {K_SPACE, "Space"},
		{K_CTRL('F'), "Ctrl-F"}, {K_ENTER, "Enter"}, {K_ESC, "Esc"}, {K_TAB, "Tab"}, {K_F1, "F1"}, {K_F12,
			"F12"},
		{K_SHIFT_DOWN, "Shift-Down"}, {K_BACKSPACE, "Backspace"}, {K_CTRL_LEFT, "Ctrl-Left"},
	};
	char buf[KEY_NAME];
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		is_str(key_to_name(buf, table[i].key), table[i].name, "name %s", table[i].name);
		is_int(key_parse(table[i].name, NULL), table[i].key, "key of %s", table[i].name);
	}
	for (int key = K_FIRST + 1; key < K_LAST; key++)
		if (key_parse(key_to_name(buf, key), NULL) != key)
			ok(false, "key %d has a name that is read back", key);
	is_int(key_parse("", NULL), K_NONE, "no name");
	is_int(key_parse("Nonsense", NULL), K_NONE, "no such name");
	ok(key_in("u Ctrl-Z", K_CTRL('Z')) && key_in("u Ctrl-Z", 'u') && !key_in("u Ctrl-Z", 'z'), "a list of names");
	ok(!key_in("", K_NONE), "no key is in no list");
}

static void test_danish(void)
{
	for (const char *s = "[ ] { } \\ | @ $ ~ ^ ` € £ é"; *s;)
		ok(!key_is_danish(key_parse(s, &s)), "needs AltGr, a dead key or luck");
	for (const char *s = "a Z æ Ø å 1 + - , . ' < / ? : ; = * ! # % & ( ) > _ Tab Ctrl-F F5 Esc Shift-Up"; *s;)
		ok(key_is_danish(key_parse(s, &s)), "is on a Danish keyboard");
	ok(!key_is_danish(K_CTRL('H')) && !key_is_danish(K_CTRL('J')), "Ctrl-H is Backspace and Ctrl-J is Enter");
	ok(key_is_text(0xF8) && key_is_text(' ') && !key_is_text(K_ENTER) && !key_is_text(K_UP) && !key_is_text(0x85),
		"what is text");
}

int main(void)
{
	test_names();
	test_danish();
	return done_testing();
}
