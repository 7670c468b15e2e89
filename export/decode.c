/* export/decode.c - see decode.h. Owns which encodings there are and how they are told apart. Must not know what is
 * written in them. */
#include "export/decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "base/lang.h"
#include "base/text.h"

struct encoding {
	const char *name, *iconv_name, *bom;
	size_t unit;
};
static const struct encoding with_bom[] = {
	{"UTF-8 BOM", "UTF-8", "\xEF\xBB\xBF", 1},
	{"UTF-16LE", "UTF-16LE", "\xFF\xFE", 2},
	{"UTF-16BE", "UTF-16BE", "\xFE\xFF", 2},
};
static const struct encoding utf8 = {"UTF-8", "UTF-8", "", 1}, utf16le = {"UTF-16LE", "UTF-16LE", "", 2},
			     utf16be = {"UTF-16BE", "UTF-16BE", "", 2};
/* Of one byte a letter; told apart by where the Danish letters æøåÆØÅ lie. */
static const struct {
	struct encoding is;
	const char *danish;
} one_byte[] = {
	{{"windows-1252", "WINDOWS-1252", "", 1}, "\xE6\xF8\xE5\xC6\xD8\xC5"},
	{{"MS-DOS 850", "CP850", "", 1}, "\x91\x9B\x86\x92\x9D\x8F"},
};

/* Western text as UTF-16 has a zero in every second byte, nearly. */
static const struct encoding *wide_encoding(const char *p, size_t n)
{
	size_t zeros[2] = {0, 0}, looked = n < 4096 ? n : 4096;
	for (size_t i = 0; i < looked; i++)
		zeros[i % 2] += p[i] == '\0';
	if (zeros[1] > looked / 4 && zeros[0] < looked / 16)
		return &utf16le;
	if (zeros[0] > looked / 4 && zeros[1] < looked / 16)
		return &utf16be;
	return NULL;
}

static const struct encoding *one_byte_encoding(const char *p, size_t n)
{
	size_t best = 0, most = 0;
	for (size_t k = 0; k < sizeof one_byte / sizeof *one_byte; k++) {
		size_t letters = 0;
		for (size_t i = 0; i < n; i++)
			letters += p[i] && strchr(one_byte[k].danish, p[i]);
		if (letters > most) {
			most = letters;
			best = k;
		}
	}
	return &one_byte[best].is;
}

static void blank_zeros(struct buf *b)
{
	for (size_t i = 0; i < b->n; i++)
		b->p[i] = b->p[i] ? b->p[i] : ' ';
}

/* One letter pasted in another encoding doesn't make the file another: do more letters read as UTF-8 than don't? */
static bool is_mostly_utf8(const char *s)
{
	size_t good = 0, bad = 0;
	int len;
	for (; text_point(s, &len); s += len) {
		good += len > 1;
		bad += len == 1 && (unsigned char)*s >= 0x80;
	}
	return good > bad || bad == 0;
}

/* How the bytes are to be read. Zero bytes in what isn't UTF-16 are damage, and become blanks. */
static const struct encoding *encoding_of(struct buf *raw)
{
	for (size_t i = 0; i < sizeof with_bom / sizeof *with_bom; i++) {
		size_t k = strlen(with_bom[i].bom);
		if (raw->n >= k && !memcmp(raw->p, with_bom[i].bom, k))
			return &with_bom[i];
	}
	const struct encoding *wide = wide_encoding(raw->p, raw->n);
	if (wide)
		return wide;
	blank_zeros(raw);
	return is_mostly_utf8(raw->p) ? &utf8 : one_byte_encoding(raw->p, raw->n);
}

/* Whatever can't be read becomes the replacement character, so that one bad byte doesn't lose a file. */
static int convert(const struct encoding *enc, const char *bytes, size_t left, struct buf *out, struct err *e)
{
	char *in = (char *)(uintptr_t)bytes;     /* iconv reads it only, whatever it says */
	iconv_t cd = iconv_open("UTF-8", enc->iconv_name);
	if (cd == (iconv_t)-1)
		return err_set(e, ERR_UNSUPPORTED, _("This machine can't read the encoding %s"), enc->name);
	while (left && buf_reserve(out, 4096)) {
		char *to = out->p + out->n;
		size_t room = out->cap - out->n - 1, before = room;
		size_t done = iconv(cd, &in, &left, &to, &room);
		int why = errno;
		out->n += before - room;
		if (done != (size_t)-1 || why == E2BIG)
			continue;
		size_t skipped = left < enc->unit ? left : enc->unit;
		buf_adds(out, "\xEF\xBF\xBD");
		in += skipped;
		left -= skipped;
	}
	iconv_close(cd);
	return out->oom ? err_set(e, ERR_NOMEM, _("Out of memory while reading a file")) : OK;
}

int decode_bytes(struct buf *raw, const char **name, struct buf *out, struct err *e)
{
	if (!raw->n)
		return err_set(e, ERR_DATA, _("it is empty, so there is nothing to import"));
	const struct encoding *enc = encoding_of(raw);
	size_t bom = strlen(enc->bom);
	*name = enc->name;
	int r = convert(enc, raw->p + bom, raw->n - bom, out, e);
	blank_zeros(out);
	return r;
}

int decode_charset(const char *charset, const char *p, size_t n, struct buf *out, struct err *e)
{
	return convert(&(struct encoding){charset, charset, "", 1}, p, n, out, e);
}
