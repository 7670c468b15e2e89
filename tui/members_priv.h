/* tui/members_priv.h - the ways between the list of sites in the ring (screen_members.c) and inviting one
 * (members_invite.c). */
#ifndef TUI_MEMBERS_PRIV_H
#define TUI_MEMBERS_PRIV_H

#include "tui/screens.h"

/* Who is invited and where its file goes; then the six words, to be read on the phone. */
struct screen *screen_members_invite(struct app *app);

extern const struct action_set actions_members_invite;

#endif
