#!/bin/sh
# Two sites change the same things, meet over a folder, see the same disagreements, decide them, and take a merge back.
. "${srcdir:-.}/tests/cli-lib.sh"
unset SAMVAGT_STORE
at() { site=$1; shift; samvagt --store "$dir/$site" "$@"; }
meet() { at "$1" sync "$dir/stick" >/dev/null 2>"$dir/err" || sed 's/^/# /' "$dir/err"; }
meet_all() { for site in Viborg Silkeborg Skive Viborg Silkeborg; do meet "$site"; done; }

mkdir "$dir/stick"
at Viborg init --site Viborg --name "Anna Holm" --no-passphrase 2>/dev/null
at Silkeborg init --site Silkeborg --name "Bo Lund" --no-passphrase 2>/dev/null
at Skive init --site Skive --name "Carl Friis" --no-passphrase 2>/dev/null
at Viborg ring new --name Midt 2>/dev/null
for site in Silkeborg Skive; do
	words=$(at Viborg ring invite --site $site -o "$dir/inv-$site" 2>/dev/null)
	at $site ring join "$dir/inv-$site" --words "$words" 2>/dev/null
done
at Viborg add unit name=Forhal >/dev/null 2>&1
at Viborg add unit name=Kælder >/dev/null 2>&1
at Viborg add role name=Guide >/dev/null 2>&1
liv=$(at Viborg add volunteer given=Liv family=Poulsen phone=20112233 confidentiality=1/1/2020 roles=Guide --plain 2>/dev/null)
at Viborg add volunteer given=Bent family=Aagaard confidentiality=1/1/2020 roles=Guide >/dev/null 2>&1
at Viborg add shift unit=Forhal role=Guide start="3/12 8" end="3/12 11" need=2 >/dev/null 2>&1
at Viborg assign "3/12 8-11" Liv >/dev/null 2>&1
meet_all

exits "nothing to decide yet" 0 at Silkeborg disagreements
at Viborg set volunteer "$liv" phone=20838797 2>/dev/null
at Viborg set unit Kælder phone=78440000 2>/dev/null
export SAMVAGT_NOW=2025-12-01T09:30
at Silkeborg set volunteer "$liv" phone=20518011 2>/dev/null
at Silkeborg delete unit Kælder 2>/dev/null
at Silkeborg withdraw "3/12 8-11" Liv 2>/dev/null
at Silkeborg set volunteer Bent city=Silkeborg 2>/dev/null
at Silkeborg add volunteer given=Ane family=Dam >/dev/null 2>&1
export SAMVAGT_NOW=2025-12-01T10:00
meet_all

golden digest.txt en --store "$dir/Viborg" digest --since 1/12
golden digest-da.txt da --store "$dir/Viborg" digest --since 1/12
golden disagreements.txt en --store "$dir/Viborg" disagreements
golden disagreements-da.txt da --store "$dir/Skive" disagreements
exits "as JSON" 0 at Viborg disagreements --json
shows "both values" '"text": "20 83 87 97"'
shows "and whose" '"site": "Silkeborg"'
exits "the digest as JSON" 0 at Viborg digest --json --since 1/12
shows "what needs me" '"kind": "needs-me"'
for since in "i dag" i-går "i går" yesterday mandag monday 2025-12-01 "1/12 9" "3 dage" "for 3 dage siden" "3 days ago"; do
	exits "since $since" 0 at Viborg digest --since "$since"
	shows "there was news" "Liv Poulsen"
done
refuses "since when?" 65 "expected a date" at Viborg digest --since hen
exits "as few lines as asked for" 0 at Viborg digest --since 1/12 --max 1 --plain
same "that is one" "$(wc -l <"$dir/out" | tr -d ' ')" 1

refuses "nothing without its words" 64 "usage" at Viborg disagreements choose "$liv"
refuses "another field" 66 "city" at Viborg disagreements choose "$liv" city mine
refuses "what can't be a phone number" 65 "" at Viborg disagreements choose "$liv" phone 12
exits "tried only" 0 at Viborg disagreements choose "$liv" phone mine --dry-run
exits "so it still stands there" 0 at Viborg disagreements --plain
shows "with the phone" phone
exits "choose what was written here" 0 at Viborg disagreements choose "$liv" phone mine
exits "it is shown" 0 at Viborg show volunteer "$liv"
shows "everywhere" "20 83 87 97"
refuses "and nothing more to choose" 66 "to be decided" at Viborg disagreements choose "$liv" phone theirs
meet_all
exits "at the other site too" 0 at Silkeborg show volunteer "$liv"
shows "the same stands there" "20 83 87 97"

at Viborg set volunteer "$liv" phone=20000001 2>/dev/null
at Silkeborg set volunteer "$liv" phone=20000002 2>/dev/null
at Skive set volunteer "$liv" phone=20000003 2>/dev/null
meet_all
refuses "of three, theirs is two" 65 "several values" at Viborg disagreements choose "$liv" phone theirs
exits "so one says whose" 0 at Viborg disagreements choose "$liv" phone Skive
exits "which is" 0 at Viborg show volunteer "$liv"
shows "what Skive wrote" "20 00 00 03"
meet_all

at Viborg set volunteer "$liv" phone=20000004 2>/dev/null
at Silkeborg set volunteer "$liv" phone=20000005 2>/dev/null
meet_all
exits "or another value" 0 at Viborg disagreements choose "$liv" phone "20 00 00 06"
meet_all
exits "goes round" 0 at Skive show volunteer "$liv"
shows "like any change" "20 00 00 06"

