/* bench/measure.c - see measure.h. */
#include "bench/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static double read_clock(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double measure_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

void stopwatch_start(struct stopwatch *w)
{
	w->began = (struct sample){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID)};
}

struct sample stopwatch_stop(const struct stopwatch *w)
{
	return (struct sample){
		read_clock(CLOCK_MONOTONIC) - w->began.wall, read_clock(CLOCK_PROCESS_CPUTIME_ID) - w->began.cpu};
}

static int compare_doubles(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return (a > b) - (a < b);
}

double measure_percentile(double *v, size_t n, double percent)
{
	if (n == 0)
		return 0;
	qsort(v, n, sizeof *v, compare_doubles);
	size_t i = (size_t)(percent / 100 * (double)n);
	return v[i < n ? i : n - 1];
}

double measure_median(double *v, size_t n)
{
	return measure_percentile(v, n, 50);
}

void times_add(struct times *s, struct sample x)
{
	if (s->n == RUNS)
		return;
	s->wall[s->n] = x.wall;
	s->cpu[s->n++] = x.cpu;
}

static double per_operation(const struct times *s, double seconds)
{
	return 1e6 * seconds / (double)s->each;
}

void times_table(const char *job, struct times *s, size_t n)
{
	double first_wall = 0, first_cpu = 0;
	printf("\n### %s\n\n| | wall µs | samvagt ÷ this | CPU µs | samvagt ÷ this |\n|---|--:|--:|--:|--:|\n", job);
	for (size_t i = 0; i < n; i++) {
		if (s[i].n == 0)
			continue;
		double wall = per_operation(&s[i], measure_median(s[i].wall, s[i].n)),
		       cpu = per_operation(&s[i], measure_median(s[i].cpu, s[i].n));
		first_wall = i == 0 ? wall : first_wall;
		first_cpu = i == 0 ? cpu : first_cpu;
		printf("| %s | %.2f | %.2f | %.2f | %.2f |\n", s[i].name, wall, first_wall / wall, cpu,
			first_cpu / cpu);
	}
	fflush(stdout);
}

long measure_memory_field(const char *status, const char *field)
{
	char line[256];
	size_t n = strlen(field);
	long kib = -1;
	FILE *f = fopen(status, "re");
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, field, n) == 0 && line[n] == ':')
			kib = strtol(line + n + 1, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

long measure_memory(long pid, const char *field)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%ld/status", pid);
	return measure_memory_field(path, field);
}

static void print_cpu(void)
{
	char line[256];
	FILE *f = fopen("/proc/cpuinfo", "re");
	const char *model = "unknown";
	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, "model name", 10) == 0 && strchr(line, ':')) {
			model = strchr(line, ':') + 2;
			line[strcspn(line, "\n")] = '\0';
			break;
		}
	printf("machine: %s, %ld processors", model, sysconf(_SC_NPROCESSORS_ONLN));
	if (f)
		fclose(f);
}

void measure_machine(void)
{
	struct utsname u;
	long mib = sysconf(_SC_PHYS_PAGES) / 256 * (sysconf(_SC_PAGESIZE) / 4096);
	uname(&u);
	print_cpu();
	printf(", %ld MiB · %s %s\n", mib, u.sysname, u.release);
}

void measure_die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(1);
}

void measure_need(int rc, const struct err *e)
{
	if (rc != OK)
		measure_die(e->text);
}

bool measure_installed(const char *program)
{
	char command[64];
	snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
	return system(command) == 0;
}

uint64_t mix_next(struct mix *m)
{
	uint64_t z = m->s += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}
