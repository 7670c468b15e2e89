/* sync/folder.h - the exchange folder: names, listing, and writing so that a pulled stick leaves nothing half.
 *
 *   SAMVAGT/g-<ring>.svg                       write-once marker: "SVRING1\r\n"
 *   SAMVAGT/s/<incarnation>/<first>-<last>-<hash>.seg   <vector sum>-<hash>.snp   .ext   .ack   cert.<hash>.svc
 *   SAMVAGT/s/<incarnation>/.p-<incarnation>-<random>.part   being written by that one; every reader ignores it
 *
 * Names are base32 (RFC 4648, lower case, no padding), digits, '.' and '-', under 80 characters; hashes in them are the
 * first 8 bytes. Content decides, the name is only an index: a renamed, "(1)" or conflict copy is read too; unknown files
 * are left alone. Never a time of change, a lock, a pointer file or an overwrite.
 *
 * All of it goes through struct folder_io, so that tests can put a hostile stick in its place. Writing is: O_EXCL
 * .part, write, fsync, rename without replacing, fsync the file again (FAT leaves 0 bytes otherwise), fsync the
 * folder; at the end sync the file system, drop its cache, read back and compare. Only then may the stick be pulled. */
#ifndef SYNC_FOLDER_H
#define SYNC_FOLDER_H

#include "sync/segment.h"

struct folder_entry { const char *name; int64_t size; bool is_dir; };

/* The calls of the real one are base/os.h's; a simulated one fails, loses, reorders and dies where it likes. */
struct folder_io {
	int (*make_dir)(void *ctx, const char *path, struct err *e);                    /* with parents; existing is fine */
	/* In the arena, by name. ERR_NOTFOUND; ERR_DATA a file. */
	int (*list)(void *ctx, struct arena *a, const char *path, struct folder_entry **out, size_t *n, struct err *e);
	int (*read)(void *ctx, const char *path, size_t max, struct buf *b, struct err *e);   /* ERR_DATA larger than max */
	int (*write)(void *ctx, const char *path, const void *p, size_t n, struct err *e);   /* ERR_CONFLICT exists */
	/* Rename without replacing, and all of it down. ERR_CONFLICT exists. When it fails, `from` is gone. */
	int (*publish)(void *ctx, const char *from, const char *to, struct err *e);
	int (*remove)(void *ctx, const char *path, struct err *e);
	int (*sweep)(void *ctx, const char *path, struct err *e);   /* remove what was left half, where that harms nothing */
	int (*settle)(void *ctx, const char *path, struct err *e);                      /* everything written is really down */
	int (*read_back)(void *ctx, const char *path, size_t max, struct buf *b, struct err *e);  /* not from a cache */
	void *ctx;
};
struct folder_io folder_io_real(void);

/* EXTRACT: a snapshot of what the region may see. */
enum folder_kind { FOLDER_SEGMENT, FOLDER_SNAPSHOT, FOLDER_EXTRACT, FOLDER_ACK, FOLDER_STATEMENT, FOLDER_UNKNOWN };
struct folder_file {
	enum folder_kind kind;            /* by its name; UNKNOWN ones are worth a look: somebody may have renamed them */
	const char *path;                 /* from the folder's root */
	int64_t size;
	uint64_t inc;                     /* of the directory; 0: elsewhere */
	uint64_t first, last;             /* of a segment; the vector's sum of the others, twice */
	uint8_t hash[8];                  /* of the name */
};

struct folder;
/* What is in it is listed once, now. ERR_NOTFOUND no such directory, or no exchange folder in it; ERR_DATA a file; ERR_REFUSED another ring's
 * folder; ring_name, of the own one, stands in the sentence. own: 0 to read only; else the incarnation that writes: SAMVAGT/ and the marker are made when they
 * are missing, and what that one left half earlier is removed. ERR_READONLY. */
int folder_open(const struct folder_io *io, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	uint64_t own, struct folder **out, struct err *e);
/* As one who reads only, to try what one who writes would do: where nobody has left anything yet it is empty. */
int folder_try(const struct folder_io *io, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	struct folder **out, struct err *e);
/* Had nobody left anything in it before? */
bool folder_is_new(const struct folder *f);
void folder_close(struct folder *f);                  /* NULL is fine */
/* All files that a reader should look at, by path; those put meanwhile too. In the arena. */
void folder_list(struct folder *f, struct arena *a, struct folder_file **out, size_t *n);
/* The file's bytes alone in b. ERR_DATA when it is larger than its kind may be. */
int folder_read(struct folder *f, const struct folder_file *file, struct buf *b, struct err *e);
/* The next after `after` (NULL: from the beginning) that is named like `want`: its kind, inc, first, last (0 fits any of a
 * segment; of a statement both are 0) and hash. From the listing; it lives until something is put or removed. */
const struct folder_file *folder_next(const struct folder *f, const struct folder_file *after,
	const struct folder_file *want);
/* Put a file under its name. Nothing happens when it's there whole; a cut or damaged one of that name is left and the file gets
 * a "-2" beside it. *written may be NULL. */
int folder_put(struct folder *f, enum folder_kind kind, uint64_t inc, uint64_t first, uint64_t last,
	const uint8_t hash[SEGMENT_HASH], const void *p, size_t n, bool *written, struct err *e);
int folder_remove(struct folder *f, const struct folder_file *file, struct err *e);
/* Sync, read back everything put since folder_open and compare: only now "you can take the stick out". What didn't stay as
 * it was written is removed again: ERR_IO. */
int folder_settle(struct folder *f, struct err *e);

/* ---- where folders may be ------------------------------------------------------------------------ */
struct folder_place {
	const char *dir, *label;          /* "SAMVAGT-STIK", or the last part of the path */
	bool removable, has_exchange;     /* has SAMVAGT/ already */
	int64_t free;                     /* bytes; -1 unknown */
};
/* The folders that were used before, the latest first (remembered in $XDG_STATE_HOME/samvagt/folders), then mounted
 * sticks (under /media, /run/media and /mnt). Those that aren't there now are left out. */
int folder_places(struct arena *a, struct folder_place **out, size_t *n, struct err *e);
/* Not one whose name looks like a CPR number. */
int folder_remember(const char *dir, struct err *e);

#endif
