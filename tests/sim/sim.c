/* tests/sim/sim.c - simulated histories: sim [--seeds N] [--from S] [--step K] [--big] [--harsh] [--events LIST]
 * [--whole] [--verbose]
 *
 * Runs N seeds S, S+K, S+2K … Prints TAP: one fact per hundred seeds, and of each failing seed what was wrong, the
 * command that repeats it, and the shortest list of its events that still fails. In --harsh ones disks are put back,
 * members removed and invited far more often. Histories run in child processes, so that one that crashes is found too.
 * Owns the drawing of histories, running them in children, and making a failing one small. */
#include "tests/sim/sim.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of so many histories one is long: only then are files folded, and snapshots worth their while. */
enum { EVENTS_MOST = 400, CHUNK = 100, LONG_EVERY = 40 };

struct history { uint64_t seed; int nmembers; struct event event[EVENTS_MOST]; int n; };
struct plan_of_run { uint64_t from, seeds, step; bool big, harsh, verbose, whole; const char *only; char root[64]; };

/* What children tell. */
static struct shared { uint64_t seed; char why[1000]; size_t tally[TALLIES]; } *shared;

void tally(enum tally what, size_t n)
{
	shared->tally[what] += n;
}

static void print_tally(void)
{
	static const char *const names[TALLIES] = {"histories", "groups taken", "merges", "disagreements", "snapshots begun from",
		"files folded", "incarnations", "groups issued again", "sites removed", "joined", "came back", "regions invited",
		"files for newer programs", "meetings with files of who is out", "with locked ones", "with early ones",
		"oracles asked", "told to begin anew", "persons erased"};
	printf("#");
	for (int i = 0; i < TALLIES; i++)
		printf("%s %zu %s", i ? "," : "", shared->tally[i], names[i]);
	printf("\n");
}

/* How often what happens, of 100; and where disks are put back, members removed and invited far more often. */
static const struct { enum event_kind kind; int weight, harsh; } odds[] = {
	{EVENT_EDIT, 37, 22}, {EVENT_MEET, 22, 22}, {EVENT_RECEIVE, 4, 4}, {EVENT_SEND, 4, 4}, {EVENT_FAULTY, 6, 6},
	{EVENT_HARM, 3, 3}, {EVENT_CLOCK, 3, 3}, {EVENT_IMAGE, 2, 6}, {EVENT_PUT_BACK, 2, 7}, {EVENT_UNDO, 3, 3},
	{EVENT_REDO, 1, 1}, {EVENT_UNDO_MERGE, 2, 2}, {EVENT_CHOOSE, 3, 3}, {EVENT_REOPEN, 1, 1}, {EVENT_NEWER, 2, 2},
	{EVENT_REMOVE, 1, 3}, {EVENT_INVITE, 2, 6}, {EVENT_UPGRADE, 1, 1}, {EVENT_ERASE, 1, 1},
};

static enum event_kind draw_kind(struct chance *c, bool harsh)
{
	int at = (int)chance_below(c, 100);
	for (size_t i = 0; i < sizeof odds / sizeof *odds; i++)
		if ((at -= harsh ? odds[i].harsh : odds[i].weight) < 0)
			return odds[i].kind;
	return EVENT_EDIT;
}

static void draw(struct history *h, const struct plan_of_run *p, uint64_t seed)
{
	struct chance c = {seed};
	*h = (struct history){.seed = seed};
	bool is_long = p->big || seed % LONG_EVERY == 0;
	h->nmembers = p->big ? 4 + (int)chance_below(&c, SITES_MOST - 3) : 2 + (int)chance_below(&c, 3);
	h->n = is_long ? 100 + (int)chance_below(&c, 300) : 8 + (int)chance_below(&c, 32);
	int sticks = 1 + (int)chance_below(&c, STICKS);
	for (int i = 0; i < h->n; i++)
		h->event[i] = (struct event){draw_kind(&c, p->harsh), (uint8_t)chance_below(&c, (uint32_t)h->nmembers + GUESTS),
			(uint8_t)chance_below(&c, (uint32_t)sticks), chance_next(&c), false};
}

