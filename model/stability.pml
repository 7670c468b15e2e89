/* stability.pml: files go, a silent site is set aside, and comes back with changes that it never sent.
 *
 * A, B and R share one folder and one record: its field and its life are two registers, as in merge.pml. A's and B's
 * segments lie there as soon as they are written, R's when it sends them; acknowledgements say what B and R have
 * seen. A puts snapshots there. An owner removes a segment of its own when every active member has acknowledged it
 * and a snapshot covers it. At any time A sets R aside, naming the last number that it knows of R, and no longer
 * waits for it; B learns of it sooner or later. R may have sent more meanwhile, and B may have taken it: R's groups
 * beyond the named number are taken if an active member vouches for them (its vector has them), else not.
 *
 * R either is never seen again, or comes back: it begins again from a snapshot, and what nobody vouches for is given
 * up under the old incarnation and offered again under a new one (S), with the contexts that it had, as in fork.pml.
 * An edit that would bring back what is deleted by then goes to a list for a person instead. Who has taken what is
 * given up drops it when it learns of that; a snapshot that contains it isn't taken any more, nor is a snapshot whose
 * author knew of a return that the reader doesn't know of.
 *
 * Proved for every history and every order, with files and snapshots read late or early:
 *  - what a site holds is what the set of writes says, whether they came as segments or with a snapshot: nothing
 *    overwritten stands again, nothing vanishes that wasn't overwritten;
 *  - R's return alone never makes a deleted record alive;
 *  - at the end nothing waits: A and B (and R, if it came back) hold the same, and each change of R is there or on
 *    the list, if R came back; if not, all that an active member had taken.
 *
 * Shown to fail:
 *  -DNO_COVER    files go as soon as they are acknowledged, without a snapshot: who comes back never catches up
 *  -DUNION       a snapshot's values are just added to one's own: what was overwritten stands again
 *  -DSTRICT_END  nothing of R beyond the named number is taken: A waits for ever for what B had seen
 *  -DNO_REVIEW   everything is offered again: a late edit revives the deleted
 *  -DTAKE_OLD    a snapshot that contains what was given up is taken
 *
 * Left out: several folders and relaying (one folder whose files are seen late stands for them); registers folded
 * away (deleted records stay as their deletes); how a site builds itself again without what was given up when part of
 * it came with a snapshot: it must keep that snapshot, the log alone no longer has it.
 */
#ifndef A_WRITES
#define A_WRITES 1
#endif
#ifndef R_WRITES
#define R_WRITES 1
#endif
#define A0 0
#define A1 1
#define B0 2
#define R0 3
#define R1 4
#define S0 5
#define S1 6
#define DOTS 7
#define BIT(d) (1 << (d))
#define OWN_A (BIT(A0) | BIT(A1))
#define OWN_B BIT(B0)
#define OWN_R (BIT(R0) | BIT(R1))
#define OWN_S (BIT(S0) | BIT(S1))
#define AS_S(mask) ((mask) << 2)	/* dots of R as those of S */
#define A 0
#define B 1
#define R 2
#define SITES 3

/* A set of dots is a bit mask. */
byte made, deletes;	/* what has been written; which of it deletes, the rest edits */
byte context[DOTS];
byte seen[SITES], field[SITES], alive[SITES];
bool told[SITES];	/* knows that R is set aside */
bool knows[SITES];	/* knows that R came back, and what is given up */

/* The folder. */
byte sent, files;	/* segments that were put there; that are there */
byte acked[SITES];
byte snap_seen, snap_field, snap_alive;
bool snap_knows;	/* its author knew that R came back */
bool set_aside, back, lost;
byte last;		/* what the statement names of R */
byte given_up;		/* dots of R that are offered again */
byte review;		/* of S: what a person has to look at first */

#define DROPPED(i) (knows[i] -> given_up : 0)
#define CONTEXT(i, d) (context[d] & ~DROPPED(i))
#ifdef STRICT_END
#define VOUCHED 0
#else
#define VOUCHED (seen[A] | acked[B])
#endif
#ifdef TAKE_OLD
#define STALE(i) 0
#else
#define STALE(i) (snap_seen & DROPPED(i))
#endif
#define MAY_STAND(i, d) (!(BIT(d) & OWN_R) || !told[i] || (BIT(d) & (last | VOUCHED)))
#define TAKES(i, d) ((files & BIT(d) & ~seen[i] & ~DROPPED(i)) && MAY_STAND(i, d) && \
	(CONTEXT(i, d) & ~seen[i]) == 0 && (!(BIT(d) & OWN_S) || knows[i]))
