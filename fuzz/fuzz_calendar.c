/* fuzz/fuzz_calendar.c - anybody's calendar file, as the helper reads it.
 *
 * What was read can be written, and read again it has the same events at the same times. */
#include <string.h>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "ical/file.h"

/* Only those that have a name and a time can be written. */
static void keep_whole(struct calendar *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (*c->events[i].uid && c->events[i].start != CMIN_NONE)
			c->events[n++] = c->events[i];
	c->n = n;
}

static void write_again(struct arena *a, struct calendar *c)
{
	struct buf b = {0};
	struct calendar again;
	struct fault fault;
	keep_whole(c);
	FUZZ_NEED(file_write(c, &b, NULL) == OK);
	FUZZ_NEED(file_read(a, b.p, &again, &fault) && again.n == c->n);
	for (size_t i = 0; i < c->n; i++)
		FUZZ_NEED(again.events[i].start == c->events[i].start && again.events[i].state == c->events[i].state);
	buf_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct arena *a = arena_new();
	struct calendar c;
	struct fault fault;
	char *text = arena_strndup(a, (const char *)p, n);
	if (text_valid(text, strlen(text)) && file_read(a, text, &c, &fault))
		write_again(a, &c);
	arena_free(a);
	return 0;
}
