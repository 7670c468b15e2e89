/* base/mem.h - memory: arenas, which are freed as a whole, and growable byte strings.
 *
 * A screen owns an arena for as long as it is open, an event has a scratch one, a command has one
 * for its run. arena_alloc() never returns NULL: out of memory ends the program through the
 * handler (which restores the terminal). The store must report instead, so it uses
 * arena_try_alloc(). Memory is zeroed and aligned for any type. Not thread-safe. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct arena *arena_new(void);            /* never NULL */
/* What lay in it is wiped by both. */
void arena_free(struct arena *a);         /* NULL is fine */
void arena_reset(struct arena *a);        /* forget all, keep one chunk for reuse */
void *arena_alloc(struct arena *a, size_t size);
void *arena_try_alloc(struct arena *a, size_t size);   /* NULL when out of memory */
void *arena_copy(struct arena *a, const void *p, size_t size);
void *arena_try_copy(struct arena *a, const void *p, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
size_t arena_used(const struct arena *a);  /* bytes handed out since the last reset */

/* Grow an arena array: room for at least `need` items, doubling; returns the (moved) array.
 * Use: v = arena_grow(a, v, &cap, n + 1, sizeof *v). */
void *arena_grow(struct arena *a, void *old, size_t *cap, size_t need, size_t item);
void *arena_try_grow(struct arena *a, void *old, size_t *cap, size_t need, size_t item);   /* NULL when out of memory: old stands */

/* Once, when the program begins: what is freed stays with it for whoever asks next. A merge asks for the memory that it
 * holds several times, and pages that the system gives anew cost a tenth of its time (mallopt(3)). */
void mem_keep_freed(void);

/* Called instead of returning when memory is out; the default prints a line and aborts. */
void mem_set_oom_handler(void (*fn)(void));
void *mem_alloc(size_t size);              /* zeroed malloc through the handler; free() it */
void *mem_realloc(void *p, size_t size);
/* arena_try_grow() of an array that isn't an arena's; NULL when out of memory: old stands, and is still to be freed. */
void *mem_try_grow(void *old, size_t *cap, size_t need, size_t item);
char *mem_strdup(const char *s);

/* A growable byte string, always NUL-terminated after the first add. {0} is a valid empty one.
 * `oom` sticks when memory ran out; later adds do nothing. */
struct buf {
	char *p;
	size_t n, cap;
	bool oom;
};

void buf_add(struct buf *b, const void *p, size_t n);
bool buf_grow(struct buf *b, size_t more);      /* what buf_reserve does when there isn't room yet */
void buf_adds(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_reset(struct buf *b);             /* n = 0 and no oom, keeps the memory */
void buf_free(struct buf *b);
void buf_wipe(struct buf *b);              /* as buf_free, and nothing of what was in it stays in memory */
void buf_wipe_grown(struct buf *b);        /* the same of one that has only grown: nothing was ever behind its end */

/* Room to write `more` bytes and a NUL at p + n; false when oom. */
static inline bool buf_reserve(struct buf *b, size_t more)
{
	return (!b->oom && b->p && more < b->cap - b->n) || buf_grow(b, more);
}

static inline void buf_addc(struct buf *b, char c)
{
	if (!buf_reserve(b, 1))
		return;
	b->p[b->n++] = c;
	b->p[b->n] = '\0';
}

#endif
