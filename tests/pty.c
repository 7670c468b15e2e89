/* tests/pty.c - see pty.h. Owns a child on a pretended terminal and the picture that its bytes make. */
#include "tests/pty.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/mem.h"

/* Long enough for a machine that does three other things, under valgrind. */
enum { LIMIT_MS = 30000, TEST_FD = 9 };

struct pty {
	pid_t pid;
	int fd, idle;                  /* the terminal's master; where the program says that it is idle */
	int rows, cols;
	VTerm *vt;
	VTermScreen *screen;
	struct buf bytes, text;
	bool ended;
	int status;
};

static double now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static _Noreturn void become(char *const argv[], const char *const *env, int idle)
{
	char number[16];
	dup2(idle, TEST_FD);
	snprintf(number, sizeof number, "%d", TEST_FD);
	setenv("SAMVAGT_TEST_FD", number, 1);
	setenv("TERM", "xterm-256color", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	for (; env && *env; env++) {
		char *pair = strdup(*env), *value = strchr(pair, '=');
		*value = '\0';
		setenv(pair, value + 1, 1);
	}
	execv(argv[0], argv);
	_exit(127);
}

/* What the program wrote, into the picture. False when it has closed its end. */
static bool drain(struct pty *p)
{
	char chunk[65536];
	for (;;) {
		ssize_t n = read(p->fd, chunk, sizeof chunk);
		if (n <= 0)
			return n < 0 && (errno == EAGAIN || errno == EINTR);
		buf_add(&p->bytes, chunk, (size_t)n);
		vterm_input_write(p->vt, chunk, (size_t)n);
	}
}

/* Wait for the byte that says idle, reading the picture meanwhile so that the program is never blocked. */
static bool wait_idle(struct pty *p)
{
	double end = now_ms() + LIMIT_MS;
	while (now_ms() < end) {
		struct pollfd fds[2] = {{.fd = p->idle, .events = POLLIN}, {.fd = p->fd, .events = POLLIN}};
		char c;
		poll(fds, 2, (int)(end - now_ms()));
		bool open = drain(p);
		if (read(p->idle, &c, 1) == 1) {
			drain(p);
			return true;
		}
		if (!open || fds[0].revents & POLLHUP)
			return false;
	}
	return false;
}

static void forget_idle(struct pty *p)
{
	char c;
	while (read(p->idle, &c, 1) == 1)
		;
}

struct pty *pty_start(char *const argv[], const char *const *env, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	int idle[2];
	struct pty *p = mem_alloc(sizeof *p);
	if (pipe(idle) != 0)
		abort();
	p->pid = forkpty(&p->fd, NULL, NULL, &size);
	if (p->pid == 0)
		become(argv, env, idle[1]);
	close(idle[1]);
	p->idle = idle[0];
	p->rows = rows;
	p->cols = cols;
	fcntl(p->fd, F_SETFL, O_NONBLOCK);
	fcntl(p->idle, F_SETFL, O_NONBLOCK);
	p->vt = vterm_new(rows, cols);
	vterm_set_utf8(p->vt, 1);
	p->screen = vterm_obtain_screen(p->vt);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_reset(p->screen, 1);
	if (p->pid > 0 && wait_idle(p))
		return p;
	pty_free(p);
	return NULL;
}

double pty_send(struct pty *p, const char *bytes, size_t n)
{
	forget_idle(p);
	double start = now_ms();
	if (write(p->fd, bytes, n) != (ssize_t)n || !wait_idle(p))
		return -1;
	return now_ms() - start;
}

double pty_type(struct pty *p, const char *text)
{
	return pty_send(p, text, strlen(text));
}

double pty_resize(struct pty *p, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	forget_idle(p);
	p->rows = rows;
	p->cols = cols;
	vterm_set_size(p->vt, rows, cols);
	double start = now_ms();
	ioctl(p->fd, TIOCSWINSZ, &size);
	return wait_idle(p) ? now_ms() - start : -1;
}

/* ---- what is seen --------------------------------------------------------------------------------------- */
static void add_point(struct buf *b, uint32_t cp)
{
	static const int lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	int n = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
	buf_addc(b, (char)(n == 1 ? cp : (uint32_t)lead[n] | cp >> 6 * (n - 1)));
	for (int i = n - 2; i >= 0; i--)
		buf_addc(b, (char)(0x80 | (cp >> 6 * i & 0x3F)));
}

const char *pty_row(struct pty *p, int row)
{
	buf_reset(&p->text);
	buf_adds(&p->text, "");
	size_t keep = 0;
	for (int col = 0; col < p->cols; col++) {
		VTermScreenCell cell;
		if (!vterm_screen_get_cell(p->screen, (VTermPos){.row = row, .col = col}, &cell))
			break;
		if (cell.chars[0] == (uint32_t)-1)
			continue;              /* the right half of a wide one */
		if (cell.chars[0] == 0)
			buf_addc(&p->text, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
			add_point(&p->text, cell.chars[i]);
		if (cell.chars[0] != 0 && cell.chars[0] != ' ')
			keep = p->text.n;
	}
	p->text.n = keep;
	p->text.p[keep] = '\0';
	return p->text.p;
}

bool pty_shows(struct pty *p, const char *text)
{
	for (int row = 0; row < p->rows; row++)
		if (strstr(pty_row(p, row), text))
			return true;
	return false;
}

void pty_cursor(struct pty *p, int *row, int *col)
{
	VTermPos at;
	vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
	*row = at.row;
	*col = at.col;
}

const char *pty_bytes(struct pty *p, size_t *n)
{
	*n = p->bytes.n;
	return p->bytes.p ? p->bytes.p : "";
}

void pty_forget(struct pty *p)
{
	buf_reset(&p->bytes);
}

/* Does a parameter of an SGR sequence set a colour? 39 and 49 ask for the terminal's own. */
static bool is_colour(long n)
{
	return (n >= 30 && n <= 38) || (n >= 40 && n <= 48) || (n >= 90 && n <= 97) || (n >= 100 && n <= 107);
}

size_t pty_colours(struct pty *p)
{
	size_t count = 0;
	const char *end = p->bytes.p + p->bytes.n;
	for (const char *s = p->bytes.p; s && s + 2 < end; s++) {
		if (s[0] != '\033' || s[1] != '[')
			continue;
		const char *params = s + 2, *stop = params + strspn(params, "0123456789;:");
		bool colour = false;
		while (*stop == 'm' && params < stop) {
			char *after;
			colour = colour || is_colour(strtol(params, &after, 10));
			params = after < stop ? after + 1 : stop;
		}
		count += colour;
	}
	return count;
}

/* ---- the end --------------------------------------------------------------------------------------------- */
int pty_wait(struct pty *p)
{
	double end = now_ms() + LIMIT_MS;
	while (!p->ended && now_ms() < end) {
		struct pollfd fd = {.fd = p->idle, .events = POLLIN};
		if (p->fd >= 0)
			drain(p);
		forget_idle(p);
		if (waitpid(p->pid, &p->status, WNOHANG) == p->pid)
			p->ended = true;
		else
			poll(&fd, 1, 5);
	}
	if (!p->ended)
		return -1;
	return WIFEXITED(p->status) ? WEXITSTATUS(p->status) : 128 + WTERMSIG(p->status);
}

int pty_hangup(struct pty *p)
{
	close(p->fd);
	p->fd = -1;
	return pty_wait(p);
}

int pty_kill(struct pty *p, int sig)
{
	kill(p->pid, sig);
	return pty_wait(p);
}

long pty_pid(const struct pty *p)
{
	return p->pid;
}

void pty_free(struct pty *p)
{
	if (!p)
		return;
	if (!p->ended && p->pid > 0) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	if (p->fd >= 0)
		close(p->fd);
	close(p->idle);
	vterm_free(p->vt);
	buf_free(&p->bytes);
	buf_free(&p->text);
	free(p);
}
