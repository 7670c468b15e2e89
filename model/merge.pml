/* merge.pml: one record, replicated by groups, between SITES sites that each write WRITES times.
 *
 * A write sets the record's one field, deletes the record, or puts it back. The field is a register; `alive` is
 * another. A register holds every value that nobody has yet overwritten knowingly:
 *
 *	siblings := { s : dot(s) not in context(x) } + { x }
 *
 * and a write's context is all that its author had seen. Groups arrive in any order, late, again and again. One is
 * taken when its number is the next one of its author and its context is known here; one that is known already is
 * passed over; others wait.
 *
 * Proved for every history and every order of arrival, at each step:
 *  - what stands in a register is what nobody who has been heard had seen, so that it depends on the set of writes
 *    alone: sites that have seen the same hold the same, no write vanishes without one that saw it, and none comes
 *    back;
 *  - whether the record is alive, computed from the two registers alone, is what the whole history says: dead only if
 *    somebody deleted it, and each who edited it or put it back was seen by somebody who deleted. An edit beside a
 *    delete wins.
 *
 * Shown to fail, so that the checks are known to bite:
 *  -DNO_GATE      groups are taken as they come
 *  -DNO_KNOWN     a group that is known already is taken again
 *  -DEACH_DELETE  an edit counts as deleted only when each delete that stands had seen it: two deletes then revive
 *                 what one of them knew
 *
 * Left out: values and clocks (what is shown is the greatest of equal sets), several fields (registers don't touch
 * each other), groups of several writes (they are taken whole), erasures, numbers given twice (fork.pml), files that
 * are gone and snapshots (stability.pml).
 */
#ifndef SITES
#define SITES 3
#endif
#ifndef WRITES
#define WRITES 2
#endif
#define DOTS (SITES * WRITES)
#define BIT(d) (1 << (d))
#define FIRST(s) ((s) * WRITES)
#define OWN(s) (((1 << WRITES) - 1) << FIRST(s))	/* all dots of a site */
#define MAY_WRITE(s) ((s) < SITES && (seen[(s) % SITES] & OWN((s) % SITES)) != OWN((s) % SITES))
#define READER SITES
#define EDIT 0
#define DELETE 1
#define REVIVE 2

/* A set of dots is a bit mask; a dot is site * WRITES + number - 1. */
byte kind[DOTS];
byte context[DOTS];
byte seen[SITES + 1];	/* what each site has taken: its vector */
byte field[SITES + 1];	/* the siblings of the record's field */
byte alive[SITES + 1];	/* the siblings of its life: deletes and revivals */

#ifdef EACH_DELETE
#define COVERED_FIRST 255
#define COVERED(a, b) ((a) & (b))
#else
#define COVERED_FIRST 0
#define COVERED(a, b) ((a) | (b))
#endif

#ifdef NO_GATE
#define TAKES(i, d) (!(seen[i] & BIT(d)))
#elif defined(NO_KNOWN)
#define TAKES(i, d) ((context[d] & ~seen[i]) == 0)
#else
#define TAKES(i, d) (!(seen[i] & BIT(d)) && (context[d] & ~seen[i]) == 0)
#endif

inline register_write(i, d) {
	if
	:: kind[d] == EDIT -> field[i] = (field[i] & ~context[d]) | BIT(d)
	:: else -> alive[i] = (alive[i] & ~context[d]) | BIT(d)
	fi;
	seen[i] = seen[i] | BIT(d)
}

/* What site i must hold, told by the set of writes alone. */
hidden byte j, w, overwritten, deleted, lived, covered, revived, standing;
inline check(i) {
	d_step {
		overwritten = 0;	/* seen by a write of the same register */
		deleted = 0;		/* a delete, or seen by one */
		lived = 0;		/* an edit, or putting back */
		for (w : 0 .. DOTS - 1) {
			if
			:: !(seen[i] & BIT(w)) -> skip
			:: else ->
				for (j : 0 .. DOTS - 1) {
					if
					:: (context[w] & BIT(j)) && (kind[j] == EDIT) == (kind[w] == EDIT) ->
						overwritten = overwritten | BIT(j)
					:: else -> skip
					fi
				}
				if
				:: kind[w] == DELETE -> deleted = deleted | context[w] | BIT(w)
				:: else -> lived = lived | BIT(w)
				fi
			fi
		}
		assert((field[i] | alive[i]) == (seen[i] & ~overwritten));

		/* The same from the registers alone, as the program does it. */
		standing = 0; revived = 0; covered = COVERED_FIRST;
		for (w : 0 .. DOTS - 1) {
			if
			:: !(alive[i] & BIT(w)) -> skip
			:: else ->
				if
				:: kind[w] == REVIVE -> revived = 1
				:: else -> standing = 1; covered = COVERED(covered, context[w])
				fi
			fi
		}
		assert((!standing || revived || (field[i] & ~covered)) == (!deleted || (lived & ~deleted)));
	}
}

inline take(i, d) { d_step { register_write(i, d) } check(i) }

#define CAN(i, d) ((d) < DOTS && (d) / WRITES != (i) && (seen[(d) / WRITES % SITES] & BIT(d)) && TAKES(i, (d) % DOTS))

/* Site i meets groups, any that somebody has written, in any order, and stops whenever it likes. */
inline receive(i) {
	do
	:: break
	:: CAN(i, 0) -> take(i, 0)
	:: CAN(i, 1) -> take(i, 1)
	:: CAN(i, 2) -> take(i, 2)
	:: CAN(i, 3) -> take(i, 3)
	:: CAN(i, 4) -> take(i, 4)
	:: CAN(i, 5) -> take(i, 5)
	:: CAN(i, 6) -> take(i, 6)
	:: CAN(i, 7) -> take(i, 7)
	od
}

init {
	byte i, d, what;
	do
	/* Somebody who may write once more meets what it likes, and writes. */
	:: atomic {
		if
		:: MAY_WRITE(0) -> i = 0
		:: MAY_WRITE(1) -> i = 1
		:: MAY_WRITE(2) -> i = 2
		:: MAY_WRITE(3) -> i = 3
		fi;
		receive(i);
		if
		:: what = EDIT
		:: what = DELETE
		:: what = REVIVE
		fi;
		d_step {
			d = FIRST(i);
			do
			:: seen[i] & BIT(d) -> d++
			:: else -> break
			od;
			kind[d] = what;
			context[d] = seen[i];
			register_write(i, d)
		}
		check(i);
		i = 0; d = 0; what = 0
	}
	/* All is written: one that never wrote meets it, in any order. */
	:: atomic {
		!(MAY_WRITE(0) || MAY_WRITE(1) || MAY_WRITE(2) || MAY_WRITE(3)) ->
		receive(READER);
		seen[READER] = 0; field[READER] = 0; alive[READER] = 0; d = 0;
		break
	}
	od
}
