/* tests/sim/stick.c - see sim.h. Owns a stick in memory, and what can happen to it. */
#include "tests/sim/sim.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every call counts down; false: this one fails. */
static bool works(struct stick *s)
{
	if (s->fault == FAULT_NONE || s->countdown-- > 0)
		return true;
	if (s->fault == FAULT_ONCE)
		s->fault = FAULT_NONE;
	return false;
}

static int fail(const struct stick *s, struct err *e)
{
	return s->fault == FAULT_FULL ? err_set(e, ERR_FULL, "the stick is full") : err_set(e, ERR_IO, "the stick fails");
}

static struct stick_file *find(struct stick *s, const char *path)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->file[i].path, path) == 0)
			return &s->file[i];
	return NULL;
}

static struct stick_file *add(struct stick *s, const char *path, const void *p, size_t n)
{
	if (s->n == s->cap)
		s->file = realloc(s->file, (s->cap = s->cap * 2 + 16) * sizeof *s->file);
	struct stick_file *f = &s->file[s->n++];
	*f = (struct stick_file){.p = malloc(n + 1), .n = n};
	snprintf(f->path, sizeof f->path, "%s", path);
	if (n)
		memcpy(f->p, p, n);
	return f;
}

static void drop(struct stick *s, struct stick_file *f)
{
	free(f->p);
	*f = s->file[--s->n];
}

static int make_dir(void *ctx, const char *path, struct err *e)
{
	(void)path;
	return works(ctx) ? OK : fail(ctx, e);
}

static int compare(const void *x, const void *y)
{
	const struct folder_entry *a = x, *b = y;
	return strcmp(a->name, b->name);
}

/* The next part of each path that begins with this folder's. */
static int list(void *ctx, struct arena *a, const char *path, struct folder_entry **out, size_t *n, struct err *e)
{
	struct stick *s = ctx;
	if (!works(s))
		return fail(s, e);
	size_t len = strlen(path), k = 0;
	struct folder_entry *entry = arena_alloc(a, (s->n + 1) * sizeof *entry);
	for (size_t i = 0; i < s->n; i++) {
		const char *p = s->file[i].path;
		if (strncmp(p, path, len) != 0 || p[len] != '/')
			continue;
		const char *end = strchr(p + len + 1, '/');
		char *part = end ? arena_strndup(a, p + len + 1, (size_t)(end - p) - len - 1) : arena_strdup(a, p + len + 1);
		bool known = false;
		for (size_t m = 0; m < k; m++)
			known = known || strcmp(entry[m].name, part) == 0;
		if (!known)
			entry[k++] = (struct folder_entry){part, end ? 0 : (int64_t)s->file[i].n, end != NULL};
	}
	qsort(entry, k, sizeof *entry, compare);
	*out = entry;
	*n = k;
	return k || strcmp(path, "/stick") == 0 ? OK : err_set(e, ERR_NOTFOUND, "no such folder");
}

static int read_file(void *ctx, const char *path, size_t max, struct buf *b, struct err *e)
{
	struct stick *s = ctx;
	if (!works(s))
		return fail(s, e);
	struct stick_file *f = find(s, path);
	if (!f)
		return err_set(e, ERR_NOTFOUND, "no such file");
	if (f->n > max)
		return err_set(e, ERR_DATA, "the file is too large");
	buf_add(b, f->p, f->n);
	return OK;
}

/* What a pulled stick has of a file: a part, or a name with 0 bytes. */
static size_t torn(struct stick *s, size_t n)
{
	return chance_of(&s->chance, 40) ? 0 : chance_below(&s->chance, (uint32_t)n);
}

static int write_file(void *ctx, const char *path, const void *p, size_t n, struct err *e)
{
	struct stick *s = ctx;
	if (find(s, path))
		return err_set(e, ERR_CONFLICT, "the file is there");
	if (works(s)) {
		add(s, path, p, n);
		return OK;
	}
	if (s->fault == FAULT_PULLED && chance_of(&s->chance, 60))
		add(s, path, p, torn(s, n))->altered = true;
	return fail(s, e);
}

static int publish(void *ctx, const char *from, const char *to, struct err *e)
{
	struct stick *s = ctx;
	struct stick_file *f = find(s, from);
	if (!f)
		return err_set(e, ERR_NOTFOUND, "no such file");
	bool good = works(s);
	if (find(s, to) || (!good && (s->fault != FAULT_PULLED || chance_of(&s->chance, 50)))) {
		if (good || s->fault != FAULT_PULLED)
			drop(s, f);
		return good ? err_set(e, ERR_CONFLICT, "the file is there") : fail(s, e);
	}
	snprintf(f->path, sizeof f->path, "%s", to);
	if (good)
		return OK;
	if (chance_of(&s->chance, 60)) {
		f->n = torn(s, f->n);
		f->altered = true;
	}
	return fail(s, e);
}

static int remove_file(void *ctx, const char *path, struct err *e)
{
	struct stick *s = ctx;
	if (!works(s))
		return fail(s, e);
	struct stick_file *f = find(s, path);
	if (f)
		drop(s, f);
	return OK;
}

static int settle(void *ctx, const char *path, struct err *e)
{
	(void)path;
	return works(ctx) ? OK : fail(ctx, e);
}

struct folder_io stick_io(struct stick *s)
{
	return (struct folder_io){make_dir, list, read_file, write_file, publish, remove_file, remove_file, settle, read_file, s};
}

void stick_arm(struct stick *s, enum fault fault, int countdown, uint64_t seed)
{
	s->fault = fault;
	s->countdown = countdown;
	s->chance.at = seed;
}

static void harm_file(struct stick *s, struct stick_file *f, struct chance *c)
{
	char path[200];
	const struct stick_file was = *f;
	switch (chance_below(c, 6)) {
	case 0:
	case 1:
		drop(s, f);
		break;
	case 2:
		f->n = chance_of(c, 30) ? 0 : chance_below(c, (uint32_t)f->n);
		f->altered = true;
		break;
	case 3:
		if (f->n)
			f->p[chance_below(c, (uint32_t)f->n)] ^= (uint8_t)(1 << chance_below(c, 8));
		f->altered = true;
		break;
	case 4:
		snprintf(path, sizeof path, "%.110s (1).seg", f->path);
		add(s, path, was.p, was.n)->altered = was.altered;
		break;
	default:
		snprintf(path, sizeof path, "%.110s.sync-conflict", f->path);
		memcpy(f->path, path, sizeof path);
	}
}

void stick_harm(struct stick *s, struct chance *c)
{
	if (s->n)
		harm_file(s, &s->file[chance_below(c, (uint32_t)s->n)], c);
}

void stick_free(struct stick *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->file[i].p);
	free(s->file);
	*s = (struct stick){0};
}
