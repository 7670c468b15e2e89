/* bench/sync/script.c - see script.h. */
#include "bench/sync/script.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void script_open(struct script *s, const char *file)
{
	char path[4096];
	struct stat st;
	snprintf(path, sizeof path, "%s/%s", getenv("WORKLOAD") ? getenv("WORKLOAD") : ".", file);
	FILE *f = fopen(path, "r");
	if (!f || fstat(fileno(f), &st) < 0)
		measure_die(path);
	size_t n = (size_t)st.st_size;
	s->text = s->at = malloc(n + 1);
	if (!s->text || fread(s->text, 1, n, f) != n)
		measure_die(path);
	s->text[n] = '\0';
	fclose(f);
}

static enum script_op script_op(const char *word)
{
	return strcmp(word, "put") == 0 ? SCRIPT_PUT : strcmp(word, "set") == 0 ? SCRIPT_SET : SCRIPT_DEL;
}

bool script_next(struct script *s, struct script_line *out)
{
	char *line = strsep(&s->at, "\n");
	if (!line || !*line)
		return false;
	out->op = script_op(strsep(&line, "\t"));
	out->type = strsep(&line, "\t");
	out->id = strsep(&line, "\t");
	for (out->n = 0; line && out->n < SCRIPT_FIELDS; out->n++) {
		char *value = strsep(&line, "\t");
		out->name[out->n] = strsep(&value, "=");
		out->value[out->n] = value;
	}
	return true;
}

void script_close(struct script *s)
{
	free(s->text);
}

void script_remember_at(const char *path)
{
	char here[2048], whole[4096];
	if (!getcwd(here, sizeof here))
		measure_die("the current folder");
	snprintf(whole, sizeof whole, "%s/%s", here, path);
	setenv("XDG_STATE_HOME", whole, 1);
}

void script_tell(const char *phase, const struct stopwatch *w, long bytes, long shown)
{
	struct sample used = stopwatch_stop(w);
	printf("{\"phase\": \"%s\", \"cpu\": %.3f, \"wall\": %.3f", phase, 1e3 * used.cpu, 1e3 * used.wall);
	if (bytes >= 0)
		printf(", \"bytes\": %ld", bytes);
	if (shown >= 0)
		printf(", \"shown\": %ld", shown);
	puts("}");
	fflush(stdout);
}
