/* store/keys.c - see keys.h. Owns the form of the files `format` and `keys`, and turning a passphrase into the data
 * key. Must not know the database or what the key seals. */
#include "store/keys.h"

#include <assert.h>
#include <inttypes.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "base/mem.h"
#include "base/os.h"

enum {
	FILE_MOST = 64 << 10,
	SLOTS_MOST = 64,
	SALT = crypto_pwhash_SALTBYTES,
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	WRAPPED = NONCE + SEAL_KEY + crypto_aead_xchacha20poly1305_ietf_ABYTES,
	PASSES = 3,
	MEMORY_KIB = 64 << 10,
	PASSES_MOST = 100, /* a keys file that asks for more is no file of ours */
	MEMORY_KIB_MOST = 1 << 20,
	LINE_MOST = 400,
	SUM = 16,
	SUM_LINE = 4 + 2 * SUM + 1,
};

#define FORMAT_MAGIC "samvagt-store"
#define KEYS_MAGIC "samvagt-keys"

/* One line of the keys file. */
struct slot {
	bool is_open;
	unsigned passes, memory_kib;
	uint8_t salt[SALT];
	uint8_t bytes[WRAPPED]; /* an open slot: the data key itself, in the first SEAL_KEY */
};

struct slots {
	struct slot at[SLOTS_MOST];
	size_t n;
};

static int damaged(const char *path, struct err *e)
{
	return err_set(e, ERR_CORRUPT, _("%s is damaged; \"samvagt doctor --repair\" takes it from its copy"), path);
}

/* "sum HEX\n" of the first n bytes. */
static void format_sum(char line[SUM_LINE + 1], const char *text, size_t n)
{
	uint8_t sum[SUM];
	char digits[2 * SUM + 1];
	crypto_generichash(sum, sizeof sum, (const uint8_t *)text, n, NULL, 0);
	snprintf(line, SUM_LINE + 1, "sum %s\n", sodium_bin2hex(digits, sizeof digits, sum, sizeof sum));
}

static void add_sum(struct buf *b)
{
	char line[SUM_LINE + 1];
	if (b->oom)
		return;
	format_sum(line, b->p, b->n);
	buf_adds(b, line);
}

/* Takes the sum's line off. */
static bool take_sum(const struct buf *b)
{
	char line[SUM_LINE + 1];
	if (!b->p || b->n < SUM_LINE || memchr(b->p, '\0', b->n))
		return false;
	format_sum(line, b->p, b->n - SUM_LINE);
	bool holds = memcmp(b->p + b->n - SUM_LINE, line, SUM_LINE) == 0;
	b->p[b->n - SUM_LINE] = '\0';
	return holds;
}

/* A file's text: its sum and the first line ("MAGIC 1") are checked, *lines points past that. */
static int check_magic(const char *path, const char *magic, const struct buf *b, char **lines, struct err *e)
{
	if (b->oom)
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to read %s"), path);
	size_t n = strlen(magic);
	char *end = take_sum(b) ? strchr(b->p, '\n') : NULL;
	if (!end || strncmp(b->p, magic, n) != 0 || b->p[n] != ' ')
		return damaged(path, e);
	char *rest;
	unsigned long version = strtoul(b->p + n + 1, &rest, 10);
	if (rest != end || version == 0)
		return damaged(path, e);
	if (version > 1)
		return err_set(e, ERR_UNSUPPORTED,
			       _("%s was made by a newer samvagt; install that version to open the store"), path);
	*lines = end + 1;
	return OK;
}

static int write_summed(const char *path, struct buf *b, struct err *e)
{
	add_sum(b);
	if (b->oom)
		return err_set(e, ERR_NOMEM, _("there isn't memory enough to write %s"), path);
	return os_write_file(path, b->p, b->n, e);
}

/* ---- format -------------------------------------------------------------------------------------- */

int keys_write_format(const char *dir, const struct keys_format *f, struct err *e)
{
	char store[ID_TEXT], site[ID_TEXT];
	struct arena *a = arena_new();
	struct buf b = {0};
	buf_addf(&b, FORMAT_MAGIC " 1\nstore %s\nsite %s\nincarnation %015" PRIx64 "\nlmdb %d\n",
		 id_format(store, f->store), id_format(site, f->site), f->incarnation, f->lmdb);
	int rc = write_summed(os_path_join(a, dir, KEYS_FORMAT), &b, e);
	buf_free(&b);
	arena_free(a);
	return rc;
}

