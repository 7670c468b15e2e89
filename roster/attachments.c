/* roster/attachments.c - see attachments.h. Owns how bytes become pieces and back. Must not know what is in them. */
#include "roster/attachments.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/letters.h"

enum { PIECE_BYTES = 32 << 10, PIECE_LETTERS = 2 * PIECE_BYTES };

static const struct {
	const char *media, *begins;
	size_t n;
} formats[] = {
	{"application/pdf", "%PDF-", 5},
	{"image/jpeg", "\xff\xd8\xff", 3},
	{"image/png", "\x89PNG\r\n\x1a\n", 8},
	{"image/tiff", "II*\0", 4},
	{"image/tiff", "MM\0*", 4},
};

static const char *media_of(const struct attachment *f)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (f->n >= formats[i].n && memcmp(f->p, formats[i].begins, formats[i].n) == 0)
			return formats[i].media;
	return NULL;
}

static int check(const struct attachment *f, const char **media, struct err *e)
{
	*media = media_of(f);
	if (f->n > ATTACHMENT_MOST)
		return err_set(e, ERR_DATA,
			_("the file is larger than %d MiB; scan it in grey tones, or with fewer points an inch"),
			ATTACHMENT_MOST >> 20);
	if (!*media)
		return err_set(e, ERR_DATA, _("the file is no PDF, JPEG, PNG or TIFF"));
	return OK;
}

static int put_piece(
	struct change *c, struct id of, uint32_t number, const void *p, size_t n, char *letters, struct err *e)
{
	struct id id = id_piece(of, number);
	letters_write(letters, p, n);
	change_make(c, TYPE_PIECE, id);
	int rc = change_set(c, TYPE_PIECE, id, F_PIECE_OF, value_id(of), e);
	if (rc == OK)
		rc = change_set(c, TYPE_PIECE, id, F_PIECE_NUMBER, value_int(number), e);
	if (rc == OK)
		rc = change_set(c, TYPE_PIECE, id, F_PIECE_BYTES, value_text(letters), e);
	return rc;
}

static int put_pieces(struct change *c, struct id id, const struct attachment *f, struct err *e)
{
	char *letters = mem_alloc(PIECE_LETTERS + 1);
	int rc = OK;
	uint32_t number = 0;
	for (size_t at = 0; rc == OK && at < f->n; at += PIECE_BYTES) {
		size_t n = f->n - at < PIECE_BYTES ? f->n - at : PIECE_BYTES;
		rc = put_piece(c, id, number++, (const char *)f->p + at, n, letters, e);
	}
	free(letters);
	return rc;
}

int attachment_add(struct change *c, const struct attachment *f, struct id of, struct id *made, struct err *e)
{
	const char *media;
	uint8_t hash[HASH_256];
	char letters[2 * HASH_256 + 1];
	int rc = check(f, &media, e);
	if (rc)
		return rc;
	hash_256(f->p, f->n, hash);
	letters_write(letters, hash, sizeof hash);
	*made = change_new(c, TYPE_ATTACHMENT);
	const struct field_value fields[] = {
		{F_ATTACHMENT_OF, value_id(of)},
		{F_ATTACHMENT_NAME, value_text(f->name)},
		{F_ATTACHMENT_MEDIA, value_text(media)},
		{F_ATTACHMENT_SIZE, value_int((int64_t)f->n)},
		{F_ATTACHMENT_HASH, value_text(letters)},
	};
	rc = change_set_all(c, TYPE_ATTACHMENT, *made, fields, sizeof fields / sizeof *fields, e);
	return rc ? rc : put_pieces(c, *made, f, e);
}

/* ---- reading -------------------------------------------------------------------------------------------- */

static int add_piece(struct view *v, struct arena *a, struct id piece, struct buf *out, struct err *e)
{
	struct rec *r;
	int rc = view_get(v, a, TYPE_PIECE, piece, &r, e);
	const char *letters = rc == OK && r && r->alive ? rec_text(r, F_PIECE_BYTES) : "";
	size_t n = strlen(letters) / 2;
	if (rc == OK && (n == 0 || !buf_reserve(out, n) || !letters_read(letters, out->p + out->n, n)))
		rc = err_set(e, ERR_CORRUPT, _("a piece of the attachment is missing"));
	if (rc == OK)
		out->n += n;
	return rc;
}

int attachment_read(struct view *v, struct id id, struct buf *out, struct err *e)
{
	struct arena *a = arena_new();
	struct rec *r;
	uint8_t hash[HASH_256];
	char letters[2 * HASH_256 + 1];
	size_t start = out->n;
	int rc = view_get(v, a, TYPE_ATTACHMENT, id, &r, e);
	if (rc == OK && (!r || !r->alive))
		rc = err_set(e, ERR_NOTFOUND, _("there is no such attachment, or it has been deleted"));
	for (uint32_t i = 0; rc == OK && out->n - start < (size_t)rec_int(r, F_ATTACHMENT_SIZE); i++)
		rc = add_piece(v, a, id_piece(id, i), out, e);
	if (rc == OK) {
		hash_256(out->p + start, out->n - start, hash);
		letters_write(letters, hash, sizeof hash);
		if (strcmp(letters, rec_text(r, F_ATTACHMENT_HASH)) != 0)
			rc = err_set(e, ERR_CORRUPT, _("the attachment isn't what its hash says"));
	}
	arena_free(a);
	return rc;
}
