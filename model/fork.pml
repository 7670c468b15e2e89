/* fork.pml: a site that is put back from an image without noticing gives its numbers twice.
 *
 * X writes P0, P1 and loses them with its disk; put back from an image, it goes on with Q0, Q1 under the same
 * incarnation and the same numbers. Y and Z take whichever of the two lines they meet first; the other one waits, as
 * its number is known with another tag. As soon as X meets P, or a group whose author had seen P, it finds out: it
 * takes a new incarnation, issues Q0, Q1 again as N0, N1 with the contexts that they had, and states that the line Q
 * is given up. Who learns of it drops Q, builds its registers again, and lets contexts that name Q count as the part
 * before the fork; then P and N can come in. If X had written nothing yet, its next writes simply are N.
 *
 * A context names numbers with tags (the first bytes of the chain there), so that a number of one line isn't taken
 * for the same number of the other.
 *
 * Proved for every history and every order of arrival, all writes going to one register:
 *  - what a site holds depends only on what it has seen and whether it knows the statement;
 *  - at no site and at no time is a value gone that nobody had really seen and overwritten;
 *  - once everything has arrived nothing waits any more: all sites hold the same, with every edit of P, of Q (as N),
 *    of Y and of Z.
 *
 * Shown to fail:
 *  -DNUMBERS_ONLY  contexts are compared by numbers without tags: a write that saw Q overwrites P, which its author
 *                  never saw
 *  -DLATE_CONTEXT  N gets all that X has seen when it finds out: it overwrites what came in after Q was written
 *  -DNO_DROP       Q stays where it is known: P never comes in there
 *
 * What it costs: Z had seen Q0 and overwritten it; N0 comes back beside Z's write as a disagreement. A person looks
 * at it once, and nobody loses an edit.
 *
 * Left out: deletes (merge.pml), writes of P that nobody but X ever had (they are lost with the disk), a second fork,
 * files that are gone (stability.pml), and the witness and the home row, which find most such sites before they
 * write.
 */
#define P0 0
#define P1 1
#define Q0 2
#define Q1 3
#define N0 4
#define N1 5
#define Y0 6
#define Z0 7
#define DOTS 8
#define BIT(d) (1 << (d))
#define P (BIT(P0) | BIT(P1))
#define Q (BIT(Q0) | BIT(Q1))
#define N (BIT(N0) | BIT(N1))
#define REISSUED(mask) (((mask) & ~Q) | (((mask) & Q) << 2))

#define X 0
#define Y 1
#define Z 2
#define SITES 3

/* A set of dots is a bit mask. */
byte made;		/* written and lying in the folder */
byte context[DOTS];
byte seen[SITES];
byte value[SITES];	/* the siblings of the register */
bool told[SITES];	/* knows the statement that Q is given up and N goes on */
mtype = { first_life, put_back, found_out };
mtype x = first_life;

#ifdef NUMBERS_ONLY
#define ALSO(mask) ((mask) | (((mask) & P) << 2) | (((mask) & Q) >> 2))
#else
#define ALSO(mask) (mask)
#endif
#ifdef NO_DROP
#define DROPPED(i) 0
#else
#define DROPPED(i) (told[i] -> Q : 0)
#endif
/* What a group's context means at site i. */
#define CONTEXT(i, d) ALSO(context[d] & ~DROPPED(i))

/* The next of its line, and its line fits what is here. */
#define FITS(i, d) (!(seen[i] & BIT(d)) && \
	((d) == Y0 || (d) == Z0 || !((d) & 1) || (seen[i] & BIT((d) - 1))) && \
	(!(BIT(d) & P) || !(seen[i] & Q)) && \
	(!(BIT(d) & Q) || (!(seen[i] & P) && !told[i])) && \
	(!(BIT(d) & N) || told[i]))
#define TAKES(i, d) ((made & BIT(d)) && FITS(i, d) && ((context[d] & ~DROPPED(i)) & ~ALSO(seen[i])) == 0)