/* "WORD value\n" at *lines; steps past it. NULL when the line is another. The value's end is made a NUL. */
static const char *take_line(char **lines, const char *word)
{
	size_t n = strlen(word);
	char *value = *lines + n + 1, *end;
	if (strncmp(*lines, word, n) != 0 || (*lines)[n] != ' ' || !(end = strchr(value, '\n')))
		return NULL;
	*end = '\0';
	*lines = end + 1;
	return value;
}

static bool parse_format(char *lines, struct keys_format *f)
{
	const char *store = take_line(&lines, "store");
	const char *site = store ? take_line(&lines, "site") : NULL;
	const char *incarnation = site ? take_line(&lines, "incarnation") : NULL;
	const char *lmdb = incarnation ? take_line(&lines, "lmdb") : NULL;
	char *end;
	if (!lmdb || *lines || id_parse(store, &f->store, NULL) || id_parse(site, &f->site, NULL))
		return false;
	if (strlen(incarnation) != 15 || strspn(incarnation, "0123456789abcdef") != 15)
		return false;
	f->incarnation = strtoull(incarnation, &end, 16);
	assert(f->incarnation >> 60 == 0);
	long version = strtol(lmdb, &end, 10);
	f->lmdb = (int)version;
	return end != lmdb && !*end && version > 0 && version <= INT_MAX;
}

static int read_format(const char *path, const struct buf *b, struct keys_format *out, struct err *e)
{
	char *lines;
	int rc = check_magic(path, FORMAT_MAGIC, b, &lines, e);
	return rc == OK && !parse_format(lines, out) ? damaged(path, e) : rc;
}

int keys_parse_format(const char *path, const void *text, size_t n, struct keys_format *out, struct err *e)
{
	struct buf b = {0};
	buf_add(&b, text, n);
	int rc = read_format(path, &b, out, e);
	buf_free(&b);
	return rc;
}

int keys_read_format(const char *dir, struct keys_format *out, struct err *e)
{
	struct arena *a = arena_new();
	const char *path = os_path_join(a, dir, KEYS_FORMAT);
	struct buf b = {0};
	int rc = os_read_file(path, FILE_MOST, &b, e);
	if (rc == OK)
		rc = read_format(path, &b, out, e);
	buf_free(&b);
	arena_free(a);
	return rc;
}

/* ---- slots as text ------------------------------------------------------------------------------- */

static const char *hex(char *out, size_t size, const uint8_t *bytes, size_t n)
{
	assert(size > 2 * n);
	return sodium_bin2hex(out, size, bytes, n);
}

static bool unhex(uint8_t *out, size_t n, const char *text)
{
	size_t got;
	return strlen(text) == 2 * n && sodium_hex2bin(out, n, text, 2 * n, NULL, &got, NULL) == 0 && got == n;
}

/* The line up to what is wrapped: also what the wrapped key is bound to, so that nobody can lower its cost. */
static size_t format_cost(char line[LINE_MOST], const struct slot *s)
{
	char salt[2 * SALT + 1];
	int n = snprintf(line, LINE_MOST, "argon2id %u %u %s ", s->passes, s->memory_kib,
			 hex(salt, sizeof salt, s->salt, SALT));
	assert(n > 0 && n < LINE_MOST);
	return (size_t)n;
}

static void add_slot(struct buf *b, const struct slot *s)
{
	char line[LINE_MOST], bytes[2 * WRAPPED + 1];
	if (s->is_open)
		buf_addf(b, "open %s\n", hex(bytes, sizeof bytes, s->bytes, SEAL_KEY));
	else {
		buf_add(b, line, format_cost(line, s));
		buf_addf(b, "%s\n", hex(bytes, sizeof bytes, s->bytes, WRAPPED));
	}
	sodium_memzero(bytes, sizeof bytes);
}

static bool parse_slot(const char *line, struct slot *s)
{
	char salt[2 * SALT + 1], bytes[2 * WRAPPED + 1], cost[LINE_MOST];
	int end = 0;
	static_assert(SALT == 16 && WRAPPED == 72, "the widths below");
	*s = (struct slot){.is_open = strncmp(line, "open ", 5) == 0};
	if (s->is_open)
		return unhex(s->bytes, SEAL_KEY, line + 5);
	if (sscanf(line, "argon2id %9u %9u %32s %144s%n", &s->passes, &s->memory_kib, salt, bytes, &end) != 4 ||
	    line[end])
		return false;
	return s->passes >= crypto_pwhash_OPSLIMIT_MIN && s->passes <= PASSES_MOST &&
	       s->memory_kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && s->memory_kib <= MEMORY_KIB_MOST &&
	       unhex(s->salt, SALT, salt) && unhex(s->bytes, WRAPPED, bytes) &&
	       strncmp(line, cost, format_cost(cost, s)) == 0;
}

