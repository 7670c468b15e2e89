/* cli/series_priv.h - what the commands about series share: reading their words, and saying what came of it. */
#ifndef CLI_SERIES_PRIV_H
#define CLI_SERIES_PRIV_H

#include "cli/cli.h"
#include "roster/series.h"

/* The series that there are; opens the book. */
int series_words_load(struct cli *c, struct series_list *l, struct err *e);
/* By words of its place, role and days, or by its id. ERR_NOTFOUND, ERR_AMBIGUOUS. */
int series_words_find(struct cli *c, const struct series_list *l, const char *text, const struct series **out, struct err *e);
/* What --unit, --role, --days … say. */
int series_words_edit(struct cli *c, struct series_edit *out, struct err *e);
/* --every as SERIES_…. */
int series_words_every(struct cli *c, int *out, struct err *e);
/* A day of an option; `otherwise` when it isn't given. */
int series_words_day(struct cli *c, enum opt o, civil_date otherwise, civil_date *out, struct err *e);
/* The outcome: counts to stderr, whoever must hear of it to stdout; or one JSON object. */
int series_words_report(struct cli *c, const struct series_done *done, const struct change_result *r, struct err *e);

#endif