/* Deletes stand, and no field's value that one of them hadn't seen. */
#define DEAD(i) (alive[i] && !(field[i] & ~covered))

hidden byte w, j, gone, covered, before;

inline put(i, d) {
	if
	:: deletes & BIT(d) -> alive[i] = (alive[i] & ~CONTEXT(i, d)) | BIT(d)
	:: else -> field[i] = (field[i] & ~CONTEXT(i, d)) | BIT(d)
	fi;
	seen[i] = seen[i] | BIT(d)
}

/* What was overwritten at site i, told by the writes that it has seen. */
inline overwritten(i) {
	gone = 0;
	for (w : 0 .. DOTS - 1) {
		if
		:: !(seen[i] & BIT(w)) -> skip
		:: deletes & BIT(w) & seen[i] -> gone = gone | (CONTEXT(i, w) & deletes)
		:: else -> gone = gone | (CONTEXT(i, w) & ~deletes)
		fi
	}
	w = 0
}

inline check(i) {
	overwritten(i);
	assert(field[i] == (seen[i] & ~gone & ~deletes));
	assert(alive[i] == (seen[i] & ~gone & deletes));
	gone = 0
}

/* All that the deletes had seen that stand at site i. */
inline cover(i) {
	covered = 0;
	for (w : 0 .. DOTS - 1) {
		if
		:: alive[i] & BIT(w) -> covered = covered | CONTEXT(i, w)
		:: else -> skip
		fi
	}
	w = 0
}

inline write(i, d, what) {
	made = made | BIT(d);
	deletes = deletes | (what << (d));
	context[d] = seen[i];
	put(i, d);
	check(i);
	if
	:: (i) == R -> skip
	:: else -> files = files | BIT(d); sent = sent | BIT(d)
	fi
}

inline join_snapshot(i) {
#ifdef UNION
	field[i] = field[i] | snap_field;
	alive[i] = alive[i] | snap_alive;
#else
	field[i] = (field[i] & snap_field) | (field[i] & ~snap_seen) | (snap_field & ~seen[i]);
	alive[i] = (alive[i] & snap_alive) | (alive[i] & ~snap_seen) | (snap_alive & ~seen[i]);
#endif
	seen[i] = seen[i] | snap_seen;
	check(i)
}

inline put_snapshot(i) {
	snap_seen = seen[i]; snap_field = field[i]; snap_alive = alive[i]; snap_knows = knows[i]
}

inline learn_of_return(i) {
	knows[i] = true;
	seen[i] = seen[i] & ~given_up;
	overwritten(i);
	field[i] = seen[i] & ~gone & ~deletes;
	alive[i] = seen[i] & ~gone & deletes;
	gone = 0
}

/* R reads that it was set aside: it begins again from the snapshot, and keeps what nobody vouches for to offer it again. */
inline come_back() {
	back = true; told[R] = true; knows[R] = true;
	given_up = seen[R] & OWN_R & ~last & ~VOUCHED;
	for (w : R0 .. R1) {
		if
		:: given_up & BIT(w) ->
			context[w + 2] = (context[w] & ~given_up) | AS_S(context[w] & given_up);
			deletes = deletes | AS_S(deletes & BIT(w))
		:: else -> skip
		fi
	}
	w = 0;
	seen[R] = snap_seen; field[R] = snap_field; alive[R] = snap_alive; acked[R] = 0;
	check(R)
}

/* As soon as R has what it had seen then. */
inline offer(d) {
	context[d] = context[d] & ~review;
	cover(R); before = DEAD(R);
	j = field[R];
	if
	:: deletes & BIT(d) -> put(R, d)
	:: else -> field[R] = (field[R] & ~CONTEXT(R, d)) | BIT(d)
	fi;
	cover(R);
#ifndef NO_REVIEW
	if
	:: before && !DEAD(R) -> field[R] = j; review = review | BIT(d)
	:: else -> seen[R] = seen[R] | BIT(d); made = made | BIT(d)
	fi;
#else
	seen[R] = seen[R] | BIT(d); made = made | BIT(d);
#endif
	cover(R);
	assert(!(before && !DEAD(R)));
	check(R);
	j = 0; before = 0; covered = 0
}

