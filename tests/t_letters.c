/* tests/t_letters.c - bytes come back from their letters, and nothing else is taken for them. */
#include "base/letters.h"

#include <string.h>

#include "base/text.h"
#include "tests/tap.h"

int main(void)
{
	unsigned char all[256], back[256];
	char text[2 * sizeof all + 1];
	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (unsigned char)i;
	letters_write(text, all, sizeof all);
	ok(letters_read(text, back, sizeof back) && memcmp(all, back, sizeof all) == 0, "every byte comes back");
	ok(!text_find_cpr(text) && strspn(text, "abcdefghijklmnop") == strlen(text), "there is no digit in it");
	letters_write(text, all, 0);
	is_str(text, "", "of nothing, nothing");
	ok(letters_read("", back, 0), "and back");
	ok(!letters_read("ab", back, 2) && !letters_read("abc", back, 1) && !letters_read("abcd", back, 1), "all letters or none");
	ok(!letters_read("aq", back, 1) && !letters_read("Aa", back, 1) && !letters_read("a1", back, 1), "no other letters");
	return done_testing();
}
