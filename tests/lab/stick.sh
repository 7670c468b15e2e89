#!/bin/sh
# tests/lab/stick.sh KIND CUTS [SEED [careless]] - pulls a stick CUTS times in the middle of `samvagt sync`, on a
# real file system of KIND (vfat, ext4) in a real kernel. Each time: one site writes changes and syncs; the machine
# dies at a random one of its writes to the stick (torn, and with what no flush had secured there or not; see
# cut.c), or right after it said that the stick may be taken. Then the other site syncs with what is on the stick,
# writes something itself, and both meet again. They must say nothing worse than that a file isn't whole yet, hold
# the same at the end, and both stores be whole. What had been said to be down must have arrived. The stick is
# never repaired or emptied in between. With "careless" the first site never waits for the disk, and that must be
# found out.
. "${srcdir:-.}/tests/cli-lib.sh"
. "$srcdir/tests/lab/lib.sh"
SAMVAGT=$(realpath "$SAMVAGT") && [ -x "$SAMVAGT" ] || exit 99
kind=${1:-vfat} cuts=${2:-5} seed=${3:-1} careless=${4:-}
lab_ready "$kind" || { echo "1..0 # SKIP $why"; exit 0; }

# What both works begin with. Time goes on, and each site is at home on a machine of its own.
cat >"$lab/common" <<END
unset SAMVAGT_NOW
export NO_COLOR=1 COLUMNS=120 LC_ALL=C.UTF-8
on() { site=\$1; shift; SAMVAGT_STORE=$lab/sites/\$site XDG_STATE_HOME=$lab/sites/state-\$site "$SAMVAGT" --lang en "\$@"; }
meet() { echo "MEET \$1"; on "\$1" sync $lab/stick; echo "MEET-END \$?"; }
END
cat >"$lab/found" <<END
. $lab/common
on a init --site Viborg --name "Anna Holm" --no-passphrase && on a ring new --name Midt &&
	on a ring invite --site Skive -o $lab/invitation >$lab/words &&
	on b init --site Skive --name "Anna Holm" --no-passphrase &&
	on b ring join $lab/invitation --words "\$(tail -n 1 $lab/words)" &&
	on a add volunteer given=Thyra family=Kvistgaard
END

# send N : what A writes before the N-th cut: some new people, and a new phone for the first, about whom B writes too.
write_send() {
	cat >"$lab/send" <<END
. $lab/common
stay=1
for i in $(seq 1 $(($1 % 4 + 1)) | tr '\n' ' '); do on a add volunteer given=A$1 family=Nr\$i >/dev/null; done
on a set volunteer Thyra phone=$((20000000 + $1)) >/dev/null
${careless:+export CARELESS_OF=$lab/stick LD_PRELOAD=$lab/careless.so}
meet a
END
}
write_meet() {
	cat >"$lab/meet" <<END
. $lab/common
meet b
on b list volunteer --plain | grep -c "	A$1	"
on b set volunteer Thyra phone=$((30000000 + $1)) >/dev/null
on b add volunteer given=B$1 family=Nr >/dev/null
meet b; meet a; meet b
echo "PRINT \$(on a fingerprint | tail -n 1) \$(on b fingerprint | tail -n 1)"
on a doctor >/dev/null 2>&1; echo "DOCTOR a \$?"
on b doctor >/dev/null 2>&1; echo "DOCTOR b \$?"
END
}

# What a log says against us: a meeting that failed, a sentence other than the one that is allowed, a kernel's complaint.
complaints() {
	grep -v -e '^MEET-END 0$' "$lab/log" | grep -e '^MEET-END' -e '^samvagt: ' -e 'LAB-UNMOUNTABLE' -e 'DIVERGED' |
		grep -v 'is cut short'
}

boot found
grep -q '^LAB-END 0' "$lab/log"; ok $? "two sites are in one ring ($kind)"
write_send 0
boot send
most=$(cut -d' ' -f1 "$lab/count") down=0 part=0 nothing=0 n=0
echo "# $most writes to the stick in a meeting, seed $seed"
while [ $n -lt "$cuts" ]; do
	n=$((n + 1))
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	at=$((seed / 7 % (most + most / 8) + 1))
	write_send $n
	boot send $at $seed
	said=$(grep -c '^MEET-END 0' "$lab/log")
	wrote=$(cut -d' ' -f1 "$lab/count")
	most=$((said ? wrote : most + 1))
	cp "$lab/log" "$lab/send.log"
	write_meet $n
	boot meet
	came=$(grep -A99 '^MEET b' "$lab/log" | sed -n '/^MEET-END/{n;p;q}')
	case $said$came in 1*) down=$((down + 1)) ;; 00) nothing=$((nothing + 1)) ;; *) part=$((part + 1)) ;; esac
	why=$(complaints)
	[ "$said" = 0 ] || [ "$came" = $((n % 4 + 1)) ] || why="$why; it was said to be down, and $came of $((n % 4 + 1)) came"
	print=$(sed -n 's/^PRINT //p' "$lab/log")
	[ -n "$print" ] && [ "${print% *}" = "${print#* }" ] || why="$why; fingerprints: $print"
	[ "$(grep -c '^DOCTOR . 0' "$lab/log")" = 2 ] || why="$why; a store isn't whole"
	if [ -n "$careless" ]; then
		case $why in *"said to be down"*) ok 0 "on $kind, who doesn't wait for the disk is found out"; finish ;; esac
	elif [ -n "$why" ]; then
		ok 1 "cut $n at write $at, seed $seed"
		echo "$why" | sed 's/^/# /'
		cat "$lab/send.log" "$lab/log" | grep -v SELinux | tail -40 | sed 's/^/#   /'
		finish
	fi
done
[ -z "$careless" ]; ok $? "$cuts cuts on $kind: both sites whole and equal after each"
echo "# $nothing left nothing, $part something before it was all down, $down came after \"you can take it out\""
finish
