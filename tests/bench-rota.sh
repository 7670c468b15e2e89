#!/bin/sh
# Rosters of the public benchmarks: what the model makes a roster cost is what bench/rota_check.py counts by the
# benchmark's own rules, and that counts rosters right that were counted by hand.
top=${top_srcdir:-.} dir=$(mktemp -d) n=0 status=0
trap 'rm -rf "$dir"' EXIT
command -v python3 >/dev/null || { echo "1..0 # SKIP python3 is missing"; exit 0; }
data=$top/tests/data/rota
check() { PYTHONDONTWRITEBYTECODE=1 python3 "$top/bench/rota_check.py" "$@"; }
ok() { n=$((n + 1)); if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; status=1; fi; }

same() { # case: does $dir/roster cost what is told with it?
	check --json "$data/$1" "$dir/roster" >"$dir/told"
	python3 - "$dir/roster" "$dir/told" <<'PY'
import json, sys
ours = json.loads(open(sys.argv[1]).readline()[2:])
theirs = json.load(open(sys.argv[2]))
if (ours["cost"], ours["broken"]) != (theirs["cost"], theirs["hard"]) or (ours.get("bound") or 0) > theirs["cost"]:
    print("#", ours, theirs)
    sys.exit(1)
PY
}
for case in small-nrp.txt small-inrc.txt n004w2/n004w2_0_0-3 n004w2/n004w2_1_3-3-0; do
	n_same=0
	for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
		bench/bench_rota random "$data/$case" $seed >"$dir/roster" && same $case && n_same=$((n_same + 1))
	done
	[ $n_same = 12 ]; ok $? "$case: $n_same of 12 rosters by chance cost the same by the model and by the rules"
	bench/bench_rota count "$data/$case" "$dir/roster" | cmp -s - "$dir/roster"; ok $? "$case: a roster that is read again costs the same"
	bench/bench_rota solve "$data/$case" 20000 >"$dir/roster" && same $case; ok $? "$case: the engine's roster costs what it says"
done

# by hand: what each rule of a roster should cost
counted() { # case, what it should say, name
	check --json "$data/$1" "$dir/hand" >"$dir/told" 2>&1
	grep -qE "$2([^0-9]|\$)" "$dir/told"; ok $? "$3"
	grep -qE "$2([^0-9]|\$)" "$dir/told" || sed 's/^/# /' "$dir/told"
}
hand() { cat >"$dir/hand"; }
free16="- - - - - - - - - - - - - - - -"

hand <<ROSTER
Ane $free16
Bo $free16
Carl $free16
Dea $free16
Ea $free16
ROSTER
counted small-nrp.txt '"least minutes": 14900' "nobody works: the least minutes of all"
counted small-nrp.txt '"shift on requests": 8' "no wish to work is met"
counted small-nrp.txt '"too few there": 1180' "every place is open"
hand <<ROSTER
Ane N M - - - - - - - - - - - - - -
Bo - A - - - - - - - - - - - - - -
Carl - - - - - - N - - - - - - - - -
Dea - - - - - - - - - - - - - - - N
Ea - - - N - A A - - - - - - - - N
ROSTER
counted small-nrp.txt '"shifts that may not follow": 1' "a morning after a night"
counted small-nrp.txt '"days off": 2' "two on days off"
counted small-nrp.txt '"least shifts in a row": 4' "runs that are too short, but not at the ends: Bo 1, Carl 2, Ea 1"
counted small-nrp.txt '"least days off in a row": 1' "a single day off"
counted small-nrp.txt '"most weekends": 1' "a weekend of one who has none"
counted small-nrp.txt '"shift off requests": 3' "a night that wasn't wanted"

free21="- - - - - - - - - - - - - - - - - - - - -"
hand <<ROSTER
0 - - - M A - - - - M - - - - - - - N - - - -
1 $free21
2 - - M - M - - - - - - - - - - - - - - - - -
3 $free21
4 LM $free21
ROSTER
counted small-inrc.txt 'line 1: 22 days instead of 21' "a day too many is refused"
hand <<ROSTER
0 - - - M A - - - - - M - - - - - N - - - -
1 $free21
2 - - M - M - - - - - - - - - - - - - - - -
3 $free21
4 LM - - - - - - - - - - - - - - - - - - - -
ROSTER
counted small-inrc.txt '"CompleteWeekends": 21' "weekends that aren't whole: one day of two (9), Friday and Sunday of three (3 times 4)"
counted small-inrc.txt '"NoNightShiftBeforeFreeWeekend": 11' "a night before a free weekend"
counted small-inrc.txt '"requests": 10' "requests: 0's day off, 1's day on, 4's shifts"
counted small-inrc.txt '"alternative skills": 12' "two mornings of one who is no nurse"
counted small-inrc.txt '"MaxConsecutiveWorkingWeekends": 8' "two weekends running where one is allowed"
counted small-inrc.txt '"MinConsecutiveWorkingWeekends": 5' "one weekend where two are the least"

hand <<ROSTER
0 N M - - - M -
1 - - - - N - -
ROSTER
counted tiny-inrc.xml '"hard": 3, "cost": 75' "XML of INRC-I: each rule once (3 + 5 + 7 + 13 + 11 + 17 + 19), three places not as asked for"

free14="- - - - - - - - - - - - - -"
hand <<ROSTER
Ane $free14
Bo $free14
Carl $free14
Dea $free14
ROSTER
counted n004w2/n004w2_0_0-3 '"S2 shifts in a row": 30' "a night of four ended with the history: two too few"
counted n004w2/n004w2_0_0-3 '"S3 days off in a row": 1380' "days off beyond the most, those of the history apart"
counted n004w2/n004w2_0_0-3 '"S6 assignments": 320' "eight too few of two people, and the others have enough"
hand <<ROSTER
Ane Morning/Nurse - - - - Evening/Nurse - - - - - - - Evening/Leader
Bo $free14
Carl Morning/Leader - - - - - - - - - - - - -
Dea $free14
ROSTER
counted n004w2/n004w2_0_0-3 '"H3 succession": 2' "mornings after the history's night and evening"
counted n004w2/n004w2_0_0-3 '"H4 skill": 1' "one who is no leader"
counted n004w2/n004w2_0_0-3 '"S5 complete weekends": 60' "two halves of weekends"
counted n004w2/n004w2_0_0-3 '"S7 weekends": 30' "a second weekend where one is the most"
echo "1..$n"
exit $status
