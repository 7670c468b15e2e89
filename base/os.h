/* base/os.h - the platform: files, folders, locks, randomness, the clock. The files os_*.c
 * are its only implementation, and a port is others beside them (but os_clock.c, which is plain C). Nothing here knows
 * what the bytes mean.
 *
 * Paths are UTF-8. All calls set CLOEXEC. Errors name the path. */
#ifndef BASE_OS_H
#define BASE_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"

/* The clock as an interface: tests and SAMVAGT_NOW put another in its place. */
struct os_clock {
	int64_t (*now)(void *ctx);     /* seconds since 1970, UTC */
	void *ctx;
};
/* The real clock, or a fixed one when SAMVAGT_NOW holds an ISO time ("2025-12-01T09:00", Danish
 * local time, or with a trailing Z for UTC). ERR_USAGE if it can't be read. */
int os_clock_init(struct os_clock *out, struct err *e);
/* Milliseconds since some moment; the time that the machine slept counts, where the system can tell. */
int64_t os_monotonic_ms(void);

void os_random(void *p, size_t n);           /* cryptographically strong */
/* Whole pages of zeros that a child made by fork() finds empty again; NULL where that can't be had. */
void *os_unshared_new(size_t n);
void os_unshared_free(void *p, size_t n);    /* NULL is fine */

/* Write a file whole or not at all: temp beside it, fsync, rename over, fsync the file again, fsync the
 * folder. Mode 0600. On a full disk the old file is untouched and the temp gone. A device or pipe is written into. */
int os_write_file(const char *path, const void *p, size_t n, struct err *e);
/* Is it what a file being written is called, beside its place? When nobody is writing there, it is of one who was
 * interrupted. */
bool os_is_temp(const char *name);
/* The same without replacing: ERR_CONFLICT when the path exists. */
int os_write_new_file(const char *path, const void *p, size_t n, struct err *e);
/* Write over a short file without waiting for the disk: after a power cut any part of it may be old or missing, so its
 * reader must take nothing for granted. */
int os_write_note(const char *path, const void *p, size_t n, struct err *e);
/* What was written to `temp`, in the same folder, becomes `path`: as above, `replace` or ERR_CONFLICT when the path
 * exists. When it fails the temp file is gone. */
int os_publish(const char *temp, const char *path, bool replace, struct err *e);
/* The whole file into b (appended). ERR_NOTFOUND, ERR_DATA when larger than `max`. "-" is not special. */
int os_read_file(const char *path, size_t max, struct buf *b, struct err *e);
/* All of an open descriptor. */
int os_read_fd(int fd, size_t max, struct buf *b, struct err *e);

/* For what is carried away. A file that isn't there yet, written and down, under its name from the first byte on: for
 * temps that os_publish gives their name. ERR_CONFLICT when it exists. When it fails it is gone. */
int os_write_down(const char *path, const void *p, size_t n, struct err *e);
/* As os_remove, and the name is down before the bytes go: a stick pulled in between would else be left with a name for
 * bytes that are somebody else's, and who reads that makes the system stop writing to the stick. */
int os_remove_down(const char *path, struct err *e);
/* Everything that was written to the file system that the path lies on is down when this returns. */
int os_sync_fs(const char *path, struct err *e);
/* As os_read_file, but what the disk has rather than what is remembered of it, as far as the system can do that. Of a file
 * that is down. */
int os_read_back(const char *path, size_t max, struct buf *b, struct err *e);

int os_mkdir_p(const char *path, struct err *e);            /* 0700; existing is fine */
int os_fsync_dir(const char *path, struct err *e);
bool os_exists(const char *path);
bool os_is_dir(const char *path);
int os_remove(const char *path, struct err *e);             /* missing is fine */
int os_rename_new(const char *from, const char *to, struct err *e);   /* never replaces */
/* Two names on one file system change places in one step; neither is ever missing. */
int os_exchange(const char *x, const char *y, struct err *e);
/* Names in a folder (without . and ..), sorted by bytes; arena-owned, NULL-terminated. ERR_NOTFOUND; ERR_DATA no
 * folder. */
int os_list_dir(struct arena *a, const char *path, char ***names, size_t *n, struct err *e);
int os_remove_folder(const char *path, struct err *e);     /* ERR_CONFLICT unless it is empty; missing is fine */
int os_remove_tree(const char *path, struct err *e);
int64_t os_file_size(const char *path);                    /* -1 when missing */
int64_t os_disk_free(const char *path);                    /* bytes for us; -1 unknown */

/* Make sure that the bytes from..to of an open file have room on the disk (the file grows to `to`). OK where the file
 * system can't promise it. */
int os_reserve(int fd, int64_t from, int64_t to, struct err *e);
/* The same for a file that isn't there yet: made of that many zeroes, for us alone. One that is there is left as it
 * is. */
int os_reserve_new(const char *path, int64_t size, struct err *e);

/* Which kind of file system carries the path (or, if it isn't there yet, will carry it): a store is refused on
 * OS_FS_NETWORK (SMB, CIFS, NFS, 9p). */
enum os_fs { OS_FS_LOCAL, OS_FS_NETWORK, OS_FS_FUSE, OS_FS_FAT };
enum os_fs os_fs_kind(const char *path, const char **name);   /* *name (may be NULL): "SMB"; "" for a local one */
/* For tests: pretend that paths are on this kind (env SAMVAGT_TEST_FS=network|fuse|fat does it too). */

