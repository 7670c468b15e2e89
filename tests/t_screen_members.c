/* tests/t_screen_members.c - the sites of the ring: pictures, making a ring, inviting, joining, taking out. Chance is
 * put in its place, so that words and fingerprints are the same each time. */
#include "tests/screentest.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lang.h"
#include "sync/ring_priv.h"

static struct house h;
static struct tui *t = &h.t;
static struct prng chance[256];

/* A line of its own for each size: what a file is called for a moment doesn't alter a key. */
void os_random(void *p, size_t n)
{
	uint8_t *b = p;
	struct prng *r = &chance[n % 256];
	r->s = r->s ? r->s : 20251201 + n;
	while (n-- > 0)
		*b++ = (uint8_t)(prng_next(r) >> 32);
}

static void open_members(const char *name)
{
	memset(chance, 0, sizeof chance);
	house_open(&h, name, 24, 80);
	app_go(t->app, screen_members(t->app));
	tui_draw(t);
}

static void let_in(const char *name, enum ring_role role)
{
	house_let_in(&h, name, role);
}

static void test_pictures(void)
{
	open_members("pictures");
	tui_golden(t, "members-none", true);
	tui_keys(t, "i");
	ok(tui_shows(t, "There is no ring yet; n makes one."), "nobody is invited before there is a ring");
	tui_keys(t, "n Enter");
	ok(tui_shows(t, "a name is 1 to 80 bytes"), "a ring needs a name");
	tui_keys(t, "'Region Midtjylland' Enter");
	ok(tui_shows(t, "The ring Region Midtjylland") && tui_shows(t, "this site"), "a ring is made");
	tui_keys(t, "n");
	ok(tui_shows(t, "This store is in a ring already."), "one at a time");
	let_in("Silkeborg", RING_FULL);
	let_in("Regionshuset", RING_REGION);
	tui_golden(t, "members-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "members-60x17", true);
	tui_resize(t, 40, 120);
	tui_keys(t, "End");
	tui_golden(t, "members-120x40", true);
	tui_resize(t, 24, 80);
	tui_keys(t, "Enter");
	tui_golden(t, "members-words", false);
	tui_keys(t, "Esc");
	house_close(&h);
}

static void test_take_out(void)
{
	open_members("out");
	tui_keys(t, "n 'Midt' Enter");
	let_in("Skive", RING_FULL);
	tui_go(t, "Skive");
	tui_keys(t, "t");
	tui_golden(t, "members-remove", false);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "Nothing was done.") && !tui_shows(t, "has left"), "Enter by a slip takes nobody out");
	tui_keys(t, "t y");
	ok(tui_shows(t, "has left"), "y does");
	tui_keys(t, "t");
	ok(tui_shows(t, "It has left already."), "but only once");
	tui_go(t, "Viborg");
	tui_keys(t, "t y i");
	ok(tui_shows(t, "This site has left the ring."), "who leaves invites nobody");
	tui_keys(t, "n 'Egen' Enter");
	ok(tui_shows(t, "The ring Egen"), "and may make another");
	house_close(&h);
}

/* The words as they are seen, one on each line with blanks between the letters. */
static void read_words(char *out)
{
	size_t n = 0;
	for (int row = 0; row < t->cv->rows; row++) {
		const char *line = tui_row(t, row);
		line += strspn(line, " ");
		if (line[0] < '1' || line[0] > '6' || line[1] != ' ')
			continue;
		for (line++; *line; line++)
			if (*line != ' ')
				out[n++] = *line;
		out[n++] = ' ';
	}
	out[n] = '\0';
}

static void test_invite(void)
{
	char words[2 * RING_WORDS_TEXT] = "";
	open_members("invite");
	tui_keys(t, "n 'Midt' Enter i Ctrl-S");
	ok(tui_shows(t, "Invite a site"), "an invitation says who");
	tui_keys(t, "'Silkeborg' Tab Tab Ctrl-U 'Silkeborg.svi'");
	tui_golden(t, "invite-80x24", true);
	tui_resize(t, 17, 60);
	tui_golden(t, "invite-60x17", false);
	tui_keys(t, "Enter");
	tui_golden(t, "invited-60x17", false);
	tui_resize(t, 40, 120);
	tui_golden(t, "invited-120x40", false);
	tui_resize(t, 24, 80);
	tui_golden(t, "invited-80x24", true);
	read_words(words);
	ok(os_exists("Silkeborg.svi"), "the file is there");
	tui_keys(t, "Enter i 'Skive' Tab Tab Ctrl-U 'Silkeborg.svi' Enter");
	ok(tui_shows(t, "There is something of that name already."), "no invitation goes over another");
	tui_keys(t, "Esc");
	house_close(&h);

	house_open(&h, "joins", 24, 80);
	app_go(t->app, screen_members(t->app));
	tui_draw(t);
	tui_keys(t, "v 'nowhere' Enter");
	ok(tui_shows(t, "There is no such file."), "to join one says where the file is");
	tui_keys(t, "Ctrl-U 'Silkeborg.svi' Enter 'agurk' Enter");
	ok(tui_shows(t, "six words"), "and writes six words");
	tui_keys(t, "Ctrl-U");
	tui_paste(t, words);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "this store is called Viborg, and so is another site"), "one of a name that is there is told");
	tui_keys(t, "Esc");
	test_set(h.store, TYPE_SITE, store_site(h.store), F_SITE_NAME, value_text("Silkeborg"));
	tui_keys(t, "v 'Silkeborg.svi' Enter");
	tui_paste(t, words);
	tui_keys(t, "Enter");
	ok(tui_shows(t, "The ring Midt") && tui_shows(t, "This site is in the ring now."), "under another it is in");
	house_close(&h);
}

static void test_walk(void)
{
	struct prng r = {20251201};
	open_members("walk");
	tui_keys(t, "n 'Midt' Enter");
	let_in("Skive", RING_FULL);
	tui_walk(t, &r, 300, "invite.save program.quit", "300 random keys");
	house_close(&h);
}

int main(void)
{
	setenv("HOME", "/home/anna", 1);
	if (chdir(test_dir()) != 0)
		return 99;
	lang_set("en");
	test_pictures();
	test_take_out();
	test_invite();
	test_walk();
	return done_testing();
}
