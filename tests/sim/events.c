/* tests/sim/events.c - see sim.h. Owns what happens in a history. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/sim.h"

static const char *const names[EVENT_KINDS] = {
	[EVENT_EDIT] = "edit", [EVENT_MEET] = "meet", [EVENT_RECEIVE] = "receive", [EVENT_SEND] = "send",
	[EVENT_FAULTY] = "faulty", [EVENT_HARM] = "harm", [EVENT_CLOCK] = "clock", [EVENT_IMAGE] = "image",
	[EVENT_PUT_BACK] = "put-back", [EVENT_UNDO] = "undo", [EVENT_REDO] = "redo", [EVENT_UNDO_MERGE] = "undo-merge",
	[EVENT_CHOOSE] = "choose", [EVENT_REOPEN] = "reopen", [EVENT_NEWER] = "newer",
};

const char *event_name(enum event_kind kind)
{
	return names[kind];
}

/* how: 0 both, 1 receive, 2 send */
void meet(struct site *s, struct stick *stick, int how, bool may_fail)
{
	struct folder_io io = stick_io(stick);
	struct sync_opts opts = {.io = &io, .level = SEGMENT_FAST, .accept_losses = true};
	struct sync_result r;
	struct err e = {0};
	struct arena *a = arena_new();
	int rc = how == 0 ? sync_meet(s->s, "/stick", &opts, a, &r, &e) :
		how == 1 ? sync_receive(s->s, "/stick", &opts, a, &r, &e) : sync_send(s->s, "/stick", &opts, a, &r, &e);
	if (rc != OK && !may_fail && !(how == 1 && rc == ERR_NOTFOUND))
		world_wrong(s->w, "site %d doesn't meet: %s", s->no, e.text);
	if (rc == OK && r.diverged)
		world_wrong(s->w, "site %d has the same vector as another and another state", s->no);
	if (s->w->verbose && rc == OK)
		for (size_t i = 0; i < r.ntrouble; i++)
			printf("#     %s: %s\n", r.trouble[i].path ? r.trouble[i].path : "", r.trouble[i].text);
	arena_free(a);
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

void event_run(struct world *w, const struct event *ev)
{
	struct chance c = {ev->seed};
	struct site *s = &w->site[ev->site];
	struct stick *stick = &w->stick[ev->stick];
	if (!site_open(s))
		return;
	chance_seed_program(ev->seed ^ 0x5eed);
	setenv("XDG_STATE_HOME", s->state, 1);
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
			site_put_back(s, chance_of(&c, 50));
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
	case EVENT_KINDS: break;
	}
}
