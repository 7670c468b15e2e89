#!/bin/sh
# Two sites meet on a stick: what is printed, in what words, and with which exit status.
. "${srcdir:-.}/tests/cli-lib.sh"
unset SAMVAGT_STORE
at() { site=$1; shift; samvagt --store "$dir/$site" "$@"; }
stick=$dir/stick
for site in Viborg Skejby; do at "$site" init --site "$site" --name "Anna Holm" --no-passphrase 2>/dev/null; done

refuses "no ring yet" 66 "samvagt ring new" at Viborg sync "$stick"
at Viborg ring new --name Midt 2>/dev/null
at Viborg ring invite --site Skejby -o "$dir/inv" >"$dir/words" 2>/dev/null
at Skejby ring join "$dir/inv" --words "$(cat "$dir/words")" 2>/dev/null
refuses "which folder?" 64 "which folder" at Viborg sync
refuses "no such folder" 66 "Is the stick in" at Viborg sync "$stick"
mkdir "$stick"
refuses "nothing to receive from an empty stick" 66 "nobody has left" at Viborg receive "$stick"
exits "trying to meet there is no error" 0 at Viborg sync "$stick" --dry-run
shows "nobody was there before" "^Nobody has left anything there yet"
shows "and what would be left is said" "^Sent: 1 change of our own"
same "nothing is" "" "$(ls -A "$stick")"
exits "to leave something likewise" 0 at Viborg send "$stick" --dry-run
refuses "but to receive only" 66 "nothing to receive" at Viborg receive "$stick" --dry-run

id=$(at Viborg add volunteer given=Bo family=Friis status=active --plain 2>/dev/null)
exits "leave what there is" 0 at Viborg send "$stick"
shows "and say what" "^Sent: 2 changes"
says "the stick can go" "You can take the stick out now"
exits "try first" 0 at Skejby sync "$stick" --dry-run
shows "what would come" "^Viborg: 2 changes"
says "and nothing is done" "nothing was taken"
refuses "nothing came" 66 "no" at Skejby show volunteer "$id"
exits "then in earnest" 0 at Skejby sync "$stick"
shows "it comes" "^Viborg: 2 changes"
exits "it is there" 0 at Skejby show volunteer "$id"
exits "without a name the only one that was used" 0 at Viborg sync
shows "what the other is" "^Skejby: 1 change$"
exits "again" 0 at Viborg sync "$stick"
shows "brings nothing" "Nothing new came"
same "equal sites have equal fingerprints" "$(at Viborg fingerprint)" "$(at Skejby fingerprint)"

at Viborg set volunteer "$id" phone=20838797 2>/dev/null
at Skejby set volunteer "$id" phone=20838798 2>/dev/null
at Viborg sync "$stick" >/dev/null 2>&1
exits "both changed a phone number" 0 at Skejby sync "$stick"
shows "that is to be decided" "^1 disagreement to decide"
exits "as JSON" 0 at Viborg sync "$stick" --json
shows "for programs" '"disagreements": 1'
exits "who is in the ring" 0 at Viborg sites --plain
shows "with names" "^Skejby"
exits "as JSON too" 0 at Viborg sites --json
shows "with what it lacks" '"lacks": 0'

gone=$(for i in $(seq 21); do at Viborg add volunteer given=Ib family=Bak --plain 2>/dev/null; done)
for site in Viborg Skejby; do at $site sync "$stick" >/dev/null 2>&1; done
for x in $gone; do at Viborg delete volunteer "$x" 2>/dev/null; done
at Viborg sync "$stick" >/dev/null 2>&1
refuses "much is deleted elsewhere: that is asked about" 1 "would delete 21 of 22.*do it again with --yes" at Skejby sync "$stick"
exits "when it is meant" 0 at Skejby sync "$stick" --yes
same "it is done" "$(at Skejby list volunteer --plain | wc -l)" "$(at Viborg list volunteer --plain | wc -l)"

for f in "$stick"/SAMVAGT/s/*/*.seg; do head -c 100 "$f" >"$dir/cut" && cat "$dir/cut" >"$f"; done
at Viborg ring invite --site Horsens -o "$dir/inv2" >"$dir/words" 2>/dev/null
at Horsens init --site Horsens --name "Anna Holm" --no-passphrase 2>/dev/null
at Horsens ring join "$dir/inv2" --words "$(cat "$dir/words")" 2>/dev/null
exits "files that are cut short do no harm" 0 at Horsens receive "$stick"
says "and are told of" "cut short"
at Viborg sync "$stick" >/dev/null 2>&1
exits "and mended by the next who comes" 0 at Horsens sync "$stick"
exits "what they say is there" 0 at Horsens show volunteer "$id"

at Nord init --site Nord --name "Anna Holm" --no-passphrase 2>/dev/null
at Nord ring new --name Nordjylland 2>/dev/null
refuses "another ring's stick" 1 "another ring than Nordjylland" at Nord sync "$stick"

# Which of two that used one invitation is in, the one decides that invited: the same one everywhere.
at Hammel init --site Hammel --name "Anna Holm" --no-passphrase 2>/dev/null
at Hammel ring join "$dir/inv2" --words "$(cat "$dir/words")" 2>/dev/null
for site in Hammel Horsens; do at $site add unit name="Forhal $site" 2>/dev/null >&2; done
mkdir "$dir/other"
at Hammel sync "$dir/other" >/dev/null 2>&1
for site in Hammel Horsens Hammel Viborg Hammel; do at $site sync "$stick" --json >"$dir/$site.json" 2>/dev/null; done
in=Horsens out=Hammel
grep -q '"why": "beaten"' "$dir/Hammel.json" || { in=Hammel out=Horsens; }
exits "an invitation lets one site in" 0 at $in sync "$stick"
! grep -q "isn't in the ring" "$dir/err"; ok $? "which isn't warned"
exits "the other one" 0 at $out sync "$stick"
says "is told" "invitation was used by $in"
at Viborg ring invite --site $out -o "$dir/inv3" >"$dir/words" 2>/dev/null
exits "until it is invited itself" 0 at $out ring join "$dir/inv3" --words "$(cat "$dir/words")"
for site in $out Viborg $out; do at $site sync "$stick" >/dev/null 2>&1; done
exits "then what it wrote before" 0 at Viborg list unit --plain
shows "comes too" "Forhal $out"
same "and the two are equal" "$(at Viborg fingerprint)" "$(at $out fingerprint)"

at Viborg ring remove $out 2>/dev/null
at Viborg sync "$stick" >/dev/null 2>&1
exits "one that was removed is told too" 0 at $out sync "$stick" --json
shows "and programs" '"why": "outside"'
finish
