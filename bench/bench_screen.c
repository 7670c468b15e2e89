/* bench/bench_screen.c - the program in a pretended terminal: how long until the first picture, until each key is
 * answered, what it writes and whether it rests, beside calcurse on the same shifts.
 *
 * samvagt writes a byte to SAMVAGT_TEST_FD when it has read all input and painted; an answer is over when that byte is
 * here and all that it wrote has been read. calcurse has no such sign: its answer is over with the last byte before
 * QUIET seconds of silence, and the time told is that of the last byte, so the silence isn't counted. Both run at 80x24
 * with TERM=xterm-256color. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "bench/measure.h"

#define QUIET 0.05
#define PATIENCE 30.0     /* seconds for the first picture */
#define KEYS_AT_MOST 15.0 /* seconds for all keys of a slow program */
enum { STARTS = 15, KEYS = 500, DIALOGS = 10, IDLE_SECONDS = 5, PATH = 4096 };

/* ---- a program at work ------------------------------------------------------------------------------------------ */

/* What to run, and which of its keys do the same thing. `go`: to the list; `open`: a dialog that Esc closes. */
struct face {
	const char *name, *data; /* data: folder below the data folder */
	bool tells;              /* writes to SAMVAGT_TEST_FD */
	int span;                /* keys down before as many up */
	const char *go, *down, *up, *filter, *filter_end, *open;
};

struct running {
	pid_t pid;
	int tty, told;
	bool tells;
};
struct answer {
	double seconds;
	size_t bytes;
	bool came;
};

static void run_child(const struct face *f, const char *program, const char *data, int told)
{
	char number[16];
	snprintf(number, sizeof number, "%d", told);
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	if (f->tells) {
		setenv("SAMVAGT_TEST_FD", number, 1);
		execl(program, program, "--store", data, (char *)NULL);
	} else {
		execlp(program, program, "-D", data, (char *)NULL);
	}
	_exit(127);
}

static struct running start(const struct face *f, const char *program, const char *data)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	struct running r = {.tells = f->tells};
	int fds[2];
	if (pipe(fds) != 0)
		measure_die("no pipe");
	fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	r.pid = forkpty(&r.tty, NULL, NULL, &size);
	if (r.pid < 0)
		measure_die("no terminal to pretend");
	if (r.pid == 0)
		run_child(f, program, data, fds[1]);
	close(fds[1]);
	r.told = fds[0];
	fcntl(r.tty, F_SETFL, O_NONBLOCK);
	return r;
}

/* All that can be read now; -1 when the program has gone. */
static ssize_t drain(int tty)
{
	char buf[65536];
	ssize_t n, sum = 0;
	while ((n = read(tty, buf, sizeof buf)) > 0)
		sum += n;
	return n == 0 || (n < 0 && errno != EAGAIN) ? -1 : sum;
}

/* Silence of a program that computes is no answer. */
static bool is_busy(pid_t pid)
{
	char path[64], state = 'S';
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *f = fopen(path, "re");
	if (f && fscanf(f, "%*d (%*[^)]) %c", &state) != 1)
		state = 'S';
	if (f)
		fclose(f);
	return state == 'R' || state == 'D';
}

/* One round of waiting; false when the answer is over. */
static bool wait_more(struct running *r, struct answer *a, double began, double patience)
{
	struct pollfd p[2] = {{.fd = r->tty, .events = POLLIN}, {.fd = r->tells ? r->told : -1, .events = POLLIN}};
	double left = a->bytes && !r->tells ? QUIET : patience - (measure_now() - began);
	int n = poll(p, 2, left > 0 ? (int)(left * 1000) + 1 : 0);
	if (n == 0) {
		bool busy = !r->tells && is_busy(r->pid), gave_up = measure_now() - began >= patience;
		a->came &= !(busy && gave_up);
		return busy && !gave_up;
	}
	ssize_t got = p[0].revents ? drain(r->tty) : 0;
	if (got > 0)
		a->bytes += (size_t)got;
	char told[64];
	bool over = p[1].revents && read(r->told, told, sizeof told) > 0;
	a->came |= r->tells ? over : got > 0;
	if (over && (got = drain(r->tty)) > 0)
		a->bytes += (size_t)got;
	if (got > 0 || over)
		a->seconds = measure_now() - began;
	return got >= 0 && !over;
}