static int write_slots(const char *dir, const struct slots *s, struct err *e)
{
	struct arena *a = arena_new();
	struct buf b = {0};
	assert(s->n > 0 && s->n <= SLOTS_MOST);
	buf_adds(&b, KEYS_MAGIC " 1\n");
	for (size_t i = 0; i < s->n; i++)
		add_slot(&b, &s->at[i]);
	int rc = write_summed(os_path_join(a, dir, KEYS_SLOTS), &b, e);
	buf_wipe(&b);
	arena_free(a);
	return rc;
}

static bool parse_slots(char *lines, struct slots *s)
{
	s->n = 0;
	while (*lines) {
		char *end = strchr(lines, '\n');
		if (!end || s->n == SLOTS_MOST)
			return false;
		*end = '\0';
		if (!parse_slot(lines, &s->at[s->n++]))
			return false;
		lines = end + 1;
	}
	return s->n > 0;
}

static int read_slots_text(const char *path, const struct buf *b, struct slots *s, struct err *e)
{
	char *lines;
	if (sodium_init() < 0)
		return err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine"));
	int rc = check_magic(path, KEYS_MAGIC, b, &lines, e);
	return rc == OK && !parse_slots(lines, s) ? damaged(path, e) : rc;
}

static int read_slots(const char *dir, struct slots *s, struct err *e)
{
	struct arena *a = arena_new();
	const char *path = os_path_join(a, dir, KEYS_SLOTS);
	struct buf b = {0};
	int rc = os_read_file(path, FILE_MOST, &b, e);
	if (rc == OK)
		rc = read_slots_text(path, &b, s, e);
	buf_wipe(&b);
	arena_free(a);
	return rc;
}

/* ---- passphrases --------------------------------------------------------------------------------- */

