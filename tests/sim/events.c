/* tests/sim/events.c - see sim.h. Owns what happens in a history. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/sim.h"

static const char *const names[EVENT_KINDS] = {
	[EVENT_EDIT] = "edit", [EVENT_MEET] = "meet", [EVENT_RECEIVE] = "receive", [EVENT_SEND] = "send",
	[EVENT_FAULTY] = "faulty", [EVENT_HARM] = "harm", [EVENT_CLOCK] = "clock", [EVENT_IMAGE] = "image",
	[EVENT_PUT_BACK] = "put-back", [EVENT_UNDO] = "undo", [EVENT_REDO] = "redo", [EVENT_UNDO_MERGE] = "undo-merge",
	[EVENT_CHOOSE] = "choose", [EVENT_REOPEN] = "reopen", [EVENT_NEWER] = "newer", [EVENT_REMOVE] = "remove",
	[EVENT_INVITE] = "invite", [EVENT_UPGRADE] = "upgrade", [EVENT_ERASE] = "erase",
};

const char *event_name(enum event_kind kind)
{
	return names[kind];
}

/* Who is differs from the others until it has begun anew: it is told so, and they may see it. */
static bool anybody_astray(const struct world *w)
{
	bool any = false;
	for (int i = 0; i < w->nsites; i++)
		any = any || w->site[i].astray;
	return any;
}

static unsigned look_at(struct site *s, const struct sync_result *r)
{
	unsigned told = 0;
	for (size_t i = 0; i < r->ntrouble; i++) {
		told |= 1U << r->trouble[i].why;
		if (s->w->verbose)
			printf("#     %s: %s\n", r->trouble[i].path ? r->trouble[i].path : "", r->trouble[i].text);
	}
	bool astray = (told >> SYNC_ASTRAY) & 1;
	tally(TALLY_ASTRAY, astray && !s->astray);
	s->astray = astray;
	if (r->diverged && !anybody_astray(s->w))
		world_wrong(s->w, "site %d has the same vector as another and another state", s->no);
	tally(TALLY_GROUPS, r->taken.groups);
	tally(TALLY_MERGES, r->taken.merge != 0);
	tally(TALLY_OPEN, r->taken.open);
	tally(TALLY_SNAPSHOTS, r->from_snapshot);
	tally(TALLY_ERASED, r->erased);
	tally(TALLY_FOLDED, r->folded);
	tally(TALLY_MINTED, r->minted);
	tally(TALLY_TRANSPLANTED, r->transplanted);
	tally(TALLY_RETIRED, (told >> SYNC_RETIRED) & 1);
	tally(TALLY_LOCKED, (told >> SYNC_LOCKED) & 1);
	tally(TALLY_EARLY, (told >> SYNC_EARLY) & 1);
	return told;
}

unsigned meet(struct site *s, struct stick *stick, int how, bool may_fail)
{
	struct folder_io io = stick_io(stick);
	site_enter(s);
	struct sync_opts opts = {.io = &io, .level = SEGMENT_FAST, .accept_losses = true};
	struct sync_result r;
	struct err e = {0};
	struct arena *a = arena_new();
	struct before b = member_before(s);
	int rc = how == 0 ? sync_meet(s->s, "/stick", &opts, a, &r, &e) :
		how == 1 ? sync_receive(s->s, "/stick", &opts, a, &r, &e) : sync_send(s->s, "/stick", &opts, a, &r, &e);
	/* no folder to receive from, or no ring yet */
	bool nothing = rc == ERR_NOTFOUND && (how == 1 || s->no >= s->w->nmembers);
	bool differs = rc == ERR_CORRUPT && r.diverged;      /* looked at as all else */
	if (rc != OK && !may_fail && !nothing && !differs)
		world_wrong(s->w, "site %d doesn't meet: %s", s->no, e.text);
	unsigned told = rc == OK || differs ? look_at(s, &r) : 0;
	if (s->w->verbose && s->no < s->w->nsites)
		print_standing(s);
	member_after(s, &b);
	arena_free(a);
	return told;
}

static void meet_badly(struct site *s, struct stick *stick, struct chance *c)
{
	static const enum fault faults[] = {FAULT_EIO, FAULT_FULL, FAULT_PULLED, FAULT_PULLED, FAULT_ONCE};
	stick_arm(stick, faults[chance_below(c, 5)], (int)chance_below(c, 30), chance_next(c));
	meet(s, stick, (int)chance_below(c, 3), true);
	stick_arm(stick, FAULT_NONE, 0, 0);
	if (chance_of(c, 50)) {
		site_close(s);
		site_open(s);
	}
}

