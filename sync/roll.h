/* sync/roll.h - the roll of the ring: what follows from a set of statements. A pure function of the set, the same
 * whatever order it came in and however often a statement is in it.
 *
 * 1. Who may be a member. The founder is; and whoever a full member invited. Of several who used one invitation the
 *    one counts to whom the inviter has handed a key (it does so as soon as it sees the first: later ones change
 *    nothing), else the one whose statement has the least name. The others are as good as removed: somebody may have
 *    taken of them what they wrote before that was settled. A key is one member, whatever more it is invited as.
 * 2. Seniority: steps from the founder in the line of invitations, then the name of the statement that let one in;
 *    whoever came too late for an invitation, and all whom it let in, after all others.
 * 3. Removals, authors gone through by seniority. A RETIRE of a full member, or of a member by itself, counts unless
 *    its author is removed by then (it left, or one senior to it said so) and no removal of the author by then knows it.
 *    So of two who remove each other the senior one stays; a ring that must be rid of a hostile senior makes a new
 *    ring. Nothing else removes anybody, and each RETIRE is a person's word: were it also what sites say by themselves
 *    (5), a senior one that merely tells how much it has of a removed member would take back whom that one removed
 *    just before, and all would change sides once more after everybody had met.
 * 4. Of a removed member's other statements those count that a removal of it knows. A member whose invitation doesn't count
 *    so is removed with its inviter. Who is let in again is another member, for it has another key, and leaves with the
 *    one of then, which it hasn't any more: by a RETIRE of itself, that knows what counted of that key (all, if only its
 *    invitation didn't). Whom it had let in by then stays; whom it let in while it was out somebody must invite anew.
 *    Should whoever removed it and whoever lets it in turn out to be out, that key was in until then, and both are out
 *    now: else nobody could use what is a member, and what is known to that one wouldn't be kept from who is out.
 * 5. Of a removed member's groups those count up to the greatest number that any removal or HAD names for the
 *    incarnation, be it of another member: either says all that its author had. So what counts is all that somebody had taken
 *    before he heard of it, with whatever that rests on, and all can follow: whoever has more than that, when he hears,
 *    says so with a HAD; and who leaves has said it by then.
 * 6. An incarnation belongs to who claims it; of several one whose claim counts, then the senior one. A line is
 *    given up by its author; by another full member of its site, for one that was put back to before it joined, and
 *    joined again, is two members, and has the key of the later alone; or, once its author is removed, by any full member.
 *    By a claim that counts; or when all counts that was issued again under the name that it claims (5): whoever had
 *    taken that went by it, and nothing of the line is lost.
 * 7. Epochs stand in order of depth (steps from a first one), then name. Only full members make them and hand out
 *    their keys; keys of those that don't count are still good for reading.
 *
 * Statements whose author isn't known (yet) do nothing. Times are shown and decide nothing. */
#ifndef SYNC_ROLL_H
#define SYNC_ROLL_H

#include "sync/statement.h"

struct roll_member {
	struct ring_member is;
	size_t inviter;                           /* place in the list; the founder is its own */
	const struct statement *invite, *entry;   /* invite NULL: the founder */
	const struct statement **removal;         /* those that count */
	size_t nremovals;
	bool let_in;                              /* its invitation counts */
};
struct roll_inc { uint64_t inc, last; size_t member; };   /* last: groups above it aren't taken */
struct roll_epoch {
	uint8_t id[SEGMENT_EPOCH];
	uint64_t depth;                           /* from 1; 0: what it comes after isn't known */
	bool counts;
	const struct statement **by;              /* all that hand out its keys */
	size_t nby;
};

struct roll {
	const struct statement *found;            /* NULL: then there is nothing else */
	struct roll_member *member;               /* by seniority */
	size_t nmembers;
	struct roll_inc *inc;                     /* ascending */
	size_t nincs;
	struct roll_epoch *epoch;                 /* ascending: the last that counts is the one to write with */
	size_t nepochs;
	struct ring_given_up *line;               /* ascending by incarnation and number */
	size_t nlines;
	const struct statement **by_signer;       /* by kind, signer and name, each once */
	size_t n;
};

/* self is marked; NULL: nobody. The roll lies in the arena and points at the statements. */
void roll_make(struct arena *a, const uint8_t ring[SEGMENT_RING], const uint8_t *self,
	const struct statement *const *all, size_t n, struct roll *out);

enum { ROLL_NOBODY = SIZE_MAX };
size_t roll_find(const struct roll *r, const uint8_t key[SEGMENT_PUBLIC]);       /* ROLL_NOBODY */
const struct roll_inc *roll_find_inc(const struct roll *r, uint64_t inc);        /* NULL */
/* Does a statement of its signer count? False for one whom nobody knows. */
bool roll_counts(const struct roll *r, const struct statement *s);
/* Statements of one kind by one signer, by name. */
const struct statement *const *roll_by(
	const struct roll *r, enum statement_kind kind, const uint8_t signer[SEGMENT_PUBLIC], size_t *n);
/* Has the member this epoch's keys, as far as the statements tell: handed to it, made by it, or given with its
 * invitation? */
bool roll_has_epoch(const struct roll *r, const struct roll_epoch *epoch, size_t member);

#endif
