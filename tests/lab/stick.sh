#!/bin/sh
# tests/lab/stick.sh KIND CUTS [SEED [careless]] - pulls a stick CUTS times in the middle of `samvagt sync`, on a
# real file system of KIND (vfat, ext4) in a real kernel. Each time: one site writes changes and syncs; then the other
# does, and meanwhile the stick is pulled in one of the steps of a meeting, which take turns, with what no flush had
# secured there or not (see cut.c). Every fourth time the whole machine dies with it; else the program lives on
# without a stick, and must come to an end with a sentence. Then the stick is put in, both meet, and must say nothing
# worse than that a file isn't whole yet, hold the same with all that was written, and both stores be whole. What had
# been said to be down must have arrived at the first meeting. The stick is never repaired or emptied in between. With
# "careless" the program never waits for the stick, and that must be found out.
. "${srcdir:-.}/tests/cli-lib.sh"
. "$srcdir/tests/lab/lib.sh"
SAMVAGT=$(realpath "$SAMVAGT") && [ -x "$SAMVAGT" ] || exit 99
kind=${1:-vfat} cuts=${2:-6} seed=${3:-1} careless=${4:-}
lab_ready "$kind"

# The work of every boot: it goes on where the machine died. $x is the site that is cut, $y the other. $lab/results gets
# a line for each cut: its number, the exit status that was said, and how many of how many came.
cat >"$lab/rounds" <<END
. $lab/common
cuts=$cuts seed=$seed
came() { on \$y list volunteer --plain | grep -c "	N\$n	"; }

send() {
	: >\$lab/round
	on \$y set volunteer Thyra phone=\$((30000000 + n)) >/dev/null &&
		on \$y add volunteer given=O\$n family=Nr >/dev/null || bad "nothing can be written"
	must_meet \$y \$lab/stick
	for i in \$(seq 1 \$all); do
		on \$x add volunteer given=N\$n family=Nr\$i >/dev/null || bad "nothing can be written"
	done
	on \$x set volunteer Thyra phone=\$((20000000 + n)) >/dev/null
	dice=\$(((seed * 7368787 + n * 104729) % 1000003))
	[ \$(((n + n / 6) % 4)) = 0 ] && way=D || way=P
	pull_out; plug_in                # nothing of it is remembered
	echo unsaid >\$lab/said
	echo \$n >\$lab/at
	printf '%-64s' "b \$way \$(echo abfrod | cut -c \$(((n - 1) % 6 + 1))) \$((dice % 1000)) \$n \$dice" 1<>\$lab/step
	${careless:+export LAB_CARELESS=1}
	disturbed \$x \$lab/stick
	unset LAB_CARELESS
	echo \$rc >\$lab/said
	printf a 1<>\$lab/step
	dd if=/dev/ubdb of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null
	pull_out
	printf - 1<>\$lab/step
	plug_in || bad "the stick can't be mounted any more"
}

check() {
	must_meet \$y \$lab/stick
	first=\$(came)
	read said <\$lab/said
	[ \$said != 0 ] || [ \$first = \$all ] || bad "it was said to be down, and \$first of \$all came"
	must_meet \$x \$lab/stick; must_meet \$y \$lab/stick
	last=\$(came)
	[ \$last = \$all ] || bad "\$last of \$all came in the end"
	whole
	echo "\$n \$said \$first \$all" >>\$lab/results
}

died=\$(cat \$lab/at)
n=\$((died ? died : 1))
while [ \$n -le \$cuts ]; do
	all=\$((n % 4 + 1))
	[ \$(((n + n / 6) % 2)) = 0 ] && x=a y=b || x=b y=a
	[ \$n = \$died ] || send
	check
	n=\$((n + 1))
done
echo LAB-DONE
END

echo "# seed $seed"
echo 0 >"$lab/at"
boots=0
while [ $boots -le "$cuts" ] && ! grep -q -e '^BAD' -e '^LAB-DONE' "$lab/log"; do
	boot rounds
	boots=$((boots + 1))
done
why=$(what_was_wrong)
if [ -n "$careless" ]; then
	case $why in *"said to be down"*) found=0 ;; *) found=1 ;; esac
	ok $found "on $kind, who doesn't wait for the disk is found out"
	finish
fi
[ -z "$why" ]; ok $? "$cuts cuts on $kind: both sites whole and equal after each"
[ -z "$why" ] || { echo "# $why (seed $seed)"; tell_log; }
# How often each step was hit, and what the next meeting found.
hits() { cat "$lab"/cuts/[0-9]* | grep -c "^$1"; }
found() { awk "$1 { n++ } END { print n + 0 }" "$lab/results"; }
[ -n "$why" ] || [ "$cuts" -lt 30 ] || for step in b f r o d a; do
	[ "$(hits $step)" -gt 0 ] || why="none in step $step"
done
[ -z "$why" ]; ok $? "$kind: $(hits b) before the first write, $(hits f) in a file's bytes, $(hits r) in its renaming, \
$(hits o) while old files went, $(hits d) while all got down, $(hits a) after \"you can take it out\""
echo "# the machine died with $(hits '. D') of them; the next meeting found nothing of it $(found '$3 == 0') times," \
	"something not said to be down $(found '$2 != 0 && $3 > 0') times, what was said to be down $(found '$2 == 0') times"
finish
