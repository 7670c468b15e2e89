/* bench/bench_commands.c - whole commands from start to end: wall, CPU and anonymous memory, beside calcurse,
 * taskwarrior and sqlite3 on the same shifts.
 *
 * Each command runs RUNS_EACH times (a slow one once) with its output thrown away; then RUNS times more while its
 * RssAnon is read as often as that goes, for the most that was seen. A peer that isn't installed is left out. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench/measure.h"

enum { RUNS_EACH = 11, PATIENCE = 30, PATH = 4096 }; /* PATIENCE: seconds */

/* A line of shell; $SAMVAGT is the program, $DATA the folder with the size, $MONTH this month. budget: ms that are
 * promised, or 0. */
struct command {
	const char *question, *program, *line;
	double budget;
};
static const struct command commands[] = {
	{"nothing but start", "samvagt", "exec \"$SAMVAGT\" --version", 0},
	{"who comes today", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" today", 0},
	{"who comes today", "calcurse", "exec calcurse -D \"$DATA-calcurse\" -a", 0},
	{"who comes today", "task", "exec task rc:\"$DATA-task/rc\" due:today list", 0},
	{"who comes today", "sqlite3",
		"exec sqlite3 \"$DATA.sqlite\" \"select s.start, s.unit, s.role, s.need - s.filled, "
		"group_concat(t.name, ', ') from shift s left join seat t on t.shift = s.id and t.state = 3 "
		"where s.start >= date('now', 'localtime') and "
		"s.start < date('now', 'localtime', '+1 day') group by s.id order by s.start\"",
		0},
	{"a month's roster as CSV", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" roster --month $MONTH --as csv",
		100},
	{"a month's roster as CSV", "sqlite3",
		"exec sqlite3 -csv \"$DATA.sqlite\" \"select s.start, s.stop, s.unit, s.role, s.need, "
		"group_concat(t.name, ', ') from shift s left join seat t on t.shift = s.id and t.state = 3 "
		"where s.start >= '$MONTH-01' and "
		"s.start < date('$MONTH-01', '+1 month') group by s.id order by s.start\"",
		0},
	{"a month's roster as PDF", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" roster --month $MONTH --as pdf",
		1000},
	{"a month's roster as a spreadsheet", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" roster --month $MONTH --as xlsx",
		1000},
	{"gaps of two weeks", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" gaps", 0},
	{"what breaks a rule", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" problems", 0},
	{"all volunteers as lines", "samvagt", "exec \"$SAMVAGT\" --store \"$DATA\" list volunteer --plain", 0},
};
static const char *const sizes[] = {"ward", "hospital", "region"};

struct result {
	double wall, cpu;
	long anon;
	bool works;
};

static pid_t launch(const char *line)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int null = open("/dev/null", O_RDWR);
	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	alarm(PATIENCE);
	execl("/bin/sh", "sh", "-c", line, (char *)NULL);
	_exit(127);
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static bool run_once(const char *line, struct sample *out)
{
	struct rusage use;
	int status;
	double began = measure_now();
	pid_t pid = launch(line);
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		measure_die("a command can't be run");
	*out = (struct sample){measure_now() - began, seconds(use.ru_utime) + seconds(use.ru_stime)};
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static long watch_memory(const char *line)
{
	long most = 0;
	int status;
	for (int i = 0; i < RUNS; i++) {
		pid_t pid = launch(line);
		while (waitpid(pid, &status, WNOHANG) == 0) {
			long now = measure_memory(pid, "RssAnon");
			most = now > most ? now : most;
		}
	}
	return most;
}

static struct result measure_command(const char *line)
{
	double wall[RUNS_EACH], cpu[RUNS_EACH];
	struct result r = {.works = true};
	size_t n = 0;
	do {
		struct sample s;
		r.works = run_once(line, &s);
		wall[n] = s.wall;
		cpu[n++] = s.cpu;
	} while (r.works && n < RUNS_EACH && wall[0] < 3);
	if (!r.works)
		return r;
	r.wall = measure_median(wall, n);
	r.cpu = measure_median(cpu, n);
	r.anon = watch_memory(line);
	return r;
}

static void print_result(const char *size, const struct command *c, const struct result *r)
{
	if (!r->works) {
		printf("| %s | %s | %s | no answer in %d s | | | |\n", size, c->question, c->program, PATIENCE);
		return;
	}
	char promise[32] = "";
	if (c->budget > 0)
		snprintf(promise, sizeof promise, "%.0f ms, 64 MiB", c->budget);
	printf("| %s | %s | %s | %.1f | %.1f | %.1f | %s |\n", size, c->question, c->program, 1000 * r->wall,
		1000 * r->cpu, (double)r->anon / 1024, promise);
	fflush(stdout);
}

static void set_surroundings(const char *samvagt, const char *folder, const char *size)
{
	char data[PATH], month[16];
	time_t now = time(NULL);
	struct tm t;
	localtime_r(&now, &t);
	strftime(month, sizeof month, "%Y-%m", &t);
	snprintf(data, sizeof data, "%s/%s", folder, size);
	setenv("SAMVAGT", samvagt, 1);
	setenv("DATA", data, 1);
	setenv("MONTH", month, 1);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		measure_die("usage: bench_commands SAMVAGT FOLDER (made by bench_data)");
	printf("\n## Commands\n\nMedians of %d runs\n\n"
	       "| size | question | program | wall ms | CPU ms | most RssAnon MiB | promised |\n"
	       "|---|---|---|--:|--:|--:|---|\n",
		RUNS_EACH);
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		set_surroundings(argv[1], argv[2], sizes[s]);
		for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
			if (strcmp(commands[i].program, "samvagt") != 0 && !measure_installed(commands[i].program))
				continue;
			struct result r = measure_command(commands[i].line);
			print_result(sizes[s], &commands[i], &r);
		}
	}
	return 0;
}
