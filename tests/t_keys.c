/* tests/t_keys.c - the files `format` and `keys`: their exact form, passphrases, slots, and what a changed file does.
 */
#include "store/keys.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/os.h"
#include "tests/tap.h"

static const struct keys_format FORMAT = {{{0xaa, 1}}, {{0xbb, 2}}, 0x0123456789abcde, 1};

static void write_text(const char *dir, const char *name, const char *text)
{
	struct arena *a = arena_new();
	os_write_file(os_path_join(a, dir, name), text, strlen(text), NULL);
	arena_free(a);
}

/* As it should be but for what is wrong with it. */
static void write_summed(const char *dir, const char *name, const char *text)
{
	uint8_t sum[16];
	char digits[33];
	struct arena *a = arena_new();
	crypto_generichash(sum, sizeof sum, (const uint8_t *)text, strlen(text), NULL, 0);
	write_text(dir, name, arena_printf(a, "%ssum %s\n", text, sodium_bin2hex(digits, sizeof digits, sum, sizeof sum)));
	arena_free(a);
}

static char *read_text(struct arena *a, const char *dir, const char *name)
{
	struct buf b = {0};
	os_read_file(os_path_join(a, dir, name), 1 << 20, &b, NULL);
	char *text = arena_strdup(a, b.p ? b.p : "");
	buf_free(&b);
	return text;
}

static void test_format(const char *dir)
{
	static const char want[] = "samvagt-store 1\nstore aa010000-0000-0000-0000-000000000000\n"
				   "site bb020000-0000-0000-0000-000000000000\nincarnation 0123456789abcde\nlmdb 1\n"
				   "sum b3729a07f97062cf50d116628a4e9b06\n";
	static const struct {
		const char *text;
		int code;
		const char *what;
	} bad[] = {
		{"", ERR_CORRUPT, "empty"},
		{"samvagt-store", ERR_CORRUPT, "cut"},
		{"something else 1\n", ERR_CORRUPT, "foreign"},
		{"samvagt-store x\n", ERR_CORRUPT, "no version"},
		{"samvagt-store 0\n", ERR_CORRUPT, "version 0"},
		{"samvagt-store 2\nwhatever\n", ERR_UNSUPPORTED, "a newer version"},
		{"samvagt-store 1\n", ERR_CORRUPT, "nothing but a version"},
		{"samvagt-store 1\nstore aa010000-0000-0000-0000-000000000000\nsite x\nincarnation "
		 "0123456789abcde\nlmdb 1\n",
		 ERR_CORRUPT, "no site"},
		{"samvagt-store 1\nstore aa010000-0000-0000-0000-000000000000\nsite "
		 "bb020000-0000-0000-0000-000000000000\n"
		 "incarnation 123456789abcde\nlmdb 1\n",
		 ERR_CORRUPT, "a short incarnation"},
		{"samvagt-store 1\nstore aa010000-0000-0000-0000-000000000000\nsite "
		 "bb020000-0000-0000-0000-000000000000\n"
		 "incarnation 0123456789abcde\nlmdb \n",
		 ERR_CORRUPT, "no LMDB version"},
		{"samvagt-store 1\nstore aa010000-0000-0000-0000-000000000000\nsite "
		 "bb020000-0000-0000-0000-000000000000\n"
		 "incarnation 0123456789abcde\nlmdb 1\nmore\n",
		 ERR_CORRUPT, "a line too many"},
	};
	struct arena *a = arena_new();
	struct keys_format f;
	struct err e;
	is_int(keys_read_format(dir, &f, &e), ERR_NOTFOUND, "no file yet");
	is_int(keys_write_format(dir, &FORMAT, &e), OK, "format is written");
	is_str(read_text(a, dir, "format"), want, "its exact text");
	ok(keys_read_format(dir, &f, &e) == OK && id_equal(f.store, FORMAT.store) && id_equal(f.site, FORMAT.site) &&
		   f.incarnation == FORMAT.incarnation && f.lmdb == 1,
	   "and read back");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		write_summed(dir, "format", bad[i].text);
		is_int(keys_read_format(dir, &f, &e), bad[i].code, "refused: %s", bad[i].what);
		if (bad[i].code == ERR_UNSUPPORTED)
			ok(strstr(e.text, "newer samvagt") != NULL, "and says that a newer samvagt made it");
	}
	arena_free(a);
}