static void jump(struct site *s, struct chance *c)
{
	static const int64_t far[] = {0, 3600, -3600, 86400 * 3, -86400 * 40, INT64_C(86400) * 7300, INT64_C(-86400) * 7300};
	s->skew = far[chance_below(c, 7)];
}

static void undo(struct site *s, bool redo)
{
	struct view *v;
	struct dot dot = {0};
	if (view_begin(s->s, &v, NULL) != OK)
		return;
	int rc = redo ? change_redoable(v, &dot, NULL) : change_undoable(v, &dot, NULL);
	view_end(v);
	if (rc == OK && dot.no)
		change_undo(s->s, dot, NULL, NULL);
}

static void undo_newest_merge(struct site *s)
{
	struct arena *a = arena_new();
	struct view *v;
	struct merge *m;
	size_t n = 0;
	if (view_begin(s->s, &v, NULL) == OK) {
		int rc = merge_list(v, a, 0, 1, &m, &n, NULL);
		view_end(v);
		if (rc == OK && n)
			merge_undo(s->s, m->no, NULL, NULL);
	}
	arena_free(a);
}

static void choose(struct site *s, struct chance *c)
{
	struct arena *a = arena_new();
	struct view *v;
	struct disagreement *d;
	size_t n = 0;
	if (view_begin(s->s, &v, NULL) == OK) {
		int rc = sync_disagreements(v, a, &d, &n, NULL);
		view_end(v);
		if (rc == OK && n) {
			const struct disagreement *one = &d[chance_below(c, (uint32_t)n)];
			struct change_result done;
			sync_choose(s->s, one, chance_below(c, (uint32_t)one->nclaims), NULL, &done, NULL);
		}
	}
	arena_free(a);
}

/* That one name has two histories shows by the files of both. Where some were removed because of an erasure, a snapshot
 * may join the two: who wrote it and who reads it differ then, and are told so. */
static void put_back(struct site *s, bool unnoticed)
{
	unnoticed = unnoticed && !s->w->erased;
	s->w->unnoticed |= unnoticed;
	site_put_back(s, unnoticed);
}

void event_run(struct world *w, const struct event *ev)
{
	struct chance c = {ev->seed};
	struct site *s = &w->site[ev->site < w->nsites ? ev->site : ev->site % w->nmembers];
	struct stick *stick = &w->stick[ev->stick];
	if (!site_open(s))
		return;
	chance_seed_program(ev->seed ^ 0x5eed);
	site_enter(s);
	w->time += 1 + chance_below(&c, 4000);
	switch (ev->kind) {
	case EVENT_EDIT:
		for (uint32_t i = 0, n = 1 + chance_below(&c, 4); i < n; i++)
			edit_once(s, &c);
		break;
	case EVENT_MEET: meet(s, stick, 0, false); break;
	case EVENT_RECEIVE: meet(s, stick, 1, false); break;
	case EVENT_SEND: meet(s, stick, 2, false); break;
	case EVENT_FAULTY: meet_badly(s, stick, &c); break;
	case EVENT_HARM: stick_harm(stick, &c); break;
	case EVENT_CLOCK: jump(s, &c); break;
	case EVENT_IMAGE: site_image(s); break;
	case EVENT_PUT_BACK:
		if (s->has_image)
			put_back(s, chance_of(&c, 50));
		break;
	case EVENT_UNDO: undo(s, false); break;
	case EVENT_REDO: undo(s, true); break;
	case EVENT_UNDO_MERGE: undo_newest_merge(s); break;
	case EVENT_CHOOSE: choose(s, &c); break;
	case EVENT_REOPEN:
		site_close(s);
		site_open(s);
		break;
	case EVENT_NEWER: edit_newer(s, &c); break;
	case EVENT_REMOVE: member_remove(s, &c); break;
	case EVENT_INVITE: member_invite(s, &c); break;
	case EVENT_UPGRADE: s->newer = true; break;
	case EVENT_ERASE:
		if (!w->unnoticed)
			edit_erase(s, &c);
		break;
	case EVENT_KINDS: break;
	}
	if (w->verbose)
		print_standing(s);
}
