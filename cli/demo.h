/* cli/demo.h - a believable store of invented people, to learn and to measure on. */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include "store/store.h"

/* About 25, 176 and 2,000 volunteers; six weeks, a year, ten years (1,000,000 places on shifts). */
enum demo_size { DEMO_WARD, DEMO_HOSPITAL, DEMO_REGION };

/* "ward", "hospital", "region"; -1 when unknown. */
int demo_size_named(const char *name);
/* Fill a fresh store. The same seed on the same day makes the same records. progress may be NULL. */
int demo_build(struct store *s, enum demo_size size, uint64_t seed, int (*progress)(void *, size_t done, size_t total), void *ctx, struct err *e);

#endif
