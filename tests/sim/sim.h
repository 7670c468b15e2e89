/* tests/sim/sim.h - a simulated region: several sites with real stores, sticks that misbehave, clocks that jump, and
 * one seed from which all of it follows.
 *
 * A history is a list of events drawn from the seed. Each event carries its own seed, so that one can be left out
 * without altering the others: that is how a failing history is made small. Randomness that the program itself asks for
 * (ids, keys, nonces) comes from the same seed (chance.c), so that a seed repeats byte for byte. */
#ifndef TESTS_SIM_H
#define TESTS_SIM_H

#include "store/change.h"
#include "store/exchange.h"
#include "sync/sync.h"

/* ---- chance: SplitMix64 (Steele, Lea, Flood 2014) ------------------------------------------------- */
struct chance { uint64_t at; };
uint64_t chance_next(struct chance *c);
/* 0 .. below - 1 */
uint32_t chance_below(struct chance *c, uint32_t below);
bool chance_of(struct chance *c, uint32_t percent);
/* What os_random and libsodium give from now on. */
void chance_seed_program(uint64_t seed);
struct chance chance_of_program(void);

/* ---- a stick ------------------------------------------------------------------------------------- */
enum fault {
	FAULT_NONE, FAULT_EIO, FAULT_FULL,    /* from the nth call on */
	FAULT_PULLED,                         /* the same, and the file being written is there in part, or with 0 bytes */
	FAULT_ONCE,                           /* only the nth call fails */
};
struct stick_file { char path[200]; uint8_t *p; size_t n; bool altered; };
struct stick {
	struct stick_file *file;
	size_t n, cap;
	enum fault fault;
	int countdown;
	struct chance chance;
};
struct folder_io stick_io(struct stick *s);
void stick_arm(struct stick *s, enum fault fault, int countdown, uint64_t seed);
/* Lose, cut, alter, double or rename one file. */
void stick_harm(struct stick *s, struct chance *c);
void stick_free(struct stick *s);

/* ---- the world ----------------------------------------------------------------------------------- */
enum { SITES_MOST = 12, GUESTS = 2, SITES_ALL = SITES_MOST + GUESTS, STICKS = 3 };
struct world;
struct site {
	struct world *w;
	int no;
	struct store *s;
	char dir[96], state[96], image[96], image_state[96];
	int64_t skew;
	bool has_image;
	bool astray;                          /* it was told so when it last met: it differs from the others until it begins anew */
	bool newer;                           /* its program is newer than this one: see newer.c */
};
/* The furthest number of a line that anybody had who stayed when he heard that its site was out. */
struct ended { uint64_t inc, no; };
struct world {
	struct site site[SITES_ALL];
	int nmembers, nsites;                 /* in the ring from the beginning; with those who came later */
	bool anybody_left;                    /* somebody was removed, or an invitation was used twice */
	bool put_back;                        /* a disk was, at some site */
	bool erased;                          /* somebody was, at some site */
	bool unnoticed;                       /* a disk was put back, and nothing beside it tells */
	struct ended *ended;
	size_t nended;
	struct stick stick[STICKS];
	int64_t time;
	char root[64];
	bool verbose;
	char why[1000];                       /* the first thing that was wrong; "" all is well */
};
/* Rings of so many sites, and GUESTS that aren't in them yet; made once and copied for each history. */
bool world_prepare(const char *root, int nmembers, char *why, size_t nwhy);
void world_forget(const char *root);
void world_begin(struct world *w, const char *root, int nmembers);
void world_end(struct world *w);
/* One more site, in no ring yet; NULL when there are no more. */
struct site *world_guest(struct world *w);
/* Before anything is asked of its store: what lies outside it, and its program. */
void site_enter(const struct site *s);
bool site_open(struct site *s);
void site_close(struct site *s);
/* A picture of the machine's disk; and back to it, with what is remembered outside the store (unnoticed) or without. */
void site_image(struct site *s);
void site_put_back(struct site *s, bool unnoticed);
void world_wrong(struct world *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- events -------------------------------------------------------------------------------------- */
enum event_kind {
	EVENT_EDIT, EVENT_MEET, EVENT_RECEIVE, EVENT_SEND, EVENT_FAULTY, EVENT_HARM, EVENT_CLOCK, EVENT_IMAGE,
	EVENT_PUT_BACK, EVENT_UNDO, EVENT_REDO, EVENT_UNDO_MERGE, EVENT_CHOOSE, EVENT_REOPEN, EVENT_NEWER, EVENT_REMOVE,
	EVENT_INVITE, EVENT_UPGRADE, EVENT_ERASE, EVENT_KINDS
};
struct event { enum event_kind kind; uint8_t site, stick; uint64_t seed; bool dropped; };
const char *event_name(enum event_kind kind);
void event_run(struct world *w, const struct event *e);
/* One change through the one door, of any type. */
void edit_once(struct site *s, struct chance *c);
/* A group with fields that this version doesn't know. */
void edit_newer(struct site *s, struct chance *c);
/* Somebody asks to be forgotten. */
void edit_erase(struct site *s, struct chance *c);
/* how: 0 both, 1 receive, 2 send. What was told of files, as 1 << enum sync_why. */
unsigned meet(struct site *s, struct stick *stick, int how, bool may_fail);

/* ---- who is in the ring (members.c) ------------------------------------------------------------------ */
bool member_is_in(struct site *s, enum ring_role role);
void member_remove(struct site *s, struct chance *c);
void member_invite(struct site *s, struct chance *c);
/* Around whatever may tell a site that another is out. */
struct ring;
struct before { struct ring *ring; struct arena *a; struct vector had; };
struct before member_before(struct site *s);
void member_after(struct site *s, struct before *b);
/* Nobody who stayed has more of one who is out than somebody had who hadn't heard of it; all agree on who is out. */
void member_check(struct world *w);

/* ---- programs that write what this one can't read (newer.c) ---------------------------------------- */
void newer_is(bool newer);

/* ---- what must hold ------------------------------------------------------------------------------ */
/* All meet over whole sticks until nothing is new, then everything below. */
void check_world(struct world *w);
/* What it has, for who looks on. */
void print_standing(struct site *s);
/* The naive reference: every record from the set of all groups, by definition; against the store, byte for byte. */
void oracle_check(struct world *w, struct site *s);
/* Of whom a site knows to be erased it holds nothing, nor does its log. */
void erased_check(struct world *w, struct site *s);
/* A region member holds what `full` does, but nobody. */
void region_check(struct site *region, struct site *full);

/* ---- what happened, over all histories of a run -------------------------------------------------- */
enum tally {
	TALLY_HISTORIES, TALLY_GROUPS, TALLY_MERGES, TALLY_OPEN, TALLY_SNAPSHOTS, TALLY_FOLDED, TALLY_MINTED, TALLY_TRANSPLANTED,
	TALLY_REMOVED, TALLY_JOINED, TALLY_CAME_BACK, TALLY_REGIONS, TALLY_NEWER, TALLY_RETIRED, TALLY_LOCKED, TALLY_EARLY,
	TALLY_ORACLES, TALLY_ASTRAY, TALLY_ERASED, TALLIES
};
void tally(enum tally what, size_t n);

#endif
