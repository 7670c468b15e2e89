/* tests/t_term.c - the terminal, seen from outside: keys, Esc, pastes, sizes, colours, idleness and every way to
 * end. */
#include "tests/tap.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/pty.h"

static struct pty *start_with(const char *const *env, const char *option)
{
	char path[4096];
	const char *top = getenv("top_builddir");
	snprintf(path, sizeof path, "%s/tests/tui_program", top ? top : ".");
	char *argv[] = {path, (char *)option, NULL};
	return pty_start(argv, env, 24, 80);
}

static struct pty *start(void)
{
	return start_with(NULL, NULL);
}

static bool stands_on(struct pty *p, const char *text)
{
	int row, col;
	pty_cursor(p, &row, &col);
	return strstr(pty_row(p, row), text) != NULL;
}

static void test_keys(void)
{
	struct pty *p = start();
	ok(p && pty_shows(p, "Ærens vej 1") && pty_shows(p, "? Help"), "the first picture");
	pty_type(p, "\033[B");
	ok(stands_on(p, "> Søen 2"), "an arrow moves, and the terminal's cursor follows");
	pty_type(p, "\033OB");
	ok(stands_on(p, "> Årets gang 3"), "in application mode too");
	pty_type(p, "\033[6~");
	ok(stands_on(p, "> Byen 22"), "a page down");
	pty_type(p, "\033[F");
	ok(stands_on(p, "10000"), "end");
	pty_type(p, "\033[1;2A");
	ok(pty_shows(p, "2 marked"), "Shift with an arrow");
	pty_type(p, "/år");
	ok(pty_shows(p, "Filter: år"), "letters of Danish");
	pty_type(p, "\x7F\x7Fz\b");
	ok(pty_shows(p, "Filter:") && !pty_shows(p, "Filter: å"), "both kinds of Backspace");
	pty_type(p, "\r");
	ok(pty_shows(p, "Opened"), "Enter");
	pty_type(p, "\033OP");
	ok(pty_shows(p, "What can be done here"), "F1");
	pty_type(p, "\033");
	ok(!pty_shows(p, "What can be done here"), "Esc alone");
	pty_free(p);
}

static void test_odd_bytes(void)
{
	struct pty *p = start();
	pty_type(p, "\033[200~aQ\rDelete\033[201~");
	ok(pty_shows(p, "? Help") && !pty_shows(p, "Title *"), "a paste is no command");
	pty_type(p, "/\033[200~Søen\r\n22\033[201~");
	ok(pty_shows(p, "Filter: Søen 22"), "in a field it is text");
	pty_type(p, "\033");
	pty_type(p, "\033");
	pty_type(p, "\033a");
	ok(pty_shows(p, "? Help") && !pty_shows(p, "Title *"), "Alt with a key is neither Esc nor the key");
	pty_type(p, "\033[1;7Qa");
	ok(pty_shows(p, "Title *"), "an unknown sequence is dropped whole, and the next key isn't");
	pty_type(p, "\xC3\xB8\xFF\xFE\xC3");
	pty_type(p, "x");
	ok(pty_shows(p, "ø"), "bytes that are no UTF-8 don't hurt");
	pty_free(p);
}

static void test_sizes(void)
{
	static const int sizes[][2] = {{50, 200}, {10, 40}, {5, 20}, {3, 10}, {2, 5}, {1, 1}, {24, 80}};
	struct pty *p = start();
	pty_type(p, "a");
	pty_type(p, "Bogen");
	bool alive = true;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		alive = alive && pty_resize(p, sizes[i][0], sizes[i][1]) >= 0;
	ok(alive, "every size is painted");
	ok(pty_shows(p, "Bogen") && pty_shows(p, "F1 Help"), "and the form is as it was");
	pty_free(p);
}

static void test_colours(void)
{
	const char *none[] = {"NO_COLOR=1", NULL}, *some[] = {"NO_COLOR=", NULL}, *dumb[] = {"TERM=vt100", NULL};
	struct pty *p = start_with(none, NULL);
	pty_type(p, "?");
	pty_type(p, "\033");
	is_int((intmax_t)pty_colours(p), 0, "NO_COLOR: no colours at all");
	ok(pty_shows(p, "> Ærens vej 1"), "and nothing is lost");
	pty_free(p);
	p = start_with(some, NULL);
	ok(pty_colours(p) > 0, "else there are some");
	pty_free(p);
	p = start_with(dumb, NULL);
	ok(p && pty_colours(p) == 0 && pty_shows(p, "> Ærens vej 1"), "a terminal without colours");
	pty_free(p);
}

static void test_cost(void)
{
	struct pty *p = start();
	size_t n;
	pty_forget(p);
	pty_type(p, "\033[B");
	pty_bytes(p, &n);
	ok(n > 0 && n <= 400, "a cursor move sends at most 400 bytes (%zu)", n);
	for (int i = 0; i < 20; i++)
		pty_type(p, "\033[B");
	pty_forget(p);
	pty_type(p, "\033[B");
	pty_bytes(p, &n);
	ok(n > 0 && n <= 400, "also where it scrolls (%zu)", n);
	pty_forget(p);
	pty_type(p, "\033[D");
	pty_bytes(p, &n);
	pty_forget(p);
	pty_type(p, "\033[D");
	pty_bytes(p, &n);
	ok(n <= 40, "a key that changes nothing sends next to nothing (%zu)", n);
	pty_free(p);
}

static void test_mouse(void)
{
	struct pty *p = start_with(NULL, "--mouse");
	pty_type(p, "\033[<0;5;6M\033[<0;5;6m");
	ok(stands_on(p, "> Byen 4"), "a click selects, when the mouse is on");
	pty_free(p);
	p = start();
	size_t n;
	const char *bytes = pty_bytes(p, &n);
	ok(strstr(bytes, "\033[?1000h") == NULL, "by default the terminal keeps its own mouse");
	pty_free(p);
}

static void test_endings(void)
{
	struct pty *p = start();
	pty_type(p, "\033[B");
	pty_send(p, "Q", 1);
	is_int(pty_wait(p), 0, "Q ends well");
	size_t n;
	const char *bytes = pty_bytes(p, &n);
	ok(strstr(bytes, "\033[?1049l") && strstr(bytes, "\033[?2004l"), "and the terminal is as it was");
	pty_free(p);
	p = start();
	is_int(pty_hangup(p), 0, "a terminal that goes away ends it");
	pty_free(p);
	p = start();
	is_int(pty_kill(p, SIGTERM), 0, "so does being told to");
	pty_free(p);
	p = start();
	pty_send(p, "\033[20~", 5);
	is_int(pty_wait(p), 128 + SIGABRT, "a bug ends it too");
	bytes = pty_bytes(p, &n);
	ok(strstr(bytes, "\033[?1049l") != NULL, "but not without putting the terminal back");
	pty_free(p);
}

static void test_no_terminal(void)
{
	const char *unknown[] = {"TERM=nonsense-99", NULL};
	struct pty *p = start_with(unknown, NULL);
	ok(p == NULL, "an unknown terminal is refused");
	pty_free(p);
}

int main(void)
{
	test_keys();
	test_odd_bytes();
	test_sizes();
	test_colours();
	test_cost();
	test_mouse();
	test_endings();
	test_no_terminal();
	return done_testing();
}