/* Run in this process; what was wrong, or "". */
static void run(const struct history *h, const struct plan_of_run *p, char *why, size_t n)
{
	struct world *w = calloc(1, sizeof *w);
	w->verbose = p->verbose;
	chance_seed_program(h->seed);
	world_begin(w, p->root, h->nmembers);
	tally(TALLY_HISTORIES, 1);
	for (int i = 0; i < h->n && !w->why[0]; i++) {
		if (h->event[i].dropped)
			continue;
		if (p->verbose)
			printf("# %d: %s site %d stick %d\n", i, event_name(h->event[i].kind), h->event[i].site, h->event[i].stick);
		event_run(w, &h->event[i]);
	}
	if (!w->why[0])
		check_world(w);
	world_end(w);
	snprintf(why, n, "%s", w->why);
	free(w);
}

/* ---- children ------------------------------------------------------------------------------------ */


/* Seeds from..upto-1, each `step`th, in a child; false when one failed, which and why is in sh. */
static bool run_apart(const struct plan_of_run *p, struct history *h, uint64_t from, uint64_t upto, struct shared *sh)
{
	fflush(stdout);
	sh->why[0] = '\0';
	pid_t pid = fork();
	if (pid == 0) {
		for (uint64_t seed = from; seed < upto && !sh->why[0]; seed += p->step) {
			sh->seed = seed;
			if (from + p->step < upto)
				draw(h, p, seed);
			run(h, p, sh->why, sizeof sh->why);
		}
		fflush(stdout);
		_exit(0);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	if (!WIFEXITED(status) && !sh->why[0])
		snprintf(sh->why, sizeof sh->why, "the program was ended by signal %d", WTERMSIG(status));
	return !sh->why[0];
}

/* But for the numbers in it. */
static bool is_same_fault(const char *x, const char *y)
{
	for (; *x && *y; x++, y++) {
		x += strspn(x, "0123456789abcdef-");
		y += strspn(y, "0123456789abcdef-");
		if (*x != *y)
			return false;
		if (!*x)
			return true;
	}
	return *x == *y;
}

static bool leave_out(const struct plan_of_run *p, struct history *h, int at, int size, const char *why, struct shared *sh)
{
	struct history less = *h;
	bool any = false;
	for (int i = at; i < at + size && i < h->n; i++) {
		any = any || !less.event[i].dropped;
		less.event[i].dropped = true;
	}
	if (!any || run_apart(p, &less, h->seed, h->seed + p->step, sh) || !is_same_fault(sh->why, why))
		return false;
	*h = less;
	return true;
}

/* Leave events out, many at once and then one by one, as long as it still fails in that way. */
static void make_small(const struct plan_of_run *p, struct history *h, struct shared *sh)
{
	struct plan_of_run quiet = *p;
	char why[sizeof sh->why];
	memcpy(why, sh->why, sizeof why);
	quiet.verbose = false;
	for (int size = h->n / 2; size >= 1; size /= 2) {
		bool less = false;
		for (int at = 0; at < h->n; at += size)
			less |= leave_out(&quiet, h, at, size, why, sh);
		size *= less && size == 1 ? 2 : 1;
	}
	run_apart(&quiet, h, h->seed, h->seed + p->step, sh);
}

static void tell(const struct plan_of_run *p, struct history *h, struct shared *sh)
{
	draw(h, p, sh->seed);
	printf("# seed %llu: %s\n", (unsigned long long)h->seed, sh->why);
	if (p->whole)
		return;
	make_small(p, h, sh);
	printf("# least: %s\n# repeat with: sim --from %llu --seeds 1%s%s --verbose --events ", sh->why,
		(unsigned long long)h->seed, p->big ? " --big" : "", p->harsh ? " --harsh" : "");
	for (int i = 0, first = 1; i < h->n; i++)
		if (!h->event[i].dropped) {
			printf("%s%d", first ? "" : ",", i);
			first = 0;
		}
	printf("\n");
	for (int i = 0; i < h->n; i++)
		if (!h->event[i].dropped)
			printf("#   %d %s site %d stick %d\n", i, event_name(h->event[i].kind), h->event[i].site, h->event[i].stick);
}

static void keep_only(struct history *h, const char *list)
{
	for (int i = 0; i < h->n; i++)
		h->event[i].dropped = true;
	for (char *end; *list; list = *end ? end + 1 : end) {
		long i = strtol(list, &end, 10);
		if (end == list)
			break;
		if (i >= 0 && i < h->n)
			h->event[i].dropped = false;
	}
}

static int run_seeds(const struct plan_of_run *p, struct history *h, struct shared *sh)
{
	int failed = 0, number = 0;
	if (p->only) {
		draw(h, p, p->from);
		keep_only(h, p->only);
		bool good = run_apart(p, h, p->from, p->from + p->step, sh);
		printf("1..1\n%sok 1 - seed %llu %s\n", good ? "" : "not ", (unsigned long long)p->from, sh->why);
		return !good;
	}
	for (uint64_t at = p->from, end = p->from + p->seeds * p->step; at < end;) {
		uint64_t upto = at + CHUNK * p->step < end ? at + CHUNK * p->step : end;
		bool good = true;
		for (uint64_t from = at; from < upto; from = sh->seed + p->step) {
			if (upto - from <= p->step)
				draw(h, p, from);
			if (run_apart(p, h, from, upto, sh))
				break;
			good = false;
			tell(p, h, sh);
			sh->seed = h->seed;
		}
		printf("%sok %d - seeds %llu to %llu\n", good ? "" : "not ", ++number, (unsigned long long)at,
			(unsigned long long)(upto - p->step));
		fflush(stdout);
		failed += !good;
		at = upto;
	}
	print_tally();
	printf("1..%d\n", number);
	return failed > 0;
}

int main(int argc, char **argv)
{
	struct plan_of_run p = {.from = 1, .seeds = 200, .step = 1};
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : "";
		if (strcmp(argv[i], "--big") == 0)
			p.big = true;
		else if (strcmp(argv[i], "--harsh") == 0)
			p.harsh = true;
		else if (strcmp(argv[i], "--whole") == 0)
			p.whole = true;
		else if (strcmp(argv[i], "--step") == 0)
			p.step = strtoull(value, NULL, 10), i++;
		else if (strcmp(argv[i], "--verbose") == 0)
			p.verbose = true;
		else if (strcmp(argv[i], "--seeds") == 0)
			p.seeds = strtoull(value, NULL, 10), i++;
		else if (strcmp(argv[i], "--from") == 0)
			p.from = strtoull(value, NULL, 10), i++;
		else if (strcmp(argv[i], "--events") == 0)
			p.only = value, i++;
	}
	/* LMDB asks for megabytes at each opening that it hardly touches: those come empty from the system. */
	mallopt(M_MMAP_THRESHOLD, 1 << 18);
	const char *base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
	/* one that was stopped may have left its folder, and its number comes again */
	snprintf(p.root, sizeof p.root, "%s/samvagt-sim-XXXXXX", base);
	if (!mkdtemp(p.root)) {
		printf("1..1\nnot ok 1 - a folder in %s can't be made\n", base);
		return 1;
	}
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct history *h = calloc(1, sizeof *h);
	char why[1000];
	int status = 1;
	bool made = true;
	for (int n = p.big ? 4 : 2; n <= (p.big ? SITES_MOST : 4) && made; n++)
		made = world_prepare(p.root, n, why, sizeof why);
	if (!made)
		printf("1..1\nnot ok 1 - a ring is made: %s\n", why);
	else
		status = run_seeds(&p, h, shared);
	world_forget(p.root);
	free(h);
	return status;
}
