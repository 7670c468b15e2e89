/* bench/measure.h - what the benchmarks share: a stopwatch of wall and CPU time, medians, tables in Markdown, and what
 * machine this is.
 *
 * Times are in seconds inside, in the unit of the table outside. Programs here end with exit() on any failure: a
 * benchmark that can't go on has no result. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define RUNS 5 /* of everything; medians are told */

struct sample {
	double wall, cpu;
};
struct stopwatch {
	struct sample began;
};

void stopwatch_start(struct stopwatch *w);
struct sample stopwatch_stop(const struct stopwatch *w);
double measure_now(void); /* seconds, monotonic */

/* The middle one, and the value below which `percent` of them lie. Sorts v. */
double measure_median(double *v, size_t n);
double measure_percentile(double *v, size_t n, double percent);

/* One engine's runs of one job. `each` divides: operations in a run. */
struct times {
	const char *name;
	size_t each, n;
	double wall[RUNS], cpu[RUNS];
};
void times_add(struct times *s, struct sample x);
/* A table of a job: each engine's median microseconds an operation, and how many times as long the first one takes. */
void times_table(const char *job, struct times *s, size_t n);

/* Memory of a process, from /proc/PID/status, in KiB; -1 when it isn't there. Field: "RssAnon" … */
long measure_memory(long pid, const char *field);
long measure_memory_field(const char *status, const char *field);

/* "machine: …" and "kernel: …", without names of hosts or paths. */
void measure_machine(void);
void measure_die(const char *what) __attribute__((noreturn));
void measure_need(int rc, const struct err *e); /* dies with the sentence unless OK */
/* Is there such a program in PATH? */
bool measure_installed(const char *program);

/* The same numbers every time, without the C library's. */
struct mix {
	uint64_t s;
};
uint64_t mix_next(struct mix *m);

#endif
