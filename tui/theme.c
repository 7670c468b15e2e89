/* tui/theme.c - see theme.h. Owns the look of each role in each scheme; must not know what is drawn, nor a
 * terminal. */
#include "tui/theme.h"

#include <assert.h>
#include <ctype.h>

static const struct row {
	char letter;
	struct look look[2];
} table[ROLE_COUNT] = {
#define ROLE(NAME, letter, colour, attrs, mono) [ROLE_##NAME] = {letter, {{colour, attrs}, {-1, mono}}},
	ROLES(ROLE)
#undef ROLE
};

struct look theme_look(enum scheme scheme, unsigned role)
{
	unsigned base = role & ~(unsigned)ROLE_SELECTED;
	assert(base < ROLE_COUNT);
	struct look look = table[base].look[scheme == SCHEME_MONO];
	if (role & ROLE_SELECTED)
		look.attrs |= LOOK_REVERSE;
	return look;
}

char theme_letter(unsigned role)
{
	unsigned base = role & ~(unsigned)ROLE_SELECTED;
	assert(base < ROLE_COUNT);
	char letter = table[base].letter;
	if (!(role & ROLE_SELECTED))
		return letter;
	return letter == '.' ? '#' : (char)toupper((unsigned char)letter);
}

enum scheme theme_scheme(const char *no_color, int colours, bool wants_mono)
{
	bool mono = wants_mono || colours < 8 || (no_color && *no_color);
	return mono ? SCHEME_MONO : SCHEME_COLOUR;
}