static struct answer wait_answer(struct running *r, double began, double patience)
{
	struct answer a = {0};
	while (wait_more(r, &a, began, patience))
		;
	return a;
}

static struct answer press(struct running *r, const char *keys, size_t n)
{
	double began = measure_now();
	if (write(r->tty, keys, n) != (ssize_t)n)
		measure_die("the terminal takes no keys");
	return wait_answer(r, began, 2.0);
}

static struct answer press_text(struct running *r, const char *keys)
{
	return press(r, keys, strlen(keys));
}

static void stop(struct running *r)
{
	kill(r->pid, SIGKILL);
	waitpid(r->pid, NULL, 0);
	close(r->tty);
	close(r->told);
}

/* ---- the measurements
 * --------------------------------------------------------------------------------------------- */

struct figures {
	double first, first_best, key, key_p99, filter, filter_p99, esc, idle_wakes, idle_bytes, bytes, bytes_most;
	long rss_anon;
	bool works;
};

static void measure_start(const struct face *f, const char *program, const char *data, struct figures *out)
{
	double t[STARTS];
	size_t n = 0;
	double all = measure_now();
	while (n < STARTS && (n == 0 || measure_now() - all < PATIENCE)) {
		double began = measure_now();
		struct running r = start(f, program, data);
		struct answer a = wait_answer(&r, began, PATIENCE);
		stop(&r);
		if (!a.came || waitpid(-1, NULL, WNOHANG) > 0)
			return;
		t[n++] = a.seconds;
	}
	out->works = true;
	out->first = measure_median(t, n);
	out->first_best = t[0];
}

static void measure_keys(struct running *r, const struct face *f, struct figures *out)
{
	double t[2 * KEYS], bytes[2 * KEYS];
	size_t n = 0;
	double began = measure_now();
	for (int i = 0; i < 2 * KEYS && measure_now() - began < KEYS_AT_MOST; i++) {
		struct answer a = press_text(r, i / f->span % 2 == 0 ? f->down : f->up);
		if (!a.came)
			continue;
		t[n] = a.seconds;
		bytes[n++] = (double)a.bytes;
	}
	out->key = measure_median(t, n);
	out->key_p99 = measure_percentile(t, n, 99);
	out->bytes = measure_median(bytes, n);
	out->bytes_most = n ? bytes[n - 1] : 0;
}

static void measure_filter(struct running *r, const struct face *f, struct figures *out)
{
	static const char *const words[] = {"sø", "kir", "jen", "mag", "aag", "ni", "tha", "åge"};
	double t[256];
	size_t n = 0;
	for (int round = 0; f->filter && round < 5; round++)
		for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
			press_text(r, f->filter);
			for (const char *c = words[w]; *c;) {
				size_t length = (unsigned char)*c < 0x80 ? 1 : 2;
				struct answer a = press(r, c, length);
				if (a.came && n < 256)
					t[n++] = a.seconds;
				c += length;
			}
			press_text(r, f->filter_end);
			press_text(r, f->filter_end);
		}
	out->filter = measure_median(t, n);
	out->filter_p99 = measure_percentile(t, n, 99);
}

static void measure_esc(struct running *r, const struct face *f, struct figures *out)
{
	double t[DIALOGS];
	size_t n = 0;
	for (int i = 0; i < DIALOGS; i++) {
		press_text(r, f->open);
		struct answer a = press_text(r, "\033");
		if (a.came)
			t[n++] = a.seconds;
	}
	out->esc = measure_median(t, n);
}

/* Of all its threads. */
static long count_wakes(pid_t pid)
{
	char path[64], status[512];
	long sum = 0;
	snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
	DIR *d = opendir(path);
	for (struct dirent *t; d && (t = readdir(d));)
		if (*t->d_name != '.') {
			snprintf(status, sizeof status, "%s/%s/status", path, t->d_name);
			sum += measure_memory_field(status, "voluntary_ctxt_switches");
		}
	if (d)
		closedir(d);
	return sum;
}