inline write(i, d) {
	context[d] = seen[i];
	value[i] = BIT(d);
	seen[i] = seen[i] | BIT(d);
	made = made | BIT(d)
}

hidden byte w, gone, known;

/* What site i holds, told by what it has seen. */
inline rebuild(i) {
	gone = 0;
	for (w : 0 .. DOTS - 1) {
		if
		:: seen[i] & BIT(w) -> gone = gone | CONTEXT(i, w)
		:: else -> skip
		fi
	}
	value[i] = seen[i] & ~gone
}

/* What is gone was really seen by the author of something that is here. An N that was a Q had seen what that Q had. */
inline check(i) {
	known = 0; gone = 0;
	for (w : 0 .. DOTS - 1) {
		if
		:: !(seen[i] & BIT(w)) -> skip
		:: else ->
			gone = gone | CONTEXT(i, w);
			if
			:: (BIT(w) & N) && (made & BIT(w - 2)) -> known = known | REISSUED(context[w - 2])
			:: else -> known = known | context[w] | REISSUED(context[w])
			fi
		fi
	}
	assert(value[i] == (seen[i] & ~gone));
	assert((seen[i] & ~value[i] & ~known) == 0);
	w = 0; gone = 0; known = 0
}

inline take(i, d) {
	value[i] = (value[i] & ~CONTEXT(i, d)) | BIT(d);
	seen[i] = seen[i] | BIT(d);
	check(i)
}

inline reissue(q) {
	if
	:: made & BIT(q) ->
#ifdef LATE_CONTEXT
		context[q + 2] = seen[X] & ~Q & ~BIT(q + 2);
#else
		context[q + 2] = REISSUED(context[q]);
#endif
		made = made | BIT(q + 2);
		seen[X] = seen[X] | BIT(q + 2)
	:: else -> skip
	fi
}

inline find_out() {
	reissue(Q0);
	reissue(Q1);
	seen[X] = seen[X] & ~Q;
	x = found_out;
	told[X] = true;
	rebuild(X);
	check(X)
}

inline learn(i) {
	told[i] = true;
	seen[i] = seen[i] & ~DROPPED(i);
	rebuild(i);
	check(i)
}

#define FINDS_OUT(i, d) ((i) == X && x == put_back && (made & BIT(d)) && ((BIT(d) | context[d]) & P))

inline meet(i, d) {
	if
	:: FINDS_OUT(i, d) -> find_out()
	:: else -> take(i, d)
	fi
}

#define MEET(i, d) :: d_step { FINDS_OUT(i, d) || TAKES(i, d) -> meet(i, d) }
#define MEET_ANY(i) MEET(i, P0) MEET(i, P1) MEET(i, Q0) MEET(i, Q1) MEET(i, N0) MEET(i, N1) MEET(i, Y0) MEET(i, Z0)
#define WRITE(i, d, may) :: d_step { !quiet && (may) && !(made & BIT(d)) -> write(i, d) }

init {
	bool quiet = false;
	do
	WRITE(X, P0, x == first_life)
	WRITE(X, P1, x == first_life && (made & BIT(P0)))
	WRITE(X, Q0, x == put_back)
	WRITE(X, Q1, x == put_back && (made & BIT(Q0)))
	WRITE(X, N0, x == found_out)
	WRITE(X, N1, x == found_out && (made & BIT(N0)))
	WRITE(Y, Y0, true)
	WRITE(Z, Z0, true)
	:: d_step { !quiet && x == first_life && (made & P) -> x = put_back; seen[X] = 0; value[X] = 0 }
	MEET_ANY(X)
	MEET_ANY(Y)
	MEET_ANY(Z)
	:: d_step { x == found_out && !told[Y] -> learn(Y) }
	:: d_step { x == found_out && !told[Z] -> learn(Z) }
	:: d_step { !quiet -> quiet = true }
	/* Nobody writes any more, and everything has been met. */
	:: else -> break
	od;
	made = made & ~(x == found_out -> Q : 0);
	assert(seen[X] == made && seen[Y] == made && seen[Z] == made);
	assert(value[X] == value[Y] && value[Y] == value[Z])
}