#define ACTIVE(i) ((i) != R || (!lost && (!told[R] || back)))
#define WRITE(i, d, may) \
	:: d_step { !quiet && ACTIVE(i) && (may) && !(made & BIT(d)) -> write(i, d, 0) } \
	:: d_step { !quiet && ACTIVE(i) && (may) && !(made & BIT(d)) -> write(i, d, 1) }
#define TAKE(i, d) :: d_step { ACTIVE(i) && TAKES(i, d) -> put(i, d); check(i) }
#define TAKE_ANY(i) TAKE(i, A0) TAKE(i, A1) TAKE(i, B0) TAKE(i, R0) TAKE(i, R1) TAKE(i, S0) TAKE(i, S1)
#define SEND(i, own) :: d_step { ACTIVE(i) && ((seen[i] & (own) & ~sent) || acked[i] != seen[i]) -> \
	files = files | (seen[i] & (own) & ~sent); sent = sent | (seen[i] & (own)); acked[i] = seen[i] }
#define SNAPSHOT(i) :: d_step { STALE(i) || \
	(!quiet && seen[i] != snap_seen && (snap_seen & ~seen[i]) == 0) -> put_snapshot(i) }
#define JOIN(i) :: d_step { ACTIVE(i) && \
	(snap_seen & ~seen[i]) && !STALE(i) && (!snap_knows || knows[i]) -> join_snapshot(i) }
/* Everybody who is waited for has acknowledged it. */
#define STABLE(i) (seen[A] & acked[B] & (told[i] && !knows[i] -> 255 : acked[R]))
#ifdef NO_COVER
#define COVERED(i) 255
#else
#define COVERED(i) (STALE(i) -> 0 : snap_seen)
#endif
#define FOLD(i, own) :: d_step { ACTIVE(i) && (files & (own) & STABLE(i) & COVERED(i)) -> \
	files = files & ~((own) & STABLE(i) & COVERED(i)) }
#define OFFER(d) :: d_step { back && (BIT(d) & AS_S(given_up) & ~(made | review)) && \
	((context[d] & ~review) & ~seen[R]) == 0 -> offer(d) }

init {
	bool quiet = false;
	do
	WRITE(A, A0, true)
	WRITE(A, A1, A_WRITES > 1 && (made & BIT(A0)))
	WRITE(B, B0, true)
	WRITE(R, R0, !back)
	WRITE(R, R1, R_WRITES > 1 && !back && (made & BIT(R0)))
	TAKE_ANY(A)
	TAKE_ANY(B)
	TAKE_ANY(R)
	SEND(B, 0)
	SEND(R, (back -> OWN_S : OWN_R))
	SNAPSHOT(A)
	JOIN(B)
	JOIN(R)
	FOLD(A, OWN_A)
	FOLD(B, OWN_B)
	FOLD(R, (back -> OWN_S : OWN_R))
	:: d_step { !quiet && !set_aside -> set_aside = true; told[A] = true; last = seen[A] & OWN_R }
	:: d_step { set_aside && !told[B] -> told[B] = true }
	:: d_step { set_aside && !back && !lost ->
		lost = true; seen[R] = 0; field[R] = 0; alive[R] = 0; acked[R] = 0 }
	:: d_step { set_aside && !back && !lost -> come_back() }
	:: d_step { back && !knows[A] -> learn_of_return(A); check(A) }
	:: d_step { back && !knows[B] -> learn_of_return(B); told[B] = true; check(B) }
	OFFER(S0)
	OFFER(S1)
	:: d_step { !quiet -> quiet = true }
	/* Nobody writes any more, and everything has been met. */
	:: else -> break
	od;
	assert(seen[A] == seen[B] && field[A] == field[B] && alive[A] == alive[B]);
	assert(lost || (seen[R] == seen[A] && field[R] == field[A] && alive[R] == alive[A]));
	assert((made & (OWN_A | OWN_B)) == (seen[A] & (OWN_A | OWN_B)));
	assert(lost || AS_S(made & OWN_R) == (OWN_S & (AS_S(seen[A] & OWN_R) | (seen[A] & OWN_S) | review)))
}
