#!/bin/sh
# People's data: what leaves on paper is put down until it is shredded, who looked at a card can be told, and whoever's
# time is over goes with everything, at this site and at another that hears of it later, while the year's counts stay.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
made() { samvagt "$@" --plain 2>/dev/null; }
# from then on
at() { SAMVAGT_NOW=$1; shift; "$@"; }
on() { site=$1; shift; SAMVAGT_STORE=$dir/$site samvagt "$@"; }
prints() { samvagt person prints --plain 2>/dev/null; }
made add unit name=Forhal >/dev/null
made add unit name=Café >/dev/null
made add role name=Guide >/dev/null
made add volunteer given=Bo family=Lund phone=20830001 roles=Guide >/dev/null
made add volunteer given=Thyra family=Kvistgaard phone=20830002 confidentiality=1/11-2025 roles=Guide >/dev/null
shift=$(made add shift unit=Forhal role=Guide "start=3/12 8:00" "end=3/12 11:00" need=2)
exits "somebody is on a shift" 0 samvagt assign "$shift" Thyra --override "known here"

# ---- the log of printed lists
same "nothing was printed" "$(prints)" ""
samvagt roster --week 49 >/dev/null 2>&1
samvagt roster --week 49 --json >/dev/null 2>&1
samvagt list unit --as csv >/dev/null 2>&1
same "what is read on the terminal, for programs or without people isn't put down" "$(prints)" ""
exits "a roster to a file" 0 samvagt roster --week 49 --unit Forhal -o "$dir/week.html"
same "and not a word more is said" "$(cat "$dir/err")" ""
same "is put down with its days, place, hand and shred date" "$(prints | cut -f2-7)" \
	"$(printf '1/12 2025\tRoster week 49 · Forhal\t1/12 2025–7/12 2025\tForhal\tAnna Holm\t14/12 2025')"
exits "the same again" 0 samvagt roster --week 49 --unit Forhal -o "$dir/week.csv"
same "is one" "$(prints | wc -l | tr -d ' ')" 1
exits "a table to standard output" 0 samvagt list volunteer --as csv
same "is put down, too" "$(prints | wc -l | tr -d ' ')" 2
exits "tried only" 0 samvagt roster --week 50 -o "$dir/week.html" --dry-run
exits "from a store for reading only" 0 samvagt roster --week 50 -o "$dir/week50.html" --read-only
says "it is said" "isn't noted.*shred it"
[ -s "$dir/week50.html" ]; ok $? "but printed"
same "neither is put down" "$(prints | wc -l | tr -d ' ')" 2
exits "what was done before" 0 samvagt undo
says "can be taken back" "saved as change"
same "is undone, not the printing" "$(prints | wc -l | tr -d ' ')" 2
exits "and done again" 0 samvagt redo
first=$(prints | cut -f1 | head -1)
refuses "shredded tomorrow" 65 "today or before" samvagt person shredded "$first" --on 2/12
refuses "no such list" 66 "" samvagt person shredded 00000000-0000-0000-0000-000000000000
exits "shredded" 0 samvagt person shredded "$first"
same "one still lies about" "$(prints | cut -f8 | sort | tr '\n' ';')" ";shredded 1/12 2025;"
same "and is overdue the day after" "$(at 2025-12-14T09:00 prints | grep -c overdue) $(at 2025-12-15T09:00 prints | grep -c overdue)" "0 1"

# ---- who has seen a card
exits "a card is opened" 0 samvagt show volunteer Thyra
exits "again, for a program" 0 samvagt show volunteer Thyra --json
exits "and tried" 0 samvagt show volunteer Bo --dry-run
exits "another place's roster" 0 samvagt roster --week 49 --unit Café -o "$dir/café.html"
exits "and another week's" 0 samvagt roster --week 50 --unit Forhal -o "$dir/50.html"
exits "who has seen it?" 0 samvagt person audit Thyra
same "once a day" "$(grep -c 'card opened' "$dir/out")" 1
shows "and on which lists it may stand" "printed.*Anna Holm.*Viborg.*may stand on: Roster week 49 · Forhal"
same "but no other place's, or week's" "$(grep -c -e Café -e "week 50" "$dir/out")" 0
shows "a list of everybody" "may stand on: Volunteers"
shows "and who put the person on a shift" "changed.*Thyra Kvistgaard on the shift"
exits "another" 0 samvagt person audit Bo
grep -q -e "card opened" -e "Roster" "$dir/out"; [ $? -eq 1 ]; ok $? "was neither looked at nor on that roster"
samvagt set volunteer Bo phone=20830003 city=Viborg >/dev/null 2>&1
exits "a change" 0 samvagt person audit Bo
shows "says which fields" "changed: .*Phone"
grep -q 20830003 "$dir/out"; [ $? -eq 1 ]; ok $? "but not what stands there"

