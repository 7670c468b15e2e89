/* base/mem.c - see mem.h. Owns chunks, growth and what happens when memory is out. Must not know what lies in the
 * memory, and knows no screen: whoever has one puts it back in the handler. */
#include "base/mem.h"

#include <assert.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is free in a chunk is hidden from the program, so that a pointer kept past arena_reset() is found. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { CHUNK_FIRST = 8 << 10, CHUNK_MOST = 1 << 20 };

struct chunk {
	struct chunk *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct chunk *chunks; /* the first is the one being filled */
	size_t used;
	size_t next_size;
};

static void default_oom(void)
{
	fputs("samvagt: out of memory\n", stderr);
}

/* The one variable of the house: memory runs out where nobody can be handed a handler. */
static void (*oom_handler)(void) = default_oom;

void mem_set_oom_handler(void (*fn)(void))
{
	oom_handler = fn ? fn : default_oom;
}

static _Noreturn void out_of_memory(void)
{
	oom_handler();
	abort();
}

void mem_keep_freed(void)
{
#ifdef __GLIBC__
	enum { KEPT = 32 << 20 };        /* the most that may be said of blocks with pages of their own */
	mallopt(M_MMAP_THRESHOLD, KEPT);
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_TOP_PAD, CHUNK_MOST);
#endif
}

void *mem_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *mem_realloc(void *p, size_t size)
{
	void *q = realloc(p, size ? size : 1);
	if (!q)
		out_of_memory();
	return q;
}

char *mem_strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	return memcpy(mem_alloc(n), s, n);
}

struct arena *arena_new(void)
{
	struct arena *a = mem_alloc(sizeof *a);
	a->next_size = CHUNK_FIRST;
	return a;
}

/* What lay in it may have been about somebody. */
static void wipe_chunk(struct chunk *c)
{
	ASAN_UNPOISON_MEMORY_REGION(c->bytes, c->size);
	explicit_bzero(c->bytes, c->used);
}

static void free_chunks(struct chunk *c)
{
	while (c) {
		struct chunk *next = c->next;
		wipe_chunk(c);
		free(c);
		c = next;
	}
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	free_chunks(a->chunks);
	free(a);
}

/* The chunk kept is the largest ordinary one; a giant made for one import isn't held for the rest of the day. */
void arena_reset(struct arena *a)
{
	struct chunk *keep = NULL, **from = NULL;
	for (struct chunk **c = &a->chunks; *c; c = &(*c)->next)
		if ((*c)->size <= CHUNK_MOST && (!keep || (*c)->size > keep->size)) {
			keep = *c;
			from = c;
		}
	if (keep) {
		*from = keep->next;
		keep->next = NULL;
		wipe_chunk(keep);
		keep->used = 0;
		ASAN_POISON_MEMORY_REGION(keep->bytes, keep->size);
	}
	free_chunks(a->chunks);
	a->chunks = keep;
	a->used = 0;
}

static struct chunk *add_chunk(struct arena *a, size_t need)
{
	size_t size = need > a->next_size ? need : a->next_size;
	if (size > SIZE_MAX - sizeof(struct chunk))
		return NULL;
	struct chunk *c = malloc(sizeof *c + size);
	if (!c)
		return NULL;
	c->size = size;
	c->used = 0;
	c->next = a->chunks;
	a->chunks = c;
	if (a->next_size < CHUNK_MOST)
		a->next_size *= 2;
	ASAN_POISON_MEMORY_REGION(c->bytes, c->size);
	return c;
}

/* As it lies there. */
static void *take(struct arena *a, size_t size)
{
	const size_t unit = alignof(max_align_t);
	if (size > SIZE_MAX - unit)
		return NULL;
	size_t taken = size ? (size + unit - 1) / unit * unit : unit;
	struct chunk *c = a->chunks;
	if (!c || c->size - c->used < taken)
		c = add_chunk(a, taken);
	if (!c)
		return NULL;
	unsigned char *p = c->bytes + c->used;
	c->used += taken;
	a->used += taken;
	assert(c->used <= c->size);
	ASAN_UNPOISON_MEMORY_REGION(p, size);
	return p;
}

void *arena_try_alloc(struct arena *a, size_t size)
{
	void *p = take(a, size);
	return p ? memset(p, 0, size) : NULL;
}

void *arena_try_copy(struct arena *a, const void *p, size_t size)
{
	void *q = take(a, size);
	return q && size ? memcpy(q, p, size) : q;
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p = arena_try_alloc(a, size);
	if (!p)
		out_of_memory();
	return p;
}

void *arena_copy(struct arena *a, const void *p, size_t size)
{
	void *q = arena_try_copy(a, p, size);
	if (!q)
		out_of_memory();
	return q;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = arena_alloc(a, len + 1);
	memcpy(copy, s, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_copy(a, s, strlen(s) + 1);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	size_t size = n < 0 ? 1 : (size_t)n + 1;
	char *s = arena_alloc(a, size);
	vsnprintf(s, size, fmt, again);
	va_end(again);
	return s;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}

/* How many items an array gets room for that needs more than it has; 0: nobody has that much. */
static size_t grown_room(size_t cap, size_t need, size_t item)
{
	size_t room = cap ? cap : 8;
	assert(item > 0);
	while (room < need && room <= SIZE_MAX / 2)
		room *= 2;
	return room < need || room > SIZE_MAX / item ? 0 : room;
}

void *mem_try_grow(void *old, size_t *cap, size_t need, size_t item)
{
	if (need <= *cap && old)
		return old;
	size_t room = grown_room(*cap, need, item);
	void *grown = room ? realloc(old, room * item) : NULL;
	if (grown)
		*cap = room;
	return grown;
}

void *arena_try_grow(struct arena *a, void *old, size_t *cap, size_t need, size_t item)
{
	if (need <= *cap && old)
		return old;
	size_t room = grown_room(*cap, need, item);
	void *grown = room ? arena_try_alloc(a, room * item) : NULL;
	if (!grown)
		return NULL;
	if (old)
		memcpy(grown, old, *cap * item);
	*cap = room;
	return grown;
}

void *arena_grow(struct arena *a, void *old, size_t *cap, size_t need, size_t item)
{
	void *grown = arena_try_grow(a, old, cap, need, item);
	if (!grown)
		out_of_memory();
	return grown;
}

bool buf_grow(struct buf *b, size_t more)
{
	if (b->oom)
		return false;
	size_t cap = b->cap ? b->cap : 64;
	while (cap - b->n <= more && cap <= SIZE_MAX / 2)
		cap *= 2;
	char *p = cap - b->n > more ? realloc(b->p, cap) : NULL;
	if (!p) {
		b->oom = true;
		return false;
	}
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (!buf_reserve(b, n))
		return;
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
	assert(b->n < b->cap);
}

void buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0 && buf_reserve(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->oom = false;
	if (b->p)
		b->p[0] = '\0';
}

void buf_free(struct buf *b)
{
	free(b->p);
	*b = (struct buf){ 0 };
}

void buf_wipe(struct buf *b)
{
	if (b->p)
		explicit_bzero(b->p, b->cap);
	buf_free(b);
}

/* Up to half of a buffer that has grown is memory that the system hasn't even handed out yet. */
void buf_wipe_grown(struct buf *b)
{
	if (b->p)
		explicit_bzero(b->p, b->n);
	buf_free(b);
}