static void test_open(const char *dir)
{
	uint8_t key[SEAL_KEY], got[SEAL_KEY];
	bool sealed;
	struct err e;
	is_int(keys_create(dir, NULL, true, key, &e), OK, "keys without a passphrase");
	ok(keys_is_sealed(dir, &sealed, &e) == OK && !sealed, "lie open");
	ok(keys_unlock(dir, NULL, got, &e) == OK && memcmp(key, got, SEAL_KEY) == 0, "and open without one");
	ok(keys_unlock(dir, "any", got, &e) == OK && memcmp(key, got, SEAL_KEY) == 0, "or with any");
}

static void test_passphrase(const char *dir)
{
	uint8_t key[SEAL_KEY], got[SEAL_KEY], other[SEAL_KEY];
	struct arena *a = arena_new();
	struct stat st;
	bool sealed;
	struct err e;
	is_int(keys_create(dir, "", true, key, &e), ERR_DATA, "an empty passphrase is refused");
	is_int(keys_create(dir, "blåbærgrød", true, key, &e), OK, "keys with a passphrase");
	ok(keys_is_sealed(dir, &sealed, &e) == OK && sealed, "are sealed");
	ok(keys_unlock(dir, "blåbærgrød", got, &e) == OK && memcmp(key, got, SEAL_KEY) == 0, "and open with it");
	memset(got, 0xff, sizeof got);
	is_int(keys_unlock(dir, "blaabaergroed", got, &e), ERR_KEY, "but with no other");
	is_int(got[0] | got[31], 0, "which gives no key");
	is_int(keys_unlock(dir, NULL, got, &e), ERR_KEY, "nor without");
	ok(strstr(e.text, "passphrase") != NULL, "and says so");
	char *text = read_text(a, dir, "keys");
	ok(strncmp(text, "samvagt-keys 1\nargon2id 1 8 ", 28) == 0 && strlen(text) == 28 + 32 + 1 + 144 + 1 + 37,
	   "the file's form");
	stat(os_path_join(a, dir, "keys"), &st);
	is_int(st.st_mode & 0777, 0600, "only its owner may read it");
	keys_create(dir, "blåbærgrød", true, other, &e);
	ok(memcmp(key, other, SEAL_KEY) != 0, "each store has a key of its own");
	arena_free(a);
}

static bool opens(const char *dir, const char *passphrase, const uint8_t *key)
{
	uint8_t got[SEAL_KEY];
	return keys_unlock(dir, passphrase, got, NULL) == OK && memcmp(key, got, SEAL_KEY) == 0;
}

static void test_slots(const char *dir)
{
	uint8_t key[SEAL_KEY];
	bool sealed;
	struct err e;
	keys_create(dir, "one", true, key, &e);
	is_int(keys_add(dir, "wrong", "two", &e), ERR_KEY, "a stranger can't add a coordinator");
	is_int(keys_add(dir, "one", "two", &e), OK, "one who knows can");
	ok(opens(dir, "one", key) && opens(dir, "two", key) && !opens(dir, "three", key), "both open it");
	is_int(keys_change(dir, "wrong", "three", &e), ERR_KEY, "a stranger can't change a passphrase");
	is_int(keys_change(dir, "two", "three", &e), OK, "one who knows can");
	ok(opens(dir, "one", key) && !opens(dir, "two", key) && opens(dir, "three", key), "and nobody else's");
	is_int(keys_change(dir, "three", NULL, &e), OK, "a passphrase can be taken away");
	ok(opens(dir, NULL, key) && keys_is_sealed(dir, &sealed, &e) == OK && !sealed, "then it is open for all");
	is_int(keys_change(dir, NULL, "four", &e), OK, "and put back");
	ok(!opens(dir, NULL, key) && opens(dir, "one", key) && opens(dir, "four", key), "then it isn't");
}