/* What is mounted where. removable: a stick or another disk that somebody may pull out. */
struct os_mount {
	const char *dir, *device, *fs;       /* "/media/anna/STIK", "/dev/sdb1", "vfat" */
	const char *number;                  /* of the device: "8:17" */
	bool removable;
};
int os_mounts(struct arena *a, struct os_mount **out, size_t *n, struct err *e);

/* An advisory lock file that says who holds it. ERR_BUSY with `who` ("Anna · pid 4711 · since 09:12"). */
struct os_lock;
int os_lock_take(const char *path, const char *who, struct os_lock **out, struct err *e);
void os_lock_release(struct os_lock *l);
/* Who holds it now; empty when nobody. */
void os_lock_holder(const char *path, char *who, size_t n);

/* Run fn in a child process with nothing to say on stderr, and wait for it: whatever it does to memory, this process
 * goes on. *result gets what fn returned (0-99), or -1 when the child was killed: by a bad page, an assertion, or by
 * us after `most_ms`. ERR_NOMEM when somebody else killed it: the kernel, when memory is out. The child must not use
 * what this process shares with others (an open database, a lock). */
int os_run_apart(int (*fn)(void *ctx), void *ctx, int most_ms, int *result, struct err *e);
/* The same for long work that tells how it goes: what fn gives to os_tell comes to heard() in this process, in order.
 * When heard() returns other than 0 the child is ended and that is returned. *result is -1 when the child was killed,
 * also by us when it has told nothing for quiet_ms. A message is at most 64 KiB. */
struct os_teller;
void os_tell(struct os_teller *to, const void *message, size_t n);
int os_run_telling(int (*fn)(void *ctx, struct os_teller *to), void *ctx,
	int (*heard)(void *ctx, const void *message, size_t n), void *heard_ctx, int quiet_ms, int *result, struct err *e);
/* The same while this process goes on: it listens now and then. */
struct os_job;
int os_job_start(int (*fn)(void *ctx, struct os_teller *to), void *ctx, struct os_job **out, struct err *e);
/* Gives what has been told since to heard(), and waits at most wait_ms for more. *is_over says that the child has
 * ended, with *result as above. What heard() returns other than 0 ends it, and is returned. */
int os_job_listen(struct os_job *job, int (*heard)(void *ctx, const void *message, size_t n), void *heard_ctx, int wait_ms,
	bool *is_over, int *result);
void os_job_end(struct os_job *job);          /* kills the child if it still works, and frees; NULL is fine */
/* Run a program by its path: no shell. It reads `in` and what it writes is appended to out, at
 * most `most` bytes; *said (may be NULL) gets the first line of what it says on stderr, at most n - 1 bytes. *status is
 * its exit status, or -1 when it was killed: by a signal, or by us after most_ms or when it wrote too much.
 * ERR_NOTFOUND: there is no such program. One that ends without reading all of its input is no error. */
struct os_program {
	const char *path;
	const void *in; size_t nin;
	struct buf *out; size_t most;
	char *said; size_t nsaid;
	int most_ms;
	const char *const *args;      /* after its name, ended by NULL; or NULL: none */
};
int os_run_program(const struct os_program *p, int *status, struct err *e);
/* Is the path a file that we may run? */
bool os_is_program(const char *path);
/* The program of that name in one of the whole folders of $PATH, the first; NULL: there is none. */
const char *os_find_program(struct arena *a, const char *name);

/* Run fn in a thread of this process, for long work on what this process has open and nobody else may have: what fn
 * touches is its own until it has returned, and the two share nothing but what is _Atomic. */
struct os_beside;
int os_beside_start(int (*fn)(void *ctx), void *ctx, struct os_beside **out, struct err *e);
/* Waits at most wait_ms. True when fn has returned, with *result. */
bool os_beside_wait(struct os_beside *b, int wait_ms, int *result);
void os_beside_end(struct os_beside *b);      /* waits for fn, however long, and frees; NULL is fine */
/* This process's number, for "who has it open". */
long os_process_number(void);

/* $XDG_DATA_HOME/samvagt (or ~/.local/share/samvagt); arena-owned. */
char *os_data_home(struct arena *a);
/* $XDG_CONFIG_HOME/samvagt (or ~/.config/samvagt): what whoever uses this machine wrote for the program;
 * arena-owned. */
char *os_config_home(struct arena *a);
/* $XDG_STATE_HOME/samvagt (or ~/.local/state/samvagt): what this machine remembers and nobody misses; arena-owned. */
char *os_state_home(struct arena *a);
/* What the system calls this machine (machine-id(5)), "" when it doesn't say. For tests: env SAMVAGT_TEST_MACHINE. */
const char *os_machine(struct arena *a);
/* Which file or folder a path leads to: another name of the same one has the same numbers. False when it isn't
 * there. */
struct os_spot { uint64_t device, inode; const char *path; };     /* the path from the root, without links */
bool os_spot_of(struct arena *a, const char *path, struct os_spot *out);
char *os_path_join(struct arena *a, const char *dir, const char *name);
/* The folder that the running program stands in; arena-owned. */
char *os_program_dir(struct arena *a);

/* First of all: keep the three standard descriptors from being given to files, secrets out of core dumps, and other
 * users out of new files (umask 077). */
void os_harden(void);
/* What to say on stderr, and the exit status, when a fault (a damaged page under LMDB, a failed assertion) kills the
 * program. Who catches such signals already keeps them. */
void os_set_last_words(const char *words, int status);
/* Ask for a passphrase on the terminal without echo; ERR_KEY when there is no terminal. Wiped by the caller. */
int os_ask_passphrase(const char *prompt, char *buf, size_t n, struct err *e);

#endif
