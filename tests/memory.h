/* tests/memory.h - whether the memory of a process holds a text: this one's, or a child's. Linux's /proc only. */
#ifndef TESTS_MEMORY_H
#define TESTS_MEMORY_H

#include <stddef.h>
#include <sys/types.h>

/* How often a text stands in what the process can write to. It is given backwards, so that it isn't found for having
 * been looked for. SIZE_MAX: that can't be looked into here. */
size_t memory_count(pid_t of, const char *backwards);

#endif
