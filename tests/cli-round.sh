#!/bin/sh
# From a cancellation to a substitute by commands, the waiting list, swapping and handing over.
. "${srcdir:-.}/tests/cli-lib.sh"
fresh
add() { samvagt add "$@" --plain 2>/dev/null; }
volunteer() { add volunteer given="$1" family="$2" phone="$3" confidentiality=1/1/2020 roles=Guide >/dev/null; }
at() { SAMVAGT_NOW=$1; export SAMVAGT_NOW; }
add unit name=Forhal >/dev/null
add role name=Guide unit=Forhal >/dev/null
volunteer Anna Lund 20838797
volunteer Bo Dam 22334455
volunteer Carl Ege 22334456
volunteer Dorte Fog 22334457
volunteer Erik Gam 22334458
morning=$(add shift unit=Forhal role=Guide start="2/12 8" end="2/12 11" need=1)
noon=$(add shift unit=Forhal role=Guide start="5/12 11" end="5/12 14" need=1)
samvagt assign "$morning" Anna 2>/dev/null
samvagt assign "$noon" Bo 2>/dev/null

# ---- the waiting list
exits "on the waiting list" 0 samvagt wait "$morning" Erik
exits "not who is on the shift" 1 samvagt wait "$morning" Anna
exits "both are asked for: on, and off" 0 samvagt wait "$morning" Dorte
exits "off again" 0 samvagt wait "$morning" Dorte --off
exits "twice makes nothing new" 0 samvagt wait "$morning" Erik
says "and says so" "nothing"

# ---- the round
exits "a volunteer cancels" 0 samvagt cancel "$morning" Anna --why "er bortrejst"
exits "whom to ring" 0 samvagt round "$morning"
shows "the waiting list first" "1 .*Erik Gam .*22 33 44 58 .*on the waiting list"
shows "instead of whom, and why" "1 open place, instead of Anna Lund (er bortrejst)"
exits "the first alone" 0 samvagt round "$morning" --next --plain
same "is one line" "$(cut -f2 "$dir/out")" "Erik Gam"
exits "whom to write to" 0 samvagt round "$morning" --rest --as csv
shows "with what to write" "Erik Gam;.*We lack somebody on Tuesday 2 December 2025 at 08:00–11:00: Guide, Forhal. Can you come?"
exits "no answer" 0 samvagt round "$morning" --outcome tavs
shows "the next is named" "Next: Bo Dam · 22 33 44 55"
says "and who was rung" "Erik Gam didn't answer"
exits "can't" 0 samvagt round "$morning" --outcome nej
shows "the next is named" "Next: Carl Ege"
at 2025-12-01T23:00
refuses "late in the evening, again needs a time" 64 "say when" samvagt round "$morning" --outcome igen
at 2025-12-01T09:10
exits "again without one" 0 samvagt round "$morning" --outcome igen --json
exits "the calls" 0 samvagt round "$morning" --json
shows "is in two hours, on a half one" '"again": "2025-12-01T11:00"'
exits "not after all" 0 samvagt undo
at 2025-12-01T09:00
exits "ring again" 0 samvagt round "$morning" --outcome again --at 11.30
says "whom, and when" "Carl Ege is to be rung again Mon 1/12 11:30"
shows "the next is named" "Next: Dorte Fog"
exits "an outcome that isn't one" 65 samvagt round "$morning" --outcome måske
exits "nobody is asked twice a day" 1 samvagt round "$noon" --outcome ja --person Bo
exits "nobody is asked twice a day" 1 samvagt round "$morning" --outcome nej --person Carl
says "who asked and when" "Carl Ege: asked today 09:00 by .*asked to be rung again, and is to be rung from 11:30. If they were rung all the same: --yes"
at 2025-12-01T11:30
exits "when it is time" 0 samvagt round "$morning" --next --plain
same "comes who asked for it" "$(cut -f2 "$dir/out")" "Carl Ege"
exits "yes" 0 samvagt round "$morning" --outcome ja
says "who comes for whom" "Carl Ege comes instead of Anna Lund"
exits "the shift has a substitute" 0 samvagt show assignment "$(samvagt list assignment --where state=accepted --json 2>/dev/null | python3 -c 'import json,sys
print([r["id"] for r in json.load(sys.stdin) if "Carl" in str(r)][0])')"
shows "for who cancelled" "Anna Lund"
exits "one too many is a warning" 1 samvagt round "$morning" --outcome ja --person Dorte
says "which a reason sets aside" "--override"
exits "what was rung" 0 samvagt round "$morning" --json
python3 - "$dir/out" <<'PY'
import json, sys
calls = json.load(open(sys.argv[1]))["calls"]
said = [c["outcome"] for c in calls]
sys.exit(0 if said[0] == "yes" and sorted(said[1:]) == ["no", "no-answer"] else str(said))
PY
ok $? "is kept, the newest first"
exits "undo" 0 samvagt undo
exits "takes all of it back" 0 samvagt gaps --from 2/12 --to 2/12
shows "and the place is open" "Forhal"

# ---- a shift that is over
at 2025-12-02T11:00
refuses "is rung about no more" 1 "over" samvagt round "$morning"
at 2025-12-01T11:30

# ---- swapping and handing over
exits "a place is handed over" 0 samvagt handover "$noon" Bo Dorte
exits "not by one who hasn't it" 1 samvagt handover "$noon" Bo Erik
samvagt unassign "$morning" Anna 2>/dev/null
samvagt assign "$morning" Anna 2>/dev/null
exits "two swap" 0 samvagt swap "$morning" Anna "$noon" Dorte
exits "the roster" 0 samvagt roster --from 5/12 --to 5/12 --plain
shows "has one on the other's shift" "Anna Lund"
exits "it is one change" 0 samvagt history --max 1
shows "with both names" "Anna Lund and Dorte Fog swapped shifts"
exits "a shift is called off as before" 0 samvagt cancel "$noon"
finish
