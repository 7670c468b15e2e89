/* bench/rota_read.h - the public benchmarks of rosters, read from their own files into models of fill/rota.h; and rosters
 * as text.
 *
 * Three formats, told apart by what a file says:
 *   - Curtois and Qu's shift scheduling instances, as text (schedulingbenchmarks.org): all their hard rules are hard,
 *     requests and cover have their weights;
 *   - the first nurse rostering competition, INRC-I, the text files: exact cover is hard, all else has a weight;
 *   - the second one, INRC-II: not a file but the name of a case beside its files, "n005w4/n005w4_0_1-2-3-3": scenario n005w4,
 *     history 0, the weeks 1, 2, 3 and 3. A kind is a shift with a skill; the weeks are one period.
 * bench/rota_check.py says the rules in its own words, and counts rosters without any of this.
 *
 * A roster as text has a line for each person: the name, then for each day a kind or "-". Empty lines and those that begin
 * with "#" say nothing. */
#ifndef BENCH_ROTA_READ_H
#define BENCH_ROTA_READ_H

#include "fill/rota.h"

#include <stdio.h>

struct rota_case {
	struct rota_model model;
	const char **persons;           /* names, model.n_persons of them */
	const char **kinds;             /* model.n_kinds: "-" first */
};

/* Everything is kept in `a`. ERR_DATA with file, line and what is wrong, or what os_read_file() says. */
int rota_read(struct arena *a, const char *path, struct rota_case *c, struct err *e);

/* A roster of this case from a text: [person * days + day], in `a`. ERR_DATA. */
int rota_read_roster(struct arena *a, const char *path, const struct rota_case *c, uint8_t **roster, struct err *e);

void rota_write_roster(FILE *f, const struct rota_case *c, const uint8_t *roster);

#endif