static int stretch(const struct slot *s, const char *passphrase, uint8_t out[SEAL_KEY], struct err *e)
{
	if (crypto_pwhash(out, SEAL_KEY, passphrase, strlen(passphrase), s->salt, s->passes,
			  (size_t)s->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(e, ERR_NOMEM,
			       _("there isn't memory enough to work out the key of the passphrase; "
				 "close some programs and try again"));
	return OK;
}

/* A slot for `passphrase` (NULL: open) that holds `key`. */
static int make_slot(struct slot *s, const char *passphrase, bool fast, const uint8_t key[SEAL_KEY], struct err *e)
{
	char bound[LINE_MOST];
	uint8_t wrapping[SEAL_KEY];
	*s = (struct slot){.is_open = !passphrase};
	if (!passphrase) {
		memcpy(s->bytes, key, SEAL_KEY);
		return OK;
	}
	if (!*passphrase)
		return err_set(e, ERR_DATA, _("a passphrase can't be empty"));
	s->passes = fast ? (unsigned)crypto_pwhash_OPSLIMIT_MIN : PASSES;
	s->memory_kib = fast ? (unsigned)(crypto_pwhash_MEMLIMIT_MIN / 1024) : MEMORY_KIB;
	randombytes_buf(s->salt, SALT);
	randombytes_buf(s->bytes, NONCE);
	int rc = stretch(s, passphrase, wrapping, e);
	if (rc == OK)
		crypto_aead_xchacha20poly1305_ietf_encrypt(s->bytes + NONCE, NULL, key, SEAL_KEY,
							   (const uint8_t *)bound, format_cost(bound, s), NULL,
							   s->bytes, wrapping);
	sodium_memzero(wrapping, sizeof wrapping);
	return rc;
}

/* OK, ERR_KEY (not this slot's passphrase) or ERR_NOMEM. */
static int open_slot(const struct slot *s, const char *passphrase, uint8_t key[SEAL_KEY], struct err *e)
{
	char bound[LINE_MOST];
	uint8_t wrapping[SEAL_KEY];
	if (s->is_open) {
		memcpy(key, s->bytes, SEAL_KEY);
		return OK;
	}
	int rc = passphrase ? stretch(s, passphrase, wrapping, e) : ERR_KEY;
	if (rc == OK && crypto_aead_xchacha20poly1305_ietf_decrypt(key, NULL, NULL, s->bytes + NONCE, WRAPPED - NONCE,
								   (const uint8_t *)bound, format_cost(bound, s),
								   s->bytes, wrapping) != 0)
		rc = ERR_KEY;
	sodium_memzero(wrapping, sizeof wrapping);
	return rc;
}

/* The first slot that opens; *which may be NULL. */
static int unlock(const struct slots *s, const char *passphrase, uint8_t key[SEAL_KEY], size_t *which, struct err *e)
{
	int rc = ERR_KEY;
	for (size_t i = 0; i < s->n && rc == ERR_KEY; i++) {
		rc = open_slot(&s->at[i], passphrase, key, e);
		if (which)
			*which = i;
	}
	if (rc == ERR_KEY && passphrase)
		return err_set(e, ERR_KEY, _("the passphrase doesn't fit this store"));
	if (rc == ERR_KEY)
		return err_set(e, ERR_KEY, _("the store is locked with a passphrase"));
	return rc;
}

int keys_create(const char *dir, const char *passphrase, bool fast, uint8_t key[SEAL_KEY], struct err *e)
{
	struct slots s = {.n = 1};
	if (sodium_init() < 0)
		return err_set(e, ERR_UNSUPPORTED, _("libsodium doesn't work on this machine"));
	randombytes_buf(key, SEAL_KEY);
	int rc = make_slot(&s.at[0], passphrase, fast, key, e);
	if (rc == OK)
		rc = write_slots(dir, &s, e);
	if (rc != OK)
		sodium_memzero(key, SEAL_KEY);
	sodium_memzero(&s, sizeof s);
	return rc;
}

int keys_is_sealed(const char *dir, bool *sealed, struct err *e)
{
	struct slots s;
	int rc = read_slots(dir, &s, e);
	*sealed = true;
	for (size_t i = 0; rc == OK && i < s.n; i++)
		if (s.at[i].is_open)
			*sealed = false;
	sodium_memzero(&s, sizeof s);
	return rc;
}

static int unlock_read(int rc, struct slots *s, const char *passphrase, uint8_t key[SEAL_KEY], struct err *e)
{
	if (rc == OK)
		rc = unlock(s, passphrase, key, NULL, e);
	if (rc != OK)
		sodium_memzero(key, SEAL_KEY);
	sodium_memzero(s, sizeof *s);
	return rc;
}

int keys_unlock(const char *dir, const char *passphrase, uint8_t key[SEAL_KEY], struct err *e)
{
	struct slots s;
	return unlock_read(read_slots(dir, &s, e), &s, passphrase, key, e);
}

int keys_unlock_text(const char *path, const void *text, size_t n, const char *passphrase, uint8_t key[SEAL_KEY],
		     struct err *e)
{
	struct slots s;
	struct buf b = {0};
	buf_add(&b, text, n);
	int rc = read_slots_text(path, &b, &s, e);
	buf_wipe(&b);
	return unlock_read(rc, &s, passphrase, key, e);
}

/* Put a slot for `fresh` in the place of the one that `known` opens, or after the last. */
static int put_slot(const char *dir, const char *known, const char *fresh, bool is_new, struct err *e)
{
	struct slots s;
	uint8_t key[SEAL_KEY];
	size_t which;
	int rc = read_slots(dir, &s, e);
	if (rc == OK)
		rc = unlock(&s, known, key, &which, e);
	if (rc == OK && is_new && s.n == SLOTS_MOST)
		rc = err_set(e, ERR_REFUSED, _("the store has %d passphrases already"), SLOTS_MOST);
	if (rc == OK)
		rc = make_slot(&s.at[is_new ? s.n++ : which], fresh, false, key, e);
	if (rc == OK)
		rc = write_slots(dir, &s, e);
	sodium_memzero(key, sizeof key);
	sodium_memzero(&s, sizeof s);
	return rc;
}

int keys_change(const char *dir, const char *old, const char *fresh, struct err *e)
{
	return put_slot(dir, old, fresh, false, e);
}

int keys_add(const char *dir, const char *known, const char *fresh, struct err *e)
{
	assert(fresh);
	return put_slot(dir, known, fresh, true, e);
}