static void measure_idle(struct running *r, struct figures *out)
{
	usleep(300000);
	drain(r->tty);
	long before = count_wakes(r->pid);
	sleep(IDLE_SECONDS);
	out->idle_wakes = (double)(count_wakes(r->pid) - before) / IDLE_SECONDS;
	ssize_t bytes = drain(r->tty);
	out->idle_bytes = bytes > 0 ? (double)bytes / IDLE_SECONDS : 0;
}

static struct figures measure_face(const struct face *f, const char *program, const char *data)
{
	struct figures out = {0};
	measure_start(f, program, data, &out);
	if (!out.works)
		return out;
	struct running r = start(f, program, data);
	wait_answer(&r, measure_now(), PATIENCE);
	if (*f->go)
		press_text(&r, f->go);
	measure_keys(&r, f, &out);
	measure_filter(&r, f, &out);
	measure_esc(&r, f, &out);
	out.rss_anon = measure_memory(r.pid, "RssAnon");
	measure_idle(&r, &out);
	stop(&r);
	return out;
}

/* ---- the table
 * ------------------------------------------------------------------------------------------------------ */

/* As a terminal sends them once a program has asked for the keypad (terminfo smkx). */
#define DOWN "\033OB"
#define UP "\033OA"
#define ESC "\033"
static const struct face faces[] = {
	{"samvagt", "ward", true, 20, "3", DOWN, UP, "/", ESC, "?"},
	{"calcurse", "ward-calcurse", false, 100, "", DOWN, UP, NULL, NULL, "\001"},
	{"samvagt", "hospital", true, 100, "3", DOWN, UP, "/", ESC, "?"},
	{"calcurse", "hospital-calcurse", false, 100, "", DOWN, UP, NULL, NULL, "\001"},
	{"samvagt", "region", true, 250, "3", DOWN, UP, "/", ESC, "?"},
	{"calcurse", "region-calcurse", false, 100, "", DOWN, UP, NULL, NULL, "\001"},
	{"samvagt", "crowd", true, 250, "3", DOWN, UP, "/", ESC, "?"},
};

static void print_ms(double seconds)
{
	if (seconds > 0)
		printf(" %.2f |", 1000 * seconds);
	else
		printf(" – |");
}

static void print_row(const struct face *f, const struct figures *x)
{
	printf("| %s, %.*s |", f->name, (int)strcspn(f->data, "-"), f->data);
	if (!x->works) {
		printf(" no picture | – | – | – | – | – | – | – | – | – | – |\n");
		return;
	}
	print_ms(x->first);
	print_ms(x->first_best);
	print_ms(x->key);
	print_ms(x->key_p99);
	print_ms(x->filter);
	print_ms(x->filter_p99);
	print_ms(x->esc);
	printf(" %.0f / %.0f | %.1f | %.1f | %.1f |\n", x->bytes, x->bytes_most, x->idle_wakes, x->idle_bytes,
		(double)x->rss_anon / 1024);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		measure_die("usage: bench_screen SAMVAGT FOLDER (made by bench_data)");
	printf("\n## The screen\n\n80x24, medians: %d starts, %d keys, filters of 2-3 letters, "
	       "Esc from help %d times, %d s of rest\n\n",
		STARTS, 2 * KEYS, DIALOGS, IDLE_SECONDS);
	printf("| | first picture ms | the fastest | key p50 ms | p99 | filter p50 ms | p99 | Esc ms | bytes a key, most | "
	       "wake-ups a s | bytes a s | RssAnon MiB |\n"
	       "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
	for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
		const struct face *f = &faces[i];
		char data[PATH];
		snprintf(data, sizeof data, "%s/%s", argv[2], f->data);
		const char *program = f->tells ? argv[1] : f->name;
		if (!f->tells && !measure_installed(program)) {
			printf("| %s | skipped: it isn't installed | | | | | | | | | | |\n", f->name);
			continue;
		}
		struct figures x = measure_face(f, program, data);
		print_row(f, &x);
	}
	return 0;
}
