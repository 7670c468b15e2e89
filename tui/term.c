/* tui/term.c - see term.h. Owns ncurses, the signals and the waiting. Must not know screens or actions.
 *
 * ncurses gets only the cells that differ from the last picture, and finds itself the fewest bytes that show them.
 * Input is read by it too, one event at a time (term_input.c names the keys). */
#include "tui/term.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/lang.h"
#include "base/os.h"
#include "tui/term_priv.h"

static const int told[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { NTOLD = sizeof told / sizeof *told, NCRASHES = sizeof crashes / sizeof *crashes };

/* What a signal handler needs lies outside any struct, since no argument can be given to it: how to put the
 * terminal back, and the pipe that wakes the loop. */
static struct {
	int out, wake;
	struct termios cooked;
	char restore[256];
	size_t nrestore;
	struct sigaction told[NTOLD], crashes[NCRASHES];
} system_side = {.out = -1, .wake = -1};

/* ---- putting the terminal back ------------------------------------------------------------------------ */
/* Only calls that a signal handler may make. */
static void restore_now(void)
{
	if (system_side.out < 0)
		return;
	ssize_t unused = write(system_side.out, system_side.restore, system_side.nrestore);
	(void)unused;
	tcsetattr(system_side.out, TCSANOW, &system_side.cooked);
}

static void on_crash(int sig)
{
	restore_now();
	for (int i = 0; i < NCRASHES; i++)
		sigaction(crashes[i], &system_side.crashes[i], NULL);
	raise(sig);
}

static void on_told(int sig)
{
	int before = errno;
	char c = sig == SIGWINCH ? 'r' : 'h';
	ssize_t unused = write(system_side.wake, &c, 1);
	(void)unused;
	errno = before;
}

static void on_out_of_memory(void)
{
	static const char words[] = "samvagt: out of memory\r\n";
	restore_now();
	system_side.out = -1;
	ssize_t unused = write(STDERR_FILENO, words, sizeof words - 1);
	(void)unused;
	_exit(err_exit_status(ERR_NOMEM));
}

static void catch_signals(void)
{
	struct sigaction tell = {.sa_handler = on_told, .sa_flags = SA_RESTART}, crash = {.sa_handler = on_crash};
	sigemptyset(&tell.sa_mask);
	sigemptyset(&crash.sa_mask);
	for (int i = 0; i < NTOLD; i++)
		sigaction(told[i], &tell, &system_side.told[i]);
	for (int i = 0; i < NCRASHES; i++)
		sigaction(crashes[i], &crash, &system_side.crashes[i]);
	mem_set_oom_handler(on_out_of_memory);
}

static void release_signals(void)
{
	for (int i = 0; i < NTOLD; i++)
		sigaction(told[i], &system_side.told[i], NULL);
	for (int i = 0; i < NCRASHES; i++)
		sigaction(crashes[i], &system_side.crashes[i], NULL);
	mem_set_oom_handler(NULL);
}

static void add_restore(const char *s)
{
	size_t n = s && s != (char *)-1 ? strlen(s) : 0;
	if (n == 0 || n > sizeof system_side.restore - system_side.nrestore)
		return;
	memcpy(system_side.restore + system_side.nrestore, s, n);
	system_side.nrestore += n;
}

static void prepare_restore(void)
{
	system_side.nrestore = 0;
	add_restore("\033[?2004l");
	add_restore(tigetstr("sgr0"));
	add_restore(tigetstr("cnorm"));
	add_restore(tigetstr("rmcup"));
}

/* ---- opening ------------------------------------------------------------------------------------------- */
static void prepare_looks(struct term *t, bool wants_mono)
{
	enum scheme scheme = theme_scheme(getenv("NO_COLOR"), tigetnum("colors"), wants_mono);
	/* once started, ncurses sends colours even where none is asked for */
	if (scheme == SCHEME_COLOUR)
		start_color();
	int ground = scheme == SCHEME_COLOUR && use_default_colors() == OK ? -1 : COLOR_BLACK;
	for (short c = 0; c < 8 && scheme == SCHEME_COLOUR; c++)
		init_pair((short)(c + 1), c, (short)ground);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		for (unsigned selected = 0; selected < 2; selected++) {
			struct look look = theme_look(scheme, role | selected * ROLE_SELECTED);
			attr_t a = 0;
			a |= look.attrs & LOOK_BOLD ? A_BOLD : 0;
			a |= look.attrs & LOOK_UNDERLINE ? A_UNDERLINE : 0;
			a |= look.attrs & LOOK_REVERSE ? A_REVERSE : 0;
			a |= look.attrs & LOOK_DIM ? A_DIM : 0;
			t->looks[selected][role] = (struct shown){a, (short)(look.colour + 1)};
		}
}

static void set_modes(struct term *t, const struct term_opts *opts)
{
	raw();
	nonl();
	noecho();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	idlok(stdscr, TRUE);
	if (opts->esc_ms || !getenv("ESCDELAY"))
		set_escdelay(opts->esc_ms ? opts->esc_ms : 25);
	mouseinterval(0);
	term_name_keys();
	term_set_mouse(t, opts->mouse);
	fputs("\033[?2004h", t->out);
	fflush(t->out);
}

static int open_fail(struct term *t, struct err *e)
{
	const char *kind = getenv("TERM");
	term_close(t);
	return err_set(e, ERR_UNSUPPORTED, _("Screens can't be shown here: the terminal '%s' is unknown or there is "
		"none. The commands work without one (samvagt --help)."), kind ? kind : "");
}

static int read_test_fd(void)
{
	const char *s = getenv("SAMVAGT_TEST_FD");
	return s && *s ? (int)strtol(s, NULL, 10) : -1;
}

int term_open(const struct term_opts *opts, struct term **out, struct err *e)
{
	struct term *t = mem_alloc(sizeof *t);
	*t = (struct term){.in = stdin, .out = stdout, .test_fd = read_test_fd(), .wake = {-1, -1}};
	if (!isatty(STDIN_FILENO))
		t->in = t->own_in = fopen("/dev/tty", "re");
	if (!t->in || !isatty(STDOUT_FILENO) || pipe2(t->wake, O_CLOEXEC | O_NONBLOCK) != 0)
		return open_fail(t, e);
	/* PuTTY shows the lines of VT100 as letters when it is told to speak UTF-8 */
	setenv("NCURSES_NO_UTF8_ACS", "1", 0);
	tcgetattr(STDOUT_FILENO, &system_side.cooked);
	t->screen = newterm(NULL, t->out, t->in);
	const char *move_cap = t->screen ? tigetstr("cup") : NULL;
	if (!move_cap || move_cap == (char *)-1)
		return open_fail(t, e);
	system_side.wake = t->wake[1];
	prepare_restore();
	system_side.out = STDOUT_FILENO;
	catch_signals();
	set_modes(t, opts);
	prepare_looks(t, opts->mono);
	t->canvas = cv_new(LINES, COLS);
	t->canvas->ascii = opts->ascii || MB_CUR_MAX == 1;
	t->last = cv_new(LINES, COLS);
	*out = t;
	return OK;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	if (system_side.out >= 0) {
		fputs("\033[?2004l", t->out);
		release_signals();
		system_side.out = system_side.wake = -1;
	}
	if (t->screen) {
		endwin();
		delscreen(t->screen);
	}
	for (int i = 0; i < 2; i++)
		if (t->wake[i] >= 0)
			close(t->wake[i]);
	if (t->own_in)
		fclose(t->own_in);
	cv_free(t->canvas);
	cv_free(t->last);
	buf_free(&t->paste);
	free(t);
}

void term_set_mouse(struct term *t, bool on)
{
	(void)t;
	mousemask(on ? BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
}

/* ---- painting ------------------------------------------------------------------------------------------ */
struct canvas *term_canvas(struct term *t)
{
	return t->canvas;
}

static void paint_cell(struct term *t, int row, int col, const struct cell *c)
{
	wchar_t wide[CCHARW_MAX + 1];
	mbstate_t state = {0};
	const char *s = c->g;
	size_t n = mbsrtowcs(wide, &s, CCHARW_MAX, &state);
	if (n == (size_t)-1 || n == 0) {
		wide[0] = L'?';
		n = 1;
	}
	wide[n] = L'\0';
	const struct shown *look = &t->looks[!!(c->role & ROLE_SELECTED)][c->role & ~(unsigned)ROLE_SELECTED];
	cchar_t shown;
	setcchar(&shown, wide, look->attrs, look->pair, NULL);
	mvadd_wch(row, col, &shown);
}

void term_paint(struct term *t)
{
	struct canvas *cv = t->canvas;
	assert(t->last->rows == cv->rows && t->last->cols == cv->cols);
	for (int row = 0; row < cv->rows; row++)
		for (int col = 0; col < cv->cols; col++) {
			size_t i = (size_t)row * (size_t)cv->cols + (size_t)col;
			const struct cell *c = &cv->cells[i], *was = &t->last->cells[i];
			bool same = c->role == was->role && c->width == was->width && strcmp(c->g, was->g) == 0;
			if (!same && c->width)
				paint_cell(t, row, col, c);
			if (!same)
				t->last->cells[i] = *c;
		}
	move(cv->cursor_row, cv->cursor_col);
	refresh();
	t->painted = true;
}

/* ---- waiting ------------------------------------------------------------------------------------------- */
static bool resized(struct term *t, struct event *out)
{
	struct winsize size;
	if (ioctl(fileno(t->out), TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	resize_term(size.ws_row, size.ws_col);
	cv_resize(t->canvas, size.ws_row, size.ws_col);
	cv_resize(t->last, size.ws_row, size.ws_col);
	erase();
	clearok(curscr, TRUE);
	*out = (struct event){.what = EV_RESIZE, .rows = size.ws_row, .cols = size.ws_col};
	return true;
}

static bool read_wake(struct term *t, struct event *out)
{
	char c;
	bool resize = false;
	while (read(t->wake[0], &c, 1) == 1) {
		if (c == 'h') {
			out->what = EV_HANGUP;
			return true;
		}
		resize = true;
	}
	return resize && resized(t, out);
}

/* The other end is gone when the descriptor is ready but has nothing. */
static bool is_gone(struct term *t, short revents)
{
	int waiting = 0;
	if (revents == 0)
		return false;
	return ioctl(fileno(t->in), FIONREAD, &waiting) != 0 || waiting == 0;
}

static void tell_idle(struct term *t)
{
	if (t->test_fd >= 0 && t->painted) {
		ssize_t unused = write(t->test_fd, ".", 1);
		(void)unused;
	}
}

/* Poll both; false when the time is over. */
static bool wait_for_input(struct term *t, int timeout_ms, struct event *out)
{
	struct pollfd fds[2] = {{.fd = fileno(t->in), .events = POLLIN}, {.fd = t->wake[0], .events = POLLIN}};
	int n = poll(fds, 2, 0);
	if (n == 0 && timeout_ms != 0) {
		tell_idle(t);
		n = poll(fds, 2, timeout_ms);
	}
	if (n == 0)
		return false;
	if (n > 0 && !fds[1].revents && is_gone(t, fds[0].revents))
		out->what = EV_HANGUP;
	return true;
}

static int shorter(int timeout_ms, int most)
{
	return timeout_ms < 0 || timeout_ms > most ? most : timeout_ms;
}

void term_wait(struct term *t, int timeout_ms, struct event *out)
{
	enum { PASTE_MS = 1000 };      /* a paste whose end was lost isn't waited for */
	int64_t start = os_monotonic_ms();
	*out = (struct event){0};
	if (!t->pasting)
		buf_reset(&t->paste);
	while (out->what == EV_NONE && !read_wake(t, out) && !term_read(t, out)) {
		int left = timeout_ms < 0 ? -1 : (int)(timeout_ms - (os_monotonic_ms() - start));
		left = timeout_ms >= 0 && left < 0 ? 0 : left;
		if (wait_for_input(t, t->pasting ? shorter(left, PASTE_MS) : left, out))
			continue;
		if (t->pasting)
			term_end_paste(t, out);
		else
			out->what = EV_TIMER;
	}
	out->ms = os_monotonic_ms();
}

bool term_pending(struct term *t)
{
	struct pollfd fds[2] = {{.fd = fileno(t->in), .events = POLLIN}, {.fd = t->wake[0], .events = POLLIN}};
	return poll(fds, 2, 0) > 0;
}