# ---- another site
samvagt ring new --name Midt >/dev/null 2>&1
words=$(samvagt ring invite --site Skive -o "$dir/inv" 2>/dev/null)
on Skive init --site Skive --name "Per Dam" --no-passphrase >/dev/null 2>&1
on Skive ring join "$dir/inv" --words "$words" >/dev/null 2>&1
mkdir "$dir/stick"
meet() { for s in store Skive store; do on $s sync "$dir/stick" >/dev/null 2>&1; done; }
meet
exits "at the other site" 0 on Skive person audit Thyra
shows "it is told when it came" "taken in.*Skive"
grep -q "card opened" "$dir/out"; [ $? -eq 1 ]; ok $? "but not who looked at the first one"
exits "where one looks" 0 on Skive show volunteer Thyra
exits "and may be told whom to ask" 0 on Skive person audit Thyra
shows "of looking, too" "Other sites.*: Viborg"

# ---- whose time is over
exits "nobody's time is over" 0 samvagt person retention
shows "nothing is listed" "Kept long enough"
samvagt set volunteer Thyra status=ended >/dev/null 2>&1
meet
cp -r "$dir/stick" "$dir/late"
exits "not while a shift comes" 0 samvagt person retention --days 3000
grep -q Thyra "$dir/out"; [ $? -eq 1 ]; ok $? "whatever lies ahead"
SAMVAGT_NOW=2025-12-04T09:00
exits "a year ahead somebody's will be" 0 samvagt person retention --days 370
shows "with the reason" "Thyra Kvistgaard.*stopped 3/12 2025, kept 12 months"
shows "and where that comes from" "art. 5"
counts() { samvagt roster --week 2025-W49 --json 2>/dev/null | grep -e '"filled"' -e '"need"' -e '"shifts"'; }
before=$(counts)
SAMVAGT_NOW=2026-12-03T09:00
got=0; samvagt person retention >"$dir/out" 2>"$dir/err" </dev/null || got=$?
same "nothing is erased unasked" "$got" 64
exits "tried only" 0 samvagt person retention --dry-run
shows "who it would be" "Thyra Kvistgaard"
says "nothing happens" "nothing was changed"
exits "still there" 0 samvagt show volunteer Thyra
exits "done" 0 samvagt person retention --yes
says "what was done" "erased persons: 1"
says "and what only a person can do" "to be shredded: 3"
got=0; samvagt show volunteer Thyra >/dev/null 2>&1 || got=$?
same "nobody of that name is left" "$got" 66
same "what counts is as it was" "$(counts)" "$before"
exits "who has confirmed it" 0 samvagt person receipts --plain
same "one site, the other not yet" "$(cut -f4,5 "$dir/out")" "$(printf 'Viborg\tSkive')"
meet
got=0; on Skive show volunteer Thyra >/dev/null 2>&1 || got=$?
same "nor at the other site" "$got" 66
exits "who has confirmed it" 0 samvagt person receipts --plain
grep -q -e "Viborg, Skive	$" -e "Skive, Viborg	$" "$dir/out"; ok $? "both"
rm -rf "$dir/stick"; mv "$dir/late" "$dir/stick"
meet
got=0; samvagt show volunteer Thyra >/dev/null 2>&1 || got=$?
same "a late stick brings nobody back" "$got" 66
grep -rqa -e Kvistgaard -e Thyra "$dir/store" "$dir/Skive"; [ $? -eq 1 ]; ok $? "and no file of either site has the name"
exits "the doctor" 0 samvagt doctor
exits "there" 0 on Skive doctor
finish
