#!/bin/sh
# The models of model/*.pml, searched whole by spin: each must hold, and each with one of its rules taken away must
# fail. Every state that can be reached is looked at, none is left out for memory's sake.
# MODEL_LARGE=1 (make model) searches larger ones too, for half an hour and with 4 GB. The largest remember states as
# bits, so that a small share of them may be taken for others and left out.
. "${srcdir:-.}/tests/cli-lib.sh"
command -v spin >/dev/null || { echo "1..0 # SKIP spin is missing"; exit 0; }
cc=$(command -v cc || command -v gcc) || { echo "1..0 # SKIP a C compiler is missing"; exit 0; }
models=$(cd "$srcdir/model" && pwd) || exit 99
export TMPDIR="$dir"

bits= table=-w22

# search OPTIMISE MODEL OPTION… : leaves spin's report in $dir/report
search() {
	optimise=$1 model=$2; shift 2
	rm -rf "$dir/pan"; mkdir "$dir/pan"
	(cd "$dir/pan" && spin "$@" -a "$models/$model.pml" &&
		"$cc" "$optimise" -w -DSAFETY -DNOREDUCE -DNOBOUNDCHECK -DMEMLIM=4000 $bits -o pan pan.c &&
		./pan -m1000000 $table) >"$dir/report" 2>&1
}

# What a search found: "holds", "fails", or that it didn't get to the end.
found() {
	if grep -q '^pan:1: assertion violated' "$dir/report"; then echo fails
	elif grep -q 'errors: 0$' "$dir/report" && ! grep -q 'not completed\|max search depth too small' "$dir/report"; then echo holds
	else echo "no end"; fi
}

states() { awk '/states, stored/ { print $1 }' "$dir/report"; }

holds() {
	search -O2 "$@"
	got=$(found)
	same "$* holds" "$got" holds
	if [ "$got" = holds ]; then echo "# $(states) states"; else sed 's/^/# /' "$dir/report" | head -30; fi
}

fails() {
	search -O0 "$@"
	same "$1 fails with$(printf ' %s' "$2" | sed 's/-D//')" "$(found)" fails
}

holds merge
for rule in NO_GATE NO_KNOWN EACH_DELETE; do fails merge -D$rule; done
holds fork
for rule in NUMBERS_ONLY LATE_CONTEXT NO_DROP; do fails fork -D$rule; done
holds stability
for rule in NO_COVER UNION STRICT_END NO_REVIEW TAKE_OLD; do fails stability -D$rule; done
if [ -n "${MODEL_LARGE:-}" ]; then
	holds merge -DSITES=2 -DWRITES=4
	bits=-DBITSTATE table="-w34 -k3"
	holds stability -DA_WRITES=2
	holds stability -DR_WRITES=2
fi
finish
