/* sync/folder_names.c - see folder_priv.h. Owns how files of an exchange folder are called. Must not know what is in
 * them, nor touch a disk. */
#include "sync/folder_priv.h"

#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "store/be.h"

/* ---- base32: RFC 4648 section 6, lower case, without padding ---- */

enum { BASE32_8 = 13, BASE32_16 = 26 };           /* characters of 8 and 16 bytes */
static const char digits32[] = "abcdefghijklmnopqrstuvwxyz234567";

static void put32(const uint8_t *p, size_t n, char *out)
{
	unsigned held = 0, bits = 0;
	for (size_t i = 0; i < n; i++) {
		held = held << 8 | p[i];
		for (bits += 8; bits >= 5; bits -= 5)
			*out++ = digits32[held >> (bits - 5) & 31];
		held &= (1U << bits) - 1;
	}
	if (bits)
		*out++ = digits32[held << (5 - bits) & 31];
	*out = '\0';
}

static int digit32(char c)
{
	int lower = tolower((unsigned char)c);
	return lower >= 'a' && lower <= 'z' ? lower - 'a' : lower >= '2' && lower <= '7' ? lower - '2' + 26 : -1;
}

/* The bits behind the last whole byte must be zero: one value has one name. */
static bool get32(const char *s, size_t chars, uint8_t *out, size_t n)
{
	unsigned held = 0, bits = 0;
	size_t done = 0;
	assert(chars == (n * 8 + 4) / 5);
	for (size_t i = 0; i < chars; i++) {
		int digit = digit32(s[i]);
		if (digit < 0)
			return false;
		held = held << 5 | (unsigned)digit;
		bits += 5;
		if (bits >= 8 && done < n) {
			bits -= 8;
			out[done++] = (uint8_t)(held >> bits);
			held &= (1U << bits) - 1;
		}
	}
	return done == n && held == 0;
}

/* ---- directories ---- */

void folder_name_inc(uint64_t inc, char out[FOLDER_INC])
{
	uint8_t bytes[8];
	assert(inc != 0);
	be_put(bytes, inc, 8);
	put32(bytes, sizeof bytes, out);
}

bool folder_parse_inc(const char *name, uint64_t *inc)
{
	uint8_t bytes[8];
	*inc = 0;
	if (strlen(name) != BASE32_8 || !get32(name, BASE32_8, bytes, sizeof bytes))
		return false;
	*inc = be_get(bytes, 8);
	return *inc != 0;
}

/* ---- files ---- */

static const char *const endings[] = {
	[FOLDER_SEGMENT] = ".seg",
	[FOLDER_SNAPSHOT] = ".snp",
	[FOLDER_EXTRACT] = ".ext",
	[FOLDER_ACK] = ".ack",
	[FOLDER_STATEMENT] = ".svc",
};
#define CERTIFICATE "cert."

void folder_name_file(const struct folder_file *file, int copy, char out[FOLDER_NAME])
{
	char hash[BASE32_8 + 1], before[60] = CERTIFICATE, after[12] = "";
	assert(file->kind < FOLDER_UNKNOWN && copy >= 1 && copy < 100);
	put32(file->hash, sizeof file->hash, hash);
	if (file->kind == FOLDER_SEGMENT)
		snprintf(before, sizeof before, "%012llu-%012llu-", (unsigned long long)file->first,
			(unsigned long long)file->last);
	else if (file->kind != FOLDER_STATEMENT)
		snprintf(before, sizeof before, "%012llu-", (unsigned long long)file->first);
	if (copy > 1)
		snprintf(after, sizeof after, "-%d", copy);
	int n = snprintf(out, FOLDER_NAME, "%s%s%s%s", before, hash, after, endings[file->kind]);
	assert(n > 0 && n < FOLDER_NAME);
	(void)n;
}

/* A number and the hyphen behind it. */
static bool read_number(const char **s, uint64_t *out)
{
	size_t n = strspn(*s, "0123456789");
	if (n < 1 || n > 19 || (*s)[n] != '-')
		return false;
	*out = strtoull(*s, NULL, 10);
	*s += n + 1;
	return true;
}

/* "-2" of a second copy, up to the ending. */
static bool is_copy_number(const char *s, const char *end)
{
	return s == end || (*s == '-' && s + 1 < end && s + 1 + strspn(s + 1, "0123456789") == end);
}

static bool read_stem(const char *s, const char *end, struct folder_file *out)
{
	bool fits = true;
	if (out->kind == FOLDER_STATEMENT) {
		fits = strncasecmp(s, CERTIFICATE, strlen(CERTIFICATE)) == 0;
		s += strlen(CERTIFICATE);
	} else {
		fits = read_number(&s, &out->first);
		out->last = out->first;
	}
	if (fits && out->kind == FOLDER_SEGMENT)
		fits = read_number(&s, &out->last) && out->last >= out->first;
	return fits && end - s >= BASE32_8 && get32(s, BASE32_8, out->hash, sizeof out->hash) &&
	       is_copy_number(s + BASE32_8, end);
}

void folder_parse_file(const char *name, struct folder_file *out)
{
	const char *dot = strrchr(name, '.');
	*out = (struct folder_file){.kind = FOLDER_UNKNOWN};
	for (int kind = FOLDER_SEGMENT; dot && kind < FOLDER_UNKNOWN; kind++) {
		struct folder_file found = {.kind = (enum folder_kind)kind};
		if (strcasecmp(dot, endings[kind]) == 0 && read_stem(name, dot, &found))
			*out = found;
	}
}

/* ---- markers and files being written ---- */

#define MARKER_BEFORE "g-"
#define MARKER_AFTER ".svg"

void folder_name_marker(const uint8_t ring[SEGMENT_RING], char out[FOLDER_NAME])
{
	char text[BASE32_16 + 1];
	put32(ring, SEGMENT_RING, text);
	snprintf(out, FOLDER_NAME, MARKER_BEFORE "%s" MARKER_AFTER, text);
}

bool folder_parse_marker(const char *name, uint8_t ring[SEGMENT_RING])
{
	size_t before = strlen(MARKER_BEFORE);
	return strncasecmp(name, MARKER_BEFORE, before) == 0 && strlen(name) == before + BASE32_16 + strlen(MARKER_AFTER) &&
	       strcasecmp(name + before + BASE32_16, MARKER_AFTER) == 0 &&
	       get32(name + before, BASE32_16, ring, SEGMENT_RING);
}

void folder_name_part(uint64_t inc, uint64_t chance, char out[FOLDER_NAME])
{
	char text[FOLDER_INC];
	folder_name_inc(inc, text);
	snprintf(out, FOLDER_NAME, ".p-%s-%016llx.part", text, (unsigned long long)chance);
}

/* FAT keeps a long name beside a short one, each in sectors of their own: after a cut only "P-B6H7~2.PAR" may be left. */
bool folder_is_half(const char *name)
{
	const char *dot = strrchr(name, '.');
	return name[0] == '.' || (dot && (strcasecmp(dot, ".part") == 0 || strcasecmp(dot, ".par") == 0));
}

bool folder_is_part_of(const char *name, uint64_t inc)
{
	char mine[FOLDER_NAME];
	folder_name_part(inc, 0, mine);
	size_t same = strlen(".p-") + BASE32_8 + 1;
	return strlen(name) == strlen(mine) && strncasecmp(name, mine, same) == 0 &&
	       strcasecmp(name + strlen(name) - strlen(".part"), ".part") == 0;
}