/* A keys file altered in any byte opens nothing. */
static void test_changed(const char *dir)
{
	struct arena *a = arena_new();
	uint8_t key[SEAL_KEY], got[SEAL_KEY];
	bool damaged = true;
	keys_create(dir, "one", true, key, NULL);
	char *text = read_text(a, dir, "keys");
	for (size_t i = 0; text[i]; i++) {
		char was = text[i];
		text[i] = was == '1' ? '2' : '1';
		write_text(dir, "keys", text);
		int rc = keys_unlock(dir, "one", got, NULL);
		damaged = damaged && rc == ERR_CORRUPT;
		text[i] = was;
	}
	ok(damaged, "an altered file is said to be damaged, and not to need another passphrase");
	bool cuts = true;
	for (size_t n = 0, len = strlen(text); n < len; n++) {
		char *cut = arena_strndup(a, text, n);
		write_text(dir, "keys", cut);
		cuts = cuts && keys_unlock(dir, "one", got, NULL) == ERR_CORRUPT;
	}
	ok(cuts, "a file cut anywhere is said to be damaged");
	arena_free(a);
}

static void test_bad_slots(const char *dir)
{
	static const char salt[] = "00112233445566778899aabbccddeeff";
	static const struct {
		const char *line;
		const char *what;
	} bad[] = {
		{"argon2id 1 8 %s %s extra\n", "a word too many"},
		{"argon2id 1 4194304 %s %s\n", "four gigabytes"},
		{"argon2id 1000 8 %s %s\n", "a thousand passes"},
		{"argon2id 0 8 %s %s\n", "no pass"},
		{"argon2id 1 4 %s %s\n", "no memory"},
		{"argon2id 01 8 %s %s\n", "a number written otherwise"},
		{"argon2id  1 8 %s %s\n", "two blanks"},
		{"argon2i 1 8 %s %s\n", "another way"},
		{"argon2id 1 8 %s %s", "no end of line"},
		{"\nargon2id 1 8 %s %s\n", "an empty line"},
		{"open %s%s\n", "an open key too long"},
	};
	char wrapped[145], line[400], text[500];
	uint8_t key[SEAL_KEY];
	struct err e;
	memset(wrapped, '0', 144);
	wrapped[144] = '\0';
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(line, sizeof line, bad[i].line, salt, wrapped);
#pragma GCC diagnostic pop
		snprintf(text, sizeof text, "samvagt-keys 1\n%s", line);
		write_summed(dir, "keys", text);
		is_int(keys_unlock(dir, "x", key, &e), ERR_CORRUPT, "refused: %s", bad[i].what);
	}
	write_summed(dir, "keys", "samvagt-keys 1\n");
	is_int(keys_unlock(dir, "x", key, &e), ERR_CORRUPT, "refused: no slot");
	write_summed(dir, "keys", "samvagt-keys 7\nsomething new\n");
	is_int(keys_unlock(dir, "x", key, &e), ERR_UNSUPPORTED, "a newer version");
	ok(strstr(e.text, "newer samvagt") != NULL, "and it says so");
	os_remove_tree(dir, NULL);
	is_int(keys_unlock(dir, "x", key, &e), ERR_NOTFOUND, "no file");
}

int main(void)
{
	const char *dir = test_dir();
	test_format(dir);
	test_open(dir);
	test_passphrase(dir);
	test_slots(dir);
	test_changed(dir);
	test_bad_slots(dir);
	return done_testing();
}
