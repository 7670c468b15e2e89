#!/bin/sh
# A paper sheet keyed in: printed, ticked, keyed in by its code, corrected, approved, undone.
. "${srcdir:-.}/tests/cli-lib.sh"

fresh
samvagt add unit name=Forhal >/dev/null 2>&1
samvagt add role name=Guide >/dev/null 2>&1
shift=$(samvagt add shift unit=Forhal role=Guide "start=2025-11-30 08:00" "end=2025-11-30 11:00" need=3 state=published --plain 2>/dev/null)
for name in Ane Bo Carl Dorte; do
	samvagt add volunteer given=$name family=Bjerg status=active confidentiality=2025-01-01 roles=Guide >/dev/null 2>&1
	samvagt assign "$shift" "$name" --override "as ever" >/dev/null 2>&1
done
exits "the day's sheet" 0 samvagt attend --day 30/11
shows "has the people by number" '  4 │ Dorte Bjerg'
shows "and who isn't recorded" "4 people aren't recorded"
code=$(sed -n 's/.*Guide · //p' "$dir/out")
exits "the shift's own sheet" 0 samvagt attend "$shift"
shows "has the same code" "$code"
exits "as a page" 0 samvagt attend "$shift" --as html
shows "with boxes to tick" '\[ \]'
exits "for programs" 0 samvagt attend "$shift" --json
shows "with numbers" '"number": 4'
exits "tried first" 0 samvagt attend "$code" "1-3f 2a" --dry-run
says "it says what was understood" "2 came · excused: 2 Bo Bjerg · 1 not recorded"
says "and writes nothing" "nothing was written"
exits "so nothing is recorded" 0 samvagt attend "$shift"
shows "of anybody" "4 people aren't recorded"
exits "keyed in by its code" 0 samvagt attend "$code" "1-3f 2a 4f 2,5t"
says "it is one change" "saved as change .*: 3 records\|saved as change .*: 4 records"
exits "the sheet" 0 samvagt attend "30/11 8-11 forhal" --plain
shows "says who came, and how long" 'Dorte Bjerg	\[x\]	\[ \]	\[ \]	2:30'
shows "and who cancelled" 'Bo Bjerg	\[ \]	\[x\]	\[ \]'
exits "keyed in twice" 0 samvagt attend "$code" "1-3f 2a 4f 2,5t"
says "changes nothing" "nothing to change"
exits "the letters are the same in Danish" 0 "$SAMVAGT" --lang da attend "$code" "3u"
exits "one undo takes it back" 0 samvagt undo
refuses "a word that is none" 65 '"4x" at character 4' samvagt attend "$code" "1f 4x"
refuses "a number that isn't there" 65 '9 at character 1' samvagt attend "$code" "1-9f"
refuses "a code whose numbers mean others" 75 'no longer mean the same people' samvagt attend "${code%???}000" "1f"
refuses "a shift and a day" 64 'not both' samvagt attend "$code" --day 1/12
exits "hours are approved" 0 samvagt approve --period 2025-11
says "of those who came" "3 places approved: 8:30 hours"
exits "once" 0 samvagt approve --period 2025-11
says "and not again" "nothing to change"
exits "the sheet says so" 0 samvagt attend "$shift"
shows "by each" "approved"
exits "other hours aren't" 0 samvagt attend "$code" "1f1:00"
exits "so there is something to approve" 0 samvagt approve --period last-month --unit Forhal --dry-run
says "again" "1 place approved: 1:00 hours"
exits "the month's hours by person" 0 samvagt hours --by person --period 2025-11
shows "by name" "Ane Bjerg .*1:00"
shows "with what must be shredded" "To be shredded by"
exits "by organisation, last month" 0 samvagt hours
shows "counts that are too small aren't told" "under 5"
exits "as a table" 0 samvagt hours --as csv
refuses "by something else" 64 'person or organisation' samvagt hours --by role
exits "the store is whole" 0 samvagt doctor
finish
