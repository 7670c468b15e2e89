/* tests/no_vterm.c - what runs instead of the tests that look at a terminal, where libvterm isn't there. */
#include "tests/tap.h"

int main(void)
{
	plan_skip_all("libvterm is missing (package libvterm-dev)");
	return 0;
}
