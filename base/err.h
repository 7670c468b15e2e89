/* base/err.h - what went wrong, as a code for programs and a sentence for people.
 *
 * Every function that can fail returns 0 (OK) or one of the negative codes below and, if the
 * caller gave a `struct err`, writes one translated sentence into it: what, where, what to do.
 * The caller owns the struct; nothing here allocates. A sentence never holds personal data that
 * the caller did not just type. Passing a NULL err is allowed everywhere. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdarg.h>

enum err_code {
	OK = 0,
	ERR_USAGE = -1,       /* the command line is wrong */
	ERR_DATA = -2,        /* input that can't be understood or isn't allowed */
	ERR_NOTFOUND = -3,    /* no such record, file or store */
	ERR_AMBIGUOUS = -4,   /* a short name or id fits several */
	ERR_NOMEM = -5,       /* out of memory */
	ERR_IO = -6,          /* the disk or a file failed */
	ERR_FULL = -7,        /* no room on the disk */
	ERR_BUSY = -8,        /* another program has the store open for writing */
	ERR_READONLY = -9,    /* opened for reading only, or no permission */
	ERR_CORRUPT = -10,    /* a seal, checksum or invariant doesn't hold */
	ERR_KEY = -11,        /* wrong or missing passphrase */
	ERR_REFUSED = -12,    /* a rule says stop */
	ERR_CONFLICT = -13,   /* the world changed meanwhile; nothing was done */
	ERR_UNSUPPORTED = -14,/* made by another version, or not possible on this machine */
	ERR_STOPPED = -15,    /* the person stopped it */
};

struct err {
	int code;
	char text[600];
};

/* Set the sentence (printf-style, translated by the caller) and return `code`. */
int err_set(struct err *e, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* As err_set, with the operating system's reason for `errnum` appended after ": ". ENOSPC and
 * EDQUOT become ERR_FULL, and EACCES, EPERM and EROFS ERR_READONLY, whatever `code` says. */
int err_set_errno(struct err *e, int code, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Put "prefix: " before the sentence that is there, and return its code. With a NULL err the code isn't known, so it
 * returns ERR_IO; a caller that may be given none and must tell codes apart keeps the code itself. */
int err_prefix(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The documented exit status (a subset of sysexits.h) of a code:
 *  0 OK; 64 USAGE; 65 DATA, AMBIGUOUS; 66 NOTFOUND; 70 NOMEM; 73 FULL; 74 IO, CORRUPT;
 *  75 BUSY, CONFLICT, STOPPED; 77 KEY, READONLY; 78 UNSUPPORTED; 1 REFUSED. */
int err_exit_status(int code);

#endif
