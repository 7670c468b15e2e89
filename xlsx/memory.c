/* xlsx/memory.c - see memory.h. Owns the two doors through which the library reaches files, which it finds here before
 * its own: lxw_tmpfile() for its parts, and minizip's zipOpen() for the whole. Must not know what is written.
 *
 * Between workbook_new() and zipOpen() nothing but a name is handed on, so the name says where the memory is. */
#include "xlsx/memory.h"

#include <minizip/zip.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

char *memory_name(char name[MEMORY_NAME], struct memory *m, struct buf *to)
{
	*m = (struct memory){to, to->n, 0};
	snprintf(name, MEMORY_NAME, "%p", (void *)m);
	return name;
}

FILE *lxw_tmpfile(char *folder)
{
	(void)folder;
	int fd = memfd_create("part", MFD_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w+b");
	if (fd >= 0 && !f)
		close(fd);
	return f;
}

static voidpf open_memory(voidpf opaque, const char *name, int mode)
{
	void *m = NULL;
	(void)opaque;
	(void)mode;
	return sscanf(name, "%p", &m) == 1 ? m : NULL;
}

static uLong read_memory(voidpf opaque, voidpf stream, void *out, uLong n)
{
	struct memory *m = stream;
	uLong left = m->to->n - m->start - m->at;
	(void)opaque;
	n = n < left ? n : left;
	memcpy(out, m->to->p + m->start + m->at, n);
	m->at += n;
	return n;
}

/* Over what is there, and on. */
static uLong write_memory(voidpf opaque, voidpf stream, const void *p, uLong n)
{
	struct memory *m = stream;
	size_t there = m->to->n - m->start - m->at, over = n < there ? n : there;
	(void)opaque;
	if (over)
		memcpy(m->to->p + m->start + m->at, p, over);
	buf_add(m->to, (const char *)p + over, n - over);
	m->at += n;
	return m->to->oom ? 0 : n;
}

static long tell_memory(voidpf opaque, voidpf stream)
{
	const struct memory *m = stream;
	(void)opaque;
	return (long)m->at;
}

static long seek_memory(voidpf opaque, voidpf stream, uLong offset, int origin)
{
	struct memory *m = stream;
	size_t n = m->to->n - m->start;
	size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR ? m->at : origin == ZLIB_FILEFUNC_SEEK_END ? n : 0;
	(void)opaque;
	if (m->to->oom || from + offset > n)
		return -1;
	m->at = from + offset;
	return 0;
}

static int close_memory(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

static int error_of_memory(voidpf opaque, voidpf stream)
{
	const struct memory *m = stream;
	(void)opaque;
	return m->to->oom;
}

zipFile zipOpen(const char *path, int append)
{
	zlib_filefunc_def doors = {open_memory, read_memory, write_memory, tell_memory, seek_memory, close_memory, error_of_memory, NULL};
	return zipOpen2(path, append, NULL, &doors);
}
