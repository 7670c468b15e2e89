/* tests/memory.c - see memory.h. */
#include "tests/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t count_in(const char *p, size_t n, const char *backwards, size_t length)
{
	size_t found = 0;
	for (size_t i = 0; i + length <= n; i++) {
		size_t k = 0;
		while (k < length && p[i + k] == backwards[length - 1 - k])
			k++;
		found += k == length;
	}
	return found;
}

static size_t count_region(FILE *mem, unsigned long from, unsigned long to, const char *backwards)
{
	enum { ROOM = 1 << 16 };
	static char buf[ROOM];
	size_t found = 0, length = strlen(backwards);
	for (unsigned long at = from; at < to; at += ROOM - length) {
		size_t n = to - at < ROOM ? to - at : ROOM;
		if (fseek(mem, (long)at, SEEK_SET) != 0 || (n = fread(buf, 1, n, mem)) == 0)
			break;
		found += count_in(buf, n, backwards, length);
		explicit_bzero(buf, n);
	}
	return found;
}

static FILE *open_proc(pid_t of, const char *what)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%ld/%s", (long)of, what);
	FILE *f = fopen(path, "r");
	if (f)
		setvbuf(f, NULL, _IONBF, 0);
	return f;
}

size_t memory_count(pid_t of, const char *backwards)
{
	enum { MOST = 1 << 28 };               /* what a sanitizer puts aside is larger than any heap of ours */
	FILE *maps = open_proc(of, "maps"), *mem = open_proc(of, "mem");
	char line[512], how[8];
	unsigned long from, to;
	size_t found = maps && mem ? 0 : SIZE_MAX;
	while (maps && mem && fgets(line, sizeof line, maps))
		if (sscanf(line, "%lx-%lx %7s", &from, &to, how) == 3 && how[0] == 'r' && how[1] == 'w' && to - from < MOST)
			found += count_region(mem, from, to, backwards);
	if (maps)
		fclose(maps);
	if (mem)
		fclose(mem);
	return found;
}