# What is printed can be typed: names, and whose value it is. Where a word may mean two things, that is said.
lis=$(at Viborg add volunteer given=Lis family=Poulsen phone=20112244 --plain 2>/dev/null)
meet_all
at Viborg set volunteer "$liv" phone=20000011 city=Hobro 2>/dev/null
at Viborg set volunteer "$lis" phone=20000012 2>/dev/null
at Silkeborg set volunteer "$liv" phone=20000021 city=Viborg 2>/dev/null
at Silkeborg set volunteer "$lis" phone=20000022 2>/dev/null
meet_all
exits "a surname of two" 65 at Viborg disagreements choose Poulsen phone mine
says "the first is listed" "Liv Poulsen ("
says "and the second" "Lis Poulsen ("
exits "a given name is enough, and the site of one of two values" 0 at Viborg disagreements choose liv Phone Silkeborg
says "which is told" "Liv Poulsen · Phone: 20 00 00 21"
exits "it is the phone" 0 at Viborg show volunteer "$liv"
shows "of that site" "20 00 00 21"
exits "who wrote it says it too" 0 at Viborg disagreements choose "Lis Poulsen" phone "Anna Holm"
exits "it is the phone" 0 at Viborg show volunteer "$lis"
shows "of that person" "20 00 00 12"
refuses "a site that wrote a value, and is one" 65 "=Viborg" at Viborg disagreements choose Liv city Viborg
refuses "a site of the ring that wrote none of them" 66 "none of these values was written at Skive.*=Skive" \
	at Viborg disagreements choose Liv city Skive
exits "the value itself" 0 at Viborg disagreements choose Liv city =Viborg
exits "stands there" 0 at Viborg show volunteer "$liv"
shows "as it was written" "Viborg"
meet_all

# Another field of a shift decides nothing about its time.
shift=$(at Viborg add shift unit=Forhal role=Guide start="4/12 8" end="4/12 11" need=2 --plain 2>/dev/null)
meet_all
at Viborg set shift "$shift" end="4/12 12" 2>/dev/null
at Silkeborg set shift "$shift" end="4/12 13" 2>/dev/null
meet_all
exits "more places" 0 at Viborg set shift "$shift" need=3
exits "of a shift that two have moved" 0 at Viborg disagreements --plain
shows "leave open till when it is" "	end"

kaelder=$(at Viborg disagreements --plain 2>/dev/null | awk -F'\t' '$3 == "alive" { print $1; exit }')
refuses "a record is kept or deleted" 64 "keep or delete" at Viborg disagreements choose "$kaelder" alive green
exits "deleted there, changed here: deleted" 0 at Viborg disagreements choose "$kaelder" alive delete
meet_all
exits "there it is gone" 0 at Skive list unit
! grep -q Kælder "$dir/out"; ok $? "for good"

exits "the history" 0 at Viborg history
shows "has the merges" "merge from stick"
at Silkeborg set volunteer Bent city=Hammel 2>/dev/null
meet_all
exits "take the last merge back" 0 at Viborg undo --merge
says "which is named" "undone: merge"
exits "what it brought" 0 at Viborg show volunteer Bent
! grep -q Hammel "$dir/out"; ok $? "doesn't stand there any more"
exits "and the digest" 0 at Viborg digest
shows "says so" "This merge was taken back 2025-12-01"
! grep -q Hammel "$dir/out"; ok $? "and tells nothing of it"
exits "that is undone" 0 at Viborg undo "$(at Viborg history --plain | grep 'undo of merge' | head -1 | cut -f1)"
exits "and the digest" 0 at Viborg digest
shows "has it again" Hammel
exits "once more" 0 at Viborg undo --merge
refuses "twice isn't possible" 1 "undone already" at Viborg undo --merge
refuses "no such merge" 66 "" at Viborg undo --merge 99
refuses "no number" 64 "no number" at Viborg undo --merge last

at Viborg set volunteer Bent phone=20838797 2>/dev/null
at Silkeborg set volunteer Bent phone=20838798 2>/dev/null
meet_all
refuses "undo takes nothing older than the last change" 1 "can't be taken back any more.*samvagt undo [0-9]" at Viborg undo
at Viborg set volunteer Bent phone=20838796 2>/dev/null
exits "once a value is chosen, that" 0 at Viborg undo
says "is named" "undone: changed Bent"

twin() { at "$1" add volunteer given=Kim family=Dam phone=20838799 --plain 2>/dev/null; }
older=$(twin Viborg) younger=$(twin Silkeborg)
meet_all
at Silkeborg set volunteer "$younger" city=Hammel 2>/dev/null
at Silkeborg sync "$dir/stick" >/dev/null 2>&1
exits "somebody known at both places" 0 at Viborg sync "$dir/stick"
shows "is told" "1 person stands here twice: samvagt merge"
exits "who is it?" 0 at Viborg merge --plain
shows "one" "^$older	Kim Dam"
shows "and the other" "^$younger	Kim Dam	same name and phone"
exits "as JSON" 0 at Viborg merge --json
shows "too" "\"\(keep\|drop\)\": \"$younger\""
refuses "of one alone nothing is made" 64 "two people" at Viborg merge "$older"
exits "they are made one" 0 at Viborg merge "$older" "$younger"
exits "then nobody" 0 at Viborg merge --plain
same "stands there twice" "" "$(at Viborg merge --plain | grep Kim)"
finish
