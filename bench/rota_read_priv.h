/* bench/rota_read_priv.h - between the readers of benchmark files: lines cut into fields, sections, and models that grow.
 *
 * Errors stick: after the first one a reader gives zeros and empty words, and its `rc` says what it was. So a format's
 * reader asks once, when it is through. */
#ifndef BENCH_ROTA_READ_PRIV_H
#define BENCH_ROTA_READ_PRIV_H

#include "bench/rota_read.h"

struct read_line {
	int number;
	const char **fields;            /* trimmed, none of them empty */
	size_t n;
};

struct reader {
	struct arena *a;
	struct err *e;
	int rc;
	const char *path;
	struct read_line *lines;
	size_t n_lines;
	const struct read_line *at;     /* the line being read, or NULL */
	/* the model, as far as it is known */
	struct rota_case *c;
	struct read_names *persons, *kinds;
	struct rota_person *person;     /* as many as persons->n */
	struct rota_contract *contract;
	struct rota_wish *wish;
	struct rota_cover *cover;
	size_t n_contracts, n_wishes, n_cover, cap_person, cap_contract, cap_wish, cap_cover;
	/* the rules of the contract that was begun last */
	struct rota_rule *rule;
	size_t n_rules, cap_rule;
};

struct read_names {
	const char **name;
	size_t n, cap;
};

/* A line with the section's name first begins it; `line` is called for each other line of it, NULL: they are passed over. */
struct read_section {
	const char *name;
	void (*line)(struct reader *r, void *ctx);
};

void read_fail(struct reader *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The lines of a file that have fields, which end at each of `separators`. A line that begins with `comment` has none. */
void read_open(struct reader *r, const char *path, const char *separators, char comment);
void read_sections(struct reader *r, const struct read_section *s, size_t n, void *ctx);

/* Of the line being read. A number is 0 … 999999. */
const char *read_field(struct reader *r, size_t i);
int32_t read_number(struct reader *r, size_t i);
int32_t read_day(struct reader *r, size_t i);           /* a number of a day of the model */
int32_t read_date(struct reader *r, size_t i);          /* 2010-01-31, as civil_date */
int32_t read_weekday(struct reader *r, size_t i);       /* by at least three letters of its English name: 0 is Monday */
/* A name's place, which must be there; `what` is for the sentence. */
int32_t read_name(struct reader *r, const struct read_names *names, size_t i, const char *what);

struct read_names *read_names_new(struct arena *a);
int32_t read_names_find(const struct read_names *names, const char *name);      /* -1: not there */
/* Its new place. Fails if it is there already, or beyond `most`. */
int32_t read_names_add(struct reader *r, struct read_names *names, const char *name, size_t most, const char *what);

void read_add_kind(struct reader *r, const char *name, const char *what);
void read_begin_contract(struct reader *r);             /* rules added from here on are its */
void read_add_rule(struct reader *r, struct rota_rule rule);
void read_add_person(struct reader *r, const char *name, int32_t contract, uint64_t kinds);
void read_add_wish(struct reader *r, int32_t person, int32_t day, uint64_t kinds, int32_t weight);
void read_add_cover(struct reader *r, int32_t day, uint64_t kinds, int32_t need, int32_t under, int32_t over);

/* Of days in all: at most so much costs `over` beyond, at least `under` below. */
struct rota_rule read_total(const struct reader *r, uint64_t kinds, int32_t least, int32_t most, int32_t weight);
struct rota_rule read_run(uint64_t kinds, int32_t least, int32_t most, int32_t weight);
struct rota_rule read_pattern(const uint64_t *sets, int32_t length, uint8_t weekdays, int32_t weight);

/* The formats. */
void rota_read_nrp(struct reader *r);
void rota_read_inrc(struct reader *r);
void rota_read_inrc2(struct reader *r, const char *path);
bool rota_is_inrc2(const char *path);

#define READ_BIT(k) (UINT64_C(1) << (k))
#define READ_COUNT(array) (sizeof(array) / sizeof(array)[0])

#endif
