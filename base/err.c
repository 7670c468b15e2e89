/* base/err.c - see err.h. Owns how a sentence is put together and which exit status a code has. Must not know what
 * any sentence is about, and must not allocate: it is used when memory is out. */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"

/* The reasons that people meet. libc has words for these too, but in Danish only where its own catalogue is
 * installed. */
static const struct {
	int errnum;
	const char *text;
} reasons[] = {
	{ ENOSPC, N_("the disk is full. Free some room and try again") },
	{ EDQUOT, N_("your share of the disk is used up") },
	{ EACCES, N_("you have no permission") },
	{ EPERM, N_("it isn't allowed") },
	{ EROFS, N_("the disk can only be read") },
	{ ENOENT, N_("it doesn't exist") },
	{ EEXIST, N_("it exists already") },
	{ ENOTDIR, N_("something on the way isn't a folder") },
	{ EISDIR, N_("it is a folder") },
	{ ENOTEMPTY, N_("the folder isn't empty") },
	{ EIO, N_("the disk or stick failed. Try another one") },
	{ ENODEV, N_("the disk or stick was taken out") },
	{ EFBIG, N_("the file would be too large") },
	{ ENOMEM, N_("out of memory") },
};

static const char *reason_for(int errnum)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].errnum == errnum)
			return _(reasons[i].text);
	return strerror(errnum);
}

/* A sentence cut off in the middle of a character isn't UTF-8, so what is left of that character goes as well. */
static void drop_half_character(char *s)
{
	size_t n = strlen(s), back = 0;
	while (back < n && back < 3 && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80)
		back++;
	if (back == n)
		return;
	unsigned char lead = (unsigned char)s[n - 1 - back];
	size_t follow = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
	if (follow > back)
		s[n - 1 - back] = '\0';
}

static void write_text(struct err *e, const char *fmt, va_list ap)
{
	int n = vsnprintf(e->text, sizeof e->text, fmt, ap);
	if (n < 0)
		e->text[0] = '\0';
	else if ((size_t)n >= sizeof e->text)
		drop_half_character(e->text);
}

static void append(char *text, size_t size, const char *more)
{
	size_t at = strlen(text);
	if ((size_t)snprintf(text + at, size - at, "%s", more) >= size - at)
		drop_half_character(text);
}

int err_set(struct err *e, int code, const char *fmt, ...)
{
	if (!e)
		return code;
	va_list ap;
	va_start(ap, fmt);
	write_text(e, fmt, ap);
	va_end(ap);
	return e->code = code;
}

int err_set_errno(struct err *e, int code, int errnum, const char *fmt, ...)
{
	if (errnum == ENOSPC || errnum == EDQUOT)
		code = ERR_FULL;
	if (errnum == EACCES || errnum == EPERM || errnum == EROFS)
		code = ERR_READONLY;
	if (!e)
		return code;
	va_list ap;
	va_start(ap, fmt);
	write_text(e, fmt, ap);
	va_end(ap);
	append(e->text, sizeof e->text, ": ");
	append(e->text, sizeof e->text, reason_for(errnum));
	return e->code = code;
}

int err_prefix(struct err *e, const char *fmt, ...)
{
	if (!e)
		return ERR_IO;
	struct err prefixed;
	va_list ap;
	va_start(ap, fmt);
	write_text(&prefixed, fmt, ap);
	va_end(ap);
	append(prefixed.text, sizeof prefixed.text, ": ");
	append(prefixed.text, sizeof prefixed.text, e->text);
	memcpy(e->text, prefixed.text, sizeof e->text);
	return e->code;
}

int err_exit_status(int code)
{
	switch ((enum err_code)code) {
	case OK:
		return 0;
	case ERR_USAGE:
		return 64;
	case ERR_DATA:
	case ERR_AMBIGUOUS:
		return 65;
	case ERR_NOTFOUND:
		return 66;
	case ERR_NOMEM:
		return 70;
	case ERR_FULL:
		return 73;
	case ERR_IO:
	case ERR_CORRUPT:
		return 74;
	case ERR_BUSY:
	case ERR_CONFLICT:
	case ERR_STOPPED:
		return 75;
	case ERR_KEY:
	case ERR_READONLY:
		return 77;
	case ERR_UNSUPPORTED:
		return 78;
	case ERR_REFUSED:
		return 1;
	}
	return 70;
}
