/* tests/tap.c - see tap.h. Counts facts and prints them; knows nothing of what is tested. */
#include "tests/tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int planned = -1, run, failed;
static char dir[256];

void plan(int n)
{
	planned = n;
	printf("1..%d\n", n);
	fflush(stdout);
}

void plan_skip_all(const char *why)
{
	printf("1..0 # SKIP %s\n", why);
	fflush(stdout);
	exit(0);
}

static bool report(bool passed, const char *name, va_list ap)
{
	char text[512];
	vsnprintf(text, sizeof text, name, ap);
	for (char *p = text; *p; p++)
		if (*p == '#' || *p == '\n')
			*p = ' ';
	printf("%sok %d - %s\n", passed ? "" : "not ", ++run, text);
	fflush(stdout);
	if (!passed)
		failed++;
	return passed;
}

bool ok(bool passed, const char *name, ...)
{
	va_list ap;
	va_start(ap, name);
	report(passed, name, ap);
	va_end(ap);
	return passed;
}

bool is_str(const char *got, const char *want, const char *name, ...)
{
	bool same = got == want || (got && want && strcmp(got, want) == 0);
	va_list ap;
	va_start(ap, name);
	report(same, name, ap);
	va_end(ap);
	if (!same)
		diag("got  '%s'\nwant '%s'", got ? got : "(null)", want ? want : "(null)");
	return same;
}

bool is_int(intmax_t got, intmax_t want, const char *name, ...)
{
	va_list ap;
	va_start(ap, name);
	report(got == want, name, ap);
	va_end(ap);
	if (got != want)
		diag("got %jd, want %jd", got, want);
	return got == want;
}

bool is_mem(const void *got, size_t ng, const void *want, size_t nw, const char *name)
{
	bool same = ng == nw && (ng == 0 || memcmp(got, want, ng) == 0);
	ok(same, "%s", name);
	if (!same)
		diag("%zu bytes against %zu", ng, nw);
	return same;
}

void skip(int n, const char *why)
{
	while (n-- > 0)
		printf("ok %d # SKIP %s\n", ++run, why);
	fflush(stdout);
}

void diag(const char *fmt, ...)
{
	char text[4096];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	for (char *line = text; line; ) {
		char *nl = strchr(line, '\n');
		if (nl)
			*nl = '\0';
		printf("# %s\n", line);
		line = nl ? nl + 1 : NULL;
	}
	fflush(stdout);
}

int done_testing(void)
{
	if (planned < 0)
		printf("1..%d\n", run);
	fflush(stdout);
	return failed > 0 || (planned >= 0 && planned != run) ? 1 : 0;
}

uint64_t prng_next(struct prng *r)
{
	if (r->s == 0)
		r->s = 0x9E3779B97F4A7C15u;
	r->s ^= r->s >> 12;
	r->s ^= r->s << 25;
	r->s ^= r->s >> 27;
	return r->s * 0x2545F4914F6CDD1Du;
}

uint64_t prng_below(struct prng *r, uint64_t n)
{
	return n ? prng_next(r) % n : 0;
}

static void remove_dir(void)
{
	char cmd[320];
	if (getenv("TEST_KEEP"))
		return;
	snprintf(cmd, sizeof cmd, "rm -rf '%s'", dir);
	if (system(cmd) != 0)
		fprintf(stderr, "could not remove %s\n", dir);
}

const char *test_dir(void)
{
	char state[sizeof dir + 8];
	if (dir[0])
		return dir;
	const char *tmp = getenv("TMPDIR");
	snprintf(dir, sizeof dir, "%s/samvagt-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(dir)) {
		perror("mkdtemp");
		exit(99);
	}
	atexit(remove_dir);
	snprintf(state, sizeof state, "%s/state", dir);
	setenv("XDG_STATE_HOME", state, 1);
	setenv("XDG_CONFIG_HOME", state, 1);
	return dir;
}
