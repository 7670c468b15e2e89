/* sync/folder.h - the exchange folder: names, listing, and writing so that a pulled stick leaves nothing half.
 *
 *   SAMVAGT/g-<ring>.svg                       write-once marker
 *   SAMVAGT/s/<incarnation>/<first>-<last>-<hash>.seg   .snp <vector sum>-<hash>   .ack <sum>-<hash>   cert.<hash>.svc
 *   SAMVAGT/s/<incarnation>/.p-<random>.part   being written; every reader ignores it
 *
 * Names are base32 (RFC 4648, lower case, no padding), digits, '.' and '-', under 80 characters. Content decides, the
 * name is only an index: a renamed, "(1)" or conflict copy is read too; unknown files are left alone. Never a time of
 * change, a lock, a pointer file or an overwrite.
 *
 * All of it goes through struct folder_io, so that tests can put a hostile stick in its place. Writing is: O_EXCL
 * .part, write, fsync, rename without replacing, fsync the file again (FAT leaves 0 bytes otherwise), fsync the
 * folder; at the end sync the file system, drop its cache, read back and compare. Only then may the stick be pulled. */
#ifndef SYNC_FOLDER_H
#define SYNC_FOLDER_H

#include "sync/segment.h"

/* The calls of the real one are base/os.h's; a simulated one fails, loses, reorders and dies where it likes. */
struct folder_io {
	int (*make_dir)(void *ctx, const char *path, struct err *e);                    /* with parents; existing is fine */
	int (*list)(void *ctx, struct arena *a, const char *path, char ***names, size_t *n, struct err *e);
	int (*read)(void *ctx, const char *path, size_t max, struct buf *b, struct err *e);
	int (*write_new)(void *ctx, const char *path, const void *p, size_t n, struct err *e);   /* ERR_CONFLICT exists */
	int (*remove)(void *ctx, const char *path, struct err *e);
	int (*settle)(void *ctx, const char *path, struct err *e);                      /* everything written is really down */
	void *ctx;
};
struct folder_io folder_io_real(void);

enum folder_kind { FOLDER_SEGMENT, FOLDER_SNAPSHOT, FOLDER_ACK, FOLDER_STATEMENT, FOLDER_UNKNOWN };
struct folder_file {
	enum folder_kind kind;            /* by its name; UNKNOWN ones are worth a look only if they aren't ours to ignore */
	const char *path;                 /* from the folder's root */
	uint64_t inc;                     /* of the directory; 0: elsewhere */
	uint64_t first, last;             /* of a segment */
	uint8_t hash[8];                  /* of the name */
};

struct folder;
/* ERR_NOTFOUND no such directory; ERR_REFUSED another ring's folder (which is named); ERR_READONLY only when `write`. Makes
 * SAMVAGT/ and the marker when `write` and they are missing. */
int folder_open(const struct folder_io *io, const char *dir, const uint8_t ring[SEGMENT_RING], const char *ring_name,
	bool write, struct folder **out, struct err *e);
void folder_close(struct folder *f);
/* All files that a reader should look at, by path. */
int folder_list(struct folder *f, struct arena *a, struct folder_file **out, size_t *n, struct err *e);
int folder_read(struct folder *f, const struct folder_file *file, struct buf *b, struct err *e);
/* Is a file with these last bytes of hash there under its own name, with this size or more? From the listing. */
bool folder_has(struct folder *f, enum folder_kind kind, uint64_t inc, uint64_t first, uint64_t last, const uint8_t hash[8]);
/* Put a file under its name. Nothing happens when it's there whole; a cut or damaged one of that name is left and the file gets
 * a "-2" beside it. *written may be NULL. */
int folder_put(struct folder *f, enum folder_kind kind, uint64_t inc, uint64_t first, uint64_t last,
	const uint8_t hash[SEGMENT_HASH], const void *p, size_t n, bool *written, struct err *e);
int folder_remove(struct folder *f, const struct folder_file *file, struct err *e);
/* Sync, read back everything put since folder_open and compare: only now "you can take the stick out". */
int folder_settle(struct folder *f, struct err *e);

/* ---- where folders may be ------------------------------------------------------------------------ */
struct folder_place {
	const char *dir, *label;          /* "SAMVAGT-STIK", or the last part of the path */
	bool removable, has_exchange;     /* has SAMVAGT/ already */
	int64_t free;                     /* bytes; -1 unknown */
};
/* Mounted sticks (by /proc/self/mountinfo and /sys/…/removable, under /media, /run/media, /mnt) and the folders that were
 * used before (remembered per store in $XDG_STATE_HOME/samvagt/folders, no personal data). */
int folder_places(struct arena *a, struct folder_place **out, size_t *n, struct err *e);
int folder_remember(const char *dir, struct err *e);

#endif
